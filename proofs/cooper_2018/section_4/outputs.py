"""Section 4.1: the outputs of a network as a map of its parameters.

Statements
- C18.R4.2.smooth: the outputs, any number of them, are a smooth map of the parameters.
- C18.T4.1.smooth: so is the column of the outputs, where there is one for each sample.
"""

from symbolic_landscape.proofs.cooper_2018.settings.activations import sigma
from symbolic_landscape.proofs.cooper_2018.settings.labels import (
    B_,
    LABELLED,
    LABELLED_OUTPUTS,
    W_,
    blab,
    lab,
    last_layer,
    outputs_,
    w,
)
from symbolic_landscape.proofs.cooper_2018.settings.layers import (
    T,
    X,
    d,
    i,
    j,
    k,
    m,
    one,
    phi_,
)
from symbolic_landscape.proofs.rules import manifolds, maps
from symbolic_landscape.proofs.rules.manifolds import infinitely_smooth
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
)
from symbolic_landscape.statement.step import Step
from symbolic_landscape.statement.term import num

v = integer("v")


def features(k: Expr) -> Expr:
    """The features of layer k as a map of the parameters."""
    return fn(w, phi_(W_(w), B_(w))[k])


def affine(k: Expr) -> Expr:
    """What layer k makes of the features below it, before sigma."""
    return W_(w)[k] @ phi_(W_(w), B_(w))[k - 1] + B_(w)[k] @ one


def affine_is_smooth(k: Expr, below: str) -> list[Step]:
    """Steps: what layer k makes of smooth features, before sigma, is smooth."""
    return [
        have(
            "weights",
            infinitely_smooth(fn(w, W_(w)[k])),
            by(manifolds.infinitely_smooth_selection, label=lab(k), m=m[k], p=m[k - 1]),
        ),
        have(
            "product",
            infinitely_smooth(fn(w, W_(w)[k] @ phi_(W_(w), B_(w))[k - 1])),
            by(manifolds.infinitely_smooth_product, F=fn(w, W_(w)[k]), K=features(k - 1)),
            "weights",
            below,
        ),
        have(
            "biases",
            infinitely_smooth(fn(w, B_(w)[k])),
            by(manifolds.infinitely_smooth_selection, label=fn(i, fn(j, blab(k)(i))), m=m[k], p=1),
        ),
        have("row", infinitely_smooth(fn(w, one)), by(manifolds.infinitely_smooth_constant)),
        have(
            "repeated",
            infinitely_smooth(fn(w, B_(w)[k] @ one)),
            by(manifolds.infinitely_smooth_product, F=fn(w, B_(w)[k]), K=fn(w, one)),
            "biases",
            "row",
        ),
        have(
            "sum",
            infinitely_smooth(fn(w, affine(k))),
            by(
                manifolds.infinitely_smooth_total,
                F=fn(w, W_(w)[k] @ phi_(W_(w), B_(w))[k - 1]),
                F2=fn(w, B_(w)[k] @ one),
            ),
            "product",
            "repeated",
        ),
    ]


OUTPUTS_SMOOTH = Statement(
    "C18.R4.2.smooth",
    LABELLED_OUTPUTS,
    title="The outputs, any number of them, are a smooth map of the parameters",
    where="Sections 2.1 and 4.1",
    lines=(87, 89),
    given={"smooth": infinitely_smooth(sigma)},
    then=infinitely_smooth(fn(w, last_layer(w))),
    proof=[
        have(
            "all",
            each(k, 0, T, infinitely_smooth(features(k))),
            induct(
                v,
                base=[
                    have(
                        "inputs",
                        infinitely_smooth(features(Expr(num(0)))),
                        by(manifolds.infinitely_smooth_constant, A=X),
                    )
                ],
                step=[
                    *affine_is_smooth(v + 1, "all.before"),
                    have(
                        "image",
                        infinitely_smooth(fn(w, sigma(affine(v + 1)))),
                        by(manifolds.infinitely_smooth_image, f=sigma, F=fn(w, affine(v + 1))),
                        "smooth",
                        "sum",
                    ),
                    have(
                        "layers",
                        every(w, sigma(affine(v + 1)) == features(v + 1)(w)),
                        arbitrary(
                            w,
                            proof=[
                                have(
                                    "layer", features(v + 1)(w) == sigma(affine(v + 1)), definition
                                )
                            ],
                        ),
                    ),
                    have(
                        "map",
                        None,
                        by(maps.equal_maps, F=fn(w, sigma(affine(v + 1))), F2=features(v + 1)),
                        "layers",
                    ),
                    have("next", infinitely_smooth(features(v + 1)), calculation, "image", "map"),
                ],
            ),
        ),
        have("top", None, at(T), "all"),
        *affine_is_smooth(T + 1, "top"),
    ],
)
SMOOTH = Statement(
    "C18.T4.1.smooth",
    LABELLED,
    title="The outputs are a smooth map of the parameters",
    where="Sections 2.1 and 4.1",
    lines=(87, 89),
    given={"smooth": infinitely_smooth(sigma)},
    then=infinitely_smooth(fn(w, outputs_(w))),
    proof=[
        have("last layer", None, cite(OUTPUTS_SMOOTH, Y=zeros(m[T + 1], d))),
        have(
            "places",
            each(i, 1, d, infinitely_smooth(fn(w, last_layer(w)[1, i]))),
            arbitrary(
                i,
                proof=[
                    have(
                        "place",
                        infinitely_smooth(fn(w, last_layer(w)[1, i])),
                        by(manifolds.infinitely_smooth_place, F=fn(w, last_layer(w)), i=1, j=i),
                        "last layer",
                    )
                ],
            ),
        ),
        have(
            "outputs",
            infinitely_smooth(fn(w, outputs_(w))),
            by(manifolds.infinitely_smooth_entries, phi=fn(i, fn(w, last_layer(w)[1, i]))),
            "places",
        ),
    ],
)
