"""Section 5.2: features that are independent for almost all parameters.

Notation: mu is the limit of sigma at minus infinity; (V, e) are parameters, all but the last layer.
"""

from fractions import Fraction
from typing import Any

from symbolic_landscape.proofs.cooper_2021.settings import minima_decisions
from symbolic_landscape.proofs.cooper_2021.settings.architectures import l
from symbolic_landscape.proofs.cooper_2021.settings.minima import (
    MINIMA,
    full_rank,
    least,
    segment_down,
    wide_points,
)
from symbolic_landscape.proofs.cooper_2021.settings.networks import V, e, n, one, phi_, point, sigma
from symbolic_landscape.proofs.rules.measure import null
from symbolic_landscape.statement.language import both, define, fn, rank, real, stack
from symbolic_landscape.statement.term import Term

mu = real("mu")
features = phi_(V, e)[l - 1]
deficient = fn(V, fn(e, rank(stack(features, one)) < n))
low_rank = fn(V, fn(e, ~full_rank(features)))
independent = define(
    "independent with the bias",
    (sigma,),
    null(1, l - 1, deficient),
    text="[phi; 1] has rank n for almost all layers below the last",
    latex=r"\operatorname{{rank}} [\phi; 1] = n \text{{ almost everywhere}}",
)
full = define(
    "independent",
    (sigma,),
    null(1, l - 1, low_rank),
    text="phi has full rank for almost all layers below the last",
    latex=r"\operatorname{{rank}} \phi \text{{ is full almost everywhere}}",
)
no_way = fn(V, fn(e, both(~least(V, e), ~segment_down(V, e))))
descent = define(
    "descent",
    (sigma,),
    null(1, l, no_way),
    text="almost all points are global minima, or the loss falls along a segment to one",
    latex=r"L \text{{ falls on a segment to }} \arg\min L \text{{ from almost all points}}",
)


def generic_points() -> tuple[tuple[str, dict[Term, Any]], ...]:
    """Networks with an activation that has a limit to the left, and near misses."""
    return (
        *wide_points(),
        point("tanh, two samples, two units", "tanh", [[0, 1]], [[1, 3]],
              ([[1], [0]], [0, 0]), ([[1, 0]], [0]), more={mu: -1}),
        point("softplus, three samples, two units", "softplus", [[0, 1, 0], [0, 0, 1]], [[1, 0, 2]],
              ([[1, 0], [0, 1]], [0, 0]), ([[1, 1]], [0]), more={mu: 0}),
        point("sigmoid, three samples, two outputs", "sigmoid", [[0, 1, 2]], [[1, 0, 2]] * 2,
              ([[1], [2], [0]], [0, 0, 1]), ([[1, 0, 0]] * 2, [0, 0]), more={mu: 0}),
        point("algebraic, depth 3", "1 + t/sqrt(1 + t**2)", [[0, Fraction(3, 4)]], [[1, 0]],
              ([[1]], [0]), ([[Fraction(5, 4)], [0]], [Fraction(-5, 4), 0]), ([[1, 0]], [0]), more={mu: 0}),
        point("-1/(1 + exp(t)), two samples", "-1/(1 + exp(t))", [[0, 1]], [[1, 3]],
              ([[1], [0]], [0, 0]), ([[1, 0]], [0]), more={mu: -1}),
        point("tanh, equal samples", "tanh", [[1, 1]], [[1, 3]],
              ([[1], [0]], [0, 0]), ([[1, 0]], [0]), more={mu: -1}),
        point("tanh, three samples, one unit", "tanh", [[0, 1, 2]], [[1, 3, 0]],
              ([[1]], [0]), ([[1]], [0]), more={mu: -1}),
        point("linear, three samples, wide", "linear", [[0, 1, 2]], [[1, 3, 0]],
              ([[1], [0], [1]], [0, 0, 0]), ([[1, 0, 0]], [0]), more={mu: 0}),
        point("-1/(1 + exp(t)), equal samples", "-1/(1 + exp(t))", [[1, 1]], [[1, 3]],
              ([[1], [0]], [0, 0]), ([[1, 0]], [0]), more={mu: -1}),
        point("activation 0, three samples, wide", "0", [[0, 1, 2]], [[1, 3, 0]],
              ([[1], [0], [1]], [0, 0, 0]), ([[1, 0, 0]], [0]), more={mu: 0}),
        point("constant, wide", "1", [[0, 1]], [[1, 3]],
              ([[1], [0]], [0, 0]), ([[1, 0]], [0]), more={mu: 1}),
    )  # fmt: skip


ALMOST_ALL = MINIMA.extended(
    "a network on n samples, and almost all parameters",
    definitions=(independent, full, descent),
    decisions={
        "independent with the bias": minima_decisions.independent_with_bias,
        "descent": minima_decisions.descent,
        "independent": minima_decisions.independent,
    },
    instances=generic_points,
)
