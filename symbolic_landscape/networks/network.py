"""Fully connected networks.

Notation: W_k (n_k, n_{k-1}) and b_k (n_k,) are the weights and biases of layer k = 1..L; X (N, d)
the inputs, Y (N, m) the targets, rows are samples. G_k = F_{k-1} W_k^T + 1 b_k^T (N, n_k) are the
pre-activations, F_k = sigma(G_k) the features, F_0 = X.

Objects: Network.

Design notes. Data are matrices over the smallest field that holds them, so that proofs can ask for
their ranks at once; they compare and hash by value. Floats are refused at the door.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from typing import Any, ClassVar

from symbolic_landscape.arithmetic import Field, Scalar
from symbolic_landscape.arithmetic.exact_data import entries, sequence
from symbolic_landscape.calculus import LossSurface
from symbolic_landscape.errors import ParseError, ShapeError, UnknownKeyError
from symbolic_landscape.formula import Formula
from symbolic_landscape.functions.activations import Activation
from symbolic_landscape.functions.losses import Loss
from symbolic_landscape.networks.data import Parameters, Samples
from symbolic_landscape.networks.labelled import LabelledNetwork
from symbolic_landscape.networks.objective import loss_surface
from symbolic_landscape.networks.wholes import single_changes

MOST_PARAMETERS = 100_000


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

    @staticmethod
    def layered(
        widths: Iterable[int],
        activations: Iterable[Activation | Formula | str],
        biases: Iterable[bool] | bool = True,
        output_activation: Activation | Formula | str = "linear",
    ) -> LabelledNetwork:
        """A network with an activation for each hidden layer, and for each layer biases or none.

        Its labels are the names of these parameters. Raises ShapeError, UnknownKeyError,
        ParseError: what is wrong with which argument.

        >>> Network.layered((1, 1, 1), ["tanh"], [True, False]).parameter_names
        ('W1_11', 'b1_1', 'W2_11')
        """
        plain = Network(widths)
        hidden = sequence(activations, "network: activations")
        kept = (
            [biases] * plain.depth
            if isinstance(biases, bool)
            else sequence(biases, "network: biases")
        )
        for what, given, needed in (
            ("activations of hidden layers", hidden, plain.depth - 1),
            ("biases true or false", kept, plain.depth),
        ):
            if len(given) != needed:
                message = f"network {plain.widths}: {needed} {what} were needed, got {len(given)}"
                raise ShapeError(message)
        strange = [one for one in kept if not isinstance(one, bool)]
        if strange:
            message = f"network: biases True or False were needed, got {strange[0]!r}"
            raise ParseError(message)
        chosen = [*map(Activation.of, hidden), Activation.of(output_activation)]
        units = tuple((one,) * n for one, n in zip(chosen, plain.widths[1:], strict=True))
        left_out = {
            plain.parameter_names[place]: 0
            for k, has_bias in enumerate(kept, 1)
            if not has_bias
            for place in plain.layer_range(k)[plain.widths[k - 1] * plain.widths[k] :]
        }
        return replace(plain.labelled(left_out), units=units)

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

    is_plain = True
    slots: ClassVar[tuple[int | Fraction, ...]] = ()

    @cached_property
    def layer_formulas(self) -> tuple[Formula, ...]:
        """The formulas of the activations of layers 1..L."""
        return tuple(self.activation_of(k).formula for k in range(1, self.depth + 1))

    @property
    def activations(self) -> tuple[Activation, ...]:
        """The activations that occur, each once."""
        layers = range(1, self.depth + 1)
        return tuple(dict.fromkeys(self.activation_of(k) for k in layers))

    def unit_activations(self, layer: int) -> tuple[Activation, ...]:
        """The activation of each unit of layer k = 1..L."""
        return (self.activation_of(layer),) * self.widths[layer]

    def has_parameters(self, layer: int) -> bool:
        """True: every layer k = 1..L has parameters."""
        self._need_layer(layer)
        return True

    def with_activations(self, chosen: Mapping[Activation, Activation]) -> Network:
        """The network with other activations in the place of some."""
        return Network(
            self.widths,
            chosen.get(self.activation, self.activation),
            chosen.get(self.output_activation, self.output_activation),
            self.bias,
        )

    def parameters_over(self, field: Field, raws: Sequence[Any]) -> Parameters:
        """The parameters with these raw elements of a field, in the order of the names."""
        weights, biases, at = [], [], 0
        for below, above in pairwise(self.widths):
            rows = [raws[at + i * below : at + (i + 1) * below] for i in range(above)]
            weights.append(field.from_raw(rows, width=below))
            at += above * below
            if self.bias:
                column = [[value] for value in raws[at : at + above]]
                biases.append(field.from_raw(column, width=1))
                at += above
        return Parameters(weights=weights, biases=biases)

    def labelled(self, changes: Mapping[str, Any] | None = None) -> LabelledNetwork:
        """The network whose parameters are labels, some shared or frozen.

        `changes` gives for the name of a parameter the label that it shares, or the number at
        which it is frozen; for a whole layer such as `W2` its entries, one number, or the name of
        another, as in {"W2": "W1^T"}. Raises UnknownKeyError, ParseError, ShapeError: which name or
        value, and why.
        """
        return LabelledNetwork.of_network(self).labelled(single_changes(self, changes or {}))

    def _need_layer(self, layer: int) -> None:
        if not 1 <= layer <= self.depth:
            message = (
                f"network {self.widths}: a layer from 1 to {self.depth} was needed, got {layer}"
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
        convention: Loss | Formula | str | Mapping[str, Any] = "sum",
        *,
        weight_decay: Any = 0,
        weights: Iterable[Any] | None = None,
    ) -> LossSurface:
        """The loss as a function of the parameters: expression, gradient, Hessian, values.

        `weights` are factors of the samples, in place of those that they have. `weight_decay` c
        adds c times the sum of the squares of all weights; a list has a number for each layer, a
        mapping one for each name, or for `weights` and `biases`. Raises ShapeError: samples of
        other dimensions. Raises UnknownKeyError, ParseError, DomainError: what is wrong with the
        loss, its targets, or the decay.
        """
        return loss_surface(self, samples, convention, weight_decay, weights)

    def canonical(self) -> dict[str, Any]:
        """Plain data that names this network and no other."""
        return {
            "widths": list(self.widths),
            "activation": self.activation.canonical(),
            "output_activation": self.output_activation.canonical(),
            "bias": self.bias,
        }


def _checked_widths(widths: Iterable[int]) -> tuple[int, ...]:
    given = sequence(widths, "network: widths")
    for width in given:
        if isinstance(width, bool) or not isinstance(width, int) or width < 1:
            message = f"network: widths of at least 1 were needed, got {str(width)[:40]!r}"
            raise ShapeError(message)
    if len(given) < 2:
        message = f"network: widths of input and output were needed, got {tuple(given)}"
        raise ShapeError(message)
    if len(given) > MOST_PARAMETERS:
        message = f"network: at most {MOST_PARAMETERS} layers are taken, got {len(given) - 1}"
        raise ShapeError(message)
    return tuple(given)
