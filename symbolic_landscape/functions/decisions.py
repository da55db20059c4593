"""Facts about one real function, decided from its formula.

Functions: analytic, continuously_differentiable, strictly_increasing, strictly_decreasing,
derivative_positive, bounded, limits, growth_bound, nonnegative, critical_points_are_global_minima.

Design notes. HOLDS comes from a rule of `signs`, FAILS from an exact point or a certified pair of values;
what neither settles is UNDECIDED. A value at a rational point is compared in balls, and the level is then
`enclosed`; a zero is always exact. A generic function, which may be any, satisfies nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise

from symbolic_landscape.arithmetic import BallField
from symbolic_landscape.errors import DomainError
from symbolic_landscape.formula import (
    Add,
    Call,
    Const,
    Formula,
    Mul,
    Piece,
    Pow,
    T,
    call,
    product,
)
from symbolic_landscape.functions.signs import (
    End,
    Infinity,
    Limit,
    Pattern,
    Side,
    constant_sign,
    is_analytic,
    limit,
    pattern,
)
from symbolic_landscape.functions.substitutions import Root, rational_point
from symbolic_landscape.verdict import Evidence, Verdict, fails, holds, undecided

EXACT = Evidence.EXACT
HALF_LINES = (Side.NEGATIVE, Side.POSITIVE)
WITNESS_BITS = 192


def _halves(formula: Formula) -> tuple[Formula, Formula]:
    """The formulas that hold for t < 0 and for t > 0."""
    return (formula.left, formula.right) if isinstance(formula, Piece) else (formula, formula)


# ---- smoothness


def analytic(formula: Formula) -> Verdict:
    """Whether the function is real analytic at every point of the line."""
    if is_analytic(formula, Side.LINE):
        return holds(EXACT, f"{formula} is composed of functions that are analytic where it needs them")
    point = _undefined_point(formula)
    if point is not None:
        return fails(EXACT, f"{formula} has no value at {point}", point=point)
    if isinstance(formula, Piece):
        return _analytic_in_pieces(formula)
    if isinstance(formula, Call) and formula.name == "sqrt":
        corner = _corner(formula.argument)
        if corner is not None:
            return fails(EXACT, f"{formula} has a corner at {corner}", point=corner)
    return undecided(f"no rule shows whether {formula} is analytic")


def _analytic_in_pieces(formula: Piece) -> Verdict:
    """Two pieces join analytically only if the left one, continued, is the right one."""
    if not is_analytic(formula.left, Side.LINE):
        return undecided(f"no rule continues the left piece of {formula}")
    for point in (Fraction(1), Fraction(2)):
        difference = _at(formula.right - formula.left, point)
        if difference is not None and constant_sign(difference):
            reason = (
                f"it equals {formula.left} for t <= 0, so as an analytic function everywhere, "
                f"but not at t = {point}"
            )
            return fails(EXACT, reason, point=rational_point(point))
    return undecided(f"no rule shows whether the pieces of {formula} are one analytic function")


def _corner(argument: Formula) -> Root | None:
    """A zero of a polynomial-like argument of a root where the root is |t - z| times a smooth factor."""
    if not is_analytic(argument, Side.LINE):
        return None
    signs, slope, bend = (pattern(argument.derivative(i), Side.LINE) for i in range(3))
    if slope is None or signs is None or bend is None or not signs.is_nonnegative:
        return None
    for point in signs.zeros:
        if point in slope.zeros and point not in bend.zeros:
            return point
    return None


def _undefined_point(formula: Formula) -> Root | None:
    """A point where a part of the formula has no value: a division by zero, log or root outside."""
    match formula:
        case Add(terms=parts) | Mul(factors=parts):
            return next(filter(None, map(_undefined_point, parts)), None)
        case Pow(base=base, exponent=exponent):
            signs = pattern(base, Side.LINE) if exponent < 0 else None
            if signs is not None and signs.zeros:
                return signs.zeros[0]
            return _undefined_point(base)
        case Call(name=name, argument=argument):
            signs = pattern(argument, Side.LINE) if name in {"log", "sqrt"} else None
            if signs is not None and name == "log" and signs.zeros:
                return signs.zeros[0]
            if signs is not None and -1 in signs.signs:
                return rational_point(_point_below_zero(signs, Side.LINE))
            return _undefined_point(argument)
    return None


def continuously_differentiable(formula: Formula, order: int) -> Verdict:
    """Whether the function has continuous derivatives up to this order on the whole line."""
    name = f"C{order}"
    whole = analytic(formula)
    if whole.is_holds:
        return whole.because(f"{name}: {whole.reason}")
    if isinstance(formula, Piece):
        return _joined_smoothly(formula, order)
    if _undefined_point(formula) is not None:
        return whole
    if order >= 1 and isinstance(formula, Call) and formula.name == "sqrt" and whole.is_fails:
        return whole.because(f"not {name}: {whole.reason}")
    return undecided(f"no rule shows whether {formula} is {name}")


def _joined_smoothly(formula: Piece, order: int) -> Verdict:
    """Compares the derivatives of the left piece at 0 with the limits of the right ones."""
    left, right = formula.left, formula.right
    if not is_analytic(left, Side.LINE) or not is_analytic(right, Side.POSITIVE):
        return undecided(f"no rule shows that both pieces of {formula} are smooth")
    for i in range(order + 1):
        here = _at(left.derivative(i), Fraction(0))
        there = limit(right.derivative(i), End.ZERO_FROM_ABOVE)
        gap = here - there if here is not None and isinstance(there, Formula) else None
        sign = None if gap is None else constant_sign(gap)
        if isinstance(there, Infinity) or sign:
            reason = f"the derivatives of order {i} at 0 are {here} from the left and {there}"
            return fails(EXACT, reason, point=rational_point(0))
        if sign is None:
            return undecided(f"the derivatives of order {i} at 0 could not be compared")
    return holds(EXACT, f"the derivatives of both pieces up to order {order} agree at 0")


# ---- order


def strictly_increasing(formula: Formula) -> Verdict:
    """Whether s < t always gives f(s) < f(t)."""
    return _increasing(formula).against(strictly_decreasing=lambda: _increasing(_minus(formula)))


def strictly_decreasing(formula: Formula) -> Verdict:
    """Whether s < t always gives f(s) > f(t)."""
    verdict = _increasing(_minus(formula))
    return verdict.because(f"minus the function: {verdict.reason}").against(
        strictly_increasing=lambda: _increasing(formula)
    )


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
    slopes = _slopes(formula)
    for slope, side in slopes:
        if slope is not None and slope.is_zero:
            s, t = (-2, -1) if side is Side.NEGATIVE else (1, 2)
            reason = f"f({s}) = f({t}): the function is constant there"
            return fails(EXACT, reason, pair=(Fraction(s), Fraction(t)))
        if slope is not None and -1 in slope.signs:
            point = _point_below_zero(slope, side)
            return fails(EXACT, f"the derivative is negative at t = {point}", point=point)
    if any(slope is None for slope, _ in slopes):
        return None
    if isinstance(formula, Piece) and not continuously_differentiable(formula, 0).is_holds:
        return None
    zeros = sum(len(slope.zeros) for slope, _ in slopes if slope is not None)
    where = f"except at {zeros} points" if zeros else "everywhere"
    return holds(EXACT, f"the derivative is positive {where}")


def _slopes(formula: Formula) -> list[tuple[Pattern | None, Side]]:
    """Signs of the derivative on the line, or on both half-lines for a formula in pieces."""
    if isinstance(formula, Piece):
        return [
            (_slope(part, side), side)
            for part, side in zip(_halves(formula), HALF_LINES, strict=True)
        ]
    return [(_slope(formula, Side.LINE), Side.LINE)]


def _slope(formula: Formula, side: Side) -> Pattern | None:
    if not is_analytic(formula, side):
        return None
    return pattern(formula.derivative(), side)


def derivative_positive(formula: Formula) -> Verdict:
    """Whether the derivative exists and is > 0 at every point."""
    smooth = continuously_differentiable(formula, 1)
    if smooth.is_fails:
        return smooth
    slopes = _slopes(formula)
    for slope, side in slopes:
        verdict = _refuted_positivity(slope, side)
        if verdict is not None:
            return verdict
    if isinstance(formula, Piece) and smooth.is_holds:
        at_zero = _at(formula.left.derivative(), Fraction(0))
        sign = None if at_zero is None else constant_sign(at_zero)
        if sign is not None and sign <= 0:
            return fails(EXACT, f"the derivative is {at_zero} at t = 0", point=rational_point(0))
        if sign is None:
            return undecided("the sign of the derivative at t = 0 is not known")
    if smooth.is_holds and all(slope is not None for slope, _ in slopes):
        return holds(EXACT, "the derivative is positive everywhere")
    return undecided(f"no rule shows whether the derivative of {formula} is positive")


def _refuted_positivity(slope: Pattern | None, side: Side) -> Verdict | None:
    if slope is None or slope.is_positive:
        return None
    if slope.is_zero:
        point = rational_point(-1 if side is Side.NEGATIVE else 1)
        return fails(EXACT, f"the derivative is 0 at {point}", point=point)
    if -1 in slope.signs:
        point = rational_point(_point_below_zero(slope, side))
        return fails(EXACT, f"the derivative is negative at {point}", point=point)
    point = slope.zeros[0]
    return fails(EXACT, f"the derivative is 0 at {point}", point=point)


def _point_below_zero(signs: Pattern, side: Side) -> Fraction:
    """A rational point of the side at which a function with this pattern is negative."""
    place = signs.signs.index(-1)
    low = signs.zeros[place - 1].high if place > 0 else None
    high = signs.zeros[place].low if place < len(signs.zeros) else None
    if low is None and side is Side.POSITIVE:
        low = Fraction(0)
    if high is None and side is Side.NEGATIVE:
        high = Fraction(0)
    if low is None:
        return Fraction(0) if high is None else high - 1
    return low + 1 if high is None else (low + high) / 2


def _falling_pair(formula: Formula) -> tuple[Fraction, Fraction] | None:
    """Rational s < t with certainly f(s) > f(t), from a small grid, or None."""
    for s, t in pairwise(Fraction(i, 4) for i in range(-40, 41)):
        a, b = _ball(formula, s), _ball(formula, t)
        if a is not None and b is not None and a > b:
            return s, t
    return None


def _ball(formula: Formula, point: Fraction):  # type: ignore[no-untyped-def] # flint ships no types
    field = BallField(WITNESS_BITS)
    part = _halves(formula)[point > 0]
    try:
        return part.evaluate(field.constant(point), field)
    except DomainError:
        return None


def _at(formula: Formula, point: Fraction) -> Formula | None:
    try:
        return formula.substitute(Const(point))
    except DomainError:
        return None


# ---- size


def limits(formula: Formula) -> Verdict:
    """Whether both limits at infinity are known; data `left` and `right` hold them."""
    left, right = _limits(formula)
    if left is None or right is None:
        return undecided(f"the limits of {formula} are {left or 'not known'}, {right or 'not known'}")
    return holds(EXACT, f"the limits are {left} and {right}", left=left, right=right)


def _limits(formula: Formula) -> tuple[Limit | None, Limit | None]:
    left, right = _halves(formula)
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
            point = _point_below_zero(signs, side)
            return fails(EXACT, f"the value at t = {point} is negative", point=point)
    if isinstance(formula, Piece):
        at_zero = _at(formula.left, Fraction(0))
        if at_zero is None or constant_sign(at_zero) not in (0, 1):
            return undecided(f"the value of {formula} at t = 0 is not known to be nonnegative")
    return holds(EXACT, "no value is negative")


def _negative_value(formula: Formula) -> Verdict:
    for point in _grid():
        value = _ball(formula, point)
        if value is not None and value < 0:
            return fails(Evidence.ENCLOSED, f"the value at t = {point} is in {value}", point=point)
    return undecided(f"no rule shows whether {formula} is nonnegative")


def _on_sides(formula: Formula) -> list[tuple[Formula, Side]]:
    if isinstance(formula, Piece):
        return list(zip(_halves(formula), HALF_LINES, strict=True))
    return [(formula, Side.LINE)]


def _grid() -> Iterator[Fraction]:
    """0, then points of both signs, near and far."""
    yield Fraction(0)
    for size in (*(Fraction(i, 4) for i in range(1, 21)), *(Fraction(2**i) for i in range(3, 12))):
        yield size
        yield -size


def growth_bound(
    formula: Formula, rho1: Formula, rho2: Formula, rho3: Formula, rho4: Formula
) -> Verdict:
    """Whether |f(t)| <= rho1 e^(rho2 t) for t < 0 and |f(t)| <= rho3 t + rho4 for t >= 0."""
    for i, rho in enumerate((rho1, rho2, rho3, rho4), 1):
        if constant_sign(rho) != 1:
            return fails(EXACT, f"rho{i} = {rho} must be positive")
    left, right = _halves(formula)
    below = product((rho1, call("exp", product((rho2, T)))))
    above = product((rho3, T)) + rho4
    settled = True
    for bound, part, side in ((below, left, Side.NEGATIVE), (above, right, Side.POSITIVE)):
        for gap in (bound - part, bound + part):
            signs = pattern(gap, side)
            if signs is not None and -1 in signs.signs:
                point = _point_below_zero(signs, side)
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
    """A rational point of the side where the gap is certainly negative, as a refutation."""
    for point in _grid():
        if point and (point > 0) == (side is Side.POSITIVE):
            value = _ball(gap, point)
            if value is not None and value < 0:
                reason = f"the bound {bound} is broken at t = {point}"
                return fails(Evidence.ENCLOSED, reason, point=point)
    return None


# ---- losses


def critical_points_are_global_minima(formula: Formula) -> Verdict:
    """Whether every zero of the derivative is a global minimum of the function."""
    smooth = continuously_differentiable(formula, 1)
    if not smooth.is_holds:
        return smooth
    slopes = [slope for slope, _ in _slopes(formula)]
    if any(slope is None for slope in slopes):
        return undecided(f"the signs of the derivative of {formula} are not known")
    signs = _joined(formula, [slope for slope in slopes if slope is not None])
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
    at_zero = _at(_halves(formula)[0].derivative(), Fraction(0))
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
