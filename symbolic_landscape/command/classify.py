"""The command `classify`: what kind of critical point a user's own problem has."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from symbolic_landscape.command.certify import write_certificate
from symbolic_landscape.command.interface import Common
from symbolic_landscape.errors import LandscapeError, ProblemError

UNDECIDED = 3
"""Exit status where the kind of the point is not settled."""


def classify(
    common: Common,
    problem: Annotated[Path, typer.Argument(metavar="PROBLEM.json", help="The problem file.")],
    json: Annotated[bool, typer.Option("--json", help="JSON instead of text.")] = False,
    certificate: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write a certificate that `verify` checks again."),
    ] = None,
    path: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="Find a path of non-increasing loss to a global minimum, and write it.",
        ),
    ] = None,
    budget: Annotated[
        float, typer.Option(metavar="SEC", min=0, help="Processor time after which searches end.")
    ] = 10,
) -> int:
    """What kind of critical point a network's parameters are, with evidence.

    PROBLEM.json holds widths, activation, samples and parameters, with numbers as integers or texts
    "p/q"; "near": true locates the exact critical point close to one given to a few digits. Layers
    with labels, losses and files of weights are described in README. The file is data and is never
    run. With --path the path of Petzka and Sminchisescu (2021), Theorem 5, is computed and checked,
    for a network with a hidden layer that is wide. Exit status: 0 settled, 3 undecided.
    """
    from symbolic_landscape.certificate.writing import certificate as certificate_of
    from symbolic_landscape.critical import Kind, classify_problem
    from symbolic_landscape.critical.problem import read_problem
    from symbolic_landscape.paths import path_to_global_minimum
    from symbolic_landscape.report.data import dump
    from symbolic_landscape.report.layout import fields
    from symbolic_landscape.report.output import print_lines, writable, write_file

    target = writable(certificate, "--certificate") if certificate is not None else None
    road = writable(path, "--path") if path is not None else None
    given = read_problem(problem)
    try:
        found = classify_problem(given, budget)
        way = path_to_global_minimum(given.surface, given.point, seconds=budget) if road else None
    except LandscapeError as error:
        message = f"{problem}: {error}"
        raise ProblemError(message) from error
    if json:
        sys.stdout.write(dump(found.to_data()))
    else:
        print_lines(fields([*found.lines(), *(way.lines() if way else ())]))
    if road is not None and way is not None:
        write_file(road, dump(way.to_data()), "--path")
    if target is not None:
        write_certificate(common, target, certificate_of(given, found))
    settled = found.kind is not Kind.UNDECIDED and (way is None or way.verdict.is_holds)
    return 0 if settled else UNDECIDED
