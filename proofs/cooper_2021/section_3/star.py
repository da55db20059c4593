"""Section 3.1: the star locus, and how features move.

Notation: (V, e) is a direction, and Z the curve of the features of layer l - 1 along it.

Statements
- C21.D3.S: with the mean of the targets as last bias, not their sum, the errors sum to 0.
- C21.T3.1.features: the last features of a star point are 0.
- C21.T3.1.smooth: the features move smoothly along every direction.
"""

from collections.abc import Mapping, Sequence

from symbolic_landscape.proofs.cooper_2021.section_3.slopes import squared
from symbolic_landscape.proofs.cooper_2021.settings.architectures import i, j, k, l, m
from symbolic_landscape.proofs.cooper_2021.settings.networks import (
    NETWORK,
    M,
    V,
    X,
    Y,
    b,
    column,
    e,
    f_,
    layer,
    loss_,
    mean_of_targets,
    n,
    one,
    phi_,
    sigma,
    star_layers,
    sum_of_targets,
)
from symbolic_landscape.proofs.rules import blocks, curves, functions
from symbolic_landscape.proofs.rules.curves import twice_smooth
from symbolic_landscape.proofs.rules.points import moved, t
from symbolic_landscape.statement.language import (
    Expr,
    each,
    every,
    fn,
    integer,
    zeros,
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
)
from symbolic_landscape.statement.step import Step
from symbolic_landscape.statement.term import num

v = integer("v")
PIECE = (1 <= k, k <= l - 1)
STAR = {"star": star_layers(k)}
errors_cancel = (f_(M, b) - Y) @ column == 0


def definition_of_star(
    given: Mapping[str, Expr],
    last: Sequence[Step] = (),
    reading: str = "printed",
    repaired: Statement | None = None,
    expected: tuple[str, ...] = (),
) -> Statement:
    """A reading of what the last bias of S_k is for; `last` are steps to M[l] = 0."""
    return Statement(
        "C21.D3.S",
        NETWORK,
        title="Star locus",
        kind="definition",
        where="Section 3.1.1; end of the proof of Theorem 3.1",
        lines=(190, 196),
        names=(k,) if last else (),
        standing=PIECE if last else (),
        given=given,
        then=errors_cancel,
        gloss="The last bias is chosen so that the errors sum to 0.",
        proof=[
            *last,
            have("repeated", None, by(blocks.repeated_column_summed, a=b[l], p=n)),
            have("total", f_(M, b) @ column == n * b[l], calculation, "last", "repeated"),
            have("cancel", errors_cancel, linear, "total", "bias", lines=(318, 318)),
        ],
        reading=reading,
        repaired=repaired,
        expected=expected,
    )


D3_S = definition_of_star({"last": M[l] == 0, "bias": mean_of_targets}, reading="repaired")
D3_S_PRINTED = definition_of_star(
    {**STAR, "bias": sum_of_targets},
    [have("last", M[l] == 0, logic, "star")],
    repaired=D3_S,
    expected=(
        "unsupported premise, step cancel",
        "refuted, statement",
        "invalid inference, step cancel",
    ),
)

FEATURES = Statement(
    "C21.T3.1.features",
    NETWORK,
    title="The last features of a star point are 0",
    where="Section 3.1.2, proof of Theorem 3.1",
    lines=(296, 302),
    names=(k,),
    standing=PIECE,
    given={
        "zero": sigma(0) == 0,
        "weights": M[k] == 0,
        "biases": each(i, k, l - 1, b[i] == 0),
    },
    then=each(j, k, l - 1, phi_(M, b)[j] == 0),
    proof=[
        have(
            "features",
            each(j, k, l - 1, phi_(M, b)[j] == 0),
            induct(
                v,
                base=[
                    have("bias", None, at(k), "biases"),
                    have(
                        "inside", layer(phi_(M, b)[k - 1], k) == 0, calculation, "weights", "bias"
                    ),
                    have("image", None, by(functions.zero_entrywise, f=sigma), "zero", "inside"),
                    have("layer", phi_(M, b)[k] == sigma(layer(phi_(M, b)[k - 1], k)), definition),
                    have("first", phi_(M, b)[k] == 0, calculation, "layer", "image"),
                ],
                step=[
                    have("bias", None, at(v + 1), "biases"),
                    have(
                        "inside",
                        layer(phi_(M, b)[v], v + 1) == 0,
                        calculation,
                        "features.before",
                        "bias",
                    ),
                    have("image", None, by(functions.zero_entrywise, f=sigma), "zero", "inside"),
                    have(
                        "layer", phi_(M, b)[v + 1] == sigma(layer(phi_(M, b)[v], v + 1)), definition
                    ),
                    have("next", phi_(M, b)[v + 1] == 0, calculation, "layer", "image"),
                ],
            ),
            lines=(296, 302),
        ),
    ],
)

