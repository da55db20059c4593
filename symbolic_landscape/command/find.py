"""The command `find`: the known points with wanted properties."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from symbolic_landscape.command.interface import Common

NOT_KNOWN = 3
"""Exit status where no known object has what is wanted."""


def find(
    common: Common,
    text: Annotated[
        str,
        typer.Argument(metavar="TEXT", help="Phrases, set apart by commas; 'not' negates one."),
    ],
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write the smallest for `classify`."),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="JSON instead of text.")] = False,
) -> int:
    """The atlas: known points of small networks with these properties and without those.

    The vocabulary is that of `hunt`; a word that is not known is answered by the list of all words.
    Each property was certified when the atlas was made; a property that is open meets neither a
    phrase nor its negation. Exit status: 0 some are known, 3 none, which shows nothing.
    """
    from symbolic_landscape.atlas import find as known
    from symbolic_landscape.report.data import dump
    from symbolic_landscape.report.hunts import find_data, find_lines
    from symbolic_landscape.report.layout import fields
    from symbolic_landscape.report.output import print_lines, writable, write_file

    target = writable(output, "--output") if output is not None else None
    found = known(text)
    if json:
        sys.stdout.write(dump(find_data(found)))
    else:
        print_lines(fields(find_lines(found)))
    if not found.entries:
        return NOT_KNOWN
    if target is not None:
        write_file(target, dump(found.entries[0].data), "--output")
        common.warn(f"wrote {target}: {found.entries[0].name}")
    return 0
