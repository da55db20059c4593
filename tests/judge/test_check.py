"""The judge on statements about integers: each obligation passes and each can fail."""

from __future__ import annotations

import dataclasses

import pytest
from numbers_toy import (
    at_least_two,
    at_most_one,
    crashes,
    even,
    judged,
    kinds,
    number,
    open_question,
    square_above_double,
    square_at_least_double,
    square_at_least_four,
    statement,
    with_step,
)

from symbolic_landscape.arithmetic import at_most
from symbolic_landscape.former.lemma import Regime, Statement
from symbolic_landscape.judge.packing import pack, unpack
from symbolic_landscape.judge.results import to_data
from symbolic_landscape.judge.statuses import as_expected, exit_status, status, statuses
from symbolic_landscape.verdict import Verdict


def test_right_statement_is_checked() -> None:
    result = judged(with_step(statement()))
    assert status(result) == "checked"
    assert kinds(result) == ()
    assert result.evidence == "exact"
    assert result.searched > 0
    assert result.mutants.killed == result.mutants.total > 0
    step = result.steps[0]
    assert tuple(word for word, _ in step.answers.values()) == (
        "holds",
        "none",
        "holds",
        "holds",
        "holds",
    )


def test_wrong_conclusion_should_fail_with_the_smallest_number() -> None:
    result = judged(with_step(statement(conclusion=square_above_double, instances=(number(9),))))
    assert status(result) == "refuted"
    (refuted,) = (f for f in result.findings if f.kind == "refuted")
    assert refuted.counterexample == {"n": 2, "name": ""}
    assert "search" in refuted.how_found
    assert ("invalid inference", "step multiply") in kinds(result)


def test_refuted_by_a_curated_instance_without_any_search() -> None:
    result = judged(with_step(statement(conclusion=square_above_double)), instances=0)
    (refuted,) = (f for f in result.findings if f.kind == "refuted")
    assert refuted.counterexample == {"n": 2, "name": "n = 2"}
    assert refuted.how_found == "curated instance n = 2"


def test_instance_that_breaks_a_hypothesis_should_fail() -> None:
    result = judged(with_step(statement(instances=(number(2), number(1)))))
    assert ("vacuous", "instance n = 1") in kinds(result)
    assert status(result) == "gap"


def test_no_instance_at_all_is_vacuous() -> None:
    made = statement(hypotheses=(at_least_two, even, at_most_one), instances=(), controls={})
    ground_free = statement(
        hypotheses=(even,), instances=(number(3),), controls={even: number(3)}, strategy=None
    )
    assert ("inconsistent", "statement") in kinds(judged(with_step(made)))
    assert ("vacuous", "statement") in kinds(judged(with_step(ground_free)))


def test_inconsistent_hypotheses_come_with_the_core_alone() -> None:
    made = statement(hypotheses=(even, at_least_two, at_most_one), instances=(), controls={})
    result = judged(with_step(made))
    (finding,) = (f for f in result.findings if f.kind == "inconsistent")
    assert "at_least_two, at_most_one contradict" in finding.text
    assert "even" not in finding.text


def test_regime_without_an_instance_is_reported() -> None:
    negative = Regime("n < 0", lambda s: at_most(s.n, -1), {"n < 0": lambda v: v.n <= -1})
    large = Regime("n >= 3", lambda s: at_most(3, s.n))
    result = judged(with_step(statement(regimes=(negative, large))))
    assert kinds(result) == (("inconsistent", "regime n < 0"),)


def test_a_false_law_shows_nothing_and_is_left_open() -> None:
    """Without it, 7 <= n <= 9 with this law would be called inconsistent."""
    laws = {"n >= 12": lambda v: v.n >= 12, "small": lambda v: v.n <= 1}
    forged = Regime("n >= 12", lambda s: at_most(12, s.n), laws)
    result = judged(with_step(statement(regimes=(forged,))))
    assert kinds(result) == (("vacuous", "regime n >= 12"),)
    (left,) = (one for one in result.open_obligations if "'small'" in one)
    assert "is declared, but is wrong at" in left


def test_a_false_constraint_of_a_hypothesis_shows_nothing() -> None:
    forged = dataclasses.replace(even, ground=lambda v: v.n >= 100)
    made = statement(
        hypotheses=(forged, at_most_one), instances=(number(7),), controls={}, strategy=None
    )
    made = dataclasses.replace(made, controls={at_most_one: number(4)})
    result = judged(with_step(made))
    assert "inconsistent" not in {kind for kind, _ in kinds(result)}
    assert any("wrong at" in one for one in result.open_obligations)


@pytest.mark.parametrize("control", [2, 0], ids=["keeps the hypothesis", "keeps the conclusion"])
def test_control_that_is_no_near_miss_should_fail(control: int) -> None:
    result = judged(with_step(statement(controls={at_least_two: number(control)})))
    assert ("toothless", "control of at_least_two") in kinds(result)
    assert not result.controls[0].bites


def test_control_that_breaks_two_hypotheses_should_fail() -> None:
    made = statement(
        hypotheses=(at_least_two, even),
        instances=(number(2),),
        controls={at_least_two: number(1), even: number(3)},
    )
    result = judged(with_step(made))
    where = {w for k, w in kinds(result) if k == "toothless"}
    assert {"control of at_least_two", "control of even"} <= where


def test_hypothesis_without_control_or_words_should_fail() -> None:
    missing = judged(
        with_step(statement(controls={}), no_control={at_least_two: "shown elsewhere"})
    )
    assert ("toothless", "control of at_least_two") in kinds(missing)
    worded = judged(
        with_step(
            statement(controls={}, no_control={at_least_two: "none is smaller"}),
            no_control={at_least_two: "none is smaller"},
        )
    )
    assert kinds(worded) == ()
    assert worded.without_control == (("at_least_two", "none is smaller"),)


