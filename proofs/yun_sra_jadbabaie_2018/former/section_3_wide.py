"""Section 3.3: critical points with a well-conditioned partial product are global minima.

Notation: see `wide`; V_1 is the set of points whose product has rank k.

Statements: YSJ18_P3_4, YSJ18_P3_5.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from symbolic_landscape.arithmetic import (
    at_most,
    equal,
    rank_is,
    size_at_least,
)
from symbolic_landscape.former.lemma import Statement
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.chains import (
    BottleneckPoint,
    correlation_error,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.extrema import point_is_critical
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.linear import squared_norm
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.relaxation import RelaxedProblem
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_2 import (
    input_gram_has_full_rank,
    risk_is_half_the_squared_error,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_3 import (
    YSJ18_L3_2,
    gradient_is_product_of_transposes,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_3_bounds import (
    YSJ18_L3_3,
    Factors,
    product_is_bounded_below,
    smaller_gram,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_3_chains import (
    itself,
    product_has_rank_k,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_3_relaxation import (
    YSJ18_I2,
    attaining_the_relaxed_infimum_suffices,
    full_product,
    point_is_a_global_minimum,
    risk_is_the_relaxed_infimum,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_3_unconstrained import (
    YSJ18_E3,
    normal_solution_is_the_unique_optimum,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.spectral import rows_of
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.wide import (
    DEPENDENT,
    DOUBLED_WEIGHT,
    FITTED,
    FITTED_DEEP,
    ILL_FITTING,
    LONG_DIRECTION,
    NARROW,
    NARROW_MIDDLE,
    NOT_CRITICAL,
    RANK_ONE,
    SHORT_DIRECTION,
    SINGLE_LAYER,
    UNFITTED,
    WIDE_HIDDEN,
    WRONG_CASE,
    ZERO_EPSILON,
    ZERO_WEIGHTS,
    WidePoint,
    case_fits_the_widths,
    epsilon_is_positive,
    error_is_uncorrelated_with_inputs,
    no_layer_is_narrower_than_both_ends,
    outer_gradient_bounds_the_error,
    outer_gradient_vanishes,
    partial_product_has_full_rank,
    partial_product_is_long,
    partial_product_is_well_conditioned,
    product_is_the_normal_solution,
    some_epsilon_fits,
    wide_points,
)
from symbolic_landscape.verdict import Verdict, all_of

# --- P3.4 -----

YSJ18_P3_4 = Statement(
    key="YSJ18.P3.4",
    kind="proposition",
    where="sec. 3.3",
    title="Critical points with a well-conditioned partial product are global",
    claim=(
        "For k = min(d_x, d_y) and eps > 0, any critical point with sigma_min(W_{H+1} ... W_2) >= "
        "eps, if d_y <= d_x, or sigma_min(W_H ... W_1) >= eps, if d_x <= d_y, is a global minimum."
    ),
    hypotheses=(
        risk_is_half_the_squared_error,
        input_gram_has_full_rank,
        no_layer_is_narrower_than_both_ends,
        case_fits_the_widths,
        epsilon_is_positive,
        point_is_critical,
        partial_product_is_well_conditioned,
    ),
    conclusion=point_is_a_global_minimum,
    instances=(
        FITTED,
        replace(FITTED, name="widths 2, 2, 2, the other case", case="inputs"),
        FITTED_DEEP,
        SINGLE_LAYER,
        WIDE_HIDDEN,
    ),
    controls={
        no_layer_is_narrower_than_both_ends: NARROW,
        case_fits_the_widths: WRONG_CASE,
        epsilon_is_positive: ZERO_EPSILON,
        point_is_critical: NOT_CRITICAL,
        partial_product_is_well_conditioned: ZERO_WEIGHTS,
    },
    no_control={
        risk_is_half_the_squared_error: "a positive factor changes no critical point or minimum",
        input_gram_has_full_rank: (
            "E = 0 makes a point a global minimum whatever the rank of X X^T; the proof needs the "
            "inverse to write the optimum down"
        ),
    },
    strategy=wide_points,
)


def outer_factors(s: WidePoint) -> Factors:
    """T^T and E, or E and T^T, with the bound by the least singular value of T^T."""
    steering, error = rows_of(s.partial_product.T), rows_of(correlation_error(s))
    if s.case == "outputs":
        return Factors(name=s.name, left=steering, right=error, side="left")
    return Factors(name=s.name, left=error, right=steering, side="right")


def unconstrained(s: BottleneckPoint) -> RelaxedProblem:
    """The relaxed problem with the least width as the bound on the rank."""
    return RelaxedProblem(name=s.name, inputs=s.inputs, targets=s.targets, rank_bound=s.least_width)


@YSJ18_P3_4.step(
    premises=(gradient_is_product_of_transposes, point_is_critical),
    gives=outer_gradient_vanishes,
    cites=YSJ18_L3_2,
    via=itself,
    controls={point_is_critical: NOT_CRITICAL},
    no_control={
        gradient_is_product_of_transposes: "another factor changes no zero of the gradient"
    },
)
def outer_layer_is_critical(s: WidePoint, gradient: Verdict, critical: Verdict) -> Verdict:
    """(5) for i = 1 is T^T E, and for i = H + 1 it is E T^T."""
    return equal(s.gradient_term(s.outer_layer), s.outer_gradient)


@YSJ18_P3_4.step(
    premises=(no_layer_is_narrower_than_both_ends, case_fits_the_widths),
    gives=partial_product_is_long,
    controls={
        no_layer_is_narrower_than_both_ends: NARROW,
        case_fits_the_widths: WRONG_CASE,
    },
)
def hidden_layers_are_wide(s: WidePoint, wide: Verdict, case: Verdict) -> Verdict:
    """Every hidden layer has at least min(d_x, d_y) units, which is d_y or d_x in its case."""
    hidden = s.widths[1] if s.case == "outputs" else s.widths[-2]
    return size_at_least(hidden, min(s.input_width, s.output_width))


@YSJ18_P3_4.step(
    premises=(
        product_is_bounded_below,
        partial_product_is_long,
        partial_product_is_well_conditioned,
    ),
    gives=outer_gradient_bounds_the_error,
    cites=YSJ18_L3_3,
    via=outer_factors,
    tried_on=(SHORT_DIRECTION, LONG_DIRECTION, DOUBLED_WEIGHT),
    controls={partial_product_is_well_conditioned: ZERO_WEIGHTS},
    no_control={
        product_is_bounded_below: "it holds wherever the hidden end is wide enough",
        partial_product_is_long: (
            "it is what Lemma 3.3 needs: where the bound of the lemma holds, nothing more is used"
        ),
    },
)
def least_singular_value_is_at_least_epsilon(
    s: WidePoint, bounded: Verdict, long: Verdict, conditioned: Verdict
) -> Verdict:
    """|T^T E|^2 >= sigma_min^2(T) |E|^2 >= eps^2 |E|^2."""
    size = squared_norm(correlation_error(s))
    return all_of(
        lemma=at_most(size * s.least_square, squared_norm(s.outer_gradient)),
        smaller_factor=at_most(size * s.epsilon**2, size * s.least_square),
    )


@YSJ18_P3_4.step(
    premises=(outer_gradient_vanishes, outer_gradient_bounds_the_error, epsilon_is_positive),
    gives=error_is_uncorrelated_with_inputs,
    controls={
        outer_gradient_vanishes: NOT_CRITICAL,
        outer_gradient_bounds_the_error: ZERO_WEIGHTS,
        epsilon_is_positive: ZERO_EPSILON,
    },
)
def nothing_is_left_of_the_error(
    s: WidePoint, zero: Verdict, bound: Verdict, epsilon: Verdict
) -> Verdict:
    """0 >= eps^2 |E|^2 with eps > 0 leaves E = 0."""
    gradient = squared_norm(s.outer_gradient)
    return at_most(squared_norm(correlation_error(s)), gradient / s.field.scalar(s.epsilon**2))


@YSJ18_P3_4.step(
    premises=(error_is_uncorrelated_with_inputs, input_gram_has_full_rank),
    gives=product_is_the_normal_solution,
    controls={
        error_is_uncorrelated_with_inputs: NOT_CRITICAL,
        input_gram_has_full_rank: DEPENDENT,
    },
)
def solve_for_the_product(s: WidePoint, error: Verdict, full: Verdict) -> Verdict:
    """R X X^T = Y X^T, and X X^T is invertible."""
    gram = s.X @ s.X.T
    return all_of(
        normal=equal(full_product(s) @ gram, s.Y @ s.X.T),
        invertible=rank_is(gram, s.input_width),
    )


@YSJ18_P3_4.step(
    premises=(
        normal_solution_is_the_unique_optimum,
        product_is_the_normal_solution,
        risk_is_half_the_squared_error,
    ),
    gives=risk_is_the_relaxed_infimum,
    cites=YSJ18_E3,
    via=unconstrained,
    controls={
        product_is_the_normal_solution: NOT_CRITICAL,
        risk_is_half_the_squared_error: UNFITTED,
    },
    no_control={
        normal_solution_is_the_unique_optimum: (
            "a product that equals Y X^T (X X^T)^-1 shows that this map exists and is feasible"
        )
    },
)
def product_is_the_optimum(
    s: WidePoint, optimum: Verdict, product: Verdict, half: Verdict
) -> Verdict:
    """The product is the unique optimal solution (3) of the relaxed problem (2)."""
    problem = unconstrained(s)
    return equal(problem.value(problem.normal_solution), s.risk(s.W))


@YSJ18_P3_4.step(
    premises=(attaining_the_relaxed_infimum_suffices, risk_is_the_relaxed_infimum),
    gives=point_is_a_global_minimum,
    cites=YSJ18_I2,
    via=itself,
    controls={risk_is_the_relaxed_infimum: NOT_CRITICAL},
    no_control={
        attaining_the_relaxed_infimum_suffices: "the relaxation bounds every risk from below"
    },
)
def relaxed_infimum_is_attained(s: WidePoint, suffices: Verdict, attained: Verdict) -> Verdict:
    """A point that attains the infimum of the relaxed problem is a global minimum."""
    return all_of(attained=attained, suffices=suffices)


# --- P3.5 -----


YSJ18_P3_5 = Statement(
    key="YSJ18.P3.5",
    kind="proposition",
    where="sec. 3.3",
    title="V_1 is covered by the W_eps",
    claim="For any W in V_1 there is an eps > 0 with W in W_eps.",
    hypotheses=(
        no_layer_is_narrower_than_both_ends,
        case_fits_the_widths,
        product_has_rank_k,
    ),
    conclusion=some_epsilon_fits,
    instances=(
        FITTED,
        FITTED_DEEP,
        SINGLE_LAYER,
        WIDE_HIDDEN,
        replace(
            SHORT_DIRECTION,
            name="a least singular value of one half",
            weights=(((1, 0), (0, 1)), ((Fraction(1, 2), 0), (0, 1))),
        ),
        replace(
            FITTED_DEEP,
            name="widths 1, 2, 3, 3, any point",
            weights=(((1,), (1,)), ((0, 1), (1, 0), (0, 0)), ((1, 0, 0), (0, 0, 0), (0, 0, 0))),
        ),
    ),
    controls={
        no_layer_is_narrower_than_both_ends: NARROW_MIDDLE,
        case_fits_the_widths: ILL_FITTING,
        product_has_rank_k: RANK_ONE,
    },
    strategy=wide_points,
)


@YSJ18_P3_5.step(
    premises=(product_has_rank_k, no_layer_is_narrower_than_both_ends, case_fits_the_widths),
    gives=partial_product_has_full_rank,
    controls={
        product_has_rank_k: RANK_ONE,
        no_layer_is_narrower_than_both_ends: NARROW_MIDDLE,
        case_fits_the_widths: ILL_FITTING,
    },
)
def deficient_partial_product_leaves_v_1(
    s: WidePoint, rank: Verdict, wide: Verdict, case: Verdict
) -> Verdict:
    """A partial product of lower rank would leave the product with less than rank k."""
    first = s.case == "outputs"
    other = s.W[0] if first else s.W[-1]
    product = s.partial_product @ other if first else other @ s.partial_product
    return all_of(
        factor=equal(product, full_product(s)),
        bound=size_at_least(s.partial_product.rank(), product.rank()),
    )


@YSJ18_P3_5.step(
    premises=(partial_product_has_full_rank,),
    gives=some_epsilon_fits,
    controls={partial_product_has_full_rank: RANK_ONE},
)
def least_singular_value_is_the_epsilon(s: WidePoint, full: Verdict) -> Verdict:
    """Eps = sigma_min(T) is positive, since T has full rank: its smaller Gram is invertible."""
    gram = smaller_gram(s.partial_product)
    return rank_is(gram, gram.shape[0])
