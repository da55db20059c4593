"""Exact kernels of matrices, found in balls and then checked exactly.

Functions: exact_kernel, independent_columns, pivot_rows, near_fraction, relative_sizes, midpoint.

Design notes. Balls show that some pivots are not zero, so the rank is at least r. Where n - r
vectors with rational entries, guessed from the balls, are mapped to zero exactly, the rank is r
and they are a basis. That takes one product over the field instead of an elimination, whose
entries grow in Q(u). Other kernels are eliminated over the field.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import flint

from symbolic_landscape.arithmetic import (
    QQ,
    BallField,
    BallMatrix,
    Field,
    Matrix,
    RationalMatrix,
    modular,
)
from symbolic_landscape.errors import DomainError

if TYPE_CHECKING:
    from collections.abc import Sequence

KERNEL_BITS = 192
SIZE_BITS = 128
MOST_DENOMINATOR = 10**9
MOST_EXPONENT = 1 << 16
LARGEST_RATIONAL = 200
LARGEST_RANK = 40
SMALL_RANK = 2
"""Rank up to which a kernel without rational entries is solved for at the pivots of the balls."""
LARGEST_ELIMINATION = 14
"""Size up to which a matrix outside Q and number fields is eliminated exactly."""


@dataclass(frozen=True)
class Elimination:
    """Rows and columns of pivots that are certainly nonzero, in the order they were taken."""

    rows: tuple[int, ...]
    columns: tuple[int, ...]


def eliminated(matrix: BallMatrix) -> Elimination:
    """Pivots of an elimination in balls; the rank is at least their number."""
    rows = matrix.raw_rows()
    height, width = matrix.shape
    free_rows, free_columns = list(range(height)), list(range(width))
    taken_rows: list[int] = []
    taken_columns: list[int] = []
    with matrix.field.working():
        while free_rows and free_columns:
            size, i, j = max(
                ((rows[i][j].abs_lower(), i, j) for i in free_rows for j in free_columns),
                key=lambda candidate: candidate[0].mid(),
            )
            if not size > 0:
                break
            taken_rows.append(i)
            taken_columns.append(j)
            free_rows.remove(i)
            free_columns.remove(j)
            for k in free_rows:
                factor = rows[k][j] / rows[i][j]
                for m in free_columns:
                    rows[k][m] -= factor * rows[i][m]
    return Elimination(tuple(taken_rows), tuple(taken_columns))


def exact_kernel(matrix: Matrix) -> Matrix:
    """A basis of {x : A x = 0} as the columns of a matrix (n, n - rank), over the field of A.

    Raises DomainError: A lies in a field where neither a guess nor an elimination settles the
    kernel.
    """
    large = matrix.shape[1] > LARGEST_RATIONAL
    if isinstance(matrix, RationalMatrix) and not (large and _least_rank(matrix) > LARGEST_RANK):
        return matrix.kernel()
    if large:
        message = f"kernels of more than {LARGEST_RATIONAL} columns are not computed"
        raise DomainError(message)
    if isinstance(matrix.field, BallField) or matrix.field.free_symbols:
        message = f"an exact kernel needs numbers of an exact field, got {matrix.field.name}"
        raise DomainError(message)
    width = matrix.shape[1]
    balls = BallMatrix(BallField(KERNEL_BITS), matrix.enclose(KERNEL_BITS))
    found = eliminated(balls)
    guess = _guessed(balls, found)
    if guess is not None and (matrix @ guess).is_zero:
        return guess.over(matrix.field)
    if len(found.rows) <= SMALL_RANK:
        guess = _solved(matrix, found)
        if (matrix @ guess).is_zero:
            return guess
    small = matrix.field.decides_equality and width <= LARGEST_ELIMINATION
    if small or _has_finite_basis(matrix.field):
        return matrix.kernel()
    message = (
        f"the kernel of a matrix of shape {matrix.shape} over {matrix.field.name} "
        f"was not found: the rank is at least {len(found.rows)}"
    )
    raise DomainError(message)


def _least_rank(matrix: RationalMatrix) -> int:
    """The rank modulo one prime, which is no greater than the rank."""
    return len(modular.independent_columns(matrix.integral()))


def _solved(matrix: Matrix, found: Elimination) -> Matrix:
    """The columns (n, n - r) that the rows of the pivots map to 0; a kernel if r is the rank.

    The pivots come in an order in which none of them is 0 when its turn comes.
    """
    field, width = matrix.field, matrix.shape[1]
    free = [j for j in range(width) if j not in set(found.columns)]
    rows = matrix.submatrix(found.rows, [*found.columns, *free]).raw_rows()
    for i, pivot in enumerate(rows):
        scale = field.inverse(pivot[i])
        rows[i] = [field.multiply(value, scale) for value in pivot]
        for k, row in enumerate(rows):
            if k != i:
                factor = row[i]
                rows[k] = [
                    field.subtract(value, field.multiply(factor, lead))
                    for value, lead in zip(row, rows[i], strict=True)
                ]
    zero, one = field.constant(Fraction(0)), field.constant(Fraction(1))
    entries = [[zero] * len(free) for _ in range(width)]
    for place, column in enumerate(free):
        entries[column][place] = one
    for column, row in zip(found.columns, rows, strict=True):
        entries[column] = [field.negative(value) for value in row[len(found.columns) :]]
    return field.from_raw(entries, width=len(free))


def _has_finite_basis(field: Field) -> bool:
    """Whether the field has a finite basis over Q, so that elimination does not blow up."""
    try:
        field.coordinates(field.constant(Fraction(1)))
    except DomainError:
        return False
    return True


def _guessed(balls: BallMatrix, found: Elimination) -> Matrix | None:
    """Rational columns (n, n - r) close to the kernel if the rank is r, or None."""
    width = balls.shape[1]
    free = [j for j in range(width) if j not in set(found.columns)]
    if not free:
        return QQ.zeros(width, 0)
    if not found.rows:
        return QQ.identity(width)
    block = balls.submatrix(found.rows, found.columns)
    side = balls.submatrix(found.rows, free)
    try:
        solution = block.solve(side.scale(-1))
    except DomainError:
        return None
    entries: list[list[Any]] = [[Fraction(0)] * len(free) for _ in range(width)]
    for place, column in enumerate(free):
        entries[column][place] = Fraction(1)
    for row, column in zip(solution.raw_rows(), found.columns, strict=True):
        entries[column] = [near_fraction(value, MOST_DENOMINATOR) for value in row]
    return QQ.matrix(entries)


def near_fraction(ball: flint.arb, largest: int) -> Fraction:
    """A fraction near the midpoint of a ball with a denominator up to the given one; a guess."""
    return midpoint(ball).limit_denominator(largest)


def relative_sizes(balls: Sequence[flint.arb]) -> list[Fraction]:
    """Fractions near the balls over the largest of them; 0 where a ball is much smaller."""
    with BallField(SIZE_BITS).working():
        largest = max((abs(ball).mid() for ball in balls), key=lambda size: size)
        if not largest > 0:
            return [Fraction(0)] * len(balls)
        shares = [ball.mid() / largest for ball in balls]
        small = flint.arb(2) ** -SIZE_BITS
        return [near_fraction(x, 1 << 10) if abs(x) > small else Fraction(0) for x in shares]


def midpoint(ball: flint.arb) -> Fraction:
    """The midpoint of a ball, exactly.

    Raises DomainError if it is not finite, or needs an exponent of more than 2^16.
    """
    if not ball.is_finite():
        message = f"a finite ball was needed, got {ball}"
        raise DomainError(message)
    mantissa, exponent = map(int, ball.mid().man_exp())
    if abs(exponent) > MOST_EXPONENT:
        message = f"a ball with an exponent of at most {MOST_EXPONENT} was needed, got {exponent}"
        raise DomainError(message)
    return Fraction(mantissa) * Fraction(2) ** exponent


def pivot_rows(columns: Matrix) -> tuple[int, ...]:
    """Rows of an exact matrix (n, k) whose square block with independent columns is nonsingular.

    Their number is the rank; the unit vectors of the other rows complete the columns to a basis.
    """
    return columns.T.row_reduced()[1]


def independent_columns(matrix: Matrix) -> Matrix:
    """The first columns of an exact matrix (n, k) that form a basis of its range (n, rank)."""
    chosen: Sequence[int] = matrix.row_reduced()[1]
    return matrix.submatrix(range(matrix.shape[0]), chosen)