def test_surviving_mutant_should_fail() -> None:
    result = judged(with_step(statement(instances=(number(3),))), instances=0)
    assert result.mutants.survivors == ("square_at_least_double: strict",)
    assert ("toothless", "statement") in kinds(result)


def test_theorem_without_a_step_should_fail() -> None:
    assert ("unsupported premise", "statement") in kinds(judged(statement()))


def test_premise_from_nowhere_should_fail() -> None:
    made = with_step(statement(), premises=(at_least_two, even), no_control={even: "-"})
    assert ("unsupported premise", "step multiply") in kinds(judged(made))


def test_unused_hypothesis_is_a_notice_and_no_gap() -> None:
    made = statement(
        hypotheses=(at_least_two, even),
        instances=(number(2), number(4)),
        no_control={even: "the conclusion does not need it"},
        controls={at_least_two: number(0)},
        conclusion=square_at_least_four,
    )
    result = judged(with_step(made, premises=(at_least_two,), controls={at_least_two: number(0)}))
    assert [(f.kind, f.where) for f in result.findings] == [("surplus hypothesis", "statement")]
    assert status(result) != "gap"


def test_undecided_is_no_pass() -> None:
    made = statement(conclusion=open_question, controls={}, no_control={at_least_two: "open"})
    result = judged(with_step(made, controls={}, no_control={at_least_two: "open"}))
    assert status(result) == "undecided"
    assert exit_status([result]) == 3
    assert any("nothing decides it" in text for text in result.open_obligations)


def test_error_in_the_code_of_a_fact_is_an_open_obligation() -> None:
    result = judged(with_step(statement(conclusion=crashes)))
    assert any("ZeroDivisionError" in text for text in result.open_obligations)
    assert exit_status([result]) != 0


def test_reasoning_that_does_not_reach_the_fact_should_fail() -> None:
    made = statement()

    @made.step(
        premises=(at_least_two,),
        gives=square_at_least_double,
        controls={at_least_two: number(1)},
    )
    def cube(s, large: Verdict) -> Verdict:
        """The cube is at most the double, which is not so."""
        return at_most(s.n**3, 2 * s.n)

    assert ("invalid inference", "step cube") in kinds(judged(made))


def _cited(**changes) -> Statement:
    return with_step(
        statement(
            key="TOY.L0",
            kind="lemma",
            conclusion=square_at_least_four,
            controls={at_least_two: number(0)},
            **changes,
        )
    )


def _citing(cited: Statement, via=lambda s: s, premise=square_at_least_four) -> Statement:
    made = statement()

    @made.step(
        premises=(at_least_two, premise),
        gives=square_at_least_double,
        cites=cited,
        via=via,
        controls={at_least_two: number(1)},
        no_control={premise: "it is implied"},
        tried_on=(number(4),),
    )
    def lean(s, large: Verdict, four: Verdict) -> Verdict:
        """Lean on the cited lemma."""
        return at_most(2 * s.n, s.n**2)

    return made


def test_citation_is_discharged_on_the_mapped_instance() -> None:
    cited = _cited()
    made = _citing(cited)
    result = judged(made, cited)
    # n = 1 keeps neither premise, so that it is no near miss for the one it is listed under
    assert kinds(result) == (("toothless", "step lean"),)
    assert result.steps[0].answers["discharged"][0] == "holds"
    both = [judged(cited), result]
    assert statuses(both)[("TOY.L0", "printed")] == "checked"


def test_citation_with_a_failing_hypothesis_should_fail() -> None:
    cited = _cited()
    result = judged(_citing(cited, via=lambda s: number(-s.n)), cited)
    assert ("hypothesis not discharged", "step lean") in kinds(result)


def test_citing_the_wrong_lemma_is_named() -> None:
    right = _cited()
    wrong = with_step(
        statement(key="TOY.L9", conclusion=square_at_least_double, instances=(number(2),))
    )
    made = _citing(wrong, premise=square_at_least_four)
    result = judged(made, right, wrong)
    (finding,) = (f for f in result.findings if f.kind == "miscited")
    assert finding.where == "step lean"
    assert "TOY.L0" in finding.text
    assert "TOY.L9" in finding.text


def test_repaired_reading_takes_over_the_steps() -> None:
    made = with_step(
        statement(
            conclusion=square_above_double,
            expected=(
                ("refuted", "statement"),
                ("invalid inference", "step multiply"),
                ("toothless", "statement"),  # the printed bound is nowhere attained
            ),
        )
    )
    repaired = made.repair(
        claim="n >= 2 implies n^2 >= 2n",
        minimal="one more is too much at n = 2",
        conclusion=square_at_least_double,
        without=("multiply",),
    )
    with_step(repaired)
    printed, mended = judged(made), judged(repaired)
    assert as_expected(printed)
    assert status(mended) == "checked"
    assert exit_status([printed, mended]) == 0


def test_recorded_findings_never_set_a_status() -> None:
    made = with_step(statement(expected=(("refuted", "statement"),)))
    result = judged(made)
    assert status(result) == "checked"
    assert exit_status([result]) == 1


def test_results_survive_packing_and_depend_on_nothing_but_the_seconds() -> None:
    made = with_step(statement(conclusion=square_above_double))
    first, second = judged(made), judged(made)
    assert unpack(pack(first)) == first

    def content(result):
        data = to_data(result, status(result))
        return {
            **data,
            "seconds": 0,
            "instances": [{**i, "seconds": 0} for i in data["instances"]],
        }

    assert content(first) == content(second)
