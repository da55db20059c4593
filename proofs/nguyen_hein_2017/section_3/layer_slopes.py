"""Section 3.2: slopes in the directions of a set of layers, and the gradients of these layers.

Statements
- NH17.T3.8.oneLayer: a direction that moves one layer of I is a direction of I.
- NH17.T3.8.layer: where the slopes vanish in the directions of I, so do its layers' gradients.
"""

from collections.abc import Callable

from symbolic_landscape.proofs.nguyen_hein_2017.section_3.objective import (
    OBJECTIVE,
    SMOOTH_OBJECTIVE,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.assumptions import (
    loss_twice_smooth,
    twice_smooth,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.directions import I, supported
from symbolic_landscape.proofs.nguyen_hein_2017.settings.neighbourhoods import NEIGHBOURHOODS
from symbolic_landscape.proofs.nguyen_hein_2017.settings.network import (
    L,
    Phi,
    W,
    b,
    bias_gradient,
    flat_at,
    k,
    n,
    sigma,
    weight_gradient,
)
from symbolic_landscape.proofs.rules import curves, functions, points
from symbolic_landscape.statement.language import (
    Definition,
    Expr,
    both,
    derivative,
    every,
    fn,
    integer,
    matrix,
    real,
    update,
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
    have,
    linear,
    logic,
)
from symbolic_landscape.statement.rule import Rule
from symbolic_landscape.statement.step import Step

i, v, t = integer("i"), integer("v"), real("t")
M, d = matrix("M", n[k - 1], n[k]), matrix("d", 1, n[k])
NO_WEIGHTS, NO_BIASES = fn(i, zeros(n[i - 1], n[i])), fn(i, zeros(1, n[i]))
ONLY = update(NO_WEIGHTS, k, M), update(NO_BIASES, k, d)
"""The direction that moves layer k alone, by (M, d)."""

in_or_zero = I(v) | both(ONLY[0][v] == 0, ONLY[1][v] == 0)
ONE_LAYER = Statement(
    "NH17.T3.8.oneLayer",
    NEIGHBOURHOODS,
    title="A direction that moves one layer of I is a direction of I",
    names=(k, I, M, d),
    given={"in I": I(k)},
    then=supported(I, *ONLY),
    proof=[
        have(
            "supported",
            supported(I, *ONLY),
            arbitrary(
                v,
                proof=[
                    have(
                        "either",
                        in_or_zero,
                        cases(
                            [have("below", in_or_zero, logic)],
                            [
                                have(
                                    "from there",
                                    in_or_zero,
                                    cases(
                                        [
                                            have(
                                                "index", v == k, linear, "either.2", "from there.1"
                                            ),
                                            have("here", I(v), calculation, "in I", "index"),
                                            have("in", in_or_zero, logic, "here"),
                                        ],
                                        [have("above", in_or_zero, logic)],
                                        split=v <= k,
                                    ),
                                )
                            ],
                            split=v <= k - 1,
                        ),
                    )
                ],
            ),
        )
    ],
)


def gradient_vanishes(
    name: str,
    change: Expr,
    start: Expr,
    direction: tuple[Expr, Expr],
    changed: Callable[[Expr], tuple[Expr, Expr]],
    gradient_there: Definition,
    smooth_rule: Rule,
) -> list[Step]:
    """Steps: the gradient of one family of layer k is 0, since the slopes in its directions are.

    `direction` moves layer k by `change` alone, `changed` is the point with another member there.
    """
    curve = fn(t, Phi(*points.moved(W, b, (t, *direction))))
    straight = fn(t, Phi(*changed(start + t * change)))
    family, other = (0, 1) if changed(change)[1] is b else (1, 0)
    moves = by(functions.one_member_moved, U=(W, b)[family], j=k, M=change, t=t)
    moved_family = points.along((W, b)[family], (t, direction[family]))
    own = {("M", "d")[family]: change, ("M", "d")[other]: zeros(*(direction[other][k].rows, n[k]))}
    there = changed(start + t * change)[family]
    return [
        have(
            f"{name} slopes",
            every(change, derivative(straight)(0) == 0),
            arbitrary(
                change,
                proof=[
                    have("direction", supported(I, *direction), cite(ONE_LAYER, **own)),
                    have("if so", None, at(*direction), "slopes"),
                    have("slope", derivative(curve)(0) == 0, logic, "if so", "direction"),
                    have(
                        "values",
                        every(t, Phi(*points.moved(W, b, (t, *direction))) == straight(t)),
                        arbitrary(
                            t,
                            proof=[
                                have("moved", moved_family == there, moves),
                                have("same", curve(t) == straight(t), calculation, "<moved"),
                            ],
                        ),
                    ),
                    have(
                        "functions",
                        curve == straight,
                        by(functions.equal_functions_of_numbers),
                        "values",
                    ),
                    have("zero", derivative(straight)(0) == 0, calculation, "<functions", "slope"),
                ],
            ),
        ),
        have(f"{name} smooth", None, by(smooth_rule, H=OBJECTIVE, U=W, a=b, i=k), "smooth"),
        have(
            f"{name} gradient",
            gradient_there(W, b, k) == 0,
            by(curves.gradient_of_directions, h=fn(change, Phi(*changed(change))), Z=start),
            f"{name} smooth",
            f"{name} slopes",
        ),
    ]


LAYER = Statement(
    "NH17.T3.8.layer",
    NEIGHBOURHOODS,
    title="Where the slopes vanish in the directions of I, so do the gradients of its layers",
    names=(k, I),
    given={
        "in I": I(k),
        "slopes": points.flat(OBJECTIVE, W, b, I, 1, L),
        "sigma": twice_smooth(sigma),
        "loss smooth": loss_twice_smooth,
    },
    then=flat_at(W, b, k),
    proof=[
        have("smooth", None, cite(SMOOTH_OBJECTIVE)),
        *gradient_vanishes(
            "weight",
            M,
            W[k],
            (update(NO_WEIGHTS, k, M), NO_BIASES),
            lambda change: (update(W, k, change), b),
            weight_gradient,
            curves.smooth_in_member,
        ),
        *gradient_vanishes(
            "bias",
            d,
            b[k],
            (NO_WEIGHTS, update(NO_BIASES, k, d)),
            lambda change: (W, update(b, k, change)),
            bias_gradient,
            curves.smooth_in_member2,
        ),
        have("flat", flat_at(W, b, k), logic, "weight gradient", "bias gradient"),
    ],
)
