"""What computing decides: entries, blocks, sums, updates, recursions, transposes, functions."""

from __future__ import annotations

from typing import Any

import pytest
from small_derivations import (
    A2,
    A,
    B,
    C,
    D,
    S,
    T,
    U,
    W,
    accepted,
    back,
    calculation,
    chain,
    check,
    claim,
    definition,
    f,
    g,
    i,
    j,
    k,
    m,
    n,
    p,
    refused,
    sigma,
    step,
    w,
    x,
    y,
    z,
)

from symbolic_landscape.statement.language import (
    Expr,
    block,
    derivative,
    det,
    entries,
    fn,
    gradient,
    identity_matrix,
    inverse,
    ones,
    rank,
    recursion,
    stack,
    the,
    total,
    trace,
    update,
    zeros,
)
from symbolic_landscape.statement.lemma import Claim

VARIABLES = (m, n, p, k, A, A2, B, C, D, S, T, U, W, w, f, g, sigma, x, y, z)


def same(name: str, left: Any, right: Any, *standing: Any) -> Any:
    """A row: two terms become one normal form."""
    then = left == right
    return accepted(name, claim(VARIABLES, then, step("c", then, calculation), standing=standing))


def other(name: str, left: Any, right: Any, *standing: Any) -> Any:
    """A row: two terms do not become one normal form, and need not be equal."""
    then = left == right
    c = claim(VARIABLES, then, step("c", then, calculation), standing=standing)
    return refused(name, "the calculation ends in", c)


