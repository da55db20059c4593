"""Section 5: losses that penalise one side of 0 only, one by one or as whole families.

Notation: l a loss of one residual a; its side of penalty is a < 0 for a true class and a > 0 for a
wrong one.

Objects: PenaltyFamily. Functions: is_one_sided, loss_is_smooth.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from symbolic_landscape.arithmetic import (
    RationalFunctions,
    Scalar,
    equal,
    limit_at_zero,
    positive,
    size_at_least,
    vanishes,
)
from symbolic_landscape.formula import derivative
from symbolic_landscape.functions.activations import ScalarLoss
from symbolic_landscape.functions.patterns import Side
from symbolic_landscape.functions.points import halves
from symbolic_landscape.functions.signs import pattern
from symbolic_landscape.proofs.common.points import smooth
from symbolic_landscape.verdict import (
    Evidence,
    Verdict,
    all_of,
    fails,
    for_all,
    holds,
    undecided,
)


@dataclass(frozen=True)
class PenaltyFamily:
    """The losses sum_e c_e |a|^e on the side of penalty, 0 on the other, with all c_e > 0 free."""

    exponents: tuple[int, ...]

    def canonical(self) -> str:
        """The family in words."""
        terms = " + ".join(f"c{e} |a|**{e}" for e in self.exponents)
        return f"every {terms} with positive coefficients, on one side"

    def __str__(self) -> str:
        return self.canonical()

    @cached_property
    def field(self) -> RationalFunctions:
        """Q(h, s, c_e): s = |a| > 0, and h a step."""
        return RationalFunctions(("h", "s", *(f"c{e}" for e in self.exponents)))

    def value(self, size: Scalar) -> Scalar:
        """The loss at a residual of this size on the side of penalty."""
        total = self.field.scalar(0)
        for exponent in self.exponents:
            total = total + self.field.generator(f"c{exponent}") * size**exponent
        return total

    @cached_property
    def slope(self) -> Scalar:
        """The derivative by s, as the limit of the difference quotient."""
        s, h = self.field.generator("s"), self.field.generator("h")
        quotient: Scalar = (self.value(s + h) - self.value(s)) / h
        return limit_at_zero(quotient, "h")

    def at_zero(self, of: Scalar) -> Scalar:
        """The limit at s = 0 of a value or a slope."""
        return limit_at_zero(of, "s")

    def continuously_differentiable(self) -> Verdict:
        """Whether value and slope tend to 0 at the join, for all coefficients."""
        value = self.value(self.field.generator("s"))
        return all_of(value=vanishes(self.at_zero(value)), slope=vanishes(self.at_zero(self.slope)))

    def twice_continuously_differentiable(self) -> Verdict:
        """Whether the second derivatives agree at the join too, for all coefficients."""
        bend = self.at_zero(self.slope / self.field.generator("s"))
        return all_of(once=self.continuously_differentiable(), bend=vanishes(bend))

    def rises_off_zero(self) -> Verdict:
        """Whether the slope by s is a sum of positive multiples of c_e s^(e-1): so positive."""
        s = self.field.generator("s")
        total = self.field.scalar(0)
        for exponent in self.exponents:
            total = total + self.field.generator(f"c{exponent}") * s ** (exponent - 1) * exponent
        return all_of(
            terms=equal(self.slope, total),
            some=size_at_least(len(self.exponents), 1),
            multiples=for_all(self.exponents, positive, "exponent"),
        )


def loss_is_smooth(loss: ScalarLoss | PenaltyFamily) -> Verdict:
    """Whether the loss is C1."""
    if isinstance(loss, PenaltyFamily):
        return loss.continuously_differentiable()
    return smooth(loss)


def is_one_sided(loss: ScalarLoss | PenaltyFamily, side: Side) -> Verdict:
    """Whether l is C1, not negative, 0 with its slope just off the side, and monotone on it."""
    if isinstance(loss, PenaltyFamily):
        return all_of(smooth=loss.continuously_differentiable(), rising=loss.rises_off_zero())
    return all_of(
        smooth=smooth(loss),
        nonnegative=loss.nonnegative(),
        free=_is_zero_off(loss, side),
        monotone=_moves_away(loss, side),
    )


def _is_zero_off(loss: ScalarLoss, side: Side) -> Verdict:
    """Whether l is 0 on the other side, and so at 0, where it is continuous."""
    left, right = halves(loss.formula)
    part, other = (right, Side.POSITIVE) if side is Side.NEGATIVE else (left, Side.NEGATIVE)
    signs = pattern(part, other)
    if signs is None:
        return undecided(f"the signs of {loss} for {_where(other)} are not known")
    answer = holds if signs.is_zero else fails
    return answer(Evidence.EXACT, f"for {_where(other)} the loss is {part.text('a')}")


def _moves_away(loss: ScalarLoss, side: Side) -> Verdict:
    """Whether l is positive on its side and its slope points away from 0 there."""
    left, right = halves(loss.formula)
    part = left if side is Side.NEGATIVE else right
    values, slopes = pattern(part, side), pattern(derivative(part, 1), side)
    if values is None or slopes is None:
        return undecided(f"the signs of {loss} or its slope for {_where(side)} are not known")
    away = slopes.is_negative if side is Side.NEGATIVE else slopes.is_positive
    answer = holds if away and values.is_positive else fails
    slope = derivative(part, 1).text("a")
    words = f"for {_where(side)} the loss {part.text('a')} has the slope {slope}"
    return answer(Evidence.EXACT, words)


def _where(side: Side) -> str:
    return "a < 0" if side is Side.NEGATIVE else "a > 0"
