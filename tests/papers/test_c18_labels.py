"""C18, Section 4: labels of parameters, and networks that share them."""

from __future__ import annotations

from fractions import Fraction

from symbolic_landscape.networks import Network, Parameters, Samples
from symbolic_landscape.proofs.cooper_2018.settings.labels import own, symmetric


def test_labels_are_counted() -> None:
    assert own((2, 2, 1))[2] == 9
    weights, _, count = symmetric((2, 2, 1))
    assert (weights[1][1], weights[1][2], count) == ({1: 1, 2: 1}, {1: 4, 2: 4}, 9)


def test_a_network_with_one_weight_for_two_inputs_cannot_tell_them_apart() -> None:
    net = Network((2, 1, 1), "smoolu")
    samples = Samples(inputs=[[1, 0], [0, 1]], targets=[[0], [1]])
    for weight, last in ((1, 1), (3, Fraction(1, 2)), (-2, 5)):
        shared = Parameters(weights=[[[weight, weight]], [[last]]], biases=[[0], [0]])
        value = net.loss(samples).at(shared).enclose(bits=64).value
        assert value >= Fraction(1, 4)
