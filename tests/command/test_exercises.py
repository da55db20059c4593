"""Exercises: every one has a right answer for every student, and wrong ones are not taken."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from symbolic_landscape.command import app
from symbolic_landscape.errors import LandscapeError
from symbolic_landscape.library import exercises
from symbolic_landscape.library.lemmas import load_proofs
from symbolic_landscape.statement.exercise import Derive, Find
from symbolic_landscape.statement.proof import have, linear
from symbolic_landscape.statement.term import num, term

PROOFS = load_proofs()
FIND = [one for one in exercises.exercises() if isinstance(one, Find)]
DERIVE = [one for one in exercises.exercises() if isinstance(one, Derive)]


def _pairs(problem: Mapping[str, Any]) -> list[tuple[Fraction, Fraction]]:
    samples = problem["samples"]
    rows = zip(samples["inputs"], samples["targets"], strict=True)
    return [(Fraction(x[0]), Fraction(y[0])) for x, y in rows]


def _product(problem: Mapping[str, Any]) -> Any:
    pairs = _pairs(problem)
    slope = sum(x * y for x, y in pairs) / sum(x * x for x, y in pairs)
    return [[[slope]], [[1]]], []


def _line(problem: Mapping[str, Any]) -> Any:
    pairs = _pairs(problem)
    n = len(pairs)
    mx, my = sum(x for x, _ in pairs) / n, sum(y for _, y in pairs) / n
    slope = (sum(x * y for x, y in pairs) / n - mx * my) / (
        sum(x * x for x, _ in pairs) / n - mx**2
    )
    return [[[slope]]], [[my - slope * mx]]


def _mean(problem: Mapping[str, Any]) -> Fraction:
    pairs = _pairs(problem)
    return sum((y for _, y in pairs), Fraction(0)) / len(pairs)


def _constant(units: int) -> Callable[[Mapping[str, Any]], Any]:
    return lambda p: ([[[0]] * units, [[0] * units]], [[0] * units, [_mean(p)]])


def _target(problem: Mapping[str, Any], i: int) -> Fraction:
    return Fraction(problem["samples"]["targets"][i][i])


def _split(problem: Mapping[str, Any]) -> Any:
    x, y = _pairs(problem)[0]
    c = y / (x + x**3)
    return [[[1], [1]], [[c / 3, c * 2 / 3]]], []


SOLUTIONS: Mapping[str, Callable[[Mapping[str, Any]], Any]] = {
    "EF01": lambda p: ([[[0]], [[0]]], []),
    "EF02": _product,
    "EF03": _product,
    "EF04": _line,
    "EF05": _constant(1),
    "EF06": _constant(2),
    "EF07": lambda p: ([[[1]]], [[0]]),
    "EF08": lambda p: ([[[0]]] * 3, []),
    "EF09": lambda p: ([[[0, 1]], [[0], [_target(p, 1)]]], []),
    "EF10": lambda p: ([[[1, 0]], [[_target(p, 0)], [0]]], []),
    "EF11": lambda p: ([[[0]], [[1]]], []),
    "EF12": _split,
    "EF13": lambda p: ([[[-1]], [[1]]], [[-1], [_mean(p)]]),
    "EF14": lambda p: (
        [[[Fraction(p["samples"]["targets"][0][0]) / Fraction(p["samples"]["inputs"][0][0]), 0]]],
        [],
    ),
    "EF15": lambda p: ([[[0]]] * 4, []),
}


def answered(path: Path, problem: Mapping[str, Any], solution: Any) -> Path:
    weights, biases = solution
    given = {"weights": weights} | ({"biases": biases} if biases else {})
    file = path / "answer.json"
    file.write_text(json.dumps({**problem, "parameters": given}, default=str))
    return file


def test_there_are_thirty_over_five_papers_and_each_is_about_a_statement() -> None:
    known = exercises.exercises()
    assert len(known) >= 30
    assert len({one.key for one in known}) == len(known)
    assert {PROOFS[one.about].paper for one in known} == {"NH17", "YSJ18", "PS21", "C18", "C21"}
    assert {one.level for one in known} == {1, 2, 3}


@pytest.mark.parametrize("student", ["ada", "bob", "42"])
@pytest.mark.parametrize("one", FIND, ids=lambda one: one.key)
def test_every_point_can_be_found(one: Find, student: str, tmp_path: Path) -> None:
    problem = exercises.drawn(one, student)
    assert problem == exercises.drawn(one, student)
    file = answered(tmp_path, problem, SOLUTIONS[one.key](problem))
    found = exercises.grade(one, file, student, PROOFS)
    assert found.right, found.lines


def test_students_have_numbers_of_their_own() -> None:
    for one in FIND:
        assert len({str(exercises.drawn(one, str(k))) for k in range(12)}) > 3, one.key


def test_wrong_point_and_other_data_are_not_taken(tmp_path: Path) -> None:
    one = exercises.exercise("EF02")
    assert isinstance(one, Find)
    problem = exercises.drawn(one, "ada")
    wrong = exercises.grade(one, answered(tmp_path, problem, ([[[0]], [[0]]], [])), "ada", PROOFS)
    assert not wrong.right
    assert "kind: strict saddle, wanted non-strict local minimum" in wrong.lines
    other = exercises.drawn(one, "bob")
    with pytest.raises(LandscapeError, match="for the student 'ada' were needed, got others"):
        exercises.grade(one, answered(tmp_path, other, _product(other)), "ada", PROOFS)
    blank = tmp_path / "blank.json"
    blank.write_text(exercises.sheet(one, "ada"))
    with pytest.raises(LandscapeError):
        exercises.grade(one, blank, "ada", PROOFS)


def proof_file(path: Path, one: Derive, proof: str, head: str = "") -> Path:
    text = exercises.sheet(one, "ada")
    i, j = text.index("    proof=["), text.index("    ],\n)")
    file = path / "answer.py"
    file.write_text(text[:i] + f"    proof={proof},\n)\n" + head + text[j + len("    ],\n)\n") :])
    return file


@pytest.mark.parametrize("one", DERIVE, ids=lambda one: one.key)
def test_every_proof_can_be_written(one: Derive, tmp_path: Path) -> None:
    file = proof_file(tmp_path, one, "[replace(step) for step in TASK.printed.proof]")
    found = exercises.grade(one, file, "ada", PROOFS)
    assert found.right, found.lines
    assert exercises.COPIED in found.lines


def test_proof_of_ones_own_is_not_called_a_copy(tmp_path: Path) -> None:
    one = exercises.exercise("ED01")
    assert isinstance(one, Derive)
    steps = list(PROOFS.printed(one.about).proof)
    assert exercises.COPIED in exercises.grade_proof(one.key, steps, PROOFS).lines
    named = [replace(step, name=f"my {step.name}") for step in steps[-1:]]
    renamed = exercises.grade_proof(one.key, [*steps[:-1], *named], PROOFS)
    assert renamed.right
    assert exercises.COPIED in renamed.lines
    longer = [have("by the way", term("lt", num(0), num(1)), linear), *steps]
    own = exercises.grade_proof(one.key, longer, PROOFS)
    assert own.right, own.lines
    assert exercises.COPIED not in own.lines


@pytest.mark.parametrize(
    ("proof", "words"),
    [
        ('[have("it", TASK.printed.then, logic, *TASK.printed.given)]', "step it is refused"),
        ("[replace(step) for step in TASK.printed.proof[:-1]]", "no step"),
    ],
)
def test_proof_that_does_not_go_through(proof: str, words: str, tmp_path: Path) -> None:
    one = exercises.exercise("ED01")
    assert isinstance(one, Derive)
    found = exercises.grade(one, proof_file(tmp_path, one, proof), "ada", PROOFS)
    assert not found.right
    assert any(words in line for line in found.lines), found.lines


def test_own_rule_and_own_claim_are_not_taken(tmp_path: Path) -> None:
    one = exercises.exercise("ED01")
    assert isinstance(one, Derive)
    text = exercises.sheet(one, "ada")
    believed = text.replace(
        "ANSWER =",
        "from symbolic_landscape.statement.rule import rule\n"
        "said = TASK.printed.given.values()\n"
        "ease = rule(*said, then=TASK.printed.then, source='mine')\n\nANSWER =",
    ).replace("TASK.printed.then, logic,", "TASK.printed.then, by(ease),")
    file = tmp_path / "answer.py"
    file.write_text(believed)
    found = exercises.grade(one, file, "ada", PROOFS)
    assert not found.right
    file.write_text(
        text.replace(
            "    repaired=None",
            "    then=TASK.printed.then & TASK.printed.then,\n    repaired=None",
        )
    )
    with pytest.raises(LandscapeError):
        exercises.grade(one, file, "ada", PROOFS)
    file.write_text("nothing = 1\n")
    with pytest.raises(LandscapeError, match=r"a statement with the key MINE\.ED01 was needed"):
        exercises.grade(one, file, "ada", PROOFS)


def test_proof_may_not_lean_on_what_is_not_in_the_package(tmp_path: Path) -> None:
    one = exercises.exercise("ED01")
    assert isinstance(one, Derive)
    text = exercises.sheet(one, "ada")
    leaning = text.replace(
        "ANSWER =",
        "from symbolic_landscape.statement.proof import cite\n"
        "EASE = replace(TASK.printed, key='MINE.E', kind='external', proof=[], repaired=None)\n\n"
        "ANSWER =",
    ).replace("TASK.printed.then, logic, *TASK.printed.given", "TASK.printed.then, cite(EASE)")
    file = tmp_path / "answer.py"
    file.write_text(leaning)
    found = exercises.grade(one, file, "ada", PROOFS)
    assert not found.right
    assert "MINE.E, which it cites, is not of the package" in found.lines
    assert "{x}" in " ".join(exercises.text(exercises.exercise("EF07"), "{x}", PROOFS))


def test_commands_answer_in_their_own_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> Any:
        return CliRunner().invoke(app, ["exercise", *arguments])

    assert "EF07  level 3" in run("list").stdout
    assert "hint" in run().stdout
    shown = run("show", "EF02", "--student", "ada", "--sheet", "a.json")
    assert shown.exit_code == 0
    assert "wanted of classify" in shown.stdout
    hinted = run("hint", "EF02", "--number", "3")
    assert "w1 = y / x" in hinted.stdout
    one = exercises.exercise("EF02")
    assert isinstance(one, Find)
    problem = exercises.drawn(one, "ada")
    file = answered(tmp_path, problem, _product(problem))
    right = run("grade", "EF02", str(file), "--student", "ada")
    assert (right.exit_code, right.stdout.splitlines()[-1]) == (0, "right")
    wrong = run("grade", "EF01", str(file), "--student", "ada")
    assert wrong.exit_code == 2
    assert run("show", "EF99").exit_code == 2
    assert run("export", "-o", "course", "--student", "ada").exit_code == 0
    assert len(list((tmp_path / "course").iterdir())) == len(exercises.exercises()) + 1


# ---- notebooks for a course ----------------------------------------------------------------------
def _cells(name: str) -> list[dict[str, Any]]:
    from symbolic_landscape.report.assignments import assignments

    cells: list[dict[str, Any]] = json.loads(assignments(PROOFS)[f"source/{name}/{name}.ipynb"])[
        "cells"
    ]
    return cells


def test_notebooks_of_a_course_are_notebooks_with_a_grade_for_each_exercise() -> None:
    nbformat = pytest.importorskip("nbformat")
    for name, ones in (("points", FIND), ("proofs", DERIVE)):
        cells = _cells(name)
        nbformat.validate({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5})
        marks = [cell["metadata"].get("nbgrader", {}) for cell in cells]
        names = [mark["grade_id"] for mark in marks if mark]
        assert len(set(names)) == len(names)
        assert [mark["points"] for mark in marks if mark.get("grade")] == [
            one.level for one in ones
        ]


def _released(cell: dict[str, Any]) -> str:
    """What nbgrader leaves of a cell in the version for students."""
    source: str = cell["source"]
    if not cell["metadata"].get("nbgrader", {}).get("solution"):
        return source
    before, region, after = source.partition("### BEGIN SOLUTION")
    return before + after.partition("### END SOLUTION")[2] if region else ""


def _run(cells: list[dict[str, Any]], key: str, answer: str, student: str) -> dict[str, Any]:
    """The notebook's own cells for one exercise, with an answer put in."""
    known: dict[str, Any] = {}
    wanted = {f"{key}-{part}": "" for part in ("numbers", "task", "answer", "grade")}
    for cell in cells:
        name = cell["id"]
        source = answer if name == f"{key}-answer" else _released(cell)
        if name.endswith(("-begin", "-name")) or name in wanted:
            exec(source.replace('"anybody"', repr(student)), known)
    return known


