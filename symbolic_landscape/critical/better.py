"""Points with a lower loss, certified by balls: they show that a point is no global minimum.

Objects: BetterPoint. Functions: lower_along, refitted, sampled.

Design notes. A candidate is rational, and how it was found does not matter: its loss is enclosed
and compared with the enclosed loss of the given point. So searches compare losses in floating
point, for many points at once, where the surface has them.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from symbolic_landscape.arithmetic import QQ, BallField, BallMatrix, Matrix, Scalar
from symbolic_landscape.critical.bounds import square_factor
from symbolic_landscape.critical.curves import Curve
from symbolic_landscape.critical.kernels import midpoint, near_fraction
from symbolic_landscape.critical.local import BITS, LocalLoss
from symbolic_landscape.critical.symmetries import power_law
from symbolic_landscape.errors import DomainError
from symbolic_landscape.networks import Network

SMALLEST_STEP = 40
TRIES = 16
MOST_REFITTED = 600
SAMPLES = 120
SEARCHES = 3
PATTERN_STEPS = 8
MOST_SAMPLED = 30
DENOMINATORS = 1 << 20
NEARLY = 1 + 1e-6
"""Losses in floating point that are larger by this factor may still be smaller."""

Losses = Callable[[Sequence[Sequence[float]]], list[float]]
"""Approximate losses at points whose coordinates are short dyadic numbers, so exact as floats."""


@dataclass(frozen=True)
class BetterPoint:
    """A point with a lower loss: its coordinates, a ball with its loss, and how it was reached."""

    coordinates: tuple[Scalar, ...]
    loss: Scalar
    origin: str


def _loss_ball(local: LocalLoss, bits: int) -> Scalar:
    return local.enclosed(bits).value


def _is_less(a: Scalar, b: Scalar) -> bool:
    """Whether a ball lies certainly below another."""
    try:
        return (a - b).sign() < 0
    except DomainError:
        return False


def lower_along(local: LocalLoss, curve: Curve) -> tuple[Fraction, BetterPoint] | None:
    """A step t > 0 and the point w(t) of a curve with a certainly lower loss; or None.

    For a box, the curve starts at a rational point of it.
    """
    start = local.coordinates
    if not local.is_exact:
        start = tuple(QQ.scalar(near_fraction(value.raw, DENOMINATORS**2)) for value in start)
    for exponent in range(SMALLEST_STEP):
        step = Fraction(1, 2**exponent)
        point = tuple(a + b for a, b in zip(start, curve.at(step), strict=True))
        if not local.is_exact:
            point = tuple(QQ.scalar(near_fraction(v.enclose(), DENOMINATORS**2)) for v in point)
        bits = BITS[0] + 2 * exponent * curve.order
        try:
            there = local.loss_at(point, bits)
            lower = _is_less(there, _loss_ball(local, bits))
        except DomainError:
            continue
        if lower:
            return step, BetterPoint(point, there, f"the curve of descent at t = {step}")
    return None


def refitted(local: LocalLoss) -> BetterPoint | None:
    """A better point by least squares for the last layer on top of random hidden layers; or None.

    Only for squares and a linear output.
    """
    network, surface = local.network, local.surface
    if network.depth < 2 or square_factor(surface) is None:
        return None
    if power_law(network.activation_of(network.depth).formula) != (Fraction(1), 1):
        return None
    if local.size > MOST_REFITTED:
        return None
    source = random.Random(local.size)
    start = local.enclosed(BITS[0])
    hidden = network.layer_range(network.depth).start
    own = [near_fraction(value.enclose(BITS[0]), 1 << 10) for value in local.coordinates]
    tries = []
    for attempt in range(TRIES):
        spread = (4, 1, 16)[attempt % 3]
        kept = own if attempt % 2 else [Fraction(0)] * local.size
        tries.append(
            [
                kept[i] + Fraction(source.randint(-8, 8), spread) if i < hidden else Fraction(0)
                for i in range(local.size)
            ]
        )
    for entries in _promising(local, tries):
        if local.budget.is_spent:
            return None
        point = _with_fitted_last_layer(local, entries)
        if point is None:
            continue
        try:
            loss = surface.at(point, BallField(BITS[0])).value
            lower = _is_less(loss, start.value)
        except DomainError:
            continue
        if lower:
            return BetterPoint(
                tuple(map(QQ.scalar, point)), loss, "least squares for the last layer"
            )
    return None


def _promising(local: LocalLoss, tries: list[list[Fraction]]) -> list[list[Fraction]]:
    """The tries whose last layer could, in floating point, be fitted to a loss below this one."""
    import numpy as np

    try:
        floats = local.surface.float_values
    except DomainError:
        return tries
    factor = square_factor(local.surface)
    assert factor is not None
    most = float(local.enclosed(BITS[0]).value.raw.mid()) * NEARLY / float(factor)
    network, targets = local.network, floats.targets
    table = [list(map(float, entries)) for entries in tries]
    found = []
    for entries, below in zip(tries, floats.features(table, network.depth - 1), strict=True):
        ones = np.ones((len(below), int(network.bias)))
        features = np.hstack((below, ones))
        try:
            residuals = targets - features @ np.linalg.lstsq(features, targets, rcond=None)[0]
        except np.linalg.LinAlgError:
            continue
        if (residuals * residuals).sum() < most:
            found.append(entries)
    return found


def sampled(local: LocalLoss) -> BetterPoint | None:
    """A better point by a pattern search from random ones, for small networks; or None."""
    if local.size > MOST_SAMPLED:
        return None
    source, losses = random.Random(local.size), _losses(local)
    points = [
        [source.randint(-24, 24) / (8, 2, 4, 16)[attempt % 4] for _ in range(local.size)]
        for attempt in range(SAMPLES)
    ]
    pairs = zip(losses(points), range(SAMPLES), strict=True)
    found = sorted((loss, place) for loss, place in pairs if math.isfinite(loss))
    here = _loss_ball(local, BITS[0])
    for loss, place in found[:SEARCHES]:
        if local.budget.is_spent:
            return None
        coordinates = _exact(_pattern_search(losses, points[place], loss))
        try:
            best = local.loss_at(coordinates, BITS[0])
        except DomainError:
            continue
        if _is_less(best, here):
            return BetterPoint(coordinates, best, "a pattern search")
    return None


def _losses(local: LocalLoss) -> Losses:
    """Approximate losses at points, in floating point or as middles of balls; nan for none."""
    try:
        floats = local.surface.float_values
    except DomainError:
        return lambda points: [_middle(local, point) for point in points]
    return lambda points: floats.losses(points).tolist()


def _exact(point: Sequence[float]) -> tuple[Scalar, ...]:
    return tuple(QQ.scalar(Fraction(value)) for value in point)


def _middle(local: LocalLoss, point: Sequence[float]) -> float:
    if local.budget.is_spent:
        return math.nan
    try:
        return float(local.loss_at(_exact(point), BITS[0]).raw.mid())
    except DomainError:
        return math.nan


def _pattern_search(losses: Losses, point: list[float], loss: float) -> list[float]:
    """The best point reached by steps of 1/2, 1/4, ... along the coordinates, back and forth.

    All steps that are left of a round are measured at once, and the first that falls is taken.
    """
    for exponent in range(1, PATTERN_STEPS):
        step = 0.5**exponent
        moves = [(place, sign) for place in range(len(point)) for sign in (step, -step)]
        while moves:
            tried = [[*point[:i], point[i] + sign, *point[i + 1 :]] for i, sign in moves]
            values = losses(tried)
            taken = next((i for i, value in enumerate(values) if value < loss), None)
            if taken is None:
                break
            point, loss, moves = tried[taken], values[taken], moves[taken + 1 :]
    return point


def _with_fitted_last_layer(local: LocalLoss, entries: Sequence[Fraction]) -> list[Fraction] | None:
    """The entries with the last layer replaced by rounded least squares; or None."""
    network: Network = local.network
    field = BallField(BITS[0])
    try:
        values = local.surface.at(list(entries), field)
        features = values.features(network.depth - 1)
    except DomainError:
        return None
    if network.bias:
        features = features.hstack(field.ones(features.shape[0], 1))
    targets = local.surface.samples.targets.over(field)
    gram = features.T @ features
    ridge = field.identity(gram.shape[0]).scale(Fraction(1, 1 << 24))
    try:
        weights = (gram + ridge).solve(features.T @ targets)
    except DomainError:
        return None
    rows = _rounded(weights)
    if rows is None:
        return None
    result = list(entries[: network.layer_range(network.depth).start])
    width = network.widths[-2]
    for unit in range(network.outputs):
        result += [rows[j][unit] for j in range(width)]
    if network.bias:
        result += rows[width]
    return result


def _rounded(weights: Matrix) -> list[list[Fraction]] | None:
    if not isinstance(weights, BallMatrix):
        return None
    try:
        return [
            [Fraction(round(midpoint(value) * DENOMINATORS), DENOMINATORS) for value in row]
            for row in weights.raw_rows()
        ]
    except DomainError:
        return None
