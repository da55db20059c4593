"""Appendix B, Lemma B.1: a critical point that is no local minimum is a saddle.

Statements
- YSJ18.LB1.falls: near a point that is no local minimum there is less risk.
- YSJ18.LB1.constant: where no point nearby has more risk, the risk is constant nearby.
- YSJ18.LB1.rises: so near a point that is no local minimum there is more risk.
- YSJ18.LB1: the lemma, for d_x < d_y and data of full rank; repaired: for all widths and data.
"""

from symbolic_landscape.proofs.rules import entries
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.appendix_b.drawn_layers import (
    I11,
    almost_surely,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.appendix_b.generic_products import (
    WIDTHS,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.appendix_b.higher_points import (
    FROM_DRAWS,
    FROM_FEATURES,
    NO_MORE,
    POINT,
    more,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.appendix_b.layers_by_turns import (
    BY_TURNS,
    LOWER,
    MIXED,
    mixed,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.appendix_b.one_layer import (
    OPPOSITE,
    change,
    moved,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.appendix_b.opposite_points import (
    CLOSE,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.linear import (
    DEEP_LINEAR,
    P_,
    R_,
    H,
    V,
    W,
    critical,
    d,
    falls,
    full_correlation,
    full_gram,
    i,
    j,
    local_minimum,
    near,
    r,
    rises,
    risk,
    saddle,
    v,
)
from symbolic_landscape.statement.language import (
    both,
    contradiction,
    each,
    every,
    exists,
    update,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    at,
    by,
    calculation,
    cases,
    cite,
    definition,
    have,
    induct,
    linear,
    logic,
    suppose_not,
    take,
)

less = exists(V, both(near(V, W, r), risk(V) < risk(W)))

FALLS = Statement(
    "YSJ18.LB1.falls",
    DEEP_LINEAR,
    title="Near a point that is no local minimum there is less risk",
    given={"no minimum": ~local_minimum(*POINT)},
    then=falls(*POINT),
    proof=[
        have(
            "falls",
            falls(*POINT),
            arbitrary(
                r,
                proof=[
                    have(
                        "less",
                        less,
                        suppose_not(
                            [
                                have(
                                    "least nearby",
                                    every(V, near(V, W, r) >> (risk(W) <= risk(V))),
                                    arbitrary(
                                        V,
                                        proof=[
                                            have(
                                                "least",
                                                risk(W) <= risk(V),
                                                suppose_not(
                                                    [
                                                        have(
                                                            "lower",
                                                            risk(V) < risk(W),
                                                            logic,
                                                            "least.not",
                                                        ),
                                                        have(
                                                            "some",
                                                            less,
                                                            take(V),
                                                            "lower",
                                                            "least nearby.if",
                                                        ),
                                                        have(
                                                            "clash",
                                                            contradiction,
                                                            logic,
                                                            "some",
                                                            "less.not",
                                                        ),
                                                    ]
                                                ),
                                            )
                                        ],
                                    ),
                                ),
                                have(
                                    "minimum",
                                    local_minimum(*POINT),
                                    take(r),
                                    "falls.if",
                                    "least nearby",
                                ),
                                have("clash", contradiction, logic, "minimum", "no minimum"),
                            ]
                        ),
                    )
                ],
            ),
        )
    ],
)

taken = mixed(V, W)
same = each(i, 0, H + 1, risk(taken[i]) == risk(W))
first = moved(taken[v], v + 1, V[v + 1] - W[v + 1])
CONSTANT = Statement(
    "YSJ18.LB1.constant",
    BY_TURNS,
    title="Where no point nearby has more risk, the risk is constant nearby",
    names=(V, r),
    given={"none": ~more, "positive": r > 0, "near": near(V, W, r)},
    then=risk(V) == risk(W),
    gloss="The two opposite points of each layer, taken over from V one after the other, have no "
    "more risk than W, and their mean has no less.",
    proof=[
        have("mixed", None, cite(MIXED)),
        have(
            "all",
            same,
            induct(
                v,
                base=[have("start", risk(taken[0]) == risk(W), calculation)],
                step=[
                    have("close", None, cite(CLOSE, i=v + 1)),
                    have("first near", near(first, W, r), logic, "close"),
                    have(
                        "second near",
                        near(moved(taken[v], v + 1, W[v + 1] - V[v + 1]), W, r),
                        logic,
                        "close",
                    ),
                    have("first no more", None, cite(NO_MORE, U=first)),
                    have(
                        "second no more",
                        None,
                        cite(NO_MORE, U=moved(taken[v], v + 1, W[v + 1] - V[v + 1])),
                    ),
                    have(
                        "opposite", None, cite(OPPOSITE, W=taken[v], i=v + 1, D=V[v + 1] - W[v + 1])
                    ),
                    have(
                        "square",
                        None,
                        by(
                            entries.squares_not_negative,
                            A=change(taken[v], v + 1, V[v + 1] - W[v + 1]),
                        ),
                    ),
                    have(
                        "no less",
                        risk(first) == risk(W),
                        linear,
                        "first no more",
                        "second no more",
                        "opposite",
                        "square",
                        "all.before",
                    ),
                    have("layers", None, at(v), "mixed"),
                    have("upper", each(j, v + 1, H + 1, taken[v][j] == W[j]), logic, "layers"),
                    have("layer", None, at(v + 1), "upper"),
                    have(
                        "next point", taken[v + 1] == update(taken[v], v + 1, V[v + 1]), definition
                    ),
                    have("same point", taken[v + 1] == first, calculation, "next point", "layer"),
                    have(
                        "next",
                        risk(taken[v + 1]) == risk(W),
                        calculation,
                        "same point",
                        "no less",
                    ),
                ],
            ),
        ),
        have("whole", None, at(H + 1), "all"),
        have("last", None, at(H + 1), "mixed"),
        have("all layers", each(j, 1, H + 1, taken[H + 1][j] == V[j]), logic, "last"),
        have("products", None, cite(LOWER, i=H + 1, U=taken[H + 1])),
        have("product", R_(taken[H + 1]) == R_(V), at(H + 1), "products"),
        have("same risk", risk(taken[H + 1]) == risk(V), calculation, "product"),
        have("equal", risk(V) == risk(W), linear, "same risk", "whole"),
    ],
)

RISES = Statement(
    "YSJ18.LB1.rises",
    BY_TURNS,
    title="Near a point that is no local minimum there is more risk",
    given={"no minimum": ~local_minimum(*POINT)},
    then=rises(*POINT),
    proof=[
        have(
            "rises",
            rises(*POINT),
            arbitrary(
                r,
                proof=[
                    have(
                        "more",
                        more,
                        suppose_not(
                            [
                                have(
                                    "least nearby",
                                    every(V, near(V, W, r) >> (risk(W) <= risk(V))),
                                    arbitrary(
                                        V,
                                        proof=[
                                            have("constant", None, cite(CONSTANT)),
                                            have("least", risk(W) <= risk(V), linear, "constant"),
                                        ],
                                    ),
                                ),
                                have(
                                    "minimum",
                                    local_minimum(*POINT),
                                    take(r),
                                    "rises.if",
                                    "least nearby",
                                ),
                                have("clash", contradiction, logic, "minimum", "no minimum"),
                            ]
                        ),
                    )
                ],
            ),
        )
    ],
)

TITLE = "Critical and not a local minimum => saddle (d_x<d_y)"
KIND = {"critical": critical(W), "no minimum": ~local_minimum(*POINT)}
LB1_REPAIRED = Statement(
    "YSJ18.LB1",
    BY_TURNS,
    title="Critical and not a local minimum => saddle",
    where="App. B, Lemma B.1",
    lines=(554, 560),
    reading="repaired",
    given=KIND,
    then=saddle(*POINT),
    gloss="For all widths and data: a local maximum is a point near which the risk is constant.",
    proof=[
        have("falls", None, cite(FALLS)),
        have("rises", None, cite(RISES)),
        have("saddle", saddle(*POINT), logic, "critical", "falls", "rises"),
    ],
)
LB1 = Statement(
    "YSJ18.LB1",
    BY_TURNS,
    title=TITLE,
    where="App. B, Lemma B.1",
    lines=(554, 560),
    standing=(WIDTHS,),
    given={
        "fewer": d[0] < d[H + 1],
        "gram": full_gram,
        "correlation": full_correlation,
        **KIND,
    },
    then=saddle(*POINT),
    repaired=LB1_REPAIRED,
    proof=[
        have(
            "rises",
            rises(*POINT),
            cases(
                [
                    have("draws", almost_surely, cite(I11), lines=(575, 592)),
                    have("more", rises(*POINT), cite(FROM_DRAWS), lines=(593, 603)),
                ],
                [have("more", rises(*POINT), cite(FROM_FEATURES), lines=(564, 574))],
                split=P_(W)[H] == 0,
            ),
            lines=(561, 603),
        ),
        have("falls", None, cite(FALLS)),
        have("saddle", saddle(*POINT), logic, "critical", "falls", "rises", lines=(562, 563)),
    ],
)
