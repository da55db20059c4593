"""Section 4, Lemma 4.3: some parameters give features of full rank.

Statements
- NH17.L4.3.below: features depend on the layers up to their own alone.
- NH17.L4.3.distinct: some parameters keep all samples apart.
- NH17.L4.3.left: under Assumptions 3.2 the activation has a limit at minus infinity.
- NH17.L4.3: some parameters give rank [F_k, 1] = N.
"""

from symbolic_landscape.proofs.nguyen_hein_2017.section_4.units import COLUMNS, DIRECTION
from symbolic_landscape.proofs.nguyen_hein_2017.settings.assumptions import distinct_samples
from symbolic_landscape.proofs.nguyen_hein_2017.settings.network import (
    F_,
    NETWORK,
    F,
    L,
    N,
    V,
    W,
    b,
    c,
    independent_somewhere,
    k,
    layer,
    n,
    one,
    sigma,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.steep_units import (
    entries_differ,
    i,
    injective,
    j,
    mu,
    not_constant,
    rows_differ,
    tends_left,
)
from symbolic_landscape.proofs.rules import entries, ranks
from symbolic_landscape.proofs.rules.points import agree
from symbolic_landscape.statement.language import (
    Expr,
    block,
    both,
    contradiction,
    each,
    either,
    exists,
    integer,
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
    definition,
    have,
    induct,
    linear,
    logic,
    obtain,
    suppose_not,
    take,
)
from symbolic_landscape.statement.step import Step

v = integer("v")
LAYER = (k >= 1, k <= L)

BELOW = Statement(
    "NH17.L4.3.below",
    NETWORK,
    title="Features depend on the layers up to their own alone",
    names=(k, V, c),
    given={"agree": agree(V, c, W, b, 1, k)},
    then=each(j, 0, k, F_(V, c)[j] == F(j)),
    proof=[
        have(
            "all",
            each(j, 0, k, F_(V, c)[j] == F(j)),
            induct(
                v,
                base=[have("input", F_(V, c)[0] == F(0), calculation)],
                step=[
                    have("same", None, at(v + 1), "agree"),
                    have("weights", V[v + 1] == W[v + 1], logic, "same"),
                    have("biases", c[v + 1] == b[v + 1], logic, "same"),
                    have(
                        "there",
                        F_(V, c)[v + 1] == sigma(layer(F_(V, c)[v], v + 1, V, c)),
                        definition,
                    ),
                    have("here", F(v + 1) == sigma(layer(F(v), v + 1)), definition),
                    have(
                        "next",
                        F_(V, c)[v + 1] == F(v + 1),
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

M, e = matrix("M", n[k - 1], n[k]), matrix("e", 1, n[k])
chosen = (update(W, k, M), update(b, k, e))
CHOSEN = Statement(
    "NH17.L4.3.chosen",
    NETWORK,
    title="The features of a layer whose weights are chosen above the features below",
    names=(k, M, e),
    standing=(k >= 1,),
    given={},
    then=F_(*chosen)[k] == sigma(F(k - 1) @ M + one @ e),
    proof=[
        have(
            "agree",
            agree(*chosen, W, b, 1, k - 1),
            arbitrary(
                i,
                proof=[
                    have("weights", chosen[0][i] == W[i], calculation),
                    have(
                        "same", both(chosen[0][i] == W[i], chosen[1][i] == b[i]), logic, "weights"
                    ),
                ],
            ),
        ),
        have("all below", None, cite(BELOW, k=k - 1, V=chosen[0], c=chosen[1])),
        have("below", None, at(k - 1), "all below"),
        have("layer", F_(*chosen)[k] == sigma(layer(F_(*chosen)[k - 1], k, *chosen)), definition),
        have(
            "chosen", F_(*chosen)[k] == sigma(F(k - 1) @ M + one @ e), calculation, "layer", "below"
        ),
    ],
)

a = matrix("a", n[v], 1)
repeated = a @ ones(1, n[v + 1])
apart = (update(V, v + 1, repeated), update(c, v + 1, c[v + 1]))
values = sigma(F_(V, c)[v] @ repeated + one @ c[v + 1])
column = integer("column")


def first(i: Expr) -> Expr:
    """The preactivation of the first unit on sample i."""
    return (F_(V, c)[v] @ a)[i, 1] + c[v + 1][1, 1]


def first_entry(name: str, i: Expr) -> list[Step]:
    """Steps to the value of the first unit on sample i."""
    row = (F_(V, c)[v] @ a).T
    return [
        have(
            f"{name} weight", None, by(entries.entry_of_repeated_row, H=row, m=n[v + 1], i=1, j=i)
        ),
        have(f"{name} bias", None, by(entries.entry_of_repeated_row, H=c[v + 1], m=N, i=i, j=1)),
        have(name, values[i, 1] == sigma(first(i)), calculation, f"{name} weight", f"{name} bias"),
    ]


same_row = each(column, 1, n[v + 1], values[i, column] == values[j, column])
DISTINCT = Statement(
    "NH17.L4.3.distinct",
    NETWORK,
    title="Some parameters keep all samples apart in all layers up to k",
    given={"distinct": distinct_samples, "injective": injective(sigma)},
    then=each(k, 0, L, exists(V, c, rows_differ(F_(V, c)[k]))),
    proof=[
        have(
            "all",
            each(k, 0, L, exists(V, c, rows_differ(F_(V, c)[k]))),
            induct(
                v,
                base=[have("any", exists(V, c, rows_differ(F_(V, c)[0])), take(W, b), "distinct")],
                step=[
                    have("V and c", rows_differ(F_(V, c)[v]), obtain(V, c), "all.before"),
                    have("some direction", None, cite(DIRECTION, Z=F_(V, c)[v])),
                    have("a", entries_differ(F_(V, c)[v] @ a), obtain(a), "some direction"),
                    have(
                        "features",
                        F_(*apart)[v + 1] == values,
                        cite(CHOSEN, k=v + 1, W=V, b=c, M=repeated, e=c[v + 1]),
                    ),
                    have("some unit", n[v + 1] >= 1, at(v + 1), "standing 3"),
                    have(
                        "rows",
                        rows_differ(values),
                        arbitrary(
                            i,
                            j,
                            proof=[
                                have("apart", None, at(i, j), "a"),
                                *first_entry("first", i),
                                *first_entry("second", j),
                                have("argument", None, at(first(i), first(j)), "injective"),
                                have(
                                    "differ",
                                    ~same_row,
                                    suppose_not(
                                        [
                                            have("same", same_row, logic, "differ.not"),
                                            have("one unit", None, at(1), "same"),
                                            have(
                                                "values",
                                                sigma(first(i)) == sigma(first(j)),
                                                calculation,
                                                "<first",
                                                "<second",
                                                "one unit",
                                            ),
                                            have("arguments", None, logic, "argument", "values"),
                                            have(
                                                "clash", contradiction, logic, "arguments", "apart"
                                            ),
                                        ]
                                    ),
                                ),
                            ],
                        ),
                    ),
                    have("next", rows_differ(F_(*apart)[v + 1]), calculation, "rows", "features"),
                    have("some", exists(V, c, rows_differ(F_(V, c)[v + 1])), take(*apart), "next"),
                ],
            ),
        )
    ],
)

features = sigma(F_(V, c)[k - 1] @ M + one @ e)
wide = (update(V, k, M), update(c, k, e))
WIDE = Statement(
    "NH17.L4.3.wide",
    NETWORK,
    title="Some parameters give [F_k, 1] the largest rank that its shape allows",
    names=(k, mu),
    standing=LAYER,
    given={
        "distinct": distinct_samples,
        "injective": injective(sigma),
        "left": tends_left(sigma, mu),
    },
    then=exists(
        V, c, either(rank(block(F_(V, c)[k], one)) == n[k] + 1, rank(block(F_(V, c)[k], one)) == N)
    ),
    proof=[
        have("apart in each layer", None, cite(DISTINCT)),
        have("some apart", None, at(k - 1), "apart in each layer"),
        have("apart", rows_differ(F_(V, c)[k - 1]), obtain(V, c), "some apart"),
        have("only once", None, at(0, 1), "injective"),
        have("not the same", ~(sigma(0) == sigma(1)), logic, "only once"),
        have("varies", not_constant(sigma), take(0, 1), "not the same"),
        have("some units", None, cite(COLUMNS, Z=F_(V, c)[k - 1], p=n[k - 1], q=n[k])),
        have("units", None, obtain(M, e), "some units"),
        have("layer", F_(*wide)[k] == features, cite(CHOSEN, W=V, b=c)),
        have("order", None, by(ranks.rank_of_swapped, A=one, D=features)),
        have(
            "rank",
            either(rank(block(F_(*wide)[k], one)) == n[k] + 1, rank(block(F_(*wide)[k], one)) == N),
            calculation,
            "units",
            "layer",
            "<order",
        ),
        have(
            "some",
            exists(
                V,
                c,
                either(
                    rank(block(F_(V, c)[k], one)) == n[k] + 1, rank(block(F_(V, c)[k], one)) == N
                ),
            ),
            take(*wide),
            "rank",
        ),
    ],
)

L4_3 = Statement(
    "NH17.L4.3",
    NETWORK,
    title="Some parameters give independent features",
    gloss="Injective with a limit to the left is enough: neither growth nor analyticity matters.",
    reading="repaired",
    names=(k, mu),
    standing=LAYER,
    given={
        "wide": n[k] >= N - 1,
        "distinct": distinct_samples,
        "injective": injective(sigma),
        "left": tends_left(sigma, mu),
    },
    then=independent_somewhere(k),
    proof=[
        have("largest", None, cite(WIDE)),
        have("V and c", None, obtain(V, c), "largest"),
        have("rows", rank(block(F_(V, c)[k], one)) <= N, by(ranks.rank_at_most_rows)),
        have(
            "full",
            rank(block(F_(V, c)[k], one)) == N,
            cases(
                [
                    have(
                        "columns",
                        rank(block(F_(V, c)[k], one)) == N,
                        linear,
                        "full.1",
                        "rows",
                        "wide",
                    )
                ],
                [have("samples", rank(block(F_(V, c)[k], one)) == N, logic, "full.2")],
            ),
            "V and c",
        ),
        have("some", exists(V, c, rank(block(F_(V, c)[k], one)) == N), take(V, c), "full"),
    ],
)
