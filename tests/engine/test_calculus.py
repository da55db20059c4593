from __future__ import annotations

import pickle
import random
from fractions import Fraction

import flint
import mpmath
import numpy as np
import pytest
import sympy
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from symbolic_landscape.arithmetic import (
    QQ,
    BallField,
    ExponentialField,
    LogarithmField,
    RationalFunctions,
)
from symbolic_landscape.calculus import identity_equal, loss_jet
from symbolic_landscape.calculus.engines import Engine, radicand
from symbolic_landscape.calculus.values import Pass
from symbolic_landscape.errors import DomainError, InexactError, ShapeError, SmoothnessError
from symbolic_landscape.formula import ZERO, Piece, T, parse_formula
from symbolic_landscape.functions.activations import Activation, ScalarLoss
from symbolic_landscape.networks import Network, Parameters, Samples
from symbolic_landscape.verdict import Evidence, Outcome

NUMBERS = st.builds(
    Fraction, st.integers(min_value=-5, max_value=5), st.integers(min_value=1, max_value=4)
)
WIDTHS = st.lists(st.integers(min_value=1, max_value=3), min_size=2, max_size=4)


@st.composite
def problems(draw, activations, losses=("sum", "half", "mean"), widths=WIDTHS, samples=3):
    net = Network(
        draw(widths),
        draw(st.sampled_from(activations)),
        draw(st.sampled_from(["linear", *[a for a in activations if a in {"square", "cubic"}]])),
        draw(st.booleans()),
    )
    count = draw(st.integers(min_value=1, max_value=samples))
    inputs = [[draw(NUMBERS) for _ in range(net.inputs)] for _ in range(count)]
    targets = [[draw(NUMBERS) for _ in range(net.outputs)] for _ in range(count)]
    loss = net.loss(Samples(inputs, targets), draw(st.sampled_from(losses)))
    return loss, net.parameters([draw(NUMBERS) for _ in range(net.parameter_count)])


POLYNOMIAL = ("linear", "square", "cubic", "t**3 - t/2", "1 - t")
RATIONAL = ("t/(1 + t**2)", "1/(2 + t**2)", "(t - 1)**2/(t**4 + 1)")
SHALLOW = st.tuples(*[st.integers(min_value=1, max_value=2)] * 3)


def agree(loss, point) -> None:
    at = loss.at(point)
    field = at.hessian.field
    jet = loss_jet(loss.model_at(point), field)
    assert at.value == field.scalar(jet.value)
    assert at.gradient == field.matrix([[x] for x in jet.first])
    assert at.hessian == field.matrix(jet.second)
    assert at.hessian.is_symmetric


def contain(balls, exact) -> None:
    for ball_row, row in zip(balls.tolist(), exact.tolist(), strict=True):
        for ball, value in zip(ball_row, row, strict=True):
            assert ball.raw.is_finite()
            assert ball.raw.overlaps(value.enclose(400))


@settings(max_examples=30, deadline=None)
@given(problems(POLYNOMIAL))
def test_polynomial_networks_agree_with_jets(problem):
    agree(*problem)


@settings(max_examples=8, deadline=None)
@given(problems(RATIONAL, losses=("sum", "a**4 + a", "a**2/(1 + a**2)")))
def test_rational_networks_agree_with_jets(problem):
    agree(*problem)


@settings(max_examples=12, deadline=None)
@given(problems(("sigmoid", "tanh", "smoolu"), widths=SHALLOW, samples=2))
def test_networks_over_exponentials_agree_with_jets_and_balls(problem):
    loss, point = problem
    agree(loss, point)
    at, balls = loss.at(point), loss.at(point).enclose(200)
    contain(balls.hessian, at.hessian)
    contain(balls.gradient, at.gradient)
    assert balls.value.raw.overlaps(at.value.enclose(400))


@settings(max_examples=10, deadline=None)
@given(problems(("algebraic",), widths=SHALLOW, samples=1))
def test_algebraic_networks_agree_with_jets(problem):
    loss, point = problem
    try:
        at = loss.at(point).hessian
    except DomainError:
        assume(False)
    assume(getattr(at.field, "degree", 1) <= 4)
    agree(loss, point)
    contain(loss.at(point).enclose(200).hessian, at)


