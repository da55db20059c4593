"""The one door: exact values of SymPy expressions, and answers that SymPy gets wrong."""

from __future__ import annotations

import subprocess
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st
from sympy.polys.matrices import DomainMatrix

from symbolic_landscape.arithmetic import (
    QQ,
    ExponentialField,
    LogarithmField,
    NumberField,
    Scalar,
    exact,
    exact_matrix,
    rank_is,
)
from symbolic_landscape.errors import DomainError, InexactError, ParseError, ShapeError

x = sympy.Symbol("x")


def test_rank_with_an_unsimplified_zero_of_exponentials() -> None:
    """tanh 1 = (e^2 - 1) / (e^2 + 1), so the rank is 1: SymPy finds 2."""
    matrix = sympy.Matrix([[sympy.tanh(1) - (sympy.exp(2) - 1) / (sympy.exp(2) + 1), 0], [0, 1]])
    ours = exact_matrix(matrix)
    assert ours.rank() == 1
    assert rank_is(ours, 1).is_holds
    assert rank_is(ours, 2).is_fails
    assert ours[0, 0].is_zero
    assert ours.field == ExponentialField(1)


def test_unsimplified_zero_of_polynomials_at_a_point() -> None:
    """(x^2 - 1)/(x - 1) - (x + 1) is zero; DomainMatrix.from_Matrix stores it as a nonzero."""
    zero = (x**2 - 1) / (x - 1) - (x + 1)
    kept = DomainMatrix.from_Matrix(sympy.Matrix([[zero, 0], [0, 1]]))
    assert kept.is_zero_matrix is False
    for point in (sympy.Rational(5, 2), sympy.sqrt(2), sympy.E, sympy.log(3)):
        unevaluated = zero.subs(x, point)
        assert exact(unevaluated).is_zero
        assert exact_matrix([[unevaluated, 0], [0, 1]]).rank() == 1


@pytest.mark.parametrize(
    "zero",
    [
        sympy.sqrt(6) - sympy.sqrt(2) * sympy.sqrt(3),
        sympy.sqrt(3 + 2 * sympy.sqrt(2)) - 1 - sympy.sqrt(2),
        sympy.sqrt(8) - 2 * sympy.sqrt(2),
        1 / (sympy.sqrt(3) - sympy.sqrt(2)) - sympy.sqrt(3) - sympy.sqrt(2),
        sympy.root(16, 3) / 2 - sympy.root(2, 3),
        sympy.cosh(1) ** 2 - sympy.sinh(1) ** 2 - 1,
        sympy.tanh(sympy.log(3)) - sympy.Rational(4, 5),
        sympy.log(12) - 2 * sympy.log(2) - sympy.log(3),
        sympy.exp(sympy.log(2) * 2 - sympy.log(3)) - sympy.Rational(4, 3),
        sympy.exp(sympy.Rational(1, 2)) ** 2 - sympy.E,
        sympy.exp(sympy.Rational(1, 2)) * sympy.exp(sympy.Rational(1, 3))
        - sympy.exp(sympy.Rational(5, 6)),
        sympy.exp(sympy.sqrt(2)) * sympy.exp(-sympy.sqrt(2)) - 1,
        abs(sympy.sqrt(2) - 2) - 2 + sympy.sqrt(2),
        sympy.sqrt(sympy.E**2) - sympy.E,
        sympy.CRootOf(x**3 - 2, 0) ** 3 - 2,
        sympy.Pow(sympy.E, 2, evaluate=False) - sympy.exp(2),
        sympy.Pow(sympy.Integer(4), sympy.Rational(1, 2), evaluate=False) - 2,
        sympy.Pow(sympy.Rational(8, 27), sympy.Rational(1, 3), evaluate=False)
        - sympy.Rational(2, 3),
    ],
    ids=str,
)
def test_hidden_zeros_are_zero(zero: Any) -> None:
    assert exact(zero).is_zero


NUMBERS = (
    sympy.Rational(3, 4),
    sympy.sqrt(2),
    sympy.sqrt(sympy.Rational(3, 5)),
    sympy.sqrt(2) + sympy.sqrt(3) - sympy.sqrt(5),
    sympy.root(5, 3),
    sympy.root(sympy.Rational(4, 9), 4),
    sympy.Integer(8) ** sympy.Rational(2, 3),
    sympy.Integer(2) ** sympy.Rational(-3, 2),
    sympy.E,
    sympy.exp(sympy.Rational(-3, 4)),
    sympy.tanh(sympy.Rational(1, 4)),
    sympy.sinh(2) / sympy.cosh(3),
    sympy.log(sympy.Rational(6, 35)),
    sympy.log(2) ** 2 - sympy.log(3),
    sympy.log(sympy.E**3),
    sympy.exp(sympy.sqrt(2)) + sympy.exp(sympy.sqrt(3)),
    sympy.E + sympy.log(2),
    sympy.CRootOf(x**5 - x - 1, 0),
    sympy.CRootOf(x**3 - 3 * x + 1, 1),
    abs(sympy.log(sympy.Rational(1, 2))),
)


