"""Section 2, after Lemma 2.1: softplus as a smooth ReLU.

Statements
- NH17.R2.softplus.bounds: softplus exceeds max{0, x} by log(2) / alpha at most.
- NH17.R2.softplus: softplus tends to max{0, x} as alpha grows.
"""

from symbolic_landscape.proofs.nguyen_hein_2017.settings.activations import (
    NUMBERS,
    alpha,
    is_greater_of,
    m,
    softplus,
    x,
)
from symbolic_landscape.proofs.rules import exponentials as e
from symbolic_landscape.proofs.rules import limits, numbers, order, signs
from symbolic_landscape.proofs.rules.exponentials import exp, log
from symbolic_landscape.proofs.rules.limits import eventually, tends
from symbolic_landscape.proofs.rules.numbers import recip
from symbolic_landscape.statement.language import both, every, fn, true
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    by,
    calculation,
    cases,
    cite,
    have,
    linear,
    logic,
    take,
)

excess = softplus(alpha, x) - m
bound = log(2) * recip(alpha)
inside = 1 + exp(alpha * x)
AT_LEAST_E_TO_M = exp(alpha * m) <= inside

BOUNDS = Statement(
    "NH17.R2.softplus.bounds",
    NUMBERS,
    kind="remark",
    title="Softplus exceeds max{0, x} by log(2) / alpha at most",
    names=(alpha, x, m),
    given={"sharp": alpha > 0, "greater": is_greater_of(m, x)},
    then=both(excess >= 0, excess <= bound),
    proof=[
        have("m not negative", m >= 0, logic, "greater"),
        have("x at most m", x <= m, logic, "greater"),
        have("0 or x", (m == 0) | (m == x), logic, "greater"),
        have("alpha not negative", alpha >= 0, linear, "sharp"),
        have(
            "scaled",
            alpha * (m - x) >= 0,
            by(signs.product_not_negative),
            "alpha not negative",
            "x at most m",
        ),
        have(
            "positive",
            alpha * m >= 0,
            by(signs.product_not_negative),
            "alpha not negative",
            "m not negative",
        ),
        have("e above 0", exp(alpha * x) > 0, by(e.exp_positive)),
        have("e of m above 0", exp(alpha * m) > 0, by(e.exp_positive)),
        have("e of 0", exp(0) == 1, by(e.exp_at_zero)),
        have(
            "e to m",
            AT_LEAST_E_TO_M,
            cases(
                [
                    have("exponent 0", exp(alpha * m) == 1, calculation, "e to m.1", "e of 0"),
                    have("1", AT_LEAST_E_TO_M, linear, "exponent 0", "e above 0"),
                ],
                [
                    have("exponent", exp(alpha * m) == exp(alpha * x), calculation, "e to m.2"),
                    have("more", AT_LEAST_E_TO_M, linear, "exponent"),
                ],
            ),
            "0 or x",
        ),
        have("log of e", log(exp(alpha * m)) == alpha * m, by(e.log_of_exp)),
        have(
            "log below",
            log(exp(alpha * m)) <= log(inside),
            by(e.log_not_decreasing),
            "e of m above 0",
            "e to m",
        ),
        have(
            "e rises",
            exp(alpha * x) <= exp(alpha * m),
            by(e.exp_not_decreasing, s=alpha * x, t=alpha * m),
            "scaled",
        ),
        have(
            "e from 0",
            exp(0) <= exp(alpha * m),
            by(e.exp_not_decreasing, s=0, t=alpha * m),
            "positive",
        ),
        have("twice", inside <= 2 * exp(alpha * m), linear, "e rises", "e from 0", "e of 0"),
        have("inside", inside > 0, linear, "e above 0"),
        have(
            "log above",
            log(inside) <= log(2 * exp(alpha * m)),
            by(e.log_not_decreasing),
            "inside",
            "twice",
        ),
        have("two positive", true, logic),
        have(
            "log of product",
            log(2 * exp(alpha * m)) == log(2) + log(exp(alpha * m)),
            by(e.log_of_product, s=2, t=exp(alpha * m)),
            "two positive",
            "e of m above 0",
        ),
        have("not zero", alpha != 0, by(order.positive_is_not_zero), "sharp"),
        have(
            "quotient",
            alpha * softplus(alpha, x) == log(inside),
            by(signs.quotient, x=log(inside)),
            "not zero",
        ),
        have("least", alpha * (-excess) <= 0, linear, "quotient", "log below", "log of e"),
        have(
            "most",
            alpha * excess <= log(2),
            linear,
            "quotient",
            "log above",
            "log of product",
            "log of e",
        ),
        have(
            "lower",
            -excess <= 0 * recip(alpha),
            by(numbers.quotient_bound, s=alpha, x=-excess, t=0),
            "sharp",
            "least",
        ),
        have(
            "upper",
            excess <= bound,
            by(numbers.quotient_bound, s=alpha, x=excess, t=log(2)),
            "sharp",
            "most",
        ),
        have("both", both(excess >= 0, excess <= bound), logic, "lower", "upper"),
    ],
)

R2_SOFTPLUS = Statement(
    "NH17.R2.softplus",
    NUMBERS,
    kind="remark",
    title="Softplus tends to ReLU",
    where="Section 2, after Lemma 2.1",
    lines=(453, 457),
    names=(x, m),
    given={"greater": is_greater_of(m, x)},
    then=tends(fn(alpha, softplus(alpha, x)), m),
    proof=[
        have("reciprocal", None, by(numbers.reciprocal_fades)),
        have(
            "bound fades",
            tends(fn(alpha, bound), 0),
            by(limits.limit_of_multiple, s=log(2)),
            "reciprocal",
        ),
        have(
            "within",
            every(alpha, (alpha >= 1) >> both(-bound <= excess, excess <= bound)),
            arbitrary(
                alpha,
                proof=[
                    have("sharp", alpha > 0, linear, "within.if"),
                    have("bounds", None, cite(BOUNDS)),
                    have("both", both(-bound <= excess, excess <= bound), linear, "bounds"),
                ],
            ),
        ),
        have(
            "from 1 on",
            eventually(alpha, both(-bound <= excess, excess <= bound)),
            take(1),
            "within",
        ),
        have(
            "excess fades",
            tends(fn(alpha, softplus(alpha, x)), m),
            by(limits.limit_of_squeezed, g=fn(alpha, bound), f=fn(alpha, excess)),
            "bound fades",
            "from 1 on",
        ),
    ],
)
