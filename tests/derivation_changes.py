"""Random changes of derivations: terms, steps, premises, rules, hypotheses, names."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

from small_derivations import BOOK

from symbolic_landscape.errors import SortError
from symbolic_landscape.statement.lemma import Claim
from symbolic_landscape.statement.parts import add, mul
from symbolic_landscape.statement.step import (
    Apply,
    Calculation,
    Cases,
    Cite,
    Construct,
    Contradiction,
    Generic,
    Induct,
    Instantiate,
    Obtain,
    Reason,
    Step,
)
from symbolic_landscape.statement.term import (
    BOUND,
    INT,
    NAT,
    NUMBERS,
    REAL,
    Term,
    num,
    term,
    var,
)

Change = Callable[[Term], Term]


# ---- the terms of a derivation -------------------------------------------------------------------
def in_reason(reason: Reason, change: Change) -> Reason:
    """The reason with its terms changed, and those of the steps inside."""
    within = lambda proof: tuple(in_step(s, change) for s in proof)  # noqa: E731
    match reason:
        case Apply() | Cite():
            return replace(reason, terms={name: change(t) for name, t in reason.terms.items()})
        case Instantiate():
            return Instantiate(tuple(map(change, reason.terms)))
        case Calculation():
            ends = (reason.left, reason.right)
            return Calculation(*(tuple((n, *map(change, ts)) for n, *ts in end) for end in ends))
        case Construct():
            return Construct(tuple(map(change, reason.witnesses)))
        case Generic():
            return Generic(reason.names, within(reason.proof))
        case Induct():
            return Induct(reason.name, within(reason.base), within(reason.step), reason.down)
        case Cases():
            split = None if reason.split is None else change(reason.split)
            return Cases(tuple(map(within, reason.branches)), split)
        case Contradiction():
            return Contradiction(within(reason.proof))
    return reason


def in_step(step: Step, change: Change) -> Step:
    """The step with its terms changed."""
    gives = None if step.gives is None else change(step.gives)
    return replace(step, gives=gives, reason=in_reason(step.reason, change))


def in_claim(claim: Claim, change: Change) -> Claim:
    """The claim with all its formulas changed."""
    return replace(
        claim,
        standing=tuple(map(change, claim.standing)),
        given={name: change(f) for name, f in claim.given.items()},
        then=change(claim.then),
        proof=tuple(in_step(s, change) for s in claim.proof),
    )


def formulas(claim: Claim) -> list[Term]:
    """All formulas and terms of a claim."""
    found: list[Term] = []

    def see(t: Term) -> Term:
        found.append(t)
        return t

    in_claim(claim, see)
    return found


def subterms(t: Term) -> Iterator[Term]:
    """The term and all terms below it, names of bound variables left out."""
    yield t
    if t.head not in ("var", "const"):
        for a in t.args[BOUND.get(t.head, 0) :]:
            yield from subterms(a)


def put(t: Term, old: Term, new: Term) -> Term:
    """The term with one of its parts replaced wherever it stands, captured or not."""
    if t is old:
        return new
    if t.head in ("var", "const") or not t.args:
        return t
    n = BOUND.get(t.head, 0)
    return term(t.head, *t.args[:n], *(put(a, old, new) for a in t.args[n:]), name=t.name)


# ---- changes of terms ----------------------------------------------------------------------------
def changed_term(chance: random.Random, t: Term, pool: Sequence[Term]) -> Term:
    """Another term of this sort, a small change away."""
    ways: list[Callable[[], Term]] = []
    if t.sort in (INT, NAT):
        ways += [lambda: add(t, num(chance.choice((-1, 1))))] * 3
    if t.sort in NUMBERS:
        ways += [
            lambda: mul(num(chance.choice((-1, 2, Fraction(1, 2)))), t),
            lambda: num(chance.choice((0, 1, -1))),
            lambda: add(t, num(chance.choice((-1, 1)))),
        ]
    if t.sort.head == "matrix":
        ways += [lambda: term("tr", t), lambda: mul(num(chance.choice((-1, 2, 0))), t)]
        ways += [lambda: term("eye", t.sort.args[0]), lambda: term("ones", *t.sort.args)]
    if t.head in ("add", "mul", "had", "and", "or") and len(t.args) > 1:
        ways.append(lambda: term(t.head, *drop(chance, t.args)))
    if t.head in ("hcat", "vcat", "add", "mul", "eq", "le", "lt", "implies", "apply"):
        ways.append(lambda: term(t.head, *reversed(t.args)))
    if t.head == "entry":
        ways.append(lambda: term("entry", t.args[0], t.args[2], t.args[1]))
    if t.head in ("le", "lt", "eq"):
        ways += [lambda: term(chance.choice(("le", "lt", "eq")), *t.args)] * 2
    if t.head in ("forall", "exists"):
        ways.append(lambda: term("exists" if t.head == "forall" else "forall", *t.args))
    if t.head in ("each", "sum"):
        i, low, high, body = t.args
        ways += [
            lambda: term(t.head, i, add(low, num(chance.choice((-1, 1)))), high, body),
            lambda: term(t.head, i, low, add(high, num(chance.choice((-1, 1)))), body),
            lambda: term(t.head, i, high, low, body),
        ]
    if t.head == "rec":
        ways.append(lambda: term("rec", *t.args, name="down" if t.name == "up" else "up"))
    if t.head == "upd":
        ways.append(lambda: t.args[0])
    if t.sort.head == "formula":
        ways += [
            lambda: term("not", t),
            lambda: term("and"),
            lambda: term("or"),
            lambda: term("or", t, chance.choice(pool)),
            lambda: term("and", t, chance.choice(pool)),
        ]
    same = [u for u in pool if u.sort is t.sort or (t.sort in NUMBERS and u.sort in NUMBERS)]
    if same:
        ways += [lambda: chance.choice(same)] * 3
    return chance.choice(ways)() if ways else t


def drop(chance: random.Random, xs: Sequence[Any]) -> tuple[Any, ...]:
    """All but one."""
    n = chance.randrange(len(xs))
    return (*xs[:n], *xs[n + 1 :])


def exchanged(chance: random.Random, claim: Claim) -> Claim:
    """One part of a formula changed: everywhere, in most places, or in one formula."""
    seen = [u for f in formulas(claim) for u in subterms(f)]
    old = chance.choice(seen)
    new = changed_term(chance, old, seen)
    share = chance.choice((1.0, 1.0, 0.7, 0.3))
    return in_claim(claim, lambda t: put(t, old, new) if chance.random() < share else t)


def renamed(chance: random.Random, claim: Claim) -> Claim:
    """One variable takes the name of another everywhere: two become one, or are captured."""
    names = {u for f in formulas(claim) for u in f.free} | set(claim.variables)
    names |= {
        b for f in formulas(claim) for u in subterms(f) for b in u.args[: BOUND.get(u.head, 0)]
    }
    pool = sorted(names, key=lambda v: v.key)
    old = chance.choice(pool)
    new = var(
        str(chance.choice(pool).name), chance.choice((old.args[0], old.args[0], INT, NAT, REAL))
    )

    def change(t: Term) -> Term:
        if t is old:
            return new
        if not t.args:
            return t
        return term(t.head, *map(change, t.args), name=t.name)

    out = in_claim(claim, change)
    variables = tuple(dict.fromkeys(map(change, claim.variables)))
    return replace(out, variables=variables, proof=tuple(in_names(s, change) for s in out.proof))


def in_names(step: Step, change: Change) -> Step:
    """The step with the names that its reasons declare changed."""
    within = lambda proof: tuple(in_names(s, change) for s in proof)  # noqa: E731
    r = step.reason
    match r:
        case Generic():
            r = Generic(tuple(map(change, r.names)), within(r.proof))
        case Obtain():
            r = Obtain(tuple(map(change, r.names)))
        case Induct():
            r = Induct(change(r.name), within(r.base), within(r.step), r.down)
        case Cases():
            r = Cases(tuple(map(within, r.branches)), r.split)
        case Contradiction():
            r = Contradiction(within(r.proof))
    return replace(step, reason=r)


# ---- changes of steps ----------------------------------------------------------------------------
def in_proofs(
    chance: random.Random, claim: Claim, change: Callable[[tuple[Step, ...]], tuple[Step, ...]]
) -> Claim:
    """The claim with one list of steps in it changed."""
    lists = 0

    def walk(proof: tuple[Step, ...], chosen: int | None) -> tuple[Step, ...]:
        nonlocal lists
        mine, lists = lists, lists + 1
        proof = tuple(replace(s, reason=inside(s.reason, chosen)) for s in proof)
        return change(proof) if mine == chosen and proof else proof

    def inside(r: Reason, chosen: int | None) -> Reason:
        match r:
            case Generic():
                return Generic(r.names, walk(r.proof, chosen))
            case Induct():
                return Induct(r.name, walk(r.base, chosen), walk(r.step, chosen), r.down)
            case Cases():
                return Cases(tuple(walk(b, chosen) for b in r.branches), r.split)
            case Contradiction():
                return Contradiction(walk(r.proof, chosen))
        return r

    walk(claim.proof, None)
    chosen, lists = chance.randrange(lists), 0
    return replace(claim, proof=walk(claim.proof, chosen))


def changed_steps(
    chance: random.Random, proof: tuple[Step, ...], facts: Sequence[str]
) -> tuple[Step, ...]:
    """One step left out, moved, or with other premises, another rule, other terms."""
    n = chance.randrange(len(proof))
    step = proof[n]

    def one(new: Step) -> tuple[Step, ...]:
        return (*proof[:n], new, *proof[n + 1 :])

    def reason() -> Step:
        r = step.reason
        if isinstance(r, Apply) and chance.random() < 0.4:
            return replace(step, reason=Apply(chance.choice(list(BOOK.values())), r.terms))
        if isinstance(r, Apply) and r.terms:
            name = chance.choice(list(r.terms))
            return replace(
                step, reason=Apply(r.rule, {**r.terms, name: chance.choice(list(r.terms.values()))})
            )
        if isinstance(r, Induct):
            return replace(step, reason=replace(r, down=not r.down))
        return step

    ways: list[Callable[[], tuple[Step, ...]]] = [
        lambda: drop(chance, proof),
        lambda: tuple(chance.sample(proof, len(proof))),
        lambda: one(replace(step, uses=drop(chance, step.uses) if step.uses else ())),
        lambda: one(replace(step, uses=(*step.uses, chance.choice(facts)))),
        lambda: one(
            replace(
                step, uses=tuple(chance.choice((u, u, chance.choice(facts))) for u in step.uses)
            )
        ),
        lambda: one(
            replace(
                step,
                uses=tuple(
                    u.removeprefix("<") if u.startswith("<") else "<" + u for u in step.uses
                ),
            )
        ),
        lambda: one(reason()),
        lambda: one(reason()),
        lambda: one(replace(step, reason=chance.choice(proof).reason)),
    ]
    return chance.choice(ways)()


def restructured(chance: random.Random, claim: Claim) -> Claim:
    """The proof with a change in one of its lists of steps."""
    facts = [*claim.given, *(f"standing {n + 1}" for n in range(len(claim.standing)))]
    facts += [s.name for s in claim.proof] + [
        f"{s.name}.{x}"
        for s in claim.proof
        for x in ("1", "2", "before", "range", "if", "not", "v")
    ]
    return in_proofs(chance, claim, lambda proof: changed_steps(chance, proof, facts))


# ---- changes of what is given --------------------------------------------------------------------
def rehypothesised(chance: random.Random, claim: Claim) -> Claim:
    """A hypothesis or assumption left out, weakened, or moved."""
    given, standing = dict(claim.given), list(claim.standing)
    names = list(given)
    if names and (not standing or chance.random() < 0.6):
        name = chance.choice(names)
        if chance.random() < 0.5:
            del given[name]
        else:
            given[name] = changed_term(chance, given[name], list(given.values()))
    elif standing:
        n = chance.randrange(len(standing))
        if chance.random() < 0.5:
            del standing[n]
        else:
            standing[n] = changed_term(chance, standing[n], standing)
    return replace(claim, given=given, standing=tuple(standing))


def concluded(chance: random.Random, claim: Claim) -> Claim:
    """The conclusion, and the last step with it, changed."""
    pool = [u for f in formulas(claim) for u in subterms(f)]
    parts = list(subterms(claim.then))
    old = chance.choice(parts)
    then = put(claim.then, old, changed_term(chance, old, pool))
    last = [replace(s, gives=then) for s in claim.proof[-1:]]
    return replace(claim, then=then, proof=(*claim.proof[:-1], *last))


KINDS = (
    exchanged,
    exchanged,
    exchanged,
    renamed,
    restructured,
    restructured,
    rehypothesised,
    concluded,
    concluded,
)
"""The kinds of change, some more often than others."""


def variant(chance: random.Random, claim: Claim) -> Claim | None:
    """A claim one or two changes away; None where no well-sorted one was found."""
    for _ in range(5):
        try:
            made = claim
            for _ in range(chance.choice((1, 1, 2))):
                made = chance.choice(KINDS)(chance, made)
        except (SortError, AssertionError):
            continue
        return made
    return None


def spelled_out(claim: Claim, finished: dict[Step, Step]) -> Claim:
    """The claim with steps as they were completed, inside other steps, too."""

    def made(step: Step) -> Step:
        whole = finished.get(step, step)
        return replace(whole, reason=inside(whole.reason))

    def inside(r: Reason) -> Reason:
        match r:
            case Generic():
                return Generic(r.names, tuple(map(made, r.proof)))
            case Induct():
                return Induct(r.name, tuple(map(made, r.base)), tuple(map(made, r.step)), r.down)
            case Cases():
                return Cases(tuple(tuple(map(made, b)) for b in r.branches), r.split)
            case Contradiction():
                return Contradiction(tuple(map(made, r.proof)))
        return r

    return replace(claim, proof=tuple(map(made, claim.proof)))
