"""Section 2.2, Theorem 2.2: with a bottleneck, rank and columns tell minima from saddles.

Notation: k = d[p] is the least width, less than d_x and d_y. The set of the theorem (its V_1, and
V_2 in its proof) has the points whose product has rank k and with col A_p = col U.

Statements
- YSJ18.T2.2.lower: where the risk falls nearby there is no local minimum.
- YSJ18.T2.2: critical points in the set are global minima, others are saddles; repaired: wherever
  singular value k exceeds the next one, whatever the others.
"""

from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.appendix_b.generic_products import WIDTHS
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.appendix_b.saddles import LB1_REPAIRED
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
    DEEP_LINEAR,
    POINT,
    U,
    V,
    W,
    X,
    Y,
    critical,
    falls,
    full_gram,
    full_rank,
    leading,
    least,
    local_minimum,
    near,
    r,
    risk,
    saddle,
)
from symbolic_landscape.statement.language import both, contradiction, every, exists
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    at,
    cases,
    cite,
    claimed,
    have,
    logic,
    obtain,
    suppose_not,
)

inside_set = both(full_rank, same_space(W, U))
"""W is in the set of the theorem."""
inside, outside = inside_set >> least(*POINT), (~inside_set) >> saddle(*POINT)

LOWER = Statement(
    "YSJ18.T2.2.lower",
    DEEP_LINEAR,
    title="Where the risk falls nearby there is no local minimum",
    given={"falls": falls(*POINT)},
    then=~local_minimum(*POINT),
    proof=[
        have(
            "none",
            ~local_minimum(*POINT),
            suppose_not(
                [
                    have("minimum", local_minimum(*POINT), logic, "none.not"),
                    have("r", None, obtain(r), "minimum"),
                    have("positive", r > 0, logic, "r"),
                    have("least", every(V, near(V, W, r) >> (risk(W) <= risk(V))), logic, "r"),
                    have("if positive", None, at(r), "falls"),
                    have(
                        "lower",
                        exists(V, both(near(V, W, r), risk(V) < risk(W))),
                        logic,
                        "if positive",
                        "positive",
                    ),
                    have("V", None, obtain(V), "lower"),
                    have("at V", None, at(V), "least"),
                    have("clash", contradiction, logic, "at V", "V"),
                ]
            ),
        )
    ],
)

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
                                have("no minimum", ~local_minimum(*POINT), cite(LOWER)),
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
