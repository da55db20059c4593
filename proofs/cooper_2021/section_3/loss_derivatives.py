"""Section 3.1.2: the first and the second derivatives of the loss, (3.2), (3.5) and (3.6).

Notation: (V, e) and (W, g) are directions; with 1 at one parameter and 0 elsewhere they give the
derivatives by parameters. The sum over the samples of products of vectors is tr(A^T B).

Statements
- C21.I3.2.smooth: the outputs are twice smooth as a function of all parameters.
- C21.I3.2: the first derivative of the loss.
- C21.I3.5: the second derivative. In (3.5) the factor 2 and the sum belong to both terms.
"""

from symbolic_landscape.proofs.cooper_2021.settings.architectures import l
from symbolic_landscape.proofs.cooper_2021.settings.derivatives import (
    DERIVATIVES,
    W,
    df_,
    g,
    mixed_f_,
    mixed_loss_,
)
from symbolic_landscape.proofs.cooper_2021.settings.networks import (
    NETWORK,
    M,
    V,
    X,
    Y,
    b,
    e,
    f_,
    layer,
    loss_,
    one,
    phi_,
    sigma,
    slope_,
)
from symbolic_landscape.proofs.rules import curves, functions
from symbolic_landscape.proofs.rules.curves import twice_smooth
from symbolic_landscape.proofs.rules.derivatives import smooth
from symbolic_landscape.proofs.rules.points import moved, s, t
from symbolic_landscape.statement.language import (
    Expr,
    both,
    derivative,
    each,
    every,
    fn,
    integer,
    like,
    trace,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    at,
    by,
    calculation,
    cite,
    definition,
    have,
    induct,
    linear,
    logic,
)
from symbolic_landscape.statement.step import Step

v, j = integer("v"), integer("j")
M2, b2 = like("M2", M), like("b2", b)


def of_points(value: Expr) -> Expr:
    """The value, as a function of all parameters."""
    return fn(M2, fn(b2, value))


def features(j: Expr) -> Expr:
    """The features of layer j as a function of all parameters."""
    return of_points(phi_(M2, b2)[j])


def layer_smooth(j: Expr, below: str) -> list[Step]:
    """Steps to the smoothness of what layer j makes of the features below."""
    return [
        have("weights", twice_smooth(of_points(M2[j])), by(curves.twice_smooth_member, i=j)),
        have("biases", twice_smooth(of_points(b2[j])), by(curves.twice_smooth_member2, i=j)),
        have("ones", twice_smooth(of_points(one)), by(curves.twice_smooth_constant)),
        have(
            "product",
            twice_smooth(of_points(M2[j] @ phi_(M2, b2)[j - 1])),
            by(curves.twice_smooth_product),
            "weights",
            below,
        ),
        have(
            "columns",
            twice_smooth(of_points(b2[j] @ one)),
            by(curves.twice_smooth_product),
            "biases",
            "ones",
        ),
        have(
            "inside",
            twice_smooth(of_points(inside(j))),
            by(curves.twice_smooth_total),
            "product",
            "columns",
        ),
    ]


def inside(j: Expr) -> Expr:
    """What layer j makes of the features below."""
    return layer(phi_(M2, b2)[j - 1], j, M2, b2)


errors = of_points(f_(M2, b2) - Y)
SMOOTH = Statement(
    "C21.I3.2.smooth",
    NETWORK,
    title="The errors are twice smooth in all parameters",
    where="Section 3.1.2",
    given={"smooth": twice_smooth(sigma)},
    then=twice_smooth(errors),
    proof=[
        have(
            "features",
            each(j, 0, l - 1, twice_smooth(features(j))),
            induct(
                v,
                base=[have("input", twice_smooth(of_points(X)), by(curves.twice_smooth_constant))],
                step=[
                    *layer_smooth(v + 1, "features.before"),
                    have(
                        "image",
                        twice_smooth(of_points(sigma(inside(v + 1)))),
                        by(curves.twice_smooth_image),
                        "smooth",
                        "inside",
                    ),
                    have(
                        "values",
                        every(M2, b2, phi_(M2, b2)[v + 1] == sigma(inside(v + 1))),
                        arbitrary(
                            M2,
                            b2,
                            proof=[
                                have(
                                    "layer",
                                    phi_(M2, b2)[v + 1] == sigma(inside(v + 1)),
                                    definition,
                                )
                            ],
                        ),
                    ),
                    have(
                        "functions",
                        features(v + 1) == of_points(sigma(inside(v + 1))),
                        by(functions.equal_functions_of_points),
                        "values",
                    ),
                    have(
                        "next",
                        twice_smooth(features(v + 1)),
                        calculation,
                        "image",
                        "<functions",
                    ),
                ],
            ),
        ),
        have("below", twice_smooth(features(l - 1)), at(l - 1), "features"),
        *layer_smooth(l, "below"),
        have("targets", twice_smooth(of_points(-Y)), by(curves.twice_smooth_constant)),
        have("errors", twice_smooth(errors), by(curves.twice_smooth_total), "inside", "targets"),
    ],
)


