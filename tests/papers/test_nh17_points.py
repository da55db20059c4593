"""NH17, sections 2-4 in the new form: points of networks and the smaller examples."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest

from symbolic_landscape.arithmetic import QQ
from symbolic_landscape.functions.activations import Activation
from symbolic_landscape.judge.evaluation import decide, value
from symbolic_landscape.judge.values import Family, Instance
from symbolic_landscape.networks import Network, Parameters, Samples
from symbolic_landscape.proofs.nguyen_hein_2017.section_3.block_hessians import D3_6
from symbolic_landscape.proofs.nguyen_hein_2017.section_3.independent_features import T3_4
from symbolic_landscape.proofs.nguyen_hein_2017.section_3.nondegenerate_minima import (
    C3_9_REPAIRED as C3_9,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_3.subset_points import D3_7
from symbolic_landscape.proofs.nguyen_hein_2017.section_3.wide_layer_directly import (
    T3_8_REPAIRED as T3_8,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_4.full_rank import L4_3
from symbolic_landscape.proofs.nguyen_hein_2017.section_4.implicit_functions import EQUATIONS
from symbolic_landscape.proofs.nguyen_hein_2017.settings import growth, network_decisions
from symbolic_landscape.proofs.nguyen_hein_2017.settings import network_points as points
from symbolic_landscape.proofs.nguyen_hein_2017.settings.assumptions import (
    ASSUMPTIONS,
    distinct_samples,
    full_rank_from,
    loss_flat_only_at_minimum,
    sigma_increases,
    slopes_from,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.directions import HESSIAN, I, nondegenerate
from symbolic_landscape.proofs.nguyen_hein_2017.settings.functions import (
    FUNCTIONS,
    f,
    nondegenerate_critical_points,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.neighbourhoods import NEIGHBOURHOODS
from symbolic_landscape.proofs.nguyen_hein_2017.settings.network import (
    NETWORK,
    F,
    L,
    N,
    V,
    W,
    X,
    Y,
    b,
    c,
    critical,
    i,
    k,
    minimises,
    mu,
    n,
    one,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.outputs import ANY, OUTPUTS
from symbolic_landscape.proofs.nguyen_hein_2017.settings.points import POINTS, H, U, a, high, low
from symbolic_landscape.proofs.nguyen_hein_2017.settings.steep_units import (
    ACTIVATION,
    LINE,
    SAMPLES,
    Z,
    entries_differ,
    entries_increase,
    rows_differ,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.steep_units import sigma as activation
from symbolic_landscape.proofs.nguyen_hein_2017.settings.steep_units import t as places
from symbolic_landscape.proofs.rules.analytic import analytic, analytic_in
from symbolic_landscape.proofs.rules.implicit import Psi, jacobian, u0, v0
from symbolic_landscape.statement.language import (
    Expr,
    block,
    both,
    det,
    either,
    exists,
    fn,
    like,
    matrix,
    rank,
    the,
    true,
    update,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.setting import Setting
from symbolic_landscape.statement.term import Term
from symbolic_landscape.verdict import Verdict

INSTANCES = {name: Instance(name, values) for name, values in NETWORK.instances()}
CRITICAL, FITTED, MORE = critical(W, b), F(L) == Y, n[0] + 1 < N
INPUTS_INDEPENDENT = rank(block(X, one)) == N
FEATURES_INDEPENDENT = rank(block(F(1), one)) == N


@cache
def _verdict(formula: Term, name: str) -> Verdict:
    return decide(formula, INSTANCES[name])


def _holds(formula: Expr, name: str) -> bool:
    """Whether the formula holds at the point; it must be decided."""
    verdict = _verdict(the(formula), name)
    assert not verdict.is_undecided, (name, verdict.reason)
    return verdict.is_holds


def _where(*formulas: Expr, but: Expr | None = None) -> set[str]:
    """The points at which the formulas hold, and `but` fails."""
    return {
        name
        for name in INSTANCES
        if all(_holds(f, name) for f in formulas) and not (but is not None and _holds(but, name))
    }


def test_points_have_different_names_and_data() -> None:
    assert len(INSTANCES) == len(points.POINTS)
    assert len({instance.key for instance in INSTANCES.values()}) == len(INSTANCES)


def test_settings_that_extend_the_network_share_its_points() -> None:
    assert HESSIAN.instances is NETWORK.instances
    assert NEIGHBOURHOODS.instances is NETWORK.instances


@pytest.mark.parametrize("name", INSTANCES)
def test_all_variables_have_values_and_standing_assumptions_hold(name: str) -> None:
    instance = INSTANCES[name]
    always = {*NETWORK.names, the(V), the(c)}
    assert always <= set(instance.values) <= always | {the(k), the(I), the(mu)}
    for formula in NETWORK.standing:
        assert decide(the(formula), instance).is_holds, formula


@pytest.mark.parametrize("point", points.POINTS, ids=lambda p: p.name)
def test_critical_is_decided_as_the_engine_differentiates(point: points.NetworkPoint) -> None:
    values = {str(v.name): x for v, x in INSTANCES[point.name].values.items()}
    widths, layers = [x for _, x in values["n"].items], range(1, values["L"] + 1)
    network = Network(widths, values["sigma"], values["sigma"])
    surface = network.loss(Samples(values["X"], values["Y"]), values["l"])
    weights = [values["W"].at(k).T for k in layers]
    at = surface.at(Parameters(weights, [values["b"].at(k).T for k in layers]))
    assert at.gradient.is_zero is _holds(CRITICAL, point.name)
    assert at.gradient.is_zero is not point.name.startswith("not critical")


def test_points_named_fitted_are_those_with_their_outputs_as_labels() -> None:
    named = {name for name in INSTANCES if name.endswith(", fitted")}
    given = {
        "top between two wells of the loss",
        "top between two wells of the loss, a better point",
        "top between two wells of the loss, independent features",
        "the higher well of the loss, two samples",
        "falling, the higher well of the loss, two samples",
    }
    assert _where(FITTED) == named | given | {"concave loss"}


def test_counts() -> None:
    assert len(INSTANCES) == 103
    assert len(_where(CRITICAL)) == 95
    assert len(_where(FITTED)) == 29
    assert len(_where(CRITICAL, but=FITTED)) == 66
    assert len(_where(CRITICAL, distinct_samples, but=FITTED)) == 55
    assert len(_where(MORE)) == 53
    assert len(_where(MORE, CRITICAL, but=FITTED)) == 42
    assert len(_where(MORE, CRITICAL, full_rank_from(2), slopes_from(1), but=FITTED)) == 29


def test_all_sizes_occur() -> None:
    sizes = {(value(the(n[0]), i), value(the(n[L]), i)) for i in INSTANCES.values()}
    assert {d for d, _ in sizes} == {m for _, m in sizes} == {1, 2, 3}
    assert {value(the(L), i) for i in INSTANCES.values()} == {1, 2, 3}
    assert {value(the(N), i) for i in INSTANCES.values()} == {1, 2, 3, 4, 5, 6}


def test_hypotheses_of_the_paper_hold_at_points_that_are_not_fitted() -> None:
    needed = (CRITICAL, distinct_samples, sigma_increases, full_rank_from(2))
    assert _where(*needed, INPUTS_INDEPENDENT, but=FITTED) == {
        "loss least at residual 1, one layer",
        "slope 0, one weight",
        "slope 0, one weight, a better one",
        "slope 0, one weight, unbounded, a better one",
        "slope 0, two samples, two outputs, better weights",
        "slope 0, two layers, one sample, a better point",
        "slope 0, two layers, two samples",
        "slope 0 in the second of three layers",
        "step of the loss",
        "no loss",
    }
    assert _where(*needed, FEATURES_INDEPENDENT, MORE, but=FITTED) == {
        "loss least at residual 1, independent features",
        "slope 0, three samples on a line, independent features",
    }


def test_one_loss_of_the_paper_is_not_decided() -> None:
    verdicts = {name: _verdict(the(loss_flat_only_at_minimum), name) for name in INSTANCES}
    assert {name for name, v in verdicts.items() if v.is_undecided} == {
        "sigmoid, three layers, one sample, fitted"
    }
    assert {name for name, v in verdicts.items() if v.is_fails} == {
        "top between two wells of the loss",
        "top between two wells of the loss, a better point",
        "top between two wells of the loss, independent features",
        "the higher well of the loss, two samples",
        "falling, the higher well of the loss, two samples",
        "step of the loss",
        "concave loss",
    }


@pytest.mark.parametrize(
    ("broken", "name"),
    [
        ("loss", "top between two wells of the loss, a better point"),
        ("bounded", "slope 0, one weight, unbounded, a better one"),
        ("critical", "not critical, one weight, a better one"),
        ("ranks", "all weights zero, two samples, a better point"),
        ("increasing", "bump at its top"),
    ],
)
def test_a_near_miss_of_theorem_3_4_breaks_one_hypothesis_and_the_conclusion(
    broken: str, name: str
) -> None:
    claim, decisions = T3_4.claim, NETWORK.decisions
    words = {h: decide(f, INSTANCES[name], decisions).outcome.name for h, f in claim.given.items()}
    assert words == {h: "FAILS" if h == broken else "HOLDS" for h in claim.given}
    assert decide(claim.then, INSTANCES[name], decisions).is_fails


@pytest.mark.parametrize(
    ("statement", "broken", "name"),
    [
        (T3_8, "wide", "one unit, three labels for each of two inputs: a local minimum"),
        (T3_8, "critical", "not critical, two samples, non-degenerate on layer 2"),
        (T3_8, "ranks", "linear, two outputs through one unit, the smaller direction"),
        (T3_8, "bend", "bump at its top, two layers"),
        (T3_8, "next", "one unit in use of five, three labels for each of two inputs"),
        (T3_8, "nondegenerate", "as many units as samples, all see nothing, arctan"),
        (T3_8, "loss", "the higher well of the loss, two samples"),
        (C3_9, "loss", "the higher well of the loss, two samples"),
        (C3_9, "wide", "one unit, three labels for each of two inputs: a local minimum"),
        (C3_9, "next", "one unit in use of five, three labels for each of two inputs"),
        (L4_3, "distinct", "one sample twice with two labels, tanh, two outputs"),
        (L4_3, "injective", "constant activation, two layers, fitted"),
    ],
    ids=lambda x: str(getattr(x, "key", x)),
)
def test_a_near_miss_on_one_layer_breaks_one_hypothesis_and_the_conclusion(
    statement: Statement, broken: str, name: str
) -> None:
    claim, decisions = statement.claim, statement.setting.decisions
    instance = INSTANCES[name].changed({the(k): 1})
    words = {h: decide(f, instance, decisions).outcome.name for h, f in claim.given.items()}
    assert words == {h: "FAILS" if h == broken else "HOLDS" for h in claim.given}
    assert decide(claim.then, instance, decisions).is_fails


def test_features_are_dependent_for_all_parameters_only_where_that_is_shown() -> None:
    def never(sigma: str, X: list[list[int]], units: int) -> bool:
        n = {0: len(X[0]), 1: units}
        data = {"X": QQ.matrix(X), "N": len(X), "n": Family.of(n), "sigma": Activation.of(sigma)}
        return bool(network_decisions.always_dependent(data, 1))

    assert never("tanh", [[0], [1], [2]], 1)
    assert not never("tanh", [[0], [1], [2]], 2)
    assert never("tanh", [[0, 1], [1, 0], [0, 1]], 5)
    assert never("1 + 0*t", [[0], [1]], 3)
    assert not never("1 + 0*t", [[0]], 3)
    assert never("linear", [[0], [1], [2]], 2)
    assert not never("linear", [[0, 0], [1, 0], [0, 1]], 2)
    assert not never("t**2", [[0], [1], [2]], 2)


def test_growth_is_refuted_by_the_limit_at_minus_infinity() -> None:
    def bounded(sigma: str) -> str:
        instance = Instance(sigma, {the(activation): Activation.of(sigma)})
        decided = {"bounded or growing": growth.decided}
        return decide(the(growth.bounded_or_growing(activation)), instance, decided).outcome.name

    refuted = [sigma for sigma in ("tanh", "relu", "cubic", "linear") if bounded(sigma) == "FAILS"]
    assert refuted == ["cubic", "linear"]
    assert bounded("tanh") == "HOLDS"


# ---- decisions -----------------------------------------------------------------------------------
LAST = (fn(i, i == L), "last layer")
NO_LAYER = (fn(i, i == 0), "no layer")


def _decided(formula: Expr, name: str, layers: tuple[Expr, str] = LAST) -> Verdict:
    """The verdict with the decisions of the setting, and a set of layers I."""
    instance = INSTANCES[name]
    chosen = (the(layers[0]), {the(L): value(the(L), instance)})
    return decide(the(formula), instance.changed({the(I): chosen}), NEIGHBOURHOODS.decisions)


def test_blocks_of_the_hessian_are_singular_or_not() -> None:
    verdicts = {name: _decided(nondegenerate(W, b, I), name) for name in INSTANCES}
    assert not any(v.is_undecided for v in verdicts.values())
    assert sum(v.is_holds for v in verdicts.values()) == 53
    assert all(_decided(nondegenerate(W, b, I), name, NO_LAYER).is_holds for name in INSTANCES)


def test_hypotheses_of_theorem_3_8_hold_with_more_samples_than_independent_inputs() -> None:
    second = (fn(i, i == 2), "second layer")
    deep = {name for name in INSTANCES if _holds(L >= 2, name)}
    met = {
        name
        for name in deep & _where(CRITICAL, n[1] >= N - 1, full_rank_from(3))
        if all(_verdict(the(f), name).is_holds for f in ASSUMPTIONS.values())
        and _decided(nondegenerate(W, b, I), name, second).is_holds
    }
    assert met == {
        "two layers, three samples of the plane, fitted",
        "three layers of two units, three samples of the plane, fitted",
        "two outputs, zero output weights, fitted",
        "slope 0 below, none above, fitted",
        "three samples on a line, two units, zero output weights, fitted",
        "three samples on a line, two units, independent features, fitted",
        "loss least at residual 1, independent features",
    }
    assert len(met & _where(MORE)) == 3


@pytest.mark.parametrize(
    "name",
    [
        "one weight, one sample, fitted",
        "sigmoid, three layers, one sample, fitted",
        "three layers of unequal widths, fitted",
        "bump at its top",
    ],
)
def test_a_singular_block_is_refuted_by_its_tree_too(name: str) -> None:
    chosen = (the(LAST[0]), {the(L): value(the(L), INSTANCES[name])})
    instance = INSTANCES[name].changed({the(I): chosen})
    assert decide(the(nondegenerate(W, b, I)), instance).is_fails
    assert _decided(nondegenerate(W, b, I), name).is_fails


@pytest.mark.slow
def test_decisions_about_minima_agree_with_what_trees_show() -> None:
    for name, instance in INSTANCES.items():
        least = network_decisions.global_minimum(instance, _point(instance))
        near = network_decisions.local_minimum(instance, _point(instance))
        assert not (least.is_holds and not near.is_holds), name
        assert not (near.is_fails and not least.is_fails), name
        if least.is_holds and len(_point(instance)[0].items) == 1:
            assert not decide(the(minimises(W, b)), instance).is_fails, name


def _point(instance: Instance) -> tuple[Any, Any]:
    values = {str(v.name): x for v, x in instance.values.items()}
    return values["W"], values["b"]


def test_decisions_take_points_that_are_not_given_as_data() -> None:
    name = "three samples on a line, two units, zero output weights, fitted"
    M = like("M", W[2])
    instance = INSTANCES[name].changed({the(M): QQ.matrix([[0], [1]])})
    moved = minimises(update(W, 2, M), b)
    assert decide(the(moved), instance, NEIGHBOURHOODS.decisions).is_fails
    still = minimises(fn(i, W[i]), b)
    assert decide(the(still), instance, NEIGHBOURHOODS.decisions).is_holds


@pytest.mark.slow
def test_counts_of_minima() -> None:
    least = [network_decisions.global_minimum(i, _point(i)) for i in INSTANCES.values()]
    near = [network_decisions.local_minimum(i, _point(i)) for i in INSTANCES.values()]
    assert (sum(v.is_holds for v in least), sum(v.is_fails for v in least)) == (30, 44)
    assert (sum(v.is_holds for v in near), sum(v.is_fails for v in near)) == (57, 44)


def test_a_decision_without_values_is_undecided() -> None:
    instance = next(iter(INSTANCES.values()))
    known = {v: x for v, x in instance.values.items() if v.name != "Y"}
    missing = Instance("no labels", known)
    assert network_decisions.global_minimum(missing, _point(instance)).is_undecided


# ---- the smaller settings ------------------------------------------------------------------------
OTHERS = {
    OUTPUTS: 25,
    FUNCTIONS: 18,
    POINTS: 7,
    LINE: 16,
    SAMPLES: 16,
    ACTIVATION: 23,
    D3_6.setting: 10,
    D3_7.setting: 3,
    EQUATIONS: 15,
}


def _instances(setting: Setting) -> list[Instance]:
    return [Instance(*example) for example in setting.instances()]


def _holding(setting: Setting, formula: Expr | Term) -> int:
    """How many instances of the setting meet the formula; all must be decided."""
    verdicts = [decide(the(formula), i, setting.decisions) for i in _instances(setting)]
    assert not [v.reason for v in verdicts if v.is_undecided]
    return sum(v.is_holds for v in verdicts)


@pytest.mark.parametrize(("setting", "count"), OTHERS.items(), ids=lambda x: getattr(x, "title", x))
def test_instances_of_the_smaller_settings_are_complete(setting: Setting, count: int) -> None:
    found = _instances(setting)
    assert len(found) == count == len({i.key for i in found}) == len({i.name for i in found})
    assert all(set(i.values) == set(setting.names) for i in found)
    for formula in setting.standing:
        assert _holding(setting, formula) == count


def test_definitions_are_decided_on_the_smaller_settings() -> None:
    assert _holding(OUTPUTS, ANY.critical(W, b)) == 19
    assert _holding(SAMPLES, rows_differ(Z)) == 13
    assert _holding(LINE, entries_differ(places)) == 14
    assert _holding(LINE, entries_increase(places)) == 12
    assert _holding(ACTIVATION, sigma_increases) == 14
    assert _holding(ACTIVATION, analytic(activation)) == 21
    assert _holding(EQUATIONS, Psi(u0)(v0) == 0) == 14
    assert _holding(EQUATIONS, det(jacobian(Psi, u0, v0)) != 0) == 10
    assert _holding(POINTS, analytic_in(low, high, H)) == 7
    assert _holding(POINTS, exists(U, a, H(U)(a) != 0)) == 6
    assert _holding(D3_6.setting, D3_6.claim.standing[-1]) == 9
    assert [_holding(D3_7.setting, formula) for formula in D3_7.given.values()] == [1, 1]


def test_critical_points_of_functions_on_sets() -> None:
    formula = the(nondegenerate_critical_points(f))
    verdicts = [decide(formula, i, FUNCTIONS.decisions) for i in _instances(FUNCTIONS)]
    outcomes = [v.outcome.value for v in verdicts]
    assert {o: outcomes.count(o) for o in set(outcomes)} == {"holds": 9, "fails": 7, "undecided": 2}


DOMAIN = next(v for v in FUNCTIONS.names if v.name == "U")


def test_a_set_is_open_only_where_its_tree_shows_it() -> None:
    instance, x = _instances(FUNCTIONS)[0], matrix("x", 1, 1)
    for condition, known in (
        (true, True),
        (x[1, 1] > 0, True),
        (both(x[1, 1] > 0, either(x[1, 1] < 1, x[1, 1] > 3)), True),
        (x[1, 1] * x[1, 1] <= 1, False),
        (both(x[1, 1] > 0, x[1, 1] <= 1), False),
        (x[1, 1] == 0, False),
    ):
        changed = instance.changed({DOMAIN: the(fn(x, condition))})
        verdict = decide(the(FUNCTIONS.standing[0]), changed)
        assert verdict.is_holds if known else verdict.is_undecided
