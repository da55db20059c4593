"""Section 5.3, Corollaries 5.16 and 5.18: eigenvalues 0 of the Hessian at critical points.

Notation: dim is m[l-1] + 1 less the rank r of the features, or less n; m[l] dim is the dimension of
a flat space in the level set.

Statements
- C21.C5.16: as printed, at every critical point; repaired, at local minima, by the rank of [Phi; 1].
- C21.C5.18: the same with n in place of the rank.

Design notes. The Hessian vanishes on the flat space as a form (C21.C5.16.block, printed). Vectors on
which an indefinite form vanishes are no null vectors: at a saddle they may be lines on which the
loss stays the same between others on which it rises and falls. There are no local maxima.
"""

from collections.abc import Mapping
from typing import Any

from symbolic_landscape.proofs.cooper_2021.section_5.levels import (
    KERNEL,
    LEVELS,
    ROOM,
    T5_15_PRINTED,
    T5_17_PRINTED,
    Phi,
    flat_space,
    kernel,
)
from symbolic_landscape.proofs.cooper_2021.section_5.null_vectors import MINIMUM, NULL
from symbolic_landscape.proofs.cooper_2021.settings.architectures import i, l, m
from symbolic_landscape.proofs.cooper_2021.settings.hessians import (
    HESSIANS,
    K1,
    bends,
    dim,
    k2,
    local_minimum,
    null_space,
    unmoved,
    zero_eigenvalues,
)
from symbolic_landscape.proofs.cooper_2021.settings.networks import M, b, critical, n, one, r, sigma
from symbolic_landscape.proofs.rules import ranks
from symbolic_landscape.proofs.rules.curves import twice_smooth
from symbolic_landscape.statement.language import Expr, block, both, each, rank, stack
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    by,
    cite,
    claimed,
    have,
    linear,
    logic,
    obtain,
    take,
)

FLATS = HESSIANS.extended(
    "a network on n samples, its level sets, and the Hessian of its loss",
    definitions=LEVELS.definitions[-1:],
    decisions=LEVELS.decisions,
)
MINIMA = {"smooth": twice_smooth(sigma), "minimum": local_minimum(M, b)}
CRITICAL = {
    "smooth": twice_smooth(sigma),
    "wide": each(i, 1, l - 1, m[i] > n),
    "critical": critical(M, b),
}
BY_RANK: dict[str, Any] = {
    "key": "C21.C5.16",
    "title": "Zero Hessian eigenvalues, rank form",
    "kind": "corollary",
    "where": "Section 5.3, Corollary 5.16",
    "lines": (681, 681),
}
UNIFORM: dict[str, Any] = {
    "key": "C21.C5.18",
    "title": "Zero Hessian eigenvalues at critical points, uniform form",
    "kind": "corollary",
    "where": "Section 5.3, Corollary 5.18 (and 1.2, abstract)",
    "lines": (689, 689),
}

C5_16 = Statement(
    **BY_RANK,
    setting=HESSIANS,
    names=(dim,),
    given={**MINIMA, **ROOM},
    then=null_space(M, b, dim),
    gloss="At a local minimum m[l] (m[l-1] + 1 - rank [Phi; 1]) eigenvalues are 0.",
    proof=[
        have("some", None, cite(KERNEL)),
        have("parts", both(rank(block(K1, k2)) == dim, kernel), obtain(K1, k2), "some"),
        have("rank of parts", rank(block(K1, k2)) == dim, logic, "parts"),
        have("kernel", kernel, logic, "parts"),
        have("semidefinite", bends, cite(MINIMUM)),
        have("null", unmoved, cite(NULL)),
        have("null space", null_space(M, b, dim), take(K1, k2), "rank of parts", "null"),
    ],
    reading="repaired",
)
C5_18 = Statement(
    **UNIFORM,
    setting=HESSIANS,
    names=(dim,),
    given={**MINIMA, "dimension": dim + n == m[l - 1] + 1},
    then=null_space(M, b, dim),
    gloss="At a local minimum m[l] (m[l-1] + 1 - n) eigenvalues are 0.",
    proof=[
        have("columns", rank(stack(Phi, one)) <= n, by(ranks.rank_at_most_columns)),
        have("rank", rank(stack(Phi, one)) + dim <= m[l - 1] + 1, linear, "columns", "dimension"),
        have("null space", None, cite(C5_16)),
    ],
    reading="repaired",
)

zeros = zero_eigenvalues(M, b, m[l] * dim)


def printed(
    about: Mapping[str, Any],
    names: tuple[Expr, ...],
    given: Mapping[str, Expr],
    levels: Statement,
    repaired: Statement,
    expected: tuple[str, ...],
) -> Statement:
    """What is printed of every critical point, from the theorem about its level set."""
    return Statement(
        **about,
        setting=FLATS,
        names=names,
        standing=(l >= 2,),
        given={**CRITICAL, **given},
        then=zeros,
        gloss="dim is the number of units of the last hidden layer and 1, less what is printed.",
        proof=[
            have("space", flat_space, cite(levels), lines=(683, 683)),
            have(
                "zeros",
                zeros,
                claimed(
                    "in coordinates of this space the Hessian has a block of zeroes, hence as many "
                    "zero eigenvalues"
                ),
                "space",
                "critical",
                "smooth",
                lines=(683, 683),
            ),
        ],
        repaired=repaired,
        expected=expected,
    )


C5_16_PRINTED = printed(
    BY_RANK,
    (dim, r),
    {"rank": rank(Phi) == r, "dimension": dim + r == m[l - 1] + 1},
    T5_15_PRINTED,
    C5_16,
    ("refuted, statement", "invalid inference, step zeros"),
)
C5_18_PRINTED = printed(
    UNIFORM,
    (dim,),
    {"dimension": dim + n == m[l - 1] + 1},
    T5_17_PRINTED,
    C5_18,
    ("refuted, statement", "invalid inference, step zeros"),
)
