"""C21, Section 5.1: the loss on the fibres of the last layer."""

from __future__ import annotations

import pytest
from judged_once import DERIVATIONS, result

from symbolic_landscape.judge.statuses import status
from symbolic_landscape.proofs.cooper_2021.section_5.full_rank import C5_9, L5_8
from symbolic_landscape.proofs.cooper_2021.section_5.quadratics import D5_R, P5_7
from symbolic_landscape.proofs.cooper_2021.settings.minima import MINIMA
from symbolic_landscape.statement.lemma import Statement


@pytest.mark.parametrize("statement", [D5_R, P5_7, L5_8, C5_9], ids=lambda s: s.key)
def test_statements_about_fibres_are_derived(statement: Statement) -> None:
    assert DERIVATIONS.is_derived(statement)
    assert not DERIVATIONS.of(statement).surplus


@pytest.mark.parametrize("statement", [L5_8, C5_9], ids=lambda s: s.key)
def test_each_hypothesis_about_full_rank_has_a_near_miss(statement: Statement) -> None:
    found = result(statement, MINIMA)
    assert status(found) == "derived"
    assert {control.premise for control in found.controls} == set(statement.given)
