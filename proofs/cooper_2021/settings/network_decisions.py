"""Section 3: what settles critical points and eigenvalues on an instance, by exact derivatives."""

from collections.abc import Callable
from typing import Any

from symbolic_landscape.arithmetic.exact_data import matrix_of
from symbolic_landscape.calculus import LossAtPoint
from symbolic_landscape.errors import LandscapeError
from symbolic_landscape.networks import Network, Parameters, Samples
from symbolic_landscape.statement.setting import Decision
from symbolic_landscape.verdict import Evidence, Verdict, fails, holds, undecided


def at(instance: Any, M: Any, b: Any) -> LossAtPoint:
    """The squared loss at the point (M, b)."""
    values = {str(v.name): x for v, x in instance.values.items()}
    layers = range(1, values["l"] + 1)
    widths = [values["m"].at(k) for k in range(values["l"] + 1)]
    surface = Network(widths, values["sigma"]).loss(Samples(values["X"].T, values["Y"].T), "sum")
    weights, biases = ([matrix_of(A.at(k), "layer") for k in layers] for A in (M, b))
    return surface.at(Parameters(weights, biases))


def _settled(decide: Callable[[LossAtPoint], tuple[bool, str]]) -> Decision:
    """The decision at the point that the arguments are, UNDECIDED where it is in no exact field."""

    def decided(instance: Any, arguments: tuple[Any, ...]) -> Verdict:
        try:
            good, why = decide(at(instance, *arguments))
        except (LandscapeError, KeyError, AttributeError) as cause:
            return undecided(str(cause))
        return (holds if good else fails)(Evidence.EXACT, why)

    return decided


def flat_space(instance: Any, arguments: tuple[Any, ...]) -> Verdict:
    """Whether the last layer can be moved in dim directions for each output at the same loss.

    Combinations of the rows of [Phi; 1] must be 0, so it is counted by the rank of that matrix.
    """
    *point, dim = arguments
    try:
        loss = at(instance, *point)
        features = loss.features(loss.surface.network.depth - 1)
        rank = features.hstack(features.field.ones(features.shape[0], 1)).rank()
    except (LandscapeError, KeyError, AttributeError) as cause:
        return undecided(str(cause))
    room = features.shape[1] + 1 - rank
    said = f"there are {room} independent directions, {dim} are asked for"
    return (holds if dim <= room else fails)(Evidence.EXACT, said)


@_settled
def critical_point(point: LossAtPoint) -> tuple[bool, str]:
    """Whether the gradient of the loss is 0 at the point."""
    flat = point.gradient.is_zero
    return flat, f"the gradient is {'0' if flat else 'not 0'}"


@_settled
def one_positive_eigenvalue(point: LossAtPoint) -> tuple[bool, str]:
    """Whether the Hessian of the loss has one positive eigenvalue and no negative one."""
    positive, negative, zero = point.hessian.inertia()
    said = f"{positive} positive, {negative} negative and {zero} eigenvalues 0"
    return (positive, negative) == (1, 0), said


def local_maximum(instance: Any, arguments: tuple[Any, ...]) -> Verdict:
    """FAILS where the gradient is not 0 or an eigenvalue of the Hessian is positive."""
    for decide, why in ((critical_point, "the gradient is not 0"), (no_positive, "it bends up")):
        if decide(instance, arguments).is_fails:
            return fails(Evidence.EXACT, why)
    return undecided("the gradient is 0, and no positive eigenvalue is known")


@_settled
def no_positive(point: LossAtPoint) -> tuple[bool, str]:
    """Whether no eigenvalue of the Hessian of the loss is positive."""
    positive, *_ = point.hessian.inertia()
    return not positive, f"{positive} eigenvalues are positive"


def isolated_minimum(instance: Any, arguments: tuple[Any, ...]) -> Verdict:
    """Whether the point is an isolated local minimum, by derivatives and the rank of [Phi; 1].

    It is none where the loss is constant on a line: all of the line are minima, or none is.
    """
    try:
        point = at(instance, *arguments)
        features = point.features(len(arguments[0].table) - 1)
        rank = features.hstack(features.field.ones(features.shape[0], 1)).rank()
        if rank <= features.shape[1]:
            said = f"[Phi; 1] has rank {rank} and {features.shape[1] + 1} rows: constant on a line"
            return fails(Evidence.EXACT, said)
        if not point.gradient.is_zero:
            return fails(Evidence.EXACT, "the gradient is not 0")
        positive, negative, zero = point.hessian.inertia()
    except (LandscapeError, KeyError, AttributeError) as cause:
        return undecided(str(cause))
    said = f"{positive} positive, {negative} negative and {zero} eigenvalues 0"
    if negative:
        return fails(Evidence.EXACT, said)
    return undecided(said) if zero else holds(Evidence.EXACT, said)
