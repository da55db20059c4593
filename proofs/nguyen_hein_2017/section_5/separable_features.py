"""Section 5, Theorem 5.3 repaired: separable features, and outputs that are carried down.

Statements
- NH17.T5.3.errors: with separable features and outputs that are carried down, the errors vanish.
- NH17.T5.3.1 (repaired): so the point is a global minimum.
"""

from symbolic_landscape.proofs.nguyen_hein_2017.section_5.carried import (
    CARRIED,
    LAYER,
    comes_down,
    w,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_5.losses import BACKPROPAGATION
from symbolic_landscape.proofs.nguyen_hein_2017.section_5.output_errors import (
    OPPOSED,
    SIGNS,
    VANISH,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_5.separability import COLUMN, D5_1
from symbolic_landscape.proofs.nguyen_hein_2017.settings.classes import (
    CLASSED,
    CLASSES,
    ONE_SIDED,
    C,
    Delta,
    e,
    flat_at,
    has_class_signs,
    minimises,
    opposes_classes,
    outputs_carried,
    positive,
    separable,
    slope,
    slopes_positive,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.network import F, G, L, N, W, b, k, n, one
from symbolic_landscape.proofs.rules import blocks, columns, entries, order, sums
from symbolic_landscape.proofs.rules.columns import unit
from symbolic_landscape.statement.language import (
    Expr,
    block,
    both,
    each,
    exists,
    integer,
    matrix,
    total,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    at,
    by,
    calculation,
    cite,
    have,
    logic,
    obtain,
)
from symbolic_landscape.statement.step import Step

i, j = integer("i"), integer("j")
H = matrix("H", n[k] + 1, n[L])
FEATURES_AND_ONE = block(F(k), one)
P = FEATURES_AND_ONE @ H
out = unit(n[L], j)
summand = P[i, j] * e[i, 1] * Delta(L)[i, j]


def errors_orthogonal(k: Expr) -> list[Step]:
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


ERRORS = Statement(
    "NH17.T5.3.errors",
    CLASSES,
    title="Separable features, carried outputs: the errors of the last layer vanish",
    where="Section 5, proof of Theorem 5.3",
    lines=(2135, 2304),
    names=(k,),
    standing=LAYER,
    given={
        "separable": separable(k),
        "flat": flat_at(W, b, k + 1),
        "slopes": slopes_positive(L),
        "carried": outputs_carried(k),
        **SIGNS,
    },
    then=Delta(L) == 0,
    gloss="A combination of the errors of layer k + 1 is that of one output times positive "
    "numbers, and orthogonal to features with the signs of its class.",
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
    ],
)


def steep_outputs() -> list[Step]:
    """Steps: no slope of the output layer is 0."""
    return [
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
        have("errors", Delta(L) == 0, cite(ERRORS)),
        *steep_outputs(),
        have("least", minimises(W, b), cite(VANISH)),
    ],
)
