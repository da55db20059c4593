"""Section 4, Lemma 4.4 and Corollary 4.5: features have full rank almost everywhere.

Statements
- NH17.L4.4: the parameters with rank [F_k, 1] < N form a set of measure zero.
- NH17.C4.5: near all parameters there are some with rank [F_k, 1] = N.
"""

from symbolic_landscape.proofs.nguyen_hein_2017.chapter_4.analytic import (
    L4_2,
    LAYERS,
    of_parameters,
)
from symbolic_landscape.proofs.nguyen_hein_2017.chapter_4.full_rank import L4_3
from symbolic_landscape.proofs.nguyen_hein_2017.settings.assumptions import (
    distinct_samples,
    sigma_analytic,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.neighbourhoods import NEIGHBOURHOODS, near
from symbolic_landscape.proofs.nguyen_hein_2017.settings.network import (
    F_,
    NETWORK,
    L,
    N,
    V,
    W,
    b,
    c,
    k,
    n,
    one,
    sigma,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.steep_units import (
    i,
    injective,
    j,
    mu,
    tends_left,
)
from symbolic_landscape.proofs.rules import (
    analytic,
    blocks,
    determinants,
    entries,
    measure,
    order,
    ranks,
)
from symbolic_landscape.proofs.rules.analytic import analytic_in
from symbolic_landscape.proofs.rules.measure import null
from symbolic_landscape.statement.language import (
    block,
    contradiction,
    det,
    each,
    every,
    exists,
    fn,
    identity_matrix,
    integer,
    like,
    matrix,
    rank,
    real,
    stack,
    total,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    at,
    by,
    calculation,
    cite,
    have,
    linear,
    logic,
    obtain,
    suppose_not,
    take,
)

column, r = integer("column"), real("r")
V0, c0 = like("V0", V), like("c0", c)
LAYER = (k >= 1, k <= L)
FULL_RANK = {
    "wide": n[k] >= N - 1,
    "distinct": distinct_samples,
    "injective": injective(sigma),
    "left": tends_left(sigma, mu),
}
GENERIC = {**FULL_RANK, "analytic": sigma_analytic}
ROWS = {"rows": fn(k, n[k - 1]), "columns": n, "rows2": fn(k, 1), "columns2": n}
"""The shapes of weights and biases."""


def E(W, b):
    """[F_k, 1]."""
    return block(F_(W, b)[k], one)


P, Q = matrix("P", n[k], N), matrix("Q", 1, N)


def combined(W, b):
    """N combinations of the columns of [F_k, 1]."""
    return F_(W, b)[k] @ P + one @ Q


def value(W, b):
    """The entry of the combinations at (i, j)."""
    return total(column, 1, n[k], F_(W, b)[k][i, column] * P[column, j]) + Q[1, j]


deficient = of_parameters(rank(E(W, b)) < N)
R = matrix("R", n[k] + 1, N)
L4_4 = Statement(
    "NH17.L4.4",
    NETWORK,
    title="Rank deficiency is null",
    names=(k, mu),
    standing=LAYER,
    reading="repaired",
    given=GENERIC,
    then=null(1, k, deficient),
    proof=[
        have("some parameters", exists(V, c, rank(E(V, c)) == N), cite(L4_3)),
        have("full", rank(E(V0, c0)) == N, obtain(V0, c0), "some parameters"),
        have("right inverse", None, by(ranks.right_inverse), "full"),
        have("R", E(V0, c0) @ R == identity_matrix(N), obtain(R), "right inverse"),
        have("parts", exists(P, Q, stack(P, Q) == R), by(blocks.split_rows, H=R, m=n[k], p=1)),
        have("P and Q", stack(P, Q) == R, obtain(P, Q), "parts"),
        have("blocks", E(V0, c0) @ stack(P, Q) == combined(V0, c0), by(blocks.block_times_stack)),
        have(
            "identity",
            det(combined(V0, c0)) == det(identity_matrix(N)),
            calculation,
            "<blocks",
            "P and Q",
            "R",
        ),
        have("one", None, by(determinants.determinant_of_identity, n=N)),
        have("positive", det(combined(V0, c0)) > 0, linear, "identity", "one"),
        have("not 0", det(combined(V0, c0)) != 0, by(order.positive_is_not_zero), "positive"),
        have("somewhere", exists(V, c, det(combined(V, c)) != 0), take(V0, c0), "not 0"),
        have("layers", None, cite(LAYERS)),
        have("features", None, at(k), "layers"),
        have(
            "entries",
            each(i, 1, N, each(j, 1, N, analytic_in(1, k, of_parameters(combined(W, b)[i, j])))),
            arbitrary(
                i,
                j,
                proof=[
                    have(
                        "products",
                        each(
                            column,
                            1,
                            n[k],
                            analytic_in(1, k, of_parameters(F_(W, b)[k][i, column] * P[column, j])),
                        ),
                        arbitrary(
                            column,
                            proof=[
                                have("feature", None, at(i, column), "features"),
                                have(
                                    "number",
                                    analytic_in(1, k, of_parameters(P[column, j])),
                                    by(analytic.analytic_constant),
                                ),
                                have(
                                    "product",
                                    None,
                                    by(analytic.analytic_product),
                                    "feature",
                                    "number",
                                ),
                            ],
                        ),
                    ),
                    have("sum", None, by(analytic.analytic_total), "products"),
                    have(
                        "number",
                        analytic_in(1, k, of_parameters(Q[1, j])),
                        by(analytic.analytic_constant),
                    ),
                    have(
                        "value",
                        analytic_in(1, k, of_parameters(value(W, b))),
                        by(analytic.analytic_sum),
                        "sum",
                        "number",
                    ),
                    have(
                        "equal",
                        every(V, c, combined(V, c)[i, j] == value(V, c)),
                        arbitrary(
                            V,
                            c,
                            proof=[
                                have(
                                    "product",
                                    None,
                                    by(entries.entry_of_product, A=F_(V, c)[k], B=P, i=i, j=j),
                                ),
                                have(
                                    "row",
                                    None,
                                    by(entries.entry_of_repeated_row, H=Q, m=N, i=i, j=j),
                                ),
                                have(
                                    "equal",
                                    combined(V, c)[i, j] == value(V, c),
                                    calculation,
                                    "product",
                                    "row",
                                ),
                            ],
                        ),
                    ),
                    have("entry", None, by(analytic.analytic_of_equal), "value", "equal"),
                ],
            ),
        ),
        have(
            "determinant",
            analytic_in(1, k, of_parameters(det(combined(W, b)))),
            by(analytic.analytic_determinant),
            "entries",
        ),
        have(
            "zeros",
            null(1, k, of_parameters(det(combined(W, b)) == 0)),
            cite(L4_2, **ROWS, low=1, high=k, H=of_parameters(det(combined(W, b)))),
        ),
        have(
            "inside",
            every(V, c, (rank(E(V, c)) < N) >> (det(combined(V, c)) == 0)),
            arbitrary(
                V,
                c,
                proof=[
                    have(
                        "zero",
                        det(combined(V, c)) == 0,
                        suppose_not(
                            [
                                have(
                                    "combined",
                                    rank(combined(V, c)) == N,
                                    by(ranks.full_rank_of_determinant),
                                    "zero.not",
                                ),
                                have(
                                    "by blocks",
                                    E(V, c) @ stack(P, Q) == combined(V, c),
                                    by(blocks.block_times_stack),
                                ),
                                have(
                                    "product",
                                    rank(E(V, c) @ stack(P, Q)) <= rank(E(V, c)),
                                    by(ranks.rank_of_product_left),
                                ),
                                have(
                                    "at most",
                                    rank(combined(V, c)) <= rank(E(V, c)),
                                    calculation,
                                    "product",
                                    "by blocks",
                                ),
                                have(
                                    "clash",
                                    contradiction,
                                    linear,
                                    "combined",
                                    "at most",
                                    "inside.if",
                                ),
                            ]
                        ),
                    )
                ],
            ),
        ),
        have("null", null(1, k, deficient), by(measure.null_part), "inside", "zeros"),
    ],
)

close = near(V, c, W, b, 1, k, r)
BALL = fn(V, fn(c, close))
FULL_RANK_NEARBY = exists(V, c, close & (rank(E(V, c)) == N))
C4_5 = Statement(
    "NH17.C4.5",
    NEIGHBOURHOODS,
    title="Full rank is dense",
    names=(k, mu, r),
    standing=LAYER,
    reading="repaired",
    given={**GENERIC, "radius": r > 0},
    then=FULL_RANK_NEARBY,
    proof=[
        have("deficient", None, cite(L4_4)),
        have("ball", ~null(1, k, BALL), by(measure.box_is_not_null), "radius"),
        have(
            "full rank nearby",
            FULL_RANK_NEARBY,
            suppose_not(
                [
                    have(
                        "inside",
                        every(V, c, close >> (rank(E(V, c)) < N)),
                        arbitrary(
                            V,
                            c,
                            proof=[
                                have(
                                    "not full",
                                    rank(E(V, c)) != N,
                                    suppose_not(
                                        [
                                            have("full", rank(E(V, c)) == N, logic, "not full.not"),
                                            have(
                                                "some",
                                                FULL_RANK_NEARBY,
                                                take(V, c),
                                                "inside.if",
                                                "full",
                                            ),
                                            have(
                                                "clash",
                                                contradiction,
                                                logic,
                                                "some",
                                                "full rank nearby.not",
                                            ),
                                        ]
                                    ),
                                ),
                                have("rows", rank(E(V, c)) <= N, by(ranks.rank_at_most_rows)),
                                have(
                                    "less",
                                    rank(E(V, c)) < N,
                                    by(order.less_if_different),
                                    "rows",
                                    "not full",
                                ),
                            ],
                        ),
                    ),
                    have(
                        "null ball", null(1, k, BALL), by(measure.null_part), "inside", "deficient"
                    ),
                    have("clash", contradiction, logic, "null ball", "ball"),
                ]
            ),
        ),
    ],
)