@pytest.mark.parametrize("number", NUMBERS, ids=str)
def test_numbers_keep_their_value_through_the_door(number: Any) -> None:
    value = exact(number)
    ball = value.enclose(120)
    digits = sympy.N(number, 60)
    middle = sympy.Rational(*map(int, (ball.mid().fmpq().p, ball.mid().fmpq().q)))
    assert abs(digits - middle) < sympy.Float("1e-30")
    assert abs(sympy.N(value.to_sympy(), 60) - digits) < sympy.Float("1e-40")


@pytest.mark.parametrize(
    ("value", "error", "word"),
    [
        (0.5, InexactError, "float"),
        (sympy.Float(0.5), InexactError, "floating-point"),
        (sympy.sqrt(2) + 0.5, InexactError, "floating-point"),
        (float("nan"), InexactError, "nan"),
        (True, ParseError, "truth"),
        ("one", ParseError, "one"),
        (None, ParseError, "NoneType"),
        (x, DomainError, "symbol"),
        (x + 1, DomainError, "symbol"),
        (sympy.pi, DomainError, "Pi"),
        (sympy.I, DomainError, "ImaginaryUnit"),
        (sympy.oo, DomainError, "Infinity"),
        (sympy.nan, DomainError, "NaN"),
        (sympy.zoo, DomainError, "ComplexInfinity"),
        (sympy.sin(1), DomainError, "sin"),
        (sympy.sqrt(-2), DomainError, "I"),
        (sympy.Integer(-2) ** sympy.Rational(1, 3), DomainError, "not"),
        (sympy.sqrt(2) * sympy.E, DomainError, "no common field"),
        (sympy.root(2, 3) + sympy.root(3, 3), DomainError, "no common field"),
        (sympy.exp(sympy.E), DomainError, "not known to lie"),
        (sympy.exp(sympy.log(2) / 2 + sympy.Rational(1, 3)), DomainError, "no common|not known"),
        (sympy.log(1 + sympy.E), DomainError, "not known to lie"),
        (sympy.Integer(2) ** sympy.sqrt(2), DomainError, "exponent"),
        (sympy.sqrt(1 + sympy.sqrt(2)), DomainError, "sqrt"),
        (sympy.root(1 + sympy.sqrt(2), 3), DomainError, "degree 3"),
        (sympy.CRootOf(x**5 - x - 1, 1), DomainError, "not a real"),
        (sympy.atan(1, evaluate=False), DomainError, "atan"),
        (sympy.Function("f")(1), DomainError, "f"),
    ],
    ids=str,
)
def test_what_fits_no_field_should_fail(value: Any, error: type[Exception], word: str) -> None:
    with pytest.raises(error, match=word):
        exact(value)


def test_plain_values_go_through_unchanged() -> None:
    assert exact(3) == 3
    assert exact("-3/4") == exact(Fraction(-3, 4)) == exact(sympy.Rational(-3, 4))
    assert exact(sympy.Integer(0)).field == QQ
    scalar = NumberField.of_sqrt(2).theta
    assert exact(scalar) is scalar
    assert exact(sympy.log(3)).field == LogarithmField((3,))
    assert exact(sympy.sqrt(12)).field == NumberField.of_sqrt(3)


def test_matrices_are_placed_in_one_field() -> None:
    matrix = exact_matrix([[1, "1/2"], [sympy.sqrt(2), sympy.sqrt(3)]])
    assert matrix.field == NumberField.of_square_roots((2, 3))
    assert exact_matrix(sympy.eye(2)) == QQ.identity(2)
    assert exact_matrix(sympy.Matrix([[sympy.exp(sympy.Rational(1, 2)), sympy.E]])).rank() == 1
    with pytest.raises(ShapeError):
        exact_matrix([[1, 2], [3]])
    with pytest.raises(DomainError, match="common field"):
        exact_matrix([[sympy.sqrt(2), sympy.E]])


expressions = st.recursive(
    st.sampled_from([sympy.Rational(1, 2), sympy.Integer(-2), sympy.exp(1), sympy.exp(-2)]),
    lambda inner: st.builds(sympy.Add, inner, inner) | st.builds(sympy.Mul, inner, inner),
    max_leaves=6,
)


@given(first=expressions, second=expressions)
@settings(max_examples=40, deadline=None)
def test_the_door_is_a_ring_homomorphism(first: Any, second: Any) -> None:
    a, b = exact(first), exact(second)
    assert isinstance(a, Scalar)
    assert exact(sympy.expand((first + second) ** 2)) == a * a + 2 * a * b + b * b
    assert exact(first - second).is_zero == (a == b)


def test_importing_the_package_does_not_import_sympy() -> None:
    code = "import sys, symbolic_landscape.arithmetic; print('sympy' in sys.modules)"
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=root
    )
    assert done.stdout.strip() == "False"
