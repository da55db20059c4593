"""Maps of vectors with derivatives of all orders, their regular values, and submanifolds.

`infinitely_smooth(f)` says that f has partial derivatives of all orders: a function of a number, of
a vector, or one of vectors with matrices as values. A submanifold is near each of its points the
set of zeros of such a map, whose Jacobian matrix has full row rank there.
"""

from typing import Any

from symbolic_landscape.proofs.rules.derivatives import RUDIN, smooth
from symbolic_landscape.proofs.rules.exponentials import exp
from symbolic_landscape.proofs.rules.jacobians import Q, jacobian
from symbolic_landscape.proofs.rules.maps import differentiable, jacobian_map, square
from symbolic_landscape.proofs.rules.minima import null_set
from symbolic_landscape.proofs.rules.numbers import recip
from symbolic_landscape.proofs.rules.objects import f, g, i, j, m, n, p, q, s, t, u, x
from symbolic_landscape.proofs.rules.paths import continuous
from symbolic_landscape.proofs.rules.points import close
from symbolic_landscape.statement.language import (
    Expr,
    both,
    define,
    each,
    entries,
    every,
    exists,
    fn,
    function,
    gradient,
    like,
    matrix,
    natural,
    predicate,
    rank,
    real,
    true,
)
from symbolic_landscape.statement.rule import rule

infinitely_smooth = predicate("infinitely smooth")
z = matrix("z", n, 1)
c, r = natural("c"), real("r")
S = function("S", z, true)
"""A set of vectors."""
G = function("G", z, matrix("", c, 1))
"""A map whose zeros are to be a set."""
phi = function("phi", i, function("", z, x))
"""A function of vectors for each index."""
D = function("D", z, matrix("", p, m))
LEE = "Lee, Introduction to Smooth Manifolds, 5"


def cuts_out(G: Any, S: Any, z: Any, r: Any) -> Expr:
    """Within r of z, the set is that of the zeros of the map."""
    other = like("z2", z)
    same = both(S(other) >> (G(other) == 0), (G(other) == 0) >> S(other))
    return every(other, close(other, z, r) >> same)


def defining_map(G: Any, S: Any, z: Any, r: Any, c: Any, n: Any) -> Expr:
    """Near z the set is that of the zeros of a smooth map, with a Jacobian matrix of rank c."""
    full = rank(jacobian(G, z, c, n)) == c
    return both(r > 0, infinitely_smooth(G), full, cuts_out(G, S, z, r))


submanifold = define(
    "submanifold",
    (n, c, S),
    every(z, S(z) >> exists(r, G, defining_map(G, S, z, r, c, n))),
    text="{2} is a submanifold of dimension {0} - {1}",
    latex=r"{2} \text{{ is a submanifold of dimension }} {0} - {1}",
)
"""A smooth submanifold of R^n of dimension n - c, by Lee, Proposition 5.16."""

smooth_of_infinitely_smooth = rule(infinitely_smooth(Q), then=smooth(Q), source=RUDIN)
differentiable_jacobian = rule(
    infinitely_smooth(Q), then=differentiable(jacobian_map(Q, m, n)), source=RUDIN
)
infinitely_smooth_entries = rule(
    each(i, 1, m, infinitely_smooth(phi(i))),
    then=infinitely_smooth(fn(z, entries(i, j, m, 1, phi(i)(z)))),
    source=RUDIN,
)
infinitely_smooth_shift = rule(
    infinitely_smooth(Q), then=infinitely_smooth(fn(z, Q(z) - u)), source=RUDIN
)
jacobian_of_shift = rule(
    smooth(Q), then=jacobian(fn(z, Q(z) - u), z, m, n) == jacobian(Q, z, m, n), source=RUDIN
)
gradient_of_square = rule(
    smooth(Q),
    then=gradient(fn(z, square(Q(z))), z) == 2 * jacobian(Q, z, m, n).T @ Q(z),
    source=RUDIN,
)
jacobian_at_zero = rule(
    differentiable(D),
    smooth(Q),
    Q(z) == 0,
    then=jacobian(fn(z, D(z) @ Q(z)), z, p, n) == D(z) @ jacobian(Q, z, m, n),
    source=RUDIN,
)
"""By the product rule, where the second factor vanishes."""

critical_values_of_map_are_null = rule(
    infinitely_smooth(Q),
    then=null_set(fn(u, exists(z, both(Q(z) == u, rank(jacobian(Q, z, m, n)) < m)))),
    source="Milnor, Topology from the Differentiable Viewpoint, 2 (Sard's theorem)",
    external=True,
)
ball_is_not_null = rule(
    s > 0,
    then=~null_set(fn(u, square(u) < s)),
    source="Rudin, Real and Complex Analysis, 2",
)
S2 = like("S2", S)
submanifold_of_same_set = rule(
    every(z, both(S(z) >> S2(z), S2(z) >> S(z))), submanifold(n, c, S), then=submanifold(n, c, S2)
)

# ---- functions of one number ---------------------------------------------------------------------
flat_until_zero = every(t, (t <= 0) >> (f(t) == 0))
infinitely_smooth_number = rule(then=infinitely_smooth(fn(t, t)), source=RUDIN)
continuous_of_infinitely_smooth = rule(infinitely_smooth(f), then=continuous(f), source=RUDIN)
flat_at_zero = rule(
    infinitely_smooth(g),
    flat_until_zero,
    every(t, (t > 0) >> (f(t) == g(t) * exp(-recip(t)))),
    then=infinitely_smooth(f),
    source="Lee, Introduction to Smooth Manifolds, 2.20",
)
"""All derivatives of g(t) exp(-1/t) tend to 0 as t falls to 0."""
smooth_of_all_orders = rule(infinitely_smooth(f), then=smooth(f), source=RUDIN)

# ---- maps to matrices ----------------------------------------------------------------------------
F, F2 = (function(name, z, matrix("", m, p)) for name in ("F", "F2"))
K = function("K", z, matrix("", p, q))
A = matrix("A", m, p)
label = function("label", i, function("", j, i))
infinitely_smooth_constant = rule(then=infinitely_smooth(fn(z, A)), source=RUDIN)
infinitely_smooth_selection = rule(
    then=infinitely_smooth(fn(z, entries(i, j, m, p, z[label(i)(j), 1]))), source=RUDIN
)
"""A matrix whose entries are entries of the vector, by their labels."""
infinitely_smooth_total = rule(
    infinitely_smooth(F),
    infinitely_smooth(F2),
    then=infinitely_smooth(fn(z, F(z) + F2(z))),
    source=RUDIN,
)
infinitely_smooth_product = rule(
    infinitely_smooth(F),
    infinitely_smooth(K),
    then=infinitely_smooth(fn(z, F(z) @ K(z))),
    source=RUDIN,
)
infinitely_smooth_image = rule(
    infinitely_smooth(f),
    infinitely_smooth(F),
    then=infinitely_smooth(fn(z, f(F(z)))),
    source=RUDIN,
)
infinitely_smooth_place = rule(
    infinitely_smooth(F), then=infinitely_smooth(fn(z, F(z)[i, j])), source=RUDIN
)
infinitely_smooth_shift_of_matrix = rule(
    infinitely_smooth(F), then=infinitely_smooth(fn(z, F(z) - A)), source=RUDIN
)
