"""Section 3.2: the Blake-Zisserman loss for small residuals.

Statements
- NH17.E3.small.blakeZisserman: as printed it is t^2 to second order at 0; repaired: up to a shift
  and a factor.
- NH17.E3.small.shift: its value at 0 is not 0.
"""

from symbolic_landscape.proofs.nguyen_hein_2017.section_3.losses import BELL, bell, meets, once
from symbolic_landscape.proofs.nguyen_hein_2017.section_3.robust_losses import (
    BLAKE_ZISSERMAN,
    blake_zisserman,
    substituted,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_3.small_residuals import (
    LOG_SLOPE,
    SLOPES,
    bend,
    double,
    like_the_square,
    one,
)
from symbolic_landscape.proofs.nguyen_hein_2017.section_3.smooth_losses import (
    delta,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.activations import NUMBERS
from symbolic_landscape.proofs.nguyen_hein_2017.settings.assumptions import twice_smooth
from symbolic_landscape.proofs.rules import exponentials as e
from symbolic_landscape.proofs.rules import numbers, order
from symbolic_landscape.proofs.rules.derivatives import smooth
from symbolic_landscape.proofs.rules.exponentials import exp, log
from symbolic_landscape.statement.language import (
    both,
    derivative,
    every,
    fn,
    real,
    true,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    at,
    by,
    calculation,
    cite,
    claimed,
    have,
    linear,
    logic,
)

t = real("t")

mixture = fn(t, exp(-(t * t)) + delta)
single = bell(one)
twice_bell = fn(t, double(t) * single(t))
bz = blake_zisserman
up_to_shift_and_factor = both(
    bz(0) == -log(1 + delta), derivative(bz)(0) == 0, (1 + delta) * bend(bz) == 2
)
BLAKE_ZISSERMAN_SMALL = Statement(
    "NH17.E3.small.blakeZisserman",
    NUMBERS,
    kind="example",
    title="The Blake-Zisserman loss approximates the square for small residuals",
    where="Section 3.2, list of losses",
    lines=(640, 642),
    names=(delta,),
    given={"delta": delta > 0},
    then=like_the_square(bz),
    proof=[
        have(
            "all",
            like_the_square(bz),
            claimed("for small a, this curve approximates a^2"),
            "delta",
            lines=(641, 641),
        )
    ],
    repaired=Statement(
        "NH17.E3.small.blakeZisserman",
        NUMBERS,
        kind="example",
        title="The Blake-Zisserman loss is a square to second order, up to a shift and a factor",
        where="Section 3.2, list of losses",
        lines=(640, 642),
        reading="repaired",
        names=(delta,),
        given={"delta": delta > 0},
        then=up_to_shift_and_factor,
        proof=[
            have("trivial", true, logic),
            have("bell", None, cite(BELL, rate=one)),
            *(
                have(name, fact, logic, "bell")
                for name, fact in zip(
                    ("analytic", "bell slope", "bell positive"),
                    substituted(one)[:3],
                    strict=True,
                )
            ),
            *once("bell", single, "analytic"),
            have("line once", smooth(fn(t, delta + t)), by(numbers.smooth_affine, r=delta, s=1)),
            have(
                "positive",
                every(t, mixture(t) > 0),
                arbitrary(
                    t,
                    proof=[
                        have("e", None, at(t), "bell positive"),
                        have("sum", mixture(t) > 0, linear, "e", "delta"),
                    ],
                ),
            ),
            have("slopes", None, cite(LOG_SLOPE, g=mixture, factor=-1)),
            have(
                "quotient",
                every(t, derivative(bz)(t) * mixture(t) == twice_bell(t)),
                arbitrary(
                    t,
                    proof=[
                        have("product", None, at(t), "slopes"),
                        have(
                            "chain",
                            derivative(mixture)(t)
                            == derivative(fn(t, delta + t))(single(t)) * derivative(single)(t),
                            by(numbers.derivative_of_composed, f=fn(t, delta + t), g=single),
                            "line once",
                            "bell once",
                        ),
                        have(
                            "line slope",
                            derivative(fn(t, delta + t))(single(t)) == 1,
                            by(numbers.derivative_of_affine, r=delta, s=1),
                        ),
                        have("slope here", None, at(t), "bell slope"),
                        have(
                            "mixture slope",
                            derivative(mixture)(t) == -twice_bell(t),
                            calculation,
                            "chain",
                            "line slope",
                            "slope here",
                        ),
                        have(
                            "all",
                            derivative(bz)(t) * mixture(t) == twice_bell(t),
                            linear,
                            "product",
                            "mixture slope",
                        ),
                    ],
                ),
            ),
            have("loss", meets(bz), cite(BLAKE_ZISSERMAN)),
            have("twice", twice_smooth(bz), logic, "loss"),
            have("e to 0", exp(0 * delta) == 1, by(e.exp_at_zero)),
            have("above 0", mixture(0) > 0, linear, "e to 0", "delta"),
            have("not 0", mixture(0) != 0, by(order.positive_is_not_zero), "above 0"),
            have("at 0", None, cite(SLOPES, f=bz, g=mixture, h=twice_bell)),
            have("slope 0", derivative(bz)(0) == 0, logic, "at 0"),
            have("bend", mixture(0) * bend(bz) == derivative(twice_bell)(0), logic, "at 0"),
            have("double once", smooth(double), by(numbers.smooth_affine, r=0, s=2)),
            have(
                "double slope",
                derivative(double)(0) == 2,
                by(numbers.derivative_of_affine, r=0, s=2),
            ),
            have(
                "product",
                derivative(twice_bell)(0)
                == derivative(double)(0) * single(0) + double(0) * derivative(single)(0),
                by(numbers.derivative_of_numbers, f=double, g=single),
                "double once",
                "bell once",
            ),
            have(
                "two",
                derivative(twice_bell)(0) == 2,
                calculation,
                "product",
                "double slope",
                "e to 0",
            ),
            have("first part", exp(0 * delta) * bend(bz) == bend(bz), calculation, "e to 0"),
            have("factor", (1 + delta) * bend(bz) == 2, linear, "bend", "two", "first part"),
            have("value", bz(0) == -log(1 + delta), calculation, "e to 0"),
            have("all", up_to_shift_and_factor, logic, "value", "slope 0", "factor"),
        ],
    ),
    expected=(
        "invalid inference, step all",
        "refuted, statement",
    ),
)

SHIFT = Statement(
    "NH17.E3.small.shift",
    NUMBERS,
    kind="example",
    title="The Blake-Zisserman loss does not vanish at 0",
    where="Section 3.2, list of losses",
    lines=(641, 641),
    names=(delta,),
    given={"delta": delta > 0},
    then=blake_zisserman(0) < 0,
    proof=[
        have("e above 0", exp(0 * delta) > 0, by(e.exp_positive)),
        have("log of e", log(exp(0 * delta)) == 0 * delta, by(e.log_of_exp)),
        have(
            "logs",
            log(exp(0 * delta)) < log(exp(0 * delta) + delta),
            by(e.log_increases),
            "e above 0",
            "delta",
        ),
        have("below", blake_zisserman(0) < 0, linear, "logs", "log of e"),
    ],
)
