"""Section 3.2, Theorem 3.8: at a non-degenerate point no unit above the wide layer is flat.

Notation: turn(j) is how the errors of layer j start to move along (K2, e2); E, one entry for each
sample and unit of a layer, is seen there when turn(j) is not orthogonal to it for some direction
of I.

Statements
- NH17.T3.8.second: second derivatives along directions of layer k + 1, by turning errors.
- NH17.T3.8.seen: with independent features, non-degeneracy says that all E of layer k + 1 are seen.
- NH17.T3.8.units: then no unit is flat, for a sigma whose slope does not bend where it is 0.
- NH17.T3.8.next: and the errors of the next layer vanish, and all E of it are seen.
- NH17.T3.8.slopes: so no unit of the layers above k is flat.
"""

from symbolic_landscape.proofs.nguyen_hein_2017.chapter_2.backpropagation import L2_1
from symbolic_landscape.proofs.nguyen_hein_2017.chapter_2.backpropagation import OBJECTIVE as SPLIT
from symbolic_landscape.proofs.nguyen_hein_2017.chapter_2.backpropagation import (
    SMOOTH as SMOOTH_TAILS,
)
from symbolic_landscape.proofs.nguyen_hein_2017.chapter_3.error_curves import (
    AWAY,
    ERROR_CURVES,
    FLAT_UNITS,
    PULLED,
    SMOOTH,
    bend,
    errors,
    slope,
    turn,
)
from symbolic_landscape.proofs.nguyen_hein_2017.chapter_3.independent_features import ERRORS
from symbolic_landscape.proofs.nguyen_hein_2017.chapter_3.layer_slopes import (
    NO_BIASES,
    NO_WEIGHTS,
    ONE_LAYER,
)
from symbolic_landscape.proofs.nguyen_hein_2017.chapter_3.objective import BELOW
from symbolic_landscape.proofs.nguyen_hein_2017.chapter_3.tails import TAILS
from symbolic_landscape.proofs.nguyen_hein_2017.settings.assumptions import (
    flat_slope_does_not_bend,
    full_rank_from,
    slopes_from,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.directions import (
    K2,
    I,
    e2,
    moved,
    nondegenerate,
    second_derivative,
    supported,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.neighbourhoods import NEIGHBOURHOODS
from symbolic_landscape.proofs.nguyen_hein_2017.settings.network import (
    F_,
    G_,
    Delta,
    Delta_,
    F,
    G,
    L,
    N,
    Phi,
    W,
    b,
    flat_at,
    k,
    n,
    one,
    tail_,
)
from symbolic_landscape.proofs.rules import blocks, curves, entries, functions, points, ranks
from symbolic_landscape.proofs.rules.derivatives import smooth
from symbolic_landscape.statement.language import (
    block,
    both,
    contradiction,
    derivative,
    each,
    every,
    exists,
    fn,
    identity_matrix,
    integer,
    matrix,
    rank,
    real,
    stack,
    trace,
    update,
)
from symbolic_landscape.statement.language import entries as matrix_of
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    at,
    by,
    calculation,
    cite,
    have,
    induct,
    linear,
    logic,
    obtain,
    suppose_not,
)

i, j, v, s, t = integer("i"), integer("j"), integer("v"), real("s"), real("t")
row, column = integer("row"), integer("column")
LAYER = (1 <= k, k <= L - 1)
M, d = matrix("M", n[k], n[k + 1]), matrix("d", 1, n[k + 1])
DIRECTION = update(NO_WEIGHTS, k + 1, M), update(NO_BIASES, k + 1, d)
BOTH = moved((t, *DIRECTION), (s, K2, e2))
combination = F(k) @ M + one @ d
"""How the preactivations of layer k + 1 move along the direction."""
still_below = each(i, 1, k, both(K2[i] == 0, e2[i] == 0))
second = second_derivative(W, b, *DIRECTION, K2, e2)
tail_away = fn(t, tail_(*AWAY)[k + 1](G_(*AWAY, k + 1) + t * combination))
along_direction = derivative(fn(t, Phi(*BOTH)))(0)
seen_away = trace(Delta_(*AWAY, k + 1).T @ combination)


def same_below(name, point):
    """Steps: a point that is moved above layer k alone has the features of layer k."""
    return [
        have(
            f"{name} below",
            points.agree(*point, W, b, 1, k),
            arbitrary(
                i,
                proof=[
                    have("still", None, at(i), "above"),
                    have("weights", K2[i] == 0, logic, "still"),
                    have("biases", e2[i] == 0, logic, "still"),
                    have("W", point[0][i] == W[i], calculation, "weights"),
                    have("b", point[1][i] == b[i], calculation, "biases"),
                    have("same", both(point[0][i] == W[i], point[1][i] == b[i]), logic, "W", "b"),
                ],
            ),
        ),
        have(f"{name} all features", None, cite(BELOW, V=point[0], c=point[1], k=k)),
        have(f"{name} features", F_(*point)[k] == F(k), at(k), f"{name} all features"),
    ]


SECOND = Statement(
    "NH17.T3.8.second",
    NEIGHBOURHOODS,
    title="Second derivatives along directions of layer k + 1, by turning errors",
    names=(k, K2, e2, M, d),
    standing=LAYER,
    given={"above": still_below, **SMOOTH},
    then=second == trace(turn(k + 1).T @ combination),
    proof=[
        have(
            "first",
            every(s, along_direction == seen_away),
            arbitrary(
                s,
                proof=[
                    *same_below("away", AWAY),
                    have(
                        "values",
                        every(t, Phi(*BOTH) == tail_away(t)),
                        arbitrary(
                            t,
                            proof=[
                                have(
                                    "both all features",
                                    None,
                                    cite(BELOW, V=BOTH[0], c=BOTH[1], k=k),
                                ),
                                have(
                                    "both features",
                                    F_(*BOTH)[k] == F(k),
                                    at(k),
                                    "both all features",
                                ),
                                have(
                                    "upper layers",
                                    points.agree(*BOTH, *AWAY, k + 2, L),
                                    arbitrary(
                                        i,
                                        proof=[
                                            have(
                                                "same",
                                                both(
                                                    BOTH[0][i] == AWAY[0][i],
                                                    BOTH[1][i] == AWAY[1][i],
                                                ),
                                                logic,
                                            )
                                        ],
                                    ),
                                ),
                                have(
                                    "tails",
                                    None,
                                    cite(
                                        TAILS, V=BOTH[0], c=BOTH[1], W=AWAY[0], b=AWAY[1], k=k + 1
                                    ),
                                ),
                                have("tail", None, at(k + 1), "tails"),
                                have("split", None, cite(SPLIT, W=BOTH[0], b=BOTH[1])),
                                have("split here", None, at(k + 1), "split"),
                                have(
                                    "value",
                                    Phi(*BOTH) == tail_away(t),
                                    calculation,
                                    "split here",
                                    "tail",
                                    "both features",
                                    "away features",
                                ),
                            ],
                        ),
                    ),
                    have(
                        "functions",
                        fn(t, Phi(*BOTH)) == tail_away,
                        by(functions.equal_functions_of_numbers),
                        "values",
                    ),
                    have("smooth tails", None, cite(SMOOTH_TAILS, W=AWAY[0], b=AWAY[1])),
                    have("smooth tail", smooth(tail_(*AWAY)[k + 1]), at(k + 1), "smooth tails"),
                    have(
                        "slope",
                        derivative(tail_away)(0) == seen_away,
                        by(
                            curves.slope_of_gradient,
                            h=tail_(*AWAY)[k + 1],
                            Z=G_(*AWAY, k + 1),
                            M=combination,
                        ),
                        "smooth tail",
                    ),
                    have("all", along_direction == seen_away, calculation, "functions", "slope"),
                ],
            ),
        ),
        have(
            "curves",
            fn(s, along_direction) == fn(s, seen_away),
            by(functions.equal_functions_of_numbers),
            "first",
        ),
        have("error curves", None, cite(ERROR_CURVES)),
        have("here", None, at(k + 1), "error curves"),
        have("errors smooth", smooth(errors(k + 1)), logic, "here"),
        have(
            "turn",
            derivative(fn(s, seen_away))(0) == trace(turn(k + 1).T @ combination),
            by(curves.derivative_of_trace, X=errors(k + 1), A=combination),
            "errors smooth",
        ),
        have("second", second == trace(turn(k + 1).T @ combination), calculation, "curves", "turn"),
    ],
)


def errors_of(j):
    """A variable for numbers, one for each sample and unit of layer j."""
    return matrix("E", N, n[j])


def unseen(j, E):
    """No direction of I turns the errors of layer j in a way that E sees."""
    return every(K2, e2, supported(I, K2, e2) >> (trace(turn(j).T @ E) == 0))


def all_seen(j):
    """Only E = 0 is unseen in layer j."""
    E = errors_of(j)
    return every(E, unseen(j, E) >> (E == 0))


def no_flat_unit(j):
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
                        exists(M, d, R @ E == stack(M, d)),
                        by(blocks.split_rows, H=R @ E, m=n[k], p=1),
                    ),
                    have("M and d", R @ E == stack(M, d), obtain(M, d), "parts"),
                    have(
                        "multiplied",
                        features_and_one @ stack(M, d) == combination,
                        by(blocks.block_times_stack),
                    ),
                    have("combined", combination == E, calculation, "<multiplied", "<M and d", "R"),
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

