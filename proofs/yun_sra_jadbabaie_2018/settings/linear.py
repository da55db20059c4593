"""Section 2.1: a deep linear network on m samples, and its squared error, times a factor.

Notation (columns are samples): W[k] is d[k] x d[k-1] for k = 1..H+1, and P[k] = W[k] ... W[1].
The risk is L(W) = c |P[H+1] X - Y|^2; the paper's factor is c = 1/2, equation (1).

Settings: SQUARED_ERROR, with any factor; LINEAR, the same with the paper's examples.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from symbolic_landscape.arithmetic.exact_data import matrix_of
from symbolic_landscape.proofs.rules.derivatives import unit_matrix
from symbolic_landscape.statement.language import (
    Expr,
    define,
    derivative,
    fn,
    identity_matrix,
    integer,
    matrices,
    matrix,
    natural,
    real,
    recursion,
    trace,
    update,
    widths,
)
from symbolic_landscape.statement.setting import Setting
from symbolic_landscape.statement.term import Term

Example = tuple[str, Mapping[Term, Any]]
HALF = Fraction(1, 2)

H, m, d = natural("H"), natural("m"), widths("d")
i, j, k, o, v = (integer(name) for name in "ijkov")
c, s, t = real("c"), real("s"), real("t")
X, Y = matrix("X", d[0], m), matrix("Y", d[H + 1], m)
W = matrices("W", lambda k: d[k], lambda k: d[k - 1])
HERE = ("W",)


def square(A: Any) -> Expr:
    """The squared Frobenius norm."""
    return trace(A.T @ A)


below = matrix("below", d[k - 1], d[0])
P_ = define(
    "partial product",
    (W,),
    recursion(k, below, 0, identity_matrix(d[0]), W[k] @ below),
    text="P",
    latex="P",
    at=HERE,
)
risk = define("risk", (W,), c * square(P_(W)[H + 1] @ X - Y), text="L", latex="L", at=HERE)
last = W[H + 1]


def with_last(M: Any) -> Expr:
    """The weights with M in the last layer."""
    return update(W, H + 1, M)


unit = define(
    "unit of the last layer",
    (i, j),
    unit_matrix(i, j, d[H + 1], d[H]),
    text="E({0}, {1})",
    latex="E_{{{0}{1}}}",
)
"""The direction that moves the entry (i, j) of the last layer."""


def second_derivative(K: Any, M: Any) -> Expr:
    """The second derivative of the risk along the directions K and M of the last layer."""
    inner = derivative(fn(t, risk(with_last(last + s * K + t * M))))(0)
    return derivative(fn(s, inner))(0)


features_gram = define(
    "gram of the features",
    (W,),
    P_(W)[H] @ X @ X.T @ P_(W)[H].T,
    text="G",
    latex="G",
    at=HERE,
)

VARIABLES = (H, m, d, X, Y, W, c)


def point(name: str, inputs: Any, targets: Any, *weights: Any, factor: Fraction = HALF) -> Example:
    """A point with its samples, by the rows of X, of Y and of each layer, and the factor."""
    layers = [matrix_of(rows, name) for rows in weights]
    inside, outside = matrix_of(inputs, name), matrix_of(targets, name)
    values = {
        H: len(layers) - 1,
        m: inside.shape[1],
        d: dict(enumerate([inside.shape[0], *(layer.shape[0] for layer in layers)])),
        X: inside,
        Y: outside,
        W: dict(enumerate(layers, 1)),
        c: factor,
    }
    return name, {v.term: x for v, x in values.items()}


def paper_points() -> tuple[Example, ...]:
    """Points at which the squared error has the paper's factor."""
    return (
        point("one weight", [[1]], [[2]], [[3]]),
        point("single layer", [[1, 2], [0, 1]], [[1, 1]], [[0, 3]]),
        point("zero weights", [[1]], [[1]], [[0], [0]], [[0, 0]]),
        point(
            "one of two singular directions fitted",
            [[1, 0, 0], [0, 1, 0]],
            [[1, 0, 0], [0, 2, 0], [0, 0, 1]],
            [[1, 0], [0, 0]],
            [[1, 0], [0, 0], [0, 0]],
        ),
        point(
            "three layers, three outputs",
            [[1, 2]],
            [[1, 0], [0, 1], [2, 2]],
            [[1], [2]],
            [[1, -1], [3, 0]],
            [[0, 1], [1, 1], [0, 0]],
        ),
    )


def other_points() -> tuple[Example, ...]:
    """Points at which the squared error has another factor."""
    return (
        point(
            "risk without the factor one half",
            [[1, 1]],
            [[1, 2], [1, 0]],
            [[1]],
            [[2], [1]],
            factor=Fraction(1),
        ),
        point(
            "mean over three samples",
            [[1, 0, 2], [1, -1, 1]],
            [[1, 1, 0]],
            [[1, 0], [2, 1]],
            [[1, 1]],
            factor=Fraction(1, 3),
        ),
    )


SQUARED_ERROR = Setting(
    "a deep linear network with a multiple of the squared error",
    variables=VARIABLES,
    definitions=(P_, risk, unit, features_gram),
    instances=other_points,
)
LINEAR = SQUARED_ERROR.extended(
    "a deep linear network with the squared error of equation (1)", instances=paper_points
)
