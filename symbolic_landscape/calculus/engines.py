"""Engines: how the layer formulas of `values` compute in one field, quickly.

An `Array` is a matrix as one flat list of elements over a common denominator. An engine knows how to
combine arrays: `ScaledEngine` for polynomial activations over Q (integers and one denominator for each
array, no gcds), `FieldEngine` for every other field of the package, Q and balls by their own operators.

Objects: Array, Engine, FieldEngine, ScaledEngine; engine_for.

Design notes. Measured: with flint the cost is the creation of Python objects, so every product of matrices
goes to flint at once, and entrywise work is `map` over flat lists. An activation is evaluated on a
whole list, together with its derivatives, so that tanh is computed once.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Iterable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from fractions import Fraction
from itertools import repeat
from typing import Any, ContextManager

import flint

from symbolic_landscape.arithmetic import (
    QQ,
    BallField,
    BallMatrix,
    ExponentialField,
    Field,
    Matrix,
    NumberField,
    RationalMatrix,
)
from symbolic_landscape.errors import DomainError, LandscapeError
from symbolic_landscape.formula import (
    Add,
    Const,
    Formula,
    Mul,
    Piece,
    Pow,
    T,
    Var,
    evaluate_together,
    rational_root,
)

Entries = list[Any]


@dataclass(frozen=True, slots=True)
class Array:
    """A matrix (height, width): entry (i, j) is entries[i * width + j] / scale."""

    height: int
    width: int
    entries: Entries
    scale: Any = 1

    def transposed(self) -> Array:
        """The transpose."""
        columns = [self.entries[j :: self.width] for j in range(self.width)]
        return Array(self.width, self.height, [x for column in columns for x in column], self.scale)

    def rows(self) -> list[Entries]:
        """The rows as lists."""
        width = self.width
        return [self.entries[i * width : (i + 1) * width] for i in range(self.height)]

    def reshaped(self, height: int, width: int) -> Array:
        """The same entries in their order, as another matrix."""
        return Array(height, width, self.entries, self.scale)


class Engine:
    """Arithmetic of arrays over one field; the default is right for every field."""

    def __init__(self, field: Field) -> None:
        self.field = field
        self.multiply: Callable[[Any, Any], Any] = field.multiply
        self.add: Callable[[Any, Any], Any] = field.add
        self.zero: Any = field.constant(Fraction(0))
        self.one: Any = field.constant(Fraction(1))

    def precision(self) -> ContextManager[None]:
        """The block inside which all methods of this engine must be called."""
        return nullcontext()

    def array(self, matrix: Matrix) -> Array:
        """The array of a matrix whose field embeds into this one."""
        height, width = matrix.shape
        rows = matrix.over(self.field).raw_rows()
        return Array(height, width, [value for row in rows for value in row])

    def matrix(self, array: Array) -> Matrix:
        """The matrix over the field."""
        return self.field.from_raw(array.rows(), width=array.width)

    def constant(self, value: Fraction, height: int, width: int) -> Array:
        """The array with one number everywhere."""
        return Array(height, width, [self.field.constant(value)] * (height * width))

    def product(self, a: Array, b: Array) -> Array:
        """The matrix product."""
        dot = self.field.dot
        columns = b.transposed().rows()
        entries = [dot(row, column) for row in a.rows() for column in columns]
        return Array(a.height, b.width, entries)

    def times(self, a: Array, b: Array) -> Array:
        """The entrywise product."""
        return Array(a.height, a.width, list(map(self.multiply, a.entries, b.entries)))

    def plus(self, a: Array, b: Array) -> Array:
        """The sum."""
        return Array(a.height, a.width, list(map(self.add, a.entries, b.entries)))

    def minus(self, a: Array, b: Array) -> Array:
        """The difference."""
        return Array(a.height, a.width, list(map(self.field.subtract, a.entries, b.entries)))

    def scaled(self, a: Array, factor: Fraction) -> Array:
        """The array times a rational number."""
        if factor == 1:
            return a
        raw = self.field.constant(factor)
        return Array(a.height, a.width, list(map(self.multiply, a.entries, repeat(raw))))

    def total(self, a: Array) -> Array:
        """The sum of all entries (1, 1)."""
        result = self.zero
        for value in a.entries:
            result = self.add(result, value)
        return Array(1, 1, [result], a.scale)

    def with_ones(self, a: Array) -> Array:
        """The array with a column of ones at its right."""
        one = self.one * a.scale if a.scale != 1 else self.one
        entries = [x for row in a.rows() for x in (*row, one)]
        return Array(a.height, a.width + 1, entries, a.scale)

    def beside(self, a: Array, b: Array) -> Array:
        """[A, B]."""
        scale, (left, right) = self.aligned((a, b))
        entries: Entries = []
        for x, y in zip(left.rows(), right.rows(), strict=True):
            entries += x
            entries += y
        return Array(a.height, a.width + b.width, entries, scale)

    def row_products(self, a: Array, b: Array) -> Array:
        """Row i holds the products of all entries of row i of a with all of row i of b."""
        multiply = self.multiply
        entries: Entries = []
        for left, right in zip(a.rows(), b.rows(), strict=True):
            for x in left:
                entries += map(multiply, repeat(x), right)
        return Array(a.height, a.width * b.width, entries, a.scale * b.scale)

    def spread(self, a: Array, height: int) -> Array:
        """Every row of a repeated `height` times in place."""
        entries: Entries = []
        for row in a.rows():
            entries += row * height
        return Array(a.height * height, a.width, entries, a.scale)

    def aligned(self, arrays: Sequence[Array]) -> tuple[Any, list[Array]]:
        """The arrays over one denominator, and that denominator."""
        return 1, list(arrays)

    def entrywise(self, length: int) -> Entrywise:
        """The operations on lists of this length."""
        return Entrywise(self, length)

    def values(self, formulas: Sequence[Formula], a: Array) -> list[Array]:
        """Each formula at each entry. Raises DomainError where a value lies outside the field."""
        operations = self.entrywise(len(a.entries))
        results = evaluate_together(tuple(formulas), a.entries, operations)
        return [Array(a.height, a.width, list(entries)) for entries in results]


class LargerFieldNeeded(LandscapeError):
    """A value lies outside the field of a run, but the field named here holds it."""

    def __init__(self, field: Field) -> None:
        super().__init__(f"the field {field.name} is needed")
        self.field = field


class Entrywise:
    """The operations of a field on lists of raw elements.

    Over an exact field the values of exp, tanh and sqrt at rational numbers ask for the field that
    holds them by raising LargerFieldNeeded.
    """

    def __init__(self, engine: Engine, length: int) -> None:
        self.engine = engine
        self.field = engine.field
        self.length = length

    def constant(self, value: Fraction) -> Entries:
        """The number everywhere."""
        return [self.field.constant(value)] * self.length

    def add(self, a: Entries, b: Entries) -> Entries:
        """a + b."""
        return list(map(self.engine.add, a, b))

    def multiply(self, a: Entries, b: Entries) -> Entries:
        """a b, entry by entry."""
        return list(map(self.engine.multiply, a, b))

    def power(self, a: Entries, exponent: int) -> Entries:
        """Each entry to the power."""
        if exponent == 2:
            return list(map(self.engine.multiply, a, a))
        return [self.field.power(value, exponent) for value in a]

    def exp(self, a: Entries) -> Entries:
        """e to each entry."""
        self._need_exponentials(a, 1)
        return list(map(self.field.exp, a))

    def log(self, a: Entries) -> Entries:
        """The logarithms."""
        return list(map(self.field.log, a))

    def tanh(self, a: Entries) -> Entries:
        """The hyperbolic tangents."""
        self._need_exponentials(a, 2)
        return list(map(self.field.tanh, a))

    def atan(self, a: Entries) -> Entries:
        """The arctangents."""
        return list(map(self.field.atan, a))

    def sqrt(self, a: Entries) -> Entries:
        """The nonnegative roots."""
        for value in a:
            known = self.field.rational_value(value)
            if known is not None and known > 0 and rational_root(known) is None:
                self._need(NumberField.of_sqrt(known))
        return list(map(self.field.sqrt, a))

    def _need_exponentials(self, a: Entries, factor: int) -> None:
        known = (self.field.rational_value(value) for value in a)
        denominators = [(factor * value).denominator for value in known if value]
        if denominators:
            self._need(ExponentialField(math.lcm(*denominators)))

    def _need(self, field: Field) -> None:
        if self.field.decides_equality and not self.field.contains(field):
            raise LargerFieldNeeded(field)

    def choose(self, a: Entries, piece: Piece) -> Entries:
        """The left formula where an entry is at most 0, the right one where it is positive.

        Raises DomainError where the sign of an entry is not known.
        """
        results: Entries = []
        for value in a:
            branch = piece.right if self.sign(value) > 0 else piece.left
            results += branch.evaluate([value], Entrywise(self.engine, 1))
        return results

    def sign(self, value: Any) -> int:
        """The sign of one entry; the exact ball 0 has sign 0."""
        if isinstance(self.field, BallField) and value == 0:
            return 0
        return self.field.sign(value)


class BallEntrywise(Entrywise):
    """The same on lists of balls, by flint's own methods at the precision that is set."""

    def power(self, a: Entries, exponent: int) -> Entries:
        if exponent < 0 and not all(value != 0 for value in a):
            message = f"a power {exponent} of a ball that may be 0"
            raise DomainError(message)
        return [value**exponent for value in a]

    def exp(self, a: Entries) -> Entries:
        return [value.exp() for value in a]

    def tanh(self, a: Entries) -> Entries:
        return [value.tanh() for value in a]

    def atan(self, a: Entries) -> Entries:
        return [value.atan() for value in a]

    def sqrt(self, a: Entries) -> Entries:
        return list(map(self.field.sqrt, a))


