"""Real roots of rational polynomials, counted exactly.

Functions: count_roots, isolate_roots, root_bound, squarefree, sign_at.

Polynomials are `flint.fmpq_poly`; an end of an interval is a Fraction, or None for infinity.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import flint

from symbolic_landscape.arithmetic.scalars import rational
from symbolic_landscape.errors import DomainError


def sign_at(polynomial: flint.fmpq_poly, point: Fraction | None, *, towards: int = 1) -> int:
    """The sign of the value at a point; None stands for infinity in the direction `towards`."""
    if point is None:
        leading = polynomial[polynomial.degree()] if polynomial.degree() >= 0 else flint.fmpq(0)
        odd = polynomial.degree() % 2 == 1
        value = -leading if odd and towards < 0 else leading
    else:
        value = polynomial(rational(point))
    return int(value > 0) - int(value < 0)


def squarefree(polynomial: flint.fmpq_poly) -> flint.fmpq_poly:
    """The product of the distinct irreducible factors. Raises DomainError for zero."""
    if polynomial.degree() < 0:
        message = "the zero polynomial has every number as a root: a nonzero one was needed"
        raise DomainError(message)
    return polynomial // polynomial.gcd(polynomial.derivative())


def _sequence(polynomial: flint.fmpq_poly) -> list[flint.fmpq_poly]:
    """The Sturm sequence of a squarefree polynomial, each member up to a positive factor."""
    members = [polynomial, polynomial.derivative()]
    while members[-1].degree() > 0:
        members.append(_reduced(-(members[-2] % members[-1])))
    return members if members[1].degree() >= 0 else members[:1]


def _reduced(polynomial: flint.fmpq_poly) -> flint.fmpq_poly:
    """The polynomial over its positive content: smaller numbers, the same signs."""
    numerator = polynomial.numer()
    return flint.fmpq_poly(numerator) / numerator.content()


def _variations(sequence: list[flint.fmpq_poly], point: Fraction | None, towards: int) -> int:
    signs = [sign_at(member, point, towards=towards) for member in sequence]
    nonzero = [sign for sign in signs if sign]
    return sum(a != b for a, b in pairwise(nonzero))


def count_roots(
    polynomial: flint.fmpq_poly,
    lower: Fraction | None = None,
    upper: Fraction | None = None,
) -> int:
    """How many distinct real roots lie in the closed interval [lower, upper]; None is infinite.

    Raises DomainError for the zero polynomial, and if lower > upper.

    >>> count_roots(flint.fmpq_poly([-2, 0, 1]), Fraction(0))
    1
    """
    if lower is not None and upper is not None and lower > upper:
        message = f"an interval needs lower <= upper, got [{lower}, {upper}]"
        raise DomainError(message)
    sequence = _sequence(_reduced(squarefree(polynomial)))
    inside = _variations(sequence, lower, -1) - _variations(sequence, upper, 1)
    at_lower = lower is not None and sign_at(polynomial, lower) == 0
    return inside + at_lower


def root_bound(polynomial: flint.fmpq_poly) -> Fraction:
    """A number greater than the absolute value of every root (Cauchy). Raises DomainError for 0."""
    degree = polynomial.degree()
    if degree < 0:
        message = "the zero polynomial has every number as a root: a nonzero one was needed"
        raise DomainError(message)
    leading = polynomial[degree]
    largest = max((abs(polynomial[i] / leading) for i in range(degree)), default=flint.fmpq(0))
    return Fraction(int(largest.p), int(largest.q)) + 1


def isolate_roots(
    polynomial: flint.fmpq_poly,
    lower: Fraction | None = None,
    upper: Fraction | None = None,
    width: Fraction = Fraction(1),
) -> tuple[tuple[Fraction, Fraction], ...]:
    """Intervals [a, b], in order, each with exactly one root of the interval and b - a <= width.

    A rational root that is met on the way has a = b. Where a < b the root lies strictly inside.

    >>> isolate_roots(flint.fmpq_poly([0, -2, 0, 1]), width=Fraction(1, 2))[1]
    (Fraction(0, 1), Fraction(0, 1))
    """
    reduced = _reduced(squarefree(polynomial))
    bound = root_bound(reduced)
    low = -bound if lower is None else lower
    high = bound if upper is None else upper
    if low > high:
        return ()
    sequence = _sequence(reduced)
    found = [(end, end) for end in {low, high} if sign_at(reduced, end) == 0]
    work = [(low, high)] if low < high else []
    while work:
        a, b = work.pop()
        inside = _variations(sequence, a, -1) - _variations(sequence, b, 1)
        inside -= sign_at(reduced, b) == 0
        if inside == 0:
            continue
        ends_are_roots = sign_at(reduced, a) == 0 or sign_at(reduced, b) == 0
        if inside == 1 and not ends_are_roots:
            found.append(_narrowed(reduced, a, b, width))
            continue
        middle = (a + b) / 2
        if sign_at(reduced, middle) == 0:
            found.append((middle, middle))
        work += [(a, middle), (middle, b)]
    return tuple(sorted(found))


def _narrowed(
    polynomial: flint.fmpq_poly, a: Fraction, b: Fraction, width: Fraction
) -> tuple[Fraction, Fraction]:
    """The interval around its one root, which is simple and no end, halved down to a width."""
    below = sign_at(polynomial, a)
    while b - a > width:
        middle = (a + b) / 2
        sign = sign_at(polynomial, middle)
        if sign == 0:
            return middle, middle
        a, b = (middle, b) if sign == below else (a, middle)
    return a, b