def test_right_point_passes_in_the_notebook_and_the_blank_does_not() -> None:
    cells = _cells("points")
    right = 'parameters = {"weights": [[[1]]], "biases": [[0]]}'
    assert _run(cells, "EF07", right, "ada")["found"].right
    blank = next(_released(cell) for cell in cells if cell["id"] == "EF07-answer")
    with pytest.raises(LandscapeError, match=r"\?"):
        _run(cells, "EF07", blank, "ada")
    with pytest.raises(AssertionError):
        _run(cells, "EF07", right.replace("[[0]]", "[[1]]"), "ada")


def test_proof_in_the_notebook_is_graded_by_the_kernel() -> None:
    cells = _cells("proofs")
    right = "proof = list(task.proof)"
    assert _run(cells, "ED01", right, "ada")["found"].right
    with pytest.raises(AssertionError):
        _run(cells, "ED01", "proof = []", "ada")


def test_release_version_of_a_course_is_built(tmp_path: Path) -> None:
    pytest.importorskip("nbgrader")
    from nbgrader.apps import NbGraderAPI
    from traitlets.config import Config

    made = CliRunner().invoke(app, ["exercise", "export", "--nbgrader", "-o", str(tmp_path)])
    assert made.exit_code == 0
    config = Config()
    config.CourseDirectory.root = str(tmp_path)
    config.CourseDirectory.course_id = "landscapes"
    found = NbGraderAPI(config=config).generate_assignment("points", create=True)
    assert found["success"], found.get("log")
    released = (tmp_path / "release" / "points" / "points.ipynb").read_text()
    assert "load_proofs()" in released
    assert "YOUR CODE HERE" in released
