"""Section 3.2: what the paper says after Theorems 3.4 and 3.8, and what it conjectures.

Statements
- NH17.R3.4: other critical points have weights of low rank in some layer.
- NH17.R3.4.conjecture: for independent inputs all local minima are global.
- NH17.R3.8: the layers above k + 1 do not widen.
- NH17.R3.8.shallow, NH17.R3.8.shallow.empty: one hidden layer.
- NH17.R3.8.conjecture: local minima of low rank are global too.
"""

from collections.abc import Mapping

from symbolic_landscape.proofs.nguyen_hein_2017.section_3.independent_features import (
    T3_4,
    T3_4_REPAIRED,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_3.null_directions import EMPTY
from symbolic_landscape.proofs.nguyen_hein_2017.section_3.wide_layer import T3_8
from symbolic_landscape.proofs.nguyen_hein_2017.section_3.wide_layer_directly import T3_8_REPAIRED
from symbolic_landscape.proofs.nguyen_hein_2017.settings.assumptions import (
    PRINTED,
    full_rank_from,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.directions import HESSIAN, nondegenerate
from symbolic_landscape.proofs.nguyen_hein_2017.settings.neighbourhoods import (
    NEIGHBOURHOODS,
    local_minimum,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.network import (
    NETWORK,
    L,
    N,
    W,
    X,
    b,
    k,
    minimises,
    n,
    one,
)
from symbolic_landscape.proofs.rules import ranks
from symbolic_landscape.statement.language import (
    Expr,
    block,
    both,
    contradiction,
    each,
    exists,
    fn,
    integer,
    rank,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    at,
    by,
    cite,
    claimed,
    have,
    linear,
    logic,
    suppose_not,
    take,
)
from symbolic_landscape.statement.step import Step

i = integer("i")
low_layer = exists(i, both(i >= 2, i <= L, rank(W[i]) < n[i]))


def low_rank_proof(theorem: Statement) -> list[Step]:
    """Steps: were all ranks full, the theorem would make the point a global minimum."""
    return [
        have(
            "some layer",
            low_layer,
            suppose_not(
                [
                    have(
                        "ranks",
                        full_rank_from(2),
                        arbitrary(
                            i,
                            proof=[
                                have("at most", rank(W[i]) <= n[i], by(ranks.rank_at_most_columns)),
                                have(
                                    "not less",
                                    ~(rank(W[i]) < n[i]),
                                    suppose_not(
                                        [
                                            have("less", rank(W[i]) < n[i], logic, "not less.not"),
                                            have("found", low_layer, take(i), "less"),
                                            have(
                                                "clash",
                                                contradiction,
                                                logic,
                                                "found",
                                                "some layer.not",
                                            ),
                                        ]
                                    ),
                                ),
                                have("full", rank(W[i]) == n[i], linear, "at most", "not less"),
                            ],
                        ),
                    ),
                    have("least", minimises(W, b), cite(theorem)),
                    have("clash", contradiction, logic, "least", "not least"),
                ]
            ),
            lines=(710, 712),
        )
    ]


def not_least(given: Mapping[str, Expr]) -> dict[str, Expr]:
    """The hypotheses of a theorem but for the ranks, and that the point is no global minimum."""
    return {
        **{name: f for name, f in given.items() if name != "ranks"},
        "not least": ~minimises(W, b),
    }


R3_4 = Statement(
    "NH17.R3.4",
    NETWORK,
    kind="remark",
    title="After Theorem 3.4: low-rank weights, conjecture on local minima",
    where="after Theorem 3.4",
    lines=(710, 712),
    given=not_least(T3_4.given),
    then=low_layer,
    proof=low_rank_proof(T3_4),
    repaired=Statement(
        "NH17.R3.4",
        NETWORK,
        kind="remark",
        title="After Theorem 3.4: low-rank weights, conjecture on local minima",
        where="after Theorem 3.4",
        lines=(710, 712),
        reading="repaired",
        given=not_least(T3_4_REPAIRED.given),
        then=low_layer,
        proof=low_rank_proof(T3_4_REPAIRED),
    ),
)

R3_4_CONJECTURE = Statement(
    "NH17.R3.4.conjecture",
    NEIGHBOURHOODS,
    kind="remark",
    title="For independent inputs all local minima are global (conjecture)",
    where="after Theorem 3.4",
    lines=(713, 722),
    given={**PRINTED, "independent": rank(block(X, one)) == N, "minimum": local_minimum(W, b)},
    then=minimises(W, b),
    proof=[
        have(
            "least",
            minimises(W, b),
            claimed(
                "every neighbourhood of a point of low rank has weights of full rank, which "
                "increase the expressiveness; it should be possible to use this to reduce the loss"
            ),
            *PRINTED,
            "independent",
            "minimum",
            lines=(715, 722),
        )
    ],
    gloss="Conjectured, not claimed as a theorem.",
    expected=("unsupported premise, step least",),
)

R3_8 = Statement(
    "NH17.R3.8",
    NETWORK,
    kind="remark",
    title="After Theorem 3.8: pyramidal structure, what remains excluded, conjecture",
    where="after Theorem 3.8",
    lines=(911, 915),
    names=(k,),
    given={"ranks": full_rank_from(k + 2)},
    standing=(k >= 0,),
    then=each(i, k + 2, L, n[i] <= n[i - 1]),
    proof=[
        have(
            "narrower",
            each(i, k + 2, L, n[i] <= n[i - 1]),
            arbitrary(
                i,
                proof=[
                    have("rank", rank(W[i]) == n[i], at(i), "ranks"),
                    have("rows", rank(W[i]) <= n[i - 1], by(ranks.rank_at_most_rows)),
                    have("widths", n[i] <= n[i - 1], linear, "rank", "rows"),
                ],
            ),
        )
    ],
)

OUTPUT_LAYER = fn(i, i == 2)


NEXT_LAYER_ALONE = [
    have(
        "no lower layer",
        each(i, 1, 1, ~OUTPUT_LAYER(i)),
        arbitrary(
            i,
            proof=[
                have(
                    "below",
                    ~OUTPUT_LAYER(i),
                    suppose_not([have("clash", contradiction, linear, "below.not")]),
                )
            ],
        ),
    ),
    have("next layer", OUTPUT_LAYER(2), linear),
]
"""Steps: {2} holds the layer above the hidden one, and none below."""


def shallow_proof(theorem: Statement) -> list[Step]:
    """Steps: the theorem for k = 1 and I = {2}; there is no layer from 3 on."""
    return [
        *NEXT_LAYER_ALONE,
        have(
            "no ranks",
            full_rank_from(3),
            arbitrary(i, proof=[have("none", rank(W[i]) == n[i], linear)]),
        ),
        have("least", minimises(W, b), cite(theorem, k=1, I=OUTPUT_LAYER), lines=(969, 973)),
    ]


def shallow_hypotheses(given: Mapping[str, Expr]) -> dict[str, Expr]:
    """The hypotheses of Theorem 3.8 for one hidden layer and the parameters of the output layer."""
    left = {name: f for name, f in given.items() if name not in ("ranks", "next", "above")}
    return {**left, "wide": n[1] >= N - 1, "nondegenerate": nondegenerate(W, b, OUTPUT_LAYER)}


R3_8_SHALLOW = Statement(
    "NH17.R3.8.shallow",
    NEIGHBOURHOODS,
    kind="remark",
    title="One hidden layer: non-degenerate in the output layer",
    where="after Corollary 3.9",
    lines=(969, 973),
    standing=(L == 2,),
    given=shallow_hypotheses(T3_8.given),
    then=minimises(W, b),
    proof=shallow_proof(T3_8),
    repaired=Statement(
        "NH17.R3.8.shallow",
        NEIGHBOURHOODS,
        kind="remark",
        title="One hidden layer: non-degenerate in the output layer",
        where="after Corollary 3.9",
        lines=(969, 973),
        reading="repaired",
        standing=(L == 2,),
        given=shallow_hypotheses(T3_8_REPAIRED.given),
        then=minimises(W, b),
        proof=shallow_proof(T3_8_REPAIRED),
    ),
)

R3_8_SHALLOW_EMPTY = Statement(
    "NH17.R3.8.shallow.empty",
    HESSIAN,
    kind="remark",
    title="One hidden layer with as many units as samples: nothing meets the hypotheses",
    where="after Corollary 3.9",
    lines=(969, 973),
    standing=(L == 2,),
    given={"wide": n[1] >= N, "nondegenerate": nondegenerate(W, b, OUTPUT_LAYER)},
    then=contradiction,
    proof=[*NEXT_LAYER_ALONE, have("clash", contradiction, cite(EMPTY, k=1, I=OUTPUT_LAYER))],
)

R3_8_CONJECTURE = Statement(
    "NH17.R3.8.conjecture",
    NEIGHBOURHOODS,
    kind="remark",
    title="With a wide layer local minima of low rank are global (conjecture)",
    where="Section 3.2, at its end",
    lines=(999, 1006),
    names=(k,),
    standing=(k >= 1, k <= L - 1),
    given={
        **PRINTED,
        "wide": n[k] >= N - 1,
        "minimum": local_minimum(W, b),
        "low rank": ~full_rank_from(k + 2),
    },
    then=minimises(W, b),
    proof=[
        have(
            "least",
            minimises(W, b),
            claimed(
                "every neighbourhood of the local minimum has weights of full rank; this "
                "flexibility can be used to reduce the loss"
            ),
            *PRINTED,
            "wide",
            "minimum",
            "low rank",
            lines=(1002, 1006),
        )
    ],
    gloss="Conjectured, not claimed as a theorem.",
    expected=("unsupported premise, step least",),
)
