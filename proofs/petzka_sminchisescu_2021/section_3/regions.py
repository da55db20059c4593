"""Section 3.1: local minima on non-attracting regions, and the landscape of Figure 1.

Notation: phi is a function of vectors; a path is a function of t in [0, 1].

Statements
- PS21.D1.escape: from a flat line that leads to a point where phi bends down, phi can be lowered.
- PS21.F1: x^2 (1 - y^2) has local minima on a non-attracting region.
"""

from fractions import Fraction
from typing import Any

from symbolic_landscape.arithmetic.exact_data import matrix_of
from symbolic_landscape.proofs.rules import paths, vectors
from symbolic_landscape.proofs.rules.curves import twice_smooth
from symbolic_landscape.proofs.rules.paths import continuous
from symbolic_landscape.proofs.rules.vectors import bend
from symbolic_landscape.statement.language import (
    Expr,
    both,
    every,
    exists,
    fn,
    function,
    gradient,
    like,
    matrix,
    natural,
    real,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.proof import (
    arbitrary,
    at,
    by,
    calculation,
    cases,
    have,
    linear,
    logic,
    obtain,
    take,
)
from symbolic_landscape.statement.setting import Setting
from symbolic_landscape.statement.step import Step
from symbolic_landscape.statement.term import Term, num

q, s, t, r = natural("q"), real("s"), real("t"), real("r")
y = matrix("y", q, 1)
move, bent = like("move", y), like("bent", y)
phi = function("phi", y, r)


def escape_from(phi: Any, y: Any) -> Expr:
    """A path starts at y, along which phi never rises, and ends lower (Definition 1)."""
    path = function("path", t, y)
    falls = every(s, t, both(0 <= s, s <= t, t <= 1) >> (phi(path(t)) <= phi(path(s))))
    return exists(path, both(continuous(path), path(0) == y, falls, phi(path(1)) < phi(y)))


def landscapes() -> tuple[tuple[str, dict[Term, Any]], ...]:
    """The landscape of Figure 1, and others with a flat line."""
    w = matrix("w", q, 1)
    first, second = w[1, 1], w[2, 1]
    made = []
    for name, body, point, there, down in (
        ("Figure 1", first * first * (1 - second * second), (0, 0), (0, 2), (1, 0)),
        (
            "Figure 1, elsewhere",
            first * first * (1 - second * second),
            (0, Fraction(1, 2)),
            (0, 2),
            (1, 0),
        ),
        ("attracting", first * first, (0, 0), (0, 2), (1, 0)),
        ("not level", first * first - second * second, (0, 0), (1, 1), (0, 1)),
        ("cubic", first * first * (1 - second), (0, 0), (0, 3), (1, 0)),
    ):
        columns = [matrix_of([[x] for x in column], name) for column in (point, there, down)]
        values: dict[Expr, Any] = {
            q: 2,
            phi: (fn(w, body).term, {q.term: 2}),
            **dict(zip((y, move, bent), columns, strict=True)),
        }
        made.append((name, {v.term: value for v, value in values.items()}))
    return tuple(made)


LANDSCAPE = Setting("a function of vectors at a point", variables=(q, phi, y), instances=landscapes)
path = function("path", t, y)
low = phi(path(1)) < phi(y)
never_rises = every(s, t, both(0 <= s, s <= t, t <= 1) >> (phi(path(t)) <= phi(path(s))))
edge = y + move
level, down = fn(t, y + t * move), fn(t, edge + t * (r * bent))
falling = every(s, t, both(0 <= s, s <= t, t <= 1) >> (phi(down(t)) <= phi(down(s))))
first = every(t, (2 * t <= 1) >> (path(t) == level(2 * t)))
second = every(t, (2 * t >= 1) >> (path(t) == down(2 * t - 1)))


def early(name: str, s: Expr, before: str) -> list[Step]:
    """Steps: before half time phi is what it was."""
    return [
        have(f"{name} if", None, at(s), "first"),
        have(f"{name} place", path(s) == level(2 * s), logic, f"{name} if", before),
        have(f"{name} level", phi(level(2 * s)) == phi(y), at(2 * s), "level"),
        have(f"{name} value", phi(path(s)) == phi(y), calculation, f"{name} place", f"{name} level"),
    ]  # fmt: skip


def late(name: str, s: Expr, *after: str) -> list[Step]:
    """Steps: after half time the path falls."""
    late = [have(f"{name} late", 2 * s >= 1, linear, *after)] if after else []
    used = [f"{name} late"] if after else []
    return [
        *late,
        have(f"{name} if", None, at(s), "second"),
        have(f"{name} place", path(s) == down(2 * s - 1), logic, f"{name} if", *used),
        have(f"{name} value", phi(path(s)) == phi(down(2 * s - 1)), calculation, f"{name} place"),
    ]


goal, given = phi(path(t)) <= phi(path(s)), "never rises.if"
ESCAPES = Statement(
    "PS21.D1.escape",
    LANDSCAPE,
    title="A flat line to a point where the function bends down is a way out",
    where="Section 3.1, Definition 1",
    lines=(87, 90),
    names=(move, bent),
    given={
        "smooth": twice_smooth(phi),
        "level": every(t, phi(y + t * move) == phi(y)),
        "critical": gradient(phi, edge) == 0,
        "bends": bend(phi, edge, bent) < 0,
    },
    then=escape_from(phi, y),
    proof=[
        have("falls", None, by(vectors.falls_where_bent, phi=phi, y=edge, w2=bent), "smooth", "critical", "bends"),
        have("r", both(phi(down(1)) < phi(edge), falling), obtain(r), "falls"),
        have("lower", phi(down(1)) < phi(edge), logic, "r"),
        have("falling", falling, logic, "r"),
        have("edge level", phi(edge) == phi(y), at(1), "level"),
        have("level moves", continuous(level), by(paths.continuous_line, A=y, A2=move)),
        have("down moves", continuous(down), by(paths.continuous_line, A=edge, A2=r * bent)),
        have("meet", level(1) == down(0), logic),
        have("some path", None, by(paths.joined_paths, X=level, X2=down), "level moves", "down moves", "meet"),
        have("path", both(continuous(path), first, second), obtain(path), "some path"),
        have("moves", continuous(path), logic, "path"),
        have("first", first, logic, "path"),
        have("second", second, logic, "path"),
        have("if start", None, at(0), "first"),
        have("begin", path(0) == y, logic, "if start"),
        *late("end", Expr(num(1))),
        have("low", low, linear, "end value", "lower", "edge level"),
        have(
            "never rises",
            never_rises,
            arbitrary(
                s,
                t,
                proof=[
                    have(
                        "order",
                        goal,
                        cases(
                            [
                                have("s early", 2 * s <= 1, linear, given, "order.1"),
                                *early("s", s, "s early"),
                                *early("t", t, "order.1"),
                                have("equal", goal, linear, "s value", "t value"),
                            ],
                            [
                                *late("t", t, "order.2"),
                                have(
                                    "after",
                                    goal,
                                    cases(
                                        [
                                            *early("s", s, "after.1"),
                                            have("if falling", None, at(0, 2 * t - 1), "falling"),
                                            have("in time", both(0 <= 2 * t - 1, 2 * t - 1 <= 1), linear, given, "order.2"),
                                            have("below edge", phi(down(2 * t - 1)) <= phi(edge), logic, "if falling", "in time"),
                                            have("less", goal, linear, "t value", "s value", "below edge", "edge level"),
                                        ],
                                        [
                                            *late("s", s, "after.2"),
                                            have("if falling", None, at(2 * s - 1, 2 * t - 1), "falling"),
                                            have("in time", both(0 <= 2 * s - 1, 2 * s - 1 <= 2 * t - 1, 2 * t - 1 <= 1), linear, given, "after.2"),
                                            have("falls on", phi(down(2 * t - 1)) <= phi(down(2 * s - 1)), logic, "if falling", "in time"),
                                            have("less", goal, linear, "t value", "s value", "falls on"),
                                        ],
                                        split=2 * s <= 1,
                                    ),
                                ),
                            ],
                            split=2 * t <= 1,
                        ),
                    )
                ],
            ),
        ),
        have("escape", escape_from(phi, y), take(path), "moves", "begin", "never rises", "low"),
    ],
)  # fmt: skip
