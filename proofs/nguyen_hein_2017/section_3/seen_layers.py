"""Section 3.2, Theorem 3.8: what directions of I see of the errors of a layer.

Notation: turn(j) is how the errors of layer j start to move along (K2, e2); E, one entry for each
sample and unit of a layer, is seen there when turn(j) is not orthogonal to it for some direction
of I.

Statements
- NH17.T3.8.seen: with independent features, non-degeneracy says that all E of layer k + 1 are seen.
"""

from symbolic_landscape.proofs.nguyen_hein_2017.section_3.error_curves import (
    SMOOTH,
    slope,
    turn,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_3.layer_slopes import (
    ONE_LAYER,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_3.second_derivatives import (
    DIRECTION,
    LAYER,
    SECOND,
    M,
    combination,
    d,
    second,
    still_below,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.directions import (
    K2,
    I,
    e2,
    nondegenerate,
    supported,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.neighbourhoods import NEIGHBOURHOODS
from symbolic_landscape.proofs.nguyen_hein_2017.settings.network import (
    F,
    G,
    L,
    N,
    W,
    b,
    k,
    n,
    one,
)
from symbolic_landscape.proofs.rules import blocks, entries, points, ranks
from symbolic_landscape.statement.language import (
    Expr,
    block,
    both,
    each,
    every,
    exists,
    identity_matrix,
    integer,
    matrix,
    rank,
    stack,
    trace,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    at,
    by,
    calculation,
    cite,
    have,
    linear,
    logic,
    obtain,
)

i, row, column = integer("i"), integer("row"), integer("column")


def errors_of(j: Expr) -> Expr:
    """A variable for numbers, one for each sample and unit of layer j."""
    return matrix("E", N, n[j])


def unseen(j: Expr, E: Expr) -> Expr:
    """No direction of I turns the errors of layer j in a way that E sees."""
    return every(K2, e2, supported(I, K2, e2) >> (trace(turn(j).T @ E) == 0))


def all_seen(j: Expr) -> Expr:
    """Only E = 0 is unseen in layer j."""
    E = errors_of(j)
    return every(E, unseen(j, E) >> (E == 0))


def no_flat_unit(j: Expr) -> Expr:
    """No unit of layer j is flat on a sample."""
    return each(row, 1, N, each(column, 1, n[j], slope(G(j)[row, column]) != 0))


E = errors_of(k + 1)
R = matrix("R", n[k] + 1, N)
features_and_one = block(F(k), one)
SEEN = Statement(
    "NH17.T3.8.seen",
    NEIGHBOURHOODS,
    title="With independent features, at a non-degenerate point all of layer k + 1 is seen",
    names=(k, I),
    standing=LAYER,
    given={
        "independent": rank(features_and_one) == N,
        "next": I(k + 1),
        "above": each(i, 1, k, ~I(i)),
        "nondegenerate": nondegenerate(W, b, I),
        **SMOOTH,
    },
    then=all_seen(k + 1),
    proof=[
        have(
            "inverse",
            exists(R, features_and_one @ R == identity_matrix(N)),
            by(ranks.right_inverse),
            "independent",
        ),
        have("R", features_and_one @ R == identity_matrix(N), obtain(R), "inverse"),
        have(
            "seen",
            all_seen(k + 1),
            arbitrary(
                E,
                proof=[
                    have(
                        "parts",
                        exists(M, d, stack(M, d) == R @ E),
                        by(blocks.split_rows, H=R @ E, m=n[k], p=1),
                    ),
                    have("M and d", stack(M, d) == R @ E, obtain(M, d), "parts"),
                    have(
                        "multiplied",
                        features_and_one @ stack(M, d) == combination,
                        by(blocks.block_times_stack),
                    ),
                    have("combined", combination == E, calculation, "<multiplied", "M and d", "R"),
                    have("supported", supported(I, *DIRECTION), cite(ONE_LAYER, k=k + 1, M=M, d=d)),
                    have(
                        "no curvature",
                        every(K2, e2, supported(I, K2, e2) >> (second == 0)),
                        arbitrary(
                            K2,
                            e2,
                            proof=[
                                have(
                                    "still below",
                                    still_below,
                                    arbitrary(
                                        i,
                                        proof=[
                                            have("in I or 0", None, at(i), "no curvature.if"),
                                            have("not in I", None, at(i), "above"),
                                            have(
                                                "zero",
                                                both(K2[i] == 0, e2[i] == 0),
                                                logic,
                                                "in I or 0",
                                                "not in I",
                                            ),
                                        ],
                                    ),
                                ),
                                have(
                                    "by errors",
                                    second == trace(turn(k + 1).T @ combination),
                                    cite(SECOND),
                                ),
                                have("if supported", None, at(K2, e2), "seen.if"),
                                have(
                                    "unseen",
                                    trace(turn(k + 1).T @ E) == 0,
                                    logic,
                                    "if supported",
                                    "no curvature.if",
                                ),
                                have(
                                    "difference",
                                    trace(turn(k + 1).T @ (combination - E)) == 0,
                                    by(entries.trace_with_zero, A=turn(k + 1), A2=combination - E),
                                    "combined",
                                ),
                                have(
                                    "zero", second == 0, linear, "by errors", "difference", "unseen"
                                ),
                            ],
                        ),
                    ),
                    have("if degenerate", None, at(*DIRECTION), "nondegenerate"),
                    have(
                        "no direction",
                        points.is_zero(*DIRECTION, 1, L),
                        logic,
                        "if degenerate",
                        "supported",
                        "no curvature",
                    ),
                    have("parts 0", both(M == 0, d == 0), at(k + 1), "no direction"),
                    have("M is 0", M == 0, logic, "parts 0"),
                    have("d is 0", d == 0, logic, "parts 0"),
                    have("E is 0", E == 0, calculation, "<combined", "M is 0", "d is 0"),
                ],
            ),
        ),
    ],
)
