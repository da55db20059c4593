"""Section 4.1, proof of Theorem 4.1: parameters that fit.

Statements
- C18.R4.2.fit: if no parameter is shared, some network fits any targets, with several outputs.
- C18.T4.1.fit: and so with one.
"""

from symbolic_landscape.proofs.cooper_2018.section_3.deep_networks import BELOW, C3_4
from symbolic_landscape.proofs.cooper_2018.settings.activations import rectified, sigma
from symbolic_landscape.proofs.cooper_2018.settings.fitting import columns_differ
from symbolic_landscape.proofs.cooper_2018.settings.labels import (
    B_,
    L_,
    LABELLED,
    LABELLED_OUTPUTS,
    W_,
    attained,
    blab,
    column,
    lab,
    last_layer,
    level,
    n,
    no_sharing,
    outputs_,
    row,
    some_fit,
    source,
    unit,
    w,
    y,
)
from symbolic_landscape.proofs.cooper_2018.settings.layers import (
    M,
    T,
    X,
    Y,
    b,
    d,
    i,
    j,
    k,
    m,
    phi_,
)
from symbolic_landscape.proofs.rules import columns, functions
from symbolic_landscape.proofs.rules import entries as e
from symbolic_landscape.statement.language import (
    both,
    each,
    entries,
    fn,
    integer,
    matrix,
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
    take,
)

RANGE = "standing 2"
"""The labels are in range."""
Z = matrix("Z", m[T + 1], d)
l = integer("l")  # noqa: E741 (a label)
target = entries(row, column, m[T + 1], d, y[column, 1])
value = M[level(l)][unit(l), source(l)] + b[level(l)][unit(l), 1 - source(l)]
read = entries(l, column, n, 1, value)
"""The parameter vector from which the weights M and the biases b are read."""
GIVEN = {
    "rectified": rectified(sigma),
    "distinct": columns_differ(X),
    "wide": d <= m[T],
    "units": each(k, 1, T - 1, m[k] >= 1),
    "no sharing": no_sharing(T, m, lab, blab),
}
same_layer = both(W_(read)[k] == M[k], B_(read)[k] == b[k])

