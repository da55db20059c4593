"""Section 4, Lemma 4.3: what Assumptions 3.2 say of the activation far to the left.

Statements
- NH17.L4.3.injective: a strictly increasing activation is injective.
- NH17.L4.3.bijective: as printed it is bijective; repaired: injective.
- NH17.L4.3.onto: a bounded activation is not onto.
- NH17.L4.3.decay: with exponential decay it tends to 0 at minus infinity.
- NH17.L4.3.left: under Assumptions 3.2 (2) it has a limit at minus infinity.
"""

from symbolic_landscape.proofs.nguyen_hein_2017.settings.assumptions import (
    sigma_bounded_or_grows,
    sigma_increases,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.growth import (
    bound,
    grows_within,
    is_bounded,
    rho1,
    rho2,
    rho3,
    rho4,
    within,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.network import sigma
from symbolic_landscape.proofs.nguyen_hein_2017.settings.steep_units import (
    ACTIVATION,
    injective,
    mu,
    r,
    s,
    tends_left,
)
from symbolic_landscape.proofs.rules import limits
from symbolic_landscape.proofs.rules.exponentials import exp
from symbolic_landscape.proofs.rules.limits import eventually, tends
from symbolic_landscape.statement.language import both, contradiction, every, exists, fn, real
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    at,
    by,
    cases,
    cite,
    claimed,
    have,
    linear,
    logic,
    obtain,
    suppose_not,
    take,
)

t, late = real("t"), real("late")

INJECTIVE = Statement(
    "NH17.L4.3.injective",
    ACTIVATION,
    title="A strictly increasing activation is injective",
    given={"increasing": sigma_increases},
    then=injective(sigma),
    proof=[
        have(
            "injective",
            injective(sigma),
            arbitrary(
                r,
                s,
                proof=[
                    have("up", None, at(r, s), "increasing"),
                    have("down", None, at(s, r), "increasing"),
                    have("not below", ~(sigma(r) < sigma(s)), linear, "injective.if"),
                    have("not above", ~(sigma(s) < sigma(r)), linear, "injective.if"),
                    have("at least", ~(r < s), logic, "up", "not below"),
                    have("at most", ~(s < r), logic, "down", "not above"),
                    have("equal", r == s, linear, "at least", "at most"),
                ],
            ),
        )
    ],
)

mirrored, decay = fn(t, -sigma(-t)), fn(t, rho1 * exp(-rho2 * t))
rhos = (rho1, rho2, rho3, rho4)
DECAY = Statement(
    "NH17.L4.3.decay",
    ACTIVATION,
    title="An activation with exponential decay tends to 0 at minus infinity",
    names=(rho1, rho2),
    given={"rate": rho2 > 0, "decay": every(t, (t < 0) >> within(sigma(t), rho1 * exp(rho2 * t)))},
    then=tends_left(sigma, 0),
    proof=[
        have("exponential", None, by(limits.exp_decays)),
        have("scaled", None, by(limits.limit_along_line, s=rho2, x=0), "exponential", "rate"),
        have("bound", tends(decay, 0), by(limits.limit_of_multiple, s=rho1), "scaled"),
        have(
            "from 1 on",
            every(t, (t >= 1) >> within(sigma(-t), decay(t))),
            arbitrary(
                t,
                proof=[
                    have("left", -t < 0, linear, "from 1 on.if"),
                    have("if left", None, at(-t), "decay"),
                    have("within", within(sigma(-t), decay(t)), logic, "if left", "left"),
                ],
            ),
        ),
        have("late", eventually(t, within(sigma(-t), decay(t))), take(1), "from 1 on"),
        have("zero", tends_left(sigma, 0), by(limits.limit_of_squeezed, g=decay), "bound", "late"),
    ],
)

LEFT = Statement(
    "NH17.L4.3.left",
    ACTIVATION,
    title="Under Assumptions 3.2 the activation has a limit at minus infinity",
    given={"increasing": sigma_increases, "bounded": sigma_bounded_or_grows},
    then=exists(mu, tends_left(sigma, mu)),
    proof=[
        have(
            "limit",
            exists(mu, tends_left(sigma, mu)),
            cases(
                [
                    have("bound", every(t, within(sigma(t), bound)), obtain(bound), "limit.1"),
                    have(
                        "increases",
                        every(s, t, (s < t) >> (mirrored(s) < mirrored(t))),
                        arbitrary(
                            s,
                            t,
                            proof=[
                                have("if turned", None, at(-t, -s), "increasing"),
                                have(
                                    "less",
                                    mirrored(s) < mirrored(t),
                                    logic,
                                    "if turned",
                                    "increases.if",
                                ),
                            ],
                        ),
                    ),
                    have(
                        "at most",
                        every(t, mirrored(t) <= bound),
                        arbitrary(
                            t,
                            proof=[
                                have("both", None, at(-t), "bound"),
                                have("above", mirrored(t) <= bound, logic, "both"),
                            ],
                        ),
                    ),
                    have(
                        "bounded above",
                        exists(r, every(t, mirrored(t) <= r)),
                        take(bound),
                        "at most",
                    ),
                    have(
                        "some limit",
                        exists(r, tends(mirrored, r)),
                        by(limits.limit_of_increasing),
                        "increases",
                        "bounded above",
                    ),
                    have("r", tends(mirrored, r), obtain(r), "some limit"),
                    have("mu", exists(mu, tends_left(sigma, mu)), take(-r), "r"),
                ],
                [
                    have("constants", grows_within(sigma, *rhos), obtain(*rhos), "limit.2"),
                    have("rate", rho2 > 0, logic, "constants"),
                    have(
                        "decay",
                        every(t, (t < 0) >> within(sigma(t), rho1 * exp(rho2 * t))),
                        logic,
                        "constants",
                    ),
                    have("zero", tends_left(sigma, 0), cite(DECAY)),
                    have("mu", exists(mu, tends_left(sigma, mu)), take(0), "zero"),
                ],
            ),
            "bounded",
        )
    ],
)

bijective = both(injective(sigma), every(s, exists(t, sigma(t) == s)))
BIJECTIVE = Statement(
    "NH17.L4.3.bijective",
    ACTIVATION,
    title="Strictly increasing functions are bijective",
    where="Section 4, proof of Lemma 4.3",
    lines=(1118, 1119),
    given={"increasing": sigma_increases},
    then=bijective,
    proof=[
        have(
            "bijective",
            bijective,
            claimed("strictly monotonic and thus bijective on its domain"),
            "increasing",
            lines=(1118, 1119),
        )
    ],
    repaired=Statement(
        "NH17.L4.3.bijective",
        ACTIVATION,
        title="Strictly increasing functions are injective",
        reading="repaired",
        given={"increasing": sigma_increases},
        then=injective(sigma),
        proof=[have("injective", injective(sigma), cite(INJECTIVE))],
        gloss="Onto its range, which is not R: injective is meant, and is all that the proof uses.",
    ),
    expected=(
        "invalid inference, step bijective",
        "refuted, statement",
    ),
)

ONTO = Statement(
    "NH17.L4.3.onto",
    ACTIVATION,
    title="A bounded activation does not have all numbers as values",
    given={"bounded": is_bounded(sigma)},
    then=~every(s, exists(t, sigma(t) == s)),
    proof=[
        have("bound", every(t, within(sigma(t), bound)), obtain(bound), "bounded"),
        have(
            "not all",
            ~every(s, exists(t, sigma(t) == s)),
            suppose_not(
                [
                    have("all", every(s, exists(t, sigma(t) == s)), logic, "not all.not"),
                    have("some value", None, at(bound + 1), "all"),
                    have("value", sigma(t) == bound + 1, obtain(t), "some value"),
                    have("within", None, at(t), "bound"),
                    have("clash", contradiction, linear, "value", "within"),
                ]
            ),
        ),
    ],
)
