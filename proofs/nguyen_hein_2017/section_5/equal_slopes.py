"""Section 5, Theorem 5.3 repaired: layers whose units have equal slopes, and no layers between.

Statements
- NH17.T5.3.last: nothing is asked of the weights where the last hidden layer is separable.
- NH17.T5.3.equal: with full column rank all is carried down where a layer has equal slopes.
"""

from symbolic_landscape.proofs.nguyen_hein_2017.section_5.carried import LAYER
from symbolic_landscape.proofs.nguyen_hein_2017.section_5.separable_features import (
    T5_3_1,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.assumptions import full_rank_from
from symbolic_landscape.proofs.nguyen_hein_2017.settings.classes import (
    CLASSES,
    ONE_SIDED,
    carried,
    carried_from_below,
    e,
    flat_at,
    meaning_of_carried,
    minimises,
    outputs_carried,
    positive,
    separable,
    slope,
    slopes_positive,
    vector,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.network import G, L, W, b, k, n, one
from symbolic_landscape.proofs.rules import columns, ranks
from symbolic_landscape.proofs.rules.columns import unit
from symbolic_landscape.statement.language import (
    Expr,
    both,
    each,
    every,
    exists,
    identity_matrix,
    integer,
    matrix,
    ones,
    rank,
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
    linear,
    logic,
    obtain,
    take,
)

i, j, r, z = (integer(name) for name in "ijrz")

LAST = Statement(
    "NH17.T5.3.last",
    CLASSES,
    kind="corollary",
    title="Nothing is asked of the weights where the last hidden layer is separable",
    where="Section 5, Theorem 5.3",
    given={
        "separable": separable(L - 1),
        "flat": flat_at(W, b, L),
        "slopes": slopes_positive(L),
        **ONE_SIDED,
    },
    then=minimises(W, b),
    gloss="With k = L - 1 there is no layer above k + 1, and Theorem 5.3 needs sigma' > 0 only.",
    proof=[
        have(
            "carried",
            outputs_carried(L - 1),
            arbitrary(j, proof=[have("no condition", carried(L - 1, L, unit(n[L], j)), logic)]),
        ),
        have("least", minimises(W, b), cite(T5_3_1, k=L - 1)),
    ],
)

v1 = vector("v", z + 1)
R = matrix("R", n[z], n[z + 1])
u3 = R @ v1
same_slopes = each(r, k + 1, L - 1, exists(e, both(positive(e), slope(G(r)) == e @ ones(1, n[r]))))


def all_carried(r: Expr) -> Expr:
    """All weights are carried down."""
    return every(vector("v", r), carried(k, r, vector("v", r)))


EQUAL = Statement(
    "NH17.T5.3.equal",
    CLASSES,
    title="Where the units of a layer have equal slopes, full column rank carries all down",
    where="Section 5, Theorem 5.3",
    names=(k,),
    standing=LAYER,
    given={"ranks": full_rank_from(k + 2), "equal": same_slopes},
    then=outputs_carried(k),
    gloss="The printed induction uses one slope per sample for all units of a layer; where that is "
    "true, as for linear activations, the printed conditions suffice.",
    proof=[
        have(
            "all",
            each(r, k + 1, L, all_carried(r)),
            induct(
                z,
                base=[
                    have(
                        "first",
                        all_carried(k + 1),
                        arbitrary(
                            vector("v", k + 1),
                            proof=[
                                have("no condition", carried(k, k + 1, vector("v", k + 1)), logic)
                            ],
                        ),
                    )
                ],
                step=[
                    have("rank", rank(W[z + 1]) == n[z + 1], at(z + 1), "ranks"),
                    have("turned", rank(W[z + 1].T) == rank(W[z + 1]), by(ranks.rank_of_transpose)),
                    have("full", rank(W[z + 1].T) == n[z + 1], linear, "rank", "turned"),
                    have(
                        "inverse",
                        exists(R, identity_matrix(n[z + 1]) == W[z + 1].T @ R),
                        by(ranks.right_inverse),
                        "full",
                    ),
                    have("R", identity_matrix(n[z + 1]) == W[z + 1].T @ R, obtain(R), "inverse"),
                    have("equal here", None, at(z), "equal"),
                    have(
                        "e",
                        both(positive(e), slope(G(z)) == e @ ones(1, n[z])),
                        obtain(e),
                        "equal here",
                    ),
                    have("positive", positive(e), logic, "e"),
                    have("one slope", slope(G(z)) == e @ ones(1, n[z]), logic, "e"),
                    have(
                        "next",
                        all_carried(z + 1),
                        arbitrary(
                            v1,
                            proof=[
                                have("weights", W[z + 1].T @ u3 == v1, calculation, "<R"),
                                have(
                                    "rank one",
                                    (e @ ones(1, n[z])) * (one @ u3.T) == e @ u3.T,
                                    by(columns.hadamard_of_rank_one),
                                ),
                                have(
                                    "agree",
                                    slope(G(z)) * (one @ u3.T) == e @ u3.T,
                                    calculation,
                                    "one slope",
                                    "rank one",
                                ),
                                have("u carried", None, at(u3), "all.before"),
                                have("meaning", meaning_of_carried(k, z + 1), definition),
                                have(
                                    "from below",
                                    carried_from_below(k, z + 1, v1),
                                    take(u3, e),
                                    "weights",
                                    "positive",
                                    "agree",
                                    "u carried",
                                ),
                                have(
                                    "down",
                                    carried(k, z + 1, v1),
                                    calculation,
                                    "from below",
                                    "meaning",
                                ),
                            ],
                        ),
                    ),
                ],
            ),
        ),
        have("at the outputs", None, at(L), "all"),
        have(
            "outputs",
            outputs_carried(k),
            arbitrary(j, proof=[have("carried", None, at(unit(n[L], j)), "at the outputs")]),
        ),
    ],
)
