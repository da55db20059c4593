"""Section 2: networks of any architecture in exact numbers, at points with loss 0 and at others.

A network is a tree in its parameters w and its input x. `w` is a point with it; `G`, where there is
one, a map whose entries have the zeros of the errors, u, v two points, and k a coordinate.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from symbolic_landscape.arithmetic import QQ, Matrix
from symbolic_landscape.functions.activations import Activation
from symbolic_landscape.statement.language import (
    Expr,
    fn,
    function,
    integer,
    matrix,
    natural,
    real,
    scalar_function,
    the,
)
from symbolic_landscape.statement.term import Term

sigma = scalar_function("sigma")
Net = Callable[[Expr, Expr], Any]
"""The output of a network, from its parameters and its input."""


@dataclass(frozen=True)
class Model:
    """A network with its activation, the inputs as rows, targets, a point."""

    name: str
    net: Net
    inputs: Sequence[Sequence[Any]]
    targets: Sequence[Any]
    point: Sequence[Any]
    activation: str = "linear"
    pieces: Callable[[Expr], Sequence[Any]] | None = None
    other: Sequence[Any] | None = None

    def values(self) -> dict[Term, Any]:
        """The values of the variables of the setting, and the point."""
        n, d, p = len(self.point), len(self.targets), len(self.inputs[0])
        w, x = matrix("w", n, 1), matrix("x", p, 1)
        tree = the(fn(w, fn(x, self.net(w, x))))
        used = {the(sigma): Activation.of(self.activation)} if the(sigma) in tree.free else {}
        N, D, P = natural("n"), natural("d"), natural("p")
        W = matrix("w", N, 1)
        given: dict[Expr, Any] = {
            N: n,
            D: d,
            P: p,
            function("f", W, function("", matrix("x", P, 1), real(""))): (tree, used),
            matrix("X", P, D): QQ.matrix(self.inputs).T,
            matrix("y", D, 1): QQ.matrix([[t] for t in self.targets]),
            W: QQ.matrix([[t] for t in self.point]),
        }
        if self.other is not None:
            given[integer("k")] = 1
            given[matrix("u", N, 1)] = given[W]
            given[matrix("v", N, 1)] = QQ.matrix([[t] for t in self.other])
        if self.pieces is not None:
            rows = self.pieces(w)
            units = [matrix(f"e{k}", d, 1) for k in range(1, d + 1)]
            column = sum(
                (a * e for a, e in zip(rows[1:], units[1:], strict=True)), rows[0] * units[0]
            )
            letters = {e.term: unit_column(k, d) for k, e in enumerate(units)}
            given[function("G", W, matrix("y", D, 1))] = (the(fn(w, column)), letters)
            given[function("g", W, real(""))] = (the(fn(w, rows[0])), {})
        return {v.term: value for v, value in given.items()}


def unit_column(k: int, size: int) -> Matrix:
    """The column with a 1 at place k, counted from 0."""
    return QQ.matrix([[int(i == k)] for i in range(size)])


def _line(w: Expr, x: Expr) -> Expr:
    return w[1, 1] + w[2, 1] * x[1, 1]


def _sum(w: Expr, x: Expr) -> Expr:
    return (w[1, 1] + w[2, 1]) * x[1, 1]


def _shared_line(w: Expr, x: Expr) -> Expr:
    return w[1, 1] + w[2, 1] + (w[3, 1] + w[4, 1]) * x[1, 1]


def _unit(w: Expr, x: Expr) -> Expr:
    return w[1, 1] * sigma(w[2, 1] * x[1, 1])


def _biased_unit(w: Expr, x: Expr) -> Expr:
    return w[1, 1] * sigma(w[2, 1] * x[1, 1] + w[3, 1]) + w[4, 1]


def _two_units(w: Expr, x: Expr) -> Expr:
    first = w[1, 1] * sigma(w[2, 1] * x[1, 1] + w[3, 1])
    return first + w[4, 1] * sigma(w[5, 1] * x[1, 1] + w[6, 1]) + w[7, 1]


def _plane(w: Expr, x: Expr) -> Expr:
    return w[1, 1] * x[1, 1] + w[2, 1] * x[2, 1] + w[3, 1]


def _cubed(w: Expr, x: Expr) -> Expr:
    return sigma(w[1, 1] * x[1, 1])


def _two_weights(w: Expr, x: Expr) -> Expr:
    return sigma(w[1, 1]) * x[1, 1] + sigma(w[2, 1]) * x[2, 1]


def _layers(w: Expr, x: Expr) -> Expr:
    return w[1, 1] * sigma(w[2, 1] * sigma(w[3, 1] * x[1, 1]))


third = Fraction(1, 3)
HALF = Fraction(1, 2)
MODELS = (
    Model("one weight times another", _unit, [[1]], [0], [0, 0]),
    Model("one weight times another, regular target", _unit, [[1]], [1], [1, 1],
          other=[-1, -1]),
    Model("one weight times another, not fitted and fitted", _unit, [[1]], [2], [2, 0],
          other=[-1, -2]),
    Model("one weight times another, fitted by positive weights", _unit, [[1]], [4], [2, 2],
          other=[2, 2]),
    Model("one weight times another, fitted by negative weights", _unit, [[1]], [9], [-3, -3],
          other=[-3, -3]),
    Model("a line through one point", _line, [[2]], [3], [1, 1],
          pieces=lambda w: [w[1, 1] + 2 * w[2, 1] - 3]),
    Model("a line through two points", _line, [[0], [1]], [1, 2], [1, 1],
          pieces=lambda w: [w[1, 1] - 1, w[1, 1] + w[2, 1] - 2]),
    Model("a line through three points, each parameter doubled", _shared_line, [[0], [1], [2]],
          [0, 1, 2], [0, 0, 0, 1],
          pieces=lambda w: [w[1, 1] + w[2, 1] + k * (w[3, 1] + w[4, 1] - 1) for k in range(3)]),
    Model("a line past three points", _shared_line, [[0], [1], [2]], [0, 1, 3], [0, 0, 0, 1]),
    Model("more samples than parameters", _line, [[0], [1], [2]], [1, 2, 3], [1, 1]),
    Model("a cubed weight and an idle one", _cubed, [[1]], [0], [0, 2], "t**3",
          lambda w: [w[1, 1]]),
    Model("a squared weight and an idle one", _cubed, [[1]], [0], [0, 1], "square",
          lambda w: [w[1, 1]]),
    Model("two cubed weights, two points", _two_weights, [[1, 0], [0, 1]], [0, 0], [0, 0], "t**3",
          lambda w: [w[1, 1], w[2, 1]]),
    Model("a squared weight alone", _cubed, [[1]], [1], [1], "square", other=[-1]),
    Model("the top of a bump, and an idle weight", _cubed, [[1]], [0], [1, 0], "t/(1 + t**2)",
          lambda w: [w[1, 1]]),
    Model("a sum fitted by weights of both signs", _sum, [[1]], [0], [1, -1], other=[-1, 1]),
    Model("a plane through two points", _plane, [[1, 0], [0, 1]], [2, 3], [1, 2, 1],
          pieces=lambda w: [w[1, 1] + w[3, 1] - 2, w[2, 1] + w[3, 1] - 3]),
    Model("one sample twice, equal targets", _plane, [[1, 0], [1, 0]], [2, 2], [1, 0, 1]),
    Model("one sample twice, other targets", _plane, [[1, 0], [1, 0]], [2, 3], [1, 0, 1]),
    Model("one sample twice, between its targets", _plane, [[1, 0], [1, 0]], [2, 3],
          [1 + HALF, 0, 1]),
    Model("a unit with biases, two points", _biased_unit, [[0], [1]], [1, 3], [1, 1, 1, 0],
          "square"),
    Model("a unit without slope, two points", _biased_unit, [[0], [1]], [1, 1], [0, 1, 1, 1],
          "square"),
    Model("two units, three points", _two_units, [[0], [1], [2]], [0, 2, 10],
          [1, 1, 0, 1, 1, 0, 0], "t + t**3"),
    Model("two tanh units with weights 0, two points", _two_units, [[0], [1]], [third, third],
          [0, 0, 0, 0, 0, 0, third], "tanh"),
    Model("a tanh unit, one point", _unit, [[1]], [0], [1, 0], "tanh"),
    Model("a rectified smooth unit at rest", _biased_unit, [[0], [1]], [2, 2], [1, 0, -1, 2],
          "smoolu"),
    Model("a unit with a corner", _unit, [[1]], [1], [1, 1], "relu"),
    Model("three layers of one unit", _layers, [[1]], [0], [0, 0, 0]),
    Model("three layers of one unit, regular target", _layers, [[1]], [1], [1, 1, 1]),
)  # fmt: skip


def points() -> tuple[tuple[str, dict[Term, Any]], ...]:
    """Networks with data and a point: fitted or not, regular or not, with too many samples."""
    return tuple((model.name, model.values()) for model in MODELS)
