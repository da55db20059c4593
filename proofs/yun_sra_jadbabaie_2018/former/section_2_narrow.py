"""Theorem 2.2: with a bottleneck, rank and column space tell minima from saddles.

Notation: R = W_{H+1} ... W_1, k = min_i d_i < min(d_x, d_y), p a layer of width k; V_1 is the set
of points with rank R = k, and V_2 that of those with col(W_{H+1} ... W_{p+1}) = col(U^). The paper
calls V_2 by the name V_1 in the theorem.

Statements: YSJ18_T2_2.

Design notes. As for Theorem 2.1, a step that cites a statement about some of the points is mapped
to a fixed point on the others. The paper does not say why a point of V_1 outside V_2 is a saddle;
the step says what it says of points outside V_1: Kawaguchi's theorem and Lemma B.1.
"""

from __future__ import annotations

from dataclasses import replace

from symbolic_landscape.arithmetic import positive, size_at_most
from symbolic_landscape.critical.deep_linear import saddle_curves
from symbolic_landscape.former.lemma import Regime, Statement
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.appendix_b import (
    ONE_SAMPLE,
    YSJ18_LB1,
    inputs_are_fewer_than_outputs,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.bottleneck_instances import (
    BROAD_FITTED,
    EQUAL_VALUES,
    MANY_OUTPUTS,
    OFF,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.chains import BottleneckPoint
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.column_points import (
    INSTANCES,
    OFF_BETWEEN,
    OFF_OUTSIDE,
    between,
    bottleneck_points,
    if_between,
    of_v_1,
    outside_v_1,
    point_between_is_a_saddle_for_few_outputs,
    point_between_is_a_saddle_for_fewer_inputs,
    point_between_is_no_global_minimum,
    point_between_is_no_local_minimum,
    point_of_v_1_is_least_exactly_in_v_2,
    rank_and_columns_tell_minima_from_saddles,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.extrema import (
    point_is_a_saddle,
    point_is_critical,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.rank_points import (
    ASSUMPTIONS,
    UNUSED,
    if_inside,
    point_outside_v_1_is_a_saddle,
    product_rank,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.saddles import (
    EXTERNAL_KAWAGUCHI,
    ORIGIN,
    outputs_are_at_most_as_many_as_inputs,
    point_outside_is_a_saddle,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_2 import (
    LAWS,
    correlation_has_full_rank,
    few_more_outputs,
    many_more_outputs,
    nonzero_singular_values_are_distinct,
    singular_values_are_distinct,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_3_chains import (
    layer_has_the_least_width,
    least_width_is_below_both_ends,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_3_global import (
    YSJ18_P3_7,
    least_exactly_where_leading_space_is_spanned,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_3_saddles import (
    ONE_VALUE,
    YSJ18_S34,
)
from symbolic_landscape.verdict import Verdict, all_of, undecided

REGIMES = (
    Regime("d_y <= d_x + 1", few_more_outputs),
    Regime("d_y >= d_x + 2", many_more_outputs, LAWS),
)
ALWAYS_HERE = (
    "without a bottleneck both sides hold at every critical point of rank k, and the others are "
    "saddles"
)

YSJ18_T2_2 = Statement(
    key="YSJ18.T2.2",
    kind="theorem",
    where="sec. 2.2 (proof 3.4)",
    title="Bottleneck case: rank plus column-space test decides critical points",
    claim=(
        "If k < min(d_x, d_y), every critical point whose product has rank k and with "
        "col(W_{H+1} ... W_{p+1}) = col(U^) is a global minimum, and every other critical point is "
        "a saddle."
    ),
    hypotheses=(
        *ASSUMPTIONS,
        singular_values_are_distinct,
        least_width_is_below_both_ends,
        layer_has_the_least_width,
        point_is_critical,
    ),
    conclusion=rank_and_columns_tell_minima_from_saddles,
    instances=INSTANCES,
    controls={
        singular_values_are_distinct: EQUAL_VALUES,
        layer_has_the_least_width: BROAD_FITTED,
        point_is_critical: OFF,
    },
    no_control={
        **UNUSED,
        correlation_has_full_rank: (
            "k + 1 distinct singular values leave at least k that are not zero, so that F has rank "
            "at least k without it"
        ),
        least_width_is_below_both_ends: ALWAYS_HERE,
    },
    strategy=bottleneck_points,
    regimes=REGIMES,
    expected=(("inconsistent", "regime d_y >= d_x + 2"),),
)


@YSJ18_T2_2.step(
    premises=(point_outside_is_a_saddle, least_width_is_below_both_ends, point_is_critical),
    gives=point_outside_v_1_is_a_saddle,
    cites=YSJ18_S34,
    via=outside_v_1,
    no_control={
        point_outside_is_a_saddle: "where the first half is cited, it is the yield",
        least_width_is_below_both_ends: ALWAYS_HERE,
        point_is_critical: "a saddle is critical, so that the cited conclusion fails too",
    },
)
def saddle_half(s: BottleneckPoint, saddle: Verdict, narrow: Verdict, critical: Verdict) -> Verdict:
    """The first paragraph of the proof: a critical point outside V_1 is a saddle."""
    return all_of(critical=critical, cited=saddle)


@YSJ18_T2_2.step(
    premises=(
        least_exactly_where_leading_space_is_spanned,
        layer_has_the_least_width,
        point_is_critical,
    ),
    gives=point_of_v_1_is_least_exactly_in_v_2,
    cites=YSJ18_P3_7,
    via=of_v_1,
    no_control={
        least_exactly_where_leading_space_is_spanned: (
            "where the proposition is cited, its conclusion is the yield"
        ),
        layer_has_the_least_width: "where it fails, the cited conclusion fails with the yield",
        point_is_critical: "where it fails, the cited conclusion fails with the yield",
    },
)
def least_points_of_v_1(
    s: BottleneckPoint, exactly: Verdict, narrow: Verdict, critical: Verdict
) -> Verdict:
    """Proposition 3.7: a critical point of V_1 is a global minimum exactly in V_2."""
    return if_inside(s, lambda _: all_of(cited=exactly, critical=critical))


@YSJ18_T2_2.step(
    premises=(point_of_v_1_is_least_exactly_in_v_2,),
    gives=point_between_is_no_global_minimum,
    controls={point_of_v_1_is_least_exactly_in_v_2: EQUAL_VALUES},
)
def only_if_part(s: BottleneckPoint, exactly: Verdict) -> Verdict:
    """Outside V_2 the right side is false, and so is the left one."""
    return if_between(s, lambda _: exactly)


@YSJ18_T2_2.step(
    premises=(point_between_is_no_global_minimum, point_is_critical),
    gives=point_between_is_no_local_minimum,
    controls={point_between_is_no_global_minimum: EQUAL_VALUES},
    no_control={point_is_critical: "no point that is not critical is a local minimum"},
)
def products_of_rank_k_turn_freely(
    s: BottleneckPoint, higher: Verdict, critical: Verdict
) -> Verdict:
    """(I + t K) R (I + t M) is a product nearby: a smaller direction turns to a greater one."""
    point = s.rational_point

    def falls(_: BottleneckPoint) -> Verdict:
        falling = None if point is None else saddle_curves(point)[0]
        if falling is None:
            return undecided("no curve of descent was found")
        return positive(-falling.coefficient).because(falling.text())

    return if_between(s, falls)


@YSJ18_T2_2.step(
    premises=(point_is_a_saddle, point_between_is_no_global_minimum, point_is_critical),
    gives=point_between_is_a_saddle_for_few_outputs,
    cites=EXTERNAL_KAWAGUCHI,
    via=between(outputs_are_at_most_as_many_as_inputs, ORIGIN),
    no_control={
        point_is_a_saddle: "where the theorem is cited, its conclusion is the yield",
        point_between_is_no_global_minimum: "without it the conclusion of the theorem fails too",
        point_is_critical: "without it the conclusion of the theorem fails too",
    },
)
def cited_for_few_outputs(
    s: BottleneckPoint, saddle: Verdict, higher: Verdict, critical: Verdict
) -> Verdict:
    """Kawaguchi's theorem: a critical point that is no global minimum is a saddle."""
    return all_of(cited=saddle, higher=higher)


@YSJ18_T2_2.step(
    premises=(point_is_a_saddle, point_between_is_no_local_minimum, point_is_critical),
    gives=point_between_is_a_saddle_for_fewer_inputs,
    cites=YSJ18_LB1,
    via=between(inputs_are_fewer_than_outputs, ONE_SAMPLE),
    no_control={
        point_is_a_saddle: "where the lemma is cited, its conclusion is the yield",
        point_between_is_no_local_minimum: "without it the conclusion of the lemma fails too",
        point_is_critical: "without it the conclusion of the lemma fails too",
    },
)
def cited_for_fewer_inputs(
    s: BottleneckPoint, saddle: Verdict, lower: Verdict, critical: Verdict
) -> Verdict:
    """Lemma B.1: a critical point that is no local minimum is a saddle."""
    return all_of(cited=saddle, lower=lower)


@YSJ18_T2_2.step(
    premises=(
        point_outside_v_1_is_a_saddle,
        point_of_v_1_is_least_exactly_in_v_2,
        point_between_is_a_saddle_for_few_outputs,
        point_between_is_a_saddle_for_fewer_inputs,
    ),
    gives=rank_and_columns_tell_minima_from_saddles,
    controls={
        point_outside_v_1_is_a_saddle: OFF_OUTSIDE,
        point_of_v_1_is_least_exactly_in_v_2: OFF,
        point_between_is_a_saddle_for_few_outputs: OFF_BETWEEN,
        point_between_is_a_saddle_for_fewer_inputs: replace(
            OFF_BETWEEN,
            name="widths 2, 1, 3, the smaller direction, not fitted",
            inputs=((1, 0, 0), (0, 1, 0)),
            targets=((2, 0, 0), (0, 1, 0), (0, 0, 1)),
            weights=(((0, 5),), ((0,), (1,), (0,))),
        ),
    },
)
def three_kinds_of_points(
    s: BottleneckPoint, outside: Verdict, inside: Verdict, few: Verdict, fewer: Verdict
) -> Verdict:
    """Outside V_1, in V_1 outside V_2, or in V_2."""
    return all_of(
        outside=outside,
        inside=inside,
        few_outputs=few,
        fewer_inputs=fewer,
        at_most_k=size_at_most(product_rank(s), s.least_width),
    )


YSJ18_T2_2_REPAIRED = YSJ18_T2_2.repair(
    claim=(
        "The same claim for distinct nonzero singular values, which d_y >= d_x + 2 allows: then "
        "V_2 holds the global minima among the critical points, and all others are saddles."
    ),
    minimal=(
        "where the k-th singular value equals the next, global minima span different spaces; where "
        "Y X^T has a rank below k, the product of a global minimum has that rank"
    ),
    hypotheses=(
        *ASSUMPTIONS,
        nonzero_singular_values_are_distinct,
        least_width_is_below_both_ends,
        layer_has_the_least_width,
        point_is_critical,
    ),
    instances=(*INSTANCES, *MANY_OUTPUTS),
    controls={
        correlation_has_full_rank: ONE_VALUE,
        nonzero_singular_values_are_distinct: EQUAL_VALUES,
        layer_has_the_least_width: BROAD_FITTED,
        point_is_critical: OFF,
    },
    no_control={**UNUSED, least_width_is_below_both_ends: ALWAYS_HERE},
    regimes=(
        Regime("d_y <= d_x + 1", few_more_outputs),
        Regime("d_y >= d_x + 2", many_more_outputs),
    ),
)
