"""Sections 3.3 and 3.4, first paragraphs: critical points outside V_1 are saddles.

Notation: V_1 is the set of points whose product has rank k = min_i d_i; F = Y X^T (X X^T)^-1 X. See
`saddles` for the steps that both share.

Statements: YSJ18_S33, YSJ18_S34.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from symbolic_landscape.arithmetic import rank_is
from symbolic_landscape.former.lemma import Fact, Regime, Statement
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.chains import (
    BottleneckPoint,
    singular_points,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.extrema import (
    point_is_critical,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.instances import zeros
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.relaxation import SpectralProblem
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.saddles import (
    FITTED,
    NOT_CRITICAL,
    ORIGIN,
    UNCORRELATED,
    declare_saddle,
    point_outside_is_a_saddle,
    product_is_rank_deficient,
    relaxed_optimum_has_rank_k,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_2 import (
    LAWS,
    correlation_has_full_rank,
    few_more_outputs,
    input_gram_has_full_rank,
    inputs_are_at_most_as_many_as_samples,
    many_more_outputs,
    nonzero_singular_values_are_distinct,
    outputs_are_at_most_as_many_as_samples,
    risk_is_half_the_squared_error,
    singular_values_are_distinct,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_3_chains import (
    least_width_is_below_both_ends,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_3_optimum import (
    YSJ18_P3_1,
    projected_solution_is_the_unique_optimum,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_3_unconstrained import (
    YSJ18_E3,
    normal_solution_is_the_unique_optimum,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_3_wide import unconstrained
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.spectral import (
    leading_left_vectors,
    rows_of,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.wide import (
    no_layer_is_narrower_than_both_ends,
)
from symbolic_landscape.verdict import Verdict

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

# --- the two statements -----


def wide_points() -> SearchStrategy[BottleneckPoint]:
    """Points made of singular directions, no layer narrower than both ends."""
    return singular_points((1, 2, 3), (1, 2, 3), wide=True)


def narrow_points() -> SearchStrategy[BottleneckPoint]:
    """Points made of singular directions with a narrow hidden layer."""
    return singular_points((2, 3), (1, 1, 2, 3))


ASSUMPTIONS = (
    inputs_are_at_most_as_many_as_samples,
    outputs_are_at_most_as_many_as_samples,
    input_gram_has_full_rank,
    correlation_has_full_rank,
)
REPAIRED_ASSUMPTIONS = (*ASSUMPTIONS, nonzero_singular_values_are_distinct)
UNUSED: dict[Fact, str] = {
    risk_is_half_the_squared_error: "a positive factor changes no critical point or saddle",
    inputs_are_at_most_as_many_as_samples: (
        "X X^T of size d_x has rank at most m, so that its full rank already says d_x <= m"
    ),
    outputs_are_at_most_as_many_as_samples: "the conclusion holds without it",
    input_gram_has_full_rank: (
        "F needs the inverse of X X^T, so that the assumption on its singular values says nothing"
    ),
}
OTHER_PARAGRAPH = "with a bottleneck or without, the conclusion holds: see the other paragraph"
DISTINCT = "Kawaguchi's theorem asks for it; the conclusion holds with equal values too"
REGIMES = (
    Regime("d_y <= d_x + 1", few_more_outputs),
    Regime("d_y >= d_x + 2", many_more_outputs, LAWS),
)

ONE_VALUE = BottleneckPoint(
    name="widths 3, 2, 3, one singular value, fitted",
    inputs=((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    targets=((1, 0, 0), (0, 0, 0), (0, 0, 0)),
    weights=(((1, 0, 0), (0, 0, 0)), ((1, 0), (0, 0), (0, 0))),
)
MANY_OUTPUTS = (
    BottleneckPoint(
        name="one input, three outputs, zero weights",
        inputs=((1, 1, 0),),
        targets=((1, 2, 0), (0, 1, 0), (1, 0, 1)),
        weights=(zeros(2, 1), zeros(3, 2)),
    ),
    BottleneckPoint(
        name="two inputs, four outputs, one direction fitted",
        inputs=((1, 0, 0, 0), (0, 1, 0, 0)),
        targets=((1, 0, 0, 0), (0, 2, 0, 1), (0, 0, 1, 0), (0, 0, 0, 1)),
        weights=(((1, 0), (0, 0)), ((1, 0), (0, 0), (0, 0), (0, 0))),
    ),
)
NARROW_MANY_OUTPUTS = BottleneckPoint(
    name="widths 2, 1, 4, zero weights",
    inputs=((1, 0, 0, 0), (0, 1, 0, 0)),
    targets=((1, 0, 0, 0), (0, 2, 0, 1), (0, 0, 1, 0), (0, 0, 0, 1)),
    weights=(zeros(1, 2), zeros(4, 1)),
)

YSJ18_S33 = Statement(
    key="YSJ18.S33",
    kind="identity",
    where="sec. 3.3, first paragraph",
    title="T2.1, saddle half",
    claim=(
        "For k = min(d_x, d_y) the unique minimum of L_0 has rank k, so that no point outside V_1 "
        "is a global minimum, and every critical point outside V_1 is a saddle."
    ),
    hypotheses=(
        risk_is_half_the_squared_error,
        *ASSUMPTIONS,
        singular_values_are_distinct,
        no_layer_is_narrower_than_both_ends,
        point_is_critical,
        product_is_rank_deficient,
    ),
    conclusion=point_outside_is_a_saddle,
    instances=(
        ORIGIN,
        BottleneckPoint(
            name="widths 2, 2, 2, the greater direction fitted",
            inputs=((1, 0, 0), (0, 1, 0)),
            targets=((2, 0, 1), (0, 1, 1)),
            weights=(((2, 0), (0, 0)), ((1, 0), (0, 0))),
        ),
        BottleneckPoint(
            name="widths 1, 2, 2, two outputs, zero weights",
            inputs=((1, 1),),
            targets=((1, 2), (0, 1)),
            weights=(zeros(2, 1), zeros(2, 2)),
        ),
        BottleneckPoint(
            name="widths 2, 3, 2, 3, the smaller direction fitted",
            inputs=((1, 0, 0), (0, 1, 0)),
            targets=((2, 0, 0), (0, 1, 0), (0, 0, 1)),
            weights=(
                ((0, 1), (0, 0), (0, 0)),
                ((1, 0, 0), (0, 0, 0)),
                ((0, 0), (1, 0), (0, 0)),
            ),
        ),
        BottleneckPoint(
            name="two inputs, one output, duplicated zero units",
            inputs=((1, 0, 1), (0, 1, 1)),
            targets=((1, 2, 0),),
            weights=(zeros(2, 2), zeros(1, 2)),
        ),
    ),
    controls={
        correlation_has_full_rank: UNCORRELATED,
        point_is_critical: NOT_CRITICAL,
        product_is_rank_deficient: FITTED,
    },
    no_control={
        **UNUSED,
        singular_values_are_distinct: DISTINCT,
        no_layer_is_narrower_than_both_ends: OTHER_PARAGRAPH,
    },
    strategy=wide_points,
    regimes=REGIMES,
    expected=(("inconsistent", "regime d_y >= d_x + 2"),),
)

YSJ18_S34 = Statement(
    key="YSJ18.S34",
    kind="identity",
    where="sec. 3.4, first paragraph",
    title="T2.2, saddle half outside V_1",
    claim=(
        "For k < min(d_x, d_y) the optimum of the relaxed problem has rank k, so that no point "
        "outside V_1 is a global minimum, and every critical point outside V_1 is a saddle."
    ),
    hypotheses=(
        risk_is_half_the_squared_error,
        *ASSUMPTIONS,
        singular_values_are_distinct,
        least_width_is_below_both_ends,
        point_is_critical,
        product_is_rank_deficient,
    ),
    conclusion=point_outside_is_a_saddle,
    instances=(
        BottleneckPoint(
            name="widths 2, 1, 2, zero weights",
            inputs=((1, 0), (0, 1)),
            targets=((2, 0), (0, 1)),
            weights=(zeros(1, 2), zeros(2, 1)),
        ),
        BottleneckPoint(
            name="widths 3, 2, 3, one direction fitted",
            inputs=((1, 0, 0, 0), (0, 1, 0, 0), (0, 0, 1, 0)),
            targets=((3, 0, 0, 1), (0, 2, 0, 0), (0, 0, 1, 0)),
            weights=(((0, 2, 0), (0, 0, 0)), ((0, 0), (1, 0), (0, 0))),
        ),
        BottleneckPoint(
            name="widths 2, 1, 2, 3, zero weights, three outputs",
            inputs=((1, 0, 0), (0, 1, 0)),
            targets=((2, 0, 0), (0, 1, 0), (0, 0, 1)),
            weights=(zeros(1, 2), zeros(2, 1), zeros(3, 2)),
        ),
    ),
    controls={
        point_is_critical: BottleneckPoint(
            name="widths 2, 1, 2, one zero weight, not critical",
            inputs=((1, 0), (0, 1)),
            targets=((2, 0), (0, 1)),
            weights=(((1, 0),), zeros(2, 1)),
        ),
        product_is_rank_deficient: BottleneckPoint(
            name="widths 2, 1, 2, the greater direction fitted",
            inputs=((1, 0), (0, 1)),
            targets=((2, 0), (0, 1)),
            weights=(((2, 0),), ((1,), (0,))),
        ),
    },
    no_control={
        **UNUSED,
        singular_values_are_distinct: DISTINCT,
        correlation_has_full_rank: (
            "k + 1 distinct singular values leave at least k that are not zero, so that F has rank "
            "at least k without it"
        ),
        least_width_is_below_both_ends: OTHER_PARAGRAPH,
    },
    strategy=narrow_points,
    regimes=REGIMES,
    expected=(("inconsistent", "regime d_y >= d_x + 2"),),
)


def with_leading_vectors(s: BottleneckPoint) -> SpectralProblem:
    """The relaxed problem with k as the bound, and the leading left singular vectors of F."""
    vectors = leading_left_vectors(s.fitted, s.least_width)
    return SpectralProblem(
        name=s.name,
        inputs=s.inputs,
        targets=s.targets,
        rank_bound=s.least_width,
        left=rows_of(vectors),
    )


@YSJ18_S33.step(
    premises=(
        normal_solution_is_the_unique_optimum,
        correlation_has_full_rank,
        no_layer_is_narrower_than_both_ends,
    ),
    gives=relaxed_optimum_has_rank_k,
    cites=YSJ18_E3,
    via=unconstrained,
    controls={correlation_has_full_rank: UNCORRELATED},
    no_control={
        normal_solution_is_the_unique_optimum: "it holds wherever X X^T is invertible",
        no_layer_is_narrower_than_both_ends: "a smaller k asks for a smaller rank",
    },
)
def rank_of_the_normal_solution(
    s: BottleneckPoint, optimum: Verdict, full: Verdict, wide: Verdict
) -> Verdict:
    """R* = Y X^T (X X^T)^-1 has the rank of Y X^T, which is min(d_x, d_y) = k."""
    return rank_is(unconstrained(s).normal_solution, s.least_width)


@YSJ18_S34.step(
    premises=(
        projected_solution_is_the_unique_optimum,
        correlation_has_full_rank,
        least_width_is_below_both_ends,
    ),
    gives=relaxed_optimum_has_rank_k,
    cites=YSJ18_P3_1,
    via=with_leading_vectors,
    no_control={
        projected_solution_is_the_unique_optimum: "it holds wherever the vectors exist",
        correlation_has_full_rank: (
            "where the rank of F is less than k, its k leading singular vectors are not unique, "
            "and R* is not given"
        ),
        least_width_is_below_both_ends: "k is at most min(d_x, d_y) in any case",
    },
)
def rank_of_the_projected_solution(
    s: BottleneckPoint, optimum: Verdict, full: Verdict, below: Verdict
) -> Verdict:
    """R* = U^ U^^T Y X^T (X X^T)^-1 has rank k, since Y X^T has rank min(d_x, d_y) > k."""
    return rank_is(with_leading_vectors(s).projected_solution, s.least_width)


declare_saddle(YSJ18_S33, FITTED, NOT_CRITICAL)
declare_saddle(YSJ18_S34, FITTED, NOT_CRITICAL)

YSJ18_S33_REPAIRED = YSJ18_S33.repair(
    claim=(
        "The same claim for distinct nonzero singular values, which d_y >= d_x + 2 allows; a point "
        "that is no global minimum is no local one either."
    ),
    minimal=(
        "all singular values cannot be distinct for d_y >= d_x + 2; without full rank of Y X^T a "
        "global minimum may lie outside V_1"
    ),
    hypotheses=(
        risk_is_half_the_squared_error,
        *REPAIRED_ASSUMPTIONS,
        no_layer_is_narrower_than_both_ends,
        point_is_critical,
        product_is_rank_deficient,
    ),
    no_control={
        **UNUSED,
        nonzero_singular_values_are_distinct: DISTINCT,
        no_layer_is_narrower_than_both_ends: OTHER_PARAGRAPH,
    },
    instances=(*YSJ18_S33.instances, *MANY_OUTPUTS),
)

YSJ18_S34_REPAIRED = YSJ18_S34.repair(
    claim=(
        "The same claim for distinct nonzero singular values, which d_y >= d_x + 2 allows; a point "
        "that is no global minimum is no local one either."
    ),
    minimal=(
        "all singular values cannot be distinct for d_y >= d_x + 2; without full rank of Y X^T a "
        "global minimum may lie outside V_1"
    ),
    hypotheses=(
        risk_is_half_the_squared_error,
        *REPAIRED_ASSUMPTIONS,
        least_width_is_below_both_ends,
        point_is_critical,
        product_is_rank_deficient,
    ),
    controls={**YSJ18_S34.controls, correlation_has_full_rank: ONE_VALUE},
    no_control={
        **UNUSED,
        nonzero_singular_values_are_distinct: DISTINCT,
        least_width_is_below_both_ends: OTHER_PARAGRAPH,
    },
    instances=(*YSJ18_S34.instances, NARROW_MANY_OUTPUTS),
)
