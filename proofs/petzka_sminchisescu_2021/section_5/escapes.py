"""Sections 5.1 and 5.2: paths from an embedded minimum along which the loss never rises.

Notation: e moves weights out from the unit to its copy; along it the loss is constant.

Statements
- PS21.T9.level: the loss is constant along e.
- PS21.T9.outside: with lambda = -1 and B positive definite the loss bends down somewhere.
- PS21.T9.escape: a path leads from each way to share the weights out to a lower loss.
- PS21.T13: the step of Theorem 13, from its hypotheses: a unit more gives a local minimum with such
  a path.
"""

from typing import Any

from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_3.regions import (
    ESCAPES,
    escape_from,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_5.critical_points import (
    CRITICAL,
    LOSSES,
    SPLIT_CRITICAL,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_5.degenerate_minima import (
    FLAT_KERNEL,
    R11,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_5.embedded_minima import (
    APART,
    BEND,
    RIGHT_SIGN,
    other,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_5.embedding import (
    D_GAMMA,
    PRESERVED,
    SPLIT,
    embedded,
    split,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.section_5.second_order import dy
from symbolic_landscape.proofs.petzka_sminchisescu_2021.settings.unit_variables import (
    M,
    lam,
    m,
    n,
    y,
    z,
)
from symbolic_landscape.proofs.petzka_sminchisescu_2021.settings.units import (
    B_,
    LARGE,
    SMALL,
    SMOOTH,
    UNIT,
    in_,
    new_in_,
    new_out_,
    old_,
    out_,
    rest_,
    theta,
    u,
    v,
)
from symbolic_landscape.proofs.rules import definite, entries
from symbolic_landscape.proofs.rules.curves import twice_smooth
from symbolic_landscape.proofs.rules.definite import form, pd
from symbolic_landscape.proofs.rules.vectors import bend, least_near
from symbolic_landscape.statement.language import (
    Expr,
    both,
    contradiction,
    every,
    exists,
    gradient,
    like,
    ones,
    real,
    zeros,
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
    take,
)

s, t, r = real("s"), real("t"), real("r")
e = like("e", y)
move = (-1 - lam) * e
OUTSIDE = {"lambda": -1}
"""A share outside of [0, 1]."""


def passes(e: Any) -> Expr:
    """The direction moves weights out from the unit to its copy, as many as there are."""
    new = both(new_in_(e) == 0, new_out_(e) == v)
    return both(new, both(in_(old_(e)) == 0, out_(old_(e)) == -v, rest_(old_(e)) == 0))


there = y + t * e
LEVEL = Statement(
    "PS21.T9.level",
    UNIT,
    title="The loss is constant where weights out pass from the unit to its copy",
    where="Section 5, Important fact",
    lines=(153, 153),
    names=(y, e, t),
    given={"split": split(y, lam), "passes": passes(e)},
    then=both(split(there, lam + t), LARGE(there) == SMALL(z)),
    proof=[
        *SPLIT,
        have("new in", new_in_(e) == 0, logic, "passes"),
        have("passed", new_out_(e) == v, logic, "passes"),
        have("in still", in_(old_(e)) == 0, logic, "passes"),
        have("lost", out_(old_(e)) == -v, logic, "passes"),
        have("rest still", rest_(old_(e)) == 0, logic, "passes"),
        have("1", new_in_(there) == u, calculation, "in", "new in"),
        have("2", new_out_(there) == (lam + t) * v, calculation, "new out", "passed"),
        have("3", in_(old_(there)) == u, calculation, "old in", "in still"),
        have("4", out_(old_(there)) == (1 - lam - t) * v, calculation, "old out", "lost"),
        have("5", rest_(old_(there)) == theta, calculation, "rest", "rest still"),
        have("split there", split(there, lam + t), logic, "1", "2", "3", "4", "5"),
        have("same", None, cite(PRESERVED, y=there, **{"lambda": lam + t})),
        have("value", LARGE(there) == SMALL(z), logic, "same"),
        have("both", both(split(there, lam + t), LARGE(there) == SMALL(z)), logic, "split there", "value"),
    ],
)  # fmt: skip

row, still = ones(1, n), zeros(m, 1)
FALLS_OUTSIDE = Statement(
    "PS21.T9.outside",
    UNIT,
    title="With a share of -1 and B positive definite the loss bends down somewhere",
    where="Section 5.1, proof of Theorem 9; Section 5.2",
    lines=(406, 406),
    names=(y,),
    standing=(n >= 1,),
    given={**SMOOTH, "definite": pd(B_(z)), "split": split(y, -1)},
    then=exists(dy, bend(LARGE, y, dy) < 0),
    proof=[
        have(
            "not zero",
            row.T != 0,
            cases(
                [
                    have(
                        "clash",
                        contradiction,
                        by(entries.entry_of_zero, A=row.T, i=1, j=1),
                        "not zero.1",
                    ),
                    have("absurd", row.T != 0, logic, "clash"),
                ],
                [have("given", row.T != 0, logic, "not zero.2")],
                split=row.T == 0,
            ),
        ),
        have("form", form(B_(z), row.T) > 0, by(definite.form_positive), "definite", "not zero"),
        have("direction", None, cite(APART, x=row, g=still, **OUTSIDE)),
        have("dy", None, obtain(dy), "direction"),
        have("bend", None, cite(BEND, x=row, g=still, **OUTSIDE)),
        have("down", bend(LARGE, y, dy) < 0, linear, "bend", "form"),
        have("some", exists(dy, bend(LARGE, y, dy) < 0), take(dy), "down"),
    ],
)  # fmt: skip

ESCAPE = Statement(
    "PS21.T9.escape",
    UNIT,
    title="A path of non-increasing loss leads from an embedded point to a lower loss",
    where="Section 3.1, Definition 1; Appendix A.1, proof of Theorem 9",
    lines=(406, 406),
    names=(y,),
    standing=(n >= 1,),
    given={**SMOOTH, **CRITICAL, "definite": pd(B_(z)), "split": split(y, lam)},
    then=escape_from(LARGE, y),
    proof=[
        have("direction", None, cite(APART, x=zeros(1, n), g=-v)),
        have("passes", passes(e), obtain(e), "direction"),
        have("here", None, cite(LEVEL, t=0)),
        have("value", LARGE(y) == SMALL(z), logic, "here"),
        have(
            "level",
            every(t, LARGE(y + t * move) == LARGE(y)),
            arbitrary(
                t,
                proof=[
                    have("there", None, cite(LEVEL, t=t * (-1 - lam))),
                    have("value there", LARGE(y + t * move) == SMALL(z), logic, "there"),
                    have("same", LARGE(y + t * move) == LARGE(y), linear, "value there", "value"),
                ],
            ),
        ),
        have("at the edge", None, cite(LEVEL, t=-1 - lam)),
        have("split there", split(y + move, -1), logic, "at the edge"),
        have("critical there", gradient(LARGE, y + move) == 0, cite(SPLIT_CRITICAL, y=y + move, **OUTSIDE)),
        have("bends", None, cite(FALLS_OUTSIDE, y=y + move)),
        have("dy", bend(LARGE, y + move, dy) < 0, obtain(dy), "bends"),
        have("losses", None, cite(LOSSES)),
        have("large twice", twice_smooth(LARGE), logic, "losses"),
        have("escape", escape_from(LARGE, y), cite(ESCAPES, q=n + m + M, phi=LARGE, y=y, move=move, bent=dy)),
    ],
)  # fmt: skip

inside = both(0 < lam, lam < 1)
T13 = Statement(
    "PS21.T13",
    UNIT,
    title="The step of Theorem 13, from its hypotheses: a unit more, a minimum, and a way out of it",
    kind="theorem",
    where="Section 5.2, Theorem 13, one step of its induction; the paper has one hidden layer",
    lines=(211, 224),
    standing=(n >= 1,),
    given={**SMOOTH, **FLAT_KERNEL, "definite": pd(B_(z)), "between": inside},
    then=both(least_near(LARGE, embedded, other), escape_from(LARGE, embedded)),
    proof=[
        have("right sign", RIGHT_SIGN["right sign"], logic, "definite", "between"),
        have("minimum", least_near(LARGE, embedded, other), cite(R11)),
        have("if no move", None, at(zeros(M, 1)), "flat"),
        have("critical", gradient(SMALL, z) == 0, logic, "if no move"),
        have("split", split(embedded, lam), cite(D_GAMMA)),
        have("escape", escape_from(LARGE, embedded), cite(ESCAPE, y=embedded)),
        have("both", both(least_near(LARGE, embedded, other), escape_from(LARGE, embedded)), logic, "minimum", "escape"),
    ],
    gloss="Theorem 13 says that such networks exist. This is the step of its induction: what is given "
    "here has to hold at the network before. 'minimum, B positive definite' is an exact network that "
    "meets all of it together, with the activation t + t^3 + t^5/10.",
    hedge="The paper starts from a sigmoid network found by training; none is exact here (an enclosed "
    "one is in PS21.E5.4). PS21.T13.again derives what is given here for the larger network, so the step can "
    "be repeated; how often is said in words.",
)  # fmt: skip
