"""Derivatives of the objective that know nothing of backpropagation, and generic networks.

Notation as in `section_2`: G_k, F_k (N, n_k), F_0 = X; W_k (n_k, n_{k-1}) is the transpose of the
paper's; Phi is the objective.

Objects: Layers, GenericNetwork. Functions: layers, derivative_along, errors_by_definition,
weight_gradient_by_definition, bias_gradient_by_definition.

Design notes. For a network of rational formulas a derivative is the limit of its difference
quotient over Q(h), literally; at a kink it exists if both one-sided derivatives agree; elsewhere
the chain rule is run forward, from the moved pre-activation to the objective. A generic network
has free symbols for every weight, feature, slope and loss slope: what holds for it holds for all
parameters, samples, activations and losses of its shape.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain
from typing import TypeAlias

from symbolic_landscape.arithmetic import (
    Field,
    Matrix,
    RationalFunctions,
    Scalar,
    common_field,
    limit_at_zero,
)
from symbolic_landscape.errors import SmoothnessError
from symbolic_landscape.former.lemma import Instance
from symbolic_landscape.formula import Formula, Piece, derivative, evaluated
from symbolic_landscape.functions.activations import Activation, ScalarLoss
from symbolic_landscape.proofs.common.points import NetworkPoint


@dataclass(frozen=True)
class Layers:
    """What the identities speak of: weights (n_k, n_{k-1}), F_0..F_L, sigma'(G_1..L), l'(F_L - Y).

    A matrix of slopes is None where one of its entries does not exist.
    """

    field: Field
    weights: tuple[Matrix, ...]
    features: tuple[Matrix, ...]
    slopes: tuple[Matrix | None, ...]
    slopes_of_loss: Matrix | None

    @property
    def depth(self) -> int:
        """The number of layers L."""
        return len(self.weights)

    @property
    def count(self) -> int:
        """The number of samples N."""
        return self.features[0].shape[0]

    def slope(self, layer: int) -> Matrix:
        """sigma'(G_k) (N, n_k). Raises SmoothnessError where an entry does not exist."""
        found = self.slopes[layer - 1]
        if found is None:
            message = f"sigma' at the pre-activations of layer {layer} was needed, got a kink"
            raise SmoothnessError(message)
        return found

    @property
    def loss_slopes(self) -> Matrix:
        """l'(F_L - Y) (N, m). Raises SmoothnessError where an entry does not exist."""
        if self.slopes_of_loss is None:
            message = "l' at the residuals was needed, got a kink"
            raise SmoothnessError(message)
        return self.slopes_of_loss

    def moved(self, layer: int, tangent: Matrix) -> tuple[Matrix, ...]:
        """The derivatives of G_k, ..., G_L (N, n) when G_k moves along the tangent."""
        found = [tangent]
        for k in range(layer, self.depth):
            found.append(found[-1].hadamard(self.slope(k)) @ self.weights[k].T)
        return tuple(found)

    def along(self, layer: int, tangent: Matrix) -> Scalar:
        """The derivative of Phi when G_k moves along the tangent (N, n_k): chain rule forward."""
        last = self.moved(layer, tangent)[-1].hadamard(self.slope(self.depth))
        return entry_sum(last.hadamard(self.loss_slopes))

    def error(self, layer: int) -> Matrix:
        """Delta_k (N, n_k) by the recursion of Lemma 2.1."""
        if layer == self.depth:
            return self.loss_slopes.hadamard(self.slope(layer))
        return self.pulled_back(layer).hadamard(self.slope(layer))

    def pulled_back(self, layer: int) -> Matrix:
        """Delta_{k+1} W_{k+1}^T (N, n_k), with the paper's W_{k+1}."""
        return self.error(layer + 1) @ self.weights[layer]


def entry_sum(matrix: Matrix) -> Scalar:
    """The sum of all entries."""
    total = matrix.field.scalar(0)
    for value in chain.from_iterable(matrix.tolist()):
        total = total + value
    return total


