"""Functions of one real variable that are exact: quotients of polynomials, and three named ones.

Notation: phi is a profile, phi'(t) its slope, phi(t) / t its secant.

Objects: Profile. Functions: polynomial, is_right, least_bound.

Design notes. A profile is a quotient of polynomials, or another quotient left of 0, or one of three
named functions that no quotient replaces: they are differentiable, vanish at 0 and grow at most
linearly, but are less smooth or wilder than the literature on networks expects. A value that lies
in no exact field raises DomainError.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import TypeAlias

from symbolic_landscape.arithmetic import (
    QQ,
    Interval,
    RationalFunctions,
    Scalar,
    nonnegative_on,
    positive_near,
    positive_on,
)
from symbolic_landscape.errors import DomainError, ShapeError

Number: TypeAlias = int | Fraction
Coefficients: TypeAlias = tuple[Number, ...]
LINE = RationalFunctions(("t",))
"""Q(t), with t > 0 where the sign of an argument matters."""

FROM_ZERO = Interval(Fraction(0), None)
BEYOND_ZERO = Interval(Fraction(0), None, lower_open=True)

STEP = "s"
"""The symbol whose square is the step of a difference quotient."""

NAMED = ("fast waves far out", "fast waves near zero", "power three halves")
"""sin(2 pi t^2) / (2 pi), t^2 sin(2 pi / t^4) / (2 pi), and |t|^(3/2) / (1 + t^2)."""

FAR, NEAR, ROOT = NAMED
INTEGER, UNIT_FRACTION = "n", "u"
"""Symbols that stand for integers, and for fractions 1/n."""

LARGEST, FINEST = 1024, Fraction(1, 64)
"""The bound on slopes that are looked for, and how finely."""


def polynomial(coefficients: Coefficients, t: Scalar) -> Scalar:
    """The polynomial with these coefficients, from the constant term up, at t."""
    total = t.field.scalar(0)
    for coefficient in reversed(coefficients):
        total = total * t + Fraction(coefficient)
    return total


def _derivative(coefficients: Coefficients) -> Coefficients:
    return tuple(k * c for k, c in enumerate(coefficients))[1:]


Quotient: TypeAlias = tuple[Coefficients, Coefficients]


def _value(quotient: Quotient, t: Scalar) -> Scalar:
    return polynomial(quotient[0], t) / polynomial(quotient[1], t)


def _slope(quotient: Quotient, t: Scalar) -> Scalar:
    top, bottom = (polynomial(part, t) for part in quotient)
    first, second = (polynomial(_derivative(part), t) for part in quotient)
    return (first * bottom - top * second) / (bottom * bottom)


def _bend(quotient: Quotient) -> Scalar:
    """The second derivative at 0 from the side on which the quotient is used."""
    a, b = ([*map(Fraction, part), Fraction(0), Fraction(0), Fraction(0)] for part in quotient)
    first = a[0] / b[0]
    second = (a[1] - first * b[1]) / b[0]
    return QQ.scalar(2 * (a[2] - first * b[2] - second * b[1]) / b[0])


def is_right(t: Scalar) -> bool:
    """Whether t >= 0: a number, a function of t > 0 in Q(t), or one of a small s in Q(s).

    Raises DomainError where the sign is not the same throughout.
    """
    if not t.field.free_symbols or t.is_zero:
        return t.sign() >= 0
    if t.field.free_symbols == (STEP,):
        return positive_near(t, 0).is_holds
    if positive_on(t, BEYOND_ZERO).is_holds:
        return True
    if positive_on(-t, BEYOND_ZERO).is_holds:
        return False
    message = f"the sign of the argument {t} of a function in two pieces is not the same throughout"
    raise DomainError(message)


@dataclass(frozen=True)
class Profile:
    """phi(t) = top(t) / bottom(t); for t < 0 the quotient `left` where given; or a named function.

    Coefficients run from the constant term up. Raises ShapeError for an unknown name.
    """

    top: Coefficients = (0,)
    bottom: Coefficients = (1,)
    left: Quotient | None = None
    named: str = ""

    def __post_init__(self) -> None:
        """Check the name."""
        if self.named and self.named not in NAMED:
            message = f"profile: one of {', '.join(NAMED)} was needed, got {self.named!r}"
            raise ShapeError(message)

    @property
    def right(self) -> Quotient:
        """The quotient for t >= 0."""
        return self.top, self.bottom

    def piece(self, t: Scalar) -> Quotient:
        """The quotient that is used at t."""
        return self.right if self.left is None or is_right(t) else self.left

    def value(self, t: Scalar) -> Scalar:
        """phi(t). Raises DomainError where it lies in no exact field."""
        if self.named:
            return _named_value(self.named, t)
        return _value(self.piece(t), t)

    def slope(self, t: Scalar) -> Scalar:
        """phi'(t), from the right where the sides differ. Raises DomainError as `value` does."""
        if self.named:
            return _named_slope(self.named, t)
        return _slope(self.piece(t), t)

    def _sides(self) -> tuple[tuple[Quotient, int], ...]:
        return ((self.right, 1), (self.left or self.right, -1))

    def _on_half(self, what: str, quotient: Quotient, side: int) -> Scalar:
        """The slope, or the secant phi(t)/t, at side * t for t > 0, in Q(t)."""
        t = LINE.generator("t") * side
        return _slope(quotient, t) if what == "slope" else _value(quotient, t) / t

    @property
    def has_values(self) -> bool:
        """Whether the quotients have no pole where they are used."""
        halves = ((bottom, side) for (_, bottom), side in self._sides())
        t = LINE.generator("t")
        return all(
            positive_on(polynomial(bottom, t * side) ** 2, FROM_ZERO).is_holds
            for bottom, side in halves
        )

    @property
    def is_continuous(self) -> bool:
        """Whether phi is continuous on the line."""
        if self.named or self.left is None:
            return bool(self.named) or self.has_values
        zero = QQ.scalar(0)
        return self.has_values and (_value(self.left, zero) == _value(self.right, zero)) is True

    @property
    def is_differentiable(self) -> bool:
        """Whether phi is differentiable on the line."""
        if self.named or self.left is None:
            return self.is_continuous
        zero = QQ.scalar(0)
        return self.is_continuous and (_slope(self.left, zero) == _slope(self.right, zero)) is True

    @property
    def is_continuously_differentiable(self) -> bool:
        """Whether phi is C1."""
        return self.is_differentiable and self.named != NEAR

    @property
    def is_twice_differentiable(self) -> bool:
        """Whether phi is twice differentiable on the line."""
        if self.named:
            return self.named == FAR
        if self.left is None:
            return self.is_differentiable
        return self.is_differentiable and (_bend(self.left) == _bend(self.right)) is True

    @property
    def grows_linearly(self) -> bool:
        """Whether |phi(t)| is at most a multiple of |t| for large t."""
        degrees = ((_degree(top), _degree(bottom)) for (top, bottom), _ in self._sides())
        return bool(self.named) or all(high <= low + 1 for high, low in degrees)

    @property
    def vanishes_at_zero(self) -> bool:
        """Whether phi(0) = 0."""
        return bool(self.named) or self.value(QQ.scalar(0)).is_zero

    def range_of(self, what: str) -> tuple[Fraction, Fraction] | None:
        """Bounds of the slope phi'(t), or of the secant phi(t)/t, for all t; None if none found."""
        if self.named:
            return (Fraction(-1), Fraction(1)) if what == "secant" else None
        known = self.is_differentiable if what == "slope" else self.is_continuous
        if not known or (what == "secant" and not self.vanishes_at_zero):
            return None
        halves = [self._on_half(what, quotient, side) for quotient, side in self._sides()]
        highs = [least_bound(half) for half in halves]
        lows = [least_bound(-half) for half in halves]
        found = [value for value in (*highs, *lows) if value is not None]
        if len(found) < 4:
            return None
        return -max(found[2:]), max(found[:2])


