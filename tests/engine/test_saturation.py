"""Local minima at infinity: points near those that HOLD, and the way down from those that FAIL."""

from __future__ import annotations

from fractions import Fraction
from random import Random
from typing import Any

import flint
import pytest

from symbolic_landscape.critical.saturation import (
    BALLS,
    Saturated,
    lower_point,
    minimum_at_infinity,
    not_lower_at_finite_values,
    suboptimal_minimum,
)
from symbolic_landscape.errors import DomainError
from symbolic_landscape.networks import Network, Parameters, Samples

STEP = Samples([[0], [1], [2]], [[0], [0], [1]])


def one_layer(
    weights_in: Any, weights_out: Any, constant: Any, samples: Samples = STEP
) -> Saturated:
    """A network of one hidden layer of sigmoids at infinity."""
    network = Network((1, len(weights_in), 1), "sigmoid")
    zeros = [0] * len(weights_in)
    point = Parameters([[[u] for u in weights_in], [weights_out]], [zeros, [constant]])
    return Saturated(network, samples, point)


def zero_point(widths: tuple[int, ...]) -> Parameters:
    """All weights and biases 0."""
    layers = range(1, len(widths))
    weights = [[[0] * widths[k - 1] for _ in range(widths[k])] for k in layers]
    return Parameters(weights, [[0] * widths[k] for k in layers])


def some_samples(widths: tuple[int, ...]) -> Samples:
    """Three samples that differ, with targets that differ."""
    inputs = [[(i * (j + 1)) % 4 for j in range(widths[0])] for i in range(3)]
    return Samples(inputs, [[int(i == 2) + i * j for j in range(widths[-1])] for i in range(3)])


def found_for(widths: tuple[int, ...], activation: str) -> tuple[Saturated, Any, Parameters]:
    case = Saturated(Network(widths, activation), some_samples(widths), zero_point(widths))
    found = suboptimal_minimum(case)
    assert found is not None
    return found


def near(case: Saturated, radius: Fraction, p0: Fraction, random: Random) -> Parameters:
    """A finite point of the neighbourhood."""

    def moved(x: Any) -> Fraction:
        shift: Fraction = x.rational() + radius * Fraction(random.randint(-999, 999), 1000)
        return shift

    weights = [[[moved(x) for x in row] for row in W.tolist()] for W in case.point.weights]
    biases = [[moved(x) for (x,) in b.tolist()] for b in case.point.biases]
    least = -flint.arb(p0.numerator).log() + flint.arb(p0.denominator).log()
    start = Fraction(int(float(least) / case.rate * 1000) + 1, 1000)
    biases[-2] = [start + random.choice((0, 0, 1, 5)) for _ in biases[-2]]
    return Parameters(weights, biases)


@pytest.mark.parametrize("activation", ["sigmoid", "tanh"])
@pytest.mark.parametrize(
    "widths", [(1, 1, 1), (1, 3, 1), (2, 2, 2, 1), (1, 2, 2, 2, 1), (1, 1, 2, 2)]
)
def test_minima_of_every_depth_are_found_and_no_point_near_is_lower(
    widths: tuple[int, ...], activation: str
) -> None:
    case, verdict, better = found_for(widths, activation)
    assert verdict.is_holds
    assert case.loss(better).raw < BALLS.constant(case.value)
    random = Random(1)
    for _ in range(12):
        point = near(case, verdict.data["radius"], verdict.data["p0"], random)
        assert case.loss(point).raw > BALLS.constant(case.value)


@pytest.mark.parametrize("weights_out", [(-1, -2), (-3, -1)])
def test_the_loss_is_the_sum_that_decides(weights_out: tuple[int, int]) -> None:
    case = one_layer((1, 2), weights_out, Fraction(1, 3) - sum(weights_out))
    biases = [1, 2]
    seen, powers = case.sums(), case.powers()
    assert len(seen) == 2
    with BALLS.working():
        p = [(-flint.arb(bias)).exp() for bias in biases]
        short = [[p[i] * row[i] / (1 + p[i] * row[i]) for i in range(2)] for row in powers]
        x = [
            [D * w for w in weights_out] for D in (x.rational() for (x,) in case.residuals.tolist())
        ]
        linear, square = flint.arb(0), flint.arb(0)
        for row, line in zip(x, short, strict=True):
            linear += sum(BALLS.constant(a) * q for a, q in zip(row, line, strict=True))
            square += sum(w * q for w, q in zip(weights_out, line, strict=True)) ** 2
        split = BALLS.constant(case.value) + square - 2 * linear
    assert (case.loss(case.with_biases(biases)).raw - split).contains(0)


