"""Section 4.2, Theorem 4.2: at most as many inputs as outputs.

Notation: see `population`; j = `layer`, g = h_{j-1:1}.

Statements: YSJ18_T4_2.

Design notes. The claim stands, but the steering direction need not be in F_j, see I7. In the
repaired proof a direction moves the value at a single w; there is a smooth one, for a bump around w
that leaves out 0 and the other values. No bound eps_1 is needed then, and of the Jacobian above
only that it has full row rank.
"""

from __future__ import annotations

from fractions import Fraction

from symbolic_landscape.arithmetic import QQ, at_most, equal, vanishes
from symbolic_landscape.former.lemma import Statement
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.appendix_a_direction import (
    AT_EACH_POINT,
    BOUND_ZERO,
    FLAT_AWAY_FROM_DATA,
    NO_SLOPE_ABOVE,
    SHIFTED,
    SHIFTED_TARGET,
    TWO_OUTPUTS,
    at_first_value,
    right_inverse_everywhere,
    right_inverse_is_bounded_everywhere,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.appendix_a_formula import (
    YSJ18_E6,
    derivative_is_expectation,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.appendix_a_right_inverse import (
    YSJ18_I4,
    right_inverse_is_bounded,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.appendix_a_wide_inputs import (
    CORNER_AT_ZERO,
    FOLLOWS_FROM_ADMISSIBLE,
    NO_DIRECTION,
    NOT_CRITICAL,
    reproduce,
    square_of_the_residual,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.appendix_a_wide_outputs import (
    CONDITIONS,
    PROOF_LEAVES_OUT,
    RECEIVED_AS_ONE,
    YSJ18_I7,
    some_networks,
    steering_direction_of_the_layer_is_admissible,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.appendix_a_wide_outputs_bound import (
    FITTED_TO_Y,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.bounds import square
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.function_networks import (
    FLAT,
    HALF,
    IDENTITY,
    STEEPER,
    TILTED,
    ZERO,
    linear,
    network,
    quotient,
    scaled,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.population import FunctionNetwork
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_4 import (
    YSJ18_D6,
    layers_are_in_their_classes,
    risk_is_least_where_the_residual_vanishes,
    target_is_in_class,
    target_is_the_conditional_mean,
    widths_reach_the_smaller_end,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_4_conditions import (
    bound_above_is_positive,
    bound_below_is_positive,
    inputs_are_at_most_outputs,
    itself,
    jacobian_above_is_bounded_below,
    layer_reaches_the_output_width,
    layer_receives_the_input_width,
    layers_below_are_invertible,
    layers_below_expand,
    point_is_a_global_minimum,
    point_is_critical,
    residual_vanishes_almost_surely,
    steered,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_4_dominance import (
    expected_square,
    steering_derivative_is_the_expected_square,
    steering_reproduces_the_residual,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_4_wide_inputs import (
    NO_CONTROL,
    WRONG_MEAN_TAKEN,
)
from symbolic_landscape.verdict import Verdict, all_of, for_all

SMOOTH_DIRECTIONS = "directions that move a single value are smooth: the claim is true without"

FITTED = (
    network("one layer, noise", scaled(2), (scaled(2),), (1, -2), 1),
    network(
        "slope 0 below, fitted",
        quotient((0, 2, Fraction(-5, 2), 1), (2, -2, 1)),
        (FLAT, IDENTITY),
        (1, 2),
        layer=2,
        epsilon_below=Fraction(1, 4),
    ),
    network(
        "slope 0 below, fitted at X = 1 alone",
        scaled(HALF),
        (FLAT, IDENTITY),
        (1,),
        layer=2,
        epsilon_below=Fraction(1, 4),
    ),
    network(
        "one input, three outputs, a narrow layer below",
        linear((1,), (0,), (2,)),
        (scaled(2), linear((HALF,), (0,), (1,))),
        (1, 3),
        layer=2,
    ),
    network(
        "one input, two outputs, wide layer moved",
        linear((1,), (1,)),
        (linear((1,), (1,), (0,)), linear((1, 0, 2), (0, 1, 0))),
        (1, 0),
        1,
    ),
    network(
        "two variables, three outputs",
        linear((1, 0), (0, 1), (0, 0)),
        (linear((1, 0), (0, 1)), linear((1, 0), (0, 1), (0, 0))),
        ((1, 0), (1, 2)),
        layer=2,
    ),
    network(
        "bent below, fitted",
        TILTED,
        (TILTED, linear((1, 0), (0, 1))),
        ((1, 1), (0, 1)),
        layer=2,
        epsilon_below=Fraction(1, 4),
    ),
    network("bent above, zero", ZERO, (ZERO, STEEPER), (1,), 1, epsilon=HALF),
)

YSJ18_T4_2 = Statement(
    key="YSJ18.T4.2",
    kind="theorem",
    where="sec. 4.2; proof A.4",
    title="Nonlinear case d_x<=d_y",
    claim=(
        "Let d_x <= d_y, d_{j-1} = d_x, d_j >= d_y, h_{j-1:1} invertible with |h_{j-1:1}(u)| >= "
        "eps_1 |u|, sigma_min(J[h_{H+1:j+1}](z)) >= eps_2 for all z, and h_{H+1:j+1} twice "
        "differentiable, eps_1, eps_2 > 0. Then a critical point of L is a global minimum. Decided "
        "for laws with finitely many values."
    ),
    hypotheses=(*CONDITIONS, target_is_the_conditional_mean, point_is_critical),
    conclusion=point_is_a_global_minimum,
    instances=FITTED,
    controls={
        layers_are_in_their_classes: SHIFTED,
        layer_reaches_the_output_width: TWO_OUTPUTS,
        layers_below_are_invertible: RECEIVED_AS_ONE,
        bound_above_is_positive: BOUND_ZERO,
        jacobian_above_is_bounded_below: NO_SLOPE_ABOVE,
        point_is_critical: NOT_CRITICAL,
    },
    no_control={
        **NO_CONTROL,
        widths_reach_the_smaller_end: PROOF_LEAVES_OUT,
        inputs_are_at_most_outputs: PROOF_LEAVES_OUT,
        layer_receives_the_input_width: "it follows from a continuous bijection of R^{d_x} there",
        bound_below_is_positive: SMOOTH_DIRECTIONS,
        layers_below_expand: SMOOTH_DIRECTIONS,
    },
    strategy=some_networks,
    expected=(
        ("hypothesis not discharged", "step insert_the_direction"),
        ("invalid inference", "step derivative_in_the_direction_vanishes"),
        ("invalid inference", "step right_inverse_times_jacobian"),
    ),
)


@YSJ18_T4_2.step(
    premises=(steering_direction_of_the_layer_is_admissible,),
    gives=steering_reproduces_the_residual,
    cites=YSJ18_I7,
    via=steered,
    controls={steering_direction_of_the_layer_is_admissible: NO_SLOPE_ABOVE},
)
def right_inverse_times_jacobian(s: FunctionNetwork, admissible: Verdict) -> Verdict:
    """A A^T (A A^T)^-1 = I, so that A eta = r."""
    return reproduce(s)


@YSJ18_T4_2.step(
    premises=(derivative_is_expectation, steering_reproduces_the_residual),
    gives=steering_derivative_is_the_expected_square,
    cites=YSJ18_E6,
    via=steered,
    controls={derivative_is_expectation: CORNER_AT_ZERO},
    no_control={steering_reproduces_the_residual: NO_DIRECTION},
)
def insert_the_direction(s: FunctionNetwork, formula: Verdict, reproduced: Verdict) -> Verdict:
    """In (6), r^T A eta = |r|^2."""
    return square_of_the_residual(s)


@YSJ18_T4_2.step(
    premises=(
        steering_direction_of_the_layer_is_admissible,
        steering_derivative_is_the_expected_square,
        point_is_critical,
    ),
    gives=residual_vanishes_almost_surely,
    cites=YSJ18_I7,
    via=steered,
    controls={
        steering_direction_of_the_layer_is_admissible: SHIFTED,
        point_is_critical: NOT_CRITICAL,
    },
    no_control={steering_derivative_is_the_expected_square: FOLLOWS_FROM_ADMISSIBLE},
)
def derivative_in_the_direction_vanishes(
    s: FunctionNetwork, admissible: Verdict, derivative: Verdict, critical: Verdict
) -> Verdict:
    """The derivative vanishes in every direction of F_j, so that E |r|^2 = 0."""
    return vanishes(expected_square(s))


@YSJ18_T4_2.step(
    premises=(
        risk_is_least_where_the_residual_vanishes,
        residual_vanishes_almost_surely,
        target_is_the_conditional_mean,
    ),
    gives=point_is_a_global_minimum,
    cites=YSJ18_D6,
    via=itself,
    controls={
        residual_vanishes_almost_surely: NOT_CRITICAL,
        target_is_the_conditional_mean: WRONG_MEAN_TAKEN,
    },
    no_control={risk_is_least_where_the_residual_vanishes: "it is the conclusion of D6"},
)
def risk_is_the_constant(
    s: FunctionNetwork, least: Verdict, fitted: Verdict, mean: Verdict
) -> Verdict:
    """L(h) = C, and C is the least value of L."""
    risk, constant = s.risk, s.variance
    if risk is None or constant is None:
        return least
    return all_of(least=least, constant=equal(risk, constant))


YSJ18_T4_2_REPAIRED = YSJ18_T4_2.repair(
    claim=(
        "The same claim, with another proof: directions that move the value at a single w take the "
        "place of the steering direction, which need not be differentiable."
    ),
    minimal=(
        "The proof needs h_{j-1:1} one to one, and the Jacobian above of full row rank: two values "
        "received as one, or zero maps, are critical and not least. It needs no eps_1, no second "
        "derivatives, no d_x <= d_y, and no positive lower bound of the singular values."
    ),
    without=(
        "right_inverse_times_jacobian",
        "insert_the_direction",
        "derivative_in_the_direction_vanishes",
    ),
)


@YSJ18_T4_2_REPAIRED.step(
    premises=(
        right_inverse_is_bounded,
        layer_reaches_the_output_width,
        bound_above_is_positive,
        jacobian_above_is_bounded_below,
    ),
    gives=right_inverse_is_bounded_everywhere,
    cites=YSJ18_I4,
    via=at_first_value,
    controls={jacobian_above_is_bounded_below: FLAT_AWAY_FROM_DATA},
    no_control=AT_EACH_POINT,
    replaces="risk_is_the_constant",
)
def bound_at_every_point(s: FunctionNetwork, *premises: Verdict) -> Verdict:
    """The bound of the singular values holds at every z, and so does that of the right inverse."""
    return right_inverse_everywhere(s)


@YSJ18_T4_2_REPAIRED.step(
    premises=(
        right_inverse_is_bounded_everywhere,
        layers_below_are_invertible,
        point_is_critical,
        layers_are_in_their_classes,
        target_is_in_class,
        target_is_the_conditional_mean,
    ),
    gives=residual_vanishes_almost_surely,
    controls={
        right_inverse_is_bounded_everywhere: NO_SLOPE_ABOVE,
        layers_below_are_invertible: RECEIVED_AS_ONE,
        point_is_critical: NOT_CRITICAL,
        layers_are_in_their_classes: SHIFTED,
        target_is_in_class: SHIFTED_TARGET,
        target_is_the_conditional_mean: FITTED_TO_Y,
    },
)
def move_a_single_value(s: FunctionNetwork, *premises: Verdict) -> Verdict:
    """Each w comes from one x, and eps_2 |r(x)| <= |A^T r| = 0; at x = 0 both maps are 0."""
    values = [(weight, x) for weight, x, _ in s.conditional_means()]
    gradient = s.gradient(s.layer)

    def at(k: int) -> Verdict:
        (weight, x), (w, vector) = values[k], gradient[k]
        if w.is_zero:
            return vanishes(s.residual(QQ.zeros(s.input_width, 1)))
        bound = square(s.residual(x)) * (s.epsilon * weight) ** 2
        return all_of(bound=at_most(bound, square(vector)), critical=vanishes(vector))

    return for_all(range(len(values)), at, "value of X")


@YSJ18_T4_2_REPAIRED.step(
    premises=(
        risk_is_least_where_the_residual_vanishes,
        residual_vanishes_almost_surely,
        target_is_the_conditional_mean,
    ),
    gives=point_is_a_global_minimum,
    cites=YSJ18_D6,
    via=itself,
    controls={
        residual_vanishes_almost_surely: NOT_CRITICAL,
        target_is_the_conditional_mean: WRONG_MEAN_TAKEN,
    },
    no_control={risk_is_least_where_the_residual_vanishes: "it is the conclusion of D6"},
)
def least_value(s: FunctionNetwork, least: Verdict, fitted: Verdict, mean: Verdict) -> Verdict:
    """L(h) = C, and C is the least value of L."""
    return risk_is_the_constant.inference(s, least, fitted, mean)
