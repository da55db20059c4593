"""Sections 2 and 3: a network on n samples, its squared loss, the star locus and the cores.

Notation: columns are samples. M[k] is m[k] x m[k-1], b[k] a column, phi[k] the features of layer k;
the outputs are f = M[l] phi[l-1] + b[l], without an activation.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from symbolic_landscape.arithmetic.exact_data import matrix_of
from symbolic_landscape.functions.activations import Activation
from symbolic_landscape.proofs.cooper_2021.settings.architectures import SIZES, i, j, k, l, m
from symbolic_landscape.proofs.cooper_2021.settings.network_decisions import (
    critical_point,
    one_positive_eigenvalue,
)
from symbolic_landscape.proofs.rules.points import moved, slope_along, t
from symbolic_landscape.statement.language import (
    Expr,
    both,
    define,
    derivative,
    each,
    every,
    fn,
    function,
    integer,
    like,
    matrices,
    matrix,
    natural,
    ones,
    predicate,
    recursion,
    scalar_function,
    trace,
)
from symbolic_landscape.statement.notation import Notation
from symbolic_landscape.statement.term import Term

n = natural("n")
X, Y = matrix("X", m[0], n), matrix("Y", m[l], n)
M, b = matrices("M", lambda k: m[k], lambda k: m[k - 1]), matrices("b", lambda k: m[k], lambda k: 1)
V, e = like("V", M), like("e", b)
"""Directions."""
sigma = scalar_function("sigma")
one, column = ones(1, n), ones(n, 1)
HERE = ("M", "b")


def layer(Z: Expr, k: Expr, M: Expr = M, b: Expr = b) -> Expr:
    """What layer k makes of the features Z below it, before sigma."""
    return M[k] @ Z + b[k] @ one


below = matrix("below", m[k - 1], n)
phi_ = define(
    "features",
    (M, b),
    recursion(k, below, 0, X, sigma(layer(below, k))),
    text="phi",
    latex=r"\phi",
    at=HERE,
)
f_ = define("outputs", (M, b), layer(phi_(M, b)[l - 1], l), text="f", latex="f_p", at=HERE)
loss_ = define(
    "squared loss",
    (M, b),
    trace((f_(M, b) - Y).T @ (f_(M, b) - Y)),
    text="L",
    latex="L",
    at=HERE,
)
slope_ = define(
    "slope of the loss",
    (M, b, V, e),
    slope_along(fn(M, fn(b, loss_(M, b))), M, b, V, e),
    text="dL({2}, {3})",
    latex="dL({2}, {3})",
    at=HERE,
)
critical = define(
    "critical point",
    (M, b),
    every(V, e, slope_(M, b, V, e) == 0),
    text="critical point",
    latex=r"\nabla L = 0",
    at=HERE,
)
second_ = define(
    "second derivative of the loss",
    (M, b, V, e),
    derivative(derivative(fn(t, loss_(*moved(M, b, (t, V, e))))))(0),
    text="d2L({2}, {3})",
    latex="d^2L({2}, {3})",
    at=HERE,
)
one_positive = predicate("one positive eigenvalue")
"""The Hessian of the loss at (M, b) has one positive eigenvalue, and the others are 0."""


def star_layers(k: Any) -> Expr:
    """The weights of layers k and l are 0, and the biases of layers k to l - 1."""
    return both(M[l] == 0, M[k] == 0, each(i, k, l - 1, b[i] == 0))


g = function("g", i, integer("g"))
"""The layers g(1), g(2), ... by which a point lies in a core."""
r = natural("r")
"""The rank of the features of the last hidden layer."""
sum_of_targets = b[l] == Y @ column
mean_of_targets = n * b[l] == Y @ column


def point(
    name: str,
    formula: str,
    inputs: Any,
    targets: Any,
    *layers: Any,
    more: Mapping[Expr, Any] | None = None,
) -> tuple[str, dict[Term, Any]]:
    """Parameters of a network, by the rows of each layer's weights and its biases.

    `more` are values of names that a statement may add: the rank r, the layers j and k of a core, a
    direction.
    """
    weights = [matrix_of(rows, name) for rows, _ in layers]
    biases = [matrix_of([[x] for x in column], name) for _, column in layers]
    inside, outside = matrix_of(inputs, name), matrix_of(targets, name)
    first = next((k for k, A in enumerate(weights, 1) if A.is_zero), 1)
    values: dict[Expr, Any] = {
        l: len(layers),
        m: dict(enumerate([inside.shape[0], *(A.shape[0] for A in weights)])),
        n: inside.shape[1],
        X: inside,
        Y: outside,
        M: dict(enumerate(weights, 1)),
        b: dict(enumerate(biases, 1)),
        sigma: Activation.of(formula),
        g: dict.fromkeys(range(-1, len(layers) + 3), first),
    }
    return name, {v.term: x for v, x in (values | dict(more or {})).items()}


def points() -> tuple[tuple[str, dict[Term, Any]], ...]:
    """Points of the star locus and of the core locus, near misses, and critical points elsewhere."""
    half, third = Fraction(1, 2), Fraction(1, 3)
    zero, nothing = ([[0]], [0]), matrix_of([[0]], "V")
    return (
        point("one sample, depth 3", "t + t**3", [[1]], [[3]], zero, ([[2]], [0]), ([[0]], [3])),
        point("two samples, opposite targets", "tanh", [[0, 1], [1, 1]], [[2, -2]],
              ([[0, 0], [0, 0]], [0, 0]), ([[1, 0], [0, 0], [0, -half]], [0, 0, 0]),
              ([[0, 0, 0]], [0])),
        point("three samples, two outputs, mean", "tanh(t**3)", [[0, 1, 2]], [[1, 1, half], [0, 1, -1]],
              ([[1], [0]], [0, 1]), ([[0, 0]], [0]), ([[0], [0]], [Fraction(5, 6), 0])),
        point("three samples, two outputs, sum", "tanh(t**3)", [[0, 1, 2]], [[1, 1, half], [0, 1, -1]],
              ([[1], [0]], [0, 1]), ([[0, 0]], [0]), ([[0], [0]], [Fraction(5, 2), 0])),
        point("two samples, sum", "t + t**3", [[0, 1]], [[1, 2]], zero, zero, ([[0]], [3])),
        point("two samples, mean", "t + t**3", [[0, 1]], [[1, 2]], zero, zero,
              ([[0]], [Fraction(3, 2)])),
        point("repeated inputs, three outputs, depth 4", "algebraic", [[1, 1]],
              [[1, -3], [0, 0], [2, half]], ([[1], [1], [0]], [Fraction(3, 4), 0, 0]),
              ([[0, 0, 0]], [0]), ([[-2], [0]], [0, 0]), ([[0, 0], [0, 0], [0, 0]], [-1, 0, Fraction(5, 4)])),
        point("core point of depth 4, two outputs", "t + t**3", [[1, 2]], [[1, 0], [0, 1]], zero, zero,
              ([[1], [2]], [0, 0]), ([[0, 0], [0, 0]], [half, half])),
        point("star point of depth 4, one zero layer", "t + t**3", [[1, 2]], [[1, 0]], ([[1]], [1]),
              ([[1]], [0]), zero, ([[0]], [half])),
        point("one sample, core point of depth 4, two outputs", "t + t**3", [[1]], [[1], [2]],
              zero, zero, ([[1], [2]], [0, 0]), ([[0, 0], [0, 0]], [1, 2])),
        point("core of the layers 1 and 2, two outputs", "t + t**3", [[1]], [[1], [1]], zero, zero,
              ([[1]], [0]), ([[0], [0]], [1, 1]), more={j: 1, k: 2}),
        point("opposite targets, depth 4, one zero layer", "t + t**3", [[1, 2]], [[1, -1]],
              ([[1]], [0]), ([[1]], [0]), zero, ([[0]], [0])),
        point("all parameters 0 but the last bias", "linear", [[1, 0, 1], [0, 1, 1]], [[0, 0, 1]],
              ([[0, 0]], [0]), zero, ([[0]], [third])),
        point("all parameters 0, depth 4", "t + t**3", [[1]], [[1]], zero, zero, zero, zero),
        point("depth 2, one hidden layer", "t + t**3", [[1, -1]], [[1, 3]], zero, ([[0]], [2])),
        point("last weight not 0", "t + t**3", [[1]], [[3]], ([[1]], [0]), ([[1]], [0]), ([[1]], [3])),
        point("sigma(0) = 1", "1 + t", [[1]], [[0]], zero, zero, ([[0]], [0])),
        point("fits two samples, wide", "t + t**3", [[0, 1]], [[0, 2]], ([[1], [0], [0]], [0, 0, 0]),
              ([[1, 0, 0]], [0]), more={r: 1}),
        point("no features, five outputs", "t + t**3", [[1]], [[1], [0], [0], [0], [0]],
              ([[0], [0]], [0, 0]), ([[0, 0]] * 5, [1, 0, 0, 0, 0]), more={r: 0}),
        point("the hidden layer reads the samples", "t + t**3", [[0, 1]], [[0, 2]], ([[1]], [0]),
              ([[0]], [1]), more={k: 1}),
        point("constant features pass on", "t + t**3", [[1]], [[1]], ([[0]], [1]), ([[1]], [1]),
              more={k: 1}),
        point("the first bias moves", "t + t**3", [[1]], [[3]], ([[1]], [0]), ([[1]], [3]),
              more={V: dict.fromkeys((1, 2), nothing), e: {1: matrix_of([[1]], "e"), 2: nothing}}),
        point("no features, not fitted", "t + t**3", [[1]], [[1], [2]], ([[0], [0]], [0, 0]),
              ([[0, 0]] * 2, [0, 0]), more={r: 0}),
    )  # fmt: skip


NETWORK = SIZES.extended(
    "a network on n samples",
    variables=(n, X, Y, M, b, sigma),
    standing=(n >= 1,),
    definitions=(phi_, f_, loss_, slope_, critical, second_),
    decisions={
        "critical point": critical_point,
        "one positive eigenvalue": one_positive_eigenvalue,
    },
    notation={
        "one positive eigenvalue": Notation(
            "one eigenvalue of the Hessian is positive, and the others are 0",
            r"\nabla^2 L \text{{ has one eigenvalue}} > 0 \text{{, and the others are }} 0",
        )
    },
    instances=points,
)
