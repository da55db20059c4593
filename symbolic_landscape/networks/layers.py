"""Layers with labels, and the frame of a network of them.

Notation: a layer has units, an activation, and for each layer that it reads a matrix of entries
(units, units of that layer); an entry is a label, the name of a free parameter, or a number. Layers
read the input and each other without a circle; the last one is the output.

In the frame a layer stands as high as its longest way from the input, what is read from farther
below is carried upwards by linear units with weight 1, and what is not connected has weight 0.

Objects: Layer, Frame. Functions: entry_of, frame_of.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from typing import Any, NamedTuple

from symbolic_landscape.arithmetic.exact_data import sequence
from symbolic_landscape.errors import ParseError, ShapeError, UnknownKeyError
from symbolic_landscape.formula import Formula, parse_number
from symbolic_landscape.functions.activations import Activation

MOST_ENTRIES = 100_000
INPUT = "input"

Entry = str | Fraction
_LABEL = re.compile(r"[A-Za-z_]\w{0,63}", re.ASCII)


def entry_of(value: Any, where: str) -> Entry:
    """A label, or an exact number. Raises ParseError, InexactError."""
    if isinstance(value, str) and _LABEL.fullmatch(value):
        return value
    try:
        return parse_number(value, where)
    except ParseError:
        message = f"{where}: a label or an exact number was needed, got {str(value)[:40]!r}"
        raise ParseError(message) from None


@dataclass(frozen=True, init=False)
class Layer:
    """One layer of a labelled network: what it reads, through which entries, and its activation.

    >>> Layer("h", {"input": [["a", "b"], ["b", "a"]]}, activation="tanh").units
    2
    """

    name: str
    sources: Mapping[str, tuple[tuple[Entry, ...], ...]]
    bias: tuple[Entry, ...]
    activation: Activation

    def __init__(
        self,
        name: str,
        sources: Mapping[str, Any],
        bias: Iterable[Any] | None = None,
        activation: Activation | Formula | str = "linear",
    ) -> None:
        """Check names, shapes and entries.

        Raises ShapeError, ParseError, InexactError, UnknownKeyError: which entry, and why.
        """
        if not isinstance(name, str) or not _LABEL.fullmatch(name) or name == INPUT:
            message = (
                f"layer: a word other than {INPUT!r} was needed as a name, got {str(name)[:40]!r}"
            )
            raise ParseError(message)
        where = f"layer {name}"
        if not isinstance(sources, Mapping) or not sources:
            message = (
                f"{where}: matrices by the names of what it reads were needed, got {sources!r}"
            )
            raise ShapeError(message)
        object.__setattr__(self, "name", name)
        matrices = {source: _rows(rows, f"{where}, {source}") for source, rows in sources.items()}
        object.__setattr__(self, "sources", matrices)
        heights = {len(rows) for rows in matrices.values()}
        if len(heights) > 1:
            message = f"{where}: matrices of as many rows were needed, got {sorted(heights)}"
            raise ShapeError(message)
        entries = [0] * self.units if bias is None else sequence(bias, f"{where}, bias")
        if len(entries) != self.units:
            message = f"{where}: {self.units} biases were needed, got {len(entries)}"
            raise ShapeError(message)
        shown = [entry_of(value, f"{where}, bias {i + 1}") for i, value in enumerate(entries)]
        object.__setattr__(self, "bias", tuple(shown))
        object.__setattr__(self, "activation", Activation.of(activation))

    @property
    def units(self) -> int:
        """How many units there are."""
        return len(next(iter(self.sources.values())))


def _rows(value: Any, where: str) -> tuple[tuple[Entry, ...], ...]:
    rows = [sequence(row, f"{where}, row {i + 1}") for i, row in enumerate(sequence(value, where))]
    if not rows or not rows[0] or any(len(row) != len(rows[0]) for row in rows):
        message = f"{where}: rows of one length, at least 1, were needed, got {str(value)[:40]}"
        raise ShapeError(message)
    return tuple(
        tuple(entry_of(x, f"{where}, entry ({i + 1}, {j + 1})") for j, x in enumerate(row))
        for i, row in enumerate(rows)
    )


class Frame(NamedTuple):
    """Widths, the activation of each unit of each layer, and the entries of all layers in order.

    The entries of a layer are those of its weights row by row, then of its biases.
    """

    widths: tuple[int, ...]
    units: tuple[tuple[Activation, ...], ...]
    entries: tuple[Entry, ...]


def frame_of(inputs: int, layers: Iterable[Layer]) -> Frame:
    """The frame of a network of these layers on so many inputs; the last layer is the output.

    Raises ShapeError, UnknownKeyError: a circle, an unknown source, a shape that does not fit, or a
    layer on which the output does not depend.
    """
    if isinstance(inputs, bool) or not isinstance(inputs, int) or inputs < 1:
        message = f"labelled network: inputs of at least 1 were needed, got {str(inputs)[:40]!r}"
        raise ShapeError(message)
    return _Layout(inputs, sequence(layers, "labelled network: layers")).frame()


class _Layout:
    """The frame of a network of layers."""

    def __init__(self, inputs: int, layers: Sequence[Layer]) -> None:
        self.layers: dict[str, Layer] = {}
        for layer in layers:
            if not isinstance(layer, Layer):
                message = f"labelled network: Layers were needed, got {type(layer).__name__}"
                raise ShapeError(message)
            if layer.name in self.layers:
                message = f"labelled network: each name once was needed, got {layer.name} twice"
                raise ShapeError(message)
            self.layers[layer.name] = layer
        if not self.layers:
            message = "labelled network: at least one layer was needed, got none"
            raise ShapeError(message)
        self.output = next(reversed(self.layers))
        self.sizes = {INPUT: inputs, **{name: one.units for name, one in self.layers.items()}}
        for layer in self.layers.values():
            self._need_sources(layer)
        self.level = self._levels()
        self.last = self._last_use()

    def _need_sources(self, layer: Layer) -> None:
        for source, rows in layer.sources.items():
            if source not in self.sizes:
                message = (
                    f"layer {layer.name}: it reads {', '.join(self.sizes)}, got {source[:40]!r}"
                )
                raise UnknownKeyError(message)
            if len(rows[0]) != self.sizes[source]:
                message = (
                    f"layer {layer.name}: a matrix with {self.sizes[source]} columns was needed "
                    f"for {source}, got {len(rows[0])}"
                )
                raise ShapeError(message)

    def _levels(self) -> dict[str, int]:
        """How long the longest way from the input to each layer is."""
        needs = {name: set(layer.sources) - {INPUT} for name, layer in self.layers.items()}
        try:
            order = list(TopologicalSorter(needs).static_order())
        except CycleError as error:
            message = f"labelled network: no circle was needed, got {' -> '.join(error.args[1])}"
            raise ShapeError(message) from None
        level = {INPUT: 0}
        for name in order:
            level[name] = 1 + max(level[source] for source in self.layers[name].sources)
        return level

    def _last_use(self) -> dict[str, int]:
        """The level of the highest layer that reads each. Raises ShapeError: none reads it."""
        last: dict[str, int] = {}
        for name, layer in self.layers.items():
            for source in layer.sources:
                last[source] = max(last.get(source, 0), self.level[name])
        unread = [name for name in self.layers if name not in last and name != self.output]
        if unread or self.output in last:
            strange = unread[0] if unread else self.output
            message = (
                f"labelled network: the last layer, {self.output}, and no other must be read by "
                f"none, got {strange}"
            )
            raise ShapeError(message)
        return last

    def _present(self, level: int) -> list[str]:
        """What stands on a level of the frame: the layers of this level, then what is carried."""
        own = [name for name in self.layers if self.level[name] == level]
        below = [
            name
            for name in (INPUT, *self.layers)
            if self.level[name] < level < self.last.get(name, 0)
        ]
        return [*own, *below]

    def frame(self) -> Frame:
        """The frame."""
        levels = [[INPUT], *(self._present(k) for k in range(1, self.level[self.output] + 1))]
        widths = tuple(sum(self.sizes[name] for name in names) for names in levels)
        count = sum((below + 1) * above for below, above in pairwise(widths))
        if count > MOST_ENTRIES:
            message = (
                f"labelled network: a frame of at most {MOST_ENTRIES} weights and biases is taken, "
                f"got {count}"
            )
            raise ShapeError(message)
        entries: list[Entry] = []
        units = []
        linear = Activation.of("linear")
        for below, names in pairwise(levels):
            biases: list[Entry] = []
            activations: list[Activation] = []
            for name in names:
                layer = None if name in below else self.layers[name]
                for unit in range(self.sizes[name]):
                    entries += self._row(layer, name, unit, below)
                    biases.append(layer.bias[unit] if layer else Fraction(0))
                    activations.append(layer.activation if layer else linear)
            entries += biases
            units.append(tuple(activations))
        return Frame(widths, tuple(units), tuple(entries))

    def _row(self, layer: Layer | None, name: str, unit: int, below: Sequence[str]) -> list[Entry]:
        """The entries of one unit for all that stands on the level below."""
        row: list[Entry] = []
        for source in below:
            if layer is None:
                row += [Fraction(source == name and j == unit) for j in range(self.sizes[source])]
            elif source in layer.sources:
                row += layer.sources[source][unit]
            else:
                row += [Fraction(0)] * self.sizes[source]
        return row
