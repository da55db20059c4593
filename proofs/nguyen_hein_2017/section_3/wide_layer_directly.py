"""Section 3.2, Theorem 3.8 repaired: at the point itself, without nearby points.

Statements
- NH17.T3.8.monotone: where the slope of a monotone sigma vanishes, it does not bend.
- NH17.T3.8: wide layer (repaired); the proof is not the paper's.
- NH17.T3.8.direct: under the hypotheses as printed. The theorem holds, though its proof uses Lemma
  3.5 where the slope of sigma may vanish.
"""

from symbolic_landscape.proofs.nguyen_hein_2017.section_3.error_curves import SMOOTH
from symbolic_landscape.proofs.nguyen_hein_2017.section_3.independent_features import L3_5_REPAIRED
from symbolic_landscape.proofs.nguyen_hein_2017.section_3.null_directions import (
    FEATURES_AND_ONE,
    RANK,
    above_only,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_3.upper_slopes import SLOPES
from symbolic_landscape.proofs.nguyen_hein_2017.settings.assumptions import (
    PRINTED,
    flat_slope_does_not_bend,
    full_rank_from,
    loss_flat_only_at_minimum,
    sigma_increases,
    slopes_from,
    twice_smooth,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.directions import I, nondegenerate
from symbolic_landscape.proofs.nguyen_hein_2017.settings.neighbourhoods import NEIGHBOURHOODS
from symbolic_landscape.proofs.nguyen_hein_2017.settings.network import (
    NETWORK,
    L,
    N,
    W,
    b,
    critical,
    flat_at,
    k,
    minimises,
    n,
    sigma,
)
from symbolic_landscape.proofs.rules import curves, minima, ranks
from symbolic_landscape.proofs.rules.derivatives import smooth
from symbolic_landscape.statement.language import derivative, every, rank, real
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    at,
    by,
    cite,
    have,
    linear,
)

t = real("t")
slope = derivative(sigma)
LINES = (879, 909)

MONOTONE = Statement(
    "NH17.T3.8.monotone",
    NETWORK,
    title="Where the slope of a monotone activation vanishes, it does not bend",
    given={"sigma": twice_smooth(sigma), "increasing": sigma_increases},
    then=flat_slope_does_not_bend,
    proof=[
        have(
            "slopes",
            every(t, slope(t) >= 0),
            arbitrary(
                t,
                proof=[
                    have(
                        "up",
                        slope(t) >= 0,
                        by(minima.slope_of_increasing),
                        "standing 4",
                        "increasing",
                    )
                ],
            ),
        ),
        have("slope smooth", smooth(slope), by(curves.smooth_derivative), "sigma"),
        have(
            "straight",
            flat_slope_does_not_bend,
            arbitrary(
                t,
                proof=[
                    have(
                        "flat",
                        derivative(slope)(t) == 0,
                        by(minima.flat_at_least_value),
                        "slope smooth",
                        "slopes",
                        "straight.if",
                    )
                ],
            ),
        ),
    ],
)

T3_8_REPAIRED = Statement(
    "NH17.T3.8",
    NEIGHBOURHOODS,
    kind="theorem",
    title="Wide layer: non-degenerate full-rank critical points are global minima",
    where="Section 3.2, Theorem 3.8 (main result)",
    lines=LINES,
    reading="repaired",
    names=(k, I),
    standing=(k >= 1, k <= L - 1),
    given={
        "wide": n[k] >= N - 1,
        "next": I(k + 1),
        "above": above_only,
        "critical": critical(W, b),
        "nondegenerate": nondegenerate(W, b, I),
        "ranks": full_rank_from(k + 2),
        "bend": flat_slope_does_not_bend,
        "loss": loss_flat_only_at_minimum,
        **SMOOTH,
    },
    then=minimises(W, b),
    proof=[
        have("columns", rank(FEATURES_AND_ONE) == n[k] + 1, cite(RANK)),
        have("rows", rank(FEATURES_AND_ONE) <= N, by(ranks.rank_at_most_rows)),
        have("independent", rank(FEATURES_AND_ONE) == N, linear, "columns", "rows", "wide"),
        have("flat", flat_at(W, b, k + 1), at(k + 1), "critical"),
        have("slopes", slopes_from(k + 1), cite(SLOPES)),
        have("least", minimises(W, b), cite(L3_5_REPAIRED)),
    ],
    gloss="Neither distinct samples nor growth or analyticity of sigma are needed; of monotonicity "
    "it needs that sigma'' = 0 wherever sigma' = 0.",
)

T3_8_DIRECT = Statement(
    "NH17.T3.8.direct",
    NEIGHBOURHOODS,
    kind="theorem",
    title="Wide layer, under hypotheses as printed: the theorem holds",
    where="Section 3.2, Theorem 3.8 (main result)",
    lines=LINES,
    names=(k, I),
    standing=(k >= 1, k <= L - 1),
    given={
        **{name: f for name, f in T3_8_REPAIRED.given.items() if name not in ("bend", "sigma")},
        "analytic": PRINTED["analytic"],
        "increasing": PRINTED["increasing"],
    },
    then=minimises(W, b),
    proof=[
        have("sigma smooth", twice_smooth(sigma), by(curves.twice_smooth_of_analytic), "analytic"),
        have("bend", flat_slope_does_not_bend, cite(MONOTONE)),
        have("least", minimises(W, b), cite(T3_8_REPAIRED)),
    ],
    gloss="These are among the hypotheses as printed: the theorem holds, its proof does not.",
)
