"""Decisions about matrices: rank, determinant, definiteness; each a Verdict.

Functions: rank_is, rank_at_least, rank_at_most, nonsingular, determinant_is, positive_definite,
positive_semidefinite.

Design notes. Over Q(x, ...) a bound from above on the rank is an identity: it holds for all values
of the symbols where the matrix is defined. A bound from below, and so the rank itself, holds for
almost all values; its evidence is `exact`. A ball matrix has a rank between two bounds.
"""

from __future__ import annotations

from symbolic_landscape.arithmetic.balls import BallMatrix
from symbolic_landscape.arithmetic.decisions import Number, almost_all, equal, shown
from symbolic_landscape.arithmetic.definite import certainly_definite, eigenvalue_enclosures
from symbolic_landscape.arithmetic.matrices import Matrix
from symbolic_landscape.arithmetic.pivots import ldl_pivots
from symbolic_landscape.errors import DomainError
from symbolic_landscape.verdict import Evidence, Verdict, fails, holds, undecided

LARGEST_PIVOTED = 100
"""Larger ball matrices that are not certainly definite are judged by their least eigenvalue."""


def _rank_bounds(matrix: Matrix) -> tuple[int, int]:
    """The least and the greatest rank that the matrix may have."""
    if isinstance(matrix, BallMatrix):
        return matrix.least_rank(), min(matrix.shape)
    try:
        rank = matrix.rank()
    except DomainError:
        return 0, min(matrix.shape)
    return rank, rank


def _about(matrix: Matrix) -> str:
    return f"{shown(matrix)} {matrix.shape} over {matrix.field.name}"


def _bounded(matrix: Matrix, least: int, most: int, claim: str) -> Verdict:
    """Whether the rank lies between two numbers."""
    low, high = _rank_bounds(matrix)
    found = f"rank {low}" if low == high else f"rank between {low} and {high}"
    reason = f"{found}, claimed {claim}: {_about(matrix)}"
    field = matrix.field
    if least <= low and high <= most:
        only_above = least <= 0
        return holds(field.evidence if only_above else almost_all(field), reason)
    if high < least or most < low:
        return fails(almost_all(field), reason)
    return undecided(reason)


def rank_is(matrix: Matrix, rank: int) -> Verdict:
    """Whether rank A = r. Over Q(x, ...): at almost all values."""
    return _bounded(matrix, rank, rank, f"= {rank}")


def rank_at_least(matrix: Matrix, rank: int) -> Verdict:
    """Whether rank A >= r. Over Q(x, ...): at almost all values."""
    return _bounded(matrix, rank, max(*matrix.shape, rank), f">= {rank}")


def rank_at_most(matrix: Matrix, rank: int) -> Verdict:
    """Whether rank A <= r. Over Q(x, ...) an identity: at all values where A is defined."""
    return _bounded(matrix, min(0, rank), rank, f"<= {rank}")


def nonsingular(matrix: Matrix) -> Verdict:
    """Whether det A is not 0. Over Q(x, ...): whether it is not the zero function.

    Raises ShapeError unless square.
    """
    size = matrix.need_square("nonsingular")
    return _bounded(matrix, size, size, f"= {size}")


def determinant_is(matrix: Matrix, value: Number) -> Verdict:
    """Whether det A = c; over Q(x, ...) an identity. Raises ShapeError unless square."""
    matrix.need_square("determinant_is")
    determinant = matrix.det()
    verdict = equal(determinant, value)
    return verdict.because(f"det A: {verdict.reason}").giving(determinant=determinant)


def positive_definite(matrix: Matrix) -> Verdict:
    """Whether x^T A x > 0 for all x except 0. Raises ShapeError unless symmetric."""
    return _definite(matrix, strict=True)


def positive_semidefinite(matrix: Matrix) -> Verdict:
    """Whether x^T A x >= 0 for all x. Raises ShapeError unless symmetric."""
    return _definite(matrix, strict=False)


def _definite(matrix: Matrix, *, strict: bool) -> Verdict:
    word = "positive definite" if strict else "positive semidefinite"
    if isinstance(matrix, BallMatrix):
        return _definite_balls(matrix, word, strict=strict)
    try:
        inertia = matrix.inertia()
    except DomainError as cause:
        return undecided(f"{word}: {cause}")
    good = inertia[1] == 0 and (inertia[2] == 0 or not strict)
    reason = f"{'' if good else 'not '}{word}, inertia {inertia}: {_about(matrix)}"
    answer = holds if good else fails
    return answer(matrix.field.evidence, reason, inertia=inertia)


def _definite_balls(matrix: BallMatrix, word: str, *, strict: bool) -> Verdict:
    """Definiteness of every symmetric matrix inside; semidefinite is shown by definite only."""
    if certainly_definite(matrix):
        return holds(Evidence.ENCLOSED, f"{word}: every matrix inside {_about(matrix)}")
    if matrix.shape[0] > LARGEST_PIVOTED:
        return _definite_by_least_eigenvalue(matrix, word)
    pivots = ldl_pivots(matrix)
    last = pivots.values[-1]
    negative = next((pivot for pivot in pivots.values if pivot < 0), None)
    shown_pivot = last if negative is None else negative
    if negative is not None or (strict and last <= 0):
        return fails(Evidence.ENCLOSED, f"not {word}: pivot {shown_pivot} of {_about(matrix)}")
    return undecided(f"{word}: pivot {last} of {_about(matrix)} may be 0")


def _definite_by_least_eigenvalue(matrix: BallMatrix, word: str) -> Verdict:
    """FAILS where an eigenvalue is certainly negative; pivots of large matrices take long."""
    try:
        least = eigenvalue_enclosures(matrix)[0]
    except DomainError as cause:
        return undecided(f"{word}: {cause}")
    if least < 0:
        return fails(Evidence.ENCLOSED, f"not {word}: eigenvalue {least} of {_about(matrix)}")
    return undecided(f"{word}: eigenvalue {least} of {_about(matrix)} may be 0")
