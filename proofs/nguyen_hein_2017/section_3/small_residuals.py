"""Section 3.2: losses that are said to approximate the square for small residuals.

Statements
- NH17.E3.small.slopes: slope and curvature at 0 of a loss whose slope is a quotient.
- NH17.E3.small.cauchy, NH17.E3.small.pseudoHuber: they are t^2 to second order at 0.
"""

from symbolic_landscape.proofs.nguyen_hein_2017.section_3.losses import meets, once
from symbolic_landscape.proofs.nguyen_hein_2017.section_3.smooth_losses import (
    CAUCHY,
    PSEUDO_HUBER,
    arch,
    c,
    cauchy,
    delta,
    huber,
    k,
    opened,
    root,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.activations import NUMBERS
from symbolic_landscape.proofs.nguyen_hein_2017.settings.assumptions import twice_smooth
from symbolic_landscape.proofs.rules import curves, numbers, order, signs
from symbolic_landscape.proofs.rules import exponentials as e
from symbolic_landscape.proofs.rules.curves import analytic
from symbolic_landscape.proofs.rules.derivatives import smooth
from symbolic_landscape.proofs.rules.exponentials import exp, log
from symbolic_landscape.proofs.rules.functions import equal_functions_of_numbers
from symbolic_landscape.proofs.rules.numbers import sqrt
from symbolic_landscape.statement.language import (
    Expr,
    both,
    derivative,
    every,
    fn,
    real,
    scalar_function,
    true,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    at,
    by,
    calculation,
    cite,
    have,
    linear,
    logic,
)
from symbolic_landscape.statement.step import Step

t = real("t")
f, g, h = scalar_function("f"), scalar_function("g"), scalar_function("h")
slope, curvature = derivative(f), derivative(derivative(f))
product = fn(t, slope(t) * g(t))

SLOPES = Statement(
    "NH17.E3.small.slopes",
    NUMBERS,
    kind="example",
    title="Slope and curvature at 0 of a loss with f' g = h",
    where="Section 3.2, list of losses",
    names=(f, g, h),
    given={
        "twice": twice_smooth(f),
        "once": smooth(g),
        "quotient": every(t, slope(t) * g(t) == h(t)),
        "not zero": g(0) != 0,
        "h": h(0) == 0,
    },
    then=both(slope(0) == 0, g(0) * curvature(0) == derivative(h)(0)),
    proof=[
        have("at 0", slope(0) * g(0) == h(0), at(0), "quotient"),
        have("product 0", g(0) * slope(0) == 0, calculation, "at 0", "h"),
        have(
            "slope",
            slope(0) == 0,
            by(order.zero_factor, s=g(0), t=slope(0)),
            "product 0",
            "not zero",
        ),
        have("functions", product == h, by(equal_functions_of_numbers), "quotient"),
        have("slope smooth", smooth(slope), by(curves.smooth_derivative), "twice"),
        have(
            "derivative",
            derivative(product)(0) == curvature(0) * g(0) + slope(0) * derivative(g)(0),
            by(numbers.derivative_of_numbers, f=slope, g=g),
            "slope smooth",
            "once",
        ),
        have(
            "curvature",
            g(0) * curvature(0) == derivative(h)(0),
            calculation,
            "<functions",
            "derivative",
            "slope",
        ),
        have(
            "both",
            both(slope(0) == 0, g(0) * curvature(0) == derivative(h)(0)),
            logic,
            "slope",
            "curvature",
        ),
    ],
)


def bend(f: Expr) -> Expr:
    """The second derivative at 0."""
    return derivative(derivative(f))(0)


def like_the_square(f: Expr) -> Expr:
    """Value, slope and second derivative at 0 are those of t^2."""
    return both(f(0) == 0, derivative(f)(0) == 0, bend(f) == 2)


double = fn(t, 2 * t)
one = fn(t, t)(1)
inverse = c * k == 1
SHARED = [
    *opened("analytic", "positive", "slope"),
    have("c not 0", c != 0, by(order.positive_is_not_zero), "positive square"),
    have("inverse", inverse, by(signs.quotient, s=c, x=one), "c not 0"),
    have("double slope", derivative(double)(0) == 2, by(numbers.derivative_of_affine, r=0, s=2)),
    have("trivial", true, logic),
]

factor = real("factor")
logarithm, scaled_log = fn(t, log(g(t))), fn(t, factor * log(g(t)))
line = fn(t, factor * t)
LOG_SLOPE = Statement(
    "NH17.E3.small.logSlope",
    NUMBERS,
    kind="example",
    title="The slope of a multiple of log g",
    where="Section 3.2, list of losses",
    names=(g, factor),
    given={"once": smooth(g), "positive": every(t, g(t) > 0)},
    then=every(t, derivative(scaled_log)(t) * g(t) == factor * derivative(g)(t)),
    proof=[
        have("log once", smooth(logarithm), by(numbers.smooth_log), "once", "positive"),
        have("line once", smooth(line), by(numbers.smooth_affine, r=0, s=factor)),
        have(
            "slope",
            every(t, derivative(scaled_log)(t) * g(t) == factor * derivative(g)(t)),
            arbitrary(
                t,
                proof=[
                    have(
                        "chain",
                        derivative(scaled_log)(t)
                        == derivative(line)(logarithm(t)) * derivative(logarithm)(t),
                        by(numbers.derivative_of_composed, f=line, g=logarithm),
                        "line once",
                        "log once",
                    ),
                    have(
                        "line slope",
                        derivative(line)(logarithm(t)) == factor,
                        by(numbers.derivative_of_affine, r=0, s=factor),
                    ),
                    have(
                        "log slope",
                        g(t) * derivative(logarithm)(t) == derivative(g)(t),
                        by(numbers.derivative_of_log),
                        "once",
                        "positive",
                    ),
                    have(
                        "all",
                        derivative(scaled_log)(t) * g(t) == factor * derivative(g)(t),
                        calculation,
                        "chain",
                        "line slope",
                        "log slope",
                    ),
                ],
            ),
        ),
    ],
)

root_of_g, scaled_root = fn(t, sqrt(g(t))), fn(t, 2 * factor * (sqrt(g(t)) - 1))
outer = fn(t, 2 * factor * (t - 1))
ROOT_SLOPE = Statement(
    "NH17.E3.small.rootSlope",
    NUMBERS,
    kind="example",
    title="The slope of a multiple of the root of g",
    where="Section 3.2, list of losses",
    names=(g, factor),
    given={"analytic": analytic(g), "positive": every(t, g(t) > 0)},
    then=every(t, derivative(scaled_root)(t) * sqrt(g(t)) == factor * derivative(g)(t)),
    proof=[
        *once("g", g, "analytic"),
        have("root", analytic(root_of_g), by(numbers.analytic_root), "analytic", "positive"),
        *once("root", root_of_g, "root"),
        have("outer once", smooth(outer), by(numbers.smooth_affine, r=-2 * factor, s=2 * factor)),
        have(
            "slope",
            every(t, derivative(scaled_root)(t) * sqrt(g(t)) == factor * derivative(g)(t)),
            arbitrary(
                t,
                proof=[
                    have(
                        "chain",
                        derivative(scaled_root)(t)
                        == derivative(outer)(root_of_g(t)) * derivative(root_of_g)(t),
                        by(numbers.derivative_of_composed, f=outer, g=root_of_g),
                        "outer once",
                        "root once",
                    ),
                    have(
                        "outer slope",
                        derivative(outer)(root_of_g(t)) == 2 * factor,
                        by(numbers.derivative_of_affine, r=-2 * factor, s=2 * factor),
                    ),
                    have(
                        "root slope",
                        2 * sqrt(g(t)) * derivative(root_of_g)(t) == derivative(g)(t),
                        by(numbers.derivative_of_root),
                        "g once",
                        "positive",
                    ),
                    have(
                        "all",
                        derivative(scaled_root)(t) * sqrt(g(t)) == factor * derivative(g)(t),
                        calculation,
                        "chain",
                        "outer slope",
                        "<root slope",
                    ),
                ],
            ),
        ),
    ],
)


def quotient(f: Expr, denominator: Expr, lemma: Statement) -> list[Step]:
    """Steps: the slope of the loss, times the denominator, is 2 t; so to second order it is t^2."""
    return [
        have("slopes", None, cite(lemma, g=arch(k), factor=c)),
        have(
            "quotient",
            every(t, derivative(f)(t) * denominator(t) == double(t)),
            arbitrary(
                t,
                proof=[
                    have("product", None, at(t), "slopes"),
                    have("arch slope", None, at(t), "slope"),
                    have(
                        "twice t",
                        c * derivative(arch(k))(t) == double(t),
                        calculation,
                        "arch slope",
                        "inverse",
                    ),
                    have(
                        "all",
                        derivative(f)(t) * denominator(t) == double(t),
                        linear,
                        "product",
                        "twice t",
                    ),
                ],
            ),
        ),
    ]


CAUCHY_SMALL = Statement(
    "NH17.E3.small.cauchy",
    NUMBERS,
    kind="example",
    title="The Cauchy loss approximates the square for small residuals",
    where="Section 3.2, list of losses",
    lines=(649, 652),
    names=(delta,),
    given={"delta": delta != 0},
    then=like_the_square(cauchy),
    proof=[
        *SHARED,
        *once("arch", arch(k), "analytic"),
        *quotient(cauchy, arch(k), LOG_SLOPE),
        have("loss", meets(cauchy), cite(CAUCHY)),
        have("twice", twice_smooth(cauchy), logic, "loss"),
        have("at 0", None, cite(SLOPES, f=cauchy, g=arch(k), h=double)),
        have("log of e to 0", log(exp(0 * delta)) == 0 * delta, by(e.log_of_exp)),
        have("e to 0", exp(0 * delta) == 1, by(e.exp_at_zero)),
        have("value", cauchy(0) == 0, calculation, "log of e to 0", "<e to 0"),
        have("all", like_the_square(cauchy), linear, "at 0", "double slope", "value"),
    ],
)
PSEUDO_HUBER_SMALL = Statement(
    "NH17.E3.small.pseudoHuber",
    NUMBERS,
    kind="example",
    title="The Pseudo-Huber loss approximates the square for small residuals",
    where="Section 3.2, list of losses",
    lines=(633, 637),
    names=(delta,),
    given={"delta": delta != 0},
    then=like_the_square(huber),
    proof=[
        *SHARED,
        have("root", analytic(root), by(numbers.analytic_root, g=arch(k)), "analytic", "positive"),
        *once("root", root, "root"),
        *quotient(huber, root, ROOT_SLOPE),
        have("loss", meets(huber), cite(PSEUDO_HUBER)),
        have("twice", twice_smooth(huber), logic, "loss"),
        have("root at 0", root(0) == 1, by(numbers.root_of_square, s=one), "trivial"),
        have("root positive", root(0) > 0, linear, "root at 0"),
        have("root not 0", root(0) != 0, by(order.positive_is_not_zero), "root positive"),
        have("at 0", None, cite(SLOPES, f=huber, g=root, h=double)),
        have("slope 0", derivative(huber)(0) == 0, logic, "at 0"),
        have("bend", root(0) * bend(huber) == derivative(double)(0), logic, "at 0"),
        have("bend alone", derivative(double)(0) == bend(huber), calculation, "<bend", "root at 0"),
        have("value", huber(0) == 0, calculation, "root at 0"),
        have(
            "all", like_the_square(huber), linear, "slope 0", "bend alone", "double slope", "value"
        ),
    ],
)
