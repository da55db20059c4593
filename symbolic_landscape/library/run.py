"""Running many judgements: which statements, in how many processes, within what time.

The report lists the statements in the order of the proofs, and its content does not depend on the
number of processes, the order in which they end, or whether a result was kept from an earlier run.
A statement that runs out of time, whose process dies, or that an interrupt cuts off is
reported with the open obligation that says so, and so is what cites it; the others go on.

Functions: check, plan, kept. Class: CheckReport.

Design notes. A worker inherits the loaded statements where processes are forked, and loads them
itself from their folders elsewhere: statements hold functions and cannot be sent. Only the parent
process touches stored results. A proof is derived when all that it cites has been judged, so a
worker is told what came of that and derives nothing twice. What the workers decide of single
formulas they share by `facts`.
"""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cached_property
from typing import Any

from pebble import ProcessExpired, ProcessPool

from symbolic_landscape.errors import UnknownKeyError
from symbolic_landscape.judge import results, statuses
from symbolic_landscape.judge.options import Options
from symbolic_landscape.judge.results import Node, StatementResult
from symbolic_landscape.library.closure import closure_hash
from symbolic_landscape.library.desk import Desk, Heard, judge_here, settle, unjudged
from symbolic_landscape.library.facts import Facts
from symbolic_landscape.library.guard import Interrupts
from symbolic_landscape.library.keys import Keys, checkers
from symbolic_landscape.library.loading import Statements
from symbolic_landscape.library.readings import READINGS, node_of, reading_of
from symbolic_landscape.library.store import Store, trusted_base
from symbolic_landscape.statement.lemma import Statement

CHOICES = (*READINGS, "both")
"""The values of a choice of reading."""

QUIET = 60.0
"""So many seconds all workers may be idle while something is left to be done."""

ATTEMPTS = 3
"""So many sets of workers are tried."""

Progress = Callable[[int, int, str], None]
"""Called with how many of how many readings are done, and the key of the last one."""


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
        return statuses.statuses(self.results)

    @property
    def by_node(self) -> dict[Node, StatementResult]:
        """The results by key and reading."""
        return {result.node: result for result in self.results}

    @property
    def exit_status(self) -> int:
        """0, 1 or 3, as the command's contract says."""
        return statuses.exit_status(self.results)

    def result(self, key: str, reading: str = "printed") -> StatementResult:
        """One reading's result; raises UnknownKeyError when the run did not include it."""
        for result in self.results:
            if (result.key, result.reading) == (key, reading):
                return result
        message = f"this report must contain {key} ({reading}), but does not"
        raise UnknownKeyError(message)

    def to_data(self) -> dict[str, Any]:
        """The JSON of `lemma-check check`."""
        words, by_node = self.statuses, self.by_node
        counts = dict.fromkeys(statuses.STATUSES, 0)
        for word in words.values():
            counts[word] += 1
        return {
            "schema": "lemma-check/check/2",
            "version": self.trusted_base["symbolic_landscape"],
            "seed": self.seed,
            "seconds": round(self.seconds, 3),
            "trusted_base": dict(self.trusted_base),
            "statements": [
                results.to_data(r, words[r.node], statuses.assumed(r, by_node))
                for r in self.results
            ],
            "summary": {
                **counts,
                "steps_derived": sum(r.steps_derived for r in self.results),
                "steps_sampled": sum(r.steps_sampled for r in self.results),
            },
        }

    def __repr__(self) -> str:
        words = [f"{key} ({reading}): {word}" for (key, reading), word in self.statuses.items()]
        return f"CheckReport({', '.join(words)})"


def plan(
    proofs: Statements, keys: Iterable[str] = (), *, paper: str | None = None, reading: str = "both"
) -> tuple[Statement, ...]:
    """The readings to judge: the chosen statements and all below them, in the order of the proofs.

    With one reading chosen, of what is below just the readings that are cited.

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
    if reading == "both":
        return tuple(r for key in proofs.below(chosen) for r in proofs.printed(key).readings)
    known = {node_of(r): r for r in proofs.readings}
    found: dict[Node, Statement] = {}
    todo = [reading_of(proofs.printed(key), reading) for key in chosen]
    while todo:
        one = todo.pop()
        if node_of(one) not in found:
            found[node_of(one)] = one
            todo += [known[statuses.cited(node_of(cited), known)] for cited in one.cites]
    return tuple(r for node, r in known.items() if node in found)


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
        tuple(run.scored(statement) for statement in wanted),
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
    found = tuple(run.scored(s) for s in wanted if node_of(s) in run.done)
    return CheckReport(found, options.seed, 0.0, trusted_base())


def known_facts(proofs: Statements, store: Store | None) -> Facts | None:
    """The verdicts that a store keeps; none where code of a user's is loaded."""
    if store is None or proofs.folders:
        return None
    return store.facts(closure_hash(checkers()))


