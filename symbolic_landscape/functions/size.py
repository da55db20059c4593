"""Limits, bounds and growth of a function.

Functions: limits, bounded, nonnegative, growth_bound.

Design notes. A continuous function with finite limits at both ends is bounded. A bound is decided
through the sign of the gap; what no rule settles is tried at rational points in balls, which can
refute it and no more.
"""

from __future__ import annotations

from fractions import Fraction

from symbolic_landscape.formula import Add, Call, Const, Formula, Mul, Piece, Pow, T, call, product
from symbolic_landscape.functions.constants import constant_sign, value_at
from symbolic_landscape.functions.limits import End, Infinity, Limit
from symbolic_landscape.functions.patterns import Side
from symbolic_landscape.functions.points import HALF_LINES, ball_at, grid, halves, point_below_zero
from symbolic_landscape.functions.signs import is_analytic, limit, pattern
from symbolic_landscape.functions.smoothness import continuously_differentiable
from symbolic_landscape.verdict import Evidence, Verdict, fails, holds, undecided

EXACT = Evidence.EXACT


def limits(formula: Formula) -> Verdict:
    """Whether both limits at infinity are known; data `left` and `right` hold them."""
    left, right = _limits(formula)
    if left is None or right is None:
        return undecided(
            f"the limits of {formula} are {left or 'not known'}, {right or 'not known'}"
        )
    return holds(EXACT, f"the limits are {left} and {right}", left=left, right=right)


def _limits(formula: Formula) -> tuple[Limit | None, Limit | None]:
    left, right = halves(formula)
    return limit(left, End.MINUS_INFINITY), limit(right, End.PLUS_INFINITY)


def bounded(formula: Formula) -> Verdict:
    """Whether |f| has a bound on the line; a continuous function with finite limits has one."""
    for found in _limits(formula):
        if isinstance(found, Infinity):
            return fails(EXACT, f"{formula} tends to {found}")
    left, right = _limits(formula)
    if left is None or right is None:
        if _is_bounded(formula):
            return holds(EXACT, f"{formula} is composed of bounded functions")
        return undecided(f"the limits of {formula} at infinity are not known")
    if not continuously_differentiable(formula, 0).is_holds:
        return undecided(f"no rule shows that {formula} is continuous")
    reason = f"continuous with the limits {left} and {right}"
    return holds(EXACT, reason, left=left, right=right)


def _is_bounded(formula: Formula) -> bool:
    match formula:
        case Const():
            return True
        case Call(name=name, argument=argument) if name in {"tanh", "atan"}:
            return is_analytic(argument, Side.LINE)
        case Add(terms=parts) | Mul(factors=parts):
            return all(map(_is_bounded, parts))
        case Pow(base=base, exponent=exponent) if exponent > 0:
            return _is_bounded(base)
    return False


def nonnegative(formula: Formula) -> Verdict:
    """Whether no value is below 0."""
    parts = _on_sides(formula)
    for part, side in parts:
        signs = pattern(part, side)
        if signs is None:
            return _negative_value(formula)
        if -1 in signs.signs:
            point = point_below_zero(signs, side)
            return fails(EXACT, f"the value at t = {point} is negative", point=point)
    if isinstance(formula, Piece):
        at_zero = value_at(formula.left, Fraction(0))
        if at_zero is None or constant_sign(at_zero) not in (0, 1):
            return undecided(f"the value of {formula} at t = 0 is not known to be nonnegative")
    return holds(EXACT, "no value is negative")


def _negative_value(formula: Formula) -> Verdict:
    for point in grid():
        value = ball_at(formula, point)
        if value is not None and value < 0:
            return fails(Evidence.ENCLOSED, f"the value at t = {point} is in {value}", point=point)
    return undecided(f"no rule shows whether {formula} is nonnegative")


def _on_sides(formula: Formula) -> list[tuple[Formula, Side]]:
    if isinstance(formula, Piece):
        return list(zip(halves(formula), HALF_LINES, strict=True))
    return [(formula, Side.LINE)]


def growth_bound(
    formula: Formula, rho1: Formula, rho2: Formula, rho3: Formula, rho4: Formula
) -> Verdict:
    """Whether |f(t)| <= rho1 e^(rho2 t) for t < 0 and |f(t)| <= rho3 t + rho4 for t >= 0."""
    for i, rho in enumerate((rho1, rho2, rho3, rho4), 1):
        if constant_sign(rho) != 1:
            return fails(EXACT, f"rho{i} = {rho} must be positive")
    left, right = halves(formula)
    below = product((rho1, call("exp", product((rho2, T)))))
    above = product((rho3, T)) + rho4
    settled = True
    for bound, part, side in ((below, left, Side.NEGATIVE), (above, right, Side.POSITIVE)):
        for gap in (bound - part, bound + part):
            signs = pattern(gap, side)
            if signs is not None and -1 in signs.signs:
                point = point_below_zero(signs, side)
                return fails(EXACT, f"the bound {bound} is broken at t = {point}", point=point)
            if signs is None:
                broken = _beyond(gap, bound, side)
                if broken is not None:
                    return broken
                settled = False
    if not settled:
        return undecided(f"no rule compares {formula} with {below} and {above}")
    if not continuously_differentiable(formula, 0).is_holds:
        return undecided(f"no rule shows that {formula} is continuous, so that t = 0 is covered")
    return holds(EXACT, f"|{formula}| is at most {below} for t < 0 and {above} for t >= 0")


def _beyond(gap: Formula, bound: Formula, side: Side) -> Verdict | None:
    """A rational t < 0, or t >= 0, where the gap is certainly negative, as a refutation."""
    for point in grid():
        if (point >= 0) == (side is Side.POSITIVE):
            value = ball_at(gap, point)
            if value is not None and value < 0:
                reason = f"the bound {bound} is broken at t = {point}"
                return fails(Evidence.ENCLOSED, reason, point=point)
    return None
