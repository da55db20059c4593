"""The exponential function, and the logarithm as its inverse."""

from symbolic_landscape.proofs.rules.objects import i, j, n, r, s, t, v, x, y
from symbolic_landscape.statement.language import (
    Expr,
    derivative,
    each,
    exists,
    fn,
    matrix,
    trace,
)
from symbolic_landscape.statement.rule import rule
from symbolic_landscape.statement.term import SCALAR_FUNCTION, term

RUDIN = "Rudin, Principles of Mathematical Analysis, 8"
exp = Expr(term("const", SCALAR_FUNCTION, name="exp"))
log = Expr(term("const", SCALAR_FUNCTION, name="log"))
"""The natural logarithm; at numbers that are not positive it is some number."""

exp_positive = rule(then=exp(x) > 0, source=RUDIN)
exp_of_sum = rule(then=exp(x + r) == exp(x) * exp(r), source=RUDIN)
exp_at_zero = rule(then=exp(0) == 1, source=RUDIN)
exp_increases = rule(s < t, then=exp(s) < exp(t), source=RUDIN)
derivative_of_exp = rule(then=derivative(exp)(x) == exp(x), source=RUDIN)
exp_of_log = rule(x > 0, then=exp(log(x)) == x, source=RUDIN)
log_of_exp = rule(then=log(exp(x)) == x, source=RUDIN)
log_increases = rule(s > 0, s < t, then=log(s) < log(t), source=RUDIN)
log_not_decreasing = rule(s > 0, s <= t, then=log(s) <= log(t), source=RUDIN)
log_of_product = rule(s > 0, t > 0, then=log(s * t) == log(s) + log(t), source=RUDIN)
log_below_tangent = rule(x > 0, then=log(x) <= x - 1, source=RUDIN)
exp_not_decreasing = rule(s <= t, then=exp(s) <= exp(t), source=RUDIN)
derivative_of_exponential = rule(
    then=derivative(fn(t, r + s * exp(x * t)))(y) == s * x * exp(x * y), source=RUDIN
)

row = matrix("row", 1, n)
independent_exponentials = rule(
    v != 0,
    each(i, 1, n, each(j, i + 1, n, row[1, i] != row[1, j])),
    then=exists(t, trace(exp(t * row) @ v) != 0),
    source="Polya and Szego, Problems and Theorems in Analysis II, V.75",
)
"""Exponential functions with different exponents are linearly independent."""
