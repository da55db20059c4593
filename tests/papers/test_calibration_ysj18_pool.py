"""YSJ18: two readings that hold on their own examples, and what the common pool says of them."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest
from false_readings.ysj18 import FACTOR, LAYER_2

from symbolic_landscape.arithmetic import QQ
from symbolic_landscape.judge.derivations import Derivations
from symbolic_landscape.judge.evaluation import decide
from symbolic_landscape.judge.pool import Pool
from symbolic_landscape.judge.rows import Row, rows
from symbolic_landscape.judge.values import Function, Instance
from symbolic_landscape.proofs.rules import RULES
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.chapter_4.critical_points import T4_1
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.chapter_b.last_layer import (
    ALONG,
    FEATURES,
    I10,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings import functions, linear
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.functions import (
    FIRST_MOVED,
    LAYER_MOVED,
    H,
    at_rest,
    critical,
    g,
    h,
    padded,
    risk,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.linear import LINEAR, SQUARED_ERROR
from symbolic_landscape.statement.language import both
from symbolic_landscape.statement.lemma import Statement

SETTINGS = (FIRST_MOVED, LAYER_MOVED, LINEAR, SQUARED_ERROR)
OTHERS = {LAYER_2: functions.any_moved, FACTOR: linear.other_points}
"""The examples of another setting than that of the statement."""


@cache
def pool() -> Pool:
    return Pool(SETTINGS, count=3)


@cache
def found(statement: Statement) -> tuple[Row, ...]:
    return tuple(rows(statement, pool()))


def refuting(statement: Statement) -> list[Row]:
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


def test_layer_2_is_refuted_where_two_values_of_the_inputs_are_received_as_one() -> None:
    (row,) = (r for r in refuting(LAYER_2) if r.case.instance.name == "1 and 2 received as 6")
    assert row.case.instance.values[functions.j.term] == 2
    assert row.conclusion is not None
    assert row.conclusion.reason.endswith("0 < 1/2")


@pytest.mark.parametrize("right", [I10, T4_1, FEATURES, ALONG], ids=repr)
def test_the_right_readings_are_met_and_not_refuted(right: Statement) -> None:
    assert sum(row.met for row in found(right)) >= 5
    assert not refuting(right)
    assert not any(row.open for row in found(right))
    assert all(row.kept for row in found(right) if row.met)


@pytest.mark.parametrize("right", [I10, T4_1], ids=repr)
def test_each_hypothesis_that_the_proof_needs_has_a_near_miss(right: Statement) -> None:
    missed = {row.misses for row in found(right) if row.refuted}
    needed = {"half"} if right is I10 else {"bound", "steep", "critical"}
    assert needed <= missed


# ---- what the kernel says ------------------------------------------------------------------------
def test_the_right_readings_are_derived_and_the_numbers_of_inputs_are_surplus() -> None:
    made = Derivations(RULES.values())
    assert all(made.is_derived(s) for s in (FEATURES, ALONG, I10, *T4_1.readings))
    assert made.of(I10).surplus == ()
    assert [made.of(s).surplus for s in T4_1.readings] == [("inputs",), ()]


@pytest.mark.parametrize("false", [FACTOR, LAYER_2], ids=repr)
def test_a_false_reading_is_not_derived_by_the_proof_of_the_right_one(false: Statement) -> None:
    right = I10 if false is FACTOR else T4_1
    assert not Derivations(RULES.values()).is_derived(replace(false, proof=right.proof))


# ---- what settles the definitions of Section 4 ---------------------------------------------------
def networks() -> list[Instance]:
    both = (*functions.first_moved(), *functions.any_moved())
    return [Instance(name, values) for name, values in both]


@pytest.mark.parametrize("network", networks(), ids=lambda n: n.name)
def test_a_direction_that_is_tried_never_contradicts_the_decision(network: Instance) -> None:
    by_values = functions.is_critical(network, (network.values[h.term].at,))
    by_tree = decide(critical(h).term, network)
    assert not by_values.is_undecided
    assert not (by_values.is_holds and by_tree.is_fails)


@pytest.mark.parametrize("network", networks(), ids=lambda n: n.name)
def test_paddings_are_a_better_network_wherever_a_risk_is_not_least(network: Instance) -> None:
    by_values = functions.is_least(network, (network.values[h.term].at,))
    assert not by_values.is_undecided
    with_paddings = network.changed({g.term: padded(network)})
    is_better = decide(both(at_rest(g), risk(g) < risk(h)).term, with_paddings)
    assert is_better.is_holds == by_values.is_fails


def test_paddings_put_h_star_last_where_the_inputs_are_fewer() -> None:
    (network,) = (n for n in networks() if n.name.startswith("one input, three outputs"))
    assert network.values[H.term] == 1
    layers = padded(network)
    assert all(isinstance(layer, Function) for layer in layers.values())
    first, last = (dict(layers[k].values) for k in (1, 2))
    assert list(first.values()) == [QQ.identity(1)]
    assert len(last) == 3
