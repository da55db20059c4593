"""Section 3.2: gradient flow and attracting critical loci.

Notation: X(t) is the place of the flow at time t; C is a locus of critical points.

Statements
- C21.D3.4: a locus of critical points that contains an attracting one is attracting.
- C21.X3.4a: for x^2 the y-axis attracts; the printed x-axis has points that are not critical.
"""

from typing import Any

from symbolic_landscape.proofs.cooper_2021.settings import function_decisions
from symbolic_landscape.proofs.cooper_2021.settings.functions import (
    FUNCTION,
    PLANE,
    critical_,
    i,
    partial_,
    phi,
    place,
    q,
    top,
    v,
    y,
)
from symbolic_landscape.proofs.rules.entries import matrix_of_entries
from symbolic_landscape.proofs.rules.exponentials import (
    derivative_of_exponential,
    exp,
    exp_at_zero,
)
from symbolic_landscape.proofs.rules.limits import exponential_fades, tends
from symbolic_landscape.proofs.rules.minima import box_of_vectors_is_not_null, null_set
from symbolic_landscape.proofs.rules.numbers import derivative_of_cubic
from symbolic_landscape.proofs.rules.points import close
from symbolic_landscape.statement.language import (
    Expr,
    both,
    define,
    derivative,
    each,
    entries,
    every,
    exists,
    fn,
    function,
    identity_matrix,
    like,
    matrix,
    real,
    true,
    zeros,
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
    take,
)
from symbolic_landscape.statement.term import num

t = real("t")
X = function("X", t, y)
C, C2, S = (function(name, y, true) for name in ("C", "C2", "S"))
w, z, start, end = (like(name, y) for name in ("w", "z", "start", "end"))


def coordinate(X: Any, i: Expr | int) -> Expr:
    """A coordinate of the flow, as a function of time."""
    return fn(t, X(t)[i, 1])


def follows(q: Any, phi: Expr, X: Any, i: Expr | int) -> Expr:
    """The coordinate moves against the partial derivative from time 0 on."""
    speed = derivative(coordinate(X, i))(t)
    return every(t, (t >= 0) >> (speed == -partial_(q, phi, X(t), i)))


flows_ = define(
    "flows to",
    (q, phi, start, end),
    exists(
        X,
        both(
            X(0) == start,
            each(i, 1, q, both(follows(q, phi, X, i), tends(coordinate(X, i), end[i, 1]))),
        ),
    ),
    text="the gradient flow of {1} from {2} in ℝ^{0} converges to {3}",
    latex=r"\text{{the gradient flow of }} {1} \text{{ from }} {2} \in \mathbb{{R}}^{0} \text{{ converges to }} {3}",
)
attracting_ = define(
    "attracting",
    (q, phi, C),
    exists(
        S,
        both(~null_set(S), every(w, S(w) >> exists(z, both(C(z), flows_(q, phi, w, z))))),
    ),
    text="a set of positive measure in ℝ^{0} flows into {2} under {1}",
    latex=r"\text{{a set of positive measure in }} \mathbb{{R}}^{0} \text{{ flows into }} {2} \text{{ under }} {1}",
)
locus_ = define(
    "locus of critical points",
    (q, phi, C),
    every(w, C(w) >> critical_(q, phi, w)),
    text="all points of {2} in ℝ^{0} are critical points of {1}",
    latex=r"\nabla {1} = 0 \text{{ on }} {2} \subset \mathbb{{R}}^{0}",
)
FLOW = FUNCTION.extended(
    "a function of vectors and its gradient flow",
    definitions=(flows_, attracting_, locus_),
    decisions={"flows to": function_decisions.flows_to},
)
FLOW_EXAMPLES = PLANE.extended(
    "examples of gradient flow, and a point of the plane",
    definitions=(flows_, attracting_, locus_),
    decisions={"flows to": function_decisions.flows_to},
)

D3_4 = Statement(
    "C21.D3.4",
    FLOW,
    kind="definition",
    title="Attracting critical locus",
    where="Section 3.2, Definition 3.4",
    lines=(395, 395),
    names=(C, C2),
    given={"attracts": attracting_(q, phi, C), "larger": every(w, C(w) >> C2(w))},
    then=attracting_(q, phi, C2),
    gloss="By the definition a maximum beside an attracting minimum is in an attracting locus.",
    proof=[
        have("some", None, obtain(S), "attracts"),
        have("not null", ~null_set(S), logic, "some"),
        have(
            "flow",
            every(w, S(w) >> exists(z, both(C(z), flows_(q, phi, w, z)))),
            logic,
            "some",
        ),
        have(
            "to larger",
            every(w, S(w) >> exists(z, both(C2(z), flows_(q, phi, w, z)))),
            arbitrary(
                w,
                proof=[
                    have("if in", None, at(w), "flow"),
                    have(
                        "end there",
                        exists(z, both(C(z), flows_(q, phi, w, z))),
                        logic,
                        "if in",
                        "to larger.if",
                    ),
                    have("end", both(C(z), flows_(q, phi, w, z)), obtain(z), "end there"),
                    have("if end", None, at(z), "larger"),
                    have("in larger", C2(z), logic, "if end", "end"),
                    have("reached", flows_(q, phi, w, z), logic, "end"),
                    have(
                        "end in larger",
                        exists(z, both(C2(z), flows_(q, phi, w, z))),
                        take(z),
                        "in larger",
                        "reached",
                    ),
                ],
            ),
        ),
        have("attracting", attracting_(q, phi, C2), take(S), "not null", "to larger"),
    ],
)

