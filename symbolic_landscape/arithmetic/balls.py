"""Ball arithmetic: numbers and matrices that come with a rigorous error bound.

Objects: BallField, BallMatrix. Functions: raising_precision.

Design notes. A ball decides "certainly positive" or "certainly nonzero", and `is_zero` answers
where it excludes zero or is the exact number 0; no verdict of equality rests on that. The precision
belongs to the field; each operation sets it and restores it, and a caller with many operations sets
it once by `with field.working():`. Between two BallFields the larger precision wins; elements of
exact fields are enclosed, those with free symbols refused.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

import flint

from symbolic_landscape.arithmetic.doubles import Doubles
from symbolic_landscape.arithmetic.fields import Field
from symbolic_landscape.arithmetic.matrices import Matrix, Rows, checked_width
from symbolic_landscape.arithmetic.pivots import ldl_pivots
from symbolic_landscape.arithmetic.scalars import (
    Element,
    Scalar,
    rational,
    working_precision,
)
from symbolic_landscape.errors import DomainError
from symbolic_landscape.formula import evaluated
from symbolic_landscape.verdict import Evidence, Verdict, undecided

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    import sympy

    from symbolic_landscape.formula import Formula, Piece

FIRST_BITS = 64
MOST_BITS = 2048
"""Precisions between which `raising_precision` tries, each time doubled."""


def raising_precision(
    decide: Callable[[int], Verdict], first: int = FIRST_BITS, most: int = MOST_BITS
) -> Verdict:
    """The first decided answer of `decide(bits)` as the bits double from `first` up to `most`.

    The verdict is UNDECIDED if the last one is; a DomainError of balls counts as undecided.
    """
    bits = first
    verdict = undecided(f"no precision from {first} up to {most} bits was tried")
    while bits <= most:
        try:
            verdict = decide(bits)
        except DomainError as cause:
            verdict = undecided(f"{cause}")
        if not verdict.is_undecided:
            return verdict
        bits *= 2
    return verdict.because(f"undecided up to {most} bits: {verdict.reason}")


class BallField(Field):
    """Real balls at a fixed precision, with every operation of a formula; decides no equality.

    >>> BallField(64).scalar(2).sqrt().sign()
    1
    """

    __slots__ = ("bits",)

    decides_equality = False

    def __init__(self, bits: int = 64) -> None:
        if isinstance(bits, bool) or not isinstance(bits, int) or not 2 <= bits <= 1 << 24:
            message = f"BallField needs between 2 and {1 << 24} bits, got {bits!r}"
            raise DomainError(message)
        self.bits = bits

    def __reduce__(self) -> tuple[Any, ...]:
        return (BallField, (self.bits,))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, BallField) and self.bits == other.bits

    def __hash__(self) -> int:
        return hash((BallField, self.bits))

    def __repr__(self) -> str:
        return f"BallField({self.bits})"

    @property
    def evidence(self) -> Evidence:
        """Enclosed: certain, but never an equality."""
        return Evidence.ENCLOSED

    @property
    def name(self) -> str:
        """The name with the precision."""
        return f"balls of {self.bits} bits"

    def working(self) -> working_precision:
        """A `with` block in which flint works at the precision of this field."""
        return working_precision(self.bits)

    def constant(self, value: Fraction) -> Element:
        """A ball around the rational number."""
        with working_precision(self.bits):
            return flint.arb(rational(value))

    def add(self, a: Element, b: Element) -> Element:
        """The sum a + b."""
        with working_precision(self.bits):
            return a + b

    def subtract(self, a: Element, b: Element) -> Element:
        """The difference a - b."""
        with working_precision(self.bits):
            return a - b

    def multiply(self, a: Element, b: Element) -> Element:
        """The product a b."""
        with working_precision(self.bits):
            return a * b

    def negative(self, a: Element) -> Element:
        """The negative -a."""
        with working_precision(self.bits):
            return -a

    def inverse(self, a: Element) -> Element:
        """The inverse 1/a. Raises DomainError unless the ball excludes zero."""
        self._need(a != 0, "1/x", "certainly nonzero", a)
        with working_precision(self.bits):
            return 1 / a

    def power(self, a: Element, exponent: int) -> Element:
        """The power of a. Raises DomainError for a negative power of a ball around zero."""
        base = a if exponent >= 0 else self.inverse(a)
        with working_precision(self.bits):
            result = base ** abs(exponent)
            if result.is_finite() or not base.is_finite():
                return result
            # the library answers nan for balls with midpoint 0, where products are finite
            result = flint.arb(1)
            for _ in range(abs(exponent)):
                result = result * base
            return result

    def dot(self, a: Iterable[Element], b: Iterable[Element]) -> Element:
        """The sum of the products of two sequences of equal length."""
        with working_precision(self.bits):
            products = (left * right for left, right in zip(a, b, strict=True))
            return sum(products, flint.arb(0))

    def exp(self, a: Element) -> Element:
        """The exponential."""
        with working_precision(self.bits):
            return a.exp()

    def log(self, a: Element) -> Element:
        """The natural logarithm. Raises DomainError unless a is certainly positive."""
        self._need(a > 0, "log", "certainly positive", a)
        with working_precision(self.bits):
            return a.log()

    def tanh(self, a: Element) -> Element:
        """The hyperbolic tangent."""
        with working_precision(self.bits):
            return a.tanh()

    def atan(self, a: Element) -> Element:
        """The arc tangent."""
        with working_precision(self.bits):
            return a.atan()

    def sqrt(self, a: Element) -> Element:
        """The square root. Raises DomainError unless a is certainly nonnegative."""
        self._need(a >= 0, "sqrt", "certainly nonnegative", a)
        with working_precision(self.bits):
            return a.sqrt()

    def _need(self, condition: bool, function: str, need: str, a: Element) -> None:
        if not condition:
            message = f"{function} needs a ball that is {need}, got {a} at {self.bits} bits"
            raise DomainError(message)

    def choose(self, a: Element, piece: Piece) -> Element:
        """A ball for the value; around zero it contains the values of both formulas.

        Raises DomainError where one of them has no value on its part of the ball.
        """
        if a > 0 or a <= 0:
            return evaluated(piece.right if a > 0 else piece.left, a, self)
        with working_precision(self.bits):
            zero = flint.arb(0)
            left = evaluated(piece.left, a.lower().union(zero), self)
            return left.union(evaluated(piece.right, zero.union(a.upper()), self))

    def is_zero(self, a: Element) -> bool:
        """Whether a is zero: known of balls that exclude it, and of the exact number 0.

        Raises DomainError elsewhere.
        """
        if a != 0:
            return False
        if a == 0:
            return True
        message = f"whether {a} is zero is not decided by a ball of {self.bits} bits"
        raise DomainError(message)

    def sign(self, a: Element) -> int:
        """-1, 0 or 1. Raises DomainError where the ball contains zero and other numbers."""
        if a > 0 or a < 0 or a == 0:
            return int(a > 0) - int(a < 0)
        message = f"the sign of {a} is not decided by a ball of {self.bits} bits"
        raise DomainError(message)

    def enclosure(self, a: Element, bits: int) -> flint.arb:
        """The ball itself: further bits cannot sharpen it."""
        del bits
        return a

    def text(self, a: Element) -> str:
        """The ball as midpoint and radius."""
        return str(a)

    def to_sympy(self, a: Element) -> sympy.Expr:
        """Raises DomainError: a ball is no single number."""
        message = f"{a} is a ball and no single number, so it has no SymPy form"
        raise DomainError(message)

    def owns(self, value: object) -> bool:
        """Whether the value is a `flint.arb`."""
        return isinstance(value, flint.arb)

    def rational_value(self, a: Element) -> Fraction | None:
        """None: a ball is not known to be any one number."""
        del a
        return None

    def portable(self, a: Element) -> object:
        """Midpoint and radius as pairs (m, e) for m 2^e. Raises DomainError if not finite."""
        if not a.is_finite():
            message = f"{a} is not finite and cannot be stored"
            raise DomainError(message)
        return tuple(tuple(map(int, part.man_exp())) for part in (a.mid(), a.rad()))

    def restored(self, data: tuple[tuple[int, int], tuple[int, int]]) -> Element:
        """The ball with this midpoint and radius."""
        return flint.arb(flint.arb(data[0]), flint.arb(data[1]))

    def from_raw(self, rows: Sequence[Sequence[Element]], width: int | None = None) -> Matrix:
        """The BallMatrix with these rows of balls."""
        width = checked_width(rows, width)
        entries = [value for row in rows for value in row]
        return BallMatrix(self, flint.arb_mat(len(rows), width, entries))

    def contains(self, other: Field) -> bool:
        """Whether the elements of the other field are real numbers, or balls of no more bits."""
        if isinstance(other, BallField):
            return other.bits <= self.bits
        return other.decides_equality and not other.free_symbols

    def embed(self, value: Scalar) -> Element:
        """A ball around a number of another field; a ball of another precision itself."""
        return value.field.enclosure(value.raw, self.bits)

    def embed_matrix(self, matrix: Matrix) -> Matrix:
        """A BallMatrix around a matrix of numbers."""
        if isinstance(matrix, BallMatrix):
            return BallMatrix(self, matrix.raw)
        return BallMatrix(self, matrix.enclose(self.bits))

    def apply(self, formula: Formula, matrix: Matrix) -> Matrix:
        """The ball matrix of the values of a formula at each entry."""
        with working_precision(self.bits):
            return super().apply(formula, matrix)


class BallMatrix(Matrix):
    """A matrix of balls; `raw` is the `flint.arb_mat`, which must not be changed.

    It stands for every real matrix inside it, and a HOLDS speaks of all of them. A matrix made of
    balls of doubles keeps them as `doubles`; `raw` is then made on first use.
    """

    __slots__ = ("doubles", "field", "raw", "shape")

    field: BallField
    doubles: Doubles | None

    def __init__(self, field: BallField, raw: flint.arb_mat) -> None:
        self.field = field
        self.raw = raw
        self.doubles = None
        self.shape = (raw.nrows(), raw.ncols())

    @staticmethod
    def of_doubles(field: BallField, doubles: Doubles) -> BallMatrix:
        """The matrix of an array (m, n) of balls of doubles."""
        made = BallMatrix.__new__(BallMatrix)
        made.field = field
        made.doubles = doubles
        made.shape = (doubles.shape[0], doubles.shape[1])
        return made

    def __getattr__(self, name: str) -> Any:
        """Computes `raw`, the only attribute that may still be missing."""
        if name != "raw" or self.doubles is None:
            message = f"a BallMatrix has no attribute {name!r}"
            raise AttributeError(message)
        self.raw = self.doubles.to_balls()
        return self.raw

    def raw_rows(self) -> Rows:
        """The rows as lists of balls."""
        return [list(row) for row in self.raw.table()]

    def entry(self, row: int, column: int) -> Element:
        """The ball at (row, column)."""
        if self.doubles is not None:
            place = slice(row, row + 1), slice(column, column + 1)
            return self.doubles[place].to_balls()[0, 0]
        return self.raw[row, column]

    @property
    def T(self) -> Matrix:  # noqa: N802
        """The transpose."""
        return BallMatrix(self.field, self.raw.transpose())

    def _sum(self, other: Matrix, sign: int) -> Matrix:
        with self.field.working():
            total = self.raw + other.raw if sign > 0 else self.raw - other.raw
            return BallMatrix(self.field, total)

    def _product(self, other: Matrix) -> Matrix:
        with self.field.working():
            return BallMatrix(self.field, self.raw * other.raw)

    def _scaled(self, factor: Element) -> Matrix:
        with self.field.working():
            return BallMatrix(self.field, self.raw * factor)

    def enclose(self, bits: int = 256) -> flint.arb_mat:
        """The flint matrix itself: further bits cannot sharpen it."""
        del bits
        return self.raw

    @property
    def is_symmetric(self) -> bool:
        """Whether some symmetric matrix lies inside; the claim is then about those."""
        if self.doubles is not None and self.doubles.is_symmetric:
            return True
        return self.shape[0] == self.shape[1] and bool(self.raw.overlaps(self.raw.transpose()))

    def det(self) -> Scalar:
        """A ball that contains the determinant."""
        self.need_square("the determinant")
        with self.field.working():
            return Scalar(self.field, self.raw.det())

    def solve(self, right: Matrix) -> Matrix:
        """A ball matrix that contains X with A X = B. Raises DomainError if A may be singular."""
        size = self.need_square("solve")
        self._need(right.shape[0] == size, "solve", right)
        a, b = self._paired(right)
        if a.field != self.field:
            return a.solve(b)
        try:
            with self.field.working():
                return BallMatrix(self.field, self.raw.solve(b.raw))
        except ZeroDivisionError:
            message = f"solve needs a certainly nonsingular matrix, got one of shape {self.shape}"
            raise DomainError(message) from None

    def rank(self) -> int:
        """The rank where it is certainly full. Raises DomainError elsewhere."""
        least = self.least_rank()
        if least < min(self.shape):
            message = (
                f"a ball matrix of shape {self.shape} has rank at least {least}, not certainly more"
            )
            raise DomainError(message)
        return least

    def inertia(self) -> tuple[int, int, int]:
        """(positive, negative, 0) of the symmetric matrices inside, where every pivot is certain.

        Raises ShapeError unless a symmetric matrix lies inside, DomainError if a pivot may be zero.
        """
        pivots = ldl_pivots(self)
        if not pivots.are_certain:
            message = f"the inertia of {self} is not settled at {self.field.bits} bits"
            raise DomainError(message)
        positive = sum(pivot > 0 for pivot in pivots.values)
        return positive, pivots.size - positive, 0

    def least_rank(self) -> int:
        """A number r such that every matrix inside has rank at least r; elimination in balls."""
        rows = self.raw_rows()
        height, width = self.shape
        rank = 0
        columns = list(range(width))
        with self.field.working():
            while rank < height and columns:
                best = max(
                    ((rows[i][j].abs_lower(), i, j) for i in range(rank, height) for j in columns),
                    key=lambda candidate: candidate[0].mid(),
                )
                if not best[0] > 0:
                    return rank
                _, found, column = best
                rows[rank], rows[found] = rows[found], rows[rank]
                columns.remove(column)
                for i in range(rank + 1, height):
                    factor = rows[i][column] / rows[rank][column]
                    for j in columns:
                        rows[i][j] -= factor * rows[rank][j]
                rank += 1
        return rank
