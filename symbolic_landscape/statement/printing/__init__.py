"""One tree as plain Unicode text for a terminal, and as LaTeX.

`text` and `latex` print a term, `declaration` says of what sort a variable is, `names` does so for
all free variables of a term. Two trees print the same only where their normal forms are the same:
sums, products and conjunctions lose inner brackets, and summands and scalar factors change places
as a person would write them. Two limits: a name may be chosen to look like something else (a
variable `rank`), and a `Notation` is taken as it is given.

Design notes. What a reader has from elsewhere is left out: the arguments of a definition at the
point that its notation names, sorts and sizes where the things beside them fix them (`shapes`).
Elsewhere they are printed, so that "for every V" never hides of what shape V is. Text and LaTeX
come from one walk; `marks` has all that differs. A case for each head of a term stands in
`printer`, and is carried out in `applications`, `matrices`, `formulas` and `sorts`. No brackets
are put for a head that the printer does not know: it is printed as a function.
"""

from __future__ import annotations

from collections.abc import Mapping

from symbolic_landscape.statement.notation import Notation
from symbolic_landscape.statement.printing.printer import Printer
from symbolic_landscape.statement.printing.sorts import declared
from symbolic_landscape.statement.term import Term

__all__ = ["Notation", "declaration", "latex", "names", "text"]

Notations = Mapping[str, Notation]
"""Notations by the name of a definition, predicate, constant or variable."""


def text(t: Term, notation: Notations | None = None) -> str:
    """The term as plain text for a terminal."""
    return Printer(t, notation or {}, tex=False).show(t).text


def latex(t: Term, notation: Notations | None = None) -> str:
    """The term as LaTeX, for math mode."""
    return Printer(t, notation or {}, tex=True).show(t).text


def declaration(variable: Term, notation: Notations | None = None, *, tex: bool = False) -> str:
    """A variable and its sort, as in 'X: N × n₀ matrix'; in LaTeX as a member of a set."""
    return declared(Printer(variable, notation or {}, tex=tex), variable)


def names(t: Term, notation: Notations | None = None, *, tex: bool = False) -> tuple[str, ...]:
    """The declarations of the free variables; those that occur in sorts of others come first."""
    printer = Printer(t, notation or {}, tex=tex)
    ordered = sorted(t.free, key=lambda v: (_depth(v), str(v.name)))
    return tuple(declared(printer, v) for v in ordered)


def _depth(v: Term) -> int:
    return 1 + max(map(_depth, v.args[0].free), default=0)
