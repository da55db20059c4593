"""Whether a function is analytic, or has continuous derivatives.

Functions: analytic, continuously_differentiable, infinitely_differentiable.

Design notes. HOLDS comes from the rules of `signs`: compositions of analytic functions are. FAILS
names a point without a value, a corner, a jump of a derivative at the join of two pieces, or a
piece that does not continue the other. A generic function, which may be any, satisfies nothing.
"""

from __future__ import annotations

from fractions import Fraction

from symbolic_landscape.formula import (
    Add,
    Call,
    Const,
    Formula,
    Mul,
    Piece,
    Pow,
    Shifted,
    Var,
    derivative,
)
from symbolic_landscape.functions.constants import constant_sign, value_at
from symbolic_landscape.functions.limits import End, Infinity
from symbolic_landscape.functions.patterns import Side
from symbolic_landscape.functions.points import point_below_zero
from symbolic_landscape.functions.signs import is_analytic, limit, pattern
from symbolic_landscape.functions.substitutions import Root, rational_point
from symbolic_landscape.verdict import Evidence, Verdict, fails, holds, undecided

EXACT = Evidence.EXACT


def analytic(formula: Formula) -> Verdict:
    """Whether the function is real analytic at every point of the line."""
    if is_analytic(formula, Side.LINE):
        return holds(
            EXACT, f"{formula} is composed of functions that are analytic where it needs them"
        )
    point = undefined_point(formula)
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
        difference = value_at(formula.right - formula.left, point)
        if difference is not None and constant_sign(difference):
            reason = (
                f"it equals {formula.left} for t <= 0, so as an analytic function everywhere, "
                f"but not at t = {point}"
            )
            return fails(EXACT, reason, point=rational_point(point))
    return undecided(f"no rule shows whether the pieces of {formula} are one analytic function")


def _corner(argument: Formula) -> Root | None:
    """A zero z of the argument of a root at which the root is |t - z| times a smooth factor."""
    if not is_analytic(argument, Side.LINE):
        return None
    signs, slope, bend = (pattern(derivative(argument, i), Side.LINE) for i in range(3))
    if slope is None or signs is None or bend is None or not signs.is_nonnegative:
        return None
    for point in signs.zeros:
        if point in slope.zeros and point not in bend.zeros:
            return point
    return None


def undefined_point(formula: Formula) -> Root | None:
    """A point where a part of the formula has no value: a division by zero, log or root outside."""
    match formula:
        case Add(terms=parts) | Mul(factors=parts):
            return next(filter(None, map(undefined_point, parts)), None)
        case Pow(base=base, exponent=exponent):
            signs = pattern(base, Side.LINE) if exponent < 0 else None
            if signs is not None and signs.zeros:
                return signs.zeros[0]
            return undefined_point(base)
        case Call(name=name, argument=argument):
            signs = pattern(argument, Side.LINE) if name in {"log", "sqrt"} else None
            if signs is not None and name == "log" and signs.zeros:
                return signs.zeros[0]
            if signs is not None and -1 in signs.signs:
                return rational_point(point_below_zero(signs, Side.LINE))
            return undefined_point(argument)
    return None


def continuously_differentiable(formula: Formula, order: int) -> Verdict:
    """Whether the function has continuous derivatives up to this order on the whole line."""
    name = f"C{order}"
    whole = analytic(formula)
    if whole.is_holds:
        return whole.because(f"{name}: {whole.reason}")
    if isinstance(formula, Piece):
        return _joined_smoothly(formula, order)
    if undefined_point(formula) is not None:
        return whole
    if order == 0 and _composed_continuously(formula):
        return holds(EXACT, f"{formula} is composed of functions that are continuous")
    if order >= 1 and isinstance(formula, Call) and formula.name == "sqrt" and whole.is_fails:
        return whole.because(f"not {name}: {whole.reason}")
    return undecided(f"no rule shows whether {formula} is {name}")


def _composed_continuously(formula: Formula) -> bool:
    """Whether it has values everywhere and no piece in it jumps; False where that is not known.

    Every operation is continuous where it has values.
    """
    match formula:
        case Const() | Var():
            return True
        case Add(terms=parts) | Mul(factors=parts):
            return all(map(_composed_continuously, parts))
        case Pow(base=base, exponent=exponent):
            signs = pattern(base, Side.LINE) if exponent < 0 else None
            defined = exponent >= 0 or (signs is not None and signs.never_zero)
            return defined and _composed_continuously(base)
        case Call(name=name, argument=argument):
            signs = pattern(argument, Side.LINE) if name in {"log", "sqrt"} else None
            positive = signs is not None and signs.is_positive
            nonnegative = signs is not None and signs.is_nonnegative
            defined = {"log": positive, "sqrt": nonnegative}.get(name, True)
            return defined and _composed_continuously(argument)
        case Piece():
            return _joined_smoothly(formula, 0).is_holds
        case Shifted(piece=piece):
            return _composed_continuously(piece)
    return False


def infinitely_differentiable(formula: Formula) -> Verdict:
    """Whether the function has derivatives of all orders on the whole line."""
    whole = analytic(formula)
    if whole.is_holds:
        return whole
    joined = formula.smoothness if isinstance(formula, Piece) else 0
    if not isinstance(formula, Piece) or joined is not None:
        verdict = continuously_differentiable(formula, (joined or 0) + 1)
        if verdict.is_fails:
            return verdict
        return undecided(f"no rule shows whether {formula} is C-infinity")
    if not is_analytic(formula.left, Side.LINE) or not is_analytic(formula.right, Side.POSITIVE):
        return undecided(f"no rule shows that both pieces of {formula} are smooth")
    return holds(EXACT, f"the pieces of {formula} are analytic, all their derivatives agree at 0")


def _joined_smoothly(formula: Piece, order: int) -> Verdict:
    """Compares the derivatives of the left piece at 0 with the limits of the right ones."""
    left, right = formula.left, formula.right
    if not is_analytic(left, Side.LINE) or not is_analytic(right, Side.POSITIVE):
        return undecided(f"no rule shows that both pieces of {formula} are smooth")
    for i in range(order + 1):
        here = value_at(derivative(left, i), Fraction(0))
        there = limit(derivative(right, i), End.ZERO_FROM_ABOVE)
        gap = here - there if here is not None and isinstance(there, Formula) else None
        sign = None if gap is None else constant_sign(gap)
        if isinstance(there, Infinity) or sign:
            reason = f"the derivatives of order {i} at 0 are {here} from the left and {there}"
            return fails(EXACT, reason, point=rational_point(0))
        if sign is None:
            return undecided(f"the derivatives of order {i} at 0 could not be compared")
    return holds(EXACT, f"the derivatives of both pieces up to order {order} agree at 0")
