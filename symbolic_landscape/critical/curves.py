"""Curves through a critical point, and what the lowest coefficient of the loss along them decides.

Let the Hessian be positive semidefinite on a slice of coordinates, with kernel K there and J the
other pivot coordinates, so that H_JJ is positive definite. For v in K the equations grad_J L(w +
t v + u(t)) = 0 with u(t) in J are solved order by order; phi_v(t) = L(w + t v + u(t)) - L(w) is
the least value near w for each t (splitting lemma). So
  phi_v with lowest term c t^k, k odd or c < 0, gives a curve of descent, whatever H is;
  if dim K = 1 and k is even and c > 0, or dim K = 2 and the lowest form is positive on all rays,
  the point is a strict local minimum on the slice.

Objects: Curve, Strictness, Slice. Functions: descent_and_ascent, strictness_on_slice.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, islice

from symbolic_landscape.arithmetic import QQ, Scalar
from symbolic_landscape.arithmetic.polynomials import Interval, positive_on
from symbolic_landscape.critical.kernels import exact_kernel, pivot_rows
from symbolic_landscape.critical.local import LocalLoss
from symbolic_landscape.errors import DomainError

HIGHEST_ORDER = 8
MOST_RAYS = 60
SMALL_KERNEL = 6
MOST_EFFORT = 2_000_000
"""Most parameters times samples times squared orders, over all rays of a pass."""
PASSES = ((4, MOST_RAYS), (6, 12), (HIGHEST_ORDER, 6))
"""Orders that are looked at in turn, and on how many rays of the kernel."""


@dataclass(frozen=True)
class Curve:
    """w(t) = w + t u_1 + t^2 u_2 + ...; L(w(t)) - L(w) = coefficient t^order + higher terms.

    A curve with odd order serves both ways, with t < 0 for the other sign.
    """

    directions: tuple[tuple[Scalar, ...], ...]
    order: int
    coefficient: Scalar

    @property
    def descends(self) -> bool:
        """Whether the loss falls along it, for t > 0."""
        return self.coefficient.sign() < 0

    def at(self, t: Fraction) -> list[Scalar]:
        """The shift w(t) - w."""
        result = [value * t for value in self.directions[0]]
        for k, direction in enumerate(self.directions[1:], 2):
            result = [a + b * t**k for a, b in zip(result, direction, strict=True)]
        return result

    def reversed(self) -> Curve:
        """The same curve run with -t for t."""
        directions = tuple(
            tuple(value * (-1) ** k for value in direction)
            for k, direction in enumerate(self.directions, 1)
        )
        return Curve(directions, self.order, self.coefficient * (-1) ** self.order)


def straight(direction: Sequence[Scalar], order: int, coefficient: Scalar) -> Curve:
    """The line w + t v with the lowest coefficient of the loss along it."""
    return Curve((tuple(direction),), order, coefficient)


def measured(local: LocalLoss, directions: Sequence[Sequence[Scalar]], order: int) -> Curve | None:
    """The curve with the lowest nonzero coefficient of the loss along it; None if all are 0."""
    for k, value in enumerate(local.change(directions, order), 1):
        if not value.is_zero:
            return Curve(tuple(tuple(direction) for direction in directions), k, value)
    return None


@dataclass(frozen=True)
class Strictness:
    """Why a point is a strict local minimum on a slice.

    There the loss is like |y|^order in the `variables` null directions y, after the others are
    moved to where it is least.
    """

    reason: str
    variables: int
    order: int


class Slice:
    """The point in the space of some coordinates, with the kernel of sign * Hessian there.

    sign * Hessian must be positive semidefinite on it. Raises DomainError where its kernel is not
    found exactly.
    """

    def __init__(self, local: LocalLoss, coordinates: Sequence[int], sign: int = 1) -> None:
        self.local = local
        self.sign = sign
        self.coordinates = tuple(coordinates)
        hessian = local.values.hessian
        self.hessian = hessian.submatrix(self.coordinates, self.coordinates).scale(sign)
        self.kernel = exact_kernel(self.hessian)
        free = set(pivot_rows(self.kernel)) if self.kernel.shape[1] else set()
        own = [i for i in range(len(self.coordinates)) if i not in free]
        self.stiff = tuple(self.coordinates[i] for i in own)
        self._stiff_hessian = self.hessian.submatrix(own, own)
        self.zero = local.coordinates[0] - local.coordinates[0]

    @property
    def nullity(self) -> int:
        """The dimension of the kernel on the slice."""
        return self.kernel.shape[1]

    def direction(self, weights: Sequence[Fraction | int]) -> list[Scalar]:
        """The combination of the kernel's basis with these weights, as a direction (p,)."""
        column = self.kernel @ QQ.column(weights)
        result = [self.zero] * self.local.size
        for place, row in zip(self.coordinates, column.tolist(), strict=True):
            result[place] = row[0]
        return result

    def bent(self, direction: Sequence[Scalar], order: int) -> list[list[Scalar]]:
        """The directions of w + t v + u(t), precise enough for the loss up to t^order."""
        directions = [list(direction)]
        for k in range(2, order // 2 + 1):
            directions.append(self._next(directions, k))
        return directions

    def _next(self, directions: Sequence[Sequence[Scalar]], k: int) -> list[Scalar]:
        result = [self.zero] * self.local.size
        if not self.stiff:
            return result
        gradient = self.local.along(directions, k).gradient
        ring = gradient.field
        rest = [ring.coefficients(gradient.entry(i, 0))[k] for i in self.stiff]  # type: ignore[attr-defined]
        right = rest[0].field.column([value * -self.sign for value in rest])
        solution = self._stiff_hessian.solve(right)
        for place, row in zip(self.stiff, solution.tolist(), strict=True):
            result[place] = row[0]
        return result

    def reduced(
        self, weights: Sequence[Fraction | int], order: int = HIGHEST_ORDER
    ) -> Curve | None:
        """The bent curve along a ray of the kernel, if the loss changes up to this order."""
        direction = self.direction(weights)
        reached = 2
        while reached < order:
            reached = min(reached + 2, order)
            curve = measured(self.local, self.bent(direction, reached), reached)
            if curve is not None:
                return curve
        return None


def rays(size: int) -> Iterator[tuple[int, ...]]:
    """Integer rays of R^n: unit vectors, sums and differences of two, and random small ones.

    In large kernels a generic ray is the better guess, so random ones come first there.
    """
    source = random.Random(size)
    generic = [tuple(source.choice((-2, -1, 0, 1, 1, 2)) for _ in range(size)) for _ in range(60)]
    if size > SMALL_KERNEL:
        yield from generic[:12]
    for i in range(size):
        yield tuple(int(i == j) for j in range(size))
    for i, j in islice(combinations(range(size), 2), MOST_RAYS):
        for sign in (1, -1):
            yield tuple(1 if k == i else sign if k == j else 0 for k in range(size))
    if size > 2:
        yield from generic


def descent_and_ascent(slice_: Slice) -> tuple[Curve | None, Curve | None]:
    """A curve along which sign * L falls and one along which it rises, as far as rays show them."""
    descent: Curve | None = None
    ascent: Curve | None = None
    effort = slice_.local.size * slice_.local.surface.samples.count
    for order, most in PASSES:
        affordable = max(2, MOST_EFFORT // (effort * order**2))
        for ray in islice(rays(slice_.nullity), min(most, affordable)):
            slice_.local.budget.need("all curves along the null directions were followed")
            curve = slice_.reduced(ray, order) if any(ray) else None
            if curve is None:
                continue
            for way in (curve, curve.reversed()):
                if way.descends == (slice_.sign > 0):
                    descent = descent or way
                else:
                    ascent = ascent or way
            if descent is not None and ascent is not None:
                return descent, ascent
        if descent is not None:
            break
    return descent, ascent


def strictness_on_slice(slice_: Slice) -> Strictness | None:
    """Why the point is a strict local minimum of sign * L on the slice; None if not shown."""
    if slice_.nullity == 0:
        return Strictness("the Hessian is definite on the slice", 0, 2)
    if slice_.nullity == 1:
        curve = slice_.reduced((1,))
        if curve is not None and curve.order % 2 == 0 and curve.descends != (slice_.sign > 0):
            reason = (
                f"along the one null direction the least change of the loss is "
                f"{curve.coefficient} t^{curve.order} + ..."
            )
            return Strictness(reason, 1, curve.order)
        return None
    if slice_.nullity == 2:
        return _definite_form(slice_)
    return None


def _definite_form(slice_: Slice) -> Strictness | None:
    """The lowest form on a kernel of dimension 2 is positive on all rays: by Sturm, over Q."""
    for order in range(4, HIGHEST_ORDER + 1, 2):
        values: list[Fraction] = []
        for ray in [(0, 1), *((1, s) for s in range(order + 1))]:
            try:
                curve = slice_.reduced(ray, order)
                value = Fraction(0) if curve is None else curve.coefficient.rational()
            except DomainError:
                return None
            if curve is not None and curve.order < order:
                return None
            values.append(value * slice_.sign)
        if not any(values):
            continue
        polynomial = _interpolated(values[1:])
        if values[0] > 0 and positive_on(polynomial, Interval()).is_holds:
            shown = ", ".join(map(str, polynomial))
            what = "the loss" if slice_.sign > 0 else "minus the loss"
            reason = (
                f"on the kernel {what} starts with a form of degree {order} that is positive: "
                f"coefficients {shown} along (1, s), and {values[0]} along (0, 1)"
            )
            return Strictness(reason, 2, order)
        return None
    return None


def _interpolated(values: Sequence[Fraction]) -> list[Fraction]:
    """The coefficients of the polynomial with these values at 0, 1, 2, ...; the constant first."""
    size = len(values)
    matrix = QQ.matrix([[Fraction(s) ** k for k in range(size)] for s in range(size)])
    return [row[0].rational() for row in matrix.solve(QQ.column(values)).tolist()]
