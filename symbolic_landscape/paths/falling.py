"""Whether a loss never rises along a curve of parameters, w(t) = w_0 + t w_1 + t^2 w_2 + ...

Functions: non_increasing, bends_down.

Design notes. Where the loss is a polynomial or a fraction in t, the sign of its derivative is
decided by Bernstein coefficients. Else the derivative is enclosed on pieces of [0, 1], which are
halved where that may be positive; a rise is two times with certainly ordered losses. So where the
derivative is 0, as at a critical point or a fit, such a loss is mostly left undecided.
"""

from __future__ import annotations

from collections.abc import Sequence
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


def bends_down(
    loss: LossSurface, point: Sequence[Scalar], direction: Sequence[Any], step: Fraction
) -> Verdict:
    """Whether the second derivative of Phi along a direction is negative from a point to a step on.

    From a critical point the loss then falls all the way. The point may be one of balls; the data
    `before` and `after` are the losses at the ends, and HOLDS also says that they are in order.
    """
    field = BallField(BITS)
    series = SeriesField(field, 2)
    speeds = [field.scalar(value) for value in direction]
    start = [Scalar(field, field.embed(value)) for value in point]

    def along(s: Scalar) -> list[Scalar]:
        return [a + s * v for a, v in zip(start, speeds, strict=True)]

    before, after = (loss.at(along(field.scalar(s)), field).value for s in (0, step))
    for i in range(FIRST):
        with field.working():
            ends = [field.constant(step * k / FIRST) for k in (i, i + 1)]
            piece = along(Scalar(field, ends[0].union(ends[1])))
        moving = [
            Scalar(series, series.from_coefficients([a, v]))
            for a, v in zip(piece, speeds, strict=True)
        ]
        bend = series.coefficients(loss.at(moving, series).value.raw)[2]
        if not bend.raw < 0:
            return undecided(f"half the second derivative is {bend} from {ends[0]} to {ends[1]}")
    if not after.raw < before.raw:
        return undecided(f"the losses {before} and {after} are not apart")
    said = (
        f"the second derivative is negative to the step {step}: the loss falls by {before - after}"
    )
    return holds(Evidence.ENCLOSED, said, before=before, after=after)
