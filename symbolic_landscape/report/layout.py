"""Lines for a terminal of 80 columns.

Functions: wrapped, counted, aligned.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from itertools import zip_longest

WIDTH = 80

MANY = 10
"""So many columns of a table stand closer together."""


def wrapped(text: str, indent: int = 0, hanging: int | None = None) -> Iterator[str]:
    """The text in lines of at most 80 columns; `hanging` indents all but the first one.

    A word that is longer than a line stays whole.
    """
    later = indent + 2 if hanging is None else hanging
    yield from textwrap.wrap(
        text,
        WIDTH,
        initial_indent=" " * indent,
        subsequent_indent=" " * later,
        break_long_words=False,
        break_on_hyphens=False,
    ) or [""]


def counted(number: int, noun: str) -> str:
    """The number with its noun, as in '1 step' or '2 steps'."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def aligned(lines: Sequence[Sequence[str]], indent: int = 4, least: int = 10) -> Iterator[str]:
    """A table in columns of equal width; where it is too wide, the widest ones are wrapped.

    No column becomes narrower than `least` for that, so that very many of them may still be wide.
    """
    columns = range(len(lines[0]))
    widths = [max(len(line[i]) for line in lines) for i in columns]
    gap = "  " if len(widths) < MANY else " "
    room = WIDTH - indent - len(gap) * (len(widths) - 1)
    while sum(widths) > room and max(widths) > least:
        widths[widths.index(max(widths))] -= 1
    for line in lines:
        cells = [textwrap.wrap(line[i], widths[i]) or [""] for i in columns]
        for row in zip_longest(*cells, fillvalue=""):
            padded = (f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True))
            yield " " * indent + gap.join(padded).rstrip()
