"""Gradient flow: curves of vectors whose coordinates move against the partial derivatives.

The curves are smooth on the whole line, and follow the flow from time 0 on.
"""

from typing import Any

from symbolic_landscape.proofs.rules.curves import twice_smooth
from symbolic_landscape.proofs.rules.derivatives import RUDIN, smooth
from symbolic_landscape.proofs.rules.entries import unit_vector
from symbolic_landscape.proofs.rules.limits import late, tends
from symbolic_landscape.proofs.rules.objects import f, g, i, q, r, s, x
from symbolic_landscape.proofs.rules.points import close
from symbolic_landscape.proofs.rules.vectors import phi, slope, w, w2
from symbolic_landscape.statement.language import (
    Expr,
    both,
    derivative,
    each,
    every,
    exists,
    fn,
    function,
    real,
)
from symbolic_landscape.statement.rule import rule

TESCHL = "Teschl, Ordinary Differential Equations and Dynamical Systems, 2.2"
time, later = real("time"), real("later")
X = function("X", time, w)


def coordinate(X: Any, i: Any) -> Expr:
    """A coordinate of the curve, as a function of time."""
    return fn(time, X(time)[i, 1])


def converges(q: Any, X: Any, end: Expr) -> Expr:
    """All coordinates of the curve tend to those of the end."""
    return each(i, 1, q, tends(coordinate(X, i), end[i, 1]))


moves = each(i, 1, q, smooth(coordinate(X, i)))
follows = each(
    i,
    1,
    q,
    every(
        time,
        (time >= 0)
        >> (derivative(coordinate(X, i))(time) == -slope(phi, X(time), unit_vector(i, q))),
    ),
)

values_converge = rule(
    twice_smooth(phi), converges(q, X, w), then=tends(fn(time, phi(X(time))), phi(w)), source=RUDIN
)
slopes_converge = rule(
    twice_smooth(phi),
    converges(q, X, w),
    then=tends(fn(time, slope(phi, X(time), w2)), slope(phi, w, w2)),
    source=RUDIN,
)
late_and_close = rule(
    converges(q, X, w),
    r > 0,
    then=exists(late, every(time, (late <= time) >> close(X(time), w, r))),
    source=RUDIN,
)
limit_of_slope = rule(
    smooth(f),
    tends(f, r),
    every(time, (time >= 0) >> (derivative(f)(time) == g(time))),
    tends(g, s),
    then=s == 0,
    source=RUDIN,
)
above_limit = rule(
    every(time, later, both(0 <= time, time <= later) >> (f(later) <= f(time))),
    tends(f, r),
    x >= 0,
    then=f(x) >= r,
)
falls_along_flow = rule(
    twice_smooth(phi),
    moves,
    follows,
    then=every(time, later, both(0 <= time, time <= later) >> (phi(X(later)) <= phi(X(time)))),
    source=RUDIN,
)
rests_at_critical = rule(
    twice_smooth(phi),
    moves,
    follows,
    each(i, 1, q, slope(phi, X(x), unit_vector(i, q)) == 0),
    x >= 0,
    then=X(0) == X(x),
    source=TESCHL,
)
"""A solution that meets a point of rest is that point (Picard and Lindelof)."""
