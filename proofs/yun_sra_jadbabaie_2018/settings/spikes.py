"""Appendix A.2: a law with the values 1, 2, .. on the line, and slopes that grow along them.

Setting: SPIKES.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from symbolic_landscape.functions.activations import Activation
from symbolic_landscape.statement.language import function, integer, natural, real, scalar_function
from symbolic_landscape.statement.setting import Setting
from symbolic_landscape.statement.term import Term

N, n = natural("N"), integer("n")
p = function("p", n, real(""))
f, target = scalar_function("f"), scalar_function("target")
SLOPES = {
    "one value": (1, "2*t", "t"),
    "two values": (2, "4*t", "t"),
    "three values, bounded target": (3, "8*t", "t/(1 + t**2)"),
    "three values, bent": (3, "9*t + t/(1 + t**2)", "1/(1 + t**2)"),
    "too flat at 3": (3, "4*t", "t"),
    "too flat at 1": (1, "t", "t/2"),
    "fitted": (2, "4*t", "4*t"),
}


def examples() -> tuple[tuple[str, Mapping[Term, Any]], ...]:
    """Weights 1/2, 1/4, .., and near misses."""
    return tuple(
        (
            name,
            {
                N.term: count,
                p.term: {k: Fraction(1, 2**k) for k in range(1, count + 1)},
                f.term: Activation.of(network),
                target.term: Activation.of(goal),
            },
        )
        for name, (count, network, goal) in SLOPES.items()
    )


SPIKES = Setting(
    "the values 1..N of the input with weights, a network f of one layer, and a target",
    variables=(N, p, f, target),
    instances=examples,
)
