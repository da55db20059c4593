"""Orthonormal columns, and bounds on squared norms that pass from vectors to matrices."""

from symbolic_landscape.proofs.rules.columns import diagonal
from symbolic_landscape.proofs.rules.objects import A, B, S, i, m, n, p, q, s, u, v
from symbolic_landscape.statement.language import (
    Expr,
    both,
    define,
    each,
    every,
    exists,
    identity_matrix,
    matrix,
    natural,
    rank,
    trace,
)
from symbolic_landscape.statement.rule import rule

C, Q = matrix("C", q, n), matrix("Q", m, q)


def square(A: Expr) -> Expr:
    """The squared Frobenius norm."""
    return trace(A.T @ A)


bound_of_columns = rule(
    every(v, s * square(v) <= square(A @ v)), then=s * square(B) <= square(A @ B)
)
bound_on_kernel = rule(
    every(v, (C @ v == 0) >> (square(A @ v) <= s * square(v))),
    C @ B == 0,
    then=square(A @ B) <= s * square(B),
)
strict_bound_on_kernel = rule(
    every(v, both(v != 0, C @ v == 0) >> (square(A @ v) < s * square(v))),
    C @ B == 0,
    s * square(B) <= square(A @ B),
    then=B == 0,
)
orthonormal_columns = rule(
    rank(A) <= q,
    then=exists(Q, C, both(Q.T @ Q == identity_matrix(q), A == Q @ C)),
    where=(q <= m,),
    source="Horn and Johnson, Matrix Analysis, 2.1.14",
)
square_orthogonal = rule(
    S.T @ S == identity_matrix(n),
    then=S @ S.T == identity_matrix(n),
    source="Horn and Johnson, Matrix Analysis, 2.1.4",
)
D, K, w = matrix("D", q, p), matrix("K", n, p), matrix("w", p, 1)
level_between = rule(
    every(v, w, (K @ w == 0) >> (square(D @ w) * square(v) <= square(A @ v) * square(w))),
    then=exists(
        s,
        both(
            every(v, s * square(v) <= square(A @ v)),
            every(w, (K @ w == 0) >> (square(D @ w) <= s * square(w))),
        ),
    ),
)
"""Where each quotient |A v|^2 / |v|^2 is at least each |D w|^2 / |w|^2 with K w = 0."""
square_of_outer = rule(then=square(u @ v.T) == square(u) * square(v))

r = natural("r")
only_positive = define(
    "only positive eigenvalues",
    (n, r, S),
    both(S.T == S, rank(S) == r, every(v, trace(v.T @ S @ v) >= 0)),
    text="{2} has {1} positive eigenvalues, and {0} - {1} are 0",
    latex=r"{2} \text{{ has }} {1} \text{{ positive eigenvalues, and }} {0} - {1} \text{{ are }} 0",
)
"""A symmetric matrix of rank r with a form that is nowhere negative."""
eigenvalues, basis = matrix("eigenvalues", n, 1), matrix("basis", n, n)
signs = both(each(i, 1, r, eigenvalues[i, 1] > 0), each(i, r + 1, n, eigenvalues[i, 1] == 0))
eigenvalues_of_semidefinite = rule(
    only_positive(n, r, S),
    then=exists(
        basis,
        eigenvalues,
        both(
            basis.T @ basis == identity_matrix(n),
            S @ basis == basis @ diagonal(n, eigenvalues),
            signs,
        ),
    ),
    source="Horn and Johnson, Matrix Analysis, 2.5.6 and 7.1.2",
)
"""The columns of the basis are eigenvectors, in the order of falling eigenvalues."""
