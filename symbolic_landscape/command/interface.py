"""How the command is put together: common options, one-sentence errors, exit status.

Functions: command, loaded, sentence, store. Classes: Common, OneSentence.

Design notes. The common options may stand before or after the name of a command, so every command
declares them too, by the decorator `command`. Help is plain text without markup: it then needs no
import of Rich, which would double the time to the first line.
"""

from __future__ import annotations

import functools
import inspect
import math
import os
import shlex
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, get_type_hints

import typer
from typer.core import TyperGroup

from symbolic_landscape.command.supervision import Ended
from symbolic_landscape.errors import LandscapeError, ProofsError, UnknownKeyError
from symbolic_landscape.version import __version__

if TYPE_CHECKING:
    from symbolic_landscape.library.cards import Cards
    from symbolic_landscape.library.lemmas import Proofs
    from symbolic_landscape.library.store import Store
    from symbolic_landscape.workers.crew import Crew

BAD_INPUT = 2
"""Exit status for bad usage and bad input."""

LONGEST = 300
"""So many characters a sentence about bad input may have."""

_BROKEN_PIPE = 141


class OneSentence(TyperGroup):
    """A group of commands whose every error is one sentence on standard error."""

    def main(self, *args: Any, standalone_mode: bool = True, **extra: Any) -> Any:
        """Runs a command; ends the process with the contract's exit status when stand-alone."""
        extra["standalone_mode"] = False
        if not standalone_mode:
            return super().main(*args, **extra)
        try:
            code = super().main(*args, **extra)
        except LandscapeError as error:
            code = _refuse(str(error))
        except typer.TyperException as error:
            given = shlex.join(extra.get("args") or sys.argv[1:])
            code = _refuse(f"{error.format_message().rstrip('.')}; got: {given}")
        except typer.Abort:
            code = _refuse("aborted")
        except OSError as error:
            code = _refuse(_trouble(error))
        raise Ended(code)


def _trouble(error: OSError) -> str:
    """What a file or a stream did not do."""
    if error.filename is None:
        return f"the output could not be written: {error.strerror}"
    return f"{error.filename}: {error.strerror}"


def sentence(text: str) -> str:
    """One line for the terminal: without control characters, its middle cut out if it is long."""
    from symbolic_landscape.report.output import harmless

    line = " ".join(harmless(text).split())
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 105]} ... {line[-100:]}"


def _refuse(message: str) -> int:
    _say(sentence(message).rstrip("."))
    return BAD_INPUT


def _say(words: str) -> None:
    """Prints one line on standard error, which a terminal shows in as many as it needs."""
    from symbolic_landscape.report.layout import wrapped

    line = f"lemma-check: {words}"
    lines = wrapped(line) if sys.stderr.isatty() else [line]
    sys.stderr.write("".join(f"{part}\n" for part in lines))


@dataclass(frozen=True)
class Common:
    """The options common to all commands."""

    proofs: tuple[Path, ...] = ()
    quiet: bool = False
    verbose: bool = False

    def warn(self, message: str) -> None:
        """One line on standard error, unless quiet."""
        if not self.quiet:
            _say(sentence(message))

    def folders(self) -> tuple[Path, ...]:
        """The user's folders; raises ProofsError when one does not exist."""
        for folder in self.proofs:
            if not folder.is_dir():
                message = f"--proofs needs a folder of Python files, got {folder}"
                raise ProofsError(message)
        return self.proofs


def _version(wanted: bool) -> None:
    if wanted:
        sys.stdout.write(f"lemma-check {__version__}\n")
        raise typer.Exit


_PROOFS = typer.Option(
    "--proofs",
    metavar="DIR",
    help="A folder of your own statements beside the built-in ones; may be repeated. "
    "Its files are Python and run as your own code.",
)
_QUIET = typer.Option("--quiet", "-q", help="No progress and no warnings.")
_VERBOSE = typer.Option("--verbose", "-v", help="Every instance, control and obligation.")
_VERSION = typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")

ProofsOption = Annotated[list[Path] | None, _PROOFS]
QuietOption = Annotated[bool, _QUIET]
VerboseOption = Annotated[bool, _VERBOSE]
VersionOption = Annotated[bool, _VERSION]

_COMMON = (
    ("proofs", ProofsOption, None),
    ("quiet", QuietOption, False),
    ("verbose", VerboseOption, False),
    ("version", VersionOption, False),
)


def top(
    context: typer.Context,
    proofs: ProofsOption = None,
    quiet: QuietOption = False,
    verbose: VerboseOption = False,
    version: VersionOption = False,
) -> None:
    """Checks theory papers on neural loss surfaces: each statement and each step, in exact numbers.

    Exit status: 0 all at least checked, 1 something failed, 2 bad input, 3 something undecided.
    """
    del version
    context.obj = Common(tuple(proofs or ()), quiet, verbose)
    if context.invoked_subcommand is None:
        sys.stdout.write(context.get_help() + "\n")
        raise typer.Exit


