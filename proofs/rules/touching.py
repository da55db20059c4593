"""Curves through one point, and what a function that changes in time makes of them.

`T` is a function of matrices that depends on a number, as on time. Two curves X, X2 that are at
one place at x have values under it whose slopes differ by what the gradient sees of their
velocities; if these agree too, second derivatives differ by what it sees of the accelerations.
"""

from symbolic_landscape.proofs.rules.curves import X2, X, Y, twice_smooth
from symbolic_landscape.proofs.rules.derivatives import RUDIN
from symbolic_landscape.proofs.rules.objects import A, f, t, x
from symbolic_landscape.statement.language import (
    Expr,
    derivative,
    fn,
    function,
    gradient,
    trace,
)
from symbolic_landscape.statement.rule import rule

T = function("T", t, function("", A, x))


def seen(curve: Expr) -> Expr:
    """What the function makes of a curve."""
    return fn(t, T(t)(curve(t)))


def twice(curve: Expr) -> Expr:
    """The second derivative."""
    return derivative(derivative(curve))


slopes_of_touching_curves = rule(
    twice_smooth(T),
    twice_smooth(X),
    twice_smooth(X2),
    X(x) == X2(x),
    then=derivative(seen(X))(x) - derivative(seen(X2))(x)
    == trace(gradient(T(x), X2(x)).T @ (derivative(X)(x) - derivative(X2)(x))),
    source=RUDIN,
)
bends_of_touching_curves = rule(
    twice_smooth(T),
    twice_smooth(X),
    twice_smooth(X2),
    X(x) == X2(x),
    derivative(X)(x) == derivative(X2)(x),
    then=twice(seen(X))(x) - twice(seen(X2))(x)
    == trace(gradient(T(x), X2(x)).T @ (twice(X)(x) - twice(X2)(x))),
    source=RUDIN,
)
second_derivative_of_product = rule(
    twice_smooth(X),
    twice_smooth(Y),
    then=twice(fn(t, X(t) @ Y(t)))(x)
    == twice(X)(x) @ Y(x) + 2 * derivative(X)(x) @ derivative(Y)(x) + X(x) @ twice(Y)(x),
    source=RUDIN,
)
second_derivative_of_image = rule(
    twice_smooth(f),
    twice_smooth(X),
    then=twice(fn(t, f(X(t))))(x)
    == twice(f)(X(x)) * derivative(X)(x) * derivative(X)(x) + derivative(f)(X(x)) * twice(X)(x),
    source=RUDIN,
)
