"""Scalars: an element of a field together with its field, and the operators on it.

Objects: Scalar. Functions: common_field, rational, fraction, rational_root, working_precision.

Design notes. Raw elements are untyped (`Element`), because python-flint has no common base class
for them; only the field looks inside. Fields mix where one contains the other by construction, and
nowhere else: nothing is ever rounded into a field. The precision of flint's balls is a global of
that library; it is set and restored here and nowhere else.
"""

from __future__ import annotations

import math
from fractions import Fraction
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias

import flint

from symbolic_landscape.errors import DomainError

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    import sympy

    from symbolic_landscape.arithmetic.fields import Field

Element: TypeAlias = Any


class working_precision:  # noqa: N801 - reads as a statement: `with working_precision(bits):`
    """Sets the precision of flint's balls inside a `with` block and restores it afterwards."""

    __slots__ = ("bits", "previous")

    def __init__(self, bits: int) -> None:
        self.bits = bits
        self.previous = 0

    def __enter__(self) -> None:
        self.previous = flint.ctx.prec
        flint.ctx.prec = self.bits

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        flint.ctx.prec = self.previous


def rational(value: Fraction | int) -> flint.fmpq:
    """The flint rational of an int or a Fraction."""
    return flint.fmpq(value.numerator, value.denominator)


def fraction(value: flint.fmpq) -> Fraction:
    """The Fraction of a flint rational."""
    return Fraction(int(value.p), int(value.q))


def rational_root(value: Fraction, degree: int = 2) -> Fraction | None:
    """The nonnegative rational root of this degree of a nonnegative number, or None.

    >>> rational_root(Fraction(8, 27), 3)
    Fraction(2, 3)
    """
    if value < 0:
        return None
    parts = []
    for part in (value.numerator, value.denominator):
        root = math.isqrt(part) if degree == 2 else int(flint.fmpz(part).root(degree))
        if root**degree != part:
            return None
        parts.append(root)
    return Fraction(*parts)


def common_field(first: Field, second: Field) -> Field:
    """The smallest field known to contain both. Raises DomainError if the package has none."""
    if first is second or first.contains(second):
        return first
    if second.contains(first):
        return second
    joint = first.join(second)
    if joint is None:
        message = f"{first.name} and {second.name} have no common field in this package"
        raise DomainError(message)
    return joint


def is_sympy(value: object) -> bool:
    """Whether the value is an expression of SymPy, which is not imported for that."""
    return hasattr(value, "is_Rational") and hasattr(value, "func") and hasattr(value, "args")


class Scalar:
    """An element of a field, with exact operators; mixes with int and Fraction.

    Comparisons answer in the field. They raise DomainError where the field cannot tell (a ball
    around zero, a symbol without a sign), so that no comparison is ever a guess. A SymPy number is
    compared in the field that holds both: `door`, which `door.py` sets, brings it there.
    """

    __slots__ = ("field", "raw")

    field: Field
    raw: Element
    door: ClassVar[Callable[[Any], Scalar]]

    def __init__(self, field: Field, raw: Element) -> None:
        object.__setattr__(self, "field", field)
        object.__setattr__(self, "raw", raw)

    def __setattr__(self, name: str, value: object) -> None:
        message = f"a Scalar is immutable: {name} cannot be set to {value!r}"
        raise AttributeError(message)

    def __reduce__(self) -> tuple[Any, ...]:
        return (_restored, (self.field, self.field.portable(self.raw)))

    def _paired(self, other: object) -> tuple[Field, Element, Element]:
        if isinstance(other, Scalar) and other.field is not self.field:
            field = common_field(self.field, other.field)
            return field, field.raw(self), field.raw(other)
        return self.field, self.raw, self.field.raw(other)

    def __add__(self, other: object) -> Scalar:
        field, a, b = self._paired(other)
        return Scalar(field, field.add(a, b))

    __radd__ = __add__

    def __sub__(self, other: object) -> Scalar:
        field, a, b = self._paired(other)
        return Scalar(field, field.subtract(a, b))

    def __rsub__(self, other: object) -> Scalar:
        field, a, b = self._paired(other)
        return Scalar(field, field.subtract(b, a))

    def __mul__(self, other: object) -> Scalar:
        field, a, b = self._paired(other)
        return Scalar(field, field.multiply(a, b))

    __rmul__ = __mul__

    def __truediv__(self, other: object) -> Scalar:
        field, a, b = self._paired(other)
        return Scalar(field, field.divide(a, b))

    def __rtruediv__(self, other: object) -> Scalar:
        field, a, b = self._paired(other)
        return Scalar(field, field.divide(b, a))

    def __pow__(self, exponent: int) -> Scalar:
        return Scalar(self.field, self.field.power(self.raw, exponent))

    def __neg__(self) -> Scalar:
        return Scalar(self.field, self.field.negative(self.raw))

    def __abs__(self) -> Scalar:
        return -self if self.sign() < 0 else self

    def __eq__(self, other: object) -> bool:
        if is_sympy(other):
            other = Scalar.door(other)
        if not isinstance(other, Scalar | int | Fraction):
            return NotImplemented
        field, a, b = self._paired(other)
        return field.is_zero(field.subtract(a, b))

    def __hash__(self) -> int:
        value = self.field.rational_value(self.raw)
        return hash(value if value is not None else self.field.key(self.raw))

    def __lt__(self, other: object) -> bool:
        return (self - other).sign() < 0

    def __le__(self, other: object) -> bool:
        return (self - other).sign() <= 0

    def __gt__(self, other: object) -> bool:
        return (self - other).sign() > 0

    def __ge__(self, other: object) -> bool:
        return (self - other).sign() >= 0

    def __str__(self) -> str:
        return self.field.text(self.raw)

    def __repr__(self) -> str:
        return f"Scalar({self} in {self.field.name})"

    @property
    def is_zero(self) -> bool:
        """Whether it is zero. Raises DomainError in a field that cannot tell."""
        return self.field.is_zero(self.raw)

    def sign(self) -> int:
        """-1, 0 or 1. Raises DomainError where the field has no order or cannot tell."""
        return self.field.sign(self.raw)

    def sqrt(self) -> Scalar:
        """The nonnegative square root. Raises DomainError if it lies outside the field."""
        return Scalar(self.field, self.field.sqrt(self.raw))

    def rational(self) -> Fraction:
        """The Fraction it equals. Raises DomainError if it is not known to be rational."""
        value = self.field.rational_value(self.raw)
        if value is None:
            message = f"{self} of {self.field.name} is not known to be a rational number"
            raise DomainError(message)
        return value

    def to_sympy(self) -> sympy.Expr:
        """The same number as a SymPy expression. Raises DomainError for a ball."""
        return self.field.to_sympy(self.raw)

    _sympy_ = to_sympy  # what SymPy asks for where a number is given to it

    def enclose(self, bits: int = 256) -> flint.arb:
        """A ball containing it, computed with `bits` bits. Raises DomainError for a free symbol."""
        return self.field.enclosure(self.raw, bits)


def _restored(field: Field, data: object) -> Scalar:
    return Scalar(field, field.restored(data))