unit = matrix_of(
    row, column, N, n[k], identity_matrix(N)[row, i] * identity_matrix(n[k])[column, j]
)
UNITS = Statement(
    "NH17.T3.8.units",
    NEIGHBOURHOODS,
    title="Where all of a layer is seen, no unit of it is flat",
    names=(k, I),
    standing=(1 <= k, k <= L),
    given={"seen": all_seen(k), "bend": flat_slope_does_not_bend, **SMOOTH},
    then=no_flat_unit(k),
    proof=[
        have(
            "slopes",
            no_flat_unit(k),
            arbitrary(
                i,
                j,
                proof=[
                    have(
                        "not flat",
                        slope(G(k)[i, j]) != 0,
                        suppose_not(
                            [
                                have("flat", slope(G(k)[i, j]) == 0, logic, "not flat.not"),
                                have("if flat", None, at(G(k)[i, j]), "bend"),
                                have("straight", bend(G(k)[i, j]) == 0, logic, "if flat", "flat"),
                                have(
                                    "flat unit",
                                    slope(G(k)) * unit == 0,
                                    by(entries.hadamard_unit, A=slope(G(k)), i=i, j=j),
                                    "flat",
                                ),
                                have(
                                    "straight unit",
                                    bend(G(k)) * unit == 0,
                                    by(entries.hadamard_unit, A=bend(G(k)), i=i, j=j),
                                    "straight",
                                ),
                                have(
                                    "unseen",
                                    unseen(k, unit),
                                    arbitrary(
                                        K2,
                                        e2,
                                        proof=[
                                            have(
                                                "zero",
                                                trace(turn(k).T @ unit) == 0,
                                                cite(FLAT_UNITS, E=unit),
                                            )
                                        ],
                                    ),
                                ),
                                have("if unseen", None, at(unit), "seen"),
                                have("no unit", unit == 0, logic, "if unseen", "unseen"),
                                have(
                                    "clash",
                                    contradiction,
                                    by(entries.entry_of_zero, A=unit, i=i, j=j),
                                    "no unit",
                                ),
                            ]
                        ),
                    )
                ],
            ),
        )
    ],
)

