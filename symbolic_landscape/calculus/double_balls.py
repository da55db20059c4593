"""The Hessian of a plain network in balls of doubles: the formulas of `floats` with error bounds.

Functions: hessian_in_doubles.

Design notes. Products of matrices are those of numpy, with bounds of their rounding errors
(`arithmetic.doubles`); activations and the loss are evaluated in balls of 64 bits. The formulas in
balls of any precision (`values`) are the oracle, and are used where this does not apply.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import flint

from symbolic_landscape.arithmetic import QQ, BallField, Doubles, working_precision
from symbolic_landscape.calculus.derivatives import Family
from symbolic_landscape.calculus.engines import Array
from symbolic_landscape.calculus.flint_engines import OperatorEngine
from symbolic_landscape.calculus.floats import FloatLoss

if TYPE_CHECKING:
    from collections.abc import Sequence

    from symbolic_landscape.arithmetic import Matrix
    from symbolic_landscape.calculus.surface import LossSurface

BITS = 64


def hessian_in_doubles(surface: LossSurface, point: Any) -> Doubles | None:
    """The Hessian (p, p) at a point of exact numbers or balls; None where a double overflows.

    Raises DomainError, SmoothnessError as `FloatLoss` does: the network or its loss is not plain.
    """
    import numpy as np

    loss = _DoubleLoss(replace(surface, decay=()))
    with np.errstate(all="ignore"), working_precision(BITS):
        hessian = loss.hessian(point)
        if any(surface.decay):
            places = np.diag_indices(len(hessian))
            twice = QQ.column([2 * factor for factor in surface.decay])
            hessian[places] += Doubles.of_balls(twice.enclose(BITS)).ravel()
    return hessian if hessian.is_finite else None


class _DoubleLoss(FloatLoss):
    """The formulas for balls of doubles."""

    def hessian(self, point: Any) -> Doubles:
        import numpy as np

        layers = []
        for k, weights in enumerate(point.weights):
            parts = (weights, *point.biases[k : k + 1])
            layers.append(self._joined([self._array(part) for part in parts], 1).ravel())
        hessian: Doubles = self._derivatives(self._joined(layers, 0))[1]
        return hessian[np.ix_(self._order, self._order)]

    def _array(self, matrix: Matrix) -> Doubles:
        return Doubles.of_balls(matrix.enclose(BITS))

    def _constant(self, number: Fraction) -> Doubles:
        return self._array(QQ.matrix([[number]]))[0, 0]

    def _zeros(self, *shape: int) -> Doubles:
        return Doubles.zeros(shape)

    def _joined(self, parts: Sequence[Doubles], axis: int) -> Doubles:
        import numpy as np

        return Doubles(
            np.concatenate([part.middle for part in parts], axis),
            np.concatenate([part.radius for part in parts], axis),
        )

    def _values(self, family: Family, at: Doubles) -> tuple[Doubles, Doubles, Doubles]:
        height, width = at.shape
        pairs = zip(at.middle.ravel().tolist(), at.radius.ravel().tolist(), strict=True)
        entries = [flint.arb(middle, radius) for middle, radius in pairs]
        engine = OperatorEngine(BallField(BITS))
        value = engine.evaluation(family[:3], Array(height, width, entries))
        first, second, third = (
            Doubles.of_balls(flint.arb_mat(height, width, value(order).entries))
            for order in range(3)
        )
        return first, second, third
