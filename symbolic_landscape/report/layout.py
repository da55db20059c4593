"""Lines as wide as the terminal, or of 80 columns where there is none.

Functions: width, wrapped, fields, counted, aligned.
"""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

NARROWEST, USUAL, WIDEST = 40, 80, 100
"""Lines have so many columns at least, where there is no terminal, and at most."""

FIELD = 18
"""The column behind the names of fields."""

MANY = 10
"""So many columns of a table stand closer together."""


def width() -> int:
    """The columns of a line: those of the terminal that standard output is."""
    if not sys.stdout.isatty():
        return USUAL
    return min(max(shutil.get_terminal_size((USUAL, 24)).columns, NARROWEST), WIDEST)


def wrapped(text: str, indent: int = 0, hanging: int | None = None) -> Iterator[str]:
    """The text in lines that fit; `hanging` indents all but the first one.

    A word that is longer than a line stays whole.
    """
    later = indent + 2 if hanging is None else hanging
    yield from textwrap.wrap(
        text,
        width(),
        initial_indent=" " * indent,
        subsequent_indent=" " * later,
        break_long_words=False,
        break_on_hyphens=False,
    ) or [""]


def fields(lines: Iterable[str]) -> Iterator[str]:
    """Lines with a name in front; what does not fit goes on below what stands behind the name."""
    for line in lines:
        yield from wrapped(line, 0, FIELD)


def counted(number: int, noun: str) -> str:
    """The number with its noun, as in '1 step' or '2 steps'."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def aligned(lines: Sequence[Sequence[str]], indent: int = 4) -> Iterator[str]:
    """A table in columns of equal width; where it is too wide, the widest ones are wrapped.

    No column becomes narrower than its longest word.
    """
    columns = range(len(lines[0]))
    widths = [max(len(line[i]) for line in lines) for i in columns]
    least = [max(len(word) for line in lines for word in line[i].split() or [""]) for i in columns]
    gap = "  " if len(widths) < MANY else " "
    room = width() - indent - len(gap) * (len(widths) - 1)
    while sum(widths) > room and (wide := [i for i in columns if widths[i] > least[i]]):
        widths[max(wide, key=widths.__getitem__)] -= 1
    for line in lines:
        cells = [
            textwrap.wrap(line[i], widths[i], break_long_words=False, break_on_hyphens=False)
            or [""]
            for i in columns
        ]
        for row in zip_longest(*cells, fillvalue=""):
            padded = (f"{cell:<{size}}" for cell, size in zip(row, widths, strict=True))
            yield " " * indent + gap.join(padded).rstrip()
