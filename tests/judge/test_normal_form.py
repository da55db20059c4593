"""The normal form, substitution and replacing keep values: random terms on random small data."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest
from derivation_changes import changed_term, put, subterms
from direct_values import Direct, Unsettled, Values
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from random_terms import FREE, MATRICES, Terms, random_values
from random_terms import F as FAMILY
from random_terms import I as INDEX
from random_terms import J as OTHER_INDEX
from random_terms import M as ROWS
from random_terms import N as COLUMNS
from random_terms import V as WIDTHS

from symbolic_landscape.errors import SortError
from symbolic_landscape.judge.rewriting import rewritten
from symbolic_landscape.statement.normal import Normal
from symbolic_landscape.statement.parts import add, mul
from symbolic_landscape.statement.term import (
    INT,
    NAT,
    REAL,
    SCALAR_FUNCTION,
    Term,
    fits,
    num,
    substitute,
    term,
    var,
)

DIRECT = Direct(sampled=True)
SEEDS = st.integers(0, 10**9)
FAST, SLOW = settings(max_examples=250), settings(max_examples=20_000)


def value(t: Term, values: Values) -> Any:
    """The value of a term; an example where it has none is left out."""
    try:
        return DIRECT.value(t, values)
    except Unsettled:
        assume(False)


def drawn(chance: Random, depth: int) -> Term:
    """A random term; an example that gives none is left out."""
    try:
        return Terms(chance).any(depth)
    except SortError:
        assume(False)
        raise


ENDS = (INDEX, OTHER_INDEX, COLUMNS, ROWS, num(1))
DIFFERENCES = {
    (a, b, c): add(a, mul(num(-1), b), num(-c)) for a in ENDS for b in ENDS for c in (0, 1)
}


def knowledge(chance: Random, values: Values) -> list[Term]:
    """Some true inequalities between sizes and indices, as terms that are at least 0."""
    at = {end: DIRECT.value(end, values) for end in ENDS}
    true = [t for (a, b, c), t in DIFFERENCES.items() if at[a] - at[b] - c >= 0]
    return [t for t in true if chance.random() < 0.5]


# ---- normal form ---------------------------------------------------------------------------------
def keeps_the_value(seed: int, depth: int, *, context: bool) -> None:
    """Compares a random term with its normal form."""
    chance = Random(seed)
    t, values = drawn(chance, depth), random_values(chance)
    normal = Normal(knowledge(chance, values) if context else ())
    before = value(t, values)
    try:
        form = normal.form(t)
    except SortError:  # a part became an integer where its sort was real
        assume(False)
        raise
    assert callable(before) or value(form, values) == before, f"{t} became {form}"


@FAST
@given(SEEDS)
def test_normal_form_keeps_the_value(seed: int) -> None:
    keeps_the_value(seed, 3, context=False)


@FAST
@given(SEEDS)
def test_normal_form_in_a_context_keeps_the_value(seed: int) -> None:
    keeps_the_value(seed, 3, context=True)


class Unasked(Normal):
    """A normal form that may not be asked how integers are ordered."""

    def _nonnegative(self, t: Term) -> bool:
        message = f"it is asked whether {t} is at least 0"
        raise AssertionError(message)


@FAST
@given(SEEDS)
def test_what_is_not_ordered_has_the_same_normal_form_in_every_context(seed: int) -> None:
    chance = Random(seed)
    t, values = drawn(chance, 3), random_values(chance)
    alone, context = Unasked(), Normal(knowledge(chance, values))
    for part in subterms(t):
        if not part.ordered:
            try:
                assert alone.form(part) is context.form(part)
            except SortError:
                continue


@pytest.mark.slow
@SLOW
@given(SEEDS, st.integers(2, 4), st.booleans())
def test_normal_form_of_many_terms_keeps_the_value(seed: int, depth: int, context: bool) -> None:
    keeps_the_value(seed, depth, context=context)


def neighbours_keep_apart(seed: int) -> None:
    """A term with one part changed has the same normal form only where it has the same value."""
    chance = Random(seed)
    t, values = drawn(chance, 3), random_values(chance)
    normal = Normal(knowledge(chance, values))
    try:
        parts = list(subterms(t))
        old = chance.choice(parts)
        other = put(t, old, changed_term(chance, old, parts))
        same = other.free <= set(FREE) and normal.same(t, other)
    except SortError:
        assume(False)
        raise
    before = value(t, values)
    if same and not callable(before):
        assert value(other, values) == before, f"{t} and {other} are not the same"


@FAST
@given(SEEDS)
def test_neighbours_with_one_normal_form_have_one_value(seed: int) -> None:
    neighbours_keep_apart(seed)


@pytest.mark.slow
@SLOW
@given(SEEDS)
@example(112926387)
def test_many_neighbours_with_one_normal_form_have_one_value(seed: int) -> None:
    neighbours_keep_apart(seed)


# ---- substitution --------------------------------------------------------------------------------
def replacement(chance: Random, terms: Terms, v: Term) -> Term | None:
    """A term that fits in the place of a variable."""
    if v.sort is NAT:
        sizes = (add(COLUMNS, num(1)), COLUMNS, ROWS, mul(COLUMNS, num(2)))
        return chance.choice((*sizes, term("rank", terms.matrix(1))))
    draw = {INT: terms.integer, REAL: terms.number, SCALAR_FUNCTION: terms.scalar_function}
    draw |= {FAMILY.sort: terms.family, WIDTHS.sort: terms.widths}
    return draw[v.sort](2) if v.sort in draw else None


def substitution(chance: Random, terms: Terms) -> dict[Term, Term]:
    """Terms for some variables, sizes among them, and matrices of the new shapes."""
    change: dict[Term, Term] = {}
    for v in chance.sample(FREE, 4):
        r = replacement(chance, terms, v)
        if r is not None and fits(r, v.sort):
            change[v] = r
    for v in chance.sample(list(MATRICES.values()), 2):
        change[v] = terms.matrix(2, *substitute(v.sort, change).args)
    return change


def substitution_keeps_the_value(seed: int, depth: int) -> None:
    """A term with terms put in has the value at the values of these terms."""
    chance = Random(seed)
    terms = Terms(chance)
    t = drawn(chance, depth)
    try:
        change = substitution(chance, terms)
        made = substitute(t, change)
        moved = {
            v: change.get(v, substitute(v, {k: r for k, r in change.items() if k is not v}))
            for v in FREE
        }
    except SortError:
        assume(False)
        raise
    free = made.free.union(*(r.free for r in moved.values()))
    assume(len({v.name for v in free}) == len(free))
    try:
        new = random_values(chance, tuple(sorted(free, key=lambda v: v.key)))
    except Unsettled:  # a variable whose size came out negative has no value
        assume(False)
        raise
    old = {v: value(r, new) for v, r in moved.items()}
    before = value(t, old)
    assert callable(before) or value(made, new) == before, f"{t} at {change} became {made}"


@FAST
@given(SEEDS)
def test_substitution_keeps_the_value(seed: int) -> None:
    substitution_keeps_the_value(seed, 3)


@pytest.mark.slow
@SLOW
@given(SEEDS, st.integers(2, 4))
@example(23411361, 3)
def test_substitution_in_many_terms_keeps_the_value(seed: int, depth: int) -> None:
    substitution_keeps_the_value(seed, depth)


# ---- replacing equals ----------------------------------------------------------------------------
def part(chance: Random, t: Term) -> Term:
    """A part of a term, perhaps a multiple of it, or some of its factors."""
    parts = [u for u in subterms(t) if u.free <= set(FREE) and u.head not in ("num", "and", "or")]
    parts = [u for u in parts if u.sort.head in ("int", "nat", "real", "matrix", "fun")]
    assume(parts)
    old = chance.choice(parts)
    if old.sort.head in ("real", "matrix") and chance.random() < 0.4:
        old = mul(num(chance.choice((2, -1))), old)
    if old.sort.head in ("real", "matrix") and old.head == "mul" and chance.random() < 0.5:
        old = term("mul", *([a for a in old.args if chance.random() < 0.8] or [old]))
    return old


def replacing_keeps_the_value(seed: int, depth: int) -> None:
    """A part of a term is replaced by a new variable of the same value."""
    chance = Random(seed)
    t, values, normal = drawn(chance, depth), random_values(chance), Normal()
    try:
        form = normal.form(t)
        old = part(chance, chance.choice((t, form)))
        new = var("fresh", old.sort)
        assume(old.sort.free <= set(FREE))
        made = normal.form(rewritten(normal, form, old, new))
    except SortError:
        assume(False)
        raise
    before, known = value(t, values), {**values, new: value(old, values)}
    assert callable(before) or value(made, known) == before, f"{old} in {form} became {made}"


@FAST
@given(SEEDS)
def test_replacing_equals_keeps_the_value(seed: int) -> None:
    replacing_keeps_the_value(seed, 3)


@pytest.mark.slow
@SLOW
@given(SEEDS, st.integers(2, 4))
def test_replacing_equals_in_many_terms_keeps_the_value(seed: int, depth: int) -> None:
    replacing_keeps_the_value(seed, depth)
