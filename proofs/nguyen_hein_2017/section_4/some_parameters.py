"""Section 4, Lemma 4.3 as printed, by its own proof: steep units and a determinant in the limit.

Statements
- NH17.L4.3.layer: a layer above samples that differ can have independent features.
- NH17.L4.3: some parameters give rank [F_k, 1] = N.
"""

from symbolic_landscape.proofs.nguyen_hein_2017.section_4.full_rank import (
    CHOSEN,
    DISTINCT,
    L4_3,
    M,
    e,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_4.left_limit import INJECTIVE
from symbolic_landscape.proofs.nguyen_hein_2017.section_4.steep_layers import BOUNDED, GROWING
from symbolic_landscape.proofs.nguyen_hein_2017.settings.assumptions import (
    ASSUMPTIONS,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.growth import (
    grows_within,
    rho1,
    rho2,
    rho3,
    rho4,
    within,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.network import (
    F_,
    NETWORK,
    L,
    N,
    V,
    c,
    independent_somewhere,
    k,
    n,
    one,
    sigma,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.steep_units import injective, rows_differ
from symbolic_landscape.proofs.rules.exponentials import exp
from symbolic_landscape.statement.language import (
    block,
    contradiction,
    every,
    exists,
    rank,
    real,
    update,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    at,
    calculation,
    cases,
    cite,
    have,
    linear,
    logic,
    obtain,
    take,
)

x = real("x")
LAYER = (1 <= k, k <= L - 1)
rhos = (rho1, rho2, rho3, rho4)
below = F_(V, c)[k - 1]
features = sigma(below @ M + one @ e)
some_units = exists(M, e, rank(block(features, one)) == N)
chosen = (update(V, k, M), update(c, k, e))
LAYER_OF = {"Z": below, "p": n[k - 1], "q": n[k]}

L4_3_PRINTED = Statement(
    "NH17.L4.3",
    NETWORK,
    title="Some parameters give independent features",
    gloss="A wide layer has parameters with which [features, 1] tells all N samples apart.",
    where="Section 4, Lemma 4.3",
    lines=(1096, 1100),
    names=(k,),
    standing=LAYER,
    given={**ASSUMPTIONS, "wide": n[k] >= N - 1},
    then=independent_somewhere(k),
    proof=[
        have("injective", injective(sigma), cite(INJECTIVE), lines=(1118, 1121)),
        have("apart in each layer", None, cite(DISTINCT), lines=(1102, 1171)),
        have("some apart", None, at(k - 1), "apart in each layer"),
        have("apart", rows_differ(below), obtain(V, c), "some apart", lines=(1168, 1171)),
        have(
            "some units",
            some_units,
            cases(
                [
                    have(
                        "case",
                        some_units,
                        cases(
                            [
                                have(
                                    "first",
                                    some_units,
                                    cite(BOUNDED, **LAYER_OF, beta=0),
                                    lines=(1203, 1324),
                                )
                            ],
                            [
                                have(
                                    "constants", grows_within(sigma, *rhos), obtain(*rhos), "case.2"
                                ),
                                have("rate", rho2 > 0, logic, "constants"),
                                have(
                                    "decay",
                                    every(x, (x < 0) >> within(sigma(x), rho1 * exp(rho2 * x))),
                                    logic,
                                    "constants",
                                ),
                                have(
                                    "growth",
                                    every(x, (x >= 0) >> within(sigma(x), rho3 * x + rho4)),
                                    logic,
                                    "constants",
                                ),
                                have(
                                    "second",
                                    some_units,
                                    cite(GROWING, **LAYER_OF),
                                    lines=(1326, 1429),
                                ),
                            ],
                        ),
                        "bounded",
                    ),
                ],
                [
                    have("clash", contradiction, linear, "some units.2", "wide"),
                    have("never", some_units, logic, "clash"),
                ],
                split=N - 1 <= n[k],
            ),
            lines=(1175, 1429),
        ),
        have("units", rank(block(features, one)) == N, obtain(M, e), "some units"),
        have("layer", F_(*chosen)[k] == features, cite(CHOSEN, W=V, b=c)),
        have("full", rank(block(F_(*chosen)[k], one)) == N, calculation, "units", "layer"),
        have(
            "some",
            exists(V, c, rank(block(F_(V, c)[k], one)) == N),
            take(*chosen),
            "full",
            lines=(1321, 1324),
        ),
    ],
    repaired=L4_3,
)
