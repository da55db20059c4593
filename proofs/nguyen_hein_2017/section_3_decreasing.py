"""Section 3.2, after Assumptions 3.2: strictly decreasing activations.

Notation as in section 2. The mirror of a network has the activation -sigma, weights W_1, -W_2,
..., -W_L, the same biases, targets -Y and the loss l(-a): its features are -F_k and its objective
is the same.

Lemmas
- NH17_R3_2: the results for strictly decreasing activations, here Theorem 3.4.

Source: NH17, Section 3.2, after Assumptions 3.2.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from symbolic_landscape.arithmetic import (
    equal,
)
from symbolic_landscape.former.lemma import Statement, fact
from symbolic_landscape.formula import T, composition
from symbolic_landscape.functions.activations import Activation, ScalarLoss
from symbolic_landscape.networks import Network, Parameters, Samples
from symbolic_landscape.proofs.common.minima import is_global_minimum, minimum_is_attained
from symbolic_landscape.proofs.common.points import (
    NetworkPoint,
    activation_is_analytic,
    activation_is_bounded_or_decays,
    activation_is_strictly_increasing,
    derivative_is_positive,
    gradient_vanishes,
    inputs_have_full_rank,
    loss_critical_points_are_global_minima,
    loss_is_twice_differentiable,
    samples_are_distinct,
    weights_from_second_have_full_rank,
)
from symbolic_landscape.proofs.nguyen_hein_2017.instances import (
    BUMP,
    DEPENDENT_INPUTS,
    FLAT_POINT,
    GOOD_POINTS,
    NOT_CRITICAL,
    SMALLEST,
    SMALLEST_FLAT,
    TWO_LAYERS,
    TWO_WELLS,
    ZERO_WEIGHTS,
    critical_points,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_3 import NH17_T3_4
from symbolic_landscape.proofs.nguyen_hein_2017.section_3_assumptions import ASSUMPTION_3_2
from symbolic_landscape.verdict import Verdict, all_of, for_all

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

# --- decreasing activations ----------------------------------------------------------------------


def mirrored(s: NetworkPoint) -> NetworkPoint:
    """The mirror of the network at the mirrored point; mirroring twice gives back the point."""

    def turned(activation: Activation) -> Activation:
        return Activation.of(-activation.formula)

    first, *rest = s.parameters.weights
    return replace(
        s,
        name=f"mirror of {s.name}",
        network=Network(
            widths=s.network.widths,
            activation=turned(s.network.activation),
            output_activation=turned(s.network.output_activation),
        ),
        samples=Samples(inputs=s.samples.inputs, targets=s.samples.targets.scale(-1)),
        parameters=Parameters(
            weights=(first, *(weight.scale(-1) for weight in rest)), biases=s.parameters.biases
        ),
        loss=ScalarLoss.of(composition(s.loss.formula, -T)),
    )


@fact(r"s < t \Rightarrow \sigma(s) > \sigma(t)")
def activation_is_strictly_decreasing(s: NetworkPoint) -> Verdict:
    """The activation is strictly monotonically decreasing."""
    return for_all(s.activations, Activation.strictly_decreasing, "activation")


@fact(r"\sigma'(t) < 0 \quad \forall t")
def derivative_is_negative(s: NetworkPoint) -> Verdict:
    """The derivative of the activation is negative everywhere."""
    return derivative_is_positive.decide(mirrored(s))


@fact(r"\Phi(W, b) = \min \Phi")
def decreasing_point_is_global_minimum(s: NetworkPoint) -> Verdict:
    """The point is a global minimum for the network with a decreasing activation."""
    return is_global_minimum.decide(s)


def _mirrors(points: tuple[NetworkPoint, ...]) -> tuple[NetworkPoint, ...]:
    return tuple(map(mirrored, points))


def decreasing_points() -> SearchStrategy[NetworkPoint]:
    """Mirrors of small critical points."""
    return critical_points(layer=0).map(mirrored)


NH17_R3_2 = Statement(
    key="NH17.R3.2",
    kind="remark",
    where="after Assumptions 3.2",
    title="Strictly decreasing activations also allowed",
    claim="The results hold for strictly decreasing activations as well; here Theorem 3.4: with "
    "sigma decreasing in A3.2 and rank [X, 1] = N, critical points of full rank are global "
    "minima.",
    hypotheses=(
        *(
            activation_is_strictly_decreasing if part is activation_is_strictly_increasing else part
            for part in ASSUMPTION_3_2
        ),
        inputs_have_full_rank,
        gradient_vanishes,
        weights_from_second_have_full_rank,
        minimum_is_attained,
    ),
    conclusion=decreasing_point_is_global_minimum,
    instances=(
        *_mirrors(GOOD_POINTS),
        mirrored(FLAT_POINT),
    ),
    controls={
        activation_is_strictly_decreasing: mirrored(BUMP),
        loss_critical_points_are_global_minima: mirrored(TWO_WELLS),
        inputs_have_full_rank: mirrored(DEPENDENT_INPUTS),
        gradient_vanishes: mirrored(NOT_CRITICAL),
        weights_from_second_have_full_rank: mirrored(ZERO_WEIGHTS),
    },
    no_control={
        minimum_is_attained: "the other hypotheses give a point where it is attained",
        samples_are_distinct: "two equal inputs make the rank less than N",
        activation_is_analytic: "the proof needs a C1 activation only",
        activation_is_bounded_or_decays: "the proof does not use the growth of the activation",
        loss_is_twice_differentiable: "the proof needs a C1 loss only",
    },
    strategy=decreasing_points,
    expected=(("refuted", "statement"), ("invalid inference", "step mirror_has_an_increasing_one")),
)


@NH17_R3_2.step(
    premises=(activation_is_strictly_decreasing, is_global_minimum),
    gives=decreasing_point_is_global_minimum,
    cites=NH17_T3_4,
    via=mirrored,
    tried_on=_mirrors((SMALLEST, TWO_LAYERS)),
    controls={is_global_minimum: mirrored(NOT_CRITICAL)},
    no_control={
        activation_is_strictly_decreasing: "a point and its mirror are least together, whatever "
        "sigma",
    },
)
def mirror_has_an_increasing_one(
    s: NetworkPoint, decreasing: Verdict, mirror_is_least: Verdict
) -> Verdict:
    """The mirror has an increasing activation, the features -F_k, and the same objective."""
    mirror = mirrored(s)
    return all_of(
        features=for_all(
            range(1, s.depth + 1),
            lambda k: equal(mirror.features(k), s.features(k).scale(-1)),
            "layer",
        ),
        residuals=equal(mirror.residuals, s.residuals.scale(-1)),
        back_again=equal(mirrored(mirror).samples.targets, s.samples.targets),
    )


NH17_R3_2_repaired = NH17_R3_2.repair(
    claim="With sigma' < 0 in place of strict monotonicity in A3.2 and rank [X, 1] = N, critical "
    "points of full rank are global minima.",
    minimal="If sigma' may vanish at one point, as for -tanh(t^3) at 0, one weight and one "
    "sample give a critical point with a loss that is not least.",
    hypotheses=tuple(
        derivative_is_negative if part is activation_is_strictly_decreasing else part
        for part in NH17_R3_2.hypotheses
    ),
    instances=_mirrors(GOOD_POINTS),
    controls={
        derivative_is_negative: mirrored(SMALLEST_FLAT),
        loss_critical_points_are_global_minima: mirrored(TWO_WELLS),
        inputs_have_full_rank: mirrored(DEPENDENT_INPUTS),
        gradient_vanishes: mirrored(NOT_CRITICAL),
        weights_from_second_have_full_rank: mirrored(ZERO_WEIGHTS),
    },
)


@NH17_R3_2_repaired.step(
    premises=(derivative_is_negative, is_global_minimum),
    gives=decreasing_point_is_global_minimum,
    cites=NH17_T3_4,
    via=mirrored,
    tried_on=_mirrors((SMALLEST, TWO_LAYERS)),
    controls={is_global_minimum: mirrored(NOT_CRITICAL)},
    no_control={
        derivative_is_negative: "a point and its mirror are least together",
    },
    replaces="mirror_has_an_increasing_one",
)
def mirror_has_a_positive_slope(
    s: NetworkPoint, negative: Verdict, mirror_is_least: Verdict
) -> Verdict:
    """The mirror has a positive slope, the features -F_k, and the same objective everywhere."""
    return mirror_has_an_increasing_one.inference(s, negative, mirror_is_least)
