"""Section 3.1: paths along which the loss does not rise, and those that decrease it maximally.

Notation: phi is a function of vectors; a path is a function of t in [0, 1].

Statements
- PS21.D.path.joined: one such path after another is such a path.
- PS21.D.path: what the paper says in words and "formally" is the same: from the end of the path no
  such path leads lower.
"""

from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_3.regions import LANDSCAPE, phi, y
from symbolic_landscape.proofs.rules import paths, signs
from symbolic_landscape.proofs.rules.paths import continuous
from symbolic_landscape.statement.language import (
    Expr,
    both,
    contradiction,
    every,
    exists,
    fn,
    function,
    like,
    real,
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
from symbolic_landscape.statement.term import num

s, t, o = real("s"), real("t"), real("o")
X, X2, X3 = (function(name, t, y) for name in ("X", "X2", "X3"))
path, longer, on = (function(name, t, y) for name in ("path", "longer", "on"))
Y = like("Y", y)


def in_time(t: Expr) -> Expr:
    """The number lies in [0, 1]."""
    return both(0 <= t, t <= 1)


def falls(phi: Expr, path: Expr) -> Expr:
    """The function does not rise along the path."""
    ordered = both(0 <= s, s <= t, t <= 1)
    return every(s, t, ordered >> (phi(path(t)) <= phi(path(s))))


def going(phi: Expr, path: Expr) -> Expr:
    """The path is continuous, and the function does not rise along it."""
    return both(continuous(path), falls(phi, path))


def within(path: Expr, longer: Expr) -> Expr:
    """All points of the path lie on the longer one."""
    return every(t, in_time(t) >> exists(s, both(in_time(s), path(t) == longer(s))))


def maximal(phi: Expr, path: Expr, longer: Expr = longer) -> Expr:
    """No path that contains this one, and along which the function does not rise, ends lower."""
    lower = phi(longer(1)) < phi(path(1))
    return ~exists(longer, both(going(phi, longer), within(path, longer), lower))


def way_down(phi: Expr, y: Expr, on: Expr = on) -> Expr:
    """A path starts at y along which the function does not rise, and that ends lower."""
    return exists(on, both(going(phi, on), on(0) == y, phi(on(1)) < phi(y)))


first = every(t, (2 * t <= 1) >> (X3(t) == X(2 * t)))
second = every(t, (2 * t >= 1) >> (X3(t) == X2(2 * t - 1)))
less = phi(X3(t)) <= phi(X3(s))


def in_part(part: Expr, *times: Expr) -> Expr:
    """What it says that the function does not rise along a part, at these times."""
    a, b = times
    return both(0 <= a, a <= b, b <= 1) >> (phi(part(b)) <= phi(part(a)))


JOINED = Statement(
    "PS21.D.path.joined",
    LANDSCAPE,
    title="Paths along which a function does not rise can be joined",
    where="Section 3.1",
    names=(X, X2),
    given={
        "first path": going(phi, X),
        "second path": going(phi, X2),
        "meet": X(1) == X2(0),
    },
    then=exists(X3, both(going(phi, X3), X3(0) == X(0), X3(1) == X2(1), within(X, X3))),
    proof=[
        have("first moves", continuous(X), logic, "first path"),
        have("second moves", continuous(X2), logic, "second path"),
        have("first falls", falls(phi, X), logic, "first path"),
        have("second falls", falls(phi, X2), logic, "second path"),
        have("some path", None, by(paths.joined_paths, X=X, X2=X2), "first moves", "second moves", "meet"),
        have("path", both(continuous(X3), first, second), obtain(X3), "some path"),
        have("moves", continuous(X3), logic, "path"),
        have("first", first, logic, "path"),
        have("second", second, logic, "path"),
        have("if start", None, at(0), "first"),
        have("start", X3(0) == X(0), logic, "if start"),
        have("if end", None, at(1), "second"),
        have("end", X3(1) == X2(1), logic, "if end"),
        have("falls", falls(phi, X3), arbitrary(s, t, proof=[
            have("order", less, cases(
                [
                    have("s early", 2 * s <= 1, linear, "falls.if", "order.1"),
                    have("s if", None, at(s), "first"),
                    have("s place", X3(s) == X(2 * s), logic, "s if", "s early"),
                    have("t if", None, at(t), "first"),
                    have("t place", X3(t) == X(2 * t), logic, "t if", "order.1"),
                    have("if times", in_part(X, 2 * s, 2 * t), at(2 * s, 2 * t), "first falls"),
                    have("times", both(0 <= 2 * s, 2 * s <= 2 * t, 2 * t <= 1), linear, "falls.if", "order.1"),
                    have("fall", phi(X(2 * t)) <= phi(X(2 * s)), logic, "if times", "times"),
                    have("less", less, calculation, "fall", "<t place", "<s place"),
                ],
                [
                    have("t late", 2 * t >= 1, linear, "order.2"),
                    have("t if", None, at(t), "second"),
                    have("t place", X3(t) == X2(2 * t - 1), logic, "t if", "t late"),
                    have("after", less, cases(
                        [
                            have("s if", None, at(s), "first"),
                            have("s place", X3(s) == X(2 * s), logic, "s if", "after.1"),
                            have("if early", in_part(X, 2 * s, Expr(num(1))), at(2 * s, 1), "first falls"),
                            have("early", both(0 <= 2 * s, 2 * s <= 1), linear, "falls.if", "after.1"),
                            have("to the middle", phi(X(1)) <= phi(X(2 * s)), logic, "if early", "early"),
                            have("if late", in_part(X2, Expr(num(0)), 2 * t - 1), at(0, 2 * t - 1), "second falls"),
                            have("late", both(0 <= 2 * t - 1, 2 * t - 1 <= 1), linear, "falls.if", "order.2"),
                            have("from the middle", phi(X2(2 * t - 1)) <= phi(X2(0)), logic, "if late", "late"),
                            have("middle", phi(X2(0)) == phi(X(1)), calculation, "<meet"),
                            have("both", phi(X2(2 * t - 1)) <= phi(X(2 * s)), linear, "to the middle", "from the middle", "middle"),
                            have("less", less, calculation, "both", "<t place", "<s place"),
                        ],
                        [
                            have("s late", 2 * s >= 1, linear, "after.2"),
                            have("s if", None, at(s), "second"),
                            have("s place", X3(s) == X2(2 * s - 1), logic, "s if", "s late"),
                            have("if times", in_part(X2, 2 * s - 1, 2 * t - 1), at(2 * s - 1, 2 * t - 1), "second falls"),
                            have("times", both(0 <= 2 * s - 1, 2 * s - 1 <= 2 * t - 1, 2 * t - 1 <= 1), linear, "falls.if", "after.2"),
                            have("fall", phi(X2(2 * t - 1)) <= phi(X2(2 * s - 1)), logic, "if times", "times"),
                            have("less", less, calculation, "fall", "<t place", "<s place"),
                        ],
                        split=2 * s <= 1,
                    )),
                ],
                split=2 * t <= 1,
            )),
        ])),
        have("within", within(X, X3), arbitrary(t, proof=[
            have("if half", None, at(t / 2), "first"),
            have("half", 2 * (t / 2) <= 1, linear, "within.if"),
            have("there", X(t) == X3(t / 2), logic, "if half", "half"),
            have("in time", in_time(t / 2), linear, "within.if"),
            have("place", exists(s, both(in_time(s), X(t) == X3(s))), take(t / 2), "in time", "there"),
        ])),
        have("going", going(phi, X3), logic, "moves", "falls"),
        have("joined", exists(X3, both(going(phi, X3), X3(0) == X(0), X3(1) == X2(1), within(X, X3))), take(X3), "going", "start", "end", "within"),
    ],
)  # fmt: skip

PATHS = LANDSCAPE.extended("a function of vectors and a path", variables=(path,))
from_end = way_down(phi, path(1))
rest = fn(t, longer(o + t * (1 - o)))
contained = both(going(phi, longer), within(path, longer), phi(longer(1)) < phi(path(1)))
D_PATH = Statement(
    "PS21.D.path",
    PATHS,
    title="Non-increasing path; path decreasing the loss maximally",
    kind="definition",
    where="Section 3.1",
    lines=(82, 82),
    given={"path": going(phi, path)},
    then=both(maximal(phi, path) >> ~from_end, (~from_end) >> maximal(phi, path)),
    proof=[
        have("words", maximal(phi, path) >> ~from_end, suppose_not([
            have("from the end", from_end, logic, "words.not"),
            have("maximal", maximal(phi, path), logic, "words.not"),
            have("on", both(going(phi, on), on(0) == path(1), phi(on(1)) < phi(path(1))), obtain(on), "from the end"),
            have("on going", going(phi, on), logic, "on"),
            have("meet", path(1) == on(0), logic, "on"),
            have("lower", phi(on(1)) < phi(path(1)), logic, "on"),
            have("joined", None, cite(JOINED, X=path, X2=on)),
            have("X3", both(going(phi, X3), X3(0) == path(0), X3(1) == on(1), within(path, X3)), obtain(X3), "joined"),
            have("longer", going(phi, X3), logic, "X3"),
            have("contains", within(path, X3), logic, "X3"),
            have("ends", X3(1) == on(1), logic, "X3"),
            have("ends lower", phi(X3(1)) < phi(path(1)), calculation, "lower", "<ends"),
            have("found", exists(longer, contained), take(X3), "longer", "contains", "ends lower"),
            have("clash", contradiction, logic, "found", "maximal"),
        ])),
        have("formally", (~from_end) >> maximal(phi, path), suppose_not([
            have("none", ~from_end, logic, "formally.not"),
            have("some", exists(longer, contained), logic, "formally.not"),
            have("longer", contained, obtain(longer), "some"),
            have("contains", within(path, longer), logic, "longer"),
            have("lower", phi(longer(1)) < phi(path(1)), logic, "longer"),
            have("moves", continuous(longer), logic, "longer"),
            have("falls", falls(phi, longer), logic, "longer"),
            have("if end", None, at(1), "contains"),
            have("some o", exists(s, both(in_time(s), path(1) == longer(s))), logic, "if end"),
            have("o", both(in_time(o), path(1) == longer(o)), obtain(o), "some o"),
            have("place", path(1) == longer(o), logic, "o"),
            have("in time", in_time(o), logic, "o"),
            have("rest moves", continuous(rest), by(paths.continuous_along_line, X=longer), "moves"),
            have("rest falls", falls(phi, rest), arbitrary(s, t, proof=[
                have("if times", None, at(o + s * (1 - o), o + t * (1 - o)), "falls"),
                have("gap", 1 - o >= 0, linear, "in time"),
                have("s late", s >= 0, logic, "rest falls.if"),
                have("later", t - s >= 0, linear, "rest falls.if"),
                have("left", 1 - t >= 0, linear, "rest falls.if"),
                have("from o", s * (1 - o) >= 0, by(signs.product_not_negative), "s late", "gap"),
                have("on time", (t - s) * (1 - o) >= 0, by(signs.product_not_negative), "later", "gap"),
                have("to 1", (1 - t) * (1 - o) >= 0, by(signs.product_not_negative), "left", "gap"),
                have("times", both(0 <= o + s * (1 - o), o + s * (1 - o) <= o + t * (1 - o), o + t * (1 - o) <= 1), linear, "in time", "from o", "on time", "to 1"),
                have("fall", phi(rest(t)) <= phi(rest(s)), logic, "if times", "times"),
            ])),
            have("going", going(phi, rest), logic, "rest moves", "rest falls"),
            have("found", from_end, take(rest), "going", "place", "lower"),
            have("clash", contradiction, logic, "found", "none"),
        ])),
        have("both", both(maximal(phi, path) >> ~from_end, (~from_end) >> maximal(phi, path)), logic, "words", "formally"),
    ],
)  # fmt: skip
