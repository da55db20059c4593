"""Section 2.1: the least width, a narrowest layer, the leading singular space, and saddle points.

Notation: k = min_i d_i, p a layer of width k, F = Y X^T (X X^T)^-1 X, R = W_{H+1} ... W_1; U^ the
first k left singular vectors of F.

Statements: YSJ18_D2, YSJ18_D3.

Design notes. The paper never says what a saddle is. The reading here is the usual one, critical and
neither a local minimum nor a local maximum; so a degenerate point, with Hessian zero, can be one.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from hypothesis import strategies as st

from symbolic_landscape.arithmetic import rank_at_most, sizes_equal
from symbolic_landscape.critical import Kind, classify
from symbolic_landscape.former.lemma import Statement, fact
from symbolic_landscape.networks import Network, Parameters, Samples
from symbolic_landscape.proofs.common.low_rank import has_gap_after
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.chains import (
    BottleneckPoint,
    singular_points,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.extrema import (
    point_is_critical,
    point_is_no_local_maximum,
    point_is_no_local_minimum,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.instances import zeros
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.linear import DeepLinear
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_2 import (
    correlation_has_full_rank,
    input_gram_has_full_rank,
    nonzero_singular_values_are_distinct,
    singular_values_are_distinct,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_3_chains import (
    layer_has_the_least_width,
    narrow_points,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_3_relaxation import (
    full_product,
)
from symbolic_landscape.verdict import Evidence, Verdict, all_of, fails, holds, undecided

# --- D2 -----


def leading_space_is_unique(s: BottleneckPoint) -> Verdict:
    """Whether there are d_p left singular vectors, and the first d_p of them span one space."""
    size = s.widths[s.layer]
    if size > s.output_width:
        return fails(
            Evidence.EXACT, f"there are {s.output_width} left singular vectors, not {size}"
        )
    return has_gap_after(s.fitted @ s.fitted.T, size)


def _named(s: BottleneckPoint, columns: int) -> Verdict:
    return all_of(
        rank=rank_at_most(full_product(s), s.widths[s.layer]),
        leading_space=leading_space_is_unique(s),
        rows_of_the_fit=sizes_equal(s.fitted.shape[0], s.output_width),
        columns_of_the_fit=sizes_equal(s.fitted.shape[1], columns),
    )


@fact(
    r"\operatorname{rank}(W_{H+1} \cdots W_1) \le k,\ \operatorname{col}(\hat U) \text{ is "
    r"unique},\ YX^T(XX^T)^{-1}X \in \mathbb{R}^{d_y \times d_x}"
)
def rank_and_leading_space_with_a_square_fit(s: BottleneckPoint) -> Verdict:
    """The product has rank at most d_p; Y X^T (X X^T)^-1 X is (d_y, d_x) and has one col(U^)."""
    return _named(s, s.input_width)


@fact(
    r"\operatorname{rank}(W_{H+1} \cdots W_1) \le k,\ \operatorname{col}(\hat U) \text{ is "
    r"unique},\ YX^T(XX^T)^{-1}X \in \mathbb{R}^{d_y \times m}"
)
def rank_and_leading_space(s: BottleneckPoint) -> Verdict:
    """The product has rank at most d_p; Y X^T (X X^T)^-1 X is (d_y, m) and has one col(U^)."""
    return _named(s, s.count)


TIED = BottleneckPoint(
    name="widths 2, 1, 2, equal singular values",
    inputs=((1, 0), (0, 1)),
    targets=((1, 0), (0, 1)),
    weights=(((1, 0),), ((1,), (0,))),
)
SQUARE_FITS = (
    BottleneckPoint(
        name="widths 2, 1, 2",
        inputs=((1, 0), (0, 1)),
        targets=((1, 1), (0, 1)),
        weights=(((1, 2),), ((1,), (3,))),
    ),
    BottleneckPoint(
        name="widths 1, 1, 1, the input layer, one sample",
        inputs=((2,),),
        targets=((3,),),
        weights=(((1,),), ((0,),)),
        layer=0,
    ),
    BottleneckPoint(
        name="widths 3, 2, 2, 3, the upper of two bottlenecks",
        inputs=((1, 0, 0), (0, 1, 0), (0, 0, 1)),
        targets=((3, 0, 0), (0, 2, 0), (0, 0, 1)),
        weights=(((1, 0, 0), (0, 1, 0)), ((1, 0), (0, 1)), ((1, 0), (0, 1), (1, 1))),
        layer=2,
    ),
)
LONG_FITS = (
    BottleneckPoint(
        name="widths 1, 2, 2, single zero value, two samples",
        inputs=((1, 1),),
        targets=((1, 2), (0, 1)),
        weights=(((1,), (0,)), ((1, 0), (0, 1))),
        layer=0,
    ),
    BottleneckPoint(
        name="widths 1, 1, 1, two samples",
        inputs=((1, 0),),
        targets=((1, 0),),
        weights=(((1,),), ((1,),)),
    ),
)
BROAD = BottleneckPoint(
    name="widths 1, 2, 1, looked at from the broad layer",
    inputs=((1,),),
    targets=((1,),),
    weights=(((1,), (0,)), ((1, 0),)),
)

YSJ18_D2 = Statement(
    key="YSJ18.D2",
    kind="definition",
    where="sec. 2.1",
    title="Bottleneck width k, bottleneck layer p, leading singular subspace",
    claim=(
        "k is the least width and p any layer of width k, so that the product of all weights has "
        "rank at most k; U^ holds the first k left singular vectors of Y X^T (X X^T)^-1 X, a "
        "(d_y, d_x) matrix."
    ),
    hypotheses=(
        input_gram_has_full_rank,
        correlation_has_full_rank,
        singular_values_are_distinct,
        layer_has_the_least_width,
    ),
    conclusion=rank_and_leading_space_with_a_square_fit,
    instances=(*SQUARE_FITS, *LONG_FITS),
    controls={singular_values_are_distinct: TIED, layer_has_the_least_width: BROAD},
    no_control={
        input_gram_has_full_rank: "Y X^T (X X^T)^-1 X exists only where X X^T is invertible",
        correlation_has_full_rank: (
            "singular values that are all distinct leave at most one zero among them, and k of "
            "them lie before it or all are counted"
        ),
    },
    strategy=narrow_points,
    expected=(("refuted", "statement"),),
)

YSJ18_D2_REPAIRED = YSJ18_D2.repair(
    claim=(
        "k is the least width and p any layer of width k, so that the product of all weights has "
        "rank at most k; U^ holds the first k left singular vectors of Y X^T (X X^T)^-1 X, a "
        "(d_y, m) matrix whose nonzero singular values are distinct."
    ),
    minimal=(
        "the matrix has one column for each sample; with a repeated nonzero singular value, or Y "
        "X^T of rank below k, the first k left singular vectors span no single space"
    ),
    hypotheses=(
        input_gram_has_full_rank,
        correlation_has_full_rank,
        nonzero_singular_values_are_distinct,
        layer_has_the_least_width,
    ),
    conclusion=rank_and_leading_space,
    instances=(
        *SQUARE_FITS,
        *LONG_FITS,
        BottleneckPoint(
            name="widths 1, 2, 3, two zero values",
            inputs=((1, 0, 0),),
            targets=((1, 0, 0), (0, 2, 0), (1, 0, 1)),
            weights=(((1,), (1,)), ((1, 0), (0, 1), (0, 0))),
            layer=0,
        ),
    ),
    controls={
        nonzero_singular_values_are_distinct: TIED,
        layer_has_the_least_width: BROAD,
        correlation_has_full_rank: BottleneckPoint(
            name="widths 3, 2, 3, a single nonzero value",
            inputs=((1, 0, 0), (0, 1, 0), (0, 0, 1)),
            targets=((1, 0, 0), (0, 0, 0), (0, 0, 0)),
            weights=(zeros(2, 3), zeros(3, 2)),
        ),
    },
    no_control={
        input_gram_has_full_rank: "Y X^T (X X^T)^-1 X exists only where X X^T is invertible",
    },
)

# --- D3 -----


@fact(r"W \text{ is a saddle point of } L")
def classifier_calls_it_a_saddle(s: DeepLinear) -> Verdict:
    """The classifier of critical points, which knows nothing of linear networks, finds a saddle."""
    net = Network(widths=s.widths, activation="linear", bias=False)
    surface = net.loss(Samples(inputs=s.X.T, targets=s.Y.T), s.convention)
    found = classify(surface, Parameters(weights=s.W))
    if found.kind is Kind.UNDECIDED:
        return undecided(f"the classifier is undecided: {found.obligation}")
    answer = holds if found.kind in (Kind.STRICT_SADDLE, Kind.SADDLE) else fails
    return answer(Evidence.EXACT, f"the classifier says: {found.kind}").against(
        strict_saddle=lambda: _is(found.kind, Kind.STRICT_SADDLE),
        minimum=lambda: _is(found.kind, Kind.NON_STRICT_MINIMUM),
    )


def small_singular_points() -> st.SearchStrategy[BottleneckPoint]:
    """Points of up to three layers made of singular directions, most of them critical."""
    return singular_points((1, 2), (1, 2))


def _is(kind: Kind, wanted: Kind) -> Verdict:
    answer = holds if kind is wanted else fails
    return answer(Evidence.EXACT, f"{kind}, wanted {wanted}")


DEGENERATE = DeepLinear(
    name="three layers of zeros: the Hessian is zero",
    inputs=((1,),),
    targets=((1,),),
    weights=(zeros(1, 1), zeros(1, 1), zeros(1, 1)),
)

NOT_CRITICAL = DeepLinear(
    name="one sample, not critical",
    inputs=((1,),),
    targets=((1,),),
    weights=(((1,),), ((2,),)),
)
BEST_FIT = DeepLinear(
    name="one sample, fitted", inputs=((1,),), targets=((2,),), weights=(((1,),), ((2,),))
)

YSJ18_D3 = Statement(
    key="YSJ18.D3",
    kind="definition",
    where="implicit",
    title="Saddle point",
    claim="A saddle point is a critical point that is neither a local minimum nor a local maximum.",
    hypotheses=(point_is_critical, point_is_no_local_minimum, point_is_no_local_maximum),
    conclusion=classifier_calls_it_a_saddle,
    instances=(
        DEGENERATE,
        replace(
            DEGENERATE,
            name="two layers of zeros: negative curvature",
            weights=(zeros(1, 1), zeros(1, 1)),
        ),
        DeepLinear(
            name="widths 2, 1, 2, the smaller of two singular directions",
            inputs=((1, 0), (0, 1)),
            targets=((2, 0), (0, 1)),
            weights=(((0, 1),), ((0,), (1,))),
        ),
        DeepLinear(
            name="duplicated units, three outputs",
            inputs=((1, 0), (0, 1)),
            targets=((1, 0), (0, 2), (0, 0)),
            weights=(((1, 0), (1, 0)), ((Fraction(1, 2), Fraction(1, 2)), (0, 0), (0, 0))),
        ),
        DeepLinear(
            name="four layers of zeros, two samples",
            inputs=((1, 2),),
            targets=((1, 0),),
            weights=(zeros(1, 1), zeros(1, 1), zeros(1, 1), zeros(1, 1)),
        ),
    ),
    controls={point_is_critical: NOT_CRITICAL, point_is_no_local_minimum: BEST_FIT},
    no_control={
        point_is_no_local_maximum: (
            "the risk is convex in the last layer: a local maximum is a point where it is "
            "constant nearby, and so a local minimum too"
        )
    },
    strategy=small_singular_points,
)
