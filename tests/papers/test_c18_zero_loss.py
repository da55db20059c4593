"""C18, Section 2: the zero-loss set, the Hessian on it, and other losses."""

from __future__ import annotations

from functools import cache

import pytest

from symbolic_landscape.judge.results import StatementResult
from symbolic_landscape.judge.statuses import status
from symbolic_landscape.library.lemmas import Proofs
from symbolic_landscape.library.run import check


@cache
def report(key: str) -> dict[tuple[str, str], StatementResult]:
    """The results on a statement and on what it cites."""
    found = check(Proofs.load(keys=[key]), [key], instances=2)
    return {pair: found.result(*pair) for pair in found.statuses}


def judged(key: str, reading: str = "printed") -> StatementResult:
    return report(key)[key, reading]


def refutation(key: str) -> str:
    """The words of the finding that a printed reading is refuted."""
    result = judged(key)
    assert status(result) == "refuted"
    (found,) = (f.text for f in result.findings if f.kind == "refuted")
    return found


def test_the_loss_is_a_sum_of_squares() -> None:
    assert status(judged("C18.I2.1")) == "derived"


@pytest.mark.slow
def test_a_submanifold_of_codimension_one_does_not_make_a_slope() -> None:
    assert "weight and an idle one, i = 1" in refutation("C18.L2.3a")
    assert status(judged("C18.L2.3a", "repaired")) == "derived"


def test_the_printed_proposition_is_refuted_by_a_cube_and_the_repaired_one_derived() -> None:
    assert "weight and an idle one" in refutation("C18.P2.3")
    assert status(judged("C18.P2.3", "repaired")) == "derived"


def test_pairs_of_independent_gradients_are_not_enough() -> None:
    assert "a line through three points" in refutation("C18.P2.3.pairwise")


def test_a_sum_of_matrices_of_rank_one_needs_signs() -> None:
    assert "one vector, negative weight" in refutation("C18.L2.3b")
    assert status(judged("C18.L2.3b", "repaired")) == "derived"


@pytest.mark.slow
def test_theorem_2_1_needs_neither_distinct_inputs_nor_more_parameters() -> None:
    printed = judged("C18.T2.1")
    assert status(printed) == "checked"
    assert set(printed.derivation.surplus) == {"more parameters", "distinct"}
    assert status(judged("C18.T2.1", "repaired")) == "derived"
    assert status(judged("C18.T2.1.almost")) == "derived"


@pytest.mark.slow
@pytest.mark.parametrize("key", ["C18.R2.2", "C18.R5"])
def test_without_generically_the_zero_set_may_be_two_lines(key: str) -> None:
    assert "one weight times another" in refutation(key)
    assert status(judged(key, "repaired")) == "derived"


@pytest.mark.slow
def test_the_heuristic_is_derived() -> None:
    assert status(judged("C18.H2")) == "derived"
