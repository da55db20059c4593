"""Labelled networks: what they are, that their derivatives are right, and that they classify."""

from __future__ import annotations

import pickle
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from symbolic_landscape import LabelledNetwork, Layer, Network, Parameters, Samples, classify
from symbolic_landscape.arithmetic import QQ, BallField, RationalFunctions
from symbolic_landscape.calculus import loss_jet
from symbolic_landscape.critical import Answer, Kind, critical_points
from symbolic_landscape.errors import (
    DomainError,
    LandscapeError,
    ParseError,
    ShapeError,
    UnknownKeyError,
)

BALLS = BallField(160)


def tied_autoencoder() -> LabelledNetwork:
    """x in R^2 -> one unit -> R^2, with W_2 = W_1^T."""
    return Network((2, 1, 2), "linear", bias=False).labelled({"W2_11": "W1_11", "W2_21": "W1_12"})


def convolution() -> LabelledNetwork:
    """Three inputs, a kernel (u, v) at two places, both added."""
    kernel = [["u", "v", 0], [0, "u", "v"]]
    return LabelledNetwork.of_layers(
        3,
        [
            Layer("conv", {"input": kernel}, bias=["c", "c"], activation="square"),
            Layer("pool", {"conv": [[1, 1]]}),
        ],
    )


def skip() -> LabelledNetwork:
    """A residual block around a hidden layer, and a way from the input to the output."""
    return LabelledNetwork.of_layers(
        2,
        [
            Layer("first", {"input": [["a", "b"], ["b", "c"]]}, ["d", "d"], "cubic"),
            Layer("second", {"first": [["a", 1], [0, "e"]]}, activation="square"),
            Layer("out", {"second": [["f", "f"]], "first": [[1, "1/2"]], "input": [["g", 0]]}),
        ],
    )


def mixed() -> LabelledNetwork:
    """Two layers on one level with activations of their own."""
    return LabelledNetwork.of_layers(
        1,
        [
            Layer("left", {"input": [["a"]]}, ["b"], "square"),
            Layer("right", {"input": [["a"], ["c"]]}, None, "cubic"),
            Layer("out", {"left": [["d"]], "right": [["e", "d"]]}, ["f"]),
        ],
    )


NETWORKS = {
    "tied": tied_autoencoder(),
    "convolution": convolution(),
    "skip": skip(),
    "mixed": mixed(),
    "frozen": Network((1, 2, 1), "square").labelled({"W1_11": "1/3", "b2_1": 0}),
    "layered": Network.layered((1, 2, 1, 1), ["square", "cubic"], [True, False, True]),
}


def problem(network: LabelledNetwork, decay=0):
    inputs = [[1, -2, 3][: network.inputs], [0, "1/2", 1][: network.inputs]]
    targets = [[1, 2][: network.outputs], [-1, 0][: network.outputs]]
    point = [Fraction((5 * i) % 7 - 3, 2) for i in range(network.parameter_count)]
    return network.loss(Samples(inputs, targets), weight_decay=decay), point


@pytest.mark.parametrize("decay", [0, "1/3"])
@pytest.mark.parametrize("network", NETWORKS.values(), ids=NETWORKS)
def test_labelled_networks_agree_with_jets_balls_and_symbols(network, decay):
    loss, point = problem(network, decay)
    at = loss.at(point)
    jet = loss_jet(loss.model_at(network.parameters(point)), QQ)
    assert at.value == QQ.scalar(jet.value)
    assert at.gradient == QQ.matrix([[x] for x in jet.first])
    assert at.hessian == QQ.matrix(jet.second)
    balls = loss.at(point).enclose(100)
    for ball, value in zip(
        balls.hessian.raw.entries(), at.hessian.enclose(200).entries(), strict=True
    ):
        assert ball.overlaps(value)
    values = dict(
        zip(
            loss.symbols,
            [x.to_sympy() for x in network.vector(network.parameters(point))],
            strict=True,
        )
    )
    assert loss.expression.subs(values) == at.value.to_sympy()
    assert loss.gradient.subs(values) == at.gradient.to_sympy()
    assert loss.hessian.subs(values) == at.hessian.to_sympy()


