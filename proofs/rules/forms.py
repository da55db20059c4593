"""Second derivatives as bilinear forms, and what vanishes with a form that has one sign."""

from symbolic_landscape.proofs.rules.curves import twice_smooth
from symbolic_landscape.proofs.rules.derivatives import RUDIN
from symbolic_landscape.proofs.rules.objects import S, r, s, v, x
from symbolic_landscape.proofs.rules.points import (
    K2,
    U2,
    H,
    K,
    U,
    a,
    a2,
    along,
    at_point,
    e,
    e2,
    hessian,
    moved,
    t,
)
from symbolic_landscape.statement.language import derivative, every, fn, trace
from symbolic_landscape.statement.rule import rule

hessian_symmetric = rule(
    twice_smooth(H),
    then=hessian(H, U, a, K, e, K2, e2) == hessian(H, U, a, K2, e2, K, e),
    source=RUDIN,
)
hessian_linear = rule(
    twice_smooth(H),
    then=hessian(H, U, a, along(K, (x, U2)), along(e, (x, a2)), K2, e2)
    == hessian(H, U, a, K, e, K2, e2) + x * hessian(H, U, a, U2, a2, K2, e2),
    source=RUDIN,
)
hessian_along_line = rule(
    twice_smooth(H),
    then=derivative(derivative(fn(t, at_point(H, *moved(U, a, (t, K, e))))))(0)
    == hessian(H, U, a, K, e, K, e),
    source=RUDIN,
)
linear_part_vanishes = rule(every(x, x * r + x * x * s >= 0), then=r == 0)
level_line = rule(every(x, r + x * s >= 0), then=s == 0)
"""A line that is bounded below does not rise or fall."""
trace_not_negative = rule(every(v, trace(v.T @ S @ v) >= 0), then=trace(S) >= 0)
