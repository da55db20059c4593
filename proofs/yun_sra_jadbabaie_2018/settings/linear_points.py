"""Sections 2 and 3: points of deep linear networks in exact numbers, on which statements are tried.

Objects: Point, PAPER, OTHER, POINTS, SPECTRAL.

Design notes. Rows are given: of X (d_x, m), Y (d_y, m), and of W[1], ..., W[H+1]. `layer` is p, a
narrowest layer where nothing else is said. `leading` has the rows of the matrix of left singular
vectors, with as many columns as layer p has units.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from symbolic_landscape.arithmetic.exact_data import matrix_of

Rows = Sequence[Sequence[Any]]
HALF = Fraction(1, 2)
ONE, TWO, THREE = ([[int(i == j) for j in range(n)] for i in range(n)] for n in (1, 2, 3))
"""Unit matrices."""


def zeros(rows: int, columns: int) -> Rows:
    """A matrix of zeros."""
    return [[0] * columns for _ in range(rows)]


@dataclass(frozen=True)
class Point:
    """A point of a deep linear network on its samples; `factor` is that of the squared error.

    `beside` are vectors a, b and matrices Q, C that some statements compare it with.
    """

    name: str
    inputs: Rows
    targets: Rows
    weights: Sequence[Rows]
    layer: int | None = None
    leading: Rows | None = None
    factor: Fraction = HALF
    beside: Mapping[str, Rows] = field(default_factory=dict)

    @property
    def widths(self) -> list[int]:
        """d_0, ..., d_{H+1}."""
        return [len(self.inputs), *map(len, self.weights)]

    @property
    def values(self) -> dict[str, Any]:
        """The values of H, m, d, X, Y, W, c, p, U, and what is beside them, by name."""
        sizes = self.widths
        found = {
            "H": len(self.weights) - 1,
            "m": len(self.inputs[0]),
            "d": dict(enumerate(sizes)),
            "X": matrix_of(self.inputs, self.name),
            "Y": matrix_of(self.targets, self.name),
            "W": {k: matrix_of(rows, self.name) for k, rows in enumerate(self.weights, 1)},
            "c": self.factor,
            "p": sizes.index(min(sizes)) if self.layer is None else self.layer,
        }
        if self.leading is not None:
            found["U"] = matrix_of(self.leading, self.name)
        return found | {v: matrix_of(rows, self.name) for v, rows in self.beside.items()}


PAPER = (
    Point("one weight", ONE, [[2]], [[[3]]]),
    Point("single layer", [[1, 2], [0, 1]], [[1, 1]], [[[0, 3]]]),
    Point("zero weights", ONE, ONE, [zeros(2, 1), zeros(1, 2)]),
    Point("one of two singular directions fitted", [[1, 0, 0], [0, 1, 0]],
          [[1, 0, 0], [0, 2, 0], [0, 0, 1]], [[[1, 0], [0, 0]], [[1, 0], [0, 0], [0, 0]]]),
    Point("three layers, three outputs", [[1, 2]], [[1, 0], [0, 1], [2, 2]],
          [[[1], [2]], [[1, -1], [3, 0]], [[0, 1], [1, 1], [0, 0]]]),
)  # fmt: skip
"""Points at which the squared error has the paper's factor."""

OTHER = (
    Point("risk without the factor one half", [[1, 1]], [[1, 2], [1, 0]],
          [[[1]], [[2], [1]]], factor=Fraction(1)),
    Point("mean over three samples", [[1, 0, 2], [1, -1, 1]], [[1, 1, 0]],
          [[[1, 0], [2, 1]], [[1, 1]]], factor=Fraction(1, 3)),
)  # fmt: skip
"""Points at which the squared error has another factor."""

