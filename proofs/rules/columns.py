"""Columns: unit vectors, and matrices that act on one column."""

from symbolic_landscape.proofs.rules.objects import A, A2, i, j, k, m, n, u, v
from symbolic_landscape.statement.language import each, entries, identity_matrix, integer, ones
from symbolic_landscape.statement.rule import rule

q = integer("q")
unit = entries(i, q, n, 1, identity_matrix(n)[i, k])
"""The unit vector with its 1 at k."""

times_unit = rule(then=(A @ unit)[i, 1] == A[i, k], where=(1 <= k, k <= n))
hadamard_on_column = rule(A2 * (ones(m, 1) @ v.T) == u @ v.T, then=(A * A2) @ v == u * (A @ v))
"""Where v is not 0 the factors of row i are u_i, so they leave the sum."""
equal_of_entries = rule(each(i, 1, m, each(j, 1, n, A[i, j] == A2[i, j])), then=A == A2)
