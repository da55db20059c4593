"""Section 3.2: remarks around Theorem 3.8 on shape, shallow networks, and degenerate points.

Notation as in `section_3_wide_layer_facts`: E = [F_k, 1] (N, n_k + 1), Theta (n_k + 1, n_{k+1}).

Lemmas
- NH17_R3_8: full column rank above makes the network pyramidal.
- NH17_R3_8_shallow: one hidden layer, non-degenerate in the output layer.
- NH17_R3_10: degenerate points.

Source: NH17, Section 3.2, after Theorem 3.8, after Corollary 3.9, and after Theorem 3.10.

Design notes. "Exact degenerate points might be rare" is drawn from Theorem 3.10, which speaks of a
tilted objective and of almost every tilt. It is read here as: a critical point of a network with a
wide layer is non-degenerate. Every instance refutes that, and the repaired reading says how much
is lost: no local minimum is non-degenerate, so the objective never is one of the generic functions.
"""

from __future__ import annotations

from symbolic_landscape.arithmetic import (
    Matrix,
    nonsingular,
    rank_at_most,
    size_at_least,
    size_at_most,
    sizes_equal,
    vanishes,
)
from symbolic_landscape.former.lemma import Regime, Statement, fact
from symbolic_landscape.proofs.common.minima import is_global_minimum, minimum_is_attained
from symbolic_landscape.proofs.common.points import (
    NetworkPoint,
    activation_is_analytic,
    activation_is_bounded_or_decays,
    activation_is_strictly_increasing,
    gradient_vanishes,
    layer_is_hidden,
    loss_critical_points_are_global_minima,
    loss_is_twice_differentiable,
    samples_are_distinct,
    weights_above_have_full_rank,
)
from symbolic_landscape.proofs.nguyen_hein_2017.derivatives import layers
from symbolic_landscape.proofs.nguyen_hein_2017.error_chain import same
from symbolic_landscape.proofs.nguyen_hein_2017.instances import GOOD_DEEP_POINTS, GOOD_POINTS
from symbolic_landscape.proofs.nguyen_hein_2017.section_3_assumptions import ASSUMPTION_3_2
from symbolic_landscape.proofs.nguyen_hein_2017.section_3_conjecture import CROSS, WIDE_CROSS
from symbolic_landscape.proofs.nguyen_hein_2017.section_3_local_minima_facts import (
    widths_above_do_not_increase,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_3_wide_layer import COLUMNS, NH17_T3_8
from symbolic_landscape.proofs.nguyen_hein_2017.section_3_wide_layer_facts import (
    block_is_nonsingular,
    chosen_layers_begin_above,
    is_global_minimum_over_square_layers,
    layer_has_enough_units,
    layer_is_one_unit_short,
    null_directions,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_3_wide_layer_near_misses import (
    BUMP_BLOCK,
    DEGENERATE,
    DEGENERATE_BLOCKS,
    FLAT_FITTED,
    OFF_TARGET,
    OFF_TARGET_CONVEX,
    SHRINKING,
    STRICT_MINIMUM,
    TWO_WELLS_BLOCK,
    WIDENING,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_3_wide_layer_points import (
    CUBED_BLOCK,
    CUBIC_BLOCK,
    GOOD_BLOCKS,
    SMALLEST_BLOCK,
    TANH_BLOCK,
    THREE_SAMPLES,
    TWO_OUTPUTS,
    BlockPoint,
    small_blocks,
)
from symbolic_landscape.verdict import Evidence, Verdict, all_of, fails, for_all, holds

# --- the shape above layer k + 1 -----------------------------------------------------------------

NH17_R3_8 = Statement(
    key="NH17.R3.8",
    kind="remark",
    where="after Theorem 3.8",
    title="After Theorem 3.8: pyramidal structure, what remains excluded, conjecture",
    claim="Full column rank of W_l for l in [k+2, L] requires n_{k+1} >= n_{k+2} >= ... >= n_L.",
    hypotheses=(weights_above_have_full_rank,),
    conclusion=widths_above_do_not_increase,
    instances=(*GOOD_POINTS, SHRINKING, *GOOD_BLOCKS[3:6]),
    controls={weights_above_have_full_rank: WIDE_CROSS},
    strategy=small_blocks,
)


@NH17_R3_8.step(
    premises=(weights_above_have_full_rank,),
    gives=widths_above_do_not_increase,
    tried_on=GOOD_DEEP_POINTS,
    controls={weights_above_have_full_rank: CROSS},
)
def rank_is_at_most_the_rows(s: NetworkPoint, rank: Verdict) -> Verdict:
    """n_l = rank(W_l) <= n_{l-1}, the number of rows of the paper's W_l."""
    return for_all(
        range(s.layer + 2, s.depth + 1),
        lambda layer: all_of(
            bound=rank_at_most(s.weights(layer), s.network.widths[layer - 1]),
            reached=size_at_least(s.network.widths[layer - 1], s.weights(layer).rank()),
        ),
        "layer",
    )


# --- one hidden layer ----------------------------------------------------------------------------


@fact(r"L = 2,\ k = 1,\ I = \{2\}", ground=lambda v: v.next_in_I == 1)
def network_has_one_hidden_layer(s: BlockPoint) -> Verdict:
    """There is one hidden layer, k = 1, and the block is that of the output layer."""
    return all_of(
        depth=sizes_equal(s.depth, 2),
        layer=sizes_equal(s.layer, 1),
        block=sizes_equal(sum(s.chosen), 2),
    )


@fact(r"\Phi(W, b) = \min \Phi")
def shallow_point_is_global_minimum(s: BlockPoint) -> Verdict:
    """The critical point of the network with one hidden layer is a global minimum."""
    return is_global_minimum.decide(s)


SHALLOW = (SMALLEST_BLOCK, TANH_BLOCK, TWO_OUTPUTS, THREE_SAMPLES, CUBED_BLOCK)

NH17_R3_8_shallow = Statement(
    key="NH17.R3.8.shallow",
    kind="remark",
    where="after Corollary 3.9",
    title="One hidden layer: non-degenerate in the output layer",
    claim="Under A3.2, for one hidden layer with n_1 >= N - 1, every critical point that is "
    "non-degenerate in the parameters of the output layer is a global minimum.",
    hypotheses=(
        *ASSUMPTION_3_2,
        network_has_one_hidden_layer,
        layer_has_enough_units,
        gradient_vanishes,
        block_is_nonsingular,
        minimum_is_attained,
    ),
    conclusion=shallow_point_is_global_minimum,
    instances=SHALLOW,
    controls={
        activation_is_strictly_increasing: BUMP_BLOCK,
        loss_critical_points_are_global_minima: TWO_WELLS_BLOCK,
        gradient_vanishes: OFF_TARGET,
        block_is_nonsingular: DEGENERATE,
    },
    no_control={
        samples_are_distinct: "two equal inputs have equal features: the block is singular",
        activation_is_analytic: "a nonsingular block forces rank N without it",
        activation_is_bounded_or_decays: "a nonsingular block forces rank N without it",
        loss_is_twice_differentiable: "without it there is no block",
        network_has_one_hidden_layer: "deeper networks are those of Theorem 3.8",
        layer_has_enough_units: "the narrow point of Theorem 3.8 has three layers; with two, "
        "whether the minimum is attained is not decided for the narrow points that are known",
        minimum_is_attained: "the other hypotheses give a point where it is attained",
    },
    strategy=small_blocks,
    regimes=(
        Regime("n_1 = N - 1", lambda s: size_at_most(s.width, s.count - 1)),
        Regime(
            "n_1 >= N",
            lambda s: size_at_least(s.width, s.count),
            {**COLUMNS, "n_1 >= N": lambda v: v.units >= v.samples},
        ),
    ),
    expected=(("inconsistent", "regime n_1 >= N"),),
)
THROUGH_THEOREM = (
    *ASSUMPTION_3_2,
    network_has_one_hidden_layer,
    layer_has_enough_units,
    gradient_vanishes,
    block_is_nonsingular,
    minimum_is_attained,
)
SAME = "the conclusion is that of the cited theorem, on the same point"


@NH17_R3_8_shallow.step(
    premises=(*THROUGH_THEOREM, is_global_minimum),
    gives=shallow_point_is_global_minimum,
    cites=NH17_T3_8,
    via=same,
    tried_on=(CUBIC_BLOCK, SMALLEST_BLOCK),
    no_control=dict.fromkeys((*THROUGH_THEOREM, is_global_minimum), SAME),
)
def theorem_3_8_with_output_layer(s: BlockPoint, *premises: Verdict) -> Verdict:
    """Theorem 3.8 with k = 1, I = {2}; there are no layers above 2, and no rank condition."""
    return all_of(least=premises[-1], none_above=sizes_equal(s.depth - s.layer, 1))


NH17_R3_8_shallow_repaired = NH17_R3_8_shallow.repair(
    claim="Under A3.2, for one hidden layer with n_1 = N - 1, every critical point that is "
    "non-degenerate in the parameters of the output layer is a global minimum.",
    minimal="For n_1 >= N the block of the output layer is singular everywhere, since [F_1, 1] has "
    "more columns than rows.",
    hypotheses=(
        *ASSUMPTION_3_2,
        network_has_one_hidden_layer,
        layer_is_one_unit_short,
        gradient_vanishes,
        block_is_nonsingular,
        minimum_is_attained,
    ),
    no_control={
        **{
            layer_is_one_unit_short if part is layer_has_enough_units else part: why
            for part, why in NH17_R3_8_shallow.no_control.items()
        },
    },
    without=("theorem_3_8_with_output_layer",),
    regimes=(),
)
THROUGH_REPAIRED = (
    *(layer_is_one_unit_short if f is layer_has_enough_units else f for f in THROUGH_THEOREM),
    is_global_minimum_over_square_layers,
)


@NH17_R3_8_shallow_repaired.step(
    premises=THROUGH_REPAIRED,
    gives=shallow_point_is_global_minimum,
    cites=NH17_T3_8,
    via=same,
    tried_on=(SMALLEST_BLOCK,),
    no_control=dict.fromkeys(THROUGH_REPAIRED, SAME),
)
def theorem_3_8_repaired_with_output_layer(s: BlockPoint, *premises: Verdict) -> Verdict:
    """Theorem 3.8, repaired, with k = 1 and I = {2}."""
    return all_of(least=premises[-1], none_above=sizes_equal(s.depth - s.layer, 1))


# --- degenerate points ---------------------------------------------------------------------------


@fact(r"\det \nabla^2 \Phi \ne 0")
def point_is_nondegenerate(s: BlockPoint) -> Verdict:
    """The Hessian of the objective in all parameters is nonsingular."""
    return nonsingular(s.at.hessian)


@fact(
    r"\nabla^2 \Phi \not\succ 0,\ \nabla^2 \Phi \not\prec 0",
    mutants={"it has no positive eigenvalue": lambda s: _counts_at_most(s, 0, 0)},
)
def hessian_is_not_definite(s: BlockPoint) -> Verdict:
    """The Hessian in all parameters is neither positive definite nor negative definite."""
    size = s.at.hessian.shape[0]
    return all_of(
        positive=_counts_at_most(s, 0, size - 1), negative=_counts_at_most(s, 1, size - 1)
    )


def _counts_at_most(s: BlockPoint, sign: int, most: int) -> Verdict:
    """Whether at most so many eigenvalues of the Hessian are positive (0) or negative (1)."""
    inertia = s.at.hessian.inertia()
    answer = holds if inertia[sign] <= most else fails
    return answer(s.at.hessian.field.evidence, f"inertia {inertia}")


def flat_direction(s: BlockPoint) -> Matrix | None:
    """A direction (p, 1) that keeps G_{k+1} to first order, as in the module docstring.

    A kernel vector of E in one unit of layer k + 1; or, for square E, the last bias of layer k
    together with Theta' = -E^{-1} E' Theta. None where E has neither.
    """
    features = s.features_with_ones(s.layer)
    field = s.at.hessian.field
    rows, columns = features.shape
    entries = [field.scalar(0)] * s.network.parameter_count
    start = s.network.layer_range(s.layer + 1)[0]
    if features.rank() < columns:
        places = list(s.network.layer_range(s.layer + 1))
        for place, value in zip(s.places, null_directions(s).column(0).tolist(), strict=True):
            if place in places:
                entries[place] = value[0]
        return field.column(entries)
    if rows != columns:
        return None
    slopes = layers(s).slope(s.layer).column(s.width - 1)
    entries[s.network.layer_range(s.layer)[-1]] = field.scalar(1)
    outgoing = s.weights(s.layer + 1).column(s.width - 1)
    moved = features.over(field).solve(slopes.over(field) @ outgoing.over(field).T).scale(-1)
    for unit in range(s.next_width):
        for row in range(s.width):
            entries[start + unit * s.width + row] = moved[row, unit]
        entries[start + s.next_width * s.width + unit] = moved[s.width, unit]
    return field.column(entries)


@fact(r"\exists v \ne 0:\ dG_{k+1}(v) = 0,\ v^T \nabla^2 \Phi\, v = 0")
def flat_direction_has_no_curvature(s: BlockPoint) -> Verdict:
    """Along some direction that keeps the pre-activations of layer k + 1 Phi has no curvature."""
    direction = flat_direction(s)
    if direction is None:
        return fails(Evidence.EXACT, "[F_k, 1] has no kernel and is not square")
    return vanishes(direction.T @ s.at.hessian @ direction)


WIDE_POINTS = (*GOOD_BLOCKS, DEGENERATE, WIDENING, FLAT_FITTED, *DEGENERATE_BLOCKS)

NH17_R3_10 = Statement(
    key="NH17.R3.10",
    kind="remark",
    where="after Theorem 3.10",
    title="Exact degenerate points might be rare",
    claim="Degenerate points are rare: for n_k >= N - 1 a critical point of Phi is non-degenerate.",
    hypotheses=(
        layer_is_hidden,
        chosen_layers_begin_above,
        layer_has_enough_units,
        gradient_vanishes,
    ),
    conclusion=point_is_nondegenerate,
    instances=WIDE_POINTS,
    no_control=dict.fromkeys(
        (
            layer_is_hidden,
            chosen_layers_begin_above,
            layer_has_enough_units,
            gradient_vanishes,
        ),
        "the claim fails with all hypotheses",
    ),
    strategy=small_blocks,
    expected=(("refuted", "statement"),),
)
NH17_R3_10_repaired = NH17_R3_10.repair(
    claim="If n_k >= N - 1 for some k in [L-1], every local minimum and every local maximum of "
    "Phi is degenerate, whatever the samples, the activation and the loss.",
    minimal="With fewer units there are non-degenerate minima: five samples, one unit, fitted. "
    "Whether a saddle can be non-degenerate is not decided here.",
    conclusion=hessian_is_not_definite,
    controls={layer_has_enough_units: STRICT_MINIMUM, gradient_vanishes: OFF_TARGET_CONVEX},
    no_control={
        layer_is_hidden: "for k = 0 the same holds for d >= N; k = L has no next layer",
        chosen_layers_begin_above: "the Hessian in all parameters does not depend on I",
    },
)


@NH17_R3_10_repaired.step(
    premises=(
        layer_is_hidden,
        chosen_layers_begin_above,
        layer_has_enough_units,
        gradient_vanishes,
    ),
    gives=flat_direction_has_no_curvature,
    tried_on=(CUBIC_BLOCK, TWO_WELLS_BLOCK),
    controls={layer_has_enough_units: STRICT_MINIMUM, gradient_vanishes: OFF_TARGET_CONVEX},
    no_control={
        layer_is_hidden: "for k = 0 the kernel vector exists as soon as d >= N",
        chosen_layers_begin_above: "the direction does not depend on I",
    },
)
def layers_below_can_move(s: BlockPoint, *premises: Verdict) -> Verdict:
    """E has a kernel, or it is square and Theta(u) = E(u)^{-1} G_{k+1} makes up for moving u.

    Phi does not change along the line, or the curve; so it has no curvature at a critical point.
    """
    direction = flat_direction(s)
    if direction is None:
        return fails(Evidence.EXACT, "neither case applies")
    features = s.features_with_ones(s.layer)
    if features.rank() < features.shape[1]:
        return all_of(kernel=size_at_least(features.kernel().shape[1], 1))
    return all_of(errors=vanishes(s.at.errors(s.layer + 1)), square=nonsingular(features))


@NH17_R3_10_repaired.step(
    premises=(flat_direction_has_no_curvature,),
    gives=hessian_is_not_definite,
    tried_on=(CUBIC_BLOCK,),
    controls={flat_direction_has_no_curvature: STRICT_MINIMUM},
)
def definite_forms_have_no_zero(s: BlockPoint, null: Verdict) -> Verdict:
    """A definite matrix has v^T H v != 0 for every v != 0."""
    direction = flat_direction(s)
    if direction is None:
        return fails(Evidence.EXACT, "there is no direction")
    return all_of(null=null, not_zero=sizes_equal(direction.rank(), 1))
