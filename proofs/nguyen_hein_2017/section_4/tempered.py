"""Section 4, proof of Lemma 4.3, second case: exponential decay against slow growth.

A function is tempered where it grows more slowly than all exponentials.

Statements
- NH17.I4.3b.weighted: what is bounded by h tends to 0 with a weight with which h does.
- NH17.I4.3b.tempered: products of tempered functions are tempered.
- NH17.I4.3b.decays: a decaying function times a tempered one decays.
- NH17.I4.3b.slow: a decaying function is tempered.
- NH17.I4.3b.vanishes: a decaying function tends to 0.
- NH17.I4.3b.constant: a constant is tempered.
"""

from symbolic_landscape.proofs.nguyen_hein_2017.settings.growth import (
    within,
)
from symbolic_landscape.proofs.nguyen_hein_2017.settings.steep_units import (
    decays,
    rate,
    tempered,
)
from symbolic_landscape.proofs.rules import exponentials, limits, signs
from symbolic_landscape.proofs.rules.exponentials import exp
from symbolic_landscape.proofs.rules.limits import eventually, tends
from symbolic_landscape.statement.language import Expr, both, every, fn, real, scalar_function
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    Steps,
    arbitrary,
    at,
    by,
    calculation,
    have,
    linear,
    logic,
    obtain,
    take,
)
from symbolic_landscape.statement.setting import Setting
from symbolic_landscape.statement.step import Step

f, g, h, w = (scalar_function(name) for name in "fghw")
x, r, late, slow, gap = (real(name) for name in ("x", "r", "late", "slow", "gap"))
FUNCTIONS = Setting("functions of one real number", variables=(), definitions=(tends,))

WEIGHTED = Statement(
    "NH17.I4.3b.weighted",
    FUNCTIONS,
    title="What is bounded by h tends to 0 with a weight with which h does",
    names=(f, h, w),
    given={
        "bound": eventually(x, within(f(x), h(x))),
        "weight": every(x, 0 <= w(x)),
        "limit": tends(fn(x, h(x) * w(x)), 0),
    },
    then=tends(fn(x, f(x) * w(x)), 0),
    proof=[
        have("late", None, obtain(late), "bound"),
        have(
            "weighted",
            every(x, (late <= x) >> within(f(x) * w(x), h(x) * w(x))),
            arbitrary(
                x,
                proof=[
                    have("if late", None, at(x), "late"),
                    have("within", within(f(x), h(x)), logic, "if late", "weighted.if"),
                    have("not negative", None, at(x), "weight"),
                    have("below", 0 <= h(x) - f(x), linear, "within"),
                    have("above", 0 <= h(x) + f(x), linear, "within"),
                    have(
                        "product below",
                        None,
                        by(signs.product_not_negative, s=h(x) - f(x), t=w(x)),
                        "below",
                        "not negative",
                    ),
                    have(
                        "product above",
                        None,
                        by(signs.product_not_negative, s=h(x) + f(x), t=w(x)),
                        "above",
                        "not negative",
                    ),
                    have(
                        "products",
                        within(f(x) * w(x), h(x) * w(x)),
                        linear,
                        "product below",
                        "product above",
                    ),
                ],
            ),
        ),
        have("eventually", eventually(x, within(f(x) * w(x), h(x) * w(x))), take(late), "weighted"),
        have(
            "squeezed",
            tends(fn(x, f(x) * w(x)), 0),
            by(limits.limit_of_squeezed, f=fn(x, f(x) * w(x)), g=fn(x, h(x) * w(x))),
            "limit",
            "eventually",
        ),
    ],
)


def weighted(f: Expr, rate: Expr) -> Expr:
    """The function times an exponential."""
    return fn(x, f(x) * exp(rate * x))


def product_of(
    first: tuple[Expr, Expr, str],
    second: tuple[Expr, Expr, str],
    whole: Expr,
    before: Steps = (),
    equal: tuple[str, ...] = ("exponents",),
) -> list[Step]:
    """Steps to the limit of a product of two weighted functions, exponents added.

    first and second are (function, rate, fact); the facts say that they tend to 0; the facts
    `equal`, after the steps `before`, show that the product is the whole.
    """
    (f, a, at_f), (g, b, at_g) = first, second
    both_factors = fn(x, weighted(f, a)(x) * weighted(g, b)(x))
    return [
        have(
            "product",
            tends(both_factors, 0),
            by(limits.limit_of_product, f=weighted(f, a), g=weighted(g, b), r=0, s=0),
            at_f,
            at_g,
        ),
        have(
            "same",
            every(x, whole(x) == both_factors(x)),
            arbitrary(
                x,
                proof=[
                    *before,
                    have("exponents", None, by(exponentials.exp_of_sum, x=a * x, r=b * x)),
                    have("equal", whole(x) == both_factors(x), calculation, *equal),
                ],
            ),
        ),
        have(
            "limit",
            tends(whole, 0),
            by(limits.limit_of_equal, f=whole, g=both_factors),
            "same",
            "product",
        ),
    ]


