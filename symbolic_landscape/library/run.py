"""Running many judgements: which statements, in how many processes, within what time.

The report lists the statements in the order of the proofs, and its content does not depend on the
number of processes, the order in which they end, or whether a result was kept from an earlier run.
A statement that runs out of time, whose process dies, or that an interrupt cuts off is
reported with the open obligation that says so; the others go on.

Functions: check, plan, kept, own_code. Class: CheckReport.

Design notes. A worker inherits the loaded statements where processes are forked, and loads them
itself from their folders elsewhere: statements hold functions and cannot be sent. Only the parent
process touches the store. A built-in statement does not know a user's own ones, so what it says
about citations is the same whatever folder stands beside it.
"""

from __future__ import annotations

import multiprocessing
import time
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pebble import ProcessExpired, ProcessPool

from symbolic_landscape.errors import DeclarationError, LandscapeError, UnknownKeyError
from symbolic_landscape.former.bench import Options
from symbolic_landscape.former.check import judge
from symbolic_landscape.former.lemma import READINGS, Statement
from symbolic_landscape.judge import results
from symbolic_landscape.judge.results import MutantsResult, StatementResult
from symbolic_landscape.library.catalogue import builtin_folder
from symbolic_landscape.library.loading import Statements, reading_of
from symbolic_landscape.library.store import Store, key_of, source_hash, trusted_base

CHOICES = (*READINGS, "both")
"""The values of a choice of reading."""

Progress = Callable[[int, int, str], None]
"""Called with how many of how many readings are done, and the key of the last one."""

Node = tuple[str, str]
"""A key and a reading."""


@dataclass(frozen=True)
class CheckReport:
    """The results of one run in the order of the proofs, with what they rest on."""

    results: tuple[StatementResult, ...]
    seed: int
    seconds: float
    trusted_base: Mapping[str, str]
    interrupted: bool = False

    @property
    def statuses(self) -> dict[Node, str]:
        """The status of each (key, reading)."""
        return results.statuses(self.results)

    @property
    def exit_status(self) -> int:
        """0, 1 or 3, as the command's contract says."""
        return results.exit_status(self.results)

    def result(self, key: str, reading: str = "printed") -> StatementResult:
        """One reading's result; raises UnknownKeyError when the run did not include it."""
        for result in self.results:
            if (result.key, result.reading) == (key, reading):
                return result
        message = f"this report must contain {key} ({reading}), but does not"
        raise UnknownKeyError(message)

    def to_data(self) -> dict[str, Any]:
        """The JSON of `lemma-check check`."""
        statuses = self.statuses
        counts = dict.fromkeys(results.STATUSES, 0)
        for word in statuses.values():
            counts[word] += 1
        return {
            "schema": "lemma-check/check/1",
            "version": self.trusted_base["symbolic_landscape"],
            "seed": self.seed,
            "seconds": round(self.seconds, 3),
            "trusted_base": dict(self.trusted_base),
            "statements": [results.to_data(r, statuses[r.key, r.reading]) for r in self.results],
            "summary": counts,
        }

    def __repr__(self) -> str:
        words = [f"{key} ({reading}): {word}" for (key, reading), word in self.statuses.items()]
        return f"CheckReport({', '.join(words)})"


def plan(
    proofs: Statements, keys: Iterable[str] = (), *, paper: str | None = None, reading: str = "both"
) -> tuple[Statement, ...]:
    """The readings to judge: the chosen statements and all below them, in the order of the proofs.

    Raises UnknownKeyError for an unknown key, paper or reading, and when nothing is chosen.
    """
    if reading not in CHOICES:
        message = f"the reading must be one of {', '.join(CHOICES)}, got {reading!r}"
        raise UnknownKeyError(message)
    named = [proofs.printed(key).key for key in keys]
    chosen = named or [statement.key for statement in proofs.statements]
    if paper is not None:
        papers = dict.fromkeys(statement.paper for statement in proofs.statements)
        if paper not in papers:
            near = ", ".join(get_close_matches(paper, papers, cutoff=0.5) or papers)
            message = f"no paper has the key {paper!r}; known are {near or 'none'}"
            raise UnknownKeyError(message)
        outside = [key for key in named if proofs.printed(key).paper != paper]
        if outside:
            message = f"{outside[0]} must be a statement of {paper}, but is not"
            raise UnknownKeyError(message)
        chosen = [key for key in chosen if proofs.printed(key).paper == paper]
    statements = [proofs.printed(key) for key in proofs.below(chosen)]
    if reading == "both":
        return tuple(one for statement in statements for one in statement.readings)
    return tuple(reading_of(statement, reading) for statement in statements)


