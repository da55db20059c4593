"""Section 3.1.2: the squared norm of a curve t V Z(t) + R + t E of matrices.

Where the weights V of the last layer start at 0, the residuals are such a curve; Z is that of the
last features.

Statements
- C21.T3.1.slope: where Z starts at 0, its slope at 0 is 2 <R, E>.
- C21.T3.2.rising: its second derivative at 0 is 2 |V Z + E|^2 + 4 <R, V Z'>.
- C21.T3.2.bend: so it is 2 |E|^2 + 4 <R, V Z'> where Z starts at 0.
"""

from symbolic_landscape.proofs.rules import curves
from symbolic_landscape.proofs.rules.curves import twice_smooth
from symbolic_landscape.proofs.rules.derivatives import smooth
from symbolic_landscape.statement.language import (
    Expr,
    derivative,
    fn,
    function,
    matrix,
    natural,
    real,
    trace,
    zeros,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import by, calculation, cite, have
from symbolic_landscape.statement.setting import Setting

m, p, n = natural("m"), natural("p"), natural("n")
t = real("t")
R, E, V = matrix("R", m, n), matrix("E", m, n), matrix("V", m, p)
Z = function("Z", t, matrix("", p, n))
CURVES = Setting("curves of residuals", variables=(m, p, n, V, R, E))
weights, rest = fn(t, t * V), fn(t, R + t * E)
fed = fn(t, t * V @ Z(t))
residuals = fn(t, fed(t) + rest(t))


def squared(A: Expr) -> Expr:
    """The sum of the squares of the entries."""
    return trace(A.T @ A)


MOVING = [
    have("Z", smooth(Z), by(curves.smooth_curve_of_twice), "smooth"),
    have("line", twice_smooth(weights), by(curves.twice_smooth_line, A=zeros(m, p), A2=V)),
    have("weights", smooth(weights), by(curves.smooth_curve_of_twice), "line"),
    have("fed", smooth(fed), by(curves.smooth_curve_product, X=weights, Y=Z), "weights", "Z"),
    have("rest line", twice_smooth(rest), by(curves.twice_smooth_line, A=R, A2=E)),
    have("rest", smooth(rest), by(curves.smooth_curve_of_twice), "rest line"),
    have(
        "fed twice",
        twice_smooth(fed),
        by(curves.twice_smooth_curve_product, X=weights, Y=Z),
        "line",
        "smooth",
    ),
    have(
        "residuals twice",
        twice_smooth(residuals),
        by(curves.twice_smooth_curve_sum, X=fed, X2=rest),
        "fed twice",
        "rest line",
    ),
    have(
        "sum",
        derivative(residuals)(0) == derivative(fed)(0) + derivative(rest)(0),
        by(curves.derivative_of_sum, X=fed, X2=rest, x=0),
        "fed",
        "rest",
    ),
    have(
        "product",
        derivative(fed)(0) == derivative(weights)(0) @ Z(0) + weights(0) @ derivative(Z)(0),
        by(curves.derivative_of_product, X=weights, Y=Z, x=0),
        "weights",
        "Z",
    ),
    have("shift", derivative(rest)(0) == E, by(curves.derivative_of_line, A=R, A2=E, x=0)),
]
STILL = [
    *MOVING,
    have("residuals", smooth(residuals), by(curves.smooth_curve_of_twice), "residuals twice"),
    have("fed slope", derivative(fed)(0) == 0, calculation, "product", "features"),
    have(
        "slope of residuals",
        derivative(residuals)(0) == E,
        calculation,
        "sum",
        "fed slope",
        "shift",
    ),
]
"""Where the features vanish the weights do not move the residuals."""

SLOPE = Statement(
    "C21.T3.1.slope",
    CURVES,
    title="The slope of the squares where the last features vanish",
    where="Section 3.1.2, (3.2)",
    lines=(242, 244),
    names=(Z,),
    given={"smooth": twice_smooth(Z), "features": Z(0) == 0},
    then=derivative(fn(t, squared(residuals(t))))(0) == 2 * trace(R.T @ E),
    proof=[
        *STILL,
        have(
            "squares",
            derivative(fn(t, squared(residuals(t))))(0)
            == 2 * trace(residuals(0).T @ derivative(residuals)(0)),
            by(curves.derivative_of_squares, X=residuals, x=0),
            "residuals",
        ),
        have(
            "slope",
            derivative(fn(t, squared(residuals(t))))(0) == 2 * trace(R.T @ E),
            calculation,
            "squares",
            "slope of residuals",
        ),
    ],
)

rise = V @ Z(0) + E
"""What moves the residuals."""
bend = 2 * squared(rise) + 4 * trace(R.T @ V @ derivative(Z)(0))
RISING = Statement(
    "C21.T3.2.rising",
    CURVES,
    title="The second derivative of the squares",
    where="Section 3.1.2, (3.5)",
    lines=(319, 319),
    names=(Z,),
    given={"smooth": twice_smooth(Z)},
    then=derivative(derivative(fn(t, squared(residuals(t)))))(0) == bend,
    proof=[
        *MOVING,
        have(
            "weights move",
            derivative(weights)(0) == V,
            by(curves.derivative_of_line, A=zeros(m, p), A2=V, x=0),
        ),
        have("fed slope", derivative(fed)(0) == V @ Z(0), calculation, "product", "weights move"),
        have(
            "slope of residuals",
            derivative(residuals)(0) == rise,
            calculation,
            "sum",
            "fed slope",
            "shift",
        ),
        have(
            "fed bends",
            derivative(derivative(fed))(0)
            == 2 * V @ derivative(Z)(0) + 0 * V @ derivative(derivative(Z))(0),
            by(curves.second_derivative_of_scaled, A=V, Y=Z, x=0),
            "smooth",
        ),
        have(
            "rest straight",
            derivative(derivative(rest))(0) == 0,
            by(curves.second_derivative_of_line, A=R, A2=E, x=0),
        ),
        have(
            "second of sum",
            derivative(derivative(residuals))(0)
            == derivative(derivative(fed))(0) + derivative(derivative(rest))(0),
            by(curves.second_derivative_of_sum, X=fed, X2=rest, x=0),
            "fed twice",
            "rest line",
        ),
        have(
            "residuals bend",
            derivative(derivative(residuals))(0) == 2 * V @ derivative(Z)(0),
            calculation,
            "second of sum",
            "fed bends",
            "rest straight",
        ),
        have(
            "squares",
            derivative(derivative(fn(t, squared(residuals(t)))))(0)
            == 2 * squared(derivative(residuals)(0))
            + 2 * trace(residuals(0).T @ derivative(derivative(residuals))(0)),
            by(curves.second_derivative_of_squares, X=residuals, x=0),
            "residuals twice",
        ),
        have(
            "bend",
            derivative(derivative(fn(t, squared(residuals(t)))))(0) == bend,
            calculation,
            "squares",
            "slope of residuals",
            "residuals bend",
        ),
    ],
)

still_bend = 2 * squared(E) + 4 * trace(R.T @ V @ derivative(Z)(0))
BEND = Statement(
    "C21.T3.2.bend",
    CURVES,
    title="The second derivative of the squares where the last features vanish",
    where="Section 3.1.2, (3.5)",
    lines=(324, 326),
    names=(Z,),
    given={"smooth": twice_smooth(Z), "features": Z(0) == 0},
    then=derivative(derivative(fn(t, squared(residuals(t)))))(0) == still_bend,
    proof=[
        have("rising", None, cite(RISING)),
        have(
            "bend",
            derivative(derivative(fn(t, squared(residuals(t)))))(0) == still_bend,
            calculation,
            "rising",
            "features",
        ),
    ],
)
