"""Entries of matrices, Hadamard products, signs."""

from symbolic_landscape.proofs.rules.objects import A, A2, i, j, m, n
from symbolic_landscape.statement.language import each
from symbolic_landscape.statement.rule import rule

entry_of_zero = rule(A == 0, then=A[i, j] == 0, where=(1 <= i, i <= m, 1 <= j, j <= n))
zero_of_entries = rule(each(i, 1, m, each(j, 1, n, A[i, j] == 0)), then=A == 0)
hadamard_cancel = rule(
    each(i, 1, m, each(j, 1, n, A[i, j] != 0)), A * A2 == 0, then=A2 == 0
)
