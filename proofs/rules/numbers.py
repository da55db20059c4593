"""Derivatives of functions of one real number, and what a derivative of one sign says."""

from symbolic_landscape.proofs.rules.curves import analytic
from symbolic_landscape.proofs.rules.derivatives import RUDIN, smooth
from symbolic_landscape.proofs.rules.exponentials import exp, log
from symbolic_landscape.proofs.rules.limits import tends
from symbolic_landscape.proofs.rules.objects import f, g, r, s, t, x, y
from symbolic_landscape.statement.language import (
    Expr,
    both,
    define,
    derivative,
    every,
    exists,
    fn,
    integer,
    real,
    recursion,
    scalar_function,
    the,
)
from symbolic_landscape.statement.language import total as sum_of
from symbolic_landscape.statement.rule import rule
from symbolic_landscape.statement.term import SCALAR_FUNCTION, term


def recip(x: Expr) -> Expr:
    """1 / x; at 0 it is some number."""
    return Expr(term("recip", the(x)))


affine, total, product = fn(t, r + t * s), fn(t, f(t) + g(t)), fn(t, f(t) * g(t))
composed, logarithm = fn(t, f(g(t))), fn(t, log(g(t)))
positive = every(t, g(t) > 0)

smooth_equal = rule(smooth(f), f == g, then=smooth(g))
smooth_affine = rule(then=smooth(affine), source=RUDIN)
smooth_composed = rule(smooth(f), smooth(g), then=smooth(composed), source=RUDIN)
smooth_log = rule(smooth(g), positive, then=smooth(logarithm), source=RUDIN)

derivative_of_affine = rule(then=derivative(affine)(x) == s, source=RUDIN)
derivative_of_numbers = rule(
    smooth(f),
    smooth(g),
    then=derivative(product)(x) == derivative(f)(x) * g(x) + f(x) * derivative(g)(x),
    source=RUDIN,
)
derivative_of_sum_of_numbers = rule(
    smooth(f),
    smooth(g),
    then=derivative(total)(x) == derivative(f)(x) + derivative(g)(x),
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
derivative_of_quadratic = rule(
    then=derivative(fn(t, r + t * s + t * t * y))(x) == s + 2 * x * y, source=RUDIN
)

derivative_of_cubic = rule(
    then=derivative(fn(t, r + t * s + t * t * y + t * t * t * x))(0) == s, source=RUDIN
)

both_signs_at_crossing = rule(
    smooth(f),
    f(x) == 0,
    derivative(f)(x) < 0,
    then=both(exists(t, f(t) < 0), exists(t, f(t) > 0)),
    source=RUDIN,
)

error = f(x + t) - f(x) - t * derivative(f)(x)
first_order = rule(
    smooth(f),
    then=every(
        r,
        (r > 0)
        >> exists(
            s,
            both(s > 0, every(t, both(-s <= t, t <= s) >> (error * error <= r * r * t * t))),
        ),
    ),
    source=RUDIN,
)

# ---- quotients -----------------------------------------------------------------------------------
reciprocal_positive = rule(s > 0, then=recip(s) > 0)
quotient_bound = rule(s > 0, s * x <= t, then=x <= t * recip(s))
reciprocal_fades = rule(then=tends(fn(t, recip(t)), 0), source=RUDIN)
line_reciprocal_fades = rule(s > 0, then=tends(fn(t, y * recip(r + s * t)), 0), source=RUDIN)
derivative_of_line_reciprocal = rule(
    r + s * x != 0,
    then=derivative(fn(t, y * recip(r + s * t)))(x) == -y * s * recip(r + s * x) ** 2,
    source=RUDIN,
)
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

# ---- Taylor series -------------------------------------------------------------------------------
center, before = real("center"), real("before")
late, length = integer("late"), integer("length")
order = integer("order")


def taylor_sum(f: Expr, center: Expr, length: Expr, x: Expr) -> Expr:
    """The Taylor polynomial of f at the center, up to this order, at x."""
    previous = scalar_function("previous")
    derivatives = recursion(order, previous, 0, f, derivative(previous))
    powers = recursion(order, before, 1, x - center, before * (x - center) * recip(order))
    return f(center) + sum_of(order, 1, length, derivatives[order](center) * powers[order])


remainder = taylor_sum(f, center, length, x) - f(x)
small = both(-r <= remainder, remainder <= r)
converges = every(r, (r > 0) >> exists(late, every(length, (late <= length) >> small)))
near_center = both(-s < x - center, x - center < s)
taylor_near = define(
    "Taylor series near",
    (f, center),
    exists(s, both(s > 0, every(x, near_center >> converges))),
    text="{0} is the sum of its Taylor series near {1}",
    latex=r"{0} = \sum_i \frac{{{0}^{{(i)}}({1})}}{{i!}} (\cdot - {1})^i \text{{ near }} {1}",
)
analytic_of_taylor = rule(
    every(center, taylor_near(f, center)), then=analytic(f), source=KRANTZ_PARKS
)
analytic_of_product = rule(analytic(f), analytic(g), then=analytic(product), source=KRANTZ_PARKS)

# ---- square roots --------------------------------------------------------------------------------
sqrt = Expr(term("const", SCALAR_FUNCTION, name="sqrt"))
"""The root that is not negative; at negative numbers it is some number."""
root = fn(t, sqrt(g(t)))
analytic_root = rule(analytic(g), positive, then=analytic(root), source=KRANTZ_PARKS)
derivative_of_root = rule(
    smooth(g), positive, then=2 * sqrt(g(x)) * derivative(root)(x) == derivative(g)(x), source=RUDIN
)
root_not_decreasing = rule(s >= 0, s <= t, then=sqrt(s) <= sqrt(t))
root_of_square = rule(s >= 0, then=sqrt(s * s) == s)
times_reciprocal = rule(s > 0, then=s * recip(s) == 1)
