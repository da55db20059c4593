"""Section 4, before Lemma 4.3: what the features of a deep linear network cannot do.

Notation: F_k = F_{k-1} W_k^T + 1 b_k^T (N, n_k) in a linear network, W_k stored as (n_k, n_{k-1}).

Statements
- NH17.R4.lin: rank F_k <= rank W_l + k - l + 1 for every l in [k].
- NH17.R4.nonlin: that rank [F_k, 1] = N "is only possible" with a non-linear activation.

Source: NH17, Section 4, the paragraph before Lemma 4.3.

Design notes. The bound is not sharp for l < k: [F_k, 1] = [F_l, 1] M for some M, so already rank
F_k <= rank W_l + 1. The remark that non-linearity is needed is refuted by affinely independent
samples and wide layers; it holds where some layer below k, or the input, is narrower than N - 1.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import TYPE_CHECKING

from symbolic_landscape.arithmetic import (
    QQ,
    Matrix,
    size_at_most,
)
from symbolic_landscape.former.lemma import Statement, fact
from symbolic_landscape.formula import T
from symbolic_landscape.functions.activations import Activation
from symbolic_landscape.proofs.common.points import NetworkPoint, point, samples_are_distinct
from symbolic_landscape.proofs.nguyen_hein_2017.full_rank import some_parameters_give_full_rank
from symbolic_landscape.proofs.nguyen_hein_2017.separation import layer_is_wide_enough
from symbolic_landscape.proofs.nguyen_hein_2017.wide_layer import (
    LINE,
    PLANE,
    SPACE,
    WideLayer,
    small_layers,
    wide_layer,
)
from symbolic_landscape.verdict import Evidence, Verdict, fails, for_all, holds, negation

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

# --- the rank bound ------------------------------------------------------------------------------


def _is_linear(activations: tuple[Activation, ...]) -> Verdict:
    """Whether every activation is the identity."""
    for activation in activations:
        if activation.formula != T:
            return fails(Evidence.EXACT, f"{activation} is not linear")
    return holds(Evidence.EXACT, "sigma(t) = t in every layer")


@fact(r"F_k = F_{k-1} W_k + 1_N b_k^T")
def network_is_linear(s: NetworkPoint | WideLayer) -> Verdict:
    """Every activation is linear: each layer is a matrix product plus one bias for each unit."""
    return _is_linear(s.activations)


def _one_layer_bounds(s: NetworkPoint, more: int) -> Verdict:
    """Whether rank F_p <= min(rank F_{p-1}, rank W_p) + more for every p <= k."""

    def bound(p: int) -> Verdict:
        least = min(s.features(p - 1).rank(), s.weights(p).rank())
        return size_at_most(s.features(p).rank(), least + more)

    return for_all(range(1, s.layer + 1), bound, "layer")


@fact(
    r"\operatorname{rank} F_p \le \min\{\operatorname{rank} F_{p-1}, \operatorname{rank} W_p\} + 1",
)
def each_layer_adds_at_most_one(s: NetworkPoint) -> Verdict:
    """In each layer p <= k the rank of F_p is at most min(rank F_{p-1}, rank W_p) + 1."""
    return _one_layer_bounds(s, 1)


def _deep_bounds(s: NetworkPoint, more: int) -> Verdict:
    """Whether rank F_k <= rank W_l + k - l + more for every l in [k]."""
    rank = s.features(s.layer).rank()

    def bound(layer: int) -> Verdict:
        return size_at_most(rank, s.weights(layer).rank() + s.layer - layer + more)

    return for_all(range(1, s.layer + 1), bound, "layer")


@fact(r"\operatorname{rank} F_k \le \operatorname{rank} W_l + k - l + 1 \quad \forall l \in [k]")
def rank_is_bounded_by_each_layer(s: NetworkPoint) -> Verdict:
    """For every l in [k] the rank of F_k is at most rank W_l + k - l + 1."""
    return _deep_bounds(s, 1)


def linear_point(
    name: str,
    inputs: Sequence[Sequence[int]],
    weights: Sequence[Sequence[Sequence[int]]],
    biases: Sequence[Sequence[int]],
    activation: str = "linear",
) -> NetworkPoint:
    """A point of a network with one activation in all layers, its last layer as k."""
    widths = (len(inputs[0]), *(len(matrix) for matrix in weights))
    return point(
        name,
        widths=widths,
        activation=activation,
        inputs=inputs,
        targets=[[0] * widths[-1]] * len(inputs),
        weights=weights,
        biases=biases,
        layer=len(weights),
    )


BENT = linear_point("tanh through one unit", LINE[:3], [[[1], [2], [3]]], [[0, 1, -1]], "tanh")

NH17_R4_lin = Statement(
    key="NH17.R4.lin",
    kind="remark",
    where="Section 4, before Lemma 4.3",
    title="Rank bound for deep linear networks",
    claim="In a linear network rank F_k <= rank W_l + k - l + 1 for every l in [k].",
    hypotheses=(network_is_linear,),
    conclusion=rank_is_bounded_by_each_layer,
    instances=(
        linear_point("one sample", [[3]], [[[2]]], [[1]]),
        linear_point("bias alone", LINE[:2], [[[0], [0]]], [[1, 2]]),
        linear_point("bias adds one", LINE[:2], [[[1], [1]]], [[0, 1]]),
        linear_point(
            "zero layer between",
            PLANE,
            [[[1, 0], [0, 1]], [[0, 0]], [[1], [1]]],
            [[0, 0], [1], [0, 0]],
        ),
        linear_point(
            "narrow layer between",
            SPACE,
            [[[1, 0, 0], [0, 1, 0], [0, 0, 1]], [[1, 1, 1]], [[1], [2]]],
            [[0, 0, 1], [1], [1, 0]],
        ),
        linear_point("no biases", PLANE, [[[1, 2], [0, 1]], [[1, 0], [1, 1]]], [[0, 0], [0, 0]]),
        linear_point("equal samples", [[1, 1], [1, 1]], [[[1, 0], [0, 1], [1, 1]]], [[1, 0, 0]]),
    ),
    controls={network_is_linear: BENT},
    strategy=lambda: linear_points(),
)


@NH17_R4_lin.step(
    premises=(network_is_linear,),
    gives=each_layer_adds_at_most_one,
    tried_on=(linear_point("two zero layers", LINE[:3], [[[0]], [[0]]], [[1], [1]]),),
    controls={network_is_linear: BENT},
)
def rank_one_term_adds_one(s: NetworkPoint, linear: Verdict) -> Verdict:
    """A product has at most the rank of either factor, and 1 b^T has rank at most one."""
    del linear

    def parts(p: int) -> Verdict:
        product = s.features(p - 1) @ s.weights(p).T
        shift = s.features(p) - product
        least = min(s.features(p - 1).rank(), s.weights(p).rank())
        if product.rank() > least or shift.rank() > 1:
            return fails(Evidence.EXACT, f"ranks {product.rank()} and {shift.rank()}")
        return size_at_most(s.features(p).rank(), product.rank() + shift.rank())

    return for_all(range(1, s.layer + 1), parts, "layer")


@NH17_R4_lin.step(
    premises=(each_layer_adds_at_most_one,),
    gives=rank_is_bounded_by_each_layer,
    tried_on=(
        linear_point("squares that stay low", [[1], [2]], [[[1]], [[1]]], [[0], [0]], "t**2"),
    ),
    controls={each_layer_adds_at_most_one: BENT},
)
def by_induction(s: NetworkPoint, each: Verdict) -> Verdict:
    """Rank F_l <= rank W_l + 1, and each of the k - l layers above adds at most one."""
    del each
    ranks = [s.features(p).rank() for p in range(s.layer + 1)]
    return for_all(
        range(1, s.layer + 1),
        lambda layer: size_at_most(ranks[-1], ranks[layer] + s.layer - layer),
        "layer",
    )


def linear_points() -> SearchStrategy[NetworkPoint]:
    """Linear networks of up to three layers with small integers, many of them zero."""
    from hypothesis import strategies as st

    number = st.sampled_from((0, 0, 1, -1, 2))

    @st.composite
    def build(draw: st.DrawFn) -> NetworkPoint:
        widths = draw(st.lists(st.integers(1, 3), min_size=2, max_size=4))
        samples = draw(st.integers(1, 4))

        def matrix(height: int, width: int) -> list[list[int]]:
            return [[draw(number) for _ in range(width)] for _ in range(height)]

        pairs = list(itertools.pairwise(widths))
        return linear_point(
            "generated",
            matrix(samples, widths[0]),
            [matrix(above, below) for below, above in pairs],
            [[draw(number) for _ in range(above)] for _, above in pairs],
        )

    return build()


# --- that only non-linear activations reach full rank --------------------------------------------


def _linear_reach(s: WideLayer) -> tuple[int, Matrix]:
    """The greatest rank of [F_k, 1] in a linear network, and a matrix [F_k, 1] that has it.

    Layers select columns of X that are independent together with 1; none can do better, since
    [F_k, 1] is [F_l, 1] times a matrix, for every l < k and F_0 = X.
    """
    ones = QQ.ones(s.count, 1)
    narrowest = min(s.network.widths[1 : s.layer + 1])
    _, pivots = ones.hstack(s.inputs).row_reduced()
    chosen = [pivot - 1 for pivot in pivots if pivot > 0][:narrowest]
    reached = s.inputs.submatrix(range(s.count), chosen).hstack(ones)
    return reached.rank(), reached


@fact(r"\nexists (W_l, b_l)_{l \le k}:\ \operatorname{rank}[F_k, 1_N] = N")
def no_parameters_give_full_rank(s: WideLayer) -> Verdict:
    """No parameters of the first k layers give rank [F_k, 1] = N."""
    if not _is_linear(s.activations).is_holds:
        return negation(some_parameters_give_full_rank.decide(s))
    rank, reached = _linear_reach(s)
    if rank >= s.count:
        return fails(Evidence.EXACT, f"layers that select columns give [F_k, 1] = {reached}")
    words = f"rank [F_k, 1] <= {rank} < {s.count} for all parameters"
    return holds(Evidence.EXACT, words).against(
        no_rank_one_lower=lambda: fails(Evidence.EXACT, f"{reached} has rank {rank}")
    )


@fact(r"\min\{d, n_1, \dots, n_{k-1}\} < N - 1")
def some_layer_below_is_narrow(s: WideLayer) -> Verdict:
    """The input or some layer below k has fewer than N - 1 units."""
    return size_at_most(min(s.network.widths[: s.layer]), s.count - 2)


NH17_R4_nonlin = Statement(
    key="NH17.R4.nonlin",
    kind="remark",
    where="Section 4, before Lemma 4.3",
    title="Full rank needs a non-linear activation",
    claim=(
        "With n_k >= N - 1, rank [F_k, 1] = N is only possible with a non-linear activation: a "
        "linear network has no such parameters."
    ),
    hypotheses=(samples_are_distinct, layer_is_wide_enough, network_is_linear),
    conclusion=no_parameters_give_full_rank,
    instances=(
        wide_layer("three points of a line", "linear", LINE[:3], (2, 1), 1),
        wide_layer("two points", "linear", LINE[:2], (1, 1), 1),
        wide_layer("triangle", "linear", PLANE[:3], (2, 1), 1),
        wide_layer("one sample", "linear", ((1,),), (1, 1), 1),
    ),
    controls={
        network_is_linear: wide_layer("three points, tanh", "tanh", LINE[:3], (2, 1), 1),
    },
    no_control={
        samples_are_distinct: "equal samples only lower the rank",
        layer_is_wide_enough: "a narrower layer only lowers the rank",
    },
    expected=(("refuted", "statement"),),
)

NH17_R4_nonlin_REPAIRED = NH17_R4_nonlin.repair(
    claim=(
        "If the input or some layer below k is narrower than N - 1, a linear network has no "
        "parameters with rank [F_k, 1] = N."
    ),
    minimal=(
        "With d and all layers at least N - 1 wide, layers that select columns of affinely "
        "independent samples reach rank N: two different points of a line, one unit."
    ),
    hypotheses=(network_is_linear, some_layer_below_is_narrow),
    instances=(
        wide_layer("three points of a line", "linear", LINE[:3], (2, 1), 1),
        wide_layer("four points, narrow first layer", "linear", SPACE[:4], (2, 3, 1), 2),
        wide_layer("five points of a plane", "linear", PLANE, (4, 1), 1),
        wide_layer("equal samples", "linear", ((0,), (0,), (1,)), (2, 1), 1),
    ),
    controls={
        network_is_linear: wide_layer("three points, tanh", "tanh", LINE[:3], (2, 1), 1),
        some_layer_below_is_narrow: wide_layer("two points", "linear", LINE[:2], (1, 1), 1),
    },
    no_control={},
    strategy=lambda: small_layers(),
)


@NH17_R4_nonlin_REPAIRED.step(
    premises=(network_is_linear, some_layer_below_is_narrow),
    gives=no_parameters_give_full_rank,
    tried_on=(wide_layer("narrow in the middle", "linear", SPACE[:3], (3, 1, 2), 3),),
    controls={
        network_is_linear: wide_layer("three points, tanh", "tanh", LINE[:3], (2, 1), 1),
        some_layer_below_is_narrow: wide_layer("two points", "linear", LINE[:2], (1, 1), 1),
    },
)
def narrow_layer_bounds_rank(s: WideLayer, linear: Verdict, narrow: Verdict) -> Verdict:
    """[F_k, 1] is [F_l, 1] times a matrix, so its rank is at most n_l + 1, which is less than N."""
    del linear, narrow
    return size_at_most(min(s.network.widths[: s.layer]) + 1, s.count - 1)
