"""C21, Section 5.3: eigenvalues 0 of the Hessian at critical points."""

from __future__ import annotations

from functools import cache

import pytest

from symbolic_landscape.judge.check import judge
from symbolic_landscape.judge.derivations import Derivations
from symbolic_landscape.judge.evaluation import decide
from symbolic_landscape.judge.options import Options
from symbolic_landscape.judge.results import StatementResult
from symbolic_landscape.judge.statuses import as_expected, status
from symbolic_landscape.judge.trial import Trials
from symbolic_landscape.judge.values import Instance
from symbolic_landscape.proofs.cooper_2021.section_5.levels import T5_17, T5_17_PRINTED
from symbolic_landscape.proofs.cooper_2021.section_5.saddles import (
    R5_OPEN,
    SADDLES,
    SINGLE,
    SOME,
)
from symbolic_landscape.proofs.cooper_2021.section_5.zero_blocks import (
    FORMS,
    INDEX,
    SEMIDEFINITE,
    ZERO_BLOCK,
)
from symbolic_landscape.proofs.cooper_2021.section_5.zero_eigenvalues import (
    C5_16,
    C5_16_PRINTED,
    C5_18,
    C5_18_PRINTED,
    FLATS,
)
from symbolic_landscape.proofs.rules import RULES
from symbolic_landscape.statement.lemma import Statement

DERIVATIONS = Derivations(RULES.values())


@cache
def judged(statement: Statement) -> StatementResult:
    options = Options(instances=0)
    settings = (FORMS, FLATS, SADDLES)
    return judge(statement, options, DERIVATIONS, Trials(settings, (), DERIVATIONS, options).tried)


def counterexample(statement: Statement, where: str) -> str:
    """The name of the instance that refutes this place of a printed reading, as recorded."""
    found = judged(statement)
    assert status(found) == "refuted"
    assert as_expected(found)
    (instance,) = (f.counterexample for f in found.findings if f.where == where)
    assert instance is not None
    return str(instance["name"])


@pytest.mark.parametrize(
    "statement", [T5_17, C5_16, C5_18, SEMIDEFINITE, INDEX], ids=lambda s: s.claim.key
)
def test_what_survives_is_derived(statement: Statement) -> None:
    assert DERIVATIONS.is_derived(statement)
    assert not DERIVATIONS.of(statement).surplus


def test_the_flat_space_needs_no_critical_point() -> None:
    assert DERIVATIONS.is_derived(T5_17_PRINTED)
    assert set(DERIVATIONS.of(T5_17_PRINTED).surplus) == {"wide", "critical"}


def test_a_block_of_zeros_gives_no_zero_eigenvalues() -> None:
    assert counterexample(ZERO_BLOCK, "step zeros") == "a saddle and one of its lines"


def test_a_very_wide_network_has_a_saddle_without_zero_eigenvalues() -> None:
    for where in ("statement", "step zeros"):
        assert counterexample(C5_18_PRINTED, where).startswith("very wide, a")
    saddle = [i for i in judged(C5_18_PRINTED).instances if "isolated saddle" in i.name]
    assert "0 eigenvalues are 0, 4 are asked for" in {i.reason for i in saddle}


def test_the_rank_form_fails_by_the_bias_and_at_saddles() -> None:
    """Two causes: at the second point 1 is a row of the features, so that the bias adds no rank."""
    assert counterexample(C5_16_PRINTED, "statement").startswith("no features, five outputs")
    saddle = counterexample(C5_16_PRINTED, "step zeros")
    assert saddle.startswith("very wide, a saddle with a constant unit")


def test_very_wide_networks_have_isolated_saddles() -> None:
    found = judged(R5_OPEN)
    assert status(found) == "derived"
    met = {i.name: i.verdict for i in found.instances if set(i.facts.values()) == {"holds"}}
    assert {name for name in met if "isolated saddle" in name} == set(met)
    assert set(met.values()) == {"holds"}
    assert len(met) == 2


def test_data_of_a_very_wide_network_are_named_that_have_an_isolated_saddle() -> None:
    found = judged(SOME)
    assert status(found) == "checked"
    assert [i.name for i in found.instances if i.verdict == "holds"] == [
        "very wide, an isolated saddle"
    ]
    assert [s.path for s in DERIVATIONS.of(SOME).steps if s.refused] == ["no zeros"]


@pytest.mark.slow
def test_that_nearly_no_point_is_critical_does_not_say_that_none_is() -> None:
    """At another point of the same data: free symbols for all points decide nothing there."""
    points = dict(SADDLES.instances())
    elsewhere = Instance("elsewhere", points["very wide, a saddle with a constant unit"])
    assert decide(SOME.claim.given["widths"], elsewhere, SADDLES.decisions).is_holds
    assert decide(SOME.claim.then, elsewhere, SADDLES.decisions).is_undecided


def test_with_one_hidden_layer_and_one_output_the_count_holds() -> None:
    found = judged(SINGLE)
    assert status(found) == "checked"
    assert any(c.premise == "one output" for c in found.controls)
