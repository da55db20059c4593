"""C18: what the kernel derives, and what the examples refute, with the causes recorded."""

from __future__ import annotations

import pytest
from judged_once import DERIVATIONS, result

from symbolic_landscape.judge.evaluation import decide, value
from symbolic_landscape.judge.statuses import as_expected, status
from symbolic_landscape.judge.values import Instance
from symbolic_landscape.proofs.cooper_2018.section_1 import claims
from symbolic_landscape.proofs.cooper_2018.section_2 import (
    heuristic,
    levels,
    one_error,
    other_losses,
    rank_one,
    signature,
    zero_loss,
)
from symbolic_landscape.proofs.cooper_2018.section_3 import (
    activations,
    deep_networks,
    graphs,
    interpolation,
    triangles,
)
from symbolic_landscape.proofs.cooper_2018.section_4 import (
    several_outputs,
    wide_networks,
    wide_networks_of_several_outputs,
)
from symbolic_landscape.proofs.cooper_2018.settings.data import D2L_, J_, L_, w, y
from symbolic_landscape.proofs.cooper_2018.settings.data_points import points
from symbolic_landscape.statement.language import the
from symbolic_landscape.statement.lemma import Statement

SARD = "critical_values_of_map_are_null"


# ---- what is derived -----------------------------------------------------------------------------
@pytest.mark.parametrize(
    "statement",
    [
        claims.APART, claims.CL1, claims.HESSIAN, zero_loss.I2_1, one_error.L2_3A,
        rank_one.L2_3B, signature.P2_3, signature.P2_3_EIGENVECTORS, levels.REGULAR,
        activations.D3_1, activations.POSITIVE, activations.D3_2, activations.X3_1, triangles.I3_2,
        interpolation.L3_3, interpolation.MORE, deep_networks.C3_4, graphs.D3_0, graphs.EXISTS,
        graphs.UNIQUE, wide_networks_of_several_outputs.R4_2_COPIES,
    ],
    ids=repr,
)  # fmt: skip
def test_what_is_derived_from_rules_alone(statement: Statement) -> None:
    assert DERIVATIONS.is_derived(statement)
    assert DERIVATIONS.of(statement).surplus == ()
    assert DERIVATIONS.assumed(statement) == ()


@pytest.mark.parametrize(
    "statement",
    [
        levels.LEVELS, levels.SMALL, zero_loss.ALMOST, zero_loss.T2_1, heuristic.H2,
        other_losses.R2_2, other_losses.R5, several_outputs.R4_2, wide_networks.T4_1,
        wide_networks_of_several_outputs.R4_2_WIDE,
    ],
    ids=repr,
)  # fmt: skip
def test_what_rests_on_the_theorem_of_sard(statement: Statement) -> None:
    assert DERIVATIONS.is_derived(statement)
    assert DERIVATIONS.of(statement).surplus == ()
    assert DERIVATIONS.assumed(statement) == (SARD,)


def test_the_printed_theorem_2_1_needs_neither_distinct_inputs_nor_more_parameters() -> None:
    printed = zero_loss.T2_1_PRINTED
    assert DERIVATIONS.is_derived(printed)
    assert DERIVATIONS.of(printed).surplus == ("more parameters", "distinct")


# ---- what is refuted -----------------------------------------------------------------------------
REFUTED = (
    (claims.CL1_PRINTED, "it contains (0, 0) and 2 coordinate lines through it"),
    (claims.HESSIAN_PRINTED, "one weight times another"),
    (claims.PATHS, "coordinate 1 is 0 nowhere in the set"),
    (one_error.L2_3A_PRINTED, "weight and an idle one, i = 1"),
    (rank_one.L2_3B_PRINTED, "one vector, negative weight"),
    (signature.P2_3_PRINTED, "weight and an idle one"),
    (signature.P2_3_PAIRWISE, "a line through three points"),
    (other_losses.R2_2_PRINTED, "one weight times another"),
    (other_losses.R5_PRINTED, "one weight times another"),
    (activations.X3_1_PRINTED, "tanh"),
    (graphs.D3_0_PRINTED, "8 differs from 9"),
    (interpolation.L3_3_PRINTED, "activation 0"),
    (wide_networks.T4_1_PRINTED, "the outputs at samples 1 and 2 are equal"),
    (
        wide_networks_of_several_outputs.R4_2_WIDE_PRINTED,
        "the outputs at samples 1 and 2 are equal",
    ),
)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("printed", "words"), REFUTED, ids=[statement.key for statement, _ in REFUTED]
)
def test_a_printed_reading_is_refuted_by_an_example(printed: Statement, words: str) -> None:
    found = result(printed)
    assert status(found) == "refuted"
    assert {"refuted", "invalid inference"} <= {f.kind for f in found.findings}
    assert words in next(f.text for f in found.findings if f.kind == "refuted")


def test_the_printed_deep_construction_fails_and_its_conclusion_holds() -> None:
    found = result(deep_networks.C3_4_PRINTED)
    assert status(found) == "gap"
    assert as_expected(found)
    (wrong,) = (f.text for f in found.findings if f.kind == "invalid inference")
    assert "two hidden layers, three samples" in wrong


# ---- exact points of the zero-loss set -----------------------------------------------------------
RANKS = {
    "one weight times another": (0, 1),
    "one weight times another, regular target": (1, 1),
    "one weight times another, fitted by positive weights": (1, 1),
    "one weight times another, fitted by negative weights": (1, 1),
    "a line through one point": (1, 1),
    "a line through two points": (2, 2),
    "a line through three points, each parameter doubled": (2, 3),
    "more samples than parameters": (2, 3),
    "a cubed weight and an idle one": (0, 1),
    "a squared weight and an idle one": (0, 1),
    "two cubed weights, two points": (0, 2),
    "a squared weight alone": (1, 1),
    "a sum fitted by weights of both signs": (1, 1),
    "a plane through two points": (2, 2),
    "one sample twice, equal targets": (1, 2),
    "a unit without slope, two points": (2, 2),
    "two tanh units with weights 0, two points": (1, 2),
    "a tanh unit, one point": (1, 1),
    "a rectified smooth unit at rest": (1, 2),
    "a unit with a corner": (1, 1),
    "three layers of one unit": (0, 1),
    "three layers of one unit, regular target": (1, 1),
}
"""The rank of the Jacobian matrix at the points with loss 0, and how many samples there are."""


def test_the_hessian_has_as_many_positive_eigenvalues_as_the_slopes_have_rank() -> None:
    found = {}
    for name, values in points():
        here = Instance(name, values)
        if decide(the(L_(y, w) == 0), here).is_holds:
            slopes, curvature = (value(the(a), here) for a in (J_(y, w), D2L_(y, w)))
            found[name] = slopes.rank(), slopes.shape[0]
            assert curvature.inertia() == (slopes.rank(), 0, slopes.shape[1] - slopes.rank())
    assert found == RANKS
