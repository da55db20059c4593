"""Every exact field obeys the axioms, agrees with its balls, and refuses what it cannot hold."""

from __future__ import annotations

import pickle
from fractions import Fraction

import flint
import pytest
import sympy
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from symbolic_landscape.arithmetic import (
    QQ,
    BallField,
    DenseMatrix,
    ExponentialField,
    Field,
    FractionField,
    LogarithmField,
    NumberField,
    RationalFunctions,
    Scalar,
    common_field,
    working_precision,
)
from symbolic_landscape.errors import DeclarationError, DomainError, InexactError
from symbolic_landscape.formula import Piece, composition, evaluated, parse_formula

ROOT2 = NumberField.of_sqrt(2)
ROOTS = NumberField.of_square_roots((2, 3))
CUBE = NumberField((-2, 0, 0, 1), 1, 2, label="root(2, 3)")
EXPONENTIALS = ExponentialField(2)
LOGARITHMS = LogarithmField((2,))
SYMBOLS = RationalFunctions(("x", "y"))
MIXED = RationalFunctions(("x",), over=EXPONENTIALS)
INDEPENDENT = ExponentialField.independent((ROOT2.scalar(1), ROOT2.theta))

ORDERED = (QQ, ROOT2, ROOTS, CUBE, EXPONENTIALS, LOGARITHMS, INDEPENDENT)
EXACT = (*ORDERED, SYMBOLS, MIXED)

small = st.fractions(min_value=-5, max_value=5, max_denominator=6)


def letters(field: Field) -> list[Scalar]:
    """Elements that generate the field."""
    if isinstance(field, FractionField):
        return [field.generator(name) for name in field.names]
    return [field.theta] if isinstance(field, NumberField) else [field.scalar(1)]


@st.composite
def elements(draw: st.DrawFn, field: Field) -> Scalar:
    """A quotient of two small polynomials in the generators."""
    parts = []
    for _ in range(2):
        value = field.scalar(draw(small))
        for letter in letters(field):
            value = value + letter * draw(small) + letter**2 * draw(st.integers(-1, 1))
        parts.append(value)
    top, bottom = parts
    return top if bottom.is_zero else top / bottom


@pytest.mark.parametrize("field", EXACT, ids=lambda field: field.name)
@given(data=st.data())
@settings(max_examples=8, deadline=None)
def test_field_axioms(field: Field, data: st.DataObject) -> None:
    a, b, c = (data.draw(elements(field)) for _ in range(3))
    assert a + b == b + a
    assert (a + b) + c == a + (b + c)
    assert a * b == b * a
    assert (a * b) * c == a * (b * c)
    assert a * (b + c) == a * b + a * c
    assert (a - a).is_zero
    assert a + 0 == a == a * 1
    assert -a + a == 0
    if not a.is_zero:
        assert a / a == 1
        assert a**-2 * a**3 == a
        assert 1 / a == a**-1
    assert hash(a + b - b) == hash(a)
    assert pickle.loads(pickle.dumps(a)) == a


@pytest.mark.parametrize("field", ORDERED, ids=lambda field: field.name)
@given(data=st.data())
@settings(max_examples=8, deadline=None)
def test_order_and_enclosures_agree_with_field(field: Field, data: st.DataObject) -> None:
    a, b = (data.draw(elements(field)) for _ in range(2))
    signs = {a.sign(), b.sign()}
    assert (a * b).sign() == a.sign() * b.sign()
    assert (a < b) + (a == b) + (a > b) == 1
    assert (a <= b) == (not a > b)
    assert abs(a) >= 0
    assert abs(a) ** 2 == a**2
    if signs == {1}:
        assert a + b > 0
    with working_precision(200):
        assert (a.enclose(200) * b.enclose(200)).overlaps((a * b).enclose(200))
        assert (a.enclose(200) + b.enclose(200)).overlaps((a + b).enclose(200))
    assert a.sign() == 0 or a.enclose(64).rel_accuracy_bits() > 0 or a.enclose(512) != 0


