"""Exact fractions are bounded before they are made: ordinary nets end in an answer, and soon.

The nets have many samples with few digits in common, so that exact values would need fractions
with a letter, or a factor below, for each of them.
"""

from __future__ import annotations

from fractions import Fraction

import flint
import pytest

from symbolic_landscape import Network, Samples, classify
from symbolic_landscape.arithmetic.bounded import MOST_DEGREE, power, product
from symbolic_landscape.critical import Answer, Kind
from symbolic_landscape.errors import DomainError

RING = flint.fmpz_mpoly_ctx.get(("x", "y", "z"), "lex")
X, Y, Z = RING.gens()


def test_products_and_powers_agree_with_those_of_the_library() -> None:
    p, q = X + 2 * Y - 3, X * Z - Y**2 + 1
    assert product(p, q) == p * q
    assert product(p * 0, q) == 0
    for exponent in range(6):
        assert power(p, exponent) == p**exponent


@pytest.mark.parametrize(
    ("base", "exponent"),
    [(X, MOST_DEGREE + 1), (X + Y + Z + 1, 200), (X * 2**1000, 10_000), (X * 0 + 3, 10**9)],
)
def test_large_powers_are_refused_before_they_are_made(base: object, exponent: int) -> None:
    with pytest.raises(DomainError, match="too large"):
        power(base, exponent)


def test_large_products_are_refused_before_they_are_made() -> None:
    wide = (X + Y + Z + 1) ** 12
    with pytest.raises(DomainError, match="too large"):
        product(wide, wide)
    with pytest.raises(DomainError, match="degree"):
        product(X**MOST_DEGREE, X)


def rough(n: int) -> Fraction:
    """A number of three digits, another one for each n."""
    return Fraction(n * n * 37 % 401 - 200, 100 + n % 3)


NETS = [
    ((1, 2, 1), "sigmoid", "linear", "sum", 8),
    ((1, 1, 1, 1), "sigmoid", "linear", "sum", 16),
    ((2, 2, 1), "sigmoid", "sigmoid", "mean", 10),
    ((2, 1), "linear", "linear", "log(1 + exp(-a))", 10),
    ((1, 2, 1), "linear", "exp(t)", "sum", 6),
    ((1, 2, 1), "square", "exp(t)", "sum", 3),
    ((1, 3, 1), "softplus", "linear", "sum", 12),
    ((1, 2, 1), "tanh", "tanh", "cauchy(1)", 9),
]


@pytest.mark.parametrize(("widths", "hidden", "output", "loss", "count"), NETS)
def test_ordinary_nets_are_told_not_to_be_critical(
    widths: tuple[int, ...], hidden: str, output: str, loss: str, count: int
) -> None:
    network = Network(widths, hidden, output)
    inputs = [[rough(i + 7 * j) / 100 for j in range(widths[0])] for i in range(count)]
    samples = Samples(inputs, [[rough(3 * i + 1) / 100] for i in range(count)])
    point = [rough(5 * i + 2) / 150 for i in range(network.parameter_count)]
    found = classify(network.loss(samples, loss), point)
    assert found.kind is Kind.NOT_CRITICAL
    assert found.global_minimum is Answer.NO
