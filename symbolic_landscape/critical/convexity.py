"""Bounds around a strict minimum: eigenvalues of the Hessian, at the point and on a box.

Objects: Convexity. Functions: convexity_near, rounded_down.

Design notes. On a box the Hessian differs from that at the point by a matrix in balls; by Weyl no
eigenvalue changes by more than the largest row sum of its absolute values.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import flint

from symbolic_landscape.arithmetic import (
    QQ,
    BallField,
    BallMatrix,
    certainly_definite,
    eigenvalue_enclosures,
)
from symbolic_landscape.critical.curvature import ball_hessian
from symbolic_landscape.critical.kernels import midpoint
from symbolic_landscape.critical.local import BITS, LocalLoss
from symbolic_landscape.errors import DomainError


@dataclass(frozen=True)
class Convexity:
    """Eigenvalues of the Hessian are at least `at_point` there and `on_box` on the whole box.

    The box is |w'_i - w_i| <= radius; `radius` and `on_box` are None where no box was certified.
    """

    at_point: Fraction
    radius: Fraction | None
    on_box: Fraction | None


def convexity_near(local: LocalLoss, sign: int = 1) -> Convexity | None:
    """Rational bounds for the eigenvalues of a definite sign * Hessian; None if it is not."""
    for bits in BITS[:3]:
        hessian = ball_hessian(local, bits).scale(sign)
        if not isinstance(hessian, BallMatrix) or not certainly_definite(hessian):
            continue
        bound = _least_eigenvalue(hessian)
        if bound is not None:
            radius, on_box = _box(local, hessian, bound, sign)
            return Convexity(bound, radius, on_box)
    return None


def _least_eigenvalue(hessian: BallMatrix) -> Fraction | None:
    """A short positive rational below every eigenvalue, or None."""
    try:
        guess = midpoint(eigenvalue_enclosures(hessian)[0].lower())
    except DomainError:
        guess = max(midpoint(value.upper()) for value in hessian.raw.entries())
    identity = QQ.identity(hessian.shape[0])
    for share in (Fraction(63, 64), *(Fraction(1, 2**k) for k in range(1, 60))):
        bound = rounded_down(guess * share)
        if bound is not None:
            shifted = hessian - identity.scale(bound)
            if isinstance(shifted, BallMatrix) and certainly_definite(shifted):
                return bound
    return None


def rounded_down(value: Fraction) -> Fraction | None:
    """A short fraction between 15/16 of the given one and itself; None unless it is positive."""
    if value <= 0:
        return None
    shift = value.denominator.bit_length() - value.numerator.bit_length() + 5
    scale = Fraction(2) ** shift
    return Fraction(int(value * scale)) / scale


def _box(
    local: LocalLoss, hessian: BallMatrix, bound: Fraction, sign: int
) -> tuple[Fraction | None, Fraction | None]:
    """A radius, and a bound on its box: by Weyl, at most the row sums of the change are lost."""
    best: tuple[Fraction | None, Fraction | None] = (None, None)
    low, high = 0, 48
    while low < high:
        middle = (low + high) // 2
        radius = Fraction(1, 2**middle)
        left = _left_on_box(local, hessian, bound, radius, sign)
        if left is None:
            low = middle + 1
        else:
            best, high = (radius, left), middle
    return best


def _left_on_box(
    local: LocalLoss, hessian: BallMatrix, bound: Fraction, radius: Fraction, sign: int
) -> Fraction | None:
    bits = hessian.field.bits
    try:
        around = local.box(radius, bits).hessian
    except DomainError:
        return None
    change = around.scale(sign) - hessian
    if not isinstance(change, BallMatrix):
        return None
    with BallField(bits).working():
        sums = [
            sum((value.abs_upper() for value in row), flint.arb(0)).upper()
            for row in change.raw.table()
        ]
        worst = max(sums, key=lambda total: total.mid())
    return rounded_down(bound - midpoint(worst)) if worst.is_finite() else None
