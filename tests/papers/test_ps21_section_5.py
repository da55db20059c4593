"""PS21, section 5: embedded minima are derived; what the printed theorems leave out is shown."""

from __future__ import annotations

import pytest
from judged_once import DERIVATIONS

from symbolic_landscape.judge.evaluation import decide
from symbolic_landscape.judge.values import Instance
from symbolic_landscape.proofs.petzka_sminchisescu_2021.appendix_a.block_forms import LA1, PART_B
from symbolic_landscape.proofs.petzka_sminchisescu_2021.appendix_a.exponential_sums import LA2
from symbolic_landscape.proofs.petzka_sminchisescu_2021.appendix_a.loss_split import (
    I_A2,
    R10,
    R10_PRINTED,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_5.block_hessian import (
    L12,
    L12_PRINTED,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_5.criteria import (
    REM_SADDLE,
    REM_SADDLE_PRINTED,
    T8,
    T8_PRINTED,
    T9,
    T9_PRINTED,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_5.critical_points import T7
from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_5.degenerate_minima import R11
from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_5.embedding import I_GAMMA
from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_5.flat_directions import P15
from symbolic_landscape.proofs.petzka_sminchisescu_2021.settings.units import UNIT
from symbolic_landscape.statement.lemma import Statement

DERIVED = (I_GAMMA, T7, L12, T8, T9, REM_SADDLE, R11, P15, LA1, PART_B, LA2, I_A2, R10)
EXAMPLES = {name: Instance(name, values) for name, values in UNIT.instances()}


@pytest.mark.parametrize("statement", DERIVED, ids=lambda s: s.key)
def test_the_kernel_accepts_every_step_and_no_hypothesis_is_left_over(statement: Statement) -> None:
    derivation = DERIVATIONS.of(statement)
    assert {s.path: s.refused for s in derivation.steps if s.refused} == {}
    assert DERIVATIONS.is_derived(statement)
    assert derivation.surplus == ()


def test_lemma_12_does_not_need_a_critical_point() -> None:
    assert DERIVATIONS.of(L12_PRINTED).surplus == ("critical",)


@pytest.mark.parametrize(
    ("statement", "steps"),
    [
        (T8_PRINTED, {"definite", "right sign"}),
        (T9_PRINTED, {"definite"}),
        (REM_SADDLE_PRINTED, {"saddle"}),
        (R10_PRINTED, {"derivative"}),
    ],
    ids=lambda x: getattr(x, "key", ""),
)
def test_the_kernel_refuses_what_the_printed_proofs_take_for_granted(
    statement: Statement, steps: set[str]
) -> None:
    refused = {s.path for s in DERIVATIONS.of(statement).steps if s.refused}
    assert refused == steps


def meets(statement: Statement, name: str) -> bool:
    example = EXAMPLES[name]
    formulas = (*statement.claim.standing, *statement.claim.given.values())
    return all(decide(f, example).is_holds for f in formulas)


@pytest.mark.parametrize(
    ("statement", "name"),
    [
        (T8_PRINTED, "minimum, B positive without the bias"),
        (REM_SADDLE_PRINTED, "no biases, lambda 0"),
    ],
    ids=lambda x: getattr(x, "key", ""),
)
def test_examples_meet_the_printed_hypotheses_and_not_the_conclusion(
    statement: Statement, name: str
) -> None:
    assert meets(statement, name)
    assert decide(statement.claim.then, EXAMPLES[name]).is_fails


@pytest.mark.parametrize(
    ("name", "stays"),
    [
        ("minimum, B positive definite", True),
        ("minimum, B positive definite, lambda outside", False),
        ("minimum, B negative definite", False),
        ("minimum, B negative definite, lambda outside", True),
        ("minimum, B positive without the bias", False),
    ],
)
def test_embedded_minima_stay_minima_where_b_has_the_right_sign(name: str, stays: bool) -> None:
    hypotheses = [decide(f, EXAMPLES[name]) for f in T8.claim.given.values()]
    assert all(v.is_holds for v in hypotheses) == stays
    verdict = decide(T8.claim.then, EXAMPLES[name])
    assert verdict.is_holds if stays else verdict.is_fails


def test_an_isolated_minimum_may_have_the_hessian_0() -> None:
    germ = EXAMPLES["fourth power"]
    given = T9_PRINTED.claim.given
    assert decide(given["isolated"], germ).is_holds
    assert decide(T9.claim.given["nondegenerate"], germ).is_fails