along = moved(M, b, (t, V, e))
off = fn(t, f_(*along) - Y)
"""The errors along the direction."""
targets = fn(t, Y)
MOVES = both(smooth(off), derivative(off)(0) == df_(M, b, V, e))
MOVE = Statement(
    "C21.I3.2.errors",
    DERIVATIVES,
    title="The errors move as the outputs do",
    where="Section 3.1.2",
    names=(V, e),
    given={"smooth": twice_smooth(sigma)},
    then=MOVES,
    proof=[
        have("all smooth", None, cite(SMOOTH)),
        have(
            "line",
            twice_smooth(off),
            by(curves.twice_smooth_matrix_on_line, HA=errors, U=M, a=b, K=V, e=e),
            "all smooth",
        ),
        have("errors", smooth(off), by(curves.smooth_curve_of_twice), "line"),
        have("targets line", twice_smooth(targets), by(curves.twice_smooth_line, A=Y, A2=0 * Y)),
        have("targets", smooth(targets), by(curves.smooth_curve_of_twice), "targets line"),
        have(
            "sum",
            df_(M, b, V, e) == derivative(off)(0) + derivative(targets)(0),
            by(curves.derivative_of_sum, X=off, X2=targets, x=0),
            "errors",
            "targets",
        ),
        have(
            "targets stay",
            derivative(targets)(0) == 0,
            by(curves.derivative_of_line, A=Y, A2=0 * Y, x=0),
        ),
        have("slope", derivative(off)(0) == df_(M, b, V, e), linear, "sum", "targets stay"),
        have("both", MOVES, logic, "errors", "slope"),
    ],
)

rest = f_(M, b) - Y
first = 2 * trace(rest.T @ df_(M, b, V, e))
I3_2 = Statement(
    "C21.I3.2",
    DERIVATIVES,
    kind="identity",
    title="First derivative of L",
    where="Section 3.1.2, (3.2)",
    lines=(236, 240),
    names=(V, e),
    given={"smooth": twice_smooth(sigma)},
    then=slope_(M, b, V, e) == first,
    gloss="The sum over the samples of 2 (f - y) times the derivative of f.",
    proof=[
        have("errors", None, cite(MOVE)),
        have("smooth errors", smooth(off), logic, "errors"),
        have("slope of errors", derivative(off)(0) == df_(M, b, V, e), logic, "errors"),
        have(
            "squares",
            slope_(M, b, V, e) == 2 * trace(rest.T @ derivative(off)(0)),
            by(curves.derivative_of_squares, X=off, x=0),
            "smooth errors",
        ),
        have("slope", slope_(M, b, V, e) == first, calculation, "squares", "slope of errors"),
    ],
)

there = moved(M, b, (t, V, e), (s, W, g))
slope_of_outputs = fn(s, derivative(fn(t, f_(*there)))(0))
slope_of_errors = fn(s, derivative(fn(t, f_(*there) - Y))(0))
base = moved(M, b, (s, W, g))
rest_there = fn(s, f_(*base) - Y)
BASE = {"M": base[0], "b": base[1]}
first_there = derivative(fn(t, loss_(*there)))(0) == 2 * trace(
    rest_there(s).T @ slope_of_outputs(s)
)
same_slope = slope_of_errors(s) == slope_of_outputs(s)
second = 2 * trace(df_(M, b, W, g).T @ df_(M, b, V, e)) + 2 * trace(
    rest.T @ mixed_f_(M, b, V, e, W, g)
)
I3_5 = Statement(
    "C21.I3.5",
    DERIVATIVES,
    kind="identity",
    title="Second derivative of L",
    where="Section 3.1.2, (3.5)-(3.6)",
    lines=(317, 319),
    names=(V, e, W, g),
    given={"smooth": twice_smooth(sigma)},
    then=mixed_loss_(M, b, V, e, W, g) == second,
    gloss="The factor 2 and the sum over the samples belong to both terms.",
    proof=[
        have(
            "first derivatives",
            every(s, first_there),
            arbitrary(
                s,
                proof=[have("there", first_there, cite(I3_2, **BASE))],
            ),
        ),
        have("curve", None, by(functions.equal_functions_of_numbers), "first derivatives"),
        have("errors", None, cite(MOVE, V=W, e=g)),
        have("smooth errors", smooth(rest_there), logic, "errors"),
        have("slope of errors", derivative(rest_there)(0) == df_(M, b, W, g), logic, "errors"),
        have("all smooth", None, cite(SMOOTH)),
        have(
            "smooth slopes",
            smooth(slope_of_errors),
            by(curves.smooth_slope_on_line, HA=errors, U=M, a=b, K=V, e=e, K2=W, e2=g),
            "all smooth",
        ),
        have(
            "slopes",
            every(s, same_slope),
            arbitrary(
                s,
                proof=[
                    have("moved", None, cite(MOVE, **BASE)),
                    have("same", same_slope, logic, "moved"),
                ],
            ),
        ),
        have("outputs alone", None, by(functions.equal_curves), "slopes"),
        have(
            "smooth outputs",
            smooth(slope_of_outputs),
            calculation,
            "smooth slopes",
            "outputs alone",
        ),
        have(
            "product",
            derivative(fn(s, 2 * trace(rest_there(s).T @ slope_of_outputs(s))))(0)
            == 2 * trace(derivative(rest_there)(0).T @ slope_of_outputs(0))
            + 2 * trace(rest_there(0).T @ derivative(slope_of_outputs)(0)),
            by(curves.derivative_of_pairing, X=rest_there, X2=slope_of_outputs, r=2, x=0),
            "smooth errors",
            "smooth outputs",
        ),
        have(
            "second",
            mixed_loss_(M, b, V, e, W, g) == second,
            calculation,
            "curve",
            "product",
            "slope of errors",
        ),
    ],
)
