"""Facts of Theorem 3.8: the block of the layers in I, and what a nonsingular block forces.

Notation as in `section_3_wide_layer_points`: E = [F_k, 1] (N, n_k + 1); Theta (n_k + 1, n_{k+1})
stacks the paper's W_{k+1} on b_{k+1}^T, so that G_{k+1} = E Theta; J (N m, |I|) is the Jacobian of
the outputs in the parameters of I; |I| counts these parameters.

Facts: layer_has_enough_units, chosen_layers_begin_above, block_is_nonsingular and what follows.
Functions: null_directions, flat_pre_activations, bends, output_jacobian.

Design notes. A vector z with E z = 0 moves no pre-activation when it is added to a column of
Theta. So the block has a null direction, whatever else I holds: a nonsingular block needs
n_k + 1 <= rank E <= N. With no errors left the block is J^T diag(l'') J, of rank at most N m.
"""

from __future__ import annotations

from itertools import product

from symbolic_landscape.arithmetic import (
    Matrix,
    nonsingular,
    nonzero,
    rank_is,
    size_at_least,
    size_at_most,
    sizes_equal,
    vanishes,
)
from symbolic_landscape.former.lemma import fact
from symbolic_landscape.proofs.common.minima import is_global_minimum
from symbolic_landscape.proofs.common.points import NetworkPoint
from symbolic_landscape.proofs.nguyen_hein_2017.derivatives import layers
from symbolic_landscape.proofs.nguyen_hein_2017.section_3_wide_layer_points import BlockPoint
from symbolic_landscape.verdict import Evidence, Verdict, all_of, fails, for_all, holds

# --- hypotheses ----------------------------------------------------------------------------------


@fact(r"n_k \ge N - 1", ground=lambda v: v.units >= v.samples - 1)
def layer_has_enough_units(s: BlockPoint) -> Verdict:
    """Layer k has at least N - 1 units."""
    return size_at_least(s.width, s.count - 1)


@fact(r"k + 1 \in I \subseteq \{k+1, \dots, L\}", ground=lambda v: v.next_in_I == 1)
def chosen_layers_begin_above(s: BlockPoint) -> Verdict:
    """The set I holds layer k + 1, and no layer below it."""
    if s.layer + 1 not in s.chosen:
        return fails(Evidence.EXACT, f"layer {s.layer + 1} is not in I = {set(s.chosen)}")
    return all_of(
        lowest=size_at_least(min(s.chosen), s.layer + 1),
        highest=size_at_most(max(s.chosen), s.depth),
        once=sizes_equal(len(set(s.chosen)), len(s.chosen)),
    )


@fact(
    r"\det \nabla^2_{\{(W_l, b_l) : l \in I\}} \Phi \ne 0",
    ground=lambda v: (v.next_in_I != 1) | (v.rank >= v.units + 1),
)
def block_is_nonsingular(s: BlockPoint) -> Verdict:
    """The Hessian in the weights and biases of the layers in I is nonsingular."""
    return nonsingular(s.block)


# --- what a nonsingular block forces -------------------------------------------------------------


def null_directions(s: BlockPoint) -> Matrix:
    """Columns over the parameters of I: a kernel vector of E in one unit of layer k + 1 each."""
    kernel = s.features_with_ones(s.layer).kernel()
    units, below = s.next_width, s.width
    start = list(s.places).index(s.network.layer_range(s.layer + 1)[0])
    columns = []
    for vector, unit in product(kernel.columns(), range(units)):
        entries = [kernel.field.scalar(0)] * len(s.places)
        for place in range(below):
            entries[start + unit * below + place] = vector[place, 0]
        entries[start + units * below + unit] = vector[below, 0]
        columns.append(entries)
    if not columns:
        return kernel.field.zeros(len(s.places), 0)
    return kernel.field.matrix(columns).T


@fact(
    r"[F_k, 1_N] z = 0 \Rightarrow \nabla^2_I \Phi \cdot (z \text{ in one unit of layer } k+1) = 0"
)
def kernel_of_features_is_null(s: BlockPoint) -> Verdict:
    """Each z with [F_k, 1] z = 0, put into one unit of layer k + 1, is mapped to 0 by the block."""
    if s.layer + 1 not in s.chosen:
        kernel = s.features_with_ones(s.layer).kernel()
        words = f"layer {s.layer + 1} is not in I, and the kernel has {kernel.shape[1]} columns"
        return (fails if kernel.shape[1] else holds)(kernel.field.evidence, words)
    flat = null_directions(s)
    if not flat.shape[1]:
        return holds(flat.field.evidence, f"[F_k, 1] has no kernel over {flat.field.name}")
    return vanishes(s.block.over(flat.field) @ flat)


@fact(r"\operatorname{rank}[F_k, 1_N] = n_k + 1")
def features_have_independent_columns(s: BlockPoint) -> Verdict:
    """The features of layer k and the column of ones are linearly independent as columns."""
    return rank_is(s.features_with_ones(s.layer), s.width + 1)


