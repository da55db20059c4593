"""Symmetries of labelled networks: they leave the loss as it is, and settle degenerate points."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from symbolic_landscape import LabelledNetwork, Layer, Network, Samples, classify
from symbolic_landscape.critical import Answer, Kind
from symbolic_landscape.critical.flats import feature_flats
from symbolic_landscape.critical.local import LocalLoss, smooth_near
from symbolic_landscape.critical.shared_symmetries import continuous_symmetries, shared_families
from symbolic_landscape.critical.symmetries import tangent_space
from symbolic_landscape.critical.unheard import curves_by_unheard_units
from symbolic_landscape.errors import SmoothnessError

HALVES = st.integers(-6, 6).map(lambda k: Fraction(2 * k + 1, 4))


def convolution(activation: str) -> LabelledNetwork:
    kernel = [["u", "v", 0], [0, "u", "v"]]
    return LabelledNetwork.of_layers(
        3,
        [
            Layer("conv", {"input": kernel}, ["c", "c"], activation),
            Layer("pool", {"conv": [["w", "w"]]}, ["b"]),
        ],
    )


def skip(activation: str) -> LabelledNetwork:
    hidden = Layer("h", {"input": [["a"], ["b"]]}, ["c", "d"], activation)
    return LabelledNetwork.of_layers(
        1, [hidden, Layer("out", {"h": [["e", "f"]], "input": [["g"]]}, ["k"])]
    )


def deep(activation: str) -> LabelledNetwork:
    """Shared weights in two layers, one frozen, and a way around the second."""
    return LabelledNetwork.of_layers(
        2,
        [
            Layer("one", {"input": [["a", "b"], ["b", "a"]]}, ["c", "c"], activation),
            Layer("two", {"one": [["d", "e"], ["e", 1]]}, ["c", 0], activation),
            Layer("out", {"two": [["f", "f"]], "one": [["g", "h"]]}),
        ],
    )


TIED = Network((3, 2, 3), "linear", bias=False).labelled({"W2": "W1^T"})
NETWORKS = [
    TIED,
    *(make(activation) for make in (convolution, skip, deep) for activation in ("relu", "linear")),
    deep("square"),
    Network((2, 2, 2, 1), "linear").labelled({"W2_11": "W3_11", "b1_1": "1/2"}),
]


@pytest.mark.parametrize("decay", [0, "1/3"])
@pytest.mark.parametrize("network", NETWORKS)
@settings(max_examples=8, deadline=None)
@given(data=st.data())
def test_the_loss_does_not_change_along_surviving_symmetries(network, decay, data):
    """At any point, critical or not."""
    inputs = data.draw(st.lists(st.tuples(*[HALVES] * network.inputs), min_size=2, max_size=4))
    targets = [[Fraction(i + j) for j in range(network.outputs)] for i in range(len(inputs))]
    loss = network.loss(Samples(list(map(list, inputs)), targets), weight_decay=decay)
    values = data.draw(st.tuples(*[HALVES] * network.parameter_count))
    point = network.parameters(values)
    try:
        local = LocalLoss(smooth_near(loss, point), point)
    except SmoothnessError:
        return
    gradient = [row[0] for row in local.values.gradient.tolist()]
    for family in (*shared_families(local), *feature_flats(local)):
        for direction in family.directions:
            assert any(not value.is_zero for value in direction)
            slope = sum(a * b for a, b in zip(gradient, direction, strict=True))
            assert slope == 0


def test_the_rotations_of_a_tied_linear_autoencoder_survive():
    samples = Samples([[3, 0, 0], [0, 2, 0], [0, 0, 1]], [[3, 0, 0], [0, 2, 0], [0, 0, 1]])
    turned = [Fraction(3, 5), Fraction(4, 5), 0, Fraction(-4, 5), Fraction(3, 5), 0]
    found = classify(TIED.loss(samples), TIED.parameters(turned))
    assert found.kind is Kind.NON_STRICT_MINIMUM
    assert found.inertia == (5, 0, 1)
    wrong = classify(TIED.loss(samples), TIED.parameters([1, 0, 0, 0, 0, 1]))
    assert wrong.kind is Kind.STRICT_SADDLE


@pytest.mark.parametrize("near", [False, True])
def test_fits_of_relu_networks_with_shared_weights_and_skips(near):
    network = convolution("relu")
    values = {"u": Fraction(1), "v": Fraction(1, 2), "c": Fraction(1, 4), "w": 2, "b": -1}
    inputs = [[1, 2, 3], [2, 1, 0], [0, 1, 1], [1, 0, 2], [3, 1, 1], [2, 2, 2]]
    targets = [
        [2 * sum(p * values["u"] + q * values["v"] + values["c"] for p, q in pairs) - 1]
        for pairs in ([(x, y), (y, z)] for x, y, z in inputs)
    ]
    loss = network.loss(Samples(inputs, targets))
    found = classify(loss, network.parameters(values), near=near)
    assert found.kind is Kind.NON_STRICT_MINIMUM
    assert found.global_minimum is Answer.YES
    assert found.inertia == (3, 0, 2)


def test_weight_decay_leaves_no_rescaling():
    network = convolution("relu")
    samples = Samples([[1, 2, 3], [2, 1, 0]], [[1], [2]])
    point = network.parameters({"u": 1, "v": 1, "c": 1, "w": 1, "b": 0})
    local = LocalLoss(smooth_near(network.loss(samples), point), point)
    held = LocalLoss(smooth_near(network.loss(samples, weight_decay=1), point), point)
    assert {str(f.mechanism) for f in shared_families(local)} >= {"rescaling"}
    assert "rescaling" not in {str(f.mechanism) for f in shared_families(held)}


@pytest.mark.parametrize("activation", ["relu", "linear"])
def test_rotations_of_units_survive_equal_decay_and_no_other(activation):
    """Two units with proportional weights, which decay cannot tell apart."""
    network = Network((1, 2, 1), activation)
    values = [2, 1, 2, 1, Fraction(1, 2), Fraction(1, 4), 0]
    samples = Samples([[1], [2], [3]], [[1], [0], [2]])

    def dimension(decay):
        loss = network.loss(samples, weight_decay=decay)
        point = network.parameters(values)
        local = LocalLoss(smooth_near(loss, point), point)
        gradient = [row[0] for row in local.values.gradient.tolist()]
        families = continuous_symmetries(local)
        for family in families:
            for direction in family.directions:
                assert sum(a * b for a, b in zip(gradient, direction, strict=True)) == 0
        space = tangent_space(local, families)
        return 0 if space is None else space.shape[1]

    assert 1 <= dimension("1/3") < dimension(0)


@pytest.mark.parametrize("bias", [0, 1])
def test_unheard_units_beside_a_skip_connection(bias):
    network = skip("tanh")
    point = dict.fromkeys("abefgk", 0) | {"c": bias, "d": bias}
    loss = network.loss(Samples([[-1], [0], [1]], [[1], [-2], [1]]))
    found = classify(loss, network.parameters(point))
    assert found.kind is Kind.SADDLE
    assert found.descent is not None
    assert found.descent.descends


def test_a_shared_weight_that_is_heard_elsewhere_is_not_moved():
    network = LabelledNetwork.of_layers(
        1,
        [
            Layer("h", {"input": [["a"], ["a"]]}, None, "tanh"),
            Layer("out", {"h": [["e", 1]]}),
        ],
    )
    local = LocalLoss(network.loss(Samples([[1], [2]], [[0], [0]])), network.parameters([1, 0]))
    assert curves_by_unheard_units(local) is None


def test_a_perfect_fit_at_a_joint_of_a_tied_network_is_a_global_minimum() -> None:
    hidden = Layer("h", {"input": [["a"]]}, ["b"], "relu")
    network = LabelledNetwork.of_layers(1, [hidden, Layer("o", {"h": [["v"]]}, ["v"])])
    found = classify(network.loss(Samples([[1]], [[1]])), [0, 0, 1])
    assert found.global_minimum is Answer.YES
