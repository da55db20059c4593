"""The verdict on a formula on an instance: the same tree that is printed and that the kernel reads.

A quantifier over the reals, matrices or functions FAILS where a value refutes it (or, for `exists`,
where every value does), and HOLDS by an identity with free symbols or by a witness. Samples alone
never make a `forall` hold. A decision that is given for an abbreviation or a predicate settles it
in place of its tree.

Objects: Evaluation. Functions: value, decide, connected.

Design notes. A free symbol stands for all numbers at once, so one evaluation with symbols decides
"for all": a comparison HOLDS there if it holds for all their values, FAILS if it fails for all, and
the connectives keep that meaning. The decision of a predicate looks at single values, so it is not
asked where there are free symbols. Affine equations among the premises (or in the body of an
`exists`) are solved, and only their solutions are looked at: all others make no difference.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property, partial
from random import Random
from typing import Any, TypeAlias, TypeVar

from symbolic_landscape.arithmetic import Matrix, Scalar, shown
from symbolic_landscape.errors import (
    DeclarationError,
    DomainError,
    LandscapeError,
    ParseError,
    ShapeError,
    SmoothnessError,
)
from symbolic_landscape.judge.arbitrary import Arbitrary, Values
from symbolic_landscape.judge.comparisons import compared, compared_matrices
from symbolic_landscape.judge.germs import eventually, limit_at_infinity, near_zero
from symbolic_landscape.judge.neighbourhoods import local_minimum
from symbolic_landscape.judge.objects import Source
from symbolic_landscape.judge.operations import real, total
from symbolic_landscape.judge.places import Budget, Closure, Cost, Lazy, Place, Updated
from symbolic_landscape.judge.predicates import PREDICATES
from symbolic_landscape.judge.quantifiers import Check, exists, for_all, injective, monotone
from symbolic_landscape.judge.single import single
from symbolic_landscape.judge.smoothness import KINDS, analytic_in, smooth, smooth_on
from symbolic_landscape.judge.valuation import Valuation
from symbolic_landscape.judge.values import Family, Function, Instance, UnsettledError, described
from symbolic_landscape.statement.smoothness import SAID
from symbolic_landscape.statement.term import INT, NAT, NUMBERS, Term
from symbolic_landscape.verdict import Evidence, Verdict, fails, holds, negation, undecided

Decision: TypeAlias = Callable[[Instance, tuple[Any, ...]], Verdict]
"""From an instance and the values of the arguments, sets as functions, to a verdict."""

Found = TypeVar("Found")

NO_VALUE = (UnsettledError, DomainError, ShapeError, SmoothnessError, ParseError)
"""What an evaluation raises where there is no value that is known: then nothing is decided."""

LARGEST = 6
"""Sizes beyond this one are not drawn for the sake of a quantifier."""


def value(t: Term, instance: Instance, budget: Budget | None = None) -> Any:
    """The value of the term on the instance: int, Scalar, Matrix or a function.

    Raises UnsettledError, DomainError, ShapeError, SmoothnessError: it has none that is known.
    """
    return Valuation(instance, budget or Budget()).value(t)


def decide(
    formula: Term,
    instance: Instance,
    decisions: Mapping[str, Decision] | None = None,
    budget: Budget | None = None,
) -> Verdict:
    """The verdict on the formula on the instance."""
    return Evaluation(instance, decisions, budget).decide(formula)


class Evaluation(Valuation):
    """Verdicts on formulas on one instance; what they share is evaluated once."""

    def __init__(
        self,
        instance: Instance,
        decisions: Mapping[str, Decision] | None = None,
        budget: Budget | None = None,
        root: Place | None = None,
    ) -> None:
        super().__init__(instance, budget or Budget(), root)
        self.decisions = decisions or {}
        self._taken = [s for x in instance.values.values() for s in _symbols(x)]
        self._verdicts: dict[tuple[Place, Term], Verdict] = {}

    def decide(self, formula: Term) -> Verdict:
        """The verdict on a formula, with a budget of its own; what was asked before is no matter.

        It is UNDECIDED wherever the budget was used up on the way.
        """
        self.left = self.budget.steps
        self._cost, self._paid = Cost(), set()
        self._verdicts.clear()
        verdict = self.decided(formula, self.root)
        return undecided(self.exhausted) if self.left < 0 else verdict

    def decided(self, t: Term, place: Place) -> Verdict:
        """The verdict at a place."""
        place = self._place(t, place)
        if (place, t) in self._verdicts:
            return self._verdicts[place, t]
        try:
            self.spend(1)
            verdict = self._decided(t, place)
        except NO_VALUE as cause:
            return undecided(str(cause))
        self._verdicts[place, t] = verdict
        return verdict

    def _decided(self, t: Term, place: Place) -> Verdict:
        if t.head in CONNECTIVES:
            return connected(t, lambda part: self.decided(part, place))
        match t.head:
            case "eq" | "le" | "lt":
                return self._compared(t, place)
            case "each":
                i, low, high, body = t.args
                places = ((k, Place({i: k}, place)) for k in self.span(low, high, place))
                return _all(f"for each {i}", ((f"{i} = {k}", self._later(body, p))
                                              for k, p in places))  # fmt: skip
            case "forall":
                return self._every(t, place)
            case "exists":
                return self._some(t, place)
            case "pred" | "def":
                return self._named(t, place)
            case "apply":
                return self._applied(t, place)
        message = f"{t.head} makes no formula that is decided"
        raise UnsettledError(message)

    def _later(self, t: Term, place: Place) -> Callable[[], Verdict]:
        return lambda: self.decided(t, place)

    # ---- atoms -----------------------------------------------------------------------------------
    def _compared(self, t: Term, place: Place) -> Verdict:
        a, b = t.args
        if t.head == "eq" and a is b:
            return holds(Evidence.EXACT, f"both sides are {a!r}")
        if a.sort.head == "formula":
            return _equivalent(self.decided(a, place), self.decided(b, place))
        return self._equal(t.head, self.value(a, place), self.value(b, place), a.sort, place)

    def _equal(self, relation: str, x: Any, y: Any, sort: Term, place: Place) -> Verdict:
        if isinstance(x, Matrix) and isinstance(y, Matrix):
            return compared_matrices(x, y)
        if sort.head == "fun":
            return self._equal_functions(x, y, sort, place)
        return compared(relation, x, y)

    def _equal_functions(self, f: Any, g: Any, sort: Term, place: Place) -> Verdict:
        if _same_function(f, g):
            return holds(Evidence.EXACT, "both sides are one function")
        x, codomain = sort.args

        def same(values: Values) -> Verdict:
            argument, inside = values[x], Place(values, place)
            try:
                if codomain.head == "formula":
                    return _equivalent(self._member(f, argument), self._member(g, argument))
                sides = self.call(f, argument), self.call(g, argument)
                return self._equal("eq", *sides, codomain, inside)
            except NO_VALUE as cause:
                return undecided(str(cause))

        return self._quantified(lambda: for_all(self, (x,), place, same))

    def _named(self, t: Term, place: Place) -> Verdict:
        """A predicate or an abbreviation: by the decision given for its name, else by its tree."""
        name = str(t.name)
        verdict = undecided(f"the predicate {name} has no decision")
        arguments = t.args[1:] if t.head == "def" else t.args
        if name in self.decisions:
            verdict = self._asked(name, arguments, place)
        elif t.head == "pred" and name in KINDS:
            return smooth(self, name, self.value(arguments[0], place))
        elif t.args[0] in SAID:
            return smooth(self, SAID[t.args[0]], self.value(arguments[0], place))
        elif t.head == "pred" and name == "analytic in":
            low, high = (self.integer(a, place) for a in arguments[:2])
            return analytic_in(self, low, high, self.value(arguments[2], place))
        elif t.head == "pred" and name in ("smooth on", "twice smooth on"):
            domain, f = (self.value(a, place) for a in arguments)
            return smooth_on(self, name.removesuffix(" on"), domain, f)
        elif t.head == "pred" and name in PREDICATES:
            return PREDICATES[name](*(self.value(a, place) for a in arguments))
        if t.head == "pred" or not verdict.is_undecided:
            return verdict
        body, inside = self.unfolded(t, place)
        unfolded = self.decided(body, inside)
        return verdict if unfolded.is_undecided and name in self.decisions else unfolded

    def _asked(self, name: str, arguments: Iterable[Term], place: Place) -> Verdict:
        """The verdict of the decision for a name, UNDECIDED where it would see free symbols."""
        try:
            values = tuple(self._argument(a, place) for a in arguments)
            verdict = self.decisions[name](self.instance, values)
        except DomainError as cause:
            return undecided(str(cause))
        if not isinstance(verdict, Verdict):
            message = f"the decision of {name!r} must answer a Verdict, got {verdict!r}"
            raise DeclarationError(message)
        return verdict

    def _argument(self, t: Term, place: Place) -> Any:
        """The value of an argument for a decision; a set is a function to verdicts there.

        Raises DomainError for free symbols, except in a set: its verdicts hold for all of them.
        """
        found = self.value(t, place)
        if t.sort.head != "fun":
            return single(found)
        x, codomain = t.sort.args
        if codomain.head == "formula":
            return partial(self._member, found)
        if x.args[0] in (INT, NAT) and not isinstance(found, Family):
            return single(Lazy(partial(self.call, found), {}))
        return single(found)

    def _applied(self, t: Term, place: Place) -> Verdict:
        f, x = (self.value(a, place) for a in t.args)
        return self._member(f, x)

    def _member(self, f: Any, x: Any) -> Verdict:
        """The verdict of a function whose values are formulas, such as a set."""
        if isinstance(f, Function):
            f = self.value(f.term, Place(dict(f.values)))
        if isinstance(f, Updated) and isinstance(x, int) and f.index != x:
            return self._member(f.function, x)
        if not isinstance(f, Closure):
            message = f"{f!r} is no set that is known"
            raise UnsettledError(message)
        return self.decided(f.term.args[1], Place({f.term.args[0]: x}, f.place))

    # ---- quantifiers -----------------------------------------------------------------------------
    def _every(self, t: Term, place: Place) -> Verdict:
        try:
            limit = self._quantified(partial(limit_at_infinity, self, t, place))
        except NO_VALUE:
            limit = None
        if limit is not None:
            return limit
        variables, body = _opened(t)
        given = body.args[0] if body.head == "implies" else None
        if len(variables) == 2:
            for known in (monotone, injective):
                found = self._quantified(partial(known, self, t.args[0], t.args[1], place))
                if found is not None and not found.is_undecided:
                    return found
        check = self._check(body, place)
        return self._quantified(lambda: for_all(self, variables, place, check, given))

    def _some(self, t: Term, place: Place) -> Verdict:
        for germ in (eventually, near_zero, local_minimum):
            found = self._quantified(partial(germ, self, t.args[0], t.args[1], place))
            if found is not None:
                return found
        variables, body = _opened(t)
        check = self._check(body, place)
        return self._quantified(lambda: exists(self, variables, place, check, body))

    def _check(self, body: Term, place: Place) -> Check:
        return lambda values: self.decided(body, Place(values, place))

    def _quantified(self, later: Callable[[], Found]) -> Found:
        """The verdict, and the names of its free symbols given back."""
        first = len(self._taken)
        try:
            return later()
        finally:
            del self._taken[first:]

    def source(self, place: Place, random: Random, largest: int) -> Source:
        """What objects are drawn from whose sizes have their values at the place."""
        return Source(
            lambda t: self.integer(t, place), lambda t: self.value(t, place), random, largest
        )

    @cached_property
    def largest(self) -> int:
        """The largest size up to which families are drawn: that of the instance, if small."""
        sizes = self.instance.values.values()
        return max((k for k in sizes if isinstance(k, int) and k <= LARGEST), default=2)

    def vanishing(self, t: Term, place: Place, names: list[str]) -> list[Scalar]:
        """Numbers that are 0 where the formula holds: what its equations say, joined by "and".

        What an `exists` inside asks for is unknown too; its free symbols are added to the names.
        """
        try:
            match t.head:
                case "and":
                    return [x for a in t.args for x in self.vanishing(a, place, names)]
                case "each":
                    i, low, high, body = t.args
                    span = self.span(low, high, place)
                    places = [Place({i: k}, place) for k in span]
                    return [x for p in places for x in self.vanishing(body, p, names)]
                case "or":
                    open_ = [a for a in t.args if not self.decided(a, place).is_fails]
                    return self.vanishing(open_[0], place, names) if len(open_) == 1 else []
                case "exists":
                    variables, body = _opened(t)
                    inner = Arbitrary(self, variables, place)
                    if inner.everywhere is not None:
                        found = self.vanishing(body, Place(inner.everywhere, place), names)
                        names.extend(inner.names)
                        return found
                case "def":
                    return self.vanishing(*self.unfolded(t, place), names)
                case "apply":
                    f, x = (self.value(a, place) for a in t.args)
                    if isinstance(f, Function):
                        f = self.value(f.term, Place(dict(f.values)))
                    if isinstance(f, Closure):
                        inside = Place({f.term.args[0]: x}, f.place)
                        return self.vanishing(f.term.args[1], inside, names)
                case "eq" if t.args[0].sort in NUMBERS or t.args[0].sort.head == "matrix":
                    return self._difference(t, place)
        except NO_VALUE:
            pass
        return []

    def _difference(self, t: Term, place: Place) -> list[Scalar]:
        x, y = (self.value(a, place) for a in t.args)
        made = total((x, -y))
        if isinstance(made, Matrix):
            return [entry for row in made.tolist() for entry in row]
        return [real(made)]

    def fresh(self, base: str, count: int) -> tuple[str, ...]:
        """Names of free symbols that are not in use."""
        while any(f"{base}_{k}" in self._taken for k in range(1, count + 1)):
            base += "'"
        names = tuple(f"{base}_{k}" for k in range(1, count + 1))
        self._taken.extend(names)
        return names


def _symbols(value: Any) -> Iterable[str]:
    """The free symbols that a value of the instance has in it."""
    if isinstance(value, Family):
        return (s for _, x in value.items for s in _symbols(x))
    return value.field.free_symbols if isinstance(value, Scalar | Matrix) else ()


def _same_function(f: Any, g: Any) -> bool:
    """Whether two functions are given by the same data, which says all of their values."""
    if f is g:
        return True
    if isinstance(f, Closure | Family) or type(f) is not type(g):
        return False
    try:
        return bool(described(f) == described(g))
    except LandscapeError:
        return False


def _opened(t: Term) -> tuple[tuple[Term, ...], Term]:
    """The variables of quantifiers of one kind that stand beside each other, and the body."""
    head, variables = t.head, []
    while t.head == head and t.args[0] not in variables:
        variables.append(t.args[0])
        t = t.args[1]
    return tuple(variables), t


def _equivalent(x: Verdict, y: Verdict) -> Verdict:
    if x.is_undecided or y.is_undecided:
        return x if x.is_undecided else y
    same = x.outcome is y.outcome
    return (holds if same else fails)(min(x.evidence, y.evidence), f"{x.reason}; {y.reason}")


CONNECTIVES = ("and", "or", "not", "implies")
"""The heads of formulas whose verdict follows from those on their parts."""


def connected(t: Term, decided: Callable[[Term], Verdict]) -> Verdict:
    """The verdict on a formula with a connective; its parts are decided as far as needed."""
    parts = (("", partial(decided, a)) for a in t.args)
    match t.head:
        case "and":
            return _all("", parts)
        case "or":
            return _any("", parts)
        case "not":
            return negation(decided(t.args[0]))
    premise = decided(t.args[0])
    if premise.is_fails:
        return holds(premise.evidence, f"its condition fails: {premise.reason}")
    conclusion = decided(t.args[1])
    if conclusion.is_holds or (premise.is_holds and not conclusion.is_undecided):
        return conclusion
    return undecided(premise.reason if premise.is_undecided else conclusion.reason)


Part: TypeAlias = tuple[str, Callable[[], Verdict]]


def _labelled(label: str, reason: str) -> str:
    return f"{label}: {reason}" if label else reason


def _all(what: str, parts: Iterable[Part], nothing: str = "nothing to check") -> Verdict:
    """HOLDS if all parts do, FAILS at the first that does, else UNDECIDED."""
    held: list[Verdict] = []
    doubt = None
    said = []
    for label, later in parts:
        verdict = later()
        if verdict.is_fails:
            return verdict.because(_labelled(label, verdict.reason))
        if verdict.is_undecided and doubt is None:
            doubt = verdict.because(_labelled(label, verdict.reason))
        held.append(verdict)
        said.append(_labelled(label, verdict.reason))
    if doubt is not None:
        return doubt
    evidence = min((v.evidence for v in held), default=Evidence.EXACT)
    return holds(evidence, shown("; ".join(said)) if said else f"{nothing} {what}".strip())


def _any(what: str, parts: Iterable[Part]) -> Verdict:
    """HOLDS at the first part that does, FAILS if all do, else UNDECIDED."""
    denied = ((n, lambda f=later: negation(f())) for n, later in parts)
    return negation(_all(what, denied, "there is nothing that could hold"))
