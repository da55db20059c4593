from __future__ import annotations

import subprocess
import sys
from fractions import Fraction

import mpmath
import pytest
import sympy
from formulas import formulas
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from symbolic_landscape.arithmetic import QQ, BallField
from symbolic_landscape.errors import DomainError, InexactError, ParseError, SmoothnessError
from symbolic_landscape.formula import (
    ONE,
    ZERO,
    Call,
    Const,
    Evaluation,
    Generic,
    Piece,
    Pow,
    T,
    composition,
    derivative,
    evaluated,
    parse_formula,
    parse_number,
    rational_root,
    to_sympy,
)

RATIONALS = st.fractions(min_value=-3, max_value=3, max_denominator=7)


@settings(max_examples=200, deadline=None)
@given(formulas())
def test_the_text_of_a_formula_is_read_back(formula):
    assert parse_formula(str(formula)) == formula
    assert parse_formula(formula.text("a"), "a") == formula


@settings(max_examples=100, deadline=None)
@given(formulas(calls=("exp", "tanh", "atan")), RATIONALS)
def test_values_agree_with_sympy(formula, point):
    field = BallField(200)
    try:
        ball = evaluated(formula, field.constant(point), field)
    except DomainError:
        assume(False)
    expression = to_sympy(formula, sympy.Rational(point.numerator, point.denominator))
    assume(ball.is_finite() and ball.rad() < 1e-20)
    value = sympy.N(expression, 60)
    assume(value.is_Float or value.is_Rational)
    with mpmath.workdps(40):
        close = mpmath.mpf(int(ball.mid().man_exp()[0])) * mpmath.mpf(2) ** int(
            ball.mid().man_exp()[1]
        )
        assert abs(close - mpmath.mpf(str(value))) <= abs(close) * mpmath.mpf("1e-20") + mpmath.mpf(
            "1e-18"
        )


@settings(max_examples=80, deadline=None)
@given(formulas(), RATIONALS)
def test_derivatives_agree_with_sympy(formula, point):
    x = sympy.Symbol("x", real=True)
    field = BallField(300)
    try:
        ball = evaluated(derivative(formula), field.constant(point), field)
        evaluated(formula, field.constant(point), field)
    except DomainError:
        assume(False)
    at = sympy.Rational(point.numerator, point.denominator)
    expected = sympy.N(sympy.diff(to_sympy(formula, x), x).subs(x, at), 60)
    assume(expected.is_Float or expected.is_Rational)
    assume(ball.is_finite() and ball.rad() < 1e-30)
    mantissa, exponent = ball.mid().man_exp()
    with mpmath.workdps(50):
        value = mpmath.mpf(int(mantissa)) * mpmath.mpf(2) ** int(exponent)
        gap = abs(value - mpmath.mpf(str(expected)))
        assert gap <= (1 + abs(value)) * mpmath.mpf("1e-25")


