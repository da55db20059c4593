"""Lines for a terminal of 80 columns.

Functions: wrapped, counted.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

WIDTH = 80


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
