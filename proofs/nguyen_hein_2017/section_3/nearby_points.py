"""Section 3.2, Theorem 3.8, and its proof in Section 4: at a point near the critical point.

Statements
- NH17.T3.8.nearer: what is near within r is near within every s >= r.
- NH17.T3.8.ranks: full column rank of the upper weights is kept nearby.
"""

from symbolic_landscape.proofs.nguyen_hein_2017.settings.assumptions import (
    full_rank_from,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.neighbourhoods import (
    NEIGHBOURHOODS,
    high,
    low,
    near,
    r,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.network import (
    L,
    V,
    W,
    b,
    c,
    k,
    n,
)
from symbolic_landscape.proofs.rules import continuity, points
from symbolic_landscape.statement.language import (
    Expr,
    both,
    each,
    every,
    exists,
    integer,
    like,
    rank,
    real,
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
    take,
)

i, j, v = integer("i"), integer("j"), integer("v")
row, column = points.row, points.column
s, q, u = real("s"), real("q"), real("u")
V2, c2 = like("V2", V), like("c2", c)
CLOSE = ("weights", "biases")

both_close = both(points.close(V[i], W[i], s), points.close(c[i], b[i], s))
NEARER = Statement(
    "NH17.T3.8.nearer",
    NEIGHBOURHOODS,
    title="What is near within r is near within every larger s",
    names=(V, c, low, high, r, s),
    given={"near": near(V, c, W, b, low, high, r), "larger": r <= s},
    then=near(V, c, W, b, low, high, s),
    proof=[
        have(
            "near s",
            near(V, c, W, b, low, high, s),
            arbitrary(
                i,
                proof=[
                    have("here", None, at(i), "near"),
                    *(
                        step
                        for name, there, here in (("weights", V[i], W[i]), ("biases", c[i], b[i]))
                        for step in (
                            have(f"{name} r", points.close(there, here, r), logic, "here"),
                            have(
                                f"{name} s",
                                points.close(there, here, s),
                                arbitrary(
                                    row,
                                    column,
                                    proof=[
                                        have("entry", None, at(row, column), f"{name} r"),
                                        have(
                                            "within",
                                            both(
                                                -s < (there - here)[row, column],
                                                (there - here)[row, column] < s,
                                            ),
                                            linear,
                                            "entry",
                                            "larger",
                                        ),
                                    ],
                                ),
                            ),
                        )
                    ),
                    have("both", both_close, logic, "weights s", "biases s"),
                ],
            ),
        )
    ],
)


def full_nearby(V: Expr, last: Expr) -> Expr:
    """The weights V of the layers k + 2 to `last` have full column rank."""
    return each(i, k + 2, last, rank(V[i]) == n[i])


def kept(radius: Expr | int, last: Expr) -> Expr:
    """Full column rank holds up to layer `last` at all points within this radius."""
    return every(V, c, near(V, c, W, b, 1, L, radius) >> full_nearby(V, last))


def kept_nearby(last: Expr) -> Expr:
    """Full column rank holds up to layer `last` at all points within some radius."""
    return exists(r, both(r > 0, kept(r, last)))


def open_rank(A: Expr, A2: Expr, radius: Expr) -> Expr:
    """Matrices within this radius of A have full column rank."""
    return every(A2, points.close(A2, A, radius) >> (rank(A2) == A.columns))


M = like("M", W[v + 1])
RANKS = Statement(
    "NH17.T3.8.ranks",
    NEIGHBOURHOODS,
    title="Full column rank of the upper weights is kept nearby",
    where="Section 4, proof of Theorem 3.8",
    lines=(1639, 1649),
    names=(k,),
    standing=(k >= 0, k <= L - 1),
    given={"ranks": full_rank_from(k + 2)},
    then=kept_nearby(L),
    proof=[
        have(
            "up to each layer",
            each(j, k + 1, L, kept_nearby(j)),
            induct(
                v,
                base=[
                    have(
                        "no layer",
                        kept(1, k + 1),
                        arbitrary(
                            V,
                            c,
                            proof=[
                                have(
                                    "none",
                                    full_nearby(V, k + 1),
                                    arbitrary(i, proof=[have("range", rank(V[i]) == n[i], linear)]),
                                )
                            ],
                        ),
                    ),
                    have("radius", kept_nearby(k + 1), take(1), "no layer"),
                ],
                step=[
                    have("r", both(r > 0, kept(r, v)), obtain(r), "up to each layer.before"),
                    have("r positive", r > 0, logic, "r"),
                    have("below", kept(r, v), logic, "r"),
                    have("rank", None, at(v + 1), "ranks"),
                    have(
                        "open",
                        exists(s, both(s > 0, open_rank(W[v + 1], M, s))),
                        by(continuity.full_rank_is_open),
                        "rank",
                    ),
                    have("s", both(s > 0, open_rank(W[v + 1], M, s)), obtain(s), "open"),
                    have("s positive", s > 0, logic, "s"),
                    have("there", open_rank(W[v + 1], M, s), logic, "s"),
                    have(
                        "smaller", None, by(continuity.smaller_of_two), "r positive", "s positive"
                    ),
                    have("q", both(q > 0, q <= r, q <= s), obtain(q), "smaller"),
                    have("q positive", q > 0, logic, "q"),
                    have("q below r", q <= r, logic, "q"),
                    have("q below s", q <= s, logic, "q"),
                    have(
                        "all",
                        kept(q, v + 1),
                        arbitrary(
                            V,
                            c,
                            proof=[
                                have(
                                    "near r",
                                    near(V, c, W, b, 1, L, r),
                                    cite(NEARER, r=q, s=r, low=1, high=L),
                                ),
                                have(
                                    "near s",
                                    near(V, c, W, b, 1, L, s),
                                    cite(NEARER, r=q, s=s, low=1, high=L),
                                ),
                                have("if near", None, at(V, c), "below"),
                                have("ranks below", full_nearby(V, v), logic, "if near", "near r"),
                                have("layer", None, at(v + 1), "near s"),
                                have("close", points.close(V[v + 1], W[v + 1], s), logic, "layer"),
                                have("if close", None, at(V[v + 1]), "there"),
                                have(
                                    "rank there",
                                    rank(V[v + 1]) == n[v + 1],
                                    logic,
                                    "if close",
                                    "close",
                                ),
                                have(
                                    "every layer",
                                    full_nearby(V, v + 1),
                                    arbitrary(
                                        i,
                                        proof=[
                                            have(
                                                "either",
                                                rank(V[i]) == n[i],
                                                cases(
                                                    [
                                                        have(
                                                            "low",
                                                            rank(V[i]) == n[i],
                                                            at(i),
                                                            "ranks below",
                                                        )
                                                    ],
                                                    [
                                                        have(
                                                            "index", i == v + 1, linear, "either.2"
                                                        ),
                                                        have(
                                                            "top",
                                                            rank(V[i]) == n[i],
                                                            calculation,
                                                            "index",
                                                            "rank there",
                                                        ),
                                                    ],
                                                    split=i <= v,
                                                ),
                                            )
                                        ],
                                    ),
                                ),
                            ],
                        ),
                    ),
                    have("radius", kept_nearby(v + 1), take(q), "q positive", "all"),
                ],
            ),
        ),
        have("kept", kept_nearby(L), at(L), "up to each layer"),
    ],
)
