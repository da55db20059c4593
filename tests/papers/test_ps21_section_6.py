"""PS21, section 6: realised paths, the sketch at its end, and a path from a certified minimum."""

from __future__ import annotations

import json

import pytest

from symbolic_landscape import path_to_global_minimum
from symbolic_landscape.certificate import verifier
from symbolic_landscape.certificate.writing import certificate
from symbolic_landscape.critical import classify_problem
from symbolic_landscape.critical.problem import problem_from_data
from symbolic_landscape.functions.activations import Activation
from symbolic_landscape.judge.derivations import Derivations
from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_6.realised_paths import (
    D_REAL,
    REM6,
    REM6_PRINTED,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_6.shrunk_activations import DRAWN
from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_6.silent_units import SILENT
from symbolic_landscape.proofs.petzka_sminchisescu_2021.settings.certified_minima import (
    network,
    samples,
)
from symbolic_landscape.proofs.rules import RULES
from symbolic_landscape.statement.lemma import Statement

DERIVATIONS = Derivations(RULES.values())


@pytest.mark.parametrize("statement", [D_REAL, REM6, SILENT, DRAWN], ids=lambda s: s.key)
def test_what_survives_of_section_6_is_derived(statement: Statement) -> None:
    derivation = DERIVATIONS.of(statement)
    assert {s.path: s.refused for s in derivation.steps if s.refused} == {}
    assert derivation.surplus == ()


def test_of_the_sketch_the_path_of_constant_loss_is_claimed_and_the_rest_derived() -> None:
    refused = [s.path for s in DERIVATIONS.of(REM6_PRINTED).steps if s.refused]
    assert refused == ["level"]


@pytest.mark.parametrize("name", ["tanh", "sigmoid"])
@pytest.mark.parametrize("sizes", [(16, 16), (16, 1)])
def test_from_near_a_certified_minimum_a_path_leads_to_a_fit(
    name: str, sizes: tuple[int, int]
) -> None:
    net, point = network(Activation.of(name), *sizes)
    found = path_to_global_minimum(net.loss(samples()), point, seconds=60)
    assert found.verdict.is_holds, found.verdict.reason
    assert abs(float(found.loss_at(0).raw.mid()) - 112.62156) < 1e-3


def test_the_verifier_accepts_the_path_of_the_wide_network() -> None:
    net, point = network(Activation.of("tanh"), 16, 16)
    problem = problem_from_data(
        {
            "widths": list(net.widths),
            "activation": "tanh",
            "samples": samples().canonical(),
            "parameters": point.canonical(),
        }
    )
    path = path_to_global_minimum(problem.surface, problem.point)
    data = certificate(problem, classify_problem(problem), path)
    lines = {line.claim: line.outcome for line in verifier.verify(json.dumps(data))}
    assert lines["path"] == "holds"
