"""Attacks on chosen statements of a library, each at both readings.

Functions: attack, attacked, score. Class: Assault.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from dataclasses import asdict
from itertools import islice, tee

from symbolic_landscape.errors import ClusterError
from symbolic_landscape.judge.attack import KINDS, Attack, attacks, need_kinds
from symbolic_landscape.judge.derivations import Derivations
from symbolic_landscape.judge.drawing import tried
from symbolic_landscape.judge.hunting import hunted, origin
from symbolic_landscape.judge.options import Options
from symbolic_landscape.judge.pool import Case, Kept
from symbolic_landscape.judge.results import AttackResult
from symbolic_landscape.judge.rows import Row, row_of, rows
from symbolic_landscape.judge.trial import Trials, thin
from symbolic_landscape.library.cards import cards_of
from symbolic_landscape.library.common import common
from symbolic_landscape.library.desk import desk_of, settle
from symbolic_landscape.library.keys import Keys
from symbolic_landscape.library.loading import Statements
from symbolic_landscape.library.readings import node_of
from symbolic_landscape.library.run import Progress, known_facts, plan
from symbolic_landscape.library.store import Store
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.rule import Rule
from symbolic_landscape.statement.setting import Setting
from symbolic_landscape.statement.term import Term
from symbolic_landscape.workers.crew import Crew, Data, Here, Lost, Task, in_order

TRIES = 600
"""So many times free objects are drawn for a rule that was changed."""

SEARCHED = 400
"""Among so many instances a counterexample is sought in place of one that is taken away."""

CITABLE = 12
"""So many other statements of the library are offered in place of a cited one."""


def attack(
    proofs: Statements,
    keys: Iterable[str] = (),
    *,
    paper: str | None = None,
    kinds: Sequence[str] = tuple(KINDS),
    seed: int = 0,
    progress: Progress | None = None,
    store: Store | None = None,
    crew: Crew | None = None,
) -> tuple[Attack, ...]:
    """The variants of the chosen statements in the new form, and who noticed each.

    Without keys all statements, or all of a paper. A store keeps the scores as they come, where all
    kinds are tried; a crew shares the statements. Raises UnknownKeyError for an unknown key or
    paper, DeclarationError for an unknown kind, ClusterError where a part is lost.
    """
    need_kinds(kinds)
    named = sorted({proofs.printed(key).key for key in keys})
    chosen = _chosen(proofs, named, paper)
    cards, places = cards_of(proofs), Keys(proofs.folders, Options(seed=seed))
    folders = tuple(map(str, proofs.folders))
    asked = {"folders": folders, "keys": named, "paper": paper, "kinds": kinds, "seed": seed}
    tasks = [Task(attacked, {**asked, "node": node_of(s)}, folders) for s in chosen]
    facts = None if proofs.folders else known_facts(store)
    settle(proofs, facts)
    done = 0

    def came(number: int, answer: Data | Lost) -> None:
        nonlocal done
        done += 1
        if store is not None and set(kinds) == set(KINDS) and not isinstance(answer, Lost):
            card = cards.by_node[node_of(chosen[number])]
            store.save_score(places.of(card), score(_read(answer)))
        if progress is not None:
            progress(done, len(chosen), chosen[number].key)

    answers = list(in_order(crew or Here(), tasks, came=came))
    for statement, answer in zip(chosen, answers, strict=True):
        if isinstance(answer, Lost):
            message = f"{statement.key} ({statement.reading}): not attacked: {answer.words}"
            raise ClusterError(message)
    return tuple(one for answer in answers for one in _read(answer))


def _read(answer: Data) -> list[Attack]:
    return [Attack(**row) for row in answer]


def _chosen(proofs: Statements, named: Sequence[str], paper: str | None) -> list[Statement]:
    """The readings to attack."""
    readings = plan(proofs, named, paper=paper)
    chosen = [s for s in readings if not named or s.key in named]
    return [s for s in chosen if paper is None or s.paper == paper]


_assaults: dict[str, Assault] = {}


def attacked(asked: Data) -> Data:
    """The attacks on one reading as data, as a task."""
    desk = desk_of(tuple(asked["folders"]))
    key, reading = asked["node"]
    what = {name: value for name, value in asked.items() if name != "node"}
    question = f"{id(desk)} {json.dumps(what)}"
    if question not in _assaults:
        _assaults.clear()
        chosen = _chosen(desk.proofs, asked["keys"], asked["paper"])
        settings = (s.setting for s in chosen)
        what_for = (desk.proofs, settings, asked["kinds"], asked["seed"], desk.facts)
        _assaults[question] = Assault(*what_for)
    found = [asdict(one) for one in _assaults[question].on(desk.readings[key, reading])]
    if desk.facts is not None:
        desk.facts.flush()
    return found


def score(found: Iterable[Attack]) -> AttackResult:
    """How many wrong variants were noticed, and which were not."""
    wrong = [a for a in found if a.wrong]
    open_ = tuple(f"{a.kind}: {a.variant}" for a in wrong if not a.noticed)
    return AttackResult(len(wrong), len(wrong) - len(open_), open_)


class Assault:
    """Attacks on one reading after another; what they share is made once."""

    def __init__(
        self,
        proofs: Statements,
        settings: Iterable[Setting],
        kinds: Sequence[str] = tuple(KINDS),
        seed: int = 0,
        kept: Kept | None = None,
    ) -> None:
        """`settings` are those of the statements to be attacked; `kept` are known verdicts."""
        shared, watched = common()
        self._derivations = Derivations(proofs.rules.values())
        self._kinds, self._seed = kinds, seed
        everywhere = dict.fromkeys((*shared, *settings))
        trials = Trials(everywhere, watched, self._derivations, Options(seed=seed), kept=kept)
        self._instances = _Tried(trials, seed)
        self._citable = tuple(islice((s for s in proofs.readings if s.proof), CITABLE))

    def on(self, statement: Statement) -> tuple[Attack, ...]:
        """The variants of one reading, and who noticed each."""
        return attacks(
            statement,
            self._derivations,
            seed=self._seed,
            kinds=self._kinds,
            instances=self._instances,
            library=self._citable,
        )


class _Tried:
    """What the pool and free objects say of variants; what was asked is kept."""

    def __init__(self, trials: Trials, seed: int) -> None:
        self._trials, self._seed = trials, seed
        self._rows: tuple[Statement | None, Iterator[Row]] = (None, iter(()))
        self._rules: dict[tuple[tuple[Term, ...], tuple[Term, ...], Term], tuple[str, str]] = {}

    def _on(self, statement: Statement) -> Iterator[Row]:
        """The statement on the instances that fit, each once, when it is asked for."""
        if self._rows[0] is not statement:
            (made,) = tee(rows(statement, self._trials.pool), 1)
            self._rows = (statement, made)
        return copy(self._rows[1])

    def against(self, variant: Statement, original: Statement) -> str:
        """An instance that refutes the variant, or that refutes the original alone."""
        shared = ""
        for row in self._on(original):
            if row.met or row.misses:
                old, name = row.met and row.refuted, row.case.instance.name
                made = row_of(variant, row.case, self._trials.pool)
                new = made is not None and made.met and made.refuted
                if new is not old:
                    return f"{name} {'refutes it' if new else 'does not refute it any more'}"
                if new:
                    shared = shared or f"{name} refutes it, as it refutes the original"
        return shared

    def unmet(self, variant: Statement, original: Statement) -> str:
        """That no instance meets the variant, where some meet the original."""
        if not any(row.met for row in self._on(original)):
            return ""
        pool = self._trials.pool
        made = [row_of(variant, case, pool, asked=False) for case in pool.cases(variant)]
        if any(row is not None and row.met for row in made):
            return ""
        return f"none of the {len(made)} instances that were tried meets the hypotheses"

    def refutes_rule(self, rule: Rule) -> tuple[str, str]:
        """Free objects that refute a rule, and where there are none on how many it was met."""
        says = (rule.given, rule.where, rule.then)
        if says not in self._rules:
            found = tried(rule, self._seed, TRIES)
            note = f"{found.met} drawn objects meet it, {found.undecided} leave it open"
            self._rules[says] = (f"free objects: {found.reason}" if found.refuted else "", note)
        return self._rules[says]

    def refutes_again(self, statement: Statement) -> str | None:
        """An instance against a statement that does not come from the first such example."""
        against = (row for row in self._on(statement) if row.met and row.refuted)
        first = next(against, None)
        if first is None:
            return None
        example = _example(first.case)
        for row in against:
            if _example(row.case) != example:
                return f"{origin(row)}: {row.case.instance.name}"
        left = [row for row in self._on(statement) if _example(row.case) != example]
        drawn = hunted(statement, left, self._trials.pool, None, self._seed)
        for found in islice(drawn, SEARCHED):
            if found is not None and found.met and found.refuted:
                return f"{origin(found)}: {found.case.instance.name}"
        return ""

    def thinned(self, statement: Statement) -> str | None:
        """The notice where one instance that meets the hypotheses is left."""
        met = (row for row in rows(statement, self._trials.pool) if row.met)
        first = next(met, None)
        return None if first is None else thin([first])


def _example(case: Case) -> str:
    """The name of an example, without the values of further names."""
    return f"{case.origin} {case.setting} {case.example}"
