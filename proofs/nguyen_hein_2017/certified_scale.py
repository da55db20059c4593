"""From which alpha on E(alpha) is certainly nonsingular (section 4, proof of Lemma 4.3).

Functions: is_nonsingular_beyond, gershgorin_sums, first_certified_scale, bounded_scale,
growing_scale.

Design notes. A claim about every alpha >= alpha0 is made in two ways. For a monotone bounded sigma
each entry off the diagonal lies between its value at alpha0 and its limit: one ball matrix holds
them all. For a growing sigma, E is scaled by diag(e^(rho2 alpha t_i / 2)) and Gershgorin's sums
are compared with the diagonal; they fall from alpha0 on, and do not depend on N.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

import flint

from symbolic_landscape.arithmetic import (
    BallField,
    rank_at_least,
)
from symbolic_landscape.errors import DomainError
from symbolic_landscape.proofs.nguyen_hein_2017.scaled_layer import (
    LARGEST_SCALE,
    SCALE_STEP,
    ScaledLayer,
    beside_ones,
    layer_beyond,
    least_gap,
    row_differences,
)


def is_nonsingular_beyond(layer: ScaledLayer, alpha: Fraction, field: BallField) -> bool:
    """True only if [1, A(alpha')] is certainly nonsingular for every alpha' >= alpha."""
    matrix = row_differences(beside_ones(layer_beyond(layer, alpha, field), first=True))
    return rank_at_least(matrix, layer.count).is_holds


@dataclass(frozen=True)
class GershgorinSums:
    """The greatest sum off the diagonal of the scaled [A, 1], and the least entry on it."""

    off_diagonal: flint.arb
    diagonal: flint.arb
    is_falling: bool

    @property
    def dominated(self) -> bool:
        """True only if [A, 1] is certainly nonsingular from this alpha on, for every N."""
        return self.is_falling and bool(self.off_diagonal < self.diagonal)


def gershgorin_sums(layer: ScaledLayer, alpha: Fraction, field: BallField) -> GershgorinSums:
    """The sums at alpha for the least gap g of the projections, with q = e^(-rho2 alpha g / 2).

    Below the diagonal an entry at distance m is at most rho1 e^(rho2 beta) q^m after scaling, above
    it (rho3 (alpha g m + beta) + rho4) q^m. `is_falling` says that both bounds fall from alpha on.
    Raises DomainError without growth constants.
    """
    if layer.growth is None:
        message = f"growth constants of {layer.activation} were needed for Gershgorin's sums"
        raise DomainError(message)
    value = layer.value(field).raw
    with field.working():
        one = flint.arb(1)
        if layer.count < 2:
            return GershgorinSums(flint.arb(0), one, True)
        rho1, rho2, rho3, rho4 = layer.growth.balls(field)
        beta = flint.arb(flint.fmpq(layer.beta.numerator, layer.beta.denominator))
        stretched = least_gap(layer, field) * flint.fmpq(alpha.numerator, alpha.denominator)
        q = (-rho2 * stretched / 2).exp()
        below = rho1 * (rho2 * beta).exp() * q / (1 - q)
        offset = rho3 * beta + rho4
        above = rho3 * stretched * q / (1 - q) ** 2 + offset * q / (1 - q)
        is_falling = bool(
            stretched > abs(beta)
            and rho3 * stretched + offset >= 1
            and stretched * rho2 >= 2
            and rho2 * (rho3 * stretched + offset) >= 2 * rho3
        )
        diagonal = abs(value).min(one)
        return GershgorinSums(below + above, diagonal, is_falling)


def first_certified_scale(is_certified: Callable[[Fraction], bool]) -> Fraction | None:
    """A multiple of 1/100 that is certified while the one before it is not, or None up to 2^40.

    The answer is a certified scale; that none smaller is certified is not claimed.
    """
    high = Fraction(1)
    while not is_certified(high):
        high *= 2
        if high > LARGEST_SCALE:
            return None
    low = Fraction(0) if high == 1 else high / 2
    while high - low > SCALE_STEP:
        middle = ((low + high) / 2 / SCALE_STEP).__floor__() * SCALE_STEP
        if is_certified(middle):
            high = middle
        else:
            low = middle
    return high


@lru_cache(maxsize=512)
def bounded_scale(layer: ScaledLayer, field: BallField) -> Fraction | None:
    """An alpha0 from which on [1, A(alpha)] is certainly nonsingular, monotone bounded sigma."""
    return first_certified_scale(lambda alpha: is_nonsingular_beyond(layer, alpha, field))


@lru_cache(maxsize=512)
def growing_scale(layer: ScaledLayer, field: BallField) -> Fraction | None:
    """An alpha0 from which on [A(alpha), 1] is certainly nonsingular, with the growth bound."""
    return first_certified_scale(lambda alpha: gershgorin_sums(layer, alpha, field).dominated)
