"""Section 3.2, after Theorem 3.4: weights of low rank form a null set.

Statements
- NH17.R3.4.identity: the identity matrix has a nonzero determinant.
- NH17.R3.4.layer: the weights of low rank in one layer that is no wider than the one below.
- NH17.R3.4.null: the weights of low rank in some layer.
- NH17.R3.4.widening: where a layer widens they are all weights.
"""

from symbolic_landscape.proofs.nguyen_hein_2017.settings.activations import NUMBERS
from symbolic_landscape.proofs.nguyen_hein_2017.settings.neighbourhoods import NEIGHBOURHOODS, near
from symbolic_landscape.proofs.nguyen_hein_2017.settings.network import L, V, W, b, c, k, n
from symbolic_landscape.proofs.rules import analytic, determinants, entries, measure, minima, ranks
from symbolic_landscape.proofs.rules.analytic import analytic_in
from symbolic_landscape.proofs.rules.measure import null
from symbolic_landscape.statement.language import (
    Expr,
    both,
    contradiction,
    det,
    each,
    every,
    exists,
    fn,
    identity_matrix,
    integer,
    matrix,
    natural,
    rank,
    stack,
    true,
    update,
    zeros,
)
from symbolic_landscape.statement.language import (
    entries as matrix_of,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    at,
    by,
    calculation,
    cases,
    cite,
    claimed,
    have,
    linear,
    logic,
    obtain,
    suppose_not,
    take,
)

LINES = (712, 713)
i, row, column = integer("i"), integer("row"), integer("column")
size = natural("size")
unit, v = identity_matrix(size), matrix("v", size, 1)

IDENTITY = Statement(
    "NH17.R3.4.identity",
    NUMBERS,
    title="The identity matrix has a nonzero determinant",
    names=(size,),
    given={},
    then=det(unit) != 0,
    proof=[
        have("at most", rank(unit) <= size, by(ranks.rank_at_most_rows)),
        have(
            "full",
            rank(unit) == size,
            cases(
                [
                    have(
                        "kernel",
                        exists(v, both(v != 0, unit @ v == 0)),
                        by(ranks.kernel_vector, A=unit),
                        "full.1",
                    ),
                    have("v", both(v != 0, unit @ v == 0), obtain(v), "kernel"),
                    have("none", rank(unit) == size, logic, "v"),
                ],
                [have("equal", rank(unit) == size, linear, "full.2", "at most")],
                split=rank(unit) < size,
            ),
        ),
        have("not 0", det(unit) != 0, by(ranks.determinant_of_full_rank), "full"),
    ],
)


def of_points(body: Expr) -> Expr:
    """The function of points (V, c) with this value."""
    return fn(V, fn(c, body))


top = matrix_of(row, column, n[k], n[k], V[k][row, column])
"""The first n_k rows of the weights of layer k."""
low_rank = rank(V[k]) < n[k]
example = stack(identity_matrix(n[k]), zeros(n[k - 1] - n[k], n[k]))
LAYER = Statement(
    "NH17.R3.4.layer",
    NEIGHBOURHOODS,
    title="Weights of low rank in a layer that is no wider than the one below form a null set",
    where="after Theorem 3.4",
    names=(k,),
    standing=(k >= 1, k <= L, n[k] <= n[k - 1]),
    given={},
    then=null(1, L, of_points(low_rank)),
    proof=[
        have(
            "entries",
            each(
                row, 1, n[k], each(column, 1, n[k], analytic_in(1, L, of_points(top[row, column])))
            ),
            arbitrary(
                row,
                column,
                proof=[
                    have(
                        "entry",
                        analytic_in(1, L, of_points(V[k][row, column])),
                        by(analytic.analytic_entry),
                    )
                ],
            ),
        ),
        have(
            "determinant",
            analytic_in(1, L, of_points(det(top))),
            by(analytic.analytic_determinant, HS=of_points(top)),
            "entries",
        ),
        have("identity", None, cite(IDENTITY, size=n[k])),
        have(
            "top of the example",
            matrix_of(row, column, n[k], n[k], example[row, column]) == identity_matrix(n[k]),
            by(entries.matrix_of_entries, A=identity_matrix(n[k])),
        ),
        have(
            "example",
            det(matrix_of(row, column, n[k], n[k], example[row, column])) != 0,
            calculation,
            "identity",
            "top of the example",
        ),
        have("somewhere", exists(V, c, det(top) != 0), take(update(W, k, example), b), "example"),
        have(
            "null",
            null(1, L, of_points(det(top) == 0)),
            by(measure.analytic_zero_set, H=of_points(det(top))),
            "determinant",
            "somewhere",
        ),
        have(
            "inside",
            every(V, c, low_rank >> (det(top) == 0)),
            arbitrary(
                V,
                c,
                proof=[
                    have(
                        "zero",
                        det(top) == 0,
                        suppose_not(
                            [
                                have(
                                    "full",
                                    rank(top) == n[k],
                                    by(ranks.full_rank_of_determinant),
                                    "zero.not",
                                ),
                                have(
                                    "at most",
                                    rank(top) <= rank(V[k]),
                                    by(
                                        determinants.rank_of_chosen,
                                        A=V[k],
                                        rows=fn(i, i),
                                        columns=fn(i, i),
                                    ),
                                ),
                                have(
                                    "clash", contradiction, linear, "full", "at most", "inside.if"
                                ),
                            ]
                        ),
                    )
                ],
            ),
        ),
        have("all", null(1, L, of_points(low_rank)), by(measure.null_part), "inside", "null"),
    ],
)

