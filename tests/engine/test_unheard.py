"""Critical points at which units are copies, or nothing hears them, and spaces of predictions."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest

from symbolic_landscape import Network, Parameters, Samples, classify
from symbolic_landscape.arithmetic import QQ, BallField, Scalar
from symbolic_landscape.critical import Answer, Classification, Kind
from symbolic_landscape.critical.curves import Curve
from symbolic_landscape.critical.fibres import predictions_differential
from symbolic_landscape.critical.inner_hessian import inner_hessian
from symbolic_landscape.critical.kernels import exact_kernel
from symbolic_landscape.critical.local import LocalLoss

XOR = Samples([[0, 0], [0, 1], [1, 0], [1, 1]], [[0], [1], [1], [0]])
LINE = Samples([[-2], [-1], [1], [3]], [[1], [0], [2], [-1]])


def nothing(widths: tuple[int, ...], first_bias: int = 0) -> Parameters:
    """All weights 0, all biases 0 but for those of the first layer and 1/2 for the outputs."""
    weights = [[[0] * below for _ in range(width)] for below, width in pairwise(widths)]
    biases = [[0] * width for width in widths[1:]]
    biases[0] = [first_bias] * widths[1]
    biases[-1] = [Fraction(1, 2)] * widths[-1]
    return Parameters(weights=weights, biases=biases)


def is_on(curve: Curve, local: LocalLoss) -> bool:
    """Whether balls at a small t show the change of the loss that a curve promises."""
    t = Fraction(1, 1 << 10)
    moved = [a + b for a, b in zip(local.coordinates, curve.at(t), strict=True)]
    change = local.loss_at(moved, 512) - local.loss_at(local.coordinates, 512)
    share = change / Scalar(BallField(512), curve.coefficient.enclose(512)) / t**curve.order
    return bool(share.raw > 0 and share.raw < 2)


@pytest.mark.parametrize("activation", ["sigmoid", "softplus", "tanh"])
@pytest.mark.parametrize(
    ("widths", "bias"), [((2, 3, 1), 0), ((2, 2, 1), 1), ((2, 2, 2, 1), 0), ((2, 8, 1), 0)]
)
def test_units_that_nothing_hears_make_a_saddle(
    activation: str, widths: tuple[int, ...], bias: int
) -> None:
    loss, point = Network(widths, activation).loss(XOR), nothing(widths, bias)
    found = classify(loss, point)
    assert found.kind is Kind.SADDLE
    assert found.global_minimum is Answer.NO
    assert found.descent is not None
    assert found.ascent is not None
    assert found.descent.descends
    assert not found.ascent.descends
    local = LocalLoss(loss, point)
    assert is_on(found.descent, local)
    assert is_on(found.ascent, local)


def test_linear_pieces_of_relu_show_a_local_minimum() -> None:
    found = classify(Network((2, 2, 1), "relu").loss(XOR), nothing((2, 2, 1), 1))
    assert found.kind is Kind.NON_STRICT_MINIMUM
    assert "linear pieces" in " ".join(found.reasons)
    assert found.global_minimum is Answer.NO


def test_an_unheard_relu_unit_that_could_help_makes_no_minimum() -> None:
    """The second unit is active on the last sample alone, whose residual is not 0."""
    samples = Samples([[0], [1], [2], [3]], [[0], [2], [0], [2]])
    network = Network((1, 2, 1), "relu")
    slope, constant = Fraction(2, 5), Fraction(2, 5)
    point = Parameters(
        weights=[[[1], [1]], [[slope, 0]]],
        biases=[[1, Fraction(-5, 2)], [constant - slope]],
    )
    found = classify(network.loss(samples), point)
    assert found.kind not in {Kind.STRICT_MINIMUM, Kind.NON_STRICT_MINIMUM, Kind.OPEN_MINIMUM}


def orthogonal_targets(
    network: Network, point: Parameters, inputs: list[list[Fraction]]
) -> Samples:
    """Targets that make the point critical with small residuals, by the kernel of J^T."""
    blank = network.loss(Samples(inputs, [[0] * network.outputs] * len(inputs)))
    differential = predictions_differential(blank)(QQ, point.entries()[1])
    source = random.Random(len(inputs))
    kernel = exact_kernel(differential.T)
    mixed = kernel @ QQ.column([source.choice((-2, -1, 1, 3)) for _ in range(kernel.shape[1])])
    residuals = [row[0].rational() for row in mixed.tolist()]
    scale = 64 * max(map(abs, residuals))
    predictions = [row[0].rational() for row in blank.at(point).residuals.tolist()]
    targets = [[p - r / scale] for p, r in zip(predictions, residuals, strict=True)]
    return Samples(inputs, targets)


def test_best_polynomials_are_global_minima() -> None:
    """Nine samples and a net whose predictions are polynomials of degree at most 6."""
    network = Network((1, 3, 1), "t - t**3 + t**6")
    point = Parameters(
        weights=[[[1], [1], [2]], [[Fraction(1, 3), Fraction(2, 3), 1]]],
        biases=[[1, 1, -1], [Fraction(1, 2)]],
    )
    inputs = [[Fraction(i, 4)] for i in range(-4, 5)]
    found = classify(network.loss(orthogonal_targets(network, point, inputs)), point)
    assert found.kind is Kind.NON_STRICT_MINIMUM
    assert found.global_minimum is Answer.YES
    assert "polynomials" in found.global_minimum_reason


def test_fewer_samples_than_monomials_are_no_bound() -> None:
    network = Network((1, 1, 1), "t**2 + t**5")
    point = Parameters(weights=[[[1]], [[1]]], biases=[[1], [0]])
    inputs = [[Fraction(i, 2)] for i in range(-2, 3)]
    found = classify(network.loss(orthogonal_targets(network, point, inputs)), point)
    assert found.global_minimum is not Answer.YES


def rational_case(seed: int) -> tuple[Classification, np.ndarray]:
    """A random split of one or two units in a net with rational activation, and its Hessian."""
    source = random.Random(seed)
    depth = source.choice((2, 3))
    shares = source.choice(([1, 2], [3, -1], [1, 1, 1], [2, 0], [3, -1, -1]))
    shares = [Fraction(share, sum(shares)) for share in shares]
    count = len(shares)
    first = Fraction(source.choice((-3, -2, 1, 2)), 2)
    weights = [[[first]] * count, [shares]]
    if depth == 3:
        middle = [Fraction(source.choice((-2, 1, 3))) * share for share in shares]
        weights = [[[first]] * count, [middle] * 2, [[Fraction(2, 3), Fraction(1, 3)]]]
    widths = (1, *(len(layer) for layer in weights))
    network = Network(widths, source.choice(("t/(1 + t**2)", "1/(1 + t + t**2)")), bias=False)
    point = Parameters(weights=weights)
    inputs = [[Fraction(i, 3)] for i in (-4, -2, 1, 2, 5, 7)]
    loss = network.loss(orthogonal_targets(network, point, inputs))
    hessian = loss.at(point).hessian.tolist()
    return classify(loss, point), np.array([[float(x.rational()) for x in row] for row in hessian])


@pytest.mark.parametrize("seed", range(16))
def test_random_splits_agree_with_the_eigenvalues(seed: int) -> None:
    found, hessian = rational_case(seed)
    values = np.linalg.eigvalsh(hessian)
    falls = values.min() < -1e-10 * abs(values).max()
    assert found.kind is not Kind.UNDECIDED
    assert (found.kind is Kind.STRICT_SADDLE) == falls


def test_a_falling_direction_among_very_many_parameters() -> None:
    """Fifteen copies twice: 286 parameters, and an inner Hessian of the wrong sign."""
    source = random.Random(3)
    shares = [Fraction(source.choice((-1, 2, 3)), 64) for _ in range(14)]
    shares.append(1 - sum(shares))
    network = Network((1, 15, 15, 1), "t/(1 + t**2)")
    point = Parameters(
        weights=[[[1]] * 15, [[2 * share for share in shares]] * 15, [shares]],
        biases=[[Fraction(1, 2)] * 15, [Fraction(-1, 2)] * 15, [0]],
    )
    inputs = [[Fraction(i, 2)] for i in range(-5, 6)]
    found = classify(network.loss(orthogonal_targets(network, point, inputs)), point)
    assert found.kind is Kind.STRICT_SADDLE
    assert found.descent is not None
    assert found.descent.descends


def test_a_singular_inner_hessian_is_named() -> None:
    """With t + t^4 and no bias it is 0 at critical points: x^2 sigma'' is made of gradients."""
    network = Network((1, 2, 1, 1), "t + t**4", bias=False)
    point = Parameters(weights=[[[2], [2]], [["-3/5", "-2/5"]], [[2]]])
    inputs = [[Fraction(-1, 2)], [Fraction(-1, 3)], [Fraction(-5, 16)], [Fraction(-1, 8)], [1]]
    found = classify(network.loss(orthogonal_targets(network, point, inputs)), point)
    assert found.kind is Kind.UNDECIDED
    assert found.obligation is not None
    assert "equal units 1 and 2 of layer 1 has rank 0 of 1" in found.obligation


@pytest.mark.parametrize("seed", range(12))
def test_the_hessian_splits_into_that_of_the_small_network_and_the_inner_one(seed: int) -> None:
    """Two copies with shares of one sign add the inertia of B, with shares of two that of -B."""
    source = random.Random(seed)
    activation = source.choice(("t/(1 + t**2)", "1/(1 + t + t**2)"))
    share = Fraction(source.choice((-1, 1, 2, 5)), 3)
    into = [Fraction(source.choice((-2, -1, 1, 3)), 2) for _ in range(3)]
    out = Fraction(source.choice((-2, 1, 3)))
    small = Parameters(weights=[[into[:2]], [[out]]], biases=[[into[2]], [1]])
    point = Parameters(
        weights=[[into[:2]] * 2, [[out * share, out * (1 - share)]]], biases=[[into[2]] * 2, [1]]
    )
    inputs = [[Fraction(source.randint(-9, 9), 4), Fraction(i, 3)] for i in range(-3, 5)]
    samples = orthogonal_targets(Network((2, 1, 1), activation), small, inputs)
    large = LocalLoss(Network((2, 2, 1), activation).loss(samples), point)
    narrow = Network((2, 1, 1), activation).loss(samples).at(small).hessian.inertia()
    inner = inner_hessian(large, 1, [0, 1]).inertia()
    if share * (1 - share) < 0:
        inner = (inner[1], inner[0], inner[2])
    assert large.values.gradient.is_zero
    found = large.values.hessian.inertia()
    assert found == (narrow[0] + inner[0], narrow[1] + inner[1], narrow[2] + inner[2] + 1)
