"""Section 2.2, Theorem 2.1: without a bottleneck the rank of the product tells minima from saddles.

Notation: k = d[p] is the least width; W is in V_1 where the product of all layers has rank k.

Statements
- YSJ18.T2.1: critical points in V_1 are global minima, others are saddles; repaired: for Y X^T of
  full rank, whatever X X^T and the singular values.
"""

from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.appendix_b.generic_products import WIDTHS
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_3.low_rank_saddles import (
    S33,
    S33_REPAIRED,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_3.wide_layers import (
    P3_4,
    P3_4_REPAIRED,
    P3_5,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.linear import (
    ASSUMPTIONS,
    POINT,
    W,
    critical,
    full_correlation,
    full_rank,
    least,
    no_bottleneck,
    saddle,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.singular_values import (
    PARTIAL,
    eps,
    in_W,
)
from symbolic_landscape.statement.language import both
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import Steps, arbitrary, cite, have, logic, obtain

inside, outside = full_rank >> least(*POINT), (~full_rank) >> saddle(*POINT)


def halves(saddles: Statement, minima: Statement) -> Steps:
    """Both halves, the second by Propositions 3.5 and 3.4."""
    return [
        have(
            "outside",
            outside,
            arbitrary(proof=[have("saddle", saddle(*POINT), cite(saddles))]),
            lines=(211, 213),
        ),
        have(
            "inside",
            inside,
            arbitrary(
                proof=[
                    have("covered", None, cite(P3_5), lines=(245, 245)),
                    have("eps", both(eps > 0, in_W(eps)), obtain(eps), "covered"),
                    have("positive", eps > 0, logic, "eps"),
                    have("in W", in_W(eps), logic, "eps"),
                    have("least", least(*POINT), cite(minima), lines=(219, 223)),
                ]
            ),
            lines=(214, 218),
        ),
        have("both", both(inside, outside), logic, "inside", "outside"),
    ]


TITLE = "No-bottleneck case: rank test decides critical points"
T2_1_REPAIRED = Statement(
    "YSJ18.T2.1",
    PARTIAL,
    title=TITLE,
    kind="theorem",
    where="Section 2.2, Theorem 2.1; proof 3.3",
    lines=(119, 122),
    reading="repaired",
    given={
        "correlation": full_correlation,
        "wide": no_bottleneck,
        "critical": critical(W),
    },
    then=both(inside, outside),
    gloss="Y X^T of full rank is all that is asked of the data: X X^T may be singular, singular "
    "values may coincide, d_y may exceed d_x + 1 and m.",
    proof=halves(S33_REPAIRED, P3_4_REPAIRED),
)
T2_1 = Statement(
    "YSJ18.T2.1",
    PARTIAL,
    title=TITLE,
    kind="theorem",
    where="Section 2.2, Theorem 2.1; proof 3.3",
    lines=(119, 122),
    standing=(WIDTHS,),
    given={**ASSUMPTIONS, "wide": no_bottleneck, "critical": critical(W)},
    then=both(inside, outside),
    repaired=T2_1_REPAIRED,
    proof=halves(S33, P3_4),
)
