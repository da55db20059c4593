"""YSJ18: two readings that hold on their own examples, and what the common pool says of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from false_readings.ysj18 import FACTOR, LAYER_2

from symbolic_landscape.arithmetic import QQ, Matrix
from symbolic_landscape.judge.check import judge
from symbolic_landscape.judge.derivations import Derivations
from symbolic_landscape.judge.evaluation import decide, value
from symbolic_landscape.judge.options import Options
from symbolic_landscape.judge.pool import Pool
from symbolic_landscape.judge.rows import rows
from symbolic_landscape.judge.statuses import status
from symbolic_landscape.judge.trial import Trials
from symbolic_landscape.judge.values import Family, Function, Instance
from symbolic_landscape.proofs.rules import RULES
from symbolic_landscape.proofs.rules.maps import square
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.appendix_b.last_layer import ALONG, I10
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_3.gradients import BELOW
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_4.critical_points import T4_1
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings import functions, linear
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.function_decisions import (
    is_critical,
    is_expectation,
    is_least,
    law_values,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.functions import (
    FIRST_MOVED,
    LAYER_MOVED,
    E,
    H,
    along,
    critical,
    d,
    down_,
    g,
    h,
    k,
    layer,
    nothing,
    risk,
    target,
    y,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.linear import LINEAR, SQUARED_ERROR
from symbolic_landscape.statement.language import both, each, fn, function, matrix
from symbolic_landscape.statement.lemma import Statement

SETTINGS = (FIRST_MOVED, LAYER_MOVED, LINEAR, SQUARED_ERROR)
OTHERS = {LAYER_2: functions.any_moved, FACTOR: linear.other_points}
"""The examples of another setting than that of the statement."""


@cache
def pool() -> Any:
    return Pool(SETTINGS, count=3)


@cache
def found(statement: Statement) -> tuple[Any, ...]:
    return tuple(rows(statement, pool()))


def refuting(statement: Statement) -> list[Any]:
    return [row for row in found(statement) if row.met and row.refuted]


def own_names(statement: Statement) -> set[str]:
    return {name for name, _ in statement.setting.instances()}


# ---- what the pool finds -------------------------------------------------------------------------
@pytest.mark.parametrize("false", [FACTOR, LAYER_2], ids=repr)
def test_the_examples_beside_a_false_reading_do_not_refute_it(false: Statement) -> None:
    own = [row for row in found(false) if row.case.instance.name in own_names(false)]
    assert len(own) == len(own_names(false))
    assert any(row.met and row.kept for row in own)
    assert not any(row.met and not row.kept for row in own)


@pytest.mark.parametrize("false", [FACTOR, LAYER_2], ids=repr)
def test_an_example_of_another_setting_refutes_it(false: Statement) -> None:
    others = {name for name, _ in OTHERS[false]()}
    assert any(row.case.instance.name in others for row in refuting(false))


def test_drawn_factors_refute_the_block_for_any_factor() -> None:
    assert any(row.case.origin == "drawn" for row in refuting(FACTOR))


@pytest.mark.parametrize("false", [FACTOR, LAYER_2], ids=repr)
def test_its_status_is_refuted_with_the_instance_that_shows_it(false: Statement) -> None:
    derivations, options = Derivations(RULES.values()), Options(instances=12)
    trials = Trials(SETTINGS, (), derivations, options)
    result = judge(false, options, derivations, trials.tried)
    assert status(result) == "refuted"
    (refuted,) = (f for f in result.findings if f.kind == "refuted")
    assert refuted.counterexample is not None
    assert refuted.how_found == "search" or refuted.how_found.startswith("the pool, from ")


def test_layer_2_is_refuted_where_two_values_of_the_inputs_are_received_as_one() -> None:
    (row,) = (r for r in refuting(LAYER_2) if r.case.instance.name == "1 and 2 received as 6")
    assert row.case.instance.values[functions.j.term] == 2
    assert row.conclusion is not None
    assert row.conclusion.reason.startswith("an error is ")


@pytest.mark.parametrize("right", [I10, T4_1, BELOW, ALONG], ids=repr)
def test_the_right_readings_are_met_and_not_refuted(right: Statement) -> None:
    assert sum(row.met for row in found(right)) >= 5
    assert not refuting(right)
    assert not any(row.open for row in found(right) if row.case.origin == "given")
    assert all(row.kept for row in found(right) if row.met)


@pytest.mark.parametrize("right", [I10, T4_1], ids=repr)
def test_each_hypothesis_that_the_proof_needs_has_a_near_miss(right: Statement) -> None:
    missed = {row.misses for row in found(right) if row.refuted}
    needed = {"half"} if right is I10 else {"bound", "steep", "critical"}
    assert needed <= missed


# ---- what the kernel says ------------------------------------------------------------------------
@pytest.mark.slow
def test_the_right_readings_are_derived_and_the_numbers_of_inputs_are_surplus() -> None:
    made = Derivations(RULES.values())
    assert all(made.is_derived(s) for s in (BELOW, ALONG, I10, T4_1.repaired))
    assert made.of(I10).surplus == ()
    assert [made.of(s).surplus for s in T4_1.readings] == [("inputs",), ()]
    assert not made.is_derived(T4_1)


@pytest.mark.parametrize("false", [FACTOR, LAYER_2], ids=repr)
def test_a_false_reading_is_not_derived_by_the_proof_of_the_right_one(false: Statement) -> None:
    right = I10 if false is FACTOR else T4_1
    assert not Derivations(RULES.values()).is_derived(replace(false, proof=right.proof))


# ---- what settles the definitions of Section 4 ---------------------------------------------------
def networks() -> list[Instance]:
    """Those of both settings, on laws without negative weights."""
    both_settings = (*functions.first_moved(), *functions.any_moved())
    found = (Instance(name, values) for name, values in both_settings)
    return [n for n in found if is_expectation(n, (n.values[E.term],)).is_holds]


def bumps(network: Instance, i: int) -> Iterator[Function]:
    """Directions that move one output of layer i at one value that it receives, and at no other."""
    X, _ = law_values(network.values[E.term])
    columns = (X.submatrix(range(X.shape[0]), [a]) for a in range(X.shape[1]))
    received: list[Matrix] = []
    for column in columns:
        seen = value(down_(h)[i - 1](y).term, network.changed({y.term: column}))
        if not seen.is_zero and seen not in received:
            received.append(seen)
    before, after = (network.values[d.term].at(k) for k in (i - 1, i))
    x = matrix("x", before, 1)
    for w in received:
        body = square(x)
        given = {}
        for place, other in enumerate(v for v in received if v != w):
            letter = matrix(f"v{place}", before, 1)
            body, given[letter.term] = body * square(x - letter), other
        for row in range(after):
            unit = matrix("unit", after, 1)
            values = {**given, unit.term: QQ.identity(after).submatrix(range(after), [row])}
            yield Function(fn(x, body * unit).term, tuple(values.items()))


@pytest.mark.parametrize("network", networks(), ids=lambda n: n.name)
def test_criticality_is_decided_as_directions_at_single_values_say(network: Instance) -> None:
    by_layers = is_critical(network, (network.values[h.term],))
    slopes = [
        decide((along(i, eta) == 0).term, network.changed({eta.term: bump}))
        for i in range(1, network.values[H.term] + 2)
        for eta in [layer("eta", i)]
        for bump in bumps(network, i)
    ]
    assert not by_layers.is_undecided
    assert by_layers.is_holds == all(slope.is_holds for slope in slopes)
    assert not any(slope.is_undecided for slope in slopes)
    assert not (by_layers.is_holds and decide(critical(h).term, network).is_fails)


def padding(after: int, before: int, value: Any) -> Function:
    """The first coordinates of x, or of the value at those of x, and 0 for the others."""
    x = matrix("x", before, 1)
    if value is None:
        B = matrix("B", after, before)
        return Function(fn(x, B @ x).term, ((B.term, corner(after, before)),))
    f, inputs, outputs = value
    A, B = matrix("A", inputs, before), matrix("B", after, outputs)
    g = function("g", matrix("", inputs, 1), matrix("", outputs, 1))
    given = {A: corner(inputs, before), B: corner(after, outputs), g: f}
    return Function(fn(x, B @ g(A @ x)).term, tuple((v.term, y) for v, y in given.items()))


def corner(rows_: int, columns: int) -> Matrix:
    return QQ.identity(max(rows_, columns)).submatrix(range(rows_), range(columns))


def padded(network: Instance) -> dict[int, Function]:
    """Layers that make h*, put first where all are as wide as the outputs, else last."""
    top, size = network.values[H.term] + 1, network.values[d.term].at
    place = 1 if all(size(k) >= size(top) for k in range(1, top + 1)) else top
    value = network.values[target.term], size(0), size(top)
    return {
        k: padding(size(k), size(k - 1), value if k == place else None) for k in range(1, top + 1)
    }


@pytest.mark.parametrize("network", networks(), ids=lambda n: n.name)
def test_paddings_are_a_better_network_wherever_a_risk_is_not_least(network: Instance) -> None:
    by_layers = is_least(network, (network.values[h.term],))
    assert not by_layers.is_undecided
    with_paddings = network.changed({g.term: padded(network)})
    at_rest = each(k, 1, H + 1, g[k](nothing(k - 1)) == 0)
    is_better = decide(both(at_rest, risk(g) < risk(h)).term, with_paddings)
    assert is_better.is_holds == by_layers.is_fails


def test_layers_of_another_form_are_not_decided() -> None:
    network = networks()[0]
    x = matrix("x", 1, 1)
    square = Function(fn(x, x @ x).term)
    for decision in (is_critical, is_least):
        assert decision(network, (Family.of(dict.fromkeys(range(1, 9), square)),)).is_undecided
