"""Section 3.2: gradient flow and attracting critical loci.

Notation: X(t) is the place of the flow at time t; C is a locus of critical points.

Statements
- C21.D3.4: a locus of critical points that contains an attracting one is attracting.
- C21.X3.4a: for x^2 the y-axis attracts; the printed x-axis has points that are not critical.
- C21.X3.4b: the quadrant of x, y >= 0 flows to the origin of x^3 + y^3, where the Hessian is 0.
"""

from typing import Any

from symbolic_landscape.proofs.cooper_2021.settings.functions import (
    FUNCTION,
    PLANE,
    critical_,
    i,
    isolated_critical_,
    j,
    partial_,
    phi,
    place,
    q,
    second_partial_,
    top,
    unit,
    v,
    y,
)
from symbolic_landscape.proofs.rules import numbers
from symbolic_landscape.proofs.rules.entries import matrix_of_entries
from symbolic_landscape.proofs.rules.exponentials import (
    derivative_of_exponential,
    exp,
    exp_at_zero,
)
from symbolic_landscape.proofs.rules.functions import equal_functions_of_numbers
from symbolic_landscape.proofs.rules.limits import exponential_fades, limit_of_constant, tends
from symbolic_landscape.proofs.rules.minima import box_of_vectors_is_not_null, null_set
from symbolic_landscape.proofs.rules.numbers import derivative_of_cubic, recip
from symbolic_landscape.proofs.rules.order import positive_is_not_zero, square_positive
from symbolic_landscape.proofs.rules.plane import one_and_two, point, zero_of_numbers
from symbolic_landscape.proofs.rules.points import close
from symbolic_landscape.proofs.rules.signs import product_not_negative
from symbolic_landscape.statement.language import (
    Expr,
    both,
    contradiction,
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
    cases,
    cite,
    claimed,
    have,
    linear,
    logic,
    obtain,
    suppose_not,
    take,
)
from symbolic_landscape.statement.step import Step
from symbolic_landscape.statement.term import num

