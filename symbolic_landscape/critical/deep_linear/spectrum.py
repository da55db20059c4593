"""Leading eigenspaces of symmetric rational matrices, with irrational eigenvalues too.

Functions: complement, compression, comparison.

Design notes. A space C that a symmetric G maps into itself splits the eigenvalues: those on C and
those on the orthogonal complement. Both are the roots of a rational characteristic polynomial, so
that Sturm sequences compare them; no eigenvalue is ever approximated. The certificates use another
road (the inertia of one larger matrix), so that the two can disagree if one of them is wrong.
"""

from __future__ import annotations

import flint

from symbolic_landscape.arithmetic import Matrix, RationalMatrix, count_roots, isolate_roots
from symbolic_landscape.errors import DomainError


def column_basis(matrix: Matrix) -> Matrix:
    """Columns of the matrix that form a basis of its column space."""
    _, pivots = matrix.row_reduced()
    return matrix.submatrix(range(matrix.shape[0]), pivots)


def complement(basis: Matrix) -> Matrix:
    """A basis, as columns, of the orthogonal complement of the columns (n, r): shape (n, n - r)."""
    return basis.T.kernel() if basis.shape[1] else basis.field.identity(basis.shape[0])


def is_invariant(gram: Matrix, basis: Matrix) -> bool:
    """Whether the matrix maps the span of the columns into itself."""
    return basis.hstack(gram @ basis).rank() == basis.rank()


def compression(gram: Matrix, basis: Matrix) -> flint.fmpq_poly:
    """The characteristic polynomial of a symmetric matrix on an invariant space.

    Raises DomainError when the matrix is not rational.
    """
    if not basis.shape[1]:
        return flint.fmpq_poly([1])
    small = (basis.T @ basis).inverse() @ basis.T @ gram @ basis
    if not isinstance(small, RationalMatrix):
        message = f"eigenvalues on a space: a rational matrix was needed, got {gram}"
        raise DomainError(message)
    return small.raw.charpoly()


def comparison(upper: flint.fmpq_poly, lower: flint.fmpq_poly) -> int:
    """The sign of (least root of `upper`) - (greatest root of `lower`); 1 where one has no root.

    Both must have real roots only.

    >>> comparison(flint.fmpq_poly([-2, 0, 1]), flint.fmpq_poly([2, 1]))
    1
    """
    if upper.degree() < 1 or lower.degree() < 1:
        return 1
    places = list(enumerate(isolate_roots(upper * lower)))
    least = min(i for i, (a, b) in places if count_roots(upper, a, b))
    greatest = max(i for i, (a, b) in places if count_roots(lower, a, b))
    return (least > greatest) - (least < greatest)


__all__ = ["column_basis", "comparison", "complement", "compression", "is_invariant"]
