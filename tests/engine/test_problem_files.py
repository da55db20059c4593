"""Problem files of version 2: layers with labels, frozen and shared parameters, losses, weights."""

from __future__ import annotations

import json
import re
from fractions import Fraction
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from symbolic_landscape.certificate.writing import certificate
from symbolic_landscape.critical import Answer, Kind, classify_problem
from symbolic_landscape.critical.gallery import gallery
from symbolic_landscape.critical.problem import problem_from_data, problem_from_text, read_problem
from symbolic_landscape.errors import LandscapeError, ProblemError
from symbolic_landscape.report.data import schema

WEIGHTS = Path(__file__).resolve().parent.parent / "weights"

LAYERS = {
    "schema": "lemma-check/problem/2",
    "inputs": 2,
    "layers": [
        {"name": "code", "from": {"input": [["a", "b"]]}, "activation": "linear"},
        {"name": "out", "from": {"code": [["a"], ["b"]]}},
    ],
    "samples": {"inputs": [[2, 0], [0, 1]], "targets": [[2, 0], [0, 1]]},
    "parameters": {"a": "1", "b": 0},
}
WIDTHS = {
    "schema": "lemma-check/problem/2",
    "widths": [2, 1, 2],
    "activation": "linear",
    "bias": False,
    "shared": {"W2": "W1^T"},
    "samples": {"inputs": [[2, 0], [0, 1]], "targets": [[2, 0], [0, 1]]},
    "parameters": {"weights": [[[1, 0]], [["1"], ["0.0"]]]},
}
DEEP = {
    "widths": [1, 2, 1, 1],
    "activation": ["tanh", "square"],
    "bias": [True, False, True],
    "samples": {"inputs": [[1], [2]], "targets": [[1], [0]], "weights": ["1/4", "0.75"]},
    "parameters": {
        "weights": [[[1], [2]], [[1, 1]], [["1/2"]]],
        "biases": [[0, 1], [], [3]],
    },
}


def test_both_ways_to_say_a_tied_autoencoder_agree() -> None:
    by_layers, by_widths = problem_from_data(LAYERS), problem_from_data(WIDTHS)
    assert by_layers.surface.network.parameter_names == ("a", "b")
    assert by_widths.surface.network.parameter_names == ("W1_11", "W1_12")
    for problem in (by_layers, by_widths):
        found = classify_problem(problem)
        assert (found.kind, found.inertia) == (Kind.STRICT_MINIMUM, (2, 0, 0))
        assert found.loss == 1
        jsonschema.validate(found.to_data(), schema("classify"))


def test_each_layer_has_its_activation_and_biases_or_none() -> None:
    network = problem_from_data(DEEP).surface.network
    assert [str(units[0]) for units in network.units] == ["tanh", "square", "linear"]
    names = network.parameter_names
    assert names == ("W1_11", "W1_21", "b1_1", "b1_2", "W2_11", "W2_12", "W3_11", "b3_1")
    nulls = {**DEEP["parameters"], "biases": [[0, 1], None, [3]]}  # type: ignore[dict-item]
    assert problem_from_data({**DEEP, "parameters": nulls}).point == problem_from_data(DEEP).point


@pytest.mark.parametrize(
    ("frozen", "left"),
    [
        (["W1", "b1"], ("W2_11", "W2_12", "W3_11", "b3_1")),
        (["W3_11", "b3_1"], ("W1_11", "W1_21", "b1_1", "b1_2", "W2_11", "W2_12")),
    ],
)
def test_frozen_parameters_stay_at_their_values(frozen: list[str], left: tuple[str, ...]) -> None:
    problem = problem_from_data({**DEEP, "frozen": frozen})
    assert problem.surface.network.parameter_names == left
    whole = problem_from_data(DEEP)
    assert problem.surface.at(problem.point).value.raw == whole.surface.at(whole.point).value.raw


def test_frozen_labels_are_numbers() -> None:
    problem = problem_from_data({**LAYERS, "frozen": ["b"]})
    assert problem.surface.network.parameter_names == ("a",)


def test_losses_weights_and_decay_are_read() -> None:
    data: dict[str, Any] = {
        "widths": [1, 2],
        "activation": "linear",
        "loss": "mean cross_entropy",
        "weight_decay": "0.5",
        "samples": {"inputs": [[1], [-1]], "targets": [[0], [1]], "weights": [1, 1]},
        "parameters": {"weights": [[[0], [0]]], "biases": [[0, 0]]},
    }
    problem = problem_from_data(data)
    assert problem.surface.decay == (Fraction(1, 2), Fraction(1, 2), 0, 0)
    assert problem.surface.samples.total == 2
    assert classify_problem(problem).kind is Kind.NOT_CRITICAL
    by_name = problem_from_data({**data, "weight_decay": {"weights": 1, "biases": "1/3"}})
    assert by_name.surface.decay == (1, 1, Fraction(1, 3), Fraction(1, 3))


