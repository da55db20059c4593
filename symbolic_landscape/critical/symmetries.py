"""Continuous symmetries of the loss near a point, as the directions in which their orbits leave it.

Each family of directions belongs to one-parameter maps that leave the loss unchanged near the
point, so orbits of critical points consist of critical points, and their tangents lie in the
kernel of the Hessian.

Families, for a layer k whose activation is c t, or a t for t < 0 and b t for t > 0, near the
point:
  mixing of units i and j with equal slopes on all samples, W_k -> A W_k, b_k -> A b_k, W_{k+1} ->
  W_{k+1} A^-1 (for i = j: rescaling); shift of b_k[i] against b_{k+1} where unit i has one slope
  on all samples.
For an activation c t^d: rescaling of unit i, incoming weights by s, outgoing ones by s^-d.
For e^(c t): shift of b_k[i] by s, outgoing weights times e^(-c s).
For any activation: incoming weights of the first layer along vectors that no input sees; every
weight at a unit that is 0 near the point on all samples (dead unit). For cross-entropy and a linear
output: all rows of the last layer by the same change.

Objects: Family. Functions: symmetry_families, tangent_space.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from typing import TYPE_CHECKING

from symbolic_landscape.arithmetic import Matrix, Scalar
from symbolic_landscape.critical.kernels import exact_kernel
from symbolic_landscape.critical.local import LocalLoss, joint_field
from symbolic_landscape.errors import DomainError
from symbolic_landscape.formula import Call, Const, Formula, Mul, Piece, Pow, Var
from symbolic_landscape.functions.losses import CrossEntropy

if TYPE_CHECKING:
    from collections.abc import Sequence


class Mechanism(StrEnum):
    """Why the loss does not change in a direction."""

    RESCALING = "rescaling"
    MIXING = "linear mixing"
    SHIFT = "bias shift"
    LOGITS = "logit shift"
    INPUTS = "inputs not seen"
    DEAD = "dead unit"
    DUPLICATED = "duplicated unit"
    CONSTANT = "constant unit"
    DEPENDENT = "dependent features"
    INTERPOLATION = "same predictions"


SYMMETRIES = frozenset(Mechanism) - {Mechanism.DEPENDENT, Mechanism.INTERPOLATION}
"""The mechanisms that are symmetries; the others depend on the number and place of the samples."""


@dataclass(frozen=True)
class Family:
    """Directions (p,) that one mechanism explains, with the units concerned in words."""

    mechanism: Mechanism
    origin: str
    directions: tuple[tuple[Scalar, ...], ...]


class Places:
    """Where the weights and biases of each layer stand in the vector of parameters."""

    def __init__(self, local: LocalLoss) -> None:
        self.network = local.network
        self.local = local
        self.zero = Scalar(local.field, local.field.constant(Fraction(0)))

    def weight(self, layer: int, row: int, column: int) -> int:
        """The place of W_layer[row, column]; rows and columns count from 0."""
        start = self.network.layer_range(layer).start
        return start + row * self.network.widths[layer - 1] + column

    def bias(self, layer: int, row: int) -> int:
        """The place of b_layer[row]."""
        start = self.network.layer_range(layer).start
        return start + self.network.widths[layer] * self.network.widths[layer - 1] + row

    def incoming(self, layer: int, unit: int) -> list[int]:
        """The places of all weights into a unit, its bias last."""
        below = range(self.network.widths[layer - 1])
        places = [self.weight(layer, unit, j) for j in below]
        return [*places, self.bias(layer, unit)] if self.network.bias else places

    def outgoing(self, layer: int, unit: int) -> list[int]:
        """The places of all weights out of a unit; none for the last layer."""
        if layer == self.network.depth:
            return []
        return [self.weight(layer + 1, i, unit) for i in range(self.network.widths[layer + 1])]

    def vector(self, entries: dict[int, Scalar]) -> tuple[Scalar, ...]:
        """The direction with these entries, 0 elsewhere."""
        return tuple(entries.get(i, self.zero) for i in range(self.local.size))

    def unit_vector(self, place: int) -> tuple[Scalar, ...]:
        """The direction of one parameter."""
        return self.vector({place: self.zero + 1})


def power_law(formula: Formula) -> tuple[Fraction, int] | None:
    """(c, d) where the formula is c t^d with d >= 1, else None."""
    match formula:
        case Var():
            return Fraction(1), 1
        case Pow(base=Var(), exponent=exponent) if exponent >= 1:
            return Fraction(1), exponent
        case Mul(factors=(Const(value=c), rest)) if c:
            inner = power_law(rest)
            return None if inner is None else (c * inner[0], inner[1])
    return None


def homogeneous_degree(formula: Formula) -> int | None:
    """D where the formula f has f(s t) = s^d f(t) for s > 0, else None."""
    if isinstance(formula, Piece):
        linear = None not in (linear_slope(formula.left), linear_slope(formula.right))
        return 1 if linear else None
    law = power_law(formula)
    return None if law is None else law[1]


def linear_slope(formula: Formula) -> Fraction | None:
    """The c where the formula is c t, with c = 0 for the zero formula; else None."""
    if isinstance(formula, Const) and not formula.value:
        return Fraction(0)
    law = power_law(formula)
    return law[0] if law is not None and law[1] == 1 else None


def _exponential_rate(formula: Formula) -> Fraction | None:
    """C where the formula is a e^(c t), else None."""
    match formula:
        case Mul(factors=(Const(), rest)):
            return _exponential_rate(rest)
        case Call(name="exp", argument=argument):
            return linear_slope(argument) or None
    return None


Slopes = list[list[Fraction | None]]


def slopes_on_samples(local: LocalLoss, layer: int) -> Slopes | None:
    """For each unit of a layer its slope on every sample, None on samples where it is not linear.

    None altogether if the activation has no linear piece through 0, or a sign is not known.
    """
    formula = local.network.activation_of(layer).formula
    samples = range(local.surface.samples.count)
    units = range(local.network.widths[layer])
    if not isinstance(formula, Piece):
        slope = linear_slope(formula)
        return None if slope is None else [[slope for _ in samples] for _ in units]
    sides = {-1: linear_slope(formula.left), 1: linear_slope(formula.right)}
    signs = _signs(local, layer)
    if signs is None:
        return None
    return [[sides.get(sign) for sign in column] for column in signs]


def _common_slopes(column: Sequence[Fraction | None]) -> tuple[Fraction, ...] | None:
    """The slopes of a unit that is linear, and not 0, on all samples; else None."""
    known = tuple(slope for slope in column if slope is not None)
    return known if len(known) == len(column) and any(known) else None


def _signs(local: LocalLoss, layer: int) -> list[list[int]] | None:
    """The sign of each pre-activation, one list for each unit; None where one is 0 or unknown."""
    try:
        values = local.values.preactivations(layer)
        columns = [[value.sign() for value in row] for row in values.T.tolist()]
    except DomainError:
        return None
    return columns


def symmetry_families(local: LocalLoss) -> tuple[Family, ...]:
    """The families of continuous symmetries at a point of a plain network; none of another."""
    if not local.network.is_plain:
        return ()
    return tuple(kept for family in _families(local) if (kept := undecayed(local, family)))


def undecayed(local: LocalLoss, family: Family) -> Family | None:
    """The directions of a family that move no parameter with decay; None if there are none.

    Its maps move the parameters that a direction moves, and no others.
    """
    decay = local.surface.decay
    kept = family.directions
    if decay:
        kept = tuple(
            direction
            for direction in kept
            if not any(d and _may_differ(x) for d, x in zip(decay, direction, strict=True))
        )
    return replace(family, directions=kept) if kept else None


def _families(local: LocalLoss) -> Iterator[Family]:
    places = Places(local)
    yield _unseen(local, places)
    for layer in range(1, local.network.depth + 1):
        formula = local.network.activation_of(layer).formula
        slopes = slopes_on_samples(local, layer)
        if slopes is not None:
            yield from _dead(places, layer, slopes)
            if layer == 1:
                yield from _unseen_by_active(local, places, slopes)
        if layer == local.network.depth:
            yield _logit_shifts(local, places)
            return
        degree = homogeneous_degree(formula)
        if degree is not None:
            yield from _rescalings(places, layer, degree)
        if slopes is not None:
            yield from _mixing(places, layer, slopes)
            if local.network.bias:
                yield from _shifts(places, layer, slopes)
        rate = _exponential_rate(formula)
        if rate is not None and local.network.bias:
            yield from _exponential_shifts(places, layer, rate)


def dead_units(local: LocalLoss, tolerance: Fraction) -> list[tuple[int, int]]:
    """The hidden units (layer, unit) with a bias whose weights are all at most the tolerance."""
    network = local.network
    if not network.is_plain or not network.bias:
        return []
    places, at = Places(local), local.coordinates
    return [
        (layer, unit)
        for layer in range(1, network.depth)
        for unit in range(network.widths[layer])
        if all(
            abs(at[place].rational()) <= tolerance
            for place in (*places.incoming(layer, unit)[:-1], *places.outgoing(layer, unit))
        )
    ]


def _family(mechanism: Mechanism, origin: str, directions: Sequence[tuple[Scalar, ...]]) -> Family:
    kept = tuple(d for d in directions if any(_may_differ(value) for value in d))
    return Family(mechanism, origin, kept)


def _may_differ(value: Scalar) -> bool:
    """False only where the value is certainly 0."""
    try:
        return not value.is_zero
    except DomainError:
        return True


def _scaled(
    places: Places, layer: int, target: int, source: int, factor: int
) -> tuple[Scalar, ...]:
    """d/ds of in[target] += s in[source], out[source] += s factor out[target]."""
    at = places.local.coordinates
    entries: dict[int, Scalar] = {}
    for to, of in zip(places.incoming(layer, target), places.incoming(layer, source), strict=True):
        entries[to] = at[of]
    for to, of in zip(places.outgoing(layer, source), places.outgoing(layer, target), strict=True):
        entries[to] = at[of] * factor
    return places.vector(entries)


def _rescalings(places: Places, layer: int, degree: int) -> Iterator[Family]:
    for unit in range(places.network.widths[layer]):
        direction = _scaled(places, layer, unit, unit, -degree)
        yield _family(Mechanism.RESCALING, f"unit {unit + 1} of layer {layer}", [direction])


def _mixing(places: Places, layer: int, slopes: Slopes) -> Iterator[Family]:
    linear = {i: known for i, column in enumerate(slopes) if (known := _common_slopes(column))}
    for i in linear:
        for j in linear:
            if i != j and linear[i] == linear[j]:
                origin = f"units {i + 1} and {j + 1} of layer {layer}"
                yield _family(Mechanism.MIXING, origin, [_scaled(places, layer, i, j, -1)])


def _shifts(places: Places, layer: int, slopes: Slopes) -> Iterator[Family]:
    """b_k[i] += s, b_{k+1} -= s c W_{k+1}[:, i], for a unit with one slope c on all samples."""
    at = places.local.coordinates
    for i, column in enumerate(slopes):
        known = _common_slopes(column)
        if known is not None and len(set(known)) == 1:
            entries = {places.bias(layer, i): places.zero + 1}
            for row, place in enumerate(places.outgoing(layer, i)):
                entries[places.bias(layer + 1, row)] = at[place] * -known[0]
            origin = f"unit {i + 1} of layer {layer}"
            yield _family(Mechanism.SHIFT, origin, [places.vector(entries)])


def _exponential_shifts(places: Places, layer: int, rate: Fraction) -> Iterator[Family]:
    at = places.local.coordinates
    for i in range(places.network.widths[layer]):
        entries = {places.bias(layer, i): places.zero + 1}
        for place in places.outgoing(layer, i):
            entries[place] = at[place] * -rate
        yield _family(Mechanism.SHIFT, f"unit {i + 1} of layer {layer}", [places.vector(entries)])


def _dead(places: Places, layer: int, slopes: Slopes) -> Iterator[Family]:
    """A unit that is 0 near the point on all samples: nothing depends on its weights there."""
    for i, column in enumerate(slopes):
        if all(slope == 0 for slope in column):
            around = [*places.incoming(layer, i), *places.outgoing(layer, i)]
            vectors = [places.unit_vector(place) for place in around]
            yield _family(Mechanism.DEAD, f"unit {i + 1} of layer {layer}", vectors)


def _unseen(local: LocalLoss, places: Places) -> Family:
    """Changes of the first layer's weights that all inputs, with 1 for the bias, map to 0."""
    kernel = _input_kernel(local, range(local.surface.samples.count))
    vectors = [
        _row_direction(places, unit, column)
        for unit in range(local.network.widths[1])
        for column in kernel
    ]
    return _family(Mechanism.INPUTS, "layer 1", vectors)


