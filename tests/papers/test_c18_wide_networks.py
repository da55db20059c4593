"""C18, Sections 1, 3 and 4: graphs, wide networks, several outputs, and what the text claims."""

from __future__ import annotations

from fractions import Fraction
from functools import cache

import pytest

from symbolic_landscape.judge.results import StatementResult
from symbolic_landscape.judge.statuses import status
from symbolic_landscape.library.lemmas import Proofs
from symbolic_landscape.library.run import check
from symbolic_landscape.networks import Network, Parameters, Samples
from symbolic_landscape.proofs.cooper_2018.settings.labels import own, symmetric


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


# ---- graphs --------------------------------------------------------------------------------------
def test_the_printed_node_rule_gives_another_network() -> None:
    assert "8 differs from 9" in refutation("C18.D3.0")
    assert status(judged("C18.D3.0", "repaired")) == "derived"


@pytest.mark.parametrize("key", ["C18.D3.0.exists", "C18.D3.0.unique", "C18.L3.3.count"])
def test_outputs_of_vertices_exist_and_are_determined(key: str) -> None:
    assert status(judged(key)) == "derived"


def test_labels_are_counted() -> None:
    assert own((2, 2, 1))[2] == 9
    weights, _, count = symmetric((2, 2, 1))
    assert (weights[1][1], weights[1][2], count) == ({1: 1, 2: 1}, {1: 4, 2: 4}, 9)


def test_a_network_with_one_weight_for_two_inputs_cannot_tell_them_apart() -> None:
    net = Network((2, 1, 1), "smoolu")
    samples = Samples(inputs=[[1, 0], [0, 1]], targets=[[0], [1]])
    for weight, last in ((1, 1), (3, Fraction(1, 2)), (-2, 5)):
        shared = Parameters(weights=[[[weight, weight]], [[last]]], biases=[[0], [0]])
        value = net.loss(samples).at(shared).enclose(bits=64).value
        assert value >= Fraction(1, 4)


# ---- wide networks -------------------------------------------------------------------------------
@pytest.mark.slow
def test_theorem_4_1_is_refuted_with_shared_parameters_and_derived_without() -> None:
    assert "the outputs at samples 1 and 2 are equal" in refutation("C18.T4.1")
    repaired = judged("C18.T4.1", "repaired")
    assert status(repaired) == "derived"
    assert set(repaired.derivation.externals) == {"critical_values_of_map_are_null"}


@pytest.mark.slow
def test_several_outputs_have_their_own_codimension() -> None:
    assert status(judged("C18.R4.2")) == "derived"


# ---- what the text claims ------------------------------------------------------------------------
@pytest.mark.slow
@pytest.mark.parametrize("key", ["C18.CL1", "C18.CL1.hessian"])
def test_claims_of_the_introduction_leave_out_regular_points(key: str) -> None:
    assert "one weight times another" in refutation(key)
    assert status(judged(key, "repaired")) == "derived"


def test_a_hyperbola_of_global_minima_is_not_joined_by_paths() -> None:
    assert "coordinate 1 is 0 nowhere in the set" in refutation("C18.CL1.paths")
    assert status(judged("C18.CL1.apart")) == "derived"
