"""What a formula in one real variable says near infinity and near 0, exactly.

"There is an x such that it holds for all t >= x" asks for the last cell of the line only, and
"there is an x > 0 such that it holds for all t between -x and x" for 0 and the cells beside it.

Functions: eventually, near_zero, implication. Constant: ROUNDS.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from symbolic_landscape.arithmetic import QQ, Scalar
from symbolic_landscape.formula import T
from symbolic_landscape.functions.substitutions import Root, rational_point
from symbolic_landscape.judge.line import Cell, Line, cells
from symbolic_landscape.judge.places import Place
from symbolic_landscape.statement.term import REAL, Term, num, term
from symbolic_landscape.verdict import Evidence, Verdict, fails, holds

if TYPE_CHECKING:
    from symbolic_landscape.judge.evaluation import Evaluation

ROUNDS = 4
"""So often a cell is cut at the zeros that were met on it."""


def eventually(owner: Evaluation, x: Term, body: Term, place: Place) -> Verdict | None:
    """The verdict on "some x: for all t >= x it holds"; None for other forms, or if it is open."""
    t, given, then = implication(x, body)
    if t is None or given not in (term("le", x, t), term("lt", x, t)):
        return None
    verdict = _at_cell(owner, t, then, place, [], lambda cell: cell.high is None)
    if verdict is None:
        return None
    answer = holds if verdict.is_holds else fails
    return answer(verdict.evidence, f"for late {t}: {verdict.reason}")


def near_zero(owner: Evaluation, x: Term, body: Term, place: Place) -> Verdict | None:
    """The verdict on "some x > 0: for all t with -x < t < x it holds"; None as above."""
    if x.args[0] is not REAL or body.head != "and" or len(body.args) != 2:
        return None
    if body.args[0] is not term("lt", num(0), x):
        return None
    t, given, then = implication(x, body.args[1])
    if t is None:
        return None
    around = term("lt", term("mul", num(-1), x), t), term("lt", t, x)
    if given is not term("and", *around):
        return None
    origin = rational_point(0)
    found = [
        owner.decided(then, Place({t: QQ.scalar(0)}, place)),
        _at_cell(owner, t, then, place, [origin], lambda c: c.low == origin != c.high),
        _at_cell(owner, t, then, place, [origin], lambda c: c.high == origin != c.low),
    ]
    for verdict in found:
        if verdict is not None and verdict.is_fails:
            return fails(verdict.evidence, f"for small {t}: {verdict.reason}")
    known = [v for v in found if v is not None and v.is_holds]
    if len(known) < len(found):
        return None
    evidence = min((v.evidence for v in known), default=Evidence.EXACT)
    return holds(evidence, f"for small {t}: {known[-1].reason}")


def implication(x: Term, body: Term) -> tuple[Term | None, Term, Term]:
    """t, the condition and the conclusion of "for all real t: if ... then ...", free of x."""
    if x.args[0] is REAL and body.head == "forall" and body.args[0].args[0] is REAL:
        t, inner = body.args
        if inner.head == "implies" and x not in inner.args[1].free:
            return t, inner.args[0], inner.args[1]
    return None, body, body


def _at_cell(
    owner: Evaluation,
    t: Term,
    then: Term,
    place: Place,
    cuts: list[Root],
    wanted: Callable[[Cell], bool],
) -> Verdict | None:
    """The verdict on the one cell that is wanted, after cuts at all zeros that are met."""
    name = owner.fresh(str(t.name).replace("#", "t"), 1)[0]
    cell = next(c for c in cells(cuts) or () if wanted(c))
    for _ in range(ROUNDS):
        number = Scalar(Line(name, cell, cuts), T)
        verdict = owner.decided(then, Place({t: number}, place))
        if not verdict.is_undecided:
            return verdict
        parts = cells(cuts)
        following = None if parts is None else next((c for c in parts if wanted(c)), None)
        if following is None or following == cell:
            return None
        cell = following
    return None
