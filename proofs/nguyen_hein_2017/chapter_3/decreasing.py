"""Section 3.2, after Assumptions 3.2: the results for strictly decreasing activations.

Statements
- NH17.R3.2.L35, NH17.R3.2.T34: independent features, independent inputs.
- NH17.R3.2.L43, NH17.R3.2.L44, NH17.R3.2.C45: features of full rank exist, almost everywhere,
  and nearby.
- NH17.R3.2.T38, NH17.R3.2.C39: wide layer, non-degenerate local minima.
"""

from symbolic_landscape.proofs.nguyen_hein_2017.chapter_3.independent_features import (
    CHAIN,
    ERRORS,
    L3_5,
    L3_5_REPAIRED,
    T3_4,
    T3_4_REPAIRED,
)
from symbolic_landscape.proofs.nguyen_hein_2017.chapter_3.nondegenerate_minima import (
    C3_9,
    C3_9_REPAIRED,
    corollary_proof,
)
from symbolic_landscape.proofs.nguyen_hein_2017.chapter_3.null_directions import T3_8_REPAIRED
from symbolic_landscape.proofs.nguyen_hein_2017.chapter_3.wide_layer import (
    T3_8,
    dense,
    some_nearby,
    wide_layer_proof,
)
from symbolic_landscape.proofs.nguyen_hein_2017.chapter_4.full_rank import L4_3
from symbolic_landscape.proofs.nguyen_hein_2017.chapter_4.generic import C4_5, L4_4
from symbolic_landscape.proofs.nguyen_hein_2017.chapter_4.left_limit import INJECTIVE, LEFT
from symbolic_landscape.proofs.nguyen_hein_2017.settings.assumptions import (
    PRINTED,
    sigma_decreases,
    slope_negative,
    slope_not_zero,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.neighbourhoods import r
from symbolic_landscape.proofs.nguyen_hein_2017.settings.network import (
    Delta,
    W,
    b,
    flat_at,
    k,
    minimises,
    sigma,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.steep_units import (
    injective,
    mu,
    tends_left,
)
from symbolic_landscape.proofs.rules import order
from symbolic_landscape.statement.language import derivative, exists, fn, real
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    at,
    by,
    cite,
    claimed,
    have,
    obtain,
)

t = real("t")
slope = derivative(sigma)
WHERE, LINES = "after Assumptions 3.2", (567, 568)
DECREASING = {**PRINTED, "decreasing": sigma_decreases}
del DECREASING["increasing"]


def own_hypotheses(given):
    """The hypotheses but for those that all theorems of Section 3 have."""
    return {name: f for name, f in given.items() if name not in PRINTED}


NO_SLOPE_IS_0 = have(
    "no slope is 0",
    slope_not_zero,
    arbitrary(
        t,
        proof=[
            have("negative", slope(t) < 0, at(t), "slope"),
            have(
                "not zero", slope(t) != 0, by(order.positive_is_not_zero, s=-slope(t)), "negative"
            ),
        ],
    ),
)


def vanishing_errors(k):
    """Steps of the printed proof where layer k + 1 is flat."""
    return [
        have("zero", Delta(k + 1) == 0, cite(ERRORS, k=k)),
        have(
            "slope",
            slope_negative,
            claimed("all results also hold for strictly decreasing activations"),
            "decreasing",
            lines=LINES,
        ),
        NO_SLOPE_IS_0,
        have("least", minimises(W, b), cite(CHAIN, k=k)),
    ]


def with_decreasing(key, base, proof, kind="remark"):
    """The statement with a decreasing activation, and repaired: with a negative slope."""
    original, repaired = base
    title = f"{original.title}, activation decreasing"
    shared = {"where": WHERE, "lines": LINES, "kind": kind, "title": title}
    return Statement(
        key,
        original.setting,
        names=original.names,
        standing=original.standing,
        given={**DECREASING, **own_hypotheses(original.given)},
        then=original.then,
        proof=proof,
        repaired=Statement(
            key,
            repaired.setting,
            names=repaired.names,
            standing=repaired.standing,
            given={**repaired.given, "slope": slope_negative},
            then=repaired.then,
            proof=[NO_SLOPE_IS_0, have("least", repaired.then, cite(repaired))],
            reading="repaired",
            **shared,
        ),
        **shared,
    )


R3_2_L35 = with_decreasing("NH17.R3.2.L35", (L3_5, L3_5_REPAIRED), vanishing_errors(k))
R3_2_T34 = with_decreasing(
    "NH17.R3.2.T34",
    (T3_4, T3_4_REPAIRED),
    [have("flat", flat_at(W, b, 1), at(1), "critical"), *vanishing_errors(0)],
)

turned = fn(t, -sigma(t))
LIMIT = [
    have("injective", injective(sigma), cite(INJECTIVE, sigma=turned)),
    have("left", exists(mu, tends_left(turned, mu)), cite(LEFT, sigma=turned)),
    have("limit", tends_left(turned, mu), obtain(mu), "left"),
]
"""Steps: -sigma is increasing, so sigma is injective and has a limit at minus infinity."""
DENSE = [
    *LIMIT,
    have("dense", dense, arbitrary(r, proof=[have("some", some_nearby, cite(C4_5, mu=-mu))])),
]
GENERIC = {name: DECREASING[name] for name in ("distinct", "decreasing", "bounded")}


def features(key, lemma, *more):
    """What Section 4 says of features, with a decreasing activation."""
    own = {name: f for name, f in lemma.given.items() if name in ("wide", "radius")}
    return Statement(
        key,
        lemma.setting,
        kind="remark",
        title=f"{lemma.title}, activation decreasing",
        where=WHERE,
        lines=LINES,
        names=tuple(v for v in lemma.names if v.term is not mu.term),
        standing=lemma.standing,
        given={**GENERIC, **{name: PRINTED[name] for name in more}, **own},
        then=lemma.then,
        proof=[*LIMIT, have("conclusion", lemma.then, cite(lemma, mu=-mu))],
    )


R3_2_L43 = features("NH17.R3.2.L43", L4_3)
R3_2_L44 = features("NH17.R3.2.L44", L4_4, "analytic")
R3_2_C45 = features("NH17.R3.2.C45", C4_5, "analytic")

R3_2_T38 = with_decreasing(
    "NH17.R3.2.T38", (T3_8, T3_8_REPAIRED), wide_layer_proof(R3_2_L35, DENSE)
)

R3_2_C39 = with_decreasing("NH17.R3.2.C39", (C3_9, C3_9_REPAIRED), corollary_proof(R3_2_T38))