def _degree(coefficients: Coefficients) -> int:
    return max((k for k, c in enumerate(coefficients) if c), default=0)


@lru_cache(maxsize=1024)
def least_bound(function: Scalar) -> Fraction | None:
    """A bound of a function of t > 0 from above, within FINEST of the least one; None if none."""

    def bounds(value: Fraction) -> bool:
        return nonnegative_on(LINE.scalar(value) - function, FROM_ZERO).is_holds

    high = Fraction(LARGEST)
    if not bounds(high):
        return None
    low = -high
    while high - low > FINEST:
        middle = (low + high) / 2
        low, high = (low, middle) if bounds(middle) else (middle, high)
    return high


def _named_value(name: str, t: Scalar) -> Scalar:
    if t.is_zero:
        return t.field.scalar(0)
    if name == ROOT:
        root, sign = _root(t)
        return root * t * sign / (t * t + 1)
    _on_the_grid(name, t)
    return t.field.scalar(0)


def _named_slope(name: str, t: Scalar) -> Scalar:
    if t.is_zero:
        return t.field.scalar(0)
    if name == ROOT:
        root, sign = _root(t)
        below = t * t + 1
        return root * sign * (below * Fraction(3, 2) - t * t * 2) / (below * below)
    _on_the_grid(name, t)
    return t * 2 if name == FAR else t**-3 * -4


def _root(t: Scalar) -> tuple[Scalar, int]:
    """|t|^(1/2) and the sign of t, for a rational square, or a rational square times s^2."""
    unit = t.field.scalar(1)
    if isinstance(t.field, RationalFunctions) and STEP in t.field.names:
        step = t.field.generator(STEP)
        unit = step if t.field.rational_value((t / step**2).raw) is not None else unit
    factor = QQ.scalar((t / unit**2).rational())
    return unit * abs(factor).sqrt(), factor.sign()


def _on_the_grid(name: str, t: Scalar) -> None:
    """Refuses an argument at which the waves are not known to be at rest."""
    letter = INTEGER if name == FAR else UNIT_FRACTION
    if isinstance(t.field, RationalFunctions) and t.field.free_symbols == (letter,):
        symbol = t.field.generator(letter)
        if (t - symbol).is_zero or (t + symbol).is_zero:
            return
    if not t.field.free_symbols:
        value = t.rational()
        if (value if name == FAR else 1 / value).denominator == 1:
            return
    message = f"the value of {name} at {t} is not known to lie in {t.field.name}"
    raise DomainError(message)