moved_point = moved(M, b, (t, V, e))


def curve(j: Expr) -> Expr:
    """The features of layer j along the direction."""
    return fn(t, phi_(*moved_point)[j])


def weight(j: Expr) -> Expr:
    """The weights of layer j along the direction."""
    return M[j] + t * V[j]


SMOOTH = Statement(
    "C21.T3.1.smooth",
    NETWORK,
    title="Features move smoothly along a direction",
    names=(V, e),
    given={"smooth": twice_smooth(sigma)},
    then=each(j, 0, l - 1, twice_smooth(curve(j))),
    proof=[
        have(
            "all",
            each(j, 0, l - 1, twice_smooth(curve(j))),
            induct(
                v,
                base=[
                    have(
                        "input",
                        twice_smooth(curve(Expr(num(0)))),
                        by(curves.twice_smooth_line, A=X, A2=zeros(m[0], n)),
                    )
                ],
                step=[
                    have(
                        "weights",
                        twice_smooth(fn(t, weight(v + 1))),
                        by(curves.twice_smooth_line, A=M[v + 1], A2=V[v + 1]),
                    ),
                    have(
                        "product",
                        twice_smooth(fn(t, weight(v + 1) @ phi_(*moved_point)[v])),
                        by(curves.twice_smooth_curve_product, X=fn(t, weight(v + 1)), Y=curve(v)),
                        "weights",
                        "all.before",
                    ),
                    have(
                        "biases",
                        twice_smooth(fn(t, b[v + 1] @ one + t * (e[v + 1] @ one))),
                        by(curves.twice_smooth_line, A=b[v + 1] @ one, A2=e[v + 1] @ one),
                    ),
                    have(
                        "sum",
                        twice_smooth(fn(t, layer(phi_(*moved_point)[v], v + 1, *moved_point))),
                        by(
                            curves.twice_smooth_curve_sum,
                            X=fn(t, weight(v + 1) @ phi_(*moved_point)[v]),
                            X2=fn(t, b[v + 1] @ one + t * (e[v + 1] @ one)),
                        ),
                        "product",
                        "biases",
                    ),
                    have(
                        "image",
                        twice_smooth(
                            fn(t, sigma(layer(phi_(*moved_point)[v], v + 1, *moved_point)))
                        ),
                        by(
                            curves.twice_smooth_curve_image,
                            f=sigma,
                            X=fn(t, layer(phi_(*moved_point)[v], v + 1, *moved_point)),
                        ),
                        "smooth",
                        "sum",
                    ),
                    have(
                        "layers",
                        every(
                            t,
                            phi_(*moved_point)[v + 1]
                            == sigma(layer(phi_(*moved_point)[v], v + 1, *moved_point)),
                        ),
                        arbitrary(
                            t,
                            proof=[
                                have(
                                    "layer",
                                    phi_(*moved_point)[v + 1]
                                    == sigma(layer(phi_(*moved_point)[v], v + 1, *moved_point)),
                                    definition,
                                )
                            ],
                        ),
                    ),
                    have("curve", None, by(functions.equal_curves), "layers"),
                    have("next", twice_smooth(curve(v + 1)), calculation, "image", "curve"),
                ],
            ),
        )
    ],
)

Z = curve(l - 1)
R, E = b[l] @ one - Y, e[l] @ one
residuals = fn(t, t * V[l] @ Z(t) + R + t * E)
"""The residuals along a direction, from a point with M[l] = 0."""
MOVING: Sequence[Step] = [
    have("all smooth", None, cite(SMOOTH)),
    have("smooth there", None, at(l - 1), "all smooth"),
    have(
        "losses",
        every(t, loss_(*moved_point) == squared(residuals(t))),
        arbitrary(
            t,
            proof=[have("loss", loss_(*moved_point) == squared(residuals(t)), calculation, "last")],
        ),
    ),
    have("curve", None, by(functions.equal_functions_of_numbers), "losses"),
]
"""Steps: along a direction the loss is the sum of the squares of the residuals."""
