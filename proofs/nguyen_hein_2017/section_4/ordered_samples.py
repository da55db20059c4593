"""Section 4, proof of Lemma 4.3: samples in the order of their projections, and steep units.

Notation: Z a are the projections, `rows` puts them in order; V, d are the weights and biases of q
units of steepness alpha at the samples in this order.

Statements
- NH17.L4.3.sorted: projections that differ increase in their order.
- NH17.L4.3.steep: the features of steep units, samples in order.
- NH17.L4.3.first, NH17.L4.3.last: where det [1, A] or det [A, 1] is not 0, [features, 1] has
  rank N.
"""

from symbolic_landscape.proofs.nguyen_hein_2017.section_4.units import q, units
from symbolic_landscape.proofs.nguyen_hein_2017.settings.steep_units import (
    LINE,
    SAMPLES,
    N,
    Z,
    alpha,
    beta,
    column,
    entries_differ,
    entries_increase,
    i,
    j,
    one,
    p,
    steep,
    steep_features,
    t,
)
from symbolic_landscape.proofs.rules import columns, order, ranks
from symbolic_landscape.proofs.rules import determinants as d
from symbolic_landscape.proofs.rules import entries as e
from symbolic_landscape.proofs.rules.determinants import rows
from symbolic_landscape.statement.language import (
    Expr,
    block,
    both,
    det,
    each,
    entries,
    fn,
    matrix,
    ones,
    rank,
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
)

a = matrix("a", p, 1)
WITHIN = each(i, 1, N, both(1 <= rows(i), rows(i) <= N))


def in_order(t: Expr) -> Expr:
    """The entries of the column in the order of the rows."""
    return entries(i, column, N, 1, t[rows(i), 1])


def ordered(t: Expr) -> Expr:
    """The order is one without repetition in which the entries do not fall."""
    step = both(rows(i) != rows(j), t[rows(i), 1] <= t[rows(j), 1])
    return each(i, 1, N, each(j, i + 1, N, step))


