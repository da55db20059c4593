"""PS21 as printed: the loss along the straight path, and the lemma that Theorem 5 names."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from judged_once import DERIVATIONS

from symbolic_landscape.judge.results import Finding, StatementResult
from symbolic_landscape.judge.statuses import status
from symbolic_landscape.library.run import CheckReport
from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_3.descent import T5, T5_PRINTED
from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_6.generic import L16, L16_PRINTED
from symbolic_landscape.statement.lemma import Statement

Checked = Callable[..., CheckReport]


def finding(result: StatementResult, kind: str) -> Finding:
    (found,) = (f for f in result.findings if f.kind == kind)
    return found


@pytest.mark.parametrize("seed", range(3))
def test_the_printed_loss_is_refuted_by_one_sample_half_way(checked: Checked, seed: int) -> None:
    result = checked("PS21.I.line", seed=seed).result("PS21.I.line")
    assert status(result) == "refuted"
    refuted = finding(result, "refuted")
    assert "1/4 differs from 1/2" in refuted.text
    assert refuted.counterexample is not None
    assert refuted.counterexample["values"]["t"] == "1/2"
    assert "the kernel" in finding(result, "unsupported premise").how_found


def test_the_loss_with_the_square_is_derived(checked: Checked) -> None:
    assert status(checked("PS21.I.line").result("PS21.I.line", "repaired")) == "derived"


def refusals(statement: Statement) -> dict[str, str]:
    return {s.path: s.refused for s in DERIVATIONS.of(statement).steps if s.refused}


@pytest.mark.slow
def test_theorem_5_cites_a_lemma_that_needs_what_it_is_to_give() -> None:
    refused = refusals(T5_PRINTED)
    assert set(refused) == {"start"}
    assert "PS21.L17 needs span" in refused["start"]
    assert DERIVATIONS.is_derived(T5)


def test_theorem_5_holds_where_0_lies_apart_from_the_image_and_n_units_are_wide() -> None:
    assert "zero" in T5_PRINTED.given
    assert "zero" not in T5.given


@pytest.mark.slow
def test_lemma_16_cites_what_is_said_of_features_and_ones() -> None:
    refused = refusals(L16_PRINTED)
    assert set(refused) == {"somewhere near"}
    assert "NH17.C4.5 gives" in refused["somewhere near"]
    assert DERIVATIONS.is_derived(L16)


@pytest.mark.slow
def test_lemma_20_forgets_that_the_wide_layer_may_be_the_last_hidden_one(checked: Checked) -> None:
    result = checked("PS21.L20").result("PS21.L20")
    assert status(result) == "gap"
    refused = {f.where for f in result.findings if f.kind == "unsupported premise"}
    assert refused == {"step last hidden", "step rank"}
    shown = finding(result, "invalid inference")
    assert shown.where == "step rank"
    assert "output weights zero" in shown.text
    assert status(checked("PS21.L20").result("PS21.L20", "repaired")) == "derived"