def check(
    proofs: Statements,
    keys: Iterable[str] = (),
    *,
    paper: str | None = None,
    reading: str = "both",
    jobs: int = 1,
    timeout: float | None = None,
    instances: int | None = None,
    seed: int = Options.seed,
    bits: int = Options.bits,
    store: Store | None = None,
    progress: Progress | None = None,
) -> CheckReport:
    """Judges the chosen statements and every one below them.

    `timeout` is in seconds for each reading. An interrupt from the keyboard ends the run with what
    there is; the rest is reported undecided.

    Raises UnknownKeyError for an unknown key, paper or reading, or an option out of its range.
    """
    instances = Options.instances if instances is None else instances
    for name, value, least in (("jobs", jobs, 1), ("instances", instances, 0), ("bits", bits, 16)):
        if value < least:
            message = f"{name} must be at least {least}, got {value}"
            raise UnknownKeyError(message)
    if timeout is not None and not timeout > 0:
        message = f"timeout must be a positive number of seconds, got {timeout}"
        raise UnknownKeyError(message)
    started = time.monotonic()
    wanted = plan(proofs, keys, paper=paper, reading=reading)
    options = Options(instances=instances, seed=seed, bits=bits)
    run = _Run(proofs, wanted, options, store, progress or _silent)
    interrupted = run.judge_all(jobs, timeout)
    return CheckReport(
        tuple(run.done[_node(statement)] for statement in wanted),
        seed,
        time.monotonic() - started,
        trusted_base(),
        interrupted,
    )


def kept(proofs: Statements, wanted: Sequence[Statement], store: Store) -> CheckReport:
    """The report of what the store holds for these readings under the default options."""
    options = Options()
    run = _Run(proofs, tuple(wanted), options, store, _silent)
    run.recall()
    found = tuple(run.done[_node(s)] for s in wanted if _node(s) in run.done)
    return CheckReport(found, options.seed, 0.0, trusted_base())


def _silent(done: int, total: int, key: str) -> None:
    """The progress of a run that nobody watches."""


def _node(statement: Statement) -> Node:
    return (statement.key, statement.reading)


def _is_builtin(statement: Statement) -> bool:
    return Path(statement.source_file.rsplit(":", 1)[0]).is_relative_to(builtin_folder())


def _known(statement: Statement, readings: Sequence[Statement]) -> tuple[Statement, ...]:
    """Among which statements a miscited fact of this one is looked up."""
    if _is_builtin(statement):
        return tuple(other for other in readings if _is_builtin(other))
    return tuple(readings)


def _unjudged(statement: Statement, reason: str, seconds: float = 0.0) -> StatementResult:
    """The result of a statement whose judgement did not come to an end."""
    return StatementResult(
        key=statement.key,
        paper=statement.paper,
        kind=statement.kind,
        reading=statement.reading,
        evidence="none",
        seconds=seconds,
        cites=tuple(cited.key for cited in statement.cites),
        instances=(),
        controls=(),
        mutants=MutantsResult(0, 0),
        steps=(),
        findings=(),
        expected=statement.expected,
        open_obligations=(reason,),
    )


@contextmanager
def own_code(what: str) -> Iterator[None]:
    """Runs code of a statement, which may raise anything; it becomes one sentence with its place.

    Raises DeclarationError for every error that is not one of the package's own.
    """
    try:
        yield
    except LandscapeError:
        raise
    except Exception as error:
        frame = traceback.extract_tb(error.__traceback__)[-1]
        text = " ".join(str(error).split())
        message = f"{what}: {frame.filename}:{frame.lineno}: {type(error).__name__}: {text}"
        raise DeclarationError(message) from error


def _judged(statement: Statement, options: Options, known: Sequence[Statement]) -> StatementResult:
    """The judgement; an error of the statement's own code outside its facts leaves it open."""
    started = time.perf_counter()
    try:
        with own_code(f"{statement.key} ({statement.reading})"):
            return judge(statement, options, known)
    except LandscapeError as error:
        reason = f"the judgement stopped: {error}"
        return _unjudged(statement, reason, time.perf_counter() - started)


