"""Section 3: what settles the image of an activation on an instance."""

from fractions import Fraction
from typing import Any

from symbolic_landscape.arithmetic import QQ, BallField, Scalar, equal
from symbolic_landscape.errors import DomainError
from symbolic_landscape.formula import Formula, evaluated
from symbolic_landscape.functions.activations import Activation
from symbolic_landscape.verdict import Evidence, Verdict, all_of, fails, undecided

BALLS = BallField(192)


def image(_: Any, arguments: tuple[Any, ...]) -> Verdict:
    """Whether the image of f is the interval (low, high), by its limits if it increases."""
    f, low, high = arguments
    if not isinstance(f, Activation):
        return undecided("the function is no formula in one variable")
    increases, limits = f.strictly_increasing(), f.limits()
    if not (increases.is_holds and limits.is_holds and f.continuously_differentiable().is_holds):
        return undecided(f"the image of {f} is not known: {increases.reason}")
    ends = {"low": (low, limits.data["left"]), "high": (high, limits.data["right"])}
    if not all(isinstance(limit, Formula) for _, limit in ends.values()):
        return fails(Evidence.EXACT, f"{f} is not bounded")
    return all_of(**{name: equal(end, _value(limit)) for name, (end, limit) in ends.items()})


def _value(limit: Formula) -> Scalar:
    """The value of a constant formula, in Q where it lies there, else as a ball."""
    try:
        return Scalar(QQ, evaluated(limit, QQ.constant(Fraction(0)), QQ))
    except DomainError:
        return Scalar(BALLS, evaluated(limit, BALLS.constant(Fraction(0)), BALLS))
