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

from dataclasses import replace
from typing import Any

from symbolic_landscape.calculus import LossSurface
from symbolic_landscape.critical.at_point import PointRecord
from symbolic_landscape.critical.bounds import attained
from symbolic_landscape.critical.classification import Answer, Classification, Kind
from symbolic_landscape.critical.flats import feature_flats
from symbolic_landscape.critical.in_box import BoxRecord
from symbolic_landscape.critical.local import LocalLoss, smooth_near
from symbolic_landscape.critical.locate import locate
from symbolic_landscape.critical.problem import Problem
from symbolic_landscape.critical.record import Record
from symbolic_landscape.critical.symmetries import Family, symmetry_families
from symbolic_landscape.errors import DomainError, ShapeError, SmoothnessError
from symbolic_landscape.networks import Parameters
from symbolic_landscape.verdict import Evidence

MOST_PARAMETERS = 1_000


def classify(loss: LossSurface, point: Parameters | Any, *, near: bool = False) -> Classification:
    """What kind of point of the loss surface the parameters are.

    With `near` the exact critical point close to them is located first.

    The point may also be a vector in the order of the parameters' names. Raises ShapeError: the
    shapes do not fit, or there are more than 1000 parameters. Raises DomainError: the loss has
    no value at the point.

    >>> from symbolic_landscape.networks import Network, Samples
    >>> net = Network(widths=(1, 1), activation="linear", bias=False)
    >>> loss = net.loss(Samples(inputs=[[1], [2]], targets=[[1], [2]]))
    >>> print(classify(loss, [1]).kind)
    strict local minimum
    """
    surface, parameters = _checked(loss, point)
    _ = LocalLoss(surface, parameters).loss
    try:
        local = LocalLoss(smooth_near(surface, parameters), parameters)
    except SmoothnessError as error:
        return _at_joint(LocalLoss(surface, parameters), str(error))
    return _near(local) if near else PointRecord(local).classification()


def _near(rough: LocalLoss) -> Classification:
    """The classification of the critical point near a rough one, which may be critical itself."""
    try:
        if rough.exact.gradient.is_zero:
            return PointRecord(rough).classification()
    except DomainError:
        pass
    try:
        found = locate(rough)
    except DomainError as error:
        case = Record(rough)
        reason = "no critical point was located"
        case.found.update(global_minimum=Answer.UNKNOWN, global_minimum_reason=reason)
        return case.undecided(str(error))
    return BoxRecord(found.local).located(found)


def classify_problem(problem: Problem) -> Classification:
    """The classification of the point of a problem file."""
    found = classify(problem.surface, problem.point, near=problem.near)
    return replace(found, notes=problem.notes)


def _checked(loss: LossSurface, point: Parameters | Any) -> tuple[LossSurface, Parameters]:
    if not isinstance(loss, LossSurface):
        message = f"classify: a loss surface was needed, got {type(loss).__name__}"
        raise ShapeError(message)
    network = loss.network
    if network.parameter_count > MOST_PARAMETERS:
        message = (
            f"classify: at most {MOST_PARAMETERS} parameters are taken, "
            f"got {network.parameter_count}"
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


def _at_joint(local: LocalLoss, obstacle: str) -> Classification:
    """The classification at a point where the loss need not be differentiable."""
    case = Record(local)
    _, reason = attained(local)
    if reason is None:
        return case.undecided(obstacle)
    case.found.update(global_minimum=Answer.YES, global_minimum_reason=reason)
    case.because(f"it is a global minimum: {reason}", Evidence.EXACT)
    families: tuple[Family, ...] = (*symmetry_families(local), *feature_flats(local))
    if families:
        case.because(f"the loss is constant along a curve: {families[0].origin}", Evidence.EXACT)
        return case.answer(Kind.NON_STRICT_MINIMUM)
    return case.open_minimum()
