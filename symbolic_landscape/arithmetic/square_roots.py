"""Sums of square roots in the basis of their products.

Functions: power_table, times_sum, entries.

Place i of a vector belongs to the product of those roots whose bits are set in i.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING

from symbolic_landscape.arithmetic.exact import QQ

if TYPE_CHECKING:
    from symbolic_landscape.arithmetic.matrices import Matrix


@lru_cache(maxsize=64)
def power_table(squares: tuple[Fraction, ...]) -> Matrix:
    """Column j holds the j-th power of the sum of the roots in the basis of their products."""
    size = 1 << len(squares)
    powers = [[Fraction(int(i == 0)) for i in range(size)]]
    while len(powers) < size:
        powers.append(times_sum(powers[-1], squares))
    return QQ.matrix(powers).T


def entries(table: Matrix, column: int) -> list[Fraction]:
    """A column of a matrix over Q as Fractions."""
    return [table[i, column].rational() for i in range(table.shape[0])]


def times_sum(vector: list[Fraction], squares: tuple[Fraction, ...]) -> list[Fraction]:
    """The product of a vector with the sum of the roots."""
    result = [Fraction(0)] * len(vector)
    for i, value in enumerate(vector):
        for place, square in enumerate(squares):
            bit = 1 << place
            result[i ^ bit] += value * square if i & bit else value
    return result
