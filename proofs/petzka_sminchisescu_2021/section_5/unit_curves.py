"""Section 5.1, Lemma 12: how what a unit adds moves when all parameters move on a line.

Statements
- PS21.L12.curve: value, velocity and acceleration of the contribution of one unit.
"""

from symbolic_landscape.proofs.petzka_sminchisescu_2021.settings.unit_variables import (
    a,
    m,
    n,
    sigma,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.settings.units import UNIT, curvature, slope
from symbolic_landscape.proofs.rules import curves, touching
from symbolic_landscape.proofs.rules.curves import twice_smooth
from symbolic_landscape.proofs.rules.derivatives import smooth
from symbolic_landscape.statement.language import (
    Expr,
    both,
    derivative,
    fn,
    function,
    matrix,
    real,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import by, calculation, have, logic
from symbolic_landscape.statement.rule import Rule
from symbolic_landscape.statement.step import Step

t = real("t")
u, du = matrix("u", 1, n), matrix("du", 1, n)
v, dv = matrix("v", m, 1), matrix("dv", m, 1)
below = function("below", t, a)
"""The activations below the unit, on the line."""


def twice(curve: Expr) -> Expr:
    """The second derivative of a curve."""
    return derivative(derivative(curve))


def unit(u: Expr, v: Expr, du: Expr, dv: Expr, below: Expr = below) -> Expr:
    """The curve of what a unit adds."""
    return fn(t, (v + t * dv) @ sigma((u + t * du) @ below(t)))


line, out = fn(t, u + t * du), fn(t, v + t * dv)
before = fn(t, line(t) @ below(t))
after = fn(t, sigma(before(t)))
whole = unit(u, v, du, dv)


def velocity_in(u: Expr, du: Expr, below: Expr = below) -> Expr:
    """The velocity of the preactivation of the unit."""
    return du @ below(0) + u @ derivative(below)(0)


def velocity(u: Expr, v: Expr, du: Expr, dv: Expr, below: Expr = below) -> Expr:
    """The velocity of what the unit adds."""
    h = u @ below(0)
    return dv @ sigma(h) + v @ (slope(h) * velocity_in(u, du, below))


def acceleration(u: Expr, v: Expr, du: Expr, dv: Expr, below: Expr = below) -> Expr:
    """The acceleration of what the unit adds."""
    h, k = u @ below(0), velocity_in(u, du, below)
    bent = 2 * du @ derivative(below)(0) + u @ twice(below)(0)
    return 2 * dv @ (slope(h) * k) + v @ (curvature(h) * k * k + slope(h) * bent)


def known(name: str, curve: Expr, rule: Rule, *uses: str, **terms: Expr) -> list[Step]:
    """Steps: the curve is twice, and so once, continuously differentiable."""
    return [
        have(f"{name} twice", twice_smooth(curve), by(rule, **terms), *uses),
        have(name, smooth(curve), by(curves.smooth_curve_of_twice), f"{name} twice"),
    ]


moving = both(
    twice_smooth(whole),
    derivative(whole)(0) == velocity(u, v, du, dv),
    twice(whole)(0) == acceleration(u, v, du, dv),
)

CURVE = Statement(
    "PS21.L12.curve",
    UNIT,
    title="How what a unit adds moves along a line of parameters",
    names=(u, v, du, dv, below),
    given={"sigma": twice_smooth(sigma), "moves": twice_smooth(below)},
    then=moving,
    proof=[
        have("activation", smooth(sigma), by(curves.smooth_of_twice), "sigma"),
        have("below", smooth(below), by(curves.smooth_curve_of_twice), "moves"),
        *known("line", line, curves.twice_smooth_line, A=u, A2=du),
        *known("before", before, curves.twice_smooth_curve_product, "line twice", "moves"),
        *known("after", after, curves.twice_smooth_curve_image, "sigma", "before twice"),
        *known("out", out, curves.twice_smooth_line, A=v, A2=dv),
        have("whole twice", twice_smooth(whole), by(curves.twice_smooth_curve_product), "out twice", "after twice"),
        have("line moves", derivative(line)(0) == du, by(curves.derivative_of_line)),
        have("line bends", twice(line)(0) == 0, by(curves.second_derivative_of_line)),
        have("out moves", derivative(out)(0) == dv, by(curves.derivative_of_line)),
        have("out bends", twice(out)(0) == 0, by(curves.second_derivative_of_line)),
        have("before moves", None, by(curves.derivative_of_product, X=line, Y=below, x=0), "line", "below"),
        have("before bends", None, by(touching.second_derivative_of_product, X=line, Y=below, x=0), "line twice", "moves"),
        have("after moves", None, by(curves.derivative_of_image, f=sigma, X=before, x=0), "activation", "before"),
        have("after bends", None, by(touching.second_derivative_of_image, f=sigma, X=before, x=0), "sigma", "before twice"),
        have("moves whole", None, by(curves.derivative_of_product, X=out, Y=after, x=0), "out", "after"),
        have("bends whole", None, by(touching.second_derivative_of_product, X=out, Y=after, x=0), "out twice", "after twice"),
        have(
            "velocity",
            derivative(whole)(0) == velocity(u, v, du, dv),
            calculation, "moves whole", "after moves", "before moves", "line moves", "out moves",
        ),
        have(
            "acceleration",
            twice(whole)(0) == acceleration(u, v, du, dv),
            calculation, "bends whole", "after bends", "after moves", "before bends", "before moves",
            "line moves", "line bends", "out moves", "out bends",
        ),
        have("all", moving, logic, "whole twice", "velocity", "acceleration"),
    ],
)  # fmt: skip
