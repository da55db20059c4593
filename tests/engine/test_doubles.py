"""Balls of doubles against exact numbers and against balls of other precisions."""

from __future__ import annotations

import random
from fractions import Fraction

import flint
import numpy as np
import pytest

from symbolic_landscape import Network, Samples, classify
from symbolic_landscape.arithmetic import (
    QQ,
    BallField,
    BallMatrix,
    Doubles,
    certainly_definite,
    eigenvalue_enclosures,
)
from symbolic_landscape.calculus import LossSurface
from symbolic_landscape.critical import Kind
from symbolic_landscape.errors import ShapeError, SmoothnessError

SPREAD = (1.0, 2.0**-30, 2.0**40, 2.0**-400, 0.0)


def drawn(source: random.Random, *shape: int) -> Doubles:
    """Balls of very different sizes."""

    def number() -> float:
        return source.choice((1, -1)) * source.random() * source.choice(SPREAD)

    count = int(np.prod(shape))
    middle = np.array([number() for _ in range(count)]).reshape(shape)
    radius = np.array([abs(number()) * 2.0**-20 for _ in range(count)]).reshape(shape)
    return Doubles(middle, radius)


def inside(source: random.Random, balls: Doubles) -> np.ndarray:
    """Exact numbers in the balls, also on their ends."""
    found = np.empty(balls.shape, dtype=object)
    for place in np.ndindex(*balls.shape):
        share = source.choice((Fraction(-1), Fraction(1), Fraction(source.randint(-9, 9), 10)))
        found[place] = Fraction(balls.middle[place]) + share * Fraction(balls.radius[place])
    return found


def contained(numbers: np.ndarray, balls: Doubles) -> bool:
    return numbers.shape == balls.shape and all(
        abs(number - Fraction(float(middle))) <= Fraction(float(radius))
        for number, middle, radius in zip(
            numbers.ravel(), balls.middle.ravel(), balls.radius.ravel(), strict=True
        )
    )


@pytest.mark.parametrize("seed", range(8))
def test_sums_and_products_contain_what_exact_numbers_give(seed: int) -> None:
    source = random.Random(seed)
    a, b = drawn(source, 12, 30), drawn(source, 12, 30)
    c, d = drawn(source, 30, 9), drawn(source, 2, 5, 30)
    x, y, z, t = (inside(source, balls) for balls in (a, b, c, d))
    assert contained(x + y, a + b)
    assert contained(x - y, a - b)
    assert contained(x * y, a * b)
    assert contained(x @ z, a @ c)
    assert contained(np.stack([part @ z for part in t]), d @ c)
    moved = (a @ c).reshape(4, 3, 9).transpose(2, 0, 1)[1:, :, [0, 2]]
    assert contained((x @ z).reshape(4, 3, 9).transpose(2, 0, 1)[1:, :, [0, 2]], moved)


def test_nothing_but_an_enlarged_bound_is_accepted() -> None:
    """A rounded product is not the exact one: without the rounding term it would lie outside."""
    third = Doubles(np.array([1 / 3]), np.zeros(1))
    square = third * third
    exact = Fraction(1 / 3) ** 2
    assert Fraction(square.middle[0]) != exact
    assert contained(np.array([exact]), square)
    assert not contained(np.array([exact]), Doubles(square.middle, np.zeros(1)))
    large = Doubles(np.array([1e300]), np.zeros(1))
    with np.errstate(over="ignore"):
        assert not (large * large).is_finite


def test_balls_of_flint_there_and_back() -> None:
    with BallField(128).working():
        raw = flint.arb_mat([[flint.arb(2).sqrt(), flint.arb(1, 1e-3)], [0, flint.arb(10) ** 40]])
    doubles = Doubles.of_balls(raw)
    back = doubles.to_balls()
    assert all(b.contains(a) for a, b in zip(raw.entries(), back.entries(), strict=True))
    assert not Doubles.of_balls(flint.arb_mat([["nan", 0], [0, "inf"]])).is_finite


def surface(
    widths: tuple[int, ...], activation: str, output: str, loss: str, *, decay: bool = False
) -> tuple[LossSurface, list[Fraction]]:
    source = random.Random(len(widths) + len(activation))

    def numbers(count: int) -> list[Fraction]:
        return [Fraction(source.randint(-9, 9), source.randint(1, 7)) for _ in range(count)]

    net = Network(widths, activation, output)
    samples = Samples(
        [numbers(widths[0]) for _ in range(6)], [numbers(widths[-1]) for _ in range(6)]
    )
    weight_decay = {"weights": "1/3", "biases": "1/7"} if decay else 0
    point = [x / 3 for x in numbers(net.parameter_count)]
    return net.loss(samples, loss, weight_decay=weight_decay), point


