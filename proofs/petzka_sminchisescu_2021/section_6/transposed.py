"""Section 6, Lemma 16: a network of PS21 and the one of NH17 with transposed weights.

Notation: VT, CT are weights and biases as NH17 has them, with samples in rows.

Statements
- PS21.L16.transposed: both have the same features, transposed.
- PS21.L16.activation: class A has what the lemmas of NH17 ask of the activation.
- PS21.L16.rank: near all parameters some give the wide layer the rank N.
"""

from symbolic_landscape.proofs.nguyen_hein_2017.section_4.left_limit import INJECTIVE, LEFT
from symbolic_landscape.proofs.nguyen_hein_2017.settings import network as nh
from symbolic_landscape.proofs.nguyen_hein_2017.settings.growth import (
    bounded_or_growing,
    is_bounded,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.steep_units import injective, tends_left
from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_6.wide_features import NEAR
from symbolic_landscape.proofs.petzka_sminchisescu_2021.settings.layers import (
    ACTIVATION,
    CLASS_A,
    N,
    c,
    d,
    j,
    one,
    sigma,
    strictly_between,
    t,
    x,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.settings.networks import (
    A_,
    NETWORK,
    L,
    V,
    W,
    X,
    Y,
    b,
    distinct,
    e,
    i,
    n,
    wide,
)
from symbolic_landscape.proofs.rules import curves, order, ranks, slopes
from symbolic_landscape.proofs.rules.curves import analytic, twice_smooth
from symbolic_landscape.proofs.rules.derivatives import smooth
from symbolic_landscape.proofs.rules.points import close, near
from symbolic_landscape.statement.language import (
    Expr,
    both,
    each,
    every,
    exists,
    fn,
    integer,
    like,
    rank,
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
    linear,
    logic,
    obtain,
    take,
)
from symbolic_landscape.statement.step import Step
from symbolic_landscape.statement.term import substitute

VT, CT = like("VT", nh.W), like("CT", nh.b)
v, mu = integer("v"), real("mu")
HERE = {nh.X.term: X.T.term}


def F(VT: Expr, CT: Expr) -> Expr:
    """The features of NH17, on these inputs."""
    return Expr(substitute(nh.F_(VT, CT).term, HERE))


def turned(family: Expr) -> Expr:
    """The family of transposed matrices."""
    return fn(i, family[i].T)


there = A_(turned(VT), turned(CT))
same = each(j, 0, L, there[j] == F(VT, CT)[j].T)
TRANSPOSED = Statement(
    "PS21.L16.transposed",
    NETWORK,
    title="Activations are the transposed features of the network with transposed weights",
    names=(VT, CT),
    given={},
    then=same,
    proof=[
        have(
            "all",
            same,
            induct(
                v,
                base=[have("inputs", there[0] == F(VT, CT)[0].T, calculation)],
                step=[
                    have(
                        "here",
                        there[v + 1] == sigma(VT[v + 1].T @ there[v] + CT[v + 1].T @ one),
                        definition,
                    ),
                    have(
                        "rows",
                        F(VT, CT)[v + 1] == sigma(F(VT, CT)[v] @ VT[v + 1] + one.T @ CT[v + 1]),
                        definition,
                    ),
                    have(
                        "next",
                        there[v + 1] == F(VT, CT)[v + 1].T,
                        calculation,
                        "here",
                        "all.before",
                        "rows",
                    ),
                ],
            ),
        )
    ],
)

ASKED = both(injective(sigma), exists(mu, tends_left(sigma, mu)))
size = c * c + d * d + 1
ACTIVATION_OF_NH17 = Statement(
    "PS21.L16.activation",
    ACTIVATION,
    title="Activations of class A are injective, with a limit to the left",
    given={name: CLASS_A[name] for name in ("increasing", "image")},
    then=ASKED,
    proof=[
        have("values", every(x, strictly_between(sigma(x))), logic, "image"),
        have(
            "within",
            every(t, both(-size <= sigma(t), sigma(t) <= size)),
            arbitrary(
                t,
                proof=[
                    have("value", None, at(t), "values"),
                    have("c", (c + 1) * (c + 1) >= 0, by(order.square_not_negative)),
                    have("d", (d - 1) * (d - 1) >= 0, by(order.square_not_negative)),
                    have("c square", c * c >= 0, by(order.square_not_negative)),
                    have("d square", d * d >= 0, by(order.square_not_negative)),
                    have(
                        "bounds",
                        both(-size <= sigma(t), sigma(t) <= size),
                        linear,
                        *("value", "c", "d", "c square", "d square"),
                    ),
                ],
            ),
        ),
        have("bounded", is_bounded(sigma), take(size), "within"),
        have("or grows", bounded_or_growing(sigma), logic, "bounded"),
        have("injective", None, cite(INJECTIVE)),
        have("limit", None, cite(LEFT)),
        have("both", ASKED, logic, "injective", "limit"),
    ],
)

eps = real("eps")
row, place = integer("row"), integer("place")
WIDE = (1 <= wide, wide <= L - 1)
near_there = exists(V, e, both(near(V, e, W, b, 1, wide, eps), rank(A_(V, e)[wide]) == N))
found = both(near(VT, CT, turned(W), turned(b), 1, wide, eps), rank(F(VT, CT)[wide]) == N)
squares = fn(t, t * t)


def turned_back(name: str, A: Expr, B: Expr) -> Step:
    """The step to transposed matrices that are close."""
    proof = [have("entry", None, at(place, row), name)]
    return have(f"{name} turned", close(A.T, B, eps), arbitrary(row, place, proof=proof))


SMOOTH = [
    have("twice", twice_smooth(sigma), by(curves.twice_smooth_of_analytic), "analytic"),
    have("smooth", smooth(sigma), by(curves.smooth_of_twice), "twice"),
    have("square", analytic(squares), by(slopes.analytic_square)),
    have("square twice", twice_smooth(squares), by(curves.twice_smooth_of_analytic), "square"),
    have("square smooth", smooth(squares), by(curves.smooth_of_twice), "square twice"),
]
"""Steps to what NH17 asks of the activation, and of some loss of a residual: its square."""

TURNED = [
    have("found", found, obtain(VT, CT), "somewhere near"),
    have("near", near(VT, CT, turned(W), turned(b), 1, wide, eps), logic, "found"),
    have("rank", rank(F(VT, CT)[wide]) == N, logic, "found"),
    have(
        "near here",
        near(turned(VT), turned(CT), W, b, 1, wide, eps),
        arbitrary(
            i,
            proof=[
                have("layer", None, at(i), "near"),
                have("weights", close(VT[i], W[i].T, eps), logic, "layer"),
                have("biases", close(CT[i], b[i].T, eps), logic, "layer"),
                turned_back("weights", VT[i], W[i]),
                turned_back("biases", CT[i], b[i]),
                have(
                    "both",
                    both(close(VT[i].T, W[i], eps), close(CT[i].T, b[i], eps)),
                    logic,
                    "weights turned",
                    "biases turned",
                ),
            ],
        ),
    ),
    have("all same", None, cite(TRANSPOSED)),
    have("same", None, at(wide), "all same"),
    have("turned rank", None, by(ranks.rank_of_transpose, A=F(VT, CT)[wide])),
    have(
        "rank here",
        rank(A_(turned(VT), turned(CT))[wide]) == N,
        calculation,
        "same",
        "turned rank",
        "rank",
    ),
    have("some", near_there, take(turned(VT), turned(CT)), "near here", "rank here"),
]
"""Steps from parameters of NH17 near the transposed ones to parameters here."""

WITHOUT_ZERO = {name: CLASS_A[name] for name in ("increasing", "analytic", "image")}
"""Class A without 0 in the closure of the image."""

RANK = Statement(
    "PS21.L16.rank",
    NETWORK,
    title="Near all parameters some give the wide layer the rank N",
    names=(wide, eps),
    standing=WIDE,
    given={**WITHOUT_ZERO, "distinct": distinct, "wide": n[wide] >= N, "radius": eps > 0},
    then=near_there,
    proof=[
        have("asked", None, cite(ACTIVATION_OF_NH17)),
        have("injective", injective(sigma), logic, "asked"),
        have("some limit", exists(mu, tends_left(sigma, mu)), logic, "asked"),
        have("limit", tends_left(sigma, mu), obtain(mu), "some limit"),
        *SMOOTH,
        have(
            "somewhere near",
            exists(VT, CT, found),
            cite(NEAR, X=X.T, Y=Y.T, W=turned(W), b=turned(b), l=squares, k=wide, r=eps),
        ),
        *TURNED,
    ],
)
