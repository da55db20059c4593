"""New formulas from old: the derivative, and one formula put into another.

Functions: derivative, composition, joints, smoothed.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

from symbolic_landscape.errors import DomainError, SmoothnessError
from symbolic_landscape.formula.tree import (
    ONE,
    ZERO,
    Add,
    Call,
    Const,
    Formula,
    Generic,
    Mul,
    Piece,
    Pow,
    Shifted,
    T,
    Var,
    call,
    power,
    product,
    total,
    unknown_node,
    uses_variable,
)


def derivative(formula: Formula, order: int = 1) -> Formula:
    """The derivative of this order, lightly simplified.

    Raises SmoothnessError: two pieces do not join smoothly enough at 0.

    >>> str(derivative(T + T**5))
    '5*t**4 + 1'
    """
    result = formula
    for _ in range(order):
        result = _derivative(result)
    return result


@lru_cache(maxsize=4096)
def _derivative(formula: Formula) -> Formula:
    match formula:
        case Const():
            return ZERO
        case Var():
            return ONE
        case Add(terms=terms):
            return total(map(_derivative, terms))
        case Mul(factors=factors):
            return total(
                product((*factors[:i], _derivative(factor), *factors[i + 1 :]))
                for i, factor in enumerate(factors)
                if uses_variable(factor)
            )
        case Pow(base=base, exponent=exponent):
            outer = product((Const(Fraction(exponent)), power(base, exponent - 1)))
            return product((outer, _derivative(base)))
        case Call(name=name, argument=argument):
            return product((_outer_derivative(name, argument), _derivative(argument)))
        case Piece(left=left, right=right, smoothness=smoothness):
            if smoothness is not None and smoothness < 1:
                message = f"formula {formula}: a derivative is needed, but it has none at 0"
                raise SmoothnessError(message)
            less = None if smoothness is None else smoothness - 1
            return Piece(_derivative(left), _derivative(right), less)
        case Shifted(piece=piece, at=at):
            slope = _derivative(piece)
            return Shifted(slope, at) if isinstance(slope, Piece) else slope
        case Generic(name=name, order=order):
            return Generic(name, order + 1)
    raise unknown_node(formula)


def _outer_derivative(name: str, argument: Formula) -> Formula:
    match name:
        case "exp":
            return call("exp", argument)
        case "log":
            return power(argument, -1)
        case "tanh":
            return 1 - call("tanh", argument) ** 2
        case "atan":
            return power(1 + argument**2, -1)
        case _:
            return Fraction(1, 2) / call("sqrt", argument)


def composition(formula: Formula, inner: Formula) -> Formula:
    """The formula with the inner one in place of the variable."""
    match formula:
        case Const():
            return formula
        case Var():
            return inner
        case Add(terms=terms):
            return total(composition(term, inner) for term in terms)
        case Mul(factors=factors):
            return product(composition(factor, inner) for factor in factors)
        case Pow(base=base, exponent=exponent):
            return power(composition(base, inner), exponent)
        case Call(name=name, argument=argument):
            return call(name, composition(argument, inner))
    if inner == T:
        return formula
    message = f"formula {formula}: only the variable itself can be put into it"
    raise DomainError(message)


@lru_cache(maxsize=1024)
def joints(formula: Formula) -> frozenset[Fraction]:
    """Where two pieces join with fewer than two continuous derivatives."""
    match formula:
        case Add(terms=parts) | Mul(factors=parts):
            return frozenset[Fraction]().union(*map(joints, parts))
        case Pow(base=inner) | Call(argument=inner):
            return joints(inner)
        case Piece(smoothness=smoothness) if smoothness is not None and smoothness < 2:
            return frozenset({Fraction(0)})
        case Shifted(piece=piece, at=at) if joints(piece):
            return frozenset({at})
    return frozenset()


def smoothed(formula: Formula) -> Formula:
    """The same values, with all pieces taken to join smoothly: its derivatives hold elsewhere."""
    match formula:
        case Add(terms=parts):
            return total(map(smoothed, parts))
        case Mul(factors=parts):
            return product(map(smoothed, parts))
        case Pow(base=base, exponent=exponent):
            return power(smoothed(base), exponent)
        case Call(name=name, argument=argument):
            return call(name, smoothed(argument))
        case Piece(left=left, right=right):
            return Piece(left, right, None)
        case Shifted(piece=Piece(left=left, right=right), at=at):
            return Shifted(Piece(left, right, None), at)
    return formula
