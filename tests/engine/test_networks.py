from __future__ import annotations

import copy
import dataclasses
import json
import pickle
from fractions import Fraction

import pytest
import sympy
from hypothesis import given
from hypothesis import strategies as st

from symbolic_landscape.arithmetic import QQ, Matrix, RationalFunctions
from symbolic_landscape.critical import classify
from symbolic_landscape.errors import (
    InexactError,
    LandscapeError,
    ParseError,
    ShapeError,
    UnknownKeyError,
)
from symbolic_landscape.formula import parse_formula
from symbolic_landscape.functions.activations import Activation, ScalarLoss
from symbolic_landscape.networks import Network, Parameters, Samples

NET = Network(widths=(2, 3, 1), activation="tanh")


def test_the_example_of_the_contract():
    samples = Samples(inputs=[[0, 1], [1, "1/2"]], targets=[[1], ["-3/4"]])
    loss = NET.loss(samples, convention="sum")
    assert loss.gradient.shape == (13, 1)
    point = Parameters(weights=[[[1, 2], [0, 0], ["1/2", 1]], [[1, 2, 3]]], biases=[[0, 0, 0], [1]])
    assert loss.at(point).hessian.shape == (13, 13)


def test_names_follow_the_order_of_the_contract():
    names = Network((2, 2, 1)).parameter_names
    assert names == (
        "W1_11", "W1_12", "W1_21", "W1_22", "b1_1", "b1_2", "W2_11", "W2_12", "b2_1",
    )  # fmt: skip
    assert Network((2, 2, 1), bias=False).parameter_names == names[:4] + names[6:8]
    assert Network((2, 2, 1)).parameter_index("b1_2") == 5
    assert [Network((2, 2, 1)).layer_range(k) for k in (1, 2)] == [range(6), range(6, 9)]


def test_names_of_wide_layers_are_unambiguous():
    net = Network((12, 2, 1))
    assert net.parameter_names[:2] == ("W1_1_1", "W1_1_2")
    assert len(set(net.parameter_names)) == net.parameter_count


@given(st.lists(st.integers(min_value=1, max_value=4), min_size=2, max_size=5), st.booleans())
def test_vectors_and_parameters_are_inverse(widths, bias):
    net = Network(widths, bias=bias)
    vector = [Fraction(i, 3) for i in range(net.parameter_count)]
    point = net.parameters(vector)
    assert [value.rational() for value in net.vector(point)] == vector
    assert net.parameters(net.vector(point)) == point
    assert (
        len(net.parameter_names)
        == net.parameter_count
        == sum(len(net.layer_range(k)) for k in range(1, net.depth + 1))
    )


@pytest.mark.parametrize("copied", [copy.deepcopy, lambda x: pickle.loads(pickle.dumps(x))])
def test_copies_are_equal_and_compute_the_same(copied):
    samples = Samples(inputs=[[0, 1], [1, "1/2"]], targets=[[1], ["-3/4"]])
    point = NET.parameters([0] * NET.parameter_count)
    loss = NET.loss(samples)
    for thing in (NET, samples, point, loss):
        assert copied(thing) == thing
    at, again = loss.at(point), copied(loss.at(point))
    assert again.hessian == at.hessian == at.hessian.to_sympy()
    assert copied(at.hessian) == at.hessian
    assert str(copied(classify(loss, point))) == str(classify(loss, point))


def test_equal_data_are_equal_and_hash_alike():
    a = Samples(inputs=[["1/2"], [1]], targets=[[0], [1]])
    b = Samples(inputs=QQ.matrix([[Fraction(2, 4)], [1]]), targets=sympy.Matrix([[0], [1]]))
    assert a == b
    assert len({a, b}) == 1
    assert Parameters([[[1]]], [[2]]) == Parameters([[["2/2"]]], [[[2]]])
    assert Network((1, 1), "t + t**3") == Network((1, 1), "cubic")
    assert hash(Network((1, 1), "t + t**3")) == hash(Network((1, 1), "cubic"))


def test_objects_are_frozen():
    with pytest.raises(dataclasses.FrozenInstanceError):
        NET.bias = False
    with pytest.raises(dataclasses.FrozenInstanceError):
        Samples([[1]], [[1]]).inputs = None


