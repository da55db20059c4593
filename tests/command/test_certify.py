"""The command `certify`: certificates of problems and of statements, each verified again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from forging import written
from typer.testing import CliRunner, Result

from symbolic_landscape.certificate import verifier
from symbolic_landscape.command import app
from symbolic_landscape.critical.gallery import exhibit


def invoke(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def outcomes(text: str) -> dict[str, str]:
    return {line.claim: line.outcome for line in verifier.verify(text)}


@pytest.mark.parametrize(("name", "code"), [("tanh_flat_unit", 0), ("relu_joint", 0)])
def test_certificate_of_a_problem_is_that_of_classify(tmp_path: Path, name: str, code: int) -> None:
    problem, file = tmp_path / "problem.json", tmp_path / "certificate.json"
    problem.write_text(json.dumps(exhibit(name).data))
    to_file = invoke("certify", problem, "-o", file)
    assert to_file.exit_code == code
    assert not to_file.stdout
    assert json.loads(file.read_text()) == written(name)
    to_output = invoke("certify", problem)
    assert to_output.exit_code == code
    assert json.loads(to_output.stdout) == written(name)


@pytest.mark.slow
def test_certificate_of_a_statement_is_of_its_counterexample(tmp_path: Path) -> None:
    file = tmp_path / "certificate.json"
    found = invoke("certify", "NH17.T3.4", "-o", file)
    assert found.exit_code == 0
    assert "a counterexample" in found.stderr
    claims = outcomes(file.read_text())
    assert set(claims.values()) == {"holds"}
    assert {"critical", "global minimum: no"} <= set(claims)  # which refutes the conclusion


@pytest.mark.parametrize(
    ("subject", "words"),
    [
        ("YSJ18.T4.1", "has no network with a point to certify"),
        ("NH17.NONE", "no statement has the key"),
        ("nowhere.json", "a readable file was needed"),
    ],
)
def test_nothing_to_certify_is_one_sentence(subject: str, words: str) -> None:
    found = invoke("certify", subject)
    assert found.exit_code == 2
    assert not found.stdout
    assert words in found.stderr
    assert len(found.stderr.splitlines()) == 1


def test_a_path_is_claimed_and_verified_where_it_is_asked_for(tmp_path: Path) -> None:
    problem, file = tmp_path / "problem.json", tmp_path / "certificate.json"
    data = {
        "widths": [1, 2, 1],
        "activation": "tanh",
        "samples": {"inputs": [[0], [1]], "targets": [[0], [1]]},
        "parameters": {"weights": [[[1], [0]], [[0, 0]]], "biases": [[0, 0], ["1/2"]]},
    }
    problem.write_text(json.dumps(data))
    assert invoke("certify", problem, "--path", "-o", file).exit_code == 0
    assert "holds        path; from within 1/1000" in invoke("verify", file).stdout
    road = tmp_path / "path.json"
    assert "loss along it" in invoke("classify", problem, "--path", road).stdout
    assert json.loads(road.read_text())["outcome"] == "holds"
    problem.write_text(json.dumps({**data, "activation": "cubic"}))
    told = invoke("certify", problem, "--path", "--coq", tmp_path / "path.v", "-o", file)
    assert "left out: path (paths of parameters are not written)" in told.stderr
    narrow = {**data, "samples": {"inputs": [[0], [1], [2], [3]], "targets": [[0], [1], [1], [0]]}}
    problem.write_text(json.dumps(narrow))
    refused = invoke("classify", problem, "--path", road)
    assert isinstance(refused.exception, SystemExit) or refused.exit_code
    assert "at least 3 units" in refused.stderr + str(refused.exception)
