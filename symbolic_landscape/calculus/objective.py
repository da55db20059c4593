"""A pass with shared or frozen parameters and with weight decay.

Notation: theta = E lambda + theta_0 are the weights and biases of the layers, lambda the free
parameters; a row of E has one 1, or none for a constant. With the loss Phi of theta and factors d,

    L(lambda) = Phi(theta) + sum_j d_j lambda_j^2,
    grad L = E^T grad Phi + 2 d o lambda,  Hess L = E^T (Hess Phi) E + 2 diag d.

Objects: Objective. Functions: run_of.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import cached_property
from itertools import pairwise

from symbolic_landscape.arithmetic import QQ
from symbolic_landscape.calculus.engines import Array, Engine, Entries
from symbolic_landscape.calculus.values import Model, Pass
from symbolic_landscape.errors import DomainError, ShapeError

MOST_WEIGHTS = 3_000
"""Most weights and biases, theta, of which all second derivatives are computed."""


class Objective(Pass):
    """One run of a model that has labels or decay."""

    @cached_property
    def _theta(self) -> Array:
        """Theta (p, 1): weights row by row, then biases, layer by layer."""
        parts = list(self.weights)
        if self.bias:
            parts = [part for pair in zip(self.weights, self.biases, strict=True) for part in pair]
        scale, aligned = self.engine.aligned(parts)
        entries = [x for part in aligned for x in part.entries]
        return Array(len(entries), 1, entries, scale)

    @cached_property
    def _labels(self) -> tuple[int | None, ...]:
        return self.model.labels or tuple(range(self._theta.height))

    @cached_property
    def _count(self) -> int:
        return 1 + max((label for label in self._labels if label is not None), default=-1)

    @cached_property
    def _free(self) -> Array:
        """Lambda (q, 1)."""
        entries: Entries = [self.engine.zero] * self._count
        for label, value in zip(self._labels, self._theta.entries, strict=True):
            if label is not None:
                entries[label] = value
        return Array(self._count, 1, entries, self._theta.scale)

    @cached_property
    def _factors(self) -> Array | None:
        """The factors of the squares (q, 1); None without decay."""
        return self.engine.array(QQ.column(self.model.decay)) if any(self.model.decay) else None

    def _gathered(self, entries: Sequence[object]) -> Entries:
        """E^T times a column."""
        if not self.model.labels:
            return list(entries)
        add, found = self.engine.add, [self.engine.zero] * self._count
        for label, value in zip(self._labels, entries, strict=True):
            if label is not None:
                found[label] = add(found[label], value)
        return found

    def value_array(self) -> Array:
        """L (1, 1)."""
        value, factors = super().value_array(), self._factors
        if factors is None:
            return value
        engine = self.engine
        with engine.precision():
            squares = engine.times(self._free, self._free)
            return engine.plus(value, engine.total(engine.times(factors, squares)))

    def gradient_array(self) -> Array:
        """The gradient (q, 1)."""
        array, factors = super().gradient_array(), self._factors
        engine = self.engine
        with engine.precision():
            gathered = Array(self._count, 1, self._gathered(array.entries), array.scale)
            if factors is None:
                return gathered
            pull = engine.scaled(engine.times(factors, self._free), Fraction(2))
            return engine.plus(gathered, pull)

    def hessian_array(self, layers: Sequence[int] | None = None) -> Array:
        """The second derivatives (q, q).

        Raises ShapeError: those of some layers were asked where there are labels. Raises
        DomainError: there are too many weights for those of all of them.
        """
        if self.model.labels and layers is not None:
            message = "hessian_block: blocks of layers were asked of a labelled network"
            raise ShapeError(message)
        if self.model.labels and len(self._labels) > MOST_WEIGHTS:
            message = (
                f"second derivatives of a labelled network: at most {MOST_WEIGHTS} weights and "
                f"biases, constants included, are taken, got {len(self._labels)}"
            )
            raise DomainError(message)
        array, engine = super().hessian_array(layers), self.engine
        with engine.precision():
            if self.model.labels:
                columns = Array(
                    array.height,
                    self._count,
                    [x for row in array.rows() for x in self._gathered(row)],
                    array.scale,
                ).transposed()
                entries = [x for row in columns.rows() for x in self._gathered(row)]
                array = Array(self._count, self._count, entries, array.scale)
            if self._factors is None:
                return array
            twice = engine.scaled(self._factors, Fraction(2))
            chosen = [twice.entries[place] for place in self._places(layers)]
            entries = [engine.zero] * (array.height * array.width)
            entries[:: array.width + 1] = chosen
            return engine.plus(array, Array(array.height, array.width, entries, twice.scale))

    def _places(self, layers: Sequence[int] | None) -> Sequence[int]:
        """The places of the parameters of these layers, of all by default."""
        if layers is None:
            return range(self._count)
        sizes = [(below + self.bias) * above for below, above in pairwise(self.model.widths)]
        starts = [sum(sizes[:k]) for k in range(len(sizes))]
        return [
            place
            for k in sorted(set(layers))
            for place in range(starts[k - 1], starts[k - 1] + sizes[k - 1])
        ]


def run_of(model: Model, engine: Engine) -> Pass:
    """The run of a model: with labels and decay only where it has them."""
    kind = Objective if model.labels or any(model.decay) else Pass
    return kind(model, engine)
