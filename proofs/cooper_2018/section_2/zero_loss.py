"""Section 2.1: the loss is a sum of squares, and generically its zeros are a submanifold.

Statements
- C18.A0: the standing assumptions.
- C18.I2.1: L = |H|^2, and M is the set of zeros of H, and the intersection of the M_i.
- C18.T2.1.almost: for almost every change of the targets M is a submanifold.
- C18.T2.1: the same for an arbitrarily small change.
"""

from symbolic_landscape.proofs.cooper_2018.settings.data import (
    DATA,
    H_,
    J_,
    L_,
    column,
    d,
    distinct,
    i,
    j,
    n,
    overparameterized,
    row,
    smooth_errors,
    w,
    y,
    zero_set,
)
from symbolic_landscape.proofs.rules import columns, entries, manifolds, maps, minima, order, ranks
from symbolic_landscape.proofs.rules.derivatives import smooth
from symbolic_landscape.proofs.rules.jacobians import jacobian
from symbolic_landscape.proofs.rules.manifolds import (
    cuts_out,
    defining_map,
    infinitely_smooth,
    submanifold,
)
from symbolic_landscape.proofs.rules.maps import square
from symbolic_landscape.proofs.rules.minima import null_set
from symbolic_landscape.statement.language import (
    Expr,
    both,
    contradiction,
    each,
    every,
    exists,
    fn,
    function,
    like,
    rank,
    real,
)
from symbolic_landscape.statement.language import entries as table
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    by,
    calculation,
    cases,
    cite,
    have,
    linear,
    logic,
    suppose_not,
    take,
)
from symbolic_landscape.statement.term import num

H, L = H_(y, w), L_(y, w)
fitted = each(i, 1, d, H[i, 1] == 0)

A0 = Statement(
    "C18.A0",
    DATA,
    kind="assumption",
    title="Standing assumptions",
    where="Sections 1.1 and 2.1",
    lines=(76, 87),
    given={},
    then=both(overparameterized, distinct, smooth_errors),
    gloss="There are more parameters than samples, the inputs differ, and each f_i is smooth.",
)

SUM_OF_SQUARES = both(
    L == square(H), L >= 0, (L == 0) >> (H == 0), (H == 0) >> fitted, fitted >> (L == 0)
)
I2_1 = Statement(
    "C18.I2.1",
    DATA,
    kind="identity",
    title="L = |H|^2 and M = H^{-1}(0) = intersection of the M_i",
    where="Section 2.1",
    lines=(98, 104),
    names=(w,),
    given={},
    then=SUM_OF_SQUARES,
    proof=[
        have("squares", L == square(H), by(columns.square_of_column, u=H)),
        have("at least 0", square(H) >= 0, by(entries.squares_not_negative)),
        have("bound", L >= 0, linear, "squares", "at least 0"),
        have(
            "zero",
            (L == 0) >> (H == 0),
            arbitrary(
                proof=[
                    have("none", square(H) <= 0, linear, "squares", "zero.if"),
                    have("no error", H == 0, by(entries.zero_of_squares), "none"),
                ]
            ),
        ),
        have(
            "each",
            (H == 0) >> fitted,
            arbitrary(
                proof=[
                    have(
                        "all",
                        fitted,
                        arbitrary(
                            i,
                            proof=[
                                have(
                                    "one",
                                    H[i, 1] == 0,
                                    by(entries.entry_of_zero, A=H, j=1),
                                    "each.if",
                                )
                            ],
                        ),
                    )
                ]
            ),
        ),
        have(
            "back",
            fitted >> (L == 0),
            arbitrary(
                proof=[
                    have("column", H == 0, by(columns.zero_column), "back.if"),
                    have("no square", square(H) == 0, by(entries.trace_with_zero), "column"),
                    have("no loss", L == 0, linear, "squares", "no square"),
                ]
            ),
        ),
        have("together", SUM_OF_SQUARES, logic, "squares", "bound", "zero", "each", "back"),
    ],
)

