"""Symmetries of labelled networks: those of the frame that survive shared and frozen parameters.

Near a point at which every unit concerned is linear on each sample, or homogeneous, the symmetries
of the frame are flows of affine vector fields X on its entries theta (see `symmetries`). The labels
x enter as theta = E x + c. A combination of such fields survives if on all points E x + c its
values at entries with one label are equal, and 0 at frozen entries, and if the decay, a quadratic
form in x, does not grow: then its flow leads from labels to labels, and the loss stays the same. As
the fields are affine in x, these are finitely many linear equations for the factors, which are
solved exactly. In a plain network with decay they leave rotations of units with equal slopes.

Objects: VectorField, Frame. Functions: labels_at, continuous_symmetries, shared_families.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from symbolic_landscape.arithmetic import QQ, Scalar
from symbolic_landscape.critical.kernels import exact_kernel
from symbolic_landscape.critical.local import LocalLoss
from symbolic_landscape.critical.symmetries import (
    Family,
    Mechanism,
    homogeneous_degree,
    linear_slope,
    symmetry_families,
)
from symbolic_landscape.errors import DomainError
from symbolic_landscape.formula import Piece
from symbolic_landscape.networks import LabelledNetwork

MOST_FIELDS = 200
"""More vector fields than these are not combined."""

Affine = dict[int | None, Fraction]
"""An affine function of the frame's entries: the factor of each, and of 1 under None."""

Slopes = tuple[Fraction, ...]


@dataclass(frozen=True)
class VectorField:
    """An affine vector field on the entries of the frame, with the units concerned in words."""

    mechanism: Mechanism
    origin: str
    entries: dict[int, Affine]


class Frame:
    """Where the entries of a labelled network's frame stand, and how its units act near a point."""

    def __init__(self, local: LocalLoss) -> None:
        self.local = local
        self.network = local.network
        starts = [0]
        for below, above in pairwise(self.network.widths):
            starts.append(starts[-1] + (below + 1) * above)
        self._starts = starts

    def weight(self, layer: int, row: int, column: int) -> int:
        """The place of a weight of layer k = 1..L; rows and columns count from 0."""
        return self._starts[layer - 1] + row * self.network.widths[layer - 1] + column

    def bias(self, layer: int, row: int) -> int:
        """The place of a bias."""
        below, above = self.network.widths[layer - 1 : layer + 1]
        return self._starts[layer - 1] + below * above + row

    def incoming(self, layer: int, unit: int) -> list[int]:
        """The places of all weights into a unit, its bias last."""
        below = range(self.network.widths[layer - 1])
        return [*(self.weight(layer, unit, j) for j in below), self.bias(layer, unit)]

    def outgoing(self, layer: int, unit: int) -> list[int]:
        """The places of all weights out of a unit."""
        return [self.weight(layer + 1, i, unit) for i in range(self.network.widths[layer + 1])]

    def slopes(self, layer: int, unit: int) -> Slopes | None:
        """The slope of a unit on every sample; None if it is not linear, or a sign is open."""
        formula = self.network.unit_activations(layer)[unit].formula
        count = self.local.surface.samples.count
        if not isinstance(formula, Piece):
            slope = linear_slope(formula)
            return None if slope is None else (slope,) * count
        sides = {-1: linear_slope(formula.left), 1: linear_slope(formula.right)}
        try:
            column = self.local.values.preactivations(layer).T.tolist()[unit]
            found = [sides.get(value.sign()) for value in column]
        except DomainError:
            return None
        known = tuple(slope for slope in found if slope is not None)
        return known if len(known) == count else None


def labels_at(slots: Sequence[int | Fraction], places: Iterable[int]) -> set[int]:
    """The labels of some entries of the frame, without frozen ones."""
    return {slot for place in places if not isinstance(slot := slots[place], Fraction)}


def continuous_symmetries(local: LocalLoss) -> tuple[Family, ...]:
    """The families of continuous symmetries at the point, of any network."""
    if not local.network.is_plain:
        return shared_families(local)
    families = symmetry_families(local)
    if not any(local.surface.decay):
        return families
    network = LabelledNetwork.of_network(local.network)
    surface = replace(local.surface, network=network)
    point = network.parameters_over(local.field, local.raws)
    return (*families, *shared_families(LocalLoss(surface, point, local.budget)))


def shared_families(local: LocalLoss) -> tuple[Family, ...]:
    """The families of symmetries of a labelled network, one for each independent combination."""
    fields = list(_fields(Frame(local)))
    if not 0 < len(fields) <= MOST_FIELDS:
        return ()
    rows = _conditions(local, fields)
    kernel = exact_kernel(QQ.matrix(rows)) if rows else QQ.identity(len(fields))
    found = []
    for column in kernel.T.tolist():
        chosen = [(x.rational(), f) for x, f in zip(column, fields, strict=True) if not x.is_zero]
        direction = _at_point(local, chosen)
        if any(_may_differ(value) for value in direction):
            names = "; ".join(dict.fromkeys(field.origin for _, field in chosen))
            found.append(Family(chosen[0][1].mechanism, names, (direction,)))
    return tuple(found)


