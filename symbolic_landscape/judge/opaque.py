"""Opaque formulas: named predicates that no tree says, counted among all formulas of a statement.

The formulas of a statement are the different parts of its standing assumptions, its hypotheses, its
conclusion and of what its steps give; parts are what and, or, not, if and quantifiers put together.
A part is opaque if a named predicate occurs in it, in an abbreviation too.

Functions: parts, opaque, reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from symbolic_landscape.statement.parts import subterms
from symbolic_landscape.statement.setting import Setting
from symbolic_landscape.statement.term import FORMULA, Term

JOINING = frozenset(("and", "or", "not", "implies", "each", "forall", "exists"))

REASONS: Mapping[str, str] = {
    "smooth": "that all partial derivatives exist and are continuous is read off the tree",
    "twice smooth": "that second derivatives exist and are continuous is read off the tree",
    "infinitely smooth": "that derivatives of all orders exist is read off the tree",
    "analytic": "that power series converge to it is read off the tree",
    "analytic in": "that power series in these members converge to it is read off the tree",
    "smooth on": "that derivatives exist and are continuous on a set is read off the tree",
    "twice smooth on": "that second derivatives are continuous on a set is read off the tree",
    "smooth near": "that derivatives are continuous near a point is read off the tree",
    "null": "Lebesgue measure is in no formula; an analytic function that is not 0 decides it",
    "psd": "eigenvalues are in no formula; exact elimination decides it",
    "pd": "eigenvalues are in no formula; exact elimination decides it",
}
"""Why predicates of the language itself are opaque."""


def parts(f: Term) -> Iterator[Term]:
    """The parts of a formula that are put together by connectives and quantifiers."""
    if f.head not in JOINING:
        yield f
        return
    for a in f.args:
        if a.sort is FORMULA and a.head != "var":
            yield from parts(a)


def opaque(formulas: Iterable[Term]) -> tuple[int, Mapping[Term, tuple[str, ...]]]:
    """How many different parts there are; the opaque ones, each with its predicates."""
    every = {p for f in set(formulas) for p in parts(f)}
    named = {
        p: tuple(sorted({str(t.name) for t in subterms(p) if t.head == "pred"})) for p in every
    }
    return len(every), {p: names for p, names in named.items() if names}


def reason(name: str, setting: Setting) -> str:
    """Why a predicate is opaque: what its decision says of itself, or the language."""
    words = (setting.decisions[name].__doc__ or "") if name in setting.decisions else ""
    return words.strip().partition("\n")[0] or REASONS.get(name, "")
