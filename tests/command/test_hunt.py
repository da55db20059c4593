"""The commands `hunt` and `find`: output, files, exit status."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from typer.testing import CliRunner, Result

from symbolic_landscape.command import app
from symbolic_landscape.report.data import schema


def invoke(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_hunt_writes_a_problem_that_classify_takes_and_a_certificate(tmp_path: Path) -> None:
    problem, proof = tmp_path / "problem.json", tmp_path / "certificate.json"
    want = ("--want", "saddle, two outputs")
    arguments = ("hunt", "--widths", "1,1,2", "--samples", "3", *want, "--budget", "1000", "--json")
    found = invoke(*arguments, "-o", problem, "--certificate", proof)
    assert found.exit_code == 0, found.output
    data = json.loads(found.stdout)
    jsonschema.validate(data, schema("hunt"))
    assert data["problem"] == json.loads(problem.read_text())
    again = invoke("classify", problem, "--json")
    assert again.exit_code == 0
    assert json.loads(again.stdout) == data["classification"]
    assert invoke("verify", proof).exit_code == 0


def test_hunt_that_finds_nothing_says_how_much_was_tried(tmp_path: Path) -> None:
    kept = tmp_path / "problem.json"
    arguments = ("hunt", "--widths", "1,1,1", "--samples", "1", "--want", "fitted, not global")
    found = invoke(*arguments, "--budget", "1", "-o", kept)
    assert found.exit_code == 3
    assert "points classified" in found.stdout
    assert "shows nothing" in found.stdout
    assert not kept.exists()
    data = json.loads(invoke(*arguments, "--budget", "0", "--json").stdout)
    jsonschema.validate(data, schema("hunt"))
    assert data["problem"] is None


@pytest.mark.parametrize(
    "arguments",
    [
        ("--want", "spurios"),
        ("--want", ""),
        ("--widths", "1,x,1"),
        ("--widths", ""),
        ("--widths", "1"),
        ("--widths", "1,999999999999999999999,1"),
        ("--samples", "-1"),
        ("--budget", "nan"),
        ("--activation", "sin(t)"),
        ("-o", "no/such/folder/file.json"),
    ],
)
def test_bad_hunt_should_fail_with_one_sentence(arguments: tuple[str, ...]) -> None:
    found = invoke("hunt", *arguments)
    assert found.exit_code == 2
    assert found.stdout == ""
    assert found.stderr.count("\n") == 1
    assert found.stderr.startswith("lemma-check: ")


def test_find_writes_the_smallest_problem(tmp_path: Path) -> None:
    problem = tmp_path / "problem.json"
    found = invoke("find", "isolated saddle, very wide, two outputs", "--json", "-o", problem)
    assert found.exit_code == 0
    data = json.loads(found.stdout)
    jsonschema.validate(data, schema("find"))
    assert data["objects"][0]["problem"] == json.loads(problem.read_text())
    again = json.loads(invoke("classify", problem, "--json").stdout)
    assert again["inertia"] == data["objects"][0]["facts"]["inertia"]


def test_find_of_what_is_not_known_says_so(tmp_path: Path) -> None:
    kept = tmp_path / "problem.json"
    found = invoke("find", "strict local minimum, not critical", "-o", kept)
    assert found.exit_code == 3
    assert "shows nothing" in found.stdout
    assert not kept.exists()


@pytest.mark.parametrize("text", ["", "small", "local minimum,,"])
def test_bad_find_should_fail_with_one_sentence(text: str) -> None:
    found = invoke("find", text)
    assert found.exit_code == 2
    assert found.stderr.count("\n") == 1
