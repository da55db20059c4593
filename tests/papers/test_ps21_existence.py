"""PS21, sections 3 and 5: certified minima of wide networks, ways out of them, and their kernel."""

from __future__ import annotations

from fractions import Fraction

import pytest
from judged_once import DERIVATIONS

from symbolic_landscape.errors import DomainError
from symbolic_landscape.functions.activations import Activation
from symbolic_landscape.judge.evaluation import decide
from symbolic_landscape.judge.values import Instance
from symbolic_landscape.paths import falls_from_critical
from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_1.other_network import (
    REM_NH17_PRINTED,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_3.descent_methods import C3
from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_3.regions import ESCAPES
from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_3.valleys import C6, C6_PRINTED
from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_5.counts import I_COUNT
from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_5.degenerate_minima import (
    T13_KERNEL,
    T13_KERNEL_PRINTED,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_5.escapes import ESCAPE, T13
from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_5.existence import (
    E5_4,
    I_KERNEL,
    I_KERNEL_PRINTED,
    T2_WIDE,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_5.first_splits import FIRST, START
from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_5.repeated_minima import (
    AGAIN,
    COPIES_D,
    CURVED,
    FLAT_D,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_5.wide_networks import SPLIT, T2
from symbolic_landscape.proofs.petzka_sminchisescu_2021.settings.certified_minima import (
    CERTIFIED,
    has_activated_minimum,
    has_better_point,
    has_escape,
    located,
    network,
    samples,
    stair,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.settings.chain import CHAIN, sigma, start_
from symbolic_landscape.proofs.petzka_sminchisescu_2021.settings.units import UNIT
from symbolic_landscape.statement.lemma import Statement

BOTH = ("tanh", "sigmoid")


@pytest.mark.parametrize(
    "statement", [CURVED, COPIES_D, FLAT_D, AGAIN, START, FIRST, SPLIT, C3], ids=lambda s: s.key
)
def test_what_one_more_unit_needs_is_derived_again(statement: Statement) -> None:
    derivation = DERIVATIONS.of(statement)
    assert {s.path: s.refused for s in derivation.steps if s.refused} == {}
    assert derivation.surplus == ()


def test_of_theorem_2_one_point_of_a_small_network_is_not_derived() -> None:
    refused = [s.path for s in DERIVATIONS.of(T2).steps if s.refused]
    assert refused == ["start"]


@pytest.mark.parametrize(("name", "values"), CHAIN.instances(), ids=lambda x: str(x)[:20])
def test_the_small_network_has_that_point(name: str, values: dict[object, object]) -> None:
    example = Instance(name, values)  # type: ignore[arg-type]
    for formula in (*T2.claim.given.values(), start_(sigma).term, T2.claim.then):
        assert decide(formula, example, T2.setting.decisions).is_holds
    flat = Instance(name, {**values, sigma.term: Activation.of("2*t - 1")})  # type: ignore[dict-item]
    assert decide(T2.claim.given["activation"], flat, T2.setting.decisions).is_fails
    assert not decide(start_(sigma).term, flat, T2.setting.decisions).is_holds


@pytest.mark.slow
@pytest.mark.parametrize(
    "statement", [ESCAPES, ESCAPE, T13, T13_KERNEL, C6, I_COUNT], ids=lambda s: s.key
)
def test_ways_out_are_derived(statement: Statement) -> None:
    derivation = DERIVATIONS.of(statement)
    assert {s.path: s.refused for s in derivation.steps if s.refused} == {}
    assert derivation.surplus == ()


@pytest.mark.parametrize("name", BOTH)
@pytest.mark.parametrize(("first", "second"), [(1, 1), (3, 2), (16, 1), (16, 16)])
def test_split_points_are_minima_with_the_kernel_of_the_ways_to_split(
    name: str, first: int, second: int
) -> None:
    found = located(Activation.of(name), first, second)
    assert found.nullity == first * second - 1
    assert abs(float(found.loss.raw.mid()) - 112.621567349112) < 1e-9


@pytest.mark.parametrize("name", BOTH)
def test_a_stair_has_nearly_no_loss_where_there_are_units_for_its_steps(name: str) -> None:
    sigma = Activation.of(name)
    net, _ = network(sigma, 2, 15)
    loss = net.loss(samples(), convention="sum").at(stair(sigma, 2, 15)).enclose(bits=128).value
    assert 0 < loss < Fraction(1, 10**9)
    assert has_better_point(None, (sigma, 3, 2)).is_undecided
    assert has_better_point(None, (sigma, 2, 15)).is_holds
    with pytest.raises(DomainError, match="needs 15 units in layer 2, got 14"):
        stair(sigma, 2, 14)


@pytest.mark.parametrize("name", BOTH)
def test_a_level_path_and_a_falling_one_lead_out_of_a_split_minimum(name: str) -> None:
    sigma = Activation.of(name)
    found = has_escape(None, (sigma, 3, 2))
    assert found.is_holds
    assert found.data["after"].raw < found.data["before"].raw
    assert has_escape(None, (sigma, 1, 2)).is_undecided


def test_within_positive_shares_no_unit_bends_the_loss_down() -> None:
    sigma = Activation.of("tanh")
    here = located(sigma, 2, 1).coordinates
    net, _ = network(sigma, 2, 1)
    apart = [1, 0, -1, 0, *[0] * (net.parameter_count - 4)]
    surface = net.loss(samples(), convention="sum")
    assert falls_from_critical(surface, here, apart, Fraction(1, 1 << 20), 2).is_undecided


def test_other_networks_have_no_point_here() -> None:
    with pytest.raises(DomainError, match="no point is known"):
        located(Activation.of("softplus"), 1, 1)
    with pytest.raises(DomainError, match="no point is known"):
        located(Activation.of("tanh"), 0, 1)


@pytest.mark.parametrize(("name", "values"), CERTIFIED.instances(), ids=lambda x: str(x)[:20])
def test_the_printed_kernel_has_an_index_too_many(name: str, values: dict[object, object]) -> None:
    example = Instance(name, values)  # type: ignore[arg-type]
    verdicts = {
        statement: decide(statement.claim.then, example, CERTIFIED.decisions)
        for statement in (I_KERNEL, I_KERNEL_PRINTED, E5_4, T2_WIDE)
    }
    assert verdicts.pop(I_KERNEL_PRINTED).is_fails
    assert all(v.is_holds for v in verdicts.values())


def test_constant_along_the_kernel_is_no_minimum() -> None:
    values = dict(UNIT.instances())["valley that bends"]
    valley = Instance("valley that bends", values)
    given = T13_KERNEL_PRINTED.claim.given.values()
    assert all(decide(f, valley).is_holds for f in given)
    assert decide(T13_KERNEL_PRINTED.claim.then, valley).is_fails
    assert decide(T13_KERNEL.claim.given["critical along"], valley).is_fails


def test_corollary_6_asks_for_fewer_neurons_than_theorem_5() -> None:
    (refused,) = (s for s in DERIVATIONS.of(C6_PRINTED).steps if s.refused)
    assert refused.path == "everywhere/descent"
    assert "PS21.T5 needs wide" in refused.refused


@pytest.mark.parametrize("name", BOTH)
def test_with_an_activated_output_the_gradient_is_not_0_there(name: str) -> None:
    verdict = has_activated_minimum(None, (Activation.of(name), 16, 16))
    assert verdict.is_fails
    assert verdict.reason.startswith("derivative [")
    assert has_activated_minimum(None, (Activation.of(name), 0, 1)).is_undecided


def test_that_the_conjecture_is_disproved_rests_on_one_step_without_a_reason() -> None:
    refused = {s.path for s in DERIVATIONS.of(REM_NH17_PRINTED).steps if s.refused}
    assert refused == {"taken over"}
    (example, *_) = (Instance(name, values) for name, values in CERTIFIED.instances())
    then = REM_NH17_PRINTED.claim.then
    assert decide(then, example, REM_NH17_PRINTED.setting.decisions).is_undecided
