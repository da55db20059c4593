"""Truncated power series in one variable over a field: the loss along curves, to a given order.

A series a_0 + a_1 t + ... + a_n t^n stands for every smooth function of t with these Taylor
coefficients at 0; sums, products and functions of such series have the coefficients of the sums,
products and functions.

Objects: SeriesField, OneSidedSeries.

Design notes. The ring offers what a field of the package offers, so that the layer formulas run
in it as they are. Equality is not offered: two functions with equal truncated series need not be
equal.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from symbolic_landscape.arithmetic import DenseMatrix, Field, Matrix, Scalar
from symbolic_landscape.errors import DomainError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import flint
    import sympy

Raw = tuple[Any, ...]


@dataclass(frozen=True)
class SeriesField(Field):
    """The series c_0 + c_1 t + ... + c_n t^n over a base field, n = `order`."""

    base: Field
    order: int
    decides_equality = False

    @property
    def name(self) -> str:
        """The field's name with the order that is kept."""
        return f"series over {self.base.name} modulo t^{self.order + 1}"

    def constant(self, value: Fraction) -> Raw:
        """The constant series of a rational number."""
        return self.lifted(self.base.constant(value))

    def lifted(self, value: Any) -> Raw:
        """The constant series of a raw element of the base field."""
        zero = self.base.constant(Fraction(0))
        return (value, *[zero] * self.order)

    def from_coefficients(self, coefficients: Sequence[Scalar]) -> Raw:
        """The series with these coefficients, the lowest first, padded with zeros."""
        raws = [self.base.raw(value) for value in coefficients[: self.order + 1]]
        zero = self.base.constant(Fraction(0))
        return (*raws, *[zero] * (self.order + 1 - len(raws)))

    def coefficients(self, a: Raw) -> tuple[Scalar, ...]:
        """The coefficients as Scalars of the base field, the lowest first."""
        return tuple(Scalar(self.base, value) for value in a)

    def add(self, a: Raw, b: Raw) -> Raw:
        """The sum, coefficient by coefficient."""
        return tuple(map(self.base.add, a, b))

    def subtract(self, a: Raw, b: Raw) -> Raw:
        """The difference, coefficient by coefficient."""
        return tuple(map(self.base.subtract, a, b))

    def negative(self, a: Raw) -> Raw:
        """The series with every sign turned."""
        return tuple(map(self.base.negative, a))

    def multiply(self, a: Raw, b: Raw) -> Raw:
        """The product up to the order."""
        dot = self.base.dot
        return tuple(dot(a[: n + 1], b[n::-1]) for n in range(self.order + 1))

    def inverse(self, a: Raw) -> Raw:
        """1/a; the constant term must be nonzero."""
        base = self.base
        first = base.inverse(a[0])
        result = [first]
        for n in range(1, self.order + 1):
            rest = base.dot(a[1 : n + 1], result[::-1])
            result.append(base.negative(base.multiply(first, rest)))
        return tuple(result)

    def _integrated(self, start: Any, slope: Callable[[list[Any]], Any]) -> Raw:
        """The series with this constant term whose n-th coefficient is slope(lower ones) / n."""
        result = [start]
        for n in range(1, self.order + 1):
            share = self.base.constant(Fraction(1, n))
            result.append(self.base.multiply(share, slope(result)))
        return tuple(result)

    def _derived(self, a: Raw) -> list[Any]:
        base = self.base
        return [base.multiply(base.constant(Fraction(n)), a[n]) for n in range(1, self.order + 1)]

    def exp(self, a: Raw) -> Raw:
        """The exponential, by y' = a' y."""
        derived = self._derived(a)

        def slope(known: list[Any]) -> Any:
            return self.base.dot(derived[: len(known)], known[::-1])

        return self._integrated(self.base.exp(a[0]), slope)

    def tanh(self, a: Raw) -> Raw:
        """The hyperbolic tangent, by y' = a' (1 - y^2)."""
        base, derived = self.base, self._derived(a)
        one = base.constant(Fraction(1))

        def slope(known: list[Any]) -> Any:
            squares = [base.dot(known[: n + 1], known[n::-1]) for n in range(len(known))]
            rest = [base.negative(value) for value in squares]
            rest[0] = base.add(rest[0], one)
            return base.dot(derived[: len(known)], rest[::-1])

        return self._integrated(base.tanh(a[0]), slope)

    def log(self, a: Raw) -> Raw:
        """The logarithm, by y' = a' / a."""
        return self._from_slope(self.base.log(a[0]), a, a)

    def atan(self, a: Raw) -> Raw:
        """The arc tangent, by y' = a' / (1 + a^2)."""
        below = self.add(self.constant(Fraction(1)), self.multiply(a, a))
        return self._from_slope(self.base.atan(a[0]), a, below)

    def _from_slope(self, start: Any, a: Raw, below: Raw) -> Raw:
        """The series with this constant term and derivative a' / below."""
        if not self.order:
            return (start,)
        zero = self.base.constant(Fraction(0))
        quotient = self.multiply((*self._derived(a), zero), self.inverse(below))
        return self._integrated(start, lambda known: quotient[len(known) - 1])

    def sqrt(self, a: Raw) -> Raw:
        """The nonnegative root; a constant term 0 is refused, where the root is not smooth."""
        base = self.base
        if base.is_zero(a[0]):
            message = "the root of a series needs a positive constant term, got 0"
            raise DomainError(message)
        first = base.sqrt(a[0])
        half = base.inverse(base.add(first, first))
        result = [first]
        for n in range(1, self.order + 1):
            cross = base.dot(result[1:], result[:0:-1])
            result.append(base.multiply(half, base.subtract(a[n], cross)))
        return tuple(result)

    def is_zero(self, a: Raw) -> bool:
        """Whether every coefficient is zero: the function itself need not be."""
        return all(map(self.base.is_zero, a))

    def sign(self, a: Raw) -> int:
        """The sign of the constant term."""
        return self.base.sign(a[0])

    def enclosure(self, a: Raw, bits: int) -> flint.arb:
        """Raises DomainError: a series is no number."""
        message = f"{self.text(a)} is no number and has no enclosure of {bits} bits"
        raise DomainError(message)

    def text(self, a: Raw) -> str:
        """The series as a polynomial in t."""
        return " + ".join(f"({self.base.text(value)})*t**{n}" for n, value in enumerate(a))

    def to_sympy(self, a: Raw) -> sympy.Expr:
        """The series as a polynomial in the SymPy symbol t."""
        import sympy

        t = sympy.Symbol("t")
        return sum(
            (self.base.to_sympy(value) * t**n for n, value in enumerate(a)), sympy.Integer(0)
        )

    def owns(self, value: object) -> bool:
        """Whether the value is a raw series of this field."""
        return (
            isinstance(value, tuple)
            and len(value) == self.order + 1
            and all(map(self.base.owns, value))
        )

    def rational_value(self, a: Raw) -> Fraction | None:
        """None: a series is no rational number."""
        del a
        return None

    def portable(self, a: Raw) -> object:
        """The coefficients in a form that can be sent to another process."""
        return tuple(map(self.base.portable, a))

    def restored(self, data: Sequence[Any]) -> Raw:
        """The series from its portable coefficients."""
        return tuple(map(self.base.restored, data))

    def from_raw(self, rows: Sequence[Sequence[Raw]], width: int | None = None) -> Matrix:
        """The matrix with these raw entries."""
        return DenseMatrix(self, rows, len(rows[0]) if width is None else width)

    def contains(self, other: Field) -> bool:
        """Whether the other field is this one or lies in the base field."""
        return other == self or self.base.contains(other)

    def embed(self, value: Scalar) -> Raw:
        """The constant series of a value of the base field."""
        return self.lifted(self.base.raw(value))


class OneSidedSeries(SeriesField):
    """The same for t > 0: a series has the sign that it has for all small t > 0.

    So a formula in pieces takes the piece into which a curve leads.
    """

    def sign(self, a: Raw) -> int:
        """The sign of the lowest coefficient that is not 0; 0 if all are."""
        return next((sign for sign in map(self.base.sign, a) if sign), 0)
