"""Section 5, Theorem 5.3 repaired: separable features, and errors that keep their signs.

Notation: v is carried down from layer r to layer k + 1 if combinations of units lead down to it at
each of which the slopes agree, sample by sample, with positive numbers (settings.classes).

Statements
- NH17.T5.3.carried: errors combined by v come from errors of layer k + 1, up to positive numbers.
- NH17.T5.3.1 (repaired): separable features of layer k, each output carried down to layer k + 1.
- NH17.T5.3.2 (repaired): separable inputs.
"""

from symbolic_landscape.proofs.nguyen_hein_2017.chapter_5.losses import BACKPROPAGATION
from symbolic_landscape.proofs.nguyen_hein_2017.chapter_5.output_errors import OPPOSED, VANISH
from symbolic_landscape.proofs.nguyen_hein_2017.chapter_5.separability import COLUMN, D5_1
from symbolic_landscape.proofs.nguyen_hein_2017.settings.classes import (
    CLASSED,
    CLASSES,
    ONE_SIDED,
    C,
    Delta,
    carried,
    carried_from_below,
    e,
    flat_at,
    has_class_signs,
    meaning_of_carried,
    minimises,
    opposes_classes,
    outputs_carried,
    passes,
    positive,
    separable,
    slope,
    slopes_positive,
    vector,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.network import F, G, L, N, W, b, k, n, one
from symbolic_landscape.proofs.rules import blocks, columns, entries, order, sums
from symbolic_landscape.proofs.rules.columns import unit
from symbolic_landscape.statement.language import (
    block,
    both,
    each,
    every,
    exists,
    integer,
    matrix,
    ones,
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
    obtain,
    take,
)

i, j, r, z = (integer(name) for name in "ijrz")
LAYER = (k >= 0, k <= L - 1)


e2 = matrix("e2", N, 1)
w = vector("w", k + 1)


def comes_down(r, v):
    """The errors of layer r combined by v come from those of layer k + 1, up to positive e."""
    return exists(w, e, both(positive(e), Delta(k + 1) @ w == e * (Delta(r) @ v)))


def every_vector(r, v):
    """All weights that are carried down come down."""
    return every(v, carried(k, r, v) >> comes_down(r, v))


v0, v1, u = vector("v", k + 1), vector("v", z + 1), vector("u", z)
parts = (*passes(z + 1, v1, u, e), carried(k, z, u))

CARRIED = Statement(
    "NH17.T5.3.carried",
    CLASSES,
    title="Errors combined by weights that are carried down come from layer k + 1",
    where="Section 5, proof of Theorem 5.3",
    names=(k,),
    standing=LAYER,
    given={},
    then=each(r, k + 1, L, every_vector(r, vector("v", r))),
    gloss="Where the slopes of the units that are combined agree, sample by sample, they leave the "
    "sum over the units as one positive factor.",
    proof=[
        have("backpropagation", None, cite(BACKPROPAGATION)),
        have("back", BACKPROPAGATION.then_part(1), logic, "backpropagation"),
        have(
            "all",
            each(r, k + 1, L, every_vector(r, vector("v", r))),
            induct(
                z,
                base=[
                    have(
                        "first",
                        every_vector(k + 1, v0),
                        arbitrary(
                            v0,
                            proof=[
                                have(
                                    "ones",
                                    positive(ones(N, 1)),
                                    arbitrary(i, proof=[have("one", ones(N, 1)[i, 1] > 0, logic)]),
                                ),
                                have("down", comes_down(k + 1, v0), take(v0, ones(N, 1)), "ones"),
                            ],
                        ),
                    )
                ],
                step=[
                    have(
                        "next",
                        every_vector(z + 1, v1),
                        arbitrary(
                            v1,
                            proof=[
                                have("meaning", meaning_of_carried(k, z + 1), definition),
                                have(
                                    "from below",
                                    carried_from_below(k, z + 1, v1),
                                    calculation,
                                    "next.if",
                                    "meaning",
                                ),
                                have("u and e", both(*parts), obtain(u, e), "from below"),
                                have("weights", parts[0], logic, "u and e"),
                                have("positive", parts[1], logic, "u and e"),
                                have("slopes", parts[2], logic, "u and e"),
                                have("u carried", parts[3], logic, "u and e"),
                                have("all below", None, at(u), "all.before"),
                                have("below", comes_down(z, u), logic, "all below", "u carried"),
                                have(
                                    "w and e2",
                                    both(positive(e2), Delta(k + 1) @ w == e2 * (Delta(z) @ u)),
                                    obtain(w, e2),
                                    "below",
                                ),
                                have("positive too", positive(e2), logic, "w and e2"),
                                have(
                                    "w", Delta(k + 1) @ w == e2 * (Delta(z) @ u), logic, "w and e2"
                                ),
                                have("back here", None, at(z), "back"),
                                have(
                                    "factor",
                                    ((Delta(z + 1) @ W[z + 1].T) * slope(G(z))) @ u
                                    == e * (Delta(z + 1) @ W[z + 1].T @ u),
                                    by(columns.hadamard_on_column),
                                    "slopes",
                                ),
                                have(
                                    "combined",
                                    Delta(k + 1) @ w == (e2 * e) * (Delta(z + 1) @ v1),
                                    calculation,
                                    "w",
                                    "back here",
                                    "factor",
                                    "weights",
                                ),
                                have(
                                    "products",
                                    positive(e2 * e),
                                    arbitrary(
                                        i,
                                        proof=[
                                            have("e", None, at(i), "positive"),
                                            have("e2", None, at(i), "positive too"),
                                            have(
                                                "product",
                                                (e2 * e)[i, 1] > 0,
                                                by(order.positive_product),
                                                "e2",
                                                "e",
                                            ),
                                        ],
                                    ),
                                ),
                                have(
                                    "down",
                                    comes_down(z + 1, v1),
                                    take(w, e2 * e),
                                    "products",
                                    "combined",
                                ),
                            ],
                        ),
                    )
                ],
            ),
        ),
    ],
)

H = matrix("H", n[k] + 1, n[L])
FEATURES_AND_ONE = block(F(k), one)
P = FEATURES_AND_ONE @ H
out = unit(n[L], j)
summand = P[i, j] * e[i, 1] * Delta(L)[i, j]


def errors_orthogonal(k):
    """Steps: where layer k + 1 is flat, [F_k, 1] is orthogonal to its errors."""
    return [
        have("backpropagation", None, cite(BACKPROPAGATION)),
        have("weight gradients", BACKPROPAGATION.then_part(2), logic, "backpropagation"),
        have("bias gradients", BACKPROPAGATION.then_part(3), logic, "backpropagation"),
        have("weights here", None, at(k + 1), "weight gradients"),
        have("biases here", None, at(k + 1), "bias gradients"),
        have("no weight gradient", CLASSED.weight_gradient(W, b, k + 1) == 0, logic, "flat"),
        have("no bias gradient", CLASSED.bias_gradient(W, b, k + 1) == 0, logic, "flat"),
        have(
            "features",
            F(k).T @ Delta(k + 1) == 0,
            calculation,
            "<weights here",
            "no weight gradient",
        ),
        have("ones", one.T @ Delta(k + 1) == 0, calculation, "<biases here", "no bias gradient"),
        have(
            "orthogonal",
            FEATURES_AND_ONE.T @ Delta(k + 1) == 0,
            by(blocks.block_orthogonal),
            "features",
            "ones",
        ),
    ]


T5_3_1 = Statement(
    "NH17.T5.3.1",
    CLASSES,
    kind="theorem",
    title="Separable features make critical points global",
    where="Section 5, Theorem 5.3, part 1",
    lines=(2006, 2010),
    reading="repaired",
    names=(k,),
    standing=LAYER,
    given={
        "separable": separable(k),
        "flat": flat_at(W, b, k + 1),
        "slopes": slopes_positive(L),
        "carried": outputs_carried(k),
        **ONE_SIDED,
    },
    then=minimises(W, b),
    gloss="If the features of layer k are linearly separable, layer k + 1 is flat, and each output "
    "is carried down to layer k + 1 by units whose slopes agree, the point is a global minimum.",
    proof=[
        have("definition", None, cite(D5_1, Z=F(k), C=C)),
        have("planes", exists(H, has_class_signs(P, C)), logic, "definition", "separable"),
        have("signs", has_class_signs(P, C), obtain(H), "planes"),
        *errors_orthogonal(k),
        have("opposed", opposes_classes(Delta(L), C), cite(OPPOSED)),
        have("all carried", None, cite(CARRIED)),
        have("outputs carried", None, at(L), "all carried"),
        have(
            "columns",
            each(j, 1, n[L], each(i, 1, N, Delta(L)[i, j] == 0)),
            arbitrary(
                j,
                proof=[
                    have("carried here", None, at(j), "carried"),
                    have("comes if carried", None, at(out), "outputs carried"),
                    have(
                        "comes down", comes_down(L, out), logic, "comes if carried", "carried here"
                    ),
                    have(
                        "w and e",
                        both(positive(e), Delta(k + 1) @ w == e * (Delta(L) @ out)),
                        obtain(w, e),
                        "comes down",
                    ),
                    have("positive", positive(e), logic, "w and e"),
                    have("combined", Delta(k + 1) @ w == e * (Delta(L) @ out), logic, "w and e"),
                    have(
                        "signed",
                        P.T @ (e * (Delta(L) @ out)) == 0,
                        calculation,
                        "<combined",
                        "orthogonal",
                    ),
                    have(
                        "entry",
                        (P.T @ (e * (Delta(L) @ out)))[j, 1] == 0,
                        by(entries.entry_of_zero),
                        "signed",
                    ),
                    have(
                        "expanded",
                        None,
                        by(entries.entry_of_product, A=P.T, B=e * (Delta(L) @ out), i=j, j=1),
                    ),
                    have(
                        "summands",
                        each(i, 1, N, P.T[j, i] * (e * (Delta(L) @ out))[i, 1] == summand),
                        arbitrary(
                            i,
                            proof=[
                                have(
                                    "unit",
                                    (Delta(L) @ out)[i, 1] == Delta(L)[i, j],
                                    by(columns.times_unit),
                                ),
                                have(
                                    "equal",
                                    P.T[j, i] * (e * (Delta(L) @ out))[i, 1] == summand,
                                    calculation,
                                    "unit",
                                ),
                            ],
                        ),
                    ),
                    have("sums", None, by(sums.equal_sums), "summands"),
                    have(
                        "sum",
                        total(i, 1, N, summand) == 0,
                        calculation,
                        "<sums",
                        "<expanded",
                        "entry",
                    ),
                    have("column", None, cite(COLUMN, Z=F(k), P=P, E=Delta(L), C=C)),
                ],
            ),
        ),
        have(
            "each",
            each(i, 1, N, each(j, 1, n[L], Delta(L)[i, j] == 0)),
            arbitrary(
                i,
                j,
                proof=[
                    have("column", None, at(j), "columns"),
                    have("entry", None, at(i), "column"),
                ],
            ),
        ),
        have("errors", Delta(L) == 0, by(entries.zero_of_entries), "each"),
        have(
            "steep",
            each(i, 1, N, each(j, 1, n[L], slope(G(L))[i, j] != 0)),
            arbitrary(
                i,
                j,
                proof=[
                    have("row", None, at(i), "slopes"),
                    have("positive", None, at(j), "row"),
                    have(
                        "not 0", slope(G(L))[i, j] != 0, by(order.positive_is_not_zero), "positive"
                    ),
                ],
            ),
        ),
        have("least", minimises(W, b), cite(VANISH)),
    ],
)
