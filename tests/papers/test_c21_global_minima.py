"""C21, Section 4.1: what is recalled of the global minima."""

from __future__ import annotations

from judged_once import DERIVATIONS, result

from symbolic_landscape.judge.statuses import as_expected, status
from symbolic_landscape.proofs.cooper_2018.settings.layers import LAYERS
from symbolic_landscape.proofs.cooper_2021.section_4.global_minima import (
    NOT_EMPTY,
    NOT_EMPTY_PRINTED,
    T4,
    T4_PRINTED,
)


def test_the_dimension_of_the_global_minima_is_derived_without_more_parameters() -> None:
    assert DERIVATIONS.is_derived(T4)
    assert DERIVATIONS.of(T4_PRINTED).surplus == ("more parameters",)


def test_an_increasing_activation_is_not_enough_for_a_fit() -> None:
    found = result(NOT_EMPTY_PRINTED, LAYERS)
    assert status(found) == "refuted"
    assert as_expected(found)
    assert any("affine in the samples" in f.text for f in found.findings)
    assert DERIVATIONS.is_derived(NOT_EMPTY)