POINTS = (
    # no layer is narrower than both ends
    Point("one sample, fitted", ONE, [[2]], [ONE, [[2]]]),
    Point("one sample, zero weights", ONE, ONE, [[[0]], [[0]]]),
    Point("three zero layers: the Hessian is zero", ONE, ONE, [[[0]], [[0]], [[0]]]),
    Point("not critical", ONE, ONE, [[[1]], [[2]]]),
    Point("not critical, zero product", [[1, 2]], [[1, 0]], [[[1]], [[0]]]),
    Point("one layer, least squares", [[1, 0, 1], [0, 1, 1]], [[1, 2, 0]], [[[0, 1]]]),
    Point("uncorrelated: a global minimum of product 0", [[1, 1]], [[1, -1]], [[[0]], [[0]]]),
    Point("uncorrelated outputs, zero weights, two outputs", [[1, 1]], [[1, -1], [1, -1]],
          [zeros(2, 1), zeros(2, 2)]),
    Point("widths 2, 2, 2, the greater direction fitted", [[1, 0, 0], [0, 1, 0]],
          [[2, 0, 1], [0, 1, 1]], [[[2, 0], [0, 0]], [[1, 0], [0, 0]]]),
    Point("widths 2, 2, 2, fitted with noise", [[1, 0, 0], [0, 1, 0]],
          [[2, 0, 1], [0, 1, 1]], [[[2, 0], [0, 1]], TWO]),
    Point("widths 2, 3, 2, fitted with noise, a unit that is not seen", [[1, 0, 1], [0, 1, 1]],
          [[3, 1, 1], [1, 1, 2]], [[[2, 0], [1, 1], [5, -3]], [[1, 0, 0], [0, 1, 0]]]),
    Point("widths 2, 2, 3, fitted, three outputs", [[1, 0, 1], [0, 1, 1]],
          [[1, 0, 1], [0, 1, 1], [1, 1, 2]], [TWO, [[1, 0], [0, 1], [1, 1]]]),
    Point("widths 1, 2, 2, 1, fitted", [[1, 2]], [[2, 4]], [[[1], [1]], TWO, [[1, 1]]]),
    Point("widths 1, 2, 2, two outputs, zero weights", [[1, 1]], [[1, 2], [0, 1]],
          [zeros(2, 1), zeros(2, 2)]),
    Point("widths 2, 3, 2, 3, the smaller direction fitted", [[1, 0, 0], [0, 1, 0]],
          [[2, 0, 0], [0, 1, 0], [0, 0, 1]],
          [[[0, 1], [0, 0], [0, 0]], [[1, 0, 0], [0, 0, 0]], [[0, 0], [1, 0], [0, 0]]]),
    Point("two inputs, one output, duplicated zero units", [[1, 0, 1], [0, 1, 1]], [[1, 2, 0]],
          [zeros(2, 2), zeros(1, 2)]),
    Point("three outputs and one input: no data of the assumptions", [[1, 1, 0]],
          [[1, 2, 0], [0, 1, 0], [1, 0, 1]], [zeros(2, 1), zeros(3, 2)]),
    Point("widths 1, 3, 3, three outputs and one sample, fitted", ONE, [[1], [0], [1]],
          [[[1], [0], [1]], [[1, 0, 0], [0, 5, 0], [0, 0, 1]]]),
    Point("widths 2, 2, 4, four outputs, the smaller direction",
          [[1, 0, 0, 0], [0, 1, 0, 0]],
          [[2, 0, 0, 1], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]],
          [[[0, 1], [0, 0]], [[0, 0], [1, 0], [0, 0], [0, 0]]]),
    Point("equal singular values, one direction fitted", TWO, TWO,
          [[[1, 0], [0, 0]], [[1, 0], [0, 0]]]),
    Point("proportional outputs, zero weights", TWO, [[1, 2], [2, 4]], [zeros(2, 2), zeros(2, 2)]),
    Point("proportional outputs, fitted", TWO, [[1, 2], [2, 4]], [[[1, 2], [0, 0]],
          [[1, 0], [2, 0]]]),
    Point("dependent inputs, zero weights", [[1, 1], [1, 1]], [[1, 1]], [[[0, 0]], [[0]]]),
    Point("dependent inputs, fitted", [[1, 2], [1, 2]], [[1, 2]], [[[1, 0]], [[1]]]),
    Point("zero inputs", [[0, 0]], [[1, 2]], [[[1]], [[1]]]),
    Point("zero inputs, zero weights", [[0, 0]], [[1, 2]], [[[0]], [[0]]]),
    Point("seen from a broad layer", ONE, ONE, [[[1], [0]], [[1, 0]]], layer=1),
    Point("a product of 10", ONE, ONE, [[[10], [0]], [[1, 0]]], layer=1),
    # a narrow layer
    Point("widths 2, 1, 2, zero weights", TWO, [[2, 0], [0, 1]], [zeros(1, 2), zeros(2, 1)],
          leading=[[1], [0]]),
    Point("widths 2, 1, 2, the greater direction", TWO, [[2, 0], [0, 1]],
          [[[2, 0]], [[1], [0]]], leading=[[1], [0]]),
    Point("widths 2, 1, 2, the smaller direction", TWO, [[2, 0], [0, 1]],
          [[[0, 1]], [[0], [1]]], leading=[[1], [0]]),
    Point("widths 2, 1, 2, the smaller direction, as if it led", TWO, [[2, 0], [0, 1]],
          [[[0, 1]], [[0], [1]]], leading=[[0], [1]]),
    Point("widths 2, 1, 2, not critical, greater direction above", TWO, [[2, 0], [0, 1]],
          [[[1, 2]], [[1], [0]]], leading=[[1], [0]]),
    Point("widths 2, 1, 2, equal singular values", TWO, TWO, [[[1, 0]], [[1], [0]]],
          leading=[[0], [1]]),
    Point("widths 2, 1, 2, turned by 3, 4, 5", TWO,
          [[Fraction(34, 25), Fraction(12, 25)], [Fraction(12, 25), Fraction(41, 25)]],
          [[[Fraction(6, 5), Fraction(8, 5)]], [[Fraction(3, 5)], [Fraction(4, 5)]]],
          leading=[[Fraction(3, 5)], [Fraction(4, 5)]]),
    Point("widths 3, 2, 3, one direction fitted", [[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0]],
          [[3, 0, 0, 1], [0, 2, 0, 0], [0, 0, 1, 0]],
          [[[0, 2, 0], [0, 0, 0]], [[0, 0], [1, 0], [0, 0]]],
          leading=[[1, 0], [0, 1], [0, 0]]),
    Point("widths 3, 2, 2, 3, the upper of two bottlenecks, least", THREE,
          [[3, 0, 0], [0, 2, 0], [0, 0, 1]],
          [[[3, 0, 0], [0, 2, 0]], TWO, [[1, 0], [0, 1], [0, 0]]], layer=2,
          leading=[[1, 0], [0, 1], [0, 0]]),
    Point("widths 2, 1, 2, 3, zero weights, three outputs", [[1, 0, 0], [0, 1, 0]],
          [[2, 0, 0], [0, 1, 0], [0, 0, 1]], [zeros(1, 2), zeros(2, 1), zeros(3, 2)],
          leading=[[1], [0], [0]]),
    Point("widths 2, 1, 4, zero weights", [[1, 0, 0, 0], [0, 1, 0, 0]],
          [[1, 0, 0, 0], [0, 2, 0, 1], [0, 0, 1, 0], [0, 0, 0, 1]],
          [zeros(1, 2), zeros(4, 1)], leading=[[0], [1], [0], [0]]),
    Point("widths 3, 2, 3, one singular value, fitted", THREE, [[1, 0, 0], [0, 0, 0], [0, 0, 0]],
          [[[1, 0, 0], [0, 0, 0]], [[1, 0], [0, 0], [0, 0]]], leading=[[1, 0], [0, 0], [0, 1]]),
    Point("widths 1, 1, 1, the input layer", [[2]], [[3]], [[[1]], [[0]]], leading=[[1]]),
    Point("widths 2, 1, 2, dependent inputs", [[1, 1], [1, 1]], TWO, [[[1, 1]], [[1], [0]]],
          leading=[[1], [0]]),
)  # fmt: skip
"""Critical points and others of the risk with the paper's factor."""

SPECTRAL = tuple(point for point in POINTS if point.leading is not None)
"""Those with a matrix of left singular vectors, or of others."""
