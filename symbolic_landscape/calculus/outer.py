"""The loss as a function of the outputs: its value and two derivatives, on all samples at once.

Notation: Z (N, m) the outputs, Y (N, m) the targets, c the factor, w (N,) the weights of samples.

  residual        l(Z - Y) with derivatives l', l''
  likelihood      A(Z) - Y o Z with derivatives A' - Y, A''
  cross-entropy   s log sum_j e^(Z_j) - Y.Z with derivatives s P - Y, s (diag P - P P^T)

where P are the rows of the softmax and s (N,) the sums of the rows of Y. All are times c w.

Objects: Outer, Coupled. Functions: outer_of.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from symbolic_landscape.calculus.derivatives import derivatives_of, family
from symbolic_landscape.calculus.engines import Array, Engine
from symbolic_landscape.formula import Formula, T, call
from symbolic_landscape.functions.activations import ScalarLoss
from symbolic_landscape.functions.losses import CrossEntropy

if TYPE_CHECKING:
    from symbolic_landscape.calculus.values import Model

_LOG: tuple[Formula, ...] = (call("log", T),)
_INVERSE: tuple[Formula, ...] = (T**-1,)


class Coupled(NamedTuple):
    """Second derivatives diag(d) - u v^T for each sample, u v^T symmetric; each is (N, m).

    `left` and `right` are None where the outputs are not coupled.
    """

    diagonal: Array
    left: Array | None = None
    right: Array | None = None


class Outer:
    """A loss of residuals, at the outputs of one run."""

    def __init__(self, engine: Engine, model: Model, outputs: Array) -> None:
        self.engine = engine
        self.model = model
        self.outputs = outputs
        self.targets = engine.array(model.targets)
        self._derivatives = derivatives_of(engine, model.families[-1], self._arguments(), "loss")

    def _arguments(self) -> Array:
        """Where the formula of the loss is evaluated: at A = Z - Y (N, m)."""
        return self.engine.minus(self.outputs, self.targets)

    def _weighted(self, array: Array) -> Array:
        """The array (N, k) times the factor and the weights of the samples."""
        scaled = self.engine.scaled(array, self.model.factor)
        if self.model.sample_weights is None:
            return scaled
        return self.engine.row_products(self.engine.array(self.model.sample_weights), scaled)

    def value(self) -> Array:
        """The loss (1, 1)."""
        return self.engine.total(self._weighted(self._values()))

    def first(self) -> Array:
        """The derivatives by the outputs (N, m)."""
        return self._weighted(self._slopes())

    def second(self) -> Coupled:
        """The second derivatives by the outputs."""
        return Coupled(self._weighted(self._derivatives.order(2)))

    def _values(self) -> Array:
        return self._derivatives.order(0)

    def _slopes(self) -> Array:
        return self._derivatives.order(1)


class _Likelihood(Outer):
    """A(z) - y z for each output."""

    def __init__(self, engine: Engine, model: Model, outputs: Array, slope: Formula) -> None:
        super().__init__(engine, model, outputs)
        self._slope = derivatives_of(engine, family(slope), outputs, "loss")

    def _arguments(self) -> Array:
        return self.outputs

    def _values(self) -> Array:
        products = self.engine.times(self.targets, self.outputs)
        return self.engine.minus(super()._values(), products)

    def _slopes(self) -> Array:
        return self.engine.minus(self._slope.order(0), self.targets)

    def second(self) -> Coupled:
        """The second derivatives by the outputs."""
        return Coupled(self._weighted(self._slope.order(1)))


class _CrossEntropy(Outer):
    """Cross-entropy of targets and the softmax of the outputs."""

    def _arguments(self) -> Array:
        return self.outputs

    def _summed(self, array: Array) -> Array:
        """The sums of the rows (N, 1)."""
        return self.engine.product(array, self.engine.constant(Fraction(1), array.width, 1))

    @property
    def _exponentials(self) -> Array:
        return self._derivatives.order(0)

    @cached_property
    def _softmax(self) -> Array:
        inverses = self.engine.evaluation(_INVERSE, self._summed(self._exponentials))(0)
        return self.engine.row_products(inverses, self._exponentials)

    @cached_property
    def _masses(self) -> Array:
        """The softmax times the sums of the targets (N, m)."""
        return self.engine.row_products(self._summed(self.targets), self._softmax)

    def _values(self) -> Array:
        engine = self.engine
        logarithms = engine.evaluation(_LOG, self._summed(self._exponentials))(0)
        products = self._summed(engine.times(self.targets, self.outputs))
        return engine.minus(engine.times(self._summed(self.targets), logarithms), products)

    def _slopes(self) -> Array:
        return self.engine.minus(self._masses, self.targets)

    def second(self) -> Coupled:
        """The second derivatives by the outputs."""
        masses = self._weighted(self._masses)
        return Coupled(masses, masses, self._softmax)


def outer_of(engine: Engine, model: Model, outputs: Array) -> Outer:
    """The loss of a model at the outputs of one run."""
    if isinstance(model.loss, ScalarLoss):
        return Outer(engine, model, outputs)
    if isinstance(model.loss, CrossEntropy):
        return _CrossEntropy(engine, model, outputs)
    return _Likelihood(engine, model, outputs, model.loss.slope)
