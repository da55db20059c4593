"""PS21, Theorem 4, Definition 1, Figure 1 and the definitions: what is derived, and what is not."""

from __future__ import annotations

from typing import Any

import pytest

from symbolic_landscape.judge.derivations import Derivations
from symbolic_landscape.judge.evaluation import Evaluation
from symbolic_landscape.judge.values import Instance
from symbolic_landscape.library.lemmas import Proofs
from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_3.at_infinity import (
    T4,
    T4_PRINTED,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_3.attraction import (
    D1_PRINTED,
    REGION,
    attracting_,
    minima_,
    non_attracting_,
    regions,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.settings.infinity import (
    INFINITY,
    higher_,
    minimum_,
    with_means,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.settings.networks import W, b
from symbolic_landscape.proofs.rules import RULES
from symbolic_landscape.statement.language import the
from symbolic_landscape.verdict import Verdict

DERIVATIONS = Derivations(RULES.values())
DERIVED = (
    "PS21.T4.remainder", "PS21.T4.analytic", "PS21.T4.bound", "PS21.T4.signs", "PS21.T4.cross",
    "PS21.T4.linear", "PS21.T4.above", "PS21.T4.better", "PS21.T4.chosen", "PS21.D.path.joined",
    "PS21.D.path", "PS21.F1.down", "PS21.F1", "PS21.F1.all", "PS21.F1.attracting",
    "PS21.D1.neither", "PS21.D.A",
    "PS21.D.net", "PS21.D.nact", "PS21.D.act", "PS21.C3.steps", "PS21.T9.parts", "PS21.D.inf.unit",
    "PS21.D.inf.squares", "PS21.D.inf.limit", "PS21.T9.germ.least", "PS21.T9.germ.lower",
)  # fmt: skip
REPAIRED = ("PS21.T4", "PS21.D.inf", "PS21.D1", "PS21.Rem5.5", "PS21.Rem.NH17")


@pytest.mark.parametrize("key", DERIVED)
def test_as_printed_it_is_derived(key: str) -> None:
    assert DERIVATIONS.is_derived(Proofs.load(keys=[key])[key].printed)


@pytest.mark.parametrize("key", REPAIRED)
def test_the_printed_reading_is_refused_and_the_repaired_one_derived(key: str) -> None:
    lemma = Proofs.load(keys=[key])[key]
    assert not DERIVATIONS.is_derived(lemma.printed)
    assert lemma.repaired is not None
    assert DERIVATIONS.is_derived(lemma.repaired)


def test_theorem_4_cites_a_lemma_for_two_rows_where_there_may_be_one() -> None:
    refused = {s.path: s.refused for s in DERIVATIONS.of(T4_PRINTED).steps if s.refused}
    assert set(refused) == {"signs"}
    assert "assumes le(2" in refused["signs"]
    assert "two units" not in T4.given


POINTS = {
    "one unit, minimum": (True, True),
    "two units, minimum": (True, True),
    "units of both signs, minimum": (True, True),
    "two units, one of the wrong sign": (False, False),
    "one weight out is 0": (False, False),
    "weights in are 0": (False, False),
    "not the mean": (False, False),
    "two hidden layers, minimum": (True, True),
    "three hidden layers, minimum": (True, True),
    "equal targets, weights out 0": (True, False),
    "one sample, met at infinity": (True, False),
}
"""Whether it is a local minimum at infinity, and whether all finite points near are higher."""


def decided(name: str, values: dict[Any, Any], formula: Any, setting: Any) -> Verdict:
    return Evaluation(Instance(name, values), setting.decisions).decide(the(formula))


@pytest.mark.parametrize("name", POINTS)
def test_points_at_infinity_are_told_apart(name: str) -> None:
    values = dict(with_means())[name]
    for formula, holds in zip((minimum_, higher_), POINTS[name], strict=True):
        verdict = decided(name, values, formula(W, b), INFINITY)
        assert (verdict.is_holds, verdict.is_fails) == (holds, not holds)


@pytest.mark.parametrize(
    ("name", "minima", "attracting", "non_attracting"),
    [
        ("Figure 1", "holds", "holds", "holds"),
        ("cubic", "holds", "holds", "holds"),
        ("parabola", "holds", "undecided", "fails"),
        ("Figure 1, another value", "fails", "holds", "undecided"),
        ("saddle", "fails", "holds", "holds"),
    ],
)
def test_regions_of_the_plane_are_told_apart(
    name: str, minima: str, attracting: str, non_attracting: str
) -> None:
    values = dict(regions())[name]
    phi, R, c = (v for v in REGION.variables[1:])
    found = [
        decided(name, values, formula, REGION).outcome.value
        for formula in (minima_(phi, R, c), attracting_(phi, R), non_attracting_(phi, R, c))
    ]
    assert found == [minima, attracting, non_attracting]
    assert D1_PRINTED.expected
