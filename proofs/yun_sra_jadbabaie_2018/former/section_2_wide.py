"""Theorem 2.1: without a bottleneck, the rank of the product tells minima from saddles.

Notation: R = W_{H+1} ... W_1, k = min_i d_i = min(d_x, d_y); V_1 is the set of points with rank R =
k; W_eps as in Section 3.3.

Statements: YSJ18_T2_1.

Design notes. The two halves of the theorem speak of different points. A step that cites a
statement about one half says nothing of points of the other; it is then mapped to a fixed point, of
which the citation is true.
"""

from __future__ import annotations

from symbolic_landscape.arithmetic import equal, positive, size_at_least, size_at_most
from symbolic_landscape.critical.deep_linear import saddle_curves
from symbolic_landscape.former.lemma import Regime, Statement
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.chains import (
    BottleneckPoint,
    correlation_error,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.extrema import point_is_critical
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.instances import zeros
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.rank_points import (
    ASSUMPTIONS,
    INSTANCES,
    UNUSED,
    error_is_correlated_outside_v_1,
    generated_points,
    if_inside,
    of_v_1,
    outside_v_1,
    point_of_v_1_is_a_global_minimum,
    point_of_v_1_lies_in_some_w_eps,
    point_outside_v_1_is_a_saddle,
    product_rank,
    rank_tells_minima_from_saddles,
    wide_critical_points,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.saddles import (
    NOT_CRITICAL,
    UNCORRELATED,
    point_outside_is_a_saddle,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_2 import (
    LAWS,
    correlation_has_full_rank,
    few_more_outputs,
    input_gram_has_full_rank,
    many_more_outputs,
    risk_is_half_the_squared_error,
    singular_values_are_distinct,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_3_chains import (
    product_has_rank_k,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_3_relaxation import (
    full_product,
    point_is_a_global_minimum,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_3_saddles import YSJ18_S33
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_3_wide import (
    YSJ18_P3_4,
    YSJ18_P3_5,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.wide import (
    NARROW,
    no_layer_is_narrower_than_both_ends,
    some_epsilon_fits,
)
from symbolic_landscape.verdict import Evidence, Verdict, all_of, holds, undecided

REGIMES = (
    Regime("d_y <= d_x + 1", few_more_outputs),
    Regime("d_y >= d_x + 2", many_more_outputs, LAWS),
)

YSJ18_T2_1 = Statement(
    key="YSJ18.T2.1",
    kind="theorem",
    where="sec. 2.2 (proof 3.3)",
    title="No-bottleneck case: rank test decides critical points",
    claim=(
        "If k = min(d_x, d_y), every critical point whose product W_{H+1} ... W_1 has rank k is a "
        "global minimum, and every other critical point is a saddle."
    ),
    hypotheses=(
        *ASSUMPTIONS,
        singular_values_are_distinct,
        no_layer_is_narrower_than_both_ends,
        point_is_critical,
    ),
    conclusion=rank_tells_minima_from_saddles,
    instances=INSTANCES,
    controls={
        correlation_has_full_rank: UNCORRELATED,
        no_layer_is_narrower_than_both_ends: NARROW,
        point_is_critical: NOT_CRITICAL,
    },
    no_control={
        **UNUSED,
        singular_values_are_distinct: "the conclusion holds with equal values too",
    },
    strategy=wide_critical_points,
    regimes=REGIMES,
    expected=(("inconsistent", "regime d_y >= d_x + 2"),),
)


@YSJ18_T2_1.step(
    premises=(point_outside_is_a_saddle, point_is_critical),
    gives=point_outside_v_1_is_a_saddle,
    cites=YSJ18_S33,
    via=outside_v_1,
    no_control={
        point_outside_is_a_saddle: "where the first half is cited, it is the yield",
        point_is_critical: "a saddle is critical, so that the cited conclusion fails too",
    },
)
def saddle_half(s: BottleneckPoint, saddle: Verdict, critical: Verdict) -> Verdict:
    """The first paragraph of the proof: a critical point outside V_1 is a saddle."""
    return all_of(critical=critical, cited=saddle)


@YSJ18_T2_1.step(
    premises=(some_epsilon_fits, no_layer_is_narrower_than_both_ends),
    gives=point_of_v_1_lies_in_some_w_eps,
    cites=YSJ18_P3_5,
    via=of_v_1,
    no_control={
        some_epsilon_fits: "where the proposition is cited, its conclusion is the yield",
        no_layer_is_narrower_than_both_ends: (
            "without it the proposition is not cited, and its own conclusion is the yield"
        ),
    },
)
def v_1_is_covered(s: BottleneckPoint, epsilon: Verdict, wide: Verdict) -> Verdict:
    """Proposition 3.5: any point of V_1 lies in W_eps for some eps > 0."""
    return if_inside(s, lambda _: epsilon)


@YSJ18_T2_1.step(
    premises=(point_is_a_global_minimum, point_of_v_1_lies_in_some_w_eps, point_is_critical),
    gives=point_of_v_1_is_a_global_minimum,
    cites=YSJ18_P3_4,
    via=of_v_1,
    no_control={
        point_is_a_global_minimum: "where the proposition is cited, its conclusion is the yield",
        point_of_v_1_lies_in_some_w_eps: (
            "without it the proposition is not cited, and its own conclusion is the yield"
        ),
        point_is_critical: "a global minimum is critical, so that the cited conclusion fails too",
    },
)
def critical_points_of_w_eps_are_global_minima(
    s: BottleneckPoint, least: Verdict, covered: Verdict, critical: Verdict
) -> Verdict:
    """Proposition 3.4: a critical point in W_eps is a global minimum."""
    return if_inside(s, lambda _: all_of(covered=covered, cited=least))


@YSJ18_T2_1.step(
    premises=(point_of_v_1_is_a_global_minimum, point_outside_v_1_is_a_saddle),
    gives=rank_tells_minima_from_saddles,
    controls={
        point_of_v_1_is_a_global_minimum: NARROW,
        point_outside_v_1_is_a_saddle: NOT_CRITICAL,
    },
)
def either_inside_or_outside(s: BottleneckPoint, inside: Verdict, outside: Verdict) -> Verdict:
    """The rank is k, or it is not."""
    rank = product_rank(s)
    return all_of(
        inside=inside,
        outside=outside,
        at_most_k=size_at_least(s.least_width, rank),
    )


YSJ18_T2_1_REPAIRED = YSJ18_T2_1.repair(
    claim=(
        "If k = min(d_x, d_y), and X X^T and Y X^T have full ranks, every critical point whose "
        "product has rank k is a global minimum, and every other critical point is a saddle; no "
        "singular values are compared, and d_y may exceed d_x + 1 and m."
    ),
    minimal=(
        "where Y X^T has a rank below k, some global minimum has a product of that rank, and is no "
        "saddle"
    ),
    hypotheses=(
        risk_is_half_the_squared_error,
        input_gram_has_full_rank,
        correlation_has_full_rank,
        no_layer_is_narrower_than_both_ends,
        point_is_critical,
    ),
    instances=(
        *INSTANCES,
        BottleneckPoint(
            name="widths 1, 2, 3, three outputs, zero weights",
            inputs=((1, 0, 0),),
            targets=((1, 0, 0), (0, 2, 0), (1, 0, 1)),
            weights=(zeros(2, 1), zeros(3, 2)),
        ),
        BottleneckPoint(
            name="widths 2, 2, 4, four outputs, the smaller direction",
            inputs=((1, 0, 0, 0), (0, 1, 0, 0)),
            targets=((2, 0, 0, 1), (0, 1, 0, 0), (0, 0, 1, 0), (0, 0, 0, 1)),
            weights=(((0, 1), (0, 0)), ((0, 0), (1, 0), (0, 0), (0, 0))),
        ),
        BottleneckPoint(
            name="widths 1, 3, 3, three outputs and one sample, fitted",
            inputs=((1,),),
            targets=((1,), (0,), (1,)),
            weights=(((1,), (0,), (1,)), ((1, 0, 0), (0, 5, 0), (0, 0, 1))),
        ),
        BottleneckPoint(
            name="widths 2, 2, 2, equal singular values, one direction",
            inputs=((1, 0), (0, 1)),
            targets=((1, 0), (0, 1)),
            weights=(((1, 0), (0, 0)), ((1, 0), (0, 0))),
        ),
    ),
    without=("saddle_half", "either_inside_or_outside"),
    strategy=generated_points,
    regimes=(
        Regime("d_y <= d_x + 1", few_more_outputs),
        Regime("d_y >= d_x + 2", many_more_outputs),
    ),
)


@YSJ18_T2_1_REPAIRED.step(
    premises=(correlation_has_full_rank,),
    gives=error_is_correlated_outside_v_1,
    controls={correlation_has_full_rank: UNCORRELATED},
)
def a_deficient_product_cannot_match(s: BottleneckPoint, full: Verdict) -> Verdict:
    """R X X^T has a rank below k, and Y X^T has not, so that E = R X X^T - Y X^T is not zero."""
    rank = product_rank(s)
    correlation = s.Y @ s.X.T
    return all_of(
        product=size_at_most((full_product(s) @ s.X @ s.X.T).rank(), rank),
        targets=size_at_least(correlation.rank(), s.least_width),
        error=equal(correlation_error(s), full_product(s) @ s.X @ s.X.T - correlation),
    )


@YSJ18_T2_1_REPAIRED.step(
    premises=(error_is_correlated_outside_v_1, point_is_critical),
    gives=point_outside_v_1_is_a_saddle,
    controls={error_is_correlated_outside_v_1: UNCORRELATED, point_is_critical: NOT_CRITICAL},
)
def unseen_parts_lead_off(s: BottleneckPoint, error: Verdict, critical: Verdict) -> Verdict:
    """Layers move by parts that the product does not see, to points that are not critical."""
    point = s.rational_point
    if point is None or product_has_rank_k.decide(s).is_holds:
        return holds(Evidence.EXACT, "the product has rank k: nothing is claimed")
    falling, rising = saddle_curves(point)
    if falling is None or rising is None:
        return undecided("no curves were found")
    return all_of(
        falling=positive(-falling.coefficient),
        rising=positive(rising.coefficient),
    ).because(f"{falling.text()}; {rising.text()}")


YSJ18_T2_1_REPAIRED.step(
    premises=(point_of_v_1_is_a_global_minimum, point_outside_v_1_is_a_saddle),
    gives=rank_tells_minima_from_saddles,
    controls={
        point_of_v_1_is_a_global_minimum: NARROW,
        point_outside_v_1_is_a_saddle: NOT_CRITICAL,
    },
)(either_inside_or_outside.inference)
