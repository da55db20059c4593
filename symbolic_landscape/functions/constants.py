"""Constant formulas: their signs, and values as constant formulas.

Functions: constant_sign, value_at.
"""

from __future__ import annotations

from fractions import Fraction

from symbolic_landscape.arithmetic import BallField
from symbolic_landscape.errors import DomainError
from symbolic_landscape.formula import Const, Formula, composition, evaluated

MOST_BITS = 2048


def constant_sign(formula: Formula) -> int | None:
    """The sign of a constant formula; None where balls of many bits do not tell it from 0."""
    if isinstance(formula, Const):
        return (formula.value > 0) - (formula.value < 0)
    bits = 64
    while bits <= MOST_BITS:
        field = BallField(bits)
        try:
            ball = evaluated(formula, field.constant(Fraction(0)), field)
        except DomainError:
            return None
        if ball > 0:
            return 1
        if ball < 0:
            return -1
        bits *= 2
    return None


def value_at(formula: Formula, point: Fraction) -> Formula | None:
    """The value at a rational point as a constant formula, or None where there is none."""
    try:
        return composition(formula, Const(point))
    except DomainError:
        return None
