"""Section 2.2: the population risk of linear networks, and Theorem 2.1 for it.

Notation: x has mean 0 and covariance C, y = R x + xi with standard noise xi; P is the product of
the layers, I + W_i in a residual network; the risk is E |P x - y|^2 / 2.

Statements: YSJ18_D4, YSJ18_I1.

Design notes. The noise adds the same number to every risk. So the population risk is the empirical
risk of n columns with covariance C and targets R x, over n, and d_y / 2.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from symbolic_landscape.arithmetic import (
    Matrix,
    Scalar,
    equal,
    nonsingular,
    positive,
    rank_is,
    sizes_equal,
)
from symbolic_landscape.former.lemma import Statement, fact
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.chains import BottleneckPoint
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.extrema import (
    point_is_a_saddle,
    point_is_critical,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.linear import squared_norm
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.linear_population import (
    HALF,
    LinearPopulation,
    critical_populations,
    populations,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.population_instances import (
    BEST_OF_TWO,
    BOTTLENECK,
    NO_INPUTS,
    NO_TRUTH,
    NOISY,
    NOT_CRITICAL,
    ONE_WIDE,
    POPULATIONS,
    SHIFTED,
    SINGLE,
    THREE_WIDE,
    TWO_WIDE,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.rank_points import (
    rank_tells_minima_from_saddles,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.relaxation import bare
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_2 import (
    correlation_has_full_rank,
    input_gram_has_full_rank,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_2_wide import YSJ18_T2_1
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_3_relaxation import (
    point_is_a_global_minimum,
)
from symbolic_landscape.verdict import Evidence, Verdict, all_of, fails, holds, undecided

# --- D4: the population risk -----


@fact(r"\mathbb{E}\,x = 0")
def inputs_have_mean_zero(s: LinearPopulation) -> Verdict:
    """The inputs have mean zero."""
    return sizes_equal(s.shift, 0)


@fact(r"\mathbb{E}\,\xi = 0,\ \mathbb{E}\,\xi\xi^T = I")
def noise_is_standard(s: LinearPopulation) -> Verdict:
    """The noise has mean zero and variance one in each coordinate, independent of the rest."""
    return all_of(mean=sizes_equal(s.noise_mean, 0), scale=equal(s.noise_scale**2, 1))


@fact(r"\det R > 0", ground=lambda v: v.sign_of_truth == 1)
def truth_has_positive_determinant(s: LinearPopulation) -> Verdict:
    """The true linear map has a positive determinant."""
    return positive(s.R.det())


def excess(s: LinearPopulation, covariance: Matrix) -> Scalar:
    """tr((P - R) C (P - R)^T) / 2."""
    error = s.P - s.R
    return (error @ covariance @ error.T).trace() * HALF


@fact(
    r"\tfrac12 \mathbb{E}\|Px - y\|^2 = \tfrac12 \operatorname{tr}\bigl((P-R) C (P-R)^T\bigr) + "
    r"\tfrac{d_y}{2}",
    mutants={
        "without the noise": lambda s: equal(s.risk, excess(s, s.covariance)),
        "without the factor one half": lambda s: equal(
            s.risk, excess(s, s.covariance) * 2 + s.outputs * HALF
        ),
    },
)
def risk_is_the_excess_and_the_noise(s: LinearPopulation) -> Verdict:
    """The population risk is half of tr((P - R) C (P - R)^T), and d_y / 2 for the noise."""
    return equal(s.risk, excess(s, s.covariance) + s.outputs * HALF)


YSJ18_D4 = Statement(
    key="YSJ18.D4",
    kind="definition",
    where="sec. 2.2",
    title="Linear residual population risk (Hardt-Ma setting)",
    claim=(
        "The risk is E |(I + W_{H+1}) ... (I + W_1) x - y|^2 / 2, where x has mean zero and a "
        "fixed covariance, y = R x + xi with standard Gaussian noise xi, and det R > 0."
    ),
    hypotheses=(inputs_have_mean_zero, noise_is_standard, truth_has_positive_determinant),
    conclusion=risk_is_the_excess_and_the_noise,
    instances=(
        ONE_WIDE,
        TWO_WIDE,
        THREE_WIDE,
        replace(SINGLE, name="width 1, not fitted", truth=((3,),)),
        LinearPopulation(
            name="width 2, a covariance of rank 1",
            atoms=((1, 2), (1, 2)),
            truth=((1, 1), (0, 1)),
            weights=(((-1, 0), (0, -1)), ((0, 1), (0, 0))),
        ),
    ),
    controls={inputs_have_mean_zero: SHIFTED, noise_is_standard: NOISY},
    no_control={
        truth_has_positive_determinant: "the formula holds for every R; the paper says so too"
    },
    strategy=populations,
)

# --- I1: Theorem 2.1 for the population risk -----


@fact(r"\nabla_W \tfrac12 \mathbb{E}\|Px - y\|^2 = 0")
def population_point_is_critical(s: LinearPopulation) -> Verdict:
    """The gradient of the population risk is zero at the point."""
    return point_is_critical.decide(s.sample)


@fact(
    r"\tfrac12 \mathbb{E}\|Px - y\|^2 = \inf_W",
    mutants={
        "no risk at all": lambda s: equal(s.risk, 0),
        "noise without the factor one half": lambda s: equal(s.risk, s.outputs),
    },
)
def population_risk_is_least(s: LinearPopulation) -> Verdict:
    """The point is a global minimum of the population risk."""
    best = s.truth_alone.risk
    if s.risk > best:
        if min(s.widths) < min(s.widths[0], s.outputs):
            return point_is_a_global_minimum.decide(s.sample)
        return fails(Evidence.EXACT, f"the risk {s.risk} exceeds that of the truth, {best}")
    if s.shift and s.noise_mean:
        return undecided("the noise is correlated with the inputs")
    return holds(Evidence.EXACT, f"the risk {s.risk} is that of the truth, {best}")


@fact(
    r"\tfrac12 \mathbb{E}\|Px - y\|^2 = \tfrac1n L(W) + \tfrac{d_y}{2}",
    mutants={"without the noise": lambda s: equal(s.risk, empirical_part(s))},
)
def population_risk_is_an_empirical_risk(s: LinearPopulation) -> Verdict:
    """The population risk is an empirical risk over the number of its columns, and d_y / 2."""
    return equal(s.risk, empirical_part(s) + s.outputs * HALF)


def empirical_part(s: LinearPopulation) -> Scalar:
    """The empirical risk of the sample over the number of columns."""
    return s.sample.risk(s.sample.W) * Fraction(1, s.count)


@fact(r"k = \min\{d_x, d_y\}")
def population_widths_have_no_bottleneck(s: LinearPopulation) -> Verdict:
    """The least width k of all layers is min(d_x, d_y)."""
    return sizes_equal(min(s.widths), min(s.widths[0], s.outputs))


@fact(r"\operatorname{rank} C = d_x")
def covariance_is_invertible(s: LinearPopulation) -> Verdict:
    """The covariance of the inputs is invertible."""
    return nonsingular(s.covariance)


@fact(r"\operatorname{rank} R = \min\{d_x, d_y\}")
def truth_has_full_rank(s: LinearPopulation) -> Verdict:
    """The true linear map has full rank."""
    return rank_is(s.R, min(s.R.shape))


def as_the_test_has_it(s: LinearPopulation, *, inside: bool) -> Verdict:
    """Whether the point is a global minimum, or a saddle."""
    return bare(
        population_risk_is_least.decide(s) if inside else point_is_a_saddle.decide(s.sample)
    )


@fact(
    r"\operatorname{rank} P = k \Rightarrow W \text{ is a global minimum}, \quad "
    r"\operatorname{rank} P \ne k \Rightarrow W \text{ is a saddle}",
    mutants={
        "rank at least 1": lambda s: as_the_test_has_it(s, inside=s.P.rank() >= 1),
        "rank less than k": lambda s: as_the_test_has_it(s, inside=s.P.rank() < min(s.widths)),
        "determinant positive": lambda s: as_the_test_has_it(
            s, inside=s.P.shape[0] == s.P.shape[1] and s.P.det() > 0
        ),
    },
)
def rank_tells_population_minima_from_saddles(s: LinearPopulation) -> Verdict:
    """The point is a global minimum of the population risk if P has rank k, and else a saddle."""
    return as_the_test_has_it(s, inside=s.P.rank() == min(s.widths))


@fact(r"\operatorname{rank} XX^T = d_x,\ \operatorname{rank} YX^T = k")
def columns_have_full_ranks(s: LinearPopulation) -> Verdict:
    """For the columns as inputs X and Y = R X, both X X^T and Y X^T have full ranks."""
    return all_of(
        inputs=input_gram_has_full_rank.decide(s.sample),
        correlation=correlation_has_full_rank.decide(s.sample),
    )


def sample_of(s: LinearPopulation) -> BottleneckPoint:
    """The empirical risk that differs from the population risk by a factor and a constant."""
    return s.sample


UNUSED = {
    inputs_have_mean_zero: (
        "a mean other than zero is a second moment other than the covariance, and no more"
    ),
    noise_is_standard: "noise that does not depend on x adds the same number to every risk",
}

AS_CITED = {
    rank_tells_minima_from_saddles: "where the theorem is cited, its conclusion is the yield",
    population_risk_is_an_empirical_risk: ("another mean or another noise moves every risk alike"),
    population_widths_have_no_bottleneck: (
        "without it the theorem is not cited, and its own conclusion is the yield"
    ),
    population_point_is_critical: (
        "without it the theorem is not cited, and its own conclusion is the yield"
    ),
}

YSJ18_I1 = Statement(
    key="YSJ18.I1",
    kind="identity",
    where="sec. 2.2",
    title="Population counterpart of Theorem 2.1",
    claim=(
        "Under the same assumptions on the distribution, but not det R > 0, every critical point "
        "of the population risk whose product has rank k = min(d_x, d_y) is a global minimum, and "
        "every other critical point is a saddle."
    ),
    hypotheses=(
        inputs_have_mean_zero,
        noise_is_standard,
        population_widths_have_no_bottleneck,
        population_point_is_critical,
    ),
    conclusion=rank_tells_population_minima_from_saddles,
    instances=(*POPULATIONS, NO_TRUTH, NO_INPUTS),
    controls={
        population_widths_have_no_bottleneck: BOTTLENECK,
        population_point_is_critical: NOT_CRITICAL,
    },
    no_control=UNUSED,
    strategy=critical_populations,
    expected=(
        ("refuted", "statement"),
        ("hypothesis not discharged", "step replace_the_mean_by_columns"),
        ("invalid inference", "step replace_the_mean_by_columns"),
    ),
)


@YSJ18_I1.step(
    premises=(inputs_have_mean_zero, noise_is_standard),
    gives=population_risk_is_an_empirical_risk,
    tried_on=(NOT_CRITICAL, replace(SINGLE, name="width 1, not fitted", truth=((3,),))),
    controls={inputs_have_mean_zero: SHIFTED, noise_is_standard: NOISY},
)
def expand_the_square(s: LinearPopulation, mean: Verdict, noise: Verdict) -> Verdict:
    """E |(P - R) x - xi|^2 = tr((P - R) C (P - R)^T) + d_y: the cross term has mean zero."""
    columns = (s.P - s.R) @ s.data.X
    return all_of(
        columns=equal(squared_norm(columns), excess(s, s.covariance) * (2 * s.count)),
        risk=equal(s.risk, excess(s, s.covariance) + s.outputs * HALF),
    )


@YSJ18_I1.step(
    premises=(
        rank_tells_minima_from_saddles,
        population_risk_is_an_empirical_risk,
        population_widths_have_no_bottleneck,
        population_point_is_critical,
    ),
    gives=rank_tells_population_minima_from_saddles,
    cites=YSJ18_T2_1,
    via=sample_of,
    tried_on=(BEST_OF_TWO,),
    no_control=AS_CITED,
)
def replace_the_mean_by_columns(
    s: LinearPopulation, test: Verdict, empirical: Verdict, wide: Verdict, critical: Verdict
) -> Verdict:
    """Theorem 2.1 with X made of columns with covariance C, and Y = R X."""
    return all_of(
        cited=test, same_point=equal(s.sample.risk(s.sample.W), empirical_part(s) * s.count)
    )


YSJ18_I1_REPAIRED = YSJ18_I1.repair(
    claim=(
        "If the covariance is invertible and R has full rank, every critical point of the "
        "population risk whose product has rank k = min(d_x, d_y) is a global minimum, and every "
        "other critical point is a saddle."
    ),
    minimal=(
        "for R = 0, or inputs that are all zero, a product of rank 0 is a global minimum; det R "
        "may have any sign, but not be 0"
    ),
    hypotheses=(
        inputs_have_mean_zero,
        noise_is_standard,
        covariance_is_invertible,
        truth_has_full_rank,
        population_widths_have_no_bottleneck,
        population_point_is_critical,
    ),
    instances=POPULATIONS,
    controls={
        covariance_is_invertible: NO_INPUTS,
        truth_has_full_rank: NO_TRUTH,
        population_widths_have_no_bottleneck: BOTTLENECK,
        population_point_is_critical: NOT_CRITICAL,
    },
)


@YSJ18_I1_REPAIRED.step(
    premises=(covariance_is_invertible, truth_has_full_rank),
    gives=columns_have_full_ranks,
    controls={covariance_is_invertible: NO_INPUTS, truth_has_full_rank: NO_TRUTH},
    replaces="replace_the_mean_by_columns",
)
def ranks_of_the_columns(s: LinearPopulation, covariance: Verdict, truth: Verdict) -> Verdict:
    """X X^T is n C, and Y X^T is R times it."""
    columns = s.sample.X
    gram = s.covariance.scale(s.count)
    return all_of(
        gram=equal(columns @ columns.T, gram),
        correlation=equal(s.sample.Y @ columns.T, s.R @ gram),
        rank=rank_is(s.R @ gram, s.R.rank()),
    )


@YSJ18_I1_REPAIRED.step(
    premises=(
        rank_tells_minima_from_saddles,
        population_risk_is_an_empirical_risk,
        columns_have_full_ranks,
        population_widths_have_no_bottleneck,
        population_point_is_critical,
    ),
    gives=rank_tells_population_minima_from_saddles,
    cites=YSJ18_T2_1,
    via=sample_of,
    tried_on=(BEST_OF_TWO,),
    no_control={
        **AS_CITED,
        columns_have_full_ranks: (
            "without it the theorem is not cited, and its own conclusion is the yield"
        ),
    },
)
def theorem_for_the_columns(
    s: LinearPopulation,
    test: Verdict,
    empirical: Verdict,
    ranks: Verdict,
    wide: Verdict,
    critical: Verdict,
) -> Verdict:
    """Theorem 2.1 with X made of columns with covariance C, and Y = R X."""
    same = equal(s.sample.risk(s.sample.W), empirical_part(s) * s.count)
    return all_of(cited=test, same_point=same, ranks=ranks)
