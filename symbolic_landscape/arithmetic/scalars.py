"""Fields and their scalars: what every ring of this package offers.

A `Field` holds no data of an instance; it knows how to add, multiply, compare and show its *raw*
elements (a `flint.fmpq`, a polynomial, a ball ...). A `Scalar` pairs a raw element with its field and
carries the operators. A formula is evaluated on raw elements, so each field is also the set of
operations that a formula asks for: constant, add, multiply, power, exp, log, tanh, atan, sqrt.

Functions: working_precision, common_field.

Design notes. Raw elements are untyped (`Element`), because python-flint has no common base class for
them; the field is the only object that looks inside. Mixing fields is allowed where one contains
the other by construction (Q in all of them), and is a `DomainError` elsewhere: nothing is ever
rounded into a field.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from fractions import Fraction
from typing import TYPE_CHECKING, Any, TypeAlias

import flint

from symbolic_landscape.errors import DomainError, InexactError
from symbolic_landscape.verdict import Evidence

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from types import TracebackType

    import sympy

    from symbolic_landscape.arithmetic.matrices import Matrix
    from symbolic_landscape.formula import Formula

Element: TypeAlias = Any

FIRST_BITS = 64
MOST_BITS = 1 << 16


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


class Field(ABC):
    """A ring whose elements this package can compute with; see the module docstring.

    `decides_equality` is False only for balls and for mpmath numbers. `free_symbols` names the
    symbols that stand for every value at once: a claim decided with one of them is an identity.
    """

    evidence: Evidence = Evidence.EXACT
    decides_equality: bool = True

    @property
    @abstractmethod
    def name(self) -> str:
        """The field as it is printed, such as 'Q' or 'Q(x, y)'."""

    @property
    def free_symbols(self) -> tuple[str, ...]:
        """Names of the symbols that stand for all values at once."""
        return ()

    @abstractmethod
    def constant(self, value: Fraction) -> Element:
        """The raw element equal to a rational number."""

    @abstractmethod
    def add(self, a: Element, b: Element) -> Element:
        """a + b."""

    @abstractmethod
    def multiply(self, a: Element, b: Element) -> Element:
        """a b."""

    @abstractmethod
    def negative(self, a: Element) -> Element:
        """-a."""

    @abstractmethod
    def inverse(self, a: Element) -> Element:
        """1/a. Raises DomainError where a is zero, or not certainly nonzero."""

    @abstractmethod
    def is_zero(self, a: Element) -> bool:
        """Whether a is zero. Raises DomainError in a field that cannot tell."""

    @abstractmethod
    def sign(self, a: Element) -> int:
        """-1, 0 or 1. Raises DomainError where the field has no order or cannot tell."""

    @abstractmethod
    def enclosure(self, a: Element, bits: int) -> flint.arb:
        """A ball that contains a, computed with `bits` bits. Raises DomainError if a is no real number."""

    @abstractmethod
    def text(self, a: Element) -> str:
        """The element as it is printed; `p/q` where it is rational."""

    @abstractmethod
    def to_sympy(self, a: Element) -> sympy.Expr:
        """The element as a SymPy expression."""

    @abstractmethod
    def owns(self, value: object) -> bool:
        """Whether `value` is a raw element of this field."""

    @abstractmethod
    def rational_value(self, a: Element) -> Fraction | None:
        """The Fraction that the element equals, or None if it is not known to be rational."""

    def subtract(self, a: Element, b: Element) -> Element:
        """a - b."""
        return self.add(a, self.negative(b))

    def divide(self, a: Element, b: Element) -> Element:
        """a / b. Raises DomainError where b is zero."""
        return self.multiply(a, self.inverse(b))

    def power(self, a: Element, exponent: int) -> Element:
        """a**exponent by repeated squaring; DomainError for a negative power of zero."""
        if exponent < 0:
            return self.power(self.inverse(a), -exponent)
        result = self.constant(Fraction(1))
        base = a
        while exponent:
            if exponent & 1:
                result = self.multiply(result, base)
            exponent >>= 1
            if exponent:
                base = self.multiply(base, base)
        return result

    def dot(self, a: Iterable[Element], b: Iterable[Element]) -> Element:
        """The sum of the products of two sequences of equal length."""
        total = self.constant(Fraction(0))
        for left, right in zip(a, b, strict=True):
            total = self.add(total, self.multiply(left, right))
        return total

    def exp(self, a: Element) -> Element:
        """e**a; in a field without exponentials only for a = 0."""
        return self._at_special("exp", a, 0, 1)

    def log(self, a: Element) -> Element:
        """The natural logarithm; in a field without exponentials only for a = 1."""
        return self._at_special("log", a, 1, 0)

    def tanh(self, a: Element) -> Element:
        """The hyperbolic tangent; in a field without exponentials only for a = 0."""
        return self._at_special("tanh", a, 0, 0)

    def atan(self, a: Element) -> Element:
        """The arc tangent; exact only for a = 0."""
        return self._at_special("atan", a, 0, 0)

    def sqrt(self, a: Element) -> Element:
        """The nonnegative square root, where it lies in the field; else DomainError."""
        value = self.rational_value(a)
        root = None if value is None else rational_root(value)
        if root is None:
            message = f"sqrt({self.text(a)}) does not lie in {self.name}, or is not known to"
            raise DomainError(message)
        return self.constant(root)

    def _at_special(self, function: str, a: Element, point: int, value: int) -> Element:
        if self.rational_value(a) != point:
            message = f"{function}({self.text(a)}) does not lie in {self.name}: only {function}({point}) does"
            raise DomainError(message)
        return self.constant(Fraction(value))

    def portable(self, a: Element) -> object:
        """A hashable, picklable form of the element, equal for equal elements; see `restored`."""
        return fraction(a)

    def restored(self, data: Any) -> Element:
        """The raw element with this portable form."""
        return self.constant(data)

    def raw(self, value: object) -> Element:
        """The raw element for an int, a Fraction, a Scalar or a raw element of this field.

        Raises InexactError for a float or a bool, DomainError for an element of another field.
        """
        if isinstance(value, Scalar):
            return value.raw if value.field is self or value.field == self else self.embed(value)
        if isinstance(value, bool | float | complex):
            message = f"{value!r} is not exact: {self.name} takes int, Fraction or its own elements"
            raise InexactError(message)
        if isinstance(value, int | Fraction):
            return self.constant(Fraction(value))
        if self.owns(value):
            return value
        if isinstance(value, flint.fmpq):
            return self.constant(fraction(value))
        if isinstance(value, flint.fmpz):
            return self.constant(Fraction(int(value)))
        message = f"{value!r} of type {type(value).__name__} is no element of {self.name}"
        raise DomainError(message)

    def embed(self, value: Scalar) -> Element:
        """The raw element equal to a scalar of another field. Raises DomainError if there is none."""
        known = value.field.rational_value(value.raw)
        if known is None:
            message = f"{value} of {value.field.name} is not an element of {self.name}"
            raise DomainError(message)
        return self.constant(known)

    def contains(self, other: Field) -> bool:
        """Whether every element of `other` embeds into this field."""
        return other == self or other.is_rational_field

    @property
    def is_rational_field(self) -> bool:
        """Whether this is Q, which every field of this package contains."""
        return False

    def join(self, other: Field) -> Field | None:  # noqa: ARG002
        """A field that contains this one and another, or None if none is known."""
        return None

    def scalar(self, value: object) -> Scalar:
        """The Scalar for an int, a Fraction, a Scalar or a raw element."""
        return Scalar(self, self.raw(value))

    def matrix(self, rows: Iterable[Iterable[object]]) -> Matrix:
        """The matrix with these rows of int, Fraction, Scalar or raw elements."""
        return self.from_raw([[self.raw(value) for value in row] for row in rows])

    def zeros(self, height: int, width: int) -> Matrix:
        """The zero matrix (height, width)."""
        return self._filled(height, width, self.constant(Fraction(0)))

    def ones(self, height: int, width: int) -> Matrix:
        """The matrix (height, width) of ones."""
        return self._filled(height, width, self.constant(Fraction(1)))

    def identity(self, size: int) -> Matrix:
        """The identity matrix (size, size)."""
        one, zero = self.constant(Fraction(1)), self.constant(Fraction(0))
        rows = [[one if i == j else zero for j in range(size)] for i in range(size)]
        return self.from_raw(rows, width=size)

    def diagonal(self, values: Iterable[object]) -> Matrix:
        """The square matrix with these values on its diagonal."""
        raws = [self.raw(value) for value in values]
        zero = self.constant(Fraction(0))
        size = range(len(raws))
        return self.from_raw(
            [[raws[i] if i == j else zero for j in size] for i in size], width=len(raws)
        )

    def _filled(self, height: int, width: int, value: Element) -> Matrix:
        return self.from_raw([[value] * width for _ in range(height)], width=width)

    @abstractmethod
    def from_raw(self, rows: Sequence[Sequence[Element]], width: int | None = None) -> Matrix:
        """The matrix with these rows of raw elements; `width` is needed if there are no rows."""

    def apply(self, formula: Formula, matrix: Matrix) -> Matrix:
        """The matrix of the values of a formula at each entry, over this field.

        Raises DomainError where a value lies outside the field.
        """
        height, width = matrix.shape
        entries = [value for row in matrix.over(self).raw_rows() for value in row]
        if "piece" in formula.calls:
            values = [formula.evaluate(value, self) for value in entries]
        else:
            values = formula.evaluate(entries, _Entrywise(self, len(entries)))
        return self.from_raw(
            [values[i * width : (i + 1) * width] for i in range(height)], width=width
        )


class _Entrywise:
    """The operations of a field on lists of elements, so that a formula is walked once per matrix."""

    def __init__(self, field: Field, length: int) -> None:
        self.field = field
        self.length = length

    def constant(self, value: Fraction) -> list[Element]:
        return [self.field.constant(value)] * self.length

    def add(self, a: list[Element], b: list[Element]) -> list[Element]:
        return list(map(self.field.add, a, b))

    def multiply(self, a: list[Element], b: list[Element]) -> list[Element]:
        return list(map(self.field.multiply, a, b))

    def power(self, a: list[Element], exponent: int) -> list[Element]:
        return [self.field.power(value, exponent) for value in a]

    def exp(self, a: list[Element]) -> list[Element]:
        return list(map(self.field.exp, a))

    def log(self, a: list[Element]) -> list[Element]:
        return list(map(self.field.log, a))

    def tanh(self, a: list[Element]) -> list[Element]:
        return list(map(self.field.tanh, a))

    def atan(self, a: list[Element]) -> list[Element]:
        return list(map(self.field.atan, a))

    def sqrt(self, a: list[Element]) -> list[Element]:
        return list(map(self.field.sqrt, a))


def rational_root(value: Fraction) -> Fraction | None:
    """The nonnegative rational square root, or None if there is none."""
    if value < 0:
        return None
    top, bottom = math.isqrt(value.numerator), math.isqrt(value.denominator)
    if top * top != value.numerator or bottom * bottom != value.denominator:
        return None
    return Fraction(top, bottom)


def common_field(first: Field, second: Field) -> Field:
    """The smaller field known to contain both. Raises DomainError if neither contains the other."""
    if first == second or first.contains(second):
        return first
    if second.contains(first):
        return second
    joint = first.join(second)
    if joint is None:
        message = f"{first.name} and {second.name} have no common field in this package"
        raise DomainError(message)
    return joint


class Scalar:
    """An element of a field, with exact operators; mixes with int and Fraction.

    Comparison operators answer in the field. Raises DomainError where the field cannot tell
    (balls, symbols without a sign), so that no comparison is ever a guess.
    """

    __slots__ = ("field", "raw")

    field: Field
    raw: Element

    def __init__(self, field: Field, raw: Element) -> None:
        object.__setattr__(self, "field", field)
        object.__setattr__(self, "raw", raw)

    def __setattr__(self, name: str, value: object) -> None:
        message = f"a Scalar is immutable: {name} cannot be set"
        raise AttributeError(message)

    def __reduce__(self) -> tuple[Any, ...]:
        return (_restored, (self.field, self.field.portable(self.raw)))

    def _paired(self, other: object) -> tuple[Field, Element, Element]:
        if isinstance(other, Scalar) and other.field != self.field:
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
        if not isinstance(other, Scalar | int | Fraction):
            return NotImplemented
        field, a, b = self._paired(other)
        return field.is_zero(field.subtract(a, b))

    def __hash__(self) -> int:
        value = self.field.rational_value(self.raw)
        return (
            hash(value) if value is not None else hash((self.field, self.field.portable(self.raw)))
        )

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
        """The Fraction it equals. Raises DomainError if it is not rational."""
        value = self.field.rational_value(self.raw)
        if value is None:
            message = f"{self} of {self.field.name} is not a rational number"
            raise DomainError(message)
        return value

    def to_sympy(self) -> sympy.Expr:
        """The same number as a SymPy expression."""
        return self.field.to_sympy(self.raw)

    def enclose(self, bits: int = 256) -> flint.arb:
        """A ball containing it, computed with `bits` bits."""
        return self.field.enclosure(self.raw, bits)


def _restored(field: Field, data: object) -> Scalar:
    return Scalar(field, field.restored(data))
