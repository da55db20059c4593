"""Rational functions Q(x, y, ...), and Q(u) with u = e^(1/D) or l = log q: where zero is zero.

Notation: u = e^(1/D), transcendental by Hermite and Lindemann; x a free symbol, for instance e^(-alpha).

Objects: FractionField, RationalFunctions, ExponentialField; limit_at_zero.

Design notes. All these fields are one: fractions of integer polynomials in named generators, in lowest
terms with positive leading denominator, so that zero is the zero polynomial. They differ in what a
generator stands for: a free symbol has no value and so no sign; a transcendental number has balls
of every precision, and its sign is found by the zero test first and then by balls.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

import flint
from flint.utils.flint_exceptions import DomainError as FlintDomainError

from symbolic_landscape.arithmetic.matrices import DenseMatrix, Matrix, checked_width
from symbolic_landscape.arithmetic.scalars import (
    FIRST_BITS,
    MOST_BITS,
    Element,
    Field,
    Scalar,
    rational,
    rational_root,
    working_precision,
)
from symbolic_landscape.errors import DomainError
from symbolic_landscape.verdict import Evidence

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import sympy

    from symbolic_landscape.formula import Formula

Polynomial: TypeAlias = flint.fmpz_mpoly
Quotient: TypeAlias = tuple[flint.fmpz_mpoly, flint.fmpz_mpoly]


@lru_cache(maxsize=256)
def _ring(names: tuple[str, ...]) -> flint.fmpz_mpoly_ctx:
    return flint.fmpz_mpoly_ctx.get(names, "lex")


class FractionField(Field):
    """Fractions of polynomials over Q in the generators `names`; raw elements are pairs over Z."""

    names: tuple[str, ...]

    def generator_ball(self, index: int) -> flint.arb | None:
        """A ball for the value of a generator at the working precision; None for a free symbol."""
        del index
        return None

    def generator_sympy(self, index: int) -> sympy.Expr:
        """The generator as SymPy shows it."""
        import sympy

        return sympy.Symbol(self.names[index])

    @property
    def ring(self) -> flint.fmpz_mpoly_ctx:
        """The polynomial ring over Z of the numerators and denominators."""
        return _ring(self.names)

    @property
    def _one(self) -> Polynomial:
        return _ring(self.names).constant(1)

    def generator(self, name: str) -> Scalar:
        """The generator of this name as a Scalar. Raises DomainError if there is none."""
        if name not in self.names:
            message = f"{self.name} has generators {', '.join(self.names)}, got {name!r}"
            raise DomainError(message)
        return Scalar(self, (self.ring.gen(self.names.index(name)), self._one))

    def constant(self, value: Fraction) -> Element:
        return (self.ring.constant(value.numerator), self.ring.constant(value.denominator))

    def quotient(self, top: Polynomial, bottom: Polynomial) -> Quotient:
        """top / bottom in lowest terms, with a positive leading coefficient below."""
        if bottom.is_one():
            return top, bottom
        divisor = top.gcd(bottom)
        if not divisor.is_one():
            top, bottom = top // divisor, bottom // divisor
        if bottom.leading_coefficient() < 0:
            top, bottom = -top, -bottom
        return top, bottom

    def add(self, a: Element, b: Element) -> Element:
        if a[1] == b[1]:
            return self.quotient(a[0] + b[0], a[1])
        return self.quotient(a[0] * b[1] + b[0] * a[1], a[1] * b[1])

    def multiply(self, a: Element, b: Element) -> Element:
        return self.quotient(a[0] * b[0], a[1] * b[1])

    def negative(self, a: Element) -> Element:
        return (-a[0], a[1])

    def inverse(self, a: Element) -> Element:
        if a[0].is_zero():
            message = f"1/0 does not exist in {self.name}"
            raise DomainError(message)
        return (a[1], a[0]) if a[0].leading_coefficient() > 0 else (-a[1], -a[0])

    def power(self, a: Element, exponent: int) -> Element:
        top, bottom = a if exponent >= 0 else self.inverse(a)
        return (top ** abs(exponent), bottom ** abs(exponent))

    def is_zero(self, a: Element) -> bool:
        return bool(a[0].is_zero())

    def sign(self, a: Element) -> int:
        if self.is_zero(a):
            return 0
        bits = FIRST_BITS
        while bits <= MOST_BITS:
            ball = self.enclosure(a, bits)
            if ball > 0:
                return 1
            if ball < 0:
                return -1
            bits *= 2
        message = f"the sign of {self.text(a)} in {self.name} is not settled by {MOST_BITS} bits"
        raise DomainError(message)

    def enclosure(self, a: Element, bits: int) -> flint.arb:
        with working_precision(bits):
            return self._ball(a[0]) / self._ball(a[1])

    def _ball(self, polynomial: Polynomial) -> flint.arb:
        balls: dict[int, flint.arb] = {}
        total = flint.arb(0)
        for exponents, coefficient in polynomial.to_dict().items():
            term = flint.arb(coefficient)
            for index, exponent in enumerate(exponents):
                if exponent:
                    if index not in balls:
                        balls[index] = self._needed_ball(index)
                    term *= balls[index] ** int(exponent)
            total += term
        return total

    def _needed_ball(self, index: int) -> flint.arb:
        ball = self.generator_ball(index)
        if ball is None:
            message = f"{self.names[index]} stands for every value in {self.name}: it has no sign"
            raise DomainError(message)
        return ball

    def text(self, a: Element) -> str:
        top, bottom = a
        if bottom.is_one():
            return str(top)
        if bottom.is_constant() and top.is_constant():
            return f"{top}/{bottom}"
        return f"{_bracketed(top)}/{_bracketed(bottom)}"

    def to_sympy(self, a: Element) -> sympy.Expr:
        return self._polynomial_to_sympy(a[0]) / self._polynomial_to_sympy(a[1])

    def _polynomial_to_sympy(self, polynomial: Polynomial) -> sympy.Expr:
        import sympy

        generators = [self.generator_sympy(i) for i in range(len(self.names))]
        return sympy.Add(
            *(
                sympy.Mul(
                    sympy.Integer(int(coefficient)),
                    *(g ** int(e) for g, e in zip(generators, exponents, strict=True)),
                )
                for exponents, coefficient in polynomial.to_dict().items()
            )
        )

    def owns(self, value: object) -> bool:
        return (
            isinstance(value, tuple)
            and len(value) == 2
            and all(isinstance(p, Polynomial) and p.context() == self.ring for p in value)
        )

    def rational_value(self, a: Element) -> Fraction | None:
        if not (a[0].is_constant() and a[1].is_constant()):
            return None
        top = int(a[0].leading_coefficient()) if not a[0].is_zero() else 0
        return Fraction(top, int(a[1].leading_coefficient()))

    def sqrt(self, a: Element) -> Element:
        """The nonnegative root of a perfect square with a sign; else DomainError."""
        value = self.rational_value(a)
        root = None if value is None else rational_root(value)
        if root is not None:
            return self.constant(root)
        try:
            candidate = (a[0].sqrt(), a[1].sqrt())
        except FlintDomainError:
            message = f"sqrt({self.text(a)}) does not lie in {self.name}"
            raise DomainError(message) from None
        return candidate if self.sign(candidate) >= 0 else self.negative(candidate)

    def portable(self, a: Element) -> object:
        return tuple(
            tuple((tuple(map(int, e)), int(c)) for e, c in sorted(p.to_dict().items())) for p in a
        )

    def restored(self, data: Sequence[Sequence[tuple[tuple[int, ...], int]]]) -> Element:
        return tuple(self.ring.from_dict(dict(part)) for part in data)

    def from_raw(self, rows: Sequence[Sequence[Element]], width: int | None = None) -> Matrix:
        return DenseMatrix(self, rows, checked_width(rows, width))


def _bracketed(polynomial: Polynomial) -> str:
    text = str(polynomial)
    return text if polynomial.is_constant() or text.isidentifier() else f"({text})"


@dataclass(frozen=True)
class RationalFunctions(FractionField):
    """Q(x, y, ...) with free symbols: equality here is an identity for all their values.

    >>> x = RationalFunctions(("x",)).generator("x")
    >>> (x**2 - 1) / (x - 1) - (x + 1)
    Scalar(0 in Q(x))
    """

    names: tuple[str, ...]
    evidence = Evidence.IDENTITY

    @property
    def name(self) -> str:
        return f"Q({', '.join(self.names)})"

    @property
    def free_symbols(self) -> tuple[str, ...]:
        return self.names


@dataclass(frozen=True)
class ExponentialField(FractionField):
    """Q(u) with u = e^(1/denominator): tanh, sigmoid and exp at rational arguments, with exact zeros.

    >>> field = ExponentialField(1)
    >>> field.exp(field.constant(Fraction(2))) == field.multiply(*[field.generator("u").raw] * 2)
    True
    """

    denominator: int
    names = ("u",)

    def __post_init__(self) -> None:
        if isinstance(self.denominator, bool) or self.denominator < 1:
            message = f"ExponentialField needs a denominator >= 1, got {self.denominator!r}"
            raise DomainError(message)

    @property
    def name(self) -> str:
        return f"Q(e^(1/{self.denominator}))" if self.denominator > 1 else "Q(e)"

    def generator_ball(self, index: int) -> flint.arb:
        del index
        return (flint.arb(1) / self.denominator).exp()

    def generator_sympy(self, index: int) -> sympy.Expr:
        del index
        import sympy

        return sympy.exp(sympy.Rational(1, self.denominator))

    def exp(self, a: Element) -> Element:
        """e**a for a rational a whose denominator divides D; else DomainError."""
        value = self.rational_value(a)
        if value is None or self.denominator % value.denominator:
            message = (
                f"exp({self.text(a)}) does not lie in {self.name}: "
                f"a rational argument with a denominator that divides {self.denominator} does"
            )
            raise DomainError(message)
        exponent = int(value * self.denominator)
        return self.power((self.ring.gen(0), self._one), exponent)

    def log(self, a: Element) -> Element:
        """k/D for a = u^k; else DomainError."""
        for part, sign in ((a[0], 1), (a[1], -1)):
            other = a[1] if sign > 0 else a[0]
            if other.is_one() and len(part) == 1 and part.leading_coefficient() == 1:
                return self.constant(Fraction(sign * int(part.degrees()[0]), self.denominator))
        message = (
            f"log({self.text(a)}) does not lie in {self.name}: only powers of u have a logarithm"
        )
        raise DomainError(message)

    def tanh(self, a: Element) -> Element:
        """(e^(2a) - 1) / (e^(2a) + 1) for a rational a whose double has a denominator dividing D."""
        square = self.exp(self.add(a, a))
        one = self.constant(Fraction(1))
        return self.divide(self.subtract(square, one), self.add(square, one))

    def contains(self, other: Field) -> bool:
        return super().contains(other) or (
            isinstance(other, ExponentialField) and self.denominator % other.denominator == 0
        )

    def join(self, other: Field) -> Field | None:
        """Q(e^(1/lcm)) for two such fields."""
        if not isinstance(other, ExponentialField):
            return None
        return ExponentialField(math.lcm(self.denominator, other.denominator))

    def embed(self, value: Scalar) -> Element:
        if not (isinstance(value.field, ExponentialField) and self.contains(value.field)):
            return super().embed(value)
        step = self.denominator // value.field.denominator
        return tuple(
            self.ring.from_dict({(int(e[0]) * step,): c for e, c in part.to_dict().items()})
            for part in value.raw
        )


def limit_at_zero(value: Scalar) -> Scalar:
    """The value at x = 0 of a reduced fraction in Q(x), as an element of Q.

    Raises DomainError if the limit is infinite, or the field is not Q(x).

    >>> x = RationalFunctions(("x",)).generator("x")
    >>> limit_at_zero((x**2 + 3 * x) / x)
    Scalar(3 in Q)
    """
    from symbolic_landscape.arithmetic.exact import QQ

    known = value.field.rational_value(value.raw)
    if known is not None:
        return QQ.scalar(known)
    if not (isinstance(value.field, RationalFunctions) and len(value.field.names) == 1):
        message = f"limit_at_zero needs an element of Q(x), got {value} of {value.field.name}"
        raise DomainError(message)
    top, bottom = (int(part(0)) for part in value.raw)
    if bottom == 0:
        message = f"{value} has no finite limit as {value.field.names[0]} -> 0"
        raise DomainError(message)
    return QQ.scalar(Fraction(top, bottom))
