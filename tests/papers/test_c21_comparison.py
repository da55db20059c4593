"""C21, Section 6: counts of zero eigenvalues, and the growth of the loci with the width."""

from __future__ import annotations

from itertools import product

import pytest

from symbolic_landscape.judge.check import judge
from symbolic_landscape.judge.derivations import Derivations
from symbolic_landscape.judge.options import Options
from symbolic_landscape.judge.results import StatementResult
from symbolic_landscape.judge.statuses import as_expected, status
from symbolic_landscape.judge.trial import Trials
from symbolic_landscape.proofs.cooper_2021.section_5.zero_eigenvalues import FLATS
from symbolic_landscape.proofs.cooper_2021.section_6.growth import (
    GROWTH,
    R6_ORDER,
    R6_ORDER_PRINTED,
)
from symbolic_landscape.proofs.cooper_2021.section_6.zero_eigenvalues import P6_2, P6_2_PRINTED
from symbolic_landscape.proofs.rules import RULES
from symbolic_landscape.statement.lemma import Statement

DERIVATIONS = Derivations(RULES.values())


def judged(statement: Statement) -> StatementResult:
    options = Options(instances=0)
    settings = (FLATS, GROWTH)
    return judge(statement, options, DERIVATIONS, Trials(settings, (), DERIVATIONS, options).tried)


@pytest.mark.parametrize("statement", [P6_2, R6_ORDER], ids=lambda s: s.key)
def test_what_survives_is_derived(statement: Statement) -> None:
    assert DERIVATIONS.is_derived(statement)
    assert not DERIVATIONS.of(statement).surplus


def test_each_line_of_proposition_6_2_has_a_point_that_refutes_it() -> None:
    found = judged(P6_2_PRINTED)
    assert status(found) == "refuted"
    assert as_expected(found)
    failing = {
        i.name.partition(", dim")[0]: i.reason for i in found.instances if i.verdict == "fails"
    }
    assert "2 positive" in failing["wide, core point of depth 4, two outputs"]
    assert failing["wide, two samples fitted by the bias"].startswith("9 eigenvalues")
    wide = [reason for name, reason in failing.items() if name.startswith("very wide")]
    assert wide
    assert all(int(reason.split()[0]) < int(reason.split()[-4]) for reason in wide)


def test_the_printed_order_fails_for_three_layers_and_more_outputs() -> None:
    found = judged(R6_ORDER_PRINTED)
    assert as_expected(found)
    assert {i.name for i in found.instances if i.verdict == "fails"} == {"depth 3, three outputs"}


def test_the_order_by_counting() -> None:
    for layers, a, b, n in product((3, 4, 5), (1, 2), (1, 4), (1, 3)):
        for w in range(max(b, n) + 1, 12):
            pieces = ((layers - 2) * w**2, (layers - 3) * w**2 + (a + layers - 2) * w)
            minima = (a + 1) * w + (layers - 2) * (w + 1) * w + (w + 1) * b - b * n
            assert (w + 1 - n) * b < max(pieces) < minima
