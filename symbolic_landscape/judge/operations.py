"""Operations on values: numbers and matrices over the smallest field that is found to hold them.

An integer stays an `int` until it meets a real number. Where no exact field holds a result it is a
ball; where it has no value, or none that is certain for all free symbols, an error says why.

Objects: Reaching. Functions: real, total, product, equal_fields, assembled, image, image_of_matrix,
reciprocal, inverse_of, determinant_of, rank_of, size_of.

Design notes. A formula is first evaluated in the field of its argument, then number by number in
growing fields, then in balls: tanh(1/3) leaves Q for Q(e^(1/3)). With a free symbol in the argument
each division needs a divisor that is nowhere 0, so that an identity holds for every value.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import lru_cache, reduce
from typing import Any, TypeAlias

import flint

from symbolic_landscape.arithmetic import (
    QQ,
    BallField,
    Field,
    FractionField,
    Matrix,
    Scalar,
    exact,
)
from symbolic_landscape.arithmetic.generators import Exponential
from symbolic_landscape.errors import DomainError, LandscapeError, ShapeError, SmoothnessError
from symbolic_landscape.formula import Formula, Piece, derivative, evaluated
from symbolic_landscape.judge.infinitesimals import (
    ENCLOSING_BITS,
    Infinitesimals,
    determinant,
    inverse,
    joined,
    part,
    part_of_matrix,
)
from symbolic_landscape.judge.symbols import (
    constant_matrix,
    is_symbolic,
    lowered,
    nowhere_zero,
    possible_signs,
)

Number: TypeAlias = int | Scalar
Value: TypeAlias = Number | Matrix


def real(value: object) -> Scalar:
    """The number as a Scalar. Raises ShapeError for what is no number."""
    if isinstance(value, Scalar):
        return value
    if isinstance(value, int | Fraction) and not isinstance(value, bool):
        return QQ.scalar(value)
    message = f"a number was needed, got {type(value).__name__}"
    raise ShapeError(message)


def equal_fields(a: Value, b: Value) -> tuple[Any, Any]:
    """Both over one field, the integers among them as they are."""
    if isinstance(a, int) or isinstance(b, int) or a.field is b.field:
        return a, b
    field = joined(a.field, b.field)
    return _over(a, field), _over(b, field)


def _over(x: Scalar | Matrix, field: Field) -> Scalar | Matrix:
    return x.over(field) if isinstance(x, Matrix) else field.scalar(x)


def total(values: Sequence[Value]) -> Value:
    """The sum of numbers, or of matrices; of at least one."""
    return reduce(_plus, values)


def _plus(a: Any, b: Any) -> Any:
    if isinstance(a, Matrix) != isinstance(b, Matrix):
        message = "a number and a matrix have no sum"
        raise ShapeError(message)
    a, b = equal_fields(a, b)
    return a + b


def product(values: Sequence[Value]) -> Value:
    """The product, of numbers and of matrices in their order; of at least one."""
    return reduce(_times, values)


def _times(a: Any, b: Any) -> Any:
    a, b = equal_fields(a, b)
    if isinstance(a, Matrix):
        return a @ b if isinstance(b, Matrix) else a.scale(b)
    return b.scale(a) if isinstance(b, Matrix) else a * b


def assembled(rows: Sequence[Sequence[Number]], width: int) -> Matrix:
    """The matrix with these entries, over one field that holds them all."""
    field: Field = QQ
    for row in rows:
        for x in row:
            if isinstance(x, Scalar):
                field = joined(field, x.field)
    return field.from_raw([[field.raw(x) for x in row] for row in rows], width=width)


# ---- divisions, determinants, ranks --------------------------------------------------------------
def reciprocal(value: Number) -> Scalar:
    """1/x. Raises DomainError where x is 0, or may be 0 for some values of the symbols."""
    x = real(value)
    _need_divisor(_resting(x), f"1/({x})")
    return 1 / x


def _need_divisor(x: Scalar, what: str) -> None:
    if is_symbolic(x) and not nowhere_zero(x):
        message = f"{what} has no value where the denominator is 0"
        raise DomainError(message)


def _resting(x: Scalar) -> Scalar:
    """The number without its infinitesimals."""
    while isinstance(x.field, Infinitesimals):
        x = part(x, x.field.level, None)
    return x


def inverse_of(matrix: Matrix) -> Matrix:
    """The inverse matrix. Raises DomainError where it is singular for some values of symbols."""
    if isinstance(matrix.field, Infinitesimals):
        return inverse(matrix, inverse_of(part_of_matrix(matrix, matrix.field.level, None)))
    if is_symbolic(matrix):
        _need_divisor(matrix.det(), "the inverse of a matrix")
    return matrix.inverse()


def determinant_of(matrix: Matrix) -> Scalar:
    """The determinant."""
    return determinant(matrix) if isinstance(matrix.field, Infinitesimals) else matrix.det()


def rank_of(matrix: Matrix) -> int:
    """The rank. Raises DomainError where it is not certain, or depends on free symbols."""
    if isinstance(matrix.field, Infinitesimals):
        message = "the rank of a matrix that moves has no derivative"
        raise DomainError(message)
    return constant_matrix(matrix, "the rank").rank()


# ---- functions of real numbers -------------------------------------------------------------------
class Reaching:
    """The operations of a formula on numbers, each in the smallest field that is found."""

    def constant(self, value: Fraction) -> Scalar:
        """The rational number."""
        return QQ.scalar(value)

    def add(self, a: Scalar, b: Scalar) -> Scalar:
        """The sum a + b."""
        a, b = equal_fields(a, b)
        return a + b

    def multiply(self, a: Scalar, b: Scalar) -> Scalar:
        """The product a b."""
        a, b = equal_fields(a, b)
        return a * b

    def power(self, a: Scalar, exponent: int) -> Scalar:
        """A power of a; DomainError for a negative one where a may be 0."""
        if exponent < 0:
            _need_divisor(a, f"({a})^{exponent}")
        return a**exponent

    def exp(self, a: Scalar) -> Scalar:
        """The exponential."""
        return self._value("exp", a)

    def log(self, a: Scalar) -> Scalar:
        """The natural logarithm."""
        return self._value("log", a)

    def tanh(self, a: Scalar) -> Scalar:
        """The hyperbolic tangent."""
        return self._value("tanh", a)

    def atan(self, a: Scalar) -> Scalar:
        """The arctangent."""
        return self._value("atan", a)

    def sqrt(self, a: Scalar) -> Scalar:
        """The nonnegative root."""
        return self._value("sqrt", a)

    def sign(self, a: Scalar) -> int:
        """1, or not positive; DomainError where that depends on the symbols."""
        signs = possible_signs(a)
        if 1 in signs and len(signs) > 1:
            message = f"whether {a} > 0 depends on the values of the symbols"
            raise DomainError(message)
        return 1 if 1 in signs else min(signs)

    def _value(self, name: str, a: Scalar) -> Scalar:
        """In the field of a, else in a larger one through the door, else as a ball."""
        a = lowered(a)
        try:
            return Scalar(a.field, getattr(a.field, name)(a.raw))
        except DomainError:
            if is_symbolic(a) or not a.field.decides_equality:
                raise
        return _beyond(name, a.field, a.field.portable(a.raw))


@lru_cache(maxsize=2048)
def _beyond(name: str, field: Field, portable: object) -> Scalar:
    """The value at an element of a field that does not hold it: through the door, else a ball."""
    a = Scalar(field, field.restored(portable))
    if name != "atan" and not (name in ("exp", "tanh") and _is_grown(a)):
        import sympy

        try:
            return exact(getattr(sympy, name)(a.to_sympy()))
        except LandscapeError:
            pass
    balls = BallField(ENCLOSING_BITS)
    return Scalar(balls, getattr(balls, name)(balls.raw(a)))


def _is_grown(a: Scalar) -> bool:
    """Whether it is made of exponentials: then no field of the package holds its exponential."""
    if not isinstance(a.field, FractionField) or a.field.rational_value(a.raw) is not None:
        return False
    return all(isinstance(g, Exponential) for g in a.field.generators)


REACHING = Reaching()


def image(formula: Formula, value: Number) -> Scalar:
    """The formula at a number, with its derivative where the number moves.

    Raises DomainError, SmoothnessError: it has no value, or no derivative, there.
    """
    x = real(value)
    field = x.field
    if isinstance(field, Infinitesimals):
        place = part(x, field.level, None)
        base, slope = image(formula, place), image(_slope(formula, place), place)
        moving = field.scalar(x) - field.scalar(place)
        return _plus(base, _times(slope, moving))  # type: ignore[no-any-return]
    if not is_symbolic(x):
        try:
            return Scalar(field, evaluated(formula, x.raw, field))
        except DomainError:
            pass
    return evaluated(formula, lowered(x), REACHING)


def _slope(formula: Formula, place: Scalar) -> Formula:
    """The derivative; of a formula in pieces that has none at 0, that of the piece at the place."""
    try:
        return derivative(formula)
    except SmoothnessError:
        place = _resting(place)
        if not isinstance(formula, Piece) or 0 in possible_signs(place):
            raise
        return derivative(formula.right if REACHING.sign(place) > 0 else formula.left)


def image_of_matrix(function: Callable[[Scalar], Number], matrix: Matrix) -> Matrix:
    """The function at each entry."""
    rows = [[function(x) for x in row] for row in matrix.tolist()]
    return assembled(rows, matrix.shape[1])


def formula_of_matrix(formula: Formula, matrix: Matrix) -> Matrix:
    """The formula at each entry, in one pass where the field of the matrix holds the values."""
    if not is_symbolic(matrix) and not isinstance(matrix.field, Infinitesimals):
        try:
            return matrix.field.apply(formula, matrix)
        except DomainError:
            pass
    return image_of_matrix(lambda x: image(formula, x), matrix)


# ---- sizes ---------------------------------------------------------------------------------------
def size_of(value: Value) -> int:
    """How much there is to write down: bits of rationals, terms of polynomials; for budgets."""
    if isinstance(value, int):
        return value.bit_length()
    if isinstance(value, Scalar):
        return _size(value.raw)
    return sum(_size(x) for row in value.raw_rows() for x in row)


def _size(raw: Any) -> int:
    if isinstance(raw, flint.fmpq):
        return int(raw.height_bits())
    if isinstance(raw, flint.fmpq_poly):
        return sum(int(c.height_bits()) for c in raw.coeffs())
    if isinstance(raw, tuple):
        return 64 * sum(len(p) for p in raw)
    place, parts = getattr(raw, "place", None), getattr(raw, "parts", None)
    return 64 if place is None or parts is None else sum(map(_size, (place, *parts.values())))
