"""Section 5.1: the last layer apart from those below it.

Notation: A (m[l] x m[l-1]) and c are the weights and biases of the last layer, on the fibre where
the layers below are those of M, b. H, G, s are the coefficients of a quadratic function of [A, c].

Statements
- C21.D5.R: the features of a layer depend on the layers up to it; the outputs are affine on a fibre.
- C21.P5.7: the loss is a quadratic function on each fibre.
"""

from symbolic_landscape.proofs.cooper_2021.section_5.levels import FIBRE_LOSS, Phi
from symbolic_landscape.proofs.cooper_2021.settings.architectures import i, j, l, m
from symbolic_landscape.proofs.cooper_2021.settings.minima import A, c, changed
from symbolic_landscape.proofs.cooper_2021.settings.networks import (
    NETWORK,
    M,
    V,
    Y,
    b,
    e,
    f_,
    layer,
    loss_,
    one,
    phi_,
    sigma,
)
from symbolic_landscape.proofs.rules import blocks
from symbolic_landscape.proofs.rules.entries import squares_of_equal
from symbolic_landscape.statement.language import (
    Expr,
    block,
    both,
    each,
    every,
    exists,
    integer,
    matrix,
    real,
    stack,
    trace,
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
    take,
)

v = integer("v")
same_features = each(j, 0, i, phi_(V, e)[j] == phi_(M, b)[j])
affine = every(A, c, f_(*changed) == A @ Phi + c @ one)
D5_R = Statement(
    "C21.D5.R",
    NETWORK,
    title="Maps phi_i, Phi_i, fibres of pi:R^I x R^F->R^I",
    kind="definition",
    where="Section 5.1",
    lines=(450, 497),
    names=(i, V, e),
    standing=(0 <= i, i <= l - 1),
    given={"agree": each(j, 1, i, both(V[j] == M[j], e[j] == b[j]))},
    then=both(same_features, affine),
    gloss="Phi_i is a function of p_1, ..., p_i and the inputs; on a fibre of pi, f_p is affine.",
    proof=[
        have(
            "features",
            same_features,
            induct(
                v,
                base=[have("input", phi_(V, e)[0] == phi_(M, b)[0], calculation)],
                step=[
                    have("parameters", None, at(v + 1), "agree"),
                    have("weights", V[v + 1] == M[v + 1], logic, "parameters"),
                    have("biases", e[v + 1] == b[v + 1], logic, "parameters"),
                    have(
                        "there",
                        phi_(V, e)[v + 1] == sigma(layer(phi_(V, e)[v], v + 1, V, e)),
                        definition,
                    ),
                    have(
                        "here", phi_(M, b)[v + 1] == sigma(layer(phi_(M, b)[v], v + 1)), definition
                    ),
                    have(
                        "next",
                        phi_(V, e)[v + 1] == phi_(M, b)[v + 1],
                        calculation,
                        "there",
                        "features.before",
                        "weights",
                        "biases",
                        "<here",
                    ),
                ],
            ),
            lines=(454, 460),
        ),
        have(
            "outputs",
            affine,
            arbitrary(A, c, proof=[have("on the fibre", None, cite(FIBRE_LOSS))]),
            lines=(466, 497),
        ),
        have("both", both(same_features, affine), logic, "features", "outputs"),
    ],
)

Phi1, last = stack(Phi, one), block(A, c)
H = matrix("H", m[l - 1] + 1, m[l - 1] + 1)
G, s = matrix("G", m[l], m[l - 1] + 1), real("s")


def value(H: Expr, G: Expr, s: Expr) -> Expr:
    """The value at [A, c] of the quadratic function with these coefficients."""
    return trace(last @ H @ last.T) + 2 * trace(G.T @ last) + s


def quadratic(H: Expr, G: Expr, s: Expr) -> Expr:
    """The loss on the fibre is this quadratic function."""
    return every(A, c, loss_(*changed) == value(H, G, s))


coefficients = (Phi1 @ Phi1.T, -Y @ Phi1.T, trace(Y.T @ Y))
P5_7 = Statement(
    "C21.P5.7",
    NETWORK,
    title="L is quadratic on each fibre",
    kind="proposition",
    where="Section 5.1, Proposition 5.7",
    lines=(499, 499),
    given={},
    then=exists(H, G, s, quadratic(H, G, s)),
    gloss="As a function of the last weights and biases, whatever the layers below and sigma are.",
    proof=[
        have(
            "on the fibre",
            quadratic(*coefficients),
            arbitrary(
                A,
                c,
                proof=[
                    have("outputs", None, cite(FIBRE_LOSS), lines=(501, 506)),
                    have("block", None, by(blocks.block_times_stack, A=A, D=c, B=Phi, U=one)),
                    have("linear", f_(*changed) == last @ Phi1, calculation, "outputs", "<block"),
                    have(
                        "squares",
                        loss_(*changed) == value(*coefficients),
                        by(squares_of_equal, A=f_(*changed) - Y, A2=last @ Phi1 - Y),
                        "linear",
                    ),
                ],
            ),
            lines=(508, 512),
        ),
        have("some", exists(H, G, s, quadratic(H, G, s)), take(*coefficients), "on the fibre"),
    ],
)
