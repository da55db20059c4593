"""Section 3.4: the product of the weights at a critical point of V_1 is a projection.

Notation: the paper's A_p^T (A_p A_p^T)^-1 A_p is A_p (A_p^T A_p)^-1 A_p^T here.

Statements
- YSJ18.P3.7.gram: A_p^T A_p has an inverse.
- YSJ18.P3.7.product: the product is Y X^T (X X^T)^-1 projected onto col A_p.
- YSJ18.P3.7.projections: that is the projection U U^T exactly where col A_p = col U.
"""

from symbolic_landscape.proofs.rules import ranks
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_3.chains import RANKS
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_3.criticality import P3_6, error_above
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_3.gradients import SPLIT
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.bottleneck import (
    BOTTLENECK,
    RELAXED,
    SEPARATED,
    T,
    onto,
    same_space,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.linear import (
    A_,
    P_,
    R_,
    U,
    W,
    X,
    Y,
    best,
    critical,
    d,
    full_gram,
    full_rank,
    p,
)
from symbolic_landscape.statement.language import both, exists, identity_matrix, inverse, like, rank
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    at,
    by,
    calculation,
    cite,
    have,
    linear,
    logic,
    obtain,
    take,
)

A, k = A_(W)[p], d[p]
gram = A.T @ A
one = identity_matrix(k)
T2 = like("T2", T)
GRAM = Statement(
    "YSJ18.P3.7.gram",
    RELAXED,
    title="A_p^T A_p has an inverse",
    where="sec. 3.4",
    lines=(303, 303),
    given={"full": full_rank},
    then=inverse(gram) @ gram == one,
    proof=[
        have("ranks", None, cite(RANKS)),
        have("A_p", rank(A) == k, logic, "ranks"),
        have("transposed", rank(A.T) == rank(A), by(ranks.rank_of_transpose)),
        have("of the gram", rank(gram) == rank(A.T), by(ranks.rank_of_gram, A=A.T)),
        have("rank", rank(gram) == k, linear, "A_p", "transposed", "of the gram"),
        have("inverse", inverse(gram) @ gram == one, by(ranks.inverse_on_the_left), "rank"),
    ],
)

lower = P_(W)[p]
solution = inverse(gram) @ A.T @ best
PROJECTED = Statement(
    "YSJ18.P3.7.product",
    BOTTLENECK,
    title="The product at a critical point of V_1",
    where="sec. 3.4",
    lines=(298, 306),
    given={"gram": full_gram, "full": full_rank, "critical": critical(W)},
    then=R_(W) == onto @ best,
    proof=[
        have("exactly", None, cite(P3_6), lines=(298, 298)),
        have("A_p E", error_above, logic, "exactly", "critical", lines=(298, 298)),
        have("split", None, cite(SPLIT)),
        have("factors", R_(W) == A @ lower, at(p), "split", lines=(298, 299)),
        have("image", A.T @ R_(W) @ X @ X.T == gram @ lower @ X @ X.T, calculation, "factors"),
        have(
            "normal",
            gram @ lower @ X @ X.T == A.T @ Y @ X.T,
            linear,
            "A_p E",
            "image",
            lines=(300, 300),
        ),
        have("inverse", inverse(gram) @ gram == one, cite(GRAM), lines=(303, 303)),
        have(
            "inverse of X X^T",
            X @ X.T @ inverse(X @ X.T) == identity_matrix(d[0]),
            by(ranks.inverse_of_full_rank, S=X @ X.T),
            "gram",
        ),
        have(
            "left",
            inverse(gram) @ gram @ lower @ X @ X.T @ inverse(X @ X.T) == lower,
            calculation,
            "inverse",
            "inverse of X X^T",
        ),
        have(
            "right",
            inverse(gram) @ gram @ lower @ X @ X.T @ inverse(X @ X.T) == solution,
            calculation,
            "normal",
        ),
        have("solved", lower == solution, linear, "left", "right", lines=(303, 304)),
        have(
            "product",
            R_(W) == onto @ best,
            calculation,
            "factors",
            "solved",
            lines=(305, 306),
        ),
    ],
)

same_projection = onto == U @ U.T
exactly_same = both(same_projection >> same_space(W, U), same_space(W, U) >> same_projection)
PROJECTIONS = Statement(
    "YSJ18.P3.7.projections",
    SEPARATED,
    title="Projections agree exactly where their spaces do",
    where="sec. 3.4",
    lines=(310, 312),
    given={"orthonormal": U.T @ U == one, "full": full_rank},
    then=exactly_same,
    proof=[
        have("inverse", inverse(gram) @ gram == one, cite(GRAM)),
        have(
            "forth",
            same_projection >> same_space(W, U),
            arbitrary(
                proof=[
                    have("A_p in U", U @ U.T @ A == A, calculation, "<forth.if", "inverse"),
                    have("A_p", exists(T, A == U @ T), take(U.T @ A), "A_p in U"),
                    have("U in A_p", onto @ U == U, calculation, "forth.if", "orthonormal"),
                    have("U", exists(T, U == A @ T), take(inverse(gram) @ A.T @ U), "U in A_p"),
                    have("same", same_space(W, U), logic, "A_p", "U"),
                ]
            ),
        ),
        have(
            "back",
            same_space(W, U) >> same_projection,
            arbitrary(
                proof=[
                    have("A_p", exists(T, A == U @ T), logic, "back.if"),
                    have("T", A == U @ T, obtain(T), "A_p"),
                    have("U", exists(T2, U == A @ T2), logic, "back.if"),
                    have("T2", U == A @ T2, obtain(T2), "U"),
                    have("onto U", onto @ U == U, calculation, "T2", "inverse"),
                    have("A_p in U", A.T @ U @ U.T == A.T, calculation, "T", "orthonormal"),
                    have("left", onto @ U @ U.T == U @ U.T, calculation, "onto U"),
                    have("right", onto @ U @ U.T == onto, calculation, "A_p in U"),
                    have("same", same_projection, linear, "left", "right"),
                ]
            ),
        ),
        have("exactly", exactly_same, logic, "forth", "back"),
    ],
)
