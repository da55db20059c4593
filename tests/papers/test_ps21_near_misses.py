"""PS21, section 5: instances that break one hypothesis alone, and the conclusion with it."""

from __future__ import annotations

import pytest

from symbolic_landscape.judge.evaluation import decide
from symbolic_landscape.judge.values import Instance
from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_5.criteria import T8
from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_5.critical_points import (
    SPLIT_CRITICAL,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_5.degenerate_minima import RELAXED
from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_5.embedded_minima import MINIMUM
from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_5.first_splits import FIRST
from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_5.flat_directions import P15
from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_5.repeated_minima import AGAIN
from symbolic_landscape.proofs.petzka_sminchisescu_2021.settings.units import UNIT
from symbolic_landscape.statement.lemma import Statement

EXAMPLES = dict(UNIT.instances())


@pytest.mark.parametrize(
    ("statement", "hypothesis", "name"),
    [
        (MINIMUM, "critical", "no biases, the rest falls"),
        (MINIMUM, "nondegenerate", "no biases, the rest bends down"),
        (MINIMUM, "no D", "D not 0, minimum"),
        (MINIMUM, "split", "no biases, other rest"),
        (RELAXED, "semidefinite", "no biases, the rest bends down"),
        (RELAXED, "split", "no biases, other old weights in"),
        (SPLIT_CRITICAL, "split", "no biases, other new weights out"),
        (AGAIN, "flat", "no biases, the rest falls"),
        (AGAIN, "semidefinite", "no biases, the rest bends down"),
        (AGAIN, "split", "no biases, other new weights in"),
        (FIRST, "one above", "D not 0, minimum"),
        (P15, "weights", "no biases, no weights out"),
        (P15, "one of", "two outputs, D not 0"),
        (T8, "critical", "minimum but for the rest"),
        (T8, "nondegenerate", "saddle by the rest"),
        (T8, "last hidden", "two outputs, D not 0"),
    ],
)
def test_one_hypothesis_is_broken_alone_and_the_conclusion_fails(
    statement: Statement, hypothesis: str, name: str
) -> None:
    example = Instance(name, EXAMPLES[name])
    given = {k: decide(f, example) for k, f in statement.claim.given.items()}
    assert [k for k, verdict in given.items() if not verdict.is_holds] == [hypothesis]
    assert given[hypothesis].is_fails
    assert decide(statement.claim.then, example).is_fails