@dataclass(frozen=True, kw_only=True)
class GenericNetwork(Instance):
    """Every network of these widths on N samples: all numbers and functions are free."""

    widths: tuple[int, ...]
    count: int

    @property
    def activations(self) -> tuple[Activation, ...]:
        """One activation with free values."""
        return (Activation.generic(),)

    @property
    def loss(self) -> ScalarLoss:
        """One loss with free values."""
        return ScalarLoss.generic()

    @cached_property
    def layers(self) -> Layers:
        """A free symbol for every entry; F_k is free, since sigma may take any values."""
        shapes = [("x", self.count, self.widths[0])]
        for k, (below, above) in enumerate(zip(self.widths, self.widths[1:], strict=False), 1):
            shapes += [(f"w{k}", above, below), (f"f{k}", self.count, above)]
            shapes += [(f"s{k}", self.count, above)]
        shapes.append(("l", self.count, self.widths[-1]))
        names = {
            head: [[f"{head}_{i}_{j}" for j in range(width)] for i in range(height)]
            for head, height, width in shapes
        }
        field = RationalFunctions(tuple(n for rows in names.values() for row in rows for n in row))
        free = {
            head: field.matrix([[field.generator(name) for name in row] for row in rows])
            for head, rows in names.items()
        }
        places = range(1, len(self.widths))
        return Layers(
            field=field,
            weights=tuple(free[f"w{k}"] for k in places),
            features=(free["x"], *(free[f"f{k}"] for k in places)),
            slopes=tuple(free[f"s{k}"] for k in places),
            slopes_of_loss=free["l"],
        )


Layered: TypeAlias = NetworkPoint | GenericNetwork


@lru_cache(maxsize=64)
def layers(s: Layered) -> Layers:
    """The pass at the point, over one field that holds the slopes where they exist."""
    if isinstance(s, GenericNetwork):
        return s.layers
    places = range(1, s.depth + 1)
    kinked = "piece" in _called(s)
    field = s.residuals.field if kinked else s.at.gradient.field
    loss_slopes = _slopes(s.loss.formula, s.residuals.over(field))
    return Layers(
        field=field,
        weights=tuple(s.weights(k).over(field) for k in places),
        features=tuple(s.features(k).over(field) for k in (0, *places)),
        slopes=tuple(
            _slopes(s.network.activation_of(k).formula, s.at.preactivations(k).over(field))
            for k in places
        ),
        slopes_of_loss=None if loss_slopes is None else loss_slopes.scale(s.loss.weight(s.count)),
    )


def _called(s: NetworkPoint) -> frozenset[str]:
    formulas = [s.network.activation_of(k).formula for k in range(1, s.depth + 1)]
    return frozenset().union(*(formula.calls for formula in (*formulas, s.loss.formula)))


def _slopes(formula: Formula, at: Matrix) -> Matrix | None:
    """The derivative of a formula at each entry, or None where one entry has none."""
    if not isinstance(formula, Piece):
        return at.field.apply(derivative(formula, 1), at)
    ones = at.field.ones(*at.shape)
    right = _one_sided_values(formula, at, ones)
    return right if right == -_one_sided_values(formula, at, -ones) else None


def derivative_along(s: Layered, layer: int, tangent: Matrix) -> Scalar | None:
    """The derivative of Phi when G_k moves along the tangent (N, n_k); None where there is none."""
    if isinstance(s, GenericNetwork):
        return s.layers.along(layer, tangent)
    called = _called(s)
    if not called:
        return _quotient_limit(s, layer, tangent)
    if "piece" in called:
        right = _one_sided(s, layer, tangent)
        return right if right == -_one_sided(s, layer, -tangent) else None
    return layers(s).along(layer, tangent)


def _quotient_limit(s: NetworkPoint, layer: int, tangent: Matrix) -> Scalar:
    """The limit at h = 0 of (Phi(G_k + h tangent) - Phi(G_k)) / h, over Q(h)."""
    field = RationalFunctions(("h",))
    step = field.generator("h")
    before = s.at.preactivations(layer).over(field) + tangent.over(field).scale(step)
    for k in range(layer, s.depth + 1):
        features = field.apply(s.network.activation_of(k).formula, before)
        if k < s.depth:
            ones = field.ones(s.count, 1)
            before = features @ s.weights(k + 1).T + ones @ s.parameters.biases[k].T
    residuals = features - s.samples.targets.over(field)
    moved = entry_sum(field.apply(s.loss.formula, residuals)) * s.loss.weight(s.count)
    return limit_at_zero((moved - s.at.value) / step, "h")