one_over = lambda t: Expr(the(1)) / t  # noqa: E731
M = A @ A.T
SUMS_EXCHANGED = total(j, 1, n, total(i, 1, j, S[i, j]))
EQUALITIES = [
    # blocks
    same("left_block", block(A, D)[1, k], A[1, k], k <= n),
    same("left_block_at_the_border", block(A, D)[1, n], A[1, n]),
    other("left_block_beyond_the_border", block(A, D)[1, n + 1], A[1, n + 1]),
    same("right_block", block(A, D)[1, n + 1], D[1, 1]),
    other("right_block_at_the_border", block(A, D)[1, n], D[1, 0]),
    other("block_side_not_known", block(A, D)[1, k], A[1, k]),
    other("block_known_by_rows", block(A, D)[1, k], A[1, k], k <= m),
    same("upper_block", stack(A, U)[m, 2], A[m, 2]),
    same("lower_block", stack(A, U)[m + 2, 2], U[2, 2]),
    other("lower_block_not_shifted", stack(A, U)[m + 2, 2], U[m + 2, 2]),
    same("block_without_columns", block(A, zeros(m, 0))[1, k], A[1, k], k <= n),
    same("block_transposed", block(A, D).T, stack(A.T, D.T)),
    other("block_transposed_in_the_other_order", block(A, 2 * A).T, stack(2 * A.T, A.T)),
    other("blocks_do_not_commute", block(A, A2), block(A2, A)),
    # ones, identity, maps, entries
    same("ones_inside", ones(m, n)[k, 1], 1, k >= 1, k <= m, n >= 1),
    other("ones_outside", ones(m, n)[k, 1], 1, k >= 1, n >= 1),
    other("ones_above", ones(m, n)[0, 1], 1, m >= 1, n >= 1),
    other("ones_of_an_empty_matrix", ones(m, n)[1, 1], 1, m >= 1),
    same("identity_on_the_diagonal", identity_matrix(n)[k, k], 1, k >= 1, k <= n),
    other("identity_on_the_diagonal_outside", identity_matrix(n)[k, k], 1, k >= 1),
    same("identity_off_the_diagonal", identity_matrix(n)[k, k + 1], 0),
    other("identity_perhaps_on_the_diagonal", identity_matrix(n)[k, m], 0),
    same("mapped_inside", sigma(A)[1, n], sigma(A[1, n]), m >= 1, n >= 1),
    other("mapped_outside", sigma(A)[0, n], sigma(A[0, n]), m >= 1, n >= 1),
    other("mapped_zero", sigma(zeros(m, n)), zeros(m, n)),
    same("built", entries(i, j, m, n, f(i))[k, n], f(k), k >= 1, k <= m, n >= 1),
    other("built_outside", entries(i, j, m, n, f(i))[k, n], f(k), k >= 1, n >= 1),
    other("built_indices_exchanged", entries(i, j, 3, 3, f(i) * g(j))[1, 2], f(2) * g(1)),
    same("built_transposed", entries(i, j, m, n, f(i) * g(j)).T, entries(i, j, n, m, g(i) * f(j))),
    other("built_not_transposed", entries(i, j, n, n, f(i)).T, entries(i, j, n, n, f(i))),
    same("entry_of_a_transpose", A.T[2, 1], A[1, 2]),
    other("entry_not_transposed", A.T[2, 1], A[2, 1]),
    same("entry_of_a_product_transposed", (A @ B)[1, 2], (B.T @ A.T)[2, 1]),
    other("entry_of_a_product", (A @ B)[1, 2], A[1, 2] * B[1, 2]),
    same("entry_of_a_hadamard_product", (A * A2)[1, 2], A2[1, 2] * A[1, 2]),
    # algebra of matrices
    same("product_transposed", (A @ B + C).T, B.T @ A.T + C.T),
    other("product_transposed_in_the_same_order", (S @ T).T, S.T @ T.T),
    other("matrices_do_not_commute", S @ T, T @ S),
    other("hadamard_is_no_product", S * T, S @ T),
    same("hadamard_commutes", A * A2 * A, A * A * A2),
    same("hadamard_with_ones", A * ones(m, n), A),
    other("hadamard_with_identity", S * identity_matrix(n), S),
    other("hadamard_does_not_associate_with_products", (S * T) @ S, S * (T @ S)),
    same("hadamard_transposed", ((A @ B) * C).T, C.T * (B.T @ A.T)),
    same("trace_turns", trace(A @ A2.T), trace(A2.T @ A)),
    same("trace_turns_three", trace(S @ T @ S.T), trace(S.T @ S @ T)),
    other("trace_exchanges", trace(S @ T @ W[1]), trace(T @ S @ W[1])),
    same("trace_transposed", trace(S @ T), trace(T.T @ S.T)),
    other("trace_of_one_factor_transposed", trace(S @ T), trace(S.T @ T)),
    other("trace_of_a_hadamard_product", trace(M * M), trace(M) * trace(M)),
    same("trace_of_identity", trace(x * identity_matrix(n)), n * x),
    other("trace_of_ones", trace(ones(n, n) @ ones(n, n)), n),
    other("determinant_of_a_product", det(S @ T), det(S) * det(T)),
    other("inverse_of_singular_matrices_transposed", inverse(S).T, inverse(S.T)),
    other("inverse_of_a_singular_matrix", S @ inverse(S), identity_matrix(n)),
    other("reciprocal_of_zero", x * one_over(x), 1),
    other("rank_of_a_multiple", rank(x * A), rank(A)),
    other("rank_of_a_transpose_is_a_rule", rank(A.T), rank(A)),
    # sums
    same("count", total(i, 1, n, x), n * x),
    other("count_from_zero", total(i, 0, n, x), n * x),
    other("count_of_a_range_that_may_be_backwards", total(i, 1, k, x), k * x),
    same("count_of_a_range_that_is_not", total(i, 1, k, x), k * x, k >= 0),
    same("count_one_short", total(i, 2, k, x), (k - 1) * x, k >= 1),
    other("count_two_short", total(i, 2, k, x), (k - 1) * x, k >= 0),
    same("summand_without_the_index", total(i, 1, n, x * f(i)), x * total(i, 1, n, f(i))),
    other("sum_of_products", total(i, 1, n, f(i) * g(i)), total(i, 1, n, f(i)) * g(k)),
    other("sum_in_another_range", total(i, 1, n, f(i)), total(i, 0, n, f(i))),
    other("sum_shifted", total(i, 1, n, f(i)), total(i, 0, n - 1, f(i))),
    other("sum_backwards", total(i, 1, n, f(i)), total(i, n, 1, f(i))),
    other("sum_over_none", total(i, 1, 0, f(i)), f(1)),
    other("sum_over_one_index", total(i, 1, n, total(j, 1, n, A[i, j])), total(i, 1, n, A[i, i])),
    other(
        "sums_exchanged",
        total(i, 1, n, total(j, 1, i, A[i, j])),
        total(j, 1, n, total(i, 1, j, A[i, j])),
    ),
    same("sum_of_matrices", total(i, 1, n, f(i) * (A @ B)), total(i, 1, n, f(i)) * (A @ B)),
    same("sides_of_a_sum", total(i, 1, n, S @ W[i] @ T), S @ total(i, 1, n, W[i]) @ T),
    other("sides_of_a_sum_exchanged", total(i, 1, n, S @ W[i]), total(i, 1, n, W[i]) @ S),
    # updates and recursions
    same("updated_there", update(f, k, x)[k], x),
    same("updated_there_by_another_name", update(f, k + 1, x)[1 + k], x),
    same("updated_elsewhere", update(f, k, x)[k - 1], f(k - 1)),
    other("updated_perhaps_there", update(f, k, x)[n], f(n)),
    other("updated_at_or_below", update(f, k, x)[n], f(n), n <= k),
    same("updated_above", update(f, k, x)[n], f(n), n < k),
    same("updated_twice_the_last_counts", update(update(f, k, x), k, y)[k], y),
    other("updated_twice_the_first_counts", update(update(f, k, x), k, y)[k], x),
    same("updated_by_its_own_value", update(f, k, f(k)), f),
    other("updated_by_another_value", update(f, k, f(k + 1)), f),
    other("updates_in_another_order", update(update(f, k, x), 0, y), update(update(f, 0, y), k, x)),
    same("width_updated", update(w, 0, n)[1] * x, w[1] * x),
    other("sum_of_an_update", total(i, 1, n, update(f, k, x)[i]), total(i, 1, n, f(i))),
    same("sum_of_an_update_elsewhere", total(i, 1, n, update(f, 0, x)[i]), total(i, 1, n, f(i))),
    same("recursion_at_its_start", chain[0], x),
    other("recursion_not_at_its_start", chain[n], x),
    other("recursion_below_its_start", chain[-1], x),
    same("recursion_down_at_its_start", back[n], y),
    other("recursion_down_at_the_other_end", back[0], y),
    # functions
    same("bound_names", fn(x, x * x), fn(y, y * y)),
    other("another_function", fn(x, x * x), fn(x, x * y)),
    same("applied", fn(x, x * y)(y + 1), y * y + y),
    same("capture_is_avoided", fn(x, fn(y, x * y))(y)(z), y * z),
    other("captured", fn(x, fn(y, x * y))(y)(z), z * z),
    other("derivative_of_a_square", derivative(fn(x, x * x)), fn(x, 2 * x)),
    other("derivative_of_a_constant", derivative(fn(x, y))(0), 0),
    other(
        "derivative_is_not_linear_here",
        derivative(fn(x, 2 * sigma(x)))(z),
        2 * derivative(sigma)(z),
    ),
    other("gradient_of_a_trace", gradient(fn(S, trace(S)), T), identity_matrix(n)),
    same(
        "derivative_of_the_same_function",
        derivative(fn(x, x + sigma(x))),
        derivative(fn(y, sigma(y) + y)),
    ),
]


