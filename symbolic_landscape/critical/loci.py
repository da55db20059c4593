"""Loci of critical points that every fully connected network with squared errors has.

Notation: the layers are 1..L with widths n_0, ..., n_L, the samples are N. For layers
k_1 < ... < k_m below L the locus C_(k_1, ..., k_m) has W_L = 0, W_k = 0 for each of these layers,
b_i = 0 for k_1 <= i < L, and the mean of the targets as b_L. For m = 1 it is a piece S_k of the
star locus, for m >= 2 one of the m-core. M is the set of loss 0.

Where b_i is not 0 for k_1 <= i < L, the points are critical as well: above a layer of zeros the
features are the same for all samples.

Objects: Locus. Functions: critical_loci.

Source: arXiv 2005.04210, 3.1.1 and Theorems 3.1 and 3.2, with the mean of the targets where their
sum is printed, and without repeated layers; arXiv 1804.10200, Theorem 4.1, for M.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import combinations
from random import Random

from symbolic_landscape.arithmetic import QQ
from symbolic_landscape.calculus import LossSurface
from symbolic_landscape.critical.at_point import MOST_ELIMINATED
from symbolic_landscape.critical.fibres import predictions_differential
from symbolic_landscape.critical.last_layer import infimum_over_last_layer
from symbolic_landscape.critical.local import LocalLoss
from symbolic_landscape.errors import DomainError, ShapeError
from symbolic_landscape.functions.activations import Activation
from symbolic_landscape.networks import Network, Parameters, Samples

MOST_LAYERS = 8
"""There are 2^(L - 1) - 1 loci with layers of 0, and the digits of features grow with the depth."""
MOST_SAMPLES = 1_000
NUMBERS = tuple(x for x in range(-7, 8) if x)
"""What free parameters are drawn from."""
ATTEMPTS = 5
"""How often layers are drawn for a point of M."""


@dataclass(frozen=True)
class Locus:
    """A set of critical points, with an exact point in it whose free parameters are drawn.

    `layers` are those with weights 0; there are none for the set M of loss 0. The dimension is that
    of the set near the point. `classify(locus.loss, locus.point)` says what kind of point it is.
    """

    layers: tuple[int, ...]
    dimension: int
    loss: LossSurface
    point: Parameters

    @property
    def name(self) -> str:
        """M, S_k or C_(j, k, ...)."""
        match self.layers:
            case ():
                return "M"
            case (layer,):
                return f"S_{layer}"
            case _:
                return f"C_{self.layers}"

    @property
    def codimension(self) -> int:
        """The number of parameters minus the dimension."""
        count: int = self.loss.network.parameter_count
        return count - self.dimension

    @cached_property
    def inertia(self) -> tuple[int, int, int]:
        """How many eigenvalues of the Hessian at the point are positive, negative, 0; exactly.

        Raises ShapeError: there are more than 1000 parameters.

        The rank at one point is a lower bound for that at almost all points of the locus. On M the
        Hessian is 2 J^T J for the differential J of the predictions, whose rank is the codimension.
        """
        network: Network = self.loss.network
        if network.parameter_count > MOST_ELIMINATED:
            message = (
                f"critical loci: the inertia is found for at most {MOST_ELIMINATED} parameters, "
                f"got {network.parameter_count}"
            )
            raise ShapeError(message)
        if not self.layers:
            return self.codimension, 0, self.dimension
        positive, negative, zero = self.loss.at(self.point).hessian.inertia()
        return positive, negative, zero

    def __str__(self) -> str:
        count: int = self.loss.network.parameter_count
        return f"{self.name}: dimension {self.dimension} of {count}, inertia {self.inertia}"


def critical_loci(
    widths: Iterable[int],
    samples: Samples | int,
    *,
    activation: Activation | str = "cubic",
    seed: int = 0,
) -> tuple[Locus, ...]:
    """The known loci of critical points of the sum of squared errors, the largest pieces first.

    `samples` are the data, or how many shall be drawn. M is among them where a point of loss 0 with
    independent gradients of all predictions is found by solving for the last layer, as for a wide
    last hidden layer; that it is left out shows nothing. Raises ShapeError: the sizes. Raises
    DomainError: an activation that is not smooth, not 0 at 0, or not rational at rational numbers.

    >>> for locus in critical_loci((1, 2, 2, 2, 1), 2):
    ...     print(locus)
    M: dimension 17 of 19, inertia (2, 0, 17)
    S_3: dimension 10 of 19, inertia (3, 2, 14)
    S_1: dimension 8 of 19, inertia (3, 2, 14)
    S_2: dimension 8 of 19, inertia (3, 2, 14)
    C_(1, 2): dimension 4 of 19, inertia (1, 0, 18)
    C_(1, 3): dimension 4 of 19, inertia (1, 0, 18)
    C_(2, 3): dimension 4 of 19, inertia (1, 0, 18)
    C_(1, 2, 3): dimension 0 of 19, inertia (1, 0, 18)
    """
    network = Network(widths, _checked(Activation.of(activation)))
    random = Random(seed)
    if isinstance(samples, Samples) and samples.weights is not None:
        message = "critical loci: samples without weights were needed, got some with weights"
        raise DomainError(message)
    data = samples if isinstance(samples, Samples) else _drawn_samples(network, samples, random)
    loss = network.loss(data)
    if network.depth > MOST_LAYERS:
        message = f"critical loci: at most {MOST_LAYERS} layers are taken, got {network.depth}"
        raise ShapeError(message)
    found = [_with_zero_layers(loss, layers, random) for layers in _choices(network.depth)]
    return tuple(sorted([*_fitted(loss, random), *found], key=lambda locus: -locus.dimension))


def _choices(depth: int) -> Iterator[tuple[int, ...]]:
    """The nonempty sets of hidden layers."""
    for size in range(1, depth):
        yield from combinations(range(1, depth), size)


def _checked(activation: Activation) -> Activation:
    """The activation, if the star locus is critical for it and points can be exact."""
    if not activation.infinitely_differentiable().is_holds or activation.formula.calls:
        message = (
            "critical loci: a smooth activation that is rational at rational numbers was needed, "
            f"got {activation}"
        )
        raise DomainError(message)
    silent = Network((1, 1, 1), activation)
    origin = silent.parameters([0] * silent.parameter_count)
    if not silent.loss(Samples([[0]], [[0]])).features(origin, 1).is_zero:
        message = f"critical loci: an activation with the value 0 at 0 was needed, got {activation}"
        raise DomainError(message)
    return activation


def _drawn_samples(network: Network, count: int, random: Random) -> Samples:
    """Distinct inputs and targets, small integers."""
    if isinstance(count, bool) or not isinstance(count, int) or not 1 <= count <= MOST_SAMPLES:
        message = (
            f"critical loci: samples, or a number of them from 1 to {MOST_SAMPLES}, were needed, "
            f"got {count!r}"
        )
        raise ShapeError(message)
    first = random.sample(range(-count, count + 1), count)
    inputs = [[x, *(random.randint(-2, 2) for _ in range(network.inputs - 1))] for x in first]
    targets = [[random.randint(-9, 9) for _ in range(network.outputs)] for _ in range(count)]
    return Samples(inputs, targets)


def _drawn(height: int, width: int, random: Random) -> list[list[int]]:
    """A matrix of small integers, none of them 0."""
    return [[random.choice(NUMBERS) for _ in range(width)] for _ in range(height)]


def _with_zero_layers(loss: LossSurface, layers: Sequence[int], random: Random) -> Locus:
    """The locus by the layers whose weights are 0."""
    network: Network = loss.network
    weights, biases, free = [], [], 0
    for k in range(1, network.depth):
        below, above = network.widths[k - 1 : k + 1]
        is_zero, is_silent = k in layers, k >= layers[0]
        weights.append(QQ.zeros(above, below) if is_zero else _drawn(above, below, random))
        biases.append(QQ.zeros(above, 1) if is_silent else _drawn(above, 1, random))
        free += (0 if is_zero else above * below) + (0 if is_silent else above)
    weights.append(QQ.zeros(network.outputs, network.widths[-2]))
    targets = loss.samples.targets
    ones = targets.field.ones(1, targets.shape[0])
    biases.append((ones @ targets).T.scale(Fraction(1, targets.shape[0])))
    return Locus(tuple(layers), free, loss, Parameters(weights, biases))


def _fitted(loss: LossSurface, random: Random) -> Iterator[Locus]:
    """M at a regular point, if one is found."""
    network: Network = loss.network
    for _ in range(ATTEMPTS):
        sizes = list(zip(network.widths[1:], network.widths, strict=False))
        weights = [_drawn(above, below, random) for above, below in sizes]
        biases = [_drawn(above, 1, random) for above, _ in sizes]
        last = infimum_over_last_layer(loss, Parameters(weights, biases))
        if not last.value.is_zero:
            continue
        point = Parameters([*weights[:-1], last.weights], [*biases[:-1], last.biases])
        field, coordinates = last.value.field, LocalLoss(loss, point).coordinates
        differential = predictions_differential(loss)(field, [field.raw(x) for x in coordinates])
        rank = differential.rank()
        if rank == differential.shape[0]:
            yield Locus((), network.parameter_count - rank, loss, point)
            return
