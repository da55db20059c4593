"""Section 3.2: why the slope of sigma must vanish nowhere in Theorem 3.4 and Lemma 3.5.

Statements
- NH17.T3.4.flat: where it vanishes there are critical points that know nothing of the targets.
"""

from symbolic_landscape.proofs.nguyen_hein_2017.section_2.backpropagation import L2_1
from symbolic_landscape.proofs.nguyen_hein_2017.settings.network import (
    NETWORK,
    Delta,
    G,
    L,
    N,
    W,
    b,
    bias_gradient,
    critical,
    flat_at,
    n,
    one,
    sigma,
    weight_gradient,
)
from symbolic_landscape.proofs.rules import entries
from symbolic_landscape.statement.language import derivative, each, integer, real
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    at,
    by,
    calculation,
    cite,
    have,
    induct,
    logic,
)

i, j, v = integer("i"), integer("j"), integer("v")
place = real("place")
slope = derivative(sigma)
no_slope = each(i, 1, N, each(j, 1, n[L], slope(G(L))[i, j] == 0))

FLAT = Statement(
    "NH17.T3.4.flat",
    NETWORK,
    kind="theorem",
    title="Where the slope vanishes there are critical points that know nothing of the targets",
    where="Section 3.2, Theorem 3.4",
    names=(place,),
    given={
        "flat": slope(place) == 0,
        "weights": W[L] == 0,
        "biases": each(j, 1, n[L], b[L][1, j] == place),
    },
    then=critical(W, b),
    proof=[
        have("backpropagation", None, cite(L2_1)),
        have("last", L2_1.then_part(0), logic, "backpropagation"),
        have("back", L2_1.then_part(1), logic, "backpropagation"),
        have("weight gradients", L2_1.then_part(2), logic, "backpropagation"),
        have("bias gradients", L2_1.then_part(3), logic, "backpropagation"),
        have(
            "no slope",
            no_slope,
            arbitrary(
                i,
                j,
                proof=[
                    have("bias", None, at(j), "biases"),
                    have(
                        "row", (one @ b[L])[i, j] == b[L][1, j], by(entries.entry_of_repeated_row)
                    ),
                    have(
                        "slope",
                        slope(G(L))[i, j] == 0,
                        calculation,
                        "weights",
                        "row",
                        "bias",
                        "flat",
                    ),
                ],
            ),
        ),
        have("slopes", slope(G(L)) == 0, by(entries.zero_of_entries), "no slope"),
        have(
            "errors",
            each(i, 1, L, Delta(i) == 0),
            induct(
                v,
                down=True,
                base=[have("output", Delta(L) == 0, calculation, "last", "slopes")],
                step=[
                    have("back here", None, at(v - 1), "back"),
                    have("lower", Delta(v - 1) == 0, calculation, "back here", "errors.before"),
                ],
            ),
        ),
        have(
            "critical",
            critical(W, b),
            arbitrary(
                v,
                proof=[
                    have("no errors", None, at(v), "errors"),
                    have("weights here", None, at(v), "weight gradients"),
                    have("biases here", None, at(v), "bias gradients"),
                    have(
                        "no weight gradient",
                        weight_gradient(W, b, v) == 0,
                        calculation,
                        "weights here",
                        "no errors",
                    ),
                    have(
                        "no bias gradient",
                        bias_gradient(W, b, v) == 0,
                        calculation,
                        "biases here",
                        "no errors",
                    ),
                    have(
                        "flat layer",
                        flat_at(W, b, v),
                        logic,
                        "no weight gradient",
                        "no bias gradient",
                    ),
                ],
            ),
        ),
    ],
    gloss="With one layer the ranks of Theorem 3.4 ask nothing, and for L = k + 1 those of Lemma "
    "3.5: whatever the targets are, the point would be a global minimum.",
)
