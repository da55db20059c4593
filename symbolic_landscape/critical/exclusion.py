"""Boxes without critical points around a point that is given to a few digits.

A box holds no critical point if a component of the gradient is nowhere 0 on it; or the derivative
of the loss along a fixed direction; or if the outputs move along a direction of the last layer as
makes every term of the loss fall, on all of the box. A box for which none of this is seen is
halved across the coordinate in which its gradient varies most.

Functions: excluded_radius.

Design notes. Only a box of all points that count as near shows that no critical point is near:
about a critical point with a degenerate Hessian, where Newton's method fails, there are points of
non-zero gradient, and boxes around these, at every distance.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import flint

from symbolic_landscape.arithmetic import BallField, Scalar
from symbolic_landscape.calculus import LossAtPoint, LossSurface
from symbolic_landscape.critical.approach import NEAR
from symbolic_landscape.critical.infinity import output_infimum
from symbolic_landscape.critical.kernels import midpoint
from symbolic_landscape.critical.local import LocalLoss
from symbolic_landscape.critical.symmetries import Places
from symbolic_landscape.errors import DomainError, SmoothnessError
from symbolic_landscape.formula import T, call
from symbolic_landscape.functions.activations import NAMED_ACTIVATIONS, Activation
from symbolic_landscape.networks import Network

BITS = 128
MOST_WORK = 40_000
"""Most boxes that are looked at, times parameters."""
SIGMOID = (1 + call("tanh", T / 2)) / 2
"""The sigmoid, in balls that stay narrow where those of e^-t are wide."""
FINEST = Fraction(1, 1 << 6)
"""No side of a box is cut that is below this share of that of the box of all near points."""
SMALLEST_RADIUS = 40
"""Boxes of radius 4^-k are tried down to 2 to the power of minus this."""


def excluded_radius(local: LocalLoss, direction: Sequence[Scalar] = ()) -> Fraction | None:
    """A radius within which the gradient is certainly never 0; None if none was shown.

    Distances are relative to the size of each coordinate above 1. It is `NEAR`, for which the box
    is cut into smaller ones, or else the greatest power of 1/4 below for which it need not be. The
    derivative along the direction, of parameters of one layer, is looked at too.
    """
    local = LocalLoss(_with_narrow_sigmoids(local.surface), local.point, local.budget)
    field = BallField(BITS)
    with field.working():
        balls = [abs(field.raw(value)).max(flint.arb(1)) for value in local.coordinates]
        sizes = [midpoint(ball.upper()) for ball in balls]
    ray = _Ray(local, direction) if any(not value.is_zero for value in direction) else None

    def around(share: Fraction) -> _Box:
        return _Box(local, ray, (Fraction(0),) * len(sizes), tuple(share * x for x in sizes))

    if _all_excluded(around(NEAR)):
        return NEAR
    for exponent in range(6, SMALLEST_RADIUS, 2):
        if local.budget.is_spent:
            return None
        radius = Fraction(1, 2**exponent)
        if around(radius).is_excluded():
            return radius
    return None


def _with_narrow_sigmoids(surface: LossSurface) -> LossSurface:
    """The same function, with another formula for the sigmoid."""
    if not surface.is_plain:
        return surface
    network, narrow = surface.network, Activation.of(SIGMOID)
    inner, outer = (
        narrow if function.formula == NAMED_ACTIVATIONS["sigmoid"] else function
        for function in (network.activation, network.output_activation)
    )
    network = Network(network.widths, inner, outer, network.bias)
    return LossSurface(network, surface.samples, surface.loss)


def _all_excluded(whole: _Box) -> bool:
    """Whether the box, or smaller boxes that together make it up, are all excluded."""
    left, most = [whole], MOST_WORK // len(whole.radii)
    for _ in range(most):
        if whole.local.budget.is_spent:
            return False
        box = left.pop()
        if not box.is_excluded():
            place = box.widest(whole)
            if place is None:
                return False
            left += box.halves(place)
        if not left:
            return True
    return False


class _Ray:
    """A direction that changes the incoming weights of units of one layer."""

    def __init__(self, local: LocalLoss, direction: Sequence[Scalar]) -> None:
        network, places = local.network, Places(local)
        moved = next(i for i, value in enumerate(direction) if not value.is_zero)
        layers = range(1, network.depth + 1)
        self.local = local
        self.layer = next(k for k in layers if moved in network.layer_range(k))
        field = BallField(BITS)
        units = range(network.widths[self.layer])
        incoming = [places.incoming(self.layer, unit) for unit in units]
        self.weights = field.from_raw([[field.raw(direction[i]) for i in row] for row in incoming])

    def changes(self, here: LossAtPoint) -> bool:
        """Whether the loss certainly changes along the ray, at all points of a box."""
        field = BallField(BITS)
        features = here.features(self.layer - 1).over(field)
        if self.local.network.bias:
            features = features.hstack(field.ones(features.shape[0], 1))
        slopes = features @ self.weights.T
        if self.layer == self.local.network.depth and output_infimum(self.local, slopes):
            return True
        errors = here.errors(self.layer).raw_rows()
        pairs = zip(errors, slopes.raw_rows(), strict=True)
        return bool(
            sum(a * b for row, speeds in pairs for a, b in zip(row, speeds, strict=True)) != 0
        )


@dataclass(frozen=True)
class _Box:
    """All points whose coordinates differ from the given ones by the shifts up to the radii."""

    local: LocalLoss
    ray: _Ray | None
    shifts: tuple[Fraction, ...]
    radii: tuple[Fraction, ...]

    @cached_property
    def values(self) -> LossAtPoint:
        """The values in balls, which hold those at every point of the box."""
        field = BallField(BITS)
        with field.working():
            raws = [
                field.raw(value)
                + field.constant(shift)
                + flint.arb(0, field.constant(radius).upper())
                for value, shift, radius in zip(
                    self.local.coordinates, self.shifts, self.radii, strict=True
                )
            ]
        return self.local.over(field, raws)

    def is_excluded(self) -> bool:
        """Whether the gradient is certainly 0 nowhere on the box."""
        try:
            if any(row[0] != 0 for row in self.values.gradient.raw_rows()):
                return True
            return self.ray is not None and self.ray.changes(self.values)
        except (DomainError, SmoothnessError):
            return False

    def widest(self, whole: _Box) -> int | None:
        """The coordinate in which the gradient varies most; None if the box is too small."""
        spread = [float(radius) for radius in self.radii]
        try:
            rows = self.values.hessian.raw_rows()
            steepest = [max(float(abs(value).upper()) for value in row) for row in rows]
            spread = [a * b for a, b in zip(spread, steepest, strict=True)]
        except (DomainError, SmoothnessError):
            pass
        sides = enumerate(zip(self.radii, whole.radii, strict=True))
        wide = [i for i, (part, full) in sides if part >= FINEST * full]
        return max(wide, key=spread.__getitem__, default=None)

    def halves(self, place: int) -> tuple[_Box, _Box]:
        """The box cut across a coordinate."""
        half = self.radii[place] / 2
        radii = (*self.radii[:place], half, *self.radii[place + 1 :])
        lower, upper = (
            (*self.shifts[:place], self.shifts[place] + shift, *self.shifts[place + 1 :])
            for shift in (-half, half)
        )
        return _Box(self.local, self.ray, lower, radii), _Box(self.local, self.ray, upper, radii)
