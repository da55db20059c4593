"""Section 6, Lemma 16: parameters near any others at which the wide layer spans R^N.

Statements
- PS21.L16: as near as one likes the wide layer spans R^N, and later weights have full rank.
"""

from symbolic_landscape.proofs.petzka_sminchisescu_2021.settings.layers import CLASS_A, N
from symbolic_landscape.proofs.petzka_sminchisescu_2021.settings.networks import (
    A_,
    NETWORK,
    L,
    V,
    W,
    b,
    distinct,
    e,
    full_rank,
    k,
    n,
    wide,
)
from symbolic_landscape.proofs.rules.points import near
from symbolic_landscape.statement.language import both, each, exists, rank, real
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import have, sampled

eps = real("eps")
WIDE = (1 <= wide, wide <= L - 1)
near_and_generic = exists(
    V,
    e,
    both(
        near(V, e, W, b, 1, L, eps),
        rank(A_(V, e)[wide]) == N,
        each(k, wide + 2, L, full_rank(V, k)),
    ),
)
GENERIC = {**CLASS_A, "distinct": distinct, "wide": n[wide] > N, "radius": eps > 0}

L16 = Statement(
    "PS21.L16",
    NETWORK,
    title="Generic perturbation",
    where="Section 6, Lemma 16",
    lines=(294, 300),
    names=(wide, eps),
    standing=WIDE,
    given=GENERIC,
    then=near_and_generic,
    proof=[
        have(
            "near and generic",
            near_and_generic,
            sampled("that minors of the activations are analytic in all parameters and not all 0"),
            *GENERIC,
        )
    ],
)
