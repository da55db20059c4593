"""Section 1.2: whether critical points of wide networks are degenerate.

Statements
- C21.R1.sublevel: as printed, all of them; repaired, all local minima.
"""

from typing import Any

from symbolic_landscape.proofs.cooper_2021.section_5.levels import Phi
from symbolic_landscape.proofs.cooper_2021.section_5.zero_eigenvalues import C5_16, MINIMA
from symbolic_landscape.proofs.cooper_2021.settings.architectures import i, l, m
from symbolic_landscape.proofs.cooper_2021.settings.hessians import (
    HESSIANS,
    null_space,
    zero_eigenvalues,
)
from symbolic_landscape.proofs.cooper_2021.settings.networks import M, b, critical, n, one, sigma
from symbolic_landscape.proofs.rules import ranks
from symbolic_landscape.proofs.rules.curves import twice_smooth
from symbolic_landscape.statement.language import each, rank, stack
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import by, cite, claimed, have, linear

REMARK: dict[str, Any] = {
    "key": "C21.R1.sublevel",
    "kind": "remark",
    "title": "Critical points of wide networks and degeneracy",
    "where": "Section 1.2",
    "lines": (58, 58),
}
R1_SUBLEVEL = Statement(
    **REMARK,
    setting=HESSIANS,
    given={**MINIMA, "wide": m[l - 1] >= n},
    then=null_space(M, b, 1),
    gloss="Local minima are degenerate, for each output in a direction of the last layer.",
    proof=[
        have("columns", rank(stack(Phi, one)) <= n, by(ranks.rank_at_most_columns)),
        have("rank", rank(stack(Phi, one)) + 1 <= m[l - 1] + 1, linear, "columns", "wide"),
        have("null space", None, cite(C5_16, dim=1)),
    ],
    reading="repaired",
)
zero = zero_eigenvalues(M, b, 1)
R1_SUBLEVEL_PRINTED = Statement(
    **REMARK,
    setting=HESSIANS,
    standing=(l >= 2,),
    given={
        "smooth": twice_smooth(sigma),
        "wide": each(i, 1, l - 1, m[i] > n),
        "critical": critical(M, b),
    },
    then=zero,
    gloss="The setting is that of very wide networks. That their sublevel sets are connected is the "
    "reason given, not a hypothesis; C21.R1.sublevel.general is about that reason alone.",
    hedge="The papers recalled have settings of their own: deep networks with one wide layer, and "
    "one hidden layer, some for any continuous activation. The counterexample has one hidden layer "
    "with more units than samples, an activation that increases to both sides, and two outputs.",
    proof=[
        have(
            "degenerate",
            zero,
            claimed(
                "that the sublevel sets are connected implies that critical points are degenerate"
            ),
            "smooth",
            "wide",
            "critical",
            lines=(58, 58),
        )
    ],
    repaired=R1_SUBLEVEL,
    expected=("invalid inference, step degenerate", "refuted, statement"),
)
