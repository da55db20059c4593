"""Section 3.2, Theorem 3.10: almost every linear tilt of a function has no degenerate points.

Statements
- NH17.T3.10: generic linear tilts are Morse.
- NH17.R3.10: the same for tilts that are drawn from a ball.
- NH17.R3.10.degenerate: the objective itself has no non-degenerate local minimum.
"""

from symbolic_landscape.proofs.nguyen_hein_2017.section_3.degenerate_minima import EMPTY
from symbolic_landscape.proofs.nguyen_hein_2017.section_3.local_minima import (
    ALL,
    SMOOTH,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.directions import nondegenerate
from symbolic_landscape.proofs.nguyen_hein_2017.settings.functions import (
    FUNCTIONS,
    U,
    f,
    nondegenerate_critical_points,
    tilt,
    v,
    w,
    x,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.neighbourhoods import (
    NEIGHBOURHOODS,
    local_minimum,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.network import L, N, W, b, k, n
from symbolic_landscape.proofs.rules import minima
from symbolic_landscape.proofs.rules.minima import null_set, smooth_on, turning
from symbolic_landscape.statement.language import (
    Expr,
    both,
    contradiction,
    every,
    exists,
    fn,
    gradient,
    like,
    real,
    trace,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    by,
    calculation,
    cite,
    have,
    logic,
    suppose_not,
    take,
)

eps = real("eps")
slope = fn(x, gradient(f, x))
y = like("y", w)


def is_critical_value(y: Expr) -> Expr:
    """The gradient takes the value y where its derivative is singular."""
    return exists(x, v, both(U(x), gradient(f, x) == y, v != 0, turning(slope, x, v) == 0))


degenerate = fn(w, ~nondegenerate_critical_points(tilt))
"""The tilts that have a degenerate critical point."""
mirrored = fn(w, is_critical_value(-w))
nonsingular = every(v, (turning(fn(x, gradient(tilt, x)), x, v) == 0) >> (v == 0))

INSIDE = have(
    "inside",
    every(w, degenerate(w) >> mirrored(w)),
    arbitrary(
        w,
        proof=[
            have(
                "critical value",
                mirrored(w),
                suppose_not(
                    [
                        have(
                            "nondegenerate",
                            nondegenerate_critical_points(tilt),
                            arbitrary(
                                x,
                                proof=[
                                    have("in U", U(x), logic, "nondegenerate.if"),
                                    have(
                                        "critical",
                                        gradient(tilt, x) == 0,
                                        logic,
                                        "nondegenerate.if",
                                    ),
                                    have(
                                        "nonsingular",
                                        nonsingular,
                                        arbitrary(
                                            v,
                                            proof=[
                                                have(
                                                    "zero",
                                                    v == 0,
                                                    suppose_not(
                                                        [
                                                            have(
                                                                "slope",
                                                                gradient(tilt, x)
                                                                == gradient(f, x) + w,
                                                                by(minima.gradient_of_tilted),
                                                                "standing 1",
                                                                "in U",
                                                            ),
                                                            have(
                                                                "value",
                                                                gradient(f, x) == -w,
                                                                calculation,
                                                                "<slope",
                                                                "critical",
                                                            ),
                                                            have(
                                                                "turning",
                                                                turning(
                                                                    fn(x, gradient(tilt, x)), x, v
                                                                )
                                                                == turning(slope, x, v),
                                                                by(minima.hessian_of_tilted),
                                                                "standing 1",
                                                                "in U",
                                                            ),
                                                            have(
                                                                "singular",
                                                                turning(slope, x, v) == 0,
                                                                calculation,
                                                                "<turning",
                                                                "nonsingular.if",
                                                            ),
                                                            have(
                                                                "found",
                                                                mirrored(w),
                                                                take(x, v),
                                                                "in U",
                                                                "value",
                                                                "zero.not",
                                                                "singular",
                                                            ),
                                                            have(
                                                                "clash",
                                                                contradiction,
                                                                logic,
                                                                "found",
                                                                "critical value.not",
                                                            ),
                                                        ]
                                                    ),
                                                )
                                            ],
                                        ),
                                    ),
                                ],
                            ),
                        ),
                        have("clash", contradiction, logic, "nondegenerate", "inside.if"),
                    ]
                ),
            )
        ],
    ),
)

T3_10 = Statement(
    "NH17.T3.10",
    FUNCTIONS,
    kind="theorem",
    title="Generic linear tilts are Morse",
    where="Section 3.2, Theorem 3.10 (Morse, quoted from Milnor)",
    lines=(980, 984),
    given={},
    then=null_set(degenerate),
    proof=[
        have("smooth", smooth_on(U, slope), by(minima.gradient_is_smooth), "standing 1"),
        have(
            "critical values",
            null_set(fn(y, is_critical_value(y))),
            by(minima.critical_values_are_null, Psi=slope),
            "smooth",
        ),
        have(
            "mirrored",
            null_set(mirrored),
            by(minima.null_mirrored, domain=fn(y, is_critical_value(y))),
            "critical values",
        ),
        INSIDE,
        have("null", null_set(degenerate), by(minima.null_part_of_vectors), "inside", "mirrored"),
    ],
)

in_ball = fn(w, both(degenerate(w), trace(w.T @ w) <= eps * eps))
"""The tilts of length at most eps that have a degenerate critical point."""

R3_10 = Statement(
    "NH17.R3.10",
    FUNCTIONS,
    kind="remark",
    title="Exact degenerate points might be rare",
    where="after Theorem 3.10",
    lines=(986, 994),
    names=(eps,),
    given={},
    then=null_set(in_ball),
    proof=[
        have("almost all", null_set(degenerate), cite(T3_10)),
        have(
            "inside",
            every(w, in_ball(w) >> degenerate(w)),
            arbitrary(w, proof=[have("degenerate", degenerate(w), logic, "inside.if")]),
        ),
        have("null", null_set(in_ball), by(minima.null_part_of_vectors), "inside", "almost all"),
    ],
    gloss="Of tilts drawn from a ball those that leave a degenerate critical point have measure "
    "zero.",
    hedge="What the paper draws from it is hedged: degenerate points of Phi might be rare.",
)

R3_10_DEGENERATE = Statement(
    "NH17.R3.10.degenerate",
    NEIGHBOURHOODS,
    kind="remark",
    title="With a wide layer every local minimum of the objective is degenerate",
    where="after Theorem 3.10",
    names=(k,),
    standing=(k >= 1, k <= L - 1),
    given={"wide": n[k] >= N - 1, "minimum": local_minimum(W, b), **SMOOTH},
    then=~nondegenerate(W, b, ALL),
    proof=[
        have(
            "degenerate",
            ~nondegenerate(W, b, ALL),
            suppose_not(
                [
                    have("clash", contradiction, cite(EMPTY)),
                ]
            ),
        )
    ],
    gloss="Phi is none of the functions of which Theorem 3.10 speaks: it is not tilted.",
)
