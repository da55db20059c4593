"""Limits of a formula at infinity and at 0, from either side.

Objects: End, Infinity. Functions: limit, limit_signs.

Design notes. Limits are taken rule by rule on continuous functions; infinity minus infinity and
zero times infinity are not known, except that exp beats every rational function.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from functools import lru_cache

import flint

from symbolic_landscape.formula import (
    ONE,
    ZERO,
    Add,
    Call,
    Const,
    Formula,
    Mul,
    Pow,
    call,
    power,
    product,
    total,
)
from symbolic_landscape.functions.patterns import Side
from symbolic_landscape.functions.signs import (
    MOST_STEPS,
    bounded_pattern,
    constant_sign,
    is_analytic,
    value_at,
)
from symbolic_landscape.functions.substitutions import Substituted, substituted


class End(Enum):
    """Where limits are taken."""

    MINUS_INFINITY = "-infinity"
    ZERO_FROM_BELOW = "0-"
    ZERO_FROM_ABOVE = "0+"
    PLUS_INFINITY = "+infinity"


ENDS = {
    Side.LINE: (End.MINUS_INFINITY, End.PLUS_INFINITY),
    Side.NEGATIVE: (End.MINUS_INFINITY, End.ZERO_FROM_BELOW),
    Side.POSITIVE: (End.ZERO_FROM_ABOVE, End.PLUS_INFINITY),
}


@dataclass(frozen=True)
class Infinity:
    """+infinity or -infinity as a limit."""

    sign: int

    def __str__(self) -> str:
        return "+infinity" if self.sign > 0 else "-infinity"


Limit = Formula | Infinity


def limit_signs(formula: Formula, side: Side, steps: int) -> tuple[int | None, int | None]:
    """The signs of the limits at both ends of the side, infinities included; None if not known."""
    low, high = ENDS[side]
    return _limit_sign(formula, low, steps), _limit_sign(formula, high, steps)


def _limit_sign(formula: Formula, end: End, steps: int) -> int | None:
    """The sign of the limit, infinities included; None where it is not known."""
    found = _limit(formula, end, steps)
    if found is None:
        return None
    return found.sign if isinstance(found, Infinity) else constant_sign(found)


def limit(formula: Formula, end: End) -> Limit | None:
    """The limit as a constant formula or an infinity, or None where it is not known."""
    return _limit(formula, end, MOST_STEPS)


@lru_cache(maxsize=8192)
def _limit(formula: Formula, end: End, steps: int) -> Limit | None:
    if formula.is_constant:
        return formula
    if formula.calls & {"piece", "generic"}:
        return None
    rational = substituted(formula)
    if rational is not None:
        return _rational_limit(rational, end)
    if end in {End.ZERO_FROM_ABOVE, End.ZERO_FROM_BELOW} and is_analytic(formula, Side.LINE):
        return value_at(formula, Fraction(0))
    match formula:
        case Add(terms=terms):
            return _sum_limit([_limit(term, end, steps) for term in terms])
        case Mul(factors=factors):
            return _product_limit(factors, end, steps)
        case Pow(base=base, exponent=exponent):
            return _power_limit(base, exponent, end, steps)
        case Call(name=name, argument=argument):
            return _call_limit(name, _limit(argument, end, steps))
    return None


def _rational_limit(rational: Substituted, end: End) -> Limit | None:
    if end is End.PLUS_INFINITY:
        return _limit_at_infinity(rational.top, rational.bottom, 1)
    if end is End.MINUS_INFINITY and rational.kind == "line":
        return _limit_at_infinity(rational.top, rational.bottom, -1)
    w = Fraction(0) if end is End.MINUS_INFINITY else rational.origin()
    if w is None:
        return None
    side = -1 if end is End.ZERO_FROM_BELOW else 1
    at = flint.fmpq(w.numerator, w.denominator)
    bottom = rational.bottom(at)
    if bottom != 0:
        value = rational.top(at) / bottom
        return Const(Fraction(int(value.p), int(value.q)))
    return _pole_limit(rational, at, side)


def _limit_at_infinity(top: flint.fmpq_poly, bottom: flint.fmpq_poly, direction: int) -> Limit:
    if top.degree() < bottom.degree():
        return ZERO
    quotient = top.leading_coefficient() / bottom.leading_coefficient()
    if top.degree() == bottom.degree():
        return Const(Fraction(int(quotient.p), int(quotient.q)))
    odd = (top.degree() - bottom.degree()) % 2
    return Infinity((1 if quotient > 0 else -1) * (direction if odd else 1))


def _pole_limit(rational: Substituted, at: flint.fmpq, side: int) -> Limit | None:
    """The infinity at a pole, from one side: the sign of top / (bottom without the pole)."""
    step = flint.fmpq_poly([-at, 1])
    bottom, order = rational.bottom, 0
    while bottom(at) == 0:
        bottom, order = bottom // step, order + 1
    value = rational.top(at) / bottom(at)
    if value == 0:
        return None
    return Infinity((1 if value > 0 else -1) * (side if order % 2 else 1))


def _sum_limit(parts: Sequence[Limit | None]) -> Limit | None:
    signs = {part.sign for part in parts if isinstance(part, Infinity)}
    if None in parts or len(signs) > 1:
        return None
    if signs:
        return Infinity(signs.pop())
    return total(part for part in parts if isinstance(part, Formula))


def _product_limit(factors: Sequence[Formula], end: End, steps: int) -> Limit | None:
    parts = [_limit(factor, end, steps) for factor in factors]
    if None in parts:
        return None
    finite = [part for part in parts if isinstance(part, Formula)]
    infinite = [part for part in parts if isinstance(part, Infinity)]
    if not infinite:
        return product(finite)
    sign = 1
    for part in infinite:
        sign *= part.sign
    for constant in finite:
        one = constant_sign(constant)
        if not one:
            return _beaten_by_exponential(factors, end, steps) if one == 0 else None
        sign *= one
    return Infinity(sign)


def _beaten_by_exponential(factors: Sequence[Formula], end: End, steps: int) -> Limit | None:
    """0 for exp(h) r with r rational in t and h rational with limit -infinity; else None."""
    dying = False
    for factor in factors:
        base, exponent = (factor.base, factor.exponent) if isinstance(factor, Pow) else (factor, 1)
        if isinstance(base, Call) and base.name == "exp":
            argument = substituted(base.argument)
            below = _limit(base.argument, end, steps)
            falls = isinstance(below, Infinity) and below.sign * exponent < 0
            if argument is None or argument.kind != "line" or not falls:
                return None
            dying = True
            continue
        rational = substituted(factor)
        if rational is None or rational.kind != "line":
            return None
    return ZERO if dying else None


def _power_limit(base: Formula, exponent: int, end: End, steps: int) -> Limit | None:
    inner = _limit(base, end, steps)
    if inner is None:
        return None
    if isinstance(inner, Infinity):
        return Infinity(inner.sign ** (exponent % 2)) if exponent > 0 else ZERO
    sign = constant_sign(inner)
    if exponent > 0 or sign:
        return power(inner, exponent)
    if sign is None:
        return None
    near = _sign_near(base, end, steps)
    return Infinity(near ** (exponent % 2)) if near else None


def _sign_near(formula: Formula, end: End, steps: int) -> int | None:
    """The sign of the formula close to the end."""
    side = Side.NEGATIVE if end in ENDS[Side.NEGATIVE] else Side.POSITIVE
    signs = bounded_pattern(formula, side, steps)
    if signs is None:
        return None
    return signs.signs[0 if end is ENDS[side][0] else -1] or None


_AT_INFINITY: dict[str, Callable[[int], Limit | None]] = {
    "exp": lambda sign: Infinity(1) if sign > 0 else ZERO,
    "log": lambda sign: Infinity(1) if sign > 0 else None,
    "sqrt": lambda sign: Infinity(1) if sign > 0 else None,
    "tanh": lambda sign: Const(Fraction(sign)),
    "atan": lambda sign: product((Const(Fraction(2 * sign)), call("atan", ONE))),
}


def _call_limit(name: str, inner: Limit | None) -> Limit | None:
    if inner is None:
        return None
    if isinstance(inner, Infinity):
        return _AT_INFINITY[name](inner.sign)
    sign = constant_sign(inner)
    if name == "log" and sign != 1:
        return Infinity(-1) if sign == 0 else None
    if name == "sqrt" and (sign is None or sign < 0):
        return None
    return call(name, inner)
