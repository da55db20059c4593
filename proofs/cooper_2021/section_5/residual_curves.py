"""Section 5.3: the residuals and the loss along a direction, as curves.

Notation: (V, e) is a direction, last the curve of the features of the last hidden layer along it.

Statements
- C21.C5.16.along, .smooth: residuals and loss move smoothly along a direction.
- C21.C5.16.bend: the second derivative of |X + t B Z|^2 for curves X, Z with Z(0) = 0.
"""

from symbolic_landscape.proofs.cooper_2021.section_3.slopes import Z as Z_
from symbolic_landscape.proofs.cooper_2021.section_3.slopes import m, n, p, squared
from symbolic_landscape.proofs.cooper_2021.section_3.star import SMOOTH, curve, moved_point
from symbolic_landscape.proofs.cooper_2021.settings.architectures import l
from symbolic_landscape.proofs.cooper_2021.settings.networks import (
    NETWORK,
    M,
    V,
    Y,
    b,
    e,
    loss_,
    one,
    sigma,
)
from symbolic_landscape.proofs.rules import curves
from symbolic_landscape.proofs.rules.curves import twice_smooth
from symbolic_landscape.proofs.rules.derivatives import smooth
from symbolic_landscape.proofs.rules.points import t
from symbolic_landscape.statement.language import (
    Expr,
    derivative,
    fn,
    function,
    matrix,
    trace,
    zeros,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    at,
    by,
    calculation,
    cite,
    have,
    linear,
)
from symbolic_landscape.statement.setting import Setting


def second(f: Expr) -> Expr:
    """The second derivative at 0."""
    return derivative(derivative(f))(0)


# ---- curves --------------------------------------------------------------------------------------
B, X = matrix("B", m, p), function("X", t, matrix("", m, n))
times = fn(t, t * B)
added = fn(t, t * B @ Z_(t))
whole = fn(t, X(t) + added(t))
cross = trace(X(0).T @ B @ derivative(Z_)(0))
PAIRS = Setting("a curve, and one that is 0 at the start", variables=(m, p, n, B))
BEND = Statement(
    "C21.C5.16.bend",
    PAIRS,
    title="The second derivative of the squares where a curve from 0 is added",
    names=(X, Z_),
    given={"X": twice_smooth(X), "Z": twice_smooth(Z_), "start": Z_(0) == 0},
    then=second(fn(t, squared(whole(t)))) == second(fn(t, squared(X(t)))) + 4 * cross,
    proof=[
        have("smooth X", smooth(X), by(curves.smooth_curve_of_twice), "X"),
        have("smooth Z", smooth(Z_), by(curves.smooth_curve_of_twice), "Z"),
        have("line", twice_smooth(times), by(curves.twice_smooth_line, A=zeros(m, p), A2=B)),
        have("smooth line", smooth(times), by(curves.smooth_curve_of_twice), "line"),
        have(
            "added",
            twice_smooth(added),
            by(curves.twice_smooth_curve_product, X=times, Y=Z_),
            "line",
            "Z",
        ),
        have("smooth added", smooth(added), by(curves.smooth_curve_of_twice), "added"),
        have(
            "whole",
            twice_smooth(whole),
            by(curves.twice_smooth_curve_sum, X=X, X2=added),
            "X",
            "added",
        ),
        have(
            "product",
            derivative(added)(0) == derivative(times)(0) @ Z_(0) + times(0) @ derivative(Z_)(0),
            by(curves.derivative_of_product, X=times, Y=Z_, x=0),
            "smooth line",
            "smooth Z",
        ),
        have("no slope", derivative(added)(0) == 0, calculation, "product", "start"),
        have(
            "sum",
            derivative(whole)(0) == derivative(X)(0) + derivative(added)(0),
            by(curves.derivative_of_sum, X=X, X2=added, x=0),
            "smooth X",
            "smooth added",
        ),
        have("slope", derivative(whole)(0) == derivative(X)(0), calculation, "sum", "no slope"),
        have(
            "added bends",
            second(added) == 2 * B @ derivative(Z_)(0) + 0 * B @ derivative(derivative(Z_))(0),
            by(curves.second_derivative_of_scaled, A=B, Y=Z_, x=0),
            "Z",
        ),
        have(
            "sum bends",
            second(whole) == second(X) + second(added),
            by(curves.second_derivative_of_sum, X=X, X2=added, x=0),
            "X",
            "added",
        ),
        have(
            "bends",
            second(whole) == second(X) + 2 * B @ derivative(Z_)(0),
            calculation,
            "sum bends",
            "added bends",
        ),
        have(
            "squares of X",
            second(fn(t, squared(X(t))))
            == 2 * squared(derivative(X)(0)) + 2 * trace(X(0).T @ second(X)),
            by(curves.second_derivative_of_squares, X=X, x=0),
            "X",
        ),
        have(
            "squares",
            second(fn(t, squared(whole(t))))
            == 2 * squared(derivative(whole)(0)) + 2 * trace(whole(0).T @ second(whole)),
            by(curves.second_derivative_of_squares, X=whole, x=0),
            "whole",
        ),
        have(
            "replaced",
            second(fn(t, squared(whole(t))))
            == 2 * squared(derivative(X)(0))
            + 2 * trace(X(0).T @ (second(X) + 2 * B @ derivative(Z_)(0))),
            calculation,
            "squares",
            "slope",
            "bends",
        ),
        have(
            "bend",
            second(fn(t, squared(whole(t)))) == second(fn(t, squared(X(t)))) + 4 * cross,
            linear,
            "replaced",
            "squares of X",
        ),
    ],
)

# ---- the loss along a direction ------------------------------------------------------------------
last = curve(l - 1)
weights = fn(t, M[l] + t * V[l])
rest = fn(t, b[l] @ one - Y + t * (e[l] @ one))
residuals = fn(t, weights(t) @ last(t) + rest(t))
"""The residuals along (V, e)."""
losses = fn(t, loss_(*moved_point))
ALONG = Statement(
    "C21.C5.16.along",
    NETWORK,
    title="The residuals move smoothly along a direction",
    names=(V, e),
    given={"smooth": twice_smooth(sigma)},
    then=twice_smooth(residuals),
    proof=[
        have("all smooth", None, cite(SMOOTH)),
        have("features", twice_smooth(last), at(l - 1), "all smooth"),
        have("weights", twice_smooth(weights), by(curves.twice_smooth_line, A=M[l], A2=V[l])),
        have(
            "fed",
            None,
            by(curves.twice_smooth_curve_product, X=weights, Y=last),
            "weights",
            "features",
        ),
        have(
            "rest",
            twice_smooth(rest),
            by(curves.twice_smooth_line, A=b[l] @ one - Y, A2=e[l] @ one),
        ),
        have(
            "residuals",
            twice_smooth(residuals),
            by(curves.twice_smooth_curve_sum, X=fn(t, weights(t) @ last(t)), X2=rest),
            "fed",
            "rest",
        ),
    ],
)

SMOOTH_LOSS = Statement(
    "C21.C5.16.smooth",
    NETWORK,
    title="The loss is twice continuously differentiable along a direction",
    names=(V, e),
    given={"smooth": twice_smooth(sigma)},
    then=twice_smooth(losses),
    proof=[
        have("residuals", None, cite(ALONG)),
        have(
            "loss",
            twice_smooth(losses),
            by(curves.twice_smooth_squares, X=residuals),
            "residuals",
        ),
    ],
)