def test_separated_classes_run_to_infinity_unless_there_is_decay() -> None:
    data: dict[str, Any] = {
        "widths": [1, 1],
        "activation": "linear",
        "loss": "logistic",
        "near": True,
        "samples": {"inputs": [[-1], [2]], "targets": [[0], [1]], "weights": [2, "1/3"]},
        "parameters": {"weights": [[["9"]]], "biases": [["0.5"]]},
    }
    found = classify_problem(problem_from_data(data))
    assert found.kind is Kind.NONE_NEAR
    assert found.runaway is not None
    assert found.runaway.infimum.raw.contains(0)
    settled = {
        **data,
        "weight_decay": "0.1",
        "parameters": {"weights": [[["1.05"]]], "biases": [["-1.3"]]},
    }
    kept = classify_problem(problem_from_data(settled))
    assert kept.kind is not Kind.NONE_NEAR


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"schema": "lemma-check/problem/3"}, "lemma-check/problem/2"),
        ({"colour": 1}, "keys are"),
        ({"layers": 3}, "layers as a list"),
        ({"layers": [3]}, "layer 1: an object"),
        ({"layers": [{"name": "a"}]}, "'from' was needed"),
        ({"layers": [{"name": "a", "from": 3}]}, "from as an object"),
        ({"layers": [{"name": 3, "from": {"input": [["a", "b"]]}}]}, "a word other than"),
        ({"layers": [{"name": "a", "from": {"input": [["a", None]]}}]}, "a label or"),
        ({"layers": [{"name": "a", "from": {"input": [["a", "1/0"]]}}]}, "a label or"),
        ({"layers": [{"name": "a", "from": {"input": [["a", []]]}}]}, "a number was needed"),
        ({"layers": [{"name": "a", "from": {"a": [["x"]]}}]}, "no circle"),
        ({"inputs": "2"}, "inputs of at least 1"),
        ({"inputs": True}, "inputs of at least 1"),
        ({"parameters": {"a": 1}}, "'b' was needed"),
        ({"parameters": {"a": 1, "b": 1, "c": 1}}, "keys are"),
        ({"frozen": ["c"]}, "labels are"),
        ({"frozen": "a"}, "a list was needed"),
        ({"frozen": ["a", "a"]}, "each once"),
        ({"frozen": ["a", "b"]}, "at least one free parameter"),
        ({"weight_decay": "-1"}, "at least 0"),
        ({"weight_decay": [1, 2, 3]}, "each of 2 layers"),
        ({"weight_decay": {"c": 1}}, "labels are"),
        ({"loss": "cross entropy"}, "loss|formula"),
        ({"samples": {"inputs": [[1, 2]], "targets": [[1, 2]], "weights": []}}, "at least one row"),
        ({"samples": {"inputs": [[1, 2]], "targets": [[1, 2]], "weights": 3}}, "a list was"),
        ({"samples": {"inputs": [[1, 2]], "targets": [[1, 2]], "weights": ["-1"]}}, "positive"),
    ],
)
def test_malformed_layers_should_fail_in_one_sentence(change: dict[str, Any], words: str) -> None:
    with pytest.raises(ProblemError, match=r"^problem") as caught:
        problem_from_data({**LAYERS, **change})
    assert re.search(words, str(caught.value))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"shared": {"W2": "W1"}}, "the shape"),
        ({"shared": {"W3": "W1"}}, "layers are W1, W2"),
        ({"shared": {"W2_11": "W9"}}, "parameters are"),
        ({"shared": {"W2_11": 3}}, "the name of a parameter"),
        ({"shared": {"W2": ["a"]}}, "the name of a parameter"),
        ({"shared": ["W2"]}, "shared as an object"),
        ({"shared": {"W2_11": "W2_21", "W2_21": "W2_11"}}, "a label that stays"),
        ({"frozen": ["W2"]}, "shared or frozen"),
        ({"frozen": ["b1"]}, "layers are W1, W2"),
        ({"parameters": {"weights": [[[1, 0]], [["1"], ["2"]]]}}, "the value 0 of W1_12"),
        ({"activation": ["tanh", "tanh"]}, "1 activations"),
        ({"bias": [True]}, "2 biases"),
        ({"bias": ["yes", "no"]}, "True or False"),
        ({"bias": None}, "bias true or false"),
        ({"widths": [2]}, "input and output"),
        ({"parameters": {"file": "x.npz"}}, "'digits' was needed"),
        ({"parameters": {"file": "x.npz", "digits": 3}}, "a file beside the problem"),
    ],
)
def test_malformed_widths_should_fail_in_one_sentence(change: dict[str, Any], words: str) -> None:
    with pytest.raises(ProblemError, match=r"^problem") as caught:
        problem_from_data({**WIDTHS, **change})
    assert re.search(words, str(caught.value))
    assert "\n" not in str(caught.value)


