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
from benchmarks import against, engine, report, wholes
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
from benchmarks.rows import Row
from benchmarks.timing import Times

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
    rows += engine.start_rows({"python -c pass": (0.02, 0.03), "lemma-check --help": (0.2, 0.2)})
    rows += wholes.rows(1, ["T10", "T13"])
    assert {row.target for row in rows} == {f"T{i}" for i in (*range(1, 11), 12, 13)}
    assert all(row.engine.median > 0 for row in rows)
    growths = list(engine.growths(engine.TINY))
    assert len(growths) == 8
    text = report.table(rows)
    assert all(row.work in text and row.against in text for row in rows)
    assert "exponent" in report.growth_table(growths)
    stored = json.loads(report.as_json(rows, growths))
    assert len(stored["rows"]) == len(rows)
    assert {"python-flint", "kept bytecode"} <= set(stored["versions"])
    report.plot(rows, growths, tmp_path / "plot.png")
    assert (tmp_path / "plot.png").stat().st_size > 1000


@pytest.mark.slow
def test_this_checkout_against_itself_takes_turns():
    found = list(against.compare([against.HERE.parent.parent], ["T9"], rounds=3))
    assert [one.name for one in found] == ["exact rank 60 of 60", "exact rank 50 of 60"]
    least, most = found[0].here.over(found[0].there)
    assert len(found[0].here.seconds) == 3
    assert 0 < least <= most
    assert "here/there" in report.comparison_table(found)


def test_ratio_spread_and_target_of_all_kinds_of_rows():
    once, twice = Times((1.0, 1.0)), Times((10.0, 20.0))
    quick = Row("T2", "w", once, "o", twice, 10, True, 0.5)
    slow = Row("T3", "w", twice, "o", once, 6, False, 5.0)
    alone = Row("T14", "w", twice, "", None, 30, False)
    shown = Row("T1", "w", once, "o", twice, None, True)
    assert (quick.ratio, quick.spread, quick.limit_ratio, quick.missed) == (15, (10, 20), 30, 2 / 3)
    assert (slow.ratio, slow.spread, slow.limit_ratio, slow.missed) == (15, (10, 20), 5, 2.5)
    assert (alone.ratio, alone.missed, shown.missed) == (15, 0.5, None)
    table = report.table([quick, slow, alone, shown])
    assert all(text in table for text in ("missed 2.50x", "<= 30 s", "shown"))


def test_exponent_is_the_slope():
    growth = engine.Growth("f", (1, 2, 4), (1.0, 4.0, 16.0), (1, 8, 64), (1.0, 8.0, 64.0))
    assert growth.exponent == pytest.approx(2)
    assert growth.count_exponent == pytest.approx(3)
    assert report.no_worse(growth)