@pytest.mark.parametrize("field", EXACT, ids=lambda field: field.name)
@given(data=st.data())
@settings(max_examples=5, deadline=None)
def test_sympy_form_is_the_same_number(field: Field, data: st.DataObject) -> None:
    a, b = (data.draw(elements(field)) for _ in range(2))
    difference = (a * b).to_sympy() - a.to_sympy() * b.to_sympy()
    point = {symbol: sympy.Rational(7, 11) for symbol in difference.free_symbols}
    assert abs(sympy.N(difference.subs(point), 40)) < sympy.Float("1e-25")


@pytest.mark.parametrize("field", EXACT, ids=lambda field: field.name)
def test_formula_is_evaluated_in_every_field(field: Field) -> None:
    formula = parse_formula("(t + t**5) / (1 + t**2)")
    point = letters(field)[0]
    expected = (point + point**5) / (1 + point**2)
    assert field.scalar(evaluated(formula, point.raw, field)) == expected
    matrix = field.apply(formula, field.matrix([[point, 0], [1, point * 2]]))
    assert matrix[0, 0] == expected
    assert matrix[0, 1] == 0
    assert matrix[1, 0] == 1


def test_formula_in_pieces_is_evaluated_entry_by_entry() -> None:
    relu = Piece(parse_formula("0"), parse_formula("t"), 0)
    assert "piece" in relu.calls
    assert QQ.apply(relu, QQ.matrix([[1, -1], [0, 3]])) == QQ.matrix([[1, 0], [0, 3]])
    field = BallField(64)
    ball = field.apply(relu, QQ.matrix([[-1, 0, 2]]))
    assert ball.raw.entries() == [0, 0, 2]
    inside = composition(parse_formula("1 + t**2"), relu)
    assert QQ.apply(inside, QQ.matrix([[-3, 3]])) == QQ.matrix([[1, 10]])
    assert ROOT2.apply(relu, ROOT2.matrix([[ROOT2.scalar(2).sqrt() - 2]]))[0, 0] == 0
    with pytest.raises(DomainError):
        SYMBOLS.apply(relu, SYMBOLS.matrix([[SYMBOLS.generator("x")]]))


def test_pieces_at_balls_around_zero_contain_both_sides() -> None:
    field = BallField(64)
    jump = Piece(parse_formula("t - 1"), parse_formula("2*t + 1"), None)
    wide = field.matrix([[flint.arb(0, 1), flint.arb(1, 1), flint.arb(-1, 1)]])
    found = field.apply(jump, wide)
    for place, values in enumerate(((-2, -1, 1, 3), (-1, 1, 5), (-3, -1))):
        assert all(found.entry(0, place).contains(value) for value in values)
    gap = Piece(parse_formula("0"), parse_formula("1/t"), None)
    with pytest.raises(DomainError):
        field.apply(gap, wide)


def test_the_exact_ball_zero_has_a_sign() -> None:
    field = BallField(64)
    zero = field.scalar(0)
    assert zero.is_zero
    assert zero.sign() == 0
    assert field.scalar(3) - 3 == 0
    for wide in (flint.arb(0, 1e-300), flint.arb("nan"), flint.arb(1, 1)):
        with pytest.raises(DomainError, match="not decided"):
            field.is_zero(wide)
        with pytest.raises(DomainError, match="not decided"):
            field.sign(wide)


@pytest.mark.parametrize(
    ("field", "function", "point"),
    [
        (QQ, "exp", 1),
        (QQ, "log", 2),
        (QQ, "tanh", 1),
        (QQ, "atan", 1),
        (QQ, "sqrt", 2),
        (QQ, "sqrt", -1),
        (ROOT2, "sqrt", 3),
        (ROOT2, "exp", 1),
        (CUBE, "sqrt", 5),
        (EXPONENTIALS, "exp", Fraction(1, 3)),
        (EXPONENTIALS, "tanh", Fraction(1, 8)),
        (EXPONENTIALS, "log", 3),
        (EXPONENTIALS, "log", -1),
        (EXPONENTIALS, "atan", 1),
        (LOGARITHMS, "exp", 1),
        (LOGARITHMS, "log", 3),
        (LOGARITHMS, "log", 0),
        (SYMBOLS, "exp", 1),
    ],
)
def test_functions_outside_the_field_should_fail(field: Field, function: str, point: int) -> None:
    with pytest.raises(DomainError, match="not known to lie in"):
        getattr(field, function)(field.raw(point))


