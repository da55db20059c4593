"""Section 3.4: partial products around a bottleneck, and their ranks and spaces.

Notation: the paper's A_i and B_i are the transposes of A_i = W_{H+1} ... W_{i+1} and of P_{i-1} =
W_{i-1} ... W_1.

Statements
- YSJ18.D5: the gradients as products of three factors.
- YSJ18.I3.hidden: a layer narrower than both ends is hidden.
- YSJ18.I3.ranks: partial products have rank at least k where the whole product has, and k at p.
- YSJ18.I3: where the product has rank k, ranks and spaces agree with those at the bottleneck.
"""

from symbolic_landscape.proofs.rules import ranks
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_3.gradients import (
    L3_2,
    SPLIT,
    gradients,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.bottleneck import (
    BOTTLENECK,
    RELAXED,
    C,
    D,
    same_above,
    same_below,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.linear import (
    A_,
    DEEP_LINEAR,
    P_,
    H,
    W,
    d,
    full_rank,
    i,
    p,
    v,
)
from symbolic_landscape.statement.language import (
    both,
    contradiction,
    each,
    exists,
    identity_matrix,
    matrix,
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
    suppose_not,
    take,
)

k = d[p]
last = A_(W)[H + 1] == identity_matrix(d[H + 1])
first = P_(W)[0] == identity_matrix(d[0])
D5 = Statement(
    "YSJ18.D5",
    DEEP_LINEAR,
    title="Residual correlation and partial products",
    kind="definition",
    where="sec. 3.4",
    lines=(269, 272),
    given={},
    then=both(gradients, last, first),
    proof=[
        have("factors", both(gradients, last, first), cite(L3_2), lines=(272, 272)),
    ],
)

HIDDEN = Statement(
    "YSJ18.I3.hidden",
    BOTTLENECK,
    title="A layer narrower than both ends is hidden",
    where="sec. 3.4",
    lines=(261, 262),
    given={},
    then=both(1 <= p, p <= H),
    proof=[
        have(
            "no input",
            1 <= p,
            suppose_not(
                [
                    have("p", p == 0, linear, "no input.not"),
                    have("clash", contradiction, calculation, "standing 5", "p"),
                ]
            ),
        ),
        have(
            "no output",
            p <= H,
            suppose_not(
                [
                    have("p", p == H + 1, linear, "no output.not"),
                    have("clash", contradiction, calculation, "standing 6", "p"),
                ]
            ),
        ),
        have("both", both(1 <= p, p <= H), logic, "no input", "no output"),
    ],
)

at_least = each(i, 0, H + 1, both(k <= rank(A_(W)[i]), k <= rank(P_(W)[i])))
at_p = both(rank(A_(W)[p]) == k, rank(P_(W)[p]) == k)
RANKS = Statement(
    "YSJ18.I3.ranks",
    RELAXED,
    title="Ranks of partial products",
    where="sec. 3.4",
    lines=(273, 276),
    given={"full": full_rank},
    then=both(at_least, at_p),
    proof=[
        have("split", None, cite(SPLIT)),
        have(
            "at least",
            at_least,
            arbitrary(
                i,
                proof=[
                    have("at i", None, at(i), "split"),
                    have(
                        "above",
                        rank(A_(W)[i] @ P_(W)[i]) <= rank(A_(W)[i]),
                        by(ranks.rank_of_product_left),
                    ),
                    have(
                        "below",
                        rank(A_(W)[i] @ P_(W)[i]) <= rank(P_(W)[i]),
                        by(ranks.rank_of_product_right),
                    ),
                    have("whole", rank(A_(W)[i] @ P_(W)[i]) == k, calculation, "<at i", "full"),
                    have("left", k <= rank(A_(W)[i]), linear, "above", "whole"),
                    have("right", k <= rank(P_(W)[i]), linear, "below", "whole"),
                    have(
                        "both",
                        both(k <= rank(A_(W)[i]), k <= rank(P_(W)[i])),
                        logic,
                        "left",
                        "right",
                    ),
                ],
            ),
            lines=(273, 274),
        ),
        have("at the bottleneck", None, at(p), "at least"),
        have("columns", rank(A_(W)[p]) <= k, by(ranks.rank_at_most_columns), lines=(274, 275)),
        have("rows", rank(P_(W)[p]) <= k, by(ranks.rank_at_most_rows), lines=(274, 275)),
        have("A_p", rank(A_(W)[p]) == k, linear, "columns", "at the bottleneck"),
        have("P_p", rank(P_(W)[p]) == k, linear, "rows", "at the bottleneck"),
        have("all", both(at_least, at_p), logic, "at least", "A_p", "P_p"),
    ],
)

Cp, Cv, Cw = (matrix(name, d[p], d[j]) for name, j in (("Cp", p), ("Cv", v), ("Cw", v - 1)))
Dp, Dv, Dw = (matrix(name, d[j], d[p]) for name, j in (("Dp", p), ("Dv", v), ("Dw", v + 1)))
inside_above = each(i, 0, p, exists(C, A_(W)[i] == A_(W)[p] @ C))
inside_below = each(i, p, H + 1, exists(D, P_(W)[i] == D @ P_(W)[p]))
INSIDE = Statement(
    "YSJ18.I3.inside",
    RELAXED,
    title="Spaces of partial products lie in those at the bottleneck",
    where="sec. 3.4",
    lines=(276, 279),
    given={},
    then=both(inside_above, inside_below),
    proof=[
        have(
            "above",
            inside_above,
            induct(
                v,
                down=True,
                base=[
                    have("itself", A_(W)[p] == A_(W)[p] @ identity_matrix(k), calculation),
                    have(
                        "start",
                        exists(Cp, A_(W)[p] == A_(W)[p] @ Cp),
                        take(identity_matrix(k)),
                        "itself",
                    ),
                ],
                step=[
                    have("C", None, obtain(Cv), "above.before"),
                    have("layer", A_(W)[v - 1] == A_(W)[v] @ W[v], definition),
                    have(
                        "factors",
                        A_(W)[v - 1] == A_(W)[p] @ Cv @ W[v],
                        calculation,
                        "layer",
                        "C",
                    ),
                    have(
                        "next",
                        exists(Cw, A_(W)[v - 1] == A_(W)[p] @ Cw),
                        take(Cv @ W[v]),
                        "factors",
                    ),
                ],
            ),
            lines=(276, 279),
        ),
        have(
            "below",
            inside_below,
            induct(
                v,
                base=[
                    have("itself", P_(W)[p] == identity_matrix(k) @ P_(W)[p], calculation),
                    have(
                        "start",
                        exists(Dp, P_(W)[p] == Dp @ P_(W)[p]),
                        take(identity_matrix(k)),
                        "itself",
                    ),
                ],
                step=[
                    have("D", None, obtain(Dv), "below.before"),
                    have("layer", P_(W)[v + 1] == W[v + 1] @ P_(W)[v], definition),
                    have(
                        "factors",
                        P_(W)[v + 1] == W[v + 1] @ Dv @ P_(W)[p],
                        calculation,
                        "layer",
                        "D",
                    ),
                    have(
                        "next",
                        exists(Dw, P_(W)[v + 1] == Dw @ P_(W)[p]),
                        take(W[v + 1] @ Dv),
                        "factors",
                    ),
                ],
            ),
            lines=(276, 279),
        ),
        have("both", both(inside_above, inside_below), logic, "above", "below"),
    ],
)

chain_above = each(i, 0, p, both(rank(A_(W)[i]) == k, same_above(W, i)))
chain_below = each(i, p, H + 1, both(rank(P_(W)[i]) == k, same_below(W, i)))
I3 = Statement(
    "YSJ18.I3",
    RELAXED,
    title="Rank and subspace chains on V_1",
    kind="identity",
    where="sec. 3.4",
    lines=(273, 281),
    given={"full": full_rank},
    then=both(chain_above, chain_below),
    proof=[
        have("ranks", None, cite(RANKS), lines=(273, 276)),
        have("inside", None, cite(INSIDE), lines=(276, 279)),
        have("at least", at_least, logic, "ranks"),
        have("A_p", rank(A_(W)[p]) == k, logic, "ranks"),
        have("P_p", rank(P_(W)[p]) == k, logic, "ranks"),
        have("inside above", inside_above, logic, "inside"),
        have("inside below", inside_below, logic, "inside"),
        have(
            "above",
            chain_above,
            arbitrary(
                i,
                proof=[
                    have("part", exists(C, A_(W)[i] == A_(W)[p] @ C), at(i), "inside above"),
                    have("C", None, obtain(C), "part"),
                    have(
                        "factor",
                        rank(A_(W)[p] @ C) <= rank(A_(W)[p]),
                        by(ranks.rank_of_product_left),
                    ),
                    have("at i", None, at(i), "at least"),
                    have("same rank", rank(A_(W)[i]) == rank(A_(W)[p] @ C), calculation, "C"),
                    have("rank", rank(A_(W)[i]) == k, linear, "factor", "same rank", "at i", "A_p"),
                    have(
                        "no loss",
                        rank(A_(W)[p] @ C) == rank(A_(W)[p]),
                        linear,
                        "same rank",
                        "rank",
                        "A_p",
                    ),
                    have(
                        "back",
                        exists(D, A_(W)[p] == A_(W)[p] @ C @ D),
                        by(ranks.same_columns),
                        "no loss",
                    ),
                    have("D", None, obtain(D), "back"),
                    have("whole", A_(W)[p] == A_(W)[i] @ D, calculation, "C", "<D"),
                    have("other part", exists(D, A_(W)[p] == A_(W)[i] @ D), take(D), "whole"),
                    have(
                        "same",
                        both(rank(A_(W)[i]) == k, same_above(W, i)),
                        logic,
                        "rank",
                        "part",
                        "other part",
                    ),
                ],
            ),
            lines=(277, 281),
        ),
        have(
            "below",
            chain_below,
            arbitrary(
                i,
                proof=[
                    have("part", exists(D, P_(W)[i] == D @ P_(W)[p]), at(i), "inside below"),
                    have("D", None, obtain(D), "part"),
                    have(
                        "factor",
                        rank(D @ P_(W)[p]) <= rank(P_(W)[p]),
                        by(ranks.rank_of_product_right),
                    ),
                    have("at i", None, at(i), "at least"),
                    have("same rank", rank(P_(W)[i]) == rank(D @ P_(W)[p]), calculation, "D"),
                    have("rank", rank(P_(W)[i]) == k, linear, "factor", "same rank", "at i", "P_p"),
                    have(
                        "no loss",
                        rank(D @ P_(W)[p]) == rank(P_(W)[p]),
                        linear,
                        "same rank",
                        "rank",
                        "P_p",
                    ),
                    have(
                        "back",
                        exists(C, P_(W)[p] == C @ D @ P_(W)[p]),
                        by(ranks.same_rows),
                        "no loss",
                    ),
                    have("C", None, obtain(C), "back"),
                    have("whole", P_(W)[p] == C @ P_(W)[i], calculation, "D", "<C"),
                    have("other part", exists(C, P_(W)[p] == C @ P_(W)[i]), take(C), "whole"),
                    have(
                        "same",
                        both(rank(P_(W)[i]) == k, same_below(W, i)),
                        logic,
                        "rank",
                        "part",
                        "other part",
                    ),
                ],
            ),
            lines=(277, 281),
        ),
        have("both", both(chain_above, chain_below), logic, "above", "below"),
    ],
)
