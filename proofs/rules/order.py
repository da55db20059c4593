"""Inequalities between real numbers."""

from symbolic_landscape.proofs.rules.objects import hi, i, j, lo, n, r, s, t, x, y
from symbolic_landscape.statement.language import both, each, exists, function, true
from symbolic_landscape.statement.rule import rule

P, a = function("P", i, true), function("a", i, x)
"""A property of indices, and a number for each."""
rows = function("rows", i, i)
"""A choice of an index for each index."""

positive_is_not_zero = rule(s > 0, then=s != 0)
positive_product = rule(s > 0, t > 0, then=s * t > 0)
square_not_negative = rule(then=s * s >= 0)
zero_factor = rule(s * t == 0, s != 0, then=t == 0)
least_of_some = rule(
    ~each(i, lo, hi, ~P(i)),
    then=exists(j, both(lo <= j, j <= hi, P(j), each(i, lo, hi, P(i) >> (a(j) <= a(i))))),
)
less_if_different = rule(s <= t, s != t, then=s < t)
sorting = rule(
    then=exists(
        rows,
        both(
            each(i, 1, n, both(rows(i) >= 1, rows(i) <= n)),
            each(i, 1, n, each(j, i + 1, n, both(rows(i) != rows(j), a(rows(i)) <= a(rows(j))))),
        ),
    )
)
weighted_sum_positive = rule(s >= 0, t >= 0, s + t > 0, x > 0, y > 0, then=s * x + t * y > 0)
square_positive = rule(s != 0, then=s * s > 0)
joined_ranges = rule(
    each(i, lo, j - 1, P(i)), P(j), each(i, j + 1, hi, P(i)), then=each(i, lo, hi, P(i))
)
range_extended = rule(each(i, lo, hi, P(i)), P(hi + 1), then=each(i, lo, hi + 1, P(i)))
scaled_equation = rule(x == y, then=s * x == s * y)
positive_factor = rule(s * t > 0, t >= 0, then=s > 0)
factor_not_positive = rule(s * t <= 0, s > 0, then=t <= 0)
first_power_leads = rule(
    x < 0,
    s > 0,
    then=exists(t, both(t > 0, t < s, t * t * x + t * t * t * y + t * t * t * t * r < 0)),
)
product_monotone = rule(s >= 0, x >= 0, s <= t, x <= y, then=s * x <= t * y)
between_of_squares = rule(s * s < t * t, t > 0, then=both(-t < s, s < t))
