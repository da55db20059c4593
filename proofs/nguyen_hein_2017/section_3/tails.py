"""Section 3.2: the objective as a function of the preactivations of a layer.

Statements
- NH17.C3.9.tails: it depends on the layers above alone.
- NH17.C3.9.smooth: it is twice continuously differentiable.
"""

from symbolic_landscape.proofs.nguyen_hein_2017.section_2.backpropagation import inside
from symbolic_landscape.proofs.nguyen_hein_2017.section_3.local_minima import (
    SMOOTH,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.assumptions import (
    twice_smooth,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.neighbourhoods import (
    NEIGHBOURHOODS,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.network import (
    L,
    V,
    W,
    Y,
    b,
    c,
    features,
    h,
    k,
    summed,
    tail_,
)
from symbolic_landscape.proofs.rules import curves, points
from symbolic_landscape.statement.language import (
    each,
    fn,
    integer,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    at,
    by,
    calculation,
    definition,
    have,
    induct,
    logic,
)

i, j, v = integer("i"), integer("j"), integer("v")
point = (V, c)
same_above = points.agree(V, c, W, b, k + 1, L)
TAILS = Statement(
    "NH17.C3.9.tails",
    NEIGHBOURHOODS,
    title="The objective as a function of layer k depends on the layers above k alone",
    names=(k, V, c),
    given={"same": same_above},
    then=each(j, k, L, tail_(V, c)[j] == h(j)),
    proof=[
        have(
            "all",
            each(j, k, L, tail_(V, c)[j] == h(j)),
            induct(
                v,
                down=True,
                base=[have("output", tail_(V, c)[L] == h(L), calculation)],
                step=[
                    have("layer", None, at(v), "same"),
                    have("weights", V[v] == W[v], logic, "layer"),
                    have("biases", c[v] == b[v], logic, "layer"),
                    have("there", tail_(V, c)[v - 1] == inside(point, v), definition),
                    have("here", h(v - 1) == inside((W, b), v), definition),
                    have(
                        "next",
                        tail_(V, c)[v - 1] == h(v - 1),
                        calculation,
                        "there",
                        "all.before",
                        "weights",
                        "biases",
                        "<here",
                    ),
                ],
            ),
        )
    ],
)

residual_sum = fn(features(L), summed(features(L) - Y))
SMOOTH_TAILS = Statement(
    "NH17.C3.9.smooth",
    NEIGHBOURHOODS,
    title="The objective is twice continuously differentiable in preactivations",
    given=SMOOTH,
    then=each(j, 1, L, twice_smooth(h(j))),
    proof=[
        have(
            "all",
            each(j, 1, L, twice_smooth(h(j))),
            induct(
                v,
                down=True,
                base=[
                    have(
                        "sum",
                        twice_smooth(residual_sum),
                        by(curves.twice_smooth_sum),
                        "loss smooth",
                    ),
                    have(
                        "output",
                        twice_smooth(h(L)),
                        by(curves.twice_smooth_entrywise, h=residual_sum),
                        "sum",
                        "sigma",
                    ),
                ],
                step=[
                    have("tail", h(v - 1) == inside((W, b), v), definition),
                    have(
                        "layer",
                        twice_smooth(inside((W, b), v)),
                        by(curves.twice_smooth_layer, o=h(v)),
                        "all.before",
                        "sigma",
                    ),
                    have("next", twice_smooth(h(v - 1)), calculation, "layer", "<tail"),
                ],
            ),
        )
    ],
)