class OperatorEngine(Engine):
    """Q and balls: flint's own operators, and its matrix products."""

    def __init__(self, field: Field) -> None:
        super().__init__(field)
        self.multiply = operator.mul
        self.add = operator.add
        self.holder = flint.fmpq_mat if field == QQ else flint.arb_mat
        self.operations = Entrywise if field == QQ else BallEntrywise

    def entrywise(self, length: int) -> Entrywise:
        return self.operations(self, length)

    def precision(self) -> ContextManager[None]:
        return self.field.working() if isinstance(self.field, BallField) else nullcontext()

    def matrix(self, array: Array) -> Matrix:
        held = self.holder(array.height, array.width, array.entries)
        if isinstance(self.field, BallField):
            return BallMatrix(self.field, held)
        return RationalMatrix(held)

    def product(self, a: Array, b: Array) -> Array:
        held = self.holder(a.height, a.width, a.entries) * self.holder(b.height, b.width, b.entries)
        return Array(a.height, b.width, held.entries())

    def minus(self, a: Array, b: Array) -> Array:
        return Array(a.height, a.width, list(map(operator.sub, a.entries, b.entries)))


class ScaledEngine(Engine):
    """Q for polynomial formulas: integers over one denominator for each array, and no gcds."""

    def __init__(self) -> None:
        super().__init__(QQ)
        self.multiply = operator.mul
        self.add = operator.add
        self.zero = flint.fmpz(0)
        self.one = flint.fmpz(1)

    def array(self, matrix: Matrix) -> Array:
        height, width = matrix.shape
        held = matrix.over(QQ)
        raw = held.raw if isinstance(held, RationalMatrix) else flint.fmpq_mat(0, 0)
        top, scale = raw.numer_denom()
        return Array(height, width, top.entries(), scale)

    def matrix(self, array: Array) -> Matrix:
        held = flint.fmpq_mat(flint.fmpz_mat(array.height, array.width, array.entries))
        return RationalMatrix(held / array.scale if array.scale != 1 else held)

    def constant(self, value: Fraction, height: int, width: int) -> Array:
        entries = [flint.fmpz(value.numerator)] * (height * width)
        return Array(height, width, entries, flint.fmpz(value.denominator))

    def product(self, a: Array, b: Array) -> Array:
        held = flint.fmpz_mat(a.height, a.width, a.entries) * flint.fmpz_mat(
            b.height, b.width, b.entries
        )
        return Array(a.height, b.width, held.entries(), a.scale * b.scale)

    def times(self, a: Array, b: Array) -> Array:
        entries = list(map(operator.mul, a.entries, b.entries))
        return Array(a.height, a.width, entries, a.scale * b.scale)

    def plus(self, a: Array, b: Array) -> Array:
        scale, (left, right) = self.aligned((a, b))
        entries = list(map(operator.add, left.entries, right.entries))
        return Array(a.height, a.width, entries, scale)

    def minus(self, a: Array, b: Array) -> Array:
        scale, (left, right) = self.aligned((a, b))
        entries = list(map(operator.sub, left.entries, right.entries))
        return Array(a.height, a.width, entries, scale)

    def scaled(self, a: Array, factor: Fraction) -> Array:
        entries = a.entries
        if factor.numerator != 1:
            entries = list(map(operator.mul, entries, repeat(flint.fmpz(factor.numerator))))
        return Array(a.height, a.width, entries, a.scale * factor.denominator)

    def aligned(self, arrays: Sequence[Array]) -> tuple[Any, list[Array]]:
        scale = flint.fmpz(1)
        for array in arrays:
            if array.scale != scale:
                scale = scale.lcm(flint.fmpz(array.scale))
        results = []
        for array in arrays:
            factor = scale // array.scale
            entries = array.entries
            if factor != 1:
                entries = list(map(operator.mul, entries, repeat(factor)))
            results.append(Array(array.height, array.width, entries, scale))
        return scale, results

    def values(self, formulas: Sequence[Formula], a: Array) -> list[Array]:
        return [self._polynomial(formula, a) for formula in formulas]

    def _polynomial(self, formula: Formula, a: Array) -> Array:
        """Horner's rule on numerators: sum c_j x^j with x = n / scale, over q scale^degree."""
        if formula == T:
            return a
        coefficients = polynomial(formula)
        if coefficients is None:
            message = f"formula {formula}: a polynomial was needed"
            raise DomainError(message)
        bottom = math.lcm(*(c.denominator for c in coefficients))
        tops = [flint.fmpz(int(c * bottom)) for c in coefficients]
        power = flint.fmpz(1)
        entries = [tops[-1]] * len(a.entries)
        for top in reversed(tops[:-1]):
            power *= a.scale
            entries = list(map(operator.mul, entries, a.entries))
            if top:
                entries = list(map(operator.add, entries, repeat(top * power)))
        return Array(a.height, a.width, entries, power * bottom)


