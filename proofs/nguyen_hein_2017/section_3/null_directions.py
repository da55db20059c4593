"""Section 3.2: what non-degeneracy on layers above a wide one costs.

Statements
- NH17.T3.8.features: what moves only layers above k leaves the features up to layer k as they are.
- NH17.T3.8.still: a combination of the columns of [F_k, 1] that vanishes is a direction along which
  the objective stays as it is, wherever the layers above k move.
- NH17.T3.8.null: so a kernel of [F_k, 1] makes the point degenerate on all sets of layers with k + 1.
- NH17.T3.8.rank: a point that is not degenerate there has rank [F_k, 1] = n_k + 1.
- NH17.T3.8.empty: for n_k >= N the hypotheses cannot hold together.
"""

from symbolic_landscape.proofs.nguyen_hein_2017.settings.directions import (
    HESSIAN,
    K2,
    I,
    e2,
    moved,
    nondegenerate,
    second_derivative,
    supported,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.network import (
    F_,
    G_,
    NETWORK,
    F,
    L,
    N,
    Phi,
    W,
    b,
    k,
    layer,
    n,
    one,
    sigma,
)
from symbolic_landscape.proofs.rules import blocks, ranks
from symbolic_landscape.proofs.rules import derivatives as d
from symbolic_landscape.statement.language import (
    block,
    both,
    contradiction,
    derivative,
    each,
    every,
    exists,
    fn,
    integer,
    matrix,
    ones,
    rank,
    real,
    stack,
    update,
    zeros,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    at,
    by,
    calculation,
    cases,
    cite,
    definition,
    have,
    induct,
    linear,
    logic,
    obtain,
)

i, j, v = integer("i"), integer("j"), integer("v")
s, t = real("s"), real("t")
LAYER = (k >= 1, k <= L - 1)
still_below = each(i, 1, k, both(K2[i] == 0, e2[i] == 0))
AWAY = moved((s, K2, e2))
"""The point moved by s along (K2, e2)."""

FEATURES = Statement(
    "NH17.T3.8.features",
    NETWORK,
    title="What moves only layers above k leaves the features up to layer k as they are",
    names=(k, K2, e2, s),
    standing=LAYER,
    given={"above": still_below},
    then=each(j, 0, k, F_(*AWAY)[j] == F(j)),
    proof=[
        have(
            "all",
            each(j, 0, k, F_(*AWAY)[j] == F(j)),
            induct(
                v,
                base=[have("input", F_(*AWAY)[0] == F(0), calculation)],
                step=[
                    have("no move", both(K2[v + 1] == 0, e2[v + 1] == 0), at(v + 1), "above"),
                    have("weights", K2[v + 1] == 0, logic, "no move"),
                    have("biases", e2[v + 1] == 0, logic, "no move"),
                    have(
                        "there",
                        F_(*AWAY)[v + 1] == sigma(layer(F_(*AWAY)[v], v + 1, *AWAY)),
                        definition,
                    ),
                    have("here", F(v + 1) == sigma(layer(F(v), v + 1)), definition),
                    have(
                        "next",
                        F_(*AWAY)[v + 1] == F(v + 1),
                        calculation,
                        "there",
                        "all.before",
                        "weights",
                        "biases",
                        "<here",
                    ),
                ],
            ),
        )
    ],
)

M, c = matrix("M", n[k], n[k + 1]), matrix("c", 1, n[k + 1])
ONLY = (
    update(fn(i, zeros(n[i - 1], n[i])), k + 1, M),
    update(fn(i, zeros(1, n[i])), k + 1, c),
)
"""The direction that moves layer k + 1 alone, by (M, c)."""
BOTH = moved((t, *ONLY), (s, K2, e2))

STILL = Statement(
    "NH17.T3.8.still",
    NETWORK,
    title="A vanishing combination of features and bias leaves the objective as it is",
    names=(k, K2, e2, s, M, c),
    standing=LAYER,
    given={"above": still_below, "kernel": F(k) @ M + one @ c == 0},
    then=every(t, Phi(*BOTH) == Phi(*AWAY)),
    proof=[
        have(
            "all",
            every(t, Phi(*BOTH) == Phi(*AWAY)),
            arbitrary(
                t,
                proof=[
                    have("features away", each(j, 0, k, F_(*AWAY)[j] == F(j)), cite(FEATURES)),
                    have(
                        "features both",
                        each(j, 0, k, F_(*BOTH)[j] == F_(*AWAY)[j]),
                        induct(
                            v,
                            base=[have("input", F_(*BOTH)[0] == F_(*AWAY)[0], calculation)],
                            step=[
                                have(
                                    "there",
                                    F_(*BOTH)[v + 1] == sigma(layer(F_(*BOTH)[v], v + 1, *BOTH)),
                                    definition,
                                ),
                                have(
                                    "here",
                                    F_(*AWAY)[v + 1] == sigma(layer(F_(*AWAY)[v], v + 1, *AWAY)),
                                    definition,
                                ),
                                have(
                                    "next",
                                    F_(*BOTH)[v + 1] == F_(*AWAY)[v + 1],
                                    calculation,
                                    "there",
                                    "features both.before",
                                    "<here",
                                ),
                            ],
                        ),
                    ),
                    have("away", F_(*AWAY)[k] == F(k), at(k), "features away"),
                    have("both", F_(*BOTH)[k] == F_(*AWAY)[k], at(k), "features both"),
                    have(
                        "layer",
                        G_(*BOTH, k + 1) == G_(*AWAY, k + 1),
                        calculation,
                        "both",
                        "away",
                        "kernel",
                    ),
                    have(
                        "later",
                        each(j, k + 1, L, F_(*BOTH)[j] == F_(*AWAY)[j]),
                        induct(
                            v,
                            base=[
                                have(
                                    "there", F_(*BOTH)[k + 1] == sigma(G_(*BOTH, k + 1)), definition
                                ),
                                have(
                                    "here", F_(*AWAY)[k + 1] == sigma(G_(*AWAY, k + 1)), definition
                                ),
                                have(
                                    "first",
                                    F_(*BOTH)[k + 1] == F_(*AWAY)[k + 1],
                                    calculation,
                                    "there",
                                    "layer",
                                    "<here",
                                ),
                            ],
                            step=[
                                have(
                                    "there",
                                    F_(*BOTH)[v + 1] == sigma(layer(F_(*BOTH)[v], v + 1, *BOTH)),
                                    definition,
                                ),
                                have(
                                    "here",
                                    F_(*AWAY)[v + 1] == sigma(layer(F_(*AWAY)[v], v + 1, *AWAY)),
                                    definition,
                                ),
                                have(
                                    "next",
                                    F_(*BOTH)[v + 1] == F_(*AWAY)[v + 1],
                                    calculation,
                                    "there",
                                    "later.before",
                                    "<here",
                                ),
                            ],
                        ),
                    ),
                    have("output", F_(*BOTH)[L] == F_(*AWAY)[L], at(L), "later"),
                    have("same", Phi(*BOTH) == Phi(*AWAY), calculation, "output"),
                ],
            ),
        )
    ],
)

above_only = each(i, 1, k, ~I(i))
second = second_derivative(W, b, *ONLY, K2, e2)

NULL = Statement(
    "NH17.T3.8.null",
    HESSIAN,
    title="A kernel of the features makes the point degenerate",
    names=(k, I, M, c),
    standing=LAYER,
    given={
        "next": I(k + 1),
        "above": above_only,
        "kernel": F(k) @ M + one @ c == 0,
        "nondegenerate": nondegenerate(W, b, I),
    },
    then=both(M == 0, c == 0),
    proof=[
        have(
            "supported",
            supported(I, *ONLY),
            arbitrary(
                v,
                proof=[
                    have(
                        "in I or 0",
                        I(v) | both(ONLY[0][v] == 0, ONLY[1][v] == 0),
                        cases(
                            [have("zero", I(v) | both(ONLY[0][v] == 0, ONLY[1][v] == 0), logic)],
                            [
                                have(
                                    "at or above",
                                    I(v) | both(ONLY[0][v] == 0, ONLY[1][v] == 0),
                                    cases(
                                        [
                                            have(
                                                "index",
                                                v == k + 1,
                                                linear,
                                                "in I or 0.2",
                                                "at or above.1",
                                            ),
                                            have("in I", I(v), calculation, "next", "index"),
                                            have(
                                                "either",
                                                I(v) | both(ONLY[0][v] == 0, ONLY[1][v] == 0),
                                                logic,
                                                "in I",
                                            ),
                                        ],
                                        [
                                            have(
                                                "zero",
                                                I(v) | both(ONLY[0][v] == 0, ONLY[1][v] == 0),
                                                logic,
                                            )
                                        ],
                                        split=v <= k + 1,
                                    ),
                                )
                            ],
                            split=v <= k,
                        ),
                    )
                ],
            ),
        ),
        have(
            "no curvature",
            every(K2, e2, supported(I, K2, e2) >> (second == 0)),
            arbitrary(
                K2,
                e2,
                proof=[
                    have(
                        "still below",
                        still_below,
                        arbitrary(
                            v,
                            proof=[
                                have("in I or 0", None, at(v), "no curvature.if"),
                                have("not in I", None, at(v), "above"),
                                have(
                                    "zero",
                                    both(K2[v] == 0, e2[v] == 0),
                                    logic,
                                    "in I or 0",
                                    "not in I",
                                ),
                            ],
                        ),
                    ),
                    have(
                        "first",
                        every(s, derivative(fn(t, Phi(*BOTH)))(0) == 0),
                        arbitrary(
                            s,
                            proof=[
                                have("still", every(t, Phi(*BOTH) == Phi(*AWAY)), cite(STILL)),
                                have(
                                    "flat",
                                    derivative(fn(t, Phi(*BOTH)))(0) == 0,
                                    by(d.derivative_of_constant, f=fn(t, Phi(*BOTH)), r=Phi(*AWAY)),
                                    "still",
                                ),
                            ],
                        ),
                    ),
                    have(
                        "second",
                        second == 0,
                        by(
                            d.derivative_of_constant, f=fn(s, derivative(fn(t, Phi(*BOTH)))(0)), r=0
                        ),
                        "first",
                    ),
                ],
            ),
        ),
        have("if degenerate", None, at(*ONLY), "nondegenerate"),
        have(
            "no direction",
            each(i, 1, L, both(ONLY[0][i] == 0, ONLY[1][i] == 0)),
            logic,
            "if degenerate",
            "supported",
            "no curvature",
        ),
        have("zero", both(M == 0, c == 0), at(k + 1), "no direction"),
    ],
)

FEATURES_AND_ONE = block(F(k), one)
w, a, beta = matrix("w", n[k] + 1, 1), matrix("a", n[k], 1), matrix("beta", 1, 1)
row = ones(1, n[k + 1])

RANK = Statement(
    "NH17.T3.8.rank",
    HESSIAN,
    title="A point that is not degenerate has features of full column rank",
    names=(k, I),
    standing=LAYER,
    given={"next": I(k + 1), "above": above_only, "nondegenerate": nondegenerate(W, b, I)},
    then=rank(FEATURES_AND_ONE) == n[k] + 1,
    proof=[
        have("at most", rank(FEATURES_AND_ONE) <= n[k] + 1, by(ranks.rank_at_most_columns)),
        have("some unit", n[k + 1] >= 1, at(k + 1), "standing 3"),
        have(
            "full",
            rank(FEATURES_AND_ONE) == n[k] + 1,
            cases(
                [
                    have(
                        "kernel",
                        exists(w, both(w != 0, FEATURES_AND_ONE @ w == 0)),
                        by(ranks.kernel_vector),
                        "full.1",
                    ),
                    have("w", both(w != 0, FEATURES_AND_ONE @ w == 0), obtain(w), "kernel"),
                    have(
                        "parts",
                        exists(a, beta, w == stack(a, beta)),
                        by(blocks.split_rows, H=w, m=n[k], p=1),
                    ),
                    have("a and beta", w == stack(a, beta), obtain(a, beta), "parts"),
                    have("product", FEATURES_AND_ONE @ w == 0, logic, "w"),
                    have(
                        "multiplied",
                        FEATURES_AND_ONE @ stack(a, beta) == F(k) @ a + one @ beta,
                        by(blocks.block_times_stack),
                    ),
                    have(
                        "sum",
                        F(k) @ a + one @ beta == 0,
                        calculation,
                        "<multiplied",
                        "<a and beta",
                        "product",
                    ),
                    have("columns", F(k) @ (a @ row) + one @ (beta @ row) == 0, calculation, "sum"),
                    have(
                        "no columns",
                        both(a @ row == 0, beta @ row == 0),
                        cite(NULL, M=a @ row, c=beta @ row),
                    ),
                    have("a row", a @ row == 0, logic, "no columns"),
                    have("beta row", beta @ row == 0, logic, "no columns"),
                    have("no a", a == 0, by(blocks.column_of_repeated, p=n[k + 1]), "a row"),
                    have(
                        "no beta", beta == 0, by(blocks.column_of_repeated, p=n[k + 1]), "beta row"
                    ),
                    have(
                        "stack", stack(a, beta) == 0, by(blocks.stack_of_zeros), "no a", "no beta"
                    ),
                    have("no w", w == 0, calculation, "a and beta", "stack"),
                    have("clash", rank(FEATURES_AND_ONE) == n[k] + 1, logic, "w", "no w"),
                ],
                [have("equal", rank(FEATURES_AND_ONE) == n[k] + 1, linear, "full.2", "at most")],
                split=rank(FEATURES_AND_ONE) < n[k] + 1,
            ),
        ),
    ],
)

EMPTY = Statement(
    "NH17.T3.8.empty",
    HESSIAN,
    title="With as many units as samples nothing meets the hypotheses of Theorem 3.8",
    names=(k, I),
    standing=LAYER,
    given={
        "wide": n[k] >= N,
        "next": I(k + 1),
        "above": above_only,
        "nondegenerate": nondegenerate(W, b, I),
    },
    then=contradiction,
    proof=[
        have("columns", rank(FEATURES_AND_ONE) == n[k] + 1, cite(RANK)),
        have("rows", rank(FEATURES_AND_ONE) <= N, by(ranks.rank_at_most_rows)),
        have("clash", contradiction, linear, "columns", "rows", "wide"),
    ],
)
