"""Section 3.1.2 of Cooper 2021: second derivatives at the points of the core locus.

Notation: as in section 3.1.2 on first derivatives; C_{j,k} as in `loci`.

Statements
- T3.2   core points are degenerate; the inertia of their Hessian

Source: Cooper 2021, section 3.1.2, with the core as (3.1) prints it (j <= k) and, in the repaired
reading, with j < k.
"""

from __future__ import annotations

from symbolic_landscape.arithmetic import QQ, Matrix, equal, sizes_equal, vanishes
from symbolic_landscape.former.lemma import Statement, fact
from symbolic_landscape.networks import Network
from symbolic_landscape.proofs.common.points import NetworkPoint, gradient_vanishes
from symbolic_landscape.proofs.cooper_2021.former.instances import (
    bias_places,
    networks,
    placed,
    target_mean,
    target_sum,
    weight_places,
)
from symbolic_landscape.proofs.cooper_2021.former.loci import (
    core_pieces,
    lies_in,
    printed_core_pieces,
    star_points,
    whole_piece,
)
from symbolic_landscape.proofs.cooper_2021.former.section_2 import (
    activation_is_smooth,
    activation_vanishes_at_zero,
    depth_at_least_four,
    last_layer_is_affine,
)
from symbolic_landscape.proofs.cooper_2021.former.section_3_1_1_star import (
    C21_D3_S,
    CUBIC,
    LIVE_OUTPUT,
    errors_sum_to_zero,
    last_bias_is_target_mean,
    last_bias_is_target_sum,
)
from symbolic_landscape.proofs.cooper_2021.former.section_3_1_2 import (
    C21_L3_3,
    C21_T3_1,
    SIGMOID_STAR,
    SMOOTH_UNUSED,
    derivatives_avoiding_last_weights_vanish,
    inner_derivatives,
    inner_places,
    single_outputs,
)
from symbolic_landscape.verdict import Evidence, Verdict, all_of, fails

# --- core points ---------------------------------------------------------------------------------


@fact(r"\exists j \le k:\ M_\ell = M_j = M_k = 0,\ b_j = \cdots = b_{\ell-1} = 0")
def printed_core_layers_vanish(s: NetworkPoint) -> Verdict:
    """For some j <= k <= l - 1: M_l = M_j = M_k = 0 and b_j = ... = b_{l-1} = 0."""
    return lies_in(s, printed_core_pieces(s.network), "C")


@fact(r"\exists j < k:\ M_\ell = M_j = M_k = 0,\ b_j = \cdots = b_{\ell-1} = 0")
def core_layers_vanish(s: NetworkPoint) -> Verdict:
    """For some j < k <= l - 1: M_l = M_j = M_k = 0 and b_j = ... = b_{l-1} = 0."""
    return lies_in(s, core_pieces(s.network), "C")


def _inertia_is(s: NetworkPoint, positive: int) -> Verdict:
    """Whether the point is critical, with so many positive and no negative eigenvalues."""
    found = s.at.hessian.inertia()
    words = f"the Hessian has {found[0]} positive, {found[1]} negative, {found[2]} zero eigenvalues"
    return all_of(
        critical=gradient_vanishes.decide(s),
        positive=sizes_equal(found[0], positive).because(f"{words}; claimed {positive} positive"),
        zero=sizes_equal(found[2], s.network.parameter_count - positive).because(words),
    )


@fact(r"\nabla L = 0,\ \operatorname{inertia} \nabla^2 L = (1, 0, d-1)")
def hessian_has_one_positive_eigenvalue(s: NetworkPoint) -> Verdict:
    """The point is critical, its Hessian has one positive eigenvalue, and all others vanish."""
    return _inertia_is(s, 1)


@fact(r"\nabla L = 0,\ \operatorname{inertia} \nabla^2 L = (m_\ell, 0, d - m_\ell)")
def hessian_has_one_positive_eigenvalue_per_output(s: NetworkPoint) -> Verdict:
    """The point is critical, its Hessian has m_l positive eigenvalues, and all others vanish."""
    return _inertia_is(s, s.network.outputs)


@fact(
    r"\partial^2 L / \partial \gamma_1 \partial \gamma_2 = 0 \text{ but for } "
    r"\partial^2 L / \partial (b_\ell)_i^2 = 2n \quad (\gamma_1, \gamma_2 \ne w^\ell)"
)
def hessian_avoiding_last_weights_is_2n(s: NetworkPoint) -> Verdict:
    """Second derivatives avoiding w^l are 0, but 2n for those twice by the same last bias."""
    if not s.network.bias:
        return fails(Evidence.EXACT, "there is no last bias")
    places = _avoiding(s)
    block = s.at.hessian.submatrix(places, places)
    return equal(block, _curvature_of_last_bias(s))


