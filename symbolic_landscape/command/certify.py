"""The command `certify`: what is found about a point, written so that others can check it again."""

from __future__ import annotations

import itertools
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from symbolic_landscape.command.interface import Common, complete_key, loaded
from symbolic_landscape.errors import LandscapeError, ProblemError

if TYPE_CHECKING:
    from symbolic_landscape.critical.problem import Problem

NOT_COVERED = 3
"""Exit status where a claim has no witness, or the kind of the point is not settled."""


def certify(
    common: Common,
    subject: Annotated[
        str,
        typer.Argument(
            metavar="KEY|PROBLEM.json",
            help="The key of a statement, or a problem file.",
            autocompletion=complete_key,
        ),
    ],
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help="Write to this file, whole or not at all."
        ),
    ] = None,
    coq: Annotated[
        Path | None,
        typer.Option("--coq", metavar="FILE", help="Write the rational claims as a file for coqc."),
    ] = None,
    path: Annotated[
        bool,
        typer.Option("--path", help="Also claim a path of falling loss to a global minimum."),
    ] = False,
    budget: Annotated[
        float, typer.Option(metavar="SEC", min=0, help="Processor time after which searches end.")
    ] = 10,
) -> int:
    """Writes a certificate of a critical point, which `verify` checks without the program.

    For a statement, the point is that of the smallest known counterexample of the printed reading
    that is a network with a point, else of the first such instance that meets the hypotheses.
    Without -o and --coq the certificate goes to standard output.

    The file for Coq has the network, its loss and derivatives by definition, and a theorem for each
    claim; all numbers, and the values of activation and loss, must be rational.

    With --path one more claim is that from near the point a path leads to loss 0 along which the
    loss never rises: a hidden layer must have as many units as there are samples, less one.

    Exit status: 0 every claim has a witness, 3 one has none, and the reason is given.
    """
    from symbolic_landscape.certificate.writing import certificate
    from symbolic_landscape.critical import Kind, classify_problem
    from symbolic_landscape.paths import path_to_global_minimum
    from symbolic_landscape.report.data import dump
    from symbolic_landscape.report.output import writable

    target = writable(output) if output is not None else None
    program = writable(coq, "--coq") if coq is not None else None
    problem = _problem(common, subject)
    try:
        found = classify_problem(problem, budget)
        point = found.coordinates if found.located else problem.point
        way = path_to_global_minimum(problem.surface, point, seconds=budget) if path else None
        data = certificate(problem, found, way)
    except LandscapeError as error:
        message = f"{subject}: {error}"
        raise ProblemError(message) from error
    if program is not None:
        _write_coq(common, program, data)
    elif target is None:
        sys.stdout.write(dump(data))
    covered = write_certificate(common, target, data)
    return 0 if covered and found.kind is not Kind.UNDECIDED else NOT_COVERED


def write_certificate(common: Common, target: Path | None, data: Mapping[str, Any]) -> bool:
    """Writes a certificate where a file is given, and says what it does not cover, if anything."""
    from symbolic_landscape.certificate.writing import uncovered
    from symbolic_landscape.report.data import dump
    from symbolic_landscape.report.output import write_file

    missing = uncovered(data)
    said = f"{len(data['claims'])} claims, not covered: {'; '.join(missing) or 'none'}"
    if target is not None:
        write_file(target, dump(data), "--certificate")
        said = f"wrote {target}: {said}"
    common.warn(said)
    return not missing


def _write_coq(common: Common, target: Path, data: Mapping[str, Any]) -> None:
    from symbolic_landscape.certificate.coq import coq_file
    from symbolic_landscape.report.output import write_file

    found = coq_file(data)
    write_file(target, found.text, "--coq")
    missing = "; ".join(found.left_out) or "none"
    common.warn(f"wrote {target}: {len(found.theorems)} theorems, left out: {missing}")


def _problem(common: Common, subject: str) -> Problem:
    """The problem in a file, or the network of an instance of a statement."""
    from symbolic_landscape.critical.problem import read_problem

    if subject.endswith(".json") or Path(subject).is_file():
        return read_problem(Path(subject))
    return _of_statement(common, subject)


def _of_statement(common: Common, key: str) -> Problem:
    from symbolic_landscape.critical.problem import problem_from_data
    from symbolic_landscape.report.output import watching
    from symbolic_landscape.report.problems import network_of

    bench = loaded(common, [key])[key].bench("printed")
    count = itertools.count(1)
    with watching("searching", common.quiet) as progress:
        row, data = network_of(bench, lambda name: progress(number := next(count), number, name))
    what = "a counterexample" if row.refuted else "an instance"
    common.warn(f"{key} (printed): {what}, {row.case.instance.name}")
    return problem_from_data(data, key)
