"""Global minima of v sigma(w x) for squares, with two parameters: a search of all w.

For each w the least loss over v is R(w) = sum y^2 - (sum y s)^2 / sum s^2, where s = sigma(w x).
For an odd sigma R is even, so w >= 0 is enough, and next to 0 the numbers s / w = x sigma'(xi) take
the place of s, which leaves R as it is. A cell of w is left out if R is greater there than the loss
at the minimum, or if the minimum over v lies in a box on which the loss is convex, or if R' is
nowhere 0 on a cell between two positive numbers. Cells are halved until none is left. If the loss
were lower somewhere, R would be least on such cells, at a zero of R'.

Functions: least_with_one_unit.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import flint

from symbolic_landscape import functions
from symbolic_landscape.arithmetic import BallField
from symbolic_landscape.critical.bounds import square_factor
from symbolic_landscape.critical.convexity import Convexity
from symbolic_landscape.critical.kernels import midpoint
from symbolic_landscape.critical.local import LocalLoss
from symbolic_landscape.critical.reflections import reflection_law
from symbolic_landscape.errors import DomainError
from symbolic_landscape.formula import T, derivative, evaluated

MOST_CELLS = 2_000
BITS = 96


def least_with_one_unit(local: LocalLoss, convexity: Convexity | None) -> str | None:
    """Why a strict minimum is a global one; None if not shown, or for other networks."""
    network, surface = local.network, local.surface
    if not surface.is_plain or network.widths != (1, 1, 1) or network.bias:
        return None
    formula = network.activation_of(1).formula
    is_odd = reflection_law(formula) == (-1, Fraction(0))
    limits = functions.limits(formula)
    increases = functions.strictly_increasing(formula).is_holds
    linear = network.activation_of(2).formula == T
    if convexity is None or convexity.radius is None or not (is_odd and increases and linear):
        return None
    if square_factor(surface) is None or not limits.is_holds:
        return None
    limit = limits.data["right"]
    if isinstance(limit, functions.Infinity):
        return None
    return _Search(local, convexity.radius * Fraction(63, 64), limit).outcome()


class _Search:
    """The search of all w >= 0."""

    def __init__(self, local: LocalLoss, radius: Fraction, limit: Any) -> None:
        self.local = local
        self.field = BallField(BITS)
        samples = local.surface.samples
        self.inputs = [row[0].rational() for row in samples.inputs.tolist()]
        self.targets = [row[0].enclose(BITS) for row in samples.targets.tolist()]
        self.factor = self.field.constant(square_factor(local.surface) or Fraction(1))
        self.formula = local.network.activation_of(1).formula
        self.slope = derivative(self.formula)
        self.here = local.enclosed(BITS).value.raw.upper()
        self.limit = evaluated(limit, self.field.constant(Fraction(0)), self.field)
        w, v = (midpoint(value.enclose(BITS)) for value in local.coordinates)
        self.centre = (abs(w), v if w > 0 else -v)
        self.radius = radius

    def outcome(self) -> str | None:
        """The reason, or None where cells are left."""
        one = Fraction(1)
        cells: list[tuple[Fraction, Fraction | None]] = [(one * 0, one), (one, None)]
        for count in range(MOST_CELLS):
            if not cells:
                return (
                    f"{count} cells cover all weights of the hidden unit, and on each the loss is "
                    "greater whatever the outer weight, or convex, or has no critical point"
                )
            if self.local.budget.is_spent:
                return None
            low, high = cells.pop()
            try:
                settled = self._is_settled(low, high)
            except DomainError:
                settled = False
            if not settled:
                middle = 2 * low if high is None else (low + high) / 2
                cells += [(low, middle), (middle, high)]
        return None

    def _is_settled(self, low: Fraction, high: Fraction | None) -> bool:
        with self.field.working():
            values = [self._value(x, low, high) for x in self.inputs]
            zero = flint.arb(0)
            pairs = list(zip(values, self.targets, strict=True))
            cross = sum((s * y for s, y in pairs), zero)
            below = sum((s * s for s in values), zero)
            if not below > 0:
                return False
            energy = sum((y * y for y in self.targets), zero)
            if (self.factor * (energy - cross * cross / below)) > self.here:
                return True
            if high is None or not low:
                return False
            outer = cross / below
            w, v = self.centre
            near = w - self.radius <= low <= high <= w + self.radius
            if near and abs(outer - self.field.constant(v)) < self.field.constant(self.radius):
                return True
            hull = _hull(low, high)
            change = zero
            for x, (s, y) in zip(self.inputs, pairs, strict=True):
                factor = self.field.constant(x)
                slope = evaluated(self.slope, hull * factor, self.field)
                change += (y - outer * s) * slope * factor
            return bool(outer * change != 0)

    def _value(self, x: Fraction, low: Fraction, high: Fraction | None) -> Any:
        """A ball for s on the cell, or for s / w on a cell from 0 on."""
        if not x:
            return flint.arb(0)
        if not low:
            assert high is not None
            hull = _hull(low, high) * self.field.constant(x)
            return evaluated(self.slope, hull, self.field) * self.field.constant(x)
        first = evaluated(self.formula, self.field.constant(low * x), self.field)
        if high is None:
            return first.union(self.limit if x > 0 else -self.limit)
        return first.union(evaluated(self.formula, self.field.constant(high * x), self.field))


def _hull(low: Fraction, high: Fraction) -> Any:
    ends = [flint.arb(flint.fmpq(end.numerator, end.denominator)) for end in (low, high)]
    return ends[0].union(ends[1])
