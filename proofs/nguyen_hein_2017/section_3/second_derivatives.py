"""Section 3.2, Theorem 3.8: second derivatives along directions of layer k + 1, by turning errors.

Statements
- NH17.T3.8.second: they are what the direction sees of the turning errors of layer k + 1.
"""

from symbolic_landscape.proofs.nguyen_hein_2017.section_2.backpropagation import OBJECTIVE as SPLIT
from symbolic_landscape.proofs.nguyen_hein_2017.section_2.backpropagation import (
    SMOOTH as SMOOTH_TAILS,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_3.error_curves import (
    AWAY,
    ERROR_CURVES,
    SMOOTH,
    errors,
    turn,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_3.layer_slopes import (
    NO_BIASES,
    NO_WEIGHTS,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_3.objective import BELOW
from symbolic_landscape.proofs.nguyen_hein_2017.section_3.tails import TAILS
from symbolic_landscape.proofs.nguyen_hein_2017.settings.directions import (
    K2,
    e2,
    moved,
    second_derivative,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.neighbourhoods import NEIGHBOURHOODS
from symbolic_landscape.proofs.nguyen_hein_2017.settings.network import (
    F_,
    G_,
    Delta_,
    F,
    L,
    Phi,
    W,
    b,
    k,
    n,
    one,
    tail_,
)
from symbolic_landscape.proofs.rules import curves, functions, points
from symbolic_landscape.proofs.rules.derivatives import smooth
from symbolic_landscape.statement.language import (
    Expr,
    both,
    derivative,
    each,
    every,
    fn,
    integer,
    matrix,
    real,
    trace,
    update,
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
)
from symbolic_landscape.statement.step import Step

i, j, v, s, t = integer("i"), integer("j"), integer("v"), real("s"), real("t")
row, column = integer("row"), integer("column")
LAYER = (k >= 1, k <= L - 1)
M, d = matrix("M", n[k], n[k + 1]), matrix("d", 1, n[k + 1])
DIRECTION = update(NO_WEIGHTS, k + 1, M), update(NO_BIASES, k + 1, d)
BOTH = moved((t, *DIRECTION), (s, K2, e2))
combination = F(k) @ M + one @ d
"""How the preactivations of layer k + 1 move along the direction."""
still_below = each(i, 1, k, both(K2[i] == 0, e2[i] == 0))
second = second_derivative(W, b, *DIRECTION, K2, e2)
tail_away = fn(t, tail_(*AWAY)[k + 1](G_(*AWAY, k + 1) + t * combination))
along_direction = derivative(fn(t, Phi(*BOTH)))(0)
seen_away = trace(Delta_(*AWAY, k + 1).T @ combination)


def same_below(name: str, point: tuple[Expr, Expr]) -> list[Step]:
    """Steps: a point that is moved above layer k alone has the features of layer k."""
    return [
        have(
            f"{name} below",
            points.agree(*point, W, b, 1, k),
            arbitrary(
                i,
                proof=[
                    have("still", None, at(i), "above"),
                    have("weights", K2[i] == 0, logic, "still"),
                    have("biases", e2[i] == 0, logic, "still"),
                    have("W", point[0][i] == W[i], calculation, "weights"),
                    have("b", point[1][i] == b[i], calculation, "biases"),
                    have("same", both(point[0][i] == W[i], point[1][i] == b[i]), logic, "W", "b"),
                ],
            ),
        ),
        have(f"{name} all features", None, cite(BELOW, V=point[0], c=point[1], k=k)),
        have(f"{name} features", F_(*point)[k] == F(k), at(k), f"{name} all features"),
    ]


SECOND = Statement(
    "NH17.T3.8.second",
    NEIGHBOURHOODS,
    title="Second derivatives along directions of layer k + 1, by turning errors",
    names=(k, K2, e2, M, d),
    standing=LAYER,
    given={"above": still_below, **SMOOTH},
    then=second == trace(turn(k + 1).T @ combination),
    proof=[
        have(
            "first",
            every(s, along_direction == seen_away),
            arbitrary(
                s,
                proof=[
                    *same_below("away", AWAY),
                    have(
                        "values",
                        every(t, Phi(*BOTH) == tail_away(t)),
                        arbitrary(
                            t,
                            proof=[
                                have(
                                    "both all features",
                                    None,
                                    cite(BELOW, V=BOTH[0], c=BOTH[1], k=k),
                                ),
                                have(
                                    "both features",
                                    F_(*BOTH)[k] == F(k),
                                    at(k),
                                    "both all features",
                                ),
                                have(
                                    "upper layers",
                                    points.agree(*BOTH, *AWAY, k + 2, L),
                                    arbitrary(
                                        i,
                                        proof=[
                                            have(
                                                "same",
                                                both(
                                                    BOTH[0][i] == AWAY[0][i],
                                                    BOTH[1][i] == AWAY[1][i],
                                                ),
                                                logic,
                                            )
                                        ],
                                    ),
                                ),
                                have(
                                    "tails",
                                    None,
                                    cite(
                                        TAILS, V=BOTH[0], c=BOTH[1], W=AWAY[0], b=AWAY[1], k=k + 1
                                    ),
                                ),
                                have("tail", None, at(k + 1), "tails"),
                                have("split", None, cite(SPLIT, W=BOTH[0], b=BOTH[1])),
                                have("split here", None, at(k + 1), "split"),
                                have(
                                    "value",
                                    Phi(*BOTH) == tail_away(t),
                                    calculation,
                                    "split here",
                                    "tail",
                                    "both features",
                                    "away features",
                                ),
                            ],
                        ),
                    ),
                    have(
                        "functions",
                        fn(t, Phi(*BOTH)) == tail_away,
                        by(functions.equal_functions_of_numbers),
                        "values",
                    ),
                    have("smooth tails", None, cite(SMOOTH_TAILS, W=AWAY[0], b=AWAY[1])),
                    have("smooth tail", smooth(tail_(*AWAY)[k + 1]), at(k + 1), "smooth tails"),
                    have(
                        "slope",
                        derivative(tail_away)(0) == seen_away,
                        by(
                            curves.slope_of_gradient,
                            h=tail_(*AWAY)[k + 1],
                            Z=G_(*AWAY, k + 1),
                            M=combination,
                        ),
                        "smooth tail",
                    ),
                    have("all", along_direction == seen_away, calculation, "functions", "slope"),
                ],
            ),
        ),
        have(
            "curves",
            fn(s, along_direction) == fn(s, seen_away),
            by(functions.equal_functions_of_numbers),
            "first",
        ),
        have("error curves", None, cite(ERROR_CURVES)),
        have("here", None, at(k + 1), "error curves"),
        have("errors smooth", smooth(errors(k + 1)), logic, "here"),
        have(
            "turn",
            derivative(fn(s, seen_away))(0) == trace(turn(k + 1).T @ combination),
            by(curves.derivative_of_trace, X=errors(k + 1), A=combination),
            "errors smooth",
        ),
        have("second", second == trace(turn(k + 1).T @ combination), calculation, "curves", "turn"),
    ],
)
