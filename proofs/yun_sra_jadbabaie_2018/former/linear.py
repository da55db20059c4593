"""Data and points of deep linear networks, in the paper's own layout, and the curves through them.

Notation (columns are samples): X (d_x, m) inputs, Y (d_y, m) targets, W_k (d_k, d_{k-1}) for
k = 1..H+1, R = W_{H+1} ... W_1, P = W_H ... W_1, E = (R X - Y) X^T, L(W) = |R X - Y|^2 / 2.
The procedure of Appendix B adds a random Delta_k, uniform on a ball, to one layer after another:
V_k = W_k + Delta_k. After stage i the product in hand is W_{H+1} ... W_{i+1} V_i ... V_1.

Objects: LinearData, DeepLinear.

Design notes. L is a polynomial on every line through a point, so its coefficients along a line are
exact, and the lowest one that is not zero decides whether the line rises or falls near the point. A
set of draws is null when a polynomial vanishes on it and not everywhere; so "almost surely" is
decided by one exact draw, against an upper bound of the rank that holds for all draws.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache, reduce
from itertools import islice
from random import Random
from typing import TypeAlias

from symbolic_landscape.arithmetic import QQ, Field, Matrix, RationalFunctions, Scalar
from symbolic_landscape.critical.deep_linear import (
    DeepLinearPoint,
    WeightCurve,
    attains_relaxed_optimum,
    saddle_curves,
)
from symbolic_landscape.errors import ShapeError
from symbolic_landscape.former.lemma import Instance

Rows: TypeAlias = tuple[tuple[int | Fraction | str, ...], ...]
"""The rows of a matrix; a text is a free symbol."""

FACTORS = {"half": Fraction(1, 2), "sum": Fraction(1)}
"""The factor before the squared error; the paper's is `half`."""

TRIES = 160
"""How many directions are looked at for one that rises or falls."""

FIRST = 6
"""How many of them come before curves."""


@dataclass(frozen=True, kw_only=True)
class LinearData(Instance):
    """Inputs X (d_x, m) and targets Y (d_y, m), one column for each sample.

    Raises ShapeError when the rows are uneven or the numbers of samples differ.
    """

    inputs: Rows
    targets: Rows

    def __post_init__(self) -> None:
        """Check the shapes."""
        lengths = {len(row) for row in (*self.inputs, *self.targets)}
        if len(lengths) != 1 or not self.inputs or not self.targets or 0 in lengths:
            message = (
                "data: rows of one length were needed for inputs and targets, "
                f"got {self.inputs} and {self.targets}"
            )
            raise ShapeError(message)

    @cached_property
    def field(self) -> Field:
        """Q, or Q(x, y, ...) with every symbol of the data."""
        names = sorted({v for rows in self._tables() for row in rows for v in row if _named(v)})
        return RationalFunctions(tuple(map(str, names))) if names else QQ

    def _tables(self) -> tuple[Rows, ...]:
        return (self.inputs, self.targets)

    def matrix(self, rows: Rows) -> Matrix:
        """The matrix with these rows over the field of the data."""
        field = self.field
        if not isinstance(field, RationalFunctions):
            return field.matrix(rows)
        return field.matrix(
            [[field.generator(v) if isinstance(v, str) else v for v in row] for row in rows]
        )

    @cached_property
    def X(self) -> Matrix:
        """X (d_x, m)."""
        return self.matrix(self.inputs)

    @cached_property
    def Y(self) -> Matrix:
        """Y (d_y, m)."""
        return self.matrix(self.targets)

    @property
    def input_width(self) -> int:
        """d_x."""
        return len(self.inputs)

    @property
    def output_width(self) -> int:
        """d_y."""
        return len(self.targets)

    @property
    def count(self) -> int:
        """The number m of samples."""
        return len(self.inputs[0])

    @cached_property
    def fitted(self) -> Matrix:
        """Y X^T (X X^T)^-1 X (d_y, m). Raises DomainError where X X^T is singular."""
        return self.Y @ self.X.T @ (self.X @ self.X.T).inverse() @ self.X

    def integers(self) -> Mapping[str, int]:
        """Sizes, ranks, and the numbers of singular values of F = Y X^T (X X^T)^-1 X, over Q."""
        if self.field != QQ:
            return {}
        sizes = {"inputs": self.input_width, "outputs": self.output_width, "samples": self.count}
        ranks = {
            "input_rank": (self.X @ self.X.T).rank(),
            "correlation_rank": (self.Y @ self.X.T).rank(),
        }
        if ranks["input_rank"] < self.input_width:
            return {**sizes, **ranks}
        fitted = self.fitted
        wide = fitted.shape[0] <= fitted.shape[1]
        gram = fitted @ fitted.T if wide else fitted.T @ fitted
        coefficients = gram.raw.charpoly().coeffs()
        zeros = next(i for i, value in enumerate(coefficients) if value)
        values = {"values": gram.shape[0], "zero_values": zeros, "fitted_rank": fitted.rank()}
        return {**sizes, **ranks, **values}

    @cached_property
    def least_risk(self) -> Scalar:
        """Half the square of Y off the row space of X: the least |R X - Y|^2 / 2 over all R."""
        _, pivots = self.X.T.row_reduced()
        basis = self.X.submatrix(pivots, range(self.count))
        rest = self.Y
        if pivots:
            rest = rest - rest @ basis.T @ (basis @ basis.T).inverse() @ basis
        return squared_norm(rest) * Fraction(1, 2)


