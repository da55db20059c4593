"""Rewriting: where equations change a term, as contexts that the kernel then checks.

Not trusted: a context is a function with a hole, and the kernel compares what it makes of the old
term with the term at hand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from symbolic_landscape.judge.kernel import Refused, Scope, ends, need
from symbolic_landscape.statement.normal import Normal
from symbolic_landscape.statement.parts import add, mul
from symbolic_landscape.statement.step import Calculation, Replacement, Step
from symbolic_landscape.statement.term import (
    BOUND,
    INT,
    NUMBERS,
    ONE_KEY,
    REAL,
    Key,
    Poly,
    Term,
    num,
    plus,
    substitute,
    term,
    times,
    var,
    written,
)

ROUNDS = 40
"""A calculation that has not come to rest after so many replacements is given up."""


def opened(normal: Normal, f: Term, heads: Sequence[str], values: Sequence[Term]) -> Term:
    """What a formula says at values, one for each quantifier; Refused where there is none."""
    for x in values:
        f = normal.reduced(f)
        need(f.head in heads, f, "has no quantifier for", x)
        f = substitute(f.args[-1], {f.args[0]: x})
    return f


def calculated(step: Step, scope: Scope) -> Step:
    """The step with the replacements that bring both ends to rest."""
    if step.gives is None or not isinstance(step.reason, Calculation):
        return step
    facts = [scope.fact(u.removeprefix("<")).formula for u in step.uses]
    sides = ends(scope.normal, facts, step.gives)
    equations = _equations(scope.normal, facts, step.uses, start=sides[1:] == facts[:1])
    (left, made), (right, other) = (_at_rest(scope.normal, end, equations) for end in sides)
    if made is not other:
        equations = _and_transposed(scope.normal, equations)
        (left, _), (right, _) = (_at_rest(scope.normal, end, equations) for end in sides)
    return replace(step, reason=Calculation(left, right))


def _equations(
    normal: Normal, facts: Sequence[Term], names: Sequence[str], *, start: bool
) -> list[tuple[int, Term, Term]]:
    """The terms to be replaced, and by what, by the places of facts; the start is none of them.

    The name of an equation that is turned round starts with `<`; of a sum on its left, the first
    summand is replaced.
    """
    found = []
    for n, name in list(enumerate(names))[start:]:
        f = normal.reduced(facts[n])
        need(f.head == "eq", f, "is no equation")
        old, new = f.args[::-1] if name.startswith("<") else f.args
        if old.head == "add":
            old, *others = old.args
            new = add(new, *(mul(num(-1), x) for x in others))
        found.append((n, old, new))
    return found


def _and_transposed(
    normal: Normal, equations: Sequence[tuple[int, Term, Term]]
) -> list[tuple[int, Term, Term]]:
    """The same, and their transposes, but for those that turn a matrix into its transpose."""
    found = list(equations)
    for n, old, new in equations:
        if old.sort.head == "matrix":
            turned = term("tr", old), term("tr", new)
            if normal.form(turned[0]) not in (normal.form(old), normal.form(new)):
                found.append((n, *turned))
    return found


def _at_rest(
    normal: Normal, t: Term, equations: Sequence[tuple[int, Term, Term]]
) -> tuple[tuple[Replacement, ...], Term]:
    """The replacements after which none of the equations changes the term, and what is left."""
    found: list[Replacement] = []
    t = normal.form(t)
    for _ in range(ROUNDS):
        before = t
        for n, old, new in equations:
            hole = var("hole", _sort(old, new))
            made = rewritten(normal, t, old, hole)
            if hole in made.free:
                context = term("lam", hole, made)
                found.append((n, old, new, context))
                t = normal.form(term("apply", context, new))
        if t is before:
            return tuple(found), t
    message = f"the calculation does not come to rest at {t}"
    raise Refused(message)


def _sort(old: Term, new: Term) -> Term:
    """A sort of which both are."""
    if old.sort not in NUMBERS:
        return old.sort
    return REAL if REAL in (old.sort, new.sort) else INT


def rewritten(normal: Normal, t: Term, old: Term, new: Term) -> Term:
    """A normal form with one term replaced by an equal one, also as a factor inside a product."""
    target = normal.form(old)
    if t is target:
        return new
    if not t.args or t.head in ("var", "const", "num"):
        return t
    if t.sort in NUMBERS or t.sort.head == "matrix":
        p, q = normal.poly(t), normal.poly(target)
        if t.head in ("add", "mul") or (len(q) == 1 and next(iter(q)) in p):
            out: Poly = {}
            for key, c in p.items():
                out = plus(out, _replaced(normal, key, q, old, new), c)
            return written(out, t.sort)

    n = BOUND.get(t.head, 0)
    names, inside, body = normal.opened(t) if n else ((), normal, t.args[-1])
    args = [rewritten(normal, a, old, new) for a in t.args[n:-1]]
    return term(t.head, *names, *args, rewritten(inside, body, old, new), name=t.name)


def _replaced(normal: Normal, key: Key, q: Poly, old: Term, new: Term) -> Poly:
    """One monomial with the single monomial q, where it divides it, replaced by the new term."""
    (scalars, letters) = key
    if len(q) == 1:
        ((s, w), c) = next(iter(q.items()))
        rest = list(scalars)
        divides = bool(w or (s and old.sort in NUMBERS))
        for x in s:
            if x in rest:
                rest.remove(x)
            else:
                divides = False
        place = next(
            (i for i in range(len(letters) - len(w) + 1) if letters[i : i + len(w)] == w), None
        )
        if divides and place is not None:
            left: Poly = {(tuple(rest), letters[:place]): 1 / c}
            right: Poly = {((), letters[place + len(w) :]): Fraction(1)}
            return times(times(left, normal.poly(new)), right)
    out: Poly = {ONE_KEY: Fraction(1)}
    for x in (*scalars, *letters):
        out = times(out, normal.poly(rewritten(normal, x, old, new)))
    return out
