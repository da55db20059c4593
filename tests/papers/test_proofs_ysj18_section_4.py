"""YSJ18, section 4 and Appendix A: the printed statements on function space and their repairs."""

from __future__ import annotations

import dataclasses
from fractions import Fraction
from functools import cache

import pytest
from sabotage import refused, sabotaged, variant

from symbolic_landscape.arithmetic import QQ, less
from symbolic_landscape.errors import DomainError, ShapeError
from symbolic_landscape.former.check import Options, judge
from symbolic_landscape.former.lemma import Statement
from symbolic_landscape.former.search import sample
from symbolic_landscape.judge.results import StatementResult
from symbolic_landscape.judge.statuses import as_expected, status
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former import (
    appendix_a,
    appendix_a_direction,
    appendix_a_formula,
    appendix_a_paddings,
    appendix_a_right_inverse,
    appendix_a_wide_inputs,
    appendix_a_wide_outputs,
    appendix_a_wide_outputs_bound,
    section_4,
    section_4_compositions,
    section_4_discussion,
    section_4_existence,
    section_4_parameters,
    section_4_wide_inputs,
    section_4_wide_outputs,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.appendix_a_direction import (
    points,
    steering_in_class,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.appendix_a_formula import (
    STEEP_FAR_OUT,
    STEEP_NEAR_ZERO,
    YSJ18_E6,
    inputs_are_bounded,
    risk_expands_to_second_order,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.appendix_a_wide_inputs import YSJ18_I6
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.appendix_a_wide_outputs import (
    FLAT_BELOW,
    YSJ18_I7,
    inverse_below_is_differentiable,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.bounds import (
    expands,
    jacobian_bounded_below,
    jacobian_nonsingular,
    one_to_one_and_onto,
    probes,
    sublinear,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.function_networks import (
    BENT,
    BOUNDED,
    BUMP,
    CORNER,
    FLAT,
    IDENTITY,
    PARABOLA,
    SHIFT,
    STEEPER,
    TILTED,
    TWICE_SIX,
    TWO_SLOPES,
    ZERO,
    function_networks,
    linear,
    network,
    scaled,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.growth import (
    difference_bound,
    growth_bound,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.maps import (
    Map,
    Ridge,
    chained,
    composed,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.population import (
    Atom,
    Finite,
    FunctionNetwork,
    Geometric,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.problems import Problem
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.profiles import ROOT, Profile
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_4_conditions import (
    point_is_a_global_minimum,
    point_is_critical,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_4_dominance import (
    derivative_bounds_twice_the_excess_risk,
    expected_square_is_the_excess_risk,
    expected_square_is_twice_the_excess_risk,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_4_existence import (
    YSJ18_P4_3,
    a_global_minimum_meets_the_conditions,
    a_theorem_applies,
    problem_has_wide_layers,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_4_parameters import (
    SPURIOUS,
    is_a_spurious_minimum,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_4_wide_inputs import YSJ18_T4_1
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_4_wide_outputs import (
    YSJ18_T4_2,
)

MODULES = (
    section_4,
    section_4_compositions,
    section_4_wide_inputs,
    section_4_wide_outputs,
    section_4_existence,
    section_4_discussion,
    section_4_parameters,
    appendix_a,
    appendix_a_formula,
    appendix_a_right_inverse,
    appendix_a_direction,
    appendix_a_wide_inputs,
    appendix_a_wide_outputs,
    appendix_a_wide_outputs_bound,
    appendix_a_paddings,
)
STATEMENTS = tuple(
    dict.fromkeys(
        value
        for module in MODULES
        for value in vars(module).values()
        if isinstance(value, Statement) and value.reading == "printed"
    )
)
READINGS = tuple(reading for statement in STATEMENTS for reading in statement.readings)
HALF, QUARTER = Fraction(1, 2), Fraction(1, 4)
STATUS = {
    "YSJ18.E6": "refuted",
    "YSJ18.I6": "gap",
    "YSJ18.I7": "refuted",
    "YSJ18.I8": "gap",
    "YSJ18.T4.2": "gap",
    "YSJ18.P4.3": "refuted",
}


@cache
def judged(statement: Statement, instances: int = 4, seed: int = 0) -> StatementResult:
    return judge(statement, Options(instances=instances, seed=seed), READINGS)


def named(reading: Statement) -> str:
    return f"{reading.key}-{reading.reading}"


def finding(result: StatementResult, kind: str, where: str) -> dict[str, object]:
    (found,) = (f for f in result.findings if (f.kind, f.where) == (kind, where))
    assert found.counterexample is not None
    return dict(found.counterexample)


def exactly(rows: list[list[int | str]]) -> Map:
    """The linear map with the rows that a finding shows."""
    return Map(tuple(tuple(Fraction(value) for value in row) for row in rows))


# --- statuses -----


def test_every_key_is_here_once() -> None:
    keys = ["A2", "D6", "D7", "D8", "E6", "E7", "I4", "I5", "I6", "I7", "I8", "P4.3", "R4", "R5"]
    keys += ["T4.1", "T4.2"]
    assert sorted(s.key for s in STATEMENTS) == sorted(f"YSJ18.{key}" for key in keys)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("reading", READINGS, ids=named)
def test_status_of_every_reading(reading: Statement, seed: int) -> None:
    result = judged(reading, 25, seed)
    assert result.open_obligations == ()
    expected = STATUS.get(reading.key, "checked") if reading.reading == "printed" else "checked"
    assert status(result) == expected
    assert as_expected(result) == bool(reading.expected)


def test_printed_statements_with_findings_have_checked_repairs() -> None:
    for statement in STATEMENTS:
        assert bool(statement.expected) == (statement.key in STATUS)
        assert bool(statement.expected) == (statement.repaired_reading is not None)


# --- (6) -----


def test_formula_6_is_refuted_by_waves_that_steepen() -> None:
    result = judged(YSJ18_E6)
    assert status(result) == "refuted"
    shown = finding(result, "refuted", "statement")
    assert shown["law"] in (
        {"base": "2", "ratio": "1/8"},
        {"base": "1/2", "ratio": "1/2"},
    )
    assert STEEP_FAR_OUT.risk is not None
    assert STEEP_FAR_OUT.pairing() is None
    assert STEEP_NEAR_ZERO.risk is not None
    assert STEEP_NEAR_ZERO.pairing() is None
    assert inputs_are_bounded.decide(STEEP_NEAR_ZERO).is_holds
    assert inputs_are_bounded.decide(STEEP_FAR_OUT).is_fails


def test_moments_by_partial_sums() -> None:
    law = Geometric(Fraction(2), Fraction(1, 8))
    assert law.moment(3) is None
    partial = sum(
        Fraction(7, 8) * Fraction(1, 8) ** (k - 1) * Fraction(4) ** k for k in range(1, 60)
    )
    assert abs(law.moment(2) - partial) < Fraction(1, 10**15)


def test_remainder_of_the_risk_is_not_of_second_order() -> None:
    shown = finding(judged(YSJ18_E6), "invalid inference", "step expand_the_layers_above")
    layers = shown["layers"]
    assert layers[1]["ridges"][0]["profile"]["named"] == ROOT
    third = next(s for s in YSJ18_E6.instances if s.name == "power three halves above")
    verdict = risk_expands_to_second_order.decide(third)
    assert verdict.is_fails
    assert "order 3/2" in verdict.reason


def test_pairing_agrees_with_slopes_on_random_networks() -> None:
    tried = 0
    for s in sample(function_networks, examples=40, seed=3):
        assert s.slope(s.eta, 1) == s.pairing()
        gradient = QQ.scalar(0)
        for w, vector in s.gradient(s.layer):
            gradient = gradient + (vector.T @ s.direction.value(w))[0, 0]
        assert gradient == s.pairing()
        tried += not s.pairing().is_zero
    assert tried > 10


def test_operator_norm_bounds_every_direction() -> None:
    for s in sample(function_networks, examples=30, seed=5):
        bound = growth_bound(s.direction)
        pairing = s.pairing()
        assert bound is not None
        norm = s.operator_norm(s.layer) * bound
        assert not less(norm, pairing).is_holds
        assert not less(norm, -pairing).is_holds


def test_operator_norm_is_attained_by_a_multiple_of_the_gradient() -> None:
    s = network("two coordinates", linear((1, 0), (0, 0)), (linear((0, 0), (0, 0)),), ((3, 4),))
    ((w, vector),) = s.gradient(1)
    assert s.operator_norm(1) == 15
    direction = vector @ w.T
    pairing = (vector.T @ direction @ w)[0, 0] / (vector.T @ vector).trace().sqrt()
    assert pairing / (w.T @ w).trace().sqrt() == 15


def test_a_layer_of_one_unit_can_still_take_any_values_at_finitely_many_points() -> None:
    first = Ridge((1,), (1, 0), Profile((0, Fraction(-5, 2), Fraction(5, 2)), (1, 0, 1)))
    second = Ridge((1,), (0, 1), Profile((0, 4, -2), (1, 0, 1)))
    layers = (linear((1, 2)), Map(((0,), (0,)), (first, second)))
    s = network("through one unit", linear((0, 1), (1, 0)), layers, ((1, 0), (0, 1)))
    assert s.risk == s.least_risk == 0


# --- factor 2, and quotients 0 / 0 -----


def test_expected_square_is_twice_the_excess() -> None:
    one = network("one value", scaled(2), (IDENTITY,), (1,))
    assert one.risk == HALF
    assert one.least_risk == 0
    assert expected_square_is_twice_the_excess_risk.decide(one).is_holds
    assert expected_square_is_the_excess_risk.decide(one).is_fails
    assert one.operator_norm(1) * difference_bound(one.layers, one.target) == 1


def test_no_constant_above_two() -> None:
    one = network("one value", scaled(2), (IDENTITY,), (1,))
    verdict = derivative_bounds_twice_the_excess_risk.decide(one)
    assert verdict.is_holds
    (three,) = (m for m in verdict.mutants if m.label == "three times c")
    assert three.decide().is_fails


def test_quotients_are_refuted_where_the_network_is_the_target() -> None:
    result = judged(YSJ18_I6)
    shown = finding(result, "invalid inference", "step divide_by_the_norm_of_the_direction")
    layers = shown["layers"]
    assert all(not layer["ridges"] for layer in layers)
    target, *maps = (exactly(layer["linear"]) for layer in (shown["target"], *layers))
    assert difference_bound(tuple(maps), target) == 0


def test_dominance_holds_with_a_hidden_constant_only_for_the_true_gradient() -> None:
    fitted = FunctionNetwork(
        law=Finite((Atom(Fraction(1), (1,), (1,)),)), target=scaled(2), layers=(scaled(1),)
    )
    verdict = derivative_bounds_twice_the_excess_risk.decide(fitted)
    assert fitted.operator_norm(1) == 0
    assert fitted.risk == 0
    assert verdict.is_holds


# --- the inverse below -----


def test_flat_map_meets_the_conditions_and_has_no_differentiable_inverse() -> None:
    assert one_to_one_and_onto((FLAT,), 1).is_holds
    assert expands((FLAT,), 1, QUARTER).is_holds
    assert expands((FLAT,), 1, HALF).is_fails
    assert FLAT.jacobian(QQ.column([1])).is_zero
    assert jacobian_nonsingular((FLAT,), 1).is_fails
    assert inverse_below_is_differentiable.decide(FLAT_BELOW).is_fails
    assert steering_in_class(FLAT_BELOW).is_fails


def test_theorem_4_2_keeps_its_claim_and_loses_its_proof() -> None:
    result = judged(YSJ18_T4_2)
    assert status(result) == "gap"
    assert {i.verdict for i in result.instances} == {"holds"}
    shown = finding(result, "invalid inference", "step derivative_in_the_direction_vanishes")
    assert shown["name"] == "slope 0 below, fitted at X = 1 alone"
    assert status(judged(YSJ18_T4_2.repaired_reading)) == "checked"


def test_i7_is_refuted_by_the_flat_map() -> None:
    result = judged(YSJ18_I7)
    shown = finding(result, "refuted", "statement")
    assert shown["layers"][0]["ridges"][0]["profile"] == {
        "top": [0, 2, "-5/2", 1],
        "bottom": [2, -2, 1],
        "left": None,
        "named": "",
    }


# --- Proposition 4.3 -----


def test_widths_1_3_2_3_leave_no_network() -> None:
    shown = finding(judged(YSJ18_P4_3), "refuted", "statement")
    assert shown["widths"] == [1, 3, 2, 3]
    problem = Problem(widths=(1, 3, 2, 3), target=linear((0,), (0,), (0,)), inputs=((1,),))
    assert problem.joints == [1]
    assert problem_has_wide_layers.decide(problem).is_holds
    assert a_theorem_applies.decide(problem).is_holds
    assert a_global_minimum_meets_the_conditions.decide(problem).is_fails


@pytest.mark.parametrize(
    ("widths", "outcome"),
    [((1, 2, 1, 2), "holds"), ((1, 3, 2, 3), "fails"), ((1, 3, 3, 3), "holds")],
)
def test_a_narrow_layer_may_come_before_the_last_joint(
    widths: tuple[int, ...], outcome: str
) -> None:
    target = Map(tuple((i + 1,) for i in range(widths[-1])))
    problem = Problem(widths=widths, target=target, inputs=((1,), (2,)))
    assert a_global_minimum_meets_the_conditions.decide(problem).outcome.value == outcome


# --- Theorem 4.1 and the discussion -----


def test_zero_maps_are_critical_and_not_least() -> None:
    zero = network("zero maps", IDENTITY, (ZERO, ZERO), (1,))
    assert point_is_critical.decide(zero).is_holds
    assert point_is_a_global_minimum.decide(zero).is_fails


def test_theorem_4_1_is_checked() -> None:
    result = judged(YSJ18_T4_1)
    assert status(result) == "checked"
    assert all(c.bites for c in result.controls)


def test_parameters_at_zero_are_a_spurious_minimum_of_an_arctan_unit() -> None:
    assert is_a_spurious_minimum(SPURIOUS).is_holds
    assert is_a_spurious_minimum(dataclasses.replace(SPURIOUS, other=(-1,))).is_fails
    assert SPURIOUS.gradient().is_zero


# --- maps and bounds -----


def test_profiles_know_their_smoothness() -> None:
    smooth = [FLAT, STEEPER, BENT, BOUNDED, CORNER, TWO_SLOPES]
    profiles = [layer.ridges[0].profile for layer in smooth]
    assert [p.is_differentiable for p in profiles] == [True, True, True, True, False, False]
    assert [p.is_twice_differentiable for p in profiles] == [True, True, False, False, False, False]
    assert not Profile((1,), (0, 1)).has_values
    assert not Profile((1,), left=((0,), (1,))).is_continuous


def test_growth() -> None:
    assert sublinear(STEEPER).is_holds
    assert sublinear(PARABOLA).is_fails
    assert sublinear(SHIFT).is_fails
    assert BUMP.range_of("slope") == (Fraction(-1, 8), Fraction(1))
    assert BUMP.range_of("secant") == (Fraction(0), Fraction(1))


@pytest.mark.parametrize("bound", [Fraction(1, 8), QUARTER, HALF])
def test_bounds_of_a_map_of_two_variables_hold_at_points(bound: Fraction) -> None:
    assert jacobian_bounded_below((TILTED,), 2, bound).is_holds
    assert one_to_one_and_onto((TILTED,), 2).is_holds
    for x in probes(2):
        jacobian = chained((TILTED,), x)
        least = jacobian @ jacobian.T - QQ.identity(2).scale(bound**2)
        assert least.inertia()[1] == 0
        if expands((TILTED,), 2, bound).is_holds:
            image = composed((TILTED,), x)
            assert (image.T @ image)[0, 0] >= (x.T @ x)[0, 0] * bound**2


def test_bijections_of_the_line() -> None:
    assert one_to_one_and_onto((TWICE_SIX,), 1).is_fails
    assert one_to_one_and_onto((BOUNDED,), 1).is_fails
    assert one_to_one_and_onto((ZERO,), 1).is_fails
    assert one_to_one_and_onto((STEEPER, FLAT), 1).is_holds
    assert not one_to_one_and_onto((TWO_SLOPES,), 1).data["smooth_inverse"]


def test_steering_is_the_residual_over_the_slope_on_the_line() -> None:
    s = network("line", scaled(2), (IDENTITY, STEEPER), (1,))
    for x in points(s):
        slope = STEEPER.jacobian(x)[0, 0]
        assert s.steering(x)[0, 0] * slope == s.residual(x)[0, 0]


def test_shapes_and_fields_are_refused() -> None:
    with pytest.raises(ShapeError, match="layers that fit"):
        network("wrong widths", IDENTITY, (linear((1, 0)),), (1,))
    with pytest.raises(ShapeError, match="positive weights"):
        Finite((Atom(HALF, (1,), (1,)),))
    with pytest.raises(DomainError, match="finitely many values"):
        _ = STEEP_FAR_OUT.atoms
    with pytest.raises(ShapeError, match="base"):
        Geometric(Fraction(3, 2), HALF)


# --- sabotage -----


def test_the_flat_map_among_the_repaired_instances_is_refused() -> None:
    broken = dataclasses.replace(FLAT_BELOW, name="sabotage")
    wrong = variant(
        YSJ18_I7.repaired_reading,
        YSJ18_I7.repaired_reading.steps,
        hypotheses=YSJ18_I7.hypotheses,
        controls=YSJ18_I7.controls,
        no_control=YSJ18_I7.no_control,
        instances=(*YSJ18_I7.repaired_reading.instances, broken),
    )
    assert refused(wrong, Options(instances=0), READINGS)


@pytest.mark.slow
def test_the_printed_steps_do_not_prove_the_repaired_claim() -> None:
    swapped = variant(
        YSJ18_I6.repaired_reading,
        YSJ18_I6.steps,
        hypotheses=YSJ18_I6.hypotheses,
    )
    assert refused(swapped, Options(instances=4), READINGS)


@pytest.mark.slow
@pytest.mark.parametrize(
    "reading",
    [r for r in READINGS if r.reading == "repaired" or r.key not in STATUS],
    ids=named,
)
def test_wrong_variants_by_rule_are_refused(reading: Statement) -> None:
    others = [s for s in STATEMENTS if s.key in ("YSJ18.D6", "YSJ18.I4")]
    options = Options(instances=8)
    known = READINGS
    kept = [
        label for label, wrong in sabotaged(reading, others) if not refused(wrong, options, known)
    ]
    assert kept == []
