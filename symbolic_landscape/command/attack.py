"""The command `lemma-check attack`: wrong variants of statements and proofs, and who saw them."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from symbolic_landscape.command.interface import (
    Common,
    Jobs,
    Scheduler,
    complete_key,
    complete_paper,
    crew,
    loaded,
    store,
)


class Format(StrEnum):
    """Formats of the table of attacks."""

    text = "text"
    json = "json"


def attack(
    common: Common,
    keys: Annotated[
        list[str] | None,
        typer.Argument(metavar="[KEY ...]", autocompletion=complete_key),
    ] = None,
    paper: Annotated[
        str | None,
        typer.Option(metavar="P", help="Only this paper.", autocompletion=complete_paper),
    ] = None,
    kind: Annotated[
        str | None, typer.Option(metavar="K", help="Only variants of this kind.")
    ] = None,
    seed: Annotated[int, typer.Option(metavar="S", help="Seed of what is chosen.")] = 0,
    jobs: Jobs = 1,
    scheduler: Scheduler = None,
    form: Annotated[Format, typer.Option("--format", help="Format of the report.")] = Format.text,
    json: Annotated[bool, typer.Option("--json", help="The same as --format json.")] = False,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help="Write to this file, whole or not at all."
        ),
    ] = None,
) -> int:
    """Makes wrong variants of statements and proofs, and shows which of them went unnoticed.

    Exit status 1 where one did.
    """
    from symbolic_landscape.judge.attack import KINDS
    from symbolic_landscape.library import assault
    from symbolic_landscape.report import attacks
    from symbolic_landscape.report.data import dump
    from symbolic_landscape.report.output import (
        plain,
        print_lines,
        watching,
        writable,
        write_file,
    )

    target = writable(output) if output is not None else None
    proofs = loaded(common, keys or (), paper, all_others=True)
    kinds = tuple(KINDS) if kind is None else (kind,)
    with (
        crew(scheduler, jobs) as many,
        store(common) as kept,
        watching("attacking", common.quiet) as progress,
    ):
        found = assault.attack(
            proofs,
            keys or (),
            paper=paper,
            kinds=kinds,
            seed=seed,
            progress=progress,
            store=kept,
            crew=many,
        )
    if json:
        form = Format.json
    if form is Format.json:
        text = dump(attacks.to_data(found, seed))
    else:
        text = plain(attacks.lines(found))
    if target is not None:
        write_file(target, text)
        common.warn(f"wrote {target}")
    elif form is Format.json:
        sys.stdout.write(text)
    else:
        print_lines(attacks.lines(found))
    return 1 if any(not a.noticed for a in found) else 0
