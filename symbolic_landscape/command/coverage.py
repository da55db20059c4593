"""The command `lemma-check coverage`: what statements were tried on, and the ledger of controls."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from symbolic_landscape.command.interface import (
    Common,
    complete_paper,
    loaded,
    status_with_broken,
    store,
)


def coverage(
    common: Common,
    paper: Annotated[
        str | None,
        typer.Option(metavar="P", help="Only this paper.", autocompletion=complete_paper),
    ] = None,
    jobs: Annotated[int, typer.Option(metavar="N", min=1, help="Number of processes.")] = 1,
    json: Annotated[bool, typer.Option("--json", help="JSON instead of text.")] = False,
    write: Annotated[
        Path | None,
        typer.Option(
            "--write",
            metavar="FILE",
            help="Write the ledger of controls instead: JSON where the name ends in .json.",
        ),
    ] = None,
) -> int:
    """What was tried: instances, hypotheses, conclusions; controls, blind spots, architectures.

    A line or two for each reading; with --verbose all of it.
    """
    from symbolic_landscape.library import run
    from symbolic_landscape.report.coverage import coverage_data, coverage_lines
    from symbolic_landscape.report.data import dump
    from symbolic_landscape.report.ledger import ledger_data, ledger_text
    from symbolic_landscape.report.output import print_lines, watching, writable, write_file

    target = writable(write, "--write") if write is not None else None
    proofs = loaded(common, paper=paper)
    with store(common) as kept, watching("checking", common.quiet) as progress:
        report = run.check(proofs, paper=paper, jobs=jobs, store=kept, progress=progress)
    if target is not None:
        ledger = ledger_data(report, proofs.readings, paper, target.name)
        text = dump(ledger) if target.suffix == ".json" else ledger_text(ledger)
        write_file(target, text, "--write")
        common.warn(f"wrote {target}: {len(ledger['hypotheses'])} hypotheses")
    elif json:
        sys.stdout.write(dump(coverage_data(report, proofs.readings)))
    else:
        print_lines(coverage_lines(coverage_data(report, proofs.readings), common.verbose))
    return status_with_broken(report.exit_status, proofs, ())
