"""Losses by name, weights of samples, weight decay: exact, ball and symbolic values agree."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest
import sympy

from symbolic_landscape import Network, Samples, classify
from symbolic_landscape.arithmetic import QQ, BallField
from symbolic_landscape.calculus import loss_jet
from symbolic_landscape.critical import Answer, Kind
from symbolic_landscape.errors import DomainError, LandscapeError, ParseError, ShapeError
from symbolic_landscape.functions.losses import CrossEntropy, LikelihoodLoss, loss_of

BALLS = BallField(200)


def balls_agree(loss, point) -> None:
    """Balls against jets, which know no layers, and exact values where there are some."""
    at = loss.at(point).enclose(200)
    model = loss.model_at(loss.network.parameters(point))
    with BALLS.working():
        jet = loss_jet(model, BALLS)
    pairs = [(at.value, jet.value)]
    pairs += [(row[0], x) for row, x in zip(at.gradient.tolist(), jet.first, strict=True)]
    for row, second in zip(at.hessian.tolist(), jet.second, strict=True):
        pairs += zip(row, second, strict=True)
    for ball, other in pairs:
        assert ball.raw.is_finite()
        assert ball.raw.rad() <= 1e-25 * (1 + abs(ball.raw).mid())
        assert ball.raw.overlaps(other)


def exactly_agree(loss, point) -> None:
    """Exact derivatives, which lie in a field that decides equality, against jets in balls."""
    at = loss.at(point)
    model = loss.model_at(loss.network.parameters(point))
    with BALLS.working():
        jet = loss_jet(model, BALLS)
    for matrix, expected in ((at.gradient, [[x] for x in jet.first]), (at.hessian, jet.second)):
        assert matrix.field.decides_equality
        for row, others in zip(matrix.tolist(), expected, strict=True):
            for value, other in zip(row, others, strict=True):
                assert value.enclose(300).overlaps(other)
                assert other.rad() < 1e-25


def close(shown, ball) -> bool:
    """Whether a SymPy number is that of a ball, to thirty digits."""
    middle = sympy.Float(ball.raw.str(40, radius=False), 40)
    return abs(sympy.N(shown, 40) - middle) < 1e-30


def point_of(network, scale=3):
    return [Fraction((7 * i) % 11 - 5, scale) for i in range(network.parameter_count)]


NETWORKS = {
    "linear": Network((2, 3), "linear"),
    "output": Network((2, 3), "linear", "tanh"),
    "hidden": Network((2, 2, 3), "tanh", bias=False),
    "deep": Network((1, 2, 2, 2), "square", "cubic"),
}
LOSSES = ("cross_entropy", "mean cross_entropy", "logistic", "poisson", "log_cosh", "welsch(2)")


def samples_of(network, weights=None):
    inputs = [[1, -2], [0, "1/2"], [2, 1]]
    last = ["1/4", "1/4"] if network.outputs == 3 else ["1/2"]
    targets = [[1, 0, 0], ["1/2", *last], [0, 1, 0]]
    return Samples(
        [row[: network.inputs] for row in inputs],
        [row[: network.outputs] for row in targets],
        weights,
    )


@pytest.mark.parametrize("weights", [None, [1, "1/3", 2]])
@pytest.mark.parametrize("name", LOSSES)
@pytest.mark.parametrize("network", NETWORKS.values(), ids=NETWORKS)
def test_losses_in_balls_agree_with_jets(network, name, weights):
    loss = network.loss(samples_of(network, weights), name)
    balls_agree(loss, point_of(network))


@pytest.mark.parametrize("name", ["cross_entropy", "logistic", "poisson", "geman_mcclure(1/2)"])
def test_losses_are_exact_at_rational_points(name):
    network = Network((1, 2), "linear")
    loss = network.loss(Samples([[1], [0]], [[1, 0], [0, 1]], [1, 3]), name)
    exactly_agree(loss, [1, 0, -1, 0])
    exactly_agree(loss, [0, 0, 0, 0])


@pytest.mark.parametrize("decay", ["1/3", [0, 2], {"weights": 1, "biases": "1/2"}, {"b1_1": 3}])
def test_weight_decay_is_added_with_both_derivatives(decay):
    network = Network((1, 2, 1), "square")
    samples = Samples([[1], [2]], [[1], [0]], [2, 1])
    loss = network.loss(samples, "mean", weight_decay=decay)
    point = point_of(network, 1)
    exactly_agree(loss, point)
    assert any(loss.decay)
    plain = network.loss(samples, "mean")
    vector = network.vector(network.parameters(point))
    added = sum(d * x * x for d, x in zip(loss.decay, vector, strict=True))
    assert loss.at(point).value == plain.at(point).value + added
    layer = loss.at(point).hessian_block([2])
    places = network.layer_range(2)
    assert layer == loss.at(point).hessian.submatrix(places, places)


def test_decay_of_all_weights_leaves_biases_out_by_default():
    network = Network((1, 1, 1))
    loss = network.loss(Samples([[1]], [[1]]), weight_decay="0.5")
    assert loss.decay == (Fraction(1, 2), 0, Fraction(1, 2), 0)
    assert network.loss(Samples([[1]], [[1]]), weight_decay=0).decay == ()


@pytest.mark.parametrize("name", ["cross_entropy", "logistic"])
def test_symbolic_derivatives_are_those_of_the_expression(name):
    network = Network((1, 2), "linear", bias=False)
    samples = Samples([[1], [2]], [[1, 0], ["1/3", "2/3"]], [1, 2])
    loss = network.loss(samples, name, weight_decay="1/2")
    values = dict(zip(loss.symbols, (sympy.Rational(1, 3), -1), strict=True))
    balls = loss.at(["1/3", -1]).enclose(200)
    for i, x in enumerate(loss.symbols):
        slope = loss.expression.diff(x)
        for shown in (slope, loss.gradient[i]):
            assert close(shown.subs(values), balls.gradient[i, 0])
        for j, y in enumerate(loss.symbols):
            for shown in (slope.diff(y), loss.hessian[i, j]):
                assert close(shown.subs(values), balls.hessian[i, j])


def test_equal_weights_change_no_mean_and_a_finite_law_is_a_weighted_sum():
    network = Network((1, 1), "linear")
    once = Samples([[1], [2]], [[1], [3]])
    point = [3, -1]
    mean = network.loss(once, "mean").at(point).value
    assert network.loss(once, "mean", weights=[5, 5]).at(point).value == mean
    law = network.loss(once, "sum", weights=["1/4", "3/4"]).at(point).value
    assert law == Fraction(1, 4) * 1 + Fraction(3, 4) * 4


def test_classes_are_targets_of_cross_entropy():
    network = Network((1, 3), "linear")
    by_class = network.loss(Samples([[1], [2]], [[2], [0]]), "cross_entropy")
    one_hot = network.loss(Samples([[1], [2]], [[0, 0, 1], [1, 0, 0]]), "cross_entropy")
    assert by_class.samples == one_hot.samples


@pytest.mark.parametrize(
    ("network", "targets", "options", "error", "words"),
    [
        ((1, 1), [[1]], {"convention": "cross_entropy"}, DomainError, "at least two outputs"),
        ((1, 2), [[2]], {"convention": "cross_entropy"}, DomainError, "a class from 0 to 1"),
        ((1, 2), [["1/2"]], {"convention": "cross_entropy"}, DomainError, "a class from 0 to 1"),
        ((1, 2), [[-1, 2]], {"convention": "cross_entropy"}, DomainError, "a probability"),
        ((1, 2), [[1, 1]], {"convention": "cross_entropy"}, DomainError, "got the sum 2"),
        ((1, 2), [["1/2", "1/3"]], {"convention": "mean cross_entropy"}, DomainError, "sum 1"),
        ((1, 1), [[-1]], {"convention": "logistic"}, DomainError, "from 0 to 1"),
        ((1, 1), [[2]], {"convention": "mean logistic"}, DomainError, "from 0 to 1"),
        ((1, 1), [[-1]], {"convention": "poisson"}, DomainError, "from 0 on"),
        ((1, 1), [[1]], {"convention": "mean mean"}, ParseError, "one mean"),
        ((1, 1), [[1]], {"convention": {"name": "welsch"}}, ParseError, "keys name, delta"),
        ((1, 1), [[1]], {"convention": "softmax"}, LandscapeError, "names are"),
        ((1, 1), [[1]], {"convention": "huber(1)"}, LandscapeError, "pseudo_huber(delta) has"),
        ((1, 1), [[1]], {"weights": [1, 2]}, ShapeError, "1 weights were needed"),
        ((1, 1), [[1]], {"weights": [0]}, DomainError, "positive rational"),
        ((1, 1), [[1]], {"weights": [-1]}, DomainError, "positive rational"),
        ((1, 1), [[1]], {"weight_decay": -1}, ParseError, "at least 0"),
        ((1, 1), [[1]], {"weight_decay": [1, 2]}, ShapeError, "each of 1 layers"),
        ((1, 1), [[1]], {"weight_decay": {"W9": 1}}, LandscapeError, "W9"),
        ((1, 1), [[1]], {"weight_decay": 0.5}, LandscapeError, "the float"),
        ((1, 1), [[1]], {"weight_decay": None}, LandscapeError, "was needed"),
    ],
)
def test_wrong_losses_should_fail_in_one_sentence(network, targets, options, error, words):
    with pytest.raises(error, match=re.escape(words)) as caught:
        Network(network).loss(Samples([[1]], targets), **options)
    assert "\n" not in str(caught.value)


def test_names_are_read_back():
    for name in (*LOSSES, "mean half", "mean cauchy(1)", "mean a**4"):
        if name != "mean half":
            assert loss_of(loss_of(name).canonical()) == loss_of(name)
    assert loss_of("mean logistic").weight(4) == Fraction(1, 4)
    assert isinstance(loss_of("mean poisson"), LikelihoodLoss)
    assert loss_of({"name": "mean cauchy", "delta": 1}).averaged
    assert loss_of({"name": "cross_entropy"}) == CrossEntropy()


# ---- classification


def test_logistic_regression_is_convex_and_its_critical_point_global():
    loss = Network((1, 1), "linear").loss(Samples([[1], [-1]], [["1/2"], ["1/2"]]), "logistic")
    found = classify(loss, [0, 0])
    assert (found.kind, found.global_minimum) == (Kind.STRICT_MINIMUM, Answer.YES)


def test_softmax_regression_has_the_flat_of_equal_shifts():
    samples = Samples([[1], [-1]], [["1/2", "1/2"], ["1/2", "1/2"]])
    found = classify(Network((1, 2), "linear").loss(samples, "cross_entropy"), [0] * 4)
    assert (found.kind, found.global_minimum) == (Kind.NON_STRICT_MINIMUM, Answer.YES)
    assert found.inertia == (2, 0, 2)


def test_decay_makes_the_same_minimum_strict():
    samples = Samples([[1], [-1]], [["1/2", "1/2"], ["1/2", "1/2"]])
    decay = {"weights": 1, "biases": "1/10"}
    loss = Network((1, 2), "linear").loss(samples, "cross_entropy", weight_decay=decay)
    found = classify(loss, [0] * 4)
    assert (found.kind, found.global_minimum) == (Kind.STRICT_MINIMUM, Answer.YES)


def test_rescaling_is_no_symmetry_with_decay():
    network = Network((1, 1, 1), "linear", bias=False)
    samples = Samples([[1]], [[2]])
    fitted = network.loss(samples)
    assert classify(fitted, [2, 1]).kind is Kind.NON_STRICT_MINIMUM
    # (a b - 2)^2 + (a^2 + b^2) / 2 has minima at a = b = +- sqrt(3/2), and a saddle at 0
    decayed = network.loss(samples, weight_decay="1/2")
    assert classify(decayed, [2, 1]).kind is Kind.NOT_CRITICAL
    assert classify(decayed, [0, 0]).kind is Kind.STRICT_SADDLE
    root = sympy.sqrt(sympy.Rational(3, 2))
    found = classify(decayed, [root, root])
    assert found.kind is Kind.STRICT_MINIMUM
    near = classify(decayed, ["1.22", "1.22"], near=True)
    assert near.kind is Kind.STRICT_MINIMUM
    # with more decay than slope, 0 is the one minimum
    assert classify(network.loss(samples, weight_decay=3), [0, 0]).kind is Kind.STRICT_MINIMUM


def test_weights_move_the_least_squares_solution():
    network = Network((1, 1), "linear", bias=False)
    samples = Samples([[1], [1]], [[0], [1]])
    loss = network.loss(samples, weights=[1, 3])
    assert classify(loss, ["1/2"]).kind is Kind.NOT_CRITICAL
    found = classify(loss, ["3/4"])
    assert (found.kind, found.global_minimum) == (Kind.STRICT_MINIMUM, Answer.YES)


def test_zero_residuals_are_no_minimum_of_a_loss_with_decay():
    network = Network((1, 2, 1), "tanh")
    samples = Samples([[0], [1]], [[0], [0]])
    decay = network.loss(samples, weight_decay={"weights": 1})
    origin = [0] * network.parameter_count
    assert classify(network.loss(samples), origin).global_minimum is Answer.YES
    assert classify(decay, [0, 0, 0, 0, 0, 0, 1]).kind is Kind.NOT_CRITICAL
    found = classify(decay, origin)
    assert found.kind is not Kind.STRICT_SADDLE
    assert found.inertia is not None
    assert found.inertia[1] == 0


def test_a_hidden_layer_below_a_softmax_is_a_saddle_at_zero():
    network = Network((1, 2, 2), "tanh", bias=False)
    samples = Samples([[1], [-1], [2]], [[0], [1], [0]])
    loss = network.loss(samples, "mean cross_entropy")
    found = classify(loss, [0] * network.parameter_count)
    assert found.kind is Kind.STRICT_SADDLE
    assert found.global_minimum is Answer.NO
    assert found.loss.field is not QQ


def test_a_common_shift_of_all_logits_is_a_symmetry_and_convexity_makes_a_located_point_global():
    samples = Samples([[1], [-1], [2]], [[0], [1], [0]])
    loss = Network((1, 2), "linear").loss(samples, "mean cross_entropy", weight_decay="1/4")
    near = classify(loss, ["0.49", "-0.49", "0.12", "-0.12"], near=True)
    assert (near.kind, near.inertia) == (Kind.NON_STRICT_MINIMUM, (3, 0, 1))
    assert near.global_minimum is Answer.YES
    all_decay = Network((1, 2), "linear").loss(
        samples, "mean cross_entropy", weight_decay={"weights": "1/4", "biases": "1/100"}
    )
    near = classify(all_decay, ["0.49", "-0.49", "0.12", "-0.12"], near=True)
    assert near.kind is Kind.STRICT_MINIMUM
    free = Network((1, 2), "linear").loss(
        Samples([[1], [1], [0], [0]], [[0], [1], [0], [1]]), "cross_entropy"
    )
    near = classify(free, ["0.01", "0.01", "-0.01", "-0.01"], near=True)
    assert (near.kind, near.inertia) == (Kind.NON_STRICT_MINIMUM, (2, 0, 2))
    assert near.global_minimum is Answer.YES
    assert {null.mechanism for null in near.null_directions} == {"logit shift"}


def test_units_that_decay_switched_off_make_a_minimum_that_is_not_strict():
    samples = Samples([[0], [1], [2]], [[1], [2], [3]])
    network = Network((1, 2, 1), "tanh")
    loss = network.loss(samples, "mean", weight_decay="0.05")
    # the second unit is off up to rounding, and its bias is free: far out it has no use
    for bias, kind in (("0.3", Kind.STRICT_SADDLE), ("4", Kind.NON_STRICT_MINIMUM)):
        start = ["0.927", "1e-10", "-0.927", bias, "1.202", "-1e-10", "2"]
        near = classify(loss, start, near=True)
        assert near.kind is kind
        assert near.inertia is not None
        assert near.inertia[2] == 1
        assert [null.origin for null in near.null_directions] == ["unit 2 of layer 1"]
        coordinates = dict(zip(near.names, near.coordinates, strict=True))
        assert all(coordinates[name].raw == 0 for name in ("W1_21", "W2_12"))
    decay = {"weights": "0.05", "biases": "0.01"}
    other = classify(network.loss(samples, "mean", weight_decay=decay), start, near=True)
    assert other.kind is not Kind.NON_STRICT_MINIMUM


@pytest.mark.parametrize("formula", ["-abs(a)", "min(a, 0)*a - abs(a)", "-max(a, 0) - max(-a, 0)"])
def test_pieces_of_a_loss_that_are_convex_make_no_convex_loss(formula):
    # -|w + 1| - |1 - w| is -2 for all w from -1 to 1, its greatest value or nearly so
    network = Network((1, 1), "linear", bias=False)
    loss = network.loss(Samples([[1], [-1]], [[-1], [-1]]), formula)
    for point in ([0], ["1/10"], [5]):
        assert classify(loss, point).global_minimum is not Answer.YES


def test_fits_are_no_global_minima_of_losses_that_fall_elsewhere():
    loss = Network((1, 1), "linear", bias=False).loss(Samples([[1]], [[1]]), "min(a**2, 2 - a)")
    assert classify(loss, [1]).global_minimum is not Answer.YES
