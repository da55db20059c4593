"""Section 5: what settles global minima and segments to them on an instance."""

from typing import Any

from symbolic_landscape.arithmetic import Matrix, Scalar
from symbolic_landscape.calculus import LossAtPoint
from symbolic_landscape.critical.last_layer import infimum_over_last_layer
from symbolic_landscape.errors import LandscapeError
from symbolic_landscape.formula import ZERO, derivative
from symbolic_landscape.functions.smoothness import analytic
from symbolic_landscape.networks import Network, Parameters
from symbolic_landscape.proofs.cooper_2021.settings.network_decisions import at
from symbolic_landscape.statement.setting import Decision
from symbolic_landscape.verdict import Evidence, Verdict, fails, holds, undecided


def _separating(network: Network) -> Parameters:
    """Parameters with units that differ, and with last weights 0."""
    shapes = list(zip(network.widths, network.widths[1:], strict=False))
    weights = [
        [[(3 * i + 2 * j + 2) % 7 - 3 for j in range(below)] for i in range(units)]
        for below, units in shapes[:-1]
    ]
    below, outputs = shapes[-1]
    biases = [[(2 * i) % 5 - 1 for i in range(units)] for _, units in shapes]
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


def _affine(network: Network) -> bool:
    """Whether the features are affine functions of the inputs."""
    bends = [derivative(derivative(a.formula)) for a in network.activations[:-1]]
    return all(f == ZERO for f in bends)


def _rank(point: LossAtPoint, bias: bool) -> int | None:
    """The rank of the features of the last hidden layer; None where they lie in no exact field."""
    try:
        features = point.features(point.surface.network.depth - 1)
        if bias:
            features = features.hstack(features.field.ones(features.shape[0], 1))
        return int(features.rank())
    except LandscapeError:
        return None


def _different(samples: Matrix) -> set[tuple[str, ...]]:
    """The rows, each once."""
    return {tuple(map(str, row)) for row in samples.tolist()}


def _independent(bias: bool) -> Decision:
    """The decision whether features have the rank of all samples almost everywhere.

    For analytic activations one point with that rank is enough. Equal samples, too few units and
    affine activations leave it less everywhere.
    """

    def decided(instance: Any, _: tuple[Any, ...]) -> Verdict:
        values = {str(v.name): x for v, x in instance.values.items()}
        try:
            here = at(instance, values["M"], values["b"])
            network, inputs = here.surface.network, here.surface.samples.inputs
            units, count = network.widths[-2] + bias, inputs.shape[0]
            needed = count if bias else min(units, count)
            distinct = len(_different(inputs))
            most = network.inputs + 1 if _affine(network) else needed
            if min(units, distinct, most) < needed:
                said = f"{units} rows, {distinct} different samples, a rank of {most} or less"
                return fails(Evidence.EXACT, said)
            if not all(analytic(a.formula).is_holds for a in network.activations):
                return undecided("the activation is not known to be analytic")
        except (LandscapeError, KeyError, AttributeError) as cause:
            return undecided(str(cause))
        for point in (here, here.surface.at(_separating(network))):
            if _rank(point, bias) == needed:
                said = f"the rank is {needed} at one point, so almost everywhere"
                return holds(Evidence.EXACT, said)
        return undecided("at the points tried the rank is less, or in no exact field")

    return decided


independent, independent_with_bias = _independent(bias=False), _independent(bias=True)


def _never_fitted(point: LossAtPoint) -> str:
    """Why no parameters fit the targets; empty where nothing speaks against it."""
    inputs, targets = point.surface.samples.inputs, point.surface.samples.targets
    together = inputs.hstack(targets)
    if len(_different(inputs)) < len(_different(together)):
        return "equal samples have different targets"
    known = inputs.hstack(inputs.field.ones(inputs.shape[0], 1))
    if _affine(point.surface.network) and known.hstack(targets).rank() > known.rank():
        return "the outputs are affine in the inputs, and the targets are not"
    return ""


def descent(instance: Any, arguments: tuple[Any, ...]) -> Verdict:
    """HOLDS where almost all fibres have fits of all targets, for the loss is convex on a fibre.

    FAILS where nothing fits the targets: each segment ends at the loss 0, and points that are no
    global minima are almost all, for the loss is a square in the last bias.
    """
    found: Verdict = independent_with_bias(instance, arguments)
    if found.is_holds:
        return found
    values = {str(v.name): x for v, x in instance.values.items()}
    try:
        never = _never_fitted(at(instance, values["M"], values["b"]))
    except (LandscapeError, KeyError, AttributeError) as cause:
        return undecided(str(cause))
    if never:
        return fails(Evidence.EXACT, never)
    return undecided(f"fits are not known: {found.reason}")
