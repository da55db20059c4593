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

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from symbolic_landscape.arithmetic import QQ, Matrix, Scalar
from symbolic_landscape.calculus import LossSurface
from symbolic_landscape.critical.better import BetterPoint, lower_along, refitted, sampled
from symbolic_landscape.critical.bounds import (
    Bound,
    attained_bound,
    distinct_predictions,
    is_convex_problem,
    is_critical_map,
    least_at_zero,
)
from symbolic_landscape.critical.classification import (
    Answer,
    Classification,
    Kind,
    NullDirection,
)
from symbolic_landscape.critical.curvature import (
    Inertia,
    Signature,
    ball_hessian,
    certified_signs,
    convexity_near,
    inertia_of,
    negative_direction,
)
from symbolic_landscape.critical.curves import (
    Curve,
    Slice,
    descent_and_ascent,
    straight,
    strictness_on_slice,
)
from symbolic_landscape.critical.explanation import explained_kernel, spelt_out
from symbolic_landscape.critical.fibres import fibre_tangents
from symbolic_landscape.critical.flats import (
    critical_part,
    dead_inputs,
    feature_flats,
    is_critical_flat,
)
from symbolic_landscape.critical.kernels import near_fraction, pivot_rows
from symbolic_landscape.critical.local import BITS, LocalLoss, need_small_field, smooth_near
from symbolic_landscape.critical.locate import Located, locate
from symbolic_landscape.critical.problem import Problem
from symbolic_landscape.critical.symmetries import (
    Family,
    Mechanism,
    symmetry_families,
    tangent_space,
)
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
    _ = loss_value(LocalLoss(surface, parameters))
    try:
        local = LocalLoss(smooth_near(surface, parameters), parameters)
    except SmoothnessError as error:
        return _at_joint(LocalLoss(surface, parameters), str(error))
    return _near(local) if near else _Case(local).classification()


def _near(rough: LocalLoss) -> Classification:
    """The classification of the critical point near a rough one, which may be critical itself."""
    try:
        if rough.exact.gradient.is_zero:
            return _Case(rough).classification()
    except DomainError:
        pass
    try:
        found = locate(rough)
    except DomainError as error:
        return _Case(rough).unlocated(str(error))
    return _Case(found.local).located(found)


def classify_problem(problem: Problem) -> Classification:
    """The classification of the point of a problem file."""
    return classify(problem.surface, problem.point, near=problem.near)


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
    if not hasattr(point, "weights"):
        point = network.parameters(point)
    network.need_parameters(point)
    for function in (network.activation, network.output_activation, loss.loss):
        if function.is_generic:
            message = f"classify: {function} is generic and has no values"
            raise DomainError(message)
    return loss, point


