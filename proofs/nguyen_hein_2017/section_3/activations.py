"""Section 3.2: the assumptions on data, activation and loss, and activations that meet them.

Statements
- NH17.A3.2: the assumptions.
- NH17.L3.3.sigmoid, NH17.L3.3.tanh, NH17.L3.3.softplus: part 2 for the three activations, for
  softplus with the constants of the paper.
- NH17.L3.3: the three of them together.
"""

from symbolic_landscape.proofs.nguyen_hein_2017.section_2.softplus import BOUNDS
from symbolic_landscape.proofs.nguyen_hein_2017.settings.activations import (
    NUMBERS,
    alpha,
    hyperbolic_tangent,
    is_greater_of,
    sigmoid,
    softplus,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.assumptions import (
    ASSUMPTIONS,
    analytic,
    increases,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.growth import (
    grows_within,
    is_bounded,
    rho1,
    rho2,
    rho3,
    rho4,
    within,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.network import NETWORK
from symbolic_landscape.proofs.rules import exponentials as e
from symbolic_landscape.proofs.rules import numbers, order, signs
from symbolic_landscape.proofs.rules.exponentials import exp, log
from symbolic_landscape.proofs.rules.numbers import recip
from symbolic_landscape.statement.language import (
    Expr,
    both,
    contradiction,
    every,
    exists,
    fn,
    real,
    true,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    Steps,
    arbitrary,
    at,
    by,
    cite,
    have,
    linear,
    logic,
    suppose_not,
    take,
)
from symbolic_landscape.statement.term import num

s, t = real("s"), real("t")
LINES = (572, 630)

A3_2 = Statement(
    "NH17.A3.2",
    NETWORK,
    kind="assumption",
    title="Data, activation and loss assumptions",
    where="Section 3.2, Assumptions 3.2",
    lines=(546, 671),
    given={},
    then=both(*ASSUMPTIONS.values()),
)


def sigmoidal(name: str, rate: int, f: Expr, last_steps: Steps) -> Statement:
    """The statement on a function f of 1 / (1 + e^(-rate t)), which `last_steps` show analytic."""
    power, inner = fn(t, exp(-rate * t)), fn(t, 1 + exp(-rate * t))
    return Statement(
        f"NH17.L3.3.{name}",
        NUMBERS,
        title=f"The activation {name} satisfies the assumption",
        where="Section 3.2, Lemma 3.3",
        lines=LINES,
        given={},
        then=both(analytic(f), increases(f), is_bounded(f)),
        proof=[
            have("line", analytic(fn(t, -rate * t)), by(numbers.analytic_affine, r=0, s=-rate)),
            have("exponential", analytic(exp), by(numbers.analytic_exp)),
            have(
                "power",
                analytic(power),
                by(numbers.analytic_of_composed, f=exp, g=fn(t, -rate * t)),
                "exponential",
                "line",
            ),
            have("shift", analytic(fn(t, 1 + t)), by(numbers.analytic_affine, r=1, s=1)),
            have(
                "inside",
                analytic(inner),
                by(numbers.analytic_of_composed, f=fn(t, 1 + t), g=power),
                "shift",
                "power",
            ),
            have(
                "above 1",
                every(t, inner(t) > 1),
                arbitrary(
                    t,
                    proof=[
                        have("e", inner(t) > 1, by(e.exp_positive, x=-rate * t)),
                    ],
                ),
            ),
            have(
                "positive",
                every(t, inner(t) > 0),
                arbitrary(
                    t,
                    proof=[
                        have("above", inner(t) > 1, at(t), "above 1"),
                        have("more", inner(t) > 0, linear, "above"),
                    ],
                ),
            ),
            have(
                "quotient",
                analytic(fn(t, recip(inner(t)))),
                by(numbers.analytic_reciprocal, g=inner),
                "inside",
                "positive",
            ),
            *last_steps,
            have(
                "increases",
                increases(f),
                arbitrary(
                    s,
                    t,
                    proof=[
                        have(
                            "powers",
                            inner(t) < inner(s),
                            by(e.exp_increases, s=-rate * t, t=-rate * s),
                            "increases.if",
                        ),
                        have("denominator", inner(t) > 0, at(t), "positive"),
                        have(
                            "quotients",
                            recip(inner(s)) < recip(inner(t)),
                            by(numbers.reciprocal_decreases, s=inner(t), t=inner(s)),
                            "denominator",
                            "powers",
                        ),
                    ],
                ),
            ),
            have("trivial", true, logic),
            have("one", recip(ONE) == 1, by(signs.quotient, s=1, x=1), "trivial"),
            have(
                "within 1",
                every(t, within(f(t), 1)),
                arbitrary(
                    t,
                    proof=[
                        have("denominator", inner(t) > 1, at(t), "above 1"),
                        have("denominator positive", inner(t) > 0, at(t), "positive"),
                        have(
                            "quotient positive",
                            recip(inner(t)) > 0,
                            by(numbers.reciprocal_positive),
                            "denominator positive",
                        ),
                        have(
                            "quotient below 1",
                            recip(inner(t)) < recip(ONE),
                            by(numbers.reciprocal_decreases, s=1, t=inner(t)),
                            "trivial",
                            "denominator",
                        ),
                        have(
                            "within",
                            within(f(t), 1),
                            linear,
                            "quotient positive",
                            "quotient below 1",
                            "one",
                        ),
                    ],
                ),
            ),
            have("bounded", is_bounded(f), take(1), "within 1"),
            have(
                "all",
                both(analytic(f), increases(f), is_bounded(f)),
                logic,
                ANALYTIC if last_steps else "quotient",
                "increases",
                "bounded",
            ),
        ],
    )


ANALYTIC = "analytic"
ZERO, ONE, TWO = (Expr(num(k)) for k in range(3))
SIGMOID = sigmoidal("sigmoid", 1, sigmoid, [])
TANH = sigmoidal(
    "tanh",
    2,
    hyperbolic_tangent,
    [
        have("affine", analytic(fn(t, 2 * t - 1)), by(numbers.analytic_affine, r=-1, s=2)),
        have(
            ANALYTIC,
            analytic(hyperbolic_tangent),
            by(
                numbers.analytic_of_composed,
                f=fn(t, 2 * t - 1),
                g=fn(t, recip(1 + exp(-2 * t))),
            ),
            "affine",
            "quotient",
        ),
    ],
)

soft = fn(t, softplus(alpha, t))
inside = fn(t, 1 + exp(alpha * t))
rate = recip(alpha)
tail = log(2) * rate
GROWTH = grows_within(soft, rate, alpha, ONE, tail)
left_bound = every(t, (t < 0) >> within(soft(t), rate * exp(alpha * t)))
right_bound = every(t, (t >= 0) >> within(soft(t), t + tail))

SOFTPLUS = Statement(
    "NH17.L3.3.softplus",
    NUMBERS,
    title="Softplus satisfies the assumption, with constants",
    where="Section 3.2, Lemma 3.3",
    lines=LINES,
    names=(alpha,),
    given={"sharp": alpha > 0},
    then=both(analytic(soft), increases(soft), GROWTH),
    proof=[
        have("line", analytic(fn(t, alpha * t)), by(numbers.analytic_affine, r=0, s=alpha)),
        have("exponential", analytic(exp), by(numbers.analytic_exp)),
        have(
            "power",
            analytic(fn(t, exp(alpha * t))),
            by(numbers.analytic_of_composed, f=exp, g=fn(t, alpha * t)),
            "exponential",
            "line",
        ),
        have("shift", analytic(fn(t, 1 + t)), by(numbers.analytic_affine, r=1, s=1)),
        have(
            "inside",
            analytic(inside),
            by(numbers.analytic_of_composed, f=fn(t, 1 + t), g=fn(t, exp(alpha * t))),
            "shift",
            "power",
        ),
        have(
            "positive",
            every(t, inside(t) > 0),
            arbitrary(
                t,
                proof=[
                    have("e", exp(alpha * t) > 0, by(e.exp_positive)),
                    have("more", inside(t) > 0, linear, "e"),
                ],
            ),
        ),
        have(
            "logarithm",
            analytic(fn(t, log(inside(t)))),
            by(numbers.analytic_logarithm, g=inside),
            "inside",
            "positive",
        ),
        have("multiple", analytic(fn(t, rate * t)), by(numbers.analytic_affine, r=0, s=rate)),
        have(
            "analytic",
            analytic(soft),
            by(numbers.analytic_of_composed, f=fn(t, rate * t), g=fn(t, log(inside(t)))),
            "multiple",
            "logarithm",
        ),
        have("rate positive", rate > 0, by(numbers.reciprocal_positive), "sharp"),
        have(
            "increases",
            increases(soft),
            arbitrary(
                s,
                t,
                proof=[
                    have(
                        "step",
                        alpha * (t - s) > 0,
                        by(order.positive_product, s=alpha, t=t - s),
                        "sharp",
                        "increases.if",
                    ),
                    have(
                        "powers",
                        exp(alpha * s) < exp(alpha * t),
                        by(e.exp_increases, s=alpha * s, t=alpha * t),
                        "step",
                    ),
                    have("inside s", inside(s) > 0, at(s), "positive"),
                    have(
                        "logarithms",
                        log(inside(s)) < log(inside(t)),
                        by(e.log_increases, s=inside(s), t=inside(t)),
                        "inside s",
                        "powers",
                    ),
                    have(
                        "values",
                        soft(s) < soft(t),
                        by(order.positive_product, s=rate, t=log(inside(t)) - log(inside(s))),
                        "rate positive",
                        "logarithms",
                    ),
                ],
            ),
        ),
        have(
            "left",
            left_bound,
            arbitrary(
                t,
                proof=[
                    have("inside t", inside(t) > 0, at(t), "positive"),
                    have(
                        "tangent",
                        log(inside(t)) <= inside(t) - 1,
                        by(e.log_below_tangent),
                        "inside t",
                    ),
                    have("rate not negative", rate >= 0, linear, "rate positive"),
                    have(
                        "scaled",
                        rate * (exp(alpha * t) - log(inside(t))) >= 0,
                        by(signs.product_not_negative, s=rate, t=exp(alpha * t) - log(inside(t))),
                        "rate not negative",
                        "tangent",
                    ),
                    have("max is 0", is_greater_of(ZERO, t), linear, "left.if"),
                    have("bounds", None, cite(BOUNDS, x=t, m=ZERO)),
                    have(
                        "within", within(soft(t), rate * exp(alpha * t)), linear, "bounds", "scaled"
                    ),
                ],
            ),
        ),
        have(
            "right",
            right_bound,
            arbitrary(
                t,
                proof=[
                    have("bounds", None, cite(BOUNDS, x=t, m=t)),
                    have("within", within(soft(t), t + tail), linear, "bounds", "right.if"),
                ],
            ),
        ),
        have("trivial", true, logic),
        have("e to log 2", exp(log(TWO)) == 2, by(e.exp_of_log, x=2), "trivial"),
        have("e to 0", exp(ZERO) == 1, by(e.exp_at_zero)),
        have(
            "log 2",
            log(TWO) > 0,
            suppose_not(
                [
                    have(
                        "powers", exp(log(TWO)) <= exp(ZERO), by(e.exp_not_decreasing), "log 2.not"
                    ),
                    have("clash", contradiction, linear, "powers", "e to log 2", "e to 0"),
                ]
            ),
        ),
        have(
            "tail",
            tail > 0,
            by(order.positive_product, s=log(TWO), t=rate),
            "log 2",
            "rate positive",
        ),
        have("growth", GROWTH, logic, "rate positive", "sharp", "tail", "left", "right"),
        have(
            "all",
            both(analytic(soft), increases(soft), GROWTH),
            logic,
            "analytic",
            "increases",
            "growth",
        ),
    ],
)

rhos = rho1, rho2, rho3, rho4
grows = exists(*rhos, grows_within(soft, *rhos))
ALL = both(SIGMOID.then, TANH.then, analytic(soft), increases(soft), grows)

LEMMA = Statement(
    "NH17.L3.3",
    NUMBERS,
    title="Sigmoid, tanh, softplus satisfy the activation assumption",
    where="Section 3.2, Lemma 3.3",
    lines=LINES,
    names=(alpha,),
    given={"sharp": alpha > 0},
    then=ALL,
    proof=[
        have("sigmoid", SIGMOID.then, cite(SIGMOID)),
        have("tanh", TANH.then, cite(TANH)),
        have("softplus", SOFTPLUS.then, cite(SOFTPLUS)),
        have("increases", both(analytic(soft), increases(soft)), logic, "softplus"),
        have("growth", GROWTH, logic, "softplus"),
        have("some growth", grows, take(rate, alpha, ONE, tail), "growth"),
        have("all", ALL, logic, "sigmoid", "tanh", "increases", "some growth"),
    ],
)
