"""The kind of a point whose coordinates are exact, by the first certificate that settles it.

Objects: PointRecord.
"""

from __future__ import annotations

from fractions import Fraction

from symbolic_landscape.arithmetic import QQ, Matrix, Scalar, certainly_definite
from symbolic_landscape.critical.bounds import attained
from symbolic_landscape.critical.classification import Answer, Classification, Kind, NullDirection
from symbolic_landscape.critical.constant_units import constant_unit_tangents
from symbolic_landscape.critical.convex import is_convex_problem, is_critical_map
from symbolic_landscape.critical.convexity import convexity_near
from symbolic_landscape.critical.curvature import (
    Inertia,
    ball_hessian,
    inertia_of,
)
from symbolic_landscape.critical.curves import (
    SMALL_KERNEL,
    Curve,
    Slice,
    Strictness,
    descent_and_ascent,
    straight,
    strictness_on_slice,
)
from symbolic_landscape.critical.explanation import explained_kernel
from symbolic_landscape.critical.fibres import fibre_tangents
from symbolic_landscape.critical.flats import (
    critical_part,
    dead_inputs,
    feature_flats,
    is_critical_flat,
)
from symbolic_landscape.critical.hull import Hull, least_in_hull
from symbolic_landscape.critical.inner_hessian import singular_inner_hessians
from symbolic_landscape.critical.kernels import pivot_rows, relative_sizes
from symbolic_landscape.critical.local import BITS
from symbolic_landscape.critical.record import Record
from symbolic_landscape.critical.shared_symmetries import continuous_symmetries
from symbolic_landscape.critical.symmetries import Mechanism, tangent_space
from symbolic_landscape.critical.unheard import curves_by_unheard_units
from symbolic_landscape.errors import DomainError
from symbolic_landscape.verdict import Evidence

MOST_ELIMINATED = 1_000
"""Larger Hessians are looked at in doubles alone."""
DOUBLE_BITS = 53


