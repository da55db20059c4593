"""Fields: what every ring of this package offers.

A `Field` holds no data of an instance; it knows how to add, multiply, compare and show its *raw*
elements (a `flint.fmpq`, a polynomial, a ball ...). A formula is evaluated on raw elements, so each
field is also the set of operations that a formula asks for: constant, add, multiply, power, exp,
log, tanh, atan, sqrt. These answer inside the field, or raise DomainError.
"""

from __future__ import annotations

from abc import abstractmethod
from fractions import Fraction
from functools import reduce
from typing import TYPE_CHECKING, Any

import flint

from symbolic_landscape.arithmetic.scalars import Element, Scalar, fraction, rational_root
from symbolic_landscape.errors import DomainError, InexactError
from symbolic_landscape.formula import evaluated
from symbolic_landscape.verdict import Evidence

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import sympy

    from symbolic_landscape.arithmetic.matrices import Matrix
    from symbolic_landscape.formula import Formula, Piece

ZERO, ONE = Fraction(0), Fraction(1)


class Field:
    """A field, or a ring of approximations to one, in which the package can compute.

    `decides_equality` is False for balls and for decimal numbers. `free_symbols` names the symbols
    that stand for every value at once: an equality decided with one of them is an identity.
    """

    decides_equality: bool = True

    @property
    def evidence(self) -> Evidence:
        """What an equality decided in this field rests on."""
        return Evidence.EXACT

    @property
    def free_symbols(self) -> tuple[str, ...]:
        """Names of the symbols that stand for all values at once."""
        return ()

    @property
    @abstractmethod
    def name(self) -> str:
        """The field as it is printed, such as 'Q' or 'Q(x, y)'."""

    @abstractmethod
    def constant(self, value: Fraction) -> Element:
        """The raw element equal to a rational number."""

    @abstractmethod
    def add(self, a: Element, b: Element) -> Element:
        """The sum a + b."""

    @abstractmethod
    def multiply(self, a: Element, b: Element) -> Element:
        """The product a b."""

    @abstractmethod
    def negative(self, a: Element) -> Element:
        """The negative -a."""

    @abstractmethod
    def inverse(self, a: Element) -> Element:
        """The inverse 1/a. Raises DomainError where a is zero, or not certainly nonzero."""

    @abstractmethod
    def is_zero(self, a: Element) -> bool:
        """Whether a is zero. Raises DomainError in a field that cannot tell."""

    @abstractmethod
    def sign(self, a: Element) -> int:
        """-1, 0 or 1. Raises DomainError where the field has no order or cannot tell."""

    @abstractmethod
    def enclosure(self, a: Element, bits: int) -> flint.arb:
        """A ball that contains a, from `bits` bits. Raises DomainError if a is no real number."""

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

    @abstractmethod
    def portable(self, a: Element) -> object:
        """A hashable, picklable form of the element, the same for equal elements."""

    @abstractmethod
    def restored(self, data: Any) -> Element:
        """The raw element with this portable form."""

    @abstractmethod
    def from_raw(self, rows: Sequence[Sequence[Element]], width: int | None = None) -> Matrix:
        """The matrix with these rows of raw elements; `width` is needed if there are no rows."""

    def key(self, a: Element) -> object:
        """A hashable form of the element, the same in every field that contains it."""
        return self.portable(a)

    def coordinates(self, a: Element) -> list[Fraction]:
        """Coordinates in a finite basis over Q. Raises DomainError where there is none."""
        message = f"{self.name} has no finite basis over Q, so {self.text(a)} has no coordinates"
        raise DomainError(message)

    def subtract(self, a: Element, b: Element) -> Element:
        """The difference a - b."""
        return self.add(a, self.negative(b))

    def divide(self, a: Element, b: Element) -> Element:
        """The quotient a / b. Raises DomainError where b is zero."""
        return self.multiply(a, self.inverse(b))

    def power(self, a: Element, exponent: int) -> Element:
        """The power of a by repeated squaring; DomainError for a negative power of zero."""
        if exponent < 0:
            return self.power(self.inverse(a), -exponent)
        result = self.constant(ONE)
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
        products = (self.multiply(x, y) for x, y in zip(a, b, strict=True))
        first = next(products, None)
        return self.constant(ZERO) if first is None else reduce(self.add, products, first)

    def exp(self, a: Element) -> Element:
        """The exponential; in a field without exponentials only at 0."""
        return self._only_at("exp", a, 0, 1)

    def log(self, a: Element) -> Element:
        """The natural logarithm; in a field without logarithms only at 1."""
        return self._only_at("log", a, 1, 0)

    def tanh(self, a: Element) -> Element:
        """The hyperbolic tangent; in a field without exponentials only at 0."""
        return self._only_at("tanh", a, 0, 0)

    def atan(self, a: Element) -> Element:
        """The arc tangent; exact only at 0."""
        return self._only_at("atan", a, 0, 0)

    def sqrt(self, a: Element) -> Element:
        """The nonnegative square root, where it is known to lie in the field."""
        value = self.rational_value(a)
        root = None if value is None else rational_root(value)
        if root is None:
            message = f"sqrt({self.text(a)}) is not known to lie in {self.name}"
            raise DomainError(message)
        return self.constant(root)

    def choose(self, a: Element, piece: Piece) -> Element:
        """The value of the left formula where a <= 0, of the right one where a > 0.

        Raises DomainError where the sign is not known.
        """
        return evaluated(piece.right if self.sign(a) > 0 else piece.left, a, self)

    def _only_at(self, function: str, a: Element, point: int, value: int) -> Element:
        if self.rational_value(a) != point:
            message = (
                f"{function}({self.text(a)}) is not known to lie in {self.name}, "
                f"where {function} is taken at {point} only"
            )
            raise DomainError(message)
        return self.constant(Fraction(value))

    def raw(self, value: object) -> Element:
        """The raw element for an int, a Fraction, a Scalar or a raw element of this field.

        Raises InexactError for a float or a bool, DomainError for an element of another field.
        """
        if isinstance(value, Scalar):
            same = value.field is self or value.field == self
            return value.raw if same else self.embed(value)
        if self.owns(value):
            return value
        if isinstance(value, bool | float | complex):
            message = (
                f"{value!r} is not exact: {self.name} takes int, Fraction and its own elements"
            )
            raise InexactError(message)
        if isinstance(value, int | Fraction):
            return self.constant(Fraction(value))
        if isinstance(value, flint.fmpq):
            return self.constant(fraction(value))
        if isinstance(value, flint.fmpz):
            return self.constant(Fraction(int(value)))
        message = f"{value!r} of type {type(value).__name__} is no element of {self.name}"
        raise DomainError(message)

    def embed(self, value: Scalar) -> Element:
        """The raw element equal to a scalar of another field. Raises DomainError without one."""
        known = value.field.rational_value(value.raw)
        if known is None:
            message = f"{value} of {value.field.name} is not known to lie in {self.name}"
            raise DomainError(message)
        return self.constant(known)

    def embed_matrix(self, matrix: Matrix) -> Matrix:
        """The same matrix over this field. Raises DomainError if an entry lies outside."""
        rows = [[self.raw(value) for value in row] for row in matrix.tolist()]
        return self.from_raw(rows, width=matrix.shape[1])

    @property
    def is_rational_field(self) -> bool:
        """Whether this is Q, which every field of this package contains."""
        return False

    def contains(self, other: Field) -> bool:
        """Whether every element of `other` embeds into this field, as far as is known."""
        return other == self or other.is_rational_field

    def join(self, other: Field) -> Field | None:
        """A field that contains this one and another, or None if none is known."""
        del other
        return None

    def scalar(self, value: object) -> Scalar:
        """The Scalar for an int, a Fraction, a Scalar or a raw element."""
        return Scalar(self, self.raw(value))

    def matrix(self, rows: Iterable[Iterable[object]]) -> Matrix:
        """The matrix with these rows of int, Fraction, Scalar or raw elements."""
        return self.from_raw([[self.raw(value) for value in row] for row in rows])

    def column(self, values: Iterable[object]) -> Matrix:
        """The matrix (n, 1) with these entries."""
        return self.from_raw([[self.raw(value)] for value in values], width=1)

    def diagonal(self, values: Iterable[object]) -> Matrix:
        """The square matrix with these values on its diagonal and zeros elsewhere."""
        raws = [self.raw(value) for value in values]
        zero = self.constant(ZERO)
        places = range(len(raws))
        rows = [[raws[i] if i == j else zero for j in places] for i in places]
        return self.from_raw(rows, width=len(raws))

    def identity(self, size: int) -> Matrix:
        """The identity matrix (size, size)."""
        return self.diagonal([1] * size)

    def zeros(self, height: int, width: int) -> Matrix:
        """The zero matrix (height, width)."""
        return self._filled(height, width, self.constant(ZERO))

    def ones(self, height: int, width: int) -> Matrix:
        """The matrix (height, width) of ones."""
        return self._filled(height, width, self.constant(ONE))

    def _filled(self, height: int, width: int, value: Element) -> Matrix:
        return self.from_raw([[value] * width for _ in range(height)], width=width)

    def apply(self, formula: Formula, matrix: Matrix) -> Matrix:
        """The matrix of the values of a formula at each entry, over this field.

        Raises DomainError where a value lies outside the field.
        """
        height, width = matrix.shape
        entries = [value for row in matrix.over(self).raw_rows() for value in row]
        values = evaluated(formula, entries, _Entrywise(self, len(entries)))
        rows = [values[i * width : (i + 1) * width] for i in range(height)]
        return self.from_raw(rows, width=width)


class _Entrywise:
    """The operations of a field on lists: a formula is walked once for a whole matrix."""

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

    def choose(self, a: list[Element], piece: Piece) -> list[Element]:
        return [self.field.choose(value, piece) for value in a]
