"""Section 5.3 and Section 6: nondegenerate critical points of a network are isolated.

Statements
- C21.R5.open.below: features depend on the layers up to their own alone.
- C21.R5.open.depends: the loss depends on the layers of the network alone.
- C21.R5.open.isolated: where no eigenvalue of the Hessian is 0, a critical point is isolated.
"""

from symbolic_landscape.proofs.cooper_2021.section_3.loss_derivatives import (
    M2,
    SMOOTH,
    b2,
    errors,
    of_points,
)
from symbolic_landscape.proofs.cooper_2021.settings.architectures import j, k, l
from symbolic_landscape.proofs.cooper_2021.settings.hessians import (
    HESSIANS,
    isolated,
    nondegenerate,
)
from symbolic_landscape.proofs.cooper_2021.settings.networks import (
    NETWORK,
    M,
    V,
    Y,
    b,
    critical,
    e,
    f_,
    layer,
    loss_,
    phi_,
    sigma,
)
from symbolic_landscape.proofs.rules import continuity, curves
from symbolic_landscape.proofs.rules.curves import twice_smooth
from symbolic_landscape.proofs.rules.entries import squares_of_equal
from symbolic_landscape.proofs.rules.points import agree, depends_on
from symbolic_landscape.statement.language import each, integer, like
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

v = integer("v")
V2, e2 = like("V2", M), like("e2", b)
same_features = each(j, 0, k, phi_(V, e)[j] == phi_(M, b)[j])
BELOW = Statement(
    "C21.R5.open.below",
    NETWORK,
    title="Features depend on the layers up to their own alone",
    names=(k, V, e),
    given={"same": agree(V, e, M, b, 1, k)},
    then=same_features,
    proof=[
        have("all", same_features, induct(
            v,
            base=[have("input", phi_(V, e)[0] == phi_(M, b)[0], calculation)],
            step=[
                have("layer", None, at(v + 1), "same"),
                have("weights", V[v + 1] == M[v + 1], logic, "layer"),
                have("biases", e[v + 1] == b[v + 1], logic, "layer"),
                have("there", phi_(V, e)[v + 1] == sigma(layer(phi_(V, e)[v], v + 1, V, e)), definition),
                have("here", phi_(M, b)[v + 1] == sigma(layer(phi_(M, b)[v], v + 1)), definition),
                have(
                    "next", phi_(V, e)[v + 1] == phi_(M, b)[v + 1], calculation,
                    "there", "all.before", "weights", "biases", "<here",
                ),
            ],
        )),
    ],
)  # fmt: skip
loss = of_points(loss_(M2, b2))
DEPENDS = Statement(
    "C21.R5.open.depends",
    NETWORK,
    title="The loss depends on the layers of the network alone",
    given={},
    then=depends_on(loss, 1, l),
    proof=[
        have("all", depends_on(loss, 1, l), arbitrary(V, e, V2, e2, proof=[
            have("below", agree(V, e, V2, e2, 1, l - 1), arbitrary(j, proof=[
                have("layer", None, at(j), "all.if"),
            ])),
            have("features", each(j, 0, l - 1, phi_(V, e)[j] == phi_(V2, e2)[j]), cite(BELOW, k=l - 1, M=V2, b=e2)),
            have("there", phi_(V, e)[l - 1] == phi_(V2, e2)[l - 1], at(l - 1), "features"),
            have("last", None, at(l), "all.if"),
            have("weights", V[l] == V2[l], logic, "last"),
            have("biases", e[l] == e2[l], logic, "last"),
            have("outputs", f_(V, e) == f_(V2, e2), calculation, "there", "weights", "biases"),
            have("same", loss_(V, e) == loss_(V2, e2), by(squares_of_equal, A=f_(V, e) - Y, A2=f_(V2, e2) - Y), "outputs"),
        ])),
    ],
)  # fmt: skip
ISOLATED = Statement(
    "C21.R5.open.isolated",
    HESSIANS,
    title="A critical point without eigenvalues 0 is isolated",
    where="Section 5.3 and Section 6 (and 1.2)",
    lines=(68, 68),
    given={
        "smooth": twice_smooth(sigma),
        "critical": critical(M, b),
        "nondegenerate": nondegenerate(M, b),
    },
    then=isolated(M, b),
    proof=[
        have("errors", None, cite(SMOOTH)),
        have(
            "smooth loss",
            twice_smooth(loss),
            by(curves.twice_smooth_squares_of_points, HA=errors),
            "errors",
        ),
        have("depends", depends_on(loss, 1, l), cite(DEPENDS)),
        have(
            "apart",
            None,
            by(continuity.isolated_where_nondegenerate, H=loss, U=M, a=b, lo=1, hi=l),
            "smooth loss",
            "depends",
            "critical",
            "nondegenerate",
        ),
        have("isolated", isolated(M, b), logic, "critical", "apart"),
    ],
)
