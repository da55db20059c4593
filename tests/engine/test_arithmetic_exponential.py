"""Q(u), logarithms, and limits in x = e^(-alpha)."""

from __future__ import annotations

from fractions import Fraction

import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from symbolic_landscape.arithmetic import (
    QQ,
    BallField,
    ExponentialField,
    FractionField,
    LogarithmField,
    NumberField,
    RationalFunctions,
    decay_field,
    limit_at_zero,
    order_at_zero,
    value_along,
)
from symbolic_landscape.arithmetic.exponential import field_of
from symbolic_landscape.arithmetic.generators import (
    Decay,
    Exponential,
    FreeSymbol,
    Logarithm,
    prime_exponents,
)
from symbolic_landscape.errors import DomainError
from symbolic_landscape.formula import evaluated, parse_formula

SIGMOID = parse_formula("1 / (1 + exp(-t))")
TANH = parse_formula("tanh(t)")

X = RationalFunctions(("x",)).generator("x")
BOTH = RationalFunctions(("x", "y"))

small = st.fractions(min_value=-4, max_value=4, max_denominator=4)


def test_sigmoid_and_tanh_satisfy_their_equations_in_every_exponential_field() -> None:
    for denominator in (1, 2, 3):
        field = ExponentialField(2 * denominator)
        for point in (Fraction(1, denominator), Fraction(-5, denominator), Fraction(0)):
            raw = field.raw(point)
            sigmoid = field.scalar(evaluated(SIGMOID, raw, field))
            mirrored = field.scalar(evaluated(SIGMOID, field.negative(raw), field))
            tanh = field.scalar(field.tanh(raw))
            assert sigmoid + mirrored == 1
            half = field.scalar(field.tanh(field.raw(point / 2)))
            assert 2 * sigmoid - 1 == half
            assert tanh == 2 * half / (1 + half**2)


@given(a=small, b=small)
@settings(max_examples=25, deadline=None)
def test_exponential_turns_sums_into_products(a: Fraction, b: Fraction) -> None:
    field = ExponentialField(12)
    power = {value: field.scalar(field.exp(field.raw(value))) for value in (a, b, a + b)}
    assert power[a] * power[b] == power[a + b]
    assert (power[a] < power[b]) == (a < b)
    assert field.scalar(field.log(power[a].raw)) == a


@given(powers=st.lists(st.integers(-2, 2), min_size=3, max_size=3))
@settings(max_examples=25, deadline=None)
def test_logarithm_and_exponential_are_inverse(powers: list[int]) -> None:
    field = LogarithmField((2, 3, 5))
    value = Fraction(2) ** powers[0] * Fraction(3) ** powers[1] * Fraction(5) ** powers[2]
    logarithm = field.log(field.raw(value))
    assert field.scalar(field.exp(logarithm)) == value
    tanh = field.scalar(field.tanh(logarithm))
    assert tanh == (value**2 - 1) / (value**2 + 1)
    ball = BallField(100)
    assert ball.log(ball.raw(value)).overlaps(field.scalar(logarithm).enclose(100))


def test_logarithms_of_other_bases() -> None:
    field = LogarithmField((Fraction(4, 3), 6))
    value = field.scalar(field.log(field.raw(8)))
    assert value.enclose(100).overlaps(BallField(100).log(BallField(100).raw(8)))
    assert field.scalar(field.exp(value.raw)) == 8
    root = LogarithmField((4,))
    half = root.generator("l4") / 2
    assert root.scalar(root.exp(half.raw)) == 2
    with pytest.raises(DomainError, match="not known to lie"):
        root.exp((half / 2).raw)
    with pytest.raises(DomainError, match="not known to lie"):
        field.log(field.raw(5))
    assert field.scalar(field.log(field.raw(1))) == 0
    assert LogarithmField((3,)).log(LogarithmField((3,)).raw(1)) == (0, 1)


def test_zero_test_with_several_logarithms_never_guesses() -> None:
    """log 2 / log 3 is irrational by a theorem for linear forms; other forms need a ball."""
    field = LogarithmField((2, 3))
    a, b = field.generator("l2"), field.generator("l3")
    assert not (19 * a - 12 * b).is_zero
    assert (19 * a - 12 * b).sign() == -1
    assert (a * b).sign() == 1
    assert not (a**2 - b).is_zero
    assert (a * b - b * a).is_zero
    mixed = ExponentialField(1).generator("u") + a
    assert mixed.sign() == 1
    assert (mixed - a).field == mixed.field
    assert not (mixed - 3).is_zero
    assert mixed.field.is_independent is False
    assert (1 / (a**2 - b)).sign() == -1


def test_undecided_zero_test_raises() -> None:
    """A form of degree 2 below every ball that is tried is called neither zero nor nonzero."""
    field = LogarithmField((2, 3))
    a, b = field.generator("l2"), field.generator("l3")
    middle = (b / a).enclose(40000).mid().fmpq()
    gap = a * (b - a * Fraction(int(middle.p), int(middle.q)))
    with pytest.raises(DomainError, match="not settled"):
        _ = gap.is_zero
    with pytest.raises(DomainError, match="not settled"):
        gap.sign()
    with pytest.raises(DomainError, match="not settled"):
        _ = 1 / gap


