"""Section 3.1: what settles a local minimum at infinity on an instance, by balls around it."""

from collections.abc import Callable
from typing import Any

from symbolic_landscape.arithmetic.exact_data import matrix_of
from symbolic_landscape.critical.saturation import (
    Saturated,
    lower_point,
    minimum_at_infinity,
    not_lower_at_finite_values,
    suboptimal_minimum,
)
from symbolic_landscape.errors import LandscapeError
from symbolic_landscape.networks import Network, Parameters, Samples
from symbolic_landscape.statement.setting import Decision
from symbolic_landscape.verdict import Evidence, Verdict, fails, holds, undecided


def _case(instance: Any, W: Any, b: Any) -> Saturated:
    """The network of the instance at the point (W, b)."""
    values = {str(v.name): x for v, x in instance.values.items()}
    layers = range(1, values["L"] + 1)
    network = Network([values["n"].at(k) for k in range(values["L"] + 1)], values["sigma"])
    weights, biases = ([matrix_of(A.at(k), "layer") for k in layers] for A in (W, b))
    return Saturated(network, Samples(values["X"].T, values["Y"].T), Parameters(weights, biases))


def _settled(decide: Callable[[Saturated], Verdict]) -> Decision:
    """The decision at the point that the arguments are; UNDECIDED for other networks."""

    def decided(instance: Any, arguments: tuple[Any, ...]) -> Verdict:
        try:
            return decide(_case(instance, *arguments))
        except (LandscapeError, KeyError, AttributeError) as cause:
            return undecided(str(cause))

    return decided


@_settled
def minimum(case: Saturated) -> Verdict:
    """Whether no loss near infinity is lower than there."""
    return minimum_at_infinity(case, strict=False)


@_settled
def higher(case: Saturated) -> Verdict:
    """Whether the loss at all finite points near infinity is higher than there."""
    return minimum_at_infinity(case)


@_settled
def not_lower_there(case: Saturated) -> Verdict:
    """Whether the loss is not lower where the biases alone are finite and large."""
    return not_lower_at_finite_values(case, strict=False)


@_settled
def higher_there(case: Saturated) -> Verdict:
    """Whether the loss is higher where the biases alone are finite and large."""
    return not_lower_at_finite_values(case, strict=True)


@_settled
def lower(case: Saturated) -> Verdict:
    """Whether finite parameters with a lower loss than at infinity were found."""
    if not case.value:
        return fails(Evidence.EXACT, "the loss at infinity is 0")
    point = lower_point(case)
    if point is None:
        return undecided("no finite parameters with a lower loss were found")
    said = f"the loss is {case.loss(point)} at {point}, at infinity it is {case.value}"
    return holds(Evidence.ENCLOSED, said)


def some_minimum(instance: Any, arguments: tuple[Any, ...]) -> Verdict:
    """Whether a suboptimal local minimum at infinity was found, with equal units."""
    values = {str(v.name): x for v, x in instance.values.items()}
    try:
        found = suboptimal_minimum(_case(instance, values["W"], values["b"]))
    except (LandscapeError, KeyError, AttributeError) as cause:
        return undecided(str(cause))
    if found is None:
        return undecided("no local minimum at infinity was found with equal units")
    case, verdict, point = found
    said = f"at {case.point}: {verdict.reason}; the loss is {case.loss(point)} elsewhere"
    return holds(Evidence.ENCLOSED, said)
