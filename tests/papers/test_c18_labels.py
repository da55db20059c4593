"""C18, Section 4: labels of parameters, and networks that share them."""

from __future__ import annotations

from fractions import Fraction

import pytest
from judged_once import result

from symbolic_landscape.judge.values import Instance
from symbolic_landscape.networks import Network, Parameters, Samples
from symbolic_landscape.proofs.cooper_2018.section_1.claims import APART
from symbolic_landscape.proofs.cooper_2018.section_3.deep_networks import C3_4
from symbolic_landscape.proofs.cooper_2018.section_4.fitting_parameters import FIT, OUTPUTS_FIT
from symbolic_landscape.proofs.cooper_2018.settings.label_decisions import one_output_never_fits
from symbolic_landscape.proofs.cooper_2018.settings.labels import cases, own, symmetric
from symbolic_landscape.statement.lemma import Statement


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


# ---- parameters that fit -------------------------------------------------------------------------
CASES = dict(cases())
NEVER = {
    "two inputs with one weight": "are equal for all parameters",
    "a sample twice": "the samples 1 and 2 are equal",
    "activation 0, own labels": "all outputs are equal",
    "an empty last layer": "all outputs are equal",
    "an empty first layer": "all outputs are equal",
}


@pytest.mark.parametrize("name", NEVER)
def test_no_parameters_fit_samples_that_are_never_told_apart(name: str) -> None:
    values = {str(v.name): x for v, x in CASES[name].items()}
    verdict = one_output_never_fits(Instance(name, CASES[name]), (values["n"], values["y"]))
    assert verdict.is_fails
    assert NEVER[name] in verdict.reason


@pytest.mark.parametrize("name", sorted(CASES.keys() - NEVER.keys()))
def test_that_some_parameters_fit_is_never_refuted_elsewhere(name: str) -> None:
    values = {str(v.name): x for v, x in CASES[name].items()}
    told = one_output_never_fits(Instance(name, CASES[name]), (values["n"], values["y"]))
    twice = name in ("a sample twice, a spare unit", "two labels in all")
    shared = name == "two hidden layers above inputs with one weight"
    assert told.is_fails == (twice or shared)


@pytest.mark.slow
@pytest.mark.parametrize("statement", [C3_4, FIT, OUTPUTS_FIT, APART], ids=repr)
def test_each_hypothesis_is_broken_alone_and_the_conclusion_with_it(statement: Statement) -> None:
    assert {c.premise for c in result(statement).controls} == set(statement.given)
