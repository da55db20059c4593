"""Joints of the loss: absolute values, quantiles, corners; and the linear programs behind them."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import combinations

import pytest

from symbolic_landscape import Network, Samples, classify
from symbolic_landscape.arithmetic import QQ
from symbolic_landscape.arithmetic.linear_programs import Obstruction, Optimum, greatest
from symbolic_landscape.calculus import LossSurface
from symbolic_landscape.critical import Answer, Kind
from symbolic_landscape.critical.loss_joints import is_convex_in_pieces
from symbolic_landscape.functions.activations import ScalarLoss

MINIMA = {Kind.STRICT_MINIMUM, Kind.NON_STRICT_MINIMUM, Kind.OPEN_MINIMUM}
LOSSES = ["abs(a)", "max(a/4, -3*a/4)", "max(2*a, -a)"]


def value(surface: LossSurface, point: list[Fraction]) -> Fraction:
    return surface.at(surface.network.parameters(point)).value.rational()


def lowest(surface: LossSurface, point: list[Fraction], seed: int) -> Fraction:
    """The least change of the loss at random points near the given one."""
    source, base = random.Random(seed), value(surface, point)
    changes = []
    for k in range(80):
        size = Fraction(1, 10 ** (2 + k % 3))
        moved = [x + size * Fraction(source.randint(-9, 9), 9) for x in point]
        changes.append(value(surface, moved) - base)
    return min(changes)


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("seed", range(8))
def test_regression_lines_through_two_samples(loss: str, seed: int) -> None:
    """A line is best if and only if no line through two other samples is better."""
    source = random.Random(repr((loss, seed)))
    inputs = source.sample(range(-6, 7), 5)
    targets = [source.randint(-5, 5) for _ in inputs]
    surface = Network((1, 1), "linear").loss(
        Samples([[x] for x in inputs], [[y] for y in targets]), loss
    )
    lines = []
    for i, j in combinations(range(5), 2):
        slope = Fraction(targets[i] - targets[j], inputs[i] - inputs[j])
        lines.append([slope, targets[i] - slope * inputs[i]])
    best = min(value(surface, line) for line in lines)
    for line in lines:
        found = classify(surface, line)
        is_best = value(surface, line) == best
        assert (found.kind in MINIMA) == is_best
        assert (found.global_minimum is Answer.YES) == is_best
        assert (found.kind is Kind.NOT_CRITICAL) != is_best
        if found.kind is Kind.STRICT_MINIMUM:
            assert lowest(surface, line, seed) >= 0


@pytest.mark.parametrize("seed", range(12))
def test_networks_with_absolute_values_agree_with_samples(seed: int) -> None:
    source = random.Random(seed)
    network = Network(
        (1, 2, 1), source.choice(["relu", "t + t**2", "max(t, t/3)"]), bias=seed % 2 > 0
    )
    point = [Fraction(source.choice((-3, -1, 1, 2)), 2) for _ in range(network.parameter_count)]
    inputs = [[Fraction(2 * x + 1, 2)] for x in source.sample(range(-4, 5), 6)]
    blank = network.loss(Samples(inputs, [[0]] * 6))
    predictions = [
        row[0].rational() for row in blank.at(network.parameters(point)).residuals.tolist()
    ]
    fitted = source.sample(range(6), source.randint(3, 6))
    targets = [
        [p if i in fitted else p + source.choice((-1, 1))] for i, p in enumerate(predictions)
    ]
    surface = network.loss(Samples(inputs, targets), "abs(a)")
    found = classify(surface, point)
    least = lowest(surface, point, seed)
    if found.kind in MINIMA:
        assert least >= 0
    if least < 0:
        assert found.kind in {Kind.NOT_CRITICAL, Kind.UNDECIDED, Kind.SADDLE}


def test_a_median_among_constant_predictions_is_not_strict() -> None:
    surface = Network((1, 1), "linear").loss(Samples([[1], [1], [1]], [[0], [1], [5]]), "abs(a)")
    found = classify(surface, [0, 1])
    assert found.kind is Kind.NON_STRICT_MINIMUM
    assert found.global_minimum is Answer.YES


def test_a_fit_is_global_whatever_the_field() -> None:
    surface = Network((1, 1, 1), "tanh").loss(Samples([[0], [1]], [[0], [0]]), "abs(a)")
    found = classify(surface, [1, 0, 0, 0])
    assert found.kind is Kind.NON_STRICT_MINIMUM
    assert found.global_minimum is Answer.YES


@pytest.mark.parametrize(
    ("formula", "convex"),
    [("abs(a)", True), ("max(a, a**2)", False), ("min(a, -a)", False), ("max(a, 2*a)", True)],
)
def test_convexity_in_pieces(formula: str, convex: bool) -> None:
    assert is_convex_in_pieces(ScalarLoss.of(formula).formula) is convex


@pytest.mark.parametrize("seed", range(60))
def test_linear_programs_agree_with_their_vertices(seed: int) -> None:
    source = random.Random(seed)
    height, width = source.randint(1, 3), source.randint(3, 5)
    matrix = [[Fraction(source.randint(-3, 3)) for _ in range(width)] for _ in range(height)]
    matrix.append([Fraction(1)] * width)
    right = [Fraction(source.randint(-3, 3)) for _ in range(height)] + [Fraction(4)]
    goal = [Fraction(source.randint(-3, 3)) for _ in range(width)]
    found = greatest(matrix, right, goal)
    best = None
    for size in range(1, width + 1):
        for chosen in combinations(range(width), size):
            columns = QQ.matrix([[row[j] for j in chosen] for row in matrix])
            if columns.rank() < size:
                continue
            gram = columns.T @ columns
            point = gram.solve(columns.T @ QQ.column(right))
            values = [row[0].rational() for row in point.tolist()]
            if not (columns @ point - QQ.column(right)).is_zero or min(values) < 0:
                continue
            reached = sum((goal[j] * x for j, x in zip(chosen, values, strict=True)), Fraction(0))
            best = reached if best is None else max(best, reached)
    if isinstance(found, Obstruction):
        assert best is None
        y = found.factors
        for j in range(width):
            assert sum(a * row[j] for a, row in zip(y, matrix, strict=True)) <= 0
        assert sum(a * b for a, b in zip(y, right, strict=True)) > 0
    else:
        assert isinstance(found, Optimum)
        assert found.value == best
        for row, wanted in zip(matrix, right, strict=True):
            assert sum(a * x for a, x in zip(row, found.point, strict=True)) == wanted


@pytest.mark.parametrize("loss", ["piece(a**2, 0)", "piece(a**2, -a**2/2)", "piece(a**2, a**3)"])
def test_a_loss_whose_second_derivative_jumps_at_a_residual_settles_no_minimum(loss: str) -> None:
    """The Hessian is that of one side; on the other the loss may stay or fall."""
    surface = Network((2, 1), "linear", bias=False).loss(
        Samples([[1, 0], [0, 1], [7, -3]], [[0]] * 3), loss
    )
    found = classify(surface, [Fraction(0), Fraction(0)])
    assert found.kind not in MINIMA
    assert found.global_minimum is not Answer.YES or value(surface, [Fraction(0)] * 2) == 0


def test_second_derivatives_that_agree_at_a_residual_settle_a_minimum() -> None:
    surface = Network((1, 1), "linear", bias=False).loss(
        Samples([[1]], [[0]]), "piece(a**2, a**2 + a**3)"
    )
    assert classify(surface, [Fraction(0)]).kind is Kind.STRICT_MINIMUM
