"""Appendix B, Lemma B.1: points near W with more risk, in the two cases of its proof.

Notation: F = P_H X, the features of the last layer.

Statements
- YSJ18.LB1.noMore: where no point nearby has more risk, a point nearby has no more.
- YSJ18.LB1.close: a point with one layer moved a little is near.
- YSJ18.LB1.bends: where W_H ... W_1 is not 0, the Hessian by the last layer is positive somewhere.
- YSJ18.LB1.features: there, points as near as one likes have more risk.
- YSJ18.LB1.drawn: where W_H ... W_1 is 0, so it is, as the drawn layers show.
"""

from symbolic_landscape.proofs.rules import continuity, entries, measure, order, ranks
from symbolic_landscape.proofs.rules import points as rule_points
from symbolic_landscape.proofs.rules.points import close, column, row
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.appendix_b.drawn_layers import (
    almost_surely,
    stops_higher,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.appendix_b.generic_products import (
    WIDTHS,
    empty,
    nothing,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.appendix_b.last_layer import ALONG
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.appendix_b.layers_by_turns import (
    BY_TURNS,
    U,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.appendix_b.one_layer import (
    OPPOSITE,
    change,
    moved,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.appendix_b.opposite_points import (
    CLOSE,
    U1,
    U2,
    higher,
    turns,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.linear import (
    DEEP_LINEAR,
    P_,
    H,
    V,
    W,
    X,
    Y,
    d,
    full_gram,
    i,
    j,
    k,
    near,
    r,
    rises,
    risk,
    s,
    second_derivative,
    square,
    unit,
)
from symbolic_landscape.statement.language import (
    both,
    contradiction,
    each,
    every,
    exists,
    matrix,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    at,
    by,
    calculation,
    cite,
    have,
    linear,
    logic,
    obtain,
    suppose_not,
    take,
)

POINT = (W, X, Y)
more = exists(V, both(near(V, W, r), risk(W) < risk(V)))

NO_MORE = Statement(
    "YSJ18.LB1.noMore",
    DEEP_LINEAR,
    title="Where no point nearby has more risk, a point nearby has no more",
    names=(U, r),
    given={"none": ~more, "near": near(U, W, r)},
    then=risk(U) <= risk(W),
    proof=[
        have(
            "no more",
            risk(U) <= risk(W),
            suppose_not(
                [
                    have("higher", risk(W) < risk(U), logic, "no more.not"),
                    have("some", more, take(U), "higher", "near"),
                    have("clash", contradiction, logic, "some", "none"),
                ]
            ),
        )
    ],
)

D = matrix("D", d[i], d[i - 1])
still = close(W[k], W[k], r)
entry = (W[k] - W[k])[row, column]
ONE_CLOSE = Statement(
    "YSJ18.LB1.close",
    DEEP_LINEAR,
    title="A point with one layer moved a little is near",
    names=(i, D, r),
    standing=(1 <= i, i <= H + 1),
    given={"positive": r > 0, "layer": close(W[i] + D, W[i], r)},
    then=near(moved(W, i, D), W, r),
    proof=[
        have(
            "still",
            each(k, 1, H + 1, still),
            arbitrary(
                k,
                row,
                column,
                proof=[have("entry", both(-r < entry, entry < r), logic, "positive")],
            ),
        ),
        have(
            "near",
            near(moved(W, i, D), W, r),
            by(continuity.near_with_member, V=W, k=i),
            "still",
            "layer",
        ),
    ],
)

M, F = matrix("M", d[H + 1], d[H]), P_(W)[H] @ X
FEATURES = {"gram": full_gram, "features": P_(W)[H] != 0}
BENDS = Statement(
    "YSJ18.LB1.bends",
    DEEP_LINEAR,
    title="Where W_H ... W_1 is not 0, the Hessian by the last layer is positive somewhere",
    where="App. B",
    lines=(572, 574),
    standing=(WIDTHS,),
    given=FEATURES,
    then=exists(M, second_derivative(M, M) > 0),
    proof=[
        have("outputs", None, at(H + 1), "standing 2"),
        have(
            "bends",
            exists(M, second_derivative(M, M) > 0),
            suppose_not(
                [
                    have(
                        "no rows",
                        each(j, 1, d[H], each(k, 1, X.columns, F[j, k] == 0)),
                        arbitrary(
                            j,
                            k,
                            proof=[
                                have("along", None, cite(ALONG, K=unit(1, j), M=unit(1, j))),
                                have(
                                    "flat",
                                    second_derivative(unit(1, j), unit(1, j)) <= 0,
                                    suppose_not(
                                        [
                                            have(
                                                "more",
                                                second_derivative(unit(1, j), unit(1, j)) > 0,
                                                logic,
                                                "flat.not",
                                            ),
                                            have(
                                                "some",
                                                exists(M, second_derivative(M, M) > 0),
                                                take(unit(1, j)),
                                                "more",
                                            ),
                                            have(
                                                "clash", contradiction, logic, "some", "bends.not"
                                            ),
                                        ]
                                    ),
                                ),
                                have(
                                    "along half",
                                    second_derivative(unit(1, j), unit(1, j))
                                    == square(unit(1, j) @ F),
                                    calculation,
                                    "along",
                                    "standing 1",
                                ),
                                have(
                                    "square",
                                    square(unit(1, j) @ F) <= 0,
                                    linear,
                                    "flat",
                                    "along half",
                                ),
                                have("zero", None, by(entries.zero_of_squares), "square"),
                                have(
                                    "entry",
                                    (unit(1, j) @ F)[1, k] == 0,
                                    by(entries.entry_of_zero),
                                    "zero",
                                ),
                                have(
                                    "row",
                                    None,
                                    by(
                                        entries.unit_times_matrix,
                                        B=F,
                                        i=1,
                                        j=j,
                                        k=1,
                                        o=k,
                                        m=d[H + 1],
                                        n=d[H],
                                    ),
                                ),
                                have("feature", F[j, k] == 0, calculation, "<row", "entry"),
                            ],
                        ),
                    ),
                    have("no features", F == 0, by(entries.zero_of_entries), "no rows"),
                    have("none", P_(W)[H] @ X @ X.T == 0, calculation, "no features"),
                    have(
                        "hidden",
                        P_(W)[H].T == 0,
                        by(ranks.kernel_of_full_column_rank, A=X @ X.T, B=P_(W)[H].T),
                        "gram",
                        "none",
                    ),
                    have("clash", contradiction, logic, "hidden", "features"),
                ]
            ),
        ),
    ],
)

step_up, step_down = moved(W, H + 1, s * M), moved(W, H + 1, -s * M)
FROM_FEATURES = Statement(
    "YSJ18.LB1.features",
    DEEP_LINEAR,
    title="Where W_H ... W_1 is not 0, points as near as one likes have more risk",
    where="App. B",
    lines=(573, 574),
    standing=(WIDTHS,),
    given=FEATURES,
    then=rises(*POINT),
    proof=[
        have("bends", None, cite(BENDS), lines=(572, 573)),
        have("M", second_derivative(M, M) > 0, obtain(M), "bends"),
        have("along", None, cite(ALONG, K=M)),
        have(
            "along half",
            second_derivative(M, M) == square(M @ F),
            calculation,
            "along",
            "standing 1",
        ),
        have("seen", square(M @ F) > 0, linear, "M", "along half"),
        have(
            "rises",
            rises(*POINT),
            arbitrary(
                r,
                proof=[
                    have("step", None, by(continuity.small_step, A=W[H + 1], A2=M), "rises.if"),
                    have(
                        "s",
                        both(
                            s > 0,
                            close(W[H + 1] + s * M, W[H + 1], r),
                            close(W[H + 1] - s * M, W[H + 1], r),
                        ),
                        obtain(s),
                        "step",
                    ),
                    have("s positive", s > 0, logic, "s"),
                    have("small up", close(W[H + 1] + s * M, W[H + 1], r), logic, "s"),
                    have("up near", None, cite(ONE_CLOSE, i=H + 1, D=s * M)),
                    have("down near", None, cite(ONE_CLOSE, i=H + 1, D=-s * M)),
                    have("opposite", None, cite(OPPOSITE, i=H + 1, D=s * M)),
                    have(
                        "change",
                        square(change(W, H + 1, s * M)) == s * s * square(M @ F),
                        calculation,
                    ),
                    have("s squared", None, by(order.positive_product), "s positive", "s positive"),
                    have("gain", None, by(order.positive_product), "s squared", "seen"),
                    have(
                        "more",
                        more,
                        suppose_not(
                            [
                                have("up", None, cite(NO_MORE, U=step_up)),
                                have("down", None, cite(NO_MORE, U=step_down)),
                                have(
                                    "clash",
                                    contradiction,
                                    linear,
                                    "up",
                                    "down",
                                    "opposite",
                                    "change",
                                    "gain",
                                ),
                            ]
                        ),
                    ),
                ],
            ),
            lines=(573, 574),
        ),
    ],
)

box = rule_points.near(V, nothing, W, empty, 1, H + 1, r)
FROM_DRAWS = Statement(
    "YSJ18.LB1.drawn",
    BY_TURNS,
    title="Where almost every draw stops with more risk, points as near as one likes have more",
    where="App. B",
    lines=(593, 603),
    given={"draws": almost_surely},
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
                                    "no stop",
                                    every(V, nothing, box >> ~stops_higher(V)),
                                    arbitrary(
                                        V,
                                        nothing,
                                        proof=[
                                            have(
                                                "near",
                                                near(V, W, r),
                                                arbitrary(
                                                    k,
                                                    proof=[
                                                        have("layer", None, at(k), "no stop.if"),
                                                        have(
                                                            "close",
                                                            close(V[k], W[k], r),
                                                            logic,
                                                            "layer",
                                                        ),
                                                    ],
                                                ),
                                            ),
                                            have(
                                                "none",
                                                each(i, 1, H + 1, ~both(turns(i), higher)),
                                                arbitrary(
                                                    i,
                                                    proof=[
                                                        have("opposite", None, cite(CLOSE)),
                                                        have(
                                                            "first near",
                                                            near(U1, W, r),
                                                            logic,
                                                            "opposite",
                                                        ),
                                                        have(
                                                            "second near",
                                                            near(U2, W, r),
                                                            logic,
                                                            "opposite",
                                                        ),
                                                        have("first", None, cite(NO_MORE, U=U1)),
                                                        have("second", None, cite(NO_MORE, U=U2)),
                                                        have(
                                                            "not higher",
                                                            ~both(turns(i), higher),
                                                            logic,
                                                            "first",
                                                            "second",
                                                        ),
                                                    ],
                                                ),
                                            ),
                                            have("not", ~stops_higher(V), logic, "none"),
                                        ],
                                    ),
                                ),
                                have("null box", None, by(measure.null_part), "no stop", "draws"),
                                have(
                                    "box",
                                    None,
                                    by(measure.box_is_not_null, V=W, c=empty, low=1, high=H + 1),
                                    "rises.if",
                                ),
                                have("clash", contradiction, logic, "null box", "box"),
                            ]
                        ),
                    )
                ],
            ),
        )
    ],
)
