"""PS21 as printed: the loss along the straight path, and the lemma that Theorem 5 names."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from fractions import Fraction
from functools import cache

import pytest
from former_proofs import former_proofs
from sabotage import Variant, refused, sabotaged, variant

from symbolic_landscape.arithmetic import equal
from symbolic_landscape.former.check import Options, judge
from symbolic_landscape.former.lemma import Statement, fact
from symbolic_landscape.judge.results import StatementResult
from symbolic_landscape.judge.statuses import as_expected, found, status, statuses
from symbolic_landscape.proofs.common.externals import EXTERNAL_ANALYTIC_ZERO_SET
from symbolic_landscape.proofs.petzka_sminchisescu_2021.former.paths import OutputPath, squared_norm
from symbolic_landscape.proofs.petzka_sminchisescu_2021.former.section_3 import (
    PS21_T5,
    loss_falls_to_zero,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.former.section_6_later_layers import (
    PS21_L20,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.former.section_6_lifting import PS21_L19
from symbolic_landscape.proofs.petzka_sminchisescu_2021.former.section_6_line import (
    PS21_I_LINE,
    error_shrinks_linearly,
    loss_shrinks_linearly,
    loss_shrinks_quadratically,
    path_is_straight,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.former.section_6_wide_layer import (
    PS21_L16,
    PS21_L17,
    PS21_L18,
    generic_parameters_are_near,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.former.setting import (
    SHALLOW,
    ZERO_WEIGHTS,
    wide_layer_spans,
)
from symbolic_landscape.verdict import Verdict

STATEMENTS = tuple(
    statement for statement in former_proofs().statements if statement.paper == "PS21"
)
KNOWN = (EXTERNAL_ANALYTIC_ZERO_SET, *STATEMENTS)
READINGS = tuple(reading for statement in STATEMENTS for reading in statement.readings)


@cache
def judged(statement: Statement, instances: int = 25, seed: int = 0) -> StatementResult:
    return judge(statement, Options(instances=instances, seed=seed), KNOWN)


def named(reading: Statement) -> str:
    return f"{reading.key}-{reading.reading}"


# --- the loss along the straight path -----


def test_the_straight_path_is_written_as_printed() -> None:
    assert PS21_I_LINE.hypotheses == (path_is_straight,)
    assert PS21_I_LINE.conclusion is loss_shrinks_linearly
    assert loss_shrinks_linearly.formula.endswith(r"= (1 - t) \|\mathbf{y} - \mathbf{z}\|_2^2")


@pytest.mark.parametrize("seed", range(3))
def test_the_printed_loss_is_refuted_by_one_sample(seed: int) -> None:
    result = judged(PS21_I_LINE, seed=seed)
    assert status(result) == "refuted"
    (refuted,) = (f for f in result.findings if f.kind == "refuted")
    assert refuted.where == "statement"
    assert "search" in refuted.how_found
    assert refuted.counterexample == {
        "name": "",
        "predictions": [0],
        "targets": [1],
        "progress": [0, 1],
    }
    assert "t^2 - 2*t + 1 differs from -t + 1" in refuted.text
    assert ("invalid inference", "step take_the_squared_norm") in found(result)
    assert as_expected(result)


def test_the_counterexample_by_hand() -> None:
    path = OutputPath(predictions=(0,), targets=(1,))
    loss = squared_norm(path.outputs - path.y)
    assert loss == (1 - path.t) ** 2
    assert loss != 1 - path.t
    assert loss_shrinks_linearly.decide(path).is_fails
    assert loss_shrinks_quadratically.decide(path).is_holds


def test_the_loss_with_the_square_is_an_identity() -> None:
    result = judged(PS21_I_LINE.repaired_reading)
    assert status(result) == "checked"
    assert result.evidence == "identity"
    assert result.mutants.killed == result.mutants.total >= 8


# --- Theorem 5 -----


def test_theorem_5_is_miscited_and_the_graph_says_by_whom() -> None:
    result = judged(PS21_T5)
    assert status(result) == "gap"
    (finding,) = (f for f in result.findings if f.kind == "miscited")
    assert finding.where == "step find_a_start_by_lemma_17"
    assert finding.how_found == "proof graph"
    assert generic_parameters_are_near.claim in finding.text
    assert "concluded by PS21.L16" in finding.text
    assert "cites PS21.L17" in finding.text
    assert as_expected(result)


def test_lemma_17_does_not_even_apply_at_zero_weights() -> None:
    result = judged(PS21_T5, instances=0)
    (finding,) = (f for f in result.findings if f.kind == "hypothesis not discharged")
    assert finding.where == "step find_a_start_by_lemma_17"
    assert finding.counterexample["name"] == ZERO_WEIGHTS.name
    assert "PS21.L17 needs wide_layer_spans" in finding.text
    assert wide_layer_spans.decide(ZERO_WEIGHTS).is_fails
    assert wide_layer_spans.decide(SHALLOW).is_holds


def test_the_printed_proof_of_theorem_5_leans_on_the_false_display() -> None:
    result = judged(PS21_T5, instances=0)
    wrong = [f for f in result.findings if f.kind == "invalid inference"]
    assert {f.where for f in wrong} == {"step go_straight_to_the_targets"}
    assert all("the cited conclusion loss_shrinks_linearly" in f.text for f in wrong)


def test_theorem_5_itself_holds_on_every_instance() -> None:
    result = judged(PS21_T5)
    assert {i.verdict for i in result.instances} == {"holds"}
    assert "refuted" not in {kind for kind, _ in found(result)}


@pytest.mark.slow
def test_theorem_5_citing_lemma_16_is_checked() -> None:
    results = [judged(reading) for reading in READINGS]
    results.append(judged(EXTERNAL_ANALYTIC_ZERO_SET))
    assert statuses(results)[("PS21.T5", "repaired")] == "checked"
    repaired = PS21_T5.repaired_reading
    assert [cited.key for cited in repaired.cites] == ["PS21.L16", "PS21.L20", "PS21.I.line"]


def test_the_miscitation_goes_with_the_citation_alone() -> None:
    first, *rest = PS21_T5.steps
    right = dataclasses.replace(first, cites=PS21_L16, via=lambda s: s)
    changed = variant(PS21_T5, [right, *rest])
    assert "miscited" not in {kind for kind, _ in found(judged(changed))}


# --- the lemmas -----


@pytest.mark.parametrize("lemma", [PS21_L16, PS21_L17, PS21_L18, PS21_L19], ids=named)
def test_the_lemmas_before_lemma_20_are_checked(lemma: Statement) -> None:
    result = judged(lemma)
    assert found(result) == ()
    assert status(result) == "checked"
    assert result.searched > 0


def test_lemma_20_forgets_that_the_wide_layer_may_be_the_last_hidden_one() -> None:
    result = judged(PS21_L20)
    assert status(result) == "gap"
    (finding,) = (f for f in result.findings if f.kind == "hypothesis not discharged")
    assert finding.where == "step carry_through_the_later_layers"
    assert finding.counterexample["network"]["widths"] == [1, 3, 1]
    assert finding.counterexample["parameters"]["weights"][-1] == [["0", "0", "0"]]
    assert as_expected(result)
    assert status(judged(PS21_L20.repaired_reading)) == "checked"


# --- sabotage -----


@fact(r"f_\Gamma(t) - y = (1 + t)(z - y)")
def error_grows(s: OutputPath) -> Verdict:
    """The error along the path is 1 + t times the error at its start."""
    return equal(s.outputs - s.y, (s.z - s.y).scale(1 + s.t)).giving(error=s.outputs - s.y)


def _wrong_yield() -> Variant:
    first, second = PS21_I_LINE.repaired_reading.steps
    steps = [
        dataclasses.replace(first, gives=error_grows),
        dataclasses.replace(
            second,
            premises=(error_grows,),
            controls={error_grows: second.controls[error_shrinks_linearly]},
        ),
    ]
    return variant(PS21_I_LINE.repaired_reading, steps)


def _citing(step: int, cited: Statement) -> Callable[[], Variant]:
    def made() -> Variant:
        steps = list(PS21_T5.repaired_reading.steps)
        steps[step] = dataclasses.replace(steps[step], cites=cited)
        return variant(PS21_T5.repaired_reading, steps)

    return made


def _no_radius_needed() -> Variant:
    hypotheses = tuple(h for h in PS21_L16.hypotheses if h.name != "radius_is_positive")
    controls = {h: c for h, c in PS21_L16.controls.items() if h in hypotheses}
    return variant(PS21_L16, PS21_L16.steps, hypotheses=hypotheses, controls=controls)


def _lemma_19_without_rank() -> Variant:
    hypotheses = tuple(h for h in PS21_L19.hypotheses if h.name != "next_weights_have_full_rank")
    controls = {h: c for h, c in PS21_L19.controls.items() if h in hypotheses}
    return variant(PS21_L19, PS21_L19.steps, hypotheses=hypotheses, controls=controls)


def _line_with_the_printed_conclusion() -> Variant:
    repaired = PS21_I_LINE.repaired_reading
    return variant(repaired, repaired.steps, conclusion=loss_shrinks_linearly)


def _control_that_is_straight() -> Variant:
    repaired = PS21_I_LINE.repaired_reading
    straight = OutputPath(name="straight", predictions=(0,), targets=(Fraction(1, 2),))
    return variant(repaired, repaired.steps, controls={path_is_straight: straight})


WRONG: dict[str, Callable[[], Variant]] = {
    "error grows": _wrong_yield,
    "start by Lemma 17": _citing(0, PS21_L17),
    "start by Lemma 18": _citing(0, PS21_L18),
    "path by Lemma 19": _citing(1, PS21_L19),
    "loss by Lemma 20": _citing(2, PS21_L20),
    "Lemma 16 without a radius": _no_radius_needed,
    "Lemma 19 without full rank": _lemma_19_without_rank,
    "printed loss with the repaired proof": _line_with_the_printed_conclusion,
    "control that breaks nothing": _control_that_is_straight,
}


@pytest.mark.slow
@pytest.mark.parametrize("name", WRONG)
def test_wrong_variant_should_fail(name: str) -> None:
    assert refused(WRONG[name](), Options(), KNOWN)


CHECKED = tuple(r for r in READINGS if not r.expected)


def survivors(right: Statement, step: int, instances: int) -> list[str]:
    variants = list(sabotaged(right, (PS21_L18, PS21_I_LINE)))[::step]
    options = Options(instances=instances)
    assert status(judge(right, options, KNOWN)) == "checked"
    return [name for name, wrong in variants if not refused(wrong, options, KNOWN)]


@pytest.mark.parametrize("right", CHECKED[:1], ids=named)
def test_a_sample_of_wrong_variants_made_by_rule_should_fail(right: Statement) -> None:
    assert survivors(right, step=15, instances=10) == []


@pytest.mark.slow
@pytest.mark.parametrize("right", CHECKED, ids=named)
def test_wrong_variants_made_by_rule_should_fail(right: Statement) -> None:
    assert survivors(right, step=1, instances=10) == []


def test_the_exponent_one_falls_to_zero_too() -> None:
    assert loss_falls_to_zero(SHALLOW, 1).is_holds
    assert loss_falls_to_zero(SHALLOW, 0).is_fails
