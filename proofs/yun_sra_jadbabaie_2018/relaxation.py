"""The relaxed problem of Section 3.1: maps R of bounded rank, and how near R X comes to Y.

Notation: L_0(R) = |R X - Y|^2 / 2 over R (d_y, d_x) with rank R <= k; F (d_y, m) the projection of
the rows of Y onto the row space of X; G = F F^T (d_y, d_y), whose eigenvalues are the squared
singular values of F.

Objects: RelaxedProblem, SpectralProblem. Functions: projected_targets, dominance, spans_leading,
nearest, better_map, optimal.

Design notes. No eigenvalue is computed. With a basis C of one space and D of another that is
orthogonal to it, every eigenvalue of G on the first is at least every one on the second exactly
where (C^T G C) (x) (D^T D) - (C^T C) (x) (D^T G D) is positive semidefinite: one inertia over Q,
for irrational singular values too. That a map is not optimal is shown by a better rational one,
found by rounded powers of G; so the two answers come by different roads.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from random import Random

from proofs.yun_sra_jadbabaie_2018.linear import LinearData, Rows, squared_norm
from symbolic_landscape.arithmetic import (
    QQ,
    Matrix,
    Scalar,
    less,
    positive_definite,
    positive_semidefinite,
    rank_is,
    vanishes,
)
from symbolic_landscape.errors import ShapeError
from symbolic_landscape.verdict import Evidence, Verdict, all_of, fails, holds, undecided

HALF = Fraction(1, 2)

ROUNDS = 24
"""How often the powers of G are refined in the search for a better map."""


@dataclass(frozen=True, kw_only=True)
class RelaxedProblem(LinearData):
    """Data with a bound k on the rank of R, and the factor before |R X - Y|^2 (the paper's: 1/2).

    Raises ShapeError when the bound is negative.
    """

    rank_bound: int
    scale: Fraction = HALF

    def __post_init__(self) -> None:
        """Check the bound."""
        super().__post_init__()
        if self.rank_bound < 0:
            message = f"rank bound: a number from 0 up was needed, got {self.rank_bound}"
            raise ShapeError(message)

    def value(self, change: Matrix) -> Scalar:
        """L_0 at a map R (d_y, d_x)."""
        error = change @ self.X.over(change.field) - self.Y.over(change.field)
        return squared_norm(error) * self.scale

    @property
    def least_width(self) -> int:
        """min(d_x, d_y)."""
        return min(self.input_width, self.output_width)

    @cached_property
    def normal_solution(self) -> Matrix:
        """Y X^T (X X^T)^-1 (d_y, d_x). Raises DomainError where X X^T is singular."""
        return self.Y @ self.X.T @ (self.X @ self.X.T).inverse()


@dataclass(frozen=True, kw_only=True)
class SpectralProblem(RelaxedProblem):
    """A relaxed problem with the matrix (d_y, k) of its first k left singular vectors.

    Raises ShapeError when the matrix has another shape.
    """

    left: Rows

    def __post_init__(self) -> None:
        """Check the shape of the vectors."""
        super().__post_init__()
        if len(self.left) != self.output_width or {len(r) for r in self.left} != {self.rank_bound}:
            message = (
                f"left vectors: shape {(self.output_width, self.rank_bound)} was needed, "
                f"got {self.left}"
            )
            raise ShapeError(message)

    @cached_property
    def vectors(self) -> Matrix:
        """The left singular vectors (d_y, k)."""
        return self.matrix(self.left)

    @cached_property
    def projected_solution(self) -> Matrix:
        """U U^T Y X^T (X X^T)^-1 (d_y, d_x), for the k left singular vectors in U."""
        return self.vectors @ self.vectors.T @ self.normal_solution


# --- projections and eigenvalues -----


def column_basis(matrix: Matrix) -> Matrix:
    """Columns of the matrix that form a basis of its column space."""
    _, pivots = matrix.row_reduced()
    return matrix.submatrix(range(matrix.shape[0]), pivots)


def projected_targets(s: LinearData) -> Matrix:
    """F (d_y, m): each row of Y projected orthogonally onto the row space of X."""
    basis = column_basis(s.X.T)
    if not basis.shape[1]:
        return s.Y.scale(0)
    return s.Y @ basis @ (basis.T @ basis).inverse() @ basis.T


def kronecker(a: Matrix, b: Matrix) -> Matrix:
    """The Kronecker product."""
    rows = [[x * y for x in left for y in right] for left in a.tolist() for right in b.tolist()]
    return a.field.matrix(rows)


def dominance(upper: Matrix, above: Matrix, lower: Matrix, below: Matrix) -> Matrix:
    """The matrix whose inertia compares the eigenvalues of two symmetric matrices on two spaces.

    It is positive semidefinite exactly where every eigenvalue of `above` on the columns of `upper`
    is at least every eigenvalue of `below` on those of `lower`.
    """
    first = kronecker(upper.T @ above @ upper, lower.T @ lower)
    return first - kronecker(upper.T @ upper, lower.T @ below @ lower)


def spans_leading(gram: Matrix, space: Matrix, size: int, *, strict: bool = False) -> Verdict:
    """Whether the columns span a space of leading eigenvectors of a symmetric matrix, of this size.

    `strict` asks that it be the only such space: the last eigenvalue on it exceeds all others.
    """
    basis = column_basis(space)
    parts = {"size": rank_is(space, size), "invariant": rank_is(basis.hstack(gram @ basis), size)}
    rest = basis.T.kernel() if basis.shape[1] else QQ.identity(gram.shape[0])
    if basis.shape[1] and rest.shape[1]:
        compared = dominance(basis, gram, rest, gram)
        decide = positive_definite if strict else positive_semidefinite
        verdict = decide(compared)
        parts["greatest"] = Verdict(verdict.outcome, verdict.evidence, verdict.reason)
    return all_of(**parts)


# --- optimal maps -----


def bare(verdict: Verdict) -> Verdict:
    """The same answer without its wrong neighbours and data."""
    return Verdict(verdict.outcome, verdict.evidence, verdict.reason)


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


def better_map(s: LinearData, size: int, excess: Scalar) -> tuple[Matrix, Scalar] | None:
    """A matrix A of rank at most `size` in the row space of X with |A - F|^2 < excess, or None."""
    target = projected_targets(s)
    if not size or target.is_zero:
        zero = squared_norm(target)
        return (target.scale(0), zero) if zero < excess else None
    if target.rank() <= size:
        return (target, s.field.scalar(0)) if excess > 0 else None
    for space in leading_spaces(target @ target.T, size):
        fitted = space @ (space.T @ space).inverse() @ (space.T @ target)
        left = squared_norm(fitted - target)
        if left < excess:
            return fitted, left
    return None


def optimal(s: LinearData, size: int, candidate: Matrix, *, strict: bool = False) -> Verdict:
    """Whether |R X - F| is least among all R with rank R <= size, for a candidate A = R X.

    HOLDS by the orthogonal split, FAILS by a better matrix; the data hold that as `better`.
    `strict` asks that A be the only one; FAILS then needs no better one.
    """
    target = projected_targets(s)
    verdict = nearest(target, size, candidate, strict=strict)
    if verdict.is_holds:
        return verdict
    if candidate.rank() > size:
        return fails(Evidence.EXACT, f"its rank {candidate.rank()} is greater than {size}")
    if strict and nearest(target, size, candidate).is_holds:
        return fails(Evidence.EXACT, f"another matrix is as near: {verdict.reason}")
    excess = squared_norm(candidate - target)
    found = better_map(s, size, excess)
    if found is None:
        return undecided(f"neither optimal nor improved: {verdict.reason}")
    matrix, left = found
    return (
        less(excess, left).because(f"{left} < {excess} for a nearer matrix").giving(better=matrix)
    )
