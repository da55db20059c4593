"""Section 3.2, Lemma 3.2: partial products around a layer, and the gradients of the risk.

Statements
- YSJ18.L3.2.below: a change of W_k leaves the products of the layers below it as they are.
- YSJ18.L3.2.above: the same for the products of the layers above it.
- YSJ18.L3.2.split: the product of all layers, split between any two.
- YSJ18.L3.2.product: the product of all layers after a change of W_k.
- YSJ18.L3.2.expansion: the risk after a change of W_i, expanded.
- YSJ18.L3.2: the gradient formula.
"""

from typing import Any

from symbolic_landscape.proofs.rules import derivatives
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.linear import (
    A_,
    DEEP_LINEAR,
    E_,
    P_,
    R_,
    SQUARED_ERROR,
    H,
    W,
    X,
    c,
    d,
    i,
    j,
    k,
    risk,
    square,
    v,
    weight_gradient,
)
from symbolic_landscape.statement.language import Expr, each, every, fn, matrix, trace, update
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
)

M, D = matrix("M", d[k], d[k - 1]), matrix("D", d[i], d[i - 1])
moved = update(W, k, M)
LAYER = (1 <= k, k <= H + 1)

same_below, same_above = (
    each(j, 0, k - 1, P_(moved)[j] == P_(W)[j]),
    each(j, k, H + 1, A_(moved)[j] == A_(W)[j]),
)
BELOW = Statement(
    "YSJ18.L3.2.below",
    SQUARED_ERROR,
    title="A change of a layer leaves the products below it as they are",
    names=(k, M),
    given={},
    then=same_below,
    proof=[
        have(
            "all",
            same_below,
            induct(
                v,
                base=[have("input", P_(moved)[0] == P_(W)[0], calculation)],
                step=[
                    have("there", P_(moved)[v + 1] == W[v + 1] @ P_(moved)[v], definition),
                    have("here", P_(W)[v + 1] == W[v + 1] @ P_(W)[v], definition),
                    have(
                        "next",
                        P_(moved)[v + 1] == P_(W)[v + 1],
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
ABOVE = Statement(
    "YSJ18.L3.2.above",
    DEEP_LINEAR,
    title="A change of a layer leaves the products above it as they are",
    names=(k, M),
    given={},
    then=same_above,
    proof=[
        have(
            "all",
            same_above,
            induct(
                v,
                down=True,
                base=[have("output", A_(moved)[H + 1] == A_(W)[H + 1], calculation)],
                step=[
                    have("there", A_(moved)[v - 1] == A_(moved)[v] @ W[v], definition),
                    have("here", A_(W)[v - 1] == A_(W)[v] @ W[v], definition),
                    have(
                        "next",
                        A_(moved)[v - 1] == A_(W)[v - 1],
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

split = each(j, 0, H + 1, R_(W) == A_(W)[j] @ P_(W)[j])
SPLIT = Statement(
    "YSJ18.L3.2.split",
    DEEP_LINEAR,
    title="The product of all layers, split between any two",
    given={},
    then=split,
    proof=[
        have(
            "all",
            split,
            induct(
                v,
                down=True,
                base=[have("whole", R_(W) == A_(W)[H + 1] @ P_(W)[H + 1], calculation)],
                step=[
                    have("below", P_(W)[v] == W[v] @ P_(W)[v - 1], definition),
                    have("above", A_(W)[v - 1] == A_(W)[v] @ W[v], definition),
                    have(
                        "next",
                        R_(W) == A_(W)[v - 1] @ P_(W)[v - 1],
                        calculation,
                        "all.before",
                        "below",
                        "above",
                    ),
                ],
            ),
        )
    ],
)
PRODUCT = Statement(
    "YSJ18.L3.2.product",
    DEEP_LINEAR,
    title="The product of all layers after a change of one",
    names=(k, M),
    standing=LAYER,
    given={},
    then=R_(moved) == A_(W)[k] @ M @ P_(W)[k - 1],
    proof=[
        have("split", None, cite(SPLIT, W=moved)),
        have("at the layer", None, at(k), "split"),
        have("layer", P_(moved)[k] == M @ P_(moved)[k - 1], definition),
        have("all above", None, cite(ABOVE)),
        have("above", A_(moved)[k] == A_(W)[k], at(k), "all above"),
        have("all below", None, cite(BELOW)),
        have("below", P_(moved)[k - 1] == P_(W)[k - 1], at(k - 1), "all below"),
        have(
            "product",
            R_(moved) == A_(W)[k] @ M @ P_(W)[k - 1],
            calculation,
            "at the layer",
            "layer",
            "above",
            "below",
        ),
    ],
)


def slope(i: Any) -> Expr:
    """The right side of equation (5)."""
    return A_(W)[i].T @ E_(W) @ P_(W)[i - 1].T


stepped = update(W, i, W[i] + D)
change = A_(W)[i] @ D @ P_(W)[i - 1] @ X
expanded = risk(W) + trace(slope(i).T @ D) + c * square(change)
EXPANSION = Statement(
    "YSJ18.L3.2.expansion",
    DEEP_LINEAR,
    title="The risk after a change of one layer",
    where="C.2",
    lines=(629, 633),
    names=(i, D),
    standing=(1 <= i, i <= H + 1),
    given={},
    then=risk(stepped) == expanded,
    proof=[
        have("there", None, cite(PRODUCT, k=i, M=W[i] + D), lines=(629, 630)),
        have("here", R_(W) == A_(W)[i] @ W[i] @ P_(W)[i - 1], cite(PRODUCT, k=i, M=W[i])),
        have(
            "sum",
            R_(stepped) == R_(W) + A_(W)[i] @ D @ P_(W)[i - 1],
            calculation,
            "there",
            "here",
            lines=(631, 631),
        ),
        have(
            "expansion",
            risk(stepped) == expanded,
            calculation,
            "sum",
            "standing 1",
            lines=(632, 633),
        ),
    ],
)

gradients = each(i, 1, H + 1, weight_gradient(W, i) == slope(i))
L3_2 = Statement(
    "YSJ18.L3.2",
    DEEP_LINEAR,
    title="Gradient formula",
    where="Section 3.2, equation (5); proof C.2",
    lines=(191, 198),
    given={},
    then=gradients,
    proof=[
        have(
            "each layer",
            gradients,
            arbitrary(
                i,
                proof=[
                    have(
                        "expansion",
                        every(D, risk(stepped) == expanded),
                        arbitrary(
                            D, proof=[have("at", risk(stepped) == expanded, cite(EXPANSION))]
                        ),
                        lines=(629, 633),
                    ),
                    have(
                        "gradient",
                        weight_gradient(W, i) == slope(i),
                        by(
                            derivatives.gradient_of_expansion,
                            h=fn(D, risk(update(W, i, D))),
                            Z=W[i],
                            G=slope(i),
                            r=c,
                            Q=A_(W)[i],
                            N=P_(W)[i - 1] @ X,
                        ),
                        "expansion",
                        lines=(634, 637),
                    ),
                ],
            ),
        )
    ],
)
