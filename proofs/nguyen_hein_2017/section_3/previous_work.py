"""Section 3.1: the results of Gori and Tesi and of Yu and Chen, as the paper quotes them.

Statements
- NH17.T3.1: global optimality when Delta_1 is forced to vanish.
- NH17.R3.yuchen: one hidden layer with N - 1 units.
"""

from symbolic_landscape.proofs.nguyen_hein_2017.section_2.backpropagation import L2_1
from symbolic_landscape.proofs.nguyen_hein_2017.section_3.independent_features import CHAIN
from symbolic_landscape.proofs.nguyen_hein_2017.settings.assumptions import (
    distinct_samples,
    full_rank_from,
    loss_flat_only_at_minimum,
    minimum_attained,
    slope_positive,
    slopes_from,
    twice_smooth,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.neighbourhoods import (
    NEIGHBOURHOODS,
    local_minimum,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.network import (
    NETWORK,
    Delta,
    G,
    L,
    N,
    W,
    X,
    b,
    bias_gradient,
    critical,
    flat_at,
    loss,
    minimises,
    n,
    one,
    sigma,
    weight_gradient,
)
from symbolic_landscape.proofs.rules import blocks, numbers, order
from symbolic_landscape.proofs.rules.derivatives import smooth
from symbolic_landscape.proofs.rules.functions import equal_functions_of_numbers
from symbolic_landscape.proofs.rules.limits import tends
from symbolic_landscape.statement.language import (
    Expr,
    block,
    both,
    derivative,
    every,
    exists,
    fn,
    integer,
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
    linear,
    logic,
)

i, j, v = integer("i"), integer("j"), integer("v")
s, t, x, limit = real("s"), real("t"), real("x"), real("limit")
low, top = real("low"), real("top")
slope, curvature = derivative(sigma), derivative(derivative(sigma))
square = every(t, loss(t) == t * t)


def positive_limit(value: Expr) -> Expr:
    """The function of t has a positive limit at infinity."""
    return exists(limit, both(limit > 0, tends(fn(t, value), limit)))


GORI_TESI = {
    "square": square,
    "range": every(t, both(low <= sigma(t), sigma(t) <= top)),
    "sigma smooth": twice_smooth(sigma),
    "slope": slope_positive,
    "slope above": positive_limit(slope(t) / (top - sigma(t))),
    "slope below": positive_limit(slope(-t) / (sigma(-t) - low)),
    "curvature above": positive_limit(-curvature(t) / (top - sigma(t))),
    "curvature below": positive_limit(curvature(-t) / (sigma(-t) - low)),
}
"""What is assumed of loss and activation; the limits are taken as they are printed."""
NO_KERNEL = (block(X, one).T @ Delta(1) == 0) >> (Delta(1) == 0)

FORCED = [
    have("flat", flat_at(W, b, 1), at(1), "critical"),
    have("backpropagation", None, cite(L2_1)),
    have("weights", L2_1.then_part(2), logic, "backpropagation"),
    have("biases", L2_1.then_part(3), logic, "backpropagation"),
    have("weights here", None, at(1), "weights"),
    have("biases here", None, at(1), "biases"),
    have("no weight gradient", weight_gradient(W, b, 1) == 0, logic, "flat"),
    have("no bias gradient", bias_gradient(W, b, 1) == 0, logic, "flat"),
    have("inputs", X.T @ Delta(1) == 0, calculation, "<weights here", "no weight gradient"),
    have("ones", one.T @ Delta(1) == 0, calculation, "<biases here", "no bias gradient"),
    have("both", block(X, one).T @ Delta(1) == 0, by(blocks.block_orthogonal), "inputs", "ones"),
    have("zero", Delta(1) == 0, logic, "kernel", "both"),
]
"""Steps: at a critical point [X, 1]^T Delta_1 = 0, so Delta_1 = 0."""

line, squared = fn(t, t), fn(t, t * t)
SQUARE = Statement(
    "NH17.T3.1.square",
    NETWORK,
    title="The square has slope 0 at its minimum alone",
    given={"square": square},
    then=loss_flat_only_at_minimum,
    proof=[
        have("loss", loss == squared, by(equal_functions_of_numbers), "square"),
        have("line smooth", smooth(line), by(numbers.smooth_affine, r=0, s=1)),
        have(
            "minimum",
            loss_flat_only_at_minimum,
            arbitrary(
                s,
                proof=[
                    have(
                        "line", derivative(line)(s) == 1, by(numbers.derivative_of_affine, r=0, s=1)
                    ),
                    have(
                        "product",
                        derivative(squared)(s) == derivative(line)(s) * s + s * derivative(line)(s),
                        by(numbers.derivative_of_numbers, f=line, g=line),
                        "line smooth",
                        "line smooth",
                    ),
                    have("double", derivative(squared)(s) == 2 * s, calculation, "product", "line"),
                    have("slope", derivative(loss)(s) == 2 * s, calculation, "loss", "double"),
                    have("zero", s == 0, linear, "slope", "minimum.if"),
                    have(
                        "least",
                        every(t, loss(s) <= loss(t)),
                        arbitrary(
                            t,
                            proof=[
                                have("here", loss(s) == s * s, at(s), "square"),
                                have("here 0", loss(s) == 0, calculation, "here", "zero"),
                                have("there", loss(t) == t * t, at(t), "square"),
                                have("square there", t * t >= 0, by(order.square_not_negative)),
                                have(
                                    "above",
                                    loss(s) <= loss(t),
                                    linear,
                                    "here 0",
                                    "there",
                                    "square there",
                                ),
                            ],
                        ),
                    ),
                ],
            ),
        ),
    ],
)

T3_1 = Statement(
    "NH17.T3.1",
    NETWORK,
    kind="theorem",
    title="Global optimality when Delta_1 is forced to vanish",
    where="Section 3.1, Theorem 3.1 (quoted from Gori and Tesi 1992)",
    lines=(481, 523),
    names=(low, top),
    given={
        **GORI_TESI,
        "attained": minimum_attained,
        "critical": critical(W, b),
        "ranks": full_rank_from(2),
        "kernel": NO_KERNEL,
    },
    then=minimises(W, b),
    proof=[
        *FORCED,
        have("loss", loss_flat_only_at_minimum, cite(SQUARE)),
        have(
            "slopes",
            slopes_from(1),
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
        have("least", minimises(W, b), cite(CHAIN, k=0)),
    ],
    repaired=Statement(
        "NH17.T3.1",
        NETWORK,
        kind="theorem",
        title="Global optimality when Delta_1 is forced to vanish",
        where="Section 3.1, Theorem 3.1 (quoted from Gori and Tesi 1992)",
        lines=(481, 523),
        reading="repaired",
        given={
            "critical": critical(W, b),
            "ranks": full_rank_from(2),
            "kernel": NO_KERNEL,
            "slope": slopes_from(1),
            "loss": loss_flat_only_at_minimum,
        },
        then=minimises(W, b),
        proof=[*FORCED, have("least", minimises(W, b), cite(CHAIN, k=0))],
        gloss="The limits of sigma' and sigma'' are not needed, nor is the square.",
    ),
)

R3_YUCHEN = Statement(
    "NH17.R3.yuchen",
    NEIGHBOURHOODS,
    kind="remark",
    title="One hidden layer with N - 1 units: every local minimum is global",
    where="Section 3.1 (quoted from Yu and Chen 1995)",
    lines=(470, 473),
    standing=(L == 2,),
    given={
        "square": square,
        "attained": minimum_attained,
        "distinct": distinct_samples,
        "increasing": slope_positive,
        "width": n[1] == N - 1,
        "minimum": local_minimum(W, b),
    },
    then=minimises(W, b),
    proof=[
        have(
            "least",
            minimises(W, b),
            claimed("(Yu & Chen, 1995)"),
            "square",
            "attained",
            "distinct",
            "increasing",
            "width",
            "minimum",
            lines=(470, 473),
        )
    ],
    expected=("refuted, statement", "invalid inference, step least"),
)
