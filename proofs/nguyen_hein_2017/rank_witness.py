"""Parameters of the first k layers that give rank [F_k, 1] = N, and bounds where there are none.

Notation: X (N, d) the inputs, F_l (N, n_l) the features of layer l, F_0 = X, z_i the rows of
F_{k-1}; W_l has shape (n_l, n_{l-1}), the transpose of the paper's.

Objects: Below, Ordered, Witness.
Functions: separating_direction, classes, layers_below, ordered_layer, full_rank_witness, features,
rank_ceiling.

Design notes. Below layer k only the first unit of each layer is used: its weights are a direction
that separates the rows, divided by the largest projection, so that numbers stay small. Features
are exact while a field holds them (Q, then Q(e^(1/D)) for one layer of a sigmoid), then balls.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cmp_to_key, lru_cache
from typing import TYPE_CHECKING

from symbolic_landscape.arithmetic import (
    BallField,
    ExponentialField,
    Field,
    Matrix,
    Scalar,
    rank_at_least,
)
from symbolic_landscape.errors import DomainError
from symbolic_landscape.functions import polynomial_coefficients
from symbolic_landscape.functions.activations import Activation
from symbolic_landscape.networks import Network
from symbolic_landscape.proofs.nguyen_hein_2017.scaled_layer import ScaledLayer, beside_ones
from symbolic_landscape.proofs.nguyen_hein_2017.wide_layer import WideLayer

if TYPE_CHECKING:
    pass

MOST_DOUBLINGS = 48
"""The scale of the last layer is doubled at most this often in the search for a witness."""


# --- directions and layers below k ---------------------------------------------------------------


def separating_direction(rows: Matrix, same: Sequence[int] = ()) -> tuple[int, ...] | None:
    """A direction (1, M, M^2, ...) on which all rows of (N, n) have certainly distinct projections.

    Rows that agree in `same` count as one. Each pair rules out at most n - 1 values of M, so that
    some M up to (n - 1) N (N - 1) / 2 does unless two rows are equal; None where balls leave
    it open.
    """
    height, width = rows.shape
    labels = tuple(same) or tuple(range(height))
    first = {label: i for i, label in reversed(list(enumerate(labels)))}
    distinct_rows = [rows.row(i) for i in sorted(first.values())]
    pairs = list(itertools.combinations(distinct_rows, 2))
    for base in range((width - 1) * len(pairs) + 1):
        direction = tuple(base**power for power in range(width))
        column = rows.field.column(direction)
        if all(_is_certainly_nonzero(((x - y) @ column)[0, 0]) for x, y in pairs):
            return direction
    return None


def _is_certainly_nonzero(value: Scalar) -> bool:
    try:
        return not value.is_zero
    except DomainError:
        return False


def classes(inputs: Matrix) -> tuple[int, ...]:
    """For each sample the index of the first sample equal to it."""
    seen: dict[Matrix, int] = {}
    return tuple(seen.setdefault(row, i) for i, row in enumerate(inputs.rows()))


def activated(activation: Activation, preactivations: Matrix, field: BallField) -> Matrix:
    """The values of sigma: in Q or Q(e^(1/D)) where that holds them, else in balls."""
    formula = activation.derivative(0)
    try:
        known = [value.rational() for row in preactivations.tolist() for value in row]
        exact = ExponentialField(math.lcm(*(value.denominator for value in known)))
        return exact.apply(formula, preactivations.over(exact))
    except DomainError:
        return field.apply(formula, preactivations.over(field))


@dataclass(frozen=True)
class Below:
    """Parameters of the layers below k, and F_{k-1} (N, n_{k-1}), as distinct as the inputs."""

    weights: tuple[tuple[tuple[Fraction, ...], ...], ...]
    biases: tuple[tuple[Fraction, ...], ...]
    features: Matrix


def layers_below(s: WideLayer, layer: int) -> Below | None:
    """Parameters of layers 1..layer-1 that keep distinct samples apart, or None if not found."""
    return _layers_below(s.network, s.inputs, layer, s.field)


@lru_cache(maxsize=512)
def _layers_below(network: Network, inputs: Matrix, layer: int, field: BallField) -> Below | None:
    if layer == 1:
        return Below((), (), inputs)
    below = _layers_below(network, inputs, layer - 1, field)
    if below is None:
        return None
    direction = separating_direction(below.features, classes(inputs))
    if direction is None:
        return None
    projections = below.features @ below.features.field.column(direction)
    largest = max(1, *(_ceiling(row[0]) for row in projections.tolist()))
    row = tuple(Fraction(value, largest) for value in direction)
    nothing = tuple(Fraction(0) for _ in direction)
    units = network.widths[layer - 1]
    weights = (row, *(nothing for _ in range(units - 1)))
    biases = tuple(Fraction(0) for _ in range(units))
    pre = below.features @ below.features.field.matrix(weights).T
    values = activated(network.activation_of(layer - 1), pre, field)
    if _rows_apart(values, classes(inputs)):
        return Below((*below.weights, weights), (*below.biases, biases), values)
    return None


def _ceiling(value: Scalar) -> int:
    """An integer that is at least the absolute value."""
    return int(abs(value.enclose(64)).upper().ceil().unique_fmpz())


def _rows_apart(values: Matrix, labels: Sequence[int]) -> bool:
    """True only if samples with different labels certainly have different rows."""
    rows = [values.row(i) for i in sorted(set(labels))]
    return all(
        any(_is_certainly_nonzero(value) for value in (x - y).tolist()[0])
        for x, y in itertools.combinations(rows, 2)
    )


# --- layer k -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Ordered:
    """Samples ordered by their projections: the order, the direction a, the scaled layer."""

    order: tuple[int, ...]
    direction: tuple[int, ...]
    layer: ScaledLayer


@lru_cache(maxsize=512)
def ordered_layer(s: WideLayer) -> Ordered | None:
    """Layer k along a direction that separates all distinct rows of F_{k-1}, projections in order.

    Equal samples have the same projection, one object. None if no such direction was found.
    """
    below = layers_below(s, s.layer)
    if below is None:
        return None
    labels = classes(s.inputs)
    direction = separating_direction(below.features, labels)
    if direction is None:
        return None
    column = below.features @ below.features.field.column(direction)
    values = [column[label, 0] for label in labels]
    shared = {label: values[label] for label in labels}

    def compare(i: int, j: int) -> int:
        if labels[i] == labels[j]:
            return 0
        return (shared[labels[i]] - shared[labels[j]]).sign()

    order = tuple(sorted(range(s.count), key=cmp_to_key(compare)))
    projections = tuple(shared[labels[i]] for i in order)
    return Ordered(
        order,
        direction,
        ScaledLayer(projections, s.activation, s.beta, s.growth_constants),
    )


@dataclass(frozen=True)
class Witness:
    """Exact parameters of layers 1..k, the scale alpha, and [F_k, 1] (N, n_k + 1) in balls."""

    weights: tuple[tuple[tuple[Fraction, ...], ...], ...]
    biases: tuple[tuple[Fraction, ...], ...]
    alpha: Fraction
    features: Matrix


@lru_cache(maxsize=256)
def full_rank_witness(s: WideLayer) -> Witness | None:
    """Rational parameters with certainly rank [F_k, 1] = N, or None if the search found none.

    Units 1..N-1 of layer k are those of the paper's proof, with t_j rounded to a rational; other
    units have no weights. The scale is doubled until balls show the rank.
    """
    below, ordered = layers_below(s, s.layer), ordered_layer(s)
    if below is None or ordered is None or s.width < s.count - 1:
        return None
    middles = [_rounded(value) for value in ordered.layer.projections[:-1]]
    alpha = Fraction(1)
    for _ in range(MOST_DOUBLINGS):
        rows = [tuple(-alpha * value for value in ordered.direction) for _ in middles]
        shifts = [alpha * middle + s.beta for middle in middles]
        spare = s.width - len(middles)
        rows += [tuple(Fraction(0) for _ in ordered.direction)] * spare
        shifts += [Fraction(0)] * spare
        weights, biases = (*below.weights, tuple(rows)), (*below.biases, tuple(shifts))
        found = beside_ones(features(s, weights, biases, s.field), first=False)
        if rank_at_least(found, s.count).is_holds:
            return Witness(weights, biases, alpha, found)
        alpha *= 2
    return None


def _rounded(value: Scalar) -> Fraction:
    """The value where it is rational, else a rational near it with denominator up to 10^20."""
    known = value.field.rational_value(value.raw)
    if known is not None:
        return known
    mantissa, exponent = value.enclose(128).mid().man_exp()
    return (Fraction(int(mantissa)) * Fraction(2) ** int(exponent)).limit_denominator(10**20)


def features(
    s: WideLayer,
    weights: Sequence[Iterable[Iterable[Fraction]]],
    biases: Sequence[Iterable[Fraction]],
    field: Field,
) -> Matrix:
    """F_l (N, n_l) after the given layers, in a field that holds the inputs.

    The first pre-activations are exact. Raises DomainError where a value lies outside the field.
    """
    values = s.inputs
    for layer, (matrix, column) in enumerate(zip(weights, biases, strict=True), 1):
        base = values.field
        shifts = base.ones(s.count, 1) @ base.column(column).T
        pre = values @ base.matrix(matrix).T + shifts
        values = field.apply(s.network.activation_of(layer).derivative(0), pre.over(field))
    return values


# --- ranks that no parameters can exceed ---------------------------------------------------------


def rank_ceiling(s: WideLayer) -> tuple[int, str]:
    """A bound of rank [F_k, 1] for all parameters, with its reason."""
    bounds = [
        (s.width + 1, f"[F_k, 1] has {s.width + 1} columns"),
        (len(set(classes(s.inputs))), "equal samples have equal rows"),
    ]
    coefficients = polynomial_coefficients(s.activation.derivative(0))
    if coefficients is not None:
        degree = max(len(coefficients) - 1, 0) ** s.layer
        dimension = math.comb(s.network.inputs + degree, degree)
        words = (
            f"features are polynomials of degree at most {degree} in {s.network.inputs} variables"
        )
        bounds.append((dimension, words))
        if len(coefficients) <= 2:
            narrow = min(s.network.widths[: s.layer]) + 1
            bounds.append((narrow, "an affine map through a narrow layer"))
    return min(bounds)
