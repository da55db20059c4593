"""Section 5.1, Theorem 9: an isolated minimum with D = 0 and B > 0 whose embedding is no minimum.

Notation: one unit with the weight 1 + d in, the weights 1 + e and v out, one other parameter o, and
the inputs 1, -1, 0; sigma(t) = t + (t^2 - 1)^2 / 8. The loss of what the unit adds, P (2 x 3), is
    P_11 + P_12 + |P - P_0|^2 + o (P_21 - 8 P_23) + o^4,
a polynomial and no network's. Its Hessian is degenerate along o, and D moves with o.

Statements
- PS21.T9.germ.least: near 0 the loss of one unit is positive but at 0.
- PS21.T9.germ.lower: that of two units that share the weights out is negative on a bent curve.
"""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from symbolic_landscape.proofs.rules import order, signs
from symbolic_landscape.statement.language import Expr, both, contradiction, real
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    by,
    have,
    linear,
    logic,
    suppose_not,
)
from symbolic_landscape.statement.setting import Setting
from symbolic_landscape.statement.step import Step

d, e, v, o, t = (real(name) for name in "devot")
HALF, TENTH = Fraction(1, 2), Fraction(1, 10)


def activated(h: Any) -> Any:
    """The value of sigma."""
    return h + (h * h - 1) * (h * h - 1) / 8


def loss(units: Sequence[tuple[Any, Any, Any]], o: Any) -> Any:
    """The loss of units with these weights in and out."""
    first, second = (
        [sum((unit[k] * activated(unit[0] * x) for unit in units[1:]), units[0][k] * activated(units[0][0] * x)) for x in (1, -1, 0)]
        for k in (1, 2)
    )  # fmt: skip
    center = (1, -1, Fraction(1, 8))
    squares = [(p - c) * (p - c) for p, c in zip(first, center, strict=True)]
    distance = sum(squares[1:] + [p * p for p in second], squares[0])
    return first[0] + first[1] + distance + o * (second[0] - 8 * second[2]) + o * o * o * o


small = loss([(1 + d, 1 + e, v)], o)
large = loss([(1 + t * t / 2, HALF, -t), (1 - t * t / 2, HALF, t)], t / 2)
within = both(-TENTH < d, d < TENTH, -TENTH < e, -TENTH < o, o < TENTH)
at_zero = both(d == 0, e == 0, v == 0, o == 0)
factor = 1 + d * (2 + d) * (2 + d) / 8
"""sigma(1 + d) - 1 is d times this factor."""
mixed = v / 8 + 4 * o * d * factor
first_short, second_short = (1 + e) * activated(1 + d) - 1, (1 + e) * activated(-1 - d) + 1
third_seen, fourth_seen = v * activated(1 + d), v * activated(-1 - d)


def vanishes(name: str, x: Expr, square: Expr, least: str, others: tuple[str, ...]) -> list[Step]:
    """Steps: x is 0, for its square and the others add up to no more than 0."""
    return [
        have(f"{name} zero", x == 0, suppose_not([
            have(f"{name} positive", square > 0, by(order.square_positive), f"{name} zero.not"),
            have(f"{name} clash", contradiction, linear, f"{name} positive", "sum", *others),
        ])),
    ]  # fmt: skip


def near_zero() -> tuple[tuple[str, dict[Any, Any]], ...]:
    """The minimum, and a point near it."""
    rows = (("at 0", (0, 0, 0, 0)), ("near 0", (TENTH / 2, 0, TENTH, TENTH / 2)))
    return tuple(
        (name, {x.term: y for x, y in zip((d, e, v, o), row, strict=True)}) for name, row in rows
    )


