"""YSJ18 section 3 with its proofs: relaxation, chains, and what is global in V_1."""

from __future__ import annotations

import dataclasses
from fractions import Fraction
from functools import cache
from random import Random

import mpmath
import pytest
from sabotage import Variant, refused, sabotaged, variant

from symbolic_landscape.arithmetic import QQ, Matrix
from symbolic_landscape.former.check import Options, judge
from symbolic_landscape.former.lemma import Fact, Statement
from symbolic_landscape.former.search import sample
from symbolic_landscape.judge.results import StatementResult
from symbolic_landscape.judge.statuses import as_expected, found, status
from symbolic_landscape.proofs.common.externals import (
    EXTERNAL_ANALYTIC_ZERO_SET,
    EXTERNAL_ECKART_YOUNG,
    last_kept_value_is_greater_than_the_next,
    truncation_is_the_only_nearest_matrix,
    vectors_are_leading_singular_vectors,
)
from symbolic_landscape.proofs.common.low_rank import (
    extreme_eigenvalue,
    has_gap_after,
    is_nearest,
    nearer_matrix,
    squared_norm,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.appendix_b import YSJ18_LB1
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.appendix_b_hessian import YSJ18_I10
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.appendix_b_procedure import YSJ18_I11
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.appendix_c import YSJ18_I9
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.chains import (
    BottleneckPoint,
    singular_points,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.extrema import (
    point_is_a_saddle,
    point_is_critical,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.saddles import EXTERNAL_KAWAGUCHI
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_3 import YSJ18_L3_2
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_3_bounds import (
    YSJ18_L3_3,
    Factors,
    bounding_factor_is_long,
    product_is_bounded_below,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_3_chains import (
    YSJ18_D5,
    YSJ18_I3,
    product_has_rank_k,
    spaces_agree_up_to_the_bottleneck,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_3_criticality import (
    YSJ18_P3_6,
    critical_exactly_where_errors_vanish,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_3_global import (
    YSJ18_P3_7,
    least_exactly_where_leading_space_is_spanned,
    spans_the_leading_space,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_3_optimum import YSJ18_P3_1
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_3_relaxation import (
    YSJ18_I2,
    full_product,
    point_is_a_global_minimum,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_3_saddles import (
    YSJ18_S33,
    YSJ18_S34,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_3_unconstrained import YSJ18_E3
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_3_wide import (
    YSJ18_P3_4,
    YSJ18_P3_5,
)
from symbolic_landscape.verdict import Evidence, Verdict, holds

STATEMENTS = (
    YSJ18_I2,
    YSJ18_E3,
    YSJ18_I9,
    YSJ18_P3_1,
    YSJ18_L3_3,
    YSJ18_D5,
    YSJ18_I3,
    YSJ18_P3_4,
    YSJ18_P3_5,
    YSJ18_S33,
    YSJ18_S34,
    YSJ18_P3_6,
    YSJ18_P3_7,
    YSJ18_I11,
)
EXTERNALS = (EXTERNAL_ANALYTIC_ZERO_SET, EXTERNAL_ECKART_YOUNG, EXTERNAL_KAWAGUCHI)
KNOWN = (*EXTERNALS, YSJ18_L3_2, YSJ18_I10, YSJ18_LB1, *STATEMENTS)
READINGS = tuple(reading for statement in STATEMENTS for reading in statement.readings)
CHECKED = tuple(reading for reading in READINGS if not reading.expected)
FLAWED = {
    "YSJ18.P3.1": ("inconsistent", 2),
    "YSJ18.S33": ("inconsistent", 1),
    "YSJ18.S34": ("inconsistent", 1),
    "YSJ18.P3.7": ("inconsistent", 1),
    "YSJ18.I11": ("gap", 1),
}


FEW = 10
"""Generated instances with which every step of a sound statement is still tried."""


@cache
def judged(statement: Statement, instances: int) -> StatementResult:
    return judge(statement, Options(instances=instances), KNOWN)


def named(reading: Statement) -> str:
    return f"{reading.key}-{reading.reading}"


# --- status -----


def check_status(reading: Statement, instances: int) -> None:
    result = judged(reading, instances)
    assert result.open_obligations == ()
    if reading.expected:
        kind, count = FLAWED[reading.key]
        assert status(result) == kind
        assert as_expected(result)
        assert len(found(result)) == count
    else:
        assert status(result) == "checked"


LONG = ("YSJ18.S33", "YSJ18.S34", "YSJ18.P3.1", "YSJ18.I11", "YSJ18.P3.7")
QUICK = tuple(r for r in READINGS if r.key not in LONG)


@pytest.mark.parametrize("reading", QUICK, ids=named)
def test_status_with_few_generated_instances(reading: Statement) -> None:
    check_status(reading, FEW)


@pytest.mark.slow
@pytest.mark.parametrize("reading", READINGS, ids=named)
def test_status(reading: Statement) -> None:
    check_status(reading, 50)


def test_every_flawed_reading_is_repaired() -> None:
    flawed = {statement.key for statement in STATEMENTS if statement.expected}
    assert flawed == set(FLAWED)
    assert all(s.repaired_reading is not None for s in STATEMENTS if s.expected)


# --- the findings -----


@pytest.mark.slow
def test_full_rank_factors_are_refuted_as_a_rule_in_the_random_argument_too() -> None:
    (finding,) = (f for f in judged(YSJ18_I11, 50).findings if f.kind == "invalid inference")
    assert finding.where == "step full_rank_factors_have_a_full_rank_product"
    assert finding.counterexample["weights"] in ([[[0], [1]], [[1, 0]]], [[[1], [0]], [[0, 1]]])
    assert finding.counterexample["perturbed"] == 0


@pytest.mark.slow
def test_singular_vectors_are_unique_up_to_their_signs_only() -> None:
    (finding,) = (f for f in judged(YSJ18_P3_1, 50).findings if f.kind == "invalid inference")
    assert finding.where == "step distinct_values_have_unique_vectors"
    shown = finding.counterexample
    assert (shown["rank_bound"], len(shown["inputs"]), len(shown["targets"])) == (1, 2, 2)


@pytest.mark.parametrize("statement", [YSJ18_P3_7, YSJ18_I3], ids=named)
def test_degenerate_blocks_and_several_bottlenecks_are_among_the_instances(
    statement: Statement,
) -> None:
    widths = [s.widths for s in statement.instances]
    assert any(w.count(min(w)) > 1 for w in widths)
    assert any(len(w) > 3 for w in widths)


# --- nearest matrices, by independent routes -----


def test_the_outside_theorem_says_what_its_controls_need() -> None:
    gap, unique = last_kept_value_is_greater_than_the_next, truncation_is_the_only_nearest_matrix
    for instance in EXTERNAL_ECKART_YOUNG.instances:
        verdicts = [f.decide(instance) for f in (vectors_are_leading_singular_vectors, gap, unique)]
        assert all(v.is_holds for v in verdicts), instance.name
    for broken, control in EXTERNAL_ECKART_YOUNG.controls.items():
        for hypothesis in EXTERNAL_ECKART_YOUNG.hypotheses:
            verdict = hypothesis.decide(control)
            assert verdict.is_fails if hypothesis is broken else verdict.is_holds
        assert unique.decide(control).is_fails


def drawn_matrix(random: Random, height: int, width: int) -> Matrix:
    return QQ.matrix([[random.randint(-2, 2) for _ in range(width)] for _ in range(height)])


@pytest.mark.parametrize("seed", range(6))
def test_gaps_agree_with_enclosed_eigenvalues(seed: int) -> None:
    random = Random(seed)
    for _ in range(12):
        size = random.randint(2, 4)
        matrix = drawn_matrix(random, size, random.randint(1, 4))
        gram = matrix @ matrix.T
        with mpmath.workdps(40):
            numbers = [[mpmath.mpf(str(v)) for v in row] for row in gram.tolist()]
            values = sorted(mpmath.eigsy(mpmath.matrix(numbers), eigvals_only=True), reverse=True)
            ends = [extreme_eigenvalue(gram, greatest=greatest) for greatest in (True, False)]
            for end, value in zip(ends, (values[0], values[-1]), strict=True):
                assert abs(mpmath.mpf(end.enclose(100).str(30, radius=False)) - value) < 1e-20
            for kept in range(1, size):
                apart = values[kept - 1] - values[kept] > 1e-20
                assert has_gap_after(gram, kept).is_holds == apart


@pytest.mark.parametrize("seed", range(6))
def test_nearest_matrices_are_never_beaten_by_others_of_their_rank(seed: int) -> None:
    random = Random(seed)
    answers = set()
    for _ in range(20):
        target = drawn_matrix(random, 3, 3)
        gram = target @ target.T
        size = random.randint(1, 2)
        columns = random.sample(range(3), size)
        diagonal = QQ.diagonal([random.randint(0, 3) for _ in range(3)])
        for whole in (target, diagonal):
            unit = QQ.identity(3).submatrix(range(3), columns)
            candidate = unit @ unit.T @ whole
            verdict = is_nearest(whole, size, candidate)
            assert not verdict.is_undecided
            answers.add(verdict.outcome)
            here = squared_norm(whole - candidate)
            if verdict.is_holds:
                assert nearer_matrix(whole, size, here) is None
                for _ in range(10):
                    other = drawn_matrix(random, 3, size) @ drawn_matrix(random, size, 3)
                    assert squared_norm(whole - other) >= here
            else:
                better = verdict.data["better"]
                assert better.rank() <= size
                assert squared_norm(whole - better) < here
        assert gram.is_symmetric
    assert len(answers) == 2


def test_irrational_singular_values_are_decided_too() -> None:
    target = QQ.matrix([[1, 1], [0, 1]])
    assert is_nearest(target, 1, QQ.matrix([[1, 1], [0, 0]])).is_fails
    assert is_nearest(target, 2, target).is_holds
    assert is_nearest(target, 1, target).is_fails


# --- Lemma 3.3 -----


@pytest.mark.parametrize("side", ["left", "right"])
def test_the_bound_needs_the_long_side(side: str) -> None:
    wide, killed = ((1, 0),), ((0,), (1,))
    short = (
        Factors(left=wide, right=killed)
        if side == "left"
        else Factors(left=((0, 1),), right=((1,), (0,)), side="right")
    )
    assert bounding_factor_is_long.decide(short).is_fails
    assert product_is_bounded_below.decide(short).is_fails


def test_the_bound_is_sharp_along_the_last_singular_vector() -> None:
    sharp = Factors(left=((3, 0), (0, 2)), right=((0,), (5,)))
    verdict = product_is_bounded_below.decide(sharp)
    assert verdict.is_holds
    refuted = {m.label for m in verdict.mutants if m.decide().is_fails}
    assert {"the greatest singular value", "the fourth power", "twice the square"} <= refuted
    halved = Factors(left=((Fraction(1, 2),),), right=((1,),))
    labels = {
        m.label for m in product_is_bounded_below.decide(halved).mutants if m.decide().is_fails
    }
    assert "the first power" in labels


# --- points around a bottleneck -----


def narrow(*, critical: bool) -> list[BottleneckPoint]:
    points = sample(lambda: singular_points((2, 3), (1, 1, 2)), examples=30, seed=3)
    return [
        s
        for s in points
        if isinstance(s, BottleneckPoint)
        and s.least_width < min(s.input_width, s.output_width)
        and point_is_critical.decide(s).is_holds == critical
    ]


def test_ranks_decide_what_a_critical_point_is() -> None:
    kinds = set()
    for s in narrow(critical=True):
        least = point_is_a_global_minimum.decide(s)
        saddle = point_is_a_saddle.decide(s)
        assert least.is_holds != saddle.is_holds
        if product_has_rank_k.decide(s).is_holds:
            assert critical_exactly_where_errors_vanish.decide(s).is_holds
            assert spaces_agree_up_to_the_bottleneck.decide(s).is_holds
        kinds.add(least.outcome)
    assert len(kinds) == 2


def test_zero_products_of_degenerate_layers() -> None:
    dead = BottleneckPoint(
        inputs=((1, 0), (0, 1)),
        targets=((2, 0), (0, 1)),
        weights=(((0, 0), (0, 0)), ((0, 0),), ((1,), (0,))),
        layer=2,
    )
    assert full_product(dead).is_zero
    assert point_is_critical.decide(dead).is_holds
    assert point_is_a_saddle.decide(dead).is_holds
    assert critical_exactly_where_errors_vanish.decide(dead).is_fails
    assert spans_the_leading_space(dead).is_holds
    assert least_exactly_where_leading_space_is_spanned.decide(dead).is_fails


def test_equal_singular_values_have_many_optima() -> None:
    for angle in ((1, 0), (0, 1), (Fraction(3, 5), Fraction(4, 5))):
        tied = BottleneckPoint(
            inputs=((1, 0), (0, 1)),
            targets=((1, 0), (0, 1)),
            weights=((angle,), tuple((value,) for value in angle)),
        )
        assert point_is_a_global_minimum.decide(tied).is_holds
        assert spans_the_leading_space(tied).is_fails


# --- wrong variants -----


def _always(fact: Fact) -> Fact:
    def decide(_: object) -> Verdict:
        return holds(Evidence.EXACT, "claimed without a reason")

    return dataclasses.replace(fact, decision=decide, mutants={})


def _without(statement: Statement, hypothesis: Fact) -> Variant:
    control = dataclasses.replace(statement.controls[hypothesis], name="near miss")
    return variant(
        statement,
        statement.steps,
        hypotheses=tuple(h for h in statement.hypotheses if h is not hypothesis),
        controls={h: c for h, c in statement.controls.items() if h is not hypothesis},
        instances=(*statement.instances, control),
    )


def _hollow_conclusion(statement: Statement) -> Variant:
    assert statement.conclusion is not None
    hollow = _always(statement.conclusion)
    steps = [
        dataclasses.replace(s, gives=hollow) if s.gives is statement.conclusion else s
        for s in statement.steps
    ]
    return variant(statement, steps, conclusion=hollow)


def _unread(statement: Statement) -> Variant:
    """The last step cites nothing and needs only the first hypothesis."""
    last = statement.steps[-1]
    first = statement.hypotheses[0]
    loose = dataclasses.replace(
        last,
        premises=(first,),
        inference=lambda _s, _v: holds(Evidence.EXACT, "so it is"),
        cites=None,
        via=None,
        controls={},
        no_control={},
    )
    return variant(statement, [*statement.steps[:-1], loose])


def survivors(right: Statement, variants: list[tuple[str, Variant]]) -> list[str]:
    assert not refused(right, Options(instances=FEW), KNOWN), "the right statement must pass"
    return [name for name, wrong in variants if not refused(wrong, Options(instances=FEW), KNOWN)]


QUICKLY_JUDGED = [YSJ18_L3_3, YSJ18_I3]


@pytest.mark.parametrize("right", QUICKLY_JUDGED, ids=named)
def test_hollow_conclusions_and_last_steps_should_fail(right: Statement) -> None:
    wrong = [("hollow conclusion", _hollow_conclusion(right)), ("no reason", _unread(right))]
    assert survivors(right, wrong) == []


@pytest.mark.parametrize("right", QUICKLY_JUDGED, ids=named)
def test_a_dropped_hypothesis_should_fail(right: Statement) -> None:
    wrong = [(h.name, _without(right, h)) for h in right.controls]
    assert survivors(right, wrong) == []


@pytest.mark.slow
@pytest.mark.parametrize("right", CHECKED, ids=named)
def test_wrong_variants_made_by_rule_should_fail(right: Statement) -> None:
    assert survivors(right, list(sabotaged(right, (YSJ18_L3_2, YSJ18_I10)))) == []
