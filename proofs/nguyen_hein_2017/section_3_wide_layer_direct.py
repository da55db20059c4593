"""Section 3.2: Theorem 3.8 in its repaired reading, with a direct proof.

Notation as in `section_3_wide_layer_facts`; Delta_l (N, n_l) the errors of layer l, J (N m, |I|)
the Jacobian of the outputs.

Lemmas
- NH17_T3_8_REPAIRED: the hypotheses force rank [F_k, 1] = N at the point itself, n_k = N - 1,
  I = {k + 1} and layers of one width above; Lemma 4.3 and the implicit function are not needed.

Source: NH17, Section 3.2, Theorem 3.8. The proof is not the paper's.

Design notes. Lemma 3.5 needs a positive slope, and A3.2 allows sigma' = 0 at single points. There
sigma'' is 0 too, since sigma increases; a unit with such a pre-activation gives the block a null
direction. So the theorem keeps the assumption as printed, although the lemma does not.
"""

from __future__ import annotations

from symbolic_landscape.arithmetic import (
    equal,
    rank_at_most,
    size_at_least,
    size_at_most,
    sizes_equal,
    vanishes,
)
from symbolic_landscape.former.lemma import Regime
from symbolic_landscape.proofs.common.minima import is_global_minimum, residuals_minimise_loss
from symbolic_landscape.proofs.common.points import (
    activation_is_strictly_increasing,
    features_have_full_rank,
    gradient_vanishes,
    layer_is_hidden,
    loss_critical_points_are_global_minima,
    weights_above_have_full_rank,
)
from symbolic_landscape.proofs.nguyen_hein_2017.derivatives import layers
from symbolic_landscape.proofs.nguyen_hein_2017.error_chain import (
    IDENTITY_EVERYWHERE,
    features_annihilate_next_errors,
    gradient_in_matrix_form,
    last_errors_vanish,
    loss_slopes_vanish,
    next_errors_vanish,
    same,
    trivial_kernel,
)
from symbolic_landscape.proofs.nguyen_hein_2017.instances import (
    FLAT_MIDDLE,
    NOT_CRITICAL_DEEP,
    SMALLEST_FLAT_DEEP,
    ZERO_WEIGHTS_DEEP,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_2 import (
    NH17_L2_1,
    backpropagation_identities_hold,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_3_wide_layer import (
    CONTROLS,
    NH17_T3_8,
    NO_CONTROL,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_3_wide_layer_facts import (
    architecture_is_forced,
    bends,
    block_is_no_larger_than_outputs,
    block_is_nonsingular,
    chosen_layers_begin_above,
    features_have_independent_columns,
    flat_pre_activations,
    is_global_minimum_over_square_layers,
    kernel_of_features_is_null,
    layer_has_enough_units,
    layer_is_one_unit_short,
    null_directions,
    output_jacobian,
    slopes_above_are_not_zero,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_3_wide_layer_near_misses import (
    BUMP_BLOCK,
    CHOSEN_ABOVE,
    CHOSEN_DEGENERATE,
    DEGENERATE,
    DEGENERATE_BLOCKS,
    FLAT_FITTED,
    FLAT_NARROW,
    FLAT_OUTPUT,
    LARGE_RESIDUALS,
    LAST_LAYER_CHOSEN,
    LOWER_LAYER_TOO,
    NARROW,
    OFF_TARGET,
    OFF_TARGET_FLAT,
    SHRINKING,
    SPARE_UNIT,
    TWO_LAYERS_CHOSEN,
    TWO_WELLS_BLOCK,
    WIDENING,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_3_wide_layer_points import (
    CUBIC_BLOCK,
    SECOND_LAYER,
    BlockPoint,
)
from symbolic_landscape.verdict import Verdict, all_of, for_all

NH17_T3_8_REPAIRED = NH17_T3_8.repair(
    claim="Under A3.2, a critical point with n_k >= N - 1, non-degenerate on {(W_l, b_l) : l in I} "
    "for some I in {k+1, ..., L} with k+1 in I, and with rank(W_l) = n_l for l in [k+2, L], is a "
    "global minimum, and then n_k = N - 1, I = {k+1}, n_{k+1} = ... = n_L.",
    minimal="No such point exists elsewhere: for n_k >= N some z has [F_k, 1] z = 0 and gives the "
    "block a null direction; with another layer in I, or n_{k+1} > n_L, the block has more than N "
    "m columns, and its rank is at most N m.",
    conclusion=is_global_minimum_over_square_layers,
    controls=CONTROLS,
    no_control=NO_CONTROL,
    without=[step.name for step in NH17_T3_8.steps],
    regimes=(
        Regime("two layers above k", lambda s: size_at_least(s.depth - s.layer, 2)),
        Regime("three outputs", lambda s: size_at_least(s.network.outputs, 3)),
        Regime("three samples", lambda s: size_at_least(s.count, 3)),
        Regime("k = 3", lambda s: size_at_least(s.layer, 3)),
    ),
)


@NH17_T3_8_REPAIRED.step(
    premises=(chosen_layers_begin_above,),
    gives=kernel_of_features_is_null,
    tried_on=(CUBIC_BLOCK, LARGE_RESIDUALS, *DEGENERATE_BLOCKS),
    controls={chosen_layers_begin_above: LOWER_LAYER_TOO},
)
def pre_activations_stay(s: BlockPoint, chosen: Verdict) -> Verdict:
    """Adding z to a column of Theta leaves [F_k, 1] Theta, and so grad_v Phi for all v, as is."""
    flat = null_directions(s)
    if not flat.shape[1]:
        return all_of(chosen=chosen)
    start = list(s.places).index(s.network.layer_range(s.layer + 1)[0])
    units, below = s.next_width, s.width
    places = [start + v for v in range(below)], [start + units * below]
    first = flat.submatrix([*places[0], *places[1]], [0])
    return vanishes(s.features_with_ones(s.layer).over(flat.field) @ first)


@NH17_T3_8_REPAIRED.step(
    premises=(kernel_of_features_is_null, block_is_nonsingular),
    gives=features_have_independent_columns,
    tried_on=(CUBIC_BLOCK, LARGE_RESIDUALS),
    controls={
        kernel_of_features_is_null: CHOSEN_DEGENERATE,
        block_is_nonsingular: DEGENERATE,
    },
)
def nonsingular_block_has_no_null_direction(
    s: BlockPoint, null: Verdict, block: Verdict
) -> Verdict:
    """A nonsingular block maps only 0 to 0, so only z = 0 has [F_k, 1] z = 0."""
    return all_of(
        block=trivial_kernel(s.block), features=trivial_kernel(s.features_with_ones(s.layer))
    )


@NH17_T3_8_REPAIRED.step(
    premises=(features_have_independent_columns, layer_has_enough_units),
    gives=features_have_full_rank,
    tried_on=(CUBIC_BLOCK, LARGE_RESIDUALS),
    controls={features_have_independent_columns: DEGENERATE, layer_has_enough_units: NARROW},
)
def rank_reaches_samples(s: BlockPoint, columns: Verdict, units: Verdict) -> Verdict:
    """N <= n_k + 1 = rank [F_k, 1] <= N."""
    return all_of(rank=columns, units=units, rows=size_at_most(s.width + 1, s.count))


@NH17_T3_8_REPAIRED.step(
    premises=(features_have_independent_columns, layer_has_enough_units),
    gives=layer_is_one_unit_short,
    tried_on=(CUBIC_BLOCK, LARGE_RESIDUALS),
    controls={features_have_independent_columns: SPARE_UNIT, layer_has_enough_units: NARROW},
)
def matrix_is_square(s: BlockPoint, columns: Verdict, units: Verdict) -> Verdict:
    """N <= n_k + 1 = rank [F_k, 1] <= N, so the matrix is square."""
    height, width = s.features_with_ones(s.layer).shape
    return all_of(square=sizes_equal(height, width), units=sizes_equal(width, s.width + 1))


@NH17_T3_8_REPAIRED.step(
    premises=(layer_is_hidden, gradient_vanishes, backpropagation_identities_hold),
    gives=features_annihilate_next_errors,
    cites=NH17_L2_1,
    via=same,
    tried_on=(NARROW, WIDENING),
    controls={gradient_vanishes: OFF_TARGET},
    no_control={
        layer_is_hidden: "for k = 0 the same product is taken with X, and k = L has no next layer",
        backpropagation_identities_hold: IDENTITY_EVERYWHERE,
    },
)
def gradient_of_next_layer_is_a_product(
    s: BlockPoint, hidden: Verdict, critical: Verdict, identities: Verdict
) -> Verdict:
    """Grad W_{k+1} = F_k^T Delta_{k+1} = 0 and grad b_{k+1} = Delta_{k+1}^T 1 = 0, stacked."""
    return gradient_in_matrix_form(s, s.layer + 1)


@NH17_T3_8_REPAIRED.step(
    premises=(features_have_full_rank, features_annihilate_next_errors),
    gives=next_errors_vanish,
    tried_on=(WIDENING, CUBIC_BLOCK),
    controls={features_have_full_rank: NARROW, features_annihilate_next_errors: OFF_TARGET},
)
def square_features_annihilate_only_zero(
    s: BlockPoint, rank: Verdict, orthogonal: Verdict
) -> Verdict:
    """[F_k, 1]^T has a trivial kernel."""
    return trivial_kernel(rank.data["extended"].T)


@NH17_T3_8_REPAIRED.step(
    premises=(
        next_errors_vanish,
        features_have_full_rank,
        chosen_layers_begin_above,
        block_is_nonsingular,
        activation_is_strictly_increasing,
        weights_above_have_full_rank,
    ),
    gives=slopes_above_are_not_zero,
    tried_on=(CUBIC_BLOCK,),
    controls={
        next_errors_vanish: OFF_TARGET_FLAT,
        features_have_full_rank: FLAT_NARROW,
        chosen_layers_begin_above: CHOSEN_ABOVE,
        block_is_nonsingular: FLAT_FITTED,
        activation_is_strictly_increasing: BUMP_BLOCK,
        weights_above_have_full_rank: FLAT_OUTPUT,
    },
)
def flat_units_are_null_directions(s: BlockPoint, *premises: Verdict) -> Verdict:
    """Where sigma' is 0, so is sigma'' (sigma increases), and the unit gives a null direction.

    Theta reaches every change of G_{k+1}, and full rank passes it on to any one entry of G_l, the
    lowest layer with a slope 0: there neither features nor errors change.
    """
    flat = flat_pre_activations(s)
    second = {f"{layer}, {i}, {u}": bends(s, layer)[i, u] for layer, i, u in flat}
    return all_of(
        bend_is_zero_there=for_all(second, lambda place: vanishes(second[place]), "flat place"),
        none_is_left=sizes_equal(len(flat), 0),
    )


@NH17_T3_8_REPAIRED.step(
    premises=(
        next_errors_vanish,
        slopes_above_are_not_zero,
        weights_above_have_full_rank,
        backpropagation_identities_hold,
    ),
    gives=last_errors_vanish,
    cites=NH17_L2_1,
    via=same,
    tried_on=(SECOND_LAYER, CUBIC_BLOCK),
    controls={
        next_errors_vanish: NOT_CRITICAL_DEEP,
        slopes_above_are_not_zero: FLAT_MIDDLE,
        weights_above_have_full_rank: ZERO_WEIGHTS_DEEP,
    },
    no_control={backpropagation_identities_hold: IDENTITY_EVERYWHERE},
)
def errors_vanish_to_the_top(
    s: BlockPoint, lowest: Verdict, slopes: Verdict, rank: Verdict, identities: Verdict
) -> Verdict:
    """Delta_l = (Delta_{l+1} W_{l+1}^T) o sigma'(G_l) = 0 gives Delta_{l+1} = 0, up to L."""
    at = layers(s)

    def one_layer(layer: int) -> Verdict:
        return all_of(
            pulled_back=vanishes(at.pulled_back(layer)),
            kernel=trivial_kernel(s.weights(layer + 1).T),
            next_errors=vanishes(at.error(layer + 1)),
        )

    return all_of(slopes=slopes, layers=for_all(range(s.layer + 1, s.depth), one_layer, "layer"))


@NH17_T3_8_REPAIRED.step(
    premises=(last_errors_vanish, slopes_above_are_not_zero, backpropagation_identities_hold),
    gives=loss_slopes_vanish,
    cites=NH17_L2_1,
    via=same,
    tried_on=(TWO_WELLS_BLOCK,),
    controls={last_errors_vanish: OFF_TARGET, slopes_above_are_not_zero: SMALLEST_FLAT_DEEP},
    no_control={backpropagation_identities_hold: IDENTITY_EVERYWHERE},
)
def last_slopes_can_be_divided_out(
    s: BlockPoint, last: Verdict, slopes: Verdict, identities: Verdict
) -> Verdict:
    """Delta_L = l'(F_L - Y) o sigma'(G_L) = 0, and no slope is 0."""
    at = layers(s)
    product = at.loss_slopes.hadamard(at.slope(s.depth))
    return all_of(product=equal(s.at.errors(s.depth), product), slopes=slopes)


@NH17_T3_8_REPAIRED.step(
    premises=(loss_slopes_vanish, loss_critical_points_are_global_minima),
    gives=residuals_minimise_loss,
    tried_on=(SHRINKING,),
    controls={
        loss_slopes_vanish: OFF_TARGET,
        loss_critical_points_are_global_minima: TWO_WELLS_BLOCK,
    },
)
def every_residual_is_least(s: BlockPoint, slopes: Verdict, loss: Verdict) -> Verdict:
    """Each residual is a zero of l', so a global minimum of l."""
    return all_of(slopes=slopes, loss=loss)


@NH17_T3_8_REPAIRED.step(
    premises=(residuals_minimise_loss,),
    gives=is_global_minimum,
    tried_on=(SHRINKING,),
    controls={residuals_minimise_loss: OFF_TARGET},
)
def objective_is_a_sum_of_losses(s: BlockPoint, least: Verdict) -> Verdict:
    """Phi is a sum of l over the residuals, and each term is least."""
    height, width = s.residuals.shape
    return all_of(terms=sizes_equal(height * width, s.count * s.network.outputs), least=least)


@NH17_T3_8_REPAIRED.step(
    premises=(loss_slopes_vanish, block_is_nonsingular),
    gives=block_is_no_larger_than_outputs,
    tried_on=(TWO_WELLS_BLOCK, FLAT_NARROW),
    controls={
        loss_slopes_vanish: LARGE_RESIDUALS,
        block_is_nonsingular: TWO_LAYERS_CHOSEN,
    },
)
def block_is_a_product(s: BlockPoint, slopes: Verdict, block: Verdict) -> Verdict:
    """With l' = 0 at all residuals the block is J^T diag(l'') J, and J has N m rows."""
    jacobian = output_jacobian(s)
    bends = s.residuals.field.apply(s.loss.derivative(2), s.residuals)
    weighted = jacobian.field.matrix(
        [
            [value * bend for value in row]
            for row, bend in zip(
                jacobian.tolist(), [b for line in bends.tolist() for b in line], strict=True
            )
        ]
    )
    product = jacobian.T @ weighted.scale(s.loss.weight(s.count))
    return all_of(
        product=equal(s.block.over(product.field), product),
        rank=rank_at_most(s.block, s.count * s.network.outputs),
        columns=size_at_most(len(s.places), s.count * s.network.outputs),
    )


@NH17_T3_8_REPAIRED.step(
    premises=(
        block_is_no_larger_than_outputs,
        layer_is_one_unit_short,
        chosen_layers_begin_above,
        weights_above_have_full_rank,
    ),
    gives=architecture_is_forced,
    tried_on=(OFF_TARGET, TWO_WELLS_BLOCK),
    controls={
        block_is_no_larger_than_outputs: SHRINKING,
        layer_is_one_unit_short: FLAT_NARROW,
        chosen_layers_begin_above: LAST_LAYER_CHOSEN,
        weights_above_have_full_rank: WIDENING,
    },
)
def parameters_are_counted(
    s: BlockPoint, count: Verdict, short: Verdict, *rest: Verdict
) -> Verdict:
    """N m <= N n_{k+1} + (parameters of the rest of I) <= N m, since n_{k+1} >= ... >= n_L = m."""
    own = (s.width + 1) * s.next_width
    return all_of(
        own=sizes_equal(own, s.count * s.next_width),
        total=size_at_most(own, s.count * s.network.outputs),
        rest=sizes_equal(len(s.places) - own, 0),
    )


@NH17_T3_8_REPAIRED.step(
    premises=(is_global_minimum, architecture_is_forced),
    gives=is_global_minimum_over_square_layers,
    tried_on=(FLAT_FITTED,),
    controls={is_global_minimum: OFF_TARGET, architecture_is_forced: SHRINKING},
)
def both_parts_hold(s: BlockPoint, least: Verdict, architecture: Verdict) -> Verdict:
    """The two parts of the conclusion."""
    return all_of(least=least, architecture=architecture)
