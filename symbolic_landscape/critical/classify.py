"""The decision: what kind of point of a loss surface this is, on what evidence.

In this order: the gradient is 0 or not; the value equals a lower bound; the inertia; a direction
of negative curvature; a definite Hessian; a manifold of critical points whose dimension is the
nullity, with a semidefinite Hessian (Morse and Bott); curves of higher order; else undecided,
with what could not be shown.

Functions: classify, classify_problem.

Design notes. Every kind rests on a certificate that is kept in the answer. Where two certificates
are needed (a saddle rises and falls), one of them is not enough: the point is then undecided.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from symbolic_landscape.arithmetic import BallField, Scalar
from symbolic_landscape.calculus import LossSurface
from symbolic_landscape.critical.approach import NEAR, derivatives_in_floats
from symbolic_landscape.critical.at_point import MOST_ELIMINATED, PointRecord
from symbolic_landscape.critical.budget import SECONDS, Budget
from symbolic_landscape.critical.classification import Answer, Classification, Kind
from symbolic_landscape.critical.exclusion import excluded_radius
from symbolic_landscape.critical.in_box import BoxRecord
from symbolic_landscape.critical.infinity import runaway
from symbolic_landscape.critical.joints import JointRecord
from symbolic_landscape.critical.linear_pieces import fitted_on_pieces
from symbolic_landscape.critical.local import BITS, LocalLoss, smooth_near
from symbolic_landscape.critical.locate import locate, need_near
from symbolic_landscape.critical.problem import Problem
from symbolic_landscape.critical.record import Record
from symbolic_landscape.errors import DomainError, ShapeError, SmoothnessError
from symbolic_landscape.formula import joints
from symbolic_landscape.networks import Point
from symbolic_landscape.verdict import Evidence

MOST_PARAMETERS = 4_096
AT_JOINT = 1e-2
"""A pre-activation closer to a joint may be on its way to it."""
STEEP = 1e-6
"""A gradient above this is not that of a rounded critical point."""
LARGE = 30.0
"""Weights above this may be on their way to infinity."""
SMALL = 1e-9
"""An eigenvalue below this share of the largest counts as 0 in words."""


def classify(
    loss: LossSurface,
    point: Point | Any,
    *,
    near: bool = False,
    thorough: bool = True,
    seconds: float = SECONDS,
) -> Classification:
    """What kind of point of the loss surface the parameters are.

    With `near` the exact critical point close to them is located first. Where it is not `thorough`,
    what does not serve to find the kind of a critical point, or that it is a global minimum, is
    left out: better points, and why no critical point is near. The searches end after so many
    seconds of processor time; what is not found by then is said.

    The point may also be a vector in the order of the parameters' names. Raises ShapeError: the
    shapes do not fit, or there are more than 4096 parameters, 1000 with `near`. Raises DomainError:
    the loss has no value at the point.

    >>> from symbolic_landscape.networks import Network, Samples
    >>> net = Network(widths=(1, 1), activation="linear", bias=False)
    >>> loss = net.loss(Samples(inputs=[[1], [2]], targets=[[1], [2]]))
    >>> print(classify(loss, [1]).kind)
    strict local minimum
    """
    surface, parameters = _checked(loss, point, MOST_ELIMINATED if near else MOST_PARAMETERS)
    budget = Budget(seconds)
    _ = LocalLoss(surface, parameters, budget).loss
    try:
        local = LocalLoss(smooth_near(surface, parameters), parameters, budget)
    except SmoothnessError as error:
        case = JointRecord(LocalLoss(surface, parameters, budget))
        found = case.classification(str(error))
        return _near_joint(case, found, str(error)) if near else found
    if near:
        return _near(local, surface, thorough)
    return PointRecord(local, thorough=thorough).classification()


def _near_joint(case: JointRecord, found: Classification, obstacle: str) -> Classification:
    """What was found at a joint, if the digits are those of a critical point; else undecided."""
    if found.kind is not Kind.NOT_CRITICAL:
        return found
    rough = Record(case.local)
    reason = "no critical point was located"
    rough.found.update(global_minimum=Answer.UNKNOWN, global_minimum_reason=reason)
    return rough.undecided(
        "a critical point near the given one: the digits lie at a joint, where the loss falls, and "
        f"the pieces around it were not searched; {obstacle}"
    )


def _near(rough: LocalLoss, surface: LossSurface, thorough: bool) -> Classification:
    """The classification of the critical point near a rough one, which may be critical itself.

    The surface is the whole one, of which the rough point has the pieces that it lies on.
    """
    try:
        if rough.exact.gradient.is_zero:
            return PointRecord(rough, thorough=thorough).classification()
    except DomainError:
        pass
    try:
        found = locate(rough)
    except DomainError as error:
        return _on_pieces(rough, surface, thorough) or _not_located(
            rough, surface, str(error), thorough
        )
    found.local.budget = rough.budget
    return BoxRecord(found.local, thorough=thorough).located(found)


def _on_pieces(rough: LocalLoss, surface: LossSurface, thorough: bool) -> Classification | None:
    """The classification of an exact point nearby, where all pieces are linear; or None.

    None too where that point lies at a joint.
    """
    try:
        fitted = fitted_on_pieces(rough)
        need_near(fitted, [value.rational() for value in rough.coordinates])
        exact = LocalLoss(smooth_near(surface, fitted.point), fitted.point, rough.budget)
    except (DomainError, SmoothnessError):
        return None
    found = PointRecord(exact, thorough=thorough).classification()
    if found.kind in {Kind.UNDECIDED, Kind.NOT_CRITICAL}:
        return None
    field = BallField(BITS[0])
    balls = tuple(Scalar(field, field.raw(value)) for value in exact.coordinates)
    how = "the least squares of all predictions nearby, which lie in a linear space, are attained"
    return replace(found, coordinates=balls, located=True, reasons=(how, *found.reasons))


def _not_located(
    rough: LocalLoss, surface: LossSurface, obstacle: str, thorough: bool
) -> Classification:
    """The answer where no critical point near a rough one was certified; the surface is whole."""
    case = Record(rough, thorough=thorough)
    what, reason = "a critical point near the given one", "no critical point was located"
    if not thorough:
        case.found.update(global_minimum=Answer.UNKNOWN, global_minimum_reason=reason)
        return case.undecided(f"{what}: {obstacle}")
    ray = runaway(rough)
    radius = excluded_radius(rough, () if ray is None else ray.direction)
    if radius == NEAR:
        case.because(
            f"the gradient is not 0 at any point whose coordinates are within {NEAR} max(1, |w|) "
            "of the given ones: no critical point is near",
            Evidence.ENCLOSED,
        )
        falls = "the gradient is not 0, so the loss is lower nearby"
        if ray is not None:
            falls = "the loss falls for ever along a ray from the point"
            case.because(f"along the ray {ray.reason}, towards {ray.infimum}", Evidence.ENCLOSED)
        case.found.update(global_minimum=Answer.NO, global_minimum_reason=falls)
        if ray is None:
            return case.answer(Kind.NOT_CRITICAL)
        return case.answer(Kind.NONE_NEAR, runaway=replace(ray, radius=NEAR))
    case.found.update(global_minimum=Answer.UNKNOWN, global_minimum_reason=reason)
    if ray is not None:
        plight = (
            f"the weights may run to infinity, for along a ray {ray.reason}, towards "
            f"{ray.infimum}; but that no critical point is within {NEAR} max(1, |w|) of the given "
            "coordinates was not shown; "
        )
    else:
        plight = _plight(rough, surface)
    without = ""
    if radius is not None:
        without = f"within {radius} max(1, |w|) of the given coordinates there is certainly none; "
    return case.undecided(f"{what}: {plight}{without}{obstacle}")


def _plight(rough: LocalLoss, surface: LossSurface) -> str:
    """What floats suggest about a point near which no critical point was certified."""
    import numpy as np

    if rough.budget.is_spent:
        return ""
    point = [float(value.enclose(64)) for value in rough.coordinates]
    try:
        gradient, hessian = derivatives_in_floats(rough, point)
        values = abs(np.linalg.eigvalsh(hessian))
    except (DomainError, SmoothnessError, np.linalg.LinAlgError):
        return ""
    slope, size = float(abs(gradient).max()), max(map(abs, point))
    flat = int((values < SMALL * values.max()).sum())
    if slope > STEEP:
        joint = _joint_near(rough, surface)
        if joint:
            return (
                f"the gradient there is as large as {slope:.1e}, and {joint}: the loss may be "
                "least at the joint, which is decided at exact coordinates alone; "
            )
        return (
            f"the gradient there is as large as {slope:.1e}, and Newton's method finds no zero of "
            "it that is near; more steps of training, or more digits, would settle it; "
        )
    if size > LARGE:
        return (
            f"the gradient there is only {slope:.1e} while weights are as large as {size:.1e}, so "
            "they may run to infinity, but no ray was certified along which the loss falls for "
            "ever; weight decay would keep them; "
        )
    if flat:
        return (
            f"{flat} of {len(point)} eigenvalues of the Hessian are about 0, and what makes it so "
            "is neither equal or opposite units, nor a symmetry, nor parameters that the "
            "predictions leave open; the coordinates as exact numbers would settle it; "
        )
    return ""


def _joint_near(rough: LocalLoss, surface: LossSurface) -> str:
    """Which pre-activation or residual of the whole surface is near a joint; empty if none is."""
    network, values = surface.network, rough.enclosed(BITS[0])
    found: list[tuple[float, str]] = []
    for layer in range(1, network.depth + 1):
        for unit, activation in enumerate(network.unit_activations(layer)):
            name = f"the pre-activation of unit {unit + 1} of layer {layer}"
            column = [row[unit] for row in values.preactivations(layer).tolist()]
            found += _distances(column, activation, name)
    for output, column in enumerate(values.residuals.T.tolist()):
        found += _distances(column, surface.loss, f"the residual of output {output + 1}")
    distance, words = min(found, default=(math.inf, ""))
    return words if distance < AT_JOINT else ""


def _distances(values: Sequence[Scalar], function: Any, name: str) -> list[tuple[float, str]]:
    return [
        (distance, f"{name} on sample {i} is {distance:.1e} from a joint of {function}")
        for i, value in enumerate(values, 1)
        for joint in joints(function.formula)
        for distance in (abs(float(value.enclose(64).mid()) - float(joint)),)
    ]


def classify_problem(problem: Problem, seconds: float = SECONDS) -> Classification:
    """The classification of the point of a problem file."""
    found = classify(problem.surface, problem.point, near=problem.near, seconds=seconds)
    return replace(found, notes=problem.notes)


def _checked(loss: LossSurface, point: Point | Any, most: int) -> tuple[LossSurface, Point]:
    if not isinstance(loss, LossSurface):
        message = f"classify: a loss surface was needed, got {type(loss).__name__}"
        raise ShapeError(message)
    network = loss.network
    if network.parameter_count > most:
        message = (
            f"classify: at most {MOST_PARAMETERS} parameters are taken, {MOST_ELIMINATED} where a "
            f"critical point is to be located, got {network.parameter_count}"
        )
        raise ShapeError(message)
    if not hasattr(point, "biases"):
        point = network.parameters(point)
    network.need_parameters(point)
    for function in (*network.activations, loss.loss):
        if function.is_generic:
            message = f"classify: {function} is generic and has no values"
            raise DomainError(message)
    return loss, point
