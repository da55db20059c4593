"""Single steps at random: from formulas that hold on random data the kernel takes none that fails.

First the data are drawn, then formulas that hold there, beyond doubt; they are given. A step that
is accepted must give a formula that does not fail on these data.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
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
MANY = 40_000


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


def knowledge(chance: Random, values: Values) -> list[Term]:
    """Some true inequalities between sizes and indices."""
    ends = (INDEX, OTHER_INDEX, COLUMNS, ROWS, num(1), num(0))
    rows = [term(h, a, b) for a in ends for b in ends for h in ("le", "lt", "eq") if a is not b]
    return [f for f in rows if chance.random() < 0.3 and holds(f, values)]


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


def outcome(seed: int) -> str:
    """What became of one random step; AssertionError where it is accepted and fails."""
    chance = Random(seed)
    terms, values = Terms(chance), random_values(chance)
    facts = [f for f in (true_formula(chance, terms, values) for _ in range(4)) if f is not None]
    if len(facts) < 2:
        return "no facts"
    try:
        reason, gives, count = goal_of(chance, terms, facts)
        if gives is None or gives.sort.head != "formula" or not gives.free <= set(FREE):
            return "no goal"
    except SortError:
        return "no goal"
    truth = holds(gives, values)
    if truth is True and chance.random() < 0.5:
        return "true"
    given = {f"h{n}": f for n, f in enumerate(facts)}
    uses = tuple(f"h{n}" for n in range(min(count, chance.randint(1, 2)) if count else 0))
    c = Claim(
        "step",
        FREE,
        tuple(knowledge(chance, values)),
        given,
        gives,
        (Step("s", gives, reason, uses),),
    )
    d = judged(c)
    if not d.derived:
        return f"{type(reason).__name__} refused"
    assert truth is not False, f"{reason} gives {gives} from {[given[u] for u in uses]} at {values}"
    return f"{type(reason).__name__} accepted"


@pytest.mark.parametrize("part", range(10))
def test_step_gives_nothing_that_fails(part: int) -> None:
    counts = Counter(outcome(1000 * part + n) for n in range(40))
    assert counts.total() == 40


@pytest.mark.slow
@pytest.mark.parametrize("part", range(10))
def test_many_steps_give_nothing_that_fails(part: int) -> None:
    counts = Counter(outcome(10**6 * (part + 1) + n) for n in range(MANY // 10))
    assert sum(n for name, n in counts.items() if name.endswith("accepted")) > MANY // 1000
