"""Section 2.2, a remark: matrix factorisation.

Notation: with X = I and one hidden layer, U = W_2 and V^T = W_1, the risk is |U V^T - Y|^2 / 2.

Statements: YSJ18_R2.

Design notes. R2 says that the theorems "can be directly applied"; so it is tried on every Y, and
the assumptions of the theorems on Y are not given.
"""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from symbolic_landscape.arithmetic import Scalar, equal, sizes_equal
from symbolic_landscape.critical.deep_linear import critical_point, spectral_data
from symbolic_landscape.former.lemma import Statement, fact
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.bottleneck_instances import (
    EQUAL_VALUES,
    GREATER_FITTED,
    SMALLER_FITTED,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.cases import (
    rank_and_columns_decide_with_a_bottleneck,
    rank_decides_without_a_bottleneck,
    theorems_tell_minima_from_saddles,
    with_bottleneck,
    without_bottleneck,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.chains import BottleneckPoint
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.column_points import (
    rank_and_columns_tell_minima_from_saddles,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.exact_points import as_instance
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.extrema import (
    point_is_critical,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.instances import zeros
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.linear import DeepLinear, squared_norm
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.rank_points import (
    rank_tells_minima_from_saddles,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.saddles import (
    ORIGIN,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_2 import (
    correlation_has_full_rank,
    nonzero_singular_values_are_distinct,
    outputs_are_at_most_as_many_as_samples,
    risk_is_half_the_squared_error,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_2_narrow import YSJ18_T2_2
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_2_wide import YSJ18_T2_1
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_3_chains import (
    layer_has_the_least_width,
)
from symbolic_landscape.verdict import Verdict, all_of

# --- facts -----


@fact(r"X = I")
def inputs_are_the_identity(s: DeepLinear) -> Verdict:
    """The inputs are the columns of the identity matrix."""
    square = sizes_equal(s.count, s.input_width)
    if not square.is_holds:
        return square
    return equal(s.X, s.field.identity(s.input_width))


@fact(r"H = 1")
def network_has_one_hidden_layer(s: DeepLinear) -> Verdict:
    """The network has one hidden layer: two factors."""
    return sizes_equal(s.depth, 2)


@fact(
    r"\|UV^T - Y\|_F^2 = 2 L(W)",
    mutants={
        "without the factor 2": lambda s: equal(factorisation_error(s), s.risk(s.W)),
        "factors transposed": lambda s: equal(
            squared_norm((s.W[-1] @ s.W[0]).T - s.Y.T) * 2, s.risk(s.W)
        ),
    },
)
def factorisation_error_is_twice_the_risk(s: DeepLinear) -> Verdict:
    """With U = W_2 and V^T = W_1 the error |U V^T - Y|^2 is twice the risk."""
    if s.depth != 2 or s.count != s.input_width:
        return sizes_equal(s.depth, 2)
    return equal(factorisation_error(s), s.risk(s.W) * 2)


def factorisation_error(s: DeepLinear) -> Scalar:
    """|U V^T - Y|^2."""
    return squared_norm(s.W[-1] @ s.W[0] - s.Y)


def factorisations() -> st.SearchStrategy[BottleneckPoint]:
    """Critical points of |U V^T - Y|^2 for small Y, equal and zero singular values among them."""

    @st.composite
    def drawn(draw: st.DrawFn) -> BottleneckPoint:
        inputs, hidden, outputs = (draw(st.integers(1, 3)) for _ in range(3))
        least = min(inputs, outputs)
        values = draw(st.sampled_from(((3, 2, 1), (2, 1, 0), (1, 1, 0), (0, 0, 0))))[:least]
        data = spectral_data(inputs, outputs, values, more_samples=0)
        count = draw(st.integers(0, min(least, hidden)))
        selected = sorted(draw(st.permutations(range(least)))[:count])
        point = as_instance(critical_point(data, (hidden,), selected), 1)
        cut = tuple(row[:inputs] for row in point.inputs)
        return replace(
            point,
            inputs=cut,
            targets=tuple(row[:inputs] for row in point.targets),
            layer=point.widths.index(min(point.widths)),
        )

    return drawn()


ZERO_MATRIX = BottleneckPoint(
    name="Y = 0, U = V = 0", inputs=((1,),), targets=((0,),), weights=(zeros(1, 1), zeros(1, 1))
)
RANK_ONE_MATRIX = BottleneckPoint(
    name="Y of rank 1, factors of width 2",
    inputs=((1, 0), (0, 1)),
    targets=((1, 0), (0, 0)),
    weights=(((1, 0), (0, 0)), ((1, 0), (0, 0))),
)
TALL = BottleneckPoint(
    name="Y of shape (2, 1), factors of width 1",
    inputs=((1,),),
    targets=((1,), (2,)),
    weights=(((1,),), ((1,), (2,))),
)
FACTORISATIONS = (
    replace(ORIGIN, name="Y = 2, U = V = 0", inputs=((1,),), targets=((2,),)),
    GREATER_FITTED,
    SMALLER_FITTED,
    BottleneckPoint(
        name="Y of shape (1, 2), factors of width 1",
        inputs=((1, 0), (0, 1)),
        targets=((1, 2),),
        weights=(((1, 2),), ((1,),)),
    ),
    BottleneckPoint(
        name="Y of shape (3, 3), factors of width 2",
        inputs=((1, 0, 0), (0, 1, 0), (0, 0, 1)),
        targets=((3, 0, 0), (0, 2, 0), (0, 0, 1)),
        weights=(((3, 0, 0), (0, 0, 1)), ((1, 0), (0, 0), (0, 1))),
    ),
    BottleneckPoint(
        name="Y of shape (2, 2), factors of width 4, duplicated units",
        inputs=((1, 0), (0, 1)),
        targets=((2, 0), (0, 1)),
        weights=(((1, 0), (1, 0), (0, 0), (0, 0)), ((1, 1, 0, 0), (0, 0, 0, 0))),
        layer=0,
    ),
)
NOT_A_CRITICAL_PAIR = replace(ORIGIN, name="U = 0, V = 1, not critical", weights=(((1,),), ((0,),)))
EVERYWHERE = "the theorems hold for other inputs and depths too"

YSJ18_R2 = Statement(
    key="YSJ18.R2",
    kind="remark",
    where="sec. 2.2",
    title="Matrix factorisation is a special case",
    claim=(
        "min |U V^T - Y|^2 is a special case of deep linear networks, so that the theorems can be "
        "directly applied to it."
    ),
    hypotheses=(
        risk_is_half_the_squared_error,
        inputs_are_the_identity,
        network_has_one_hidden_layer,
        layer_has_the_least_width,
        point_is_critical,
    ),
    conclusion=theorems_tell_minima_from_saddles,
    instances=(*FACTORISATIONS, ZERO_MATRIX, RANK_ONE_MATRIX, TALL, EQUAL_VALUES),
    controls={point_is_critical: NOT_A_CRITICAL_PAIR},
    no_control={
        risk_is_half_the_squared_error: "a positive factor changes no minimum or saddle",
        inputs_are_the_identity: EVERYWHERE,
        network_has_one_hidden_layer: EVERYWHERE,
        layer_has_the_least_width: (
            "with one hidden layer a bottleneck has one narrowest layer, and elsewhere the test "
            "does not look at p"
        ),
    },
    strategy=factorisations,
    expected=(
        ("refuted", "statement"),
        ("hypothesis not discharged", "step apply_the_first_theorem"),
        ("invalid inference", "step apply_the_first_theorem"),
        ("hypothesis not discharged", "step apply_the_second_theorem"),
        ("invalid inference", "step apply_the_second_theorem"),
    ),
)


@YSJ18_R2.step(
    premises=(
        risk_is_half_the_squared_error,
        inputs_are_the_identity,
        network_has_one_hidden_layer,
    ),
    gives=factorisation_error_is_twice_the_risk,
    controls={
        risk_is_half_the_squared_error: replace(
            ORIGIN, name="factor 1", inputs=((1,),), convention="sum"
        ),
        inputs_are_the_identity: replace(
            ORIGIN, name="X = 2, not fitted", inputs=((2,),), weights=(((1,),), ((1,),))
        ),
        network_has_one_hidden_layer: replace(
            ORIGIN, name="three factors", weights=(((1,),), ((2,),), ((3,),))
        ),
    },
)
def two_factors_of_the_identity(
    s: BottleneckPoint, half: Verdict, identity: Verdict, two: Verdict
) -> Verdict:
    """W_2 W_1 X - Y is U V^T - Y."""
    return equal(s.residual(s.W), s.W[1] @ s.W[0] - s.Y)


CITED_WIDE = {
    rank_tells_minima_from_saddles: "where the theorem is cited, its conclusion is the yield",
    factorisation_error_is_twice_the_risk: "it makes Y the matrix of the theorem, and no more",
    point_is_critical: "without it the theorem is not cited, and its own conclusion is the yield",
}
CITED_NARROW = {
    rank_and_columns_tell_minima_from_saddles: (
        "where the theorem is cited, its conclusion is the yield"
    ),
    factorisation_error_is_twice_the_risk: "it makes Y the matrix of the theorem, and no more",
    layer_has_the_least_width: "where it fails, the cited conclusion fails with the yield",
    point_is_critical: "where it fails, the cited conclusion fails with the yield",
}


@YSJ18_R2.step(
    premises=(
        rank_tells_minima_from_saddles,
        factorisation_error_is_twice_the_risk,
        point_is_critical,
    ),
    gives=rank_decides_without_a_bottleneck,
    cites=YSJ18_T2_1,
    via=without_bottleneck,
    tried_on=(EQUAL_VALUES,),
    no_control=CITED_WIDE,
)
def apply_the_first_theorem(
    s: BottleneckPoint, test: Verdict, error: Verdict, critical: Verdict
) -> Verdict:
    """Theorem 2.1 for factors at least as wide as Y."""
    return all_of(cited=test, same=error)


@YSJ18_R2.step(
    premises=(
        rank_and_columns_tell_minima_from_saddles,
        factorisation_error_is_twice_the_risk,
        layer_has_the_least_width,
        point_is_critical,
    ),
    gives=rank_and_columns_decide_with_a_bottleneck,
    cites=YSJ18_T2_2,
    via=with_bottleneck,
    tried_on=(TALL,),
    no_control=CITED_NARROW,
)
def apply_the_second_theorem(
    s: BottleneckPoint, test: Verdict, error: Verdict, narrow: Verdict, critical: Verdict
) -> Verdict:
    """Theorem 2.2 for factors narrower than Y."""
    return all_of(cited=test, same=error)


@YSJ18_R2.step(
    premises=(rank_decides_without_a_bottleneck, rank_and_columns_decide_with_a_bottleneck),
    gives=theorems_tell_minima_from_saddles,
    controls={
        rank_decides_without_a_bottleneck: ZERO_MATRIX,
        rank_and_columns_decide_with_a_bottleneck: EQUAL_VALUES,
    },
)
def one_of_the_theorems(s: BottleneckPoint, wide: Verdict, narrow: Verdict) -> Verdict:
    """Either k = min(d_x, d_y) or k < min(d_x, d_y)."""
    return all_of(wide=wide, narrow=narrow)


YSJ18_R2_REPAIRED = YSJ18_R2.repair(
    claim=(
        "For a matrix Y of full rank, with at most as many rows as columns and distinct nonzero "
        "singular values, min |U V^T - Y|^2 is a special case to which the theorems apply."
    ),
    minimal=(
        "for Y = 0 the saddle U = V = 0 of the theorem is a global minimum; with equal singular "
        "values the columns of U may span any of several spaces; a tall Y is transposed first"
    ),
    hypotheses=(
        *YSJ18_R2.hypotheses,
        correlation_has_full_rank,
        nonzero_singular_values_are_distinct,
        outputs_are_at_most_as_many_as_samples,
    ),
    instances=FACTORISATIONS,
    controls={
        point_is_critical: NOT_A_CRITICAL_PAIR,
        correlation_has_full_rank: RANK_ONE_MATRIX,
        nonzero_singular_values_are_distinct: EQUAL_VALUES,
    },
    no_control={
        **YSJ18_R2.no_control,
        outputs_are_at_most_as_many_as_samples: "the conclusion holds for a tall Y too",
    },
)
