"""Unknowns: variables of a pattern for which terms are sought, and monomials that have some.

An unknown is a variable whose name starts with `?`. A letter or factor is *lone* where it is an
unknown, perhaps applied to different bound variables (then it may become any term in them).

Not trusted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import chain, combinations
from typing import TypeVar
from weakref import WeakKeyDictionary

from symbolic_landscape.errors import SortError
from symbolic_landscape.statement.normal import Normal
from symbolic_landscape.statement.term import (
    BOUND,
    REAL,
    Key,
    Poly,
    Term,
    matrix,
    substitute,
    term,
    var,
    written,
)

MARK = "?"
"""The first letter of the names of unknowns."""

Found = Mapping[str, Term]
"""Terms for unknowns, by their names."""

T = TypeVar("T")


class Folded(Normal):
    """The normal form in which definitions stand, so that what is found reads as it was written."""

    def reduced(self, t: Term) -> Term:
        """The term with an application at its head carried out, unless it is a definition's."""
        return t if t.head == "def" else super().reduced(t)

    def _rebuilt(self, t: Term) -> Term:
        if t.head != "def":
            return super()._rebuilt(t)
        try:
            return term("def", t.args[0], *map(self.form, t.args[1:]), name=t.name)
        except SortError:  # a function whose values become integers, as the constant 1 + 0 t
            return t


_FOLDED: WeakKeyDictionary[Normal, Folded] = WeakKeyDictionary()


def folded(normal: Normal) -> Folded:
    """The normal form in the same context in which definitions stand; one for each."""
    if normal not in _FOLDED:
        bare = folded(normal.bare(0)).bare if normal.known else None
        _FOLDED[normal] = Folded(normal.known, normal.depth, bare)
    return _FOLDED[normal]


# ---- unknowns ------------------------------------------------------------------------------------
def unknowns(variables: Sequence[Term]) -> dict[Term, Term]:
    """An unknown for each variable, over sorts with unknowns."""
    change: dict[Term, Term] = {}
    for v in sorted(variables, key=lambda v: len(v.free)):
        change[v] = var(f"{MARK}{v.name}", substitute(v.args[0], change))
    return change


def open_names(t: Term) -> frozenset[str]:
    """The names of the unknowns that occur."""
    return frozenset(str(v.name) for v in t.free if str(v.name).startswith(MARK))


def put(p: Term, found: Found, more: Mapping[Term, Term] | None = None) -> Term | None:
    """The pattern with what is found put in; None where the sorts do not fit."""
    change = {v: found[str(v.name)] for v in p.free if v.name in found}
    try:
        return substitute(p, {**change, **(more or {})})
    except SortError:
        return None


def spine(p: Term) -> tuple[Term, tuple[Term, ...]]:
    """The function f and the arguments (x, y) of f(x)(y)."""
    arguments: list[Term] = []
    while p.head == "apply":
        p, x = p.args
        arguments.append(x)
    return p, tuple(reversed(arguments))


def is_bound(x: Term) -> bool:
    """Whether the term is a bound variable, named by its depth."""
    return x.head == "var" and str(x.name).startswith("#")


def is_lone(p: Term) -> bool:
    """Whether the pattern is an unknown, perhaps applied to different bound variables."""
    f, arguments = spine(p)
    return (
        f.head == "var"
        and str(f.name).startswith(MARK)
        and len(set(arguments)) == len(arguments)
        and all(map(is_bound, arguments))
    )


def is_lone_letter(p: Term) -> bool:
    """Whether the pattern is lone, perhaps transposed."""
    return is_lone(p.args[0] if p.head == "tr" else p)


def hardness(p: Term) -> int:
    """What is tried first: what is known, then operations, then lone unknowns."""
    return 1 + is_lone_letter(p) if open_names(p) else 0


# ---- monomials -----------------------------------------------------------------------------------
def is_open(key: Key) -> bool:
    """Whether an unknown occurs in the monomial."""
    return any(open_names(x) for x in chain(*key))


def lone_factor(key: Key) -> Term | None:
    """The one factor of a monomial that is lone, perhaps transposed."""
    factors = (*key[0], *key[1])
    return factors[0] if len(factors) == 1 and is_lone_letter(factors[0]) else None


def linear_unknown(key: Key) -> Term | None:
    """The variable that is the one unknown of a monomial, and in which it is linear."""
    factors = [x for x in chain(*key) if open_names(x)]
    while len(factors) == 1:
        (p,) = factors
        if p.head == "var":
            return p
        if p.head not in ("tr", "trace", "entry", "had", "mul", "sum"):
            return None
        factors = [a for a in p.args[BOUND.get(p.head, 0) :] if open_names(a)]
    return None


def order(key: Key) -> tuple[bool, int, int, str]:
    """Monomials of which much is known come first, lone unknowns last."""
    factors = (*key[0], *key[1])
    lone = sum(map(is_lone_letter, factors))
    return lone_factor(key) is not None, lone, -len(factors), " ".join(x.key for x in factors)


def parts_of(family: Sequence[T]) -> Iterator[tuple[T, ...]]:
    """The parts of a family that are not empty, small ones first."""
    return (part for n in range(1, len(family) + 1) for part in combinations(family, n))


def without(factors: Sequence[Term], some: Sequence[Term]) -> tuple[Term, ...] | None:
    """The factors without these; None where one is missing."""
    left = list(factors)
    for x in some:
        if x not in left:
            return None
        left.remove(x)
    return tuple(left)


def factored(p: Poly, sort: Term) -> tuple[Key, Fraction]:
    """A sum as one monomial: common factors, and what is left of the sum as one more factor."""
    if len(p) == 1:
        return next(iter(p.items()))
    common: list[Term] = []
    for x in next(iter(p))[0]:
        if all(without(s, (*common, x)) is not None for s, _ in p):
            common.append(x)
    words = [w for _, w in p]
    first = _shared_length(words)
    last = _shared_length([w[first:][::-1] for w in words])
    head, tail = words[0][:first], words[0][len(words[0]) - last :]
    inside = {(without(s, common) or (), w[first : len(w) - last]): c for (s, w), c in p.items()}
    if sort.head != "matrix" or not any(w for _, w in inside):
        return ((*common, written(inside, REAL)), head), Fraction(1)
    rows = head[-1].sort.args[1] if head else sort.args[0]
    columns = tail[0].sort.args[0] if tail else sort.args[1]
    return (tuple(common), (*head, written(inside, matrix(rows, columns)), *tail)), Fraction(1)


def _shared_length(words: Sequence[tuple[Term, ...]]) -> int:
    """The number of letters with which all words start."""
    n = 0
    while all(len(w) > n and w[n] is words[0][n] for w in words):
        n += 1
    return n
