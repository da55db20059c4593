"""The kernel: accepts or refuses each step of a proof by the trees alone.

No instance occurs here, and nothing is searched: a step says its facts, its terms and its yield,
and the kernel substitutes, brings to normal form and compares. A fact knows on which hypotheses
it rests, and on which steps that were not accepted.

What a step leaves out is filled in by `complete`, and a sound step may meet an `objection`; neither
is trusted. Trusted is this file, with `statement.term` and `statement.normal`; standard library
only. Claims, rules and steps are data, and so is the report (`judge.record`): the kernel reads and
fills their fields.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import islice, product

from symbolic_landscape.errors import MALFORMED, LandscapeError
from symbolic_landscape.judge.record import Derivation, Fact, Judged
from symbolic_landscape.statement import step as why
from symbolic_landscape.statement.lemma import Claim
from symbolic_landscape.statement.normal import FALSE, TRUE, Normal
from symbolic_landscape.statement.rule import Rule
from symbolic_landscape.statement.term import FORMULA, Term, conjuncts, fits, num, substitute, term

UNSHOWN = "does not follow from the facts used"

BRANCHES = 50_000
"""A consequence by logic may have this many cases."""

Proof = Sequence[why.Step]
Facts = Sequence[Fact]
Named = tuple[str, Fact]


class Refused(LandscapeError):  # noqa: N818 (the word that reports use)
    """A step does not follow; the message says which condition fails."""


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

    def __init__(self, names: Iterable[Term], facts: Mapping[str, Fact], normal: Normal) -> None:
        self.names, self.facts, self.normal = set(names), dict(facts), normal

    def inner(self, *names: Term) -> Scope:
        """A copy to add to, with these new names."""
        made = Scope(self.names, self.facts, self.normal)
        for v in names:
            made.declare(v)
        return made

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
            self.normal = self.normal.knowing(fact.formula)

    def meant(self, f: Term) -> None:
        """Refuses what is no formula, has undeclared names, or shapes that may be negative."""
        need(f.sort is FORMULA, f, "is no formula")
        self.knows(f)
        size = self.normal.unsized(f)
        need(size is None, f, "has a size", f"{size}, which need not be at least 0")

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
        return self.normal.linear((), f)

    def opened(
        self, facts: Sequence[Term], heads: Sequence[str], at: Sequence[Term], fresh: bool = False
    ) -> tuple[Term, list[Term]]:
        """What one quantified fact says at values, or of fresh names, and the range of each."""
        need(len(facts) == 1, "it is about one fact, got", len(facts))
        f, ranges = facts[0], list[Term]()
        for x in at:
            f = self.normal.reduced(f)
            need(f.head in heads, f, "has no quantifier for", x)
            self.knows(x)
            v, *ends, body = f.args
            need(x.sort is v.sort if fresh else fits(x, v.sort), x, "is not of sort", v.sort)
            bounds = [term("le", ends[0], x), term("le", x, ends[1])] if ends else []
            ranges.append(term("and", *bounds))
            f = substitute(body, {v: x})
        return f, ranges

    def instances(
        self, what: str, variables: Sequence[Term], terms: why.Terms, *formulas: Term
    ) -> list[Term]:
        """The formulas at terms for these variables; refused where one is missing or misfits."""
        missing = [str(v.name) for v in variables if str(v.name) not in terms]
        need(not missing, what, "needs a term for", ", ".join(missing))
        change = {v: terms[str(v.name)] for v in variables}
        for v, t in change.items():
            self.knows(t)
            place = substitute(v.args[0], change)
            ok = self.normal.fits(t, place)
            need(ok, f"{what}:", v, "is of sort", f"{place}, got", t, "of sort", t.sort)
        return [substitute(f, change) for f in formulas]


# ---- logic ---------------------------------------------------------------------------------------
def consequence(normal: Normal, facts: Iterable[Term], goal: Term) -> bool:
    """Whether the facts and the negation of the goal contradict each other, in every case."""
    negated = normal.form(term("and", *facts, term("not", goal)))
    return all(any(normal.form(term("not", p)) in case for p in case) for case in _cases(negated))


def _cases(f: Term) -> list[frozenset[Term]]:
    """The cases of a formula in normal form, each as parts that hold together."""
    if f.head == "or":
        return [case for part in f.args for case in _cases(part)]
    if f.head != "and":
        return [frozenset({f})]
    ways = islice(product(*map(_cases, f.args)), BRANCHES + 1)
    found = [frozenset[Term]().union(*way) for way in ways]
    need(len(found) <= BRANCHES, "more than", BRANCHES, "different cases")
    return found


# ---- the kernel ----------------------------------------------------------------------------------
class Kernel:
    """Checks proofs; `rules` are those that may be used, `finished` the statements done before.

    `complete` fills in terms and yields that a step leaves out; `objection` gives words against a
    step at its path that is sound, empty where there are none. Neither is trusted.
    """

    def __init__(
        self,
        rules: Iterable[Rule],
        finished: Mapping[Claim, Derivation],
        complete: Callable[[why.Step, Scope], why.Step] = lambda step, _: step,
        objection: Callable[[why.Step, Scope, str], str] = lambda *_: "",
    ) -> None:
        self.rules, self.finished = set(rules), finished
        self._complete, self._objection, self.normal = complete, objection, Normal().bare(0)

    def check(self, claim: Claim) -> Derivation:
        """The report on one statement; a refused step leaves its yield unproved and goes on."""
        report = self._report = Derivation(claim.key)
        try:
            scope = Scope((), {}, self.normal).inner(*claim.variables)
            for i, f in enumerate(claim.standing):
                scope.add(f"standing {i + 1}", Fact(f))
            for name, f in claim.given.items():
                scope.add(name, Fact(f, frozenset({name})))
            scope.meant(claim.then)
            if not claim.assumed:
                last = self._block(scope, claim.proof, claim.then, "")
                report.surplus = tuple(n for n in claim.given if n not in last.rests)
                report.unproved = last.unproved
                report.derived = not last.unproved and not any(s.refused for s in report.steps)
        except MALFORMED as e:
            report.refused = str(e) or type(e).__name__
        return report

    def _block(self, scope: Scope, proof: Proof, goal: Term, path: str, *more: Named) -> Fact:
        """The goal as a fact, from these steps and more facts, in a scope of its own."""
        need(bool(proof), path or "the proof", "has no step")
        scope = scope.inner()
        for name, fact in more:
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
            need(step.gives is not None, "it does not say what it gives")
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
        self._report.steps.append(Judged(path, step, fact, refused))
        need(step.gives is not None, f"{path}:", refused)
        scope.add(step.name, fact)
        return fact

    def _reason(self, scope: Scope, step: why.Step, gives: Term, used: Facts, path: str) -> Facts:
        """What the yield rests on beyond the facts used; refused where it does not follow."""
        normal, name, facts = scope.normal, step.name, [f.formula for f in used]
        match step.reason:
            case why.Apply():
                self._rule(scope, step.reason, facts, gives)
            case why.Cite():
                return self._cite(scope, step.reason, gives)
            case why.Calculation():
                _calculated(scope, step.reason, facts, gives)
            case why.Definition():
                _unfolded(scope, gives)
            case why.Linear():
                need(normal.linear(facts, gives), gives, UNSHOWN)
            case why.Logic():
                need(consequence(normal, facts, gives), gives, UNSHOWN)
            case why.Instantiate(terms):
                made, ranges = scope.opened(facts, ("forall", "each"), terms)
                for bound in (part for f in ranges for part in conjuncts(f)):
                    need(scope.proves(bound), bound, "is not known")
                need(normal.same(made, gives), "it says", made)
            case why.Obtain(names):
                made, _ = scope.opened(facts, ("exists",), names, fresh=True)
                need(normal.same(made, gives), "it says", made)
            case why.Construct(witnesses):
                made, _ = scope.opened([gives], ("exists",), witnesses)
                need(made is not gives, "a construction names a witness")
                known = {normal.form(part) for f in facts for part in conjuncts(f)}
                for part in conjuncts(made):
                    need(normal.form(part) in known or scope.proves(part), part, UNSHOWN)
            case why.Generic(names, proof):
                inner = scope.inner(*names)
                goal, ranges = inner.opened([gives], ("forall", "each"), names, fresh=True)
                goal = inner.normal.reduced(goal)
                pairs = zip(names, ranges, strict=True)
                more = [(f"{name}.{v.name}", Fact(f)) for v, f in pairs if f is not TRUE]
                if goal.head == "implies":
                    more, goal = [*more, (f"{name}.if", Fact(goal.args[0]))], goal.args[1]
                return [self._block(inner, proof, goal, f"{path}/", *more)]
            case why.Induct(v, base, proof, down):
                need(gives.head == "each", "induction is for each index of a range, not for", gives)
                (i, low, high, body), inner = gives.args, scope.inner(v)
                need(v.sort is i.sort, v, "is no integer")
                after = term("add", v, num(-1 if down else 1))
                first, least, most = (high, after, v) if down else (low, v, after)
                bounds = term("and", term("le", low, least), term("le", most, high))
                start, now, then = (substitute(body, {i: k}) for k in (first, v, after))
                nonempty = (f"{name}.range", Fact(term("le", low, high)))
                begun = self._block(scope, base, start, f"{path}/base/", nonempty)
                more = [(f"{name}.{v.name}", Fact(bounds)), (f"{name}.before", Fact(now))]
                return [begun, self._block(inner, proof, then, f"{path}/step/", *more)]
            case why.Cases(branches, split):
                said = facts if split is None else [term("or", split, term("not", split))]
                need(len(said) == 1, "cases are those of one fact, got", len(said))
                whole = normal.reduced(said[0])
                need(whole.head == "or", whole, "is no disjunction")
                parts, ok = whole.args, len(whole.args) == len(branches)
                need(ok, len(parts), "cases,", len(branches), "proofs")
                return [
                    self._block(scope, b, gives, f"{path}/{n}/", (f"{name}.{n}", resting(f, used)))
                    for n, (f, b) in enumerate(zip(parts, branches, strict=True), 1)
                ]
            case why.Contradiction(proof):
                absurd = Fact(term("not", gives))
                return [self._block(scope, proof, FALSE, f"{path}/", (f"{name}.not", absurd))]
            case _:
                word = type(step.reason).__name__.lower()
                need(False, word, "is no reason that can be accepted")
        return []

    def _rule(self, scope: Scope, reason: why.Apply, used: Sequence[Term], gives: Term) -> None:
        rule, same = reason.rule, scope.normal.same
        need(rule in self.rules, rule.name or "a rule", "is not in the rule book")
        said = (rule.then, *rule.given, *rule.where)
        then, *asked = scope.instances(rule.name, rule.variables, reason.terms, *said)
        need(len(used) == len(rule.given), rule.name, "has", len(rule.given), "premises")
        for premise, f in zip(asked, used, strict=False):
            need(same(premise, f), rule.name, "needs", f"{premise}, got", f)
        for side in asked[len(used) :]:
            need(scope.proves(side), rule.name, "needs", f"{side}, which is not known")
        need(same(then, gives), rule.name, "gives", then)
        self._report.rules[rule] = self._report.rules.get(rule, 0) + 1

    def _cite(self, scope: Scope, reason: why.Cite, gives: Term) -> list[Fact]:
        claim = reason.statement.claim
        need(claim in self.finished, claim.key, "is not finished before")
        done = self.finished[claim]
        need(not done.refused, claim.key, "is refused:", done.refused)
        believed = done.derived or claim.assumed
        rests = [Fact(TRUE, unproved=frozenset(() if believed else {claim.key}))]
        terms = {**{str(v.name): v for v in scope.names}, **reason.terms}
        said = (claim.then, *claim.standing, *claim.given.values())
        then, *asked = scope.instances(claim.key, claim.variables, terms, *said)
        for name, f in zip((*("" for _ in claim.standing), *claim.given), asked, strict=True):
            known = scope.find(f)
            ok = known is not None or (not name and scope.proves(f))
            need(ok, claim.key, f"needs {name}:" if name else "assumes", f)
            rests += [known] if known else []
        need(scope.normal.same(then, gives), claim.key, "gives", then)
        return rests


# ---- calculations --------------------------------------------------------------------------------
def _unfolded(scope: Scope, gives: Term) -> None:
    """Accepts f(k) = body at f(k - 1) for a recursion f with start < k, or above it, going down."""
    need(gives.head == "eq", gives, "is no equation")
    made = scope.normal.reduced(gives.args[0])
    ok = made.head == "apply" and made.args[0].head == "rec"
    need(ok, gives.args[0], "is no value of a recursion")
    (i, previous, start, _, body), (f, k) = made.args[0].args, made.args
    before = term("add", k, num(-1 if f.name == "up" else 1))
    beyond = term("lt", start, k) if f.name == "up" else term("lt", k, start)
    need(scope.proves(beyond), beyond, "is not known")
    value = substitute(body, {i: k, previous: term("apply", f, before)})
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
    same, made = scope.normal.same, ends(scope.normal, facts, goal)
    for end, replacements in enumerate((reason.left, reason.right)):
        for n, old, new, context in replacements:
            for t in (old, new, context):
                scope.knows(t)
            need(same(term("eq", old, new), facts[n]), facts[n], "does not say", old, "=", new)
            ok = same(term("apply", context, old), made[end])
            need(ok, made[end], "does not have", old, "where it is to be replaced")
            made[end] = term("apply", context, new)
    need(same(*made), f"the calculation ends in {made[0]}, not in {made[1]}")