X = matrix("left", n[k + 1], n[k])
"""A left inverse of the weights of layer k + 1."""
below_ = matrix("below", N, n[k])
NEXT = Statement(
    "NH17.T3.8.next",
    NEIGHBOURHOODS,
    title="Where all of a layer is seen and no unit is flat, the next layer has no errors, all seen",
    names=(k, I),
    standing=LAYER,
    given={
        "seen": all_seen(k),
        "no errors": Delta(k) == 0,
        "units": no_flat_unit(k),
        "rank": rank(W[k + 1]) == n[k + 1],
        **SMOOTH,
    },
    then=both(all_seen(k + 1), Delta(k + 1) == 0),
    proof=[
        have("backpropagation", None, cite(L2_1)),
        have("back", L2_1.then_part(1), logic, "backpropagation"),
        have("back here", None, at(k), "back"),
        have(
            "product",
            slope(G(k)) * (Delta(k + 1) @ W[k + 1].T) == 0,
            calculation,
            "<back here",
            "no errors",
        ),
        have(
            "weights",
            Delta(k + 1) @ W[k + 1].T == 0,
            by(entries.hadamard_cancel, A=slope(G(k))),
            "units",
            "product",
        ),
        have(
            "next errors",
            Delta(k + 1) == 0,
            by(ranks.kernel_of_full_column_rank, A=W[k + 1]),
            "rank",
            "weights",
        ),
        have(
            "inverse",
            exists(X, X @ W[k + 1] == identity_matrix(n[k + 1])),
            by(ranks.left_inverse),
            "rank",
        ),
        have("X", X @ W[k + 1] == identity_matrix(n[k + 1]), obtain(X), "inverse"),
        have(
            "next seen",
            all_seen(k + 1),
            arbitrary(
                E,
                proof=[
                    have(
                        "some quotient",
                        exists(below_, slope(G(k)) * below_ == E @ X),
                        by(entries.hadamard_quotient, A=slope(G(k)), A2=E @ X),
                        "units",
                    ),
                    have(
                        "quotient", slope(G(k)) * below_ == E @ X, obtain(below_), "some quotient"
                    ),
                    have(
                        "moved up",
                        (slope(G(k)) * below_) @ W[k + 1] == E,
                        calculation,
                        "quotient",
                        "X",
                    ),
                    have(
                        "unseen below",
                        unseen(k, below_),
                        arbitrary(
                            K2,
                            e2,
                            proof=[
                                have(
                                    "pulled",
                                    trace(turn(k).T @ below_)
                                    == trace(turn(k + 1).T @ ((slope(G(k)) * below_) @ W[k + 1])),
                                    cite(PULLED, E=below_),
                                ),
                                have(
                                    "difference",
                                    trace(turn(k + 1).T @ ((slope(G(k)) * below_) @ W[k + 1] - E))
                                    == 0,
                                    by(
                                        entries.trace_with_zero,
                                        A=turn(k + 1),
                                        A2=(slope(G(k)) * below_) @ W[k + 1] - E,
                                    ),
                                    "moved up",
                                ),
                                have("if supported", None, at(K2, e2), "next seen.if"),
                                have(
                                    "unseen",
                                    trace(turn(k + 1).T @ E) == 0,
                                    logic,
                                    "if supported",
                                    "unseen below.if",
                                ),
                                have(
                                    "zero",
                                    trace(turn(k).T @ below_) == 0,
                                    linear,
                                    "pulled",
                                    "difference",
                                    "unseen",
                                ),
                            ],
                        ),
                    ),
                    have("if unseen", None, at(below_), "seen"),
                    have("below is 0", below_ == 0, logic, "if unseen", "unseen below"),
                    have("E is 0", E == 0, calculation, "<moved up", "below is 0"),
                ],
            ),
        ),
        have("both", both(all_seen(k + 1), Delta(k + 1) == 0), logic, "next seen", "next errors"),
    ],
)


