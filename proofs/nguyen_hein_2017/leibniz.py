"""The products of Leibniz's sum for [A(alpha), 1], and one bound for all but the identity's.

Objects: Products.
Functions: other_permutations, sign_of, product_at, other_products.

Source: NH17, section 4, proof of Lemma 4.3, second case.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

import flint

from symbolic_landscape.arithmetic import (
    BallField,
    Matrix,
    Scalar,
)
from symbolic_landscape.errors import DomainError
from symbolic_landscape.proofs.nguyen_hein_2017.scaled_layer import (
    LARGEST_SCALE,
    ScaledLayer,
    least_gap,
)

# --- the terms of Leibniz's sum in the growing case ----------------------------------------------


@dataclass(frozen=True)
class Products:
    """The products over all permutations but the identity: common constants of their bound.

    Each is at most R (P alpha + Q)^S e^(-T alpha) for alpha >= start; `slowest` is a permutation
    with the least T, and `stuck` one without any decaying factor, if there is one.
    """

    P: flint.arb
    Q: flint.arb
    R: flint.arb
    S: int
    T: flint.arb
    start: Fraction
    slowest: tuple[int, ...]
    stuck: tuple[int, ...] | None

    def bound(
        self, alpha: Fraction, field: BallField, *, faster: int = 1, flat: bool = False
    ) -> flint.arb:
        """R (P alpha + Q)^S e^(-T alpha) in balls; wrong neighbours have S = 0 or 2 T."""
        with field.working():
            at = flint.fmpq(alpha.numerator, alpha.denominator)
            power = 0 if flat else self.S
            return self.R * (self.P * at + self.Q) ** power * (-self.T * faster * at).exp()


def other_permutations(size: int) -> Iterator[tuple[int, ...]]:
    """All permutations of 0..size-1 but the identity, each as the tuple of its values."""
    identity = tuple(range(size))
    return (p for p in itertools.permutations(identity) if p != identity)


def sign_of(permutation: Sequence[int]) -> int:
    """The sign of a permutation, by its cycles."""
    left, sign = set(range(len(permutation))), 1
    while left:
        start = at = left.pop()
        while permutation[at] != start:
            at = permutation[at]
            left.discard(at)
            sign = -sign
    return sign


def product_at(layer: ScaledLayer, permutation: Sequence[int], matrix: Matrix) -> Scalar:
    """The product of E_{pi(j) j} over j = 1..N-1 for a matrix A (N, N-1)."""
    result = matrix.field.scalar(1)
    for j in range(layer.count - 1):
        result = result * matrix[permutation[j], j]
    return result


@lru_cache(maxsize=64)
def other_products(layer: ScaledLayer, field: BallField) -> Products:
    """The common bound of all products but that of the identity. Raises DomainError without growth.

    In a product, E_{pi(j) j} with t_j < t_pi(j) is at most rho1 e^(rho2 beta - rho2 alpha delta),
    with t_j > t_pi(j) at most rho3 (alpha delta + beta) + rho4, and sigma(beta) where pi(j) = j.
    """
    if layer.growth is None:
        message = f"growth constants of {layer.activation} were needed for Leibniz's terms"
        raise DomainError(message)
    rho1, rho2, rho3, rho4 = layer.growth.balls(field)
    size = layer.count
    signs = [[layer.difference(i, j).sign() for j in range(size)] for i in range(size)]
    deltas = [[field.scalar(layer.difference(i, j)).raw for j in range(size)] for i in range(size)]
    value = abs(layer.value(field).raw)
    with field.working():
        one = flint.arb(1)
        beta = flint.arb(flint.fmpq(layer.beta.numerator, layer.beta.denominator))
        decay = rho1 * (rho2 * beta).exp()
        longest, slowest = 0, tuple(range(size))
        stuck: tuple[int, ...] | None = None
        least: flint.arb | None = None
        for permutation in other_permutations(size):
            falling = [j for j in range(size - 1) if signs[permutation[j]][j] < 0]
            rising = [j for j in range(size - 1) if signs[permutation[j]][j] > 0]
            longest = max(longest, len(rising))
            if not falling:
                stuck = permutation
                continue
            fall = sum((-deltas[permutation[j]][j] for j in falling), flint.arb(0))
            rate = (rho2 * fall).lower()
            if least is None or rate < least:
                least, slowest = rate, permutation
        spread = max((abs(d).upper() for row in deltas for d in row), key=lambda b: b.mid())
        gap = least_gap(layer, field) if size > 1 else one
        start = Fraction(1)
        while not gap * flint.fmpq(start.numerator) > abs(beta) and start < LARGEST_SCALE:
            start *= 2
        biggest = decay.max(value).max(one)
        return Products(
            P=rho3 * spread,
            Q=(rho3 * abs(beta) + rho4).max(one),
            R=biggest ** max(size - 1, 0),
            S=max(longest, 1),
            T=one if least is None else least,
            start=start,
            slowest=slowest,
            stuck=stuck,
        )
