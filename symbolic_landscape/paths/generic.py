"""Parameters near given ones at which a path of all outputs can start.

Notation: [F_k, 1] (N, n_k + 1) are the features of layer k with a column of ones. The start is
generic for a wide layer k if [F_k, 1] has rank N, and W_l has rank n_l for all layers l > k + 1.

Objects: Start. Functions: wide_layers, start_near.

Design notes. Nguyen and Hein (2017), Corollary 4.5, has the rank near any parameters. Here a rank
is shown at one rational point, by a choice of columns that are certainly independent; so the start
is found and never assumed.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import isqrt

import flint

from symbolic_landscape.arithmetic import BallField, Field, Matrix, Scalar
from symbolic_landscape.arithmetic.scalars import rational
from symbolic_landscape.calculus import LossSurface
from symbolic_landscape.critical.budget import Budget
from symbolic_landscape.critical.kernels import midpoint, near_fraction
from symbolic_landscape.errors import DomainError, ShapeError
from symbolic_landscape.networks import Network, Parameters

TRIES, STEPS = 6, 64
MOST_BITS = 1024


@dataclass(frozen=True)
class Start:
    """Rational parameters: the wide layer, N independent columns of [F, 1] there, the distance.

    `columns` holds for each layer after the next one independent columns of its weights.
    """

    point: Parameters
    wide: int
    places: tuple[int, ...]
    columns: tuple[tuple[int, ...], ...]
    distance_squared: Fraction
    bits: int


def wide_layers(network: Network, samples: int) -> tuple[int, ...]:
    """The hidden layers with at least N - 1 units after whose next one no layer widens, last first.

    Raises ShapeError: there is none.
    """
    n = network.widths
    found = tuple(
        k
        for k in range(network.depth - 1, 0, -1)
        if n[k] >= samples - 1 and all(n[j] <= n[j - 1] for j in range(k + 2, len(n)))
    )
    if not found:
        message = (
            f"a path to a fit of {samples} samples needs a hidden layer of at least {samples - 1} "
            f"units with no layer that widens from the second one after it, got the widths {n}"
        )
        raise ShapeError(message)
    return found


def start_near(
    surface: LossSurface, point: Parameters, wide: int, radius: Fraction, bits: int, budget: Budget
) -> Start:
    """Generic rational parameters within a distance of the given ones, these first.

    Raises DomainError: none were found, or the time is used up.
    """
    network: Network = surface.network
    given = network.vector(point)
    rounded = [_near(value, bits) for value in given]
    for moved in _moved(network, rounded, wide, radius):
        budget.need("generic parameters were found")
        start = network.parameters(moved)
        columns = [independent_columns(W) for W in start.weights[wide + 1 :]]
        if any(chosen is None for chosen in columns):
            continue
        precision = bits
        while precision <= MOST_BITS:
            places = independent_columns(extended(surface, start, wide, BallField(precision)))
            if places is not None:
                distance = _distance_squared(moved, given)
                if distance >= radius**2:
                    break
                kept = tuple(chosen for chosen in columns if chosen is not None)
                return Start(start, wide, places, kept, distance, precision)
            precision *= 2
    message = (
        f"no parameters within {radius} were found at which the features of layer {wide} are "
        f"certainly of rank {surface.samples.count} and the weights after the next layer of full "
        "rank"
    )
    raise DomainError(message)


def _moved(
    network: Network, point: list[Fraction], wide: int, radius: Fraction
) -> Iterator[list[Fraction]]:
    """The parameters, then with all those moved that genericity depends on."""
    yield point
    source = random.Random(network.parameter_count)
    next_layer = network.layer_range(wide + 1)
    movable = [i for i in range(network.parameter_count) if i not in next_layer]
    most = radius / (2 * (isqrt(len(movable)) + 1))
    for attempt in range(TRIES):
        step = most / (1 if attempt < TRIES // 2 else 16)
        moved = list(point)
        for i in movable:
            moved[i] += step * Fraction(source.randint(-STEPS, STEPS), STEPS)
        yield moved


def _near(value: Scalar, bits: int) -> Fraction:
    """The number where it is rational, else a fraction near it."""
    known = value.field.rational_value(value.raw)
    return near_fraction(value.enclose(bits), 1 << bits) if known is None else known


def _distance_squared(moved: Sequence[Fraction], given: Sequence[Scalar]) -> Fraction:
    """The square of the distance, or a number above it where that is not rational."""
    total = Fraction(0)
    for a, b in zip(moved, given, strict=True):
        gap = b.enclose(MOST_BITS) - rational(a)
        known = b.field.rational_value(b.raw)
        total += _upper(abs(gap)) ** 2 if known is None else (a - known) ** 2
    return total


def _upper(ball: flint.arb) -> Fraction:
    """A number that nothing in a ball exceeds."""
    return midpoint(ball.upper())


def extended(surface: LossSurface, point: Parameters, layer: int, field: Field) -> Matrix:
    """[F_k, 1] (N, n_k + 1)."""
    features = surface.at(point, field).features(layer)
    return features.hstack(field.ones(features.shape[0], 1))


def independent_columns(matrix: Matrix) -> tuple[int, ...] | None:
    """As many columns as there are rows, certainly independent; None where none are found.

    By elimination with the largest pivots; the pivot of a ball has to exclude 0.
    """
    field = BallField(MOST_BITS) if matrix.field.is_rational_field else matrix.field
    rows = [list(row) for row in matrix.over(field).raw_rows()]
    left, chosen = list(range(matrix.shape[1])), []
    for i, row in enumerate(rows):
        if not left:
            return None
        place = max(left, key=lambda j: (abs(midpoint(row[j])), -j))
        if row[place].contains(0):
            return None
        chosen.append(place)
        left.remove(place)
        for below in rows[i + 1 :]:
            factor = field.divide(below[place], row[place])
            for j in left:
                below[j] = field.subtract(below[j], field.multiply(factor, row[j]))
    return tuple(sorted(chosen))
