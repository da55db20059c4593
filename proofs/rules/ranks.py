"""Kernels and ranks of matrices."""

from symbolic_landscape.proofs.rules.objects import A2, A, B, D, R, S, i, j, k, m, n, p, q, u, v, x
from symbolic_landscape.proofs.rules.points import close
from symbolic_landscape.statement.language import (
    block,
    both,
    det,
    each,
    every,
    exists,
    function,
    identity_matrix,
    inverse,
    matrix,
    ones,
    stack,
    total,
    trace,
)
from symbolic_landscape.statement.language import rank as rk
from symbolic_landscape.statement.rule import rule

HJ = "Horn and Johnson, Matrix Analysis, 0.4"
w, Q = matrix("w", m, 1), matrix("Q", q, n)
below = matrix("below", p, n)
P, R2, C2 = matrix("P", q, m), matrix("R2", m, q), matrix("C2", p, n)
d = function("d", i, function("", j, function("", k, x)))
"""A vector of numbers for each pair of indices."""

kernel_of_full_column_rank = rule(rk(A) == n, A @ B == 0, then=B == 0, source=HJ)
w2 = matrix("w2", n, 1)
rank_of_annihilated = rule(A @ B == 0, then=rk(A) + rk(B) <= n, source=HJ)
kernel_is_a_space = rule(A @ v == 0, A @ w2 == 0, then=A @ (v + x * w2) == 0)
kernel_vector = rule(rk(A) < n, then=exists(v, both(v != 0, A @ v == 0)), source=HJ)
rank_at_most_rows = rule(then=rk(A) <= m, source=HJ)
rank_at_most_columns = rule(then=rk(A) <= n, source=HJ)
rank_of_transpose = rule(then=rk(A.T) == rk(A), source=HJ)
rank_of_product_left = rule(then=rk(A @ B) <= rk(A), source=HJ)
rank_of_product_right = rule(then=rk(A @ B) <= rk(B), source=HJ)
rank_of_sum = rule(then=rk(A + A2) <= rk(A) + rk(A2), source=HJ)
rank_of_block = rule(then=rk(block(A, D)) <= rk(A) + rk(D), source=HJ)
rank_of_upper = rule(then=rk(A) <= rk(stack(A, below)), source=HJ)
rank_of_part = rule(then=rk(A) <= rk(block(A, D)), source=HJ)
right_inverse = rule(rk(A) == m, then=exists(R, A @ R == identity_matrix(m)), source=HJ)
rank_of_ones = rule(then=rk(ones(m, n)) == 1, where=(m >= 1, n >= 1))
full_rank_of_determinant = rule(det(S) != 0, then=rk(S) == n, source=HJ)
determinant_of_full_rank = rule(rk(S) == n, then=det(S) != 0, source=HJ)
rank_of_new_column = rule(u.T @ A == 0, u.T @ w != 0, then=rk(block(A, w)) == rk(A) + 1, source=HJ)
rank_of_swapped = rule(then=rk(block(A, D)) == rk(block(D, A)), source=HJ)
off_hyperplanes = rule(
    each(i, 1, m, each(j, i + 1, m, ~each(k, 1, n, d(i)(j)(k) == 0))),
    then=exists(v, each(i, 1, m, each(j, i + 1, m, total(k, 1, n, d(i)(j)(k) * v[k, 1]) != 0))),
)
rank_of_column_operation = rule(then=rk(block(A + D @ Q, D)) == rk(block(A, D)), source=HJ)
rank_of_block_product = rule(then=rk(block(A @ B, D)) <= rk(block(A, D)), source=HJ)
left_inverse = rule(rk(A) == n, then=exists(R, R @ A == identity_matrix(n)), source=HJ)
gram_inverse = rule(rk(A) == m, then=A @ A.T @ inverse(A @ A.T) == identity_matrix(m), source=HJ)
rank_of_multiple = rule(x != 0, then=rk(x * A) == rk(A), source=HJ)
inverse_of_full_rank = rule(rk(S) == n, then=S @ inverse(S) == identity_matrix(n), source=HJ)
inverse_on_the_left = rule(rk(S) == n, then=inverse(S) @ S == identity_matrix(n), source=HJ)
rank_of_gram = rule(then=rk(A @ A.T) == rk(A), source=HJ)
rank_factors = rule(rk(A) <= q, then=exists(D, Q, A == D @ Q), source=HJ)
rank_of_identity = rule(then=rk(identity_matrix(n)) == n, source=HJ)
rank_after_injective = rule(rk(A) == n, then=rk(A @ B) == rk(B), source=HJ)
rank_of_zero = rule(A == 0, then=rk(A) == 0, source=HJ)
same_columns = rule(rk(A @ B) == rk(A), then=exists(C2, A == A @ B @ C2), source=HJ)
same_rows = rule(rk(P @ A) == rk(A), then=exists(R2, A == R2 @ P @ A), source=HJ)
"""A product with the rank of a factor has the columns of the left one, or the rows of the right."""
zero_inside = rule(A == 0, then=P @ A @ B == 0)
injective_bounded_below = rule(
    rk(A) == n,
    then=exists(x, both(x > 0, every(v, x * x * trace(v.T @ v) <= trace((A @ v).T @ (A @ v))))),
    source="Horn and Johnson, Matrix Analysis, 2.6",
)
F, N = matrix("F", m, q), matrix("N", q, m)
gram_factor = rule(
    rk(A) <= q,
    then=exists(F, A @ A.T == F @ F.T),
    source="Horn and Johnson, Matrix Analysis, 7.2",
)
left_kernel = rule(rk(A) + q <= m, then=exists(N, both(rk(N) == q, N @ A == 0)), source=HJ)
L2 = matrix("L2", p, m)
squares_by_gram = rule(
    A @ A.T == F @ F.T,
    then=trace((L2 @ A).T @ (L2 @ A)) == trace((L2 @ F).T @ (L2 @ F)),
)
embedding = rule(then=exists(A, R, R @ A == identity_matrix(n)), where=(n <= m,))
rank_of_scaled_block = rule(x != 0, then=rk(block(A, x * D)) == rk(block(A, D)), source=HJ)
full_rank_is_dense = rule(
    x > 0, then=exists(A2, both(close(A2, A, x), (rk(A2) == m) | (rk(A2) == n))), source=HJ
)
rank_of_column = rule(u != 0, then=rk(u) == 1, source=HJ)
