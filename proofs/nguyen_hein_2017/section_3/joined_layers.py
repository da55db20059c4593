"""Section 4, proof of Theorem 3.8: lower layers of one point, upper layers of another.

Statements
- NH17.T3.8.joined: parameters near in the layers up to k, joined to the upper layers of the point.
"""

from symbolic_landscape.proofs.nguyen_hein_2017.settings.neighbourhoods import (
    NEIGHBOURHOODS,
    near,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.network import (
    L,
    V,
    W,
    b,
    c,
    k,
)
from symbolic_landscape.proofs.rules import continuity, points
from symbolic_landscape.statement.language import (
    Expr,
    both,
    each,
    exists,
    integer,
    like,
    real,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    at,
    by,
    calculation,
    cases,
    have,
    logic,
    obtain,
    take,
)

i = integer("i")
row, column = points.row, points.column
s, q, x, y = real("s"), real("q"), real("x"), real("y")
V2, c2 = like("V2", V), like("c2", c)
U, a = like("U", W), like("a", b)

s_positive = s > 0


def glued(U: Expr, a: Expr) -> Expr:
    """(U, a) is near (W, b), is (V, c) in the layers up to k, and (W, b) above."""
    return both(
        near(U, a, W, b, 1, L, s),
        points.agree(U, a, V, c, 1, k),
        points.agree(U, a, W, b, k + 1, L),
    )


JOINED = Statement(
    "NH17.T3.8.joined",
    NEIGHBOURHOODS,
    title="Parameters near in the layers up to k, with the upper layers of the point",
    names=(k, V, c, s),
    standing=(k >= 0, k <= L - 1),
    given={"positive": s_positive, "near": near(V, c, W, b, 1, k, s)},
    then=exists(V2, c2, glued(V2, c2)),
    proof=[
        have(
            "weights",
            exists(V2, both(each(i, 1, k, V2[i] == V[i]), each(i, k + 1, L, V2[i] == W[i]))),
            by(continuity.joined, U=V, U2=W, lo=1, k=k, hi=L),
        ),
        have("V2", None, obtain(V2), "weights"),
        have("low weights", each(i, 1, k, V2[i] == V[i]), logic, "V2"),
        have("high weights", each(i, k + 1, L, V2[i] == W[i]), logic, "V2"),
        have(
            "biases",
            exists(c2, both(each(i, 1, k, c2[i] == c[i]), each(i, k + 1, L, c2[i] == b[i]))),
            by(continuity.joined, U=c, U2=b, lo=1, k=k, hi=L),
        ),
        have("c2", None, obtain(c2), "biases"),
        have("low biases", each(i, 1, k, c2[i] == c[i]), logic, "c2"),
        have("high biases", each(i, k + 1, L, c2[i] == b[i]), logic, "c2"),
        have(
            "agree",
            points.agree(V2, c2, V, c, 1, k),
            arbitrary(
                i,
                proof=[
                    have("weights here", None, at(i), "low weights"),
                    have("biases here", None, at(i), "low biases"),
                    have(
                        "both",
                        both(V2[i] == V[i], c2[i] == c[i]),
                        logic,
                        "weights here",
                        "biases here",
                    ),
                ],
            ),
        ),
        have(
            "agree above",
            points.agree(V2, c2, W, b, k + 1, L),
            arbitrary(
                i,
                proof=[
                    have("weights here", None, at(i), "high weights"),
                    have("biases here", None, at(i), "high biases"),
                    have(
                        "both",
                        both(V2[i] == W[i], c2[i] == b[i]),
                        logic,
                        "weights here",
                        "biases here",
                    ),
                ],
            ),
        ),
        have(
            "all near",
            near(V2, c2, W, b, 1, L, s),
            arbitrary(
                i,
                proof=[
                    have(
                        "either",
                        both(points.close(V2[i], W[i], s), points.close(c2[i], b[i], s)),
                        cases(
                            [
                                have("close", None, at(i), "near"),
                                have("weights low", None, at(i), "low weights"),
                                have("biases low", None, at(i), "low biases"),
                                have(
                                    "close too",
                                    both(
                                        points.close(V2[i], W[i], s), points.close(c2[i], b[i], s)
                                    ),
                                    calculation,
                                    "close",
                                    "weights low",
                                    "biases low",
                                ),
                            ],
                            [
                                *(
                                    step
                                    for name, there, here in (
                                        ("weights", V2[i], W[i]),
                                        ("biases", c2[i], b[i]),
                                    )
                                    for step in (
                                        have(f"{name} high", None, at(i), f"high {name}"),
                                        have(
                                            f"{name} close",
                                            points.close(there, here, s),
                                            arbitrary(
                                                row,
                                                column,
                                                proof=[
                                                    have(
                                                        "same",
                                                        both(
                                                            -s < (there - here)[row, column],
                                                            (there - here)[row, column] < s,
                                                        ),
                                                        calculation,
                                                        "positive",
                                                        f"{name} high",
                                                    )
                                                ],
                                            ),
                                        ),
                                    )
                                ),
                                have(
                                    "close both",
                                    both(
                                        points.close(V2[i], W[i], s), points.close(c2[i], b[i], s)
                                    ),
                                    logic,
                                    "weights close",
                                    "biases close",
                                ),
                            ],
                            split=i <= k,
                        ),
                    )
                ],
            ),
        ),
        have(
            "found",
            exists(V2, c2, glued(V2, c2)),
            take(V2, c2),
            "all near",
            "agree",
            "agree above",
        ),
    ],
)
