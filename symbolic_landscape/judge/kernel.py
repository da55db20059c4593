"""The kernel: accepts or refuses each step of a proof by the trees alone.

No instance occurs here, and nothing is searched: a step says its facts, its terms and its yield,
and the kernel substitutes, brings to normal form and compares. A fact knows on which hypotheses
it rests, and on which steps that were not accepted.

What a step leaves out is filled in by `complete`, and a sound step may meet an `objection`; neither
is trusted. Trusted is this file, with `statement.term` and `statement.normal`; standard library
only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import product

from symbolic_landscape.errors import LandscapeError
from symbolic_landscape.statement import step as why
from symbolic_landscape.statement.lemma import Claim
from symbolic_landscape.statement.linear import Linear, Row
from symbolic_landscape.statement.normal import FALSE, TRUE, Normal, follows, minus
from symbolic_landscape.statement.rule import Rule
from symbolic_landscape.statement.term import (
    BOUND,
    FORMULA,
    INT,
    NAT,
    NUMBERS,
    ONE_KEY,
    SORT,
    Term,
    apply,
    conjuncts,
    fits,
    num,
    substitute,
    term,
)

ATOMS = 12
"""A consequence by logic may rest on this many different parts."""

Proof = Sequence[why.Step]
Facts = Mapping[str, "Fact"]

Complete = Callable[[why.Step, "Scope"], why.Step]
"""Fills in terms and yields that a step leaves out; not trusted."""

Objection = Callable[[why.Step, "Scope", str], str]
"""Words against a step at its path that is sound, empty where there are none; not trusted."""


class Refused(LandscapeError):  # noqa: N818 (the word that reports use)
    """A step does not follow; the message says which condition fails."""


MALFORMED = (
    LandscapeError, ArithmeticError, AssertionError, AttributeError, LookupError, RecursionError,
    TypeError, ValueError,
)  # fmt: skip
"""What a step that is put together wrongly, or too deep, may raise: it is refused."""


@dataclass(frozen=True)
class Fact:
    """A formula, the hypotheses it rests on, and the unaccepted steps it rests on."""

    formula: Term
    rests: frozenset[str] = frozenset()
    unproved: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Judged:
    """What the kernel says of one step: its path, its formula, and why it is refused, if it is."""

    path: str
    step: why.Step
    formula: Term
    refused: str = ""
    fact: Fact | None = None

    @property
    def accepted(self) -> bool:
        """Whether the step is derived."""
        return not self.refused


@dataclass
class Derivation:
    """The kernel's report on a proof."""

    key: str
    steps: list[Judged] = field(default_factory=list)
    surplus: tuple[str, ...] = ()
    refused: str = ""
    unproved: frozenset[str] = frozenset()
    rules: dict[Rule, int] = field(default_factory=dict)

    @property
    def derived(self) -> bool:
        """Whether every step is accepted, and the last gives the conclusion from derived facts."""
        done = not self.refused and not self.unproved
        return done and bool(self.steps) and all(s.accepted for s in self.steps)


def need(condition: bool, *words: object) -> None:
    """Raises Refused with these words unless the condition is met."""
    if not condition:
        raise Refused(" ".join(map(str, words)))


def resting(formula: Term, facts: Sequence[Fact]) -> Fact:
    """The formula as a fact that rests on all that these facts rest on."""
    rests = frozenset[str]().union(*(f.rests for f in facts))
    return Fact(formula, rests, frozenset[str]().union(*(f.unproved for f in facts)))


