"""Section 3.2: losses that meet part 3 of the assumptions.

Notation: bell is e^(-rate t^2).

Statements
- NH17.E3.loss.convex: every convex loss that is twice continuously differentiable.
- NH17.E3.loss.logarithm: c log g, where g has slope 0 at 0 alone.
- NH17.E3.loss.bell: the function e^(-rate t^2), its slope, and its greatest value.
- NH17.E3.loss.blakeZisserman, NH17.E3.loss.corruptedGaussian, NH17.E3.loss.cauchy.
"""

from symbolic_landscape.proofs.nguyen_hein_2017.settings.activations import NUMBERS
from symbolic_landscape.proofs.nguyen_hein_2017.settings.assumptions import twice_smooth
from symbolic_landscape.proofs.rules import curves, minima, numbers, order, signs
from symbolic_landscape.proofs.rules import exponentials as e
from symbolic_landscape.proofs.rules.curves import analytic
from symbolic_landscape.proofs.rules.derivatives import smooth
from symbolic_landscape.proofs.rules.exponentials import exp, log
from symbolic_landscape.statement.language import (
    Expr,
    both,
    derivative,
    every,
    fn,
    real,
    scalar_function,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    at,
    by,
    calculation,
    have,
    linear,
    logic,
)
from symbolic_landscape.statement.step import Step

s, t, x = real("s"), real("t"), real("x")
f, g, c = scalar_function("f"), scalar_function("g"), real("c")
rate, delta, alpha, w = real("rate"), real("delta"), real("alpha"), real("w")


def flat_only_at_minimum(f: Expr) -> Expr:
    """Where the slope is 0 the function is least."""
    return every(s, (derivative(f)(s) == 0) >> every(t, f(s) <= f(t)))


def meets(f: Expr) -> Expr:
    """Part 3 of Assumptions 3.2, of a function f."""
    return both(twice_smooth(f), flat_only_at_minimum(f))


CONVEX = Statement(
    "NH17.E3.loss.convex",
    NUMBERS,
    kind="example",
    title="Convex losses meet the assumption",
    where="Section 3.2 list and Figure 1",
    lines=(632, 633),
    names=(f,),
    given={
        "smooth": twice_smooth(f),
        "convex": every(
            s, t, x, both(x >= 0, x <= 1) >> (f(x * s + (1 - x) * t) <= x * f(s) + (1 - x) * f(t))
        ),
    },
    then=meets(f),
    proof=[
        have("once", smooth(f), by(curves.smooth_of_twice), "smooth"),
        have(
            "flat",
            flat_only_at_minimum(f),
            arbitrary(
                s,
                proof=[
                    have(
                        "least",
                        every(t, f(s) <= f(t)),
                        arbitrary(
                            t,
                            proof=[
                                have(
                                    "less",
                                    f(s) <= f(t),
                                    by(minima.flat_convex_is_least),
                                    "once",
                                    "convex",
                                    "flat.if",
                                )
                            ],
                        ),
                    )
                ],
            ),
        ),
        have("both", meets(f), logic, "smooth", "flat"),
    ],
)

logarithm = fn(t, log(g(t)))
scaled = fn(t, c * log(g(t)))
GIVEN = {
    "analytic": analytic(g),
    "positive": every(t, g(t) > 0),
    "flat": every(s, (derivative(g)(s) == 0) >> (s == 0)),
    "factor": c != 0,
    "least": every(t, c * log(g(0)) <= c * log(g(t))),
}
LOGARITHM = Statement(
    "NH17.E3.loss.logarithm",
    NUMBERS,
    kind="example",
    title="c log g meets the assumption where g has slope 0 at 0 alone, and c log g is least there",
    where="Section 3.2 list and Figure 1",
    names=(g, c),
    given=GIVEN,
    then=meets(scaled),
    proof=[
        have("log", analytic(logarithm), by(numbers.analytic_logarithm), "analytic", "positive"),
        have("line", analytic(fn(t, c * t)), by(numbers.analytic_affine, r=0, s=c)),
        have(
            "scaled",
            analytic(scaled),
            by(numbers.analytic_of_composed, f=fn(t, c * t), g=logarithm),
            "line",
            "log",
        ),
        have("twice", twice_smooth(scaled), by(curves.twice_smooth_of_analytic), "scaled"),
        have("g twice", twice_smooth(g), by(curves.twice_smooth_of_analytic), "analytic"),
        have("g once", smooth(g), by(curves.smooth_of_twice), "g twice"),
        have("log once", smooth(logarithm), by(numbers.smooth_log), "g once", "positive"),
        have("line once", smooth(fn(t, c * t)), by(numbers.smooth_affine, r=0, s=c)),
        have(
            "only there",
            flat_only_at_minimum(scaled),
            arbitrary(
                s,
                proof=[
                    have(
                        "chain",
                        derivative(scaled)(s)
                        == derivative(fn(t, c * t))(logarithm(s)) * derivative(logarithm)(s),
                        by(numbers.derivative_of_composed, f=fn(t, c * t), g=logarithm),
                        "line once",
                        "log once",
                    ),
                    have(
                        "line slope",
                        derivative(fn(t, c * t))(logarithm(s)) == c,
                        by(numbers.derivative_of_affine, r=0, s=c),
                    ),
                    have(
                        "log slope",
                        g(s) * derivative(logarithm)(s) == derivative(g)(s),
                        by(numbers.derivative_of_log),
                        "g once",
                        "positive",
                    ),
                    have(
                        "product",
                        c * derivative(logarithm)(s) == 0,
                        calculation,
                        "<line slope",
                        "<chain",
                        "only there.if",
                    ),
                    have(
                        "log flat",
                        derivative(logarithm)(s) == 0,
                        by(order.zero_factor, s=c, t=derivative(logarithm)(s)),
                        "product",
                        "factor",
                    ),
                    have("g flat", derivative(g)(s) == 0, calculation, "<log slope", "log flat"),
                    have("if flat", None, at(s), "flat"),
                    have("zero", s == 0, logic, "if flat", "g flat"),
                    have(
                        "there",
                        every(t, scaled(s) <= scaled(t)),
                        arbitrary(
                            t,
                            proof=[
                                have("from 0", None, at(t), "least"),
                                have(
                                    "from s", scaled(s) <= scaled(t), calculation, "from 0", "zero"
                                ),
                            ],
                        ),
                    ),
                ],
            ),
        ),
        have("both", meets(scaled), logic, "twice", "only there"),
    ],
)


