"""Networks, samples and parameters: exact data, validated once, with the shapes of all layers.

Notation: W_k (n_k, n_{k-1}) and b_k (n_k,) are the weights and biases of layer k = 1..L; X (N, d)
the inputs, Y (N, m) the targets, rows are samples. G_k = F_{k-1} W_k^T + 1 b_k^T (N, n_k) are the
pre-activations, F_k = sigma(G_k) the features, F_0 = X.

Objects: Network, Samples, Parameters.

Design notes. Data are matrices over the smallest field that holds them, so that proofs can ask for
their ranks at once; they compare and hash by value. Floats are refused at the door.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

from symbolic_landscape.arithmetic import Matrix, Scalar
from symbolic_landscape.arithmetic.exact_data import column_of, entries, matrix_of, sequence, texts
from symbolic_landscape.calculus import LossSurface
from symbolic_landscape.errors import ParseError, ShapeError, UnknownKeyError
from symbolic_landscape.formula import Formula
from symbolic_landscape.functions.activations import Activation, ScalarLoss

MOST_PARAMETERS = 100_000
MOST_ENTRIES = 1_000_000


@dataclass(frozen=True, init=False)
class Network:
    """A fully connected network; `widths` lists the input dimension, the layers, the output.

    >>> net = Network(widths=(2, 3, 1), activation="tanh")
    >>> net.parameter_count, net.parameter_names[:3]
    (13, ('W1_11', 'W1_12', 'W1_21'))
    """

    widths: tuple[int, ...]
    activation: Activation
    output_activation: Activation
    bias: bool

    def __init__(
        self,
        widths: Iterable[int],
        activation: Activation | Formula | str = "linear",
        output_activation: Activation | Formula | str = "linear",
        bias: bool = True,
    ) -> None:
        """Check the sizes and names.

        Raises ShapeError, UnknownKeyError, ParseError: what is wrong with which argument.
        """
        object.__setattr__(self, "widths", _checked_widths(widths))
        object.__setattr__(self, "activation", Activation.of(activation))
        object.__setattr__(self, "output_activation", Activation.of(output_activation))
        if not isinstance(bias, bool):
            message = f"network: bias True or False was needed, got {bias!r}"
            raise ParseError(message)
        object.__setattr__(self, "bias", bias)
        if self.parameter_count > MOST_PARAMETERS:
            message = (
                f"network {self.widths}: at most {MOST_PARAMETERS} parameters are taken, "
                f"got {self.parameter_count}"
            )
            raise ShapeError(message)

    @property
    def depth(self) -> int:
        """The number L of layers that have weights."""
        return len(self.widths) - 1

    @property
    def inputs(self) -> int:
        """The input dimension d."""
        return self.widths[0]

    @property
    def outputs(self) -> int:
        """The output dimension m."""
        return self.widths[-1]

    def activation_of(self, layer: int) -> Activation:
        """The activation of layer k = 1..L; the last one is the output activation."""
        self._need_layer(layer)
        return self.output_activation if layer == self.depth else self.activation

    @cached_property
    def parameter_count(self) -> int:
        """How many weights and biases there are."""
        pairs = pairwise(self.widths)
        return sum((below + self.bias) * above for below, above in pairs)

    @cached_property
    def parameter_names(self) -> tuple[str, ...]:
        """The names in the order of gradient and Hessian: W1_12 is row 1, column 2 of W_1.

        Indices above 9 are set apart: W1_1_12.
        """
        gap = "_" if max(self.widths) > 9 else ""
        names: list[str] = []
        for k, (below, above) in enumerate(pairwise(self.widths), 1):
            names += [f"W{k}_{i}{gap}{j}" for i in range(1, above + 1) for j in range(1, below + 1)]
            names += [f"b{k}_{i}" for i in range(1, above + 1)] if self.bias else []
        return tuple(names)

    def parameter_index(self, name: str) -> int:
        """The place of a parameter in gradient and Hessian. Raises UnknownKeyError."""
        try:
            return self.parameter_names.index(name)
        except ValueError:
            shown = ", ".join(self.parameter_names[:6])
            message = f"network {self.widths}: parameters are {shown} ..., got {name!r}"
            raise UnknownKeyError(message) from None

    def layer_range(self, layer: int) -> range:
        """The places of the weights and biases of layer k = 1..L. Raises ShapeError."""
        self._need_layer(layer)
        sizes = [(below + self.bias) * above for below, above in pairwise(self.widths)]
        start = sum(sizes[: layer - 1])
        return range(start, start + sizes[layer - 1])

    def _need_layer(self, layer: int) -> None:
        if not 1 <= layer <= self.depth:
            message = (
                f"network {self.widths}: a layer from 1 to {self.depth} was needed, got {layer}"
            )
            raise ShapeError(message)

    def need_samples(self, samples: Samples) -> None:
        """Raise ShapeError unless the samples have the dimensions of input and output."""
        for what, matrix, width in (
            ("inputs", samples.inputs, self.inputs),
            ("targets", samples.targets, self.outputs),
        ):
            if matrix.shape[1] != width:
                message = (
                    f"samples: {what} of dimension {width} were needed by the network "
                    f"{self.widths}, got {matrix.shape[1]}"
                )
                raise ShapeError(message)

    def need_parameters(self, point: Parameters) -> None:
        """Raise ShapeError unless weights and biases have the shapes of the layers."""
        shapes = [(above, below) for below, above in pairwise(self.widths)]
        given = [matrix.shape for matrix in point.weights]
        if given != shapes:
            message = (
                f"parameters: weights of shapes {shapes} were needed by the network "
                f"{self.widths}, got {given}"
            )
            raise ShapeError(message)
        sizes = [(above, 1) for above in self.widths[1:]] if self.bias else []
        got = [matrix.shape for matrix in point.biases]
        if got != sizes:
            message = (
                f"parameters: biases of lengths {[n for n, _ in sizes]} were needed by the network "
                f"{self.widths}{'' if self.bias else ' without biases'}, got {[n for n, _ in got]}"
            )
            raise ShapeError(message)

    def parameters(self, vector: Iterable[object]) -> Parameters:
        """The parameters with these entries, in the order of `parameter_names`.

        Raises ShapeError: another number of entries was given.
        """
        values = entries(vector)
        if len(values) != self.parameter_count:
            message = (
                f"parameters: a vector of {self.parameter_count} entries was needed by the network "
                f"{self.widths}, got {len(values)}"
            )
            raise ShapeError(message)
        weights, biases, at = [], [], 0
        for below, above in pairwise(self.widths):
            rows = [values[at + i * below : at + (i + 1) * below] for i in range(above)]
            weights.append(rows)
            at += above * below
            if self.bias:
                biases.append(values[at : at + above])
                at += above
        return Parameters(weights=weights, biases=biases)

    def vector(self, point: Parameters) -> tuple[Scalar, ...]:
        """The entries of the parameters in the order of `parameter_names`. Raises ShapeError."""
        self.need_parameters(point)
        entries: list[Scalar] = []
        for k, weights in enumerate(point.weights):
            entries += [value for row in weights.tolist() for value in row]
            if self.bias:
                entries += [row[0] for row in point.biases[k].tolist()]
        return tuple(entries)

    def loss(
        self,
        samples: Samples,
        convention: ScalarLoss | Formula | str | Mapping[str, Any] = "sum",
    ) -> LossSurface:
        """The loss as a function of the parameters: expression, gradient, Hessian, values.

        Raises ShapeError: samples of other dimensions. Raises UnknownKeyError: the convention.
        """
        if not isinstance(samples, Samples):
            message = f"loss: Samples were needed, got {type(samples).__name__}"
            raise ShapeError(message)
        self.need_samples(samples)
        return LossSurface(self, samples, ScalarLoss.of(convention))

    def canonical(self) -> dict[str, Any]:
        """Plain data that names this network and no other."""
        return {
            "widths": list(self.widths),
            "activation": self.activation.canonical(),
            "output_activation": self.output_activation.canonical(),
            "bias": self.bias,
        }


@dataclass(frozen=True, init=False)
class Samples:
    """Inputs X (N, d) and targets Y (N, m), one row for each sample.

    >>> Samples(inputs=[[0, 1], [1, "1/2"]], targets=[[1], ["-3/4"]]).count
    2
    """

    inputs: Matrix
    targets: Matrix

    def __init__(self, inputs: Any, targets: Any) -> None:
        """Check that there are as many inputs as targets, at least one, all exact.

        Raises ShapeError, InexactError, ParseError, DomainError: which entry, and why.
        """
        object.__setattr__(self, "inputs", matrix_of(inputs, "samples: inputs"))
        object.__setattr__(self, "targets", matrix_of(targets, "samples: targets"))
        if self.inputs.shape[0] != self.targets.shape[0]:
            message = (
                "samples: as many targets as inputs were needed, "
                f"got {self.targets.shape[0]} and {self.inputs.shape[0]}"
            )
            raise ShapeError(message)

    @property
    def count(self) -> int:
        """The number N of samples."""
        return self.inputs.shape[0]

    def canonical(self) -> dict[str, Any]:
        """Plain data with every number as text."""
        return {"inputs": texts(self.inputs), "targets": texts(self.targets)}


@dataclass(frozen=True, init=False)
class Parameters:
    """Weights W_k (n_k, n_{k-1}) and biases b_k (n_k, 1), one of each for every layer.

    A bias may be given flat or as a column; a network without biases takes none.
    """

    weights: tuple[Matrix, ...]
    biases: tuple[Matrix, ...]

    def __init__(self, weights: Iterable[Any], biases: Iterable[Any] = ()) -> None:
        """Check that consecutive shapes fit and that every entry is exact.

        Raises ShapeError, InexactError, ParseError, DomainError: which entry, and why.
        """
        layers = sequence(weights, "parameters: weights")
        if not layers:
            message = "parameters: the weights of at least one layer were needed, got none"
            raise ShapeError(message)
        matrices = tuple(
            matrix_of(layer, f"parameters: weights of layer {k}")
            for k, layer in enumerate(layers, 1)
        )
        columns = tuple(
            column_of(layer, f"parameters: biases of layer {k}")
            for k, layer in enumerate(sequence(biases, "parameters: biases"), 1)
        )
        object.__setattr__(self, "weights", matrices)
        object.__setattr__(self, "biases", columns)
        _need_consecutive(matrices, columns)

    def canonical(self) -> dict[str, Any]:
        """Plain data with every number as text."""
        return {
            "weights": [texts(matrix) for matrix in self.weights],
            "biases": [[row[0] for row in texts(column)] for column in self.biases],
        }


def _checked_widths(widths: Iterable[int]) -> tuple[int, ...]:
    given = sequence(widths, "network: widths")
    for width in given:
        if isinstance(width, bool) or not isinstance(width, int) or width < 1:
            message = f"network: widths of at least 1 were needed, got {width!r}"
            raise ShapeError(message)
    if len(given) < 2:
        message = f"network: widths of input and output were needed, got {tuple(given)}"
        raise ShapeError(message)
    if len(given) > MOST_PARAMETERS:
        message = f"network: at most {MOST_PARAMETERS} layers are taken, got {len(given) - 1}"
        raise ShapeError(message)
    return tuple(given)


def _need_consecutive(weights: Sequence[Matrix], biases: Sequence[Matrix]) -> None:
    for k, (below, above) in enumerate(pairwise(weights), 2):
        if above.shape[1] != below.shape[0]:
            message = (
                f"parameters: weights of layer {k} with {below.shape[0]} columns were needed, "
                f"got shape {above.shape}"
            )
            raise ShapeError(message)
    if biases and len(biases) != len(weights):
        message = (
            f"parameters: biases of all {len(weights)} layers, or of none, were needed, "
            f"got {len(biases)}"
        )
        raise ShapeError(message)
    for k, (matrix, column) in enumerate(zip(weights, biases, strict=False), 1):
        if column.shape[0] != matrix.shape[0]:
            message = (
                f"parameters: {matrix.shape[0]} biases of layer {k} were needed, "
                f"got {column.shape[0]}"
            )
            raise ShapeError(message)
