"""Section 2.2, remarks: the relation to earlier results.

Statements: EXTERNAL_LU_KAWAGUCHI, YSJ18_R3.

Design notes. The rank of Y is a hypothesis here, since the outside theorem asks for it.

Source: Lu and Kawaguchi, "Depth creates no bad local minima", 2017.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import product

from hypothesis import strategies as st

from symbolic_landscape.arithmetic import rank_is
from symbolic_landscape.former.lemma import Fact, Statement, fact
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.appendix_b import (
    ONE_SAMPLE,
    YSJ18_LB1,
    inputs_are_fewer_than_outputs,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.bottleneck_instances import (
    GREATER_FITTED,
    SMALLER_FITTED,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.chains import BottleneckPoint
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.exact_points import exact_points
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.extrema import (
    point_is_a_saddle,
    point_is_critical,
    point_is_no_local_minimum,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.instances import zeros
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.linear import DeepLinear
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.relaxation import bare
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.saddles import (
    EXTERNAL_KAWAGUCHI,
    ORIGIN,
    outputs_are_at_most_as_many_as_inputs,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_2 import (
    correlation_has_full_rank,
    input_gram_has_full_rank,
    singular_values_are_distinct,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_2_factorisation import (
    NOT_A_CRITICAL_PAIR,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_3_relaxation import (
    point_is_a_global_minimum,
)
from symbolic_landscape.verdict import Evidence, Verdict, all_of, holds

# --- facts -----


@fact(r"\operatorname{rank} Y = d_y")
def targets_have_full_row_rank(s: DeepLinear) -> Verdict:
    """The targets have full row rank."""
    return rank_is(s.Y, s.output_width)


def if_not_least(s: DeepLinear, decide: Callable[[DeepLinear], Verdict]) -> Verdict:
    """The verdict at a point that is no global minimum; elsewhere nothing is claimed."""
    least = point_is_a_global_minimum.decide(s)
    if least.is_holds:
        return holds(least.evidence, f"a global minimum, nothing is claimed: {least.reason}")
    return bare(least) if least.is_undecided else decide(s)


@fact(r"W \text{ local minimum} \Rightarrow L(W) = \inf L")
def local_minimum_is_global(s: DeepLinear) -> Verdict:
    """If the point is no global minimum, it is no local minimum."""
    return if_not_least(s, point_is_no_local_minimum.decide)


@fact(r"L(W) > \inf L \Rightarrow W \text{ is no local minimum}")
def other_points_are_no_local_minima(s: DeepLinear) -> Verdict:
    """A point that is no global minimum has lower points arbitrarily near."""
    return if_not_least(s, point_is_no_local_minimum.decide)


EXTERNAL_LU_KAWAGUCHI = Statement(
    key="external:lu_kawaguchi_2017",
    kind="external",
    where="Lu and Kawaguchi 2017",
    title="Local minima of deep linear networks are global",
    claim="If X and Y have full row rank, every local minimum of a deep linear network is global.",
    hypotheses=(input_gram_has_full_rank, targets_have_full_row_rank),
    conclusion=local_minimum_is_global,
    instances=(ORIGIN, GREATER_FITTED),
)


def _in_case(s: DeepLinear, case: Fact) -> Verdict:
    if not case.decide(s).is_holds:
        return holds(Evidence.EXACT, "the other case of d_x and d_y: nothing is claimed")
    return if_not_least(s, point_is_a_saddle.decide)


@fact(r"d_y \le d_x,\ L(W) > \inf L \Rightarrow W \text{ is a saddle}")
def other_points_are_saddles_for_few_outputs(s: DeepLinear) -> Verdict:
    """If d_y <= d_x, the point is a global minimum or a saddle."""
    return _in_case(s, outputs_are_at_most_as_many_as_inputs)


@fact(r"d_x < d_y,\ L(W) > \inf L \Rightarrow W \text{ is a saddle}")
def other_points_are_saddles_for_fewer_inputs(s: DeepLinear) -> Verdict:
    """If d_x < d_y, the point is a global minimum or a saddle."""
    return _in_case(s, inputs_are_fewer_than_outputs)


@fact(
    r"L(W) = \inf L \text{ or } W \text{ is a saddle}",
    mutants={
        "a global minimum": lambda s: bare(point_is_a_global_minimum.decide(s)),
        "a saddle": lambda s: bare(point_is_a_saddle.decide(s)),
    },
)
def point_is_least_or_a_saddle(s: DeepLinear) -> Verdict:
    """The point is a global minimum or a saddle."""
    return bare(if_not_least(s, point_is_a_saddle.decide))


def in_case(case: Fact, other: DeepLinear) -> Callable[[DeepLinear], DeepLinear]:
    """The point if the case holds and it is no global minimum, and a fixed point elsewhere."""

    def place(s: DeepLinear) -> DeepLinear:
        least = point_is_a_global_minimum.decide(s)
        return s if case.decide(s).is_holds and least.is_fails else other

    return place


ANY_WIDTHS = (*product((1, 2), (1, 2), (1, 2)), (2, 1, 1, 2), (1, 1, 2, 2), (2, 2, 1, 1))


def any_points() -> st.SearchStrategy[BottleneckPoint]:
    """Exact critical points of small networks, with a bottleneck or without."""
    return exact_points(ANY_WIDTHS)


TALL_TWO = BottleneckPoint(
    name="one input, two outputs, zero weights",
    inputs=((1, 0),),
    targets=((1, 0), (0, 1)),
    weights=(zeros(1, 1), zeros(2, 1)),
)

YSJ18_R3 = Statement(
    key="YSJ18.R3",
    kind="remark",
    where="sec. 2.2 Remarks",
    title="Relation to Kawaguchi 2016 and Lu-Kawaguchi 2017",
    claim=(
        "For d_y <= d_x every critical point that is no global minimum is a saddle (Kawaguchi); "
        "local minima are global without that assumption (Lu and Kawaguchi); for d_y > d_x Lemma "
        "B.1 shows that the other critical points are saddles."
    ),
    hypotheses=(
        input_gram_has_full_rank,
        correlation_has_full_rank,
        singular_values_are_distinct,
        targets_have_full_row_rank,
        point_is_critical,
    ),
    conclusion=point_is_least_or_a_saddle,
    instances=(
        ORIGIN,
        GREATER_FITTED,
        SMALLER_FITTED,
        TALL_TWO,
        replace(
            TALL_TWO,
            name="one input, two outputs, two layers of zeros and one free",
            weights=(zeros(1, 1), ((3,),), zeros(2, 1)),
        ),
        BottleneckPoint(
            name="widths 2, 1, 3, three outputs, the smaller direction",
            inputs=((1, 0, 0), (0, 1, 0)),
            targets=((2, 0, 0), (0, 1, 0), (0, 0, 1)),
            weights=(((0, 1),), ((0,), (1,), (0,))),
        ),
    ),
    controls={point_is_critical: NOT_A_CRITICAL_PAIR},
    no_control={
        input_gram_has_full_rank: "the conclusion holds for all data",
        correlation_has_full_rank: "the conclusion holds for all data",
        singular_values_are_distinct: "the conclusion holds for all data",
        targets_have_full_row_rank: "the conclusion holds for all data",
    },
    strategy=any_points,
)


def itself(s: DeepLinear) -> DeepLinear:
    """A citation that speaks of the same point."""
    return s


@YSJ18_R3.step(
    premises=(local_minimum_is_global, input_gram_has_full_rank, targets_have_full_row_rank),
    gives=other_points_are_no_local_minima,
    cites=EXTERNAL_LU_KAWAGUCHI,
    via=itself,
    no_control={
        local_minimum_is_global: "all local minima are global: it fails nowhere",
        input_gram_has_full_rank: "the conclusion holds for all data",
        targets_have_full_row_rank: "the conclusion holds for all data",
    },
)
def local_minima_are_global(
    s: DeepLinear, cited: Verdict, inputs: Verdict, targets: Verdict
) -> Verdict:
    """Lu and Kawaguchi: every local minimum is a global one."""
    return if_not_least(s, lambda _: cited)


@YSJ18_R3.step(
    premises=(point_is_a_saddle, point_is_critical),
    gives=other_points_are_saddles_for_few_outputs,
    cites=EXTERNAL_KAWAGUCHI,
    via=in_case(outputs_are_at_most_as_many_as_inputs, ORIGIN),
    no_control={
        point_is_a_saddle: "where the theorem is cited, its conclusion is the yield",
        point_is_critical: "without it the conclusion of the theorem fails too",
    },
)
def kawaguchi_for_few_outputs(s: DeepLinear, saddle: Verdict, critical: Verdict) -> Verdict:
    """Kawaguchi's theorem: a critical point that is no global minimum is a saddle."""
    return all_of(cited=saddle, critical=critical)


