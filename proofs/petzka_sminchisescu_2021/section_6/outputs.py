"""Section 6, Lemma 20: each path of outputs is realised by a path of the parameters.

Statements
- PS21.L20: the outputs are free; where the wide layer is the last hidden one, by Lemma 17 alone.
"""

from collections.abc import Mapping, Sequence

from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_6.free_layers import (
    HIDDEN_LAYERS,
    LAYERS,
    NEXT,
    STRUCTURE,
    WIDE,
    activations_free,
    known,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.settings.layers import (
    CLASS_A,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.settings.networks import (
    NETWORK,
    L,
    W,
    b,
    free,
    k,
    n,
    path,
    pre_,
    realised,
    wide,
)
from symbolic_landscape.proofs.rules.paths import continuous
from symbolic_landscape.statement.language import (
    Expr,
    each,
    rank,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    at,
    cite,
    have,
    logic,
)
from symbolic_landscape.statement.step import Step

output = path(L)
PATH = {"continuous": continuous(output), "start": output(0) == pre_(W, b, L)}


def any_output(
    given: Mapping[str, Expr],
    outputs: Sequence[Step],
    reading: str = "printed",
    repaired: Statement | None = None,
    expected: tuple[str, ...] = (),
) -> Statement:
    """A reading of Lemma 20, with the steps that show that the outputs are free."""
    return Statement(
        "PS21.L20",
        NETWORK,
        title="Any path of outputs is realised",
        where="Section 6, Lemma 20; Appendix A.4",
        lines=(341, 341),
        names=(wide, output),
        standing=WIDE,
        given={**given, **STRUCTURE, **PATH},
        then=realised(output, L),
        proof=[
            *outputs,
            have("if path", None, at(output), "outputs"),
            have("realised", realised(output, L), logic, "if path", "continuous", "start"),
        ],
        reading=reading,
        repaired=repaired,
        expected=expected,
    )


L20 = any_output(
    known,
    [
        have("layers", None, cite(LAYERS)),
        have("outputs", free(L), at(L), "layers"),
    ],
    "repaired",
)
L20_PRINTED = any_output(
    {**CLASS_A, "widths": each(k, wide + 1, L - 1, n[k + 1] <= n[k])},
    [
        have("hidden", None, cite(HIDDEN_LAYERS), lines=(528, 530)),
        have("last hidden", activations_free(L - 1), at(L - 1), "hidden", lines=(532, 532)),
        have("rank", rank(W[L]) == n[L], at(L - 1), "ranks", lines=(532, 532)),
        have("outputs", free(L), cite(NEXT, k=L - 1), lines=(532, 532)),
    ],
    repaired=L20,
    expected=(
        "unsupported premise, step last hidden",
        "unsupported premise, step rank",
        "invalid inference, step rank",
    ),
)
