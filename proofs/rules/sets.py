"""Sets of vectors: balls and boxes, connected sets, sublevel sets and their components.

Points of a set are linked in it where they lie in one connected part of it; the points that are
linked to a point are its component (Munkres, Topology, 25).
"""

from typing import Any

from symbolic_landscape.proofs.rules.objects import i, q, r, s, t, x
from symbolic_landscape.proofs.rules.paths import RUDIN, continuous
from symbolic_landscape.proofs.rules.points import close
from symbolic_landscape.proofs.rules.spectra import square
from symbolic_landscape.proofs.rules.vectors import phi, w, w2
from symbolic_landscape.statement.language import (
    Expr,
    both,
    define,
    every,
    exists,
    fn,
    function,
    like,
    predicate,
    real,
    true,
)
from symbolic_landscape.statement.rule import rule

E, S = function("E", w, true), function("S", w, true)
part, phi2 = like("part", E), like("phi2", phi)
start, end = like("start", w), like("end", w)
a, c = real("a"), real("c")


def within(E: Expr, S: Expr) -> Expr:
    """All points of E are in S."""
    return every(w, E(w) >> S(w))


connected = predicate("connected")
"""The set is no union of two disjoint parts that are open in it, other than empty ones."""
linked = define(
    "linked",
    (q, S, start, end),
    exists(part, both(connected(part), every(w, part(w) >> S(w)), part(start), part(end))),
    text="{2} and {3} in ℝ^{0} are in one component of {1}",
    latex=r"{2} \text{{ and }} {3} \in \mathbb{{R}}^{0} \text{{ are in one component of }} {1}",
)


def sublevel(phi: Expr, a: Any, w: Expr) -> Expr:
    """The points where phi is at most a."""
    return fn(w, phi(w) <= a)


def strict_sublevel(phi: Expr, a: Any, w: Expr) -> Expr:
    """The points where phi is less than a."""
    return fn(w, phi(w) < a)


def stays_above(q: Any, phi: Expr, S: Expr, start: Expr) -> Expr:
    """On the component of S with this start phi is bounded below by more than some value of it."""
    end, w = like("end", start), like("w", start)
    above = every(end, linked(q, S, start, end) >> (c <= phi(end)))
    return exists(c, w, both(phi(w) < c, above))


# ---- balls and boxes -----------------------------------------------------------------------------
box_in_ball = rule(
    r > 0, then=exists(s, both(s > 0, every(w2, close(w2, w, s) >> (square(w2 - w) < r * r))))
)
far_outside_box = rule(r > 0, ~close(w2, w, r), then=r * r <= square(w2 - w))

# ---- continuous functions of vectors -------------------------------------------------------------
continuous_distance = rule(then=continuous(fn(w2, r - square(w2 - w))), source=RUDIN)
continuous_coordinate = rule(then=continuous(fn(w, r + s * w[i, 1])), source=RUDIN)
continuous_values = rule(
    continuous(phi), continuous(phi2), then=continuous(fn(w, x + phi(w) * phi2(w))), source=RUDIN
)
least_on_sphere = rule(
    continuous(phi),
    every(w2, (square(w2 - w) == s) >> (phi(w2) > r)),
    then=exists(t, both(t > r, every(w2, (square(w2 - w) == s) >> (phi(w2) >= t)))),
    source=RUDIN,
)

# ---- connected sets ------------------------------------------------------------------------------
one_sign_on_connected = rule(
    connected(E),
    continuous(phi),
    every(w, E(w) >> (phi(w) != 0)),
    then=every(w, w2, both(E(w), E(w2), phi(w) > 0) >> (phi(w2) > 0)),
    source="Munkres, Topology, 24.3",
)
X = function("X", t, w)
image = exists(t, both(s <= t, t <= r, w == X(t)))
path_is_connected = rule(
    continuous(X), then=connected(fn(w, image)), source="Munkres, Topology, 23.5 and 24.2"
)
union_is_connected = rule(
    connected(E),
    connected(S),
    E(w),
    S(w),
    then=connected(fn(w2, E(w2) | S(w2))),
    source="Munkres, Topology, 23.3",
)
