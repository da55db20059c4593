"""Section 3.2, Theorem 3.8: the errors of a layer along a line in parameter space.

Notation: AWAY is the point moved by s along (K2, e2), errors(j) is s -> Delta_j there, and
turn(j, K2, e2) its derivative at s = 0.

Statements
- NH17.T3.8.lines: preactivations and residuals move smoothly along the line.
- NH17.T3.8.errorCurves: so do errors, as smooth curves times the slopes of the layer.
"""

from symbolic_landscape.proofs.nguyen_hein_2017.section_2.backpropagation import L2_1
from symbolic_landscape.proofs.nguyen_hein_2017.section_3.objective import (
    SMOOTH_FEATURES,
    of_points,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.assumptions import (
    loss_twice_smooth,
    twice_smooth,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.directions import K2, e2, moved
from symbolic_landscape.proofs.nguyen_hein_2017.settings.neighbourhoods import NEIGHBOURHOODS
from symbolic_landscape.proofs.nguyen_hein_2017.settings.network import (
    F_,
    G_,
    Delta_,
    L,
    N,
    V,
    W,
    Y,
    b,
    c,
    k,
    layer,
    loss,
    n,
    one,
    sigma,
)
from symbolic_landscape.proofs.rules import curves, functions
from symbolic_landscape.proofs.rules.derivatives import smooth
from symbolic_landscape.statement.language import (
    Expr,
    both,
    derivative,
    each,
    every,
    exists,
    fn,
    function,
    integer,
    matrix,
    real,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    Steps,
    arbitrary,
    at,
    by,
    calculation,
    cite,
    have,
    induct,
    logic,
    take,
)
from symbolic_landscape.statement.step import Step

j, v, s = integer("j"), integer("v"), real("s")
SMOOTH = {"sigma": twice_smooth(sigma), "loss smooth": loss_twice_smooth}
AWAY = moved((s, K2, e2))
slope, bend, loss_slope = derivative(sigma), derivative(derivative(sigma)), derivative(loss)


def preactivations(j: Expr) -> Expr:
    """The curve of preactivations of layer j."""
    return fn(s, G_(*AWAY, j))


def errors(j: Expr) -> Expr:
    """The curve of errors of layer j."""
    return fn(s, Delta_(*AWAY, j))


def turn(j: Expr) -> Expr:
    """How the errors of layer j start to move along (K2, e2)."""
    return derivative(errors(j))(0)


residuals = fn(s, F_(*AWAY)[L] - Y)
smooth_preactivations = each(j, 1, L, smooth(preactivations(j)))
LINES = Statement(
    "NH17.T3.8.lines",
    NEIGHBOURHOODS,
    title="Preactivations and residuals move smoothly along a line",
    names=(K2, e2),
    given={"sigma": twice_smooth(sigma)},
    then=both(smooth_preactivations, smooth(residuals)),
    proof=[
        have("features", None, cite(SMOOTH_FEATURES)),
        have("ones", twice_smooth(of_points(one)), by(curves.twice_smooth_constant)),
        have(
            "preactivations",
            smooth_preactivations,
            arbitrary(
                j,
                proof=[
                    have("below", None, at(j - 1), "features"),
                    have(
                        "weights",
                        twice_smooth(of_points(V[j])),
                        by(curves.twice_smooth_member, i=j),
                    ),
                    have(
                        "biases",
                        twice_smooth(of_points(c[j])),
                        by(curves.twice_smooth_member2, i=j),
                    ),
                    have(
                        "product",
                        twice_smooth(of_points(F_(V, c)[j - 1] @ V[j])),
                        by(curves.twice_smooth_product),
                        "below",
                        "weights",
                    ),
                    have(
                        "rows",
                        twice_smooth(of_points(one @ c[j])),
                        by(curves.twice_smooth_product),
                        "ones",
                        "biases",
                    ),
                    have(
                        "sum",
                        twice_smooth(of_points(layer(F_(V, c)[j - 1], j, V, c))),
                        by(curves.twice_smooth_total),
                        "product",
                        "rows",
                    ),
                    have(
                        "line",
                        twice_smooth(preactivations(j)),
                        by(
                            curves.twice_smooth_matrix_on_line,
                            HA=of_points(G_(V, c, j)),
                            U=W,
                            a=b,
                            K=K2,
                            e=e2,
                        ),
                        "sum",
                    ),
                    have(
                        "once", smooth(preactivations(j)), by(curves.smooth_curve_of_twice), "line"
                    ),
                ],
            ),
        ),
        have("output", None, at(L), "features"),
        have("targets", twice_smooth(of_points(-Y)), by(curves.twice_smooth_constant)),
        have(
            "difference",
            twice_smooth(of_points(F_(V, c)[L] - Y)),
            by(curves.twice_smooth_total),
            "output",
            "targets",
        ),
        have(
            "line",
            twice_smooth(residuals),
            by(
                curves.twice_smooth_matrix_on_line,
                HA=of_points(F_(V, c)[L] - Y),
                U=W,
                a=b,
                K=K2,
                e=e2,
            ),
            "difference",
        ),
        have("residuals", smooth(residuals), by(curves.smooth_curve_of_twice), "line"),
        have(
            "both",
            both(smooth_preactivations, smooth(residuals)),
            logic,
            "preactivations",
            "residuals",
        ),
    ],
)


def factor(j: Expr) -> Expr:
    """A curve of the shape of the errors of layer j."""
    return function("B", s, matrix("", N, n[j]))


def slopes_away(j: Expr) -> Expr:
    """The curve of slopes of layer j."""
    return fn(s, slope(G_(*AWAY, j)))


def factored(j: Expr) -> Expr:
    """The errors of layer j are a smooth curve times the slopes of the layer."""
    B = factor(j)
    return exists(B, both(smooth(B), every(s, Delta_(*AWAY, j) == B(s) * slope(G_(*AWAY, j)))))


def smooth_and_factored(j: Expr) -> Expr:
    """The errors of layer j move smoothly, and are factored so."""
    return both(smooth(errors(j)), factored(j))


def products(j: Expr, B: Expr, above: str, formula: Steps) -> list[Step]:
    """Steps: errors that are `formula` away from the point, B times slopes, are smooth."""
    return [
        have("layer", None, at(j), "preactivations"),
        have(
            "slopes", smooth(slopes_away(j)), by(curves.smooth_curve_image), "slope smooth", "layer"
        ),
        have(
            "product",
            smooth(fn(s, B(s) * slope(G_(*AWAY, j)))),
            by(curves.smooth_curve_hadamard, X=B, X2=slopes_away(j)),
            above,
            "slopes",
        ),
        have(
            "values",
            every(s, Delta_(*AWAY, j) == B(s) * slope(G_(*AWAY, j))),
            arbitrary(s, proof=formula),
        ),
        have(
            "curves",
            errors(j) == fn(s, B(s) * slope(G_(*AWAY, j))),
            by(functions.equal_curves),
            "values",
        ),
        have("smooth", smooth(errors(j)), calculation, "product", "<curves"),
        have("factor", factored(j), take(B), above, "values"),
        have("both", smooth_and_factored(j), logic, "smooth", "factor"),
    ]


losses_away = fn(s, loss_slope(F_(*AWAY)[L] - Y))


def weights_away(v: Expr) -> Expr:
    """The transposed weights of layer v along the line."""
    return fn(s, W[v].T + s * K2[v].T)


def pulled_away(v: Expr) -> Expr:
    """The errors of layer v along the line, times the transposed weights."""
    return fn(s, errors(v)(s) @ weights_away(v)(s))


BACKPROPAGATED = have("backpropagation", None, cite(L2_1, W=AWAY[0], b=AWAY[1]))
"""The step to Lemma 2.1 at the moved point."""


ERROR_CURVES = Statement(
    "NH17.T3.8.errorCurves",
    NEIGHBOURHOODS,
    title="Along a line errors are smooth curves times the slopes of the layer",
    names=(K2, e2),
    given=SMOOTH,
    then=each(j, 1, L, smooth_and_factored(j)),
    proof=[
        have("lines", both(smooth_preactivations, smooth(residuals)), cite(LINES)),
        have("preactivations", smooth_preactivations, logic, "lines"),
        have("residuals", smooth(residuals), logic, "lines"),
        have("slope smooth", smooth(slope), by(curves.smooth_derivative), "sigma"),
        have("loss slope smooth", smooth(loss_slope), by(curves.smooth_derivative), "loss smooth"),
        have(
            "all",
            each(j, 1, L, smooth_and_factored(j)),
            induct(
                v,
                down=True,
                base=[
                    have(
                        "losses",
                        smooth(losses_away),
                        by(curves.smooth_curve_image),
                        "loss slope smooth",
                        "residuals",
                    ),
                    *products(
                        L,
                        losses_away,
                        "losses",
                        [
                            BACKPROPAGATED,
                            have(
                                "last",
                                Delta_(*AWAY, L) == losses_away(s) * slope(G_(*AWAY, L)),
                                logic,
                                "backpropagation",
                            ),
                        ],
                    ),
                ],
                step=[
                    have("above", smooth(errors(v)), logic, "all.before"),
                    have(
                        "weights twice", twice_smooth(weights_away(v)), by(curves.twice_smooth_line)
                    ),
                    have(
                        "weights",
                        smooth(weights_away(v)),
                        by(curves.smooth_curve_of_twice),
                        "weights twice",
                    ),
                    have(
                        "pulled",
                        smooth(pulled_away(v)),
                        by(curves.smooth_curve_product, X=errors(v), Y=weights_away(v)),
                        "above",
                        "weights",
                    ),
                    *products(
                        v - 1,
                        pulled_away(v),
                        "pulled",
                        [
                            BACKPROPAGATED,
                            have(
                                "back",
                                each(
                                    k,
                                    1,
                                    L - 1,
                                    Delta_(*AWAY, k)
                                    == (Delta_(*AWAY, k + 1) @ AWAY[0][k + 1].T)
                                    * slope(G_(*AWAY, k)),
                                ),
                                logic,
                                "backpropagation",
                            ),
                            have("here", None, at(v - 1), "back"),
                        ],
                    ),
                ],
            ),
        ),
    ],
)
