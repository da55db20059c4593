"""NH17, sections 2-4 in the new form: points of networks and the smaller examples."""

from __future__ import annotations

from functools import cache

import pytest

from symbolic_landscape.judge.evaluation import decide, value
from symbolic_landscape.judge.values import Instance
from symbolic_landscape.networks import Network, Parameters, Samples
from symbolic_landscape.proofs.nguyen_hein_2017.settings import network_points as points
from symbolic_landscape.proofs.nguyen_hein_2017.settings.assumptions import (
    distinct_samples,
    full_rank_from,
    loss_flat_only_at_minimum,
    sigma_increases,
    slopes_from,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.directions import HESSIAN
from symbolic_landscape.proofs.nguyen_hein_2017.settings.neighbourhoods import NEIGHBOURHOODS
from symbolic_landscape.proofs.nguyen_hein_2017.settings.network import (
    NETWORK,
    F,
    L,
    N,
    W,
    X,
    Y,
    b,
    critical,
    n,
    one,
)
from symbolic_landscape.statement.language import Expr, block, rank, the
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
    assert set(instance.values) == set(NETWORK.names)
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
    given = {"top between two wells of the loss", "top between two wells of the loss, two layers"}
    assert _where(FITTED) == named | given | {"concave loss"}


def test_counts() -> None:
    assert len(INSTANCES) == 74
    assert len(_where(CRITICAL)) == 70
    assert len(_where(FITTED)) == 20
    assert len(_where(CRITICAL, but=FITTED)) == 50
    assert len(_where(CRITICAL, distinct_samples, but=FITTED)) == 45
    assert len(_where(MORE)) == 43
    assert len(_where(MORE, CRITICAL, but=FITTED)) == 35
    assert len(_where(MORE, CRITICAL, full_rank_from(2), slopes_from(1), but=FITTED)) == 22


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
        "slope 0, two layers, two samples",
        "slope 0 in the second of three layers",
        "step of the loss",
        "no loss",
    }
    assert _where(*needed, FEATURES_INDEPENDENT, MORE, but=FITTED) >= {
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
        "top between two wells of the loss, two layers",
        "step of the loss",
        "concave loss",
    }
