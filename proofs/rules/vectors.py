"""Functions of a vector of parameters: which are smooth, how they bend along lines, their minima.

`E` is a set of vectors. The second derivatives of a function at a point are those along lines through it.
"""

from typing import Any

from symbolic_landscape.proofs.rules.curves import twice_smooth
from symbolic_landscape.proofs.rules.derivatives import RUDIN, smooth
from symbolic_landscape.proofs.rules.objects import Z, f, n, p, q, r, s, x
from symbolic_landscape.proofs.rules.points import close
from symbolic_landscape.statement.language import (
    Expr,
    both,
    derivative,
    every,
    exists,
    fn,
    function,
    gradient,
    like,
    matrix,
    real,
    true,
)
from symbolic_landscape.statement.rule import rule

BOTT = "Banyaga and Hurtubise, A proof of the Morse-Bott lemma, Expo. Math. 22 (2004)"
t = real("t")
w, w2, y = (matrix(name, q, 1) for name in ("w", "w2", "y"))
phi, GW = function("phi", w, x), function("GW", w, function("", Z, x))
"""Functions of a vector, and of a vector and a matrix."""
M, M2 = like("M", Z), like("M2", Z)
Q, Q2, B = function("Q", w, Z), function("Q2", w, Z), function("B", w, matrix("", n, p))
"""Functions from vectors to matrices."""
P = function("P", w, matrix("", p, 1))
G, K = function("G", matrix("", p, 1), function("", Z, x)), function("K", matrix("", p, 1), Z)
C, C2 = matrix("C", p, q), matrix("C2", q, p)
E = function("E", w, true)


def along(phi: Expr, w: Any, direction: Any) -> Expr:
    """The function of t that goes along a line."""
    return fn(t, phi(w + t * direction))


def bend(phi: Expr, w: Any, direction: Any) -> Expr:
    """The second derivative along a line."""
    return derivative(derivative(along(phi, w, direction)))(0)


def slope(phi: Expr, w: Any, direction: Any) -> Expr:
    """The derivative along a line."""
    return derivative(along(phi, w, direction))(0)


def least_near(phi: Expr, w: Expr, y: Expr) -> Expr:
    """No vector y near w has a lower value."""
    return exists(r, both(r > 0, every(y, close(y, w, r) >> (phi(w) <= phi(y)))))


def strictly_least_near(phi: Expr, w: Expr, y: Expr) -> Expr:
    """All other vectors y near w have a higher value."""
    nearby = every(y, both(close(y, w, r), y != w) >> (phi(w) < phi(y)))
    return exists(r, both(r > 0, nearby))


# ---- what is smooth ------------------------------------------------------------------------------
twice_smooth_fixed = rule(then=twice_smooth(fn(w, Z)), source=RUDIN)
twice_smooth_columns = rule(then=twice_smooth(fn(w, C @ w)), source=RUDIN)
twice_smooth_rows = rule(then=twice_smooth(fn(w, w.T @ C2)), source=RUDIN)
twice_smooth_total_map = rule(
    twice_smooth(Q), twice_smooth(Q2), then=twice_smooth(fn(w, Q(w) + Q2(w))), source=RUDIN
)
twice_smooth_product_map = rule(
    twice_smooth(Q), twice_smooth(B), then=twice_smooth(fn(w, Q(w) @ B(w))), source=RUDIN
)
twice_smooth_image_map = rule(
    twice_smooth(f), twice_smooth(Q), then=twice_smooth(fn(w, f(Q(w)))), source=RUDIN
)
twice_smooth_composed_map = rule(
    twice_smooth(K), twice_smooth(P), then=twice_smooth(fn(w, K(P(w)))), source=RUDIN
)
twice_smooth_composed_value = rule(
    twice_smooth(G),
    twice_smooth(P),
    twice_smooth(Q),
    then=twice_smooth(fn(w, G(P(w))(Q(w)))),
    source=RUDIN,
)
twice_smooth_along = rule(twice_smooth(Q), then=twice_smooth(fn(t, Q(w + t * w2))), source=RUDIN)
twice_smooth_value_along = rule(
    twice_smooth(phi), then=twice_smooth(along(phi, w, w2)), source=RUDIN
)
twice_smooth_values_along = rule(
    twice_smooth(GW), then=twice_smooth(fn(t, fn(Z, GW(w + t * w2)(Z)))), source=RUDIN
)
twice_smooth_moved_value = rule(
    twice_smooth(G),
    twice_smooth(P),
    twice_smooth(Q),
    then=twice_smooth(fn(w, fn(Z, G(P(w))(Z + Q(w))))),
    source=RUDIN,
)
gradient_of_moved = rule(
    twice_smooth(GW),
    then=gradient(fn(Z, GW(w)(Z + M)), M2) == gradient(GW(w), M2 + M),
    source=RUDIN,
)

smooth_of_twice_smooth = rule(twice_smooth(phi), then=smooth(phi), source=RUDIN)

# ---- minima --------------------------------------------------------------------------------------
least_near_flat = rule(
    twice_smooth(phi),
    every(w, w2, t, both(E(w), E(w2)) >> E(w + t * w2)),
    every(w, E(w) >> (gradient(phi, y + w) == 0)),
    every(w, ~E(w) >> (bend(phi, y, w) > 0)),
    then=least_near(phi, y, w2),
    source=BOTT,
)
"""E is a linear space, all points of y + E are critical, and phi bends up in all other directions.

Then phi is constant on y + E, and near y it is least there.
"""
line_near = rule(
    r > 0,
    then=exists(s, both(s > 0, every(t, both(-s < t, t < s) >> close(w + t * w2, w, r)))),
    source="elementary",
)
t2 = real("t2")
reached, later = phi(y + t * (s * w2)), phi(y + t2 * (s * w2))
falls_where_bent = rule(
    twice_smooth(phi),
    gradient(phi, y) == 0,
    bend(phi, y, w2) < 0,
    then=exists(
        s,
        both(
            phi(y + s * w2) < phi(y),
            every(t, t2, both(0 <= t, t <= t2, t2 <= 1) >> (later <= reached)),
        ),
    ),
    source=RUDIN,
)
"""Along a short enough multiple of the direction the function falls all the way."""
