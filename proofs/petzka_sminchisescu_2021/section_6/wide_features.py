"""Section 6, Lemma 16: the wide layer of a network of NH17 has features of rank N nearly everywhere.

The setting and its letters are those of NH17, whose Corollary 4.5 is about [F_k, 1]: with one unit
more than that needs, a unit that is constant stands for the ones.

Statements
- PS21.L16.some: some parameters give F_k the rank N.
- PS21.L16.null: those that do not form a set of measure zero.
- PS21.L16.near: near all parameters some do.
"""

from symbolic_landscape.proofs.nguyen_hein_2017.section_4.analytic import (
    L4_2,
    LAYERS,
    of_parameters,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_4.full_rank import CHOSEN, DISTINCT
from symbolic_landscape.proofs.nguyen_hein_2017.section_4.units import COLUMNS
from symbolic_landscape.proofs.nguyen_hein_2017.settings.assumptions import (
    distinct_samples,
    sigma_analytic,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.network import (
    F_,
    NETWORK,
    L,
    N,
    V,
    W,
    b,
    c,
    i,
    j,
    k,
    n,
    one,
    sigma,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.steep_units import (
    injective,
    mu,
    not_constant,
    rows_differ,
    tends_left,
)
from symbolic_landscape.proofs.rules import blocks, functions, measure, order, ranks
from symbolic_landscape.proofs.rules.analytic import analytic_determinant, analytic_in
from symbolic_landscape.proofs.rules.determinants import columns, minor_of_full_rank, rank_of_chosen
from symbolic_landscape.proofs.rules.measure import null
from symbolic_landscape.proofs.rules.points import near
from symbolic_landscape.statement.language import (
    Expr,
    block,
    both,
    contradiction,
    det,
    each,
    entries,
    every,
    exists,
    fn,
    identity_matrix,
    like,
    matrix,
    rank,
    real,
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
    have,
    linear,
    logic,
    obtain,
    suppose_not,
    take,
)

e, M, s = like("e", c), matrix("M", n[k - 1], n[k] - 1), real("s")
units = matrix("units", 1, n[k] - 1)
LAYER = (1 <= k, k <= L)
SOME = {
    "wide": n[k] >= N,
    "distinct": distinct_samples,
    "injective": injective(sigma),
    "left": tends_left(sigma, mu),
}
below = F_(V, c)[k - 1]
features = sigma(below @ M + one @ units)
wider = block(M, zeros(n[k - 1], 1)), block(units, s * identity_matrix(1))
whole = update(V, k, wider[0]), update(c, k, wider[1])
SOME_RANK = Statement(
    "PS21.L16.some",
    NETWORK,
    title="Some parameters give the features of a wide layer the rank N",
    names=(k, mu),
    standing=LAYER,
    given=SOME,
    then=exists(V, c, rank(F_(V, c)[k]) == N),
    proof=[
        have("width", n[k] >= 1, at(k), "standing 3"),
        have("apart in each layer", None, cite(DISTINCT)),
        have("some apart", None, at(k - 1), "apart in each layer"),
        have("apart", rows_differ(below), obtain(V, c), "some apart"),
        have("only once", None, at(0, 1), "injective"),
        have("not the same", ~(sigma(0) == sigma(1)), logic, "only once"),
        have("varies", not_constant(sigma), take(0, 1), "not the same"),
        have("some units", None, cite(COLUMNS, Z=below, p=n[k - 1], q=n[k] - 1)),
        have("units", None, obtain(M, units), "some units"),
        have("rows", rank(block(one, features)) <= N, by(ranks.rank_at_most_rows)),
        have(
            "with ones",
            rank(block(one, features)) == N,
            cases(
                [
                    have(
                        "columns",
                        rank(block(one, features)) == N,
                        linear,
                        "with ones.1",
                        "rows",
                        "wide",
                    )
                ],
                [have("samples", rank(block(one, features)) == N, logic, "with ones.2")],
            ),
            "units",
        ),
        have(
            "some value",
            exists(s, sigma(s) != 0),
            cases(
                [
                    have(
                        "other",
                        sigma(1) != 0,
                        suppose_not(
                            [
                                have("zero", sigma(1) == 0, logic, "other.not"),
                                have("same", sigma(0) == sigma(1), linear, "some value.1", "zero"),
                                have("clash", contradiction, logic, "same", "not the same"),
                            ]
                        ),
                    ),
                    have("one", exists(s, sigma(s) != 0), take(1), "other"),
                ],
                [have("zero", exists(s, sigma(s) != 0), take(0), "some value.2")],
                split=sigma(0) == 0,
            ),
        ),
        have("value", sigma(s) != 0, obtain(s), "some value"),
        have(
            "layer",
            F_(*whole)[k] == sigma(below @ wider[0] + one @ wider[1]),
            cite(CHOSEN, W=V, b=c, M=wider[0], e=wider[1]),
        ),
        have("weights", None, by(blocks.times_block, A=below, B=M, B2=zeros(n[k - 1], 1))),
        have("biases", None, by(blocks.times_block, A=one, B=units, B2=s * identity_matrix(1))),
        have(
            "sum",
            None,
            by(blocks.sum_of_blocks, A=below @ M, D=zeros(N, 1), A2=one @ units, D2=s * one),
        ),
        have(
            "inside",
            below @ wider[0] + one @ wider[1] == block(below @ M + one @ units, s * one),
            calculation,
            "weights",
            "biases",
            "sum",
        ),
        have(
            "image",
            None,
            by(blocks.entrywise_of_block, f=sigma, A=below @ M + one @ units, D=s * one),
        ),
        have("constant", None, by(functions.constant_entrywise, f=sigma, x=s, m=N, n=1)),
        have(
            "features",
            F_(*whole)[k] == block(features, sigma(s) * one),
            calculation,
            "layer",
            "inside",
            "image",
            "constant",
        ),
        have(
            "scaled", None, by(ranks.rank_of_scaled_block, x=sigma(s), A=features, D=one), "value"
        ),
        have("swapped", None, by(ranks.rank_of_swapped, A=features, D=one)),
        have(
            "rank",
            rank(F_(*whole)[k]) == N,
            calculation,
            "features",
            "scaled",
            "swapped",
            "with ones",
        ),
        have("some", exists(V, c, rank(F_(V, c)[k]) == N), take(*whole), "rank"),
    ],
)

SHAPES = {"rows": fn(k, n[k - 1]), "columns": n, "rows2": fn(k, 1), "columns2": n}
V0, c0, r = like("V0", V), like("c0", c), real("r")


def minor(W: Expr, b: Expr) -> Expr:
    """The chosen N columns of F_k."""
    return entries(i, j, N, N, F_(W, b)[k][i, columns(j)])


deficient = of_parameters(rank(F_(W, b)[k]) < N)
determinant = of_parameters(det(minor(W, b)))
entry = analytic_in(1, k, of_parameters(minor(W, b)[i, j]))
in_range = each(j, 1, N, both(1 <= columns(j), columns(j) <= n[k]))
full_rank = (rank(F_(V0, c0)[k]) == N) >> (det(minor(V0, c0)) != 0)
GENERIC = {**SOME, "analytic": sigma_analytic}
NULL = Statement(
    "PS21.L16.null",
    NETWORK,
    title="Parameters with features of lower rank form a null set",
    names=(k, mu),
    standing=LAYER,
    given=GENERIC,
    then=null(1, k, deficient),
    proof=[
        have("width", n[k] >= 1, at(k), "standing 3"),
        have("some parameters", None, cite(SOME_RANK)),
        have("full", rank(F_(V0, c0)[k]) == N, obtain(V0, c0), "some parameters"),
        have("some minor", None, by(minor_of_full_rank, A=F_(V0, c0)[k], m=N, n=n[k])),
        have("columns", both(in_range, full_rank), obtain(columns), "some minor"),
        have("in range", in_range, logic, "columns"),
        have("not 0", det(minor(V0, c0)) != 0, logic, "columns", "full"),
        have("somewhere", exists(V, c, det(minor(V, c)) != 0), take(V0, c0), "not 0"),
        have("layers", None, cite(LAYERS)),
        have("features", None, at(k), "layers"),
        have(
            "entries",
            each(i, 1, N, each(j, 1, N, entry)),
            arbitrary(
                i,
                j,
                proof=[
                    have("column", None, at(j), "in range"),
                    have("entry", entry, at(i, columns(j)), "features"),
                ],
            ),
        ),
        have("determinant", analytic_in(1, k, determinant), by(analytic_determinant), "entries"),
        have(
            "zeros",
            null(1, k, of_parameters(det(minor(W, b)) == 0)),
            cite(L4_2, **SHAPES, low=1, high=k, H=determinant),
        ),
        have(
            "inside",
            every(V, c, (rank(F_(V, c)[k]) < N) >> (det(minor(V, c)) == 0)),
            arbitrary(
                V,
                c,
                proof=[
                    have(
                        "zero",
                        det(minor(V, c)) == 0,
                        suppose_not(
                            [
                                have(
                                    "minor",
                                    rank(minor(V, c)) == N,
                                    by(ranks.full_rank_of_determinant),
                                    "zero.not",
                                ),
                                have(
                                    "part",
                                    rank(minor(V, c)) <= rank(F_(V, c)[k]),
                                    by(
                                        rank_of_chosen,
                                        A=F_(V, c)[k],
                                        rows=fn(i, i),
                                        columns=columns,
                                        p=N,
                                        q=N,
                                    ),
                                ),
                                have("clash", contradiction, linear, "minor", "part", "inside.if"),
                            ]
                        ),
                    ),
                ],
            ),
        ),
        have("null", null(1, k, deficient), by(measure.null_part), "inside", "zeros"),
    ],
)

close_by = near(V, c, W, b, 1, k, r)
ball = fn(V, fn(c, close_by))
nearby = exists(V, c, close_by & (rank(F_(V, c)[k]) == N))
NEAR = Statement(
    "PS21.L16.near",
    NETWORK,
    title="Near all parameters some give the features the rank N",
    names=(k, mu, r),
    standing=LAYER,
    given={**GENERIC, "radius": r > 0},
    then=nearby,
    proof=[
        have("deficient", None, cite(NULL)),
        have("ball", ~null(1, k, ball), by(measure.box_is_not_null), "radius"),
        have(
            "near",
            nearby,
            suppose_not(
                [
                    have(
                        "inside",
                        every(V, c, close_by >> (rank(F_(V, c)[k]) < N)),
                        arbitrary(
                            V,
                            c,
                            proof=[
                                have(
                                    "not full",
                                    rank(F_(V, c)[k]) != N,
                                    suppose_not(
                                        [
                                            have(
                                                "full",
                                                rank(F_(V, c)[k]) == N,
                                                logic,
                                                "not full.not",
                                            ),
                                            have("some", nearby, take(V, c), "inside.if", "full"),
                                            have("clash", contradiction, logic, "some", "near.not"),
                                        ]
                                    ),
                                ),
                                have("rows", rank(F_(V, c)[k]) <= N, by(ranks.rank_at_most_rows)),
                                have(
                                    "less",
                                    rank(F_(V, c)[k]) < N,
                                    by(order.less_if_different),
                                    "rows",
                                    "not full",
                                ),
                            ],
                        ),
                    ),
                    have(
                        "null ball", null(1, k, ball), by(measure.null_part), "inside", "deficient"
                    ),
                    have("clash", contradiction, logic, "null ball", "ball"),
                ]
            ),
        ),
    ],
)
