"""Section 4, Lemma 4.3: units whose features are independent, one after the other (repaired).

Statements
- NH17.L4.3.direction: samples that differ have different projections on some direction.
- NH17.L4.3.unit: for each vector that is not 0 some unit is not orthogonal to it.
- NH17.L4.3.beside: the features of units side by side stand side by side.
- NH17.L4.3.column: one unit more can be chosen, and the rank grows until it is N.
- NH17.L4.3.columns: q units can be chosen such that [1, features] has rank q + 1 or N.
"""

from symbolic_landscape.proofs.nguyen_hein_2017.section_4.steep_units import ORTHOGONAL
from symbolic_landscape.proofs.nguyen_hein_2017.settings.steep_units import (
    SAMPLES,
    N,
    Z,
    alpha,
    beta,
    column,
    entries_differ,
    i,
    j,
    mu,
    not_constant,
    one,
    p,
    rows_differ,
    sigma,
    steep,
    tends_left,
)
from symbolic_landscape.proofs.rules import blocks, entries, ranks
from symbolic_landscape.statement.language import (
    Expr,
    block,
    both,
    contradiction,
    each,
    either,
    every,
    exists,
    fn,
    identity_matrix,
    integer,
    matrix,
    natural,
    rank,
    total,
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
    induct,
    linear,
    logic,
    obtain,
    suppose_not,
    take,
)

a, w, c = matrix("a", p, 1), matrix("w", p, 1), matrix("c", 1, 1)
y = matrix("y", N, 1)
q, v = natural("q"), integer("v")
UNITS = {"left": tends_left(sigma, mu), "varies": not_constant(sigma), "differ": rows_differ(Z)}


def units(V: Expr, c: Expr) -> Expr:
    """The features of the units with weights V and biases c."""
    return sigma(Z @ V + one @ c)


DIRECTION = Statement(
    "NH17.L4.3.direction",
    SAMPLES,
    title="Samples that differ have different projections on some direction",
    given={"differ": rows_differ(Z)},
    then=exists(a, entries_differ(Z @ a)),
    proof=[
        have(
            "off",
            None,
            by(ranks.off_hyperplanes, d=fn(i, fn(j, fn(column, Z[i, column] - Z[j, column])))),
            "differ",
        ),
        have("a", None, obtain(a), "off"),
        have(
            "projections",
            entries_differ(Z @ a),
            arbitrary(
                i,
                j,
                proof=[
                    have("not 0", None, at(i, j), "a"),
                    have("first", None, by(entries.entry_of_product, A=Z, B=a, i=i, j=1)),
                    have("second", None, by(entries.entry_of_product, A=Z, B=a, i=j, j=1)),
                    have(
                        "apart",
                        (Z @ a)[i, 1] != (Z @ a)[j, 1],
                        calculation,
                        "not 0",
                        "<first",
                        "<second",
                    ),
                ],
            ),
        ),
        have("direction", exists(a, entries_differ(Z @ a)), take(a), "projections"),
    ],
)

