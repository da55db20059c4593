"""Global minima of one layer with one or two parameters, by a search of the whole line or plane.

The loss of a residual falls up to 0 and rises from there, and the output activation is monotone. So
on a cell of parameters each pre-activation lies in an interval, each residual in another, and the
loss is at least the sum of the losses of the residuals nearest to 0. A cell is left out if that is
greater than the loss at the minimum, or if it lies in a box on which the loss is convex, or if it
is bounded and the gradient is nowhere 0 on it. Cells are halved until none is left. If the loss
were lower somewhere, it would be so only on bounded cells, and be least there at a critical point.

The plane is the square |w_i| <= 1 and the four fans rho (1, u), rho (u, 1) and their negatives, rho
>= 1 and |u| <= 1; all intervals may be infinite.

Functions: least_everywhere.
"""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import Any

import flint

from symbolic_landscape import functions
from symbolic_landscape.arithmetic import BallField
from symbolic_landscape.critical.convex import is_least_at_zero
from symbolic_landscape.critical.convexity import Convexity
from symbolic_landscape.critical.kernels import midpoint
from symbolic_landscape.critical.local import LocalLoss
from symbolic_landscape.errors import DomainError
from symbolic_landscape.formula import evaluated

MOST_CELLS = 3_000
"""Most cells on which a lower bound is computed."""
MOST_VALUES = 60_000
"""Most intervals of residuals that are computed."""
BITS = 64

End = Fraction | None
"""An end of an interval; None stands for infinity, or minus infinity, by its place."""
Interval = tuple[End, End]


@dataclass(frozen=True)
class Cell:
    """The points factor * (w_1, w_2) with w_i in `sides` and the factor in `scale`."""

    sides: tuple[Interval, ...]
    scale: Interval

    def halves(self) -> tuple[Cell, Cell]:
        """The two halves across the longest side; the scale counts by its relative length.

        Up to infinity this is taken as 1 / low, so that fans get narrower as they get farther.
        """
        low, high = self.scale
        assert low is not None
        lengths = [b - a for a, b in self.sides if a is not None and b is not None]
        if low != high and (1 / low if high is None else (high - low) / low) >= max(lengths):
            middle = 2 * low if high is None else (low + high) / 2
            return Cell(self.sides, (low, middle)), Cell(self.sides, (middle, high))
        place = lengths.index(max(lengths))
        a, b = self.sides[place]
        assert a is not None
        assert b is not None
        parts = [
            (*self.sides[:place], side, *self.sides[place + 1 :])
            for side in ((a, (a + b) / 2), ((a + b) / 2, b))
        ]
        return Cell(parts[0], self.scale), Cell(parts[1], self.scale)

    @property
    def box(self) -> list[Any] | None:
        """Balls for the coordinates; None if the cell is not bounded."""
        scale = _hull(self.scale)
        sides = [_hull(side) for side in self.sides]
        return None if scale is None else [scale * side for side in sides]

    def is_within(self, centre: Sequence[Fraction], radius: Fraction) -> bool:
        """Whether all points lie within the radius of the centre, in each coordinate."""
        if self.scale[1] is None:
            return False
        for (a, b), value in zip(self.sides, centre, strict=True):
            ends = [x * y for x in (a, b) for y in self.scale if x is not None and y is not None]
            if not value - radius <= min(ends) <= max(ends) <= value + radius:
                return False
        return True


