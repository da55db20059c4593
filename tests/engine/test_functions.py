from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import flint
import pytest
from formulas import formulas
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from symbolic_landscape import functions
from symbolic_landscape.arithmetic import BallField
from symbolic_landscape.errors import DomainError, ParseError, SmoothnessError, UnknownKeyError
from symbolic_landscape.formula import (
    ONE,
    ZERO,
    Formula,
    Generic,
    Piece,
    T,
    call,
    composition,
    derivative,
    evaluated,
    parse_formula,
)
from symbolic_landscape.functions.activations import Activation, ScalarLoss
from symbolic_landscape.functions.limits import End, Infinity
from symbolic_landscape.functions.patterns import Pattern, Side
from symbolic_landscape.functions.points import simple_between
from symbolic_landscape.functions.signs import is_analytic, limit, pattern
from symbolic_landscape.functions.substitutions import real_roots, substituted
from symbolic_landscape.verdict import Evidence, Outcome

HOLDS, FAILS, UNDECIDED = Outcome.HOLDS, Outcome.FAILS, Outcome.UNDECIDED
POINTS = [Fraction(n, 7) for n in (-60, -23, -11, -6, -3, -1, 1, 2, 5, 12, 24, 61)] + [
    Fraction(n) for n in (-2, -1, 0, 1, 2)
]


def parse(text: str) -> Formula:
    return parse_formula(text)


def ball(formula: Formula, point: Fraction):
    field = BallField(256)
    try:
        return evaluated(formula, field.constant(point), field)
    except DomainError:
        return None


def predicted(signs: Pattern, point: Fraction) -> int | None:
    """The sign that a pattern gives to a point; None inside the bounds of a zero."""
    place = 0
    for zero in signs.zeros:
        if zero.value == point:
            return 0
        if zero.low <= point <= zero.high:
            return None
        place += zero.high < point
    return signs.signs[place]


@settings(max_examples=150, deadline=None)
@given(formulas())
def test_patterns_agree_with_values_in_balls(formula):
    signs = pattern(formula, Side.LINE)
    assume(signs is not None)
    for point in POINTS:
        value = ball(formula, point)
        sign = predicted(signs, point)
        if sign is None:
            continue
        assert value is not None, "a pattern promises a value everywhere"
        assert not (sign > 0 and value <= 0)
        assert not (sign < 0 and value >= 0)
        assert not (sign == 0 and value != 0)


@settings(max_examples=120, deadline=None)
@given(formulas(), st.sampled_from([Side.NEGATIVE, Side.POSITIVE]))
def test_patterns_on_half_lines_agree_with_values_in_balls(formula, side):
    signs = pattern(formula, side)
    assume(signs is not None)
    for point in POINTS:
        if not point or (point > 0) != (side is Side.POSITIVE):
            continue
        value = ball(formula, point)
        sign = predicted(signs, point)
        assert value is not None
        assert sign is None or not (sign > 0 and value <= 0)
        assert sign is None or not (sign < 0 and value >= 0)


@settings(max_examples=120, deadline=None)
@given(formulas())
def test_decisions_are_never_contradicted_by_balls(formula):
    values = [(p, ball(formula, p)) for p in sorted(POINTS)]
    known = [(p, v) for p, v in values if v is not None]
    rising = functions.strictly_increasing(formula)
    falling = functions.strictly_decreasing(formula)
    assert not (rising.is_holds and falling.is_holds)
    for (_, a), (_, b) in pairwise(known):
        assert not (rising.is_holds and a > b)
        assert not (falling.is_holds and a < b)
    if functions.nonnegative(formula).is_holds:
        assert not any(v < 0 for _, v in known)
    if functions.derivative_positive(formula).is_holds:
        assert rising.is_holds
    if functions.analytic(formula).is_holds:
        assert len(known) == len(values)
    if functions.critical_points_are_global_minima(formula).is_holds:
        slope = derivative(formula)
        for p, _ in known:
            if composition(slope, ZERO + p) == ZERO:
                least = ball(formula, p)
                assert not any(v < least for _, v in known)