# ---- Theorem 2.1 ---------------------------------------------------------------------------------
r, w2 = like("r", y), like("w2", w)
eps = real("eps")
errors = fn(w, H)
slopes = J_(y, w)
by_entries = table(row, column, d, 1, H[row, 1])
good = submanifold(n, d, zero_set(y + r))
bad = fn(r, ~good)
"""The changes r of the targets after which M is no submanifold of dimension n - d."""
critical_value = exists(w, both(H == r, rank(slopes) < d))
"""H takes the value r where its Jacobian matrix has less than full row rank."""
shifted = fn(w, H - r)
full_after = jacobian(shifted, w, d, n)
radius, G = real("radius"), function("G", w, y)
cut_out = exists(radius, G, defining_map(G, zero_set(y + r), w, radius, d, n))

SMOOTH_ERRORS = Statement(
    "C18.T2.1.smooth",
    DATA,
    title="The errors together are a smooth map",
    where="Section 2.1, proof of Theorem 2.1",
    given={"smooth": smooth_errors},
    then=infinitely_smooth(errors),
    proof=[
        have(
            "column",
            infinitely_smooth(fn(w, by_entries)),
            by(manifolds.infinitely_smooth_entries, phi=fn(i, fn(w, H[i, 1]))),
            "smooth",
        ),
        have(
            "same",
            every(w, by_entries == H),
            arbitrary(
                w,
                proof=[
                    have(
                        "entries",
                        each(i, 1, d, each(j, 1, 1, by_entries[i, j] == H[i, j])),
                        arbitrary(
                            i,
                            j,
                            proof=[
                                have("first", j == 1, linear),
                                have("entry", by_entries[i, j] == H[i, j], calculation, "first"),
                            ],
                        ),
                    ),
                    have("equal", by_entries == H, by(columns.equal_of_entries), "entries"),
                ],
            ),
        ),
        have("map", None, by(maps.equal_maps, F=fn(w, by_entries), F2=errors), "same"),
        have("all", infinitely_smooth(errors), calculation, "column", "map"),
    ],
)

REGULAR_VALUE = [
    have("losses", None, cite(I2_1, y=y + r)),
    have("no errors", H_(y + r, w) == 0, logic, "manifold.if", "losses"),
    have(
        "full",
        rank(slopes) == d,
        cases(
            [
                have("found", critical_value, take(w), "no errors", "full.1"),
                have("so", rank(slopes) == d, logic, "found", "critical.not"),
            ],
            [
                have("at most", rank(slopes) <= d, by(ranks.rank_at_most_rows)),
                have("equal", rank(slopes) == d, linear, "full.2", "at most"),
            ],
            split=rank(slopes) < d,
        ),
    ),
    have("once smooth", smooth(errors), by(manifolds.smooth_of_infinitely_smooth), "map"),
    have(
        "same slopes",
        full_after == slopes,
        by(manifolds.jacobian_of_shift, Q=errors),
        "once smooth",
    ),
    have("full after", rank(full_after) == d, calculation, "full", "same slopes"),
    have(
        "smooth after",
        infinitely_smooth(shifted),
        by(manifolds.infinitely_smooth_shift, Q=errors),
        "map",
    ),
    have(
        "zeros",
        cuts_out(shifted, zero_set(y + r), w, Expr(num(1))),
        arbitrary(
            w2,
            proof=[
                have("losses there", None, cite(I2_1, y=y + r, w=w2)),
                have(
                    "both ways",
                    both(
                        (L_(y + r, w2) == 0) >> (shifted(w2) == 0),
                        (shifted(w2) == 0) >> (L_(y + r, w2) == 0),
                    ),
                    logic,
                    "losses there",
                ),
            ],
        ),
    ),
    have("positive", Expr(num(1)) > 0, linear),
    have("cut out", cut_out, take(1, shifted), "positive", "smooth after", "full after", "zeros"),
]

