"""Engines: how the layer formulas of `values` compute in one field.

An `Array` is a matrix as one flat list of elements over a common denominator. An `Engine` combines
arrays by the operations of any field of the package; `flint_engines` has the quick ones for Q and
for balls.

Objects: Array, Engine, Entrywise, LargerFieldError. Functions: radicand.

Design notes. Measured: with flint the cost is the creation of Python objects, so every product of
matrices goes to flint at once, and entrywise work is `map` over flat lists. An activation is
evaluated on a whole list, together with its derivatives, so that tanh is computed once.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from fractions import Fraction
from itertools import repeat
from typing import Any, NamedTuple

from symbolic_landscape.arithmetic import (
    ExponentialField,
    Field,
    LogarithmField,
    Matrix,
    NumberField,
)
from symbolic_landscape.calculus import places
from symbolic_landscape.errors import DomainError, LandscapeError
from symbolic_landscape.formula import Evaluation, Formula, Piece, evaluated, rational_root

Entries = list[Any]


class Array(NamedTuple):
    """A matrix (height, width): entry (i, j) is entries[i * width + j] / scale."""

    height: int
    width: int
    entries: Entries
    scale: Any = 1

    @property
    def shape(self) -> tuple[int, int]:
        """(height, width)."""
        return self.height, self.width

    def transposed(self) -> Array:
        """The transpose."""
        pick = places.transposed(self.height, self.width)
        return Array(self.width, self.height, list(pick(self.entries)), self.scale)

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

    def precision(self) -> AbstractContextManager[None]:
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

    def product_over_rows(self, a: Array, b: Array) -> Array:
        """A^T B: sums over the rows."""
        return self.product(a.transposed(), b)

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

    def bits(self, a: Array) -> int:
        """How many bits the largest number has, where the field has numbers that grow, else 0."""
        del a
        return 0

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
        first, second = places.pairs(a.height, a.width, b.width)
        entries = list(map(self.multiply, first(a.entries), second(b.entries)))
        return Array(a.height, a.width * b.width, entries, a.scale * b.scale)

    def contraction(self, a: Array, b: Array, c: Array) -> Array:
        """Row p holds sum_i a[i, p] b[i, q] c[i, r], ordered by q, then by r."""
        if a.width < c.width:
            held = self.product_over_rows(self.row_products(a, b), c)
            return held.reshaped(a.width, b.width * c.width)
        return self.product_over_rows(a, self.row_products(b, c))

    def row_squares(self, a: Array) -> Array:
        """Row i holds x_p x_q for the entries of row i, p <= q, ordered by p, then by q."""
        first, second = places.squares(a.height, a.width)
        entries = list(map(self.multiply, first(a.entries), second(a.entries)))
        return Array(a.height, a.width * (a.width + 1) // 2, entries, a.scale * a.scale)

    def spread(self, a: Array, height: int) -> Array:
        """Every row of a repeated `height` times in place."""
        pick = places.spread(a.height, a.width, height)
        return Array(a.height * height, a.width, list(pick(a.entries)), a.scale)

    def aligned(self, arrays: Sequence[Array]) -> tuple[Any, list[Array]]:
        """The arrays over one denominator, and that denominator."""
        return 1, list(arrays)

    def reduced(self, a: Array) -> Array:
        """The same array over the smallest denominator."""
        return a

    def entrywise(self, length: int) -> Entrywise:
        """The operations on lists of this length."""
        return Entrywise(self, length)

    def evaluation(self, formulas: tuple[Formula, ...], a: Array) -> Callable[[int], Array]:
        """Formula number i at each entry, computed when asked for.

        The call raises DomainError where a value lies outside the field.
        """
        run = Evaluation(formulas, a.entries, self.entrywise(len(a.entries)))
        return lambda i: Array(a.height, a.width, list(run.value(i)))


class LargerFieldError(LandscapeError):
    """A value lies outside the field of a run, but the field named here holds it."""

    def __init__(self, field: Field) -> None:
        super().__init__(f"the field {field.name} is needed")
        self.field = field


class Entrywise:
    """The operations of a field on lists of raw elements.

    Over an exact field the values of exp, tanh and sqrt at rational numbers, and of log at one of
    them, ask for the field that holds them by raising LargerFieldError.
    """

    def __init__(self, engine: Engine, length: int) -> None:
        self.engine = engine
        self.field = engine.field
        self.length = length

    def constant(self, value: Fraction) -> Entries:
        """The number everywhere."""
        return [self.field.constant(value)] * self.length

    def add(self, a: Entries, b: Entries) -> Entries:
        """A + b."""
        return list(map(self.engine.add, a, b))

    def multiply(self, a: Entries, b: Entries) -> Entries:
        """A b, entry by entry."""
        return list(map(self.engine.multiply, a, b))

    def power(self, a: Entries, exponent: int) -> Entries:
        """Each entry to the power."""
        if exponent == 2:
            return list(map(self.engine.multiply, a, a))
        return [self.field.power(value, exponent) for value in a]

    def exp(self, a: Entries) -> Entries:
        """E to each entry."""
        self._need_exponentials(a, 1)
        return list(map(self.field.exp, a))

    def log(self, a: Entries) -> Entries:
        """The logarithms."""
        try:
            return list(map(self.field.log, a))
        except DomainError:
            self._need_logarithm(a)
            raise

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
                self._need(NumberField.of_sqrt(radicand(known)))
        return list(map(self.field.sqrt, a))

    def _need_exponentials(self, a: Entries, factor: int) -> None:
        known = (self.field.rational_value(value) for value in a)
        denominators = [(factor * value).denominator for value in known if value]
        if denominators:
            self._need(ExponentialField(math.lcm(*denominators)))

    def _need_logarithm(self, a: Entries) -> None:
        known = {self.field.rational_value(value) for value in a} - {Fraction(1), None}
        larger = {max(value, 1 / value) for value in known if value is not None and value > 0}
        if len(larger) == 1:
            self._need(LogarithmField(larger))

    def _need(self, field: Field) -> None:
        if self.field.decides_equality and not self.field.contains(field):
            raise LargerFieldError(field)

    def choose(self, a: Entries, piece: Piece) -> Entries:
        """The left formula where an entry is at most 0, the right one where it is positive.

        Raises DomainError where the sign of an entry is not known.
        """
        results: Entries = []
        for value in a:
            branch = piece.right if self.field.sign(value) > 0 else piece.left
            found: Entries = evaluated(branch, [value], Entrywise(self.engine, 1))
            results += found
        return results


def radicand(square: Fraction) -> Fraction:
    """A small d with sqrt(square) in Q(sqrt(d)): squares of small primes are taken out.

    >>> radicand(Fraction(13, 9)), radicand(Fraction(8, 3))
    (Fraction(13, 1), Fraction(6, 1))
    """
    rest, result = square.numerator * square.denominator, 1
    for prime in (2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47):
        times = 0
        while rest % prime == 0:
            rest, times = rest // prime, times + 1
        result *= prime if times % 2 else 1
    root = math.isqrt(rest)
    return Fraction(result if root * root == rest else result * rest)
