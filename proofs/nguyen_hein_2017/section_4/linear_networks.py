"""Section 4, before Lemma 4.3: what the features of a deep linear network cannot do.

Statements
- NH17.R4.lin.affine: a layer of a linear network is a product plus one row for all samples.
- NH17.R4.lin.layer: one layer adds at most one to the rank.
- NH17.R4.lin.falls: the rank of [F_k, 1] does not grow from layer to layer.
- NH17.R4.lin: rank F_k <= rank W_l + k - l + 1; repaired: rank [F_k, 1] <= rank W_l + 1.
- NH17.R4.nonlin: above a narrow layer no parameters of a linear network give rank [F_k, 1] = N.
"""

from symbolic_landscape.proofs.nguyen_hein_2017.settings.network import (
    NETWORK,
    F,
    L,
    N,
    W,
    b,
    k,
    layer,
    n,
    one,
    sigma,
)
from symbolic_landscape.proofs.rules import functions, ranks
from symbolic_landscape.statement.language import (
    Expr,
    block,
    both,
    each,
    every,
    integer,
    rank,
    real,
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
)

i, v, t = integer("i"), integer("v"), real("t")
LINEAR = {"linear": every(t, sigma(t) == t)}
LAYER = (1 <= k, k <= L)


def with_one(k: Expr) -> Expr:
    """[F_k, 1]."""
    return block(F(k), one)


AFFINE = Statement(
    "NH17.R4.lin.affine",
    NETWORK,
    title="A layer of a linear network is a product plus one row for all samples",
    names=(k,),
    standing=LAYER,
    given=LINEAR,
    then=F(k) == layer(F(k - 1), k),
    proof=[
        have("layer", F(k) == sigma(layer(F(k - 1), k)), definition),
        have("identity", None, by(functions.identity_entrywise, A=layer(F(k - 1), k)), "linear"),
        have("affine", F(k) == layer(F(k - 1), k), calculation, "layer", "identity"),
    ],
)

ADDS_ONE = Statement(
    "NH17.R4.lin.layer",
    NETWORK,
    title="One layer of a linear network adds at most one to the rank",
    where="Section 4, before Lemma 4.3",
    lines=(1075, 1080),
    names=(k,),
    standing=LAYER,
    given=LINEAR,
    then=both(rank(F(k)) <= rank(F(k - 1)) + 1, rank(F(k)) <= rank(W[k]) + 1),
    proof=[
        have("affine", F(k) == layer(F(k - 1), k), cite(AFFINE), lines=(1076, 1077)),
        have(
            "sum",
            rank(layer(F(k - 1), k)) <= rank(F(k - 1) @ W[k]) + rank(one @ b[k]),
            by(ranks.rank_of_sum),
            lines=(1078, 1080),
        ),
        have("row", rank(one @ b[k]) <= rank(one), by(ranks.rank_of_product_left)),
        have("one", rank(one) == 1, by(ranks.rank_of_ones)),
        have("features", rank(F(k - 1) @ W[k]) <= rank(F(k - 1)), by(ranks.rank_of_product_left)),
        have("weights", rank(F(k - 1) @ W[k]) <= rank(W[k]), by(ranks.rank_of_product_right)),
        have(
            "bound",
            rank(F(k)) <= rank(F(k - 1) @ W[k]) + rank(one @ b[k]),
            calculation,
            "sum",
            "affine",
        ),
        have(
            "both",
            both(rank(F(k)) <= rank(F(k - 1)) + 1, rank(F(k)) <= rank(W[k]) + 1),
            linear,
            "bound",
            "row",
            "one",
            "features",
            "weights",
            lines=(1078, 1080),
        ),
    ],
)

FALLS = Statement(
    "NH17.R4.lin.falls",
    NETWORK,
    title="In a linear network the rank of [F_k, 1] does not grow from layer to layer",
    names=(i,),
    standing=(0 <= i,),
    given=LINEAR,
    then=each(v, i, L, rank(with_one(v)) <= rank(with_one(i))),
    proof=[
        have(
            "all",
            each(v, i, L, rank(with_one(v)) <= rank(with_one(i))),
            induct(
                v,
                base=[have("start", rank(with_one(i)) <= rank(with_one(i)), linear)],
                step=[
                    have("affine", F(v + 1) == layer(F(v), v + 1), cite(AFFINE, k=v + 1)),
                    have(
                        "shifted",
                        rank(block(layer(F(v), v + 1), one)) == rank(block(F(v) @ W[v + 1], one)),
                        by(ranks.rank_of_column_operation),
                    ),
                    have(
                        "product",
                        rank(block(F(v) @ W[v + 1], one)) <= rank(with_one(v)),
                        by(ranks.rank_of_block_product),
                    ),
                    have(
                        "equal",
                        rank(with_one(v + 1)) == rank(block(F(v) @ W[v + 1], one)),
                        calculation,
                        "affine",
                        "shifted",
                    ),
                    have(
                        "next",
                        rank(with_one(v + 1)) <= rank(with_one(i)),
                        linear,
                        "equal",
                        "product",
                        "all.before",
                    ),
                ],
            ),
        )
    ],
)

