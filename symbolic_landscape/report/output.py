"""Where reports go: the terminal with colours, a pipe without, a file in one piece, a progress bar.

Functions: console, print_lines, plain, harmless, read_lines, write_file, new_file, writable,
watching.

Design notes. Lines are plain text and a highlighter colours the words of the verdicts, so that what
a pipe receives is what the terminal shows. Nothing is wrapped or cut: a line stays a line.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from symbolic_landscape.errors import ProblemError
from symbolic_landscape.files import read_text

if TYPE_CHECKING:
    from rich.console import Console


LONGEST_TEXT = 20_000_000
"""So many characters of a text are read."""

_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")

BAD_WORDS = (
    "refuted",
    "gap",
    "claimed",
    "refused",
    "circular",
    "vacuous",
    "inconsistent",
    "fails",
    "toothless",
    "miscited",
    "invalid inference",
    "unsupported premise",
    "hypothesis not discharged",
)
"""Words of statuses, findings and verdicts that are shown in red."""


def console(stream: TextIO) -> Console:
    """A console on the stream: colours on a terminal unless NO_COLOR is set, never elsewhere."""
    from rich.console import Console
    from rich.highlighter import RegexHighlighter
    from rich.theme import Theme

    class Words(RegexHighlighter):
        """Colours the words of verdicts and statuses, and the keys of statements."""

        base_style = "lemma."
        highlights = (
            r"\b(?P<good>(?<!not )derived|checked|holds)\b",
            rf"\b(?P<bad>{'|'.join(BAD_WORDS)})\b",
            r"\b(?P<open>undecided|surplus hypothesis|not run|not tried|not derived|sampled)\b",
            r"(?P<key>^\w+(?:\.\w+)+|^external:\w+)",
        )

    theme = {
        "lemma.good": "green",
        "lemma.bad": "bold red",
        "lemma.open": "yellow",
        "lemma.key": "bold",
    }
    return Console(
        file=stream,
        force_terminal=stream.isatty(),
        markup=False,
        emoji=False,
        highlighter=Words(),
        theme=Theme(theme),
    )


def print_lines(lines: Iterable[str]) -> None:
    """Prints the lines on standard output."""
    if not sys.stdout.isatty():
        sys.stdout.write(plain(lines))
        return
    out = console(sys.stdout)
    for line in lines:
        out.print(harmless(line), soft_wrap=True)


def plain(lines: Iterable[str]) -> str:
    """The lines as one text."""
    return "".join(f"{harmless(line)}\n" for line in lines)


def harmless(text: str) -> str:
    """The text without control characters other than ends of lines, which a terminal would obey."""
    return _CONTROL.sub("", text)


def read_lines(path: Path, option: str) -> list[str]:
    """The lines of a text; raises ProblemError where it cannot be read or is too long."""
    return read_text(path, option, LONGEST_TEXT).splitlines()


def writable(path: Path, option: str = "-o") -> Path:
    """The path, if a file can be put there; `option` is named where that is refused.

    Raises ProblemError when it is a folder or lies in none.
    """
    if path.is_dir():
        message = f"{option} needs the name of a file, but {path} is a folder"
        raise ProblemError(message)
    if not path.parent.is_dir():
        message = f"{option} needs a folder that exists, but {path.parent} is none"
        raise ProblemError(message)
    return path


def write_file(path: Path, text: str, option: str = "-o") -> None:
    """Puts the text into the file, whole or not at all; a device or a pipe is written to directly.

    Raises ProblemError when the folder cannot be written.
    """
    path = Path(os.path.realpath(path))
    try:
        if path.exists() and not path.is_file():
            path.write_text(text, encoding="utf-8")
        else:
            mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
            with _draft(path, text, mode) as draft:
                draft.replace(path)
    except OSError as error:
        message = f"{option} must be writable, but {path} is not: {error.strerror}"
        raise ProblemError(message) from error


def new_file(path: Path, text: str) -> None:
    """Puts the text into a file that does not exist yet, and makes its folder where needed.

    Raises ProblemError when it exists or cannot be made; then there is no such file.
    """
    if os.path.lexists(path):
        message = f"-o needs the name of a new file, but {path} exists"
        raise ProblemError(message)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with _draft(path, text, 0o666 & ~_umask()) as draft:
            os.link(draft, path)
    except OSError as error:
        message = f"-o needs a file that can be made, but {path} cannot: {error.strerror}"
        raise ProblemError(message) from error


@contextmanager
def _draft(path: Path, text: str, mode: int) -> Iterator[Path]:
    """A file beside the path with the text; it is gone afterwards where it was not moved."""
    import tempfile

    number, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:32]}.")
    try:
        with os.fdopen(number, "w", encoding="utf-8") as stream:
            stream.write(text)
        Path(name).chmod(mode)
        yield Path(name)
    finally:
        Path(name).unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


@contextmanager
def watching(what: str, quiet: bool) -> Iterator[Callable[[int, int, str], None]]:
    """A progress bar on standard error; silent when quiet or not a terminal."""
    if quiet or not sys.stderr.isatty():
        yield lambda done, total, key: None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    # drawn by hand: a thread that draws must not hold a lock while worker processes are forked
    with Progress(*columns, console=console(sys.stderr), transient=True, auto_refresh=False) as bar:
        task = bar.add_task(what, total=None)

        def show(done: int, total: int, key: str) -> None:
            bar.update(task, completed=done, total=total, description=key or what)
            bar.refresh()

        yield show
