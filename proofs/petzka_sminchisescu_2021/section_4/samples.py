"""Sections 3, 4 and 6: the network on one sample, and on all of them.

Notation: act(x) are the activations on one input x, a column, in all layers.

Statements
- PS21.D.net: the layers, and the network function on the samples.
- PS21.D.nact: columns of activations and preactivations are those of the samples.
- PS21.D.act: rows are the activation vectors; the next layer is a product plus one column for all.
"""

from symbolic_landscape.proofs.petzka_sminchisescu_2021.settings.layers import N, one, sigma
from symbolic_landscape.proofs.petzka_sminchisescu_2021.settings.networks import (
    A_,
    NETWORK,
    L,
    W,
    X,
    Y,
    b,
    layer,
    n,
    pre_,
)
from symbolic_landscape.proofs.rules import entries
from symbolic_landscape.proofs.rules.entries import column_of, row_of
from symbolic_landscape.statement.language import (
    Expr,
    both,
    each,
    fn,
    integer,
    matrix,
    recursion,
    total,
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
    logic,
)

i, j, k, v = (integer(name) for name in "ijkv")
A = A_(W, b)
below = matrix("below", n[k - 1], 1)


def act(x: Expr) -> Expr:
    """The activations on the input x, in all layers."""
    return recursion(k, below, 0, x, sigma(W[k] @ below + b[k]))


def inside(x: Expr, k: Expr) -> Expr:
    """The preactivations of layer k on the input x."""
    return W[k] @ act(x)[k - 1] + b[k]


sample = column_of(X, j)
same_columns = each(k, 0, L, column_of(A[k], j) == act(sample)[k])
same_inside = each(k, 1, L, column_of(pre_(W, b, k), j) == inside(sample, k))
D_NACT = Statement(
    "PS21.D.nact",
    NETWORK,
    title="Pre-activation n(l,k;x), activation act(l,k;x), sample loss l_alpha",
    kind="definition",
    where="Section 4",
    lines=(130, 134),
    given={},
    then=each(j, 1, N, both(same_columns, same_inside)),
    proof=[
        have("samples", each(j, 1, N, both(same_columns, same_inside)), arbitrary(j, proof=[
            have("columns", same_columns, induct(
                v,
                base=[have("input", column_of(A[0], j) == act(sample)[0], calculation)],
                step=[
                    have("matrix", A[v + 1] == sigma(layer(A[v], v + 1)), definition),
                    have("image", None, by(entries.column_of_image, A=layer(A[v], v + 1), f=sigma, j=j)),
                    have("sum", None, by(entries.column_of_sum, A=W[v + 1] @ A[v], A2=b[v + 1] @ one, j=j)),
                    have("product", None, by(entries.column_of_product, A=W[v + 1], B=A[v], j=j)),
                    have("bias", None, by(entries.repeated_column, u=b[v + 1], n=N, j=j)),
                    have("one sample", act(sample)[v + 1] == sigma(W[v + 1] @ act(sample)[v] + b[v + 1]), definition),
                    have("next", column_of(A[v + 1], j) == act(sample)[v + 1], calculation, "matrix", "image", "sum", "product", "bias", "columns.before", "<one sample"),
                ],
            )),
            have("inside", same_inside, arbitrary(k, proof=[
                have("below", column_of(A[k - 1], j) == act(sample)[k - 1], at(k - 1), "columns"),
                have("sum", None, by(entries.column_of_sum, A=W[k] @ A[k - 1], A2=b[k] @ one, j=j)),
                have("product", None, by(entries.column_of_product, A=W[k], B=A[k - 1], j=j)),
                have("bias", None, by(entries.repeated_column, u=b[k], n=N, j=j)),
                have("values", column_of(pre_(W, b, k), j) == inside(sample, k), calculation, "sum", "product", "bias", "below"),
            ])),
            have("both", both(same_columns, same_inside), logic, "columns", "inside"),
        ])),
    ],
    gloss="For the activations the paper prints the indices 1 <= k < n_l, one short; n_l are meant, as for the "
    "preactivations.",
)  # fmt: skip

hidden = each(k, 1, L - 1, A[k] == sigma(W[k] @ A[k - 1] + b[k] @ one))
output = inside(sample, L)
outputs = each(j, 1, N, column_of(pre_(W, b, L), j) == output)
per_sample = total(j, 1, N, total(i, 1, n[L], (output[i, 1] - Y[i, j]) * (output[i, 1] - Y[i, j])))
by_sample = fn(j, total(i, 1, n[L], (output[i, 1] - Y[i, j]) * (output[i, 1] - Y[i, j])))
D_NET = Statement(
    "PS21.D.net",
    NETWORK,
    title="Fully connected regression network",
    kind="definition",
    where="Section 3, displayed",
    lines=(69, 73),
    given={},
    then=both(hidden, outputs),
    proof=[
        have("hidden", hidden, arbitrary(k, proof=[
            have("layer", A[k] == sigma(layer(A[k - 1], k)), definition),
        ])),
        have("samples", None, cite(D_NACT)),
        have("outputs", outputs, arbitrary(j, proof=[
            have("sample", both(same_columns, same_inside), at(j), "samples"),
            have("layers", same_inside, logic, "sample"),
            have("output", column_of(pre_(W, b, L), j) == output, at(L), "layers"),
        ])),
        have("both", both(hidden, outputs), logic, "hidden", "outputs"),
    ],
)  # fmt: skip

vectors = each(
    k, 0, L, each(i, 1, n[k], each(j, 1, N, row_of(A[k], i)[1, j] == act(sample)[k][i, 1]))
)
next_layer = each(k, 1, L, pre_(W, b, k) == W[k] @ A[k - 1] + b[k] @ one)
activated = each(k, 1, L, A[k] == sigma(pre_(W, b, k)))
D_ACT = Statement(
    "PS21.D.act",
    NETWORK,
    title="Activation vectors a_k^l, matrices a^l, n^l",
    kind="definition",
    where="Section 6",
    lines=(285, 289),
    given={},
    then=both(vectors, next_layer, activated),
    proof=[
        have("samples", None, cite(D_NACT)),
        have("vectors", vectors, arbitrary(k, i, j, proof=[
            have("sample", both(same_columns, same_inside), at(j), "samples"),
            have("columns", same_columns, logic, "sample"),
            have("column", column_of(A[k], j) == act(sample)[k], at(k), "columns"),
            have("entry", None, by(entries.entry_of_equal, i=i, j=1), "column"),
        ])),
        have("next", next_layer, arbitrary(k, proof=[
            have("layer", pre_(W, b, k) == W[k] @ A[k - 1] + b[k] @ one, calculation),
        ])),
        have("activated", activated, arbitrary(k, proof=[
            have("layer", A[k] == sigma(layer(A[k - 1], k)), definition),
        ])),
        have("all", both(vectors, next_layer, activated), logic, "vectors", "next", "activated"),
    ],
)  # fmt: skip
