"""Section 3.2: Corollary 3.9, non-degenerate local minima.

Notation as in `section_3_wide_layer_facts`: E = [F_k, 1] (N, n_k + 1), Theta (n_k + 1, n_{k+1}),
G_{k+1} = E Theta.

Lemmas
- NH17_C3_9: non-degenerate local minima of full rank are global.

Source: NH17, Section 3.2, Corollary 3.9.

Design notes. As printed no point meets the hypotheses, whatever the activation and the loss: if
rank E < n_k + 1, the block of layer k + 1 is singular; if rank E = n_k + 1 = N, then Theta(u) =
E(u)^{-1} G_{k+1} keeps all pre-activations of layer k + 1 when the layers below move, so that a
critical point lies on a manifold of critical points, and the whole Hessian is singular. The
repaired reading asks for a positive definite block of the layers in I only.
"""

from __future__ import annotations

from dataclasses import replace

from symbolic_landscape.arithmetic import nonsingular, positive, positive_definite, vanishes
from symbolic_landscape.former.lemma import Statement, fact
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
from symbolic_landscape.proofs.nguyen_hein_2017.section_3_assumptions import ASSUMPTION_3_2
from symbolic_landscape.proofs.nguyen_hein_2017.section_3_wide_layer import NH17_T3_8
from symbolic_landscape.proofs.nguyen_hein_2017.section_3_wide_layer_facts import (
    is_global_minimum_over_square_layers,
    layer_has_enough_units,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_3_wide_layer_near_misses import (
    DEGENERATE,
    OFF_TARGET,
    STRICT_MINIMUM,
    UNEQUAL_WELLS,
    WIDENING,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_3_wide_layer_points import (
    CUBIC_BLOCK,
    GOOD_BLOCKS,
    BlockPoint,
    small_blocks,
)
from symbolic_landscape.verdict import Verdict, all_of


def _no_null_direction(v: object) -> object:
    """Rank E = n_k + 1 <= N, and not rank E = N = n_k + 1."""
    rank, units, samples = (getattr(v, name) for name in ("rank", "units", "samples"))
    return (rank <= samples) & (rank >= units + 1) & ((rank != units + 1) | (units + 1 != samples))


@fact(
    r"\nabla \Phi = 0,\ \nabla^2 \Phi \succ 0",
    ground=_no_null_direction,
)
def point_is_a_nondegenerate_minimum(s: BlockPoint) -> Verdict:
    """The point is a local minimum with a nonsingular Hessian, that is a positive definite one."""
    return all_of(
        critical=vanishes(s.at.gradient),
        hessian=nonsingular(s.at.hessian),
        definite=positive_definite(s.at.hessian),
    )


def with_upper_layers(s: BlockPoint) -> BlockPoint:
    """The point with I = {k + 1, ..., L}."""
    return replace(s, chosen=tuple(range(s.layer + 1, s.depth + 1)))


def with_next_layer(s: BlockPoint) -> BlockPoint:
    """The point with I = {k + 1}."""
    return replace(s, chosen=(s.layer + 1,))


@fact(r"\nabla^2_{(W_l, b_l)_{l > k}} \Phi \succ 0")
def upper_block_is_positive_definite(s: BlockPoint) -> Verdict:
    """The Hessian in the weights and biases of the layers above k is positive definite."""
    return positive_definite(with_upper_layers(s).block)


@fact(r"\det \nabla^2_{(W_l, b_l)_{l > k}} \Phi \ne 0")
def upper_block_is_nonsingular(s: BlockPoint) -> Verdict:
    """The Hessian in the weights and biases of the layers above k is nonsingular."""
    return nonsingular(with_upper_layers(s).block)


@fact(r"\nabla^2_{(W_{k+1}, b_{k+1})} \Phi \succ 0")
def next_block_is_positive_definite(s: BlockPoint) -> Verdict:
    """The Hessian in the weights and biases of layer k + 1 is positive definite."""
    return positive_definite(with_next_layer(s).block)


@fact(r"\det \nabla^2_{(W_{k+1}, b_{k+1})} \Phi \ne 0")
def next_block_is_nonsingular(s: BlockPoint) -> Verdict:
    """The Hessian in the weights and biases of layer k + 1 is nonsingular."""
    return nonsingular(with_next_layer(s).block)


@fact(r"\Phi(W, b) = \min \Phi")
def nondegenerate_minimum_is_global(s: BlockPoint) -> Verdict:
    """The non-degenerate local minimum is a global minimum of the objective."""
    return is_global_minimum.decide(s)


EMPTY = "no point meets the hypotheses on width and Hessian together, so none meets all but this"
SAME = "the conclusion is that of the cited theorem, on the same point"

NH17_C3_9 = Statement(
    key="NH17.C3.9",
    kind="corollary",
    where="Section 3.2, Corollary 3.9",
    title="Non-degenerate local minima",
    claim="Under A3.2 and n_k >= N - 1 for some k in [L-1], every non-degenerate local minimum "
    "with rank(W_l) = n_l for l in [k+2, L] is a global minimum.",
    hypotheses=(
        *ASSUMPTION_3_2,
        layer_is_hidden,
        layer_has_enough_units,
        point_is_a_nondegenerate_minimum,
        weights_above_have_full_rank,
        minimum_is_attained,
    ),
    conclusion=nondegenerate_minimum_is_global,
    controls={point_is_a_nondegenerate_minimum: DEGENERATE},
    no_control={
        **dict.fromkeys(ASSUMPTION_3_2, EMPTY),
        layer_is_hidden: "for k = 0 the inputs serve as features; k = L has no next layer",
        layer_has_enough_units: "it takes a narrow network with a non-degenerate local minimum "
        "that is not global, in exact numbers; none is kept here",
        weights_above_have_full_rank: EMPTY,
        minimum_is_attained: EMPTY,
    },
    strategy=small_blocks,
    expected=(("inconsistent", "statement"),),
)


@NH17_C3_9.step(
    premises=(point_is_a_nondegenerate_minimum,),
    gives=upper_block_is_positive_definite,
    tried_on=(STRICT_MINIMUM,),
    controls={point_is_a_nondegenerate_minimum: DEGENERATE},
)
def principal_submatrix_is_definite(s: BlockPoint, minimum: Verdict) -> Verdict:
    """The block is a principal submatrix of a positive definite matrix."""
    places = with_upper_layers(s).places
    return all_of(whole=minimum, block=positive_definite(s.at.hessian.submatrix(places, places)))


@NH17_C3_9.step(
    premises=(upper_block_is_positive_definite,),
    gives=upper_block_is_nonsingular,
    tried_on=(STRICT_MINIMUM, CUBIC_BLOCK),
    controls={upper_block_is_positive_definite: DEGENERATE},
)
def definite_block_is_nonsingular(s: BlockPoint, definite: Verdict) -> Verdict:
    """A positive definite matrix has a positive determinant."""
    return all_of(definite=definite, determinant=positive(with_upper_layers(s).block.det()))


THROUGH_THEOREM = (
    *ASSUMPTION_3_2,
    layer_is_hidden,
    layer_has_enough_units,
    weights_above_have_full_rank,
    minimum_is_attained,
    is_global_minimum,
)


@NH17_C3_9.step(
    premises=(*THROUGH_THEOREM, upper_block_is_nonsingular),
    gives=nondegenerate_minimum_is_global,
    cites=NH17_T3_8,
    via=with_upper_layers,
    tried_on=GOOD_BLOCKS[:2],
    no_control=dict.fromkeys((*THROUGH_THEOREM, upper_block_is_nonsingular), SAME),
)
def theorem_3_8_applies(s: BlockPoint, *premises: Verdict) -> Verdict:
    """Theorem 3.8 with I the layers from k + 1 to L."""
    return all_of(least=premises[-2], block=premises[-1])


NH17_C3_9_REPAIRED = NH17_C3_9.repair(
    claim="Under A3.2 and n_k >= N - 1 for some k in [L-1], every critical point with a positive "
    "definite Hessian in (W_{k+1}, b_{k+1}) and rank(W_l) = n_l for l in [k+2, L] is a global "
    "minimum.",
    minimal="With the Hessian in all parameters in place of the block there is no such point: "
    "[F_k, 1] has a kernel, or it is square and the layers below can move at no cost.",
    hypotheses=(
        *ASSUMPTION_3_2,
        layer_is_hidden,
        layer_has_enough_units,
        gradient_vanishes,
        next_block_is_positive_definite,
        weights_above_have_full_rank,
        minimum_is_attained,
    ),
    instances=GOOD_BLOCKS,
    controls={
        loss_critical_points_are_global_minima: UNEQUAL_WELLS,
        gradient_vanishes: OFF_TARGET,
        next_block_is_positive_definite: DEGENERATE,
        weights_above_have_full_rank: WIDENING,
    },
    no_control={
        samples_are_distinct: "two equal inputs have equal features: the block is singular",
        activation_is_analytic: "a nonsingular block forces rank N without it",
        activation_is_strictly_increasing: "the bump of Theorem 3.8 has an indefinite block; none "
        "that is positive definite is known",
        activation_is_bounded_or_decays: "a nonsingular block forces rank N without it",
        loss_is_twice_differentiable: "without it there is no block",
        layer_is_hidden: "for k = 0 the inputs serve as features; k = L has no next layer",
        layer_has_enough_units: "the narrow point of Theorem 3.8 has an indefinite block; none "
        "that is positive definite is kept",
        minimum_is_attained: "the other hypotheses give a point where it is attained",
    },
    without=[step.name for step in NH17_C3_9.steps],
)


@NH17_C3_9_REPAIRED.step(
    premises=(next_block_is_positive_definite,),
    gives=next_block_is_nonsingular,
    tried_on=(STRICT_MINIMUM, CUBIC_BLOCK),
    controls={next_block_is_positive_definite: DEGENERATE},
)
def definite_next_block_is_nonsingular(s: BlockPoint, definite: Verdict) -> Verdict:
    """A positive definite matrix has a positive determinant."""
    return all_of(definite=definite, determinant=positive(with_next_layer(s).block.det()))


@NH17_C3_9_REPAIRED.step(
    premises=(
        *ASSUMPTION_3_2,
        layer_is_hidden,
        layer_has_enough_units,
        gradient_vanishes,
        weights_above_have_full_rank,
        minimum_is_attained,
        next_block_is_nonsingular,
        is_global_minimum_over_square_layers,
    ),
    gives=nondegenerate_minimum_is_global,
    cites=NH17_T3_8,
    via=with_next_layer,
    tried_on=GOOD_BLOCKS[:2],
    no_control=dict.fromkeys(
        (
            *ASSUMPTION_3_2,
            layer_is_hidden,
            layer_has_enough_units,
            gradient_vanishes,
            weights_above_have_full_rank,
            minimum_is_attained,
            next_block_is_nonsingular,
            is_global_minimum_over_square_layers,
        ),
        SAME,
    ),
)
def theorem_3_8_applies_to_one_layer(s: BlockPoint, *premises: Verdict) -> Verdict:
    """Theorem 3.8, repaired, with I = {k + 1}."""
    return all_of(least=premises[-1], block=premises[-2])