def _avoiding(s: NetworkPoint) -> list[int]:
    return [*inner_places(s), *bias_places(s.network, s.depth)]


def _curvature_of_last_bias(s: NetworkPoint) -> Matrix:
    inner, count = len(inner_places(s)), s.network.outputs
    return QQ.diagonal([*[0] * inner, *[2 * s.count] * count])


@fact(r"\partial^2 L / \partial * \partial w^\ell = 0")
def hessian_rows_of_last_weights_vanish(s: NetworkPoint) -> Verdict:
    """Every second derivative with at least one derivative by w^l is zero."""
    rows = weight_places(s.network, s.depth)
    return vanishes(s.at.hessian.submatrix(rows, range(s.network.parameter_count)))


def features_jacobians(s: NetworkPoint) -> list[Matrix]:
    """For each last hidden unit the derivatives of its feature by inner parameters (n, d_I)."""
    width = s.network.widths[-2]
    field = s.parameters.weights[-1].field
    found = single_outputs(s, field.identity(width), field.zeros(width, 1))
    rows = [at.gradient.submatrix(inner_places(s), [0]).T for at in found]
    grouped = [rows[i : i + s.count] for i in range(0, len(rows), s.count)]
    return [first.vstack(*rest) for first, *rest in grouped]


CORE_SUM = (
    placed(
        "one sample",
        Network(widths=(1, 1, 1, 1, 1), activation="cubic"),
        inputs=[[1]],
        targets=[[3]],
        values={"W3_11": 2},
        last_bias=[3],
    ),
    placed(
        "targets that sum to zero",
        Network(widths=(2, 2, 1, 2, 1), activation="tanh"),
        inputs=[[0, 1], [1, 1]],
        targets=[[2], [-2]],
        values={"W1_11": 1, "b1_2": -1},
        last_bias=[0],
    ),
    placed(
        "one sample, two outputs",
        Network(widths=(1, 1, 1, 1, 2), activation="linear"),
        inputs=[[2]],
        targets=[[1, -1]],
        values={"W1_11": 1},
        last_bias=[1, -1],
    ),
    placed(
        "three samples",
        Network(widths=(1, 1, 2, 1, 1), activation="square"),
        inputs=[[2], [1], [0]],
        targets=[[1], [1], [2]],
        last_bias=[4],
    ),
)


CORE_MEAN = (
    *CORE_SUM[:3],
    placed(
        "two outputs, depth 3",
        Network(widths=(1, 2, 2, 2), activation="algebraic"),
        inputs=[[0], [1], [1]],
        targets=[[1, 0], [2, 2], [0, 1]],
        last_bias=[1, 1],
    ),
    placed(
        "three outputs, depth 5",
        Network(widths=(1, 1, 2, 1, 1, 3), activation="t**3"),
        inputs=[[2], [-1]],
        targets=[[1, 0, 5], [2, 2, 0]],
        values={"W1_11": 1, "b1_1": 1, "W3_11": 2, "W3_12": -1},
        last_bias=["3/2", 1, "5/2"],
    ),
    whole_piece(
        "all of C_{1,3} for widths (1, 2, 2, 1, 2)",
        Network(widths=(1, 2, 2, 1, 2), activation="cubic"),
        (1, 3),
        inputs=[[0], [1]],
        targets=[[1, 0], [2, 5]],
    ),
)


DEEP = Network(widths=(1, 1, 1, 1, 1), activation="cubic")


LIVE_AT_DEPTH_FOUR = placed(
    "no weight zero",
    DEEP,
    inputs=[[1]],
    targets=[[3]],
    values={"W1_11": 1, "W2_11": 1, "W3_11": 1, "W4_11": 1},
    last_bias=[3],
)


WRONG_BIAS_AT_DEPTH_FOUR = placed(
    "all parameters zero, target one", DEEP, inputs=[[1]], targets=[[1]]
)


CURVED_AT_DEPTH_FOUR = placed(
    "output activation t + t^3, depth 4",
    Network(widths=(1, 1, 1, 1, 1), activation="cubic", output_activation="cubic"),
    inputs=[[1]],
    targets=[[1]],
    last_bias=[1],
)


DEAD_END = placed(
    "only the last weight zero",
    CUBIC,
    inputs=[[1]],
    targets=[[3]],
    values={"W1_11": 1, "W2_11": 1},
    last_bias=[3],
)


ONE_LAYER_ZERO = placed(
    "a star point with one zero layer",
    CUBIC,
    inputs=[[0], [1]],
    targets=[[1], [2]],
    values={"W2_11": 1},
    last_bias=["3/2"],
)


