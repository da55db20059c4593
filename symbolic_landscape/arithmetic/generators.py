"""Generators of a field of fractions: what the letters of its polynomials stand for.

Objects: FreeSymbol x; Decay x = e^(-alpha); Exponential u = e^c; Logarithm l = log q.

Functions: independent.

A free generator has no value: it stands for every value at which the expressions are defined. The
others are fixed transcendental numbers with balls of every precision.
"""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

import flint

from symbolic_landscape.arithmetic.exact import QQ
from symbolic_landscape.arithmetic.scalars import Scalar, common_field, rational
from symbolic_landscape.errors import DeclarationError, DomainError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import sympy

    from symbolic_landscape.arithmetic.fields import Field


@dataclass(frozen=True)
class Generator:
    """A named generator."""

    name: str

    @property
    def is_free(self) -> bool:
        """Whether it stands for every value at once."""
        return False

    @property
    def meaning(self) -> str:
        """What it stands for, as it is printed after 'with'; empty for a plain symbol."""
        return ""

    @abstractmethod
    def ball(self) -> flint.arb:
        """A ball for its value at flint's present precision. Raises DomainError for a free one."""

    @abstractmethod
    def to_sympy(self) -> sympy.Expr:
        """The generator as SymPy shows it."""

    def exponent_of(self, other: Generator) -> int | None:
        """The k > 0 for which the other generator is the k-th power of this one, or None."""
        return 1 if other == self else None

    def refined(self, other: Generator) -> Generator | None:
        """A generator of which both are powers, or None if none is known."""
        del other
        return None


@dataclass(frozen=True)
class FreeSymbol(Generator):
    """A symbol that stands for every value."""

    @property
    def is_free(self) -> bool:
        """True."""
        return True

    def ball(self) -> flint.arb:
        """Raises DomainError: it has no value."""
        message = f"{self.name} stands for every value: an expression with it has no sign"
        raise DomainError(message)

    def to_sympy(self) -> sympy.Expr:
        """The symbol."""
        import sympy

        return sympy.Symbol(self.name)


@dataclass(frozen=True)
class Decay(FreeSymbol):
    """The function x = e^(-alpha) of a free symbol alpha."""

    parameter: str

    @property
    def meaning(self) -> str:
        """The function it is."""
        return f"{self.name} = e^(-{self.parameter})"


@dataclass(frozen=True)
class Exponential(Generator):
    """The number e^c for a nonzero algebraic c, transcendental by Hermite and Lindemann."""

    power: Scalar

    @property
    def meaning(self) -> str:
        """The number it is."""
        return f"{self.name} = e^({self.power})"

    def ball(self) -> flint.arb:
        """A ball for e^c."""
        return self.power.enclose(flint.ctx.prec).exp()

    def to_sympy(self) -> sympy.Expr:
        """The exponential as a SymPy expression."""
        import sympy

        return sympy.exp(self.power.to_sympy())

    def exponent_of(self, other: Generator) -> int | None:
        """The k > 0 with e^(k c) equal to the other generator, or None."""
        if not isinstance(other, Exponential) or other.power.field != self.power.field:
            return None
        quotient = other.power / self.power
        ratio = quotient.field.rational_value(quotient.raw)
        if ratio is None or ratio <= 0 or ratio.denominator != 1:
            return None
        return int(ratio)

    def refined(self, other: Generator) -> Generator | None:
        """The exponential of a common measure of the two exponents, or None if there is none."""
        if not isinstance(other, Exponential) or other.power.field != self.power.field:
            return None
        quotient = other.power / self.power
        ratio = quotient.field.rational_value(quotient.raw)
        if ratio is None or ratio <= 0:
            return None
        return Exponential(self.name, self.power / ratio.denominator)


@dataclass(frozen=True)
class Logarithm(Generator):
    """The number log q for a rational q > 1, transcendental by Lindemann."""

    argument: Fraction

    @property
    def meaning(self) -> str:
        """The number it is."""
        return f"{self.name} = log {self.argument}"

    def ball(self) -> flint.arb:
        """A ball for log q."""
        return flint.arb(rational(self.argument)).log()

    def to_sympy(self) -> sympy.Expr:
        """The logarithm as a SymPy expression."""
        import sympy

        return sympy.log(sympy.Rational(self.argument.numerator, self.argument.denominator))

    def exponent_of(self, other: Generator) -> int | None:
        """1 for the same logarithm, whatever its name, else None."""
        return 1 if isinstance(other, Logarithm) and other.argument == self.argument else None


def independent(generators: Sequence[Generator]) -> bool:
    """Whether the numbers among the generators are known to be algebraically independent.

    So they are if all are exponentials (Lindemann and Weierstrass), or if there is only one. Raises
    DeclarationError if exponents or logarithms are linearly dependent over Q: then they are not.
    """
    numbers = [generator for generator in generators if not generator.is_free]
    powers = [number.power for number in numbers if isinstance(number, Exponential)]
    arguments = [number.argument for number in numbers if isinstance(number, Logarithm)]
    for kind, rows in (("exponents", _coordinates(powers)), ("logarithms", _valuations(arguments))):
        if rows and QQ.matrix(rows).rank() < len(rows):
            names = ", ".join(number.meaning for number in numbers)
            message = f"{kind} of a field need to be linearly independent over Q, got {names}"
            raise DeclarationError(message)
    return len(powers) == len(numbers) or len(numbers) == 1


def _coordinates(powers: Sequence[Scalar]) -> list[list[Fraction]]:
    """Coordinates over Q of the exponents, in one field that holds them all."""
    field: Field = QQ
    for power in powers:
        field = common_field(field, power.field)
    return [field.coordinates(field.raw(power)) for power in powers]


def _valuations(arguments: Sequence[Fraction]) -> list[list[int]]:
    """Exponents of all the primes in the factorisation of each positive rational."""
    factors = [prime_exponents(argument) for argument in arguments]
    primes = sorted({prime for factor in factors for prime in factor})
    return [[factor.get(prime, 0) for prime in primes] for factor in factors]


def prime_exponents(value: Fraction) -> dict[int, int]:
    """The exponents in the factorisation of a positive rational.

    >>> prime_exponents(Fraction(12, 5))
    {2: 2, 3: 1, 5: -1}
    """
    exponents: dict[int, int] = {}
    for part, sign in ((value.numerator, 1), (value.denominator, -1)):
        for prime, exponent in flint.fmpz(part).factor():
            exponents[int(prime)] = sign * exponent
    return exponents