product = F(i - 1) @ W[i]
R4_LIN = Statement(
    "NH17.R4.lin",
    NETWORK,
    title="Rank bound for deep linear networks",
    where="Section 4, before Lemma 4.3",
    kind="remark",
    lines=(1075, 1081),
    names=(i,),
    standing=(1 <= i,),
    given=LINEAR,
    then=each(k, i, L, rank(F(k)) <= rank(W[i]) + k - i + 1),
    proof=[
        have(
            "all",
            each(k, i, L, rank(F(k)) <= rank(W[i]) + k - i + 1),
            induct(
                k,
                base=[
                    have("layer", None, cite(ADDS_ONE, k=i), lines=(1077, 1080)),
                    have("first", rank(F(i)) <= rank(W[i]) + 1, logic, "layer"),
                ],
                step=[
                    have("layer", None, cite(ADDS_ONE, k=k + 1), lines=(1077, 1080)),
                    have(
                        "next",
                        rank(F(k + 1)) <= rank(W[i]) + (k + 1) - i + 1,
                        linear,
                        "layer",
                        "all.before",
                    ),
                ],
            ),
            lines=(1080, 1081),
        )
    ],
    repaired=Statement(
        "NH17.R4.lin",
        NETWORK,
        title="Rank bound for deep linear networks, with a constant that does not grow with depth",
        kind="remark",
        reading="repaired",
        names=(i,),
        standing=(1 <= i,),
        given=LINEAR,
        then=each(k, i, L, rank(with_one(k)) <= rank(W[i]) + 1),
        proof=[
            have("falls", None, cite(FALLS)),
            have(
                "all",
                each(k, i, L, rank(with_one(k)) <= rank(W[i]) + 1),
                arbitrary(
                    k,
                    proof=[
                        have("later", None, at(k), "falls"),
                        have("affine", F(i) == layer(F(i - 1), i), cite(AFFINE, k=i)),
                        have(
                            "shifted",
                            rank(block(layer(F(i - 1), i), one)) == rank(block(product, one)),
                            by(ranks.rank_of_column_operation),
                        ),
                        have(
                            "parts",
                            rank(block(product, one)) <= rank(product) + rank(one),
                            by(ranks.rank_of_block),
                        ),
                        have("one", rank(one) == 1, by(ranks.rank_of_ones)),
                        have(
                            "weights", rank(product) <= rank(W[i]), by(ranks.rank_of_product_right)
                        ),
                        have(
                            "equal",
                            rank(with_one(i)) == rank(block(product, one)),
                            calculation,
                            "affine",
                            "shifted",
                        ),
                        have(
                            "bound",
                            rank(with_one(k)) <= rank(W[i]) + 1,
                            linear,
                            "later",
                            "equal",
                            "parts",
                            "one",
                            "weights",
                        ),
                    ],
                ),
            ),
        ],
        gloss="The printed k - l + 1 grows with the depth; 1 is enough.",
    ),
)

R4_NONLIN = Statement(
    "NH17.R4.nonlin",
    NETWORK,
    title="Above a narrow layer a linear network has no independent features",
    where="Section 4, before Lemma 4.3",
    kind="remark",
    lines=(1070, 1081),
    names=(k, i),
    standing=(0 <= i, i <= k - 1, k <= L),
    given={**LINEAR, "narrow": n[i] < N - 1},
    then=rank(with_one(k)) < N,
    proof=[
        have("falls", None, cite(FALLS), lines=(1075, 1081)),
        have("later", None, at(k), "falls"),
        have("columns", rank(with_one(i)) <= n[i] + 1, by(ranks.rank_at_most_columns)),
        have(
            "less", rank(with_one(k)) < N, linear, "later", "columns", "narrow", lines=(1073, 1075)
        ),
    ],
    gloss="Layer i, or the input, is not sufficiently wide: it has fewer than N - 1 units.",
)