def test_canonical_data_are_json_and_read_back():
    samples = Samples(inputs=[[0, "6/4"]], targets=[["-3/4"]])
    point = NET.parameters([Fraction(i, 2) for i in range(13)])
    assert samples.canonical() == {"inputs": [["0", "3/2"]], "targets": [["-3/4"]]}
    assert Samples(**json.loads(json.dumps(samples.canonical()))) == samples
    assert Parameters(**json.loads(json.dumps(point.canonical()))) == point
    assert Network(**json.loads(json.dumps(NET.canonical()))) == NET
    assert NET.loss(samples, "cauchy(2)").canonical()["loss"] == "cauchy(2)"


def test_data_lie_in_the_smallest_field():
    root = Samples(inputs=[[sympy.sqrt(2), 1]], targets=[[0]])
    assert root.inputs.field.name == "Q(sqrt(2))"
    assert root.targets.field == QQ
    assert root.canonical()["inputs"] == [["Q(sqrt(2)): sqrt(2)", "1"]]
    free = RationalFunctions(("s",)).generator("s")
    point = Parameters([[[free, 1]]], [[0]])
    assert isinstance(point.weights[0], Matrix)
    assert point.weights[0].field == free.field


@pytest.mark.parametrize(
    ("widths", "error", "reason"),
    [
        ((3,), ShapeError, "input and output"),
        ((), ShapeError, "input and output"),
        ((2, 0, 1), ShapeError, "at least 1"),
        ((2, -1), ShapeError, "at least 1"),
        ((2, 1.0), ShapeError, "at least 1"),
        ((True, 1), ShapeError, "at least 1"),
        ("21", ShapeError, "a list was needed"),
        (5, ShapeError, "a list was needed"),
        ((1000, 1000), ShapeError, "at most 100000 parameters"),
        ((10**9, 10**9, 10**9), ShapeError, "at most 100000 parameters"),
    ],
)
def test_wrong_widths_are_refused(widths, error, reason):
    with pytest.raises(error, match=reason) as caught:
        Network(widths)
    assert "\n" not in str(caught.value)


def test_wrong_names_are_refused():
    with pytest.raises(UnknownKeyError, match="names are linear"):
        Network((1, 1), activation="tahn")
    with pytest.raises(UnknownKeyError):
        Network((1, 1), output_activation="softmax")
    with pytest.raises(ParseError, match="True or False"):
        Network((1, 1), bias="no")
    with pytest.raises(UnknownKeyError, match="got 'W9_11'"):
        NET.parameter_index("W9_11")
    with pytest.raises(ShapeError, match="a layer from 1 to 2"):
        NET.layer_range(3)
    with pytest.raises(ShapeError, match="a layer from 1 to 2"):
        NET.activation_of(0)


@pytest.mark.parametrize(
    ("inputs", "targets", "error", "reason"),
    [
        ([], [], ShapeError, "at least one row"),
        ([[]], [[]], ShapeError, "at least one row"),
        ([[1], [2, 3]], [[1], [2]], ShapeError, "in row 1"),
        ([[1], [2]], [[1]], ShapeError, "as many targets as inputs"),
        ([1, 2], [[1], [2]], ShapeError, "row 0: a list was needed"),
        ("12", [[1]], ShapeError, "a list was needed"),
        (None, [[1]], ShapeError, "a list was needed"),
        ([[0.5]], [[1]], InexactError, r'entry \(0, 0\).*"1/2"'),
        ([[1]], [[float("nan")]], InexactError, "targets, entry"),
        ([[float("-inf")]], [[1]], InexactError, "finite"),
        ([[sympy.nan]], [[1]], InexactError, "finite"),
        ([[sympy.oo]], [[1]], InexactError, "finite"),
        ([[sympy.Float("0.5")]], [[1]], InexactError, "1/2"),
        ([["x"]], [[1]], ParseError, "was needed"),
        ([["1/0"]], [[1]], ParseError, "division by zero"),
        ([[None]], [[1]], ParseError, "NoneType"),
        ([[True]], [[1]], ParseError, "truth value"),
        ([[sympy.Symbol("x")]], [[1]], LandscapeError, "inputs"),
        ([[sympy.I]], [[1]], LandscapeError, "inputs"),
        ([[sympy.pi]], [[1]], LandscapeError, "inputs"),
        ([[0] * 1001] * 1000, [[1]] * 1000, ShapeError, "at most 1000000"),
    ],
)
def test_wrong_samples_are_refused(inputs, targets, error, reason):
    with pytest.raises(error, match=reason) as caught:
        Samples(inputs, targets)
    assert "\n" not in str(caught.value)


def test_numpy_arrays_of_floats_are_refused_and_of_integers_taken():
    numpy = pytest.importorskip("numpy")
    with pytest.raises(InexactError):
        Samples(numpy.array([[0.5]]), [[1]])
    assert Samples(numpy.array([[1, 2]]), [[1]]) == Samples([[1, 2]], [[1]])


