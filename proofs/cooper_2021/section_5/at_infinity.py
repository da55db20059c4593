"""Section 5: a spurious valley that is not a bad local valley.

Notation: f(x, y) = y (x y - 1)^2; the point v is (x, y), and u = x y; a is a level.

Statements
- C21.D5.3.spurious: f has a spurious valley, where x y = 1 and y > 0.
- C21.D5.3.foot: where f < a and y < a, a > 0, the component goes down without end.
- C21.D5.3.scaled: the value of f at (mu x, lam y) with mu lam = 1.
- C21.D5.3.up, C21.D5.3.down: from each point with f < a the component of f < a goes down without end.
- C21.D5.3.apart: f has a spurious valley and no bad local valley.
"""

from fractions import Fraction
from typing import Any

from symbolic_landscape.proofs.cooper_2021.section_5.linked import CHAIN, LINKED
from symbolic_landscape.proofs.cooper_2021.settings.functions import (
    PLANE,
    in_bad_valley_,
    in_spurious_valley_,
    spurious_valley_,
    v,
)
from symbolic_landscape.proofs.rules import order, signs
from symbolic_landscape.proofs.rules.exponentials import (
    exp,
    exp_at_zero,
    exp_not_decreasing,
    exp_of_log,
    exp_of_sum,
    exp_positive,
    log,
    log_increases,
    log_of_exp,
)
from symbolic_landscape.proofs.rules.functions import property_of_equal
from symbolic_landscape.proofs.rules.numbers import recip, reciprocal_positive, times_reciprocal
from symbolic_landscape.proofs.rules.paths import (
    continuous,
    continuous_constant,
    continuous_exponential,
    continuous_line,
    continuous_multiple,
    continuous_sum,
)
from symbolic_landscape.proofs.rules.plane import point
from symbolic_landscape.proofs.rules.sets import (
    connected,
    continuous_coordinate,
    continuous_values,
    linked,
    one_sign_on_connected,
    stays_above,
    strict_sublevel,
    sublevel,
)
from symbolic_landscape.statement.language import (
    Expr,
    both,
    contradiction,
    every,
    exists,
    fn,
    function,
    like,
    matrix,
    real,
    true,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    at,
    by,
    calculation,
    cases,
    cite,
    have,
    linear,
    logic,
    obtain,
    suppose_not,
    take,
)
from symbolic_landscape.statement.step import Step
from symbolic_landscape.statement.term import num

a, c, t = real("a"), real("c"), real("t")

