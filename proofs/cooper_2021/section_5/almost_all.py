"""Section 5.2: almost all parameters.

Notation: a set of points is null if the values of the layers in a range that occur in it have measure
zero. W, c are parameters with rows as samples, those of Nguyen and Hein 2017.

Statements
- external:nguyen_mukkamala_hein_2018: features of a wide layer have full rank almost everywhere.
- C21.T5.10.rows: the features with rows as samples.
- C21.T5.10.bias: [Phi; 1] has rank n almost everywhere, with n - 1 units or more.
- C21.T5.10: as the paper recalls it; repaired: for more activations.
- C21.T5.11: from almost all points that are no global minima a segment leads down to one.

Design notes. An increasing activation with sigma(0) = 0, as Section 2 has it, has a limit below 0 to
the left and above 0 to the right. The limit 0 is not needed: biases take up another one.
"""

from typing import Any

from symbolic_landscape.proofs.cooper_2021.section_5.full_rank import C5_9_BIAS
from symbolic_landscape.proofs.cooper_2021.settings.almost_all import (
    ALMOST_ALL,
    deficient,
    descent,
    full,
    independent,
    mu,
)
from symbolic_landscape.proofs.cooper_2021.settings.architectures import i, j, k, l, m
from symbolic_landscape.proofs.cooper_2021.settings.minima import (
    full_rank,
    least,
    segment_down,
)
from symbolic_landscape.proofs.cooper_2021.settings.networks import (
    NETWORK,
    M,
    V,
    X,
    Y,
    b,
    column,
    e,
    layer,
    n,
    one,
    phi_,
    sigma,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_4.generic import L4_4
from symbolic_landscape.proofs.nguyen_hein_2017.section_4.left_limit import INJECTIVE
from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_6.wide_features import (
    NULL as WIDE_NULL,
)
from symbolic_landscape.proofs.rules import curves, limits, measure, order, ranks
from symbolic_landscape.proofs.rules.curves import analytic, twice_smooth
from symbolic_landscape.proofs.rules.limits import tends
from symbolic_landscape.proofs.rules.measure import null
from symbolic_landscape.proofs.rules.objects import s, t, x
from symbolic_landscape.proofs.rules.points import r
from symbolic_landscape.statement.language import (
    block,
    both,
    contradiction,
    define,
    each,
    every,
    exists,
    fn,
    integer,
    matrices,
    matrix,
    rank,
    recursion,
    stack,
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
)

place, v = integer("place"), integer("v")
Phi1 = stack(phi_(V, e)[l - 1], one)
DISTINCT = {
    "distinct": each(
        i, 1, n, each(j, i + 1, n, ~each(place, 1, m[0], X.T[i, place] == X.T[j, place]))
    )
}
increasing = every(s, t, (s < t) >> (sigma(s) < sigma(t)))
GENERIC = {
    **DISTINCT,
    "analytic": analytic(sigma),
    "increasing": increasing,
    "left": tends(fn(x, sigma(-x)), mu),
    "wide": m[l - 1] >= n - 1,
}

W, c = matrices("W", lambda k: m[k - 1], lambda k: m[k]), matrices("c", lambda k: 1, lambda k: m[k])
Z = matrix("Z", n, m[k - 1])
rows_ = define(
    "features by rows",
    (W, c),
    recursion(k, Z, 0, X.T, sigma(Z @ W[k] + column @ c[k])),
    text="F",
    latex="F",
)
turned = fn(k, V[k].T), fn(k, e[k].T)
same = each(j, 0, l - 1, rows_(*turned)[j] == phi_(V, e)[j].T)
ROWS = Statement(
    "C21.T5.10.rows",
    NETWORK,
    title="Features with rows as samples",
    names=(V, e),
    given={},
    then=same,
    proof=[
        have(
            "same",
            same,
            induct(
                v,
                base=[have("input", rows_(*turned)[0] == phi_(V, e)[0].T, calculation)],
                step=[
                    have(
                        "there",
                        rows_(*turned)[v + 1]
                        == sigma(rows_(*turned)[v] @ V[v + 1].T + column @ e[v + 1].T),
                        definition,
                    ),
                    have(
                        "here",
                        phi_(V, e)[v + 1] == sigma(layer(phi_(V, e)[v], v + 1, V, e)),
                        definition,
                    ),
                    have(
                        "next",
                        rows_(*turned)[v + 1] == phi_(V, e)[v + 1].T,
                        calculation,
                        "there",
                        "same.before",
                        "<here",
                    ),
                ],
            ),
        )
    ],
)

by_rows = fn(W, fn(c, rank(block(rows_(W, c)[l - 1], column)) < n))
turned_rank = rank(block(rows_(*turned)[l - 1], column))
REGULAR = [
    have("twice", twice_smooth(sigma), by(curves.twice_smooth_of_analytic), "analytic"),
    have("smooth", None, by(curves.smooth_of_twice), "twice"),
    have("injective", None, cite(INJECTIVE)),
]
"""Steps to what NH17 asks of the activation."""
ROW_NETWORK: dict[str, Any] = {
    "L": l,
    "N": n,
    "n": m,
    "X": X.T,
    "Y": Y.T,
    "W": fn(k, M[k].T),
    "b": fn(k, b[k].T),
    "l": sigma,
    "k": l - 1,
}
"""The network of NH17 with samples in rows."""
BIAS = Statement(
    "C21.T5.10.bias",
    ALMOST_ALL,
    title="Features and ones of full rank almost everywhere",
    where="Section 5.2, at Theorem 5.10",
    lines=(548, 548),
    names=(mu,),
    standing=(l >= 2,),
    given=GENERIC,
    then=independent(sigma),
    gloss="With the bias n - 1 units are enough: [Phi; 1] has rank n for almost all layers.",
    proof=[
        *REGULAR,
        have("by rows", null(1, l - 1, by_rows), cite(L4_4, **ROW_NETWORK)),
        have(
            "turned",
            null(1, l - 1, fn(V, fn(e, turned_rank < n))),
            by(measure.null_of_transposed, low=1, high=l - 1, T=by_rows),
            "by rows",
        ),
        have(
            "inside",
            every(V, e, (rank(Phi1) < n) >> (turned_rank < n)),
            arbitrary(
                V,
                e,
                proof=[
                    have("rows", None, cite(ROWS)),
                    have("here", None, at(l - 1), "rows"),
                    have("ranks", rank(Phi1.T) == rank(Phi1), by(ranks.rank_of_transpose)),
                    have(
                        "parts",
                        turned_rank == rank(Phi1.T),
                        calculation,
                        "here",
                    ),
                    have("less", turned_rank < n, linear, "ranks", "parts", "inside.if"),
                ],
            ),
        ),
        have("null", independent(sigma), by(measure.null_part), "inside", "turned"),
    ],
)

bounded = exists(r, every(t, both(-r <= sigma(t), sigma(t) <= r)))
SQUASHING = {
    **DISTINCT,
    "analytic": analytic(sigma),
    "increasing": increasing,
    "bounded": bounded,
}
WIDE = {"wide": m[l - 1] >= n}
features = phi_(V, e)[l - 1]
low_by_rows = fn(W, fn(c, rank(rows_(W, c)[l - 1]) < n))
turned_features = rank(rows_(*turned)[l - 1])
T5_10 = Statement(
    "C21.T5.10",
    ALMOST_ALL,
    title="Full rank almost everywhere",
    kind="theorem",
    where="Section 5.2, Theorem 5.10 [NMH18]",
    lines=(548, 548),
    names=(mu,),
    standing=(l >= 2,),
    given={**GENERIC, **WIDE},
    then=full(sigma),
    gloss="Phi has full rank for almost all layers, with n units or more. The activation need not be "
    "bounded, and its limit at minus infinity may be any number. With fewer units nothing is said.",
    proof=[
        *REGULAR,
        have("by rows", null(1, l - 1, low_by_rows), cite(WIDE_NULL, **ROW_NETWORK)),
        have(
            "turned",
            null(1, l - 1, fn(V, fn(e, turned_features < n))),
            by(measure.null_of_transposed, low=1, high=l - 1, T=low_by_rows),
            "by rows",
        ),
        have(
            "inside",
            every(V, e, ~full_rank(features) >> (turned_features < n)),
            arbitrary(
                V,
                e,
                proof=[
                    have("rows", None, cite(ROWS)),
                    have("here", None, at(l - 1), "rows"),
                    have("ranks", rank(features.T) == rank(features), by(ranks.rank_of_transpose)),
                    have("parts", turned_features == rank(features.T), calculation, "here"),
                    have("columns", rank(features) <= n, by(ranks.rank_at_most_columns)),
                    have("not full", rank(features) != n, logic, "inside.if"),
                    have(
                        "lower",
                        rank(features) < n,
                        by(order.less_if_different),
                        "columns",
                        "not full",
                    ),
                    have("less", turned_features < n, linear, "ranks", "parts", "lower"),
                ],
            ),
        ),
        have("null", full(sigma), by(measure.null_part), "inside", "turned"),
    ],
    reading="repaired",
)

NMH18 = Statement(
    "external:nguyen_mukkamala_hein_2018",
    ALMOST_ALL,
    kind="external",
    title="Features of a wide layer have full rank almost everywhere",
    where="Nguyen, Mukkamala and Hein 2018",
    standing=(l >= 2,),
    given={**SQUASHING, "limit": tends(fn(x, sigma(-x)), 0), **WIDE},
    then=full(sigma),
    gloss="The activation tends to 0 at minus infinity.",
)
T5_10_PRINTED = Statement(
    "C21.T5.10",
    ALMOST_ALL,
    title="Full rank almost everywhere",
    kind="theorem",
    where="Section 5.2, Theorem 5.10 [NMH18]",
    lines=(548, 548),
    standing=(l >= 2,),
    given={**SQUASHING, "limit": tends(sigma, 0), **WIDE},
    then=full(sigma),
    gloss="Section 5 has widths of at least n.",
    hedge="The limit is printed at infinity. In the cited paper it is at minus infinity; with -sigma(-t) "
    "for sigma the one follows from the other.",
    proof=[have("cited", full(sigma), cite(NMH18), lines=(548, 548))],
    repaired=T5_10,
    expected=("hypothesis not discharged, step cited",),
)

T5_11 = Statement(
    "C21.T5.11",
    ALMOST_ALL,
    title="Almost every parameter has a descent line",
    kind="theorem",
    where="Section 5.2, Theorem 5.11",
    lines=(555, 555),
    names=(mu,),
    standing=(l >= 2,),
    given=GENERIC,
    then=descent(sigma),
    gloss="Points that are no global minima, and from which no such segment starts, form a null set.",
    proof=[
        have("features", None, cite(BIAS)),
        have(
            "inside",
            every(V, e, both(~least(V, e), ~segment_down(V, e)) >> (rank(Phi1) < n)),
            arbitrary(
                V,
                e,
                proof=[
                    have("higher", ~least(V, e), logic, "inside.if"),
                    have("none", ~segment_down(V, e), logic, "inside.if"),
                    have("columns", rank(Phi1) <= n, by(ranks.rank_at_most_columns)),
                    have(
                        "not full",
                        rank(Phi1) != n,
                        suppose_not(
                            [
                                have("down", segment_down(V, e), cite(C5_9_BIAS, M=V, b=e)),
                                have("clash", contradiction, logic, "down", "none"),
                            ]
                        ),
                    ),
                    have(
                        "less", rank(Phi1) < n, by(order.less_if_different), "columns", "not full"
                    ),
                ],
            ),
        ),
        have(
            "all layers",
            null(1, l, deficient),
            by(measure.null_of_more, low=1, high=l - 1, k=l, T=deficient),
            "features",
        ),
        have("null", descent(sigma), by(measure.null_part), "inside", "all layers"),
    ],
    reading="repaired",
)
without_segment = fn(V, fn(e, ~segment_down(V, e)))
T5_11_PRINTED = Statement(
    "C21.T5.11",
    ALMOST_ALL,
    title="Almost every parameter has a descent line",
    kind="theorem",
    where="Section 5.2, Theorem 5.11",
    lines=(555, 555),
    standing=(l >= 2,),
    given={
        **SQUASHING,
        "limit": tends(sigma, 0),
        "zero": sigma(0) == 0,
        "wide": each(i, 1, l - 1, m[i] > n),
    },
    then=null(1, l, without_segment),
    gloss="sigma(0) = 0 is assumed of all activations in Section 2.",
    hedge="Without sigma(0) = 0 the hypotheses hold together; with the limit at minus infinity too "
    "sigma(0) is not 0.",
    proof=[
        have("negative", sigma(0) < 0, by(limits.increasing_below_limit), "increasing", "limit"),
        have("clash", contradiction, linear, "negative", "zero"),
        have("almost all", null(1, l, without_segment), logic, "clash", lines=(557, 557)),
    ],
    repaired=T5_11,
    expected=("inconsistent, statement",),
)
