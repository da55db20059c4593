"""Points given to a few digits near which there is no critical point: the weights run away."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from symbolic_landscape import Network, Samples, classify
from symbolic_landscape.arithmetic import BallField
from symbolic_landscape.calculus import LossSurface
from symbolic_landscape.critical import Answer, Classification, Kind
from symbolic_landscape.critical.exclusion import excluded_radius
from symbolic_landscape.critical.infinity import runaway
from symbolic_landscape.critical.local import LocalLoss
from symbolic_landscape.critical.tails import Term, loss_limit, tail_of
from symbolic_landscape.formula import derivative, evaluated
from symbolic_landscape.functions.activations import Activation

FIELD = BallField(200)


def falls_along_its_ray(surface: LossSurface, found: Classification, point: list[Any]) -> None:
    """The loss at t = 0, 1, 4 falls, and stays above the infimum."""
    assert found.runaway is not None
    local = LocalLoss(surface, surface.network.parameters(point))
    previous = None
    for t in (0, 1, 4):
        moved = [a + b * t for a, b in zip(local.coordinates, found.runaway.direction, strict=True)]
        loss = local.loss_at(moved, 600).raw
        assert not loss < found.runaway.infimum.enclose(600)
        assert previous is None or loss < previous
        previous = loss


SEPARATED = Samples([[-1, -1], [-2, -1], [3, 1], [4, 1]], [[0]] * 4)


@pytest.mark.parametrize("point", [["10", "-25"], ["1", "-1"], ["-3", "2"], ["0", "0"]])
def test_separated_samples_with_a_logistic_loss(point: list[Any]) -> None:
    surface = Network((2, 1), bias=False).loss(SEPARATED, "log(1+exp(-a))")
    found = classify(surface, point, near=True)
    assert found.kind is Kind.NONE_NEAR
    assert found.global_minimum is Answer.NO
    assert found.runaway is not None
    assert str(found.runaway.infimum) == "0"
    falls_along_its_ray(surface, found, point)
    data = found.to_data()
    assert data["runaway"]["attained"] is False
    assert any("not attained" in line for line in found.lines())


def test_samples_that_are_not_separated_have_a_minimum() -> None:
    samples = Samples([[-1, -1], [-2, -1], [3, 1], [4, 1], [1, 1]], [[0]] * 5)
    surface = Network((2, 1), bias=False).loss(samples, "log(1+exp(-a))")
    assert runaway(LocalLoss(surface, surface.network.parameters([1, 1]))) is None


def test_a_network_that_solves_xor_by_saturated_outputs() -> None:
    samples = Samples([[0, 0], [0, 1], [1, 0], [1, 1]], [[0], [1], [1], [0]])
    surface = Network((2, 2, 1), "sigmoid", "sigmoid").loss(samples)
    point = [20, 20, 20, 20, -10, -30, 20, -20, -10]
    found = classify(surface, point, near=True)
    assert found.kind is Kind.NONE_NEAR
    assert found.runaway is not None
    assert str(found.runaway.infimum) == "0"
    falls_along_its_ray(surface, found, point)


@pytest.mark.parametrize(
    "activation", ["tanh", "arctan", "sigmoid", pytest.param("algebraic", marks=pytest.mark.slow)]
)
def test_a_unit_that_becomes_a_step(activation: str) -> None:
    samples = Samples([[-2], [-1], [1], [2]], [[-1], ["-6/5"], ["6/5"], [1]])
    surface = Network((1, 1, 1), activation).loss(samples)
    point = ["40", "0", "11/10", "0"]
    if activation == "sigmoid":
        point[2:] = ["11/5", "-11/10"]
    if activation == "arctan":
        point[0], point[2] = "400", "7/10"
    found = classify(surface, point, near=True)
    if activation == "algebraic":  # it comes too slowly to its limits for so few boxes
        assert found.kind is Kind.UNDECIDED
        assert "may run to infinity" in str(found.obligation)
        return
    assert found.kind is Kind.NONE_NEAR
    falls_along_its_ray(surface, found, point)


def test_a_unit_with_one_sample_on_its_slope() -> None:
    samples = Samples([[-2], [-1], [0], [1], [2]], [[-1], ["-6/5"], ["1/3"], ["6/5"], [1]])
    surface = Network((1, 1, 1), "tanh").loss(samples)
    point = ["40", "2/7", "11/10", "0"]
    found = classify(surface, point, near=True)
    assert found.kind is Kind.NONE_NEAR
    assert found.runaway is not None
    assert [str(value) for value in found.runaway.direction] == ["1", "0", "0", "0"]
    falls_along_its_ray(surface, found, point)


def test_a_point_with_a_steep_loss_around_is_not_critical() -> None:
    surface = Network((1, 1), "linear", "sigmoid").loss(Samples([[1]], [["1/100"]]))
    found = classify(surface, [1, 1], near=True)
    assert found.kind is Kind.NOT_CRITICAL
    assert any("no critical point is near" in reason for reason in found.reasons)


def test_the_excluded_box_never_holds_a_critical_point() -> None:
    # the minimum is at 7/5
    surface = Network((1, 1), bias=False).loss(Samples([[1], [2]], [[1], [3]]))
    for numerator in range(100, 140, 3):
        value = Fraction(numerator, 100)
        radius = excluded_radius(LocalLoss(surface, surface.network.parameters([value])))
        assert radius is not None
        assert abs(value - Fraction(7, 5)) > radius * max(1, value)


@pytest.mark.slow
def test_a_network_that_is_stuck_far_out_has_no_critical_point_near() -> None:
    samples = Samples([[0, 0], [0, 1], [1, 0], [1, 1]], [[0], [1], [1], [0]])
    surface = Network((2, 2, 1), "sigmoid", "sigmoid").loss(samples)
    point = ["62.28668", "-101.74973", "72.73972", "571.56804", "7.94027", "44.1521"]
    point[4:4] = ["-33.1074", "-10.4545"]
    found = classify(surface, [*point, "-44.15213"], near=True)
    assert found.kind is Kind.NONE_NEAR
    assert found.runaway is not None
    assert found.runaway.radius == Fraction(1, 16)


@pytest.mark.parametrize("weight", ["1/1000000000", "1/1000", "1/60", "1/17"])
@pytest.mark.parametrize("activation", ["tanh", "arctan", "cubic"])
def test_a_degenerate_critical_point_that_newton_does_not_find(
    weight: str, activation: str
) -> None:
    # the gradient and the Hessian are 0 at 0, which is near, though the loss falls along a ray
    samples = Samples([[1], [-1]], [[1], [0]])
    surface = Network((1, 1, 1, 1), activation, bias=False).loss(samples, "logistic")
    found = classify(surface, [weight] * 3, near=True)
    assert found.kind is Kind.UNDECIDED
    assert found.global_minimum is Answer.UNKNOWN
    assert "may run to infinity" in str(found.obligation)


def test_a_degenerate_critical_point_that_is_not_near() -> None:
    surface = Network((1, 1, 1), bias=False).loss(Samples([[1]], [["1/3"]]), "a**4")
    inside = classify(surface, ["1", "2/5"], near=True)
    assert inside.kind not in {Kind.NONE_NEAR, Kind.NOT_CRITICAL}
    assert classify(surface, ["1", "2"], near=True).kind is Kind.NOT_CRITICAL


def test_losses_that_do_not_fall_for_ever_have_no_limit_of_a_term() -> None:
    samples = Samples([[1]], [["1/2"]])
    inside = Network((1, 1), "linear", "sigmoid").loss(samples)
    assert loss_limit(inside, samples.targets[0, 0], 1, 64) is None
    squares = Network((1, 1)).loss(samples)
    assert loss_limit(squares, samples.targets[0, 0], 1, 64) is None
    flat = Network((1, 1), "linear", "tanh").loss(Samples([[1]], [[1]]), "a**4")
    assert loss_limit(flat, flat.samples.targets[0, 0], 1, 64) == 0
    assert loss_limit(flat, flat.samples.targets[0, 0], -1, 64) is None


@pytest.mark.parametrize(
    ("activation", "sign"),
    [
        ("sigmoid", 1),
        ("sigmoid", -1),
        ("tanh", 1),
        ("softplus", -1),
        ("arctan", -1),
        ("algebraic", 1),
    ],
)
def test_speeds_over_their_factor_are_enclosed(activation: str, sign: int) -> None:
    formula = Activation.of(activation).formula
    tail = tail_of(formula)
    assert tail is not None
    term = Term(
        FIELD.constant(Fraction(3 * sign)), FIELD.constant(Fraction(2 * sign)), Fraction(2 * sign)
    )
    slowest = Term(FIELD.constant(Fraction(1)), FIELD.constant(Fraction(-1, 2)), Fraction(-1, 2))
    for t in (Fraction(0), Fraction(1, 3), Fraction(7)):
        s = 1 / (1 + t)
        with FIELD.working():
            at = term.start + FIELD.constant(t) * term.slope
            speed = evaluated(derivative(formula), at, FIELD) * term.slope
            if tail.exponential is None:
                factor = FIELD.constant(s**tail.power)
            else:
                factor = (-FIELD.constant(t * tail.exponential[1]) / 2).exp()
            exact = speed / factor
        for end in (t, t + 2, None):
            ball = tail.essence(term, slowest, t, end, 200)
            assert ball.overlaps(exact)
            assert ball.is_finite()


def test_classes_that_are_separated() -> None:
    samples = Samples([[2], [3], [-1], [-2]], [[0], [0], [1], [1]])
    surface = Network((1, 2)).loss(samples, "cross_entropy")
    point = [1, -1, 0, 0]
    found = classify(surface, point, near=True)
    assert found.kind is Kind.NONE_NEAR
    assert found.runaway is not None
    assert str(found.runaway.infimum) == "0"
    falls_along_its_ray(surface, found, point)
    mixed = Network((1, 2)).loss(
        Samples([[2], [3], [-1], [4]], [[0], [0], [1], [1]]), "cross_entropy"
    )
    assert runaway(LocalLoss(mixed, mixed.network.parameters(point))) is None


def test_logits_that_are_separated() -> None:
    samples = Samples([[2], [3], [-1], [-2]], [[1], [1], [0], [0]])
    surface = Network((1, 1)).loss(samples, "logistic")
    for point in ([1, 0], [-1, 3]):
        found = classify(surface, point, near=True)
        assert found.kind is Kind.NONE_NEAR
        falls_along_its_ray(surface, found, point)
    soft = Network((1, 1)).loss(Samples([[2], [-1]], [["1/2"], [0]]), "logistic")
    assert runaway(LocalLoss(soft, soft.network.parameters([1, 0]))) is None


def test_weight_decay_keeps_weights_from_running_away() -> None:
    surface = Network((1, 1)).loss(
        Samples([[2], [-1]], [[1], [0]]), "logistic", weight_decay="1/10"
    )
    assert runaway(LocalLoss(surface, surface.network.parameters([1, 0]))) is None


def test_a_point_that_has_not_been_trained_is_not_said_to_run_away() -> None:
    samples = Samples([[-2], [-1], [1], [2]], [[-1], ["-6/5"], ["6/5"], [1]])
    surface = Network((1, 3, 1), "tanh").loss(samples)
    point = ["1", "-1/2", "2", "0", "1", "-1", "1/3", "1/2", "-1", "1/4"]
    assert runaway(LocalLoss(surface, surface.network.parameters(point))) is None
    found = classify(surface, point, near=True)
    assert found.kind in {Kind.NOT_CRITICAL, Kind.UNDECIDED}
