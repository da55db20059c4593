"""C21 as printed: the star locus and its dimension, the core locus, the rank on a fibre, maxima."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import product

import pytest

from symbolic_landscape.judge.results import Finding
from symbolic_landscape.judge.statuses import status
from symbolic_landscape.library.run import CheckReport

Checked = Callable[..., CheckReport]


def refutation(checked: Checked, key: str, seed: int = 0) -> Finding:
    result = checked(key, seed=seed).result(key)
    assert status(result) == "refuted"
    (found,) = (f for f in result.findings if f.kind == "refuted")
    assert found.counterexample is not None
    return found


def wrong_steps(checked: Checked, key: str) -> set[str]:
    kinds = ("invalid inference", "unsupported premise", "hypothesis not discharged")
    return {
        f.where.removeprefix("step ") for f in checked(key).result(key).findings if f.kind in kinds
    }


# ---- dimensions ----------------------------------------------------------------------------------
@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
def test_proposition_6_1_is_refuted_by_the_star_locus(checked: Checked, seed: int) -> None:
    assert "k = 3: not" in refutation(checked, "C21.P6.1", seed).text
    steps = checked("C21.P6.1", seed=seed).result("C21.P6.1").findings
    (star,) = (f for f in steps if f.kind == "invalid inference")
    assert star.where == "step star"
    assert "depth 4, all widths one" in star.text
    assert "not 4 <= 3" in star.text


@pytest.mark.slow
def test_the_dimensions_of_all_pieces_are_derived(checked: Checked) -> None:
    assert "star" in wrong_steps(checked, "C21.P6.1")
    statuses = checked("C21.P6.1").statuses
    assert statuses["C21.P6.1", "repaired"] == statuses["C21.I6.d", "printed"] == "derived"


@pytest.mark.slow
def test_the_printed_core_contains_the_star_locus(checked: Checked) -> None:
    assert "k = 1" in refutation(checked, "C21.I3.dimC").text
    assert wrong_steps(checked, "C21.I3.dimC") == {"repeated"}
    assert checked("C21.I3.dimC").statuses["C21.I3.dimC", "repaired"] == "derived"


def free_parameters(sizes: Sequence[int], layers: Sequence[int]) -> int:
    """The parameters that (3.1) leaves free, counted one by one."""
    free = 0
    for k in range(1, len(sizes) - 1):
        for _ in range(sizes[k]):
            free += 0 if k in layers else sizes[k - 1]
            free += 0 if k >= min(layers) else 1
    return free


def test_the_repaired_numbers_by_counting() -> None:
    for a, w, b, depth in product((1, 2, 5), (1, 2, 3, 4), (1, 3), range(3, 8)):
        sizes = (a, *[w] * (depth - 1), b)
        star = max(free_parameters(sizes, (k,)) for k in range(1, depth))
        assert star == max((depth - 2) * w**2, (depth - 3) * w**2 + (a + depth - 2) * w)
        assert depth == 3 or star != (depth - 3) * w**2 + (a + 1) * w
        if depth >= 4:
            pairs = [(j, k) for k in range(2, depth) for j in range(1, k)]
            core = max(free_parameters(sizes, pair) for pair in pairs)
            assert core == max((depth - 3) * w**2, (depth - 4) * w**2 + (a + depth - 3) * w)


# ---- critical points -----------------------------------------------------------------------------
@pytest.mark.slow
def test_star_points_need_the_mean_of_the_targets(checked: Checked) -> None:
    assert "the gradient is not 0" in refutation(checked, "C21.T3.1").text
    statuses = checked("C21.T3.1").statuses
    assert statuses["C21.D3.S", "printed"] == "refuted"
    assert statuses["C21.T3.1", "repaired"] == statuses["C21.D3.S", "repaired"] == "derived"


@pytest.mark.slow
def test_the_core_has_an_eigenvalue_for_each_output(checked: Checked) -> None:
    """Whatever the seed: the point is an example, and nothing has to be drawn."""
    for seed in (0, 1):
        found = refutation(checked, "C21.T3.2", seed).counterexample
        assert found is not None
        assert found["name"] == "core of the layers 1 and 2, two outputs"
    assert wrong_steps(checked, "C21.T3.2") == {"hessian/slopes", "one"}
    assert checked("C21.T3.2").statuses["C21.T3.2", "repaired"] == "derived"


@pytest.mark.slow
def test_inner_parameters_move_the_outputs_through_the_last_weights(checked: Checked) -> None:
    refutation(checked, "C21.L3.3")
    assert wrong_steps(checked, "C21.L3.3") == {"along/first term"}
    assert checked("C21.L3.3").statuses["C21.L3.3", "repaired"] == "derived"


# ---- fibres --------------------------------------------------------------------------------------
@pytest.mark.slow
def test_the_last_bias_adds_to_the_rank_on_a_fibre(checked: Checked) -> None:
    refutation(checked, "C21.T5.15")
    assert wrong_steps(checked, "C21.L5.14") >= {"form"}
    statuses = checked("C21.T5.15").statuses
    assert statuses["C21.T5.15", "repaired"] == "derived"


@pytest.mark.slow
def test_there_are_no_local_maxima(checked: Checked) -> None:
    result = checked("C21.C5.19").result("C21.C5.19")
    assert status(result) == "gap"
    assert wrong_steps(checked, "C21.C5.19") == {"no features", "level"}
    assert checked("C21.C5.19").statuses["C21.C5.19", "repaired"] == "derived"
