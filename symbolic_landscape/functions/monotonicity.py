"""Whether a function is strictly monotone, and whether its derivative is positive.

Functions: strictly_increasing, strictly_decreasing, derivative_positive.

Design notes. A strictly increasing function may have a derivative with zeros, as tanh(t^3) has.
FAILS names a point with a negative derivative, or a pair of points in the wrong order, compared
in balls.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from symbolic_landscape.formula import Formula, Piece, derivative
from symbolic_landscape.functions.constants import constant_sign, value_at
from symbolic_landscape.functions.patterns import Pattern, Side
from symbolic_landscape.functions.points import ball_at, point_below_zero, slopes
from symbolic_landscape.functions.smoothness import continuously_differentiable
from symbolic_landscape.functions.substitutions import rational_point
from symbolic_landscape.verdict import Evidence, Verdict, fails, holds, undecided

EXACT = Evidence.EXACT


def strictly_increasing(formula: Formula) -> Verdict:
    """Whether s < t always gives f(s) < f(t)."""
    return _increasing(formula)


def strictly_decreasing(formula: Formula) -> Verdict:
    """Whether s < t always gives f(s) > f(t)."""
    verdict = _increasing(_minus(formula))
    return verdict.because(f"minus the function: {verdict.reason}")


def _minus(formula: Formula) -> Formula:
    if isinstance(formula, Piece):
        return Piece(-formula.left, -formula.right, formula.smoothness)
    return -formula


def _increasing(formula: Formula) -> Verdict:
    found = _monotone(formula)
    if found is not None:
        return found
    pair = _falling_pair(formula)
    if pair is not None:
        s, t = pair
        return fails(Evidence.ENCLOSED, f"f({s}) > f({t}) for f(t) = {formula}", pair=pair)
    return undecided(f"no rule shows whether {formula} is strictly increasing")


def _monotone(formula: Formula) -> Verdict | None:
    found = slopes(formula)
    for slope, side in found:
        if slope is not None and slope.is_zero:
            s, t = (-2, -1) if side is Side.NEGATIVE else (1, 2)
            reason = f"f({s}) = f({t}): the function is constant there"
            return fails(EXACT, reason, pair=(Fraction(s), Fraction(t)))
        if slope is not None and -1 in slope.signs:
            point = point_below_zero(slope, side)
            return fails(EXACT, f"the derivative is negative at t = {point}", point=point)
    if any(slope is None for slope, _ in found):
        return None
    if isinstance(formula, Piece) and not continuously_differentiable(formula, 0).is_holds:
        return None
    zeros = sum(len(slope.zeros) for slope, _ in found if slope is not None)
    points = "one point" if zeros == 1 else f"{zeros} points"
    where = f"except at {points}" if zeros else "everywhere"
    return holds(EXACT, f"the derivative is positive {where}")


def derivative_positive(formula: Formula) -> Verdict:
    """Whether the derivative exists and is > 0 at every point."""
    smooth = continuously_differentiable(formula, 1)
    if smooth.is_fails:
        return smooth
    found = slopes(formula)
    for slope, side in found:
        verdict = _refuted_positivity(slope, side)
        if verdict is not None:
            return verdict
    if isinstance(formula, Piece) and smooth.is_holds:
        at_zero = value_at(derivative(formula.left), Fraction(0))
        sign = None if at_zero is None else constant_sign(at_zero)
        if sign is not None and sign <= 0:
            return fails(EXACT, f"the derivative is {at_zero} at t = 0", point=rational_point(0))
        if sign is None:
            return undecided("the sign of the derivative at t = 0 is not known")
    if smooth.is_holds and all(slope is not None for slope, _ in found):
        return holds(EXACT, "the derivative is positive everywhere")
    return undecided(f"no rule shows whether the derivative of {formula} is positive")


def _refuted_positivity(slope: Pattern | None, side: Side) -> Verdict | None:
    if slope is None or slope.is_positive:
        return None
    if slope.is_zero:
        point = rational_point(-1 if side is Side.NEGATIVE else 1)
        return fails(EXACT, f"the derivative is 0 at {point}", point=point)
    if -1 in slope.signs:
        point = rational_point(point_below_zero(slope, side))
        return fails(EXACT, f"the derivative is negative at {point}", point=point)
    point = slope.zeros[0]
    return fails(EXACT, f"the derivative is 0 at {point}", point=point)


def _falling_pair(formula: Formula) -> tuple[Fraction, Fraction] | None:
    """Rational s < t with certainly f(s) > f(t), from a small grid, or None."""
    for s, t in pairwise(Fraction(i, 4) for i in range(-40, 41)):
        a, b = ball_at(formula, s), ball_at(formula, t)
        if a is not None and b is not None and a > b:
            return s, t
    return None
