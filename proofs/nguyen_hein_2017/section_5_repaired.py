"""Section 5: the repaired reading of Theorem 5.3.

Notation as in `section_5_chain`.

Lemmas
- NH17_T5_3_REPAIRED: each unit above layer k feeds one unit only, and sigma' > 0.

Source: NH17, Section 5, Theorem 5.3.
"""

from __future__ import annotations

from symbolic_landscape.arithmetic import equal, nonzero
from symbolic_landscape.proofs.common.points import (
    activation_is_continuously_differentiable,
    derivative_is_positive,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_5 import NH17_T5_3, signed_product
from symbolic_landscape.proofs.nguyen_hein_2017.section_5_assumptions import (
    true_class_loss_is_one_sided,
    wrong_class_loss_is_one_sided,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_5_chain import (
    chain_errors,
    class_gradient_vanishes,
    class_minimum_is_attained,
    each_unit_feeds_one_unit,
    features_are_separable,
    last_errors_oppose_classes,
    layer_is_below_output,
    next_errors_vanish_together,
    weights_above_have_full_column_rank,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_5_instances import (
    FLAT_HIDDEN,
    GOOD_CHAINS,
    NESTED,
    NOT_CRITICAL,
    NOT_SEPARABLE,
    ON_A_STEP,
    ON_A_WRONG_STEP,
    OUTPUT_SEPARABLE,
    SMALLEST_FLAT,
    ZERO_WEIGHTS,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_5_point import ClassifiedPoint
from symbolic_landscape.proofs.nguyen_hein_2017.section_5_signs import (
    NH17_I5_3,
    SignedProduct,
    product_vanishes_only_with_errors,
)
from symbolic_landscape.verdict import Verdict, all_of, for_all, holds

OTHERS_GIVE_IT = "the other hypotheses give a point where Phi = 0"

REPAIRED_CONTROLS = {
    derivative_is_positive: SMALLEST_FLAT,
    true_class_loss_is_one_sided: ON_A_STEP,
    wrong_class_loss_is_one_sided: ON_A_WRONG_STEP,
    layer_is_below_output: OUTPUT_SEPARABLE,
    features_are_separable: NOT_SEPARABLE,
    weights_above_have_full_column_rank: ZERO_WEIGHTS,
    each_unit_feeds_one_unit: NESTED,
    class_gradient_vanishes: NOT_CRITICAL,
}
NH17_T5_3_REPAIRED = NH17_T5_3.repair(
    claim="Under A5.2 with sigma' > 0 in place of strict monotonicity: every critical point of "
    "Phi of eq. (4) for which, for some k in [0, L-1], the rows of F_k are linearly separable, "
    "W_{k+2}, ..., W_L have full column rank, and each unit of the layers k + 1 to L - 1 feeds one "
    "unit of the next layer at most, is a global minimum. For k = L - 1 no condition on weights "
    "is left.",
    minimal="Two hidden units that feed two outputs are too many: on four samples with integer "
    "data, and on eight with one-hot labels, a critical point with separable inputs and W_2 of "
    "rank 2 is no minimum but a strict saddle: two units with different slopes each cancel the "
    "errors of both outputs. For k = L the outputs can be separable at a critical point that is no "
    "minimum. No zero of sigma' can be allowed either.",
    without=("slopes_are_positive", "slopes_keep_the_signs"),
    hypotheses=(
        activation_is_continuously_differentiable,
        derivative_is_positive,
        true_class_loss_is_one_sided,
        wrong_class_loss_is_one_sided,
        layer_is_below_output,
        features_are_separable,
        weights_above_have_full_column_rank,
        each_unit_feeds_one_unit,
        class_gradient_vanishes,
        class_minimum_is_attained,
    ),
    instances=GOOD_CHAINS,
    controls=REPAIRED_CONTROLS,
    no_control={
        activation_is_continuously_differentiable: "a positive derivative everywhere is asked for, "
        "and the argument needs it at the pre-activations of the point alone",
        class_minimum_is_attained: OTHERS_GIVE_IT,
    },
    regimes=(),
)


def _chains(s: ClassifiedPoint) -> SignedProduct:
    """H^T [F_k, 1]^T, and each column of Delta_L times the slopes along a chain below it."""
    errors = chain_errors(s)[0]
    return signed_product(s, errors, errors.field.ones(s.count, 1))


AS_DISCHARGED = "it lets the cited lemma apply, whose conclusion speaks of the same matrices"


@NH17_T5_3_REPAIRED.step(
    premises=(
        layer_is_below_output,
        features_are_separable,
        last_errors_oppose_classes,
        derivative_is_positive,
        weights_above_have_full_column_rank,
        each_unit_feeds_one_unit,
        product_vanishes_only_with_errors,
    ),
    gives=next_errors_vanish_together,
    cites=NH17_I5_3,
    via=_chains,
    tried_on=(NOT_CRITICAL,),
    controls={
        layer_is_below_output: OUTPUT_SEPARABLE,
        derivative_is_positive: FLAT_HIDDEN,
        weights_above_have_full_column_rank: ZERO_WEIGHTS,
        each_unit_feeds_one_unit: NESTED,
    },
    no_control={
        features_are_separable: AS_DISCHARGED,
        last_errors_oppose_classes: AS_DISCHARGED,
        product_vanishes_only_with_errors: "with its hypotheses met the lemma's conclusion holds",
    },
    replaces="pick_the_unit_of_a_nonzero_column",
)
def errors_pass_down_along_chains(
    s: ClassifiedPoint,
    below: Verdict,
    separable: Verdict,
    opposed: Verdict,
    slopes: Verdict,
    rank: Verdict,
    chains: Verdict,
    lemma: Verdict,
) -> Verdict:
    """Below each output a chain of units leads down to layer k + 1.

    The errors at its end are those of the output times positive slopes and a weight that is not
    0. If the product with Delta_{k+1} is 0, so is that with these columns, and the lemma gives
    Delta_L = 0.
    """
    errors, ends = chain_errors(s)
    next_errors = s.backward.error(s.layer + 1)

    def end_of(output: int) -> Verdict:
        unit, weight = ends[output]
        return all_of(
            weight=nonzero(weight),
            errors=equal(next_errors.column(unit), errors.column(output).scale(weight)),
        )

    return all_of(
        ends=for_all(range(s.network.outputs), end_of, "output"),
        lemma=holds(lemma.evidence, lemma.reason),
    )
