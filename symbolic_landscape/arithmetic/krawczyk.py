"""Certified zeros of systems: existence and uniqueness in a box by Krawczyk's operator.

Objects: System, ZeroBox. Functions: newton, certify_zero, zero_near, unique_zero.

Notation: f: R^n -> R^n, J its Jacobian, X a box with midpoint m, C an approximate inverse of J(m),
and K(X) = m - C f(m) + (I - C J(X)) (X - m).

Design notes. If K(X) lies strictly inside X, then f has exactly one zero in X, every matrix in J(X)
is nonsingular, and the zero lies in K(X). If K(X) does not meet X, or f(X) excludes 0, then X holds
no zero. Else nothing follows. Where a system also has its values in floating point, Newton's method
starts there: the point it finds is a guess like any other.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import flint

from symbolic_landscape.arithmetic.balls import BallField, BallMatrix
from symbolic_landscape.errors import DomainError, ShapeError
from symbolic_landscape.verdict import Evidence, Verdict, fails, holds, undecided

if TYPE_CHECKING:
    from symbolic_landscape.arithmetic.matrices import Matrix

Map = Callable[[BallMatrix], "Matrix"]
FloatMap = Callable[[Any], tuple[Any, Any]]

MOST_STEPS = 20
MOST_FLOAT_STEPS = 40
FLOAT_TOLERANCE = 1e-8
"""A step in floats this small leaves an error near its square, at most a few units of rounding."""


@dataclass(frozen=True)
class System:
    """f and its Jacobian, as maps from a box (n, 1) to enclosures (n, 1) and (n, n).

    Each must contain the values at all points of the box: that is what makes a certificate valid.
    `floats`, where it is given, maps a vector (n,) of floats to approximations of both.
    """

    value: Map
    jacobian: Map
    floats: FloatMap | None = None


@dataclass(frozen=True)
class ZeroBox:
    """A box (n, 1) that contains exactly one zero, and the smaller box in which it lies.

    `contraction` bounds the norm of I - C J(X); below 1 the zero is also unique as a fixed point.
    """

    box: BallMatrix
    inner: BallMatrix
    contraction: flint.arb
    jacobian: BallMatrix


@dataclass(frozen=True)
class _Middle:
    """A point (n, 1) with f and the Jacobian there."""

    point: BallMatrix
    value: BallMatrix
    jacobian: BallMatrix


def newton(system: System, start: Matrix, bits: int, steps: int = MOST_STEPS) -> BallMatrix:
    """A point (n, 1) of exact midpoints near a zero, by Newton steps from the midpoint of `start`.

    The point is only a guess to be certified. Raises DomainError if a Jacobian may be singular.
    """
    middle, step = _newton(system, start, bits, steps)
    return _midpoint(_balls(middle.point - step))


def _newton(system: System, start: Matrix, bits: int, steps: int) -> tuple[_Middle, BallMatrix]:
    """The last point of Newton's method, with its values, and the step that it would take next."""
    field = BallField(bits)
    point = _midpoint(_balls(start.over(field)))
    if system.floats is not None:
        point = _float_newton(system.floats, point)
    tolerance = flint.arb(2) ** (-(3 * bits) // 4)
    while True:
        steps -= 1
        middle = _middle(system, point)
        step = _balls(middle.jacobian.solve(middle.value))
        if steps <= 0 or _size(_midpoint(step)) < tolerance * (1 + _size(point)):
            return middle, step
        point = _midpoint(_balls(point - step))


def _float_newton(floats: FloatMap, start: BallMatrix) -> BallMatrix:
    """The point that Newton's method finds in floating point, or the start if it finds none."""
    import numpy as np

    point = np.array([float(value) for value in start.raw.entries()])
    for _ in range(MOST_FLOAT_STEPS):
        value, jacobian = floats(point)
        if not (np.isfinite(value).all() and np.isfinite(jacobian).all()):
            break
        try:
            step = np.linalg.solve(jacobian, value)
        except np.linalg.LinAlgError:
            break
        point = point - step
        if abs(step).max() <= FLOAT_TOLERANCE * (1 + abs(point).max()):
            entries = [flint.arb(value) for value in point.tolist()]
            found = flint.arb_mat(len(entries), 1, entries)
            return BallMatrix(start.field, found) if np.isfinite(point).all() else start
    return start


def _balls(matrix: Matrix) -> BallMatrix:
    if not isinstance(matrix, BallMatrix):
        message = f"a system in balls must answer in balls, got a matrix over {matrix.field.name}"
        raise DomainError(message)
    return matrix


def _midpoint(matrix: BallMatrix) -> BallMatrix:
    return BallMatrix(matrix.field, matrix.raw.mid())


def _size(matrix: BallMatrix) -> flint.arb:
    """An upper bound of the largest absolute value of an entry."""
    bounds = [value.abs_upper() for value in matrix.raw.entries()]
    return max(bounds, key=lambda bound: bound.mid(), default=flint.arb(0))


def certify_zero(system: System, point: Matrix, bits: int) -> ZeroBox:
    """A box around the point with exactly one zero of the system.

    Tries boxes of growing radius, from twice the length of the Newton step on. Raises DomainError
    if none of them is certified: that does not mean that there is no zero.
    """
    field = BallField(bits)
    centre = _midpoint(_balls(point.over(field)))
    _need_column(centre)
    middle = _middle(system, centre)
    return _certified(system, middle, _balls(middle.jacobian.solve(middle.value)))


def zero_near(system: System, start: Matrix, bits: int, steps: int = MOST_STEPS) -> ZeroBox:
    """A box with exactly one zero around the point that Newton's method finds from a start (n, 1).

    Raises DomainError as `newton` and `certify_zero` do.
    """
    _need_column(start)
    return _certified(system, *_newton(system, start, bits, steps))


def _need_column(point: Matrix) -> None:
    if point.shape[1] != 1:
        message = f"a point of a system needs shape (n, 1), got {point.shape}"
        raise ShapeError(message)


def _certified(system: System, middle: _Middle, step: BallMatrix) -> ZeroBox:
    """The first certified box around a point from which Newton's method takes this step."""
    centre, field = middle.point, middle.point.field
    with field.working():
        least = flint.arb(2) ** (8 - field.bits)
        radii = [2 * value.abs_upper() + least for value in step.raw.entries()]
        for _ in range(8):
            sides = zip(centre.raw.entries(), radii, strict=True)
            entries = [c + flint.arb(0, r.upper()) for c, r in sides]
            box = BallMatrix(field, flint.arb_mat(len(entries), 1, entries))
            found = _krawczyk(system, box, middle)
            if isinstance(found, ZeroBox):
                return found
            radii = [4 * radius for radius in radii]
    message = f"no box around {centre} is certified at {field.bits} bits"
    raise DomainError(message)


def _middle(system: System, point: BallMatrix) -> _Middle:
    return _Middle(point, _balls(system.value(point)), _balls(system.jacobian(point)))


def _krawczyk(system: System, box: BallMatrix, middle: _Middle) -> ZeroBox | str | None:
    """The certificate, or why the box holds no zero, or None; `middle` is any point of the box."""
    field = box.field
    centre = middle.point
    with field.working():
        for place, entry in enumerate(_balls(system.value(box)).raw.entries()):
            if entry != 0:
                return f"component {place} of the system is {entry} on the whole box"
        value = middle.value.raw
        jacobian = _balls(system.jacobian(box))
        try:
            inverse = middle.jacobian.raw.mid().inv().mid()
        except ZeroDivisionError:
            return None
        size = box.shape[0]
        identity = field.identity(size)
        rest = _balls(identity).raw - inverse * jacobian.raw
        image = centre.raw - inverse * value + rest * (box.raw - centre.raw)
        pairs = list(zip(image.entries(), box.raw.entries(), strict=True))
        if all(outer.contains_interior(inner) for inner, outer in pairs):
            contraction = max(
                (
                    sum((entry.abs_upper() for entry in row), flint.arb(0)).upper()
                    for row in rest.table()
                ),
                key=lambda bound: bound.mid(),
                default=flint.arb(0),
            )
            return ZeroBox(box, BallMatrix(field, image), contraction, jacobian)
        for place, (inner, outer) in enumerate(pairs):
            if not inner.overlaps(outer):
                return f"Krawczyk's image {inner} of coordinate {place} does not meet {outer}"
    return None


def unique_zero(system: System, box: BallMatrix) -> Verdict:
    """The box (n, 1) contains exactly one zero of the system.

    HOLDS and FAILS are rigorous; UNDECIDED if the box is too wide or its precision too low. FAILS
    means no zero: two zeros in a box leave it undecided.
    """
    with box.field.working():
        middle = _middle(system, _midpoint(box))
    found = _krawczyk(system, box, middle)
    if isinstance(found, ZeroBox):
        reason = f"one zero, in {found.inner}; contraction {found.contraction}"
        verdict = holds(Evidence.ENCLOSED, reason, zero=found)
    elif found is None:
        verdict = undecided(f"Krawczyk's operator does not contract on {box}")
    else:
        verdict = fails(Evidence.ENCLOSED, found)
    if not box.shape[0]:
        return verdict
    return verdict


def _moved(box: BallMatrix) -> BallMatrix:
    """The box moved by four radii along the first coordinate: it does not meet the old one."""
    entries = box.raw.entries()
    with box.field.working():
        shift = 4 * entries[0].rad() + flint.arb(2) ** (8 - box.field.bits)
        entries[0] = entries[0] + shift
    return BallMatrix(box.field, flint.arb_mat(box.shape[0], 1, entries))
