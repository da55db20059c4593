"""Networks with equal units: the smaller network, and all ways to split its units.

Let groups of units of each hidden layer have equal incoming weights, so equal features. Merging
each group to one unit, with the sum of the outgoing weights, gives the same predictions.
Conversely let a small network have weights V from group g to class c (a group of the next layer,
or one output). Give the units j of each group factors kappa_j with sum 1, and in the block of W
from g to c let sum_j W[r,j] = V[c,g] for all r in c and sum_r kappa_r W[r,j] = kappa_j V[c,g] for
all j in g (kappa = 1 for outputs).
Then the features are those of the small network, and the backpropagated errors are kappa_j times
its errors: so the point is critical if the small one is. These points form a manifold of
dimension
  sum over groups (|g| - 1)  +  sum over blocks (|c| - 1) (|g| - 1).
On it a block may be chosen freely but for one row r0 and one column j0, and for each g one block
with V[c*,g] not 0 is free in all rows but for the column j0: these coordinates, called frozen,
determine the point if kappa_{r0} is not 0.

Objects: Ties. Functions: ties_of.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from symbolic_landscape.arithmetic import BallField, Scalar
from symbolic_landscape.critical.local import LocalLoss
from symbolic_landscape.critical.reflections import agree
from symbolic_landscape.critical.symmetries import Family, Mechanism, Places
from symbolic_landscape.errors import DomainError
from symbolic_landscape.networks import Network

Groups = tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class Ties:
    """The groups of equal units of each layer, from the inputs to the outputs, with their factors.

    `factors` holds kappa for every unit of every layer; inputs and outputs are groups of their
    own with factor 1.
    """

    network: Network
    small: Network
    groups: tuple[Groups, ...]
    factors: tuple[tuple[Fraction, ...], ...]

    def merged(self, start: Sequence[Fraction]) -> list[Fraction]:
        """The parameters of the small network: a row for each group, its columns added up."""
        result: list[Fraction] = []
        for layer in range(1, self.network.depth + 1):
            rows = _rows(self.network, start, layer)
            biases = _biases(self.network, start, layer)
            for members in self.groups[layer]:
                row = rows[members[0]]
                result += [
                    sum((row[j] for j in below), Fraction(0)) for below in self.groups[layer - 1]
                ]
            if self.network.bias:
                result += [biases[members[0]] for members in self.groups[layer]]
        return result

    def split(self, field: BallField, small: Sequence[Any]) -> list[Any]:
        """Raw balls for the parameters W[r, j] = V[c, g] kappa_j, from those of the small one."""
        result: list[Any] = []
        for layer in range(1, self.network.depth + 1):
            rows = _rows(self.small, small, layer)
            biases = _biases(self.small, small, layer)
            home = self._homes(layer)
            below = self._homes(layer - 1)
            shares = [field.constant(share) for share in self.factors[layer - 1]]
            for unit in range(self.network.widths[layer]):
                row = rows[home[unit]]
                result += [
                    field.multiply(row[group], share)
                    if len(self.groups[layer - 1][group]) > 1
                    else row[group]
                    for group, share in zip(below, shares, strict=True)
                ]
            if self.network.bias:
                result += [biases[home[unit]] for unit in range(self.network.widths[layer])]
        return result

    def _homes(self, layer: int) -> list[int]:
        """For each unit of a layer the number of its group."""
        found = {unit: g for g, members in enumerate(self.groups[layer]) for unit in members}
        return [found[unit] for unit in range(self.network.widths[layer])]

    def frozen(self, small: Sequence[Any]) -> tuple[int, ...]:
        """Coordinates that determine a point of the manifold near this one.

        Raises DomainError: all outgoing weights of a merged unit may be 0.
        """
        found: list[int] = []
        for layer in range(2, self.network.depth + 1):
            weights = _rows(self.small, small, layer)
            start = self.network.layer_range(layer).start
            width = self.network.widths[layer - 1]
            for g, members in enumerate(self.groups[layer - 1]):
                if len(members) == 1:
                    continue
                whole = next((c for c, row in enumerate(weights) if row[g] != 0), None)
                if whole is None:
                    message = f"all outgoing weights of equal units of layer {layer - 1} may be 0"
                    raise DomainError(message)
                columns = members[1:]
                for c, units in enumerate(self.groups[layer]):
                    anchor = next(r for r in units if self.factors[layer][r])
                    rows = units if c == whole else [r for r in units if r != anchor]
                    found += [start + r * width + j for r in rows for j in columns]
        return tuple(sorted(found))

    def silent(self, small: Sequence[Any]) -> tuple[int, ...]:
        """Places of incoming weights that the Hessian maps to 0, besides the tangents.

        A unit with factor 0 whose group is heard by one class of units alone has outgoing weights
        0, so the derivative by its incoming weights vanishes but for changes of the outgoing ones,
        by which it is a share of the derivative for its whole group, which is 0 as the group's
        outgoing weights are not: `frozen` makes sure of that.
        """
        found: list[int] = []
        frozen = set(self.frozen(small))
        for layer in range(1, self.network.depth):
            heard = _rows(self.small, small, layer + 1)
            if len(heard) > 1:
                continue
            below, width = self.network.widths[layer - 1], self.network.widths[layer]
            start = self.network.layer_range(layer).start
            for members in self.groups[layer]:
                for j in members:
                    if self.factors[layer][j] or len(members) == 1:
                        continue
                    places = list(range(start + j * below, start + (j + 1) * below))
                    places += [start + width * below + j] if self.network.bias else []
                    found += [place for place in places if place not in frozen]
        return tuple(found)

    def tangents(self, local: LocalLoss) -> tuple[Family, ...]:
        """Directions in which equal units trade outgoing weights; they span the tangents.

        For units j and j0 of a group these add s to column j and subtract it from column j0,
        where s is the sum of the group's columns (1 for one row), or moves between equal units r
        and r0 of the next layer in the ratio of their factors.
        """
        places, at = Places(local), local.coordinates
        found: list[Family] = []
        for layer in range(1, self.network.depth):
            for members in self.groups[layer]:
                for other in members[1:]:
                    first = members[0]
                    names = f"units {first + 1} and {other + 1} of layer {layer}"
                    directions = []
                    for column in self._trades(places, at, layer, members):
                        entries = {}
                        for row, value in column.items():
                            entries[places.weight(layer + 1, row, other)] = value
                            entries[places.weight(layer + 1, row, first)] = -value
                        directions.append(places.vector(entries))
                    found.append(Family(Mechanism.DUPLICATED, names, tuple(directions)))
        return tuple(found)

    def _trades(
        self, places: Places, at: Sequence[Scalar], layer: int, members: Sequence[int]
    ) -> Iterator[dict[int, Scalar]]:
        """The columns s, by rows of the next layer's weights."""
        whole: dict[int, Scalar] = {}
        outputs = self.network.widths[layer + 1]
        if outputs == 1:
            yield {0: places.zero + 1}
            return
        for row in range(outputs):
            values = [at[places.weight(layer + 1, row, j)] for j in members]
            whole[row] = sum(values[1:], values[0])
        yield whole
        factors = self.factors[layer + 1]
        for units in self.groups[layer + 1]:
            anchor = next(r for r in units if factors[r])
            for row in units:
                if row != anchor:
                    yield {
                        row: places.zero + 1,
                        anchor: places.zero - factors[row] / factors[anchor],
                    }


