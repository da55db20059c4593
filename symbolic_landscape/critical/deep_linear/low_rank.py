"""Nearest matrices of bounded rank, decided without a single eigenvalue.

Notation: A (d, m) is the target, G = A A^T (d, d), whose eigenvalues are the squared singular
values of A.

Functions: dominance, nearest, leading_spaces, nearer_matrix, is_nearest.

Design notes. With a basis C of one space and D of another that is orthogonal to it, every
eigenvalue of G on the first is at least every one on the second exactly where (C^T G C) (x) (D^T D)
- (C^T C) (x) (D^T G D) is positive semidefinite: one inertia over Q, for irrational singular values
too. That a matrix is not nearest is shown by a nearer rational one, found by rounded powers of G;
so the two answers come by different roads.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from random import Random

from symbolic_landscape.arithmetic import (
    QQ,
    Matrix,
    Scalar,
    less,
    positive_definite,
    positive_semidefinite,
    vanishes,
)
from symbolic_landscape.critical.deep_linear.point import squared_norm
from symbolic_landscape.critical.deep_linear.spectrum import column_basis
from symbolic_landscape.verdict import Evidence, Verdict, all_of, fails, holds, undecided

ROUNDS = 24
"""How often the powers of G are refined in the search for a nearer matrix."""


def _kronecker(a: Matrix, b: Matrix) -> Matrix:
    rows = [[x * y for x in left for y in right] for left in a.tolist() for right in b.tolist()]
    return a.field.matrix(rows)


def dominance(upper: Matrix, above: Matrix, lower: Matrix, below: Matrix) -> Matrix:
    """The matrix whose inertia compares the eigenvalues of two symmetric matrices on two spaces.

    It is positive semidefinite exactly where every eigenvalue of `above` on the columns of `upper`
    is at least every eigenvalue of `below` on those of `lower`.
    """
    first = _kronecker(upper.T @ above @ upper, lower.T @ lower)
    return first - _kronecker(upper.T @ upper, lower.T @ below @ lower)


def nearest(target: Matrix, size: int, candidate: Matrix, *, strict: bool = False) -> Verdict:
    """Whether a matrix of rank at most `size` is nearest to the target among those; HOLDS only.

    It is where it splits the target orthogonally, and its singular values are at least those of
    the rest; `strict` asks that it be the only one. Anything else is UNDECIDED.
    """
    rest = target - candidate
    split = all_of(
        columns=vanishes(candidate.T @ rest),
        rows=vanishes(candidate @ rest.T),
    )
    if candidate.rank() > size or not split.is_holds:
        return undecided(f"no orthogonal split of the target: {split.reason}")
    if rest.is_zero:
        return holds(Evidence.EXACT, f"the target itself has rank {candidate.rank()}")
    if candidate.rank() < size:
        return undecided(f"rank {candidate.rank()} < {size}, and the rest is not zero")
    if size == 0:
        return holds(Evidence.EXACT, "the only matrix of rank 0")
    compared = dominance(
        column_basis(candidate),
        candidate @ candidate.T,
        column_basis(rest),
        rest @ rest.T,
    )
    verdict = (positive_definite if strict else positive_semidefinite)(compared)
    if verdict.is_holds:
        return holds(verdict.evidence, "every singular value is at least those of the rest")
    return undecided(f"singular values of the rest are not smaller: {verdict.reason}")


def leading_spaces(gram: Matrix, size: int) -> Iterator[Matrix]:
    """Rational spaces of this size (or of the rank) that come near the leading eigenvectors."""
    height = gram.shape[0]
    random = Random(0)
    space = gram @ QQ.matrix([[random.randint(-9, 9) for _ in range(size)] for _ in range(height)])
    for _ in range(ROUNDS):
        space = _rounded(gram @ space)
        yield column_basis(space)


def _rounded(space: Matrix) -> Matrix:
    """The same space with a reduced basis, its entries rounded to 2^-20."""
    reduced, pivots = space.T.row_reduced()
    rows = reduced.tolist()[: len(pivots)]
    unit = 2**20
    table = [[Fraction(round(Fraction(str(v)) * unit), unit) for v in row] for row in rows]
    return QQ.matrix(table).T if table else space


def nearer_matrix(target: Matrix, size: int, excess: Scalar) -> tuple[Matrix, Scalar] | None:
    """A matrix of rank at most `size`, rows in the row space of the target, nearer than `excess`.

    With it comes the square of its distance; None where none was found.
    """
    if not size or target.is_zero:
        zero = squared_norm(target)
        return (target.scale(0), zero) if zero < excess else None
    if target.rank() <= size:
        return (target, target.field.scalar(0)) if excess > 0 else None
    for space in leading_spaces(target @ target.T, size):
        fitted = space @ (space.T @ space).inverse() @ (space.T @ target)
        left = squared_norm(fitted - target)
        if left < excess:
            return fitted, left
    return None


def is_nearest(target: Matrix, size: int, candidate: Matrix, *, strict: bool = False) -> Verdict:
    """Whether a matrix is nearest to the target among all of rank at most `size`.

    HOLDS by the orthogonal split, FAILS by a nearer matrix; the data hold that as `better`.
    `strict` asks that it be the only one; FAILS then needs no nearer one.
    """
    verdict = nearest(target, size, candidate, strict=strict)
    if verdict.is_holds:
        return verdict
    if candidate.rank() > size:
        return fails(Evidence.EXACT, f"its rank {candidate.rank()} is greater than {size}")
    if strict and nearest(target, size, candidate).is_holds:
        return fails(Evidence.EXACT, f"another matrix is as near: {verdict.reason}")
    excess = squared_norm(candidate - target)
    found = nearer_matrix(target, size, excess)
    if found is None:
        return undecided(f"neither nearest nor improved: {verdict.reason}")
    matrix, left = found
    return (
        less(excess, left).because(f"{left} < {excess} for a nearer matrix").giving(better=matrix)
    )
