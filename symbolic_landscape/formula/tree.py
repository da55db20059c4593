"""Formulas in one variable: an immutable tree, light simplification, the canonical text.

Objects: Formula with the nodes Const, Var, Add, Mul, Pow, Call, Piece, Shifted, Generic; T, ZERO,
ONE.

Functions: total, product, power, call (nodes with light simplification).

Design notes. Sums and products are flattened and like terms are collected, but nothing is
cancelled that would enlarge the domain: t/t stays undefined at 0. A formula with two pieces
(smoolu, relu, one-sided losses) branches on the sign of the variable and records how smooth the
join is; what users write with max, min, abs and piece is brought to this form by `pieces`.
What takes formulas apart and knows every node (reading, derivatives, values) is a function in a
module of its own and no method, so that the tree depends on none of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from symbolic_landscape.errors import DomainError, ParseError
from symbolic_landscape.formula.numbers import rational_root

CALLS = ("exp", "log", "tanh", "atan", "sqrt")

MOST_EXPONENT = 1_000
MOST_BITS = 20_000


@dataclass(frozen=True)
class Formula:
    """An expression in one variable; the subclasses are its node types."""

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
        return not uses_variable(self)

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

    `smoothness` counts the continuous derivatives at 0; None stands for all of them, -1 for a jump.
    """

    left: Formula
    right: Formula
    smoothness: int | None

    __str__ = Formula.__str__


@dataclass(frozen=True)
class Shifted(Formula):
    """A formula in two pieces, of t - at in place of t; `at` is not 0."""

    piece: Piece
    at: Fraction

    __str__ = Formula.__str__


@dataclass(frozen=True)
class Generic(Formula):
    """A derivative, by order, of a function that may be any smooth one: a name without values."""

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
    if abs(exponent) > MOST_EXPONENT:
        message = f"formula: exponents go up to {MOST_EXPONENT}, got {exponent}"
        raise ParseError(message)
    if exponent == 1:
        return base
    match base:
        case Const(value=value):
            if not value and exponent < 0:
                message = f"formula: 0 to the power {exponent} has no value"
                raise DomainError(message)
            bits = max(value.numerator.bit_length(), value.denominator.bit_length())
            if bits * abs(exponent) > MOST_BITS:
                message = (
                    f"formula: a constant grows beyond {MOST_BITS} bits, in {value}**{exponent}"
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
        case Shifted(piece=Piece(left=left, right=right), at=at):
            sign = "-" if at > 0 else "+"
            moved = f"({variable} {sign} {abs(at)})"
            texts = [_text(part, moved)[0] for part in (left, right)]
            return f"piece({', '.join(texts)}, {at})", _ATOM
        case Generic():
            return f"{formula.label}({variable})", _ATOM
    raise unknown_node(formula)


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
        case Piece(left=left, right=right) | Shifted(piece=Piece(left=left, right=right)):
            return _calls(left) | _calls(right) | {"piece"}
        case Generic():
            return frozenset({"generic"})
    return frozenset()


@lru_cache(maxsize=4096)
def uses_variable(formula: Formula) -> bool:
    """Whether the variable occurs."""
    match formula:
        case Const():
            return False
        case Add(terms=parts) | Mul(factors=parts):
            return any(map(uses_variable, parts))
        case Pow(base=inner) | Call(argument=inner):
            return uses_variable(inner)
    return True


def unknown_node(formula: Formula) -> DomainError:
    """The error for an object that is no node of the grammar."""
    message = f"formula: a node of the grammar was needed, got {type(formula).__name__}"
    return DomainError(message)
