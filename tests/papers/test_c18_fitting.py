"""C18, Section 3: the constructions of weights that fit samples, in exact numbers."""

from __future__ import annotations

from fractions import Fraction

import pytest

from symbolic_landscape.arithmetic.exact_data import matrix_of
from symbolic_landscape.errors import ShapeError
from symbolic_landscape.functions.activations import Activation
from symbolic_landscape.proofs.cooper_2018.settings.activations import (
    LATE,
    RECTIFIED,
    SQUARED,
)
from symbolic_landscape.proofs.cooper_2018.settings.interpolation import (
    at,
    deep,
    direction,
    fits,
    one_layer,
)

# ---- the constructions ---------------------------------------------------------------------------
LINE = matrix_of([[3, 0, 1]], "samples")
PLANE = matrix_of([[0, 0, 1, 2], [0, 1, 1, 0]], "samples")
TURNING = matrix_of([[1, -1, 2]], "targets")
TWO_OUTPUTS = matrix_of([[1, 2, 5, 0], [0, 1, 0, -1]], "targets")


@pytest.mark.parametrize("spare", [0, 1, 3])
@pytest.mark.parametrize("sigma", [Activation.of("relu"), SQUARED, LATE], ids=str)
def test_one_layer_fits_with_any_number_of_spare_units(sigma: Activation, spare: int) -> None:
    assert fits(LINE, TURNING, sigma, one_layer(LINE, TURNING, sigma, 3 + spare))
    assert fits(PLANE, TWO_OUTPUTS, sigma, one_layer(PLANE, TWO_OUTPUTS, sigma, 4 + spare))


@pytest.mark.parametrize("sigma", RECTIFIED, ids=str)
def test_two_samples_are_fitted_exactly_with_any_rectified_activation(sigma: Activation) -> None:
    samples, targets = matrix_of([[0, 1]], "samples"), matrix_of([[1, 3]], "targets")
    assert fits(samples, targets, sigma, one_layer(samples, targets, sigma, 2))


def test_weights_beside_the_constructed_ones_do_not_fit() -> None:
    (weights, biases), last = one_layer(LINE, TURNING, SQUARED, 3)
    moved = biases + matrix_of([[Fraction(1, 100)], [0], [0]], "biases")
    assert not fits(LINE, TURNING, SQUARED, [(weights, moved), last])


@pytest.mark.parametrize("widths", [(1, 3), (2, 1, 4), (1, 1, 1, 3)], ids=str)
def test_deep_networks_fit_three_samples(widths: tuple[int, ...]) -> None:
    layers = deep(LINE, TURNING, SQUARED, widths)
    assert [M.shape[0] for M, _ in layers] == [*widths, 1]
    assert fits(LINE, TURNING, SQUARED, layers)


def test_the_last_matrix_of_the_printed_construction_leaves_two_independent_features() -> None:
    sigma = Activation.of("relu")
    first, (weights, biases), last = deep(LINE, TURNING, sigma, (1, 3))
    corner = weights - matrix_of([[0], [1], [1]], "weights")
    features = at(LINE, TURNING, sigma, [first, (corner, biases), last]).features(2)
    assert features.hstack(features.field.ones(3, 1)).rank() == 2


def test_equal_samples_have_no_direction_that_tells_them_apart() -> None:
    with pytest.raises(ShapeError, match="different rationals"):
        direction(matrix_of([[1, 1]], "samples"))