def test_the_loss_of_a_tied_autoencoder_is_its_formula():
    field = RationalFunctions(("a", "b"))
    a, b = field.generator("a"), field.generator("b")
    network = tied_autoencoder()
    loss = network.loss(Samples([[1, 2]], [[1, 2]]))
    code = a + b * 2
    expected = (a * code - 1) ** 2 + (b * code - 2) ** 2
    assert loss.at(network.parameters([a, b])).value == expected


def test_a_skip_connection_adds_what_it_carries():
    network = LabelledNetwork.of_layers(
        1,
        [
            Layer("h", {"input": [["a"]]}, activation="tanh"),
            Layer("k", {"h": [["b"]]}, activation="tanh"),
            Layer("out", {"k": [["c"]], "input": [[1]]}),
        ],
    )
    assert network.widths == (1, 2, 2, 1)
    loss = network.loss(Samples([["3/2"]], [[0]]))
    assert loss.at([0, 5, 7]).value == Fraction(9, 4)


def test_layers_may_come_in_any_order():
    first = Layer("first", {"input": [["a"]]}, activation="square")
    second = Layer("second", {"first": [["b"]]}, activation="square")
    last = Layer("out", {"second": [["c"]]})
    ordered = LabelledNetwork.of_layers(1, [first, second, last])
    assert LabelledNetwork.of_layers(1, [second, first, last]).entries == ordered.entries


def test_plain_networks_and_their_labelled_twins_have_the_same_derivatives():
    plain = Network((2, 2, 1), "tanh", "linear")
    twin = plain.labelled()
    samples = Samples([[1, 0], [0, 1]], [[1], [0]])
    point = [Fraction(i - 4, 3) for i in range(plain.parameter_count)]
    assert twin.parameter_names == plain.parameter_names
    a, b = (net.loss(samples).at(point) for net in (plain, twin))
    assert (a.value, a.gradient, a.hessian) == (b.value, b.gradient, b.hessian)
    weights = plain.parameters(point)
    assert twin.vector(twin.reduced(weights)) == plain.vector(weights)


