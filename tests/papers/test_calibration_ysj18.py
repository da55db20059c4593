"""YSJ18 as printed: a product of full-rank factors in Lemma B.1, and distinct singular values."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from functools import cache
from random import Random
from types import SimpleNamespace

import pytest
from sabotage import Variant, refused, sabotaged, variant

from symbolic_landscape.arithmetic import QQ, Matrix, equal
from symbolic_landscape.calculus import LossSurface
from symbolic_landscape.former.check import Options, judge
from symbolic_landscape.former.lemma import Fact, Statement, fact
from symbolic_landscape.former.search import sample, shrunk
from symbolic_landscape.judge.results import StatementResult
from symbolic_landscape.judge.statuses import as_expected, found, status
from symbolic_landscape.networks import Network, Parameters, Samples
from symbolic_landscape.proofs.common.externals import EXTERNAL_ANALYTIC_ZERO_SET
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.appendix_b import YSJ18_LB1
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.appendix_b_hessian import (
    YSJ18_I10,
    last_layer_hessian,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.extrema import (
    point_is_a_saddle,
    point_is_no_local_minimum,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.instances import points
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.linear import DeepLinear, LinearData
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.procedure import (
    every_layer_was_perturbed,
    factors_almost_surely_have_full_rank,
    product_almost_surely_has_full_rank,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_2 import (
    LAWS,
    YSJ18_A1,
    YSJ18_D1,
    data,
    many_more_outputs,
    nonzero_singular_values_are_distinct,
    singular_values_are_distinct,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_3 import (
    YSJ18_L3_2,
    gradient_is_product_of_transposes,
)
from symbolic_landscape.verdict import Verdict

STATEMENTS = (YSJ18_D1, YSJ18_A1, YSJ18_L3_2, YSJ18_I10, YSJ18_LB1)
KNOWN = (EXTERNAL_ANALYTIC_ZERO_SET, *STATEMENTS)
READINGS = tuple(reading for statement in STATEMENTS for reading in statement.readings)
WRONG_STEP = "full_rank_factors_have_a_full_rank_product"


@cache
def judged(statement: Statement, instances: int = 25, seed: int = 0) -> StatementResult:
    return judge(statement, Options(instances=instances, seed=seed), KNOWN)


def named(reading: Statement) -> str:
    return f"{reading.key}-{reading.reading}"


# --- Lemma B.1 -----


@pytest.mark.parametrize("seed", range(3))
def test_full_rank_factors_are_refuted_as_a_rule_by_two_orthogonal_vectors(seed: int) -> None:
    result = judged(YSJ18_LB1, seed=seed)
    assert status(result) == "gap"
    assert as_expected(result)
    (finding,) = (f for f in result.findings if f.kind == "invalid inference")
    assert finding.where == f"step {WRONG_STEP}"
    assert finding.how_found == f"search for the step (seed {seed}), shrunk"
    shown = finding.counterexample
    assert (shown["inputs"], shown["targets"], shown["perturbed"]) == ([[0]], [[0]], 0)
    assert shown["weights"] in (
        [[[0], [1]], [[1, 0]]],
        [[[1], [0]], [[0, 1]]],
    )  # the two orders of the same smallest example


def test_the_counterexample_by_hand() -> None:
    first, second = QQ.matrix([[0], [1]]), QQ.matrix([[1, 0]])
    assert first.rank() == min(first.shape) == 1
    assert second.rank() == min(second.shape) == 1
    assert (second @ first).rank() == 0
    shown = DeepLinear(
        inputs=((0,),), targets=((0,),), weights=(((0,), (1,)), ((1, 0),)), perturbed=0
    )
    assert factors_almost_surely_have_full_rank.decide(shown).is_holds
    assert product_almost_surely_has_full_rank.decide(shown).is_fails


def test_the_rule_holds_on_the_lemmas_own_instances_and_so_does_the_lemma() -> None:
    result = judged(YSJ18_LB1)
    (step,) = (s for s in result.steps if s.name == WRONG_STEP)
    assert tuple(step.answers[name][0] for name in ("wired", "yields", "sound", "teeth")) == (
        "holds",
        "holds",
        "fails",
        "holds",
    )
    assert {i.verdict for i in result.instances} == {"holds"}


def test_without_the_rule_search_the_wrong_step_is_not_seen() -> None:
    kinds = {kind for kind, _ in found(judged(YSJ18_LB1, instances=0))}
    assert "invalid inference" not in kinds


def test_a_nonzero_product_is_enough() -> None:
    result = judged(YSJ18_LB1.repaired_reading)
    assert status(result) == "checked"
    names = [step.name for step in YSJ18_LB1.repaired_reading.steps]
    assert "product_polynomial_is_not_zero" in names
    assert WRONG_STEP not in names


def test_full_rank_of_the_correlation_and_fewer_inputs_are_surplus() -> None:
    (notice,) = (f for f in judged(YSJ18_LB1).findings if f.kind == "surplus hypothesis")
    assert "correlation_has_full_rank" in notice.text
    assert "inputs_are_fewer_than_outputs" in notice.text
    assert "input_gram_has_full_rank" not in notice.text


# --- the assumptions -----


def test_the_assumptions_are_inconsistent_for_many_more_outputs() -> None:
    result = judged(YSJ18_A1)
    assert status(result) == "inconsistent"
    assert as_expected(result)
    (finding,) = (f for f in result.findings if f.kind == "inconsistent")
    assert finding.where == "regime d_y >= d_x + 2"
    core = (
        "a (d_y, m) matrix has min(d_y, m) singular values",
        "d_y >= d_x + 2",
        "outputs_are_at_most_as_many_as_samples",
        "singular values beyond the rank are zero",
        "singular_values_are_distinct",
        "the rank of F is at most d_x",
    )
    assert f": {', '.join(core)} contradict each other; " in finding.text
    for name in core:
        assert re.search(rf"{re.escape(name)} \d+", finding.text), "tried on some instances"
    assert "trust" not in finding.text


def test_the_assumptions_hold_somewhere_with_one_output_more() -> None:
    result = judged(YSJ18_A1)
    assert {i.verdict for i in result.instances} == {"holds"}
    one_more = [
        i for i in YSJ18_A1.instances if i.output_width == i.input_width + 1 and i.count > 1
    ]
    assert {i.input_width for i in one_more} == {1, 2}


def test_distinct_nonzero_values_can_be_had_everywhere() -> None:
    result = judged(YSJ18_A1.repaired_reading)
    assert status(result) == "checked"
    covered = [i for i in YSJ18_A1.repaired_reading.instances if many_more_outputs(i).is_holds]
    assert len(covered) == 2


@pytest.mark.parametrize("seed", range(3))
def test_search_finds_the_smallest_data_that_break_only_distinctness(seed: int) -> None:
    others = [h for h in YSJ18_A1.hypotheses if h is not singular_values_are_distinct]

    def meets(s: LinearData) -> bool:
        return many_more_outputs(s).is_holds and all(h.decide(s).is_holds for h in others)

    def refutes(s: LinearData) -> bool:
        return singular_values_are_distinct.decide(s).is_fails

    shown = shrunk(data, meets, refutes, examples=200, seed=seed).instance
    assert shown is not None
    assert (shown.input_width, shown.output_width, shown.count) == (1, 3, 3)
    assert sum(value != 0 for row in shown.inputs for value in row) == 1
    assert sum(value != 0 for row in shown.targets for value in row) == 1
    assert nonzero_singular_values_are_distinct.decide(shown).is_holds


def _sizes(s: LinearData) -> SimpleNamespace:
    fitted = s.fitted
    gram = fitted @ fitted.T if s.output_width <= s.count else fitted.T @ fitted
    return SimpleNamespace(
        inputs=s.input_width,
        outputs=s.output_width,
        samples=s.count,
        input_rank=(s.X @ s.X.T).rank(),
        correlation_rank=(s.Y @ s.X.T).rank(),
        fitted_rank=fitted.rank(),
        values=gram.shape[0],
        zero_values=gram.shape[0] - gram.rank(),
    )


def _random_data(seed: int) -> LinearData:
    random = Random(seed)
    inputs, outputs, count = random.randint(1, 3), random.randint(1, 5), random.randint(3, 6)

    def rows(height: int) -> tuple[tuple[int, ...], ...]:
        return tuple(tuple(random.randint(-2, 2) for _ in range(count)) for _ in range(height))

    return LinearData(inputs=rows(inputs), targets=rows(outputs))


def test_every_law_and_every_ground_constraint_is_true_of_data() -> None:
    tried = 0
    for seed in range(120):
        s = _random_data(seed)
        if (s.X @ s.X.T).rank() < s.input_width:
            continue
        sizes, tried = _sizes(s), tried + 1
        for name, law in LAWS.items():
            if name != "d_y >= d_x + 2":
                assert law(sizes), (name, s)
        assert LAWS["d_y >= d_x + 2"](sizes) == many_more_outputs(s).is_holds
        for hypothesis in YSJ18_A1.hypotheses:
            if hypothesis.decide(s).is_holds:
                assert hypothesis.ground is not None
                assert hypothesis.ground(sizes), (hypothesis.name, s)
    assert tried > 80


# --- the facts that both lean on -----


def _surface(s: DeepLinear) -> tuple[LossSurface, Parameters]:
    net = Network(widths=s.widths, activation="linear", bias=False)
    samples = Samples(inputs=s.X.T, targets=s.Y.T)
    return net.loss(samples, "half"), Parameters(weights=s.W)


@pytest.mark.parametrize("seed", range(4))
def test_risk_gradient_and_hessian_agree_with_the_networks(seed: int) -> None:
    for s in sample(points, examples=20, seed=seed):
        surface, point = _surface(s)
        there = surface.at(point)
        assert there.value == s.risk(s.W)
        assert there.gradient == s.gradient
        size = s.widths[-1] * s.widths[-2]
        last = range(there.hessian.shape[0] - size, there.hessian.shape[0])
        assert there.hessian.submatrix(last, last) == last_layer_hessian(s)


@pytest.mark.parametrize("statement", [YSJ18_D1, YSJ18_L3_2, YSJ18_I10], ids=named)
def test_gradient_and_hessian_block_are_checked_with_identities(statement: Statement) -> None:
    result = judged(statement)
    assert found(result) == ()
    assert status(result) == "checked"
    assert "identity" in {i.evidence for i in result.instances}
    assert result.mutants.killed == result.mutants.total >= 5


# --- sabotage -----


@fact(r"\sigma_1 \ge \sigma_2 \ge \ldots")
def singular_values_can_be_ordered(s: LinearData) -> Verdict:
    """The singular values can be put in order, which says nothing."""
    return equal(0, 0)


def _transposed_product(s: DeepLinear) -> Verdict:
    def wrong(layer: int) -> Matrix:
        return s.gradient_term(layer).scale(2)

    return equal(s.partial(1), wrong(1))


def _wrong_gradient() -> Variant:
    doubled = dataclasses.replace(
        gradient_is_product_of_transposes, decision=_transposed_product, mutants={}
    )
    steps = [
        dataclasses.replace(s, gives=doubled) if s.gives is gradient_is_product_of_transposes else s
        for s in YSJ18_L3_2.steps
    ]
    return variant(YSJ18_L3_2, steps, conclusion=doubled)


def _local_minima_are_saddles() -> Variant:
    repaired = YSJ18_LB1.repaired_reading
    hypotheses = tuple(h for h in repaired.hypotheses if h is not point_is_no_local_minimum)
    controls = {h: c for h, c in repaired.controls.items() if h in hypotheses}
    return variant(repaired, repaired.steps, hypotheses=hypotheses, controls=controls)


def _cites_the_gradient_for_the_hessian() -> Variant:
    repaired = YSJ18_LB1.repaired_reading
    first, *rest = repaired.steps
    return variant(repaired, [dataclasses.replace(first, cites=YSJ18_L3_2), *rest])


def _without_the_procedure() -> Variant:
    repaired = YSJ18_LB1.repaired_reading
    hypotheses = tuple(h for h in repaired.hypotheses if h is not every_layer_was_perturbed)
    words = {h: w for h, w in repaired.no_control.items() if h in hypotheses}
    return variant(repaired, repaired.steps, hypotheses=hypotheses, no_control=words)


def _printed_step_with_the_repaired_ones() -> Variant:
    (wrong,) = (s for s in YSJ18_LB1.steps if s.name == WRONG_STEP)
    return variant(YSJ18_LB1, [wrong, *YSJ18_LB1.repaired_reading.steps])


def _saddle_without_a_maximum() -> Variant:
    repaired = YSJ18_LB1.repaired_reading
    steps = [s for s in repaired.steps if s.name != "both_cases_have_higher_points"]
    return variant(repaired, steps)


def _swapped(old: Fact, new: Fact) -> tuple[Fact, ...]:
    return tuple(new if h is old else h for h in YSJ18_A1.hypotheses)


def _says_nothing() -> Variant:
    controls = {h: c for h, c in YSJ18_A1.controls.items() if h is not singular_values_are_distinct}
    hypotheses = _swapped(singular_values_are_distinct, singular_values_can_be_ordered)
    return variant(YSJ18_A1, (), hypotheses=hypotheses, controls=controls)


WRONG: dict[str, Callable[[], Variant]] = {
    "gradient doubled": _wrong_gradient,
    "local minima are saddles": _local_minima_are_saddles,
    "gradient cited for the Hessian": _cites_the_gradient_for_the_hessian,
    "procedure left out": _without_the_procedure,
    "wrong step put back": _printed_step_with_the_repaired_ones,
    "step to the maximum left out": _saddle_without_a_maximum,
    "hypothesis that says nothing": _says_nothing,
}


@pytest.mark.slow
@pytest.mark.parametrize("name", WRONG)
def test_wrong_variant_should_fail(name: str) -> None:
    assert refused(WRONG[name](), Options(), KNOWN)


CHECKED = tuple(r for r in READINGS if not r.expected)


def survivors(right: Statement, step: int, instances: int) -> list[str]:
    variants = list(sabotaged(right, (YSJ18_L3_2, YSJ18_I10)))[::step]
    options = Options(instances=instances)
    assert status(judge(right, options, KNOWN)) == "checked"
    return [name for name, wrong in variants if not refused(wrong, options, KNOWN)]


@pytest.mark.parametrize("right", CHECKED[:1], ids=named)
def test_a_sample_of_wrong_variants_made_by_rule_should_fail(right: Statement) -> None:
    assert survivors(right, step=12, instances=4) == []


@pytest.mark.slow
@pytest.mark.parametrize("right", CHECKED, ids=named)
def test_wrong_variants_made_by_rule_should_fail(right: Statement) -> None:
    assert survivors(right, step=1, instances=10) == []


def test_best_fit_is_no_saddle_and_zero_weights_are() -> None:
    data_ = {"inputs": ((1, 0),), "targets": ((1, 0), (2, 1))}
    best = DeepLinear(weights=(((1,),), ((1,), (2,))), **data_)
    zero = DeepLinear(weights=(((0,),), ((0,), (0,))), **data_)
    assert point_is_a_saddle.decide(best).is_fails
    assert point_is_a_saddle.decide(zero).is_holds
