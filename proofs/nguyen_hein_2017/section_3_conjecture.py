"""Section 3.2: the conjectures on local minima of low rank, after Theorems 3.4 and 3.8.

Notation as in `section_3_local_minima_facts`; k = 0 stands for the inputs (Theorem 3.4), k >= 1 for
a wide layer (Theorem 3.8); Delta_l (N, n_l) the errors.

Lemmas
- NH17_R3_4_conjecture: for independent inputs all local minima are global.
- NH17_R3_8_conjecture: no local minimum of low rank is suboptimal.

Source: NH17, Section 3.2, after Theorem 3.4 and at the end of the section.

Design notes. Both are refuted where a layer is wider than the one below it: four targets on a
cross, one unit below two outputs. The unit can follow either arm of the cross, and turning from
one arm to the other costs more at first. There no weights near the point have full rank, although
the paper's reason for the conjecture is that some always do. In the repaired reading the widths do
not increase and the features are independent: a weight matrix of low rank has n != 0 with n^T W_l
= 0, and F_{l-1} moved along p n^T together with W_l moved along n c^T goes down to second order.
Where the features are dependent the question is left open here.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from symbolic_landscape.arithmetic import rank_at_most, sizes_equal, vanishes
from symbolic_landscape.former.lemma import Statement
from symbolic_landscape.functions.activations import ScalarLoss
from symbolic_landscape.networks import Samples
from symbolic_landscape.proofs.common.minima import residuals_minimise_loss
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
    point,
    samples_are_distinct,
)
from symbolic_landscape.proofs.nguyen_hein_2017.derivatives import layers
from symbolic_landscape.proofs.nguyen_hein_2017.error_chain import (
    IDENTITY_EVERYWHERE,
    features_annihilate_next_errors,
    gradient_in_matrix_form,
    last_errors_vanish,
    loss_slopes_from_last_errors,
    loss_slopes_vanish,
    next_errors_vanish,
    same,
    trivial_kernel,
)
from symbolic_landscape.proofs.nguyen_hein_2017.instances import (
    ALGEBRAIC,
    NOT_CRITICAL_DEEP,
    TWO_WELLS_DEEP,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_2 import (
    NH17_L2_1,
    backpropagation_identities_hold,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_3_assumptions import ASSUMPTION_3_2
from symbolic_landscape.proofs.nguyen_hein_2017.section_3_local_minima_facts import (
    least_value_is_attained,
    left_null_vectors,
    local_minimum_is_global,
    low_layers,
    one_upper_layer_has_low_rank,
    point_is_a_local_minimum,
    some_upper_weights_have_low_rank,
    widths_above_do_not_increase,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_3_wide_layer_facts import (
    layer_has_enough_units,
)
from symbolic_landscape.verdict import Verdict, all_of, for_all

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy


class WidePoint(NetworkPoint):
    """A point with the width of its layer k."""

    @property
    def width(self) -> int:
        """The number n_k of units of layer k; d for k = 0."""
        return self.network.widths[self.layer]


def wide(name: str, **data: Any) -> WidePoint:
    """The point with these data; without targets they are the outputs themselves."""
    targets = data.pop("targets", None)
    wanted = [[0] * data["widths"][-1] for _ in data["inputs"]] if targets is None else targets
    plain = point(name, activation=data.pop("activation", ALGEBRAIC), targets=wanted, **data)
    found = WidePoint(
        name=name,
        network=plain.network,
        samples=plain.samples,
        parameters=plain.parameters,
        loss=plain.loss,
        layer=plain.layer,
    )
    if targets is None:
        return replace(
            found, samples=Samples(inputs=data["inputs"], targets=found.features(found.depth))
        )
    return found


CROSS_TARGETS = [["1/5", 0], ["-1/5", 0], [0, "20/101"], [0, "-20/101"]]
CROSS = wide(
    "four targets on a cross, one unit below two outputs, independent inputs",
    widths=(3, 1, 2),
    inputs=[[0, 0, 0], [0, 1, 0], [1, 0, 0], [0, 0, 1]],
    targets=CROSS_TARGETS,
    weights=[[["3/4", 0, "-3/4"]], [[0], ["100/297"]]],
    biases=[[0], [0, 0]],
)
WIDE_CROSS = wide(
    "four targets on a cross, one unit below two outputs, above a wide layer",
    widths=(3, 3, 1, 2),
    inputs=[[0, "3/4", "3/4"], [0, "-3/4", 0], ["3/4", 0, 0], ["-3/4", 0, 0]],
    targets=CROSS_TARGETS,
    weights=[[[1, 0, 0], [0, 1, 0], [0, 0, 1]], [["5/4", 0, 0]], [[0], ["100/297"]]],
    biases=[[0, 0, 0], [0], [0, 0]],
    layer=1,
)
CONSTANT = wide(
    "two samples, zero output weights, fitted",
    widths=(1, 1, 1),
    inputs=[[0], [1]],
    weights=[[["3/4"]], [[0]]],
    biases=[[0], ["3/4"]],
)
RANK_ONE = wide(
    "three samples, two outputs of rank 1, fitted",
    widths=(2, 2, 2),
    activation="sigmoid",
    inputs=[[0, 0], [1, 0], [0, 1]],
    weights=[[[0, 0], [0, 0]], [[1, -1], [0, 0]]],
    biases=[[0, 0], [0, 0]],
)
MIDDLE = wide(
    "low rank in the second of three layers, fitted, Cauchy loss",
    widths=(2, 2, 2, 1),
    inputs=[[0, 0], [1, 0], [0, 1]],
    weights=[[["3/4", 0], [0, "3/4"]], [["5/4", 0], ["5/4", 0]], [["5/4", 0]]],
    biases=[[0, 0], [0, 0], [0]],
    loss="cauchy(1)",
)
CONSTANT_WIDE = wide(
    "two samples, zero output weights above a wide layer, fitted",
    widths=(1, 1, 1, 1),
    inputs=[[0], [1]],
    weights=[[["3/4"]], [["5/4"]], [[0]]],
    biases=[[0], [0], [0]],
    layer=1,
)
RANK_ONE_WIDE = wide(
    "three samples, rank 1 below one of three layers, fitted",
    widths=(1, 2, 3, 2, 1),
    activation="tanh",
    inputs=[[0], [1], [-2]],
    weights=[
        [[1], [2]],
        [[0, 0], [0, 0], [0, 0]],
        [[1, -1, 0], [2, -2, 0]],
        [[3, 0]],
    ],
    biases=[[0, 1], [0, 0, 0], [0, 0], [0]],
    layer=1,
)
SLOPE = wide(
    "zero output weights, targets not constant",
    widths=(1, 1, 1),
    inputs=[[0], [1]],
    targets=[["1/2"], ["-1/2"]],
    weights=[[["3/4"]], [[0]]],
    biases=[[0], [0]],
)
SLOPE_WIDE = wide(
    "zero output weights above a wide layer, targets not constant",
    widths=(1, 1, 1, 1),
    inputs=[[0], [1]],
    targets=[["1/2"], ["-1/2"]],
    weights=[[["3/4"]], [["5/4"]], [[0]]],
    biases=[[0], [0], [0]],
    layer=1,
)


def low_rank_points(*, layer: int) -> SearchStrategy[WidePoint]:
    """Small points with zero weights in the last layer, fitted or not."""
    from hypothesis import strategies as st

    @st.composite
    def drawn(draw: st.DrawFn) -> WidePoint:
        count = draw(st.integers(1, 3))
        outputs = draw(st.integers(1, 2))
        unit = draw(st.integers(1, 2))
        widths = (2, *([2] * layer), unit, outputs)
        inputs = [[0, 0], [1, 0], [0, 1]][:count]
        weights: list[Any] = [[["3/4", 0], [0, "3/4"]]] * layer
        weights.append([["5/4", 0], [0, "5/4"]][:unit])
        last = draw(st.sampled_from((0, 0, "5/4")))
        weights.append([[last if v == u == 0 else 0 for v in range(unit)] for u in range(outputs)])
        free = st.sampled_from((0, "1/2", "-1/2"))
        fitted = draw(st.booleans())
        data: dict[str, Any] = {} if fitted else {
            "targets": [[draw(free) for _ in range(outputs)] for _ in inputs]
        }  # fmt: skip
        return wide(
            "generated",
            widths=widths,
            inputs=inputs,
            weights=weights,
            biases=[[0] * width for width in widths[1:]],
            layer=layer,
            **data,
        )

    return drawn()


NOT_IN_PROOF = {
    samples_are_distinct: "two equal samples make the rank less than N",
    activation_is_analytic: "the argument needs a C2 activation only",
    activation_is_bounded_or_decays: "the argument does not use the growth of the activation",
    loss_is_twice_differentiable: "the argument needs a C2 loss only",
    least_value_is_attained: "the other hypotheses give a point where it is attained",
}

NH17_R3_4_conjecture = Statement(
    key="NH17.R3.4.conjecture",
    kind="remark",
    where="after Theorem 3.4",
    title="Conjecture: for independent inputs all local minima are global",
    claim="Under A3.2 and rank [X, 1] = N, every local minimum is a global minimum.",
    hypotheses=(
        *ASSUMPTION_3_2,
        inputs_have_full_rank,
        point_is_a_local_minimum,
        least_value_is_attained,
    ),
    conclusion=local_minimum_is_global,
    instances=(CONSTANT, RANK_ONE, MIDDLE, CROSS),
    controls={point_is_a_local_minimum: SLOPE},
    no_control={
        **NOT_IN_PROOF,
        activation_is_strictly_increasing: "no such point is known",
        loss_critical_points_are_global_minima: "no such point is known",
        inputs_have_full_rank: "no such point is kept here",
    },
    strategy=lambda: low_rank_points(layer=0),
    expected=(("refuted", "statement"),),
)
NH17_R3_4_conjecture_repaired = NH17_R3_4_conjecture.repair(
    claim="Under A3.2 with sigma' > 0, rank [X, 1] = N and n_1 >= ... >= n_L, every local minimum "
    "at which one W_l, l in [2, L], has low rank is a global minimum.",
    minimal="If one layer is wider than the one below it, the cross with one unit below two "
    "outputs is a local minimum of loss 2/25, and 0.0785 is possible.",
    hypotheses=(
        *(
            derivative_is_positive if part is activation_is_strictly_increasing else part
            for part in ASSUMPTION_3_2
        ),
        features_have_full_rank,
        widths_above_do_not_increase,
        one_upper_layer_has_low_rank,
        point_is_a_local_minimum,
        least_value_is_attained,
    ),
    instances=(CONSTANT, RANK_ONE, MIDDLE),
    controls={point_is_a_local_minimum: SLOPE, widths_above_do_not_increase: CROSS},
    no_control={
        **NOT_IN_PROOF,
        derivative_is_positive: "no such point is known",
        loss_critical_points_are_global_minima: "no such point is known",
        features_have_full_rank: "no such point is kept here",
        one_upper_layer_has_low_rank: "with none the point is global by Theorem 3.4; two are open",
    },
)

NH17_R3_8_conjecture = Statement(
    key="NH17.R3.8.conjecture",
    kind="remark",
    where="after Theorem 3.10",
    title="Conjecture: no local minimum of low rank is suboptimal",
    claim="Under A3.2 and n_k >= N - 1 for some k in [L-1], every local minimum at which some W_l, "
    "l in [k+2, L], has rank less than n_l is a global minimum.",
    hypotheses=(
        *ASSUMPTION_3_2,
        layer_is_hidden,
        layer_has_enough_units,
        some_upper_weights_have_low_rank,
        point_is_a_local_minimum,
        least_value_is_attained,
    ),
    conclusion=local_minimum_is_global,
    instances=(CONSTANT_WIDE, RANK_ONE_WIDE, WIDE_CROSS),
    controls={point_is_a_local_minimum: SLOPE_WIDE},
    no_control={
        **NOT_IN_PROOF,
        activation_is_strictly_increasing: "no such point is known",
        loss_critical_points_are_global_minima: "no such point is known",
        layer_is_hidden: "for k = 0 it is the conjecture after Theorem 3.4",
        layer_has_enough_units: "no such point is kept here",
        some_upper_weights_have_low_rank: "no such point is kept here",
    },
    strategy=lambda: low_rank_points(layer=1),
    expected=(("refuted", "statement"),),
)
NH17_R3_8_conjecture_repaired = NH17_R3_8_conjecture.repair(
    claim="Under A3.2 with sigma' > 0, rank [F_k, 1] = N for some k in [L-1] and n_{k+1} >= ... >= "
    "n_L, every local minimum at which one W_l, l in [k+2, L], has low rank is a global minimum.",
    minimal="If one layer above k + 1 is wider than the one below it, the cross with one unit "
    "below two outputs is a local minimum of loss 2/25, and 0.0785 is possible.",
    hypotheses=(
        *NH17_R3_4_conjecture_repaired.hypotheses[: len(ASSUMPTION_3_2)],
        layer_is_hidden,
        *NH17_R3_4_conjecture_repaired.hypotheses[len(ASSUMPTION_3_2) :],
    ),
    instances=(CONSTANT_WIDE, RANK_ONE_WIDE),
    controls={point_is_a_local_minimum: SLOPE_WIDE, widths_above_do_not_increase: WIDE_CROSS},
    no_control={
        **NH17_R3_4_conjecture_repaired.no_control,
        layer_is_hidden: "for k = 0 it is the same statement with the inputs as features",
    },
)


# --- the proof of both repaired readings ---------------------------------------------------------


def _declare(statement: Statement, cross: WidePoint, slope: WidePoint) -> None:
    """The steps, with the cross and the slope as near misses."""
    statement.step(
        premises=(point_is_a_local_minimum,),
        gives=gradient_vanishes,
        tried_on=(cross,),
        controls={point_is_a_local_minimum: NOT_CRITICAL_DEEP},
    )(minima_are_critical)
    statement.step(
        premises=(gradient_vanishes, backpropagation_identities_hold),
        gives=features_annihilate_next_errors,
        cites=NH17_L2_1,
        via=same,
        tried_on=(cross,),
        controls={gradient_vanishes: NOT_CRITICAL_DEEP},
        no_control={backpropagation_identities_hold: IDENTITY_EVERYWHERE},
    )(gradient_above_is_a_product)
    statement.step(
        premises=(features_have_full_rank, features_annihilate_next_errors),
        gives=next_errors_vanish,
        tried_on=(cross,),
        controls={features_annihilate_next_errors: NOT_CRITICAL_DEEP},
        no_control={features_have_full_rank: "as in Lemma 3.5, where the control is"},
    )(independent_features_annihilate_only_zero)
    statement.step(
        premises=(
            next_errors_vanish,
            features_have_full_rank,
            derivative_is_positive,
            widths_above_do_not_increase,
            one_upper_layer_has_low_rank,
            point_is_a_local_minimum,
        ),
        gives=last_errors_vanish,
        tried_on=(QUARTIC_LOW,),
        controls={
            widths_above_do_not_increase: cross,
            point_is_a_local_minimum: slope,
        },
        no_control={
            next_errors_vanish: "the other premises imply it",
            features_have_full_rank: "no such point is kept here",
            derivative_is_positive: "no such point is known",
            one_upper_layer_has_low_rank: "with none the errors vanish as in Theorem 3.4",
        },
    )(null_vectors_give_descent)
    statement.step(
        premises=(last_errors_vanish, derivative_is_positive, backpropagation_identities_hold),
        gives=loss_slopes_vanish,
        cites=NH17_L2_1,
        via=same,
        tried_on=(TWO_WELLS_DEEP,),
        controls={last_errors_vanish: NOT_CRITICAL_DEEP},
        no_control={
            derivative_is_positive: "as in Lemma 3.5, where the control is",
            backpropagation_identities_hold: IDENTITY_EVERYWHERE,
        },
    )(errors_over_slopes)
    statement.step(
        premises=(loss_slopes_vanish, loss_critical_points_are_global_minima),
        gives=residuals_minimise_loss,
        tried_on=(FITTED_LINE,),
        controls={
            loss_slopes_vanish: NOT_CRITICAL_DEEP,
            loss_critical_points_are_global_minima: TWO_WELLS_DEEP,
        },
    )(residuals_are_least)
    statement.step(
        premises=(residuals_minimise_loss,),
        gives=local_minimum_is_global,
        tried_on=(FITTED_LINE,),
        controls={residuals_minimise_loss: NOT_CRITICAL_DEEP},
    )(sum_is_least)


FITTED_LINE = wide(
    "fitted, of full rank, linear activation",
    widths=(1, 1, 1),
    activation="linear",
    inputs=[[0], [1]],
    weights=[[[1]], [[1]]],
    biases=[[0], [0]],
)
QUARTIC_LOW = replace(
    CONSTANT_WIDE, name="zero output weights, quartic loss, fitted", loss=ScalarLoss.of("a**4")
)


def minima_are_critical(s: NetworkPoint, minimum: Verdict) -> Verdict:
    """The gradient vanishes at a local minimum of a differentiable function."""
    return vanishes(s.at.gradient)


def gradient_above_is_a_product(s: NetworkPoint, critical: Verdict, identities: Verdict) -> Verdict:
    """Grad W_{k+1} = F_k^T Delta_{k+1} = 0 and grad b_{k+1} = Delta_{k+1}^T 1 = 0, stacked."""
    return gradient_in_matrix_form(s, s.layer + 1)


def independent_features_annihilate_only_zero(
    s: NetworkPoint, rank: Verdict, orthogonal: Verdict
) -> Verdict:
    """[F_k, 1]^T has a trivial kernel."""
    return trivial_kernel(rank.data["extended"].T)


def null_vectors_give_descent(s: NetworkPoint, *premises: Verdict) -> Verdict:
    """If n^T W_l = 0 and Delta_l c != 0, move F_{l-1} by a p n^T and W_l by b n c^T.

    To second order Phi changes by a b |n|^2 p^T Delta_l c and a multiple of b^2, which a small b
    makes negative. So Delta_l = 0 at a local minimum, and full rank above passes it on.
    """
    at = layers(s)
    (low,) = low_layers(s)
    null = left_null_vectors(s, low)
    return all_of(
        null_vector=rank_at_most(s.weights(low), s.network.widths[low - 1] - 1),
        annihilates=vanishes(s.weights(low).over(null.field) @ null),
        errors_below=for_all(
            range(s.layer + 1, low), lambda layer: vanishes(at.error(layer)), "layer"
        ),
        errors_there=vanishes(at.error(low)),
        full_above=for_all(
            range(low + 1, s.depth + 1),
            lambda layer: trivial_kernel(s.weights(layer).T),
            "layer",
        ),
    )


def errors_over_slopes(
    s: NetworkPoint, last: Verdict, slopes: Verdict, identities: Verdict
) -> Verdict:
    """Delta_L = l'(F_L - Y) o sigma'(G_L) = 0 with positive slopes gives l'(F_L - Y) = 0."""
    return loss_slopes_from_last_errors(s)


def residuals_are_least(s: NetworkPoint, slopes: Verdict, loss: Verdict) -> Verdict:
    """Each residual is a zero of l', so a global minimum of l."""
    return all_of(slopes=slopes, loss=loss)


def sum_is_least(s: NetworkPoint, least: Verdict) -> Verdict:
    """Phi is a sum of l over the residuals, and each term is least."""
    height, width = s.residuals.shape
    return all_of(terms=sizes_equal(height * width, s.count * s.network.outputs), least=least)


_declare(NH17_R3_4_conjecture_repaired, CROSS, SLOPE)
_declare(NH17_R3_8_conjecture_repaired, WIDE_CROSS, SLOPE_WIDE)