@pytest.mark.parametrize(
    ("make", "error", "words"),
    [
        (lambda: Layer("input", {"x": [["a"]]}), ParseError, "a word other than"),
        (lambda: Layer("h", {}), ShapeError, "matrices by the names"),
        (lambda: Layer("h", {"input": [[]]}), ShapeError, "rows of one length"),
        (lambda: Layer("h", {"input": [["a"], ["b", "c"]]}), ShapeError, "rows of one length"),
        (lambda: Layer("h", {"input": [["a b"]]}), ParseError, "a label or an exact number"),
        (lambda: Layer("h", {"input": [[0.5]]}), LandscapeError, "the float"),
        (lambda: Layer("h", {"input": [["nan"]]}, ["inf"]), None, ""),
        (lambda: Layer("h", {"input": [["a"]]}, [1, 2]), ShapeError, "1 biases were needed"),
        (lambda: Layer("h", {"input": [["a"]], "g": [[1], [2]]}), ShapeError, "as many rows"),
        (lambda: Layer("h", {"input": [["a"]]}, None, "relu6"), UnknownKeyError, "names are"),
        (lambda: LabelledNetwork.of_layers(0, []), ShapeError, "inputs of at least 1"),
        (lambda: LabelledNetwork.of_layers(1, []), ShapeError, "at least one layer"),
        (lambda: LabelledNetwork.of_layers(1, [3]), ShapeError, "Layers were needed"),
        (
            lambda: LabelledNetwork.of_layers(1, [Layer("h", {"x": [["a"]]})]),
            UnknownKeyError,
            "it reads input, h, got 'x'",
        ),
        (
            lambda: LabelledNetwork.of_layers(2, [Layer("h", {"input": [["a"]]})]),
            ShapeError,
            "2 columns was needed",
        ),
        (
            lambda: LabelledNetwork.of_layers(
                1, [Layer("g", {"h": [["a"]]}), Layer("h", {"g": [["b"]], "input": [[1]]})]
            ),
            ShapeError,
            "no circle",
        ),
        (
            lambda: LabelledNetwork.of_layers(
                1, [Layer("g", {"input": [["a"]]}), Layer("h", {"input": [["b"]]})]
            ),
            ShapeError,
            "the last layer, h, and no other",
        ),
        (
            lambda: LabelledNetwork.of_layers(
                1, [Layer("h", {"input": [["a"]]}), Layer("h", {"input": [["b"]]})]
            ),
            ShapeError,
            "h twice",
        ),
        (
            lambda: LabelledNetwork.of_layers(1, [Layer("h", {"input": [[1]]})]),
            ShapeError,
            "at least one free parameter",
        ),
        (lambda: Network((1, 1)).labelled({"W9": "a"}), UnknownKeyError, "layers are W1, b1"),
        (lambda: Network((1, 1)).labelled({"c": "a"}), UnknownKeyError, "labels are W1_11"),
        (lambda: Network((1, 1)).labelled({"W1_11": "a b"}), ParseError, "a label or"),
        (
            lambda: Network((1, 1)).labelled({"W1_11": "b1_1", "b1_1": 0}),
            ParseError,
            "a label that stays",
        ),
        (lambda: tied_autoencoder().parameters([1]), ShapeError, "2 labels"),
        (lambda: tied_autoencoder().parameters({"W1_11": 1}), ShapeError, "W1_12 was needed"),
        (lambda: tied_autoencoder().parameters({"x": 1}), UnknownKeyError, "'x'"),
        (lambda: tied_autoencoder().parameters([0.5, 1]), LandscapeError, "the float"),
        (
            lambda: tied_autoencoder().reduced(Parameters([[[1, 2]], [[1], [3]]])),
            ParseError,
            "the value 2 of W1_12 was needed, got 3",
        ),
        (
            lambda: Network.layered((1, 2, 1), ["tanh", "tanh"]),
            ShapeError,
            "1 activations",
        ),
        (
            lambda: Network.layered((1, 2, 1), ["tanh"], [True]),
            ShapeError,
            "2 biases",
        ),
    ],
)
def test_wrong_labelled_networks_should_fail_in_one_sentence(make, error, words):
    if error is None:
        make()  # labels that look like words are labels
        return
    with pytest.raises(error, match=words) as caught:
        make()
    assert "\n" not in str(caught.value)


def test_a_chain_of_long_skips_is_bounded_before_it_is_laid_out():
    layers = [Layer("h0", {"input": [["a"]] * 40})]
    layers += [Layer(f"h{i}", {f"h{i - 1}": [["a"] * 40] * 40}) for i in range(1, 30)]
    read = {f"h{i}": [["a"] * 40] for i in range(30)}
    with pytest.raises(ShapeError, match="a frame of at most"):
        LabelledNetwork.of_layers(1, [*layers, Layer("out", read)])


def test_points_belong_to_their_network():
    loss, point = problem(tied_autoencoder())
    with pytest.raises(ShapeError, match="this network's labels"):
        loss.at(Parameters([[[1, 2]], [[1], [2]]]))
    with pytest.raises(ShapeError, match="this network's labels"):
        loss.at(Network((2, 1, 2), bias=False).labelled().parameters([1, 2, 3, 4]))
    with pytest.raises(ShapeError, match="belong to no layer"):
        loss.at(point).gradient_block(1)
    with pytest.raises(ShapeError, match="blocks of layers"):
        loss.at(point).hessian_block([1])
    again = pickle.loads(pickle.dumps(loss))
    assert again.at(point).hessian == loss.at(point).hessian


# ---- classification


def test_a_tied_linear_autoencoder_has_the_principal_axis_as_minimum():
    network = tied_autoencoder()
    loss = network.loss(Samples([[2, 0], [0, 1]], [[2, 0], [0, 1]]))
    assert classify(loss, [0, 0]).kind is Kind.MAXIMUM
    first, second = classify(loss, [1, 0]), classify(loss, [0, 1])
    assert (first.kind, first.inertia) == (Kind.STRICT_MINIMUM, (2, 0, 0))
    assert second.kind is Kind.STRICT_SADDLE
    assert second.global_minimum is Answer.NO
    found = critical_points(loss)
    assert len(found.points) == 5


