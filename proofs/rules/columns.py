"""Columns: unit vectors, and matrices that act on one column."""

from symbolic_landscape.proofs.rules.objects import A2, A, i, j, k, m, n, u, v
from symbolic_landscape.statement.language import (
    define,
    each,
    entries,
    identity_matrix,
    integer,
    matrix,
    ones,
    total,
    trace,
)
from symbolic_landscape.statement.rule import rule

row, column = integer("row"), integer("column")


unit = define(
    "unit vector",
    (n, k),
    entries(row, column, n, 1, identity_matrix(n)[row, k]),
    text="e_{1}",
    latex="e_{1}",
)
"""The unit vector of n entries with its 1 at k."""

diagonal = define(
    "diagonal matrix",
    (m, u),
    entries(row, column, m, m, u[row, 1] * identity_matrix(m)[row, column]),
    text="diag_{0}({1})",
    latex=r"\operatorname{{diag}}_{0}({1})",
)
"""The diagonal matrix with the entries of a column of m entries."""

times_unit = rule(then=(A @ unit(n, k))[i, 1] == A[i, k], where=(k >= 1, k <= n))
hadamard_on_column = rule(A2 * (ones(m, 1) @ v.T) == u @ v.T, then=(A * A2) @ v == u * (A @ v))
"""Where v is not 0 the factors of row i are u_i, so they leave the sum."""
hadamard_with_unit = rule(
    then=A * (ones(m, 1) @ unit(n, k).T) == A @ unit(n, k) @ unit(n, k).T,
    where=(k >= 1, k <= n),
)
hadamard_of_rank_one = rule(then=(u @ ones(1, n)) * (ones(m, 1) @ v.T) == u @ v.T)
row_with_one_entry = rule(
    each(j, 1, n, (j != k) >> (A[i, j] == 0)),
    then=A.T @ unit(m, i) == A[i, k] * unit(n, k),
    where=(i >= 1, i <= m, k >= 1, k <= n),
)
entry_of_scaled_rows = rule(then=(diagonal(m, u) @ A)[i, j] == u[i, 1] * A[i, j])
diagonal_of_column = rule(
    then=diagonal(m, A2 @ unit(n, k)) @ A @ unit(n, k) == (A * A2) @ unit(n, k),
    where=(k >= 1, k <= n),
)
zero_of_columns = rule(each(j, 1, n, A @ unit(n, j) == 0), then=A == 0)
zero_column = rule(each(i, 1, m, u[i, 1] == 0), then=u == 0)
equal_of_entries = rule(each(i, 1, m, each(j, 1, n, A[i, j] == A2[i, j])), then=A == A2)
diagonal_is_symmetric = rule(then=diagonal(m, u).T == diagonal(m, u))
row_of_numbers = matrix("H", 1, n)
sum_of_column = rule(
    then=u.T @ ones(m, 1) @ row_of_numbers == total(i, 1, m, u[i, 1]) * row_of_numbers
)
weighted_squares = rule(
    then=total(k, 1, n, v[k, 1] * trace((A @ unit(n, k)).T @ (A @ unit(n, k))))
    == trace(A @ diagonal(n, v) @ A.T)
)
square_of_column = rule(then=trace(u.T @ u) == total(i, 1, m, u[i, 1] * u[i, 1]))
diagonal_by_units = rule(then=total(i, 1, m, u[i, 1] * unit(m, i) @ unit(m, i).T) == diagonal(m, u))
u2 = matrix("u2", m, 1)
repeated_hadamard = rule(
    A == u @ ones(1, n), A2 == u2 @ ones(1, n), then=A * A2 == (u * u2) @ ones(1, n)
)
same_columns = u @ ones(1, n)
squares_of_repeated = rule(then=trace(same_columns.T @ same_columns) == n * trace(u.T @ u))