@settings(max_examples=20, deadline=None)
@given(problems(("square", "cubic", "t/(1 + t**2)")))
def test_balls_contain_rational_values(problem):
    loss, point = problem
    contain(loss.at(point).enclose(90).hessian, loss.at(point).hessian)
    contain(loss.at(point).enclose(90).gradient, loss.at(point).gradient)


@settings(max_examples=25, deadline=None)
@given(problems(("tanh", "softplus", "arctan", "sigmoid"), samples=2))
def test_deep_networks_in_balls_agree_with_jets(problem):
    loss, point = problem
    field = BallField(160)
    at = loss.at(point, field)
    with field.working():
        jet = loss_jet(loss.model_at(point), field)
    for row, second in zip(at.hessian.tolist(), jet.second, strict=True):
        for ball, other in zip(row, second, strict=True):
            assert ball.raw.is_finite()
            assert ball.raw.overlaps(other)
            assert ball.raw.rad() < 1e-30


@settings(max_examples=20, deadline=None)
@given(problems(POLYNOMIAL))
def test_every_engine_gives_the_same(problem):
    loss, point = problem
    model = loss.model_at(point)
    slow = Pass(model, Engine(QQ))
    assert slow.value() == loss.at(point).value
    assert slow.gradient() == loss.at(point).gradient
    assert slow.hessian() == loss.at(point).hessian


@settings(max_examples=20, deadline=None)
@given(
    problems(("linear",), widths=st.tuples(*[st.integers(min_value=1, max_value=3)] * 2)), NUMBERS
)
def test_finite_differences_are_exact_for_quadratic_losses(problem, step):
    loss, point = problem
    assume(step)
    vector = [value.rational() for value in loss.network.vector(point)]
    at = loss.at(point)
    hessian = at.hessian.tolist()
    for i in range(len(vector)):
        shifted = [[*vector[:i], vector[i] + s * step, *vector[i + 1 :]] for s in (1, -1)]
        up, down = (loss.at(v) for v in shifted)
        assert (up.value - down.value) / (2 * step) == at.gradient[i, 0]
        for j in range(len(vector)):
            assert (up.gradient[j, 0] - down.gradient[j, 0]) / (2 * step) == hessian[i][j]


@settings(max_examples=20, deadline=None)
@given(problems(POLYNOMIAL), st.data())
def test_directional_derivatives_along_a_symbolic_line(problem, data):
    """Phi(w + s v) over Q(s): its derivatives at s = 0 are v^T grad and v^T H v."""
    loss, point = problem
    field = RationalFunctions(("s",))
    s = field.generator("s")
    base = loss.network.vector(point)
    move = [data.draw(st.integers(min_value=-2, max_value=2)) for _ in base]
    along = loss.at([x.rational() + s * v for x, v in zip(base, move, strict=True)]).value
    at, direction = loss.at(point), QQ.matrix([[v] for v in move])
    name = sympy.Symbol("s")
    shown = sympy.expand(along.to_sympy())
    first = (direction.T @ at.gradient)[0, 0]
    second = (direction.T @ at.hessian @ direction)[0, 0]
    assert shown.coeff(name, 1) == first.to_sympy()
    assert 2 * shown.coeff(name, 2) == second.to_sympy()


@pytest.mark.slow
@settings(max_examples=8, deadline=None)
@given(problems(("square", "t/(1 + t**2)", "tanh"), widths=SHALLOW, samples=2))
def test_sympy_objects_agree_with_exact_values(problem):
    loss, point = problem
    values = [value.to_sympy() for value in loss.network.vector(point)]
    at = dict(zip(loss.symbols, values, strict=True))
    if loss.network.activation.name == "tanh":
        number = loss.at(point).enclose(300)
        for shown, ball in zip(loss.hessian, number.hessian.raw.entries(), strict=True):
            value = sympy.N(shown.subs(at), 60)
            assert ball.overlaps(flint.arb(str(value), "1e-40"))
        return
    assert sympy.cancel(loss.expression.subs(at)) == loss.at(point).value.to_sympy()
    assert loss.gradient.subs(at) == loss.at(point).gradient.to_sympy()
    assert loss.hessian.subs(at) == loss.at(point).hessian.to_sympy()