class Scope:
    """The facts that hold at one place of a proof, and the names that may occur."""

    def __init__(self, names: Iterable[Term], facts: Facts, normal: Normal) -> None:
        self.names, self.facts, self.normal = set(names), dict(facts), normal

    def inner(self) -> Scope:
        """A copy to add to."""
        return Scope(self.names, self.facts, self.normal)

    def declare(self, v: Term) -> None:
        """A new name; refused where the name is in use."""
        need(v.head == "var", v, "is no name")
        need(v.name not in {x.name for x in self.names}, "the name", v, "is in use")
        need(not str(v.name).startswith("#"), v, "is a name that is kept for bound variables")
        self.knows(v.args[0])
        self.names.add(v)

    def knows(self, t: Term) -> None:
        """Refuses a term with undeclared names."""
        loose = ", ".join(sorted(str(v) for v in t.free - self.names))
        need(not loose, t, "mentions", f"{loose}, which is not declared")

    def add(self, name: str, fact: Fact) -> None:
        """A new fact; refused where it is no formula in the declared names."""
        need(name not in self.facts, "the name", name, "is used twice")
        self.meant(fact.formula)
        self.facts[name] = fact
        if not fact.rests and not fact.unproved:
            known = [x for f in conjuncts(fact.formula) for x in _signs(f)]
            new = [x for x in known if not self.normal.nonnegative(x)]
            self.normal = self.normal.under(0, *new) if new else self.normal

    def meant(self, f: Term) -> None:
        """Refuses what is no formula, has undeclared names, or shapes that may be negative."""
        need(f.sort is FORMULA, f, "is no formula")
        self.knows(f)
        self._sizes(f, self.normal)

    def _sizes(self, t: Term, normal: Normal) -> None:
        if t in normal.sized:
            return
        for size in t.args if t.head == "matrix" else ():
            need(normal.nonnegative(size), t, "has a size", f"{size}, which need not be at least 0")
        parts = [] if t.sort is SORT else [t.sort]
        if t.head in BOUND:
            names, inner, body = normal.opened(t)
            for x in (*names, body):
                self._sizes(x, inner)
            parts += t.args[len(names) : -1]
        elif t.head not in ("var", "const"):
            parts += t.args
        for x in parts:
            self._sizes(x, normal)
        normal.sized.add(t)

    def fact(self, name: str) -> Fact:
        """The fact of this name."""
        need(name in self.facts, "there is no fact", name, "here")
        return self.facts[name]

    def find(self, f: Term) -> Fact | None:
        """A fact with the normal form of this formula, one that rests on least."""
        same = [x for x in self.facts.values() if self.normal.same(x.formula, f)]
        return min(same, key=lambda x: (len(x.unproved), len(x.rests)), default=None)

    def proves(self, f: Term) -> bool:
        """Whether what is known of the indices gives this inequality or equation."""
        return linear(self.normal, (), f)

    def opened(
        self, f: Term, heads: Sequence[str], x: Term, fresh: bool = False
    ) -> tuple[Term, list[Term]]:
        """What a quantified formula says at a value, or a fresh name, and what that asks of it."""
        f = self.normal.reduced(f)
        need(f.head in heads, f, "has no quantifier for", x)
        self.knows(x)
        v, body = f.args[0], f.args[-1]
        ok = x.sort is v.sort if fresh else fits(x, v.sort)
        need(ok, x, "is not of sort", v.sort)
        each = f.head == "each"
        bounds = [term("le", f.args[1], x), term("le", x, f.args[2])] if each else []
        return substitute(body, {v: x}), bounds

    def change(
        self, variables: Sequence[Term], terms: Mapping[str, Term], what: str
    ) -> dict[Term, Term]:
        """A substitution for all these variables; refused where one is missing or does not fit."""
        missing = [str(v.name) for v in variables if str(v.name) not in terms]
        need(not missing, what, "needs a term for", ", ".join(missing))
        change = {v: terms[str(v.name)] for v in variables}
        for v, t in change.items():
            self.knows(t)
            place = substitute(v.args[0], change)
            ok = fits(t, place) or (place is NAT and t.sort is INT and self.normal.nonnegative(t))
            need(ok, f"{what}:", v, "is of sort", f"{place}, got", t, "of sort", t.sort)
        return change


# ---- arithmetic and logic ------------------------------------------------------------------------
def _signs(f: Term) -> list[Term]:
    """An inequality or equation of integers as terms that are at least 0."""
    if f.head == "not" and f.args[0].head in ("le", "lt"):
        a, b = f.args[0].args
        f = term("lt" if f.args[0].head == "le" else "le", b, a)
    if f.head not in ("eq", "le", "lt") or not {a.sort for a in f.args} <= {INT, NAT}:
        return []
    a, b = f.args
    return [minus(b, a), minus(a, b)] if f.head == "eq" else [minus(b, a, int(f.head == "lt"))]


def _rows(normal: Normal, f: Term) -> list[Row]:
    """A fact as rows of linear arithmetic; a matrix equation as one between its words."""
    f = normal.form(f)
    if f.head == "and":
        return [row for part in f.args for row in _rows(normal, part)]
    if f is FALSE:
        return [({ONE_KEY: Fraction(-1)}, False)]
    if f.head not in ("eq", "le", "lt"):
        return []
    t, ps = f.args[f.head != "eq"], list[Linear]()  # it says t = 0, 0 <= t or 0 < t
    if t.sort in NUMBERS:
        ps = [normal.poly(t)]
    elif t.sort.head == "matrix":
        both = (t, term("tr", t))
        ps = [{(k, x.sort): c for k, c in normal.poly(x).items()} for x in both]
    turned = [{k: -c for k, c in p.items()} for p in ps if f.head == "eq"]
    return [(p, f.head == "lt") for p in (*ps, *turned)]


