"""Theorem 2.1: without a bottleneck, the rank of the product tells minima from saddles.

Notation: R = W_{H+1} ... W_1, k = min_i d_i = min(d_x, d_y); V_1 is the set of points with rank R =
k; W_eps as in Section 3.3.

Statements: YSJ18_T2_1.

Design notes. The two halves of the theorem speak of different points. A step that cites a
statement about one half says nothing of points of the other; it is then mapped to a fixed point, of
which the citation is true.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from hypothesis import strategies as st

from proofs.yun_sra_jadbabaie_2018.chains import BottleneckPoint, singular_points
from proofs.yun_sra_jadbabaie_2018.extrema import point_is_a_saddle, point_is_critical
from proofs.yun_sra_jadbabaie_2018.instances import zeros
from proofs.yun_sra_jadbabaie_2018.relaxation import bare
from proofs.yun_sra_jadbabaie_2018.section_2 import (
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
from proofs.yun_sra_jadbabaie_2018.section_3_chains import product_has_rank_k
from proofs.yun_sra_jadbabaie_2018.section_3_relaxation import (
    full_product,
    point_is_a_global_minimum,
)
from proofs.yun_sra_jadbabaie_2018.section_3_saddles import (
    NOT_CRITICAL,
    ORIGIN,
    UNCORRELATED,
    YSJ18_S33,
    point_outside_is_a_saddle,
)
from proofs.yun_sra_jadbabaie_2018.section_3_wide import YSJ18_P3_4, YSJ18_P3_5
from proofs.yun_sra_jadbabaie_2018.wide import (
    FITTED,
    NARROW,
    SINGLE_LAYER,
    WIDE_HIDDEN,
    WidePoint,
    no_layer_is_narrower_than_both_ends,
    some_epsilon_fits,
)
from symbolic_landscape.arithmetic import size_at_least
from symbolic_landscape.lemma import Fact, Regime, Statement, fact
from symbolic_landscape.verdict import Evidence, Verdict, all_of, holds

# --- facts -----


def decided_by(s: BottleneckPoint, *, inside: bool) -> Verdict:
    """Whether the point is a global minimum, or a saddle, as the test has it."""
    return bare((point_is_a_global_minimum if inside else point_is_a_saddle).decide(s))


def product_rank(s: BottleneckPoint) -> int:
    """The rank of W_{H+1} ... W_1."""
    return full_product(s).rank()


@fact(
    r"\operatorname{rank}(W_{H+1} \cdots W_1) = k \Rightarrow L(W) = \inf L, \quad "
    r"\operatorname{rank}(W_{H+1} \cdots W_1) \ne k \Rightarrow W \text{ is a saddle}",
    mutants={
        "rank at least k - 1": lambda s: decided_by(s, inside=product_rank(s) >= s.least_width - 1),
        "rank at least 1": lambda s: decided_by(s, inside=product_rank(s) >= 1),
        "rank less than k": lambda s: decided_by(s, inside=product_rank(s) < s.least_width),
        "every factor of rank k": lambda s: decided_by(
            s, inside=all(w.rank() >= s.least_width for w in s.W)
        ),
    },
)
def rank_tells_minima_from_saddles(s: BottleneckPoint) -> Verdict:
    """The point is a global minimum if its product has rank k, and else a saddle."""
    return decided_by(s, inside=product_rank(s) == s.least_width)


def if_inside(s: BottleneckPoint, decide: Callable[[BottleneckPoint], Verdict]) -> Verdict:
    """The verdict where the product has rank k; elsewhere nothing is claimed."""
    if product_has_rank_k.decide(s).is_holds:
        return decide(s)
    return holds(Evidence.EXACT, "the product has a rank other than k: nothing is claimed")


@fact(r"\operatorname{rank}(W_{H+1} \cdots W_1) \ne k \Rightarrow W \text{ is a saddle}")
def point_outside_v_1_is_a_saddle(s: BottleneckPoint) -> Verdict:
    """If the product has a rank other than k, the point is a saddle."""
    if product_has_rank_k.decide(s).is_holds:
        return holds(Evidence.EXACT, "the product has rank k: nothing is claimed")
    return point_is_a_saddle.decide(s)


@fact(
    r"\operatorname{rank}(W_{H+1} \cdots W_1) = k \Rightarrow \exists \epsilon > 0:\ W \in "
    r"\mathcal{W}_\epsilon"
)
def point_of_v_1_lies_in_some_w_eps(s: BottleneckPoint) -> Verdict:
    """If the product has rank k, the point lies in W_eps for some eps > 0."""
    return if_inside(s, lambda point: some_epsilon_fits.decide(with_case(point)))


@fact(r"\operatorname{rank}(W_{H+1} \cdots W_1) = k \Rightarrow L(W) = \inf L")
def point_of_v_1_is_a_global_minimum(s: BottleneckPoint) -> Verdict:
    """If the product has rank k, the point is a global minimum."""
    return if_inside(s, point_is_a_global_minimum.decide)


# --- where the citations are read -----

LEAST_EPSILON = Fraction(1, 2**30)
"""Smaller numbers are not tried as eps."""


def with_case(s: BottleneckPoint) -> WidePoint:
    """The point with the case that its widths ask for, and eps <= sigma_min where that is > 0."""
    plain = WidePoint(
        name=s.name,
        inputs=s.inputs,
        targets=s.targets,
        weights=s.weights,
        convention=s.convention,
        layer=s.layer,
        case="outputs" if s.output_width <= s.input_width else "inputs",
    )
    epsilon = Fraction(1)
    while epsilon > LEAST_EPSILON and plain.least_square < epsilon**2:
        epsilon /= 2
    return WidePoint(
        name=s.name,
        inputs=s.inputs,
        targets=s.targets,
        weights=s.weights,
        convention=s.convention,
        layer=s.layer,
        case=plain.case,
        epsilon=epsilon,
    )


def of_v_1(s: BottleneckPoint) -> WidePoint:
    """The point with its case and eps if its product has rank k, and a fixed point elsewhere."""
    return with_case(s) if product_has_rank_k.decide(s).is_holds else FITTED


def outside_v_1(s: BottleneckPoint) -> BottleneckPoint:
    """The point if its product has a rank other than k, and a fixed point elsewhere."""
    return ORIGIN if product_has_rank_k.decide(s).is_holds else s


# --- Theorem 2.1 -----


def wide_critical_points() -> st.SearchStrategy[BottleneckPoint]:
    """Points made of singular directions; mostly no layer is narrower than both ends."""
    return st.one_of(
        *[singular_points((1, 2, 3), (1, 2, 3), wide=True)] * 3,
        singular_points((1, 2, 3), (1, 2, 3)),
    )


ASSUMPTIONS = (
    risk_is_half_the_squared_error,
    inputs_are_at_most_as_many_as_samples,
    outputs_are_at_most_as_many_as_samples,
    input_gram_has_full_rank,
    correlation_has_full_rank,
)
UNUSED: dict[Fact, str] = {
    risk_is_half_the_squared_error: (
        "a positive factor changes no critical point, minimum or saddle"
    ),
    inputs_are_at_most_as_many_as_samples: (
        "X X^T of size d_x has rank at most m, so that its full rank already says d_x <= m"
    ),
    outputs_are_at_most_as_many_as_samples: "the conclusion holds without it",
    input_gram_has_full_rank: (
        "the conclusion holds without it: rank k gives E = 0, and E = 0 gives a product of rank k "
        "where Y X^T has rank k"
    ),
}
FREE_BLOCK = BottleneckPoint(
    name="widths 2, 2, 2, 2, zero ends and a free layer between them",
    inputs=((1, 0, 0), (0, 1, 0)),
    targets=((2, 0, 1), (0, 1, 1)),
    weights=(zeros(2, 2), ((1, 2), (0, 1)), zeros(2, 2)),
)
ZEROS_DEEP = BottleneckPoint(
    name="four layers of zeros, two samples",
    inputs=((1, 1),),
    targets=((1, 2), (0, 1)),
    weights=(zeros(1, 1), zeros(2, 1), zeros(1, 2), zeros(2, 1)),
)
DUPLICATED = BottleneckPoint(
    name="two inputs, one output, duplicated units",
    inputs=((1, 0, 1), (0, 1, 1)),
    targets=((1, 2, 0),),
    weights=(((0, 1), (0, 1)), ((Fraction(1, 2), Fraction(1, 2)),)),
)
SECOND_ONLY = BottleneckPoint(
    name="widths 2, 3, 2, the smaller of two directions",
    inputs=((1, 0), (0, 1)),
    targets=((2, 0), (0, 1)),
    weights=(((0, 1), (0, 0), (0, 0)), ((0, 0, 0), (1, 0, 0))),
)
THREE_OUTPUTS = BottleneckPoint(
    name="widths 2, 2, 3, three outputs, the greater direction",
    inputs=((1, 0, 0), (0, 1, 0)),
    targets=((2, 0, 0), (0, 1, 0), (0, 0, 1)),
    weights=(((2, 0), (0, 0)), ((1, 0), (0, 0), (0, 0))),
)
CHANGED_BASIS = BottleneckPoint(
    name="widths 2, 2, 2, fitted, another basis in the middle",
    inputs=((1, 0), (0, 1)),
    targets=((2, 0), (0, 1)),
    weights=(((2, 1), (0, 1)), ((1, -1), (0, 1))),
)
EVERY_LAYER_OF_RANK_K = BottleneckPoint(
    name="widths 2, 3, 3, 3, 2, every layer of rank 2, a product of rank 1",
    inputs=((1, 0), (0, 1)),
    targets=((2, 0), (0, 1)),
    weights=(
        ((2, 0), (0, 0), (0, 1)),
        ((1, 0, 0), (0, 1, 0), (0, 1, 0)),
        ((1, 0, 0), (0, 0, 0), (0, 1, 1)),
        ((1, 0, 0), (0, 1, 0)),
    ),
)
INSTANCES = (
    ORIGIN,
    EVERY_LAYER_OF_RANK_K,
    FITTED,
    SINGLE_LAYER,
    WIDE_HIDDEN,
    FREE_BLOCK,
    ZEROS_DEEP,
    SECOND_ONLY,
    THREE_OUTPUTS,
    CHANGED_BASIS,
    BottleneckPoint(
        name="one input, one output, one sample, fitted",
        inputs=((2,),),
        targets=((3,),),
        weights=(((Fraction(3, 4),),), ((2,),)),
    ),
)
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
        "If k = min(d_x, d_y) and the nonzero singular values are distinct, every critical point "
        "whose product has rank k is a global minimum, and every other critical point is a saddle."
    ),
    minimal=(
        "where Y X^T has a rank below k, some global minimum has a product of that rank, and is no "
        "saddle; distinct values and d_y <= m serve the cited proofs only"
    ),
    hypotheses=(
        *ASSUMPTIONS,
        nonzero_singular_values_are_distinct,
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
            name="widths 1, 3, 3, three outputs, fitted",
            inputs=((1, 0, 0),),
            targets=((1, 0, 0), (0, 2, 0), (1, 0, 1)),
            weights=(((1,), (0,), (1,)), ((1, 0, 0), (0, 5, 0), (0, 0, 1))),
        ),
    ),
    no_control={
        **UNUSED,
        nonzero_singular_values_are_distinct: "the conclusion holds with equal values too",
    },
)
