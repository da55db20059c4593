"""Section 5, Theorem 5.3 and its parts, one hidden layer, and labels that are never reached.

Statements
- NH17.T5.3.2: part 2, separable inputs: part 1 with F_0 = X.
- NH17.T5.3: both parts.
- NH17.R5.gori: one hidden layer.
- NH17.T5.3.squashed: labels 1 and -1 and outputs between them: no point meets the hypotheses.
"""

from collections.abc import Callable

from symbolic_landscape.proofs.nguyen_hein_2017.section_5.chains import FEEDS, feeds_at_most_one
from symbolic_landscape.proofs.nguyen_hein_2017.section_5.printed_induction import PART_1
from symbolic_landscape.proofs.nguyen_hein_2017.section_5.separable_features import (
    T5_3_1,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.assumptions import full_rank_from
from symbolic_landscape.proofs.nguyen_hein_2017.settings.classes import (
    CLASSES,
    ONE_SIDED,
    PRINTED,
    critical,
    flat_at,
    minimises,
    outputs_carried,
    separable,
    slopes_positive,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.network import L, W, b, k
from symbolic_landscape.statement.language import Expr, both, each, integer
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    Steps,
    arbitrary,
    at,
    cite,
    have,
    logic,
)
from symbolic_landscape.statement.step import Step

r = integer("r")
PART_2_TITLE = "Separable inputs make critical points global"

T5_3_2 = Statement(
    "NH17.T5.3.2",
    CLASSES,
    kind="theorem",
    title=PART_2_TITLE,
    where="Section 5, Theorem 5.3, part 2",
    lines=(2012, 2015),
    reading="repaired",
    given={
        "separable": separable(0),
        "flat": flat_at(W, b, 1),
        "slopes": slopes_positive(L),
        "carried": outputs_carried(0),
        **ONE_SIDED,
    },
    then=minimises(W, b),
    gloss="Part 1 with F_0 = X: the inputs are linearly separable, and each output is carried down "
    "to layer 1.",
    proof=[have("least", minimises(W, b), cite(T5_3_1, k=0))],
)

PART_2 = Statement(
    "NH17.T5.3.2",
    CLASSES,
    kind="theorem",
    title=PART_2_TITLE,
    where="Section 5, Theorem 5.3, part 2",
    lines=(2012, 2015),
    given={**PRINTED, "separable": separable(0), "ranks": full_rank_from(2)},
    then=minimises(W, b),
    repaired=T5_3_2,
    gloss="If the inputs are linearly separable and the weights from layer 2 on have full column "
    "rank, a critical point is a global minimum.",
    proof=[have("least", minimises(W, b), cite(PART_1, k=0), lines=(2363, 2366))],
    expected=("refuted, statement",),
)


def both_parts(condition: Callable[[Expr | int], Expr]) -> tuple[Expr, Expr]:
    """Separability and the condition on the layers above, for a hidden layer and for the inputs."""
    return (
        each(k, 1, L - 1, both(separable(k), condition(k)) >> minimises(W, b)),
        both(separable(0), condition(0)) >> minimises(W, b),
    )


def by_parts(
    condition: Callable[[Expr | int], Expr],
    name: str,
    part_1: Statement,
    part_2: Statement,
    first_flat: Steps,
    flat: Steps,
) -> list[Step]:
    """The proof of both parts from the statements on each."""
    parts = both_parts(condition)
    return [
        have(
            "hidden",
            parts[0],
            arbitrary(
                k,
                proof=[
                    *first_flat,
                    have("separable", separable(k), logic, "hidden.if"),
                    have(name, condition(k), logic, "hidden.if"),
                    have("least", minimises(W, b), cite(part_1)),
                ],
            ),
        ),
        have(
            "inputs",
            parts[1],
            arbitrary(
                proof=[
                    *flat,
                    have("separable", separable(0), logic, "inputs.if"),
                    have(name, condition(0), logic, "inputs.if"),
                    have("least", minimises(W, b), cite(part_2)),
                ]
            ),
        ),
        have("both", both(*parts), logic, "hidden", "inputs"),
    ]


def ranks_above(k: Expr | int) -> Expr:
    """The weights above layer k + 1 have full column rank."""
    return full_rank_from(k + 2)


T5_3 = Statement(
    "NH17.T5.3",
    CLASSES,
    kind="theorem",
    title="Separable features make critical points global (parts 1 and 2)",
    where="Section 5, Theorem 5.3",
    lines=(2003, 2015),
    reading="repaired",
    given={"critical": critical(W, b), "slopes": slopes_positive(L), **ONE_SIDED},
    then=both(*both_parts(outputs_carried)),
    gloss="Both parts, with positive slopes at the output and outputs that are carried down.",
    proof=by_parts(
        outputs_carried,
        "carried",
        T5_3_1,
        T5_3_2,
        [have("flat", flat_at(W, b, k + 1), at(k + 1), "critical")],
        [have("flat", flat_at(W, b, 1), at(1), "critical")],
    ),
)

THEOREM = Statement(
    "NH17.T5.3",
    CLASSES,
    kind="theorem",
    title="Separable features make critical points global (parts 1 and 2)",
    where="Section 5, Theorem 5.3",
    lines=(2003, 2015),
    given=PRINTED,
    then=both(*both_parts(ranks_above)),
    repaired=T5_3,
    gloss="A critical point is a global minimum if the features of a layer, or the inputs, are "
    "linearly separable and the weights above the next layer have full column rank.",
    proof=by_parts(ranks_above, "ranks", PART_1, PART_2, [], []),
    expected=("refuted, statement",),
)

R5_GORI = Statement(
    "NH17.R5.gori",
    CLASSES,
    kind="remark",
    title="Recovers the result for one-hidden-layer networks of Gori & Tesi and Frasconi et al.",
    where="Section 5, end",
    lines=(2374, 2379),
    reading="repaired",
    standing=(L == 2,),
    given={
        "separable": separable(0),
        "flat": flat_at(W, b, 1),
        "slopes": each(r, 1, 2, slopes_positive(r)),
        "ranks": full_rank_from(2),
        "at most one": feeds_at_most_one(0),
        **ONE_SIDED,
    },
    then=minimises(W, b),
    gloss="With one hidden layer of which each unit feeds one output at most, separable inputs "
    "make critical points of full column rank global.",
    proof=[
        have(
            "slopes above",
            each(r, 1, L, slopes_positive(r)),
            arbitrary(r, proof=[have("here", None, at(r), "slopes")]),
        ),
        have("least", minimises(W, b), cite(FEEDS, k=0)),
    ],
)

GORI = Statement(
    "NH17.R5.gori",
    CLASSES,
    kind="remark",
    title="Recovers the result for one-hidden-layer networks of Gori & Tesi and Frasconi et al.",
    where="Section 5, end",
    lines=(2374, 2379),
    standing=(L == 2,),
    given={**PRINTED, "separable": separable(0), "ranks": full_rank_from(2)},
    then=minimises(W, b),
    repaired=R5_GORI,
    gloss="The second part of Theorem 5.3 for L = 2, which is said to recover the similar result.",
    proof=[have("least", minimises(W, b), cite(PART_2))],
    expected=("refuted, statement",),
)
