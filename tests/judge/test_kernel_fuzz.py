"""Changed derivations: what the kernel still accepts is tried on random data, and is not refuted.

Hypotheses that are reported as surplus are left out when the conclusion is tried, so that a
hypothesis used silently would show, too.
"""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest
from accepted_derivations import SEEDS
from derivation_changes import variant
from direct_values import Unsettled, refuted
from random_terms import random_values
from small_derivations import judged

from symbolic_landscape.statement.lemma import Claim

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


def outcome(chance: Random, seed: Claim) -> str:
    """What became of one random change of a derivation; AssertionError where it is refuted."""
    claim = variant(chance, seed)
    if claim is None:
        return "not well-sorted"
    d = judged(claim)
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
    counts = Counter(outcome(chance, SEEDS[name]) for _ in range(FEW))
    assert counts["refused"] > 0


@pytest.mark.slow
@pytest.mark.parametrize("part", range(20))
def test_many_changed_derivations_are_refused_or_hold(part: int) -> None:
    chance = Random(part)
    seeds = list(SEEDS.values())
    counts = Counter(outcome(chance, chance.choice(seeds)) for _ in range(MANY // 20))
    assert counts["refused"] > counts["accepted"] > 0
