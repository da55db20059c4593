"""Section 3.1, Corollary 3.4: networks with several hidden layers fit samples.

Statements
- C18.C3.4.below: features depend on the layers up to their own alone.
- C18.C3.4.apart: features of samples that differ can be kept apart through any number of layers.
- C18.C3.4: a last hidden layer with as many units as samples is enough.
"""

from symbolic_landscape.proofs.cooper_2018.section_3.equal_units import LAYER
from symbolic_landscape.proofs.cooper_2018.section_3.interpolation import L3_3
from symbolic_landscape.proofs.cooper_2018.settings.activations import (
    rectified,
    sigma,
)
from symbolic_landscape.proofs.cooper_2018.settings.fitting import columns_differ
from symbolic_landscape.proofs.cooper_2018.settings.layers import (
    LAYERS,
    K,
    M,
    T,
    X,
    Y,
    b,
    d,
    deep_fit,
    first_units,
    k,
    m,
    one,
    outputs,
    phi_,
)
from symbolic_landscape.proofs.rules import functions
from symbolic_landscape.statement.language import (
    Expr,
    both,
    each,
    exists,
    fn,
    integer,
    like,
    matrix,
    ones,
    real,
    update,
    zeros,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    at,
    by,
    calculation,
    cite,
    claimed,
    definition,
    have,
    induct,
    logic,
    obtain,
    take,
)

M2, b2, v = like("M2", M), like("b2", b), integer("v")
agree = each(k, 1, K, both(M[k] == M2[k], b[k] == b2[k]))


def layer(M: Expr, b: Expr, k: Expr) -> Expr:
    """What layer k makes of the features below it."""
    return sigma(M[k] @ phi_(M, b)[k - 1] + b[k] @ one)


BELOW = Statement(
    "C18.C3.4.below",
    LAYERS,
    title="Features depend on the layers up to their own alone",
    where="Section 3.1, proof of Corollary 3.4",
    names=(K, M, b, M2, b2),
    standing=(K >= 0,),
    given={"agree": agree},
    then=each(k, 0, K, phi_(M, b)[k] == phi_(M2, b2)[k]),
    proof=[
        have(
            "all",
            each(k, 0, K, phi_(M, b)[k] == phi_(M2, b2)[k]),
            induct(
                v,
                base=[have("inputs", phi_(M, b)[0] == phi_(M2, b2)[0], logic)],
                step=[
                    have("layers", None, at(v + 1), "agree"),
                    have("weights", M[v + 1] == M2[v + 1], logic, "layers"),
                    have("biases", b[v + 1] == b2[v + 1], logic, "layers"),
                    have("left", phi_(M, b)[v + 1] == layer(M, b, v + 1), definition),
                    have("right", phi_(M2, b2)[v + 1] == layer(M2, b2, v + 1), definition),
                    have(
                        "next",
                        phi_(M, b)[v + 1] == phi_(M2, b2)[v + 1],
                        calculation,
                        "left",
                        "right",
                        "weights",
                        "biases",
                        "all.before",
                    ),
                ],
            ),
        )
    ],
)

# ---- samples are kept apart ----------------------------------------------------------------------
a, c = matrix("a", m[v], 1), real("c")
kept = exists(M, b, columns_differ(phi_(M, b)[K]))
units = ones(m[v + 1], 1)
M3, b3 = update(M, v + 1, units @ a.T), update(b, v + 1, c * units)
seen = phi_(M, b)[v]
Z = matrix("Z", m[v + 1], d)
apart = fn(Z, columns_differ(Z))
after = sigma(units @ a.T @ seen + c * units @ one)

