"""The benchmark harness on tiny problems: both sides agree, and every target has its rows.

Times are not tested.
"""

from __future__ import annotations

import gc
import json
from fractions import Fraction

import pytest

pytest.importorskip("numpy")
pytest.importorskip("matplotlib")

import numpy as np
from benchmarks import engine, report
from benchmarks.baselines import (
    Lists,
    listed,
    numpy_data,
    numpy_loss,
    numpy_tanh,
    operations,
    square,
)
from benchmarks.minimum import Minimum
from benchmarks.problems import problem

NETS = [(1, 1), (2, 3, 1), (2, 2, 3, 2), (2, 2, 1, 3, 1)]


class Counted:
    """A number that counts how many products are formed."""

    products = 0

    def __init__(self, value):
        self.value = value

    def __add__(self, other):
        return Counted(self.value + (other.value if isinstance(other, Counted) else other))

    __radd__ = __add__

    def __sub__(self, other):
        return Counted(self.value - other.value)

    def __mul__(self, other):
        Counted.products += 1
        return Counted(self.value * (other.value if isinstance(other, Counted) else other))


@pytest.mark.parametrize("widths", NETS)
def test_lists_numpy_and_engine_have_one_value_gradient_and_hessian(widths):
    given = problem(widths, "square", 3)
    value, gradient, hessian = listed(Lists.of(given, lambda x: x), square)
    at = given.surface.at(given.point)
    assert at.value.rational() == value
    assert [row[0].rational() for row in at.gradient.tolist()] == gradient
    assert [[x.rational() for x in row] for row in at.hessian.tolist()] == hessian
    floats = numpy_loss(numpy_data(given), square)
    for mine, exact in zip(floats, (value, gradient, hessian), strict=True):
        np.testing.assert_allclose(mine, np.array(exact, dtype=float), rtol=1e-11, atol=1e-9)


@pytest.mark.parametrize("widths", NETS)
def test_numpy_lies_in_the_balls_up_to_rounding(widths):
    given = problem(widths, "tanh", 2)
    hessian = engine.floats(given.surface.at(given.point).enclose(64).hessian)
    mine = numpy_loss(numpy_data(given), numpy_tanh)[2]
    np.testing.assert_allclose(mine, hessian, rtol=1e-10, atol=1e-11)


def test_operations_are_the_products_of_the_lists():
    for widths in ((2, 3, 1), (2, 4, 4, 1), (3, 2, 3, 2)):
        given = problem(widths, "square", 4)
        data = Lists.of(given, lambda x: Counted(Fraction(x)))
        Counted.products = 0
        listed(data, square)
        assert 0.7 < Counted.products / operations(widths, 4) < 1.7


def test_a_disagreement_stops_the_run():
    given = problem((1, 2, 1), "square")
    hessian = given.surface.at(given.point).hessian
    wrong = engine.floats(hessian)
    wrong[0, 0] += 1e-3 * abs(wrong).max()
    with pytest.raises(ValueError, match="both sides need to agree"):
        engine._difference(hessian, wrong)


def test_minimum_is_certified_with_a_b_matrix_for_each_hidden_unit():
    certificate = Minimum().certified()
    assert certificate.box.shape == (7, 1)
    assert [matrix.nrows() for matrix in certificate.curvatures] == [3, 2]


@pytest.fixture
def nothing_to_collect():
    """What the tests before have left is not looked through before each of the timed parts."""
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.mark.slow
@pytest.mark.usefixtures("nothing_to_collect")
def test_rows_of_every_target_with_table_json_and_plot(tmp_path):
    rows = list(engine.rows(engine.TINY))
    rows += engine.start_rows({"python -c pass": 0.02, "lemma-check --help": 0.2})
    assert {row.target for row in rows} == {f"T{i}" for i in (*range(1, 11), 12)}
    assert all(row.engine > 0 and row.other > 0 and row.limit > 0 for row in rows)
    growths = list(engine.growths(engine.TINY))
    assert len(growths) == 8
    text = report.table(rows)
    assert all(row.work in text and row.against in text for row in rows)
    assert "exponent" in report.growth_table(growths)
    stored = json.loads(report.as_json(rows, growths))
    assert len(stored["rows"]) == len(rows)
    assert "python-flint" in stored["versions"]
    report.plot(rows, growths, tmp_path / "plot.png")
    assert (tmp_path / "plot.png").stat().st_size > 1000


def test_ratio_and_target_of_both_kinds_of_rows():
    quick = engine.Row("T2", "w", 1.0, "o", 20.0, 15, True, 0.5, 0.0)
    slow = engine.Row("T3", "w", 10.0, "o", 1.0, 6, False, 5.0, 0.0)
    assert (quick.ratio, quick.limit_ratio, quick.met) == (20, 40, True)
    assert (slow.ratio, slow.limit_ratio, slow.met) == (10, 5, False)
    assert "missed 1.67x" in report.table([quick, slow])


def test_exponent_is_the_slope():
    growth = engine.Growth("f", (1, 2, 4), (1.0, 4.0, 16.0), (1, 8, 64), (1.0, 8.0, 64.0))
    assert growth.exponent == pytest.approx(2)
    assert growth.count_exponent == pytest.approx(3)
    assert report.no_worse(growth)
