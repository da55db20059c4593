"""Wrong variants are refused, and none by crashing."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from former_proofs import former_proofs
from numbers_toy import judged, statement, with_step
from sabotage import Variant, refused, sabotaged

from symbolic_landscape.errors import DeclarationError
from symbolic_landscape.former.lemma import Statement
from symbolic_landscape.judge.options import Options
from symbolic_landscape.judge.statuses import status

PROOFS = former_proofs()
RIGHT = tuple(
    reading
    for reading in PROOFS.readings
    if reading.paper == "C21" and not reading.expected and reading.conclusion is not None
)
"""The right readings of a paper: printed where nothing speaks against them, else repaired."""


def test_every_wrong_variant_of_a_small_statement_is_refused() -> None:
    right = with_step(statement())
    assert status(judged(right)) == "checked"
    variants = list(sabotaged(right, ()))
    assert len(variants) >= 6
    for name, wrong in variants:
        assert refused(wrong, Options(), ()), name


def _variants(right: Statement) -> Iterator[tuple[str, Variant]]:
    others = [s for s in PROOFS.statements if s.paper == right.paper and s.steps][:2]
    return sabotaged(right, others)


@pytest.mark.slow
def test_there_are_enough_wrong_variants_of_every_kind() -> None:
    names = [name for right in RIGHT for name, _ in _variants(right)]
    assert len(names) >= 200
    for kind in ("without ", "contrary of", "off by one", "transposed", "cites", "as control"):
        assert any(kind in name for name in names), kind


@pytest.mark.slow
def test_refusal_on_declaration_is_one_sentence() -> None:
    errors = [
        wrong
        for right in RIGHT
        for _, wrong in _variants(right)
        if isinstance(wrong, DeclarationError)
    ]
    assert all("\n" not in str(error) for error in errors)
