"""Section 3.2: which nondegenerate critical points attract.

Statements
- external:stable_manifold: what flows to a nondegenerate point that bends down is a null set.
- C21.R3.saddle.minimum: the minimum of x^2 + y^2 attracts.
- C21.R3.saddle: a nondegenerate critical point that attracts bends down in no direction.
"""

from symbolic_landscape.proofs.cooper_2021.section_3.attracting import (
    FLOW,
    FLOW_EXAMPLES,
    attracting_,
    box,
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
    critical_,
    hessian_,
    i,
    partial_,
    phi,
    place,
    q,
    top,
    v,
    y,
)
from symbolic_landscape.proofs.rules.curves import twice_smooth
from symbolic_landscape.proofs.rules.definite import form
from symbolic_landscape.proofs.rules.entries import matrix_of_entries
from symbolic_landscape.proofs.rules.exponentials import (
    derivative_of_exponential,
    exp,
    exp_at_zero,
)
from symbolic_landscape.proofs.rules.limits import exponential_fades, tends
from symbolic_landscape.proofs.rules.minima import (
    box_of_vectors_is_not_null,
    null_part_of_vectors,
    null_set,
)
from symbolic_landscape.proofs.rules.numbers import derivative_of_cubic
from symbolic_landscape.proofs.rules.plane import one_and_two
from symbolic_landscape.proofs.rules.points import close
from symbolic_landscape.statement.language import (
    Expr,
    both,
    contradiction,
    derivative,
    det,
    each,
    entries,
    every,
    exists,
    fn,
    function,
    like,
    real,
    true,
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
    suppose_not,
    take,
)
from symbolic_landscape.statement.step import Step
from symbolic_landscape.statement.term import num

t = real("t")
w, z, d = like("w", y), like("z", y), like("d", y)
S = function("S", y, true)
stable = fn(w, flows_(q, phi, w, y))
NONDEGENERATE = {
    "smooth": twice_smooth(phi),
    "critical": critical_(q, phi, y),
    "nondegenerate": det(hessian_(q, phi, y)) != 0,
}

STABLE = Statement(
    "external:stable_manifold",
    FLOW,
    kind="external",
    title="What flows to a nondegenerate point that bends down is a null set",
    where="Teschl, Ordinary Differential Equations and Dynamical Systems, 9.2",
    names=(d,),
    given={**NONDEGENERATE, "down": form(hessian_(q, phi, y), d) < 0},
    then=null_set(stable),
)
point = fn(w, w == y)
R3_SADDLE = Statement(
    "C21.R3.saddle",
    FLOW,
    kind="remark",
    title="Which nondegenerate loci attract",
    where="Section 3.2",
    lines=(399, 399),
    given={**NONDEGENERATE, "attracts": attracting_(q, phi, point)},
    then=every(d, form(hessian_(q, phi, y), d) >= 0),
    gloss="So it is no saddle and no maximum, where there is a dimension at all. Nondegenerate points "
    "are isolated, so a locus of them is countable.",
    proof=[
        have("some", None, obtain(S), "attracts"),
        have("not null", ~null_set(S), logic, "some"),
        have("flow", every(w, S(w) >> exists(z, both(z == y, flows_(q, phi, w, z)))), logic, "some"),
        have("inside", every(w, S(w) >> flows_(q, phi, w, y)), arbitrary(w, proof=[
            have("if in", None, at(w), "flow"),
            have("end there", exists(z, both(z == y, flows_(q, phi, w, z))), logic, "if in", "inside.if"),
            have("end", both(z == y, flows_(q, phi, w, z)), obtain(z), "end there"),
            have("same", z == y, logic, "end"),
            have("flows", flows_(q, phi, w, z), logic, "end"),
            have("here", flows_(q, phi, w, y), calculation, "flows", "same"),
        ])),
        have("up", every(d, form(hessian_(q, phi, y), d) >= 0), arbitrary(d, proof=[
            have("not down", form(hessian_(q, phi, y), d) >= 0, suppose_not([
                have("null", null_set(stable), cite(STABLE)),
                have("part", null_set(S), by(null_part_of_vectors, domain=stable, domain2=S), "inside", "null"),
                have("clash", contradiction, logic, "part", "not null"),
            ])),
        ])),
    ],
)  # fmt: skip

