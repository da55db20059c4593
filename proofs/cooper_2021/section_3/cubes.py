"""Section 3.2: an isolated critical point that attracts and is no minimum.

Statements
- C21.X3.4b.slopes, C21.X3.4b.flow: derivatives and gradient flow of x^3 + y^3.
- C21.X3.4b: the quadrant of x, y >= 0 flows to the origin of x^3 + y^3, where the Hessian is 0.
"""

from typing import Any

from symbolic_landscape.proofs.cooper_2021.section_3.attracting import (
    FLOW_EXAMPLES,
    attracting_,
    coordinate,
    eye,
    flows_,
    follows,
    goal,
    one,
    origin,
    u,
)
from symbolic_landscape.proofs.cooper_2021.settings.functions import (
    PLANE,
    critical_,
    i,
    isolated_critical_,
    j,
    partial_,
    place,
    second_partial_,
    top,
    unit,
    v,
)
from symbolic_landscape.proofs.rules import numbers
from symbolic_landscape.proofs.rules.entries import matrix_of_entries
from symbolic_landscape.proofs.rules.functions import equal_functions_of_numbers
from symbolic_landscape.proofs.rules.limits import limit_of_constant, tends
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
    derivative,
    each,
    entries,
    every,
    exists,
    fn,
    real,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    at,
    by,
    calculation,
    cases,
    cite,
    have,
    linear,
    logic,
    suppose_not,
    take,
)
from symbolic_landscape.statement.step import Step

r, t, s = real("r"), real("t"), real("s")

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
