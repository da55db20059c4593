"""Ball arithmetic: numbers and matrices that come with a rigorous error bound.

Objects: BallField, BallMatrix, Pivots; ldl_pivots.

Design notes. A ball decides "certainly positive" or "certainly nonzero" and never an equality, so `is_zero`
answers only where the ball excludes zero. The precision belongs to the field; every operation sets
it and restores it. Between BallFields the larger precision wins, and elements of exact fields with a
real value are enclosed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import flint

from symbolic_landscape.arithmetic.fields import Field
from symbolic_landscape.arithmetic.matrices import Matrix, Rows, checked_width
from symbolic_landscape.arithmetic.scalars import (
    Element,
    Scalar,
    common_field,
    rational,
    working_precision,
)
from symbolic_landscape.errors import DomainError
from symbolic_landscape.verdict import Evidence

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    import sympy


@dataclass(frozen=True)
class BallField(Field):
    """Real balls at a fixed precision, with every operation of a formula; decides no equality.

    >>> BallField(64).scalar(2).sqrt().sign()
    1
    """

    bits: int = 64
    decides_equality = False

    @property
    def evidence(self) -> Evidence:
        """Enclosed: certain, but never an equality."""
        return Evidence.ENCLOSED

    def __post_init__(self) -> None:
        if isinstance(self.bits, bool) or not 2 <= self.bits <= 1 << 24:
            message = f"BallField needs between 2 and {1 << 24} bits, got {self.bits!r}"
            raise DomainError(message)

    @property
    def name(self) -> str:
        return f"balls of {self.bits} bits"

    def working(self) -> working_precision:
        """A `with` block in which flint works at the precision of this field."""
        return working_precision(self.bits)

    def constant(self, value: Fraction) -> Element:
        with working_precision(self.bits):
            return flint.arb(rational(value))

    def add(self, a: Element, b: Element) -> Element:
        with working_precision(self.bits):
            return a + b

    def subtract(self, a: Element, b: Element) -> Element:
        with working_precision(self.bits):
            return a - b

    def multiply(self, a: Element, b: Element) -> Element:
        with working_precision(self.bits):
            return a * b

    def negative(self, a: Element) -> Element:
        with working_precision(self.bits):
            return -a

    def inverse(self, a: Element) -> Element:
        self._need(a != 0, "1/x", "certainly nonzero", a)
        with working_precision(self.bits):
            return 1 / a

    def power(self, a: Element, exponent: int) -> Element:
        base = a if exponent >= 0 else self.inverse(a)
        with working_precision(self.bits):
            return base ** abs(exponent)

    def exp(self, a: Element) -> Element:
        """e**a."""
        with working_precision(self.bits):
            return a.exp()

    def log(self, a: Element) -> Element:
        """The natural logarithm. Raises DomainError unless a is certainly positive."""
        self._need(a > 0, "log", "certainly positive", a)
        with working_precision(self.bits):
            return a.log()

    def tanh(self, a: Element) -> Element:
        """The hyperbolic tangent."""
        with working_precision(self.bits):
            return a.tanh()

    def atan(self, a: Element) -> Element:
        """The arc tangent."""
        with working_precision(self.bits):
            return a.atan()

    def sqrt(self, a: Element) -> Element:
        """The square root. Raises DomainError unless a is certainly nonnegative."""
        self._need(a >= 0, "sqrt", "certainly nonnegative", a)
        with working_precision(self.bits):
            return a.sqrt()

    def _need(self, condition: bool, function: str, need: str, a: Element) -> None:
        if not condition:
            message = f"{function} needs a ball that is {need}, got {a} at {self.bits} bits"
            raise DomainError(message)

    def is_zero(self, a: Element) -> bool:
        """False where the ball excludes zero. Raises DomainError elsewhere: a ball proves no equality."""
        if a != 0:
            return False
        message = f"whether {a} is zero is not decided by a ball of {self.bits} bits"
        raise DomainError(message)

    def sign(self, a: Element) -> int:
        """-1 or 1 where certain. Raises DomainError where the ball contains zero."""
        if a > 0:
            return 1
        if a < 0:
            return -1
        message = f"the sign of {a} is not decided by a ball of {self.bits} bits"
        raise DomainError(message)

    def enclosure(self, a: Element, bits: int) -> flint.arb:
        """The ball itself: further bits cannot sharpen it."""
        del bits
        return a

    def text(self, a: Element) -> str:
        return str(a)

    def to_sympy(self, a: Element) -> sympy.Expr:
        """Raises DomainError: a ball is no single number; ask `enclose` or the numeric value."""
        message = f"{a} is a ball, not a number: it has no SymPy form"
        raise DomainError(message)

    def owns(self, value: object) -> bool:
        return isinstance(value, flint.arb)

    def rational_value(self, a: Element) -> Fraction | None:
        del a
        return None

    def contains(self, other: Field) -> bool:
        if isinstance(other, BallField):
            return other.bits <= self.bits
        return other.decides_equality and not other.free_symbols

    def embed(self, value: Scalar) -> Element:
        return value.field.enclosure(value.raw, self.bits)

    def portable(self, a: Element) -> object:
        if not a.is_finite():
            message = f"{a} is not a finite ball and cannot be stored"
            raise DomainError(message)
        return tuple(tuple(map(int, part.man_exp())) for part in (a.mid(), a.rad()))

    def restored(self, data: tuple[tuple[int, int], tuple[int, int]]) -> Element:
        return flint.arb(flint.arb(data[0]), flint.arb(data[1]))

    def from_raw(self, rows: Sequence[Sequence[Element]], width: int | None = None) -> Matrix:
        width = checked_width(rows, width)
        entries = [value for row in rows for value in row]
        return BallMatrix(self, flint.arb_mat(len(rows), width, entries))


class BallMatrix(Matrix):
    """A matrix of balls; `raw` is the `flint.arb_mat`, which must not be changed.

    It stands for every real matrix inside it, and a HOLDS speaks of all of them.
    """

    __slots__ = ("field", "raw", "shape")

    field: BallField

    def __init__(self, field: BallField, raw: flint.arb_mat) -> None:
        self.field = field
        self.raw = raw
        self.shape = (raw.nrows(), raw.ncols())

    def raw_rows(self) -> Rows:
        return [list(row) for row in self.raw.table()]

    def entry(self, row: int, column: int) -> Element:
        return self.raw[row, column]

    @property
    def T(self) -> BallMatrix:
        return BallMatrix(self.field, self.raw.transpose())

    def _sum(self, other: Matrix, sign: int) -> Matrix:
        right = _raw(other)
        with self.field.working():
            return BallMatrix(self.field, self.raw + right if sign > 0 else self.raw - right)

    def _product(self, other: Matrix) -> Matrix:
        with self.field.working():
            return BallMatrix(self.field, self.raw * _raw(other))

    def _scaled(self, factor: Element) -> Matrix:
        with self.field.working():
            return BallMatrix(self.field, self.raw * factor)

    def over(self, field: Field) -> Matrix:
        if isinstance(field, BallField) and field.contains(self.field):
            return BallMatrix(field, self.raw)
        return super().over(field)

    @property
    def is_symmetric(self) -> bool:
        """Whether some symmetric matrix lies inside; the claim is then about those."""
        return self.shape[0] == self.shape[1] and bool(self.raw.overlaps(self.raw.transpose()))

    def det(self) -> Scalar:
        """A ball that contains the determinant."""
        self.need_square("the determinant")
        with self.field.working():
            return Scalar(self.field, self.raw.det())

    def solve(self, right: Matrix) -> Matrix:
        """A ball matrix that contains X with A X = B. Raises DomainError if A may be singular."""
        size = self.need_square("solve")
        self._need(right.shape[0] == size, "solve", right)
        field = common_field(self.field, right.field)
        if not isinstance(field, BallField):
            message = f"solve in balls needs a right-hand side of numbers, got one over {right.field.name}"
            raise DomainError(message)
        try:
            with field.working():
                return BallMatrix(field, self.raw.solve(_raw(right.over(field))))
        except ZeroDivisionError:
            message = f"solve needs a matrix that is certainly nonsingular, got {self}"
            raise DomainError(message) from None

    def rank(self) -> int:
        """The rank where it is certainly full. Raises DomainError elsewhere."""
        least = self.least_rank()
        if least < min(self.shape):
            message = (
                f"a ball matrix of shape {self.shape} has rank at least {least}, not certainly more"
            )
            raise DomainError(message)
        return least

    def least_rank(self) -> int:
        """A number r such that every matrix inside has rank at least r; elimination in balls."""
        rows = self.raw_rows()
        height, width = self.shape
        rank = 0
        columns = list(range(width))
        with self.field.working():
            while rank < height and columns:
                best = max(
                    ((rows[i][j].abs_lower(), i, j) for i in range(rank, height) for j in columns),
                    key=lambda candidate: candidate[0].mid(),
                )
                if not best[0] > 0:
                    return rank
                _, found, column = best
                rows[rank], rows[found] = rows[found], rows[rank]
                columns.remove(column)
                for i in range(rank + 1, height):
                    factor = rows[i][column] / rows[rank][column]
                    for j in columns:
                        rows[i][j] -= factor * rows[rank][j]
                rank += 1
        return rank

    def inertia(self) -> tuple[int, int, int]:
        """The inertia where every pivot is certain. Raises DomainError elsewhere."""
        pivots = ldl_pivots(self)
        if not pivots.complete:
            message = f"the inertia of {self} is not settled at {self.field.bits} bits"
            raise DomainError(message)
        positive = sum(pivot > 0 for pivot in pivots.values)
        return positive, len(pivots.values) - positive, 0


@dataclass(frozen=True)
class Pivots:
    """Pivots of A = L D L^T in balls, up to and including the first that is not certainly nonzero."""

    values: tuple[flint.arb, ...]
    size: int

    @property
    def complete(self) -> bool:
        """Whether every pivot is certainly nonzero, so that the inertia is known."""
        return len(self.values) == self.size and all(pivot != 0 for pivot in self.values)

    @property
    def smallest(self) -> flint.arb | None:
        """The pivot with the smallest midpoint, or None for a matrix of size 0."""
        return min(self.values, key=lambda pivot: pivot.mid()) if self.values else None


def ldl_pivots(matrix: BallMatrix) -> Pivots:
    """The pivots of the symmetric matrices inside, without exchanges, until one may be zero.

    Raises ShapeError unless the ball matrix contains a symmetric matrix.
    """
    size = matrix.need_symmetric("LDL^T")
    rows = matrix.raw_rows()
    values: list[flint.arb] = []
    with matrix.field.working():
        for k in range(size):
            pivot = rows[k][k]
            values.append(pivot)
            if not pivot != 0:  # noqa: SIM202 - != means "certainly different"
                break
            for i in range(k + 1, size):
                factor = rows[i][k] / pivot
                for j in range(k + 1, i + 1):
                    rows[i][j] -= factor * rows[j][k]
    return Pivots(tuple(values), size)


def _raw(matrix: Matrix) -> flint.arb_mat:
    if isinstance(matrix, BallMatrix):
        return matrix.raw
    height, width = matrix.shape
    return flint.arb_mat(height, width, [value for row in matrix.raw_rows() for value in row])
