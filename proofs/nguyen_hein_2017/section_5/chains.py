"""Section 5, Theorem 5.3 repaired: chains of units that each feed one unit.

Notation: a unit p feeds a unit q of the next layer alone if q is the only one it has a weight to
that is not 0.

Statements
- NH17.T5.3.private: outputs are carried down where each unit is fed by one that feeds it alone.
- NH17.T5.3.rows: so it is where weights have full column rank and each unit feeds at most one.
- NH17.T5.3.feeds: so then Theorem 5.3 holds.
"""

from symbolic_landscape.proofs.nguyen_hein_2017.section_5.carried import LAYER
from symbolic_landscape.proofs.nguyen_hein_2017.section_5.separable_features import (
    T5_3_1,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.assumptions import full_rank_from
from symbolic_landscape.proofs.nguyen_hein_2017.settings.classes import (
    CLASSES,
    ONE_SIDED,
    carried,
    carried_from_below,
    flat_at,
    meaning_of_carried,
    minimises,
    outputs_carried,
    positive,
    separable,
    slope,
    slopes_positive,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.network import G, L, W, b, k, n, one
from symbolic_landscape.proofs.rules import columns, entries, ranks, signs
from symbolic_landscape.proofs.rules.columns import unit
from symbolic_landscape.statement.language import (
    Expr,
    both,
    contradiction,
    each,
    either,
    every,
    integer,
    real,
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
    suppose_not,
    take,
)

i, j, p, q, r, s, z = (integer(name) for name in "ijpqrsz")
x = real("x")


def feeds_alone(r: Expr, p: Expr, q: Expr) -> Expr:
    """Unit p of layer r - 1 feeds unit q of layer r, and no other one."""
    others = each(s, 1, n[r], (s != q) >> (W[r][p, s] == 0))
    return both(W[r][p, q] != 0, others)


def is_fed_alone(r: Expr, q: Expr) -> Expr:
    """Some unit of layer r - 1 feeds unit q of layer r alone."""
    return ~each(p, 1, n[r - 1], ~feeds_alone(r, p, q))


def fed_alone(k: Expr) -> Expr:
    """Each unit of the layers k + 2 to L is fed by a unit that feeds it alone."""
    return each(r, k + 2, L, each(q, 1, n[r], is_fed_alone(r, q)))


def feeds_at_most_one(k: Expr | int) -> Expr:
    """Each unit of the layers k + 1 to L - 1 feeds at most one unit."""
    return each(
        r,
        k + 2,
        L,
        each(
            p,
            1,
            n[r - 1],
            each(
                q, 1, n[r], each(s, 1, n[r], (s != q) >> either(W[r][p, q] == 0, W[r][p, s] == 0))
            ),
        ),
    )


slopes_between = each(r, k + 1, L - 1, slopes_positive(r))


def multiples_carried(r: Expr) -> Expr:
    """Each multiple of a unit vector is carried down, but for 0."""
    return each(q, 1, n[r], every(x, (x != 0) >> carried(k, r, x * unit(n[r], q))))


u = (x / W[z + 1][p, q]) * unit(n[z], p)
steep = slope(G(z)) @ unit(n[z], p)
weight = W[z + 1][p, q]
THROUGH_P = [
    have("alone here", feeds_alone(z + 1, p, q), logic, "not p.not"),
    have("feeds", weight != 0, logic, "alone here"),
    have("no other", each(s, 1, n[z + 1], (s != q) >> (W[z + 1][p, s] == 0)), logic, "alone here"),
    have(
        "row",
        W[z + 1].T @ unit(n[z], p) == weight * unit(n[z + 1], q),
        by(columns.row_with_one_entry),
        "no other",
    ),
    have("quotient", weight * (x / weight) == x, by(signs.quotient), "feeds"),
    have("from u", W[z + 1].T @ u == x * unit(n[z + 1], q), calculation, "row", "quotient"),
    have("slopes here", None, at(z), "slopes"),
    have(
        "positive",
        positive(steep),
        arbitrary(
            i,
            proof=[
                have("row here", None, at(i), "slopes here"),
                have("slope", None, at(p), "row here"),
                have("entry", steep[i, 1] == slope(G(z))[i, p], by(columns.times_unit)),
                have("so", steep[i, 1] > 0, linear, "entry", "slope"),
            ],
        ),
    ),
    have(
        "agree once",
        slope(G(z)) * (one @ unit(n[z], p).T) == steep @ unit(n[z], p).T,
        by(columns.hadamard_with_unit),
    ),
    have("agree", slope(G(z)) * (one @ u.T) == steep @ u.T, calculation, "agree once"),
    have("below", None, at(p), "all.before"),
    have("below times", None, at(x / weight), "below"),
    have("factor", x / weight != 0, by(signs.quotient_not_zero), "feeds", "next.if"),
    have("u carried", carried(k, z, u), logic, "below times", "factor"),
    have("meaning", meaning_of_carried(k, z + 1), definition),
    have(
        "from below",
        carried_from_below(k, z + 1, x * unit(n[z + 1], q)),
        take(u, steep),
        "from u",
        "positive",
        "agree",
        "u carried",
    ),
    have("down", carried(k, z + 1, x * unit(n[z + 1], q)), calculation, "from below", "meaning"),
    have("clash", contradiction, logic, "down", "goal.not"),
]

PRIVATE = Statement(
    "NH17.T5.3.private",
    CLASSES,
    title="Outputs are carried down by units that feed one unit alone",
    where="Section 5, Theorem 5.3",
    names=(k,),
    standing=LAYER,
    given={"alone": fed_alone(k), "slopes": slopes_between},
    then=outputs_carried(k),
    gloss="If each unit above layer k + 1 is fed by some unit that feeds it alone, a chain of such "
    "units leads down from each output.",
    proof=[
        have(
            "all",
            each(r, k + 1, L, multiples_carried(r)),
            induct(
                z,
                base=[
                    have(
                        "first",
                        multiples_carried(k + 1),
                        arbitrary(
                            q,
                            x,
                            proof=[
                                have(
                                    "no condition", carried(k, k + 1, x * unit(n[k + 1], q)), logic
                                )
                            ],
                        ),
                    )
                ],
                step=[
                    have(
                        "next",
                        multiples_carried(z + 1),
                        arbitrary(
                            q,
                            x,
                            proof=[
                                have("fed", None, at(z + 1), "alone"),
                                have("fed here", None, at(q), "fed"),
                                have(
                                    "goal",
                                    carried(k, z + 1, x * unit(n[z + 1], q)),
                                    suppose_not(
                                        [
                                            have(
                                                "nobody",
                                                each(p, 1, n[z], ~feeds_alone(z + 1, p, q)),
                                                arbitrary(
                                                    p,
                                                    proof=[
                                                        have(
                                                            "not p",
                                                            ~feeds_alone(z + 1, p, q),
                                                            suppose_not(THROUGH_P),
                                                        )
                                                    ],
                                                ),
                                            ),
                                            have(
                                                "clash", contradiction, logic, "nobody", "fed here"
                                            ),
                                        ]
                                    ),
                                ),
                            ],
                        ),
                    )
                ],
            ),
        ),
        have("at the outputs", None, at(L), "all"),
        have(
            "outputs",
            outputs_carried(k),
            arbitrary(
                j,
                proof=[
                    have("multiples", None, at(j), "at the outputs"),
                    have("once", None, at(1), "multiples"),
                    have("carried", carried(k, L, unit(n[L], j)), logic, "once"),
                ],
            ),
        ),
    ],
)

ROWS = Statement(
    "NH17.T5.3.rows",
    CLASSES,
    title="With full column rank, units that feed at most one unit feed each unit alone",
    where="Section 5, Theorem 5.3",
    names=(k,),
    standing=LAYER,
    given={"ranks": full_rank_from(k + 2), "at most one": feeds_at_most_one(k)},
    then=fed_alone(k),
    gloss="A column of full-rank weights is not 0, and its row has no other entry than that.",
    proof=[
        have(
            "all",
            fed_alone(k),
            arbitrary(
                r,
                q,
                proof=[
                    have("rank", None, at(r), "ranks"),
                    have("rows", None, at(r), "at most one"),
                    have(
                        "somebody",
                        is_fed_alone(r, q),
                        suppose_not(
                            [
                                have(
                                    "nobody",
                                    each(p, 1, n[r - 1], ~feeds_alone(r, p, q)),
                                    logic,
                                    "somebody.not",
                                ),
                                have(
                                    "column",
                                    each(p, 1, n[r - 1], (W[r] @ unit(n[r], q))[p, 1] == 0),
                                    arbitrary(
                                        p,
                                        proof=[
                                            have("not p", None, at(p), "nobody"),
                                            have("row", None, at(p), "rows"),
                                            have("row at q", None, at(q), "row"),
                                            have(
                                                "no weight",
                                                W[r][p, q] == 0,
                                                suppose_not(
                                                    [
                                                        have(
                                                            "others",
                                                            each(
                                                                s,
                                                                1,
                                                                n[r],
                                                                (s != q) >> (W[r][p, s] == 0),
                                                            ),
                                                            arbitrary(
                                                                s,
                                                                proof=[
                                                                    have(
                                                                        "either",
                                                                        None,
                                                                        at(s),
                                                                        "row at q",
                                                                    ),
                                                                    have(
                                                                        "no other",
                                                                        W[r][p, s] == 0,
                                                                        logic,
                                                                        "either",
                                                                        "no weight.not",
                                                                        "others.if",
                                                                    ),
                                                                ],
                                                            ),
                                                        ),
                                                        have(
                                                            "clash",
                                                            contradiction,
                                                            logic,
                                                            "others",
                                                            "no weight.not",
                                                            "not p",
                                                        ),
                                                    ]
                                                ),
                                            ),
                                            have(
                                                "entry",
                                                (W[r] @ unit(n[r], q))[p, 1] == W[r][p, q],
                                                by(columns.times_unit),
                                            ),
                                            have(
                                                "zero",
                                                (W[r] @ unit(n[r], q))[p, 1] == 0,
                                                calculation,
                                                "entry",
                                                "no weight",
                                            ),
                                        ],
                                    ),
                                ),
                                have(
                                    "product",
                                    W[r] @ unit(n[r], q) == 0,
                                    by(columns.zero_column),
                                    "column",
                                ),
                                have(
                                    "unit",
                                    unit(n[r], q) == 0,
                                    by(ranks.kernel_of_full_column_rank),
                                    "rank",
                                    "product",
                                ),
                                have(
                                    "clash",
                                    unit(n[r], q)[q, 1] == 0,
                                    by(entries.entry_of_zero),
                                    "unit",
                                ),
                            ]
                        ),
                    ),
                ],
            ),
        )
    ],
)

FEEDS = Statement(
    "NH17.T5.3.feeds",
    CLASSES,
    kind="corollary",
    title="Separable features make critical points global where each unit feeds at most one",
    where="Section 5, Theorem 5.3",
    names=(k,),
    standing=LAYER,
    given={
        "separable": separable(k),
        "flat": flat_at(W, b, k + 1),
        "slopes": each(r, k + 1, L, slopes_positive(r)),
        "ranks": full_rank_from(k + 2),
        "at most one": feeds_at_most_one(k),
        **ONE_SIDED,
    },
    then=minimises(W, b),
    gloss="Theorem 5.3 holds as printed once sigma' > 0 at the point and no unit above layer k "
    "feeds two units; one output is enough for that in the last layer.",
    proof=[
        have("alone", None, cite(ROWS)),
        have("between", slopes_between, arbitrary(r, proof=[have("here", None, at(r), "slopes")])),
        have("carried", None, cite(PRIVATE)),
        have("last", None, at(L), "slopes"),
        have("least", minimises(W, b), cite(T5_3_1)),
    ],
)
