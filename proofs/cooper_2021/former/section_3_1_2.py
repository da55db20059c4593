"""Section 3.1.2 of Cooper 2021: first derivatives at the points of the star locus.

Notation: as in `loci`; J the derivatives of the outputs by the parameters. The last layer stands
last among the parameters: first its weights w^l, then its biases b^l.

Statements
- L3.3   derivatives of f_p that avoid w^l
- T3.1   star points are critical

Source: Cooper 2021, section 3.1.2. Lemma 3.3 is printed without a condition on the point.

Design notes. Derivatives of single outputs are gradients of the loss l(a) = a of the network with
that one output and one sample, so that the same layer formulas serve. That all derivatives of
every order vanish is decided by an identity in free last features where M_l = 0; elsewhere only a
derivative of order one or two that is not zero decides, against the claim.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from symbolic_landscape.arithmetic import Matrix, RationalFunctions, equal, sizes_equal, vanishes
from symbolic_landscape.calculus import LossAtPoint
from symbolic_landscape.former.lemma import Statement, fact
from symbolic_landscape.networks import Network, Parameters, Samples
from symbolic_landscape.proofs.common.points import NetworkPoint, gradient_vanishes
from symbolic_landscape.proofs.cooper_2021.former.instances import (
    bias_places,
    networks,
    placed,
    points,
    target_mean,
    target_sum,
    weight_places,
)
from symbolic_landscape.proofs.cooper_2021.former.loci import star_points, whole_piece
from symbolic_landscape.proofs.cooper_2021.former.section_2 import (
    activation_is_smooth,
    activation_vanishes_at_zero,
    depth_at_least_three,
    last_layer_is_affine,
)
from symbolic_landscape.proofs.cooper_2021.former.section_3_1_1_star import (
    C21_D3_S,
    CURVED_OUTPUT,
    LIVE_OUTPUT,
    STAR_MEAN,
    STAR_SUM,
    TWO_SAMPLES_SUM,
    WRONG_BIAS,
    error_sum,
    errors_sum_to_zero,
    last_bias_is_target_mean,
    last_bias_is_target_sum,
    star_layers_vanish,
)
from symbolic_landscape.verdict import Evidence, Verdict, all_of, fails, for_all, undecided

# --- derivatives of the outputs ------------------------------------------------------------------


def single_outputs(s: NetworkPoint, rows: Matrix, shifts: Matrix) -> Iterator[LossAtPoint]:
    """The function rows[i] phi_{l-1} + shifts[i] at each sample alone, for each i in turn.

    Gradient and Hessian of what is yielded are those of this one number by the parameters of a
    network with one output; `rows` is (c, m_{l-1}), `shifts` (c, 1).
    """
    network = s.network
    one = Network(
        widths=(*network.widths[:-1], 1),
        activation=network.activation,
        output_activation=network.output_activation,
        bias=network.bias,
    )
    for i in range(rows.shape[0]):
        point = Parameters(
            weights=(*s.parameters.weights[:-1], rows.row(i)),
            biases=(*s.parameters.biases[:-1], shifts.row(i)) if network.bias else (),
        )
        for alpha in range(s.count):
            sample = Samples(inputs=s.samples.inputs.row(alpha), targets=[[0]])
            yield one.loss(sample, "a").at(point)


def outputs(s: NetworkPoint) -> Iterator[LossAtPoint]:
    """Each output at each sample, output by output."""
    last = s.parameters.weights[-1]
    shifts = s.parameters.biases[-1] if s.network.bias else last.field.zeros(last.shape[0], 1)
    return single_outputs(s, last, shifts)


def inner_places(s: NetworkPoint) -> range:
    """Where the parameters below the last layer stand."""
    return range(s.network.layer_range(s.depth).start)


def inner_derivatives(s: NetworkPoint) -> Matrix:
    """The derivatives of the outputs by all parameters below the last layer (b n, d_I)."""
    rows = [at.gradient.submatrix(inner_places(s), [0]).T for at in outputs(s)]
    return rows[0].vstack(*rows[1:])


def second_derivatives(s: NetworkPoint, at: LossAtPoint) -> Matrix:
    """The second derivatives of one output by all parameters but w^l."""
    inner, hessian = inner_places(s), at.hessian
    places = [*inner, *range(len(inner) + s.network.widths[-2], hessian.shape[0])]
    return hessian.submatrix(places, places)


@fact(
    r"\partial_{\theta_1} \cdots \partial_{\theta_r} f_p(x) = 0 \quad "
    r"(\theta_i \ne w^\ell,\ (\theta_1, \ldots, \theta_r) \ne (b^\ell))",
    mutants={
        "the derivative by the last bias too": lambda s: vanishes(
            next(outputs(s)).gradient.submatrix([-1], [0])
        )
    },
)
def derivatives_avoiding_last_weights_vanish(s: NetworkPoint) -> Verdict:
    """All derivatives of f_p(x) by parameters other than w^l are zero, except the first by b^l."""
    affine = last_layer_is_affine.decide(s)
    last = s.weights(s.depth)
    if affine.is_holds and last.is_zero:
        free = RationalFunctions(tuple(f"phi{i}" for i in range(1, last.shape[1] + 1)))
        features = free.matrix([[free.generator(name)] for name in free.free_symbols])
        return vanishes(last.over(free) @ features).giving(last_weights=last)
    first = vanishes(inner_derivatives(s))
    if first.is_fails:
        return first
    for at in outputs(s):
        second = vanishes(second_derivatives(s, at))
        if second.is_fails:
            return second
    return undecided("derivatives up to order two vanish, which says nothing about higher ones")


@fact(r"M_\ell = 0")
def last_weights_vanish(s: NetworkPoint) -> Verdict:
    """The weights of the last layer are zero."""
    return vanishes(s.weights(s.depth))


@fact(r"f_p(x_\alpha) = M_\ell \phi_{\ell-1}(x_\alpha) + b_\ell")
def outputs_have_two_terms(s: NetworkPoint) -> Verdict:
    """The outputs are the last weights times the last features plus the last bias (3.4)."""
    if not s.network.bias:
        return fails(Evidence.EXACT, "the last layer has no bias")
    column = s.parameters.biases[-1]
    first = s.features(s.depth - 1) @ s.weights(s.depth).T
    return equal(s.features(s.depth), first + column.field.ones(s.count, 1) @ column.T)


SMOOTH_UNUSED = (
    "with M_l = 0 no derivative of the activation enters any derivative in question: the claim "
    "holds for every activation"
)


C21_L3_3 = Statement(
    key="C21.L3.3",
    kind="lemma",
    where="3.1.2",
    title="Derivatives avoiding w^l",
    claim=(
        "Any derivative of any order of f_p(z) that involves no derivative by w^l vanishes, except "
        "the first derivative by b^l."
    ),
    hypotheses=(last_layer_is_affine, activation_is_smooth),
    conclusion=derivatives_avoiding_last_weights_vanish,
    instances=STAR_MEAN,
    controls={last_layer_is_affine: CURVED_OUTPUT},
    no_control={activation_is_smooth: SMOOTH_UNUSED},
    strategy=lambda: points(networks()),
    expected=(
        ("refuted", "statement"),
        ("invalid inference", "step first_term_vanishes_without_last_weights"),
    ),
)


@C21_L3_3.step(
    premises=(last_layer_is_affine,),
    gives=outputs_have_two_terms,
    controls={last_layer_is_affine: CURVED_OUTPUT},
)
def last_layer_is_written_out(s: NetworkPoint, _: Verdict) -> Verdict:
    """The last layer is M_l phi_{l-1} + b_l without a further activation."""
    return equal(s.at.preactivations(s.depth), s.features(s.depth))


@C21_L3_3.step(
    premises=(outputs_have_two_terms, activation_is_smooth),
    gives=derivatives_avoiding_last_weights_vanish,
    controls={outputs_have_two_terms: CURVED_OUTPUT},
    no_control={activation_is_smooth: SMOOTH_UNUSED},
)
def first_term_vanishes_without_last_weights(s: NetworkPoint, _: Verdict, __: Verdict) -> Verdict:
    """D avoids w^l, so it annihilates M_l phi_{l-1}; and D b_l is 0 but for D = d/db^l."""
    return vanishes(s.weights(s.depth))


C21_L3_3_REPAIRED = C21_L3_3.repair(
    claim=(
        "At a point with M_l = 0 any derivative of any order of f_p(z) that involves no derivative "
        "by w^l vanishes, except the first derivative by b^l."
    ),
    minimal="where M_l is not zero, inner parameters move the output through it",
    without=("first_term_vanishes_without_last_weights",),
    hypotheses=(last_layer_is_affine, last_weights_vanish, activation_is_smooth),
    controls={last_layer_is_affine: CURVED_OUTPUT, last_weights_vanish: LIVE_OUTPUT},
    strategy=lambda: star_points(target_mean),
)


@C21_L3_3_REPAIRED.step(
    premises=(outputs_have_two_terms, last_weights_vanish, activation_is_smooth),
    gives=derivatives_avoiding_last_weights_vanish,
    controls={outputs_have_two_terms: CURVED_OUTPUT, last_weights_vanish: LIVE_OUTPUT},
    no_control={activation_is_smooth: SMOOTH_UNUSED},
)
def first_term_vanishes_with_last_weights_zero(
    s: NetworkPoint, _: Verdict, weights: Verdict, __: Verdict
) -> Verdict:
    """Each derivative of M_l phi_{l-1} that leaves M_l = 0 alone is 0 times one of phi_{l-1}."""
    jacobian = inner_derivatives(s)
    return all_of(weights=weights, order_one=vanishes(jacobian))


# --- star points are critical --------------------------------------------------------------------


def _gradient_vanishes_at(s: NetworkPoint, places: Sequence[int], what: str) -> Verdict:
    if not places:
        return fails(Evidence.EXACT, f"there are no {what} to differentiate by")
    return vanishes(s.at.gradient.submatrix(places, [0]))


@fact(r"\partial f_p(x_\alpha) / \partial (M_i, b_i) = 0 \quad (i < \ell)")
def inner_derivatives_of_outputs_vanish(s: NetworkPoint) -> Verdict:
    """The derivatives of every output by every parameter below the last layer are zero."""
    jacobian = inner_derivatives(s)
    return vanishes(jacobian).giving(jacobian=jacobian)


@fact(r"\phi_{\ell-1}(x_\alpha) = 0")
def last_features_vanish(s: NetworkPoint) -> Verdict:
    """The features of the last hidden layer are zero on every sample."""
    features = s.features(s.depth - 1)
    return vanishes(features).giving(features=features)


@fact(r"\partial L / \partial (M_i, b_i) = 0 \quad (i < \ell)")
def inner_gradient_vanishes(s: NetworkPoint) -> Verdict:
    """The gradient in all parameters below the last layer is zero."""
    return _gradient_vanishes_at(s, inner_places(s), "inner parameters")


@fact(r"\partial L / \partial M_\ell = 0")
def last_weight_gradient_vanishes(s: NetworkPoint) -> Verdict:
    """The gradient in the last weights is zero."""
    return _gradient_vanishes_at(s, weight_places(s.network, s.depth), "last weights")


@fact(r"\partial L / \partial b_\ell = 0")
def last_bias_gradient_vanishes(s: NetworkPoint) -> Verdict:
    """The gradient in the last bias is zero."""
    return _gradient_vanishes_at(s, bias_places(s.network, s.depth), "last biases")


SIGMOID_STAR = placed(
    "sigmoid instead",
    Network(widths=(1, 1, 1, 1), activation="sigmoid"),
    inputs=[[1]],
    targets=[[3]],
    last_bias=[3],
)


SHALLOW = Network(widths=(1, 1, 1))


ONLY_INNER = placed(
    "only the inner gradient is not zero",
    SHALLOW,
    inputs=[[0], [1]],
    targets=[[-1], [1]],
    values={"W2_11": 1},
)


ONLY_LAST_WEIGHTS = placed(
    "only the gradient in the last weights is not zero",
    SHALLOW,
    inputs=[[0], [1]],
    targets=[[-1], [1]],
    values={"W1_11": 1},
)


ONLY_LAST_BIAS = placed(
    "only the gradient in the last bias is not zero", SHALLOW, inputs=[[1]], targets=[[1]]
)


CURVED_SUM = placed(
    "output activation t + t^3, errors 1 and -1",
    Network(widths=(1, 1, 1), output_activation="cubic"),
    inputs=[[0], [1]],
    targets=[[-1], [3]],
    values={"W1_11": 1, "W2_11": 1},
)


DEPTH_UNUSED = "the claim holds for every depth from 2 on: at depth 2 the only piece is S_1"


ZERO_UNUSED = (
    "M_k = 0 alone makes the last features the same for all samples, so that their product with "
    "errors of sum zero vanishes whatever sigma(0) is"
)


C21_T3_1 = Statement(
    key="C21.T3.1",
    kind="theorem",
    where="3.1.2 (and 1.2)",
    title="Star points are critical",
    claim=(
        "For a network of depth l >= 3 with smooth activation, sigma(0) = 0 and squared loss, "
        "every point of the star locus S is a critical point."
    ),
    hypotheses=(
        depth_at_least_three,
        activation_is_smooth,
        activation_vanishes_at_zero,
        last_layer_is_affine,
        star_layers_vanish,
        last_bias_is_target_sum,
    ),
    conclusion=gradient_vanishes,
    instances=STAR_SUM,
    controls={
        last_layer_is_affine: CURVED_OUTPUT,
        star_layers_vanish: LIVE_OUTPUT,
        last_bias_is_target_sum: WRONG_BIAS,
    },
    no_control={
        depth_at_least_three: DEPTH_UNUSED,
        activation_is_smooth: SMOOTH_UNUSED,
        activation_vanishes_at_zero: ZERO_UNUSED,
    },
    strategy=lambda: star_points(target_sum, chosen=networks(least=3)),
    expected=(
        ("refuted", "statement"),
        ("invalid inference", "step last_bias_was_chosen_for_it"),
    ),
)


@C21_T3_1.step(
    premises=(derivatives_avoiding_last_weights_vanish,),
    gives=inner_derivatives_of_outputs_vanish,
    cites=C21_L3_3,
    via=lambda s: s,
    controls={derivatives_avoiding_last_weights_vanish: LIVE_OUTPUT},
)
def inner_derivatives_avoid_last_weights(s: NetworkPoint, lemma: Verdict) -> Verdict:
    """A first derivative by M_i or b_i with i < l is one of those of Lemma 3.3."""
    return vanishes(lemma.data["last_weights"])


@C21_T3_1.step(
    premises=(inner_derivatives_of_outputs_vanish,),
    gives=inner_gradient_vanishes,
    controls={inner_derivatives_of_outputs_vanish: ONLY_INNER},
)
def chain_rule_below(s: NetworkPoint, inner: Verdict) -> Verdict:
    """By (3.2) the gradient is 2 J^T (f - y) with the derivatives J of the outputs."""
    errors = s.residuals.T.flatten()
    gradient = (inner.data["jacobian"].T @ errors).scale(2)
    return equal(s.at.gradient.submatrix(inner_places(s), [0]), gradient)


@C21_T3_1.step(
    premises=(star_layers_vanish, activation_vanishes_at_zero),
    gives=last_features_vanish,
    controls={star_layers_vanish: LIVE_OUTPUT, activation_vanishes_at_zero: SIGMOID_STAR},
)
def signal_dies_at_layer_k(s: NetworkPoint, star: Verdict, _: Verdict) -> Verdict:
    """M_k = 0 and b_k = 0 give sigma(0) = 0 at layer k; then b_{k+1} = ... = 0 keep it."""
    layers = range(star.data["layers"][0], s.depth)
    return for_all(layers, lambda layer: vanishes(s.at.preactivations(layer)), "layer")


@C21_T3_1.step(
    premises=(last_features_vanish,),
    gives=last_weight_gradient_vanishes,
    controls={last_features_vanish: ONLY_LAST_WEIGHTS},
)
def last_weights_meet_zero_features(s: NetworkPoint, features: Verdict) -> Verdict:
    """The derivative by w^l is an error times a feature of the last hidden layer."""
    return vanishes(s.at.errors(s.depth).T @ features.data["features"])


@C21_T3_1.step(
    premises=(last_layer_is_affine, errors_sum_to_zero),
    gives=last_bias_gradient_vanishes,
    cites=C21_D3_S,
    via=lambda s: s,
    controls={last_layer_is_affine: CURVED_SUM, errors_sum_to_zero: ONLY_LAST_BIAS},
)
def last_bias_was_chosen_for_it(s: NetworkPoint, _: Verdict, errors: Verdict) -> Verdict:
    """The derivative by b^l is twice the sum of the errors, which vanishes by the choice of b^l."""
    gradient = s.at.gradient.submatrix(bias_places(s.network, s.depth), [0])
    return all_of(errors=errors, twice=equal(gradient, error_sum(s).scale(2)))


@C21_T3_1.step(
    premises=(
        inner_gradient_vanishes,
        last_weight_gradient_vanishes,
        last_bias_gradient_vanishes,
    ),
    gives=gradient_vanishes,
    controls={
        inner_gradient_vanishes: ONLY_INNER,
        last_weight_gradient_vanishes: ONLY_LAST_WEIGHTS,
        last_bias_gradient_vanishes: ONLY_LAST_BIAS,
    },
)
def every_parameter_is_covered(
    s: NetworkPoint, inner: Verdict, weights: Verdict, bias: Verdict
) -> Verdict:
    """The three groups are all parameters."""
    places = [
        *inner_places(s),
        *weight_places(s.network, s.depth),
        *bias_places(s.network, s.depth),
    ]
    covered = sizes_equal(len(set(places)), s.network.parameter_count)
    return all_of(inner=inner, weights=weights, bias=bias, covered=covered)


STAR_IDENTITIES = (
    whole_piece(
        "all of S_2 for widths (2, 2, 2, 1)",
        Network(widths=(2, 2, 2, 1), activation="cubic"),
        (2,),
        inputs=[[0, 1], [1, 1], [2, -1]],
        targets=[[1], [0], ["1/2"]],
    ),
    whole_piece(
        "all of S_1 for widths (1, 2, 1, 2, 2)",
        Network(widths=(1, 2, 1, 2, 2), activation="tanh"),
        (1,),
        inputs=[[0], [1]],
        targets=[[1, 0], [0, 3]],
    ),
)


SHALLOW_STAR = placed(
    "depth 2",
    Network(widths=(2, 3, 1), activation="tanh"),
    inputs=[[0, 1], [2, 1]],
    targets=[[1], [2]],
    last_bias=["3/2"],
)


C21_T3_1_REPAIRED = C21_T3_1.repair(
    claim=(
        "For a network of depth l >= 2 with smooth activation, sigma(0) = 0 and squared loss, "
        "every point of the star locus, with b_l the mean of the targets, is a critical point."
    ),
    minimal=(
        "with any other last bias the derivative by it is not zero; the depth may be 2 as well"
    ),
    hypotheses=(
        activation_is_smooth,
        activation_vanishes_at_zero,
        last_layer_is_affine,
        star_layers_vanish,
        last_bias_is_target_mean,
    ),
    instances=(*STAR_MEAN, SHALLOW_STAR, *STAR_IDENTITIES),
    controls={
        last_layer_is_affine: CURVED_OUTPUT,
        star_layers_vanish: LIVE_OUTPUT,
        last_bias_is_target_mean: TWO_SAMPLES_SUM,
    },
    no_control={
        activation_is_smooth: SMOOTH_UNUSED,
        activation_vanishes_at_zero: ZERO_UNUSED,
    },
    strategy=lambda: star_points(target_mean),
)
