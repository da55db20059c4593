"""Limits at infinity and at 0 from either side, and the rules that make one from others.

Objects: End, Infinity. Functions: limit_of_rational, limit_of_sum, limit_of_call. Each answers None
where the limit is not known.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

import flint

from symbolic_landscape.formula import (
    ONE,
    ZERO,
    Const,
    Formula,
    call,
    product,
    total,
)
from symbolic_landscape.functions.constants import constant_sign
from symbolic_landscape.functions.patterns import Side
from symbolic_landscape.functions.substitutions import Substituted


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


def limit_of_rational(rational: Substituted, end: End) -> Limit | None:
    """The limit of a rational function after a substitution."""
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


def limit_of_sum(parts: Sequence[Limit | None]) -> Limit | None:
    """The limit of a sum from those of its terms."""
    signs = {part.sign for part in parts if isinstance(part, Infinity)}
    if None in parts or len(signs) > 1:
        return None
    if signs:
        return Infinity(signs.pop())
    return total(part for part in parts if isinstance(part, Formula))


_AT_INFINITY: dict[str, Callable[[int], Limit | None]] = {
    "exp": lambda sign: Infinity(1) if sign > 0 else ZERO,
    "log": lambda sign: Infinity(1) if sign > 0 else None,
    "sqrt": lambda sign: Infinity(1) if sign > 0 else None,
    "tanh": lambda sign: Const(Fraction(sign)),
    "atan": lambda sign: product((Const(Fraction(2 * sign)), call("atan", ONE))),
}


def limit_of_call(name: str, inner: Limit | None) -> Limit | None:
    """The limit of exp, log, tanh, atan or sqrt from that of the argument."""
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
