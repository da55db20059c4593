"""Values of formulas in any ring, and their SymPy form.

Objects: Operations (what a ring offers), Evaluation (several formulas at one point, on demand).

Functions: evaluated, to_sympy, generic_function.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from typing import Any, Protocol, TypeVar, cast
from typing import Generic as GenericType

from symbolic_landscape.errors import DomainError
from symbolic_landscape.formula.tree import (
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
    unknown_node,
)

E = TypeVar("E")

Instruction = tuple[Any, ...]
Program = tuple[tuple[Instruction, ...], tuple[tuple[int, ...], ...]]


class Operations(Protocol[E]):
    """What a ring offers so that a formula can be evaluated in it.

    Each method raises DomainError where its value lies outside the ring.
    """

    def constant(self, value: Fraction) -> E:
        """The rational number as an element."""

    def add(self, a: E, b: E) -> E:
        """A + b."""

    def multiply(self, a: E, b: E) -> E:
        """A b."""

    def power(self, a: E, exponent: int) -> E:
        """A to an integer power, negative ones included."""

    def exp(self, a: E) -> E:
        """The exponential of a."""

    def log(self, a: E) -> E:
        """The natural logarithm of a > 0."""

    def tanh(self, a: E) -> E:
        """The hyperbolic tangent of a."""

    def atan(self, a: E) -> E:
        """The principal arctangent of a."""

    def sqrt(self, a: E) -> E:
        """The nonnegative root of a >= 0."""


class OrderedOperations(Operations[E], Protocol[E]):
    """Operations with an order, as formulas in two pieces need it."""

    def sign(self, a: E) -> int:
        """-1, 0 or 1; DomainError where the sign is not known."""


class ChoosingOperations(Operations[E], Protocol[E]):
    """Operations on whole arrays, which choose between two pieces entry by entry."""

    def choose(self, a: E, piece: Piece) -> E:
        """The left formula where an entry is at most 0, the right one elsewhere."""


class NamingOperations(Operations[E], Protocol[E]):
    """Operations on expressions, where a function without values is an atom."""

    def generic(self, a: E, function: Generic) -> E:
        """The atom function(a)."""


@lru_cache(maxsize=1024)
def _program(formulas: tuple[Formula, ...]) -> Program:
    """Straight-line code, one instruction for each distinct subexpression."""
    code: list[tuple[Any, ...]] = [("variable",)]
    places: dict[Formula, int] = {T: 0}

    def emit(*instruction: Any) -> int:
        code.append(instruction)
        return len(code) - 1

    def place(formula: Formula) -> int:
        if formula in places:
            return places[formula]
        match formula:
            case Const(value=value):
                result = emit("constant", value)
            case Add(terms=parts):
                result = emit("add", *map(place, parts))
            case Mul(factors=parts):
                result = emit("multiply", *map(place, parts))
            case Pow(base=base, exponent=exponent):
                result = emit("power", place(base), exponent)
            case Call(name=name, argument=argument):
                result = emit("call", name, place(argument))
            case Piece():
                result = emit("piece", formula, place(T))
            case Shifted(piece=piece, at=at):
                moved = emit("add", place(T), place(Const(-at)))
                result = emit("piece", piece, moved)
            case Generic():
                result = emit("generic", formula)
            case _:
                raise unknown_node(formula)
        places[formula] = result
        return result

    outputs = [place(formula) for formula in formulas]
    return tuple(code), tuple(_needed(code, output) for output in outputs)


def _needed(code: list[Instruction], output: int) -> tuple[int, ...]:
    """The places of all instructions that an output depends on, in order, itself last."""
    needed: set[int] = set()
    pending = [output]
    while pending:
        place = pending.pop()
        if place not in needed:
            needed.add(place)
            match code[place]:
                case ("add" | "multiply", *parts):
                    pending += parts
                case ("power", base, _):
                    pending.append(base)
                case ("call" | "piece", _, argument):
                    pending.append(argument)
    return tuple(sorted(needed))


class Evaluation(GenericType[E]):
    """The values of some formulas at one point, each computed when asked for.

    What several formulas share is computed once.
    """

    def __init__(self, formulas: tuple[Formula, ...], x: E, operations: Operations[E]) -> None:
        self._x = x
        self._operations = operations
        self._code, self._needs = _program(formulas)
        self._values: dict[int, E] = {}

    def value(self, index: int) -> E:
        """The value of formula number `index`.

        Raises DomainError: a value lies outside the ring, or a sign is not known there.
        """
        values = self._values
        needs = self._needs[index]
        for place in needs:
            if place not in values:
                values[place] = self._run(self._code[place])
        return values[needs[-1]]

    def _run(self, instruction: Instruction) -> E:
        values, operations = self._values, self._operations
        match instruction:
            case ("constant", number):
                return operations.constant(number)
            case ("add", first, *rest):
                value = values[first]
                for i in rest:
                    value = operations.add(value, values[i])
                return value
            case ("multiply", first, *rest):
                value = values[first]
                for i in rest:
                    value = operations.multiply(value, values[i])
                return value
            case ("power", base, exponent):
                return operations.power(values[base], exponent)
            case ("call", name, argument):
                result: E = getattr(operations, name)(values[argument])
                return result
            case ("piece", piece, argument):
                return _chosen(piece, values[argument], operations)
            case ("generic", function):
                return _any_function(function, self._x, operations)
        return self._x


def evaluated(formula: Formula, x: E, operations: Operations[E]) -> E:
    """The value at x in the ring of the operations; DomainError outside the ring."""
    return Evaluation((formula,), x, operations).value(0)


def _chosen(piece: Piece, x: E, operations: Operations[E]) -> E:
    """The value of a formula in pieces; DomainError where the operations have no order."""
    if hasattr(operations, "choose"):
        return cast(ChoosingOperations[E], operations).choose(x, piece)
    if hasattr(operations, "sign"):
        sign = cast(OrderedOperations[E], operations).sign(x)
        return evaluated(piece.right if sign > 0 else piece.left, x, operations)
    message = f"{piece}: an order is needed to choose a piece, {type(operations).__name__} has none"
    raise DomainError(message)


def _any_function(function: Generic, x: E, operations: Operations[E]) -> E:
    if hasattr(operations, "generic"):
        return cast(NamingOperations[E], operations).generic(x, function)
    message = f"{function}: it stands for any function and has no values"
    raise DomainError(message)


def to_sympy(formula: Formula, symbol: Any) -> Any:
    """The SymPy expression of a formula with another expression in place of the variable."""
    import sympy

    match formula:
        case Const(value=value):
            return sympy.Rational(value.numerator, value.denominator)
        case Var():
            return symbol
        case Add(terms=terms):
            return sympy.Add(*(to_sympy(term, symbol) for term in terms))
        case Mul(factors=factors):
            return sympy.Mul(*(to_sympy(factor, symbol) for factor in factors))
        case Pow(base=base, exponent=exponent):
            return sympy.Pow(to_sympy(base, symbol), exponent)
        case Call(name=name, argument=argument):
            return getattr(sympy, name)(to_sympy(argument, symbol))
        case Piece(left=left, right=right):
            if symbol.is_number:
                return to_sympy(right if symbol.is_positive else left, symbol)
            return sympy.Piecewise(
                (to_sympy(left, symbol), symbol <= 0), (to_sympy(right, symbol), True)
            )
        case Shifted(piece=piece, at=at):
            return to_sympy(piece, symbol - sympy.Rational(at.numerator, at.denominator))
        case Generic(name=name, order=order):
            return generic_function(name, order)(symbol)
    raise unknown_node(formula)


@lru_cache(maxsize=256)
def generic_function(name: str, order: int) -> Any:
    """The SymPy class of a generic function; its derivative is the one of the next order."""
    import sympy

    def fdiff(self: Any, argindex: int = 1) -> Any:
        del argindex
        return generic_function(name, order + 1)(*self.args)

    label = Generic(name, order).label
    return type(label, (sympy.Function,), {"fdiff": fdiff, "nargs": 1, "generic": (name, order)})
