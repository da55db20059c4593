"""Networks, points and samples of Cooper 2021, and how they are generated.

Notation: widths a = m_0, m_1, ..., m_l = b; M_k, b_k weights and biases of layer k; n samples. A
point is a `NetworkPoint` with the loss `sum`; an `Architecture` serves where only widths matter.

Design notes. A grid of fixed size is drawn and its lower right corner is used, so that a width can
shrink by itself: no entry moves when it does, and smaller codes move what is not zero into the
corner. Activations with transcendental values are drawn at depth 2 only, where they stay in Q(u).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any, Protocol

from hypothesis import strategies as st

from symbolic_landscape.arithmetic import Matrix
from symbolic_landscape.former.lemma import Instance
from symbolic_landscape.functions.activations import ScalarLoss
from symbolic_landscape.networks import Network, Parameters, Samples
from symbolic_landscape.proofs.common.points import NetworkPoint


class HasNetwork(Protocol):
    """A network, alone or with a point of its parameter space."""

    @property
    def network(self) -> Network:
        """The network."""


@dataclass(frozen=True, kw_only=True)
class Architecture(Instance):
    """A network alone: its widths, and whether its layers have biases."""

    network: Network


def architecture(name: str, *widths: int, bias: bool = True) -> Architecture:
    """The architecture with these widths m_0, ..., m_l."""
    return Architecture(name=name, network=Network(widths=widths, bias=bias))


def trained(
    name: str,
    network: Network,
    *,
    inputs: Any,
    targets: Any,
    weights: Sequence[Any],
    biases: Sequence[Any] = (),
) -> NetworkPoint:
    """The point with these data and the squared loss of the paper."""
    return NetworkPoint(
        name=name,
        network=network,
        samples=Samples(inputs=inputs, targets=targets),
        parameters=Parameters(weights=weights, biases=biases),
        loss=ScalarLoss.of("sum"),
    )


def placed(
    name: str,
    network: Network,
    *,
    inputs: Any,
    targets: Any,
    values: Mapping[str, int | str | Fraction] | None = None,
    last_bias: Any = None,
) -> NetworkPoint:
    """The point whose parameters are 0 but for those named; `last_bias` sets b_l as a whole."""
    vector: list[int | str | Fraction] = [0] * network.parameter_count
    for parameter, value in (values or {}).items():
        vector[network.parameter_index(parameter)] = value
    if last_bias is not None:
        vector[-network.outputs :] = list(last_bias)
    point = network.parameters(vector)
    return trained(
        name,
        network,
        inputs=inputs,
        targets=targets,
        weights=point.weights,
        biases=point.biases,
    )


# --- the last layer and the targets --------------------------------------------------------------


def target_sum(samples: Samples) -> Matrix:
    """The sum of the targets (b, 1)."""
    return samples.targets.T @ samples.targets.field.ones(samples.count, 1)


def target_mean(samples: Samples) -> Matrix:
    """The mean of the targets (b, 1)."""
    return target_sum(samples).scale(Fraction(1, samples.count))


def weight_places(network: Network, layer: int) -> tuple[int, ...]:
    """Where the weights M_k stand among the parameters, row by row."""
    places = network.layer_range(layer)
    return tuple(places[: network.widths[layer - 1] * network.widths[layer]])


def bias_places(network: Network, layer: int) -> tuple[int, ...]:
    """Where the biases b_k stand among the parameters; none without biases."""
    places = network.layer_range(layer)
    return tuple(places[network.widths[layer - 1] * network.widths[layer] :])


# --- generated instances -------------------------------------------------------------------------

POLYNOMIALS = ("linear", "cubic", "t**3", "square")


SIGMOIDAL = ("tanh", "algebraic", "tanh(t**3)")
"""Activations whose values leave every exact field at the second layer; drawn at depth 2 only."""


SMALL = (0, 1, -1, 2, -2)


WIDEST = 3


MOST_SAMPLES = 3


Grid = list[list[int]]


@st.composite
def grids(draw: st.DrawFn, height: int, width: int) -> Grid:
    """Small integers (height, width): the lower right corner of a grid of 3 by 4.

    A row is one number whose digits are places in SMALL, the last column first.
    """
    base, high = len(SMALL), max(WIDEST, MOST_SAMPLES)
    code = st.integers(0, base ** (WIDEST + 1) - 1)
    codes = draw(st.lists(code, min_size=high, max_size=high))
    powers = [base**j for j in reversed(range(width))]
    return [[SMALL[row // power % base] for power in powers] for row in codes[high - height :]]


@st.composite
def widths(draw: st.DrawFn, least: int, most: int, widest: int) -> tuple[int, ...]:
    """Widths m_0, ..., m_l with l from `least` to `most`."""
    depth = draw(st.integers(least, most))
    drawn = draw(st.lists(st.integers(1, widest), min_size=most + 1, max_size=most + 1))
    return tuple(drawn[: depth + 1])


@st.composite
def architectures(draw: st.DrawFn, *, least: int = 1, most: int = 5) -> Architecture:
    """Architectures with biases, of depth from `least` to `most`."""
    return Architecture(network=Network(widths=draw(widths(least, most, WIDEST))))


@st.composite
def networks(draw: st.DrawFn, *, least: int = 2, most: int = 4, widest: int = 2) -> Network:
    """Networks of depth from `least` to `most` with small widths, biases and a linear output."""
    shape = draw(widths(least, most, widest))
    choice = POLYNOMIALS if len(shape) > 3 else (*POLYNOMIALS, *SIGMOIDAL)
    return Network(widths=shape, activation=draw(st.sampled_from(choice)))


@st.composite
def samples_for(draw: st.DrawFn, network: Network, *, most: int = MOST_SAMPLES) -> Samples:
    """One to `most` samples with small integer entries, repeated ones included."""
    count = draw(st.integers(1, most))
    return Samples(
        inputs=draw(grids(count, network.inputs)), targets=draw(grids(count, network.outputs))
    )


@st.composite
def vectors_for(draw: st.DrawFn, network: Network) -> list[int]:
    """Small integers for all parameters, in their order."""
    vector: list[int] = []
    for below, above in pairwise(network.widths):
        grid = draw(grids(above, below + network.bias))
        vector += [value for row in grid for value in row[:below]]
        vector += [row[below] for row in grid if network.bias]
    return vector


def point_of(network: Network, samples: Samples, vector: Iterable[object]) -> NetworkPoint:
    """The unnamed point with these parameters and the squared loss."""
    return NetworkPoint(
        network=network,
        samples=samples,
        parameters=network.parameters(vector),
        loss=ScalarLoss.of("sum"),
    )


@st.composite
def points(draw: st.DrawFn, chosen: st.SearchStrategy[Network]) -> NetworkPoint:
    """Points with small integer entries of the chosen networks."""
    network = draw(chosen)
    return point_of(network, draw(samples_for(network)), draw(vectors_for(network)))
