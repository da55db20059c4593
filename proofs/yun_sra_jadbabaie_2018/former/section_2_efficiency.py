"""Sections 1.1 and 2.2, a remark: global optimality of critical points is efficiently checkable.

Notation: k = min_i d_i; D is the greatest of all widths and the number of samples, n = H + 1 the
number of layers. The test forms the product of all layers and finds its rank; with a bottleneck it
also compares the eigenvalues of F F^T on col(W_{H+1} ... W_{p+1}) with those on its complement.

Statements: YSJ18_R1.

Design notes. "Efficient" is read as: so many multiplications in the field of the data that a
polynomial in n and D bounds them; the comparison goes through characteristic polynomials, and no
eigenvalue is computed. The claim is about points that are exactly critical: near a saddle outside
V_1 there are always points whose product has rank k, so that the test says nothing of points that
are critical up to rounding.
"""

from __future__ import annotations

from symbolic_landscape.arithmetic import size_at_most
from symbolic_landscape.critical.deep_linear import PointKind, certificate, rank_test
from symbolic_landscape.errors import DomainError
from symbolic_landscape.former.lemma import Statement, fact
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.cases import (
    has_bottleneck,
    rank_and_columns_decide_with_a_bottleneck,
    rank_decides_without_a_bottleneck,
    with_bottleneck,
    without_bottleneck,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.chains import BottleneckPoint
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.column_points import (
    INSTANCES as NARROW_INSTANCES,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.column_points import (
    OFF_OUTSIDE,
    bottleneck_points,
    rank_and_columns_tell_minima_from_saddles,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.extrema import point_is_critical
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.rank_points import (
    ASSUMPTIONS,
    INSTANCES,
    UNUSED,
    generated_points,
    rank_tells_minima_from_saddles,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.saddles import UNCORRELATED
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_2 import (
    correlation_has_full_rank,
    singular_values_are_distinct,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_2_narrow import YSJ18_T2_2
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_2_wide import YSJ18_T2_1
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_3_chains import (
    layer_has_the_least_width,
)
from symbolic_landscape.verdict import Evidence, Verdict, all_of, fails, holds, undecided

# --- facts -----


def multiplications(s: BottleneckPoint) -> int:
    """How many multiplications the test takes, schoolbook products and eliminations counted."""
    widths, count = s.widths, s.count
    inputs, outputs, least = s.input_width, s.output_width, s.least_width
    product = sum(a * b * inputs for a, b in zip(widths[1:], widths[:-1], strict=True))
    total = product + inputs * outputs * min(inputs, outputs)
    if has_bottleneck(s):
        fit = 2 * inputs**2 * count + 2 * inputs**3 + 3 * outputs * inputs * count
        frames = outputs**2 * count + 4 * outputs**3
        total += fit + frames + least**4 + (outputs - least) ** 4
    return total


def bound(s: BottleneckPoint, power: int) -> int:
    """16 (n + 1) D to this power."""
    total: int = 16 * (s.depth + 1) * max(*s.widths, s.count) ** power
    return total


def answer_is_right(s: BottleneckPoint) -> Verdict:
    """Whether the test gives the answer that a bound or two curves certify."""
    point = s.rational_point
    if point is None:
        return undecided("the test is for rational points")
    if not point.is_critical:
        return fails(Evidence.EXACT, "the point is not critical")
    try:
        passed = rank_test(point).is_global_minimum
    except DomainError as cause:
        return fails(Evidence.EXACT, str(cause))
    kind = certificate(point).kind
    if kind is PointKind.UNDECIDED:
        return undecided("no certificate was found")
    answer = holds if passed == (kind is PointKind.GLOBAL_MINIMUM) else fails
    return answer(Evidence.EXACT, f"passes: {passed}; certified: {kind}")


@fact(
    r"\text{the test tells the global minima among the critical points with at most } "
    r"16 (n + 1) D^4 \text{ multiplications}",
    mutants={
        "every critical point passes": lambda s: _always(s, passed=True),
        "no critical point passes": lambda s: _always(s, passed=False),
        "with at most n + 1 multiplications": lambda s: size_at_most(
            multiplications(s), s.depth + 1
        ),
    },
)
def answer_is_right_and_cheap(s: BottleneckPoint) -> Verdict:
    """The rank test gives the certified answer, and its cost is polynomial in the sizes."""
    cost = size_at_most(multiplications(s), bound(s, 4))
    bare_cost = Verdict(cost.outcome, cost.evidence, cost.reason)
    return all_of(answer=answer_is_right(s), cost=bare_cost)


def _always(s: BottleneckPoint, *, passed: bool) -> Verdict:
    point = s.rational_point
    if point is None or not point.is_critical:
        return undecided("the test is for rational critical points")
    least = certificate(point).kind is PointKind.GLOBAL_MINIMUM
    return (holds if least == passed else fails)(Evidence.EXACT, f"a minimum: {least}")


# --- R1 -----

DEFICIENT = BottleneckPoint(
    name="widths 1, 1, 1, zero targets, a product that is not zero",
    inputs=((0,),),
    targets=((0,),),
    weights=(((1,),), ((1,),)),
)

YSJ18_R1 = Statement(
    key="YSJ18.R1",
    kind="remark",
    where="sec. 1.1 and 2.2",
    title="Efficiently checkable optimality test",
    claim=(
        "The conditions of Theorems 2.1 and 2.2 are an efficiently checkable test of whether a "
        "critical point is a global minimum."
    ),
    hypotheses=(
        *ASSUMPTIONS,
        singular_values_are_distinct,
        layer_has_the_least_width,
        point_is_critical,
    ),
    conclusion=answer_is_right_and_cheap,
    instances=(*(i for i in INSTANCES if i.widths[i.layer] == i.least_width), *NARROW_INSTANCES),
    controls={correlation_has_full_rank: UNCORRELATED, point_is_critical: OFF_OUTSIDE},
    no_control={
        **UNUSED,
        singular_values_are_distinct: (
            "with equal values the test passes any choice of leading vectors, and stays right"
        ),
        layer_has_the_least_width: "the test looks at every narrowest layer, whichever is named",
    },
    strategy=bottleneck_points,
)


@YSJ18_R1.step(
    premises=(rank_tells_minima_from_saddles, point_is_critical),
    gives=rank_decides_without_a_bottleneck,
    cites=YSJ18_T2_1,
    via=without_bottleneck,
    strategy=generated_points,
    no_control={
        rank_tells_minima_from_saddles: "where the theorem is cited, its conclusion is the yield",
        point_is_critical: "without it the conclusion of the theorem fails too",
    },
)
def rank_of_the_product(s: BottleneckPoint, test: Verdict, critical: Verdict) -> Verdict:
    """Theorem 2.1: the rank of the product decides."""
    return all_of(cited=test, critical=critical)


@YSJ18_R1.step(
    premises=(
        rank_and_columns_tell_minima_from_saddles,
        layer_has_the_least_width,
        point_is_critical,
    ),
    gives=rank_and_columns_decide_with_a_bottleneck,
    cites=YSJ18_T2_2,
    via=with_bottleneck,
    no_control={
        rank_and_columns_tell_minima_from_saddles: (
            "where the theorem is cited, its conclusion is the yield"
        ),
        layer_has_the_least_width: "where it fails, the cited conclusion fails with the yield",
        point_is_critical: "where it fails, the cited conclusion fails with the yield",
    },
)
def rank_and_columns(
    s: BottleneckPoint, test: Verdict, narrow: Verdict, critical: Verdict
) -> Verdict:
    """Theorem 2.2: the rank of the product and the columns above a narrowest layer decide."""
    return all_of(cited=test, critical=critical)


@YSJ18_R1.step(
    premises=(
        rank_decides_without_a_bottleneck,
        rank_and_columns_decide_with_a_bottleneck,
        correlation_has_full_rank,
        point_is_critical,
    ),
    gives=answer_is_right_and_cheap,
    controls={correlation_has_full_rank: DEFICIENT},
    no_control={
        point_is_critical: "minima and saddles are critical, so that the cited facts fail too",
        rank_decides_without_a_bottleneck: "the other premises imply it, by Theorem 2.1",
        rank_and_columns_decide_with_a_bottleneck: (
            "the test passes any choice of leading vectors, so that it is right without it"
        ),
    },
)
def count_the_multiplications(
    s: BottleneckPoint, wide: Verdict, narrow: Verdict, full: Verdict, critical: Verdict
) -> Verdict:
    """Products and eliminations of size D, and characteristic polynomials of size k and d_y - k."""
    return all_of(
        wide=wide,
        narrow=narrow,
        cost=size_at_most(multiplications(s), bound(s, 4)),
    )
