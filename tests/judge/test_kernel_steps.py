"""Single steps at random: from formulas that hold on random data the kernel takes none that fails.

First the data are drawn, then formulas that hold there, beyond doubt; they are given. A step that
is accepted must give a formula that does not fail on these data.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from random import Random

import pytest
from derivation_changes import changed_term, put, subterms
from direct_values import Direct, Unsettled, Values
from random_terms import FREE, Terms, random_values
from random_terms import I as INDEX
from random_terms import J as OTHER_INDEX
from random_terms import M as ROWS
from random_terms import N as COLUMNS
from small_derivations import calculation, definition, judged, linear, logic

from symbolic_landscape.errors import SortError
from symbolic_landscape.statement.lemma import Claim
from symbolic_landscape.statement.normal import TRUE
from symbolic_landscape.statement.parts import add, mul
from symbolic_landscape.statement.step import Construct, Instantiate, Reason, Step
from symbolic_landscape.statement.term import (
    INT,
    NUMBERS,
    Term,
    apply,
    num,
    substitute,
    term,
)

DIRECT = Direct()
MANY, STEPS = 40_000, 5
"""Random steps in the slow suite, and how many of them are about the same data."""


def holds(f: Term, values: Values) -> bool | None:
    """Whether a formula holds; None where that is not settled."""
    try:
        return DIRECT.holds(f, values)
    except Unsettled:
        return None


def true_formula(chance: Random, terms: Terms, values: Values) -> Term | None:
    """A formula that holds, an equation or inequality more often than not."""
    for _ in range(6):
        draw = chance.choice((terms.formula, relation(chance, terms), relation(chance, terms)))
        try:
            f = draw(2)
        except SortError:
            continue
        for g in (f, term("not", f)):
            if g.free <= set(FREE) and holds(g, values) is True:
                return g
    return None


def relation(chance: Random, terms: Terms) -> Callable[[int], Term]:
    """Draws equations and inequalities of equal or neighbouring terms, also for all indices."""

    def drawn(depth: int) -> Term:
        draw = chance.choice((terms.integer, terms.number, terms.matrix, terms.number))
        a = draw(depth)
        parts = list(subterms(a))
        old = chance.choice(parts)
        b = put(a, old, changed_term(chance, old, parts))
        if a.sort not in NUMBERS and a.sort is not b.sort:
            b = a
        head = chance.choice(("eq", "le", "lt")) if a.sort in NUMBERS else "eq"
        return term(head, a, b)

    def bounded(depth: int) -> Term:
        bound, body = terms.under("indices", INT, lambda: drawn(depth))
        return term(chance.choice(("each", "each", "exists")), bound, *(terms.range(1)), body)

    return chance.choice((drawn, drawn, bounded))


ENDS = (INDEX, OTHER_INDEX, COLUMNS, ROWS, num(1), num(0))
RELATIONS = [term(h, a, b) for a in ENDS for b in ENDS for h in ("le", "lt", "eq") if a is not b]


def knowledge(chance: Random, values: Values) -> list[Term]:
    """Some true inequalities between sizes and indices."""
    return [f for f in RELATIONS if chance.random() < 0.3 and holds(f, values)]


def place(chance: Random, terms: Terms, f: Term) -> Term:
    """A value for a quantifier, often near an end of the range."""
    if f.head == "forall" and f.args[0].sort is not INT:
        return terms.number(1)
    if f.head == "forall" or chance.random() < 0.3:
        return terms.integer(1)
    return add(chance.choice(f.args[1:3]), num(chance.choice((0, 0, 1, -1))))


def goal_of(chance: Random, terms: Terms, facts: list[Term]) -> tuple[Reason, Term | None, int]:
    """A reason, what it is said to give, and how many facts it uses."""
    one = facts[0]
    kind = chance.choice(("linear", "logic", "calculation", "value", "witness", "recursion"))
    parts = [p for f in facts for p in subterms(f)]
    if kind == "value":
        f = next((f for f in facts if f.head in ("each", "forall")), one)
        facts.sort(key=lambda g: g is not f)
        values = []
        while f.head in ("each", "forall") and len(values) < 2:
            values.append(place(chance, terms, f))
            f = substitute(f.args[-1], {f.args[0]: values[-1]})
        return Instantiate(tuple(values)), f, 1
    if kind == "witness":
        x = terms.integer(1)
        places = [u for u in subterms(one) if u is x] or [x]
        body = put(one, places[0], INDEX)
        return Construct((x,)), term("exists", INDEX, body), 1
    if kind == "recursion":
        f = next((g for g in (terms.family(2) for _ in range(9)) if g.head == "rec"), None)
        if f is None:
            return definition, None, 0
        i, previous, start, _, body = f.args
        k = add(start, num(chance.randint(-2, 2))) if chance.random() < 0.7 else terms.integer(1)
        before = apply(f, add(k, num(chance.choice((-1, -1, 1)))))
        return definition, term("eq", apply(f, k), substitute(body, {i: k, previous: before})), 0
    old = chance.choice(parts)
    changed = put(one, old, changed_term(chance, old, parts))
    if kind == "logic":
        return (
            logic,
            chance.choice((changed, term("or", changed, *facts[1:2]), term("not", changed))),
            2,
        )
    if kind == "linear":
        relations = [f for f in facts if f.head in ("eq", "le", "lt") and f.args[0].sort in NUMBERS]
        if len(relations) > 1:
            (a, b), (c, d) = (f.args for f in relations[:2])
            factor = num(chance.choice((1, 1, 2, -1)))
            head = chance.choice(("eq", "le", "lt"))
            changed = term(head, add(a, mul(factor, c)), add(b, mul(factor, d)))
            facts[:2] = relations[:2]
        return linear, changed, 2
    equations = [f for f in facts if f.head == "eq"]
    if equations and chance.random() < 0.8:
        facts[1:] = equations[:1]
        old, new = equations[0].args
        changed = put(one, old, new)
    return calculation, changed, 2


def drawn_step(chance: Random, terms: Terms, given: dict[str, Term], values: Values) -> Step | str:
    """A step that uses some of the facts given, or why there is none."""
    facts = chance.sample(list(given.values()), len(given))
    try:
        reason, gives, count = goal_of(chance, terms, facts)
        if gives is None or gives.sort.head != "formula" or not gives.free <= set(FREE):
            return "no goal"
    except SortError:
        return "no goal"
    if holds(gives, values) is True and chance.random() < 0.5:
        return "true"
    used = facts[: min(count, chance.randint(1, 2)) if count else 0]
    names = {f: name for name, f in given.items()}
    return Step("", gives, reason, tuple(dict.fromkeys(names[f] for f in used)))


def outcomes(seed: int) -> list[str]:
    """What became of random steps on the same data; AssertionError where one accepted fails.

    The kernel takes each for itself: the yield of another is no fact that it uses.
    """
    chance = Random(seed)
    terms, values = Terms(chance), random_values(chance)
    facts = [f for f in (true_formula(chance, terms, values) for _ in range(4)) if f is not None]
    given = {f"h{n}": f for n, f in enumerate(dict.fromkeys(facts))}
    if len(given) < 2:
        return ["no facts"]
    drawn = [drawn_step(chance, terms, given, values) for _ in range(STEPS)]
    steps = [replace(s, name=f"s{n}") for n, s in enumerate(drawn) if isinstance(s, Step)]
    found = [s for s in drawn if isinstance(s, str)]
    if not steps:
        return found
    standing = tuple(knowledge(chance, values))
    judgement = judged(Claim("steps", FREE, standing, given, TRUE, tuple(steps)))
    for one in judgement.steps:
        if one.accepted:
            assert one.step.gives is not None
            words = f"{one.step.reason} gives {one.step.gives} from {one.step.uses} of {given}"
            assert holds(one.step.gives, values) is not False, f"{words} at {values}"
        found.append("accepted" if one.accepted else "refused")
    return found


def counted(first: int, steps: int) -> Counter[str]:
    """What became of so many steps, from this seed on."""
    seeds = range(first, first + steps // STEPS)
    return Counter(word for seed in seeds for word in outcomes(seed))


@pytest.mark.parametrize("part", range(10))
def test_step_gives_nothing_that_fails(part: int) -> None:
    assert counted(1000 * part, 40).total() > 20


@pytest.mark.slow
@pytest.mark.parametrize("part", range(10))
def test_many_steps_give_nothing_that_fails(part: int) -> None:
    counts = counted(10**6 * (part + 1), MANY // 10)
    assert counts["accepted"] > MANY // 1000
