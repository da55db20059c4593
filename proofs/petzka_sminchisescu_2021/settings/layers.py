"""Sections 3 and 6: an activation of class A, and one layer of a network with paths in it.

Notation: columns are samples. a (n x N) holds the activations of a layer, w (m x n) and w0 (m x 1)
the weights and biases of the next one, nu is a path of its preactivations, alpha one of activations
in the image (c, d) of sigma. A path on [0, 1] is a function on the line: it goes on as a constant.

Settings: ACTIVATION, LAYER.
"""

from fractions import Fraction
from typing import Any

from symbolic_landscape.arithmetic.exact_data import matrix_of
from symbolic_landscape.functions.activations import Activation
from symbolic_landscape.proofs.petzka_sminchisescu_2021.settings.activation_decisions import image
from symbolic_landscape.proofs.rules.curves import analytic
from symbolic_landscape.proofs.rules.paths import continuous
from symbolic_landscape.statement.language import (
    Expr,
    both,
    define,
    each,
    every,
    exists,
    fn,
    function,
    integer,
    matrix,
    natural,
    ones,
    real,
    scalar_function,
)
from symbolic_landscape.statement.setting import Setting
from symbolic_landscape.statement.term import Term

Example = tuple[str, dict[Term, Any]]

N, m, n = natural("N"), natural("m"), natural("n")
i, j = integer("i"), integer("j")
c, d, s, t, x = (real(name) for name in "cdstx")
sigma, f = scalar_function("sigma"), scalar_function("f")
a, w, w0 = matrix("a", n, N), matrix("w", m, n), matrix("w0", m, 1)
one = ones(1, N)
nu, alpha = function("nu", t, matrix("", m, N)), function("alpha", t, matrix("", n, N))


def strictly_between(x: Expr) -> Expr:
    """The number lies in the image (c, d)."""
    return both(c < x, x < d)


def starts(path: Expr, A: Expr) -> Expr:
    """The path is continuous and starts at the matrix."""
    return both(continuous(path), path(0) == A)


def inside(A: Expr) -> Expr:
    """All entries of the matrix lie in the image (c, d)."""
    return each(i, 1, A.rows, each(j, 1, A.columns, strictly_between(A[i, j])))


image_ = define(
    "image",
    (f, c, d),
    both(
        every(x, strictly_between(f(x))),
        every(x, strictly_between(x) >> exists(s, f(s) == x)),
    ),
    text="Im({0}) = ({1}, {2})",
    latex=r"\operatorname{{Im}}({0}) = ({1}, {2})",
)
CLASS_A = {
    "increasing": every(s, t, (s < t) >> (sigma(s) < sigma(t))),
    "analytic": analytic(sigma),
    "image": image_(sigma, c, d),
    "zero": both(c <= 0, 0 <= d),
}
"""The activation is in class A: with the image (c, d) it is bounded."""

ACTIVATIONS = (
    ("sigmoid", "sigmoid", 0, 1),
    ("tanh", "tanh", -1, 1),
    ("flat at 0", "tanh(t**3)", -1, 1),
    ("image below 0", "1/(1 + exp(-t)) - 1", -1, 0),
    ("image above 0", "1/(1 + exp(-t)) + 1", 1, 2),
    ("algebraic", "algebraic", -1, 1),
    ("falling", "-tanh(t)", -1, 1),
    ("not bounded", "t + t**3", -1, 1),
    ("bump", "1/(1 + t**2)", 0, 1),
)
"""Activations with an interval, which is the image of some."""


def activations() -> tuple[Example, ...]:
    """Activations by themselves."""
    return tuple(
        (name, {sigma.term: Activation.of(formula), c.term: low, d.term: high})
        for name, formula, low, high in ACTIVATIONS
    )


PATHS = {nu: (m, N), alpha: (n, N)}


def line(path: Expr, at_0: Any, direction: Any) -> tuple[Term, dict[Term, Any]]:
    """The path that moves on a line from a matrix."""
    shape = PATHS[path]
    start, speed = matrix("start", *shape), matrix("speed", *shape)
    rows, columns = matrix_of(at_0, "start"), matrix_of(direction, "speed")
    sizes = dict(zip((v.term for v in shape), rows.shape, strict=True))
    values = {start.term: rows, speed.term: columns, **sizes}
    return fn(t, start + t * speed).term, values


def layer(
    name: str,
    formula: str,
    ends: tuple[int, int],
    a_: Any,
    w_: Any,
    w0_: Any,
    move: Any,
    speed: int = 0,
) -> Example:
    """A layer whose preactivations move on a line from where they are, and a path below.

    The activations of that path start in the middle of the interval and move with that speed.
    """
    below, weights, biases = (matrix_of(A, name) for A in (a_, w_, w0_))
    samples = below.shape[1]
    here = weights @ below + biases @ biases.field.matrix([[1] * samples])
    middle = Fraction(sum(ends), 2)
    flat = [[middle] * samples for _ in range(below.shape[0])]
    values: dict[Expr, Any] = {
        N: samples,
        m: weights.shape[0],
        n: below.shape[0],
        sigma: Activation.of(formula),
        c: ends[0],
        d: ends[1],
        a: below,
        w: weights,
        w0: biases,
        nu: line(nu, here.tolist(), move),
        alpha: line(alpha, flat, [[speed] * samples for _ in flat]),
    }
    return name, {v.term: value for v, value in values.items()}


def layers() -> tuple[Example, ...]:
    """Layers with activations that span, weights of full rank, and neither."""
    half, third = Fraction(1, 2), Fraction(1, 3)
    return (
        layer("one weight", "sigmoid", (0, 1), [[half]], [[2]], [[0]], [[1]]),
        layer("zero weights", "tanh", (-1, 1), [[half, 0], [0, third]], [[0, 0]], [[1]], [[1, -3]]),
        layer("equal activations", "sigmoid", (0, 1), [[half, half]], [[1]], [[0]], [[1, -1]]),
        layer(
            "more neurons than samples, two above",
            "tanh",
            (-1, 1),
            [[half, 0], [0, third], [-half, half]],
            [[1, 0, 2], [0, -1, 1]],
            [[0], [3]],
            [[4, -5], [0, 1]],
        ),
        layer(
            "image below 0, three samples, full rank",
            "1/(1 + exp(-t)) - 1",
            (-1, 0),
            [[-half, -third, -half], [-third, -third, -half]],
            [[1, 1], [0, 2]],
            [[0], [0]],
            [[1, 2, 3], [0, 0, -9]],
        ),
        layer("at rest", "sigmoid", (0, 1), [[half], [third]], [[1, 2]], [[0]], [[0]]),
        layer("path leaves the image", "sigmoid", (0, 1), [[half]], [[2]], [[0]], [[1]], 1),
        layer("not bounded", "t + t**3", (-1, 1), [[half]], [[2]], [[0]], [[1]]),
        layer("activation outside the image", "sigmoid", (0, 1), [[2]], [[1]], [[0]], [[1]]),
    )


ACTIVATION = Setting(
    "an activation and an interval",
    variables=(sigma, c, d),
    definitions=(image_,),
    decisions={"image": image},
    instances=activations,
)
LAYER = ACTIVATION.extended(
    "one layer on N samples, with activations below it",
    variables=(N, m, n, a, w, w0),
    instances=layers,
)
