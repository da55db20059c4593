"""Section 2.2, remarks: what was known before of critical points that are not least.

Statements
- external:lu_kawaguchi_2017: local minima are global, if X and Y have full row rank.
- YSJ18.R3.few: for d_y <= d_x a critical point is least or a saddle (Kawaguchi).
- YSJ18.R3.many: for d_x < d_y too (Lu and Kawaguchi, and Lemma B.1).
- YSJ18.R3: both cases, as printed; repaired: without the assumptions on Y X^T.
- YSJ18.R3.wide: without a bottleneck it is so for all data, and nothing from outside is needed.
- YSJ18.R3.narrow: with a bottleneck it is so where the leading singular space is the only one.

Source: Lu and Kawaguchi, "Depth creates no bad local minima", 2017.

Design notes. That the technique of Lemma B.1 is "much simpler" than Kawaguchi's is no formula.
"""

from symbolic_landscape.proofs.rules import order, ranks
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.appendix_b.generic_products import WIDTHS
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.appendix_b.layers_by_turns import BY_TURNS
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.appendix_b.saddles import LB1, LB1_REPAIRED
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_2.column_test import (
    REPAIRED as T2_2_REPAIRED,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_3.kawaguchi import KAWAGUCHI
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_3.level_points import low_rank
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_3.saddles import RANK, UNEQUAL
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_3.wide_layers import (
    LEAST,
    P3_4_REPAIRED,
    P3_5,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.bottleneck import (
    SEPARATED_BOTTLENECK,
    separated,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.linear import (
    ASSUMPTIONS,
    DEEP_LINEAR,
    E_,
    NARROWEST,
    POINT,
    R_,
    H,
    U,
    W,
    X,
    Y,
    critical,
    d,
    full_gram,
    full_rank,
    i,
    least,
    local_minimum,
    no_bottleneck,
    p,
    saddle,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.singular_values import eps, in_W
from symbolic_landscape.statement.language import both, either, rank
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    at,
    by,
    cases,
    cite,
    have,
    linear,
    logic,
    obtain,
)

LU_KAWAGUCHI = Statement(
    "external:lu_kawaguchi_2017",
    DEEP_LINEAR,
    kind="external",
    title="Local minima of deep linear networks are global",
    where="Lu and Kawaguchi 2017",
    given={
        "inputs": rank(X) == d[0],
        "targets": rank(Y) == d[H + 1],
        "minimum": local_minimum(*POINT),
    },
    then=least(*POINT),
)

either_way = either(least(*POINT), saddle(*POINT))
few, many = d[H + 1] <= d[0], d[0] < d[H + 1]
TARGETS = {"targets": rank(Y) == d[H + 1]}
POINT_GIVEN = {"critical": critical(W)}
RANKS = {"gram": full_gram, "correlation": ASSUMPTIONS["correlation"]}
rows = [
    have("transposes", None, by(ranks.rank_of_gram, A=X)),
    have("inputs", rank(X) == d[0], linear, "gram", "transposes"),
]
FEW = Statement(
    "YSJ18.R3.few",
    DEEP_LINEAR,
    title="For d_y <= d_x a critical point is least or a saddle",
    kind="remark",
    where="sec. 2.2 Remarks",
    lines=(149, 150),
    given={"order": few, **RANKS, "distinct": ASSUMPTIONS["distinct"], **POINT_GIVEN},
    then=either_way,
    proof=[
        have(
            "either",
            either_way,
            cases(
                [have("first", either_way, logic, "either.1")],
                [
                    have("saddle", saddle(*POINT), cite(KAWAGUCHI), lines=(150, 150)),
                    have("second", either_way, logic, "saddle"),
                ],
                split=least(*POINT),
            ),
        )
    ],
)
MANY = Statement(
    "YSJ18.R3.many",
    BY_TURNS,
    title="For d_x < d_y a critical point is least or a saddle",
    kind="remark",
    where="sec. 2.2 Remarks",
    lines=(150, 153),
    standing=(WIDTHS,),
    given={"fewer": many, **RANKS, **TARGETS, **POINT_GIVEN},
    then=either_way,
    proof=[
        *rows,
        have(
            "either",
            either_way,
            cases(
                [
                    have("least", least(*POINT), cite(LU_KAWAGUCHI), lines=(150, 151)),
                    have("first", either_way, logic, "least"),
                ],
                [
                    have("saddle", saddle(*POINT), cite(LB1), lines=(152, 153)),
                    have("second", either_way, logic, "saddle"),
                ],
                split=local_minimum(*POINT),
            ),
        ),
    ],
)

TITLE = "Relation to Kawaguchi 2016 and Lu-Kawaguchi 2017"
R3_REPAIRED = Statement(
    "YSJ18.R3",
    BY_TURNS,
    title=TITLE,
    kind="remark",
    where="sec. 2.2 Remarks",
    lines=(149, 154),
    reading="repaired",
    given={"gram": full_gram, **TARGETS, **POINT_GIVEN},
    then=either_way,
    gloss="For all widths, and without an assumption on Y X^T: a local minimum is global by Lu and "
    "Kawaguchi, and a critical point that is none is a saddle, by Lemma B.1 as repaired.",
    proof=[
        *rows,
        have(
            "either",
            either_way,
            cases(
                [
                    have("least", least(*POINT), cite(LU_KAWAGUCHI)),
                    have("first", either_way, logic, "least"),
                ],
                [
                    have("saddle", saddle(*POINT), cite(LB1_REPAIRED)),
                    have("second", either_way, logic, "saddle"),
                ],
                split=local_minimum(*POINT),
            ),
        ),
    ],
)
R3 = Statement(
    "YSJ18.R3",
    BY_TURNS,
    title=TITLE,
    kind="remark",
    where="sec. 2.2 Remarks",
    lines=(149, 154),
    standing=(WIDTHS,),
    given={**RANKS, "distinct": ASSUMPTIONS["distinct"], **TARGETS, **POINT_GIVEN},
    then=either_way,
    gloss="For d_y <= d_x by Kawaguchi, for d_x < d_y by Lu and Kawaguchi and Lemma B.1.",
    hedge="'As far as we know there is no result' for d_y > d_x, and 'much simpler' are no claims "
    "about networks.",
    proof=[
        have(
            "either",
            either_way,
            cases(
                [
                    have("first", either_way, cite(FEW), lines=(149, 150)),
                ],
                [
                    have("second", either_way, cite(MANY), lines=(150, 153)),
                ],
                split=few,
            ),
        )
    ],
    repaired=R3_REPAIRED,
)

WIDE = Statement(
    "YSJ18.R3.wide",
    NARROWEST,
    title="Without a bottleneck a critical point is least or a saddle, for all data",
    kind="remark",
    where="sec. 2.2 Remarks",
    given={"wide": no_bottleneck, **POINT_GIVEN},
    then=either_way,
    proof=[
        have("at most", None, cite(RANK)),
        have(
            "either",
            either_way,
            cases(
                [
                    have("covered", None, cite(P3_5)),
                    have("eps", both(eps > 0, in_W(eps)), obtain(eps), "covered"),
                    have("positive", eps > 0, logic, "eps"),
                    have("conditioned", in_W(eps), logic, "eps"),
                    have("least", least(*POINT), cite(P3_4_REPAIRED)),
                    have("first", either_way, logic, "least"),
                ],
                [
                    have(
                        "uncorrelated or not",
                        either_way,
                        cases(
                            [
                                have("least", least(*POINT), cite(LEAST)),
                                have("second", either_way, logic, "least"),
                            ],
                            [
                                have(
                                    "low",
                                    rank(R_(W)) < d[p],
                                    by(order.less_if_different),
                                    "at most",
                                    "either.2",
                                ),
                                have(
                                    "low rank",
                                    low_rank,
                                    arbitrary(
                                        i,
                                        proof=[
                                            have("narrowest", None, at(i), "standing 4"),
                                            have(
                                                "less",
                                                rank(R_(W)) < d[i],
                                                linear,
                                                "narrowest",
                                                "low",
                                            ),
                                        ],
                                    ),
                                ),
                                have("unequal", None, cite(UNEQUAL)),
                                have("saddle", saddle(*POINT), logic, "critical", "unequal"),
                                have("third", either_way, logic, "saddle"),
                            ],
                            split=E_(W) == 0,
                        ),
                    )
                ],
                split=full_rank,
            ),
        ),
    ],
)

NARROW = Statement(
    "YSJ18.R3.narrow",
    SEPARATED_BOTTLENECK,
    title="With a bottleneck it is so where singular value k exceeds the next one",
    kind="remark",
    where="sec. 2.2 Remarks",
    given={"gram": full_gram, "separated": separated(X, Y, U), **POINT_GIVEN},
    then=either_way,
    proof=[
        have("test", None, cite(T2_2_REPAIRED)),
        have("either", either_way, logic, "test"),
    ],
)
