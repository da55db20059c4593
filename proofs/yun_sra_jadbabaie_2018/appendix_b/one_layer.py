"""Appendix B: the risk where one layer is moved to either side.

Statements
- YSJ18.I11.opposite: L(W + D) + L(W - D) = 2 L(W) + |A_i D P_{i-1} X|^2 for a change D of layer i.
"""

from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_3.gradients import PRODUCT
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.linear import (
    A_,
    DEEP_LINEAR,
    P_,
    H,
    W,
    X,
    d,
    i,
    risk,
    square,
)
from symbolic_landscape.statement.language import Expr, matrix, update
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import calculation, cite, have

D = matrix("D", d[i], d[i - 1])


def moved(W: Expr, i: Expr, M: Expr) -> Expr:
    """The weights with M added to layer i."""
    return update(W, i, W[i] + M)


def change(W: Expr, i: Expr, M: Expr) -> Expr:
    """What M in layer i adds to the outputs."""
    return A_(W)[i] @ M @ P_(W)[i - 1] @ X


total = risk(moved(W, i, D)) + risk(moved(W, i, -D))
OPPOSITE = Statement(
    "YSJ18.I11.opposite",
    DEEP_LINEAR,
    title="The risk where one layer is moved to either side",
    where="App. B",
    lines=(598, 600),
    names=(i, D),
    standing=(1 <= i, i <= H + 1),
    given={},
    then=total == 2 * risk(W) + square(change(W, i, D)),
    proof=[
        have("up", None, cite(PRODUCT, k=i, M=W[i] + D)),
        have("down", None, cite(PRODUCT, k=i, M=W[i] - D)),
        have("still", None, cite(PRODUCT, k=i, M=W[i])),
        have(
            "sum",
            total == 2 * risk(W) + square(change(W, i, D)),
            calculation,
            "up",
            "down",
            "still",
            "standing 1",
        ),
    ],
)
