"""Networks with a wide layer, and paths of outputs, activations and pre-activations (section 6).

Notation: N samples; a^l (n_l, N) activations and n^l (n_l, N) pre-activations of layer l; w^l (n_l,
n_{l-1}) weights and w_0^l biases; l* the wide layer; (c, d) the image of sigma. In code F_l (N,
n_l) is the transpose of a^l.

Objects: WideTask, PathTask, ActivationPath, OutputPath.

Design notes. A path of matrices is given by its values at t = 0, 1/k, ..., 1 and is straight
between them; a path of pre-activations is given by its distance from the start, which need not be
rational. A rank that is full is shown in balls, one that is not full in an exact field. A point
near w is sought among small rational changes of w, always the same ones.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import combinations, pairwise
from math import isqrt
from random import Random
from typing import TypeAlias

from symbolic_landscape.arithmetic import (
    QQ,
    BallField,
    Field,
    Matrix,
    RationalFunctions,
    Scalar,
    rank_at_least,
)
from symbolic_landscape.errors import DomainError, ShapeError
from symbolic_landscape.former.lemma import Instance
from symbolic_landscape.formula import Formula, derivative, evaluated
from symbolic_landscape.functions import Infinity
from symbolic_landscape.functions.activations import Activation
from symbolic_landscape.networks import Network, Parameters, Samples

Rows: TypeAlias = tuple[tuple[Fraction | int, ...], ...]

BALLS = BallField(192)
"""The balls for values."""

PRECISIONS = (192, 4096)
"""Bits of the balls in which a full rank is shown; saturated neurons need the many."""

TRIES = 6
"""How many changes of the parameters are tried."""


# --- activations -----


def value_at(formula: Formula, point: Fraction | int = 0) -> Scalar:
    """The value of a formula at a rational point, in Q where it lies there, else as a ball."""
    try:
        return Scalar(QQ, evaluated(formula, QQ.constant(Fraction(point)), QQ))
    except DomainError:
        return Scalar(BALLS, evaluated(formula, BALLS.constant(Fraction(point)), BALLS))


def image_ends(sigma: Activation) -> tuple[Scalar | None, Scalar | None]:
    """The ends c and d of the image (c, d) of a continuous activation; None stands for infinity.

    Raises DomainError unless it is continuously differentiable, and is strictly increasing with
    known limits or goes from -infinity to +infinity.
    """
    limits = sigma.limits()
    if not (limits.is_holds and sigma.continuously_differentiable().is_holds):
        message = f"image of {sigma}: a smooth activation with known limits was needed"
        raise DomainError(message)
    left, right = limits.data["left"], limits.data["right"]
    if left == Infinity(-1) and right == Infinity(1):
        return None, None
    if not sigma.strictly_increasing().is_holds:
        message = f"image of {sigma}: an increasing activation was needed to read it off the limits"
        raise DomainError(message)
    return _end(left), _end(right)


def _end(limit: Formula | Infinity) -> Scalar | None:
    return value_at(limit) if isinstance(limit, Formula) else None


# --- networks -----


@dataclass(frozen=True, kw_only=True)
class WideTask(Instance):
    """A regression network with its samples, parameters w, a radius, and the number l* of a layer.

    Raises ShapeError when samples or parameters do not fit, or l* is no hidden layer.
    """

    network: Network
    samples: Samples
    parameters: Parameters
    radius: Fraction = Fraction(1)
    layer: int = 1

    def __post_init__(self) -> None:
        """Check the shapes."""
        self.network.need_samples(self.samples)
        self.network.need_parameters(self.parameters)
        if not 1 <= self.layer < self.network.depth:
            message = (
                f"task: a hidden layer below {self.network.depth} was needed, got {self.layer}"
            )
            raise ShapeError(message)

    @property
    def sigma(self) -> Activation:
        """The activation of the hidden layers."""
        return self.network.activation

    @property
    def widths(self) -> tuple[int, ...]:
        """n_0, ..., n_L."""
        return self.network.widths

    @property
    def depth(self) -> int:
        """The number L of layers."""
        return self.network.depth

    @property
    def count(self) -> int:
        """The number N of samples."""
        return self.samples.count

    @property
    def targets(self) -> tuple[Fraction, ...]:
        """y_1, ..., y_N, of the single output."""
        return tuple(row[0].rational() for row in self.samples.targets.tolist())

    def weights(self, layer: int, parameters: Parameters | None = None) -> Matrix:
        """w^l (n_l, n_{l-1})."""
        return (parameters or self.parameters).weights[layer - 1]

    def features(self, layer: int, field: Field | None, at: Parameters | None = None) -> Matrix:
        """F_l (N, n_l) over the field, or the smallest exact one. Raises DomainError if none is."""
        point = at or self.parameters
        last = self.sigma if layer < self.depth else self.network.output_activation
        below = Network(self.widths[: layer + 1], self.sigma, last)
        zeros = QQ.zeros(self.count, self.widths[layer])
        cut = Parameters(point.weights[:layer], point.biases[:layer])
        surface = below.loss(Samples(self.samples.inputs, zeros))
        return surface.at(cut, field).features(layer)

    def enclosed_features(self, at: Parameters | None = None) -> Matrix:
        """F_{l*} (N, n_{l*}) in balls, sharp enough to show the rank N where some bits are."""
        found = self.features(self.layer, BallField(PRECISIONS[0]), at)
        for bits in PRECISIONS[1:]:
            if not rank_at_least(found, self.count).is_undecided:
                break
            found = self.features(self.layer, BallField(bits), at)
        return found

    @property
    def distinct_inputs(self) -> int:
        """How many of the inputs are different."""
        return len({tuple(row) for row in self.samples.inputs.tolist()})

    def rank_bound(self) -> tuple[int, str]:
        """A number that the rank of a^{l*} exceeds at no parameters, and why."""
        slope = derivative(self.sigma.formula)
        bounds = [
            (self.widths[self.layer], "the number of neurons"),
            (self.distinct_inputs, "the number of different inputs"),
        ]
        if slope.is_constant:
            ones = QQ.ones(self.count, 1)
            affine = self.samples.inputs.hstack(ones).rank()
            constant = value_at(slope).is_zero
            bounds.append((1, "constant layers") if constant else (affine, "affine layers"))
        return min(bounds)

    def changes(self, radius: Fraction) -> Iterator[tuple[Parameters, Scalar]]:
        """Parameters in the open ball around w, w first, with the squares of their distances."""
        start = self.network.vector(self.parameters)
        yield self.parameters, QQ.scalar(0)
        random = Random(0)
        scale = radius / (8 * (isqrt(len(start)) + 1))
        for _ in range(TRIES):
            moves = [scale * random.randint(-8, 8) for _ in start]
            moved = [value + move for value, move in zip(start, moves, strict=True)]
            yield self.network.parameters(moved), QQ.scalar(sum(move**2 for move in moves))

    def is_generic(self, at: Parameters) -> bool:
        """Whether a^{l*} certainly has rank N and the weights w^l, l > l* + 1, have full rank."""
        later = (self.weights(k, at) for k in range(self.layer + 2, self.depth + 1))
        if any(w.rank() < min(w.shape) for w in later):
            return False
        return rank_at_least(self.enclosed_features(at), self.count).is_holds

    def generic(self, radius: Fraction) -> tuple[Parameters, Scalar] | None:
        """A generic point in the open ball around w and its squared distance, if one is found."""
        if radius <= 0 or self.rank_bound()[0] < self.count:
            return None
        return next((found for found in self.changes(radius) if self.is_generic(found[0])), None)

    @cached_property
    def nearby(self) -> tuple[Parameters, Scalar] | None:
        """A generic point less than the radius away, with the square of its distance."""
        return self.generic(self.radius)

    @cached_property
    def anywhere(self) -> Parameters | None:
        """Generic parameters, near or far."""
        found = self.generic(Fraction(8 * self.network.parameter_count))
        return None if found is None else found[0]

    def unattainable(self) -> str:
        """Why no parameters give every target, or the empty string where no reason is known."""
        inputs = [tuple(row) for row in self.samples.inputs.tolist()]
        targets = self.targets
        for i, j in combinations(range(self.count), 2):
            if inputs[i] == inputs[j] and targets[i] != targets[j]:
                return f"samples {i} and {j} have the same input and different targets"
        if derivative(self.sigma.formula).is_constant:
            affine = self.samples.inputs.hstack(QQ.ones(self.count, 1))
            if affine.hstack(self.samples.targets).rank() > affine.rank():
                return "the network is affine, and the targets are not"
        if set(self.widths) == {1} and self.sigma.strictly_increasing().is_holds:
            ordered = [y for _, y in sorted(zip(inputs, targets, strict=True))]
            if not _is_monotone(ordered):
                return "a chain of single neurons is monotone, and the targets are not"
        return ""


def _is_monotone(values: Sequence[Fraction]) -> bool:
    steps = [b - a for a, b in pairwise(values)]
    return all(s >= 0 for s in steps) or all(s <= 0 for s in steps)


@dataclass(frozen=True, kw_only=True)
class PathTask(WideTask):
    """A network and a path that a layer is to follow from where it is.

    `nodes` are the distances from the start at t = 1/k, ..., 1: matrices (n_{l+1}, N) for the
    pre-activations of layer l + 1, or (1, N) for the output. None is the straight path of the
    output to the targets. Raises ShapeError when a node has another number of samples.
    """

    nodes: tuple[Rows, ...] | None = None

    def __post_init__(self) -> None:
        """Check the shapes."""
        super().__post_init__()
        for rows in self.nodes or ():
            if not rows or any(len(row) != self.count for row in rows):
                message = f"path: rows of {self.count} samples were needed, got {rows}"
                raise ShapeError(message)

    @cached_property
    def steps(self) -> tuple[Matrix, ...]:
        """The distances from the start over Q. Raises DomainError for the path to the targets."""
        if self.nodes is None:
            message = "path: it leads to the targets, and its start need not be rational"
            raise DomainError(message)
        return tuple(QQ.matrix(rows) for rows in self.nodes)

    @cached_property
    def activations(self) -> Matrix:
        """a^l (n_l, N) in balls."""
        return self.features(self.layer, BALLS).T

    @property
    def next_weights(self) -> Matrix:
        """w^{l+1} (n_{l+1}, n_l)."""
        return self.weights(self.layer + 1)

    def separates_equal_inputs(self) -> bool:
        """Whether the path moves two samples with the same input apart."""
        inputs = [tuple(row) for row in self.samples.inputs.tolist()]
        pairs = [p for p in combinations(range(self.count), 2) if inputs[p[0]] == inputs[p[1]]]
        return self.nodes is not None and any(
            step.column(i) != step.column(j) for step in self.steps for i, j in pairs
        )


def right_inverse(weights: Matrix) -> tuple[Matrix, tuple[int, ...]] | None:
    """R (n, n') with w R = 1, zero but in some rows, and the numbers of those rows."""
    height, width = weights.shape
    _, pivots = weights.row_reduced()
    if len(pivots) < height:
        return None
    block = weights.submatrix(range(height), pivots).inverse()
    rows = [block.tolist()[pivots.index(j)] if j in pivots else [0] * height for j in range(width)]
    return weights.field.matrix(rows), pivots


@dataclass(frozen=True, kw_only=True)
class ActivationPath(Instance):
    """A path of a matrix of activations, straight between its nodes at t = 0, 1/k, ..., 1."""

    activation: str
    nodes: tuple[Rows, ...]

    @property
    def sigma(self) -> Activation:
        """The activation."""
        return Activation.of(self.activation)

    @property
    def entries(self) -> tuple[tuple[Fraction, ...], ...]:
        """The nodes of each entry."""
        flat = [[Fraction(x) for row in rows for x in row] for rows in self.nodes]
        return tuple(zip(*flat, strict=True))


@dataclass(frozen=True, kw_only=True)
class OutputPath(Instance):
    """Predictions z, targets y, and how far z + s(t) (y - z) has gone at t.

    A text is a free symbol. `progress` are the coefficients of the polynomial s, from s(0) on.
    """

    predictions: tuple[Fraction | int | str, ...]
    targets: tuple[Fraction | int | str, ...]
    progress: tuple[Fraction | int, ...] = (0, 1)

    def __post_init__(self) -> None:
        """Raises ShapeError when there are not as many targets as predictions, or none."""
        if not self.targets or len(self.targets) != len(self.predictions):
            message = (
                f"path: as many predictions as targets were needed, at least one, got "
                f"{self.predictions} and {self.targets}"
            )
            raise ShapeError(message)

    @cached_property
    def field(self) -> RationalFunctions:
        """Q(t, ...) with every symbol of the data."""
        names = {v for v in (*self.predictions, *self.targets) if isinstance(v, str)}
        return RationalFunctions(("t", *sorted(names)))

    def _column(self, values: Sequence[Fraction | int | str]) -> Matrix:
        field = self.field
        return field.matrix([[field.generator(v) if isinstance(v, str) else v] for v in values])

    @property
    def t(self) -> Scalar:
        """The parameter of the path."""
        return self.field.generator("t")

    @cached_property
    def z(self) -> Matrix:
        """The predictions (N, 1)."""
        return self._column(self.predictions)

    @cached_property
    def y(self) -> Matrix:
        """The targets (N, 1)."""
        return self._column(self.targets)

    @cached_property
    def outputs(self) -> Matrix:
        """f_Gamma(t) (N, 1) over Q(t, ...)."""
        share = self.field.scalar(0)
        for power, coefficient in enumerate(self.progress):
            share = share + self.t**power * coefficient
        return self.z + (self.y - self.z).scale(share)


def squared_norm(column: Matrix) -> Scalar:
    """The sum of the squares of the entries of a column."""
    return (column.T @ column)[0, 0]
