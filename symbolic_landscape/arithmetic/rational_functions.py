"""Fields of fractions: Q(x, y, ...), Q(u) with u = e^(1/D), and their mixtures.

Objects: FractionField.

Design notes. A raw element is a pair of integer polynomials in the generators, in lowest terms with
a positive leading coefficient below; so the zero polynomial is zero, whatever the generators stand
for. The converse, that another polynomial is not zero, holds for free symbols, for exponentials
whose exponents are linearly independent over Q (Lindemann and Weierstrass) and for one logarithm;
the field is then called *independent*. Where it is not known (several logarithms), balls must show
that a number is not zero, else DomainError. The size of each product is bounded before it is made:
a fraction that grows beyond is a DomainError, and never an hour or the end of the process.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, TypeAlias

import flint
from flint.utils.flint_exceptions import DomainError as NotASquareError

from symbolic_landscape.arithmetic.bounded import Polynomial, power, product
from symbolic_landscape.arithmetic.fields import ONE, Field
from symbolic_landscape.arithmetic.fraction_matrices import FractionMatrix
from symbolic_landscape.arithmetic.generators import (
    Exponential,
    Generator,
    Logarithm,
    independent,
)
from symbolic_landscape.arithmetic.matrices import Matrix, checked_width
from symbolic_landscape.arithmetic.scalars import Element, Scalar, rational_root, working_precision
from symbolic_landscape.arithmetic.transcendental import exponential_of, logarithm_of
from symbolic_landscape.errors import DeclarationError, DomainError
from symbolic_landscape.verdict import Evidence

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import sympy

Monomial: TypeAlias = tuple[int, ...]

FIRST_BITS = 64
MOST_BITS = 1 << 14
"""Precisions between which the sign of a nonzero number is sought."""


class FractionField(Field):
    """The fractions of polynomials over Q in some generators."""

    __slots__ = ("generators", "is_independent", "one", "ring")

    def __init__(self, generators: Sequence[Generator]) -> None:
        self.generators = tuple(generators)
        names = tuple(generator.name for generator in self.generators)
        if not names or len(set(names)) != len(names):
            message = f"a field of fractions needs distinct generators, got {names}"
            raise DeclarationError(message)
        self.is_independent = independent(self.generators)
        self.ring = flint.fmpz_mpoly_ctx.get(names, "lex")
        self.one = self.ring.constant(1)

    def __reduce__(self) -> tuple[Any, ...]:
        return (FractionField, (self.generators,))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, FractionField):
            return NotImplemented
        return self is other or self.generators == other.generators

    def __hash__(self) -> int:
        return hash(self.generators)

    def __repr__(self) -> str:
        return self.name

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the generators."""
        return tuple(generator.name for generator in self.generators)

    @property
    def name(self) -> str:
        """The field with what its generators stand for."""
        meanings = ", ".join(g.meaning for g in self.generators if g.meaning)
        return f"Q({', '.join(self.names)})" + (f" with {meanings}" if meanings else "")

    @property
    def free_symbols(self) -> tuple[str, ...]:
        """The names of the free generators."""
        return tuple(g.name for g in self.generators if g.is_free)

    @property
    def evidence(self) -> Evidence:
        """An identity where a symbol is free, else exact."""
        return Evidence.IDENTITY if self.free_symbols else Evidence.EXACT

    def generator(self, name: str) -> Scalar:
        """The generator of this name as a Scalar. Raises DomainError if there is none."""
        if name not in self.names:
            message = f"{self.name} has generators {', '.join(self.names)}, got {name!r}"
            raise DomainError(message)
        return Scalar(self, (self.ring.gen(self.names.index(name)), self.one))

    def constant(self, value: Fraction) -> Element:
        """The constant fraction."""
        return (self.ring.constant(value.numerator), self.ring.constant(value.denominator))

    def quotient(self, top: Polynomial, bottom: Polynomial) -> Element:
        """The fraction top / bottom in lowest terms; the bottom must not be the zero polynomial."""
        if bottom.is_one():
            return top, bottom
        divisor = top.gcd(bottom)
        if not divisor.is_one():
            top, bottom = top // divisor, bottom // divisor
        if bottom.leading_coefficient() < 0:
            top, bottom = -top, -bottom
        return top, bottom

    def add(self, a: Element, b: Element) -> Element:
        """The sum a + b."""
        if a[1] == b[1]:
            return self.quotient(a[0] + b[0], a[1])
        return self.quotient(product(a[0], b[1]) + product(b[0], a[1]), product(a[1], b[1]))

    def multiply(self, a: Element, b: Element) -> Element:
        """The product a b."""
        return self.quotient(product(a[0], b[0]), product(a[1], b[1]))

    def negative(self, a: Element) -> Element:
        """The negative -a."""
        return (-a[0], a[1])

    def inverse(self, a: Element) -> Element:
        """The inverse 1/a. Raises DomainError unless a is known to be nonzero."""
        if self.is_zero(a):
            message = f"1/0 does not exist in {self.name}"
            raise DomainError(message)
        return (a[1], a[0]) if a[0].leading_coefficient() > 0 else (-a[1], -a[0])

    def power(self, a: Element, exponent: int) -> Element:
        """The power of a. Raises DomainError for a negative power of zero."""
        top, bottom = a if exponent >= 0 else self.inverse(a)
        return power(top, abs(exponent)), power(bottom, abs(exponent))

    def is_zero(self, a: Element) -> bool:
        """Whether a is zero, for free symbols: identically.

        Raises DomainError where the generators are not known to be independent and balls do not
        tell.
        """
        if a[0].is_zero():
            return True
        if self.is_independent or self.rational_value(a) is not None:
            return False
        parts = self._numeric_parts(a[0])
        if any(self._is_linear(part) for part in parts) or self._some_sign(parts):
            return False
        message = f"whether {self.text(a)} is zero in {self.name} is not settled"
        raise DomainError(message)

    def _numeric_parts(self, polynomial: Polynomial) -> list[Polynomial]:
        """The coefficients of the polynomial with respect to its free generators."""
        free = [i for i, generator in enumerate(self.generators) if generator.is_free]
        parts: dict[Monomial, dict[Monomial, int]] = {}
        for monomial, coefficient in terms_of(polynomial):
            symbolic = tuple(monomial[i] for i in free)
            numeric = tuple(0 if i in free else e for i, e in enumerate(monomial))
            parts.setdefault(symbolic, {})[numeric] = coefficient
        return [self.ring.from_dict(part) for part in parts.values()]

    def _is_linear(self, polynomial: Polynomial) -> bool:
        """Whether it is c0 + sum c_i l_i in logarithms only: not zero, by Baker's theorem."""
        used = {i for monomial, _ in terms_of(polynomial) for i, e in enumerate(monomial) if e}
        return polynomial.total_degree() <= 1 and all(
            isinstance(self.generators[i], Logarithm) for i in used
        )

    def _some_sign(self, parts: Iterable[Polynomial]) -> bool:
        return any(self._ball_sign((part, self.one)) for part in parts)

    def sign(self, a: Element) -> int:
        """The sign, by the zero test and then by balls of rising precision.

        Raises DomainError for an element with a free symbol, or if the precision runs out.
        """
        if a[0].is_zero():
            return 0
        value = self.rational_value(a)
        sign = self._ball_sign(a) if value is None else (value > 0) - (value < 0)
        if sign == 0:
            message = (
                f"the sign of {self.text(a)} in {self.name} is not settled by {MOST_BITS} bits"
            )
            raise DomainError(message)
        return sign

    def _ball_sign(self, a: Element) -> int:
        """The sign if balls show it, else 0."""
        bits = FIRST_BITS
        while bits <= MOST_BITS:
            ball = self.enclosure(a, bits)
            if ball > 0:
                return 1
            if ball < 0:
                return -1
            bits *= 2
        return 0

    def enclosure(self, a: Element, bits: int) -> flint.arb:
        """A ball that contains the number. Raises DomainError for an element with a free symbol."""
        with working_precision(bits):
            return self._ball(a[0]) / self._ball(a[1])

    def _ball(self, polynomial: Polynomial) -> flint.arb:
        balls: dict[int, flint.arb] = {}
        total = flint.arb(0)
        for monomial, coefficient in terms_of(polynomial):
            term = flint.arb(coefficient)
            for index, exponent in enumerate(monomial):
                if exponent:
                    if index not in balls:
                        balls[index] = self.generators[index].ball()
                    term *= balls[index] ** exponent
            total += term
        return total

    def text(self, a: Element) -> str:
        """The fraction in the names of the generators; p/q where it is rational."""
        top, bottom = a
        if bottom.is_one():
            return str(top)
        return f"{_bracketed(top)}/{_bracketed(bottom)}"

    def to_sympy(self, a: Element) -> sympy.Expr:
        """The fraction with what the generators stand for."""
        return self._sympy_polynomial(a[0]) / self._sympy_polynomial(a[1])

    def _sympy_polynomial(self, polynomial: Polynomial) -> sympy.Expr:
        import sympy

        letters = [generator.to_sympy() for generator in self.generators]
        return sympy.Add(
            *(
                sympy.Mul(
                    sympy.Integer(coefficient),
                    *(g**e for g, e in zip(letters, monomial, strict=True)),
                )
                for monomial, coefficient in terms_of(polynomial)
            )
        )

    def owns(self, value: object) -> bool:
        """Whether the value is a pair of polynomials of this ring."""
        return (
            isinstance(value, tuple)
            and len(value) == 2
            and all(isinstance(p, flint.fmpz_mpoly) and p.context() is self.ring for p in value)
        )

    def rational_value(self, a: Element) -> Fraction | None:
        """The Fraction if no generator occurs, else None."""
        if not (a[0].is_constant() and a[1].is_constant()):
            return None
        top = 0 if a[0].is_zero() else int(a[0].leading_coefficient())
        return Fraction(top, int(a[1].leading_coefficient()))

    def sqrt(self, a: Element) -> Element:
        """The nonnegative root of the square of an element with a sign; else DomainError."""
        value = self.rational_value(a)
        root = None if value is None else rational_root(value)
        if root is not None:
            return self.constant(root)
        try:
            candidate = (a[0].sqrt(), a[1].sqrt())
        except NotASquareError:
            message = f"sqrt({self.text(a)}) is not known to lie in {self.name}"
            raise DomainError(message) from None
        return candidate if self.sign(candidate) > 0 else self.negative(candidate)

    def exp(self, a: Element) -> Element:
        """The exponential of a combination of exponents and logarithms; else DomainError."""
        return exponential_of(self, a)

    def log(self, a: Element) -> Element:
        """The logarithm of a product of exponentials and known rationals; else DomainError."""
        return logarithm_of(self, a)

    def tanh(self, a: Element) -> Element:
        """(e^(2a) - 1) / (e^(2a) + 1), where e^(2a) lies in the field; else DomainError."""
        square = self.exp(self.add(a, a))
        one = self.constant(ONE)
        return self.divide(self.subtract(square, one), self.add(square, one))

    def portable(self, a: Element) -> object:
        """The terms of numerator and denominator."""
        return tuple(tuple(sorted(terms_of(part))) for part in a)

    def restored(self, data: Sequence[Sequence[tuple[Monomial, int]]]) -> Element:
        """The fraction with these terms."""
        return tuple(self.ring.from_dict(dict(part)) for part in data)

    def key(self, a: Element) -> object:
        """A hashable form, the same in every field of fractions that contains the element."""
        return tuple(
            frozenset(
                (self._letters(monomial), coefficient) for monomial, coefficient in terms_of(p)
            )
            for p in a
        )

    def _letters(self, monomial: Monomial) -> frozenset[object]:
        used = zip(self.generators, monomial, strict=True)
        return frozenset(
            ("exp", g.power * e) if isinstance(g, Exponential) else (g, e) for g, e in used if e
        )

    def from_raw(self, rows: Sequence[Sequence[Element]], width: int | None = None) -> Matrix:
        """The FractionMatrix with these rows of fractions."""
        return FractionMatrix(self, rows, checked_width(rows, width))

    def contains(self, other: Field) -> bool:
        """Whether each generator of the other is a power of one of these."""
        return super().contains(other) or (
            isinstance(other, FractionField) and self._images(other) is not None
        )

    def _images(self, other: FractionField) -> list[tuple[int, int]] | None:
        """Of which generator each of the other field is which power, or None."""
        images = []
        for source in other.generators:
            for place, generator in enumerate(self.generators):
                power = generator.exponent_of(source)
                if power:
                    images.append((place, power))
                    break
            else:
                return None
        return images

    def join(self, other: Field) -> Field | None:
        """The field with the generators of both, refined where commensurable; or None."""
        if not isinstance(other, FractionField):
            return None
        merged = list(self.generators)
        for generator in other.generators:
            _merge(merged, generator)
        try:
            return FractionField(merged)
        except DeclarationError:
            return None

    def embed(self, value: Scalar) -> Element:
        """The same fraction in these generators. Raises DomainError if they do not express it."""
        if value.field.is_rational_field:
            return self.ring.constant(value.raw.p), self.ring.constant(value.raw.q)
        images = self._images(value.field) if isinstance(value.field, FractionField) else None
        if images is None:
            return super().embed(value)
        powers = [self.ring.gen(place) ** power for place, power in images]
        top, bottom = (part.compose(*powers, ctx=self.ring) for part in value.raw)
        return self.quotient(top, bottom)

    def substitute(self, a: Element, name: str, value: Fraction) -> Element:
        """The fraction with a rational value for one generator. Raises DomainError at a pole."""
        index = self.names.index(name)
        top, bottom = (self._evaluated(part, index, value) for part in a)
        return self.divide(top, bottom)

    def _evaluated(self, polynomial: Polynomial, index: int, value: Fraction) -> Element:
        total = self.constant(Fraction(0))
        for monomial, coefficient in terms_of(polynomial):
            rest = tuple(0 if i == index else e for i, e in enumerate(monomial))
            factor = self.constant(coefficient * value ** monomial[index])
            total = self.add(
                total, self.multiply(factor, (self.ring.from_dict({rest: 1}), self.one))
            )
        return total


def terms_of(polynomial: Polynomial) -> list[tuple[Monomial, int]]:
    """The terms of a polynomial: exponents and coefficient."""
    return [(tuple(map(int, m)), int(c)) for m, c in polynomial.to_dict().items()]


def _bracketed(polynomial: Polynomial) -> str:
    text = str(polynomial)
    return text if polynomial.is_constant() or text.isidentifier() else f"({text})"


def _merge(generators: list[Generator], new: Generator) -> None:
    """Adds a generator to a list, or refines the one that is commensurable with it."""
    for i, old in enumerate(generators):
        if old.exponent_of(new):
            return
        refined = old.refined(new)
        if refined is not None:
            generators[i] = refined
            return
    generators.append(new)
