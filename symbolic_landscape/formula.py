"""Formulas in one variable: a small grammar, an immutable tree, exact derivatives, values in any ring.

A formula is built from rational constants, one variable, + - * /, integer powers and the calls exp,
log, tanh, atan, sqrt. It is read by the parser below and by nothing else. `Formula.evaluate` runs it
in any ring that offers the `Operations` protocol, so that one formula serves Q, Q(u), balls and SymPy.

Functions: parse_number (the exact rational in an int, Fraction, "p/q" or SymPy rational),
evaluate_together (several formulas at one point, shared subexpressions once).

Design notes. Sums and products are flattened and like terms are collected, but nothing is cancelled
that would enlarge the domain: t/t stays undefined at 0. A formula with two pieces (smoolu, relu,
one-sided losses) branches on the sign of the variable and records how smooth the join is; pieces
cannot be typed by users, since their smoothness could not be read off the text.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NoReturn, Protocol, TypeVar

from symbolic_landscape.errors import DomainError, InexactError, ParseError, SmoothnessError

if TYPE_CHECKING:
    import sympy

E = TypeVar("E")

CALLS = ("exp", "log", "tanh", "atan", "sqrt")

_MAX_TEXT = 4_000
_MAX_DIGITS = 2_000
_MAX_DEPTH = 60
_MAX_EXPONENT = 1_000
_MAX_BITS = 20_000


class Operations(Protocol[E]):
    """What a ring offers so that a formula can be evaluated in it.

    Each method raises DomainError where its value lies outside the ring.
    """

    def constant(self, value: Fraction) -> E:
        """The rational number as an element."""

    def add(self, a: E, b: E) -> E:
        """a + b."""

    def multiply(self, a: E, b: E) -> E:
        """a b."""

    def power(self, a: E, exponent: int) -> E:
        """a to an integer power, negative ones included."""

    def exp(self, a: E) -> E:
        """e^a."""

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


@dataclass(frozen=True)
class Formula:
    """An expression in one variable; the subclasses are its node types.

    >>> f = Formula.parse("t + t**5")
    >>> str(f.derivative())
    '5*t**4 + 1'
    """

    @staticmethod
    def parse(text: str, variable: str = "t") -> Formula:
        """The formula in the text, in the one variable named.

        Raises ParseError: with the position of the first thing that is not in the grammar.
        """
        return _Parser(text, variable).formula()

    def derivative(self, order: int = 1) -> Formula:
        """The derivative of this order, lightly simplified.

        Raises SmoothnessError: two pieces do not join smoothly enough at 0.
        """
        result = self
        for _ in range(order):
            result = _derivative(result)
        return result

    def evaluate(self, x: E, operations: Operations[E]) -> E:
        """The value at x in the ring of the operations; DomainError outside the ring."""
        return evaluate_together((self,), x, operations)[0]

    def to_sympy(self, symbol: Any) -> Any:
        """The SymPy expression with this expression in place of the variable."""
        return _to_sympy(self, symbol)

    def substitute(self, inner: Formula) -> Formula:
        """The composition: this formula with the inner one in place of the variable."""
        return _substitute(self, inner)

    def __str__(self) -> str:
        return self.text("t")

    def text(self, variable: str) -> str:
        """The canonical text in the variable named; parsing it gives this formula back."""
        return _text(self, variable)[0]

    @property
    def calls(self) -> frozenset[str]:
        """The names of the functions called anywhere inside.

        'piece' marks a formula in pieces, 'generic' one that stands for any function.
        """
        return _calls(self)

    @property
    def is_constant(self) -> bool:
        """True if the variable does not occur."""
        return not _uses_variable(self)

    def __add__(self, other: Formula | int | Fraction) -> Formula:
        return total((self, _as_formula(other)))

    def __radd__(self, other: int | Fraction) -> Formula:
        return total((_as_formula(other), self))

    def __sub__(self, other: Formula | int | Fraction) -> Formula:
        return total((self, product((Const(Fraction(-1)), _as_formula(other)))))

    def __rsub__(self, other: int | Fraction) -> Formula:
        return _as_formula(other) - self

    def __neg__(self) -> Formula:
        return product((Const(Fraction(-1)), self))

    def __mul__(self, other: Formula | int | Fraction) -> Formula:
        return product((self, _as_formula(other)))

    def __rmul__(self, other: int | Fraction) -> Formula:
        return product((_as_formula(other), self))

    def __truediv__(self, other: Formula | int | Fraction) -> Formula:
        return product((self, power(_as_formula(other), -1)))

    def __rtruediv__(self, other: int | Fraction) -> Formula:
        return product((_as_formula(other), power(self, -1)))

    def __pow__(self, exponent: int) -> Formula:
        return power(self, exponent)


@dataclass(frozen=True)
class Const(Formula):
    """A rational number."""

    value: Fraction

    __str__ = Formula.__str__


@dataclass(frozen=True)
class Var(Formula):
    """The variable."""

    __str__ = Formula.__str__


@dataclass(frozen=True)
class Add(Formula):
    """A sum of at least two terms, a constant last; build it with `total`."""

    terms: tuple[Formula, ...]

    __str__ = Formula.__str__


@dataclass(frozen=True)
class Mul(Formula):
    """A product of at least two factors, a constant first; build it with `product`."""

    factors: tuple[Formula, ...]

    __str__ = Formula.__str__


@dataclass(frozen=True)
class Pow(Formula):
    """An integer power; build it with `power`."""

    base: Formula
    exponent: int

    __str__ = Formula.__str__


@dataclass(frozen=True)
class Call(Formula):
    """exp, log, tanh, atan or sqrt of a formula; build it with `call`."""

    name: str
    argument: Formula

    __str__ = Formula.__str__


@dataclass(frozen=True)
class Piece(Formula):
    """One formula for t <= 0 and another for t > 0.

    `smoothness` counts the continuous derivatives at 0; None stands for all of them.
    """

    left: Formula
    right: Formula
    smoothness: int | None

    __str__ = Formula.__str__


@dataclass(frozen=True)
class Generic(Formula):
    """A derivative, by order, of a function that may be any smooth one: it has a name, no values."""

    name: str
    order: int = 0

    __str__ = Formula.__str__

    @property
    def label(self) -> str:
        """The name with the order of the derivative: sigma, sigma1, sigma2."""
        return f"{self.name}{self.order or ''}"


T = Var()
ZERO = Const(Fraction(0))
ONE = Const(Fraction(1))


def _as_formula(value: Formula | int | Fraction) -> Formula:
    return value if isinstance(value, Formula) else Const(Fraction(value))


# ---- construction with light simplification


@lru_cache(maxsize=4096)
def _is_total(formula: Formula) -> bool:
    """True if the formula surely has a value at every real point."""
    match formula:
        case Const() | Var():
            return True
        case Add(terms=parts) | Mul(factors=parts):
            return all(_is_total(part) for part in parts)
        case Pow(base=base, exponent=exponent):
            return _is_total(base) and (exponent >= 0 or _is_positive(base))
        case Call(name="log", argument=argument):
            return _is_total(argument) and _is_positive(argument)
        case Call(name="sqrt", argument=argument):
            return _is_total(argument) and (_is_positive(argument) or _is_nonnegative(argument))
        case Call(argument=argument):
            return _is_total(argument)
    return False


def _is_positive(formula: Formula) -> bool:
    """True if a sum of positive and nonnegative terms shows the formula to be > 0."""
    match formula:
        case Const(value=value):
            return value > 0
        case Call(name="exp"):
            return True
        case Call(name="sqrt", argument=argument):
            return _is_positive(argument)
        case Add(terms=terms):
            return all(_is_nonnegative(term) for term in terms) and any(map(_is_positive, terms))
        case Mul(factors=factors):
            return all(_is_positive(factor) for factor in factors)
        case Pow(base=base):
            return _is_positive(base)
    return False


def _is_nonnegative(formula: Formula) -> bool:
    match formula:
        case Const(value=value):
            return value >= 0
        case Pow(exponent=exponent) if exponent % 2 == 0:
            return True
        case Call(name="sqrt"):
            return True
        case Mul(factors=factors):
            return all(_is_nonnegative(factor) for factor in factors)
        case Add(terms=terms):
            return all(_is_nonnegative(term) for term in terms)
    return _is_positive(formula)


def _split_coefficient(term: Formula) -> tuple[Fraction, Formula]:
    match term:
        case Const(value=value):
            return value, ONE
        case Mul(factors=(Const(value=value), *rest)):
            return value, rest[0] if len(rest) == 1 else Mul(tuple(rest))
    return Fraction(1), term


def total(terms: Iterable[Formula]) -> Formula:
    """The sum of the terms, flattened, with like terms collected and the constant last."""
    collected: dict[Formula, Fraction] = {}
    for term in terms:
        for part in term.terms if isinstance(term, Add) else (term,):
            coefficient, rest = _split_coefficient(part)
            collected[rest] = collected.get(rest, Fraction(0)) + coefficient
    constant = collected.pop(ONE, Fraction(0))
    kept = [
        product((Const(coefficient), rest))
        for rest, coefficient in collected.items()
        if coefficient or not _is_total(rest)
    ]
    if constant or not kept:
        kept.append(Const(constant))
    return kept[0] if len(kept) == 1 else Add(tuple(kept))


def product(factors: Iterable[Formula]) -> Formula:
    """The product of the factors, flattened, with powers of one base collected."""
    constant = Fraction(1)
    collected: dict[tuple[Formula, bool], int] = {}
    for factor in factors:
        for part in factor.factors if isinstance(factor, Mul) else (factor,):
            if isinstance(part, Const):
                constant *= part.value
                continue
            base, exponent = (part.base, part.exponent) if isinstance(part, Pow) else (part, 1)
            key = (base, exponent < 0)
            collected[key] = collected.get(key, 0) + exponent
    rest = [power(base, exponent) for (base, _), exponent in collected.items()]
    if not constant and all(_is_total(part) for part in rest):
        return ZERO
    if not rest:
        return Const(constant)
    if constant == 1:
        return rest[0] if len(rest) == 1 else Mul(tuple(rest))
    return Mul((Const(constant), *rest))


def power(base: Formula, exponent: int) -> Formula:
    """The integer power of the base.

    Raises ParseError: the exponent or a constant is too large.
    Raises DomainError: a constant zero to a negative power.
    """
    if abs(exponent) > _MAX_EXPONENT:
        message = f"formula: exponents go up to {_MAX_EXPONENT}, got {exponent}"
        raise ParseError(message)
    if exponent == 1:
        return base
    match base:
        case Const(value=value):
            if not value and exponent < 0:
                message = f"formula: 0 to the power {exponent} has no value"
                raise DomainError(message)
            bits = max(value.numerator.bit_length(), value.denominator.bit_length())
            if bits * abs(exponent) > _MAX_BITS:
                message = (
                    f"formula: a constant grows beyond {_MAX_BITS} bits, in {value}**{exponent}"
                )
                raise ParseError(message)
            return Const(value**exponent)
        case Pow(base=inner, exponent=inner_exponent):
            if exponent > 0 or (exponent < 0 < inner_exponent):
                return power(inner, inner_exponent * exponent)
    if exponent == 0 and _is_total(base):
        return ONE
    return Pow(base, exponent)


def call(name: str, argument: Formula) -> Formula:
    """The named function of the argument, folded at the few constants where it is rational."""
    if name not in CALLS:
        message = f"formula: functions are {', '.join(CALLS)}, got {name!r}"
        raise ParseError(message)
    if isinstance(argument, Const):
        value = argument.value
        if name == "exp" and not value:
            return ONE
        if (name in {"tanh", "atan"} and not value) or (name == "log" and value == 1):
            return ZERO
        if name == "sqrt":
            root = rational_root(value)
            if root is not None:
                return Const(root)
        if name in {"log", "sqrt"} and (value < 0 or (name == "log" and not value)):
            message = f"formula: {name}({value}) has no real value"
            raise DomainError(message)
    return Call(name, argument)


def rational_root(value: Fraction) -> Fraction | None:
    """The nonnegative rational square root, or None where there is none."""
    if value < 0:
        return None
    top, bottom = math.isqrt(value.numerator), math.isqrt(value.denominator)
    if top * top != value.numerator or bottom * bottom != value.denominator:
        return None
    return Fraction(top, bottom)


# ---- traversals


@lru_cache(maxsize=4096)
def _calls(formula: Formula) -> frozenset[str]:
    match formula:
        case Add(terms=parts) | Mul(factors=parts):
            return frozenset[str]().union(*map(_calls, parts))
        case Pow(base=base):
            return _calls(base)
        case Call(name=name, argument=argument):
            return _calls(argument) | {name}
        case Piece(left=left, right=right):
            return _calls(left) | _calls(right) | {"piece"}
        case Generic():
            return frozenset({"generic"})
    return frozenset()


@lru_cache(maxsize=4096)
def _uses_variable(formula: Formula) -> bool:
    match formula:
        case Const():
            return False
        case Add(terms=parts) | Mul(factors=parts):
            return any(map(_uses_variable, parts))
        case Pow(base=inner) | Call(argument=inner):
            return _uses_variable(inner)
    return True


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
                if _uses_variable(factor)
            )
        case Pow(base=base, exponent=exponent):
            outer = product((Const(Fraction(exponent)), power(base, exponent - 1)))
            return product((outer, _derivative(base)))
        case Call(name=name, argument=argument):
            return product((_outer_derivative(name, argument), _derivative(argument)))
        case Piece(left=left, right=right, smoothness=smoothness):
            if smoothness == 0:
                message = f"formula {formula}: a derivative is needed, but it has none at 0"
                raise SmoothnessError(message)
            less = None if smoothness is None else smoothness - 1
            return Piece(_derivative(left), _derivative(right), less)
        case Generic(name=name, order=order):
            return Generic(name, order + 1)
    _unknown(formula)


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


def _substitute(formula: Formula, inner: Formula) -> Formula:
    match formula:
        case Const():
            return formula
        case Var():
            return inner
        case Add(terms=terms):
            return total(_substitute(term, inner) for term in terms)
        case Mul(factors=factors):
            return product(_substitute(factor, inner) for factor in factors)
        case Pow(base=base, exponent=exponent):
            return power(_substitute(base, inner), exponent)
        case Call(name=name, argument=argument):
            return call(name, _substitute(argument, inner))
    if inner == T:
        return formula
    message = f"formula {formula}: only the variable itself can be put into it"
    raise DomainError(message)


def _unknown(formula: Formula) -> NoReturn:
    message = f"formula: a node of the grammar was needed, got {type(formula).__name__}"
    raise DomainError(message)


def _to_sympy(formula: Formula, symbol: Any) -> Any:
    import sympy

    match formula:
        case Const(value=value):
            return sympy.Rational(value.numerator, value.denominator)
        case Var():
            return symbol
        case Add(terms=terms):
            return sympy.Add(*(_to_sympy(term, symbol) for term in terms))
        case Mul(factors=factors):
            return sympy.Mul(*(_to_sympy(factor, symbol) for factor in factors))
        case Pow(base=base, exponent=exponent):
            return sympy.Pow(_to_sympy(base, symbol), exponent)
        case Call(name=name, argument=argument):
            return getattr(sympy, name)(_to_sympy(argument, symbol))
        case Piece(left=left, right=right):
            if symbol.is_number:
                return _to_sympy(right if symbol.is_positive else left, symbol)
            return sympy.Piecewise(
                (_to_sympy(left, symbol), symbol <= 0), (_to_sympy(right, symbol), True)
            )
        case Generic(name=name, order=order):
            return generic_function(name, order)(symbol)
    _unknown(formula)


@lru_cache(maxsize=256)
def generic_function(name: str, order: int) -> Any:
    """The SymPy function class of a generic function; differentiating gives that of the next order."""
    import sympy

    def fdiff(self: Any, argindex: int = 1) -> Any:
        del argindex
        return generic_function(name, order + 1)(*self.args)

    label = Generic(name, order).label
    return type(label, (sympy.Function,), {"fdiff": fdiff, "nargs": 1, "generic": (name, order)})


# ---- text

_SUM, _PRODUCT, _UNARY, _POWER, _ATOM = range(5)


def _wrapped(formula: Formula, variable: str, level: int) -> str:
    text, own = _text(formula, variable)
    return text if own >= level else f"({text})"


def _text(formula: Formula, variable: str) -> tuple[str, int]:
    match formula:
        case Const(value=value):
            if value < 0:
                return str(value), _UNARY if value.denominator == 1 else _PRODUCT
            return str(value), _ATOM if value.denominator == 1 else _PRODUCT
        case Var():
            return variable, _ATOM
        case Call(name=name, argument=argument):
            return f"{name}({_text(argument, variable)[0]})", _ATOM
        case Pow(base=base, exponent=exponent) if exponent >= 0:
            return f"{_wrapped(base, variable, _ATOM)}**{exponent}", _POWER
        case Pow(base=Pow() as base, exponent=exponent):
            return f"({_text(base, variable)[0]})**{exponent}", _POWER
        case Mul(factors=factors):
            return _product_text(factors, variable), _PRODUCT
        case Pow():
            return _product_text((formula,), variable), _PRODUCT
        case Add(terms=(first, *rest)):
            text = _wrapped(first, variable, _PRODUCT)
            for term in rest:
                part = _wrapped(term, variable, _PRODUCT)
                text += f" - {part[1:]}" if part.startswith("-") else f" + {part}"
            return text, _SUM
        case Piece(left=left, right=right):
            return (
                f"piece({_text(left, variable)[0]}, {_text(right, variable)[0]})",
                _ATOM,
            )
        case Generic():
            return f"{formula.label}({variable})", _ATOM
    _unknown(formula)


def _product_text(factors: Sequence[Formula], variable: str) -> str:
    """Factors in their order; a reciprocal is written as a division, 1 in front where it leads."""
    sign, text = "", ""
    for i, factor in enumerate(factors):
        if i == 0 and isinstance(factor, Const):
            sign = "-" if factor.value < 0 else ""
            value = abs(factor.value)
            text = "" if value == 1 else str(value)
        elif isinstance(factor, Pow) and factor.exponent < 0 and not isinstance(factor.base, Pow):
            below = _wrapped(power(factor.base, -factor.exponent), variable, _POWER)
            text = f"{text or '1'}/{below}"
        else:
            part = _wrapped(factor, variable, _POWER)
            text = f"{text}*{part}" if text else part
    return sign + text


# ---- evaluation


@lru_cache(maxsize=1024)
def _program(formulas: tuple[Formula, ...]) -> tuple[tuple[tuple[Any, ...], ...], tuple[int, ...]]:
    """Straight-line code, one instruction for each distinct subexpression, and the output places."""
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
                result = emit("piece", formula)
            case Generic():
                result = emit("generic", formula)
            case _:
                _unknown(formula)
        places[formula] = result
        return result

    outputs = tuple(place(formula) for formula in formulas)
    return tuple(code), outputs


def evaluate_together(
    formulas: tuple[Formula, ...], x: E, operations: Operations[E]
) -> tuple[E, ...]:
    """The values of all the formulas at x; each shared subexpression is computed once.

    Raises DomainError: a value lies outside the ring, or a sign is not known there.
    """
    code, outputs = _program(formulas)
    values: list[E] = []
    for instruction in code:
        match instruction:
            case ("variable",):
                value = x
            case ("constant", number):
                value = operations.constant(number)
            case ("add", first, *rest):
                value = values[first]
                for i in rest:
                    value = operations.add(value, values[i])
            case ("multiply", first, *rest):
                value = values[first]
                for i in rest:
                    value = operations.multiply(value, values[i])
            case ("power", base, exponent):
                value = operations.power(values[base], exponent)
            case ("piece", piece):
                value = _chosen(piece, x, operations)
            case ("generic", function):
                value = _any_function(function, x, operations)
            case ("call", name, argument):
                value = getattr(operations, name)(values[argument])
        values.append(value)
    return tuple(values[i] for i in outputs)


def _chosen(piece: Piece, x: E, operations: Operations[E]) -> E:
    """The value of a formula in pieces; DomainError where the operations have no order."""
    if hasattr(operations, "choose"):
        choosing: ChoosingOperations[E] = operations
        return choosing.choose(x, piece)
    if hasattr(operations, "sign"):
        ordered: OrderedOperations[E] = operations
        return (piece.right if ordered.sign(x) > 0 else piece.left).evaluate(x, operations)
    message = f"{piece}: an order is needed to choose a piece, {type(operations).__name__} has none"
    raise DomainError(message)


def _any_function(function: Generic, x: E, operations: Operations[E]) -> E:
    if hasattr(operations, "generic"):
        naming: NamingOperations[E] = operations
        return naming.generic(x, function)
    message = f"{function}: it stands for any function and has no values"
    raise DomainError(message)


# ---- parsing

_TOKEN = re.compile(r"\s*(?:(\d+)|([A-Za-z_]\w*)|(\*\*|[-+*/()]))", re.ASCII)


class _Parser:
    """Recursive descent: sum > product > signed > power > atom."""

    def __init__(self, text: str, variable: str) -> None:
        if not isinstance(text, str):
            message = f"formula: text was needed, got {type(text).__name__}"
            raise ParseError(message)
        if len(text) > _MAX_TEXT:
            message = f"formula: at most {_MAX_TEXT} characters are read, got {len(text)}"
            raise ParseError(message)
        self.text, self.variable, self.depth = text, variable, 0
        self.tokens: list[tuple[str, int]] = []
        position = 0
        end = len(text.rstrip())
        while position < end:
            token = _TOKEN.match(text, position)
            if token is None:
                start = position + len(text[position:]) - len(text[position:].lstrip())
                self.refuse(self.strange(text[start]), start)
            start = token.start(token.lastindex or 0)
            if token.group(1) and len(token.group(1)) > _MAX_DIGITS:
                self.refuse(f"numbers have at most {_MAX_DIGITS} digits", start)
            self.tokens.append((token.group(token.lastindex or 0), start))
            position = token.end()
        self.place = 0

    @staticmethod
    def strange(character: str) -> str:
        if character == "^":
            return "powers are written **, got '^'"
        if character == ".":
            return "decimal points are not read, write a fraction such as 1/2"
        return (
            f"a number, {', '.join(CALLS)}, + - * / ** or a bracket was needed, got {character!r}"
        )

    def refuse(self, reason: str, position: int) -> NoReturn:
        shown = self.text if len(self.text) <= 60 else self.text[:57] + "..."
        message = f"formula {shown!r}, position {position}: {reason}"
        raise ParseError(message)

    def peek(self) -> str:
        return self.tokens[self.place][0] if self.place < len(self.tokens) else ""

    def position(self) -> int:
        return self.tokens[self.place][1] if self.place < len(self.tokens) else len(self.text)

    def take(self) -> str:
        token = self.peek()
        self.place += 1
        return token

    def formula(self) -> Formula:
        result = self.sum()
        if self.peek():
            self.refuse(f"an operator or the end was needed, got {self.peek()!r}", self.position())
        return result

    def sum(self) -> Formula:
        self.depth += 1
        if self.depth > _MAX_DEPTH:
            self.refuse(f"brackets nest at most {_MAX_DEPTH} deep", self.position())
        terms = [self.product()]
        while self.peek() in {"+", "-"}:
            terms.append(self.product() if self.take() == "+" else -self.product())
        self.depth -= 1
        return total(terms)

    def product(self) -> Formula:
        factors = [self.signed()]
        while self.peek() in {"*", "/"}:
            position = self.position()
            factor = self.signed() if self.take() == "*" else self.folded(self.signed, position)
            factors.append(factor)
        return product(factors)

    def folded(self, operand: Any, position: int) -> Formula:
        divisor = operand()
        if divisor == ZERO:
            self.refuse("division by zero", position)
        return power(divisor, -1)

    def signed(self) -> Formula:
        negative = False
        while self.peek() in {"+", "-"}:
            negative ^= self.take() == "-"
        return -self.power() if negative else self.power()

    def power(self) -> Formula:
        base = self.atom()
        if self.peek() != "**":
            return base
        position = self.position()
        self.take()
        exponent = self.signed()
        if not isinstance(exponent, Const) or exponent.value.denominator != 1:
            self.refuse(f"powers are integers, got {exponent}", position)
        if abs(exponent.value) > _MAX_EXPONENT:
            self.refuse(f"exponents go up to {_MAX_EXPONENT}", position)
        if base == ZERO and exponent.value < 0:
            self.refuse("division by zero", position)
        return power(base, int(exponent.value))

    def atom(self) -> Formula:
        position = self.position()
        token = self.take()
        if token.isdigit():
            return Const(Fraction(int(token)))
        if token == "(":
            return self.closed()
        if token == self.variable:
            return T
        if token in CALLS:
            if self.take() != "(":
                self.refuse(f"{token} needs its argument in brackets", position)
            argument = self.closed()
            try:
                return call(token, argument)
            except DomainError:
                self.refuse(f"{token}({argument}) has no real value", position)
        if not token:
            self.refuse("a number, a function or a bracket was needed, got the end", position)
        if token[0].isalpha() or token[0] == "_":
            known = f"{self.variable}, {', '.join(CALLS)}"
            self.refuse(f"names are {known}, got {token!r}", position)
        self.refuse(f"a number, a function or a bracket was needed, got {token!r}", position)

    def closed(self) -> Formula:
        inside = self.sum()
        if self.peek() != ")":
            got = repr(self.peek()) if self.peek() else "the end"
            self.refuse(f"a closing bracket was needed, got {got}", self.position())
        self.take()
        return inside


_NUMBER = re.compile(r"\s*([+-]?)\s*(\d+)\s*(?:/\s*(\d+)\s*)?", re.ASCII)


def parse_number(value: int | Fraction | str | sympy.Rational, where: str = "number") -> Fraction:
    """The exact rational in an int, a Fraction, a text "p/q" or a SymPy Integer or Rational.

    Raises InexactError: a float, a NaN or an infinity; the message says how to write it exactly.
    Raises ParseError: a text outside the grammar, a bool, or another type.

    >>> parse_number("-3/4")
    Fraction(-3, 4)
    """
    if isinstance(value, bool):
        message = f"{where}: an exact number was needed, got the truth value {value}"
        raise ParseError(message)
    if isinstance(value, (int, Fraction)):
        return Fraction(value)
    if isinstance(value, str):
        return _number_in(value, where)
    if isinstance(value, (float, complex)):
        raise InexactError(_inexact(value, where))
    if getattr(value, "is_Rational", False) and hasattr(value, "p") and hasattr(value, "q"):
        return Fraction(int(value.p), int(value.q))
    if getattr(value, "is_Float", False) or type(value).__module__.startswith(("numpy", "mpmath")):
        raise InexactError(_inexact(value, where))
    if value is not None and str(value) in {"nan", "zoo", "oo", "-oo"}:
        message = f"{where}: a finite exact number was needed, got {value}"
        raise InexactError(message)
    message = f"{where}: an int, a Fraction or a text 'p/q' was needed, got {type(value).__name__}"
    raise ParseError(message)


def _inexact(value: Any, where: str) -> str:
    if isinstance(value, complex) or value != value or value in (math.inf, -math.inf):
        return f"{where}: a finite exact real number was needed, got {value}"
    near = Fraction(float(value)).limit_denominator(1_000_000)
    return (
        f"{where}: an exact number was needed, got the float {value}; "
        f'write it as a text such as "{near}" or as Fraction({near.numerator}, {near.denominator})'
    )


def _number_in(text: str, where: str) -> Fraction:
    shown = text if len(text) <= 40 else text[:37] + "..."
    if len(text) > 2 * _MAX_DIGITS:
        message = (
            f"{where}: a number of at most {2 * _MAX_DIGITS} characters was needed, got {len(text)}"
        )
        raise ParseError(message)
    match = _NUMBER.fullmatch(text)
    if match is None:
        if re.fullmatch(r"\s*[+-]?(nan|inf(inity)?|oo|zoo)\s*", text, re.IGNORECASE):
            message = f"{where}: a finite exact number was needed, got {shown!r}"
            raise InexactError(message)
        message = f"{where}: an integer or a fraction 'p/q' was needed, got {shown!r}"
        if re.fullmatch(r"\s*[+-]?\d*\.\d*(e[+-]?\d+)?\s*", text, re.IGNORECASE):
            message += "; write a decimal as a fraction, 1/2 for 0.5"
        raise ParseError(message)
    sign, top, bottom = match.groups()
    if bottom is not None and not int(bottom):
        message = f"{where}: a number was needed, got a division by zero in {shown!r}"
        raise ParseError(message)
    size = Fraction(int(top), int(bottom or 1))
    return -size if sign == "-" else size
