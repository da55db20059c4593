"""The loss surface of a network on samples: expressions in its parameters and values at points.

Objects: LossSurface.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Protocol

from symbolic_landscape.arithmetic import (
    Field,
    Matrix,
)
from symbolic_landscape.calculus.at_point import LossAtPoint
from symbolic_landscape.calculus.derivatives import Layer
from symbolic_landscape.calculus.engines import Array
from symbolic_landscape.calculus.expressions import Graph, GraphEngine
from symbolic_landscape.calculus.float_values import FloatValues
from symbolic_landscape.calculus.floats import FloatLoss
from symbolic_landscape.calculus.objective import run_of
from symbolic_landscape.calculus.values import Model, Pass
from symbolic_landscape.errors import ShapeError
from symbolic_landscape.functions.activations import Activation
from symbolic_landscape.functions.losses import Loss

if TYPE_CHECKING:
    import sympy


class Architecture(Protocol):
    """What a loss surface asks of a network."""

    @property
    def widths(self) -> tuple[int, ...]:
        """Widths of input, layers and output."""

    @property
    def bias(self) -> bool:
        """Whether layers have biases."""

    @property
    def depth(self) -> int:
        """The number of layers."""

    @property
    def is_plain(self) -> bool:
        """Whether every weight and bias is a parameter of its own."""

    @property
    def slots(self) -> tuple[int | Fraction, ...]:
        """For each weight and bias its parameter's place or its constant; empty if plain."""

    @property
    def layer_formulas(self) -> tuple[Layer, ...]:
        """The activations of the layers, a formula for each unit where they differ."""

    @property
    def parameter_count(self) -> int:
        """How many parameters there are."""

    @property
    def parameter_names(self) -> tuple[str, ...]:
        """Their names in order."""

    def activation_of(self, layer: int) -> Activation:
        """The activation of layer k."""

    def layer_range(self, layer: int) -> range:
        """The places of the parameters of layer k."""

    def need_parameters(self, point: Any) -> None:
        """Raise ShapeError unless the shapes fit."""

    def parameters(self, vector: Any) -> Any:
        """The parameters with these entries."""


class Data(Protocol):
    """What a loss surface asks of samples."""

    @property
    def inputs(self) -> Matrix:
        """X (N, d)."""

    @property
    def targets(self) -> Matrix:
        """Y (N, m)."""

    @property
    def count(self) -> int:
        """N."""

    @property
    def total(self) -> Fraction:
        """The sum of the weights of the samples, N by default."""

    @property
    def weights(self) -> Matrix | None:
        """The weights (N, 1) of the samples, None if they are equal."""


class Point(Protocol):
    """What a loss surface asks of parameters."""

    @property
    def weights(self) -> tuple[Matrix, ...]:
        """W_1, ..., W_L."""

    @property
    def biases(self) -> tuple[Matrix, ...]:
        """b_1, ..., b_L as columns, or nothing."""


