"""Section 6, Lemma 16: parameters near any others at which the wide layer spans R^N.

Statements
- PS21.L16.later: as near as one likes the weights of all later layers have full rank.
- PS21.L16: and the wide layer spans R^N.
"""

from collections.abc import Mapping, Sequence

from symbolic_landscape.proofs.nguyen_hein_2017.section_4.generic import C4_5_PRINTED
from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_6.asked import ASKED
from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_6.free_layers import BELOW
from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_6.transposed import (
    CT,
    RANK,
    SMOOTH,
    TURNED,
    VT,
    WIDE,
    WITHOUT_ZERO,
    eps,
    found,
    near_there,
    place,
    row,
    squares,
    turned,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.settings.layers import CLASS_A, N
from symbolic_landscape.proofs.petzka_sminchisescu_2021.settings.networks import (
    A_,
    NETWORK,
    L,
    V,
    W,
    X,
    Y,
    b,
    distinct,
    e,
    full_rank,
    i,
    k,
    n,
    wide,
)
from symbolic_landscape.proofs.rules import continuity, ranks
from symbolic_landscape.proofs.rules.points import agree, close, near
from symbolic_landscape.statement.language import Expr, both, each, exists, fn, like, matrix, rank
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    at,
    by,
    calculation,
    cases,
    cite,
    have,
    logic,
    obtain,
    take,
)
from symbolic_landscape.statement.step import Step

W2, W1, b1 = like("W2", W), like("W1", W), like("b1", b)
member = matrix("member", n[k], n[k - 1])


def full(A: Expr, k: Expr) -> Expr:
    """The matrix has the full rank of the weights of layer k, and is near them."""
    return both(close(A, W[k], eps), (rank(A) == n[k]) | (rank(A) == n[k - 1]))


later = exists(W2, each(k, wide + 1, L, full(W2[k], k)))
LATER = Statement(
    "PS21.L16.later",
    NETWORK,
    title="Near all weights there are some of full rank",
    names=(wide, eps),
    standing=WIDE,
    given={"radius": eps > 0},
    then=later,
    proof=[
        have(
            "each",
            each(k, wide + 1, L, exists(member, full(member, k))),
            arbitrary(
                k,
                proof=[
                    have("dense", None, by(ranks.full_rank_is_dense, A=W[k], x=eps), "radius"),
                    have("here", exists(member, full(member, k)), logic, "dense"),
                ],
            ),
        ),
        have(
            "family",
            later,
            by(
                continuity.family_of_choices,
                Q=fn(k, fn(member, full(member, k))),
                rows=n,
                columns=fn(k, n[k - 1]),
                lo=wide + 1,
                hi=L,
            ),
            "each",
        ),
    ],
)

near_and_generic = exists(
    V,
    e,
    both(
        near(V, e, W, b, 1, L, eps),
        rank(A_(V, e)[wide]) == N,
        each(k, wide + 2, L, full_rank(V, k)),
    ),
)
GENERIC = {**CLASS_A, "distinct": distinct, "wide": n[wide] > N, "radius": eps > 0}
ENOUGH = {**WITHOUT_ZERO, "distinct": distinct, "wide": n[wide] >= N, "radius": eps > 0}
"""What is asked, and what is enough: 0 may lie apart from the image, and N units are wide."""
SHAPES = {"rows": n, "columns": fn(k, n[k - 1])}
COLUMNS = {"rows": n, "columns": fn(k, 1)}


