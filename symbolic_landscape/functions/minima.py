"""Whether the critical points of a function of one variable are its global minima.

Functions: critical_points_are_global_minima.
"""

from __future__ import annotations

from fractions import Fraction

from symbolic_landscape.formula import Formula, derivative
from symbolic_landscape.functions.constants import constant_sign, value_at
from symbolic_landscape.functions.patterns import Pattern
from symbolic_landscape.functions.points import halves, slopes
from symbolic_landscape.functions.smoothness import continuously_differentiable
from symbolic_landscape.functions.substitutions import rational_point
from symbolic_landscape.verdict import Evidence, Verdict, fails, holds, undecided

EXACT = Evidence.EXACT


def critical_points_are_global_minima(formula: Formula) -> Verdict:
    """Whether every zero of the derivative is a global minimum of the function."""
    smooth = continuously_differentiable(formula, 1)
    if not smooth.is_holds:
        return smooth
    found = [slope for slope, _ in slopes(formula)]
    if any(slope is None for slope in found):
        return undecided(f"the signs of the derivative of {formula} are not known")
    signs = _joined(formula, [slope for slope in found if slope is not None])
    if signs is None:
        return undecided(f"the sign of the derivative of {formula} at t = 0 is not known")
    return _judged(signs)


def _joined(formula: Formula, slopes: list[Pattern]) -> Pattern | None:
    """The pattern of the derivative on the line from those on both sides of 0.

    A sign 0 on one side means that the function is constant there.
    """
    if len(slopes) == 1:
        return slopes[0]
    left, right = slopes
    at_zero = value_at(derivative(halves(formula)[0]), Fraction(0))
    sign = None if at_zero is None else constant_sign(at_zero)
    if sign is None:
        return None
    if sign:
        return Pattern((*left.zeros, *right.zeros), (*left.signs, *right.signs[1:]))
    zeros = (*left.zeros, rational_point(0), *right.zeros)
    return Pattern(zeros, (*left.signs, *right.signs))


def _judged(signs: Pattern) -> Verdict:
    """The verdict for a derivative with these signs.

    If every zero has a sign <= 0 before it and >= 0 after it, then the zeros form one point or one
    interval, the function falls before and rises after. Else there are lower values near a zero.
    """
    if signs.is_zero:
        return holds(EXACT, "the function is constant, so every point is a global minimum")
    if not signs.zeros:
        return holds(EXACT, "the derivative has no zero")
    for i, point in enumerate(signs.zeros):
        if signs.signs[i] > 0 or signs.signs[i + 1] < 0:
            reason = f"the derivative is 0 at {point}, but there are lower values nearby"
            return fails(EXACT, reason, point=point)
    places = ", ".join(map(str, signs.zeros))
    return holds(EXACT, f"falling before {places}, rising after", minima=signs.zeros)
