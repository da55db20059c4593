"""Matrices over a field: products, parts, and what elimination gives where zero is decidable.

Objects: Matrix, what every field hands out; DenseMatrix, rows of raw elements of any field; LDL.
`RationalMatrix` (in `exact`) and `BallMatrix` (in `balls`) hold a matrix of flint instead.
"""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, TypeGuard, overload

import flint

from symbolic_landscape.arithmetic.congruence import CONGRUENCE_BITS, certain_inertia
from symbolic_landscape.arithmetic.elimination import echelon, kernel_basis, ldl_in_place
from symbolic_landscape.arithmetic.scalars import Element, Scalar, common_field
from symbolic_landscape.errors import DomainError, ShapeError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import sympy

    from symbolic_landscape.arithmetic.fields import Field

Rows = list[list[Element]]


@dataclass(frozen=True)
class LDL:
    """P A P^T = L D L^T for a symmetric A (n, n): L unit lower triangular, D of small blocks.

    Row i of P A P^T is row `permutation[i]` of A; `blocks` lists the sizes, 1 or 2, of the blocks
    of D.
    """

    permutation: tuple[int, ...]
    lower: Matrix
    middle: Matrix
    blocks: tuple[int, ...]

    def inertia(self) -> tuple[int, int, int]:
        """(positive, negative, zero): how many eigenvalues of A have each sign, by Sylvester's law.

        A block of size 2 has a zero diagonal and so one eigenvalue of each sign.
        """
        positive = negative = zero = at = 0
        for size in self.blocks:
            sign = self.middle[at, at].sign()
            positive += size == 2 or sign > 0
            negative += size == 2 or sign < 0
            zero += size == 1 and sign == 0
            at += size
        return positive, negative, zero


