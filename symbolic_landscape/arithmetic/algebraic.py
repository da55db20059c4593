"""Real number fields Q(theta), theta a real root of an irreducible polynomial.

Objects: NumberField; NumberField.of_sqrt, NumberField.of_square_roots.

Design notes. An element is a polynomial in theta of degree below that of the minimal polynomial, so
zero is the zero polynomial; signs come from balls around theta, after the zero test. The
irreducibility and the uniqueness of the root in its interval are checked when a field is made, so
that neither rests on trust.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from itertools import combinations
from math import prod
from typing import TYPE_CHECKING, Any

import flint

from symbolic_landscape.arithmetic.exact import QQ
from symbolic_landscape.arithmetic.fields import ONE, Field
from symbolic_landscape.arithmetic.generators import prime_exponents
from symbolic_landscape.arithmetic.matrices import DenseMatrix, Matrix, checked_width
from symbolic_landscape.arithmetic.scalars import (
    Element,
    Scalar,
    fraction,
    rational,
    rational_root,
    working_precision,
)
from symbolic_landscape.arithmetic.square_roots import entries, power_table, times_sum
from symbolic_landscape.arithmetic.sturm import count_roots
from symbolic_landscape.errors import DeclarationError, DomainError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import sympy

FIRST_BITS = 64


class NumberField(Field):
    """Q(theta), for the one root theta of `minimal` in the interval [lower, upper].

    `minimal` lists the coefficients from the constant term up. `square_roots` lists rationals with
    the coordinates of their square roots, if some are known. Raises DeclarationError if the
    polynomial is reducible or has not exactly one root in the interval.

    >>> field = NumberField((-2, 0, 1), Fraction(1), Fraction(2), label="sqrt(2)")
    >>> (field.theta**2 - 2).is_zero, field.theta > Fraction(7, 5)
    (True, True)
    """

    __slots__ = ("_modulus", "label", "lower", "minimal", "square_roots", "upper")

    def __init__(
        self,
        minimal: Sequence[int | Fraction],
        lower: Fraction | int,
        upper: Fraction | int,
        *,
        label: str = "theta",
        square_roots: Sequence[tuple[Fraction, tuple[Fraction, ...]]] = (),
    ) -> None:
        modulus = flint.fmpq_poly([rational(value) for value in minimal])
        factors = [] if modulus.degree() < 1 else modulus.numer().factor()[1]
        if len(factors) != 1 or factors[0][1] != 1:
            message = f"a number field needs an irreducible polynomial, got {modulus}"
            raise DeclarationError(message)
        self._modulus = modulus / modulus[modulus.degree()]
        self.lower, self.upper = Fraction(lower), Fraction(upper)
        if count_roots(self._modulus, self.lower, self.upper) != 1:
            message = f"[{lower}, {upper}] needs to contain exactly one root of {self._modulus}"
            raise DeclarationError(message)
        self.minimal = tuple(fraction(value) for value in self._modulus.coeffs())
        self.label = label
        self.square_roots = tuple(square_roots)
        for square, root in self.square_roots:
            raw = self.restored(root)
            if self.multiply(raw, raw) != self.constant(square) or self.sign(raw) < 0:
                message = f"the element with coordinates {root} is no positive root of {square}"
                raise DeclarationError(message)

    @classmethod
    def of_sqrt(cls, square: Fraction | int) -> NumberField:
        """Q(sqrt(d)) for a positive rational d that is no square. Raises DeclarationError else."""
        return cls.of_square_roots((square,))

    @classmethod
    def of_square_roots(cls, squares: Sequence[Fraction | int]) -> NumberField:
        """Q(sqrt(d_1), sqrt(d_2), ...), for positive rationals of which no product is a square.

        Raises DeclarationError if some product of them is a square.
        """
        return _multiquadratic(tuple(Fraction(square) for square in squares))

    def __reduce__(self) -> tuple[Any, ...]:
        return (_restored, (self.minimal, self.lower, self.upper, self.label, self.square_roots))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, NumberField):
            return NotImplemented
        return self is other or (self.minimal == other.minimal and self._has_root_of(other))

    def _has_root_of(self, other: NumberField) -> bool:
        lower, upper = max(self.lower, other.lower), min(self.upper, other.upper)
        return lower <= upper and count_roots(self._modulus, lower, upper) == 1

    def __hash__(self) -> int:
        return hash(self.minimal)

    def __repr__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """Q(theta) with the label of theta, or with the square roots that generate it."""
        roots = (f"sqrt({square})" for square, _ in self.square_roots)
        return f"Q({', '.join(roots) if self._is_multiquadratic else self.label})"

    @property
    def _is_multiquadratic(self) -> bool:
        """Whether the generator is the sum of the known square roots."""
        total = sum((self.restored(root) for _, root in self.square_roots), flint.fmpq_poly([]))
        return bool(total == flint.fmpq_poly([0, 1]))

    @property
    def degree(self) -> int:
        """The degree over Q."""
        return len(self.minimal) - 1

    @property
    def theta(self) -> Scalar:
        """The generator as a Scalar."""
        return Scalar(self, flint.fmpq_poly([0, 1]) % self._modulus)

    def constant(self, value: Fraction) -> Element:
        """The constant polynomial."""
        return flint.fmpq_poly([rational(value)])

    def add(self, a: Element, b: Element) -> Element:
        """The sum a + b."""
        return a + b

    def subtract(self, a: Element, b: Element) -> Element:
        """The difference a - b."""
        return a - b

    def multiply(self, a: Element, b: Element) -> Element:
        """The product a b."""
        return (a * b) % self._modulus

    def negative(self, a: Element) -> Element:
        """The negative -a."""
        return -a

    def inverse(self, a: Element) -> Element:
        """The inverse 1/a. Raises DomainError for zero."""
        if a.degree() < 0:
            message = f"1/0 does not exist in {self.name}"
            raise DomainError(message)
        return a.xgcd(self._modulus)[1]

    def dot(self, a: Iterable[Element], b: Iterable[Element]) -> Element:
        """The sum of the products, reduced once."""
        total = flint.fmpq_poly([])
        for left, right in zip(a, b, strict=True):
            total += left * right
        return total % self._modulus

    def is_zero(self, a: Element) -> bool:
        """Whether a is zero."""
        return bool(a.degree() < 0)

    def sign(self, a: Element) -> int:
        """The sign: the zero test, then balls of rising precision, which must end."""
        if a.degree() < 0:
            return 0
        bits = FIRST_BITS
        while True:
            ball = self.enclosure(a, bits)
            if ball != 0:
                return 1 if ball > 0 else -1
            bits *= 2

    def enclosure(self, a: Element, bits: int) -> flint.arb:
        """A ball that contains the number."""
        theta = _root_ball(self.minimal, self.lower, self.upper, bits)
        with working_precision(bits):
            total = flint.arb(0)
            for coefficient in reversed(a.coeffs()):
                total = total * theta + coefficient
            return total

    def text(self, a: Element) -> str:
        """The polynomial in theta; p/q where it is rational."""
        coordinates, letters = self.coordinates(a), self._letters()
        if self._is_multiquadratic:
            squares = tuple(square for square, _ in self.square_roots)
            products = power_table(squares) @ QQ.column(coordinates)
            coordinates = [products[i, 0].rational() for i in range(self.degree)]
        terms = [_term(c, letter) for c, letter in zip(coordinates, letters, strict=True) if c]
        return " + ".join(reversed(terms)).replace("+ -", "- ") or "0"

    def _letters(self) -> list[str]:
        """The basis as it is printed: products of square roots, or powers of theta."""
        if not self._is_multiquadratic:
            powers = (f"{self.label}^{i}" for i in range(2, self.degree))
            return ["", self.label, *powers][: self.degree]
        roots = [f"sqrt({square})" for square, _ in self.square_roots]
        chosen = ([r for k, r in enumerate(roots) if i >> k & 1] for i in range(self.degree))
        return ["*".join(factors) for factors in chosen]

    def to_sympy(self, a: Element) -> sympy.Expr:
        """The number as a polynomial in its generator: a radical, or a root of the polynomial."""
        import sympy

        if self._is_multiquadratic:
            theta: sympy.Expr = sympy.sympify(0)
            for square, _ in self.square_roots:
                theta += sympy.sqrt(sympy.Rational(square.numerator, square.denominator))
        else:
            theta = self._sympy_root()
        coefficients = [sympy.Rational(int(c.p), int(c.q)) for c in a.coeffs()]
        return sympy.Add(*(c * theta**e for e, c in enumerate(coefficients)))

    def _sympy_root(self) -> sympy.Expr:
        import sympy

        before = count_roots(self._modulus, None, self.upper) - 1
        symbol = sympy.Symbol("t")
        coefficients = [sympy.Rational(c.numerator, c.denominator) for c in reversed(self.minimal)]
        return sympy.CRootOf(sympy.Poly(coefficients, symbol), before)

    def owns(self, value: object) -> bool:
        """Whether the value is a polynomial of a degree below that of the field."""
        return isinstance(value, flint.fmpq_poly) and value.degree() < self.degree

    def rational_value(self, a: Element) -> Fraction | None:
        """The Fraction if no power of theta occurs, else None."""
        return fraction(a[0]) if a.degree() < 1 else None

    def coordinates(self, a: Element) -> list[Fraction]:
        """Coordinates in the basis 1, theta, theta^2, ..."""
        return [fraction(a[i]) for i in range(self.degree)]

    def portable(self, a: Element) -> object:
        """The coordinates."""
        return tuple(self.coordinates(a))

    def restored(self, data: Sequence[Fraction]) -> Element:
        """The element with these coordinates."""
        return flint.fmpq_poly([rational(value) for value in data])

    def key(self, a: Element) -> object:
        """The minimal polynomial of the element, which does not depend on the field."""
        powers = [self.constant(ONE)]
        while True:
            table = QQ.matrix([self.coordinates(power) for power in powers]).T
            kernel = table.kernel()
            if kernel.shape[1]:
                last = kernel[len(powers) - 1, 0]
                return tuple((kernel[i, 0] / last).rational() for i in range(len(powers)))
            powers.append(self.multiply(powers[-1], a))

    def sqrt(self, a: Element) -> Element:
        """The nonnegative square root where it is found; else DomainError.

        Roots of rationals are found among products of the known roots; roots of other elements in
        degree 2.
        """
        value = self.rational_value(a)
        found = self._root_in_degree_two(a) if value is None else self._root_of_rational(value)
        if found is None:
            message = f"sqrt({self.text(a)}) is not known to lie in {self.name}"
            raise DomainError(message)
        return found if self.sign(found) >= 0 else self.negative(found)

    def _root_of_rational(self, value: Fraction) -> Element | None:
        known = self.square_roots
        for size in range(len(known) + 1):
            for chosen in combinations(known, size):
                product, square = self.constant(ONE), ONE
                for factor, root in chosen:
                    product = self.multiply(product, self.restored(root))
                    square *= factor
                rest = rational_root(value / square)
                if rest is not None:
                    return self.multiply(product, self.constant(rest))
        return None

    def _root_in_degree_two(self, a: Element) -> Element | None:
        """The root x + y theta of p + q theta, where theta^2 = d: x^2 + d y^2 = p, 2 x y = q."""
        if self.degree != 2 or self.minimal[1] != 0:
            return None
        p, q = self.coordinates(a)
        d = -self.minimal[0]
        norm_root = rational_root(p * p - d * q * q)
        if norm_root is None:
            return None
        for square in ((p + norm_root) / 2, (p - norm_root) / 2):
            x = rational_root(square)
            if x:
                return self.restored((x, q / (2 * x)))
        return None

    def from_raw(self, rows: Sequence[Sequence[Element]], width: int | None = None) -> Matrix:
        """The DenseMatrix with these rows of polynomials."""
        return DenseMatrix(self, rows, checked_width(rows, width))

    def contains(self, other: Field) -> bool:
        """Whether the other is Q, this field, or generated by square roots known here."""
        return super().contains(other) or (
            isinstance(other, NumberField) and self._image(other) is not None
        )

    def _image(self, other: NumberField) -> Element | None:
        """The generator of a field of square roots as an element of this one, or None."""
        if not other.square_roots:
            return None
        total = self.constant(Fraction(0))
        for square, _ in other.square_roots:
            root = self._root_of_rational(square)
            if root is None:
                return None
            total = self.add(total, root if self.sign(root) > 0 else self.negative(root))
        return total

    def join(self, other: Field) -> Field | None:
        """The field with the known square roots of both, or None if there are none."""
        if not (isinstance(other, NumberField) and self.square_roots and other.square_roots):
            return None
        squares = [square for square, _ in self.square_roots]
        joint = self
        for square, _ in other.square_roots:
            if joint._root_of_rational(square) is None:
                squares.append(square)
                joint = NumberField.of_square_roots(squares)
        return joint

    def embed(self, value: Scalar) -> Element:
        """The same number in this field. Raises DomainError if it is not known to lie here."""
        other = value.field
        image = self._image(other) if isinstance(other, NumberField) else None
        if image is None:
            return super().embed(value)
        total = self.constant(Fraction(0))
        for coefficient in reversed(value.raw.coeffs()):
            total = self.add(self.multiply(total, image), flint.fmpq_poly([coefficient]))
        return total


def square_root(value: Fraction) -> Scalar:
    """The square root of a positive rational, in Q or in Q(sqrt(d)) for a squarefree integer d.

    >>> square_root(Fraction(8, 9))
    Scalar(2/3*sqrt(2) in Q(sqrt(2)))
    """
    odd = (prime for prime, exponent in prime_exponents(value).items() if exponent % 2)
    squarefree = prod(odd)
    field: Field = QQ if squarefree == 1 else NumberField.of_sqrt(squarefree)
    return Scalar(field, field.sqrt(field.raw(value)))


def _restored(
    minimal: tuple[Fraction, ...],
    lower: Fraction,
    upper: Fraction,
    label: str,
    square_roots: tuple[tuple[Fraction, tuple[Fraction, ...]], ...],
) -> NumberField:
    return NumberField(minimal, lower, upper, label=label, square_roots=square_roots)


def _term(coefficient: Fraction, letter: str) -> str:
    if not letter:
        return str(coefficient)
    if abs(coefficient) == 1:
        return letter if coefficient > 0 else f"-{letter}"
    return f"{coefficient}*{letter}"


@lru_cache(maxsize=256)
def _root_ball(
    minimal: tuple[Fraction, ...], lower: Fraction, upper: Fraction, bits: int
) -> flint.arb:
    """A ball of about that many bits around the one root of the polynomial in [lower, upper]."""
    polynomial = flint.fmpq_poly([rational(value) for value in minimal]).numer()
    with working_precision(bits + 16):
        low, high = flint.arb(rational(lower)), flint.arb(rational(upper))
        candidates = [
            root.real
            for root, _ in polynomial.complex_roots()
            if root.imag == 0 and not (root.real < low or root.real > high)
        ]
    if len(candidates) != 1:
        return _root_ball(minimal, lower, upper, 2 * bits)
    return candidates[0]


@lru_cache(maxsize=64)
def _multiquadratic(squares: tuple[Fraction, ...]) -> NumberField:
    """Q of the square roots, generated by their sum; the basis is that of their products."""
    shown = ", ".join(map(str, squares))
    if not squares or any(square <= 0 for square in squares):
        message = f"a field of square roots needs positive rationals, got ({shown})"
        raise DeclarationError(message)
    for size in range(1, len(squares) + 1):
        for chosen in combinations(squares, size):
            if rational_root(prod(chosen, start=ONE)) is not None:
                message = f"a field of square roots needs no product of ({shown}) to be a square"
                raise DeclarationError(message)
    size = 1 << len(squares)
    table = power_table(squares)
    last = table.solve(QQ.column(times_sum(entries(table, size - 1), squares)))
    minimal = [-last[i, 0].rational() for i in range(size)] + [ONE]
    roots = []
    for place, square in enumerate(squares):
        unit = QQ.column([int(i == 1 << place) for i in range(size)])
        roots.append((square, tuple(entries(table.solve(unit), 0))))
    label = " + ".join(f"sqrt({square})" for square in squares)
    lower, upper = _sum_of_roots(squares, flint.fmpq_poly([rational(c) for c in minimal]))
    return NumberField(minimal, lower, upper, label=label, square_roots=roots)


def _sum_of_roots(
    squares: tuple[Fraction, ...], minimal: flint.fmpq_poly
) -> tuple[Fraction, Fraction]:
    """Rationals around the sum of the roots, with no other root of the polynomial between."""
    bits = FIRST_BITS
    while True:
        with working_precision(bits):
            total = sum((flint.arb(rational(square)).sqrt() for square in squares), flint.arb(0))
            ends = [fraction(end.mid().fmpq()) for end in (total.lower(), total.upper())]
        margin = Fraction(1, 1 << (bits // 2))
        lower, upper = ends[0] - margin, ends[1] + margin
        if count_roots(minimal, lower, upper) == 1:
            return lower, upper
        bits *= 2