ONE_LAYER_ZERO_AT_DEPTH_FOUR = placed(
    "a star point of depth 4 with one zero layer",
    DEEP,
    inputs=[[0], [1]],
    targets=[[1], [2]],
    values={"W2_11": 1, "W3_11": 1},
    last_bias=["3/2"],
)


SUM_AT_DEPTH_FOUR = placed(
    "sum of two targets, depth 4", DEEP, inputs=[[0], [1]], targets=[[1], [2]], last_bias=[3]
)


FLAT_NOT_CRITICAL = placed(
    "t^3, target missed",
    Network(widths=(1, 1, 1, 1), activation="t**3"),
    inputs=[[1]],
    targets=[[1]],
)


FITS_TWO_SAMPLES = placed(
    "fits two samples",
    CUBIC,
    inputs=[[0], [1]],
    targets=[[0], [0]],
    values={"W2_11": 1, "W3_11": 1},
)


ZERO_UNUSED_IN_THE_CORE = (
    "without it the last features are one vector c on the core, and the Hessian is 2n (c, 1)(c, "
    "1)^T for each output, with the same inertia"
)


C21_T3_2 = Statement(
    key="C21.T3.2",
    kind="theorem",
    where="3.1.2 (and 1.2)",
    title="Core points are degenerate; their Hessian",
    claim=(
        "For a network of depth l >= 4 with smooth activation, sigma(0) = 0 and squared loss, "
        "every point of the core locus is a degenerate critical point: the Hessian has one "
        "positive eigenvalue and the remaining eigenvalues vanish."
    ),
    hypotheses=(
        depth_at_least_four,
        activation_is_smooth,
        activation_vanishes_at_zero,
        last_layer_is_affine,
        printed_core_layers_vanish,
        last_bias_is_target_sum,
    ),
    conclusion=hessian_has_one_positive_eigenvalue,
    instances=CORE_SUM,
    controls={
        last_layer_is_affine: CURVED_AT_DEPTH_FOUR,
        printed_core_layers_vanish: LIVE_AT_DEPTH_FOUR,
        last_bias_is_target_sum: WRONG_BIAS_AT_DEPTH_FOUR,
    },
    no_control={
        depth_at_least_four: "the claim is the same at depth 3, where C has one piece",
        activation_is_smooth: SMOOTH_UNUSED,
        activation_vanishes_at_zero: ZERO_UNUSED_IN_THE_CORE,
    },
    strategy=lambda: star_points(target_sum, chosen=networks(least=4), pieces=printed_core_pieces),
    expected=(
        ("refuted", "statement"),
        ("invalid inference", "step products_contain_a_zero_layer"),
        ("invalid inference", "step only_the_last_bias_is_left"),
    ),
)


@C21_T3_2.step(
    premises=(derivatives_avoiding_last_weights_vanish,),
    gives=hessian_avoiding_last_weights_is_2n,
    cites=C21_L3_3,
    via=lambda s: s,
    controls={derivatives_avoiding_last_weights_vanish: LIVE_OUTPUT},
)
def second_derivatives_avoid_last_weights(s: NetworkPoint, _: Verdict) -> Verdict:
    """By (3.5) and Lemma 3.3 only 2 sum_alpha (d f/d b^l)^2 is left of these second derivatives."""
    inner = inner_derivatives(s)
    units = QQ.identity(s.network.outputs).rows()
    blocks = [unit for unit in units for _ in range(s.count)]
    last = blocks[0].vstack(*blocks[1:])
    jacobian = inner.hstack(last)
    return equal((jacobian.T @ jacobian).scale(2), _curvature_of_last_bias(s))


def _second_derivatives_by_last_weights(s: NetworkPoint) -> Verdict:
    """Whether both terms of (3.6) vanish for every inner parameter."""
    jacobians = features_jacobians(s)
    weighted = [jacobian.T @ s.residuals for jacobian in jacobians]
    return all_of(
        first_term=vanishes(s.features(s.depth - 1)),
        second_term=vanishes(weighted[0].hstack(*weighted[1:])),
    )


@C21_T3_2.step(
    premises=(printed_core_layers_vanish, activation_vanishes_at_zero, errors_sum_to_zero),
    gives=hessian_rows_of_last_weights_vanish,
    cites=C21_D3_S,
    via=lambda s: s,
    controls={
        printed_core_layers_vanish: DEAD_END,
        activation_vanishes_at_zero: SIGMOID_STAR,
        errors_sum_to_zero: WRONG_BIAS_AT_DEPTH_FOUR,
    },
)
def products_contain_a_zero_layer(
    s: NetworkPoint, _: Verdict, __: Verdict, ___: Verdict
) -> Verdict:
    """In (3.6) a factor of the product is zero, or it is the same for all samples.

    Then it is multiplied by the sum of the errors.
    """
    return _second_derivatives_by_last_weights(s)