NEXT = [
    have("network", columns_differ(seen), obtain(M, b), "all.before"),
    have("room", None, at(v + 1), "units"),
    have("layer", None, cite(LAYER, p=m[v], o=m[v], h=m[v + 1], X=seen, Y=seen), lines=(284, 290)),
    have("next apart", columns_differ(after), obtain(a, c), "layer"),
    have(
        "agree",
        each(k, 1, v, both(M[k] == M3[k], b[k] == b3[k])),
        arbitrary(
            k,
            proof=[
                have("same", both(M[k] == M3[k], b[k] == b3[k]), logic),
            ],
        ),
    ),
    have("below", None, cite(BELOW, K=v, M2=M3, b2=b3)),
    have("same features", None, at(v), "below"),
    have("unfolded", phi_(M3, b3)[v + 1] == layer(M3, b3, v + 1), definition),
    have("features", phi_(M3, b3)[v + 1] == after, calculation, "unfolded", "<same features"),
    have(
        "apart",
        columns_differ(phi_(M3, b3)[v + 1]),
        by(functions.property_of_equal, A=after, A2=phi_(M3, b3)[v + 1], P=apart),
        "features",
        "next apart",
    ),
    have("found", exists(M, b, columns_differ(phi_(M, b)[v + 1])), take(M3, b3), "apart"),
]
APART = Statement(
    "C18.C3.4.apart",
    LAYERS,
    title="Samples can be kept apart through any number of layers that are not empty",
    where="Section 3.1, proof of Corollary 3.4",
    lines=(284, 290),
    given={
        "rectified": rectified(sigma),
        "distinct": columns_differ(X),
        "units": each(k, 1, T - 1, m[k] >= 1),
    },
    then=each(K, 0, T - 1, kept),
    proof=[
        have(
            "all",
            each(K, 0, T - 1, kept),
            induct(
                v,
                base=[
                    have(
                        "inputs",
                        exists(M, b, columns_differ(phi_(M, b)[0])),
                        take(fn(k, zeros(m[k], m[k - 1])), fn(k, zeros(m[k], 1))),
                        "distinct",
                    )
                ],
                step=NEXT,
            ),
        )
    ],
)

# ---- the corollary -------------------------------------------------------------------------------
fit = deep_fit(T, m, d, sigma, X, Y)
top = phi_(M, b)[T - 1]
P1, q1 = matrix("P1", m[T], m[T - 1]), matrix("q1", m[T], 1)
P2, q2 = matrix("P2", m[T + 1], m[T]), matrix("q2", m[T + 1], 1)
M4, b4 = update(update(M, T, P1), T + 1, P2), update(update(b, T, -q1), T + 1, -q2)
GIVEN = {
    "rectified": rectified(sigma),
    "distinct": columns_differ(X),
    "wide": d <= m[T],
    "units": each(k, 1, T - 1, m[k] >= 1),
}
C3_4 = Statement(
    "C18.C3.4",
    LAYERS,
    kind="corollary",
    title="Deep version, for any number of outputs",
    where="Section 3.1, Corollary 3.4",
    lines=(274, 278),
    given=GIVEN,
    then=fit,
    proof=[
        have("apart", None, cite(APART)),
        have("lower layers", None, at(T - 1), "apart"),
        have("features apart", columns_differ(top), obtain(M, b), "lower layers"),
        have("last layers", None, cite(L3_3, p=m[T - 1], o=m[T + 1], h=m[T], X=top, Y=Y)),
        have("fits", None, obtain(P1, q1, P2, q2), "last layers"),
        have(
            "agree",
            each(k, 1, T - 1, both(M[k] == M4[k], b[k] == b4[k])),
            arbitrary(k, proof=[have("same", both(M[k] == M4[k], b[k] == b4[k]), logic)]),
        ),
        have("below", None, cite(BELOW, K=T - 1, M2=M4, b2=b4)),
        have("same features", None, at(T - 1), "below"),
        have("unfolded", phi_(M4, b4)[T] == layer(M4, b4, T), definition),
        have(
            "fit",
            outputs(M4, b4) == Y,
            calculation,
            "fits",
            "unfolded",
            "<same features",
        ),
        have("network", fit, take(M4, b4), "fit"),
    ],
    reading="repaired",
)
C3_4_PRINTED = Statement(
    "C18.C3.4",
    LAYERS,
    kind="corollary",
    title="Deep version",
    where="Section 3.1, Corollary 3.4",
    lines=(274, 278),
    given={**GIVEN, "one output": m[T + 1] == 1},
    then=fit,
    proof=[
        have(
            "first units",
            first_units(T, m, d, sigma, X, Y),
            claimed("M_j, 2 <= j <= T, is 1 in the top left entry and 0 in all the others"),
            *GIVEN,
            "one output",
            lines=(286, 291),
        ),
        have("weights", None, obtain(M, b), "first units"),
        have("fit", outputs(M, b) == Y, logic, "weights"),
        have("network", fit, take(M, b), "fit"),
    ],
    gloss="With the last of these matrices all units of the last hidden layer but one are constant, "
    "so a network on a line is monotone. Layers that are empty are left out.",
    hedge="M_T is meant to feed the first d units, as in Lemma 3.3; then the corollary holds.",
    repaired=C3_4,
    expected=("invalid inference, step first units",),
)