def _rows(network: Network, vector: Sequence[Any], layer: int) -> list[list[Any]]:
    """W_layer as rows, out of the vector of parameters."""
    start, width = network.layer_range(layer).start, network.widths[layer - 1]
    return [
        list(vector[start + i * width : start + (i + 1) * width])
        for i in range(network.widths[layer])
    ]


def _biases(network: Network, vector: Sequence[Any], layer: int) -> list[Any]:
    """b_layer, or an empty list in a network without biases."""
    places = network.layer_range(layer)
    first = places.start + network.widths[layer] * network.widths[layer - 1]
    return list(vector[first : places.stop])


def ties_of(network: Network, start: Sequence[Fraction], tolerance: Fraction) -> Ties:
    """The groups of units with equal incoming weights, with factors for their outgoing ones.

    Numbers count as equal if they differ by at most the tolerance, relative to their size above
    1. Raises DomainError: no two units are equal, or the outgoing weights of a group are not
    proportional.
    """
    groups: list[Groups] = [tuple((i,) for i in range(network.inputs))]
    for layer in range(1, network.depth):
        rows, biases = _rows(network, start, layer), _biases(network, start, layer)
        found: list[tuple[list[Fraction], list[int]]] = []
        for unit, weights in enumerate(rows):
            row = [*weights, *biases[unit : unit + 1]]
            home = next((units for first, units in found if agree(first, row, tolerance)), None)
            if home is None:
                found.append((row, [unit]))
            else:
                home.append(unit)
        groups.append(tuple(tuple(units) for _, units in found))
    groups.append(tuple((i,) for i in range(network.outputs)))
    sizes = tuple(map(len, groups))
    if sizes == network.widths:
        message = "no two units have equal incoming weights"
        raise DomainError(message)
    factors = tuple(
        _factors(network, start, layer, groups[layer], tolerance)
        for layer in range(network.depth + 1)
    )
    small = Network(sizes, network.activation, network.output_activation, network.bias)
    return Ties(network, small, tuple(groups), factors)


def _factors(
    network: Network,
    start: Sequence[Fraction],
    layer: int,
    groups: Groups,
    tolerance: Fraction,
) -> tuple[Fraction, ...]:
    """The share of each unit in the outgoing weights of its group."""
    factors = [Fraction(1)] * network.widths[layer]
    for members in groups:
        if len(members) == 1:
            continue
        rows = _rows(network, start, layer + 1)
        sums = [sum((row[j] for j in members), Fraction(0)) for row in rows]
        largest = max(range(len(rows)), key=lambda r: abs(sums[r]))
        if not sums[largest]:
            message = f"the outgoing weights of equal units of layer {layer} add up to 0"
            raise DomainError(message)
        for j in members:
            factors[j] = rows[largest][j] / sums[largest]
            shares = [factors[j] * total for total in sums]
            if not agree([row[j] for row in rows], shares, tolerance):
                message = f"outgoing weights of equal units of layer {layer} are not proportional"
                raise DomainError(message)
    return tuple(factors)
