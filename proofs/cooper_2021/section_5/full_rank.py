"""Section 5.1: fibres on which the features of the last hidden layer have full rank.

Notation: R are the residuals. K1, k2 with K1 Phi + k2 1 = I exist where [Phi; 1] has rank n, so that
the last layer can fit all targets.

Statements
- C21.L5.8.fits: where [Phi; 1] has rank n, some combinations of its rows are any given rows.
- C21.L5.8: where Phi has full rank, critical points are global minima.
- C21.C5.9: from the other points a segment leads down to a global minimum; .bias: by [Phi; 1].

Design notes. Phi has full rank if its rank is the number of its rows or that of its columns.
"""

from symbolic_landscape.proofs.cooper_2021.section_5.fibres import squared
from symbolic_landscape.proofs.cooper_2021.section_5.levels import FIBRE_LOSS, Phi
from symbolic_landscape.proofs.cooper_2021.section_5.quadratics import Phi1
from symbolic_landscape.proofs.cooper_2021.section_5.stationary import STATIONARY, R, orthogonal
from symbolic_landscape.proofs.cooper_2021.settings.architectures import l, m
from symbolic_landscape.proofs.cooper_2021.settings.minima import (
    MINIMA,
    A,
    c,
    changed,
    falls,
    full_rank,
    least,
    on_segment,
    parabola,
    segment_down,
)
from symbolic_landscape.proofs.cooper_2021.settings.networks import (
    NETWORK,
    M,
    V,
    Y,
    b,
    critical,
    e,
    f_,
    loss_,
    n,
    one,
)
from symbolic_landscape.proofs.rules import blocks, order, ranks
from symbolic_landscape.proofs.rules.entries import (
    squares_not_negative,
    squares_of_equal,
    trace_of_equal,
)
from symbolic_landscape.proofs.rules.points import s, t
from symbolic_landscape.statement.language import (
    Expr,
    block,
    contradiction,
    exists,
    identity_matrix,
    matrix,
    rank,
    trace,
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
from symbolic_landscape.statement.step import Step

K1, k2, N = matrix("K1", n, m[l - 1]), matrix("k2", n, 1), matrix("N", n, m[l - 1] + 1)
FULL = {"full": rank(Phi1) == n}
combined = K1 @ Phi + k2 @ one == identity_matrix(n)
FITS = Statement(
    "C21.L5.8.fits",
    NETWORK,
    title="Some combinations of the rows of [Phi; 1] are the rows of the identity",
    given=FULL,
    then=exists(K1, k2, combined),
    proof=[
        have("inverse", None, by(ranks.left_inverse, A=Phi1, m=m[l - 1] + 1, n=n), "full"),
        have("N", N @ Phi1 == identity_matrix(n), obtain(N), "inverse"),
        have(
            "split",
            exists(K1, k2, N == block(K1, k2)),
            by(blocks.split_columns, W=N, m=n, n=m[l - 1], q=1),
        ),
        have("parts", N == block(K1, k2), obtain(K1, k2), "split"),
        have("product", None, by(blocks.block_times_stack, A=K1, D=k2, B=Phi, U=one)),
        have("combined", combined, calculation, "<product", "<parts", "N"),
        have("some", exists(K1, k2, combined), take(K1, k2), "combined"),
    ],
)


def minimum(name: str, M: Expr, b: Expr) -> Step:
    """The step to a global minimum where the loss is 0."""
    return have(
        name,
        least(M, b),
        arbitrary(
            V,
            e,
            proof=[
                have("not negative", loss_(V, e) >= 0, by(squares_not_negative, A=f_(V, e) - Y)),
                have("least", loss_(M, b) <= loss_(V, e), linear, f"{name} zero", "not negative"),
            ],
        ),
    )


combination = R @ K1 @ Phi + R @ k2 @ one
LEAST = Statement(
    "C21.L5.8.least",
    MINIMA,
    title="Where [Phi; 1] has rank n, stationary points of the last layer are global minima",
    given={**FULL, "orthogonal": orthogonal},
    then=least(M, b),
    proof=[
        have("some", None, cite(FITS)),
        have("combined", combined, obtain(K1, k2), "some"),
        have("there", None, at(R @ K1, R @ k2), "orthogonal"),
        have("squares of R", R.T @ combination == R.T @ R, calculation, "combined"),
        have("squares", trace(R.T @ combination) == squared(R), by(trace_of_equal), "squares of R"),
        have("minimum zero", loss_(M, b) == 0, linear, "squares", "there"),
        minimum("minimum", M, b),
    ],
)

WIDE = {"wide": m[l - 1] >= n, "full": full_rank(Phi)}
RANKS = [
    have("columns", rank(Phi) <= n, by(ranks.rank_at_most_columns)),
    have(
        "rank",
        rank(Phi) == n,
        cases(
            [have("all rows", rank(Phi) == n, linear, "rank.1", "wide", "columns")],
            [have("all columns", rank(Phi) == n, logic, "rank.2")],
        ),
        "full",
    ),
    have("upper", rank(Phi) <= rank(Phi1), by(ranks.rank_of_upper)),
    have("all columns", rank(Phi1) <= n, by(ranks.rank_at_most_columns)),
    have("with ones", rank(Phi1) == n, linear, "rank", "upper", "all columns"),
]
L5_8 = Statement(
    "C21.L5.8",
    MINIMA,
    title="Full-rank features: critical points on a fibre",
    where="Section 5.1, Lemma 5.8",
    lines=(516, 516),
    given={**WIDE, "critical": critical(M, b)},
    then=least(M, b),
    gloss="Section 5 has widths of at least n. The loss is 0 there.",
    proof=[
        *RANKS,
        have("stationary", orthogonal, cite(STATIONARY), lines=(520, 520)),
        have("least", least(M, b), cite(LEAST), lines=(522, 536)),
    ],
)


end = (M[l] - R @ K1, b[l] - R @ k2)


SEGMENT = Statement(
    "C21.C5.9.segment",
    NETWORK,
    title="Where [Phi; 1] has rank n, a segment on the fibre ends at loss 0",
    given=FULL,
    then=exists(A, c, parabola()),
    proof=[
        have("some", None, cite(FITS)),
        have("combined", combined, obtain(K1, k2), "some"),
        have(
            "parabola",
            parabola(end),
            arbitrary(
                t,
                proof=[
                    have(
                        "outputs",
                        None,
                        cite(FIBRE_LOSS, A=M[l] - t * R @ K1, c=b[l] - t * R @ k2),
                    ),
                    have(
                        "taken away",
                        t * R @ (K1 @ Phi + k2 @ one) == t * R,
                        calculation,
                        "combined",
                    ),
                    have(
                        "residuals",
                        f_(*on_segment(t, end)) - Y == (1 - t) * R,
                        linear,
                        "outputs",
                        "taken away",
                    ),
                    have(
                        "loss",
                        loss_(*on_segment(t, end)) == (1 - t) * (1 - t) * loss_(M, b),
                        by(squares_of_equal, A=f_(*on_segment(t, end)) - Y, A2=(1 - t) * R),
                        "residuals",
                    ),
                ],
            ),
        ),
        have("segment", exists(A, c, parabola()), take(*end), "parabola"),
    ],
)

down = segment_down(M, b)
FALLING = [
    have("end zero", loss_(*changed) == 0, at(1), "parabola"),
    minimum("end", *changed),
    have(
        "not fitted",
        loss_(M, b) > 0,
        suppose_not(
            [
                have("start zero", loss_(M, b) <= 0, logic, "not fitted.not"),
                have(
                    "least",
                    least(M, b),
                    arbitrary(
                        V,
                        e,
                        proof=[
                            have(
                                "not negative",
                                loss_(V, e) >= 0,
                                by(squares_not_negative, A=f_(V, e) - Y),
                            ),
                            have(
                                "less",
                                loss_(M, b) <= loss_(V, e),
                                linear,
                                "start zero",
                                "not negative",
                            ),
                        ],
                    ),
                ),
                have("clash", contradiction, logic, "least", "higher"),
            ]
        ),
    ),
    have(
        "falls",
        falls,
        arbitrary(
            s,
            t,
            proof=[
                have("later", None, at(t), "parabola"),
                have("earlier", None, at(s), "parabola"),
                have("further", t - s > 0, logic, "falls.if"),
                have("rest", (1 - s) + (1 - t) > 0, linear, "falls.if"),
                have(
                    "product",
                    (t - s) * ((1 - s) + (1 - t)) > 0,
                    by(order.positive_product),
                    "further",
                    "rest",
                ),
                have(
                    "drop",
                    (t - s) * ((1 - s) + (1 - t)) * loss_(M, b) > 0,
                    by(order.positive_product),
                    "product",
                    "not fitted",
                ),
                have(
                    "less",
                    loss_(*on_segment(t)) < loss_(*on_segment(s)),
                    linear,
                    "later",
                    "earlier",
                    "drop",
                ),
            ],
        ),
    ),
    have("down", down, take(A, c), "end", "falls", "parabola"),
]
C5_9_BIAS = Statement(
    "C21.C5.9.bias",
    MINIMA,
    title="A segment down to a global minimum, where [Phi; 1] has rank n",
    given={**FULL, "higher": ~least(M, b)},
    then=down,
    proof=[
        have("segment", None, cite(SEGMENT)),
        have("parabola", parabola(), obtain(A, c), "segment"),
        *FALLING,
    ],
)
C5_9 = Statement(
    "C21.C5.9",
    MINIMA,
    title="Descent segment to a global minimum",
    kind="corollary",
    where="Section 5.1, Corollary 5.9",
    lines=(540, 540),
    given={**WIDE, "higher": ~least(M, b)},
    then=down,
    gloss="The segment stays on the fibre; the loss on it is (1 - t)^2 times that at its start.",
    proof=[
        *RANKS,
        have("down", down, cite(C5_9_BIAS), lines=(542, 544)),
    ],
)