@dataclass
class _Case:
    """One point under examination, with what has been found so far."""

    local: LocalLoss
    reasons: list[str] = field(default_factory=list)
    evidence: Evidence = Evidence.IDENTITY
    found: dict[str, Any] = field(default_factory=dict)

    def because(self, reason: str, evidence: Evidence) -> None:
        """Notes a reason; the answer is as strong as the weakest of them."""
        self.reasons.append(reason)
        self.evidence = min(self.evidence, evidence)

    def answer(self, kind: Kind, **more: Any) -> Classification:
        """The classification with everything found."""
        if "global_minimum" not in self.found:
            self._settle_global(kind)
        if "loss" not in self.found:
            self.found["loss"] = loss_value(self.local)
        evidence = self.evidence if self.reasons else Evidence.NUMERIC
        return Classification(
            kind=kind,
            names=self.local.network.parameter_names,
            coordinates=self.local.coordinates,
            evidence=min(evidence, Evidence.EXACT),
            reasons=tuple(self.reasons),
            **{"gradient": None, **self.found, **more},
        )

    def undecided(self, obligation: str) -> Classification:
        """The classification of a point whose kind is not settled."""
        return self.answer(Kind.UNDECIDED, obligation=obligation)

    # ---- a point that was given roughly

    def unlocated(self, obstacle: str) -> Classification:
        """The classification of a rough point near which nothing was certified."""
        reason = "no critical point was located"
        self.found.update(global_minimum=Answer.UNKNOWN, global_minimum_reason=reason)
        return self.undecided(obstacle)

    def located(self, found: Located) -> Classification:
        """The kind of the one critical point in a box, from the Hessian on the whole box."""
        zero = QQ.scalar(0)
        self.found.update(
            gradient=(zero,) * self.local.size,
            located=True,
            null_directions=spelt_out(found.tangents),
        )
        self.because(found.reason, Evidence.ENCLOSED)
        if found.bound is not None:
            return self._fitting(found, found.bound)
        reason = is_critical_map(self.local)
        if reason is not None:
            self.found.update(global_minimum=Answer.YES, global_minimum_reason=reason)
        hessian = ball_hessian(self.local, BITS[0]).submatrix(found.free, found.free)
        signs = certified_signs(hessian)
        if signs.positive + signs.negative == len(found.free):
            triple = (signs.positive, signs.negative, len(found.frozen))
            self.found["inertia"] = triple
            self.because(f"inertia {triple}: pivots in balls on the box", Evidence.ENCLOSED)
        if signs.negative:
            return self._negative_in_box(found, signs)
        if "inertia" not in self.found:
            return self.undecided(
                f"the inertia of the Hessian: {signs.positive} of {len(found.free)} pivots are "
                "certainly not 0"
            )
        if not found.frozen:
            self.found["convexity"] = convexity_near(self.local)
            return self.answer(Kind.STRICT_MINIMUM)
        self.because(self._through(found), Evidence.ENCLOSED)
        return self.answer(Kind.MINIMUM)

    @staticmethod
    def _through(found: Located) -> str:
        return (
            f"{found.manifold} consists of critical points and has dimension {len(found.frozen)}, "
            "the nullity of the Hessian"
        )

    def _fitting(self, found: Located, bound: Bound) -> Classification:
        reason = f"the loss equals the lower bound {bound.value}: {bound.reason}"
        self.found.update(
            global_minimum=Answer.YES,
            global_minimum_reason=reason,
            inertia=(len(found.free), 0, len(found.frozen)),
            loss=bound.value,
        )
        self.because(f"it is a global minimum: {reason}", Evidence.ENCLOSED)
        if not found.frozen:
            self.found["convexity"] = convexity_near(self.local)
            return self.answer(Kind.STRICT_MINIMUM)
        self.because(self._through(found), Evidence.ENCLOSED)
        return self.answer(Kind.MINIMUM)

    def _negative_in_box(self, found: Located, signs: Signature) -> Classification:
        if not self._falling_line():
            return self.undecided("a direction of negative curvature: none was found")
        if signs.positive:
            return self.answer(Kind.STRICT_SADDLE)
        if "inertia" not in self.found:
            return self.undecided("whether the point is a maximum: the inertia is not settled")
        if found.frozen:
            self.because(self._through(found), Evidence.ENCLOSED)
        return self.answer(Kind.MAXIMUM)

    # ---- first order

    def classification(self) -> Classification:
        """The kind, by the first certificate that settles it."""
        slope = self._gradient()
        if slope is None:
            return self.undecided(
                "the gradient: no component was shown to be other than 0, and no exact field "
                "holds them all"
            )
        if slope >= 0:
            return self._not_critical(slope)
        self._settle_by_bound()
        return self._critical()

    def _gradient(self) -> int | None:
        """-1 if the gradient is 0, else the place of a component that is not; None if neither."""
        for find in (self._exact_gradient, self._gradient_in_balls, self._formal_gradient):
            place = find()
            if place is not None:
                return place
        return None

    def _exact_gradient(self) -> int | None:
        try:
            return self._tested(self.local.exact.gradient)
        except DomainError:
            return None

    def _formal_gradient(self) -> int | None:
        try:
            return self._tested(self.local.values.gradient)
        except DomainError:
            return None

    def _tested(self, gradient: Matrix) -> int:
        entries = tuple(row[0] for row in gradient.tolist())
        place = next((i for i, value in enumerate(entries) if not value.is_zero), -1)
        self.found["gradient"] = entries
        where = gradient.field.name
        shown = (
            "the gradient is 0" if place < 0 else f"the gradient is not 0 in {self._name(place)}"
        )
        self.because(f"{shown}, exactly over {where}", gradient.field.evidence)
        return place

    def _gradient_in_balls(self) -> int | None:
        for bits in BITS:
            try:
                entries = tuple(row[0] for row in self.local.enclosed(bits).gradient.tolist())
            except DomainError:
                return None
            self.found["gradient"] = entries
            for place, value in enumerate(entries):
                if value.raw != 0:
                    self.because(
                        f"the gradient in {self._name(place)} is {value}, not 0", Evidence.ENCLOSED
                    )
                    return place
        return None

    def _name(self, place: int) -> str:
        return self.local.network.parameter_names[place]

    def _not_critical(self, place: int) -> Classification:
        gradient: tuple[Scalar, ...] = self.found["gradient"]
        sizes = [near_fraction(value.enclose(BITS[0]), 1 << 10) for value in gradient]
        largest = max(map(abs, sizes))
        if not largest:
            sign = 1 if gradient[place].sign() > 0 else -1
            sizes = [Fraction(sign * (i == place)) for i in range(len(gradient))]
            largest = Fraction(1)
        direction = [QQ.scalar(-round(16 * size / largest)) / 16 for size in sizes]
        slope = sum((a * b for a, b in zip(gradient, direction, strict=True)), QQ.scalar(0))
        reason = "the gradient is not 0, so the loss is lower nearby"
        self.found.update(global_minimum=Answer.NO, global_minimum_reason=reason)
        self._better(straight(direction, 1, slope))
        return self.answer(Kind.NOT_CRITICAL)

    def _better(self, curve: Curve) -> None:
        lower = lower_along(self.local, curve)
        if lower is not None:
            self.found.update(step=str(lower[0]), better=lower[1])

    # ---- global minimum

    def _settle_by_bound(self) -> None:
        """Notes that the critical point is a global minimum, where a bound shows it."""
        surface = self.local.surface
        reason = is_convex_problem(surface) or is_critical_map(self.local)
        bound: Bound | None = None
        if reason is None:
            bound, reason = attained(self.local)
        if reason is not None:
            self.found.update(global_minimum=Answer.YES, global_minimum_reason=reason)
            self.because(f"it is a global minimum: {reason}", Evidence.EXACT)
        self.bound = bound

    @property
    def is_global(self) -> bool:
        """Whether the point is known to be a global minimum."""
        return self.found.get("global_minimum") is Answer.YES

    def _settle_global(self, kind: Kind) -> None:
        """Notes whether a better point is known."""
        descent: Curve | None = self.found.get("descent")
        if descent is not None and "better" not in self.found:
            self._better(descent)
        better: BetterPoint | None = self.found.get("better")
        if better is None and kind in {Kind.STRICT_MINIMUM, Kind.MINIMUM, Kind.UNDECIDED}:
            better = refitted(self.local) or sampled(self.local)
            self.found["better"] = better
        if better is not None:
            answer, reason = (
                Answer.NO,
                f"the loss is {better.loss} at a better point: {better.origin}",
            )
        elif descent is not None or kind is Kind.MAXIMUM:
            answer, reason = Answer.NO, "the loss is lower arbitrarily near"
        else:
            answer = Answer.UNKNOWN
            reason = "no known lower bound is attained, and no better point was found"
        self.found.update(global_minimum=answer, global_minimum_reason=reason)

    # ---- second order

    def _critical(self) -> Classification:
        self.families = symmetry_families(self.local)
        self.tangents = self._tangents()
        inertia = inertia_of(self.local, self.tangents)
        if inertia.triple is not None:
            self.found["inertia"] = inertia.triple
            shown = "inertia ({}, {}, {})".format(*inertia.triple)
            self.because(f"{shown}: {inertia.reason}", inertia.evidence)
            self.flats = feature_flats(self.local)
            self.found["null_directions"] = self._null_directions(inertia)
        else:
            self.flats = feature_flats(self.local)
        if inertia.negative:
            return self._negative_curvature(inertia)
        if inertia.triple is None:
            return self._unknown_inertia(inertia)
        if not inertia.triple[2]:
            self.found["convexity"] = convexity_near(self.local)
            return self.answer(Kind.STRICT_MINIMUM)
        return self._semidefinite(inertia)

    def _tangents(self) -> Matrix | None:
        try:
            return tangent_space(self.local, self.families)
        except DomainError:
            return None

    def _null_directions(self, inertia: Inertia) -> tuple[NullDirection, ...]:
        if inertia.kernel is None:
            return ()
        fits = self.bound is not None and self.bound.predictions == inertia.positive
        rest = Mechanism.INTERPOLATION if fits else None
        return explained_kernel(self.local, inertia.kernel, self.families, self.flats, rest)

    def _negative_curvature(self, inertia: Inertia) -> Classification:
        if not self._falling_line():
            return self.undecided("a direction of negative curvature: none was found")
        if inertia.positive:
            return self.answer(Kind.STRICT_SADDLE)
        if inertia.triple is None:
            return self.undecided("whether the point is a maximum: the inertia is not settled")
        if not inertia.triple[2]:
            self.found["convexity"] = convexity_near(self.local, sign=-1)
            return self.answer(Kind.MAXIMUM)
        return self._semidefinite(inertia, sign=-1)

    def _falling_line(self) -> bool:
        """Whether a line of negative curvature was found; it is noted."""
        found = negative_direction(self.local)
        if found is None:
            return False
        direction, value = found
        entries = [row[0] for row in direction.tolist()]
        self.found["descent"] = straight(entries, 2, value / 2)
        self.because(
            f"the Hessian is {value} along a direction of negative curvature", value.field.evidence
        )
        return True

    def _unknown_inertia(self, inertia: Inertia) -> Classification:
        if self.is_global:
            if not self._has_equal_points():
                self.because("whether it is the only minimum nearby is open", Evidence.EXACT)
            return self.answer(Kind.MINIMUM)
        return self.undecided(f"the inertia of the Hessian: {inertia.reason}")

    def _has_equal_points(self) -> bool:
        """Whether an orbit or a flat of equal loss leads away from the point."""
        if self.tangents is not None:
            self.because("the loss is constant along an orbit or a fibre", Evidence.EXACT)
            return True
        flats = (*self.flats, *dead_inputs(self.local))
        if flats:
            origin = flats[0].origin
            self.because(f"the loss is constant on a flat: {origin}", Evidence.EXACT)
            return True
        return False

    # ---- a semidefinite Hessian with null directions

    def _semidefinite(self, inertia: Inertia, sign: int = 1) -> Classification:
        """The kind where sign * Hessian is positive semidefinite and singular."""
        nullity = inertia.zero or 0
        extremum = Kind.MINIMUM if sign > 0 else Kind.MAXIMUM
        if self._manifold(nullity) or self._fibre(nullity):
            return self.answer(extremum)
        if self.is_global:
            return self._degenerate_global(inertia, nullity)
        return self._by_curves(inertia, sign)

    def _manifold(self, nullity: int) -> bool:
        """Whether orbits and critical flats make up a manifold of the Hessian's nullity."""
        orbit = 0 if self.tangents is None else self.tangents.shape[1]
        if orbit == nullity:
            self.because(
                f"the orbit of its symmetries consists of critical points and has dimension "
                f"{orbit}, the nullity of the Hessian",
                Evidence.EXACT,
            )
            return True
        return self._by_flats(nullity, orbit) or self._by_identity(nullity, orbit)

    def _by_flats(self, nullity: int, orbit: int) -> bool:
        try:
            flat = critical_part(self.local, self.flats)
            if flat is None:
                return False
            columns = flat if self.tangents is None else self.tangents.hstack(flat)
            dimension = columns.rank()
        except DomainError:
            return False
        if dimension != nullity:
            return False
        self.because(
            f"the point lies on a manifold of critical points of dimension {dimension}, the "
            f"nullity of the Hessian: orbits of dimension {orbit} of a flat of dimension "
            f"{flat.shape[1]}",
            Evidence.EXACT,
        )
        return True

    def _by_identity(self, nullity: int, orbit: int) -> bool:
        """Whether the gradient is 0 on w + span of the null directions that no orbit explains."""
        rest = [null.vector for null in self.found["null_directions"] if not null.is_orbit]
        if not rest or len(rest) + orbit != nullity or not is_critical_flat(self.local, rest):
            return False
        self.because(
            f"the gradient is identically 0 on a flat of dimension {len(rest)}, which with orbits "
            f"of dimension {orbit} makes up the nullity of the Hessian",
            Evidence.IDENTITY,
        )
        return True

    def _fibre(self, nullity: int) -> bool:
        """Whether the parameters with the same predictions make up the nullity of the Hessian.

        If their fibres fill a neighbourhood, their tangents take the place of the orbits'.
        """
        kernel = fibre_tangents(self.local, self._fixed())
        if kernel is None:
            return False
        self.tangents = kernel
        self.because(
            f"the differential of the predictions has rank {self.local.size - kernel.shape[1]} at "
            "the point and, as an identity, nowhere a greater one: so the loss is constant along "
            f"the parameters with the same predictions, of dimension {kernel.shape[1]}",
            Evidence.EXACT,
        )
        return bool(kernel.shape[1] == nullity)

    def _fixed(self) -> tuple[int, ...]:
        """Coordinates that determine a point of the orbit, or fibre, near this one."""
        return () if self.tangents is None else tuple(pivot_rows(self.tangents))

    def _degenerate_global(self, inertia: Inertia, nullity: int) -> Classification:
        """The kind of a global minimum with null directions: strict or not."""
        if self.bound is not None and self.bound.predictions == inertia.positive:
            self.because(
                f"the {inertia.positive} predictions have independent differentials, so those that "
                f"agree with the point's form a manifold of dimension {nullity}",
                Evidence.EXACT,
            )
            return self.answer(Kind.MINIMUM)
        if self._has_equal_points():
            return self.answer(Kind.MINIMUM)
        try:
            reason = strictness_on_slice(self._slice(1))
        except DomainError:
            reason = None
        if reason is not None:
            self.because(reason, Evidence.EXACT)
            return self.answer(Kind.STRICT_MINIMUM)
        self.because("whether it is the only minimum nearby is open", Evidence.EXACT)
        return self.answer(Kind.MINIMUM)

    def _slice(self, sign: int) -> Slice:
        fixed = set(self._fixed())
        free = [i for i in range(self.local.size) if i not in fixed]
        return Slice(self.local, free, sign)

    def _by_curves(self, inertia: Inertia, sign: int) -> Classification:
        try:
            slice_ = self._slice(sign)
            descent, ascent = descent_and_ascent(slice_)
            reason = strictness_on_slice(slice_) if descent is None else None
        except DomainError as error:
            return self.undecided(f"curves along the null directions: {error}")
        if sign > 0:
            return self._judged_minimum(inertia, descent, ascent, reason)
        return self._judged_maximum(descent, reason)

    def _judged_minimum(
        self, inertia: Inertia, descent: Curve | None, ascent: Curve | None, reason: str | None
    ) -> Classification:
        if descent is not None:
            ascent = ascent or self._rising_line(inertia)
            self.found.update(descent=descent, ascent=ascent)
            self.because(
                f"the loss changes by {descent.coefficient} t^{descent.order} + ... along a curve",
                descent.coefficient.field.evidence,
            )
            if ascent is None:
                return self.undecided("a curve along which the loss rises")
            return self.answer(Kind.SADDLE)
        if reason is None:
            return self.undecided(
                "higher orders: no curve of descent was found, and no manifold of critical points "
                "of the Hessian's nullity"
            )
        self.because(reason, Evidence.EXACT)
        if self.tangents is None:
            return self.answer(Kind.STRICT_MINIMUM)
        self.because("the loss is constant along an orbit or a fibre", Evidence.EXACT)
        return self.answer(Kind.MINIMUM)

    def _rising_line(self, inertia: Inertia) -> Curve | None:
        """A line along which the Hessian is positive, where it has a positive eigenvalue."""
        if not inertia.positive:
            return None
        hessian = ball_hessian(self.local, BITS[1])
        for i in range(self.local.size):
            value = hessian[i, i]
            if value.raw > 0:
                line = [QQ.scalar(int(i == j)) for j in range(self.local.size)]
                return straight(line, 2, value / 2)
        return None

    def _judged_maximum(self, ascent: Curve | None, reason: str | None) -> Classification:
        if ascent is not None:
            self.found["ascent"] = ascent
            self.because(
                f"the loss changes by {ascent.coefficient} t^{ascent.order} + ... along a curve",
                ascent.coefficient.field.evidence,
            )
            return self.answer(Kind.STRICT_SADDLE)
        if reason is not None:
            self.because(reason, Evidence.EXACT)
            return self.answer(Kind.MAXIMUM)
        return self.undecided("whether it is a maximum: the Hessian is negative semidefinite")