some_low = of_points(~each(i, 2, L, ~(rank(V[i]) < n[i])))
NULL = Statement(
    "NH17.R3.4.null",
    NEIGHBOURHOODS,
    kind="remark",
    title="The weights of low rank form a null set",
    where="after Theorem 3.4",
    lines=LINES,
    given={},
    then=null(1, L, some_low),
    proof=[
        have(
            "null",
            null(1, L, some_low),
            claimed("the set of low rank weight matrices has measure zero"),
            lines=LINES,
        )
    ],
    repaired=Statement(
        "NH17.R3.4.null",
        NEIGHBOURHOODS,
        kind="remark",
        title="The weights of low rank form a null set, where no layer from 2 on widens",
        where="after Theorem 3.4",
        lines=LINES,
        reading="repaired",
        standing=(each(i, 2, L, n[i] <= n[i - 1]),),
        given={},
        then=null(1, L, some_low),
        proof=[
            have(
                "each layer",
                each(i, 2, L, null(1, L, of_points(rank(V[i]) < n[i]))),
                arbitrary(
                    i,
                    proof=[
                        have("narrower", None, at(i), "standing 6"),
                        have("layer", null(1, L, of_points(rank(V[i]) < n[i])), cite(LAYER, k=i)),
                    ],
                ),
            ),
            have(
                "null",
                null(1, L, some_low),
                by(minima.null_union, TI=fn(i, of_points(rank(V[i]) < n[i]))),
                "each layer",
            ),
        ],
    ),
    expected=("unsupported premise, step null",),
)

box = of_points(near(V, c, W, b, 1, L, 1))
WIDENING = Statement(
    "NH17.R3.4.widening",
    NEIGHBOURHOODS,
    kind="remark",
    title="Where a layer widens, all weights have low rank, and that is no null set",
    where="after Theorem 3.4",
    lines=LINES,
    names=(k,),
    standing=(k >= 2, k <= L),
    given={"wider": n[k - 1] < n[k]},
    then=~null(1, L, some_low),
    proof=[
        have("trivial", true, logic),
        have("not null", ~null(1, L, box), by(measure.box_is_not_null, r=1), "trivial"),
        have(
            "inside",
            every(V, c, near(V, c, W, b, 1, L, 1) >> some_low(V)(c)),
            arbitrary(
                V,
                c,
                proof=[
                    have(
                        "low",
                        some_low(V)(c),
                        suppose_not(
                            [
                                have("none", each(i, 2, L, ~(rank(V[i]) < n[i])), logic, "low.not"),
                                have("not here", None, at(k), "none"),
                                have("rows", rank(V[k]) <= n[k - 1], by(ranks.rank_at_most_rows)),
                                have("clash", contradiction, linear, "not here", "rows", "wider"),
                            ]
                        ),
                    )
                ],
            ),
        ),
        have(
            "conclusion",
            ~null(1, L, some_low),
            suppose_not(
                [
                    have("null", null(1, L, some_low), logic, "conclusion.not"),
                    have("null box", null(1, L, box), by(measure.null_part), "inside", "null"),
                    have("clash", contradiction, logic, "null box", "not null"),
                ]
            ),
        ),
    ],
)
