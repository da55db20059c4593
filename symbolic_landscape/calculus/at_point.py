"""Values, gradients and Hessians of a loss surface at one point, in the field that holds them.

Objects: LossAtPoint, NumericLoss.

Design notes. The field of a value is found by trying: a run starts in the field of the data and
moves to the field that an exponential or a root asks for, until all values lie in one field or
none is known. Value, gradient and Hessian choose for themselves, since log(1 + a^2) leaves Q while
its derivatives do not.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from symbolic_landscape.arithmetic import (
    BallField,
    BallMatrix,
    Field,
    Matrix,
    NumberField,
    Scalar,
    common_field,
)
from symbolic_landscape.calculus.double_balls import hessian_in_doubles
from symbolic_landscape.calculus.engines import LargerFieldError
from symbolic_landscape.calculus.flint_engines import engine_for
from symbolic_landscape.calculus.objective import run_of
from symbolic_landscape.calculus.values import Pass
from symbolic_landscape.errors import DomainError, ShapeError, SmoothnessError

if TYPE_CHECKING:
    import mpmath

    from symbolic_landscape.calculus.surface import LossSurface

Quantity = TypeVar("Quantity")

MOST_FIELDS = 12
MOST_DEGREE = 32
DOUBLE_BITS = 53
FEWEST_IN_DOUBLES = 50
"""Networks with fewer parameters have their Hessians as quickly in other balls."""
MOST_BITS = 1 << 15
MOST_SIZE = 1 << 12
"""Most bits of the equations of two number fields, times the degree of their common one."""


@dataclass(frozen=True)
class NumericLoss:
    """Decimal values for display, of mpmath; they decide nothing."""

    value: mpmath.mpf
    gradient: mpmath.matrix
    hessian: mpmath.matrix


class LossAtPoint:
    """Value, gradient and Hessian of a loss surface at one point, in one field, on first use.

    Each raises DomainError where no field of the package holds it: then `enclose` gives balls.
    """

    def __init__(self, surface: LossSurface, point: Any, field: Field | None = None) -> None:
        self.surface = surface
        self.point = point
        self.field = field
        self._model = surface.model_at(point)
        self._forward_field: Field | None = None
        self._passes: dict[Field, Pass] = {}
        self._refusals: dict[Field, DomainError] = {}

    def __reduce__(self) -> tuple[Any, ...]:
        return LossAtPoint, (self.surface, self.point, self.field)

    def __repr__(self) -> str:
        where = "the smallest field" if self.field is None else self.field.name
        return f"LossAtPoint({self.surface.network.widths}, values in {where})"

    def _start(self) -> Field:
        model = self._model
        field = model.inputs.field
        weights = () if model.sample_weights is None else (model.sample_weights,)
        for matrix in (model.targets, *weights, *model.weights, *model.biases):
            field = common_field(field, matrix.field)
        return field

    def _pass(self, field: Field) -> Pass:
        if field in self._refusals:
            raise self._refusals[field]
        if field not in self._passes:
            model = self._model
            engine = engine_for(field, model.formulas)
            try:
                self._passes[field] = run_of(model, engine)
            except DomainError as error:
                self._refusals[field] = error
                raise
        return self._passes[field]

    def _found(self, quantity: Callable[[Pass], Quantity]) -> Quantity:
        """The quantity, in the given field or in the first that holds it."""
        if self.field is not None:
            return quantity(self._pass(self.field))
        field = self._forward_field or self._start()
        for _ in range(MOST_FIELDS):
            try:
                run = self._pass(field)
                self._forward_field = self._forward_field or field
                return quantity(run)
            except LargerFieldError as need:
                field = _enlarged(field, need.field)
            except DomainError as error:
                if any("generic" in formula.calls for formula in self._model.formulas):
                    raise
                message = f"{error}; enclose(bits) gives balls"
                raise DomainError(message) from error
        message = f"loss at a point: more than {MOST_FIELDS} fields in turn were needed"
        raise DomainError(message)

    @cached_property
    def value(self) -> Scalar:
        """Phi at the point."""
        return self._found(Pass.value)

    @cached_property
    def gradient(self) -> Matrix:
        """The gradient (p, 1). Raises SmoothnessError where an activation has no derivative."""
        return self._found(Pass.gradient)

    @cached_property
    def hessian(self) -> Matrix:
        """The Hessian (p, p). Raises SmoothnessError where it does not exist.

        In balls of at most 53 bits that of a plain network of some size is one of doubles.
        """
        doubles = self._in_doubles()
        return self._found(Pass.hessian) if doubles is None else doubles

    def _in_doubles(self) -> Matrix | None:
        """The Hessian in balls of doubles where these are asked for and a plain network is."""
        field, network = self.field, self.surface.network
        if not (isinstance(field, BallField) and field.bits <= DOUBLE_BITS and network.is_plain):
            return None
        if network.parameter_count < FEWEST_IN_DOUBLES:
            return None
        try:
            found = hessian_in_doubles(self.surface, self.point)
        except (DomainError, SmoothnessError):
            return None
        return None if found is None else BallMatrix.of_doubles(field, found)

    def features(self, layer: int) -> Matrix:
        """F_k (N, n_k); F_0 are the inputs."""
        self.surface.need_layer(layer, least=0)
        return self._found(lambda run: run.engine.matrix(run.features[layer]))

    def preactivations(self, layer: int) -> Matrix:
        """G_k (N, n_k)."""
        self.surface.need_layer(layer)
        return self._found(lambda run: run.engine.matrix(run.preactivations[layer - 1]))

    def errors(self, layer: int) -> Matrix:
        """Delta_k (N, n_k)."""
        self.surface.need_layer(layer)
        return self._found(lambda run: run.error_matrix(layer))

    @property
    def residuals(self) -> Matrix:
        """F_L - Y (N, m)."""
        return self.features(self.surface.network.depth) - self._model.targets

    def gradient_block(self, layer: int) -> Matrix:
        """The gradient by the weights and biases of layer k, as a column."""
        self.surface.need_layer(layer)
        return self.gradient.submatrix(self.surface.network.layer_range(layer), [0])

    def hessian_block(self, layers: Sequence[int]) -> Matrix:
        """The second derivatives by the parameters of these layers, which count from 1."""
        chosen = tuple(layers)
        if not chosen:
            message = "hessian_block: at least one layer was needed, got none"
            raise ShapeError(message)
        for layer in chosen:
            self.surface.need_layer(layer)
        return self._found(lambda run: run.hessian(chosen))

    def enclose(self, bits: int = 256) -> LossAtPoint:
        """The same in balls computed with `bits` bits; every true value lies inside."""
        return LossAtPoint(self.surface, self.point, BallField(bits))

    def numeric(self, digits: int = 50) -> NumericLoss:
        """Decimal values with about this many digits, for display only."""
        import mpmath

        bits = math.ceil(3.33 * digits) + 16
        while True:
            balls = self.enclose(bits)
            value = BallField(bits).matrix([[balls.value]])
            parts = (value, balls.gradient, balls.hessian)
            radius = max(_radius(part) for part in parts)
            if radius <= mpmath.mpf(10) ** -digits or bits > MOST_BITS:
                break
            bits *= 2
        shown, gradient, hessian = (_decimals(part, digits) for part in parts)
        return NumericLoss(shown[0, 0], gradient, hessian)


def _enlarged(field: Field, needed: Field) -> Field:
    """The field that contains both. Raises DomainError: there is none, or its degree is large."""
    if isinstance(field, NumberField) and isinstance(needed, NumberField):
        degree = field.degree * needed.degree
        if degree > MOST_DEGREE:
            message = (
                f"values need square roots in a number field of degree {degree}, and at most "
                f"{MOST_DEGREE} is taken; enclose(bits) gives balls"
            )
            raise DomainError(message)
        bits = _bits(field) + _bits(needed)
        if degree * bits > MOST_SIZE:
            message = (
                f"values need square roots of numbers of {bits} bits in a number field of degree "
                f"{degree}, which is too large; enclose(bits) gives balls"
            )
            raise DomainError(message)
    return common_field(field, needed)


def _bits(field: NumberField) -> int:
    """The bits of the largest number in the equation of a number field."""
    parts = (part for c in field.minimal for part in (c.numerator, c.denominator))
    return max(part.bit_length() for part in parts)


def _radius(matrix: Matrix) -> Any:
    import mpmath

    radii = [x.raw.rad().man_exp() for row in matrix.tolist() for x in row]
    return max((mpmath.ldexp(int(m), int(e)) for m, e in radii), default=mpmath.mpf(0))


def _decimals(matrix: Matrix, digits: int) -> Any:
    import mpmath

    height, width = matrix.shape
    with mpmath.workdps(digits):
        result = mpmath.matrix(height, width)
        for i, row in enumerate(matrix.tolist()):
            for j, x in enumerate(row):
                mantissa, exponent = x.raw.mid().man_exp()
                result[i, j] = mpmath.ldexp(mpmath.mpf(int(mantissa)), int(exponent))
    return result