def loss_value(local: LocalLoss) -> Scalar:
    """The loss at the point, exact where a field holds it, else a ball."""
    if local.is_exact:
        try:
            need_small_field(local.surface, local.point)
            return local.surface.at(local.point).value
        except DomainError:
            pass
    ball = local.enclosed(BITS[0]).value
    if local.is_exact:
        try:
            return QQ.scalar(local.formal(local.raws).value.rational())
        except DomainError:
            pass
    return ball


def attained(local: LocalLoss) -> tuple[Bound | None, str | None]:
    """The lower bound that the loss equals, and why; (None, None) where none is known to be."""
    why = least_at_zero(local.surface)
    if not local.is_exact:
        return None, None
    try:
        if why is not None and local.values.residuals.is_zero:
            count = distinct_predictions(local.surface)
            value = local.values.residuals[0, 0]
            reason = f"all residuals are 0, and {why}"
            return Bound(value, reason, count), reason
        bound = attained_bound(local.surface, local.values.value)
    except DomainError:
        return None, None
    if bound is None:
        return None, None
    return bound, f"the loss equals the lower bound {bound.value}: {bound.reason}"


def _at_joint(local: LocalLoss, obstacle: str) -> Classification:
    """The classification at a point where the loss need not be differentiable."""
    case = _Case(local)
    _, reason = attained(local)
    if reason is None:
        return case.undecided(obstacle)
    case.found.update(global_minimum=Answer.YES, global_minimum_reason=reason)
    case.because(f"it is a global minimum: {reason}", Evidence.EXACT)
    families: tuple[Family, ...] = (*symmetry_families(local), *feature_flats(local))
    if families:
        case.because(f"the loss is constant along a curve: {families[0].origin}", Evidence.EXACT)
    else:
        case.because("whether it is the only minimum nearby is open", Evidence.EXACT)
    return case.answer(Kind.MINIMUM)