# ---- the function --------------------------------------------------------------------------------
p = matrix("p", 2, 1)
f = fn(p, p[2, 1] * (p[1, 1] * p[2, 1] - 1) ** 2)
one, half = Expr(num(1)), Expr(num(Fraction(1, 2)))
zero_set = sublevel(f, 0, p)
last, low = matrix("last", 2, 1), point(0, -1)
inner = function("part", p, true)
wall = fn(p, -1 + 2 * p[2, 1] * (1 + p[1, 1] * p[1, 1]))
x, height = p[1, 1], p[2, 1]
SPURIOUS = Statement(
    "C21.D5.3.spurious",
    PLANE,
    title="y (x y - 1)^2 has a spurious valley, where x y = 1 and y > 0",
    given={},
    then=spurious_valley_(2, f),
    proof=[
        have("first", continuous(fn(p, 0 + 2 * p[2, 1])), by(continuous_coordinate, r=0, s=2, i=2, q=2)),
        have("second", continuous(fn(p, 0 + 1 * p[1, 1])), by(continuous_coordinate, r=0, s=1, i=1, q=2)),
        have("square", continuous(fn(p, 1 + p[1, 1] * p[1, 1])), by(continuous_values, x=1), "second", "second"),
        have("moves", continuous(wall), by(continuous_values, x=-1), "first", "square"),
        have("above", every(last, linked(2, zero_set, point(1, 1), last) >> (0 <= f(last))), arbitrary(last, proof=[
            have("found", None, obtain(inner), "above.if"),
            have("whole", connected(inner), logic, "found"),
            have("inside", every(p, inner(p) >> (f(p) <= 0)), logic, "found"),
            have("starts", inner(point(1, 1)), logic, "found"),
            have("ends", inner(last), logic, "found"),
            have("no zero", every(p, inner(p) >> (wall(p) != 0)), arbitrary(p, proof=[
                have("if in", None, at(p), "inside"),
                have("at most", f(p) <= 0, logic, "if in", "no zero.if"),
                have("not 0", wall(p) != 0, suppose_not([
                    have("on wall", wall(p) == 0, logic, "not 0.not"),
                    have("square x", x * x >= 0, by(order.square_not_negative)),
                    have("wide", 1 + x * x >= 0, linear, "square x"),
                    have("product", height * (1 + x * x) > 0, linear, "on wall"),
                    have("high", height > 0, by(order.positive_factor), "product", "wide"),
                    have("small", (x * height - 1) * (x * height - 1) <= 0, by(order.factor_not_positive), "at most", "high"),
                    have("branch", x * height == 1, suppose_not([
                        have("differs", x * height - 1 != 0, logic, "branch.not"),
                        have("more", (x * height - 1) * (x * height - 1) > 0, by(order.square_positive), "differs"),
                        have("clash", contradiction, linear, "more", "small"),
                    ])),
                    have("times x", x * (x * height) == x * one, by(order.scaled_equation, s=x), "branch"),
                    have("sum", x + height == half, linear, "on wall", "times x"),
                    have("sum squared", (x + height) * (x + height) == half * half, calculation, "sum"),
                    have("difference", (x - height) * (x - height) >= 0, by(order.square_not_negative)),
                    have("clash", contradiction, linear, "sum squared", "difference", "branch"),
                ])),
            ])),
            have("one sign", None, by(one_sign_on_connected), "whole", "moves", "no zero"),
            have("if both", None, at(point(1, 1), last), "one sign"),
            have("beyond", wall(last) > 0, logic, "if both", "starts", "ends"),
            have("square x", last[1, 1] * last[1, 1] >= 0, by(order.square_not_negative)),
            have("wide", 1 + last[1, 1] * last[1, 1] >= 0, linear, "square x"),
            have("product", last[2, 1] * (1 + last[1, 1] * last[1, 1]) > 0, linear, "beyond"),
            have("high", last[2, 1] > 0, by(order.positive_factor), "product", "wide"),
            have("high or 0", last[2, 1] >= 0, linear, "high"),
            have("factor", (last[1, 1] * last[2, 1] - 1) * (last[1, 1] * last[2, 1] - 1) >= 0, by(order.square_not_negative)),
            have("not less", 0 <= f(last), by(signs.product_not_negative, s=last[2, 1], t=(last[1, 1] * last[2, 1] - 1) ** 2), "high or 0", "factor"),
        ])),
        have("stays", stays_above(2, f, zero_set, point(1, 1)), take(0, low), "above"),
        have("in valley", in_spurious_valley_(2, f, point(1, 1)), take(0), "stays"),
        have("valley", spurious_valley_(2, f), take(point(1, 1)), "in valley"),
    ],
)  # fmt: skip

# ---- no bad local valley -------------------------------------------------------------------------
below = strict_sublevel(f, a, p)
u = v[1, 1] * v[2, 1]
high = v[2, 1]
across = fn(t, v + t * point(-v[1, 1], 0))
down = fn(t, across(1) + t * point(0, -1 - c * c - high))
level = f(v)


def foot_of(start: Expr) -> Expr:
    """The end of the way down from a point."""
    moved: Expr = start + point(-start[1, 1], 0) + point(0, -1 - c * c - start[2, 1])
    return moved


deep = foot_of(v)


def early(name: str) -> list[Step]:
    """Steps: the time is at least 0 and at most 1."""
    return [
        have("early", t >= 0, logic, f"{name}.if"),
        have("late", 1 - t >= 0, linear, f"{name}.if"),
    ]


