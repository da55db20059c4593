"""Appendix A.4, proof of Lemma 20: layer by layer each path of preactivations is realised.

Statements
- PS21.L20.below: activations depend on the layers up to their own alone.
- PS21.L20.more: paths up to a layer and those of the next one are paths up to the next one.
- PS21.L20.first: preactivations of the layer after one that spans R^N are free.
- PS21.L20.lifted: with the preactivations of a hidden layer its activations are free.
- PS21.L20.next: with those the preactivations of the next layer are free.
- PS21.L20.layers: the preactivations of all later layers are free.
- PS21.L20.hidden: so are the activations of the later hidden layers.

Design notes. The paper goes up by paths of activations, which there are none of where the wide
layer is the last hidden one. Here preactivations go up: the output layer is then no case apart.
"""

from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_6.layers import L17, L18
from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_6.realising import L19
from symbolic_landscape.proofs.petzka_sminchisescu_2021.settings.layers import (
    CLASS_A,
    N,
    inside,
    one,
    sigma,
    starts,
    strictly_between,
    t,
    x,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.settings.networks import (
    A_,
    BG,
    NETWORK,
    WG,
    L,
    V,
    W,
    b,
    e,
    follow,
    free,
    i,
    k,
    layer,
    n,
    path,
    pre_,
    realised,
    wide,
)
from symbolic_landscape.proofs.rules import order, paths
from symbolic_landscape.proofs.rules.paths import continuous
from symbolic_landscape.proofs.rules.points import agree
from symbolic_landscape.statement.language import (
    Expr,
    both,
    each,
    every,
    exists,
    fn,
    function,
    integer,
    like,
    matrix,
    rank,
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
    linear,
    logic,
    obtain,
    take,
)
from symbolic_landscape.statement.step import Step

j, v = integer("j"), integer("v")
A = A_(W, b)

BELOW = Statement(
    "PS21.L20.below",
    NETWORK,
    title="Activations depend on the layers up to their own alone",
    names=(k, V, e),
    given={"agree": agree(V, e, W, b, 1, k)},
    then=each(j, 0, k, A_(V, e)[j] == A[j]),
    proof=[
        have(
            "all",
            each(j, 0, k, A_(V, e)[j] == A[j]),
            induct(
                v,
                base=[have("input", A_(V, e)[0] == A[0], calculation)],
                step=[
                    have("same", None, at(v + 1), "agree"),
                    have("weights", V[v + 1] == W[v + 1], logic, "same"),
                    have("biases", e[v + 1] == b[v + 1], logic, "same"),
                    have(
                        "there",
                        A_(V, e)[v + 1] == sigma(layer(A_(V, e)[v], v + 1, V, e)),
                        definition,
                    ),
                    have("here", A[v + 1] == sigma(layer(A[v], v + 1)), definition),
                    have(
                        "next",
                        A_(V, e)[v + 1] == A[v + 1],
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

HIDDEN = (1 <= k, k <= L - 1)
nu, lower = path(k + 1), function("lower", t, A[k])
omega, beta = function("omega", t, W[k + 1]), function("beta", t, b[k + 1])
new = fn(t, update(WG(t), k + 1, omega(t))), fn(t, update(BG(t), k + 1, beta(t)))
there = new[0](t), new[1](t)
moves = fn(i, both(continuous(fn(t, new[0](t)[i])), continuous(fn(t, new[1](t)[i]))))
begins = fn(i, both(new[0](0)[i] == W[i], new[1](0)[i] == b[i]))
followed = follow(WG, BG, W, b, k)


def up_to_next(name: str, P: Expr, *sources: str) -> list[Step]:
    """Steps to what holds for layers 1 to k + 1, from layers 1 to k and layer k + 1."""
    return [
        have(f"{name} next", P(k + 1), logic, *sources),
        have(
            name,
            each(i, 1, k + 1, P(i)),
            by(order.range_extended, P=P, lo=1, hi=k),
            f"{name} below",
            f"{name} next",
        ),
    ]


MORE = Statement(
    "PS21.L20.more",
    NETWORK,
    title="Paths up to a layer and those of the next layer are paths up to the next layer",
    names=(k, nu, WG, BG, omega, beta),
    standing=HIDDEN,
    given={
        "below": followed,
        "omega": starts(omega, W[k + 1]),
        "beta": starts(beta, b[k + 1]),
        "values": every(t, nu(t) == omega(t) @ A_(WG(t), BG(t))[k] + beta(t) @ one),
    },
    then=realised(nu, k + 1),
    proof=[
        have("moves below", each(i, 1, k, moves(i)), logic, "below"),
        *up_to_next("moves", moves, "omega", "beta"),
        have("begins below", each(i, 1, k, begins(i)), logic, "below"),
        *up_to_next("begins", begins, "omega", "beta"),
        have("rests", every(t, agree(WG(t), BG(t), W, b, k + 1, L)), logic, "below"),
        have(
            "still rests",
            every(t, agree(*there, W, b, k + 2, L)),
            arbitrary(
                t,
                proof=[
                    have("now", None, at(t), "rests"),
                    have(
                        "above",
                        agree(*there, W, b, k + 2, L),
                        arbitrary(
                            i,
                            proof=[
                                have("one", both(WG(t)[i] == W[i], BG(t)[i] == b[i]), at(i), "now")
                            ],
                        ),
                    ),
                ],
            ),
        ),
        have(
            "follows",
            every(t, pre_(*there, k + 1) == nu(t)),
            arbitrary(
                t,
                proof=[
                    have(
                        "same",
                        agree(*there, WG(t), BG(t), 1, k),
                        arbitrary(i, proof=[have("one", WG(t)[i] == WG(t)[i], calculation)]),
                    ),
                    have(
                        "layers",
                        None,
                        cite(BELOW, W=WG(t), b=BG(t), V=there[0], e=there[1]),
                    ),
                    have("layer", None, at(k), "layers"),
                    have("value", None, at(t), "values"),
                    have("now", pre_(*there, k + 1) == nu(t), calculation, "layer", "value"),
                ],
            ),
        ),
        have(
            "realised",
            realised(nu, k + 1),
            take(*new),
            "moves",
            "begins",
            "still rests",
            "follows",
        ),
    ],
)

reflexive = have("one", W[i] == W[i], calculation)

FIRST = Statement(
    "PS21.L20.first",
    NETWORK,
    title="Preactivations after a layer that spans are free",
    where="Appendix A.4, proof of Lemma 20",
    lines=(530, 530),
    names=(k,),
    standing=HIDDEN,
    given={"span": rank(A[k]) == N},
    then=free(k + 1),
    proof=[
        have(
            "free",
            free(k + 1),
            arbitrary(
                nu,
                proof=[
                    have("moves", continuous(nu), logic, "free.if"),
                    have("starts", nu(0) == pre_(W, b, k + 1), logic, "free.if"),
                    have(
                        "weights",
                        None,
                        cite(L17, m=n[k + 1], n=n[k], a=A[k], w=W[k + 1], w0=b[k + 1]),
                    ),
                    have("found", None, obtain(omega), "weights"),
                    have("omega", starts(omega, W[k + 1]), logic, "found"),
                    have(
                        "values",
                        every(t, nu(t) == omega(t) @ A[k] + b[k + 1] @ one),
                        logic,
                        "found",
                    ),
                    have(
                        "bias",
                        continuous(fn(t, b[k + 1])),
                        by(paths.continuous_constant, A=b[k + 1]),
                    ),
                    have(
                        "at rest",
                        each(i, 1, k, both(continuous(fn(t, W[i])), continuous(fn(t, b[i])))),
                        arbitrary(
                            i,
                            proof=[
                                have(
                                    "w",
                                    continuous(fn(t, W[i])),
                                    by(paths.continuous_constant, A=W[i]),
                                ),
                                have(
                                    "b",
                                    continuous(fn(t, b[i])),
                                    by(paths.continuous_constant, A=b[i]),
                                ),
                                have(
                                    "both",
                                    both(continuous(fn(t, W[i])), continuous(fn(t, b[i]))),
                                    logic,
                                    "w",
                                    "b",
                                ),
                            ],
                        ),
                    ),
                    have("same", agree(W, b, W, b, 1, k), arbitrary(i, proof=[reflexive])),
                    have(
                        "rest",
                        every(t, agree(W, b, W, b, k + 1, L)),
                        arbitrary(t, i, proof=[reflexive]),
                    ),
                    have(
                        "below",
                        follow(fn(t, W), fn(t, b), W, b, k),
                        logic,
                        "at rest",
                        "same",
                        "rest",
                    ),
                    have(
                        "realised",
                        realised(nu, k + 1),
                        cite(MORE, WG=fn(t, W), BG=fn(t, b), beta=fn(t, b[k + 1])),
                    ),
                ],
            ),
        )
    ],
)

lift = like("lift", lower)
known = {name: CLASS_A[name] for name in ("increasing", "image")}


def activations_free(k: Expr) -> Expr:
    """Each path of activations of layer k in the image from the present ones is realised."""
    lower = function("lower", t, matrix("", n[k], N))
    moves = both(continuous(lower), every(t, inside(lower(t))), lower(0) == A[k])
    values = every(t, A_(WG(t), BG(t))[k] == lower(t))
    return every(lower, moves >> exists(WG, BG, both(follow(WG, BG, W, b, k), values)))


LIFTED = Statement(
    "PS21.L20.lifted",
    NETWORK,
    title="With the preactivations of a hidden layer its activations are free",
    where="Appendix A.4, proof of Lemma 20",
    lines=(530, 530),
    names=(k,),
    standing=HIDDEN,
    given={**known, "free": free(k)},
    then=activations_free(k),
    proof=[
        have("here", A[k] == sigma(pre_(W, b, k)), definition),
        have(
            "activations",
            activations_free(k),
            arbitrary(
                lower,
                proof=[
                    have("moves", continuous(lower), logic, "activations.if"),
                    have("stays", every(t, inside(lower(t))), logic, "activations.if"),
                    have("starts", lower(0) == A[k], logic, "activations.if"),
                    have(
                        "some lift",
                        None,
                        cite(L18, m=n[k + 1], n=n[k], alpha=lower, a=A[k], w=W[k + 1], w0=b[k + 1]),
                    ),
                    have("lifted", None, obtain(lift), "some lift"),
                    have("lift moves", continuous(lift), logic, "lifted"),
                    have("over", every(t, sigma(lift(t)) == lower(t)), logic, "lifted"),
                    have("over at 0", None, at(0), "over"),
                    have(
                        "same image",
                        sigma(lift(0)) == sigma(pre_(W, b, k)),
                        calculation,
                        "over at 0",
                        "starts",
                        "here",
                    ),
                    have(
                        "lift starts",
                        lift(0) == pre_(W, b, k),
                        by(paths.injective_entrywise),
                        "increasing",
                        "same image",
                    ),
                    have("if path", None, at(lift), "free"),
                    have(
                        "realised", realised(lift, k), logic, "if path", "lift moves", "lift starts"
                    ),
                    have("paths", None, obtain(WG, BG), "realised"),
                    have("follow", followed, logic, "paths"),
                    have("below", every(t, pre_(WG(t), BG(t), k) == lift(t)), logic, "paths"),
                    have(
                        "values",
                        every(t, A_(WG(t), BG(t))[k] == lower(t)),
                        arbitrary(
                            t,
                            proof=[
                                have("lift now", None, at(t), "over"),
                                have("below now", None, at(t), "below"),
                                have(
                                    "layer",
                                    A_(WG(t), BG(t))[k] == sigma(pre_(WG(t), BG(t), k)),
                                    definition,
                                ),
                                have(
                                    "now",
                                    A_(WG(t), BG(t))[k] == lower(t),
                                    calculation,
                                    "layer",
                                    "below now",
                                    "lift now",
                                ),
                            ],
                        ),
                    ),
                    have(
                        "some paths",
                        exists(
                            WG,
                            BG,
                            both(
                                follow(WG, BG, W, b, k),
                                every(t, A_(WG(t), BG(t))[k] == lower(t)),
                            ),
                        ),
                        take(WG, BG),
                        "follow",
                        "values",
                    ),
                ],
            ),
        ),
    ],
)

fed = exists(
    omega,
    beta,
    lower,
    both(
        starts(omega, W[k + 1]),
        starts(beta, b[k + 1]),
        starts(lower, A[k]),
        every(t, rank(omega(t)) == n[k + 1]),
        every(t, inside(lower(t))),
        every(t, nu(t) == omega(t) @ lower(t) + beta(t) @ one),
    ),
)

NEXT = Statement(
    "PS21.L20.next",
    NETWORK,
    title="With the activations of a hidden layer the preactivations of the next layer are free",
    where="Appendix A.4, proof of Lemma 20",
    lines=(530, 532),
    names=(k,),
    standing=HIDDEN,
    given={
        "image": CLASS_A["image"],
        "free": activations_free(k),
        "rank": rank(W[k + 1]) == n[k + 1],
    },
    then=free(k + 1),
    proof=[
        have("here", A[k] == sigma(pre_(W, b, k)), definition),
        have("onto", every(x, strictly_between(sigma(x))), logic, "image"),
        have(
            "inside",
            inside(A[k]),
            arbitrary(
                i,
                j,
                proof=[
                    have("value", None, at(pre_(W, b, k)[i, j]), "onto"),
                    have(
                        "entry",
                        A[k][i, j] == sigma(pre_(W, b, k)[i, j]),
                        calculation,
                        "here",
                    ),
                    have("between", strictly_between(A[k][i, j]), linear, "value", "entry"),
                ],
            ),
        ),
        have(
            "free next",
            free(k + 1),
            arbitrary(
                nu,
                proof=[
                    have("moves", continuous(nu), logic, "free next.if"),
                    have("starts", nu(0) == pre_(W, b, k + 1), logic, "free next.if"),
                    have(
                        "fed",
                        fed,
                        cite(L19, m=n[k + 1], n=n[k], a=A[k], w=W[k + 1], w0=b[k + 1]),
                    ),
                    have("found", None, obtain(omega, beta, lower), "fed"),
                    have("omega", starts(omega, W[k + 1]), logic, "found"),
                    have("beta", starts(beta, b[k + 1]), logic, "found"),
                    have("lower moves", continuous(lower), logic, "found"),
                    have("lower starts", lower(0) == A[k], logic, "found"),
                    have("lower inside", every(t, inside(lower(t))), logic, "found"),
                    have(
                        "fits",
                        every(t, nu(t) == omega(t) @ lower(t) + beta(t) @ one),
                        logic,
                        "found",
                    ),
                    have("if path", None, at(lower), "free"),
                    have(
                        "realised",
                        None,
                        logic,
                        "if path",
                        "lower moves",
                        "lower starts",
                        "lower inside",
                    ),
                    have("paths", None, obtain(WG, BG), "realised"),
                    have("below", followed, logic, "paths"),
                    have(
                        "activations",
                        every(t, A_(WG(t), BG(t))[k] == lower(t)),
                        logic,
                        "paths",
                    ),
                    have(
                        "values",
                        every(t, nu(t) == omega(t) @ A_(WG(t), BG(t))[k] + beta(t) @ one),
                        arbitrary(
                            t,
                            proof=[
                                have("fit", None, at(t), "fits"),
                                have("activation", None, at(t), "activations"),
                                have(
                                    "now",
                                    nu(t) == omega(t) @ A_(WG(t), BG(t))[k] + beta(t) @ one,
                                    calculation,
                                    "fit",
                                    "activation",
                                ),
                            ],
                        ),
                    ),
                    have("next", realised(nu, k + 1), cite(MORE)),
                ],
            ),
        ),
    ],
)

later = each(k, wide + 1, L, free(k))
hidden = each(k, wide + 1, L - 1, activations_free(k))
STRUCTURE = {
    "span": rank(A[wide]) == N,
    "ranks": each(k, wide + 1, L - 1, rank(W[k + 1]) == n[k + 1]),
}
WIDE = (1 <= wide, wide <= L - 1)

LAYERS = Statement(
    "PS21.L20.layers",
    NETWORK,
    title="The preactivations of all layers after the wide one are free",
    where="Appendix A.4, proof of Lemma 20",
    lines=(528, 530),
    names=(wide,),
    standing=WIDE,
    given={**known, **STRUCTURE},
    then=later,
    proof=[
        have(
            "layers",
            later,
            induct(
                v,
                base=[have("first", free(wide + 1), cite(FIRST, k=wide))],
                step=[
                    have("rank", None, at(v), "ranks"),
                    have("activations", activations_free(v), cite(LIFTED, k=v)),
                    have("next", free(v + 1), cite(NEXT, k=v)),
                ],
            ),
        )
    ],
)

HIDDEN_LAYERS = Statement(
    "PS21.L20.hidden",
    NETWORK,
    title="The activations of the hidden layers after the wide one are free",
    where="Appendix A.4, proof of Lemma 20",
    lines=(528, 530),
    names=(wide,),
    standing=WIDE,
    given={**known, **STRUCTURE},
    then=hidden,
    proof=[
        have("layers", None, cite(LAYERS)),
        have(
            "hidden",
            hidden,
            arbitrary(
                k,
                proof=[
                    have("layer", None, at(k), "layers"),
                    have("activations", activations_free(k), cite(LIFTED)),
                ],
            ),
        ),
    ],
)
