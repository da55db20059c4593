"""From a network and samples to their loss: the loss by name, weights of samples, weight decay.

Functions: loss_surface.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from itertools import pairwise
from typing import Any

from symbolic_landscape.arithmetic.exact_data import sequence
from symbolic_landscape.calculus import LossSurface
from symbolic_landscape.errors import ParseError, ShapeError
from symbolic_landscape.formula import Formula, parse_number
from symbolic_landscape.functions.activations import ScalarLoss
from symbolic_landscape.functions.losses import CrossEntropy, Loss, loss_of
from symbolic_landscape.networks.data import Samples


def loss_surface(
    network: Any,
    samples: Samples,
    convention: Loss | Formula | str | Mapping[str, Any],
    weight_decay: Any,
    weights: Iterable[Any] | None,
) -> LossSurface:
    """The loss of a network on samples. Raises as `Network.loss`."""
    if not isinstance(samples, Samples):
        message = f"loss: Samples were needed, got {type(samples).__name__}"
        raise ShapeError(message)
    if weights is not None:
        samples = samples.weighted(weights)
    loss = loss_of(convention)
    outputs = network.widths[-1]
    if isinstance(loss, CrossEntropy) and samples.targets.shape[1] == 1 < outputs:
        samples = samples.one_hot(outputs)
    _need_dimensions(network, samples)
    if not isinstance(loss, ScalarLoss):
        loss.need_targets(samples.targets)
    return LossSurface(network, samples, loss, _decay(network, weight_decay))


def _need_dimensions(network: Any, samples: Samples) -> None:
    for what, matrix, width in (
        ("inputs", samples.inputs, network.widths[0]),
        ("targets", samples.targets, network.widths[-1]),
    ):
        if matrix.shape[1] != width:
            message = (
                f"samples: {what} of dimension {width} were needed by the network "
                f"{network.widths}, got {matrix.shape[1]}"
            )
            raise ShapeError(message)


def _decay(network: Any, value: Any) -> tuple[Fraction, ...]:
    """The factor of each parameter's square; empty where all are 0."""
    factors = [Fraction(0)] * network.parameter_count
    weights, biases = _roles(network)
    if isinstance(value, Mapping):
        everywhere = set().union(*weights)
        groups = {"weights": everywhere, "biases": biases - everywhere}
        _by_name(network, value, factors, groups)
    elif isinstance(value, list | tuple):
        numbers = sequence(value, "weight_decay")
        if len(numbers) != len(weights):
            message = (
                f"weight_decay: a number for each of {len(weights)} layers was needed, "
                f"got {len(numbers)}"
            )
            raise ShapeError(message)
        for number, places in zip(numbers, weights, strict=True):
            _put(factors, places, number)
    else:
        _put(factors, set().union(*weights), value)
    return tuple(factors) if any(factors) else ()


def _by_name(
    network: Any, value: Mapping[str, Any], factors: list[Fraction], groups: Mapping[str, set[int]]
) -> None:
    for name, number in value.items():
        if name in groups:
            _put(factors, groups[name], number)
    for name, number in value.items():
        if name not in groups:
            _put(factors, {network.parameter_index(name)}, number)


def _put(factors: list[Fraction], places: set[int], value: Any) -> None:
    number = parse_number(value, "weight_decay")
    if number < 0:
        message = f"weight_decay: a number of at least 0 was needed, got {number}"
        raise ParseError(message)
    for place in places:
        factors[place] = number


def _roles(network: Any) -> tuple[list[set[int]], set[int]]:
    """The places of the parameters that are weights, by layer, and of those that are biases."""
    slots = network.slots or range(network.parameter_count)
    weights: list[set[int]] = []
    biases: set[int] = set()
    at = 0
    for below, above in pairwise(network.widths):
        size = above * below
        weights.append({x for x in slots[at : at + size] if isinstance(x, int)})
        at += size
        if network.bias:
            biases |= {x for x in slots[at : at + above] if isinstance(x, int)}
            at += above
    return weights, biases