def test_frozen_hidden_layers_leave_a_convex_problem():
    network = Network((1, 2, 1), "tanh")
    frozen = {"W1_11": 1, "W1_21": "1/2", "b1_1": 0, "b1_2": 1}
    loss = network.labelled(frozen).loss(Samples([[0], [1]], [[1], [1]]), "mean")
    found = classify(loss, [0, 0, 1])
    assert (found.kind, found.global_minimum) == (Kind.NON_STRICT_MINIMUM, Answer.YES)
    decayed = network.labelled(frozen).loss(Samples([[0]], [[0]]), weight_decay=1)
    again = classify(decayed, [0, 0, 0])
    assert (again.kind, again.global_minimum) == (Kind.STRICT_MINIMUM, Answer.YES)


def test_a_frozen_weight_takes_a_rescaling_away():
    plain = Network((1, 1, 1), "linear", bias=False)
    samples = Samples([[1]], [[2]])
    assert classify(plain.loss(samples), [1, 2]).kind is Kind.NON_STRICT_MINIMUM
    frozen = plain.labelled({"W1_11": 1}).loss(samples)
    assert classify(frozen, [2]).kind is Kind.STRICT_MINIMUM


def test_shared_weights_are_no_minimum_only_because_the_others_are():
    # (a^2 - 1)^2 with W_2 = W_1: 0 is a maximum, though a saddle of the free network
    loss = (
        Network((1, 1, 1), "linear", bias=False)
        .labelled({"W2_11": "W1_11"})
        .loss(Samples([[1]], [[1]]))
    )
    assert classify(loss, [0]).kind is Kind.MAXIMUM
    assert classify(loss, [1]).kind is Kind.STRICT_MINIMUM
    assert classify(loss, ["0.99"], near=True).kind is Kind.STRICT_MINIMUM
    assert classify(loss, ["1/2"]).kind is Kind.NOT_CRITICAL


def test_residual_networks_and_convolutions_are_classified():
    fitted = convolution().loss(Samples([[1, 0, 1]], [[2]]))
    found = classify(fitted, {"u": 1, "v": 0, "c": 0}.values())
    assert found.global_minimum is Answer.NO or found.kind is not Kind.STRICT_SADDLE
    loss, point = problem(skip())
    assert classify(loss, point).kind is Kind.NOT_CRITICAL


def test_relu_blocks_are_smooth_away_from_their_joints():
    network = LabelledNetwork.of_layers(
        1,
        [
            Layer("h", {"input": [["a"]]}, ["b"], "relu"),
            Layer("out", {"h": [["c"]], "input": [["d"]]}),
        ],
    )
    loss = network.loss(Samples([[1], [-1]], [[0], [1]]))
    assert classify(loss, [1, 2, 1, 0]).kind is Kind.NOT_CRITICAL
    found = classify(loss, [0, 0, 0, "-1/2"])
    assert found.kind is Kind.UNDECIDED
    with pytest.raises(DomainError, match="polynomials were needed"):
        critical_points(loss)


# ---- random networks


@st.composite
def random_layers(draw):
    """Inputs, layers in a random order of names, and values of their labels."""
    inputs = draw(st.integers(1, 2))
    sizes = {"input": inputs}
    labels = [f"p{i}" for i in range(draw(st.integers(1, 5)))]
    entry = st.one_of(st.sampled_from(labels), st.integers(-2, 2), st.just(0))
    layers = []
    count = draw(st.integers(1, 4))
    for k in range(count):
        earlier = list(sizes)
        chosen = draw(st.lists(st.sampled_from(earlier), min_size=1, max_size=3, unique=True))
        if k and earlier[-1] not in chosen:
            chosen.append(earlier[-1])  # so that every layer is read
        units = draw(st.integers(1, 2))
        matrices = {
            name: [[draw(entry) for _ in range(sizes[name])] for _ in range(units)]
            for name in chosen
        }
        activation = draw(st.sampled_from(["linear", "square", "t/2 + 1"]))
        bias = draw(st.none() | st.lists(entry, min_size=units, max_size=units))
        layers.append(Layer(f"h{k}", matrices, bias, activation))
        sizes[f"h{k}"] = units
    values = {name: Fraction(draw(st.integers(-3, 3)), draw(st.integers(1, 2))) for name in labels}
    return inputs, layers, values


