"""Section 2.2, a remark: matrix factorisation is a special case of deep linear networks.

Statements
- YSJ18.R2.error: |U V^T - Y|^2 is twice the risk of the network.
- YSJ18.R2: Theorem 2.1 for factors that are wide enough, as printed for every Y; repaired: for Y of
  full rank.
- YSJ18.R2.nothing: for Y = 0 the point U = V = 0 is a global minimum.
"""

from symbolic_landscape.proofs.rules import entries
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_3.low_rank_saddles import S33_REPAIRED
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_3.wide_layers import (
    P3_4_REPAIRED,
    P3_5,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings import linear, singular_values
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.factorisation import (
    FACTORISATION,
    POINT,
    R_,
    TWO_FACTORS,
    Y,
    critical,
    error,
    for_factors,
    full_rank,
    least,
    no_bottleneck,
    risk,
    saddle,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.linear import V, W, d, p, square
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.singular_values import eps
from symbolic_landscape.statement.language import both, either, rank
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    by,
    calculation,
    cite,
    claimed,
    definition,
    have,
    logic,
    obtain,
)
from symbolic_landscape.statement.proof import (
    linear as by_arithmetic,
)

P_ = for_factors(linear.P_.function)
TWICE = Statement(
    "YSJ18.R2.error",
    FACTORISATION,
    title="|U V^T - Y|^2 is twice the risk",
    where="sec. 2.2",
    lines=(147, 148),
    given={},
    then=error(W) == 2 * risk(W),
    proof=[
        have("second", R_(W) == W[2] @ for_factors(linear.P_(W)[1]), definition),
        have(
            "first", for_factors(linear.P_(W)[1]) == W[1] @ for_factors(linear.P_(W)[0]), definition
        ),
        have("twice", error(W) == 2 * risk(W), calculation, "second", "first", "standing 1"),
    ],
)
conditioned = for_factors(singular_values.in_W(eps))
CRITICAL_POINT = {"wide": no_bottleneck, "critical": critical(W)}
MINIMUM = Statement(
    "YSJ18.R2.minimum",
    FACTORISATION,
    title="Critical factors whose product has full rank are least",
    where="sec. 2.2",
    lines=(147, 148),
    given={**CRITICAL_POINT, "full rank": full_rank},
    then=least(*POINT),
    proof=[
        have("covered", None, cite(P3_5, **TWO_FACTORS)),
        have("eps", both(eps > 0, conditioned), obtain(eps), "covered"),
        have("positive", eps > 0, logic, "eps"),
        have("conditioned", conditioned, logic, "eps"),
        have("least", least(*POINT), cite(P3_4_REPAIRED, **TWO_FACTORS)),
    ],
)
FULL = {"target": either(rank(Y) == d[0], rank(Y) == d[2])}
outside = rank(R_(W)) != d[p]
SADDLE = Statement(
    "YSJ18.R2.saddle",
    FACTORISATION,
    title="Critical factors whose product has not full rank are a saddle, if Y has",
    given={**FULL, "critical": critical(W), "outside": outside},
    then=saddle(*POINT),
    proof=[
        have("saddle", saddle(*POINT), cite(S33_REPAIRED, **TWO_FACTORS)),
    ],
)

same = error(W) == 2 * risk(W)
rank_test = both(same, full_rank >> least(*POINT), outside >> saddle(*POINT))
TITLE = "Matrix factorisation is a special case"
twice = have("twice", same, cite(TWICE), lines=(147, 148))
inside = have(
    "inside",
    full_rank >> least(*POINT),
    arbitrary(proof=[have("least", least(*POINT), cite(MINIMUM))]),
    lines=(148, 148),
)
tested = have("test", rank_test, logic, "twice", "inside", "outside")
R2_REPAIRED = Statement(
    "YSJ18.R2",
    FACTORISATION,
    title=TITLE,
    kind="remark",
    where="sec. 2.2",
    lines=(147, 148),
    reading="repaired",
    given={**CRITICAL_POINT, **FULL},
    then=rank_test,
    gloss="For Y of full rank, tall or wide; the half on global minima needs no condition on Y.",
    proof=[
        twice,
        inside,
        have(
            "outside",
            outside >> saddle(*POINT),
            arbitrary(proof=[have("saddle", saddle(*POINT), cite(SADDLE))]),
        ),
        tested,
    ],
)
R2 = Statement(
    "YSJ18.R2",
    FACTORISATION,
    title=TITLE,
    kind="remark",
    where="sec. 2.2",
    lines=(147, 148),
    given=CRITICAL_POINT,
    then=rank_test,
    gloss="Theorem 2.1 for factors at least as wide as Y, which is any matrix here.",
    proof=[
        twice,
        inside,
        have(
            "outside",
            outside >> saddle(*POINT),
            claimed("Theorem 2.1 can be directly applied"),
            "wide",
            "critical",
            lines=(148, 148),
        ),
        tested,
    ],
    repaired=R2_REPAIRED,
    hedge="'Noted in passing'; the assumptions of Section 2.1, which an author would add, make Y "
    "of full rank.",
    expected=("invalid inference, step outside", "refuted, statement"),
)

NOTHING = Statement(
    "YSJ18.R2.nothing",
    FACTORISATION,
    title="For Y = 0 a product of 0 is a global minimum, whatever the rank test says",
    where="sec. 2.2",
    lines=(147, 148),
    given={"target": Y == 0, "product": R_(W) == 0},
    then=least(*POINT),
    proof=[
        have("here", risk(W) == 0, calculation, "product", "target"),
        have(
            "least",
            least(*POINT),
            arbitrary(
                V,
                proof=[
                    have("square", None, by(entries.squares_not_negative, A=R_(V) - Y)),
                    have("there", risk(V) == square(R_(V) - Y) / 2, calculation, "standing 1"),
                    have("more", risk(W) <= risk(V), by_arithmetic, "here", "there", "square"),
                ],
            ),
        ),
    ],
)
