"""Completing steps: what an author leaves out is found by matching; the kernel judges afterwards.

- `Apply`: terms for all variables of the rule, sizes too, and the yield. Facts may be left out as
  well: `FIND` in `uses` stands for one premise that is looked for among the facts in scope, newest
  first; alone it stands for all premises.
- `Cite`: the yield and the terms. A variable of the claim is what the author says, or what the
  sorts of that determine, or the variable of the same name in scope; else the hypotheses are
  matched with the facts in scope.
- `Instantiate`, `Obtain`: the yield. `Logic`: the yield where a fact used is an `if`, what it says
  then.

Among several ways the first is taken whose side conditions are known and whose yield is new. Where
nothing is found the step stays as it is, and the kernel says what is missing; `explain` says more.

Not trusted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice

from symbolic_landscape.errors import SortError
from symbolic_landscape.judge.kernel import Refused, Scope, need
from symbolic_landscape.judge.patterns import Matching, Work, matches
from symbolic_landscape.judge.rewriting import calculated, opened
from symbolic_landscape.judge.unknowns import MARK, Found, folded, open_names, put, unknowns
from symbolic_landscape.statement.normal import TRUE
from symbolic_landscape.statement.rule import Rule
from symbolic_landscape.statement.step import (
    Apply,
    Calculation,
    Cite,
    Instantiate,
    Logic,
    Obtain,
    Step,
)
from symbolic_landscape.statement.term import BOUND, Term, substitute, term

FIND = "?"
"""In place of the name of a fact: it is to be found."""

WAYS = 40
"""So many ways to complete a step are compared at most."""


def completed(step: Step, scope: Scope) -> Step:
    """The step with what was found for what it leaves out; the step itself where nothing was."""
    try:
        match step.reason:
            case Calculation():
                return calculated(step, scope)
            case Apply():
                return _applied(step, step.reason, scope)
            case Cite():
                return _cited(step, step.reason, scope)
            case Instantiate() | Obtain() if step.gives is None and len(step.uses) == 1:
                return replace(step, gives=_opened(step.reason, scope, step.uses[0]))
            case Logic() if step.gives is None:
                return replace(step, gives=_detached(step, scope))
    except (Refused, SortError):
        return step
    return step


def explain(step: Step, scope: Scope) -> str:
    """One sentence on the use of a rule: the premise that no fact matches, or what is found."""
    if not isinstance(step.reason, Apply):
        return f"{step.name} is no use of a rule, but of the reason {step.reason.word}"
    rule = step.reason.rule
    try:
        search = _Search(scope, rule.variables)
        goals = _goals(step, rule, search)
        start = next(search.given(step.reason.terms, {}, Work()), None)
        need(start is not None, f"the terms given do not fit the sorts of {rule.name}")
        assert start is not None
        met: list[_Goal] = []
        found: Found = start
        while len(met) < len(goals):
            left = [goal for goal in goals if goal not in met]
            more = ((goal, search.first([*met, goal], start)) for goal in left)
            goal, way = next((pair for pair in more if pair[1] is not None), (left[0], None))
            words = f" with {_shown(found)}" if found else ""
            need(way is not None, f"{goal} is not matched by {goal.among}{words}")
            assert way is not None
            met, found = [*met, goal], way
        missing = [str(v.name) for v in rule.variables if f"{MARK}{v.name}" not in found]
        need(not missing, f"nothing determines {', '.join(missing)}; found is {_shown(found)}")
        for side in rule.where:
            made = substitute(side, search.change_of(found))
            need(scope.proves(made), f"{rule.name} needs {made}, which is not known")
    except (Refused, SortError) as e:
        return str(e)
    return f"{rule.name} is matched with {_shown(found)}"


@dataclass(frozen=True, eq=False)
class _Goal:
    """A formula of a rule or claim, and the facts by name one of which it is to become."""

    what: str
    formula: Term
    pattern: Term
    facts: Mapping[str, Term]

    def __str__(self) -> str:
        return f"{self.what}, {self.formula},"

    @property
    def among(self) -> str:
        """The fact, or that all were looked at."""
        one = [f"{name}: {f}" for name, f in self.facts.items()] if len(self.facts) == 1 else ()
        return one[0] if one else f"any of {len(self.facts)} facts"


class _Search:
    """Looks for terms for these variables in a scope."""

    def __init__(self, scope: Scope, variables: Sequence[Term]) -> None:
        self.scope, self.variables = scope, variables
        self.names = {str(v.name): v for v in variables}
        self.unknown = unknowns(variables)
        self.folded = folded(scope.normal)

    def goal(self, what: str, formula: Term, facts: Mapping[str, Term]) -> _Goal:
        """The formula, to become one of the facts."""
        return _Goal(what, formula, substitute(formula, self.unknown), facts)

    def newest_first(self) -> dict[str, Term]:
        """All facts in scope."""
        return {name: f.formula for name, f in reversed(self.scope.facts.items())}

    def given(self, terms: Mapping[str, Term], found: Found, work: Work) -> Iterator[Found]:
        """These terms for variables, with what their sorts determine."""
        unknown = set(terms) - set(self.names)
        need(not unknown, f"there is no variable {', '.join(sorted(unknown))}")
        if not terms:
            yield found
            return
        (name, t), *others = terms.items()
        mark = f"{MARK}{name}"
        if mark in found:
            cases: Iterable[Found] = (found,) if found[mark] is t else ()
        else:
            sort = self.unknown[self.names[name]].args[0]
            cases = Matching(self.folded, work, True).fits(sort, t, found)
        for made in cases:
            yield from self.given(dict(others), {**made, mark: t}, work)

    def solutions(
        self, goals: Sequence[_Goal], found: Found, work: Work, deep: bool
    ) -> Iterator[tuple[Found, dict[str, str]]]:
        """Terms such that all goals are facts, with their names; `deep` unfolds definitions.

        A goal that matches nothing yet waits until another one has determined more.
        """
        if not goals:
            yield found, {}
            return
        left = {goal: len(open_names(goal.pattern) - found.keys()) for goal in goals}
        normal = self.scope.normal if deep else self.folded
        for goal in sorted(goals, key=lambda goal: (len(goal.facts) > 1, left[goal])):
            rest, some = [g for g in goals if g is not goal], False
            for name, f in goal.facts.items():
                for made in matches(normal, self.folded, work, goal.pattern, f, found):
                    some = True
                    for more, names in self.solutions(rest, made, work, deep):
                        yield more, {goal.what: name, **names}
            if some or not left[goal]:
                return

    def first(self, goals: Sequence[_Goal], found: Found) -> Found | None:
        """The first solution."""
        for deep in (False, True):
            for made, _ in self.solutions(goals, found, Work(), deep):
                return made
        return None

    def change_of(self, found: Found) -> dict[Term, Term]:
        """What is found, as a substitution for the variables."""
        pairs = {v: found.get(f"{MARK}{v.name}") for v in self.variables}
        return {v: t for v, t in pairs.items() if t is not None}

    def same(self, goal: _Goal, found: Found, name: str) -> bool:
        """Whether the goal, with what is found put in, says the same as the fact."""
        p, f = put(goal.pattern, found), goal.facts[name]
        return p is not None and (p is f or self.folded.same(p, f) or self.scope.normal.same(p, f))


# ---- rules ---------------------------------------------------------------------------------------
def _goals(step: Step, rule: Rule, search: _Search) -> list[_Goal]:
    """The premises with the facts used, and the yield where the step says it."""
    count, uses = len(rule.given), [u.removeprefix("<") for u in step.uses]
    if uses == [FIND]:
        uses = [FIND] * count
    need(len(uses) == count, f"{rule.name} has {count} premises, got {len(uses)}")
    goals = []
    for n, (p, name) in enumerate(zip(rule.given, uses, strict=True), 1):
        everything = name == FIND
        facts = search.newest_first() if everything else {name: search.scope.fact(name).formula}
        goals.append(search.goal(f"premise {n}", p, facts))
    if step.gives is not None:
        goals.append(search.goal("the yield", rule.then, {step.name: step.gives}))
    return goals


def _applied(step: Step, reason: Apply, scope: Scope) -> Step:
    rule = reason.rule
    said = step.gives is not None and FIND not in step.uses
    if said and len(reason.terms) == len(rule.variables):
        return step
    search = _Search(scope, rule.variables)
    goals = _goals(step, rule, search)
    for deep in (False, True):
        ways = islice(_ways(step, reason, search, goals, deep), WAYS)
        first = next(ways, None)
        if first is not None:
            better = (way for way in chain((first,), ways) if _is_good(way, step, scope, search))
            return next(better, first)
    return step


def _ways(
    step: Step, reason: Apply, search: _Search, goals: Sequence[_Goal], deep: bool
) -> Iterator[Step]:
    """Complete steps of which premises and yield are as they should be."""
    rule, work = reason.rule, Work()
    for start in search.given(reason.terms, {}, work):
        for found, names in search.solutions(goals, start, work, deep):
            change = search.change_of(found)
            if len(change) < len(rule.variables):
                continue
            if not all(search.same(goal, found, names[goal.what]) for goal in goals):
                continue
            uses = tuple(names[f"premise {n + 1}"] for n in range(len(rule.given)))
            terms = {str(v.name): t for v, t in change.items()}
            gives = step.gives
            if gives is None:
                gives = _tidied(substitute(rule.then, change))
            yield replace(step, gives=gives, uses=uses, reason=Apply(rule, terms))


def _is_good(way: Step, step: Step, scope: Scope, search: _Search) -> bool:
    """Whether the side conditions are known and the yield, if it was found, is new."""
    assert isinstance(way.reason, Apply)
    assert way.gives is not None
    terms = way.reason.terms
    change = {v: terms[str(v.name)] for v in search.variables}
    return all(scope.proves(substitute(side, change)) for side in way.reason.rule.where) and (
        step.gives is not None
        or (scope.normal.form(way.gives) is not TRUE and scope.find(way.gives) is None)
    )


# ---- citations and quantifiers -------------------------------------------------------------------
def _cited(step: Step, reason: Cite, scope: Scope) -> Step:
    claim = reason.statement.claim
    if step.gives is not None and len(reason.terms) == len(claim.variables):
        return step
    search = _Search(scope, claim.variables)
    facts = search.newest_first()
    given = [search.goal(name, f, facts) for name, f in claim.given.items()]
    goals = list(given)
    if step.gives is not None:
        goals.append(search.goal("the yield", claim.then, {step.name: step.gives}))
    best = None
    for own in (True, False):
        for found in islice(_citations(reason, search, goals, own), WAYS):
            change = search.change_of(found)
            gives = step.gives
            if gives is None:
                gives = _tidied(substitute(claim.then, change))
            terms = {str(v.name): t for v, t in change.items()}
            made = replace(step, gives=gives, reason=Cite(reason.statement, terms))
            best = best or made
            met = all(scope.find(substitute(f, change)) for f in claim.given.values())
            if met and scope.normal.same(substitute(claim.then, change), gives):
                return made
    return best or step


def _citations(reason: Cite, search: _Search, goals: Sequence[_Goal], own: bool) -> Iterator[Found]:
    """Terms for all variables; with `own`, variables of the same name are preferred to matches."""
    work = Work()
    for deep in (False, True):
        for start in search.given(reason.terms, {}, work):
            found = _with_own(search, start) if own else start
            left = [goal for goal in goals if open_names(goal.pattern) - found.keys()]
            for made, _ in search.solutions(left, found, work, deep):
                full = _with_own(search, made)
                if len(search.change_of(full)) == len(search.variables):
                    yield full


def _with_own(search: _Search, found: Found) -> Found:
    """What is found, and the variables of the same name in scope for others where they fit."""
    own = {str(v.name): v for v in search.scope.names}
    for name in search.names:
        if name in own and f"{MARK}{name}" not in found:
            found = next(search.given({name: own[name]}, found, Work()), found)
    return found


def _opened(reason: Instantiate | Obtain, scope: Scope, name: str) -> Term:
    """What the fact says at the terms, or of the names."""
    f = scope.fact(name).formula
    if isinstance(reason, Obtain):
        return opened(scope.normal, f, ("exists",), reason.names)
    return opened(scope.normal, f, ("forall", "each"), reason.terms)


def _detached(step: Step, scope: Scope) -> Term | None:
    """What the first `if` among the facts used says then."""
    facts = (scope.normal.reduced(scope.fact(u).formula) for u in step.uses)
    return next((f.args[1] for f in facts if f.head == "implies"), None)


# ---- how it reads --------------------------------------------------------------------------------
def _tidied(t: Term) -> Term:
    """The term without double transposes outside binders; X^T = 0 becomes X = 0."""
    if not t.args or t.head in ("var", "const", "num", "def", *BOUND):
        return t
    args = [_tidied(a) for a in t.args]
    if t.head == "tr" and args[0].head == "tr":
        return args[0].args[0]
    if t.head == "eq" and args[0].head == "tr" and args[1].head == "zeros":
        inside = args[0].args[0]
        return term("eq", inside, term("zeros", *inside.sort.args))
    return term(t.head, *args, name=t.name)


def _shown(found: Found) -> str:
    return ", ".join(f"{name.removeprefix(MARK)} = {t}" for name, t in found.items()) or "no terms"
