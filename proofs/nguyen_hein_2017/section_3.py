"""Section 3: critical points of full rank are global minima, for independent data or features.

Notation as in section 2: [F_k, 1] (N, n_k + 1) are the features of layer k with a column of ones,
F_0 = X; Delta_k (N, n_k) the backpropagated errors; the paper's W_l (n_{l-1}, n_l) is the transpose of
`weights`. "Full column rank" of W_l is rank n_l.

Lemmas
- NH17_T3_1: the theorem of Gori and Tesi, with a condition on Delta_1.
- NH17_T3_4: linearly independent inputs. NH17_L3_5: linearly independent features of a layer.
- NH17_R3_2: decreasing activations. NH17_R3_4, NH17_R3_4_null: low rank at the other critical points.

Source: NH17, Sections 3.1 and 3.2; Theorem 3.1 is quoted there from Gori and Tesi, 1992.

Design notes. The proofs of T3.4 and L3.5 use sigma' > 0 "by assumption", but A3.2 says only "strictly
increasing": tanh(t^3) meets it and has slope 0 at 0. The printed reading keeps the assumption as
printed; the repaired one asks for a positive slope in its place. The standing assumption that the
minimum is attained is a hypothesis of each theorem.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from proofs.common.minima import is_global_minimum, minimum_is_attained, residuals_minimise_loss
from proofs.common.points import (
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
    point,
    samples_are_distinct,
    weights_above_have_full_rank,
    weights_from_second_have_full_rank,
)
from proofs.nguyen_hein_2017.derivatives import Layers, layers
from proofs.nguyen_hein_2017.instances import (
    ALGEBRAIC,
    BUMP,
    BUMP_DEEP,
    DEPENDENT_FEATURES,
    DEPENDENT_INPUTS,
    DOUBLE_WELL,
    FLAT,
    FLAT_BELOW,
    FLAT_DEEP_POINT,
    FLAT_MIDDLE,
    FLAT_POINT,
    GOOD_DEEP_POINTS,
    GOOD_POINTS,
    NOT_CRITICAL,
    NOT_CRITICAL_DEEP,
    SMALLEST,
    SMALLEST_FLAT,
    SMALLEST_FLAT_DEEP,
    TWO_WELLS,
    TWO_WELLS_DEEP,
    ZERO_WEIGHTS,
    ZERO_WEIGHTS_DEEP,
)
from proofs.nguyen_hein_2017.section_2 import (
    NH17_L2_1,
    backpropagation_identities_hold,
)
from proofs.nguyen_hein_2017.section_3_assumptions import ASSUMPTION_3_2
from symbolic_landscape.arithmetic import Matrix, equal, positive, sizes_equal, vanishes
from symbolic_landscape.errors import DomainError
from symbolic_landscape.lemma import Statement, fact
from symbolic_landscape.networks import Samples
from symbolic_landscape.verdict import Verdict, all_of, for_all

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

# --- the chain of errors ---------------------------------------------------------------------------


def _errors_annihilated(s: NetworkPoint, layer: int) -> Verdict:
    """Whether [F_k, 1]^T Delta_{k+1} = 0."""
    return vanishes(s.features_with_ones(layer).T @ s.at.errors(layer + 1))


def _errors_vanish(s: NetworkPoint, layers: range) -> Verdict:
    return for_all(layers, lambda layer: vanishes(s.at.errors(layer)), "layer")


@fact(r"[X, 1_N]^T \Delta_1 = 0")
def inputs_annihilate_first_errors(s: NetworkPoint) -> Verdict:
    """The inputs, each extended by a one, are orthogonal to the errors of the first layer."""
    return _errors_annihilated(s, 0)


@fact(r"[F_k, 1_N]^T \Delta_{k+1} = 0")
def features_annihilate_next_errors(s: NetworkPoint) -> Verdict:
    """The features of layer k, each extended by a one, are orthogonal to the errors of layer k + 1."""
    return _errors_annihilated(s, s.layer)


@fact(r"\Delta_1 = 0")
def first_errors_vanish(s: NetworkPoint) -> Verdict:
    """The errors of the first layer are zero."""
    return _errors_vanish(s, range(1, 2))


@fact(r"\Delta_{k+1} = 0")
def next_errors_vanish(s: NetworkPoint) -> Verdict:
    """The errors of layer k + 1 are zero."""
    return _errors_vanish(s, range(s.layer + 1, s.layer + 2))


@fact(r"\Delta_L = 0")
def last_errors_vanish(s: NetworkPoint) -> Verdict:
    """The errors of the last layer are zero."""
    return _errors_vanish(s, range(s.depth, s.depth + 1))


@fact(r"l'(F_L - Y) = 0")
def loss_slopes_vanish(s: NetworkPoint) -> Verdict:
    """The derivative of the loss is zero at every residual."""
    slopes = s.residuals.field.apply(s.loss.derivative(1), s.residuals)
    return vanishes(slopes)


# --- the steps that the proofs share ---------------------------------------------------------------


def _gradient_in_matrix_form(s: NetworkPoint, layer: int) -> Verdict:
    """Whether [F_{k-1}, 1]^T Delta_k (n_{k-1} + 1, n_k) is the gradient of layer k, rearranged."""
    stacked = s.features_with_ones(layer - 1).T @ s.at.errors(layer)
    below = s.network.widths[layer - 1]
    entries = s.at.gradient_block(layer)
    units = range(s.network.widths[layer])
    rows = [[entries[u * below + r, 0] for u in units] for r in range(below)]
    rows.append([entries[len(units) * below + u, 0] for u in units])
    return equal(stacked, entries.field.matrix(rows))


def _trivial_kernel(matrix: Matrix) -> Verdict:
    """Whether A x = 0 only for x = 0."""
    return sizes_equal(matrix.kernel().shape[1], 0)


def _positive_slopes(at: Layers, layer: int) -> Verdict:
    """Whether every entry of sigma'(G_k) is positive."""
    entries = dict.fromkeys(value for row in at.slope(layer).tolist() for value in row)
    return for_all(entries, positive, "slope")


