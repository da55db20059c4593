"""Search for counterexamples: generate, decide, shrink to the smallest exact numbers.

Generation and shrinking are those of the Hypothesis library; a found instance is decided again by
the caller. That nothing was found never means that nothing exists.

Functions: decide, sample, shrunk, falsify.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Any

from symbolic_landscape.errors import LandscapeError, UnknownKeyError
from symbolic_landscape.former.lemma import Fact, Instance, Statement
from symbolic_landscape.verdict import Verdict, undecided

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy


@dataclass(frozen=True)
class Found:
    """What a search came back with: the shrunk counterexample or None, and how much was tried.

    `admissible` holds the tried instances that meet every premise, where they were asked for.
    """

    instance: Instance | None
    tried: int
    met: int
    admissible: tuple[Instance, ...] = ()


def decide(fact: Fact, instance: Instance) -> Verdict:
    """The fact's verdict; an error in the statement's own code gives UNDECIDED with its text.

    This is the one place where code of a statement, a user's own included, is kept from
    stopping the judge; the error's text becomes the obligation that stays open.
    """
    try:
        return fact.decide(instance)
    except LandscapeError as error:
        return undecided(f"{fact.name}: {error}")
    except Exception as error:
        return undecided(f"{fact.name} raised {type(error).__name__}: {error}")


def sample(
    strategy: Callable[[], SearchStrategy[Any]], *, examples: int, seed: int
) -> tuple[Instance, ...]:
    """The instances that the strategy generates first; the same for the same seed."""
    drawn: list[Instance] = []

    def condition(instance: Instance) -> bool:
        drawn.append(instance)
        return False

    _smallest(strategy, condition, examples, seed)
    return tuple(drawn)


def shrunk(
    strategy: Callable[[], SearchStrategy[Any]],
    meets: Callable[[Instance], bool],
    refutes: Callable[[Instance], bool],
    *,
    examples: int,
    seed: int,
) -> Found:
    """The smallest generated instance that meets the premises and refutes the conclusion, if any.

    `examples` bounds how many are generated before shrinking.
    """
    tried = met = 0

    def condition(instance: Instance) -> bool:
        nonlocal tried, met
        tried += 1
        if not meets(instance):
            return False
        met += 1
        return refutes(instance)

    return Found(_smallest(strategy, condition, examples, seed), tried, met)


def _smallest(
    strategy: Callable[[], SearchStrategy[Any]],
    condition: Callable[[Instance], bool],
    examples: int,
    seed: int,
) -> Instance | None:
    from hypothesis import HealthCheck, Phase, find, settings
    from hypothesis.errors import NoSuchExample

    from symbolic_landscape.former.generation import BACKEND

    rules = settings(
        backend=BACKEND,
        max_examples=examples,
        database=None,
        deadline=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    try:
        found: Instance = find(strategy(), condition, settings=rules, random=Random(seed))
    except NoSuchExample:
        return None
    return found


def falsify(
    statement: Statement, *, drop: str | None = None, budget: float = 10.0, seed: int = 0
) -> Found:
    """A shrunk counterexample to the statement, with one hypothesis dropped where named.

    With `drop`, the found instance breaks that hypothesis and meets the others. `budget` is in
    seconds: a new batch of examples starts only before it is spent.

    Raises UnknownKeyError when the hypothesis is not one of the statement's, or when the statement
    has no conclusion or no strategy to generate instances from.
    """
    if not budget >= 0:
        message = f"the budget must be a number of seconds from 0 up, got {budget}"
        raise UnknownKeyError(message)
    conclusion = statement.conclusion
    if conclusion is None or statement.strategy is None:
        message = (
            f"{statement.key} must have a conclusion and a strategy to be searched, but lacks one"
        )
        raise UnknownKeyError(message)
    names = [h.name for h in statement.hypotheses]
    if drop is not None and drop not in names:
        message = (
            f"{statement.key} must have a hypothesis {drop!r}, but has {', '.join(names) or 'none'}"
        )
        raise UnknownKeyError(message)
    premises = [h for h in statement.hypotheses if h.name != drop]
    dropped = [h for h in statement.hypotheses if h.name == drop]

    def meets(instance: Instance) -> bool:
        return all(decide(h, instance).is_holds for h in premises) and all(
            decide(h, instance).is_fails for h in dropped
        )

    def refutes(instance: Instance) -> bool:
        return decide(conclusion, instance).is_fails

    last = time.monotonic() + budget
    tried = met = batch = 0
    while True:
        found = shrunk(statement.strategy, meets, refutes, examples=100, seed=seed + batch)
        tried, met, batch = tried + found.tried, met + found.met, batch + 1
        if found.instance is not None or time.monotonic() > last:
            return Found(found.instance, tried, met)
