"""Exercises: their texts with each student's own numbers, hints, and answers that are checked.

A proof is an answer where the kernel accepts each step of it with the rules of the rule book, and
it cites nothing but statements of the package; a point is one where `classify` finds what was
wanted and the stand-alone verifier refutes no claim of the certificate; what that does not cover is
said. Proofs of the package can be read by everybody: the grade says where an answer has its steps,
whatever they are called, and of any other it does not say whose it is.

Functions: exercises, exercise, is_point, drawn, text, sheet, parameters, hints, grade, and for
answers in a notebook grade_point, grade_proof. Class: Grade.
"""

from __future__ import annotations

import json
import shlex
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from fractions import Fraction
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

from symbolic_landscape.certificate import verifier
from symbolic_landscape.certificate.writing import certificate
from symbolic_landscape.critical import classify_problem
from symbolic_landscape.critical.problem import Problem, problem_from_data, read_problem
from symbolic_landscape.errors import LandscapeError, ProblemError, UnknownKeyError
from symbolic_landscape.files import read_text
from symbolic_landscape.judge.derivations import Derivations
from symbolic_landscape.judge.results import StatementResult
from symbolic_landscape.library.desk import alone
from symbolic_landscape.library.loading import Statements
from symbolic_landscape.statement.exercise import LEVELS, Derive, Exercise, Find
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.printing import text as words
from symbolic_landscape.statement.step import Apply, Step, walked

LONGEST = 1_000_000
"""So many characters of an answer are read."""

COPIED = "step by step this is the proof that the package has"


@dataclass(frozen=True)
class Grade:
    """Whether an answer is right, and what was found, line by line."""

    right: bool
    lines: tuple[str, ...]


def exercises() -> tuple[Exercise, ...]:
    """All exercises in order."""
    found: tuple[Exercise, ...] = import_module("symbolic_landscape.proofs.exercises").EXERCISES
    return found


def exercise(key: str) -> Exercise:
    """The exercise of this key; raises UnknownKeyError with the closest keys."""
    known = {one.key: one for one in exercises()}
    if key not in known:
        near = ", ".join(get_close_matches(key, known, n=3, cutoff=0.3))
        message = f"no exercise has the key {key!r}" + (f"; the closest are {near}" if near else "")
        raise UnknownKeyError(message)
    return known[key]


def is_point(one: Exercise) -> bool:
    """Whether the answer is a point, and not a proof."""
    return isinstance(one, Find)


def drawn(one: Find, student: str) -> dict[str, Any]:
    """The network and the samples of a student, as in a problem file without parameters."""
    return dict(one.drawn(Random(f"{one.key} {student}")))


def text(one: Exercise, student: str, proofs: Statements) -> tuple[str, ...]:
    """What is asked, in lines."""
    head = f"{one.key}, level {one.level} ({LEVELS[one.level]}), about {one.about}"
    if isinstance(one, Find):
        goal = ", ".join(f"{name}: {value}" for name, value in _wanted(one, student).items())
        return (
            head,
            one.task,
            f"network and samples: {json.dumps(drawn(one, student))}",
            f"wanted of classify: {goal}",
            f"{_begin('parameters', one)} --student {shlex.quote(student)}",
        )
    statement = proofs.printed(one.about)
    shown, claim = statement.setting.shown, statement.claim
    return (
        head,
        f"{statement.title}. Write a proof that the kernel accepts.",
        *(f"given {name}: {words(f, shown)}" for name, f in claim.given.items()),
        f"then: {words(claim.then, shown)}",
        _begin("steps", one),
    )


def _begin(what: str, one: Exercise) -> str:
    """How to answer."""
    return (
        f"--sheet FILE writes the file; put your {what} in, then: "
        f"lemma-check exercise grade {one.key} FILE"
    )


def sheet(one: Exercise, student: str) -> str:
    """A file to be filled in: a problem without parameters, or a statement without a proof."""
    if isinstance(one, Find):
        problem = {**drawn(one, student), "parameters": parameters(one)}
        return json.dumps(problem, indent=1) + "\n"
    return _SHEET.format(about=one.about, key=one.key)


