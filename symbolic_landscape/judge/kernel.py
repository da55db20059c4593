"""The kernel: accepts or refuses each step of a proof by the trees alone.

No instance occurs here, and nothing is searched: a step says its facts, its terms and its yield,
and the kernel substitutes, brings to normal form and compares. A fact knows on which hypotheses
it rests, and on which steps that were not accepted.

Trusted, with `statement.term`, `statement.linear` and `statement.normal`; standard library only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import product

from symbolic_landscape.errors import LandscapeError
from symbolic_landscape.statement import step as why
from symbolic_landscape.statement.lemma import Claim, Statement
from symbolic_landscape.statement.linear import Linear as LinearForm
from symbolic_landscape.statement.linear import Row, follows
from symbolic_landscape.statement.normal import (
    FALSE,
    ONE_KEY,
    TRUE,
    Normal,
)
from symbolic_landscape.statement.rule import Rule
from symbolic_landscape.statement.term import (
    BOUND,
    FORMULA,
    INT,
    NAT,
    NUMBERS,
    SORT,
    Term,
    apply,
    conjuncts,
    fits,
    natural,
    num,
    substitute,
    term,
)

ATOMS = 12
"""A consequence by logic may rest on this many different parts."""

FROM_FACTS = (
    why.Apply,
    why.Calculation,
    why.Linear,
    why.Logic,
    why.Instantiate,
    why.Obtain,
    why.Construct,
    why.Cases,
    *why.UNACCEPTED,
)
"""Reasons that use facts by name."""


Equations = tuple[tuple[Term, Term], list[tuple[Term, Term]]]
"""Two terms to be made equal, and pairs of equals by which they may be changed."""


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
    cites: list[Statement] = field(default_factory=list)

    @property
    def derived(self) -> bool:
        """Whether every step is accepted, and the last gives the conclusion from derived facts."""
        done = not self.refused and not self.unproved
        return done and bool(self.steps) and all(s.accepted for s in self.steps)


def need(condition: bool, message: str) -> None:
    """Raises Refused with the message unless the condition is met."""
    if not condition:
        raise Refused(message)


class Scope:
    """The facts that hold at one place of a proof, and the names that may occur."""

    def __init__(self, names: Iterable[Term], facts: Mapping[str, Fact], normal: Normal) -> None:
        self.names, self.facts, self.normal = set(names), dict(facts), normal

    def inner(self) -> Scope:
        """A copy to add to."""
        return Scope(self.names, self.facts, self.normal)

    def declare(self, v: Term) -> None:
        """A new name; refused where the name is in use."""
        need(v.head == "var", f"{v} is no name")
        need(v.name not in {x.name for x in self.names}, f"the name {v} is in use")
        need(not str(v.name).startswith("#"), f"{v} is a name that is kept for bound variables")
        loose = v.args[0].free - self.names
        need(not loose, f"the sort of {v} mentions {_list(loose)}, which is not declared")
        self.names.add(v)

    def add(self, name: str, fact: Fact) -> None:
        """A new fact; refused where it is no formula in the declared names."""
        need(name not in self.facts, f"the name {name} is used twice")
        self.meant(fact.formula)
        self.facts[name] = fact
        if not fact.rests and not fact.unproved:
            known = [x for f in conjuncts(fact.formula) for x in _signs(f)]
            if known:
                self.normal = Normal((*self.normal.known, *known), self.normal.depth)

    def meant(self, f: Term) -> None:
        """Refuses what is no formula, has undeclared names, or shapes that may be negative."""
        need(f.sort is FORMULA, f"{f} is no formula")
        loose = f.free - self.names
        need(not loose, f"{f} mentions {_list(loose)}, which is not declared")
        self._sizes(f, self.normal)

    def _sizes(self, t: Term, normal: Normal) -> None:
        if t in normal.sized:
            return
        for size in t.args if t.head == "matrix" else ():
            ok = natural(size) or normal.nonnegative(size)
            need(ok, f"{t} has a size {size}, which need not be at least 0")
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
        need(name in self.facts, f"there is no fact {name} here")
        return self.facts[name]

    def find(self, f: Term) -> Fact | None:
        """A fact with the normal form of this formula, one that rests on least."""
        same = [x for x in self.facts.values() if self.normal.same(x.formula, f)]
        return min(same, key=lambda x: (len(x.unproved), len(x.rests)), default=None)

    def proves(self, f: Term) -> bool:
        """Whether what is known of the indices gives this inequality or equation."""
        return _linear(self.normal, (), f)


def _negative(t: Term) -> Term:
    return term("mul", num(-1), t)


def _less(i: Term, j: Term) -> Term:
    return term("add", j, _negative(i))


def _list(terms: Iterable[Term]) -> str:
    return ", ".join(sorted(str(v) for v in terms))


def _signs(f: Term) -> list[Term]:
    """An inequality or equation of integers as terms that are at least 0."""
    if f.head == "not" and f.args[0].head in ("le", "lt"):
        a, b = f.args[0].args
        f = term("lt" if f.args[0].head == "le" else "le", b, a)
    if f.head not in ("eq", "le", "lt") or not {a.sort for a in f.args} <= {INT, NAT}:
        return []
    a, b = f.args
    up = _less(a, b)
    return {"eq": [up, _less(b, a)], "le": [up], "lt": [term("add", up, num(-1))]}[f.head]


def _rows(normal: Normal, f: Term) -> list[Row]:
    """A fact as rows of linear arithmetic; a matrix equation as one between its words."""
    f = normal.form(f)
    if f.head == "and":
        return [row for part in f.args for row in _rows(normal, part)]
    if f.head not in ("eq", "le", "lt"):
        return []
    left, right = f.args
    if left.sort not in NUMBERS and left.sort.head != "matrix":
        return []
    difference = term("add", right, _negative(left))
    ps: list[LinearForm] = [normal.poly(difference)]
    if left.sort.head == "matrix":  # as it stands, and transposed
        both = (difference, term("tr", difference))
        ps = [{(k, x.sort): c for k, c in normal.poly(x).items()} for x in both]
    turned = [({k: -c for k, c in p.items()}, False) for p in ps]
    return [(p, f.head == "lt") for p in ps] + turned * (f.head == "eq")


def _linear(normal: Normal, facts: Iterable[Term], goal: Term) -> bool:
    """Whether the goal, an equation or inequality, follows from the facts by linear arithmetic."""
    parts = [_rows(normal, part) for part in conjuncts(normal.form(goal))]
    if normal.form(goal) is FALSE:
        parts = [[({ONE_KEY: Fraction(-1)}, False)]]
    if not all(parts):
        return False
    goals = [row for part in parts for row in part]
    rows = [row for f in facts for row in _rows(normal, f)]
    keys = [{k: Fraction(1) for k in p if k != ONE_KEY} for p, _ in (*rows, *goals)]
    rows += normal.rows(p for p in keys if all(isinstance(k[1], tuple) for k in p))
    return all(follows(rows, p, strict) for p, strict in goals)


class Kernel:
    """Checks proofs; `rules` are those that may be used, `finished` the statements done before."""

    def __init__(
        self,
        rules: Iterable[Rule],
        finished: Mapping[Claim, Derivation],
        complete: Callable[[why.Step, Scope], why.Step] = lambda step, _: step,
    ) -> None:
        """`complete` may fill in terms and yields that a step leaves out; it is not trusted."""
        self.rules, self.finished, self._complete = set(rules), finished, complete

    def check(self, claim: Claim) -> Derivation:
        """The report on one statement; a refused step leaves its yield unproved and goes on."""
        self._report = Derivation(claim.key)
        self._claim = claim
        scope = Scope((), {}, Normal())
        try:
            for v in claim.variables:
                scope.declare(v)
            for i, f in enumerate(claim.standing):
                scope.add(f"standing {i + 1}", Fact(f))
            for name, f in claim.given.items():
                scope.add(name, Fact(f, frozenset({name})))
            scope.meant(claim.then)
            if claim.assumed:
                return self._report
            last = self._block(scope, claim.proof, claim.then, "")
            self._report.surplus = tuple(n for n in claim.given if n not in last.rests)
            self._report.unproved = last.unproved
        except MALFORMED as e:
            self._report.refused = str(e) or type(e).__name__
        return self._report

    def _block(self, scope: Scope, proof: Sequence[why.Step], goal: Term, path: str) -> Fact:
        """The goal as a fact, after these steps; refused where the last step gives another."""
        need(bool(proof), f"{path or 'the proof'} has no step")
        for step in proof:
            last = self._step(scope, step, path + step.name)
        need(
            scope.normal.same(last.formula, goal),
            f"{path}{proof[-1].name} gives {last.formula}, wanted {goal}",
        )

        return Fact(goal, last.rests, last.unproved)

    def _step(self, scope: Scope, step: why.Step, path: str) -> Fact:
        refused, rests, unproved = "", frozenset[str](), frozenset[str]()
        try:
            step = self._complete(step, scope.inner())
        except MALFORMED as e:
            refused = str(e)
        gives = step.gives
        try:
            need(not refused, refused)
            need(not step.uses or isinstance(step.reason, FROM_FACTS), "it rests on no facts")
            used = [scope.fact(u.removeprefix("<")) for u in step.uses]
            rests = rests.union(*(f.rests for f in used))
            unproved = unproved.union(*(f.unproved for f in used))
            need(gives is not None, "it says not what it gives")
            assert gives is not None
            if isinstance(step.reason, why.Obtain):
                for v in step.reason.names:
                    scope.declare(v)
            scope.meant(gives)
            again = isinstance(step.reason, why.Logic) and "/" in path
            need(again or not scope.find(gives), f"{gives} is known here already")
            if isinstance(step.reason, why.UNACCEPTED):
                need(False, f"{step.reason.word} is no reason that can be accepted")
            more = self._reason(scope, step, gives, used, path)
            rests, unproved = rests | more.rests, unproved | more.unproved
        except MALFORMED as e:
            refused = str(e) or type(e).__name__
            unproved |= {path}
        fact = Fact(FALSE if gives is None else gives, rests, unproved)
        self._report.steps.append(Judged(path, step, fact.formula, refused, fact))
        if gives is None:
            message = f"{path}: {refused}"
            raise Refused(message)
        scope.add(step.name, fact)
        return fact

    def _reason(
        self, scope: Scope, step: why.Step, gives: Term, used: Sequence[Fact], path: str
    ) -> Fact:
        """What the yield rests on beyond the facts used; refused where it does not follow."""
        normal, formulas, reason = scope.normal, [f.formula for f in used], step.reason
        match reason:
            case why.Apply():
                self._rule(scope, reason, formulas, gives)
            case why.Calculation():
                _calculated(scope, reason, equations(normal, gives, used, step.uses))
            case why.Linear():
                _all_needed(lambda fs: _linear(normal, fs, gives), used, gives)
            case why.Definition():
                _unfolded(scope, gives)
            case why.Logic():
                _consequence(normal, used, gives)
            case why.Instantiate():
                need(len(formulas) == 1, "one fact is instantiated")
                made = _instance(scope, formulas[0], reason.terms)
                need(normal.same(made, gives), f"it says {made}")
            case why.Obtain():
                need(len(formulas) == 1, "names are obtained from one fact")
                made = opened(normal, formulas[0], "exists", reason.names, fresh=True)
                need(normal.same(made, gives), f"it says {made}")
            case why.Construct():
                made = _witnessed(scope, gives, reason.witnesses)
                parts = {normal.form(p): p for p in conjuncts(made) if not scope.proves(p)}
                _all_needed(lambda fs: not parts.keys() - _forms(normal, fs), used, made)
            case why.Generic():
                return self._generic(scope, reason, gives, path)
            case why.Induct():
                return self._induct(scope, reason, gives, path)
            case why.Cases():
                return self._cases(scope, reason, used, gives, path)
            case why.Contradiction():
                inner = scope.inner()
                inner.add(f"{step.name}.not", Fact(term("not", gives)))
                return self._block(inner, reason.proof, FALSE, f"{path}/")
            case why.Cite():
                return self._cite(scope, reason, gives)
            case _:
                need(False, f"there is no reason {type(reason).__name__}")
        return Fact(gives)

    # ---- rules and citations ---------------------------------------------------------------------
    def _rule(self, scope: Scope, reason: why.Apply, used: Sequence[Term], gives: Term) -> None:
        rule, same = reason.rule, scope.normal.same
        need(rule in self.rules, f"{rule.name or 'a rule'} is not in the rule book")
        change = _change(scope, rule.variables, reason.terms, rule.name)
        need(len(used) == len(rule.given), f"{rule.name} has {len(rule.given)} premises")
        for p, f in zip(rule.given, used, strict=True):
            want = substitute(p, change)
            need(same(want, f), f"{rule.name} needs {want}, got {f}")
        for side in rule.where:
            made = substitute(side, change)
            need(scope.proves(made), f"{rule.name} needs {made}, which is not known")
        made = substitute(rule.then, change)
        need(same(made, gives), f"{rule.name} gives {made}")
        self._report.rules[rule] = self._report.rules.get(rule, 0) + 1

    def _cite(self, scope: Scope, reason: why.Cite, gives: Term) -> Fact:
        claim = reason.statement.claim
        need(claim in self.finished, f"{claim.key} is not finished before")
        done = self.finished[claim]
        need(not done.refused, f"{claim.key} is refused: {done.refused}")
        rests, unproved = (
            frozenset[str](),
            frozenset(() if done.derived or claim.assumed else (claim.key,)),
        )
        own = {str(v.name): v for v in scope.names}
        terms = {
            **{str(v.name): own[str(v.name)] for v in claim.variables if v.name in own},
            **reason.terms,
        }
        change = _change(scope, claim.variables, terms, claim.key)
        for f in claim.standing:
            made = substitute(f, change)
            known = scope.find(made)
            need(bool(known) or scope.proves(made), f"{claim.key} assumes {made}")
            rests, unproved = (
                rests | (known.rests if known else rests),
                unproved | (known.unproved if known else unproved),
            )
        for name, f in claim.given.items():
            made = substitute(f, change)
            known = scope.find(made)
            need(known is not None, f"{claim.key} needs {name}: {made}")
            assert known is not None
            rests, unproved = rests | known.rests, unproved | known.unproved
        made = substitute(claim.then, change)
        need(scope.normal.same(made, gives), f"{claim.key} gives {made}")
        self._report.cites.append(reason.statement)
        return Fact(gives, rests, unproved)

    # ---- reasons with proofs inside --------------------------------------------------------------
    def _generic(self, scope: Scope, reason: why.Generic, goal: Term, path: str) -> Fact:
        inner, names = scope.inner(), list(reason.names)
        name = path.rsplit("/", 1)[-1]
        while True:
            goal = inner.normal.reduced(goal)
            if goal.head in ("forall", "each") and names:
                v = names.pop(0)
                inner.declare(v)
                if goal.head == "each":
                    low, high = goal.args[1:3]
                    inner.add(
                        f"{name}.{v.name}",
                        Fact(term("and", term("le", low, v), term("le", v, high))),
                    )
                goal = opened(inner.normal, goal, goal.head, (v,), fresh=True)
            elif goal.head == "implies" and not names:
                inner.add(f"{name}.if", Fact(goal.args[0]))
                goal = goal.args[1]
                break
            else:
                break
        need(not names, f"{goal} has no quantifier for {_list(names)}")
        return self._block(inner, reason.proof, goal, f"{path}/")

    def _induct(self, scope: Scope, reason: why.Induct, goal: Term, path: str) -> Fact:
        need(goal.head == "each", f"induction gives a fact for each index of a range, not {goal}")
        (i, low, high, _), v, name = goal.args, reason.name, path.rsplit("/", 1)[-1]
        start, following = (high, -1) if reason.down else (low, 1)

        def at(k: Term) -> Term:
            return substitute(goal.args[3], {i: k})

        first = scope.inner()
        first.add(f"{name}.range", Fact(term("le", low, high)))
        base = self._block(first, reason.base, at(start), f"{path}/base/")
        inner = scope.inner()
        inner.declare(v)
        need(v.args[0] is INT, f"{v} is no integer")
        after = term("add", v, num(following))
        ends = (low, after, v, high) if reason.down else (low, v, after, high)
        bounds = (term("le", ends[0], ends[1]), term("le", ends[2], ends[3]))
        inner.add(f"{name}.{v.name}", Fact(term("and", *bounds)))
        inner.add(f"{name}.before", Fact(at(v)))
        step = self._block(inner, reason.step, at(after), f"{path}/step/")
        return Fact(goal, base.rests | step.rests, base.unproved | step.unproved)

    def _cases(
        self, scope: Scope, reason: why.Cases, used: Sequence[Fact], goal: Term, path: str
    ) -> Fact:
        if reason.split is None:
            need(len(used) == 1, "cases need one disjunction")
            whole, parts = used[0], scope.normal.reduced(used[0].formula).args
            need(
                scope.normal.reduced(whole.formula).head == "or",
                f"{whole.formula} is no disjunction",
            )
        else:
            need(not used, "a split needs no fact")
            whole, parts = Fact(TRUE), (reason.split, term("not", reason.split))
        need(
            len(parts) == len(reason.branches), f"{len(parts)} cases, {len(reason.branches)} proofs"
        )
        out = Fact(goal)
        for n, (part, proof) in enumerate(zip(parts, reason.branches, strict=True), 1):
            inner, place = scope.inner(), f"{path}/{n}"
            inner.add(f"{path.rsplit('/', 1)[-1]}.{n}", Fact(part, whole.rests, whole.unproved))
            last = self._block(inner, proof, goal, f"{place}/")
            out = Fact(goal, out.rests | last.rests, out.unproved | last.unproved)
        return out


def _change(
    scope: Scope, variables: Sequence[Term], terms: Mapping[str, Term], what: str
) -> dict[Term, Term]:
    """A substitution for all these variables; refused where one is missing or does not fit."""
    unknown = set(terms) - {str(v.name) for v in variables}
    need(not unknown, f"{what} has no {', '.join(sorted(unknown))}")
    missing = [str(v.name) for v in variables if str(v.name) not in terms]
    need(not missing, f"{what} needs a term for {', '.join(missing)}")
    change = {v: terms[str(v.name)] for v in variables}
    for v, t in change.items():
        loose = t.free - scope.names
        need(not loose, f"{t} mentions {_list(loose)}, which is not declared")
        place = substitute(v.args[0], change)
        ok = fits(t, place) or (place is NAT and t.sort is INT and scope.normal.nonnegative(t))
        need(ok, f"{what}: {v} is of sort {place}, got {t} of sort {t.sort}")
    return change


def opened(
    normal: Normal, f: Term, head: str, values: Sequence[Term], *, fresh: bool = False
) -> Term:
    """What a quantified formula says at these values, or fresh names, one for each quantifier."""
    for x in values:
        f = normal.reduced(f)
        need(f.head == head, f"{f} has no quantifier for {x}")
        sort = f.args[0].args[0]
        need(x.sort is sort if fresh else fits(x, sort), f"{x} is not of sort {sort}")
        f = substitute(f.args[-1], {f.args[0]: x})
    return f


def _instance(scope: Scope, f: Term, values: Sequence[Term]) -> Term:
    for x in values:
        f = scope.normal.reduced(f)
        need(f.head in ("forall", "each"), f"{f} has no quantifier for {x}")
        loose = x.free - scope.names
        need(not loose, f"{x} mentions {_list(loose)}, which is not declared")
        if f.head == "each":
            for bound in (term("le", f.args[1], x), term("le", x, f.args[2])):
                need(scope.proves(bound), f"{bound} is not known")
        f = opened(scope.normal, f, f.head, (x,))
    return f


def _witnessed(scope: Scope, f: Term, witnesses: Sequence[Term]) -> Term:
    need(bool(witnesses), "a construction names a witness")
    for x in witnesses:
        loose = x.free - scope.names
        need(not loose, f"the witness {x} mentions {_list(loose)}, which is not declared")
    return opened(scope.normal, f, "exists", witnesses)


def _unfolded(scope: Scope, gives: Term) -> None:
    """Accepts f(k) = body at f(k - 1) for a recursion f with start < k, or above it, going down."""
    need(gives.head == "eq", f"{gives} is no equation")
    made = scope.normal.reduced(gives.args[0])
    f = scope.normal.reduced(made.args[0]) if made.head == "apply" else made
    ok = made.head == "apply" and f.head == "rec"
    need(ok, f"{gives.args[0]} is no value of a recursion")
    (i, previous, start, _, body), k = f.args, made.args[1]
    before = term("add", k, num(-1 if f.name == "up" else 1))
    beyond = term("lt", start, k) if f.name == "up" else term("lt", k, start)
    need(scope.proves(beyond), f"{beyond} is not known")
    value = substitute(body, {i: k, previous: apply(f, before)})
    need(scope.normal.same(value, gives.args[1]), f"it is {value}")


def _consequence(normal: Normal, facts: Sequence[Fact], goal: Term) -> None:
    """Accepts what follows by and, or, not, if: no truth values make facts true and goal false."""
    formulas = {f: normal.form(f) for f in (*(x.formula for x in facts), goal)}
    atoms = {a: _polar(a) for f in formulas.values() for a in _atoms(f)}
    names = list(dict.fromkeys(a for a, _ in atoms.values()))
    need(len(names) <= ATOMS, f"more than {ATOMS} different parts")
    rows = []
    for values in product((True, False), repeat=len(names)):
        chosen = dict(zip(names, values, strict=True))
        table = {a: chosen[b] == value for a, (b, value) in atoms.items()}
        rows.append({f: _true(form, table) for f, form in formulas.items()})
    _all_needed(lambda fs: all(r[goal] or not all(r[f] for f in fs) for r in rows), facts, goal)


def _all_needed(gives: Callable[[Sequence[Term]], bool], facts: Sequence[Fact], goal: Term) -> None:
    """Refuses a goal that does not follow, or does without a fact that rests on hypotheses."""
    formulas = [f.formula for f in facts]
    need(gives(formulas), f"{goal} does not follow from the facts used")
    for n, f in enumerate(facts):
        needed = not f.rests or not gives([*formulas[:n], *formulas[n + 1 :]])
        need(needed, f"{f.formula} is not needed")


def _forms(normal: Normal, facts: Iterable[Term]) -> set[Term]:
    """The normal forms of all parts of these facts."""
    return {normal.form(p) for f in facts for p in conjuncts(f)}


def _polar(f: Term) -> tuple[Term, bool]:
    """An inequality and its negation are one atom with two values."""
    if f.head in ("le", "lt"):
        other = Normal().form(term("not", f))
        return min((f, True), (other, False), key=lambda x: x[0].key)
    return f, True


def _atoms(f: Term) -> Iterable[Term]:
    """The parts that and, or, not, if put together."""
    inside = f.head in ("and", "or", "not", "implies")
    return (x for a in f.args for x in _atoms(a)) if inside else (f,)


def _true(f: Term, table: Mapping[Term, bool]) -> bool:
    match f.head:
        case "and":
            return all(_true(a, table) for a in f.args)
        case "or":
            return any(_true(a, table) for a in f.args)
        case "not":
            return not _true(f.args[0], table)
        case "implies":
            return not _true(f.args[0], table) or _true(f.args[1], table)
    return table[f]


# ---- calculations --------------------------------------------------------------------------------
def equations(normal: Normal, goal: Term, facts: Sequence[Fact], names: Sequence[str]) -> Equations:
    """The two ends of a calculation, and the equations that may replace terms in between.

    The ends are the sides of the goal, or, where goal and facts are not all equations, the goal
    and the first fact. The name of an equation that is turned round starts with `<`; of a sum on
    its left, the first summand is replaced.
    """
    formulas = [normal.reduced(f.formula) for f in facts]
    start = goal.head != "eq" or any(f.head != "eq" for f in formulas)
    need(bool(facts) or not start, f"{goal} is no equation, so a fact is needed to start from")
    pairs: list[tuple[Term, Term]] = []
    for f, name in list(zip(formulas, names, strict=True))[start:]:
        need(f.head == "eq", f"{f} is no equation")
        old, new = f.args[::-1] if name.startswith("<") else f.args
        if old.head == "add":
            old, new = old.args[0], term("add", new, *map(_negative, old.args[1:]))
        pairs.append((old, new))
    return ((goal, facts[0].formula) if start else (goal.args[0], goal.args[1])), pairs


def _calculated(scope: Scope, reason: why.Calculation, given: Equations) -> None:
    """Accepts ends that become the same, each by replacing equals in the contexts that it names."""
    ends, pairs, same = list(given[0]), given[1], scope.normal.same
    for i, replacements in enumerate((reason.left, reason.right)):
        for n, context in replacements:
            loose = context.free - scope.names
            need(not loose, f"the place mentions {_list(loose)}, which is not declared")
            (old, new), end = pairs[n], ends[i]
            ok = same(apply(context, old), end)
            need(ok, f"{end} does not have {old} where it is to be replaced")
            ends[i] = apply(context, new)
            need(not same(ends[i], end), f"{end} stays as it is where {old} is replaced")
    need(same(*ends), f"the calculation ends in {ends[0]}, not in {ends[1]}")
    fired = {n for n, _ in (*reason.left, *reason.right)}
    unused = [f"{a} = {b}" for n, (a, b) in enumerate(pairs) if n not in fired]
    need(not unused, f"{'; '.join(unused)} is not needed")
