"""Section 3.2: Theorem 3.8, the main result, as printed and by the paper's own proof.

Notation as in `section_3_wide_layer_facts`; u are the parameters of the layers 1..k, v those of the
layers in I, alpha(u) the solution of grad_v Phi(u, alpha(u)) = 0 with alpha(u*) = v*.

Lemmas
- NH17_T3_8: critical points with a nonsingular block and full rank above are global minima.

Source: NH17, Section 3.2, Theorem 3.8, and its proof in section 4.

Design notes. The conclusion is true, but the words cover more than can occur: where n_k >= N, where
I has two layers, or where a layer above k + 1 is narrower, no critical point meets the hypotheses
at all. Each of these ranges is a regime, with the laws that empty it. The repaired reading and its
proof stand in `section_3_wide_layer_direct`. The citation of Lemma 3.5 is made at the centre of the
ball, which is a point near it with rank N wherever there is one.
"""

from __future__ import annotations

from symbolic_landscape.arithmetic import size_at_least
from symbolic_landscape.former.lemma import Regime, Statement
from symbolic_landscape.proofs.common.minima import is_global_minimum, minimum_is_attained
from symbolic_landscape.proofs.common.points import (
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
from symbolic_landscape.proofs.nguyen_hein_2017.error_chain import same
from symbolic_landscape.proofs.nguyen_hein_2017.section_3 import NH17_L3_5
from symbolic_landscape.proofs.nguyen_hein_2017.section_3_assumptions import ASSUMPTION_3_2
from symbolic_landscape.proofs.nguyen_hein_2017.section_3_wide_layer_branch import (
    global_minima_lie_nearby,
    gradient_equation,
    independent_features_lie_nearby,
    objective_narrows,
    small_ball,
    upper_gradient_vanishes_on_branch,
    upper_weights_stay_of_full_rank,
    weights_in_ball,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_3_wide_layer_facts import (
    block_is_nonsingular,
    chosen_layers_begin_above,
    layer_has_enough_units,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_3_wide_layer_near_misses import (
    BUMP_BLOCK,
    DEGENERATE,
    NARROW,
    OFF_TARGET,
    TWO_WELLS_BLOCK,
    WIDENING,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_3_wide_layer_points import (
    CUBIC_BLOCK,
    GOOD_BLOCKS,
    BlockPoint,
    small_blocks,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_4_dense import (
    NH17_C4_5,
    nearby_parameters_give_full_rank,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_4_implicit import (
    NH17_T4_6,
    one_function_near_point_solves,
)
from symbolic_landscape.proofs.nguyen_hein_2017.wide_layer import THROUGH_CITATION
from symbolic_landscape.verdict import Verdict, all_of

COLUMNS = {
    "N >= 1 samples": lambda v: v.samples >= 1,
    "rank [F_k, 1] is at most N": lambda v: v.rank <= v.samples,
}
ROWS = {
    "n_k >= N - 1": lambda v: v.units >= v.samples - 1,
    "full column rank: n_{k+1} >= m": lambda v: (v.next >= v.outputs) & (v.outputs >= 1),
    "layer k + 1 has (n_k + 1) n_{k+1} parameters": lambda v: v.own == (v.units + 1) * v.next,
    "a further layer in I has two parameters or more": lambda v: (
        (v.next_in_I != 1) | (v.layers < 2) | (v.more >= 2)
    ),
    "no error is left: the block has rank at most N m": lambda v: (
        v.own + v.more <= v.samples * v.outputs
    ),
}
"""Laws for every point that meets the hypotheses; the last one is a step of the repaired proof."""


def _as_wide_as_samples(s: BlockPoint) -> Verdict:
    """Whether n_k >= N."""
    return size_at_least(s.width, s.count)


def several_layers(s: BlockPoint) -> Verdict:
    """Whether I has two layers or more."""
    return size_at_least(len(s.chosen), 2)


def _narrows_above(s: BlockPoint) -> Verdict:
    """Whether n_{k+1} > m."""
    return size_at_least(s.next_width, s.network.outputs + 1)


HYPOTHESES = (
    *ASSUMPTION_3_2,
    layer_is_hidden,
    layer_has_enough_units,
    gradient_vanishes,
    chosen_layers_begin_above,
    block_is_nonsingular,
    weights_above_have_full_rank,
    minimum_is_attained,
)
CONTROLS = {
    activation_is_strictly_increasing: BUMP_BLOCK,
    loss_critical_points_are_global_minima: TWO_WELLS_BLOCK,
    layer_has_enough_units: NARROW,
    gradient_vanishes: OFF_TARGET,
    block_is_nonsingular: DEGENERATE,
    weights_above_have_full_rank: WIDENING,
}
NO_CONTROL = {
    samples_are_distinct: "two equal inputs have equal features, and then the block is singular",
    activation_is_analytic: "a nonsingular block forces rank N without it",
    activation_is_bounded_or_decays: "a nonsingular block forces rank N without it",
    loss_is_twice_differentiable: "without it there is no block",
    layer_is_hidden: "for k = 0 the same proof works with the inputs; k = L has no next layer",
    chosen_layers_begin_above: "the near misses that are known, as in the step on null directions, "
    "leave open whether the minimum is attained",
    minimum_is_attained: "the other hypotheses give a point where it is attained",
}

NH17_T3_8 = Statement(
    key="NH17.T3.8",
    kind="theorem",
    where="Section 3.2, Theorem 3.8 (main result)",
    title="Wide layer: non-degenerate full-rank critical points are global minima",
    claim="Under A3.2 and n_k >= N - 1 for some k in [L-1], every critical point that is "
    "non-degenerate on {(W_l, b_l) : l in I} for some I in {k+1, ..., L} with k+1 in I, and has "
    "rank(W_l) = n_l for l in [k+2, L], is a global minimum.",
    hypotheses=HYPOTHESES,
    conclusion=is_global_minimum,
    instances=GOOD_BLOCKS,
    controls=CONTROLS,
    no_control=NO_CONTROL,
    strategy=small_blocks,
    regimes=(
        Regime("n_k = N - 1", lambda s: size_at_least(s.count - 1, s.width)),
        Regime(
            "n_k >= N",
            _as_wide_as_samples,
            {**COLUMNS, "n_k >= N": lambda v: v.units >= v.samples},
        ),
        Regime(
            "I has two layers or more",
            several_layers,
            {**COLUMNS, **ROWS, "I has two layers or more": lambda v: v.layers >= 2},
        ),
        Regime(
            "n_{k+1} > m",
            _narrows_above,
            {
                **COLUMNS,
                **ROWS,
                "other layers": lambda v: v.more >= 0,
                "n_{k+1} > m": lambda v: v.next >= v.outputs + 1,
            },
        ),
    ),
    expected=(
        ("inconsistent", "regime n_k >= N"),
        ("inconsistent", "regime I has two layers or more"),
        ("inconsistent", "regime n_{k+1} > m"),
    ),
)


@NH17_T3_8.step(
    premises=(
        chosen_layers_begin_above,
        gradient_vanishes,
        block_is_nonsingular,
        one_function_near_point_solves,
    ),
    gives=upper_gradient_vanishes_on_branch,
    cites=NH17_T4_6,
    via=gradient_equation,
    tried_on=(CUBIC_BLOCK, WIDENING),
    no_control={
        chosen_layers_begin_above: "any other set of layers has its own branch",
        gradient_vanishes: THROUGH_CITATION,
        block_is_nonsingular: THROUGH_CITATION,
        one_function_near_point_solves: THROUGH_CITATION,
    },
)
def implicit_function_exists(
    s: BlockPoint, chosen: Verdict, critical: Verdict, block: Verdict, solution: Verdict
) -> Verdict:
    """Psi(u, v) = grad_v Phi is zero at (u*, v*), and its Jacobian in v is the block."""
    equation = gradient_equation(s)
    return all_of(value=equation.vanishes_at_start(), solved=solution, jacobian=block)


@NH17_T3_8.step(
    premises=(weights_above_have_full_rank,),
    gives=upper_weights_stay_of_full_rank,
    tried_on=(DEGENERATE, OFF_TARGET),
    controls={weights_above_have_full_rank: WIDENING},
)
def full_rank_is_open(s: BlockPoint, rank: Verdict) -> Verdict:
    """A minor of W_l that is not zero at v* is not zero on a ball around v*."""
    return weights_in_ball(s)


@NH17_T3_8.step(
    premises=(
        *ASSUMPTION_3_2,
        layer_is_hidden,
        layer_has_enough_units,
        nearby_parameters_give_full_rank,
    ),
    gives=independent_features_lie_nearby,
    cites=NH17_C4_5,
    via=small_ball,
    tried_on=(DEGENERATE, OFF_TARGET),
    no_control=dict.fromkeys(
        (
            *ASSUMPTION_3_2,
            layer_is_hidden,
            layer_has_enough_units,
            nearby_parameters_give_full_rank,
        ),
        THROUGH_CITATION,
    ),
)
def full_rank_lies_nearby(s: BlockPoint, *premises: Verdict) -> Verdict:
    """Corollary 4.5 in the ball of radius delta_3 around u*."""
    return premises[-1]


@NH17_T3_8.step(
    premises=(
        upper_gradient_vanishes_on_branch,
        upper_weights_stay_of_full_rank,
        independent_features_lie_nearby,
        is_global_minimum,
    ),
    gives=global_minima_lie_nearby,
    cites=NH17_L3_5,
    via=same,
    tried_on=(CUBIC_BLOCK,),
    no_control=dict.fromkeys(
        (
            upper_gradient_vanishes_on_branch,
            upper_weights_stay_of_full_rank,
            independent_features_lie_nearby,
            is_global_minimum,
        ),
        THROUGH_CITATION,
    ),
)
def lemma_3_5_applies_on_branch(s: BlockPoint, *premises: Verdict) -> Verdict:
    """At (u, alpha(u)) with rank [F_k, 1] = N the conditions of Lemma 3.5 hold."""
    return all_of(
        gradient=premises[0], rank_above=premises[1], rank_below=premises[2], least=premises[3]
    )


@NH17_T3_8.step(
    premises=(global_minima_lie_nearby,),
    gives=is_global_minimum,
    tried_on=(CUBIC_BLOCK,),
    controls={global_minima_lie_nearby: OFF_TARGET},
)
def objective_is_continuous(s: BlockPoint, minima: Verdict) -> Verdict:
    """Phi is continuous, so its value p* along a sequence is its value at the limit."""
    return all_of(continuous=objective_narrows(s), along_the_sequence=minima)
