"""Section 3.2, Theorem 3.4 and Lemma 3.5: independent features make the errors vanish.

Statements
- NH17.L3.5.chain: errors that vanish in one layer vanish in all later ones, and Phi is least.
- NH17.L3.5.errors: independent features and a flat layer above make its errors vanish.
- NH17.L3.5: independent features at layer k suffice.
- NH17.T3.4: independent inputs.
"""

from symbolic_landscape.proofs.nguyen_hein_2017.section_2.backpropagation import L2_1
from symbolic_landscape.proofs.nguyen_hein_2017.settings.assumptions import (
    PRINTED,
    full_rank_from,
    loss_flat_only_at_minimum,
    slope_positive,
    slopes_from,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.network import (
    F_,
    NETWORK,
    Delta,
    F,
    G,
    L,
    N,
    Phi,
    V,
    W,
    X,
    Y,
    b,
    bias_gradient,
    c,
    critical,
    flat_at,
    k,
    loss,
    minimises,
    n,
    one,
    sigma,
    weight_gradient,
)
from symbolic_landscape.proofs.rules import blocks, entries, order, ranks, sums
from symbolic_landscape.statement.language import (
    Expr,
    block,
    derivative,
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
    claimed,
    have,
    induct,
    logic,
)
from symbolic_landscape.statement.step import Step

i, j, v = integer("i"), integer("j"), integer("v")
t = real("t")
slope = derivative(sigma)


R, R2 = F(L) - Y, F_(V, c)[L] - Y

CHAIN = Statement(
    "NH17.L3.5.chain",
    NETWORK,
    title="Errors that vanish in one layer vanish in all later ones, and the objective is least",
    where="Section 3.2, proof of Theorem 3.4",
    lines=(692, 708),
    names=(k,),
    standing=(k >= 0, k <= L - 1),
    given={
        "zero": Delta(k + 1) == 0,
        "ranks": full_rank_from(k + 2),
        "slope": slopes_from(k + 1),
        "loss": loss_flat_only_at_minimum,
    },
    then=minimises(W, b),
    proof=[
        have("backpropagation", None, cite(L2_1)),
        have("back", L2_1.then_part(1), logic, "backpropagation"),
        have("last", L2_1.then_part(0), logic, "backpropagation"),
        have(
            "errors",
            each(i, k + 1, L, Delta(i) == 0),
            induct(
                v,
                base=[have("start", Delta(k + 1) == 0, logic, "zero")],
                step=[
                    have("back here", None, at(v), "back"),
                    have(
                        "product",
                        (Delta(v + 1) @ W[v + 1].T) * slope(G(v)) == 0,
                        calculation,
                        "<back here",
                        "errors.before",
                    ),
                    have("slopes", None, at(v), "slope"),
                    have(
                        "weights",
                        Delta(v + 1) @ W[v + 1].T == 0,
                        by(entries.hadamard_cancel, A=slope(G(v))),
                        "slopes",
                        "product",
                    ),
                    have("rank", None, at(v + 1), "ranks"),
                    have(
                        "next",
                        Delta(v + 1) == 0,
                        by(ranks.kernel_of_full_column_rank, A=W[v + 1]),
                        "rank",
                        "weights",
                    ),
                ],
            ),
        ),
        have("output", Delta(L) == 0, at(L), "errors"),
        have("flat", derivative(loss)(R) * slope(G(L)) == 0, calculation, "<last", "output"),
        have("output slopes", None, at(L), "slope"),
        have(
            "no slope",
            derivative(loss)(R) == 0,
            by(entries.hadamard_cancel, A=slope(G(L))),
            "output slopes",
            "flat",
        ),
        have(
            "least",
            minimises(W, b),
            arbitrary(
                V,
                c,
                proof=[
                    have(
                        "entries",
                        each(i, 1, N, each(j, 1, n[L], loss(R[i, j]) <= loss(R2[i, j]))),
                        arbitrary(
                            i,
                            j,
                            proof=[
                                have(
                                    "entry",
                                    derivative(loss)(R[i, j]) == 0,
                                    by(entries.entry_of_zero, A=derivative(loss)(R), i=i, j=j),
                                    "no slope",
                                ),
                                have("if flat", None, at(R[i, j]), "loss"),
                                have(
                                    "then",
                                    every(t, loss(R[i, j]) <= loss(t)),
                                    logic,
                                    "if flat",
                                    "entry",
                                ),
                                have("least", None, at(R2[i, j]), "then"),
                            ],
                        ),
                    ),
                    have(
                        "rows",
                        each(i, 1, N, sums.row(loss, R, i) <= sums.row(loss, R2, i)),
                        arbitrary(
                            i,
                            proof=[
                                have("row", None, at(i), "entries"),
                                have(
                                    "sum",
                                    sums.row(loss, R, i) <= sums.row(loss, R2, i),
                                    by(sums.sum_monotone),
                                    "row",
                                ),
                            ],
                        ),
                    ),
                    have("sum", Phi(W, b) <= Phi(V, c), by(sums.sum_monotone), "rows"),
                ],
            ),
        ),
    ],
)


ERRORS = Statement(
    "NH17.L3.5.errors",
    NETWORK,
    title="Where layer k + 1 is flat and [F_k, 1] has rank N, the errors of layer k + 1 vanish",
    where="Section 3.2, proof of Lemma 3.5",
    lines=(771, 780),
    names=(k,),
    standing=(k >= 0, k <= L - 1),
    given={"independent": rank(block(F(k), one)) == N, "flat": flat_at(W, b, k + 1)},
    then=Delta(k + 1) == 0,
    proof=[
        have("backpropagation", None, cite(L2_1)),
        have("weights", L2_1.then_part(2), logic, "backpropagation"),
        have("biases", L2_1.then_part(3), logic, "backpropagation"),
        have("weights here", None, at(k + 1), "weights"),
        have("biases here", None, at(k + 1), "biases"),
        have("no weight gradient", weight_gradient(W, b, k + 1) == 0, logic, "flat"),
        have("no bias gradient", bias_gradient(W, b, k + 1) == 0, logic, "flat"),
        have(
            "features",
            F(k).T @ Delta(k + 1) == 0,
            calculation,
            "<weights here",
            "no weight gradient",
        ),
        have("ones", one.T @ Delta(k + 1) == 0, calculation, "<biases here", "no bias gradient"),
        have(
            "both",
            block(F(k), one).T @ Delta(k + 1) == 0,
            by(blocks.block_orthogonal),
            "features",
            "ones",
        ),
        have(
            "transposed",
            rank(block(F(k), one).T) == rank(block(F(k), one)),
            by(ranks.rank_of_transpose),
        ),
        have("full", rank(block(F(k), one).T) == N, calculation, "transposed", "independent"),
        have(
            "zero",
            Delta(k + 1) == 0,
            by(ranks.kernel_of_full_column_rank, A=block(F(k), one).T),
            "full",
            "both",
        ),
    ],
)


def errors_vanish_and_so_on(
    k: Expr | int, errors: tuple[int, int], chain: tuple[int, int]
) -> list[Step]:
    """Steps of the printed proofs, with their lines: errors that vanish, slopes, the induction."""
    return [
        have("zero", Delta(k + 1) == 0, cite(ERRORS, k=k), lines=errors),
        have(
            "slope",
            slope_positive,
            claimed("by assumption sigma' is strictly positive"),
            "increasing",
            lines=(694, 696),
        ),
        have(
            "slopes",
            slopes_from(k + 1),
            arbitrary(
                v,
                i,
                j,
                proof=[
                    have("positive", slope(G(v)[i, j]) > 0, at(G(v)[i, j]), "slope"),
                    have(
                        "not zero",
                        slope(G(v)[i, j]) != 0,
                        by(order.positive_is_not_zero),
                        "positive",
                    ),
                ],
            ),
        ),
        have("least", minimises(W, b), cite(CHAIN, k=k), lines=chain),
    ]


L3_5_REPAIRED = Statement(
    "NH17.L3.5",
    NETWORK,
    title="Independent features at layer k suffice",
    where="Section 3.2, Lemma 3.5",
    lines=(736, 769),
    reading="repaired",
    names=(k,),
    standing=(k >= 0, k <= L - 1),
    given={
        "independent": rank(block(F(k), one)) == N,
        "ranks": full_rank_from(k + 2),
        "flat": flat_at(W, b, k + 1),
        "slope": slopes_from(k + 1),
        "loss": loss_flat_only_at_minimum,
    },
    then=minimises(W, b),
    proof=[
        have("zero", Delta(k + 1) == 0, cite(ERRORS)),
        have("least", minimises(W, b), cite(CHAIN)),
    ],
    gloss="The slope of sigma vanishes at no preactivation from there on, in place of: sigma is "
    "strictly increasing.",
)
L3_5 = Statement(
    "NH17.L3.5",
    NETWORK,
    title="Independent features at layer k suffice",
    where="Section 3.2, Lemma 3.5",
    lines=(736, 769),
    names=(k,),
    standing=(k >= 1, k <= L - 1),
    given={
        **PRINTED,
        "independent": rank(block(F(k), one)) == N,
        "ranks": full_rank_from(k + 2),
        "flat": flat_at(W, b, k + 1),
    },
    then=minimises(W, b),
    proof=errors_vanish_and_so_on(k, errors=(771, 780), chain=(780, 784)),
    repaired=L3_5_REPAIRED,
    expected=(
        "invalid inference, step slope",
        "refuted, statement",
    ),
)

T3_4_REPAIRED = Statement(
    "NH17.T3.4",
    NETWORK,
    kind="theorem",
    title="Affinely independent data: full-rank critical points are global minima",
    where="Section 3.2, Theorem 3.4",
    lines=(662, 669),
    reading="repaired",
    given={
        "independent": rank(block(X, one)) == N,
        "critical": critical(W, b),
        "ranks": full_rank_from(2),
        "slope": slopes_from(1),
        "loss": loss_flat_only_at_minimum,
    },
    then=minimises(W, b),
    proof=[
        have("flat", flat_at(W, b, 1), at(1), "critical"),
        have("least", minimises(W, b), cite(L3_5_REPAIRED, k=0)),
    ],
    gloss="The slope of sigma vanishes at no preactivation from there on, in place of: sigma is "
    "strictly increasing.",
)
T3_4 = Statement(
    "NH17.T3.4",
    NETWORK,
    kind="theorem",
    title="Affinely independent data: full-rank critical points are global minima",
    where="Section 3.2, Theorem 3.4",
    lines=(662, 669),
    given={
        **PRINTED,
        "independent": rank(block(X, one)) == N,
        "critical": critical(W, b),
        "ranks": full_rank_from(2),
    },
    then=minimises(W, b),
    proof=[
        have("flat", flat_at(W, b, 1), at(1), "critical", lines=(687, 689)),
        *errors_vanish_and_so_on(0, errors=(690, 692), chain=(692, 708)),
    ],
    repaired=T3_4_REPAIRED,
    expected=(
        "invalid inference, step slope",
        "refuted, statement",
    ),
)
