"""Global minima of one layer with one or two parameters, by a search of all of them."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from symbolic_landscape import Network, Samples, classify
from symbolic_landscape.calculus import LossSurface
from symbolic_landscape.critical import Answer, Kind
from symbolic_landscape.critical.better import PATTERN_STEPS, _losses, _pattern_search
from symbolic_landscape.critical.local import LocalLoss, is_sharp
from symbolic_landscape.critical.search import Cell, _everything, _Floor


def minimum(surface: LossSurface, start: list[float]) -> list[Fraction]:
    """A minimum to ten digits, by damped Newton steps."""
    point = np.array(start, dtype=float)
    for _ in range(100):
        gradient, hessian = surface.floats.derivatives(point.tolist())
        values, vectors = np.linalg.eigh(hessian)
        point = point - vectors @ ((vectors.T @ gradient) / (abs(values) + 1e-9))
    return [Fraction(round(x * 10**10), 10**10) for x in point.tolist()]


@pytest.mark.parametrize(
    ("network", "inputs", "targets", "start"),
    [
        (Network((1, 1), "linear", "sigmoid", bias=False), [[1], [20]], ["9/10", "1/5"], [-0.06]),
        (
            Network((1, 1), "linear", "sigmoid"),
            [[-2], [-1], [0], [1], [2]],
            ["1/10", "3/10", "1/5", "1/2", "7/10"],
            [0.5, -0.5],
        ),
        (
            Network((2, 1), "linear", "tanh", bias=False),
            [[1, 0], [0, 1]],
            ["1/2", "-1/3"],
            [0.5, 0],
        ),
    ],
)
def test_a_minimum_is_global_by_a_search(
    network: Network, inputs: list[Any], targets: list[str], start: list[float]
) -> None:
    surface = network.loss(Samples([*inputs, inputs[0]], [*([y] for y in targets), ["1/4"]]))
    found = classify(surface, minimum(surface, start), near=True)
    assert found.kind is Kind.STRICT_MINIMUM
    assert found.global_minimum is Answer.YES
    assert "cells cover all parameters" in found.global_minimum_reason


@pytest.mark.parametrize("activation", ["tanh", "arctan", "algebraic"])
@pytest.mark.parametrize("sign", [1, -1])
def test_the_minimum_of_one_hidden_unit_is_global_by_a_search(activation: str, sign: int) -> None:
    inputs = [["11/10"], ["17/50"], ["-27/50"], ["-63/50"], ["-189/100"], ["0"], ["-81/100"]]
    targets = [["18/25"], ["39/100"], ["-17/25"], ["-17/10"], ["-81/100"], ["-2/5"], ["-3/10"]]
    surface = Network((1, 1, 1), activation, bias=False).loss(Samples(inputs, targets), "mean")
    found = classify(surface, minimum(surface, [0.9 * sign, 1.2 * sign]), near=True)
    assert found.kind is Kind.STRICT_MINIMUM
    assert found.global_minimum is Answer.YES
    assert "whatever the outer weight" in found.global_minimum_reason


def test_a_linear_fit_below_one_hidden_unit_leaves_no_global_minimum() -> None:
    # the targets bend the wrong way, so that the loss falls as w goes to 0 and v w stays
    samples = Samples([[-2], [-1], [1], [2]], [[-9], [-1], [1], [9]])
    surface = Network((1, 1, 1), "tanh", bias=False).loss(samples)
    for weight in ("1/2", "1", "2"):
        found = classify(surface, [weight, "3"], near=True)
        assert found.global_minimum is not Answer.YES


def test_a_minimum_that_is_not_global_is_not_found_to_be() -> None:
    # far to the right the first sample is fitted well and the other not at all
    samples = Samples([[1], [-10]], [["9/10"], ["7/10"]])
    surface = Network((1, 1), "linear", "sigmoid", bias=False).loss(samples)
    answers = []
    for start in (-0.1, 2.2):
        found = classify(surface, minimum(surface, [start]), near=True)
        assert found.kind is Kind.STRICT_MINIMUM
        answers.append((float(found.loss.raw.mid()), found.global_minimum))
    (low, first), (high, second) = sorted(answers)
    assert low < high
    assert (first, second) == (Answer.YES, Answer.NO)


def test_bounds_on_cells_are_below_the_loss() -> None:
    surface = Network((1, 1), "linear", "sigmoid").loss(Samples([[1], [-2]], [["9/10"], ["1/5"]]))
    local = LocalLoss(surface, surface.network.parameters([0, 0]))
    floor = _Floor(local)
    for cell in _everything(2):
        for part in (cell, *cell.halves()):
            bound = floor.below(part)
            low, high = part.scale
            assert low is not None
            for scale in (low, high or 2 * low, high or 50 * low):
                for first in part.sides[0]:
                    for second in part.sides[1]:
                        assert first is not None
                        assert second is not None
                        loss = surface.at([scale * first, scale * second]).enclose(64).value
                        assert not bound > loss.raw


def test_cells_are_halved_across_their_longest_side() -> None:
    one, zero = Fraction(1), Fraction(0)
    square = Cell(((-one, one), (zero, one)), (one, one))
    assert [half.sides[0] for half in square.halves()] == [(-one, zero), (zero, one)]
    fan = Cell(((one, one), (-one, one)), (one, None))
    assert [half.sides[1] for half in fan.halves()] == [(-one, zero), (zero, one)]
    assert [half.scale for half in fan.halves()[0].halves()] == [(one, 2), (2, None)]
    assert fan.box is None
    assert not fan.is_within([one, zero], Fraction(100))
    assert square.is_within([zero, zero], one)


def test_losses_are_shown_with_the_digits_of_a_double() -> None:
    samples = Samples([[f"0.{k}23456789012345678"] for k in range(1, 9)], [["1/3"]] * 8)
    surface = Network((1, 2, 1), "sigmoid").loss(samples)
    point = [f"{k}.123456789012345678" for k in range(1, 8)]
    ball = classify(surface, point).loss.enclose(512)
    assert is_sharp(ball)
    assert is_sharp(LocalLoss(surface, surface.network.parameters(point)).loss.enclose(1024))


def _one_after_the_other(surface: LossSurface, point: list[Fraction]) -> list[Fraction]:
    """The same search with one exact loss at a time."""
    for exponent in range(1, PATTERN_STEPS):
        for place in range(len(point)):
            for sign in (Fraction(1, 2**exponent), -Fraction(1, 2**exponent)):
                moved = [*point[:place], point[place] + sign, *point[place + 1 :]]
                if (surface.at(moved).value - surface.at(point).value).sign() < 0:
                    point = moved
    return point


@pytest.mark.parametrize("weighted", [False, True])
def test_pattern_search_for_many_points_at_once_is_the_one_by_one(weighted: bool) -> None:
    """In floats, and in balls where a surface with weights of samples has no floats."""
    network = Network((1, 2, 1), "t**3 - t")
    samples = Samples([[0], [1], [-2], ["1/2"]], [[1], [0], [3], [-1]])
    weights = [1, 2, 1, 1] if weighted else None
    surface = network.loss(samples, weights=weights)
    for seed in range(3):
        start = [Fraction((7 * i + 5 * seed) % 13 - 6, 4) for i in range(network.parameter_count)]
        losses = _losses(LocalLoss(surface, network.parameters(start)))
        floats = [float(x) for x in start]
        found = _pattern_search(losses, floats, losses([floats])[0])
        assert [Fraction(x) for x in found] == _one_after_the_other(surface, start)
