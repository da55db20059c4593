"""Section 3.2, Theorem 5: near any parameters a path starts that leads down to a global minimum.

Statements
- PS21.T5: a path from near any parameters, of non-increasing loss, ends where all targets are met.
  N units are wide enough, and 0 may lie apart from the image: the biases shift the activations.
"""

from collections.abc import Mapping, Sequence

from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_6.generic import (
    ENOUGH,
    GENERIC,
    L16,
    near_and_generic,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_6.layers import L17
from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_6.line import (
    I_LINE,
    I_LINE_PRINTED,
    squared,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_6.outputs import L20, L20_PRINTED
from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_6.transposed import WIDE, eps
from symbolic_landscape.proofs.petzka_sminchisescu_2021.settings.layers import N, s, t
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
    realised,
    wide,
)
from symbolic_landscape.proofs.rules import entries, paths, ranks, signs
from symbolic_landscape.proofs.rules.paths import continuous
from symbolic_landscape.proofs.rules.points import near
from symbolic_landscape.statement.language import Expr, both, each, every, exists, fn, rank
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    at,
    by,
    calculation,
    cases,
    cite,
    have,
    linear,
    logic,
    obtain,
    take,
)
from symbolic_landscape.statement.step import Reason, Step

z = pre_(V, e, L)
straight = fn(t, z + t * (Y - z))
falls = every(
    s,
    t,
    both(0 <= s, s <= t, t <= 1) >> (loss_(WG(t), BG(t)) <= loss_(WG(s), BG(s))),
)
descent = exists(
    V,
    e,
    WG,
    BG,
    both(
        near(V, e, W, b, 1, L, eps),
        follow(WG, BG, V, e, L),
        falls,
        pre_(WG(1), BG(1), L) == Y,
    ),
)
squares = squared(Y - z)
widths = each(k, wide + 1, L - 1, n[k + 1] <= n[k])


def loss_at(name: str, r: Expr, factor: Expr, line: Statement) -> list[Step]:
    """Steps to the loss along the path at r, which lies in [0, 1]."""
    return [
        have(f"{name} from 0", r >= 0, linear, "falls.if"),
        have(f"{name} to 1", r <= 1, linear, "falls.if"),
        have(f"outputs {name}", pre_(WG(r), BG(r), L) == z + r * (Y - z), at(r), "outputs"),
        have(
            f"loss {name}",
            loss_(WG(r), BG(r)) == factor * squares,
            cite(line, m=n[L], y=Y, z=z, t=r, f=pre_(WG(r), BG(r), L)),
            lines=(544, 544),
        ),
    ]


RANKS = have(
    "ranks",
    each(k, wide + 1, L - 1, rank(V[k + 1]) == n[k + 1]),
    arbitrary(
        k,
        proof=[
            have("either", None, at(k + 1), "full"),
            have("narrower", None, at(k), "widths"),
            have("at most", rank(V[k + 1]) <= n[k + 1], by(ranks.rank_at_most_rows)),
            have(
                "rank",
                rank(V[k + 1]) == n[k + 1],
                cases(
                    [have("rows", rank(V[k + 1]) == n[k + 1], logic, "rank.1")],
                    [
                        have(
                            "columns",
                            rank(V[k + 1]) == n[k + 1],
                            linear,
                            "rank.2",
                            "narrower",
                            "at most",
                        )
                    ],
                ),
                "either",
            ),
        ],
    ),
    lines=(538, 540),
)
"""The step from full ranks and widths that do not rise to ranks by rows."""


def down(lemma_20: Statement, falling: Sequence[Step]) -> list[Step]:
    """Steps from generic parameters down a path, by Lemma 20 and what shows that the loss falls."""
    return [
        have("moves", continuous(straight), by(paths.continuous_line, A=z, A2=Y - z)),
        have("starts", straight(0) == z, calculation),
        have(
            "realised",
            realised(straight, L, V, e),
            cite(lemma_20, W=V, b=e, nu=straight),
            lines=(540, 540),
        ),
        have("paths", None, obtain(WG, BG), "realised"),
        have("follow", follow(WG, BG, V, e, L), logic, "paths"),
        have("outputs", every(t, pre_(WG(t), BG(t), L) == straight(t)), logic, "paths"),
        have("distance", squares >= 0, by(entries.squares_not_negative)),
        have("falls", falls, arbitrary(s, t, proof=falling), lines=(544, 544)),
        have("targets", pre_(WG(1), BG(1), L) == Y, at(1), "outputs"),
    ]


def theorem_5(
    given: Mapping[str, Expr],
    start: Reason,
    lemma_20: Statement,
    falling: Sequence[Step],
    reading: str = "printed",
    repaired: Statement | None = None,
    expected: tuple[str, ...] = (),
) -> Statement:
    """A reading of Theorem 5: what is given, where w' comes from, Lemma 20, and the falling loss."""
    return Statement(
        "PS21.T5",
        NETWORK,
        title="A non-increasing path to a global minimum starts near any parameters",
        kind="theorem",
        where="Section 3.2, Theorem 5; Section 6; Appendix A.4",
        lines=(122, 122),
        names=(wide, eps),
        standing=WIDE,
        given={**given, "widths": widths},
        then=descent,
        proof=[
            have("start", near_and_generic, start, lines=(534, 538)),
            have("found", None, obtain(V, e), "start"),
            have("near", near(V, e, W, b, 1, L, eps), logic, "found"),
            have("span", rank(A_(V, e)[wide]) == N, logic, "found"),
            have("full", each(k, wide + 2, L, full_rank(V, k)), logic, "found"),
            RANKS,
            *down(lemma_20, falling),
            have("descent", descent, take(V, e, WG, BG), "near", "follow", "falls", "targets"),
        ],
        reading=reading,
        repaired=repaired,
        expected=expected,
    )


def difference(gap: Expr) -> list[Step]:
    """Steps to the fall of the loss from s to t, which is the gap times the distance."""
    return [
        have("fall", gap * squares >= 0, by(signs.product_not_negative), "gap", "distance"),
        have(
            "less",
            loss_(WG(t), BG(t)) <= loss_(WG(s), BG(s)),
            linear,
            "loss s",
            "loss t",
            "fall",
        ),
    ]


FALLING = [
    *loss_at("s", s, (1 - s) * (1 - s), I_LINE),
    *loss_at("t", t, (1 - t) * (1 - t), I_LINE),
    have("later", t - s >= 0, linear, "falls.if"),
    have("rest", 2 - s - t >= 0, linear, "falls.if"),
    have("gap", (t - s) * (2 - s - t) >= 0, by(signs.product_not_negative), "later", "rest"),
    *difference((t - s) * (2 - s - t)),
]
"""Steps to a falling loss along the straight path of outputs."""
T5 = theorem_5(
    ENOUGH,
    cite(L16),
    L20,
    FALLING,
    "repaired",
)
T5_PRINTED = theorem_5(
    GENERIC,
    cite(
        L17,
        m=n[wide + 1],
        n=n[wide],
        a=A_(W, b)[wide],
        w=W[wide + 1],
        w0=b[wide + 1],
        nu=fn(t, pre_(W, b, wide + 1)),
    ),
    L20_PRINTED,
    [
        *loss_at("s", s, 1 - s, I_LINE_PRINTED),
        *loss_at("t", t, 1 - t, I_LINE_PRINTED),
        have("gap", t - s >= 0, linear, "falls.if"),
        *difference(t - s),
    ],
    repaired=T5,
    expected=("hypothesis not discharged, step start",),
)
