"""Elimination over any field with a decidable zero: echelon form, kernel, and pivots of L D L^T.

The functions work on lists of rows of raw elements and change them in place.

Design notes. L D L^T pivots by exact tests, on the first nonzero diagonal entry, with a block of
size 2 where every remaining diagonal entry is zero; so it exists for every symmetric matrix.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from symbolic_landscape.arithmetic.fields import ONE, ZERO, Field

if TYPE_CHECKING:
    from collections.abc import Sequence

    from symbolic_landscape.arithmetic.scalars import Element

    Rows = list[list[Element]]


def echelon(field: Field, rows: Rows, width: int) -> tuple[list[int], Element]:
    """Brings rows to reduced echelon form; returns pivot columns and signed pivot product."""
    factor = field.constant(ONE)
    pivots: list[int] = []
    for column in range(width):
        top = len(pivots)
        found = next((i for i in range(top, len(rows)) if not field.is_zero(rows[i][column])), None)
        if found is None:
            continue
        if found != top:
            rows[top], rows[found] = rows[found], rows[top]
            factor = field.negative(factor)
        pivot = rows[top][column]
        factor = field.multiply(factor, pivot)
        scale = field.inverse(pivot)
        rows[top] = [field.multiply(scale, value) for value in rows[top]]
        for i, row in enumerate(rows):
            if i != top and not field.is_zero(row[column]):
                rows[i] = _combined(field, row, rows[top], field.negative(row[column]))
        pivots.append(column)
    return pivots, factor


def kernel_basis(field: Field, reduced: Rows, pivots: Sequence[int], width: int) -> Rows:
    """Rows of a matrix (n, n - rank) whose columns span the kernel of a reduced form."""
    free = [j for j in range(width) if j not in set(pivots)]
    basis = [[field.constant(ZERO)] * len(free) for _ in range(width)]
    for place, column in enumerate(free):
        basis[column][place] = field.constant(ONE)
        for i, pivot in enumerate(pivots):
            basis[pivot][place] = field.negative(reduced[i][column])
    return basis


def ldl_in_place(field: Field, rows: Rows) -> tuple[list[int], Rows, list[int]]:
    """Turns symmetric rows A into D; returns the order of the rows, the rows of L, the block sizes.

    With P the permutation of that order, P A P^T = L D L^T.
    """
    size = len(rows)
    order = list(range(size))
    zero, one = field.constant(ZERO), field.constant(ONE)
    lower = [[one if i == j else zero for j in range(size)] for i in range(size)]
    blocks: list[int] = []
    at = 0
    while at < size:
        width = _bring_pivot(field, rows, lower, order, at)
        _eliminate(field, rows, lower, at, width)
        blocks.append(width)
        at += width
    return order, lower, blocks


def _combined(
    field: Field, row: Sequence[Element], other: Sequence[Element], factor: Element
) -> list[Element]:
    """The row plus factor times the other row."""
    return [
        a if field.is_zero(b) else field.add(a, field.multiply(factor, b))
        for a, b in zip(row, other, strict=True)
    ]


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
    """Moves a pivot to place `at`; returns its size, 2 only if the remaining diagonal is zero."""
    size = len(rows)
    for i in range(at, size):
        if not field.is_zero(rows[i][i]):
            _swap(rows, lower, order, at, i, at)
            return 1
    for i in range(at + 1, size):
        for j in range(at, i):
            if not field.is_zero(rows[i][j]):
                _swap(rows, lower, order, at, j, at)
                _swap(rows, lower, order, at + 1, i, at)
                return 2
    return 1


def _eliminate(field: Field, rows: Rows, lower: Rows, at: int, width: int) -> None:
    """Clears the rows and columns of the pivot block at `at` below it; nothing if it is zero."""
    zero = field.constant(ZERO)
    if width == 1:
        if field.is_zero(rows[at][at]):
            return
        inverse = [[field.inverse(rows[at][at])]]
    else:
        flip = field.inverse(rows[at][at + 1])
        inverse = [[zero, flip], [flip, zero]]
    places = range(at, at + width)
    below = range(at + width, len(rows))
    for i in below:
        couplings = [rows[i][p] for p in places]
        for q in range(width):
            lower[i][at + q] = field.dot(couplings, [inverse[p][q] for p in range(width)])
    for i in below:
        for p in places:
            if not field.is_zero(lower[i][p]):
                rest = _combined(
                    field,
                    rows[i][at + width :],
                    rows[p][at + width :],
                    field.negative(lower[i][p]),
                )
                rows[i][at + width :] = rest
    for i in below:
        for p in places:
            rows[i][p] = rows[p][i] = zero
