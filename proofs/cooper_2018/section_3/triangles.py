"""Section 3.1, proof of Lemma 3.3: samples on a line, and the triangular matrix of their features.

Statements
- C18.I3.2: the matrix of the linear system is triangular and invertible.
- C18.L3.3.direction: samples that differ have different projections.
- C18.L3.3.rank: for samples that differ some units have independent features.
"""

from symbolic_landscape.proofs.cooper_2018.section_3.activations import POSITIVE
from symbolic_landscape.proofs.cooper_2018.settings.activations import flat, rectified, sigma
from symbolic_landscape.proofs.cooper_2018.settings.fitting import (
    LINE,
    ONE_LAYER,
    X,
    before,
    columns_differ,
    d,
    entries_increase,
    i,
    j,
    k,
    middle,
    p,
    t,
    triangle,
)
from symbolic_landscape.proofs.rules import columns, determinants, order, ranks
from symbolic_landscape.proofs.rules import entries as e
from symbolic_landscape.proofs.rules.determinants import rows
from symbolic_landscape.statement.language import (
    Expr,
    both,
    det,
    each,
    entries,
    exists,
    fn,
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
    cases,
    cite,
    have,
    linear,
    logic,
    obtain,
    take,
)

row = integer("row")
A = triangle(t)
below_diagonal = each(i, 1, d, each(j, 1, i - 1, A[i, j] == 0))
on_diagonal = each(i, 1, d, A[i, i] > 0)
AFTER = each(i, 1, d, before(t, i) < t[i, 1])

I3_2 = Statement(
    "C18.I3.2",
    LINE,
    kind="identity",
    title="Interpolation as a linear system that is triangular and invertible",
    where="Section 3.1, equations (3.1) and (3.2)",
    lines=(257, 264),
    given={"rectified": rectified(sigma), "increase": entries_increase(t)},
    then=both(below_diagonal, on_diagonal, rank(A) == d),
    proof=[
        have("positive", None, cite(POSITIVE)),
        have("flat", flat, logic, "rectified"),
        have(
            "after",
            AFTER,
            arbitrary(
                i,
                proof=[
                    have(
                        "step",
                        before(t, i) < t[i, 1],
                        cases(
                            [
                                have("first", i == 1, linear),
                                have(
                                    "outside",
                                    t[i - 1, 1] == 0,
                                    by(e.entry_above, A=t, i=i - 1, j=1),
                                ),
                                have("unit", identity_matrix(d)[i, 1] == 1, calculation, "first"),
                                have("same", t[1, 1] == t[i, 1], calculation, "first"),
                                have(
                                    "value",
                                    before(t, i) == t[1, 1] - 1,
                                    calculation,
                                    "outside",
                                    "unit",
                                ),
                                have("less", before(t, i) < t[i, 1], linear, "value", "same"),
                            ],
                            [have("less", before(t, i) < t[i, 1], at(i - 1, i), "increase")],
                            split=i <= 1,
                        ),
                    )
                ],
            ),
        ),
        have(
            "diagonal",
            on_diagonal,
            arbitrary(
                i,
                proof=[
                    have("at i", None, at(i), "after"),
                    have("value", None, at(t[i, 1] - middle(t, i)), "positive"),
                    have("above", A[i, i] > 0, logic, "value", "at i"),
                ],
            ),
        ),
        have(
            "triangle",
            below_diagonal,
            arbitrary(
                i,
                j,
                proof=[
                    have("at i", None, at(i), "after"),
                    have(
                        "order",
                        t[j, 1] <= t[i - 1, 1],
                        cases(
                            [
                                have("less", t[j, 1] < t[i - 1, 1], at(j, i - 1), "increase"),
                                have("at most", t[j, 1] <= t[i - 1, 1], linear, "less"),
                            ],
                            [
                                have("next", j == i - 1, linear),
                                have("equal", t[j, 1] == t[i - 1, 1], calculation, "next"),
                                have("at most", t[j, 1] <= t[i - 1, 1], linear, "equal"),
                            ],
                            split=j <= i - 2,
                        ),
                    ),
                    have("below", t[j, 1] - middle(t, i) <= 0, linear, "at i", "order"),
                    have("value", None, at(t[j, 1] - middle(t, i)), "flat"),
                    have("zero", A[i, j] == 0, logic, "value", "below"),
                ],
            ),
        ),
        have("product", None, by(determinants.determinant_of_triangle, S=A), "triangle"),
        have(
            "not 0",
            each(i, 1, d, A[i, i] != 0),
            arbitrary(
                i,
                proof=[
                    have("at i", None, at(i), "diagonal"),
                    have("entry", A[i, i] != 0, by(order.positive_is_not_zero), "at i"),
                ],
            ),
        ),
        have("factors", None, by(determinants.no_zero_factor, c=fn(i, A[i, i]), n=d), "not 0"),
        have("determinant", det(A) != 0, calculation, "factors", "product"),
        have("rank", rank(A) == d, by(ranks.full_rank_of_determinant), "determinant"),
        have(
            "all",
            both(below_diagonal, on_diagonal, rank(A) == d),
            logic,
            "triangle",
            "diagonal",
            "rank",
        ),
    ],
)

# ---- samples that differ -------------------------------------------------------------------------
a, beta = matrix("a", p, 1), matrix("beta", d, 1)
one = ones(d, 1)


def features(a: Expr, beta: Expr) -> Expr:
    """The features of d units with the weights a and the biases beta, as in M1 x - b1."""
    return sigma(one @ a.T @ X - beta @ ones(1, d))