@C21_T3_2.step(
    premises=(
        gradient_vanishes,
        hessian_avoiding_last_weights_is_2n,
        hessian_rows_of_last_weights_vanish,
    ),
    gives=hessian_has_one_positive_eigenvalue,
    cites=C21_T3_1,
    via=lambda s: s,
    controls={
        gradient_vanishes: FLAT_NOT_CRITICAL,
        hessian_avoiding_last_weights_is_2n: FITS_TWO_SAMPLES,
        hessian_rows_of_last_weights_vanish: ONE_LAYER_ZERO,
    },
)
def only_the_last_bias_is_left(
    s: NetworkPoint, gradient: Verdict, avoiding: Verdict, rows: Verdict
) -> Verdict:
    """One second derivative is not zero, 2n > 0: one eigenvalue is 2n, the rest are 0."""
    return all_of(
        gradient=gradient,
        avoiding=avoiding,
        rows=rows,
        one_entry=sizes_equal(_curvature_of_last_bias(s).rank(), 1),
    )


C21_T3_2_REPAIRED = C21_T3_2.repair(
    claim=(
        "For a network of depth l >= 3 with smooth activation, sigma(0) = 0 and squared loss, at "
        "every point of the union of C_{j,k} over j < k, with b_l the mean of the targets, the "
        "gradient vanishes, the Hessian has m_l positive eigenvalues, and the others vanish."
    ),
    minimal=(
        "there is one eigenvalue 2n for each output; with j = k the points are those of the star "
        "locus, where the Hessian can be indefinite; with the sum of the targets they are not "
        "critical"
    ),
    without=("products_contain_a_zero_layer", "only_the_last_bias_is_left"),
    hypotheses=(
        activation_is_smooth,
        activation_vanishes_at_zero,
        last_layer_is_affine,
        core_layers_vanish,
        last_bias_is_target_mean,
    ),
    conclusion=hessian_has_one_positive_eigenvalue_per_output,
    instances=CORE_MEAN,
    controls={
        last_layer_is_affine: CURVED_AT_DEPTH_FOUR,
        core_layers_vanish: ONE_LAYER_ZERO_AT_DEPTH_FOUR,
        last_bias_is_target_mean: SUM_AT_DEPTH_FOUR,
    },
    no_control={
        activation_is_smooth: SMOOTH_UNUSED,
        activation_vanishes_at_zero: ZERO_UNUSED_IN_THE_CORE,
    },
    strategy=lambda: star_points(target_mean, chosen=networks(least=3), pieces=core_pieces),
)


@C21_T3_2_REPAIRED.step(
    premises=(core_layers_vanish, activation_vanishes_at_zero, errors_sum_to_zero),
    gives=hessian_rows_of_last_weights_vanish,
    cites=C21_D3_S,
    via=lambda s: s,
    controls={
        core_layers_vanish: ONE_LAYER_ZERO,
        activation_vanishes_at_zero: SIGMOID_STAR,
        errors_sum_to_zero: WRONG_BIAS_AT_DEPTH_FOUR,
    },
)
def products_contain_one_of_two_zero_layers(
    s: NetworkPoint, _: Verdict, __: Verdict, ___: Verdict
) -> Verdict:
    """In (3.6) a derivative by M_i passes M_k or meets features that are zero after layer j.

    One by b_i passes M_k for i < k; else it is the same for all samples, whose errors sum to zero.
    """
    return _second_derivatives_by_last_weights(s)


@C21_T3_2_REPAIRED.step(
    premises=(
        gradient_vanishes,
        hessian_avoiding_last_weights_is_2n,
        hessian_rows_of_last_weights_vanish,
    ),
    gives=hessian_has_one_positive_eigenvalue_per_output,
    cites=C21_T3_1,
    via=lambda s: s,
    controls={
        gradient_vanishes: FLAT_NOT_CRITICAL,
        hessian_avoiding_last_weights_is_2n: FITS_TWO_SAMPLES,
        hessian_rows_of_last_weights_vanish: ONE_LAYER_ZERO,
    },
)
def only_the_last_biases_are_left(
    s: NetworkPoint, gradient: Verdict, avoiding: Verdict, rows: Verdict
) -> Verdict:
    """The second derivatives that are not zero are 2n on the diagonal, once for each output."""
    return all_of(
        gradient=gradient,
        avoiding=avoiding,
        rows=rows,
        entries=sizes_equal(_curvature_of_last_bias(s).rank(), s.network.outputs),
    )
