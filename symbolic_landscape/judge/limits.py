"""Limits at infinity that formulas ask for, exactly.

"For each eps > 0, f(t) - r is between -eps and eps for late t" is beyond samples and identities. On
the last cell of the line f becomes a formula, and the limit of that is decided; so "there is an r"
is decided too.

Functions: vanishing_late, settling_late, target.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from symbolic_landscape.arithmetic import QQ, Scalar
from symbolic_landscape.errors import LandscapeError
from symbolic_landscape.formula import T, evaluated
from symbolic_landscape.functions import Infinity
from symbolic_landscape.functions.limits import End
from symbolic_landscape.functions.signs import limit
from symbolic_landscape.functions.substitutions import Root
from symbolic_landscape.judge.comparisons import compared
from symbolic_landscape.judge.germs import ROUNDS, implication
from symbolic_landscape.judge.line import Line, cells
from symbolic_landscape.judge.operations import REACHING, real
from symbolic_landscape.judge.places import Place
from symbolic_landscape.statement.normal import Normal
from symbolic_landscape.statement.term import REAL, Term, num, substitute, term, unfold
from symbolic_landscape.verdict import Evidence, Verdict, fails, holds

if TYPE_CHECKING:
    from symbolic_landscape.judge.evaluation import Evaluation


def vanishing_late(owner: Evaluation, eps: Term, body: Term, place: Place) -> Verdict | None:
    """The verdict on "for all eps > 0: for late t, -eps <= f(t) <= eps".

    None for other forms, or if the limit is not known.
    """
    squeezed = _squeezed(eps, body)
    found = None if squeezed is None else _late_limit(owner, *squeezed, place)
    if found is None:
        return None
    if isinstance(found, Infinity):
        return fails(Evidence.EXACT, f"for late {_late(body)} it tends to {found}")
    verdict = compared("eq", found, QQ.scalar(0))
    return verdict.because(f"for late {_late(body)} it tends to {found}: {verdict.reason}")


def settling_late(owner: Evaluation, r: Term, body: Term, place: Place) -> Verdict | None:
    """The verdict on "there is an r such that f(t) - r vanishes for late t"; None as above."""
    body = unfold(body) if body.head == "def" else body
    squeezed = _squeezed(*body.args) if body.head == "forall" else None
    if r.args[0] is not REAL or squeezed is None:
        return None
    t, value = squeezed
    if not Normal().same(value, term("add", substitute(value, {r: num(0)}), _negative(r))):
        return None
    found = _late_limit(owner, t, substitute(value, {r: num(0)}), place)
    if found is None:
        return None
    answer = fails if isinstance(found, Infinity) else holds
    return answer(Evidence.EXACT, f"for late {t} it tends to {found}")


def target(owner: Evaluation, f: Term) -> tuple[Term, Scalar] | None:
    """The name and its value by which "A(t) - r vanishes for late t" holds; None as above."""
    body = unfold(f) if f.head == "def" else f
    squeezed = _squeezed(*body.args) if body.head == "forall" else None
    if squeezed is None:
        return None
    t, value = squeezed
    for r in sorted(value.free & owner.instance.values.keys(), key=str):
        if r.sort is REAL and Normal().same(
            value, term("add", substitute(value, {r: num(0)}), _negative(r))
        ):
            found = _late_limit(owner, t, substitute(value, {r: num(0)}), owner.root)
            if isinstance(found, Scalar):
                return r, found
    return None


def _negative(x: Term) -> Term:
    return term("mul", num(-1), x)


def _late(body: Term) -> str:
    """The name of t."""
    return str(body.args[1].args[1].args[0])


def _squeezed(eps: Term, body: Term) -> tuple[Term, Term] | None:
    """t, and the number that is between -eps and eps for late t; None for other forms."""
    if eps.args[0] is not REAL or body.head != "implies" or body.args[1].head != "exists":
        return None
    given, (late, inside) = body.args[0], body.args[1].args
    t, condition, then = implication(late, inside)
    if given is not term("lt", num(0), eps) or t is None or condition is not term("le", late, t):
        return None
    if then.head != "and" or [a.head for a in then.args] != ["le", "le"]:
        return None
    (value, bound), (other, bound2) = (a.args for a in then.args)
    minus = Normal().same(other, _negative(value))
    if bound is not eps or bound2 is not eps or not minus or not value.free.isdisjoint((eps, late)):
        return None
    return t, value


def _late_limit(owner: Evaluation, t: Term, value: Term, place: Place) -> Scalar | Infinity | None:
    """The limit of a number that depends on t, None where it is not known."""
    cuts: list[Root] = []
    name = owner.fresh(str(t.name).replace("#", "t"), 1)[0]
    for _ in range(ROUNDS):
        last = next((c for c in cells(cuts) or () if c.high is None), None)
        if last is None:
            return None
        line, known = Line(name, last, cuts), len(cuts)
        try:
            number = real(owner.value(value, Place({t: Scalar(line, T)}, place)))
            formula = line.raw(number) if number.field is line else None
        except LandscapeError:
            if len(cuts) == known:
                return None
            continue
        if formula is None:
            return number
        found = limit(formula, End.PLUS_INFINITY)
        if found is None or isinstance(found, Infinity):
            return found
        return evaluated(found, REACHING.constant(Fraction(0)), REACHING)
    return None
