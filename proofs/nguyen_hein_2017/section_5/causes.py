"""Section 5, Theorem 5.3, part 1: what is left of it when one of its two gaps is closed.

Statements
- NH17.T5.3.steep: with positive slopes; one column is still taken for all choices of units.
- NH17.T5.3.level: with units that feed at most one unit; the slopes may still be 0.
"""

from symbolic_landscape.proofs.nguyen_hein_2017.section_5.carried import LAYER
from symbolic_landscape.proofs.nguyen_hein_2017.section_5.chains import FEEDS, feeds_at_most_one
from symbolic_landscape.proofs.nguyen_hein_2017.section_5.one_sided import A5_2
from symbolic_landscape.proofs.nguyen_hein_2017.section_5.printed_induction import part_1
from symbolic_landscape.proofs.nguyen_hein_2017.section_5.slope_products import PATHS
from symbolic_landscape.proofs.nguyen_hein_2017.settings.assumptions import (
    full_rank_from,
    slope_positive,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.classes import (
    CLASSES,
    ONE_SIDED,
    PRINTED,
    flat_at,
    minimises,
    separable,
    slope,
    slopes_positive,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.network import G, L, W, b, k
from symbolic_landscape.statement.language import both, each, integer
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import arbitrary, at, cite, claimed, have, logic

i, j, r = (integer(name) for name in "ijr")
HYPOTHESES = {**PRINTED, "separable": separable(k), "ranks": full_rank_from(k + 2)}

STEEP = Statement(
    "NH17.T5.3.steep",
    PATHS,
    kind="remark",
    title="Theorem 5.3, part 1, as printed but with positive slopes",
    where="Section 5, Theorem 5.3, part 1",
    lines=(2006, 2010),
    names=(k,),
    standing=LAYER,
    given={
        **{name: part for name, part in HYPOTHESES.items() if name != "increasing"},
        "positive": slope_positive,
    },
    then=minimises(W, b),
    gloss="Positive slopes close one gap of the proof; that one column p is taken for all choices "
    "of units stays, and two units that feed two outputs refute it.",
    proof=part_1(),
    expected=(
        "refuted, statement",
        "unsupported premise, step errors/descent/step/pick",
    ),
)

LEVEL = Statement(
    "NH17.T5.3.level",
    CLASSES,
    kind="remark",
    title="Theorem 5.3, part 1, as printed but for units that feed at most one unit",
    where="Section 5, Theorem 5.3, part 1",
    lines=(2006, 2010),
    names=(k,),
    standing=LAYER,
    given={**HYPOTHESES, "at most one": feeds_at_most_one(k)},
    then=minimises(W, b),
    gloss="Chains of units close one gap of the proof; that a strictly increasing activation has "
    "positive slopes stays, and t^3 with one weight refutes it.",
    proof=[
        have(
            "positive",
            slope_positive,
            claimed("sigma is strictly increasing, so its slopes are positive"),
            "increasing",
            lines=(2117, 2146),
        ),
        have(
            "slopes",
            each(r, k + 1, L, slopes_positive(r)),
            arbitrary(
                r,
                proof=[
                    have(
                        "layer",
                        slopes_positive(r),
                        arbitrary(
                            i,
                            j,
                            proof=[
                                have("slope", slope(G(r))[i, j] > 0, at(G(r)[i, j]), "positive")
                            ],
                        ),
                    )
                ],
            ),
        ),
        have("one-sided", both(*ONE_SIDED.values()), cite(A5_2)),
        *(have(name, part, logic, "one-sided") for name, part in ONE_SIDED.items()),
        have("flat", flat_at(W, b, k + 1), at(k + 1), "critical"),
        have("least", minimises(W, b), cite(FEEDS)),
    ],
    expected=(
        "invalid inference, step positive",
        "refuted, statement",
    ),
)
