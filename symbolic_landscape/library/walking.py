"""Walks, near misses and searches for the statements at hand: what the commands and a user ask.

Objects: Bench, ProofStep. Function: searched.

Design notes. The pool is that of a check under its default options: the instances that are listed
there are those that are walked here. What a proof cites is taken as stated, unless it matters
whether the whole is derived.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import asdict
from difflib import get_close_matches
from functools import cached_property
from itertools import count

from symbolic_landscape.errors import ClusterError, UnknownKeyError
from symbolic_landscape.judge.breaking import Break, broken
from symbolic_landscape.judge.derivations import Derivations
from symbolic_landscape.judge.hunting import Found, Stretch, by_length, falsified, stretch
from symbolic_landscape.judge.options import Options
from symbolic_landscape.judge.pool import Case, Pool
from symbolic_landscape.judge.record import Derivation
from symbolic_landscape.judge.results import Node, StatementResult
from symbolic_landscape.judge.rows import Row, row_of
from symbolic_landscape.judge.values import Instance
from symbolic_landscape.judge.walking import Walk, walk
from symbolic_landscape.library.desk import Desk, alone, desk_of
from symbolic_landscape.library.guard import own_code
from symbolic_landscape.library.loading import Statements
from symbolic_landscape.library.readings import node_of
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.step import Reason, Step
from symbolic_landscape.statement.term import Term
from symbolic_landscape.workers.crew import Crew, Data, Here, Lost, Task, in_order

GRACE = 2.0
"""So many seconds more those who share a search may take to answer."""

CUTOFF = 0.3
"""How close a name must be to be called one of the closest."""

NAMED = 5
"""So many close names are given."""


class Bench:
    """One reading of a statement, the instances that fit it, the kernel's word on its proof."""

    def __init__(self, proofs: Statements, statement: Statement) -> None:
        self.proofs, self.statement = proofs, statement
        self._desk = Desk(proofs)
        self._known: list[Row] = []

    @cached_property
    def pool(self) -> Pool:
        """The instances of a check."""
        with self._own_code():
            return self._desk.trials(Options(), self._desk.is_own(self.statement)).pool

    @cached_property
    def _more(self) -> Iterator[Row]:
        return by_length(self.statement, self.pool)

    def rows(self) -> Iterator[Row]:
        """The statement on every instance that fits, short ones first; decided when asked for."""
        yield from self._known
        for row in self._more:
            self._known.append(row)
            yield row

    @cached_property
    def result(self) -> StatementResult:
        """The kernel's word on each step, as reports show it."""
        return alone(self.proofs, self.statement)

    @cached_property
    def _derived(self) -> tuple[Derivation, Derivations]:
        derivations = Derivations(self.proofs.rules.values())
        for cited in self.statement.cites:
            derivations.hear(cited, refused="", derived=False)
        return derivations.of(self.statement), derivations

    @property
    def steps(self) -> tuple[ProofStep, ...]:
        """The steps of the proof, each to be walked on an instance."""
        return tuple(ProofStep(step, self) for step in self.statement.proof)

    def _own_code(self) -> AbstractContextManager[None]:
        return own_code(f"{self.statement.key} ({self.statement.reading})")

    def need_hypothesis(self, name: str) -> str:
        """The name; raises UnknownKeyError where the statement has no such hypothesis."""
        given = self.statement.claim.given
        if name in given:
            return name
        near = get_close_matches(name, given, n=NAMED, cutoff=CUTOFF) or given
        message = f"{self._said} must have a hypothesis {name!r}, but has {_listed(near)}"
        raise UnknownKeyError(message)

    @property
    def _said(self) -> str:
        return f"{self.statement.key} ({self.statement.reading})"

    # ---- walks -----------------------------------------------------------------------------------
    def case(self, name: str | None = None) -> Case:
        """The instance of this name, or the first that meets all hypotheses.

        Raises UnknownKeyError: no instance has the name, or none meets the hypotheses.
        """
        with self._own_code():
            cases = self.pool.cases(self.statement)
            if name is None:
                return self._first(cases)
            return self._named(list(cases), name)

    def _first(self, cases: Iterator[Case]) -> Case:
        names = []
        for case in cases:
            if self._meets(case):
                return case
            names.append(case.instance.name)
        if not names:
            message = f"{self._said} needs an instance that meets its standing assumptions, and "
            message += "none is known"
            raise UnknownKeyError(message)
        message = f"{self._said} must have an instance that meets its hypotheses, but none of "
        message += f"{len(names)} does; --instance NAME walks it on one of {_listed(names[:NAMED])}"
        raise UnknownKeyError(message)

    def _named(self, cases: Sequence[Case], name: str) -> Case:
        """The case of this name; a name without the values that are added to it is enough."""
        exact = [case for case in cases if case.instance.name == name]
        begun = exact or [case for case in cases if case.instance.name.startswith(f"{name}, ")]
        if begun:
            return next((case for case in begun if self._meets(case)), begun[0])
        names = list(dict.fromkeys(case.instance.name for case in cases))
        near = get_close_matches(name, names, n=NAMED, cutoff=CUTOFF) or names[:NAMED]
        message = f"{self._said} has no instance {name!r}; the closest are {_listed(near)}"
        raise UnknownKeyError(message)

    def _meets(self, case: Case) -> bool:
        row = row_of(self.statement, case, self.pool)
        return row is not None and row.met

    def near_miss(self, name: str) -> Case:
        """An instance that breaks this hypothesis alone, one that refutes the conclusion if any.

        Raises UnknownKeyError: there is no such hypothesis, or no such instance.
        """
        found = self.broken(name)
        if found.case is not None:
            return found.case
        for row in self.rows():
            if row.misses == name:
                return row.case
        message = f"{self._said} has no near miss of {name!r}: {found.words}"
        raise UnknownKeyError(message)

    def walk(
        self, case: Case | Instance | str | None = None, broken: str = "", only: str = ""
    ) -> Walk:
        """The walk on an instance, or on that of this name; `only` is the path of one step.

        Raises UnknownKeyError: no instance has the name, or there is no proof to walk.
        """
        if not self.statement.proof:
            message = f"{self._said} must have steps to walk, but has none"
            raise UnknownKeyError(message)
        if isinstance(case, Instance):
            case = Case(case, "given")
        place = case if isinstance(case, Case) else self.case(case)
        return self._walk(place, broken, only)

    def _walk(self, case: Case, broken: str = "", only: str = "") -> Walk:
        return walk(self.statement, *self._derived, case, broken, only)

    # ---- searches --------------------------------------------------------------------------------
    def broken(self, name: str) -> Break:
        """The near miss of one hypothesis; raises UnknownKeyError where there is no such one."""
        self.need_hypothesis(name)
        with self._own_code():
            return broken(
                self.statement,
                name,
                self.rows,
                self.pool,
                lambda case: self._walk(case, name),
                self._surplus,
            )

    def _surplus(self) -> tuple[str, ...]:
        """The hypotheses that the derivation does not use, where it is complete."""
        if not self.result.derivation.surplus or self.result.derivation.refused:
            return ()
        derivation = self._desk.derivations.of(self.statement)
        return derivation.surplus if derivation.derived else ()

    def falsified(
        self,
        drop: str | None = None,
        budget: float = 10.0,
        seed: int = 0,
        crew: Crew | None = None,
    ) -> Found:
        """A counterexample, with one hypothesis dropped where named; a crew shares the search.

        Raises UnknownKeyError: there is no such hypothesis, or the budget is negative. Raises
        ClusterError where the crew is lost.
        """
        if drop is not None:
            self.need_hypothesis(drop)
        if not budget >= 0:
            message = f"the budget must be a number of seconds from 0 up, got {budget}"
            raise UnknownKeyError(message)
        with self._own_code():
            rows, many = self.rows(), crew or Here()
            return falsified(
                self.statement,
                rows,
                self.pool,
                drop,
                budget,
                seed,
                lambda end: self._stretches(many, drop, seed, end),
            )

    def _stretches(self, crew: Crew, drop: str | None, seed: int, end: float) -> Iterator[Stretch]:
        """The stretches of a search by a crew, until the end."""
        folders = tuple(map(str, self.proofs.folders)) if self._desk.is_own(self.statement) else ()
        node = node_of(self.statement)
        asked = {"folders": folders, "node": node, "drop": drop, "seed": seed}
        _benches[folders, node] = self

        def tasks() -> Iterator[Task]:
            for turn in count():
                left = max(0.0, end - time.monotonic())
                yield Task(searched, {**asked, "turn": turn, "seconds": left}, folders)

        def in_time() -> None:
            if time.monotonic() > end + GRACE:
                raise TimeoutError

        with suppress(TimeoutError):
            for answer in in_order(crew, tasks(), in_time):
                if isinstance(answer, Lost):
                    message = f"{self._said}: a part of the search is lost: {answer.words}"
                    raise ClusterError(message)
                yield Stretch(**answer)


