"""Inertia of a symmetric matrix from an approximate diagonalisation, certified in balls.

Functions: certain_inertia, shifted_floats.

Design notes. W is found in floating point, with W A W^T close to a diagonal matrix of signs. Only
the product B = W A W^T is taken in balls: if B is strictly diagonally dominant, then B, and with it
W, is nonsingular, and by Sylvester's law A has as many eigenvalues of each sign as B has diagonal
entries. Where the floats are too coarse the answer is None, never a wrong one.
"""

from __future__ import annotations

import math
import operator

import flint

from symbolic_landscape.arithmetic.scalars import working_precision

CONGRUENCE_BITS = 96
SMALL_PIVOT = 0.1
"""A diagonal pivot smaller than this part of the largest entry is first enlarged."""


def certain_inertia(
    matrix: flint.arb_mat | flint.fmpz_mat, approximation: list[list[float]]
) -> tuple[int, int] | None:
    """(positive, negative) for a nonsingular symmetric matrix, or None if it is not certified.

    The approximation is the matrix in floating point, up to a positive factor; for a ball matrix
    the answer holds for every symmetric matrix inside.
    """
    transform = _diagonalising(approximation)
    if transform is None:
        return None
    with working_precision(CONGRUENCE_BITS):
        basis = flint.arb_mat(transform)
        table = (basis * flint.arb_mat(matrix) * basis.transpose()).table()
        positive = 0
        for i, row in enumerate(table):
            others = (value.abs_upper() for j, value in enumerate(row) if j != i)
            radius = sum(others, flint.arb(0))
            if row[i] > radius:
                positive += 1
            elif not row[i] < -radius:
                return None
    return positive, len(table) - positive


def _diagonalising(matrix: list[list[float]]) -> list[list[float]] | None:
    """Rows W with W A W^T close to a diagonal of signs; None if a pivot is zero or not finite."""
    size = len(matrix)
    active = [list(row) for row in matrix]
    basis = [[float(i == j) for j in range(size)] for i in range(size)]
    rows: list[list[float]] = []
    while active:
        k = _enlarged_pivot(active, basis)
        pivot_row, vector = active.pop(k), basis.pop(k)
        pivot = pivot_row.pop(k)
        if pivot == 0.0 or not math.isfinite(pivot):
            return None
        scale = 1 / math.sqrt(abs(pivot))
        rows.append([scale * x for x in vector])
        for i, row in enumerate(active):
            factor = row.pop(k) / pivot
            if factor:
                active[i] = [x - factor * y for x, y in zip(row, pivot_row, strict=True)]
                basis[i] = [x - factor * y for x, y in zip(basis[i], vector, strict=True)]
    return rows


def _enlarged_pivot(active: list[list[float]], basis: list[list[float]]) -> int:
    """The place of the largest diagonal entry, after adding a row to it where it is small."""
    places = range(len(active))
    k = max(places, key=lambda i: abs(active[i][i]))
    largest = [max(map(abs, row)) for row in active]
    row = max(places, key=largest.__getitem__)
    if abs(active[k][k]) >= SMALL_PIVOT * largest[row]:
        return k
    column = max(places, key=lambda j: abs(active[row][j]) * (j != row))
    grow = active[row][column] * (active[row][row] + active[column][column]) >= 0
    combine = operator.add if grow else operator.sub
    active[row] = list(map(combine, active[row], active[column]))
    for line in active:
        line[row] = combine(line[row], line[column])
    basis[row] = list(map(combine, basis[row], basis[column]))
    return row


def shifted_floats(matrix: flint.fmpz_mat) -> tuple[list[list[float]], float]:
    """The integers over a power of 2 as floats, and a bound of the error besides rounding."""
    bits = max((int(value).bit_length() for value in matrix.entries()), default=0)
    shift = max(0, bits - 200)
    if not shift:
        return [list(map(float, row)) for row in matrix.table()], 0.0
    return [[float(int(value) >> shift) for value in row] for row in matrix.table()], 1.0
