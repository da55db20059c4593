"""The command `hunt`: a search for a small network with a wanted kind of point."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from symbolic_landscape.command.certify import write_certificate
from symbolic_landscape.command.interface import Common, Jobs, Scheduler, crew, seconds
from symbolic_landscape.errors import ParseError

NOT_FOUND = 3
"""Exit status where nothing was found."""

SPURIOUS = "local minimum, not global"


def hunt(
    common: Common,
    widths: Annotated[
        str | None, typer.Option(metavar="W", help="Widths from input to output, such as 1,4,1.")
    ] = None,
    samples: Annotated[int | None, typer.Option(metavar="N", help="Number of samples.")] = None,
    activation: Annotated[
        str | None, typer.Option(metavar="A", help="A name, or a formula in t.")
    ] = None,
    want: Annotated[
        str, typer.Option(metavar="TEXT", help="Phrases, set apart by commas; 'not' negates one.")
    ] = SPURIOUS,
    bias: Annotated[
        bool | None,
        typer.Option("--bias/--no-bias", help="With or without biases.", show_default=False),
    ] = None,
    budget: Annotated[
        float, typer.Option(metavar="SEC", min=0, help="Seconds to search and shorten.")
    ] = 60.0,
    seed: Annotated[int, typer.Option(metavar="S", help="Seed of the search.")] = 0,
    jobs: Jobs = 1,
    scheduler: Scheduler = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write the problem for `classify`."),
    ] = None,
    certificate: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write a certificate that `verify` checks again."),
    ] = None,
    words: Annotated[
        bool, typer.Option("--words", help="Instead, the phrases that are known.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="JSON instead of text.")] = False,
) -> int:
    """Searches small networks and exact data for a wanted kind of point, certified and shrunk.

    Widths and samples that are given are kept; the others are tried from small to large. Points are
    proposed by targets that make them critical, by splitting units, and by Newton's method in
    floats; `classify` decides. `find` looks for the same phrases in what is known already.
    Exit status: 0 found, 3 none found, which shows nothing.
    """
    from symbolic_landscape.certificate.writing import certificate as certificate_of
    from symbolic_landscape.explore import hunt as search
    from symbolic_landscape.explore import known_words
    from symbolic_landscape.report.data import dump
    from symbolic_landscape.report.hunts import hunt_data, hunt_lines
    from symbolic_landscape.report.layout import fields, wrapped
    from symbolic_landscape.report.output import print_lines, writable, write_file

    if words:
        print_lines(line for part in known_words().split("; ") for line in wrapped(part))
        return 0
    targets = [
        (writable(path, option) if path is not None else None)
        for path, option in ((output, "--output"), (certificate, "--certificate"))
    ]
    with crew(scheduler, jobs) as many:
        found = search(
            want,
            widths=None if widths is None else _widths(widths),
            samples=samples,
            activation=activation,
            bias=bias,
            budget=seconds("budget", budget),
            seed=seed,
            crew=many,
        )
    if json:
        sys.stdout.write(dump(hunt_data(found)))
    else:
        print_lines(fields(hunt_lines(found)))
    if found.specimen is None:
        return NOT_FOUND
    if targets[0] is not None:
        write_file(targets[0], dump(found.specimen.data), "--output")
        common.warn(f"wrote {targets[0]}")
    if targets[1] is not None:
        one = found.specimen
        write_certificate(common, targets[1], certificate_of(one.problem(), one.classification))
    return 0


def _widths(text: str) -> list[int]:
    parts = text.split(",")
    if not all(part.strip().isascii() and part.strip().isdigit() for part in parts):
        message = f"--widths needs whole numbers set apart by commas, such as 1,4,1, got {text!r}"
        raise ParseError(message)
    return [int(part[:9]) for part in parts]
