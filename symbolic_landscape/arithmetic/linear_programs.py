"""Linear programs over the rationals, by the simplex method with Bland's rule, which ends.

Objects: Optimum, Obstruction. Functions: greatest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

Row = list[Fraction]


@dataclass(frozen=True)
class Optimum:
    """The greatest value of the goal, and a point at which it is attained."""

    value: Fraction
    point: tuple[Fraction, ...]


@dataclass(frozen=True)
class Obstruction:
    """Factors y with y^T A <= 0 and y^T b > 0, so that A x = b has no solution x >= 0 (Farkas)."""

    factors: tuple[Fraction, ...]


def greatest(
    matrix: Sequence[Sequence[Fraction]], right: Sequence[Fraction], goal: Sequence[Fraction]
) -> Optimum | Obstruction | None:
    """The greatest goal . x over all x >= 0 with A x = b; None if it is unbounded.

    >>> one = Fraction(1)
    >>> greatest([[one, one]], [one], [one, 2 * one]).value
    Fraction(2, 1)
    >>> greatest([[one, one]], [-one], [one, one])
    Obstruction(factors=(Fraction(-1, 1),))
    """
    width, height = len(goal), len(right)
    signs = [-1 if value < 0 else 1 for value in right]
    table = [
        [sign * x for x in row] + [Fraction(int(i == k)) for k in range(height)] + [sign * value]
        for i, (row, value, sign) in enumerate(zip(matrix, right, signs, strict=True))
    ]
    basis = list(range(width, width + height))
    costs = [Fraction(0)] * width + [Fraction(-1)] * height
    _improve(table, basis, costs, width)
    missing = sum((row[-1] for row, j in zip(table, basis, strict=True) if j >= width), Fraction(0))
    if missing:
        left = [row for row, j in zip(table, basis, strict=True) if j >= width]
        factors = [sum((row[width + i] for row in left), Fraction(0)) for i in range(height)]
        return Obstruction(tuple(s * y for s, y in zip(signs, factors, strict=True)))
    for k in range(height):
        column = next((j for j in range(width) if table[k][j]), None)
        if basis[k] >= width and column is not None:
            _pivot(table, basis, k, column)
    if not _improve(table, basis, [*goal, *[Fraction(0)] * height], width):
        return None
    point = [Fraction(0)] * width
    for row, j in zip(table, basis, strict=True):
        if j < width:
            point[j] = row[-1]
    value = sum((a * b for a, b in zip(goal, point, strict=True)), Fraction(0))
    return Optimum(value, tuple(point))


def _improve(table: list[Row], basis: list[int], costs: Sequence[Fraction], width: int) -> bool:
    """Pivots until no column improves the costs; False if they are unbounded."""
    while True:
        entering = next(
            (
                j
                for j in range(width)
                if costs[j]
                > sum((costs[b] * row[j] for b, row in zip(basis, table, strict=True)), Fraction(0))
            ),
            None,
        )
        if entering is None:
            return True
        ratios = [
            (row[-1] / row[entering], b, k)
            for k, (b, row) in enumerate(zip(basis, table, strict=True))
            if row[entering] > 0
        ]
        if not ratios:
            return False
        _pivot(table, basis, min(ratios)[2], entering)


def _pivot(table: list[Row], basis: list[int], k: int, column: int) -> None:
    scale = table[k][column]
    table[k] = [value / scale for value in table[k]]
    for i, row in enumerate(table):
        factor = row[column]
        if i != k and factor:
            table[i] = [a - factor * b for a, b in zip(row, table[k], strict=True)]
    basis[k] = column
