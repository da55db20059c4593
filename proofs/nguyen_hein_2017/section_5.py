"""Section 5: critical points with linearly separable features.

Notation as in `section_5_chain`: the layer k may be 0, for part 2 of the theorem, where F_0 = X.

Lemmas
- NH17_T5_3: every critical point with separable features of layer k, and weights of full column
  rank from layer k + 2 on, is said to be a global minimum.

Source: NH17, Section 5, Theorem 5.3.

Design notes. The printed theorem fails in two ways. Its proof uses sigma' > 0 where the assumption
says "strictly increasing". Its induction picks i_{L-1} = p for a column p found for another
i_{L-1}: hidden units with different slopes can each cancel the errors of several outputs. Its words
name no range of k; k < L is taken for granted here, and the control shows that it is needed.
"""

from __future__ import annotations

from symbolic_landscape.arithmetic import Matrix, equal, nonnegative, positive, vanishes
from symbolic_landscape.errors import DomainError
from symbolic_landscape.former.lemma import Regime, Statement
from symbolic_landscape.proofs.common.points import (
    activation_is_continuously_differentiable,
    activation_is_strictly_increasing,
    derivative_is_positive,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_5_assumptions import (
    ASSUMPTION_5_2,
    true_class_loss_is_one_sided,
    wrong_class_loss_is_one_sided,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_5_chain import (
    class_gradient_vanishes,
    class_loss_slopes_vanish,
    class_minimum_is_attained,
    features_annihilate_errors_above,
    features_are_separable,
    hyperplane_products,
    is_global_class_minimum,
    last_class_errors_vanish,
    last_errors,
    last_errors_oppose_classes,
    layer_is_below_output,
    next_errors_vanish_together,
    outputs_lie_beyond_labels,
    slope_products,
    weighted_errors_vanish_together,
    weighted_vanish_together,
    weights_above_have_full_column_rank,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_5_instances import (
    COUPLED_GOOD,
    FALLING,
    FLAT_TWO_LAYERS,
    GOOD_CHAINS,
    NESTED,
    NEVER_ATTAINED,
    NOT_CRITICAL,
    NOT_MONOTONE,
    NOT_SEPARABLE,
    ON_A_STEP,
    ON_A_WRONG_STEP,
    ONE_HOT,
    OUTPUT_SEPARABLE,
    ROUGH,
    SMALLEST_FLAT,
    TWO_SIDED,
    WRONG_TWO_SIDED,
    ZERO_WEIGHTS,
    classified_points,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_5_loss import (
    NH17_D5_loss,
    backpropagated,
    class_objective_is_backpropagated,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_5_point import SQUASHING, ClassifiedPoint
from symbolic_landscape.proofs.nguyen_hein_2017.section_5_separable import Rows, separates
from symbolic_landscape.proofs.nguyen_hein_2017.section_5_signs import (
    NH17_I5_3,
    SignedProduct,
    product_vanishes_only_with_errors,
)
from symbolic_landscape.verdict import Evidence, Verdict, all_of, fails, for_all, holds


def _signs_and_squashing(s: ClassifiedPoint) -> Verdict:
    squashing = set(s.activations) <= set(SQUASHING)
    answer = holds if squashing else fails
    labels = for_all(s.places, lambda p: equal(s.samples.targets[p], s.sign_of(*p)), "label")
    names = ", ".join(map(str, s.activations))
    return all_of(labels=labels, sigma=answer(Evidence.EXACT, f"sigma is {names}"))


# --- Theorem 5.3 ---------------------------------------------------------------------------------

NH17_T5_3 = Statement(
    key="NH17.T5.3",
    kind="theorem",
    where="Section 5, Theorem 5.3",
    title="Separable features make critical points global (parts 1 and 2)",
    claim="Under A5.2, every critical point of Phi of eq. (4) for which the rows of F_k are "
    "linearly separable and W_{k+2}, ..., W_L have full column rank is a global minimum; for "
    "k = 0, F_0 = X this is part 2.",
    hypotheses=(
        *ASSUMPTION_5_2,
        layer_is_below_output,
        features_are_separable,
        weights_above_have_full_column_rank,
        class_gradient_vanishes,
        class_minimum_is_attained,
    ),
    conclusion=is_global_class_minimum,
    instances=(
        *GOOD_CHAINS,
        COUPLED_GOOD,
        SMALLEST_FLAT,
        FLAT_TWO_LAYERS,
        NESTED,
        ONE_HOT,
    ),
    controls={
        activation_is_continuously_differentiable: ROUGH,
        activation_is_strictly_increasing: NOT_MONOTONE,
        true_class_loss_is_one_sided: ON_A_STEP,
        wrong_class_loss_is_one_sided: ON_A_WRONG_STEP,
        layer_is_below_output: OUTPUT_SEPARABLE,
        features_are_separable: NOT_SEPARABLE,
        weights_above_have_full_column_rank: ZERO_WEIGHTS,
        class_gradient_vanishes: NOT_CRITICAL,
        class_minimum_is_attained: NEVER_ATTAINED,
    },
    strategy=classified_points,
    regimes=(
        Regime(
            "labels 1 and -1 with sigmoid or tanh",
            _signs_and_squashing,
            {"labels 1 and -1 with sigmoid or tanh": lambda v: v.squashed == 1},
        ),
    ),
    expected=(
        ("inconsistent", "regime labels 1 and -1 with sigmoid or tanh"),
        ("invalid inference", "step pick_the_unit_of_a_nonzero_column"),
        ("invalid inference", "step slopes_are_positive"),
        ("refuted", "statement"),
    ),
)

EVERYWHERE = "Lemma 2.1 holds for every C1 activation and all C1 losses"


def same(s: ClassifiedPoint) -> ClassifiedPoint:
    """The point itself, as an instance of the cited definition."""
    return s


@NH17_T5_3.step(
    premises=(activation_is_strictly_increasing,),
    gives=derivative_is_positive,
    tried_on=(NOT_CRITICAL, ZERO_WEIGHTS),
    controls={activation_is_strictly_increasing: NOT_MONOTONE},
)
def slopes_are_positive(s: ClassifiedPoint, increasing: Verdict) -> Verdict:
    """The diagonals Sigma^l have "only positive entries", as sigma is strictly increasing."""
    return derivative_is_positive.decide(s)


@NH17_T5_3.step(
    premises=(
        true_class_loss_is_one_sided,
        wrong_class_loss_is_one_sided,
        derivative_is_positive,
        class_objective_is_backpropagated,
    ),
    gives=last_errors_oppose_classes,
    cites=NH17_D5_loss,
    via=same,
    tried_on=(NOT_CRITICAL, NOT_SEPARABLE),
    controls={
        true_class_loss_is_one_sided: TWO_SIDED,
        wrong_class_loss_is_one_sided: WRONG_TWO_SIDED,
        derivative_is_positive: FALLING,
    },
    no_control={class_objective_is_backpropagated: EVERYWHERE},
)
def loss_slopes_have_signs(
    s: ClassifiedPoint, true: Verdict, wrong: Verdict, slopes: Verdict, identities: Verdict
) -> Verdict:
    """Entry (i, j) of Delta_L is l1' <= 0 or l2' >= 0 times a positive slope."""
    passed = s.backward

    def entry(place: tuple[int, int]) -> Verdict:
        return all_of(
            loss=nonnegative(-passed.loss_slopes[place] * s.sign_of(*place)),
            slope=positive(passed.slope(s.depth)[place]),
        )

    return for_all(s.places, entry, "entry")


def _weighted(s: ClassifiedPoint) -> SignedProduct:
    """H^T [F_k, 1]^T, Delta_L, and the slopes of every choice of hidden units."""
    return signed_product(s, last_errors(s), slope_products(s, s.depth))


def signed_product(s: ClassifiedPoint, errors: Matrix, scales: Matrix) -> SignedProduct:
    """H^T [F_k, 1]^T with errors (N, m) and diagonals (N, T).

    Raises DomainError where the features are not separable.
    """
    left = hyperplane_products(s)
    if left is None:
        message = f"{s.name}: features that are separable were needed"
        raise DomainError(message)
    field = errors.field
    return SignedProduct(
        name=s.name,
        products=Rows(left.over(field)),
        errors=Rows(errors),
        scales=Rows(scales),
        classes=s.classes,
    )


@NH17_T5_3.step(
    premises=(
        features_are_separable,
        last_errors_oppose_classes,
        derivative_is_positive,
        product_vanishes_only_with_errors,
    ),
    gives=weighted_errors_vanish_together,
    cites=NH17_I5_3,
    via=_weighted,
    tried_on=(NOT_CRITICAL, ZERO_WEIGHTS),
    no_control=dict.fromkeys(
        (
            features_are_separable,
            last_errors_oppose_classes,
            derivative_is_positive,
            product_vanishes_only_with_errors,
        ),
        "the conclusion of the lemma is this yield; the other premises discharge its hypotheses",
    ),
)
def slopes_keep_the_signs(
    s: ClassifiedPoint, separable: Verdict, opposed: Verdict, slopes: Verdict, lemma: Verdict
) -> Verdict:
    """Positive factors keep the signs of Delta_L, so that the sign lemma applies for each choice.

    The rows of H^T [F_k, 1]^T have the signs of the classes.
    """
    factors = [value for row in slope_products(s, s.depth).tolist() for value in row]
    return all_of(
        signs=separates(s.features_with_ones(s.layer), s.classes, separable.data["planes"]),
        factors=for_all(dict.fromkeys(factors), positive, "factor"),
        lemma=holds(lemma.evidence, lemma.reason),
    )


@NH17_T5_3.step(
    premises=(
        layer_is_below_output,
        weighted_errors_vanish_together,
        weights_above_have_full_column_rank,
    ),
    gives=next_errors_vanish_together,
    tried_on=(NOT_CRITICAL,),
    controls={
        layer_is_below_output: OUTPUT_SEPARABLE,
        weighted_errors_vanish_together: NOT_SEPARABLE,
        weights_above_have_full_column_rank: ZERO_WEIGHTS,
    },
)
def pick_the_unit_of_a_nonzero_column(
    s: ClassifiedPoint, below: Verdict, weighted: Verdict, rank: Verdict
) -> Verdict:
    """The product with Delta_L W_L^T has a column p that is not 0; pick i_{L-1} = p, and so on.

    It is not 0 for each choice of units, and "i_{L-1} is arbitrary"; layer by layer this leads
    down to Delta_{k+1}.
    """
    levels = range(s.depth - 1, s.layer, -1)
    return for_all(levels, lambda layer: weighted_vanish_together(s, layer), "layer")


@NH17_T5_3.step(
    premises=(class_gradient_vanishes, layer_is_below_output, class_objective_is_backpropagated),
    gives=features_annihilate_errors_above,
    cites=NH17_D5_loss,
    via=same,
    tried_on=(NOT_SEPARABLE, ZERO_WEIGHTS),
    controls={
        class_gradient_vanishes: NOT_CRITICAL,
        layer_is_below_output: OUTPUT_SEPARABLE,
    },
    no_control={class_objective_is_backpropagated: EVERYWHERE},
)
def gradient_of_next_layer_is_a_product(
    s: ClassifiedPoint, critical: Verdict, below: Verdict, identities: Verdict
) -> Verdict:
    """[F_k, 1]^T Delta_{k+1} holds the gradients by W_{k+1} and b_{k+1}, which are 0."""
    layer = s.layer + 1
    return equal(backpropagated(s, layer), s.gradient_of(layer))


@NH17_T5_3.step(
    premises=(features_annihilate_errors_above, next_errors_vanish_together),
    gives=last_class_errors_vanish,
    tried_on=(COUPLED_GOOD,),
    controls={
        features_annihilate_errors_above: NOT_CRITICAL,
        next_errors_vanish_together: NESTED,
    },
)
def contradiction_to_criticality(
    s: ClassifiedPoint, annihilated: Verdict, together: Verdict
) -> Verdict:
    """If Delta_L were not 0, then H^T [F_k, 1]^T Delta_{k+1} would not be 0 either."""
    left = hyperplane_products(s)
    if left is None:
        return fails(Evidence.EXACT, "there are no separating hyperplanes")
    return all_of(
        product=vanishes(left @ s.backward.error(s.layer + 1)),
        together=holds(together.evidence, together.reason),
    )


@NH17_T5_3.step(
    premises=(last_class_errors_vanish, derivative_is_positive),
    gives=class_loss_slopes_vanish,
    tried_on=(COUPLED_GOOD,),
    controls={last_class_errors_vanish: NOT_CRITICAL, derivative_is_positive: SMALLEST_FLAT},
)
def zero_terms_have_zero_loss_slopes(s: ClassifiedPoint, last: Verdict, slopes: Verdict) -> Verdict:
    """Delta_L = l'(F_L - Y) o sigma'(G_L) = 0 with positive slopes gives equation (5)."""
    passed = s.backward
    slope = passed.slope(s.depth)
    return all_of(
        product=equal(last_errors(s), passed.loss_slopes.hadamard(slope)),
        slopes=for_all(s.places, lambda p: positive(slope[p]), "entry"),
    )


@NH17_T5_3.step(
    premises=(
        class_loss_slopes_vanish,
        true_class_loss_is_one_sided,
        wrong_class_loss_is_one_sided,
    ),
    gives=outputs_lie_beyond_labels,
    tried_on=(COUPLED_GOOD,),
    controls={
        class_loss_slopes_vanish: NOT_CRITICAL,
        true_class_loss_is_one_sided: ON_A_STEP,
        wrong_class_loss_is_one_sided: ON_A_WRONG_STEP,
    },
)
def slopes_vanish_on_one_side_only(
    s: ClassifiedPoint, slopes: Verdict, true: Verdict, wrong: Verdict
) -> Verdict:
    """l1' is 0 for a >= 0 only, and l2' for a <= 0 only."""
    return all_of(slopes=slopes, true=true, wrong=wrong)


@NH17_T5_3.step(
    premises=(
        outputs_lie_beyond_labels,
        true_class_loss_is_one_sided,
        wrong_class_loss_is_one_sided,
    ),
    gives=is_global_class_minimum,
    tried_on=(COUPLED_GOOD,),
    controls={
        outputs_lie_beyond_labels: NOT_CRITICAL,
        true_class_loss_is_one_sided: TWO_SIDED,
        wrong_class_loss_is_one_sided: WRONG_TWO_SIDED,
    },
)
def all_terms_are_zero(
    s: ClassifiedPoint, beyond: Verdict, true: Verdict, wrong: Verdict
) -> Verdict:
    """Each term is 0, so Phi = 0, and Phi is nowhere negative."""
    return all_of(
        zero=vanishes(s.objective),
        true=s.true_loss.nonnegative(),
        wrong=s.wrong_loss.nonnegative(),
    )
