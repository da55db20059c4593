"""The one door from ints, Fractions, texts and SymPy expressions into an exact field.

Functions: exact, exact_matrix.

Design notes. An expression is rebuilt from its leaves in the fields of this package, each step in
the smallest field that holds it; no simplification or comparison of SymPy is trusted, and an
unsimplified zero becomes zero. What fits no field is a DomainError, never a guess.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import flint

from symbolic_landscape.arithmetic.algebraic import NumberField, square_root
from symbolic_landscape.arithmetic.exact import QQ
from symbolic_landscape.arithmetic.exponential import ExponentialField, LogarithmField
from symbolic_landscape.arithmetic.fields import Field
from symbolic_landscape.arithmetic.generators import Exponential, prime_exponents
from symbolic_landscape.arithmetic.rational_functions import FractionField
from symbolic_landscape.arithmetic.scalars import (
    Scalar,
    common_field,
    fraction,
    is_sympy,
    rational,
    rational_root,
)
from symbolic_landscape.arithmetic.sturm import count_roots, isolate_roots, root_bound
from symbolic_landscape.errors import DomainError, InexactError
from symbolic_landscape.formula import parse_number

if TYPE_CHECKING:
    from symbolic_landscape.arithmetic.matrices import Matrix


def exact(value: Any) -> Scalar:
    """The Scalar of the smallest field of this package that is found to hold the value.

    Takes int, Fraction, "p/q", Scalar and exact SymPy expressions. Raises InexactError for
    floats, ParseError for other texts, DomainError for what lies in no field of the package.

    >>> exact("2/4")
    Scalar(1/2 in Q)
    >>> import sympy
    >>> exact(sympy.sqrt(8) - 2 * sympy.sqrt(2)).is_zero
    True
    """
    if isinstance(value, Scalar):
        return value
    if is_sympy(value):
        return _rebuilt(value)
    return QQ.scalar(parse_number(value))


Scalar.door = exact


def exact_matrix(rows: Any) -> Matrix:
    """The matrix with these rows, or this SymPy matrix, over one field that holds all entries.

    Raises InexactError, ParseError or DomainError as `exact` does, ShapeError for uneven rows.

    >>> exact_matrix([[1, "1/2"], [0, 3]])
    Matrix([1, 1/2; 0, 3] over Q)
    """
    source: Iterable[Iterable[Any]] = rows.tolist() if hasattr(rows, "tolist") else rows
    entries = [[exact(value) for value in row] for row in source]
    field: Field = QQ
    for row in entries:
        for entry in row:
            field = common_field(field, entry.field)
    return field.matrix(entries)


def _rebuilt(expression: Any) -> Scalar:
    """The Scalar of a SymPy expression, from its leaves up."""
    if expression.is_Float:
        message = f"{expression} is a floating-point number: write it as a Rational or a text p/q"
        raise InexactError(message)
    if expression.is_Rational:
        return QQ.scalar(Fraction(int(expression.p), int(expression.q)))
    name = expression.func.__name__
    if name == "Exp1":
        return _exponential(QQ.scalar(1))
    if name == "ComplexRootOf":
        return _real_root(expression)
    if name == "Pow":
        return _power(expression)
    if name not in _REBUILD:
        kind = "symbol" if expression.is_Symbol else name
        message = f"{expression} ({kind}) lies in no field of this package"
        raise DomainError(message)
    return _REBUILD[name]([_rebuilt(argument) for argument in expression.args])


def _sum(parts: list[Scalar]) -> Scalar:
    result = parts[0]
    for part in parts[1:]:
        result = result + part
    return result


def _product(parts: list[Scalar]) -> Scalar:
    result = parts[0]
    for part in parts[1:]:
        result = result * part
    return result


def _exponential(value: Scalar) -> Scalar:
    """The exponential of a rational, an algebraic number or a sum of logarithms."""
    known = value.field.rational_value(value.raw)
    if known is not None:
        field: Field = ExponentialField(known.denominator) if known else value.field
    elif isinstance(value.field, NumberField):
        field = FractionField([Exponential(f"exp({value})", value)])
        return field.scalar(field.generator(field.names[0]))
    else:
        field = value.field
    return Scalar(field, field.exp(field.raw(value)))


def _logarithm(value: Scalar) -> Scalar:
    """The logarithm of a positive rational, in the field of the logarithms of its primes."""
    known = value.field.rational_value(value.raw)
    if known is None or known <= 0:
        return Scalar(value.field, value.field.log(value.raw))
    primes = sorted(prime_exponents(known))
    field: Field = LogarithmField(primes) if primes else QQ
    return Scalar(field, field.log(field.raw(known)))


def _hyperbolic(combine: Callable[[Scalar, Scalar], Scalar]) -> Callable[[list[Scalar]], Scalar]:
    """A function of e^a and e^(-a)."""

    def value(arguments: list[Scalar]) -> Scalar:
        grown = _exponential(arguments[0])
        return combine(grown, 1 / grown)

    return value


def _tanh(arguments: list[Scalar]) -> Scalar:
    square = _exponential(arguments[0] * 2)
    return (square - 1) / (square + 1)


_REBUILD: dict[str, Callable[[list[Scalar]], Scalar]] = {
    "Add": _sum,
    "Mul": _product,
    "exp": lambda arguments: _exponential(arguments[0]),
    "log": lambda arguments: _logarithm(arguments[0]),
    "tanh": _tanh,
    "sinh": _hyperbolic(lambda a, b: (a - b) / 2),
    "cosh": _hyperbolic(lambda a, b: (a + b) / 2),
    "Abs": lambda arguments: abs(arguments[0]),
}


def _power(expression: Any) -> Scalar:
    """A power with an integer or rational exponent; e to a number goes through the exponential."""
    base, exponent = expression.args
    if base.func.__name__ == "Exp1":
        return _exponential(_rebuilt(exponent))
    if not exponent.is_Rational:
        message = f"{expression} lies in no field of this package: its exponent is not rational"
        raise DomainError(message)
    value = _rebuilt(base)
    if exponent.is_Integer:
        return value ** int(exponent)
    return _root(value, int(exponent.q)) ** int(exponent.p)


def _root(value: Scalar, degree: int) -> Scalar:
    """The nonnegative root of a nonnegative number. Raises DomainError where none is found."""
    known = value.field.rational_value(value.raw)
    if known is None:
        if degree == 2:
            return value.sqrt()
        message = f"the root of degree {degree} of {value} is not found in {value.field.name}"
        raise DomainError(message)
    if known < 0:
        message = f"the root of degree {degree} of {known} is not a real number"
        raise DomainError(message)
    root = rational_root(known, degree)
    if root is not None:
        return QQ.scalar(root)
    if degree == 2:
        return square_root(known)
    polynomial = flint.fmpq_poly([-rational(known), *[0] * (degree - 1), 1])
    ((lower, upper),) = isolate_roots(polynomial, Fraction(0), root_bound(polynomial))
    return _root_between(polynomial, lower, upper, f"root({known}, {degree})")


def _real_root(expression: Any) -> Scalar:
    """The real root of a polynomial by its place among the real roots, in increasing order."""
    polynomial = flint.fmpq_poly(
        [flint.fmpq(int(c.p), int(c.q)) for c in reversed(expression.poly.all_coeffs())]
    )
    pairs = isolate_roots(polynomial)
    if expression.index >= len(pairs):
        message = f"{expression} is not a real number"
        raise DomainError(message)
    lower, upper = pairs[expression.index]
    return _root_between(polynomial, lower, upper, "theta")


def _root_between(
    polynomial: flint.fmpq_poly, lower: Fraction, upper: Fraction, label: str
) -> Scalar:
    """The one root of the polynomial between two rationals, in the field it generates."""
    factors = (flint.fmpq_poly(factor) for factor, _ in polynomial.numer().factor()[1])
    minimal = next(factor for factor in factors if count_roots(factor, lower, upper))
    coefficients = [fraction(value) for value in minimal.coeffs()]
    return NumberField(coefficients, lower, upper, label=label).theta
