"""Section 5.3 and Section 6: very wide networks with two hidden layers have no isolated saddles.

Statements
- C21.R5.open.line: where a is not seen by the errors of a layer and c not by the features below, all
  points W + s a c^T are critical if W is.
- C21.R5.open.deep: a layer with more units than samples, and as many inputs with the bias, has
  such a and c; so its critical points are not isolated.

Design notes. A hidden layer above a hidden layer is such a layer in very wide networks. So isolated
saddles of very wide networks, as C21.R5.open.some names one, have one hidden layer.
"""

from symbolic_landscape.proofs.cooper_2021.settings.wide_layers import (
    LAYER,
    A,
    G,
    V,
    W,
    a,
    along,
    c,
    critical_,
    errors_,
    m,
    n,
    p,
    s,
    t,
    u,
    w,
)
from symbolic_landscape.proofs.rules import curves, ranks, touching, vectors
from symbolic_landscape.proofs.rules.curves import twice_smooth
from symbolic_landscape.proofs.rules.derivatives import smooth
from symbolic_landscape.proofs.rules.entries import trace_with_zero
from symbolic_landscape.statement.language import (
    Expr,
    both,
    derivative,
    every,
    exists,
    fn,
    identity_matrix,
    rank,
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
    linear,
    logic,
    obtain,
    take,
)
from symbolic_landscape.statement.step import Step

below, above = fn(t, A(w + t * u)), fn(t, G(w + t * u))
there = W + s * a @ c.T
GIVEN = {"below": twice_smooth(A), "above": twice_smooth(G), "critical": critical_(W, w)}
UNSEEN = {"errors": errors_(W, w).T @ a == 0, "features": c.T @ A(w) == 0}


def fed(name: str, start: Expr) -> list[Step]:
    """Steps: the preactivations on a line of parameters, and how they move."""
    line = fn(t, start + t * V)
    made = fn(t, line(t) @ below(t))
    return [
        have(f"{name} line", twice_smooth(line), by(curves.twice_smooth_line, A=start, A2=V)),
        have(f"{name} line once", smooth(line), by(curves.smooth_curve_of_twice), f"{name} line"),
        have(f"{name} twice", twice_smooth(made), by(curves.twice_smooth_curve_product, X=line, Y=below), f"{name} line", "moves"),
        have(f"{name} speed", derivative(line)(0) == V, by(curves.derivative_of_line, A=start, A2=V, x=0)),
        have(f"{name} velocity", None, by(curves.derivative_of_product, X=line, Y=below, x=0), f"{name} line once", "moves once"),
    ]  # fmt: skip


moved, still = (fn(t, (start + t * V) @ below(t)) for start in (there, W))
change = derivative(moved)(0) - derivative(still)(0)
LINE = Statement(
    "C21.R5.open.line",
    LAYER,
    title="A line of critical points through a critical point",
    where="Section 5.3 and Section 6 (and 1.2)",
    lines=(68, 68),
    names=(a, c, s),
    given={**GIVEN, **UNSEEN},
    then=critical_(there, w),
    proof=[
        have("critical there", critical_(there, w), arbitrary(V, u, proof=[
            have("moves", twice_smooth(below), by(vectors.twice_smooth_along, Q=A, w=w, w2=u), "below"),
            have("moves once", smooth(below), by(curves.smooth_curve_of_twice), "moves"),
            have("changes", twice_smooth(above), by(vectors.twice_smooth_values_along, GW=G, w=w, w2=u), "above"),
            *fed("moved", there),
            *fed("still", W),
            have("touch", moved(0) == still(0), calculation, "features"),
            have(
                "difference", None,
                by(touching.slopes_of_touching_curves, T=above, X=moved, X2=still, x=0),
                "changes", "moved twice", "still twice", "touch",
            ),
            have(
                "no change", errors_(W, w).T @ change == 0, calculation,
                "moved velocity", "still velocity", "moved speed", "still speed", "errors",
            ),
            have("unseen", trace(errors_(W, w).T @ change) == 0, by(trace_with_zero, A=identity_matrix(n), A2=errors_(W, w).T @ change), "no change"),
            have("flat", derivative(along(W, w))(0) == 0, at(V, u), "critical"),
            have("zero", derivative(along(there, w))(0) == 0, linear, "difference", "unseen", "flat"),
        ])),
    ],
)  # fmt: skip

on_line = every(s, critical_(there, w))
directions = exists(a, c, both(a != 0, c != 0, on_line))
DEEP = Statement(
    "C21.R5.open.deep",
    LAYER,
    title="No isolated critical points where a very wide layer is above a very wide one",
    kind="remark",
    where="Section 5.3 and Section 6 (and 1.2)",
    lines=(68, 68),
    standing=(m > n, p > n),
    given=GIVEN,
    then=directions,
    gloss="Through each critical point there is a line of critical points.",
    proof=[
        have("few errors", rank(errors_(W, w).T) <= n, by(ranks.rank_at_most_rows)),
        have("deficient errors", rank(errors_(W, w).T) < m, linear, "few errors"),
        have("unseen by errors", None, by(ranks.kernel_vector), "deficient errors"),
        have("a", both(a != 0, errors_(W, w).T @ a == 0), obtain(a), "unseen by errors"),
        have("few features", rank(A(w).T) <= n, by(ranks.rank_at_most_rows)),
        have("deficient features", rank(A(w).T) < p, linear, "few features"),
        have("unseen by features", None, by(ranks.kernel_vector), "deficient features"),
        have("c", both(c != 0, A(w).T @ c == 0), obtain(c), "unseen by features"),
        have("errors", errors_(W, w).T @ a == 0, logic, "a"),
        have("columns", A(w).T @ c == 0, logic, "c"),
        have("line", on_line, arbitrary(s, proof=[have("there", critical_(there, w), cite(LINE))])),
        have("not a", a != 0, logic, "a"),
        have("not c", c != 0, logic, "c"),
        have("directions", directions, take(a, c), "not a", "not c", "line"),
    ],
)  # fmt: skip
