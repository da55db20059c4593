"""Products and powers of polynomials whose size is bounded before they are made.

Functions: product, power.
"""

from __future__ import annotations

from typing import TypeAlias

import flint

from symbolic_landscape.errors import DomainError

Polynomial: TypeAlias = flint.fmpz_mpoly

MOST_DEGREE = 20_000
MOST_PRODUCTS = 100_000
"""So many products of terms are made where more than one letter occurs."""
MOST_BITS = 1 << 20
"""The coefficients of a power have at most so many bits."""


def product(p: Polynomial, q: Polynomial) -> Polynomial:
    """The product p q. Raises DomainError where it would be too large."""
    if p.is_constant() or q.is_constant():
        return p * q
    degrees = [a + b for a, b in zip(p.degrees(), q.degrees(), strict=True)]
    terms = 0 if sum(map(bool, degrees)) == 1 else len(p) * len(q)
    if max(degrees) > MOST_DEGREE or terms > MOST_PRODUCTS:
        message = f"a product of {len(p)} by {len(q)} terms of degree {max(degrees)} is too large"
        raise DomainError(message)
    return p * q


def power(p: Polynomial, exponent: int) -> Polynomial:
    """The power p^exponent, by squaring. Raises DomainError where it would be too large."""
    bits = max((int(c).bit_length() for c in p.coeffs()), default=0)
    if bits * exponent > MOST_BITS or max(p.degrees(), default=0) * exponent > MOST_DEGREE:
        message = f"a power of {len(p)} terms with the exponent {exponent} is too large"
        raise DomainError(message)
    result = p**0
    for digit in f"{exponent:b}":
        result = product(result, result)
        if digit == "1":
            result = product(result, p)
    return result