def _errors_vanish_upwards(s: NetworkPoint, lowest: int) -> Verdict:
    """Whether Delta_l = 0 passes on to Delta_{l+1} for each l from `lowest` to L - 1.

    Delta_l is Delta_{l+1} W_{l+1}^T times slopes that are not zero, and W_{l+1} has a trivial kernel.
    """
    at = layers(s)

    def one_layer(layer: int) -> Verdict:
        return all_of(
            slopes=_positive_slopes(at, layer),
            pulled_back=vanishes(at.pulled_back(layer)),
            kernel=_trivial_kernel(s.weights(layer + 1).T),
            next_errors=vanishes(at.error(layer + 1)),
        )

    return for_all(range(lowest, s.depth), one_layer, "layer")


def _loss_slopes_from_last_errors(s: NetworkPoint) -> Verdict:
    """Whether Delta_L = l'(F_L - Y) o sigma'(G_L) with positive slopes, so that one vanishes with the other."""
    at = layers(s)
    return all_of(
        product=equal(s.at.errors(s.depth), at.loss_slopes.hadamard(at.slope(s.depth))),
        slopes=_positive_slopes(at, s.depth),
    )


IDENTITY_EVERYWHERE = (
    "the identities hold for every C1 activation and loss, and the statement has no others"
)


def _same(s: NetworkPoint) -> NetworkPoint:
    """The point itself, as an instance of the cited lemma."""
    return s


def critical_points(*, layer: int) -> SearchStrategy[NetworkPoint]:
    """Small points, most of them critical in the layers of interest.

    Targets are fitted to the outputs where these are rational, or free; many entries are zero.
    """
    from hypothesis import strategies as st

    small = st.sampled_from((1, 0, -1, 2))
    mostly_zero = st.sampled_from((0, 0, 0, 1, -1))
    targets = st.sampled_from((Fraction(1, 2), Fraction(0), Fraction(1, 3), Fraction(-1, 2)))

    @st.composite
    def drawn(draw: st.DrawFn) -> NetworkPoint:
        depth = draw(st.integers(1 + layer, 2 + layer))
        widths = tuple(draw(st.sampled_from((1, 1, 2))) for _ in range(depth + 1))
        count = draw(st.integers(1, 2))
        weights = [
            [[draw(small if k else mostly_zero) for _ in range(below)] for _ in range(above)]
            for k, (below, above) in enumerate(pairwise(widths))
        ]
        found = point(
            "",
            widths=widths,
            activation=draw(st.sampled_from((FLAT, ALGEBRAIC, "tanh", "sigmoid"))),
            inputs=[[i * draw(small) for _ in range(widths[0])] for i in range(count)],
            targets=[[draw(targets) for _ in range(widths[-1])] for _ in range(count)],
            weights=weights,
            biases=[[draw(mostly_zero) for _ in range(width)] for width in widths[1:]],
            loss=draw(st.sampled_from(("sum", "cauchy(1)", "a**4"))),
            layer=layer,
        )
        return _fitted(found) if draw(st.sampled_from((False, True, True))) else found

    return drawn()


def _fitted(s: NetworkPoint) -> NetworkPoint:
    """The point with its own outputs as targets, where these are rational."""
    try:
        outputs = [[value.rational() for value in row] for row in s.features(s.depth).tolist()]
    except DomainError:
        return s
    return replace(s, samples=Samples(inputs=s.samples.inputs, targets=outputs))


# --- Theorem 3.4 -----------------------------------------------------------------------------------

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
    via=_same,
    tried_on=(DEPENDENT_INPUTS, ZERO_WEIGHTS),
    controls={gradient_vanishes: NOT_CRITICAL},
    no_control={backpropagation_identities_hold: IDENTITY_EVERYWHERE},
)
def first_gradient_is_a_product(s: NetworkPoint, critical: Verdict, identities: Verdict) -> Verdict:
    """grad W_1 = X^T Delta_1 = 0 and grad b_1 = Delta_1^T 1 = 0, stacked."""
    return _gradient_in_matrix_form(s, 1)


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
    return _trivial_kernel(rank.data["extended"].T)


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
    via=_same,
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
    """Delta_k = (Delta_{k+1} W_{k+1}^T) o sigma'(G_k) = 0 gives Delta_{k+1} = 0, from layer 1 up to L."""
    return _errors_vanish_upwards(s, 1)


