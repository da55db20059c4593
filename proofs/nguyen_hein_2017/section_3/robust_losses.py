"""Section 3.2: the robust losses of the list meet part 3 of the assumptions.

Statements
- NH17.E3.loss.mixture: -log of a sum of two bells and a constant.
- NH17.E3.loss.blakeZisserman, NH17.E3.loss.corruptedGaussian: two cases of it.
- NH17.E3.loss.cauchy: delta^2 log(1 + t^2 / delta^2).
"""

from symbolic_landscape.proofs.nguyen_hein_2017.section_3.losses import (
    BELL,
    LOGARITHM,
    bell,
    meets,
    once,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.activations import NUMBERS
from symbolic_landscape.proofs.rules import exponentials as e
from symbolic_landscape.proofs.rules import numbers, order, pieces, signs
from symbolic_landscape.proofs.rules.curves import analytic
from symbolic_landscape.proofs.rules.exponentials import exp, log
from symbolic_landscape.proofs.rules.numbers import recip
from symbolic_landscape.statement.language import Expr, derivative, every, fn, real, true
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

s, t = real("s"), real("t")
p, q, rate, rate2, shift = (real(name) for name in ("p", "q", "rate", "rate2", "shift"))
delta, alpha, w = real("delta"), real("alpha"), real("w")
first, second = bell(rate), bell(rate2)
part, other = fn(t, p * first(t)), fn(t, q * second(t))
sum_of_bells = fn(t, part(t) + other(t))
mixture = fn(t, sum_of_bells(t) + shift)
minus_log = fn(t, -1 * log(mixture(t)))


def weighted(name: str, weight: Expr, rate: Expr) -> list[Step]:
    """Steps: weight e^(-rate t^2) is analytic, and its slope and bounds."""
    f, line = bell(rate), fn(t, weight * t)
    result = fn(t, weight * f(t))
    slope = derivative(result)(s) == -2 * weight * rate * s * f(s)
    known = substituted(rate)
    return [
        have(f"{name} bell", None, cite(BELL, rate=rate)),
        *(
            have(f"{name} {what}", fact, logic, f"{name} bell")
            for what, fact in zip(("analytic", "slope", "positive", "below"), known, strict=True)
        ),
        have(f"{name} line", analytic(line), by(numbers.analytic_affine, r=0, s=weight)),
        have(
            f"{name} part",
            analytic(result),
            by(numbers.analytic_of_composed, f=line, g=f),
            f"{name} line",
            f"{name} analytic",
        ),
        *once(f"{name} line", line, f"{name} line"),
        *once(f"{name} bell", f, f"{name} analytic"),
        *once(f"{name} part", result, f"{name} part"),
        have(
            f"{name} part slope",
            every(s, slope),
            arbitrary(
                s,
                proof=[
                    have(
                        "chain",
                        derivative(result)(s) == derivative(line)(f(s)) * derivative(f)(s),
                        by(numbers.derivative_of_composed, f=line, g=f),
                        f"{name} line once",
                        f"{name} bell once",
                    ),
                    have(
                        "line slope",
                        derivative(line)(f(s)) == weight,
                        by(numbers.derivative_of_affine, r=0, s=weight),
                    ),
                    have("bell slope", None, at(s), f"{name} slope"),
                    have("slope", slope, calculation, "chain", "line slope", "bell slope"),
                ],
            ),
        ),
    ]


def substituted(rate: Expr) -> tuple[Expr, Expr, Expr, Expr]:
    """The four facts of a bell with this rate."""
    f = bell(rate)
    return (
        analytic(f),
        every(s, derivative(f)(s) == -2 * rate * s * f(s)),
        every(t, f(t) > 0),
        every(t, f(t) <= f(0)),
    )


weight = p * rate * first(s) + q * rate2 * second(s)
MIXTURE = Statement(
    "NH17.E3.loss.mixture",
    NUMBERS,
    kind="example",
    title="-log of a sum of two bells and a constant meets the assumption",
    where="Section 3.2 list and Figure 1",
    names=(p, q, rate, rate2, shift),
    given={
        "p": p >= 0,
        "q": q >= 0,
        "some": p + q > 0,
        "shift": shift >= 0,
        "rate": rate > 0,
        "rate2": rate2 > 0,
    },
    then=meets(minus_log),
    proof=[
        *weighted("first", p, rate),
        *weighted("second", q, rate2),
        have(
            "sum",
            analytic(sum_of_bells),
            by(numbers.analytic_of_sum, f=part, g=other),
            "first part",
            "second part",
        ),
        *once("sum", sum_of_bells, "sum"),
        have("shifted line", analytic(fn(t, shift + t)), by(numbers.analytic_affine, r=shift, s=1)),
        *once("shifted line", fn(t, shift + t), "shifted line"),
        have(
            "mixture",
            analytic(mixture),
            by(numbers.analytic_of_composed, f=fn(t, shift + t), g=sum_of_bells),
            "shifted line",
            "sum",
        ),
        have(
            "positive",
            every(t, mixture(t) > 0),
            arbitrary(
                t,
                proof=[
                    have("first here", None, at(t), "first positive"),
                    have("second here", None, at(t), "second positive"),
                    have(
                        "bells",
                        sum_of_bells(t) > 0,
                        by(order.weighted_sum_positive, s=p, t=q),
                        "p",
                        "q",
                        "some",
                        "first here",
                        "second here",
                    ),
                    have("more", mixture(t) > 0, linear, "bells", "shift"),
                ],
            ),
        ),
        have(
            "flat",
            every(s, (derivative(mixture)(s) == 0) >> (s == 0)),
            arbitrary(
                s,
                proof=[
                    have(
                        "chain",
                        derivative(mixture)(s)
                        == derivative(fn(t, shift + t))(sum_of_bells(s))
                        * derivative(sum_of_bells)(s),
                        by(numbers.derivative_of_composed, f=fn(t, shift + t), g=sum_of_bells),
                        "shifted line once",
                        "sum once",
                    ),
                    have(
                        "line slope",
                        derivative(fn(t, shift + t))(sum_of_bells(s)) == 1,
                        by(numbers.derivative_of_affine, r=shift, s=1),
                    ),
                    have(
                        "sum slope",
                        derivative(sum_of_bells)(s) == derivative(part)(s) + derivative(other)(s),
                        by(pieces.derivative_of_combination, f=part, g=other, r=1, s=1),
                        "first part once",
                        "second part once",
                    ),
                    have("first slope here", None, at(s), "first part slope"),
                    have("second slope here", None, at(s), "second part slope"),
                    have(
                        "slope",
                        derivative(mixture)(s) == weight * (-2 * s),
                        calculation,
                        "chain",
                        "line slope",
                        "sum slope",
                        "first slope here",
                        "second slope here",
                    ),
                    have("first here", None, at(s), "first positive"),
                    have("second here", None, at(s), "second positive"),
                    have(
                        "first rate",
                        rate * first(s) > 0,
                        by(order.positive_product),
                        "rate",
                        "first here",
                    ),
                    have(
                        "second rate",
                        rate2 * second(s) > 0,
                        by(order.positive_product),
                        "rate2",
                        "second here",
                    ),
                    have(
                        "weight",
                        weight > 0,
                        by(order.weighted_sum_positive, s=p, t=q),
                        "p",
                        "q",
                        "some",
                        "first rate",
                        "second rate",
                    ),
                    have("weight not 0", weight != 0, by(order.positive_is_not_zero), "weight"),
                    have("product", weight * (-2 * s) == 0, calculation, "<slope", "flat.if"),
                    have(
                        "zero",
                        s == 0,
                        by(order.zero_factor, s=weight, t=-2 * s),
                        "product",
                        "weight not 0",
                    ),
                ],
            ),
        ),
        have("minus", true, logic),
        have(
            "least",
            every(t, -1 * log(mixture(0)) <= -1 * log(mixture(t))),
            arbitrary(
                t,
                proof=[
                    have("positive here", mixture(t) > 0, at(t), "positive"),
                    have("first lower", None, at(t), "first below"),
                    have("second lower", None, at(t), "second below"),
                    have(
                        "p part",
                        p * (first(0) - first(t)) >= 0,
                        by(signs.product_not_negative, s=p, t=first(0) - first(t)),
                        "p",
                        "first lower",
                    ),
                    have(
                        "q part",
                        q * (second(0) - second(t)) >= 0,
                        by(signs.product_not_negative, s=q, t=second(0) - second(t)),
                        "q",
                        "second lower",
                    ),
                    have("below", mixture(t) <= mixture(0), linear, "p part", "q part"),
                    have(
                        "logs",
                        log(mixture(t)) <= log(mixture(0)),
                        by(e.log_not_decreasing),
                        "positive here",
                        "below",
                    ),
                ],
            ),
        ),
        have("loss", meets(minus_log), cite(LOGARITHM, g=mixture, c=-1)),
    ],
)

ONE, ZERO = fn(t, t)(1), fn(t, t)(0)
blake_zisserman = fn(t, -log(exp(-(t * t)) + delta))
BLAKE_ZISSERMAN = Statement(
    "NH17.E3.loss.blakeZisserman",
    NUMBERS,
    kind="example",
    title="The Blake-Zisserman loss meets the assumption",
    where="Section 3.2 list and Figure 1",
    lines=(640, 642),
    names=(delta,),
    given={"delta": delta > 0},
    then=meets(blake_zisserman),
    proof=[
        have("trivial", true, logic),
        have("shift", delta >= 0, linear, "delta"),
        have(
            "loss",
            meets(blake_zisserman),
            cite(MIXTURE, p=ONE, q=ZERO, rate=ONE, rate2=ONE, shift=delta),
        ),
    ],
)

wide = recip(w * w)
corrupted_gaussian = fn(
    t, -log(alpha * exp(-(t * t)) + (1 - alpha) * exp(-(t * t) * wide) * recip(w))
)
CORRUPTED_GAUSSIAN = Statement(
    "NH17.E3.loss.corruptedGaussian",
    NUMBERS,
    kind="example",
    title="The corrupted Gaussian loss meets the assumption",
    where="Section 3.2 list and Figure 1",
    lines=(644, 673),
    names=(alpha, w),
    given={"alpha": alpha >= 0, "alpha at most 1": alpha <= 1, "w": w > 0},
    then=meets(corrupted_gaussian),
    proof=[
        have("trivial", true, logic),
        have("reciprocal", recip(w) > 0, by(numbers.reciprocal_positive), "w"),
        have("reciprocal not negative", recip(w) >= 0, linear, "reciprocal"),
        have(
            "second weight",
            (1 - alpha) * recip(w) >= 0,
            by(signs.product_not_negative, s=1 - alpha, t=recip(w)),
            "alpha at most 1",
            "reciprocal not negative",
        ),
        have(
            "some",
            alpha * ONE + (1 - alpha) * recip(w) > 0,
            by(order.weighted_sum_positive, s=alpha, t=1 - alpha, x=ONE, y=recip(w)),
            "alpha",
            "alpha at most 1",
            "trivial",
            "trivial",
            "reciprocal",
        ),
        have("square", w * w > 0, by(order.positive_product), "w", "w"),
        have("rate", wide > 0, by(numbers.reciprocal_positive), "square"),
        have(
            "loss",
            meets(corrupted_gaussian),
            cite(MIXTURE, p=alpha, q=(1 - alpha) * recip(w), rate=ONE, rate2=wide, shift=ZERO),
        ),
    ],
)
