"""Sections 1.1 and 2.2, a remark: the test for global optimality is cheap.

Notation: D bounds all widths.

Statements
- YSJ18.R1.cost: the product of all layers and its rank take at most (H + 2) D^3 multiplications.
- YSJ18.R1.rank: without a bottleneck the rank decides whether a critical point is least.
- YSJ18.R1.columns: with one, rank and columns do.
- YSJ18.R1: the remark; repaired: for all data with a gap after singular value k.
"""

from symbolic_landscape.proofs.rules import order, sums
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.appendix_b.generic_products import WIDTHS
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_2.column_test import (
    REPAIRED as T2_2_REPAIRED,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_2.column_test import T2_2, inside_set
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_2.rank_test import (
    T2_1,
    T2_1_REPAIRED,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.bottleneck import (
    NARROW,
    SEPARATED,
    SEPARATED_BOTTLENECK,
    separated,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.linear import (
    ASSUMPTIONS,
    NARROWEST,
    POINT,
    H,
    U,
    V,
    W,
    X,
    Y,
    bottleneck,
    critical,
    d,
    falls,
    full_correlation,
    full_gram,
    full_rank,
    k,
    leading,
    least,
    near,
    no_bottleneck,
    p,
    risk,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.singular_values import PARTIAL
from symbolic_landscape.statement.language import (
    Expr,
    both,
    contradiction,
    each,
    exists,
    fn,
    natural,
    total,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    Steps,
    arbitrary,
    at,
    by,
    cite,
    have,
    linear,
    logic,
    obtain,
    suppose_not,
)
from symbolic_landscape.statement.term import num

D, one = natural("D"), Expr(num(1))
sizes = each(k, 0, H + 1, d[k] <= D)
layer = d[k] * d[k - 1] * d[0]
multiplications = total(k, 1, H + 1, layer) + d[H + 1] * d[0] * d[p]
"""Of W[k] by the product below it, for each k, and of an elimination that finds the rank."""


a, b, e = natural("a"), natural("b"), natural("e")
CUBE = Statement(
    "YSJ18.R1.cube",
    NARROWEST,
    title="A product of three widths is at most D^3",
    names=(a, b, e, D),
    given={"a": a <= D, "b": b <= D, "e": e <= D},
    then=a * b * e <= D * D * D,
    proof=[
        have("a at least 0", a >= 0, linear),
        have("b at least 0", b >= 0, linear),
        have("e at least 0", e >= 0, linear),
        have(
            "two",
            a * b <= D * D,
            by(order.product_monotone),
            "a at least 0",
            "b at least 0",
            "a",
            "b",
        ),
        have("two at least 0", a * b >= 0, linear),
        have(
            "three",
            a * b * e <= D * D * D,
            by(order.product_monotone, s=a * b, t=D * D, x=e, y=D),
            "two at least 0",
            "e at least 0",
            "two",
            "e",
        ),
    ],
)
COST = Statement(
    "YSJ18.R1.cost",
    NARROWEST,
    title="The product of all layers and its rank take at most (H + 2) D^3 multiplications",
    kind="remark",
    where="Sections 1.1 and 2.2",
    lines=(67, 68),
    names=(D,),
    given={"sizes": sizes},
    then=multiplications <= (H + 2) * D * D * D,
    proof=[
        have("inputs", d[0] <= D, at(0), "sizes"),
        have("outputs", d[H + 1] <= D, at(H + 1), "sizes"),
        have("narrowest", d[p] <= D, at(p), "sizes"),
        have(
            "layers",
            each(k, 1, H + 1, layer <= D * D * D),
            arbitrary(
                k,
                proof=[
                    have("above", d[k] <= D, at(k), "sizes"),
                    have("below", d[k - 1] <= D, at(k - 1), "sizes"),
                    have("cube", layer <= D * D * D, cite(CUBE, a=d[k], b=d[k - 1], e=d[0])),
                ],
            ),
        ),
        have(
            "sum",
            total(k, 1, H + 1, layer) <= (H + 1) * D * D * D,
            by(sums.sum_monotone, a=fn(k, layer / 2), c=fn(k, D * D * D / 2), lo=1, hi=H + 1),
            "layers",
        ),
        have(
            "rank",
            d[H + 1] * d[0] * d[p] <= D * D * D,
            cite(CUBE, a=d[H + 1], b=d[0], e=d[p]),
        ),
        have("cost", multiplications <= (H + 2) * D * D * D, linear, "sum", "rank"),
    ],
)

lower = exists(V, both(near(V, W, one), risk(V) < risk(W)))


def decides(test: Expr) -> Expr:
    """The test says whether W is a global minimum."""
    return both(test >> least(*POINT), least(*POINT) >> test)


def decided(test: Expr, theorem: Statement, lines: tuple[int, int] | None = None) -> Steps:
    """Steps to what the test decides, by a theorem: a saddle is no global minimum."""
    return [
        have("theorem", None, cite(theorem), lines=lines),
        have("if passed", test >> least(*POINT), logic, "theorem"),
        have(
            "if least",
            least(*POINT) >> test,
            arbitrary(
                proof=[
                    have(
                        "passed",
                        test,
                        suppose_not(
                            [
                                have("falls", falls(*POINT), logic, "theorem", "passed.not"),
                                have("one", None, at(one), "falls"),
                                have("some", lower, logic, "one"),
                                have("V", None, obtain(V), "some"),
                                have("not less", risk(W) <= risk(V), at(V), "if least.if"),
                                have("absurd", contradiction, logic, "V", "not less"),
                            ]
                        ),
                    )
                ]
            ),
        ),
        have("decides", decides(test), logic, "if passed", "if least"),
    ]


RANK_DECIDES = Statement(
    "YSJ18.R1.rank",
    PARTIAL,
    title="Without a bottleneck the rank decides whether a critical point is least",
    kind="remark",
    where="Sections 1.1 and 2.2",
    lines=(65, 68),
    given={
        "correlation": full_correlation,
        "wide": no_bottleneck,
        "critical": critical(W),
    },
    then=decides(full_rank),
    proof=decided(full_rank, T2_1_REPAIRED),
)
COLUMNS_DECIDE = Statement(
    "YSJ18.R1.columns",
    SEPARATED_BOTTLENECK,
    title="With a bottleneck rank and columns decide whether a critical point is least",
    kind="remark",
    where="Sections 1.1 and 2.2",
    lines=(68, 70),
    given={"gram": full_gram, "separated": separated(X, Y, U), "critical": critical(W)},
    then=decides(inside_set),
    proof=decided(inside_set, T2_2_REPAIRED),
)

wide, narrow = no_bottleneck >> decides(full_rank), bottleneck >> decides(inside_set)
cheap = multiplications <= (H + 2) * D * D * D
FACTS = ("wide", "narrow", "cost")
GLOSS = "Counted are the product and its rank, not the comparison of spaces with a bottleneck."
R1_REPAIRED = Statement(
    "YSJ18.R1",
    SEPARATED,
    title="Efficiently checkable optimality test",
    kind="remark",
    where="Sections 1.1 and 2.2",
    lines=(65, 73),
    reading="repaired",
    names=(D,),
    given={
        "correlation": full_correlation,
        "gram": full_gram,
        "separated": separated(X, Y, U),
        "critical": critical(W),
        "sizes": sizes,
    },
    then=both(wide, narrow, cheap),
    gloss=GLOSS,
    proof=[
        have(
            "wide",
            wide,
            arbitrary(proof=[have("rank", decides(full_rank), cite(RANK_DECIDES))]),
        ),
        have(
            "narrow",
            narrow,
            arbitrary(
                proof=[
                    have("inputs", NARROW[0], logic, "narrow.if"),
                    have("outputs", NARROW[1], logic, "narrow.if"),
                    have("columns", decides(inside_set), cite(COLUMNS_DECIDE)),
                ]
            ),
        ),
        have("cost", cheap, cite(COST)),
        have("all", both(wide, narrow, cheap), logic, *FACTS),
    ],
)
R1 = Statement(
    "YSJ18.R1",
    SEPARATED,
    title="Efficiently checkable optimality test",
    kind="remark",
    where="Sections 1.1 and 2.2",
    lines=(65, 73),
    names=(D,),
    standing=(WIDTHS,),
    given={
        **ASSUMPTIONS,
        "leading": leading(X, Y, U),
        "critical": critical(W),
        "sizes": sizes,
    },
    then=both(wide, narrow, cheap),
    gloss=GLOSS,
    repaired=R1_REPAIRED,
    proof=[
        have(
            "wide",
            wide,
            arbitrary(
                proof=[
                    *decided(full_rank, T2_1, (65, 68)),
                ]
            ),
        ),
        have(
            "narrow",
            narrow,
            arbitrary(
                proof=[
                    have("inputs of", NARROW[0], logic, "narrow.if"),
                    have("outputs of", NARROW[1], logic, "narrow.if"),
                    *decided(inside_set, T2_2, (68, 70)),
                ]
            ),
        ),
        have("cost", cheap, cite(COST)),
        have("all", both(wide, narrow, cheap), logic, *FACTS),
    ],
)