@settings(max_examples=80, deadline=None)
@given(formulas(calls=("tanh", "exp")), formulas(calls=("tanh",)), RATIONALS)
def test_substitution_composes(outer, inner, point):
    field = BallField(200)
    x = field.constant(point)
    try:
        direct = evaluated(composition(outer, inner), x, field)
        composed = evaluated(outer, evaluated(inner, x, field), field)
    except (DomainError, ParseError):
        assume(False)
    assume(direct.is_finite() and composed.is_finite())
    assert direct.overlaps(composed)


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("t+t**5", "t + t**5"),
        ("1 + t**2", "t**2 + 1"),
        ("-t**2", "-t**2"),
        ("2**-1*t", "1/2*t"),
        ("t - (2 - t)", "t - (-t + 2)"),
        ("t*t*t", "t**3"),
        ("2*t + 3*t", "5*t"),
        ("t - t", "0"),
        ("(t**2)**3", "t**6"),
        ("1/(1/t)", "(1/t)**-1"),
        ("t/t", "t/t"),
        ("0*log(t)", "0*log(t)"),
        ("0*exp(t)", "0"),
        ("t**0", "1"),
        ("sqrt(4/9)", "2/3"),
        ("exp(0) + tanh(0) + log(1)", "1"),
        ("2**3**2", "512"),
        ("--t", "t"),
        ("+t", "t"),
        ("0.5*t", "1/2*t"),
        ("1e3*t + .25", "1000*t + 1/4"),
        ("t**2.0", "t**2"),
    ],
)
def test_canonical_texts(text, canonical):
    assert str(parse_formula(text)) == canonical


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "got the end"),
        ("t+", "got the end"),
        ("t^2", r"powers are written \*\*"),
        ("1..5*t", "got '.5'"),
        ("1e9999", "at most 2000 digits"),
        ("t**0.5", "powers are integers"),
        ("sin(t)", "got 'sin'"),
        ("exp t", "argument in brackets"),
        ("t**t", "powers are integers"),
        ("t**(1/2)", "powers are integers"),
        ("1/0", "division by zero"),
        ("0**-1", "division by zero"),
        ("1/(t - t)", "division by zero"),
        ("sqrt(-1)", "no real value"),
        ("log(0)", "no real value"),
        ("t)", "an operator or the end"),
        ("(t", "closing bracket"),
        ("a**2", "got 'a'"),
        ("9**9**9", "exponents go up to"),
        ("t**2000", "exponents go up to"),
        ("__import__", "got '__import__'"),
        ("t é", "got 'é'"),
        ("t t", "an operator or the end"),
        ("(" * 100 + "t" + ")" * 100, "nest at most"),
        ("1" * 3000, "at most 2000 digits"),
        ("t" * 5000, "at most 4000 characters"),
        ("((3**999)**999)**999", "bits"),
    ],
)
def test_texts_outside_the_grammar_are_refused(text, reason):
    with pytest.raises(ParseError, match=reason) as caught:
        parse_formula(text)
    assert "\n" not in str(caught.value)


def test_the_position_of_an_error_is_named():
    with pytest.raises(ParseError, match="position 4"):
        parse_formula("t + $")


@pytest.mark.parametrize("value", [3, None, b"t", 0.5])
def test_only_text_is_parsed(value):
    with pytest.raises(ParseError, match="text was needed"):
        parse_formula(value)


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (3, Fraction(3)),
        (Fraction(1, 2), Fraction(1, 2)),
        ("-3/4", Fraction(-3, 4)),
        (" 6 / 8 ", Fraction(3, 4)),
        ("+2", Fraction(2)),
        ("0.01", Fraction(1, 100)),
        (" -7.2E+01 ", Fraction(-72)),
        (".5", Fraction(1, 2)),
        ("3.", Fraction(3)),
        ("1e-3", Fraction(1, 1000)),
        (sympy.Rational(-5, 7), Fraction(-5, 7)),
        (sympy.Integer(0), Fraction(0)),
    ],
)
def test_numbers_are_read_exactly(value, number):
    found = parse_number(value)
    assert found == number
    assert type(found) is Fraction


@pytest.mark.parametrize(
    ("value", "error", "reason"),
    [
        (0.5, InexactError, '"1/2"'),
        (0.1, InexactError, r"Fraction\(1, 10\)"),
        (float("nan"), InexactError, "finite exact"),
        (float("inf"), InexactError, "finite exact"),
        (1j, InexactError, "finite exact real"),
        (sympy.Float("0.25"), InexactError, "1/4"),
        (mpmath.mpf("0.25"), InexactError, "1/4"),
        (sympy.nan, InexactError, "finite exact"),
        (sympy.oo, InexactError, "finite exact"),
        ("nan", InexactError, "finite exact"),
        ("-inf", InexactError, "finite exact"),
        (True, ParseError, "truth value"),
        (None, ParseError, "NoneType"),
        ("0.5/2", ParseError, "was needed"),
        (".", ParseError, "was needed"),
        ("1e", ParseError, "was needed"),
        ("1e5000", ParseError, "at most 2000 digits"),
        ("1e-999999999999", ParseError, "at most 2000 digits"),
        ("1/0", ParseError, "division by zero"),
        ("x", ParseError, "was needed"),
        ("", ParseError, "was needed"),
        ("1//2", ParseError, "was needed"),
        ("٣", ParseError, "was needed"),
        ("7" * 5000, ParseError, "at most"),
        (sympy.sqrt(2), ParseError, "was needed"),
    ],
)
def test_what_is_no_exact_number_is_refused(value, error, reason):
    with pytest.raises(error, match=reason) as caught:
        parse_number(value, "weights, entry (0, 1)")
    assert str(caught.value).startswith("weights, entry (0, 1): ")