def test_free_and_fixed_generators_together() -> None:
    field = RationalFunctions(("x",), over=ExponentialField(2))
    u, x = field.generator("u"), field.generator("x")
    assert field.free_symbols == ("x",)
    assert field.name == "Q(u, x) with u = e^(1/2)"
    assert not (u * x - x).is_zero
    assert (u * x / x) == u
    assert u.sign() == 1
    assert (u * x / x - 2).sign() == -1
    with pytest.raises(DomainError, match="every value"):
        (u * x).sign()
    assert field.scalar(field.exp(field.raw(Fraction(3, 2)))) == u**3
    logs = RationalFunctions(("x",), over=LogarithmField((2, 3)))
    form = logs.generator("x") * (logs.generator("l2") - logs.generator("l3"))
    assert not form.is_zero
    assert (form - form).is_zero


def test_decaying_symbol_is_the_exponential_of_its_parameter() -> None:
    field = decay_field(2)
    alpha, x, u = (field.generator(name) for name in ("alpha", "x", "u"))
    assert field.scalar(field.exp((-3 * alpha).raw)) == x**3
    assert field.scalar(field.exp((2 * alpha + Fraction(1, 2)).raw)) == u / x**2
    assert field.scalar(field.log((x**2 / u).raw)) == -2 * alpha - Fraction(1, 2)
    for wrong in (alpha**2, alpha / 2, 1 / alpha, x):
        with pytest.raises(DomainError, match="not known to lie"):
            field.exp(wrong.raw)
    for wrong in (alpha, x + 1, -x):
        with pytest.raises(DomainError, match="not known to lie"):
            field.log(wrong.raw)
    assert Decay("x", "alpha").meaning == "x = e^(-alpha)"


@pytest.mark.parametrize(
    ("formula", "steps", "limit"),
    [
        ("1 / (1 + exp(-t))", 2, 1),
        ("1 / (1 + exp(-t))", -1, 0),
        ("tanh(t)", 3, 1),
        ("tanh(t)", -3, -1),
        ("t * exp(-t)", 1, 0),
        ("(2 * t + 1) / (t - 5)", 1, 2),
        ("1 / (t + exp(t))", 1, 0),
        ("(t**2 + exp(-t)) / (3 * t**2 + t)", 2, Fraction(1, 3)),
    ],
)
def test_limits_along_growing_arguments(formula: str, steps: int, limit: Fraction) -> None:
    assert limit_at_zero(value_along(parse_formula(formula), steps)) == limit


@pytest.mark.parametrize(
    ("formula", "steps"), [("exp(t)", 1), ("t", 1), ("t**2 / (1 + t)", 2), ("t * exp(-t)", -1)]
)
def test_infinite_limits_should_fail(formula: str, steps: int) -> None:
    with pytest.raises(DomainError, match="no finite limit"):
        limit_at_zero(value_along(parse_formula(formula), steps))


def test_limit_at_a_fixed_offset_is_the_value_there() -> None:
    value = limit_at_zero(value_along(SIGMOID, 0, Fraction(1, 2)))
    field = ExponentialField(2)
    assert value == field.scalar(evaluated(SIGMOID, field.raw(Fraction(1, 2)), field))
    assert value.field == field
    with pytest.raises(DomainError, match="not known to lie"):
        value_along(parse_formula("log(1 + exp(t))"), 1)


@pytest.mark.parametrize("count", range(1, 7))
@pytest.mark.parametrize(
    ("formula", "lowest", "middle"),
    [("1 / (1 + exp(-t))", 0, Fraction(1, 2)), ("tanh(t)", -1, Fraction(0))],
)
def test_limit_of_a_determinant_is_a_power(
    formula: str, lowest: int, middle: Fraction, count: int
) -> None:
    """Of [1, sigma(alpha (j - i))], whose entries tend to the limits of sigma off the diagonal."""
    parsed = parse_formula(formula)
    rows = [[1, *(value_along(parsed, j - i) for j in range(count - 1))] for i in range(count)]
    field = decay_field()
    determinant = field.matrix(rows).det()
    assert limit_at_zero(determinant) == (lowest - middle) ** (count - 1)
    if (count, formula) == (2, "1 / (1 + exp(-t))"):
        x = field.generator("x")
        assert determinant == x / (1 + x) - Fraction(1, 2)


@given(a=small, b=small, c=small)
@settings(max_examples=25, deadline=None)
def test_limit_is_additive_and_agrees_with_sympy(a: Fraction, b: Fraction, c: Fraction) -> None:
    first = (a + X * b + X**2) / (1 + X * c)
    second = (X * a - b) / (2 + X**3)
    assert limit_at_zero(first + second) == limit_at_zero(first) + limit_at_zero(second)
    assert limit_at_zero(first * second) == limit_at_zero(first) * limit_at_zero(second)
    symbol = sympy.Symbol("x")
    expected = sympy.limit(first.to_sympy(), symbol, 0)
    assert limit_at_zero(first).to_sympy() == expected