def least_everywhere(local: LocalLoss, convexity: Convexity | None) -> str | None:
    """Why a strict minimum is a global one, by a search of all parameters; None if not shown."""
    network, surface = local.network, local.surface
    if convexity is None or convexity.radius is None or network.depth != 1 or network.outputs > 1:
        return None
    if local.size > 2 or not surface.is_plain or not is_least_at_zero(surface):
        return None
    try:
        floor = _Floor(local)
    except DomainError:
        return None
    here = local.enclosed(BITS).value.raw.upper()
    centre = [midpoint(value.enclose(BITS)) for value in local.coordinates]
    radius = convexity.radius * Fraction(63, 64)
    left: list[tuple[float, int, Cell]] = []
    count = 0
    for cell in _everything(local.size):
        heapq.heappush(left, (0.0, count, cell))
        count += 1
    most = min(MOST_CELLS, MOST_VALUES // surface.samples.count)
    while left:
        if count > most or local.budget.is_spent:
            return None
        _, _, cell = heapq.heappop(left)
        for part in cell.halves():
            count += 1
            bound = floor.below(part)
            settled = bound > here or part.is_within(centre, radius) or _is_steep(local, part)
            if not settled:
                heapq.heappush(left, (float(bound.mid()), count, part))
    return (
        f"{count} cells cover all parameters, and on each the loss is greater, or convex, or its "
        "gradient is not 0"
    )


def _is_steep(local: LocalLoss, cell: Cell) -> bool:
    """Whether the cell is bounded and a component of the gradient is not 0 anywhere on it."""
    field = BallField(BITS)
    with field.working():
        box = cell.box
    if box is None:
        return False
    try:
        gradient = local.over(field, box).gradient
    except DomainError:
        return False
    return any(value != 0 for (value,) in gradient.raw_rows())


def _hull(interval: Interval) -> Any | None:
    low, high = interval
    if low is None or high is None:
        return None
    ends = [flint.arb(flint.fmpq(end.numerator, end.denominator)) for end in (low, high)]
    return ends[0].union(ends[1])


def _everything(size: int) -> list[Cell]:
    one, unit = Fraction(1), (Fraction(-1), Fraction(1))
    cells = [Cell((unit,) * size, (one, one))]
    for place, sign in product(range(size), (-1, 1)):
        sides = [unit] * size
        sides[place] = (Fraction(sign), Fraction(sign))
        cells.append(Cell(tuple(sides), (one, None)))
    return cells


class _Floor:
    """Lower bounds of the loss on cells. Raises DomainError where the output is not monotone."""

    def __init__(self, local: LocalLoss) -> None:
        self.field = BallField(BITS)
        self.surface = local.surface
        self.output = local.network.activation_of(1).formula
        self.increases = functions.strictly_increasing(self.output).is_holds
        limits = functions.limits(self.output)
        monotone = self.increases or functions.strictly_decreasing(self.output).is_holds
        if not monotone or not limits.is_holds:
            message = f"a monotone output with limits was needed, got {self.output}"
            raise DomainError(message)
        self.limits = (limits.data["left"], limits.data["right"])
        inputs = local.surface.samples.inputs
        if local.network.bias:
            inputs = inputs.hstack(inputs.field.ones(inputs.shape[0], 1))
        self.rows = [[value.rational() for value in row] for row in inputs.tolist()]
        self.targets = [row[0].enclose(BITS) for row in local.surface.samples.targets.tolist()]
        self.shares = local.surface.samples.shares
        self.factor = local.surface.loss.weight(local.surface.samples.total)

    def below(self, cell: Cell) -> Any:
        """A number, as a ball without radius, that is below the loss at all points of a cell."""
        with self.field.working():
            total = flint.arb(0)
            for row, target, share in zip(self.rows, self.targets, self.shares, strict=True):
                if share:
                    term = self._least(self._preactivation(row, cell), target)
                    total = total + self.field.constant(share) * term
            return (self.field.constant(self.factor) * total).lower()

    @staticmethod
    def _preactivation(row: Sequence[Fraction], cell: Cell) -> Interval:
        ends = [sorted((x * side[0], x * side[1])) for x, side in zip(row, cell.sides, strict=True)]  # type: ignore[operator]
        low, high = sum((a for a, _ in ends), Fraction(0)), sum((b for _, b in ends), Fraction(0))
        first, last = cell.scale
        assert first is not None
        if last is None:
            lower = None if low < 0 else low * first
            return lower, (None if high > 0 else high * first)
        return min(low * first, low * last), max(high * first, high * last)

    def _least(self, preactivation: Interval, target: Any) -> Any:
        """The loss of the residual nearest to 0."""
        first, last = (
            self._value(end, side) for end, side in zip(preactivation, (0, 1), strict=True)
        )
        low, high = (first, last) if self.increases else (last, first)
        if low is not None and low - target > 0:
            nearest = (low - target).lower()
        elif high is not None and high - target < 0:
            nearest = (high - target).upper()
        else:
            nearest = flint.arb(0)
        return evaluated(self.surface.loss.formula, nearest, self.field)

    def _value(self, end: End, side: int) -> Any | None:
        """A ball for the output at an end of an interval; None if it is infinite there."""
        formula = self.output
        if end is None:
            limit = self.limits[side]
            if isinstance(limit, functions.Infinity):
                return None
            return evaluated(limit, self.field.constant(Fraction(0)), self.field)
        return evaluated(formula, self.field.constant(end), self.field)