def test_one_unit_of_the_wrong_sign_is_a_way_down() -> None:
    verdict = minimum_at_infinity(one_layer((1, 2), (-1, 2), Fraction(-2, 3)))
    assert verdict.is_fails
    case = one_layer((1, 2), (-1, 2), Fraction(-2, 3))
    point = case.with_biases(list(verdict.data["biases"]))
    assert case.loss(point).raw < BALLS.constant(case.value)


@pytest.mark.parametrize("turn", [Fraction(1, 50), Fraction(-1, 50)])
def test_a_weight_out_of_0_can_be_turned_to_either_sign(turn: Fraction) -> None:
    case = one_layer((1, 2), (-1, 0), Fraction(4, 3))
    assert minimum_at_infinity(case).is_fails
    assert minimum_at_infinity(case, strict=False).is_fails
    turned = one_layer((1, 2), (-1, turn), Fraction(4, 3) - turn)
    assert minimum_at_infinity(turned).is_holds is (turn < 0)


def test_weights_in_of_0_can_be_turned() -> None:
    assert minimum_at_infinity(one_layer((0,), (-1,), Fraction(4, 3))).is_fails
    assert minimum_at_infinity(one_layer((Fraction(-1, 50),), (-1,), Fraction(4, 3))).is_fails
    assert minimum_at_infinity(one_layer((Fraction(1, 50),), (-1,), Fraction(4, 3))).is_holds


def test_a_constant_that_is_not_the_mean_is_no_minimum() -> None:
    for constant, higher in ((1, False), (2, True)):
        case = one_layer((1,), (-1,), constant)
        assert minimum_at_infinity(case, strict=False).is_fails
        assert not_lower_at_finite_values(case, strict=True).is_holds is higher


def test_sums_of_0_whose_slope_is_0_are_left_open() -> None:
    even = Samples([[-1], [0], [1]], [[0], [3], [0]])
    assert minimum_at_infinity(one_layer((0,), (-1,), 2, even)).is_undecided
    assert minimum_at_infinity(one_layer((1,), (-1,), 2, even)).is_holds
    assert minimum_at_infinity(one_layer((1,), (1,), 0, even)).is_fails


def test_where_all_targets_are_equal_the_minimum_is_not_strict() -> None:
    level = Samples([[0], [1]], [[1], [1]])
    case = one_layer((1,), (0,), 1, level)
    assert minimum_at_infinity(case, strict=False).is_holds
    assert minimum_at_infinity(case).is_fails
    assert not_lower_at_finite_values(case, strict=False).is_holds
    assert not_lower_at_finite_values(case, strict=True).is_fails
    assert lower_point(case) is None
    assert minimum_at_infinity(one_layer((1,), (1,), 0, level)).is_undecided


def test_equal_inputs_have_no_suboptimal_minimum_that_is_found() -> None:
    equal = Samples([[1], [1]], [[0], [1]])
    assert suboptimal_minimum(one_layer((1,), (1,), Fraction(-1, 2), equal)) is None


def test_other_networks_are_refused() -> None:
    point = zero_point((1, 1, 1))
    for network, words in (
        (Network((1, 1, 1), "softplus"), "sigmoid or tanh"),
        (Network((1, 1, 1), "sigmoid", "sigmoid"), "linear output"),
    ):
        with pytest.raises(DomainError, match=words):
            Saturated(network, STEP, point)
    with pytest.raises(DomainError, match="without weights"):
        Saturated(Network((1, 1, 1), "sigmoid"), STEP.weighted([1, 2, 1]), point)