def linear(normal: Normal, facts: Iterable[Term], goal: Term) -> bool:
    """Whether the goal, an equation or inequality, follows from the facts by linear arithmetic."""
    goals = [_rows(normal, part) for part in conjuncts(normal.form(goal))]
    rows = [row for f in facts for row in _rows(normal, f)]
    rows += normal.rows(p for p, _ in (*rows, *(row for part in goals for row in part)))
    return all(part and all(follows(rows, p, strict) for p, strict in part) for part in goals)


LOGIC: Mapping[str, Callable[[list[bool]], bool]] = {
    "and": all,
    "or": any,
    "not": lambda parts: not parts[0],
    "implies": lambda parts: not parts[0] or parts[1],
}
"""Truth of what is put together, by the truth of its parts."""


def _atoms(f: Term) -> Iterable[Term]:
    """The parts of a formula that are not put together."""
    return (x for a in f.args for x in _atoms(a)) if f.head in LOGIC else (f,)


def _true(f: Term, table: Mapping[Term, bool]) -> bool:
    return LOGIC[f.head]([_true(a, table) for a in f.args]) if f.head in LOGIC else table[f]


def consequence(normal: Normal, facts: Sequence[Term], goal: Term) -> bool:
    """Whether no truth values of the parts make the facts true and the goal false."""
    *given, then = map(normal.form, (*facts, goal))
    negated: dict[Term, Term] = {}
    for a in (x for f in (*given, then) for x in _atoms(f)):
        if a not in (*negated, *negated.values()):
            negated[a] = normal.form(term("not", a))
    need(len(negated) <= ATOMS, "more than", ATOMS, "different parts")
    for values in product((True, False), repeat=len(negated)):
        table = dict(zip(negated, values, strict=True))
        table |= {negated[a]: not value for a, value in table.items()}
        if all(_true(f, table) for f in given) and not _true(then, table):
            return False
    return True


