"""The common pool: every instance of the library that a statement can be asked about.

An example of any setting fits a statement where it gives a value to each variable of the
statement's setting; values for the statement's own names are added. Beside the examples stand
instances that are drawn, half of them steered so that the hypotheses hold, or all but one.

Objects: Case, Pool.

Design notes. All is a function of the seed and of the statement, never of what was asked before:
so a report is the same in any number of processes. Verdicts stand in a table, and values are kept
for the instances that were looked at last; what a decision may use does not depend on either.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import product
from math import prod
from random import Random
from typing import Any, Protocol

from symbolic_landscape.judge.drawing import drawn_under, ordered
from symbolic_landscape.judge.evaluation import (
    CONNECTIVES,
    NO_VALUE,
    Decision,
    Evaluation,
    connected,
)
from symbolic_landscape.judge.objects import some_object
from symbolic_landscape.judge.places import Budget, Place
from symbolic_landscape.judge.steering import steered
from symbolic_landscape.judge.telling import telling
from symbolic_landscape.judge.values import Instance
from symbolic_landscape.statement.language import the
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.parts import subterms
from symbolic_landscape.statement.printing import text
from symbolic_landscape.statement.setting import Setting
from symbolic_landscape.statement.term import FORMULA, INT, NAT, Term
from symbolic_landscape.verdict import Verdict, undecided

BUDGET = Budget(steps=6_000, entries=400, bits=40_000, monomials=4_000, symbols=30, order=4)
"""What one decision may use."""

COMPLETED = 6
"""At so many values of a statement's own names one example is looked at, at the most."""

MOST = 48
"""All examples together are looked at with about so many values of a statement's own names."""

LEAST, LOOKED = -2, 60
"""Integers are tried from LEAST on; of several at once so many combinations are looked at."""

FEW, MANIFOLD = 4, 16
"""With fewer examples than FEW, so many times more instances are drawn, with telling objects."""

SIZES = (2, 3, 4)
"""The largest sizes that are drawn, in turn; the last is one beyond those of most examples."""

PLACES = 64
"""Of so many instances the values are kept."""

TRYING = ("forall", "exists", "lam")
"""What binds a variable for which values of the instance may be tried; integers never are."""

WORTH = 40
"""A verdict that takes fewer steps, and no decision of a setting, is not kept on disk."""

ENORMOUS = re.compile(r"\d{1000}")
"""Steering may solve for numbers of this length; such instances are left out."""

DEEP = "it is too deep to be decided"
"""Said where Python's stack ends, which depends on who asks; never kept on disk."""


class Kept(Protocol):
    """Verdicts that are kept from one process to the next."""

    def find(self, question: str) -> Verdict | None:
        """The verdict on a question, if it is kept."""

    def add(self, question: str, verdict: Verdict) -> None:
        """Keeps a verdict."""


@dataclass(frozen=True)
class _Reads:
    """What the verdict on a formula may depend on, beside the setting.

    `sorts` are those of which a quantifier, or functions that are compared, may try values of the
    instance; `names` are those of the abbreviations and predicates in it and in what they say.
    `effort` is how many quantifiers and abbreviations there are.
    """

    constants: frozenset[Term]
    sorts: frozenset[Term]
    names: frozenset[str]
    effort: int

    @staticmethod
    def of(formula: Term) -> _Reads:
        parts = tuple(subterms(formula))
        return _Reads(
            frozenset(t for t in parts if t.head == "const"),
            frozenset(t.args[0].sort for t in parts if t.head in TRYING) - {INT, NAT},
            frozenset(str(t.name) for t in parts if t.head in ("pred", "def")),
            sum(t.head in ("forall", "exists", "def") for t in parts),
        )


@dataclass(frozen=True)
class Case:
    """An instance, and whether it was `given` as an example or `drawn`."""

    instance: Instance
    origin: str
    setting: str = ""

    @property
    def example(self) -> str:
        """The name of the example that was completed, or of the instance where none was."""
        base = self.instance.base if self.origin == "given" else None
        return (base or self.instance).name


