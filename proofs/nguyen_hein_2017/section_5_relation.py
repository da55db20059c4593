"""Section 5: how Theorem 5.3 is related to Theorems 3.4 and 3.8.

Notation: as in section 3, with one loss l for all entries, which is l1 = l2 = l in Theorem 5.3.

Lemmas
- NH17_R5_general: the conditions of Theorem 3.4 imply those of Theorem 5.3, but for the loss.
- NH17_R5_wide: a layer with N - 1 units or more is said to separate the data.

Source: NH17, Section 5, its introduction and after Theorem 5.3.

Design notes. The paper says that the assumptions on activation and loss differ, so the relation is
one of the conditions on data and weights. Theorem 3.4 holds at every depth once sigma' > 0, while
Theorem 5.3 then still fails where a hidden unit feeds two outputs: as a theorem it is no
generalization, with or without the loss.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from symbolic_landscape.arithmetic import size_at_least
from symbolic_landscape.former.lemma import Statement, fact
from symbolic_landscape.formula import ZERO, Piece, T
from symbolic_landscape.functions.activations import ScalarLoss
from symbolic_landscape.functions.patterns import Side
from symbolic_landscape.proofs.common.points import (
    NetworkPoint,
    activation_is_analytic,
    activation_is_bounded_or_decays,
    activation_is_strictly_increasing,
    features_have_full_rank,
    gradient_vanishes,
    inputs_have_full_rank,
    layer_is_hidden,
    loss_critical_points_are_global_minima,
    loss_is_twice_differentiable,
    samples_are_distinct,
    upper_weights_have_full_rank,
    weights_from_second_have_full_rank,
)
from symbolic_landscape.proofs.nguyen_hein_2017.instances import (
    DEPENDENT_FEATURES,
    DEPENDENT_INPUTS,
    GOOD_DEEP_POINTS,
    GOOD_POINTS,
    SMALLEST,
    ZERO_WEIGHTS,
    critical_points,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_3_assumptions import ASSUMPTION_3_2
from symbolic_landscape.proofs.nguyen_hein_2017.section_5_one_sided import is_one_sided
from symbolic_landscape.proofs.nguyen_hein_2017.section_5_separable import (
    Classification,
    NH17_R5_indep,
    Rows,
    every_subset_is_separable,
    exact_signs,
)
from symbolic_landscape.verdict import Verdict, all_of, holds, negation


def _unlabelled(s: NetworkPoint) -> Classification:
    """The inputs, whose classes play no part where every set of them is asked for."""
    return Classification(
        name=s.name, vectors=Rows(s.samples.inputs), classes=(1,) * s.count, count=1
    )


def extended_inputs(s: NetworkPoint) -> Classification:
    """The inputs with a one added, as vectors."""
    return Classification(
        name=s.name, vectors=Rows(s.features_with_ones(0)), classes=(1,) * s.count, count=1
    )


@fact(r"X \text{ separable for all classes}, \quad \operatorname{rank}(W_l) = n_l\ (l \ge 2)")
def data_and_weights_meet_theorem_5_3(s: NetworkPoint) -> Verdict:
    """Inputs are separable whatever their classes; weights from layer 2 on have full rank."""
    return all_of(
        inputs=every_subset_is_separable.decide(_unlabelled(s)),
        weights=upper_weights_have_full_rank(s, 2),
    )


def _meets_both(s: NetworkPoint) -> Verdict:
    """Whether the loss is what Assumptions 5.2 ask of l1 and of l2."""
    return all_of(
        true=is_one_sided(s.loss, Side.NEGATIVE), wrong=is_one_sided(s.loss, Side.POSITIVE)
    )


@fact(
    r"\text{hypotheses of Theorem 5.3, part 2, but for } l_1 = l_2 = l",
    mutants={"the loss too": lambda s: _meets_both(s)},
)
def only_the_loss_keeps_theorem_5_3_off(s: NetworkPoint) -> Verdict:
    """Data and weights are as part 2 of Theorem 5.3 asks, but the loss is not both l1 and l2."""
    return all_of(data=data_and_weights_meet_theorem_5_3.decide(s), loss=negation(_meets_both(s)))


TRUE_FOURTH_POWERS = ScalarLoss.of(Piece(T**4, ZERO, 3))
"""A loss that meets Assumptions 3.2, and 5.2 as l1."""

NOT_NEEDED = "the conclusion is about the data, the weights and the loss alone"
NO_COMMON_LOSS = "no loss at all is both l1 and l2"

NH17_R5_general = Statement(
    key="NH17.R5.general",
    kind="remark",
    where="Section 5, after Theorem 5.3",
    title="Theorem 5.3 as a generalization of Theorem 3.4",
    claim="Every point to which Theorem 3.4 applies meets the conditions of part 2 of Theorem 5.3 "
    "on data and weights; the assumptions on the loss differ, since no l is both l1 and l2.",
    hypotheses=(
        *ASSUMPTION_3_2,
        inputs_have_full_rank,
        weights_from_second_have_full_rank,
        gradient_vanishes,
    ),
    conclusion=only_the_loss_keeps_theorem_5_3_off,
    instances=(*GOOD_POINTS, replace(SMALLEST, name="one-sided loss", loss=TRUE_FOURTH_POWERS)),
    controls={
        inputs_have_full_rank: DEPENDENT_INPUTS,
        weights_from_second_have_full_rank: ZERO_WEIGHTS,
    },
    no_control={
        samples_are_distinct: "two equal inputs make the rank less than N",
        activation_is_analytic: NOT_NEEDED,
        activation_is_strictly_increasing: NOT_NEEDED,
        activation_is_bounded_or_decays: NOT_NEEDED,
        loss_is_twice_differentiable: NO_COMMON_LOSS,
        loss_critical_points_are_global_minima: NO_COMMON_LOSS,
        gradient_vanishes: NOT_NEEDED,
    },
    strategy=partial(critical_points, layer=0),
)


@NH17_R5_general.step(
    premises=(
        inputs_have_full_rank,
        weights_from_second_have_full_rank,
        every_subset_is_separable,
    ),
    gives=data_and_weights_meet_theorem_5_3,
    cites=NH17_R5_indep,
    via=extended_inputs,
    tried_on=(SMALLEST,),
    controls={weights_from_second_have_full_rank: ZERO_WEIGHTS},
    no_control={
        inputs_have_full_rank: "it discharges the hypothesis of the cited remark",
        every_subset_is_separable: "it says the same of the inputs with a one added",
    },
)
def separable_once_extended(
    s: NetworkPoint, inputs: Verdict, weights: Verdict, separable: Verdict
) -> Verdict:
    """A hyperplane between extended inputs is one between inputs, with another threshold."""
    return all_of(separable=holds(separable.evidence, separable.reason), weights=weights)


@NH17_R5_general.step(
    premises=(data_and_weights_meet_theorem_5_3,),
    gives=only_the_loss_keeps_theorem_5_3_off,
    tried_on=(SMALLEST,),
    controls={data_and_weights_meet_theorem_5_3: ZERO_WEIGHTS},
)
def zero_sets_of_the_losses_differ(s: NetworkPoint, data: Verdict) -> Verdict:
    """l1 is zero just for a >= 0 and l2 just for a <= 0, so that they are not the same."""
    return all_of(data=data, loss=negation(_meets_both(s)))


# --- a wide layer --------------------------------------------------------------------------------


@fact(r"n_k \ge N - 1")
def layer_of_point_is_wide(s: NetworkPoint) -> Verdict:
    """Layer k has at least N - 1 units."""
    return size_at_least(s.network.widths[s.layer], s.count - 1)


def extended_features(s: NetworkPoint) -> Classification:
    """The features of layer k with a one added, as vectors."""
    return Classification(
        name=s.name, vectors=Rows(s.features_with_ones(s.layer)), classes=(1,) * s.count, count=1
    )


@fact(r"F_k \text{ separable for all classes}")
def features_are_separable_for_all_classes(s: NetworkPoint) -> Verdict:
    """The features of layer k are linearly separable whatever the classes of the samples."""
    rows = Rows(s.features(s.layer))
    return every_subset_is_separable.decide(
        Classification(name=s.name, vectors=rows, classes=(1,) * s.count, count=1)
    )


WIDE_POINTS = tuple(s for s in GOOD_DEEP_POINTS if s.network.widths[s.layer] >= s.count - 1)

NH17_R5_wide = Statement(
    key="NH17.R5.wide",
    kind="remark",
    where="Section 5, introduction",
    title="A wide layer separates the data",
    claim="Under A3.2 and n_k >= N - 1 for some k in [L-1], the data is linearly separable at "
    "layer k.",
    hypotheses=(*ASSUMPTION_3_2, layer_is_hidden, layer_of_point_is_wide),
    conclusion=features_are_separable_for_all_classes,
    instances=(*WIDE_POINTS, DEPENDENT_FEATURES),
    no_control=dict.fromkeys(
        (*ASSUMPTION_3_2, layer_is_hidden, layer_of_point_is_wide),
        "the conclusion fails with all of them, where weights are 0",
    ),
    strategy=partial(critical_points, layer=1),
    expected=(("refuted", "statement"),),
)

NH17_R5_wide_repaired = NH17_R5_wide.repair(
    claim="If rank [F_k, 1] = N, as for almost all parameters under A3.2 and n_k >= N - 1 (Lemma "
    "4.4), the data is linearly separable at layer k.",
    minimal="With W_1 = 0 two samples have the same features; only for almost all parameters is "
    "the rank full.",
    hypotheses=(features_have_full_rank,),
    instances=GOOD_DEEP_POINTS,
    controls={features_have_full_rank: DEPENDENT_FEATURES},
    no_control={},
)


@NH17_R5_wide_repaired.step(
    premises=(features_have_full_rank, every_subset_is_separable),
    gives=features_are_separable_for_all_classes,
    cites=NH17_R5_indep,
    via=extended_features,
    tried_on=GOOD_DEEP_POINTS[:1],
    no_control={
        features_have_full_rank: "it discharges the hypothesis of the cited remark",
        every_subset_is_separable: "it says the same of the features with a one added",
    },
)
def full_rank_separates(s: NetworkPoint, rank: Verdict, separable: Verdict) -> Verdict:
    """[F_k, 1] h = s has a solution for every vector s of signs, as the rank is N."""
    return all_of(
        solvable=exact_signs(s.features_with_ones(s.layer)),
        separable=holds(separable.evidence, separable.reason),
    )
