"""Valleys of polynomials in one variable: components of their sublevel sets, exactly.

A sublevel set of a polynomial that is not constant is made of finitely many closed intervals, with
gaps between them. So it does not matter whether sublevel sets are strict: a little higher, the
component of a point is hardly larger, and nothing on the new part of it is as low as its infimum.

Functions: in_valley, has_valley, has_connected_sublevel_sets, takes_less, is_local_minimum.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import flint

from symbolic_landscape.arithmetic.polynomials import Interval, sample_points
from symbolic_landscape.arithmetic.scalars import fraction, rational
from symbolic_landscape.arithmetic.sturm import count_roots, isolate_roots, sign_at
from symbolic_landscape.verdict import Evidence, Verdict, fails, holds, undecided

EXACT = Evidence.EXACT
WIDTHS = tuple(Fraction(1, 2**k) for k in range(0, 40, 8))
"""Critical points are enclosed in intervals of these widths, in turn."""


def _value(p: flint.fmpq_poly, x: Fraction) -> Fraction:
    return fraction(p(rational(x)))


def _gaps(p: flint.fmpq_poly) -> list[tuple[Fraction, int]]:
    """A point between neighbouring roots, before the first and after the last, with its sign."""
    return [(x, sign_at(p, x)) for x in sample_points(p, Interval())]


def _unbounded(p: flint.fmpq_poly) -> bool:
    """Whether the polynomial has no lower bound."""
    return p.degree() > 0 and any(sign_at(p, None, towards=side) < 0 for side in (-1, 1))


def _around(p: flint.fmpq_poly, x: Fraction) -> tuple[Fraction, Fraction] | None:
    """Points next to the component of {p <= p(x)} at x, on both sides; None if it has no end."""
    gaps = _gaps(p - rational(_value(p, x)))
    left = next((g for g, sign in reversed(gaps) if g < x and sign > 0), None)
    right = next((g for g, sign in gaps if g > x and sign > 0), None)
    return None if left is None or right is None else (left, right)


def in_valley(p: flint.fmpq_poly, x: Fraction) -> Verdict:
    """Whether p has a higher infimum on the component of {p <= p(x)} at x than on the line."""
    if p.degree() < 1:
        return fails(EXACT, "the function is constant")
    found = _around(p, x)
    if found is None:
        return fails(EXACT, "the component is unbounded, and so is the function on it")
    low, high = found
    inside = f"the component at {x} lies between {low} and {high}"
    if _unbounded(p):
        return holds(EXACT, f"{inside}, and the function has no lower bound")
    for width in WIDTHS:
        for a, b in isolate_roots(p.derivative(), width=width):
            place = (a + b) / 2
            value = _value(p, place)
            shifted = p - rational(value)
            within = count_roots(shifted, low, high)
            above = not within and _value(shifted, low) > 0
            if not low <= place <= high and above:
                return holds(EXACT, f"{inside}, where the function is above its value at {place}")
            if low <= place <= high and count_roots(shifted) == within:
                return fails(EXACT, f"{inside}, and elsewhere it is above its value at {place}")
    return undecided(f"{inside}, and the least values inside and outside are not told apart")


def has_valley(p: flint.fmpq_poly) -> Verdict:
    """Whether some component of a sublevel set has a higher infimum than the line."""
    if p.degree() < 1:
        return fails(EXACT, "the function is constant")
    slopes = _gaps(p.derivative())
    minima = [(x, y) for (x, s), (y, t) in pairwise(slopes) if s < 0 < t]
    if len(minima) <= (0 if _unbounded(p) else 1):
        return fails(EXACT, "it has no local minimum, or one, which is global")
    for low, high in minima:
        a, b = isolate_roots(p.derivative(), low, high, WIDTHS[1])[0]
        verdict = in_valley(p, (a + b) / 2)
        if verdict.is_holds:
            return verdict
    return undecided("no two of the local minima are told apart")


def has_connected_sublevel_sets(p: flint.fmpq_poly) -> Verdict:
    """Whether all sublevel sets are intervals: it nowhere turns from rising to falling."""
    if p.degree() < 1:
        return holds(EXACT, "the function is constant")
    slopes = _gaps(p.derivative())
    for (x, s), (y, t) in pairwise(slopes):
        if t < 0 < s:
            return fails(EXACT, f"it rises at {x} and falls at {y}")
    return holds(EXACT, "it nowhere turns from rising to falling")


def takes_less(p: flint.fmpq_poly, x: Fraction) -> Verdict:
    """Whether the function is somewhere less than at x."""
    if p.degree() < 1:
        return fails(EXACT, "the function is constant")
    for place, sign in _gaps(p - rational(_value(p, x))):
        if sign < 0:
            return holds(EXACT, f"it is less at {place}")
    return fails(EXACT, "it is nowhere less")


def is_local_minimum(p: flint.fmpq_poly, x: Fraction) -> bool:
    """Whether the function has a local minimum at x; a strict one where it is not constant."""
    if p.degree() < 1:
        return True
    gaps = _gaps(p - rational(_value(p, x)))
    left = [sign for g, sign in gaps if g < x]
    right = [sign for g, sign in gaps if g > x]
    return left[-1] > 0 and right[0] > 0
