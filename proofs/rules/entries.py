"""Entries of matrices, Hadamard products, signs."""

from typing import Any

from symbolic_landscape.proofs.rules.derivatives import unit
from symbolic_landscape.proofs.rules.objects import A2, S2, A, B, S, f, i, j, k, m, n, u, v, x
from symbolic_landscape.statement.language import (
    Expr,
    both,
    each,
    entries,
    exists,
    function,
    identity_matrix,
    integer,
    matrix,
    ones,
    total,
    trace,
    true,
)
from symbolic_landscape.statement.rule import rule

P = function("P", i, function("", j, function("", x, true)))
"""A property of numbers for each place."""
H = matrix("H", 1, n)

entry_of_zero = rule(A == 0, then=A[i, j] == 0, where=(i >= 1, i <= m, j >= 1, j <= n))
zero_of_entries = rule(each(i, 1, m, each(j, 1, n, A[i, j] == 0)), then=A == 0)
hadamard_cancel = rule(each(i, 1, m, each(j, 1, n, A[i, j] != 0)), A * A2 == 0, then=A2 == 0)

entry_of_product = rule(then=(A @ B)[i, j] == total(k, 1, n, A[i, k] * B[k, j]))
entry_of_repeated_row = rule(then=(ones(m, 1) @ H)[i, j] == H[1, j], where=(i >= 1, i <= m))
entry_above = rule(then=A[i, j] == 0, where=(i <= 0,))
entry_below = rule(then=A[i, j] == 0, where=(m + 1 <= i,))
matrix_of_values = rule(
    each(i, 1, m, each(j, 1, n, exists(x, P(i)(j)(x)))),
    then=exists(A, each(i, 1, m, each(j, 1, n, P(i)(j)(A[i, j])))),
)

top, place, o = integer("top"), integer("place"), integer("o")


def row_of(A: Expr, i: Any) -> Expr:
    """Row i of the matrix."""
    return entries(top, place, 1, A.columns, A[i, place])


row_of_product = rule(then=row_of(A @ B, i) == row_of(A, i) @ B)
row_of_sum = rule(then=row_of(A + A2, i) == row_of(A, i) + row_of(A2, i))
row_of_image = rule(then=row_of(f(A), i) == f(row_of(A, i)), where=(i >= 1, i <= m))
row_of_repeated = rule(then=row_of(ones(m, 1) @ H, i) == H, where=(i >= 1, i <= m))


def column_of(A: Expr, j: Any) -> Expr:
    """Column j of the matrix."""
    return entries(top, place, A.rows, 1, A[top, j])


column_of_product = rule(then=column_of(A @ B, j) == A @ column_of(B, j))
column_of_sum = rule(then=column_of(A + A2, j) == column_of(A, j) + column_of(A2, j))
column_of_image = rule(then=column_of(f(A), j) == f(column_of(A, j)), where=(j >= 1, j <= n))
repeated_column = rule(then=column_of(u @ ones(1, n), j) == u, where=(j >= 1, j <= n))


def unit_vector(j: Expr, n: Expr) -> Expr:
    """The vector of length n with its 1 at j."""
    return entries(top, place, n, 1, identity_matrix(n)[top, j])


product_with_unit = rule(
    then=A @ unit_vector(j, n) == entries(top, place, m, 1, A[top, j]), where=(j >= 1, j <= n)
)

squares_not_negative = rule(then=trace(A.T @ A) >= 0)
zero_of_squares = rule(trace(A.T @ A) <= 0, then=A == 0)
entry_by_unit = rule(then=trace(unit.T @ A) == A[i, j])
unit_times_matrix = rule(then=(unit @ B)[k, o] == identity_matrix(m)[k, i] * B[j, o])
"""Row i of the product is row j of B, and the other rows are 0."""
matrix_of_entries = rule(then=entries(top, place, m, n, A[top, place]) == A)

A3 = matrix("A3", m, n)
unit = entries(top, place, m, n, identity_matrix(m)[top, i] * identity_matrix(n)[place, j])
"""The matrix with its 1 at (i, j)."""
trace_hadamard = rule(then=trace((A * A2).T @ A3) == trace(A.T @ (A2 * A3)))
hadamard_unit = rule(A[i, j] == 0, then=A * unit == 0)
hadamard_quotient = rule(each(i, 1, m, each(j, 1, n, A[i, j] != 0)), then=exists(A3, A * A3 == A2))
trace_with_zero = rule(A2 == 0, then=trace(A.T @ A2) == 0)
square_of_entry = rule(
    then=A[i, j] * A[i, j] <= trace(A.T @ A), where=(i >= 1, i <= m, j >= 1, j <= n)
)

b = function("b", i, function("", j, x))
positive_below = rule(
    each(i, 1, m, each(j, 1, n, b(i)(j) > 0)),
    then=exists(x, both(x > 0, each(i, 1, m, each(j, 1, n, x <= b(i)(j))))),
)
some_image = rule(A != 0, then=exists(v, A @ v != 0))
outer_product_not_zero = rule(u != 0, v != 0, then=u @ v.T != 0)
multiple_not_zero = rule(x != 0, A != 0, then=x * A != 0)
squares_of_equal = rule(A == A2, then=trace(A.T @ A) == trace(A2.T @ A2))
trace_of_equal = rule(S == S2, then=trace(S) == trace(S2))
gram_of_equal = rule(A == A2, then=A @ A.T == A2 @ A2.T)
A4 = matrix("A4", m, n)
zero_turned = rule(S.T == S, A4 @ S @ B == 0, then=B.T @ S @ A4.T == 0)
H2 = matrix("H2", 1, m)
scaled_columns = rule(then=(H2 @ A) * H == H2 @ (A * (ones(m, 1) @ H)))
square_by_entries = rule(then=trace(A.T @ A) == total(i, 1, m, total(j, 1, n, A[i, j] * A[i, j])))
trace_by_entries = rule(then=trace(A.T @ A2) == total(i, 1, m, total(j, 1, n, A[i, j] * A2[i, j])))
lifted_above_zero = rule(then=exists(x, each(i, 1, m, u[i, 1] + x > 0)))
position = function("position", i, function("", j, i))
row_at, column_at = function("row_at", i, i), function("column_at", i, i)
within = both(1 <= position(i)(j), position(i)(j) <= m * n)
there = both(row_at(position(i)(j)) == i, column_at(position(i)(j)) == j)
inside = both(1 <= row_at(k), row_at(k) <= m, 1 <= column_at(k), column_at(k) <= n)
places_in_a_row = rule(
    then=exists(
        position,
        row_at,
        column_at,
        both(
            each(i, 1, m, each(j, 1, n, both(within, there))),
            each(k, 1, m * n, both(inside, position(row_at(k))(column_at(k)) == k)),
        ),
    )
)
"""The places of a matrix can be numbered from 1 on."""
entry_of_equal = rule(A == A2, then=A[i, j] == A2[i, j])