@pytest.mark.parametrize("field", EXACT, ids=lambda field: field.name)
def test_functions_at_their_special_points(field: Field) -> None:
    zero, one = field.raw(0), field.raw(1)
    assert field.scalar(field.exp(zero)) == 1
    assert field.scalar(field.log(one)) == 0
    assert field.scalar(field.tanh(zero)) == 0
    assert field.scalar(field.atan(zero)) == 0
    assert field.scalar(field.sqrt(field.raw(Fraction(9, 4)))) == Fraction(3, 2)
    assert field.scalar(field.sqrt(zero)) == 0


@pytest.mark.parametrize("field", [*EXACT, BallField(64)], ids=lambda field: field.name)
def test_wrong_elements_should_fail(field: Field) -> None:
    for value in (0.5, True, 1j):
        with pytest.raises(InexactError, match="not exact"):
            field.raw(value)
    with pytest.raises(DomainError, match="no element"):
        field.raw("1/2")
    with pytest.raises(DomainError):
        field.power(field.raw(0), -1)
    with pytest.raises(DomainError):
        field.scalar(1) / 0
    assert field.scalar(flint.fmpq(1, 2)).sign() == 1
    assert field.scalar(flint.fmpz(-2)).sign() == -1


def test_fields_mix_where_one_contains_the_other() -> None:
    third = ExponentialField(3)
    assert common_field(EXPONENTIALS, third) == ExponentialField(6)
    half, other = EXPONENTIALS.generator("u"), third.generator("u")
    assert half**2 == other**3
    assert hash(half**2) == hash(other**3)
    assert half * other == ExponentialField(6).generator("u") ** 5
    assert ROOT2.theta * NumberField.of_sqrt(3).theta == ROOTS.scalar(ROOTS.sqrt(ROOTS.raw(6)))
    assert common_field(ROOT2, ROOTS) == ROOTS
    assert common_field(QQ, CUBE) == CUBE
    assert ROOT2.contains(QQ)
    assert not QQ.contains(ROOT2)
    x = SYMBOLS.generator("x")
    assert common_field(RationalFunctions(("x",)), SYMBOLS).contains(x.field)
    joint = x + half
    assert joint.field.free_symbols == ("x", "y")
    assert joint - half == x
    assert BallField(64).scalar(1).field == BallField(64)
    assert common_field(BallField(64), BallField(128)) == BallField(128)
    assert (BallField(64).scalar(1) + half).field == BallField(64)


@pytest.mark.parametrize(
    ("first", "second"),
    [(ROOT2, EXPONENTIALS), (CUBE, ROOT2), (SYMBOLS, BallField(64)), (ROOT2, SYMBOLS)],
    ids=str,
)
def test_fields_without_a_common_one_should_fail(first: Field, second: Field) -> None:
    with pytest.raises(DomainError, match="no common field"):
        letters_or_one(first) + letters_or_one(second)


def letters_or_one(field: Field) -> Scalar:
    return field.scalar(1) if isinstance(field, BallField) else letters(field)[0]


def test_embedding_what_lies_outside_should_fail() -> None:
    for field, value in (
        (QQ, ROOT2.theta),
        (ROOT2, EXPONENTIALS.generator("u")),
        (CUBE, ROOT2.theta),
    ):
        with pytest.raises(DomainError, match="not known to lie in"):
            field.raw(value)
    with pytest.raises(DomainError, match="not known to be a rational"):
        ROOT2.theta.rational()
    assert (ROOT2.theta**2).rational() == 2
    assert QQ.raw(ROOT2.theta**2) == 2


