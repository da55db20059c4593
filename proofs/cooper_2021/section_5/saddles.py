"""Section 5.3 and Section 6: saddles of very wide networks.

Statements
- C21.R5.open: a saddle without eigenvalues 0 is an isolated critical point; there are such saddles.
- C21.C5.18.single: with one hidden layer and one output, all critical points have the zeros claimed.

Design notes. The paper leaves open whether very wide networks can have isolated saddles. They can, as
the examples show: m equal units that are not used, two outputs, and residuals that are orthogonal to
the features and to 1. The Hessian pairs the two weights in of a unit with its two weights out. With
one output it pairs them with one, and a direction of the weights in is left over for each unit that
is not used; features of used units that depend give null vectors of the last layer.
"""

from symbolic_landscape.proofs.cooper_2021.section_5.levels import ROOM
from symbolic_landscape.proofs.cooper_2021.section_5.maxima import C5_19, MAXIMA, local_maximum
from symbolic_landscape.proofs.cooper_2021.section_5.null_vectors import MINIMUM
from symbolic_landscape.proofs.cooper_2021.settings.architectures import i, l, m
from symbolic_landscape.proofs.cooper_2021.settings.hessians import (
    HESSIANS,
    bends,
    dim,
    isolated,
    local_minimum,
    zero_eigenvalues,
)
from symbolic_landscape.proofs.cooper_2021.settings.networks import M, b, critical, n, sigma
from symbolic_landscape.proofs.rules.curves import twice_smooth
from symbolic_landscape.statement.language import both, contradiction, each
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import cite, have, logic, sampled, suppose_not

SADDLES = HESSIANS.extended(
    "a very wide network, and saddles of its loss",
    definitions=MAXIMA.definitions[-1:],
    decisions=MAXIMA.decisions,
)
saddle = both(~local_minimum(M, b), ~local_maximum)
R5_OPEN = Statement(
    "C21.R5.open",
    SADDLES,
    title="Isolated saddles in very wide nets",
    kind="remark",
    where="Section 5.3 and Section 6 (and 1.2)",
    lines=(68, 68),
    standing=(l >= 2, each(i, 1, l - 1, m[i] > n)),
    given={
        "smooth": twice_smooth(sigma),
        "critical": critical(M, b),
        "no zeros": ~zero_eigenvalues(M, b, 1),
        "falls": ~bends,
    },
    then=both(isolated(M, b), saddle),
    gloss="Points that meet the hypotheses are isolated saddles; those that are named do.",
    hedge="The paper asks whether there are any, and says that as far as it knows it is possible.",
    proof=[
        have(
            "isolated",
            isolated(M, b),
            sampled("the gradient as one map, to which the inverse function theorem applies"),
            "smooth",
            "critical",
            "no zeros",
        ),
        have(
            "no minimum",
            ~local_minimum(M, b),
            suppose_not(
                [
                    have("minimum", local_minimum(M, b), logic, "no minimum.not"),
                    have("semidefinite", bends, cite(MINIMUM)),
                    have("clash", contradiction, logic, "semidefinite", "falls"),
                ]
            ),
        ),
        have("no maximum", ~local_maximum, cite(C5_19)),
        have("saddle", both(isolated(M, b), saddle), logic, "isolated", "no minimum", "no maximum"),
    ],
)

one_output = both(l == 2, m[l] == 1)
SINGLE = Statement(
    "C21.C5.18.single",
    HESSIANS,
    title="Zero eigenvalues with one hidden layer and one output",
    where="Section 5.3, Corollaries 5.16 and 5.18",
    names=(dim,),
    given={
        "smooth": twice_smooth(sigma),
        "one output": one_output,
        "critical": critical(M, b),
        **ROOM,
    },
    then=zero_eigenvalues(M, b, dim),
    gloss="What is printed of all critical points holds here, by the rank of [Phi; 1].",
    proof=[
        have(
            "zeros",
            zero_eigenvalues(M, b, dim),
            sampled("null vectors with parts in two layers, counted"),
            "smooth",
            "one output",
            "critical",
            "rank",
        )
    ],
)
