"""YSJ18: what is derived of Theorem 2.2, and what of its printed proof is not."""

from __future__ import annotations

import pytest
from judged_once import DERIVATIONS

from symbolic_landscape.arithmetic import RationalFunctions
from symbolic_landscape.critical.deep_linear import DeepLinearPoint, PointKind, certificate
from symbolic_landscape.judge.evaluation import Evaluation
from symbolic_landscape.judge.pool import BUDGET
from symbolic_landscape.judge.values import Instance
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.appendix_c.split import I9
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_2 import column_test
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_3 import (
    bounded_rank,
    chains,
    criticality,
    global_minima,
    narrow_saddles,
    relaxation,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings import bottleneck, linear
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.bottleneck_points import BOTTLENECKS
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.linear_points import SPECTRAL, Point
from symbolic_landscape.statement.language import Expr, every, predicate
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.verdict import Verdict

DERIVED = (
    I9,
    relaxation.I2,
    relaxation.E3,
    bounded_rank.REPAIRED,
    chains.D5,
    chains.I3,
    criticality.P3_6,
    global_minima.REPAIRED,
    narrow_saddles.S34_REPAIRED,
    column_test.REPAIRED,
)
LACKING = {
    bounded_rank.P3_1: ["unique vectors", "unique optimum"],
    global_minima.P3_7: ["compared", "same subspace"],
    narrow_saddles.S34: ["not least", "saddle/2/no local minimum"],
    column_test.T2_2: ["outside/saddle/1/others"],
}
"""The steps of printed proofs for which no rule gives the reason."""


def verdict(formula: Expr, point: Point) -> Verdict:
    (example,) = linear.examples([point])
    instance = Instance(*example)
    return Evaluation(instance, bottleneck.SEPARATED.decisions, BUDGET).decide(formula.term)


@pytest.mark.slow
@pytest.mark.parametrize("statement", DERIVED, ids=lambda s: s.key)
def test_is_derived_from_rules_alone(statement: Statement) -> None:
    assert DERIVATIONS.is_derived(statement)
    assert DERIVATIONS.of(statement).surplus == ()
    assert DERIVATIONS.assumed(statement) == ()


@pytest.mark.slow
@pytest.mark.parametrize("statement", LACKING, ids=lambda s: s.key)
def test_printed_proof_lacks(statement: Statement) -> None:
    found = DERIVATIONS.of(statement)
    assert [s.path for s in found.steps if not s.accepted] == LACKING[statement]


def test_singular_vectors_are_not_unique() -> None:
    U, U2, X, Y = linear.U, bottleneck.U2, linear.X, linear.Y
    unique = every(U2, linear.leading(X, Y, U2) >> (U2 == U))
    point = next(p for p in BOTTLENECKS if "other sign" in p.name)
    assert verdict(linear.distinct(X, Y), point).is_holds
    assert verdict(unique, point).is_fails


@pytest.mark.parametrize("name", ["leading", "separated"])
def test_no_decision_for_all_matrices_at_once(name: str) -> None:
    field = RationalFunctions(("x", "y"))
    vectors = field.matrix([[field.generator("x")], [field.generator("y")]])
    (example,) = linear.examples([BOTTLENECKS[0]])
    at = Instance(*example).changed({bottleneck.U2.term: vectors})
    asked = predicate(name)(linear.X, linear.Y, bottleneck.U2)
    found = Evaluation(at, bottleneck.SEPARATED.decisions, BUDGET).decide(asked.term)
    assert found.is_undecided
    assert "symbols" in found.reason


def test_a_gap_after_singular_value_k_suffices() -> None:
    X, Y, U = linear.X, linear.Y, linear.U
    seen = set()
    for point in (*BOTTLENECKS, *SPECTRAL):
        at = DeepLinearPoint.of(point.inputs, point.targets, point.weights)
        narrow = verdict(linear.bottleneck, point).is_holds
        if at.is_critical and narrow and verdict(bottleneck.separated(X, Y, U), point).is_holds:
            inside = verdict(column_test.inside_set, point)
            least = certificate(at).kind is PointKind.GLOBAL_MINIMUM
            assert inside.is_holds == least
            assert not inside.is_undecided
            seen.add((least, verdict(linear.distinct(X, Y), point).is_holds))
    assert seen == {(least, distinct) for least in (True, False) for distinct in (True, False)}
