"""Section 3: critical points of full rank are global minima, for independent data or features.

Notation as in section 2: [F_k, 1] (N, n_k + 1) are the features of layer k with a column of ones,
F_0 = X; Delta_k (N, n_k) the backpropagated errors; the paper's W_l (n_{l-1}, n_l) is the
transpose of `weights`. "Full column rank" of W_l is rank n_l.

Lemmas
- NH17_T3_4: linearly independent inputs. NH17_L3_5: linearly independent features of a layer.

Source: NH17, Section 3.2.

Design notes. The proofs of T3.4 and L3.5 use sigma' > 0 "by assumption", but A3.2 says only
"strictly increasing": tanh(t^3) meets it and has slope 0 at 0. The printed reading keeps the
assumption as printed; the repaired one asks for a positive slope in its place. The standing
assumption that the minimum is attained is a hypothesis of each theorem.
"""

from __future__ import annotations

from functools import partial

from symbolic_landscape.arithmetic import sizes_equal
from symbolic_landscape.former.lemma import Statement
from symbolic_landscape.proofs.common.minima import (
    is_global_minimum,
    minimum_is_attained,
    residuals_minimise_loss,
)
from symbolic_landscape.proofs.common.points import (
    NetworkPoint,
    activation_is_analytic,
    activation_is_bounded_or_decays,
    activation_is_strictly_increasing,
    derivative_is_positive,
    features_have_full_rank,
    gradient_vanishes,
    inputs_have_full_rank,
    layer_is_hidden,
    loss_critical_points_are_global_minima,
    loss_is_twice_differentiable,
    next_layer_gradient_vanishes,
    samples_are_distinct,
    weights_above_have_full_rank,
    weights_from_second_have_full_rank,
)
from symbolic_landscape.proofs.nguyen_hein_2017.error_chain import (
    IDENTITY_EVERYWHERE,
    errors_vanish_upwards,
    features_annihilate_next_errors,
    first_errors_vanish,
    gradient_in_matrix_form,
    inputs_annihilate_first_errors,
    last_errors_vanish,
    loss_slopes_from_last_errors,
    loss_slopes_vanish,
    next_errors_vanish,
    same,
    trivial_kernel,
)
from symbolic_landscape.proofs.nguyen_hein_2017.instances import (
    BUMP,
    BUMP_DEEP,
    DEPENDENT_FEATURES,
    DEPENDENT_INPUTS,
    FITTED_ZERO,
    FLAT_BELOW,
    FLAT_DEEP_POINT,
    FLAT_MIDDLE,
    FLAT_POINT,
    GOOD_DEEP_POINTS,
    GOOD_POINTS,
    NOT_CRITICAL,
    NOT_CRITICAL_DEEP,
    SMALLEST_FLAT,
    SMALLEST_FLAT_DEEP,
    TWO_WELLS,
    TWO_WELLS_DEEP,
    ZERO_WEIGHTS,
    ZERO_WEIGHTS_DEEP,
    critical_points,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_2 import (
    NH17_L2_1,
    backpropagation_identities_hold,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_3_assumptions import ASSUMPTION_3_2
from symbolic_landscape.verdict import Verdict, all_of

# --- Theorem 3.4 ---------------------------------------------------------------------------------

_THROUGHOUT = {
    minimum_is_attained: "the other hypotheses give a point where it is attained",
    samples_are_distinct: "two equal inputs make the rank less than N",
    activation_is_analytic: "the proof needs a C1 activation only",
    activation_is_bounded_or_decays: "the proof does not use the growth of the activation",
    loss_is_twice_differentiable: "the proof needs a C1 loss only",
}

NH17_T3_4 = Statement(
    key="NH17.T3.4",
    kind="theorem",
    where="Section 3.2, Theorem 3.4",
    title="Affinely independent data: full-rank critical points are global minima",
    claim="Under A3.2 and rank [X, 1] = N, every critical point of Phi with rank(W_l) = n_l for "
    "l in [2, L] is a global minimum.",
    hypotheses=(
        *ASSUMPTION_3_2,
        inputs_have_full_rank,
        gradient_vanishes,
        weights_from_second_have_full_rank,
        minimum_is_attained,
    ),
    conclusion=is_global_minimum,
    instances=(*GOOD_POINTS, FLAT_POINT),
    controls={
        activation_is_strictly_increasing: BUMP,
        loss_critical_points_are_global_minima: TWO_WELLS,
        inputs_have_full_rank: DEPENDENT_INPUTS,
        gradient_vanishes: NOT_CRITICAL,
        weights_from_second_have_full_rank: ZERO_WEIGHTS,
    },
    no_control=_THROUGHOUT,
    strategy=partial(critical_points, layer=0),
    expected=(("refuted", "statement"), ("invalid inference", "step slopes_are_positive")),
)


@NH17_T3_4.step(
    premises=(gradient_vanishes, backpropagation_identities_hold),
    gives=inputs_annihilate_first_errors,
    cites=NH17_L2_1,
    via=same,
    tried_on=(DEPENDENT_INPUTS, ZERO_WEIGHTS),
    controls={gradient_vanishes: NOT_CRITICAL},
    no_control={backpropagation_identities_hold: IDENTITY_EVERYWHERE},
)
def first_gradient_is_a_product(s: NetworkPoint, critical: Verdict, identities: Verdict) -> Verdict:
    """Grad W_1 = X^T Delta_1 = 0 and grad b_1 = Delta_1^T 1 = 0, stacked."""
    return gradient_in_matrix_form(s, 1)


@NH17_T3_4.step(
    premises=(inputs_have_full_rank, inputs_annihilate_first_errors),
    gives=first_errors_vanish,
    tried_on=(ZERO_WEIGHTS, FLAT_BELOW),
    controls={
        inputs_have_full_rank: DEPENDENT_INPUTS,
        inputs_annihilate_first_errors: NOT_CRITICAL,
    },
)
def inputs_have_trivial_left_kernel(s: NetworkPoint, rank: Verdict, orthogonal: Verdict) -> Verdict:
    """[X, 1]^T (d + 1, N) has full column rank, so it annihilates only 0."""
    return trivial_kernel(rank.data["extended"].T)


@NH17_T3_4.step(
    premises=(activation_is_strictly_increasing,),
    gives=derivative_is_positive,
    tried_on=(NOT_CRITICAL, TWO_WELLS),
    controls={activation_is_strictly_increasing: BUMP},
)
def slopes_are_positive(s: NetworkPoint, increasing: Verdict) -> Verdict:
    """The derivative of a strictly increasing function is positive ("by assumption")."""
    return derivative_is_positive.decide(s)


@NH17_T3_4.step(
    premises=(
        first_errors_vanish,
        derivative_is_positive,
        weights_from_second_have_full_rank,
        backpropagation_identities_hold,
    ),
    gives=last_errors_vanish,
    cites=NH17_L2_1,
    via=same,
    tried_on=GOOD_DEEP_POINTS,
    controls={
        first_errors_vanish: NOT_CRITICAL,
        derivative_is_positive: FLAT_BELOW,
        weights_from_second_have_full_rank: ZERO_WEIGHTS,
    },
    no_control={backpropagation_identities_hold: IDENTITY_EVERYWHERE},
)
def errors_vanish_by_induction(
    s: NetworkPoint, first: Verdict, slopes: Verdict, rank: Verdict, identities: Verdict
) -> Verdict:
    """Delta_k = (Delta_{k+1} W_{k+1}^T) o sigma'(G_k) = 0 gives Delta_{k+1} = 0, up to L."""
    return errors_vanish_upwards(s, 1)


@NH17_T3_4.step(
    premises=(last_errors_vanish, derivative_is_positive, backpropagation_identities_hold),
    gives=loss_slopes_vanish,
    cites=NH17_L2_1,
    via=same,
    tried_on=(TWO_WELLS,),
    controls={last_errors_vanish: NOT_CRITICAL, derivative_is_positive: SMALLEST_FLAT},
    no_control={backpropagation_identities_hold: IDENTITY_EVERYWHERE},
)
def last_errors_determine_loss_slopes(
    s: NetworkPoint, last: Verdict, slopes: Verdict, identities: Verdict
) -> Verdict:
    """Delta_L = l'(F_L - Y) o sigma'(G_L) = 0 with positive slopes gives l'(F_L - Y) = 0."""
    return loss_slopes_from_last_errors(s)


@NH17_T3_4.step(
    premises=(loss_slopes_vanish, loss_critical_points_are_global_minima),
    gives=residuals_minimise_loss,
    tried_on=(FITTED_ZERO,),
    controls={
        loss_slopes_vanish: NOT_CRITICAL,
        loss_critical_points_are_global_minima: TWO_WELLS,
    },
)
def critical_residuals_are_least(s: NetworkPoint, slopes: Verdict, loss: Verdict) -> Verdict:
    """Each residual is a zero of l', so a global minimum of l."""
    return all_of(slopes=slopes, loss=loss)


@NH17_T3_4.step(
    premises=(residuals_minimise_loss,),
    gives=is_global_minimum,
    tried_on=(FITTED_ZERO,),
    controls={residuals_minimise_loss: NOT_CRITICAL},
)
def sum_of_least_terms(s: NetworkPoint, least: Verdict) -> Verdict:
    """Phi is a sum of l over the residuals, and each term is least."""
    height, width = s.residuals.shape
    return all_of(terms=sizes_equal(height * width, s.count * s.network.outputs), least=least)


NH17_T3_4_repaired = NH17_T3_4.repair(
    claim="Under A3.2 with sigma' > 0 in place of strict monotonicity, and rank [X, 1] = N, every "
    "critical point of Phi with rank(W_l) = n_l for l in [2, L] is a global minimum.",
    minimal="No zero t of sigma' can be allowed: with one sample, one weight 0 and bias t every "
    "target gives a critical point, and for squares it is least only if the target is sigma(t).",
    without=("slopes_are_positive",),
    hypotheses=tuple(
        derivative_is_positive if part is activation_is_strictly_increasing else part
        for part in NH17_T3_4.hypotheses
    ),
    instances=GOOD_POINTS,
    controls={
        derivative_is_positive: SMALLEST_FLAT,
        loss_critical_points_are_global_minima: TWO_WELLS,
        inputs_have_full_rank: DEPENDENT_INPUTS,
        gradient_vanishes: NOT_CRITICAL,
        weights_from_second_have_full_rank: ZERO_WEIGHTS,
    },
)


# --- Lemma 3.5 -----------------------------------------------------------------------------------

NH17_L3_5 = Statement(
    key="NH17.L3.5",
    kind="lemma",
    where="Section 3.2, Lemma 3.5",
    title="Independent features at layer k suffice",
    claim="Under A3.2, if for some k in [L-1] rank [F_k, 1] = N, rank(W_l) = n_l for l in [k+2, "
    "L], and the gradients by W_{k+1} and b_{k+1} vanish, then the point is a global minimum.",
    hypotheses=(
        *ASSUMPTION_3_2,
        layer_is_hidden,
        features_have_full_rank,
        weights_above_have_full_rank,
        next_layer_gradient_vanishes,
        minimum_is_attained,
    ),
    conclusion=is_global_minimum,
    instances=(*GOOD_DEEP_POINTS, FLAT_DEEP_POINT),
    controls={
        activation_is_strictly_increasing: BUMP_DEEP,
        loss_critical_points_are_global_minima: TWO_WELLS_DEEP,
        features_have_full_rank: DEPENDENT_FEATURES,
        weights_above_have_full_rank: ZERO_WEIGHTS_DEEP,
        next_layer_gradient_vanishes: NOT_CRITICAL_DEEP,
    },
    no_control={
        **_THROUGHOUT,
        samples_are_distinct: "two equal inputs have equal features, so the rank is less than N",
        layer_is_hidden: "for k = 0 the same proof gives Theorem 3.4, and k = L has no next layer",
    },
    strategy=partial(critical_points, layer=1),
    expected=(("refuted", "statement"), ("invalid inference", "step slopes_are_positive")),
)


@NH17_L3_5.step(
    premises=(layer_is_hidden, next_layer_gradient_vanishes, backpropagation_identities_hold),
    gives=features_annihilate_next_errors,
    cites=NH17_L2_1,
    via=same,
    tried_on=(DEPENDENT_FEATURES, ZERO_WEIGHTS_DEEP),
    controls={next_layer_gradient_vanishes: NOT_CRITICAL_DEEP},
    no_control={
        layer_is_hidden: "for k = 0 the same product is taken with X, and k = L has no next layer",
        backpropagation_identities_hold: IDENTITY_EVERYWHERE,
    },
)
def next_gradient_is_a_product(
    s: NetworkPoint, hidden: Verdict, critical: Verdict, identities: Verdict
) -> Verdict:
    """Grad W_{k+1} = F_k^T Delta_{k+1} = 0 and grad b_{k+1} = Delta_{k+1}^T 1 = 0, stacked."""
    return gradient_in_matrix_form(s, s.layer + 1)


@NH17_L3_5.step(
    premises=(features_have_full_rank, features_annihilate_next_errors),
    gives=next_errors_vanish,
    tried_on=(ZERO_WEIGHTS_DEEP, FLAT_MIDDLE),
    controls={
        features_have_full_rank: DEPENDENT_FEATURES,
        features_annihilate_next_errors: NOT_CRITICAL_DEEP,
    },
)
def features_have_trivial_left_kernel(
    s: NetworkPoint, rank: Verdict, orthogonal: Verdict
) -> Verdict:
    """[F_k, 1]^T (n_k + 1, N) has full column rank, so it annihilates only 0."""
    return trivial_kernel(rank.data["extended"].T)


slopes_are_positive_above = NH17_L3_5.step(
    premises=(activation_is_strictly_increasing,),
    gives=derivative_is_positive,
    tried_on=(NOT_CRITICAL, TWO_WELLS),
    controls={activation_is_strictly_increasing: BUMP_DEEP},
)(slopes_are_positive.inference)


@NH17_L3_5.step(
    premises=(
        next_errors_vanish,
        derivative_is_positive,
        weights_above_have_full_rank,
        backpropagation_identities_hold,
    ),
    gives=last_errors_vanish,
    cites=NH17_L2_1,
    via=same,
    tried_on=GOOD_DEEP_POINTS,
    controls={
        next_errors_vanish: NOT_CRITICAL_DEEP,
        derivative_is_positive: FLAT_MIDDLE,
        weights_above_have_full_rank: ZERO_WEIGHTS_DEEP,
    },
    no_control={backpropagation_identities_hold: IDENTITY_EVERYWHERE},
)
def errors_above_vanish_by_induction(
    s: NetworkPoint, lowest: Verdict, slopes: Verdict, rank: Verdict, identities: Verdict
) -> Verdict:
    """Delta_l = (Delta_{l+1} W_{l+1}^T) o sigma'(G_l) = 0 gives Delta_{l+1} = 0, up to L."""
    return errors_vanish_upwards(s, s.layer + 1)


last_errors_determine_loss_slopes_above = NH17_L3_5.step(
    premises=(last_errors_vanish, derivative_is_positive, backpropagation_identities_hold),
    gives=loss_slopes_vanish,
    cites=NH17_L2_1,
    via=same,
    tried_on=(TWO_WELLS,),
    controls={last_errors_vanish: NOT_CRITICAL_DEEP, derivative_is_positive: SMALLEST_FLAT_DEEP},
    no_control={backpropagation_identities_hold: IDENTITY_EVERYWHERE},
)(last_errors_determine_loss_slopes.inference)

critical_residuals_are_least_above = NH17_L3_5.step(
    premises=(loss_slopes_vanish, loss_critical_points_are_global_minima),
    gives=residuals_minimise_loss,
    tried_on=(FITTED_ZERO,),
    controls={
        loss_slopes_vanish: NOT_CRITICAL_DEEP,
        loss_critical_points_are_global_minima: TWO_WELLS_DEEP,
    },
)(critical_residuals_are_least.inference)

sum_of_least_terms_above = NH17_L3_5.step(
    premises=(residuals_minimise_loss,),
    gives=is_global_minimum,
    tried_on=(FITTED_ZERO,),
    controls={residuals_minimise_loss: NOT_CRITICAL_DEEP},
)(sum_of_least_terms.inference)

NH17_L3_5_repaired = NH17_L3_5.repair(
    claim="Under A3.2 with sigma' > 0 in place of strict monotonicity: if for some k in [L-1] "
    "rank [F_k, 1] = N, rank(W_l) = n_l for l in [k+2, L], and the gradients by W_{k+1} and "
    "b_{k+1} vanish, then the point is a global minimum.",
    minimal="No zero t of sigma' can be allowed: with one sample, one unit in each of two layers, "
    "W_2 = 0 and b_2 = t, the gradients of layer 2 vanish for every target.",
    without=("slopes_are_positive",),
    hypotheses=tuple(
        derivative_is_positive if part is activation_is_strictly_increasing else part
        for part in NH17_L3_5.hypotheses
    ),
    instances=GOOD_DEEP_POINTS,
    controls={
        derivative_is_positive: SMALLEST_FLAT_DEEP,
        loss_critical_points_are_global_minima: TWO_WELLS_DEEP,
        features_have_full_rank: DEPENDENT_FEATURES,
        weights_above_have_full_rank: ZERO_WEIGHTS_DEEP,
        next_layer_gradient_vanishes: NOT_CRITICAL_DEEP,
    },
)
