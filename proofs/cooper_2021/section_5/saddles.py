"""Section 5.3 and Section 6: saddles of very wide networks.

Statements
- C21.R5.open: a saddle without eigenvalues 0 is an isolated critical point.
- C21.R5.open.some: there is one, for four samples and five hidden units.
- C21.C5.18.single: with one hidden layer and one output, all critical points have the zeros claimed.

Design notes. The paper leaves open whether very wide networks can have isolated saddles. They can, as
the examples show: m equal units that are not used, two outputs, and residuals that are orthogonal to
the features and to 1. The Hessian pairs the two weights in of a unit with its two weights out. With
one output it pairs them with one, and a direction of the weights in is left over for each unit that
is not used; features of used units that depend give null vectors of the last layer.
"""

from symbolic_landscape.proofs.cooper_2021.section_5.levels import ROOM
from symbolic_landscape.proofs.cooper_2021.section_5.maxima import (
    C5_19,
    MAXIMA,
    local_maximum,
    local_maximum_,
)
from symbolic_landscape.proofs.cooper_2021.section_5.nondegenerate import ISOLATED
from symbolic_landscape.proofs.cooper_2021.section_5.null_vectors import MINIMUM
from symbolic_landscape.proofs.cooper_2021.settings.architectures import i, k, l, m
from symbolic_landscape.proofs.cooper_2021.settings.hessians import (
    HESSIANS,
    bends,
    dim,
    isolated,
    local_minimum,
    nondegenerate,
    semidefinite,
    zero_eigenvalues,
)
from symbolic_landscape.proofs.cooper_2021.settings.networks import (
    M,
    V,
    X,
    Y,
    b,
    critical,
    e,
    n,
    sigma,
)
from symbolic_landscape.proofs.rules.curves import twice_smooth
from symbolic_landscape.proofs.rules.points import t
from symbolic_landscape.statement.language import (
    both,
    contradiction,
    each,
    entries,
    every,
    exists,
    fn,
    integer,
    ones,
    zeros,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import cite, have, logic, sampled, suppose_not, take

row, place = integer("row"), integer("place")
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
        "nondegenerate": nondegenerate(M, b),
        "falls": ~bends,
    },
    then=both(isolated(M, b), saddle),
    gloss="Points that meet the hypotheses are isolated saddles. C21.R5.open.some names one.",
    hedge="The paper asks whether there are any, and says that as far as it knows it is possible.",
    proof=[
        have("isolated", isolated(M, b), cite(ISOLATED)),
        have(
            "no minimum",
            ~local_minimum(M, b),
            suppose_not(
                [
                    have("semidefinite", bends, cite(MINIMUM)),
                    have("clash", contradiction, logic, "semidefinite", "falls"),
                ]
            ),
        ),
        have("no maximum", ~local_maximum, cite(C5_19)),
        have("saddle", both(isolated(M, b), saddle), logic, "isolated", "no minimum", "no maximum"),
    ],
)

TARGETS = ((-1, 2, -1, 0), (-5, 6, 0, -1))
targets = [
    Y[top, left] == value
    for top, values in enumerate(TARGETS, 1)
    for left, value in enumerate(values, 1)
]
DATA = {
    "samples": both(n == 4, X == entries(row, place, m[0], n, place - 2), *targets),
    "widths": both(l == 2, m[0] == 1, m[1] == 5, m[2] == 2),
    "activation": every(t, sigma(t) == t + t**3),
}
there = fn(k, (2 - k) * ones(m[k], m[k - 1])), fn(k, zeros(m[k], 1))
"""The hidden units are equal, and not used."""
no_zeros = both(critical(*there), nondegenerate(*there), ~semidefinite(*there))
isolated_saddle = exists(
    V, e, both(isolated(V, e), both(~local_minimum(V, e), ~local_maximum_(V, e)))
)
SOME = Statement(
    "C21.R5.open.some",
    SADDLES,
    title="A very wide network with an isolated saddle",
    where="Section 5.3 and Section 6 (and 1.2)",
    lines=(68, 68),
    standing=(l >= 2, each(i, 1, l - 1, m[i] > n)),
    given={"smooth": twice_smooth(sigma), **DATA},
    then=isolated_saddle,
    gloss="With these samples, widths and t + t^3 the loss has an isolated saddle: its hidden weights "
    "are 1, all other parameters 0.",
    proof=[
        have(
            "no zeros",
            no_zeros,
            sampled("the gradient and the Hessian of these data, as numbers"),
            *DATA,
        ),
        have("critical", critical(*there), logic, "no zeros"),
        have("nondegenerate", nondegenerate(*there), logic, "no zeros"),
        have("falls", ~semidefinite(*there), logic, "no zeros"),
        have("saddle", None, cite(R5_OPEN, M=there[0], b=there[1])),
        have("some", isolated_saddle, take(*there), "saddle"),
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
