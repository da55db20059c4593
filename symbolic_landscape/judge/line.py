"""Functions of one real variable as numbers: what is said of f(t) is said for every real t.

On a part of the line (a *cell*) it is said for every t of the cell. The zeros that were met are the
cuts between cells on which each function met so far has one sign.

Objects: Cell, Line. Functions: cells, signs_on.

Design notes. Polynomials in many symbols have a field of their own; here are the exponentials and
roots that it lacks, for one variable. What is divided by must have no zero on the cell, and zeros
and signs are those that the analysis of functions shows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cmp_to_key, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from symbolic_landscape.arithmetic import DenseMatrix, Element, Field, Matrix
from symbolic_landscape.errors import DomainError
from symbolic_landscape.formula import (
    Add,
    Call,
    Const,
    Formula,
    Mul,
    Piece,
    Pow,
    call,
    power,
    product,
    to_sympy,
    total,
)  # fmt: skip
from symbolic_landscape.functions.patterns import Pattern, Side
from symbolic_landscape.functions.points import simple_between
from symbolic_landscape.functions.signs import pattern
from symbolic_landscape.functions.substitutions import Root
from symbolic_landscape.verdict import Evidence

if TYPE_CHECKING:
    import flint
    import sympy


@dataclass(frozen=True)
class Cell:
    """The open interval between two points of the line, None for infinity, or one point twice."""

    low: Root | None = None
    high: Root | None = None

    @property
    def is_point(self) -> bool:
        """Whether it is a single point."""
        return self.low is not None and self.low == self.high

    @property
    def sides(self) -> tuple[Side, ...]:
        """Sets with the cell inside on which zeros and signs may be asked for."""
        if self.low is not None and self.low.low >= 0 and not (self.is_point and self.low.low <= 0):
            return Side.LINE, Side.POSITIVE
        if (
            self.high is not None
            and self.high.high <= 0
            and not (self.is_point and self.high.high >= 0)
        ):
            return Side.LINE, Side.NEGATIVE
        return (Side.LINE,)

    def rational(self) -> Fraction | None:
        """A simple rational of the cell, or None where its only point is not known to be one."""
        if self.is_point:
            assert self.low is not None
            return self.low.value
        low = None if self.low is None else self.low.high
        return simple_between(low, None if self.high is None else self.high.low)

    def __str__(self) -> str:
        if self.is_point:
            return str(self.low)
        ends = (str(end) for end in (self.low, self.high) if end is not None)
        return f"the interval of {' and '.join(ends) or 'all t'}"


WHOLE = Cell()

LONGEST = 150
"""Formulas with more parts are not computed with."""

HIGHEST = 24
"""The zeros of polynomials of a higher degree are not looked for."""


class Line(Field):
    """The ring of functions given by formulas in one real variable of this name, on a cell.

    `cuts` collects the zeros of all functions whose sign was asked for.
    """

    __slots__ = ("cell", "cuts", "variable")

    def __init__(self, variable: str, cell: Cell = WHOLE, cuts: list[Root] | None = None) -> None:
        self.variable, self.cell = variable, cell
        self.cuts: list[Root] = [] if cuts is None else cuts

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Line):
            return NotImplemented
        return self.variable == other.variable and self.cell == other.cell

    def __hash__(self) -> int:
        return hash((Line, self.variable, self.cell))

    def __reduce__(self) -> tuple[Any, ...]:
        return Line, (self.variable, self.cell)

    @property
    def evidence(self) -> Evidence:
        """What holds here holds for every value of the variable in the cell."""
        return Evidence.IDENTITY

    @property
    def free_symbols(self) -> tuple[str, ...]:
        """The variable."""
        return (self.variable,)

    @property
    def name(self) -> str:
        """The functions of the variable."""
        return f"functions of {self.variable}"

    def signs(self, a: Formula) -> frozenset[int] | None:
        """All signs that the function takes on the cell, or None where they are not known."""
        return signs_on(a, self.cell, self.cuts)

    def constant(self, value: Fraction) -> Element:
        """The constant function."""
        return Const(value)

    def add(self, a: Element, b: Element) -> Element:
        """The sum a + b. Raises DomainError where the formula grows too long."""
        return _short(total((a, b)))

    def multiply(self, a: Element, b: Element) -> Element:
        """The product a b. Raises DomainError where the formula grows too long."""
        return _short(product((a, b)))

    def negative(self, a: Element) -> Element:
        """The negative -a."""
        return -a

    def inverse(self, a: Element) -> Element:
        """The inverse 1/a. Raises DomainError unless a has no zero on the line."""
        self._need(a, "a divisor without zeros", 0)
        return power(a, -1)

    def _need(self, a: Formula, what: str, *excluded: int) -> None:
        signs = self.signs(a)
        if signs is None or not signs.isdisjoint(excluded):
            message = f"{what} was needed for every {self.variable}, got {self.text(a)}"
            raise DomainError(message)

    def exp(self, a: Element) -> Element:
        """The exponential."""
        return call("exp", a)

    def log(self, a: Element) -> Element:
        """The logarithm of a positive function; DomainError elsewhere."""
        self._need(a, "a positive number", 0, -1)
        return call("log", a)

    def tanh(self, a: Element) -> Element:
        """The hyperbolic tangent."""
        return call("tanh", a)

    def atan(self, a: Element) -> Element:
        """The arc tangent."""
        return call("atan", a)

    def sqrt(self, a: Element) -> Element:
        """The root of a function without negative values; DomainError elsewhere."""
        self._need(a, "a nonnegative number", -1)
        return call("sqrt", a)

    def is_zero(self, a: Element) -> bool:
        """Whether it is 0 everywhere. Raises DomainError where that is not known."""
        return self._sole(a, "is 0") == 0

    def sign(self, a: Element) -> int:
        """The sign where it is the same everywhere; DomainError elsewhere."""
        return self._sole(a, "has one sign")

    def _sole(self, a: Formula, what: str) -> int:
        signs = self.signs(a) or ()
        if len(signs) == 1:
            return next(iter(signs))
        message = f"it is not known that {self.text(a)} {what} for every {self.variable}"
        raise DomainError(message)

    def enclosure(self, a: Element, bits: int) -> flint.arb:
        """Raises DomainError: a function is no real number."""
        del bits
        message = f"{self.text(a)} is a function of {self.variable} and no real number"
        raise DomainError(message)

    def text(self, a: Element) -> str:
        """The formula in the variable."""
        return str(a.text(self.variable))

    def to_sympy(self, a: Element) -> sympy.Expr:
        """The formula as a SymPy expression."""
        import sympy

        return to_sympy(a, sympy.Symbol(self.variable, real=True))

    def owns(self, value: object) -> bool:
        """Whether the value is a formula."""
        return isinstance(value, Formula)

    def rational_value(self, a: Element) -> Fraction | None:
        """The Fraction of a constant one."""
        return a.value if isinstance(a, Const) else None

    def portable(self, a: Element) -> object:
        """The formula, which is data already."""
        return a

    def restored(self, data: Any) -> Element:
        """The formula itself."""
        return data

    def from_raw(self, rows: Sequence[Sequence[Element]], width: int | None = None) -> Matrix:
        """The matrix with these rows; `width` is needed if there are none."""
        return DenseMatrix(self, rows, len(rows[0]) if width is None else width)


def signs_on(formula: Formula, cell: Cell, cuts: list[Root]) -> frozenset[int] | None:
    """All signs of the function on the cell, or None; its zeros are added to the cuts."""
    if _degree(formula) > HIGHEST:
        return None
    for side in cell.sides:
        found = pattern(formula, side)
        if found is not None:
            cuts.extend(zero for zero in found.zeros if zero not in cuts)
            return _signs(found, cell)
    return None


def _short(formula: Formula) -> Formula:
    if _length(formula) > LONGEST:
        message = f"a formula with at most {LONGEST} parts was needed, got {_length(formula)}"
        raise DomainError(message)
    return formula


@lru_cache(maxsize=4096)
def _length(formula: Formula) -> int:
    """How many parts a formula has."""
    match formula:
        case Add(terms=parts) | Mul(factors=parts):
            return 1 + sum(map(_length, parts))
        case Pow(base=inside) | Call(argument=inside):
            return 1 + _length(inside)
        case Piece(left=left, right=right):
            return 1 + _length(left) + _length(right)
    return 1


@lru_cache(maxsize=4096)
def _degree(formula: Formula) -> int:
    """A bound for the degree of the polynomials whose zeros decide about a formula."""
    match formula:
        case Const():
            return 0
        case Add(terms=parts):
            return max(map(_degree, parts))
        case Mul(factors=parts):
            return sum(map(_degree, parts))
        case Pow(base=base, exponent=n):
            return abs(n) * _degree(base)
        case Call(argument=inside):
            return _degree(inside)
        case Piece(left=left, right=right):
            return max(_degree(left), _degree(right))
    return 1


def _signs(found: Pattern, cell: Cell) -> frozenset[int] | None:
    if cell == WHOLE or not found.zeros:
        return frozenset(found.signs) | ({0} if found.zeros else set())
    ends = [None if end is None else [end.compare(zero) for zero in found.zeros]
            for end in (cell.low, cell.high)]  # fmt: skip
    if any(end is not None and None in end for end in ends):
        return None
    low, high = ends
    first = 0 if low is None else sum(order in (0, 1) for order in low)
    last = len(found.zeros) if high is None else sum(order == 1 for order in high)
    if cell.is_point:
        assert low is not None
        return frozenset({0 if 0 in low else found.signs[first]})
    return frozenset(found.signs[first : last + 1]) | ({0} if last > first else set())


def cells(cuts: Iterable[Root]) -> list[Cell] | None:
    """The intervals between the cuts, then the cuts; None where their order is open."""
    points: list[Root] = []
    for one in cuts:
        orders = [one.compare(other) for other in points]
        if None in orders:
            return None
        if 0 not in orders:
            points.append(one)
    points.sort(key=cmp_to_key(lambda a, b: a.compare(b) or 0))
    ends = [None, *points, None]
    return [*(Cell(a, b) for a, b in pairwise(ends)), *(Cell(one, one) for one in points)]
