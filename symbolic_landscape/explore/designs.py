"""Points that are critical by the choice of the targets, and units split into several.

Fix a network, inputs and parameters, and let J (N m, p) be the differential of all predictions.
For squared errors the gradient is J^T e times a number, for the residuals e = predictions -
targets. So the point is critical if e lies in the left kernel of J, and the targets are the
predictions minus e: all rational where J is.

Notation: X (N, d) the inputs, e (N, m) the residuals, p the number of parameters.

Objects: Frame, Design. Functions: unit_of, split.

Design notes. tanh and exp are rational at multiples of log 2, so that the first layer of such a
network is given in multiples of a unit: its parameters are irrational, everything else is exact.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from math import gcd, lcm, log
from typing import Any

import flint

from symbolic_landscape.arithmetic import QQ, Matrix, exact
from symbolic_landscape.critical.fibres import predictions_differential
from symbolic_landscape.critical.kernels import exact_kernel
from symbolic_landscape.critical.local import LocalLoss, smooth_near
from symbolic_landscape.errors import DomainError
from symbolic_landscape.formula import parse_formula, to_sympy
from symbolic_landscape.networks import Network, Samples

Layer = tuple[tuple[Fraction, ...], ...]
"""The rows of one layer: incoming weights of a unit, its bias last where there are biases."""

UNITS = {frozenset({"tanh"}): Fraction(1, 2), frozenset({"exp"}): Fraction(1)}
"""For the functions in an activation: it is rational at multiples of this number times log 2."""


def unit_of(network: Network) -> Fraction | None:
    """The unit of the first layer, as a multiple of log 2; None where that is plainly rational."""
    return UNITS.get(network.activation.formula.calls) if network.depth > 1 else None


@dataclass(frozen=True)
class Frame:
    """A network, inputs and parameters: a point of a loss surface but for the targets.

    The first layer is in multiples of the unit of the activation.
    """

    network: Network
    inputs: Layer
    layers: tuple[Layer, ...]

    def data(self, targets: Sequence[Sequence[Fraction]]) -> dict[str, Any]:
        """The problem with these targets, as JSON data."""
        network, unit = self.network, unit_of(self.network)
        weights, biases = [], []
        for k, rows in enumerate(self.layers):
            width = network.widths[k]
            text = str if unit is None or k else _logarithm(unit)
            texts = [[text(value) for value in row] for row in rows]
            weights.append([row[:width] for row in texts])
            biases.append([text for row in texts for text in row[width:]])
        bias = {} if network.bias else {"bias": False}
        return {
            "widths": list(network.widths),
            "activation": network.activation.name,
            "loss": "sum",
            **bias,
            "samples": {"inputs": _texts(self.inputs), "targets": _texts(targets)},
            "parameters": {"weights": weights, **({"biases": biases} if network.bias else {})},
        }

    @cached_property
    def _local(self) -> LocalLoss:
        """The point with targets 0."""
        network, unit = self.network, unit_of(self.network)
        scale = Fraction(1) if unit is None else exact(to_sympy(parse_formula("log(2)"), 0)) * unit
        values = list(self._entries())
        first = len(network.layer_range(1))
        point = network.parameters([*(scale * v for v in values[:first]), *values[first:]])
        zero = [[Fraction(0)] * network.outputs for _ in self.inputs]
        surface = network.loss(Samples(self.inputs, zero))
        return LocalLoss(smooth_near(surface, point), point)

    def _entries(self) -> Iterator[Fraction]:
        """All entries in the order of the network's names."""
        for k, rows in enumerate(self.layers):
            width = self.network.widths[k]
            yield from (v for row in rows for v in row[:width])
            yield from (v for row in rows for v in row[width:])

    @cached_property
    def predictions(self) -> Layer:
        """The predictions (N, m).

        Raises DomainError: one is not rational. Raises SmoothnessError: an activation has a joint.
        """
        local = self._local
        outputs = local.surface.at(local.point).features(self.network.depth)
        return tuple(tuple(value.rational() for value in row) for row in outputs.tolist())

    @cached_property
    def admissible(self) -> tuple[tuple[int, ...], ...]:
        """Short integer vectors (N m,) that span the residuals which make the point critical.

        Raises DomainError: the differential of the predictions is not rational.
        """
        local = self._local
        field = local.surface.at(local.point).gradient.field
        raws = [field.raw(value) for value in local.coordinates]
        differential = predictions_differential(local.surface)(field, raws)
        rational = QQ.matrix([[v.rational() for v in row] for row in differential.tolist()])
        kernel: Matrix = exact_kernel(rational.T)
        columns = [[v.rational() for v in row] for row in kernel.T.tolist()]
        return _short(columns) if kernel.shape[1] else ()

    def combination(self, coefficients: Sequence[int | Fraction]) -> Design:
        """The point with this combination of the admissible residuals."""
        pairs = list(zip(coefficients, self.admissible, strict=True))
        size = len(self.inputs) * self.network.outputs
        return Design(
            self,
            tuple(sum((Fraction(c) * v[i] for c, v in pairs), Fraction(0)) for i in range(size)),
        )

    def rounded(self, denominator: int) -> Frame:
        """The frame with every parameter rounded to a multiple of 1 / denominator."""
        layers = tuple(
            tuple(tuple(Fraction(round(v * denominator), denominator) for v in row) for row in rows)
            for rows in self.layers
        )
        return replace(self, layers=layers)

    @property
    def vector(self) -> list[float]:
        """The parameters in the order of the network's names, in floats."""
        unit = unit_of(self.network)
        first = len(self.network.layer_range(1)) if unit is not None else 0
        scale = float(unit) * log(2) if unit is not None else 1.0
        return [float(v) * (scale if i < first else 1.0) for i, v in enumerate(self._entries())]


