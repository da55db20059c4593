"""Section 5.3: the functions that are examples.

Notation: x and x' are coordinates.

Statements
- C21.X5.1: 0 is an isolated and strict minimum of x^4 + 5 x^3 + 6 x^2 in a spurious valley.
- C21.X5.2: 5 x^4 - 5 x^2 + x, of two variables, has a spurious valley and no isolated minimum.
"""

from fractions import Fraction

from symbolic_landscape.proofs.cooper_2021.section_5.minima import D5_4, FALLS, L5_12_POINT
from symbolic_landscape.proofs.cooper_2021.section_5.valleys import LEG1_POINT
from symbolic_landscape.proofs.cooper_2021.settings.functions import (
    PLANE,
    alone_,
    in_spurious_valley_,
    isolated_,
    local_minimum_,
    not_global_,
    spurious_valley_,
    strict_,
    v,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_3.local_minima import D_MIN
from symbolic_landscape.proofs.rules import order
from symbolic_landscape.proofs.rules.entries import entry_of_zero
from symbolic_landscape.proofs.rules.paths import continuous
from symbolic_landscape.proofs.rules.plane import number, point, vector_of_number
from symbolic_landscape.proofs.rules.points import close
from symbolic_landscape.proofs.rules.sets import (
    connected,
    continuous_coordinate,
    linked,
    one_sign_on_connected,
    stays_above,
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
    zeros,
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
    obtain,
    suppose_not,
    take,
)
from symbolic_landscape.statement.step import Step
from symbolic_landscape.statement.term import num

r, t = real("r"), real("t")

# ---- X5.1 ----------------------------------------------------------------------------------------
w, other = matrix("w", 1, 1), matrix("other", 1, 1)
origin = zeros(1, 1)
x = w[1, 1]
quartic = fn(w, x**4 + 5 * x**3 + 6 * x**2)
lowest = number(Fraction(-5, 2))
entry, u = other[1, 1], 1 - t
half = Fraction(1, 2)
growth = entry * entry * ((1 + u) * (1 + u * u)) + 5 * entry * (1 + u + u * u) + 6 * (1 + u)


def not_zero(name: str, differs: str) -> list[Step]:
    """Steps: the entry of a vector of length one that is not 0 is not 0, and its square is more."""
    return [
        have(
            name,
            entry != 0,
            suppose_not(
                [
                    have("zero", entry == 0, logic, f"{name}.not"),
                    have("vector", other == number(entry), by(vector_of_number)),
                    have("same", other == origin, calculation, "vector", "zero"),
                    have("clash", contradiction, logic, "same", differs),
                ]
            ),
        ),
        have("square", entry * entry > 0, by(order.square_positive), name),
    ]


def entry_of(radius: Fraction | int, why: str) -> list[Step]:
    """Steps to the size of the entry."""
    return [
        have("near", close(other, origin, Expr(num(radius))), logic, why),
        have("entry", None, at(1, 1), "near"),
    ]


X5_1 = Statement(
    "C21.X5.1",
    PLANE,
    kind="example",
    title="f=x^4+5x^3+6x^2",
    where="Section 5.3",
    lines=(561, 561),
    given={},
    then=both(
        isolated_(1, quartic, origin),
        strict_(1, quartic, origin),
        not_global_(1, quartic, origin),
        in_spurious_valley_(1, quartic, origin),
    ),
    proof=[
        have(
            "strictly",
            every(other, both(close(other, origin, Expr(num(1))), other != origin) >> (quartic(origin) < quartic(other))),
            arbitrary(
                other,
                proof=[
                    *entry_of(1, "strictly.if"),
                    *not_zero("not 0", "strictly.if"),
                    have("factor", entry + 2 > 0, linear, "entry"),
                    have("factor 2", entry + 3 > 0, linear, "entry"),
                    have("factors", (entry + 2) * (entry + 3) > 0, by(order.positive_product), "factor", "factor 2"),
                    have("product", entry * entry * ((entry + 2) * (entry + 3)) > 0, by(order.positive_product), "square", "factors"),
                ],
            ),
        ),
        have("strict", strict_(1, quartic, origin), take(1), "strictly"),
        have("not global", not_global_(1, quartic, origin), take(lowest)),
        have("valley", in_spurious_valley_(1, quartic, origin), cite(LEG1_POINT, q=1, phi=quartic, y=origin)),
        have("one", Expr(num(1)) > 0, linear),
        have("alone", alone_(1, quartic, origin, half), arbitrary(
            other,
            proof=[
                *entry_of(half, "alone.if"),
                *not_zero("not 0", "alone.if"),
                have("beside", entry + half > 0, linear, "entry"),
                have("falls", every(t, both(t > 0, t < 1) >> (quartic(other + t * (-other)) < quartic(other))), arbitrary(t, proof=[
                    have("late", u > 0, linear, "falls.if"),
                    have("sum", 1 + u > 0, linear, "late"),
                    have("u square", u * u > 0, by(order.positive_product), "late", "late"),
                    have("third factor", 1 + u + u * u > 0, linear, "late", "u square"),
                    have("early", t > 0, logic, "falls.if"),
                    have("between", u * t > 0, by(order.positive_product), "late", "early"),
                    have("squares", 1 + u * u > 0, linear, "u square"),
                    have("cubes", (1 + u) * (1 + u * u) > 0, by(order.positive_product), "sum", "squares"),
                    have("fourth", entry * entry * ((1 + u) * (1 + u * u)) > 0, by(order.positive_product), "square", "cubes"),
                    have("third", (entry + half) * (1 + u + u * u) > 0, by(order.positive_product), "beside", "third factor"),
                    have("growth", growth > 0, linear, "fourth", "third", "between", "late"),
                    have("step", t * (entry * entry) > 0, by(order.positive_product), "early", "square"),
                    have("fall", t * (entry * entry) * growth > 0, by(order.positive_product), "step", "growth"),
                ])),
                have("not here", ~local_minimum_(1, quartic, other), cite(FALLS, q=1, phi=quartic, y=other, move=-other, s=1)),
            ],
        )),
        have("some ball", exists(r, both(r > 0, alone_(1, quartic, origin, r))), take(half), "alone"),
        have("minimum", local_minimum_(1, quartic, origin), cite(D_MIN, q=1, phi=quartic, y=origin)),
        have("isolated", isolated_(1, quartic, origin), logic, "minimum", "some ball"),
        have("all", both(isolated_(1, quartic, origin), strict_(1, quartic, origin), not_global_(1, quartic, origin), in_spurious_valley_(1, quartic, origin)), logic, "isolated", "strict", "not global", "valley"),
    ],
)  # fmt: skip

# ---- X5.2 ----------------------------------------------------------------------------------------
plane, other2, up = matrix("w", 2, 1), matrix("other", 2, 1), point(0, 1)
x2 = plane[1, 1]
trough = fn(plane, 5 * x2**4 - 5 * x2**2 + x2)
top, deep = point(half, 0), point(Fraction(-3, 4), 0)
end = like("end", other2)
S = function("part", plane, true)
ridge = fn(plane, Fraction(-1, 8) + 1 * plane[1, 1])
low_part = sublevel(trough, 0, plane)
side = x2 - Fraction(1, 8)
least = Fraction(-5, 4)

X5_2 = Statement(
    "C21.X5.2",
    PLANE,
    kind="example",
    title="f(x,y)=5x^4-5x^2+x",
    where="Section 5.3",
    lines=(565, 565),
    given={},
    then=both(spurious_valley_(2, trough), ~isolated_(2, trough, v)),
    proof=[
        have("moves", continuous(ridge), by(continuous_coordinate, r=Fraction(-1, 8), s=1, i=1, q=2)),
        have("above", every(end, linked(2, low_part, top, end) >> (least <= trough(end))), arbitrary(end, proof=[
            have("found", None, obtain(S), "above.if"),
            have("whole", connected(S), logic, "found"),
            have("inside", every(plane, S(plane) >> (trough(plane) <= 0)), logic, "found"),
            have("starts", S(top), logic, "found"),
            have("ends", S(end), logic, "found"),
            have("no zero", every(plane, S(plane) >> (ridge(plane) != 0)), arbitrary(plane, proof=[
                have("if in", None, at(plane), "inside"),
                have("low", trough(plane) <= 0, logic, "if in", "no zero.if"),
                have("not there", ridge(plane) != 0, suppose_not([
                    have("eighth", x2 == Fraction(1, 8), logic, "not there.not"),
                    have("height", trough(plane) == Fraction(197, 4096), calculation, "eighth"),
                    have("clash", contradiction, linear, "height", "low"),
                ])),
            ])),
            have("same side", None, by(one_sign_on_connected), "whole", "moves", "no zero"),
            have("if both", None, at(top, end), "same side"),
            have("right", ridge(end) > 0, logic, "if both", "starts", "ends"),
            have("squared", (end[1, 1] ** 2 - half) * (end[1, 1] ** 2 - half) >= 0, by(order.square_not_negative)),
            have("bounded", least <= trough(end), linear, "squared", "right"),
        ])),
        have("stays", stays_above(2, trough, low_part, top), take(least, deep), "above"),
        have("in valley", in_spurious_valley_(2, trough, top), take(0), "stays"),
        have("valley", spurious_valley_(2, trough), take(top), "in valley"),
        have("level", every(t, trough(v + t * up) == trough(v)), arbitrary(t, proof=[have("same", trough(v + t * up) == trough(v), calculation)])),
        have("moves up", up != 0, suppose_not([
            have("still", up == 0, logic, "moves up.not"),
            have("entry", up[2, 1] == 0, by(entry_of_zero), "still"),
        ])),
        have("not strict", ~strict_(2, trough, v), cite(D5_4, q=2, phi=trough, y=v, move=up)),
        have("none", ~isolated_(2, trough, v), suppose_not([
            have("strict", strict_(2, trough, v), cite(L5_12_POINT, q=2, phi=trough, y=v)),
            have("clash", contradiction, logic, "strict", "not strict"),
        ])),
        have("all", both(spurious_valley_(2, trough), ~isolated_(2, trough, v)), logic, "valley", "none"),
    ],
)  # fmt: skip
