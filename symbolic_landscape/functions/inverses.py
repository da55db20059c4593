"""Inverses of strictly monotone functions, enclosed.

Objects: Inverse.

Design notes. No closed form is needed: a guess by halving and Newton's steps is moved outwards
until the function certainly lies beyond the value on both sides, which for a monotone one shows it.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import flint

from symbolic_landscape.arithmetic import BallField
from symbolic_landscape.errors import DomainError, SmoothnessError
from symbolic_landscape.formula import Formula, derivative, evaluated
from symbolic_landscape.functions.limits import Infinity
from symbolic_landscape.functions.monotonicity import strictly_decreasing, strictly_increasing
from symbolic_landscape.functions.size import limits
from symbolic_landscape.functions.smoothness import continuously_differentiable

HALVINGS, NEWTON, SPARE = 40, 5, 8
MOST_DOUBLINGS = 64


@dataclass(frozen=True)
class Inverse:
    """The inverse of a continuous strictly monotone function with the image (low, high).

    An end is a constant formula, or None where it is infinite.
    """

    formula: Formula
    low: Formula | None
    high: Formula | None
    rises: bool

    @staticmethod
    def of(formula: Formula) -> Inverse:
        """The inverse. Raises DomainError: why the function is not known to have one.

        >>> from symbolic_landscape.functions.activations import Activation
        >>> inverse = Inverse.of(Activation.of("sigmoid").formula)
        >>> print(inverse.low, inverse.high)
        0 1
        """
        up, down = strictly_increasing(formula), strictly_decreasing(formula)
        ends, smooth = limits(formula), continuously_differentiable(formula, 0)
        open_ = [verdict.reason for verdict in (ends, smooth) if not verdict.is_holds]
        if not (up.is_holds or down.is_holds) or open_:
            reason = open_[0] if up.is_holds or down.is_holds else up.reason
            message = f"an inverse of {formula} needs a continuous strictly monotone one: {reason}"
            raise DomainError(message)
        left, right = (
            None if isinstance(end, Infinity) else end
            for end in (ends.data["left"], ends.data["right"])
        )
        low, high = (left, right) if up.is_holds else (right, left)
        return Inverse(formula, low, high, up.is_holds)

    def ends(self, field: BallField) -> tuple[flint.arb | None, flint.arb | None]:
        """Balls around the ends of the image, None where they are infinite."""
        low, high = (
            None if end is None else evaluated(end, field.constant(Fraction(0)), field)
            for end in (self.low, self.high)
        )
        return low, high

    def enclose(self, value: flint.arb, field: BallField) -> flint.arb:
        """A ball around all points whose values lie in a ball.

        Raises DomainError: the ball is not certainly inside the image.
        """
        with field.working():
            first = self._beyond(value.lower(), -1, field)
            return first.union(self._beyond(value.upper(), 1, field))

    def _value(self, at: flint.arb, field: BallField) -> flint.arb:
        """The value at a point, of minus the function where it falls."""
        found = evaluated(self.formula, at, field)
        return found if self.rises else -found

    def _beyond(self, value: flint.arb, side: int, field: BallField) -> flint.arb:
        """A point near the preimage of an exact value at which the function is certainly beyond it.

        For side 1 it is greater there, for side -1 less, and the other way round where it falls.
        """
        if not self.rises:
            value, side = -value, -side
        low, high = self._bracket(value, field)
        guess = self._guess(value, low, high, field)
        end = high if side > 0 else low
        step = flint.arb(2) ** (SPARE - field.bits) * (1 + abs(guess))
        while abs(step) < abs(end - guess):
            place = (guess + side * step).mid()
            if side * (self._value(place, field) - value) > 0:
                return place
            step = step * 4
        return end

    def _bracket(self, value: flint.arb, field: BallField) -> tuple[flint.arb, flint.arb]:
        """Points below and above the preimage."""
        found = []
        for side in (-1, 1):
            place = flint.arb(side)
            for _ in range(MOST_DOUBLINGS):
                if side * (self._value(place, field) - value) > 0:
                    break
                place = place * 2
            else:
                message = (
                    f"a value certainly inside the image of {self.formula} was needed, got {value}"
                )
                raise DomainError(message)
            found.append(place)
        return found[0], found[1]

    def _guess(
        self, value: flint.arb, low: flint.arb, high: flint.arb, field: BallField
    ) -> flint.arb:
        """A point near the preimage; nothing rests on how near."""
        for _ in range(HALVINGS):
            middle = ((low + high) / 2).mid()
            gap = self._value(middle, field) - value
            low, high = (low, middle) if gap.mid() > 0 else (middle, high)
        place = ((low + high) / 2).mid()
        try:
            slope = derivative(self.formula)
        except SmoothnessError:
            return place
        for _ in range(NEWTON):
            steep = evaluated(slope, place, field)
            steep = steep if self.rises else -steep
            moved = place - (self._value(place, field) - value) / steep
            if not (steep > 0 and moved.is_finite()):
                break
            place = moved.mid()
        return place
