"""Section 3.4: partial products around a bottleneck, and their ranks and spaces.

Notation: E = (R X - Y) X^T, A_i = W_{i+1}^T ... W_{H+1}^T, B_i = W_1^T ... W_{i-1}^T; V_1 is the
set of points whose product has rank k; p is a layer of width k. See `chains`.

Statements: YSJ18_D5, YSJ18_I3.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from hypothesis import strategies as st

from symbolic_landscape.arithmetic import (
    Matrix,
    equal,
    rank_at_least,
    rank_at_most,
    rank_is,
    size_at_least,
    size_at_most,
    sizes_equal,
)
from symbolic_landscape.former.lemma import Statement, fact
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.chains import (
    BottleneckPoint,
    above,
    below,
    correlation_error,
    row_space,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.instances import (
    DOUBLED,
    LAYERS_OF_TWO,
    any_point,
    points,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.linear import DeepLinear, Rows
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_2 import (
    risk_is_half_the_squared_error,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_3 import (
    YSJ18_L3_2,
    gradient_is_product_of_transposes,
)
from symbolic_landscape.verdict import Verdict, all_of, for_all


def itself(s: DeepLinear) -> DeepLinear:
    """A citation that speaks of the same point."""
    return s


# --- D5: three factors of the gradient -----


def _three_factors(s: DeepLinear, error: Matrix) -> Verdict:
    """Whether dL/dW_i is A_i times this matrix times B_i, for all i."""
    return for_all(
        range(1, s.depth + 1),
        lambda i: equal(s.partial(i), above(s, i) @ error @ below(s, i)),
        "layer",
    )


@fact(
    r"\frac{\partial L}{\partial W_i} = A_i E B_i,\ A_{H+1} = I,\ B_1 = I",
    mutants={
        "without the targets": lambda s: _three_factors(s, correlation_error(s) + s.Y @ s.X.T),
        "with the uncentred product": lambda s: _three_factors(s, correlation_error(s).scale(2)),
    },
)
def gradient_has_three_factors(s: DeepLinear) -> Verdict:
    """The partial derivative by W_i is A_i E B_i, where A_{H+1} and B_1 are identity matrices."""
    return all_of(
        gradient=_three_factors(s, correlation_error(s)),
        last=equal(above(s, s.depth), s.field.identity(s.output_width)),
        first=equal(below(s, 1), s.field.identity(s.input_width)),
    )


YSJ18_D5 = Statement(
    key="YSJ18.D5",
    kind="definition",
    where="sec. 3.4",
    title="Residual correlation and partial products",
    claim=(
        "E = (W_{H+1} ... W_1 X - Y) X^T, A_i = W_{i+1}^T ... W_{H+1}^T and B_i = W_1^T ... "
        "W_{i-1}^T, so that dL/dW_i = A_i E B_i; A_{H+1} and B_1 are identity matrices."
    ),
    hypotheses=(risk_is_half_the_squared_error,),
    conclusion=gradient_has_three_factors,
    instances=(
        any_point("any point, widths 1, 2, 1, one sample", (1, 2, 1), 1),
        any_point("any point, widths 2, 1, one sample", (2, 1), 1),
        LAYERS_OF_TWO,
    ),
    controls={risk_is_half_the_squared_error: DOUBLED},
    strategy=points,
)


@YSJ18_D5.step(
    premises=(gradient_is_product_of_transposes,),
    gives=gradient_has_three_factors,
    cites=YSJ18_L3_2,
    via=itself,
    controls={gradient_is_product_of_transposes: DOUBLED},
)
def name_the_three_factors(s: DeepLinear, gradient: Verdict) -> Verdict:
    """(5) is A_i times E times B_i by the definitions; empty products are identity matrices."""
    error = correlation_error(s)
    return for_all(
        range(1, s.depth + 1),
        lambda i: equal(s.gradient_term(i), above(s, i) @ error @ below(s, i)),
        "layer",
    )


# --- I3: chains of ranks and spaces -----


def narrow_points() -> st.SearchStrategy[BottleneckPoint]:
    """Small integer points of up to four layers, looked at from any layer."""

    @st.composite
    def drawn(draw: st.DrawFn) -> BottleneckPoint:
        hidden = draw(st.lists(st.sampled_from((1, 1, 2)), min_size=1, max_size=3))
        ends = st.sampled_from((2, 2, 3, 1))
        widths = [draw(ends), *hidden, draw(ends)]
        entry = st.sampled_from((0, 1, -1, 2))

        def rows(height: int, width: int) -> Rows:
            return tuple(tuple(draw(entry) for _ in range(width)) for _ in range(height))

        return BottleneckPoint(
            inputs=rows(widths[0], 2),
            targets=rows(widths[-1], 2),
            weights=tuple(rows(upper, lower) for lower, upper in pairwise(widths)),
            layer=draw(
                st.sampled_from((widths.index(min(widths)), draw(st.integers(0, len(widths) - 1))))
            ),
        )

    return drawn()


@fact(r"d_p = k = \min_i d_i")
def layer_has_the_least_width(s: BottleneckPoint) -> Verdict:
    """The layer p has the least width k of all layers."""
    return sizes_equal(s.widths[s.layer], s.least_width)


@fact(r"k < \min\{d_x, d_y\}")
def least_width_is_below_both_ends(s: BottleneckPoint) -> Verdict:
    """The least width k is less than d_x and than d_y."""
    return size_at_most(s.least_width + 1, min(s.input_width, s.output_width))


@fact(r"1 \le p \le H")
def layer_is_hidden(s: BottleneckPoint) -> Verdict:
    """The layer p is a hidden layer."""
    return all_of(lowest=size_at_least(s.layer, 1), highest=size_at_most(s.layer, s.depth - 1))


@fact(r"\operatorname{rank}(W_{H+1} \cdots W_1) = k")
def product_has_rank_k(s: BottleneckPoint) -> Verdict:
    """The product of all weights has rank k, the least width."""
    return rank_is(s.product(s.W, s.input_width), s.least_width)


def inner_layers(s: BottleneckPoint) -> tuple[range, range]:
    """I = 1..p for the A_i, and i = p+1..H+1 for the B_i."""
    return range(1, s.layer + 1), range(s.layer + 1, s.depth + 1)


@fact(r"\operatorname{rank} A_i \ge k,\ \operatorname{rank} B_i \ge k \quad (1 \le i \le H+1)")
def partial_products_have_rank_at_least_k(s: BottleneckPoint) -> Verdict:
    """Every A_i and every B_i has rank at least k."""
    layers = range(1, s.depth + 1)
    return all_of(
        above=for_all(layers, lambda i: rank_at_least(above(s, i), s.least_width), "A_"),
        below=for_all(layers, lambda i: rank_at_least(below(s, i), s.least_width), "B_"),
    )


@fact(r"\operatorname{rank} A_p = \operatorname{rank} B_{p+1} = k")
def products_at_the_bottleneck_have_rank_k(s: BottleneckPoint) -> Verdict:
    """A_p and B_{p+1} have rank k."""
    return all_of(
        above=rank_is(above(s, s.layer), s.least_width),
        below=rank_is(below(s, s.layer + 1), s.least_width),
    )


@fact(
    r"\operatorname{rank} A_1 = \cdots = \operatorname{rank} A_p = k = \operatorname{rank} B_{p+1} "
    r"= \cdots = \operatorname{rank} B_{H+1}"
)
def ranks_are_identically_k(s: BottleneckPoint) -> Verdict:
    """A_1, ..., A_p and B_{p+1}, ..., B_{H+1} all have rank k."""
    upper, lower = inner_layers(s)
    return all_of(
        above=for_all(upper, lambda i: rank_is(above(s, i), s.least_width), "A_"),
        below=for_all(lower, lambda i: rank_is(below(s, i), s.least_width), "B_"),
    )


def same_spaces(s: BottleneckPoint, upper: range, lower: range) -> Verdict:
    """Whether these A_i have the row space of A_p, and these B_i the column space of B_{p+1}."""
    rows = row_space(above(s, s.layer))
    columns = row_space(below(s, s.layer + 1).T)
    return all_of(
        rows=for_all(upper, lambda i: equal(row_space(above(s, i)), rows), "row A_"),
        columns=for_all(lower, lambda i: equal(row_space(below(s, i).T), columns), "col B_"),
    )


@fact(
    r"\operatorname{row} A_1 = \cdots = \operatorname{row} A_p, \quad "
    r"\operatorname{col} B_{p+1} = \cdots = \operatorname{col} B_{H+1}",
    mutants={
        "all row spaces": lambda s: same_spaces(s, range(1, s.depth + 1), inner_layers(s)[1]),
        "all column spaces": lambda s: same_spaces(s, inner_layers(s)[0], range(1, s.depth + 1)),
    },
)
def spaces_agree_up_to_the_bottleneck(s: BottleneckPoint) -> Verdict:
    """A_1, ..., A_p have rank k and one row space, B_{p+1}, ..., B_{H+1} one column space."""
    return same_spaces(s, *inner_layers(s))


TWO_BOTTLENECKS = BottleneckPoint(
    name="widths 2, 1, 2, 1, 3, the upper of two bottlenecks",
    inputs=((1, 0), (1, 2)),
    targets=((1, 0), (0, 1), (1, 1)),
    weights=(((1, 2),), ((1,), (-1,)), ((2, 1),), ((1,), (0,), (3,))),
    layer=3,
)
WIDE_BETWEEN = BottleneckPoint(
    name="widths 3, 2, 3, 3, bottleneck of two",
    inputs=((1, 0, 0), (0, 1, 0), (1, 0, 1)),
    targets=((1, 0, 2), (0, 1, 0), (1, 1, 1)),
    weights=(
        ((1, 2, 0), (0, 1, 1)),
        ((1, 0), (1, 1), (0, 2)),
        ((1, 0, 0), (0, 1, 0), (1, 1, 1)),
    ),
)
ZERO_WEIGHT = BottleneckPoint(
    name="widths 2, 2, 1, 2, a zero weight below the bottleneck",
    inputs=((1, 0), (0, 1)),
    targets=((1, 0), (0, 2)),
    weights=(((1, 0), (0, 1)), ((0, 0),), ((1,), (1,))),
    layer=2,
)
NARROW_ENDS = BottleneckPoint(
    name="widths 1, 2, 1, a product of zero, looked at from the inputs",
    inputs=((1, 0),),
    targets=((1, 0),),
    weights=(((0,), (1,)), ((1, 0),)),
    layer=0,
)
BROAD_LAYER = BottleneckPoint(
    name="widths 2, 1, 2, 2, looked at from the broad layer",
    inputs=((1, 0), (0, 1)),
    targets=((1, 0), (0, 2)),
    weights=(((1, 0),), ((1,), (0,)), ((1, 0), (0, 1))),
    layer=2,
)

YSJ18_I3 = Statement(
    key="YSJ18.I3",
    kind="identity",
    where="sec. 3.4",
    title="Rank and subspace chains on V_1",
    claim=(
        "Where the product has rank k, A_1, ..., A_p and B_{p+1}, ..., B_{H+1} have rank k, the "
        "first have one row space and the second one column space."
    ),
    hypotheses=(least_width_is_below_both_ends, product_has_rank_k, layer_has_the_least_width),
    conclusion=spaces_agree_up_to_the_bottleneck,
    instances=(
        TWO_BOTTLENECKS,
        replace(
            TWO_BOTTLENECKS, name="widths 2, 1, 2, 1, 3, the lower of two bottlenecks", layer=1
        ),
        WIDE_BETWEEN,
        BottleneckPoint(
            name="one sample, widths 2, 1, 2",
            inputs=((1,), (1,)),
            targets=((1,), (0,)),
            weights=(((0, 3),), ((1,), (2,))),
        ),
    ),
    controls={product_has_rank_k: ZERO_WEIGHT, layer_has_the_least_width: BROAD_LAYER},
    no_control={
        least_width_is_below_both_ends: (
            "for p = 0 or p = H + 1 one chain is empty, and the other has full rank throughout"
        )
    },
    strategy=narrow_points,
)


@YSJ18_I3.step(
    premises=(product_has_rank_k,),
    gives=partial_products_have_rank_at_least_k,
    controls={product_has_rank_k: ZERO_WEIGHT},
)
def a_product_has_at_most_the_rank_of_a_factor(s: BottleneckPoint, full: Verdict) -> Verdict:
    """W_{H+1} ... W_1 is A_i^T times lower weights, and upper weights times B_i^T."""
    product = s.product(s.W, s.input_width)

    def factors(layer: int) -> Verdict:
        lower = s.product(s.W[:layer], s.input_width)
        upper = s.product(s.W[layer - 1 :], s.widths[layer - 1])
        return all_of(
            above=equal(product, above(s, layer).T @ lower),
            below=equal(product, upper @ below(s, layer).T),
        )

    return for_all(range(1, s.depth + 1), factors, "layer")


@YSJ18_I3.step(
    premises=(least_width_is_below_both_ends, layer_has_the_least_width),
    gives=layer_is_hidden,
    controls={
        least_width_is_below_both_ends: NARROW_ENDS,
        layer_has_the_least_width: replace(BROAD_LAYER, name="looked at from the inputs", layer=0),
    },
)
def ends_are_wider(s: BottleneckPoint, below_ends: Verdict, narrow: Verdict) -> Verdict:
    """d_0 = d_x and d_{H+1} = d_y exceed k, so that p is neither 0 nor H + 1."""
    return all_of(
        inputs=size_at_least(s.widths[0], s.widths[s.layer] + 1),
        outputs=size_at_least(s.widths[-1], s.widths[s.layer] + 1),
    )


@YSJ18_I3.step(
    premises=(partial_products_have_rank_at_least_k, layer_has_the_least_width, layer_is_hidden),
    gives=products_at_the_bottleneck_have_rank_k,
    controls={
        partial_products_have_rank_at_least_k: ZERO_WEIGHT,
        layer_has_the_least_width: BROAD_LAYER,
        layer_is_hidden: NARROW_ENDS,
    },
)
def bottleneck_products_are_k_wide(
    s: BottleneckPoint, least: Verdict, narrow: Verdict, hidden: Verdict
) -> Verdict:
    """A_p has k rows and B_{p+1} has k columns, so that their ranks are at most k."""
    return all_of(
        rows=sizes_equal(above(s, s.layer).shape[0], s.least_width),
        columns=sizes_equal(below(s, s.layer + 1).shape[1], s.least_width),
    )


@YSJ18_I3.step(
    premises=(partial_products_have_rank_at_least_k, products_at_the_bottleneck_have_rank_k),
    gives=ranks_are_identically_k,
    controls={products_at_the_bottleneck_have_rank_k: BROAD_LAYER},
    no_control={
        partial_products_have_rank_at_least_k: (
            "rank k of B_{p+1} = (W_p ... W_1)^T gives it to W_p ... W_{i+1}, and so to A_i; "
            "likewise for the B_i"
        )
    },
)
def ranks_grow_towards_the_bottleneck(
    s: BottleneckPoint, least: Verdict, at_bottleneck: Verdict
) -> Verdict:
    """A_i = W_{i+1}^T A_{i+1} and B_{i+1} = B_i W_i^T: ranks lie between k and that at p."""
    upper, lower = inner_layers(s)
    return all_of(
        above=for_all(
            upper[:-1],
            lambda i: equal(above(s, i), s.W[i].T @ above(s, i + 1)),
            "A_",
        ),
        below=for_all(
            lower[1:],
            lambda i: equal(below(s, i), below(s, i - 1) @ s.W[i - 2].T),
            "B_",
        ),
        most=rank_at_most(above(s, s.layer), s.least_width),
    )


@YSJ18_I3.step(
    premises=(ranks_are_identically_k,),
    gives=spaces_agree_up_to_the_bottleneck,
    controls={ranks_are_identically_k: ZERO_WEIGHT},
)
def nested_spaces_of_one_dimension_agree(s: BottleneckPoint, ranks: Verdict) -> Verdict:
    """row(A_i) lies in row(A_{i+1}) and col(B_{i+1}) in col(B_i), and all have dimension k."""
    upper, lower = inner_layers(s)
    last, first = above(s, s.layer), below(s, s.layer + 1)
    return all_of(
        rows=for_all(upper, lambda i: rank_is(last.vstack(above(s, i)), last.rank()), "A_"),
        columns=for_all(lower, lambda i: rank_is(first.hstack(below(s, i)), first.rank()), "B_"),
    )
