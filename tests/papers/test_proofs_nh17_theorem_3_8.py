"""NH17, Theorem 3.8 and what stands around it: statuses, empty ranges, exact counterexamples."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from functools import cache
from itertools import pairwise, product

import pytest
from former_proofs import former_proofs
from sabotage import refused, variant

from symbolic_landscape.former.check import judge
from symbolic_landscape.former.consistency import clash
from symbolic_landscape.former.lemma import Statement
from symbolic_landscape.judge.options import Options
from symbolic_landscape.judge.results import StatementResult
from symbolic_landscape.judge.statuses import as_expected, found, status
from symbolic_landscape.networks import Samples
from symbolic_landscape.proofs.common.minima import is_global_minimum
from symbolic_landscape.proofs.common.points import (
    activation_is_strictly_increasing,
    derivative_is_positive,
    features_have_full_rank,
    gradient_vanishes,
    weights_above_have_full_rank,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_3_assumptions import ASSUMPTION_3_2
from symbolic_landscape.proofs.nguyen_hein_2017.section_3_block import (
    FIRST_EXAMPLE,
    SECOND_EXAMPLE,
    in_network,
    subset_is_nonsingular,
    whole_is_nonsingular,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_3_conjecture import (
    CROSS,
    SLOPE,
    SLOPE_WIDE,
    WIDE_CROSS,
    NH17_R3_8_conjecture_repaired,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_3_local_minima_facts import (
    least_value_is_attained,
    line_network,
    local_minimum_is_global,
    point_is_a_local_minimum,
    widths_above_do_not_increase,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_3_morse import tilted
from symbolic_landscape.proofs.nguyen_hein_2017.section_3_nondegenerate import (
    point_is_a_nondegenerate_minimum,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_3_remarks import flat_direction
from symbolic_landscape.proofs.nguyen_hein_2017.section_3_wide_layer import HYPOTHESES
from symbolic_landscape.proofs.nguyen_hein_2017.section_3_wide_layer_branch import gradient_equation
from symbolic_landscape.proofs.nguyen_hein_2017.section_3_wide_layer_direct import (
    NH17_T3_8_REPAIRED,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_3_wide_layer_facts import (
    architecture_is_forced,
    block_is_nonsingular,
    chosen_layers_begin_above,
    layer_has_enough_units,
    null_directions,
    output_jacobian,
    slopes_above_are_not_zero,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_3_wide_layer_near_misses import (
    BUMP_BLOCK,
    CHOSEN_ABOVE,
    DEGENERATE,
    DEGENERATE_BLOCKS,
    FLAT_FITTED,
    NARROW,
    OFF_TARGET,
    STRICT_MINIMUM,
    WIDENING,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_3_wide_layer_points import (
    CUBED_BLOCK,
    GOOD_BLOCKS,
    SMALLEST_BLOCK,
    SQUARE_LAYERS,
    BlockPoint,
    block_point,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_4_implicit import solution_box

PROOFS = former_proofs()
NO_SEARCH = Options(instances=0)
KEYS = (
    "NH17.D3.6",
    "NH17.D3.7",
    "NH17.T3.8",
    "NH17.P3.8gen",
    "NH17.R3.8",
    "NH17.R3.8.shallow",
    "NH17.R3.8.conjecture",
    "NH17.R3.4.conjecture",
    "NH17.C3.9",
    "NH17.T3.10",
    "NH17.R3.10",
)
PRINTED = {
    "NH17.T3.8": "inconsistent",
    "NH17.P3.8gen": "inconsistent",
    "NH17.R3.8.shallow": "inconsistent",
    "NH17.C3.9": "inconsistent",
    "NH17.R3.8.conjecture": "refuted",
    "NH17.R3.4.conjecture": "refuted",
    "NH17.R3.10": "refuted",
}
"""Statuses of printed readings that are not checked."""
READINGS = [s for key in KEYS for s in PROOFS[key].printed.readings]


@cache
def result_of(statement: Statement, instances: int = 0) -> StatementResult:
    return judge(statement, Options(instances=instances), PROOFS.readings)


def ids(statement: Statement) -> str:
    return f"{statement.key}-{statement.reading}"


def _is_right(statement: Statement, result: StatementResult) -> None:
    wanted = PRINTED.get(statement.key, "checked")
    assert status(result) == (wanted if statement.reading == "printed" else "checked")
    assert not result.open_obligations
    assert not result.mutants.survivors
    assert all(control.bites for control in result.controls)
    if statement.expected:
        assert as_expected(result)
    else:
        assert found(result) == ()


@pytest.mark.slow
@pytest.mark.parametrize("statement", READINGS, ids=ids)
def test_findings_are_exactly_the_recorded_ones(statement: Statement) -> None:
    _is_right(statement, result_of(statement, 50))


@pytest.mark.parametrize("key", ["NH17.D3.7", "NH17.T3.10", "NH17.R3.8.conjecture"])
def test_light_statements_come_out_as_recorded(key: str) -> None:
    for statement in PROOFS[key].printed.readings:
        _is_right(statement, result_of(statement))


# --- where the theorem is empty ------------------------------------------------------------------


@pytest.mark.parametrize("s", GOOD_BLOCKS, ids=lambda s: s.name)
def test_good_points_meet_every_hypothesis_with_one_unit_less_than_samples(s: BlockPoint) -> None:
    assert all(fact.decide(s).is_holds for fact in HYPOTHESES)
    assert s.width == s.count - 1
    assert s.chosen == (s.layer + 1,)
    assert set(s.network.widths[s.layer + 1 :]) == {s.network.outputs}
    assert features_have_full_rank.decide(s).is_holds


@pytest.mark.parametrize("s", DEGENERATE_BLOCKS, ids=lambda s: s.name)
def test_elsewhere_all_hypotheses_hold_but_the_one_on_the_block(s: BlockPoint) -> None:
    broken = [fact.name for fact in HYPOTHESES if not fact.decide(s).is_holds]
    assert broken == ["block_is_nonsingular"]


def test_a_spare_unit_gives_exact_null_directions_of_every_block() -> None:
    s = block_point(
        "three units, two samples, two layers above",
        widths=(1, 3, 2, 1),
        activation="t/sqrt(1 + t**2)",
        inputs=[[0], [1]],
        targets=[["1/2"], ["1/3"]],
        weights=[[["3/4"], ["4/3"], ["-3/4"]], [["5/4", 0, 0], [0, 0, "5/4"]], [["5/4", "5/4"]]],
        biases=[[0, 0, 0], [0, 0], [0]],
        layer=1,
        chosen=(2, 3),
    )
    assert not gradient_vanishes.decide(s).is_holds
    for chosen in ((2,), (2, 3)):
        moved = replace(s, chosen=chosen)
        flat = null_directions(moved)
        assert flat.rank() == 2 * 2
        assert (moved.block.over(flat.field) @ flat).is_zero


def test_the_block_at_a_fitted_point_is_a_product_of_jacobians() -> None:
    s = replace(SQUARE_LAYERS, chosen=(2, 3))
    jacobian = output_jacobian(s)
    assert jacobian.shape == (s.count * s.network.outputs, 12)
    assert s.block == (jacobian.T @ jacobian).scale(2).over(s.block.field)
    assert s.block.rank() == 6


@pytest.mark.parametrize("regime", PROOFS["NH17.T3.8"].printed.regimes[1:], ids=lambda r: r.name)
def test_every_law_of_an_empty_range_but_those_in_the_core_can_go(regime: object) -> None:
    statement = PROOFS["NH17.T3.8"].printed
    grounds = {h.name: h.ground for h in statement.hypotheses if h.ground is not None}
    laws = dict(regime.laws)  # type: ignore[attr-defined]
    core = clash({**laws, **grounds})
    assert core is not None
    for name in core:
        rest = {k: law for k, law in {**laws, **grounds}.items() if k in core and k != name}
        assert clash(rest) is None


def test_the_smallest_architecture_is_not_excluded_by_the_laws() -> None:
    statement = PROOFS["NH17.T3.8"].printed
    regime = next(r for r in statement.regimes if r.name == "I has two layers or more")
    laws = {name: law for name, law in regime.laws.items() if name != "I has two layers or more"}
    grounds = {h.name: h.ground for h in statement.hypotheses if h.ground is not None}
    assert clash({**laws, **grounds, "none": lambda v: v.more == 0}) is None


def test_architecture_fails_in_each_part_alone() -> None:
    for s in DEGENERATE_BLOCKS[:4]:
        assert architecture_is_forced.decide(s).is_fails
    assert architecture_is_forced.decide(replace(SMALLEST_BLOCK, chosen=(1,))).is_fails


# --- slopes --------------------------------------------------------------------------------------


def test_an_activation_with_slope_zero_meets_the_theorem_away_from_its_zero() -> None:
    assert all(fact.decide(CUBED_BLOCK).is_holds for fact in ASSUMPTION_3_2)
    assert derivative_is_positive.decide(CUBED_BLOCK).is_fails
    assert slopes_above_are_not_zero.decide(CUBED_BLOCK).is_holds
    assert is_global_minimum.decide(CUBED_BLOCK).is_holds


def test_a_zero_slope_above_the_wide_layer_makes_the_block_singular() -> None:
    assert slopes_above_are_not_zero.decide(FLAT_FITTED).is_fails
    assert block_is_nonsingular.decide(FLAT_FITTED).is_fails


def test_a_bump_has_a_nonsingular_block_where_its_slope_is_zero() -> None:
    assert block_is_nonsingular.decide(BUMP_BLOCK).is_holds
    assert activation_is_strictly_increasing.decide(BUMP_BLOCK).is_fails
    assert is_global_minimum.decide(BUMP_BLOCK).is_fails


def test_near_misses_lose_exactly_their_hypothesis() -> None:
    for s, broken in (
        (NARROW, layer_has_enough_units),
        (DEGENERATE, block_is_nonsingular),
        (OFF_TARGET, gradient_vanishes),
        (WIDENING, weights_above_have_full_rank),
    ):
        assert [fact for fact in HYPOTHESES if not fact.decide(s).is_holds] == [broken]
        assert is_global_minimum.decide(s).is_fails
    assert chosen_layers_begin_above.decide(CHOSEN_ABOVE).is_fails


# --- the implicit function -----------------------------------------------------------------------


@pytest.mark.parametrize("s", GOOD_BLOCKS[:5], ids=lambda s: s.name)
def test_the_branch_is_the_inverse_of_the_features_times_the_pre_activations(
    s: BlockPoint,
) -> None:
    equation = gradient_equation(s)
    assert solution_box(equation) is not None
    features = s.features_with_ones(s.layer)
    theta = features.solve(s.at.preactivations(s.layer + 1).over(features.field))
    below = range(s.width)
    assert s.weights(s.layer + 1).over(theta.field) == theta.submatrix(below, range(s.next_width)).T


def test_the_jacobian_of_the_equation_is_the_block() -> None:
    equation = gradient_equation(SQUARE_LAYERS)
    u, v = equation.at_point()
    assert len(v) == len(SQUARE_LAYERS.places) == 6
    whole = SQUARE_LAYERS.at.hessian.submatrix(SQUARE_LAYERS.places, SQUARE_LAYERS.places)
    assert equation.jacobian(whole.field, u, v) == whole


# --- definitions ---------------------------------------------------------------------------------


def test_the_two_matrices_have_the_determinants_of_the_paper() -> None:
    assert FIRST_EXAMPLE.hessian().det() == 0
    assert FIRST_EXAMPLE.block().det() == 1
    assert SECOND_EXAMPLE.hessian().det() == 1
    assert SECOND_EXAMPLE.block().det() == 0
    assert whole_is_nonsingular.decide(FIRST_EXAMPLE).is_fails
    assert subset_is_nonsingular.decide(SECOND_EXAMPLE).is_fails


def test_a_network_is_non_degenerate_on_a_layer_and_degenerate_on_the_whole() -> None:
    s = in_network(SMALLEST_BLOCK)
    assert subset_is_nonsingular.decide(s).is_holds
    assert whole_is_nonsingular.decide(s).is_fails


# --- non-degenerate minima -----------------------------------------------------------------------


def test_no_good_point_is_a_non_degenerate_minimum_and_a_narrow_one_is() -> None:
    assert all(point_is_a_nondegenerate_minimum.decide(s).is_fails for s in GOOD_BLOCKS)
    assert point_is_a_nondegenerate_minimum.decide(STRICT_MINIMUM).is_holds
    assert layer_has_enough_units.decide(STRICT_MINIMUM).is_fails


@pytest.mark.parametrize("s", [*GOOD_BLOCKS, *DEGENERATE_BLOCKS, WIDENING], ids=lambda s: s.name)
def test_a_flat_direction_keeps_the_next_pre_activations(s: BlockPoint) -> None:
    direction = flat_direction(s)
    assert direction is not None
    assert direction.rank() == 1
    assert (direction.T @ s.at.hessian @ direction).is_zero


# --- the conjectures -----------------------------------------------------------------------------


@pytest.mark.parametrize("s", [CROSS, WIDE_CROSS], ids=lambda s: s.name)
def test_the_cross_is_a_local_minimum_that_is_not_global(s: BlockPoint) -> None:
    assert all(fact.decide(s).is_holds for fact in ASSUMPTION_3_2)
    assert derivative_is_positive.decide(s).is_holds
    assert features_have_full_rank.decide(s).is_holds
    assert s.at.value == Fraction(2, 25)
    assert s.at.hessian.inertia()[:2] == (6, 0)
    assert point_is_a_local_minimum.decide(s).is_holds
    assert least_value_is_attained.decide(s).is_holds
    assert local_minimum_is_global.decide(s).is_fails
    assert widths_above_do_not_increase.decide(s).is_fails


def test_the_definite_form_of_the_cross_is_that_of_its_lines() -> None:
    found_lines = line_network(CROSS)
    assert found_lines is not None
    small, places = found_lines
    form = small.hessian.submatrix(places, places)
    assert form.inertia() == (6, 0, 0)
    turn = form[4, 4] - sum(form[4, i] * form[4, i] / form[i, i] for i in range(4))
    assert turn == Fraction(1600, 9801) - Fraction(4, 25)


def test_a_longer_second_arm_makes_the_cross_unstable() -> None:
    wider = replace(
        CROSS,
        samples=Samples(
            inputs=CROSS.samples.inputs,
            targets=[["1/4", 0], ["-1/4", 0], [0, "20/101"], [0, "-20/101"]],
        ),
    )
    assert gradient_vanishes.decide(wider).is_holds
    assert wider.at.hessian.inertia()[1] == 1
    assert point_is_a_local_minimum.decide(wider).is_fails


@pytest.mark.parametrize("s", [SLOPE, SLOPE_WIDE], ids=lambda s: s.name)
def test_null_vectors_of_low_rank_weights_give_descent(s: BlockPoint) -> None:
    """Layer L - 1 moves against the errors, the last weight with them."""
    names = s.network.parameter_names
    depth = s.depth
    below = s.features_with_ones(depth - 2)
    slopes = s.at.preactivations(depth - 1)
    sigma = s.network.activation_of(depth - 1).derivative(1)
    field = below.field
    wanted = field.matrix(
        [
            [error[0] / slope[0]]
            for error, slope in zip(
                s.at.errors(depth).tolist(), field.apply(sigma, slopes).tolist(), strict=True
            )
        ]
    )
    theta = below.solve(wanted)
    direction = [field.scalar(0)] * len(names)
    direction[names.index(f"W{depth - 1}_11")] = theta[0, 0]
    direction[names.index(f"b{depth - 1}_1")] = theta[1, 0]
    hessian = s.at.hessian
    last = names.index(f"W{depth}_11")
    moving = field.column(direction)
    assert (moving.T @ hessian @ moving).is_zero
    assert not (hessian @ moving)[last, 0].is_zero
    assert hessian.inertia()[1] >= 1


# --- tilts ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("parts", "tilt", "good"),
    [
        (((0, 0, 0, 1),), (0,), False),
        (((0, 0, 0, 1),), (1,), True),
        (((0, 0, 0, 1),), (-3,), True),
        (((0, 0, 0, 0, 1),), (0,), False),
        (((0, 0, 0, 0, 1),), (4,), True),
        (((1,),), (0,), False),
        (((1,),), ("1/1000",), True),
        (((0, 0, 1), (0,)), (5, 0), False),
        (((0, 0, 1), (0,)), (0, 1), True),
        (((0, 0, 0, 1), (0, 0, -1, 0, 1)), (-1, 0), True),
        (((0, -3, 0, 1),), (3,), False),
    ],
)
def test_exact_tilts(
    parts: tuple[tuple[int, ...], ...], tilt: tuple[int | str, ...], good: bool
) -> None:
    verdict = tilted("", *parts).is_good([Fraction(w) for w in tilt])
    assert verdict.is_holds if good else verdict.is_fails


# --- wrong variants ------------------------------------------------------------------------------


@pytest.mark.slow
def test_the_repaired_theorem_for_one_unit_more_should_fail() -> None:
    wrong = variant(
        NH17_T3_8_REPAIRED,
        NH17_T3_8_REPAIRED.steps,
        instances=(*GOOD_BLOCKS[:2], *DEGENERATE_BLOCKS[:2]),
    )
    assert refused(wrong, NO_SEARCH, PROOFS.readings)


@pytest.mark.slow
def test_the_repaired_theorem_without_its_first_step_should_fail() -> None:
    wrong = variant(NH17_T3_8_REPAIRED, NH17_T3_8_REPAIRED.steps[1:], instances=GOOD_BLOCKS[:2])
    assert refused(wrong, NO_SEARCH, PROOFS.readings)


def test_the_repaired_conjecture_without_the_pyramid_should_fail() -> None:
    right = NH17_R3_8_conjecture_repaired
    hypotheses = tuple(h for h in right.hypotheses if h is not widths_above_do_not_increase)
    controls = {h: c for h, c in right.controls.items() if h in hypotheses}
    wrong = variant(
        right,
        right.steps,
        hypotheses=hypotheses,
        controls=controls,
        instances=(*right.instances, WIDE_CROSS),
    )
    assert refused(wrong, NO_SEARCH, PROOFS.readings)


@pytest.mark.slow
def test_all_small_architectures_are_empty_or_as_stated() -> None:
    """Fitted points of every small shape: the block is nonsingular just where it is claimed."""
    for count, width, above in product((2, 3), (1, 2, 3), ((1,), (2,), (1, 1), (2, 1), (2, 2))):
        if width < count - 1:
            continue
        widths = (2, width, *above)
        eye = [
            [["5/4" if u == v else 0 for v in range(b)] for u in range(a)]
            for b, a in pairwise(widths[1:])
        ]
        first = [["3/4", 0], [0, "3/4"], ["-4/3", "5/12"]][:width]
        for chosen in ((2,), tuple(range(2, len(widths)))):
            s = block_point(
                "",
                widths=widths,
                activation="t/sqrt(1 + t**2)",
                inputs=[[0, 0], [1, 0], [0, 1]][:count],
                weights=[first, *eye],
                biases=[[0] * n for n in widths[1:]],
                layer=1,
                chosen=chosen,
            )
            wanted = width == count - 1 and len(chosen) == 1 and len(set(above)) == 1
            assert block_is_nonsingular.decide(s).is_holds is wanted, (widths, count, chosen)