def test_numpy_floats_are_refused_with_their_exact_form():
    numpy = pytest.importorskip("numpy")
    with pytest.raises(InexactError, match='"1/2"'):
        parse_number(numpy.float64(0.5))
    with pytest.raises(InexactError):
        parse_number(numpy.float32(0.5))


@given(RATIONALS)
def test_rational_roots(value):
    assert rational_root(value * value) == abs(value)
    assert rational_root(2 * value * value) is None or not value
    assert rational_root(-1 - abs(value)) is None


def test_an_evaluation_computes_only_what_is_asked_for():
    class Counting:
        def __init__(self) -> None:
            self.calls: list[str] = []

        def constant(self, value):
            return value

        def add(self, a, b):
            return a + b

        def multiply(self, a, b):
            return a * b

        def power(self, a, exponent):
            return a**exponent

        def tanh(self, a):
            self.calls.append("tanh")
            return Fraction(1, 2)

        def log(self, a):
            self.calls.append("log")
            return Fraction(0)

    operations = Counting()
    sigma = parse_formula("tanh(t) + 1")
    run = Evaluation((sigma, derivative(sigma), parse_formula("log(t)")), Fraction(3), operations)
    assert operations.calls == []
    assert run.value(0) == Fraction(3, 2)
    assert run.value(1) == Fraction(3, 4)
    assert operations.calls == ["tanh"]


def test_pieces_branch_on_the_sign_and_refuse_missing_derivatives():
    relu = Piece(ZERO, T, 0)
    assert evaluated(relu, QQ.constant(Fraction(-2)), QQ) == 0
    assert evaluated(relu, QQ.constant(Fraction(2)), QQ) == 2
    with pytest.raises(SmoothnessError, match="none at 0"):
        derivative(relu)
    square = Piece(ZERO, T**2, 1)
    assert evaluated(derivative(square), QQ.constant(Fraction(3)), QQ) == 6
    with pytest.raises(SmoothnessError):
        derivative(square, 2)
    assert composition(relu, T) == relu
    with pytest.raises(DomainError):
        composition(relu, T**2)


def test_pieces_need_an_order():
    class Unordered:
        pass

    with pytest.raises(DomainError, match="an order is needed"):
        evaluated(Piece(ZERO, T, 0), object(), Unordered())


def test_generic_functions_differentiate_to_the_next_order():
    sigma = Generic("sigma")
    assert str(derivative(sigma, 2)) == "sigma2(t)"
    x = sympy.Symbol("x")
    shown = to_sympy(sigma, x**2)
    assert shown.diff(x) == 2 * x * to_sympy(derivative(sigma), x**2)
    with pytest.raises(DomainError, match="no values"):
        evaluated(sigma, QQ.constant(Fraction(1)), QQ)


def test_pieces_as_sympy_expressions():
    x = sympy.Symbol("x")
    assert to_sympy(Piece(ZERO, T, 0), x).subs(x, 3) == 3
    assert to_sympy(Piece(ZERO, T, 0), sympy.Integer(-3)) == 0


def test_operators_build_formulas():
    built = (1 + T) * 2 - T / 3
    assert built == parse_formula("2*(t + 1) - t/3")
    built = 1 / (1 - T) ** 2
    assert built == parse_formula("1/(1 - t)**2")
    built = T**2 - 1
    assert built == parse_formula("t**2 - 1")


def test_constant_zero_has_no_reciprocal():
    with pytest.raises(DomainError):
        1 / ZERO
    with pytest.raises(DomainError):
        composition(parse_formula("1/t"), ZERO)


def test_calls_and_constants_are_known():
    formula = parse_formula("exp(tanh(t)) + log(2)")
    assert formula.calls == {"exp", "tanh", "log"}
    assert not formula.is_constant
    assert parse_formula("log(2)").is_constant
    assert Piece(ZERO, T, 0).calls == {"piece"}
    assert Generic("s").calls == {"generic"}
    assert isinstance(parse_formula("log(2)"), Call)
    assert isinstance(parse_formula("1/t"), Pow)
    assert parse_formula("2") == Const(Fraction(2)) == 2 * ONE


def test_importing_networks_does_not_import_sympy():
    code = (
        "import sys; import symbolic_landscape.networks; "
        "sys.exit('sympy' in sys.modules or 'mpmath' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
