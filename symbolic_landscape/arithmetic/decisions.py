"""Decisions about numbers and sizes, each a Verdict with the exact numbers.

Functions: equal, vanishes, nonzero, positive, nonnegative, less, at_most, strictly_increasing,
distinct, sizes_equal, size_at_least, size_at_most. For matrices see also `matrix_decisions`.

Design notes. An order is decided from the set of signs that are still possible: one sign in an
exact field, up to three for a ball. Over Q(x, ...) an equality is an identity: it holds for all
values of the symbols where both sides are defined. "Nonzero" and "distinct" speak of functions
there, that is of almost all values, and carry the evidence `exact`; there is no order.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import TypeAlias

from symbolic_landscape.arithmetic.balls import BallField
from symbolic_landscape.arithmetic.exact import QQ
from symbolic_landscape.arithmetic.fields import Field
from symbolic_landscape.arithmetic.matrices import Matrix
from symbolic_landscape.arithmetic.scalars import Scalar, common_field
from symbolic_landscape.errors import DomainError, ShapeError
from symbolic_landscape.verdict import Evidence, Outcome, Verdict, fails, holds, undecided

Number: TypeAlias = Scalar | Fraction | int
Value: TypeAlias = Number | Matrix

LONGEST = 160
"""Texts of values longer than this are shortened in a reason."""

COMPARISON_BITS = 256
"""The precision at which numbers are compared that lie in no common exact field."""

NO_EQUALITY = "a ball never proves an equality"


def shown(value: object) -> str:
    """The value as text, without its middle where it is very long; words are not cut."""
    text = str(value)
    if len(text) <= LONGEST:
        return text
    before, after = text[: LONGEST // 2], text[-LONGEST // 4 :]
    if " " in before and " " in after:
        return f"{before.rpartition(' ')[0]} ... {after.partition(' ')[2]}"
    return f"{before}...{after} ({len(text)} characters)"


def almost_all(field: Field) -> Evidence:
    """The evidence of a claim about almost all values of the symbols: never an identity."""
    return min(field.evidence, Evidence.EXACT)


def as_function(field: Field) -> str:
    """The words 'as a function of ...' where symbols are free, else nothing."""
    return f", as a function of {', '.join(field.free_symbols)}" if field.free_symbols else ""


def _scalar(value: Number) -> Scalar:
    return value if isinstance(value, Scalar) else QQ.scalar(value)


def _comparison_field(a: Field, b: Field) -> Field:
    """A field in which elements of both are compared: balls if they have no common exact field."""
    try:
        return common_field(a, b)
    except DomainError:
        return common_field(common_field(BallField(COMPARISON_BITS), a), b)


def _difference(a: Scalar, b: Scalar) -> Scalar:
    field = _comparison_field(a.field, b.field)
    return field.scalar(a) - field.scalar(b)


# --- equality ------------------------------------------------------------------------------------


def equal(a: Value, b: Value) -> Verdict:
    """Whether a = b, for two numbers or two matrices; over Q(x, ...) an identity.

    Balls never prove it. Raises ShapeError if a number is compared with a matrix.
    """
    if isinstance(a, Matrix) or isinstance(b, Matrix):
        return _equal_matrices(_matrix(a), _matrix(b))
    left, right = _scalar(a), _scalar(b)
    texts = shown(left), shown(right)
    return _zero(lambda: _difference(left, right), " = ".join(texts), " differs from ".join(texts))


def _zero(value: Callable[[], Scalar], claim: str, denial: str) -> Verdict:
    """Whether a number is zero, said in the words of the claim or of its denial."""
    try:
        number = value()
        vanishing = number.is_zero
    except DomainError as cause:
        return undecided(f"{claim}: {cause}")
    field = number.field
    if vanishing and not field.decides_equality:
        return undecided(f"{claim}: {NO_EQUALITY}")
    if vanishing:
        return holds(field.evidence, claim + (" identically" if field.free_symbols else ""))
    return fails(almost_all(field), denial + as_function(field))


def _matrix(value: Value) -> Matrix:
    if isinstance(value, Matrix):
        return value
    message = f"a matrix is compared with a matrix, got {value!r}"
    raise ShapeError(message)


def _equal_matrices(a: Matrix, b: Matrix) -> Verdict:
    if a.shape != b.shape:
        return fails(Evidence.EXACT, f"shape {a.shape} differs from shape {b.shape}")
    try:
        field = _comparison_field(a.field, b.field)
    except DomainError as cause:
        return undecided(str(cause))
    verdict = _zero_matrix(
        a.over(field) - b.over(field),
        lambda i, j: f"entry ({i}, {j}): {shown(a[i, j])} against {shown(b[i, j])}",
    )
    if verdict.is_holds:
        words = " identically" if field.free_symbols else ""
        verdict = verdict.because(f"both sides are {shown(b)}{words}, shape {b.shape}")
    return verdict


def _zero_matrix(matrix: Matrix, place: Callable[[int, int], str]) -> Verdict:
    """Whether every entry is zero; FAILS at the first entry that certainly is not."""
    field = matrix.field
    doubts: list[str] = []
    for i, row in enumerate(matrix.raw_rows()):
        for j, value in enumerate(row):
            try:
                vanishing = field.is_zero(value)
            except DomainError as cause:
                doubts.append(f"{place(i, j)}: {cause}")
                continue
            if not vanishing:
                return fails(almost_all(field), place(i, j) + as_function(field))
            if not field.decides_equality:
                doubts.append(f"{place(i, j)}: {NO_EQUALITY}")
    if doubts:
        return undecided(doubts[0])
    return holds(field.evidence, f"all entries of shape {matrix.shape} vanish")


def vanishes(a: Value) -> Verdict:
    """Whether a = 0: a number, or every entry of a matrix; over Q(x, ...) an identity."""
    if isinstance(a, Matrix):
        return _zero_matrix(a, lambda i, j: f"entry ({i}, {j}) is {shown(a[i, j])}")
    value = _scalar(a)
    return _zero(lambda: value, f"{shown(value)} = 0", f"{shown(value)} is not 0")


def nonzero(a: Value) -> Verdict:
    """Whether a number, or some entry of a matrix, is not 0.

    Over Q(x, ...): whether it is not the zero function; it may have zeros.
    """
    zero = vanishes(a)
    swapped = {Outcome.HOLDS: fails, Outcome.FAILS: holds}
    if zero.outcome not in swapped:
        return undecided(zero.reason)
    return swapped[zero.outcome](zero.evidence, zero.reason)


# --- order ---------------------------------------------------------------------------------------


def _ordered(value: Callable[[], Scalar], allowed: set[int], claim: str) -> Verdict:
    """Whether the sign of a number is one of those allowed; the claim shows the numbers."""
    try:
        number = value()
        left, cause = _possible_signs(number)
    except DomainError as error:
        return undecided(f"{claim}: {error}")
    evidence = almost_all(number.field)
    if left <= allowed:
        return holds(evidence, claim)
    if not left & allowed:
        return fails(evidence, f"not {claim}")
    return undecided(f"{claim}: {cause}")


def _possible_signs(value: Scalar) -> tuple[set[int], str]:
    """The signs that the value may have, and why there is more than one."""
    try:
        return {value.sign()}, ""
    except DomainError as cause:
        if isinstance(value.field, BallField) and value.raw >= 0:
            return {0, 1}, str(cause)
        if isinstance(value.field, BallField) and value.raw <= 0:
            return {-1, 0}, str(cause)
        return {-1, 0, 1}, str(cause)


def positive(a: Number) -> Verdict:
    """Whether a > 0."""
    value = _scalar(a)
    return _ordered(lambda: value, {1}, f"{shown(value)} > 0")


def nonnegative(a: Number) -> Verdict:
    """Whether a >= 0."""
    value = _scalar(a)
    return _ordered(lambda: value, {0, 1}, f"{shown(value)} >= 0")


def less(a: Number, b: Number) -> Verdict:
    """Whether a < b."""
    left, right = _scalar(a), _scalar(b)
    return _ordered(lambda: _difference(right, left), {1}, f"{shown(left)} < {shown(right)}")


def at_most(a: Number, b: Number) -> Verdict:
    """Whether a <= b."""
    left, right = _scalar(a), _scalar(b)
    return _ordered(lambda: _difference(right, left), {0, 1}, f"{shown(left)} <= {shown(right)}")


def strictly_increasing(values: Sequence[Number]) -> Verdict:
    """Whether values[0] < values[1] < ...; fewer than two values always increase."""
    scalars = [_scalar(value) for value in values]
    return _increasing(scalars)


def _increasing(scalars: Sequence[Scalar]) -> Verdict:
    steps = [less(a, b) for a, b in pairwise(scalars)]
    return _joint(steps, " < ".join(map(shown, scalars)) if steps else f"{len(scalars)} values")


def _joint(parts: Sequence[Verdict], claim: str) -> Verdict:
    for part in parts:
        if part.is_fails:
            return fails(part.evidence, part.reason)
    for part in parts:
        if part.is_undecided:
            return undecided(part.reason)
    return holds(min((part.evidence for part in parts), default=Evidence.EXACT), shown(claim))


def distinct(values: Sequence[Value]) -> Verdict:
    """Whether no two of the values are equal: numbers, or matrices such as samples.

    Over Q(x, ...): whether no two are equal as functions.
    """
    parts = [_differ(values, i, j) for j in range(len(values)) for i in range(j)]
    return _joint(parts, f"{len(values)} values, pairwise distinct")


def _differ(values: Sequence[Value], i: int, j: int) -> Verdict:
    same = equal(values[i], values[j])
    if same.is_holds:
        return fails(same.evidence, f"values {i} and {j} agree: {same.reason}")
    return holds(same.evidence, same.reason) if same.is_fails else undecided(same.reason)


# --- sizes ---------------------------------------------------------------------------------------


def _compared(a: int, b: int, relation: str) -> Verdict:
    """The relation '=', '>=' or '<=' between two counts."""
    for size in (a, b):
        if isinstance(size, bool) or not isinstance(size, int):
            message = f"a size is an int, got {size!r}"
            raise DomainError(message)
    good = {"=": a == b, ">=": a >= b, "<=": a <= b}[relation]
    claim = f"{a} {relation} {b}"
    return holds(Evidence.EXACT, claim) if good else fails(Evidence.EXACT, f"not {claim}")


def sizes_equal(a: int, b: int) -> Verdict:
    """Whether a = b, for two counts."""
    return _compared(a, b, "=")


def size_at_least(a: int, b: int) -> Verdict:
    """Whether a >= b, for two counts."""
    return _compared(a, b, ">=")


def size_at_most(a: int, b: int) -> Verdict:
    """Whether a <= b, for two counts."""
    return _compared(a, b, "<=")
