"""Definiteness, eigenvalues and inertia of symmetric matrices by floating point with bounds.

Floating point proposes a factor L or a basis Q and multiplies matrices. What is answered rests on
bounds of the rounding errors alone; where they do not suffice, the answer is "not settled".

Objects: Spectrum. Functions: definite_by_rounding, spectrum_by_rounding, inertia_by_rounding,
eigenvectors, gamma.

Notation: e = 2^-52, twice the unit of rounding of doubles, and g_n = n e / (1 - n e). F is a
symmetric matrix of doubles, S any symmetric matrix inside the balls, E = S - F. |X| holds absolute
values, ||X|| is the largest row sum of |X|, which bounds the spectral norm where X is symmetric.

Lemma (products). If each entry of Z = fl(X Y), inner size n, is a sum of n rounded products, taken
in any order, with or without fused operations, then |Z - X Y| <= g_n |X| |Y| + n TINY. (Each term
passes at most n roundings; Higham, Accuracy and Stability of Numerical Algorithms, section 3.5.)

Theorem (definite). Let L be any real matrix, c > 0 and R = F - c I - L L^T. If ||R|| + ||E|| < c,
then S is positive definite: x^T S x = |L^T x|^2 + c |x|^2 + x^T (R + E) x >= (c - ||R|| - ||E||)
|x|^2. How L was found does not matter: it is the Cholesky factor of F - c I in floating point,
where c is larger than its rounding (S. M. Rump, Verification of positive definiteness, BIT 46,
2006, takes such a shift, and bounds R beforehand). So that R is known more sharply than L L^T can
be rounded, L is split, L = H + K, where the entries of H are integers of b bits times one power of
2, with n 4^b <= 2^53: then H H^T is computed without any error, in any order of summation. With
M = fl(H K^T) and N = fl(K K^T), the lemma bounds the errors of M, M^T and N by g_n times
|H| |K|^T, |K| |H|^T and |K| |K|^T, and each of the sums F - H H^T, - c I, M + M^T, + N and their
difference is off by at most e times what it is. With H = 0 one product is left, fl(L L^T), and the
sums F - N, - c I: a wider shift makes that coarser bound suffice, where the matrix has room for it.

Theorem (eigenvalues). Let Q be any square matrix, d = ||Q^T Q - I|| < 1 and M = Q^T F Q. The i-th
eigenvalue of M + Q^T E Q is within ||M - diag(b)|| + (1 + d) ||E|| of the i-th smallest b (Weyl),
and it is the i-th eigenvalue of S times a number between 1 - d and 1 + d (Ostrowski). The b are the
diagonal of B = fl(Q^T fl(F Q)); twice the lemma bounds B - M.

Theorem (inertia). Let W be any square matrix. If W A W^T is strictly diagonally dominant, it is
nonsingular, and so is W; A then has as many eigenvalues of each sign as W A W^T has diagonal
entries (Gershgorin, Sylvester). Twice the lemma bounds W F W^T - fl(W fl(F W^T)).

Design notes. The constants have room: e is twice the unit, so that the bounds hold in every
rounding mode; SLACK covers the roundings of the bounds themselves, which are sums of at most 2^18
nonnegative terms; TINY is far above what an underflow changes, flushed to zero or not. A matrix is
first scaled by powers of 2, D F D with diagonal near 1 for definiteness, which is exact up to TINY.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import flint

if TYPE_CHECKING:
    from typing import Any

    import numpy as np
    from numpy.typing import NDArray

    from symbolic_landscape.arithmetic.doubles import Doubles

    Floats = NDArray[np.floating[Any]]

EPSILON = 2.0**-52
SLACK = 1 + 2.0**-30
TINY = 2.0**-500
MOST_ROWS = 1 << 16
LARGEST_SCALE = 2.0**200
"""Matrices that need larger factors are too small for doubles: their rounding is not relative."""


@dataclass(frozen=True)
class Spectrum:
    """Approximate eigenvalues in increasing order, with what bounds their errors.

    Of every symmetric matrix inside the balls, the i-th eigenvalue is (centres[i] + x) / (1 + y)
    times 2^exponent with |x| <= spread and |y| <= defect < 1.
    """

    centres: tuple[float, ...]
    spread: float
    defect: float
    exponent: int


def definite_by_rounding(raw: flint.arb_mat | Doubles) -> bool | None:
    """True if every symmetric matrix inside is positive definite; else False or None.

    None: not settled here, balls may do better. False: the middle is not positive definite by far,
    so that no other way can settle it. Reads the lower triangle and all radii.
    """
    import numpy as np

    size = _size(raw)
    if size > MOST_ROWS:
        return None
    with np.errstate(all="ignore"):
        middle = _middle(raw)
        diagonal = middle.diagonal()
        if not (np.isfinite(middle).all() and diagonal.min() > 0):
            return None
        scale = np.ldexp(1.0, -(np.frexp(diagonal)[1] // 2))
        if scale.max() > LARGEST_SCALE:
            return None
        scaled = middle * scale[:, None] * scale
        distance = _distance(raw, middle, scale)
        root = np.sqrt(scaled.diagonal())
        wide = 4 * gamma(size) * float(root.max() * root.sum()) + 2 * distance
        narrow = 2 * size * EPSILON * float(root.max()) ** 2 + 2 * distance
        if not wide < np.inf:
            return None
        for shift, residual_bound in ((wide, _whole_bound), (narrow, _split_bound)):
            factor = _cholesky(scaled, -shift)
            if factor is not None:
                bound = residual_bound(scaled, factor, shift)
                if SLACK * (bound + distance) < shift:
                    return True
        return None if factor is not None or _cholesky(scaled, wide) is not None else False


def _whole_bound(matrix: Floats, factor: Floats, shift: float) -> float:
    """An upper bound of ||F - c I - L L^T|| by the theorem with H = 0: quick, and coarser."""
    import numpy as np

    size = len(matrix)
    places = np.diag_indices(size)
    rest = matrix - factor @ factor.T
    rows = _rows(rest)
    rest[places] -= shift
    rows += abs(rest[places])
    long = abs(factor)
    rounding = long @ (long.T @ np.ones(size))
    found = SLACK * _rows(rest) + EPSILON * rows + gamma(size) * rounding
    return float(found.max()) + size**2 * TINY


def _split_bound(matrix: Floats, factor: Floats, shift: float) -> float:
    """An upper bound of ||F - c I - L L^T|| by the theorem, for the L that is split here."""
    import numpy as np

    size = len(matrix)
    ones, places = np.ones(size), np.diag_indices(size)
    bits = (53 - size.bit_length()) // 2
    unit = float(np.ldexp(1.0, int(np.frexp(abs(factor).max())[1]) - bits))
    high = np.rint(factor / unit) * unit
    low = factor - high
    mixed = high @ low.T
    rest = matrix - high @ high.T
    rows = _rows(rest)
    rest[places] -= shift
    rows += abs(rest[places])
    sides = mixed + mixed.T
    rows += _rows(sides)
    sides += low @ low.T
    rows += _rows(sides)
    rest -= sides
    long, short = abs(high), abs(low)
    across = short.T @ ones
    rounding = long @ across + short @ (long.T @ ones) + short @ across
    found = SLACK * _rows(rest) + EPSILON * rows + gamma(size) * rounding
    return float(found.max()) + size**2 * TINY


def _rows(matrix: Floats) -> Floats:
    """The row sums of absolute values."""
    sums: Floats = abs(matrix).sum(1)
    return sums


def spectrum_by_rounding(raw: flint.arb_mat | Doubles) -> Spectrum | None:
    """The approximate eigenvalues with their bounds, or None where there is none.

    Reads the lower triangle and all radii.
    """
    import numpy as np

    size = _size(raw)
    if size > MOST_ROWS:
        return None
    with np.errstate(all="ignore"):
        middle = _middle(raw)
        exponent = int(np.frexp(abs(middle).max())[1]) // 2
        root = float(np.ldexp(1.0, -exponent))
        if not np.isfinite(middle).all() or root > LARGEST_SCALE:
            return None
        scaled = middle * root * root
        distance = _distance(raw, middle, np.full(size, root))
        basis = eigenvectors(scaled)
        if basis is None:
            return None
        ones, places = np.ones(size), np.diag_indices(size)
        size_of_basis = abs(basis)
        gram = basis.T @ basis
        gram[places] -= 1
        rounding = gamma(size) * (size_of_basis.T @ (size_of_basis @ ones))
        rows = abs(gram).sum(1) + rounding
        defect = SLACK * (float(rows.max()) + 2 * EPSILON + size**2 * TINY)
        image = scaled @ basis
        table = basis.T @ image
        centres = np.sort(table.diagonal())
        table[places] = 0
        first = gamma(size) * (abs(scaled) @ (size_of_basis @ ones)) + size**2 * TINY
        second = gamma(size) * (size_of_basis.T @ (abs(image) @ ones)) + size**2 * TINY
        rows = abs(table).sum(1) + size_of_basis.T @ first + second
        spread = SLACK * (float(rows.max()) + distance * (1 + defect))
        if not (defect < 1 and spread < np.inf):
            return None
        return Spectrum(tuple(centres.tolist()), spread, defect, 2 * exponent)


def inertia_by_rounding(approximation: list[list[float]], error: float) -> tuple[int, int] | None:
    """(positive, negative) for every symmetric A with |A - F| <= e |F| + error in each entry.

    F is the approximation, symmetric as well. None where a sign is not settled.
    """
    import numpy as np

    size = len(approximation)
    if not 0 < size <= MOST_ROWS:
        return None
    with np.errstate(all="ignore"):
        middle = np.array(approximation)
        scale = np.ldexp(1.0, -(np.frexp(abs(middle).max(1))[1] // 2))
        if not np.isfinite(middle).all() or scale.max() > LARGEST_SCALE:
            return None
        scaled = middle * scale[:, None] * scale
        basis = eigenvectors(scaled)
        if basis is None:
            return None
        values = (basis * (scaled @ basis)).sum(0)
        change = (basis / np.sqrt(abs(values))).T
        image = scaled @ change.T
        table = change @ image
        size_of_change, ones, places = abs(change), np.ones(size), np.diag_indices(size)
        diagonal = table[places]
        table[places] = 0
        inner = size_of_change.T @ ones
        first = (gamma(size) + EPSILON) * (abs(scaled) @ inner)
        first += error * scale * (scale @ inner) + size * TINY * (size + inner.sum())
        second = gamma(size) * (size_of_change @ (abs(image) @ ones)) + size**2 * TINY
        radius = SLACK * (abs(table).sum(1) + size_of_change @ first + second)
        if not (abs(diagonal) > radius).all():
            return None
        positive = int((diagonal > 0).sum())
        return positive, size - positive


def eigenvectors(matrix: Floats) -> Floats | None:
    """Columns close to an orthonormal basis of eigenvectors, or None if LAPACK finds none."""
    import numpy as np

    try:
        basis: Floats = np.linalg.eigh(matrix)[1]
    except np.linalg.LinAlgError:
        return None
    return basis


def gamma(size: int) -> float:
    """An upper bound of g_n."""
    return SLACK * size * EPSILON / (1 - size * EPSILON)


def _cholesky(matrix: Floats, shift: float) -> Floats | None:
    """An approximate L with L L^T = A + shift I, or None where there is none."""
    import numpy as np

    try:
        factor: Floats = np.linalg.cholesky(matrix + shift * np.eye(len(matrix)))
    except np.linalg.LinAlgError:
        return None
    return factor


def _size(raw: flint.arb_mat | Doubles) -> int:
    return raw.nrows() if isinstance(raw, flint.arb_mat) else len(raw)


def _middle(raw: flint.arb_mat | Doubles) -> Floats:
    """F: the middles of the lower triangle, rounded to doubles, and mirrored."""
    import numpy as np

    size = _size(raw)
    if isinstance(raw, flint.arb_mat):
        entries = np.fromiter(map(float, raw.mid().entries()), float, size * size)
        lower = np.tril(entries.reshape(size, size))
    else:
        lower = np.tril(raw.middle)
    return lower + np.tril(lower, -1).T


def _distance(raw: flint.arb_mat | Doubles, middle: Floats, scale: Floats) -> float:
    """An upper bound of ||D E D|| for all S inside, D the diagonal of powers of 2.

    An entry of E is at most the radius of its ball, or of the ball at the mirrored place, and the
    rounding of its middle; sums over a row of radii and over the column cover both.
    """
    import numpy as np

    size = len(middle)
    if isinstance(raw, flint.arb_mat):
        radii = raw - raw.mid()
        weights = flint.arb_mat(size, 1, scale.tolist())
        parts = [radii * weights, radii.transpose() * weights]
        across, down = (
            np.fromiter((float(x.abs_upper()) for x in part.entries()), float, size)
            for part in parts
        )
    else:
        across, down = raw.radius @ scale, raw.radius.T @ scale
    rows = scale * (across + down + EPSILON * (abs(middle) @ scale))
    return SLACK * (float(rows.max()) + size * TINY)
