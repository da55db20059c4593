"""Whether a loss never rises along a curve of parameters, w(t) = w_0 + t w_1 + t^2 w_2 + ...

Functions: non_increasing, falls_from_critical.

Design notes. Where the loss is a polynomial or a fraction in t, the sign of its derivative is
decided by Bernstein coefficients. Else the derivative is enclosed on pieces of [0, 1], which are
halved where that may be positive; a rise is two times with certainly ordered losses. So where the
derivative is 0, as at a critical point or a fit, such a loss is mostly left undecided.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any

from symbolic_landscape.arithmetic import (
    BallField,
    Field,
    RationalFunctions,
    Scalar,
    nonnegative_on_box,
)
from symbolic_landscape.calculus import LossSurface
from symbolic_landscape.calculus.engines import LargerFieldError
from symbolic_landscape.critical.budget import SECONDS, Budget
from symbolic_landscape.critical.series import SeriesField
from symbolic_landscape.errors import DomainError, ShapeError
from symbolic_landscape.formula.numbers import parse_number
from symbolic_landscape.verdict import Evidence, Verdict, fails, holds, undecided

BITS = 128
FIRST, MOST_HALVINGS = 4, 12
MOST_LINE_HALVINGS = 40


def non_increasing(
    loss: LossSurface, *coefficients: Sequence[Any], seconds: float = SECONDS
) -> Verdict:
    """Whether s <= t in [0, 1] always gives Phi(w(t)) <= Phi(w(s)), for rational w_0, w_1, ...

    FAILS names two times. Raises ShapeError: a vector of another length than the parameters.

    >>> from symbolic_landscape.networks import Network, Samples
    >>> loss = Network((1, 1), bias=False).loss(Samples(inputs=[[1]], targets=[[1]]))
    >>> print(non_increasing(loss, [0], [1]).outcome.value, non_increasing(loss, [0], [3]).reason)
    holds the loss is 1.00000000000000 at t = 0 and 4.00000000000000 at t = 1
    """
    size = loss.network.parameter_count
    rows = [[parse_number(value, "curve") for value in row] for row in coefficients]
    if not rows or any(len(row) != size for row in rows):
        message = f"curve: vectors of {size} numbers were needed, got {[len(row) for row in rows]}"
        raise ShapeError(message)
    try:
        return _by_polynomials(loss, rows)
    except (DomainError, LargerFieldError):
        return _in_balls(loss, rows, Budget(seconds))


def _point(rows: list[list[Fraction]], t: Scalar, order: int = 0) -> list[Scalar]:
    """W(t), or its derivative."""
    field: Field = t.field
    found = []
    for column in zip(*rows, strict=True):
        value = field.scalar(0)
        for power in range(len(column) - 1, order - 1, -1):
            factor = column[power] * (power if order else 1)
            value = value * t + field.scalar(factor)
        found.append(value)
    return found


def _by_polynomials(loss: LossSurface, rows: list[list[Fraction]]) -> Verdict:
    """The decision by the sign of a rational function. Raises DomainError: the loss is none."""
    t = RationalFunctions(("t",)).generator("t")
    point = _point(rows, t)
    slope = t.field.scalar(0)
    gradient = loss.at(point, t.field).gradient
    for i, speed in enumerate(_point(rows, t, 1)):
        slope = slope + gradient[i, 0] * speed
    found = nonnegative_on_box(-slope, {"t": (0, 1)})
    if not found.is_fails:
        return found
    rise = _rise(loss, rows)
    return undecided(f"no two times found: {found.reason}") if rise is None else rise


def _rise(loss: LossSurface, rows: list[list[Fraction]]) -> Verdict | None:
    """Two times, the later with certainly the greater loss."""
    field = BallField(BITS)
    for steps in (1, 8, 64):
        values = [
            (t, loss.at(_point(rows, field.scalar(t)), field).value)
            for t in (Fraction(i, steps) for i in range(steps + 1))
        ]
        for (s, before), (t, after) in pairwise(values):
            if before.raw < after.raw:
                said = f"the loss is {before} at t = {s} and {after} at t = {t}"
                return fails(Evidence.ENCLOSED, said, times=(s, t))
    return None


def _in_balls(loss: LossSurface, rows: list[list[Fraction]], budget: Budget) -> Verdict:
    rise = _rise(loss, rows)
    if rise is not None:
        return rise
    field = BallField(BITS)
    waiting = [(Fraction(i, FIRST), Fraction(i + 1, FIRST), 0) for i in range(FIRST)][::-1]
    pieces = 0
    while waiting:
        a, b, halvings = waiting.pop()
        if budget.is_spent:
            return undecided(f"the time was used up at t = {a}")
        if _falls_on(loss, rows, a, b, field):
            pieces += 1
        elif halvings < MOST_HALVINGS:
            middle = (a + b) / 2
            waiting += [(middle, b, halvings + 1), (a, middle, halvings + 1)]
        else:
            return undecided(f"the derivative of the loss has no certain sign on [{a}, {b}]")
    return holds(Evidence.ENCLOSED, f"the derivative is at most 0 on {pieces} pieces of [0, 1]")


def _falls_on(
    loss: LossSurface, rows: list[list[Fraction]], a: Fraction, b: Fraction, field: BallField
) -> bool:
    """Whether the derivative is at most 0 at all times between two."""
    with field.working():
        t = Scalar(field, field.constant(a).union(field.constant(b)))
    gradient = loss.at(_point(rows, t), field).gradient
    slope = field.scalar(0)
    for i, speed in enumerate(_point(rows, t, 1)):
        slope = slope + gradient[i, 0] * speed
    return bool(slope.raw <= 0)


def falls_from_critical(
    loss: LossSurface,
    point: Sequence[Scalar],
    direction: Sequence[Any],
    step: Fraction,
    seconds: float = SECONDS,
) -> Verdict:
    """Whether Phi falls along a line from a critical point, also one of balls, to a step on.

    That the point is critical is taken over. Up to some time the second derivative has to be
    negative, and from there on the first. HOLDS has the losses at the ends as `before` and `after`.
    """
    field, budget = BallField(BITS), Budget(seconds)
    start = [Scalar(field, field.embed(value)) for value in point]
    speeds = [field.scalar(parse_number(value, "direction")) for value in direction]
    line = _Line(loss, field, start, speeds)
    waiting, pieces, bends = [(Fraction(0), step)], 0, True
    while waiting:
        a, b = waiting.pop()
        if budget.is_spent or b - a < step / (1 << MOST_LINE_HALVINGS):
            return undecided(f"the derivatives of the loss have no certain signs from {a} to {b}")
        slope, bend = line.derivatives(a, b)
        if slope.raw < 0 or (bends and bend.raw < 0):
            bends = bends and bool(bend.raw < 0)
            pieces += 1
        else:
            waiting += [((a + b) / 2, b), (a, (a + b) / 2)]
    before, after = line.loss_at(Fraction(0)), line.loss_at(step)
    parts = "one piece" if pieces == 1 else f"{pieces} pieces"
    said = f"the loss falls from {before} by {before - after}, shown on {parts} of a line"
    return holds(Evidence.ENCLOSED, said, before=before, after=after)


@dataclass(frozen=True)
class _Line:
    """A loss along the line of a point and a direction in balls."""

    loss: LossSurface
    field: BallField
    start: Sequence[Scalar]
    speeds: Sequence[Scalar]

    def at(self, s: Scalar) -> list[Scalar]:
        """The point at s."""
        return [a + s * v for a, v in zip(self.start, self.speeds, strict=True)]

    def loss_at(self, s: Fraction) -> Scalar:
        """The loss at s."""
        return self.loss.at(self.at(self.field.scalar(s)), self.field).value

    def derivatives(self, a: Fraction, b: Fraction) -> tuple[Scalar, Scalar]:
        """Balls with all first, and half of all second, derivatives from a to b."""
        series = SeriesField(self.field, 2)
        with self.field.working():
            piece = Scalar(self.field, self.field.constant(a).union(self.field.constant(b)))
        moving = [
            Scalar(series, series.from_coefficients([x, v]))
            for x, v in zip(self.at(piece), self.speeds, strict=True)
        ]
        found = series.coefficients(self.loss.at(moving, series).value.raw)
        return found[1], found[2]
