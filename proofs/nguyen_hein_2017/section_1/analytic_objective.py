"""Abstract and introduction: the objective as an analytic function of all parameters.

Statements
- NH17.R0.abstract.objective: the objective is analytic in the parameters.
- NH17.R0.abstract.constant: an objective without slopes is constant.
"""

from symbolic_landscape.proofs.nguyen_hein_2017.section_3.objective import (
    OBJECTIVE,
    SMOOTH_OBJECTIVE,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_4.analytic import LAYERS, of_parameters
from symbolic_landscape.proofs.nguyen_hein_2017.settings.assumptions import (
    analytic,
    sigma_analytic,
    twice_smooth,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.directions import (
    K,
    e,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.neighbourhoods import (
    NEIGHBOURHOODS,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.network import (
    F,
    L,
    N,
    Phi,
    V,
    W,
    Y,
    b,
    c,
    loss,
    minimises,
    n,
    sigma,
)
from symbolic_landscape.proofs.rules import analytic as rule
from symbolic_landscape.proofs.rules import curves, pieces, points, slopes
from symbolic_landscape.proofs.rules.analytic import analytic_in
from symbolic_landscape.proofs.rules.derivatives import smooth
from symbolic_landscape.statement.language import (
    Expr,
    derivative,
    each,
    every,
    fn,
    integer,
    real,
    total,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    at,
    by,
    calculation,
    cite,
    have,
    linear,
)

i, j = integer("i"), integer("j")
s, t = real("s"), real("t")
loss_analytic = analytic(loss)
residual = (F(L) - Y)[i, j]
analytic_objective = analytic_in(1, L, of_parameters(Phi(W, b)))

ANALYTIC = Statement(
    "NH17.R0.abstract.objective",
    NEIGHBOURHOODS,
    title="The objective is analytic in the parameters",
    given={"sigma": sigma_analytic, "loss": loss_analytic},
    then=analytic_objective,
    proof=[
        have("layers", None, cite(LAYERS, k=L)),
        have("outputs", None, at(L), "layers"),
        have(
            "entries",
            each(i, 1, N, each(j, 1, n[L], analytic_in(1, L, of_parameters(loss(residual))))),
            arbitrary(
                i,
                j,
                proof=[
                    have("output", None, at(i, j), "outputs"),
                    have(
                        "label",
                        analytic_in(1, L, of_parameters(-Y[i, j])),
                        by(rule.analytic_constant),
                    ),
                    have(
                        "residual",
                        analytic_in(1, L, of_parameters(residual)),
                        by(rule.analytic_sum),
                        "output",
                        "label",
                    ),
                    have(
                        "image",
                        analytic_in(1, L, of_parameters(loss(residual))),
                        by(rule.analytic_composition),
                        "loss",
                        "residual",
                    ),
                ],
            ),
        ),
        have(
            "rows",
            each(i, 1, N, analytic_in(1, L, of_parameters(total(j, 1, n[L], loss(residual))))),
            arbitrary(
                i,
                proof=[
                    have("row", None, at(i), "entries"),
                    have(
                        "sum",
                        analytic_in(1, L, of_parameters(total(j, 1, n[L], loss(residual)))),
                        by(rule.analytic_total),
                        "row",
                    ),
                ],
            ),
        ),
        have("sum", analytic_objective, by(rule.analytic_total), "rows"),
    ],
)

SMOOTH = {"sigma smooth": twice_smooth(sigma), "loss smooth": twice_smooth(loss)}


def slope_at(V: Expr, c: Expr, K: Expr = K, e: Expr = e) -> Expr:
    """The slope of the objective at (V, c) in the direction (K, e)."""
    return points.slope_along(OBJECTIVE, V, c, K, e)


towards = (fn(i, V[i] - W[i]), fn(i, c[i] - b[i]))
"""The direction from (W, b) to (V, c)."""


def on_the_way(t: Expr) -> tuple[Expr, Expr]:
    """The point after a part t of the way from (W, b) to (V, c)."""
    return points.moved(W, b, (t, *towards))


g = fn(t, Phi(*on_the_way(t)))
CONSTANT = Statement(
    "NH17.R0.abstract.constant",
    NEIGHBOURHOODS,
    title="An objective without slopes is constant",
    given={"flat": every(K, e, V, c, slope_at(V, c) == 0), **SMOOTH},
    then=minimises(W, b),
    proof=[
        have("smooth objective", None, cite(SMOOTH_OBJECTIVE)),
        have(
            "least",
            minimises(W, b),
            arbitrary(
                V,
                c,
                proof=[
                    have(
                        "on the way",
                        None,
                        by(
                            curves.twice_smooth_on_line,
                            H=OBJECTIVE,
                            U=W,
                            a=b,
                            K=towards[0],
                            e=towards[1],
                        ),
                        "smooth objective",
                    ),
                    have("smooth", smooth(g), by(curves.smooth_of_twice), "on the way"),
                    have(
                        "no slope",
                        every(s, derivative(g)(s) == 0),
                        arbitrary(
                            s,
                            proof=[
                                have("there", None, at(*towards, *on_the_way(s)), "flat"),
                                have(
                                    "shift",
                                    derivative(fn(t, g(t + s)))(0) == derivative(g)(s),
                                    by(pieces.derivative_of_shift, f=g, r=s, x=0),
                                    "smooth",
                                ),
                                have("so", derivative(g)(s) == 0, calculation, "<shift", "there"),
                            ],
                        ),
                    ),
                    have(
                        "ends",
                        g(0) == g(1),
                        by(slopes.constant_of_no_slope, f=g),
                        "smooth",
                        "no slope",
                    ),
                    have("so", Phi(W, b) <= Phi(V, c), linear, "ends"),
                ],
            ),
        ),
    ],
)
