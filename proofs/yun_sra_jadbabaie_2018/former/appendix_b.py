"""Appendix B: every critical point that is no local minimum is a saddle, for d_x < d_y.

Notation: see `linear`; P = W_H ... W_1.

Statements: YSJ18_LB1.

Design notes. The case P = 0 is the argument of `appendix_b_procedure`, with the same steps.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

from hypothesis import strategies as st

from symbolic_landscape.arithmetic import (
    positive,
    size_at_least,
)
from symbolic_landscape.former.lemma import Statement, fact
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.appendix_b_hessian import (
    SADDLE_WITH_FEATURES,
    YSJ18_I10,
    itself,
    last_layer_hessian_is_kronecker,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.appendix_b_procedure import (
    opposite_points,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.extrema import (
    point_is_a_saddle,
    point_is_critical,
    point_is_no_local_maximum,
    point_is_no_local_minimum,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.instances import points, zeros
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.linear import (
    DeepLinear,
    Rows,
    squared_norm,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.procedure import (
    NO_INPUTS,
    any_stage,
    declare_draws,
    declare_repaired_draws,
    every_layer_was_perturbed,
    higher_points_are_near_where_product_is_zero,
    procedure_almost_surely_stops,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_2 import (
    correlation_has_full_rank,
    input_gram_has_full_rank,
)
from symbolic_landscape.verdict import (
    Evidence,
    Verdict,
    all_of,
    holds,
)


@fact(r"d_x < d_y")
def inputs_are_fewer_than_outputs(s: DeepLinear) -> Verdict:
    """The inputs have fewer coordinates than the outputs."""
    return size_at_least(s.output_width, s.input_width + 1)


# --- facts of the proof -----


@fact(
    r"W_H \cdots W_1 \ne 0 \Rightarrow \exists v:\ v^T \nabla^2_{\operatorname{vec}(W_{H+1}^T)} "
    r"L\, v > 0"
)
def risk_bends_up_where_product_is_nonzero(s: DeepLinear) -> Verdict:
    """If W_H ... W_1 is not zero, the risk bends upwards in some direction of W_{H+1}."""
    if s.below_last.is_zero:
        return holds(Evidence.EXACT, "W_H ... W_1 = 0, so that nothing is claimed")
    total = squared_norm(s.below_last @ s.X)
    return positive(total).because(f"the trace of (P X)(P X)^T is {total}")


def degenerate_points() -> st.SearchStrategy[DeepLinear]:
    """Small data with d_x < d_y, at critical points with two zero layers."""

    @st.composite
    def drawn(draw: st.DrawFn) -> DeepLinear:
        inputs = draw(st.integers(1, 2))
        outputs = inputs + draw(st.integers(1, 2))
        count = draw(st.integers(1, 3))
        hidden = draw(st.lists(st.integers(1, 3), min_size=1, max_size=2))
        entry = st.integers(-2, 2)

        def rows(height: int, width: int, *, free: bool) -> Rows:
            if not free:
                return zeros(height, width)
            return tuple(tuple(draw(entry) for _ in range(width)) for _ in range(height))

        widths = [inputs, *hidden, outputs]
        kept = draw(st.integers(0, len(hidden))) if len(hidden) == 2 else -1
        pairs = enumerate(pairwise(widths))
        return DeepLinear(
            inputs=rows(inputs, count, free=True),
            targets=rows(outputs, count, free=True),
            weights=tuple(rows(above, below, free=k == kept) for k, (below, above) in pairs),
        )

    return drawn()


ONE_SAMPLE = DeepLinear(
    name="one sample, zero weights",
    inputs=((2,),),
    targets=((1,), (3,)),
    weights=(zeros(1, 1), zeros(2, 1)),
)
NO_INPUTS_NONZERO_PRODUCT = DeepLinear(
    name="inputs all zero, nonzero weights",
    inputs=((0,),),
    targets=((1,), (1,)),
    weights=(((1,),), ((1,), (0,))),
)
UNSEEN_DIRECTION = DeepLinear(
    name="weights on a coordinate that no input has",
    inputs=((1,), (0,)),
    targets=((1,), (1,), (0,)),
    weights=(((0, 1),), ((0,), (0,), (0,))),
)
NOT_CRITICAL = DeepLinear(
    name="not critical",
    inputs=((1, 0),),
    targets=((1, 0), (0, 1)),
    weights=(((1,),), ((2,), (1,))),
)
BEST_FIT = DeepLinear(
    name="best linear map",
    inputs=((1, 0),),
    targets=((1, 0), (2, 1)),
    weights=(((1,),), ((1,), (2,))),
)

INDEPENDENT_OF_STAGE = (
    "it speaks of the procedure of the proof, and the lemma does not mention the procedure"
)

YSJ18_LB1 = Statement(
    key="YSJ18.LB1",
    kind="lemma",
    where="App. B, Lemma B.1",
    title="Critical and not a local minimum => saddle (d_x<d_y)",
    claim=(
        "For d_x < d_y and full ranks of X X^T and Y X^T, any critical point of L that is not a "
        "local minimum is a saddle point."
    ),
    hypotheses=(
        input_gram_has_full_rank,
        correlation_has_full_rank,
        inputs_are_fewer_than_outputs,
        point_is_critical,
        point_is_no_local_minimum,
        every_layer_was_perturbed,
    ),
    conclusion=point_is_a_saddle,
    instances=(
        ONE_SAMPLE,
        SADDLE_WITH_FEATURES,
        DeepLinear(
            name="duplicated hidden units",
            inputs=((1, 0, 0), (0, 1, 0)),
            targets=((1, 0, 0), (0, 2, 0), (0, 0, 1)),
            weights=(
                ((1, 0), (1, 0)),
                ((Fraction(1, 2), Fraction(1, 2)), (0, 0), (0, 0)),
            ),
        ),
        DeepLinear(
            name="narrow layer, zero weights",
            inputs=((1, 0, 1), (0, 1, 1)),
            targets=((1, 2, 0), (0, 1, 0), (1, 1, 2)),
            weights=(zeros(1, 2), zeros(3, 1)),
        ),
        DeepLinear(
            name="wide layer, zero weights",
            inputs=((1, 2),),
            targets=((1, 0), (1, 1)),
            weights=(zeros(4, 1), zeros(2, 4)),
        ),
        DeepLinear(
            name="three layers, the middle one free",
            inputs=((1, 1),),
            targets=((1, 2), (0, 1)),
            weights=(zeros(2, 1), ((1, -1), (2, 0)), zeros(2, 2)),
        ),
        DeepLinear(
            name="last layer kills the correlation",
            inputs=((1, 0), (0, 1)),
            targets=((1, 0), (0, 1), (1, 1)),
            weights=(zeros(2, 2), ((1, 0), (1, 0), (-1, 0))),
        ),
    ),
    controls={point_is_critical: NOT_CRITICAL, point_is_no_local_minimum: BEST_FIT},
    no_control={
        input_gram_has_full_rank: (
            "X = 0 makes the risk constant and every point a local minimum; for any other X the "
            "conclusion holds"
        ),
        correlation_has_full_rank: "the proof never uses it, and the conclusion holds without it",
        inputs_are_fewer_than_outputs: (
            "the proof never uses it, and the conclusion holds without it"
        ),
        every_layer_was_perturbed: INDEPENDENT_OF_STAGE,
    },
    strategy=degenerate_points,
    expected=(("invalid inference", "step full_rank_factors_have_a_full_rank_product"),),
)


@YSJ18_LB1.step(
    premises=(last_layer_hessian_is_kronecker, input_gram_has_full_rank),
    gives=risk_bends_up_where_product_is_nonzero,
    cites=YSJ18_I10,
    via=itself,
    controls={input_gram_has_full_rank: UNSEEN_DIRECTION},
    no_control={
        last_layer_hessian_is_kronecker: (
            "another factor before the squared error multiplies the block by a positive number"
        )
    },
    strategy=points,
)
def semidefinite_and_not_zero(s: DeepLinear, hessian: Verdict, full: Verdict) -> Verdict:
    """(P X)(P X)^T is positive semidefinite, and not zero since X X^T is invertible."""
    gram = hessian.data["gram"]
    if s.below_last.is_zero:
        return holds(Evidence.EXACT, "W_H ... W_1 = 0, so that nothing is claimed")
    diagonal = [gram[i, i] for i in range(gram.shape[0])]
    return positive(sum(diagonal[1:], diagonal[0]))


declare_draws(YSJ18_LB1)


@YSJ18_LB1.step(
    premises=(procedure_almost_surely_stops, input_gram_has_full_rank),
    gives=higher_points_are_near_where_product_is_zero,
    controls={input_gram_has_full_rank: NO_INPUTS},
    no_control={
        procedure_almost_surely_stops: (
            "the yield does not depend on the stage, and holds wherever X is not zero"
        )
    },
    strategy=any_stage,
)
def one_of_two_opposite_points_is_higher(s: DeepLinear, stops: Verdict, full: Verdict) -> Verdict:
    """L(U1) + L(U2) - 2 L(W) = |Delta X|^2 > 0 for the points W_{i*} + Delta, W_{i*} - Delta."""
    if "star" not in stops.data:
        return holds(Evidence.EXACT, "W_H ... W_1 is not zero, so that nothing is claimed")
    star: int = stops.data["star"]
    return opposite_points(s, star)


@YSJ18_LB1.step(
    premises=(risk_bends_up_where_product_is_nonzero, higher_points_are_near_where_product_is_zero),
    gives=point_is_no_local_maximum,
    controls={
        risk_bends_up_where_product_is_nonzero: NO_INPUTS_NONZERO_PRODUCT,
        higher_points_are_near_where_product_is_zero: NO_INPUTS,
    },
    strategy=points,
)
def both_cases_have_higher_points(s: DeepLinear, nonzero: Verdict, zero: Verdict) -> Verdict:
    """W_H ... W_1 is zero or it is not; in both cases points of greater risk lie near."""
    if s.below_last.is_zero:
        return holds(zero.evidence, zero.reason)
    unit = s.field.ones(*s.W[-1].shape)
    still = [w.scale(0) for w in s.W[:-1]]
    candidates = [unit, *(s.unit(s.depth, 0, j) for j in range(unit.shape[1]))]
    rises = [s.along([*still, direction])[2] for direction in candidates]
    return positive(max(rises))


@YSJ18_LB1.step(
    premises=(point_is_critical, point_is_no_local_minimum, point_is_no_local_maximum),
    gives=point_is_a_saddle,
    controls={point_is_critical: NOT_CRITICAL, point_is_no_local_minimum: BEST_FIT},
    no_control={
        point_is_no_local_maximum: (
            "the risk is convex in the last layer: a local maximum is a point where it is "
            "constant nearby"
        )
    },
)
def saddle_by_definition(
    s: DeepLinear, critical: Verdict, lower: Verdict, higher: Verdict
) -> Verdict:
    """A critical point that is neither a local minimum nor a local maximum is a saddle."""
    return all_of(critical=critical, lower_points=lower, higher_points=higher)


YSJ18_LB1_REPAIRED = YSJ18_LB1.repair(
    claim=(
        "The same claim. In its proof the product V_{H+1} ... V_1 is almost surely not zero, "
        "since its entries are polynomials in the draw that do not all vanish identically."
    ),
    minimal=(
        "full rank of the factors is not enough even for a nonzero product; that every layer is "
        "perturbed is needed, since the product of unperturbed layers is zero"
    ),
    without=("rank_deficient_draws_are_null",),
)
declare_repaired_draws(YSJ18_LB1_REPAIRED)