apart = t[rows(i), 1] != t[rows(j), 1]
SORTED = Statement(
    "NH17.L4.3.sorted",
    LINE,
    title="Entries that differ increase in their order",
    names=(rows,),
    standing=(WITHIN,),
    given={"differ": entries_differ(t), "ordered": ordered(t)},
    then=entries_increase(in_order(t)),
    proof=[
        have(
            "increase",
            entries_increase(in_order(t)),
            arbitrary(
                i,
                j,
                proof=[
                    have("first", None, at(i), "standing 2"),
                    have("second", None, at(j), "standing 2"),
                    have("step", None, at(i, j), "ordered"),
                    have("at most", t[rows(i), 1] <= t[rows(j), 1], logic, "step"),
                    have(
                        "apart",
                        apart,
                        cases(
                            [have("up", apart, at(rows(i), rows(j)), "differ")],
                            [
                                have(
                                    "not up",
                                    apart,
                                    cases(
                                        [have("down", apart, at(rows(j), rows(i)), "differ")],
                                        [
                                            have(
                                                "same row",
                                                rows(i) == rows(j),
                                                linear,
                                                "apart.2",
                                                "not up.2",
                                            ),
                                            have("clash", apart, logic, "same row", "step"),
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
                        in_order(t)[i, 1] < in_order(t)[j, 1],
                        by(order.less_if_different, s=t[rows(i), 1], t=t[rows(j), 1]),
                        "at most",
                        "apart",
                    ),
                ],
            ),
        ),
    ],
)

projections = Z @ a


def steep_units(alpha: Expr) -> tuple[Expr, Expr]:
    """Weights and biases of q units of steepness alpha at the samples in order."""
    biases = entries(i, j, 1, q, alpha * projections[rows(j), 1] + beta)
    return -alpha * (a @ ones(1, q)), biases


biases = steep_units(alpha)[1]
features = units(*steep_units(alpha))
ordered_projections = in_order(projections)
same_entry = features[rows(i), j] == steep(ordered_projections, i, j, alpha, beta)
STEEP_NAMES = (q, a, rows, alpha, beta)
STEEP = Statement(
    "NH17.L4.3.steep",
    SAMPLES,
    title="The features of steep units, samples in order",
    where="Section 4, proof of Lemma 4.3",
    lines=(1220, 1229),
    names=STEEP_NAMES,
    standing=(q >= N - 1, WITHIN),
    given={},
    then=each(i, 1, N, each(j, 1, N - 1, same_entry)),
    proof=[
        have(
            "all",
            each(i, 1, N, each(j, 1, N - 1, same_entry)),
            arbitrary(
                i,
                j,
                proof=[
                    have("row", None, at(i), "standing 3"),
                    have(
                        "weights",
                        None,
                        by(e.entry_of_repeated_row, H=projections.T, m=q, i=j, j=rows(i)),
                    ),
                    have("bias", None, by(e.entry_of_repeated_row, H=biases, m=N, i=rows(i), j=j)),
                    have("equal", same_entry, calculation, "weights", "bias"),
                ],
            ),
        ),
    ],
)


def chosen(choice: Expr) -> Expr:
    """The rows in order, and these columns, of [features, 1]."""
    return entries(i, j, N, N, block(features, one)[rows(i), choice(j)])


FIRST_COLUMN, LAST_COLUMN = update(fn(j, j - 1), 1, q + 1), update(fn(j, j), N, q + 1)
A = steep_features(ordered_projections, alpha, beta)


def minor(
    key: str,
    title: str,
    choice: Expr,
    E: Expr,
    special: Expr | int,
    split: Expr,
    *,
    bias_first: bool,
) -> Statement:
    """The statement that this minor, where it is not 0, shows full rank.

    Its column `special` is that of the bias; `split` is the case of that column, if `bias_first`,
    or else that of the other columns.
    """
    here = chosen(choice)
    equal = here[i, j] == E[i, j]
    bias = [
        have("column", j == special, linear),
        have("one", equal, calculation, "column"),
    ]
    unit = [have("unit", equal, at(i, choice(j)), "steep")]
    branches = (bias, unit) if bias_first else (unit, bias)
    return Statement(
        key,
        SAMPLES,
        title=title,
        where="Section 4, proof of Lemma 4.3",
        lines=(1177, 1194),
        names=STEEP_NAMES,
        standing=(q >= N - 1, WITHIN),
        given={"not 0": det(E) != 0},
        then=rank(block(features, one)) == N,
        proof=[
            have("steep", None, cite(STEEP)),
            have(
                "entries",
                each(i, 1, N, each(j, 1, N, equal)),
                arbitrary(
                    i,
                    j,
                    proof=[
                        have("row", None, at(i), "standing 3"),
                        have("entry", equal, cases(*branches, split=split)),
                    ],
                ),
            ),
            have("minor", here == E, by(columns.equal_of_entries, A=here, A2=E), "entries"),
            have("minor not 0", det(here) != 0, calculation, "not 0", "minor"),
            have("minor rank", rank(here) == N, by(ranks.full_rank_of_determinant), "minor not 0"),
            have(
                "chosen",
                rank(here) <= rank(block(features, one)),
                by(d.rank_of_chosen, A=block(features, one), rows=rows, columns=choice, p=N, q=N),
            ),
            have("at most", rank(block(features, one)) <= N, by(ranks.rank_at_most_rows)),
            have(
                "full", rank(block(features, one)) == N, linear, "minor rank", "chosen", "at most"
            ),
        ],
    )


FIRST = minor(
    "NH17.L4.3.first",
    "Where det [1, A] is not 0, [features, 1] has rank N",
    FIRST_COLUMN,
    block(one, A),
    1,
    j <= 1,
    bias_first=True,
)
LAST = minor(
    "NH17.L4.3.last",
    "Where det [A, 1] is not 0, [features, 1] has rank N",
    LAST_COLUMN,
    block(A, one),
    N,
    j <= N - 1,
    bias_first=False,
)