@dataclass(frozen=True)
class Design:
    """A frame and residuals (N m,) that make it a critical point."""

    frame: Frame
    residuals: tuple[Fraction, ...]

    @cached_property
    def targets(self) -> Layer:
        """The targets (N, m): predictions minus residuals."""
        width = self.frame.network.outputs
        return tuple(
            tuple(v - e for v, e in zip(row, self.residuals[i * width :], strict=False))
            for i, row in enumerate(self.frame.predictions)
        )

    @property
    def size(self) -> int:
        """How long the problem is: samples and parameters first, then digits, then signs."""
        frame = self.frame
        count = len(frame.inputs) + frame.network.parameter_count
        rows = [*frame.inputs, *self.targets, *(row for layer in frame.layers for row in layer)]
        numbers = [value for row in rows for value in row]
        digits = sum(len(str(abs(v))) if v else 0 for v in numbers)
        return 10_000 * count + 10 * digits + sum(v < 0 for v in numbers)


def _logarithm(unit: Fraction) -> Callable[[Fraction], str]:
    """The text of a multiple of unit times log 2."""

    def text(value: Fraction) -> str:
        multiple = value * unit
        top = {0: "0", 1: "log(2)", -1: "-log(2)"}.get(
            multiple.numerator, f"{multiple.numerator}*log(2)"
        )
        return top if multiple.denominator == 1 else f"{top}/{multiple.denominator}"

    return text


def _texts(rows: Sequence[Sequence[Fraction]]) -> list[list[str]]:
    return [[str(value) for value in row] for row in rows]


def _short(vectors: Sequence[Sequence[Fraction]]) -> tuple[tuple[int, ...], ...]:
    """A reduced basis of the integer vectors in the span, by Lenstra, Lenstra and Lovasz."""
    rows = []
    for vector in vectors:
        common = lcm(*(value.denominator for value in vector))
        rows.append([int(value * common) for value in vector])
    reduced = flint.fmpz_mat(rows).lll()
    short = [[int(value) for value in row] for row in reduced.tolist()]
    return tuple(tuple(value // (gcd(*row) or 1) for value in row) for row in short)


def split(
    frame: Frame,
    network: Network,
    homes: Sequence[Sequence[int]],
    shares: Sequence[Sequence[Fraction]],
) -> Frame:
    """A point of a wider network with the same predictions, each unit split into several.

    `homes[k]` gives for each unit of hidden layer k + 1 the unit that it comes from, and
    `shares[k]` the part that it takes of that unit's outgoing weights; the parts of a unit have the
    sum 1. With the same residuals the point stays critical. Raises DomainError: another sum.
    """
    places = [range(network.inputs), *homes, range(network.outputs)]
    factors = [[Fraction(1)] * network.inputs, *shares]
    for home, parts in zip(homes, shares, strict=True):
        for unit in set(home):
            total = sum(part for place, part in zip(home, parts, strict=True) if place == unit)
            if total != 1:
                message = f"split: parts of a unit with the sum 1 were needed, got {total}"
                raise DomainError(message)
    layers = []
    for k, rows in enumerate(frame.layers):
        width = frame.network.widths[k]
        spread = [
            tuple(rows[home][j] * part for j, part in zip(places[k], factors[k], strict=True))
            for home in places[k + 1]
        ]
        biases = [rows[home][width:] for home in places[k + 1]]
        layers.append(tuple(row + bias for row, bias in zip(spread, biases, strict=True)))
    return Frame(network, frame.inputs, tuple(layers))
