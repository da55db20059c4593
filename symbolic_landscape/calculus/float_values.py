"""Predictions and losses in floating point at many points at once: guesses, which decide nothing.

Objects: FloatValues. Functions: floats_of.

Design notes. Any loss of outputs and targets, shared and frozen parameters, and weight decay are
taken. No derivative is needed, so activations may have joints.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from symbolic_landscape.calculus.derivatives import Layer
from symbolic_landscape.formula import Formula, Piece, evaluated
from symbolic_landscape.functions.activations import ScalarLoss
from symbolic_landscape.functions.losses import CrossEntropy, LikelihoodLoss

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from symbolic_landscape.arithmetic import Matrix
    from symbolic_landscape.calculus.surface import LossSurface

    Floats = NDArray[np.floating[Any]]

LARGEST = 2**1000
"""Constants beyond this size are taken as infinite."""


class FloatValues:
    """Features and losses of a loss surface at vectors of floats.

    Raises DomainError where a number of the data is no real number.
    """

    def __init__(self, surface: LossSurface) -> None:
        import numpy as np

        network, samples = surface.network, surface.samples
        self._inputs, self.targets = floats_of(samples.inputs), floats_of(samples.targets)
        self._widths, self._bias = network.widths, network.bias
        self._slots: Sequence[int | Fraction] = network.slots
        self._layers: tuple[Layer, ...] = network.layer_formulas
        self._loss = surface.loss
        self._factor = float(surface.loss.weight(samples.total))
        weights = samples.weights
        self._shares = np.ones((1, 1)) if weights is None else floats_of(weights)
        self._decay = np.array([float(factor) for factor in surface.decay])

    def features(self, vectors: Sequence[Sequence[float]], layer: int) -> Floats:
        """F_k (M, N, n_k) at M vectors in the order of the parameters, for k = 0..L."""
        import numpy as np

        table = self._layer_entries(np.asarray(vectors, dtype=float))
        feature: Floats = np.broadcast_to(self._inputs, (len(table), *self._inputs.shape))
        at = 0
        with np.errstate(all="ignore"):
            for formulas, (below, above) in zip(
                self._layers[:layer], pairwise(self._widths), strict=False
            ):
                weights = table[:, at : at + above * below].reshape(-1, above, below)
                at += above * below
                feature = feature @ weights.transpose(0, 2, 1)
                if self._bias:
                    feature = feature + table[:, None, at : at + above]
                    at += above
                feature = _activated(formulas, feature)
        return feature

    def losses(self, vectors: Sequence[Sequence[float]]) -> Floats:
        """The losses (M,) at M vectors in the order of the parameters; nan where they overflow."""
        import numpy as np

        outputs = self.features(vectors, len(self._layers))
        with np.errstate(all="ignore"):
            losses: Floats = self._factor * (self._shares[:, 0] * self._terms(outputs)).sum(1)
            if len(self._decay):
                losses = losses + np.square(np.asarray(vectors, dtype=float)) @ self._decay
        return losses

    def _layer_entries(self, table: Floats) -> Floats:
        """The weights and biases of all layers, as rows, of rows of parameters."""
        import numpy as np

        if not self._slots:
            return table
        columns = [
            table[:, x] if isinstance(x, int) else np.full(len(table), float(x))
            for x in self._slots
        ]
        return np.stack(columns, axis=1)

    def _terms(self, outputs: Floats) -> Floats:
        """The losses (M, N) of the samples at outputs (M, N, m)."""
        import numpy as np

        targets = self.targets
        if isinstance(self._loss, ScalarLoss):
            terms = at_floats(self._loss.formula, outputs - targets)
        elif isinstance(self._loss, LikelihoodLoss):
            terms = at_floats(self._loss.formula, outputs) - targets * outputs
        else:
            assert isinstance(self._loss, CrossEntropy)
            most = outputs.max(2, keepdims=True)
            logarithms = most + np.log(np.exp(outputs - most).sum(2, keepdims=True))
            terms = targets * (logarithms - outputs)
        total: Floats = terms.sum(2)
        return total


def floats_of(matrix: Matrix) -> Floats:
    """The entries rounded. Raises DomainError: one is no real number."""
    import numpy as np

    height, width = matrix.shape
    numbers = [float(x) for x in matrix.enclose(64).entries()]
    return np.array(numbers).reshape(height, width)


def at_floats(formula: Formula, at: Floats) -> Floats:
    """A function at each entry."""
    import numpy as np

    return np.broadcast_to(evaluated(formula, at, FloatOperations()), at.shape)


def _activated(formulas: Layer, at: Floats) -> Floats:
    """The activations of a layer at pre-activations (M, N, n)."""
    import numpy as np

    if isinstance(formulas, Formula):
        return at_floats(formulas, at)
    return np.stack([at_floats(one, at[:, :, j]) for j, one in enumerate(formulas)], axis=2)


class FloatOperations:
    """The operations of a formula on arrays of floats; a constant stands for an array of it."""

    def constant(self, value: Fraction) -> Any:
        """The number, infinite where it is too large."""
        return float(value) if abs(value) < LARGEST else math.copysign(math.inf, value)

    def add(self, a: Any, b: Any) -> Any:
        """A + b."""
        return a + b

    def multiply(self, a: Any, b: Any) -> Any:
        """A b."""
        return a * b

    def power(self, a: Any, exponent: int) -> Any:
        """A to an integer power."""
        return a**exponent if exponent >= 0 else 1 / a**-exponent

    def exp(self, a: Any) -> Any:
        """The exponential."""
        import numpy as np

        return np.exp(a)

    def log(self, a: Any) -> Any:
        """The natural logarithm."""
        import numpy as np

        return np.log(a)

    def tanh(self, a: Any) -> Any:
        """The hyperbolic tangent."""
        import numpy as np

        return np.tanh(a)

    def atan(self, a: Any) -> Any:
        """The inverse tangent."""
        import numpy as np

        return np.arctan(a)

    def sqrt(self, a: Any) -> Any:
        """The square root."""
        import numpy as np

        return np.sqrt(a)

    def choose(self, a: Any, piece: Piece) -> Any:
        """The piece that holds at each entry."""
        import numpy as np

        return np.where(a > 0, evaluated(piece.right, a, self), evaluated(piece.left, a, self))