def _fields(frame: Frame) -> Iterator[VectorField]:
    yield from _unseen(frame)
    for layer in range(1, frame.network.depth):
        slopes = [frame.slopes(layer, unit) for unit in range(frame.network.widths[layer])]
        for unit, own in enumerate(slopes):
            name = f"unit {unit + 1} of layer {layer}"
            degree = homogeneous_degree(frame.network.unit_activations(layer)[unit].formula)
            if own is not None and not any(own):
                around = [*frame.incoming(layer, unit), *frame.outgoing(layer, unit)]
                for place in around:
                    yield VectorField(Mechanism.DEAD, name, {place: {None: Fraction(1)}})
                continue
            if degree is not None:
                yield _scaling(Mechanism.RESCALING, name, frame, layer, (unit, unit), degree)
            if own is not None and len(set(own)) == 1:
                shift: dict[int, Affine] = {frame.bias(layer, unit): {None: Fraction(1)}}
                for row, place in enumerate(frame.outgoing(layer, unit)):
                    shift[frame.bias(layer + 1, row)] = {place: -own[0]}
                yield VectorField(Mechanism.SHIFT, name, shift)
            for other, known in enumerate(slopes):
                if own is not None and other != unit and known == own:
                    names = f"units {unit + 1} and {other + 1} of layer {layer}"
                    yield _scaling(Mechanism.MIXING, names, frame, layer, (unit, other), 1)


def _scaling(
    mechanism: Mechanism, name: str, frame: Frame, layer: int, units: tuple[int, int], degree: int
) -> VectorField:
    """in[i] += s in[j], out[j] -= s degree out[i] for units i, j."""
    i, j = units
    entries: dict[int, Affine] = {}
    for to, of in zip(frame.incoming(layer, i), frame.incoming(layer, j), strict=True):
        entries[to] = {of: Fraction(1)}
    for to, of in zip(frame.outgoing(layer, j), frame.outgoing(layer, i), strict=True):
        entries[to] = {of: Fraction(-degree)}
    return VectorField(mechanism, name, entries)


def _unseen(frame: Frame) -> Iterator[VectorField]:
    """Changes of weights of the first layer that all inputs, with 1 for the bias, map to 0."""
    inputs = frame.local.surface.samples.inputs
    if inputs.field != QQ:
        return
    kernel = exact_kernel(inputs.hstack(QQ.ones(inputs.shape[0], 1)))
    for unit in range(frame.network.widths[1]):
        for column in kernel.T.tolist():
            pairs = zip(frame.incoming(1, unit), column, strict=True)
            entries: dict[int, Affine] = {
                place: {None: value.rational()} for place, value in pairs if not value.is_zero
            }
            yield VectorField(Mechanism.INPUTS, "layer 1", entries)


def _in_labels(local: LocalLoss, affine: Affine) -> Affine:
    """The affine function of the entries as one of the labels, without factors 0."""
    found: Affine = {}
    for place, factor in affine.items():
        slot = None if place is None else local.network.slots[place]
        if isinstance(slot, Fraction):
            found[None] = found.get(None, Fraction(0)) + factor * slot
        else:
            found[slot] = found.get(slot, Fraction(0)) + factor
    return {label: factor for label, factor in found.items() if factor}


def _conditions(local: LocalLoss, fields: Sequence[VectorField]) -> list[list[Fraction]]:
    """The equations for the factors: a row for each entry and each label, or 1, in its values."""
    slots: Sequence[int | Fraction] = local.network.slots
    decay = local.surface.decay
    first: dict[int, int] = {}
    for place, slot in enumerate(slots):
        if not isinstance(slot, Fraction):
            first.setdefault(slot, place)
    values = [
        {place: _in_labels(local, affine) for place, affine in field.entries.items()}
        for field in fields
    ]
    rows: list[list[Fraction]] = []
    for place, slot in enumerate(slots):
        head = None if isinstance(slot, Fraction) else first[slot]
        if head == place:
            continue
        own = [value.get(place, {}) for value in values]
        other = [{} if head is None else value.get(head, {}) for value in values]
        for label in {label for one in (*own, *other) for label in one}:
            rows.append(
                [
                    a.get(label, Fraction(0)) - b.get(label, Fraction(0))
                    for a, b in zip(own, other, strict=True)
                ]
            )
    growths = [_growth(decay, first, value) for value in values] if any(decay) else []
    for pair in {pair for growth in growths for pair in growth}:
        rows.append([growth.get(pair, Fraction(0)) for growth in growths])
    return rows


def _growth(
    decay: Sequence[Fraction], first: Mapping[int, int], value: Mapping[int, Affine]
) -> dict[tuple[int, int], Fraction]:
    """How the decay grows along a field: the factors of products of two labels, -1 being 1."""
    found: dict[tuple[int, int], Fraction] = {}
    for label, place in first.items():
        for other, factor in value.get(place, {}).items():
            if decay[label]:
                one = -1 if other is None else other
                pair = (min(label, one), max(label, one))
                found[pair] = found.get(pair, Fraction(0)) + decay[label] * factor
    return {pair: factor for pair, factor in found.items() if factor}


def _at_point(
    local: LocalLoss, chosen: Sequence[tuple[Fraction, VectorField]]
) -> tuple[Scalar, ...]:
    """The combination of the fields at the point, as a direction of the labels."""
    zero = Scalar(local.field, local.field.constant(Fraction(0)))
    direction = [zero] * local.size
    seen: set[int] = set()
    for place, slot in enumerate(local.network.slots):
        if isinstance(slot, Fraction) or slot in seen:
            continue
        seen.add(slot)
        for factor, field in chosen:
            for label, value in _in_labels(local, field.entries.get(place, {})).items():
                at = zero + 1 if label is None else local.coordinates[label]
                direction[slot] = direction[slot] + at * (factor * value)
    return tuple(direction)


def _may_differ(value: Scalar) -> bool:
    """False only where the value is certainly 0."""
    try:
        return not value.is_zero
    except DomainError:
        return True
