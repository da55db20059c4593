"""Section 3.4, Proposition 3.7: which critical points of V_1 are global minima.

Notation: M = Y X^T (X X^T)^-1, F = M X = U S V^T, U^ (d_y, k) the first k columns of U, R* = U^
U^^T M; A_i, B_i, p and V_1 as in `section_3_chains`; Q = A_p^T (A_p A_p^T)^-1 A_p, the projection
onto row(A_p).

Statements: YSJ18_P3_7.

Design notes. Whether row(A_p) is col(U^) is decided without U^, by an inertia. The steps that speak
of U^ U^^T need rational singular vectors.
"""

from __future__ import annotations

from dataclasses import replace

from symbolic_landscape.arithmetic import Matrix, equal, rank_is, size_at_least, size_at_most
from symbolic_landscape.former.lemma import Fact, Statement, fact
from symbolic_landscape.proofs.common.low_rank import spans_leading
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.bottleneck_instances import (
    ANOTHER_BASIS,
    BROAD_FITTED,
    DEGENERATE_BLOCKS,
    DEPENDENT_ROWS,
    EQUAL_VALUES,
    GREATER_FITTED,
    MANY_OUTPUTS,
    NOTHING_BELOW,
    OFF,
    SMALLER_FITTED,
    TWO_NARROW,
    points_of_v_1,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.chains import (
    BottleneckPoint,
    above,
    below,
    fit_gram,
    row_projection,
    solution,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.extrema import point_is_critical
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.instances import zeros
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_2 import (
    correlation_has_full_rank,
    input_gram_has_full_rank,
    nonzero_singular_values_are_distinct,
    risk_is_half_the_squared_error,
    singular_values_are_distinct,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_3_chains import (
    itself,
    layer_has_the_least_width,
    least_width_is_below_both_ends,
    product_has_rank_k,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_3_criticality import (
    YSJ18_P3_6,
    critical_exactly_where_errors_vanish,
    errors_vanish_at_the_bottleneck,
    same_answer,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_3_optimum import (
    YSJ18_P3_1,
    projected_solution_is_the_unique_optimum,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_3_relaxation import (
    full_product,
    point_is_a_global_minimum,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_3_saddles import (
    ASSUMPTIONS,
    REGIMES,
    REPAIRED_ASSUMPTIONS,
    UNUSED,
    with_leading_vectors,
)
from symbolic_landscape.verdict import Evidence, Verdict, all_of, fails, negation

# --- facts -----


def spans_the_leading_space(s: BottleneckPoint) -> Verdict:
    """Whether row(A_p) is col(U^), where that is one space."""
    return spans_leading(fit_gram(s), above(s, s.layer).T, s.least_width, strict=True)


def spans_an_invariant_space(s: BottleneckPoint) -> Verdict:
    """Whether F F^T maps row(A_p) into itself."""
    rows = above(s, s.layer).T
    return rank_is(rows.hstack(fit_gram(s) @ rows), rows.rank())


@fact(r"\operatorname{rank} A_p = k,\ A_p \in \mathbb{R}^{k \times d_y}")
def rows_of_a_p_are_independent(s: BottleneckPoint) -> Verdict:
    """A_p has k rows and rank k, so that A_p A_p^T is invertible."""
    upper = above(s, s.layer)
    return all_of(rank=rank_is(upper, s.least_width), rows=rank_is(upper, upper.shape[0]))


@fact(
    r"W_{H+1} \cdots W_1 = A_p^T (A_p A_p^T)^{-1} A_p YX^T(XX^T)^{-1}",
    mutants={
        "without the projection": lambda s: equal(full_product(s), solution(s)),
        "without the inverse": lambda s: equal(
            full_product(s), above(s, s.layer).T @ above(s, s.layer) @ solution(s)
        ),
    },
)
def product_is_the_projected_solution(s: BottleneckPoint) -> Verdict:
    """The product of the weights is M projected onto row(A_p)."""
    upper = above(s, s.layer)
    if upper.rank() < upper.shape[0] or (s.X @ s.X.T).rank() < s.input_width:
        return fails(Evidence.EXACT, "A_p A_p^T or X X^T has no inverse")
    return equal(full_product(s), row_projection(s) @ solution(s))


def optimum(s: BottleneckPoint) -> Matrix:
    """R* = U^ U^^T M (d_y, d_x). Raises DomainError where U^ is not rational or not unique."""
    return with_leading_vectors(s).projected_solution


@fact(
    r"L(W) = \inf L \iff \hat U \hat U^T YX^T(XX^T)^{-1} = W_{H+1} \cdots W_1",
    mutants={
        "at M itself": lambda s: same_answer(
            point_is_a_global_minimum.decide(s), equal(full_product(s), solution(s))
        ),
    },
)
def least_exactly_where_the_product_is_optimal(s: BottleneckPoint) -> Verdict:
    """The point is a global minimum if and only if the product of the weights is R*."""
    return same_answer(point_is_a_global_minimum.decide(s), equal(full_product(s), optimum(s)))


@fact(
    r"\hat U \hat U^T YX^T(XX^T)^{-1} = W_{H+1} \cdots W_1 \iff "
    r"A_p^T (A_p A_p^T)^{-1} A_p = \hat U \hat U^T",
    mutants={
        "the projections differ": lambda s: same_answer(
            equal(full_product(s), optimum(s)), negation(projections_agree(s))
        ),
    },
)
def optimal_exactly_where_projections_agree(s: BottleneckPoint) -> Verdict:
    """The product is R* if and only if Q = U^ U^^T."""
    return same_answer(equal(full_product(s), optimum(s)), projections_agree(s))


def projections_agree(s: BottleneckPoint) -> Verdict:
    """Whether Q = U^ U^^T."""
    vectors = with_leading_vectors(s).vectors
    upper = above(s, s.layer)
    if upper.rank() < upper.shape[0]:
        return fails(Evidence.EXACT, "A_p A_p^T has no inverse")
    return equal(row_projection(s), vectors @ vectors.T)


@fact(
    r"L(W) = \inf L \iff \operatorname{col}(W_{H+1} \cdots W_{p+1}) = \operatorname{row}(A_p) = "
    r"\operatorname{col}(\hat U)",
    mutants={
        "every critical point": lambda s: point_is_a_global_minimum.decide(s),
        "no critical point": lambda s: negation(point_is_a_global_minimum.decide(s)),
        "any invariant space": lambda s: same_answer(
            point_is_a_global_minimum.decide(s), spans_an_invariant_space(s)
        ),
    },
)
def least_exactly_where_leading_space_is_spanned(s: BottleneckPoint) -> Verdict:
    """The point is a global minimum if and only if row(A_p) is col(U^)."""
    return same_answer(point_is_a_global_minimum.decide(s), spans_the_leading_space(s))


# --- P3.7 -----

NO_CONTROL: dict[Fact, str] = {
    **UNUSED,
    correlation_has_full_rank: (
        "a critical point of V_1 has a product of rank k, and this is a projection of M: so the "
        "rank of Y X^T is at least k at every such point"
    ),
    least_width_is_below_both_ends: (
        "for k = min(d_x, d_y) both sides hold at every critical point of V_1"
    ),
}

CRITICAL_IN_V_1 = (
    least_width_is_below_both_ends,
    product_has_rank_k,
    layer_has_the_least_width,
    point_is_critical,
)
CONTROLS: dict[Fact, BottleneckPoint] = {
    product_has_rank_k: NOTHING_BELOW,
    layer_has_the_least_width: BROAD_FITTED,
    point_is_critical: OFF,
}

YSJ18_P3_7 = Statement(
    key="YSJ18.P3.7",
    kind="proposition",
    where="sec. 3.4",
    title="Which critical points of V_1 are global",
    claim=(
        "A critical point of V_1 is a global minimum if and only if col(W_{H+1} ... W_{p+1}) = "
        "row(A_p) = col(U^)."
    ),
    hypotheses=(
        risk_is_half_the_squared_error,
        *ASSUMPTIONS,
        singular_values_are_distinct,
        *CRITICAL_IN_V_1,
    ),
    conclusion=least_exactly_where_leading_space_is_spanned,
    instances=(
        SMALLER_FITTED,
        GREATER_FITTED,
        DEGENERATE_BLOCKS,
        TWO_NARROW,
        replace(
            DEGENERATE_BLOCKS,
            name="widths 3, 3, 1, 3, the greatest direction beside free lower blocks",
            weights=(((3, 0, 0), (0, 5, 0), (7, 0, 0)), ((1, 0, 0),), ((1,), (0,), (0,))),
        ),
        ANOTHER_BASIS,
    ),
    controls={singular_values_are_distinct: EQUAL_VALUES, **CONTROLS},
    no_control=NO_CONTROL,
    strategy=points_of_v_1,
    regimes=REGIMES,
    expected=(("inconsistent", "regime d_y >= d_x + 2"),),
)


@YSJ18_P3_7.step(
    premises=(critical_exactly_where_errors_vanish, point_is_critical),
    gives=errors_vanish_at_the_bottleneck,
    cites=YSJ18_P3_6,
    via=itself,
    controls={
        critical_exactly_where_errors_vanish: BROAD_FITTED,
        point_is_critical: OFF,
    },
)
def critical_point_of_v_1(s: BottleneckPoint, exactly: Verdict, critical: Verdict) -> Verdict:
    """The point is critical, so that A_p E = 0 by Proposition 3.6."""
    return all_of(exactly=exactly, critical=critical)


@YSJ18_P3_7.step(
    premises=(product_has_rank_k, layer_has_the_least_width),
    gives=rows_of_a_p_are_independent,
    controls={
        product_has_rank_k: replace(
            NOTHING_BELOW, name="all weights zero", weights=(zeros(1, 2), zeros(1, 1), zeros(2, 1))
        ),
        layer_has_the_least_width: BROAD_FITTED,
    },
)
def product_contains_a_p(s: BottleneckPoint, full: Verdict, narrow: Verdict) -> Verdict:
    """The product is A_p^T B_{p+1}^T, of rank k, and A_p has k rows."""
    product = above(s, s.layer).T @ below(s, s.layer + 1).T
    return all_of(
        factors=equal(full_product(s), product),
        rows=size_at_most(above(s, s.layer).shape[0], product.rank()),
    )


@YSJ18_P3_7.step(
    premises=(
        errors_vanish_at_the_bottleneck,
        rows_of_a_p_are_independent,
        input_gram_has_full_rank,
    ),
    gives=product_is_the_projected_solution,
    controls={
        errors_vanish_at_the_bottleneck: OFF,
        rows_of_a_p_are_independent: BottleneckPoint(
            name="widths 1, 1, 1, zero weights and targets",
            inputs=((1,),),
            targets=((0,),),
            weights=(zeros(1, 1), zeros(1, 1)),
        ),
        input_gram_has_full_rank: BottleneckPoint(
            name="widths 2, 1, 2, dependent inputs",
            inputs=((1, 0), (1, 0)),
            targets=((2, 0), (0, 1)),
            weights=(((2, 0),), ((1,), (0,))),
        ),
    },
)
def solve_for_the_lower_product(
    s: BottleneckPoint, errors: Verdict, independent: Verdict, full: Verdict
) -> Verdict:
    """A_p E = A_p A_p^T B_{p+1}^T X X^T - A_p Y X^T = 0 gives B_{p+1}^T = (A_p A_p^T)^-1 A_p M."""
    upper, lower = above(s, s.layer), below(s, s.layer + 1)
    return all_of(
        expanded=equal(
            upper @ (full_product(s) @ s.X - s.Y) @ s.X.T,
            upper @ upper.T @ lower.T @ s.X @ s.X.T - upper @ s.Y @ s.X.T,
        ),
        solved=equal(lower.T, (upper @ upper.T).inverse() @ upper @ solution(s)),
    )


@YSJ18_P3_7.step(
    premises=(projected_solution_is_the_unique_optimum, product_is_the_projected_solution),
    gives=least_exactly_where_the_product_is_optimal,
    cites=YSJ18_P3_1,
    via=with_leading_vectors,
    no_control={
        projected_solution_is_the_unique_optimum: "it holds wherever the vectors exist",
        product_is_the_projected_solution: (
            "any product is optimal exactly where it is the unique optimum"
        ),
    },
)
def compare_with_the_unique_optimum(
    s: BottleneckPoint, unique: Verdict, projected: Verdict
) -> Verdict:
    """R* is the unique optimal solution of the relaxed problem, which some weights attain."""
    best = optimum(s)
    return all_of(
        attained=size_at_most(best.rank(), s.least_width),
        same_error=same_answer(
            equal(full_product(s) @ s.X, best @ s.X), equal(full_product(s), best)
        ),
    )


@YSJ18_P3_7.step(
    premises=(
        least_exactly_where_the_product_is_optimal,
        product_is_the_projected_solution,
        rows_of_a_p_are_independent,
        correlation_has_full_rank,
        least_width_is_below_both_ends,
    ),
    gives=optimal_exactly_where_projections_agree,
    tried_on=(NOTHING_BELOW,),
    controls={product_is_the_projected_solution: OFF},
    no_control={
        least_exactly_where_the_product_is_optimal: "it holds wherever the vectors exist",
        rows_of_a_p_are_independent: "Q needs the inverse of A_p A_p^T",
        correlation_has_full_rank: "U^ is not unique where the rank of M is less than k",
        least_width_is_below_both_ends: "only that k is at most the rank of M is used",
    },
)
def project_onto_the_same_space(
    s: BottleneckPoint,
    least: Verdict,
    product: Verdict,
    rows: Verdict,
    full: Verdict,
    below_ends: Verdict,
) -> Verdict:
    """Q M = U^ U^^T M with U^ U^^T M of rank k: its columns span both spaces."""
    best = optimum(s)
    return all_of(
        spans=rank_is(best, s.least_width),
        rank_of_solution=size_at_least(solution(s).rank(), s.least_width),
    )


@YSJ18_P3_7.step(
    premises=(
        least_exactly_where_the_product_is_optimal,
        optimal_exactly_where_projections_agree,
        rows_of_a_p_are_independent,
    ),
    gives=least_exactly_where_leading_space_is_spanned,
    controls={
        optimal_exactly_where_projections_agree: OFF,
        rows_of_a_p_are_independent: DEPENDENT_ROWS,
    },
    no_control={least_exactly_where_the_product_is_optimal: "it holds wherever the vectors exist"},
)
def a_projection_is_given_by_its_space(
    s: BottleneckPoint, least: Verdict, agree: Verdict, independent: Verdict
) -> Verdict:
    """Q projects onto row(A_p) and U^ U^^T onto col(U^), so that they agree with their spaces."""
    return same_answer(projections_agree(s), spans_the_leading_space(s))


YSJ18_P3_7_REPAIRED = YSJ18_P3_7.repair(
    claim=("The same claim for distinct nonzero singular values, which d_y >= d_x + 2 allows."),
    minimal=(
        "all singular values cannot be distinct for d_y >= d_x + 2; where the k-th equals the "
        "next, col(U^) is not one space, and global minima span different ones"
    ),
    hypotheses=(
        risk_is_half_the_squared_error,
        *REPAIRED_ASSUMPTIONS,
        *CRITICAL_IN_V_1,
    ),
    instances=(*YSJ18_P3_7.instances, *MANY_OUTPUTS),
    controls={nonzero_singular_values_are_distinct: EQUAL_VALUES, **CONTROLS},
)