def test_sympy_derivatives_of_the_expression_are_the_gradient():
    loss = Network((2, 2, 1), "tanh").loss(Samples([[1, 2], [0, "1/2"]], [[1], [2]]))
    direct = sympy.Matrix([sympy.diff(loss.expression, x) for x in loss.symbols])
    assert identity_equal(loss.gradient, direct).outcome is Outcome.HOLDS
    assert identity_equal(loss.hessian, sympy.hessian(loss.expression, loss.symbols)).is_holds


@pytest.mark.parametrize("widths", [(1, 1), (2, 2, 1), (1, 2, 2, 1), (1, 1, 1, 1, 2)])
def test_backpropagation_is_an_identity_for_generic_functions(widths):
    net = Network(widths, Activation.generic("s"), Activation.generic("r"))
    inputs = [[i + j for j in range(net.inputs)] for i in range(2)]
    loss = net.loss(Samples(inputs, [[1] * net.outputs] * 2), ScalarLoss.generic("l"))
    direct = sympy.Matrix([sympy.diff(loss.expression, x) for x in loss.symbols])
    verdict = identity_equal(loss.gradient, direct)
    assert verdict.outcome is Outcome.HOLDS
    assert verdict.evidence is Evidence.IDENTITY
    assert not identity_equal(loss.gradient, 2 * direct).is_holds
    places = net.layer_range(net.depth)
    error, below = loss.errors_expression(net.depth), loss.features_expression(net.depth - 1)
    block = (error.T * below).reshape(net.widths[-1] * net.widths[-2], 1)
    assert identity_equal(block, direct[places.start : places.start + len(block), :]).is_holds
    changed = direct.copy()
    changed[0] *= 2
    assert identity_equal(loss.gradient, changed).outcome is Outcome.FAILS


def test_the_second_order_formula_is_an_identity_for_generic_functions():
    net = Network((1, 2, 2, 1), Activation.generic("s"), Activation.generic("r"))
    loss = net.loss(Samples([[3]], [[1]]), ScalarLoss.generic("l"))
    direct = sympy.hessian(loss.expression, loss.symbols)
    assert identity_equal(loss.hessian, direct).outcome is Outcome.HOLDS


def test_generic_functions_have_no_values():
    loss = Network((1, 1, 1), Activation.generic("s")).loss(Samples([[1]], [[1]]))
    with pytest.raises(DomainError, match=r"no values$"):
        _ = loss.at([1, 1, 1, 1]).value


def test_identities_of_concrete_functions_are_not_refuted():
    x, y = sympy.symbols("x y")
    assert identity_equal(sympy.cosh(x) ** 2 - sympy.sinh(x) ** 2, 1).outcome is Outcome.UNDECIDED
    assert identity_equal(sympy.tanh(x), sympy.tanh(y)).outcome is Outcome.UNDECIDED
    assert identity_equal(sympy.exp(x), x).outcome is Outcome.UNDECIDED
    minus = sympy.tanh(y - x, evaluate=False)
    assert identity_equal(sympy.tanh(x - y, evaluate=False), -minus).outcome is Outcome.HOLDS
    assert identity_equal(sympy.exp(x - y) * sympy.exp(y - x, evaluate=False), 1).is_holds


def test_identities_are_of_rational_functions():
    x, y = sympy.symbols("x y")
    assert identity_equal((x**2 - 1) / (x - 1), x + 1).outcome is Outcome.HOLDS
    assert identity_equal(x, y).outcome is Outcome.FAILS
    assert identity_equal(sympy.Matrix([[x, y]]), sympy.Matrix([[x, 2 * y]])).is_fails
    assert identity_equal(1 / (x - x + y - y), 1).outcome is Outcome.UNDECIDED
    with pytest.raises(InexactError):
        identity_equal(x * 0.5, x / 2)
    with pytest.raises(ShapeError):
        identity_equal(sympy.Matrix([[x, y]]), x)


# ---- fields


def test_values_lie_in_the_smallest_field():
    samples = Samples([["1/2"], ["1/3"]], [[1], [0]])
    assert Network((1, 1, 1), "cubic").loss(samples).at([1, 0, 1, 0]).hessian.field == QQ
    tanh = Network((1, 1, 1), "tanh").loss(samples).at([1, 0, 1, 0])
    assert tanh.hessian.field == ExponentialField(3)
    sigmoid = Network((1, 1, 1), "sigmoid").loss(samples).at([1, 0, 1, 0])
    assert sigmoid.value.field == ExponentialField(6)
    assert tanh.preactivations(1).field.contains(QQ)