GERM = Setting("real numbers", variables=(d, e, v, o), instances=near_zero)
LEAST = Statement(
    "PS21.T9.germ.least",
    GERM,
    title="The smaller loss of the germ is positive near 0 but at 0",
    where="Section 5.1, Theorem 9",
    lines=(173, 187),
    given={"within": within, "not positive": small <= 0},
    then=at_zero,
    proof=[
        have("up", 2 + d - Fraction(19, 10) >= 0, linear, "within"),
        have("low", 2 + d + Fraction(19, 10) >= 0, linear, "within"),
        have("steep", (2 + d - Fraction(19, 10)) * (2 + d + Fraction(19, 10)) >= 0, by(signs.product_not_negative), "up", "low"),
        have("out", e + TENTH >= 0, linear, "within"),
        have("square", (2 + d) * (2 + d) >= 0, by(order.square_not_negative, s=2 + d)),
        have("both", (e + TENTH) * ((2 + d) * (2 + d)) >= 0, by(signs.product_not_negative), "out", "square"),
        have("curved", (1 + e) * ((2 + d) * (2 + d)) - 3 >= 0, linear, "both", "steep"),
        have("d d", d * d >= 0, by(order.square_not_negative)),
        have("bend", d * d * ((1 + e) * ((2 + d) * (2 + d)) - 3) >= 0, by(signs.product_not_negative), "d d", "curved"),
        have("o below", TENTH - o >= 0, linear, "within"),
        have("o above", TENTH + o >= 0, linear, "within"),
        have("o small", (TENTH - o) * (TENTH + o) >= 0, by(signs.product_not_negative), "o below", "o above"),
        have("o o", o * o >= 0, by(order.square_not_negative)),
        have("below", 21 * TENTH - (2 + d) >= 0, linear, "within"),
        have("above", 21 * TENTH + (2 + d) >= 0, linear, "within"),
        have("wide", (21 * TENTH - (2 + d)) * (21 * TENTH + (2 + d)) >= 0, by(signs.product_not_negative), "below", "above"),
        have("rise", (TENTH - d) * ((2 + d) * (2 + d)) >= 0, by(signs.product_not_negative), "below", "square"),
        have("fall", (TENTH + d) * ((2 + d) * (2 + d)) >= 0, by(signs.product_not_negative), "up", "square"),
        have("factor high", 11 * TENTH - factor >= 0, linear, "rise", "wide"),
        have("factor low", 11 * TENTH + factor >= 0, linear, "fall", "wide"),
        have("factor square", (11 * TENTH - factor) * (11 * TENTH + factor) >= 0, by(signs.product_not_negative), "factor high", "factor low"),
        have("o factor", o * o * ((11 * TENTH - factor) * (11 * TENTH + factor)) >= 0, by(signs.product_not_negative), "o o", "factor square"),
        have("rest", Fraction(1, 4) - 16 * o * o * factor * factor >= 0, linear, "o factor", "o small"),
        have("d rest", d * d * (Fraction(1, 4) - 16 * o * o * factor * factor) >= 0, by(signs.product_not_negative), "d d", "rest"),
        have("mixed square", mixed * mixed >= 0, by(order.square_not_negative)),
        have("o^4", o * o * (o * o) >= 0, by(order.square_not_negative, s=o * o)),
        have("e e", e * e >= 0, by(order.square_not_negative)),
        have("first", first_short * first_short >= 0, by(order.square_not_negative)),
        have("second", second_short * second_short >= 0, by(order.square_not_negative)),
        have("third", third_seen * third_seen >= 0, by(order.square_not_negative)),
        have("fourth", fourth_seen * fourth_seen >= 0, by(order.square_not_negative)),
        have("sum", d * d / 2 + e * e / 64 + o * o * (o * o) + mixed * mixed <= 0, linear, "not positive", "bend", "d rest", "first", "second", "third", "fourth"),
        *vanishes("d", d, d * d, "d d", ("e e", "o^4", "mixed square")),
        *vanishes("e", e, e * e, "e e", ("d d", "o^4", "mixed square")),
        have("o zero", o == 0, suppose_not([
            have("o square", o * o > 0, by(order.square_positive), "o zero.not"),
            have("o fourth", o * o * (o * o) > 0, by(order.positive_product), "o square", "o square"),
            have("clash", contradiction, linear, "o fourth", "sum", "d d", "e e", "mixed square"),
        ])),
        *vanishes("mixed", mixed, mixed * mixed, "mixed square", ("d d", "e e", "o^4")),
        have("no o", None, by(order.scaled_equation, s=4 * d * factor), "o zero"),
        have("v zero", v == 0, linear, "mixed zero", "no o"),
        have("all", at_zero, logic, "d zero", "e zero", "v zero", "o zero"),
    ],
)  # fmt: skip
HIGHER = (4, 8, 10, 12, 14)
LOWER = Statement(
    "PS21.T9.germ.lower",
    Setting("a real number", variables=(t,)),
    title="The larger loss of the germ is negative on a curve that starts at the embedded point",
    where="Section 5.1, Theorem 9",
    lines=(173, 187),
    given={"positive": t > 0, "short": t <= Fraction(1, 4)},
    then=large < 0,
    proof=[
        have("sum", Fraction(1, 4) + t >= 0, linear, "positive"),
        have("short t", (Fraction(1, 4) - t) * (Fraction(1, 4) + t) >= 0, by(signs.product_not_negative), "short", "sum"),
        have("t t", t * t > 0, by(order.positive_product), "positive", "positive"),
        have("t^4", t * t * (t * t) > 0, by(order.positive_product), "t t", "t t"),
        *(
            step
            for k in HIGHER
            for step in (
                have(f"even {k}", t**k >= 0, by(order.square_not_negative, s=t ** (k // 2))),
                have(f"next {k}", t**k * ((Fraction(1, 4) - t) * (Fraction(1, 4) + t)) >= 0, by(signs.product_not_negative), f"even {k}", "short t"),
            )
        ),
        have("lower", large < 0, linear, "t^4", *(f"next {k}" for k in HIGHER), *(f"even {k}" for k in (8,))),
    ],
)  # fmt: skip