class Matrix:
    """A matrix over a field; immutable. `@` is the matrix product, `hadamard` the entrywise one."""

    __slots__ = ()

    field: Field
    raw: Any
    shape: tuple[int, int]

    @abstractmethod
    def raw_rows(self) -> Rows:
        """The rows as lists of raw elements."""

    @abstractmethod
    def entry(self, row: int, column: int) -> Element:
        """The raw element at (row, column), counted from 0."""

    @property
    @abstractmethod
    def T(self) -> Matrix:  # noqa: N802 - the transpose is written A.T
        """The transpose."""

    @abstractmethod
    def _sum(self, other: Matrix, sign: int) -> Matrix:
        """The sum or the difference, over one field and of one shape."""

    @abstractmethod
    def _product(self, other: Matrix) -> Matrix:
        """The matrix product, over one field."""

    @abstractmethod
    def _scaled(self, factor: Element) -> Matrix:
        """The matrix times a raw element."""

    def __reduce__(self) -> tuple[Any, ...]:
        rows = [[self.field.portable(value) for value in row] for row in self.raw_rows()]
        return (_restored, (self.field, rows, self.shape[1]))

    def over(self, field: Field) -> Matrix:
        """The same matrix over a field that contains its entries; DomainError elsewhere."""
        return self if field == self.field else field.embed_matrix(self)

    def _paired(self, other: Matrix) -> tuple[Matrix, Matrix]:
        if self.field is other.field:
            return self, other
        field = common_field(self.field, other.field)
        return self.over(field), other.over(field)

    def _need(self, condition: bool, operation: str, other: Matrix) -> None:
        if not condition:
            message = f"{operation} needs fitting shapes, got {self.shape} and {other.shape}"
            raise ShapeError(message)

    def need_square(self, operation: str) -> int:
        """The size of a square matrix. Raises ShapeError for any other."""
        height, width = self.shape
        if height != width:
            message = f"{operation} needs a square matrix, got shape {self.shape}"
            raise ShapeError(message)
        return height

    def need_symmetric(self, operation: str) -> int:
        """The size of a symmetric matrix. Raises ShapeError for any other."""
        size = self.need_square(operation)
        if not self.is_symmetric:
            message = f"{operation} needs a symmetric matrix, got {self}"
            raise ShapeError(message)
        return size

    def __add__(self, other: Matrix) -> Matrix:
        if not isinstance(other, Matrix):
            return NotImplemented
        self._need(self.shape == other.shape, "A + B", other)
        a, b = self._paired(other)
        return a._sum(b, 1)

    def __sub__(self, other: Matrix) -> Matrix:
        if not isinstance(other, Matrix):
            return NotImplemented
        self._need(self.shape == other.shape, "A - B", other)
        a, b = self._paired(other)
        return a._sum(b, -1)

    def __neg__(self) -> Matrix:
        return self.scale(-1)

    def __matmul__(self, other: Matrix) -> Matrix:
        if not isinstance(other, Matrix):
            return NotImplemented
        self._need(self.shape[1] == other.shape[0], "A @ B", other)
        a, b = self._paired(other)
        return a._product(b)

    def __mul__(self, factor: object) -> Matrix:
        if not isinstance(factor, Scalar | int | Fraction):
            message = (
                f"A * c needs an exact number c, got {type(factor).__name__}; products are A @ B"
            )
            raise TypeError(message)
        return self.scale(factor)

    __rmul__ = __mul__

    def __truediv__(self, divisor: object) -> Matrix:
        return self * (1 / (divisor if isinstance(divisor, Scalar) else self.field.scalar(divisor)))

    def scale(self, factor: object) -> Matrix:
        """The matrix times a scalar."""
        if isinstance(factor, Scalar) and factor.field is not self.field:
            field = common_field(self.field, factor.field)
            return self.over(field)._scaled(field.raw(factor))
        return self._scaled(self.field.raw(factor))

    def hadamard(self, other: Matrix) -> Matrix:
        """The entrywise product."""
        self._need(self.shape == other.shape, "the entrywise product", other)
        a, b = self._paired(other)
        rows = [
            list(map(a.field.multiply, left, right))
            for left, right in zip(a.raw_rows(), b.raw_rows(), strict=True)
        ]
        return a.field.from_raw(rows, width=self.shape[1])

    @overload
    def __getitem__(self, place: tuple[int, int]) -> Scalar: ...

    @overload
    def __getitem__(self, place: tuple[int | slice, int | slice]) -> Scalar | Matrix: ...

    @overload
    def __getitem__(self, place: int | slice) -> Scalar | Matrix: ...

    def __getitem__(self, place: Any) -> Scalar | Matrix:
        """Entry (i, j), or a part by slices; of a column entry i, of other matrices row i."""
        height, width = self.shape
        if not isinstance(place, tuple):
            place = (place, 0 if width == 1 else slice(None))
        row, column = place
        if isinstance(row, slice) or isinstance(column, slice):
            rows, columns = _places(row, height), _places(column, width)
            return self.submatrix(rows, columns)
        if not (-height <= row < height and -width <= column < width):
            message = f"entry {place} lies outside a matrix of shape {self.shape}"
            raise ShapeError(message)
        return Scalar(self.field, self.entry(row % height, column % width))

    def __iter__(self) -> Iterator[Scalar]:
        if self.shape[1] != 1:
            message = "only a column is a sequence: use tolist(), rows() or columns()"
            raise TypeError(message)
        return (Scalar(self.field, value) for (value,) in self.raw_rows())

    def __array__(self, dtype: Any = None, copy: bool | None = None) -> Any:
        """A NumPy array (m, n): of Scalars, or of the nearest floats where these are asked for.

        Raises TypeError: another type is asked for, such as integers of a machine's size.
        """
        import numpy as np

        array = np.empty(self.shape, dtype=object)
        for i, row in enumerate(self.tolist()):
            array[i] = row
        if dtype is None or np.dtype(dtype) == object:
            return array
        if not np.issubdtype(np.dtype(dtype), np.inexact):
            message = f"an array of Scalars or of floats was needed, got the type {dtype}"
            raise TypeError(message)
        return np.vectorize(lambda value: float(value.enclose(128).mid()), [dtype])(array)

    def _repr_latex_(self) -> str | None:
        """The matrix for a notebook; None where it is large or of balls."""
        from sympy import latex

        if max(self.shape) > 12:
            return None
        try:
            return f"${latex(self.to_sympy())}$"
        except DomainError:
            return None

    def __eq__(self, other: object) -> bool:
        if _is_sympy(other):
            rows: list[Any] = other.tolist()
            return self.shape == tuple(other.shape) and self.tolist() == rows
        if not isinstance(other, Matrix):
            return NotImplemented
        return self.shape == other.shape and (self - other).is_zero

    def __hash__(self) -> int:
        return hash((self.shape, tuple(value for row in self.tolist() for value in row)))

    @property
    def is_zero(self) -> bool:
        """Whether every entry is zero. Raises DomainError in a field that cannot tell."""
        return all(self.field.is_zero(value) for row in self.raw_rows() for value in row)

    @property
    def is_symmetric(self) -> bool:
        """Whether it equals its transpose. Raises DomainError in a field that cannot tell."""
        height, width = self.shape
        places = ((i, j) for i in range(height) for j in range(i))
        return height == width and all(self[i, j] == self[j, i] for i, j in places)

    def tolist(self) -> list[list[Scalar]]:
        """The rows as lists of Scalars."""
        return [[Scalar(self.field, value) for value in row] for row in self.raw_rows()]

    def row(self, index: int) -> Matrix:
        """Row `index` as a matrix (1, n)."""
        return self.submatrix([index], range(self.shape[1]))

    def column(self, index: int) -> Matrix:
        """Column `index` as a matrix (m, 1)."""
        return self.submatrix(range(self.shape[0]), [index])

    def rows(self) -> tuple[Matrix, ...]:
        """All rows, each (1, n)."""
        return tuple(self.row(i) for i in range(self.shape[0]))

    def columns(self) -> tuple[Matrix, ...]:
        """All columns, each (m, 1)."""
        return tuple(self.column(j) for j in range(self.shape[1]))

    def submatrix(self, rows: Iterable[int], columns: Iterable[int]) -> Matrix:
        """The matrix of the chosen rows and columns, in the given order."""
        chosen = list(columns)
        source = self.raw_rows()
        try:
            picked = [[source[i][j] for j in chosen] for i in rows]
        except IndexError:
            message = f"a chosen row or column lies outside a matrix of shape {self.shape}"
            raise ShapeError(message) from None
        return self.field.from_raw(picked, width=len(chosen))

    def hstack(self, *others: Matrix) -> Matrix:
        """The matrices side by side: [A, B, ...]."""
        result: Matrix = self
        for other in others:
            self._need(self.shape[0] == other.shape[0], "[A, B]", other)
            a, b = result._paired(other)
            rows = [x + y for x, y in zip(a.raw_rows(), b.raw_rows(), strict=True)]
            result = a.field.from_raw(rows, width=a.shape[1] + b.shape[1])
        return result

    def vstack(self, *others: Matrix) -> Matrix:
        """The matrices one below another."""
        result: Matrix = self
        for other in others:
            self._need(self.shape[1] == other.shape[1], "[A; B]", other)
            a, b = result._paired(other)
            result = a.field.from_raw(a.raw_rows() + b.raw_rows(), width=self.shape[1])
        return result

    def flatten(self) -> Matrix:
        """All entries, row by row, as one column (m n, 1)."""
        return self.field.from_raw([[value] for row in self.raw_rows() for value in row], width=1)

    def trace(self) -> Scalar:
        """The sum of the diagonal. Raises ShapeError unless square."""
        total = self.field.scalar(0)
        for i in range(self.need_square("the trace")):
            total = total + self[i, i]
        return total

    def to_sympy(self) -> sympy.Matrix:
        """The same matrix as a SymPy Matrix. Raises DomainError for balls."""
        import sympy

        entries = [self.field.to_sympy(value) for row in self.raw_rows() for value in row]
        return sympy.Matrix(*self.shape, entries)

    def enclose(self, bits: int = 256) -> flint.arb_mat:
        """A flint ball matrix that contains it, from `bits` bits; DomainError for free symbols."""
        entries = [self.field.enclosure(value, bits) for row in self.raw_rows() for value in row]
        return flint.arb_mat(*self.shape, entries)

    def __str__(self) -> str:
        if max(self.shape) > 12:
            return f"matrix of shape {self.shape}"
        rows = (", ".join(map(self.field.text, row)) for row in self.raw_rows())
        return "[" + "; ".join(rows) + "]"

    def __repr__(self) -> str:
        return f"Matrix({self} over {self.field.name})"

    def row_reduced(self) -> tuple[Matrix, tuple[int, ...]]:
        """The reduced row echelon form and its pivot columns."""
        rows = self.raw_rows()
        pivots, _ = echelon(self.field, rows, self.shape[1])
        return self.field.from_raw(rows, width=self.shape[1]), tuple(pivots)

    def rank(self) -> int:
        """The rank; over Q(x, ...), the rank at almost every value of the symbols."""
        return len(self.row_reduced()[1])

    def det(self) -> Scalar:
        """The determinant. Raises ShapeError unless square."""
        size = self.need_square("the determinant")
        pivots, factor = echelon(self.field, self.raw_rows(), size)
        return Scalar(self.field, factor) if len(pivots) == size else self.field.scalar(0)

    def kernel(self) -> Matrix:
        """A basis of {x : A x = 0}, as the columns of a matrix (n, n - rank)."""
        reduced, pivots = self.row_reduced()
        width = self.shape[1]
        basis = kernel_basis(self.field, reduced.raw_rows(), pivots, width)
        return self.field.from_raw(basis, width=width - len(pivots))

    def solve(self, right: Matrix) -> Matrix:
        """The X with A X = B, for a nonsingular A (n, n).

        Raises ShapeError if the shapes do not fit, DomainError if A is singular.
        """
        size = self.need_square("solve")
        self._need(right.shape[0] == size, "solve", right)
        reduced, pivots = self.hstack(right).row_reduced()
        if pivots[:size] != tuple(range(size)):
            message = f"solve needs a nonsingular matrix, got {self} over {self.field.name}"
            raise DomainError(message)
        return reduced.submatrix(range(size), range(size, size + right.shape[1]))

    def inverse(self) -> Matrix:
        """The inverse. Raises ShapeError unless square, DomainError if singular."""
        return self.solve(self.field.identity(self.need_square("the inverse")))

    def ldl(self) -> LDL:
        """P A P^T = L D L^T for a symmetric matrix. Raises ShapeError for any other."""
        size = self.need_symmetric("LDL^T")
        rows = self.raw_rows()
        order, lower, blocks = ldl_in_place(self.field, rows)
        return LDL(
            permutation=tuple(order),
            lower=self.field.from_raw(lower, width=size),
            middle=self.field.from_raw(rows, width=size),
            blocks=tuple(blocks),
        )

    @abstractmethod
    def inertia(self) -> tuple[int, int, int]:
        """(positive, negative, zero): how many eigenvalues of a symmetric matrix have each sign.

        Raises ShapeError unless symmetric, DomainError where a sign is not known.
        """


