"""Section 2, Lemma 2.1 for any smooth objective of the outputs.

Statements
- NH17.L2.1.any.features, .biasFeatures: a change of layer k leaves the features below as they are.
- NH17.L2.1.any.tails, .biasTails: it leaves the objective as a function of later layers as it is.
- NH17.L2.1.any.objective: the objective is a function of the preactivations of any one layer.
- NH17.L2.1.any.smooth: that function is continuously differentiable.
- NH17.L2.1.any: backpropagation; Lemma 2.1 for one loss, or for a loss for each entry, cites it.
"""

from collections.abc import Callable, Mapping

from symbolic_landscape.proofs.nguyen_hein_2017.settings.network import (
    F_,
    F,
    G,
    L,
    W,
    b,
    features,
    k,
    layer,
    n,
    one,
    sigma,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.outputs import ANY, OUTPUTS, Objective, o
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
slope = derivative(sigma)
Phi, Delta, h = ANY.Phi, ANY.Delta, ANY.h
M, c = matrix("M", n[k - 1], n[k]), matrix("c", 1, n[k])


def inside(point: tuple[Expr, Expr], v: Expr) -> Expr:
    """The objective as a function of layer v - 1, through layer v, at a point."""
    Z = features(v - 1)
    return fn(Z, ANY.tail(*point)[v](layer(sigma(Z), v, *point)))


def features_stay(key: str, point: tuple[Expr, Expr], change: Expr) -> Statement:
    """The features below a changed layer stay as they are."""
    there = F_(*point)
    return Statement(
        key,
        OUTPUTS,
        title="Features below a changed layer stay as they are",
        names=(k, change),
        given={},
        then=each(j, 0, k - 1, there[j] == F(j)),
        proof=[
            have(
                "all",
                each(j, 0, k - 1, there[j] == F(j)),
                induct(
                    v,
                    base=[have("input", there[0] == F(0), calculation)],
                    step=[
                        have(
                            "there",
                            there[v + 1] == sigma(layer(there[v], v + 1, *point)),
                            definition,
                        ),
                        have("here", F(v + 1) == sigma(layer(F(v), v + 1)), definition),
                        have(
                            "next",
                            there[v + 1] == F(v + 1),
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


def tails_stay(key: str, point: tuple[Expr, Expr], change: Expr) -> Statement:
    """The objective as a function of a layer that is not below the changed one stays as it is."""
    there = ANY.tail(*point)
    return Statement(
        key,
        OUTPUTS,
        title="The objective as a function of a later layer stays as it is",
        names=(k, change),
        given={},
        then=each(j, k, L, there[j] == h(j)),
        proof=[
            have(
                "all",
                each(j, k, L, there[j] == h(j)),
                induct(
                    v,
                    down=True,
                    base=[have("output", there[L] == h(L), calculation)],
                    step=[
                        have("there", there[v - 1] == inside(point, v), definition),
                        have("here", h(v - 1) == inside((W, b), v), definition),
                        have(
                            "next",
                            there[v - 1] == h(v - 1),
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


AT_WEIGHTS, AT_BIAS = (update(W, k, M), b), (W, update(b, k, c))
FEATURES = features_stay("NH17.L2.1.any.features", AT_WEIGHTS, M)
BIAS_FEATURES = features_stay("NH17.L2.1.any.biasFeatures", AT_BIAS, c)
TAILS = tails_stay("NH17.L2.1.any.tails", AT_WEIGHTS, M)
BIAS_TAILS = tails_stay("NH17.L2.1.any.biasTails", AT_BIAS, c)

OBJECTIVE = Statement(
    "NH17.L2.1.any.objective",
    OUTPUTS,
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
    "NH17.L2.1.any.smooth",
    OUTPUTS,
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
                        "output",
                        smooth(h(L)),
                        by(d.smooth_entrywise, h=o),
                        "standing 5",
                        "standing 4",
                    )
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


def gradient_steps(
    there: Expr,
    change: Expr,
    at_layer: Callable[[Expr], Expr],
    here: Expr,
    factor: Expr,
    statements: tuple[Statement, Statement],
    at_change: Mapping[str, Expr],
) -> list[Step]:
    """Steps to a gradient of layer v: the objective in the changed parameters, then the chain."""
    same_features, same_tails = statements
    inner = h(v)(at_layer(change))
    changed = {"k": v, str(change.term.name): change}
    return [
        have(
            "objective",
            every(change, there == inner),
            arbitrary(
                change,
                proof=[
                    have("split", None, cite(OBJECTIVE, **at_change)),
                    have("split here", None, at(v), "split"),
                    have("features", None, cite(same_features, **changed)),
                    have("features here", None, at(v - 1), "features"),
                    have("tails", None, cite(same_tails, **changed)),
                    have("tails here", None, at(v), "tails"),
                    have(
                        "equal",
                        there == inner,
                        calculation,
                        "split here",
                        "tails here",
                        "features here",
                    ),
                ],
            ),
        ),
        have(
            "as functions", fn(change, there) == fn(change, inner), by(equal_functions), "objective"
        ),
        have("smooth here", None, at(v), "smooth"),
        have(
            "chain",
            gradient(fn(change, inner), here) == factor @ Delta(v),
            by(d.gradient_of_affine, o=h(v)),
            "smooth here",
        ),
    ]


MV, cv = matrix("M", n[v - 1], n[v]), matrix("c", 1, n[v])
WEIGHTS = [
    *gradient_steps(
        Phi(update(W, v, MV), b),
        MV,
        lambda M: F(v - 1) @ M + one @ b[v],
        W[v],
        F(v - 1).T,
        (FEATURES, TAILS),
        {"W": update(W, v, MV)},
    ),
    have(
        "step",
        ANY.weight_gradient(W, b, v) == F(v - 1).T @ Delta(v),
        calculation,
        "as functions",
        "chain",
    ),
]
BIASES = [
    *gradient_steps(
        Phi(W, update(b, v, cv)),
        cv,
        lambda c: F(v - 1) @ W[v] + one @ c,
        b[v],
        one.T,
        (BIAS_FEATURES, BIAS_TAILS),
        {"b": update(b, v, cv)},
    ),
    have(
        "step", ANY.bias_gradient(W, b, v) == one.T @ Delta(v), calculation, "as functions", "chain"
    ),
]


def identities(learning: Objective, slopes: Expr) -> tuple[Expr, Expr, Expr, Expr]:
    """Lemma 2.1 for an objective whose gradient at the outputs is `slopes`, in four parts."""
    Delta = learning.Delta
    return (
        Delta(L) == slopes * slope(G(L)),
        each(k, 1, L - 1, Delta(k) == (Delta(k + 1) @ W[k + 1].T) * slope(G(k))),
        each(k, 1, L, learning.weight_gradient(W, b, k) == F(k - 1).T @ Delta(k)),
        each(k, 1, L, learning.bias_gradient(W, b, k) == one.T @ Delta(k)),
    )


LAST, BACK, WEIGHT_GRADIENTS, BIAS_GRADIENTS = identities(ANY, gradient(o, F(L)))
through = (gradient(h(v + 1), layer(sigma(G(v)), v + 1)) @ W[v + 1].T) * slope(G(v))

ANY_L2_1 = Statement(
    "NH17.L2.1.any",
    OUTPUTS,
    title="Backpropagation identities for any smooth objective of the outputs",
    where="Section 2, Lemma 2.1",
    given={},
    then=both(LAST, BACK, WEIGHT_GRADIENTS, BIAS_GRADIENTS),
    gloss="Lemma 2.1 does not look into the loss: only the errors of the last layer know it.",
    proof=[
        have("smooth", None, cite(SMOOTH)),
        have("output", F(L) == sigma(G(L)), definition),
        have(
            "through sigma",
            Delta(L) == gradient(o, sigma(G(L))) * slope(G(L)),
            by(d.gradient_of_entrywise, h=o, f=sigma),
            "standing 5",
            "standing 4",
        ),
        have("last", LAST, calculation, "through sigma", "output"),
        have(
            "back",
            BACK,
            arbitrary(
                v,
                proof=[
                    have("tail", h(v) == inside((W, b), v + 1), definition),
                    have("features", F(v) == sigma(G(v)), definition),
                    have("smooth above", None, at(v + 1), "smooth"),
                    have(
                        "chain",
                        gradient(inside((W, b), v + 1), G(v)) == through,
                        by(d.gradient_of_layer, o=h(v + 1)),
                        "smooth above",
                        "standing 4",
                    ),
                    have(
                        "step",
                        Delta(v) == (Delta(v + 1) @ W[v + 1].T) * slope(G(v)),
                        calculation,
                        "tail",
                        "chain",
                        "features",
                    ),
                ],
            ),
        ),
        have("weights", WEIGHT_GRADIENTS, arbitrary(v, proof=WEIGHTS)),
        have("biases", BIAS_GRADIENTS, arbitrary(v, proof=BIASES)),
        have(
            "all",
            both(LAST, BACK, WEIGHT_GRADIENTS, BIAS_GRADIENTS),
            logic,
            "last",
            "back",
            "weights",
            "biases",
        ),
    ],
)
