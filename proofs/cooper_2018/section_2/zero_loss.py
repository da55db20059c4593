"""Section 2.1: the loss is a sum of squares, and generically its zeros are a submanifold.

Statements
- C18.A0: the standing assumptions.
- C18.I2.1: L = |H|^2, and M is the set of zeros of H, and the intersection of the M_i.
- C18.T2.1.almost: for almost every change of the targets M is a submanifold.
- C18.T2.1: the same for an arbitrarily small change.
"""

from symbolic_landscape.proofs.cooper_2018.section_2.levels import LEVELS, SMALL, eps
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
from symbolic_landscape.proofs.rules import columns, entries, manifolds, maps, minima
from symbolic_landscape.proofs.rules.manifolds import (
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
    like,
)
from symbolic_landscape.statement.language import entries as table
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    at,
    by,
    calculation,
    cite,
    have,
    linear,
    logic,
    obtain,
    suppose_not,
    take,
)
from symbolic_landscape.statement.step import Step

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
errors = fn(w, H)
slopes = J_(y, w)
by_entries = table(row, column, d, 1, H[row, 1])
good = submanifold(n, d, zero_set(y + r))
bad = fn(r, ~good)
"""The changes r of the targets after which M is no submanifold of dimension n - d."""
level = fn(w, H == r)
"""Where the errors are r."""
near_level = exists(r, both(square(r) < eps * eps, submanifold(n, d, level)))

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


def same_set(y: Expr) -> list[Step]:
    """Steps: with changed targets the loss is 0 exactly where H takes the value r."""
    return [
        have(
            "same set",
            every(w, both((H == r) >> (L_(y + r, w) == 0), (L_(y + r, w) == 0) >> (H == r))),
            arbitrary(
                w,
                proof=[
                    have("losses", None, cite(I2_1, y=y + r)),
                    have(
                        "zeros",
                        both((H == r) >> (L_(y + r, w) == 0), (L_(y + r, w) == 0) >> (H == r)),
                        logic,
                        "losses",
                    ),
                ],
            ),
        ),
        have(
            "manifold",
            good,
            by(manifolds.submanifold_of_same_set, S=level, S2=zero_set(y + r)),
            "same set",
            "level",
        ),
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
        have("levels", None, cite(LEVELS, Q=errors, q=d), lines=(125, 127)),
        have(
            "inside",
            every(r, bad(r) >> ~submanifold(n, d, level)),
            arbitrary(
                r,
                proof=[
                    have(
                        "bad level",
                        ~submanifold(n, d, level),
                        suppose_not(
                            [
                                have("level", submanifold(n, d, level), logic, "bad level.not"),
                                *same_set(y),
                                have("clash", contradiction, logic, "manifold", "inside.if"),
                            ]
                        ),
                    )
                ],
            ),
        ),
        have("null", null_set(bad), by(minima.null_part_of_vectors), "inside", "levels"),
    ],
)

near_good = exists(r, both(square(r) < eps * eps, good))


def generic_manifold(
    given: dict[str, Expr],
    reading: str = "printed",
    repaired: Statement | None = None,
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
            have("map", None, cite(SMOOTH_ERRORS)),
            have("levels", None, cite(SMALL, Q=errors, q=d), lines=(125, 127)),
            have(
                "small",
                every(eps, (eps > 0) >> near_good),
                arbitrary(
                    eps,
                    proof=[
                        have("at eps", None, at(eps), "levels"),
                        have("some", near_level, logic, "at eps", "small.if"),
                        have("change", None, obtain(r), "some"),
                        have("short", square(r) < eps * eps, logic, "change"),
                        have("level", submanifold(n, d, level), logic, "change"),
                        *same_set(y),
                        have("found", near_good, take(r), "short", "manifold"),
                    ],
                ),
                lines=(125, 136),
            ),
        ],
        gloss="Arbitrarily near the targets there are some for which M is empty or a submanifold.",
        reading=reading,
        repaired=repaired,
    )


T2_1 = generic_manifold({}, "repaired")
T2_1_PRINTED = generic_manifold(
    {"more parameters": overparameterized, "distinct": distinct},
    repaired=T2_1,
)
