"""Section 5, Theorem 5.3 repaired: errors that keep their signs on the way down.

Notation: v is carried down from layer r to layer k + 1 if combinations of units lead down to it at
each of which the slopes agree, sample by sample, with positive numbers (settings.classes).

Statements
- NH17.T5.3.carried: errors combined by v come from errors of layer k + 1, up to positive numbers.
"""

from symbolic_landscape.proofs.nguyen_hein_2017.section_5.losses import BACKPROPAGATION
from symbolic_landscape.proofs.nguyen_hein_2017.settings.classes import (
    CLASSES,
    Delta,
    carried,
    carried_from_below,
    e,
    meaning_of_carried,
    passes,
    positive,
    slope,
    vector,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.network import G, L, N, W, k
from symbolic_landscape.proofs.rules import columns, order
from symbolic_landscape.statement.language import (
    Expr,
    both,
    each,
    every,
    exists,
    integer,
    matrix,
    ones,
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


def comes_down(r: Expr, v: Expr) -> Expr:
    """The errors of layer r combined by v come from those of layer k + 1, up to positive e."""
    return exists(w, e, both(positive(e), Delta(k + 1) @ w == e * (Delta(r) @ v)))


def every_vector(r: Expr, v: Expr) -> Expr:
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