OUTPUTS_FIT = Statement(
    "C18.R4.2.fit",
    LABELLED_OUTPUTS,
    title="If no parameter is shared, some parameters fit any targets of any number of outputs",
    where="Section 4.1, Remark 4.2",
    lines=(310, 313),
    given=GIVEN,
    then=some_fit(n, Y),
    proof=[
        have("fit", None, cite(C3_4)),
        have("layers", None, obtain(M, b), "fit"),
        have("places", None, obtain(level, unit, source), "no sharing"),
        have(
            "read",
            each(k, 1, T + 1, same_layer),
            arbitrary(
                k,
                proof=[
                    have(
                        "weight entries",
                        each(i, 1, m[k], each(j, 1, m[k - 1], W_(read)[k][i, j] == M[k][i, j])),
                        arbitrary(
                            i,
                            j,
                            proof=[
                                have("unit range", None, at(k, i), RANGE),
                                have(
                                    "weight ranges",
                                    each(
                                        j, 1, m[k - 1], both(1 <= lab(k)(i)(j), lab(k)(i)(j) <= n)
                                    ),
                                    logic,
                                    "unit range",
                                ),
                                have("range", None, at(j), "weight ranges"),
                                have("unit place", None, at(k, i), "places"),
                                have(
                                    "weight places",
                                    each(
                                        j,
                                        1,
                                        m[k - 1],
                                        both(
                                            level(lab(k)(i)(j)) == k,
                                            unit(lab(k)(i)(j)) == i,
                                            source(lab(k)(i)(j)) == j,
                                        ),
                                    ),
                                    logic,
                                    "unit place",
                                ),
                                have("place", None, at(j), "weight places"),
                                have("in layer", level(lab(k)(i)(j)) == k, logic, "place"),
                                have("of unit", unit(lab(k)(i)(j)) == i, logic, "place"),
                                have("from unit", source(lab(k)(i)(j)) == j, logic, "place"),
                                have(
                                    "outside",
                                    b[k][i, 1 - j] == 0,
                                    by(e.entry_above, A=b[k].T, i=1 - j, j=i),
                                ),
                                have(
                                    "entry",
                                    W_(read)[k][i, j] == M[k][i, j],
                                    calculation,
                                    "in layer",
                                    "of unit",
                                    "from unit",
                                    "outside",
                                ),
                            ],
                        ),
                    ),
                    have(
                        "weights",
                        W_(read)[k] == M[k],
                        by(columns.equal_of_entries),
                        "weight entries",
                    ),
                    have(
                        "bias entries",
                        each(i, 1, m[k], each(j, 1, 1, B_(read)[k][i, j] == b[k][i, j])),
                        arbitrary(
                            i,
                            j,
                            proof=[
                                have("unit range", None, at(k, i), RANGE),
                                have("unit place", None, at(k, i), "places"),
                                have("in layer", level(blab(k)(i)) == k, logic, "unit place"),
                                have("of unit", unit(blab(k)(i)) == i, logic, "unit place"),
                                have("from none", source(blab(k)(i)) == 0, logic, "unit place"),
                                have(
                                    "outside",
                                    M[k][i, 0] == 0,
                                    by(e.entry_above, A=M[k].T, i=0, j=i),
                                ),
                                have("first", j == 1, linear),
                                have(
                                    "entry",
                                    B_(read)[k][i, j] == b[k][i, j],
                                    calculation,
                                    "in layer",
                                    "of unit",
                                    "from none",
                                    "outside",
                                    "first",
                                ),
                            ],
                        ),
                    ),
                    have(
                        "biases", B_(read)[k] == b[k], by(columns.equal_of_entries), "bias entries"
                    ),
                    have("same", same_layer, logic, "weights", "biases"),
                ],
            ),
        ),
        have(
            "lower",
            each(k, 1, T, same_layer),
            arbitrary(k, proof=[have("lower layer", None, at(k), "read")]),
        ),
        have(
            "below",
            each(k, 0, T, phi_(W_(read), B_(read))[k] == phi_(M, b)[k]),
            cite(BELOW, K=T, M=W_(read), b=B_(read), M2=M, b2=b),
        ),
        have("features", None, at(T), "below"),
        have("top", None, at(T + 1), "read"),
        have("top weights", W_(read)[T + 1] == M[T + 1], logic, "top"),
        have("top biases", B_(read)[T + 1] == b[T + 1], logic, "top"),
        have(
            "outputs",
            last_layer(read) == Y,
            calculation,
            "layers",
            "features",
            "top weights",
            "top biases",
        ),
        have("found", some_fit(n, Y), take(read), "outputs"),
    ],
)
FIT = Statement(
    "C18.T4.1.fit",
    LABELLED,
    title="If no parameter is shared, some parameters fit any targets",
    where="Section 4.1, proof of Theorem 4.1",
    lines=(302, 305),
    given=GIVEN,
    then=attained(n, y),
    proof=[
        have("fit", None, cite(OUTPUTS_FIT, Y=target)),
        have("outputs", last_layer(w) == target, obtain(w), "fit"),
        have(
            "entries",
            each(i, 1, d, (outputs_(w) - y)[i, 1] == 0),
            arbitrary(
                i,
                proof=[
                    have("wanted", target[1, i] == y[i, 1], linear),
                    have(
                        "entry",
                        (outputs_(w) - y)[i, 1] == 0,
                        by(
                            functions.property_of_equal,
                            A=target,
                            A2=last_layer(w),
                            P=fn(Z, Z[1, i] == y[i, 1]),
                        ),
                        "outputs",
                        "wanted",
                    ),
                ],
            ),
        ),
        have("no error", outputs_(w) - y == 0, by(columns.zero_column), "entries"),
        have(
            "no loss",
            L_(y, w) == 0,
            by(e.trace_with_zero, A=outputs_(w) - y, A2=outputs_(w) - y),
            "no error",
        ),
        have("found", attained(n, y), take(w), "no loss"),
    ],
)
