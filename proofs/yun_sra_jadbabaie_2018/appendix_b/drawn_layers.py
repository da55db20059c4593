"""Appendix B: layers are redrawn one after the other until the product is not 0.

Notation: V has the drawn layers, V_i = W_i + Delta_i. Stage i is W_{H+1} ... W_{i+1} V_i ... V_1;
U1 and U2 are the points (V_1, ..., V_{i-1}, W_i +- Delta_i, W_{i+1}, ..., W_{H+1}).

Statements
- YSJ18.I11.returns: if the product of V is not 0, some stage is the first that is not 0.
- YSJ18.I11.higher: there L(U1) or L(U2) is greater than L(W).
- YSJ18.I11: almost every draw stops at such a stage, by full rank; repaired: by polynomials.
- YSJ18.I11.close: U1 and U2 are as near to W as V is.
"""

from symbolic_landscape.proofs.rules import entries, measure, minima, ranks
from symbolic_landscape.proofs.rules.measure import null
from symbolic_landscape.proofs.rules.points import close, column, row
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
    MIXED,
    STAGE,
    mixed,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.appendix_b.one_layer import (
    OPPOSITE,
    change,
    moved,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_3.gradients import SPLIT
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.linear import (
    A_,
    P_,
    R_,
    H,
    V,
    W,
    X,
    d,
    full_gram,
    i,
    j,
    k,
    near,
    r,
    risk,
    square,
    v,
)
from symbolic_landscape.statement.language import (
    Expr,
    both,
    contradiction,
    each,
    either,
    every,
    rank,
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
)
from symbolic_landscape.statement.step import Step

IN_RANGE = (1 <= i, i <= H + 1)
HIDDEN_ZERO = {"zero": P_(W)[H] == 0}


def stage(i: Expr | int) -> Expr:
    """W_{H+1} ... W_{i+1} V_i ... V_1."""
    return A_(W)[i] @ P_(V)[i]


def turns(i: Expr) -> Expr:
    """Stage i is the first in a row that is not 0."""
    return both(stage(i - 1) == 0, stage(i) != 0)


U1 = moved(mixed(V, W)[i - 1], i, V[i] - W[i])
U2 = moved(mixed(V, W)[i - 1], i, W[i] - V[i])
higher = either(risk(W) < risk(U1), risk(W) < risk(U2))

NO_PRODUCT = Statement(
    "YSJ18.I11.still",
    BY_TURNS,
    title="Without features the product is 0",
    given=HIDDEN_ZERO,
    then=R_(W) == 0,
    proof=[
        have("layer", R_(W) == W[H + 1] @ P_(W)[H], definition),
        have("none", R_(W) == 0, calculation, "layer", "zero"),
    ],
)

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

before = mixed(V, W)[i - 1]
HIGHER = Statement(
    "YSJ18.I11.higher",
    BY_TURNS,
    title="At the turn one of two opposite points has more risk",
    where="App. B",
    lines=(587, 603),
    names=(i, V),
    standing=IN_RANGE,
    given={"gram": full_gram, **HIDDEN_ZERO, "turn": turns(i)},
    then=higher,
    proof=[
        have("before", stage(i - 1) == 0, logic, "turn", lines=(587, 589)),
        have("after", stage(i) != 0, logic, "turn", lines=(587, 590)),
        have("still", R_(W) == 0, cite(NO_PRODUCT)),
        have("mixed", None, cite(STAGE, i=i - 1)),
        have("lower", each(j, 0, i - 1, P_(before)[j] == P_(V)[j]), logic, "mixed"),
        have("upper", each(j, i - 1, H + 1, A_(before)[j] == A_(W)[j]), logic, "mixed"),
        have("product", R_(before) == stage(i - 1), logic, "mixed"),
        have(
            "same risk",
            risk(before) == risk(W),
            calculation,
            "product",
            "before",
            "still",
            lines=(597, 598),
        ),
        have("opposite", None, cite(OPPOSITE, W=before, D=V[i] - W[i]), lines=(598, 600)),
        have("below", None, at(i - 1), "lower"),
        have("above", None, at(i), "upper"),
        have("layer of W", A_(W)[i - 1] == A_(W)[i] @ W[i], definition),
        have("layer of V", P_(V)[i] == V[i] @ P_(V)[i - 1], definition),
        have("start", A_(W)[i] @ W[i] @ P_(V)[i - 1] == 0, calculation, "<layer of W", "before"),
        have(
            "change",
            change(before, i, V[i] - W[i]) == stage(i) @ X,
            calculation,
            "below",
            "above",
            "start",
            "<layer of V",
            lines=(590, 592),
        ),
        have("squares", None, by(entries.squares_of_equal), "change"),
        have(
            "seen",
            square(stage(i) @ X) > 0,
            suppose_not(
                [
                    have("not more", square(stage(i) @ X) <= 0, logic, "seen.not"),
                    have("unseen outputs", None, by(entries.zero_of_squares), "not more"),
                    have("unseen", stage(i) @ X @ X.T == 0, calculation, "unseen outputs"),
                    have(
                        "none",
                        stage(i).T == 0,
                        by(ranks.kernel_of_full_column_rank, A=X @ X.T, B=stage(i).T),
                        "gram",
                        "unseen",
                    ),
                    have("clash", contradiction, logic, "none", "after"),
                ]
            ),
        ),
        have(
            "some",
            higher,
            suppose_not(
                [
                    have(
                        "not more",
                        both(risk(U1) <= risk(W), risk(U2) <= risk(W)),
                        logic,
                        "some.not",
                    ),
                    have(
                        "clash",
                        contradiction,
                        linear,
                        "not more",
                        "opposite",
                        "same risk",
                        "squares",
                        "seen",
                    ),
                ]
            ),
            lines=(601, 603),
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
        *outside(R_(V) == 0, have("not zero", R_(V) != 0, logic, "product.not")),
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
            have("factors", each(k, 1, H + 1, ~deficient(V, k)), logic, "product.not"),
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


def stays_close(name: str, sign: int) -> Step:
    """A step: the mixed point with V_i - W_i, or its negative, added to layer i is near W."""
    there = moved(before, i, sign * (V[i] - W[i]))
    inside = close(there[k], W[k], r)
    entry = (there[k] - W[k])[row, column]
    bounds = both(-r < entry, entry < r)
    lower = [
        have("of V", before[k] == V[k], at(k), "lower"),
        have("same", inside, calculation, "drawn", "of V"),
    ]
    changed = [
        have("place", k == i, linear, "this.2", "rest.1"),
        have("of W", before[i] == W[i], at(i), "upper"),
        have(
            "entries",
            inside,
            arbitrary(
                row,
                column,
                proof=[
                    have("drawn entry", None, at(row, column), "drawn"),
                    have(
                        "equal",
                        entry == sign * (V[k] - W[k])[row, column],
                        calculation,
                        "place",
                        "of W",
                    ),
                    have("bounds", bounds, linear, "drawn entry", "equal"),
                ],
            ),
        ),
    ]
    upper = [
        have("of W", before[k] == W[k], at(k), "upper"),
        have(
            "entries",
            inside,
            arbitrary(
                row,
                column,
                proof=[
                    have("equal", entry == 0, calculation, "of W"),
                    have("bounds", bounds, linear, "equal", "positive"),
                ],
            ),
        ),
    ]
    rest = have("rest", inside, cases(changed, upper, split=k <= i))
    return have(
        name,
        near(there, W, r),
        arbitrary(
            k,
            proof=[
                have("drawn", None, at(k), "near"),
                have("this", inside, cases(lower, [rest], split=k <= i - 1)),
            ],
        ),
    )


CLOSE = Statement(
    "YSJ18.I11.close",
    BY_TURNS,
    title="The opposite points are as near to W as V is",
    where="App. B",
    lines=(593, 597),
    names=(i, V, r),
    standing=IN_RANGE,
    given={"positive": r > 0, "near": near(V, W, r)},
    then=both(near(U1, W, r), near(U2, W, r)),
    proof=[
        have("mixed", None, cite(MIXED)),
        have("layers", None, at(i - 1), "mixed"),
        have("lower", each(j, 1, i - 1, before[j] == V[j]), logic, "layers"),
        have("upper", each(j, i, H + 1, before[j] == W[j]), logic, "layers"),
        stays_close("first", 1),
        stays_close("second", -1),
        have("both", both(near(U1, W, r), near(U2, W, r)), logic, "first", "second"),
    ],
)
