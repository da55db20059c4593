"""Changed derivations: what the kernel still accepts is tried on random data, and is not refuted.

Hypotheses that are reported as surplus are left out when the conclusion is tried, so that a
hypothesis used silently would show, too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from random import Random
from typing import Any

import pytest
from accepted_derivations import SEEDS
from derivation_changes import spelled_out, variant
from direct_values import Unsettled, refuted
from random_terms import random_values
from small_derivations import BOOK, judged

from symbolic_landscape.judge.kernel import Kernel, Scope
from symbolic_landscape.judge.matching import completed
from symbolic_landscape.statement.lemma import Claim
from symbolic_landscape.statement.step import Step

FEW, MANY = 10, 80_000
"""Changes of each derivation in the fast suite; of all of them in the slow one."""

TRIES = 30


def tried(chance: Random, claim: Claim, surplus: tuple[str, ...]) -> str:
    """Data that refute the claim, or nothing."""
    given = [*claim.standing, *(f for name, f in claim.given.items() if name not in surplus)]
    for _ in range(TRIES):
        try:
            values = random_values(chance, claim.variables)
        except Unsettled:  # a variable of a negative size
            return ""
        if refuted(given, claim.then, values):
            return f"{given} do not give {claim.then} at {values}"
    return ""


def whole(claim: Claim) -> Claim:
    """The derivation with all that completion adds to its steps, such as places of equals."""
    known: dict[Step, Step] = {}

    def complete(step: Step, scope: Scope) -> Step:
        known[step] = completed(step, scope)
        return known[step]

    assert Kernel(BOOK.values(), {}, complete).check(claim).derived
    return spelled_out(claim, known)


WHOLE = {name: whole(c) for name, c in SEEDS.items()}
KNOWN: dict[Any, tuple[bool, tuple[str, ...]]] = {}
"""What the kernel says of the claims judged so far, those with completion apart."""


def plain(value: Any) -> Any:
    """Claims and steps as nested tuples of terms and words, which can be compared."""
    if is_dataclass(value):
        return type(value), *(plain(getattr(value, field.name)) for field in fields(value))
    if isinstance(value, Mapping):
        return tuple((name, plain(part)) for name, part in value.items())
    return tuple(map(plain, value)) if isinstance(value, tuple) else value


def verdict(claim: Claim, completes: bool) -> tuple[bool, tuple[str, ...]]:
    """Whether the claim is derived, and its surplus; judged once, however often it is drawn."""
    key = completes, plain(claim)
    if key not in KNOWN:
        d = judged(claim) if completes else Kernel(BOOK.values(), {}).check(claim)
        KNOWN[key] = d.derived, d.surplus
    return KNOWN[key]


def outcome(chance: Random, name: str) -> str:
    """What became of one random change of a derivation; AssertionError where it is refuted."""
    completes = chance.random() < 0.6
    seed = SEEDS[name] if completes else WHOLE[name]
    claim = variant(chance, seed)
    if claim is None:
        return "not well-sorted"
    derived, surplus = verdict(claim, completes)
    if not derived:
        return "refused"
    same = (claim.given, claim.standing, claim.then) == (seed.given, seed.standing, seed.then)
    if same and not surplus:
        return "the same"
    found = tried(chance, claim, surplus)
    assert not found, f"{found}, by {claim.proof}"
    return "accepted"


@pytest.mark.parametrize("name", SEEDS)
def test_changed_derivation_is_refused_or_holds(name: str) -> None:
    chance = Random(name)
    counts = Counter(outcome(chance, name) for _ in range(FEW))
    assert counts.total() == FEW


@pytest.mark.slow
@pytest.mark.parametrize("part", range(20))
def test_many_changed_derivations_are_refused_or_hold(part: int) -> None:
    chance = Random(part)
    counts = Counter(outcome(chance, chance.choice(list(SEEDS))) for _ in range(MANY // 20))
    assert counts["refused"] > counts["accepted"] > 0
