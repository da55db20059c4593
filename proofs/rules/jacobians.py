"""Maps of vectors: Jacobian matrices, derivatives along lines, squared lengths."""

from typing import Any

from symbolic_landscape.proofs.rules.curves import twice_smooth
from symbolic_landscape.proofs.rules.derivatives import RUDIN, smooth
from symbolic_landscape.proofs.rules.objects import hi, i, lo, m, n, r, t, u, v, x
from symbolic_landscape.statement.language import (
    Expr,
    derivative,
    each,
    entries,
    fn,
    function,
    gradient,
    integer,
    matrix,
    total,
    trace,
)
from symbolic_landscape.statement.rule import rule

row, column = integer("row"), integer("column")
w, z = matrix("w", n, 1), matrix("z", n, 1)
Q = function("Q", z, u)
"""A map from vectors to vectors."""
X = function("X", x, u)
"""A curve of vectors."""
F = function("F", i, function("", x, r))
"""A function of one number for each index."""


def jacobian(Q: Any, v: Any, rows: Any, columns: Any) -> Expr:
    """The matrix of partial derivatives of a map of vectors at v."""
    z = matrix("z", columns, 1)
    return entries(row, column, rows, columns, gradient(fn(z, Q(z)[row, 1]), v)[column, 1])


J = jacobian(Q, v, m, n)
line = fn(t, Q(v + t * w) + u)
length, parts = fn(t, r * trace(X(t).T @ X(t))), fn(t, r + total(i, lo, hi, F(i)(t)))

smooth_map_of_twice = rule(twice_smooth(Q), then=smooth(Q), source=RUDIN)
gradient_of_weighted_values = rule(
    smooth(Q), then=gradient(fn(z, trace(u.T @ Q(z))), v) == J.T @ u, source=RUDIN
)
smooth_on_line = rule(smooth(Q), then=smooth(line), source=RUDIN)
derivative_on_line = rule(smooth(Q), then=derivative(line)(0) == J @ w, source=RUDIN)
smooth_squared_length = rule(smooth(X), then=smooth(length), source=RUDIN)
derivative_of_squared_length = rule(
    smooth(X),
    then=derivative(length)(x) == 2 * r * trace(X(x).T @ derivative(X)(x)),
    source=RUDIN,
)
derivative_of_finite_sum = rule(
    each(i, lo, hi, smooth(F(i))),
    then=derivative(parts)(x) == total(i, lo, hi, derivative(F(i))(x)),
    source=RUDIN,
)