def command(app: typer.Typer, example: str) -> Callable[[Callable[..., int]], Callable[..., None]]:
    """Registers a function of `Common` and its own options that returns the exit status."""

    def register(function: Callable[..., int]) -> Callable[..., None]:
        hints = get_type_hints(function, include_extras=True)
        own = list(inspect.signature(function).parameters.values())[1:]

        @functools.wraps(function)
        def run(
            context: typer.Context,
            proofs: Any,
            quiet: Any,
            verbose: Any,
            version: Any,
            **options: Any,
        ) -> None:
            del version
            before: Common = context.obj
            common = Common(
                before.proofs + tuple(proofs or ()),
                before.quiet or quiet,
                before.verbose or verbose,
            )
            raise typer.Exit(_run(lambda: function(common, **options)))

        keyword = inspect.Parameter.KEYWORD_ONLY
        parameters = [
            inspect.Parameter("context", keyword, annotation=typer.Context),
            *(p.replace(kind=keyword, annotation=hints[p.name]) for p in own),
            *(
                inspect.Parameter(name, keyword, annotation=hint, default=default)
                for name, hint, default in _COMMON
            ),
        ]
        run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]  # read by Typer
        run.__annotations__ = {p.name: p.annotation for p in parameters}
        app.command(function.__name__.rstrip("_"), epilog=f"Example: {example}")(run)
        return run

    return register


def _run(function: Callable[[], int]) -> int:
    """The exit status; a reader that closes the pipe early ends the command without a word.

    Raises OSError where the output cannot be written, after which nothing more is tried.
    """
    try:
        code = function()
        sys.stdout.flush()
    except BrokenPipeError:
        _drop_output()
        return _BROKEN_PIPE
    except OSError:
        _drop_output()
        raise
    return code


def _drop_output() -> None:
    """What is still to be written at the end goes nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def seconds(name: str, value: float) -> float:
    """The number of seconds; raises UnknownKeyError for NaN."""
    if math.isnan(value):
        message = f"--{name} must be a number of seconds, got {value}"
        raise UnknownKeyError(message)
    return value


def complete_key(incomplete: str) -> list[str]:
    """The keys that begin with the given letters, for the completion of the shell."""
    from symbolic_landscape.library.catalogue import entries

    return [entry.key for entry in entries() if entry.key.startswith(incomplete)]


def complete_paper(incomplete: str) -> list[str]:
    """The papers that begin with the given letters, for the completion of the shell."""
    from symbolic_landscape.library.catalogue import entries

    papers = dict.fromkeys(entry.paper for entry in entries())
    return [paper for paper in papers if paper.startswith(incomplete)]


def loaded(
    common: Common, keys: Iterable[str] = (), paper: str | None = None, *, all_others: bool = False
) -> Proofs:
    """All statements, or at least these keys, or those of a paper, and what they lean on.

    With `all_others` the rest of the built-in statements is there too.
    No code of a user's folders runs where all that is asked for is built in. A file that cannot be
    loaded gives one line on standard error.
    """
    from symbolic_landscape.library.catalogue import are_builtin
    from symbolic_landscape.library.lemmas import Proofs

    named, folders = tuple(keys), common.folders()
    if folders and are_builtin(folders, named, paper):
        folders = ()
    proofs = Proofs.load(*folders) if all_others else Proofs.load(*folders, keys=named, paper=paper)
    for error in proofs.broken:
        sys.stderr.write(f"lemma-check: {sentence(str(error))}\n")
    return proofs


def loaded_apart(common: Common, keys: Sequence[str], paper: str | None) -> Cards:
    """What a run must know of the statements; those of the user's folders are not loaded here.

    A file that cannot be loaded gives one line on standard error.
    """
    from symbolic_landscape.library.cards import cards_beside

    cards = cards_beside(common.folders(), keys, paper)
    for words in cards.broken:
        sys.stderr.write(f"lemma-check: {sentence(words)}\n")
    return cards


def known(
    common: Common, kept: Store | None, keys: Sequence[str], paper: str | None, reading: str
) -> Proofs | Cards:
    """What a check must know of the statements that are asked for.

    Built-in ones are loaded only where an earlier run has not kept what must be known.
    """
    from symbolic_landscape.library.plans import Plan

    if common.proofs:
        return loaded_apart(common, keys, paper)
    if kept is None:
        return loaded(common, keys, paper)
    plan = Plan(kept, keys, paper, reading)
    cards = plan.cards()
    if cards is not None:
        return cards
    proofs = loaded(common, keys, paper)
    plan.keep(proofs)
    return proofs


def status_with_broken(code: int, proofs: Proofs | Cards, keys: Sequence[str]) -> int:
    """The exit status when some file could not be loaded: bad input, unless keys avoid that file.

    A failure that was found is told first.
    """
    if proofs.broken and not keys and code != 1:
        return BAD_INPUT
    return code


Jobs = Annotated[int, typer.Option(metavar="N", min=1, help="Number of processes.")]
Scheduler = Annotated[
    str | None,
    typer.Option(metavar="ADDRESS", help="The work is done on the Dask cluster there."),
]


@contextmanager
def crew(scheduler: str | None, jobs: int = 1, limit: float | None = None) -> Iterator[Crew | None]:
    """Those who share the work, which ends with the context; None for this process alone.

    Raises ClusterError where there is no cluster at the address.
    """
    made: Crew
    if scheduler is not None:
        from symbolic_landscape.workers.cluster import Cluster

        made = Cluster(scheduler, limit)
    elif jobs > 1:
        from symbolic_landscape.workers.pool import Pool

        made = Pool(jobs, limit)
    else:
        yield None
        return
    try:
        yield made
    finally:
        made.stop()


def store(common: Common) -> Store:
    """The store of earlier results, to be closed after use."""
    from symbolic_landscape.library.store import Store, location

    return Store(location(), common.warn)