_at_hand: ContextVar[tuple[Statement, ...]] = ContextVar("statements of this worker process")


def _settle(inherited: tuple[Statement, ...] | None, folders: tuple[Path, ...]) -> None:
    """Makes the statements available in a worker process."""
    _at_hand.set(Statements.load(*folders).readings if inherited is None else inherited)


def _judge_here(node: Node, options: Options) -> StatementResult:
    """The judgement of one reading in a worker process."""
    readings = _at_hand.get()
    statement = next(s for s in readings if _node(s) == node)
    return _judged(statement, options, _known(statement, readings))


class _Run:
    """One run: what is wanted, and what is done so far."""

    def __init__(
        self,
        proofs: Statements,
        wanted: tuple[Statement, ...],
        options: Options,
        store: Store | None,
        progress: Progress,
    ) -> None:
        self.proofs = proofs
        self.wanted = wanted
        self.options = options
        self.store = store
        self.progress = progress
        self.done: dict[Node, StatementResult] = {}
        self.readings = proofs.readings
        self._keys: dict[Node, str] = {}

    def judge_all(self, jobs: int, timeout: float | None) -> bool:
        """Fills `done` for everything wanted; True when an interrupt cut the run short."""
        try:
            self.recall()
            open_ = tuple(s for s in self.wanted if _node(s) not in self.done)
            self.progress(len(self.done), len(self.wanted), "")
            if jobs == 1 and timeout is None:
                finished = self.in_process(open_)
            else:
                finished = self.in_workers(open_, jobs, timeout)
            for statement, result in finished:
                self.accept(statement, result)
        except KeyboardInterrupt:
            for statement in self.wanted:
                cut = _unjudged(statement, "not judged: the run was interrupted")
                self.done.setdefault(_node(statement), cut)
            return True
        return False

    def recall(self) -> None:
        """Takes over what the store holds."""
        if self.store is None:
            return
        builtin = builtin_folder()
        own = source_hash((builtin.parent, builtin))
        everything = own + source_hash(self.proofs.folders) if self.proofs.folders else own
        for statement in self.wanted:
            sources = own if _is_builtin(statement) else everything
            key = self._keys[_node(statement)] = key_of(statement, self.options, sources)
            result = self.store.load(key, statement, self.options)
            if result is not None:
                self.done[_node(statement)] = result

    def accept(self, statement: Statement, result: StatementResult) -> None:
        """Records a fresh result and keeps it."""
        self.done[_node(statement)] = result
        if self.store is not None:
            self.store.save(self._keys[_node(statement)], result)
        self.progress(len(self.done), len(self.wanted), statement.key)

    def in_process(
        self, statements: Sequence[Statement]
    ) -> Iterator[tuple[Statement, StatementResult]]:
        """The judgements one after the other."""
        for statement in statements:
            yield statement, _judged(statement, self.options, _known(statement, self.readings))

    def in_workers(
        self, statements: Sequence[Statement], jobs: int, timeout: float | None
    ) -> Iterator[tuple[Statement, StatementResult]]:
        """The judgements in worker processes, as they end."""
        if not statements:
            return
        context = multiprocessing.get_context()
        inherited = self.readings if context.get_start_method() == "fork" else None
        pool = ProcessPool(
            max_workers=min(jobs, len(statements)),
            initializer=_settle,
            initargs=(inherited, self.proofs.folders),
            context=context,
        )
        try:
            futures: dict[Future[StatementResult], Statement] = {
                pool.schedule(_judge_here, args=(_node(s), self.options), timeout=timeout): s
                for s in statements
            }
            while futures:
                ended, _ = wait(futures, return_when=FIRST_COMPLETED)
                for future in ended:
                    statement = futures.pop(future)
                    yield statement, _outcome(future, statement, timeout)
        finally:
            pool.stop()
            pool.join()


def _outcome(
    future: Future[StatementResult], statement: Statement, timeout: float | None
) -> StatementResult:
    """What a worker answered; a lost or late answer is an open obligation."""
    try:
        return future.result()
    except TimeoutError:
        return _unjudged(statement, f"ran out of time after {timeout:g} s", timeout or 0.0)
    except ProcessExpired as error:
        reason = f"not judged: its process ended early with exit code {error.exitcode}"
        return _unjudged(statement, reason)
    except (RuntimeError, OSError) as error:
        return _unjudged(statement, f"not judged: its process could not work ({error})")