no_unit = every(w, c, y.T @ units(w, c) == 0)
weights, bias = -alpha * a, (alpha * (Z @ a)[j, 1] + beta) * identity_matrix(1)
UNIT = Statement(
    "NH17.L4.3.unit",
    SAMPLES,
    title="For each vector that is not 0 some unit is not orthogonal to it",
    names=(mu, y),
    given={**UNITS, "not zero": y != 0},
    then=exists(w, c, y.T @ units(w, c) != 0),
    proof=[
        have("some direction", None, cite(DIRECTION)),
        have("apart", entries_differ(Z @ a), obtain(a), "some direction"),
        have(
            "unit",
            exists(w, c, y.T @ units(w, c) != 0),
            suppose_not(
                [
                    have(
                        "none",
                        no_unit,
                        arbitrary(
                            w,
                            c,
                            proof=[
                                have(
                                    "zero",
                                    y.T @ units(w, c) == 0,
                                    suppose_not(
                                        [
                                            have(
                                                "some",
                                                exists(w, c, y.T @ units(w, c) != 0),
                                                take(w, c),
                                                "zero.not",
                                            ),
                                            have("clash", contradiction, logic, "some", "unit.not"),
                                        ]
                                    ),
                                )
                            ],
                        ),
                    ),
                    have(
                        "orthogonal",
                        each(
                            j,
                            1,
                            N,
                            every(
                                alpha,
                                beta,
                                total(i, 1, N, y[i, 1] * steep(Z @ a, i, j, alpha, beta)) == 0,
                            ),
                        ),
                        arbitrary(
                            j,
                            alpha,
                            beta,
                            proof=[
                                have("here", None, at(weights, bias), "none"),
                                have("entry", None, by(entries.entry_of_zero, i=1, j=1), "here"),
                                have(
                                    "sum",
                                    None,
                                    by(
                                        entries.entry_of_product,
                                        A=y.T,
                                        B=units(weights, bias),
                                        i=1,
                                        j=1,
                                    ),
                                ),
                                have(
                                    "orthogonal",
                                    total(i, 1, N, y[i, 1] * steep(Z @ a, i, j, alpha, beta)) == 0,
                                    calculation,
                                    "<sum",
                                    "entry",
                                ),
                            ],
                        ),
                    ),
                    have("vanishes", y == 0, cite(ORTHOGONAL, t=Z @ a)),
                    have("clash", contradiction, logic, "vanishes", "not zero"),
                ]
            ),
        ),
    ],
)

V, d = matrix("V", p, q), matrix("d", 1, q)
BESIDE = Statement(
    "NH17.L4.3.beside",
    SAMPLES,
    title="The features of units side by side stand side by side",
    names=(q, V, d, w, c),
    given={},
    then=units(block(V, w), block(d, c)) == block(units(V, d), units(w, c)),
    proof=[
        have("weights", Z @ block(V, w) == block(Z @ V, Z @ w), by(blocks.times_block)),
        have("biases", one @ block(d, c) == block(one @ d, one @ c), by(blocks.times_block)),
        have("sum", None, by(blocks.sum_of_blocks, A=Z @ V, A2=one @ d, D=Z @ w, D2=one @ c)),
        have(
            "entries",
            None,
            by(blocks.entrywise_of_block, f=sigma, A=Z @ V + one @ d, D=Z @ w + one @ c),
        ),
        have(
            "beside",
            units(block(V, w), block(d, c)) == block(units(V, d), units(w, c)),
            calculation,
            "weights",
            "biases",
            "sum",
            "entries",
        ),
    ],
)


def with_one(F: Expr) -> Expr:
    """[1, F]."""
    return block(one, F)


def independent(F: Expr) -> Expr:
    """[1, F] has full rank: one more than F has columns, or N."""
    return either(rank(with_one(F)) == F.columns + 1, rank(with_one(F)) == N)


