"""Limits at infinity of functions of one real number; at minus infinity they are those of f(-t).

`tends(f, r)` is said by a tree: for each eps > 0, f(t) is within eps of r for all late t.
"""

from symbolic_landscape.proofs.rules.exponentials import exp
from symbolic_landscape.proofs.rules.objects import f, g, hi, i, lo, r, s, t, x
from symbolic_landscape.statement.language import (
    Expr,
    both,
    define,
    each,
    every,
    exists,
    fn,
    function,
    real,
    total,
)
from symbolic_landscape.statement.rule import rule

RUDIN = "Rudin, Principles of Mathematical Analysis, 3 and 4"
eps, late = real("eps"), real("late")
d = function("d", i, f)
"""A family of functions of one real number."""
c = function("c", i, x)


def eventually(t: Expr, formula: Expr) -> Expr:
    """The formula holds for all t from some number on."""
    return exists(late, every(t, (late <= t) >> formula))


tends = define(
    "tends",
    (f, r),
    every(eps, (eps > 0) >> eventually(t, both(f(t) - r <= eps, r - f(t) <= eps))),
    text="{0} -> {1}",
    latex=r"{0} \to {1}",
)
increasing = every(s, t, (s < t) >> (f(s) < f(t)))

limit_of_constant = rule(every(t, f(t) == r), then=tends(f, r), source=RUDIN)
limit_of_equal = rule(every(t, f(t) == g(t)), tends(g, r), then=tends(f, r))
limit_of_late_equal = rule(eventually(t, f(t) == g(t)), tends(g, r), then=tends(f, r))
limit_of_sum = rule(tends(f, r), tends(g, s), then=tends(fn(t, f(t) + g(t)), r + s), source=RUDIN)
limit_of_product = rule(
    tends(f, r), tends(g, s), then=tends(fn(t, f(t) * g(t)), r * s), source=RUDIN
)
limit_of_multiple = rule(tends(f, r), then=tends(fn(t, s * f(t)), s * r), source=RUDIN)
limit_of_total = rule(
    each(i, lo, hi, tends(d(i), c(i))),
    then=tends(fn(t, total(i, lo, hi, d(i)(t))), total(i, lo, hi, c(i))),
    source=RUDIN,
)
limit_is_unique = rule(tends(f, r), tends(f, s), then=r == s, source=RUDIN)
limit_along_line = rule(tends(f, r), s > 0, then=tends(fn(t, f(s * t + x)), r), source=RUDIN)
limit_of_squeezed = rule(
    tends(g, 0),
    eventually(t, both(-g(t) <= f(t), f(t) <= g(t))),
    then=tends(f, 0),
    source=RUDIN,
)
nonzero_near_limit = rule(tends(f, r), r != 0, then=eventually(t, f(t) != 0), source=RUDIN)
limit_of_increasing = rule(
    increasing, exists(r, every(t, f(t) <= r)), then=exists(r, tends(f, r)), source=RUDIN
)
increasing_below_limit = rule(increasing, tends(f, r), then=f(x) < r, source=RUDIN)
exp_decays = rule(then=tends(fn(t, exp(-t)), 0), source=RUDIN)
exp_outgrows_linear = rule(s > 0, then=tends(fn(t, t * exp(-s * t)), 0), source=RUDIN)
line_rises = rule(s > 0, then=eventually(t, r <= s * t + x))
exponential_fades = rule(s < 0, then=tends(fn(t, r + x * exp(s * t)), r), source=RUDIN)
