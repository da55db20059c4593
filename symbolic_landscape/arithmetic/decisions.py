"""Decisions about numbers and matrices, each a Verdict with the exact numbers and its mutants.

Functions: equal, vanishes, nonzero, positive, nonnegative, less, at_most, strictly_increasing, distinct,
rank_is, rank_at_least, rank_at_most, nonsingular, determinant_is, positive_definite,
positive_semidefinite, sizes_equal, size_at_least, size_at_most.

Design notes. An order is decided from the set of signs that are still possible: one sign in an exact
field, up to three for a ball. Over Q(x, ...) equality is an identity, for all values of the symbols where
both sides are defined; "nonzero", "nonsingular" and "rank at least" speak of rational functions, that is of almost
all values, and so carry the evidence `exact`, not `identity`. There is no order in Q(x, ...).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import TypeAlias

from symbolic_landscape.arithmetic.balls import BallMatrix
from symbolic_landscape.arithmetic.definite import ldl_pivots
from symbolic_landscape.arithmetic.exact import QQ
from symbolic_landscape.arithmetic.fields import Field
from symbolic_landscape.arithmetic.matrices import Matrix
from symbolic_landscape.arithmetic.scalars import Scalar
from symbolic_landscape.errors import DomainError, ShapeError
from symbolic_landscape.verdict import Evidence, Outcome, Verdict, fails, holds, undecided

Number: TypeAlias = Scalar | Fraction | int
Value: TypeAlias = Number | Matrix

LONGEST = 160


def _scalar(value: Number) -> Scalar:
    return value if isinstance(value, Scalar) else QQ.scalar(value)


def shown(value: object) -> str:
    """The value as text, its middle left out where it is very long."""
    text = str(value)
    if len(text) <= LONGEST:
        return text
    return f"{text[: LONGEST // 2]}...{text[-LONGEST // 4 :]} ({len(text)} characters)"


def _generic(field: Field) -> Evidence:
    """The evidence of a claim about almost all values of the symbols: never an identity."""
    return min(field.evidence, Evidence.EXACT)


def _almost(field: Field) -> str:
    return f", as a function of {', '.join(field.free_symbols)}" if field.free_symbols else ""


def _possible_signs(value: Scalar) -> tuple[set[int], str]:
    """The signs that the value may have, and why there is more than one."""
    try:
        return {value.sign()}, ""
    except DomainError as cause:
        return _signs_left(value), str(cause)


def _signs_left(value: Scalar) -> set[int]:
    if value.field.decides_equality:
        return {-1, 0, 1}
    ball = value.raw
    if ball >= 0:
        return {0, 1}
    return {-1, 0} if ball <= 0 else {-1, 0, 1}


def _ordered(value: Scalar, allowed: set[int], claim: str) -> Verdict:
    """Whether the sign of the value is one of those allowed; the claim is a text with the numbers."""
    left, cause = _possible_signs(value)
    evidence = _generic(value.field)
    if left <= allowed:
        return holds(evidence, claim)
    if not left & allowed:
        return fails(evidence, f"not {claim}")
    return undecided(f"{claim}: {cause}")


# --- equality ------------------------------------------------------------------------------------


def equal(a: Value, b: Value) -> Verdict:
    """a = b, for two numbers or two matrices; an identity over Q(x, ...). Balls never prove it."""
    if isinstance(a, Matrix) or isinstance(b, Matrix):
        return _equal_matrices(_matrix(a), _matrix(b))
    left, right = _scalar(a), _scalar(b)
    verdict = _zero(
        left - right,
        f"{shown(left)} = {shown(right)}",
        f"{shown(left)} differs from {shown(right)}",
    )
    mutants: dict[str, Callable[[], Verdict]] = {"off_by_one": lambda: equal(left, right + 1)}
    if not _may_vanish(right):
        mutants["negated"] = lambda: equal(left, -right)
        mutants["doubled"] = lambda: equal(left, right * 2)
    return verdict.against(**mutants)


def _zero(value: Scalar, claim: str, denial: str) -> Verdict:
    """Whether a number is zero, said in the words of the claim or of its denial."""
    field = value.field
    try:
        vanishing = value.is_zero
    except DomainError as cause:
        return undecided(f"{claim}: {cause}")
    if vanishing:
        return holds(field.evidence, claim + (" identically" if field.free_symbols else ""))
    return fails(_generic(field), denial + _almost(field))


def _may_vanish(value: Scalar) -> bool:
    try:
        return value.is_zero
    except DomainError:
        return True


def _matrix(value: Value) -> Matrix:
    if isinstance(value, Matrix):
        return value
    message = f"a matrix is compared with a matrix, got {value!r}"
    raise ShapeError(message)


def _equal_matrices(a: Matrix, b: Matrix) -> Verdict:
    if a.shape != b.shape:
        return fails(Evidence.EXACT, f"shape {a.shape} differs from shape {b.shape}")
    verdict = _zero_matrix(
        a - b, lambda i, j: f"entry ({i}, {j}): {shown(a[i, j])} against {shown(b[i, j])}"
    )
    if verdict.is_holds:
        words = " identically" if a.field.free_symbols else ""
        verdict = verdict.because(f"both sides are {shown(b)}{words}, shape {b.shape}")
    return verdict.against(**_matrix_mutants(a, b))


def _zero_matrix(matrix: Matrix, place: Callable[[int, int], str]) -> Verdict:
    """Whether every entry is zero; FAILS at the first entry that is certainly not."""
    field = matrix.field
    open_places: list[str] = []
    for i, row in enumerate(matrix.raw_rows()):
        for j, value in enumerate(row):
            try:
                vanishing = field.is_zero(value)
            except DomainError as cause:
                open_places.append(f"{place(i, j)}: {cause}")
                continue
            if not vanishing:
                return fails(_generic(field), place(i, j) + _almost(field))
    if open_places:
        return undecided(open_places[0])
    return holds(field.evidence, f"all entries of shape {matrix.shape} vanish")


def _matrix_mutants(a: Matrix, b: Matrix) -> dict[str, Callable[[], Verdict]]:
    if 0 in b.shape:
        return {}
    mutants: dict[str, Callable[[], Verdict]] = {
        "one_entry_off_by_one": lambda: _equal_matrices(a, _bumped(b))
    }
    if _certainly_nonzero(b):
        mutants["negated"] = lambda: _equal_matrices(a, b.scale(-1))
        mutants["doubled"] = lambda: _equal_matrices(a, b.scale(2))
    if b.shape[0] != b.shape[1] or _certainly_nonzero(b - b.T):
        mutants["transposed"] = lambda: _equal_matrices(a, b.T)
    return mutants


def _certainly_nonzero(matrix: Matrix) -> bool:
    return _zero_matrix(matrix, lambda i, j: f"({i}, {j})").is_fails


def _bumped(matrix: Matrix) -> Matrix:
    """The matrix with its last entry raised by one."""
    rows = matrix.tolist()
    rows[-1][-1] = rows[-1][-1] + 1
    return matrix.field.matrix(rows)


def vanishes(a: Value) -> Verdict:
    """a = 0: a number, or every entry of a matrix; an identity over Q(x, ...)."""
    if isinstance(a, Matrix):
        verdict = _zero_matrix(a, lambda i, j: f"entry ({i}, {j}) is {shown(a[i, j])}")
        if 0 in a.shape:
            return verdict
        return verdict.against(off_by_one=lambda: _equal_matrices(a, _bumped(a.scale(0))))
    value = _scalar(a)
    verdict = _zero(value, f"{shown(value)} = 0", f"{shown(value)} is not 0")
    return verdict.against(off_by_one=lambda: equal(value, 1))


def nonzero(a: Value) -> Verdict:
    """a is not zero: a number, or some entry of a matrix. Over Q(x, ...): a is not the zero function."""
    zero = vanishes(a)
    swapped = {Outcome.HOLDS: fails, Outcome.FAILS: holds}
    if zero.outcome not in swapped:
        return undecided(zero.reason)
    verdict = swapped[zero.outcome](zero.evidence, zero.reason)
    return verdict.against(vanishes=lambda: vanishes(a))


# --- order ---------------------------------------------------------------------------------------


def positive(a: Number) -> Verdict:
    """a > 0."""
    value = _scalar(a)
    verdict = _ordered(value, {1}, f"{shown(value)} > 0")
    return verdict.against(sign_flipped=lambda: positive(-value))


def nonnegative(a: Number) -> Verdict:
    """a >= 0."""
    value = _scalar(a)
    verdict = _ordered(value, {0, 1}, f"{shown(value)} >= 0")
    return verdict.against(strict=lambda: positive(value), sign_flipped=lambda: nonnegative(-value))


def less(a: Number, b: Number) -> Verdict:
    """a < b."""
    left, right = _scalar(a), _scalar(b)
    verdict = _ordered(right - left, {1}, f"{shown(left)} < {shown(right)}")
    return verdict.against(reversed=lambda: less(right, left))


def at_most(a: Number, b: Number) -> Verdict:
    """a <= b."""
    left, right = _scalar(a), _scalar(b)
    verdict = _ordered(right - left, {0, 1}, f"{shown(left)} <= {shown(right)}")
    return verdict.against(strict=lambda: less(left, right), reversed=lambda: at_most(right, left))


def strictly_increasing(values: Sequence[Number]) -> Verdict:
    """values[0] < values[1] < ...; a sequence of fewer than two values is increasing."""
    scalars = [_scalar(value) for value in values]
    verdict = _increasing(scalars)
    if len(scalars) < 2:
        return verdict
    exchanged = [scalars[1], scalars[0], *scalars[2:]]
    return verdict.against(
        strictly_decreasing=lambda: _increasing(scalars[::-1]),
        first_two_exchanged=lambda: _increasing(exchanged),
    )


def _increasing(scalars: Sequence[Scalar]) -> Verdict:
    steps = [less(a, b) for a, b in zip(scalars, scalars[1:], strict=False)]
    claim = " < ".join(map(shown, scalars)) if len(scalars) > 1 else f"{len(scalars)} value"
    return _joint(steps, claim)


def _joint(parts: Sequence[Verdict], claim: str) -> Verdict:
    for part in parts:
        if part.is_fails:
            return fails(part.evidence, part.reason)
    for part in parts:
        if part.is_undecided:
            return undecided(part.reason)
    return holds(min((part.evidence for part in parts), default=Evidence.EXACT), shown(claim))


def distinct(values: Sequence[Value]) -> Verdict:
    """No two of the values (numbers, or matrices such as samples) are equal.

    Over Q(x, ...): no two are equal as functions.
    """
    verdict = _distinct(values)
    if len(values) < 2:
        return verdict
    return verdict.against(first_two_equal=lambda: equal(values[0], values[1]))


def _distinct(values: Sequence[Value]) -> Verdict:
    parts = []
    for j, second in enumerate(values):
        for i in range(j):
            same = equal(values[i], second)
            if same.is_holds:
                return fails(same.evidence, f"values {i} and {j} agree: {same.reason}")
            parts.append(
                holds(same.evidence, same.reason) if same.is_fails else undecided(same.reason)
            )
    return _joint(parts, f"{len(values)} values, pairwise distinct")


# --- matrices ------------------------------------------------------------------------------------


def _rank_bounds(matrix: Matrix) -> tuple[int, int]:
    """The least and the greatest rank that the matrix may have."""
    if isinstance(matrix, BallMatrix):
        return matrix.least_rank(), min(matrix.shape)
    rank = matrix.rank()
    return rank, rank


def _about(matrix: Matrix) -> str:
    return f"{shown(matrix)} {matrix.shape} over {matrix.field.name}"


def rank_is(matrix: Matrix, rank: int) -> Verdict:
    """rank A = r. Over Q(x, ...): the rank at almost all values."""
    least, most = _rank_bounds(matrix)
    evidence = _generic(matrix.field)
    found = f"rank {least}" if least == most else f"rank between {least} and {most}"
    reason = f"{found}, claimed {rank}: {_about(matrix)}"
    if least == most == rank:
        verdict = holds(evidence, reason, rank=rank)
    elif not least <= rank <= most:
        verdict = fails(evidence, reason)
    else:
        verdict = undecided(reason)
    return verdict.against(
        one_lower=lambda: rank_is(matrix, rank - 1), one_higher=lambda: rank_is(matrix, rank + 1)
    )


def rank_at_least(matrix: Matrix, rank: int) -> Verdict:
    """rank A >= r. Over Q(x, ...): at almost all values."""
    least, most = _rank_bounds(matrix)
    evidence = _generic(matrix.field)
    if least >= rank:
        verdict = holds(evidence, f"rank >= {least} >= {rank}: {_about(matrix)}")
    elif most < rank:
        verdict = fails(evidence, f"rank <= {most} < {rank}: {_about(matrix)}")
    else:
        verdict = undecided(f"rank between {least} and {most}, claimed >= {rank}: {_about(matrix)}")
    return verdict.against(one_higher=lambda: rank_at_least(matrix, rank + 1))


def rank_at_most(matrix: Matrix, rank: int) -> Verdict:
    """rank A <= r; over Q(x, ...) an identity: at all values where A is defined."""
    least, most = _rank_bounds(matrix)
    if most <= rank:
        verdict = holds(matrix.field.evidence, f"rank <= {most} <= {rank}: {_about(matrix)}")
    elif least > rank:
        verdict = fails(_generic(matrix.field), f"rank >= {least} > {rank}: {_about(matrix)}")
    else:
        verdict = undecided(f"rank between {least} and {most}, claimed <= {rank}: {_about(matrix)}")
    return verdict.against(one_lower=lambda: rank_at_most(matrix, rank - 1))


def nonsingular(matrix: Matrix) -> Verdict:
    """det A is not zero. Over Q(x, ...): not the zero function. Raises ShapeError unless square."""
    size = _square(matrix, "nonsingular")
    verdict = rank_at_least(matrix, size)
    return Verdict(verdict.outcome, verdict.evidence, verdict.reason).against(
        singular=lambda: rank_at_most(matrix, size - 1)
    )


def determinant_is(matrix: Matrix, value: Number) -> Verdict:
    """det A = c; an identity over Q(x, ...). Raises ShapeError unless square."""
    _square(matrix, "determinant_is")
    determinant = matrix.det()
    verdict = equal(determinant, value)
    return verdict.because(f"det: {verdict.reason}").giving(determinant=determinant)


def _square(matrix: Matrix, decision: str) -> int:
    if matrix.shape[0] != matrix.shape[1]:
        message = f"{decision} needs a square matrix, got shape {matrix.shape}"
        raise ShapeError(message)
    return matrix.shape[0]


def positive_definite(matrix: Matrix) -> Verdict:
    """x^T A x > 0 for all x except 0. Raises ShapeError unless symmetric."""
    verdict = _definite(matrix, strict=True)
    if 0 in matrix.shape:
        return verdict
    return verdict.against(negative_definite=lambda: _definite(matrix.scale(-1), strict=True))


def positive_semidefinite(matrix: Matrix) -> Verdict:
    """x^T A x >= 0 for all x. Raises ShapeError unless symmetric."""
    verdict = _definite(matrix, strict=False)
    if 0 in matrix.shape:
        return verdict
    return verdict.against(
        definite=lambda: _definite(matrix, strict=True),
        negative_semidefinite=lambda: _definite(matrix.scale(-1), strict=False),
    )


def _definite(matrix: Matrix, *, strict: bool) -> Verdict:
    word = "positive definite" if strict else "positive semidefinite"
    if isinstance(matrix, BallMatrix):
        return _definite_ball(matrix, word, strict=strict)
    try:
        inertia = matrix.inertia()
    except DomainError as cause:
        return undecided(f"{word}: {cause}")
    reason = f"inertia {inertia}: {_about(matrix)}"
    good = inertia[1] == 0 and (inertia[2] == 0 or not strict)
    evidence = matrix.field.evidence
    return (
        holds(evidence, reason, inertia=inertia)
        if good
        else fails(evidence, reason, inertia=inertia)
    )


def _definite_ball(matrix: BallMatrix, word: str, *, strict: bool) -> Verdict:
    pivots = ldl_pivots(matrix)
    last = pivots.values[-1] if pivots.values else None
    if all(pivot > 0 for pivot in pivots.values):
        return holds(Evidence.ENCLOSED, f"{word}: smallest pivot {pivots.smallest}")
    negative = next((pivot for pivot in pivots.values if pivot < 0), None)
    if negative is not None:
        return fails(Evidence.ENCLOSED, f"not {word}: pivot {negative} is negative")
    if strict and last is not None and last <= 0:
        return fails(Evidence.ENCLOSED, f"not {word}: pivot {last} is not positive")
    return undecided(f"{word}: pivot {last} of {matrix.field.name} may be zero")


# --- sizes ---------------------------------------------------------------------------------------


def _whole(*sizes: int) -> None:
    for size in sizes:
        if isinstance(size, bool) or not isinstance(size, int):
            message = f"a size is an int, got {size!r}"
            raise DomainError(message)


def sizes_equal(a: int, b: int) -> Verdict:
    """a = b for two counts."""
    _whole(a, b)
    verdict = (holds if a == b else fails)(Evidence.EXACT, f"{a} {'=' if a == b else '!='} {b}")
    return verdict.against(
        one_more=lambda: sizes_equal(a, b + 1), one_less=lambda: sizes_equal(a, b - 1)
    )


def size_at_least(a: int, b: int) -> Verdict:
    """a >= b for two counts."""
    _whole(a, b)
    verdict = (holds if a >= b else fails)(Evidence.EXACT, f"{a} {'>=' if a >= b else '<'} {b}")
    return verdict.against(one_more=lambda: size_at_least(a, b + 1))


def size_at_most(a: int, b: int) -> Verdict:
    """a <= b for two counts."""
    _whole(a, b)
    verdict = (holds if a <= b else fails)(Evidence.EXACT, f"{a} {'<=' if a <= b else '>'} {b}")
    return verdict.against(one_less=lambda: size_at_most(a, b - 1))
