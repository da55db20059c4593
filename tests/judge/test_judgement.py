"""What the judge makes of the kernel's word and of a trial, for small statements."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from symbolic_landscape.errors import DeclarationError
from symbolic_landscape.judge.check import judge
from symbolic_landscape.judge.derivations import Derivations
from symbolic_landscape.judge.options import Options
from symbolic_landscape.judge.packing import pack, unpack
from symbolic_landscape.judge.results import (
    ControlResult,
    Finding,
    InstanceResult,
    StatementResult,
    Trial,
)
from symbolic_landscape.judge.statuses import status, statuses
from symbolic_landscape.library import run
from symbolic_landscape.library.lemmas import Proofs
from symbolic_landscape.report.errata import errata, errata_data
from symbolic_landscape.statement.language import contradiction, predicate, real
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import by, cite, claimed, have, linear, logic, sampled
from symbolic_landscape.statement.rule import rule
from symbolic_landscape.statement.setting import Setting

x, y = real("x"), real("y")
NUMBERS = Setting("two numbers", (x, y))
tame = predicate("tame")

square_of_positive = rule(x > 0, then=x * x > 0)
tame_is_small = rule(tame(x), then=x < 1, external=True)
RULES = {"square_of_positive": square_of_positive, "tame_is_small": tame_is_small}
for name, one in RULES.items():
    one.name, one.topic = name, "toy"


def lemma(key: str, given: dict[str, Any], then: Any, *proof: Any, **more: Any) -> Statement:
    return Statement(f"TOY.{key}", NUMBERS, given=given, then=then, proof=proof, **more)


def judged(statement: Statement, tried: Any = None) -> StatementResult:
    return judge(statement, Options(), Derivations(RULES.values()), tried)


def kinds(result: StatementResult) -> list[tuple[str, str]]:
    return [(f.kind, f.where) for f in result.findings]


BELOW = lemma("L1", {"small": x < y}, x < y + 1, have("more", x < y + 1, linear, "small"))


def test_a_right_proof_that_was_not_tried_is_checked() -> None:
    result = judged(BELOW)
    assert status(result) == "checked"
    assert not result.tried
    assert result.evidence == "derived"
    (step,) = result.steps
    assert (step.name, step.reason, step.accepted) == ("more", "calculation", True)
    assert (step.premises, step.rests, step.unproved) == (("small",), ("small",), ())
    assert step.gives == "x < y + 1"
    assert unpack(json.loads(json.dumps(pack(result)))) == result


def test_a_claimed_step_is_a_gap_with_a_cause() -> None:
    leap = have("leap", x < 0, claimed("clearly"), "small")
    result = judged(lemma("L2", {"small": x < y}, x < 0, leap))
    assert status(result) == "gap"
    assert kinds(result) == [("unsupported premise", "step leap")]
    assert result.findings[0].cause == "x < y => x < 0"
    assert "'clearly' is the reason given" in result.findings[0].text


def test_a_sampled_step_stays_open_where_nothing_was_tried() -> None:
    result = judged(lemma("L3", {"small": x < y}, x < 0, have("all", x < 0, sampled("a rule"))))
    assert status(result) == "undecided"
    assert result.steps_sampled == 1
    assert result.derivation.surplus == ("small",)


def test_a_citation_without_its_hypothesis_is_not_discharged() -> None:
    other = lemma("L4", {"far": x < y - 1}, x < y + 1, have("more", x < y + 1, cite(BELOW)))
    result = judged(other)
    assert kinds(result)[0] == ("hypothesis not discharged", "step more")
    assert "needs small: x < y" in result.steps[0].refused_because


def test_a_citation_names_the_facts_that_discharge_it() -> None:
    first = have("near", x < y, linear, "far")
    other = lemma("L5", {"far": x < y - 1}, x < y + 1, first, have("more", x < y + 1, cite(BELOW)))
    result = judged(other)
    assert result.steps[1].premises == ("near",)
    assert result.steps[1].cites == ("TOY.L1", "printed")
    assert result.cites == (("TOY.L1", "printed"),)


def test_hypotheses_that_contradict_each_other_are_found() -> None:
    absurd = have("absurd", contradiction, linear, "below", "above")
    result = judged(
        lemma(
            "L6",
            {"below": x < y, "above": y < x},
            x == 7,
            absurd,
            have("all", x == 7, logic, "absurd"),
        )
    )
    assert status(result) == "inconsistent"
    assert "step absurd" in result.findings[0].text
    assert "above, below" in result.findings[0].text


def test_to_say_that_hypotheses_contradict_each_other_is_no_finding() -> None:
    absurd = have("absurd", contradiction, linear, "below", "above")
    result = judged(lemma("L7", {"below": x < y, "above": y < x}, contradiction, absurd))
    assert result.findings == ()
    assert status(result) == "checked"


def test_surplus_is_explained_by_the_statement_that_does_without() -> None:
    whole = have("more", x < y + 1, cite(BELOW))
    result = judged(lemma("L8", {"small": x < y, "positive": x > 0}, x < y + 1, whole))
    assert result.derivation.surplus == ("positive",)
    assert result.derivation.explained == ("TOY.L1", "printed")
    assert kinds(result) == [("surplus hypothesis", "statement")]


def test_external_rules_and_opaque_predicates_are_named() -> None:
    small = have("small", x < 1, by(tame_is_small), "tame")
    result = judged(lemma("L9", {"tame": tame(x)}, x < 1, small))
    assert result.derivation.assumed == result.derivation.rules == ("tame_is_small",)
    assert result.derivation.opaque == ("tame",)


def test_a_lemma_without_a_proof_is_a_gap_and_a_remark_is_open() -> None:
    assert kinds(judged(lemma("L10", {}, x < 1))) == [("unsupported premise", "statement")]
    assert status(judged(lemma("R1", {}, x < 1, kind="remark"))) == "undecided"


def test_a_proof_of_something_else_is_a_gap() -> None:
    result = judged(lemma("L11", {"small": x < y}, x < y, have("more", x < y + 1, linear, "small")))
    assert kinds(result)[0] == ("unsupported premise", "statement")
    assert result.derivation.refused


def test_an_external_theorem_is_assumed_and_may_be_cited() -> None:
    outside = Statement(
        "external:toy", NUMBERS, given={"small": x < y}, then=x < 0, kind="external"
    )
    result = judged(outside)
    assert status(result) == "assumed"
    citing = lemma("L12", {"small": x < y}, x < 0, have("all", x < 0, cite(outside)))
    assert judged(citing).derivation.derived
    words = statuses([replace(judged(citing), tried=True), result])
    assert words["TOY.L12", "printed"] == "derived"


def test_refusals_are_in_formulas() -> None:
    wrong = have("square", x * x > 0, by(square_of_positive, x=x), "small")
    result = judged(lemma("L13", {"small": x < y}, x * x > 0, wrong))
    assert result.steps[0].refused_because == "square_of_positive needs 0 < x, got x < y"


# ---- with a trial --------------------------------------------------------------------------------
HOLDS = InstanceResult("one", "holds", "exact", 0.0, facts={"small": "holds"})
TRIAL = Trial(
    evidence="exact",
    instances=(HOLDS,),
    steps={"more": {"tried": ("holds", "on 1 instance")}},
    controls=(ControlResult("small", "equal", "the pool"),),
    without_control=(),
    blind_spots=("always x < 0",),
    findings=(),
    open_obligations=(),
)


def test_derived_and_tried_is_derived() -> None:
    result = judged(BELOW, lambda *_: TRIAL)
    assert status(result) == "derived"
    assert result.evidence == "derived"
    assert result.instances == (HOLDS,)
    assert result.blind_spots == ("always x < 0",)
    assert result.steps[0].answers == {"tried": ("holds", "on 1 instance")}


def test_sampled_and_tried_is_checked_on_that_evidence() -> None:
    hollow = lemma("L14", {"small": x < y}, x < 0, have("all", x < 0, sampled("a rule"), "small"))
    result = judged(hollow, lambda *_: TRIAL)
    assert status(result) == "checked"
    assert result.evidence == "exact"
    assert result.open_obligations == ()


def test_a_leap_that_an_instance_refutes_is_an_invalid_inference_alone() -> None:
    shown = Finding("invalid inference", "step leap", "x = 1, y = 2", {"x": 1}, "the pool")
    leap = have("leap", x < 0, claimed("clearly"), "small")
    result = judged(
        lemma("L15", {"small": x < y}, x < 0, leap), lambda *_: replace(TRIAL, findings=(shown,))
    )
    assert kinds(result) == [("invalid inference", "step leap")]
    assert result.steps[0].findings == (shown,)


def test_a_derived_step_that_an_instance_refutes_never_passes() -> None:
    alarm = Finding("invalid inference", "step more", "a rule is wrong", {"x": 1}, "the pool")
    result = judged(BELOW, lambda *_: replace(TRIAL, findings=(alarm,)))
    assert status(result) == "gap"


# ---- among others --------------------------------------------------------------------------------
def checked(*statements: Statement) -> run.CheckReport:
    return run.check(Proofs(statements), [s.key for s in statements])


def test_one_cause_is_one_erratum() -> None:
    leap = have("leap", x < 0, claimed("clearly"), "small")
    first, second = (lemma(key, {"small": x < y}, x < 0, leap) for key in ("L16", "L17"))
    other = lemma(
        "L18", {"near": x < y + 1}, x < 0, have("leap", x < 0, claimed("clearly"), "near")
    )
    rows = errata(checked(first, second, other), Proofs((first, second, other)))
    assert [(row.key, row.consequences) for row in rows] == [
        ("TOY.L16", ("TOY.L17",)),
        ("TOY.L18", ()),
    ]
    data = errata_data(rows)
    assert data["findings"][0]["id"] == "TOY.L16/refuted/statement"
    assert rows[0].also == ("invalid inference, step leap",)
    assert data["findings"][0]["cause"] == "x < y => x < 0"


def test_what_is_cited_is_judged_first_whatever_the_order() -> None:
    last = lemma("L19", {"small": x < y}, x < y + 1, have("more", x < y + 1, cite(BELOW)))
    report = run.check(Proofs((last, BELOW)), ["TOY.L19"])
    assert [r.key for r in report.results] == ["TOY.L19", "TOY.L1"]
    assert all(r.derivation.derived for r in report.results)


@pytest.mark.slow
def test_workers_say_the_same() -> None:
    last = lemma("L19", {"small": x < y}, x < y + 1, have("more", x < y + 1, cite(BELOW)))
    proofs = Proofs((last, BELOW))
    one, two = (run.check(proofs, ["TOY.L19"], jobs=jobs) for jobs in (1, 2))
    assert [replace(r, seconds=0) for r in one.results] == [
        replace(r, seconds=0) for r in two.results
    ]


def test_another_reading_is_taken_where_it_is_cited() -> None:
    repaired = lemma("L20", {"small": x < y}, x < y + 1, *BELOW.proof, reading="repaired")
    printed = lemma(
        "L20", {"small": x < y}, x < y, have("same", x < y, claimed("clearly")), repaired=repaired
    )
    last = lemma("L21", {"small": x < y}, x < y + 1, have("more", x < y + 1, cite(repaired)))
    wanted = run.plan(Proofs((printed, last)), ["TOY.L21"], reading="printed")
    assert [(s.key, s.reading) for s in wanted] == [("TOY.L20", "repaired"), ("TOY.L21", "printed")]


def test_a_citation_of_another_object_with_the_same_key_is_refused() -> None:
    twin = lemma("L1", {"small": x < y}, x < y + 1, *BELOW.proof)
    last = lemma("L22", {"small": x < y}, x < y + 1, have("more", x < y + 1, cite(twin)))
    with pytest.raises(DeclarationError, match="another statement with the key"):
        Proofs((BELOW, last))