@pytest.mark.parametrize(
    ("weights", "biases", "error", "reason"),
    [
        ([], [], ShapeError, "at least one layer"),
        ([[[1, 2]], [[1, 2]]], [], ShapeError, "layer 2 with 1 columns"),
        ([[[1]]], [[1], [2]], ShapeError, "biases of all 1 layers"),
        ([[[1]], [[1]]], [[1]], ShapeError, "biases of all 2 layers"),
        ([[[1], [2]]], [[1]], ShapeError, "2 biases of layer 1"),
        ([[[1]]], [[[1, 2]]], ShapeError, "one column"),
        ([[[0.1]]], [], InexactError, r'layer 1, entry \(0, 0\).*"1/10"'),
        ([[[1]]], [[0.1]], InexactError, "biases of layer 1"),
        ([[1]], [], ShapeError, "a list was needed"),
        ([[[]]], [], ShapeError, "at least one row"),
        (7, [], ShapeError, "a list was needed"),
    ],
)
def test_wrong_parameters_are_refused(weights, biases, error, reason):
    with pytest.raises(error, match=reason) as caught:
        Parameters(weights, biases)
    assert "\n" not in str(caught.value)


def test_parameters_of_another_network_are_refused():
    samples = Samples([[1, 2]], [[1]])
    loss = NET.loss(samples)
    with pytest.raises(ShapeError, match="weights of shapes"):
        loss.at(Parameters([[[1, 2]], [[1]]], [[0], [0]]))
    with pytest.raises(ShapeError, match="biases of lengths"):
        loss.at(Parameters([[[1, 2]] * 3, [[1, 1, 1]]]))
    with pytest.raises(ShapeError, match="without biases"):
        Network((1, 1), bias=False).loss(Samples([[1]], [[1]])).at(Parameters([[[1]]], [[0]]))
    with pytest.raises(ShapeError, match="vector of 13 entries"):
        loss.at([1, 2, 3])
    with pytest.raises(InexactError):
        loss.at([0.5] * 13)


def test_samples_of_another_network_are_refused():
    with pytest.raises(ShapeError, match="inputs of dimension 2"):
        NET.loss(Samples([[1]], [[1]]))
    with pytest.raises(ShapeError, match="targets of dimension 1"):
        NET.loss(Samples([[1, 2]], [[1, 2]]))
    with pytest.raises(ShapeError, match="Samples were needed"):
        NET.loss([[1, 2]])
    with pytest.raises(UnknownKeyError, match="sum, half, mean"):
        NET.loss(Samples([[1, 2]], [[1]]), "total")


def test_layers_from_one_to_depth_only():
    loss = NET.loss(Samples([[1, 2]], [[1]]))
    point = [0] * 13
    assert loss.features(point, 0) == QQ.matrix([[1, 2]])
    for call in (loss.preactivations, loss.errors, loss.gradient_block):
        with pytest.raises(ShapeError, match="a layer from 1 to 2"):
            call(point, 0)
        with pytest.raises(ShapeError):
            call(point, 3)
    with pytest.raises(ShapeError, match="a layer from 0 to 2"):
        loss.features(point, 3)
    with pytest.raises(ShapeError, match="at least one layer"):
        loss.hessian_block(point, [])


def test_the_last_layer_has_the_output_activation():
    net = Network((1, 2, 1), "tanh", output_activation="sigmoid")
    assert [str(net.activation_of(k)) for k in (1, 2)] == ["tanh", "sigmoid"]
    assert Network((1, 1), "tanh").activation_of(1) == Activation.of("linear")


def test_losses_by_object():
    samples = Samples([[1]], [[3]])
    net = Network((1, 1), bias=False)
    for convention, value in (
        ("sum", 4),
        ("half", 2),
        ("mean", 4),
        (ScalarLoss.of("a**4"), 16),
        (parse_formula("t**2 + 1"), 5),
        ("a**2/(1 + a**2)", Fraction(4, 5)),
    ):
        assert net.loss(samples, convention).at([1]).value == value


def test_the_mean_divides_by_the_number_of_samples():
    net = Network((1, 2), bias=False)
    samples = Samples([[1], [1], [1]], [[0, 0], [0, 0], [0, 0]])
    assert net.loss(samples, "mean").at([1, 2]).value == 5
    assert net.loss(samples, "sum").at([1, 2]).value == 15