class Pool:
    """Instances of these settings, and what is drawn: `count` for each statement.

    In `kept` a decision is known by its setting's place here; of other settings nothing is kept
    where one is asked.
    """

    def __init__(
        self,
        settings: Iterable[Setting],
        count: int = 12,
        seed: int = 0,
        kept: Kept | None = None,
    ) -> None:
        self.settings = tuple(settings)
        self.count, self.seed, self.kept = count, seed, kept
        self._labels: dict[Decision, str] = {}
        for k, setting in enumerate(self.settings):
            for name, way in setting.decisions.items():
                self._labels.setdefault(way, f"{k} {name}")
        self._table: dict[tuple[Term, str, Any], Verdict] = {}
        self._reads: dict[Term, _Reads] = {}
        self._parts: dict[tuple[str, frozenset[Term]], Instance] = {}
        self._places: dict[str, Place] = {}
        self._bases: dict[tuple[Setting, frozenset[Term]], tuple[tuple[str, Instance], ...]] = {}

    @cached_property
    def examples(self) -> tuple[tuple[Setting, str, Mapping[Term, Any]], ...]:
        """The examples of all settings: of which setting, name, values."""
        made: dict[Any, tuple[Setting, tuple[Any, ...]]] = {}
        for setting in self.settings:
            if setting.instances not in made:
                made[setting.instances] = (setting, _examples(setting))
        return tuple((setting, n, v) for setting, rows in made.values() for n, v in rows)

    def decide(self, formula: Term, instance: Instance, setting: Setting) -> Verdict:
        """The verdict on a formula on an instance; the same question is answered once.

        It is the same question where the values of all that is free in the formula are the same,
        and, where a decision of the setting is asked, those of the names of the setting. The parts
        of a formula with a connective are questions of their own.
        """
        if formula.head in CONNECTIVES:
            return connected(formula, lambda part: self.decide(part, instance, setting))
        reads = self._read(formula)
        ways = tuple((n, way) for n, way in setting.decisions.items() if n in reads.names)
        needed = formula.free | reads.constants
        part = self._part(instance, needed.union(setting.names) if ways else needed, reads.sorts)
        question = (formula, part.key, ways)
        if question not in self._table:
            evaluation = Evaluation(part, setting.decisions, BUDGET, self._place(instance))
            self._table[question] = self._verdict(formula, evaluation, [way for _, way in ways])
        return self._table[question]

    def effort(self, formula: Term) -> int:
        """How many quantifiers and abbreviations it has: how long it may take to be decided."""
        return self._read(formula).effort

    def _read(self, formula: Term) -> _Reads:
        if formula not in self._reads:
            self._reads[formula] = _Reads.of(formula)
        return self._reads[formula]

    def _verdict(self, formula: Term, evaluation: Evaluation, ways: Sequence[Decision]) -> Verdict:
        """The verdict that is kept, or a new one."""
        if self.kept is None or not all(way in self._labels for way in ways):
            return decided(evaluation, formula)
        labels = [self._labels[way] for way in ways]
        question = "\n".join((formula.key, evaluation.instance.key, *labels))
        verdict = self.kept.find(question)
        if verdict is None:
            verdict = decided(evaluation, formula)
            costly = bool(labels) or BUDGET.steps - evaluation.left >= WORTH
            if costly and verdict.reason != DEEP:
                self.kept.add(question, verdict)
        return verdict

    def _part(
        self, instance: Instance, needed: frozenset[Term], sorts: frozenset[Term]
    ) -> Instance:
        """The values of what is needed, of all that has one of the sorts, and of sizes."""
        needed = needed | {v for v in instance.values if v.sort in sorts}
        while loose := {v for name in needed for v in name.sort.free} - needed:
            needed = needed | loose
        place = (instance.key, needed)
        if place not in self._parts:
            values = {v: x for v, x in instance.values.items() if v in needed}
            self._parts[place] = Instance(instance.name, values)
        return self._parts[place]

    def _place(self, instance: Instance) -> Place:
        """Where the values of an instance are kept: inside those of the one that it is made of."""
        place, base = self._places.pop(instance.key, None), instance.base
        if place is None:
            known = base.values if base is not None else {}
            more = {v: x for v, x in instance.values.items() if v not in known}
            place = Place(more, None if base is None else self._place(base))
        self._places[instance.key] = place
        if len(self._places) > PLACES:
            del self._places[next(iter(self._places))]
        return place

    def cases(self, statement: Statement) -> Iterator[Case]:
        """The instances that fit: its own setting's examples, those of others, drawn ones."""
        random = Random(f"cases {self.seed} {statement.claim.key}")
        seen: set[str] = set()
        given = [*self._given(statement, random)]
        drawn = [*self._drawn(statement, random)]
        told = self._told(statement, random) if len(given) < FEW else ()
        made = (case for case in (*drawn, *told) if not _is_enormous(case.instance))
        for case in (*given, *made):
            if case.instance.key not in seen:
                seen.add(case.instance.key)
                yield case

    # ---- examples --------------------------------------------------------------------------------
    def _based(self, statement: Statement) -> tuple[tuple[str, Instance], ...]:
        """The examples that fit, with the titles of their settings; the same for the same names."""
        place = statement.setting, frozenset(map(the, statement.names))
        if place not in self._bases:
            own = [(statement.setting, n, v) for n, v in _made(statement.setting.instances)]
            bases: dict[str, tuple[str, Instance]] = {}
            wanted = set(statement.setting.names)
            for setting, name, values in (*own, *self.examples):
                if wanted and (wanted <= set(values) or setting is statement.setting):
                    key, base = _fitted(statement, setting, Instance(name, values))
                    bases.setdefault(key, (setting.title, base))
            self._bases[place] = tuple(bases.values())
        return self._bases[place]

    def _given(self, statement: Statement, random: Random) -> Iterator[Case]:
        bases = self._based(statement)
        most = min(COMPLETED, max(2, MOST // (len(bases) or 1)))
        bounds = _bounds(statement)
        for title, base in bases:
            names = ordered(v for v in statement.claim.variables if v not in base.values)
            made = [base]
            if names:
                made = completions(base, names, bounds, random, statement.setting, most)
            for instance in made:
                yield Case(instance, "given", title)

    # ---- drawing ---------------------------------------------------------------------------------
    def _drawn(self, statement: Statement, random: Random) -> Iterator[Case]:
        claim = statement.claim
        given = list(claim.given.values())
        goals = [given, *([f for f in given if f is not left] for left in given)]
        for turn in range(self.count):
            if not claim.variables:
                return
            seed = random.randint(0, 10**9)
            limit = SIZES[turn % len(SIZES)]
            goal = (*claim.standing, *goals[turn // 2 % len(goals)])
            try:
                found = drawn_under(claim.variables, seed, limit, goal)
                instance = Instance(f"drawn {turn + 1}", next(found).values)
            except NO_VALUE:
                continue
            if turn % 2 == 0:
                instance = steered(goal, instance, random)
            yield Case(instance.changed({}, f"drawn {turn + 1}"), "drawn")

    def _told(self, statement: Statement, random: Random) -> Iterator[Case]:
        """Instances with telling objects, every other one steered to the hypotheses."""
        claim = statement.claim
        if not claim.variables:
            return
        goal = (*claim.standing, *claim.given.values())
        found = drawn_under(claim.variables, random.randint(0, 10**9), max(SIZES), claim.standing)
        for turn in range(1, MANIFOLD * self.count + 1):
            try:
                instance = telling(next(found), random, turn // max(SIZES))
            except NO_VALUE:
                return
            if turn % 2:
                instance = steered(goal, instance, random)
            yield Case(instance.changed({}, f"drawn {self.count + turn}"), "drawn")


def _is_enormous(instance: Instance) -> bool:
    """Whether a number in it has a thousand digits: products of such are written no more."""
    try:
        return bool(ENORMOUS.search(str(instance.description()["values"])))
    except ValueError:  # Python writes no integer of more than 4300 digits
        return True


def _examples(setting: Setting) -> tuple[Any, ...]:
    """The examples of a setting; none where they cannot be made, which its own statements say."""
    try:
        return _made(setting.instances)
    except Exception:  # whatever a user's code raises: other statements are tried all the same
        return ()


@cache
def _made(instances: Callable[[], tuple[Any, ...]]) -> tuple[Any, ...]:
    """The examples, made once in a process, for all pools; a function may also yield them."""
    return tuple(instances())


def _fitted(statement: Statement, setting: Setting, example: Instance) -> tuple[str, Instance]:
    """The example as one of the statement's setting, and a key of what that takes of it.

    What an example has beyond its own setting, such as another point to compare with, is kept.
    """
    wanted, own = set(statement.setting.names), set(map(the, statement.names))
    taken = {str(v.name) for v in own}
    beyond = {
        v
        for v in set(example.values) - set(setting.names)
        if v.sort.free <= wanted and (v in own or str(v.name) not in taken)
    }
    values = {v: x for v, x in example.values.items() if v in wanted}
    more = {v: x for v, x in example.values.items() if v in beyond}
    return Instance(example.name, values).key, Instance(example.name, {**values, **more})


def decided(evaluation: Evaluation, formula: Term) -> Verdict:
    """The verdict without its data; a formula that is too deep is not decided."""
    try:
        found = evaluation.decide(formula)
    except RecursionError:
        return undecided(DEEP)
    return Verdict(found.outcome, found.evidence, found.reason)


def _bounds(statement: Statement) -> list[Term]:
    """The hypotheses and standing assumptions that speak of sizes and indices alone."""
    claim = statement.claim
    formulas = (*claim.standing, *claim.given.values())
    return [f for f in formulas if all(is_index(v) for v in f.free)]


def is_index(v: Term) -> bool:
    """Whether a variable is an integer or gives one for each integer."""
    sort = v.sort
    return sort in (INT, NAT) or (sort.head == "fun" and sort.args[1] in (INT, NAT))


def completions(
    base: Instance,
    names: Sequence[Term],
    bounds: Sequence[Term],
    random: Random,
    setting: Setting,
    most: int = COMPLETED,
) -> list[Instance]:
    """The instance with values of further names: integers from -2 to one beyond the largest.

    Those that meet the bounds come first, and one that does not comes last.
    """
    evaluation = Evaluation(base, setting.decisions, BUDGET)
    numbers = [v for v in names if v.sort in (INT, NAT)]
    others = [v for v in names if v.sort not in (INT, NAT)]
    reach = range(LEAST, evaluation.largest + 2)
    ranges = [[k for k in reach if k >= 0 or v.sort is INT] for v in numbers]
    if prod(map(len, ranges)) > LOOKED:
        tuples = [tuple(map(random.choice, ranges)) for _ in range(LOOKED)]
    else:
        tuples = list(product(*ranges))
        random.shuffle(tuples)
    inside: list[dict[Term, Any]] = []
    outside: list[dict[Term, Any]] = []
    for ks in dict.fromkeys(tuples):
        values: dict[Term, Any] = dict(zip(numbers, ks, strict=True))
        evaluation.left = BUDGET.steps
        place = Place(values, evaluation.root)
        known = [f for f in bounds if f.free <= set(values) | set(base.values)]
        ok = all(evaluation.decided(f, place).is_holds for f in known)
        (inside if ok else outside).append(values)
    rounds = 1 if not others else max(1, most // max(1, len(inside)))
    chosen = [v for v in inside for _ in range(rounds)][: most - 1] + outside[:1]
    out = []
    for values in chosen:
        made = _filled(evaluation, values, others, random)
        if made is not None:
            out.append(base.changed(made, f"{base.name}{_at(made)}"))
    return out


def _filled(
    evaluation: Evaluation, values: Mapping[Term, Any], others: Sequence[Term], random: Random
) -> dict[Term, Any] | None:
    made = dict(values)
    for v in others:
        try:
            source = evaluation.source(Place(made, evaluation.root), random, evaluation.largest)
            made[v] = some_object(v.sort, source)
        except NO_VALUE:
            return None
    return made


def _at(values: Mapping[Term, Any]) -> str:
    said = [f"{v} = {x}" for v, x in values.items() if isinstance(x, int)]
    said += [f"{v} = {text(x.term)}" for v, x in values.items() if v.sort.args[-1:] == (FORMULA,)]
    return f", {', '.join(said)}" if said else ""
