"""Section 2.2, Theorem 2.2: with a bottleneck, rank and columns tell minima from saddles.

Notation: k = d[p] is the least width, less than d_x and d_y. The set of the theorem (its V_1, and
V_2 in its proof) has the points whose product has rank k and with col A_p = col U.

Statements
- YSJ18.T2.2: critical points in the set are global minima, others are saddles; repaired: wherever
  singular value k exceeds the next one, whatever the others.
"""

from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.appendix_b.generic_products import WIDTHS
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.appendix_b.saddles import LB1_REPAIRED
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_2.network import NO_MINIMUM
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_3.global_minima import P3_7
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_3.global_minima import (
    REPAIRED as P3_7_REPAIRED,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_3.narrow_saddles import (
    S34,
    S34_REPAIRED,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_3.points_between import BETWEEN
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.bottleneck import (
    SEPARATED_BOTTLENECK,
    same_space,
    separated,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.linear import (
    ASSUMPTIONS,
    POINT,
    U,
    W,
    X,
    Y,
    critical,
    full_gram,
    full_rank,
    leading,
    least,
    local_minimum,
    saddle,
)
from symbolic_landscape.statement.language import both
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    cases,
    cite,
    claimed,
    have,
    logic,
)

inside_set = both(full_rank, same_space(W, U))
"""W is in the set of the theorem."""
inside, outside = inside_set >> least(*POINT), (~inside_set) >> saddle(*POINT)

REPAIRED = Statement(
    "YSJ18.T2.2",
    SEPARATED_BOTTLENECK,
    title="Bottleneck case: rank plus column-space test, where singular value k exceeds the next",
    kind="theorem",
    where="sec. 2.2 (proof 3.4)",
    lines=(123, 127),
    reading="repaired",
    given={"gram": full_gram, "separated": separated(X, Y, U), "critical": critical(W)},
    then=both(inside, outside),
    gloss="A gap after singular value k and X X^T of full rank are all that is asked of the data.",
    proof=[
        have(
            "inside",
            inside,
            arbitrary(
                proof=[
                    have("full", full_rank, logic, "inside.if"),
                    have("exactly", None, cite(P3_7_REPAIRED)),
                    have("least", least(*POINT), logic, "exactly", "inside.if"),
                ]
            ),
        ),
        have(
            "outside",
            outside,
            arbitrary(
                proof=[
                    have(
                        "saddle",
                        saddle(*POINT),
                        cases(
                            [
                                have("exactly", None, cite(P3_7_REPAIRED)),
                                have(
                                    "not least",
                                    ~least(*POINT),
                                    logic,
                                    "exactly",
                                    "outside.if",
                                    "saddle.1",
                                ),
                                have("falls", None, cite(BETWEEN)),
                                have("no minimum", ~local_minimum(*POINT), cite(NO_MINIMUM)),
                                have("by the lemma", saddle(*POINT), cite(LB1_REPAIRED)),
                            ],
                            [have("of low rank", saddle(*POINT), cite(S34_REPAIRED))],
                            split=full_rank,
                        ),
                    )
                ]
            ),
        ),
        have("both", both(inside, outside), logic, "inside", "outside"),
    ],
)
T2_2 = Statement(
    "YSJ18.T2.2",
    SEPARATED_BOTTLENECK,
    title="Bottleneck case: rank plus column-space test decides critical points",
    kind="theorem",
    where="sec. 2.2 (proof 3.4)",
    lines=(123, 127),
    standing=(WIDTHS,),
    given={**ASSUMPTIONS, "leading": leading(X, Y, U), "critical": critical(W)},
    then=both(inside, outside),
    repaired=REPAIRED,
    hedge="For d_y <= d_x Kawaguchi's theorem gives it, for d_x < d_y Lemma B.1 once it is known "
    "that the point is no local minimum, as Lu and Kawaguchi (2017) have it.",
    proof=[
        have(
            "inside",
            inside,
            arbitrary(
                proof=[
                    have("full", full_rank, logic, "inside.if"),
                    have("exactly", None, cite(P3_7), lines=(296, 297)),
                    have("least", least(*POINT), logic, "exactly", "inside.if"),
                ]
            ),
            lines=(313, 314),
        ),
        have(
            "outside",
            outside,
            arbitrary(
                proof=[
                    have(
                        "saddle",
                        saddle(*POINT),
                        cases(
                            [
                                have("exactly", None, cite(P3_7), lines=(296, 297)),
                                have(
                                    "not least",
                                    ~least(*POINT),
                                    logic,
                                    "exactly",
                                    "outside.if",
                                    "saddle.1",
                                    lines=(313, 314),
                                ),
                                have(
                                    "others",
                                    saddle(*POINT),
                                    claimed("any other critical points are saddle points"),
                                    "critical",
                                    "not least",
                                    lines=(314, 315),
                                ),
                            ],
                            [have("outside V_1", saddle(*POINT), cite(S34), lines=(265, 267))],
                            split=full_rank,
                        ),
                    )
                ]
            ),
            lines=(313, 315),
        ),
        have("both", both(inside, outside), logic, "inside", "outside"),
    ],
    expected=("unsupported premise, step outside/saddle/1/others",),
)
