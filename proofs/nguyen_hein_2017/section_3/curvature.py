"""Section 3.2, Corollary 3.9: second derivatives at a local minimum.

Statements
- NH17.C3.9.curvature: no direction has a negative second derivative there.
- NH17.C3.9.null: a direction without curvature is then in the kernel of the Hessian.
"""

from symbolic_landscape.proofs.nguyen_hein_2017.section_3.local_minima import (
    SMOOTH,
    least_nearby,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_3.objective import (
    OBJECTIVE,
    SMOOTH_OBJECTIVE,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.assumptions import (
    twice_smooth,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.directions import (
    K2,
    K,
    along,
    e,
    e2,
    moved,
    second_derivative,
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
    W,
    b,
)
from symbolic_landscape.proofs.rules import continuity, curves, forms, minima
from symbolic_landscape.statement.language import (
    Expr,
    both,
    derivative,
    every,
    exists,
    fn,
    integer,
    real,
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
    take,
)
from symbolic_landscape.statement.step import Step

i, s, t, x = integer("i"), real("s"), real("t"), real("x")

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


def D2(*directions: tuple[Expr, Expr]) -> Expr:
    """The second derivative of the objective at (W, b) along two directions."""
    (K, e), (K2, e2) = directions
    return second_derivative(W, b, K, e, K2, e2)


FIRST, SECOND = (K, e), (K2, e2)
MIXED = along(K, (x, K2)), along(e, (x, e2))
"""The first direction, and x times the second."""


def linear_in_mixed(other: tuple[Expr, Expr]) -> Step:
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


def symmetric(name: str, one: tuple[Expr, Expr], other: tuple[Expr, Expr]) -> Step:
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
