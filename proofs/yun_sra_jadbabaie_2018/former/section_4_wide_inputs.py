"""Section 4.2, Theorem 4.1: at least as many inputs as outputs.

Notation: see `population`; eta is the steering direction of the first layer.

Statements: YSJ18_T4_1.

Design notes. A derivative in function space vanishes exactly when it does in the directions that
move a single value, see `population`; so criticality and the least risk are decided exactly for
laws with finitely many values. The theorem asks that all derivatives vanish and uses the first one.
"""

from __future__ import annotations

from fractions import Fraction

from symbolic_landscape.arithmetic import equal, vanishes
from symbolic_landscape.former.lemma import Statement
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.appendix_a_direction import (
    BOUND_ZERO,
    NO_SLOPE_ABOVE,
    ONE_UNIT,
    SHIFTED,
    TWO_OUTPUTS,
    YSJ18_I5,
    steering_direction_is_admissible,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.appendix_a_formula import (
    YSJ18_E6,
    derivative_is_expectation,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.appendix_a_wide_inputs import (
    CONDITIONS,
    CORNER_AT_ZERO,
    CRITICAL,
    FOLLOWS_FROM_ADMISSIBLE,
    NO_DIRECTION,
    NOT_CRITICAL,
    any_networks,
    reproduce,
    square_of_the_residual,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.function_networks import scaled
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.population import (
    Atom,
    Finite,
    FunctionNetwork,
)
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
    first_layer_steered,
    inputs_are_at_least_outputs,
    itself,
    jacobian_above_is_bounded_below,
    layers_above_are_twice_differentiable,
    point_is_a_global_minimum,
    point_is_critical,
    residual_vanishes_almost_surely,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_4_dominance import (
    expected_square,
    steering_derivative_is_the_expected_square,
    steering_reproduces_the_residual,
)
from symbolic_landscape.verdict import Verdict, all_of

WRONG_MEAN_TAKEN = FunctionNetwork(
    name="the network is h*, which is twice the conditional mean",
    law=Finite((Atom(Fraction(1), (1,), (1,)),)),
    target=scaled(2),
    layers=(scaled(2),),
)
NO_CONTROL = {
    target_is_in_class: (
        "h* matters through its values at X; at X = 0 no network can take another value than 0, "
        "and the least risk is that of the networks"
    ),
    target_is_the_conditional_mean: (
        "derivative and risk are those of (X, Y), whatever function is called h*"
    ),
    layers_above_are_twice_differentiable: (
        "directions of class C1 with the same values at X do as well: the claim is true without"
    ),
}

YSJ18_T4_1 = Statement(
    key="YSJ18.T4.1",
    kind="theorem",
    where="sec. 4.2; proof A.3",
    title="Nonlinear case d_x>=d_y",
    claim=(
        "Let d_x >= d_y, sigma_min(J[h_{H+1:2}](z)) >= eps > 0 for all z, and h_{H+1:2} twice "
        "differentiable. Then a critical point of L is a global minimum. Decided for laws with "
        "finitely many values."
    ),
    hypotheses=(*CONDITIONS, point_is_critical),
    conclusion=point_is_a_global_minimum,
    instances=CRITICAL,
    controls={
        layers_are_in_their_classes: SHIFTED,
        widths_reach_the_smaller_end: ONE_UNIT,
        inputs_are_at_least_outputs: TWO_OUTPUTS,
        bound_above_is_positive: BOUND_ZERO,
        jacobian_above_is_bounded_below: NO_SLOPE_ABOVE,
        point_is_critical: NOT_CRITICAL,
    },
    no_control=NO_CONTROL,
    strategy=any_networks,
)


@YSJ18_T4_1.step(
    premises=(steering_direction_is_admissible,),
    gives=steering_reproduces_the_residual,
    cites=YSJ18_I5,
    via=first_layer_steered,
    controls={steering_direction_is_admissible: NO_SLOPE_ABOVE},
)
def right_inverse_times_jacobian(s: FunctionNetwork, admissible: Verdict) -> Verdict:
    """A A^T (A A^T)^-1 = I, so that A eta = r."""
    return reproduce(s)


@YSJ18_T4_1.step(
    premises=(derivative_is_expectation, steering_reproduces_the_residual),
    gives=steering_derivative_is_the_expected_square,
    cites=YSJ18_E6,
    via=first_layer_steered,
    controls={derivative_is_expectation: CORNER_AT_ZERO},
    no_control={steering_reproduces_the_residual: NO_DIRECTION},
)
def insert_the_direction(s: FunctionNetwork, formula: Verdict, reproduced: Verdict) -> Verdict:
    """In (6), r^T A eta = |r|^2."""
    return square_of_the_residual(s)


@YSJ18_T4_1.step(
    premises=(
        steering_direction_is_admissible,
        steering_derivative_is_the_expected_square,
        point_is_critical,
    ),
    gives=residual_vanishes_almost_surely,
    cites=YSJ18_I5,
    via=first_layer_steered,
    controls={steering_direction_is_admissible: SHIFTED, point_is_critical: NOT_CRITICAL},
    no_control={steering_derivative_is_the_expected_square: FOLLOWS_FROM_ADMISSIBLE},
)
def derivative_in_the_direction_vanishes(
    s: FunctionNetwork, admissible: Verdict, derivative: Verdict, critical: Verdict
) -> Verdict:
    """The derivative vanishes in every direction of F_1, so that E |r|^2 = 0."""
    return vanishes(expected_square(s))


@YSJ18_T4_1.step(
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