def at_rate(name: str, f: Expr, rate: Expr, positive: str) -> list[Step]:
    """Steps from a tempered function to its limit at this rate, which is positive by a fact."""
    return [
        have(f"{name} if positive", None, at(rate), name),
        have(f"{name} limit", tends(weighted(f, -rate), 0), logic, f"{name} if positive", positive),
    ]


PRODUCT = {"product of f and g": every(x, h(x) == f(x) * g(x))}
here = have("at x", None, at(x), "product of f and g")
FACTORS = ("at x", "exponents")
TEMPERED = Statement(
    "NH17.I4.3b.tempered",
    FUNCTIONS,
    title="A product of tempered functions is tempered",
    names=(f, g, h),
    given={**PRODUCT, "f": tempered(f), "g": tempered(g)},
    then=tempered(h),
    proof=[
        have(
            "tempered",
            tempered(h),
            arbitrary(
                rate,
                proof=[
                    *at_rate("f", f, rate / 2, "tempered.if"),
                    *at_rate("g", g, rate / 2, "tempered.if"),
                    *product_of(
                        (f, -rate / 2, "f limit"),
                        (g, -rate / 2, "g limit"),
                        weighted(h, -rate),
                        before=(here,),
                        equal=FACTORS,
                    ),
                ],
            ),
        ),
    ],
)

DECAYS = Statement(
    "NH17.I4.3b.decays",
    FUNCTIONS,
    title="A decaying function times a tempered one decays",
    names=(f, g, h),
    given={**PRODUCT, "f": decays(f), "g": tempered(g)},
    then=decays(h),
    proof=[
        have("fast", both(rate > 0, tends(weighted(f, rate), 0)), obtain(rate), "f"),
        have("positive", rate > 0, logic, "fast"),
        have("f limit", tends(weighted(f, rate), 0), logic, "fast"),
        *at_rate("g", g, rate / 2, "positive"),
        *product_of(
            (f, rate, "f limit"),
            (g, -rate / 2, "g limit"),
            weighted(h, rate / 2),
            before=(here,),
            equal=FACTORS,
        ),
        have("decays", decays(h), take(rate / 2), "positive", "limit"),
    ],
)

one = fn(x, 1 + 0 * x)
"""The constant 1, with real values."""


def exponential(name: str, speed: Expr, positive: str) -> list[Step]:
    """Steps to the limit 0 of exp(-speed x), for a speed that is positive by a fact."""
    return [
        have("exponential", None, by(limits.exp_decays)),
        have(
            name,
            tends(fn(x, exp(-speed * x)), 0),
            by(limits.limit_along_line, f=fn(x, exp(-x)), s=speed, x=0),
            "exponential",
            positive,
        ),
    ]


SLOW = Statement(
    "NH17.I4.3b.slow",
    FUNCTIONS,
    title="A decaying function is tempered",
    names=(f,),
    given={"f": decays(f)},
    then=tempered(f),
    proof=[
        have("fast", both(rate > 0, tends(weighted(f, rate), 0)), obtain(rate), "f"),
        have("positive", rate > 0, logic, "fast"),
        have("f limit", tends(weighted(f, rate), 0), logic, "fast"),
        have(
            "tempered",
            tempered(f),
            arbitrary(
                slow,
                proof=[
                    have("both positive", rate + slow > 0, linear, "positive", "tempered.if"),
                    *exponential("falls", rate + slow, "both positive"),
                    *product_of(
                        (f, rate, "f limit"), (one, -(rate + slow), "falls"), weighted(f, -slow)
                    ),
                ],
            ),
        ),
    ],
)

VANISHES = Statement(
    "NH17.I4.3b.vanishes",
    FUNCTIONS,
    title="A decaying function tends to 0",
    names=(f,),
    given={"f": decays(f)},
    then=tends(f, 0),
    proof=[
        have("fast", both(rate > 0, tends(weighted(f, rate), 0)), obtain(rate), "f"),
        have("positive", rate > 0, logic, "fast"),
        have("f limit", tends(weighted(f, rate), 0), logic, "fast"),
        *exponential("falls", rate, "positive"),
        have("one", None, by(exponentials.exp_at_zero)),
        *product_of((f, rate, "f limit"), (one, -rate, "falls"), f, equal=("<exponents", "one")),
    ],
)

CONSTANT = Statement(
    "NH17.I4.3b.constant",
    FUNCTIONS,
    title="A constant is tempered",
    names=(r,),
    given={},
    then=tempered(fn(x, r)),
    proof=[
        have(
            "tempered",
            tempered(fn(x, r)),
            arbitrary(
                rate,
                proof=[
                    *exponential("falls", rate, "tempered.if"),
                    have(
                        "multiple",
                        tends(fn(x, r * exp(-rate * x)), 0),
                        by(limits.limit_of_multiple, s=r),
                        "falls",
                    ),
                ],
            ),
        ),
    ],
)
