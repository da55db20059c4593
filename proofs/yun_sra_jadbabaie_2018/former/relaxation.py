"""The relaxed problem of Section 3.1: maps R of bounded rank, and how near R X comes to Y.

Notation: L_0(R) = |R X - Y|^2 / 2 over R (d_y, d_x) with rank R <= k; F (d_y, m) the projection of
the rows of Y onto the row space of X; G = F F^T (d_y, d_y), whose eigenvalues are the squared
singular values of F.

Objects: RelaxedProblem, SpectralProblem. Functions: projected_targets, optimal.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from symbolic_landscape.arithmetic import Matrix, Scalar
from symbolic_landscape.errors import ShapeError
from symbolic_landscape.proofs.common.low_rank import column_basis, is_nearest
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.linear import (
    LinearData,
    Rows,
    squared_norm,
)
from symbolic_landscape.verdict import Verdict

HALF = Fraction(1, 2)


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


# --- optimal maps -----


def bare(verdict: Verdict) -> Verdict:
    """The same answer without its wrong neighbours and data."""
    return Verdict(verdict.outcome, verdict.evidence, verdict.reason)


def projected_targets(s: LinearData) -> Matrix:
    """F (d_y, m): each row of Y projected orthogonally onto the row space of X."""
    basis = column_basis(s.X.T)
    if not basis.shape[1]:
        return s.Y.scale(0)
    return s.Y @ basis @ (basis.T @ basis).inverse() @ basis.T


def optimal(s: LinearData, size: int, candidate: Matrix, *, strict: bool = False) -> Verdict:
    """Whether |R X - F| is least among all R with rank R <= size, for a candidate A = R X.

    Every matrix that is nearest to F has its rows in the row space of X, as F has; so this is
    whether A is nearest to F among all matrices of that rank. The data may hold a `better` one.
    """
    return is_nearest(projected_targets(s), size, candidate, strict=strict)
