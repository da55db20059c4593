"""YSJ18 section 2: the two theorems, and what their assumptions leave out."""

from __future__ import annotations

import dataclasses
from fractions import Fraction
from functools import cache
from random import Random

import mpmath
import pytest
from former_proofs import former_proofs
from sabotage import Variant, refused, sabotaged, variant

from symbolic_landscape.arithmetic import Matrix
from symbolic_landscape.former.check import Options, judge
from symbolic_landscape.former.lemma import Fact, Statement
from symbolic_landscape.former.search import sample
from symbolic_landscape.judge.results import StatementResult
from symbolic_landscape.judge.statuses import as_expected, found, status
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.bottleneck_instances import (
    EQUAL_VALUES,
    GREATER_FITTED,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.chains import BottleneckPoint
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.column_points import (
    INSTANCES as NARROW_INSTANCES,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.column_points import (
    rank_and_columns_tell_minima_from_saddles,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.extrema import (
    point_is_a_saddle,
    point_is_critical,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.instances import zeros
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.rank_points import (
    INSTANCES,
    generated_points,
    rank_tells_minima_from_saddles,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_2 import (
    correlation_has_full_rank,
    input_gram_has_full_rank,
    singular_values_are_distinct,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_2_definitions import (
    YSJ18_D2,
    YSJ18_D3,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_2_efficiency import (
    YSJ18_R1,
    multiplications,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_2_narrow import YSJ18_T2_2
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_2_wide import YSJ18_T2_1
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_3_relaxation import (
    point_is_a_global_minimum,
)
from symbolic_landscape.verdict import Evidence, Verdict, holds

STATEMENTS = (
    YSJ18_D2,
    YSJ18_D3,
    YSJ18_T2_1,
    YSJ18_T2_2,
    YSJ18_R1,
)
READINGS = tuple(reading for statement in STATEMENTS for reading in statement.readings)
CHECKED = tuple(reading for reading in READINGS if not reading.expected)
FLAWED = {
    "YSJ18.D2": "refuted",
    "YSJ18.T2.1": "inconsistent",
    "YSJ18.T2.2": "inconsistent",
}
FEW = 6
"""Generated instances with which every step of a sound statement is still tried."""


@cache
def known() -> tuple[Statement, ...]:
    return tuple(former_proofs().readings)


@cache
def judged(statement: Statement, instances: int) -> StatementResult:
    return judge(statement, Options(instances=instances), known())


def named(reading: Statement) -> str:
    return f"{reading.key}-{reading.reading}"


# --- status -----


def check_status(reading: Statement, instances: int) -> None:
    result = judged(reading, instances)
    assert result.open_obligations == ()
    assert as_expected(result) or not reading.expected
    assert status(result) == (FLAWED[reading.key] if reading.expected else "checked")


QUICK = ("YSJ18.D2",)


@pytest.mark.parametrize("reading", [r for r in READINGS if r.key in QUICK], ids=named)
def test_status_with_few_generated_instances(reading: Statement) -> None:
    check_status(reading, FEW)


@pytest.mark.slow
@pytest.mark.parametrize("reading", READINGS, ids=named)
def test_status(reading: Statement) -> None:
    check_status(reading, 50)


def test_every_flawed_reading_has_a_repaired_one() -> None:
    assert {s.key for s in STATEMENTS if s.expected} == set(FLAWED)
    for statement in STATEMENTS:
        assert bool(statement.expected) == (statement.repaired_reading is not None)


# --- findings about the printed readings, with exact counterexamples -----


def smallest(statement: Statement, kind: str) -> dict[str, object]:
    finding = next(f for f in judged(statement, 50).findings if f.kind == kind)
    assert finding.counterexample is not None
    return dict(finding.counterexample)


@pytest.mark.slow
def test_the_fit_has_a_column_for_each_sample() -> None:
    worst = smallest(YSJ18_D2, "refuted")
    assert (worst["inputs"], worst["targets"]) == ([[1, 0]], [[1, 0]])


@pytest.mark.slow
def test_no_data_with_two_more_outputs_meet_the_assumptions() -> None:
    for statement in (YSJ18_T2_1, YSJ18_T2_2):
        assert found(judged(statement, 50)) == (("inconsistent", "regime d_y >= d_x + 2"),)


def test_matrices_that_the_theorems_do_not_cover() -> None:
    assert singular_values_are_distinct.decide(EQUAL_VALUES).is_fails
    assert rank_and_columns_tell_minima_from_saddles.decide(EQUAL_VALUES).is_fails


# --- hypotheses that the theorems do not need -----


@pytest.mark.parametrize(
    ("inputs", "targets"),
    [
        pytest.param(((1, 0), (0, 1)), ((1, 0), (0, 1)), id="equal singular values"),
        pytest.param(((1,),), ((1,), (2,), (0,)), id="three outputs, one sample"),
        pytest.param(((1, 0), (1, 0)), ((2, 0),), id="dependent inputs"),
    ],
)
def test_theorem_2_1_without_assumptions_it_does_not_need(
    inputs: tuple[tuple[int, ...], ...], targets: tuple[tuple[int, ...], ...]
) -> None:
    below, above = len(inputs), len(targets)
    point = BottleneckPoint(
        inputs=inputs, targets=targets, weights=(zeros(2, below), zeros(above, 2))
    )
    assert correlation_has_full_rank.decide(point).is_holds
    assert rank_tells_minima_from_saddles.decide(point).is_holds
    assert point_is_a_saddle.decide(point).is_holds


def test_dependent_inputs_do_not_hurt() -> None:
    fitted = BottleneckPoint(
        inputs=((1, 0), (1, 0)), targets=((2, 0),), weights=(((1, 1), (0, 0)), ((1, 0),))
    )
    assert input_gram_has_full_rank.decide(fitted).is_fails
    assert point_is_critical.decide(fitted).is_holds
    assert rank_tells_minima_from_saddles.decide(fitted).is_holds


def test_generated_critical_points_are_critical() -> None:
    for point in sample(generated_points, examples=12, seed=3):
        assert point_is_critical.decide(point).is_holds


# --- the answers against floating point -----


def floats(matrix: Matrix) -> mpmath.matrix:
    rows = [[value.rational() for value in row] for row in matrix.tolist()]
    return mpmath.matrix([[mpmath.mpf(v.numerator) / v.denominator for v in row] for row in rows])


@pytest.mark.parametrize("point", NARROW_INSTANCES, ids=lambda point: point.name)
def test_global_minima_against_singular_values_in_floating_point(point: BottleneckPoint) -> None:
    fitted = floats(point.fitted)
    values = mpmath.svd_r(fitted, compute_uv=False)
    least = sum(value**2 for value in list(values)[point.least_width :])
    gap = floats(point.product(point.W, point.input_width) @ point.X) - fitted
    is_best = abs(sum(value**2 for value in gap) - least) < mpmath.mpf("1e-12")
    assert point_is_a_global_minimum.decide(point).is_holds == is_best
    assert rank_and_columns_tell_minima_from_saddles.decide(point).is_holds


def test_the_cost_grows_with_a_power_of_the_widths() -> None:
    small, large = (
        BottleneckPoint(
            inputs=tuple(tuple(int(i == j) for j in range(n)) for i in range(n)),
            targets=tuple(tuple(int(i == j) for j in range(n)) for i in range(n)),
            weights=(zeros(1, n), zeros(n, 1)),
        )
        for n in (4, 8)
    )
    assert 8 <= Fraction(multiplications(large), multiplications(small)) <= 16


# --- wrong variants -----


@pytest.mark.slow
@pytest.mark.parametrize("right", CHECKED, ids=named)
def test_wrong_variants_are_refused(right: Statement) -> None:
    every = list(sabotaged(right, known()))
    chosen = Random(0).sample(every, min(8, len(every)))
    assert survivors(chosen) == []


def survivors(variants: list[tuple[str, Variant]]) -> list[str]:
    return [name for name, wrong in variants if not refused(wrong, Options(instances=8), known())]


def always(instance: object) -> Verdict:
    return holds(Evidence.EXACT, "")


@pytest.mark.parametrize("right", [YSJ18_D2.repaired_reading], ids=str)
def test_a_conclusion_that_always_holds_is_refused(right: Statement) -> None:
    assert right.conclusion is not None
    empty = Fact(right.conclusion.name, right.conclusion.claim, "", always)
    assert refused(variant(right, right.steps, conclusion=empty), Options(instances=6), known())


def test_theorem_2_2_without_its_column_space_is_refused() -> None:
    wrong = dataclasses.replace(
        rank_and_columns_tell_minima_from_saddles,
        decision=rank_tells_minima_from_saddles.decision,
        mutants={},
    )
    steps = [s for s in YSJ18_T2_2.steps if s.gives is not YSJ18_T2_2.conclusion]
    changed = variant(YSJ18_T2_2, steps, conclusion=wrong, kind="remark", strategy=None)
    assert isinstance(changed, Statement)
    result = judge(dataclasses.replace(changed, _steps=[]), Options(instances=0), known())
    assert ("refuted", "statement") in found(result)


def test_theorem_2_1_applied_to_a_bottleneck_is_refused() -> None:
    wrong = dataclasses.replace(YSJ18_T2_1, instances=(*INSTANCES, GREATER_FITTED), _steps=[])
    result = judge(wrong, Options(instances=0), known())
    assert any(f.kind == "vacuous" and GREATER_FITTED.name in f.where for f in result.findings)
