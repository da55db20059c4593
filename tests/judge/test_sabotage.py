"""Wrong variants are refused, and none by crashing."""

from __future__ import annotations

from numbers_toy import judged, statement, with_step
from sabotage import refused, sabotaged

from symbolic_landscape.judge.options import Options
from symbolic_landscape.judge.statuses import status


def test_every_wrong_variant_of_a_small_statement_is_refused() -> None:
    right = with_step(statement())
    assert status(judged(right)) == "checked"
    variants = list(sabotaged(right, ()))
    assert len(variants) >= 6
    for name, wrong in variants:
        assert refused(wrong, Options(), ()), name