def test_a_dead_layer_stays_rational():
    loss = Network((1, 2, 1), "tanh").loss(Samples([[1], [2]], [[1], [2]]))
    at = loss.at([0, 0, 0, 0, 1, 2, "3/2"])
    assert at.value.field == QQ
    assert str(at.value) == "1/2"
    assert at.gradient.field == QQ


def test_a_second_layer_at_rational_preactivations_is_exact():
    net = Network((1, 2, 1, 1), "tanh")
    loss = net.loss(Samples([[1]], [[1]]))
    point = Parameters([[[1], [1]], [[2, -2]], [[1]]], [[0, 0], ["1/2"], [0]])
    assert loss.preactivations(point, 2) == QQ.matrix([[Fraction(1, 2)]])
    assert loss.at(point).value.field == ExponentialField(1)


def test_deep_exponentials_are_refused_with_the_reason_and_enclosed():
    loss = Network((1, 1, 1, 1), "tanh").loss(Samples([[1]], [[1]]))
    at = loss.at([1, 0, 1, 0, 1, 0])
    with pytest.raises(DomainError, match=r"layer 2.*enclose\(bits\)"):
        _ = at.value
    with mpmath.workdps(40):
        expected = (mpmath.tanh(mpmath.tanh(1)) - 1) ** 2
        assert mpmath.almosteq(at.numeric(40).value, expected, mpmath.mpf("1e-38"))


def test_values_and_derivatives_choose_their_field_apart():
    at = Network((1, 1), bias=False).loss(Samples([[1]], [[0]]), "cauchy(1)").at([2])
    assert at.value.field == LogarithmField((5,))
    assert at.value.sign() == 1
    assert at.gradient == QQ.matrix([[Fraction(4, 5)]])
    assert at.hessian == QQ.matrix([[Fraction(2 * (1 - 4), 25)]])


def test_algebraic_activations_are_rational_at_pythagorean_points():
    loss = Network((1, 1, 1), "algebraic").loss(Samples([["3/4"]], [[0]]))
    assert loss.at([1, 0, 1, 0]).hessian.field == QQ
    assert str(loss.at([1, 0, 1, 0]).value) == "9/25"
    at = loss.at(["4/3", 0, 1, 0])
    assert str(at.value) == "1/2"
    assert at.gradient.field.name == "Q(sqrt(2))"


def test_logarithmic_weights_make_sigmoids_rational():
    log2, log3 = sympy.log(2), sympy.log(3)
    loss = Network((1, 2, 1), "sigmoid").loss(Samples([[1], [0]], [[1], [2]]))
    point = Parameters([[[log2], [log3 - log2]], [[1, 2]]], [[0, log3], [0]])
    at = loss.at(point)
    assert at.features(1).tolist()[0] == [Fraction(2, 3), Fraction(9, 11)]
    assert at.value.rational() == (Fraction(2, 3) + Fraction(18, 11) - 1) ** 2
    assert all(x.rational() is not None for row in at.gradient.tolist() for x in row)
    contain(at.enclose(100).hessian, at.hessian)


def test_logarithmic_weights_reach_the_second_layer():
    log2 = sympy.log(2)
    loss = Network((1, 1, 1, 1), "sigmoid").loss(Samples([[1]], [[1]]))
    at = loss.at(Parameters([[[log2]], [[3 * log2]], [[1]]], [[0], [0], [0]]))
    assert str(at.value) == "1/25"
    contain(at.enclose(100).gradient, at.gradient)


def test_free_symbols_give_identities():
    field = RationalFunctions(("s", "t"))
    s, t = field.generator("s"), field.generator("t")
    loss = Network((1, 1, 1), "square", bias=False).loss(Samples([[1], [2]], [[1], [3]]))
    at = loss.at([s, t])
    assert at.value == (s**2 * t - 1) ** 2 + (4 * s**2 * t - 3) ** 2
    assert at.gradient[1, 0] == 34 * s**4 * t - 26 * s**2


