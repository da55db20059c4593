"""Section 3.1, Proposition 3.1 (proof in Appendix C.1): the optimum under a bound on the rank.

Statements
- YSJ18.P3.1: R* = U U^T Y X^T (X X^T)^-1 alone minimises L_0 among maps of rank at most k.
"""

from symbolic_landscape.proofs.rules import ranks
from symbolic_landscape.proofs.rules.spectra import square
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.appendix_c.split import I9
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_3.nearest_maps import (
    NEAREST,
    ONLY,
    best_part,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.bottleneck import (
    SEPARATED,
    U2,
    Z,
    across,
    along,
    only_optimum,
    optimum,
    projected,
    relaxed_risk,
    separated,
    strictly_across,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.linear import (
    ASSUMPTIONS,
    U,
    X,
    Y,
    b,
    best,
    bottleneck,
    d,
    fit,
    full_gram,
    leading,
    p,
    s,
)
from symbolic_landscape.statement.language import (
    both,
    every,
    exists,
    identity_matrix,
    inverse,
    rank,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    at,
    by,
    calculation,
    cases,
    cite,
    claimed,
    have,
    linear,
    logic,
    obtain,
    take,
)

k = d[p]
is_least = every(Z, (rank(Z) <= k) >> (relaxed_risk(X, Y, projected) <= relaxed_risk(X, Y, Z)))
is_only = every(
    Z,
    both(rank(Z) <= k, relaxed_risk(X, Y, Z) <= relaxed_risk(X, Y, projected)) >> (Z == projected),
)
orthogonal = U.T @ (best - projected) == 0
"""R* is the orthogonal projection of Y X^T (X X^T)^-1 onto col(U)."""
conclusion = both(only_optimum(X, Y, k, projected), orthogonal)

LEAST = Statement(
    "YSJ18.P3.1.least",
    SEPARATED,
    title="R* minimises L_0 among maps of rank at most k",
    where="sec. 3.1; App. C.1",
    given={"gram": full_gram, "leading": leading(X, Y, U)},
    then=both(optimum(X, Y, k, projected), orthogonal),
    proof=[
        have("of U", rank(projected) <= rank(U), by(ranks.rank_of_product_left)),
        have("U", rank(U) <= k, by(ranks.rank_at_most_columns)),
        have("feasible", rank(projected) <= k, linear, "of U", "U"),
        have("split", None, cite(I9, R=projected)),
        have(
            "least",
            is_least,
            arbitrary(
                Z,
                proof=[
                    have("of Z", rank(Z @ X) <= rank(Z), by(ranks.rank_of_product_left)),
                    have("Z X", rank(Z @ X) <= k, linear, "of Z", "least.if"),
                    have("nearest", None, cite(NEAREST, N=Z @ X)),
                    have("split at Z", None, cite(I9, R=Z)),
                    have(
                        "less",
                        relaxed_risk(X, Y, projected) <= relaxed_risk(X, Y, Z),
                        linear,
                        "nearest",
                        "split",
                        "split at Z",
                    ),
                ],
            ),
        ),
        have("optimum", optimum(X, Y, k, projected), logic, "feasible", "least"),
        have("orthonormal", U.T @ U == identity_matrix(k), logic, "leading"),
        have("orthogonal", orthogonal, calculation, "orthonormal"),
        have("both", both(optimum(X, Y, k, projected), orthogonal), logic, "optimum", "orthogonal"),
    ],
)

LEADS = Statement(
    "YSJ18.P3.1.leads",
    SEPARATED,
    title="A separated space leads",
    where="sec. 3.1",
    given={"separated": separated(X, Y, U)},
    then=leading(X, Y, U),
    proof=[
        have("level", exists(s, both(along, strictly_across)), logic, "separated"),
        have("s", None, obtain(s), "level"),
        have("on U", along, logic, "s"),
        have("strictly", strictly_across, logic, "s"),
        have(
            "off U",
            across,
            arbitrary(
                b,
                proof=[
                    have(
                        "bound",
                        square(fit.T @ b) <= s * square(b),
                        cases(
                            [
                                have("zero", square(fit.T @ b) == 0, calculation, "bound.1"),
                                have("zero size", s * square(b) == 0, calculation, "bound.1"),
                                have(
                                    "equal",
                                    square(fit.T @ b) <= s * square(b),
                                    linear,
                                    "zero",
                                    "zero size",
                                ),
                            ],
                            [
                                have("at b", None, at(b), "strictly"),
                                have(
                                    "less",
                                    square(fit.T @ b) < s * square(b),
                                    logic,
                                    "at b",
                                    "bound.2",
                                    "off U.if",
                                ),
                                have(
                                    "at most",
                                    square(fit.T @ b) <= s * square(b),
                                    linear,
                                    "less",
                                ),
                            ],
                            split=b == 0,
                        ),
                    )
                ],
            ),
        ),
        have("level of U", exists(s, both(along, across)), take(s), "on U", "off U"),
        have("leads", leading(X, Y, U), logic, "separated", "level of U"),
    ],
)

REPAIRED = Statement(
    "YSJ18.P3.1",
    SEPARATED,
    title="Rank-constrained optimum, where singular value k exceeds the next one",
    kind="proposition",
    where="sec. 3.1, eq. (4); proof C.1",
    lines=(185, 187),
    reading="repaired",
    given={"gram": full_gram, "separated": separated(X, Y, U)},
    then=conclusion,
    proof=[
        have("leading", None, cite(LEADS)),
        have("least", None, cite(LEAST)),
        have("split", None, cite(I9, R=projected)),
        have(
            "inverse",
            X @ X.T @ inverse(X @ X.T) == identity_matrix(d[0]),
            by(ranks.inverse_of_full_rank, S=X @ X.T),
            "gram",
        ),
        have(
            "only",
            is_only,
            arbitrary(
                Z,
                proof=[
                    have("low rank", rank(Z) <= k, logic, "only.if"),
                    have("of Z", rank(Z @ X) <= rank(Z), by(ranks.rank_of_product_left)),
                    have("Z X", rank(Z @ X) <= k, linear, "of Z", "low rank"),
                    have(
                        "as good",
                        relaxed_risk(X, Y, Z) <= relaxed_risk(X, Y, projected),
                        logic,
                        "only.if",
                    ),
                    have("split at Z", None, cite(I9, R=Z)),
                    have(
                        "as near",
                        square(Z @ X - fit) <= square(best_part - fit),
                        linear,
                        "as good",
                        "split",
                        "split at Z",
                    ),
                    have("same fit", None, cite(ONLY, N=Z @ X)),
                    have(
                        "times the inverse",
                        Z == Z @ X @ X.T @ inverse(X @ X.T),
                        calculation,
                        "inverse",
                    ),
                    have(
                        "same",
                        Z @ X @ X.T @ inverse(X @ X.T) == projected,
                        calculation,
                        "same fit",
                        "inverse",
                    ),
                    have("conclusion", Z == projected, linear, "times the inverse", "same"),
                ],
            ),
        ),
        have("both", conclusion, logic, "least", "only"),
    ],
)

P3_1 = Statement(
    "YSJ18.P3.1",
    SEPARATED,
    title="Rank-constrained optimum",
    kind="proposition",
    where="sec. 3.1, eq. (4); proof C.1",
    lines=(185, 187),
    given={**ASSUMPTIONS, "narrow": bottleneck, "leading": leading(X, Y, U)},
    then=conclusion,
    proof=[
        have("approximation", None, cite(LEAST), lines=(621, 624)),
        have(
            "unique vectors",
            every(U2, leading(X, Y, U2) >> (U2 == U)),
            claimed("U is unique, since all singular values are distinct"),
            "distinct",
            "leading",
            lines=(624, 625),
        ),
        have(
            "unique optimum",
            is_only,
            claimed("therefore the k-rank approximation is unique"),
            "approximation",
            "unique vectors",
            lines=(625, 627),
        ),
        have("both", conclusion, logic, "approximation", "unique optimum"),
    ],
    repaired=REPAIRED,
    hedge="Singular vectors are unique up to their signs, and U U^T, all that is used, does not "
    "depend on these.",
    expected=(
        "invalid inference, step unique vectors",
        "unsupported premise, step unique optimum",
    ),
)