def test_limits_with_further_symbols() -> None:
    x, y = BOTH.generator("x"), BOTH.generator("y")
    value = limit_at_zero((y + x) / (1 + x * y))
    assert value == RationalFunctions(("y",)).generator("y")
    assert limit_at_zero((y + x) / (y - x)) == 1
    assert limit_at_zero(y / x, "y") == 0
    with pytest.raises(DomainError, match="no finite limit"):
        limit_at_zero(y / x)
    with pytest.raises(DomainError, match="free symbol"):
        limit_at_zero(y, "z")
    with pytest.raises(DomainError, match="free symbol"):
        limit_at_zero(NumberField.of_sqrt(2).theta)
    assert limit_at_zero(QQ.scalar(5)) == 5
    logs = RationalFunctions(("x",), over=LogarithmField((2, 3)))
    with pytest.raises(DomainError, match="independent"):
        limit_at_zero(logs.generator("x"))


def test_order_at_zero() -> None:
    assert order_at_zero(X**3 / (1 + X)) == 3
    assert order_at_zero((X + X**2) / X**4) == -3
    assert order_at_zero(QQ.scalar(2)) == 0
    with pytest.raises(DomainError, match="no order"):
        order_at_zero(X - X)


def test_substitution_of_a_generator() -> None:
    x, y = BOTH.generator("x"), BOTH.generator("y")
    value = (x**2 + y) / (x - y)
    assert BOTH.scalar(BOTH.substitute(value.raw, "x", Fraction(1, 2))) == (
        (Fraction(1, 4) + y) / (Fraction(1, 2) - y)
    )
    with pytest.raises(DomainError, match="1/0"):
        BOTH.substitute((1 / (x - 1)).raw, "x", Fraction(1))


def test_generators_know_their_powers() -> None:
    half = Exponential("u", QQ.scalar(Fraction(1, 2)))
    one = Exponential("v", QQ.scalar(1))
    root = Exponential("w", NumberField.of_sqrt(2).theta)
    assert half.exponent_of(one) == 2
    assert one.exponent_of(half) is None
    assert half.exponent_of(root) is None
    assert half.exponent_of(Exponential("n", QQ.scalar(-1))) is None
    assert half.refined(Exponential("t", QQ.scalar(Fraction(1, 3)))) == Exponential(
        "u", QQ.scalar(Fraction(1, 6))
    )
    assert half.refined(root) is None
    assert half.refined(Exponential("n", QQ.scalar(-1))) is None
    assert Exponential("w2", NumberField.of_sqrt(2).theta * 3).exponent_of(root) is None
    assert root.exponent_of(Exponential("w2", NumberField.of_sqrt(2).theta * 3)) == 3
    assert FreeSymbol("x").refined(FreeSymbol("y")) is None
    assert FreeSymbol("x").exponent_of(FreeSymbol("x")) == 1
    assert Logarithm("a", Fraction(2)).exponent_of(Logarithm("b", Fraction(2))) == 1
    assert Logarithm("a", Fraction(2)).exponent_of(half) is None
    assert prime_exponents(Fraction(1)) == {}


def test_joining_incompatible_exponentials_should_fail() -> None:
    forward = ExponentialField(1).generator("u")
    backward = ExponentialField.independent((QQ.scalar(-1),)).generator("u1")
    with pytest.raises(DomainError, match="no common field"):
        forward * backward


def test_texts_are_in_the_letters_of_the_field() -> None:
    x, y = BOTH.generator("x"), BOTH.generator("y")
    assert str((x + 1) / (2 * y)) == "(x + 1)/(2*y)"
    assert str(x / 3) == "x/3"
    assert str(BOTH.scalar(Fraction(-2, 3))) == "-2/3"
    assert str(1 / (x * y)) == "1/(x*y)"
    assert LogarithmField((Fraction(3, 2),)).names == ("l3_2",)


def test_square_roots_of_fractions() -> None:
    field = ExponentialField(1)
    u = field.generator("u")
    assert (u**2 - 4 * u + 4).sqrt() == u - 2
    assert (u**2 - 6 * u + 9).sqrt() == 3 - u
    with pytest.raises(DomainError, match="sqrt"):
        u.sqrt()
    with pytest.raises(DomainError, match="sqrt"):
        (u - 3).sqrt()
    with pytest.raises(DomainError, match="every value"):
        (X**2).sqrt()


def test_field_of_generators_names_what_it_knows() -> None:
    assert field_of([]) == QQ
    assert isinstance(field_of([Exponential("u", QQ.scalar(Fraction(1, 3)))]), ExponentialField)
    assert not isinstance(field_of([Exponential("u", QQ.scalar(2))]), ExponentialField)
    twice = RationalFunctions(("x",), over=FractionField([Exponential("u", QQ.scalar(2))]))
    assert limit_at_zero(twice.generator("u") + twice.generator("x")).sign() == 1