# ---- the kernel ----------------------------------------------------------------------------------
class Kernel:
    """Checks proofs; `rules` are those that may be used, `finished` the statements done before."""

    def __init__(
        self,
        rules: Iterable[Rule],
        finished: Mapping[Claim, Derivation],
        complete: Complete = lambda step, _: step,
        objection: Objection = lambda *_: "",
    ) -> None:
        self.rules, self.finished = set(rules), finished
        self._complete, self._objection, self._normal = complete, objection, Normal()

    def check(self, claim: Claim) -> Derivation:
        """The report on one statement; a refused step leaves its yield unproved and goes on."""
        self._report = Derivation(claim.key)
        scope = Scope((), {}, self._normal)
        try:
            for v in claim.variables:
                scope.declare(v)
            for i, f in enumerate(claim.standing):
                scope.add(f"standing {i + 1}", Fact(f))
            for name, f in claim.given.items():
                scope.add(name, Fact(f, frozenset({name})))
            scope.meant(claim.then)
            if not claim.assumed:
                last = self._block(scope, claim.proof, claim.then, "", {})
                self._report.surplus = tuple(n for n in claim.given if n not in last.rests)
                self._report.unproved = last.unproved
        except MALFORMED as e:
            self._report.refused = str(e) or type(e).__name__
        return self._report

    def _block(self, scope: Scope, proof: Proof, goal: Term, path: str, more: Facts) -> Fact:
        """The goal as a fact, from these steps and more facts, in a scope of its own."""
        need(bool(proof), path or "the proof", "has no step")
        scope = scope.inner()
        for name, fact in more.items():
            scope.add(name, fact)
        for step in proof:
            last = self._step(scope, step, path + step.name)
        gives, ok = f"{path}{proof[-1].name} gives", scope.normal.same(last.formula, goal)
        need(ok, gives, f"{last.formula}, wanted", goal)
        return resting(goal, [last])

    def _step(self, scope: Scope, step: why.Step, path: str) -> Fact:
        refused, used = "", list[Fact]()
        try:
            step = self._complete(step, scope.inner())
            used += [scope.fact(u.removeprefix("<")) for u in step.uses]
            need(step.gives is not None, "it says not what it gives")
            assert step.gives is not None
            for v in step.reason.names if isinstance(step.reason, why.Obtain) else ():
                scope.declare(v)
            scope.meant(step.gives)
            used += self._reason(scope, step, step.gives, used, path)
            objection = self._objection(step, scope.inner(), path)
            need(not objection, objection)
        except MALFORMED as e:
            refused = str(e) or type(e).__name__
            used.append(Fact(TRUE, unproved=frozenset({path})))
        fact = resting(FALSE if step.gives is None else step.gives, used)
        self._report.steps.append(Judged(path, step, fact.formula, refused, fact))
        need(step.gives is not None, f"{path}:", refused)
        scope.add(step.name, fact)
        return fact

    def _reason(
        self, scope: Scope, step: why.Step, gives: Term, used: Sequence[Fact], path: str
    ) -> Sequence[Fact]:
        """What the yield rests on beyond the facts used; refused where it does not follow."""
        normal, formulas = scope.normal, [f.formula for f in used]
        match step.reason:
            case why.Apply():
                self._rule(scope, step.reason, formulas, gives)
            case why.Calculation():
                _calculated(scope, step.reason, formulas, gives)
            case why.Linear():
                need(linear(normal, formulas, gives), gives, "does not follow from the facts used")
            case why.Logic():
                ok = consequence(normal, formulas, gives)
                need(ok, gives, "does not follow from the facts used")
            case why.Definition():
                _unfolded(scope, gives)
            case why.Instantiate(terms):
                need(len(formulas) == 1, "one fact is instantiated")
                made = formulas[0]
                for x in terms:
                    made, bounds = scope.opened(made, ("forall", "each"), x)
                    for bound in bounds:
                        need(scope.proves(bound), bound, "is not known")
                need(normal.same(made, gives), "it says", made)
            case why.Obtain(names):
                need(len(formulas) == 1, "names are obtained from one fact")
                made = formulas[0]
                for x in names:
                    made, _ = scope.opened(made, ("exists",), x, fresh=True)
                need(normal.same(made, gives), "it says", made)
            case why.Construct(witnesses):
                need(bool(witnesses), "a construction names a witness")
                made, known = gives, {normal.form(p) for f in formulas for p in conjuncts(f)}
                for x in witnesses:
                    made, _ = scope.opened(made, ("exists",), x)
                for part in conjuncts(made):
                    ok = normal.form(part) in known or scope.proves(part)
                    need(ok, part, "does not follow from the facts used")
            case why.Generic():
                return [self._generic(scope, step.reason, gives, path)]
            case why.Induct():
                return self._induct(scope, step.reason, gives, path)
            case why.Cases():
                return self._cases(scope, step.reason, used, gives, path)
            case why.Contradiction(proof):
                absurd = {f"{step.name}.not": Fact(term("not", gives))}
                return [self._block(scope, proof, FALSE, f"{path}/", absurd)]
            case why.Cite():
                return self._cite(scope, step.reason, gives)
            case _:
                word = type(step.reason).__name__.lower()
                need(False, word, "is no reason that can be accepted")
        return []

    # ---- rules and citations ---------------------------------------------------------------------
    def _rule(self, scope: Scope, reason: why.Apply, used: Sequence[Term], gives: Term) -> None:
        rule, same = reason.rule, scope.normal.same
        need(rule in self.rules, rule.name or "a rule", "is not in the rule book")
        change = scope.change(rule.variables, reason.terms, rule.name)
        need(len(used) == len(rule.given), rule.name, "has", len(rule.given), "premises")
        for premise, f in zip(rule.given, used, strict=True):
            made = substitute(premise, change)
            need(same(made, f), rule.name, "needs", f"{made}, got", f)
        for side in rule.where:
            made = substitute(side, change)
            need(scope.proves(made), rule.name, "needs", f"{made}, which is not known")
        made = substitute(rule.then, change)
        need(same(made, gives), rule.name, "gives", made)
        self._report.rules[rule] = self._report.rules.get(rule, 0) + 1

    def _cite(self, scope: Scope, reason: why.Cite, gives: Term) -> list[Fact]:
        claim = reason.statement.claim
        need(claim in self.finished, claim.key, "is not finished before")
        done = self.finished[claim]
        need(not done.refused, claim.key, "is refused:", done.refused)
        own = {str(v.name): v for v in scope.names}
        change = scope.change(claim.variables, {**own, **reason.terms}, claim.key)
        believed = done.derived or claim.assumed
        rests = [Fact(TRUE, unproved=frozenset(() if believed else {claim.key}))]
        for name, f in (*(("", f) for f in claim.standing), *claim.given.items()):
            made = substitute(f, change)
            known = scope.find(made)
            ok = known is not None or (not name and scope.proves(made))
            need(ok, claim.key, f"needs {name}:" if name else "assumes", made)
            rests += [known] if known else []
        made = substitute(claim.then, change)
        need(scope.normal.same(made, gives), claim.key, "gives", made)
        return rests

    # ---- reasons with proofs inside --------------------------------------------------------------
    def _generic(self, scope: Scope, reason: why.Generic, goal: Term, path: str) -> Fact:
        inner, name = scope.inner(), path.rsplit("/", 1)[-1]
        for v in reason.names:
            inner.declare(v)
            goal, bounds = inner.opened(goal, ("forall", "each"), v, fresh=True)
            if bounds:
                inner.add(f"{name}.{v.name}", Fact(term("and", *bounds)))
        goal = inner.normal.reduced(goal)
        given = {}
        if goal.head == "implies":
            given, goal = {f"{name}.if": Fact(goal.args[0])}, goal.args[1]
        return self._block(inner, reason.proof, goal, f"{path}/", given)

    def _induct(self, scope: Scope, reason: why.Induct, goal: Term, path: str) -> list[Fact]:
        need(goal.head == "each", "induction gives a fact for each index of a range, not", goal)
        (i, low, high, body), v, name = goal.args, reason.name, path.rsplit("/", 1)[-1]
        nonempty = {f"{name}.range": Fact(term("le", low, high))}
        start = substitute(body, {i: high if reason.down else low})
        base = self._block(scope, reason.base, start, f"{path}/base/", nonempty)
        inner = scope.inner()
        inner.declare(v)
        need(v.sort is INT, v, "is no integer")
        after = term("add", v, num(-1 if reason.down else 1))
        least, most = (after, v) if reason.down else (v, after)
        bounds = term("and", term("le", low, least), term("le", most, high))
        before = Fact(substitute(body, {i: v}))
        facts = {f"{name}.{v.name}": Fact(bounds), f"{name}.before": before}
        goal = substitute(body, {i: after})
        return [base, self._block(inner, reason.step, goal, f"{path}/step/", facts)]

    def _cases(
        self, scope: Scope, reason: why.Cases, used: Sequence[Fact], goal: Term, path: str
    ) -> list[Fact]:
        if reason.split is None:
            need(len(used) == 1, "cases need one disjunction")
            whole = scope.normal.reduced(used[0].formula)
            need(whole.head == "or", whole, "is no disjunction")
        else:
            whole = term("or", reason.split, term("not", reason.split))
        parts, proofs, name = whole.args, reason.branches, path.rsplit("/", 1)[-1]
        need(len(parts) == len(proofs), len(parts), "cases,", len(proofs), "proofs")
        return [
            self._block(scope, proof, goal, f"{path}/{n}/", {f"{name}.{n}": resting(part, used)})
            for n, (part, proof) in enumerate(zip(parts, proofs, strict=True), 1)
        ]