def _unseen_by_active(local: LocalLoss, places: Places, slopes: Slopes) -> Iterator[Family]:
    """The same for the samples on which a unit has a slope other than 0."""
    for unit, column in enumerate(slopes):
        active = [i for i, slope in enumerate(column) if slope != 0]
        if active and len(active) < len(column):
            kernel = _input_kernel(local, active)
            vectors = [_row_direction(places, unit, vector) for vector in kernel]
            yield _family(
                Mechanism.INPUTS, f"unit {unit + 1} of layer 1, where it is active", vectors
            )


def _logit_shifts(local: LocalLoss, places: Places) -> Family:
    """The same change of all rows of the last layer: softmax does not see a common shift."""
    network = local.network
    output = network.activation_of(network.depth).formula
    vectors = []
    if isinstance(local.surface.loss, CrossEntropy) and power_law(output) == (Fraction(1), 1):
        rows = [places.incoming(network.depth, unit) for unit in range(network.outputs)]
        vectors = [
            places.vector(dict.fromkeys(column, places.zero + 1))
            for column in zip(*rows, strict=True)
        ]
    return _family(Mechanism.LOGITS, f"layer {network.depth}", vectors)


def _input_kernel(local: LocalLoss, samples: Sequence[int]) -> list[list[Scalar]]:
    inputs = local.surface.samples.inputs
    chosen = inputs.submatrix(samples, range(inputs.shape[1]))
    if local.network.bias:
        chosen = chosen.hstack(inputs.field.ones(len(samples), 1))
    try:
        kernel = exact_kernel(chosen)
    except DomainError:
        return []
    return kernel.T.tolist()


def _row_direction(places: Places, unit: int, vector: Sequence[Scalar]) -> tuple[Scalar, ...]:
    entries = dict(zip(places.incoming(1, unit), vector, strict=True))
    return places.vector(entries)


def tangent_space(local: LocalLoss, families: Sequence[Family]) -> Matrix | None:
    """Independent columns (p, r) that span the directions of the families, exact; None if r = 0.

    Raises DomainError: the directions have no common field, or are balls.
    """
    directions = [direction for family in families for direction in family.directions]
    if not directions:
        return None
    field = joint_field([value for direction in directions for value in direction], local.field)
    if not field.decides_equality:
        message = f"independent directions were needed over an exact field, got {field.name}"
        raise DomainError(message)
    columns = field.matrix(directions).T
    pivots = columns.row_reduced()[1]
    return columns.submatrix(range(local.size), pivots) if pivots else None