@pytest.mark.parametrize(
    "case",
    [
        ((2, 10, 10, 1), "tanh", "linear", "sum"),
        ((3, 14, 2), "sigmoid", "tanh", "mean"),
        ((1, 5, 5, 5, 2), "square", "linear", "half"),
        ((2, 15, 1), "arctan", "linear", "cauchy(1)"),
        ((2, 15, 1), "softplus", "linear", "sum"),
    ],
)
@pytest.mark.parametrize("decay", [False, True])
def test_hessians_in_doubles_contain_those_in_balls(
    case: tuple[tuple[int, ...], str, str, str], decay: bool
) -> None:
    loss, point = surface(*case, decay=decay)
    found = loss.at(point).enclose(53).hessian
    sharp = loss.at(point).enclose(192).hessian
    assert isinstance(found, BallMatrix)
    assert isinstance(sharp, BallMatrix)
    assert found.doubles is not None
    pairs = zip(found.raw.entries(), sharp.raw.entries(), strict=True)
    assert all(outer.contains(inner) for outer, inner in pairs)
    assert found.doubles.radius.max() < 1e-9 * abs(found.doubles.middle).max()


@pytest.mark.slow
def test_a_hundred_thousand_entries_of_a_hessian_lie_in_their_balls() -> None:
    loss, point = surface((2, 21, 21, 1), "tanh", "linear", "sum")
    found = loss.at(point).enclose(53).hessian
    sharp = loss.at(point).enclose(128).hessian
    pairs = list(zip(found.raw.entries(), sharp.raw.entries(), strict=True))
    assert len(pairs) == 547**2 > 10**5
    assert all(outer.contains(inner) for outer, inner in pairs)


def test_at_a_box_the_doubles_contain_the_hessian_at_its_points() -> None:
    loss, point = surface((2, 10, 10, 1), "tanh", "linear", "sum")
    field = BallField(53)
    raws = [field.constant(x) + flint.arb(0, 1e-6) for x in point]
    found = loss.at(loss.network.parameters_over(field, raws), field).hessian
    moved = [x + Fraction((-1) ** i, 10**6 + 1) for i, x in enumerate(point)]
    sharp = loss.at(moved).enclose(128).hessian
    assert found.doubles is not None
    pairs = zip(found.raw.entries(), sharp.raw.entries(), strict=True)
    assert all(outer.contains(inner) for outer, inner in pairs)


def test_where_doubles_do_not_apply_other_balls_are_taken() -> None:
    loss, point = surface((2, 10, 10, 1), "tanh", "linear", "sum")
    assert loss.at(point).enclose(54).hessian.doubles is None
    small, start = surface((2, 3, 1), "tanh", "linear", "sum")
    assert small.at(start).enclose(53).hessian.doubles is None
    steep, _ = surface((1, 30, 1), "t**9", "linear", "sum")
    far = steep.at([10**30] * 91).enclose(53).hessian
    assert far.doubles is None
    assert all(x.is_finite() for x in far.raw.entries())
    labelled = loss.network.labelled({"b1_1": 0}).loss(loss.samples)
    assert labelled.at(point[1:]).enclose(53).hessian.doubles is None
    kinked = Network((1, 20, 1), "relu").loss(Samples([[1]], [[2]]))
    with pytest.raises(SmoothnessError):
        _ = kinked.at([0] * 61).enclose(53).hessian


def test_definiteness_and_eigenvalues_of_doubles_are_those_of_the_balls() -> None:
    loss, point = surface((2, 10, 10, 1), "tanh", "linear", "sum", decay=True)
    found = loss.at(point).enclose(53).hessian
    assert found.is_symmetric
    ball = BallMatrix(found.field, found.raw)
    shift = QQ.identity(151).scale(int(abs(found.doubles.middle).sum(1).max()) + 1)
    assert not certainly_definite(found)
    assert not certainly_definite(ball)
    moved = found + shift
    doubled = BallMatrix.of_doubles(found.field, Doubles.of_balls(moved.raw))
    assert certainly_definite(doubled)
    assert certainly_definite(moved)
    for one, other in zip(eigenvalue_enclosures(found), eigenvalue_enclosures(ball), strict=True):
        assert one.overlaps(other)


@pytest.mark.slow
def test_networks_of_thousands_of_parameters_are_classified() -> None:
    net = Network((64, 40, 10), "tanh")
    source = random.Random(1)
    inputs = [[source.randint(-3, 3) for _ in range(64)] for _ in range(4)]
    samples = Samples(inputs, [[(-1) ** i * (j + 1) for j in range(10)] for i in range(4)])
    assert net.parameter_count == 3010
    point = [Fraction(source.randint(-9, 9), 64) for _ in range(3010)]
    assert classify(net.loss(samples), point).kind is Kind.NOT_CRITICAL
    flat = classify(net.loss(samples), [0] * 3010)
    assert flat.kind is Kind.UNDECIDED
    assert "more than 1000" in str(flat.obligation)
    decayed = net.loss(samples, weight_decay={"weights": 1000, "biases": 1000})
    found = classify(decayed, [0] * 3010)
    assert (found.kind, found.inertia) == (Kind.STRICT_MINIMUM, (3010, 0, 0))
    with pytest.raises(ShapeError, match="1000 where a critical point"):
        classify(net.loss(samples), point, near=True)
