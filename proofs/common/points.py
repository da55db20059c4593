"""A point of a network's parameter space with its samples, and the facts that papers share.

Notation (the papers' own indices; layers count from 1 to L, features from 0):
    X (N, d) inputs, Y (N, m) targets, sigma the activation, l the loss of one residual;
    G_k, F_k (N, n_k) pre-activations and features of layer k, F_0 = X;
    W_k here has shape (n_k, n_{k-1}): it is the transpose of the W_k of NH17, so the full *column*
    rank n_k of NH17's matrix is the full *row* rank of the one stored here;
    Phi the sum of l over all entries of F_L - Y.

Objects: NetworkPoint; point. Facts about data, activation, loss, criticality and ranks.

Design notes. The point is an argument of every fact, and knows its features and gradient; these are
computed once for each point. Facts about the activation speak of all activations of the network, so
that a linear output layer is never taken for an activated one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import Any

from symbolic_landscape.arithmetic import (
    BallField,
    Matrix,
    distinct,
    nonzero,
    rank_is,
    size_at_least,
    size_at_most,
    vanishes,
)
from symbolic_landscape.calculus import LossAtPoint, LossSurface
from symbolic_landscape.former.lemma import Instance, fact
from symbolic_landscape.formula import Formula, evaluated
from symbolic_landscape.functions import Infinity
from symbolic_landscape.functions.activations import Activation, ScalarLoss
from symbolic_landscape.networks import Network, Parameters, Samples
from symbolic_landscape.verdict import (
    Evidence,
    Verdict,
    all_of,
    fails,
    for_all,
    holds,
    undecided,
)


@dataclass(frozen=True, kw_only=True)
class NetworkPoint(Instance):
    """A network, its samples, a loss, a point of its parameter space, and a layer k to look at."""

    network: Network
    samples: Samples
    parameters: Parameters
    loss: ScalarLoss
    layer: int = 0

    def __post_init__(self) -> None:
        """Raises ShapeError when samples or parameters do not fit the network."""
        self.network.need_samples(self.samples)
        self.network.need_parameters(self.parameters)

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        return hash((self.network, self.samples, self.parameters, self.loss, self.layer))

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

    @property
    def activations(self) -> tuple[Activation, ...]:
        """The distinct activations of the layers, hidden ones first."""
        used = (self.network.activation_of(k) for k in range(1, self.depth + 1))
        return tuple(dict.fromkeys(used))

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


def point(
    name: str,
    *,
    widths: Sequence[int],
    activation: str | Formula | Activation,
    inputs: Any,
    targets: Any,
    weights: Any,
    biases: Any,
    loss: str | Formula | ScalarLoss = "sum",
    layer: int = 0,
    output_activation: str | Formula | Activation | None = None,
) -> NetworkPoint:
    """The point with these data; the output layer has the same activation unless one is named."""
    last = activation if output_activation is None else output_activation
    return NetworkPoint(
        name=name,
        network=Network(widths=widths, activation=activation, output_activation=last),
        samples=Samples(inputs=inputs, targets=targets),
        parameters=Parameters(weights=weights, biases=biases),
        loss=ScalarLoss.of(loss),
        layer=layer,
    )


# --- data --------------------------------------------------------------------------------------


@fact(r"x_i \ne x_j \quad (i \ne j)")
def samples_are_distinct(s: NetworkPoint) -> Verdict:
    """No two training inputs are equal."""
    return distinct(s.samples.inputs.rows())


def extended_features_have_full_rank(s: NetworkPoint, layer: int) -> Verdict:
    """Whether rank [F_k, 1] = N; the data hold the matrix."""
    matrix = s.features_with_ones(layer)
    return rank_is(matrix, s.count).giving(extended=matrix)


@fact(r"\operatorname{rank}[X, 1_N] = N")
def inputs_have_full_rank(s: NetworkPoint) -> Verdict:
    """The inputs, each extended by a one, are linearly independent."""
    return extended_features_have_full_rank(s, 0)


# --- activation --------------------------------------------------------------------------------


def smooth(function: Activation | ScalarLoss) -> Verdict:
    """Whether the function is C1; a generic one stands for every C1 function."""
    if function.is_generic:
        return holds(Evidence.IDENTITY, f"{function.name} stands for every C1 function")
    return function.continuously_differentiable()


def _of_activations(s: NetworkPoint, decide: Callable[[Activation], Verdict]) -> Verdict:
    return for_all(s.activations, decide, "activation")


@fact(r"\sigma \in C^1(\mathbb{R})")
def activation_is_continuously_differentiable(s: NetworkPoint) -> Verdict:
    """The activation is continuously differentiable."""
    return _of_activations(s, smooth)


@fact(r"\sigma \in C^\omega(\mathbb{R})")
def activation_is_analytic(s: NetworkPoint) -> Verdict:
    """The activation is real analytic on the whole line."""
    return _of_activations(s, Activation.analytic)


@fact(r"s < t \Rightarrow \sigma(s) < \sigma(t)")
def activation_is_strictly_increasing(s: NetworkPoint) -> Verdict:
    """The activation is strictly monotonically increasing."""
    return _of_activations(s, Activation.strictly_increasing)


@fact(r"\sigma'(t) > 0 \quad \forall t")
def derivative_is_positive(s: NetworkPoint) -> Verdict:
    """The derivative of the activation is positive everywhere."""
    return _of_activations(s, slope_is_positive)


def slope_is_positive(activation: Activation) -> Verdict:
    """Whether sigma' > 0 everywhere, with the wrong claim that sigma' < 0 everywhere beside it."""
    mirrored = Activation.of(-activation.derivative(0))
    return activation.derivative_positive().against(
        sign_flipped=lambda: mirrored.derivative_positive()
    )


GROWTH_RATES = (Fraction(1), Fraction(1, 2), Fraction(2), Fraction(1, 4), Fraction(4))
GROWTH_FACTORS = (1, 4)


@lru_cache(maxsize=256)
def bounded_or_decaying(activation: Activation) -> Verdict:
    """Whether sigma is bounded, or within rho1 e^(rho2 t) for t < 0 and rho3 t + rho4 for t >= 0.

    HOLDS names the constants, out of a short list; FAILS needs limits that no constants allow:
    another limit than 0 on the left, or a slope that tends to infinity on the right.
    """
    bounded = activation.bounded()
    if not bounded.is_fails:
        return bounded
    left = activation.limits().data.get("left")
    if isinstance(left, Infinity) or (left is not None and _is_not_zero(left)):
        return fails(bounded.evidence, f"unbounded, and tends to {left} at -infinity, not to 0")
    slope = Activation.of(activation.derivative()).limits().data.get("right")
    if isinstance(slope, Infinity):
        return fails(bounded.evidence, f"the slope tends to {slope} at +infinity")
    for rate in GROWTH_RATES:
        for factor in GROWTH_FACTORS:
            constants = (factor / rate, rate, factor, factor / rate)
            growth = activation.growth_bound(*constants)
            if growth.is_holds:
                return growth.giving(constants=constants)
    return undecided(f"no constants of the list bound {activation} as asked")


def _is_not_zero(constant: Formula) -> bool:
    """Whether a constant formula is certainly not 0."""
    balls = BallField()
    return bool(
        nonzero(balls.scalar(evaluated(constant, balls.constant(Fraction(0)), balls))).is_holds
    )


@fact(
    r"\sigma \text{ bounded, or } |\sigma(t)| \le \rho_1 e^{\rho_2 t}\ (t<0),\ "
    r"|\sigma(t)| \le \rho_3 t + \rho_4\ (t \ge 0)"
)
def activation_is_bounded_or_decays(s: NetworkPoint) -> Verdict:
    """The activation is bounded, or decays exponentially to the left and is affine at most."""
    return _of_activations(s, bounded_or_decaying)


# --- loss --------------------------------------------------------------------------------------


@fact(r"l \in C^1(\mathbb{R})")
def loss_is_continuously_differentiable(s: NetworkPoint) -> Verdict:
    """The loss is continuously differentiable."""
    return smooth(s.loss)


@fact(r"l \in C^2(\mathbb{R})")
def loss_is_twice_differentiable(s: NetworkPoint) -> Verdict:
    """The loss is twice continuously differentiable."""
    return s.loss.twice_continuously_differentiable()


@fact(r"l'(a) = 0 \Rightarrow l(a) = \min l")
def loss_critical_points_are_global_minima(s: NetworkPoint) -> Verdict:
    """Every zero of the derivative of the loss is a global minimum of it."""
    return s.loss.critical_points_are_global_minima()


# --- criticality and ranks ---------------------------------------------------------------------


@fact(r"\nabla \Phi = 0")
def gradient_vanishes(s: NetworkPoint) -> Verdict:
    """The gradient of the objective is zero at the point."""
    return vanishes(s.at.gradient).giving(gradient=s.at.gradient)


@fact(r"1 \le k \le L - 1")
def layer_is_hidden(s: NetworkPoint) -> Verdict:
    """The layer k is a hidden layer."""
    return all_of(
        from_below=size_at_least(s.layer, 1), from_above=size_at_most(s.layer, s.depth - 1)
    )


@fact(r"\operatorname{rank}[F_k, 1_N] = N")
def features_have_full_rank(s: NetworkPoint) -> Verdict:
    """The features of layer k, each extended by a one, are linearly independent."""
    return extended_features_have_full_rank(s, s.layer)


@fact(r"\nabla_{W_{k+1}} \Phi = 0,\ \nabla_{b_{k+1}} \Phi = 0")
def next_layer_gradient_vanishes(s: NetworkPoint) -> Verdict:
    """The gradient in the weights and biases of layer k + 1 is zero."""
    places = s.network.layer_range(s.layer + 1)
    return vanishes(s.at.gradient.submatrix(places, [0]))


@fact(r"\operatorname{rank}(W_l) = n_l \quad l \in [k+2, L]")
def weights_above_have_full_rank(s: NetworkPoint) -> Verdict:
    """The weights of all layers above k + 1 have full column rank."""
    return upper_weights_have_full_rank(s, s.layer + 2)


@fact(r"\operatorname{rank}(W_l) = n_l \quad l \in [2, L]")
def weights_from_second_have_full_rank(s: NetworkPoint) -> Verdict:
    """The weights of all layers from the second on have full column rank."""
    return upper_weights_have_full_rank(s, 2)


def upper_weights_have_full_rank(s: NetworkPoint, lowest: int) -> Verdict:
    """Whether rank(W_l) = n_l for l from `lowest` to L; the range may be empty."""
    return for_all(
        range(lowest, s.depth + 1),
        lambda layer: rank_is(s.weights(layer), s.network.widths[layer]),
        "layer",
    )