FOOT = Statement(
    "C21.D5.3.foot",
    PLANE,
    title="Where f < a and y < a, a > 0, the component of f < a goes down without end",
    names=(a, c),
    given={"positive": a > 0, "low": high < a, "inside": level < a},
    then=linked(2, below, v, deep),
    proof=[
        have("whole", one > 0, linear),
        have("square u", u * u >= 0, by(order.square_not_negative)),
        have("across moves", continuous(across), by(continuous_line, A=v, A2=point(-v[1, 1], 0))),
        have("stays across", every(t, both(0 <= t, t <= one) >> below(across(t))), arbitrary(t, proof=[
            *early("stays across"),
            have("less", f(across(t)) < a, cases(
                [
                    have("mean", (1 - t) * (a - level) + t * (a - high) > 0, by(order.weighted_sum_positive), "late", "early", "whole", "inside", "low"),
                    have("between", t * (1 - t) >= 0, by(signs.product_not_negative), "early", "late"),
                    have("lifted", high * (u * u) >= 0, by(signs.product_not_negative), "less.1", "square u"),
                    have("gap", t * (1 - t) * (high * (u * u)) >= 0, by(signs.product_not_negative), "between", "lifted"),
                    have("under", f(across(t)) < a, linear, "mean", "gap"),
                ],
                [
                    have("square", ((1 - t) * u - 1) * ((1 - t) * u - 1) >= 0, by(order.square_not_negative)),
                    have("sunk", high <= 0, linear, "less.2"),
                    have("under 0", ((1 - t) * u - 1) * ((1 - t) * u - 1) * high <= 0, by(signs.product_not_positive), "square", "sunk"),
                    have("lower", f(across(t)) < a, linear, "under 0", "positive"),
                ],
                split=high >= 0,
            )),
        ])),
        have("to axis", linked(2, below, across(0), across(1)), cite(LINKED, q=2, S=below, X=across, late=one)),
        have("square c", c * c >= 0, by(order.square_not_negative)),
        have("far down", a + 1 + c * c > 0, linear, "square c", "positive"),
        have("down moves", continuous(down), by(continuous_line, A=across(1), A2=point(0, -1 - c * c - high))),
        have("stays down", every(t, both(0 <= t, t <= one) >> below(down(t))), arbitrary(t, proof=[
            *early("stays down"),
            have("mean", (1 - t) * (a - high) + t * (a + 1 + c * c) > 0, by(order.weighted_sum_positive), "late", "early", "whole", "low", "far down"),
        ])),
        have("to deep", linked(2, below, down(0), deep), cite(LINKED, q=2, S=below, X=down, late=one)),
        have("linked", linked(2, below, v, deep), cite(CHAIN, q=2, S=below, start=v, middle=across(1), end=deep)),
    ],
)  # fmt: skip

# ---- scaling -------------------------------------------------------------------------------------
lam, mu = real("lam"), real("mu")
flat, upright = point(v[1, 1], 0), point(0, high)


def scaled(mu: Any, lam: Any) -> Expr:
    """The point (mu x, lam y)."""
    moved: Expr = v - flat - upright + mu * flat + lam * upright
    return moved


SCALED = Statement(
    "C21.D5.3.scaled",
    PLANE,
    title="The function at (mu x, lam y) with mu lam = 1",
    names=(lam, mu),
    given={"inverse": mu * lam == 1},
    then=f(scaled(mu, lam)) == lam * level,
    proof=[
        have("once", lam * high * u * (mu * lam) == lam * high * u * one, by(order.scaled_equation, s=lam * high * u, x=mu * lam, y=one), "inverse"),
        have(
            "twice",
            (mu * lam + 1) * lam * high * u * u * (mu * lam) == (mu * lam + 1) * lam * high * u * u * one,
            by(order.scaled_equation, s=(mu * lam + 1) * lam * high * u * u, x=mu * lam, y=one),
            "inverse",
        ),
        have("value", f(scaled(mu, lam)) == lam * level, linear, "once", "twice"),
    ],
)  # fmt: skip


