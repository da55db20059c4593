"""Matrices over a field, and the exact algorithms that need no more than a decidable zero.

`Matrix` is what every field hands out. `DenseMatrix` holds rows of raw elements of any field;
`RationalMatrix` (in `exact`) and `BallMatrix` (in `balls`) hold a matrix of flint.

Functions of a matrix over an exact field: det, rank, row_reduced, kernel, solve, inverse, ldl, inertia.

Design notes. LDL^T pivots by exact tests, with blocks of size 2 where every remaining diagonal entry is
zero; so it exists for every symmetric matrix, and the inertia is read off its blocks by Sylvester's law.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from symbolic_landscape.arithmetic.scalars import Element, Field, Scalar, common_field
from symbolic_landscape.errors import DomainError, ShapeError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import flint
    import sympy

Rows = list[list[Element]]
ZERO, ONE = Fraction(0), Fraction(1)


@dataclass(frozen=True)
class LDL:
    """P A P^T = L D L^T for a symmetric A (n, n): L unit lower triangular, D of blocks of size 1 and 2.

    Row i of P A P^T is row `permutation[i]` of A; `blocks` lists the sizes of the blocks of D.
    """

    permutation: tuple[int, ...]
    lower: Matrix
    middle: Matrix
    blocks: tuple[int, ...]

    def inertia(self) -> tuple[int, int, int]:
        """(positive, negative, zero): how many eigenvalues of A have each sign."""
        positive = negative = zero = at = 0
        for size in self.blocks:
            if size == 2:  # a block [[0, b], [b, 0]] or any with negative determinant
                positive, negative = positive + 1, negative + 1
            else:
                sign = self.middle[at, at].sign()
                positive, negative = positive + (sign > 0), negative + (sign < 0)
                zero += sign == 0
            at += size
        return positive, negative, zero


class Matrix(ABC):
    """A matrix over a field; immutable. `@` is the matrix product, `hadamard` the entrywise one."""

    __slots__ = ()

    field: Field
    shape: tuple[int, int]

    @abstractmethod
    def raw_rows(self) -> Rows:
        """The rows as lists of raw elements."""

    @abstractmethod
    def entry(self, row: int, column: int) -> Element:
        """The raw element at (row, column), counted from 0."""

    @property
    @abstractmethod
    def T(self) -> Matrix:
        """The transpose."""

    @abstractmethod
    def _sum(self, other: Matrix, sign: int) -> Matrix:
        """self + sign * other, over one field and of one shape."""

    @abstractmethod
    def _product(self, other: Matrix) -> Matrix:
        """self @ other, over one field."""

    @abstractmethod
    def _scaled(self, factor: Element) -> Matrix:
        """The matrix times a raw element."""

    def __reduce__(self) -> tuple[Any, ...]:
        rows = [[self.field.portable(value) for value in row] for row in self.raw_rows()]
        return (_restored, (self.field, rows, self.shape[1]))

    def over(self, field: Field) -> Matrix:
        """The same matrix over a field that contains its own. Raises DomainError elsewhere."""
        if field == self.field:
            return self
        rows = [[field.raw(value) for value in row] for row in self.tolist()]
        return field.from_raw(rows, width=self.shape[1])

    def _paired(self, other: Matrix) -> tuple[Matrix, Matrix]:
        if self.field == other.field:
            return self, other
        field = common_field(self.field, other.field)
        return self.over(field), other.over(field)

    def _need(self, condition: bool, operation: str, other: Matrix) -> None:
        if not condition:
            message = f"{operation} needs fitting shapes, got {self.shape} and {other.shape}"
            raise ShapeError(message)

    def _need_square(self, operation: str) -> int:
        height, width = self.shape
        if height != width:
            message = f"{operation} needs a square matrix, got shape {self.shape}"
            raise ShapeError(message)
        return height

    def _need_symmetric(self, operation: str) -> int:
        size = self._need_square(operation)
        if not self.is_symmetric:
            message = f"{operation} needs a symmetric matrix, got {self}"
            raise ShapeError(message)
        return size

    def __add__(self, other: Matrix) -> Matrix:
        self._need(self.shape == other.shape, "A + B", other)
        a, b = self._paired(other)
        return a._sum(b, 1)

    def __sub__(self, other: Matrix) -> Matrix:
        self._need(self.shape == other.shape, "A - B", other)
        a, b = self._paired(other)
        return a._sum(b, -1)

    def __neg__(self) -> Matrix:
        return self.scale(-1)

    def __matmul__(self, other: Matrix) -> Matrix:
        self._need(self.shape[1] == other.shape[0], "A @ B", other)
        a, b = self._paired(other)
        return a._product(b)

    def scale(self, factor: object) -> Matrix:
        """The matrix times a scalar."""
        if isinstance(factor, Scalar) and factor.field != self.field:
            field = common_field(self.field, factor.field)
            return self.over(field)._scaled(field.raw(factor))
        return self._scaled(self.field.raw(factor))

    def hadamard(self, other: Matrix) -> Matrix:
        """The entrywise product."""
        self._need(self.shape == other.shape, "the entrywise product", other)
        a, b = self._paired(other)
        multiply = a.field.multiply
        rows = [
            list(map(multiply, left, right))
            for left, right in zip(a.raw_rows(), b.raw_rows(), strict=True)
        ]
        return a.field.from_raw(rows, width=self.shape[1])

    def __getitem__(self, place: tuple[int, int]) -> Scalar:
        row, column = place
        height, width = self.shape
        if not (-height <= row < height and -width <= column < width):
            message = f"entry {place} lies outside a matrix of shape {self.shape}"
            raise ShapeError(message)
        return Scalar(self.field, self.entry(row % height, column % width))

    def __iter__(self) -> Iterator[Matrix]:
        message = "a Matrix is not a sequence: use tolist(), row(i) or column(j)"
        raise TypeError(message)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Matrix):
            return NotImplemented
        if self.shape != other.shape:
            return False
        field = common_field(self.field, other.field)
        difference = (self - other).raw_rows()
        return all(field.is_zero(value) for row in difference for value in row)

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
        return height == width and all(
            self[i, j] == self[j, i] for i in range(height) for j in range(i)
        )

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
        try:
            picked = [[row[j] for j in chosen] for row in map(self.raw_rows().__getitem__, rows)]
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
        """The sum of the diagonal."""
        size = self._need_square("the trace")
        total = self.field.scalar(0)
        for i in range(size):
            total = total + self[i, i]
        return total

    def to_sympy(self) -> sympy.Matrix:
        """The same matrix as a SymPy Matrix."""
        import sympy

        entries = [self.field.to_sympy(value) for row in self.raw_rows() for value in row]
        return sympy.Matrix(*self.shape, entries)

    def enclose(self, bits: int = 256) -> flint.arb_mat:
        """A flint ball matrix that contains it, computed with `bits` bits."""
        import flint

        entries = [self.field.enclosure(value, bits) for row in self.raw_rows() for value in row]
        return flint.arb_mat(*self.shape, entries)

    def __str__(self) -> str:
        if max(self.shape) > 12:
            return f"matrix {self.shape} over {self.field.name}"
        rows = (", ".join(map(self.field.text, row)) for row in self.raw_rows())
        return "[" + "; ".join(rows) + "]"

    def __repr__(self) -> str:
        return f"Matrix({self} over {self.field.name})"

    def _echelon(self) -> tuple[Rows, list[int], Element]:
        """Reduced row echelon form, pivot columns, and the product of the pivots with its sign."""
        field = self.field
        rows = self.raw_rows()
        height, width = self.shape
        factor = field.constant(ONE)
        pivots: list[int] = []
        for column in range(width):
            top = len(pivots)
            found = next(
                (i for i in range(top, height) if not field.is_zero(rows[i][column])), None
            )
            if found is None:
                continue
            if found != top:
                rows[top], rows[found] = rows[found], rows[top]
                factor = field.negative(factor)
            pivot = rows[top][column]
            factor = field.multiply(factor, pivot)
            scale = field.inverse(pivot)
            rows[top] = [field.multiply(scale, value) for value in rows[top]]
            for i in range(height):
                if i != top and not field.is_zero(rows[i][column]):
                    rows[i] = _combined(field, rows[i], rows[top], field.negative(rows[i][column]))
            pivots.append(column)
        return rows, pivots, factor

    def row_reduced(self) -> tuple[Matrix, tuple[int, ...]]:
        """The reduced row echelon form and its pivot columns."""
        rows, pivots, _ = self._echelon()
        return self.field.from_raw(rows, width=self.shape[1]), tuple(pivots)

    def rank(self) -> int:
        """The rank; over rational functions, the rank at almost every value of the symbols."""
        return len(self._echelon()[1])

    def det(self) -> Scalar:
        """The determinant. Raises ShapeError unless square."""
        size = self._need_square("the determinant")
        _, pivots, factor = self._echelon()
        return Scalar(self.field, factor) if len(pivots) == size else self.field.scalar(0)

    def kernel(self) -> Matrix:
        """A basis of {x : A x = 0} as the columns of a matrix (n, n - rank)."""
        reduced, pivots = self.row_reduced()
        return _kernel_of(reduced, pivots)

    def solve(self, right: Matrix) -> Matrix:
        """The X with A X = B for a nonsingular A. Raises ShapeError, DomainError if A is singular."""
        size = self._need_square("solve")
        self._need(right.shape[0] == size, "solve", right)
        reduced, pivots = self.hstack(right).row_reduced()
        if list(pivots[:size]) != list(range(size)):
            message = f"solve needs a nonsingular matrix, got {self} over {self.field.name}"
            raise DomainError(message)
        return reduced.submatrix(range(size), range(size, size + right.shape[1]))

    def inverse(self) -> Matrix:
        """The inverse. Raises ShapeError unless square, DomainError if singular."""
        return self.solve(self.field.identity(self._need_square("the inverse")))

    def ldl(self) -> LDL:
        """P A P^T = L D L^T. Raises ShapeError unless symmetric."""
        size = self._need_symmetric("LDL^T")
        field = self.field
        order = list(range(size))
        rows = self.raw_rows()
        zero = field.constant(ZERO)
        one = field.constant(ONE)
        lower = [[one if i == j else zero for j in range(size)] for i in range(size)]
        blocks: list[int] = []
        at = 0
        while at < size:
            width = _bring_pivot(field, rows, lower, order, at)
            _eliminate(field, rows, lower, at, width)
            blocks.append(width)
            at += width
        return LDL(
            permutation=tuple(order),
            lower=field.from_raw(lower, width=size),
            middle=field.from_raw(rows, width=size),
            blocks=tuple(blocks),
        )

    def inertia(self) -> tuple[int, int, int]:
        """(positive, negative, zero) eigenvalue counts of a symmetric matrix over an ordered field."""
        return self.ldl().inertia()


def _combined(
    field: Field, row: Sequence[Element], other: Sequence[Element], factor: Element
) -> list[Element]:
    """row + factor * other."""
    return [
        field.add(a, field.multiply(factor, b)) if not field.is_zero(b) else a
        for a, b in zip(row, other, strict=True)
    ]


def _kernel_of(reduced: Matrix, pivots: Sequence[int]) -> Matrix:
    field = reduced.field
    width = reduced.shape[1]
    rows = reduced.raw_rows()
    free = [j for j in range(width) if j not in set(pivots)]
    zero = field.constant(ZERO)
    one = field.constant(ONE)
    basis: Rows = [[zero] * len(free) for _ in range(width)]
    for place, column in enumerate(free):
        basis[column][place] = one
        for i, pivot in enumerate(pivots):
            basis[pivot][place] = field.negative(rows[i][column])
    return field.from_raw(basis, width=len(free))


def _swap(rows: Rows, lower: Rows, order: list[int], i: int, j: int, done: int) -> None:
    if i == j:
        return
    order[i], order[j] = order[j], order[i]
    rows[i], rows[j] = rows[j], rows[i]
    for row in rows:
        row[i], row[j] = row[j], row[i]
    for k in range(done):
        lower[i][k], lower[j][k] = lower[j][k], lower[i][k]


def _bring_pivot(field: Field, rows: Rows, lower: Rows, order: list[int], at: int) -> int:
    """Moves a pivot to place `at` and returns its size: 1, or 2 if the remaining diagonal is zero."""
    size = len(rows)
    for i in range(at, size):
        if not field.is_zero(rows[i][i]):
            _swap(rows, lower, order, at, i, at)
            return 1
    for i in range(at, size):
        for j in range(i):
            if j >= at and not field.is_zero(rows[i][j]):
                _swap(rows, lower, order, at, j, at)
                _swap(rows, lower, order, at + 1, i, at)
                return 2
    return 1


def _eliminate(field: Field, rows: Rows, lower: Rows, at: int, width: int) -> None:
    """Subtracts the pivot block at `at` from the rows below it, and clears its row and column."""
    size = len(rows)
    zero = field.constant(ZERO)
    if width == 1 and field.is_zero(rows[at][at]):
        return
    places = range(at, at + width)
    if width == 1:
        inverse = {(at, at): field.inverse(rows[at][at])}
    else:
        flip = field.inverse(rows[at][at + 1])
        inverse = {(at, at): zero, (at, at + 1): flip, (at + 1, at): flip, (at + 1, at + 1): zero}
    for i in range(at + width, size):
        for q in places:
            lower[i][q] = field.dot([rows[i][p] for p in places], [inverse[p, q] for p in places])
    for i in range(at + width, size):
        for p in places:
            if not field.is_zero(lower[i][p]):
                rest = rows[p][at + width :]
                minus = field.negative(lower[i][p])
                rows[i][at + width :] = _combined(field, rows[i][at + width :], rest, minus)
    for i in range(at + width, size):
        for p in places:
            rows[i][p] = rows[p][i] = zero


class DenseMatrix(Matrix):
    """A matrix over any field, held as rows of raw elements."""

    __slots__ = ("_rows", "field", "shape")

    def __init__(self, field: Field, rows: Sequence[Sequence[Element]], width: int) -> None:
        self.field = field
        self._rows = tuple(map(tuple, rows))
        self.shape = (len(self._rows), width)

    def raw_rows(self) -> Rows:
        return [list(row) for row in self._rows]

    def entry(self, row: int, column: int) -> Element:
        return self._rows[row][column]

    @property
    def T(self) -> DenseMatrix:
        height, width = self.shape
        columns = list(zip(*self._rows, strict=True)) if height else [()] * width
        return DenseMatrix(self.field, columns, height)

    def _sum(self, other: Matrix, sign: int) -> DenseMatrix:
        combine = self.field.add if sign > 0 else self.field.subtract
        rows = [list(map(combine, a, b)) for a, b in zip(self._rows, other.raw_rows(), strict=True)]
        return DenseMatrix(self.field, rows, self.shape[1])

    def _product(self, other: Matrix) -> DenseMatrix:
        columns = other.T.raw_rows()
        rows = [[self.field.dot(row, column) for column in columns] for row in self._rows]
        return DenseMatrix(self.field, rows, other.shape[1])

    def _scaled(self, factor: Element) -> DenseMatrix:
        rows = [[self.field.multiply(factor, value) for value in row] for row in self._rows]
        return DenseMatrix(self.field, rows, self.shape[1])


def checked_width(rows: Sequence[Sequence[Element]], width: int | None) -> int:
    """The common length of the rows. Raises ShapeError if they differ, or if there is no row."""
    if width is None:
        if not rows:
            message = "a matrix needs at least one row: use zeros(0, n) for an empty one"
            raise ShapeError(message)
        width = len(rows[0])
    lengths = {len(row) for row in rows} - {width}
    if lengths:
        message = f"rows of a matrix need one length {width}, got also {min(lengths)}"
        raise ShapeError(message)
    return width


def _restored(field: Field, rows: Sequence[Sequence[object]], width: int) -> Matrix:
    return field.from_raw([[field.restored(value) for value in row] for row in rows], width=width)
