"""Section 3.2, Theorem 3.8: at a non-degenerate point no unit above the wide layer is flat.

Notation: turn(j) is how the errors of layer j start to move along (K2, e2); E, one entry for each
sample and unit of a layer, is seen there when turn(j) is not orthogonal to it for some direction
of I.

Statements
- NH17.T3.8.units: where all of a layer is seen, no unit of it is flat, for a sigma whose slope does
  not bend where it is 0.
- NH17.T3.8.next: and the errors of the next layer vanish, and all E of it are seen.
- NH17.T3.8.upperSlopes: so no unit of the layers above k is flat.
"""

from symbolic_landscape.proofs.nguyen_hein_2017.section_2.backpropagation import L2_1
from symbolic_landscape.proofs.nguyen_hein_2017.section_3.error_curves import (
    SMOOTH,
    bend,
    slope,
    turn,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_3.independent_features import ERRORS
from symbolic_landscape.proofs.nguyen_hein_2017.section_3.second_derivatives import (
    LAYER,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_3.seen_layers import (
    SEEN,
    all_seen,
    errors_of,
    no_flat_unit,
    unseen,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_3.turning_errors import (
    FLAT_UNITS,
    PULLED,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.assumptions import (
    flat_slope_does_not_bend,
    full_rank_from,
    slopes_from,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.directions import (
    K2,
    I,
    e2,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.neighbourhoods import NEIGHBOURHOODS
from symbolic_landscape.proofs.nguyen_hein_2017.settings.network import (
    Delta,
    G,
    L,
    N,
    W,
    b,
    flat_at,
    k,
    n,
)
from symbolic_landscape.proofs.rules import entries, ranks
from symbolic_landscape.statement.language import (
    Expr,
    both,
    contradiction,
    each,
    exists,
    identity_matrix,
    integer,
    matrix,
    rank,
    trace,
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

i, j, v = integer("i"), integer("j"), integer("v")
row, column = integer("row"), integer("column")
E = errors_of(k + 1)
unit = matrix_of(
    row, column, N, n[k], identity_matrix(N)[row, i] * identity_matrix(n[k])[column, j]
)
UNITS = Statement(
    "NH17.T3.8.units",
    NEIGHBOURHOODS,
    title="Where all of a layer is seen, no unit of it is flat",
    names=(k, I),
    standing=(k >= 1, k <= L),
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
    title="Where all of a layer is seen and no unit is flat, the next has no errors, all seen",
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


def settled(j: Expr) -> Expr:
    """Layer j is seen, has no errors, and no flat unit."""
    return both(all_seen(j), Delta(j) == 0, no_flat_unit(j))


SLOPES = Statement(
    "NH17.T3.8.upperSlopes",
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
