"""Units of any layers and residuals at joints together: cones of directions at first order."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

from symbolic_landscape import Network, Samples, classify
from symbolic_landscape.arithmetic import QQ, Scalar
from symbolic_landscape.calculus import LossSurface
from symbolic_landscape.critical import Kind
from symbolic_landscape.critical.cones import Slopes, cones_of_directions, first_order
from symbolic_landscape.critical.local import LocalLoss, smoothed_surface
from symbolic_landscape.critical.series import OneSidedSeries
from symbolic_landscape.errors import DomainError

MINIMA = {Kind.STRICT_MINIMUM, Kind.NON_STRICT_MINIMUM, Kind.OPEN_MINIMUM}
WIDTHS = ((1, 1, 1, 1), (1, 2, 1, 1), (2, 1, 1, 1), (1, 2, 1))


def drawn(seed: int) -> tuple[LossSurface, list[Fraction]]:
    """A small network in pieces at a point of small integers, with targets near its predictions."""
    source = random.Random(seed)
    net = Network(source.choice(WIDTHS), source.choice(("relu", "max(t, t/10)")))
    inputs = [[source.randint(-2, 2) for _ in range(net.widths[0])] for _ in range(3)]
    point = [Fraction(source.choice((-1, 0, 0, 1, 1, 2))) for _ in range(net.parameter_count)]
    blank = net.loss(Samples(inputs, [[0]] * 3)).at(point).residuals
    targets = [[row[0].rational() + source.choice((0, 0, 1, -1))] for row in blank.tolist()]
    return net.loss(Samples(inputs, targets), source.choice(("sum", "abs(a)"))), point


def one_sided(surface: LossSurface) -> Slopes:
    """The slopes of its activation, leaky or not, on both sides of a value."""
    low = Fraction(0) if str(surface.network.activation) == "relu" else Fraction(1, 10)

    def slopes(layer: int, value: Scalar) -> tuple[Fraction, Fraction]:
        if layer == surface.network.depth:
            return Fraction(1), Fraction(1)
        return (
            low if value.sign() <= 0 else Fraction(1),
            low if value.sign() < 0 else Fraction(1),
        )

    return slopes


def smoothly(surface: LossSurface, point: list[Fraction]) -> LocalLoss:
    return LocalLoss(smoothed_surface(surface), surface.network.parameters(point))


def changed(
    surface: LossSurface, point: list[Fraction], direction: list[Fraction]
) -> tuple[list[list[Fraction]], Fraction]:
    """The one-sided derivatives of the residuals and of the loss along a ray."""
    ring = OneSidedSeries(QQ, 1)
    raws = [
        ring.from_coefficients([QQ.scalar(x), QQ.scalar(d)])
        for x, d in zip(point, direction, strict=True)
    ]
    local = LocalLoss(surface, surface.network.parameters(point)).over(ring, raws)
    rows = [[ring.coefficients(x)[1].rational() for x in row] for row in local.residuals.raw_rows()]
    return rows, ring.coefficients(local.value.raw)[1].rational()


@pytest.mark.parametrize("seed", range(40))
def test_predictions_change_linearly_on_each_cone(seed: int) -> None:
    surface, point = drawn(seed)
    try:
        cones = cones_of_directions(smoothly(surface, point), one_sided(surface))
    except DomainError as error:
        pytest.skip(str(error))
    source = random.Random(seed)
    for _ in range(12):
        direction = [Fraction(source.randint(-3, 3)) for _ in point]
        rows, _ = changed(surface, point, direction)
        at = [
            cone
            for cone in cones
            if all(
                sum(b * d for b, d in zip(bound, direction, strict=True)) >= 0
                for bound in cone.bounds
            )
        ]
        assert at, "the cones make up all directions"
        for cone in at:
            found = [
                [sum(a * d for a, d in zip(form, direction, strict=True)) for form in row]
                for row in cone.rows
            ]
            assert found == rows


@pytest.mark.parametrize("seed", range(60))
def test_first_order_and_kinds_agree_with_points_nearby(seed: int) -> None:
    surface, point = drawn(seed)
    found = classify(surface, point, thorough=False)
    source = random.Random(seed)
    base = surface.at(point).value.rational()
    for k in range(60):
        size = Fraction(1, 10 ** (3 + k % 3))
        sparse = k % 2
        moved = [
            x + size * source.choice((-1, 0, 0, 1) if sparse else (-3, -2, -1, 1, 2, 3))
            for x in point
        ]
        change = surface.at(moved).value.rational() - base
        assert found.kind not in MINIMA or change >= 0
        assert found.kind is not Kind.STRICT_MINIMUM or change > 0 or moved == point
    try:
        first = first_order(smoothly(surface, point), one_sided(surface))
    except DomainError:
        return
    assert first.falling is None or changed(surface, point, list(first.falling))[1] < 0
    for _ in range(40 * (first.falling is None)):
        direction = [Fraction(source.choice((-2, -1, 0, 0, 1, 2))) for _ in point]
        slope = changed(surface, point, direction)[1]
        assert slope > 0 or (slope == 0 and not (first.rises and any(direction)))


def corner(targets: list[int]) -> LossSurface:
    net = Network((1, 1, 1), "max(t, 0) + 1", bias=False)
    return net.loss(Samples([[1], [-1], [1], [-1], [0]], [[y] for y in targets]), "abs(a)")


def test_a_unit_and_residuals_at_joints_at_a_strict_minimum() -> None:
    """L = 2 |w max(v, 0) + w - 1| + 2 |w max(-v, 0) + w - 1| + |w - 5| at v = 0, w = 1."""
    found = classify(corner([1, 1, 1, 1, 5]), [0, 1])
    assert found.kind is Kind.STRICT_MINIMUM
    assert any("rises in every direction" in reason for reason in found.reasons)


def test_a_heavier_residual_makes_the_loss_fall() -> None:
    """With |w - 5| and residuals of two samples less, the loss falls as w grows."""
    found = classify(corner([1, 3, 1, 3, 5]), [0, 1])
    assert found.kind is Kind.NOT_CRITICAL
    assert found.descent is not None or found.better is not None