@settings(max_examples=100, deadline=None)
@given(formulas(), st.sampled_from([(End.MINUS_INFINITY, -1), (End.PLUS_INFINITY, 1)]))
def test_limits_agree_with_far_values(formula, where):
    end, direction = where
    found = limit(formula, end)
    assume(found is not None)
    field = BallField(4096)
    try:
        near, far = (
            evaluated(formula, field.constant(Fraction(direction * 2**k)), field) for k in (40, 80)
        )
    except DomainError:
        assume(False)
    assume(near.is_finite() and far.is_finite())
    if isinstance(found, Infinity):
        assert far * found.sign > 0 or far.overlaps(flint.arb(0))
        assert not abs(near) > abs(far)
    else:
        value = evaluated(found, field.constant(Fraction(0)), field)
        assert not abs(far - value) > abs(near - value) + flint.arb("1e-6")
        assert not abs(far - value) > flint.arb("0.5")


ANALYTIC = ["linear", "square", "cubic", "sigmoid", "tanh", "softplus", "arctan", "algebraic"]


@pytest.mark.parametrize("name", ANALYTIC)
def test_smooth_named_activations_are_analytic(name):
    activation = Activation.of(name)
    assert activation.analytic().outcome is HOLDS
    assert activation.twice_continuously_differentiable().outcome is HOLDS


@pytest.mark.parametrize(
    ("name", "increasing", "positive", "bounded"),
    [
        ("linear", HOLDS, HOLDS, FAILS),
        ("square", FAILS, FAILS, FAILS),
        ("cubic", HOLDS, HOLDS, FAILS),
        ("sigmoid", HOLDS, HOLDS, HOLDS),
        ("tanh", HOLDS, HOLDS, HOLDS),
        ("softplus", HOLDS, HOLDS, FAILS),
        ("arctan", HOLDS, HOLDS, HOLDS),
        ("algebraic", HOLDS, HOLDS, HOLDS),
        ("smoolu", FAILS, FAILS, FAILS),
        ("relu", FAILS, FAILS, FAILS),
        ("tanh(t**3)", HOLDS, FAILS, HOLDS),
        ("t + t**5", HOLDS, HOLDS, FAILS),
        ("-tanh(t)", FAILS, FAILS, HOLDS),
        ("t**3", HOLDS, FAILS, FAILS),
        ("t + tanh(t)**2", HOLDS, HOLDS, FAILS),
        ("tanh(exp(t))", HOLDS, HOLDS, HOLDS),
        ("t - t**3", FAILS, FAILS, FAILS),
        ("exp(-t**2)", FAILS, FAILS, HOLDS),
        ("t**3/(1 + t**2)", HOLDS, FAILS, FAILS),
    ],
)
def test_order_and_bounds(name, increasing, positive, bounded):
    activation = Activation.of(name)
    assert activation.strictly_increasing().outcome is increasing
    assert activation.derivative_positive().outcome is positive
    assert activation.bounded().outcome is bounded


def test_tanh_of_a_cube_increases_although_its_derivative_vanishes_at_zero():
    activation = Activation.of("tanh(t**3)")
    assert activation.strictly_increasing().evidence is Evidence.EXACT
    refuted = activation.derivative_positive()
    assert refuted.data["point"].value == 0
    assert composition(activation.derivative(), ZERO) == ZERO


def test_the_other_monotony_is_refuted():
    assert Activation.of("sigmoid").strictly_increasing().outcome is HOLDS
    assert Activation.of("sigmoid").strictly_decreasing().outcome is FAILS
    assert Activation.of("-tanh(t)").strictly_decreasing().outcome is HOLDS
    assert Activation.of("-tanh(t)").strictly_increasing().outcome is FAILS


def test_smoolu_is_smooth_and_not_analytic():
    smoolu = Activation.of("smoolu")
    assert smoolu.analytic().outcome is FAILS
    assert functions.continuously_differentiable(smoolu.formula, 5).outcome is HOLDS


def test_relu_is_continuous_and_not_differentiable():
    relu = Activation.of("relu").formula
    assert functions.continuously_differentiable(relu, 0).outcome is HOLDS
    assert functions.continuously_differentiable(relu, 1).outcome is FAILS


