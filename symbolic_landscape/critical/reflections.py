"""Reflections of units: sigma(-t) = s sigma(t) + c, as for tanh, arctan, squares and the sigmoid.

Turning the sign of a unit's incoming weights and bias, multiplying its outgoing weights by s, and
adding c times them to the biases of the next layer, changes no prediction. That is an invertible
linear map of the parameters which is its own inverse, so it keeps every kind of point.

Objects: Reflection. Functions: reflection_law, aligning.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from symbolic_landscape.arithmetic import Scalar
from symbolic_landscape.critical.atoms import atom_field, values_needed
from symbolic_landscape.errors import DomainError
from symbolic_landscape.formula import Formula, evaluated
from symbolic_landscape.networks import Network

Unit = tuple[int, int]


@lru_cache(maxsize=64)
def reflection_law(formula: Formula) -> tuple[int, Fraction] | None:
    """(s, c) with sigma(-t) = s sigma(t) + c as an identity, s = 1 or -1; None if not shown."""
    field = atom_field(2 * values_needed(formula), ["t"])
    t = field.generator("t").raw
    try:
        here = evaluated(formula, t, field)
        there = evaluated(formula, field.negative(t), field)
    except DomainError:
        return None
    if field.subtract(there, here)[0].is_zero():
        return 1, Fraction(0)
    constant = field.rational_value(field.add(there, here))
    return None if constant is None else (-1, constant)


@dataclass(frozen=True)
class Reflection:
    """Reflections of units (layer, unit), one after the other; layers count from 1."""

    network: Network
    units: tuple[Unit, ...]

    def image(self, vector: Sequence[Scalar]) -> tuple[Scalar, ...]:
        """The parameters, or a direction, after all reflections in their order."""
        result = list(vector)
        for unit in self.units:
            self._reflect(result, unit)
        return tuple(result)

    def preimage(self, vector: Sequence[Scalar]) -> tuple[Scalar, ...]:
        """What `image` maps to the vector."""
        result = list(vector)
        for unit in reversed(self.units):
            self._reflect(result, unit)
        return tuple(result)

    def _reflect(self, vector: list[Scalar], unit: Unit) -> None:
        layer, place = unit
        law = reflection_law(self.network.activation_of(layer).formula)
        if law is None:
            message = f"layer {layer}: {self.network.activation_of(layer)} has no reflection"
            raise DomainError(message)
        sign, constant = law
        for i in _incoming(self.network, layer, place):
            vector[i] = -vector[i]
        start = self.network.layer_range(layer + 1).start
        width, above = self.network.widths[layer], self.network.widths[layer + 1]
        for row in range(above):
            i = start + row * width + place
            if constant:
                vector[start + above * width + row] += vector[i] * constant
            vector[i] = vector[i] * sign


def _incoming(network: Network, layer: int, unit: int) -> list[int]:
    """The places of a unit's incoming weights, its bias last."""
    start, below = network.layer_range(layer).start, network.widths[layer - 1]
    places = list(range(start + unit * below, start + (unit + 1) * below))
    return [*places, start + network.widths[layer] * below + unit] if network.bias else places


def aligning(network: Network, point: Sequence[Scalar], tolerance: Fraction) -> Reflection:
    """The reflections after which no two units of a layer are negatives of each other.

    Two numbers count as negatives if their sum is at most the tolerance, relative to their size
    where that is above 1. Without biases only laws with c = 0 are used.
    """
    units: list[Unit] = []
    for layer in range(1, network.depth):
        law = reflection_law(network.activation_of(layer).formula)
        if law is None or (law[1] and not network.bias):
            continue
        rows = [
            [point[i].rational() for i in _incoming(network, layer, unit)]
            for unit in range(network.widths[layer])
        ]
        kept: list[list[Fraction]] = []
        for unit, row in enumerate(rows):
            turned = [-value for value in row]
            known = any(agree(row, other, tolerance) for other in kept)
            if not known and any(agree(turned, other, tolerance) for other in kept):
                units.append((layer, unit))
            else:
                kept.append(row)
    return Reflection(network, tuple(units))


def agree(first: Sequence[Fraction], second: Sequence[Fraction], tolerance: Fraction) -> bool:
    """Whether the entries agree up to the tolerance, relative to their size above 1."""
    return all(
        abs(a - b) <= tolerance * max(Fraction(1), abs(a))
        for a, b in zip(first, second, strict=True)
    )
