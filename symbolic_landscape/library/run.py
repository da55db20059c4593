"""Running many judgements: which statements, in how many processes, within what time.

The report lists the statements in the order of the proofs, and its content does not depend on the
number of processes, the order in which they end, or whether a result was kept from an earlier run.
A statement that runs out of time, whose process dies, or that an interrupt cuts off is
reported with the open obligation that says so, and so is what cites it; the others go on.

Functions: check, plan, kept. Class: CheckReport.

Design notes. Statements hold functions and cannot be sent: who judges one has loaded it, or is a
copy of a process that has. Only the process that leads the run touches stored results. A proof is
derived when all that it cites has been judged, so who judges it is told what came of that and
derives nothing twice. What is decided of single formulas is shared by `facts`. The judge is loaded
only where something is to be judged.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from symbolic_landscape.errors import UnknownKeyError
from symbolic_landscape.judge import results, statuses
from symbolic_landscape.judge.options import Options
from symbolic_landscape.judge.packing import unpack
from symbolic_landscape.judge.results import Node, StatementResult
from symbolic_landscape.library.cards import Card, Cards, cards_of
from symbolic_landscape.library.closure import closure_hash
from symbolic_landscape.library.facts import Facts
from symbolic_landscape.library.guard import Interrupts
from symbolic_landscape.library.keys import Keys, checkers
from symbolic_landscape.library.loading import Statements
from symbolic_landscape.library.readings import node_of
from symbolic_landscape.library.store import Store
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.workers.crew import Crew, Data, Lost
from symbolic_landscape.workers.stamp import trusted_base

if TYPE_CHECKING:
    from symbolic_landscape.library.crews import Crews
    from symbolic_landscape.library.desk import Heard

Progress = Callable[[int, int, str], None]
"""Called with how many of how many readings are done, and the key of the last one."""


@dataclass(frozen=True)
class CheckReport:
    """The results of one run in the order of the proofs, with what they rest on.

    `alarms` tell of kept results that were not what is decided now.
    """

    results: tuple[StatementResult, ...]
    seed: int
    seconds: float
    trusted_base: Mapping[str, str]
    interrupted: bool = False
    alarms: tuple[str, ...] = ()

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
        """0, 1 or 3, as the command's contract says; 1 after an alarm."""
        return 1 if self.alarms else statuses.exit_status(self.results)

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
    known = {node_of(r): r for r in proofs.readings}
    chosen = cards_of(proofs).planned(keys, paper=paper, reading=reading)
    return tuple(known[card.node] for card in chosen)


def check(
    proofs: Statements | Cards,
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
    cluster: Crew | None = None,
) -> CheckReport:
    """Judges the chosen statements and every one below them.

    `timeout` is in seconds for each reading. With a cluster all is judged there. An interrupt from
    the keyboard ends the run with what there is; the rest is reported undecided.

    Raises UnknownKeyError for an unknown key, paper or reading, or an option out of its range.
    """
    started = time.monotonic()
    cards = proofs if isinstance(proofs, Cards) else cards_of(proofs)
    try:
        options = _options(instances, seed, bits, jobs, timeout)
        wanted = cards.planned(keys, paper=paper, reading=reading)
        run = _Run(cards, wanted, options, store, progress or _silent)
        interrupted = run.judge_all(jobs, timeout, cluster)
    finally:
        cards.close()
    return CheckReport(
        tuple(run.scored(card) for card in wanted),
        seed,
        time.monotonic() - started,
        trusted_base(),
        interrupted,
        tuple(run.alarms),
    )


def _options(
    instances: int | None, seed: int, bits: int, jobs: int, timeout: float | None
) -> Options:
    """The options of a check; raises UnknownKeyError where one is out of its range."""
    instances = Options.instances if instances is None else instances
    for name, value, least in (("jobs", jobs, 1), ("instances", instances, 0), ("bits", bits, 16)):
        if value < least:
            message = f"{name} must be at least {least}, got {value}"
            raise UnknownKeyError(message)
    if timeout is not None and not timeout > 0:
        message = f"timeout must be a positive number of seconds, got {timeout}"
        raise UnknownKeyError(message)
    return Options(instances=instances, seed=seed, bits=bits)


def kept(proofs: Statements, wanted: Sequence[Statement], store: Store) -> CheckReport:
    """The report of what the store holds for these readings under the default options."""
    options = Options()
    cards = cards_of(proofs)
    run = _Run(cards, [cards.by_node[node_of(s)] for s in wanted], options, store, _silent)
    run.recall()
    found = tuple(run.scored(card) for card in run.wanted if card.node in run.done)
    return CheckReport(found, options.seed, 0.0, trusted_base())


def known_facts(store: Store | None) -> Facts | None:
    """The verdicts that a store keeps, for processes that have loaded no code of a user's."""
    return None if store is None else store.facts(closure_hash(checkers()))


def _silent(done: int, total: int, key: str) -> None:
    """The progress of a run that nobody watches."""