@fact(
    r"n_k = N - 1",
    mutants={
        "n_k = N": lambda s: sizes_equal(s.width, s.count),
        "n_k = N - 2": lambda s: sizes_equal(s.width, s.count - 2),
    },
)
def layer_is_one_unit_short(s: BlockPoint) -> Verdict:
    """Layer k has exactly N - 1 units."""
    return sizes_equal(s.width, s.count - 1)


@fact(
    r"\sigma'(G_l) \ne 0 \quad l \in [k+1, L]",
    mutants={"in all layers": lambda s: _slopes_are_not_zero(s, 1)},
)
def slopes_above_are_not_zero(s: NetworkPoint) -> Verdict:
    """From layer k + 1 on the activation has a slope other than 0 at every pre-activation."""
    return _slopes_are_not_zero(s, s.layer + 1)


def _slopes_are_not_zero(s: NetworkPoint, lowest: int) -> Verdict:
    at = layers(s)
    entries = {
        f"{layer}, sample {i + 1}, unit {u + 1}": value
        for layer in range(lowest, s.depth + 1)
        for i, row in enumerate(at.slope(layer).tolist())
        for u, value in enumerate(row)
    }
    return for_all(entries, lambda place: nonzero(entries[place]), "slope of layer")


def flat_pre_activations(s: BlockPoint) -> list[tuple[int, int, int]]:
    """Layer, sample and unit of each pre-activation from layer k + 1 on with slope 0."""
    at = layers(s)
    return [
        (layer, i, u)
        for layer in range(s.layer + 1, s.depth + 1)
        for i, row in enumerate(at.slope(layer).tolist())
        for u, value in enumerate(row)
        if value.is_zero
    ]


def bends(s: BlockPoint, layer: int) -> Matrix:
    """sigma''(G_l) (N, n_l)."""
    at = s.at.preactivations(layer)
    return at.field.apply(s.network.activation_of(layer).derivative(2), at)


@fact(
    r"\sum_{l \in I} (n_{l-1} + 1) n_l \le N m",
    mutants={"N m - 1": lambda s: size_at_most(len(s.places), s.count * s.network.outputs - 1)},
)
def block_is_no_larger_than_outputs(s: BlockPoint) -> Verdict:
    """The layers in I have at most N m parameters together."""
    return size_at_most(len(s.places), s.count * s.network.outputs)


@fact(
    r"n_k = N - 1,\ I = \{k+1\},\ n_{k+1} = \dots = n_L",
    mutants={
        "I has two layers": lambda s: sizes_equal(len(s.chosen), 2),
        "one output": lambda s: sizes_equal(s.network.outputs, 1),
        "two samples": lambda s: sizes_equal(s.count, 2),
        "all layers are as wide": lambda s: sizes_equal(s.width, s.network.outputs),
    },
)
def architecture_is_forced(s: BlockPoint) -> Verdict:
    """There are N - 1 units in layer k, I is {k + 1}, and all layers from k + 1 on are as wide."""
    return _architecture(s)


def _architecture(s: BlockPoint) -> Verdict:
    above = s.network.widths[s.layer + 1 :]
    return all_of(
        units=sizes_equal(s.width, s.count - 1),
        size_of_I=sizes_equal(len(s.chosen), 1),
        layer_in_I=sizes_equal(s.chosen[0], s.layer + 1),
        widest_above=sizes_equal(max(above), s.network.outputs),
        narrowest_above=sizes_equal(min(above), s.network.outputs),
    )


@fact(
    r"\Phi = \min \Phi,\ n_k = N - 1,\ I = \{k+1\},\ n_{k+1} = \dots = n_L",
    mutants={"n_k = N instead": lambda s: sizes_equal(s.width, s.count)},
)
def is_global_minimum_over_square_layers(s: BlockPoint) -> Verdict:
    """The point is a global minimum, n_k = N - 1, I = {k + 1}, and n_{k+1} = ... = n_L."""
    return all_of(least=is_global_minimum.decide(s), architecture=_architecture(s))


def output_jacobian(s: BlockPoint) -> Matrix:
    """J (N m, |I|): the derivatives of all outputs in the parameters of the layers in I."""
    at = layers(s)
    columns: list[list[object]] = []
    for layer in s.chosen:
        below = at.features[layer - 1].hstack(at.field.ones(s.count, 1))
        units = s.network.widths[layer]
        fan = s.network.widths[layer - 1]
        places = [(u, r) for u in range(units) for r in range(fan)]
        for unit, row in [*places, *((u, fan) for u in range(units))]:
            pick = at.field.matrix([[int(v == unit) for v in range(units)]])
            moved = at.moved(layer, below.column(row) @ pick)[-1].hadamard(at.slope(s.depth))
            columns.append([value for line in moved.tolist() for value in line])
    return at.field.matrix(columns).T