def _silent(done: int, total: int, key: str) -> None:
    """The progress of a run that nobody watches."""


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
        self.interrupts = Interrupts()
        self._keys: dict[Node, str] = {}

    @cached_property
    def desk(self) -> Desk:
        """What the judgements need; made when the first one is asked for."""
        return Desk(self.proofs, self.facts)

    @cached_property
    def facts(self) -> Facts | None:
        """The verdicts that are kept."""
        return known_facts(self.proofs, self.store)

    def judge_all(self, jobs: int, timeout: float | None) -> bool:
        """Fills `done` for everything wanted; True when an interrupt cut the run short."""
        with self.interrupts:
            return self._judge_all(jobs, timeout)

    def _judge_all(self, jobs: int, timeout: float | None) -> bool:
        try:
            self.recall()
            open_ = [s for s in self.wanted if node_of(s) not in self.done]
            self.progress(len(self.done), len(self.wanted), "")
            if jobs == 1 and timeout is None:
                self.in_process(open_)
            else:
                self.in_workers(open_, jobs, timeout)
        except KeyboardInterrupt:
            self.interrupts.heard()
            for statement in self.wanted:
                cut = unjudged(statement, "not judged: the run was interrupted")
                self.done.setdefault(node_of(statement), cut)
            return True
        return False

    def recall(self) -> None:
        """Takes over what the store holds."""
        if self.store is None:
            return
        keys = Keys(self.proofs, self.options)
        for statement in self.wanted:
            self._keys[node_of(statement)] = keys.of(statement)
            for key in keys.known(statement):
                result = self.store.load(key, statement)
                if result is not None:
                    self.done[node_of(statement)] = result
                    break

    def accept(self, statement: Statement, result: StatementResult) -> None:
        """Records a fresh result and keeps it."""
        node = node_of(statement)
        self.done[node] = result
        if self.store is not None and self._keys[node]:
            self.store.save(self._keys[node], result)
        self.progress(len(self.done), len(self.wanted), statement.key)

    def scored(self, statement: Statement) -> StatementResult:
        """The result, with the score of the last attack on the same sources, if it was kept."""
        result = self.done[node_of(statement)]
        score = self.store.load_score(self._keys[node_of(statement)]) if self.store else None
        return replace(result, attack=score) if score is not None else result

    def heard(self, statement: Statement) -> Heard | None:
        """What came of the proofs that it cites; None while one of them is not judged yet."""
        cited = [node_of(c) for c in statement.cites]
        if any(node not in self.done for node in cited):
            return None
        found = [(node, self.done[node]) for node in cited]
        return tuple((node, r.derivation.refused, r.derivation.derived) for node, r in found)

    def without(self, statement: Statement) -> StatementResult | None:
        """The result where something that it cites could not be judged."""
        for cited in statement.cites:
            result = self.done.get(node_of(cited))
            if result is not None and not result.judged:
                words = f"not judged: {cited.key} ({cited.reading}), which it cites, was not either"
                return unjudged(statement, words)
        return None

    def ready(self, open_: list[Statement]) -> Iterator[tuple[Statement, Heard]]:
        """Takes out and gives those of the open ones that can be judged now."""
        for statement in list(open_):
            result, heard = self.without(statement), self.heard(statement)
            if result is not None:
                open_.remove(statement)
                self.accept(statement, result)
            elif heard is not None:
                open_.remove(statement)
                yield statement, heard

    def in_process(self, open_: list[Statement]) -> None:
        """Judges one after the other, what is cited first."""
        while open_:
            for statement, heard in self.ready(open_):
                self.accept(statement, self.desk.judged(statement, self.options, heard))
                self.interrupts.check()

    def in_workers(self, open_: list[Statement], jobs: int, timeout: float | None) -> None:
        """Judges in worker processes, each statement as soon as all that it cites is judged.

        Workers that do nothing while something is left to be done are replaced, and given up where
        that does not help.
        """
        for _ in range(ATTEMPTS):
            if open_:
                open_ = self._in_workers(open_, jobs, timeout)
        for statement in open_:
            self.accept(statement, unjudged(statement, "not judged: its process did not answer"))

    def _in_workers(
        self, open_: list[Statement], jobs: int, timeout: float | None
    ) -> list[Statement]:
        """Judges with one set of workers; what is left where they stopped working."""
        context = multiprocessing.get_context()
        inherited = self.desk if context.get_start_method() == "fork" else None
        pool = ProcessPool(
            max_workers=min(jobs, len(open_)),
            initializer=settle,
            initargs=(inherited, self.proofs.folders, self.facts),
            context=context,
        )
        futures: dict[Future[StatementResult], Statement] = {}
        heard_of = time.monotonic()
        try:
            while open_ or futures:
                for statement, heard in self.ready(open_):
                    arguments = (node_of(statement), self.options, heard)
                    try:
                        future = pool.schedule(judge_here, args=arguments, timeout=timeout)
                    except RuntimeError:  # the pool is broken: too many of its processes died
                        return [statement, *open_, *futures.values()]
                    futures[future] = statement
                ended, _ = wait(futures, timeout=1.0, return_when=FIRST_COMPLETED)
                self.interrupts.check()
                for future in ended:
                    statement = futures.pop(future)
                    self.accept(statement, _outcome(future, statement, timeout))
                at_work = multiprocessing.active_children() and any(f.running() for f in futures)
                if ended or at_work:
                    heard_of = time.monotonic()
                elif time.monotonic() - heard_of > QUIET:
                    break
        finally:
            pool.stop()
            pool.join(QUIET)
        return open_ + list(futures.values())


def _outcome(
    future: Future[StatementResult], statement: Statement, timeout: float | None
) -> StatementResult:
    """What a worker answered; a lost or late answer is an open obligation."""
    try:
        return future.result()
    except TimeoutError:
        return unjudged(statement, f"ran out of time after {timeout:g} s", timeout or 0.0)
    except ProcessExpired as error:
        reason = f"not judged: its process ended early with exit code {error.exitcode}"
        return unjudged(statement, reason)
    except (RuntimeError, OSError) as error:
        return unjudged(statement, f"not judged: its process could not work ({error})")
