"""Section 3.2: what settles that a function is twice continuously differentiable on an open set.

Decisions: twice_smooth_on.

Design notes. A function is shown to be smooth by its tree, on the whole space; a set is shown to be
open where it is made from strict inequalities of smooth functions by "and" and "or". Where the tree
does not show it, nothing is decided.
"""

from __future__ import annotations

from typing import Any

from symbolic_landscape.errors import LandscapeError
from symbolic_landscape.judge.places import Budget, Closure, Place
from symbolic_landscape.judge.smoothness import smooth
from symbolic_landscape.judge.valuation import Valuation
from symbolic_landscape.judge.values import Function, Instance
from symbolic_landscape.statement.language import Expr, fn
from symbolic_landscape.statement.term import Term
from symbolic_landscape.verdict import Verdict, undecided


def twice_smooth_on(instance: Instance, arguments: tuple[Any, ...]) -> Verdict:
    """Whether the set U is open, and f is twice continuously differentiable there."""
    U, f = arguments
    owner = Valuation(instance, Budget())
    try:
        if isinstance(U, Function):
            U = owner.value(U.term, Place(dict(U.values)))
        if not isinstance(U, Closure):
            return undecided(f"{U!r} is no set that is known")
        x, body = U.term.args
        doubt = _doubt(owner, x, body, U.place)
        return undecided(doubt) if doubt else smooth(owner, "twice smooth", f)
    except LandscapeError as cause:
        return undecided(str(cause))


def _doubt(owner: Valuation, x: Term, body: Term, place: Place) -> str:
    """Why the set of x with this property need not be open; empty where it is."""
    if body.head in ("and", "or"):
        return next(filter(None, (_doubt(owner, x, part, place) for part in body.args)), "")
    if body.head == "lt":
        low, high = map(Expr, body.args)
        difference = owner.value(fn(Expr(x), high - low).term, place)
        verdict = smooth(owner, "smooth", difference)
        return "" if verdict.is_holds else verdict.reason
    return "" if x not in body.free else f"{body!r} may say what is not open"


DECISIONS = {"twice smooth on": twice_smooth_on}
