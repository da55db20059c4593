"""The operations of a formula on lists of balls.

Objects: BallEntrywise.

Design notes. Powers are products, since `**` of flint gives no number for a ball around 0. Where a
formula has two pieces and a ball lies around 0, the answer contains the values of both pieces; the
right one may have only a limit at 0, and must then be monotone as far as the ball reaches.
"""

from __future__ import annotations

import operator
from fractions import Fraction
from typing import Any

import flint

from symbolic_landscape.calculus.engines import Entries, Entrywise
from symbolic_landscape.errors import DomainError
from symbolic_landscape.formula import Piece, evaluated
from symbolic_landscape.functions import limit_before_turning


class BallEntrywise(Entrywise):
    """The operations of a formula on lists of balls, at the precision that is set."""

    def power(self, a: Entries, exponent: int) -> Entries:
        """Each ball to the power. Raises DomainError: 1/0 is possible."""
        if exponent < 0:
            if not all(value != 0 for value in a):
                message = f"power {exponent}: a ball certainly apart from 0 was needed"
                raise DomainError(message)
            a = [1 / value for value in a]
        result = None
        rest = abs(exponent)
        while rest:
            if rest & 1:
                result = a if result is None else list(map(operator.mul, result, a))
            rest >>= 1
            if rest:
                a = list(map(operator.mul, a, a))
        return self.constant(Fraction(1)) if result is None else result

    def exp(self, a: Entries) -> Entries:
        """Balls for e^a."""
        return [value.exp() for value in a]

    def tanh(self, a: Entries) -> Entries:
        """Balls for the hyperbolic tangents."""
        return [value.tanh() for value in a]

    def atan(self, a: Entries) -> Entries:
        """Balls for the arctangents."""
        return [value.atan() for value in a]

    def sqrt(self, a: Entries) -> Entries:
        """Balls for the roots. Raises DomainError: a value may be negative."""
        return list(map(self.field.sqrt, a))

    def choose(self, a: Entries, piece: Piece) -> Entries:
        """A ball for the value of each entry, which may lie on both sides of 0.

        Raises DomainError: the right piece has no known bounds next to 0.
        """
        one = BallEntrywise(self.engine, 1)
        results: Entries = []
        for value in a:
            if value > 0:
                found = evaluated(piece.right, [value], one)
            elif value <= 0:
                found = evaluated(piece.left, [value], one)
            else:
                found = [self._around_zero(value, piece, one)]
            results += found
        return results

    def _around_zero(self, value: Any, piece: Piece, one: BallEntrywise) -> Any:
        zero = flint.arb(0)
        low, high = value.lower(), value.upper()
        left: Entries = evaluated(piece.left, [low.union(zero)], one)
        last: Entries = evaluated(piece.right, [high], one)
        try:
            right: Entries = evaluated(piece.right, [zero.union(high)], one)
        except DomainError:
            first = limit_before_turning(piece.right, _fraction(high))
            if first is None:
                message = f"{piece} has no known bounds on a ball around 0, got {value}"
                raise DomainError(message) from None
            start: Entries = evaluated(first, [zero], one)
            right = [start[0].union(last[0])]
        return left[0].union(right[0])


def _fraction(point: Any) -> Fraction:
    """The Fraction equal to a ball without radius."""
    mantissa, exponent = (int(part) for part in point.man_exp())
    return Fraction(mantissa) * Fraction(2) ** exponent
