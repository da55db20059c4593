"""Valleys of polynomials in one variable, and polynomials read off trees."""

from __future__ import annotations

from fractions import Fraction

import flint
import pytest

from symbolic_landscape.functions.valleys import (
    has_connected_sublevel_sets,
    has_valley,
    in_valley,
    is_local_minimum,
    takes_less,
)
from symbolic_landscape.statement.language import fn, matrix, the, trace
from symbolic_landscape.statement.polynomials import polynomial
from symbolic_landscape.verdict import Outcome

QUARTIC, WAVE = flint.fmpq_poly([0, 0, 6, 5, 1]), flint.fmpq_poly([0, 1, -5, 0, 5])
CUBIC, BOWL = flint.fmpq_poly([0, -3, 0, 1]), flint.fmpq_poly([0, 0, 1])
TWINS, RISING = flint.fmpq_poly([1, 0, -2, 0, 1]), flint.fmpq_poly([0, 1, 0, 1])
HILL, LEVEL = flint.fmpq_poly([0, 0, -1]), flint.fmpq_poly([3])


@pytest.mark.parametrize(
    ("p", "valley", "joined"),
    [
        (QUARTIC, Outcome.HOLDS, Outcome.FAILS),
        (WAVE, Outcome.HOLDS, Outcome.FAILS),
        (CUBIC, Outcome.HOLDS, Outcome.FAILS),
        (BOWL, Outcome.FAILS, Outcome.HOLDS),
        (TWINS, Outcome.UNDECIDED, Outcome.FAILS),
        (RISING, Outcome.FAILS, Outcome.HOLDS),
        (HILL, Outcome.FAILS, Outcome.FAILS),
        (LEVEL, Outcome.FAILS, Outcome.HOLDS),
    ],
)
def test_valleys_and_connected_sublevel_sets(
    p: flint.fmpq_poly, valley: Outcome, joined: Outcome
) -> None:
    assert has_valley(p).outcome is valley
    assert has_connected_sublevel_sets(p).outcome is joined


def test_points_in_a_valley() -> None:
    low, high = Fraction(-5, 2), Fraction(1, 2)
    assert in_valley(QUARTIC, Fraction(0)).is_holds
    assert in_valley(QUARTIC, Fraction(1, 10)).is_holds
    assert in_valley(QUARTIC, low).is_fails
    assert in_valley(QUARTIC, Fraction(3)).is_fails
    assert in_valley(WAVE, high).is_holds
    assert in_valley(WAVE, Fraction(-3, 4)).is_fails
    assert in_valley(CUBIC, Fraction(1)).is_holds
    assert in_valley(CUBIC, Fraction(-3)).is_fails
    assert in_valley(LEVEL, high).is_fails


def test_a_higher_critical_point_elsewhere_makes_no_valley() -> None:
    """Between two wells lies the lowest one, and the hills beside it are higher than all of it."""
    x = flint.fmpq_poly([0, 1])
    three_wells = x**2 * (x**2 - 1) ** 2 + x**2 / 100 - x / 1000
    assert in_valley(three_wells, Fraction(2, 5)).is_fails
    assert in_valley(three_wells, Fraction(-2, 5)).is_fails
    assert in_valley(three_wells, Fraction(1)).is_holds


def test_local_and_global_minima() -> None:
    assert is_local_minimum(QUARTIC, Fraction(0))
    assert not is_local_minimum(QUARTIC, Fraction(1))
    assert not is_local_minimum(RISING, Fraction(0))
    assert is_local_minimum(LEVEL, Fraction(2))
    assert takes_less(QUARTIC, Fraction(0)).is_holds
    assert takes_less(BOWL, Fraction(0)).is_fails
    assert takes_less(HILL, Fraction(7)).is_holds
    assert takes_less(LEVEL, Fraction(0)).is_fails


def test_a_function_is_read_as_a_polynomial() -> None:
    w = matrix("w", 2, 1)
    square = polynomial(the(fn(w, (w[1, 1] - 2 * w[2, 1]) ** 2 + 3)))
    assert square is not None
    found = {rows: int(c) for rows, c in square.items()}
    assert found == {(): 3, (1, 1): 1, (1, 2): -4, (2, 2): 4}
    assert polynomial(the(fn(w, w[1, 1] - w[1, 1]))) == {}
    assert polynomial(the(fn(w, trace(w.T @ w)))) is None
