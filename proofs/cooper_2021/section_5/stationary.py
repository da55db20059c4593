"""Section 5.1: critical points on a fibre, where the layers below the last one are fixed.

Notation: R are the residuals; (T, u) is a direction of the last weights and biases.

Statements
- C21.L5.8.line: the loss along a line on a fibre.
- C21.L5.8.stationary: at a critical point the residuals are orthogonal to the rows of [Phi; 1].
"""

from symbolic_landscape.proofs.cooper_2021.section_5.fibres import squared
from symbolic_landscape.proofs.cooper_2021.section_5.levels import FIBRE_LOSS, Phi
from symbolic_landscape.proofs.cooper_2021.settings.architectures import k, l, m
from symbolic_landscape.proofs.cooper_2021.settings.networks import (
    NETWORK,
    M,
    Y,
    b,
    critical,
    f_,
    loss_,
    one,
    slope_,
)
from symbolic_landscape.proofs.rules import functions, numbers
from symbolic_landscape.proofs.rules.entries import (
    squares_of_equal,
)
from symbolic_landscape.proofs.rules.points import moved, t
from symbolic_landscape.statement.language import (
    derivative,
    every,
    fn,
    matrix,
    trace,
    update,
    zeros,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    at,
    by,
    calculation,
    cite,
    have,
    linear,
)

T, u = matrix("T", m[l], m[l - 1]), matrix("u", m[l], 1)
R = f_(M, b) - Y
direction = (
    update(fn(k, zeros(m[k], m[k - 1])), l, T),
    update(fn(k, zeros(m[k], 1)), l, u),
)
"""The direction that is 0 below the last layer, and (T, u) there."""
there = moved(M, b, (t, *direction))
fibre = update(M, l, M[l] + t * T), update(b, l, b[l] + t * u)
outputs_move = T @ Phi + u @ one


quadratic = loss_(M, b) + t * (2 * trace(R.T @ outputs_move)) + t * t * squared(outputs_move)
LINE = Statement(
    "C21.L5.8.line",
    NETWORK,
    title="The loss along a line on a fibre",
    names=(T, u, t),
    given={},
    then=loss_(*there) == quadratic,
    proof=[
        have("weights", None, by(functions.one_member_moved, U=M, t=t, j=l, M=T)),
        have("biases", None, by(functions.one_member_moved, U=b, t=t, j=l, M=u)),
        have("on the fibre", None, cite(FIBRE_LOSS, A=M[l] + t * T, c=b[l] + t * u)),
        have("moved", f_(*there) == f_(*fibre), calculation, "<weights", "<biases"),
        have("outputs", f_(*there) == f_(M, b) + t * outputs_move, linear, "moved", "on the fibre"),
        have(
            "loss",
            loss_(*there) == quadratic,
            by(squares_of_equal, A=f_(*there) - Y, A2=R + t * outputs_move),
            "outputs",
        ),
    ],
)

orthogonal = every(T, u, trace(R.T @ outputs_move) == 0)
STATIONARY = Statement(
    "C21.L5.8.stationary",
    NETWORK,
    title="At a critical point the residuals are orthogonal to the features, and to 1",
    given={"critical": critical(M, b)},
    then=orthogonal,
    proof=[
        have(
            "orthogonal",
            orthogonal,
            arbitrary(
                T,
                u,
                proof=[
                    have("flat", slope_(M, b, *direction) == 0, at(*direction), "critical"),
                    have(
                        "losses",
                        every(t, loss_(*there) == quadratic),
                        arbitrary(t, proof=[have("loss", None, cite(LINE))]),
                    ),
                    have("curve", None, by(functions.equal_functions_of_numbers), "losses"),
                    have(
                        "derivative",
                        derivative(fn(t, quadratic))(0) == 2 * trace(R.T @ outputs_move),
                        by(
                            numbers.derivative_of_quadratic,
                            r=loss_(M, b),
                            s=2 * trace(R.T @ outputs_move),
                            y=squared(outputs_move),
                            x=0,
                        ),
                    ),
                    have(
                        "slope",
                        slope_(M, b, *direction) == 2 * trace(R.T @ outputs_move),
                        calculation,
                        "curve",
                        "derivative",
                    ),
                    have("zero", trace(R.T @ outputs_move) == 0, linear, "slope", "flat"),
                ],
            ),
        )
    ],
)
