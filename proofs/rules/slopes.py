"""Slopes along directions, and functions that have none."""

from symbolic_landscape.proofs.rules.analytic import KRANTZ_PARKS, analytic, known, of_point
from symbolic_landscape.proofs.rules.derivatives import RUDIN, smooth
from symbolic_landscape.proofs.rules.objects import f, t, x, y
from symbolic_landscape.proofs.rules.points import H, K, U, a, e, slope_along
from symbolic_landscape.statement.language import derivative, every, fn
from symbolic_landscape.statement.rule import rule

analytic_slope = rule(
    known(H), then=known(of_point(slope_along(H, U, a, K, e))), source=KRANTZ_PARKS
)
analytic_square = rule(then=analytic(fn(t, t * t)), source=KRANTZ_PARKS)
constant_of_no_slope = rule(
    smooth(f), every(t, derivative(f)(t) == 0), then=f(x) == f(y), source=RUDIN
)
