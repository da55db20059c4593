"""Section 3: what settles critical points on an instance, by the exact gradient of the loss."""

from typing import Any

from symbolic_landscape.arithmetic.exact_data import matrix_of
from symbolic_landscape.calculus import LossAtPoint
from symbolic_landscape.errors import LandscapeError
from symbolic_landscape.networks import Network, Parameters, Samples
from symbolic_landscape.verdict import Evidence, Verdict, fails, holds, undecided


def at(instance: Any, M: Any, b: Any) -> LossAtPoint:
    """The squared loss at the point (M, b)."""
    values = {str(v.name): x for v, x in instance.values.items()}
    layers = range(1, values["l"] + 1)
    widths = [values["m"].at(k) for k in range(values["l"] + 1)]
    surface = Network(widths, values["sigma"]).loss(Samples(values["X"].T, values["Y"].T), "sum")
    weights, biases = ([matrix_of(A.at(k), "layer") for k in layers] for A in (M, b))
    return surface.at(Parameters(weights, biases))


def critical_point(instance: Any, arguments: tuple[Any, ...]) -> Verdict:
    """Whether the gradient of the loss is 0 at the point."""
    try:
        flat = at(instance, *arguments).gradient.is_zero
    except (LandscapeError, KeyError, AttributeError) as cause:
        return undecided(str(cause))
    if flat is None:
        return undecided("whether the gradient is 0 is not known")
    return (
        holds(Evidence.EXACT, "the gradient is 0")
        if flat
        else fails(Evidence.EXACT, "the gradient is not 0")
    )
