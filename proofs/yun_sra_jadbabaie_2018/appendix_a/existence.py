"""Section 4.2 and Appendix A.5: some global minimum meets the conditions of the theorems.

Statements
- YSJ18.P4.3.empty: where a layer above layer j has less than d_y units, no network meets those of
  Theorem 4.2.
- YSJ18.P4.3: for both theorems.
"""

from symbolic_landscape.proofs.rules import maps, ranks
from symbolic_landscape.proofs.rules.jacobians import jacobian
from symbolic_landscape.proofs.rules.maps import (
    differentiable,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.appendix_a.padded_network import (
    PADDED,
    meets,
    meets_first,
    net,
    padded,
    receives,
    yields,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.appendix_a.paddings import (
    wide_above,
    wide_below,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.appendix_a.steering import (
    INVERSE,
    full_rank,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_4.classes import (
    ABOVE as CLASSES_ABOVE,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_4.networks import (
    above as above_layer,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.functions import (
    LAYER_MOVED,
    TARGETS,
    H,
    J,
    d,
    eps,
    h,
    j,
    k,
    steep,
    up_,
    vector,
)
from symbolic_landscape.statement.language import (
    Expr,
    both,
    contradiction,
    each,
    every,
    exists,
    integer,
    like,
    rank,
    zeros,
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
    definition,
    have,
    induct,
    linear,
    logic,
    suppose_not,
    take,
)
from symbolic_landscape.statement.step import Step

i, n = integer("i"), integer("n")

narrow = integer("narrow")
ranks_above = each(i, j, narrow, every(vector("z", i), rank(J(i, vector("z", i))) <= d[narrow]))
x = vector("x", n - 1)
EMPTY = Statement(
    "YSJ18.P4.3.empty",
    LAYER_MOVED,
    title="A narrow layer above leaves no network that meets Theorem 4.2",
    where="Section 4.2",
    names=(narrow,),
    standing=(narrow >= j, narrow <= H),
    given={"narrow": d[narrow] < d[H + 1], "bound": eps > 0},
    then=~steep(h, j, eps),
    proof=[
        have("classes", None, cite(CLASSES_ABOVE)),
        have(
            "ranks",
            ranks_above,
            induct(
                n,
                down=True,
                base=[
                    have(
                        "columns",
                        every(vector("z", narrow), rank(J(narrow, vector("z", narrow)))
                              <= d[narrow]),
                        arbitrary(vector("z", narrow), proof=[
                            have("rank", None, by(ranks.rank_at_most_columns,
                                                  A=J(narrow, vector("z", narrow))))]),
                    )
                ],
                step=[
                    have("class above", None, at(n), "classes"),
                    have("class here", None, at(n), "standing 5"),
                    have("above", differentiable(up_(h)[n]), logic, "class above"),
                    have("here", differentiable(h[n]), logic, "class here"),
                    have("up", up_(h)[n - 1] == above_layer(h, n), definition),
                    have(
                        "next",
                        every(x, rank(J(n - 1, x)) <= d[narrow]),
                        arbitrary(x, proof=[
                            have("chain", None,
                                 by(maps.jacobian_of_composed, Q=up_(h)[n], P=h[n], w=x),
                                 "above", "here"),
                            have("product", J(n - 1, x) == J(n, h[n](x))
                                 @ jacobian(h[n], x, d[n], d[n - 1]), calculation,
                                 "up", "chain"),
                            have("left", None, by(ranks.rank_of_product_left, A=J(n, h[n](x)),
                                                  B=jacobian(h[n], x, d[n], d[n - 1]))),
                            have("less", None, at(h[n](x)), "ranks.before"),
                            have("at most", rank(J(n, h[n](x))
                                 @ jacobian(h[n], x, d[n], d[n - 1])) <= d[narrow],
                                 linear, "left", "less"),
                            have("rank", rank(J(n - 1, x)) <= d[narrow], calculation,
                                 "at most", "product"),
                        ]),
                    ),
                ],
            ),
        ),
        have("at j", None, at(j, zeros(d[j], 1)), "ranks"),
        have(
            "not steep",
            ~steep(h, j, eps),
            suppose_not(
                proof=[
                    have("full ranks", None, cite(INVERSE)),
                    have("full rank", full_rank, logic, "full ranks"),
                    have("full", None, at(zeros(d[j], 1)), "full rank"),
                    have("clash", contradiction, linear, "full", "at j", "narrow"),
                ]
            ),
        ),
    ],
)  # fmt: skip

network = like("network", h)
moved = integer("moved")
first = (d[H + 1] <= d[0]) >> exists(network, meets_first(network))
some = exists(
    network,
    moved,
    both(moved >= 1, moved <= H + 1, meets(network, moved)),
)
asked = both(d[0] <= d[H + 1], receives, yields)
enough = both(d[0] <= d[H + 1], receives, yields, wide_above)
only = padded(1)
FIRST = have(
    "first",
    first,
    arbitrary(
        proof=[
            have("all wide", each(k, 1, H + 1, d[H + 1] <= d[k]), arbitrary(n, proof=[
                have("standing", None, at(n), "standing 5"),
                have("width", d[H + 1] <= d[n], cases(
                    [have("by inputs", d[H + 1] <= d[n], linear, "width.1", "first.if")],
                    [have("by outputs", d[H + 1] <= d[n], logic, "width.2")],
                ), "standing"),
            ])),
            have("wide", each(k, 2, H + 1, d[H + 1] <= d[k]), arbitrary(n, proof=[
                have("one", d[H + 1] <= d[n], at(n), "all wide")])),
            have("first layer", None, at(1), "all wide"),
            have("receives", d[0] == d[0], calculation),
            have("none below", each(k, 0, -1, d[0] <= d[k]), arbitrary(n, proof=[
                have("none", d[0] <= d[n], linear, "none below.n")])),
            have("padded", meets(only, 1), cite(PADDED, j=1)),
            have("meets", meets_first(only), logic, "padded"),
            have("exists", exists(network, meets_first(network)), take(only), "meets"),
        ]
    ),
    lines=(538, 548),
)  # fmt: skip


def second(widths: Expr, *wide: Step) -> Step:
    """The part about Theorem 4.2, where layer j has these widths around it."""
    return have(
        "second",
        widths >> some,
        arbitrary(
            proof=[
                have("receives", receives, logic, "second.if"),
                have("yields", yields, logic, "second.if"),
                have("inputs", d[0] <= d[H + 1], logic, "second.if"),
                have("plain", d[0] <= d[0], linear),
                have("below", wide_below, arbitrary(n, proof=[
                    have("low", d[0] <= d[n], cases(
                        [
                            have("same", n == 0, linear, "below.n", "low.1"),
                            have("first layer", d[0] <= d[n], calculation, "plain", "same"),
                        ],
                        [
                            have("standing", None, at(n), "standing 5"),
                            have("room", d[0] <= d[n], cases(
                                [have("by inputs", d[0] <= d[n], logic, "room.1")],
                                [have("by outputs", d[0] <= d[n], linear, "room.2", "inputs")],
                            ), "standing"),
                        ],
                        split=n <= 0,
                    )),
                ])),
                *wide,
                have("padded", meets(net, j), cite(PADDED)),
                have("exists", some, take(net, j), "standing 2", "standing 3", "padded"),
            ]
        ),
        lines=(549, 553),
    )  # fmt: skip


P4_3 = Statement(
    "YSJ18.P4.3",
    TARGETS,
    title="Non-vacuity of T4.1 and T4.2",
    kind="proposition",
    where="Section 4.2, Proposition 4.3",
    lines=(377, 378),
    given={},
    then=both(first, asked >> some),
    expected=("invalid inference, step second/above",),
    hedge="With d_y units in all layers from j on, as for Theorem 4.1, the construction works.",
    proof=[
        FIRST,
        second(
            asked,
            have(
                "above",
                wide_above,
                claimed("all the conditions of the theorem are easily checked"),
                "second.if",
                lines=(551, 553),
            ),
        ),
        have("both", both(first, asked >> some), logic, "first", "second"),
    ],
    repaired=Statement(
        "YSJ18.P4.3",
        TARGETS,
        title="Non-vacuity, where the layers above layer j have d_y units",
        kind="proposition",
        where="Section 4.2, Proposition 4.3",
        reading="repaired",
        given={},
        then=both(first, enough >> some),
        proof=[
            FIRST,
            second(enough, have("above", wide_above, logic, "second.if")),
            have("both", both(first, enough >> some), logic, "first", "second"),
        ],
    ),
)