@pytest.mark.parametrize(
    "text", ["sqrt(t**2)", "log(1 + sqrt(t**2))", "max(t, 0) + max(t - 1, 0)", "1/(1 + sqrt(t**2))"]
)
def test_a_corner_is_no_jump(text):
    assert functions.continuously_differentiable(parse(text), 0).outcome is HOLDS


@pytest.mark.parametrize("text", ["1/sqrt(t**2)", "log(sqrt(t**2))", "sqrt(tanh(t))"])
def test_what_has_no_value_somewhere_is_not_called_continuous(text):
    assert functions.continuously_differentiable(parse(text), 0).outcome is not HOLDS


def test_a_piece_that_jumps_is_not_continuous():
    jump = Piece(ZERO, ONE + T, None)
    assert functions.continuously_differentiable(jump, 0).outcome is FAILS
    assert functions.strictly_increasing(Piece(T, T + 1, None)).outcome is not HOLDS


def test_a_jump_has_no_derivative():
    with pytest.raises(SmoothnessError):
        derivative(Piece(T, T + 1, -1))


def test_equal_pieces_are_not_called_non_analytic():
    assert functions.analytic(Piece(T, T, None)).outcome is UNDECIDED


@pytest.mark.parametrize("text", ["1/t", "log(t)", "sqrt(t)", "1/(t**2 - 2)", "t/t", "exp(1/t)"])
def test_functions_with_a_hole_are_not_analytic(text):
    verdict = functions.analytic(parse(text))
    assert verdict.outcome is FAILS
    assert "no value" in verdict.reason


@pytest.mark.parametrize("text", ["sqrt(t**2)", "sqrt((t - 1)**2*(t**2 + 1))"])
def test_corners_are_found(text):
    assert functions.analytic(parse(text)).outcome is FAILS
    assert functions.continuously_differentiable(parse(text), 1).outcome is FAILS


def test_a_root_of_a_fourth_power_stays_undecided():
    assert functions.analytic(parse("sqrt(t**4)")).outcome is UNDECIDED


@pytest.mark.parametrize(
    ("text", "left", "right"),
    [
        ("tanh(t)", "-1", "1"),
        ("t/sqrt(1 + t**2)", "-1", "1"),
        ("log(1 + exp(t))", "0", "+infinity"),
        ("t + t**3", "-infinity", "+infinity"),
        ("atan(t)", "-2*atan(1)", "2*atan(1)"),
        ("t**2*exp(t)", "0", "+infinity"),
        ("(2*t + 1)/(3*t**2 + 1)", "0", "0"),
        ("(2*t**2 + 1)/(3*t**2 + 1)", "2/3", "2/3"),
        ("1/(1 + exp(-t))", "0", "1"),
    ],
)
def test_limits(text, left, right):
    verdict = functions.limits(parse(text))
    assert verdict.outcome is HOLDS
    assert (str(verdict.data["left"]), str(verdict.data["right"])) == (left, right)


def test_an_unknown_limit_is_undecided():
    assert functions.limits(parse("exp(t) - t")).outcome is UNDECIDED


@pytest.mark.parametrize("alpha", [1, 2, Fraction(1, 3)])
def test_softplus_meets_the_growth_bound_of_the_paper(alpha):
    activation = Activation.softplus(alpha)
    rho4 = f"log(2)/({alpha})"
    assert activation.growth_bound(1 / Fraction(alpha), alpha, 1, rho4).outcome is HOLDS
    assert activation.growth_bound(1 / Fraction(alpha), alpha, 1, Fraction(7, 10) / alpha).is_holds
    assert activation.growth_bound(1 / Fraction(alpha), alpha, 1, Fraction(2, 3) / alpha).is_fails
    assert activation.growth_bound(Fraction(1, 2) / alpha, alpha, 1, rho4).is_fails
    assert activation.growth_bound(1 / Fraction(alpha), alpha, Fraction(1, 2), rho4).is_fails


def test_growth_bounds_need_positive_constants_and_a_decay():
    assert Activation.of("sigmoid").growth_bound(1, 1, 0, 1).outcome is FAILS
    assert Activation.of("sigmoid").growth_bound(1, 1, 1, 1).outcome is HOLDS
    assert Activation.of("tanh").growth_bound(1, 1, 1, 1).outcome is FAILS
    assert Activation.of("relu").growth_bound(1, 1, 1, 1).outcome is HOLDS
    with pytest.raises(ParseError, match="a constant was needed"):
        Activation.of("tanh").growth_bound("t", 1, 1, 1)


