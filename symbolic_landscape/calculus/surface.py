"""The loss surface of a network on samples: expressions in its parameters and values at points.

Objects: LossSurface, LossAtPoint, NumericLoss.

Design notes. The field of a value is found by trying: a run starts in the field of the data and
moves to the field that an exponential or a root asks for, until all values lie in one field or
none is known. Value, gradient and Hessian choose for themselves, since log(1 + a^2) leaves Q while
its derivatives do not.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from symbolic_landscape.arithmetic import (
    BallField,
    Field,
    Matrix,
    NumberField,
    Scalar,
    common_field,
)
from symbolic_landscape.calculus.derivatives import Layer
from symbolic_landscape.calculus.engines import Array, LargerFieldError
from symbolic_landscape.calculus.expressions import Graph, GraphEngine
from symbolic_landscape.calculus.flint_engines import engine_for
from symbolic_landscape.calculus.floats import FloatLoss
from symbolic_landscape.calculus.objective import run_of
from symbolic_landscape.calculus.values import Model, Pass
from symbolic_landscape.errors import DomainError, ShapeError
from symbolic_landscape.functions.activations import Activation
from symbolic_landscape.functions.losses import Loss

if TYPE_CHECKING:
    import mpmath
    import sympy

Quantity = TypeVar("Quantity")

MOST_FIELDS = 12
MOST_DEGREE = 32
MOST_BITS = 1 << 15


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
            factor=self.loss.weight(samples.total),
            sample_weights=samples.weights,
            decay=self.decay,
            labels=tuple(x if isinstance(x, int) else None for x in network.slots),
        )

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


@dataclass(frozen=True)
class NumericLoss:
    """Decimal values for display, of mpmath; they decide nothing."""

    value: mpmath.mpf
    gradient: mpmath.matrix
    hessian: mpmath.matrix


class LossAtPoint:
    """Value, gradient and Hessian of a loss surface at one point, in one field, on first use.

    Each raises DomainError where no field of the package holds it: then `enclose` gives balls.
    """

    def __init__(self, surface: LossSurface, point: Any, field: Field | None = None) -> None:
        self.surface = surface
        self.point = point
        self.field = field
        self._model = surface.model_at(point)
        self._forward_field: Field | None = None
        self._passes: dict[Field, Pass] = {}
        self._refusals: dict[Field, DomainError] = {}

    def __reduce__(self) -> tuple[Any, ...]:
        return LossAtPoint, (self.surface, self.point, self.field)

    def __repr__(self) -> str:
        where = "the smallest field" if self.field is None else self.field.name
        return f"LossAtPoint({self.surface.network.widths}, values in {where})"

    def _start(self) -> Field:
        model = self._model
        field = model.inputs.field
        weights = () if model.sample_weights is None else (model.sample_weights,)
        for matrix in (model.targets, *weights, *model.weights, *model.biases):
            field = common_field(field, matrix.field)
        return field

    def _pass(self, field: Field) -> Pass:
        if field in self._refusals:
            raise self._refusals[field]
        if field not in self._passes:
            model = self._model
            engine = engine_for(field, model.formulas)
            try:
                self._passes[field] = run_of(model, engine)
            except DomainError as error:
                self._refusals[field] = error
                raise
        return self._passes[field]

    def _found(self, quantity: Callable[[Pass], Quantity]) -> Quantity:
        """The quantity, in the given field or in the first that holds it."""
        if self.field is not None:
            return quantity(self._pass(self.field))
        field = self._forward_field or self._start()
        for _ in range(MOST_FIELDS):
            try:
                run = self._pass(field)
                self._forward_field = self._forward_field or field
                return quantity(run)
            except LargerFieldError as need:
                field = _enlarged(field, need.field)
            except DomainError as error:
                if any("generic" in formula.calls for formula in self._model.formulas):
                    raise
                message = f"{error}; enclose(bits) gives balls"
                raise DomainError(message) from error
        message = f"loss at a point: more than {MOST_FIELDS} fields in turn were needed"
        raise DomainError(message)

    @cached_property
    def value(self) -> Scalar:
        """Phi at the point."""
        return self._found(Pass.value)

    @cached_property
    def gradient(self) -> Matrix:
        """The gradient (p, 1). Raises SmoothnessError where an activation has no derivative."""
        return self._found(Pass.gradient)

    @cached_property
    def hessian(self) -> Matrix:
        """The Hessian (p, p). Raises SmoothnessError where it does not exist."""
        return self._found(Pass.hessian)

    def features(self, layer: int) -> Matrix:
        """F_k (N, n_k); F_0 are the inputs."""
        self.surface.need_layer(layer, least=0)
        return self._found(lambda run: run.engine.matrix(run.features[layer]))

    def preactivations(self, layer: int) -> Matrix:
        """G_k (N, n_k)."""
        self.surface.need_layer(layer)
        return self._found(lambda run: run.engine.matrix(run.preactivations[layer - 1]))

    def errors(self, layer: int) -> Matrix:
        """Delta_k (N, n_k)."""
        self.surface.need_layer(layer)
        return self._found(lambda run: run.error_matrix(layer))

    @property
    def residuals(self) -> Matrix:
        """F_L - Y (N, m)."""
        return self.features(self.surface.network.depth) - self._model.targets

    def gradient_block(self, layer: int) -> Matrix:
        """The gradient by the weights and biases of layer k, as a column."""
        self.surface.need_layer(layer)
        return self.gradient.submatrix(self.surface.network.layer_range(layer), [0])

    def hessian_block(self, layers: Sequence[int]) -> Matrix:
        """The second derivatives by the parameters of these layers, which count from 1."""
        chosen = tuple(layers)
        if not chosen:
            message = "hessian_block: at least one layer was needed, got none"
            raise ShapeError(message)
        for layer in chosen:
            self.surface.need_layer(layer)
        return self._found(lambda run: run.hessian(chosen))

    def enclose(self, bits: int = 256) -> LossAtPoint:
        """The same in balls computed with `bits` bits; every true value lies inside."""
        return LossAtPoint(self.surface, self.point, BallField(bits))

    def numeric(self, digits: int = 50) -> NumericLoss:
        """Decimal values with about this many digits, for display only."""
        import mpmath

        bits = math.ceil(3.33 * digits) + 16
        while True:
            balls = self.enclose(bits)
            value = BallField(bits).matrix([[balls.value]])
            parts = (value, balls.gradient, balls.hessian)
            radius = max(_radius(part) for part in parts)
            if radius <= mpmath.mpf(10) ** -digits or bits > MOST_BITS:
                break
            bits *= 2
        shown, gradient, hessian = (_decimals(part, digits) for part in parts)
        return NumericLoss(shown[0, 0], gradient, hessian)


def _enlarged(field: Field, needed: Field) -> Field:
    """The field that contains both. Raises DomainError: there is none, or its degree is large."""
    if isinstance(field, NumberField) and isinstance(needed, NumberField):
        degree = field.degree * needed.degree
        if degree > MOST_DEGREE:
            message = (
                f"values need square roots in a number field of degree {degree}, and at most "
                f"{MOST_DEGREE} is taken; enclose(bits) gives balls"
            )
            raise DomainError(message)
    return common_field(field, needed)


def _radius(matrix: Matrix) -> Any:
    import mpmath

    radii = [x.raw.rad().man_exp() for row in matrix.tolist() for x in row]
    return max((mpmath.ldexp(int(m), int(e)) for m, e in radii), default=mpmath.mpf(0))


def _decimals(matrix: Matrix, digits: int) -> Any:
    import mpmath

    height, width = matrix.shape
    with mpmath.workdps(digits):
        result = mpmath.matrix(height, width)
        for i, row in enumerate(matrix.tolist()):
            for j, x in enumerate(row):
                mantissa, exponent = x.raw.mid().man_exp()
                result[i, j] = mpmath.ldexp(mpmath.mpf(int(mantissa)), int(exponent))
    return result