class DenseMatrix(Matrix):
    """A matrix over any field; `raw` is the tuple of its rows of raw elements."""

    __slots__ = ("field", "raw", "shape")

    def __init__(self, field: Field, rows: Sequence[Sequence[Element]], width: int) -> None:
        self.field = field
        self.raw = tuple(map(tuple, rows))
        self.shape = (len(self.raw), width)

    def raw_rows(self) -> Rows:
        """The rows as fresh lists."""
        return [list(row) for row in self.raw]

    def entry(self, row: int, column: int) -> Element:
        """The raw element at (row, column)."""
        return self.raw[row][column]

    @property
    def T(self) -> Matrix:  # noqa: N802
        """The transpose."""
        height, width = self.shape
        columns = [list(column) for column in zip(*self.raw, strict=True)] or [[]] * width
        return self.field.from_raw(columns, width=height)

    def _sum(self, other: Matrix, sign: int) -> Matrix:
        combine = self.field.add if sign > 0 else self.field.subtract
        rows = [list(map(combine, a, b)) for a, b in zip(self.raw, other.raw_rows(), strict=True)]
        return self.field.from_raw(rows, width=self.shape[1])

    def _product(self, other: Matrix) -> Matrix:
        columns = other.T.raw_rows()
        rows = [[self.field.dot(row, column) for column in columns] for row in self.raw]
        return self.field.from_raw(rows, width=other.shape[1])

    def _scaled(self, factor: Element) -> Matrix:
        rows = [[self.field.multiply(factor, value) for value in row] for row in self.raw]
        return self.field.from_raw(rows, width=self.shape[1])

    def inertia(self) -> tuple[int, int, int]:
        """(positive, negative, zero): balls first, and the exact LDL^T where they do not settle it.

        Raises ShapeError unless symmetric, DomainError in a field without an order.
        """
        self.need_symmetric("the inertia")
        found = certain_inertia(self.enclose(CONGRUENCE_BITS))
        return self.ldl().inertia() if found is None else (*found, 0)


def _is_sympy(value: Any) -> TypeGuard[sympy.Matrix]:
    """Whether the value is a matrix of SymPy with entries, which is not imported for that."""
    return bool(getattr(value, "is_Matrix", False)) and hasattr(value, "tolist")


def _places(place: int | slice, length: int) -> Sequence[int]:
    """The rows or columns that an index or a slice names."""
    return range(length)[place] if isinstance(place, slice) else [place]


def checked_width(rows: Sequence[Sequence[Element]], width: int | None) -> int:
    """The common length of the rows. Raises ShapeError if they differ, or if there is no row."""
    if width is None:
        if not rows:
            message = "a matrix needs at least one row: use zeros(0, n) for an empty one"
            raise ShapeError(message)
        width = len(rows[0])
    others = {len(row) for row in rows} - {width}
    if others:
        message = f"the rows of a matrix need one length, got {width} and {min(others)}"
        raise ShapeError(message)
    return width


def _restored(field: Field, rows: Sequence[Sequence[object]], width: int) -> Matrix:
    return field.from_raw([[field.restored(value) for value in row] for row in rows], width=width)
