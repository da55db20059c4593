"""Curves, and functions of points that are twice continuously differentiable.

`twice_smooth(f)` says so of f: a function of a number, of a matrix, or of the members of a point,
of which f depends on finitely many. Its composites inherit it.
"""

from symbolic_landscape.proofs.rules.derivatives import RUDIN, T, smooth, summed
from symbolic_landscape.proofs.rules.objects import (
    A2,
    A,
    B,
    C,
    Z,
    f,
    g,
    h,
    hi,
    i,
    lo,
    m,
    n,
    o,
    r,
    x,
)
from symbolic_landscape.proofs.rules.points import (
    HA,
    HB,
    HC,
    K2,
    H,
    K,
    U,
    a,
    at_point,
    depends_on,
    e,
    e2,
    moved,
    s,
    slope_along,
    t,
)
from symbolic_landscape.statement import smoothness
from symbolic_landscape.statement.language import (
    derivative,
    each,
    every,
    fn,
    function,
    gradient,
    matrix,
    predicate,
    trace,
    update,
)
from symbolic_landscape.statement.rule import rule

twice_smooth = smoothness.twice_smooth
analytic = predicate("analytic")
X, X2 = function("X", x, A), function("X2", x, A)
Y = function("Y", x, B)
"""Curves of matrices."""
M = matrix("M", m, n)
member, member2 = U(i), a(i)
line = moved(U, a, (t, K, e))

# ---- what is smooth ------------------------------------------------------------------------------
twice_smooth_of_analytic = rule(analytic(f), then=twice_smooth(f), source=RUDIN)
smooth_of_twice = rule(twice_smooth(f), then=smooth(f), source=RUDIN)
smooth_curve_of_twice = rule(twice_smooth(X), then=smooth(X), source=RUDIN)

twice_smooth_layer = rule(
    twice_smooth(o), twice_smooth(f), then=twice_smooth(fn(Z, o(f(Z) @ B + C))), source=RUDIN
)
twice_smooth_entrywise = rule(
    twice_smooth(h), twice_smooth(f), then=twice_smooth(fn(Z, h(f(Z)))), source=RUDIN
)
twice_smooth_sum = rule(twice_smooth(g), then=twice_smooth(fn(Z, summed(g, Z - T))), source=RUDIN)

twice_smooth_constant = rule(then=twice_smooth(fn(U, fn(a, A))), source=RUDIN)
twice_smooth_member = rule(then=twice_smooth(fn(U, fn(a, member))), source=RUDIN)
twice_smooth_member2 = rule(then=twice_smooth(fn(U, fn(a, member2))), source=RUDIN)
twice_smooth_total = rule(
    twice_smooth(HA),
    twice_smooth(HC),
    then=twice_smooth(fn(U, fn(a, HA(U)(a) + HC(U)(a)))),
    source=RUDIN,
)
twice_smooth_product = rule(
    twice_smooth(HA),
    twice_smooth(HB),
    then=twice_smooth(fn(U, fn(a, HA(U)(a) @ HB(U)(a)))),
    source=RUDIN,
)
twice_smooth_image = rule(
    twice_smooth(f), twice_smooth(HA), then=twice_smooth(fn(U, fn(a, f(HA(U)(a))))), source=RUDIN
)
twice_smooth_summed = rule(
    twice_smooth(g),
    twice_smooth(HA),
    then=twice_smooth(fn(U, fn(a, summed(g, HA(U)(a) - T)))),
    source=RUDIN,
)
twice_smooth_squares_of_points = rule(
    twice_smooth(HA),
    then=twice_smooth(fn(U, fn(a, trace(HA(U)(a).T @ HA(U)(a))))),
    source=RUDIN,
)
twice_smooth_on_line = rule(
    twice_smooth(H), then=twice_smooth(fn(t, at_point(H, *line))), source=RUDIN
)
twice_smooth_matrix_on_line = rule(
    twice_smooth(HA), then=twice_smooth(fn(t, at_point(HA, *line))), source=RUDIN
)
W_, w_ = matrix("W", member.rows, member.columns), matrix("w", member2.rows, member2.columns)
smooth_in_member = rule(twice_smooth(H), then=smooth(fn(W_, H(update(U, i, W_))(a))), source=RUDIN)
smooth_in_member2 = rule(twice_smooth(H), then=smooth(fn(w_, H(U)(update(a, i, w_)))), source=RUDIN)

twice_smooth_line = rule(then=twice_smooth(fn(t, A + t * A2)), source=RUDIN)
twice_smooth_curve_sum = rule(
    twice_smooth(X), twice_smooth(X2), then=twice_smooth(fn(t, X(t) + X2(t))), source=RUDIN
)
twice_smooth_curve_product = rule(
    twice_smooth(X), twice_smooth(Y), then=twice_smooth(fn(t, X(t) @ Y(t))), source=RUDIN
)
twice_smooth_curve_image = rule(
    twice_smooth(f), twice_smooth(X), then=twice_smooth(fn(t, f(X(t)))), source=RUDIN
)
twice_smooth_squares = rule(
    twice_smooth(X), then=twice_smooth(fn(t, trace(X(t).T @ X(t)))), source=RUDIN
)

