"""Section 3.4, first paragraph: with a bottleneck critical points outside V_1 are saddles.

Statements
- YSJ18.S34.low: they are where Y X^T (X X^T)^-1 has rank k at least.
- YSJ18.S34: they are; repaired: wherever singular value k exceeds the next one.
"""

from symbolic_landscape.proofs.rules import order, ranks
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.appendix_b.generic_products import WIDTHS
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.appendix_b.saddles import LB1
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_3.bounded_rank import P3_1
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_3.fitted_ranks import PART, POSITIVE
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_3.kawaguchi import KAWAGUCHI
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_3.level_points import low_rank
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_3.saddles import RANK, UNEQUAL
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.bottleneck import (
    BOTTLENECK,
    SEPARATED_BOTTLENECK,
    projected,
    separated,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.linear import (
    ASSUMPTIONS,
    E_,
    POINT,
    R_,
    H,
    U,
    W,
    X,
    Y,
    best,
    bottleneck,
    critical,
    d,
    full_gram,
    full_rank,
    i,
    leading,
    least,
    local_minimum,
    p,
    saddle,
)
from symbolic_landscape.statement.language import (
    contradiction,
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
    suppose_not,
)

k = d[p]
narrow = {"critical": critical(W), "outside": ~full_rank}
LOW = Statement(
    "YSJ18.S34.low",
    BOTTLENECK,
    title="Critical points outside V_1 are saddles where the map of least squares has rank k",
    where="sec. 3.4",
    given={"gram": full_gram, "rank": rank(best) >= k, **narrow},
    then=saddle(*POINT),
    proof=[
        have("at most", None, cite(RANK)),
        have("low", rank(R_(W)) < k, by(order.less_if_different), "at most", "outside"),
        have(
            "low rank",
            low_rank,
            arbitrary(
                i,
                proof=[
                    have("narrowest", None, at(i), "standing 4"),
                    have("less", rank(R_(W)) < d[i], linear, "narrowest", "low"),
                ],
            ),
        ),
        have(
            "inverse",
            X @ X.T @ inverse(X @ X.T) == identity_matrix(d[0]),
            by(ranks.inverse_of_full_rank, S=X @ X.T),
            "gram",
        ),
        have(
            "error",
            E_(W) != 0,
            suppose_not(
                [
                    have("zero", E_(W) == 0, logic, "error.not"),
                    have(
                        "no error",
                        E_(W) @ inverse(X @ X.T) == 0,
                        by(
                            ranks.zero_inside,
                            P=identity_matrix(d[H + 1]),
                            A=E_(W),
                            B=inverse(X @ X.T),
                        ),
                        "zero",
                    ),
                    have(
                        "difference",
                        E_(W) @ inverse(X @ X.T) == R_(W) - best,
                        calculation,
                        "inverse",
                    ),
                    have("R", R_(W) == best, linear, "no error", "difference"),
                    have("rank here", rank(R_(W)) >= k, calculation, "rank", "R"),
                    have("absurd", contradiction, linear, "rank here", "low"),
                ]
            ),
        ),
        have("unequal", None, cite(UNEQUAL)),
        have("saddle", saddle(*POINT), logic, "critical", "unequal"),
    ],
)

S34_REPAIRED = Statement(
    "YSJ18.S34",
    SEPARATED_BOTTLENECK,
    title="T2.2, saddle half outside V_1, where singular value k exceeds the next one",
    kind="identity",
    where="sec. 3.4, first paragraph",
    lines=(265, 267),
    reading="repaired",
    given={"gram": full_gram, "separated": separated(X, Y, U), **narrow},
    then=saddle(*POINT),
    proof=[
        have("rank", None, cite(POSITIVE)),
        have("saddle", saddle(*POINT), cite(LOW)),
    ],
)
few, many = d[H + 1] <= d[0], d[0] < d[H + 1]
S34 = Statement(
    "YSJ18.S34",
    SEPARATED_BOTTLENECK,
    title="T2.2, saddle half outside V_1",
    kind="identity",
    where="sec. 3.4, first paragraph",
    lines=(265, 267),
    standing=(WIDTHS,),
    given={**ASSUMPTIONS, "leading": leading(X, Y, U), **narrow},
    then=saddle(*POINT),
    repaired=S34_REPAIRED,
    hedge="That a local minimum is a global one was shown by Lu and Kawaguchi (2017), which the "
    "paper cites elsewhere.",
    proof=[
        have("narrow", bottleneck, logic, "standing 5", "standing 6", lines=(261, 262)),
        have("optimum", None, cite(P3_1), lines=(265, 265)),
        have("rank k", rank(projected) == k, cite(PART), lines=(265, 265)),
        have(
            "not least",
            ~least(*POINT),
            claimed("thus no point outside V_1 can be a global minimum"),
            "optimum",
            "rank k",
            "outside",
            lines=(265, 266),
        ),
        have(
            "saddle",
            saddle(*POINT),
            cases(
                [
                    have("by Kawaguchi", saddle(*POINT), cite(KAWAGUCHI), lines=(266, 267)),
                ],
                [
                    have(
                        "no local minimum",
                        ~local_minimum(*POINT),
                        claimed("no point outside V_1 is a global minimum"),
                        "not least",
                        lines=(265, 267),
                    ),
                    have("by the lemma", saddle(*POINT), cite(LB1), lines=(266, 267)),
                ],
                split=few,
            ),
        ),
    ],
    expected=(
        "unsupported premise, step not least",
        "unsupported premise, step saddle/2/no local minimum",
    ),
)
