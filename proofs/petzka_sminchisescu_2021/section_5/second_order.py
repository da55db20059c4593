"""Section 5.1, Theorem 7 and Lemma 12: slopes and second derivatives at embedded points.

Notation: dy is a direction of the larger network, dz one of the smaller. delta is the difference of
what dy does to the weights into the added unit and into the old one.

Statements
- PS21.T7.slopes: slopes where the copies have the weights in of the unit.
- PS21.L12.form: second derivatives at an embedded point along all directions.
"""

from collections.abc import Sequence

from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_5.embedding import SPLIT, split
from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_5.unit_curves import (
    CURVE,
    acceleration,
    twice,
    unit,
    velocity,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.settings.unit_variables import (
    A,
    G,
    lam,
    n,
    y,
    z,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.settings.units import (
    B_,
    D_,
    LARGE,
    SMALL,
    SMOOTH,
    UNIT,
    curvature,
    errors_,
    h,
    in_,
    new_in_,
    new_out_,
    old_,
    out_,
    rest_,
    slope,
    theta,
    u,
    v,
)
from symbolic_landscape.proofs.rules import curves, entries, functions, order, touching, vectors
from symbolic_landscape.proofs.rules.curves import twice_smooth
from symbolic_landscape.proofs.rules.derivatives import smooth
from symbolic_landscape.proofs.rules.vectors import along, bend
from symbolic_landscape.statement.language import (
    Expr,
    both,
    derivative,
    every,
    fn,
    like,
    ones,
    real,
    trace,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import arbitrary, by, calculation, cite, have, linear, logic
from symbolic_landscape.statement.step import Step

t = real("t")
dy, dz = like("dy", y), like("dz", z)
du1, dv1 = new_in_(dy), new_out_(dy)
du2, dv2 = in_(old_(dy)), out_(old_(dy))
du, dv, rate = in_(dz), out_(dz), rest_(dz)
v1, v2 = new_out_(y), out_(old_(y))
below, above = fn(t, A(theta + t * rate)), fn(t, G(theta + t * rate))
"""Activations below, and what is made of the preactivations above, along the line."""
one, two = unit(u, v1, du1, dv1, below), unit(u, v2, du2, dv2, below)
both_units, single = fn(t, one(t) + two(t)), unit(u, v, du, dv, below)
delta = du1 - du2
COPIES = {
    "in": new_in_(y) == u,
    "old in": in_(old_(y)) == u,
    "out": v1 + v2 == v,
    "rest": rest_(old_(y)) == theta,
}
"""Both units have the weights in of the unit, and its weights out together."""
MOVES = {"out moves": dv == dv1 + dv2, "rest moves": rate == rest_(old_(dy))}
"""Both units move together, in what goes out, as the unit does; all else moves alike."""


def curve(name: str, u: Expr, v: Expr, du: Expr, dv: Expr) -> list[Step]:
    """Steps to what is known of the curve of a unit."""
    whole = unit(u, v, du, dv, below)
    return [
        have(f"{name} curve", None, cite(CURVE, u=u, v=v, du=du, dv=dv, below=below)),
        have(f"{name} twice", twice_smooth(whole), logic, f"{name} curve"),
        have(
            f"{name} velocity",
            derivative(whole)(0) == velocity(u, v, du, dv, below),
            logic,
            f"{name} curve",
        ),
    ]


def bent(name: str, u: Expr, v: Expr, du: Expr, dv: Expr) -> Step:
    """The step to the acceleration of the curve of a unit."""
    says = twice(unit(u, v, du, dv, below))(0) == acceleration(u, v, du, dv, below)
    return have(f"{name} acceleration", says, logic, f"{name} curve")


made = fn(t, above(t)(both_units(t)))
same = LARGE(y + t * dy) == above(t)(both_units(t))
ON_LINE: Sequence[Step] = [
    have(
        "values",
        every(t, same),
        arbitrary(
            t, proof=[have("value", same, calculation, "in", "old in", "rest", "rest moves")]
        ),
    ),
    have(
        "large line",
        along(LARGE, y, dy) == made,
        by(functions.equal_functions_of_numbers),
        "values",
    ),
]
"""Steps: along a line the loss is what `above` makes of the two units; of the smaller one it is so."""
CURVES: Sequence[Step] = [
    have("moves", twice_smooth(below), by(vectors.twice_smooth_along, Q=A, w=theta, w2=rate), "below"),
    have(
        "changes",
        twice_smooth(above),
        by(vectors.twice_smooth_values_along, GW=G, w=theta, w2=rate),
        "above",
    ),
    *curve("one", u, v1, du1, dv1),
    *curve("two", u, v2, du2, dv2),
    *curve("single", u, v, du, dv),
    have("both twice", twice_smooth(both_units), by(curves.twice_smooth_curve_sum), "one twice", "two twice"),
    have("one smooth", smooth(one), by(curves.smooth_curve_of_twice), "one twice"),
    have("two smooth", smooth(two), by(curves.smooth_curve_of_twice), "two twice"),
    have("both velocity", None, by(curves.derivative_of_sum, X=one, X2=two, x=0), "one smooth", "two smooth"),
    *ON_LINE,
]  # fmt: skip


def scaled(name: str, x: Expr, row: Expr) -> Step:
    """Where a row is a factor beside x A, the activations may be scaled instead."""
    return have(name, None, by(entries.scaled_columns, H2=x, A=A(theta), H=row))


def weighted(row: Expr) -> Expr:
    """The activations below, the columns scaled by a row of numbers."""
    return A(theta) * (ones(n, 1) @ row)


together = have("together", both_units(0) == single(0), calculation, "out")
seen = v1 @ du1 + v2 @ du2 - v @ du
slopes_differ = vectors.slope(LARGE, y, dy) - vectors.slope(SMALL, z, dz) == trace(seen.T @ D_(z))
SLOPES = Statement(
    "PS21.T7.slopes",
    UNIT,
    title="Slopes where two units have the same weights in",
    names=(y, dy, dz),
    given={**SMOOTH, **COPIES, **MOVES},
    then=slopes_differ,
    proof=[
        *CURVES,
        have(
            "large slope", vectors.slope(LARGE, y, dy) == derivative(made)(0), calculation, "large line"
        ),
        together,
        have(
            "difference",
            None,
            by(touching.slopes_of_touching_curves, T=above, X=both_units, X2=single, x=0),
            "changes", "both twice", "single twice", "together",
        ),
        scaled("one scaled", du1, slope(h)),
        scaled("two scaled", du2, slope(h)),
        scaled("single scaled", du, slope(h)),
        have(
            "velocities",
            derivative(both_units)(0) - derivative(single)(0) == seen @ weighted(slope(h)),
            calculation,
            "both velocity", "one velocity", "two velocity", "single velocity", "out moves", "out",
            "one scaled", "two scaled", "single scaled",
        ),
        have(
            "seen",
            trace(errors_(z).T @ (derivative(both_units)(0) - derivative(single)(0)))
            == trace(seen.T @ D_(z)),
            calculation, "velocities",
        ),
        have(
            "slopes", slopes_differ, linear, "large slope", "difference", "seen",
        ),
    ],
)  # fmt: skip

EVEN = {"in moves": du == lam * du1 + (1 - lam) * du2}
"""The weights in of the unit move by the mean of what those of the copies do."""
sheared = (1 - lam) * dv1 - lam * dv2
x, g = like("x", u), like("g", v)


def square(x: Expr) -> Expr:
    """The squares of how the preactivation of the unit moves."""
    return (x @ A(theta)) * (x @ A(theta))


def sheared_seen(x: Expr, g: Expr) -> Expr:
    """What the errors see of weights out that move against each other."""
    return trace(errors_(z).T @ (g @ (slope(h) * (x @ A(theta))))) == trace(g.T @ D_(z) @ x.T)


def bent_seen(x: Expr) -> Expr:
    """What the errors see of weights in that move against each other."""
    bent = v @ (curvature(h) * square(x))
    return trace(errors_(z).T @ bent) == trace(x @ B_(z) @ x.T)


scaled_errors = (v.T @ errors_(z)) * curvature(h)
SEEN = Statement(
    "PS21.L12.seen",
    UNIT,
    title="What the matrices D and B measure",
    where="Section 5.1, (1) and (2)",
    names=(x, g),
    given={},
    then=both(sheared_seen(x, g), bent_seen(x)),
    proof=[
        scaled("slopes scaled", x, slope(h)),
        have("sheared", sheared_seen(x, g), calculation, "slopes scaled"),
        scaled("errors scaled", x, scaled_errors),
        have(
            "moved",
            trace(scaled_errors.T @ square(x)) == trace((v.T @ errors_(z)).T @ (curvature(h) * square(x))),
            by(entries.trace_hadamard, A=v.T @ errors_(z), A2=curvature(h), A3=square(x)),
        ),
        have(
            "moved again",
            trace((scaled_errors * (x @ A(theta))).T @ (x @ A(theta))) == trace(scaled_errors.T @ square(x)),
            by(entries.trace_hadamard, A=scaled_errors, A2=x @ A(theta), A3=x @ A(theta)),
        ),
        have(
            "quadratic",
            trace((scaled_errors * (x @ A(theta))).T @ (x @ A(theta))) == trace(x @ B_(z) @ x.T),
            calculation, "errors scaled",
        ),
        have("bent", bent_seen(x), linear, "moved", "moved again", "quadratic"),
        have("both", both(sheared_seen(x, g), bent_seen(x)), logic, "sheared", "bent"),
    ],
)  # fmt: skip


def accelerated(x: Expr, g: Expr) -> Expr:
    """How much more the two units accelerate together than the one does."""
    bent = v @ (curvature(h) * square(x))
    return 2 * g @ (slope(h) * (x @ A(theta))) + lam * (1 - lam) * bent


formed = bend(LARGE, y, dy) == bend(SMALL, z, dz) + lam * (1 - lam) * trace(
    delta @ B_(z) @ delta.T
) + 2 * trace(sheared.T @ D_(z) @ delta.T)
FORM = Statement(
    "PS21.L12.form",
    UNIT,
    title="Second derivatives at an embedded point",
    where="Section 5.1, Lemma 12",
    names=(y, dy, dz),
    given={**SMOOTH, "split": split(y, lam), **EVEN, **MOVES},
    then=formed,
    proof=[
        *SPLIT,
        *CURVES,
        have("large bend", bend(LARGE, y, dy) == twice(made)(0), calculation, "large line"),
        bent("one", u, v1, du1, dv1),
        bent("two", u, v2, du2, dv2),
        bent("single", u, v, du, dv),
        have("together", both_units(0) == single(0), calculation, "new out", "old out"),
        have(
            "as fast",
            derivative(both_units)(0) == derivative(single)(0),
            calculation,
            "both velocity", "one velocity", "two velocity", "single velocity", "out moves",
            "in moves", "new out", "old out",
        ),
        have(
            "both acceleration", None,
            by(curves.second_derivative_of_sum, X=one, X2=two, x=0), "one twice", "two twice",
        ),
        have(
            "accelerations",
            twice(both_units)(0) - twice(single)(0) == accelerated(delta, sheared),
            calculation,
            "both acceleration", "one acceleration", "two acceleration", "single acceleration",
            "out moves", "in moves", "new out", "old out",
        ),
        have(
            "difference",
            None,
            by(touching.bends_of_touching_curves, T=above, X=both_units, X2=single, x=0),
            "changes", "both twice", "single twice", "together", "as fast",
        ),
        have("parts seen", None, cite(SEEN, x=delta, g=sheared)),
        have("sheared seen", sheared_seen(delta, sheared), logic, "parts seen"),
        have("bent seen", bent_seen(delta), logic, "parts seen"),
        have(
            "bent scaled", None, by(order.scaled_equation, s=lam * (1 - lam)), "bent seen",
        ),
        have(
            "expanded",
            trace(errors_(z).T @ (twice(both_units)(0) - twice(single)(0)))
            == trace(errors_(z).T @ accelerated(delta, sheared)),
            calculation, "accelerations",
        ),
        have(
            "seen",
            trace(errors_(z).T @ (twice(both_units)(0) - twice(single)(0)))
            == lam * (1 - lam) * trace(delta @ B_(z) @ delta.T)
            + 2 * trace(sheared.T @ D_(z) @ delta.T),
            linear, "expanded", "sheared seen", "bent scaled",
        ),
        have("bends", formed, linear, "large bend", "difference", "seen"),
    ],
)  # fmt: skip
