"""Signs and monotonicity of polynomials and rational functions of one variable on intervals.

Objects: Interval. Functions: real_function, positive_on, nonnegative_on, positive_near,
strictly_increasing_on, strictly_decreasing_on, nonincreasing_on, nondecreasing_on, root_count_is.

A function is an element of Q(x), or the coefficients of a polynomial from the constant term up.

Design notes. Sturm's theorem counts the roots, so every answer is exact and none is UNDECIDED. A
function with a pole on the interval is not positive or monotone there: that FAILS.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

import flint

from symbolic_landscape.arithmetic.rational_functions import FractionField, terms_of
from symbolic_landscape.arithmetic.scalars import Scalar, rational
from symbolic_landscape.arithmetic.sturm import count_roots, isolate_roots, root_bound, sign_at
from symbolic_landscape.errors import DomainError
from symbolic_landscape.verdict import Evidence, Verdict, fails, holds

if TYPE_CHECKING:
    from symbolic_landscape.arithmetic.bounded import Polynomial

Function: TypeAlias = Scalar | Sequence[Fraction | int]


@dataclass(frozen=True)
class Interval:
    """An interval with rational ends, None for infinity; an end belongs to it unless it is open.

    >>> print(Interval(Fraction(0), None, lower_open=True))
    (0, oo)
    """

    lower: Fraction | None = None
    upper: Fraction | None = None
    lower_open: bool = False
    upper_open: bool = False

    def __post_init__(self) -> None:
        if self.lower is None or self.upper is None:
            return
        empty = self.lower == self.upper and (self.lower_open or self.upper_open)
        if self.lower > self.upper or empty:
            message = f"an interval needs points between its ends, got {self}"
            raise DomainError(message)

    def __str__(self) -> str:
        left = "(" if self.lower is None or self.lower_open else "["
        right = ")" if self.upper is None or self.upper_open else "]"
        low = "-oo" if self.lower is None else self.lower
        high = "oo" if self.upper is None else self.upper
        return f"{left}{low}, {high}{right}"

    def has_end(self, point: Fraction) -> bool:
        """Whether the point is an end that belongs to the interval."""
        at_lower = point == self.lower and not self.lower_open
        return at_lower or (point == self.upper and not self.upper_open)


@dataclass(frozen=True)
class RealFunction:
    """A quotient of two polynomials over Q in lowest terms."""

    top: flint.fmpq_poly
    bottom: flint.fmpq_poly

    def __str__(self) -> str:
        return f"({self.top})/({self.bottom})" if self.bottom.degree() > 0 else str(self.top)

    def derivative(self) -> RealFunction:
        """The derivative, with the square of the bottom as its bottom."""
        top = self.top.derivative() * self.bottom - self.top * self.bottom.derivative()
        return RealFunction(top, self.bottom * self.bottom)

    def poles(self, interval: Interval) -> int:
        """How many distinct poles lie on the interval."""
        return roots_on(self.bottom, interval)


def real_function(value: Function) -> RealFunction:
    """The quotient of polynomials for an element of Q or Q(x), or for a list of coefficients.

    Raises DomainError for any other field, and if the constants are not rational.
    """
    one = flint.fmpq_poly([1])
    if not isinstance(value, Scalar):
        bottom = one
        return RealFunction(flint.fmpq_poly([rational(Fraction(c)) for c in value]), bottom)
    known = value.field.rational_value(value.raw)
    if known is not None:
        return RealFunction(flint.fmpq_poly([rational(known)]), one)
    if not isinstance(value.field, FractionField) or not value.field.free_symbols:
        message = f"a function of one symbol over Q was needed, got {value} of {value.field.name}"
        raise DomainError(message)
    used = {
        i
        for part in value.raw
        for monomial, _ in terms_of(part)
        for i, e in enumerate(monomial)
        if e
    }
    place = used.pop()
    if used or not value.field.generators[place].is_free:
        message = f"a function of one symbol over Q was needed, got {value} of {value.field.name}"
        raise DomainError(message)
    top, bottom = (_univariate(part, place) for part in value.raw)
    return RealFunction(top, bottom)


def _univariate(polynomial: Polynomial, place: int) -> flint.fmpq_poly:
    coefficients: dict[int, int] = {m[place]: c for m, c in terms_of(polynomial)}
    degree = max(coefficients, default=0)
    return flint.fmpq_poly([coefficients.get(i, 0) for i in range(degree + 1)])


def roots_on(polynomial: flint.fmpq_poly, interval: Interval) -> int:
    """How many distinct roots lie on the interval. Raises DomainError for the zero polynomial."""
    count = count_roots(polynomial, interval.lower, interval.upper)
    ends = {interval.lower, interval.upper} - {None}
    open_ends = [end for end in ends if end is not None and not interval.has_end(end)]
    return count - sum(sign_at(polynomial, end) == 0 for end in open_ends)


def sample_points(polynomial: flint.fmpq_poly, interval: Interval) -> list[Fraction]:
    """Points inside the interval, one in each part into which the roots divide it."""
    if interval.lower is not None and interval.lower == interval.upper:
        return [interval.lower]
    reach = root_bound(polynomial)
    low, high = interval.lower, interval.upper
    if low is None:
        low = -reach if high is None else min(-reach, high - 1)
    if high is None:
        high = max(reach, low + 1)
    pairs = isolate_roots(polynomial, low, high)
    pairs = tuple(_narrowed(polynomial, pair, low, high) for pair in pairs)
    ends = [low, *(end for pair in pairs for end in pair), high]
    gaps = zip(ends[::2], ends[1::2], strict=True)
    return [(a + b) / 2 for a, b in gaps if a < b or low < a < high]


def _narrowed(
    polynomial: flint.fmpq_poly, pair: tuple[Fraction, Fraction], low: Fraction, high: Fraction
) -> tuple[Fraction, Fraction]:
    """A part of an isolating interval with the same root that touches neither end."""
    a, b = pair
    while a < b and (a == low or b == high):
        middle = (a + b) / 2
        if sign_at(polynomial, middle) == 0:
            return middle, middle
        if count_roots(polynomial, a, middle):
            b = middle
        else:
            a = middle
    return a, b


# --- decisions -----------------------------------------------------------------------------------


def positive_on(function: Function, interval: Interval) -> Verdict:
    """f(x) > 0 for every x of the interval.

    >>> positive_on([2, -2, 1], Interval()).reason
    'x^2 + (-2)*x + 2 > 0 on (-oo, oo): no root, and 2 at 0'
    """
    f = real_function(function)
    return _positive(f, interval)


def _positive(f: RealFunction, interval: Interval) -> Verdict:
    claim = f"{f} > 0 on {interval}"
    bad = _unfit(f, interval, claim)
    if bad is not None:
        return bad
    roots = 1 if f.top.degree() < 0 else roots_on(f.top, interval)
    if roots:
        return fails(Evidence.EXACT, f"not {claim}: {_root_place(f.top, interval)}")
    point = sample_points(f.top, interval)[0]
    value = _value(f, point)
    answer = holds if value > 0 else fails
    word = "" if value > 0 else "not "
    return answer(Evidence.EXACT, f"{word}{claim}: no root, and {value} at {point}")


def nonnegative_on(function: Function, interval: Interval) -> Verdict:
    """f(x) >= 0 for every x of the interval."""
    f = real_function(function)
    return _nonnegative(f, interval, f"{f} >= 0 on {interval}")


def _nonnegative(f: RealFunction, interval: Interval, claim: str) -> Verdict:
    bad = _unfit(f, interval, claim)
    if bad is not None:
        return bad
    if f.top.degree() < 0:
        return holds(Evidence.EXACT, f"{claim}: it is 0 everywhere")
    values = [(point, _value(f, point)) for point in sample_points(f.top, interval)]
    for point, value in values:
        if value < 0:
            return fails(Evidence.EXACT, f"not {claim}: {value} at {point}")
    shown = ", ".join(f"{value} at {point}" for point, value in values)
    return holds(Evidence.EXACT, f"{claim}: {shown} between the roots")


def _unfit(f: RealFunction, interval: Interval, claim: str) -> Verdict | None:
    """FAILS if the function has a pole on the interval, else None."""
    if f.poles(interval) == 0:
        return None
    return fails(Evidence.EXACT, f"not {claim}: pole, {_root_place(f.bottom, interval)}")


def _root_place(polynomial: flint.fmpq_poly, interval: Interval) -> str:
    if polynomial.degree() < 0:
        return "it is 0 everywhere"
    pairs = isolate_roots(polynomial, interval.lower, interval.upper, Fraction(1, 1024))
    a, b = next((a, b) for a, b in pairs if a < b or _inside(a, interval))
    return f"a root between {a} and {b}" if a < b else f"the root {a}"


def _inside(point: Fraction, interval: Interval) -> bool:
    return point not in (interval.lower, interval.upper) or interval.has_end(point)


def _value(f: RealFunction, point: Fraction) -> Fraction:
    place = rational(point)
    value = f.top(place) / f.bottom(place)
    return Fraction(int(value.p), int(value.q))


def _negative(f: RealFunction) -> RealFunction:
    return RealFunction(-f.top, f.bottom)


def nonincreasing_on(function: Function, interval: Interval) -> Verdict:
    """f(a) >= f(b) whenever a < b on the interval."""
    f = real_function(function)
    return _monotone(f, interval, -1, strict=False)


def nondecreasing_on(function: Function, interval: Interval) -> Verdict:
    """f(a) <= f(b) whenever a < b on the interval."""
    f = real_function(function)
    return _monotone(f, interval, 1, strict=False)


def strictly_increasing_on(function: Function, interval: Interval) -> Verdict:
    """f(a) < f(b) whenever a < b on the interval; the derivative may vanish at single points."""
    f = real_function(function)
    return _monotone(f, interval, 1, strict=True)


def strictly_decreasing_on(function: Function, interval: Interval) -> Verdict:
    """f(a) > f(b) whenever a < b on the interval; the derivative may vanish at single points."""
    f = real_function(function)
    return _monotone(f, interval, -1, strict=True)


def _monotone(f: RealFunction, interval: Interval, sign: int, *, strict: bool) -> Verdict:
    words = {1: "increasing", -1: "decreasing"}
    claim = f"{f} is {'strictly ' if strict else 'weakly '}{words[sign]} on {interval}"
    bad = _unfit(f, interval, claim)
    if bad is not None:
        return bad
    if interval.lower is not None and interval.lower == interval.upper:
        return holds(Evidence.EXACT, f"{claim}: a single point")
    slope = f.derivative()
    if slope.top.degree() < 0:
        answer = fails if strict else holds
        return answer(Evidence.EXACT, f"{'not ' if strict else ''}{claim}: it is constant")
    return _nonnegative(slope if sign > 0 else _negative(slope), interval, claim)


def positive_near(function: Function, point: Fraction | int, side: int = 1) -> Verdict:
    """Whether f(x) > 0 for all x near enough to a point on one side: 1 for right, -1 for left.

    The point itself is left out, and may be a pole. `data["order"]` is the order of f there.
    """
    f = real_function(function)
    return _positive_near(f, Fraction(point), side)


def _positive_near(f: RealFunction, point: Fraction, side: int) -> Verdict:
    claim = f"{f} > 0 on the {'right' if side > 0 else 'left'} of {point}"
    if f.top.degree() < 0:
        return fails(Evidence.EXACT, f"not {claim}: it is 0 everywhere")
    orders, sign = [], 1
    for part in (f.top, f.bottom):
        moved = part(flint.fmpq_poly([rational(point), side]))
        order = next(i for i, value in enumerate(moved.coeffs()) if value != 0)
        sign = sign if moved[order] > 0 else -sign
        orders.append(order)
    answer = holds if sign > 0 else fails
    order = orders[0] - orders[1]
    reason = f"{'' if sign > 0 else 'not '}{claim}: order {order} there"
    return answer(Evidence.EXACT, reason, order=order)


def root_count_is(function: Function, count: int, interval: Interval) -> Verdict:
    """The function has exactly this many distinct roots on the interval.

    Raises DomainError for the zero function.
    """
    f = real_function(function)
    found = roots_on(f.top, interval)
    reason = f"{f} has {found} distinct roots on {interval}, claimed {count}"
    return (holds if found == count else fails)(Evidence.EXACT, reason)
