"""C21: regimes, figures, what a core is, star points, and the formulas of Section 3.1.2."""

from __future__ import annotations

import pytest
from judged_once import DERIVATIONS, result

from symbolic_landscape import load_proofs
from symbolic_landscape.judge.statuses import as_expected, status
from symbolic_landscape.statement.lemma import Statement

PROOFS = load_proofs()


def reading(key: str, which: str) -> Statement:
    lemma = PROOFS[key]
    found = lemma.printed if which == "printed" else lemma.repaired
    assert found is not None
    return found


@pytest.mark.parametrize(
    "key",
    [
        *("C21.D2.1", "C21.D2.1.first", "C21.D2.1.leading", "C21.D3.C", "C21.D3.C.repeated"),
        *("C21.I3.2", "C21.I3.2.smooth", "C21.I3.4", "C21.I3.5"),
        *("C21.T3.1.constant", "C21.T3.2.constant", "C21.T3.2.wider", "C21.T3.2.bend"),
        *("C21.FIG", "C21.FIG.minimum", "C21.FIG.curve", "C21.FIG.3"),
    ],
)
def test_what_is_printed_is_derived(key):
    assert DERIVATIONS.is_derived(reading(key, "printed"))


@pytest.mark.parametrize(
    ("key", "wrong"),
    [
        ("C21.D2.1.mild", "positive"),
        ("C21.D2.1.wide", "positive"),
        ("C21.D3.C.linear", "bias"),
        ("C21.I3.4.matrices", "outputs"),
    ],
)
def test_what_is_printed_is_refuted_and_its_repair_derived(key, wrong):
    printed = reading(key, "printed")
    found = result(printed)
    assert status(found) == "refuted"
    assert as_expected(found)
    assert {f.where for f in found.findings if f.kind == "invalid inference"} == {f"step {wrong}"}
    assert DERIVATIONS.is_derived(reading(key, "repaired"))


def test_star_points_are_critical_for_any_biases_and_activation():
    assert DERIVATIONS.is_derived(reading("C21.T3.1", "repaired"))
    assert set(reading("C21.T3.1", "repaired").given) == {"smooth", "weights", "last", "mean"}
