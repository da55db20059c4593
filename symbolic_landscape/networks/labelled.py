"""Labelled networks: weights and biases that share labels or are frozen, and skip connections.

Objects: LabelledNetwork, LabelledPoint.

Design notes. A labelled network is laid out as a fully connected one, its frame (see `layers`), so
there is one calculus: the frame's, with gradient and Hessian gathered by label
(`calculus.objective`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from typing import Any, NoReturn

from symbolic_landscape.arithmetic import Field, Matrix, Scalar
from symbolic_landscape.arithmetic.exact_data import matrix_of, sequence
from symbolic_landscape.calculus import LossSurface
from symbolic_landscape.errors import ParseError, ShapeError, UnknownKeyError
from symbolic_landscape.formula import Formula
from symbolic_landscape.functions.activations import Activation
from symbolic_landscape.functions.losses import Loss
from symbolic_landscape.networks.data import Parameters, Samples
from symbolic_landscape.networks.layers import Entry, Layer, entry_of, frame_of
from symbolic_landscape.networks.objective import loss_surface


@dataclass(frozen=True)
class LabelledNetwork:
    """A network by its frame: widths, an activation for each unit, an entry for each weight.

    `entries` are those of the weights row by row, then of the biases, layer by layer. It is made by
    `of_layers`, or by `labelled` from another network.

    >>> net = LabelledNetwork.of_layers(2, [
    ...     Layer("code", {"input": [["a", "b"]]}, activation="tanh"),
    ...     Layer("out", {"code": [["a"], ["b"]]}),
    ... ])
    >>> net.widths, net.parameter_names
    ((2, 1, 2), ('a', 'b'))
    """

    widths: tuple[int, ...]
    units: tuple[tuple[Activation, ...], ...]
    entries: tuple[Entry, ...]
    names: Mapping[str, None] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        labels = dict.fromkeys(entry for entry in self.entries if isinstance(entry, str))
        if not labels:
            message = "labelled network: at least one free parameter was needed, got none"
            raise ShapeError(message)
        object.__setattr__(self, "names", labels)

    is_plain = False
    bias = True

    # ---- making one

    @staticmethod
    def of_layers(inputs: int, layers: Iterable[Layer]) -> LabelledNetwork:
        """The network of these layers on so many inputs; the last layer is the output.

        Raises ShapeError, UnknownKeyError: a circle, an unknown source, a shape that does not fit,
        or a layer on which the output does not depend.
        """
        return LabelledNetwork(*frame_of(inputs, layers))

    @staticmethod
    def of_network(network: Any) -> LabelledNetwork:
        """A fully connected network with its own names as labels."""
        units = tuple(network.unit_activations(k) for k in range(1, network.depth + 1))
        names = iter(network.parameter_names)
        entries: list[Entry] = []
        for below, above in pairwise(network.widths):
            entries += [next(names) for _ in range(below * above)]
            entries += [next(names) if network.bias else Fraction(0) for _ in range(above)]
        return LabelledNetwork(network.widths, units, tuple(entries))

    def labelled(self, changes: Mapping[str, Any]) -> LabelledNetwork:
        """The network with other labels, or numbers, in the place of some labels.

        Raises UnknownKeyError: a name that is no label. Raises ParseError: what is no entry.
        """
        new: dict[str, Entry] = {}
        for name, value in changes.items():
            self.parameter_index(name)
            new[name] = entry_of(value, f"labelled network, {name}")
        chained = [name for name, value in new.items() if value != name and value in new]
        if chained:
            message = (
                f"labelled network: a label that stays was needed for {chained[0]}, got "
                f"{new[chained[0]]!r}, which is changed too"
            )
            raise ParseError(message)
        entries = tuple(new.get(x, x) if isinstance(x, str) else x for x in self.entries)
        return replace(self, entries=entries)

    def with_activations(self, chosen: Mapping[Activation, Activation]) -> LabelledNetwork:
        """The network with other activations in the place of some."""
        units = tuple(tuple(chosen.get(one, one) for one in layer) for layer in self.units)
        return replace(self, units=units)

    # ---- what it is

    @property
    def depth(self) -> int:
        """The number L of layers of the frame."""
        return len(self.widths) - 1

    @property
    def inputs(self) -> int:
        """The input dimension d."""
        return self.widths[0]

    @property
    def outputs(self) -> int:
        """The output dimension m."""
        return self.widths[-1]

    @property
    def parameter_count(self) -> int:
        """How many free parameters there are."""
        return len(self.names)

    @cached_property
    def parameter_names(self) -> tuple[str, ...]:
        """The labels in the order of gradient and Hessian, that of their first places."""
        return tuple(self.names)

    @cached_property
    def slots(self) -> tuple[int | Fraction, ...]:
        """For each entry of the frame the place of its label, or its number."""
        places = {name: i for i, name in enumerate(self.names)}
        return tuple(places[x] if isinstance(x, str) else x for x in self.entries)

    @cached_property
    def layer_formulas(self) -> tuple[Formula | tuple[Formula, ...], ...]:
        """The formulas of the activations, one for a layer where its units agree."""
        found: list[Formula | tuple[Formula, ...]] = []
        for layer in self.units:
            formulas = tuple(one.formula for one in layer)
            found.append(formulas[0] if len(set(formulas)) == 1 else formulas)
        return tuple(found)

    @property
    def activations(self) -> tuple[Activation, ...]:
        """The activations that occur, each once."""
        return tuple(dict.fromkeys(one for layer in self.units for one in layer))

    def unit_activations(self, layer: int) -> tuple[Activation, ...]:
        """The activation of each unit of layer k = 1..L of the frame."""
        return self.units[layer - 1]

    def has_parameters(self, layer: int) -> bool:
        """Whether a weight or bias of layer k = 1..L of the frame has a label."""
        sizes = [(below + 1) * above for below, above in pairwise(self.widths)]
        start = sum(sizes[: layer - 1])
        return any(isinstance(x, str) for x in self.entries[start : start + sizes[layer - 1]])

    def parameter_index(self, name: str) -> int:
        """The place of a label in gradient and Hessian. Raises UnknownKeyError."""
        if name not in self.names:
            shown = ", ".join(self.parameter_names[:6])
            message = f"labelled network: labels are {shown} ..., got {str(name)[:40]!r}"
            raise UnknownKeyError(message)
        return self.parameter_names.index(name)

    def layer_range(self, layer: int) -> NoReturn:
        """Raises ShapeError: labels belong to no layer."""
        message = f"labelled network: labels belong to no layer, got layer {layer}"
        raise ShapeError(message)

    # ---- points

    def parameters(self, values: Mapping[str, Any] | Iterable[Any]) -> LabelledPoint:
        """The point with these values of the labels, by name or in the order of the names.

        Raises ShapeError, UnknownKeyError, InexactError, ParseError, DomainError: which, and why.
        """
        if isinstance(values, Mapping):
            for name in values:
                self.parameter_index(name)
            missing = [name for name in self.names if name not in values]
            if missing:
                message = f"parameters: a value of the label {missing[0]} was needed, got none"
                raise ShapeError(message)
            given = [values[name] for name in self.names]
        else:
            given = sequence(values, "parameters")
        if len(given) != self.parameter_count:
            message = (
                f"parameters: values of {self.parameter_count} labels were needed, got {len(given)}"
            )
            raise ShapeError(message)
        row = matrix_of([given], "parameters")
        return self.parameters_over(row.field, row.raw_rows()[0])

    def parameters_over(self, field: Field, raws: Sequence[Any]) -> LabelledPoint:
        """The point with these raw elements of a field, in the order of the labels."""
        return LabelledPoint(self, field, tuple(raws))

    def reduced(self, point: Parameters) -> LabelledPoint:
        """The labels' values in weights and biases of the frame.

        Raises ShapeError: the shapes do not fit. Raises ParseError: weights that share a label
        differ, or one differs from the number at which it is frozen.
        """
        shapes = [(above, below) for below, above in pairwise(self.widths)]
        got = [matrix.shape for matrix in point.weights]
        lengths = [matrix.shape[0] for matrix in point.biases]
        if got != shapes or lengths not in ([], list(self.widths[1:])):
            message = f"parameters: weights of shapes {shapes} were needed, got {got}"
            raise ShapeError(message)
        if not lengths:
            zeros = [[0] * above for above in self.widths[1:]]
            point = Parameters(weights=point.weights, biases=zeros)
        found: dict[str, Scalar] = {}
        common, raws = point.entries()
        for entry, raw in zip(self.entries, raws, strict=True):
            value = Scalar(common, raw)
            known = found.setdefault(entry, value) if isinstance(entry, str) else entry
            if known != value:
                message = f"parameters: the value {known} of {entry} was needed, got {value}"
                raise ParseError(message)
        return self.parameters(found)

    def need_parameters(self, point: Any) -> None:
        """Raise ShapeError unless it is a point of this network."""
        if not isinstance(point, LabelledPoint) or not self._has(point):
            message = "parameters: values of this network's labels were needed, got others"
            raise ShapeError(message)

    def _has(self, point: LabelledPoint) -> bool:
        own = point.network
        return own is self or (own.widths, own.entries) == (self.widths, self.entries)

    def vector(self, point: LabelledPoint) -> tuple[Scalar, ...]:
        """The values in the order of the labels. Raises ShapeError."""
        self.need_parameters(point)
        return tuple(Scalar(point.field, raw) for raw in point.raws)

    def loss(
        self,
        samples: Samples,
        convention: Loss | Formula | str | Mapping[str, Any] = "sum",
        *,
        weight_decay: Any = 0,
        weights: Iterable[Any] | None = None,
    ) -> LossSurface:
        """The loss as a function of the labels; a label in several places decays once.

        Arguments and errors are those of `Network.loss`.
        """
        return loss_surface(self, samples, convention, weight_decay, weights)

    def canonical(self) -> dict[str, Any]:
        """Plain data that names this network and no other."""
        return {
            "widths": list(self.widths),
            "units": [[one.canonical() for one in layer] for layer in self.units],
            "entries": list(map(str, self.entries)),
        }


@dataclass(frozen=True)
class LabelledPoint:
    """Values of the labels of a network, raw elements of one field in their order."""

    network: LabelledNetwork
    field: Field
    raws: tuple[Any, ...]

    def entries(self) -> tuple[Field, tuple[Any, ...]]:
        """The values, and their field."""
        return self.field, self.raws

    @cached_property
    def _layers(self) -> tuple[tuple[Matrix, ...], tuple[Matrix, ...]]:
        over, raws = self.field, self.raws
        values = iter(
            [raws[x] if isinstance(x, int) else over.constant(x) for x in self.network.slots]
        )
        weights, biases = [], []
        for below, above in pairwise(self.network.widths):
            rows = [[next(values) for _ in range(below)] for _ in range(above)]
            weights.append(over.from_raw(rows, width=below))
            biases.append(over.from_raw([[next(values)] for _ in range(above)], width=1))
        return tuple(weights), tuple(biases)

    @property
    def weights(self) -> tuple[Matrix, ...]:
        """W_1, ..., W_L of the frame."""
        return self._layers[0]

    @property
    def biases(self) -> tuple[Matrix, ...]:
        """b_1, ..., b_L of the frame, as columns."""
        return self._layers[1]

    def canonical(self) -> dict[str, Any]:
        """Plain data with every number as text."""
        values = self.network.vector(self)
        return dict(zip(self.network.parameter_names, map(str, values), strict=True))
