"""Section 4, proof of Lemma 4.3, second case: units far to the left and to the right.

Statements
- NH17.I4.3b.small: a unit far to the left decays.
- NH17.I4.3b.grows: a unit far to the right is tempered.
- NH17.I4.3b.unit: all units are tempered.
"""

from symbolic_landscape.proofs.nguyen_hein_2017.section_4.tempered import (
    CONSTANT,
    SLOW,
    WEIGHTED,
    exponential,
    gap,
    late,
    x,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.growth import (
    rho1,
    rho2,
    rho3,
    rho4,
    within,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.steep_units import (
    ACTIVATION,
    beta,
    decays,
    rate,
    sigma,
    tempered,
)
from symbolic_landscape.proofs.rules import exponentials, limits, order
from symbolic_landscape.proofs.rules.exponentials import exp
from symbolic_landscape.proofs.rules.limits import eventually, tends
from symbolic_landscape.statement.language import Expr, every, fn
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    at,
    by,
    calculation,
    cases,
    cite,
    have,
    linear,
    logic,
    obtain,
    take,
)
from symbolic_landscape.statement.step import Reason, Step

DECAY = {"rate": rho2 > 0, "decay": every(x, (x < 0) >> within(sigma(x), rho1 * exp(rho2 * x)))}
GROWTH = {"growth": every(x, (x >= 0) >> within(sigma(x), rho3 * x + rho4))}
unit = fn(x, sigma(gap * x + beta))
fading = fn(x, rho1 * exp(rho2 * (gap * x + beta)))
speed = -rho2 * gap / 2


def not_negative(name: str, rate: Expr) -> Step:
    """Steps to the sign of exp(rate x)."""
    return have(
        name,
        every(x, 0 <= exp(rate * x)),
        arbitrary(
            x,
            proof=[
                have("above", exp(rate * x) > 0, by(exponentials.exp_positive)),
                have("not below", 0 <= exp(rate * x), linear, "above"),
            ],
        ),
    )


def on_side(
    name: str, side: Expr, condition: Expr, reason: Reason, bound: Expr, hypothesis: str
) -> list[Step]:
    """Steps to the bound of a unit for late x, where it is on one side of 0."""
    return [
        have("late", eventually(x, side), by(limits.line_rises), "side"),
        have("from", every(x, (late <= x) >> side), obtain(late), "late"),
        have(
            "late bound",
            every(x, (late <= x) >> within(unit(x), bound(x))),
            arbitrary(
                x,
                proof=[
                    have("if late", None, at(x), "from"),
                    have("on the side", side, logic, "if late", "late bound.if"),
                    have("there", condition, reason, "on the side"),
                    have("if there", None, at(gap * x + beta), hypothesis),
                    have("within", within(unit(x), bound(x)), logic, "if there", "there"),
                ],
            ),
        ),
        have(name, eventually(x, within(unit(x), bound(x))), take(late), "late bound"),
    ]


constant = rho1 * exp(rho2 * beta)
SMALL = Statement(
    "NH17.I4.3b.small",
    ACTIVATION,
    title="A unit far to the left decays",
    names=(rho1, rho2, gap, beta),
    given={**DECAY, "side": gap < 0},
    then=decays(unit),
    proof=[
        *on_side("bound", 1 <= -gap * x - beta, gap * x + beta < 0, linear, fading, "decay"),
        have("product", rho2 * -gap > 0, by(order.positive_product), "rate", "side"),
        not_negative("weight", speed),
        *exponential("falls", speed, "product"),
        have(
            "multiple",
            tends(fn(x, constant * exp(-speed * x)), 0),
            by(limits.limit_of_multiple, s=constant),
            "falls",
        ),
        have(
            "same",
            every(x, fading(x) * exp(speed * x) == constant * exp(-speed * x)),
            arbitrary(
                x,
                proof=[
                    have(
                        "apart", None, by(exponentials.exp_of_sum, x=rho2 * beta, r=rho2 * gap * x)
                    ),
                    have(
                        "together", None, by(exponentials.exp_of_sum, x=rho2 * gap * x, r=speed * x)
                    ),
                    have(
                        "equal",
                        fading(x) * exp(speed * x) == constant * exp(-speed * x),
                        calculation,
                        "apart",
                        "<together",
                    ),
                ],
            ),
        ),
        have(
            "limit",
            tends(fn(x, fading(x) * exp(speed * x)), 0),
            by(limits.limit_of_equal, f=fn(x, fading(x) * exp(speed * x))),
            "same",
            "multiple",
        ),
        have(
            "weighted",
            tends(fn(x, unit(x) * exp(speed * x)), 0),
            cite(WEIGHTED, f=unit, h=fading, w=fn(x, exp(speed * x))),
        ),
        have("decays", decays(unit), take(speed), "product", "weighted"),
    ],
)

rising = fn(x, rho3 * (gap * x + beta) + rho4)
GROWS = Statement(
    "NH17.I4.3b.grows",
    ACTIVATION,
    title="A unit far to the right is tempered",
    names=(rho3, rho4, gap, beta),
    given={**GROWTH, "side": gap > 0},
    then=tempered(unit),
    proof=[
        *on_side("bound", 0 <= gap * x + beta, gap * x + beta >= 0, logic, rising, "growth"),
        have(
            "tempered",
            tempered(unit),
            arbitrary(
                rate,
                proof=[
                    not_negative("weight", -rate),
                    *exponential("falls", rate, "tempered.if"),
                    have(
                        "linear",
                        tends(fn(x, x * exp(-rate * x)), 0),
                        by(limits.exp_outgrows_linear),
                        "tempered.if",
                    ),
                    have("slope", None, by(limits.limit_of_multiple, s=rho3 * gap), "linear"),
                    have(
                        "height", None, by(limits.limit_of_multiple, s=rho3 * beta + rho4), "falls"
                    ),
                    have(
                        "limit",
                        tends(fn(x, rising(x) * exp(-rate * x)), 0),
                        by(limits.limit_of_sum),
                        "slope",
                        "height",
                    ),
                    have(
                        "weighted",
                        tends(fn(x, unit(x) * exp(-rate * x)), 0),
                        cite(WEIGHTED, f=unit, h=rising, w=fn(x, exp(-rate * x))),
                    ),
                ],
            ),
        ),
    ],
)
UNIT = Statement(
    "NH17.I4.3b.unit",
    ACTIVATION,
    title="All units are tempered",
    names=(rho1, rho2, rho3, rho4, gap, beta),
    given={**DECAY, **GROWTH},
    then=tempered(unit),
    proof=[
        have(
            "tempered",
            tempered(unit),
            cases(
                [
                    have("small", None, cite(SMALL)),
                    have("slow", tempered(unit), cite(SLOW, f=unit)),
                ],
                [
                    have(
                        "not left",
                        tempered(unit),
                        cases(
                            [have("grows", tempered(unit), cite(GROWS))],
                            [
                                have("level", gap == 0, linear, "tempered.2", "not left.2"),
                                have(
                                    "constant",
                                    tempered(fn(x, sigma(beta))),
                                    cite(CONSTANT, r=sigma(beta)),
                                ),
                                have("here", tempered(unit), calculation, "constant", "level"),
                            ],
                            split=gap > 0,
                        ),
                    )
                ],
                split=gap < 0,
            ),
        ),
    ],
)
