"""Appendix B: layers are redrawn one after the other until the product is not 0.

Notation: as in `opposite_points`.

Statements
- YSJ18.I11.returns: if the product of V is not 0, some stage turns it from 0.
- YSJ18.I11.stops: there one of two opposite points has more risk.
- YSJ18.I11: almost every draw stops at such a stage, by full rank; repaired: by polynomials.
"""

from symbolic_landscape.proofs.rules import measure, minima, ranks
from symbolic_landscape.proofs.rules.measure import null
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.appendix_b.generic_products import (
    FULL_PRODUCT,
    NONZERO,
    WIDTHS,
    almost_every,
    deficient,
    nothing,
    of_layers,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.appendix_b.layers_by_turns import (
    BY_TURNS,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.appendix_b.opposite_points import (
    HIDDEN_ZERO,
    HIGHER,
    NO_PRODUCT,
    higher,
    stage,
    turns,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_3.gradients import SPLIT
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.linear import (
    R_,
    H,
    V,
    d,
    full_gram,
    i,
    k,
    v,
)
from symbolic_landscape.statement.language import (
    Expr,
    both,
    contradiction,
    each,
    every,
    rank,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    at,
    by,
    calculation,
    cite,
    have,
    induct,
    linear,
    logic,
    suppose_not,
)
from symbolic_landscape.statement.step import Step

some_turn = ~each(i, 1, H + 1, ~turns(i))
all_zero = each(i, 0, H + 1, stage(i) == 0)
RETURNS = Statement(
    "YSJ18.I11.returns",
    BY_TURNS,
    title="If the last product is not 0, some stage turns it from 0",
    where="App. B",
    lines=(585, 590),
    names=(V,),
    given={**HIDDEN_ZERO, "product": R_(V) != 0},
    then=some_turn,
    proof=[
        have("still", None, cite(NO_PRODUCT)),
        have("split", None, cite(SPLIT)),
        have("start", None, at(0), "split"),
        have(
            "some",
            some_turn,
            suppose_not(
                [
                    have("none", each(i, 1, H + 1, ~turns(i)), logic, "some.not"),
                    have(
                        "all",
                        all_zero,
                        induct(
                            v,
                            base=[have("first", stage(0) == 0, calculation, "<start", "still")],
                            step=[
                                have("no turn", None, at(v + 1), "none"),
                                have("next", stage(v + 1) == 0, logic, "no turn", "all.before"),
                            ],
                        ),
                    ),
                    have("last", R_(V) == 0, at(H + 1), "all"),
                    have("clash", contradiction, logic, "last", "product"),
                ]
            ),
        ),
    ],
)


def stops_higher(V: Expr) -> Expr:
    """Some stage turns the product from 0, and one of two opposite points there has more risk."""
    return ~each(i, 1, H + 1, ~both(turns(i), higher))


almost_surely = almost_every(V, stops_higher(V))
STOPS = Statement(
    "YSJ18.I11.stops",
    BY_TURNS,
    title="Where the product of a draw is not 0, it stops at a stage with more risk",
    where="App. B",
    names=(V,),
    given={"gram": full_gram, **HIDDEN_ZERO, "product": R_(V) != 0},
    then=stops_higher(V),
    proof=[
        have("some turn", None, cite(RETURNS)),
        have(
            "stops",
            stops_higher(V),
            suppose_not(
                [
                    have(
                        "none",
                        each(i, 1, H + 1, ~both(turns(i), higher)),
                        logic,
                        "stops.not",
                    ),
                    have(
                        "no turn",
                        each(i, 1, H + 1, ~turns(i)),
                        arbitrary(
                            i,
                            proof=[
                                have("not both", None, at(i), "none"),
                                have(
                                    "not",
                                    ~turns(i),
                                    suppose_not(
                                        [
                                            have("turn", turns(i), logic, "not.not"),
                                            have("higher", None, cite(HIGHER)),
                                            have(
                                                "clash",
                                                contradiction,
                                                logic,
                                                "turn",
                                                "higher",
                                                "not both",
                                            ),
                                        ]
                                    ),
                                ),
                            ],
                        ),
                    ),
                    have("clash", contradiction, logic, "no turn", "some turn"),
                ]
            ),
        ),
    ],
)


def outside(bad: Expr, *not_zero: Step) -> list[Step]:
    """Steps: a draw that does not stop is bad; the step `null` says that bad ones are a null set.

    The steps `not_zero` lead from a draw that is not bad, `product.not`, to its product.
    """
    return [
        have(
            "inside",
            every(V, nothing, ~stops_higher(V) >> bad),
            arbitrary(
                V,
                nothing,
                proof=[
                    have(
                        "product",
                        bad,
                        suppose_not(
                            [
                                *not_zero,
                                have("stops", stops_higher(V), cite(STOPS)),
                                have("clash", contradiction, logic, "stops", "inside.if"),
                            ]
                        ),
                    )
                ],
            ),
            lines=(585, 590),
        ),
        have("stops", almost_surely, by(measure.null_part), "inside", "null", lines=(585, 587)),
    ]


TITLE = "Random perturbation argument"
I11_REPAIRED = Statement(
    "YSJ18.I11",
    BY_TURNS,
    title=TITLE,
    kind="identity",
    where="App. B",
    lines=(577, 603),
    reading="repaired",
    standing=(WIDTHS,),
    given={"gram": full_gram, **HIDDEN_ZERO},
    then=almost_surely,
    gloss="Almost every draw stops at a stage i with a product that is not 0, and one of U1 and U2 "
    "has more risk. The entries of the product are polynomials in the draw; full rank of its "
    "factors is not the reason.",
    proof=[
        have("null", None, cite(NONZERO)),
        *outside(R_(V) == 0),
    ],
)
some_deficient = ~each(k, 1, H + 1, ~deficient(V, k))
I11 = Statement(
    "YSJ18.I11",
    BY_TURNS,
    title=TITLE,
    kind="identity",
    where="App. B",
    lines=(577, 603),
    standing=(WIDTHS,),
    given={"gram": full_gram, "fewer": d[0] < d[H + 1], **HIDDEN_ZERO},
    then=almost_surely,
    repaired=I11_REPAIRED,
    proof=[
        have(
            "each",
            each(k, 1, H + 1, null(1, H + 1, of_layers(V, deficient(V, k)))),
            arbitrary(
                k,
                proof=[
                    have(
                        "factor",
                        null(1, H + 1, of_layers(V, deficient(V, k))),
                        by(measure.rank_deficient_is_null),
                    )
                ],
            ),
            lines=(584, 585),
        ),
        have(
            "null",
            null(1, H + 1, of_layers(V, some_deficient)),
            by(minima.null_union),
            "each",
            lines=(584, 585),
        ),
        *outside(
            some_deficient,
            have("full", rank(R_(V)) == d[0], cite(FULL_PRODUCT), lines=(585, 586)),
            have("width", None, at(0), "standing 2"),
            have(
                "not zero",
                R_(V) != 0,
                suppose_not(
                    [
                        have("zero product", R_(V) == 0, logic, "not zero.not"),
                        have("rank", None, by(ranks.rank_of_zero), "zero product"),
                        have("none", contradiction, linear, "rank", "full", "width"),
                    ]
                ),
            ),
        ),
    ],
)
