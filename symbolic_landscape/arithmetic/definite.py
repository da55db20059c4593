"""Definiteness and eigenvalues of symmetric ball matrices.

Functions: certainly_definite, eigenvalue_enclosures.

A ball matrix stands for all symmetric matrices inside it; the answers hold for each of them.

Design notes. The plain L D L^T, row by row, is in `pivots`. Larger matrices are first tried in
floating point with bounds of its rounding errors (`rounding`), and balls of doubles only there.
Where that does not settle it, `certainly_definite` takes the Schur complements of L D L^T in
blocks, so that the products are done by flint, and the eigenvalues are enclosed by products of ball
matrices.
"""

from __future__ import annotations

from typing import Any

import flint

from symbolic_landscape.arithmetic.balls import BallMatrix
from symbolic_landscape.arithmetic.doubles import Doubles
from symbolic_landscape.arithmetic.pivots import eliminated
from symbolic_landscape.arithmetic.rounding import (
    definite_by_rounding,
    eigenvectors,
    spectrum_by_rounding,
)
from symbolic_landscape.errors import DomainError

BLOCK = 24
"""Matrices up to this size are eliminated row by row."""
MOST_HEAD = 128
"""At most so many rows are eliminated at once: beyond, solving costs flint more than products."""

LARGEST_IN_BALLS = 64
"""Eigenvalues of matrices up to this size are taken in balls alone, which are narrower."""


def certainly_definite(matrix: BallMatrix) -> bool:
    """True if every symmetric matrix inside is positive definite; False says nothing.

    Raises ShapeError unless the ball matrix contains a symmetric matrix.
    """
    size = matrix.need_symmetric("definiteness")
    with matrix.field.working():
        settled = definite_by_rounding(_shortest(matrix)) if size > BLOCK else None
        if settled is None and (matrix.doubles is None or size <= BLOCK):
            settled = _definite(matrix.raw)
        return bool(settled)


def _shortest(matrix: BallMatrix) -> flint.arb_mat | Doubles:
    """The balls of doubles where the matrix has them."""
    return matrix.raw if matrix.doubles is None else matrix.doubles


def _definite(raw: flint.arb_mat) -> bool:
    """Whether the leading block and its Schur complement are certainly positive definite."""
    size = raw.nrows()
    table = raw.table()
    if size <= BLOCK:
        values = eliminated([list(row) for row in table])
        return len(values) == size and all(pivot > 0 for pivot in values)
    head = min(MOST_HEAD, max(BLOCK, size // 2))
    top = flint.arb_mat([row[:head] for row in table[:head]])
    if not _definite(top):
        return False
    side = flint.arb_mat([row[:head] for row in table[head:]])
    rest = flint.arb_mat([row[head:] for row in table[head:]])
    try:
        solution = top.solve(side.transpose())
    except ZeroDivisionError:
        return False
    return _definite(rest - side * solution)


def eigenvalue_enclosures(matrix: BallMatrix) -> tuple[flint.arb, ...]:
    """Balls for the eigenvalues of the symmetric matrices inside, in increasing order.

    The i-th ball contains the i-th smallest eigenvalue of each of them; balls may overlap.
    Approximate eigenvectors Q are found in floating point, and only serve as a basis: the
    eigenvalues of Q^T A Q lie in Gershgorin's discs by Weyl, and are those of A up to factors in
    the range of Q^T Q by Ostrowski. Raises ShapeError unless a symmetric matrix lies inside,
    DomainError if Q is too far from orthogonal.
    """
    size = matrix.need_symmetric("eigenvalues")
    if size == 0:
        return ()
    with matrix.field.working():
        found = spectrum_by_rounding(_shortest(matrix)) if size > LARGEST_IN_BALLS else None
        if found is not None:
            spread = flint.arb(0, flint.arb(found.spread))
            stretch = flint.arb(2) ** found.exponent / flint.arb(1, flint.arb(found.defect))
            return tuple((centre + spread) * stretch for centre in found.centres)
        basis = flint.arb_mat(_approximate_eigenvectors(matrix))
        transposed = basis.transpose()
        gram = (transposed * basis).table()
        defect = _largest_row_sum(
            [[value - (i == j) for j, value in enumerate(row)] for i, row in enumerate(gram)]
        )
        if not defect < 1:
            message = f"the approximate eigenvectors of {matrix} are not close to orthogonal"
            raise DomainError(message)
        table = (transposed * matrix.raw * basis).table()
        diagonal = [table[i][i] for i in range(size)]
        outside = _largest_row_sum(
            [[value * (i != j) for j, value in enumerate(row)] for i, row in enumerate(table)]
        )
        lower = sorted((entry.lower() for entry in diagonal), key=lambda end: end.mid())
        upper = sorted((entry.upper() for entry in diagonal), key=lambda end: end.mid())
        spread, stretch = flint.arb(0, outside), 1 / flint.arb(1, defect)
        return tuple((a.union(b) + spread) * stretch for a, b in zip(lower, upper, strict=True))


def _largest_row_sum(table: list[list[Any]]) -> flint.arb:
    """An upper bound of the absolute row sums, and so of the norm of a symmetric matrix."""
    sums = (sum((value.abs_upper() for value in row), flint.arb(0)).upper() for row in table)
    return max(sums, key=lambda total: total.mid())


def _approximate_eigenvectors(matrix: BallMatrix) -> list[list[float]]:
    """Columns close to an orthonormal basis of eigenvectors of the midpoint, in floating point.

    Raises DomainError if the entries are too large for it.
    """
    import numpy as np

    floats = np.array([[float(value.mid()) for value in row] for row in matrix.raw.table()])
    basis = eigenvectors((floats + floats.T) / 2) if np.isfinite(floats).all() else None
    if basis is None:
        message = f"the entries of {matrix} are too large for approximate eigenvectors"
        raise DomainError(message)
    columns: list[list[float]] = basis.tolist()
    return columns