def scaling(sign: int) -> Any:
    """The path along which y is multiplied by exp(sign t), and x by its inverse."""
    return fn(t, scaled(exp(-sign * t), exp(sign * t)))


def path_moves(sign: int) -> list[Step]:
    """Steps: the path is continuous, and starts at v."""
    path, grown = scaling(sign), fn(t, exp(sign * t))
    return [
        have("at 0", exp(0) == 1, by(exp_at_zero)),
        have("grows", continuous(grown), by(continuous_exponential, s=sign)),
        have("shrinks", continuous(fn(t, exp(-sign * t))), by(continuous_exponential, s=-sign)),
        have("fixed", continuous(fn(t, v - flat - upright)), by(continuous_constant, A=v - flat - upright)),
        have("flat", continuous(fn(t, flat)), by(continuous_constant, A=flat)),
        have("upright", continuous(fn(t, upright)), by(continuous_constant, A=upright)),
        have("x moves", continuous(fn(t, exp(-sign * t) * flat)), by(continuous_multiple), "shrinks", "flat"),
        have("y moves", continuous(fn(t, exp(sign * t) * upright)), by(continuous_multiple), "grows", "upright"),
        have("sum", continuous(fn(t, v - flat - upright + exp(-sign * t) * flat)), by(continuous_sum), "fixed", "x moves"),
        have("path moves", continuous(path), by(continuous_sum), "sum", "y moves"),
        have("begins", path(0) == v, calculation, "at 0"),
    ]  # fmt: skip


def inverse(name: str, t: Expr, sign: int) -> list[Step]:
    """Steps: what shrinks one coordinate undoes what stretches the other."""
    return [
        have(f"{name} product", exp(-sign * t + sign * t) == exp(-sign * t) * exp(sign * t), by(exp_of_sum, x=-sign * t, r=sign * t)),
        have(f"{name} inverse", exp(-sign * t) * exp(sign * t) == 1, calculation, f"<{name} product", "at 0"),
    ]  # fmt: skip


def values(name: str, t: Expr, sign: int) -> list[Step]:
    """Steps to the value of the function on the path."""
    return [
        *inverse(name, t, sign),
        have(f"{name} value", f(scaling(sign)(t)) == exp(sign * t) * level, cite(SCALED, lam=exp(sign * t), mu=exp(-sign * t))),
    ]  # fmt: skip


def duration(name: str, M: Expr) -> list[Step]:
    """Steps: the logarithm of a number above 1 is positive."""
    return [
        have("one", one > 0, linear),
        have("rises", log(one) < log(M), by(log_increases, s=one, t=M), "one", name),
        have("log of exp", log(exp(0)) == 0, by(log_of_exp, x=0)),
        have("log 1", log(one) == 0, calculation, "<at 0", "log of exp"),
        have("time", log(M) > 0, linear, "rises", "log 1"),
        have("more than 0", M > 0, linear, name),
        have("reached", exp(log(M)) == M, by(exp_of_log), "more than 0"),
    ]


