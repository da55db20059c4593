"""Changed derivations: what the kernel still accepts is tried on random data, and is not refuted.

Hypotheses that are reported as surplus are left out when the conclusion is tried, so that a
hypothesis used silently would show, too.
"""

from __future__ import annotations

from collections import Counter
from random import Random

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


def outcome(chance: Random, name: str) -> str:
    """What became of one random change of a derivation; AssertionError where it is refuted."""
    completes = chance.random() < 0.6
    seed = SEEDS[name] if completes else WHOLE[name]
    claim = variant(chance, seed)
    if claim is None:
        return "not well-sorted"
    d = judged(claim) if completes else Kernel(BOOK.values(), {}).check(claim)
    if not d.derived:
        return "refused"
    same = (claim.given, claim.standing, claim.then) == (seed.given, seed.standing, seed.then)
    if same and not d.surplus:
        return "the same"
    found = tried(chance, claim, d.surplus)
    assert not found, f"{found}, by {[(s.path, s.step.reason, s.formula) for s in d.steps]}"
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
