"""The quick engines: Q and balls by flint's own operators and matrix products.

Objects: OperatorEngine, ScaledEngine. Functions: engine_for.

Design notes. For polynomial formulas over Q all arrays are integers over one denominator each, so
that no gcd is taken before the result.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from fractions import Fraction
from functools import lru_cache
from itertools import repeat
from typing import Any

import flint

from symbolic_landscape.arithmetic import (
    QQ,
    BallField,
    BallMatrix,
    Field,
    Matrix,
    RationalMatrix,
)
from symbolic_landscape.calculus.ball_operations import BallEntrywise
from symbolic_landscape.calculus.engines import Array, Engine, Entrywise
from symbolic_landscape.errors import DomainError
from symbolic_landscape.formula import Formula, T
from symbolic_landscape.functions import polynomial_coefficients


class OperatorEngine(Engine):
    """Q and balls: flint's own operators, and its matrix products."""

    def __init__(self, field: Field) -> None:
        super().__init__(field)
        self.multiply = operator.mul
        self.add = operator.add
        self.holder = flint.fmpq_mat if field == QQ else flint.arb_mat
        self.operations = Entrywise if field == QQ else BallEntrywise

    def entrywise(self, length: int) -> Entrywise:
        """The operations on lists of this length."""
        return self.operations(self, length)

    def precision(self) -> AbstractContextManager[None]:
        """The block that sets the precision of balls."""
        return self.field.working() if isinstance(self.field, BallField) else nullcontext()

    def array(self, matrix: Matrix) -> Array:
        """The entries of a matrix whose field embeds into this one."""
        return Array(*matrix.shape, matrix.over(self.field).raw.entries())

    def matrix(self, array: Array) -> Matrix:
        """The matrix over the field, from flint's own."""
        held = self.holder(array.height, array.width, array.entries)
        if isinstance(self.field, BallField):
            return BallMatrix(self.field, held)
        return RationalMatrix(held)

    def bits(self, a: Array) -> int:
        """The bits of the largest numerator or denominator; 0 for balls."""
        return max((x.height_bits() for x in a.entries), default=0) if self.field == QQ else 0

    def product(self, a: Array, b: Array) -> Array:
        """The matrix product, by flint."""
        held = self.holder(a.height, a.width, a.entries) * self.holder(b.height, b.width, b.entries)
        return Array(a.height, b.width, held.entries())

    def product_over_rows(self, a: Array, b: Array) -> Array:
        """A^T B, by flint."""
        left = self.holder(a.height, a.width, a.entries).transpose()
        held = left * self.holder(b.height, b.width, b.entries)
        return Array(a.width, b.width, held.entries())

    def minus(self, a: Array, b: Array) -> Array:
        """The difference."""
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
        """Numerators of a rational matrix over one denominator."""
        height, width = matrix.shape
        held = matrix.over(QQ)
        if not isinstance(held, RationalMatrix):
            message = f"a rational matrix was needed, got one over {matrix.field.name}"
            raise DomainError(message)
        top, scale = held.integers()
        return Array(height, width, top.entries(), scale)

    def matrix(self, array: Array) -> Matrix:
        """The matrix over the field, not in lowest terms."""
        held = flint.fmpz_mat(array.height, array.width, array.entries)
        return RationalMatrix.of_integers(held, array.scale)

    def reduced(self, a: Array) -> Array:
        """The same array over the least common denominator of its entries."""
        common = a.scale
        for value in a.entries:
            if common == 1:
                return a
            common = common.gcd(value)
        entries = [value // common for value in a.entries]
        return Array(a.height, a.width, entries, a.scale // common)

    def constant(self, value: Fraction, height: int, width: int) -> Array:
        """The array with one number everywhere."""
        entries = [flint.fmpz(value.numerator)] * (height * width)
        return Array(height, width, entries, flint.fmpz(value.denominator))

    def product(self, a: Array, b: Array) -> Array:
        """The matrix product, by flint."""
        held = flint.fmpz_mat(a.height, a.width, a.entries) * flint.fmpz_mat(
            b.height, b.width, b.entries
        )
        return Array(a.height, b.width, held.entries(), a.scale * b.scale)

    def product_over_rows(self, a: Array, b: Array) -> Array:
        """A^T B, by flint."""
        left = flint.fmpz_mat(a.height, a.width, a.entries).transpose()
        held = left * flint.fmpz_mat(b.height, b.width, b.entries)
        return Array(a.width, b.width, held.entries(), a.scale * b.scale)

    def bits(self, a: Array) -> int:
        """The bits of the largest number."""
        return int(max(map(flint.fmpz.bit_length, (*a.entries, flint.fmpz(a.scale)))))

    def times(self, a: Array, b: Array) -> Array:
        """The entrywise product."""
        entries = list(map(operator.mul, a.entries, b.entries))
        return Array(a.height, a.width, entries, a.scale * b.scale)

    def plus(self, a: Array, b: Array) -> Array:
        """The sum, over a common denominator."""
        scale, (left, right) = self.aligned((a, b))
        entries = list(map(operator.add, left.entries, right.entries))
        return Array(a.height, a.width, entries, scale)

    def minus(self, a: Array, b: Array) -> Array:
        """The difference."""
        scale, (left, right) = self.aligned((a, b))
        entries = list(map(operator.sub, left.entries, right.entries))
        return Array(a.height, a.width, entries, scale)

    def scaled(self, a: Array, factor: Fraction) -> Array:
        """The array times a rational number."""
        entries = a.entries
        if factor.numerator != 1:
            entries = list(map(operator.mul, entries, repeat(flint.fmpz(factor.numerator))))
        return Array(a.height, a.width, entries, a.scale * factor.denominator)

    def aligned(self, arrays: Sequence[Array]) -> tuple[Any, list[Array]]:
        """The arrays over the least common denominator, and that denominator."""
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

    def evaluation(self, formulas: tuple[Formula, ...], a: Array) -> Callable[[int], Array]:
        """Formula number i at each entry, by Horner's rule."""
        return lambda i: self._polynomial(formulas[i], a)

    def _polynomial(self, formula: Formula, a: Array) -> Array:
        """Horner's rule on numerators: sum c_j x^j with x = n / scale, over q scale^degree."""
        if formula == T:
            return a
        tops, bottom = _integral_coefficients(formula)
        power = flint.fmpz(1)
        entries = [tops[-1]] * len(a.entries)
        for place, top in enumerate(reversed(tops[:-1])):
            power *= a.scale
            monic = place == 0 and tops[-1] == 1
            entries = a.entries if monic else list(map(operator.mul, entries, a.entries))
            if top:
                entries = list(map(operator.add, entries, repeat(top * power)))
        return Array(a.height, a.width, entries, power * bottom)


@lru_cache(maxsize=256)
def _integral_coefficients(formula: Formula) -> tuple[tuple[flint.fmpz, ...], int]:
    """The coefficients times their least common denominator, lowest first, and that denominator."""
    coefficients = polynomial_coefficients(formula)
    if coefficients is None:
        message = f"formula {formula}: a polynomial was needed"
        raise DomainError(message)
    bottom = math.lcm(*(c.denominator for c in coefficients))
    return tuple(flint.fmpz(int(c * bottom)) for c in coefficients), bottom


def engine_for(field: Field, formulas: Iterable[Formula]) -> Engine:
    """The quickest engine for these formulas in this field."""
    if field == QQ:
        polynomials = all(polynomial_coefficients(formula) is not None for formula in formulas)
        return ScaledEngine() if polynomials else OperatorEngine(field)
    if isinstance(field, BallField):
        return OperatorEngine(field)
    return Engine(field)