def _one_sided(s: NetworkPoint, layer: int, tangent: Matrix) -> Scalar:
    """The derivative of Phi from one side when G_k starts to move along the tangent."""
    moved = tangent
    for k in range(layer, s.depth + 1):
        if k > layer:
            moved = moved @ s.weights(k).T
        sigma = s.network.activation_of(k).formula
        moved = _one_sided_values(sigma, s.at.preactivations(k), moved)
    total = entry_sum(_one_sided_values(s.loss.formula, s.residuals, moved))
    return total * s.loss.weight(s.count)


def _one_sided_values(formula: Formula, at: Matrix, moved: Matrix) -> Matrix:
    """The derivative of a formula at each entry, times how the entry moves; pieces join at 0."""
    rows = []
    for values, directions in zip(at.tolist(), moved.tolist(), strict=True):
        row = []
        for value, direction in zip(values, directions, strict=True):
            branch = formula
            if isinstance(formula, Piece):
                rightwards = (value.sign() or direction.sign()) > 0
                branch = formula.right if rightwards else formula.left
            slope = evaluated(derivative(branch, 1), value.raw, at.field)
            row.append(direction * at.field.scalar(slope))
        rows.append(row)
    return at.field.matrix(rows)


def depth(s: Layered) -> int:
    """The number of layers L."""
    return len(_widths(s)) - 1


def _widths(s: Layered) -> tuple[int, ...]:
    return s.widths if isinstance(s, GenericNetwork) else s.network.widths


def _field(s: Layered) -> Field:
    return s.layers.field if isinstance(s, GenericNetwork) else s.residuals.field


def _gathered(
    s: Layered, layer: int, height: int, tangent: Callable[[int, int], Matrix]
) -> Matrix | None:
    """The matrix (height, n_k) of derivatives along the tangents (r, s); None if one is missing."""
    rows = []
    for r in range(height):
        row = []
        for unit in range(_widths(s)[layer]):
            value = derivative_along(s, layer, tangent(r, unit))
            if value is None:
                return None
            row.append(value)
        rows.append(row)
    field = rows[0][0].field
    for value in chain.from_iterable(rows):
        field = common_field(field, value.field)
    return field.matrix(rows)


def _unit_row(s: Layered, layer: int, unit: int) -> Matrix:
    return _field(s).matrix([[int(j == unit) for j in range(_widths(s)[layer])]])


@lru_cache(maxsize=256)
def errors_by_definition(s: Layered, layer: int) -> Matrix | None:
    """Delta_k (N, n_k): entry (i, j) is the derivative of Phi by g_kj(x_i)."""

    def tangent(sample: int, unit: int) -> Matrix:
        column = _field(s).matrix([[int(i == sample)] for i in range(s.count)])
        return column @ _unit_row(s, layer, unit)

    return _gathered(s, layer, s.count, tangent)


@lru_cache(maxsize=256)
def weight_gradient_by_definition(s: Layered, layer: int) -> Matrix | None:
    """The gradient by the paper's W_k (n_{k-1}, n_k).

    Moving entry (r, s) moves column s of G_k by column r of F_{k-1}.
    """
    below = s.layers.features[layer - 1] if isinstance(s, GenericNetwork) else s.features(layer - 1)
    return _gathered(
        s, layer, _widths(s)[layer - 1], lambda r, unit: below.column(r) @ _unit_row(s, layer, unit)
    )


@lru_cache(maxsize=256)
def bias_gradient_by_definition(s: Layered, layer: int) -> Matrix | None:
    """The gradient by b_k (n_k, 1): moving entry s moves column s of G_k by ones."""
    ones = _field(s).ones(s.count, 1)
    row = _gathered(s, layer, 1, lambda _, unit: ones @ _unit_row(s, layer, unit))
    return None if row is None else row.T
