"""Morse coordinates by power series."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symbolic_landscape.functions.morse import Terms, morse_defect, second_order, shifted

ONE, HALF = Fraction(1), Fraction(1, 2)


@pytest.mark.parametrize(
    ("terms", "size", "inertia"),
    [
        ({(1, 1): 6 * ONE, (1, 1, 1): 5 * ONE, (1, 1, 1, 1): ONE}, 1, (1, 0, 0)),
        ({(1, 1): ONE, (2, 2): -ONE, (1, 1, 2): ONE, (2, 2, 2): HALF}, 2, (1, 1, 0)),
        ({(1, 2): ONE, (1, 1, 1, 2): 3 * ONE, (2, 2, 2): -ONE}, 2, (1, 1, 0)),
        ({(1, 1): -ONE, (2, 2): -2 * ONE, (3, 3): ONE, (1, 2, 3): 7 * ONE}, 3, (1, 2, 0)),
    ],
)
def test_nothing_is_left_over(terms: Terms, size: int, inertia: tuple[int, int, int]) -> None:
    gradient, half = second_order(terms, size)
    assert not any(gradient)
    assert half.inertia() == inertia
    assert morse_defect(terms, size, 4) == {}


def test_a_polynomial_is_moved_to_a_point() -> None:
    moved = shifted({(1, 1, 2): ONE, (2,): HALF}, (Fraction(2), Fraction(-1)))
    assert moved[()] == Fraction(-9, 2)
    assert moved[(1,)] == -4
    assert moved[(2,)] == Fraction(9, 2)
    assert moved[(1, 1)] == -1
    assert moved[(1, 2)] == 4
    assert moved[(1, 1, 2)] == 1
