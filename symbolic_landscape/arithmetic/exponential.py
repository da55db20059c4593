"""The fields with exponentials by name, and limits in x = e^(-alpha).

Notation: u = e^(1/D), transcendental by Hermite and Lindemann; l = log q; x = e^(-alpha).

Objects: RationalFunctions, ExponentialField, LogarithmField.
Functions: decay_field, value_along, limit_at_zero, order_at_zero, field_of.

Design notes. With x = e^(-alpha) and integer projections every sigmoid is a reduced fraction in x,
so that alpha -> infinity is evaluation at x = 0: exact, with no symbolic limit and no
extrapolation.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from symbolic_landscape.arithmetic.bounded import Polynomial
from symbolic_landscape.arithmetic.exact import QQ
from symbolic_landscape.arithmetic.fields import ZERO, Field
from symbolic_landscape.arithmetic.generators import (
    Decay,
    Exponential,
    FreeSymbol,
    Generator,
    Logarithm,
)
from symbolic_landscape.arithmetic.rational_functions import FractionField, terms_of
from symbolic_landscape.arithmetic.scalars import Element, Scalar
from symbolic_landscape.errors import DomainError
from symbolic_landscape.formula import evaluated

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from symbolic_landscape.formula import Formula


class RationalFunctions(FractionField):
    """Q(x, y, ...) with free symbols: an equality here is an identity, for all their values.

    `over` adds the numbers of another field of fractions to the constants; `decay` = {"x": "alpha"}
    says that x stands for e^(-alpha), so that exponentials of alpha are powers of x.

    >>> x = RationalFunctions(("x",)).generator("x")
    >>> (x**2 - 1) / (x - 1) - (x + 1)
    Scalar(0 in Q(x))
    """

    __slots__ = ()

    def __init__(
        self,
        names: Sequence[str],
        *,
        over: FractionField | None = None,
        decay: dict[str, str] | None = None,
    ) -> None:
        numbers = () if over is None else over.generators
        parameters = decay or {}
        symbols: list[Generator] = [
            Decay(name, parameters[name]) if name in parameters else FreeSymbol(name)
            for name in names
        ]
        super().__init__((*numbers, *symbols))


class ExponentialField(FractionField):
    """Q(u) with u = e^(1/denominator): exp, tanh and sigmoid at rationals, with an exact zero test.

    >>> field = ExponentialField(1)
    >>> field.scalar(field.exp(field.raw(2)))
    Scalar(u^2 in Q(u) with u = e^(1))
    """

    __slots__ = ("denominator",)

    def __init__(self, denominator: int = 1) -> None:
        if isinstance(denominator, bool) or not isinstance(denominator, int) or denominator < 1:
            message = f"ExponentialField needs a denominator >= 1, got {denominator!r}"
            raise DomainError(message)
        self.denominator = denominator
        super().__init__((Exponential("u", QQ.scalar(Fraction(1, denominator))),))

    def __reduce__(self) -> tuple[Any, ...]:
        return (ExponentialField, (self.denominator,))

    @classmethod
    def independent(cls, exponents: Sequence[Scalar]) -> FractionField:
        """Q(u_1, u_2, ...) with u_i = e^(a_i) for algebraic a_i, linearly independent over Q.

        Raises DeclarationError if the exponents are linearly dependent.
        """
        return FractionField(
            [Exponential(f"u{i}", power) for i, power in enumerate(exponents, start=1)]
        )


class LogarithmField(FractionField):
    """Q(log q_1, log q_2, ...): weights that are logarithms, where sigmoid and tanh are rational.

    With one logarithm the zero test is complete; with several, balls must show that a number is not
    zero.

    >>> field = LogarithmField((3,))
    >>> field.scalar(field.tanh(field.log(field.raw(3))))
    Scalar(4/5 in Q(l3) with l3 = log 3)
    """

    __slots__ = ()

    def __init__(self, arguments: Iterable[int | Fraction]) -> None:
        letters = []
        for argument in map(Fraction, arguments):
            if argument <= 1:
                message = f"LogarithmField needs rationals > 1, got {argument}"
                raise DomainError(message)
            letters.append(Logarithm(f"l{argument}".replace("/", "_"), argument))
        super().__init__(letters)


def decay_field(denominator: int = 1) -> RationalFunctions:
    """Q(u)(x, alpha) with u = e^(1/denominator) and x = e^(-alpha)."""
    return RationalFunctions(
        ("x", "alpha"), over=ExponentialField(denominator), decay={"x": "alpha"}
    )


def value_along(formula: Formula, steps: int, offset: Fraction = ZERO) -> Scalar:
    """The formula at alpha * steps + offset, over Q(u)(x, alpha) with x = e^(-alpha).

    Raises DomainError if the value lies outside, as for softplus.

    >>> from symbolic_landscape.formula import parse_formula
    >>> value_along(parse_formula("1 / (1 + exp(-t))"), 2)
    Scalar(1/(x^2 + 1) in Q(u, x, alpha) with u = e^(1), x = e^(-alpha))
    """
    field = decay_field(offset.denominator)
    argument = field.generator("alpha") * steps + offset
    return Scalar(field, evaluated(formula, argument.raw, field))


def order_at_zero(value: Scalar, symbol: str = "x") -> int:
    """The k for which value / symbol^k has a finite nonzero limit as symbol -> 0.

    Over further symbols, for almost every value of them. Raises DomainError for 0.
    """
    field, (top, bottom), index = _in_symbol(value, symbol)
    if top.is_zero():
        message = f"0 has no order at {symbol} = 0 in {field.name}"
        raise DomainError(message)
    return _least(top, index) - _least(bottom, index)


def limit_at_zero(value: Scalar, symbol: str = "x") -> Scalar:
    """The limit of a fraction as symbol -> 0+, in the field of the other generators.

    If symbol = e^(-alpha), this is the limit as alpha -> infinity, and alpha may occur too. Raises
    DomainError if the limit is infinite.

    >>> x = RationalFunctions(("x",)).generator("x")
    >>> limit_at_zero((x**2 + 3 * x) / x)
    Scalar(3 in Q)
    """
    field, (top, bottom), index = _in_symbol(value, symbol)
    low = _least(bottom, index)
    first = _coefficient(field, top, index, low)
    second = _coefficient(field, bottom, index, low)
    letter = field.generators[index]
    parameter = letter.parameter if isinstance(letter, Decay) else ""
    if parameter in field.names:
        place = field.names.index(parameter)
        highest = _greatest(second, place)
        if low or _greatest(first, place) > highest:
            raise DomainError(_infinite(value, symbol))
        first = _coefficient(field, first, place, highest)
        second = _coefficient(field, second, place, highest)
    elif low:
        raise DomainError(_infinite(value, symbol))
    return _without(field, {symbol, parameter}, Scalar(field, field.quotient(first, second)))


def _infinite(value: Scalar, symbol: str) -> str:
    return f"{value} has no finite limit as {symbol} -> 0"


def _in_symbol(value: Scalar, symbol: str) -> tuple[FractionField, Element, int]:
    """The value as a fraction of a field in which the symbol is a free generator."""
    field = value.field
    if field.is_rational_field:
        field = RationalFunctions((symbol,))
    if not isinstance(field, FractionField) or symbol not in field.free_symbols:
        message = f"a fraction in a free symbol {symbol} was needed, got {value} of {field.name}"
        raise DomainError(message)
    if not field.is_independent:
        message = f"limits need generators that are known to be independent, got {field.name}"
        raise DomainError(message)
    return field, field.raw(value), field.names.index(symbol)


def _least(polynomial: Polynomial, index: int) -> int:
    return min((monomial[index] for monomial, _ in terms_of(polynomial)), default=0)


def _greatest(polynomial: Polynomial, index: int) -> int:
    return max((monomial[index] for monomial, _ in terms_of(polynomial)), default=0)


def _coefficient(field: FractionField, polynomial: Polynomial, index: int, k: int) -> Polynomial:
    """The coefficient of the k-th power of a generator."""
    terms = {
        tuple(0 if i == index else e for i, e in enumerate(monomial)): coefficient
        for monomial, coefficient in terms_of(polynomial)
        if monomial[index] == k
    }
    return field.ring.from_dict(terms)


def _without(field: FractionField, names: set[str], value: Scalar) -> Scalar:
    """The value, in which these generators do not occur, over the field of the others."""
    kept = [i for i, name in enumerate(field.names) if name not in names]
    smaller = field_of([field.generators[i] for i in kept])
    if not isinstance(smaller, FractionField):
        return smaller.scalar(value.rational())
    parts = (
        {tuple(monomial[i] for i in kept): coefficient for monomial, coefficient in terms_of(part)}
        for part in value.raw
    )
    return Scalar(smaller, tuple(smaller.ring.from_dict(part) for part in parts))


def field_of(generators: Sequence[Generator]) -> Field:
    """The field with these generators: Q if there are none, and Q(e^(1/D)) by its name."""
    if not generators:
        return QQ
    first = generators[0]
    if len(generators) == 1 and isinstance(first, Exponential) and first.name == "u":
        power = first.power.field.rational_value(first.power.raw)
        if power is not None and power.numerator == 1:
            return ExponentialField(power.denominator)
    return FractionField(generators)