class PointRecord(Record):
    """An exact point under examination."""

    hull: Hull | None = None

    def classification(self) -> Classification:
        """The kind, by the first certificate that settles it."""
        slope = self._gradient()
        if slope is None:
            return self.undecided(
                "whether the gradient is 0: no component was shown to be other than 0, and no "
                "exact field holds them all; if a critical point near these coordinates is meant, "
                "say that they are near it"
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
        sizes = relative_sizes([value.enclose(BITS[0]) for value in gradient])
        largest = max(map(abs, sizes))
        if not largest:
            sign = 1 if gradient[place].sign() > 0 else -1
            sizes = [Fraction(sign * (i == place)) for i in range(len(gradient))]
            largest = Fraction(1)
        direction = [QQ.scalar(-round(16 * size / largest)) / 16 for size in sizes]
        slope = sum((a * b for a, b in zip(gradient, direction, strict=True)), QQ.scalar(0))
        reason = "the gradient is not 0, so the loss is lower nearby"
        self.found.update(global_minimum=Answer.NO, global_minimum_reason=reason)
        self.note_better(straight(direction, 1, slope))
        return self.answer(Kind.NOT_CRITICAL)

    def _settle_by_bound(self) -> None:
        """Notes that the critical point is a global minimum, where a bound shows it."""
        surface = self.local.surface
        self.bound, reason = attained(self.local)
        evidence = Evidence.EXACT
        if reason is None:
            reason = is_convex_problem(surface)
        if reason is None:
            reason, evidence = is_critical_map(self.local), Evidence.ENCLOSED
        if reason is None:
            reason, evidence = self._in_hull(), Evidence.EXACT
        if reason is not None:
            self.found.update(global_minimum=Answer.YES, global_minimum_reason=reason)
            self.because(f"it is a global minimum: {reason}", evidence)

    def _in_hull(self) -> str | None:
        """Why the point is a global minimum by a space of predictions; a local one is noted."""
        try:
            self.hull = least_in_hull(self.local)
        except DomainError:
            self.hull = None
        return self.hull.reason if self.hull is not None and self.hull.is_global else None

    # ---- second order

    def _critical(self) -> Classification:
        if self.local.size > MOST_ELIMINATED:
            return self._large()
        self.families = continuous_symmetries(self.local)
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

    def _large(self) -> Classification:
        """The kind where the Hessian is too large for more than one look at it in doubles."""
        size = self.local.size
        hessian = ball_hessian(self.local, DOUBLE_BITS)
        if certainly_definite(hessian):
            self.found["inertia"] = (size, 0, 0)
            self.because("the Hessian is positive definite, in balls of doubles", Evidence.ENCLOSED)
            return self.answer(Kind.STRICT_MINIMUM)
        diagonal = [hessian[i, i] for i in range(size)]
        falls = next((i for i, value in enumerate(diagonal) if value.raw < 0), None)
        if falls is not None:
            line = [QQ.scalar(int(i == falls)) for i in range(size)]
            self.found["descent"] = straight(line, 2, diagonal[falls] / 2)
            self.because(
                f"the second derivative by {self._name(falls)} is {diagonal[falls]}, below 0",
                Evidence.ENCLOSED,
            )
            if any(value.raw > 0 for value in diagonal):
                return self.answer(Kind.STRICT_SADDLE)
        if self.is_global:
            return self.open_minimum()
        return self.undecided(
            f"the inertia of the Hessian: of {size} parameters, more than {MOST_ELIMINATED}, it is "
            "only seen whether it is positive definite, and whether single second derivatives are "
            "negative"
        )

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
        if not self.falling_line():
            return self.undecided("a direction of negative curvature: none was found")
        if inertia.positive:
            return self.answer(Kind.STRICT_SADDLE)
        if inertia.triple is None:
            return self.undecided("whether the point is a maximum: the inertia is not settled")
        if not inertia.triple[2]:
            self.found["convexity"] = convexity_near(self.local, sign=-1)
            return self.answer(Kind.MAXIMUM)
        return self._semidefinite(inertia, sign=-1)

    def _unknown_inertia(self, inertia: Inertia) -> Classification:
        if self.is_global:
            return (
                self.answer(Kind.NON_STRICT_MINIMUM)
                if self._has_equal_points()
                else self.open_minimum()
            )
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
        extremum = Kind.NON_STRICT_MINIMUM if sign > 0 else Kind.MAXIMUM
        if self._manifold(nullity) or self._fibre(nullity):
            self.on_manifold()
            return self.answer(extremum)
        if self.is_global:
            return self._degenerate_global(inertia, nullity)
        if self.hull is not None:
            self.because(f"it is a local minimum: {self.hull.reason}", Evidence.EXACT)
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
        return (
            self._by_flats(nullity, orbit)
            or self._by_constant_units(nullity, orbit)
            or self._by_identity(nullity, orbit)
        )

    def _by_flats(self, nullity: int, orbit: int) -> bool:
        try:
            flat = critical_part(self.local, self.flats)
        except DomainError:
            return False
        return self._by_part(
            flat, nullity, f"orbits of dimension {orbit} of a flat of dimension {{}}"
        )

    def _by_constant_units(self, nullity: int, orbit: int) -> bool:
        try:
            manifold = constant_unit_tangents(self.local)
        except DomainError:
            return False
        what = (
            f"orbits of dimension {orbit} of the points, a manifold of dimension {{}}, at which "
            "constant units stay constant and the predictions stay the same"
        )
        return self._by_part(manifold, nullity, what)

    def _by_part(self, part: Matrix | None, nullity: int, what: str) -> bool:
        """Whether tangents (p, k) of critical points, with those of the orbits, fill the kernel."""
        if part is None:
            return False
        try:
            columns = part if self.tangents is None else self.tangents.hstack(part)
            dimension = columns.rank()
        except DomainError:
            return False
        if dimension != nullity:
            return False
        self.because(
            f"the point lies on a manifold of critical points of dimension {dimension}, the "
            f"nullity of the Hessian: {what.format(part.shape[1])}",
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

    @property
    def flat_dimension(self) -> int:
        """The dimension of the orbits, or fibres, of equal loss through the point."""
        return 0 if self.tangents is None else self.tangents.shape[1]

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
            self.on_manifold()
            return self.answer(Kind.NON_STRICT_MINIMUM)
        if self._has_equal_points():
            return self.answer(Kind.NON_STRICT_MINIMUM)
        try:
            self.rest = strictness_on_slice(self._slice(1))
        except DomainError:
            self.rest = None
        if self.rest is not None:
            self.because(self.rest.reason, Evidence.EXACT)
            return self.answer(Kind.STRICT_MINIMUM)
        return self.open_minimum()

    def _slice(self, sign: int) -> Slice:
        fixed = set(self._fixed())
        free = [i for i in range(self.local.size) if i not in fixed]
        return Slice(self.local, free, sign)

    def _by_curves(self, inertia: Inertia, sign: int) -> Classification:
        if sign > 0 and (inertia.zero or 0) > SMALL_KERNEL and self._by_unheard_units():
            return self.answer(Kind.SADDLE)
        try:
            slice_ = self._slice(sign)
            descent, ascent = descent_and_ascent(slice_)
            strictness = strictness_on_slice(slice_) if descent is None else None
        except DomainError as error:
            return self.undecided(f"curves along the null directions: {error}")
        if sign > 0:
            return self._judged_minimum(inertia, descent, ascent, strictness)
        return self._judged_maximum(descent, strictness)

    def _judged_minimum(
        self,
        inertia: Inertia,
        descent: Curve | None,
        ascent: Curve | None,
        strictness: Strictness | None,
    ) -> Classification:
        if descent is not None:
            ascent = ascent or self._rising_line(inertia)
            self.found.update(descent=descent, ascent=ascent)
            self.because(
                f"the loss changes by {descent.coefficient} t^{descent.order} + ... along a curve",
                descent.coefficient.field.evidence,
            )
            if ascent is not None:
                return self.answer(Kind.SADDLE)
            return self._flat_maximum(inertia)
        if strictness is None and self._by_unheard_units():
            return self.answer(Kind.SADDLE)
        if strictness is None:
            singular = singular_inner_hessians(self.local)
            return self.undecided(
                "higher orders: the Hessian has null directions, no curve of descent was found "
                "along them, and no manifold of critical points of the Hessian's nullity"
                + (f"; {singular}, so copies do not decide" if singular else "")
            )
        self.rest = strictness
        self.because(strictness.reason, Evidence.EXACT)
        if self.tangents is None:
            return self.answer(Kind.STRICT_MINIMUM)
        self.because("the loss is constant along an orbit or a fibre", Evidence.EXACT)
        return self.answer(Kind.NON_STRICT_MINIMUM)

    def _by_unheard_units(self) -> bool:
        """Whether units that nothing hears show that the loss falls and rises; it is noted."""
        try:
            curves = curves_by_unheard_units(self.local)
        except DomainError:
            return False
        if curves is None:
            return False
        descent, ascent = curves
        self.found.update(descent=descent, ascent=ascent)
        self.because(
            "the loss is constant in the parameters of units that nothing hears, and the "
            "derivative by one of their outgoing weights is not: along curves the loss changes by "
            f"{descent.coefficient} t^{descent.order} + ... and by "
            f"{ascent.coefficient} t^{ascent.order} + ..., so it falls and rises",
            descent.coefficient.field.evidence,
        )
        return True

    def _flat_maximum(self, inertia: Inertia) -> Classification:
        """The kind where the loss falls along a curve and was not seen to rise, with Hessian 0."""
        strictness = None if inertia.positive else strictness_on_slice(self._slice(-1))
        if strictness is None:
            return self.undecided("a curve along which the loss rises")
        self.because(strictness.reason, Evidence.EXACT)
        return self.answer(Kind.MAXIMUM)

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

    def _judged_maximum(
        self, ascent: Curve | None, strictness: Strictness | None
    ) -> Classification:
        if ascent is not None:
            self.found["ascent"] = ascent
            self.because(
                f"the loss changes by {ascent.coefficient} t^{ascent.order} + ... along a curve",
                ascent.coefficient.field.evidence,
            )
            return self.answer(Kind.STRICT_SADDLE)
        if strictness is not None:
            self.because(strictness.reason, Evidence.EXACT)
            return self.answer(Kind.MAXIMUM)
        return self.undecided("whether it is a maximum: the Hessian is negative semidefinite")
