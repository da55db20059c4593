"""Degenerate critical points of trained networks: what makes them degenerate, and their kinds."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
import sympy

from symbolic_landscape import Network, Parameters, Samples, classify
from symbolic_landscape.arithmetic import QQ, BallField, BallMatrix
from symbolic_landscape.calculus import LossSurface
from symbolic_landscape.critical import Answer, Classification, Kind
from symbolic_landscape.critical.approach import approached
from symbolic_landscape.critical.bounds import merged_samples
from symbolic_landscape.critical.constant_units import constant_unit_tangents
from symbolic_landscape.critical.fibres import predictions_differential
from symbolic_landscape.critical.kernels import eliminated
from symbolic_landscape.critical.local import LocalLoss
from symbolic_landscape.critical.ranks import greatest_rank
from symbolic_landscape.critical.reflections import Reflection, reflection_law
from symbolic_landscape.functions.activations import Activation

INPUTS = [["11/10"], ["17/50"], ["-27/50"], ["-63/50"], ["-189/100"], ["1/50"], ["-81/100"]]
TARGETS = [["18/25"], ["39/100"], ["-17/25"], ["-17/10"], ["-81/100"], ["-29/50"], ["-3/10"]]
DIGITS = 10**9


def trained(surface: LossSurface, start: list[float], steps: int = 300) -> np.ndarray:
    """A minimum in floating point, by damped Newton steps from a start."""
    point, damping = np.array(start, dtype=float), 1.0
    for _ in range(steps):
        gradient, hessian = surface.floats.derivatives(point.tolist())
        values, vectors = np.linalg.eigh(hessian)
        step = vectors @ ((vectors.T @ gradient) / (abs(values) + damping))
        point = point - step
        damping = max(min(damping, abs(gradient).max()), 1e-12)
        if abs(gradient).max() < 1e-13:
            break
    return point


def rounded(point: np.ndarray) -> list[Fraction]:
    return [Fraction(round(value * DIGITS), DIGITS) for value in point.tolist()]


def one_unit(activation: str, *, bias: bool) -> tuple[Samples, list[Fraction]]:
    """A minimum of the net with one hidden unit: W1, b1, W2, b2."""
    samples = Samples(INPUTS, TARGETS)
    network = Network((1, 1, 1), activation, bias=bias)
    start = [0.9, 0.1, 1.2, 0.05] if bias else [0.9, 1.2]
    return samples, rounded(trained(network.loss(samples), start))


def split(
    activation: str, share: Fraction, sign: int = 1, shift: Fraction = Fraction(0), *, bias: bool
) -> Classification:
    """The kind of the minimum with its unit split in two: shares of its outgoing weight."""
    samples, found = one_unit(activation, bias=bias)
    law = reflection_law(Activation.of(activation).formula)
    s, c = (1, 0) if sign == 1 or law is None else law
    if bias:
        w, b, v, d = found
        rest = (1 - share) * v
        turned = s * rest
        point = [w, sign * w + shift, b, sign * b, share * v, turned, d + c * rest]
    else:
        w, v = found
        point = [w, sign * w + shift, share * v, s * (1 - share) * v]
    surface = Network((1, 2, 1), activation, bias=bias).loss(samples)
    return classify(surface, point, near=True)


# ---- equal, opposite and nearly equal units


@pytest.mark.parametrize(
    ("activation", "bias"), [("tanh", False), ("tanh", True), ("arctan", False)]
)
@pytest.mark.parametrize("sign", [1, -1])
@pytest.mark.parametrize("shift", [Fraction(0), Fraction(1, 10**8)])
def test_a_split_minimum_is_degenerate(
    activation: str, sign: int, shift: Fraction, *, bias: bool
) -> None:
    inside = split(activation, Fraction(1, 2), sign, shift, bias=bias)
    outside = split(activation, Fraction(3, 2), sign, shift, bias=bias)
    kinds = {Kind.NON_STRICT_MINIMUM, Kind.STRICT_SADDLE}
    assert {inside.kind, outside.kind} <= kinds
    assert bias or {inside.kind, outside.kind} == kinds
    assert inside.kind is split(activation, Fraction(1, 2), bias=bias).kind
    assert inside.inertia is not None
    assert inside.inertia[2] == 1
    assert inside.located


def test_opposite_sigmoids_shift_the_next_bias() -> None:
    assert reflection_law(Activation.of("sigmoid").formula) == (-1, Fraction(1))
    found = split("sigmoid", Fraction(1, 2), -1, bias=True)
    same = split("sigmoid", Fraction(1, 2), 1, bias=True)
    assert found.kind is same.kind is not Kind.UNDECIDED
    assert found.inertia == same.inertia


@pytest.mark.parametrize(
    ("text", "law"),
    [
        ("tanh", (-1, 0)),
        ("square", (1, 0)),
        ("algebraic", (-1, 0)),
        ("1/(1 + exp(-3*t)) + 1/3", (-1, Fraction(5, 3))),
        ("softplus", None),
        ("cubic", (-1, 0)),
        ("t + t**2", None),
        ("relu", None),
    ],
)
def test_reflection_laws(text: str, law: tuple[int, Fraction] | None) -> None:
    assert reflection_law(Activation.of(text).formula) == law


def test_reflections_change_no_prediction_and_are_undone() -> None:
    network = Network((1, 2, 2, 1), "sigmoid")
    surface = network.loss(Samples(INPUTS[:3], TARGETS[:3]))
    point = [QQ.scalar(Fraction(i - 6, 4)) for i in range(network.parameter_count)]
    reflection = Reflection(network, ((1, 0), (2, 1), (1, 1)))
    image = reflection.image(point)
    values = [surface.at(list(vector)).enclose(128).value for vector in (point, image)]
    assert abs(float((values[0] - values[1]).raw.mid())) < 1e-30
    assert list(reflection.preimage(image)) == point


# ---- split units with an outgoing weight 0


@pytest.mark.parametrize("bias", [False, True])
@pytest.mark.parametrize("share", [0, 1])
def test_a_split_with_an_outgoing_weight_0_is_a_saddle_of_order_3(
    share: int, *, bias: bool
) -> None:
    found = split("tanh", Fraction(share), bias=bias)
    assert found.kind is Kind.SADDLE
    assert found.descent is not None
    assert found.descent.order == 3
    assert found.better is not None
    assert found.inertia == ((4, 0, 3) if bias else (2, 0, 2))


# ---- fibres of the predictions


def low_rank() -> tuple[LossSurface, np.ndarray]:
    inputs = [["27/50", "-24/25"], ["1", "7/10"], ["7/10", "3/4"], ["11/10", "9/4"], ["-3/5", "0"]]
    targets = [["-1/3", "1/8", "2/3"], ["-1/5", "3/8", "4/5"], ["-2/5", "1/4", "1/2"]]
    targets += [["-2/3", "2/5", "1/2"], ["1/4", "1/3", "3/4"]]
    surface = Network((2, 2, 1, 3), "tanh").loss(Samples(inputs, targets))
    start = np.random.default_rng(5).normal(size=surface.network.parameter_count)
    return surface, trained(surface, start.tolist(), 2000)


def test_a_bottleneck_is_a_best_approximation_of_low_rank() -> None:
    surface, point = low_rank()
    found = classify(surface, rounded(point), near=True)
    assert found.kind is Kind.NON_STRICT_MINIMUM
    assert found.inertia == (9, 0, 6)
    assert found.global_minimum is Answer.YES
    targets = np.array([[float(v.rational()) for v in r] for r in surface.samples.targets.tolist()])
    rest = np.linalg.svd(targets - targets.mean(axis=0), compute_uv=False)[1:]
    assert float(found.loss.raw.mid()) == pytest.approx((rest**2).sum())


@pytest.mark.parametrize(
    ("widths", "count", "bias"),
    [
        ((2, 2, 1, 3), 6, True),
        ((2, 3, 3, 2, 3), 6, True),
        ((1, 3, 2), 4, False),
        ((2, 1, 2), 5, True),
    ],
)
def test_no_point_has_more_independent_predictions_than_counted(
    widths: tuple[int, ...], count: int, *, bias: bool
) -> None:
    source = np.random.default_rng(1)
    network = Network(widths, "tanh", bias=bias)
    inputs = [
        [Fraction(int(v), 7) for v in row] for row in source.integers(-20, 20, (count, widths[0]))
    ]
    surface = network.loss(Samples(inputs, [[0] * widths[-1]] * count))
    field = BallField(256)
    raws = [
        field.constant(Fraction(int(v), 9)) for v in source.integers(-9, 9, network.parameter_count)
    ]
    matrix = predictions_differential(surface)(field, raws)
    assert isinstance(matrix, BallMatrix)
    assert len(eliminated(matrix).rows) == greatest_rank(network, merged_samples(surface).inputs)


def test_a_convex_loss_of_a_linear_net_has_no_other_minimum() -> None:
    samples = Samples([[1, 2], [-1, 1], [2, -1], [-1, -1]], [[0]] * 4)
    surface = Network((2, 1), "linear", bias=False).loss(samples, "log(1+exp(-a))")
    point = rounded(trained(surface, [0.0, 0.0]))
    found = classify(surface, point, near=True)
    assert (found.kind, found.global_minimum) == (Kind.STRICT_MINIMUM, Answer.YES)


# ---- budgets


def test_a_budget_that_is_used_up_is_said() -> None:
    surface, point = low_rank()
    found = classify(surface, rounded(point), near=True, seconds=0)
    assert found.kind is Kind.UNDECIDED
    assert found.obligation is not None
    assert "the budget of 0 s was used up" in found.obligation


def test_what_needs_no_search_needs_no_budget() -> None:
    surface = Network((1, 1), bias=False).loss(Samples([[1]], [[2]]))
    assert classify(surface, [2], seconds=0).kind is Kind.STRICT_MINIMUM
    assert classify(surface, [1], seconds=0).kind is Kind.NOT_CRITICAL


# ---- constant units


@pytest.mark.parametrize(
    ("widths", "weights", "biases", "nullity"),
    [
        # the units are tanh(-1) and tanh(-2) on all samples, and the prediction is the mean target
        (
            (2, 2, 1),
            [[["1", "1"], ["1", "1"]], [["1", "1"]]],
            [["-2", "-3"], [sympy.tanh(1) + sympy.tanh(2) + sympy.Rational(1, 3)]],
            6,
        ),
        # the same below a further layer
        ((2, 1, 1, 1), [[["2", "2"]], [["1"]], [["0"]]], [["-2"], ["0"], ["1/3"]], None),
        ((2, 1, 1, 1), [[["2", "2"]], [["1"]], [["3"]]], [["-2"], ["0"], ["1/3"]], 5),
    ],
)
def test_constant_units(
    widths: tuple[int, ...], weights: list[Any], biases: list[Any], nullity: int | None
) -> None:
    samples = Samples([["1", "0"], ["0", "1"], ["1/2", "1/2"]], [["0"], ["0"], ["1"]])
    surface = Network(widths, "tanh").loss(samples)
    found = classify(surface, Parameters(weights=weights, biases=biases))
    if nullity is None:
        assert found.kind is not Kind.NOT_CRITICAL
    else:
        assert found.kind is Kind.NON_STRICT_MINIMUM
        assert found.inertia is not None
        assert found.inertia[2] == nullity
        local = LocalLoss(surface, Parameters(weights=weights, biases=biases))
        assert constant_unit_tangents(local) is not None


def test_constant_units_whose_errors_see_the_inputs_give_no_manifold() -> None:
    samples = Samples([["1", "0"], ["0", "1"]], [["0"], ["1"]])
    surface = Network((2, 1, 1), "tanh").loss(samples)
    point = Parameters(weights=[[["1", "1"]], [["0"]]], biases=[["-1"], ["1/2"]])
    local = LocalLoss(surface, point)
    assert local.exact.gradient.is_zero
    assert constant_unit_tangents(local) is None
    assert classify(surface, point).kind is Kind.STRICT_SADDLE


# ---- the local learning coefficient


@pytest.mark.parametrize(
    ("activation", "samples", "point", "value"),
    [
        ("linear", ([[1], [2]], [[1], [3]]), ["7/5"], Fraction(1, 2)),
        # t^4 and t^6 and t^8 in one parameter
        ("square", ([[1]], [[0]]), ["0"], Fraction(1, 4)),
        ("t**3", ([[1]], [[0]]), ["0"], Fraction(1, 6)),
        ("t**4", ([[1]], [[0]]), ["0"], Fraction(1, 8)),
    ],
)
def test_learning_coefficients_in_one_parameter(
    activation: str, samples: tuple[Any, Any], point: list[str], value: Fraction
) -> None:
    surface = Network((1, 1), "linear", activation, bias=False).loss(Samples(*samples))
    known = classify(surface, point).learning_coefficient
    assert known is not None
    assert (known.value, known.multiplicity) == (value, 1)


def test_the_learning_coefficient_on_a_manifold_is_half_the_rank() -> None:
    surface = Network((1, 1, 1), "linear", bias=False).loss(Samples([[1]], [[1]]))
    known = classify(surface, [1, 1]).learning_coefficient
    assert known is not None
    assert (known.value, known.multiplicity) == (Fraction(1, 2), 1)


def test_the_learning_coefficient_at_a_crossing_is_bounded() -> None:
    # (a b)^2 at 0 has 1/2 with multiplicity 2
    surface = Network((1, 1, 1), "linear", bias=False).loss(Samples([[1]], [[0]]))
    found = classify(surface, [0, 0])
    known = found.learning_coefficient
    assert known is not None
    assert known.value is None
    assert known.lower <= Fraction(1, 2) <= known.upper
    data = found.to_data()["learning_coefficient"]
    assert (data["lower"], data["upper"], data["value"]) == ("0", "1/2", None)


def test_the_learning_coefficient_of_a_positive_form() -> None:
    # two parameters, (a^2)^2 + (b^2)^2: 2/4
    samples = Samples([[1, 0], [0, 1]], [[0], [0]])
    surface = Network((2, 1), "linear", "square", bias=False).loss(samples)
    known = classify(surface, [0, 0]).learning_coefficient
    assert known is not None
    assert known.value == Fraction(1, 2)


def test_saddles_have_no_learning_coefficient() -> None:
    surface = Network((1, 1, 1), "linear", bias=False).loss(Samples([[1]], [[1]]))
    assert classify(surface, [0, 0]).learning_coefficient is None


def test_damped_steps_lead_near_a_minimum_that_newton_misses() -> None:
    net = Network((2, 1, 1), "algebraic")
    inputs = ("0.38 -0.71", "-0.26 1.73", "-1.22 1.16", "0.98 -1.96", "1.62 -1.21", "-0.73 -0.83")
    targets = ("-0.27", "-0.65", "0.84", "-0.29", "-1.21", "0.97")
    loss = net.loss(Samples([row.split() for row in inputs], [[y] for y in targets]))
    minimum = (0.966673502, 0.390085660, -0.021003098, -1.509588967, -0.098981673)
    rough = [
        Fraction(round(100 * (x + sign / 32)), 100)
        for x, sign in zip(minimum, (-1, 1, 1, 1, -1), strict=True)
    ]
    found = classify(loss, rough, near=True, thorough=False)
    assert found.kind is Kind.STRICT_MINIMUM
    for value, known in zip(found.coordinates, minimum, strict=True):
        assert float(value.enclose(64).mid()) == pytest.approx(known, abs=1e-8)
    guess = approached(LocalLoss(loss, net.parameters(rough)))
    assert guess is not None
    assert abs(loss.floats.derivatives(list(map(float, guess)))[0]).max() < 1e-9
    far = [x + Fraction(1, 4) for x in rough]
    assert approached(LocalLoss(loss, net.parameters(far))) is None