def test_algebraic_data_take_part():
    root = sympy.sqrt(2)
    at = Network((1, 1), bias=False).loss(Samples([[root]], [[1]])).at([root])
    assert str(at.value) == "1"
    assert at.gradient.to_sympy() == sympy.Matrix([2 * root])


def test_radicands_are_small():
    assert radicand(Fraction(13, 9)) == 13
    assert radicand(Fraction(8, 3)) == 6
    assert radicand(Fraction(50)) == 2


# ---- smoothness, pieces


def test_relu_has_values_and_no_derivatives():
    loss = Network((1, 1, 1), "relu").loss(Samples([[1], [-1], [0]], [[1], [1], [0]]))
    at = loss.at([1, 0, 1, 0])
    assert str(at.value) == "1"
    assert str(at.enclose(64).value) == "1.00000000000000"
    for needs_derivatives in (
        lambda: at.gradient,
        lambda: at.hessian,
        lambda: loss.gradient,
        lambda: loss.errors([1, 0, 1, 0], 1),
    ):
        with pytest.raises(SmoothnessError, match="layer 1"):
            needs_derivatives()


def test_smoolu_is_exact_on_both_sides_and_at_zero():
    loss = Network((1, 1, 1), "smoolu").loss(Samples([[1], [-1], [0]], [[1], [1], [0]]))
    at = loss.at([1, 0, 1, 0])
    assert at.value.field == ExponentialField(1)
    assert at.hessian.is_symmetric
    contain(at.enclose(120).hessian, at.hessian)


def test_pieces_at_balls_around_zero_contain_both_sides():
    third = Fraction(1, 3)
    for name, order in (("smoolu", 2), ("relu", 0)):
        loss = Network((1, 1, 1), name).loss(Samples([[third], [1]], [[1], [0]]))
        at, balls = loss.at([-1, third, 1, 0]), loss.at([-1, third, 1, 0]).enclose(100)
        assert balls.preactivations(1)[0, 0].raw.contains(0)
        assert not balls.preactivations(1)[0, 0].raw.is_zero()
        assert balls.value.raw.is_finite()
        assert balls.value.raw.contains(at.value.enclose(300))
        if order == 2:
            contain(balls.hessian, at.hessian)
            assert balls.hessian[0, 0].raw.rad() < 1e-20


def test_pieces_at_wide_balls():
    field = BallField(64)
    loss = Network((1, 1, 1), "smoolu", bias=False).loss(Samples([[1]], [[0]]))
    box = field.scalar(flint.arb(0, "0.25"))
    inside = loss.at([box, 1], field).features(1)[0, 0].raw
    for point in (Fraction(-1, 4), Fraction(0), Fraction(1, 9), Fraction(1, 4)):
        assert inside.contains(loss.at([point, 1], BallField(200)).features(1)[0, 0].raw)
    assert inside.upper() < 0.01
    with pytest.raises(DomainError, match="no known bounds"):
        _ = loss.at([field.scalar(flint.arb(0, 1)), 1], field).hessian


def test_one_sided_losses_have_a_gradient_and_no_hessian():
    hinge = Piece(T**2, ZERO, 1)
    at = Network((1, 1), bias=False).loss(Samples([[1]], [[1]]), hinge).at([-1])
    assert at.gradient == QQ.matrix([[-4]])
    with pytest.raises(SmoothnessError, match="loss"):
        _ = at.hessian


def test_undefined_values_are_refused():
    loss = Network((1, 1, 1), parse_formula("1/t")).loss(Samples([[1]], [[1]]))
    with pytest.raises(DomainError, match="layer 1"):
        _ = loss.at([1, -1, 1, 0]).value
    with pytest.raises(DomainError):
        _ = loss.at([1, -1, 1, 0]).enclose(64).value


def test_powers_of_balls_around_zero_are_numbers():
    loss = Network((1, 2, 1), "sigmoid").loss(Samples([[0]], [[2]]))
    point = Parameters([[[1], [1]], [[1, 2]]], [[0, sympy.log(3)], [0]])
    at = loss.at(point)
    assert str(at.value) == "0"
    assert at.enclose(64).value.raw.is_finite()


# ---- parts