def test_scalars_are_immutable_and_show_their_field() -> None:
    value = QQ.scalar(Fraction(1, 2))
    with pytest.raises(AttributeError, match="immutable"):
        value.raw = flint.fmpq(1)
    assert repr(value) == "Scalar(1/2 in Q)"
    assert str(ROOT2.theta * Fraction(3, 2) - 1) == "3/2*sqrt(2) - 1"
    assert str(ROOT2.scalar(0)) == "0"
    assert str(-(CUBE.theta**2) + CUBE.theta) == "-root(2, 3)^2 + root(2, 3)"
    assert (value == "1/2") is False
    assert value != ROOT2.theta
    assert QQ.scalar(4).sqrt() == 2
    with pytest.raises(InexactError):
        value + 0.5
    assert 1 - value == value == 1 / QQ.scalar(2)


def test_fields_are_equal_by_what_they_are() -> None:
    assert NumberField((-2, 0, 1), 1, 2) == NumberField((-4, 0, 2), 0, 5)
    assert NumberField((-2, 0, 1), 1, 2) != NumberField((-2, 0, 1), -2, -1)
    assert ExponentialField(2) == FractionField(ExponentialField(2).generators)
    assert ExponentialField(2) != ExponentialField(3)
    assert ROOT2 != QQ
    assert EXPONENTIALS != QQ
    assert BallField(64) != BallField(65)
    assert len({QQ, pickle.loads(pickle.dumps(QQ)), ROOT2, NumberField.of_sqrt(2)}) == 2
    for field in (*EXACT, BallField(80)):
        again = pickle.loads(pickle.dumps(field))
        assert again == field
        assert hash(again) == hash(field)
        assert repr(field)
        assert isinstance(field.zeros(2, 0).shape, tuple)


@pytest.mark.parametrize("field", EXACT, ids=lambda field: field.name)
def test_dot_is_the_sum_of_products(field: Field) -> None:
    a, b = letters(field)[-1], field.scalar(3)
    assert field.scalar(field.dot([a.raw, b.raw], [b.raw, a.raw])) == 6 * a
    with pytest.raises(ValueError, match="zip"):
        field.dot([a.raw], [])


def test_declarations_of_fields_should_fail() -> None:
    with pytest.raises(DeclarationError, match="irreducible"):
        NumberField((-1, 0, 1), 0, 2)
    with pytest.raises(DeclarationError, match="irreducible"):
        NumberField((3,), 0, 2)
    with pytest.raises(DeclarationError, match="exactly one root"):
        NumberField((-2, 0, 1), -2, 2)
    with pytest.raises(DeclarationError, match="exactly one root"):
        NumberField((1, 0, 1), -2, 2)
    with pytest.raises(DeclarationError, match="no positive root"):
        NumberField((-2, 0, 1), 1, 2, square_roots=[(Fraction(2), (Fraction(0), Fraction(-1)))])
    with pytest.raises(DeclarationError, match="product"):
        NumberField.of_square_roots((2, 3, 6))
    with pytest.raises(DeclarationError, match="product"):
        NumberField.of_sqrt(4)
    with pytest.raises(DeclarationError, match="positive"):
        NumberField.of_sqrt(-2)
    with pytest.raises(DeclarationError, match="distinct"):
        RationalFunctions(("x", "x"))
    with pytest.raises(DeclarationError, match="distinct"):
        RationalFunctions(())
    with pytest.raises(DeclarationError, match="linearly independent"):
        ExponentialField.independent((QQ.scalar(1), QQ.scalar(Fraction(1, 2))))
    with pytest.raises(DeclarationError, match="linearly independent"):
        LogarithmField((2, 3, 6))
    for denominator in (0, True, "2"):
        with pytest.raises(DomainError, match="denominator"):
            ExponentialField(denominator)
    with pytest.raises(DomainError, match="rationals > 1"):
        LogarithmField((Fraction(1, 2),))
    with pytest.raises(DomainError, match="generators"):
        SYMBOLS.generator("z")


