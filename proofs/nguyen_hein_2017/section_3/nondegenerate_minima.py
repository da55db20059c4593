"""Section 3.2, Corollary 3.9: non-degenerate local minima, and why there are none.

Statements
- NH17.C3.9: non-degenerate local minima of full rank are global.
"""

from symbolic_landscape.proofs.nguyen_hein_2017.section_3.definite_hessians import (
    BLOCK,
    DEFINITE,
    definite,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_3.local_minima import (
    ALL,
    CRITICAL,
    SMOOTH,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_3.wide_layer import T3_8
from symbolic_landscape.proofs.nguyen_hein_2017.section_3.wide_layer_directly import T3_8_REPAIRED
from symbolic_landscape.proofs.nguyen_hein_2017.settings.assumptions import (
    PRINTED,
    full_rank_from,
    twice_smooth,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.directions import (
    I,
    nondegenerate,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.neighbourhoods import (
    NEIGHBOURHOODS,
    local_minimum,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.network import (
    L,
    N,
    W,
    b,
    critical,
    k,
    minimises,
    n,
    sigma,
)
from symbolic_landscape.proofs.rules import curves
from symbolic_landscape.statement.language import (
    each,
    fn,
    integer,
    real,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    by,
    cite,
    have,
    linear,
)
from symbolic_landscape.statement.step import Step

i, j, v, t = integer("i"), integer("j"), integer("v"), real("t")
UPPER = fn(i, i >= k + 1)
"""The set of layers above k."""
no_lower = each(i, 1, k, ~UPPER(i))


def corollary_proof(theorem: Statement) -> list[Step]:
    """The steps of the printed proof, with Theorem 3.8 for the activation meant."""
    return [
        have("sigma smooth", twice_smooth(sigma), by(curves.twice_smooth_of_analytic), "analytic"),
        have("definite", definite, cite(DEFINITE), lines=(948, 949)),
        have("block", nondegenerate(W, b, UPPER), cite(BLOCK, I=UPPER), lines=(949, 952)),
        have("critical", critical(W, b), cite(CRITICAL)),
        have("no lower layer", no_lower, arbitrary(i, proof=[have("upper", ~UPPER(i), linear)])),
        have("next layer", UPPER(k + 1), linear),
        have("least", minimises(W, b), cite(theorem, I=UPPER), lines=(952, 954)),
    ]


C3_9_REPAIRED = Statement(
    "NH17.C3.9",
    NEIGHBOURHOODS,
    kind="corollary",
    title="Non-degenerate local minima",
    where="Section 3.2, Corollary 3.9",
    lines=(931, 940),
    reading="repaired",
    names=(k, I),
    standing=(k >= 1, k <= L - 1),
    given={
        "minimum": local_minimum(W, b),
        **SMOOTH,
        **{name: f for name, f in T3_8_REPAIRED.given.items() if name != "critical"},
    },
    then=minimises(W, b),
    proof=[
        have("critical", critical(W, b), cite(CRITICAL)),
        have("least", minimises(W, b), cite(T3_8_REPAIRED)),
    ],
    gloss="Non-degenerate in the layers of a set I above k, in place of: in all parameters.",
)
C3_9 = Statement(
    "NH17.C3.9",
    NEIGHBOURHOODS,
    kind="corollary",
    title="Non-degenerate local minima",
    where="Section 3.2, Corollary 3.9",
    lines=(931, 940),
    names=(k,),
    standing=(k >= 1, k <= L - 1),
    given={
        **PRINTED,
        "wide": n[k] >= N - 1,
        "minimum": local_minimum(W, b),
        "nondegenerate": nondegenerate(W, b, ALL),
        "ranks": full_rank_from(k + 2),
    },
    then=minimises(W, b),
    proof=corollary_proof(T3_8),
    repaired=C3_9_REPAIRED,
)
