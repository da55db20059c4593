"""A point of a network's parameter space with its samples.

Notation (the papers' own indices; layers count from 1 to L, features from 0):
    X (N, d) inputs, Y (N, m) targets, l the loss of one residual;
    G_k, F_k (N, n_k) pre-activations and features of layer k, F_0 = X;
    W_k has shape (n_k, n_{k-1});
    Phi the sum of l over all entries of F_L - Y.

Objects: NetworkPoint; gradient_vanishes, the fact that it is critical.

Design notes. The point is an argument of every fact, and knows its features and gradient; these are
computed once for each point.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from symbolic_landscape.arithmetic import Matrix, vanishes
from symbolic_landscape.calculus import LossAtPoint, LossSurface
from symbolic_landscape.former.lemma import Instance, fact
from symbolic_landscape.functions.activations import ScalarLoss
from symbolic_landscape.networks import Network, Parameters, Samples
from symbolic_landscape.verdict import Verdict


@dataclass(frozen=True, kw_only=True)
class NetworkPoint(Instance):
    """A network, its samples, a loss, and a point of its parameter space."""

    network: Network
    samples: Samples
    parameters: Parameters
    loss: ScalarLoss

    def __post_init__(self) -> None:
        """Raises ShapeError when samples or parameters do not fit the network."""
        self.network.need_samples(self.samples)
        self.network.need_parameters(self.parameters)

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        return hash((self.network, self.samples, self.parameters, self.loss))

    @cached_property
    def surface(self) -> LossSurface:
        """Phi as a function of the parameters."""
        return self.network.loss(self.samples, self.loss)

    @cached_property
    def at(self) -> LossAtPoint:
        """Phi at the point, exact. Raises DomainError where no field holds it."""
        return self.surface.at(self.parameters)

    @property
    def depth(self) -> int:
        """The number of layers L."""
        return self.network.depth

    @property
    def count(self) -> int:
        """The number of samples N."""
        return self.samples.count

    def weights(self, layer: int) -> Matrix:
        """W_k (n_k, n_{k-1}) for k = 1..L."""
        return self.parameters.weights[layer - 1]

    def features(self, layer: int) -> Matrix:
        """F_k (N, n_k) for k = 0..L; F_0 = X. Raises DomainError where no field holds it."""
        return self.samples.inputs if layer == 0 else self.at.features(layer)

    def features_with_ones(self, layer: int) -> Matrix:
        """[F_k, 1] (N, n_k + 1)."""
        below = self.features(layer)
        return below.hstack(below.field.ones(self.count, 1))

    @cached_property
    def residuals(self) -> Matrix:
        """F_L - Y (N, m)."""
        return self.features(self.depth) - self.samples.targets


@fact(r"\nabla \Phi = 0")
def gradient_vanishes(s: NetworkPoint) -> Verdict:
    """The gradient of the objective is zero at the point."""
    return vanishes(s.at.gradient).giving(gradient=s.at.gradient)