def _named(value: object) -> bool:
    return isinstance(value, str)


@dataclass(frozen=True, kw_only=True)
class DeepLinear(LinearData):
    """A deep linear network at a point W = (W_1, ..., W_{H+1}), and a stage of the procedure.

    `perturbed` counts the layers whose weights the procedure has perturbed, from the first on; None
    is all of them. Raises ShapeError when shapes do not fit.
    """

    weights: tuple[Rows, ...]
    perturbed: int | None = None
    convention: str = "half"

    def __post_init__(self) -> None:
        """Check that shapes, stage and convention fit."""
        super().__post_init__()
        widths = [len(self.inputs), *map(len, self.weights)]
        for k, rows in enumerate(self.weights):
            if not rows or any(len(row) != widths[k] for row in rows):
                message = f"weights of layer {k + 1}: {widths[k]} columns were needed, got {rows}"
                raise ShapeError(message)
        if not self.weights or widths[-1] != len(self.targets):
            message = f"weights: {len(self.targets)} outputs were needed, got {widths[-1]}"
            raise ShapeError(message)
        if not 0 <= self.stage <= len(self.weights):
            message = f"stage: from 0 to {len(self.weights)} was needed, got {self.stage}"
            raise ShapeError(message)
        if self.convention not in FACTORS:
            message = f"convention: half or sum was needed, got {self.convention!r}"
            raise ShapeError(message)

    def _tables(self) -> tuple[Rows, ...]:
        return (self.inputs, self.targets, *self.weights)

    @property
    def depth(self) -> int:
        """The number H + 1 of layers."""
        return len(self.weights)

    @property
    def stage(self) -> int:
        """How many layers the procedure has perturbed."""
        return self.depth if self.perturbed is None else self.perturbed

    @property
    def widths(self) -> tuple[int, ...]:
        """d_0, ..., d_{H+1}."""
        return (len(self.inputs), *map(len, self.weights))

    @property
    def factor(self) -> Fraction:
        """The factor before the squared error."""
        return FACTORS[self.convention]

    @cached_property
    def W(self) -> tuple[Matrix, ...]:
        """W_1, ..., W_{H+1}."""
        return tuple(map(self.matrix, self.weights))

    def product(self, layers: Sequence[Matrix], width: int) -> Matrix:
        """The product of layers listed from below, or the identity of this width for none."""
        return reduce(lambda below, above: above @ below, layers, self.field.identity(width))

    @cached_property
    def below_last(self) -> Matrix:
        """P = W_H ... W_1 (d_H, d_x)."""
        return self.product(self.W[:-1], self.input_width)

    def residual(self, weights: Sequence[Matrix]) -> Matrix:
        """W_{H+1} ... W_1 X - Y (d_y, m)."""
        return self.product(weights, self.input_width) @ self.X - self.Y

    def risk(self, weights: Sequence[Matrix]) -> Scalar:
        """The factor times |W_{H+1} ... W_1 X - Y|^2."""
        return squared_norm(self.residual(weights)) * self.factor

    def moved(self, layer: int, change: Matrix) -> tuple[Matrix, ...]:
        """The weights with a matrix added to layer k = 1..H+1."""
        return tuple(w + change if k == layer else w for k, w in enumerate(self.W, 1))

    def unit(self, layer: int, row: int, column: int) -> Matrix:
        """The matrix of the shape of W_k with a single 1."""
        height, width = self.W[layer - 1].shape
        return self.field.matrix(
            [[int((i, j) == (row, column)) for j in range(width)] for i in range(height)]
        )

    def partial(self, layer: int) -> Matrix:
        """dL/dW_k by its definition: L is quadratic in every entry, so differences are exact."""
        height, width = self.W[layer - 1].shape
        half = Fraction(1, 2)

        def entry(row: int, column: int) -> Scalar:
            unit = self.unit(layer, row, column)
            ahead = self.risk(self.moved(layer, unit))
            return (ahead - self.risk(self.moved(layer, -unit))) * half

        return self.field.matrix([[entry(i, j) for j in range(width)] for i in range(height)])

    def gradient_term(self, layer: int, weights: Sequence[Matrix] | None = None) -> Matrix:
        """W_{k+1}^T ... W_{H+1}^T (R X - Y) X^T W_1^T ... W_{k-1}^T, of the shape of W_k."""
        layers = self.W if weights is None else tuple(weights)
        above = self.product(layers[layer:], layers[layer - 1].shape[0])
        below = self.product(layers[: layer - 1], self.input_width)
        return above.T @ self.residual(layers) @ self.X.T @ below.T

    @cached_property
    def gradient(self) -> Matrix:
        """All entries of (5) for k = 1..H+1 in one column."""
        blocks = [self.gradient_term(k) for k in range(1, self.depth + 1)]
        return self.field.matrix(
            [[value] for block in blocks for row in block.tolist() for value in row]
        )

    def along(self, directions: Sequence[Matrix]) -> tuple[Scalar, ...]:
        """The coefficients of t -> L(W + t D), from t^0 on."""
        terms = [self.field.identity(self.input_width)]
        for weight, direction in zip(self.W, directions, strict=True):
            lower = [weight @ term for term in terms]
            upper = [direction @ term for term in terms]
            terms = [
                lower[0],
                *(a + b for a, b in zip(lower[1:], upper, strict=False)),
                upper[-1],
            ]
        errors = [term @ self.X for term in terms]
        errors[0] = errors[0] - self.Y
        found = [self.field.scalar(0)] * (2 * len(errors) - 1)
        for i, a in enumerate(errors):
            found[2 * i] = found[2 * i] + squared_norm(a) * self.factor
            for j, b in enumerate(errors[:i]):
                found[i + j] = found[i + j] + inner(a, b) * (2 * self.factor)
        return tuple(found)

    def directions(self) -> Iterator[tuple[Matrix, ...]]:
        """Directions to look at: the gradient, then always the same sparse matrices of -1, 0, 1."""
        yield tuple(self.gradient_term(k) for k in range(1, self.depth + 1))
        yield from sparse_directions(tuple(w.shape for w in self.W))

    @cached_property
    def rise(self) -> tuple[int, Scalar] | None:
        """The lowest power of t and its coefficient on a curve that rises near W, or None."""
        few = self.first_change(1, FIRST)
        return few or self.change_on_curve(1) or self.first_change(1)

    @cached_property
    def fall(self) -> tuple[int, Scalar] | None:
        """The lowest power of t and its coefficient on a curve that falls near W, or None."""
        few = self.first_change(-1, FIRST)
        return few or self.change_on_curve(-1) or self.first_change(-1)

    @cached_property
    def rational_point(self) -> DeepLinearPoint | None:
        """The point as the engine reads it; None with symbols."""
        return DeepLinearPoint(self.X, self.Y, self.W) if self.field.is_rational_field else None

    @cached_property
    def is_least(self) -> bool:
        """Whether the risk is seen to be the least of all maps of a rank that the widths allow."""
        point = self.rational_point
        return point is not None and attains_relaxed_optimum(point).is_holds

    @cached_property
    def curves(self) -> tuple[WeightCurve | None, WeightCurve | None]:
        """Curves on which the risk falls and rises, at a rational critical point."""
        point = self.rational_point
        return (None, None) if point is None or not point.is_critical else saddle_curves(point)

    def change_on_curve(self, sign: int) -> tuple[int, Scalar] | None:
        """As `first_change`, on a curve through a critical point that is no line."""
        falling, rising = self.curves
        curve = rising if sign > 0 else falling
        return None if curve is None else (curve.order, curve.coefficient * (self.factor * 2))

    def first_change(self, sign: int, most: int = TRIES) -> tuple[int, Scalar] | None:
        """The lowest power of t and its coefficient, on a line that rises (1) or falls (-1)."""
        for directions in islice(self.directions(), most + 1):
            for power, value in enumerate(self.along(directions)[1:], 1):
                if value.is_zero:
                    continue
                if value.sign() == sign:
                    return power, value
                if power % 2:  # the same line backwards
                    return power, -value
                break
        return None

    # --- the procedure of Appendix B -----

    def least_almost_sure_rank(self, stage: int) -> int:
        """A rank that some draw of Delta_1, ..., Delta_i gives, so almost every draw at least."""
        random = Random(0)
        best = 0
        for number in range(8):
            layers = [
                _rectangle(w.shape, random if number else None) if k < stage else w
                for k, w in enumerate(self.W)
            ]
            best = max(best, self.product(layers, self.input_width).rank())
        return best

    def most_rank(self, stage: int) -> int:
        """A rank that no draw exceeds: that of each free factor and of the unperturbed product."""
        fixed = self.product(self.W[stage:], self.widths[stage])
        return min(*self.widths[: stage + 1], fixed.rank())


