"""Matrices of fractions: rank and determinant without gcds, helped by a sample point.

Objects: FractionMatrix.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import flint

from symbolic_landscape.arithmetic.bounded import product
from symbolic_landscape.arithmetic.matrices import DenseMatrix, Rows
from symbolic_landscape.arithmetic.scalars import Scalar

if TYPE_CHECKING:
    from symbolic_landscape.arithmetic.bounded import Polynomial
    from symbolic_landscape.arithmetic.rational_functions import FractionField

SAMPLE_POINTS = (10007, 20011, 30011)
"""Integers at which a matrix of fractions is evaluated, for a lower bound of its rank."""


class FractionMatrix(DenseMatrix):
    """A matrix of fractions; rank and determinant without gcds (Bareiss), after a sample point."""

    __slots__ = ()

    field: FractionField

    def _cleared(self) -> tuple[Rows, Polynomial]:
        """The rows times a common denominator of each, and the product of these denominators."""
        rows: Rows = []
        below = self.field.one
        for row in self.raw_rows():
            common = self.field.one
            for _, bottom in row:
                common = product(common, bottom // common.gcd(bottom))
            rows.append([product(top, common // bottom) for top, bottom in row])
            below = product(below, common)
        return rows, below

    def least_rank(self) -> int:
        """The greatest rank found at a few integer points: the rank is at least that."""
        height, width = self.shape
        rows, _ = self._cleared()
        best = 0
        for point in SAMPLE_POINTS:
            places = [point + 7 * i for i in range(len(self.field.generators))]
            values = [entry(*places) for row in rows for entry in row]
            best = max(best, flint.fmpz_mat(height, width, values).rank())
            if best == min(height, width):
                break
        return int(best)

    def rank(self) -> int:
        """The rank; where symbols are free, the rank at almost every value of them."""
        if not self.field.is_independent:
            return super().rank()
        if self.least_rank() == min(self.shape):
            return min(self.shape)
        rows, _ = self._cleared()
        return _bareiss(rows, self.shape[1], self.field.one)[0]

    def det(self) -> Scalar:
        """The determinant. Raises ShapeError unless square."""
        size = self.need_square("the determinant")
        rows, below = self._cleared()
        rank, value = _bareiss(rows, size, self.field.one)
        top = value if rank == size else self.field.ring.constant(0)
        return Scalar(self.field, self.field.quotient(top, below))


def _bareiss(rows: Rows, width: int, one: Polynomial) -> tuple[int, Polynomial]:
    """Rank and last pivot of rows of polynomials: the determinant of a nonsingular matrix."""
    previous, sign, rank = one, 1, 0
    for column in range(width):
        candidates = [i for i in range(rank, len(rows)) if not rows[i][column].is_zero()]
        if not candidates:
            continue
        found = min(candidates, key=lambda i: len(rows[i][column]))
        if found != rank:
            rows[rank], rows[found] = rows[found], rows[rank]
            sign = -sign
        pivot = rows[rank][column]
        for i in range(rank + 1, len(rows)):
            factor = rows[i][column]
            rows[i] = [
                (product(pivot, a) - product(factor, b)) // previous
                for a, b in zip(rows[i], rows[rank], strict=True)
            ]
        previous = pivot
        rank += 1
    return rank, previous * sign
