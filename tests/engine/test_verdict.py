"""Verdicts: three values, and no truth value."""

from __future__ import annotations

import pytest

from symbolic_landscape.arithmetic import at_most, equal
from symbolic_landscape.verdict import (
    Evidence,
    Outcome,
    all_of,
    fails,
    for_all,
    holds,
    negation,
    undecided,
)

YES = holds(Evidence.EXACT, "yes", a=1)
NO = fails(Evidence.EXACT, "no", b=2)
BALL = holds(Evidence.ENCLOSED, "ball")
OPEN = undecided("open")


def test_verdict_has_no_truth_value() -> None:
    with pytest.raises(TypeError, match="no truth value"):
        assert YES


@pytest.mark.parametrize("make", [holds, fails])
def test_numeric_evidence_never_decides(make) -> None:
    verdict = make(Evidence.NUMERIC, "looks like it")
    assert verdict.is_undecided
    assert verdict.reason == "supported numerically only: looks like it"


@pytest.mark.parametrize(
    ("parts", "outcome", "evidence"),
    [
        ({"p": YES, "q": BALL}, Outcome.HOLDS, Evidence.ENCLOSED),
        ({"p": YES, "q": NO}, Outcome.FAILS, Evidence.EXACT),
        ({"p": OPEN, "q": NO}, Outcome.FAILS, Evidence.EXACT),
        ({"p": YES, "q": OPEN}, Outcome.UNDECIDED, Evidence.NUMERIC),
        ({}, Outcome.HOLDS, Evidence.EXACT),
    ],
)
def test_all_of(parts, outcome, evidence) -> None:
    verdict = all_of(**parts)
    assert (verdict.outcome, verdict.evidence) == (outcome, evidence)


def test_negation_swaps_and_keeps_the_open() -> None:
    assert negation(YES).is_fails
    assert negation(NO).is_holds
    assert negation(OPEN).is_undecided


def test_data_is_merged_and_cannot_be_changed() -> None:
    verdict = all_of(p=YES, q=NO)
    assert dict(verdict.data) == {"a": 1, "b": 2}
    with pytest.raises(TypeError):
        verdict.data["a"] = 3  # type: ignore[index]


def test_for_all_fails_where_one_item_does() -> None:
    assert for_all((1, 2, 3), lambda n: equal(n, n), "number").is_holds
    verdict = for_all((1, 2, 3), lambda n: at_most(n, 2), "number")
    assert verdict.is_fails
    assert verdict.reason.startswith("number 3: ")


def test_for_all_over_nothing_says_so() -> None:
    verdict = for_all((), lambda n: equal(n, n), "number")
    assert (verdict.outcome, verdict.reason) == (Outcome.HOLDS, "there is no number")
