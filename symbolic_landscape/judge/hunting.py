"""The search for counterexamples and near misses: the pool first, then drawn and changed instances.

Objects: Found, Stretch. Functions: near_miss, falsified, stretch, hunted, by_length.

Design notes. Beside fresh draws, instances that meet the hypotheses are changed in one place: a
point of a network that is drawn blindly meets almost nothing. Half of all are steered. That nothing
is found shows nothing.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, count, islice, takewhile
from random import Random
from typing import Any

from symbolic_landscape.judge.drawing import drawn_under
from symbolic_landscape.judge.evaluation import NO_VALUE, Evaluation
from symbolic_landscape.judge.objects import some_object
from symbolic_landscape.judge.places import Place
from symbolic_landscape.judge.pool import BUDGET, SIZES, Case, Pool, is_index
from symbolic_landscape.judge.rows import Row, row_of
from symbolic_landscape.judge.shrinking import is_empty, length, shrunk
from symbolic_landscape.judge.steering import steered
from symbolic_landscape.judge.values import Family, Instance
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.term import Term, num, substitute

TRIES = 40
"""So many instances are looked at for a near miss that the pool does not have."""

AIMED = 0.5
"""How often a changed instance is changed where the dropped hypothesis looks."""

SEARCHING = 0.8
"""The share of the seconds of a search that may pass before the first counterexample."""


STRETCH = 40
"""So many instances are one stretch of a search."""


@dataclass(frozen=True)
class Stretch:
    """How many instances a stretch looked at, how many were of the wanted kind, where it fits.

    `empty` is the place of the first one that fits and has an empty matrix.
    """

    tried: int
    met: int
    place: int | None = None
    empty: int | None = None


Stretches = Callable[[float], Iterable[Stretch]]
"""The stretches of a search in their order, up to a moment of the monotonic clock."""


@dataclass(frozen=True)
class Found:
    """What a search came back with: a row or None, and how much was looked at.

    `met` counts the instances of the wanted kind, whatever the conclusion is there; `how` says
    where the instance comes from, and `shortened` counts what was looked at to shorten it.
    """

    row: Row | None
    how: str = ""
    tried: int = 0
    met: int = 0
    shortened: int = 0


def wanted(drop: str | None) -> Callable[[Row], bool]:
    """Whether a row meets the hypotheses and refutes the conclusion; without one that it breaks."""
    if drop is None:
        return lambda row: row.met and row.refuted
    return lambda row: row.misses == drop and row.refuted


def near_miss(
    statement: Statement, found: Iterable[Row], pool: Pool, name: str, tries: int = TRIES
) -> Found:
    """An instance that breaks this hypothesis alone and refutes the conclusion.

    It is the first of the known rows; only where these have none, so many others are drawn. One
    with an empty matrix is taken where nothing else is found.
    """
    known: list[Row] = []
    search = _Search(wanted(name), lambda row: row.misses == name)
    if not search.through(_kept(found, known)):
        search.through(islice(hunted(statement, known, pool, name, 0), tries))
    return search.found()


def falsified(
    statement: Statement,
    found: Iterable[Row],
    pool: Pool,
    drop: str | None = None,
    budget: float = 10.0,
    seed: int = 0,
    stretches: Stretches | None = None,
) -> Found:
    """A counterexample, as short as is found within the seconds of the budget.

    With `drop`, it breaks that hypothesis and meets the others. `stretches` are those of `stretch`
    for the same search, where others look at them.
    """
    fits, known = wanted(drop), list[Row]()
    search = _Search(fits, lambda row: row.met if drop is None else row.misses == drop)
    first = search.through(_kept(found, known))
    start = time.monotonic()
    if not first:
        if stretches is None:
            where = (statement, known, pool, drop, seed)
            stretches = lambda end: (stretch(*where, turn, end) for turn in count())  # noqa: E731
        parts = stretches(start + SEARCHING * budget)
        for turn, one in enumerate(takewhile(lambda one: one.tried, parts)):
            more = hunted(statement, known, pool, drop, seed, turn)
            if search.on(one, more):
                break
    there = search.found()
    if there.row is None:
        return there

    def again(instance: Instance) -> Row | None:
        made = row_of(statement, Case(instance, "drawn"), pool)
        return made if made is not None and fits(made) else None

    best, looked = shrunk(there.row, again, start + budget)
    if best is there.row:
        return there
    short = replace(best.case.instance, name=f"{there.row.case.instance.name}, shortened")
    best = replace(best, case=replace(best.case, instance=short))
    return replace(there, row=best, shortened=looked)


def stretch(
    statement: Statement,
    known: Sequence[Row],
    pool: Pool,
    drop: str | None,
    seed: int,
    turn: int,
    end: float,
) -> Stretch:
    """One stretch of a search beyond the known rows; it ends early at `end` of the clock."""
    search = _Search(wanted(drop), lambda row: row.met if drop is None else row.misses == drop)
    empty = None
    for place, row in enumerate(islice(hunted(statement, known, pool, drop, seed, turn), STRETCH)):
        if time.monotonic() >= end:
            break
        if search.through((row,)):
            return Stretch(search.tried, search.admitted, place, empty)
        if empty is None and search.row is not None:
            empty = place
    return Stretch(search.tried, search.admitted, None, empty)


@dataclass
class _Search:
    """What is looked for, and what was found so far."""

    fits: Callable[[Row], bool]
    met: Callable[[Row], bool]
    row: Row | None = None
    tried: int = 0
    admitted: int = 0

    def through(self, found: Iterable[Row | None]) -> bool:
        """Whether a row that fits and has no empty matrix is among these; ends at the first one."""
        for row in found:
            self.tried += 1
            if row is None:
                continue
            self.admitted += self.met(row)
            if self.fits(row) and (self.row is None or not is_empty(row.case.instance)):
                self.row = row
                if not is_empty(row.case.instance):
                    return True
        return False

    def on(self, one: Stretch, rows: Iterator[Row | None]) -> bool:
        """Whether a stretch, whose rows these are, has one that fits and has no empty matrix."""
        self.tried += one.tried
        self.admitted += one.met
        place = one.place if one.place is not None or self.row else one.empty
        if place is not None:
            self.row = next(islice(rows, place, None))
        return one.place is not None

    def found(self) -> Found:
        """What came of it."""
        how = "" if self.row is None else origin(self.row)
        return Found(self.row, how, self.tried, self.admitted)


def _kept(found: Iterable[Row], known: list[Row]) -> Iterator[Row]:
    """The rows, which are put down as they pass."""
    for row in found:
        known.append(row)
        yield row


def origin(row: Row) -> str:
    """How an instance was found, in words."""
    if row.case.origin == "drawn":
        return "found by search"
    return f"known, from the setting '{row.case.setting}'"


def by_length(statement: Statement, pool: Pool) -> Iterator[Row]:
    """The rows of the given instances in the order of their lengths, then those of drawn ones.

    Each is decided when it is asked for, so the long ones cost nothing where a short one will do.
    """
    given, cases = list[Case](), pool.cases(statement)
    others: Iterable[Case] = cases
    for case in cases:
        if case.origin == "drawn":
            others = chain((case,), cases)
            break
        given.append(case)
    given.sort(key=lambda case: length(case.instance))
    for case in chain(given, others):
        row = row_of(statement, case, pool)
        if row is not None:
            yield row


# ---- drawing -------------------------------------------------------------------------------------
def hunted(
    statement: Statement,
    found: Sequence[Row],
    pool: Pool,
    drop: str | None,
    seed: int,
    turn: int = 0,
) -> Iterator[Row | None]:
    """Rows of instances beyond the pool, without end; None where a standing assumption fails."""
    claim = statement.claim
    random = Random(f"hunt {seed} {claim.key} {drop}" + f" {turn}" * bool(turn))
    goal = (*claim.standing, *(f for name, f in claim.given.items() if name != drop))
    near = [row.case.instance for row in found if row.met or row.misses]
    aimed = claim.given[drop].free if drop is not None else frozenset()
    draws = {s: drawn_under(claim.variables, random.randint(0, 10**9), s, goal) for s in SIZES}
    if not claim.variables:
        return
    for number in count():
        instance = None
        if not near or number % 2:
            instance = _next(draws[SIZES[number // 2 % len(SIZES)]], f"searched {number + 1}")
        if instance is None and near:
            instance = _changed(random.choice(near), aimed, random)
        if instance is None:
            return
        if number % 4 < 2:
            instance = steered(goal, instance, random)
        yield row_of(statement, Case(instance, "drawn"), pool)


def _next(draws: Iterator[Instance], name: str) -> Instance | None:
    try:
        return next((Instance(name, drawn.values) for drawn in draws), None)
    except NO_VALUE:
        return None


def _changed(instance: Instance, aimed: frozenset[Term], random: Random) -> Instance:
    """The instance with the same sizes and another value in one place, where one is drawn.

    Half of the time the place is among the variables that are `aimed` at.
    """
    evaluation = Evaluation(instance, None, BUDGET)
    free = [v for v in instance.values if not is_index(v)]
    if not free:
        return instance
    first = [v for v in free if v in aimed]
    v = random.choice(first if first and random.random() < AIMED else free)
    x = instance.values[v]
    name = f"{instance.name}, changed"
    try:
        if isinstance(x, Family) and x.items:
            index, sort = v.sort.args
            k, _ = random.choice(x.items)
            member = _drawn(substitute(sort, {index: num(k)}), evaluation, random)
            return instance.changed({v: x.changed(k, member)}, name)
        return instance.changed({v: _drawn(v.sort, evaluation, random)}, name)
    except NO_VALUE:
        return instance


def _drawn(sort: Term, evaluation: Evaluation, random: Random) -> Any:
    place = Place({}, evaluation.root)
    return some_object(sort, evaluation.source(place, random, evaluation.largest))
