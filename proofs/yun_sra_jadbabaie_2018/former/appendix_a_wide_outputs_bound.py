"""Appendix A.4: gradient dominance for at most as many inputs as outputs.

Notation: see `appendix_a_wide_outputs`; c = eps_1 eps_2, N = |h_{H+1:1} - h*|_nl.

Statements: YSJ18_I8.

Design notes. The printed proof needs the steering direction in F_j, which can fail, divides by N,
and takes E |h_{H+1:1}(X) - h*(X)|^2 for L(h) - L*, which is half of it. In the repaired proof a
direction of class C1 takes, at each w that layer j receives, the value |w| A^T r / |A^T r|; it has
norm 1, and gives twice the constant.
"""

from __future__ import annotations

from fractions import Fraction

from symbolic_landscape.arithmetic import equal
from symbolic_landscape.former.lemma import Statement
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.appendix_a_direction import (
    AT_EACH_POINT,
    FLAT_AWAY_FROM_DATA,
    NO_SLOPE_ABOVE,
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
    WRONG_MEAN_FITTED,
    reproduce,
    square_of_the_residual,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.appendix_a_wide_outputs import (
    CONDITIONS,
    FLAT_BELOW,
    PROOF_LEAVES_OUT,
    RECEIVED_AS_ONE,
    SMOOTH_BELOW,
    YSJ18_I7,
    some_networks,
    steering_direction_of_the_layer_is_admissible,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.function_networks import (
    IDENTITY,
    network,
    quotient,
    scaled,
)
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
    bound_below_is_positive,
    inputs_are_at_most_outputs,
    itself,
    jacobian_above_is_bounded_below,
    layer_reaches_the_output_width,
    layer_receives_the_input_width,
    layers_above_are_twice_differentiable,
    layers_below_are_invertible,
    layers_below_expand,
    steered,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_4_dominance import (
    atomwise,
    derivative_bounds_the_excess_risk,
    derivative_bounds_the_expected_square,
    derivative_bounds_twice_the_excess_risk,
    expected_square,
    expected_square_is_the_excess_risk,
    expected_square_is_twice_the_excess_risk,
    factor,
    quotient_bounds_the_operator_norm,
    steering_derivative_is_the_expected_square,
    steering_reproduces_the_residual,
)
from symbolic_landscape.verdict import Verdict, all_of

CONTRACTS_MORE = network(
    "a quarter below, eps_1 = 1, target 2 x",
    scaled(2),
    (scaled(Fraction(1, 4)), scaled(1)),
    (1,),
    layer=2,
)
FITTED_AT_X_ALONE = network(
    "fitted at X alone", quotient((0, 3, 0, 1), (1, 0, 1)), (scaled(2), IDENTITY), (1, -1), layer=2
)
FITTED_TO_Y = FunctionNetwork(
    name="fitted to Y, while h* is twice as large",
    law=Finite((Atom(Fraction(1), (1,), (1,)),)),
    target=scaled(2),
    layers=(scaled(1),),
)
SAME_VALUES = "directions of class C1 with the same values at X give the same bound"
INFINITE_NORM = (
    "the bound uses slopes above at the values of X; where a map is not 0 at 0 or grows faster, "
    "|h_{H+1:1} - h*|_nl is infinite"
)

YSJ18_I8 = Statement(
    key="YSJ18.I8",
    kind="identity",
    where="A.4 last display",
    title="Gradient dominance, d_x<=d_y",
    claim=(
        "Under the conditions of Theorem 4.2, |D_j L|_op |h_{H+1:1} - h*|_nl >= eps_1 eps_2 (L(h) "
        "- L*). Decided for laws with finitely many values, where |D_j L|_op is a finite sum."
    ),
    hypotheses=(*CONDITIONS, target_is_the_conditional_mean),
    conclusion=derivative_bounds_the_excess_risk,
    instances=(*SMOOTH_BELOW, FLAT_BELOW),
    controls={
        target_is_the_conditional_mean: WRONG_MEAN_FITTED,
        layer_reaches_the_output_width: TWO_OUTPUTS,
        layers_below_are_invertible: RECEIVED_AS_ONE,
        layers_below_expand: CONTRACTS_MORE,
        jacobian_above_is_bounded_below: NO_SLOPE_ABOVE,
    },
    no_control={
        layers_are_in_their_classes: INFINITE_NORM,
        target_is_in_class: INFINITE_NORM,
        widths_reach_the_smaller_end: PROOF_LEAVES_OUT,
        inputs_are_at_most_outputs: PROOF_LEAVES_OUT,
        layer_receives_the_input_width: "it follows from a continuous bijection of R^{d_x} there",
        bound_below_is_positive: "for eps_1 <= 0 the right side is at most 0",
        bound_above_is_positive: "for eps_2 <= 0 the right side is at most 0",
        layers_above_are_twice_differentiable: SAME_VALUES,
    },
    strategy=some_networks,
    expected=(
        ("hypothesis not discharged", "step insert_the_direction"),
        ("invalid inference", "step divide_by_the_norm_of_the_direction"),
        ("invalid inference", "step right_inverse_times_jacobian"),
        ("invalid inference", "step write_as_excess_risk"),
    ),
)


@YSJ18_I8.step(
    premises=(steering_direction_of_the_layer_is_admissible,),
    gives=steering_reproduces_the_residual,
    cites=YSJ18_I7,
    via=steered,
    controls={steering_direction_of_the_layer_is_admissible: NO_SLOPE_ABOVE},
)
def right_inverse_times_jacobian(s: FunctionNetwork, admissible: Verdict) -> Verdict:
    """A A^T (A A^T)^-1 = I, so that A eta = r."""
    return reproduce(s)


@YSJ18_I8.step(
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


@YSJ18_I8.step(
    premises=(
        steering_direction_of_the_layer_is_admissible,
        steering_derivative_is_the_expected_square,
    ),
    gives=quotient_bounds_the_operator_norm,
    cites=YSJ18_I7,
    via=steered,
    controls={steering_direction_of_the_layer_is_admissible: CONTRACTS_MORE},
    no_control={steering_derivative_is_the_expected_square: FOLLOWS_FROM_ADMISSIBLE},
)
def divide_by_the_norm_of_the_direction(
    s: FunctionNetwork, admissible: Verdict, derivative: Verdict
) -> Verdict:
    """|D| >= <D, eta> / |eta|_nl, and |eta|_nl <= N / (eps_1 eps_2)."""
    return atomwise(s, factor(s))


@YSJ18_I8.step(
    premises=(risk_is_least_where_the_residual_vanishes, target_is_the_conditional_mean),
    gives=expected_square_is_the_excess_risk,
    cites=YSJ18_D6,
    via=itself,
    no_control={
        risk_is_least_where_the_residual_vanishes: "it is the conclusion of D6",
        target_is_the_conditional_mean: "the yield is false wherever the residual is not 0",
    },
)
def write_as_excess_risk(s: FunctionNetwork, least: Verdict, mean: Verdict) -> Verdict:
    """L(h) - L* is the first term of the risk."""
    return equal(expected_square(s), 2 * s.excess if s.excess is not None else 0)


@YSJ18_I8.step(
    premises=(quotient_bounds_the_operator_norm, expected_square_is_the_excess_risk),
    gives=derivative_bounds_the_excess_risk,
    tried_on=(FITTED_AT_X_ALONE,),
    no_control={
        quotient_bounds_the_operator_norm: (
            "the other premise holds only where the residual vanishes, and so does the yield"
        ),
        expected_square_is_the_excess_risk: "half of the expected square is bounded all the more",
    },
)
def multiply_by_the_norm(s: FunctionNetwork, quotients: Verdict, excess: Verdict) -> Verdict:
    """Multiply by |h_{H+1:1} - h*|_nl."""
    return atomwise(s, factor(s))


YSJ18_I8_REPAIRED = YSJ18_I8.repair(
    claim=(
        "Under the conditions of Theorem 4.2, |D_j L|_op |h_{H+1:1} - h*|_nl >= 2 eps_1 eps_2 "
        "(L(h) - L*)."
    ),
    minimal=(
        "For one layer and one value of X both sides are equal. Without eps_1 the bound fails for "
        "a map below that contracts, without invertibility for two values received as one."
    ),
    conclusion=derivative_bounds_twice_the_excess_risk,
    without=(
        "right_inverse_times_jacobian",
        "insert_the_direction",
        "multiply_by_the_norm",
        "divide_by_the_norm_of_the_direction",
        "write_as_excess_risk",
    ),
)


@YSJ18_I8_REPAIRED.step(
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
)
def bound_at_every_point(s: FunctionNetwork, *premises: Verdict) -> Verdict:
    """The bound of the singular values holds at every z, and so does that of the right inverse."""
    return right_inverse_everywhere(s)


@YSJ18_I8_REPAIRED.step(
    premises=(
        right_inverse_is_bounded_everywhere,
        layers_below_are_invertible,
        layers_below_expand,
        bound_below_is_positive,
        target_is_the_conditional_mean,
    ),
    gives=derivative_bounds_the_expected_square,
    controls={
        right_inverse_is_bounded_everywhere: NO_SLOPE_ABOVE,
        layers_below_are_invertible: RECEIVED_AS_ONE,
        layers_below_expand: CONTRACTS_MORE,
        target_is_the_conditional_mean: FITTED_TO_Y,
    },
    no_control={bound_below_is_positive: "for eps_1 <= 0 the right side is at most 0"},
)
def direction_of_norm_one(s: FunctionNetwork, *premises: Verdict) -> Verdict:
    """|A^T r| >= eps_2 |r|, |w| >= eps_1 |x|, N >= |r| / |x|, each w being received once."""
    return atomwise(s, factor(s))


@YSJ18_I8_REPAIRED.step(
    premises=(risk_is_least_where_the_residual_vanishes, target_is_the_conditional_mean),
    gives=expected_square_is_twice_the_excess_risk,
    cites=YSJ18_D6,
    via=itself,
    controls={target_is_the_conditional_mean: WRONG_MEAN_FITTED},
    no_control={risk_is_least_where_the_residual_vanishes: "it is the conclusion of D6"},
)
def half_of_the_expected_square(s: FunctionNetwork, least: Verdict, mean: Verdict) -> Verdict:
    """L(h) - L* is half of the expected square of the residual."""
    return equal(expected_square(s), 2 * s.excess if s.excess is not None else 0)


@YSJ18_I8_REPAIRED.step(
    premises=(derivative_bounds_the_expected_square, expected_square_is_twice_the_excess_risk),
    gives=derivative_bounds_twice_the_excess_risk,
    controls={
        derivative_bounds_the_expected_square: NO_SLOPE_ABOVE,
        expected_square_is_twice_the_excess_risk: WRONG_MEAN_FITTED,
    },
)
def insert_the_excess_risk(s: FunctionNetwork, bound: Verdict, excess: Verdict) -> Verdict:
    """Replace the expected square by twice the excess risk."""
    return all_of(bound=bound, excess=excess)
