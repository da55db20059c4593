"""Section 2: one-hot labels and independent features below the output.

Statements
- NH17.A2.min.wide: the minimum is not attained where some network has independent features there.
"""

from symbolic_landscape.proofs.nguyen_hein_2017.section_2.attained import (
    ONE_HOT,
    right_side,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_3.objective import BELOW
from symbolic_landscape.proofs.nguyen_hein_2017.settings.assumptions import minimum_attained
from symbolic_landscape.proofs.nguyen_hein_2017.settings.neighbourhoods import NEIGHBOURHOODS
from symbolic_landscape.proofs.nguyen_hein_2017.settings.network import (
    F_,
    G_,
    L,
    N,
    V,
    Y,
    c,
    n,
    one,
)
from symbolic_landscape.proofs.rules import blocks, entries, order, points, ranks
from symbolic_landscape.statement.language import (
    block,
    both,
    exists,
    identity_matrix,
    integer,
    matrix,
    ones,
    rank,
    stack,
    update,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    at,
    by,
    calculation,
    cases,
    cite,
    have,
    linear,
    logic,
    obtain,
    take,
)

i, j = integer("i"), integer("j")

FEATURES = F_(V, c)[L - 1]
R = matrix("R", n[L - 1] + 1, N)
M, d = matrix("M", n[L - 1], n[L]), matrix("d", 1, n[L])
signs = 2 * Y - ones(N, n[L])
side = 2 * Y[i, j] - 1
LAST = update(V, L, M), update(c, L, d)

ONE_HOT_WIDE = Statement(
    "NH17.A2.min.wide",
    NEIGHBOURHOODS,
    kind="assumption",
    title="With independent features below the output one-hot labels have no least loss",
    where="Section 2 (standing)",
    given={
        **{name: f for name, f in ONE_HOT.given.items() if name != "separable"},
        "independent": exists(V, c, rank(block(FEATURES, one)) == N),
    },
    then=~minimum_attained,
    proof=[
        have("rank", rank(block(FEATURES, one)) == N, obtain(V, c), "independent"),
        have(
            "inverse",
            exists(R, block(FEATURES, one) @ R == identity_matrix(N)),
            by(ranks.right_inverse),
            "rank",
        ),
        have("R", block(FEATURES, one) @ R == identity_matrix(N), obtain(R), "inverse"),
        have(
            "parts",
            exists(M, d, R @ signs == stack(M, d)),
            by(blocks.split_rows, H=R @ signs, m=n[L - 1], p=1),
        ),
        have("M and d", R @ signs == stack(M, d), obtain(M, d), "parts"),
        have(
            "multiplied",
            block(FEATURES, one) @ stack(M, d) == FEATURES @ M + one @ d,
            by(blocks.block_times_stack),
        ),
        have("signs", FEATURES @ M + one @ d == signs, calculation, "<multiplied", "<M and d", "R"),
        have(
            "lower layers",
            points.agree(*LAST, V, c, 1, L - 1),
            arbitrary(i, proof=[have("same", both(LAST[0][i] == V[i], LAST[1][i] == c[i]), logic)]),
        ),
        have("features", None, cite(BELOW, V=LAST[0], c=LAST[1], W=V, b=c, k=L - 1)),
        have("features below", None, at(L - 1), "features"),
        have("last", G_(*LAST, L) == FEATURES @ M + one @ d, calculation, "features below"),
        have("outputs", G_(*LAST, L) == signs, calculation, "last", "signs"),
        have(
            "right side",
            right_side(*LAST),
            arbitrary(
                i,
                j,
                proof=[
                    have("label", None, at(i, j), "labels"),
                    have(
                        "entry",
                        G_(*LAST, L)[i, j] == 2 * Y[i, j] - 1,
                        by(entries.entry_of_zero, A=G_(*LAST, L) - signs, i=i, j=j),
                        "outputs",
                    ),
                    have(
                        "positive",
                        side * side > 0,
                        cases(
                            [
                                have("sign 0", 1 - 2 * Y[i, j] > 0, linear, "positive.1"),
                                have(
                                    "of 0",
                                    side * side > 0,
                                    by(order.positive_product, s=-side, t=-side),
                                    "sign 0",
                                    "sign 0",
                                ),
                            ],
                            [
                                have("sign 1", side > 0, linear, "positive.2"),
                                have(
                                    "of 1",
                                    side * side > 0,
                                    by(order.positive_product, s=side, t=side),
                                    "sign 1",
                                    "sign 1",
                                ),
                            ],
                        ),
                        "label",
                    ),
                    have(
                        "side",
                        G_(*LAST, L)[i, j] * (2 * Y[i, j] - 1) > 0,
                        calculation,
                        "positive",
                        "<entry",
                    ),
                ],
            ),
        ),
        have("separable", exists(V, c, right_side(V, c)), take(*LAST), "right side"),
        have("not attained", ~minimum_attained, cite(ONE_HOT)),
    ],
    gloss="So it is under Assumptions 3.2 with a sigmoid activation and n_{L-1} >= N - 1: there "
    "the standing assumption contradicts the hypotheses of Theorem 3.8 for k = L - 1.",
)
