"""NH17, section 4: statuses, findings, exact limits, certified scales, and wrong variants."""

from __future__ import annotations

import itertools
import math
from fractions import Fraction
from functools import cache

import flint
import pytest
from former_proofs import former_proofs
from sabotage import refused, variant

from symbolic_landscape.arithmetic import QQ, BallField, limit_at_zero, rank_at_least
from symbolic_landscape.errors import DomainError
from symbolic_landscape.former.check import judge
from symbolic_landscape.formula import parse_formula
from symbolic_landscape.functions.activations import Activation
from symbolic_landscape.judge.options import Options
from symbolic_landscape.judge.results import StatementResult
from symbolic_landscape.judge.statuses import found, status, statuses
from symbolic_landscape.proofs.common.externals import EXTERNAL_ANALYTIC_COMPOSITION, LineFunction
from symbolic_landscape.proofs.nguyen_hein_2017.certified_scale import (
    first_certified_scale,
    gershgorin_sums,
    is_nonsingular_beyond,
)
from symbolic_landscape.proofs.nguyen_hein_2017.full_rank import (
    bounded_rank_is_full,
    growing_rank_is_full,
    some_parameters_give_full_rank,
)
from symbolic_landscape.proofs.nguyen_hein_2017.leibniz import (
    other_permutations,
    other_products,
    product_at,
    sign_of,
)
from symbolic_landscape.proofs.nguyen_hein_2017.projected import (
    DIP,
    SOFTPLUS_GROWTH,
    UNIT_GROWTH,
    projected,
)
from symbolic_landscape.proofs.nguyen_hein_2017.rank_witness import (
    features,
    full_rank_witness,
    layers_below,
    ordered_layer,
    rank_ceiling,
    separating_direction,
)
from symbolic_landscape.proofs.nguyen_hein_2017.scaled_layer import (
    DECAYING,
    Growth,
    ScaledLayer,
    beside_ones,
    displayed_limit,
    layer_at,
    layer_beyond,
    layer_over_decay,
    limit_matrix,
    row_differences,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_4_analytic import (
    NH17_L4_1,
    NH17_L4_2,
    LinearForms,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_4_bounded import (
    NH17_I4_3A,
    determinant_tends_to_power,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_4_dense import NH17_C4_5, near
from symbolic_landscape.proofs.nguyen_hein_2017.section_4_features import (
    CUBIC,
    LINEAR,
    NARROW,
    NH17_L4_3,
    NH17_L4_3_REPAIRED,
    REPEATED,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_4_generic import (
    NH17_L4_4,
    deficient_parameters_are_null,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_4_growing import (
    NH17_I4_3B,
    determinant_tends_to_diagonal_power,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_4_implicit import (
    CIRCLE,
    CROSSING,
    CUBIC_ROOT,
    TWO_BRANCHES,
    one_function_near_point_solves,
    one_function_solves,
    solution_box,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_4_linear import (
    linear_point,
    no_parameters_give_full_rank,
    rank_is_bounded_by_each_layer,
)
from symbolic_landscape.proofs.nguyen_hein_2017.separation import (
    activation_is_bijective,
    layer_is_wide_enough,
    some_direction_separates,
)
from symbolic_landscape.proofs.nguyen_hein_2017.wide_layer import (
    KINKED,
    LINE,
    PLANE,
    SPACE,
    wide_layer,
)
from symbolic_landscape.verdict import Evidence

PROOFS = former_proofs()
BALLS = BallField(192)
NO_SEARCH = Options(instances=0)
REFUTED = ("refuted", "statement")
READINGS = {
    ("NH17.L4.1", "printed"): (),
    ("NH17.L4.2", "printed"): (),
    ("NH17.R4.lin", "printed"): (),
    ("NH17.R4.nonlin", "printed"): (REFUTED,),
    ("NH17.R4.nonlin", "repaired"): (),
    ("NH17.L4.3", "printed"): (("invalid inference", "step strictly_monotonic_is_bijective"),),
    ("NH17.L4.3", "repaired"): (),
    ("NH17.I4.3a", "printed"): (),
    ("NH17.I4.3b", "printed"): (),
    ("NH17.L4.4", "printed"): (),
    ("NH17.L4.4", "repaired"): (),
    ("NH17.C4.5", "printed"): (),
    ("NH17.C4.5", "repaired"): (),
    ("NH17.T4.6", "printed"): (("invalid inference", "step one_solution_near_point"), REFUTED),
    ("NH17.T4.6", "repaired"): (),
}


@cache
def judged(key: str, reading: str) -> StatementResult:
    statement = next(r for r in PROOFS[key].printed.readings if r.reading == reading)
    return judge(statement, Options(instances=15), PROOFS.readings)


# --- statuses ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("key", "reading"), READINGS)
def test_findings_are_exactly_these(key: str, reading: str) -> None:
    result = judged(key, reading)
    assert found(result) == tuple(sorted(READINGS[key, reading]))
    assert result.open_obligations == ()
    if not READINGS[key, reading]:
        assert status(result) == "checked"


def test_repaired_chain_is_checked() -> None:
    externals = [
        judge(s, NO_SEARCH, PROOFS.readings) for s in PROOFS.statements if s.kind == "external"
    ]
    all_of_them = statuses([*externals, *(judged(*reading) for reading in READINGS)])
    for key in ("NH17.L4.3", "NH17.L4.4", "NH17.C4.5", "NH17.T4.6", "NH17.R4.nonlin"):
        assert all_of_them[key, "repaired"] == "checked"
    assert all_of_them["NH17.L4.3", "printed"] == "gap"
    assert all_of_them["NH17.L4.4", "printed"] == "checked"


def test_surplus_hypotheses_of_the_lemma_are_named() -> None:
    findings = judged("NH17.L4.3", "repaired").findings
    assert {f.kind for f in findings} == {"surplus hypothesis"}
    said = " ".join(f.text for f in findings)
    surplus = {h.name for h in NH17_L4_3.hypotheses if h.name in said}
    assert surplus == {
        "activation_is_analytic",
        "loss_is_twice_differentiable",
        "loss_critical_points_are_global_minima",
        "layer_is_hidden",
    }


def test_no_activation_of_the_assumptions_is_a_bijection_of_the_line() -> None:
    for instance in NH17_L4_3.instances:
        assert activation_is_bijective.decide(instance).is_fails
    assert activation_is_bijective.decide(CUBIC).is_holds


def test_two_branches_refute_uniqueness_as_printed() -> None:
    finding = next(f for f in judged("NH17.T4.6", "printed").findings if f.kind == "refuted")
    assert finding.counterexample is not None
    assert finding.counterexample["name"] == "v^2 = 1"
    assert (finding.counterexample["u"], finding.counterexample["v"]) == (["0"], ["1"])


def test_one_sample_is_the_smallest_counterexample_to_needing_nonlinearity() -> None:
    finding = next(f for f in judged("NH17.R4.nonlin", "printed").findings if f.kind == "refuted")
    assert finding.counterexample is not None
    assert finding.counterexample["samples"]["inputs"] == [["1"]]
    two = no_parameters_give_full_rank.decide(wide_layer("two", "linear", LINE[:2], (1, 1), 1))
    assert two.is_fails
    assert "[0, 1; 1, 1]" in two.reason


# --- exact limits --------------------------------------------------------------------------------


@pytest.mark.parametrize("count", range(1, 9))
@pytest.mark.parametrize(
    ("name", "mu", "middle"),
    [("sigmoid", 0, Fraction(1, 2)), ("tanh", -1, 0), ("tanh(t**3)", -1, 0)],
)
def test_exact_limit_is_the_power(name: str, mu: int, middle: Fraction, count: int) -> None:
    if name == "tanh(t**3)" and count > 5:
        pytest.skip("degrees up to 2 * 7**3 in x take long")
    layer = projected("", name, tuple(range(count))).layer
    decaying = layer_over_decay(layer)
    assert decaying is not None
    determinant = beside_ones(decaying[0], first=True).det()
    assert limit_at_zero(determinant) == (mu - middle) ** (count - 1)
    assert not determinant.is_zero


def test_limit_with_beta_lies_in_the_field_of_e() -> None:
    layer = projected("", "sigmoid", (0, 1, 3), beta=1).layer
    decaying = layer_over_decay(layer)
    assert decaying is not None
    limit = limit_at_zero(beside_ones(decaying[0], first=True).det())
    value = limit_at_zero(decaying[1])
    assert limit == value**2
    assert limit != value**3
    assert value.enclose(64).overlaps(1 / (1 + flint.arb(-1).exp()))


def test_determinant_of_two_sigmoids_by_hand() -> None:
    decaying = layer_over_decay(projected("", "sigmoid", (0, 1)).layer)
    assert decaying is not None
    x = decaying[0].field.generator("x")
    assert beside_ones(decaying[0], first=True).det() == x / (1 + x) - Fraction(1, 2)


@pytest.mark.parametrize("name", ["softplus", "arctan", "algebraic"])
def test_no_fraction_is_claimed_where_none_exists(name: str) -> None:
    assert layer_over_decay(projected("", name, (0, 1)).layer) is None


def test_limit_matrix_follows_the_signs_and_not_the_places() -> None:
    rising, falling = (projected("", "sigmoid", t).layer for t in ((0, 1, 2), (2, 1, 0)))
    assert limit_matrix(rising) == displayed_limit(3)
    assert limit_matrix(falling) != displayed_limit(3)


def test_row_differences_keep_the_determinant() -> None:
    matrix = QQ.matrix([[1, 2, 3], [4, 5, 7], [1, 0, 9]])
    assert row_differences(matrix).det() == matrix.det()
    assert row_differences(matrix).tolist()[1] == [3, 3, 4]


def test_wrong_powers_are_refuted_for_a_generic_activation() -> None:
    verdict = determinant_tends_to_power.decide(NH17_I4_3A.instances[-1])
    assert verdict.evidence is Evidence.IDENTITY
    wrong = {m.label: m.decide() for m in verdict.mutants}
    assert wrong["exponent N"].is_fails
    assert wrong["gamma in the place of mu"].is_fails


@pytest.mark.parametrize("count", [2, 3, 5])
def test_only_the_identity_survives_for_a_generic_growth(count: int) -> None:
    layer = projected("", DECAYING, tuple(range(count))).layer
    decaying = layer_over_decay(layer)
    assert decaying is not None
    s = decaying[1]
    assert limit_at_zero(beside_ones(decaying[0], first=False).det()) == limit_at_zero(s) ** (
        count - 1
    )


def test_linear_activation_has_another_limit() -> None:
    instance = projected("", "linear", (0, 1, 2), 1, UNIT_GROWTH)
    assert determinant_tends_to_diagonal_power.decide(instance).is_fails


def test_value_zero_has_limit_zero() -> None:
    verdict = determinant_tends_to_diagonal_power.decide(projected("", DIP, (0, 1), 0, UNIT_GROWTH))
    assert verdict.is_fails
    assert "0 = 0" in verdict.reason


# --- Leibniz -------------------------------------------------------------------------------------


def test_signs_of_permutations_by_inversions() -> None:
    for permutation in itertools.permutations(range(5)):
        inversions = sum(a > b for a, b in itertools.combinations(permutation, 2))
        assert sign_of(permutation) == (-1) ** inversions
    assert sum(1 for _ in other_permutations(4)) == math.factorial(4) - 1


@pytest.mark.parametrize("alpha", [2, 5, 20])
def test_products_of_softplus_stay_below_their_bound(alpha: int) -> None:
    layer = projected("", "softplus", (0, 1, 3, 4), 0, SOFTPLUS_GROWTH).layer
    products = other_products(layer, BALLS)
    matrix = layer_at(layer, Fraction(alpha), BALLS)
    bound = products.bound(Fraction(alpha), BALLS)
    for permutation in other_permutations(4):
        assert product_at(layer, permutation, matrix).raw < bound
    assert products.stuck is None
    assert products.T == 1


def test_slowest_product_is_not_below_half_of_its_decay() -> None:
    layer = projected("", "softplus", (0, 1), 0, SOFTPLUS_GROWTH).layer
    products = other_products(layer, BALLS)
    matrix = layer_at(layer, Fraction(30), BALLS)
    product = product_at(layer, products.slowest, matrix).raw
    assert product > products.bound(Fraction(30), BALLS, faster=2)


# --- certified scales ----------------------------------------------------------------------------


def _gershgorin_scale(name: str, constants: tuple[str, ...], count: int) -> Fraction | None:
    growth = Growth(tuple(parse_formula(text) for text in constants))
    values = tuple(QQ.scalar(i) for i in range(count))
    layer = ScaledLayer(values, Activation.of(name), Fraction(0), growth)
    return first_certified_scale(lambda a: gershgorin_sums(layer, a, BALLS).dominated)


@pytest.mark.parametrize("count", [2, 8, 50])
def test_softplus_scale_does_not_depend_on_the_count(count: int) -> None:
    assert _gershgorin_scale("softplus", SOFTPLUS_GROWTH, count) == Fraction(481, 100)


def test_sigmoid_scale_is_near_twice_the_logarithm_of_five() -> None:
    scale = _gershgorin_scale("sigmoid", ("1", "1", "1/100000", "1"), 9)
    assert scale is not None
    exact = 2 * flint.arb(5).log()
    assert exact < flint.fmpq(scale.numerator, scale.denominator) < exact + flint.fmpq(1, 100)


@pytest.mark.parametrize("count", [2, 5, 8])
@pytest.mark.parametrize("name", ["sigmoid", "tanh", "tanh(t**3)", "arctan", "algebraic"])
def test_tail_holds_every_later_matrix(name: str, count: int) -> None:
    layer = projected("", name, tuple(range(count))).layer
    scale = first_certified_scale(lambda a: is_nonsingular_beyond(layer, a, BALLS))
    assert scale is not None
    tail = layer_beyond(layer, scale, BALLS)
    for factor in (1, Fraction(3, 2), 7, 100):
        later = layer_at(layer, scale * factor, BALLS)
        pairs = zip(tail.raw_rows(), later.raw_rows(), strict=True)
        assert all(a.overlaps(b) for left, right in pairs for a, b in zip(left, right, strict=True))
        assert rank_at_least(beside_ones(later, first=True), count).is_holds


def test_tail_refuses_activations_that_are_not_monotone_or_not_bounded() -> None:
    for name in ("1/(1 + t**2)", "softplus", "linear"):
        with pytest.raises(DomainError, match="monotony and finite limits"):
            layer_beyond(projected("", name, (0, 1)).layer, Fraction(1), BALLS)


def test_no_scale_is_certified_for_equal_projections() -> None:
    assert bounded_rank_is_full.decide(REPEATED).is_fails
    layer = projected("", "sigmoid", (0, 0)).layer
    assert not is_nonsingular_beyond(layer, Fraction(100), BALLS)


def test_growing_scale_on_a_deep_layer() -> None:
    instance = wide_layer("", "softplus", SPACE, (2, 5, 1), 2)
    verdict = growing_rank_is_full.decide(instance)
    assert verdict.is_holds
    ordered = ordered_layer(instance)
    assert ordered is not None
    later = layer_at(ordered.layer, verdict.data["scale"] * 3, BallField(512))
    assert rank_at_least(beside_ones(later, first=False), 6).is_holds


# --- directions, witnesses, ceilings -------------------------------------------------------------


def test_a_direction_is_found_where_coordinates_repeat() -> None:
    rows = QQ.matrix([[i % 3, i // 3] for i in range(9)])
    direction = separating_direction(rows)
    assert direction is not None
    projections = {(row[0]).rational() for row in (rows @ QQ.column(direction)).tolist()}
    assert len(projections) == 9


def test_equal_samples_have_no_direction() -> None:
    assert separating_direction(QQ.matrix([[1, 2], [1, 2]])) is None
    assert some_direction_separates.decide(REPEATED).is_fails


@pytest.mark.parametrize("depth", [1, 2, 3, 4])
def test_rows_stay_apart_below_every_layer(depth: int) -> None:
    instance = wide_layer("", "tanh", PLANE, (1,) * (depth - 1) + (4, 1), depth)
    below = layers_below(instance, depth)
    assert below is not None
    assert below.features.shape[0] == len(PLANE)
    witness = full_rank_witness(instance)
    assert witness is not None
    again = features(instance, witness.weights, witness.biases, BallField(512))
    assert rank_at_least(beside_ones(again, first=False), len(PLANE)).is_holds


@pytest.mark.parametrize("count", range(1, 9))
@pytest.mark.parametrize("name", ["sigmoid", "tanh", "softplus", "tanh(t**3)"])
def test_lemma_holds_for_each_count_and_dimension(name: str, count: int) -> None:
    for dimension in (1, 2, 3):
        inputs = [(i, i * i % 5, 1 - i)[:dimension] for i in range(count)]
        instance = wide_layer("", name, inputs, (max(count - 1, 1), 1), 1)
        assert some_parameters_give_full_rank.decide(instance).is_holds


def test_ceilings() -> None:
    assert rank_ceiling(NARROW)[0] == 2
    assert rank_ceiling(LINEAR)[0] == 2
    assert rank_ceiling(REPEATED)[0] == 2
    assert rank_ceiling(CUBIC)[0] == 4
    two_cubic_layers = wide_layer("", "cubic", [(i,) for i in range(11)], (1, 10, 1), 2)
    assert rank_ceiling(two_cubic_layers)[0] == 10


def test_cubic_needs_five_samples_to_fail() -> None:
    assert some_parameters_give_full_rank.decide(CUBIC).is_fails
    four = wide_layer("", "cubic", LINE[:4], (3, 1), 1)
    assert some_parameters_give_full_rank.decide(four).is_holds


def test_analyticity_is_needed_for_almost_all_but_not_for_some() -> None:
    assert some_parameters_give_full_rank.decide(KINKED).is_holds
    assert deficient_parameters_are_null.decide(KINKED).is_fails


def test_nearby_parameters_lie_inside_the_ball() -> None:
    tiny = near(wide_layer("", "sigmoid", LINE[:3], (2, 1), 1), Fraction(1, 10**9))
    verdict = NH17_C4_5.conclusion.decide(tiny) if NH17_C4_5.conclusion else None
    assert verdict is not None
    assert verdict.is_holds


def test_linear_bound_is_reached_and_not_sharp_below() -> None:
    reached = linear_point("", LINE[:2], [[[1], [1]]], [[0, 1]])
    assert reached.features(1).rank() == reached.weights(1).rank() + 1
    wide = linear_point(
        "", SPACE, [[[1, 1, 1]], [[1], [0]], [[1, 0], [0, 1]]], [[0], [0, 1], [1, 1]]
    )
    assert rank_is_bounded_by_each_layer.decide(wide).is_holds
    assert wide.features(3).rank() == wide.weights(1).rank() + 1 < 1 + 3 - 1 + 1


def test_products_of_linear_forms() -> None:
    assert LinearForms(forms=((1, -1), (0, 0))).not_identically_zero().is_fails
    verdict = LinearForms(forms=((1, -1), (1, 0))).not_identically_zero()
    assert verdict.reason == "no form vanishes at (1, 0)"


# --- implicit functions --------------------------------------------------------------------------


def test_solution_boxes() -> None:
    for equation in (TWO_BRANCHES, CIRCLE, CUBIC_ROOT):
        assert solution_box(equation) is not None
        assert one_function_near_point_solves.decide(equation).is_holds
    assert solution_box(CROSSING) is None
    assert one_function_solves.decide(TWO_BRANCHES).is_fails
    assert one_function_solves.decide(CUBIC_ROOT).is_holds
    assert one_function_solves.decide(CIRCLE).is_undecided


# --- wrong variants ------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("statement", [NH17_L4_1, NH17_L4_2, NH17_L4_4, NH17_I4_3A, NH17_I4_3B])
def test_a_dropped_step_is_refused(statement: object) -> None:
    for step in statement.steps:  # type: ignore[attr-defined]
        rest = [s for s in statement.steps if s is not step]  # type: ignore[attr-defined]
        if rest:
            wrong = variant(statement, rest)  # type: ignore[arg-type]
            assert refused(wrong, NO_SEARCH, PROOFS.readings), step.name


def test_a_dropped_hypothesis_is_refused() -> None:
    steps = [s for s in NH17_L4_3_REPAIRED.steps if layer_is_wide_enough not in s.premises]
    rest = tuple(h for h in NH17_L4_3_REPAIRED.hypotheses if h is not layer_is_wide_enough)
    controls = {h: c for h, c in NH17_L4_3_REPAIRED.controls.items() if h in rest}
    wrong = variant(
        NH17_L4_3_REPAIRED,
        steps,
        hypotheses=rest,
        controls=controls,
        instances=(*NH17_L4_3_REPAIRED.instances, NARROW),
    )
    assert refused(wrong, NO_SEARCH, PROOFS.readings)


def test_a_wrong_citation_is_refused() -> None:
    import dataclasses

    steps = list(NH17_L4_4.steps)
    steps[0] = dataclasses.replace(
        steps[0],
        cites=EXTERNAL_ANALYTIC_COMPOSITION,
    )
    assert refused(variant(NH17_L4_4, steps), NO_SEARCH, PROOFS.readings)


def test_a_zero_on_a_half_line_is_no_instance_of_the_quoted_lemma() -> None:
    flat = LineFunction(name="flat", formula="smoolu", witness=Fraction(1))
    wrong = variant(NH17_L4_2, NH17_L4_2.steps, instances=(*NH17_L4_2.instances, flat))
    assert refused(wrong, NO_SEARCH, PROOFS.readings)
