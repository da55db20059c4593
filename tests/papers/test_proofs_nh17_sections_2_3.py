"""NH17, sections 2 and 3: statuses, findings with exact counterexamples, and wrong variants."""

from __future__ import annotations

from fractions import Fraction
from functools import cache

import pytest
from former_proofs import former_proofs
from sabotage import refused, variant

from symbolic_landscape.former.check import judge
from symbolic_landscape.former.lemma import Statement
from symbolic_landscape.judge.options import Options
from symbolic_landscape.judge.results import StatementResult
from symbolic_landscape.judge.statuses import found, status
from symbolic_landscape.proofs.common.minima import (
    is_global_minimum,
    minimum_is_attained,
    residuals_minimise_loss,
)
from symbolic_landscape.proofs.common.points import (
    NetworkPoint,
    activation_is_bounded_or_decays,
    activation_is_strictly_increasing,
    derivative_is_positive,
    gradient_vanishes,
    point,
    weights_from_second_have_full_rank,
)
from symbolic_landscape.proofs.nguyen_hein_2017 import instances
from symbolic_landscape.proofs.nguyen_hein_2017.derivatives import (
    GenericNetwork,
    bias_gradient_by_definition,
    errors_by_definition,
    layers,
    weight_gradient_by_definition,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_2 import (
    NH17_L2_1,
    backpropagation_identities_hold,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_2_network import (
    KINK,
    POINTS,
    UNREACHABLE_TARGET,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_3 import (
    NH17_T3_4,
    NH17_L3_5_repaired,
    NH17_T3_4_repaired,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_3_assumptions import (
    ASSUMPTION_3_2,
    NH17_A3_2,
    NH17_L3_3,
    NamedActivation,
    named_activation_keeps_its_bound,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_3_decreasing import mirrored
from symbolic_landscape.verdict import Evidence

PROOFS = former_proofs()
NO_SEARCH = Options(instances=0)
FLAT_STEP = ("invalid inference", "step slopes_are_positive")
REFUTED = ("refuted", "statement")

READINGS = {
    ("NH17.D2.net", "printed"): (),
    ("NH17.D2.loss", "printed"): (),
    ("NH17.A2.min", "printed"): (),
    ("NH17.D2.delta", "printed"): (),
    ("NH17.L2.1", "printed"): (),
    ("NH17.R2.softplus", "printed"): (),
    ("NH17.T3.1", "printed"): (),
    ("NH17.D3.analytic", "printed"): (REFUTED,),
    ("NH17.D3.analytic", "repaired"): (),
    ("NH17.A3.2", "printed"): (),
    ("NH17.L3.3", "printed"): (),
    ("NH17.E3.loss", "printed"): (),
    ("NH17.E3.small", "printed"): (REFUTED,),
    ("NH17.E3.small", "repaired"): (),
    ("NH17.T3.4", "printed"): (FLAT_STEP, REFUTED),
    ("NH17.T3.4", "repaired"): (),
    ("NH17.L3.5", "printed"): (FLAT_STEP, REFUTED),
    ("NH17.L3.5", "repaired"): (),
    ("NH17.R3.2", "printed"): (
        ("invalid inference", "step mirror_has_an_increasing_one"),
        REFUTED,
    ),
    ("NH17.R3.2", "repaired"): (),
    ("NH17.R3.4", "printed"): (REFUTED,),
    ("NH17.R3.4", "repaired"): (),
    ("NH17.R3.4.null", "printed"): (REFUTED,),
    ("NH17.R3.4.null", "repaired"): (),
}
"""What the checks must find in each reading: no more and no less."""


@cache
def result_of(key: str, reading: str) -> StatementResult:
    (statement,) = (s for s in PROOFS[key].printed.readings if s.reading == reading)
    return judge(statement, Options(), PROOFS.readings)


def counterexample(key: str, kind: str = "refuted") -> dict[str, object]:
    (finding,) = (f for f in result_of(key, "printed").findings if f.kind == kind)
    assert finding.counterexample is not None
    return dict(finding.counterexample)


@pytest.mark.parametrize(("key", "reading"), READINGS, ids=lambda word: str(word))
def test_findings_are_exactly_the_expected_ones(key: str, reading: str) -> None:
    result = result_of(key, reading)
    assert found(result) == tuple(sorted(READINGS[key, reading]))
    assert not result.open_obligations
    assert status(result) == ("refuted" if READINGS[key, reading] else "checked")
    assert not result.mutants.survivors
    assert all(control.bites for control in result.controls)


@pytest.mark.parametrize("key", ["NH17.T3.4", "NH17.L3.5", "NH17.R3.2", "NH17.R3.4"])
def test_the_refutation_is_found_by_search(key: str) -> None:
    (finding,) = (f for f in result_of(key, "printed").findings if f.kind == "refuted")
    assert "search" in finding.how_found


def test_theorem_3_4_as_printed_has_the_smallest_counterexample() -> None:
    data = counterexample("NH17.T3.4")
    assert data["network"] == {
        "widths": [1, 1],
        "activation": "tanh(t**3)",
        "output_activation": "tanh(t**3)",
        "bias": True,
    }
    assert data["samples"] == {"inputs": [["0"]], "targets": [["1/2"]]}
    assert data["parameters"] == {"weights": [[["0"]]], "biases": [["0"]]}
    assert data["loss"] == "sum"


def test_lemma_3_5_as_printed_needs_one_unit_in_each_of_two_layers() -> None:
    data = counterexample("NH17.L3.5")
    assert data["network"]["widths"] == [1, 1, 1]  # type: ignore[index]
    assert data["network"]["activation"] == "tanh(t**3)"  # type: ignore[index]
    assert data["layer"] == 1


def test_the_mirrored_counterexample_refutes_the_remark_on_decreasing_activations() -> None:
    data = counterexample("NH17.R3.2")
    assert data["network"]["widths"] == [1, 1]  # type: ignore[index]
    assert data["network"]["activation"] == "-tanh(t**3)"  # type: ignore[index]


def test_low_rank_is_not_null_where_a_layer_widens() -> None:
    assert counterexample("NH17.R3.4.null")["widths"] == [1, 1, 2]


def test_one_open_set_does_not_make_a_function_analytic() -> None:
    assert counterexample("NH17.D3.analytic")["formula"] == "smoolu"


def test_blake_zisserman_is_not_the_square_near_zero() -> None:
    assert counterexample("NH17.E3.small")["loss"] == "blake_zisserman(1/10)"


# --- the identities ------------------------------------------------------------------------------


def test_the_identities_hold_for_all_networks_of_depth_four() -> None:
    generic = GenericNetwork(name="deep", widths=(2, 2, 2, 2, 3), count=2)
    verdict = backpropagation_identities_hold.decide(generic)
    assert verdict.is_holds
    assert verdict.evidence is Evidence.IDENTITY


def test_generic_shapes_include_several_samples_and_outputs_and_depth_four() -> None:
    shapes = [s for s in NH17_L2_1.instances if isinstance(s, GenericNetwork)]
    assert {len(s.widths) - 1 for s in shapes} >= {1, 2, 3, 4}
    assert {s.count for s in shapes} >= {1, 2, 3}
    assert {s.widths[-1] for s in shapes} >= {1, 2, 3}


@pytest.mark.parametrize("s", POINTS, ids=lambda s: s.name)
def test_derivatives_by_definition_are_those_of_the_engine(s: NetworkPoint) -> None:
    for layer in range(1, s.depth + 1):
        assert errors_by_definition(s, layer) == s.at.errors(layer)
        weights = weight_gradient_by_definition(s, layer)
        biases = bias_gradient_by_definition(s, layer)
        assert weights is not None
        assert biases is not None
        block = weights.T.flatten().vstack(biases)
        assert block == s.at.gradient_block(layer)


def test_a_kink_has_no_derivative() -> None:
    assert errors_by_definition(KINK, 1) is None
    assert layers(KINK).slopes == (None,)


# --- global minima and whether they are attained -------------------------------------------------


def test_a_target_beyond_the_range_of_the_activation_is_never_reached() -> None:
    verdict = minimum_is_attained.decide(UNREACHABLE_TARGET)
    assert verdict.is_fails
    assert "right limit 1" in verdict.reason


def test_a_loss_without_critical_points_is_never_least() -> None:
    s = point(
        "exponential loss",
        widths=(1, 1),
        activation="tanh",
        inputs=[[0]],
        targets=[[0]],
        weights=[[[0]]],
        biases=[[0]],
        loss="exp(a)",
    )
    assert minimum_is_attained.decide(s).is_fails


def test_targets_that_no_trial_point_separates_leave_the_minimum_undecided() -> None:
    s = point(
        "one hidden unit for four samples",
        widths=(1, 1, 1),
        activation="tanh",
        inputs=[[0], [1], [2], [3]],
        targets=[["1/2"], ["-1/2"], ["1/2"], ["-1/2"]],
        weights=[[[0]], [[0]]],
        biases=[[0], [0]],
    )
    assert minimum_is_attained.decide(s).is_undecided


@pytest.mark.parametrize("s", instances.GOOD_POINTS, ids=lambda s: s.name)
def test_good_points_are_critical_and_least(s: NetworkPoint) -> None:
    assert all(fact.decide(s).is_holds for fact in ASSUMPTION_3_2)
    assert gradient_vanishes.decide(s).is_holds
    assert weights_from_second_have_full_rank.decide(s).is_holds
    assert is_global_minimum.decide(s).is_holds


def test_a_better_point_is_explicit() -> None:
    verdict = is_global_minimum.decide(instances.SMALLEST_FLAT)
    assert verdict.is_fails
    better = verdict.data["other"]
    ball = instances.SMALLEST_FLAT.surface.at(better).enclose(128).value
    assert (instances.SMALLEST_FLAT.at.value - ball).sign() == 1


def test_a_residual_in_the_wrong_place_is_not_least() -> None:
    assert residuals_minimise_loss.decide(instances.NOT_CRITICAL).is_fails
    assert residuals_minimise_loss.decide(instances.TWO_WELLS).is_fails


def test_the_flat_activation_meets_the_assumption_literally() -> None:
    s = instances.SMALLEST_FLAT
    assert all(fact.decide(s).is_holds for fact in ASSUMPTION_3_2)
    assert derivative_is_positive.decide(s).is_fails
    assert gradient_vanishes.decide(s).is_holds
    assert s.at.value == Fraction(1, 4)


@pytest.mark.parametrize(
    ("activation", "zero", "target"),
    [
        ("tanh(t**3)", 0, "1/2"),
        ("tanh(t)**3", 0, "-1/3"),
        ("tanh((t - 1)**3)", 1, "1/2"),
        ("t - tanh(t)", 0, "1"),
    ],
)
def test_every_zero_of_the_slope_gives_a_bad_critical_point(
    activation: str, zero: int, target: str
) -> None:
    s = point(
        "",
        widths=(1, 1),
        activation=activation,
        inputs=[[0]],
        targets=[[target]],
        weights=[[[0]]],
        biases=[[zero]],
    )
    assert activation_is_strictly_increasing.decide(s).is_holds
    assert derivative_is_positive.decide(s).is_fails
    assert gradient_vanishes.decide(s).is_holds
    assert is_global_minimum.decide(s).is_fails


@pytest.mark.parametrize(
    ("activation", "wanted"),
    [("softplus", True), ("arctan", True), ("linear", False), ("cubic", False), ("exp(t)", False)],
)
def test_bounded_or_decaying(activation: str, wanted: bool) -> None:
    s = point(
        "",
        widths=(1, 1),
        activation=activation,
        inputs=[[0]],
        targets=[[0]],
        weights=[[[0]]],
        biases=[[0]],
    )
    verdict = activation_is_bounded_or_decays.decide(s)
    assert verdict.is_holds if wanted else verdict.is_fails


@pytest.mark.parametrize("s", instances.GOOD_POINTS[2:], ids=lambda s: s.name)
def test_the_mirror_has_the_same_objective_and_minus_the_features(s: NetworkPoint) -> None:
    mirror = mirrored(s)
    for layer in range(1, s.depth + 1):
        assert mirror.features(layer) == s.features(layer).scale(-1)
    assert mirrored(mirror).features(1) == s.features(1)
    assert gradient_vanishes.decide(mirror).is_holds


# --- wrong variants ------------------------------------------------------------------------------


@pytest.mark.parametrize("factor", [Fraction(1, 2), Fraction(9, 10)])
@pytest.mark.parametrize("place", [0, 2, 3])
def test_smaller_constants_of_softplus_fail(place: int, factor: Fraction) -> None:
    s = NamedActivation(family="softplus", alpha=Fraction(3, 2))
    rates = [rho * factor if i == place else rho for i, rho in enumerate(s.rates)]
    assert named_activation_keeps_its_bound.decide(s).is_holds
    assert s.activation.growth_bound(*rates).is_fails


def test_every_part_of_the_assumption_has_a_control() -> None:
    assert set(NH17_A3_2.controls) == set(ASSUMPTION_3_2)


@pytest.mark.slow
def test_the_printed_theorem_without_its_flat_instance_is_still_refuted_should_fail() -> None:
    wrong = variant(NH17_T3_4, NH17_T3_4.steps, instances=instances.GOOD_POINTS)
    assert isinstance(wrong, Statement)
    assert status(judge(wrong, Options(), PROOFS.readings)) == "refuted"


@pytest.mark.slow
@pytest.mark.parametrize("right", [NH17_T3_4_repaired, NH17_L3_5_repaired], ids=lambda s: s.key)
def test_the_repair_cannot_be_weakened_to_monotonicity_should_fail(right: Statement) -> None:
    hypotheses = tuple(
        activation_is_strictly_increasing if h is derivative_is_positive else h
        for h in right.hypotheses
    )
    controls = {h: c for h, c in right.controls.items() if h is not derivative_is_positive}
    wrong = variant(right, right.steps, hypotheses=hypotheses, controls=controls)
    assert refused(wrong, Options(), PROOFS.readings)


def test_theorem_3_4_for_points_that_are_not_critical_should_fail() -> None:
    controls = {h: c for h, c in NH17_T3_4_repaired.controls.items() if h is not gradient_vanishes}
    hypotheses = tuple(h for h in NH17_T3_4_repaired.hypotheses if h is not gradient_vanishes)
    wrong = variant(
        NH17_T3_4_repaired, NH17_T3_4_repaired.steps, hypotheses=hypotheses, controls=controls
    )
    assert refused(wrong, NO_SEARCH, PROOFS.readings)


def test_lemma_3_3_with_a_negative_sharpness_should_fail() -> None:
    wrong = variant(
        NH17_L3_3,
        NH17_L3_3.steps,
        instances=(NamedActivation(name="reversed", family="softplus", alpha=Fraction(-2)),),
    )
    assert refused(wrong, NO_SEARCH, PROOFS.readings)
