"""Local minima, and what is true of derivatives there."""

from symbolic_landscape.proofs.rules.curves import twice_smooth
from symbolic_landscape.proofs.rules.derivatives import RUDIN, smooth
from symbolic_landscape.proofs.rules.objects import Z, g, h, r
from symbolic_landscape.proofs.rules.points import close, t
from symbolic_landscape.statement.language import both, derivative, every, exists, gradient, like
from symbolic_landscape.statement.rule import rule

near_zero = exists(r, both(r > 0, every(t, both(-r < t, t < r) >> (g(0) <= g(t)))))
Z2 = like("Z2", Z)

slope_at_minimum = rule(smooth(g), near_zero, then=derivative(g)(0) == 0, source=RUDIN)
curvature_at_minimum = rule(
    twice_smooth(g), near_zero, then=derivative(derivative(g))(0) >= 0, source=RUDIN
)
gradient_at_minimum = rule(
    smooth(h),
    exists(r, both(r > 0, every(Z2, close(Z2, Z, r) >> (h(Z) <= h(Z2))))),
    then=gradient(h, Z) == 0,
    source=RUDIN,
)
