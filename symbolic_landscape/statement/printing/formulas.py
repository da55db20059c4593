"""Formulas: relations, and, or, not, if ... then, quantifiers."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from symbolic_landscape.statement.letters import family
from symbolic_landscape.statement.notation import Level
from symbolic_landscape.statement.printing.marks import Shown
from symbolic_landscape.statement.printing.shapes import NEITHER, Place, either, parts, settled
from symbolic_landscape.statement.printing.sorts import member
from symbolic_landscape.statement.term import FORMULA, Term, conjuncts

if TYPE_CHECKING:
    from symbolic_landscape.statement.printing.printer import Printer

RELATIONS = {"eq": ("=", "="), "le": ("≤", r"\le"), "lt": ("<", "<")}


def related(p: Printer, chain: Sequence[Term]) -> Shown:
    """Relations each of which starts where the one before ends: a ≤ b < c."""
    places: list[Place] = []
    for t in chain:
        (x, known), end = parts(t, NEITHER)
        if places:
            known = either((places.pop()[1], known))
        places += [(x, known), end]
    out = p.held(places[0][0], Level.LOOSE, places[0][1])
    for t, (x, known) in zip(chain, places[1:], strict=True):
        out += f" {_relation(p, t)} {p.held(x, Level.LOOSE, known)}"
    return Shown(out, Level.RELATED)


def _relation(p: Printer, t: Term) -> str:
    if t.args[0].sort is FORMULA:
        return p.marks.pick("⇔", r"\Leftrightarrow")
    return p.marks.pick(*RELATIONS[t.head])


def joined(p: Printer, t: Term) -> Shown:
    """A and B; A or B; each inside the other is bracketed."""
    groups = _chains(t) if t.head == "and" else [[x] for x in _disjuncts(t)]
    one = [related(p, g) if g[1:] else p.show(g[0]) for g in groups]
    if not one:
        return Shown(p.marks.words("true" if t.head == "and" else "false"), Level.ATOM)
    if len(one) == 1:
        return one[0]
    sign = p.marks.pick(f" {t.head} ", r" \land " if t.head == "and" else r" \lor ")
    level = Level.CONJOINED if t.head == "and" else Level.DISJOINED
    return Shown(sign.join(p.marks.held(x, Level.NEGATED) for x in one), level)


def _chains(t: Term) -> list[list[Term]]:
    """The parts of a conjunction; those that read a ≤ b, b < c stand together."""
    out: list[list[Term]] = []
    for f in conjuncts(t):
        if (
            out
            and {out[-1][-1].head, f.head} <= set(RELATIONS)
            and out[-1][-1].args[1] is f.args[0]
        ):
            out[-1].append(f)
        else:
            out.append([f])
    return out


def _disjuncts(t: Term) -> list[Term]:
    return [x for a in t.args for x in (_disjuncts(a) if a.head == "or" else [a])]


def membership(p: Printer, t: Term, sign: str) -> Shown:
    """The value i ∈ I of a property of integers."""
    left, right = p.held(t.args[1], Level.SUMMED), p.held(t.args[0], Level.CALLED)
    return Shown(f"{left} {sign} {right}", Level.RELATED)


def negated(p: Printer, f: Term) -> Shown:
    """Not A; a ≠ b; i ∉ I."""
    if f.head == "apply" and family(f.args[0].sort):
        return membership(p, f, p.marks.pick("∉", r"\notin"))
    if f.head == "eq" and f.args[0].sort is not FORMULA:
        x, y = (p.held(x, Level.LOOSE, known) for x, known in parts(f, NEITHER))
        sign = p.marks.pick("≠", r"\ne")
        return Shown(f"{x} {sign} {y}", Level.RELATED)
    sign = p.marks.pick("not", r"\lnot")
    return Shown(f"{sign} {p.held(f, Level.MAPPED)}", Level.NEGATED)


def implied(p: Printer, t: Term) -> Shown:
    """If A then B."""
    a, b = p.held(t.args[0], Level.DISJOINED), p.show(t.args[1]).text
    return Shown(p.marks.pick(f"if {a} then {b}", rf"{a} \Rightarrow {b}"), Level.QUANTIFIED)


def each(p: Printer, t: Term) -> Shown:
    """For all i = 1..N, j = 1..d: ..."""
    inner, ranges = p, list[str]()
    while t.head == "each":
        i, low, high, t = t.args
        ends = p.marks.pick("..", r", \dots, ").join(map(inner.index, (low, high)))
        inner = inner.under(i)
        ranges.append(f"{inner.letter(i)} = {ends}")
    return _opened(p, ("for all", ":", r"\forall"), ranges, inner.show(t))


def quantified(p: Printer, t: Term) -> Shown:
    """For every V ∈ ℝ^(m×n): ..., or: there is h ∈ ℝ^n with ...; sorts are left out if known."""
    inner, head, known = p, t.head, True
    bound: list[tuple[str, str, Term]] = []
    while t.head == head:
        v, t = t.args
        inner = inner.under(v)
        bound.append((inner.letter(v), member(inner, v), v.args[0]))
        known = known and settled(v, t)
    listed = [letter for letter, _, _ in bound]
    if not known:
        listed = []
        for _, group in groupby(bound, key=lambda x: x[2]):
            *first, last = group
            listed += [y if sort.head == "fun" else x for x, y, sort in first] + [last[1]]
    if head == "forall":
        words = ("for every", ":", r"\forall")
    else:
        words = ("there is" if len(bound) == 1 else "there are", " with", r"\exists")
    return _opened(p, words, listed, inner.show(t))


def _opened(p: Printer, words: tuple[str, str, str], listed: Sequence[str], body: Shown) -> Shown:
    start, end, sign = words
    inside = ", ".join(listed)
    made = p.marks.pick(f"{start} {inside}{end} {body.text}", rf"{sign} {inside}:\ {body.text}")
    return Shown(made, Level.QUANTIFIED)