def parameters(one: Find) -> dict[str, Any]:
    """The parameters of a point, each a question mark."""
    problem = drawn(one, "anybody")
    widths = problem["widths"]
    weights = [[["?"] * before for _ in range(after)] for before, after in pairwise(widths)]
    biases = [["?"] * after for after in widths[1:]]
    return {"weights": weights} | ({"biases": biases} if problem.get("bias", True) else {})


_SHEET = '''"""Exercise {key}: a proof of {about}."""

from dataclasses import replace

from symbolic_landscape.library.lemmas import Proofs
from symbolic_landscape.proofs.rules import RULES
from symbolic_landscape.statement.proof import by, calculation, have, linear, logic

TASK = Proofs.load(keys=["{about}"])["{about}"]
NAMES = {{str(v.name): v for v in TASK.printed.claim.variables}}  # what may be spoken of

ANSWER = replace(
    TASK.printed,
    key="MINE.{key}",
    repaired=None,
    expected=(),
    proof=[
        # your steps, for instance: have("name", formula, by(RULES["..."]), "used", "facts")
        have("conclusion", TASK.printed.then, logic, *TASK.printed.given),
    ],
)
'''


def hints(one: Exercise, proofs: Statements) -> tuple[str, str, str]:
    """Three hints, each saying more than the one before."""
    if isinstance(one, Find):
        return one.hints
    statement = proofs.printed(one.about)
    steps, shown = list(walked(tuple(statement.proof))), statement.setting.shown
    first = next((s for s in steps if s.uses), None)
    begin = f"from {', '.join(first.uses)}" if first is not None else "with a definition"
    rules = dict.fromkeys(s.reason.rule.name for s in steps if isinstance(s.reason, Apply))
    said = [f"{s.name}: {words(s.gives, shown)}" for s in steps if s.gives is not None]
    return (
        f"Begin {begin}: what does it give at once?",
        f"Rules that serve: {', '.join(rules) or 'none; definitions, calculation and logic do'}.",
        f"One proof goes through: {'; '.join(said)}.",
    )


def grade(one: Exercise, answer: Path, student: str, proofs: Statements) -> Grade:
    """Whether the answer is right.

    Raises ProblemError or ProofsError where the file is no answer to this exercise.
    """
    if isinstance(one, Find):
        return _graded_point(one, answer, student)
    return _graded_proof(one, answer, proofs)


# ---- points --------------------------------------------------------------------------------------
def _wanted(one: Find, student: str) -> dict[str, str]:
    problem = drawn(one, student)
    return {k: str(v(problem) if callable(v) else v) for k, v in one.wanted.items()}


def _graded_point(one: Find, answer: Path, student: str) -> Grade:
    problem, asked = read_problem(answer), drawn(one, student)
    same = {**asked, "parameters": problem.data["parameters"]}
    if problem_from_data(same, str(answer)).surface != problem.surface:
        message = (
            f"{answer}: the network and the samples of {one.key} for the student {student!r} "
            "were needed, got others"
        )
        raise ProblemError(message)
    return _checked_point(one, problem, student, str(answer))


def grade_point(key: str, student: str, parameters: Mapping[str, Any]) -> Grade:
    """The grade of `{"weights": ..., "biases": ...}` as an answer to an exercise about a point.

    Raises UnknownKeyError where no such exercise has this key, ProblemError where the parameters
    are none of its network.
    """
    one = exercise(key)
    if not isinstance(one, Find):
        message = f"{key} asks for a proof, and a point was given"
        raise UnknownKeyError(message)
    data = {**drawn(one, student), "parameters": dict(parameters)}
    return _checked_point(one, problem_from_data(data, key), student, key)


def _checked_point(one: Find, problem: Problem, student: str, where: str) -> Grade:
    try:
        found = classify_problem(problem)
        lines = verifier.verify(json.dumps(certificate(problem, found)))
    except (LandscapeError, verifier.BadFileError) as error:
        message = f"{where}: {error}"
        raise ProblemError(message) from error
    reply = found.to_data()
    reply["zeros"] = None if found.inertia is None else found.inertia[2]
    told, right = [], True
    for name, value in _wanted(one, student).items():
        good = _equal(str(reply[name]), value)
        right = right and good
        told.append(f"{name}: {reply[name]}" + ("" if good else f", wanted {value}"))
    failed = [str(line) for line in lines if line.outcome == "fails"]
    open_ = [f"seen by classify alone: {line}" for line in lines if line.outcome == "not covered"]
    return Grade(right and not failed, (*told, *failed, *open_))


