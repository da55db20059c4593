"""NH17 in exact numbers: points of small networks, by the engine alone."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise, product
from typing import Any

import pytest

from symbolic_landscape import Network, Parameters, Samples
from symbolic_landscape.calculus import LossAtPoint
from symbolic_landscape.functions.activations import Activation

ALGEBRAIC = "t/sqrt(1 + t**2)"


def at(
    widths: tuple[int, ...], inputs: Any, targets: Any, weights: Any, biases: Any
) -> LossAtPoint:
    """The sum of squares of a network of algebraic activations, at the point."""
    net = Network(widths=widths, activation=ALGEBRAIC, output_activation=ALGEBRAIC)
    loss = net.loss(Samples(inputs=inputs, targets=targets), "sum")
    return loss.at(Parameters(weights=weights, biases=biases))


# ---- slopes that vanish --------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("activation", "zero", "target"),
    [
        ("tanh(t**3)", 0, "1/2"),
        ("tanh(t)**3", 0, "-1/3"),
        ("tanh((t - 1)**3)", 1, "1/2"),
        ("t - tanh(t)", 0, "1"),
    ],
)
def test_every_zero_of_the_slope_gives_a_critical_point_above_the_minimum(
    activation: str, zero: int, target: str
) -> None:
    sigma = Activation.of(activation)
    assert sigma.strictly_increasing().is_holds
    assert sigma.derivative_positive().is_fails
    net = Network(widths=(1, 1), activation=activation, output_activation=activation)
    loss = net.loss(Samples(inputs=[[0]], targets=[[target]]), "sum")
    found = loss.at(Parameters(weights=[[[0]]], biases=[[zero]]))
    assert found.gradient.is_zero
    assert found.value == Fraction(target) ** 2


# ---- where the block is nonsingular --------------------------------------------------------------
@pytest.mark.slow
def test_the_block_is_nonsingular_just_where_theorem_3_8_is_not_empty() -> None:
    """Fitted points of every small shape, k = 1, with I = {2} and all layers above."""
    for count, width, above in product((2, 3), (1, 2, 3), ((1,), (2,), (1, 1), (2, 1), (2, 2))):
        if width < count - 1:
            continue
        widths = (2, width, *above)
        eye = [
            [["5/4" if u == v else 0 for v in range(below)] for u in range(size)]
            for below, size in pairwise(widths[1:])
        ]
        weights = [[["3/4", 0], [0, "3/4"], ["-4/3", "5/12"]][:width], *eye]
        data = {"weights": weights, "biases": [[0] * size for size in widths[1:]]}
        inputs = [[0, 0], [1, 0], [0, 1]][:count]
        outputs = at(widths, inputs, [[0] * above[-1]] * count, **data).features(len(widths) - 1)
        point = at(widths, inputs, outputs, **data)
        net = Network(widths=widths, activation=ALGEBRAIC, output_activation=ALGEBRAIC)
        for layers in ((2,), tuple(range(2, len(widths)))):
            places = [i for layer in layers for i in net.layer_range(layer)]
            block = point.hessian.submatrix(places, places)
            wanted = width == count - 1 and len(layers) == 1 and len(set(above)) == 1
            assert (block.rank() == len(places)) is wanted, (widths, count, layers)


# ---- the conjectures -----------------------------------------------------------------------------
CROSS = [["1/5", 0], ["-1/5", 0], [0, "20/101"], [0, "-20/101"]]
INDEPENDENT = [[0, 0, 0], [0, 1, 0], [1, 0, 0], [0, 0, 1]]
SPREAD = [[0, "3/4", "3/4"], [0, "-3/4", 0], ["3/4", 0, 0], ["-3/4", 0, 0]]
EYE = [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
LAST = [[0], ["100/297"]]


def test_a_cross_of_targets_is_a_local_minimum_of_low_rank_that_is_not_global() -> None:
    """One unit below two outputs follows one arm; turning costs more at first than it gains.

    Near the point the preactivations of the outputs are theta_o z_i + beta_o, for z_i, theta_o and
    beta_o that move freely and continuously with the parameters. In these the Hessian is definite.
    """
    here = at((3, 1, 2), INDEPENDENT, CROSS, [[["3/4", 0, "-3/4"]], LAST], [[0], [0, 0]])
    wide = [EYE, [["5/4", 0, 0]], LAST]
    above = at((3, 3, 1, 2), SPREAD, CROSS, wide, [[0] * 3, [0], [0, 0]])
    for point in (here, above):
        assert point.gradient.is_zero
        assert point.value == Fraction(2, 25)
        assert point.hessian.inertia()[:2] == (6, 0)
    before = [row[1] for row in here.preactivations(2).tolist()]
    net = Network(widths=(4, 1, 2), activation="linear", output_activation=ALGEBRAIC)
    one_hot = [[int(i == j) for j in range(4)] for i in range(4)]
    lines = net.loss(Samples(inputs=one_hot, targets=CROSS), "sum").at(
        Parameters(weights=[[before], [[0], [1]]], biases=[[0], [0, 0]])
    )
    assert lines.residuals == here.residuals
    names = ("W1_11", "W1_12", "W1_13", "W1_14", "W2_11", "b2_1")
    places = [net.parameter_index(name) for name in names]
    assert lines.gradient.submatrix(places, [0]).is_zero
    form = lines.hessian.submatrix(places, places)
    assert form.inertia() == (6, 0, 0)
    turn = form[4, 4] - sum(form[4, i] * form[4, i] / form[i, i] for i in range(4))
    assert turn == Fraction(1600, 9801) - Fraction(4, 25)
    other = [[["-3/4", "-3/2", "-3/4"]], [["17/50"], [0]]]
    better = at((3, 1, 2), INDEPENDENT, CROSS, other, [["3/4"], [0, 0]])
    assert (better.value - here.value).sign() == -1


def test_a_longer_second_arm_makes_the_cross_unstable() -> None:
    targets = [["1/4", 0], ["-1/4", 0], *CROSS[2:]]
    point = at((3, 1, 2), INDEPENDENT, targets, [[["3/4", 0, "-3/4"]], LAST], [[0], [0, 0]])
    assert point.gradient.is_zero
    assert point.hessian.inertia()[1] == 1
