"""Section 3.4: turns of the product by the first and the last layer, and the risk along them.

A turn by t takes the product R to (I + t K) R (I + t N).

Statements
- YSJ18.T2.2.turned: the product after a turn.
- YSJ18.T2.2.near: small turns stay near.
- YSJ18.T2.2.curve: the relaxed risk along a curve of degree 2.
"""

from symbolic_landscape.proofs.rules import continuity
from symbolic_landscape.proofs.rules.points import close, column, row
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_3.chains import HIDDEN
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.section_3.gradients import PRODUCT
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.bottleneck import (
    BOTTLENECK,
    relaxed_risk,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.linear import (
    A_,
    E_,
    HALF,
    P_,
    R_,
    H,
    W,
    X,
    Y,
    d,
    i,
    near,
    p,
    s,
    square,
)
from symbolic_landscape.statement.language import (
    Expr,
    both,
    every,
    exists,
    identity_matrix,
    matrix,
    real,
    trace,
    update,
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
    linear,
    logic,
    obtain,
    take,
)

A, k = A_(W)[p], d[p]
K, N = matrix("K", d[H + 1], d[H + 1]), matrix("N", d[0], d[0])
r, t, x, y = (real(name) for name in "rtxy")
one_in, one_out = identity_matrix(d[0]), identity_matrix(d[H + 1])
first_layer, last_layer = W[1] + t * (W[1] @ N), W[H + 1] + t * (K @ W[H + 1])
first_moved = update(W, 1, first_layer)
turned = update(first_moved, H + 1, last_layer)
TURNED = Statement(
    "YSJ18.T2.2.turned",
    BOTTLENECK,
    title="The product after a turn by the first and the last layer",
    names=(K, N, t),
    given={},
    then=R_(turned) == (one_out + t * K) @ R_(W) @ (one_in + t * N),
    proof=[
        have("hidden", None, cite(HIDDEN)),
        have("first", None, cite(PRODUCT, k=1, M=W[1] + t * (W[1] @ N))),
        have("as it is", R_(W) == A_(W)[1] @ W[1], cite(PRODUCT, k=1, M=W[1])),
        have(
            "input side",
            R_(first_moved) == R_(W) @ (one_in + t * N),
            calculation,
            "first",
            "as it is",
        ),
        have(
            "last",
            None,
            cite(PRODUCT, W=first_moved, k=H + 1, M=W[H + 1] + t * (K @ W[H + 1])),
        ),
        have(
            "top",
            R_(first_moved) == W[H + 1] @ P_(first_moved)[H],
            definition,
        ),
        have(
            "product",
            R_(turned) == (one_out + t * K) @ R_(first_moved),
            calculation,
            "last",
            "top",
        ),
        have(
            "turned",
            R_(turned) == (one_out + t * K) @ R_(W) @ (one_in + t * N),
            calculation,
            "product",
            "input side",
        ),
    ],
)

staying = every(t, both(t > 0, t < s) >> near(turned, W, r))
NEAR = Statement(
    "YSJ18.T2.2.near",
    BOTTLENECK,
    title="Small turns stay near",
    names=(K, N, r),
    given={"positive": r > 0},
    then=exists(s, both(s > 0, staying)),
    proof=[
        have(
            "itself",
            near(W, W, r),
            arbitrary(
                i,
                row,
                column,
                proof=[
                    have(
                        "entry",
                        both(
                            -r < (W[i] - W[i])[row, column],
                            (W[i] - W[i])[row, column] < r,
                        ),
                        logic,
                        "positive",
                    )
                ],
            ),
        ),
        have("low", None, by(continuity.small_multiples, A=W[1], A2=W[1] @ N), "positive"),
        have(
            "high",
            None,
            by(continuity.small_multiples, A=W[H + 1], A2=K @ W[H + 1]),
            "positive",
        ),
        have("s", None, obtain(s), "low"),
        have("x", None, obtain(x), "high"),
        have("s positive", s > 0, logic, "s"),
        have("x positive", x > 0, logic, "x"),
        have("both", None, by(continuity.smaller_of_two), "s positive", "x positive"),
        have("y", None, obtain(y), "both"),
        have("first near", every(t, both(t > 0, t < s) >> close(first_layer, W[1], r)), logic, "s"),
        have(
            "last near", every(t, both(t > 0, t < x) >> close(last_layer, W[H + 1], r)), logic, "x"
        ),
        have("y positive", y > 0, logic, "y"),
        have("y to s", y <= s, logic, "y"),
        have("y to x", y <= x, logic, "y"),
        have(
            "staying",
            every(t, both(t > 0, t < y) >> near(turned, W, r)),
            arbitrary(
                t,
                proof=[
                    have("t positive", t > 0, logic, "staying.if"),
                    have("t to y", t < y, logic, "staying.if"),
                    have("t to s", t < s, linear, "t to y", "y to s"),
                    have("t to x", t < x, linear, "t to y", "y to x"),
                    have("at first", None, at(t), "first near"),
                    have("at last", None, at(t), "last near"),
                    have(
                        "first",
                        close(first_layer, W[1], r),
                        logic,
                        "at first",
                        "t positive",
                        "t to s",
                    ),
                    have(
                        "last",
                        close(last_layer, W[H + 1], r),
                        logic,
                        "at last",
                        "t positive",
                        "t to x",
                    ),
                    have(
                        "one moved",
                        near(first_moved, W, r),
                        by(continuity.near_with_member, U=W, V=W, k=1, M=first_layer),
                        "itself",
                        "first",
                    ),
                    have(
                        "moved",
                        near(turned, W, r),
                        by(continuity.near_with_member, U=W, V=first_moved, k=H + 1, M=last_layer),
                        "one moved",
                        "last",
                    ),
                ],
            ),
        ),
        have("stay", exists(s, both(s > 0, staying)), take(y), "y positive", "staying"),
    ],
)

S, N2 = matrix("S", d[H + 1], d[0]), matrix("N", d[H + 1], d[0])
error = E_(W)


def quartic(S: Expr, N: Expr) -> Expr:
    """The relaxed risk at R + t S + t^2 N."""
    return (
        relaxed_risk(X, Y, R_(W))
        + t * trace(S.T @ error)
        + t * t * (HALF * square(S @ X) + trace(N.T @ error))
        + t * t * t * trace((S @ X).T @ (N @ X))
        + t * t * t * t * (HALF * square(N @ X))
    )


CURVE = Statement(
    "YSJ18.T2.2.curve",
    BOTTLENECK,
    title="The relaxed risk along a curve of degree 2",
    names=(S, N2, t),
    given={},
    then=relaxed_risk(X, Y, R_(W) + t * S + t * t * N2) == quartic(S, N2),
    proof=[
        have(
            "expanded",
            relaxed_risk(X, Y, R_(W) + t * S + t * t * N2) == quartic(S, N2),
            calculation,
        )
    ],
)