def test_balls_decide_no_equality() -> None:
    field = BallField(64)
    third = field.scalar(Fraction(1, 3))
    with pytest.raises(DomainError, match="not decided"):
        _ = third * 3 == 1
    with pytest.raises(DomainError, match="not decided"):
        _ = (third * 3 - 1).sign()
    with pytest.raises(DomainError, match="not decided"):
        _ = (third - third).is_zero
    assert third != 1
    assert third < 1
    assert -third < 0
    assert third.field.rational_value(third.raw) is None
    with pytest.raises(DomainError, match="no SymPy form"):
        third.to_sympy()
    assert pickle.loads(pickle.dumps(third)).raw.contains(third.raw)
    with pytest.raises(DomainError, match="not finite"):
        pickle.dumps(Scalar(field, flint.arb(1) / 0))
    for bits in (0, True, 1 << 30):
        with pytest.raises(DomainError, match="bits"):
            BallField(bits)


@pytest.mark.parametrize(
    ("function", "point"),
    [("log", 0), ("sqrt", -1), ("log", -2), ("inverse", 0)],
)
def test_ball_functions_outside_their_domain_should_fail(function: str, point: int) -> None:
    field = BallField(64)
    with pytest.raises(DomainError, match="certainly"):
        getattr(field, function)(field.raw(point))


@given(point=st.fractions(min_value=-3, max_value=3, max_denominator=8))
@settings(max_examples=12, deadline=None)
def test_balls_enclose_exact_values_of_exponentials(point: Fraction) -> None:
    field = ExponentialField(point.denominator * 2)
    balls = BallField(100)
    for text in ("exp(t)", "tanh(t)", "1/(1+exp(-t))", "tanh(t)**3 - t*exp(-t)"):
        formula = parse_formula(text)
        exactly = Scalar(field, evaluated(formula, field.raw(point), field))
        ball = evaluated(formula, balls.raw(point), balls)
        assert ball.contains(exactly.enclose(400)), text


def test_precision_is_restored_after_an_error() -> None:
    before = flint.ctx.prec
    with pytest.raises(ZeroDivisionError), working_precision(300):
        flint.fmpq(flint.ctx.prec - 299) / 0
    assert flint.ctx.prec == before
    BallField(500).scalar(2).sqrt()
    ROOT2.theta.enclose(700)
    assert flint.ctx.prec == before


def test_algebraic_root_is_found_among_several() -> None:
    golden = NumberField((-1, -1, 1), 1, 2, label="phi")
    assert golden.theta**2 == golden.theta + 1
    assert golden.theta.sign() == 1
    conjugate = NumberField((-1, -1, 1), -1, 0, label="phi")
    assert conjugate.theta.sign() == -1
    assert conjugate.theta + 1 != 0
    assert golden != conjugate
    assert golden.theta.enclose(64).overlaps(flint.arb(5).sqrt() / 2 + flint.arb(1) / 2)


def test_close_roots_are_kept_apart() -> None:
    """(1000 t - 1)^2 = 2 / 10^12 has roots that differ by less than 3 / 10^9."""
    polynomial = (Fraction(1) - Fraction(2, 10**12), -2000, 10**6)
    upper_root = NumberField(polynomial, Fraction(1, 1000), 1)
    lower_root = NumberField(polynomial, 0, Fraction(1, 1000))
    assert upper_root.theta > Fraction(1, 1000) > lower_root.theta
    assert upper_root != lower_root


def test_square_roots_in_degree_two() -> None:
    theta = ROOT2.theta
    assert (3 + 2 * theta).sqrt() == 1 + theta
    assert (3 - 2 * theta).sqrt() == theta - 1
    assert ROOT2.scalar(8).sqrt() == 2 * theta
    with pytest.raises(DomainError, match="sqrt"):
        (1 + theta).sqrt()
    with pytest.raises(DomainError, match="sqrt"):
        theta.sqrt()
    with pytest.raises(DomainError, match="sqrt"):
        ROOTS.theta.sqrt()
    with pytest.raises(DomainError, match="sqrt"):
        CUBE.theta.sqrt()


