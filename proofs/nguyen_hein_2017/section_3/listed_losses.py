"""Section 3.2: all that is said of the losses that the paper names, from its parts.

Statements
- NH17.E3.loss.square: the squared loss meets part 3 of the assumptions.
- NH17.E3.loss: all convex losses and the five that are named meet it.
- NH17.E3.small: three of them are said to approximate the square; repaired: up to a shift and a
  factor for Blake-Zisserman.
"""

from symbolic_landscape.proofs.common.parts import Parts, one_by_one, together
from symbolic_landscape.proofs.nguyen_hein_2017.section_3.losses import (
    CONVEX,
    f,
    flat_only_at_minimum,
    meets,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_3.robust_losses import (
    BLAKE_ZISSERMAN,
    CORRUPTED_GAUSSIAN,
    alpha,
    delta,
    w,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_3.shifted_losses import (
    BLAKE_ZISSERMAN_SMALL,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_3.small_residuals import (
    CAUCHY_SMALL,
    PSEUDO_HUBER_SMALL,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_3.smooth_losses import (
    CAUCHY,
    PSEUDO_HUBER,
    line,
    square,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.activations import NUMBERS
from symbolic_landscape.proofs.nguyen_hein_2017.settings.assumptions import twice_smooth
from symbolic_landscape.proofs.rules import curves, numbers, order
from symbolic_landscape.proofs.rules.curves import analytic
from symbolic_landscape.statement.language import Expr, derivative, every, fn, real
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    by,
    calculation,
    cite,
    have,
    linear,
    logic,
)

s, t, shift = real("s"), real("t"), real("shift")
flat = derivative(square)(s) == 2 * s

SQUARE = Statement(
    "NH17.E3.loss.square",
    NUMBERS,
    kind="example",
    title="The squared loss meets the assumption",
    where="Section 3.2 list and Figure 1",
    lines=(632, 634),
    given={},
    then=meets(square),
    proof=[
        have("line", analytic(line), by(numbers.analytic_affine, r=0, s=1)),
        have(
            "analytic",
            analytic(square),
            by(numbers.analytic_of_product, f=line, g=line),
            "line",
            "line",
        ),
        have("twice", twice_smooth(square), by(curves.twice_smooth_of_analytic), "analytic"),
        have(
            "only there",
            flat_only_at_minimum(square),
            arbitrary(
                s,
                proof=[
                    have("slope", flat, by(numbers.derivative_of_quadratic, r=0, s=0, y=1)),
                    have("zero", s == 0, linear, "slope", "only there.if"),
                    have(
                        "least",
                        every(t, square(s) <= square(t)),
                        arbitrary(
                            t,
                            proof=[
                                have("not negative", t * t >= 0, by(order.square_not_negative)),
                                have(
                                    "above",
                                    square(s) <= square(t),
                                    calculation,
                                    "not negative",
                                    "zero",
                                ),
                            ],
                        ),
                    ),
                ],
            ),
        ),
        have("both", meets(square), logic, "twice", "only there"),
    ],
)

CONSTANTS = {"delta": delta != 0, "shift": shift > 0}
SHIFT = {"delta": shift}
"""Blake-Zisserman has a constant of its own here."""


def shifted(statement: Statement) -> Expr:
    """What a statement on Blake-Zisserman says, with that constant."""
    return fn(delta, statement.then)(shift)


LOSSES: Parts = {
    "convex losses": (CONVEX.then, cite(CONVEX)),
    "square": (SQUARE.then, cite(SQUARE)),
    "Pseudo-Huber": (PSEUDO_HUBER.then, cite(PSEUDO_HUBER)),
    "Blake-Zisserman": (shifted(BLAKE_ZISSERMAN), cite(BLAKE_ZISSERMAN, **SHIFT)),
    "corrupted Gaussian": (CORRUPTED_GAUSSIAN.then, cite(CORRUPTED_GAUSSIAN)),
    "Cauchy": (CAUCHY.then, cite(CAUCHY)),
}
LOSS = Statement(
    "NH17.E3.loss",
    NUMBERS,
    kind="example",
    title="Losses meeting A3.2(3)",
    where="Section 3.2 list and Figure 1",
    lines=(632, 673),
    names=(f, delta, shift, alpha, w),
    given={**CONVEX.given, **CONSTANTS, **CORRUPTED_GAUSSIAN.given},
    then=together(LOSSES),
    proof=one_by_one(LOSSES),
)


def approximations(blake_zisserman: Statement) -> Parts:
    """The losses that are said to be like a^2 for small a, with what is said and its statement."""
    return {
        "Pseudo-Huber": (PSEUDO_HUBER_SMALL.then, cite(PSEUDO_HUBER_SMALL)),
        "Blake-Zisserman": (shifted(blake_zisserman), cite(blake_zisserman, **SHIFT)),
        "Cauchy": (CAUCHY_SMALL.then, cite(CAUCHY_SMALL)),
    }


AS_PRINTED, REPAIRED = map(approximations, BLAKE_ZISSERMAN_SMALL.readings)
SMALL = Statement(
    "NH17.E3.small",
    NUMBERS,
    kind="example",
    title="Three of the losses approximate the square for small residuals",
    where="Section 3.2, list of losses",
    lines=(633, 652),
    names=(delta, shift),
    given=CONSTANTS,
    then=together(AS_PRINTED),
    proof=one_by_one(AS_PRINTED),
    repaired=Statement(
        "NH17.E3.small",
        NUMBERS,
        kind="example",
        title="Three of the losses are squares to second order, one up to a shift and a factor",
        where="Section 3.2, list of losses",
        lines=(633, 652),
        reading="repaired",
        names=(delta, shift),
        given=CONSTANTS,
        then=together(REPAIRED),
        proof=one_by_one(REPAIRED),
        gloss="Blake-Zisserman is -log(1 + delta) at 0 and bends by 2 / (1 + delta) there.",
    ),
    expected=("refuted, statement",),
)