def test_blocks_are_parts_of_gradient_and_hessian():
    net = Network((2, 2, 3, 1), "cubic")
    loss = net.loss(Samples([[1, 0], [0, 2]], [[1], [2]]))
    point = net.parameters([Fraction(i % 5 - 2, 1 + i % 3) for i in range(net.parameter_count)])
    at = loss.at(point)
    for layers in ([1], [2], [3], [1, 3], [3, 1], [1, 2, 3]):
        places = [i for k in sorted(layers) for i in net.layer_range(k)]
        assert loss.hessian_block(point, layers) == at.hessian.submatrix(places, places)
    for k in (1, 2, 3):
        below = loss.features(point, k - 1)
        block = (loss.errors(point, k).T @ below).flatten()
        sums = (loss.errors(point, k).T @ QQ.ones(2, 1)).flatten()
        assert loss.gradient_block(point, k) == block.vstack(sums)
        pre = loss.preactivations(point, k)
        ones = QQ.ones(2, 1)
        assert pre == below @ point.weights[k - 1].T + ones @ point.biases[k - 1].T
    assert at.residuals == loss.features(point, 3) - loss.samples.targets


def test_numeric_values_have_the_digits_asked_for():
    at = Network((1, 1, 1), "softplus").loss(Samples([[1]], [[1]])).at([1, 1, 1, 1])
    shown = at.numeric(60)
    with mpmath.workdps(70):
        exact = mpmath.log(1 + mpmath.exp(2)) ** 2
        assert abs(shown.value - exact) < mpmath.mpf("1e-58")
    assert (shown.gradient.rows, shown.hessian.cols) == (4, 4)


def test_precision_is_left_as_it_was():
    before = flint.ctx.prec
    at = Network((1, 1, 1), "tanh").loss(Samples([[1]], [[1]])).at([1, 1, 1, 1])
    _ = at.enclose(500).hessian
    with pytest.raises(SmoothnessError):
        _ = Network((1, 1, 1), "relu").loss(Samples([[1]], [[1]])).at([1] * 4).enclose(99).gradient
    assert flint.ctx.prec == before


def test_sharper_balls_with_more_bits():
    at = Network((1, 1, 1), "tanh").loss(Samples([[1]], [[1]])).at([1, 1, 1, 1])
    wide, sharp = (at.enclose(bits).hessian[0, 0].raw for bits in (64, 256))
    assert wide.contains(sharp)
    assert sharp.rad() < flint.arb(10) ** -60


def test_names_of_symbols_are_those_of_the_parameters():
    net = Network((1, 2, 1), "tanh")
    loss = net.loss(Samples([[2]], [[1]]))
    assert tuple(map(str, loss.symbols)) == net.parameter_names
    assert {str(x) for x in loss.expression.free_symbols} == set(net.parameter_names)


def test_nothing_is_expanded():
    net = Network((1, 2, 2, 1), "square")
    loss = net.loss(Samples([[2]], [[1]]))
    assert loss.expression.func is sympy.Pow
    graph, _ = loss.nodes(2)
    assert len(graph.nodes) < 700


def test_surfaces_and_points_are_pickled_without_what_they_computed():
    loss = Network((1, 2, 1), "tanh").loss(Samples([[1]], [[1]]), "cauchy(1)")
    at = loss.at([1, 2, 0, 0, 1, 1, "1/2"])
    expected, _ = at.gradient, loss.gradient
    copy = pickle.loads(pickle.dumps(at))
    assert copy.surface == loss
    assert copy.gradient == expected


def test_number_fields_and_numbers_have_a_size_limit():
    wide = Network((1, 12, 1), "algebraic").loss(Samples([[1]], [[1]]))
    with pytest.raises(DomainError, match="degree 64"):
        _ = wide.at(list(range(37))).gradient
    deep = Network((1,) * 40, "square", bias=False).loss(Samples([[3]], [[1]]))
    with pytest.raises(DomainError, match="at most 1048576 bits"):
        _ = deep.at([1] * 39).value