@YSJ18_R3.step(
    premises=(other_points_are_no_local_minima, point_is_a_saddle, point_is_critical),
    gives=other_points_are_saddles_for_fewer_inputs,
    cites=YSJ18_LB1,
    via=in_case(inputs_are_fewer_than_outputs, ONE_SAMPLE),
    no_control={
        other_points_are_no_local_minima: "all local minima are global: it fails nowhere",
        point_is_a_saddle: "where the lemma is cited, its conclusion is the yield",
        point_is_critical: "without it the conclusion of the lemma fails too",
    },
)
def lemma_for_fewer_inputs(
    s: DeepLinear, local: Verdict, saddle: Verdict, critical: Verdict
) -> Verdict:
    """No local minimum by Lu and Kawaguchi, and so a saddle by Lemma B.1."""
    return all_of(local=local, cited=saddle, critical=critical)


@YSJ18_R3.step(
    premises=(
        other_points_are_saddles_for_few_outputs,
        other_points_are_saddles_for_fewer_inputs,
    ),
    gives=point_is_least_or_a_saddle,
    controls={
        other_points_are_saddles_for_few_outputs: NOT_A_CRITICAL_PAIR,
        other_points_are_saddles_for_fewer_inputs: replace(
            TALL_TWO, name="one input, two outputs, not critical", weights=(((1,),), zeros(2, 1))
        ),
    },
)
def both_cases(s: DeepLinear, few: Verdict, fewer: Verdict) -> Verdict:
    """Either d_y <= d_x or d_x < d_y."""
    return all_of(few_outputs=few, fewer_inputs=fewer)
