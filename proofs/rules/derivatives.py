"""Gradients and derivatives of functions of matrices and of curves; the chain rule.

`smooth(f)` says that f is continuously differentiable.
"""

from typing import Any

from symbolic_landscape.proofs.rules.objects import (
    A,
    B,
    C,
    Z,
    f,
    g,
    h,
    i,
    j,
    m,
    n,
    o,
    p,
    q,
    r,
    t,
    x,
)
from symbolic_landscape.statement import smoothness
from symbolic_landscape.statement.language import (
    Expr,
    derivative,
    entries,
    every,
    fn,
    gradient,
    identity_matrix,
    integer,
    matrix,
    total,
    trace,
)
from symbolic_landscape.statement.rule import rule

RUDIN = "Rudin, Principles of Mathematical Analysis, 9"
smooth = smoothness.smooth
M, V, P = matrix("M", n, p), matrix("V", n, p), matrix("P", m, n)
T = matrix("T", m, n)
"""Targets."""


def summed(function: Expr, entries: Expr) -> Expr:
    """The sum of a function over the entries of an m x n matrix."""
    return total(i, 1, m, total(j, 1, n, function(entries[i, j])))


gradient_of_affine = rule(
    smooth(o), then=gradient(fn(M, o(A @ M + C)), V) == A.T @ gradient(o, A @ V + C), source=RUDIN
)
gradient_of_layer = rule(
    smooth(o),
    smooth(f),
    then=gradient(fn(Z, o(f(Z) @ B + C)), P)
    == (gradient(o, f(P) @ B + C) @ B.T) * derivative(f)(P),
    source=RUDIN,
)
gradient_of_entrywise = rule(
    smooth(h),
    smooth(f),
    then=gradient(fn(Z, h(f(Z))), P) == gradient(h, f(P)) * derivative(f)(P),
    source=RUDIN,
)
gradient_of_sum = rule(
    smooth(g), then=gradient(fn(Z, summed(g, Z - T)), P) == derivative(g)(P - T), source=RUDIN
)
smooth_layer = rule(smooth(o), smooth(f), then=smooth(fn(Z, o(f(Z) @ B + C))), source=RUDIN)
smooth_entrywise = rule(smooth(h), smooth(f), then=smooth(fn(Z, h(f(Z)))), source=RUDIN)
smooth_sum = rule(smooth(g), then=smooth(fn(Z, summed(g, Z - T))), source=RUDIN)
derivative_of_constant = rule(every(t, f(t) == r), then=derivative(f)(x) == 0, source=RUDIN)
row, column = integer("row"), integer("column")


def unit_matrix(i: Any, j: Any, rows: Any, columns: Any) -> Expr:
    """The matrix with 1 at (i, j) and 0 elsewhere."""
    here = identity_matrix(rows)[row, i] * identity_matrix(columns)[column, j]
    return entries(row, column, rows, columns, here)


unit = unit_matrix(i, j, m, n)
entry_of_gradient = rule(
    smooth(h),
    then=gradient(h, Z)[i, j] == derivative(fn(t, h(Z + t * unit)))(0),
    where=(i >= 1, i <= m, j >= 1, j <= n),
    source=RUDIN,
)

D, G = matrix("D", m, n), matrix("G", m, n)
Q, N, C2 = matrix("Q", q, m), matrix("N", n, p), matrix("C2", q, p)
gradient_of_expansion = rule(
    every(D, h(Z + D) == h(Z) + trace(G.T @ D) + r * trace((Q @ D @ N).T @ (Q @ D @ N))),
    then=gradient(h, Z) == G,
    source=RUDIN,
)
smooth_squares = rule(
    then=smooth(fn(D, r * trace((Q @ D @ N + C2).T @ (Q @ D @ N + C2)))), source=RUDIN
)
