"""Status and exit status are computed from findings and open obligations, and from nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from symbolic_landscape.judge.results import (
    Finding,
    MutantsResult,
    StatementResult,
    as_expected,
    exit_status,
    status,
    statuses,
)

CLEAN = StatementResult(
    key="TOY.T1",
    paper="TOY",
    kind="theorem",
    reading="printed",
    evidence="exact",
    seconds=0.0,
    cites=(),
    instances=(),
    controls=(),
    mutants=MutantsResult(0, 0),
    steps=(),
    findings=(),
    expected=(),
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


def test_external_is_assumed_whatever_is_found() -> None:
    assert status(replace(CLEAN, kind="external")) == "assumed"


def test_grounded_needs_every_cited_statement() -> None:
    outer = replace(CLEAN, key="TOY.T2", cites=("TOY.T1", "external:sard"))
    sard = replace(CLEAN, key="external:sard", kind="external")
    assert statuses([CLEAN, outer, sard])[("TOY.T2", "printed")] == "grounded"
    broken = replace(CLEAN, findings=found(("toothless", "statement")))
    assert statuses([broken, outer, sard])[("TOY.T2", "printed")] == "checked"
    assert statuses([outer, sard])[("TOY.T2", "printed")] == "checked"


def test_repaired_reading_leans_on_repaired_ones() -> None:
    printed = replace(CLEAN, findings=found(*REFUTED))
    mended = replace(CLEAN, reading="repaired")
    outer = replace(CLEAN, key="TOY.T2", cites=("TOY.T1",))
    words = statuses([printed, mended, outer, replace(outer, reading="repaired")])
    assert words[("TOY.T2", "printed")] == "checked"
    assert words[("TOY.T2", "repaired")] == "grounded"
