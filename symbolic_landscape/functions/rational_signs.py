"""Zeros and signs of a rational function after a substitution.

Functions: of_rational.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import flint

from symbolic_landscape.functions.patterns import NULL, Pattern, Side
from symbolic_landscape.functions.substitutions import RealRoot, Substituted, real_roots


def of_rational(rational: Substituted, side: Side) -> Pattern | None:
    """The pattern on the side; None where the function has a gap there, or it is not known."""
    bounds = _w_bounds(rational, side)
    if bounds is None:
        whole = of_rational(rational, Side.LINE)
        return whole if whole is not None and not whole.zeros else None
    marks = [bound for bound in bounds if bound is not None]
    gaps = (*real_roots(rational.bottom, marks), *real_roots(rational.holes, marks))
    if any(_inside(root, bounds) for root in gaps):
        return None
    if rational.top.degree() < 0:
        return NULL
    found = [root for root in real_roots(rational.top, marks) if _inside(root, bounds)]
    signs = [_sign_at(rational, _below(found, bounds))]
    for root in found:
        signs.append(signs[-1] * (-1) ** root.multiplicity)
    return Pattern(tuple(map(rational.point, found)), tuple(signs))


Bounds = tuple[Fraction | None, Fraction | None]


def _w_bounds(rational: Substituted, side: Side) -> Bounds | None:
    """The interval of w for the side, None for an infinite end; None if its end is not rational."""
    least = None if rational.kind == "line" else Fraction(0)
    if side is Side.LINE:
        return least, None
    origin = rational.origin()
    if origin is None:
        return None
    return (least, origin) if side is Side.NEGATIVE else (origin, None)


def _inside(root: RealRoot, bounds: Bounds) -> bool:
    """Whether the root lies in the open interval."""
    low, high = bounds
    return (low is None or root.low > low) and (high is None or root.high < high)


def _below(found: Sequence[RealRoot], bounds: Bounds) -> Fraction:
    """A rational point of the open interval below all the roots found there."""
    low = bounds[0]
    high = found[0].low if found else bounds[1]
    if low is None:
        return Fraction(0) if high is None else high - 1
    return low + 1 if high is None else (low + high) / 2


def _sign_at(rational: Substituted, w: Fraction) -> int:
    at = flint.fmpq(w.numerator, w.denominator)
    value = rational.top(at) * rational.bottom(at)
    return int(value > 0) - int(value < 0)
