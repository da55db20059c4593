"""Local minima, and what is true of derivatives there."""

from symbolic_landscape.proofs.rules.analytic import high, low
from symbolic_landscape.proofs.rules.curves import twice_smooth
from symbolic_landscape.proofs.rules.derivatives import RUDIN, smooth
from symbolic_landscape.proofs.rules.measure import T, null
from symbolic_landscape.proofs.rules.objects import Z, g, h, hi, i, lo, r, s, v, x
from symbolic_landscape.proofs.rules.points import U, a, close, t
from symbolic_landscape.statement.language import (
    Expr,
    both,
    derivative,
    each,
    every,
    exists,
    fn,
    function,
    gradient,
    like,
    matrices,
    predicate,
    the,
    true,
)
from symbolic_landscape.statement.rule import rule

near_zero = exists(r, both(r > 0, every(t, both(-r < t, t < r) >> (g(0) <= g(t)))))
Z2 = like("Z2", Z)

curvature_at_minimum = rule(
    twice_smooth(g), near_zero, then=derivative(derivative(g))(0) >= 0, source=RUDIN
)
slope_at_minimum = rule(twice_smooth(g), near_zero, then=derivative(g)(0) == 0, source=RUDIN)
gradient_at_minimum = rule(
    smooth(h),
    exists(r, both(r > 0, every(Z2, close(Z2, Z, r) >> (h(Z) <= h(Z2))))),
    then=gradient(h, Z) == 0,
    source=RUDIN,
)

flat_at_least_value = rule(
    smooth(g), every(t, g(t) >= 0), g(x) == 0, then=derivative(g)(x) == 0, source=RUDIN
)
slope_of_increasing = rule(
    smooth(g), every(s, t, (s < t) >> (g(s) < g(t))), then=derivative(g)(x) >= 0, source=RUDIN
)

# ---- critical points of almost every function ----------------------------------------------------
domain = function("domain", v, true)
Psi, phi = function("Psi", v, v), function("phi", v, x)
"""A set of vectors; functions of vectors: a map to vectors, and one to numbers."""
d, w, y = like("d", v), like("w", v), like("y", v)
smooth_on, twice_smooth_on = predicate("smooth on"), predicate("twice smooth on")
"""The set is open, and the function is continuously differentiable (twice) there."""


def null_set(domain: Expr) -> Expr:
    """The set of vectors has Lebesgue measure zero: that of the first member of a family."""
    size = the(domain).sort.args[0].args[0].args[0]
    vectors = matrices("vectors", lambda _: size, lambda _: 1)
    nothing = matrices("nothing", lambda _: 0, lambda _: 0)
    return null(1, 1, fn(vectors, fn(nothing, domain(vectors[1]))))


def tilted(phi: Expr, w: Expr) -> Expr:
    """The function with a linear one added."""
    y = like("y", w)
    return fn(y, phi(y) + (w.T @ y)[1, 1])


def turning(gradient_at: Expr, v: Expr, d: Expr) -> Expr:
    """The derivative of a map to vectors, at v along d."""
    return derivative(fn(t, gradient_at(v + t * d)))(0)


critical_values_are_null = rule(
    smooth_on(domain, Psi),
    then=null_set(
        fn(y, exists(v, d, both(domain(v), Psi(v) == y, d != 0, turning(Psi, v, d) == 0)))
    ),
    source="Milnor, Topology from the Differentiable Viewpoint, 2 (Sard's theorem)",
    external=True,
)
gradient_is_smooth = rule(
    twice_smooth_on(domain, phi), then=smooth_on(domain, fn(y, gradient(phi, y))), source=RUDIN
)
gradient_of_tilted = rule(
    twice_smooth_on(domain, phi),
    domain(v),
    then=gradient(tilted(phi, w), v) == gradient(phi, v) + w,
    source=RUDIN,
)
hessian_of_tilted = rule(
    twice_smooth_on(domain, phi),
    domain(v),
    then=turning(fn(y, gradient(tilted(phi, w), y)), v, d)
    == turning(fn(y, gradient(phi, y)), v, d),
    source=RUDIN,
)
null_mirrored = rule(null_set(domain), then=null_set(fn(y, domain(-y))), source=RUDIN)
domain2 = like("domain2", domain)
null_part_of_vectors = rule(
    every(y, domain2(y) >> domain(y)), null_set(domain), then=null_set(domain2), source=RUDIN
)

box_of_vectors_is_not_null = rule(
    r > 0,
    every(y, close(y, w, r) >> domain(y)),
    then=~null_set(domain),
    source="Rudin, Real and Complex Analysis, 2",
)

convex = every(
    s, t, x, both(x >= 0, x <= 1) >> (g(x * s + (1 - x) * t) <= x * g(s) + (1 - x) * g(t))
)
flat_convex_is_least = rule(
    smooth(g), convex, derivative(g)(s) == 0, then=g(s) <= g(t), source="Boyd and Vandenberghe, 3.1"
)
TI = function("TI", i, T)
"""A family of sets of points."""
null_union = rule(
    each(i, lo, hi, null(low, high, TI(i))),
    then=null(low, high, fn(U, fn(a, ~each(i, lo, hi, ~TI(i)(U)(a))))),
    source="Rudin, Real and Complex Analysis, 2",
)

steep = gradient(h, Z) != 0
lower_where_steep = rule(
    smooth(h),
    steep,
    then=every(r, (r > 0) >> exists(Z2, both(close(Z2, Z, r), h(Z2) < h(Z)))),
    source=RUDIN,
)
higher_where_steep = rule(
    smooth(h),
    steep,
    then=every(r, (r > 0) >> exists(Z2, both(close(Z2, Z, r), h(Z) < h(Z2)))),
    source=RUDIN,
)
