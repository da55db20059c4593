"""Points and values that a decision about a function may name.

Functions: halves, slopes, point_below_zero, simple_between, ball_at, grid.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from symbolic_landscape.arithmetic import BallField
from symbolic_landscape.errors import DomainError
from symbolic_landscape.formula import Formula, Piece, derivative, evaluated
from symbolic_landscape.functions.patterns import Pattern, Side
from symbolic_landscape.functions.signs import is_analytic, pattern

HALF_LINES = (Side.NEGATIVE, Side.POSITIVE)
WITNESS_BITS = 192


def halves(formula: Formula) -> tuple[Formula, Formula]:
    """The formulas that hold for t < 0 and for t > 0."""
    return (formula.left, formula.right) if isinstance(formula, Piece) else (formula, formula)


def slopes(formula: Formula) -> list[tuple[Pattern | None, Side]]:
    """Signs of the derivative on the line, or on both half-lines for a formula in pieces."""
    if isinstance(formula, Piece):
        return [
            (_slope(part, side), side)
            for part, side in zip(halves(formula), HALF_LINES, strict=True)
        ]
    return [(_slope(formula, Side.LINE), Side.LINE)]


def _slope(formula: Formula, side: Side) -> Pattern | None:
    if not is_analytic(formula, side):
        return None
    return pattern(derivative(formula), side)


def point_below_zero(signs: Pattern, side: Side) -> Fraction:
    """A rational point of the side at which a function with this pattern is negative."""
    place = signs.signs.index(-1)
    low = signs.zeros[place - 1].high if place > 0 else None
    high = signs.zeros[place].low if place < len(signs.zeros) else None
    if low is None and side is Side.POSITIVE:
        low = Fraction(0)
    if high is None and side is Side.NEGATIVE:
        high = Fraction(0)
    return simple_between(low, high)


def simple_between(low: Fraction | None, high: Fraction | None) -> Fraction:
    """A rational with a small denominator in the open interval; None is an infinite end.

    >>> simple_between(Fraction(1, 3), Fraction(1, 2))
    Fraction(2, 5)
    """
    if (low is None or low < 0) and (high is None or high > 0):
        return Fraction(0)
    if low is None or low < 0:
        return -simple_between(None if high is None else -high, None if low is None else -low)
    whole = math.floor(low)
    if high is None or whole + 1 < high:
        return Fraction(whole + 1)
    above = None if low == whole else 1 / (low - whole)
    return whole + 1 / simple_between(1 / (high - whole), above)


def ball_at(formula: Formula, point: Fraction) -> Any:
    """A ball for the value at a rational point, or None where there is none."""
    field = BallField(WITNESS_BITS)
    part = halves(formula)[point > 0]
    try:
        return evaluated(part, field.constant(point), field)
    except DomainError:
        return None


def grid() -> Iterator[Fraction]:
    """0, then points of both signs, near and far."""
    yield Fraction(0)
    for size in (*(Fraction(i, 4) for i in range(1, 21)), *(Fraction(2**i) for i in range(3, 12))):
        yield size
        yield -size
