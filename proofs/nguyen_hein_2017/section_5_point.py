"""Section 5: classified samples, losses of the true and of the wrong classes, and eq. (4).

Notation: C_1, ..., C_m the classes; y_ij the label of sample i for class j; l1 the loss of the
entry (i, j) of F_L - Y if x_i lies in C_j, and l2 otherwise; Phi their sum. The layer k may be 0:
F_0 = X. `weights` W_k (n_k, n_{k-1}) are the transposes of the paper's.

Objects: ClassifiedPoint; classified. Losses: TRUE_SQUARES and WRONG_SQUARES of Figure 2.
Functions: separating_point.

Source: NH17, Section 5, eq. (4) and Figure 2.

Design notes. Each sample lies in one of m classes, and a class may be empty; the classes are
numbered from 1. The network below the loss is that of section 2, so its features, slopes and the
backward recursion come from there; only the slopes of the loss differ from entry to entry.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Any

from symbolic_landscape.arithmetic import QQ, Field, Matrix, Scalar
from symbolic_landscape.errors import DomainError, ShapeError
from symbolic_landscape.former.lemma import Instance
from symbolic_landscape.formula import ZERO, Formula, Piece, T, derivative, evaluated
from symbolic_landscape.functions.activations import Activation, ScalarLoss
from symbolic_landscape.networks import Network, Parameters, Samples
from symbolic_landscape.proofs.common.minima import BALLS, ball_features, other_points
from symbolic_landscape.proofs.common.points import NetworkPoint
from symbolic_landscape.proofs.nguyen_hein_2017.derivatives import Layers, entry_sum, layers
from symbolic_landscape.proofs.nguyen_hein_2017.section_5_hyperplanes import (
    class_sign,
    separating_hyperplanes,
)

TRUE_SQUARES = ScalarLoss.of(Piece(T**2, ZERO, 1))
WRONG_SQUARES = ScalarLoss.of(Piece(ZERO, T**2, 1))

SQUASHING = tuple(map(Activation.of, ("sigmoid", "tanh")))

SCALES = (1, 4, 16, 256, 2**16)
"""The steepness of the networks that are tried as separating ones."""


@dataclass(frozen=True, kw_only=True)
class ClassifiedPoint(Instance):
    """A network, classified samples with labels, two losses, a point, and a layer to look at."""

    network: Network
    samples: Samples
    classes: tuple[int, ...]
    parameters: Parameters
    true_loss: ScalarLoss = TRUE_SQUARES
    wrong_loss: ScalarLoss = WRONG_SQUARES
    layer: int = 0

    def __post_init__(self) -> None:
        """Raises ShapeError when samples, classes or parameters do not fit the network."""
        self.network.need_samples(self.samples)
        self.network.need_parameters(self.parameters)
        outputs = self.network.outputs
        if len(self.classes) != self.samples.count or not set(self.classes) <= {
            *range(1, outputs + 1)
        }:
            message = (
                f"classified point {self.name!r}: one class from 1 to {outputs} for each of "
                f"{self.samples.count} samples was needed, got {self.classes}"
            )
            raise ShapeError(message)

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        parts = (self.network, self.samples, self.classes, self.parameters, self.layer)
        return hash((parts, self.true_loss, self.wrong_loss))

    @cached_property
    def below_loss(self) -> NetworkPoint:
        """The same network, samples and parameters as a point of section 2, with squared loss."""
        return NetworkPoint(
            name=self.name,
            network=self.network,
            samples=self.samples,
            parameters=self.parameters,
            loss=ScalarLoss.of("sum"),
            layer=self.layer,
        )

    @property
    def activations(self) -> tuple[Activation, ...]:
        """The distinct activations of the layers, hidden ones first."""
        return self.below_loss.activations

    @property
    def depth(self) -> int:
        """The number of layers L."""
        return self.network.depth

    @property
    def count(self) -> int:
        """The number of samples N."""
        return self.samples.count

    def integers(self) -> Mapping[str, int]:
        """1 or 0: separable features, full column rank above, labels and activations as named."""
        found = separating_hyperplanes(
            self.features_with_ones(self.layer), self.classes, self.network.outputs
        )
        upper = map(self.weights, range(self.layer + 2, self.depth + 1))
        labels = all(self.samples.targets[p] == self.sign_of(*p) for p in self.places)
        return {
            "separable": int(isinstance(found, Matrix)),
            "pyramid": int(all(weights.rank() == weights.shape[0] for weights in upper)),
            "squashed": int(labels and set(self.activations) <= set(SQUASHING)),
        }

    def weights(self, layer: int) -> Matrix:
        """W_k (n_k, n_{k-1}) for k = 1..L."""
        return self.parameters.weights[layer - 1]

    def features(self, layer: int) -> Matrix:
        """F_k (N, n_k) for k = 0..L; F_0 = X."""
        return self.below_loss.features(layer)

    def features_with_ones(self, layer: int) -> Matrix:
        """[F_k, 1] (N, n_k + 1)."""
        return self.below_loss.features_with_ones(layer)

    @property
    def residuals(self) -> Matrix:
        """F_L - Y (N, m)."""
        return self.below_loss.residuals

    @property
    def places(self) -> tuple[tuple[int, int], ...]:
        """All (i, j), sample and output, from 0."""
        return tuple((i, j) for i in range(self.count) for j in range(self.network.outputs))

    def sign_of(self, sample: int, output: int) -> int:
        """1 if the sample lies in the class of the output, counted from 0, else -1."""
        return class_sign(self.classes, sample, output + 1)

    def loss_of(self, sample: int, output: int) -> ScalarLoss:
        """The loss of entry (i, j), counted from 0: l1 if x_i lies in the class j, else l2."""
        return self.true_loss if self.sign_of(sample, output) > 0 else self.wrong_loss

    @cached_property
    def backward(self) -> Layers:
        """Features, slopes and loss slopes l'(F_L - Y) (N, m) over one field.

        The loss slopes are None where one entry has no derivative.
        """
        left, right = self.one_sided_loss_slopes
        slopes = right if left == right else None
        return replace(layers(self.below_loss), slopes_of_loss=slopes)

    @cached_property
    def one_sided_loss_slopes(self) -> tuple[Matrix, Matrix]:
        """The slopes of the losses at the residuals (N, m), from the left and from the right."""
        field = layers(self.below_loss).field
        pairs = [
            [_one_sided(self.loss_of(i, j).formula, a) for j, a in enumerate(row)]
            for i, row in enumerate(self.residuals.over(field).tolist())
        ]
        return _two_matrices(field, pairs)

    def one_sided_slopes(self, layer: int) -> tuple[Matrix, Matrix]:
        """The slopes of sigma at G_k (N, n_k), from the left and from the right."""
        passed, sigma = layers(self.below_loss), self.network.activation_of(layer).formula
        if not isinstance(sigma, Piece):
            return passed.slope(layer), passed.slope(layer)
        before = self.below_loss.at.preactivations(layer).over(passed.field)
        pairs = [[_one_sided(sigma, value) for value in row] for row in before.tolist()]
        return _two_matrices(passed.field, pairs)

    @property
    def objective(self) -> Scalar:
        """Phi at the point. Raises DomainError where no field holds it."""
        return _objective(self, self.residuals)

    @cached_property
    def gradient(self) -> tuple[Scalar, ...]:
        """The derivatives of Phi by all weights and biases, each by the chain rule forward.

        The order is layer by layer, unit by unit, weights before the bias. Raises SmoothnessError
        where a loss has no derivative.
        """
        passed = self.backward
        found: list[Scalar] = []
        for layer in range(1, self.depth + 1):
            below = self.features_with_ones(layer - 1).over(passed.field)
            for unit in range(self.network.widths[layer]):
                place = [[int(j == unit) for j in range(self.network.widths[layer])]]
                row = passed.field.matrix(place)
                found += [passed.along(layer, column @ row) for column in below.columns()]
        return tuple(found)

    def gradient_of(self, layer: int) -> Matrix:
        """The part of the gradient of layer k as a matrix (n_{k-1} + 1, n_k), biases last."""
        widths = self.network.widths
        sizes = [(below + 1) * above for below, above in pairwise(widths)]
        start, height = sum(sizes[: layer - 1]), widths[layer - 1] + 1
        part = self.gradient[start : start + sizes[layer - 1]]
        units = range(widths[layer])
        rows = [[part[unit * height + r] for unit in units] for r in range(height)]
        return self.backward.field.matrix(rows)


@lru_cache(maxsize=1024)
def one_sided_gradient(s: ClassifiedPoint, layer: int, direction: int) -> Matrix:
    """The rates (n_{k-1} + 1, n_k) at which Phi starts to change with each parameter of layer k.

    The parameter moves in the direction 1 or -1; the biases come last.
    """
    field = layers(s.below_loss).field
    below = s.features_with_ones(layer - 1).over(field)
    rows: list[list[Scalar]] = []
    for column in below.columns():
        row: list[Scalar] = []
        for unit in range(s.network.widths[layer]):
            place = [[direction * int(j == unit) for j in range(s.network.widths[layer])]]
            row.append(_rate(s, layer, column @ field.matrix(place)))
        rows.append(row)
    return field.matrix(rows)


def _rate(s: ClassifiedPoint, layer: int, moved: Matrix) -> Scalar:
    """The rate at which Phi starts to change when G_k (N, n_k) does at these rates."""
    for k in range(layer, s.depth + 1):
        if k > layer:
            moved = moved @ s.weights(k).over(moved.field).T
        moved = _turned(moved, *s.one_sided_slopes(k))
    return entry_sum(_turned(moved, *s.one_sided_loss_slopes))


def _turned(moved: Matrix, left: Matrix, right: Matrix) -> Matrix:
    """The rates after a function with these slopes for falling and for rising arguments."""
    if left == right:
        return moved.hadamard(right)
    rows = [
        [rate * (slopes[rate.sign() > 0]) for rate, *slopes in zip(*rows, strict=True)]
        for rows in zip(moved.tolist(), left.tolist(), right.tolist(), strict=True)
    ]
    return moved.field.matrix(rows)


def _one_sided(formula: Formula, at: Scalar) -> tuple[Scalar, Scalar]:
    """The slopes from the left and from the right; two pieces join at 0."""
    left, right = formula, formula
    if isinstance(formula, Piece):
        sign = at.sign()
        left = formula.right if sign > 0 else formula.left
        right = formula.left if sign < 0 else formula.right
    below = _value(derivative(left, 1), at)
    return below, below if left == right else _value(derivative(right, 1), at)


def _two_matrices(
    field: Field, pairs: Sequence[Sequence[tuple[Scalar, Scalar]]]
) -> tuple[Matrix, Matrix]:
    left = [[pair[0] for pair in row] for row in pairs]
    return field.matrix(left), field.matrix([[pair[1] for pair in row] for row in pairs])


def _value(formula: Formula, at: Scalar) -> Scalar:
    return Scalar(at.field, evaluated(formula, at.raw, at.field))


def _objective(s: ClassifiedPoint, residuals: Matrix) -> Scalar:
    field: Field = residuals.field
    rows = [
        [_value(s.loss_of(i, j).formula, a) for j, a in enumerate(row)]
        for i, row in enumerate(residuals.tolist())
    ]
    return entry_sum(field.matrix(rows))


def objective_in_balls(s: ClassifiedPoint, parameters: Parameters) -> Scalar | None:
    """Phi in balls at other parameters; None where a residual cannot be told from 0."""
    outputs = ball_features(s.below_loss, parameters, s.depth)
    try:
        return _objective(s, outputs - s.samples.targets.over(BALLS))
    except DomainError:
        return None


def candidates(s: ClassifiedPoint) -> Iterator[tuple[str, Parameters]]:
    """Points to compare with, each with words for it: separating networks, then general ones."""
    for layer in range(s.depth):
        for scale in SCALES:
            found = separating_point(s, layer, scale)
            if found is not None:
                yield f"layers above {layer} that separate the classes at scale {scale}", found
    yield from other_points(_with_slack(s))
    yield from other_points(s.below_loss)


def _with_slack(s: ClassifiedPoint) -> NetworkPoint:
    """The point below the loss with each label moved by one to where its loss is 0."""
    signs = QQ.matrix([[s.sign_of(i, j) for j in range(s.network.outputs)] for i in range(s.count)])
    moved = s.samples.targets + signs
    return replace(s.below_loss, samples=Samples(inputs=s.samples.inputs, targets=moved))


def separating_point(s: ClassifiedPoint, layer: int, scale: int) -> Parameters | None:
    """The point with the layers above k replaced, so that output j is large on class j alone.

    Unit j of layer k + 1 looks across the hyperplane of class j, and unit j of each higher layer
    at unit j below. None if the features of layer k are not rational or not separable, or a layer
    is narrower than the output.
    """
    outputs = s.network.outputs
    if min(s.network.widths[layer + 1 :]) < outputs:
        return None
    planes = _rational_planes(s, layer)
    if planes is None:
        return None
    weights, biases = list(s.parameters.weights), list(s.parameters.biases)
    for k in range(layer + 1, s.depth + 1):
        units, below = s.network.widths[k], s.network.widths[k - 1]
        rows = [[0] * (below + 1) for _ in range(units)]
        if k == layer + 1:
            filled: Sequence[Sequence[Any]] = [row.tolist()[0] for row in planes.T.rows()]
        else:
            middle = _middle_value(s.network.activation_of(k - 1))
            if middle is None:
                return None
            filled = [[*(int(j == unit) for j in range(below)), -middle] for unit in range(outputs)]
        table = QQ.matrix([*filled, *rows[outputs:]]).scale(scale)
        weights[k - 1] = table.submatrix(range(units), range(below))
        biases[k - 1] = table.submatrix(range(units), [below])
    return Parameters(weights=weights, biases=biases)


def _rational_planes(s: ClassifiedPoint, layer: int) -> Matrix | None:
    rows = [
        [value.field.rational_value(value.raw) for value in row]
        for row in s.features_with_ones(layer).tolist()
    ]
    if any(value is None for row in rows for value in row):
        return None
    found = separating_hyperplanes(QQ.matrix(rows), s.classes, s.network.outputs)
    return found if isinstance(found, Matrix) else None


def _middle_value(activation: Activation) -> Scalar | None:
    """sigma(0) where it is rational."""
    try:
        return QQ.scalar(evaluated(activation.formula, QQ.constant(ZERO.value), QQ))
    except DomainError:
        return None


def classified(
    name: str,
    *,
    widths: Sequence[int],
    activation: str | Formula | Activation,
    inputs: Any,
    labels: Any,
    classes: Sequence[int],
    weights: Any,
    biases: Any,
    layer: int = 0,
    true_loss: ScalarLoss = TRUE_SQUARES,
    wrong_loss: ScalarLoss = WRONG_SQUARES,
) -> ClassifiedPoint:
    """The classified point with these data; the output layer has the same activation."""
    return ClassifiedPoint(
        name=name,
        network=Network(widths=widths, activation=activation, output_activation=activation),
        samples=Samples(inputs=inputs, targets=labels),
        classes=tuple(classes),
        parameters=Parameters(weights=weights, biases=biases),
        true_loss=true_loss,
        wrong_loss=wrong_loss,
        layer=layer,
    )
