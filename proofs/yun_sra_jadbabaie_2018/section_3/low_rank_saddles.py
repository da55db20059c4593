"""Section 3.3, first paragraph: critical points outside V_1 are saddles.

Statements
- YSJ18.S33.optimum: without a bottleneck the least squares map has rank k.
- YSJ18.S33.notLeast: no point outside V_1 is a global minimum.
- YSJ18.S33: critical points outside V_1 are saddles; repaired: for all widths, Y X^T of full rank.
"""

from symbolic_landscape.proofs.rules import entries, ranks
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.appendix_b.generic_products import WIDTHS
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.appendix_b.saddles import LB1
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_3.kawaguchi import KAWAGUCHI
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_3.level_points import low_rank
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_3.relaxation import E3
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_3.saddles import ERROR, RANK, UNEQUAL
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_3.tight_relaxation import REALISED
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.bottleneck import (
    RELAXED,
    only_optimum,
    relaxed_risk,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.linear import (
    ASSUMPTIONS,
    E_,
    NARROWEST,
    POINT,
    R_,
    H,
    V,
    W,
    X,
    Y,
    best,
    critical,
    d,
    full_correlation,
    full_gram,
    full_rank,
    least,
    local_minimum,
    no_bottleneck,
    p,
    risk,
    saddle,
)
from symbolic_landscape.statement.language import (
    Expr,
    both,
    contradiction,
    every,
    identity_matrix,
    inverse,
    matrix,
    rank,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
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
    suppose_not,
)

k = d[p]
Z = matrix("Z", d[H + 1], d[0])


def as_good(Z: Expr) -> Expr:
    """Z has rank at most k, and is no worse than the map of least squares."""
    return both(rank(Z) <= k, relaxed_risk(X, Y, Z) <= relaxed_risk(X, Y, best))


WIDE = {"gram": full_gram, "correlation": full_correlation, "wide": no_bottleneck}
OPTIMUM = Statement(
    "YSJ18.S33.optimum",
    RELAXED,
    title="Without a bottleneck the map of least squares has rank k",
    where="Section 3.3",
    lines=(211, 211),
    given={"gram": full_gram, "correlation": full_correlation},
    then=rank(best) >= k,
    proof=[
        have(
            "inverse",
            inverse(X @ X.T) @ X @ X.T == identity_matrix(d[0]),
            by(ranks.inverse_on_the_left, S=X @ X.T),
            "gram",
        ),
        have("normal", best @ (X @ X.T) == Y @ X.T, calculation, "inverse"),
        have("factor", rank(best @ (X @ X.T)) <= rank(best), by(ranks.rank_of_product_left)),
        have("product", rank(Y @ X.T) <= rank(best), calculation, "factor", "normal"),
        have("inputs", None, at(0), "standing 4"),
        have("outputs", None, at(H + 1), "standing 4"),
        have(
            "rank",
            rank(best) >= k,
            cases(
                [have("1", rank(best) >= k, linear, "rank.1", "product", "inputs")],
                [have("2", rank(best) >= k, linear, "rank.2", "product", "outputs")],
            ),
            "correlation",
        ),
    ],
)
NOT_LEAST = Statement(
    "YSJ18.S33.notLeast",
    RELAXED,
    title="No point outside V_1 is a global minimum",
    where="Section 3.3",
    lines=(211, 212),
    given={**WIDE, "outside": ~full_rank},
    then=~least(*POINT),
    proof=[
        have("only", only_optimum(X, Y, k, best), cite(E3, R=best), lines=(211, 211)),
        have("at most k", rank(best) <= k, logic, "only"),
        have("at least k", rank(best) >= k, cite(OPTIMUM)),
        have("rank", rank(best) == k, linear, "at most k", "at least k", lines=(211, 211)),
        have("realised", None, cite(REALISED, Z=best)),
        have("V", R_(V) == best, obtain(V), "realised"),
        have(
            "not least",
            ~least(*POINT),
            suppose_not(
                [
                    have("least", least(*POINT), logic, "not least.not"),
                    have("less", risk(W) <= risk(V), at(V), "least"),
                    have("residuals", R_(V) @ X - Y == best @ X - Y, calculation, "V"),
                    have("squares", None, by(entries.squares_of_equal), "residuals"),
                    have("there", relaxed_risk(X, Y, R_(V)) == risk(V), calculation, "standing 1"),
                    have("here", relaxed_risk(X, Y, R_(W)) == risk(W), calculation, "standing 1"),
                    have(
                        "as good",
                        relaxed_risk(X, Y, R_(W)) <= relaxed_risk(X, Y, best),
                        linear,
                        "less",
                        "squares",
                        "there",
                        "here",
                    ),
                    have("rank here", None, cite(RANK)),
                    have("unique", every(Z, as_good(Z) >> (Z == best)), logic, "only"),
                    have("if as good", None, at(R_(W)), "unique"),
                    have("same", R_(W) == best, logic, "if as good", "as good", "rank here"),
                    have("full", rank(R_(W)) == k, calculation, "rank", "same"),
                    have("absurd", contradiction, logic, "full", "outside"),
                ]
            ),
            lines=(211, 212),
        ),
    ],
)

PRINTED = {**ASSUMPTIONS, "wide": no_bottleneck, "critical": critical(W), "outside": ~full_rank}
few, many = d[H + 1] <= d[0], d[0] < d[H + 1]
S33_REPAIRED = Statement(
    "YSJ18.S33",
    NARROWEST,
    title="T2.1, saddle half",
    kind="identity",
    where="Section 3.3, first paragraph",
    lines=(211, 213),
    reading="repaired",
    given={
        "correlation": full_correlation,
        "critical": critical(W),
        "outside": ~full_rank,
    },
    then=saddle(*POINT),
    gloss="With or without a bottleneck, and for all singular values: near the point lie others "
    "with the same product that are not critical.",
    proof=[
        have("error", None, cite(ERROR)),
        have("low rank", low_rank, logic, "error"),
        have("not 0", E_(W) != 0, logic, "error"),
        have("unequal", None, cite(UNEQUAL)),
        have("saddle", saddle(*POINT), logic, "critical", "unequal"),
    ],
)
S33 = Statement(
    "YSJ18.S33",
    RELAXED,
    title="T2.1, saddle half",
    kind="identity",
    where="Section 3.3, first paragraph",
    lines=(211, 213),
    standing=(WIDTHS,),
    given=PRINTED,
    then=saddle(*POINT),
    repaired=S33_REPAIRED,
    hedge="That a local minimum is a global one was shown by Lu and Kawaguchi (2017), which the "
    "paper cites elsewhere.",
    expected=("unsupported premise, step saddle/2/no local minimum",),
    proof=[
        have("not least", ~least(*POINT), cite(NOT_LEAST), lines=(211, 212)),
        have(
            "saddle",
            saddle(*POINT),
            cases(
                [
                    have("by Kawaguchi", saddle(*POINT), cite(KAWAGUCHI), lines=(212, 213)),
                ],
                [
                    have(
                        "no local minimum",
                        ~local_minimum(*POINT),
                        claimed("no point outside V_1 is a global minimum"),
                        "not least",
                        lines=(211, 213),
                    ),
                    have("by the lemma", saddle(*POINT), cite(LB1), lines=(212, 213)),
                ],
                split=few,
            ),
        ),
    ],
)
