"""The rational numbers Q, and matrices over them held in flint.

Objects: QQ, RationalField, RationalMatrix.

Design notes. Rank, echelon form and inertia clear denominators first and work over Z, where flint
needs no gcds. The inertia of a small matrix is read off the signs of its characteristic polynomial:
all roots are real, so Descartes' rule counts them exactly. A larger one is cut down to a
nonsingular principal submatrix, which is diagonalised approximately, and certified by bounds of
rounding errors or in balls; the generic LDL^T is the oracle of all.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import flint

from symbolic_landscape.arithmetic.congruence import certain_inertia, shifted_floats
from symbolic_landscape.arithmetic.fields import Field
from symbolic_landscape.arithmetic.matrices import Matrix, Rows, checked_width
from symbolic_landscape.arithmetic.modular import (
    independent_columns,
    integer_rank,
    pivot_columns,
)
from symbolic_landscape.arithmetic.rounding import inertia_by_rounding
from symbolic_landscape.arithmetic.scalars import (
    Element,
    Scalar,
    fraction,
    rational,
    working_precision,
)
from symbolic_landscape.errors import DomainError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import sympy

CHARPOLY_SIZE = 16
"""Up to this size the inertia is read off the characteristic polynomial."""


class RationalField(Field):
    """Q, with raw elements `flint.fmpq` and matrices `RationalMatrix`.

    >>> QQ.scalar(Fraction(1, 2)) + 1
    Scalar(3/2 in Q)
    """

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, RationalField)

    def __hash__(self) -> int:
        return hash(RationalField)

    def __repr__(self) -> str:
        return "QQ"

    def __reduce__(self) -> str:
        return "QQ"

    @property
    def name(self) -> str:
        """The name Q."""
        return "Q"

    @property
    def is_rational_field(self) -> bool:
        """True: this is Q."""
        return True

    def constant(self, value: Fraction) -> Element:
        """The number itself as a `flint.fmpq`."""
        return rational(value)

    def raw(self, value: object) -> Element:
        """The same as in every field; an int without a way through Fraction."""
        return flint.fmpq(value) if type(value) is int else super().raw(value)

    def add(self, a: Element, b: Element) -> Element:
        """The sum a + b."""
        return a + b

    def subtract(self, a: Element, b: Element) -> Element:
        """The difference a - b."""
        return a - b

    def multiply(self, a: Element, b: Element) -> Element:
        """The product a b."""
        return a * b

    def negative(self, a: Element) -> Element:
        """The negative -a."""
        return -a

    def inverse(self, a: Element) -> Element:
        """The inverse 1/a. Raises DomainError for 0."""
        if a == 0:
            message = "1/0 does not exist in Q"
            raise DomainError(message)
        return 1 / a

    def dot(self, a: Iterable[Element], b: Iterable[Element]) -> Element:
        """The sum of the products of two sequences of equal length."""
        return sum((x * y for x, y in zip(a, b, strict=True)), flint.fmpq())

    def power(self, a: Element, exponent: int) -> Element:
        """The power of a. Raises DomainError for a negative power of 0."""
        return (a if exponent >= 0 else self.inverse(a)) ** abs(exponent)

    def is_zero(self, a: Element) -> bool:
        """Whether a is zero."""
        return bool(a == 0)

    def sign(self, a: Element) -> int:
        """The sign: -1, 0 or 1."""
        return int(a > 0) - int(a < 0)

    def enclosure(self, a: Element, bits: int) -> flint.arb:
        """A ball that contains a."""
        with working_precision(bits):
            return flint.arb(a)

    def text(self, a: Element) -> str:
        """The number as p/q, or p if it is an integer."""
        return str(a)

    def to_sympy(self, a: Element) -> sympy.Expr:
        """The number as a SymPy Rational."""
        import sympy

        return sympy.Rational(int(a.p), int(a.q))

    def owns(self, value: object) -> bool:
        """Whether the value is a `flint.fmpq`."""
        return isinstance(value, flint.fmpq)

    def rational_value(self, a: Element) -> Fraction:
        """The number as a Fraction."""
        return fraction(a)

    def coordinates(self, a: Element) -> list[Fraction]:
        """The number itself, as the only coordinate."""
        return [fraction(a)]

    def portable(self, a: Element) -> object:
        """The number as a Fraction."""
        return fraction(a)

    def restored(self, data: Fraction) -> Element:
        """The `flint.fmpq` of a Fraction."""
        return rational(data)

    def from_raw(self, rows: Sequence[Sequence[Element]], width: int | None = None) -> Matrix:
        """The RationalMatrix with these rows of `flint.fmpq`."""
        width = checked_width(rows, width)
        entries = [value for row in rows for value in row]
        return RationalMatrix(flint.fmpq_mat(len(rows), width, entries))


QQ = RationalField()


class RationalMatrix(Matrix):
    """A matrix over Q; `raw` is the `flint.fmpq_mat`, which must not be changed.

    A matrix made of integers over one denominator keeps them; `raw` is then made on first use, and
    rank, inertia, echelon form and tests for zero and symmetry do without the lowest terms.
    """

    __slots__ = ("_integers", "field", "raw", "shape")

    _integers: tuple[flint.fmpz_mat, Any] | None

    def __init__(self, raw: flint.fmpq_mat) -> None:
        self.field = QQ
        self.raw = raw
        self._integers = None
        self.shape = (raw.nrows(), raw.ncols())

    @staticmethod
    def of_integers(numerators: flint.fmpz_mat, denominator: flint.fmpz | int) -> RationalMatrix:
        """The matrix of integers over one positive denominator, which need not be the least."""
        made = RationalMatrix.__new__(RationalMatrix)
        made.field = QQ
        made._integers = numerators, denominator
        made.shape = (numerators.nrows(), numerators.ncols())
        return made

    def __getattr__(self, name: str) -> Any:
        """Computes `raw`, the only attribute that may still be missing."""
        if name != "raw" or self._integers is None:
            message = f"a RationalMatrix has no attribute {name!r}"
            raise AttributeError(message)
        numerators, denominator = self._integers
        self.raw = flint.fmpq_mat(numerators) / denominator
        return self.raw

    def raw_rows(self) -> Rows:
        """The rows as lists of `flint.fmpq`."""
        return [list(row) for row in self.raw.table()]

    def entry(self, row: int, column: int) -> Element:
        """The `flint.fmpq` at (row, column)."""
        return self.raw[row, column]

    @property
    def T(self) -> Matrix:  # noqa: N802
        """The transpose."""
        if self._integers is not None:
            numerators, denominator = self._integers
            return RationalMatrix.of_integers(numerators.transpose(), denominator)
        return RationalMatrix(self.raw.transpose())

    def _sum(self, other: Matrix, sign: int) -> Matrix:
        return RationalMatrix(self.raw + other.raw if sign > 0 else self.raw - other.raw)

    def _product(self, other: Matrix) -> Matrix:
        return RationalMatrix(self.raw * other.raw)

    def _scaled(self, factor: Element) -> Matrix:
        return RationalMatrix(self.raw * factor)

    @property
    def is_zero(self) -> bool:
        """Whether every entry is zero."""
        return not (self.raw if self._integers is None else self._integers[0])

    @property
    def is_symmetric(self) -> bool:
        """Whether it equals its transpose."""
        held = self.raw if self._integers is None else self._integers[0]
        return self.shape[0] == self.shape[1] and bool(held == held.transpose())

    def enclose(self, bits: int = 256) -> flint.arb_mat:
        """A flint ball matrix that contains it, from `bits` bits."""
        with working_precision(bits):
            return flint.arb_mat(self.raw)

    def integers(self) -> tuple[flint.fmpz_mat, Any]:
        """Integers and one positive denominator: the matrix is their quotient."""
        return self.raw.numer_denom() if self._integers is None else self._integers

    def integral(self) -> flint.fmpz_mat:
        """The matrix times a common denominator of its entries, over Z."""
        return self.integers()[0]

    def rank(self) -> int:
        """The rank."""
        return integer_rank(self.integral())

    def det(self) -> Scalar:
        """The determinant. Raises ShapeError unless square."""
        self.need_square("the determinant")
        return Scalar(QQ, self.raw.det())

    def row_reduced(self) -> tuple[Matrix, tuple[int, ...]]:
        """The reduced row echelon form and its pivot columns."""
        reduced, denominator, rank = self.integral().rref()
        pivots = pivot_columns(reduced, rank)
        return RationalMatrix(flint.fmpq_mat(reduced) / denominator), tuple(pivots)

    def solve(self, right: Matrix) -> Matrix:
        """The X with A X = B, for a nonsingular A (n, n).

        Raises ShapeError if the shapes do not fit, DomainError if A is singular.
        """
        size = self.need_square("solve")
        self._need(right.shape[0] == size, "solve", right)
        if not isinstance(right, RationalMatrix):
            return super().solve(right)
        try:
            return RationalMatrix(self.raw.solve(right.raw))
        except ZeroDivisionError:
            message = f"solve needs a nonsingular matrix, got {self} over Q"
            raise DomainError(message) from None

    def inertia(self) -> tuple[int, int, int]:
        """(positive, negative, zero): how many eigenvalues of a symmetric matrix have each sign.

        Raises ShapeError unless symmetric.

        >>> QQ.matrix([[0, 1, 0], [1, 0, 0], [0, 0, 0]]).inertia()
        (1, 1, 1)
        """
        size = self.need_symmetric("the inertia")
        integral = self.integral()
        found = None if size <= CHARPOLY_SIZE else _inertia_of_core(integral)
        return _inertia_by_charpoly(integral) if found is None else found


def _inertia_by_charpoly(matrix: flint.fmpz_mat) -> tuple[int, int, int]:
    """The inertia by the signs of the characteristic polynomial, whose roots are all real."""
    coefficients = matrix.charpoly().coeffs()
    zero = next(i for i, value in enumerate(coefficients) if value != 0)
    signs = [value > 0 for value in coefficients if value != 0]
    positive = sum(a != b for a, b in pairwise(signs))
    return positive, matrix.nrows() - zero - positive, zero


def _inertia_of_core(matrix: flint.fmpz_mat) -> tuple[int, int, int] | None:
    """The inertia from a nonsingular principal submatrix whose size is the rank, or None.

    If the columns I of a symmetric matrix are a basis of its column space, then the submatrix on I
    is nonsingular, and the matrix is congruent to it with zeros added.
    """
    size = matrix.nrows()
    chosen = independent_columns(matrix)
    core = matrix
    if len(chosen) < size:
        if integer_rank(matrix) > len(chosen):
            return None
        table = matrix.table()
        core = flint.fmpz_mat([[table[i][j] for j in chosen] for i in chosen])
    found = inertia_by_rounding(*shifted_floats(core))
    if found is None:
        found = certain_inertia(core)
    return None if found is None else (*found, size - len(chosen))
