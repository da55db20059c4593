"""Section 4, Lemmas 4.1 and 4.2: analytic features, and zeros of analytic functions.

Statements
- NH17.L4.1.layers: features are analytic in the parameters of the layers up to their own.
- NH17.L4.1: the outputs of all layers are analytic in the parameters.
- NH17.L4.2: the zeros of an analytic function that is not 0 everywhere have measure zero (quoted).
"""

from symbolic_landscape.proofs.nguyen_hein_2017.settings.assumptions import (
    ASSUMPTIONS,
    sigma_analytic,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.network import (
    F_,
    NETWORK,
    F,
    L,
    N,
    V,
    W,
    b,
    c,
    k,
    layer,
    n,
    sigma,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.points import POINTS, H, U, a, high, low
from symbolic_landscape.proofs.rules import analytic as rule
from symbolic_landscape.proofs.rules import entries, measure
from symbolic_landscape.proofs.rules.analytic import analytic_in
from symbolic_landscape.proofs.rules.measure import null
from symbolic_landscape.statement.language import Expr, each, every, exists, fn, integer, total
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

i, j, v, column = integer("i"), integer("j"), integer("v"), integer("column")


def of_parameters(body: Expr) -> Expr:
    """The body as a function of the parameters."""
    return fn(W, fn(b, body))


def analytic_features(low: Expr | int, high: Expr, k: Expr | int) -> Expr:
    """Each feature of layer k is an analytic function of the parameters of these layers."""
    feature = of_parameters(F_(W, b)[k][i, j])
    return each(i, 1, N, each(j, 1, n[k], analytic_in(low, high, feature)))


def pre(V: Expr, c: Expr) -> Expr:
    """The preactivation of unit j of layer v + 1 on sample i."""
    return total(column, 1, n[v], F_(V, c)[v][i, column] * V[v + 1][column, j]) + c[v + 1][1, j]


new = F_(V, c)[v + 1][i, j]
LAYERS = Statement(
    "NH17.L4.1.layers",
    NETWORK,
    title="Features are analytic in the parameters of the layers up to their own",
    names=(k,),
    given={"analytic": sigma_analytic},
    then=each(v, 0, k, analytic_features(1, k, v)),
    proof=[
        have(
            "all",
            each(v, 0, k, analytic_features(1, k, v)),
            induct(
                v,
                base=[
                    have(
                        "inputs",
                        analytic_features(1, k, 0),
                        arbitrary(
                            i,
                            j,
                            proof=[
                                have(
                                    "constant",
                                    analytic_in(1, k, of_parameters(F(0)[i, j])),
                                    by(rule.analytic_constant),
                                )
                            ],
                        ),
                    )
                ],
                step=[
                    have(
                        "features",
                        analytic_features(1, k, v + 1),
                        arbitrary(
                            i,
                            j,
                            proof=[
                                have(
                                    "products",
                                    each(
                                        column,
                                        1,
                                        n[v],
                                        analytic_in(
                                            1,
                                            k,
                                            of_parameters(F(v)[i, column] * W[v + 1][column, j]),
                                        ),
                                    ),
                                    arbitrary(
                                        column,
                                        proof=[
                                            have("feature", None, at(i, column), "all.before"),
                                            have(
                                                "weight",
                                                analytic_in(
                                                    1, k, of_parameters(W[v + 1][column, j])
                                                ),
                                                by(rule.analytic_entry, k=v + 1, i=column, j=j),
                                            ),
                                            have(
                                                "product",
                                                None,
                                                by(rule.analytic_product),
                                                "feature",
                                                "weight",
                                            ),
                                        ],
                                    ),
                                ),
                                have("sum", None, by(rule.analytic_total), "products"),
                                have(
                                    "bias",
                                    analytic_in(1, k, of_parameters(b[v + 1][1, j])),
                                    by(rule.analytic_second_entry, k=v + 1, i=1, j=j),
                                ),
                                have(
                                    "preactivation",
                                    analytic_in(1, k, of_parameters(pre(W, b))),
                                    by(rule.analytic_sum),
                                    "sum",
                                    "bias",
                                ),
                                have(
                                    "value",
                                    analytic_in(1, k, of_parameters(sigma(pre(W, b)))),
                                    by(rule.analytic_composition),
                                    "analytic",
                                    "preactivation",
                                ),
                                have(
                                    "equal",
                                    every(V, c, new == sigma(pre(V, c))),
                                    arbitrary(
                                        V,
                                        c,
                                        proof=[
                                            have(
                                                "layer",
                                                F_(V, c)[v + 1]
                                                == sigma(layer(F_(V, c)[v], v + 1, V, c)),
                                                definition,
                                            ),
                                            have(
                                                "weights",
                                                None,
                                                by(
                                                    entries.entry_of_product,
                                                    A=F_(V, c)[v],
                                                    B=V[v + 1],
                                                    i=i,
                                                    j=j,
                                                ),
                                            ),
                                            have(
                                                "bias row",
                                                None,
                                                by(
                                                    entries.entry_of_repeated_row,
                                                    H=c[v + 1],
                                                    m=N,
                                                    i=i,
                                                    j=j,
                                                ),
                                            ),
                                            have(
                                                "equal",
                                                new == sigma(pre(V, c)),
                                                calculation,
                                                "layer",
                                                "weights",
                                                "bias row",
                                            ),
                                        ],
                                    ),
                                ),
                                have("feature", None, by(rule.analytic_of_equal), "value", "equal"),
                            ],
                        ),
                    )
                ],
            ),
        )
    ],
)

L4_1 = Statement(
    "NH17.L4.1",
    NETWORK,
    title="Layer outputs are analytic in the parameters",
    where="Section 4, Lemma 4.1",
    lines=(1044, 1057),
    given=ASSUMPTIONS,
    then=each(k, 1, L, analytic_features(1, L, k)),
    proof=[
        have("layers", None, cite(LAYERS, k=L), lines=(1049, 1057)),
        have(
            "outputs",
            each(k, 1, L, analytic_features(1, L, k)),
            arbitrary(k, proof=[have("layer", None, at(k), "layers")]),
            lines=(1052, 1057),
        ),
    ],
    repaired=Statement(
        "NH17.L4.1",
        NETWORK,
        title="Layer outputs are analytic in the parameters of the layers up to their own",
        reading="repaired",
        given={"analytic": sigma_analytic},
        then=each(k, 1, L, analytic_features(1, k, k)),
        proof=[
            have(
                "outputs",
                each(k, 1, L, analytic_features(1, k, k)),
                arbitrary(
                    k,
                    proof=[
                        have("layers", None, cite(LAYERS)),
                        have("layer", None, at(k), "layers"),
                    ],
                ),
            )
        ],
        gloss="Of Assumptions 3.2 only that the activation is analytic is needed.",
    ),
)

zero_set = fn(U, fn(a, H(U)(a) == 0))
L4_2 = Statement(
    "NH17.L4.2",
    POINTS,
    title="Zero set of a nonzero analytic function is null",
    where="Section 4, Lemma 4.2",
    lines=(1065, 1068),
    given={"analytic": analytic_in(low, high, H), "not zero": exists(U, a, H(U)(a) != 0)},
    then=null(low, high, zero_set),
    proof=[
        have(
            "null", None, by(measure.analytic_zero_set), "analytic", "not zero", lines=(1065, 1068)
        )
    ],
    gloss="R^n is the space of the entries of finitely many matrices.",
)
