"""Section 3: the class A of activations.

Statements
- PS21.D.A: sigmoid, with the image (0, 1), and tanh, with the image (-1, 1), are in class A.
"""

from symbolic_landscape.proofs.nguyen_hein_2017.section_3.activations import SIGMOID, TANH
from symbolic_landscape.proofs.nguyen_hein_2017.settings.activations import (
    hyperbolic_tangent,
    sigmoid,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.settings.layers import ACTIVATION, image_
from symbolic_landscape.proofs.rules import exponentials, numbers, order
from symbolic_landscape.proofs.rules.curves import analytic
from symbolic_landscape.proofs.rules.exponentials import exp, log
from symbolic_landscape.proofs.rules.numbers import recip
from symbolic_landscape.statement.language import Expr, both, every, exists, real
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
    obtain,
    take,
)
from symbolic_landscape.statement.term import num

s, t, x = real("s"), real("t"), real("x")
ONE = Expr(num(1))


def increasing(f: Expr) -> Expr:
    """The function is strictly increasing."""
    return every(s, t, (s < t) >> (f(s) < f(t)))


def in_class(f: Expr, low: int, high: int) -> Expr:
    """The function is in class A, with this image."""
    return both(increasing(f), analytic(f), image_(f, low, high), low <= 0 * ONE, 0 * ONE <= high)


def between(x: Expr, low: int, high: int) -> Expr:
    """The number lies between these."""
    return both(low < x, x < high)


def onto(f: Expr, low: int, high: int) -> Expr:
    """All numbers between these are values."""
    return every(x, between(x, low, high) >> exists(s, f(s) == x))


place = -log(recip(x) - 1)
D_A = Statement(
    "PS21.D.A",
    ACTIVATION,
    title="Activation class A",
    kind="definition",
    where="Section 3",
    lines=(73, 73),
    given={},
    then=both(in_class(sigmoid, 0, 1), in_class(hyperbolic_tangent, -1, 1)),
    proof=[
        have("sigmoid", None, cite(SIGMOID)),
        have("tanh", None, cite(TANH)),
        have("sigmoid increases", increasing(sigmoid), logic, "sigmoid"),
        have("sigmoid analytic", analytic(sigmoid), logic, "sigmoid"),
        have("tanh increases", increasing(hyperbolic_tangent), logic, "tanh"),
        have("tanh analytic", analytic(hyperbolic_tangent), logic, "tanh"),
        have("values", every(x, between(sigmoid(x), 0, 1)), arbitrary(x, proof=[
            have("power", exp(-x) > 0, by(exponentials.exp_positive)),
            have("denominator", 1 + exp(-x) > 0, linear, "power"),
            have("positive", sigmoid(x) > 0, by(numbers.reciprocal_positive), "denominator"),
            have("product", (1 + exp(-x)) * sigmoid(x) == 1, by(numbers.times_reciprocal), "denominator"),
            have("part", exp(-x) * sigmoid(x) > 0, by(order.positive_product), "power", "positive"),
            have("value", between(sigmoid(x), 0, 1), linear, "positive", "product", "part"),
        ])),
        have("onto", onto(sigmoid, 0, 1), arbitrary(x, proof=[
            have("positive", x > 0, logic, "onto.if"),
            have("product", x * recip(x) == 1, by(numbers.times_reciprocal), "positive"),
            have("reciprocal", recip(x) > 0, by(numbers.reciprocal_positive), "positive"),
            have("rest", 1 - x > 0, linear, "onto.if"),
            have("gap", recip(x) * (1 - x) > 0, by(order.positive_product), "reciprocal", "rest"),
            have("above 1", recip(x) - 1 > 0, linear, "gap", "product"),
            have("power", exp(log(recip(x) - 1)) == recip(x) - 1, by(exponentials.exp_of_log), "above 1"),
            have("again", recip(x) * recip(recip(x)) == 1, by(numbers.times_reciprocal), "reciprocal"),
            have("times x", x * (recip(x) * recip(recip(x))) == x * 1, by(order.scaled_equation, s=x), "again"),
            have("times it", recip(recip(x)) * (x * recip(x)) == recip(recip(x)) * 1, by(order.scaled_equation, s=recip(recip(x))), "product"),
            have("double", recip(recip(x)) == x, linear, "times x", "times it"),
            have("value", sigmoid(place) == x, calculation, "power", "double"),
            have("place", exists(s, sigmoid(s) == x), take(place), "value"),
        ])),
        have("tanh values", every(x, between(hyperbolic_tangent(x), -1, 1)), arbitrary(x, proof=[
            have("half", between(sigmoid(2 * x), 0, 1), at(2 * x), "values"),
        ])),
        have("tanh onto", onto(hyperbolic_tangent, -1, 1), arbitrary(x, proof=[
            have("if half", None, at((x + 1) / 2), "onto"),
            have("some s", exists(s, sigmoid(s) == (x + 1) / 2), logic, "if half", "tanh onto.if"),
            have("s", sigmoid(s) == (x + 1) / 2, obtain(s), "some s"),
            have("place", exists(s, hyperbolic_tangent(s) == x), take(s / 2), "s"),
        ])),
        have("sigmoid in", in_class(sigmoid, 0, 1), logic, "sigmoid increases", "sigmoid analytic", "values", "onto"),
        have("tanh in", in_class(hyperbolic_tangent, -1, 1), logic, "tanh increases", "tanh analytic", "tanh values", "tanh onto"),
        have("both", both(in_class(sigmoid, 0, 1), in_class(hyperbolic_tangent, -1, 1)), logic, "sigmoid in", "tanh in"),
    ],
    gloss="The paper prints sigma(t) = tanh(x) for tanh(t).",
)  # fmt: skip