ALMOST = Statement(
    "C18.T2.1.almost",
    DATA,
    kind="theorem",
    title="For almost all targets the zero-loss set is a submanifold",
    where="Section 2.1, proof of Theorem 2.1",
    lines=(125, 136),
    given={"smooth": smooth_errors},
    then=null_set(bad),
    proof=[
        have("map", None, cite(SMOOTH_ERRORS)),
        have(
            "critical values",
            null_set(fn(r, critical_value)),
            by(manifolds.critical_values_of_map_are_null, Q=errors),
            "map",
            lines=(125, 127),
        ),
        have(
            "inside",
            every(r, bad(r) >> critical_value),
            arbitrary(
                r,
                proof=[
                    have(
                        "critical",
                        critical_value,
                        suppose_not(
                            [
                                have("manifold", good, arbitrary(w, proof=REGULAR_VALUE)),
                                have("clash", contradiction, logic, "manifold", "inside.if"),
                            ]
                        ),
                    )
                ],
            ),
        ),
        have("null", null_set(bad), by(minima.null_part_of_vectors), "inside", "critical values"),
    ],
)

near_good = exists(r, both(square(r) < eps * eps, good))
ball = fn(r, square(r) < eps * eps)


def generic_manifold(
    given: dict[str, Expr],
    reading: str = "printed",
    repaired: Statement | None = None,
    expected: tuple[str, ...] = (),
) -> Statement:
    """A reading of Theorem 2.1."""
    return Statement(
        "C18.T2.1",
        DATA,
        kind="theorem",
        title="Generic smoothness of the zero-loss set",
        where="Section 2.1, Theorem 2.1",
        lines=(106, 108),
        given={**given, "smooth": smooth_errors},
        then=every(eps, (eps > 0) >> near_good),
        proof=[
            have("almost all", null_set(bad), cite(ALMOST), lines=(125, 127)),
            have(
                "small",
                every(eps, (eps > 0) >> near_good),
                arbitrary(
                    eps,
                    proof=[
                        have(
                            "radius",
                            eps * eps > 0,
                            by(order.positive_product),
                            "small.if",
                            "small.if",
                        ),
                        have(
                            "room",
                            ~null_set(ball),
                            by(manifolds.ball_is_not_null, s=eps * eps, m=d),
                            "radius",
                        ),
                        have(
                            "some",
                            near_good,
                            suppose_not(
                                [
                                    have(
                                        "all bad",
                                        every(r, ball(r) >> bad(r)),
                                        arbitrary(
                                            r,
                                            proof=[
                                                have(
                                                    "bad",
                                                    bad(r),
                                                    suppose_not(
                                                        [
                                                            have("good", good, logic, "bad.not"),
                                                            have(
                                                                "found",
                                                                near_good,
                                                                take(r),
                                                                "all bad.if",
                                                                "good",
                                                            ),
                                                            have(
                                                                "clash",
                                                                contradiction,
                                                                logic,
                                                                "found",
                                                                "some.not",
                                                            ),
                                                        ]
                                                    ),
                                                )
                                            ],
                                        ),
                                    ),
                                    have(
                                        "null ball",
                                        null_set(ball),
                                        by(minima.null_part_of_vectors),
                                        "all bad",
                                        "almost all",
                                    ),
                                    have("clash", contradiction, logic, "null ball", "room"),
                                ]
                            ),
                        ),
                    ],
                ),
                lines=(125, 136),
            ),
        ],
        gloss="Arbitrarily near the targets there are some for which M is empty or a submanifold.",
        reading=reading,
        repaired=repaired,
        expected=expected,
    )


T2_1 = generic_manifold({}, "repaired")
T2_1_PRINTED = generic_manifold(
    {"more parameters": overparameterized, "distinct": distinct},
    repaired=T2_1,
    expected=("surplus hypothesis, statement",),
)
