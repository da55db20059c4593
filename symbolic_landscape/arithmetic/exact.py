"""The rational numbers Q and matrices over them, held in flint.

Objects: QQ, RationalField, RationalMatrix.

Design notes. Rank, kernel and solve clear denominators first and work over Z, where flint needs no
gcds. The inertia is read off the signs of the characteristic polynomial: all its roots are real, so
Descartes' rule counts exactly; the generic LDL^T of `matrices` is the second road.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import flint

from symbolic_landscape.arithmetic.matrices import Matrix, Rows, checked_width
from symbolic_landscape.arithmetic.scalars import (
    Element,
    Field,
    Scalar,
    fraction,
    rational,
    working_precision,
)
from symbolic_landscape.errors import DomainError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import sympy


@dataclass(frozen=True)
class RationalField(Field):
    """Q, with raw elements `flint.fmpq` and matrices `RationalMatrix`.

    >>> QQ.scalar(Fraction(1, 2)) + 1
    Scalar(3/2 in Q)
    """

    @property
    def name(self) -> str:
        return "Q"

    @property
    def is_rational_field(self) -> bool:
        return True

    def constant(self, value: Fraction) -> Element:
        return rational(value)

    def add(self, a: Element, b: Element) -> Element:
        return a + b

    def subtract(self, a: Element, b: Element) -> Element:
        return a - b

    def multiply(self, a: Element, b: Element) -> Element:
        return a * b

    def negative(self, a: Element) -> Element:
        return -a

    def inverse(self, a: Element) -> Element:
        if a == 0:
            message = "1/0 does not exist in Q"
            raise DomainError(message)
        return 1 / a

    def power(self, a: Element, exponent: int) -> Element:
        return (a if exponent >= 0 else self.inverse(a)) ** abs(exponent)

    def is_zero(self, a: Element) -> bool:
        return bool(a == 0)

    def sign(self, a: Element) -> int:
        return int(a > 0) - int(a < 0)

    def enclosure(self, a: Element, bits: int) -> flint.arb:
        with working_precision(bits):
            return flint.arb(a)

    def text(self, a: Element) -> str:
        return str(a)

    def to_sympy(self, a: Element) -> sympy.Expr:
        import sympy

        return sympy.Rational(int(a.p), int(a.q))

    def owns(self, value: object) -> bool:
        return isinstance(value, flint.fmpq)

    def rational_value(self, a: Element) -> Fraction:
        return fraction(a)

    def from_raw(self, rows: Sequence[Sequence[Element]], width: int | None = None) -> Matrix:
        width = checked_width(rows, width)
        entries = [value for row in rows for value in row]
        return RationalMatrix(flint.fmpq_mat(len(rows), width, entries))


QQ = RationalField()


class RationalMatrix(Matrix):
    """A matrix over Q; `raw` is the `flint.fmpq_mat`, which must not be changed."""

    __slots__ = ("field", "raw", "shape")

    def __init__(self, raw: flint.fmpq_mat) -> None:
        self.field = QQ
        self.raw = raw
        self.shape = (raw.nrows(), raw.ncols())

    def raw_rows(self) -> Rows:
        return [list(row) for row in self.raw.table()]

    def entry(self, row: int, column: int) -> Element:
        return self.raw[row, column]

    @property
    def T(self) -> RationalMatrix:
        return RationalMatrix(self.raw.transpose())

    def _sum(self, other: Matrix, sign: int) -> Matrix:
        right = _raw(other)
        return RationalMatrix(self.raw + right if sign > 0 else self.raw - right)

    def _product(self, other: Matrix) -> Matrix:
        return RationalMatrix(self.raw * _raw(other))

    def _scaled(self, factor: Element) -> Matrix:
        return RationalMatrix(self.raw * factor)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, RationalMatrix):
            return bool(self.raw == other.raw)
        return super().__eq__(other)

    __hash__ = Matrix.__hash__

    @property
    def is_zero(self) -> bool:
        return not self.raw

    @property
    def is_symmetric(self) -> bool:
        return self.shape[0] == self.shape[1] and bool(self.raw == self.raw.transpose())

    def integral(self) -> flint.fmpz_mat:
        """The matrix times the least common denominator of its entries, over Z."""
        return self.raw.numer_denom()[0]

    def rank(self) -> int:
        return int(self.integral().rank())

    def det(self) -> Scalar:
        self._need_square("the determinant")
        return Scalar(QQ, self.raw.det())

    def row_reduced(self) -> tuple[Matrix, tuple[int, ...]]:
        reduced, denominator, rank = self.integral().rref()
        pivots: list[int] = []
        for row in range(rank):
            column = pivots[-1] + 1 if pivots else 0
            while reduced[row, column] == 0:
                column += 1
            pivots.append(column)
        return RationalMatrix(flint.fmpq_mat(reduced) / denominator), tuple(pivots)

    def solve(self, right: Matrix) -> Matrix:
        size = self._need_square("solve")
        self._need(right.shape[0] == size, "solve", right)
        if not isinstance(right, RationalMatrix):
            return super().solve(right)
        try:
            return RationalMatrix(self.raw.solve(right.raw))
        except ZeroDivisionError:
            message = f"solve needs a nonsingular matrix, got {self} over Q"
            raise DomainError(message) from None

    def inertia(self) -> tuple[int, int, int]:
        """(positive, negative, zero) by the signs of the characteristic polynomial.

        Raises ShapeError unless symmetric.

        >>> QQ.matrix([[0, 1, 0], [1, 0, 0], [0, 0, 0]]).inertia()
        (1, 1, 1)
        """
        size = self._need_symmetric("the inertia")
        coefficients = self.integral().charpoly().coeffs()
        zero = next(i for i, value in enumerate(coefficients) if value != 0)
        signs = [value > 0 for value in coefficients if value != 0]
        positive = sum(a != b for a, b in zip(signs, signs[1:], strict=False))
        return positive, size - zero - positive, zero


def _raw(matrix: Matrix) -> flint.fmpq_mat:
    if isinstance(matrix, RationalMatrix):
        return matrix.raw
    height, width = matrix.shape
    return flint.fmpq_mat(height, width, [value for row in matrix.raw_rows() for value in row])