@pytest.mark.parametrize(
    ("loss", "nonnegative", "minima"),
    [
        ("sum", HOLDS, HOLDS),
        ("half", HOLDS, HOLDS),
        ("pseudo_huber(1/2)", HOLDS, HOLDS),
        ("blake_zisserman(1/10)", FAILS, HOLDS),
        ("corrupted_gaussian(1/2, 6)", HOLDS, HOLDS),
        ("corrupted_gaussian(1/2, 1/6)", FAILS, HOLDS),
        ("corrupted_gaussian(1, 6)", HOLDS, HOLDS),
        ("cauchy(1)", HOLDS, HOLDS),
        ("cauchy(-2)", HOLDS, HOLDS),
        ("a**4", HOLDS, HOLDS),
        ("a**4 - 2*a**2", FAILS, FAILS),
        ("a**2*(a - 1)**2", HOLDS, FAILS),
        ("a**3", FAILS, FAILS),
        ("exp(a)", HOLDS, HOLDS),
    ],
)
def test_losses(loss, nonnegative, minima):
    found = ScalarLoss.of(loss)
    assert found.twice_continuously_differentiable().outcome is HOLDS
    assert found.nonnegative().outcome is nonnegative
    assert found.critical_points_are_global_minima().outcome is minima


def test_one_sided_losses_keep_their_flat_half_line():
    hinge, wrong = Piece(T**2, ZERO, 1), Piece(ZERO, -(T**2), 1)
    assert functions.continuously_differentiable(hinge, 1).outcome is HOLDS
    assert functions.continuously_differentiable(hinge, 2).outcome is FAILS
    assert functions.critical_points_are_global_minima(hinge).outcome is HOLDS
    assert functions.critical_points_are_global_minima(wrong).outcome is FAILS


def test_a_generic_function_satisfies_nothing():
    sigma = Activation.generic("sigma")
    for verdict in (sigma.analytic(), sigma.strictly_increasing(), sigma.bounded(), sigma.limits()):
        assert verdict.outcome is UNDECIDED


def test_named_losses_are_the_formulas_of_the_paper():
    assert ScalarLoss.of("pseudo_huber(3)").formula == 18 * (call("sqrt", 1 + T**2 / 9) - 1)
    assert ScalarLoss.of({"name": "cauchy", "delta": "2"}) == ScalarLoss.cauchy(2)
    assert str(ScalarLoss.of("blake_zisserman(1/2)").formula) == "-log(exp(-t**2) + 1/2)"
    assert ScalarLoss.of(ScalarLoss.cauchy(2).canonical()) == ScalarLoss.cauchy(2)


@pytest.mark.parametrize(
    ("value", "error"),
    [
        ("hubert", UnknownKeyError),
        ("cauchy", ParseError),
        ("cauchy(0)", ParseError),
        ("cauchy(1, 2)", ParseError),
        ("pseudo_huber(-1)", ParseError),
        ("corrupted_gaussian(2, 1)", ParseError),
        ({"name": "cauchy"}, ParseError),
        ({"name": "cauchy", "delta": 1, "w": 2}, ParseError),
        ({"name": ["cauchy"]}, UnknownKeyError),
        (3, ParseError),
        ("t**2", ParseError),
    ],
)
def test_wrong_losses_are_refused(value, error):
    with pytest.raises(error):
        ScalarLoss.of(value)


@pytest.mark.parametrize(
    ("value", "error"), [("tahn", UnknownKeyError), (3, ParseError), ("a**2", ParseError)]
)
def test_wrong_activations_are_refused(value, error):
    with pytest.raises(error):
        Activation.of(value)


def test_activations_are_recognised_by_their_formula():
    assert Activation.of("t + t**3") == Activation.of("cubic")
    assert Activation.of(Activation.of("tanh(2*t)").canonical()) == Activation.of("tanh(2*t)")
    assert Activation.generic("f").canonical() == "generic f"
    assert isinstance(Activation.generic("f").formula, Generic)