# ---- derivatives of curves -----------------------------------------------------------------------
derivative_of_line = rule(then=derivative(fn(t, A + t * A2))(x) == A2, source=RUDIN)
derivative_of_sum = rule(
    smooth(X),
    smooth(X2),
    then=derivative(fn(t, X(t) + X2(t)))(x) == derivative(X)(x) + derivative(X2)(x),
    source=RUDIN,
)
derivative_of_product = rule(
    smooth(X),
    smooth(Y),
    then=derivative(fn(t, X(t) @ Y(t)))(x) == derivative(X)(x) @ Y(x) + X(x) @ derivative(Y)(x),
    source=RUDIN,
)
derivative_of_image = rule(
    smooth(f),
    smooth(X),
    then=derivative(fn(t, f(X(t))))(x) == derivative(f)(X(x)) * derivative(X)(x),
    source=RUDIN,
)
second_derivative_at_rest = rule(
    twice_smooth(h),
    twice_smooth(X),
    gradient(h, X(x)) == 0,
    derivative(X)(x) == 0,
    then=derivative(derivative(fn(t, h(X(t)))))(x) == 0,
    source=RUDIN,
)
"""(h . X)'' is the second derivative of h along X' twice, and the gradient of h along X''."""

slope_of_members = rule(
    twice_smooth(H),
    depends_on(H, lo, hi),
    each(i, lo, hi, gradient(fn(W_, H(update(U, i, W_))(a)), member) == 0),
    each(i, lo, hi, gradient(fn(w_, H(U)(update(a, i, w_))), member2) == 0),
    then=slope_along(H, U, a, K, e) == 0,
    source=RUDIN,
)
gradient_of_directions = rule(
    smooth(h),
    every(M, derivative(fn(t, h(Z + t * M)))(0) == 0),
    then=gradient(h, Z) == 0,
    source=RUDIN,
)

smooth_derivative = rule(twice_smooth(f), then=smooth(derivative(f)), source=RUDIN)

smooth_curve_image = rule(smooth(f), smooth(X), then=smooth(fn(t, f(X(t)))), source=RUDIN)
smooth_curve_hadamard = rule(smooth(X), smooth(X2), then=smooth(fn(t, X(t) * X2(t))), source=RUDIN)
smooth_curve_product = rule(smooth(X), smooth(Y), then=smooth(fn(t, X(t) @ Y(t))), source=RUDIN)
derivative_of_hadamard = rule(
    smooth(X),
    smooth(X2),
    then=derivative(fn(t, X(t) * X2(t)))(x) == derivative(X)(x) * X2(x) + X(x) * derivative(X2)(x),
    source=RUDIN,
)
derivative_of_trace = rule(
    smooth(X),
    then=derivative(fn(t, trace(X(t).T @ A)))(x) == trace(derivative(X)(x).T @ A),
    source=RUDIN,
)
slope_of_gradient = rule(
    smooth(h), then=derivative(fn(t, h(Z + t * M)))(0) == trace(gradient(h, Z).T @ M), source=RUDIN
)
smooth_trace = rule(smooth(X), then=smooth(fn(t, trace(X(t).T @ A))), source=RUDIN)
derivative_of_squares = rule(
    smooth(X),
    then=derivative(fn(t, trace(X(t).T @ X(t))))(x) == 2 * trace(X(x).T @ derivative(X)(x)),
    source=RUDIN,
)
derivative_of_pairing = rule(
    smooth(X),
    smooth(X2),
    then=derivative(fn(t, r * trace(X(t).T @ X2(t))))(x)
    == r * trace(derivative(X)(x).T @ X2(x)) + r * trace(X(x).T @ derivative(X2)(x)),
    source=RUDIN,
)
smooth_slope_on_line = rule(
    twice_smooth(HA),
    then=smooth(fn(s, derivative(fn(t, at_point(HA, *moved(U, a, (t, K, e), (s, K2, e2)))))(0))),
    source=RUDIN,
)
"""A slope of a function with two continuous derivatives has one."""
second_derivative_of_squares = rule(
    twice_smooth(X),
    then=derivative(derivative(fn(t, trace(X(t).T @ X(t)))))(x)
    == 2 * trace(derivative(X)(x).T @ derivative(X)(x))
    + 2 * trace(X(x).T @ derivative(derivative(X))(x)),
    source=RUDIN,
)
second_derivative_of_sum = rule(
    twice_smooth(X),
    twice_smooth(X2),
    then=derivative(derivative(fn(t, X(t) + X2(t))))(x)
    == derivative(derivative(X))(x) + derivative(derivative(X2))(x),
    source=RUDIN,
)
second_derivative_of_line = rule(
    then=derivative(derivative(fn(t, A + t * A2)))(x) == 0, source=RUDIN
)
second_derivative_of_scaled = rule(
    twice_smooth(Y),
    then=derivative(derivative(fn(t, t * A @ Y(t))))(x)
    == 2 * A @ derivative(Y)(x) + x * A @ derivative(derivative(Y))(x),
    source=RUDIN,
)
