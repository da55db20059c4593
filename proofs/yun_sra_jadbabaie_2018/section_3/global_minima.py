"""Section 3.4, Proposition 3.7: which critical points of V_1 are global minima.

Statements
- YSJ18.P3.7.back: they are where col A_p = col U, for any leading U.
- YSJ18.P3.7: exactly where col A_p = col U.
"""

from symbolic_landscape.proofs.rules import ranks
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_3.bounded_rank import (
    LEADS,
    LEAST,
    P3_1,
    is_only,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_3.bounded_rank import (
    REPAIRED as P3_1_REPAIRED,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_3.chains import RANKS
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_3.gradients import SPLIT
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_3.projected_products import (
    PROJECTED,
    PROJECTIONS,
    A,
    lower,
    same_projection,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_3.relaxation import FEASIBLE
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_3.tight_relaxation import REALISED
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.bottleneck import (
    SEPARATED_BOTTLENECK,
    T,
    Z,
    only_optimum,
    optimum,
    projected,
    relaxed_risk,
    same_space,
    separated,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.linear import (
    ASSUMPTIONS,
    POINT,
    R_,
    U,
    V,
    W,
    X,
    Y,
    best,
    bottleneck,
    critical,
    d,
    full_gram,
    full_rank,
    leading,
    least,
    p,
    risk,
)
from symbolic_landscape.statement.language import (
    Expr,
    both,
    every,
    exists,
    identity_matrix,
    matrix,
    rank,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    at,
    by,
    calculation,
    cite,
    claimed,
    have,
    linear,
    logic,
    obtain,
    take,
)

k = d[p]
one = identity_matrix(k)
IN_V1 = {"critical": critical(W), "full": full_rank}


def bounds(R: Expr) -> Expr:
    """No map of rank at most k has less relaxed risk than R."""
    return every(Z, (rank(Z) <= k) >> (relaxed_risk(X, Y, R) <= relaxed_risk(X, Y, Z)))


BACK = Statement(
    "YSJ18.P3.7.back",
    SEPARATED_BOTTLENECK,
    title="A critical point of V_1 is least where its columns lead",
    where="sec. 3.4",
    given={
        "gram": full_gram,
        "leading": leading(X, Y, U),
        **IN_V1,
        "same": same_space(W, U),
    },
    then=least(*POINT),
    proof=[
        have("orthonormal", U.T @ U == one, logic, "leading"),
        have("product", None, cite(PROJECTED)),
        have("exactly", None, cite(PROJECTIONS)),
        have("projection", same_projection, logic, "exactly", "same"),
        have("projected", R_(W) == projected, calculation, "product", "projection"),
        have("optimal", None, cite(LEAST)),
        have("optimum", optimum(X, Y, k, projected), logic, "optimal"),
        have("here", optimum(X, Y, k, R_(W)), calculation, "optimum", "projected"),
        have("feasible", None, cite(FEASIBLE)),
        have("value", relaxed_risk(X, Y, R_(W)) == risk(W), logic, "feasible"),
        have("least there", bounds(R_(W)), logic, "here"),
        have(
            "least",
            least(*POINT),
            arbitrary(
                V,
                proof=[
                    have("feasible at V", None, cite(FEASIBLE, W=V)),
                    have("rank at V", rank(R_(V)) <= k, logic, "feasible at V"),
                    have(
                        "value at V", relaxed_risk(X, Y, R_(V)) == risk(V), logic, "feasible at V"
                    ),
                    have("at V", None, at(R_(V)), "least there"),
                    have(
                        "less",
                        relaxed_risk(X, Y, R_(W)) <= relaxed_risk(X, Y, R_(V)),
                        logic,
                        "at V",
                        "rank at V",
                    ),
                    have("risks", risk(W) <= risk(V), linear, "less", "value", "value at V"),
                ],
            ),
        ),
    ],
)


factor = U.T @ best
C, C2 = matrix("C", d[0], k), matrix("C2", d[0], k)


def same(first: Expr, second: Expr) -> Expr:
    """Each of the two follows from the other."""
    return both(first >> second, second >> first)


exactly_least = same(least(*POINT), same_space(W, U))
REPAIRED = Statement(
    "YSJ18.P3.7",
    SEPARATED_BOTTLENECK,
    title="Which critical points of V_1 are global, where singular value k exceeds the next one",
    kind="proposition",
    where="sec. 3.4",
    lines=(296, 312),
    reading="repaired",
    given={"gram": full_gram, "separated": separated(X, Y, U), **IN_V1},
    then=exactly_least,
    proof=[
        have("leading", None, cite(LEADS)),
        have(
            "if",
            same_space(W, U) >> least(*POINT),
            arbitrary(proof=[have("least", least(*POINT), cite(BACK))]),
        ),
        have(
            "only if",
            least(*POINT) >> same_space(W, U),
            arbitrary(
                proof=[
                    have("best", None, cite(P3_1_REPAIRED)),
                    have("only", only_optimum(X, Y, k, projected), logic, "best"),
                    have("low rank", rank(projected) <= k, logic, "only"),
                    have("realised", None, cite(REALISED, Z=projected)),
                    have("V", R_(V) == projected, obtain(V), "realised"),
                    have("less", risk(W) <= risk(V), at(V), "only if.if"),
                    have("there", None, cite(FEASIBLE, W=V)),
                    have("value there", relaxed_risk(X, Y, R_(V)) == risk(V), logic, "there"),
                    have("here", None, cite(FEASIBLE)),
                    have("rank here", rank(R_(W)) <= k, logic, "here"),
                    have("value here", relaxed_risk(X, Y, R_(W)) == risk(W), logic, "here"),
                    have(
                        "compared",
                        relaxed_risk(X, Y, R_(W)) <= relaxed_risk(X, Y, R_(V)),
                        linear,
                        "less",
                        "value there",
                        "value here",
                    ),
                    have(
                        "as good",
                        relaxed_risk(X, Y, R_(W)) <= relaxed_risk(X, Y, projected),
                        calculation,
                        "compared",
                        "V",
                    ),
                    have("unique", is_only, logic, "only"),
                    have("if as good", None, at(R_(W)), "unique"),
                    have("R", R_(W) == projected, logic, "if as good", "as good", "rank here"),
                    have("whole", rank(U @ factor) == k, calculation, "full", "<R"),
                    have("of U", rank(U @ factor) <= rank(U), by(ranks.rank_of_product_left)),
                    have("U", rank(U) <= k, by(ranks.rank_at_most_columns)),
                    have("no loss", rank(U @ factor) == rank(U), linear, "whole", "of U", "U"),
                    have("back", exists(C, U == U @ factor @ C), by(ranks.same_columns), "no loss"),
                    have("C", U == U @ factor @ C, obtain(C), "back"),
                    have("split", None, cite(SPLIT)),
                    have("factors", R_(W) == A @ lower, at(p), "split"),
                    have("U in A_p", U == A @ lower @ C, calculation, "<factors", "R", "<C"),
                    have("first part", exists(T, U == A @ T), take(lower @ C), "U in A_p"),
                    have("ranks", None, cite(RANKS)),
                    have("A_p", rank(A) == k, logic, "ranks"),
                    have("whole again", rank(A @ lower) == k, calculation, "<factors", "full"),
                    have("none lost", rank(A @ lower) == rank(A), linear, "whole again", "A_p"),
                    have(
                        "again",
                        exists(C2, A == A @ lower @ C2),
                        by(ranks.same_columns),
                        "none lost",
                    ),
                    have("C2", A == A @ lower @ C2, obtain(C2), "again"),
                    have(
                        "same product",
                        A @ lower @ C2 == U @ factor @ C2,
                        calculation,
                        "<factors",
                        "R",
                    ),
                    have("A_p in U", A == U @ factor @ C2, linear, "C2", "same product"),
                    have("second part", exists(T, A == U @ T), take(factor @ C2), "A_p in U"),
                    have("same", same_space(W, U), logic, "first part", "second part"),
                ]
            ),
        ),
        have("exactly", exactly_least, logic, "if", "only if"),
    ],
)

optimal = projected == R_(W)
P3_7 = Statement(
    "YSJ18.P3.7",
    SEPARATED_BOTTLENECK,
    title="Which critical points of V_1 are global",
    kind="proposition",
    where="sec. 3.4",
    lines=(296, 312),
    given={**ASSUMPTIONS, "leading": leading(X, Y, U), **IN_V1},
    then=exactly_least,
    proof=[
        have("product", None, cite(PROJECTED), lines=(298, 306)),
        have("narrow", bottleneck, logic, "standing 5", "standing 6", lines=(261, 262)),
        have("optimum", None, cite(P3_1), lines=(307, 307)),
        have(
            "compared",
            same(least(*POINT), optimal),
            claimed("comparing the product with the optimum (4)"),
            "optimum",
            "product",
            lines=(307, 308),
        ),
        have(
            "same subspace",
            same(optimal, same_projection),
            claimed("both project Y X^T (X X^T)^-1 onto the same subspace"),
            "product",
            "correlation",
            "leading",
            "full",
            lines=(309, 310),
        ),
        have("orthonormal", U.T @ U == one, logic, "leading"),
        have("projections", None, cite(PROJECTIONS), lines=(310, 311)),
        have(
            "exactly",
            exactly_least,
            logic,
            "compared",
            "same subspace",
            "projections",
            lines=(311, 312),
        ),
    ],
    repaired=REPAIRED,
    hedge="Some weights have the optimum as their product, since it has rank k at most; and with "
    "Y X^T of full rank it has rank k, so that its columns span both spaces.",
    expected=(
        "unsupported premise, step compared",
        "unsupported premise, step same subspace",
    ),
)
