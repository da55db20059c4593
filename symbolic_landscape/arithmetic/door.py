"""The one door from ints, Fractions, texts and SymPy expressions into an exact field.

Functions: exact, exact_matrix, smallest_field.

Design notes. An expression is rebuilt step by step in the field, so no SymPy simplification is trusted
and an unsimplified zero becomes zero. The field is chosen first, from the exponents and radicals that occur
in the expression; what fits no field of the package is a DomainError, never a guess.
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from symbolic_landscape.arithmetic.exact import QQ
from symbolic_landscape.arithmetic.exponential import ExponentialField
from symbolic_landscape.arithmetic.fields import Field
from symbolic_landscape.arithmetic.scalars import Element, Scalar, common_field
from symbolic_landscape.errors import DomainError, InexactError
from symbolic_landscape.formula import parse_number

if TYPE_CHECKING:
    from collections.abc import Iterable

    from symbolic_landscape.arithmetic.matrices import Matrix


def exact(value: object) -> Scalar:
    """The Scalar of the smallest field of this package that holds the value.

    Takes int, Fraction, "p/q", Scalar and exact SymPy expressions. Raises InexactError for
    floats, ParseError for other texts, DomainError for what lies in no field of the package.

    >>> exact("2/4")
    Scalar(1/2 in Q)
    """
    if isinstance(value, Scalar):
        return value
    if _is_expression(value):
        return Scalar(*_placed(value))
    return QQ.scalar(parse_number(value))


def exact_matrix(rows: object) -> Matrix:
    """The matrix with these rows, or this SymPy matrix, over one field that holds all entries.

    Raises InexactError, ParseError or DomainError as `exact` does, ShapeError for uneven rows.
    """
    source: Iterable[Iterable[object]] = rows.tolist() if hasattr(rows, "tolist") else rows  # type: ignore[assignment]
    entries = [[exact(value) for value in row] for row in source]
    field: Field = QQ
    for row in entries:
        for entry in row:
            field = common_field(field, entry.field)
    return field.matrix(entries)


def _is_expression(value: object) -> bool:
    return hasattr(value, "free_symbols") and hasattr(value, "func") and hasattr(value, "args")


def _placed(expression: Any) -> tuple[Field, Element]:
    """A field that holds the expression, and its raw element there."""
    field = smallest_field(expression)
    return field, _rebuilt(expression, field)


def smallest_field(expression: Any) -> Field:
    """The smallest field of the package that the SymPy expression can be rebuilt in.

    Raises DomainError if there is none.
    """
    denominators = [1]
    _collect(expression, denominators)
    if len(denominators) == 1:
        return QQ
    return ExponentialField(math.lcm(*denominators))


def _collect(expression: Any, denominators: list[int]) -> None:
    """Adds the denominators of all arguments of exponentials inside the expression."""
    import sympy

    if expression.is_Float:
        message = f"{expression} is a floating-point number: write it as a Rational"
        raise InexactError(message)
    if expression.free_symbols:
        names = ", ".join(sorted(map(str, expression.free_symbols)))
        message = f"{expression} contains the symbols {names}: an exact number was needed"
        raise DomainError(message)
    argument = _exponent(expression)
    if argument is not None and argument.is_Rational:
        denominators.append(int(argument.q))
    elif isinstance(expression, sympy.tanh):
        _collect(sympy.exp(2 * expression.args[0]), denominators)
    for part in expression.args:
        _collect(part, denominators)


def _exponent(expression: Any) -> Any:
    import sympy

    if expression is sympy.E:
        return sympy.Integer(1)
    return expression.args[0] if isinstance(expression, sympy.exp) else None


def _rebuilt(expression: Any, field: Field) -> Element:
    import sympy

    if expression.is_Rational:
        return field.constant(Fraction(int(expression.p), int(expression.q)))
    if expression is sympy.E:
        return field.exp(field.constant(Fraction(1)))
    arguments = expression.args
    if isinstance(expression, sympy.Add | sympy.Mul):
        combine = field.add if isinstance(expression, sympy.Add) else field.multiply
        result = _rebuilt(arguments[0], field)
        for part in arguments[1:]:
            result = combine(result, _rebuilt(part, field))
        return result
    if isinstance(expression, sympy.Pow):
        return _rebuilt_power(arguments[0], arguments[1], field)
    for kind, name in _FUNCTIONS:
        if isinstance(expression, getattr(sympy, kind)):
            return getattr(field, name)(_rebuilt(arguments[0], field))
    message = f"{expression} lies in no field of this package (function {expression.func.__name__})"
    raise DomainError(message)


_FUNCTIONS = (("exp", "exp"), ("log", "log"), ("tanh", "tanh"), ("atan", "atan"))


def _rebuilt_power(base: Any, exponent: Any, field: Field) -> Element:
    raw = _rebuilt(base, field)
    if exponent.is_Integer:
        return field.power(raw, int(exponent))
    if exponent.is_Rational and exponent.q == 2:
        return field.power(field.sqrt(raw), int(exponent.p))
    message = f"({base})**({exponent}) lies in no field of this package"
    raise DomainError(message)