def test_certificates_refuse_what_the_verifier_does_not_read() -> None:
    problem = problem_from_data(LAYERS)
    with pytest.raises(ProblemError, match="stated by layers"):
        certificate(problem, classify_problem(problem))


def test_the_schema_of_problem_files_says_what_is_read() -> None:
    validator = jsonschema.Draft202012Validator(schema("problem"))
    for data in (LAYERS, WIDTHS, DEEP, *(problem.data for problem in gallery())):
        validator.validate(json.loads(json.dumps(data)))
    for file in sorted(WEIGHTS.glob("*.json")):
        validator.validate(json.loads(file.read_text(encoding="utf-8")))
    for wrong in ({**LAYERS, "widths": [1, 1]}, {**WIDTHS, "colour": 1}, {**LAYERS, "inputs": 0}):
        with pytest.raises(jsonschema.ValidationError):
            validator.validate(wrong)


def test_json_floats_in_layers_are_numbers_not_labels() -> None:
    text = json.dumps({**LAYERS, "floats": "exact"}).replace('["a", "b"]', '[1.5, "b"]')
    text = text.replace('"a": "1", ', "").replace('["a"]', '["b"]')
    problem = problem_from_text(text)
    assert problem.surface.network.parameter_names == ("b",)
    assert problem.point.weights[0][0, 0] == Fraction(3, 2)


@pytest.mark.parametrize("name", ["classes", "line", "sklearn", "xor", "deep"])
def test_weights_of_trained_networks_are_located_and_classified(name: str) -> None:
    needed = {"classes": "safetensors", "xor": "torch", "deep": "onnx"}.get(name)
    if needed is not None:
        pytest.importorskip(needed)
    found = classify_problem(read_problem(WEIGHTS / f"{name}.json"))
    expected = Kind.NON_STRICT_MINIMUM if name == "classes" else Kind.STRICT_MINIMUM
    assert found.kind is expected
    assert found.located
    assert found.global_minimum is not Answer.YES
    assert "rounded to 12 digits" in found.notes[0]


def test_files_of_weights_lie_beside_the_problem(tmp_path: Path) -> None:
    source = json.loads((WEIGHTS / "line.json").read_text(encoding="utf-8"))
    for name in ("../line.npz", "/etc/passwd", "", "..", "none.npz", "line.txt", 3):
        source["parameters"]["file"] = name
        (tmp_path / "problem.json").write_text(json.dumps(source), encoding="utf-8")
        with pytest.raises(LandscapeError) as caught:
            read_problem(tmp_path / "problem.json")
        assert "\n" not in str(caught.value)


def test_the_examples_of_readme_are_read() -> None:
    readme = (Path(__file__).resolve().parent.parent.parent / "README.md").read_text("utf-8")
    section = readme.split("### Layers, labels, losses, weights")[1].split("\n### ")[0]
    blocks = [json.loads(text) for text in re.findall(r"```json\n(.*?)```", section, re.DOTALL)]
    layers, labels, losses, stored = blocks
    samples = {"inputs": [[1], [2]], "targets": [[1], [0]]}
    deep = {
        "weights": [[["1"], ["2"]], [[1, 0], [0, 1]], [["1", "2"]]],
        "biases": [[0, 1], None, [3]],
    }
    network = problem_from_data({**layers, "samples": samples, "parameters": deep}).surface.network
    assert network.parameter_names == ("W1_11", "W1_21", "W2_11", "W2_12", "W2_21", "W2_22", "b3_1")
    wide = {"inputs": [[1, 2, 3]], "targets": [[1]]}
    found = classify_problem(problem_from_data({**labels, "samples": wide}))
    assert found.names == ("u", "v", "c", "p")
    linear = {"weights": [[[0], [0], [0]]], "biases": [[0, 0, 0]]}
    plain = {"widths": [1, 3], "activation": "linear", "parameters": linear}
    decay = problem_from_data({**plain, **losses}).surface.decay
    assert decay == (*(Fraction(1, 100),) * 3, 0, 0, 0)
    assert stored["parameters"]["digits"] == 12
    names: dict[str, Any] = {}
    exec(re.findall(r"```python\n(.*?)```", section, re.DOTALL)[0], names)
    assert names["tied"].parameter_names == ("W1_11", "W1_12")


def test_a_rough_point_where_the_loss_has_no_curvature_ends_in_an_answer() -> None:
    stated = {
        "schema": "lemma-check/problem/2",
        "widths": [1, 1],
        "activation": "linear",
        "loss": "abs(a)",
        "frozen": ["b1_1"],
        "samples": {"inputs": [["1"]], "targets": [["0"]]},
        "parameters": {"weights": [[["1.01"]]], "biases": [["-1"]]},
        "near": True,
    }
    assert classify_problem(problem_from_data(stated)).kind in (Kind.UNDECIDED, Kind.STRICT_MINIMUM)
