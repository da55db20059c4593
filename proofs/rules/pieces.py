"""Functions put together from others: combinations, shifts, two halves, sums over entries."""

from symbolic_landscape.proofs.rules.derivatives import RUDIN, P, smooth
from symbolic_landscape.proofs.rules.objects import Z, f, g, i, j, m, n, r, s, t, x
from symbolic_landscape.statement.language import (
    Expr,
    both,
    derivative,
    each,
    entries,
    every,
    fn,
    function,
    gradient,
    scalar_function,
    total,
)
from symbolic_landscape.statement.rule import rule

h = scalar_function("h")
q = function("q", i, function("q", j, f))
"""A function of one number for each place of a matrix."""


def each_place(formula: Expr) -> Expr:
    """The formula for all places of an m x n matrix."""
    return each(i, 1, m, each(j, 1, n, formula))


entry_sum = fn(Z, total(i, 1, m, total(j, 1, n, q(i)(j)(Z[i, j]))))
slopes_agree = derivative(g)(r) == derivative(h)(r)
left, right = every(t, (t <= r) >> (f(t) == g(t))), every(t, (r <= t) >> (f(t) == h(t)))

smooth_constant = rule(then=smooth(fn(t, r + 0 * t)), source=RUDIN)
"""With 0 t its values are real numbers, also where r is an integer."""
derivative_of_number = rule(then=derivative(fn(t, r))(x) == 0, source=RUDIN)
smooth_square = rule(then=smooth(fn(t, t * t)), source=RUDIN)
derivative_of_square = rule(then=derivative(fn(t, t * t))(x) == 2 * x, source=RUDIN)
smooth_shift = rule(smooth(f), then=smooth(fn(t, f(t + r))), source=RUDIN)
derivative_of_shift = rule(
    smooth(f), then=derivative(fn(t, f(t + r)))(x) == derivative(f)(x + r), source=RUDIN
)
smooth_combination = rule(
    smooth(f), smooth(g), then=smooth(fn(t, r * f(t) + s * g(t))), source=RUDIN
)
derivative_of_combination = rule(
    smooth(f),
    smooth(g),
    then=derivative(fn(t, r * f(t) + s * g(t)))(x) == r * derivative(f)(x) + s * derivative(g)(x),
    source=RUDIN,
)
smooth_of_halves = rule(
    left, right, smooth(g), smooth(h), slopes_agree, then=smooth(f), source=RUDIN
)
derivative_of_halves = rule(
    left,
    right,
    smooth(g),
    smooth(h),
    slopes_agree,
    then=both(
        every(t, (t <= r) >> (derivative(f)(t) == derivative(g)(t))),
        every(t, (r <= t) >> (derivative(f)(t) == derivative(h)(t))),
    ),
    source=RUDIN,
)
smooth_entry_sum = rule(each_place(smooth(q(i)(j))), then=smooth(entry_sum), source=RUDIN)
gradient_of_entry_sum = rule(
    each_place(smooth(q(i)(j))),
    then=gradient(entry_sum, P) == entries(i, j, m, n, derivative(q(i)(j))(P[i, j])),
    source=RUDIN,
)
slope_at_end_of_left_half = rule(
    left, smooth(f), smooth(g), then=derivative(f)(r) == derivative(g)(r), source=RUDIN
)
slope_at_end_of_right_half = rule(
    right, smooth(f), smooth(h), then=derivative(f)(r) == derivative(h)(r), source=RUDIN
)