@NH17_T3_4.step(
    premises=(last_errors_vanish, derivative_is_positive, backpropagation_identities_hold),
    gives=loss_slopes_vanish,
    cites=NH17_L2_1,
    via=_same,
    tried_on=(TWO_WELLS,),
    controls={last_errors_vanish: NOT_CRITICAL, derivative_is_positive: SMALLEST_FLAT},
    no_control={backpropagation_identities_hold: IDENTITY_EVERYWHERE},
)
def last_errors_determine_loss_slopes(
    s: NetworkPoint, last: Verdict, slopes: Verdict, identities: Verdict
) -> Verdict:
    """Delta_L = l'(F_L - Y) o sigma'(G_L) = 0 with positive slopes gives l'(F_L - Y) = 0."""
    return _loss_slopes_from_last_errors(s)


@NH17_T3_4.step(
    premises=(loss_slopes_vanish, loss_critical_points_are_global_minima),
    gives=residuals_minimise_loss,
    tried_on=(SMALLEST_FLAT,),
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
    tried_on=(SMALLEST,),
    controls={residuals_minimise_loss: NOT_CRITICAL},
)
def sum_of_least_terms(s: NetworkPoint, least: Verdict) -> Verdict:
    """Phi is a sum of l over the residuals, and each term is least."""
    height, width = s.residuals.shape
    return all_of(terms=sizes_equal(height * width, s.count * s.network.outputs), least=least)


NH17_T3_4_repaired = NH17_T3_4.repair(
    claim="Under A3.2 with sigma' > 0 in place of strict monotonicity, and rank [X, 1] = N, every "
    "critical point of Phi with rank(W_l) = n_l for l in [2, L] is a global minimum.",
    minimal="If sigma' may vanish at one point, as for tanh(t^3) at 0, one weight and one sample give a "
    "critical point with a loss that is not least.",
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


# --- Lemma 3.5 -------------------------------------------------------------------------------------

NH17_L3_5 = Statement(
    key="NH17.L3.5",
    kind="lemma",
    where="Section 3.2, Lemma 3.5",
    title="Independent features at layer k suffice",
    claim="Under A3.2, if for some k in [L-1] rank [F_k, 1] = N, rank(W_l) = n_l for l in [k+2, L], and "
    "the gradients by W_{k+1} and b_{k+1} vanish, then the point is a global minimum.",
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
    via=_same,
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
    """grad W_{k+1} = F_k^T Delta_{k+1} = 0 and grad b_{k+1} = Delta_{k+1}^T 1 = 0, stacked."""
    return _gradient_in_matrix_form(s, s.layer + 1)


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
    return _trivial_kernel(rank.data["extended"].T)


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
    via=_same,
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
    """Delta_l = (Delta_{l+1} W_{l+1}^T) o sigma'(G_l) = 0 gives Delta_{l+1} = 0, from layer k + 1 up to L."""
    return _errors_vanish_upwards(s, s.layer + 1)


last_errors_determine_loss_slopes_above = NH17_L3_5.step(
    premises=(last_errors_vanish, derivative_is_positive, backpropagation_identities_hold),
    gives=loss_slopes_vanish,
    cites=NH17_L2_1,
    via=_same,
    tried_on=(TWO_WELLS,),
    controls={last_errors_vanish: NOT_CRITICAL_DEEP, derivative_is_positive: SMALLEST_FLAT_DEEP},
    no_control={backpropagation_identities_hold: IDENTITY_EVERYWHERE},
)(last_errors_determine_loss_slopes.inference)

critical_residuals_are_least_above = NH17_L3_5.step(
    premises=(loss_slopes_vanish, loss_critical_points_are_global_minima),
    gives=residuals_minimise_loss,
    tried_on=(SMALLEST,),
    controls={
        loss_slopes_vanish: NOT_CRITICAL_DEEP,
        loss_critical_points_are_global_minima: TWO_WELLS_DEEP,
    },
)(critical_residuals_are_least.inference)

sum_of_least_terms_above = NH17_L3_5.step(
    premises=(residuals_minimise_loss,),
    gives=is_global_minimum,
    tried_on=(SMALLEST,),
    controls={residuals_minimise_loss: NOT_CRITICAL_DEEP},
)(sum_of_least_terms.inference)

NH17_L3_5_repaired = NH17_L3_5.repair(
    claim="Under A3.2 with sigma' > 0 in place of strict monotonicity: if for some k in [L-1] "
    "rank [F_k, 1] = N, rank(W_l) = n_l for l in [k+2, L], and the gradients by W_{k+1} and b_{k+1} "
    "vanish, then the point is a global minimum.",
    minimal="If sigma' may vanish at one point, as for tanh(t^3) at 0, one unit in each of two layers and "
    "one sample give vanishing gradients with a loss that is not least.",
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