def generic(
    given: Mapping[str, Expr],
    wide_layer: Sequence[Step],
    reading: str = "printed",
    repaired: Statement | None = None,
    expected: tuple[str, ...] = (),
) -> Statement:
    """A reading of Lemma 16, by the steps that give the wide layer the rank N."""
    return Statement(
        "PS21.L16",
        NETWORK,
        title="Generic perturbation",
        where="Section 6, Lemma 16",
        lines=(294, 300),
        names=(wide, eps),
        standing=WIDE,
        given=given,
        then=near_and_generic,
        proof=[
            *wide_layer,
            have("first layers", None, obtain(W1, b1), "some"),
            have("near first", near(W1, b1, W, b, 1, wide, eps), logic, "first layers"),
            have("rank there", rank(A_(W1, b1)[wide]) == N, logic, "first layers"),
            have("later weights", None, cite(LATER)),
            have("later layers", each(k, wide + 1, L, full(W2[k], k)), obtain(W2), "later weights"),
            have(
                "joined weights",
                None,
                by(continuity.joined, **SHAPES, U=W1, U2=W2, lo=1, k=wide, hi=L),
            ),
            have(
                "V",
                both(each(i, 1, wide, V[i] == W1[i]), each(i, wide + 1, L, V[i] == W2[i])),
                obtain(V),
                "joined weights",
            ),
            have(
                "joined biases",
                None,
                by(continuity.joined, **COLUMNS, U=b1, U2=b, lo=1, k=wide, hi=L),
            ),
            have(
                "e",
                both(each(i, 1, wide, e[i] == b1[i]), each(i, wide + 1, L, e[i] == b[i])),
                obtain(e),
                "joined biases",
            ),
            have("V first", each(i, 1, wide, V[i] == W1[i]), logic, "V"),
            have("V later", each(i, wide + 1, L, V[i] == W2[i]), logic, "V"),
            have("e first", each(i, 1, wide, e[i] == b1[i]), logic, "e"),
            have("e later", each(i, wide + 1, L, e[i] == b[i]), logic, "e"),
            have(
                "agree",
                agree(V, e, W1, b1, 1, wide),
                arbitrary(
                    i,
                    proof=[
                        have("weights", None, at(i), "V first"),
                        have("biases", None, at(i), "e first"),
                        have(
                            "both", both(V[i] == W1[i], e[i] == b1[i]), logic, "weights", "biases"
                        ),
                    ],
                ),
            ),
            have("activations", None, cite(BELOW, k=wide, W=W1, b=b1)),
            have("unchanged", None, at(wide), "activations"),
            have("rank at V", rank(A_(V, e)[wide]) == N, calculation, "unchanged", "rank there"),
            have(
                "near all",
                near(V, e, W, b, 1, L, eps),
                arbitrary(
                    i,
                    proof=[
                        have(
                            "layer",
                            both(close(V[i], W[i], eps), close(e[i], b[i], eps)),
                            cases(
                                [
                                    have("weights", None, at(i), "V first"),
                                    have("biases", None, at(i), "e first"),
                                    have("close", None, at(i), "near first"),
                                    have(
                                        "first",
                                        both(close(V[i], W[i], eps), close(e[i], b[i], eps)),
                                        calculation,
                                        "close",
                                        "<weights",
                                        "<biases",
                                    ),
                                ],
                                [
                                    have("weights", None, at(i), "V later"),
                                    have("biases", None, at(i), "e later"),
                                    have("chosen", None, at(i), "later layers"),
                                    have("close there", close(W2[i], W[i], eps), logic, "chosen"),
                                    have(
                                        "close",
                                        close(V[i], W[i], eps),
                                        calculation,
                                        "close there",
                                        "<weights",
                                    ),
                                    have(
                                        "0",
                                        each(
                                            row,
                                            1,
                                            n[i],
                                            each(
                                                place,
                                                1,
                                                1,
                                                both(
                                                    -eps < (b[i] - b[i])[row, place],
                                                    (b[i] - b[i])[row, place] < eps,
                                                ),
                                            ),
                                        ),
                                        arbitrary(
                                            row,
                                            place,
                                            proof=[
                                                have(
                                                    "entry",
                                                    both(
                                                        -eps < (b[i] - b[i])[row, place],
                                                        (b[i] - b[i])[row, place] < eps,
                                                    ),
                                                    logic,
                                                    "radius",
                                                )
                                            ],
                                        ),
                                    ),
                                    have(
                                        "close biases",
                                        close(e[i], b[i], eps),
                                        calculation,
                                        "0",
                                        "<biases",
                                    ),
                                    have(
                                        "later",
                                        both(close(V[i], W[i], eps), close(e[i], b[i], eps)),
                                        logic,
                                        "close",
                                        "close biases",
                                    ),
                                ],
                                split=i <= wide,
                            ),
                        )
                    ],
                ),
            ),
            have(
                "full",
                each(k, wide + 2, L, full_rank(V, k)),
                arbitrary(
                    k,
                    proof=[
                        have("weights", None, at(k), "V later"),
                        have("chosen", None, at(k), "later layers"),
                        have(
                            "either",
                            (rank(W2[k]) == n[k]) | (rank(W2[k]) == n[k - 1]),
                            logic,
                            "chosen",
                        ),
                        have("full", full_rank(V, k), calculation, "either", "<weights"),
                    ],
                ),
                lines=(300, 300),
            ),
            have("generic", near_and_generic, take(V, e), "near all", "rank at V", "full"),
        ],
        reading=reading,
        repaired=repaired,
        expected=expected,
    )


L16 = generic(ENOUGH, [have("some", near_there, cite(RANK))], "repaired")
L16_PRINTED = generic(
    GENERIC,
    [
        *SMOOTH,
        *ASKED,
        have(
            "somewhere near",
            exists(VT, CT, found),
            cite(
                C4_5_PRINTED,
                X=X.T,
                Y=Y.T,
                W=turned(W),
                b=turned(b),
                l=squares,
                k=wide,
                r=eps,
            ),
            lines=(294, 298),
        ),
        *TURNED,
    ],
    repaired=L16,
    expected=("unsupported premise, step somewhere near",),
)
