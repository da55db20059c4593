"""Section 3.1, Figure 1: regions of minima in the plane, attracting, non-attracting, both or neither.

Notation: p is a point of the plane, with the coordinates x and y.

Statements
- PS21.F1.down: from every point a path leads down x^2 (1 - y^2).
- PS21.F1: the region of Figure 1 consists of local minima, and is non-attracting.
- PS21.F1.all: no other local minimum has the value 0, so the region is a maximal one.
- PS21.F1.attracting: it meets the clause for attracting regions too: no path ends lowest.
- PS21.D1.neither: x^2 (x y - 1)^2 has a region that meets neither clause.
"""

from typing import Any

from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_3.attraction import (
    is_attracting,
    is_non_attracting,
    neighbourhood,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_3.falling_paths import (
    D_PATH,
    JOINED,
    falls,
    going,
    maximal,
    way_down,
    within,
)
from symbolic_landscape.proofs.rules import continuity, numbers, order, paths, signs
from symbolic_landscape.proofs.rules.numbers import recip
from symbolic_landscape.proofs.rules.paths import continuous
from symbolic_landscape.proofs.rules.points import close
from symbolic_landscape.proofs.rules.vectors import least_near
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
    ones,
    real,
    stack,
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
from symbolic_landscape.statement.setting import Setting
from symbolic_landscape.statement.step import Step
from symbolic_landscape.statement.term import num

a, b, c, r, s, t = (real(name) for name in "abcrst")

p = matrix("p", 2, 1)
first, second = p[1, 1], p[2, 1]
FIGURE = fn(p, first * first * (1 - second * second))
LEFT = fn(p, both(first == 0, -1 < second, second < 1))
POINT = Setting("a point of the plane", variables=(p,))
PLANE = Setting("the plane", variables=(), instances=lambda: (("the plane", {}),))
near_p, path_p, on_p = like("other", p), function("path", t, p), function("on", t, p)
end_p = like("end", p)


def vector(x: Any, y: Any) -> Expr:
    """The vector with these two coordinates."""
    return stack(x * ones(1, 1), y * ones(1, 1))


def straight(name: str, F: Expr, start: Expr, move: Expr, *fall: Step) -> list[Step]:
    """Steps: F does not rise along a line, which `fall` shows for times s <= t."""
    line = fn(t, start + t * move)
    return [
        have(f"{name} moves", continuous(line), by(paths.continuous_line, A=start, A2=move)),
        have(f"{name} falls", falls(F, line), arbitrary(s, t, proof=fall)),
        have(name, going(F, line), logic, f"{name} moves", f"{name} falls"),
    ]


def line(start: Expr, move: Expr) -> Expr:
    """The line from a point."""
    return fn(t, start + t * move)


value = FIGURE(p)
onto_axis = p + vector(-first, 0)
along_axis = onto_axis + vector(0, 2 - second)
scaled_up, scaled_down = line(p, vector(first, 0)), line(p, vector(-first, 0))
up, out = line(onto_axis, vector(0, 2 - second)), line(along_axis, vector(1, 0))
here = {"q": 2, "phi": FIGURE, "y": p}
joined_there = both(
    going(FIGURE, path_p),
    path_p(0) == scaled_down(0),
    path_p(1) == up(1),
    within(scaled_down, path_p),
)
joined_on = both(going(FIGURE, on_p), on_p(0) == path_p(0), on_p(1) == out(1), within(path_p, on_p))
DOWN = Statement(
    "PS21.F1.down",
    POINT,
    title="From every point a path leads down x^2 (1 - y^2)",
    where="Section 3.1, Figure 1",
    lines=(96, 96),
    given={},
    then=way_down(FIGURE, p, on_p),
    proof=[
        have("down", way_down(FIGURE, p, on_p), cases(
            [
                *straight(
                    "scaled up", FIGURE, p, vector(first, 0),
                    have("later", t - s >= 0, linear, "scaled up falls.if"),
                    have("sum", 2 + s + t >= 0, linear, "scaled up falls.if"),
                    have("gap", (t - s) * (2 + s + t) >= 0, by(signs.product_not_negative), "later", "sum"),
                    have("not above", value <= 0, linear, "down.1"),
                    have("fall", (t - s) * (2 + s + t) * value <= 0, by(signs.product_not_positive), "gap", "not above"),
                ),
                have("start", scaled_up(0) == p, calculation),
                have("found", way_down(FIGURE, p, on_p), take(scaled_up), "scaled up", "start", "down.1"),
            ],
            [
                *straight(
                    "scaled down", FIGURE, p, vector(-first, 0),
                    have("later", t - s >= 0, linear, "scaled down falls.if"),
                    have("sum", 2 - s - t >= 0, linear, "scaled down falls.if"),
                    have("gap", (t - s) * (2 - s - t) >= 0, by(signs.product_not_negative), "later", "sum"),
                    have("fall", (t - s) * (2 - s - t) * value >= 0, by(signs.product_not_negative), "gap", "down.2"),
                ),
                *straight("up", FIGURE, onto_axis, vector(0, 2 - second), have("level", FIGURE(up(t)) <= FIGURE(up(s)), logic)),
                *straight(
                    "out", FIGURE, along_axis, vector(1, 0),
                    have("later", t - s >= 0, linear, "out falls.if"),
                    have("sum", t + s >= 0, linear, "out falls.if"),
                    have("gap", (t - s) * (t + s) >= 0, by(signs.product_not_negative), "later", "sum"),
                ),
                have("meet", scaled_down(1) == up(0), calculation),
                have("some way", None, cite(JOINED, **here, X=scaled_down, X2=up)),
                have("way", joined_there, obtain(path_p), "some way"),
                have("way going", going(FIGURE, path_p), logic, "way"),
                have("way start", path_p(0) == p, logic, "way"),
                have("way end", path_p(1) == out(0), logic, "way"),
                have("more way", None, cite(JOINED, **here, X=path_p, X2=out)),
                have("whole", joined_on, obtain(on_p), "more way"),
                have("going", going(FIGURE, on_p), logic, "whole"),
                have("whole start", on_p(0) == path_p(0), logic, "whole"),
                have("from p", on_p(0) == p, calculation, "whole start", "way start"),
                have("whole end", on_p(1) == out(1), logic, "whole"),
                have("lowest", FIGURE(on_p(1)) == FIGURE(out(1)), calculation, "whole end"),
                have("lower", FIGURE(on_p(1)) < FIGURE(p), linear, "lowest", "down.2"),
                have("found", way_down(FIGURE, p, on_p), take(on_p), "going", "from p", "lower"),
            ],
            split=value < 0,
        )),
    ],
)  # fmt: skip

origin = 0 * vector(1, 0)
minima = every(p, LEFT(p) >> least_near(FIGURE, p, near_p))
U_p = function("U", p, true)
some_path = exists(path_p, both(going(FIGURE, path_p), U_p(path_p(0)), FIGURE(path_p(1)) < 0))
F1 = Statement(
    "PS21.F1",
    PLANE,
    title="Illustrative landscape x^2 (1 - y^2)",
    kind="example",
    where="Section 3.1, Figure 1",
    lines=(96, 96),
    given={},
    then=both(minima, is_non_attracting(FIGURE, LEFT, 0, p)),
    proof=[
        have("minima", minima, arbitrary(p, proof=[
            have("x", first == 0, logic, "minima.if"),
            have("y", both(-1 < second, second < 1), logic, "minima.if"),
            have("below 1", 1 - second > 0, linear, "y"),
            have("above -1", 1 + second > 0, linear, "y"),
            have("some radius", None, by(continuity.smaller_of_two), "below 1", "above -1"),
            have("radius", both(r > 0, r <= 1 - second, r <= 1 + second), obtain(r), "some radius"),
            have("positive", r > 0, logic, "radius"),
            have("near", every(near_p, close(near_p, p, r) >> (FIGURE(p) <= FIGURE(near_p))), arbitrary(near_p, proof=[
                have("second", None, at(2, 1), "near.if"),
                have("up", 1 - near_p[2, 1] >= 0, linear, "second", "radius"),
                have("down", 1 + near_p[2, 1] >= 0, linear, "second", "radius"),
                have("inside", (1 - near_p[2, 1]) * (1 + near_p[2, 1]) >= 0, by(signs.product_not_negative), "up", "down"),
                have("square", near_p[1, 1] * near_p[1, 1] >= 0, by(order.square_not_negative)),
                have("not below", near_p[1, 1] * near_p[1, 1] * ((1 - near_p[2, 1]) * (1 + near_p[2, 1])) >= 0, by(signs.product_not_negative), "square", "inside"),
                have("here", FIGURE(p) == 0, calculation, "x"),
                have("least", FIGURE(p) <= FIGURE(near_p), linear, "here", "not below"),
            ])),
            have("minimum", least_near(FIGURE, p, near_p), take(r), "positive", "near"),
        ])),
        have("way", way_down(FIGURE, origin, on_p), cite(DOWN, p=origin)),
        have("out of it", is_non_attracting(FIGURE, LEFT, 0, p), arbitrary(U_p, proof=[
            have("around", every(p, LEFT(p) >> U_p(p)), logic, "out of it.if"),
            have("if there", None, at(origin), "around"),
            have("there", LEFT(origin), logic),
            have("inside", U_p(origin), logic, "if there", "there"),
            have("on", both(going(FIGURE, on_p), on_p(0) == origin, FIGURE(on_p(1)) < FIGURE(origin)), obtain(on_p), "way"),
            have("going", going(FIGURE, on_p), logic, "on"),
            have("from there", on_p(0) == origin, logic, "on"),
            have("start", U_p(on_p(0)), calculation, "inside", "<from there"),
            have("lower", FIGURE(on_p(1)) < 0, logic, "on"),
            have("path", some_path, take(on_p), "going", "start", "lower"),
        ])),
        have("both", both(minima, is_non_attracting(FIGURE, LEFT, 0, p)), logic, "minima", "out of it"),
    ],
)  # fmt: skip
no_lower = every(near_p, close(near_p, p, r) >> (FIGURE(p) <= FIGURE(near_p)))


def nearby(move: Expr, *fall: Step) -> list[Step]:
    """Steps to a contradiction: a short way along the move the value is lower."""
    return [
        have("some steps", None, by(continuity.small_multiples, A=p, A2=move), "radius"),
        have("steps", both(a > 0, every(t, both(t > 0, t < a) >> close(p + t * move, p, r))), obtain(a), "some steps"),
        have("length", a > 0, logic, "steps"),
        have("all close", every(t, both(t > 0, t < a) >> close(p + t * move, p, r)), logic, "steps"),
        have("if short", None, at(a / 2), "all close"),
        have("near there", close(p + a / 2 * move, p, r), logic, "if short", "length"),
        have("if near", None, at(p + a / 2 * move), "no lower"),
        have("not lower", FIGURE(p) <= FIGURE(p + a / 2 * move), logic, "if near", "near there"),
        have("square", a * a > 0, by(order.positive_product), "length", "length"),
        *fall,
    ]  # fmt: skip


in_x, in_both = vector(0, second), vector(1, second)
longer_y = (1 + a / 2) * (1 + a / 2)
ALL = Statement(
    "PS21.F1.all",
    POINT,
    title="All local minima of x^2 (1 - y^2) with the value 0 are in the region of Figure 1",
    where="Section 3.1, Figure 1",
    lines=(96, 96),
    given={"level": FIGURE(p) == 0, "minimum": least_near(FIGURE, p, near_p)},
    then=LEFT(p),
    proof=[
        have("r", both(r > 0, no_lower), obtain(r), "minimum"),
        have("radius", r > 0, logic, "r"),
        have("no lower", no_lower, logic, "r"),
        have("x", first == 0, suppose_not([
            have("x square", first * first > 0, by(order.square_positive), "x.not"),
            *nearby(
                in_x,
                have("scaled", None, by(order.scaled_equation, s=longer_y), "level"),
                have("longer", a + a * a / 4 > 0, linear, "length", "square"),
                have("drop", (a + a * a / 4) * (first * first) > 0, by(order.positive_product), "longer", "x square"),
                have("clash", contradiction, linear, "scaled", "drop", "not lower", "level"),
            ),
        ])),
        have("inside", second * second < 1, suppose_not([
            *nearby(
                in_both,
                have("value", FIGURE(p + a / 2 * in_both) == a * a / 4 * (1 - longer_y * second * second), calculation, "x"),
                have("stretch", longer_y >= 0, by(order.square_not_negative, s=1 + a / 2)),
                have("beyond", longer_y * (second * second - 1) >= 0, by(signs.product_not_negative), "stretch", "inside.not"),
                have("longer", a + a * a / 4 > 0, linear, "length", "square"),
                have("below 0", longer_y * second * second - 1 > 0, linear, "beyond", "longer"),
                have("drop", a * a * (longer_y * second * second - 1) > 0, by(order.positive_product), "square", "below 0"),
                have("clash", contradiction, linear, "value", "drop", "not lower", "level"),
            ),
        ])),
        have("one", 1 * Expr(num(1)) > 0, linear),
        have("between", None, by(order.between_of_squares, s=second, t=1), "inside", "one"),
        have("region", LEFT(p), logic, "x", "between"),
    ],
)  # fmt: skip

everywhere = fn(p, true)
ends_inside = every(
    path_p,
    both(going(FIGURE, path_p), true, maximal(FIGURE, path_p, function("longer", t, p)))
    >> LEFT(path_p(1)),
)
F1_ATTRACTING = Statement(
    "PS21.F1.attracting",
    PLANE,
    title="The region of Figure 1 meets the clause for attracting regions too",
    where="Section 3.1, Definition 1",
    lines=(86, 86),
    given={},
    then=is_attracting(FIGURE, LEFT, p),
    proof=[
        have("ends", every(path_p, both(going(FIGURE, path_p), maximal(FIGURE, path_p, function("longer", t, p))) >> LEFT(path_p(1))), arbitrary(path_p, proof=[
            have("going", going(FIGURE, path_p), logic, "ends.if"),
            have("lowest", maximal(FIGURE, path_p, function("longer", t, p)), logic, "ends.if"),
            have("words", None, cite(D_PATH, q=2, phi=FIGURE, y=path_p(1), path=path_p)),
            have("no way", ~way_down(FIGURE, path_p(1), on_p), logic, "words", "lowest"),
            have("way", way_down(FIGURE, path_p(1), on_p), cite(DOWN, p=path_p(1))),
            have("inside", LEFT(path_p(1)), logic, "no way", "way"),
        ])),
        have("positive", Expr(num(1)) > 0, linear),
        have("open", every(p, exists(r, both(r > 0, every(near_p, close(near_p, p, r) >> true)))), arbitrary(p, proof=[
            have("all near", every(near_p, close(near_p, p, Expr(num(1))) >> true), arbitrary(near_p, proof=[have("any", true, logic)])),
            have("radius", exists(r, both(r > 0, every(near_p, close(near_p, p, r) >> true))), take(1), "positive", "all near"),
        ])),
        have("inside", every(p, LEFT(p) >> true), arbitrary(p, proof=[have("any", true, logic)])),
        have("attracting", is_attracting(FIGURE, LEFT, p), take(everywhere), "open", "inside", "ends"),
    ],
)  # fmt: skip


# ---- a region that is neither --------------------------------------------------------------------
NARROWING = fn(p, (first * (first * second - 1)) * (first * (first * second - 1)))
AXIS = fn(p, first == 0)
height = real("height")
level_start = origin + a * vector(1, 0)
rise = line(level_start, vector(0, height))
lowest_p = function("longer", t, p)
all_end = every(
    path_p,
    both(going(NARROWING, path_p), U_p(path_p(0)), maximal(NARROWING, path_p, lowest_p))
    >> AXIS(path_p(1)),
)


def on_the_way(name: str, t: Expr) -> list[Step]:
    """Steps: the value at time t is the square of a (t - 1)."""
    root, shorter = a * (a * height * t - 1), a * (t - 1)
    return [
        have(f"{name} scaled", None, by(order.scaled_equation, s=a * t), "height"),
        have(f"{name} first", None, by(order.scaled_equation, s=root), f"{name} scaled"),
        have(f"{name} second", None, by(order.scaled_equation, s=shorter), f"{name} scaled"),
        have(f"{name} value", NARROWING(rise(t)) == shorter * shorter, linear, f"{name} first", f"{name} second"),
    ]  # fmt: skip


NEITHER = Statement(
    "PS21.D1.neither",
    PLANE,
    title="The axis x = 0 is a region of minima of x^2 (x y - 1)^2 that meets neither clause",
    where="Section 3.1, Definition 1",
    lines=(82, 87),
    given={},
    then=both(
        every(p, AXIS(p) >> least_near(NARROWING, p, near_p)),
        ~is_attracting(NARROWING, AXIS, p),
        ~is_non_attracting(NARROWING, AXIS, 0, p),
    ),
    proof=[
        have("not below", every(p, NARROWING(p) >= 0), arbitrary(p, proof=[
            have("square", NARROWING(p) >= 0, by(order.square_not_negative, s=first * (first * second - 1))),
        ])),
        have("positive", Expr(num(1)) > 0, linear),
        have("minima", every(p, AXIS(p) >> least_near(NARROWING, p, near_p)), arbitrary(p, proof=[
            have("x", first == 0, logic, "minima.if"),
            have("here", NARROWING(p) == 0, calculation, "x"),
            have("near", every(near_p, close(near_p, p, Expr(num(1))) >> (NARROWING(p) <= NARROWING(near_p))), arbitrary(near_p, proof=[
                have("there", NARROWING(near_p) >= 0, at(near_p), "not below"),
                have("least", NARROWING(p) <= NARROWING(near_p), linear, "there", "here"),
            ])),
            have("minimum", least_near(NARROWING, p, near_p), take(1), "positive", "near"),
        ])),
        have("open", every(p, exists(r, both(r > 0, every(near_p, close(near_p, p, r) >> true)))), arbitrary(p, proof=[
            have("all near", every(near_p, close(near_p, p, Expr(num(1))) >> true), arbitrary(near_p, proof=[have("any", true, logic)])),
            have("radius", exists(r, both(r > 0, every(near_p, close(near_p, p, r) >> true))), take(1), "positive", "all near"),
        ])),
        have("inside", every(p, AXIS(p) >> true), arbitrary(p, proof=[have("any", true, logic)])),
        have("whole plane", neighbourhood(everywhere, AXIS, p), logic, "open", "inside"),
        have("not out", ~is_non_attracting(NARROWING, AXIS, 0, p), suppose_not([
            have("out", is_non_attracting(NARROWING, AXIS, 0, p), logic, "not out.not"),
            have("if whole", None, at(everywhere), "out"),
            have("some path", exists(path_p, both(going(NARROWING, path_p), true, NARROWING(path_p(1)) < 0)), logic, "if whole", "whole plane"),
            have("path", both(going(NARROWING, path_p), true, NARROWING(path_p(1)) < 0), obtain(path_p), "some path"),
            have("end", NARROWING(path_p(1)) >= 0, at(path_p(1)), "not below"),
            have("lower", NARROWING(path_p(1)) < 0, logic, "path"),
            have("clash", contradiction, linear, "end", "lower"),
        ])),
        have("not in", ~is_attracting(NARROWING, AXIS, p), suppose_not([
            have("in", is_attracting(NARROWING, AXIS, p), logic, "not in.not"),
            have("U", both(neighbourhood(U_p, AXIS, p), all_end), obtain(U_p), "in"),
            have("around", every(p, AXIS(p) >> U_p(p)), logic, "U"),
            have("is open", every(p, U_p(p) >> exists(r, both(r > 0, every(near_p, close(near_p, p, r) >> U_p(near_p))))), logic, "U"),
            have("ends", all_end, logic, "U"),
            have("if on it", None, at(origin), "around"),
            have("at 0", AXIS(origin), logic),
            have("has 0", U_p(origin), logic, "if on it", "at 0"),
            have("if open", None, at(origin), "is open"),
            have("some r", exists(r, both(r > 0, every(near_p, close(near_p, origin, r) >> U_p(near_p)))), logic, "if open", "has 0"),
            have("r", both(r > 0, every(near_p, close(near_p, origin, r) >> U_p(near_p))), obtain(r), "some r"),
            have("radius", r > 0, logic, "r"),
            have("close", every(near_p, close(near_p, origin, r) >> U_p(near_p)), logic, "r"),
            have("some a", None, by(continuity.small_step, A=origin, A2=vector(1, 0)), "radius"),
            have("a", both(a > 0, close(level_start, origin, r), close(origin - a * vector(1, 0), origin, r)), obtain(a), "some a"),
            have("a positive", a > 0, logic, "a"),
            have("near", close(level_start, origin, r), logic, "a"),
            have("if close", None, at(level_start), "close"),
            have("start inside", U_p(level_start), logic, "if close", "near"),
            have("reciprocal", a * recip(a) == 1, by(numbers.times_reciprocal), "a positive"),
            have("some height", exists(height, a * height == 1), take(recip(a)), "reciprocal"),
            have("height", a * height == 1, obtain(height), "some height"),
            have("a square", a * a >= 0, by(order.square_not_negative)),
            *straight(
                "rise", NARROWING, level_start, vector(0, height),
                *on_the_way("s", s),
                *on_the_way("t", t),
                have("later", t - s >= 0, linear, "rise falls.if"),
                have("sum", 2 - s - t >= 0, linear, "rise falls.if"),
                have("gap", (t - s) * (2 - s - t) >= 0, by(signs.product_not_negative), "later", "sum"),
                have("fall", a * a * ((t - s) * (2 - s - t)) >= 0, by(signs.product_not_negative), "a square", "gap"),
                have("less", NARROWING(rise(t)) <= NARROWING(rise(s)), linear, "fall", "s value", "t value"),
            ),
            have("scaled", None, by(order.scaled_equation, s=a), "height"),
            have("end", NARROWING(rise(1)) == 0, by(order.scaled_equation, s=a * (a * height - 1)), "scaled"),
            have("no way", ~way_down(NARROWING, rise(1), on_p), suppose_not([
                have("way", way_down(NARROWING, rise(1), on_p), logic, "no way.not"),
                have("on", both(going(NARROWING, on_p), on_p(0) == rise(1), NARROWING(on_p(1)) < NARROWING(rise(1))), obtain(on_p), "way"),
                have("lower", NARROWING(on_p(1)) < NARROWING(rise(1)), logic, "on"),
                have("above", NARROWING(on_p(1)) >= 0, at(on_p(1)), "not below"),
                have("clash", contradiction, linear, "lower", "above", "end"),
            ])),
            have("words", None, cite(D_PATH, q=2, phi=NARROWING, y=level_start, path=rise)),
            have("lowest", maximal(NARROWING, rise, lowest_p), logic, "words", "no way"),
            have("if lowest", None, at(rise), "ends"),
            have("on the axis", AXIS(rise(1)), logic, "if lowest", "rise", "start inside", "lowest"),
            have("clash", contradiction, linear, "on the axis", "a positive"),
        ])),
        have("neither", both(every(p, AXIS(p) >> least_near(NARROWING, p, near_p)), ~is_attracting(NARROWING, AXIS, p), ~is_non_attracting(NARROWING, AXIS, 0, p)), logic, "minima", "not in", "not out"),
    ],
)  # fmt: skip
