"""Section 4, proof of Theorem 3.8: near the point, with the upper layers outside I held fixed.

Statements
- NH17.T3.8.branch: near a point that is not degenerate on I there are points at which the
  gradients in I vanish, over each choice of the other layers.
- NH17.P3.8gen: over all lower layers near the point, with the upper layers outside I as they are,
  there is such a point nearby, and its upper weights keep full column rank.
"""

from symbolic_landscape.proofs.nguyen_hein_2017.section_3.joined_layers import JOINED, glued
from symbolic_landscape.proofs.nguyen_hein_2017.section_3.layer_slopes import LAYER
from symbolic_landscape.proofs.nguyen_hein_2017.section_3.nearby_points import (
    NEARER,
    RANKS,
    full_nearby,
    kept,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_3.objective import (
    DEPENDS,
    OBJECTIVE,
    SLOPES,
    SMOOTH_OBJECTIVE,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.assumptions import (
    full_rank_from,
    loss_twice_smooth,
    twice_smooth,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.directions import (
    I,
    K,
    e,
    nondegenerate,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.neighbourhoods import (
    NEIGHBOURHOODS,
    near,
    r,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.network import (
    L,
    V,
    W,
    b,
    c,
    critical,
    flat_at,
    k,
    sigma,
)
from symbolic_landscape.proofs.rules import continuity, points
from symbolic_landscape.statement.language import (
    Expr,
    both,
    each,
    either,
    every,
    exists,
    integer,
    like,
    real,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    at,
    by,
    calculation,
    cite,
    have,
    logic,
    obtain,
    take,
)

i = integer("i")
row, column = points.row, points.column
s, q, x, y = real("s"), real("q"), real("x"), real("y")
V2, c2 = like("V2", V), like("c2", c)
U, a = like("U", W), like("a", b)


def solved(U: Expr, a: Expr, V: Expr, c: Expr, radius: Expr) -> Expr:
    """(U, a) is within the radius, is (V, c) outside I, and has no slope in the layers of I."""
    return both(
        near(U, a, W, b, 1, L, radius),
        each(i, 1, L, either(I(i), both(U[i] == V[i], a[i] == c[i]))),
        points.flat(OBJECTIVE, U, a, I, 1, L),
    )


def solvable(radius: Expr, smaller: Expr) -> Expr:
    """Over each point within `smaller` there is one that is solved within the radius."""
    return every(
        V,
        c,
        near(V, c, W, b, 1, L, smaller) >> exists(V2, c2, solved(V2, c2, V, c, radius)),
    )


branches = every(r, (r > 0) >> exists(s, both(s > 0, solvable(r, s))))
BRANCH = Statement(
    "NH17.T3.8.branch",
    NEIGHBOURHOODS,
    title="Near a point that is not degenerate on I the gradients in I have zeros",
    where="Section 4, proof of Theorem 3.8",
    lines=(1611, 1635),
    names=(I,),
    given={
        "critical": critical(W, b),
        "nondegenerate": nondegenerate(W, b, I),
        "sigma": twice_smooth(sigma),
        "loss smooth": loss_twice_smooth,
    },
    then=branches,
    proof=[
        have("smooth", twice_smooth(OBJECTIVE), cite(SMOOTH_OBJECTIVE)),
        have("depends", None, cite(DEPENDS)),
        have(
            "flat",
            points.flat(OBJECTIVE, W, b, I, 1, L),
            arbitrary(
                K,
                e,
                proof=[have("slope", points.slope_along(OBJECTIVE, W, b, K, e) == 0, cite(SLOPES))],
            ),
        ),
        have(
            "branch",
            branches,
            by(continuity.implicit_function, H=OBJECTIVE, U=W, a=b, I=I, lo=1, hi=L),
            "smooth",
            "depends",
            "flat",
            "nondegenerate",
        ),
    ],
)


def frozen(U: Expr, a: Expr, radius: Expr) -> Expr:
    """(U, a) is within the radius, is (V, c) up to layer k and (W, b) above it outside I.

    The gradients in the layers of I vanish there, and the upper weights have full column rank.
    """
    return both(
        near(U, a, W, b, 1, L, radius),
        points.agree(U, a, V, c, 1, k),
        each(i, k + 1, L, either(I(i), both(U[i] == W[i], a[i] == b[i]))),
        each(i, k + 1, L, I(i) >> flat_at(U, a, i)),
        full_nearby(U, L),
    )


def frozen_nearby(radius: Expr, smaller: Expr) -> Expr:
    """Over lower layers within `smaller` there is such a point within the radius."""
    return every(V, c, near(V, c, W, b, 1, k, smaller) >> exists(U, a, frozen(U, a, radius)))


frozen_branches = every(r, (r > 0) >> exists(s, both(s > 0, frozen_nearby(r, s))))
moved_or_not = either(I(i), both(U[i] == V2[i], a[i] == c2[i]))

P3_8GEN = Statement(
    "NH17.P3.8gen",
    NEIGHBOURHOODS,
    kind="remark",
    title="Freezing upper layers outside I",
    where="Section 4, proof of Theorem 3.8, general I",
    lines=(1751, 1814),
    names=(k, I),
    standing=(k >= 0, k <= L - 1),
    given={
        "critical": critical(W, b),
        "above": each(i, 1, k, ~I(i)),
        "nondegenerate": nondegenerate(W, b, I),
        "ranks": full_rank_from(k + 2),
        "sigma": twice_smooth(sigma),
        "loss smooth": loss_twice_smooth,
    },
    then=frozen_branches,
    proof=[
        have("branches", branches, cite(BRANCH), lines=(1758, 1798)),
        have("ranks nearby", None, cite(RANKS), lines=(1812, 1814)),
        have("y", both(y > 0, kept(y, L)), obtain(y), "ranks nearby"),
        have("y positive", y > 0, logic, "y"),
        have("kept", kept(y, L), logic, "y"),
        have(
            "frozen",
            frozen_branches,
            arbitrary(
                r,
                proof=[
                    have("smaller", None, by(continuity.smaller_of_two), "frozen.if", "y positive"),
                    have("q", both(q > 0, q <= r, q <= y), obtain(q), "smaller"),
                    have("q positive", q > 0, logic, "q"),
                    have("q below r", q <= r, logic, "q"),
                    have("q below y", q <= y, logic, "q"),
                    have("if q", None, at(q), "branches"),
                    have("some s", None, logic, "if q", "q positive"),
                    have("s", both(s > 0, solvable(q, s)), obtain(s), "some s"),
                    have("s positive", s > 0, logic, "s"),
                    have("solvable", solvable(q, s), logic, "s"),
                    have(
                        "over all",
                        frozen_nearby(r, s),
                        arbitrary(
                            V,
                            c,
                            proof=[
                                have("joined", exists(V2, c2, glued(V2, c2)), cite(JOINED)),
                                have("V2 and c2", glued(V2, c2), obtain(V2, c2), "joined"),
                                have("near", near(V2, c2, W, b, 1, L, s), logic, "V2 and c2"),
                                have("lower", points.agree(V2, c2, V, c, 1, k), logic, "V2 and c2"),
                                have(
                                    "upper",
                                    points.agree(V2, c2, W, b, k + 1, L),
                                    logic,
                                    "V2 and c2",
                                ),
                                have("if near", None, at(V2, c2), "solvable"),
                                have("some solution", None, logic, "if near", "near"),
                                have(
                                    "U and a",
                                    solved(U, a, V2, c2, q),
                                    obtain(U, a),
                                    "some solution",
                                ),
                                have("near q", near(U, a, W, b, 1, L, q), logic, "U and a"),
                                have("outside I", each(i, 1, L, moved_or_not), logic, "U and a"),
                                have(
                                    "flat", points.flat(OBJECTIVE, U, a, I, 1, L), logic, "U and a"
                                ),
                                have(
                                    "near r",
                                    near(U, a, W, b, 1, L, r),
                                    cite(NEARER, V=U, c=a, r=q, s=r, low=1, high=L),
                                ),
                                have(
                                    "near y",
                                    near(U, a, W, b, 1, L, y),
                                    cite(NEARER, V=U, c=a, r=q, s=y, low=1, high=L),
                                ),
                                have("if near y", None, at(U, a), "kept"),
                                have("full rank", full_nearby(U, L), logic, "if near y", "near y"),
                                have(
                                    "same below",
                                    points.agree(U, a, V, c, 1, k),
                                    arbitrary(
                                        i,
                                        proof=[
                                            have("not in I", None, at(i), "above"),
                                            have("moved or not", None, at(i), "outside I"),
                                            have("glued", None, at(i), "lower"),
                                            have(
                                                "weights",
                                                U[i] == V2[i],
                                                logic,
                                                "moved or not",
                                                "not in I",
                                            ),
                                            have(
                                                "biases",
                                                a[i] == c2[i],
                                                logic,
                                                "moved or not",
                                                "not in I",
                                            ),
                                            have(
                                                "same",
                                                both(U[i] == V[i], a[i] == c[i]),
                                                calculation,
                                                "glued",
                                                "weights",
                                                "biases",
                                            ),
                                        ],
                                    ),
                                ),
                                have(
                                    "same above",
                                    each(
                                        i, k + 1, L, either(I(i), both(U[i] == W[i], a[i] == b[i]))
                                    ),
                                    arbitrary(
                                        i,
                                        proof=[
                                            have("moved or not", None, at(i), "outside I"),
                                            have("glued", None, at(i), "upper"),
                                            have("V2 is W", V2[i] == W[i], logic, "glued"),
                                            have("c2 is b", c2[i] == b[i], logic, "glued"),
                                            have(
                                                "same",
                                                either(I(i), both(U[i] == W[i], a[i] == b[i])),
                                                calculation,
                                                "moved or not",
                                                "V2 is W",
                                                "c2 is b",
                                            ),
                                        ],
                                    ),
                                ),
                                have(
                                    "flat layers",
                                    each(i, k + 1, L, I(i) >> flat_at(U, a, i)),
                                    arbitrary(
                                        i,
                                        proof=[
                                            have(
                                                "flat layer",
                                                flat_at(U, a, i),
                                                cite(LAYER, W=U, b=a, k=i),
                                            )
                                        ],
                                    ),
                                ),
                                have(
                                    "found",
                                    exists(U, a, frozen(U, a, r)),
                                    take(U, a),
                                    "near r",
                                    "same below",
                                    "same above",
                                    "flat layers",
                                    "full rank",
                                ),
                            ],
                        ),
                    ),
                    have(
                        "radius",
                        exists(s, both(s > 0, frozen_nearby(r, s))),
                        take(s),
                        "s positive",
                        "over all",
                    ),
                ],
            ),
        ),
    ],
)
