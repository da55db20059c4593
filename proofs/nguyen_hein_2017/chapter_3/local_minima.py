"""Section 3.2, Corollary 3.9: first and second derivatives at a local minimum.

Statements
- NH17.C3.9.critical: a local minimum is a critical point.
- NH17.C3.9.curvature: no direction has a negative second derivative there.
- NH17.C3.9.null: a direction without curvature is then in the kernel of the Hessian.
- NH17.C3.9.definite: the Hessian at a non-degenerate local minimum is positive definite.
- NH17.C3.9.block: where it is, the point is non-degenerate on every set of layers.
"""

from symbolic_landscape.proofs.nguyen_hein_2017.chapter_3.objective import (
    OBJECTIVE,
    SMOOTH_OBJECTIVE,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.assumptions import (
    loss_twice_smooth,
    twice_smooth,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.directions import (
    K2,
    I,
    K,
    along,
    e,
    e2,
    moved,
    nondegenerate,
    second_derivative,
    supported,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.neighbourhoods import (
    NEIGHBOURHOODS,
    local_minimum,
    near,
    r,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.network import (
    L,
    Phi,
    V,
    W,
    b,
    bias_gradient,
    c,
    critical,
    flat_at,
    n,
    sigma,
    weight_gradient,
)
from symbolic_landscape.proofs.rules import continuity, curves, forms, minima, points
from symbolic_landscape.statement.language import (
    both,
    contradiction,
    derivative,
    every,
    exists,
    fn,
    integer,
    matrix,
    real,
    true,
    update,
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
    obtain,
    suppose_not,
    take,
)

i, v = integer("i"), integer("v")
row, column = points.row, points.column
s, t, x = real("s"), real("t"), real("x")
SMOOTH = {"sigma": twice_smooth(sigma), "loss smooth": loss_twice_smooth}
ALL = fn(i, true)
"""The set of all layers."""
least_nearby = every(V, c, near(V, c, W, b, 1, L, r) >> (Phi(W, b) <= Phi(V, c)))
M, d = matrix("M", n[v - 1], n[v]), matrix("d", 1, n[v])


def member_is_flat(name, change, start, changed, there, gradient_there, smooth_rule):
    """Steps: the gradient of one family of layer v is 0, since changes of it alone are no descent.

    `changed` is the point with another member, `there` that family at the index i.
    """
    family = 0 if changed[1] is b else 1
    here, other = (W, b)[family], (W, b)[1 - family]
    close_there = points.close(there, here[i], r)
    close_both = both(points.close(changed[0][i], W[i], r), points.close(changed[1][i], b[i], r))
    nearby = every(change, points.close(change, start, r) >> (Phi(W, b) <= Phi(*changed)))
    no_change = have(
        "no change",
        close_there,
        arbitrary(
            row,
            column,
            proof=[
                have(
                    "entry",
                    both(-r < (there - here[i])[row, column], (there - here[i])[row, column] < r),
                    logic,
                    "r positive",
                )
            ],
        ),
    )
    return [
        have(
            f"{name} nearby",
            nearby,
            arbitrary(
                change,
                proof=[
                    have(
                        "near",
                        near(*changed, W, b, 1, L, r),
                        arbitrary(
                            i,
                            proof=[
                                have(
                                    "this",
                                    close_there,
                                    cases(
                                        [no_change],
                                        [
                                            have(
                                                "from there",
                                                close_there,
                                                cases(
                                                    [
                                                        have(
                                                            "index",
                                                            i == v,
                                                            linear,
                                                            "this.2",
                                                            "from there.1",
                                                        ),
                                                        have(
                                                            "changed",
                                                            close_there,
                                                            calculation,
                                                            f"{name} nearby.if",
                                                            "index",
                                                        ),
                                                    ],
                                                    [no_change],
                                                    split=i <= v,
                                                ),
                                            )
                                        ],
                                        split=i <= v - 1,
                                    ),
                                ),
                                have(
                                    "other",
                                    points.close(other[i], other[i], r),
                                    arbitrary(
                                        row,
                                        column,
                                        proof=[
                                            have("entry", both(-r < 0, r > 0), logic, "r positive")
                                        ],
                                    ),
                                ),
                                have("both", close_both, logic, "this", "other"),
                            ],
                        ),
                    ),
                    have("if near", None, at(*changed), "least nearby"),
                    have("least", Phi(W, b) <= Phi(*changed), logic, "if near", "near"),
                ],
            ),
        ),
        have(
            f"{name} least",
            exists(r, both(r > 0, nearby)),
            take(r),
            "r positive",
            f"{name} nearby",
        ),
        have(f"{name} smooth", None, by(smooth_rule, H=OBJECTIVE, U=W, a=b, i=v), "smooth"),
        have(
            f"{name} gradient",
            gradient_there(W, b, v) == 0,
            by(minima.gradient_at_minimum, h=fn(change, Phi(*changed)), Z=start),
            f"{name} smooth",
            f"{name} least",
        ),
    ]


CRITICAL = Statement(
    "NH17.C3.9.critical",
    NEIGHBOURHOODS,
    title="A local minimum is a critical point",
    where="Section 3.1",
    lines=(476, 479),
    given={"minimum": local_minimum(W, b), **SMOOTH},
    then=critical(W, b),
    proof=[
        have("smooth", None, cite(SMOOTH_OBJECTIVE)),
        have("r", both(r > 0, least_nearby), obtain(r), "minimum"),
        have("r positive", r > 0, logic, "r"),
        have("least nearby", least_nearby, logic, "r"),
        have(
            "critical",
            critical(W, b),
            arbitrary(
                v,
                proof=[
                    *member_is_flat(
                        "weight",
                        M,
                        W[v],
                        (update(W, v, M), b),
                        update(W, v, M)[i],
                        weight_gradient,
                        curves.smooth_in_member,
                    ),
                    *member_is_flat(
                        "bias",
                        d,
                        b[v],
                        (W, update(b, v, d)),
                        update(b, v, d)[i],
                        bias_gradient,
                        curves.smooth_in_member2,
                    ),
                    have("flat", flat_at(W, b, v), logic, "weight gradient", "bias gradient"),
                ],
            ),
        ),
    ],
)

curve = fn(t, Phi(*moved((t, K, e))))
on_curve = every(t, both(-s < t, t < s) >> (curve(0) <= curve(t)))
stays_near = every(t, both(-s < t, t < s) >> near(*moved((t, K, e)), W, b, 1, L, r))
no_descent = every(K, e, second_derivative(W, b, K, e, K, e) >= 0)

CURVATURE = Statement(
    "NH17.C3.9.curvature",
    NEIGHBOURHOODS,
    title="At a local minimum no direction has a negative second derivative",
    given={"minimum": local_minimum(W, b), **SMOOTH},
    then=no_descent,
    proof=[
        have("smooth", None, cite(SMOOTH_OBJECTIVE)),
        have("r", both(r > 0, least_nearby), obtain(r), "minimum"),
        have("r positive", r > 0, logic, "r"),
        have("least nearby", least_nearby, logic, "r"),
        have(
            "no descent",
            no_descent,
            arbitrary(
                K,
                e,
                proof=[
                    have(
                        "line",
                        exists(s, both(s > 0, stays_near)),
                        by(continuity.line_stays_near, U=W, a=b, K=K, e=e, lo=1, hi=L),
                        "r positive",
                    ),
                    have("s", both(s > 0, stays_near), obtain(s), "line"),
                    have("s positive", s > 0, logic, "s"),
                    have("stays near", stays_near, logic, "s"),
                    have(
                        "least on the line",
                        on_curve,
                        arbitrary(
                            t,
                            proof=[
                                have("if within", None, at(t), "stays near"),
                                have(
                                    "near",
                                    near(*moved((t, K, e)), W, b, 1, L, r),
                                    logic,
                                    "if within",
                                    "least on the line.if",
                                ),
                                have("if near", None, at(*moved((t, K, e))), "least nearby"),
                                have("least", curve(0) <= curve(t), logic, "if near", "near"),
                            ],
                        ),
                    ),
                    have(
                        "least",
                        exists(s, both(s > 0, on_curve)),
                        take(s),
                        "s positive",
                        "least on the line",
                    ),
                    have(
                        "curve smooth",
                        twice_smooth(curve),
                        by(curves.twice_smooth_on_line, H=OBJECTIVE, U=W, a=b, K=K, e=e),
                        "smooth",
                    ),
                    have(
                        "bends up",
                        derivative(derivative(curve))(0) >= 0,
                        by(minima.curvature_at_minimum, g=curve),
                        "curve smooth",
                        "least",
                    ),
                    have(
                        "form",
                        derivative(derivative(curve))(0) == second_derivative(W, b, K, e, K, e),
                        by(forms.hessian_along_line, H=OBJECTIVE, U=W, a=b, K=K, e=e),
                        "smooth",
                    ),
                    have(
                        "not negative",
                        second_derivative(W, b, K, e, K, e) >= 0,
                        calculation,
                        "bends up",
                        "form",
                    ),
                ],
            ),
        ),
    ],
)


def D2(*directions):
    """The second derivative of the objective at (W, b) along two directions."""
    (K, e), (K2, e2) = directions
    return second_derivative(W, b, K, e, K2, e2)


FIRST, SECOND = (K, e), (K2, e2)
MIXED = along(K, (x, K2)), along(e, (x, e2))
"""The first direction, and x times the second."""


def linear_in_mixed(other):
    """The second derivative along the mixed direction and another one, as a sum."""
    return have(
        f"mixed with {'first' if other is FIRST else 'second' if other is SECOND else 'itself'}",
        D2(MIXED, other) == D2(FIRST, other) + x * D2(SECOND, other),
        by(
            forms.hessian_linear,
            H=OBJECTIVE,
            U=W,
            a=b,
            K=K,
            e=e,
            U2=K2,
            a2=e2,
            K2=other[0],
            e2=other[1],
            x=x,
        ),
        "smooth",
    )


def symmetric(name, one, other):
    """The step that the form does not change when its directions are exchanged."""
    return have(
        name,
        D2(one, other) == D2(other, one),
        by(
            forms.hessian_symmetric,
            H=OBJECTIVE,
            U=W,
            a=b,
            K=one[0],
            e=one[1],
            K2=other[0],
            e2=other[1],
        ),
        "smooth",
    )


parabola = x * (2 * D2(FIRST, SECOND)) + x * x * D2(SECOND, SECOND)
NULL_DIRECTION = Statement(
    "NH17.C3.9.null",
    NEIGHBOURHOODS,
    title="Where no second derivative is negative, a direction without one is in the kernel",
    names=(K, e, K2, e2),
    given={
        "no descent": no_descent,
        "flat": second_derivative(W, b, K, e, K, e) == 0,
        **SMOOTH,
    },
    then=second_derivative(W, b, K, e, K2, e2) == 0,
    proof=[
        have("smooth", None, cite(SMOOTH_OBJECTIVE)),
        have(
            "parabola",
            every(x, parabola >= 0),
            arbitrary(
                x,
                proof=[
                    have("mixed", D2(MIXED, MIXED) >= 0, at(*MIXED), "no descent"),
                    linear_in_mixed(MIXED),
                    symmetric("first turned", FIRST, MIXED),
                    symmetric("second turned", SECOND, MIXED),
                    linear_in_mixed(FIRST),
                    linear_in_mixed(SECOND),
                    symmetric("cross", SECOND, FIRST),
                    have(
                        "sum",
                        parabola >= 0,
                        calculation,
                        "mixed",
                        "mixed with itself",
                        "first turned",
                        "second turned",
                        "mixed with first",
                        "mixed with second",
                        "cross",
                        "flat",
                    ),
                ],
            ),
        ),
        have(
            "zero",
            D2(FIRST, SECOND) == 0,
            by(forms.linear_part_vanishes, r=2 * D2(FIRST, SECOND), s=D2(SECOND, SECOND)),
            "parabola",
        ),
    ],
)

zero_direction = points.is_zero(K, e, 1, L)
definite = every(K, e, ~zero_direction >> (D2(FIRST, FIRST) > 0))

DEFINITE = Statement(
    "NH17.C3.9.definite",
    NEIGHBOURHOODS,
    title="The Hessian at a non-degenerate local minimum is positive definite",
    where="Section 3.2, proof of Corollary 3.9",
    lines=(948, 949),
    given={
        "minimum": local_minimum(W, b),
        "nondegenerate": nondegenerate(W, b, ALL),
        **SMOOTH,
    },
    then=definite,
    proof=[
        have("no descent", no_descent, cite(CURVATURE)),
        have(
            "definite",
            definite,
            arbitrary(
                K,
                e,
                proof=[
                    have(
                        "positive",
                        D2(FIRST, FIRST) > 0,
                        suppose_not(
                            [
                                have("not negative", None, at(K, e), "no descent"),
                                have(
                                    "flat",
                                    D2(FIRST, FIRST) == 0,
                                    linear,
                                    "not negative",
                                    "positive.not",
                                ),
                                have(
                                    "kernel",
                                    every(
                                        K2, e2, supported(ALL, K2, e2) >> (D2(FIRST, SECOND) == 0)
                                    ),
                                    arbitrary(
                                        K2,
                                        e2,
                                        proof=[
                                            have(
                                                "zero", D2(FIRST, SECOND) == 0, cite(NULL_DIRECTION)
                                            )
                                        ],
                                    ),
                                ),
                                have(
                                    "supported",
                                    supported(ALL, K, e),
                                    arbitrary(
                                        i,
                                        proof=[
                                            have("in", true | both(K[i] == 0, e[i] == 0), logic)
                                        ],
                                    ),
                                ),
                                have("if null", None, at(K, e), "nondegenerate"),
                                have(
                                    "clash",
                                    contradiction,
                                    logic,
                                    "if null",
                                    "supported",
                                    "kernel",
                                    "definite.if",
                                ),
                            ]
                        ),
                    )
                ],
            ),
        ),
    ],
)

BLOCK = Statement(
    "NH17.C3.9.block",
    NEIGHBOURHOODS,
    title="A positive definite Hessian is non-degenerate on every set of layers",
    where="Section 3.2, proof of Corollary 3.9",
    lines=(949, 952),
    names=(I,),
    given={"definite": definite},
    then=nondegenerate(W, b, I),
    proof=[
        have(
            "nondegenerate",
            nondegenerate(W, b, I),
            arbitrary(
                K,
                e,
                proof=[
                    have(
                        "zero",
                        zero_direction,
                        suppose_not(
                            [
                                have("if not zero", None, at(K, e), "definite"),
                                have(
                                    "positive",
                                    D2(FIRST, FIRST) > 0,
                                    logic,
                                    "if not zero",
                                    "zero.not",
                                ),
                                have("supported", supported(I, K, e), logic, "nondegenerate.if"),
                                have(
                                    "kernel",
                                    every(K2, e2, supported(I, K2, e2) >> (D2(FIRST, SECOND) == 0)),
                                    logic,
                                    "nondegenerate.if",
                                ),
                                have("if supported", None, at(K, e), "kernel"),
                                have(
                                    "flat",
                                    D2(FIRST, FIRST) == 0,
                                    logic,
                                    "if supported",
                                    "supported",
                                ),
                                have("clash", contradiction, linear, "positive", "flat"),
                            ]
                        ),
                    )
                ],
            ),
        )
    ],
)
