"""Signs of the Hessian's eigenvalues: inertia, directions of negative curvature.

Objects: Signature, Inertia. Functions: signature, certified_signs, inertia_of, negative_direction.

Design notes. Over Q the inertia is read off the characteristic polynomial. Elsewhere pivots in
balls show that at least so many eigenvalues are positive and negative; where exact null vectors
account for the rest, the inertia is known by Sylvester's law. Pivots of size 2 are taken where
the diagonal is small, so zeros on it do no harm.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from symbolic_landscape.arithmetic import (
    QQ,
    BallMatrix,
    Matrix,
    Scalar,
    certainly_definite,
    eigenvalue_enclosures,
)
from symbolic_landscape.critical.kernels import exact_kernel, near_fraction
from symbolic_landscape.critical.local import BITS, LocalLoss
from symbolic_landscape.errors import DomainError, SmoothnessError
from symbolic_landscape.verdict import Evidence

LARGEST_EXACT = 60
"""Size up to which the inertia over Q is read off the characteristic polynomial."""
LARGEST_LDL = 4
"""Size up to which it is eliminated in other fields."""
LARGEST_PIVOTED = 200


@dataclass(frozen=True)
class Signature:
    """At least so many positive and negative eigenvalues, and the coordinates taken as pivots.

    `descent` is None, or the pivots before the first negative one and that pivot, of one or two
    coordinates.
    """

    positive: int
    negative: int
    order: tuple[int, ...]
    descent: tuple[tuple[int, ...], tuple[int, ...]] | None = None


def signature(matrix: BallMatrix) -> Signature:
    """The signs that pivots in balls certify, for every symmetric matrix inside."""
    rows = matrix.raw_rows()
    active = list(range(matrix.shape[0]))
    order: list[int] = []
    positive = negative = 0
    descent = None
    with matrix.field.working():
        while active:
            pivot = _pivot(rows, active)
            signs = _signs(rows, pivot)
            if not signs:
                break
            if -1 in signs and descent is None:
                descent = (tuple(order), pivot)
            positive += signs.count(1)
            negative += signs.count(-1)
            order += pivot
            active = [i for i in active if i not in pivot]
            _reduce(rows, active, pivot)
    return Signature(positive, negative, tuple(order), descent)


def _pivot(rows: list[list[Any]], active: Sequence[int]) -> tuple[int, ...]:
    """The largest diagonal place, or the largest pair of places if its entry is much larger."""

    def size(i: int, j: int) -> Any:
        return rows[i][j].abs_lower().mid()

    one = max(active, key=lambda i: size(i, i))
    pairs = [(i, j) for i in active for j in active if j < i]
    two = max(pairs, key=lambda pair: size(*pair), default=None)
    if two is None or size(one, one) * 3 >= size(*two) * 2:
        return (one,)
    return two


def _signs(rows: list[list[Any]], pivot: tuple[int, ...]) -> tuple[int, ...]:
    """The signs of the eigenvalues of a pivot, or () where they are not certain."""
    if len(pivot) == 1:
        value = rows[pivot[0]][pivot[0]]
        return (1,) if value > 0 else (-1,) if value < 0 else ()
    i, j = pivot
    determinant = rows[i][i] * rows[j][j] - rows[i][j] * rows[j][i]
    return (1, -1) if determinant < 0 else ()


def _reduce(rows: list[list[Any]], active: Sequence[int], pivot: tuple[int, ...]) -> None:
    """The Schur complement on the active rows and columns, in place."""
    if len(pivot) == 1:
        (p,) = pivot
        for i in active:
            factor = rows[i][p] / rows[p][p]
            for j in active:
                rows[i][j] -= factor * rows[p][j]
        return
    p, q = pivot
    a, b, c = rows[p][p], rows[p][q], rows[q][q]
    determinant = a * c - b * b
    for i in active:
        x, y = rows[i][p], rows[i][q]
        left, right = (c * x - b * y) / determinant, (a * y - b * x) / determinant
        for j in active:
            rows[i][j] -= left * rows[p][j] + right * rows[q][j]


@dataclass(frozen=True)
class Inertia:
    """What is known of the inertia: lower bounds, the triple where settled, a kernel basis.

    `kernel` (p, zero) is exact, or None where the zeros are only counted.
    """

    positive: int
    negative: int
    triple: tuple[int, int, int] | None
    kernel: Matrix | None
    evidence: Evidence
    reason: str

    @property
    def zero(self) -> int | None:
        """The nullity where it is known."""
        return None if self.triple is None else self.triple[2]


def inertia_of(local: LocalLoss, null_vectors: Matrix | None) -> Inertia:
    """The inertia of the Hessian at the point, by the first route that settles it.

    `null_vectors` (p, k) are independent vectors that the Hessian is known to map to 0.
    """
    exact = _exact_inertia(local)
    if exact is not None:
        return exact
    known = 0 if null_vectors is None else null_vectors.shape[1]
    best = Signature(0, 0, ())
    for bits in BITS[: 3 if local.size <= LARGEST_PIVOTED else 1]:
        try:
            hessian = ball_hessian(local, bits)
        except DomainError:
            continue
        found = certified_signs(hessian)
        if found.positive + found.negative > best.positive + best.negative:
            best = found
        settled = best.positive + best.negative + known == local.size
        if settled:
            reason = f"pivots in balls of {bits} bits" + (
                f" and {known} exact null vectors" if known else ""
            )
            triple = (best.positive, best.negative, known)
            return Inertia(*triple[:2], triple, null_vectors, Evidence.ENCLOSED, reason)
        if not local.is_exact:
            break
    return _by_exact_kernel(local, best)


def ball_hessian(local: LocalLoss, bits: int) -> BallMatrix:
    """The Hessian (p, p) in balls of this precision."""
    hessian = local.enclosed(bits).hessian
    if not isinstance(hessian, BallMatrix):
        message = f"a Hessian in balls was needed, got one over {hessian.field.name}"
        raise DomainError(message)
    return hessian


def certified_signs(hessian: Matrix) -> Signature:
    """At least so many positive and negative eigenvalues, for all matrices in the balls."""
    if not isinstance(hessian, BallMatrix):
        message = f"a matrix of balls was needed, got one over {hessian.field.name}"
        raise DomainError(message)
    if hessian.shape[0] <= LARGEST_PIVOTED:
        return signature(hessian)
    if certainly_definite(hessian):
        return Signature(hessian.shape[0], 0, ())
    try:
        values = eigenvalue_enclosures(hessian)
    except DomainError:
        return Signature(0, 0, ())
    return Signature(sum(bool(v > 0) for v in values), sum(bool(v < 0) for v in values), ())


def _exact_inertia(local: LocalLoss) -> Inertia | None:
    """The inertia by exact elimination, where the field and the size allow it."""
    if not local.is_exact:
        return None
    try:
        hessian = local.values.hessian
    except (DomainError, SmoothnessError):
        return None
    field = hessian.field
    limit = LARGEST_EXACT if field == QQ else LARGEST_LDL
    if local.size > limit:
        return None
    try:
        triple = hessian.inertia()
    except DomainError:
        return None
    kernel = hessian.kernel() if triple[2] else None
    return Inertia(*triple[:2], triple, kernel, Evidence.EXACT, f"exact inertia over {field.name}")


def _by_exact_kernel(local: LocalLoss, best: Signature) -> Inertia:
    """The inertia from exact null vectors found in the Hessian itself, or what the balls tell."""
    signs = best.positive + best.negative
    reason = f"{signs} of {local.size} pivots are certainly not 0"
    unsettled = Inertia(best.positive, best.negative, None, None, Evidence.ENCLOSED, reason)
    if not local.is_exact:
        return unsettled
    try:
        kernel = exact_kernel(local.values.hessian)
    except DomainError as error:
        return Inertia(
            best.positive, best.negative, None, None, Evidence.ENCLOSED, f"{reason}; {error}"
        )
    zero = kernel.shape[1]
    if signs + zero != local.size:
        return unsettled
    triple = (best.positive, best.negative, zero)
    reason = f"{signs} pivots in balls and an exact kernel of dimension {zero}"
    return Inertia(*triple[:2], triple, kernel, Evidence.ENCLOSED, reason)


# ---- directions of negative curvature


def negative_direction(local: LocalLoss) -> tuple[Matrix, Scalar] | None:
    """A rational direction v (p, 1) with v^T H v < 0 certainly, and that number; or None.

    Short directions are tried first; the number is exact over Q, else a ball.
    """
    for bits in BITS[1::2] if local.size <= LARGEST_PIVOTED else BITS[1:2]:
        found = _negative_direction(local, bits)
        if found is not None:
            return found
    return None


def _negative_direction(local: LocalLoss, bits: int) -> tuple[Matrix, Scalar] | None:
    try:
        balls = ball_hessian(local, bits)
    except (DomainError, SmoothnessError):
        return None
    hessian: Matrix = balls
    if local.is_exact and local.size <= LARGEST_EXACT:
        try:
            exact = local.values.hessian
        except DomainError:
            exact = None
        if exact is not None and exact.field == QQ:
            hessian = exact
    for candidate in _candidates(balls):
        direction = QQ.column(candidate)
        value = _curvature_along(hessian, direction)
        if _is_negative(value):
            return direction, value
    return None


def _curvature_along(hessian: Matrix, direction: Matrix) -> Scalar:
    return (direction.T @ hessian @ direction)[0, 0]


def _is_negative(value: Scalar) -> bool:
    try:
        return value.sign() < 0
    except DomainError:
        return False


def _candidates(balls: BallMatrix) -> Iterator[list[Fraction]]:
    """Directions that may have negative curvature, the shortest first."""
    size = balls.shape[0]
    rows = balls.raw_rows()
    zero = [Fraction(0)] * size
    with balls.field.working():
        for i in range(size):
            if rows[i][i] < 0:
                yield [*zero[:i], Fraction(1), *zero[i + 1 :]]
        pairs = (
            (i, j)
            for i in range(size)
            for j in range(i)
            if rows[i][j] * rows[i][j] > rows[i][i] * rows[j][j]
        )
        for i, j in list(pairs)[:8]:
            sign = -1 if rows[i][j] > 0 else 1
            for step in (1, 2, Fraction(1, 2), 8, Fraction(1, 8), 64, Fraction(1, 64)):
                vector = list(zero)
                vector[i], vector[j] = Fraction(sign), Fraction(step)
                yield vector
    yield from _schur_candidates(balls) if size <= LARGEST_PIVOTED else _eigenvectors(balls)


def _eigenvectors(balls: BallMatrix) -> Iterator[list[Fraction]]:
    """Rounded eigenvectors in floats of the least eigenvalues."""
    import numpy as np

    middle = np.array([[float(value.mid()) for value in row] for row in balls.raw_rows()])
    if not np.isfinite(middle).all():
        return
    _, vectors = np.linalg.eigh(middle)
    for place in range(2):
        vector = vectors[:, place] / abs(vectors[:, place]).max()
        for digits in (1 << 12, 1 << 30):
            yield [Fraction(round(value * digits), digits) for value in vector]


def _schur_candidates(balls: BallMatrix) -> Iterator[list[Fraction]]:
    """The direction that the first negative pivot belongs to, rounded more and more finely."""
    found = signature(balls).descent
    if found is None:
        return
    before, pivot = found
    seeds = [(1,)] if len(pivot) == 1 else [(1, s) for s in (0, 1, -1, 2, -2)] + [(0, 1)]
    for seed in seeds:
        weights = QQ.column(seed)
        side = balls.submatrix(before, pivot) @ weights
        try:
            lead = balls.submatrix(before, before).solve(side.scale(-1)) if before else None
        except DomainError:
            continue
        for digits in (4, 16, 64, 1 << 12, 1 << 24, 1 << 48, 1 << 96, 1 << 160, 1 << 640):
            vector = [Fraction(0)] * balls.shape[0]
            for place, value in zip(pivot, seed, strict=True):
                vector[place] = Fraction(value)
            for i, place in enumerate(before):
                assert lead is not None
                vector[place] = near_fraction(lead.entry(i, 0), digits)
            yield vector