line = X.T @ a
"""The projections a . x_i."""
differ = each(i, 1, d, each(j, i + 1, d, line[i, 1] != line[j, 1]))
ordered = entries(i, row, d, 1, line[rows(i), 1])
steps_back = entries(j, row, d, 1, middle(ordered, j))
W = features(a, steps_back)
chosen = entries(j, i, d, d, W[j, rows(i)])
apart = line[rows(i), 1] != line[rows(j), 1]
independent = exists(a, beta, rank(features(a, beta)) == d)

DIRECTION = Statement(
    "C18.L3.3.direction",
    ONE_LAYER,
    title="Samples that differ have different projections on some direction",
    where="Section 3.1, proof of Lemma 3.3",
    lines=(252, 253),
    given={"distinct": columns_differ(X)},
    then=exists(a, differ),
    proof=[
        have(
            "off",
            None,
            by(ranks.off_hyperplanes, d=fn(i, fn(j, fn(k, X[k, i] - X[k, j]))), m=d, n=p),
            "distinct",
        ),
        have("a", None, obtain(a), "off"),
        have(
            "projections",
            differ,
            arbitrary(
                i,
                j,
                proof=[
                    have("not 0", None, at(i, j), "a"),
                    have("first", None, by(e.entry_of_product, A=X.T, B=a, i=i, j=1)),
                    have("second", None, by(e.entry_of_product, A=X.T, B=a, i=j, j=1)),
                    have(
                        "apart",
                        line[i, 1] != line[j, 1],
                        calculation,
                        "not 0",
                        "<first",
                        "<second",
                    ),
                ],
            ),
        ),
        have("direction", exists(a, differ), take(a), "projections"),
    ],
)
INDEPENDENT = Statement(
    "C18.L3.3.rank",
    ONE_LAYER,
    title="Some d units have independent features at d samples that differ",
    where="Section 3.1, proof of Lemma 3.3",
    lines=(252, 264),
    given={"rectified": rectified(sigma), "distinct": columns_differ(X)},
    then=independent,
    proof=[
        have("direction", None, cite(DIRECTION), lines=(252, 253)),
        have("projections", differ, obtain(a), "direction"),
        have("sorted", None, by(order.sorting, a=fn(i, line[i, 1]), n=d), lines=(253, 254)),
        have("rows", None, obtain(rows), "sorted"),
        have("within", each(i, 1, d, both(rows(i) >= 1, rows(i) <= d)), logic, "rows"),
        have(
            "in order",
            each(
                i,
                1,
                d,
                each(
                    j,
                    i + 1,
                    d,
                    both(rows(i) != rows(j), line[rows(i), 1] <= line[rows(j), 1]),
                ),
            ),
            logic,
            "rows",
        ),
        have(
            "increase",
            entries_increase(ordered),
            arbitrary(
                i,
                j,
                proof=[
                    have("first", None, at(i), "within"),
                    have("second", None, at(j), "within"),
                    have("step", None, at(i, j), "in order"),
                    have("at most", line[rows(i), 1] <= line[rows(j), 1], logic, "step"),
                    have(
                        "apart",
                        apart,
                        cases(
                            [have("up", apart, at(rows(i), rows(j)), "projections")],
                            [
                                have(
                                    "not up",
                                    apart,
                                    cases(
                                        [have("down", apart, at(rows(j), rows(i)), "projections")],
                                        [
                                            have(
                                                "same",
                                                rows(i) == rows(j),
                                                linear,
                                                "apart.2",
                                                "not up.2",
                                            ),
                                            have("clash", apart, logic, "same", "step"),
                                        ],
                                        split=rows(j) + 1 <= rows(i),
                                    ),
                                )
                            ],
                            split=rows(i) + 1 <= rows(j),
                        ),
                    ),
                    have(
                        "less",
                        ordered[i, 1] < ordered[j, 1],
                        by(order.less_if_different, s=line[rows(i), 1], t=line[rows(j), 1]),
                        "at most",
                        "apart",
                    ),
                ],
            ),
        ),
        have("system", None, cite(I3_2, t=ordered)),
        have("rank in order", rank(triangle(ordered)) == d, logic, "system"),
        have(
            "entries",
            each(i, 1, d, each(j, 1, d, chosen[i, j] == triangle(ordered)[i, j])),
            arbitrary(
                i,
                j,
                proof=[
                    have("place", None, at(j), "within"),
                    have(
                        "weights", None, by(e.entry_of_repeated_row, H=a.T @ X, m=d, i=i, j=rows(j))
                    ),
                    have(
                        "bias",
                        None,
                        by(e.entry_of_repeated_row, H=steps_back.T, m=d, i=rows(j), j=i),
                    ),
                    have(
                        "entry",
                        chosen[i, j] == triangle(ordered)[i, j],
                        calculation,
                        "weights",
                        "bias",
                    ),
                ],
            ),
        ),
        have(
            "same",
            chosen == triangle(ordered),
            by(columns.equal_of_entries, A=chosen, A2=triangle(ordered)),
            "entries",
        ),
        have("chosen rank", rank(chosen) == d, calculation, "rank in order", "same"),
        have(
            "fewer",
            rank(chosen) <= rank(W),
            by(determinants.rank_of_chosen, A=W, rows=fn(j, j), columns=rows, p=d, q=d),
        ),
        have("at most", rank(W) <= d, by(ranks.rank_at_most_rows)),
        have("full", rank(W) == d, linear, "chosen rank", "fewer", "at most"),
        have("units", independent, take(a, steps_back), "full"),
    ],
)
