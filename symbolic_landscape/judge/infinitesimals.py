"""Infinitesimals: numbers a + a_1 e_1 + a_2 e_2 + ... where every product e_i e_j is 0.

A function evaluated at x + e_1 h_1 + ... gives its value and its derivatives in the directions
h_1, ..., exactly. Levels nest: over a ring that has infinitesimals already, those of the new level
give derivatives of derivatives. The level keeps them apart.

Objects: Infinitesimals. Functions: joined, moved, moved_matrix, part, part_of_matrix,
determinant, inverse.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from symbolic_landscape.arithmetic import (
    BallField,
    DenseMatrix,
    Element,
    Field,
    Matrix,
    NumberField,
    Scalar,
    common_field,
)
from symbolic_landscape.errors import DomainError
from symbolic_landscape.verdict import Evidence

if TYPE_CHECKING:
    import flint
    import sympy

ENCLOSING_BITS = 256

DEGREE = 16
"""Number fields are not joined to one of a higher degree; balls take their place."""
"""The precision of balls for numbers that lie in no common exact field."""


@dataclass(slots=True)
class Moved:
    """A raw element: where it is, and how it moves along each infinitesimal that moves it."""

    place: Element
    parts: Mapping[int, Element]


class Infinitesimals(Field):
    """The ring over a field (or over such a ring) with infinitesimals of one level."""

    __slots__ = ("base", "level")

    def __init__(self, level: int, base: Field) -> None:
        self.level, self.base = level, base
        self.decides_equality = base.decides_equality

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Infinitesimals):
            return NotImplemented
        return self.level == other.level and self.base == other.base

    def __hash__(self) -> int:
        return hash((self.level, self.base))

    def __reduce__(self) -> tuple[Any, ...]:
        return Infinitesimals, (self.level, self.base)

    @property
    def evidence(self) -> Evidence:
        """That of the base."""
        return self.base.evidence

    @property
    def free_symbols(self) -> tuple[str, ...]:
        """Those of the base."""
        return self.base.free_symbols

    @property
    def name(self) -> str:
        """The base, and that it is extended."""
        return f"{self.base.name} with infinitesimals"

    def constant(self, value: Fraction) -> Element:
        """The number, which does not move."""
        return Moved(self.base.constant(value), {})

    def add(self, a: Element, b: Element) -> Element:
        """The sum a + b."""
        add = self.base.add
        parts = dict(a.parts)
        for k, x in b.parts.items():
            parts[k] = add(parts[k], x) if k in parts else x
        return Moved(add(a.place, b.place), parts)

    def multiply(self, a: Element, b: Element) -> Element:
        """The product a b."""
        multiply = self.base.multiply
        parts = {k: multiply(x, b.place) for k, x in a.parts.items()}
        for k, x in b.parts.items():
            y = multiply(a.place, x)
            parts[k] = self.base.add(parts[k], y) if k in parts else y
        return Moved(multiply(a.place, b.place), parts)

    def negative(self, a: Element) -> Element:
        """The negative -a."""
        negative = self.base.negative
        return Moved(negative(a.place), {k: negative(x) for k, x in a.parts.items()})

    def inverse(self, a: Element) -> Element:
        """The inverse 1/a. Raises DomainError where the base has none."""
        place = self.base.inverse(a.place)
        slope = self.base.negative(self.base.multiply(place, place))
        return Moved(place, {k: self.base.multiply(slope, x) for k, x in a.parts.items()})

    def is_zero(self, a: Element) -> bool:
        """Whether it is 0 and does not move."""
        return all(map(self.base.is_zero, (a.place, *a.parts.values())))

    def sign(self, a: Element) -> int:
        """The sign where it does not move; DomainError elsewhere."""
        if all(map(self.base.is_zero, a.parts.values())):
            return self.base.sign(a.place)
        message = f"{self.text(a)} moves, so it has no sign"
        raise DomainError(message)

    def enclosure(self, a: Element, bits: int) -> flint.arb:
        """A ball around a number that does not move; DomainError elsewhere."""
        if not a.parts:
            return self.base.enclosure(a.place, bits)
        message = f"{self.text(a)} moves, so it is no real number"
        raise DomainError(message)

    def text(self, a: Element) -> str:
        """The sum as it is printed."""
        return " + ".join(
            (self.base.text(a.place), *(f"({self.base.text(x)}) e{k}" for k, x in a.parts.items()))
        )

    def to_sympy(self, a: Element) -> sympy.Expr:
        """Raises DomainError: SymPy has no infinitesimals."""
        message = f"{self.text(a)} moves, so it has no SymPy form"
        raise DomainError(message)

    def owns(self, value: object) -> bool:
        """Whether the value has the form of an element."""
        return isinstance(value, Moved)

    def rational_value(self, a: Element) -> Fraction | None:
        """The Fraction of a number that does not move."""
        return self.base.rational_value(a.place) if not a.parts else None

    def portable(self, a: Element) -> object:
        """The portable forms of place and parts."""
        parts = sorted((k, self.base.portable(x)) for k, x in a.parts.items())
        return self.base.portable(a.place), tuple(parts)

    def restored(self, data: Any) -> Element:
        """The element with this portable form."""
        place, parts = data
        return Moved(self.base.restored(place), {k: self.base.restored(x) for k, x in parts})

    def from_raw(self, rows: Sequence[Sequence[Element]], width: int | None = None) -> Matrix:
        """The matrix with these rows; `width` is needed if there are none."""
        return DenseMatrix(self, rows, len(rows[0]) if width is None else width)

    def contains(self, other: Field) -> bool:
        """Whether the base does, or its infinitesimals of this level lie over a smaller base."""
        if isinstance(other, Infinitesimals) and other.level == self.level:
            return self.base == other.base or self.base.contains(other.base)
        return self.base == other or self.base.contains(other)

    def embed(self, value: Scalar) -> Element:
        """The same element over this base; what lies in the base does not move."""
        if isinstance(value.field, Infinitesimals) and value.field.level == self.level:
            old = value.field.base
            raw = {k: self.base.raw(Scalar(old, x)) for k, x in value.raw.parts.items()}
            return Moved(self.base.raw(Scalar(old, value.raw.place)), raw)
        return Moved(self.base.raw(value), {})


def joined(a: Field, b: Field) -> Field:
    """A field in which elements of both are computed with: balls if no exact one is known.

    Raises DomainError where there is not even that: free symbols, and numbers that no field with
    free symbols holds.
    """
    if a is b or a == b:
        return a
    high, low = sorted((a, b), key=_level, reverse=True)
    if isinstance(high, Infinitesimals):
        same = isinstance(low, Infinitesimals) and low.level == high.level
        return Infinitesimals(high.level, joined(high.base, low.base if same else low))  # type: ignore[attr-defined]
    if isinstance(a, NumberField) and isinstance(b, NumberField) and a.degree * b.degree > DEGREE:
        return common_field(common_field(BallField(ENCLOSING_BITS), a), b)
    try:
        return common_field(a, b)
    except DomainError:
        if a.free_symbols or b.free_symbols:
            raise
        return common_field(common_field(BallField(ENCLOSING_BITS), a), b)


def _level(field: Field) -> int:
    return field.level if isinstance(field, Infinitesimals) else -1


def moved(value: Scalar, level: int, index: int = 0) -> Scalar:
    """The number plus the infinitesimal of this level and index."""
    field = Infinitesimals(level, value.field)
    return Scalar(field, Moved(value.raw, {index: value.field.constant(Fraction(1))}))


def moved_matrix(matrix: Matrix, level: int) -> Matrix:
    """The matrix plus an infinitesimal at each place, counted row by row."""
    field, width = Infinitesimals(level, matrix.field), matrix.shape[1]
    one = matrix.field.constant(Fraction(1))
    rows = [
        [Moved(x, {i * width + j: one}) for j, x in enumerate(row)]
        for i, row in enumerate(matrix.raw_rows())
    ]
    return field.from_raw(rows, width)


def part(value: Scalar, level: int, index: int | None = 0) -> Scalar:
    """How the number moves along an infinitesimal of this level; for index None, where it is."""
    field = value.field
    if not isinstance(field, Infinitesimals) or field.level != level:
        return value if index is None else field.scalar(0)
    raw = value.raw.place if index is None else value.raw.parts.get(index)
    return field.base.scalar(0) if raw is None else Scalar(field.base, raw)


def part_of_matrix(matrix: Matrix, level: int, index: int | None = 0) -> Matrix:
    """The same for every entry of a matrix."""
    field = matrix.field
    if not isinstance(field, Infinitesimals) or field.level != level:
        return matrix if index is None else field.zeros(*matrix.shape)
    rows = [[part(x, level, index).raw for x in row] for row in matrix.tolist()]
    return field.base.from_raw(rows, width=matrix.shape[1])


def determinant(matrix: Matrix) -> Scalar:
    """The determinant without a division, in any commutative ring.

    The method of R. S. Bird, A simple division-free algorithm for computing determinants (2011).
    """
    size, field = matrix.need_square("the determinant"), matrix.field
    if not size:
        return field.scalar(1)
    product = matrix
    for _ in range(size - 1):
        rows, total = product.tolist(), field.scalar(0)
        for i in reversed(range(size)):
            total, diagonal = total - rows[i][i], total
            rows[i] = [field.scalar(0)] * i + [diagonal] + rows[i][i + 1 :]
        product = field.matrix(rows) @ matrix
    return product[0, 0] if size % 2 else -product[0, 0]


def inverse(matrix: Matrix, base_inverse: Matrix) -> Matrix:
    """The inverse of a matrix that moves, from the inverse of where it is."""
    place = base_inverse.over(matrix.field)
    two = matrix.field.identity(matrix.shape[0]).scale(2)
    return place @ (two - matrix @ place)