def outputs(layers, values, sample) -> list[Fraction]:
    """What the definition of a network of layers says, layer by layer."""
    features = {"input": sample}
    functions = {
        "linear": lambda t: t,
        "square": lambda t: t * t,
        "1/2*t + 1": lambda t: t / 2 + 1,
    }

    def number(entry):
        return values[entry] if isinstance(entry, str) else entry

    for layer in layers:
        features[layer.name] = [
            functions[layer.activation.name](
                number(layer.bias[i])
                + sum(
                    number(x) * y
                    for source, rows in layer.sources.items()
                    for x, y in zip(rows[i], features[source], strict=True)
                )
            )
            for i in range(layer.units)
        ]
    return features[layers[-1].name]


@settings(max_examples=60, deadline=None)
@given(random_layers(), st.randoms(use_true_random=False))
def test_random_networks_of_layers_are_what_their_definition_says(drawn, source):
    inputs, layers, values = drawn
    shuffled = layers[:-1]
    source.shuffle(shuffled)
    entries = [x for one in layers for rows in one.sources.values() for row in rows for x in row]
    assume(any(isinstance(x, str) for x in [*entries, *(x for one in layers for x in one.bias)]))
    network = LabelledNetwork.of_layers(inputs, [*shuffled, layers[-1]])
    samples = [[Fraction(1), Fraction(-2)][:inputs], [Fraction(1, 2), Fraction(3)][:inputs]]
    found = [outputs(layers, values, sample) for sample in samples]
    loss = network.loss(Samples(samples, [[0] * len(found[0])] * 2))
    point = network.parameters({name: values[name] for name in network.parameter_names})
    at = loss.at(point)
    assert at.value == sum(value * value for row in found for value in row)
    jet = loss_jet(loss.model_at(point), QQ)
    assert at.gradient == QQ.matrix([[x] for x in jet.first])
    assert at.hessian == QQ.matrix(jet.second)


def test_a_fit_by_more_labels_than_predictions_is_a_manifold_of_minima():
    network = LabelledNetwork.of_layers(
        1,
        [
            Layer("h", {"input": [["a"], ["b"]]}, ["c", "c"], "tanh"),
            Layer("out", {"h": [["d", "e"], ["e", "d"]], "input": [["a"], [1]]}),
        ],
    )
    samples = Samples([[1]], [[0, 2]])
    start = ["0.3", "0.8", "0.1", "-1.2", "1.9"]
    here = network.loss(samples).at(start).enclose(64).features(network.depth)
    outputs = [value.raw.mid() for value in here.tolist()[0]]
    targets = [[Fraction(round(float(x) * 1000), 1000) for x in outputs]]
    for weights in (None, ["1/3"]):
        loss = network.loss(Samples([[1]], targets, weights))
        found = classify(loss, start, near=True)
        assert (found.kind, found.global_minimum) == (Kind.NON_STRICT_MINIMUM, Answer.YES)
        assert found.inertia == (2, 0, 3)
        assert found.loss == 0
    decayed = network.loss(Samples([[1]], targets), weight_decay=1)
    assert classify(decayed, start, near=True).global_minimum is not Answer.YES


def test_second_derivatives_of_large_frames_are_refused_in_one_sentence():
    row = ["a"] * 60
    network = LabelledNetwork.of_layers(
        60,
        [Layer("h", {"input": [row] * 50}, activation="tanh"), Layer("out", {"h": [["b"] * 50]})],
    )
    loss = network.loss(Samples([[1] * 60], [[1]]))
    assert classify(loss, [1, 1]).kind is Kind.NOT_CRITICAL
    with pytest.raises(DomainError, match="at most 3000 weights"):
        _ = loss.at([0, 0]).hessian
    found = classify(loss, [0, 0])
    assert found.kind is Kind.UNDECIDED
    assert "3000" in (found.obligation or "")
