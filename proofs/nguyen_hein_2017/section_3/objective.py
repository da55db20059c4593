"""Section 3.2: the features and the objective as functions of a point of parameter space.

Statements
- NH17.T3.8.below: the features up to layer k depend on the layers up to k alone.
- NH17.T3.8.depends: the objective depends on the layers 1 to L alone.
- NH17.T3.8.smoothFeatures, NH17.T3.8.smooth: they are twice continuously differentiable.
- NH17.T3.8.directions: where the gradients of all layers vanish, so do slopes in all directions.
"""

from symbolic_landscape.proofs.nguyen_hein_2017.settings.assumptions import (
    loss_twice_smooth,
    twice_smooth,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.neighbourhoods import NEIGHBOURHOODS
from symbolic_landscape.proofs.nguyen_hein_2017.settings.network import (
    F_,
    F,
    L,
    Phi,
    V,
    W,
    b,
    bias_gradient,
    c,
    critical,
    k,
    layer,
    one,
    sigma,
    weight_gradient,
)
from symbolic_landscape.proofs.rules import curves, points
from symbolic_landscape.proofs.rules.functions import equal_functions_of_points
from symbolic_landscape.statement.language import (
    Expr,
    each,
    every,
    fn,
    integer,
    like,
    real,
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
    logic,
)

i, j, v = integer("i"), integer("j"), integer("v")
t = real("t")
V2, c2 = like("V2", V), like("c2", c)
OBJECTIVE = fn(V, fn(c, Phi(V, c)))
"""The objective as a function of the point."""


def of_points(value: Expr) -> Expr:
    """The function of points with this value at (V, c)."""
    return fn(V, fn(c, value))


BELOW = Statement(
    "NH17.T3.8.below",
    NEIGHBOURHOODS,
    title="The features up to layer k depend on the layers up to k alone",
    names=(k, V, c),
    given={"same": points.agree(V, c, W, b, 1, k)},
    then=each(j, 0, k, F_(V, c)[j] == F(j)),
    proof=[
        have(
            "all",
            each(j, 0, k, F_(V, c)[j] == F(j)),
            induct(
                v,
                base=[have("input", F_(V, c)[0] == F(0), calculation)],
                step=[
                    have("layer", None, at(v + 1), "same"),
                    have("weights", V[v + 1] == W[v + 1], logic, "layer"),
                    have("biases", c[v + 1] == b[v + 1], logic, "layer"),
                    have(
                        "there",
                        F_(V, c)[v + 1] == sigma(layer(F_(V, c)[v], v + 1, V, c)),
                        definition,
                    ),
                    have("here", F(v + 1) == sigma(layer(F(v), v + 1)), definition),
                    have(
                        "next",
                        F_(V, c)[v + 1] == F(v + 1),
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

DEPENDS = Statement(
    "NH17.T3.8.depends",
    NEIGHBOURHOODS,
    title="The objective depends on the layers 1 to L alone",
    given={},
    then=points.depends_on(OBJECTIVE, 1, L),
    proof=[
        have(
            "all",
            points.depends_on(OBJECTIVE, 1, L),
            arbitrary(
                V,
                c,
                V2,
                c2,
                proof=[
                    have(
                        "features",
                        each(j, 0, L, F_(V, c)[j] == F_(V2, c2)[j]),
                        cite(BELOW, k=L, W=V2, b=c2),
                    ),
                    have("output", F_(V, c)[L] == F_(V2, c2)[L], at(L), "features"),
                    have("same", Phi(V, c) == Phi(V2, c2), calculation, "output"),
                ],
            ),
        )
    ],
)

SMOOTH_FEATURES = Statement(
    "NH17.T3.8.smoothFeatures",
    NEIGHBOURHOODS,
    title="The features are twice continuously differentiable in the parameters",
    given={"sigma": twice_smooth(sigma)},
    then=each(j, 0, L, twice_smooth(of_points(F_(V, c)[j]))),
    proof=[
        have(
            "all",
            each(j, 0, L, twice_smooth(of_points(F_(V, c)[j]))),
            induct(
                v,
                base=[
                    have(
                        "input",
                        twice_smooth(of_points(F_(V, c)[0])),
                        by(curves.twice_smooth_constant),
                    )
                ],
                step=[
                    have(
                        "weights",
                        twice_smooth(of_points(V[v + 1])),
                        by(curves.twice_smooth_member, i=v + 1),
                    ),
                    have(
                        "biases",
                        twice_smooth(of_points(c[v + 1])),
                        by(curves.twice_smooth_member2, i=v + 1),
                    ),
                    have("ones", twice_smooth(of_points(one)), by(curves.twice_smooth_constant)),
                    have(
                        "product",
                        twice_smooth(of_points(F_(V, c)[v] @ V[v + 1])),
                        by(curves.twice_smooth_product),
                        "all.before",
                        "weights",
                    ),
                    have(
                        "rows",
                        twice_smooth(of_points(one @ c[v + 1])),
                        by(curves.twice_smooth_product),
                        "ones",
                        "biases",
                    ),
                    have(
                        "sum",
                        twice_smooth(of_points(layer(F_(V, c)[v], v + 1, V, c))),
                        by(curves.twice_smooth_total),
                        "product",
                        "rows",
                    ),
                    have(
                        "image",
                        twice_smooth(of_points(sigma(layer(F_(V, c)[v], v + 1, V, c)))),
                        by(curves.twice_smooth_image),
                        "sigma",
                        "sum",
                    ),
                    have(
                        "values",
                        every(V, c, F_(V, c)[v + 1] == sigma(layer(F_(V, c)[v], v + 1, V, c))),
                        arbitrary(
                            V,
                            c,
                            proof=[
                                have(
                                    "layer",
                                    F_(V, c)[v + 1] == sigma(layer(F_(V, c)[v], v + 1, V, c)),
                                    definition,
                                )
                            ],
                        ),
                    ),
                    have(
                        "functions",
                        of_points(F_(V, c)[v + 1])
                        == of_points(sigma(layer(F_(V, c)[v], v + 1, V, c))),
                        by(equal_functions_of_points),
                        "values",
                    ),
                    have(
                        "next",
                        twice_smooth(of_points(F_(V, c)[v + 1])),
                        calculation,
                        "image",
                        "<functions",
                    ),
                ],
            ),
        )
    ],
)

SMOOTH_OBJECTIVE = Statement(
    "NH17.T3.8.smooth",
    NEIGHBOURHOODS,
    title="The objective is twice continuously differentiable in the parameters",
    given={"sigma": twice_smooth(sigma), "loss smooth": loss_twice_smooth},
    then=twice_smooth(OBJECTIVE),
    proof=[
        have("features", None, cite(SMOOTH_FEATURES)),
        have("output", twice_smooth(of_points(F_(V, c)[L])), at(L), "features"),
        have(
            "sum", twice_smooth(OBJECTIVE), by(curves.twice_smooth_summed), "loss smooth", "output"
        ),
    ],
)

K, e = like("K", W), like("e", b)

SLOPES = Statement(
    "NH17.T3.8.directions",
    NEIGHBOURHOODS,
    title="At a critical point the slope vanishes in every direction",
    names=(K, e),
    given={
        "sigma": twice_smooth(sigma),
        "loss smooth": loss_twice_smooth,
        "critical": critical(W, b),
    },
    then=points.slope_along(OBJECTIVE, W, b, K, e) == 0,
    proof=[
        have("smooth", None, cite(SMOOTH_OBJECTIVE)),
        have("depends", None, cite(DEPENDS)),
        have(
            "weights",
            each(i, 1, L, weight_gradient(W, b, i) == 0),
            arbitrary(
                i,
                proof=[
                    have("layer", None, at(i), "critical"),
                    have("zero", weight_gradient(W, b, i) == 0, logic, "layer"),
                ],
            ),
        ),
        have(
            "biases",
            each(i, 1, L, bias_gradient(W, b, i) == 0),
            arbitrary(
                i,
                proof=[
                    have("layer", None, at(i), "critical"),
                    have("zero", bias_gradient(W, b, i) == 0, logic, "layer"),
                ],
            ),
        ),
        have(
            "slope",
            points.slope_along(OBJECTIVE, W, b, K, e) == 0,
            by(curves.slope_of_members, H=OBJECTIVE, U=W, a=b, K=K, e=e),
            "smooth",
            "depends",
            "weights",
            "biases",
        ),
    ],
)