def test_real_roots_are_apart_and_ordered():
    x = flint.fmpq_poly([0, 1])
    roots = real_roots((x**2 - 2) * (3 * x - 1) ** 2 * (x**2 + 1))
    assert [root.value for root in roots] == [None, Fraction(1, 3), None]
    assert [root.multiplicity for root in roots] == [1, 2, 1]
    assert roots[0].high < Fraction(-14, 10) < Fraction(14, 10) < roots[2].low


def test_close_roots_are_separated():
    tiny = flint.fmpq(1, 10**90)
    x = flint.fmpq_poly([0, 1])
    roots = real_roots((x**2 - 2) * (x**2 - 2 - tiny), (Fraction(0),))
    assert len(roots) == 4
    assert all(a.high < b.low for a, b in pairwise(roots))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("t**2 + 1", "line"),
        ("exp(2*t + 1) + tanh(2*t + 1)", "exponential"),
        ("t + sqrt(4 + 9*t**2)", "algebraic"),
    ],
)
def test_substitutions(text, kind):
    assert substituted(parse(text)).kind == kind


@pytest.mark.parametrize("text", ["t*exp(t)", "exp(t) + exp(t + 1)", "sqrt(2 + t**2)", "log(t)"])
def test_formulas_without_a_substitution(text):
    assert substituted(parse(text)) is None


@pytest.mark.parametrize("text", ["t/t", "(t**2 + 1)*t/t", "1/(1/t)", "(t**-2)**-2", "1/t - 1/t"])
def test_holes_are_kept(text):
    assert pattern(parse(text), Side.LINE) is None
    assert pattern(parse(text), Side.POSITIVE) is not None
    assert functions.polynomial_coefficients(parse(text)) is None


def test_a_shared_exponential_is_taken_out_of_a_sum():
    second = derivative(Activation.of("smoolu").formula.right, 3)
    assert [str(zero) for zero in pattern(second, Side.POSITIVE).zeros] == ["t = 1/3"]
    assert pattern(parse("t*exp(-t**2) - 2*exp(-t**2)"), Side.LINE).zeros[0].value == 2


def test_limits_are_bounds_only_up_to_the_first_turning_point():
    right = Activation.of("smoolu").formula.right
    assert functions.limit_before_turning(derivative(right, 2), Fraction(1, 4)) == ZERO
    assert functions.limit_before_turning(derivative(right, 2), Fraction(1, 2)) is None
    assert functions.limit_before_turning(parse("1/t"), Fraction(1)) is None


def test_a_shifted_exponential_on_a_half_line():
    assert pattern(parse("exp(2*t + 1) - 2"), Side.NEGATIVE) is None
    assert pattern(parse("exp(2*t + 1) + 2"), Side.NEGATIVE).is_positive


def test_roots_at_zero_belong_to_no_half_line():
    assert pattern(parse("t**2*(1 - t)"), Side.NEGATIVE).is_positive
    assert pattern(parse("exp(t) - 1"), Side.POSITIVE).is_positive
    assert pattern(parse("exp(t) - 1"), Side.LINE).zeros[0].value == 0


def test_analytic_needs_arguments_away_from_the_edge():
    assert not is_analytic(parse("sqrt(t**2)"), Side.LINE)
    assert is_analytic(parse("sqrt(t**2)"), Side.POSITIVE)
    assert is_analytic(parse("log(1 + t**2)"), Side.LINE)


@pytest.mark.parametrize(
    ("low", "high", "between"),
    [
        (None, None, Fraction(0)),
        (None, Fraction(-1, 2), Fraction(-1)),
        (Fraction(3), None, Fraction(4)),
        (Fraction(1, 3), Fraction(1, 2), Fraction(2, 5)),
    ],
)
def test_simple_points(low, high, between):
    assert simple_between(low, high) == between


@pytest.mark.parametrize(
    ("formula", "outcome"),
    [
        ("tanh", "holds"),
        ("smoolu", "holds"),
        ("relu", "fails"),
        ("sqrt(t**2)", "fails"),
        ("sqrt(t**4)", "undecided"),
    ],
)
def test_derivatives_of_all_orders(formula: str, outcome: str) -> None:
    assert Activation.of(formula).infinitely_differentiable().outcome.value == outcome
