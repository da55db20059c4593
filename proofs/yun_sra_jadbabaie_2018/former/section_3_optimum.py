"""Section 3.1, Proposition 3.1 (proof in Appendix C.1): the optimum under a bound on the rank.

Notation: F = Y X^T (X X^T)^-1 X = U S V^T, U^ (d_y, k) the first k columns of U; R* = U^ U^^T Y X^T
(X X^T)^-1. See `relaxation` and `spectral`.

Statements: YSJ18_P3_1.

Design notes. Data with rational singular vectors carry them; so R* is a matrix over Q. Whether it
is the only optimum is decided without them, by an orthogonal split of F.
"""

from __future__ import annotations

from dataclasses import replace

from symbolic_landscape.arithmetic import Matrix, equal, nonzero, rank_is, size_at_most
from symbolic_landscape.former.lemma import Regime, Statement, fact
from symbolic_landscape.proofs.common.externals import (
    EXTERNAL_ECKART_YOUNG,
    Truncation,
    are_leading_singular_vectors,
    truncation_is_the_only_nearest_matrix,
)
from symbolic_landscape.proofs.common.low_rank import has_gap_after, spans_leading
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.appendix_c import (
    YSJ18_I9,
    Split,
    relaxed_risk_splits_at_the_fit,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.linear import squared_norm
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.relaxation import (
    HALF,
    SpectralProblem,
    bare,
    optimal,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_2 import (
    LAWS,
    correlation_has_full_rank,
    few_more_outputs,
    input_gram_has_full_rank,
    inputs_are_at_most_as_many_as_samples,
    many_more_outputs,
    nonzero_singular_values_are_distinct,
    outputs_are_at_most_as_many_as_samples,
    singular_values_are_distinct,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_3_unconstrained import any_map
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.spectral import rows_of
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.spectral_instances import (
    ANOTHER_VECTOR,
    BOUND_TOO_GREAT,
    EQUAL_VALUES,
    MANY_OUTPUTS,
    NO_CORRELATION,
    THREE_VALUES,
    TURNED,
    TWO_VALUES,
    spectral_problems,
)
from symbolic_landscape.verdict import Evidence, Verdict, all_of, fails

# --- facts -----


@fact(r"k < \min\{d_x, d_y\}")
def rank_bound_is_below_the_least_width(s: SpectralProblem) -> Verdict:
    """The bound k on the rank is less than min(d_x, d_y)."""
    return size_at_most(s.rank_bound + 1, s.least_width)


@fact(r"\hat U = [u_1, \ldots, u_k], \quad F = U \Sigma V^T")
def vectors_are_the_first_left_singular_vectors(s: SpectralProblem) -> Verdict:
    """U^ consists of left singular vectors to the k greatest singular values of F, in order."""
    return are_leading_singular_vectors(s.fitted, s.vectors)


def excess_over_the_fit(s: SpectralProblem) -> Verdict:
    """Whether L_0(R) - |R X - F|^2 / 2 is |F - Y|^2 / 2 at every map R."""
    here = any_map(s)
    inputs, targets, fit = (m.over(here.field) for m in (s.X, s.Y, s.fitted))
    values = (squared_norm(here @ inputs - m) * HALF for m in (targets, fit))
    return equal(next(values) - next(values), squared_norm(s.fitted - s.Y) * HALF)


@fact(r"L_0(R) - \tfrac12\|RX - F\|_F^2 \text{ is the same for all } R")
def relaxed_risk_is_the_distance_to_the_fit(s: SpectralProblem) -> Verdict:
    """L_0(R) is half of |R X - F|^2 and a number that does not depend on R."""
    return excess_over_the_fit(s)


@fact(r"\hat U \text{ is unique}")
def matrix_of_leading_vectors_is_unique(s: SpectralProblem) -> Verdict:
    """No other matrix consists of left singular vectors to the k greatest singular values."""
    flipped = s.vectors.scale(-1)
    other = all_of(
        singular_vectors=are_leading_singular_vectors(s.fitted, flipped),
        different=nonzero(flipped - s.vectors),
    )
    if other.is_holds:
        return fails(Evidence.EXACT, f"{flipped} serves as well as {s.vectors}")
    return other.because("the vectors themselves are no leading singular vectors")


@fact(r"\hat U \hat U^T \text{ is unique}")
def projection_on_leading_vectors_is_unique(s: SpectralProblem) -> Verdict:
    """All matrices of left singular vectors to the k greatest values have one U^ U^^T."""
    gram = s.fitted @ s.fitted.T
    return spans_leading(gram, s.vectors, s.rank_bound, strict=True)


@fact(
    r"\arg\min_{\operatorname{rank} R \le k} \|RX - F\|_F = \{R : RX = \hat U \hat U^T F\}",
    mutants={
        "for rank at most k + 1": lambda s: optimal(
            s, s.rank_bound + 1, s.projected_solution @ s.X, strict=True
        ),
    },
)
def projected_fit_is_the_only_nearest(s: SpectralProblem) -> Verdict:
    """Of all R X with rank R <= k, only U^ U^^T F is nearest to F."""
    return optimal(s, s.rank_bound, s.projected_solution @ s.X, strict=True)


def only_optimum(s: SpectralProblem, candidate: Matrix) -> Verdict:
    """Whether a map is the only optimal solution of the relaxed problem."""
    least = optimal(s, s.rank_bound, candidate @ s.X, strict=True)
    return all_of(optimal=bare(least), determined=bare(rank_is(s.X, s.input_width)))


@fact(
    r"\arg\min_{\operatorname{rank} R \le k} L_0(R) = \{\hat U \hat U^T YX^T(XX^T)^{-1}\}",
    mutants={
        "with twice the projection": lambda s: only_optimum(s, s.projected_solution.scale(2)),
        "without the projection": lambda s: only_optimum(s, s.normal_solution),
        "with another bound": lambda s: only_optimum(
            replace(s, rank_bound=s.rank_bound + 1, left=tuple((*r, 0) for r in s.left)),
            s.projected_solution,
        ),
    },
)
def projected_solution_is_the_unique_optimum(s: SpectralProblem) -> Verdict:
    """U^ U^^T Y X^T (X X^T)^-1, a projection onto col(U^), is the unique optimal solution."""
    basis = s.vectors
    if basis.rank() < s.rank_bound:
        return fails(Evidence.EXACT, f"the columns of {basis} are dependent")
    projection = basis @ (basis.T @ basis).inverse() @ basis.T
    return all_of(
        optimum=only_optimum(s, s.projected_solution),
        projection=bare(equal(s.projected_solution, projection @ s.normal_solution)),
    )


UNUSED = {
    inputs_are_at_most_as_many_as_samples: (
        "X X^T of size d_x has rank at most m, so that its full rank already says d_x <= m"
    ),
    outputs_are_at_most_as_many_as_samples: "the conclusion holds without it",
    input_gram_has_full_rank: (
        "R* needs the inverse of X X^T, so that nothing is said where it fails"
    ),
    correlation_has_full_rank: (
        "where the rank of F is at most k, U^ U^^T F is F whatever the vectors, and the only "
        "optimum"
    ),
    rank_bound_is_below_the_least_width: (
        "for k = min(d_x, d_y) the columns of U^ span col(F), and R* is the optimum without "
        "constraint"
    ),
}

YSJ18_P3_1 = Statement(
    key="YSJ18.P3.1",
    kind="proposition",
    where="sec. 3.1, eq. (4); proof C.1",
    title="Rank-constrained optimum",
    claim=(
        "For k < min(d_x, d_y) the optimal solution of the relaxed problem is R* = U^ U^^T Y X^T "
        "(X X^T)^-1, the orthogonal projection of Y X^T (X X^T)^-1 onto col(U^); by the proof it "
        "is the only one, since U^ is unique."
    ),
    hypotheses=(
        inputs_are_at_most_as_many_as_samples,
        outputs_are_at_most_as_many_as_samples,
        input_gram_has_full_rank,
        correlation_has_full_rank,
        singular_values_are_distinct,
        rank_bound_is_below_the_least_width,
        vectors_are_the_first_left_singular_vectors,
    ),
    conclusion=projected_solution_is_the_unique_optimum,
    instances=(TWO_VALUES, THREE_VALUES, TURNED),
    controls={
        singular_values_are_distinct: EQUAL_VALUES,
        vectors_are_the_first_left_singular_vectors: ANOTHER_VECTOR,
    },
    no_control=UNUSED,
    strategy=spectral_problems,
    regimes=(
        Regime("d_y <= d_x + 1", few_more_outputs),
        Regime("d_y >= d_x + 2", many_more_outputs, LAWS),
    ),
    expected=(
        ("inconsistent", "regime d_y >= d_x + 2"),
        ("invalid inference", "step distinct_values_have_unique_vectors"),
    ),
)


def split_at_solution(s: SpectralProblem) -> Split:
    """The same data with R* as the map."""
    return Split(name=s.name, inputs=s.inputs, targets=s.targets, map=rows_of(s.projected_solution))


def truncated_fit(s: SpectralProblem) -> Truncation:
    """F with the vectors U^."""
    return Truncation(name=s.name, target=rows_of(s.fitted), left=rows_of(s.vectors))


@YSJ18_P3_1.step(
    premises=(relaxed_risk_splits_at_the_fit,),
    gives=relaxed_risk_is_the_distance_to_the_fit,
    cites=YSJ18_I9,
    via=split_at_solution,
    no_control={relaxed_risk_splits_at_the_fit: "the split holds wherever F exists"},
)
def constant_part_does_not_matter(s: SpectralProblem, split: Verdict) -> Verdict:
    """The part |F - Y|^2 / 2 does not depend on R."""
    here = any_map(s)
    fit, inputs = s.fitted.over(here.field), s.X.over(here.field)
    cross = (here @ inputs - fit) @ (s.fitted - s.Y).T.over(here.field)
    return equal(cross, here.field.zeros(*cross.shape))


@YSJ18_P3_1.step(
    premises=(singular_values_are_distinct, vectors_are_the_first_left_singular_vectors),
    gives=matrix_of_leading_vectors_is_unique,
    controls={vectors_are_the_first_left_singular_vectors: ANOTHER_VECTOR},
    no_control={singular_values_are_distinct: "the matrix is never unique"},
)
def distinct_values_have_unique_vectors(
    s: SpectralProblem, distinct: Verdict, first: Verdict
) -> Verdict:
    """U^ is unique due to the assumption that all singular values are distinct."""
    return has_gap_after(s.fitted @ s.fitted.T, s.rank_bound)


@YSJ18_P3_1.step(
    premises=(truncation_is_the_only_nearest_matrix,),
    gives=projected_fit_is_the_only_nearest,
    cites=EXTERNAL_ECKART_YOUNG,
    via=truncated_fit,
    controls={truncation_is_the_only_nearest_matrix: ANOTHER_VECTOR},
)
def nearest_matrix_is_a_map_of_the_inputs(s: SpectralProblem, nearest: Verdict) -> Verdict:
    """U^ U^^T F has rank k and is R* X, one of the matrices R X with rank R <= k."""
    fitted = s.vectors @ s.vectors.T @ s.fitted
    return all_of(
        map_of_inputs=equal(fitted, s.projected_solution @ s.X),
        feasible=size_at_most(s.projected_solution.rank(), s.rank_bound),
    )


@YSJ18_P3_1.step(
    premises=(
        relaxed_risk_is_the_distance_to_the_fit,
        projected_fit_is_the_only_nearest,
        input_gram_has_full_rank,
    ),
    gives=projected_solution_is_the_unique_optimum,
    controls={projected_fit_is_the_only_nearest: ANOTHER_VECTOR},
    no_control={
        relaxed_risk_is_the_distance_to_the_fit: "it holds wherever F exists",
        input_gram_has_full_rank: "R* needs the inverse of X X^T",
    },
)
def nearest_product_determines_the_map(
    s: SpectralProblem, distance: Verdict, nearest: Verdict, full: Verdict
) -> Verdict:
    """R X = U^ U^^T F has the one solution R*, since the rows of X are independent."""
    fitted = s.vectors @ s.vectors.T @ s.fitted
    solution = fitted @ s.X.T @ (s.X @ s.X.T).inverse()
    return equal(solution, s.projected_solution)


YSJ18_P3_1_REPAIRED = YSJ18_P3_1.repair(
    claim=(
        "For k < min(d_x, d_y) and distinct nonzero singular values, R* = U^ U^^T Y X^T (X X^T)^-1 "
        "is the unique optimal solution: U^ U^^T is unique, while U^ is so up to the signs of its "
        "columns."
    ),
    minimal=(
        "all singular values cannot be distinct for d_y >= d_x + 2; with the k-th equal to the "
        "next the optimum is not unique; signs of singular vectors are always free"
    ),
    hypotheses=(
        inputs_are_at_most_as_many_as_samples,
        outputs_are_at_most_as_many_as_samples,
        input_gram_has_full_rank,
        correlation_has_full_rank,
        nonzero_singular_values_are_distinct,
        rank_bound_is_below_the_least_width,
        vectors_are_the_first_left_singular_vectors,
    ),
    instances=(TWO_VALUES, THREE_VALUES, TURNED, *MANY_OUTPUTS),
    controls={
        nonzero_singular_values_are_distinct: EQUAL_VALUES,
        vectors_are_the_first_left_singular_vectors: ANOTHER_VECTOR,
    },
)


@YSJ18_P3_1_REPAIRED.step(
    premises=(
        nonzero_singular_values_are_distinct,
        correlation_has_full_rank,
        rank_bound_is_below_the_least_width,
        vectors_are_the_first_left_singular_vectors,
    ),
    gives=projection_on_leading_vectors_is_unique,
    controls={
        nonzero_singular_values_are_distinct: EQUAL_VALUES,
        correlation_has_full_rank: NO_CORRELATION,
        rank_bound_is_below_the_least_width: BOUND_TOO_GREAT,
        vectors_are_the_first_left_singular_vectors: ANOTHER_VECTOR,
    },
    replaces="distinct_values_have_unique_vectors",
)
def distinct_values_have_a_unique_projection(
    s: SpectralProblem, distinct: Verdict, correlation: Verdict, below: Verdict, first: Verdict
) -> Verdict:
    """The rank of F exceeds k, so that the k-th singular value is nonzero and not the next one."""
    return all_of(
        rank=size_at_most(s.rank_bound + 1, s.fitted.rank()),
        gap=has_gap_after(s.fitted @ s.fitted.T, s.rank_bound),
    )


@YSJ18_P3_1_REPAIRED.step(
    premises=(truncation_is_the_only_nearest_matrix, projection_on_leading_vectors_is_unique),
    gives=projected_fit_is_the_only_nearest,
    cites=EXTERNAL_ECKART_YOUNG,
    via=truncated_fit,
    no_control={
        truncation_is_the_only_nearest_matrix: (
            "where U^ U^^T is unique, the columns of U^ are leading, and the theorem holds"
        ),
        projection_on_leading_vectors_is_unique: (
            "where the theorem holds, U^ U^^T F is the only nearest matrix whatever U^ is"
        ),
    },
    replaces="nearest_matrix_is_a_map_of_the_inputs",
)
def unique_nearest_matrix_is_a_map_of_the_inputs(
    s: SpectralProblem, nearest: Verdict, unique: Verdict
) -> Verdict:
    """U^ U^^T F does not depend on the choice of U^, and is R* X with R* of rank k."""
    return nearest_matrix_is_a_map_of_the_inputs.inference(s, nearest)