class _Run:
    """One run: what is wanted, and what is done so far."""

    def __init__(
        self,
        cards: Cards,
        wanted: Sequence[Card],
        options: Options,
        store: Store | None,
        progress: Progress,
    ) -> None:
        self.cards, self.wanted, self.options = cards, tuple(wanted), options
        self.store, self.progress = store, progress
        self.done: dict[Node, StatementResult] = {}
        self.interrupts = Interrupts()
        self.alarms: list[str] = []
        self._keys: dict[Node, str] = {}

    @cached_property
    def facts(self) -> Facts | None:
        """The verdicts that are kept; of built-in statements alone."""
        return known_facts(self.store)

    def judge_all(self, jobs: int, timeout: float | None, cluster: Crew | None) -> bool:
        """Fills `done` for everything wanted; True when an interrupt cut the run short."""
        with self.interrupts:
            try:
                self.recall()
                self.decide_again()
                open_ = [card for card in self.wanted if card.node not in self.done]
                self.progress(len(self.done), len(self.wanted), "")
                if open_:
                    self._judge(open_, jobs, timeout, cluster)
            except KeyboardInterrupt:
                self.interrupts.heard()
                for card in self.wanted:
                    cut = card.unjudged("not judged: the run was interrupted")
                    self.done.setdefault(card.node, cut)
                return True
        return False

    def recall(self) -> None:
        """Takes over what the store holds."""
        if self.store is None:
            return
        keys = Keys(self.cards.folders, self.options)
        for card in self.wanted:
            self._keys[card.node] = keys.of(card)
            result = self.store.load(self._keys[card.node], card)
            if result is not None:
                self.done[card.node] = result

    def decide_again(self) -> None:
        """Throws away what the store holds and is not decided so now, of a sample."""
        if self.store is None:
            return
        inside = {n: r for n, r in self.done.items() if not self.cards.by_node[n].apart}
        if not inside:
            return
        from symbolic_landscape.library.again import chosen, disagreements

        results = chosen(inside.values())
        proofs = self.cards.inside([result.key for result in results])
        for node, words in list(disagreements(proofs, results, inside)):
            del self.done[node]
            self.alarms.append(self.store.alarm(self._keys[node], node, words))

    def accept(self, card: Card, result: StatementResult) -> None:
        """Records a fresh result and keeps it."""
        self.done[card.node] = result
        if self.store is not None and self._keys[card.node]:
            self.store.save(self._keys[card.node], result)
        self.progress(len(self.done), len(self.wanted), card.key)

    def scored(self, card: Card) -> StatementResult:
        """The result, with the score of the last attack on the same sources, if it was kept."""
        result = self.done[card.node]
        score = self.store.load_score(self._keys[card.node]) if self.store else None
        return replace(result, attack=score) if score is not None else result

    def heard(self, card: Card) -> Heard | None:
        """What came of the proofs that it cites; None while one of them is not judged yet."""
        if any(node not in self.done for node in card.cites):
            return None
        found = [(node, self.done[node]) for node in card.cites]
        return tuple((node, r.derivation.refused, r.derivation.derived) for node, r in found)

    def without(self, card: Card) -> StatementResult | None:
        """The result where something that it cites could not be judged."""
        for key, reading in card.cites:
            result = self.done.get((key, reading))
            if result is not None and not result.judged:
                words = f"not judged: {key} ({reading}), which it cites, was not either"
                return card.unjudged(words)
        return None

    def ready(self, open_: list[Card]) -> Iterator[tuple[Card, Heard]]:
        """Takes out and gives those of the open ones that can be judged now."""
        for card in list(open_):
            result, heard = self.without(card), self.heard(card)
            if result is not None:
                open_.remove(card)
                self.accept(card, result)
            elif heard is not None:
                open_.remove(card)
                yield card, heard

    def _judge(
        self, open_: list[Card], jobs: int, timeout: float | None, cluster: Crew | None
    ) -> None:
        """Judges the open ones by those who are there for it."""
        from symbolic_landscape.library.crews import Crews

        facts = self.facts if cluster is None else None
        crews = Crews(self.cards, open_, self.options, facts, jobs, timeout, cluster)
        try:
            self._through(open_, crews)
        finally:
            crews.stop()

    def _through(self, open_: list[Card], crews: Crews) -> None:
        """Judges each statement as soon as all that it cites is judged."""
        under_way: dict[Node, Card] = {}
        while open_ or under_way:
            for card, heard in self.ready(open_):
                under_way[card.node] = card
                crews.give(card, heard)
            for node, answer in crews.taken():
                card = under_way.pop(node)
                self.accept(card, _outcome(card, answer))
            self.interrupts.check()


def _outcome(card: Card, answer: Data | Lost) -> StatementResult:
    """What was answered; what is lost, late or about something else is an open obligation."""
    if isinstance(answer, Lost):
        words = answer.words if answer.seconds else f"not judged: {answer.words}"
        return card.unjudged(words, answer.seconds)
    with suppress(KeyError, TypeError, ValueError, AttributeError):
        result = unpack(answer)
        if result.node == card.node:
            return result
    return card.unjudged("not judged: its process answered something else")
