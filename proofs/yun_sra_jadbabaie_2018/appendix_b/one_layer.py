"""Appendix B: the risk where one layer is moved to either side.

Statements
- YSJ18.I11.below: layers below a changed one have the same product as before.
- YSJ18.I11.moved: the product is linear in each layer, R = A_i M P_{i-1} with M in layer i.
- YSJ18.I11.opposite: L(U + D) + L(U - D) = 2 L(U) + |A_i D P_{i-1} X|^2 for a change D of layer i.
"""

from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.linear import (
    A_,
    DEEP_LINEAR,
    P_,
    R_,
    H,
    W,
    X,
    d,
    i,
    j,
    risk,
    square,
    v,
)
from symbolic_landscape.statement.language import Expr, each, matrix, update
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import at, calculation, cite, definition, have, induct

IN_RANGE = (1 <= i, i <= H + 1)
M, D = matrix("M", d[i], d[i - 1]), matrix("D", d[i], d[i - 1])
changed = update(W, i, M)
same_below = each(j, 0, i - 1, P_(changed)[j] == P_(W)[j])

BELOW = Statement(
    "YSJ18.I11.below",
    DEEP_LINEAR,
    title="Layers below a changed one have the same product as before",
    where="App. B",
    names=(i, M),
    standing=IN_RANGE,
    given={},
    then=same_below,
    proof=[
        have(
            "all",
            same_below,
            induct(
                v,
                base=[have("input", P_(changed)[0] == P_(W)[0], calculation)],
                step=[
                    have(
                        "there", P_(changed)[v + 1] == changed[v + 1] @ P_(changed)[v], definition
                    ),
                    have("here", P_(W)[v + 1] == W[v + 1] @ P_(W)[v], definition),
                    have(
                        "next",
                        P_(changed)[v + 1] == P_(W)[v + 1],
                        calculation,
                        "there",
                        "all.before",
                        "<here",
                    ),
                ],
            ),
        )
    ],
)

through = A_(W)[i] @ M @ P_(W)[i - 1]
stages = each(j, i, H + 1, A_(W)[j] @ P_(changed)[j] == through)
MOVED = Statement(
    "YSJ18.I11.moved",
    DEEP_LINEAR,
    title="The product is linear in each layer",
    where="App. B",
    names=(i, M),
    standing=IN_RANGE,
    given={},
    then=R_(changed) == through,
    proof=[
        have("below", None, cite(BELOW)),
        have("just below", None, at(i - 1), "below"),
        have(
            "stages",
            stages,
            induct(
                v,
                base=[
                    have("layer", P_(changed)[i] == M @ P_(changed)[i - 1], definition),
                    have(
                        "through",
                        A_(W)[i] @ P_(changed)[i] == through,
                        calculation,
                        "layer",
                        "just below",
                    ),
                ],
                step=[
                    have("layer", P_(changed)[v + 1] == W[v + 1] @ P_(changed)[v], definition),
                    have("above", A_(W)[v] == A_(W)[v + 1] @ W[v + 1], definition),
                    have(
                        "through",
                        A_(W)[v + 1] @ P_(changed)[v + 1] == through,
                        calculation,
                        "layer",
                        "<above",
                        "stages.before",
                    ),
                ],
            ),
        ),
        have("moved", R_(changed) == through, at(H + 1), "stages"),
    ],
)


def moved(W: Expr, i: Expr, M: Expr) -> Expr:
    """The weights with M added to layer i."""
    return update(W, i, W[i] + M)


def change(W: Expr, i: Expr, M: Expr) -> Expr:
    """What M in layer i adds to the outputs."""
    return A_(W)[i] @ M @ P_(W)[i - 1] @ X


OPPOSITE = Statement(
    "YSJ18.I11.opposite",
    DEEP_LINEAR,
    title="The risk where one layer is moved to either side",
    where="App. B",
    lines=(598, 600),
    names=(i, D),
    standing=IN_RANGE,
    given={},
    then=risk(moved(W, i, D)) + risk(moved(W, i, -D)) == 2 * risk(W) + square(change(W, i, D)),
    proof=[
        have("up", None, cite(MOVED, M=W[i] + D)),
        have("down", None, cite(MOVED, M=W[i] - D)),
        have("still", None, cite(MOVED, M=W[i])),
        have(
            "sum",
            risk(moved(W, i, D)) + risk(moved(W, i, -D)) == 2 * risk(W) + square(change(W, i, D)),
            calculation,
            "up",
            "down",
            "still",
            "standing 1",
        ),
    ],
)