@lru_cache(maxsize=64)
def sparse_directions(shapes: tuple[tuple[int, int], ...]) -> tuple[tuple[Matrix, ...], ...]:
    """Matrices of these shapes over Q with entries -1, 0 and 1, drawn once and for all."""
    random = Random(0)

    def drawn(shape: tuple[int, int], zeros: int) -> Matrix:
        height, width = shape
        choices = (-1, 1, *[0] * zeros)
        return QQ.matrix([[random.choice(choices) for _ in range(width)] for _ in range(height)])

    return tuple(tuple(drawn(shape, n % 4) for shape in shapes) for n in range(TRIES))


def _rectangle(shape: tuple[int, int], random: Random | None) -> Matrix:
    """Ones on the diagonal of a rectangle, or small numbers everywhere."""
    height, width = shape
    return QQ.matrix(
        [
            [int(i == j) if random is None else random.randint(-3, 3) for j in range(width)]
            for i in range(height)
        ]
    )


def inner(a: Matrix, b: Matrix) -> Scalar:
    """The sum of the products of corresponding entries."""
    height, width = a.shape
    ones = a.field.ones
    return (ones(1, height) @ a.hadamard(b) @ ones(width, 1))[0, 0]


def squared_norm(a: Matrix) -> Scalar:
    """The square of the Frobenius norm."""
    return inner(a, a)
