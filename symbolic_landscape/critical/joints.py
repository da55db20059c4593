"""Points at which activations have a joint: the loss is smooth on each of several cones.

Let a pre-activation lie at a joint of its activation for some units and samples. Along each ray w +
t u the loss is a series in t for small t > 0, found by taking the pieces into which the ray leads.

Let e be the derivative of the loss by the output of such a unit on the sample. If e = 0 at all
joints, the loss is differentiable at w and its gradient does not depend on the pieces. Else take
joints of the first layer, where z = a.d is linear in the change d of the parameters, with a = x or
(x, 1), and let kappa = e times the jump of the slope. Joints of a unit with proportional a make one
wall, with one z and the sum of their kappa. If the a of the walls are independent, there is G with

    L'(w; d) = G.d + sum kappa max(z, 0).

It is never negative if and only if G = sum gamma a with -gamma >= 0 and gamma + kappa >= 0. Then a
side of a joint on which the loss rises at first order may be left out: from a point there one
comes to the joint while the loss falls. What remains are subspaces on which the loss is one smooth
function for each choice of pieces at the other joints; where their Hessians are positive definite
but for directions of equal loss, w is a local minimum.

Where units of later layers have kinks, where the a are dependent, or where residuals lie at joints
of the loss too, the first order is decided on cones of directions (see `cones`).

Objects: Joint, Wall, JointRecord.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice, product

from symbolic_landscape.arithmetic import QQ, Matrix, Scalar
from symbolic_landscape.calculus import LossAtPoint
from symbolic_landscape.critical.bounds import attained
from symbolic_landscape.critical.classification import Answer, Classification, Kind
from symbolic_landscape.critical.cones import first_order
from symbolic_landscape.critical.curves import Curve, rays, straight
from symbolic_landscape.critical.flats import dead_inputs, feature_flats
from symbolic_landscape.critical.hull import spaces
from symbolic_landscape.critical.kernels import exact_kernel, pivot_rows
from symbolic_landscape.critical.local import LocalLoss, smoothed_surface
from symbolic_landscape.critical.loss_joints import (
    Balance,
    Ends,
    balanced,
    is_bent_at_joints,
    is_convex_in_pieces,
    rational_differential,
    slopes_at_joints,
)
from symbolic_landscape.critical.record import Record
from symbolic_landscape.critical.series import OneSidedSeries
from symbolic_landscape.critical.shared_symmetries import continuous_symmetries
from symbolic_landscape.critical.symmetries import Places, tangent_space
from symbolic_landscape.errors import DomainError
from symbolic_landscape.formula import joints
from symbolic_landscape.verdict import Evidence

MOST_RAYS = 120
MOST_SOFT = 6
"""Most joints that do not matter at first order, each with two pieces to choose from."""


@dataclass(frozen=True)
class Joint:
    """A pre-activation at a joint: its place, counted from 0, and e and kappa."""

    layer: int
    sample: int
    unit: int
    error: Scalar
    kink: Scalar

    def __str__(self) -> str:
        return f"unit {self.unit + 1} of layer {self.layer} on sample {self.sample + 1}"


@dataclass(frozen=True)
class Wall:
    """Joints of one unit of the first layer with pre-activations that are multiples of one z.

    `normal` (p,) is the differential of z; each joint comes with its factor, and kappa is the kink.
    """

    normal: tuple[Scalar, ...]
    members: tuple[tuple[Joint, Scalar], ...]

    @property
    def kink(self) -> Scalar:
        """The jump of the slope of the loss in z."""
        parts = [joint.kink * abs(factor) for joint, factor in self.members]
        return sum(parts[1:], parts[0])

    @property
    def shift(self) -> Scalar:
        """What max(c z, 0) = c z + |c| max(z, 0) adds to the slope, for factors c < 0."""
        parts = [joint.kink * factor for joint, factor in self.members if factor.sign() < 0]
        return sum(parts, self.members[0][1] * 0)

    def __str__(self) -> str:
        return ", ".join(str(joint) for joint, _ in self.members)


class JointRecord(Record):
    """A point under examination at which the loss need not be differentiable."""

    def classification(self, obstacle: str) -> Classification:
        """The kind, where cones decide it; the obstacle says where the joint is."""
        _, reason = attained(self.local)
        if reason is not None:
            return self._global(reason)
        if not self.local.is_exact or not self.local.surface.is_plain:
            return self.undecided(obstacle)
        self.smooth = LocalLoss(
            smoothed_surface(self.local.surface), self.local.point, self.local.budget
        )
        try:
            return self._decided(obstacle)
        except DomainError as error:
            return self.undecided(f"{obstacle}; {error}")

    def _global(self, reason: str) -> Classification:
        self.found.update(global_minimum=Answer.YES, global_minimum_reason=reason)
        self.because(f"it is a global minimum: {reason}", Evidence.EXACT)
        families = (
            *continuous_symmetries(self.local),
            *feature_flats(self.local),
            *dead_inputs(self.local),
        )
        if families:
            origin = families[0].origin
            self.because(f"the loss is constant along a curve: {origin}", Evidence.EXACT)
            return self.answer(Kind.NON_STRICT_MINIMUM)
        return self.open_minimum()

    # ---- first order

    def _decided(self, obstacle: str) -> Classification:
        self.joints = self._joints()
        if any(low < high for low, high in self._ends()):
            return self._at_loss_joints(obstacle)
        self.walls = self._walls()
        gradient = self.smooth.values.gradient
        if all(joint.kink.is_zero for joint in self.joints):
            return self._differentiable(gradient, obstacle)
        if any(joint.layer > 1 and not joint.kink.is_zero for joint in self.joints):
            return self._falling_ray("units of later layers have kinks at joints")
        hard = [wall for wall in self.walls if not wall.kink.is_zero]
        normals = self._normals(hard)
        if hard and normals.rank() < len(hard):
            return self._falling_ray("the pre-activations at kinks do not move independently")
        for wall in self.walls:
            gradient = gradient + gradient.field.column(wall.normal).scale(wall.shift)
        outward = (normals @ normals.T).solve(normals @ gradient) if hard else QQ.zeros(0, 1)
        rest = gradient - normals.T @ outward
        if not rest.is_zero:
            return self._falling(rest.scale(-1))
        sides = [
            (-gamma, gamma + wall.kink)
            for gamma, wall in zip((row[0] for row in outward.tolist()), hard, strict=True)
        ]
        for place, pair in enumerate(sides):
            for z, slope in zip((-1, 1), pair, strict=True):
                if slope.sign() < 0:
                    wanted = QQ.column([z * int(i == place) for i in range(len(hard))])
                    return self._falling(normals.T @ (normals @ normals.T).solve(wanted))
        self.because(
            f"at the joints of {', '.join(map(str, hard))} the loss falls in no direction at first "
            "order",
            Evidence.EXACT,
        )
        strict = [wall for wall, (a, b) in zip(hard, sides, strict=True) if a.sign() and b.sign()]
        rising = [
            (wall, -1 if b.sign() else 1)
            for wall, (a, b) in zip(hard, sides, strict=True)
            if (a.sign() != 0) != (b.sign() != 0)
        ]
        return self._by_rays() or self._minimum(strict, dict(rising), obstacle)

    def _joints(self) -> list[Joint]:
        """The joints at the point. Raises DomainError: one is of the output or of the loss."""
        network, values = self.local.network, self.smooth.values
        if joints(network.output_activation.formula):
            message = "joints of the outputs are not decided"
            raise DomainError(message)
        found = []
        for layer in range(1, network.depth):
            formula = network.activation_of(layer).formula
            errors = values.errors(layer + 1) @ self.local.point.weights[layer]
            for i, row in enumerate(values.preactivations(layer).tolist()):
                for j, value in enumerate(row):
                    if any((value - joint).is_zero for joint in joints(formula)):
                        jump = self._slope(layer, value, 1) - self._slope(layer, value, -1)
                        error = errors[i, j]
                        found.append(Joint(layer, i, j, error, error * jump))
        return found

    def _ends(self) -> list[Ends]:
        """The slopes of the loss on both sides of the residuals; none where it has no joints."""
        return slopes_at_joints(self.smooth) if joints(self.local.surface.loss.formula) else []

    def _at_loss_joints(self, obstacle: str) -> Classification:
        """The kind where residuals lie at joints of the loss, and no unit at one of its own."""
        surface, ends = self.local.surface, self._ends()
        is_convex = is_convex_in_pieces(surface.loss.formula)
        if is_convex and all(low <= 0 <= high for low, high in ends):
            return self._global(f"{surface.loss} is convex and least at every residual")
        if self.joints:
            return self._falling_ray("units and residuals are at joints together")
        rows = rational_differential(self.smooth)
        found = balanced(ends, rows)
        if not isinstance(found, Balance):
            return self._falling(QQ.column(found))
        if not is_convex:
            return self.undecided(f"{obstacle}; {surface.loss} is not known to be convex")
        self.because(
            "the residuals at joints have slopes between those of both sides with which the "
            "gradient is 0: the loss falls in no direction at first order",
            Evidence.EXACT,
        )
        held = [row for row, (low, high) in zip(rows, ends, strict=True) if low < high]
        if found.margin and QQ.matrix(held).rank() == self.local.size:
            self.because("and it rises in every direction at first order", Evidence.EXACT)
            self._note_hull(ends)
            return self.answer(Kind.STRICT_MINIMUM)
        if not self._note_hull(ends):
            return self.undecided(
                f"{obstacle}; the loss rises at first order, but for some directions in which it "
                "does not change, where higher orders were not followed"
            )
        if continuous_symmetries(self.local) or feature_flats(self.local):
            self.because("the loss is constant along an orbit or a flat", Evidence.EXACT)
            return self.answer(Kind.NON_STRICT_MINIMUM)
        return self.open_minimum()

    def _note_hull(self, ends: Sequence[Ends]) -> bool:
        """Whether a linear space of predictions shows a minimum; it is noted."""
        outputs = self.local.network.outputs
        for columns, hull in spaces(self.smooth):
            values = [[value.rational() for value in row] for row in zip(*columns, strict=True)]
            zero = [Fraction(0)] * len(columns)
            vectors = [
                [x for k in range(outputs) for x in (row if k == output else zero)]
                for row in values
                for output in range(outputs)
            ]
            if isinstance(balanced(ends, vectors), Balance):
                what = "a global" if hull.is_global else "a local"
                self.because(f"it is {what} minimum: {hull.reason}", Evidence.EXACT)
                if hull.is_global:
                    self.found.update(global_minimum=Answer.YES, global_minimum_reason=hull.reason)
                return True
        return False

    def _slope(self, layer: int, value: Scalar, side: int) -> Scalar:
        """The slope of a layer's activation on one side of a value."""
        ring = OneSidedSeries(value.field, 1)
        at = ring.from_coefficients([value, value.field.scalar(side)])
        slope = self.smooth.network.activation_of(layer).derivative()
        return ring.coefficients(ring.apply(slope, ring.from_raw([[at]])).entry(0, 0))[0]

    def _walls(self) -> list[Wall]:
        """The walls of first-layer joints; joints that no parameter moves are in none."""
        places, inputs = Places(self.local), self.local.surface.samples.inputs.tolist()
        found: dict[tuple[Scalar, ...], list[tuple[Joint, Scalar]]] = {}
        for joint in self.joints:
            seen = [*inputs[joint.sample]]
            seen += [places.zero + 1] if self.local.network.bias else []
            factor = next((value for value in seen if not value.is_zero), None)
            if joint.layer > 1 or factor is None:
                continue
            entries = [value / factor for value in seen]
            normal = places.vector(dict(zip(places.incoming(1, joint.unit), entries, strict=True)))
            found.setdefault(normal, []).append((joint, factor))
        return [Wall(normal, tuple(members)) for normal, members in found.items()]

    def _normals(self, walls: Sequence[Wall]) -> Matrix:
        """The differentials of the z of some walls, as rows (m, p)."""
        rows = [wall.normal for wall in walls]
        return self.local.field.matrix(rows) if rows else QQ.zeros(0, self.local.size)

    def _differentiable(self, gradient: Matrix, obstacle: str) -> Classification:
        entries = tuple(row[0] for row in gradient.tolist())
        self.found["gradient"] = entries
        if not gradient.is_zero:
            self.because(
                "the loss is differentiable, as no unit at a joint changes it at first order, and "
                "the gradient is not 0",
                Evidence.EXACT,
            )
            return self._falling(gradient.scale(-1))
        self.because(
            "the loss is differentiable with gradient 0, as no unit at a joint changes it at first "
            "order",
            Evidence.EXACT,
        )
        return self._by_rays() or self._minimum([], {}, obstacle)

    def _falling(self, direction: Matrix) -> Classification:
        """Not critical, with a direction in which the loss falls at first order.

        Raises DomainError: it was not seen to rise in any, so that it may be a maximum.
        """
        entries = [row[0] for row in direction.tolist()]
        slope = self._change(entries, 1)[0]
        if not any(curve.coefficient.sign() > 0 for curve in self._curves()):
            message = "whether it is a maximum: the loss was seen to fall only"
            raise DomainError(message)
        reason = "the loss falls at first order in a direction"
        self.found.update(global_minimum=Answer.NO, global_minimum_reason=reason)
        self.because(f"{reason}, by {slope} t + ...", Evidence.EXACT)
        self.note_better(straight(entries, 1, slope))
        return self.answer(Kind.NOT_CRITICAL)

    def _falling_ray(self, obstacle: str) -> Classification:
        """Not critical, if the loss falls along a ray at first order; else undecided."""
        for direction in self._directions():
            if self._change(direction, 1)[0].sign() < 0:
                return self._falling(self.local.field.column(direction))
        return self._by_cones(obstacle)

    def _by_cones(self, obstacle: str) -> Classification:
        """What the first order says on every cone of directions, of which no ray fell."""

        def slopes(layer: int, value: Scalar) -> tuple[Fraction, Fraction]:
            low, high = (self._slope(layer, value, side).rational() for side in (-1, 1))
            return low, high

        found = first_order(self.smooth, slopes)
        if found.falling is not None:
            return self._falling(QQ.column(found.falling))
        self.because(
            f"on each of {found.cones} cones of directions the loss falls in none at first order",
            Evidence.EXACT,
        )
        if found.rises:
            self.because("and it rises in every direction at first order", Evidence.EXACT)
            return self.answer(Kind.STRICT_MINIMUM)
        return self._by_rays() or self.undecided(
            f"{obstacle}, and the loss falls in no direction at first order, but there are "
            "directions in which it does not change, where higher orders were not followed"
        )

    # ---- along rays

    def _change(self, direction: Sequence[Scalar], order: int) -> tuple[Scalar, ...]:
        """The coefficients of t, ..., t^order in L(w + t u) - L(w) for small t > 0."""
        local = self.local
        ring = OneSidedSeries(self.smooth.value_field, order)
        raws = [
            ring.from_coefficients([start, speed])
            for start, speed in zip(local.coordinates, direction, strict=True)
        ]
        value = local.over(ring, raws).value
        return ring.coefficients(value.raw)[1:]

    def _directions(self) -> Iterator[list[Scalar]]:
        zero = self.local.coordinates[0] - self.local.coordinates[0]
        for ray in islice(rays(self.local.size), MOST_RAYS):
            self.local.budget.need("all rays were followed")
            for sign in (1, -1):
                if any(ray):
                    yield [zero + sign * value for value in ray]

    def _curves(self) -> Iterator[Curve]:
        """The rays along which the loss changes, with its lowest term, for small t > 0."""
        order = max(4, self.local.network.depth + 1)
        for direction in self._directions():
            for k, value in enumerate(self._change(direction, order), 1):
                if not value.is_zero:
                    yield straight(direction, k, value)
                    break

    def _by_rays(self) -> Classification | None:
        """A saddle, if the loss falls along one ray and rises along another; else None."""
        falling: Curve | None = None
        rising: Curve | None = None
        for curve in self._curves():
            if curve.coefficient.sign() < 0:
                falling = falling or curve
            else:
                rising = rising or curve
            if falling is not None and rising is not None:
                break
        if falling is None:
            return None
        self.because(
            f"the loss changes by {falling.coefficient} t^{falling.order} + ... along a ray",
            Evidence.EXACT,
        )
        self.found.update(descent=falling, ascent=rising)
        if rising is None:
            return self.undecided("a ray along which the loss rises: it may be a maximum")
        return self.answer(Kind.SADDLE)

    # ---- cones

    def _minimum(
        self, strict: Sequence[Wall], flat: dict[Wall, int], obstacle: str
    ) -> Classification:
        """A local minimum, if the Hessian is definite on what is left of the cones.

        At the `strict` walls the loss rises to both sides at first order; `flat` gives for others
        with one such side the sign of the other side.
        """
        if joints(self.local.surface.loss.formula) and is_bent_at_joints(self.smooth):
            return self.undecided(f"{obstacle}; the second derivative of the loss jumps there")
        if any(joint.layer > 1 for joint in self.joints):
            return self.undecided(f"{obstacle}; joints of later layers have cones that bend")
        soft = [wall for wall in self.walls if wall not in strict and wall not in flat]
        orbits = tangent_space(self.local, continuous_symmetries(self.local))
        if len(soft) > MOST_SOFT:
            return self.undecided(f"{obstacle}; {len(soft)} joints leave too many cones")
        moving = [*strict, *flat, *soft]
        if self._normals(moving).rank() < len(moving):
            return self.undecided(f"{obstacle}; the pre-activations at joints are not independent")
        flats = False
        for signs in product((-1, 1), repeat=len(soft)):
            sides = {**dict.fromkeys(strict, 0), **flat, **dict(zip(soft, signs, strict=True))}
            dead = self._dead(sides)
            flats = flats or bool(dead)
            if not self._is_definite(sides, strict, orbits, dead):
                return self.undecided(
                    f"{obstacle}; the Hessian is not definite on one of {2 ** len(soft)} cones, "
                    "and no ray was found along which the loss falls"
                )
        self.because(
            f"the Hessian is positive definite on {2 ** len(soft)} cones, but for directions of "
            "equal loss",
            Evidence.EXACT,
        )
        if orbits is None and not flats:
            return self.answer(Kind.STRICT_MINIMUM)
        self.because("the loss is constant along an orbit, or where a unit is dead", Evidence.EXACT)
        return self.answer(Kind.NON_STRICT_MINIMUM)

    def _dead(self, sides: dict[Wall, int]) -> list[int]:
        """The places of the weights of units that are 0 on all samples, on these sides."""
        network, places = self.local.network, Places(self.local)
        values = self.local.values_of(self.local.point)
        found: list[int] = []
        for unit in range(network.widths[1]):
            at = {
                joint.sample: side * factor.sign()
                for wall, side in sides.items()
                for joint, factor in wall.members
                if joint.unit == unit
            }
            slopes = [
                self._slope(1, row[unit], at.get(i) or -1)
                for i, row in enumerate(values.preactivations(1).tolist())
            ]
            features = [row[unit] for row in values.features(1).tolist()]
            if 0 not in at.values() and all(x.is_zero for x in (*slopes, *features)):
                found += [*places.incoming(1, unit), *places.outgoing(1, unit)]
        return found

    def _is_definite(
        self,
        sides: dict[Wall, int],
        strict: Sequence[Wall],
        orbits: Matrix | None,
        dead: Sequence[int],
    ) -> bool:
        """Whether the Hessian on these sides is definite where strict joints stay joints."""
        moving = list(sides)
        normals = self._normals(moving)
        towards = QQ.column([sides[wall] or 1 for wall in moving])
        direction = QQ.zeros(self.local.size, 1)
        if moving:
            direction = normals.T @ (normals @ normals.T).solve(towards)
        ring = OneSidedSeries(self.smooth.value_field, 1)
        raws = [
            ring.from_coefficients([start, row[0]])
            for start, row in zip(self.local.coordinates, direction.tolist(), strict=True)
        ]
        here: LossAtPoint = self.smooth.over(ring, raws)
        rows = [[ring.coefficients(x)[0] for x in row] for row in here.hessian.raw_rows()]
        hessian = ring.base.matrix(rows)
        fixed = {*dead, *(() if orbits is None else pivot_rows(orbits))}
        free = [i for i in range(self.local.size) if i not in fixed]
        if not free:
            return True
        basis = ring.base.identity(len(free))
        if strict:
            basis = exact_kernel(self._normals(strict).submatrix(range(len(strict)), free))
        if not basis.shape[1]:
            return True
        form = basis.T @ hessian.submatrix(free, free) @ basis
        return form.inertia()[0] == basis.shape[1]
