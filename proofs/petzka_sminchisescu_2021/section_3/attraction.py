"""Section 3.1, Definition 1: attracting and non-attracting regions.

Notation: R is a set of vectors, c the value of phi on it, U a neighbourhood: an open set with R in it.

Statements
- PS21.D1: an attracting region is not non-attracting, where all falling paths go on to a lowest end.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_3.falling_paths import (
    going,
    maximal,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_3.regions import phi, q
from symbolic_landscape.proofs.petzka_sminchisescu_2021.settings.landscape_decisions import (
    attracting,
    non_attracting,
    region_of_minima,
)
from symbolic_landscape.proofs.rules.points import close
from symbolic_landscape.proofs.rules.vectors import least_near
from symbolic_landscape.statement.language import (
    Expr,
    both,
    contradiction,
    define,
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
    at,
    calculation,
    claimed,
    have,
    linear,
    logic,
    obtain,
    suppose_not,
)
from symbolic_landscape.statement.setting import Setting
from symbolic_landscape.statement.step import Step
from symbolic_landscape.statement.term import Term

a, b, c, r, s, t = (real(name) for name in "abcrst")
w = matrix("w", q, 1)
R = function("R", w, true)


def neighbourhood(U: Expr, R: Expr, w: Expr) -> Expr:
    """U is open, and R lies in it."""
    other = like("other", w)
    is_open = every(w, U(w) >> exists(r, both(r > 0, every(other, close(other, w, r) >> U(other)))))
    return both(is_open, every(w, R(w) >> U(w)))


def is_attracting(phi: Expr, R: Expr, w: Expr) -> Expr:
    """All lowest ends of paths from some neighbourhood of R lie in R."""
    U, path, longer = function("U", w, true), function("path", t, w), function("longer", t, w)
    lowest = both(going(phi, path), U(path(0)), maximal(phi, path, longer))
    return exists(U, both(neighbourhood(U, R, w), every(path, lowest >> R(path(1)))))


def is_non_attracting(phi: Expr, R: Expr, c: Any, w: Expr) -> Expr:
    """From every neighbourhood of R a path leads lower than c."""
    U, path = function("U", w, true), function("path", t, w)
    down = exists(path, both(going(phi, path), U(path(0)), phi(path(1)) < c))
    return every(U, neighbourhood(U, R, w) >> down)


attracting_ = define(
    "attracting",
    (phi, R),
    is_attracting(phi, R, w),
    text="{1} is attracting for {0}",
    latex=r"{1} \text{{ is attracting for }} {0}",
)
non_attracting_ = define(
    "non-attracting",
    (phi, R, c),
    is_non_attracting(phi, R, c, w),
    text="{1} is non-attracting for {0}, where it is {2}",
    latex=r"{1} \text{{ is non-attracting for }} {0}, \text{{ where it is }} {2}",
)


other = like("other", w)
minima_ = define(
    "region of local minima",
    (phi, R, c),
    every(w, R(w) >> both(phi(w) == c, least_near(phi, w, other))),
    text="all points of {1} are local minima of {0} with the value {2}",
    latex=r"\text{{all points of }} {1} \text{{ are local minima of }} {0} \text{{ with the value }} {2}",
)


def regions() -> tuple[tuple[str, dict[Term, Any]], ...]:
    """Functions of the plane with a region on which they are 0."""
    made = []
    v = matrix("v", q, 1)
    x, z = v[1, 1], v[2, 1]
    axis, segment = x == 0, both(x == 0, -1 < z, z < 1)
    for name, body, region, level in (
        ("Figure 1", x * x * (1 - z * z), segment, 0),
        ("Figure 1, another value", x * x * (1 - z * z), segment, 1),
        ("parabola", x * x, axis, 0),
        ("two squares", x * x + z * z, both(x == 0, z == 0), 0),
        ("narrowing", (x * (x * z - 1)) * (x * (x * z - 1)), axis, 0),
        ("cubic", x * x * (1 - z), both(x == 0, z < 1), 0),
        ("saddle", x * z, both(x == 0, z == 0), 0),
    ):
        values: dict[Expr, Any] = {
            q: 2,
            phi: (fn(v, body).term, {q.term: 2}),
            R: (fn(v, region).term, {q.term: 2}),
            c: level,
        }
        made.append((name, {key.term: value for key, value in values.items()}))
    return tuple(made)


REGION = Setting(
    "a function of vectors and a region",
    variables=(q, phi, R, c),
    definitions=(attracting_, non_attracting_, minima_),
    decisions={
        attracting_.name: attracting,
        non_attracting_.name: non_attracting,
        minima_.name: region_of_minima,
    },
    instances=regions,
)
U, path, on = function("U", w, true), function("path", t, w), function("on", t, w)
longer = function("longer", t, w)
DISTINCT_TYPES = {"attracting": attracting_(phi, R), "minima": minima_(phi, R, c)}
lowest_end = both(
    going(phi, on), on(0) == path(0), maximal(phi, on, longer), phi(on(1)) <= phi(path(1))
)
lowest_ends = every(path, going(phi, path) >> exists(on, lowest_end))
ends_in = every(path, both(going(phi, path), U(path(0)), maximal(phi, path, longer)) >> R(path(1)))
leaving = both(going(phi, path), U(path(0)), phi(path(1)) < c)


def definition_1(
    given: Mapping[str, Expr],
    proof: Sequence[Step],
    reading: str = "printed",
    repaired: Statement | None = None,
    expected: tuple[str, ...] = (),
) -> Statement:
    """A reading of what tells attracting regions from non-attracting ones."""
    return Statement(
        "PS21.D1",
        REGION,
        title="Attracting / non-attracting region",
        kind="definition",
        where="Section 3.1, Definition 1",
        lines=(82, 89),
        given=given,
        then=~non_attracting_(phi, R, c),
        proof=proof,
        reading=reading,
        repaired=repaired,
        expected=expected,
        hedge="\"Two types may be distinguished\": PS21.D1.neither has a region of neither type. For networks with "
        "a loss of 0 the path of Theorem 5 ends lowest.",
    )  # fmt: skip


D1 = definition_1(
    {**DISTINCT_TYPES, "ends": lowest_ends},
    [
        have("excluded", ~non_attracting_(phi, R, c), suppose_not([
            have("out", non_attracting_(phi, R, c), logic, "excluded.not"),
            have("U", both(neighbourhood(U, R, w), ends_in), obtain(U), "attracting"),
            have("around", neighbourhood(U, R, w), logic, "U"),
            have("inside", ends_in, logic, "U"),
            have("if around", None, at(U), "out"),
            have("some path", exists(path, leaving), logic, "if around", "around"),
            have("path", leaving, obtain(path), "some path"),
            have("going", going(phi, path), logic, "path"),
            have("start", U(path(0)), logic, "path"),
            have("lower", phi(path(1)) < c, logic, "path"),
            have("if going", None, at(path), "ends"),
            have("goes on", exists(on, lowest_end), logic, "if going", "going"),
            have("on", lowest_end, obtain(on), "goes on"),
            have("on going", going(phi, on), logic, "on"),
            have("from there", on(0) == path(0), logic, "on"),
            have("start there", U(on(0)), calculation, "start", "<from there"),
            have("lowest", maximal(phi, on, longer), logic, "on"),
            have("not higher", phi(on(1)) <= phi(path(1)), logic, "on"),
            have("if lowest", None, at(on), "inside"),
            have("end", R(on(1)), logic, "if lowest", "on going", "start there", "lowest"),
            have("if end", None, at(on(1)), "minima"),
            have("level", phi(on(1)) == c, logic, "if end", "end"),
            have("clash", contradiction, linear, "level", "not higher", "lower"),
        ])),
    ],
    "repaired",
)  # fmt: skip
D1_PRINTED = definition_1(
    DISTINCT_TYPES,
    [
        have(
            "excluded",
            ~non_attracting_(phi, R, c),
            claimed("attracting: decreasing paths that start near R eventually end up in R"),
            "attracting",
            "minima",
            lines=(89, 89),
        )
    ],
    repaired=D1,
    expected=("refuted, statement", "invalid inference, step excluded"),
)