@given(data=st.data())
@settings(max_examples=8, deadline=None)
def test_square_root_of_a_square_is_its_absolute_value(data: st.DataObject) -> None:
    field = data.draw(st.sampled_from([QQ, EXPONENTIALS, LOGARITHMS, ROOT2]))
    value = data.draw(elements(field))
    assume(not value.is_zero)
    assert (value**2).sqrt() == abs(value)


def test_dense_matrix_is_what_other_fields_hand_out() -> None:
    assert isinstance(ROOT2.identity(2), DenseMatrix)


def test_signs_below_the_first_precision() -> None:
    theta = ROOT2.theta
    middle = theta.enclose(400).mid().fmpq()
    gap = theta - Fraction(int(middle.p), int(middle.q))
    assert gap.sign() in (-1, 1)
    assert abs(gap) < Fraction(1, 10**100)
    assert (theta**2 - 2 + gap).sign() == gap.sign()


def test_root_next_to_an_end_of_its_interval() -> None:
    """The other root lies 10^-40 below the interval, closer than 64 bits can tell."""
    lower = -NumberField.of_sqrt(2).theta.enclose(400).mid().fmpq()
    end = Fraction(int(lower.p), int(lower.q)) + Fraction(1, 10**40)
    assert NumberField((-2, 0, 1), end, 2).theta.sign() == 1


def test_square_roots_of_very_different_size() -> None:
    field = NumberField.of_square_roots((2, Fraction(3, 10**60)))
    tiny = field.scalar(field.sqrt(field.raw(Fraction(3, 10**60))))
    assert 0 < tiny < Fraction(1, 10**29)
    assert str(tiny * 2 + 1).endswith("+ 1")


def test_norm_a_square_but_no_root() -> None:
    with pytest.raises(DomainError, match="sqrt"):
        (9 + 6 * ROOT2.theta).sqrt()


def test_joining_fields_that_share_a_root() -> None:
    joint = common_field(ROOTS, NumberField.of_square_roots((6, 5)))
    assert joint == NumberField.of_square_roots((2, 3, 5))
    assert joint.contains(ROOTS)
    x, z = RationalFunctions(("x",)), RationalFunctions(("z", "x"))
    assert common_field(x, z) == z
    assert common_field(SYMBOLS, z).free_symbols == ("x", "y", "z")


def test_coordinates_exist_over_q_only_in_finite_degree() -> None:
    assert ROOTS.coordinates(ROOTS.raw(3)) == [3, 0, 0, 0]
    with pytest.raises(DomainError, match="no finite basis"):
        EXPONENTIALS.coordinates(EXPONENTIALS.raw(1))
    with pytest.raises(DomainError, match="no finite basis"):
        ExponentialField.independent((EXPONENTIALS.generator("u"),))


@pytest.mark.parametrize("field", [QQ, BallField(64)], ids=lambda field: field.name)
def test_every_function_is_applied_entrywise(field: Field) -> None:
    formula = parse_formula("exp(t) + log(1 + t) + tanh(t) + atan(t) + sqrt(t)")
    value = field.apply(formula, QQ.zeros(1, 2))
    assert (value[0, 1] - Fraction(1, 2)).sign() == 1
    assert value[0, 1] < Fraction(3, 2)


def test_balls_have_a_hash_and_products() -> None:
    field = BallField(64)
    third = field.scalar(Fraction(1, 3))
    assert hash(third) == hash(field.scalar(Fraction(1, 3)))
    assert field.scalar(field.dot([third.raw] * 3, [third.raw] * 3)) < Fraction(1, 2)
    assert third.enclose(1000).contains(third.raw)
    assert field.scalar(field.tanh(third.raw)) < third
