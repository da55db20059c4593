"""Figure 1: a function on the half-plane u > 0, and its points.

Notation: x and u are the coordinates; the half-plane is a plane by u = exp(y). The function is the
square of the polynomial x^3 + u^3 - 3 x u + 2, the "fold".
"""

from fractions import Fraction
from typing import Any

from symbolic_landscape.statement.language import Expr, both, derivative, fn, real
from symbolic_landscape.statement.setting import Setting
from symbolic_landscape.statement.term import Term

x, u, t = real("x"), real("u"), real("t")


def fold(x: Any, u: Any) -> Expr:
    """The polynomial of which the function is the square."""
    made: Expr = x * x * x + u * u * u - 3 * x * u + 2
    return made


def height(x: Any, u: Any) -> Expr:
    """The function."""
    return fold(x, u) * fold(x, u)


slope_x = derivative(fn(t, height(t, u)))(x)
slope_u = derivative(fn(t, height(x, t)))(u)
flat = both(slope_x == 0, slope_u == 0)
"""Both partial derivatives are 0."""


def points() -> tuple[tuple[str, dict[Term, Any]], ...]:
    """The minimum, a point near the curve, critical points with u <= 0, and other points."""
    found = (
        (1, 1),
        (Fraction(-17, 8), 1),
        (0, 0),
        (-1, -1),
        (0, 1),
        (Fraction(1, 2), 2),
        (2, -2),
        (-3, 2),
    )
    return tuple((f"({a}, {b})", {x.term: a, u.term: b}) for a, b in found)


HALF_PLANE = Setting("a point of a plane", variables=(x, u), instances=points)