def _equal(found: str, wanted: str) -> bool:
    """Whether two values are the same, numbers as numbers."""
    try:
        return Fraction(found) == Fraction(wanted)
    except ValueError:
        return found == wanted


# ---- proofs --------------------------------------------------------------------------------------
def _graded_proof(one: Derive, answer: Path, proofs: Statements) -> Grade:
    task = proofs.printed(one.about)
    key = f"MINE.{one.key}"
    read_text(answer, "answer", LONGEST)
    with tempfile.TemporaryDirectory(prefix="lemma-check-") as folder:
        shutil.copy(answer, Path(folder) / "answer.py")
        loaded = Statements.load(folder, keys=[one.about])
        if loaded.broken:
            raise loaded.broken[0]
        given = {s.key: s for s in loaded.statements}
    if key not in given:
        message = f"{answer}: a statement with the key {key} was needed, got {_keys(given, proofs)}"
        raise ProblemError(message)
    statement = given[key]
    if not _says_the_same(statement, task):
        message = f"{answer}: {key} must say what {one.about} says, but says something else"
        raise ProblemError(message)
    return _checked_proof(one, statement, proofs)


def grade_proof(key: str, proof: Sequence[Step], proofs: Statements) -> Grade:
    """The grade of steps as an answer to an exercise about a proof.

    Raises UnknownKeyError where no such exercise has this key.
    """
    one = exercise(key)
    if not isinstance(one, Derive):
        message = f"{key} asks for a point, and a proof was given"
        raise UnknownKeyError(message)
    task = proofs.printed(one.about)
    answer = replace(task, key=f"MINE.{key}", repaired=None, expected=(), proof=tuple(proof))
    return _checked_proof(one, answer, proofs)


def _checked_proof(one: Derive, statement: Statement, proofs: Statements) -> Grade:
    below = _below(statement)
    if one.about in below:
        return Grade(right=False, lines=(f"the proof leans on {one.about} itself",))
    foreign = sorted(key for key, cited in below.items() if not _is_known(cited, proofs))
    if foreign:
        return Grade(right=False, lines=(f"{foreign[0]}, which it cites, is not of the package",))
    derivations = Derivations(proofs.rules.values())
    result = alone(proofs, statement, derivations)
    refused = [
        f"step {s.name} is refused: {s.refused_because or s.reason}"
        for s in result.steps
        if not s.accepted
    ]
    whole = [result.derivation.refused] if result.derivation.refused else []
    accepted = f"{result.steps_derived} of {len(result.steps)} steps accepted"
    right = bool(result.steps) and not refused and not whole
    known = alone(proofs, proofs.printed(one.about), derivations)
    taken = [COPIED] * (_outline(result) == _outline(known))
    return Grade(right, (accepted, *refused, *whole, *taken))


def _outline(result: StatementResult) -> list[tuple[object, ...]]:
    """What the steps of a proof give and why, without their names."""
    return [(step.gives, step.reason, step.rule, step.cites) for step in result.steps]


def _says_the_same(statement: Statement, task: Statement) -> bool:
    mine, asked = statement.claim, task.claim
    return (
        mine.then is asked.then
        and set(mine.given.values()) <= set(asked.given.values())
        and set(mine.standing) <= set(asked.standing)
        and not mine.assumed
    )


def _below(statement: Statement) -> dict[str, Statement]:
    """All that the proof leans on, by key."""
    found: dict[str, Statement] = {}
    todo = list(statement.cites)
    while todo:
        one = todo.pop()
        if one.key not in found:
            found[one.key] = one
            todo += one.cites
    return found


def _is_known(statement: Statement, proofs: Statements) -> bool:
    """Whether it is one of these statements."""
    return any(statement is reading for reading in proofs.readings)


def _keys(given: Mapping[str, Statement], proofs: Statements) -> str:
    known = {s.key for s in proofs.statements}
    return ", ".join(key for key in given if key not in known) or "none"