r, t, s = real("r"), real("t"), real("s")
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
    text="the gradient flow of {1} from {2} converges to {3}",
    latex=r"\text{{the gradient flow of }} {1} \text{{ from }} {2} \text{{ converges to }} {3}",
    at=("q",),
)
attracting_ = define(
    "attracting",
    (q, phi, C),
    exists(
        S,
        both(~null_set(S), every(w, S(w) >> exists(z, both(C(z), flows_(q, phi, w, z))))),
    ),
    text="a set of positive measure flows into {2}",
    latex=r"\text{{a set of positive measure flows into }} {2}",
    at=("q", "phi"),
)
locus_ = define(
    "locus of critical points",
    (q, phi, C),
    every(w, C(w) >> critical_(q, phi, w)),
    text="all points of {2} are critical points of {1}",
    latex=r"\nabla {1} = 0 \text{{ on }} {2}",
    at=("q",),
)
FLOW = FUNCTION.extended(
    "a function of vectors and its gradient flow", definitions=(flows_, attracting_, locus_)
)
FLOW_EXAMPLES = PLANE.extended(
    "examples of gradient flow, and a point of the plane",
    definitions=(flows_, attracting_, locus_),
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
    gloss="The y-axis is the locus, and all of the plane flows into it.",
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

# ---- x^3 + y^3 -----------------------------------------------------------------------------------
cubes = fn(u, u[1, 1] ** 3 + u[2, 1] ** 3)
quadrant = fn(u, both(u[1, 1] >= 0, u[2, 1] >= 0))


def slowed(t: Any) -> Expr:
    """The flow of x^3 + y^3 from v."""
    return entries(top, place, 2, 1, v[top, place] * recip(1 + 3 * v[top, place] * t))


def slope(u: Any, i: Expr | int) -> Expr:
    """The partial derivative of x^3 + y^3."""
    found: Expr = 3 * u[1, 1] ** 2 * eye[1, i] + 3 * u[2, 1] ** 2 * eye[2, i]
    return found


SLOPES = Statement(
    "C21.X3.4b.slopes",
    PLANE,
    title="The partial derivatives of x^3 + y^3",
    names=(i,),
    given={},
    then=partial_(2, cubes, v, i) == slope(v, i),
    proof=[
        have(
            "slope",
            partial_(2, cubes, v, i) == slope(v, i),
            by(
                derivative_of_cubic,
                r=cubes(v),
                s=slope(v, i),
                y=3 * v[1, 1] * eye[1, i] ** 2 + 3 * v[2, 1] * eye[2, i] ** 2,
                x=eye[1, i] ** 3 + eye[2, i] ** 3,
            ),
        )
    ],
)
slows = fn(t, slowed(t))


def flowing(k: int) -> Expr:
    """A coordinate follows the flow, and tends to 0."""
    return both(follows(2, cubes, slows, k), tends(coordinate(slows, k), origin[k, 1]))


def coordinate_flows(k: int) -> list[Step]:
    """Steps: a coordinate follows the flow, and tends to 0."""
    x = v[k, 1]
    bottom = 1 + 3 * x * t
    return [
        have(f"start {k}", x >= 0, logic, "quadrant"),
        have(
            f"speeds {k}",
            follows(2, cubes, slows, k),
            arbitrary(
                t,
                proof=[
                    have("product", x * t >= 0, by(product_not_negative), f"start {k}", f"speeds {k}.if"),
                    have("more", bottom > 0, linear, "product"),
                    have("not 0", bottom != 0, by(positive_is_not_zero), "more"),
                    have("speed", derivative(coordinate(slows, k))(t) == -x * (3 * x) * recip(bottom) ** 2,
                         by(numbers.derivative_of_line_reciprocal, y=x, r=1, s=3 * x), "not 0"),
                    have("slope", partial_(2, cubes, slows(t), k) == slope(slows(t), k), cite(SLOPES, v=slows(t), i=k)),
                    have("against", derivative(coordinate(slows, k))(t) == -partial_(2, cubes, slows(t), k), linear, "speed", "slope"),
                ],
            ),
        ),
        have(
            f"limit {k}",
            tends(coordinate(slows, k), 0),
            cases(
                [
                    have(f"fades {k}", tends(coordinate(slows, k), 0), by(numbers.line_reciprocal_fades, y=x, r=1, s=3 * x), f"limit {k}.1"),
                ],
                [
                    have(f"zero {k}", x == 0, linear, f"limit {k}.2", f"start {k}"),
                    have(f"still {k}", every(t, coordinate(slows, k)(t) == 0), arbitrary(t, proof=[
                        have("stays", coordinate(slows, k)(t) == 0, calculation, f"zero {k}"),
                    ])),
                    have(f"rests {k}", tends(coordinate(slows, k), 0), by(limit_of_constant), f"still {k}"),
                ],
                split=x > 0,
            ),
        ),
        have(f"flows {k}", flowing(k), logic, f"speeds {k}", f"limit {k}"),
    ]  # fmt: skip


SLOWS = Statement(
    "C21.X3.4b.flow",
    FLOW_EXAMPLES,
    title="The quadrant flows to the origin",
    given={"quadrant": quadrant(v)},
    then=flows_(2, cubes, v, origin),
    proof=[
        have("positive", one > 0, linear),
        have("at 0", recip(one) == 1, by(numbers.times_reciprocal, s=1), "positive"),
        have("entries", entries(top, place, 2, 1, v[top, place]) == v, by(matrix_of_entries)),
        have("begins", slows(0) == v, calculation, "at 0", "entries"),
        *coordinate_flows(1),
        *coordinate_flows(2),
        have("follows", each(i, 1, 2, both(follows(2, cubes, slows, i), tends(coordinate(slows, i), origin[i, 1]))), by(one_and_two), "flows 1", "flows 2"),
        have("flows", flows_(2, cubes, v, origin), take(slows), "begins", "follows"),
    ],
)  # fmt: skip
flat = each(i, 1, 2, each(j, 1, 2, second_partial_(2, cubes, origin, i, j) == 0))
alone = fn(u, u == origin)
X3_4B = Statement(
    "C21.X3.4b",
    FLOW_EXAMPLES,
    kind="example",
    title="f=x^3+y^3",
    where="Section 3.2, Figure 4",
    lines=(410, 414),
    given={},
    then=both(isolated_critical_(2, cubes, origin), flat, attracting_(2, cubes, alone)),
    proof=[
        have("critical", critical_(2, cubes, origin), arbitrary(i, proof=[
            have("flat", partial_(2, cubes, origin, i) == 0, cite(SLOPES, v=origin)),
        ])),
        have("alone", every(u, both(close(u, origin, one), u != origin) >> ~critical_(2, cubes, u)), arbitrary(u, proof=[
            have("not critical", ~critical_(2, cubes, u), suppose_not([
                have("flat", critical_(2, cubes, u), logic, "not critical.not"),
                *(step for k in (1, 2) for step in (
                    have(f"flat {k}", partial_(2, cubes, u, k) == 0, at(k), "flat"),
                    have(f"slope {k}", partial_(2, cubes, u, k) == slope(u, k), cite(SLOPES, v=u, i=k)),
                    have(f"square {k}", u[k, 1] ** 2 == 0, linear, f"flat {k}", f"slope {k}"),
                    have(f"entry {k}", u[k, 1] == 0, suppose_not([
                        have("positive", u[k, 1] ** 2 > 0, by(square_positive), f"entry {k}.not"),
                        have("clash", contradiction, linear, "positive", f"square {k}"),
                    ])),
                )),
                have("same", u == origin, by(zero_of_numbers), "entry 1", "entry 2"),
                have("clash", contradiction, logic, "same", "alone.if"),
            ])),
        ])),
        have("positive", one > 0, linear),
        have("apart", exists(r, both(r > 0, every(u, both(close(u, origin, r), u != origin) >> ~critical_(2, cubes, u)))), take(one), "positive", "alone"),
        have("isolated", isolated_critical_(2, cubes, origin), logic, "critical", "apart"),
        have("flat", flat, arbitrary(i, j, proof=[
            have("slopes", every(s, partial_(2, cubes, origin + s * unit(j, 2), i) == s * s * (slope(unit(j, 2), i))), arbitrary(s, proof=[
                have("slope", partial_(2, cubes, origin + s * unit(j, 2), i) == s * s * (slope(unit(j, 2), i)), cite(SLOPES, v=origin + s * unit(j, 2))),
            ])),
            have("same", fn(s, partial_(2, cubes, origin + s * unit(j, 2), i)) == fn(s, s * s * slope(unit(j, 2), i)), by(equal_functions_of_numbers), "slopes"),
            have("square", derivative(fn(s, s * s * slope(unit(j, 2), i)))(0) == 0, by(derivative_of_cubic, r=0, s=0, y=slope(unit(j, 2), i), x=0)),
            have("second", second_partial_(2, cubes, origin, i, j) == 0, calculation, "same", "square"),
        ])),
        have("in quadrant", every(u, close(u, point(1, 1), one) >> quadrant(u)), arbitrary(u, proof=[
            *(have(f"entry {k}", None, at(k, 1), "in quadrant.if") for k in (1, 2)),
            have("positive 1", u[1, 1] >= 0, linear, "entry 1"),
            have("positive 2", u[2, 1] >= 0, linear, "entry 2"),
            have("both", quadrant(u), logic, "positive 1", "positive 2"),
        ])),
        have("not null", ~null_set(quadrant), by(box_of_vectors_is_not_null, w=point(1, 1)), "positive", "in quadrant"),
        have("all flow", every(u, quadrant(u) >> exists(goal, both(alone(goal), flows_(2, cubes, u, goal)))), arbitrary(u, proof=[
            have("flows", flows_(2, cubes, u, origin), cite(SLOWS, v=u)),
            have("end", exists(goal, both(alone(goal), flows_(2, cubes, u, goal))), take(origin), "flows"),
        ])),
        have("attracts", attracting_(2, cubes, alone), take(quadrant), "not null", "all flow"),
        have("all", both(isolated_critical_(2, cubes, origin), flat, attracting_(2, cubes, alone)), logic, "isolated", "flat", "attracts"),
    ],
)  # fmt: skip
