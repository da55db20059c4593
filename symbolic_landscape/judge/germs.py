"""What a formula in one real variable says near infinity and near 0, exactly.

"There is an x such that it holds for all t >= x" asks for the last cell of the line only, and
"there is an x > 0 such that it holds for all t between -x and x" for 0 and the cells beside it.
"For each eps > 0, f(t) is within eps of r for all late t" says that the limit of f is r.

Functions: eventually, near_zero, limit_at_infinity, limit_asked.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING

from symbolic_landscape.arithmetic import QQ, Scalar
from symbolic_landscape.formula import Formula, T, evaluated
from symbolic_landscape.functions import Infinity
from symbolic_landscape.functions.limits import End
from symbolic_landscape.functions.signs import limit
from symbolic_landscape.functions.substitutions import Root, rational_point
from symbolic_landscape.judge.comparisons import compared
from symbolic_landscape.judge.line import Cell, Line, cells
from symbolic_landscape.judge.operations import REACHING, real
from symbolic_landscape.judge.places import Place
from symbolic_landscape.statement.parts import unfold
from symbolic_landscape.statement.term import REAL, Term, num, term
from symbolic_landscape.verdict import Evidence, Verdict, fails, holds

if TYPE_CHECKING:
    from symbolic_landscape.judge.evaluation import Evaluation

ROUNDS = 4
"""So often a cell is cut at the zeros that were met on it."""

LATE = Cell(rational_point(10**6), None)
"""Where a function in pieces is one of them, if the pieces are of small numbers."""


def eventually(owner: Evaluation, x: Term, body: Term, place: Place) -> Verdict | None:
    """The verdict on "some x: for all t >= x it holds"; None for other forms, or if it is open."""
    t, given, then = _implication(x, body)
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
    t, given, then = _implication(x, body.args[1])
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


def limit_at_infinity(owner: Evaluation, t: Term, place: Place) -> Verdict | None:
    """The verdict on "for each eps > 0, F(t) is within eps of R for all late t", by the limit of F.

    None for other forms, and where the limit is not known, or not whether R is equal to it.

    Raises what an evaluation raises where F or R has no value.
    """
    parts = _limit(t)
    if parts is None:
        return None
    s, function, target = parts
    found, said = _late_limit(owner, s, function, place)
    if found is None:
        return None
    if isinstance(found, Infinity):
        return fails(Evidence.EXACT, f"{said} {found}")
    value = evaluated(found, REACHING.constant(Fraction(0)), REACHING)
    verdict = compared("eq", value, owner.value(target, place))
    return None if verdict.is_undecided else verdict.because(f"{said} {value}: {verdict.reason}")


def limit_asked(owner: Evaluation, f: Term) -> tuple[Term, Scalar] | None:
    """The name of R, and the value with which such a formula holds; None as above."""
    t = unfold(f) if f.head == "def" else f
    parts = _limit(t) if t.head == "forall" else None
    if parts is None or parts[2] not in owner.instance.values:
        return None
    found, _ = _late_limit(owner, parts[0], parts[1], owner.root)
    if found is None or isinstance(found, Infinity):
        return None
    return parts[2], evaluated(found, REACHING.constant(Fraction(0)), REACHING)


def _late_limit(
    owner: Evaluation, s: Term, function: Term, place: Place
) -> tuple[Formula | Infinity | None, str]:
    """The limit of F(s), None where it is not known, and how it is said."""
    line = Line(owner.fresh(str(s.name).replace("#", "t"), 1)[0], LATE)
    formula: Formula = line.raw(real(owner.value(function, Place({s: Scalar(line, T)}, place))))
    return limit(formula, End.PLUS_INFINITY), f"{formula.text(line.variable)} tends to"


def _limit(t: Term) -> tuple[Term, Term, Term] | None:
    """s, F and R of "for each eps > 0, F(s) is within eps of R for all late s"."""
    eps, body = t.args
    if eps.args[0] is not REAL or body.head != "implies" or body.args[1].head != "exists":
        return None
    late, inner = body.args[1].args
    s, given, then = _implication(late, inner)
    asked = body.args[0] is term("lt", num(0), eps) and s is not None
    if s is None or not asked or given not in (term("le", late, s), term("lt", late, s)):
        return None
    if then.head != "and" or [a.head for a in then.args] != ["le", "le"]:
        return None
    for function, target in _differences(then.args[0].args[0]):
        sides = {a.args[0] for a in then.args}
        wanted = {_minus(function, target), _minus(target, function)}
        free = {eps, s} & target.free | {eps} & function.free
        if sides == wanted and not free and {a.args[1] for a in then.args} == {eps}:
            return s, function, target
    return None


def _minus(a: Term, b: Term) -> Term:
    return term("add", a, term("mul", num(-1), b))


def _differences(t: Term) -> list[tuple[Term, Term]]:
    """F and R, in either order, where the term is F - R."""
    if t.head != "add" or len(t.args) != 2:
        return []
    a, b = t.args
    found = [(a, b.args[1])] if b.head == "mul" and b.args[0] is num(-1) else []
    return [*found, *((R, F) for F, R in found)]


def _implication(x: Term, body: Term) -> tuple[Term | None, Term, Term]:
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
