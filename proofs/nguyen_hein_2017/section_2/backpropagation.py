"""Section 2, Lemma 2.1: the errors of a layer from those of the next, and the gradients from them.

Statements
- NH17.L2.1.features: a change of W_k leaves the features below layer k as they are.
- NH17.L2.1.tails: a change of W_k leaves the objective as a function of later layers as it is.
- NH17.L2.1.bias: the same for a change of b_k.
- NH17.L2.1.objective: the objective is a function of the preactivations of any one layer.
- NH17.L2.1.smooth: that function is continuously differentiable.
- NH17.L2.1: backpropagation.
"""

from collections.abc import Callable, Mapping

from symbolic_landscape.proofs.nguyen_hein_2017.settings.network import (
    F_,
    NETWORK,
    Delta,
    F,
    G,
    L,
    Phi,
    W,
    Y,
    b,
    bias_gradient,
    features,
    h,
    k,
    layer,
    loss,
    n,
    one,
    sigma,
    summed,
    tail_,
    weight_gradient,
)
from symbolic_landscape.proofs.rules import derivatives as d
from symbolic_landscape.proofs.rules.derivatives import smooth
from symbolic_landscape.proofs.rules.functions import equal_functions
from symbolic_landscape.statement.language import (
    Expr,
    both,
    derivative,
    each,
    every,
    fn,
    gradient,
    integer,
    matrix,
    update,
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
from symbolic_landscape.statement.step import Step

j, v = integer("j"), integer("v")
M, c = matrix("M", n[k - 1], n[k]), matrix("c", 1, n[k])
moved, shifted = (update(W, k, M), b), (W, update(b, k, c))


def inside(point: tuple[Expr, Expr], v: Expr) -> Expr:
    """The objective as a function of layer v - 1, through layer v, at a point."""
    Z = features(v - 1)
    return fn(Z, tail_(*point)[v](layer(sigma(Z), v, *point)))


FEATURES, BIAS_FEATURES = (
    Statement(
        key,
        NETWORK,
        title="Features below a changed layer stay as they are",
        names=(k, change),
        given={},
        then=each(j, 0, k - 1, F_(*point)[j] == F(j)),
        proof=[
            have(
                "all",
                each(j, 0, k - 1, F_(*point)[j] == F(j)),
                induct(
                    v,
                    base=[have("input", F_(*point)[0] == F(0), calculation)],
                    step=[
                        have(
                            "there",
                            F_(*point)[v + 1] == sigma(layer(F_(*point)[v], v + 1, *point)),
                            definition,
                        ),
                        have("here", F(v + 1) == sigma(layer(F(v), v + 1)), definition),
                        have(
                            "next",
                            F_(*point)[v + 1] == F(v + 1),
                            calculation,
                            "there",
                            "all.before",
                            "<here",
                        ),
                    ],
                ),
            )
        ],
    )
    for key, point, change in (
        ("NH17.L2.1.features", moved, M),
        ("NH17.L2.1.biasFeatures", shifted, c),
    )
)

TAILS, BIAS_TAILS = (
    Statement(
        key,
        NETWORK,
        title="The objective as a function of a later layer stays as it is",
        names=(k, change),
        given={},
        then=each(j, k, L, tail_(*point)[j] == h(j)),
        proof=[
            have(
                "all",
                each(j, k, L, tail_(*point)[j] == h(j)),
                induct(
                    v,
                    down=True,
                    base=[have("output", tail_(*point)[L] == h(L), calculation)],
                    step=[
                        have("there", tail_(*point)[v - 1] == inside(point, v), definition),
                        have("here", h(v - 1) == inside((W, b), v), definition),
                        have(
                            "next",
                            tail_(*point)[v - 1] == h(v - 1),
                            calculation,
                            "there",
                            "all.before",
                            "<here",
                        ),
                    ],
                ),
            )
        ],
    )
    for key, point, change in (("NH17.L2.1.tails", moved, M), ("NH17.L2.1.biasTails", shifted, c))
)

OBJECTIVE = Statement(
    "NH17.L2.1.objective",
    NETWORK,
    title="The objective is a function of the preactivations of any one layer",
    given={},
    then=each(j, 1, L, Phi(W, b) == h(j)(G(j))),
    proof=[
        have(
            "all",
            each(j, 1, L, Phi(W, b) == h(j)(G(j))),
            induct(
                v,
                down=True,
                base=[
                    have("output", F(L) == sigma(G(L)), definition),
                    have("last", Phi(W, b) == h(L)(G(L)), calculation, "output"),
                ],
                step=[
                    have("lower", F(v - 1) == sigma(G(v - 1)), definition),
                    have("tail", h(v - 1) == inside((W, b), v), definition),
                    have(
                        "next",
                        Phi(W, b) == h(v - 1)(G(v - 1)),
                        calculation,
                        "all.before",
                        "tail",
                        "lower",
                    ),
                ],
            ),
        )
    ],
)

SMOOTH = Statement(
    "NH17.L2.1.smooth",
    NETWORK,
    title="The objective is continuously differentiable in the preactivations",
    given={},
    then=each(j, 1, L, smooth(h(j))),
    proof=[
        have(
            "all",
            each(j, 1, L, smooth(h(j))),
            induct(
                v,
                down=True,
                base=[
                    have(
                        "sum",
                        smooth(fn(features(L), summed(features(L) - Y))),
                        by(d.smooth_sum),
                        "standing 5",
                    ),
                    have(
                        "output",
                        smooth(h(L)),
                        by(d.smooth_entrywise, h=fn(features(L), summed(features(L) - Y))),
                        "sum",
                        "standing 4",
                    ),
                ],
                step=[
                    have("tail", h(v - 1) == inside((W, b), v), definition),
                    have(
                        "layer",
                        smooth(inside((W, b), v)),
                        by(d.smooth_layer, o=h(v)),
                        "all.before",
                        "standing 4",
                    ),
                    have("next", smooth(h(v - 1)), calculation, "layer", "<tail"),
                ],
            ),
        )
    ],
)

last_errors = Delta(L) == derivative(loss)(F(L) - Y) * derivative(sigma)(G(L))
errors_back = each(k, 1, L - 1, Delta(k) == (Delta(k + 1) @ W[k + 1].T) * derivative(sigma)(G(k)))
weight_gradients = each(k, 1, L, weight_gradient(W, b, k) == F(k - 1).T @ Delta(k))
bias_gradients = each(k, 1, L, bias_gradient(W, b, k) == one.T @ Delta(k))
residual_sum = fn(features(L), summed(features(L) - Y))


def gradient_proof(
    point: tuple[Expr, Expr],
    change: Expr,
    at_layer: Callable[[Expr], Expr],
    slope: tuple[Expr, Expr],
    statements: tuple[Statement, Statement, Statement],
    change_name: Mapping[str, Expr],
) -> list[Step]:
    """Steps to the gradient of layer v: the objective in the changed parameters, then the chain."""
    objective, same_features, same_tails = statements
    there, here = Phi(*point), h(v)(at_layer(change))
    return [
        have(
            "objective",
            every(change, there == here),
            arbitrary(
                change,
                proof=[
                    have("split", None, cite(objective, **change_name)),
                    have("split here", None, at(v), "split"),
                    have(
                        "features",
                        None,
                        cite(same_features, k=v, **{str(change.term.name): change}),
                    ),
                    have("features here", None, at(v - 1), "features"),
                    have("tails", None, cite(same_tails, k=v, **{str(change.term.name): change})),
                    have("tails here", None, at(v), "tails"),
                    have(
                        "equal",
                        there == here,
                        calculation,
                        "split here",
                        "tails here",
                        "features here",
                    ),
                ],
            ),
        ),
        have(
            "as functions", fn(change, there) == fn(change, here), by(equal_functions), "objective"
        ),
        have("smooth here", None, at(v), "smooth"),
        have(
            "chain",
            gradient(fn(change, here), slope[0]) == slope[1],
            by(d.gradient_of_affine, o=h(v)),
            "smooth here",
        ),
    ]


MV, cv = matrix("M", n[v - 1], n[v]), matrix("c", 1, n[v])
WEIGHTS = [
    *gradient_proof(
        (update(W, v, MV), b),
        MV,
        lambda M: F(v - 1) @ M + one @ b[v],
        (W[v], F(v - 1).T @ gradient(h(v), G(v))),
        (OBJECTIVE, FEATURES, TAILS),
        {"W": update(W, v, MV)},
    ),
    have(
        "step",
        weight_gradient(W, b, v) == F(v - 1).T @ Delta(v),
        calculation,
        "as functions",
        "chain",
    ),
]
BIASES = [
    *gradient_proof(
        (W, update(b, v, cv)),
        cv,
        lambda c: F(v - 1) @ W[v] + one @ c,
        (b[v], one.T @ gradient(h(v), G(v))),
        (OBJECTIVE, BIAS_FEATURES, BIAS_TAILS),
        {"b": update(b, v, cv)},
    ),
    have("step", bias_gradient(W, b, v) == one.T @ Delta(v), calculation, "as functions", "chain"),
]

L2_1 = Statement(
    "NH17.L2.1",
    NETWORK,
    title="Backpropagation identities",
    where="Section 2, Lemma 2.1",
    given={},
    then=both(last_errors, errors_back, weight_gradients, bias_gradients),
    proof=[
        have("smooth", each(j, 1, L, smooth(h(j))), cite(SMOOTH)),
        have("smooth sum", smooth(residual_sum), by(d.smooth_sum), "standing 5"),
        have(
            "sum",
            gradient(residual_sum, sigma(G(L))) == derivative(loss)(sigma(G(L)) - Y),
            by(d.gradient_of_sum),
            "standing 5",
        ),
        have(
            "through sigma",
            gradient(h(L), G(L)) == gradient(residual_sum, sigma(G(L))) * derivative(sigma)(G(L)),
            by(d.gradient_of_entrywise, h=residual_sum),
            "smooth sum",
            "standing 4",
        ),
        have("output", F(L) == sigma(G(L)), definition),
        have("last", last_errors, calculation, "through sigma", "sum", "output"),
        have(
            "back",
            errors_back,
            arbitrary(
                v,
                proof=[
                    have("tail", h(v) == inside((W, b), v + 1), definition),
                    have("features", F(v) == sigma(G(v)), definition),
                    have("smooth above", smooth(h(v + 1)), at(v + 1), "smooth"),
                    have(
                        "chain",
                        gradient(inside((W, b), v + 1), G(v))
                        == (gradient(h(v + 1), layer(sigma(G(v)), v + 1)) @ W[v + 1].T)
                        * derivative(sigma)(G(v)),
                        by(d.gradient_of_layer, o=h(v + 1)),
                        "smooth above",
                        "standing 4",
                    ),
                    have(
                        "step",
                        Delta(v) == (Delta(v + 1) @ W[v + 1].T) * derivative(sigma)(G(v)),
                        calculation,
                        "tail",
                        "chain",
                        "features",
                    ),
                ],
            ),
        ),
        have("weights", weight_gradients, arbitrary(v, proof=WEIGHTS)),
        have("biases", bias_gradients, arbitrary(v, proof=BIASES)),
        have(
            "all",
            both(last_errors, errors_back, weight_gradients, bias_gradients),
            logic,
            "last",
            "back",
            "weights",
            "biases",
        ),
    ],
)