@pytest.mark.parametrize(
    ("widths", "activation", "output", "bias", "loss"),
    [
        ((2, 3, 1), "tanh", "linear", True, "sum"),
        ((1, 1), "sigmoid", "tanh", True, "cauchy(1)"),
        ((2, 2, 1, 3, 1), "arctan", "linear", True, "sum"),
        ((2, 3, 2, 2), "t**3 - t/2", "square", False, "mean"),
        ((1, 2, 2), "linear", "linear", False, "mean"),
        ((2, 2, 1), "smoolu", "linear", True, "sum"),
        ((1, 2, 1), "algebraic", "softplus", True, "sum"),
    ],
)
def test_floats_are_close_to_the_balls(widths, activation, output, bias, loss):
    net = Network(widths, activation, output, bias)
    source = random.Random(len(widths))
    size = net.parameter_count
    samples = [[Fraction(source.randint(-9, 9), 4) for _ in range(widths[0])] for _ in range(4)]
    targets = [[Fraction(source.randint(-9, 9), 4) for _ in range(widths[-1])] for _ in range(4)]
    surface = net.loss(Samples(samples, targets), loss)
    point = [Fraction(source.randint(1, 9), 5) * source.choice((1, -1)) for _ in range(size)]
    gradient, hessian = surface.floats.derivatives([float(x) for x in point])
    at = surface.at(point).enclose(64)
    for balls, floats in ((at.gradient, gradient.reshape(-1, 1)), (at.hessian, hessian)):
        exact = np.array([[float(x.raw) for x in row] for row in balls.tolist()])
        np.testing.assert_allclose(floats, exact, rtol=1e-9, atol=1e-12 * abs(exact).max())


def _tied():
    return Network((2, 3, 2), "tanh").labelled({"W2": "W1^T"})


@pytest.mark.parametrize(
    ("net", "loss", "decay"),
    [
        (Network((2, 3, 1), "tanh"), "sum", 0),
        (Network((2, 3, 1), "relu"), "mean pseudo_huber(1)", "1/7"),
        (Network((2, 2, 3), "sigmoid", bias=False), "cross_entropy", "1/50"),
        (Network((1, 3, 1), "max(t, t/10)"), "logistic", 0),
        (_tied(), "cauchy(1)", "1/3"),
        (_tied(), "mean cross_entropy", 0),
    ],
)
def test_values_in_floats_are_close_to_the_balls(net, loss, decay):
    source = random.Random(net.parameter_count)
    inputs = [[Fraction(source.randint(-9, 9), 4) for _ in range(net.widths[0])] for _ in range(4)]
    targets = [[int(j == i % 2) for j in range(net.widths[-1])] for i in range(4)]
    for weights in (None, ["1/2", 2, 3, 1]):
        surface = net.loss(Samples(inputs, targets, weights), loss, weight_decay=decay)
        points = [[Fraction(source.randint(-9, 9), 5) for _ in range(net.parameter_count)]]
        points.append([x / 3 for x in points[0]])
        found = surface.float_values.losses([[float(x) for x in one] for one in points])
        features = surface.float_values.features([[float(x) for x in one] for one in points], 1)
        for one, value, below in zip(points, found, features, strict=True):
            at = surface.at(one).enclose(64)
            assert value == pytest.approx(float(at.value.raw), rel=1e-9)
            exact = np.array(at.features(1), dtype=float)
            np.testing.assert_allclose(below, exact, rtol=1e-9, atol=1e-12)


def test_floats_need_second_derivatives_and_a_moderate_size():
    samples = Samples([[1]], [[1]])
    with pytest.raises(SmoothnessError, match="second derivative"):
        _ = Network((1, 1, 1), "relu").loss(samples).floats
    with pytest.raises(DomainError, match="4096 parameters"):
        _ = Network((1, 2000, 1), "tanh").loss(samples).floats
    steep = Network((1, 1), output_activation="t**9").loss(samples).floats
    assert not np.isfinite(steep.derivatives([1e200, 0.0])[0]).all()


def test_number_fields_of_large_numbers_are_refused_before_they_are_made():
    net = Network((1, 3), bias=False)
    loss = net.loss(Samples([[1], [-2]], [["1/2", 0, 1], [1, 2, 3]]), "pseudo_huber(1)")
    point = [Fraction(132629367161, 356135141027), Fraction(1589423745401, 768930214100), 0]
    with pytest.raises(DomainError, match="bits in a number field of degree"):
        _ = loss.at(point).gradient
    assert loss.at(point).enclose(64).gradient.shape == (3, 1)
