"""Section 3.2, Theorem 3.8: how the errors of a layer start to move along a line.

Notation as in `error_curves`.

Statements
- NH17.T3.8.flatUnits: what sees flat units alone does not see the errors turn.
- NH17.T3.8.pulled: where the errors above vanish, turning errors are pulled back.
"""

from symbolic_landscape.proofs.nguyen_hein_2017.section_3.error_curves import (
    AWAY,
    BACKPROPAGATED,
    ERROR_CURVES,
    LINES,
    SMOOTH,
    bend,
    errors,
    factor,
    factored,
    preactivations,
    pulled_away,
    residuals,
    slope,
    slopes_away,
    smooth_preactivations,
    turn,
    weights_away,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.assumptions import (
    twice_smooth,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.directions import K2, e2
from symbolic_landscape.proofs.nguyen_hein_2017.settings.neighbourhoods import NEIGHBOURHOODS
from symbolic_landscape.proofs.nguyen_hein_2017.settings.network import (
    G_,
    Delta,
    Delta_,
    G,
    L,
    N,
    W,
    k,
    n,
)
from symbolic_landscape.proofs.rules import curves, entries, functions
from symbolic_landscape.proofs.rules.derivatives import smooth
from symbolic_landscape.statement.language import (
    both,
    derivative,
    each,
    every,
    fn,
    integer,
    matrix,
    real,
    trace,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    at,
    by,
    calculation,
    cite,
    have,
    logic,
    obtain,
)

j, s = integer("j"), real("s")
E = matrix("E", N, n[k])
B = factor(k)
product = fn(s, B(s) * slope(G_(*AWAY, k)))
start, moves = derivative(B)(0), derivative(preactivations(k))(0)

FLAT_UNITS = Statement(
    "NH17.T3.8.flatUnits",
    NEIGHBOURHOODS,
    title="What sees flat units alone does not see the errors turn",
    names=(k, K2, e2, E),
    standing=(k >= 1, k <= L),
    given={"flat": slope(G(k)) * E == 0, "no bend": bend(G(k)) * E == 0, **SMOOTH},
    then=trace(turn(k).T @ E) == 0,
    proof=[
        have("error curves", None, cite(ERROR_CURVES)),
        have("here", None, at(k), "error curves"),
        have("factored", factored(k), logic, "here"),
        have(
            "B",
            both(smooth(B), every(s, Delta_(*AWAY, k) == B(s) * slope(G_(*AWAY, k)))),
            obtain(B),
            "factored",
        ),
        have("B smooth", smooth(B), logic, "B"),
        have("values", every(s, Delta_(*AWAY, k) == B(s) * slope(G_(*AWAY, k))), logic, "B"),
        have("curves", errors(k) == product, by(functions.equal_curves), "values"),
        have("lines", both(smooth_preactivations, smooth(residuals)), cite(LINES)),
        have("preactivations", smooth_preactivations, logic, "lines"),
        have("layer", None, at(k), "preactivations"),
        have("slope smooth", smooth(slope), by(curves.smooth_derivative), "sigma"),
        have(
            "slopes", smooth(slopes_away(k)), by(curves.smooth_curve_image), "slope smooth", "layer"
        ),
        have(
            "product rule",
            derivative(product)(0) == start * slope(G(k)) + B(0) * derivative(slopes_away(k))(0),
            by(curves.derivative_of_hadamard, X=B, X2=slopes_away(k)),
            "B smooth",
            "slopes",
        ),
        have(
            "chain",
            derivative(slopes_away(k))(0) == bend(G(k)) * moves,
            by(curves.derivative_of_image, f=slope, X=preactivations(k)),
            "slope smooth",
            "layer",
        ),
        have(
            "turn",
            turn(k) == start * slope(G(k)) + B(0) * moves * bend(G(k)),
            calculation,
            "curves",
            "product rule",
            "chain",
        ),
        have(
            "first",
            trace((start * slope(G(k))).T @ E) == trace(start.T @ (slope(G(k)) * E)),
            by(entries.trace_hadamard),
        ),
        have(
            "second",
            trace((B(0) * moves * bend(G(k))).T @ E) == trace((B(0) * moves).T @ (bend(G(k)) * E)),
            by(entries.trace_hadamard, A=B(0) * moves, A2=bend(G(k))),
        ),
        have(
            "first seen",
            trace(start.T @ (slope(G(k)) * E)) == 0,
            by(entries.trace_with_zero),
            "flat",
        ),
        have(
            "first zero",
            trace((start * slope(G(k))).T @ E) == 0,
            calculation,
            "first",
            "first seen",
        ),
        have(
            "second seen",
            trace((B(0) * moves).T @ (bend(G(k)) * E)) == 0,
            by(entries.trace_with_zero),
            "no bend",
        ),
        have(
            "second zero",
            trace((B(0) * moves * bend(G(k))).T @ E) == 0,
            calculation,
            "second",
            "second seen",
        ),
        have("all", trace(turn(k).T @ E) == 0, calculation, "turn", "first zero", "second zero"),
    ],
)

pulled = pulled_away(k + 1)
pulled_product = fn(s, pulled(s) * slope(G_(*AWAY, k)))
PULLED = Statement(
    "NH17.T3.8.pulled",
    NEIGHBOURHOODS,
    title="Where the errors above vanish, turning errors are pulled back",
    names=(k, K2, e2, E),
    standing=(k >= 1, k <= L - 1),
    given={"no errors": Delta(k + 1) == 0, **SMOOTH},
    then=trace(turn(k).T @ E) == trace(turn(k + 1).T @ (slope(G(k)) * E) @ W[k + 1]),
    proof=[
        have("error curves", None, cite(ERROR_CURVES)),
        have("above here", None, at(k + 1), "error curves"),
        have("above", smooth(errors(k + 1)), logic, "above here"),
        have("weights twice", twice_smooth(weights_away(k + 1)), by(curves.twice_smooth_line)),
        have(
            "weights",
            smooth(weights_away(k + 1)),
            by(curves.smooth_curve_of_twice),
            "weights twice",
        ),
        have(
            "pulled",
            smooth(pulled),
            by(curves.smooth_curve_product, X=errors(k + 1), Y=weights_away(k + 1)),
            "above",
            "weights",
        ),
        have("lines", both(smooth_preactivations, smooth(residuals)), cite(LINES)),
        have("preactivations", smooth_preactivations, logic, "lines"),
        have("layer", None, at(k), "preactivations"),
        have("slope smooth", smooth(slope), by(curves.smooth_derivative), "sigma"),
        have(
            "slopes", smooth(slopes_away(k)), by(curves.smooth_curve_image), "slope smooth", "layer"
        ),
        have(
            "values",
            every(s, Delta_(*AWAY, k) == pulled_product(s)),
            arbitrary(
                s,
                proof=[
                    BACKPROPAGATED,
                    have(
                        "back",
                        each(
                            j,
                            1,
                            L - 1,
                            Delta_(*AWAY, j)
                            == (Delta_(*AWAY, j + 1) @ AWAY[0][j + 1].T) * slope(G_(*AWAY, j)),
                        ),
                        logic,
                        "backpropagation",
                    ),
                    have("this", None, at(k), "back"),
                ],
            ),
        ),
        have("curves", errors(k) == pulled_product, by(functions.equal_curves), "values"),
        have(
            "hadamard",
            derivative(pulled_product)(0)
            == derivative(pulled)(0) * slope(G(k)) + pulled(0) * derivative(slopes_away(k))(0),
            by(curves.derivative_of_hadamard, X=pulled, X2=slopes_away(k)),
            "pulled",
            "slopes",
        ),
        have(
            "product",
            derivative(pulled)(0)
            == turn(k + 1) @ W[k + 1].T + Delta(k + 1) @ derivative(weights_away(k + 1))(0),
            by(curves.derivative_of_product, X=errors(k + 1), Y=weights_away(k + 1)),
            "above",
            "weights",
        ),
        have(
            "turn",
            turn(k) == (turn(k + 1) @ W[k + 1].T) * slope(G(k)),
            calculation,
            "curves",
            "hadamard",
            "product",
            "no errors",
        ),
        have(
            "moved over",
            trace(((turn(k + 1) @ W[k + 1].T) * slope(G(k))).T @ E)
            == trace((turn(k + 1) @ W[k + 1].T).T @ (slope(G(k)) * E)),
            by(entries.trace_hadamard),
        ),
        have(
            "all",
            trace(turn(k).T @ E) == trace(turn(k + 1).T @ (slope(G(k)) * E) @ W[k + 1]),
            calculation,
            "turn",
            "moved over",
        ),
    ],
)
