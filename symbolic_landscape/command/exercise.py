"""The commands `exercise list`, `show`, `hint`, `grade` and `export`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from symbolic_landscape.command.interface import Common, command, loaded

if TYPE_CHECKING:
    from symbolic_landscape.library.lemmas import Proofs
    from symbolic_landscape.statement.exercise import Exercise

WRONG = 1
"""Exit status where an answer is not right."""

app = typer.Typer(rich_markup_mode=None)


@app.callback(invoke_without_command=True)
def group(context: typer.Context) -> None:
    """Exercises with data of your own, graded exactly."""
    if context.invoked_subcommand is None:
        sys.stdout.write(context.get_help() + "\n")


Key = Annotated[str, typer.Argument(metavar="KEY", help="The key of an exercise, such as EF01.")]
Student = Annotated[
    str, typer.Option(metavar="ID", help="Whose numbers: the same name draws the same ones.")
]
Json = Annotated[bool, typer.Option("--json", help="JSON instead of text.")]


@command(app, "lemma-check exercise list")
def list_(common: Common, json: Json = False) -> int:
    """All exercises with their level, kind and the statement that they are about."""
    from symbolic_landscape.library.exercises import exercises
    from symbolic_landscape.report.data import dump
    from symbolic_landscape.report.output import plain

    kinds = {one.key: type(one).__name__.lower() for one in exercises()}
    if json:
        rows = [
            {"key": one.key, "level": one.level, "kind": kinds[one.key], "about": one.about}
            for one in exercises()
        ]
        sys.stdout.write(dump({"schema": "lemma-check/exercises/1", "exercises": rows}))
    else:
        lines = (f"{e.key}  level {e.level}  {kinds[e.key]:<6}  {e.about}" for e in exercises())
        sys.stdout.write(plain(lines))
    return 0


@command(app, "lemma-check exercise show EF07 --student ada --sheet answer.json")
def show(
    common: Common,
    key: Key,
    student: Student = "anybody",
    sheet: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write a file to be filled in.")
    ] = None,
) -> int:
    """What is asked; with --sheet a file for the answer, which is never written over."""
    from symbolic_landscape.library import exercises
    from symbolic_landscape.report.layout import wrapped
    from symbolic_landscape.report.output import new_file, print_lines

    one = exercises.exercise(key)
    lines = exercises.text(one, student, _about(common, one))
    print_lines(line for part in lines for line in wrapped(part, 0, 2))
    if sheet is not None:
        new_file(sheet, exercises.sheet(one, student))
        common.warn(f"wrote {sheet}")
    return 0


@command(app, "lemma-check exercise hint EF07 --number 2")
def hint(
    common: Common,
    key: Key,
    number: Annotated[int, typer.Option(metavar="N", min=1, max=3, help="1, 2 or 3.")] = 1,
) -> int:
    """One of three hints; each says more than the one before."""
    from symbolic_landscape.library import exercises
    from symbolic_landscape.report.layout import wrapped
    from symbolic_landscape.report.output import print_lines

    one = exercises.exercise(key)
    print_lines(wrapped(exercises.hints(one, _about(common, one))[number - 1], 0, 2))
    return 0


@command(app, "lemma-check exercise grade EF07 answer.json --student ada")
def grade(
    common: Common,
    key: Key,
    answer: Annotated[Path, typer.Argument(metavar="FILE", help="The answer.")],
    student: Student = "anybody",
    json: Json = False,
) -> int:
    """Whether an answer is right, and if not, what is missing.

    A point is classified, and the stand-alone verifier checks the certificate of that; a proof is
    checked by the kernel with the rules of the rule book alone. A file with a proof is Python and
    runs as your own code. Exit status: 0 right, 1 not.
    """
    from symbolic_landscape.library import exercises
    from symbolic_landscape.report.data import dump
    from symbolic_landscape.report.layout import wrapped
    from symbolic_landscape.report.output import print_lines

    one = exercises.exercise(key)
    found = exercises.grade(one, answer, student, _about(common, one))
    if json:
        data = {"schema": "lemma-check/grade/1", "exercise": key, "student": student}
        sys.stdout.write(dump({**data, "right": found.right, "lines": list(found.lines)}))
        return 0 if found.right else WRONG
    print_lines(line for part in found.lines for line in wrapped(part, 0, 2))
    if found.right:
        print_lines(["right"])
        return 0
    print_lines([f"not yet; lemma-check exercise hint {key} has three hints"])
    return WRONG


@command(app, "lemma-check exercise export -o course --student ada")
def export(
    common: Common,
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="DIR", help="A folder for the sheets.")
    ],
    student: Student = "anybody",
    nbgrader: Annotated[
        bool, typer.Option("--nbgrader", help="Two notebooks for a course of nbgrader instead.")
    ] = False,
) -> int:
    """All exercises of a student: a text, and for each a file to be filled in.

    For nbgrader a folder `source` with the notebooks `points` and `proofs`, in which each student
    types a name that draws the numbers.
    """
    from symbolic_landscape.library import exercises
    from symbolic_landscape.report.assignments import assignments
    from symbolic_landscape.report.output import new_file, plain

    proofs = loaded(common)
    if nbgrader:
        for path, notebook in assignments(proofs).items():
            new_file(output / path, notebook)
        common.warn(f"wrote {output / 'source'}; next: nbgrader generate_assignment points")
        return 0
    told = [f"# Exercises for {student}", ""]
    for one in exercises.exercises():
        lines = exercises.text(one, student, proofs)
        told += [f"## {lines[0]}", "", *(line for part in lines[1:] for line in (part, ""))]
        kind = "json" if exercises.is_point(one) else "py"
        new_file(output / f"{one.key}.{kind}", exercises.sheet(one, student))
    new_file(output / "exercises.md", plain(told))
    common.warn(f"wrote {output / 'exercises.md'} and a sheet for each")
    return 0


def _about(common: Common, one: Exercise) -> Proofs:
    """The statements that an exercise needs."""
    return loaded(common, [one.about])
