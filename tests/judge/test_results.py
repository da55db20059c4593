"""Status and exit status are computed from findings and open obligations, and from nothing else."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from symbolic_landscape.judge.packing import pack, unpack
from symbolic_landscape.judge.results import (
    AttackResult,
    DerivationResult,
    Finding,
    StatementResult,
    StepResult,
    Tally,
)
from symbolic_landscape.judge.statuses import (
    as_expected,
    assumed,
    exit_status,
    lacking,
    status,
    statuses,
)
from symbolic_landscape.report.tried import pool_lines

CLEAN = StatementResult(
    key="TOY.T1", paper="TOY", kind="theorem", reading="printed", evidence="exact", seconds=0.0
)


def found(*pairs: tuple[str, str]) -> tuple[Finding, ...]:
    return tuple(Finding(kind, where, "text") for kind, where in pairs)


@pytest.mark.parametrize(
    ("findings", "open_obligations", "word", "code"),
    [
        ((), (), "checked", 0),
        ((("surplus hypothesis", "statement"),), (), "checked", 0),
        ((), ("open",), "undecided", 3),
        ((("invalid inference", "step a"),), ("open",), "gap", 1),
        ((("toothless", "statement"),), (), "gap", 1),
        ((("vacuous", "instance a"),), (), "gap", 1),
        ((("vacuous", "statement"),), (), "vacuous", 1),
        ((("inconsistent", "regime wide"),), (), "inconsistent", 1),
        ((("vacuous", "statement"), ("refuted", "statement")), ("open",), "refuted", 1),
    ],
)
def test_status(findings, open_obligations, word, code) -> None:
    result = replace(CLEAN, findings=found(*findings), open_obligations=open_obligations)
    assert status(result) == word
    assert exit_status([CLEAN, result]) == code


def test_what_is_taken_over_may_stay_open_on_instances() -> None:
    external = replace(CLEAN, kind="external", open_obligations=("the predicate null",))
    assert status(external) == "assumed"
    assert exit_status([CLEAN, external]) == 0
    assert exit_status([CLEAN, replace(external, judged=False)]) == 3


REFUTED = (("refuted", "statement"),)


@pytest.mark.parametrize(
    ("findings", "expected", "open_obligations", "same", "code"),
    [
        (REFUTED, REFUTED, (), True, 0),
        (REFUTED, REFUTED, ("open",), True, 3),
        ((), REFUTED, (), False, 1),
        ((), REFUTED, ("ran out of time",), False, 3),
        ((*REFUTED, ("toothless", "statement")), REFUTED, (), False, 1),
        (REFUTED, (), (), False, 1),
    ],
)
def test_recorded_findings_are_compared(findings, expected, open_obligations, same, code) -> None:
    result = replace(
        CLEAN, findings=found(*findings), expected=expected, open_obligations=open_obligations
    )
    assert as_expected(result) is same
    assert exit_status([result]) == code


def test_external_is_assumed_unless_something_speaks_against_it() -> None:
    outside = replace(CLEAN, kind="external", steps=())
    assert status(outside) == "assumed"
    assert status(replace(outside, findings=found(*REFUTED))) == "refuted"


STEPS = tuple(StepResult(name, (), "1 = 1", "rule", accepted=True) for name in "abc")
WHOLE = replace(CLEAN, steps=STEPS, derivation=DerivationResult(derived=True))
SARD = replace(CLEAN, key="external:sard", kind="external")


def test_derived_needs_every_step() -> None:
    assert status(WHOLE) == "derived"
    assert (WHOLE.steps_derived, WHOLE.steps_sampled) == (3, 0)
    sampled = replace(STEPS[0], reason="sampled", accepted=False)
    hollow = replace(WHOLE, steps=(sampled, *STEPS[1:]))
    assert status(hollow) == "checked"
    assert (hollow.steps_derived, hollow.steps_sampled) == (2, 1)
    assert lacking(hollow) == ("1 of its 3 steps is not",)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"tried": False}, "it was not tried on instances"),
        ({"steps": ()}, "it has no proof"),
        ({"derivation": DerivationResult(refused="c gives 1 = 2")}, "c gives 1 = 2"),
        ({"derivation": DerivationResult(surplus=("a", "b"))}, "its proof does not use a, b"),
        (
            {"derivation": DerivationResult(surplus=("a",), surplus_parts=("i = L of 'b'",))},
            "its proof does not use a, i = L of 'b'",
        ),
    ],
)
def test_derived_needs_a_trial_and_no_surplus(changes: dict[str, Any], words: str) -> None:
    result = replace(WHOLE, **changes)
    assert status(result) == "checked"
    assert lacking(result) == (words,)


def test_surplus_is_explained_by_a_stronger_statement_that_is_derived() -> None:
    stronger = replace(WHOLE, key="TOY.T0")
    surplus = DerivationResult(derived=True, surplus=("a",), explained=stronger.node)
    weaker = replace(WHOLE, derivation=surplus, cites=(stronger.node,))
    assert statuses([weaker, stronger])[weaker.node] == "derived"
    assert statuses([weaker, replace(stronger, tried=False)])[weaker.node] == "checked"


def test_derived_needs_every_cited_statement() -> None:
    outer = replace(WHOLE, key="TOY.T2", cites=(WHOLE.node, SARD.node))
    assert statuses([WHOLE, outer, SARD])[outer.node] == "derived"
    assert assumed(outer, {r.node: r for r in (WHOLE, outer, SARD)}) == ("external:sard",)
    broken = replace(WHOLE, findings=found(("toothless", "statement")))
    assert statuses([broken, outer, SARD])[outer.node] == "checked"
    assert statuses([outer, SARD])[outer.node] == "checked"


def test_a_citation_means_the_reading_that_it_names() -> None:
    printed = replace(WHOLE, findings=found(*REFUTED))
    mended = replace(WHOLE, reading="repaired")
    outer = replace(WHOLE, key="TOY.T2", cites=(printed.node,))
    better = replace(outer, reading="repaired", cites=(mended.node,))
    words = statuses([printed, mended, outer, better])
    assert words["TOY.T2", "printed"] == "checked"
    assert words["TOY.T2", "repaired"] == "derived"


def test_a_circle_derives_nothing() -> None:
    one = replace(WHOLE, cites=(("TOY.T2", "printed"),))
    other = replace(WHOLE, key="TOY.T2", cites=(WHOLE.node,))
    assert set(statuses([one, other]).values()) == {"checked"}


@pytest.mark.parametrize(
    ("record", "same"),
    [(("refuted", ""), True), (("refuted", "statement"), True), (("refuted", "step a"), False)],
)
def test_a_record_without_a_place_means_any(record: tuple[str, str], same: bool) -> None:
    assert as_expected(replace(CLEAN, findings=found(*REFUTED), expected=(record,))) is same


def test_a_result_is_carried_whole() -> None:
    step = replace(STEPS[0], cites=SARD.node, answers={"tried": ("holds", "on 3")}, uses=("<a",))
    rich = replace(
        WHOLE,
        steps=(step,),
        cites=(SARD.node,),
        derivation=DerivationResult(rules=("r",), surplus=("a",), explained=SARD.node),
        attack=AttackResult(3, 2, ("premise removed",)),
        blind_spots=("always one sample",),
        findings=found(*REFUTED),
    )
    assert unpack(json.loads(json.dumps(pack(rich)))) == rich


def test_the_numbers_of_instances_add_up() -> None:
    tally = Tally(given=5, drawn=7, met=12, conclusion={"undecided": 10})
    said = "\n".join(pool_lines(tally, (), {}, 0))
    assert "is undecided on 10, is not asked on 2 more" in said
    whole = replace(tally, conclusion={"holds": 2, "undecided": 10})
    assert "not asked" not in "\n".join(pool_lines(whole, (), {}, 0))
