"""Section 3.1: the theorem of Gori and Tesi on deep networks, in the paper's notation.

Notation as in section 2; d and D are the lower and upper bound of the activation, sigma: R -> [d,
D].

Lemmas
- NH17_T3_1: full-rank critical points at which [X, 1]^T Delta_1 = 0 forces Delta_1 = 0.

Source: NH17, Section 3.1, Theorem 3.1, quoted there from Gori and Tesi, 1992.

Design notes. The second condition is read at the point itself: either [X, 1]^T Delta_1 is not 0, or
Delta_1 is. The limits of sigma'/(D - sigma) and the like can be positive only if d and D are the
limits of sigma, so they are taken as these.
"""

from __future__ import annotations

from functools import lru_cache, partial

from symbolic_landscape.arithmetic import equal
from symbolic_landscape.former.lemma import Statement, fact
from symbolic_landscape.formula import Formula, T
from symbolic_landscape.functions.activations import Activation
from symbolic_landscape.proofs.common.minima import (
    is_global_minimum,
    minimum_is_attained,
    residuals_minimise_loss,
)
from symbolic_landscape.proofs.common.points import (
    NetworkPoint,
    activation_is_continuously_differentiable,
    derivative_is_positive,
    gradient_vanishes,
    point,
    weights_from_second_have_full_rank,
)
from symbolic_landscape.proofs.nguyen_hein_2017.error_chain import (
    IDENTITY_EVERYWHERE,
    errors_vanish_upwards,
    first_errors_vanish,
    gradient_in_matrix_form,
    inputs_annihilate_first_errors,
    last_errors_vanish,
    loss_slopes_from_last_errors,
    loss_slopes_vanish,
    same,
)
from symbolic_landscape.proofs.nguyen_hein_2017.instances import (
    DEPENDENT_INPUTS,
    FITTED_ZERO,
    FLAT_BELOW,
    NOT_CRITICAL,
    SMALLEST,
    SMALLEST_FLAT,
    TWO_WELLS,
    ZERO_WEIGHTS,
    critical_points,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_2 import (
    NH17_L2_1,
    backpropagation_identities_hold,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_3 import sum_of_least_terms
from symbolic_landscape.verdict import (
    Evidence,
    Verdict,
    all_of,
    any_of,
    fails,
    for_all,
    holds,
    negation,
    undecided,
)


@fact(r"l(a) = a^2")
def loss_is_the_square(s: NetworkPoint) -> Verdict:
    """The loss is the squared error."""
    if s.loss.formula == T**2:
        return holds(Evidence.EXACT, "l(a) = a**2")
    return fails(Evidence.EXACT, f"l(a) = {s.loss.formula.text('a')}")


@lru_cache(maxsize=64)
def tails_are_exponential(activation: Activation) -> Verdict:
    """Whether the four limits of T3.1 are positive, with the limits of sigma as its bounds."""
    bounded = activation.bounded()
    if not bounded.is_holds:
        return bounded
    low, high = bounded.data.get("left"), bounded.data.get("right")
    if not isinstance(low, Formula) or not isinstance(high, Formula):
        return undecided(f"the limits of {activation} are not known")
    sigma, slope, bend = (activation.derivative(i) for i in range(3))
    quotients = {
        "first_right": (slope / (high - sigma), "right"),
        "second_right": (-bend / (high - sigma), "right"),
        "first_left": (slope / (sigma - low), "left"),
        "second_left": (bend / (sigma - low), "left"),
    }
    return all_of(**{name: _positive_limit(*each) for name, each in quotients.items()})


def _positive_limit(quotient: Formula, side: str) -> Verdict:
    """Whether the limit on this side is a positive number."""
    found = Activation.of(quotient).limits()
    limit = found.data.get(side)
    if not isinstance(limit, Formula) or not limit.is_constant:
        return undecided(f"{quotient}: {found.reason}")
    value = Activation.of(limit)
    positive_everywhere = negation(Activation.of(-value.formula).nonnegative())
    return positive_everywhere.because(f"{quotient} tends to {limit}")


@fact(
    r"\lim_{+\infty} \tfrac{\sigma'}{D - \sigma},\ \lim_{+\infty} \tfrac{-\sigma''}{D - \sigma},\ "
    r"\lim_{-\infty} \tfrac{\sigma'}{\sigma - d},\ \lim_{-\infty} \tfrac{\sigma''}{\sigma - d} > 0"
)
def activation_has_exponential_tails(s: NetworkPoint) -> Verdict:
    """The activation is bounded, and nears its bounds exponentially in the sense of four limits."""
    return for_all(s.activations, tails_are_exponential, "activation")


@fact(r"[X, 1_N]^T \Delta_1 = 0 \Rightarrow \Delta_1 = 0")
def orthogonal_first_errors_vanish(s: NetworkPoint) -> Verdict:
    """If the inputs with ones are orthogonal to the first errors, these are zero."""
    return any_of(
        not_orthogonal=negation(inputs_annihilate_first_errors.decide(s)),
        zero=first_errors_vanish.decide(s),
    )


REPEATED_INPUTS = point(
    "more samples than dimensions, fitted",
    widths=(1, 2, 2),
    activation="tanh",
    inputs=[[0], [1], [2], [3]],
    targets=[[0, 0], [0, 0], [0, 0], [0, 0]],
    weights=[[[0], [0]], [[1, 0], [3, 1]]],
    biases=[[0, 0], [0, 0]],
)
THREE_OUTPUTS = point(
    "one layer, three outputs",
    widths=(2, 3),
    activation="sigmoid",
    inputs=[[1, 0], [0, 1]],
    targets=[["1/2", "1/2", "1/2"], ["1/2", "1/2", "1/2"]],
    weights=[[[0, 0], [0, 0], [0, 0]]],
    biases=[[0, 0, 0]],
)
FOUR_LAYERS = point(
    "four layers",
    widths=(1, 3, 2, 1, 1),
    activation="tanh",
    inputs=[[5], [-2]],
    targets=[[0], [0]],
    weights=[[[0], [0], [0]], [[1, 2, 0], [0, 1, -1]], [[1, 1]], [[-4]]],
    biases=[[0, 0, 0], [0, 0], [0], [0]],
)

FLAT_WITH_TAILS = point(
    "tanh cubed, with slope 0 at 0",
    widths=(1, 1),
    activation="tanh(t)**3",
    inputs=[[0]],
    targets=[["1/2"]],
    weights=[[[0]]],
    biases=[[0]],
)

NH17_T3_1 = Statement(
    key="NH17.T3.1",
    kind="theorem",
    where="Section 3.1, Theorem 3.1 (quoted from Gori & Tesi 1992)",
    title="Global optimality when Delta_1 is forced to vanish",
    claim="For l(a) = a^2 and sigma: R -> [d, D] in C1 with positive derivative and exponential "
    "tails, every critical point with rank(W_l) = n_l for l in [2, L], at which [X, 1]^T Delta_1 "
    "= 0 implies Delta_1 = 0, is a global minimum.",
    hypotheses=(
        loss_is_the_square,
        activation_is_continuously_differentiable,
        derivative_is_positive,
        activation_has_exponential_tails,
        weights_from_second_have_full_rank,
        orthogonal_first_errors_vanish,
        gradient_vanishes,
        minimum_is_attained,
    ),
    conclusion=is_global_minimum,
    instances=(SMALLEST, THREE_OUTPUTS, REPEATED_INPUTS, FOUR_LAYERS),
    controls={
        loss_is_the_square: TWO_WELLS,
        derivative_is_positive: FLAT_WITH_TAILS,
        weights_from_second_have_full_rank: ZERO_WEIGHTS,
        orthogonal_first_errors_vanish: DEPENDENT_INPUTS,
        gradient_vanishes: NOT_CRITICAL,
    },
    no_control={
        activation_is_continuously_differentiable: "without it there is no gradient",
        activation_has_exponential_tails: "the proof does not use the tails",
        minimum_is_attained: "the other hypotheses give a point where it is attained",
    },
    strategy=partial(critical_points, layer=0),
)


@NH17_T3_1.step(
    premises=(gradient_vanishes, backpropagation_identities_hold),
    gives=inputs_annihilate_first_errors,
    cites=NH17_L2_1,
    via=same,
    tried_on=(DEPENDENT_INPUTS, ZERO_WEIGHTS),
    controls={gradient_vanishes: NOT_CRITICAL},
    no_control={backpropagation_identities_hold: IDENTITY_EVERYWHERE},
)
def gradient_of_first_layer(s: NetworkPoint, critical: Verdict, identities: Verdict) -> Verdict:
    """Grad W_1 = X^T Delta_1 = 0 and grad b_1 = Delta_1^T 1 = 0, stacked."""
    return gradient_in_matrix_form(s, 1)


@NH17_T3_1.step(
    premises=(inputs_annihilate_first_errors, orthogonal_first_errors_vanish),
    gives=first_errors_vanish,
    tried_on=(ZERO_WEIGHTS, FLAT_BELOW),
    controls={
        inputs_annihilate_first_errors: NOT_CRITICAL,
        orthogonal_first_errors_vanish: DEPENDENT_INPUTS,
    },
)
def implication_applies(s: NetworkPoint, orthogonal: Verdict, implication: Verdict) -> Verdict:
    """The second condition of the theorem, with its premise just shown."""
    return all_of(premise=orthogonal, implication=implication)


@NH17_T3_1.step(
    premises=(
        first_errors_vanish,
        derivative_is_positive,
        weights_from_second_have_full_rank,
        backpropagation_identities_hold,
    ),
    gives=last_errors_vanish,
    cites=NH17_L2_1,
    via=same,
    tried_on=(FOUR_LAYERS,),
    controls={
        first_errors_vanish: NOT_CRITICAL,
        derivative_is_positive: FLAT_BELOW,
        weights_from_second_have_full_rank: ZERO_WEIGHTS,
    },
    no_control={backpropagation_identities_hold: IDENTITY_EVERYWHERE},
)
def errors_vanish_layer_by_layer(
    s: NetworkPoint, first: Verdict, slopes: Verdict, rank: Verdict, identities: Verdict
) -> Verdict:
    """Delta_k = (Delta_{k+1} W_{k+1}^T) o sigma'(G_k) = 0 gives Delta_{k+1} = 0."""
    return errors_vanish_upwards(s, 1)


@NH17_T3_1.step(
    premises=(last_errors_vanish, derivative_is_positive, backpropagation_identities_hold),
    gives=loss_slopes_vanish,
    cites=NH17_L2_1,
    via=same,
    tried_on=(FOUR_LAYERS,),
    controls={last_errors_vanish: NOT_CRITICAL, derivative_is_positive: SMALLEST_FLAT},
    no_control={backpropagation_identities_hold: IDENTITY_EVERYWHERE},
)
def slopes_of_the_square_vanish(
    s: NetworkPoint, last: Verdict, slopes: Verdict, identities: Verdict
) -> Verdict:
    """Delta_L = l'(F_L - Y) o sigma'(G_L) = 0 with positive slopes gives l'(F_L - Y) = 0."""
    return loss_slopes_from_last_errors(s)


@NH17_T3_1.step(
    premises=(loss_slopes_vanish, loss_is_the_square),
    gives=residuals_minimise_loss,
    tried_on=(FITTED_ZERO,),
    controls={loss_slopes_vanish: NOT_CRITICAL, loss_is_the_square: TWO_WELLS},
)
def square_is_least_at_zero(s: NetworkPoint, slopes: Verdict, square: Verdict) -> Verdict:
    """l'(a) = 2 a is zero only at a = 0, where a^2 is least."""
    return equal(s.residuals, s.residuals.scale(0))


sum_of_squares = NH17_T3_1.step(
    premises=(residuals_minimise_loss,),
    gives=is_global_minimum,
    tried_on=(FITTED_ZERO,),
    controls={residuals_minimise_loss: NOT_CRITICAL},
)(sum_of_least_terms.inference)
