"""Sections 1.1 and 2.2, a remark: the test for global optimality is cheap.

Notation: D bounds all widths.

Statements
- YSJ18.R1.cost: the product of all layers and its rank take at most (H + 2) D^3 multiplications.
- YSJ18.R1.rank: without a bottleneck the rank decides whether a critical point is least.
"""

from symbolic_landscape.proofs.rules import order, sums
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_2.rank_test import T2_1_REPAIRED
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.linear import (
    NARROWEST,
    POINT,
    H,
    V,
    W,
    critical,
    d,
    falls,
    full_correlation,
    full_rank,
    k,
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
decides = both(full_rank >> least(*POINT), least(*POINT) >> full_rank)
RANK_DECIDES = Statement(
    "YSJ18.R1.rank",
    PARTIAL,
    title="Without a bottleneck the rank decides whether a critical point is least",
    kind="remark",
    where="Sections 1.1 and 2.2",
    lines=(62, 68),
    given={
        "correlation": full_correlation,
        "wide": no_bottleneck,
        "critical": critical(W),
    },
    then=decides,
    proof=[
        have("theorem", None, cite(T2_1_REPAIRED)),
        have("if full", full_rank >> least(*POINT), logic, "theorem"),
        have(
            "if least",
            least(*POINT) >> full_rank,
            arbitrary(
                proof=[
                    have(
                        "full",
                        full_rank,
                        suppose_not(
                            [
                                have("falls", falls(*POINT), logic, "theorem", "full.not"),
                                have("one", None, at(one), "falls"),
                                have("some", lower, logic, "one"),
                                have(
                                    "V", both(near(V, W, one), risk(V) < risk(W)), obtain(V), "some"
                                ),
                                have("not less", risk(W) <= risk(V), at(V), "if least.if"),
                                have("absurd", contradiction, logic, "V", "not less"),
                            ]
                        ),
                    )
                ]
            ),
        ),
        have("decides", decides, logic, "if full", "if least"),
    ],
)
