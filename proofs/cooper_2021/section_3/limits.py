"""Section 3.2: where gradient flow ends.

Notation: X(t) is the place of the flow at time t; a strict local maximum of phi is one of -phi.

Statements
- C21.R3.flow: gradient flow that converges ends at a critical point.
- C21.R3.saddle.maximum: from no other point does the flow converge to a strict local maximum.
"""

from symbolic_landscape.proofs.cooper_2021.settings.functions import (
    FUNCTION,
    critical_,
    i,
    other,
    partial_,
    phi,
    q,
    strict_,
    unit,
    w,
    y,
)
from symbolic_landscape.proofs.rules import flows, order
from symbolic_landscape.proofs.rules.curves import twice_smooth
from symbolic_landscape.proofs.rules.derivatives import smooth
from symbolic_landscape.proofs.rules.flows import converges, coordinate
from symbolic_landscape.proofs.rules.limits import tends
from symbolic_landscape.proofs.rules.points import close
from symbolic_landscape.proofs.rules.spectra import square
from symbolic_landscape.statement.language import (
    both,
    contradiction,
    derivative,
    each,
    either,
    every,
    exists,
    fn,
    function,
    like,
    real,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    at,
    by,
    calculation,
    cite,
    claimed,
    have,
    linear,
    logic,
    obtain,
    suppose_not,
)

r, s, t, late = real("r"), real("s"), real("t"), real("late")
X, z = function("X", t, y), like("z", y)
speed = derivative(coordinate(X, i))(t)
against = every(t, (t >= 0) >> (speed == -partial_(q, phi, X(t), i)))
FLOWS = {
    "smooth": twice_smooth(phi),
    "moves": each(i, 1, q, smooth(coordinate(X, i))),
    "follows": each(i, 1, q, against),
}

R3_FLOW = Statement(
    "C21.R3.flow",
    FUNCTION,
    kind="remark",
    title="Convergence of gradient flow",
    where="Section 3.2",
    lines=(389, 389),
    names=(X,),
    given={**FLOWS, "converges": converges(q, X, y)},
    then=critical_(q, phi, y),
    gloss="The limit, where there is one, is a critical point.",
    proof=[
        have(
            "critical",
            critical_(q, phi, y),
            arbitrary(
                i,
                proof=[
                    have("smooth coordinate", smooth(coordinate(X, i)), at(i), "moves"),
                    have("limit", tends(coordinate(X, i), y[i, 1]), at(i), "converges"),
                    have("against", against, at(i), "follows"),
                    have(
                        "slopes",
                        tends(fn(t, partial_(q, phi, X(t), i)), partial_(q, phi, y, i)),
                        by(flows.slopes_converge, X=X, phi=phi, q=q, w=y, w2=unit(i, q)),
                        "smooth",
                        "converges",
                    ),
                    have(
                        "rest",
                        -partial_(q, phi, y, i) == 0,
                        by(
                            flows.limit_of_slope,
                            f=coordinate(X, i),
                            r=y[i, 1],
                            g=fn(t, -partial_(q, phi, X(t), i)),
                            s=-partial_(q, phi, y, i),
                        ),
                        "smooth coordinate",
                        "limit",
                        "against",
                        "slopes",
                    ),
                ],
            ),
        )
    ],
    reading="repaired",
)
diverges = every(s, exists(late, every(t, (late <= t) >> (square(X(t)) >= s))))
somewhere = exists(z, both(converges(q, X, z), critical_(q, phi, z)))
R3_FLOW_PRINTED = Statement(
    "C21.R3.flow",
    FUNCTION,
    kind="remark",
    title="Convergence of gradient flow",
    where="Section 3.2",
    lines=(389, 389),
    names=(X,),
    given=FLOWS,
    then=either(somewhere, diverges),
    gloss="For all smooth functions.",
    hedge="For analytic functions a flow that does not diverge converges (Lojasiewicz).",
    proof=[
        have(
            "end",
            either(somewhere, diverges),
            claimed("gradient flow converges to a critical point or diverges"),
            "smooth",
            "moves",
            "follows",
            lines=(389, 389),
        )
    ],
    repaired=R3_FLOW,
    expected=("unsupported premise, step end",),
)

upside_down = fn(w, -phi(w))
time = late * late + 1
higher = every(other, both(close(other, y, r), other != y) >> (phi(other) < phi(y)))
falling = every(s, t, both(0 <= s, s <= t) >> (phi(X(t)) <= phi(X(s))))
MAXIMUM = Statement(
    "C21.R3.saddle.maximum",
    FUNCTION,
    title="From no other point does the flow converge to a strict local maximum",
    lines=(399, 399),
    names=(X,),
    given={
        **FLOWS,
        "converges": converges(q, X, y),
        "maximum": strict_(q, upside_down, y),
    },
    then=X(0) == y,
    proof=[
        have("ball", both(r > 0, higher), obtain(r), "maximum"),
        have("radius", r > 0, logic, "ball"),
        have("higher", higher, logic, "ball"),
        have("some time", None, by(flows.late_and_close), "converges", "radius"),
        have("late", every(t, (late <= t) >> close(X(t), y, r)), obtain(late), "some time"),
        have("square", (late - 1) * (late - 1) >= 0, by(order.square_not_negative)),
        have("squared", late * late >= 0, by(order.square_not_negative)),
        have("after", late <= time, linear, "square", "squared"),
        have("positive", time >= 0, linear, "squared"),
        have("if late", None, at(time), "late"),
        have("close", close(X(time), y, r), logic, "if late", "after"),
        have("falls", falling, by(flows.falls_along_flow, X=X, phi=phi, q=q), "smooth", "moves", "follows"),
        have("values", tends(fn(t, phi(X(t))), phi(y)), by(flows.values_converge), "smooth", "converges"),
        have("above", phi(X(time)) >= phi(y), by(flows.above_limit, f=fn(t, phi(X(t))), x=time), "falls", "values", "positive"),
        have("there", X(time) == y, suppose_not([
            have("if other", None, at(X(time)), "higher"),
            have("below", phi(X(time)) < phi(y), logic, "if other", "close", "there.not"),
            have("clash", contradiction, linear, "below", "above"),
        ])),
        have("critical", critical_(q, phi, y), cite(R3_FLOW)),
        have("rest", each(i, 1, q, partial_(q, phi, X(time), i) == 0), arbitrary(i, proof=[
            have("flat there", partial_(q, phi, y, i) == 0, at(i), "critical"),
            have("flat", partial_(q, phi, X(time), i) == 0, calculation, "there", "flat there"),
        ])),
        have("never left", X(0) == X(time), by(flows.rests_at_critical, x=time), "smooth", "moves", "follows", "rest", "positive"),
        have("start", X(0) == y, calculation, "never left", "there"),
    ],
)  # fmt: skip
