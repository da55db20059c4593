"""Section 4.1: networks of functions in exact numbers, on which statements are tried.

Objects: Layer, Point, FIRST, ANY, STEERED, AIMS. Functions: mean, point_values.

Design notes. A layer is x -> M x + B f(A x) with f applied entry by entry, or linear. A law has
finitely many values, as likely as each other. `variance` is half that of the labels around h*.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from symbolic_landscape.arithmetic import QQ
from symbolic_landscape.functions.activations import Activation
from symbolic_landscape.statement.language import (
    entries,
    fn,
    function,
    integer,
    matrix,
    real,
    scalar_function,
    the,
    total,
)
from symbolic_landscape.statement.term import Term

Rows = Sequence[Sequence[Any]]
BUMP = "t/(1 + t**2)"
FLAT = "((t - 1)**3)/(1 + (t - 1)**2) + 1/2"
"""Increasing without bounds, with slope 0 at t = 1 alone, and 0 at 0."""

THROUGH_ONE = "(13*t/2 - 9*t**2/2)/(1 + t**2)"
"""1 at 1 and -1 at 2."""


@dataclass(frozen=True)
class Layer:
    """The map x -> M x + B f(A x); without f it is linear."""

    M: Rows
    f: str | None = None
    A: Rows = ((1,),)
    B: Rows = ((1,),)

    @property
    def outputs(self) -> int:
        """How many coordinates its values have."""
        return len(self.M)

    @property
    def tree(self) -> tuple[Term, dict[Term, Any]]:
        """The map as a tree, and values for its letters."""
        values = {"M": QQ.matrix(self.M)}
        if self.f is not None:
            values |= {"A": QQ.matrix(self.A), "B": QQ.matrix(self.B)}
        letters = {name: matrix(name, *value.shape) for name, value in values.items()}
        x, f = matrix("x", values["M"].shape[1], 1), scalar_function("f")
        body = letters["M"] @ x
        given: dict[Term, Any] = {the(letters[n]): v for n, v in values.items()}
        if self.f is not None:
            body = body + letters["B"] @ f(letters["A"] @ x)
            given[the(f)] = Activation.of(self.f)
        return the(fn(x, body)), given


def mean(size: int, count: int) -> Term:
    """The tree of f -> sum of p[1, a] f(column a of X) over a = 1..count."""
    a, row, column = integer("a"), integer("row"), integer("column")
    X, p = matrix("X", size, count), matrix("p", 1, count)
    f = function("f", matrix("", size, 1), real(""))
    sample = entries(row, column, size, 1, X[row, a])
    return the(fn(f, total(a, 1, count, p[1, a] * f(sample))))


def law(inputs: Rows, weights: Sequence[Any]) -> tuple[Term, dict[Term, Any]]:
    """The mean over these values, one a row, with these weights."""
    X, p = QQ.matrix(inputs).T, QQ.matrix([weights])
    given = {the(matrix("X", *X.shape)): X, the(matrix("p", *p.shape)): p}
    return mean(*X.shape), given


def linear(*rows: Sequence[Any]) -> Layer:
    """The linear map with these rows."""
    return Layer(rows)


def scaled(factor: Any) -> Layer:
    """The map x -> factor x on the line."""
    return linear([factor])


def on_line(slope: Any, f: str) -> Layer:
    """The map x -> slope x + f(x) on the line."""
    return Layer([[slope]], f)


IDENTITY, ZERO = scaled(1), scaled(0)
STEEPER = on_line(1, BUMP)
TILTED = Layer([[1, 0], [0, 1]], BUMP, [[1, 1]], [[1], [0]])
"""(x + f(x + y), y) with f(t) = t / (1 + t^2)."""


@dataclass(frozen=True)
class Point:
    """A network: h*, the layers, the values of X, the moved layer, eps, the variance of labels.

    The values of X are equally likely where no `weights` are given.
    `back` is a map from what layer j receives to the inputs, eps1 a factor by which the layers below
    expand, N a bound of |h_{H+1:1} - h*|_nl, and K one of the operator norm of the derivative.
    """

    name: str
    target: Layer
    layers: Sequence[Layer]
    inputs: Rows
    moved: int = 1
    eps: Fraction = Fraction(1)
    variance: Fraction = Fraction(0)
    weights: Sequence[Fraction] = ()
    back: Layer | None = None
    eps1: Fraction = Fraction(1)
    K: Fraction = Fraction(0)
    N: Fraction = Fraction(0)


HALF = Fraction(1, 2)

FIRST = (
    Point("one layer, noise", scaled(2), [scaled(2)], [[1], [-2]], variance=HALF),
    Point("three scalings", scaled(6), [scaled(3), IDENTITY, scaled(2)], [[1], [0]]),
    Point("fitted at X alone", on_line(0, "(3*t + t**3)/(1 + t**2)"), [IDENTITY, scaled(2)],
          [[1], [-1]]),
    Point("a wide layer with equal units, one output", linear([2, 0]),
          [linear([1, 0], [1, 0], [0, 0]), linear([1, 1, 5])], [[1, 0], [1, 1]]),
    Point("three outputs", linear([1, 0, 0], [0, 2, 0], [0, 0, 1]),
          [linear([1, 0, 0], [0, 1, 0], [0, 0, 1]), linear([1, 0, 0], [0, 2, 0], [0, 0, 1])],
          [[1, 1, 1], [0, 1, 0]], variance=Fraction(1, 8)),
    Point("zero target and zero first layer", ZERO, [ZERO, IDENTITY], [[1]], variance=HALF),
    Point("bent above, zero", ZERO, [ZERO, STEEPER], [[1]], eps=HALF),
    Point("half of the target", scaled(2), [IDENTITY], [[1]]),
    Point("two scalings, not critical", scaled(2), [scaled(3), scaled(-2)], [[1], [2]]),
    Point("zero maps", IDENTITY, [ZERO, ZERO], [[1]], eps=HALF),
    Point("zero maps, bound 0", IDENTITY, [ZERO, ZERO], [[1]], eps=Fraction(0)),
    Point("bent in two variables, fitted", TILTED, [TILTED], [[1, 0], [1, 1]]),
)  # fmt: skip
"""Networks whose first layer is moved: those that Theorem 4.1 is about, and near misses."""

ANY = (
    Point("1 and 2 received as 6", on_line(0, THROUGH_ONE), [on_line(1, f"10*{BUMP}"), ZERO],
          [[1], [2]], moved=2),
    Point("slope 0 below, fitted", on_line(0, FLAT), [on_line(0, FLAT), IDENTITY], [[1], [2]],
          moved=2),
    Point("two scalings", scaled(2), [scaled(2), scaled(3)], [[1], [-1]], moved=2),
    Point("zero maps, the second layer moved", IDENTITY, [ZERO, ZERO], [[1]], moved=2),
    Point("two values of X received as one", linear([1, 0]), [linear([1, 0]), STEEPER],
          [[1, 1], [1, -1]], moved=2, eps=HALF),
    Point("zero outputs below the last of three layers", scaled(2), [IDENTITY, ZERO, ZERO],
          [[1], [3]], moved=3),
    Point("one input, three outputs, a narrow layer below", linear([1], [0], [2]),
          [scaled(2), linear([HALF], [0], [1])], [[1], [3]], moved=2),
    Point("three outputs through a narrow layer", linear([1], [0], [0]),
          [linear([1], [0], [0]), linear([1, 0, 0], [0, 1, 0]), linear([1, 0], [0, 1], [0, 0])],
          [[1]]),
    Point("two variables, three outputs", linear([1, 0], [0, 1], [0, 0]),
          [linear([1, 0], [0, 1]), linear([1, 0], [0, 1], [0, 0])], [[1, 0], [1, 2]], moved=2),
    Point("three outputs through a narrow layer, bound 0", linear([1], [0], [0]),
          [linear([1], [0], [0]), linear([1, 0, 0], [0, 1, 0]), linear([1, 0], [0, 1], [0, 0])],
          [[1]], eps=Fraction(0)),
    Point("two inputs padded through one unit", linear([1, 0]),
          [linear([1, 0]), linear([1], [0]), linear([1, 0])], [[1, 1]], moved=3),
    Point("a negative weight", ZERO, [IDENTITY], [[1], [2]],
          weights=(Fraction(4), Fraction(-1))),
)  # fmt: skip
"""Networks of which a later layer is moved."""

ON_LINE = ("slope 0 below, fitted", "two scalings", "zero maps, the second layer moved")
"""Some of them, whose layers are maps of the line."""

HALVED, TURNED, SHEARED = scaled(HALF), linear([0, -1], [1, 0]), linear([1, 1], [0, 1])
QUARTER = Fraction(1, 4)
STEERED = (
    Point("half of the target, steered", scaled(2), [IDENTITY], [[1]], back=IDENTITY,
          K=Fraction(1), N=Fraction(1)),
    Point("three scalings, fitted, steered", scaled(6), [scaled(3), IDENTITY, scaled(2)],
          [[1], [0]], back=IDENTITY),
    Point("two scalings, the second steered", scaled(2), [scaled(2), scaled(3)], [[1], [-1]],
          moved=2, back=HALVED, eps1=Fraction(2), K=Fraction(8), N=Fraction(4)),
    Point("two scalings, the second steered, bounds too small", scaled(2),
          [scaled(2), scaled(3)], [[1], [-1]], moved=2, back=HALVED, eps1=Fraction(2),
          K=Fraction(7), N=Fraction(4)),
    Point("three scalings, the second steered", scaled(2), [scaled(2), IDENTITY, scaled(2)],
          [[1], [2]], moved=2, eps=Fraction(2), back=HALVED, eps1=Fraction(2), K=Fraction(20),
          N=Fraction(2)),
    Point("turned below, three outputs", linear([1, 0], [0, 1], [0, 0]),
          [TURNED, linear([0, 1], [-1, 0], [0, 0])], [[1, 0], [1, 2]], moved=2,
          back=linear([0, 1], [-1, 0])),
    Point("sheared below, not fitted", linear([1, 0], [0, 0]), [SHEARED, linear([1, 0], [0, 0])],
          [[1, 1]], moved=2, back=linear([1, -1], [0, 1]), eps1=HALF, K=Fraction(3),
          N=Fraction(1)),
    Point("one input, two outputs, steered", linear([1], [1]),
          [linear([1], [1], [0]), linear([1, 0, 2], [0, 1, 0])], [[1], [0]], back=IDENTITY),
    Point("bent above, not fitted, steered", scaled(2), [scaled(2), STEEPER], [[1]], moved=1,
          eps=HALF, back=IDENTITY, K=Fraction(8), N=Fraction(8)),
    Point("zero below", IDENTITY, [ZERO, IDENTITY], [[1]], moved=2, back=ZERO, N=Fraction(1)),
    Point("a quarter below", scaled(2), [scaled(Fraction(1, 4)), IDENTITY], [[1]], moved=2,
          back=scaled(4), eps1=Fraction(1), K=Fraction(7, 16), N=Fraction(7, 4)),
    Point("half of the target, negative growth", scaled(2), [IDENTITY], [[1]], back=IDENTITY,
          K=Fraction(1), N=Fraction(-1)),
    Point("half of the target, growth too small", scaled(2), [IDENTITY], [[1]], back=IDENTITY,
          K=Fraction(1), N=QUARTER),
    Point("half of the target, norm too small", scaled(2), [IDENTITY], [[1]], back=IDENTITY,
          K=QUARTER, N=Fraction(1)),
    Point("half of the target, singular values below the bound", scaled(2), [IDENTITY], [[1]],
          eps=Fraction(4), back=IDENTITY, K=Fraction(1), N=Fraction(1)),
    Point("half of the target, expanding less than the bound", scaled(2), [IDENTITY], [[1]],
          back=IDENTITY, eps1=Fraction(4), K=Fraction(1), N=Fraction(1)),
    Point("two units below, steered from what none of them is", scaled(2),
          [linear([1], [0]), linear([1, 0])], [[1]], moved=2, back=linear([1, 100]), K=Fraction(1),
          N=Fraction(1)),
    Point("steered from another place", scaled(2), [IDENTITY], [[1]],
          back=on_line(1, "1/(1 + t**2)"), K=Fraction(1), N=Fraction(1)),
    Point("two inputs received as one, steered", linear([0, 1]), [linear([1, 0]), ZERO],
          [[1, 1], [1, -1]], moved=2, back=linear([1], [0])),
    Point("zero maps, steered", IDENTITY, [ZERO, ZERO], [[1]], back=IDENTITY, N=Fraction(1)),
)  # fmt: skip
"""Networks with a map back to the inputs, and bounds."""

AIMS = (
    ("no hidden layer", (1, 1), STEEPER, [[1], [2]], 1),
    ("zero target, one hidden unit", (1, 1, 1), ZERO, [[1]], 1),
    ("three inputs, one output", (3, 1, 2, 1), linear([1, 2, 0]), [[1, 0, 1]], 1),
    ("two and two, bent", (2, 3, 2), TILTED, [[1, 1], [0, 1]], 1),
    ("a narrow layer before a wide one", (1, 2, 1, 2), linear([1], [3]), [[2]], 3),
    ("one input, three outputs", (1, 3, 4, 3), linear([1], [0], [2]), [[1]], 1),
    ("a narrow layer above", (1, 3, 2, 3), linear([1], [0], [0]), [[1]], 1),
    ("a narrow layer above, zero target", (1, 3, 2, 3), linear([0], [0], [0]), [[1]], 1),
    ("a narrow layer below", (2, 1, 2, 3), linear([0, 0], [0, 0], [0, 0]), [[1, 1]], 3),
    ("one unit for three outputs", (1, 1, 3), linear([1], [1], [1]), [[1]], 1),
    ("one unit for two inputs", (2, 1, 2, 1), linear([1, 2]), [[1, 1]], 3),
)
"""Names, widths, targets, inputs, and the layer moved; there is no network."""


def point_values(point: Point) -> dict[str, Any]:
    """The values of the variables by name; of `back` where there is one."""
    count, size = len(point.inputs), len(point.inputs[0])
    return {
        "H": len(point.layers) - 1,
        "d": dict(enumerate([size, *(layer.outputs for layer in point.layers)])),
        "E": law(point.inputs, point.weights or [Fraction(1, count)] * count),
        "h": {k: layer.tree for k, layer in enumerate(point.layers, 1)},
        "target": point.target.tree,
        "C": point.variance,
        "j": point.moved,
        "eps": point.eps,
        "eps1": point.eps1,
        "K": point.K,
        "N": point.N,
    } | ({"back": point.back.tree} if point.back else {})
