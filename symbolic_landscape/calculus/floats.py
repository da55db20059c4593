"""Loss derivatives in floating point: guesses to be certified afterwards, which decide nothing.

Objects: FloatLoss.

Design notes. The layer formulas of `values` in numpy, all samples at once. A guess is worth having
only where it is much quicker than balls, so that nothing here bounds an error.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from symbolic_landscape.calculus.derivatives import Family, family
from symbolic_landscape.calculus.float_values import FloatOperations, floats_of
from symbolic_landscape.errors import DomainError, SmoothnessError
from symbolic_landscape.formula import Evaluation
from symbolic_landscape.functions.activations import ScalarLoss

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from symbolic_landscape.arithmetic import Matrix
    from symbolic_landscape.calculus.surface import LossSurface

    Floats = NDArray[np.floating[Any]]

MOST_PARAMETERS = 4096


class FloatLoss:
    """Gradient (p,) and Hessian (p, p) of a loss surface at vectors of floats.

    Raises DomainError where a number of the data is no real number or the Hessian is too large for
    a guess, SmoothnessError where an activation or the loss has no second derivative.
    """

    def __init__(self, surface: LossSurface) -> None:
        import numpy as np

        network, samples = surface.network, surface.samples
        if network.parameter_count > MOST_PARAMETERS:
            message = (
                f"loss in floats: at most {MOST_PARAMETERS} parameters were needed, got "
                f"{network.parameter_count}"
            )
            raise DomainError(message)
        weighted = samples.weights is not None
        if weighted or not surface.is_plain or not isinstance(surface.loss, ScalarLoss):
            message = (
                "loss in floats: a plain network and a loss of equally weighted residuals were "
                f"needed, got {surface.loss}"
            )
            raise DomainError(message)
        self._inputs, self._targets = self._array(samples.inputs), self._array(samples.targets)
        self._widths, self._bias = network.widths, network.bias
        self._factor = self._constant(surface.loss.weight(samples.count))
        formulas = [network.activation_of(k).formula for k in range(1, network.depth + 1)]
        self._families = tuple(map(family, (*formulas, surface.loss.formula)))
        for known in self._families:
            if len(known) < 3:
                message = f"loss in floats: a second derivative of {known[0]} was needed"
                raise SmoothnessError(message)
        order, self._starts = [], [0]
        for below, above in pairwise(self._widths):
            size = above * (below + self._bias)
            places = self._starts[-1] + np.arange(size).reshape(above, below + self._bias)
            order += [places[:, :below].ravel(), places[:, below:].ravel()]
            self._starts.append(self._starts[-1] + size)
        self._order = np.concatenate(order)
        self._back = np.argsort(self._order)

    def derivatives(self, vector: Sequence[float]) -> tuple[Floats, Floats]:
        """Gradient and Hessian in the order of the parameters; not finite where they overflow."""
        import numpy as np

        with np.errstate(all="ignore"):
            gradient, hessian = self._derivatives(np.asarray(vector, dtype=float)[self._back])
            return gradient[self._order], hessian[np.ix_(self._order, self._order)]

    # ---- what balls do in another way

    def _array(self, matrix: Matrix) -> Any:
        return floats_of(matrix)

    def _constant(self, number: Fraction) -> Any:
        return float(number)

    def _zeros(self, *shape: int) -> Any:
        import numpy as np

        return np.zeros(shape)

    def _joined(self, parts: Sequence[Any], axis: int) -> Any:
        import numpy as np

        return np.concatenate(parts, axis)

    def _values(self, family: Family, at: Any) -> tuple[Any, Any, Any]:
        return _values(family, at)

    # ---- the formulas, for arrays of any kind

    def _derivatives(self, vector: Any) -> tuple[Any, Any]:
        """Gradient and Hessian, for and in the order of layers with their biases as columns."""
        depth, count = len(self._widths) - 1, len(self._inputs)
        weights, extended, slopes, bends = [], [], [], []
        feature, ones = self._inputs, self._zeros(count, 1) + self._constant(Fraction(1))
        for k in range(depth):
            shape = self._widths[k + 1], self._widths[k] + self._bias
            layer = vector[self._starts[k] : self._starts[k + 1]].reshape(shape)
            weights.append(layer[:, : self._widths[k]])
            extended.append(self._joined((feature, ones), 1) if self._bias else feature)
            feature, slope, bend = self._values(self._families[k], extended[-1] @ layer.T)
            slopes.append(slope)
            bends.append(bend)
        _, first, second = self._values(self._families[-1], feature - self._targets)
        pulled = self._factor * first
        curvatures = [self._factor * second * slopes[-1] * slopes[-1] + pulled * bends[-1]]
        errors = [pulled * slopes[-1]]
        for k in range(depth - 2, -1, -1):
            pulled = errors[0] @ weights[k + 1]
            errors.insert(0, pulled * slopes[k])
            curvatures.insert(0, pulled * bends[k])
        parts = zip(errors, extended, strict=True)
        gradient = self._joined([(error.T @ below).ravel() for error, below in parts], 0)
        hessian = self._zeros(len(gradient), len(gradient))
        for k in range(depth):
            self._fill(hessian, k, weights, extended, slopes, errors, curvatures)
        return gradient, hessian

    def _fill(
        self,
        hessian: Any,
        k: int,
        weights: list[Any],
        extended: list[Any],
        slopes: list[Any],
        errors: list[Any],
        curvatures: list[Any],
    ) -> None:
        """Writes the blocks (k, m), m >= k, and their transposes; layers count from 0 here."""
        import numpy as np

        depth, count, height = len(weights), len(extended[0]), len(weights[k])
        diagonal = np.arange(height)
        tangents: dict[int, Any] = {}
        moves: dict[int, Any] = {}
        for m in range(k + 1, depth):
            if m == k + 1:
                tangents[m] = slopes[k][:, :, None] * weights[m].T
                continue
            moves[m] = tangents[m - 1] * slopes[m - 1][:, None, :]
            tangents[m] = moves[m] @ weights[m].T
        near = extended[k]
        response = self._zeros(count, height, height)
        for m in range(depth - 1, k - 1, -1):
            if m == depth - 1 and m > k:
                response = tangents[m] * curvatures[m][:, None, :]
            elif m < depth - 1:
                response = (response @ weights[m + 1]) * slopes[m][:, None, :]
                if m > k:
                    response = response + tangents[m] * curvatures[m][:, None, :]
            if m == k:
                response[:, diagonal, diagonal] += curvatures[k]
            far, wide = extended[m], len(weights[m])
            b, e = near.shape[1], far.shape[1]
            pairs = (near[:, :, None] * far[:, None, :]).reshape(count, b * e)
            over = response.reshape(count, -1)
            block = (over.T @ pairs).reshape(height, wide, b, e).transpose(0, 2, 1, 3)
            if m == k + 1:
                over = (errors[m][:, :, None] * slopes[k][:, None, :]).reshape(count, -1)
                first = (over.T @ near).reshape(wide, height, b)
                block[diagonal, :, :, diagonal] += first.transpose(1, 2, 0)
            elif m > k + 1:
                moved = errors[m][:, :, None, None] * moves[m][:, None, :, :]
                over = moved.reshape(count, -1)
                added = (over.T @ near).reshape(wide, height, -1, b)
                block[:, :, :, : added.shape[2]] += added.transpose(1, 3, 0, 2)
            placed = block.reshape(height * b, wide * e)
            rows = slice(self._starts[k], self._starts[k + 1])
            columns = slice(self._starts[m], self._starts[m + 1])
            hessian[rows, columns] = placed
            hessian[columns, rows] = placed.T


def _values(family: Family, at: Floats) -> tuple[Any, Any, Any]:
    """A function and its first two derivatives at each entry."""
    import numpy as np

    run = Evaluation(family, at, FloatOperations())
    found = (run.value(0), run.value(1), run.value(2))
    first, second, third = (
        value if isinstance(value, np.ndarray) else np.full(at.shape, value) for value in found
    )
    return first, second, third
