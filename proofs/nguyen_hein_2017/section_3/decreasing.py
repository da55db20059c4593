"""Section 3.2, after Assumptions 3.2: the results for strictly decreasing activations.

Statements
- NH17.R3.2.L35, NH17.R3.2.T34: independent features, independent inputs.
- NH17.R3.2.L43, NH17.R3.2.L44, NH17.R3.2.C45: features of full rank exist, almost everywhere,
  and nearby.
- NH17.R3.2.T38, NH17.R3.2.C39: wide layer, non-degenerate local minima.
- NH17.R3.2.monotone: where the slope vanishes, it does not bend.
- NH17.R3.2: all of these results together.
"""

from collections.abc import Mapping

from symbolic_landscape.proofs.common.parts import Parts, one_by_one, together
from symbolic_landscape.proofs.nguyen_hein_2017.section_3.independent_features import (
    CHAIN,
    ERRORS,
    L3_5,
    L3_5_REPAIRED,
    T3_4,
    T3_4_REPAIRED,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_3.nondegenerate_minima import (
    C3_9,
    C3_9_REPAIRED,
    corollary_proof,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_3.wide_layer import (
    T3_8,
    dense,
    some_nearby,
    wide_layer_proof,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_3.wide_layer_directly import T3_8_REPAIRED
from symbolic_landscape.proofs.nguyen_hein_2017.section_4.full_rank import L4_3
from symbolic_landscape.proofs.nguyen_hein_2017.section_4.generic import C4_5, L4_4
from symbolic_landscape.proofs.nguyen_hein_2017.section_4.left_limit import INJECTIVE, LEFT
from symbolic_landscape.proofs.nguyen_hein_2017.settings.assumptions import (
    PRINTED,
    flat_slope_does_not_bend,
    sigma_decreases,
    slope_negative,
    slopes_from,
    twice_smooth,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.directions import I
from symbolic_landscape.proofs.nguyen_hein_2017.settings.neighbourhoods import NEIGHBOURHOODS, r
from symbolic_landscape.proofs.nguyen_hein_2017.settings.network import (
    NETWORK,
    Delta,
    G,
    L,
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
from symbolic_landscape.proofs.rules import curves, minima, numbers, order
from symbolic_landscape.proofs.rules.derivatives import smooth
from symbolic_landscape.statement.language import (
    Expr,
    both,
    derivative,
    each,
    every,
    exists,
    fn,
    integer,
    real,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    Steps,
    arbitrary,
    at,
    by,
    calculation,
    cite,
    claimed,
    have,
    linear,
    logic,
    obtain,
)
from symbolic_landscape.statement.step import Reason, Step

i, j, v, t = integer("i"), integer("j"), integer("v"), real("t")
slope = derivative(sigma)
LINES = (567, 568)
DECREASING = {**PRINTED, "decreasing": sigma_decreases}
del DECREASING["increasing"]


def own_hypotheses(given: Mapping[str, Expr]) -> dict[str, Expr]:
    """The hypotheses but for those that all theorems of Section 3 have."""
    return {name: f for name, f in given.items() if name not in PRINTED}


def slopes(first: Expr | int) -> Step:
    """The step from a negative slope to slopes that are not 0 from a layer on."""
    return have(
        "slopes",
        slopes_from(first),
        arbitrary(
            v,
            i,
            j,
            proof=[
                have("negative", slope(G(v)[i, j]) < 0, at(G(v)[i, j]), "slope"),
                have(
                    "not zero",
                    slope(G(v)[i, j]) != 0,
                    by(order.positive_is_not_zero, s=-slope(G(v)[i, j])),
                    "negative",
                ),
            ],
        ),
    )


def vanishing_errors(k: Expr | int) -> list[Step]:
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
        slopes(k + 1),
        have("least", minimises(W, b), cite(CHAIN, k=k)),
    ]


def with_decreasing(
    key: str,
    title: str,
    base: tuple[Statement, Statement],
    proof: Steps,
    condition: tuple[str, Expr],
    step: Step,
    expected: tuple[str, ...] = (),
) -> Statement:
    """The statement with a decreasing activation; repaired with a condition in place of another.

    The step shows from the condition what the repaired original asks in its place.
    """
    original, repaired = base
    name, asked = condition
    left = {own: f for own, f in repaired.given.items() if own not in ("slope", "bend")}
    return Statement(
        key,
        original.setting,
        kind="remark",
        title=title,
        where="after Assumptions 3.2",
        lines=LINES,
        names=original.names,
        standing=original.standing,
        given={**DECREASING, **own_hypotheses(original.given)},
        then=original.then,
        proof=proof,
        expected=expected,
        repaired=Statement(
            key,
            repaired.setting,
            kind="remark",
            title=title,
            where="after Assumptions 3.2",
            lines=LINES,
            names=repaired.names,
            standing=repaired.standing,
            given={**left, name: asked},
            then=repaired.then,
            proof=[step, have("least", repaired.then, cite(repaired))],
            reading="repaired",
        ),
    )


NEGATIVE = ("slope", slope_negative)
R3_2_L35 = with_decreasing(
    "NH17.R3.2.L35",
    "Independent features at layer k, activation decreasing",
    (L3_5, L3_5_REPAIRED),
    vanishing_errors(k),
    NEGATIVE,
    slopes(k + 1),
    expected=("unsupported premise, step slope",),
)
R3_2_T34 = with_decreasing(
    "NH17.R3.2.T34",
    "Affinely independent data, activation decreasing",
    (T3_4, T3_4_REPAIRED),
    [have("flat", flat_at(W, b, 1), at(1), "critical"), *vanishing_errors(0)],
    NEGATIVE,
    slopes(1),
    expected=("unsupported premise, step slope",),
)

minus, mirrored = fn(t, -t), fn(t, -slope(t))
MONOTONE = Statement(
    "NH17.R3.2.monotone",
    NETWORK,
    title="Where the slope of a decreasing activation vanishes, it does not bend",
    given={"sigma": twice_smooth(sigma), "decreasing": sigma_decreases},
    then=flat_slope_does_not_bend,
    proof=[
        have("minus", smooth(minus), by(numbers.smooth_affine, r=0, s=-1)),
        have(
            "mirrored",
            smooth(fn(t, -sigma(t))),
            by(numbers.smooth_composed, f=minus, g=sigma),
            "minus",
            "standing 4",
        ),
        have(
            "slopes",
            every(t, mirrored(t) >= 0),
            arbitrary(
                t,
                proof=[
                    have(
                        "up",
                        derivative(fn(t, -sigma(t)))(t) >= 0,
                        by(minima.slope_of_increasing, g=fn(t, -sigma(t))),
                        "mirrored",
                        "decreasing",
                    ),
                    have(
                        "chain",
                        derivative(fn(t, -sigma(t)))(t) == derivative(minus)(sigma(t)) * slope(t),
                        by(numbers.derivative_of_composed, f=minus, g=sigma),
                        "minus",
                        "standing 4",
                    ),
                    have(
                        "minus slope",
                        derivative(minus)(sigma(t)) == -1,
                        by(numbers.derivative_of_affine, r=0, s=-1),
                    ),
                    have(
                        "not negative", mirrored(t) >= 0, calculation, "up", "chain", "minus slope"
                    ),
                ],
            ),
        ),
        have("slope smooth", smooth(slope), by(curves.smooth_derivative), "sigma"),
        have(
            "mirrored slope",
            smooth(mirrored),
            by(numbers.smooth_composed, f=minus, g=slope),
            "minus",
            "slope smooth",
        ),
        have(
            "straight",
            flat_slope_does_not_bend,
            arbitrary(
                t,
                proof=[
                    have(
                        "flat",
                        derivative(mirrored)(t) == 0,
                        by(minima.flat_at_least_value, g=mirrored),
                        "mirrored slope",
                        "slopes",
                        "straight.if",
                    ),
                    have(
                        "chain",
                        derivative(mirrored)(t)
                        == derivative(minus)(slope(t)) * derivative(slope)(t),
                        by(numbers.derivative_of_composed, f=minus, g=slope),
                        "minus",
                        "slope smooth",
                    ),
                    have(
                        "minus slope",
                        derivative(minus)(slope(t)) == -1,
                        by(numbers.derivative_of_affine, r=0, s=-1),
                    ),
                    have(
                        "with minus",
                        derivative(mirrored)(t) == -derivative(slope)(t),
                        calculation,
                        "chain",
                        "minus slope",
                    ),
                    have("product", derivative(slope)(t) == 0, linear, "with minus", "flat"),
                ],
            ),
        ),
    ],
)
FALLING = ("decreasing", sigma_decreases)
BEND = have("bend", flat_slope_does_not_bend, cite(MONOTONE))

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


def features(key: str, title: str, lemma: Statement, *more: str) -> Statement:
    """What Section 4 says of features, with a decreasing activation."""
    own = {name: f for name, f in lemma.given.items() if name in ("wide", "radius")}
    return Statement(
        key,
        lemma.setting,
        kind="remark",
        title=title,
        where="after Assumptions 3.2",
        lines=LINES,
        names=tuple(v for v in lemma.names if v.term is not mu.term),
        standing=lemma.standing,
        given={**GENERIC, **{name: PRINTED[name] for name in more}, **own},
        then=lemma.then,
        proof=[*LIMIT, have("conclusion", lemma.then, cite(lemma, mu=-mu))],
    )


R3_2_L43 = features(
    "NH17.R3.2.L43", "Some parameters give independent features, activation decreasing", L4_3
)
R3_2_L44 = features(
    "NH17.R3.2.L44", "Rank deficiency is null, activation decreasing", L4_4, "analytic"
)
R3_2_C45 = features("NH17.R3.2.C45", "Full rank is dense, activation decreasing", C4_5, "analytic")

R3_2_T38 = with_decreasing(
    "NH17.R3.2.T38",
    "Wide layer, activation decreasing",
    (T3_8, T3_8_REPAIRED),
    wide_layer_proof(R3_2_L35, DENSE),
    FALLING,
    BEND,
)

R3_2_C39 = with_decreasing(
    "NH17.R3.2.C39",
    "Non-degenerate local minima, activation decreasing",
    (C3_9, C3_9_REPAIRED),
    corollary_proof(R3_2_T38),
    FALLING,
    BEND,
)


def of_layers(top: Expr | None, part: Statement, known: Mapping[str, Expr]) -> tuple[Expr, Reason]:
    """What a part says where these hypotheses are known, and why it does.

    It says so of each layer from 1 to the top; of none in particular where there is no top.
    """
    own = {name: f for name, f in part.given.items() if name not in known}
    says = both(*own.values()) >> part.then
    layers = () if top is None else (k,)
    steps = [
        *(have(f"{name} there", f, logic, f"{part.key}.if") for name, f in own.items()),
        have("conclusion", part.then, cite(part)),
    ]
    return (each(k, 1, top, says) if layers else says), arbitrary(*layers, proof=steps)


def results(repaired: bool, known: Mapping[str, Expr]) -> Parts:
    """All results, by their keys, where these hypotheses are known."""
    tops = {
        R3_2_T34: None,
        R3_2_L35: L - 1,
        R3_2_T38: L - 1,
        R3_2_C39: L - 1,
        R3_2_L43: L,
        R3_2_L44: L,
        R3_2_C45: L,
    }
    return {
        part.key: of_layers(top, part.readings[-1 if repaired else 0], known)
        for part, top in tops.items()
    }


KNOWN = {name: f for name, f in DECREASING.items() if name != "attained"}
SMOOTH = {**KNOWN, "sigma": twice_smooth(sigma)}

AS_PRINTED, REPAIRED = results(False, DECREASING), results(True, SMOOTH)
R3_2 = Statement(
    "NH17.R3.2",
    NEIGHBOURHOODS,
    kind="remark",
    title="Strictly decreasing activations also allowed",
    where="after Assumptions 3.2",
    lines=LINES,
    names=(I, r),
    given=DECREASING,
    then=together(AS_PRINTED),
    proof=one_by_one(AS_PRINTED),
    repaired=Statement(
        "NH17.R3.2",
        NEIGHBOURHOODS,
        kind="remark",
        title="Strictly decreasing activations also allowed",
        where="after Assumptions 3.2",
        lines=LINES,
        reading="repaired",
        names=(I, r),
        given=KNOWN,
        then=together(REPAIRED),
        proof=[
            have("sigma", twice_smooth(sigma), by(curves.twice_smooth_of_analytic), "analytic"),
            *one_by_one(REPAIRED),
        ],
        gloss="Theorem 3.4 and Lemma 3.5 where sigma' < 0; the others as they are.",
    ),
)
