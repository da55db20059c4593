"""Section 5: what settles global minima and segments to them on an instance."""

from typing import Any

from symbolic_landscape.arithmetic import Scalar
from symbolic_landscape.calculus import LossAtPoint
from symbolic_landscape.critical.last_layer import infimum_over_last_layer
from symbolic_landscape.errors import LandscapeError
from symbolic_landscape.networks import Network, Parameters
from symbolic_landscape.proofs.cooper_2021.settings.network_decisions import at
from symbolic_landscape.verdict import Evidence, Verdict, fails, holds, undecided


def _separating(network: Network) -> Parameters:
    """Parameters with units that differ, and with last weights 0."""
    shapes = list(zip(network.widths, network.widths[1:], strict=False))
    weights = [
        [[(3 * i + 2 * j) % 7 - 3 for j in range(below)] for i in range(units)]
        for below, units in shapes[:-1]
    ]
    below, outputs = shapes[-1]
    biases = [[(2 * i) % 5 - 2 for i in range(units)] for _, units in shapes]
    return Parameters([*weights, [[0] * below for _ in range(outputs)]], biases)


def _fibre_infimum(point: LossAtPoint) -> Scalar:
    return infimum_over_last_layer(point.surface, point.point).value


def global_minimum(instance: Any, arguments: tuple[Any, ...]) -> Verdict:
    """HOLDS where the loss is 0, FAILS where it is lower on this fibre, or on one other."""
    try:
        point = at(instance, *arguments)
        if point.value.is_zero:
            return holds(Evidence.EXACT, "the loss is 0")
        other = point.surface.at(_separating(point.surface.network))
        for fibre in (point, other):
            value = _fibre_infimum(fibre)
            if (point.value - value).sign() > 0:
                return fails(Evidence.EXACT, f"the loss is {point.value}, and {value} elsewhere")
    except (LandscapeError, KeyError, AttributeError) as cause:
        return undecided(str(cause))
    return undecided("the loss is not 0, and no point with a lower one was found")


def segment_down(instance: Any, arguments: tuple[Any, ...]) -> Verdict:
    """Whether the loss is not 0, and 0 with another last layer.

    The loss is convex on a fibre, so it is a multiple of (1 - t)^2 on the segment to there.
    """
    try:
        point = at(instance, *arguments)
        value = _fibre_infimum(point)
        good = value.is_zero and not point.value.is_zero
    except (LandscapeError, KeyError, AttributeError) as cause:
        return undecided(str(cause))
    said = f"the loss is {point.value}, and {value} is the least with another last layer"
    return (holds if good else fails)(Evidence.EXACT, said)
