"""One tree as plain Unicode text for a terminal, and as LaTeX.

`text` and `latex` print a term, `declaration` says of what sort a variable is, `names` does so for
all free variables of a term. A `Notation` says how a name is shown. What two trees print is the
same only where their normal forms are: sums, products and conjunctions lose inner brackets, and
summands and scalar factors change places as a person would write them.

Design notes. Names that would be mistaken are printed as they are written: W1 beside a family W,
whose member at 1 is W₁. A bound variable keeps its name unless that is taken, or kept for bound
names (#0, #1, ...); then it gets a free letter. Sorts and sizes are left out where a reader has
them from elsewhere (see `shapes`); a notation given for a name is printed unchanged.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from fractions import Fraction
from itertools import count, groupby
from typing import NamedTuple

from symbolic_landscape.statement.notation import (
    SUBSCRIPTS,
    SUPERSCRIPTS,
    Letter,
    Level,
    Notation,
    base_of,
    letter_level,
    named,
    raw,
)
from symbolic_landscape.statement.shapes import (
    BOTH,
    NEITHER,
    Known,
    factors,
    given,
    grid,
    parts,
    settled,
    summands,
)
from symbolic_landscape.statement.term import (
    BOUND,
    FORMULA,
    INT,
    NAT,
    NUMBERS,
    REAL,
    Term,
    add,
    apply,
    fun,
    num,
    substitute,
    term,
    var,
)

__all__ = ["Notation", "declaration", "latex", "names", "text"]

Notations = Mapping[str, Notation]

LETTERS = {"int": "ijklmpqr", "nat": "ijklmpqr", "real": "tsuxyz", "matrix": "VUZYH", "formula": "PQ"}
"""Letters for bound variables whose own names cannot be used, by sort."""

INDICES = "ijklmnpqr"
"""A variable with such a letter is taken for an integer, any other for a real number."""

RELATIONS = {"eq": ("=", "="), "le": ("≤", r"\le"), "lt": ("<", "<")}
FIELDS = {"int": ("ℤ", r"\mathbb{Z}"), "nat": ("ℕ", r"\mathbb{N}"), "real": ("ℝ", r"\mathbb{R}")}
KINDS = {"int": "integer", "nat": "natural number", "real": "real number", "formula": "formula"}


def text(t: Term, notation: Notations | None = None) -> str:
    """The term as plain text for a terminal."""
    return _Printer(t, notation or {}, tex=False).show(t).text


def latex(t: Term, notation: Notations | None = None) -> str:
    """The term as LaTeX, for math mode."""
    return _Printer(t, notation or {}, tex=True).show(t).text


def declaration(variable: Term, notation: Notations | None = None, *, tex: bool = False) -> str:
    """A variable and its sort: 'X: N × n₀ matrix', or X \\in \\mathbb{R}^{N \\times n_{0}}."""
    return _Printer(variable, notation or {}, tex=tex).declared(variable)


def names(t: Term, notation: Notations | None = None, *, tex: bool = False) -> tuple[str, ...]:
    """The declarations of the free variables, those that occur in sorts of others first."""
    printer = _Printer(t, notation or {}, tex=tex)
    return tuple(printer.declared(v) for v in sorted(t.free, key=lambda v: (_depth(v), str(v.name))))


def _depth(v: Term) -> int:
    return 1 + max((_depth(u) for u in v.args[0].free), default=0)


class Shown(NamedTuple):
    """What is printed of a term, and how tightly it holds together."""

    text: str
    level: Level


class _Printer:
    """Prints the parts of one term; `bound` are the letters of the variables bound around them."""

    def __init__(self, t: Term, notation: Notations, *, tex: bool) -> None:
        self.notation, self.tex = notation, tex
        self.sorts: dict[str, list[Term]] = {}
        for x in {*_symbols(t), *t.free}:
            if not str(x.name).startswith("#"):
                self.sorts.setdefault(str(x.name), []).append(x.sort)
        automatic = {name: named(name) for name in self.sorts}
        self.letters = {**automatic, **{n: notation[n].letter for n in self.sorts if n in notation}}
        doubtful = [n for n in self.sorts if n not in notation and self._mistaken(n, automatic[n])]
        self.letters |= {name: raw(name) for name in doubtful}
        self.bound: dict[Term, Letter] = {}
        for v in sorted(t.free, key=lambda v: v.key):
            if str(v.name).startswith("#"):
                self.bound[v] = self._free_letter(v)

    # ---- letters ---------------------------------------------------------------------------------
    def _mistaken(self, name: str, letter: Letter) -> bool:
        """Whether a letter for this name is another's, or looks like an indexed or primed one."""
        base, index, primes = base_of(letter)
        for other, sorts in self.sorts.items():
            theirs = self.letters[other]
            if other != name and (theirs.text == letter.text or theirs.latex == letter.latex):
                return True
            if theirs.text == base and any(
                _family(s) or (primes and s.head == "fun") or (s.head == "matrix" and index[1:])
                for s in sorts
            ):
                return bool(index) or primes
        return False

    def _free_letter(self, v: Term) -> Letter:
        """The letter of a bound variable: that of its name, or one that is not in use."""
        taken = {x.text for x in (*self.letters.values(), *self.bound.values())}
        name = str(v.name)
        if not name.startswith("#") and not name.endswith("'"):
            own = self.notation[name].letter if name in self.notation else named(name)
            if own.text not in taken and not self._mistaken(name, own):
                return own
        sort = v.args[0]
        pool = LETTERS.get(sort.head, "fgh")
        if _family(sort):
            pool = "VUZYH" if sort.args[1].head == "matrix" else "cab"
        candidates = (*pool, *(f"{pool[0]}{i}" for i in range(1, len(taken) + 2)))
        return next(x for x in map(named, candidates) if x.text not in taken)

    def under(self, *bound: Term) -> _Printer:
        """The printer inside a binder."""
        inner = copy(self)
        inner.bound = dict(self.bound)
        for v in bound:
            inner.bound.pop(v, None)
            inner.bound[v] = inner._free_letter(v)
        return inner

    def _letter(self, t: Term) -> Letter:
        return self.bound.get(t) or self.letters[str(t.name)]

    # ---- marks -----------------------------------------------------------------------------------
    def _pick(self, plain: str, tex: str) -> str:
        return tex if self.tex else plain

    def _round(self, inside: str) -> str:
        tall = self.tex and re.search(r"\\(frac|sum|begin)", inside)
        return rf"\left({inside}\right)" if tall else f"({inside})"

    def _held(self, shown: Shown, least: Level) -> str:
        """In brackets unless it holds together as tightly as is needed."""
        return shown.text if shown.level >= least else self._round(shown.text)

    def _at(self, t: Term, least: Level, known: Known = NEITHER) -> str:
        return self._held(self.show(t, known), least)

    def _index(self, t: Term) -> str:
        return self._at(t, Level.SUMMED).replace(" + ", "+").replace(self._pick(" − ", " - "), self._minus)

    def _lowered(self, index: str) -> str:
        if self.tex:
            return f"_{{{index}}}"
        if re.fullmatch("[0-9]+", index):
            return index.translate(SUBSCRIPTS)
        return f"_{index}" if len(index) == 1 else f"_({index})"

    def _raised(self, power: str) -> str:
        if self.tex:
            return f"^{{{power}}}"
        if re.fullmatch("[0-9]+", power):
            return power.translate(SUPERSCRIPTS)
        return f"^{power}" if len(power) == 1 else f"^({power})"

    @property
    def _minus(self) -> str:
        return self._pick("−", "-")

    def _size(self, rows: Term, columns: Term) -> str:
        """A shape as an index or power; that of a column is its height."""
        if columns is num(1):
            return self._index(rows)
        ends = (_compact(self._at(x, Level.RAISED)) for x in (rows, columns))
        return self._pick("×", r" \times ").join(ends)

    # ---- terms -----------------------------------------------------------------------------------
    def show(self, t: Term, known: Known = NEITHER) -> Shown:
        """The term in print; `known` says what is known of its shape from around it."""
        inside = parts(t, known)
        match t.head:
            case "var" | "const" | "def" | "apply" | "pred":
                return self._application(t)
            case "num" | "mul":
                negative, shown = self._product(t, known)
                return Shown(self._minus + shown.text, Level.SUMMED) if negative else shown
            case "add":
                return self._sum(t, inside)
            case "had":
                held = [self._at(x, Level.RAISED, k) for x, k in inside]
                return Shown(self._pick(" ∘ ", r" \circ ").join(held), Level.HADAMARD)
            case "recip":
                return self._fraction("1", t.args[0])
            case "tr" | "inv":
                power = self._pick("ᵀ", r"^{\top}") if t.head == "tr" else self._pick("⁻¹", "^{-1}")
                return Shown(self._at(*_with_level(inside[0], Level.CALLED)) + power, Level.RAISED)
            case "zeros" | "ones" | "eye":
                return self._constant(t, known)
            case "map":
                return self._called(self.show(*inside[0]), [self.show(*inside[1])])
            case "hcat" | "vcat":
                return self._block(grid(t, known))
            case "entry":
                return self._entry(t)
            case "rank" | "det" | "trace":
                name = "tr" if t.head == "trace" else t.head
                tex = r"\det" if name == "det" else rf"\operatorname{{{name}}}"
                return Shown(f"{self._pick(name, tex)} {self._at(t.args[0], Level.RAISED)}", Level.PREFIXED)
            case "sum":
                return self._total(t, known)
            case "build":
                return self._built(t)
            case "lam":
                return self._function(t, known)
            case "upd":
                f, i, v = (self._at(x, least, k) for (x, k), least in zip(inside, _UPDATED, strict=True))
                return Shown(f"{f}[{_compact(i)} {self._pick('↦', MAPSTO)} {v}]", Level.ATOM)
            case "rec":
                return self._recursion(t)
            case "deriv":
                f = self.show(*inside[0])
                primed = f.text.endswith(self._prime) and f.level is Level.CALLED
                return Shown(
                    (f.text if primed else self._held(f, Level.INDEXED)) + self._prime, Level.CALLED
                )
            case "grad":
                return self._gradient(t, inside)
            case "eq" | "le" | "lt" | "and" | "or" | "not" | "implies" | "forall" | "exists" | "each":
                return self._formula(t)
            case "int" | "nat" | "real" | "matrix" | "fun" | "formula":
                return Shown(self._sort(t), Level.LOOSE)
        raise AssertionError