# ---- x^2 -----------------------------------------------------------------------------------------
u, goal, origin = matrix("u", 2, 1), matrix("goal", 2, 1), zeros(2, 1)
one = Expr(num(1))
square = fn(u, u[1, 1] ** 2)
eye = identity_matrix(2)
y_axis, x_axis = fn(u, u[1, 1] == 0), fn(u, u[2, 1] == 0)


def faded(t: Any) -> Expr:
    """The flow of x^2 from v."""
    moved = v[top, place] + (exp(-2 * t) - 1) * v[1, 1] * eye[1, top]
    return entries(top, place, 2, 1, moved)


fades = fn(t, faded(t))
foot = entries(top, place, 2, 1, v[top, place] - v[1, 1] * eye[1, top])
FADES = Statement(
    "C21.X3.4a.flow",
    FLOW_EXAMPLES,
    title="The gradient flow of x^2",
    given={},
    then=flows_(2, square, v, foot),
    proof=[
        have("at 0", exp(0) == 1, by(exp_at_zero)),
        have("entries", entries(top, place, 2, 1, v[top, place]) == v, by(matrix_of_entries)),
        have("begins", fades(0) == v, calculation, "at 0", "entries"),
        have(
            "follows",
            each(i, 1, 2, both(follows(2, square, fades, i), tends(coordinate(fades, i), foot[i, 1]))),
            arbitrary(
                i,
                proof=[
                    have("speeds", follows(2, square, fades, i), arbitrary(t, proof=[
                        have("speed", derivative(coordinate(fades, i))(t) == -2 * v[1, 1] * eye[1, i] * exp(-2 * t),
                             by(derivative_of_exponential, r=foot[i, 1], s=v[1, 1] * eye[1, i], x=-2)),
                        have("slope", partial_(2, square, fades(t), i) == 2 * exp(-2 * t) * v[1, 1] * eye[1, i],
                             by(derivative_of_cubic, r=(exp(-2 * t) * v[1, 1]) ** 2, s=2 * exp(-2 * t) * v[1, 1] * eye[1, i], y=eye[1, i] ** 2, x=0)),
                        have("against", derivative(coordinate(fades, i))(t) == -partial_(2, square, fades(t), i), linear, "speed", "slope"),
                    ])),
                    have("falling", Expr(num(-2)) < 0, linear),
                    have("limit", tends(coordinate(fades, i), foot[i, 1]), by(exponential_fades, s=-2, r=foot[i, 1], x=v[1, 1] * eye[1, i]), "falling"),
                    have("both", both(follows(2, square, fades, i), tends(coordinate(fades, i), foot[i, 1])), logic, "speeds", "limit"),
                ],
            ),
        ),
        have("flows", flows_(2, square, v, foot), take(fades), "begins", "follows"),
    ],
)  # fmt: skip

box = fn(u, close(u, origin, one))
at_foot = entries(top, place, 2, 1, u[top, place] - u[1, 1] * eye[1, top])
to_axis = exists(goal, both(y_axis(goal), flows_(2, square, u, goal)))
X3_4A = Statement(
    "C21.X3.4a",
    FLOW_EXAMPLES,
    kind="example",
    title="f(x,y)=x^2",
    where="Section 3.2",
    lines=(397, 397),
    given={},
    then=both(locus_(2, square, y_axis), attracting_(2, square, y_axis)),
    gloss="All points of the y-axis are critical, and a set of positive measure flows into it.",
    proof=[
        have("locus", locus_(2, square, y_axis), arbitrary(u, proof=[
            have("critical", critical_(2, square, u), arbitrary(i, proof=[
                have("slope", partial_(2, square, u, i) == 2 * u[1, 1] * eye[1, i],
                     by(derivative_of_cubic, r=square(u), s=2 * u[1, 1] * eye[1, i], y=eye[1, i] ** 2, x=0)),
                have("flat", partial_(2, square, u, i) == 0, calculation, "slope", "locus.if"),
            ])),
        ])),
        have("large", one > 0, linear),
        have("inside", every(u, close(u, origin, one) >> box(u)), arbitrary(u, proof=[have("in", box(u), logic, "inside.if")])),
        have("not null", ~null_set(box), by(box_of_vectors_is_not_null, w=origin), "large", "inside"),
        have("all flow", every(u, box(u) >> to_axis), arbitrary(u, proof=[
            have("flows", flows_(2, square, u, at_foot), cite(FADES, v=u)),
            have("to axis", to_axis, take(at_foot), "flows"),
        ])),
        have("attracts", attracting_(2, square, y_axis), take(box), "not null", "all flow"),
        have("both", both(locus_(2, square, y_axis), attracting_(2, square, y_axis)), logic, "locus", "attracts"),
    ],
    reading="repaired",
)  # fmt: skip
X3_4A_PRINTED = Statement(
    "C21.X3.4a",
    FLOW_EXAMPLES,
    kind="example",
    title="f(x,y)=x^2",
    where="Section 3.2",
    lines=(397, 397),
    given={},
    then=both(x_axis(v) >> critical_(2, square, v), attracting_(2, square, x_axis)),
    gloss="The x-axis is printed for the locus; v is a point of it.",
    hedge="A slip: the derivative of x^2 vanishes on the y-axis.",
    proof=[
        have(
            "attracts",
            both(x_axis(v) >> critical_(2, square, v), attracting_(2, square, x_axis)),
            claimed("the x-axis is an attracting critical locus for f(x, y) = x^2"),
            lines=(397, 397),
        )
    ],
    repaired=X3_4A,
    expected=("invalid inference, step attracts", "refuted, statement"),
)