# ---- calculations --------------------------------------------------------------------------------
def _unfolded(scope: Scope, gives: Term) -> None:
    """Accepts f(k) = body at f(k - 1) for a recursion f with start < k, or above it, going down."""
    need(gives.head == "eq", gives, "is no equation")
    made = scope.normal.reduced(gives.args[0])
    f = scope.normal.reduced(made.args[0]) if made.head == "apply" else made
    need(made.head == "apply" and f.head == "rec", gives.args[0], "is no value of a recursion")
    (i, previous, start, _, body), k = f.args, made.args[1]
    before = term("add", k, num(-1 if f.name == "up" else 1))
    beyond = term("lt", start, k) if f.name == "up" else term("lt", k, start)
    need(scope.proves(beyond), beyond, "is not known")
    value = substitute(body, {i: k, previous: apply(f, before)})
    need(scope.normal.same(value, gives.args[1]), "it is", value)


def ends(normal: Normal, facts: Sequence[Term], goal: Term) -> list[Term]:
    """What a calculation makes the same: the sides of the goal, or the goal and the first fact.

    The sides where the goal and all facts are equations.
    """
    if all(f.head == "eq" for f in (goal, *map(normal.reduced, facts))):
        return [*goal.args]
    need(bool(facts), goal, "is no equation, so a fact is needed to start from")
    return [goal, facts[0]]


def _calculated(scope: Scope, reason: why.Calculation, facts: Sequence[Term], goal: Term) -> None:
    """Accepts ends that become the same, each by replacing equals in the contexts that it names."""
    same, (left, right) = scope.normal.same, ends(scope.normal, facts, goal)
    made = []
    for end, replacements in ((left, reason.left), (right, reason.right)):
        for n, old, new, context in replacements:
            for t in (old, new, context):
                scope.knows(t)
            need(same(term("eq", old, new), facts[n]), facts[n], "does not say", old, "=", new)
            ok = same(apply(context, old), end)
            need(ok, end, "does not have", old, "where it is to be replaced")
            end = apply(context, new)
        made.append(end)
    need(same(*made), f"the calculation ends in {made[0]}, not in {made[1]}")
