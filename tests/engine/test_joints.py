"""Points at joints of activations in pieces: cones, rays, and what they decide."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any

import pytest

from symbolic_landscape import LabelledNetwork, Layer, Network, Samples, classify
from symbolic_landscape.arithmetic import QQ
from symbolic_landscape.calculus import LossSurface
from symbolic_landscape.critical import Answer, Kind
from symbolic_landscape.critical.kinks import kinks
from symbolic_landscape.critical.local import LocalLoss, smooth_near
from symbolic_landscape.critical.series import OneSidedSeries
from symbolic_landscape.errors import DomainError, ParseError
from symbolic_landscape.formula import (
    Piece,
    Shifted,
    derivative,
    evaluated,
    joints,
    parse_formula,
    smoothed,
    to_sympy,
)
from symbolic_landscape.functions.activations import Activation

MINIMA = {Kind.STRICT_MINIMUM, Kind.NON_STRICT_MINIMUM, Kind.OPEN_MINIMUM}


# ---- formulas in pieces


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("max(t, 0)", (0, 0, 0, Fraction(1, 2), 3)),
        ("abs(t)", (3, Fraction(1, 2), 0, Fraction(1, 2), 3)),
        ("max(t, t/100)", (Fraction(-3, 100), Fraction(-1, 200), 0, Fraction(1, 2), 3)),
        ("min(max(t, -1), 1)", (-1, Fraction(-1, 2), 0, Fraction(1, 2), 1)),
        ("max(0, 1 - abs(t))", (0, Fraction(1, 2), 1, Fraction(1, 2), 0)),
        ("min(t, t**2)", (-3, Fraction(-1, 2), 0, Fraction(1, 4), 3)),
        ("piece(t**2, t**3)", (9, Fraction(1, 4), 0, Fraction(1, 8), 27)),
        ("piece(0, (t - 1)**2, 1)", (0, 0, 0, 0, 4)),
        ("max(t, -t, 1)", (3, 1, 1, 1, 3)),
    ],
)
def test_pieces_have_their_values_and_read_back(text: str, values: tuple[Any, ...]) -> None:
    formula = parse_formula(text)
    points = [Fraction(-3), Fraction(-1, 2), Fraction(0), Fraction(1, 2), Fraction(3)]
    found = [QQ.scalar(evaluated(formula, QQ.raw(point), QQ)).rational() for point in points]
    assert found == list(values)
    assert parse_formula(str(formula)) == formula


def test_pieces_are_known_by_their_function_and_not_by_their_text() -> None:
    assert str(Activation.of("max(0, t)")) == "relu"
    assert parse_formula("(t + abs(t))/2") == Activation.of("relu").formula
    assert parse_formula("max(t, t/100)") == Piece(parse_formula("t/100"), parse_formula("t"), 0)
    assert parse_formula("max(t, 0)**2").smoothness == 1  # type: ignore[attr-defined]
    assert parse_formula("max(t, 0)**3 + t").smoothness == 2  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("max(t, exp(t))", "max takes polynomials"),
        ("max(t**2, 2)", "join at rational points"),
        ("piece(1, t)", "agree where they join"),
        ("max(t)", "max takes 2 to 20 formulas, got 1"),
        ("abs(t, 1)", "abs takes 1"),
        ("piece(t, 2*t, t)", "join at a number"),
        ("max(t, 1", "a comma or a closing bracket"),
        ("max t", "arguments in brackets"),
        ("max(t,)", "was needed"),
    ],
)
def test_pieces_that_cannot_be_read_should_fail(text: str, words: str) -> None:
    with pytest.raises(ParseError, match=words):
        parse_formula(text)


def test_joints_and_derivatives_of_pieces() -> None:
    hard = parse_formula("min(max(t, -1), 1)")
    assert joints(hard) == {Fraction(-1), Fraction(1)}
    assert joints(parse_formula("tanh(max(t, 0))")) == {Fraction(0)}
    assert joints(parse_formula("max(t, 0)**3")) == frozenset()
    slope = derivative(smoothed(hard))
    at = [Fraction(-2), Fraction(0), Fraction(2)]
    assert [evaluated(slope, QQ.raw(t), QQ) for t in at] == [0, 1, 0]
    import sympy

    t = sympy.Symbol("t")
    shown = to_sympy(hard, t)
    assert [shown.subs(t, x) for x in (-3, -1, 0, 1, 5)] == [-1, -1, 0, 1, 1]
    assert any(isinstance(term, Shifted) for term in hard.terms)  # type: ignore[attr-defined]


def test_one_sided_series_take_the_piece_into_which_they_lead() -> None:
    ring = OneSidedSeries(QQ, 3)
    relu = Activation.of("relu").formula
    for first, wanted in ((1, 1), (-1, 0)):
        at = ring.from_coefficients([QQ.scalar(0), QQ.scalar(first)])
        assert ring.coefficients(evaluated(relu, at, ring))[1] == wanted
    bent = ring.from_coefficients([QQ.scalar(0), QQ.scalar(0), QQ.scalar(-2)])
    assert ring.is_zero(evaluated(relu, bent, ring))


# ---- points at joints


def surface_of(
    widths: tuple[int, ...], activation: str, inputs: list[Any], targets: list[Any], *, bias: bool
) -> LossSurface:
    return Network(widths, activation, bias=bias).loss(Samples(inputs, targets))


def test_the_origin_of_a_relu_net_is_a_saddle() -> None:
    surface = surface_of((2, 2, 1), "relu", [[-1, 1], [1, 1]], [["1/4"], [1]], bias=False)
    found = classify(surface, [0] * 6)
    assert found.kind is Kind.SADDLE
    assert found.better is not None
    assert found.gradient is not None
    assert all(value.is_zero for value in found.gradient)


@pytest.mark.parametrize("activation", ["relu", "max(t, t/10)", "abs(t)"])
def test_the_origin_of_deep_nets_in_pieces(activation: str) -> None:
    surface = surface_of((1, 1, 1, 1), activation, [[1], [-2]], [[1], [3]], bias=False)
    found = classify(surface, [0, 0, 0])
    assert found.kind is Kind.SADDLE
    assert found.descent is not None
    assert found.descent.order == 3


def test_a_kink_that_rises_on_both_sides() -> None:
    # the loss is (v |w| + 1)^2, which is 1 for w = 0 and greater near w = 0, v = 1
    surface = surface_of((1, 1, 1), "abs(t)", [[1]], [[-1]], bias=False)
    assert classify(surface, [0, 1]).kind is Kind.NON_STRICT_MINIMUM
    falls = classify(surface, [0, -1])
    assert falls.kind is Kind.UNDECIDED
    assert falls.obligation is not None
    assert "maximum" in falls.obligation


def test_a_kink_at_which_the_loss_falls_to_one_side_is_not_critical() -> None:
    surface = surface_of((1, 1, 1), "relu", [[1], [2]], [[3], [1]], bias=True)
    found = classify(surface, [-1, 1, 1, 2])
    assert found.kind is Kind.NOT_CRITICAL
    assert found.better is not None


def test_hard_tanh_at_its_corner() -> None:
    surface = surface_of((1, 1, 1), "min(max(t, -1), 1)", [[1]], [[3]], bias=False)
    found = classify(surface, [1, 1])
    assert found.kind is Kind.NOT_CRITICAL
    flat = classify(surface, [1, 3])
    assert flat.kind in MINIMA
    assert flat.global_minimum == "yes"


def test_joints_of_the_loss_are_decided_by_slopes_between_those_of_both_sides() -> None:
    surface = Network((1, 1), bias=False).loss(Samples([[1], [2]], [[1], [3]]), "abs(a)")
    assert classify(surface, [2]).kind is Kind.NOT_CRITICAL
    assert classify(surface, [1]).kind is Kind.NOT_CRITICAL
    found = classify(surface, [Fraction(3, 2)])
    assert found.kind is Kind.STRICT_MINIMUM
    assert found.global_minimum == "yes"


def test_no_kind_at_a_joint_is_contradicted_nearby() -> None:
    source, seen = random.Random(3), set()
    for _ in range(60):
        widths = source.choice([(1, 1, 1), (1, 2, 1), (2, 1, 1), (1, 1, 1, 1)])
        activation = source.choice(["relu", "max(t, t/10)", "abs(t)", "min(max(t, -1), 1)"])
        network = Network(widths, activation, bias=source.random() < 0.6)
        inputs = [[source.randint(-2, 2) for _ in range(widths[0])] for _ in range(3)]
        point = [Fraction(source.choice([-1, 0, 0, 1, 2])) for _ in range(network.parameter_count)]
        samples = Samples(inputs, [[0]] * 3)
        predictions = network.loss(samples).at(point).features(network.depth).tolist()
        rest = [source.randint(-2, 2) for _ in range(2)]
        rest.append(-sum(rest))
        targets = [[p.rational() - r] for (p,), r in zip(predictions, rest, strict=True)]
        surface = network.loss(Samples(inputs, targets))
        found = classify(surface, point)
        seen.add(found.kind)
        here = surface.at(point).value.rational()
        if found.kind in {Kind.NOT_CRITICAL, Kind.SADDLE, Kind.STRICT_SADDLE}:
            assert found.better is not None
        if found.kind in MINIMA:
            for _ in range(25):
                step = [Fraction(source.randint(-9, 9), 9000) for _ in point]
                there = surface.at([a + b for a, b in zip(point, step, strict=True)]).value
                assert there.rational() >= here
    assert {Kind.NOT_CRITICAL, Kind.NON_STRICT_MINIMUM, Kind.SADDLE} <= seen


def test_rough_digits_at_a_joint_are_not_taken_for_the_point_that_is_meant() -> None:
    samples = Samples([[0], [1], [2], [3]], [[1], [0], [1], [4]])
    surface = Network((1, 1, 1), "relu").loss(samples)
    assert classify(surface, [1, 0, 1, 0]).kind is Kind.NOT_CRITICAL
    found = classify(surface, [1, 0, 1, 0], near=True)
    assert (found.kind, found.global_minimum) == (Kind.UNDECIDED, Answer.UNKNOWN)
    assert "the digits lie at a joint" in str(found.obligation)


# ---- boxes


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("max(t, 0)", {0}),
        ("max(t, 9*t/10)", {0}),
        ("abs(t - 2) + t", {2}),
        ("piece(0, t**2)", set()),
        ("min(max(t, -1), 1)", {-1, 1}),
        ("smoolu", set()),
        ("tanh(t)", set()),
    ],
)
def test_kinks_are_where_slopes_jump(text: str, expected: set[int]) -> None:
    formula = Activation.of(text).formula
    assert kinks(formula) == expected
    assert kinks(smoothed(formula)) == expected


@pytest.mark.parametrize("near", [False, True])
def test_no_box_around_a_minimum_reaches_over_a_kink(near: bool) -> None:
    """(a(w - 1) - y)^2 + 9/10 w^2 with slopes 9/10 and 1 has a minimum on each side of w = 1."""
    layers = [
        Layer("h", {"input": [["w"]]}, [-1], "max(t, 9*t/10)"),
        Layer("out", {"h": [[1]]}, [0]),
    ]
    net = LabelledNetwork.of_layers(1, layers)
    loss = net.loss(Samples([[1]], [["19/20"]]), weight_decay="9/10")
    minima = (Fraction(195, 190), Fraction(1665, 1710))
    for here, there in (minima, minima[::-1]):
        found = classify(loss, [round(here, 2) if near else here], near=near)
        assert found.kind is Kind.STRICT_MINIMUM
        assert found.located is near
        assert found.convexity is not None
        assert found.convexity.radius is not None
        assert found.convexity.radius < abs(1 - here) < abs(there - here)


def test_hessians_of_boxes_over_a_kink_are_refused() -> None:
    loss = Network((1, 1, 1), "relu").loss(Samples([[1]], [[5]]))
    point = loss.network.parameters([1, "-999/1000", 1, 0])
    local = LocalLoss(smooth_near(loss, point), point)
    assert local.box(Fraction(1, 4000), 128).hessian.shape == (4, 4)
    with pytest.raises(DomainError, match="reaches over a kink of relu"):
        local.box(Fraction(1, 1000), 128)