def bell(rate: Expr) -> Expr:
    """The function e^(-rate t^2)."""
    return fn(t, exp(-rate * (t * t)))


def once(name: str, f: Expr, analytic_fact: str) -> list[Step]:
    """Steps: an analytic function is continuously differentiable."""
    return [
        have(f"{name} twice", twice_smooth(f), by(curves.twice_smooth_of_analytic), analytic_fact),
        have(f"{name} once", smooth(f), by(curves.smooth_of_twice), f"{name} twice"),
    ]


line, square, exponent = fn(t, t), fn(t, t * t), fn(t, -rate * (t * t))
multiple = fn(t, -rate * t)
bell_slope = every(s, derivative(bell(rate))(s) == -2 * rate * s * bell(rate)(s))
bell_positive = every(t, bell(rate)(t) > 0)
bell_below = every(t, bell(rate)(t) <= bell(rate)(0))
BELL = Statement(
    "NH17.E3.loss.bell",
    NUMBERS,
    kind="example",
    title="The function e^(-rate t^2)",
    where="Section 3.2 list and Figure 1",
    names=(rate,),
    given={"rate": rate > 0},
    then=both(analytic(bell(rate)), bell_slope, bell_positive, bell_below),
    proof=[
        have("line", analytic(line), by(numbers.analytic_affine, r=0, s=1)),
        have(
            "square",
            analytic(square),
            by(numbers.analytic_of_product, f=line, g=line),
            "line",
            "line",
        ),
        have("multiple", analytic(multiple), by(numbers.analytic_affine, r=0, s=-rate)),
        have(
            "exponent",
            analytic(exponent),
            by(numbers.analytic_of_composed, f=multiple, g=square),
            "multiple",
            "square",
        ),
        have("exp", analytic(exp), by(numbers.analytic_exp)),
        have(
            "bell",
            analytic(bell(rate)),
            by(numbers.analytic_of_composed, f=exp, g=exponent),
            "exp",
            "exponent",
        ),
        *once("line", line, "line"),
        *once("square", square, "square"),
        *once("multiple", multiple, "multiple"),
        *once("exponent", exponent, "exponent"),
        *once("exp", exp, "exp"),
        have(
            "slope",
            bell_slope,
            arbitrary(
                s,
                proof=[
                    have(
                        "line slope",
                        derivative(line)(s) == 1,
                        by(numbers.derivative_of_affine, r=0, s=1),
                    ),
                    have(
                        "square slope",
                        derivative(square)(s) == derivative(line)(s) * s + s * derivative(line)(s),
                        by(numbers.derivative_of_numbers, f=line, g=line),
                        "line once",
                        "line once",
                    ),
                    have(
                        "multiple slope",
                        derivative(multiple)(s * s) == -rate,
                        by(numbers.derivative_of_affine, r=0, s=-rate),
                    ),
                    have(
                        "exponent slope",
                        derivative(exponent)(s)
                        == derivative(multiple)(s * s) * derivative(square)(s),
                        by(numbers.derivative_of_composed, f=multiple, g=square),
                        "multiple once",
                        "square once",
                    ),
                    have(
                        "exp slope",
                        derivative(exp)(exponent(s)) == exp(exponent(s)),
                        by(e.derivative_of_exp),
                    ),
                    have(
                        "bell slope",
                        derivative(bell(rate))(s)
                        == derivative(exp)(exponent(s)) * derivative(exponent)(s),
                        by(numbers.derivative_of_composed, f=exp, g=exponent),
                        "exp once",
                        "exponent once",
                    ),
                    have(
                        "all",
                        derivative(bell(rate))(s) == -2 * rate * s * bell(rate)(s),
                        calculation,
                        "bell slope",
                        "exp slope",
                        "exponent slope",
                        "multiple slope",
                        "square slope",
                        "line slope",
                    ),
                ],
            ),
        ),
        have(
            "positive",
            bell_positive,
            arbitrary(t, proof=[have("e", bell(rate)(t) > 0, by(e.exp_positive))]),
        ),
        have(
            "below",
            bell_below,
            arbitrary(
                t,
                proof=[
                    have("t squared", t * t >= 0, by(order.square_not_negative)),
                    have("rate not negative", rate >= 0, linear, "rate"),
                    have(
                        "exponent not negative",
                        rate * (t * t) >= 0,
                        by(signs.product_not_negative),
                        "rate not negative",
                        "t squared",
                    ),
                    have(
                        "e",
                        bell(rate)(t) <= bell(rate)(0),
                        by(e.exp_not_decreasing, s=-rate * (t * t), t=0 * rate),
                        "exponent not negative",
                    ),
                ],
            ),
        ),
        have(
            "together",
            both(analytic(bell(rate)), bell_slope, bell_positive, bell_below),
            logic,
            "bell",
            "slope",
            "positive",
            "below",
        ),
    ],
)
