"""Matrices put together from blocks: [A, D] beside each other, A above Q."""

from symbolic_landscape.proofs.rules.objects import A2, A, B, C, D, f, m, n, p, q
from symbolic_landscape.statement.language import block, both, exists, matrix, ones, stack
from symbolic_landscape.statement.rule import rule

P, Q = matrix("P", m, n), matrix("Q", p, n)
H = matrix("H", m + p, n)
U = matrix("U", q, p)
a = matrix("a", m, 1)

block_orthogonal = rule(A.T @ C == 0, D.T @ C == 0, then=block(A, D).T @ C == 0)
block_times_stack = rule(then=block(A, D) @ stack(B, U) == A @ B + D @ U)
split_rows = rule(then=exists(P, Q, H == stack(P, Q)))
block_of_zeros = rule(A == 0, D == 0, then=block(A, D) == 0)
stack_of_zeros = rule(P == 0, Q == 0, then=stack(P, Q) == 0)
column_of_repeated = rule(a @ ones(1, p) == 0, then=a == 0, where=(p >= 1,))

X, B2, D2 = matrix("X", m, p), matrix("B2", n, q), matrix("D2", m, q)
block_associative = rule(then=block(block(A, D), X) == block(A, block(D, X)))
times_block = rule(then=A @ block(B, B2) == block(A @ B, A @ B2))
sum_of_blocks = rule(then=block(A, D) + block(A2, D2) == block(A + A2, D + D2))
entrywise_of_block = rule(then=f(block(A, D)) == block(f(A), f(D)))
stack_times = rule(then=stack(P, Q) @ B2 == stack(P @ B2, Q @ B2))
parts_of_zero = rule(stack(P, Q) == 0, then=both(P == 0, Q == 0))
repeated_column_summed = rule(then=a @ ones(1, p) @ ones(p, 1) == p * a)
W = matrix("W", m, n + q)
split_columns = rule(then=exists(A, D, W == block(A, D)))
