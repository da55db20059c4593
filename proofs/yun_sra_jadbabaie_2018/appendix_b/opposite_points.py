"""Appendix B: the two opposite points at a stage, of which one has more risk.

Notation: V has the drawn layers, V_i = W_i + Delta_i. Stage i is W_{H+1} ... W_{i+1} V_i ... V_1;
U1 and U2 are the points (V_1, ..., V_{i-1}, W_i +- Delta_i, W_{i+1}, ..., W_{H+1}).

Statements
- YSJ18.I11.still: without features the product is 0.
- YSJ18.I11.higher: where a stage turns the product from 0, L(U1) or L(U2) is greater than L(W).
- YSJ18.I11.near, YSJ18.I11.close: the points with some layers of V, U1 and U2 are as near as V.
"""

from symbolic_landscape.proofs.rules import continuity, entries, ranks
from symbolic_landscape.proofs.rules.points import close, column, row
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
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.linear import (
    A_,
    P_,
    R_,
    H,
    V,
    W,
    X,
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
    update,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    at,
    by,
    calculation,
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


between = mixed(V, W)
always_near = each(j, 0, H + 1, near(between[j], W, r))
still = (W[k] - W[k])[row, column]
NEAR = Statement(
    "YSJ18.I11.near",
    BY_TURNS,
    title="A point with some layers of V is as near to W as V is",
    names=(V, r),
    given={"positive": r > 0, "near": near(V, W, r)},
    then=always_near,
    proof=[
        have(
            "all",
            always_near,
            induct(
                v,
                base=[
                    have(
                        "start",
                        near(between[0], W, r),
                        arbitrary(
                            k,
                            row,
                            column,
                            proof=[have("entry", both(-r < still, still < r), logic, "positive")],
                        ),
                    )
                ],
                step=[
                    have("drawn", None, at(v + 1), "near"),
                    have(
                        "changed", between[v + 1] == update(between[v], v + 1, V[v + 1]), definition
                    ),
                    have(
                        "next point",
                        near(update(between[v], v + 1, V[v + 1]), W, r),
                        by(continuity.near_with_member, V=between[v], k=v + 1),
                        "all.before",
                        "drawn",
                    ),
                    have("next", near(between[v + 1], W, r), calculation, "next point", "changed"),
                ],
            ),
        )
    ],
)


def stays_close(name: str, sign: int) -> list[Step]:
    """Steps: the mixed point with V_i - W_i, or its negative, added to layer i is near W."""
    moved_layer = before[i] + sign * (V[i] - W[i])
    entry = (moved_layer - W[i])[row, column]
    return [
        have(
            f"{name} layer",
            close(moved_layer, W[i], r),
            arbitrary(
                row,
                column,
                proof=[
                    have("drawn entry", None, at(row, column), "drawn"),
                    have("equal", entry == sign * (V[i] - W[i])[row, column], calculation, "of W"),
                    have("bounds", both(-r < entry, entry < r), linear, "drawn entry", "equal"),
                ],
            ),
        ),
        have(
            name,
            near(moved(before, i, sign * (V[i] - W[i])), W, r),
            by(continuity.near_with_member, V=before, k=i),
            "before",
            f"{name} layer",
        ),
    ]


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
        have("upper", each(j, i, H + 1, before[j] == W[j]), logic, "layers"),
        have("of W", before[i] == W[i], at(i), "upper"),
        have("always", None, cite(NEAR)),
        have("before", near(before, W, r), at(i - 1), "always"),
        have("drawn", None, at(i), "near"),
        *stays_close("first", 1),
        *stays_close("second", -1),
        have("both", both(near(U1, W, r), near(U2, W, r)), logic, "first", "second"),
    ],
)