_benches: dict[tuple[tuple[str, ...], Node], Bench] = {}


def searched(asked: Data) -> Data:
    """One stretch of the search for a counterexample, as a task."""
    end = time.monotonic() + asked["seconds"]
    folders, (key, reading) = tuple(asked["folders"]), asked["node"]
    if (folders, (key, reading)) not in _benches:
        desk = desk_of(folders)
        _benches[folders, (key, reading)] = Bench(desk.proofs, desk.readings[key, reading])
    bench = _benches[folders, (key, reading)]
    known = list(bench.rows())
    where = (bench.statement, known, bench.pool, asked["drop"], asked["seed"])
    return asdict(stretch(*where, asked["turn"], end))


class ProofStep:
    """One step of a proof as a user meets it: what it gives, why, its walk on an instance."""

    def __init__(self, step: Step, bench: Bench) -> None:
        self.step, self._bench = step, bench

    @property
    def name(self) -> str:
        """The name, by which later steps use it."""
        return self.step.name

    @property
    def gives(self) -> Term | None:
        """The formula that it gives, where the author wrote it."""
        return self.step.gives

    @property
    def reason(self) -> Reason:
        """Why it follows."""
        return self.step.reason

    @property
    def uses(self) -> tuple[str, ...]:
        """The facts that it names."""
        return self.step.uses

    def walk(self, instance: Case | Instance | str | None = None) -> Walk:
        """The step, and what is inside it, on an instance, or on the first that fits."""
        return self._bench.walk(instance, only=self.name)

    def __repr__(self) -> str:
        return f"ProofStep({self.name}: {self.reason.word})"


def _listed(names: Iterable[str]) -> str:
    return ", ".join(map(repr, names)) or "none"
