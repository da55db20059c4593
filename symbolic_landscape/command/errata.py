"""The command `lemma-check errata`: findings about printed statements, one entry a cause."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import Annotated

import typer

from symbolic_landscape.command.interface import (
    Common,
    complete_paper,
    loaded,
    status_with_broken,
    store,
)


class Format(StrEnum):
    """Formats of the errata."""

    text = "text"
    json = "json"
    md = "md"
    bibtex = "bibtex"


def errata(
    common: Common,
    paper: Annotated[
        str | None,
        typer.Option(metavar="P", help="Only this paper.", autocompletion=complete_paper),
    ] = None,
    jobs: Annotated[int, typer.Option(metavar="N", min=1, help="Number of processes.")] = 1,
    form: Annotated[Format, typer.Option("--format", help="Format of the errata.")] = Format.text,
    json: Annotated[bool, typer.Option("--json", help="The same as --format json.")] = False,
) -> int:
    """Every finding about a printed statement, its counterexample and its repair."""
    from symbolic_landscape.library import run
    from symbolic_landscape.report import errata as errors
    from symbolic_landscape.report.data import dump
    from symbolic_landscape.report.output import plain, print_lines, watching

    proofs = loaded(common, paper=paper)
    with store(common) as kept, watching("checking", common.quiet) as progress:
        report = run.check(proofs, paper=paper, jobs=jobs, store=kept, progress=progress)
    rows = errors.errata(report, proofs)
    if json or form is Format.json:
        sys.stdout.write(dump(errors.errata_data(rows)))
    elif form is Format.md:
        sys.stdout.write(plain(errors.errata_markdown(rows)))
    elif form is Format.bibtex:
        sys.stdout.write(plain(errors.errata_bibtex(rows)))
    else:
        print_lines(errors.errata_lines(rows))
    return status_with_broken(report.exit_status, proofs, ())
