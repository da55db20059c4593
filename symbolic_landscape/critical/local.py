"""The loss near one point: exact values there, balls on boxes, series along curves.

Objects: LocalLoss. Functions: smooth_near, need_small_field.

Design notes. Near a point at which no pre-activation is 0, a piecewise smooth activation may be
replaced by one that joins smoothly: the loss does not change in a neighbourhood. Boxes that reach
over a kink are refused where a certificate uses their Hessians, so that it never leaves that
neighbourhood. Gradients of such boxes contain those of both sides, and all between.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import cached_property, partial
from typing import Any

import flint

from symbolic_landscape.arithmetic import (
    QQ,
    BallField,
    Field,
    Matrix,
    Scalar,
    common_field,
)
from symbolic_landscape.calculus import LossAtPoint, LossSurface
from symbolic_landscape.critical.atoms import atom_field, letters_needed, values_needed
from symbolic_landscape.critical.budget import Budget
from symbolic_landscape.critical.kinks import need_no_kink
from symbolic_landscape.critical.series import SeriesField
from symbolic_landscape.errors import DomainError, SmoothnessError
from symbolic_landscape.formula import joints, smoothed
from symbolic_landscape.functions.activations import Activation, ScalarLoss
from symbolic_landscape.networks import Network, Point

BITS = (128, 256, 512, 1024)
"""Precisions that are tried in turn."""

SHARP = 50
"""A number is shown with at least so many correct bits, where it can be."""
MOST_ROOTS = 4
MOST_DEGREE = 200
MOST_IRRATIONAL = 16

Curve = Sequence[Sequence[Scalar]]
"""The directions u_1, u_2, ... of w + t u_1 + t^2 u_2 + ..."""


def smooth_near(surface: LossSurface, point: Point) -> LossSurface:
    """A surface that agrees with the given one near the point and has two derivatives there.

    Raises SmoothnessError: an activation has a joint at a pre-activation of the point, or the loss
    has one at a residual.
    """
    if not any(joints(one.formula) for one in (*surface.network.activations, surface.loss)):
        return surface
    for layer in range(1, surface.network.depth + 1):
        values = _values(surface, point, partial(_preactivations, layer=layer))
        for j, activation in enumerate(surface.network.unit_activations(layer)):
            column = [row[j] for row in values.tolist()]
            where = f"the pre-activation of unit {j + 1} of layer {layer}"
            _need_no_joint(activation, column, where)
    if joints(surface.loss.formula):
        residuals = _values(surface, point, lambda at: at.residuals)
        for j, column in enumerate(residuals.T.tolist()):
            _need_no_joint(surface.loss, column, f"the residual of output {j + 1}")
    return smoothed_surface(surface)


def smoothed_surface(surface: LossSurface) -> LossSurface:
    """The surface with all joints taken to be smooth: the values are the same."""
    network, loss = surface.network, surface.loss
    chosen = {
        one: Activation(one.name, smoothed(one.formula))
        for one in network.activations
        if joints(one.formula)
    }
    if isinstance(loss, ScalarLoss) and joints(loss.formula):
        loss = replace(loss, formula=smoothed(loss.formula))
    return replace(surface, network=network.with_activations(chosen), loss=loss)


def _need_no_joint(function: Any, values: Sequence[Scalar], where: str) -> None:
    """Raise SmoothnessError unless every value is certainly at no joint of the function."""
    for i, value in enumerate(values):
        for joint in joints(function.formula):
            try:
                sign = (value - joint).sign()
            except DomainError:
                sign = 0
            if not sign:
                message = (
                    f"the loss is differentiable only away from the joints of {function}, but "
                    f"{where} on sample {i + 1} is {value}"
                )
                raise SmoothnessError(message)


def _preactivations(values: LossAtPoint, layer: int) -> Matrix:
    return values.preactivations(layer)


def _values(
    surface: LossSurface, point: Point, quantity: Callable[[LossAtPoint], Matrix]
) -> Matrix:
    try:
        need_small_field(surface, point)
        return quantity(surface.at(point))
    except DomainError:
        return quantity(surface.at(point).enclose(BITS[1]))


def need_small_field(surface: LossSurface, point: Point) -> None:
    """Raise DomainError where exact values would need polynomials or number fields of large degree.

    The arguments of the first functions are looked at: in u = e^(1/D) their values are fractions
    whose degree is the largest argument times D, and each root of another number doubles the
    degree of a number field.
    """
    network = surface.network
    formulas = {one.formula for one in network.unit_activations(1)}
    calls = {name for formula in formulas for name in formula.calls}
    if not any(map(values_needed, formulas)):
        return
    try:
        arguments = LocalLoss(surface, point).first_preactivations
    except DomainError:
        count = _distinct_arguments(surface, point)
        if count <= MOST_IRRATIONAL:
            return
        message = f"functions of {count} irrational arguments are not taken exactly"
        raise DomainError(message) from None
    found = {abs(value) for row in arguments for value in row if value}
    if "sqrt" in calls and len(found) > MOST_ROOTS:
        message = f"roots at {len(found)} arguments lie in no small number field"
        raise DomainError(message)
    denominator = math.lcm(*(value.denominator for value in found))
    degree = int(max(found, default=Fraction(0)) * denominator)
    if calls & {"exp", "tanh"} and degree > MOST_DEGREE:
        message = f"exponentials of {len(found)} arguments need fractions of degree {degree}"
        raise DomainError(message)


def _distinct_arguments(surface: LossSurface, point: Point) -> int:
    """How many pre-activations of layer 1 there are for distinct inputs and distinct units."""
    units = point.weights[0]
    if point.biases:
        units = units.hstack(point.biases[0])
    return len(set(surface.samples.inputs.rows())) * len(set(units.rows()))


class LocalLoss:
    """A loss surface near a point, which is exact, or the one point of a box with a certificate.

    In the second case every value is a ball, and `is_exact` is False. Searches around the point
    keep to the budget.
    """

    def __init__(self, surface: LossSurface, point: Point, budget: Budget | None = None) -> None:
        self.surface = surface
        self.point = point
        self.network: Network = surface.network
        self.field, self.raws = point.entries()
        self.is_exact = self.field.decides_equality
        self.budget = budget or Budget()
        self._enclosed: dict[int, LossAtPoint] = {}

    @property
    def size(self) -> int:
        """The number p of parameters."""
        return len(self.raws)

    @cached_property
    def coordinates(self) -> tuple[Scalar, ...]:
        """The coordinates of the point."""
        return tuple(Scalar(self.field, raw) for raw in self.raws)

    @cached_property
    def values(self) -> LossAtPoint:
        """Value, gradient and Hessian: in an exact field, else with values of functions as letters.

        Raises DomainError where neither holds them. For a box they are balls.
        """
        if not self.is_exact:
            return LossAtPoint(self.surface, self.point, self.field)
        return self.values_of(self.point)

    @cached_property
    def loss(self) -> Scalar:
        """The loss at the point, exact where a field holds it, else a ball.

        Raises DomainError: the loss has no value there.
        """
        if not self.is_exact:
            return self.enclosed(BITS[0]).value
        try:
            need_small_field(self.surface, self.point)
            return self._here.value
        except DomainError:
            ball = self._sharp_loss
        try:
            return QQ.scalar(self.formal(self.raws).value.rational())
        except DomainError:
            return ball

    @property
    def _sharp_loss(self) -> Scalar:
        """A ball around the loss with the first precision that gives most digits of a double."""
        for bits in BITS:
            ball = self.enclosed(bits).value
            if is_sharp(ball.raw):
                break
        return ball

    @cached_property
    def first_preactivations(self) -> list[list[Fraction]]:
        """G_1 (N, n_1) over Q. Raises DomainError where it lies outside."""
        inputs = self.surface.samples.inputs
        values = inputs @ self.point.weights[0].T
        if self.network.bias:
            values = values + inputs.field.ones(inputs.shape[0], 1) @ self.point.biases[0].T
        return [[value.rational() for value in row] for row in values.tolist()]

    @cached_property
    def exact(self) -> LossAtPoint:
        """The values in an exact field. Raises DomainError where none of small degree is known."""
        return self._exact_values(self.point)

    @cached_property
    def _here(self) -> LossAtPoint:
        return self.surface.at(self.point)

    def _exact_values(self, point: Point) -> LossAtPoint:
        need_small_field(self.surface, point)
        values = self._here if point is self.point else self.surface.at(point)
        _ = values.gradient
        return values

    def values_of(self, point: Point) -> LossAtPoint:
        """The values at any point with exact coordinates, as for this one."""
        try:
            return self._exact_values(point)
        except SmoothnessError:
            return self.surface.at(point)
        except DomainError:
            formal = self.formal(point.entries()[1])
            _ = self.surface.at(point).enclose(BITS[0]).gradient
            return formal

    def formal(self, raws: Sequence[Any], symbols: Sequence[str] = ()) -> LossAtPoint:
        """The values with letters for functions, at coordinates in Q or in the symbols.

        `raws` are rationals, or for each symbol and the constant term first, lists of them: the
        coordinates are then c_0 + c_1 t_1 + c_2 t_2 + ... Raises DomainError where more letters
        are needed than are allowed.
        """
        needed = letters_needed(self.network, self.surface.loss)
        field = atom_field(self.surface.samples.count * needed, symbols)
        letters = [field.constant(Fraction(1)), *(field.generator(t).raw for t in symbols)]
        entries = [
            field.dot([field.raw(value) for value in given], letters)
            if isinstance(given, list)
            else field.raw(given)
            for given in raws
        ]
        return self.over(field, entries)

    @cached_property
    def value_field(self) -> Field:
        """The field of gradient and Hessian. Raises DomainError where there is none."""
        return common_field(self.values.gradient.field, self.values.hessian.field)

    def enclosed(self, bits: int) -> LossAtPoint:
        """The values in balls of this precision, or of that of the box."""
        if isinstance(self.field, BallField):
            bits = max(bits, self.field.bits)
        if bits not in self._enclosed:
            field = BallField(bits)
            raws = [field.raw(value) for value in self.coordinates]
            self._enclosed[bits] = self.over(field, raws)
        return self._enclosed[bits]

    def over(self, field: Field, raws: Sequence[Any]) -> LossAtPoint:
        """The values at the coordinates given as raw elements of a field."""
        return LossAtPoint(self.surface, self.network.parameters_over(field, raws), field)

    def box(self, radius: Fraction, bits: int) -> LossAtPoint:
        """The values in balls on the box of all points within `radius` in each coordinate.

        Its Hessian encloses the Hessian at every point of the box. Raises DomainError: the box
        reaches over a kink of an activation or of the loss, or has no values.
        """
        field = BallField(bits)
        with field.working():
            around = flint.arb(
                0, flint.arb(flint.fmpq(radius.numerator, radius.denominator)).upper()
            )
            raws = [field.raw(value) + around for value in self.coordinates]
        values = self.over(field, raws)
        need_no_kink(values)
        return values

    def moved(self, shift: Sequence[Scalar | Fraction | int]) -> LossAtPoint:
        """The exact values at the point plus a shift."""
        entries = [a + b for a, b in zip(self.coordinates, shift, strict=True)]
        field = joint_field(entries)
        return self.values_of(
            self.network.parameters_over(field, [field.raw(entry) for entry in entries])
        )

    def loss_at(self, coordinates: Sequence[Scalar], bits: int) -> Scalar:
        """A ball that contains the loss at any point."""
        field = BallField(bits)
        return self.over(field, [field.raw(value) for value in coordinates]).value

    def along(self, curve: Curve, order: int) -> LossAtPoint:
        """Values as series in t along w + t u_1 + t^2 u_2 + ..., exact up to t^order.

        Raises DomainError where the values at the point have no field.
        """
        field = joint_field([value for direction in curve for value in direction], self.value_field)
        ring = SeriesField(field, order)
        raws = [
            ring.from_coefficients([start, *(direction[i] for direction in curve)])
            for i, start in enumerate(self.coordinates)
        ]
        return self.over(ring, raws)

    def change(self, curve: Curve, order: int) -> tuple[Scalar, ...]:
        """The coefficients of t, t^2, ..., t^order in L(w(t)) - L(w) along a curve.

        They come from the gradient, so the loss itself may lie outside every field.
        """
        gradient = self.along(curve, order - 1).gradient
        ring = gradient.field
        if not isinstance(ring, SeriesField):
            message = f"a series was needed along a curve, got a gradient over {ring.name}"
            raise DomainError(message)
        velocity = [
            ring.from_coefficients([(k + 1) * value for k, value in enumerate(speeds)])
            for speeds in zip(*curve, strict=True)
        ]
        slope = ring.dot((row[0] for row in gradient.raw_rows()), velocity)
        return tuple(value / k for k, value in enumerate(ring.coefficients(slope), 1))


def is_sharp(ball: flint.arb) -> bool:
    """Whether a ball says as many digits as a double has, or is very near 0."""
    return bool(ball.rel_accuracy_bits() >= SHARP or ball.abs_upper() < flint.arb(2) ** -BITS[0])


def joint_field(values: Iterable[Scalar], field: Field | None = None) -> Field:
    """The smallest known field of all values. Raises DomainError if there is none."""
    for value in values:
        if field is None:
            field = value.field
        elif value.field is not field:
            field = common_field(field, value.field)
    if field is None:
        message = "a field was needed, but there are no values"
        raise DomainError(message)
    return field