k = -level
up_to, down_to = 1 + (1 + c * c) * recip(k), 1 + (1 + high) * recip(a)
stop = like("stop", v)
UP = Statement(
    "C21.D5.3.up",
    PLANE,
    title="From a point where f < 0 the component of f < a leads down without end",
    names=(a, c),
    given={"negative": level < 0, "inside": level < a},
    then=exists(stop, both(linked(2, below, v, stop), f(stop) < c)),
    proof=[
        *path_moves(1),
        have("reciprocal", recip(k) > 0, by(reciprocal_positive, s=k), "negative"),
        have("square c", c * c >= 0, by(order.square_not_negative)),
        have("one more", 1 + c * c > 0, linear, "square c"),
        have("added", (1 + c * c) * recip(k) > 0, by(order.positive_product), "one more", "reciprocal"),
        *duration("added", up_to),
        have("stays", every(t, both(0 <= t, t <= log(up_to)) >> below(scaling(1)(t))), arbitrary(t, proof=[
            have("early", 0 <= t, logic, "stays.if"),
            have("grown", exp(0) <= exp(t), by(exp_not_decreasing), "early"),
            have("at least one", exp(t) - 1 >= 0, linear, "grown", "at 0"),
            have("at most 0", level <= 0, linear, "negative"),
            have("lower", (exp(t) - 1) * level <= 0, by(signs.product_not_positive), "at least one", "at most 0"),
            *values("here", t, 1),
            have("under", f(scaling(1)(t)) < a, linear, "here value", "lower", "inside"),
        ])),
        have("to end", linked(2, below, scaling(1)(0), scaling(1)(log(up_to))), cite(LINKED, q=2, S=below, X=scaling(1), late=log(up_to))),
        have("from v", linked(2, below, v, scaling(1)(log(up_to))), by(property_of_equal, A=scaling(1)(0), A2=v, P=fn(p, linked(2, below, p, scaling(1)(log(up_to))))), "begins", "to end"),
        *values("end", log(up_to), 1),
        have("unit", k * recip(k) == 1, by(times_reciprocal, s=k), "negative"),
        have("units", (1 + c * c) * (k * recip(k)) == (1 + c * c) * one, by(order.scaled_equation, s=1 + c * c, x=k * recip(k), y=one), "unit"),
        have("product", level * exp(log(up_to)) == level * up_to, by(order.scaled_equation, s=level), "reached"),
        have("square", (c + 1) * (c + 1) >= 0, by(order.square_not_negative)),
        have("deep", f(scaling(1)(log(up_to))) < c, linear, "end value", "units", "product", "negative", "square", "square c"),
        have("stop", exists(stop, both(linked(2, below, v, stop), f(stop) < c)), take(scaling(1)(log(up_to))), "from v", "deep"),
    ],
)  # fmt: skip

