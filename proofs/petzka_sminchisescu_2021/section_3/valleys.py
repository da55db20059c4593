"""Section 3.2, Corollary 6: suboptimal points of wide networks have a way out near them.

Statements
- PS21.C6: near any parameters with a positive loss a path starts that never rises and ends lower.
  The corollary asks for a layer of N neurons, Theorem 5 for more than N.
"""

from collections.abc import Mapping

from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_3.descent import (
    T5,
    T5_PRINTED,
    descent,
    falls,
    widths,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_6.generic import ENOUGH, GENERIC
from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_6.transposed import WIDE, eps
from symbolic_landscape.proofs.petzka_sminchisescu_2021.settings.layers import N
from symbolic_landscape.proofs.petzka_sminchisescu_2021.settings.networks import (
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
    loss_,
    n,
    pre_,
    wide,
)
from symbolic_landscape.proofs.rules import entries
from symbolic_landscape.proofs.rules.points import near
from symbolic_landscape.statement.language import Expr, both, every, exists, zeros
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    by,
    cite,
    have,
    linear,
    logic,
    obtain,
    take,
)

lower = loss_(WG(1), BG(1)) < loss_(W, b)
way_out = exists(
    V, e, WG, BG, both(near(V, e, W, b, 1, L, eps), follow(WG, BG, V, e, L), falls, lower)
)


def corollary_6(
    given: Mapping[str, Expr],
    theorem_5: Statement,
    reading: str = "printed",
    repaired: Statement | None = None,
    expected: tuple[str, ...] = (),
) -> Statement:
    """A reading of Corollary 6, by what is given and the reading of Theorem 5 that it cites."""
    asked = {name: f for name, f in given.items() if name != "radius"}
    return Statement(
        "PS21.C6",
        NETWORK,
        title="suboptimal local minima lie in non-attracting regions",
        kind="corollary",
        where="Section 3.2, Corollary 6",
        lines=(124, 124),
        names=(wide,),
        standing=WIDE,
        given={**asked, "widths": widths, "suboptimal": loss_(W, b) > 0},
        then=every(eps, (eps > 0) >> way_out),
        proof=[
            have(
                "everywhere",
                every(eps, (eps > 0) >> way_out),
                arbitrary(
                    eps,
                    proof=[
                        have("descent", descent, cite(theorem_5)),
                        have("found", None, obtain(V, e, WG, BG), "descent"),
                        have("near", near(V, e, W, b, 1, L, eps), logic, "found"),
                        have("follow", follow(WG, BG, V, e, L), logic, "found"),
                        have("falls", falls, logic, "found"),
                        have("targets", pre_(WG(1), BG(1), L) == Y, logic, "found"),
                        have(
                            "no loss",
                            loss_(WG(1), BG(1)) == 0,
                            by(
                                entries.squares_of_equal,
                                A=pre_(WG(1), BG(1), L) - Y,
                                A2=zeros(n[L], N),
                            ),
                            "targets",
                        ),
                        have("lower", lower, linear, "no loss", "suboptimal"),
                        have("way out", way_out, take(V, e, WG, BG), "near", "follow", "falls", "lower"),
                    ],
                ),
            )
        ],
        reading=reading,
        repaired=repaired,
        expected=expected,
    )  # fmt: skip


C6 = corollary_6(ENOUGH, T5, "repaired")
C6_PRINTED = corollary_6(
    {**GENERIC, "wide": n[wide] >= N},
    T5_PRINTED,
    repaired=C6,
    expected=("hypothesis not discharged, step everywhere/descent",),
)
