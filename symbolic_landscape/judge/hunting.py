"""The search for counterexamples and near misses: the pool first, then drawn and changed instances.

Objects: Found. Functions: near_miss, falsified, hunted.

Design notes. Beside fresh draws, instances that meet the hypotheses are changed in one place: a
point of a network that is drawn blindly meets almost nothing. Half of all are steered. That nothing
is found shows nothing.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count, islice
from random import Random
from typing import Any

from symbolic_landscape.judge.drawing import drawn_under
from symbolic_landscape.judge.evaluation import NO_VALUE, Evaluation
from symbolic_landscape.judge.objects import some_object
from symbolic_landscape.judge.places import Place
from symbolic_landscape.judge.pool import BUDGET, SIZES, Case, Pool, is_index
from symbolic_landscape.judge.rows import Row, row_of
from symbolic_landscape.judge.shrinking import length, shrunk
from symbolic_landscape.judge.steering import steered
from symbolic_landscape.judge.values import Family, Instance
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.term import Term, num, substitute

TRIES = 60
"""So many instances are looked at for a near miss that the pool does not have."""

AIMED = 0.5
"""How often a changed instance is changed where the dropped hypothesis looks."""

SEARCHING = 0.8
"""The share of the seconds of a search that may pass before the first counterexample."""


@dataclass(frozen=True)
class Found:
    """What a search came back with: the shortest instance or None, and how much was looked at.

    `met` counts the instances of the wanted kind of which the conclusion was decided; `how` says
    where the instance comes from.
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
    statement: Statement, found: Sequence[Row], pool: Pool, name: str, seed: int = 0
) -> Found:
    """The shortest instance that breaks this hypothesis alone and refutes the conclusion.

    The rows of the pool come first; only where it has none, others are drawn.
    """
    fits = wanted(name)
    row = _shortest(filter(fits, found))
    if row is not None:
        return Found(row, origin(row), len(found), _decided(found, name))
    tried, met = len(found), _decided(found, name)
    for other in islice(hunted(statement, found, pool, name, seed), TRIES):
        tried += 1
        met += _decided([other] if other is not None else [], name)
        if other is not None and fits(other):
            return Found(other, origin(other), tried, met)
    return Found(None, "", tried, met)


def falsified(
    statement: Statement,
    found: Sequence[Row],
    pool: Pool,
    drop: str | None = None,
    budget: float = 10.0,
    seed: int = 0,
) -> Found:
    """A counterexample, as short as is found within the seconds of the budget.

    With `drop`, it breaks that hypothesis and meets the others.
    """
    fits, start = wanted(drop), time.monotonic()
    tried, met = len(found), _decided(found, drop)
    row = _shortest(filter(fits, found))
    for other in hunted(statement, found, pool, drop, seed):
        if row is not None or time.monotonic() > start + SEARCHING * budget:
            break
        tried += 1
        met += _decided([other] if other is not None else [], drop)
        row = other if other is not None and fits(other) else None
    if row is None:
        return Found(None, "", tried, met)

    def again(instance: Instance) -> Row | None:
        made = row_of(statement, Case(instance, "drawn"), pool)
        return made if made is not None and fits(made) else None

    best, looked = shrunk(row, again, start + budget)
    if best is row:
        return Found(row, origin(row), tried, met)
    short = replace(best.case.instance, name=f"{row.case.instance.name}, shortened")
    best = replace(best, case=replace(best.case, instance=short))
    return Found(best, origin(row), tried, met, looked)


def origin(row: Row) -> str:
    """How an instance was found, in words."""
    if row.case.origin == "drawn":
        return "found by search"
    return f"known, from the setting '{row.case.setting}'"


def _shortest(found: Iterable[Row]) -> Row | None:
    return min(found, key=lambda row: length(row.case.instance), default=None)


def _decided(found: Iterable[Row], drop: str | None) -> int:
    """How many rows are of the kind that is looked for, whatever the conclusion is."""
    return sum(row.met if drop is None else row.misses == drop for row in found)


# ---- drawing -------------------------------------------------------------------------------------
def hunted(
    statement: Statement, found: Sequence[Row], pool: Pool, drop: str | None, seed: int
) -> Iterator[Row | None]:
    """Rows of instances beyond the pool, without end; None where a standing assumption fails."""
    claim = statement.claim
    random = Random(f"hunt {seed} {claim.key} {drop}")
    goal = (*claim.standing, *(f for name, f in claim.given.items() if name != drop))
    near = [row.case.instance for row in found if row.met or row.misses]
    aimed = claim.given[drop].free if drop is not None else frozenset()
    draws = {s: drawn_under(claim.variables, random.randint(0, 10**9), s, goal) for s in SIZES}
    if not claim.variables:
        return
    for turn in count():
        instance = None
        if not near or turn % 2:
            instance = _next(draws[SIZES[turn // 2 % len(SIZES)]], f"searched {turn + 1}")
        if instance is None and near:
            instance = _changed(random.choice(near), aimed, random)
        if instance is None:
            return
        if turn % 4 < 2:
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
