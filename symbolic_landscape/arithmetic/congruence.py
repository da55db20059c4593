"""Inertia of a symmetric matrix from an approximate diagonalisation, certified in balls.

Functions: certain_inertia, shifted_floats.

Design notes. W is found in floating point, with W A W^T close to a diagonal matrix of signs. Only
the product B = W A W^T is taken in balls: if B is strictly diagonally dominant, then B, and with it
W, is nonsingular, and by Sylvester's law A has as many eigenvalues of each sign as B has diagonal
entries. Where the floats were too coarse for A, they are right for B on the next pass, for its
small eigenvalues are no longer small beside the others. Where no pass suffices the answer is None,
never a wrong one.
"""

from __future__ import annotations

import flint

from symbolic_landscape.arithmetic.rounding import eigenvectors
from symbolic_landscape.arithmetic.scalars import working_precision

CONGRUENCE_BITS = 96
PASSES = 4
"""Each pass sees eigenvalues that are smaller by 2^-50 or so, and takes as many bits more."""
PASS_BITS = 64
NOISE = 2.0**-56
"""Eigenvalues that are smaller beside the largest one are rounding errors."""


def certain_inertia(matrix: flint.arb_mat | flint.fmpz_mat) -> tuple[int, int] | None:
    """(positive, negative) for a nonsingular symmetric matrix, or None if it is not certified.

    For a ball matrix the answer holds for every symmetric matrix inside.
    """
    size = matrix.nrows()
    transform = None
    for step in range(PASSES):
        with working_precision(CONGRUENCE_BITS + step * PASS_BITS):
            image = flint.arb_mat(matrix)
            if transform is not None:
                image = transform * image * transform.transpose()
                found = _dominant_signs(image)
                if found is not None:
                    return found
            change = _diagonalising(image)
            if change is None:
                return (0, 0) if size == 0 else None
            transform = change if transform is None else (change * transform).mid()
    return None


def _dominant_signs(matrix: flint.arb_mat) -> tuple[int, int] | None:
    """How many positive and negative diagonal entries a strictly dominant diagonal has, or None."""
    positive = 0
    for i, row in enumerate(matrix.table()):
        others = (value.abs_upper() for j, value in enumerate(row) if j != i)
        radius = sum(others, flint.arb(0))
        if row[i] > radius:
            positive += 1
        elif not row[i] < -radius:
            return None
    return positive, matrix.nrows() - positive


def _diagonalising(matrix: flint.arb_mat) -> flint.arb_mat | None:
    """W without radii, with W A W^T close to a multiple of signs; None if there is no finite one.

    Rows and columns are scaled by powers of 2 before eigenvectors are taken.
    """
    import numpy as np

    size, middles = matrix.nrows(), matrix.mid()
    largest = max(map(abs, middles.entries()), default=flint.arb(0))
    if not (largest > 0 and largest.is_finite()):
        return None
    entries = np.fromiter(map(float, (middles / largest).entries()), float, size * size)
    table = entries.reshape(size, size)
    with np.errstate(all="ignore"):
        scale = np.ldexp(1.0, -(np.frexp(abs(table).max(1))[1] // 2))
        scaled = table * scale[:, None] * scale
        basis = eigenvectors(scaled) if np.isfinite(scaled).all() else None
        if basis is None:
            return None
        values = abs((basis * (scaled @ basis)).sum(0))
        change = (basis / np.sqrt(np.maximum(values, NOISE * values.max()))).T * scale
    return flint.arb_mat(change.tolist()) if np.isfinite(change).all() else None


def shifted_floats(matrix: flint.fmpz_mat) -> tuple[list[list[float]], float]:
    """The integers over a power of 2 as floats, and a bound of the error besides rounding."""
    bits = max((int(value).bit_length() for value in matrix.entries()), default=0)
    shift = max(0, bits - 200)
    if not shift:
        return [list(map(float, row)) for row in matrix.table()], 0.0
    return [[float(int(value) >> shift) for value in row] for row in matrix.table()], 1.0
