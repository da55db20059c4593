"""Appendix A.3: gradient dominance for at least as many inputs as outputs.

Notation: see `population`; eta is the steering direction of the first layer, c = eps.

Statements: YSJ18_I6.

Design notes. The last display of the proof divides by |eta|_nl and by |h_{H+1:1} - h*|_nl, which
are 0 where the network is h*, and replaces E |h_{H+1:1}(X) - h*(X)|^2 by L(h) - L*, which is half
of it. The product form that follows is right, and twice as much is true.
"""

from __future__ import annotations

from fractions import Fraction

from hypothesis import strategies as st

from symbolic_landscape.arithmetic import equal
from symbolic_landscape.former.lemma import Statement
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.appendix_a_direction import (
    DIRECTIONS,
    NO_SLOPE_ABOVE,
    ONE_UNIT,
    TWO_OUTPUTS,
    YSJ18_I5,
    steering_direction_is_admissible,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.appendix_a_formula import (
    YSJ18_E6,
    derivative_is_expectation,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.function_networks import (
    CORNER,
    HALF,
    IDENTITY,
    TILTED,
    ZERO,
    fitted_networks,
    function_networks,
    linear,
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
    first_layer_steered,
    inputs_are_at_least_outputs,
    itself,
    jacobian_above_is_bounded_below,
    layers_above_are_twice_differentiable,
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
from symbolic_landscape.verdict import Verdict, all_of, for_all

CONDITIONS = (
    layers_are_in_their_classes,
    target_is_in_class,
    target_is_the_conditional_mean,
    widths_reach_the_smaller_end,
    inputs_are_at_least_outputs,
    bound_above_is_positive,
    jacobian_above_is_bounded_below,
    layers_above_are_twice_differentiable,
)
"""What section 4.1 assumes and Theorem 4.1 asks for; the first layer is moved."""

NO_CONTROL = {
    target_is_in_class: (
        "h* matters through its values at X; at X = 0 no network can take another value than 0, "
        "and the least risk is that of the networks"
    ),
    target_is_the_conditional_mean: (
        "the derivative and the risk are those of (X, Y), whatever h* is called"
    ),
    layers_above_are_twice_differentiable: (
        "a direction of class C1 with the same values at X does as well: the claim is true without"
    ),
}


def any_networks() -> st.SearchStrategy[FunctionNetwork]:
    """Fitted and other networks with the first layer moved."""
    return st.one_of(fitted_networks(), function_networks()).map(first_layer_steered)


NOT_CRITICAL = network("half of the target", scaled(2), (IDENTITY,), (1,))
CORNER_AT_ZERO = network("a corner above, zero below", IDENTITY, (ZERO, CORNER), (1,))
WRONG_MEAN_FITTED = FunctionNetwork(
    name="h* and the network 0, Y = 1 at X = 1",
    law=Finite((Atom(Fraction(1), (1,), (1,)),)),
    target=ZERO,
    layers=(ZERO,),
)
FITTED_AT_ONE_VALUE = network(
    "fitted at X = 1 alone", quotient((0, 3, 0, 1), (1, 0, 1)), (scaled(2), IDENTITY), (1,)
)
FOLLOWS_FROM_ADMISSIBLE = "it holds wherever the steering direction is admissible"
NO_DIRECTION = "without it there is no steering direction of which the premises could speak"

CRITICAL = (
    network("one layer, noise", scaled(2), (scaled(2),), (1, -2), 1),
    network("three scalings", scaled(6), (scaled(3), IDENTITY, scaled(2)), (1, 0)),
    network(
        "fitted at X alone",
        quotient((0, 3, 0, 1), (1, 0, 1)),
        (scaled(1), scaled(2)),
        (1, -1),
    ),
    network(
        "a wide layer with equal units, one output",
        linear((2, 0)),
        (linear((1, 0), (1, 0), (0, 0)), linear((1, 1, 5))),
        ((1, 0), (1, 1)),
    ),
    network(
        "bent above, two variables",
        TILTED,
        (linear((1, 0), (0, 1)), TILTED),
        ((1, 0), (1, 1)),
        epsilon=HALF,
    ),
    network(
        "three outputs",
        linear((1, 0, 0), (0, 2, 0), (0, 0, 1)),
        (linear((1, 0, 0), (0, 1, 0), (0, 0, 1)), linear((1, 0, 0), (0, 2, 0), (0, 0, 1))),
        ((1, 1, 1), (0, 1, 0)),
        Fraction(1, 2),
    ),
    network("zero target and zero first layer", ZERO, (ZERO, IDENTITY), (1,), 1),
)

# --- gradient dominance -----

YSJ18_I6 = Statement(
    key="YSJ18.I6",
    kind="identity",
    where="A.3 last display",
    title="Gradient dominance, d_x>=d_y",
    claim=(
        "Under the conditions of Theorem 4.1, |D_1 L|_op |h_{H+1:1} - h*|_nl >= eps (L(h) - L*). "
        "Decided for laws with finitely many values, where |D_1 L|_op is a finite sum."
    ),
    hypotheses=CONDITIONS,
    conclusion=derivative_bounds_the_excess_risk,
    instances=(NOT_CRITICAL, *DIRECTIONS, *CRITICAL),
    controls={
        target_is_the_conditional_mean: WRONG_MEAN_FITTED,
        widths_reach_the_smaller_end: ONE_UNIT,
        inputs_are_at_least_outputs: TWO_OUTPUTS,
        jacobian_above_is_bounded_below: NO_SLOPE_ABOVE,
    },
    no_control={
        layers_are_in_their_classes: (
            "the bound uses the slopes above at the values of X; where h(0) is not 0, or growth is "
            "faster, |h_{H+1:1} - h*|_nl is infinite"
        ),
        target_is_in_class: "where h* is not in F, |h_{H+1:1} - h*|_nl is infinite or h* will do",
        bound_above_is_positive: "for eps <= 0 the right side is at most 0",
        layers_above_are_twice_differentiable: (
            "directions of class C1 with the same values at X give the same bound"
        ),
    },
    strategy=any_networks,
    expected=(
        ("invalid inference", "step divide_by_the_norm_of_the_direction"),
        ("invalid inference", "step write_as_excess_risk"),
    ),
)


def reproduce(s: FunctionNetwork) -> Verdict:
    """Whether A A^T (A A^T)^-1 r = r at each value of X."""
    values = [x for _, x, _ in s.atoms]

    def at(k: int) -> Verdict:
        jacobian = s.jacobian_above(values[k])
        gram = jacobian @ jacobian.T
        return equal(gram @ gram.inverse(), gram.field.identity(gram.shape[0]))

    return for_all(range(len(values)), at, "atom")


def square_of_the_residual(s: FunctionNetwork) -> Verdict:
    """Whether E[r^T (A eta)] is the expected square of r."""
    value = s.pairing()
    return equal(0 if value is None else value, expected_square(s))


@YSJ18_I6.step(
    premises=(steering_direction_is_admissible,),
    gives=steering_reproduces_the_residual,
    cites=YSJ18_I5,
    via=first_layer_steered,
    controls={steering_direction_is_admissible: NO_SLOPE_ABOVE},
)
def right_inverse_times_jacobian(s: FunctionNetwork, admissible: Verdict) -> Verdict:
    """A A^T (A A^T)^-1 = I, so that A eta = r."""
    return reproduce(s)


@YSJ18_I6.step(
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


@YSJ18_I6.step(
    premises=(steering_direction_is_admissible, steering_derivative_is_the_expected_square),
    gives=quotient_bounds_the_operator_norm,
    cites=YSJ18_I5,
    via=first_layer_steered,
    no_control={
        steering_direction_is_admissible: (
            "otherwise |eta|_nl or |h_{H+1:1} - h*|_nl is infinite, or eta is not defined"
        ),
        steering_derivative_is_the_expected_square: FOLLOWS_FROM_ADMISSIBLE,
    },
)
def divide_by_the_norm_of_the_direction(
    s: FunctionNetwork, admissible: Verdict, derivative: Verdict
) -> Verdict:
    """|D| >= <D, eta> / |eta|_nl, and |eta|_nl <= |h_{H+1:1} - h*|_nl / eps."""
    return atomwise(s, factor(s))


@YSJ18_I6.step(
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


@YSJ18_I6.step(
    premises=(quotient_bounds_the_operator_norm, expected_square_is_the_excess_risk),
    gives=derivative_bounds_the_excess_risk,
    tried_on=(FITTED_AT_ONE_VALUE,),
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


YSJ18_I6_REPAIRED = YSJ18_I6.repair(
    claim=(
        "Under the conditions of Theorem 4.1, |D_1 L|_op |h_{H+1:1} - h*|_nl >= 2 eps (L(h) - L*)."
    ),
    minimal=(
        "For one layer and one value of X both sides are equal, so that no constant above 2 will "
        "do; and where h_{H+1:1} = h* the quotients of the printed display are 0 / 0."
    ),
    conclusion=derivative_bounds_twice_the_excess_risk,
    without=("multiply_by_the_norm",),
)


@YSJ18_I6_REPAIRED.step(
    premises=(steering_direction_is_admissible, steering_derivative_is_the_expected_square),
    gives=derivative_bounds_the_expected_square,
    cites=YSJ18_I5,
    via=first_layer_steered,
    no_control={
        steering_direction_is_admissible: (
            "otherwise |eta|_nl or |h_{H+1:1} - h*|_nl is infinite, or eta is not defined"
        ),
        steering_derivative_is_the_expected_square: FOLLOWS_FROM_ADMISSIBLE,
    },
    replaces="divide_by_the_norm_of_the_direction",
)
def norm_times_length_of_the_direction(
    s: FunctionNetwork, admissible: Verdict, derivative: Verdict
) -> Verdict:
    """|D| |eta|_nl >= <D, eta>, and eps |eta|_nl <= |h_{H+1:1} - h*|_nl."""
    return atomwise(s, factor(s))


@YSJ18_I6_REPAIRED.step(
    premises=(risk_is_least_where_the_residual_vanishes, target_is_the_conditional_mean),
    gives=expected_square_is_twice_the_excess_risk,
    cites=YSJ18_D6,
    via=itself,
    controls={target_is_the_conditional_mean: WRONG_MEAN_FITTED},
    no_control={risk_is_least_where_the_residual_vanishes: "it is the conclusion of D6"},
    replaces="write_as_excess_risk",
)
def half_of_the_expected_square(s: FunctionNetwork, least: Verdict, mean: Verdict) -> Verdict:
    """L(h) - L* is half of the expected square of the residual."""
    return equal(expected_square(s), 2 * s.excess if s.excess is not None else 0)


@YSJ18_I6_REPAIRED.step(
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