@dataclass(frozen=True)
class LossSurface:
    """The loss Phi of a network on samples as a function of the parameters.

    `expression`, `gradient` and `hessian` are SymPy objects in symbols named as the network's
    parameters, built on first use and never expanded; `at` gives exact values. `decay` has a factor
    for the square of each parameter, which is added to the loss; it is empty where there is none.
    """

    network: Any
    samples: Any
    loss: Loss
    decay: tuple[Fraction, ...] = ()

    def __reduce__(self) -> tuple[Any, ...]:
        return LossSurface, (self.network, self.samples, self.loss, self.decay)

    @property
    def is_plain(self) -> bool:
        """Whether it depends on the predictions of a fully connected network, and nothing else.

        So there are no shared or frozen parameters, and there is no weight decay.
        """
        return self.network.is_plain and not any(self.decay)

    @cached_property
    def symbols(self) -> tuple[sympy.Symbol, ...]:
        """The SymPy symbols of the parameters, in their order."""
        import sympy

        return tuple(map(sympy.Symbol, self.network.parameter_names))

    @cached_property
    def _symbolic(self) -> tuple[Graph, Pass]:
        graph = Graph()
        nodes = [graph.symbol(name) for name in self.network.parameter_names]
        layers = [graph.constant(x) if isinstance(x, Fraction) else nodes[x] for x in self._slots()]
        entries = iter(layers)
        weights, biases = [], []
        for below, above in pairwise(self.network.widths):
            weights.append(Array(above, below, [next(entries) for _ in range(above * below)]))
            if self.network.bias:
                biases.append(Array(above, 1, [next(entries) for _ in range(above)]))
        model = self._model(tuple(weights), tuple(biases))
        return graph, run_of(model, GraphEngine(graph))

    def _slots(self) -> Sequence[int | Fraction]:
        """For each weight and bias the place of its parameter, or its constant."""
        slots: Sequence[int | Fraction] = self.network.slots
        return slots or range(self.network.parameter_count)

    def nodes(self, order: int) -> tuple[Graph, Array]:
        """The loss (1, 1), gradient (p, 1) or Hessian (p, p) as nodes of a shared graph.

        Raises SmoothnessError: the activation or the loss lacks a derivative.
        """
        graph, run = self._symbolic
        quantity = (run.value_array, run.gradient_array, run.hessian_array)[order]
        return graph, quantity()

    def _shown(self, order: int) -> sympy.Matrix:
        import sympy

        graph, array = self.nodes(order)
        return sympy.Matrix(array.height, array.width, list(map(graph.to_sympy, array.entries)))

    @cached_property
    def expression(self) -> sympy.Expr:
        """Phi as a SymPy expression."""
        return self._shown(0)[0, 0]

    @cached_property
    def gradient(self) -> sympy.Matrix:
        """The gradient (p, 1) as a SymPy matrix. Raises SmoothnessError for relu."""
        return self._shown(1)

    @cached_property
    def hessian(self) -> sympy.Matrix:
        """The Hessian (p, p) as a SymPy matrix. Raises SmoothnessError where it does not exist."""
        return self._shown(2)

    def errors_expression(self, layer: int) -> sympy.Matrix:
        """Delta_k (N, n_k), the backpropagated errors of a layer, as a SymPy matrix."""
        return self._arrays_shown(layer, 1, lambda run: run.errors[layer - 1])

    def features_expression(self, layer: int) -> sympy.Matrix:
        """F_k (N, n_k), the features of a layer, as a SymPy matrix; F_0 are the inputs."""
        return self._arrays_shown(layer, 0, lambda run: run.features[layer])

    def _arrays_shown(self, layer: int, least: int, pick: Callable[[Pass], Array]) -> sympy.Matrix:
        import sympy

        self.need_layer(layer, least)
        graph, run = self._symbolic
        array = pick(run)
        return sympy.Matrix(array.height, array.width, list(map(graph.to_sympy, array.entries)))

    def _model(self, weights: tuple[Any, ...], biases: tuple[Any, ...]) -> Model:
        network, samples = self.network, self.samples
        return Model(
            inputs=samples.inputs,
            targets=samples.targets,
            weights=weights,
            biases=biases,
            activations=network.layer_formulas,
            loss=self.loss,
            factor=self._factor,
            sample_weights=samples.weights,
            decay=self.decay,
            labels=self._labels,
        )

    @cached_property
    def _factor(self) -> Fraction:
        factor: Fraction = self.loss.weight(self.samples.total)
        return factor

    @cached_property
    def _labels(self) -> tuple[int | None, ...]:
        return tuple(x if isinstance(x, int) else None for x in self.network.slots)

    def model_at(self, point: Point) -> Model:
        """What a pass runs through at a point. Raises ShapeError: the shapes do not fit."""
        self.network.need_parameters(point)
        return self._model(point.weights, point.biases)

    def at(self, point: Any, field: Field | None = None) -> LossAtPoint:
        """Values at Parameters, or at a vector in the order of the parameter names.

        Without a field they are exact, in the smallest field that holds them.
        Raises ShapeError: the shapes do not fit the network.
        """
        if not hasattr(point, "biases"):
            point = self.network.parameters(point)
        return LossAtPoint(self, point, field)

    @cached_property
    def floats(self) -> FloatLoss:
        """Gradient and Hessian in floating point, as guesses to be certified; they decide nothing.

        Raises DomainError: the data are no real numbers, or the Hessian is too large for it.
        Raises SmoothnessError: there is no second derivative.
        """
        return FloatLoss(self)

    @cached_property
    def float_values(self) -> FloatValues:
        """Features and losses in floating point, as guesses; they decide nothing.

        Raises DomainError: the data are no real numbers.
        """
        return FloatValues(self)

    def need_layer(self, layer: int, least: int = 1) -> None:
        """Raise ShapeError unless the network has a layer of this number."""
        depth = self.network.depth
        if isinstance(layer, bool) or not isinstance(layer, int) or not least <= layer <= depth:
            message = f"loss: a layer from {least} to {depth} was needed, got {layer!r}"
            raise ShapeError(message)

    def features(self, point: Any, layer: int) -> Matrix:
        """F_k (N, n_k) at a point; F_0 are the inputs."""
        return self.at(point).features(layer)

    def preactivations(self, point: Any, layer: int) -> Matrix:
        """G_k (N, n_k) at a point."""
        return self.at(point).preactivations(layer)

    def errors(self, point: Any, layer: int) -> Matrix:
        """Delta_k (N, n_k) at a point: the derivatives of Phi by the pre-activations of layer k."""
        return self.at(point).errors(layer)

    def gradient_block(self, point: Any, layer: int) -> Matrix:
        """The gradient by the weights and biases of layer k, as a column, at a point."""
        return self.at(point).gradient_block(layer)

    def hessian_block(self, point: Any, layers: Sequence[int]) -> Matrix:
        """The second derivatives by the parameters of these layers at a point."""
        return self.at(point).hessian_block(layers)

    def canonical(self) -> dict[str, Any]:
        """Plain data that names this surface and no other."""
        return {
            "network": self.network.canonical(),
            "samples": self.samples.canonical(),
            "loss": self.loss.canonical(),
            **({"weight_decay": list(map(str, self.decay))} if any(self.decay) else {}),
        }