def polynomial(formula: Formula) -> tuple[Fraction, ...] | None:
    """The coefficients of a polynomial formula, lowest first, or None for any other."""
    match formula:
        case Const(value=value):
            return (value,)
        case Var():
            return (Fraction(0), Fraction(1))
        case Add(terms=terms):
            return _gathered(_sum, map(polynomial, terms))
        case Mul(factors=factors):
            return _gathered(_convolution, map(polynomial, factors))
        case Pow(base=base, exponent=exponent) if exponent >= 0:
            inner = polynomial(base)
            if inner is None or (len(inner) - 1) * exponent > 200:
                return None
            return _gathered(_convolution, [(Fraction(1),), *[inner] * exponent])
    return None


Coefficients = tuple[Fraction, ...]


def _gathered(
    combine: Callable[[Coefficients, Coefficients], Coefficients],
    parts: Iterable[Coefficients | None],
) -> Coefficients | None:
    result: Coefficients | None = None
    for part in parts:
        if part is None:
            return None
        result = part if result is None else combine(result, part)
    return result


def _sum(a: Coefficients, b: Coefficients) -> Coefficients:
    length = max(len(a), len(b))
    padded = ((*x, *[Fraction(0)] * (length - len(x))) for x in (a, b))
    return _trimmed([x + y for x, y in zip(*padded, strict=True)])


def _convolution(a: Coefficients, b: Coefficients) -> Coefficients:
    result = [Fraction(0)] * (len(a) + len(b) - 1)
    for i, x in enumerate(a):
        for j, y in enumerate(b):
            result[i + j] += x * y
    return _trimmed(result)


def _trimmed(values: list[Fraction]) -> Coefficients:
    while len(values) > 1 and not values[-1]:
        values.pop()
    return tuple(values)


def engine_for(field: Field, formulas: Iterable[Formula]) -> Engine:
    """The quickest engine for these formulas in this field."""
    if field == QQ:
        polynomials = all(polynomial(formula) is not None for formula in formulas)
        return ScaledEngine() if polynomials else OperatorEngine(field)
    if isinstance(field, BallField):
        return OperatorEngine(field)
    return Engine(field)
