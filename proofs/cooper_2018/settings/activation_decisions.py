"""Section 3.1: what settles that an activation is rectified, from its formula.

Decisions: is_rectified, is_weakly_rectified, is_truncated.
"""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from symbolic_landscape.formula import ZERO, Formula, Piece, derivative
from symbolic_landscape.functions.constants import constant_sign, value_at
from symbolic_landscape.functions.limits import End
from symbolic_landscape.functions.patterns import Side
from symbolic_landscape.functions.signs import limit, pattern
from symbolic_landscape.verdict import Evidence, Verdict, fails, holds, undecided


def _settled(decide: Callable[[Formula], Verdict]) -> Callable[[Any, tuple[Any, ...]], Verdict]:
    """The decision on a function that is given by a formula, UNDECIDED on others."""

    def decided(instance: Any, arguments: tuple[Any, ...]) -> Verdict:
        formula = getattr(arguments[0], "formula", None)
        if not isinstance(formula, Formula):
            return undecided(f"{arguments[0]!r} is no formula")
        return decide(formula)

    return decided


def _of_right_piece(formula: Formula, strict: bool) -> Verdict:
    """Whether it is 0 up to 0, continuous there, and its right piece increases."""
    if not isinstance(formula, Piece):
        return _of_one_formula(formula, strict)
    if formula.left != ZERO:
        return fails(Evidence.EXACT, f"it is {formula.left} for t <= 0")
    start = limit(formula.right, End.ZERO_FROM_ABOVE)
    sign = constant_sign(start) if isinstance(start, Formula) else None
    if sign is None:
        return undecided(f"the limit of {formula.right} at 0 is not known")
    if sign:
        return fails(Evidence.EXACT, f"it jumps to {start} at 0")
    slope = pattern(derivative(formula.right), Side.POSITIVE)
    if slope is None:
        return undecided(f"the sign of the derivative of {formula.right} is not known")
    good = slope.is_nonnegative and not (strict and 0 in slope.signs)
    said = f"the derivative of {formula.right} has the signs {slope.signs} for t > 0"
    return (holds if good else fails)(Evidence.EXACT, said)


def _of_one_formula(formula: Formula, strict: bool) -> Verdict:
    if formula == ZERO:
        verdict = fails if strict else holds
        return verdict(Evidence.EXACT, "it is 0 everywhere")
    value = value_at(formula, Fraction(-1))
    if value is not None and constant_sign(value):
        return fails(Evidence.EXACT, f"it is {value} at t = -1")
    return undecided(f"whether {formula} is 0 for all t <= 0 is not known")


@_settled
def is_rectified(formula: Formula) -> Verdict:
    """Whether it is continuous, 0 for t <= 0, and strictly increasing for t > 0."""
    return _of_right_piece(formula, strict=True)


@_settled
def is_weakly_rectified(formula: Formula) -> Verdict:
    """Whether it is continuous, 0 for t <= 0, and nowhere falls for t > 0."""
    return _of_right_piece(formula, strict=False)


def is_truncated(instance: Any, arguments: tuple[Any, ...]) -> Verdict:
    """Whether the first formula has the two pieces 0 and the second one."""
    whole, right = (getattr(f, "formula", None) for f in arguments)
    if not isinstance(whole, Formula) or not isinstance(right, Formula):
        return undecided("a function is no formula")
    good = isinstance(whole, Piece) and (whole.left, whole.right) == (ZERO, right)
    if good:
        return holds(Evidence.EXACT, f"{whole} has the pieces 0 and {right}")
    return undecided(f"whether {whole} is {right} for t >= 0 is not known")
