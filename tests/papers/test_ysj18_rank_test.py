"""YSJ18: what is derived of Theorem 2.1, and what the pool says of what is printed."""

from __future__ import annotations

from functools import cache
from typing import Any

import mpmath
import pytest
from judged_once import DERIVATIONS

from symbolic_landscape.arithmetic import QQ, Matrix
from symbolic_landscape.judge.evaluation import Evaluation
from symbolic_landscape.judge.pool import Pool
from symbolic_landscape.judge.rows import rows
from symbolic_landscape.judge.values import Instance
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_2 import (
    data,
    efficient_test,
    network,
    rank_test,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_3 import (
    frobenius_bounds,
    gradients,
    low_rank_saddles,
    wide_layers,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings import linear, singular_values
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.linear_points import (
    POINTS,
    Point,
    zeros,
)
from symbolic_landscape.statement.language import Expr
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.verdict import Verdict

DERIVED = (
    network.D1,
    network.D2_REPAIRED,
    network.D3,
    data.EMPTY,
    gradients.L3_2,
    frobenius_bounds.L3_3,
    wide_layers.P3_4,
    wide_layers.P3_4_REPAIRED,
    wide_layers.P3_5,
    low_rank_saddles.S33_REPAIRED,
    rank_test.T2_1_REPAIRED,
    efficient_test.RANK_DECIDES,
    efficient_test.COST,
)
NOT_DERIVED = (network.D2, low_rank_saddles.S33, rank_test.T2_1)


@cache
def refuting(statement: Statement) -> tuple[Any, ...]:
    pool = Pool((linear.NARROWEST, statement.setting), count=3)
    return tuple(row for row in rows(statement, pool) if row.met and row.refuted)


@pytest.mark.parametrize("statement", DERIVED, ids=repr)
def test_it_is_derived_and_no_instance_refutes_it(statement: Statement) -> None:
    assert DERIVATIONS.is_derived(statement)
    assert DERIVATIONS.of(statement).surplus == ()
    assert DERIVATIONS.assumed(statement) == ()
    assert refuting(statement) == ()


@pytest.mark.parametrize("statement", NOT_DERIVED, ids=repr)
def test_as_printed_it_is_not_derived(statement: Statement) -> None:
    assert not DERIVATIONS.is_derived(statement)
    assert statement.repaired is not None


# ---- findings ------------------------------------------------------------------------------------
def test_the_fit_has_a_column_for_each_sample() -> None:
    worst = [row.case.instance.values for row in refuting(network.D2)]
    assert worst
    assert all(x[linear.m.term] > x[linear.d.term].at(0) for x in worst)


def test_a_local_minimum_is_taken_for_a_global_one_without_a_reason() -> None:
    refused = [s.path for s in DERIVATIONS.of(low_rank_saddles.S33).steps if not s.accepted]
    assert refused == ["saddle/2/no local minimum"]
    assert refuting(low_rank_saddles.S33) == ()


def test_the_printed_saddle_half_leans_on_a_theorem_from_outside() -> None:
    assert any("kawaguchi" in key for key in DERIVATIONS.assumed(low_rank_saddles.S33))


# ---- points --------------------------------------------------------------------------------------
def decided(formula: Expr, point: Point) -> Verdict:
    terms = {str(v.name): v for v in linear.SPECTRUM.names}
    instance = Instance(point.name, {terms[name]: x for name, x in point.values.items()})
    return Evaluation(instance, linear.DECISIONS).decide(formula.term)


@pytest.mark.parametrize(
    ("inputs", "targets"),
    [
        pytest.param([[1, 0], [0, 1]], [[1, 0], [0, 1]], id="equal singular values"),
        pytest.param([[1]], [[1], [2], [0]], id="three outputs, one sample"),
        pytest.param([[1, 0], [1, 0]], [[2, 0]], id="dependent inputs"),
    ],
)
def test_zero_weights_are_a_saddle_without_what_is_not_needed(inputs: Any, targets: Any) -> None:
    point = Point("zero weights", inputs, targets, [zeros(2, len(inputs)), zeros(len(targets), 2)])
    assert decided(linear.full_correlation, point).is_holds
    assert decided(linear.saddle(*linear.POINT), point).is_holds


def floats(matrix: Matrix) -> mpmath.matrix:
    rows = [[mpmath.mpf(x.numerator) / x.denominator for x in row] for row in rational(matrix)]
    return mpmath.matrix(rows)


def rational(matrix: Matrix) -> list[list[Any]]:
    return [[x.rational() for x in row] for row in matrix.tolist()]


@pytest.mark.parametrize("point", POINTS, ids=lambda point: point.name)
def test_global_minima_against_singular_values_in_floating_point(point: Point) -> None:
    X, Y = QQ.matrix(point.inputs), QQ.matrix(point.targets)
    product = QQ.identity(X.shape[0])
    for weight in point.weights:
        product = QQ.matrix(weight) @ product
    projection = mpmath.matrix(X.shape[1], X.shape[1])
    _, values, rows_of_x = mpmath.svd_r(floats(X))
    for n, value in enumerate(values):
        if value > mpmath.mpf("1e-10"):
            row = rows_of_x[n, :]
            projection += row.T * row
    fit = floats(Y) * projection
    left = sum(x**2 for x in list(mpmath.svd_r(fit, compute_uv=False))[min(point.widths) :])
    gap = floats(product @ X) - fit
    is_least = abs(sum(x**2 for x in gap) - left) < mpmath.mpf("1e-12")
    assert decided(linear.least(*linear.POINT), point).is_holds == is_least


@pytest.mark.parametrize(
    ("targets", "different", "nonzero"),
    [
        ([[1, 0], [0, 1]], False, False),
        ([[1, 0], [0, 2]], True, True),
        ([[1, 1], [1, 1]], True, True),
        ([[0, 0], [0, 0]], False, True),
        ([[1, 0], [0, 1], [0, 0]], False, False),
        ([[1, 0], [0, 0], [0, 0]], True, True),
        ([[1, 1], [0, 1]], True, True),
    ],
)
def test_which_singular_values_coincide(targets: Any, different: bool, nonzero: bool) -> None:
    point = Point("unit inputs", [[1, 0], [0, 1]], targets, [zeros(len(targets), 2)])
    assert decided(linear.distinct(linear.X, linear.Y), point).is_holds == different
    assert decided(linear.distinct_nonzero(linear.X, linear.Y), point).is_holds == nonzero


@pytest.mark.parametrize(
    ("matrix", "value"),
    [([[1, 0], [0, 2]], 1), ([[3, 4]], 5), ([[1], [2], [2]], 3), ([[1, 1], [1, 1]], 0)],
)
def test_the_least_singular_value(matrix: Any, value: int) -> None:
    T, field = QQ.matrix(matrix), QQ
    for other in range(7):
        arguments = (T, field.scalar(other))
        assert singular_values.is_least_value(None, arguments).is_holds == (other == value)
        assert singular_values.are_at_least(None, arguments).is_holds == (other <= value)
