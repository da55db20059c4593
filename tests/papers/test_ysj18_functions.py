"""YSJ18, Section 4: findings, and decisions of the settings."""

from __future__ import annotations

from fractions import Fraction

import pytest
from judged_once import DERIVATIONS, result

from symbolic_landscape.arithmetic import QQ
from symbolic_landscape.judge.evaluation import decide
from symbolic_landscape.judge.results import StatementResult
from symbolic_landscape.judge.statuses import as_expected, status
from symbolic_landscape.judge.values import Function, Instance
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.appendix_a.dominance import I6, I8
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.appendix_a.existence import EMPTY, P4_3
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.appendix_a.formula import D8, E6
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.appendix_a.wide_outputs import I7
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_4.critical_points import T4_1, T4_2
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_4.population_risk import D6
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_4.steered import LEAST, STEERED
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings import functions, labels
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.function_decisions import (
    grows_linearly,
    is_least,
    is_norm_bound,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.function_points import Layer
from symbolic_landscape.statement.lemma import Statement

SETTINGS = (
    functions.FIRST_MOVED,
    functions.LAYER_MOVED,
    functions.BOUNDED,
    functions.TARGETS,
    labels.LABELS,
)


def found(statement: Statement) -> StatementResult:
    return result(statement, *SETTINGS)


# ---- findings ------------------------------------------------------------------------------------
@pytest.mark.slow
@pytest.mark.parametrize("printed", [D6, D8, E6, I6, I7, I8, P4_3], ids=repr)
def test_findings_come_up_as_recorded_and_the_repairs_are_derived(printed: Statement) -> None:
    assert as_expected(found(printed))
    assert status(found(printed)) == "gap"
    assert printed.repaired is not None
    assert DERIVATIONS.is_derived(printed.repaired)
    assert status(found(printed.repaired)) == "derived"


@pytest.mark.slow
@pytest.mark.parametrize("theorem", [T4_1, T4_2], ids=repr)
def test_the_printed_theorems_rest_on_formula_6(theorem: Statement) -> None:
    assert all(step.accepted for step in DERIVATIONS.of(theorem).steps)
    assert not DERIVATIONS.is_derived(theorem)
    assert theorem.repaired is not None
    assert DERIVATIONS.is_derived(theorem.repaired)


@pytest.mark.parametrize("printed", [I6, I8], ids=repr)
def test_the_mean_square_is_twice_the_excess(printed: Statement) -> None:
    (finding,) = (f for f in found(printed).findings if f.kind == "invalid inference")
    assert finding.counterexample is not None
    assert finding.how_found.startswith("the pool")


@pytest.mark.slow
def test_widths_1_3_2_3_leave_no_network() -> None:
    (finding,) = (f for f in found(P4_3).findings if f.kind == "invalid inference")
    assert finding.counterexample is not None
    assert finding.counterexample["values"]["d"] == {"0": 1, "1": 3, "2": 2, "3": 3}
    assert DERIVATIONS.is_derived(EMPTY)


# ---- decisions of the settings -------------------------------------------------------------------
def map_of(layer: Layer) -> Function:
    term, values = layer.tree
    return Function(term, tuple(values.items()))


@pytest.mark.parametrize(
    ("layer", "outcome"),
    [
        (Layer([[1]], "t**2"), "FAILS"),
        (Layer([[0]], "1/(1 + t**2)"), "FAILS"),
        (Layer([[1]], "sqrt(t**2)"), "FAILS"),
        (Layer([[2]], "t/(1 + t**2)"), "HOLDS"),
        (Layer([[0]], "t**3/(1 + t**2)"), "HOLDS"),
        (Layer([[1, 2]]), "HOLDS"),
    ],
    ids=str,
)
def test_linear_growth(layer: Layer, outcome: str) -> None:
    assert grows_linearly(None, (1, 1, map_of(layer))).outcome.name == outcome


def test_the_norm_of_the_derivative_is_attained_and_no_less() -> None:
    values = dict(functions.steered_back())["two scalings, the second steered"]
    network = Instance("two scalings", values)
    eta = functions.layer("eta", 2)
    identity = {eta.term: map_of(Layer([[1]]))}
    slope = functions.along(2, eta)
    assert decide((slope == 8).term, network.changed(identity)).is_holds
    layers = network.values[functions.h.term]
    assert is_norm_bound(network, (layers, 2, QQ.scalar(8))).is_holds
    assert is_norm_bound(network, (layers, 2, QQ.scalar(Fraction(79, 10)))).is_fails


def test_no_risk_is_least_where_an_input_has_a_negative_weight() -> None:
    network = Instance("a negative weight", dict(functions.any_moved())["a negative weight"])
    verdict = is_least(network, (network.values[functions.h.term],))
    assert verdict.is_fails
    assert "the risk has no lower bound" in verdict.reason
    assert decide((functions.mean_square == 0).term, network).is_holds


BROKEN_ALONE = {
    I8: {"expands", "K", "N", "grows", "steep"},
    STEERED: {"full rank", "undone", "critical"},
    LEAST: {"law", "no error"},
}


@pytest.mark.slow
@pytest.mark.parametrize("statement", BROKEN_ALONE, ids=repr)
def test_hypotheses_are_broken_alone_and_the_conclusion_with_them(statement: Statement) -> None:
    controls = {c.premise for c in found(statement).controls}
    assert BROKEN_ALONE[statement] <= controls


def test_the_factor_two_of_the_dominance_is_best_possible() -> None:
    values = dict(functions.steered_back())["two scalings, the second steered"]
    excess = functions.risk(functions.h) - functions.C
    scale, bound = functions.eps * functions.eps1, functions.K * functions.N
    assert decide((2 * scale * excess == bound).term, Instance("two scalings", values)).is_holds
