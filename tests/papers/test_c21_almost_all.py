"""C21, Section 5.2: almost all parameters."""

from __future__ import annotations

import pytest

from symbolic_landscape.judge.check import judge
from symbolic_landscape.judge.derivations import Derivations
from symbolic_landscape.judge.options import Options
from symbolic_landscape.judge.results import StatementResult
from symbolic_landscape.judge.statuses import as_expected, status
from symbolic_landscape.judge.trial import Trials
from symbolic_landscape.proofs.cooper_2021.section_5.almost_all import (
    BIAS,
    NMH18,
    T5_10,
    T5_10_PRINTED,
    T5_11,
    T5_11_PRINTED,
)
from symbolic_landscape.proofs.cooper_2021.settings.almost_all import ALMOST_ALL
from symbolic_landscape.proofs.rules import RULES
from symbolic_landscape.statement.lemma import Statement

DERIVATIONS = Derivations(RULES.values())


def judged(statement: Statement) -> StatementResult:
    options = Options(instances=0)
    trials = Trials((ALMOST_ALL,), (), DERIVATIONS, options)
    return judge(statement, options, DERIVATIONS, trials.tried)


@pytest.mark.parametrize("statement", [BIAS, T5_10, T5_11], ids=lambda s: s.key)
def test_what_survives_rests_on_no_external_statement(statement: Statement) -> None:
    """The independent features of NH17 serve, with columns as samples."""
    assert DERIVATIONS.is_derived(statement)
    assert not DERIVATIONS.of(statement).surplus
    assert DERIVATIONS.assumed(statement) == ("analytic_zero_set",)


def test_the_recalled_limit_is_at_the_other_end() -> None:
    found = judged(T5_10_PRINTED)
    assert as_expected(found)
    assert not any(f.kind == "refuted" for f in found.findings)
    assert status(judged(NMH18)) == "assumed"


def test_a_limit_0_does_not_go_with_a_value_0_at_0() -> None:
    found = judged(T5_11_PRINTED)
    assert status(found) == "inconsistent"
    assert as_expected(found)


def test_equal_samples_few_units_and_linear_ones_are_near_misses() -> None:
    found = {control.premise: control.name for control in judged(BIAS).controls}
    assert found["left"] == "linear, three samples, wide"
    assert {"distinct", "wide"} < set(found)


def test_fewer_units_than_samples_leave_full_rank_a_smaller_rank() -> None:
    """That of the rows: no instance tells whether the width is needed."""
    result = judged(T5_10)
    assert {control.premise for control in result.controls} == {"distinct", "left", "increasing"}
