"""Every rule of the package on free objects: none is refuted, and most are met."""

from __future__ import annotations

import pytest

from symbolic_landscape.judge.drawing import Trial, tried
from symbolic_landscape.proofs.rules import RULES

TRIES = 40
"""So many times free objects are drawn for each."""


def trials() -> dict[str, Trial]:
    return {name: tried(rule, tries=TRIES) for name, rule in RULES.items()}


@pytest.mark.slow
def test_no_rule_is_refuted_by_free_objects_and_most_are_met() -> None:
    found = trials()
    assert {name: t.reason for name, t in found.items() if t.refuted} == {}
    assert sum(t.met > 0 for t in found.values()) >= 210