bowl, alone = fn(u, u[1, 1] ** 2 + u[2, 1] ** 2), fn(u, u == origin)
sinks = fn(t, entries(top, place, 2, 1, exp(-2 * t) * v[top, place]))


def flowing(k: int) -> Expr:
    """A coordinate follows the flow, and tends to 0."""
    return both(follows(2, bowl, sinks, k), tends(coordinate(sinks, k), origin[k, 1]))


def coordinate_flows(k: int) -> list[Step]:
    """Steps: a coordinate follows the flow, and tends to 0."""
    x, fade = v[k, 1], exp(-2 * t)
    slope = 2 * fade * (v[1, 1] * eye[1, k] + v[2, 1] * eye[2, k])
    height = fade * fade * (v[1, 1] ** 2 + v[2, 1] ** 2)
    return [
        have(f"speeds {k}", follows(2, bowl, sinks, k), arbitrary(t, proof=[
            have("speed", derivative(coordinate(sinks, k))(t) == -2 * x * fade, by(derivative_of_exponential, r=0, s=x, x=-2)),
            have("slope", partial_(2, bowl, sinks(t), k) == slope, by(derivative_of_cubic, r=height, s=slope, y=eye[1, k] ** 2 + eye[2, k] ** 2, x=0)),
            have("against", derivative(coordinate(sinks, k))(t) == -partial_(2, bowl, sinks(t), k), linear, "speed", "slope"),
        ])),
        have(f"limit {k}", tends(coordinate(sinks, k), 0), by(exponential_fades, s=-2, r=0, x=x), "falling"),
        have(f"flows {k}", flowing(k), logic, f"speeds {k}", f"limit {k}"),
    ]  # fmt: skip


SINKS = Statement(
    "C21.R3.saddle.flow",
    FLOW_EXAMPLES,
    title="The gradient flow of x^2 + y^2",
    given={},
    then=flows_(2, bowl, v, origin),
    proof=[
        have("at 0", exp(0) == 1, by(exp_at_zero)),
        have("entries", entries(top, place, 2, 1, v[top, place]) == v, by(matrix_of_entries)),
        have("begins", sinks(0) == v, calculation, "at 0", "entries"),
        have("falling", Expr(num(-2)) < 0, linear),
        *coordinate_flows(1),
        *coordinate_flows(2),
        have("follows", each(i, 1, 2, both(follows(2, bowl, sinks, i), tends(coordinate(sinks, i), origin[i, 1]))), by(one_and_two), "flows 1", "flows 2"),
        have("flows", flows_(2, bowl, v, origin), take(sinks), "begins", "follows"),
    ],
)  # fmt: skip
MINIMUM = Statement(
    "C21.R3.saddle.minimum",
    FLOW_EXAMPLES,
    title="The minimum of x^2 + y^2 attracts",
    lines=(399, 399),
    given={},
    then=attracting_(2, bowl, alone),
    proof=[
        have("large", one > 0, linear),
        have("inside", every(u, close(u, origin, one) >> box(u)), arbitrary(u, proof=[have("in", box(u), logic, "inside.if")])),
        have("not null", ~null_set(box), by(box_of_vectors_is_not_null, w=origin), "large", "inside"),
        have("all flow", every(u, box(u) >> exists(goal, both(alone(goal), flows_(2, bowl, u, goal)))), arbitrary(u, proof=[
            have("flows", flows_(2, bowl, u, origin), cite(SINKS, v=u)),
            have("end", exists(goal, both(alone(goal), flows_(2, bowl, u, goal))), take(origin), "flows"),
        ])),
        have("attracts", attracting_(2, bowl, alone), take(box), "not null", "all flow"),
    ],
)  # fmt: skip
