"""Section 1: the networks of this paper and those of NH17, whose conjecture is said to be disproved.

Notation: VT, CT are weights and biases as NH17 has them, with samples in rows.

Statements
- PS21.Rem.NH17: the outputs of NH17 are those of this paper after one more activation.
"""

from collections.abc import Sequence

from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_6.transposed import (
    CT,
    TRANSPOSED,
    VT,
    F,
    there,
    turned,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.settings.layers import sigma
from symbolic_landscape.proofs.petzka_sminchisescu_2021.settings.networks import (
    NETWORK,
    L,
    layer,
    pre_,
)
from symbolic_landscape.statement.language import Expr
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import at, calculation, cite, claimed, definition, have
from symbolic_landscape.statement.step import Step

output = pre_(turned(VT), turned(CT), L)
theirs = F(VT, CT)[L].T


def remark_nh17(
    ours: Expr,
    proof: Sequence[Step],
    reading: str = "printed",
    repaired: Statement | None = None,
    expected: tuple[str, ...] = (),
) -> Statement:
    """A reading of how the networks of both papers are related."""
    return Statement(
        "PS21.Rem.NH17",
        NETWORK,
        title="Introduction: relation to the conjecture of NH17",
        kind="remark",
        where="Section 1",
        lines=(45, 45),
        names=(VT, CT),
        given={},
        then=ours == theirs,
        proof=proof,
        reading=reading,
        repaired=repaired,
        expected=expected,
        gloss="What the sentence takes over: that NH17 has the networks of this paper. Whether the conjecture "
        "holds for its own is not decided here.",
        hedge="NH17.R3.8.conjecture asks for n_k >= N - 1, which PS21.T2 has, and for an activated output "
        "(NH17.D2.net), which it has not: its minimum speaks against the conjecture for networks with a linear "
        "output. Section 1 has \"more neurons than input patterns\" for NH17, Section 3 at least as many.",
    )  # fmt: skip


REM_NH17 = remark_nh17(
    sigma(output),
    [
        have("all", None, cite(TRANSPOSED)),
        have("last", None, at(L), "all"),
        have("layer", there[L] == sigma(layer(there[L - 1], L, turned(VT), turned(CT))), definition),
        have("activated", sigma(output) == theirs, calculation, "<layer", "last"),
    ],
    "repaired",
)  # fmt: skip
REM_NH17_PRINTED = remark_nh17(
    output,
    [
        have(
            "same",
            output == theirs,
            claimed("the conjecture is about the therein studied extremely wide networks"),
            lines=(45, 45),
        )
    ],
    repaired=REM_NH17,
    expected=("refuted, statement", "invalid inference, step same"),
)