def settled(j):
    """Layer j is seen, has no errors, and no flat unit."""
    return both(all_seen(j), Delta(j) == 0, no_flat_unit(j))


SLOPES = Statement(
    "NH17.T3.8.slopes",
    NEIGHBOURHOODS,
    title="At a non-degenerate point with independent features no unit above the layer is flat",
    names=(k, I),
    standing=LAYER,
    given={
        **SEEN.given,
        "flat layer": flat_at(W, b, k + 1),
        "ranks": full_rank_from(k + 2),
        "bend": flat_slope_does_not_bend,
    },
    then=slopes_from(k + 1),
    proof=[
        have("no errors", Delta(k + 1) == 0, cite(ERRORS)),
        have("seen", all_seen(k + 1), cite(SEEN)),
        have(
            "each layer",
            each(j, k + 1, L, settled(j)),
            induct(
                v,
                base=[
                    have("units", no_flat_unit(k + 1), cite(UNITS, k=k + 1)),
                    have("first", settled(k + 1), logic, "seen", "no errors", "units"),
                ],
                step=[
                    have("seen here", all_seen(v), logic, "each layer.before"),
                    have("no errors here", Delta(v) == 0, logic, "each layer.before"),
                    have("units here", no_flat_unit(v), logic, "each layer.before"),
                    have("rank", None, at(v + 1), "ranks"),
                    have("carried", both(all_seen(v + 1), Delta(v + 1) == 0), cite(NEXT, k=v)),
                    have("next seen", all_seen(v + 1), logic, "carried"),
                    have("next units", no_flat_unit(v + 1), cite(UNITS, k=v + 1)),
                    have("settled", settled(v + 1), logic, "carried", "next units"),
                ],
            ),
        ),
        have(
            "slopes",
            slopes_from(k + 1),
            arbitrary(
                v,
                proof=[
                    have("layer", None, at(v), "each layer"),
                    have("units", no_flat_unit(v), logic, "layer"),
                ],
            ),
        ),
    ],
)
