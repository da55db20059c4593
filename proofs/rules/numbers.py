"""Derivatives of functions of one real number, and what a derivative of one sign says."""

from symbolic_landscape.proofs.rules.curves import analytic
from symbolic_landscape.proofs.rules.derivatives import RUDIN, smooth
from symbolic_landscape.proofs.rules.exponentials import exp, log
from symbolic_landscape.proofs.rules.limits import tends
from symbolic_landscape.proofs.rules.objects import f, g, r, s, t, x
from symbolic_landscape.statement.language import Expr, derivative, every, fn, the
from symbolic_landscape.statement.rule import rule
from symbolic_landscape.statement.term import term


def recip(x):
    """1 / x; at 0 it is some number."""
    return Expr(term("recip", the(x)))


affine, total, product = fn(t, r + t * s), fn(t, f(t) + g(t)), fn(t, f(t) * g(t))
composed, logarithm = fn(t, f(g(t))), fn(t, log(g(t)))
positive = every(t, g(t) > 0)

smooth_affine = rule(then=smooth(affine), source=RUDIN)
smooth_total = rule(smooth(f), smooth(g), then=smooth(total), source=RUDIN)
smooth_product = rule(smooth(f), smooth(g), then=smooth(product), source=RUDIN)
smooth_composed = rule(smooth(f), smooth(g), then=smooth(composed), source=RUDIN)
smooth_exp = rule(then=smooth(exp), source=RUDIN)
smooth_log = rule(smooth(g), positive, then=smooth(logarithm), source=RUDIN)

derivative_of_affine = rule(then=derivative(affine)(x) == s, source=RUDIN)
derivative_of_total = rule(
    smooth(f),
    smooth(g),
    then=derivative(total)(x) == derivative(f)(x) + derivative(g)(x),
    source=RUDIN,
)
derivative_of_numbers = rule(
    smooth(f),
    smooth(g),
    then=derivative(product)(x) == derivative(f)(x) * g(x) + f(x) * derivative(g)(x),
    source=RUDIN,
)
derivative_of_composed = rule(
    smooth(f),
    smooth(g),
    then=derivative(composed)(x) == derivative(f)(g(x)) * derivative(g)(x),
    source=RUDIN,
)
derivative_of_log = rule(
    smooth(g),
    positive,
    then=g(x) * derivative(logarithm)(x) == derivative(g)(x),
    source=RUDIN,
)
increasing_by_slope = rule(
    smooth(f), every(t, derivative(f)(t) > 0), s < t, then=f(s) < f(t), source=RUDIN
)

# ---- quotients -----------------------------------------------------------------------------------
reciprocal_positive = rule(s > 0, then=recip(s) > 0)
quotient_bound = rule(s > 0, s * x <= t, then=x <= t * recip(s))
reciprocal_fades = rule(then=tends(fn(t, recip(t)), 0), source=RUDIN)
reciprocal_decreases = rule(s > 0, s < t, then=recip(t) < recip(s))

# ---- analytic functions of one number ------------------------------------------------------------
KRANTZ_PARKS = "Krantz and Parks, A Primer of Real Analytic Functions, 1.4"
analytic_affine = rule(then=analytic(affine), source=KRANTZ_PARKS)
analytic_of_sum = rule(analytic(f), analytic(g), then=analytic(total), source=KRANTZ_PARKS)
analytic_of_composed = rule(analytic(f), analytic(g), then=analytic(composed), source=KRANTZ_PARKS)
analytic_exp = rule(then=analytic(exp), source=KRANTZ_PARKS)
analytic_reciprocal = rule(
    analytic(g), positive, then=analytic(fn(t, recip(g(t)))), source=KRANTZ_PARKS
)
analytic_logarithm = rule(analytic(g), positive, then=analytic(logarithm), source=KRANTZ_PARKS)
