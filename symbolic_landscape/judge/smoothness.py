"""How smooth a function given by a tree is: read off the tree.

A function of several arguments, as of the members of a point, is smooth in all of them together.
A set is open where it is made from strict inequalities of smooth functions by "and" and "or".

Objects: Smoothness. Functions: smooth, analytic_in, smooth_on.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from itertools import product
from typing import TYPE_CHECKING, Any

from symbolic_landscape.errors import LandscapeError
from symbolic_landscape.formula import parse_formula
from symbolic_landscape.functions.activations import Activation, ScalarLoss
from symbolic_landscape.functions.smoothness import continuously_differentiable, undefined_point
from symbolic_landscape.judge.arbitrary import Arbitrary
from symbolic_landscape.judge.comparisons import compared
from symbolic_landscape.judge.places import Closure, Place, Updated
from symbolic_landscape.judge.symbols import symbol
from symbolic_landscape.judge.values import Family, Function
from symbolic_landscape.statement.parts import unfold
from symbolic_landscape.statement.printing import text
from symbolic_landscape.statement.term import BOUND, INT, NAT, Term, num, term
from symbolic_landscape.verdict import Evidence, Verdict, holds, undecided

if TYPE_CHECKING:
    from symbolic_landscape.judge.evaluation import Evaluation

POLYNOMIAL = frozenset(("add", "mul", "tr", "had", "hcat", "vcat", "entry", "trace", "det"))
"""Operations that are polynomials in the entries of their arguments."""


def _continuous(f: Activation | ScalarLoss) -> Verdict:
    """HOLDS where nothing jumps, FAILS at a jump; a function without a value somewhere is none."""
    hole = undefined_point(f.formula)
    if hole is not None:
        return undecided(f"{f.formula} has no value at {hole}")
    return continuously_differentiable(f.formula, 0)


KINDS: Mapping[str, Callable[[Activation | ScalarLoss], Verdict]] = {
    "continuous": _continuous,
    "differentiable": lambda f: f.continuously_differentiable(),
    "smooth": lambda f: f.continuously_differentiable(),
    "twice smooth": lambda f: f.twice_continuously_differentiable(),
    "infinitely smooth": lambda f: f.infinitely_differentiable(),
    "analytic": lambda f: f.analytic(),
}
"""Continuous, differentiable, once, twice, infinitely often continuously differentiable, real
analytic; for functions of one real number. A formula that is differentiable is so continuously: it
is made of exp, log, tanh, atan and roots, so its derivative rises or falls beside each point (such
functions are o-minimal: Wilkie, J. AMS 9, 1996; van den Dries and Miller, Israel J. Math. 85, 1994)
and has limits from both sides, which by the mean value theorem are its value."""

ANALYTIC_ABOVE_ZERO = tuple(Activation.of(parse_formula(f)) for f in ("log(t)", "sqrt(t)"))
"""Functions that are analytic at positive numbers; elsewhere they need not be."""

OF_GRADIENT = {
    "continuous": "smooth",
    "differentiable": "twice smooth",
    "smooth": "twice smooth",
    "infinitely smooth": "infinitely smooth",
    "analytic": "analytic",
}
"""The kind of a function whose gradient, or derivative, is of a kind."""


@dataclass(frozen=True)
class Smoothness:
    """One of the kinds; `span` are the indices of members that a function may depend on."""

    owner: Evaluation
    kind: str
    span: range | None = None

    def of(self, f: Any) -> Verdict:
        """Whether f is of this kind; UNDECIDED where the tree does not show it."""
        match f:
            case Activation() | ScalarLoss():
                verdict = KINDS[self.kind](f)
                return Verdict(verdict.outcome, verdict.evidence, verdict.reason)
            case Function(term=t, values=values):
                return self.of(self.owner.value(t, Place(dict(values))))
            case Closure(term=t, place=place):
                why = self._doubt(t, frozenset(), place)
                if not why:
                    return holds(Evidence.EXACT, f"{self.kind}, by its operations: {text(t)}")
                return undecided(f"{self.kind}: {why}")
        return undecided(f"{self.kind}: the tree of {f!r} does not show it")

    def _doubt(self, t: Term, moving: frozenset[Term], place: Place) -> str:
        """Why the tree need not be smooth in the names that move; empty where it is."""
        if t.head == "lam":
            return self._doubt(t.args[1], moving | {t.args[0]}, place)
        if moving.isdisjoint(t.free) or t in moving:
            return ""
        match t.head:
            case "def":
                return self._doubt(unfold(t), moving, place)
            case "apply" | "map":
                return self._doubt_of_call(t, moving, place)
            case "upd":
                return self._first(t.args, moving, place)
            case "grad" | "deriv" if self.kind in OF_GRADIENT:
                inside = replace(self, kind=OF_GRADIENT[self.kind])
                return inside._first(t.args, moving, place)
            case "inv":
                outside = self._first(t.args, moving, place)
                return outside or self._doubt_of_sign(term("det", t.args[0]), moving, place)
            case "recip":
                outside = self._first(t.args, moving, place)
                return outside or self._doubt_of_sign(t.args[0], moving, place)
            case "sum" | "build":
                return self._doubt_of_indexed(t, moving, place)
            case "rec":
                i, previous, *parts, body = t.args
                here = Place({i: symbol(str(i.name))}, place)
                before = self._first(parts, moving, place)
                return before or self._doubt(body, moving | {previous}, here)
        if t.head not in POLYNOMIAL:
            return f"{t.head} of what moves may have no derivative"
        return self._first(t.args, moving, place)

    def _doubt_of_recursion(
        self, t: Term, index: Term, moving: frozenset[Term], place: Place
    ) -> str:
        """The same for the value of a recursion at an index: for each step up to there."""
        i, previous, start, base, body = t.args
        try:
            first, last = (self.owner.integer(k, place) for k in (start, index))
        except LandscapeError as cause:
            return str(cause)
        step = 1 if t.name == "up" else -1
        places = (Place({i: k}, place) for k in range(first + step, last + step, step))
        doubts = (self._doubt(body, moving | {previous}, inside) for inside in places)
        return self._doubt(base, moving, place) or next(filter(None, doubts), "")

    def _doubt_of_sign(
        self, t: Term, moving: frozenset[Term], place: Place, positive: bool = False
    ) -> str:
        """That a number need not have one sign everywhere, or need not be positive."""
        names = sorted(moving & t.free, key=lambda v: v.key)
        try:
            everywhere = Arbitrary(self.owner, names, place).everywhere
            if everywhere is not None:
                sides = 0, self.owner.value(t, Place(everywhere, place))
                pairs = (sides,) if positive else (sides, sides[::-1])
                if any(compared("lt", *pair).is_holds for pair in pairs):
                    return ""
        except LandscapeError as cause:
            return str(cause)
        return f"{t!r} may {'not be positive' if positive else 'be 0'} somewhere"

    def _doubt_of_indexed(self, t: Term, moving: frozenset[Term], place: Place) -> str:
        """The same for a sum or a matrix of entries, at each of its indices."""
        n = BOUND[t.head]
        one = num(1)
        ends = [t.args[1:3]] if t.head == "sum" else [(one, size) for size in t.args[2:4]]
        try:
            spans = [self.owner.span(low, high, place) for low, high in ends]
        except LandscapeError as cause:
            return str(cause)
        places = (Place(dict(zip(t.args[:n], at, strict=True)), place) for at in product(*spans))
        return next(filter(None, (self._doubt(t.args[-1], moving, p) for p in places)), "")

    def _first(self, parts: Any, moving: frozenset[Term], place: Place) -> str:
        return next(filter(None, (self._doubt(a, moving, place) for a in parts)), "")

    def _doubt_of_call(self, t: Term, moving: frozenset[Term], place: Place) -> str:
        f, argument = t.args
        if not moving.isdisjoint(f.free):
            if f in moving and f.sort.args[0].args[0] not in (INT, NAT):
                return f"it depends on the function {f}"
            inner = unfold(f) if f.head == "def" else f
            if inner.head == "rec":
                return self._doubt_of_recursion(inner, argument, moving, place)
            outside = self._outside(t, moving, place)
            return outside or self._first(t.args, moving, place)
        try:
            value = self.owner.value(f, place)
        except LandscapeError as cause:
            return str(cause)
        if isinstance(value, Family | Updated):
            return ""
        if value in ANALYTIC_ABOVE_ZERO and t.head == "apply":
            inside = self._doubt(argument, moving, place)
            return inside or self._doubt_of_sign(argument, moving, place, positive=True)
        verdict = self.of(value)
        return self._doubt(argument, moving, place) if verdict.is_holds else verdict.reason

    def _outside(self, t: Term, moving: frozenset[Term], place: Place) -> str:
        """That a member of a moving family is used which the function must not depend on."""
        f, index = t.args
        if self.span is None or f not in moving:
            return ""
        try:
            known = self.owner.integer(index, place)
        except LandscapeError as cause:
            return str(cause)
        return "" if known in self.span else f"it is made with {f}[{known}]"


def smooth(owner: Evaluation, kind: str, f: Any) -> Verdict:
    """Whether f is smooth, twice smooth or analytic."""
    return Smoothness(owner, kind).of(f)


def smooth_on(owner: Evaluation, kind: str, domain: Any, f: Any) -> Verdict:
    """Whether the set is open, and f is smooth or twice smooth: on the whole space."""
    if isinstance(domain, Function):
        domain = owner.value(domain.term, Place(dict(domain.values)))
    if not isinstance(domain, Closure):
        return undecided(f"{domain!r} is no set that is known")
    x, condition = domain.term.args
    doubt = _doubt_of_open(owner, x, condition, domain.place)
    return undecided(doubt) if doubt else smooth(owner, kind, f)


def _doubt_of_open(owner: Evaluation, x: Term, condition: Term, place: Place) -> str:
    """Why the set of all x with the condition need not be open; empty where it is."""
    if x not in condition.free:
        return ""
    if condition.head in ("and", "or"):
        parts = (_doubt_of_open(owner, x, part, place) for part in condition.args)
        return next(filter(None, parts), "")
    if condition.head != "lt":
        return f"{condition!r} may say what is not open"
    low, high = condition.args
    difference = Closure(term("lam", x, term("add", high, term("mul", num(-1), low))), place)
    verdict = smooth(owner, "smooth", difference)
    return "" if verdict.is_holds else verdict.reason


def analytic_in(owner: Evaluation, low: int, high: int, f: Any) -> Verdict:
    """Whether f is analytic and made with the members from low to high alone."""
    return Smoothness(owner, "analytic", range(low, high + 1)).of(f)
