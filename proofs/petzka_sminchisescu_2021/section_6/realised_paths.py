"""Section 6: paths of activations that are realised, and the remark after the proof of Theorem 5.

Statements
- PS21.D.real: activations after a layer that spans R^N follow any path by the weights of their layer.
- PS21.Rem6: a path down from the given parameters themselves. The paper sketches it for all
  parameters; from generic ones it is derived.
"""

from collections.abc import Mapping

from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_3.descent import (
    FALLING,
    RANKS,
    down,
    falls,
    widths,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_6.free_layers import (
    BELOW,
    WIDE,
    known,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_6.generic import GENERIC
from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_6.layers import L17, L18
from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_6.outputs import L20
from symbolic_landscape.proofs.petzka_sminchisescu_2021.settings.layers import (
    N,
    inside,
    one,
    sigma,
    starts,
    t,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.settings.networks import (
    A_,
    BG,
    NETWORK,
    WG,
    L,
    V,
    W,
    Y,
    b,
    e,
    follow,
    full_rank,
    k,
    loss_,
    n,
    pre_,
    wide,
)
from symbolic_landscape.proofs.rules import paths
from symbolic_landscape.proofs.rules.paths import continuous
from symbolic_landscape.proofs.rules.points import agree
from symbolic_landscape.statement.language import (
    Expr,
    both,
    each,
    every,
    exists,
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
    claimed,
    definition,
    have,
    logic,
    obtain,
    take,
)
from symbolic_landscape.statement.step import Step

i = integer("i")
A = A_(W, b)
alpha = function("alpha", t, matrix("", n[k + 1], N))
lift, omega = like("lift", alpha), function("omega", t, W[k + 1])


def moved(omega: Expr, t: Expr) -> Expr:
    """The weights at t, of which those of layer k + 1 alone move."""
    return update(W, k + 1, omega(t))


same_layer = exists(
    omega,
    both(starts(omega, W[k + 1]), every(t, A_(moved(omega, t), b)[k + 1] == alpha(t))),
)


here = A_(moved(omega, t), b)
D_REAL = Statement(
    "PS21.D.real",
    NETWORK,
    title="realised path of activations",
    kind="definition",
    where="Section 6, after Lemma 18",
    lines=(331, 331),
    names=(k, alpha),
    standing=(1 <= k, k + 2 <= L),
    given={
        **known,
        "span": rank(A[k]) == N,
        "continuous": continuous(alpha),
        "inside": every(t, inside(alpha(t))),
        "start": alpha(0) == A[k + 1],
    },
    then=same_layer,
    proof=[
        have(
            "some lift",
            None,
            cite(L18, m=n[k + 2], n=n[k + 1], alpha=alpha, a=A[k + 1], w=W[k + 2], w0=b[k + 2]),
        ),
        have("lifted", None, obtain(lift), "some lift"),
        have("lift moves", continuous(lift), logic, "lifted"),
        have("over", every(t, sigma(lift(t)) == alpha(t)), logic, "lifted"),
        have("over at 0", None, at(0), "over"),
        have("present", A[k + 1] == sigma(pre_(W, b, k + 1)), definition),
        have(
            "same image",
            sigma(lift(0)) == sigma(pre_(W, b, k + 1)),
            calculation,
            "over at 0",
            "start",
            "present",
        ),
        have(
            "lift starts",
            lift(0) == pre_(W, b, k + 1),
            by(paths.injective_entrywise),
            "increasing",
            "same image",
        ),
        have(
            "weights",
            None,
            cite(L17, m=n[k + 1], n=n[k], a=A[k], w=W[k + 1], w0=b[k + 1], nu=lift),
        ),
        have("found", None, obtain(omega), "weights"),
        have("omega", starts(omega, W[k + 1]), logic, "found"),
        have("fits", every(t, lift(t) == omega(t) @ A[k] + b[k + 1] @ one), logic, "found"),
        have(
            "values",
            every(t, here[k + 1] == alpha(t)),
            arbitrary(
                t,
                proof=[
                    have(
                        "others",
                        agree(moved(omega, t), b, W, b, 1, k),
                        arbitrary(i, proof=[have("one", W[i] == W[i], calculation)]),
                    ),
                    have("below", None, cite(BELOW, V=moved(omega, t), e=b)),
                    have("layer below", None, at(k), "below"),
                    have("fit", None, at(t), "fits"),
                    have("lift now", None, at(t), "over"),
                    have(
                        "layer",
                        here[k + 1] == sigma(pre_(moved(omega, t), b, k + 1)),
                        definition,
                    ),
                    have(
                        "now",
                        here[k + 1] == alpha(t),
                        calculation,
                        "layer",
                        "layer below",
                        "<fit",
                        "lift now",
                    ),
                ],
            ),
        ),
        have("realised", same_layer, take(omega), "omega", "values"),
    ],
)
"""With what Lemmas 17 and 18 are said to show of it; of class A only two parts are used."""

way_down = exists(WG, BG, both(follow(WG, BG, V, e, L), falls, pre_(WG(1), BG(1), L) == Y))
"""From (V, e) a path leads to a fit along which the loss never rises."""


def sketch(
    names: tuple[Expr, ...],
    given: Mapping[str, Expr],
    then: Expr,
    proof: list[Step],
    reading: str = "printed",
    repaired: Statement | None = None,
    expected: tuple[str, ...] = (),
    gloss: str = "",
) -> Statement:
    """A reading of the remark at the end of Section 6."""
    return Statement(
        "PS21.Rem6",
        NETWORK,
        title="sketch: path from everywhere",
        kind="remark",
        where="Section 6, end",
        lines=(345, 345),
        names=names,
        standing=WIDE,
        given=given,
        then=then,
        proof=proof,
        reading=reading,
        repaired=repaired,
        expected=expected,
        gloss=gloss,
        hedge="The paper says that it could in principle be shown, and gives a sketch with three "
        "citations; it is not claimed to be proved. A move of its second step is PS21.Rem6.silent, one of the "
        "third, whose source has unbounded activations, PS21.Rem6.drawn. What is missing: in (1), a path of "
        "constant loss from equal patterns before the wide layer to different ones; in (3), the turn of "
        "weights from a lower rank to full rank while activations that are drawn together make up for it.",
    )


REM6 = sketch(
    (wide, V, e),
    {
        **known,
        "span": rank(A_(V, e)[wide]) == N,
        "ranks": each(k, wide + 1, L - 1, rank(V[k + 1]) == n[k + 1]),
    },
    way_down,
    [*down(L20, FALLING), have("way down", way_down, take(WG, BG), "follow", "falls", "targets")],
    "repaired",
    gloss="From parameters that are generic, themselves and not others nearby: the last step of the "
    "sketch. That a path of constant loss leads to such parameters from everywhere is left open.",
)

W2, b2 = like("W2", WG), like("b2", BG)
generic = both(
    both(follow(W2, b2, W, b, L), agree(W2(1), b2(1), V, e, 1, L)),
    every(t, loss_(W2(t), b2(t)) == loss_(W, b)),
    both(rank(A_(V, e)[wide]) == N, each(k, wide + 2, L, full_rank(V, k))),
)
"""A path (W2, b2) of constant loss leads from (W, b) to generic parameters (V, e)."""
GIVEN = {**{name: f for name, f in GENERIC.items() if name != "radius"}, "widths": widths}
both_paths = exists(V, e, W2, b2, both(generic, way_down))
REM6_PRINTED = sketch(
    (wide,),
    GIVEN,
    both_paths,
    [
        have(
            "level",
            exists(V, e, W2, b2, generic),
            claimed(
                "three steps by paths of constant loss: different patterns before the wide layer, "
                "then part (ii) of Lemma 16, then part (iii); for each another paper is named"
            ),
            *GIVEN,
            lines=(345, 345),
        ),
        have("generic", generic, obtain(V, e, W2, b2), "level"),
        have("span", rank(A_(V, e)[wide]) == N, logic, "generic"),
        have("full", each(k, wide + 2, L, full_rank(V, k)), logic, "generic"),
        RANKS,
        have("way down", way_down, cite(REM6), lines=(345, 345)),
        have("both", both_paths, take(V, e, W2, b2), "generic", "way down"),
    ],
    repaired=REM6,
    expected=("unsupported premise, step level",),
)
