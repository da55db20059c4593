"""Section 2.1, Theorem 2.1 for any map with all derivatives: almost all its values are regular.

Notation: Q maps R^n to R^q; its level at r is the set where Q(w) = r.

Statements
- C18.T2.1.regular: the level of a regular value is a submanifold.
- C18.T2.1.levels: for almost all r the level is a submanifold of dimension n - q.
- C18.T2.1.small: some r as small as one likes is among them.
"""

from symbolic_landscape.proofs.cooper_2018.settings.matrices import MAP, Q, n, q, w
from symbolic_landscape.proofs.rules import manifolds, minima, order, ranks
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
    every,
    exists,
    fn,
    function,
    like,
    matrix,
    rank,
    real,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    at,
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

r, w2 = matrix("r", q, 1), like("w2", w)
eps, radius = real("eps"), real("radius")
G = function("G", w, r)
slopes = jacobian(Q, w, q, n)
level = fn(w, Q(w) == r)
good = submanifold(n, q, level)
bad = fn(r, ~good)
critical_value = exists(w, both(Q(w) == r, rank(slopes) < q))
"""Q takes the value r where its Jacobian matrix has less than full row rank."""
shifted = fn(w, Q(w) - r)
full_after = jacobian(shifted, w, q, n)

full = rank(slopes) == q
regular = every(w, level(w) >> full)
REGULAR = Statement(
    "C18.T2.1.regular",
    MAP,
    kind="theorem",
    title="The level of a regular value is a submanifold",
    where="Section 2.1, proof of Theorem 2.1",
    lines=(134, 136),
    names=(r,),
    given={"smooth": infinitely_smooth(Q), "regular": regular},
    then=good,
    proof=[
        have("once smooth", smooth(Q), by(manifolds.smooth_of_infinitely_smooth), "smooth"),
        have(
            "smooth after",
            infinitely_smooth(shifted),
            by(manifolds.infinitely_smooth_shift),
            "smooth",
        ),
        have("positive", Expr(num(1)) > 0, linear),
        have(
            "manifold",
            good,
            arbitrary(
                w,
                proof=[
                    have("at w", None, at(w), "regular"),
                    have("full", full, logic, "at w", "manifold.if"),
                    have(
                        "same slopes",
                        full_after == slopes,
                        by(manifolds.jacobian_of_shift),
                        "once smooth",
                    ),
                    have("full after", rank(full_after) == q, calculation, "full", "same slopes"),
                    have(
                        "zeros",
                        cuts_out(shifted, level, w, Expr(num(1))),
                        arbitrary(
                            w2,
                            proof=[
                                have(
                                    "both ways",
                                    both(
                                        (Q(w2) == r) >> (shifted(w2) == 0),
                                        (shifted(w2) == 0) >> (Q(w2) == r),
                                    ),
                                    logic,
                                )
                            ],
                        ),
                    ),
                    have(
                        "cut out",
                        exists(radius, G, defining_map(G, level, w, radius, q, n)),
                        take(1, shifted),
                        "positive",
                        "smooth after",
                        "full after",
                        "zeros",
                    ),
                ],
            ),
        ),
    ],
)
FULL = [
    have(
        "full",
        full,
        cases(
            [
                have("found", critical_value, take(w), "regular.if", "full.1"),
                have("so", full, logic, "found", "critical.not"),
            ],
            [
                have("at most", rank(slopes) <= q, by(ranks.rank_at_most_rows)),
                have("equal", full, linear, "full.2", "at most"),
            ],
            split=rank(slopes) < q,
        ),
    )
]

LEVELS = Statement(
    "C18.T2.1.levels",
    MAP,
    kind="theorem",
    title="Almost all levels of a smooth map are submanifolds",
    where="Section 2.1, proof of Theorem 2.1",
    lines=(125, 136),
    given={"smooth": infinitely_smooth(Q)},
    then=null_set(bad),
    proof=[
        have(
            "critical values",
            null_set(fn(r, critical_value)),
            by(manifolds.critical_values_of_map_are_null),
            "smooth",
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
                                have("regular", regular, arbitrary(w, proof=FULL)),
                                have("manifold", good, cite(REGULAR)),
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
SMALL = Statement(
    "C18.T2.1.small",
    MAP,
    kind="theorem",
    title="A level as near as one likes is a submanifold",
    where="Section 2.1, Theorem 2.1",
    lines=(106, 108),
    given={"smooth": infinitely_smooth(Q)},
    then=every(eps, (eps > 0) >> near_good),
    proof=[
        have("almost all", null_set(bad), cite(LEVELS)),
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
                        by(manifolds.ball_is_not_null, s=eps * eps, m=q),
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
        ),
    ],
)