small = scaling(-1)(log(down_to))
DOWN = Statement(
    "C21.D5.3.down",
    PLANE,
    title="From a point where 0 <= f < a the component of f < a leads down without end",
    names=(a, c),
    given={"not negative": level >= 0, "inside": level < a},
    then=exists(stop, both(linked(2, below, v, stop), f(stop) < c)),
    proof=[
        have("positive", a > 0, linear, "not negative", "inside"),
        have("square", (c + 1) * (c + 1) >= 0, by(order.square_not_negative)),
        have("square c", c * c >= 0, by(order.square_not_negative)),
        have("deep", -1 - c * c < c, linear, "square", "square c"),
        have("stop", exists(stop, both(linked(2, below, v, stop), f(stop) < c)), cases(
            [
                *path_moves(-1),
                have("reciprocal", recip(a) > 0, by(reciprocal_positive), "positive"),
                have("one more", 1 + high > 0, linear, "stop.1"),
                have("added", (1 + high) * recip(a) > 0, by(order.positive_product), "one more", "reciprocal"),
                *duration("added", down_to),
                have("stays", every(t, both(0 <= t, t <= log(down_to)) >> below(scaling(-1)(t))), arbitrary(t, proof=[
                    have("early", -t <= 0, linear, "stays.if"),
                    have("shrunk", exp(-t) <= exp(0), by(exp_not_decreasing), "early"),
                    have("at most one", 1 - exp(-t) >= 0, linear, "shrunk", "at 0"),
                    have("lower", (1 - exp(-t)) * level >= 0, by(signs.product_not_negative), "at most one", "not negative"),
                    *values("here", t, -1),
                    have("under", f(scaling(-1)(t)) < a, linear, "here value", "lower", "inside"),
                ])),
                have("to end", linked(2, below, scaling(-1)(0), small), cite(LINKED, q=2, S=below, X=scaling(-1), late=log(down_to))),
                have("from v", linked(2, below, v, small), by(property_of_equal, A=scaling(-1)(0), A2=v, P=fn(p, linked(2, below, p, small))), "begins", "to end"),
                *inverse("end", log(down_to), -1),
                have("before", 0 <= log(down_to), linear, "time"),
                have("if stays", None, at(log(down_to)), "stays"),
                have("small inside", f(small) < a, logic, "if stays", "before"),
                have("shrunk positive", exp(-log(down_to)) > 0, by(exp_positive, x=-log(down_to))),
                have("unit", a * recip(a) == 1, by(times_reciprocal), "positive"),
                have("units", exp(-log(down_to)) * (1 + high) * (a * recip(a)) == exp(-log(down_to)) * (1 + high) * one, by(order.scaled_equation, s=exp(-log(down_to)) * (1 + high), x=a * recip(a), y=one), "unit"),
                have("all", a * (exp(log(down_to)) * exp(-log(down_to))) == a * one, by(order.scaled_equation, s=a, x=exp(log(down_to)) * exp(-log(down_to)), y=one), "end inverse"),
                have("put in", a * exp(-log(down_to)) * exp(log(down_to)) == a * exp(-log(down_to)) * down_to, by(order.scaled_equation, s=a * exp(-log(down_to))), "reached"),
                have("a and 1", a + 1 > 0, linear, "positive"),
                have("more", exp(-log(down_to)) * (a + 1) > 0, by(order.positive_product), "shrunk positive", "a and 1"),
                have("small low", small[2, 1] < a, linear, "units", "all", "put in", "more"),
                have("to deep", linked(2, below, small, foot_of(small)), cite(FOOT, v=small)),
                have("chained", linked(2, below, v, foot_of(small)), cite(CHAIN, q=2, S=below, start=v, middle=small, end=foot_of(small))),
                have("end", exists(stop, both(linked(2, below, v, stop), f(stop) < c)), take(foot_of(small)), "chained", "deep"),
            ],
            [
                have("low", high < a, linear, "stop.2", "positive"),
                have("linked", linked(2, below, v, deep), cite(FOOT)),
                have("end", exists(stop, both(linked(2, below, v, stop), f(stop) < c)), take(deep), "linked", "deep"),
            ],
            split=high >= 0,
        )),
    ],
)  # fmt: skip
stays_in = strict_sublevel(f, a, p)
APART = Statement(
    "C21.D5.3.apart",
    PLANE,
    title="y (x y - 1)^2 has a spurious valley, and no bad local valley",
    where="Section 5, Definitions 5.2 and 5.3",
    lines=(428, 436),
    given={},
    then=both(spurious_valley_(2, f), ~in_bad_valley_(2, f, v)),
    gloss="So that [NMH18] excludes bad local valleys does not exclude spurious valleys.",
    proof=[
        have("valley", spurious_valley_(2, f), cite(SPURIOUS)),
        have("none", ~in_bad_valley_(2, f, v), suppose_not([
            have("bad", in_bad_valley_(2, f, v), logic, "none.not"),
            have("set", None, obtain(a), "bad"),
            have("inside", level < a, logic, "set"),
            have("is above", stays_above(2, f, below, v), logic, "set"),
            have("bound", both(f(last) < c, every(stop, linked(2, below, v, stop) >> (c <= f(stop)))), obtain(c, last), "is above"),
            have("above", every(stop, linked(2, below, v, stop) >> (c <= f(stop))), logic, "bound"),
            have("end", exists(stop, both(linked(2, below, v, stop), f(stop) < c)), cases(
                [have("from below", exists(stop, both(linked(2, below, v, stop), f(stop) < c)), cite(UP))],
                [
                    have("from above", exists(stop, both(linked(2, below, v, stop), f(stop) < c)), cite(DOWN)),
                ],
                split=level < 0,
            )),
            have("found", both(linked(2, below, v, stop), f(stop) < c), obtain(stop), "end"),
            have("joined", linked(2, below, v, stop), logic, "found"),
            have("lower", f(stop) < c, logic, "found"),
            have("if joined", None, at(stop), "above"),
            have("bounded", c <= f(stop), logic, "if joined", "joined"),
            have("clash", contradiction, linear, "bounded", "lower"),
        ])),
        have("both", both(spurious_valley_(2, f), ~in_bad_valley_(2, f, v)), logic, "valley", "none"),
    ],
)  # fmt: skip
