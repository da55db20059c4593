"""Search and consistency: what is found is small, and nothing found says no more than that."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import strategies as st
from numbers_toy import Number, at_least_two, statement

from symbolic_landscape.arithmetic import at_most
from symbolic_landscape.errors import UnknownKeyError
from symbolic_landscape.former.consistency import clash
from symbolic_landscape.former.lemma import fact
from symbolic_landscape.former.search import decide, falsify
from symbolic_landscape.verdict import Verdict

TESTS = Path(__file__).resolve().parents[1]


@fact("n < 17")
def below_seventeen(s: Number) -> Verdict:
    """The number is below seventeen."""
    return at_most(s.n, 16)


def test_counterexample_is_shrunk_to_the_smallest() -> None:
    made = statement(
        conclusion=below_seventeen,
        strategy=lambda: st.builds(Number, n=st.integers(-(10**6), 10**6)),
    )
    found = falsify(made, budget=2)
    assert found.instance is not None
    assert found.instance.n == 17  # type: ignore[attr-defined]


def test_dropping_a_hypothesis_breaks_that_one_alone() -> None:
    found = falsify(statement(), drop="at_least_two", budget=2)
    assert found.instance is not None
    assert found.instance.n == 1  # type: ignore[attr-defined]
    assert decide(at_least_two, found.instance).is_fails


def test_nothing_found_counts_what_was_tried() -> None:
    found = falsify(statement(), budget=0)
    assert found.instance is None
    assert 0 < found.met <= found.tried


def test_unknown_hypothesis_should_fail() -> None:
    with pytest.raises(UnknownKeyError, match="must have a hypothesis 'nothing'"):
        falsify(statement(), drop="nothing")


def test_statement_without_a_strategy_should_fail() -> None:
    with pytest.raises(UnknownKeyError, match="lacks one"):
        falsify(statement(strategy=None))


def test_same_seed_finds_the_same() -> None:
    made = statement(conclusion=below_seventeen)
    assert falsify(made, budget=0, seed=3) == falsify(made, budget=0, seed=3)


def test_core_is_minimal_and_silence_is_no_proof() -> None:
    constraints = {
        "wide": lambda v: v.dy >= v.dx + 2,
        "rank": lambda v: v.rank <= v.dx,
        "zeros": lambda v: v.zeros == v.dy - v.rank,
        "distinct": lambda v: v.zeros <= 1,
        "idle": lambda v: v.dx >= 1,
    }
    assert clash(constraints) == ("distinct", "rank", "wide", "zeros")
    assert clash({k: v for k, v in constraints.items() if k != "rank"}) is None


def test_generation_does_not_depend_on_what_is_loaded() -> None:
    program = (
        "import sys; sys.path[:0] = sys.argv[1:]; {first}"
        "from numbers_toy import Number; from hypothesis import strategies as st;"
        "from symbolic_landscape.former.search import sample;"
        "drawn = sample(lambda: st.builds(Number, n=st.integers()), examples=60, seed=7);"
        "print([i.n for i in drawn])"
    )
    folders = [str(TESTS.parent), str(TESTS)]
    outputs = {
        subprocess.run(
            [sys.executable, "-c", program.format(first=first), *folders],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for first in ("", "import symbolic_landscape.library.store, symbolic_landscape.networks;")
    }
    assert len(outputs) == 1


@pytest.mark.parametrize("budget", [float("nan"), -1.0])
def test_budget_that_is_no_time_should_fail(budget: float) -> None:
    with pytest.raises(UnknownKeyError, match="budget"):
        falsify(statement(), budget=budget)
