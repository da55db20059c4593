"""Sorts: as sets, as members of sets, and in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from symbolic_landscape.statement.letters import family
from symbolic_landscape.statement.notation import Level
from symbolic_landscape.statement.printing.matrices import size
from symbolic_landscape.statement.term import (
    FORMULA,
    INT,
    NAT,
    REAL,
    Term,
    apply,
    substitute,
    var,
)

if TYPE_CHECKING:
    from symbolic_landscape.statement.printing.printer import Printer

SETS = {INT: ("ℤ", r"\mathbb{Z}"), NAT: ("ℕ", r"\mathbb{N}"), REAL: ("ℝ", r"\mathbb{R}")}
KINDS = {INT: "integer", NAT: "natural number", REAL: "real number", FORMULA: "formula"}


def as_set(p: Printer, sort: Term) -> str:
    """A sort as a set: ℝ^(m×n), ℝ → ℝ, (ℝ^(n_k))_k."""
    if sort in SETS:
        return p.marks.pick(*SETS[sort])
    if sort.head == "matrix":
        return p.marks.pick(*SETS[REAL]) + p.marks.raised(size(p, *sort.args))
    if sort is FORMULA:
        return p.marks.pick("{true, false}", r"\{\text{true}, \text{false}\}")
    y, codomain = _value(sort)
    if family(sort) and codomain is FORMULA:
        return p.marks.pick("2^ℤ", r"2^{\mathbb{Z}}")
    if y in codomain.free:
        inner = p.under(y)
        return f"({as_set(inner, codomain)}){p.marks.lowered(inner.letter(y))}"
    domains = [_domain(p, y.args[0])]
    while codomain.head == "fun" and not family(codomain):
        domains.append(_domain(p, codomain.args[0].args[0]))
        codomain = codomain.args[1]
    cross, arrow = p.marks.pick(" × ", r" \times "), p.marks.pick("→", r"\to")
    return f"{cross.join(domains)} {arrow} {_domain(p, codomain)}"


def _domain(p: Printer, sort: Term) -> str:
    """A sort beside × or →."""
    shown = as_set(p, sort)
    plain = sort.head != "fun" or shown.startswith(("(", "2"))
    return shown if plain else p.marks.round(shown)


def _value(sort: Term) -> tuple[Term, Term]:
    """A variable for the argument of a function sort, and the sort of the value there."""
    x, codomain = sort.args
    taken = {v.name for v in codomain.free}
    name = next(name for name in ("k", "j", "i", "l", "#") if name not in taken)
    y = var(name, x.args[0])
    return y, substitute(codomain, {x: y})


def member(p: Printer, t: Term) -> str:
    """A variable as a member of its sort: V ∈ ℝ^(m×n), f: ℝ → ℝ, W_k ∈ ℝ^(n_k) (k ∈ ℤ)."""
    return _placed(p, t, t.sort)


def _placed(p: Printer, t: Term, sort: Term) -> str:
    shown = p.show(t).text
    if sort.head != "fun":
        return f"{shown} {p.marks.element} {as_set(p, sort)}"
    if not family(sort):
        return shown + p.marks.pick(": ", r" \colon ") + as_set(p, sort)
    k, value = _value(sort)
    if value is FORMULA:
        return shown + p.marks.pick(" ⊆ ", r" \subseteq ") + as_set(p, INT)
    inner = p.under(k)
    index = f"({inner.letter(k)} {p.marks.element} {as_set(p, k.args[0])})"
    return _placed(inner, apply(t, k), value) + p.marks.pick(" ", r"\ ") + index


def declared(p: Printer, v: Term) -> str:
    """A declaration: in text in words, in LaTeX as a member of a set."""
    if p.marks.tex:
        return member(p, v)
    t, sort, indices = v, v.sort, list[str]()
    while family(sort) and sort.args[1] is not FORMULA:
        k, sort = _value(sort)
        t, p = apply(t, k), p.under(k)
        indices.append(p.letter(k))
    each = f" for each integer {' and '.join(indices)}" if indices else ""
    return f"{p.show(t).text}: {_kind(p, sort)}{each}"


def _kind(p: Printer, sort: Term) -> str:
    if sort.head == "matrix":
        rows, columns = (p.held(x, Level.RAISED) for x in sort.args)
        return f"{rows} × {columns} matrix"
    if sort.head == "fun":
        return "set of integers" if family(sort) else f"function {as_set(p, sort)}"
    return KINDS[sort]