@pytest.mark.parametrize(("c", "fragment"), EQUALITIES)
def test_equality(c: Claim, fragment: str) -> None:
    check(c, fragment)


# ---- recursions unfolded -------------------------------------------------------------------------
def unfolded(left: Any, right: Any, *standing: Any, uses: tuple[str, ...] = ()) -> Claim:
    """A value of a recursion by its definition."""
    then = left == right
    steps = [step("d", then, definition, *uses)]
    return claim((m, n, k, f, x, y), then, *steps, standing=standing, given=x == 0)


up = recursion(i, y, 1, x, y + f(i))
NEXT = up[k - 1] + f(k)
UNKNOWN = "is not known"
UNFOLDINGS = [
    accepted("next", unfolded(up[k], NEXT, k >= 2)),
    refused("at_the_start", UNKNOWN, unfolded(up[k], NEXT, k >= 1)),
    refused("below_the_start", UNKNOWN, unfolded(up[k], NEXT, k <= 0)),
    refused("index_of_the_step_before", "it is", unfolded(up[k], up[k - 1] + f(k - 1), k >= 2)),
    refused("value_after", "it is", unfolded(up[k], up[k + 1] + f(k), k >= 2)),
    accepted("down", unfolded(back[k], back[k + 1] * f(k), k < n)),
    refused("down_at_the_start", UNKNOWN, unfolded(back[k], back[k + 1] * f(k), k <= n)),
    refused("down_as_if_up", "it is", unfolded(back[k], back[k - 1] * f(k), k < n)),
    refused("no_recursion", "is no value of a recursion", unfolded(f[k], f[k - 1])),
    refused("whole_family", "is no value of a recursion", unfolded(up, f)),
    refused(
        "turned_round", "is no value of a recursion", unfolded(up[k - 1] + f(k), up[k], k >= 2)
    ),
    refused(
        "with_a_fact",
        "rests on no facts",
        unfolded(up[k], NEXT, k >= 2, uses=("given",)),
    ),
    refused(
        "inequality",
        "is no equation",
        claim((k, f, x), up[k] <= x, step("d", up[k] <= x, definition)),
    ),
]


@pytest.mark.parametrize(("c", "fragment"), UNFOLDINGS)
def test_recursion(c: Claim, fragment: str) -> None:
    check(c, fragment)
