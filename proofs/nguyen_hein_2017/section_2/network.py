"""Section 2: the network, its objective and its errors, as the paper writes them.

Notation: f_k(x) is the row of features of layer k for one input x, a row too; x_i is row i of X.

Statements
- NH17.D2.net: the matrix form of the layers.
- NH17.D2.net.samples: the rows of F_k are the features of the samples.
- NH17.D2.loss: the objective, sample by sample.
- NH17.A2.min: its minimum is attained.
- NH17.D2.delta: errors are derivatives of the objective.
"""

from symbolic_landscape.proofs.nguyen_hein_2017.section_2.backpropagation import SMOOTH
from symbolic_landscape.proofs.nguyen_hein_2017.settings.assumptions import minimum_attained
from symbolic_landscape.proofs.nguyen_hein_2017.settings.network import (
    NETWORK,
    Delta,
    F,
    G,
    L,
    N,
    Phi,
    W,
    X,
    Y,
    b,
    h,
    k,
    layer,
    loss,
    n,
    one,
    sigma,
)
from symbolic_landscape.proofs.rules import derivatives, entries, sums
from symbolic_landscape.proofs.rules.entries import row_of
from symbolic_landscape.statement.language import (
    Expr,
    both,
    derivative,
    each,
    fn,
    gradient,
    identity_matrix,
    integer,
    matrix,
    real,
    recursion,
    total,
)
from symbolic_landscape.statement.language import (
    entries as matrix_of,
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

i, j, v, t = integer("i"), integer("j"), integer("v"), real("t")
row, column = integer("row"), integer("column")
below = matrix("below", 1, n[k - 1])


def f(x: Expr) -> Expr:
    """The features of the input x, a row, in all layers."""
    return recursion(k, below, 0, x, sigma(below @ W[k] + b[k]))


sample = row_of(X, i)
first_layer = F(1) == sigma(X @ W[1] + one @ b[1])
later_layers = each(k, 2, L, F(k) == sigma(F(k - 1) @ W[k] + one @ b[k]))

D2_NET = Statement(
    "NH17.D2.net",
    NETWORK,
    kind="definition",
    title="Fully connected network with activated output",
    where="Section 2",
    lines=(174, 186),
    given={},
    then=both(first_layer, later_layers),
    proof=[
        have("first layer", first_layer, definition),
        have(
            "later layers",
            later_layers,
            arbitrary(k, proof=[have("layer", F(k) == sigma(layer(F(k - 1), k)), definition)]),
        ),
        have("all", both(first_layer, later_layers), logic, "first layer", "later layers"),
    ],
)

rows_are_samples = each(k, 0, L, row_of(F(k), i) == f(sample)[k])
D2_NET_SAMPLES = Statement(
    "NH17.D2.net.samples",
    NETWORK,
    kind="definition",
    title="The rows of F_k are the features of the samples",
    where="Section 2",
    lines=(164, 178),
    given={},
    then=each(i, 1, N, rows_are_samples),
    proof=[
        have(
            "each sample",
            each(i, 1, N, rows_are_samples),
            arbitrary(
                i,
                proof=[
                    have(
                        "each layer",
                        rows_are_samples,
                        induct(
                            v,
                            base=[have("input", row_of(F(0), i) == f(sample)[0], calculation)],
                            step=[
                                have("matrix", F(v + 1) == sigma(layer(F(v), v + 1)), definition),
                                have(
                                    "image",
                                    row_of(sigma(layer(F(v), v + 1)), i)
                                    == sigma(row_of(layer(F(v), v + 1), i)),
                                    by(entries.row_of_image),
                                ),
                                have(
                                    "sum",
                                    row_of(layer(F(v), v + 1), i)
                                    == row_of(F(v) @ W[v + 1], i) + row_of(one @ b[v + 1], i),
                                    by(entries.row_of_sum),
                                ),
                                have(
                                    "product",
                                    row_of(F(v) @ W[v + 1], i) == row_of(F(v), i) @ W[v + 1],
                                    by(entries.row_of_product),
                                ),
                                have(
                                    "bias",
                                    row_of(one @ b[v + 1], i) == b[v + 1],
                                    by(entries.row_of_repeated),
                                ),
                                have(
                                    "one sample",
                                    f(sample)[v + 1] == sigma(f(sample)[v] @ W[v + 1] + b[v + 1]),
                                    definition,
                                ),
                                have(
                                    "next",
                                    row_of(F(v + 1), i) == f(sample)[v + 1],
                                    calculation,
                                    "matrix",
                                    "image",
                                    "sum",
                                    "product",
                                    "bias",
                                    "each layer.before",
                                    "<one sample",
                                ),
                            ],
                        ),
                    )
                ],
            ),
        )
    ],
)

output = f(sample)[L]
loss_of_samples = total(i, 1, N, total(j, 1, n[L], loss(output[1, j] - Y[i, j])))
same_output = F(L)[i, j] == output[1, j]

D2_LOSS = Statement(
    "NH17.D2.loss",
    NETWORK,
    kind="definition",
    title="Training objective",
    where="Section 2, eq. (1)",
    lines=(188, 222),
    given={},
    then=Phi(W, b) == loss_of_samples,
    proof=[
        have("samples", None, cite(D2_NET_SAMPLES)),
        have(
            "entries",
            each(
                i,
                1,
                N,
                each(j, 1, n[L], loss(F(L)[i, j] - Y[i, j]) == loss(output[1, j] - Y[i, j])),
            ),
            arbitrary(
                i,
                j,
                proof=[
                    have("layers", None, at(i), "samples"),
                    have("output", row_of(F(L), i) == output, at(L), "layers"),
                    have("entry", same_output, calculation, "<output"),
                    have(
                        "term",
                        loss(F(L)[i, j] - Y[i, j]) == loss(output[1, j] - Y[i, j]),
                        calculation,
                        "entry",
                    ),
                ],
            ),
        ),
        have(
            "rows",
            each(
                i,
                1,
                N,
                total(j, 1, n[L], loss(F(L)[i, j] - Y[i, j]))
                == total(j, 1, n[L], loss(output[1, j] - Y[i, j])),
            ),
            arbitrary(
                i,
                proof=[
                    have("row", None, at(i), "entries"),
                    have("sum", None, by(sums.equal_sums), "row"),
                ],
            ),
        ),
        have("objective", Phi(W, b) == loss_of_samples, by(sums.equal_sums), "rows"),
    ],
)

A2_MIN = Statement(
    "NH17.A2.min",
    NETWORK,
    kind="assumption",
    title="The minimum of (1) is attained",
    where="Section 2 (standing)",
    lines=(222, 223),
    given={},
    then=minimum_attained,
)

unit = matrix_of(
    row, column, N, n[k], identity_matrix(N)[row, i] * identity_matrix(n[k])[column, j]
)
partial = derivative(fn(t, h(k)(G(k) + t * unit)))(0)
errors_are_derivatives = each(k, 1, L, each(i, 1, N, each(j, 1, n[k], Delta(k)[i, j] == partial)))

D2_DELTA = Statement(
    "NH17.D2.delta",
    NETWORK,
    kind="definition",
    title="Backpropagated error matrices",
    where="Section 2",
    lines=(228, 237),
    given={},
    then=errors_are_derivatives,
    proof=[
        have("smooth", None, cite(SMOOTH)),
        have(
            "entries",
            errors_are_derivatives,
            arbitrary(
                k,
                i,
                j,
                proof=[
                    have("smooth here", None, at(k), "smooth"),
                    have(
                        "partial",
                        gradient(h(k), G(k))[i, j] == partial,
                        by(derivatives.entry_of_gradient, h=h(k), Z=G(k), i=i, j=j),
                        "smooth here",
                    ),
                ],
            ),
        ),
    ],
    gloss="Entry (i, j) of Delta_k is the derivative of Phi by the preactivation of unit j in "
    "layer k on sample i, Phi being a function of the preactivations of layer k.",
)