V1, d1 = matrix("V1", p, q + 1), matrix("d1", 1, q + 1)
here, more = with_one(units(V, d)), block(with_one(units(V, d)), units(w, c))
idle = block(with_one(units(V, d)), units(zeros(p, 1), zeros(1, 1)))
COLUMN = Statement(
    "NH17.L4.3.column",
    SAMPLES,
    title="One unit more can be chosen, and the rank grows until it is N",
    names=(mu, q, V, d),
    given={**UNITS, "independent": independent(units(V, d))},
    then=exists(V1, d1, independent(units(V1, d1))),
    proof=[
        have("rows", rank(here) <= N, by(ranks.rank_at_most_rows)),
        have(
            "unit",
            exists(w, c, either(rank(more) == q + 2, rank(more) == N)),
            cases(
                [
                    have(
                        "not yet",
                        rank(here) == q + 1,
                        cases(
                            [have("grown", rank(here) == q + 1, logic, "not yet.1")],
                            [have("no", rank(here) == q + 1, linear, "not yet.2", "unit.1")],
                        ),
                        "independent",
                    ),
                    have("transposed", rank(here.T) == rank(here), by(ranks.rank_of_transpose)),
                    have("less", rank(here.T) < N, linear, "transposed", "unit.1"),
                    have("kernel", None, by(ranks.kernel_vector, A=here.T), "less"),
                    have("y", both(y != 0, here.T @ y == 0), obtain(y), "kernel"),
                    have("y is not 0", y != 0, logic, "y"),
                    have("orthogonal", y.T @ here == 0, logic, "y"),
                    have("some unit", exists(w, c, y.T @ units(w, c) != 0), cite(UNIT)),
                    have("new", y.T @ units(w, c) != 0, obtain(w, c), "some unit"),
                    have(
                        "grows",
                        rank(more) == rank(here) + 1,
                        by(ranks.rank_of_new_column),
                        "orthogonal",
                        "new",
                    ),
                    have("rank", rank(more) == q + 2, linear, "grows", "not yet"),
                    have("either", either(rank(more) == q + 2, rank(more) == N), logic, "rank"),
                    have(
                        "unit",
                        exists(w, c, either(rank(more) == q + 2, rank(more) == N)),
                        take(w, c),
                        "either",
                    ),
                ],
                [
                    have("full", rank(here) == N, linear, "rows", "unit.2"),
                    have("part", rank(here) <= rank(idle), by(ranks.rank_of_part)),
                    have("at most", rank(idle) <= N, by(ranks.rank_at_most_rows)),
                    have("still full", rank(idle) == N, linear, "full", "part", "at most"),
                    have(
                        "either", either(rank(idle) == q + 2, rank(idle) == N), logic, "still full"
                    ),
                    have(
                        "unit",
                        exists(w, c, either(rank(more) == q + 2, rank(more) == N)),
                        take(zeros(p, 1), zeros(1, 1)),
                        "either",
                    ),
                ],
                split=rank(here) < N,
            ),
        ),
        have("w and c", either(rank(more) == q + 2, rank(more) == N), obtain(w, c), "unit"),
        have("beside", None, cite(BESIDE)),
        have("order", None, by(blocks.block_associative, A=one, D=units(V, d), X=units(w, c))),
        have(
            "grown",
            independent(units(block(V, w), block(d, c))),
            calculation,
            "w and c",
            "order",
            "<beside",
        ),
        have(
            "columns",
            exists(V1, d1, independent(units(V1, d1))),
            take(block(V, w), block(d, c)),
            "grown",
        ),
    ],
)

Vv, dv = matrix("V", p, v), matrix("d", 1, v)
V0, d0 = matrix("V", p, 0), matrix("d", 1, 0)
no_units = units(zeros(p, 0), zeros(1, 0))
COLUMNS = Statement(
    "NH17.L4.3.columns",
    SAMPLES,
    title="Units can be chosen such that [1, features] has full rank",
    names=(mu, q),
    given=UNITS,
    then=exists(V, d, independent(units(V, d))),
    proof=[
        have(
            "all",
            each(v, 0, q, exists(Vv, dv, independent(units(Vv, dv)))),
            induct(
                v,
                base=[
                    have("one column", rank(one) == 1, by(ranks.rank_of_ones)),
                    have("part", rank(one) <= rank(with_one(no_units)), by(ranks.rank_of_part)),
                    have("columns", rank(with_one(no_units)) <= 1, by(ranks.rank_at_most_columns)),
                    have(
                        "rank",
                        rank(with_one(no_units)) == 1,
                        linear,
                        "one column",
                        "part",
                        "columns",
                    ),
                    have("either", independent(no_units), logic, "rank"),
                    have(
                        "none",
                        exists(V0, d0, independent(units(V0, d0))),
                        take(zeros(p, 0), zeros(1, 0)),
                        "either",
                    ),
                ],
                step=[
                    have("V and d", independent(units(Vv, dv)), obtain(Vv, dv), "all.before"),
                    have("next", None, cite(COLUMN, q=v, V=Vv, d=dv)),
                ],
            ),
        ),
        have("columns", None, at(q), "all"),
    ],
)
