"""Section 4: the proof of Theorem 3.8 for general I, where the upper layers outside I are frozen.

Notation as in `section_3_wide_layer_branch`: u the parameters of the layers 1..k, v those of the
layers in I, all others keep their values.

Lemmas
- NH17_P3_8gen: the branch of the frozen problem meets the conditions of Lemma 3.5.

Source: NH17, Section 4, proof of Theorem 3.8, general I.

Design notes. Lemma 3.5 asks for the gradient of layer k + 1 and for ranks above it, and for nothing
else, so freezing is sound. It is needed as soon as L > k + 1: the special case I = {k+1, ..., L},
which the paper proves first, is empty there.
"""

from __future__ import annotations

from symbolic_landscape.arithmetic import rank_is, size_at_least, vanishes
from symbolic_landscape.former.lemma import Regime, Statement, fact
from symbolic_landscape.proofs.common.minima import minimum_is_attained
from symbolic_landscape.proofs.common.points import (
    gradient_vanishes,
    layer_is_hidden,
    weights_above_have_full_rank,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_3_assumptions import ASSUMPTION_3_2
from symbolic_landscape.proofs.nguyen_hein_2017.section_3_wide_layer import (
    COLUMNS,
    ROWS,
    several_layers,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_3_wide_layer_branch import (
    gradient_equation,
    upper_gradient_vanishes_on_branch,
    weights_in_ball,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_3_wide_layer_facts import (
    block_is_nonsingular,
    chosen_layers_begin_above,
    layer_has_enough_units,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_3_wide_layer_near_misses import (
    DEGENERATE,
    OFF_TARGET,
    OFF_TARGET_DEEP,
    WIDENING,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_3_wide_layer_points import (
    CUBIC_BLOCK,
    GOOD_BLOCKS,
    BlockPoint,
    small_blocks,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_4_implicit import (
    NH17_T4_6,
    one_function_near_point_solves,
)
from symbolic_landscape.proofs.nguyen_hein_2017.wide_layer import THROUGH_CITATION
from symbolic_landscape.verdict import Verdict, all_of, for_all


def frozen_layers(s: BlockPoint) -> tuple[int, ...]:
    """The layers above k that are not in I."""
    return tuple(k for k in range(s.layer + 1, s.depth + 1) if k not in s.chosen)


@fact(r"\operatorname{rank}(W_l) = n_l \quad l \in [k+2, L] \setminus I")
def frozen_weights_have_full_rank(s: BlockPoint) -> Verdict:
    """The weights of the frozen layers, which do not change, have full column rank."""
    return for_all(
        [layer for layer in frozen_layers(s) if layer >= s.layer + 2],
        lambda layer: rank_is(s.weights(layer), s.network.widths[layer]),
        "frozen layer",
    )


@fact(
    r"\nabla_{(W_{k+1}, b_{k+1})} \Phi(u, \alpha(u)) = 0,\ \operatorname{rank}(W_l) = n_l "
    r"\quad l \in [k+2, L] \text{ near } u^*"
)
def branch_meets_conditions(s: BlockPoint) -> Verdict:
    """Near u* the gradient of layer k + 1 is zero on the branch, and the upper ranks are full."""
    start = vanishes(s.at.gradient.submatrix(s.network.layer_range(s.layer + 1), [0]))
    ranks = for_all(
        range(s.layer + 2, s.depth + 1),
        lambda layer: rank_is(s.weights(layer), s.network.widths[layer]),
        "layer",
    )
    if start.is_fails or ranks.is_fails:
        return all_of(at_the_start=start, ranks=ranks)
    return all_of(branch=upper_gradient_vanishes_on_branch.decide(s), ranks=ranks)


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
UNUSED = "freezing does not use it"

NH17_P3_8gen = Statement(
    key="NH17.P3.8gen",
    kind="remark",
    where="Section 4, proof of Theorem 3.8, general I",
    title="Freezing upper layers outside I",
    claim="For I in {k+1, ..., L} with k+1 in I the proof goes through with the layers outside I "
    "fixed: on the branch of grad_v Phi = 0 the gradient of layer k+1 is zero and the upper "
    "weights keep full column rank.",
    hypotheses=HYPOTHESES,
    conclusion=branch_meets_conditions,
    instances=GOOD_BLOCKS,
    controls={
        gradient_vanishes: OFF_TARGET,
        weights_above_have_full_rank: WIDENING,
    },
    no_control={
        **dict.fromkeys(ASSUMPTION_3_2, UNUSED),
        layer_is_hidden: "k = L has no next layer, and for k = 0 there is no u",
        layer_has_enough_units: UNUSED,
        chosen_layers_begin_above: "the gradient of layer k + 1 is then no part of the equation, "
        "and whether it stays zero is not decided",
        block_is_nonsingular: "without it there may be a branch or not",
        minimum_is_attained: UNUSED,
    },
    strategy=small_blocks,
    regimes=(
        Regime("I leaves out an upper layer", lambda s: size_at_least(len(frozen_layers(s)), 1)),
        Regime(
            "I has two layers or more",
            several_layers,
            {**COLUMNS, **ROWS, "I has two layers or more": lambda v: v.layers >= 2},
        ),
    ),
    expected=(("inconsistent", "regime I has two layers or more"),),
)


@NH17_P3_8gen.step(
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
def implicit_function_of_frozen_problem(
    s: BlockPoint, chosen: Verdict, critical: Verdict, block: Verdict, solution: Verdict
) -> Verdict:
    """Psi(u, v) does not have the frozen layers as arguments; its Jacobian in v is the block."""
    equation = gradient_equation(s)
    return all_of(value=equation.vanishes_at_start(), solved=solution, jacobian=block)


@NH17_P3_8gen.step(
    premises=(weights_above_have_full_rank,),
    gives=frozen_weights_have_full_rank,
    tried_on=(DEGENERATE, OFF_TARGET),
    controls={weights_above_have_full_rank: WIDENING},
)
def frozen_weights_do_not_change(s: BlockPoint, rank: Verdict) -> Verdict:
    """The weights of the frozen layers are those of the critical point."""
    return rank


@NH17_P3_8gen.step(
    premises=(
        upper_gradient_vanishes_on_branch,
        frozen_weights_have_full_rank,
        chosen_layers_begin_above,
        weights_above_have_full_rank,
    ),
    gives=branch_meets_conditions,
    tried_on=(CUBIC_BLOCK,),
    controls={chosen_layers_begin_above: OFF_TARGET_DEEP},
    no_control={
        upper_gradient_vanishes_on_branch: "where it fails at u* itself, so does the gradient of "
        "I, of which the conclusion needs a part only",
        frozen_weights_have_full_rank: "a part of the rank condition on all upper weights",
        weights_above_have_full_rank: "the part of it on layers in I needs a point with a branch "
        "and a weight of low rank there, and a nonsingular block leaves I no layer but k + 1",
    },
)
def conditions_hold_together(
    s: BlockPoint, branch: Verdict, frozen: Verdict, chosen: Verdict, ranks: Verdict
) -> Verdict:
    """Layer k + 1 is in I, so its gradient is a part of Psi; ranks in I are kept near v*."""
    return all_of(branch=branch, frozen=frozen, near=weights_in_ball(s))


NH17_P3_8gen_REPAIRED = NH17_P3_8gen.repair(
    claim="For I = {k+1} the proof goes through with the layers k+2, ..., L fixed: on the branch "
    "of grad_v Phi = 0 the gradient of layer k+1 is zero and the upper weights keep full rank.",
    minimal="With a further layer in I no critical point meets the hypotheses (Theorem 3.8).",
    regimes=NH17_P3_8gen.regimes[:1],
)
