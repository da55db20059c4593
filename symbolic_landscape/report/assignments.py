"""Exercises as notebooks for nbgrader: cells to be answered, and locked cells that grade them.

Function: assignments.

Design notes. In the release version nbgrader clears a cell that is to be answered, but keeps what
stands outside a marked region. So these cells end with an empty region, and nothing that other
cells need stands in one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from symbolic_landscape.library import exercises
from symbolic_landscape.library.loading import Statements
from symbolic_landscape.report.data import dump
from symbolic_landscape.statement.exercise import Exercise, Find

Cell = dict[str, Any]

_REGION = "\n### BEGIN SOLUTION\n### END SOLUTION"

_KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}

_POINTS = """from symbolic_landscape import load_proofs
from symbolic_landscape.library.exercises import exercise, grade_point, text

proofs = load_proofs()"""

_NAME = 'student = "anybody"  # your name: it draws your numbers'

_PROOFS = """from symbolic_landscape import load_proofs
from symbolic_landscape.library.exercises import grade_proof
from symbolic_landscape.proofs.rules import RULES
from symbolic_landscape.statement.proof import by, calculation, have, linear, logic

proofs = load_proofs()"""


def assignments(proofs: Statements) -> dict[str, str]:
    """Two notebooks by their paths in a course folder of nbgrader: points to find, and proofs.

    A student types a name first, which draws the numbers. An exercise is worth as many points as
    its level, and is graded as `lemma-check exercise grade` does it.
    """
    found: dict[str, list[Exercise]] = {"points": [], "proofs": []}
    for one in exercises.exercises():
        found["points" if isinstance(one, Find) else "proofs"].append(one)
    heads = {"points": _POINTS, "proofs": _PROOFS}
    made = {}
    for name, ones in found.items():
        cells = [_code(f"{name}-begin", heads[name], locked=True)]
        if name == "points":
            cells.append({**_code("points-name", _NAME), "metadata": {}})
        cells += [cell for one in ones for cell in _cells(one, proofs)]
        notebook = {
            "cells": cells,
            "metadata": {"kernelspec": _KERNEL},
            "nbformat": 4,
            "nbformat_minor": 5,
        }
        made[f"source/{name}/{name}.ipynb"] = dump(notebook)
    return made


def _cells(one: Exercise, proofs: Statements) -> Iterator[Cell]:
    """What is asked, the numbers of the student, the answer, and its grade."""
    if isinstance(one, Find):
        head, task, *_ = exercises.text(one, "anybody", proofs)
        shown = f'print(*text(exercise("{one.key}"), student, proofs)[2:4], sep="\\n")'
        begin = f"parameters = {exercises.parameters(one)}"
        yield _text(one.key, f"## {head}", task)
        yield _code(f"{one.key}-numbers", shown, locked=True)
        yield _code(f"{one.key}-answer", begin, solution=True)
        graded = f'grade_point("{one.key}", student, parameters)'
    else:
        head, *said, _ = exercises.text(one, "", proofs)
        task = f'task = proofs["{one.about}"].printed\n'
        task += "names = {str(v.name): v for v in task.claim.variables}  # what may be spoken of"
        yield _text(one.key, f"## {head}", *said)
        yield _code(f"{one.key}-task", task, locked=True)
        begin = 'proof = [have("conclusion", task.then, logic, *task.given)]'
        yield _code(f"{one.key}-answer", begin, solution=True)
        graded = f'grade_proof("{one.key}", proof, proofs)'
    check = f'found = {graded}\nprint(*found.lines, sep="\\n")\nassert found.right'
    yield _code(f"{one.key}-grade", check, points=one.level, locked=True)


def _text(name: str, *parts: str) -> Cell:
    return {"cell_type": "markdown", "id": name, "metadata": {}, "source": "\n\n".join(parts)}


def _code(
    name: str, source: str, *, points: int = 0, solution: bool = False, locked: bool = False
) -> Cell:
    grading = {
        "schema_version": 3,
        "grade_id": name,
        "cell_type": "code",
        "grade": points > 0,
        "solution": solution,
        "locked": locked,
        "task": False,
    }
    if points:
        grading["points"] = points
    return {
        "cell_type": "code",
        "id": name,
        "metadata": {"nbgrader": grading},
        "execution_count": None,
        "outputs": [],
        "source": source + _REGION if solution else source,
    }
