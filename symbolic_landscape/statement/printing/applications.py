"""Names with their arguments, and functions: x ↦ ..., W[k ↦ V], σ′, ∇Φ, recursions."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from symbolic_landscape.statement.letters import Letter, family
from symbolic_landscape.statement.notation import Level, Notation, place
from symbolic_landscape.statement.printing.formulas import membership
from symbolic_landscape.statement.printing.marks import Shown
from symbolic_landscape.statement.printing.shapes import BOTH, NEITHER, Known, Place, parts, settled
from symbolic_landscape.statement.printing.sorts import member
from symbolic_landscape.statement.term import (
    FORMULA,
    INT,
    REAL,
    Term,
    num,
    substitute,
    term,
    var,
)

if TYPE_CHECKING:
    from symbolic_landscape.statement.printing.printer import Printer

INDICES = frozenset("ijklmn")
"""A variable with such a letter is taken for an integer, any other for a real number."""

Chain = list[tuple[bool, Place]]
"""What a function is applied to, one after the other, and whether it is an index."""


def application(p: Printer, t: Term) -> Shown:
    """A name with its arguments: indices of families, then arguments in brackets."""
    if t.head == "apply" and t.sort is FORMULA and family(t.args[0].sort):
        return membership(p, t, p.marks.element)
    chain: Chain = []
    while t.head == "apply":
        chain.insert(0, (family(t.args[0].sort), parts(t, NEITHER)[1]))
        t = t.args[0]
    if t.head in ("var", "const", "def", "pred"):
        shown, chain = _symbol(p, t, chain)
    else:
        shown = p.show(t)
    for indexed, group in groupby(chain, key=lambda x: x[0]):
        places = [x for _, x in group]
        if indexed:
            for i, _ in places:
                shown = p.marks.indexed(shown, p.index(i))
        else:
            shown = p.marks.called(shown, [p.show(*x).text for x in places])
    return shown


# ---- names ---------------------------------------------------------------------------------------
def _symbol(p: Printer, f: Term, chain: Chain) -> tuple[Shown, Chain]:
    """A name with its own arguments and those that its notation shows; what is left to apply."""
    own = parts(f, NEITHER) if f.head in ("def", "pred") else []
    arguments = [*own, *(x for _, x in chain)]
    note, at = _notation(p, f, len(arguments)), _hidden(p, f, own)
    holes = note.holes if note else frozenset[int]()
    chain = chain[max(0, max(holes, default=-1) + 1 - len(own)) :]
    rest = [
        p.show(*x)
        for i, x in enumerate(arguments[: len(arguments) - len(chain)])
        if i not in holes and i >= at
    ]
    if f.head in ("pred", "def") and f.sort is FORMULA and not note:
        return _predicate(p, str(f.name), rest), chain
    shown = _filled(p, note, f, arguments) if note else _letter(p, f)
    if chain and chain[0][0]:
        shown = p.marks.indexed(shown, p.index(chain[0][1][0]))
        chain = chain[1:]
    if rest and shown.level is Level.RELATED:
        point = ", ".join(x.text for x in rest)
        point = p.marks.round(point) if len(rest) > 1 else point
        shown = Shown(f"{shown.text}{p.marks.words(' at ')}{point}", Level.RELATED)
    elif rest:
        shown = p.marks.called(shown, [x.text for x in rest])
    return shown, chain


def _notation(p: Printer, f: Term, arguments: int) -> Notation | None:
    """The notation of a name, where it is not bound to another letter and has its arguments."""
    note = p.notation.get(str(f.name))
    if note is None or max(note.holes, default=-1) >= arguments:
        return None
    return None if p.letters.binds(f) and note.letter != p.letters[f] else note


def _hidden(p: Printer, f: Term, own: Sequence[Place]) -> int:
    """How many first arguments of a definition are left out."""
    note = p.notation.get(str(f.name))
    at = note.at if note else ()
    here = len(own) >= len(at) and all(
        x.head == "var" and x.name == name and not p.letters.binds(x)
        for (x, _), name in zip(own, at, strict=False)
    )
    return len(at) if here else 0


def _letter(p: Printer, f: Term) -> Shown:
    letter = p.letters[f]
    level = Level.INDEXED if letter.indexed else Level.CALLED if letter.primed else Level.ATOM
    return Shown(p.letter(f), level)


def _predicate(p: Printer, name: str, arguments: Sequence[Shown]) -> Shown:
    """A predicate without notation: A is semidefinite."""
    words = name.replace("_", " ")
    if len(arguments) == 1:
        x = p.marks.held(arguments[0], Level.SUMMED)
        return Shown(x + p.marks.words(f" is {words}"), Level.RELATED)
    base = Shown(p.marks.words(words), Level.ATOM)
    return p.marks.called(base, [x.text for x in arguments]) if arguments else base


def _filled(p: Printer, note: Notation, f: Term, arguments: Sequence[Place]) -> Shown:
    """A template with its arguments."""
    loosest = Level.RELATED if f.sort is FORMULA else Level.LOOSE
    pieces = note.pieces(tex=p.marks.tex)
    out = str(pieces[0])
    for before, hole, after in zip(pieces[:-1:2], pieces[1::2], pieces[2::2], strict=True):
        a, known = arguments[int(hole)]
        if out.endswith("_"):
            out = out[:-1] + p.marks.lowered(p.index(a))
        elif out.endswith("^"):
            out = out[:-1] + p.marks.raised(p.index(a))
        else:
            out += p.held(a, place(str(before), str(after), loosest), known)
        out += str(after)
    return Shown(out, note.level(loosest))


# ---- functions -----------------------------------------------------------------------------------
def function(p: Printer, t: Term, known: Known) -> Shown:
    """A function as x ↦ ..., a property of integers as a set."""
    x, body = t.args
    inner = p.under(x)
    letter = inner.letter(x)
    if family(t.sort) and body.sort is FORMULA:
        inside = f"{member(inner, x)} : {inner.show(body).text}"
        return Shown(p.marks.pick(f"{{{inside}}}", rf"\{{{inside}\}}"), Level.ATOM)
    plain = x.args[0] is (INT if letter in INDICES else REAL)
    left = letter if known == BOTH or plain or settled(x, body) else member(inner, x)
    return Shown(f"{left} {p.marks.maps} {inner.held(body, Level.MAPPED)}", Level.MAPPED)


def changed(p: Printer, inside: Sequence[Place]) -> Shown:
    """A family changed at one place: W[k ↦ V]."""
    (f, known), (i, _), (v, around) = inside
    change = f"{p.index(i)} {p.marks.maps} {p.held(v, Level.LOOSE, around)}"
    return Shown(f"{p.held(f, Level.INDEXED, known)}[{change}]", Level.ATOM)


def recursion(p: Printer, t: Term) -> Shown:
    """(f_0 = X, f_i = ... for i > 0); in the body f_(i-1) is the previous value."""
    i, previous, start, base, body = t.args
    up = t.name == "up"
    inner = p.under(i, previous)
    letter = inner.letters[previous]

    def at(index: str) -> Letter:
        return Letter(*(x + p.marks.lowered(index) for x in letter))

    before = at(inner.index(term("add", i, num(-1 if up else 1))))
    then = inner.writing(inner.letters.shown(previous, before)).held(body, Level.LOOSE)
    first, later = (p.marks.pick(*at(x)) for x in (p.index(start), inner.letter(i)))
    given = f"{first} = {p.held(base, Level.LOOSE)}, {later} = {then}"
    beyond = f"{inner.letter(i)} {'>' if up else '<'} {p.held(start, Level.LOOSE)}"
    return Shown(p.marks.round(given + p.marks.words(" for ") + beyond), Level.ATOM)


def derivative(p: Printer, f: Term, known: Known) -> Shown:
    """The derivative of a curve: σ′."""
    least = Level.CALLED if f.head == "deriv" else Level.INDEXED
    return Shown(p.held(f, least, known) + p.marks.pick("′", "'"), Level.CALLED)


def gradient(p: Printer, inside: Sequence[Place]) -> Shown:
    """∇h(A); ∇_(W_k) E for the gradient of E as a function of the member W_k alone."""
    (f, around), (a, known) = inside
    if f.head == "lam" and (body := _in_place(f, a)) is not None:
        nabla = p.marks.pick("∇", r"\nabla") + p.marks.lowered(p.show(a).text)
        return Shown(f"{nabla} {p.held(body, Level.PREFIXED)}", Level.PREFIXED)
    nabla = p.marks.pick("∇", r"\nabla ") + p.held(f, Level.CALLED, around)
    return p.marks.called(Shown(nabla, Level.CALLED), [p.show(a, known).text])


def _in_place(h: Term, a: Term) -> Term | None:
    """The body of h at a, where it speaks of its variable as of a changed a and of no other a."""
    v, body = h.args
    if a is v:
        return body
    if a.head == "var":
        return None if a in body.free else substitute(body, {v: a})
    if a.head != "apply" or a.args[0].head != "var" or not family(a.args[0].sort):
        return None
    f, mark = a.args[0], var("#", a.args[0].sort)
    made = _replaced(body, term("upd", f, a.args[1], v), mark)
    return None if {f, v} & made.free else substitute(made, {mark: f})


def _replaced(t: Term, old: Term, new: Term) -> Term:
    """The term with one term in place of another, where no variable of that one is bound."""
    if t is old or not old.free <= t.free:
        return new if t is old else t
    return term(t.head, *(_replaced(a, old, new) for a in t.args), name=t.name)
