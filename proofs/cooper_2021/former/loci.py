"""The star locus and the cores as lists of linear equations, and points of them.

Notation: S_k is the set of parameters with M_l = M_k = 0, b_k = ... = b_{l-1} = 0 and b_l fixed;
C_{j,k} the same with M_j = M_k = 0 and all biases from the smaller index on equal to zero.

Design notes. A locus is held as a list of pieces: the places of the parameters that its definition
sets to zero. Membership of a point and the dimension of the locus are both read off these
equations (the rank of their matrix), never off a formula of the paper.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import combinations, combinations_with_replacement

from hypothesis import strategies as st

from symbolic_landscape.arithmetic import QQ, Matrix, RationalFunctions, sizes_equal
from symbolic_landscape.networks import Network, Samples
from symbolic_landscape.proofs.common.points import NetworkPoint
from symbolic_landscape.proofs.cooper_2021.former.instances import (
    MOST_SAMPLES,
    bias_places,
    networks,
    point_of,
    samples_for,
    target_mean,
    vectors_for,
    weight_places,
)
from symbolic_landscape.verdict import Evidence, Verdict, fails, holds


@dataclass(frozen=True)
class Subspace:
    """An affine subspace: the parameters at `zeros` are 0, those at `fixed` (b_l) are given.

    `layers` are its indices k_1, ..., k_m. An equation that is listed twice stands twice.
    """

    layers: tuple[int, ...]
    zeros: tuple[int, ...]
    fixed: tuple[int, ...]

    @property
    def label(self) -> str:
        """The indices as they are shown: 'k = 1, 2'."""
        return f"k = {', '.join(map(str, self.layers))}"

    def codimension(self, network: Network) -> int:
        """The rank of its equations among the d parameters."""
        return _rank_of_equations((*self.zeros, *self.fixed), network.parameter_count)


@lru_cache(maxsize=4096)
def _rank_of_equations(places: tuple[int, ...], count: int) -> int:
    """The rank of the matrix with a row for each equation: the unit row of its parameter."""
    return QQ.identity(count).submatrix(places, range(count)).rank()


def piece(network: Network, layers: Sequence[int]) -> Subspace:
    """C_{k_1, ..., k_m} of (3.1); it is S_k for a single k."""
    depth = network.depth
    zeros = [*weight_places(network, depth)]
    for layer in layers:
        zeros += weight_places(network, layer)
    for layer in range(min(layers), depth):
        zeros += bias_places(network, layer)
    return Subspace(tuple(layers), tuple(zeros), bias_places(network, depth))


def star_pieces(network: Network) -> tuple[Subspace, ...]:
    """S_1, ..., S_{l-1}."""
    return tuple(piece(network, (k,)) for k in range(1, network.depth))


def printed_core_pieces(network: Network, count: int = 2) -> tuple[Subspace, ...]:
    """C_{k_1, ..., k_m} for all 1 <= k_1 <= ... <= k_m <= l - 1, as printed; m is `count`."""
    layers = range(1, network.depth)
    return tuple(piece(network, ks) for ks in combinations_with_replacement(layers, count))


def core_pieces(network: Network, count: int = 2) -> tuple[Subspace, ...]:
    """C_{k_1, ..., k_m} for all 1 <= k_1 < ... < k_m <= l - 1; m is `count`."""
    return tuple(piece(network, ks) for ks in combinations(range(1, network.depth), count))


def dimension_is(
    network: Network, pieces: Iterable[Subspace], claimed: int | None, locus: str
) -> Verdict:
    """Whether a union of affine subspaces has the claimed dimension; the empty union has none."""
    sized = [(network.parameter_count - p.codimension(network), p) for p in pieces]
    if not sized or claimed is None:
        return fails(Evidence.EXACT, f"{locus} is empty for the widths {network.widths}")
    dimension, best = max(sized, key=lambda pair: pair[0])
    d = network.parameter_count
    reason = (
        f"widths {network.widths}: the largest piece of {locus} ({best.label}) has dimension "
        f"{d} - {d - dimension} = {dimension}; claimed {claimed}"
    )
    return sizes_equal(dimension, claimed).because(reason).giving(dimension=dimension)


def lies_in(s: NetworkPoint, pieces: Iterable[Subspace], locus: str) -> Verdict:
    """Whether the zeros of one of the pieces are zero at the point; b_l is not looked at."""
    if not s.network.bias:
        return fails(Evidence.EXACT, f"{locus} needs biases, and the layers have none")
    vector = s.network.vector(s.parameters)
    names = s.network.parameter_names
    nonzero = []
    for p in pieces:
        other = next((i for i in p.zeros if not vector[i].is_zero), None)
        if other is None:
            evidence = min(vector[i].field.evidence for i in p.zeros)
            reason = f"{p.label}: {len(p.zeros)} parameters are 0"
            return holds(evidence, reason, layers=p.layers)
        nonzero.append(f"{p.label}: {names[other]} = {vector[other]}")
    return fails(Evidence.EXACT, "; ".join(nonzero) or f"{locus} is empty at depth 1")


@st.composite
def star_points(
    draw: st.DrawFn,
    last_bias: Callable[[Samples], Matrix],
    *,
    chosen: st.SearchStrategy[Network] | None = None,
    pieces: Callable[[Network], Sequence[Subspace]] = star_pieces,
    most: int = MOST_SAMPLES,
) -> NetworkPoint:
    """Points of a piece of a locus with small free parameters and b_l made from the samples."""
    network = draw(networks() if chosen is None else chosen)
    samples = draw(samples_for(network, most=most))
    p = draw(st.sampled_from(pieces(network)))
    vector: list[object] = list(draw(vectors_for(network)))
    for place in p.zeros:
        vector[place] = 0
    for place, row in zip(p.fixed, last_bias(samples).tolist(), strict=True):
        vector[place] = row[0]
    return point_of(network, samples, vector)


def whole_piece(
    name: str, network: Network, layers: tuple[int, ...], *, inputs: object, targets: object
) -> NetworkPoint:
    """All points of a piece at once: its free parameters are symbols, b_l is the mean."""
    p = piece(network, layers)
    samples = Samples(inputs=inputs, targets=targets)
    mean = [row[0] for row in target_mean(samples).tolist()]
    free = [i for i in range(network.parameter_count) if i not in {*p.zeros, *p.fixed}]
    symbols = RationalFunctions(tuple(network.parameter_names[i] for i in free))
    vector: list[object] = [0] * network.parameter_count
    for i in free:
        vector[i] = symbols.generator(network.parameter_names[i])
    for i, value in zip(p.fixed, mean, strict=True):
        vector[i] = value
    return replace(point_of(network, samples, vector), name=name)
