"""Section 1: the networks of this paper and those of NH17, whose conjecture is said to be disproved.

Notation: VT, CT are weights and biases as NH17 has them, with samples in rows.

Statements
- PS21.Rem.NH17: as printed, the minimum of Theorem 2 is one of networks that NH17 studies; repaired,
  the outputs of NH17 are those of this paper after one more activation.
"""

from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_5.existence import (
    T2_WIDE,
    both_wide,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_6.transposed import (
    CT,
    TRANSPOSED,
    VT,
    F,
    there,
    turned,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.settings.certified_minima import (
    ACTIVATED,
    activated_minimum,
    tanh_or_sigmoid,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.settings.certified_minima import (
    sigma as chosen,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.settings.layers import sigma
from symbolic_landscape.proofs.petzka_sminchisescu_2021.settings.networks import (
    NETWORK,
    L,
    layer,
    pre_,
)
from symbolic_landscape.statement.language import Expr, both, exists, natural
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    at,
    calculation,
    cite,
    claimed,
    definition,
    have,
    linear,
    take,
)
from symbolic_landscape.statement.term import num

output = pre_(turned(VT), turned(CT), L)
theirs = F(VT, CT)[L].T
REM_NH17 = Statement(
    "PS21.Rem.NH17",
    NETWORK,
    title="Outputs of NH17 are those of this paper after one more activation",
    kind="remark",
    where="Section 1",
    lines=(45, 45),
    names=(VT, CT),
    given={},
    then=sigma(output) == theirs,
    proof=[
        have("all", None, cite(TRANSPOSED)),
        have("last", None, at(L), "all"),
        have("layer", there[L] == sigma(layer(there[L - 1], L, turned(VT), turned(CT))), definition),
        have("activated", sigma(output) == theirs, calculation, "<layer", "last"),
    ],
    reading="repaired",
    gloss="What the networks of both papers have to do with each other. Whether the conjecture of NH17 "
    "holds for its own networks is not decided here.",
)  # fmt: skip

first, second = natural("first"), natural("second")
some = exists(first, second, both(first >= 15, activated_minimum(chosen, first, second)))
"""NH17 asks for a layer of N - 1 units or more; there are 16 samples."""
REM_NH17_PRINTED = Statement(
    "PS21.Rem.NH17",
    ACTIVATED,
    title="Introduction: Theorem 2 disproves the conjecture of NH17",
    kind="remark",
    where="Section 1",
    lines=(45, 45),
    given={"activation": tanh_or_sigmoid(chosen)},
    then=some,
    proof=[
        have("minimum", both_wide, cite(T2_WIDE)),
        have(
            "taken over",
            activated_minimum(chosen, 16, 16),
            claimed("this disproves the conjecture, which is about the therein studied networks"),
            "minimum",
            lines=(45, 45),
        ),
        have("wide", Expr(num(15)) <= 16, linear),
        have("disproved", some, take(16, 16), "wide", "taken over"),
    ],
    gloss="The minimum of Theorem 2 is of networks with a linear output, those of NH17 have an activated "
    "one: at the same weights the gradient is then not 0. That step is not supported; whether the "
    "conjecture is false for its own networks is not decided here.",
    hedge="NH17.R3.8.conjecture asks for n_k >= N - 1, which PS21.T2.wide has, and for an activated output "
    "(NH17.D2.net), which it has not: its minimum speaks against the conjecture for networks with a linear "
    'output. Section 1 has "more neurons than input patterns" for NH17, Section 3 at least as many.',
    repaired=REM_NH17,
    expected=("invalid inference, step taken over",),
)
