"""Letters: how the names in a term are shown, so that no two are taken for each other.

A name in Greek becomes a letter, digits at its end an index. Where the letter would be mistaken
(x1 beside x_1, W1 beside a family W, whose member at 1 is W₁), the name is shown as it is written.
A bound variable keeps its name unless that is taken, or kept for bound names (#0, #1, ...); then
it gets a free letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from symbolic_landscape.statement.term import BOUND, INT, NAT, Term

SUBSCRIPTS = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")

_SMALL = "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau"
_MORE = "upsilon phi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega"
_GREEK = dict(zip(f"{_SMALL} {_MORE}".split(), "αβγδεζηθικλμνξπρστυφχψωΓΔΘΛΞΠΣΥΦΨΩ", strict=True))
_VARIANTS = {"epsilon": r"\varepsilon", "phi": r"\varphi"}
_COMMANDS = {letter: _VARIANTS.get(word, rf"\{word}") for word, letter in _GREEK.items()}

_POOLS = {
    "int": "ijklmpqr",
    "nat": "ijklmpqr",
    "real": "tsuxyz",
    "matrix": "VUZYH",
    "formula": "PQ",
}
"""Letters for bound variables whose own names cannot be used, by sort."""

_PARTS = re.compile(r"(?P<base>.+?)(_(?P<words>\w+|\(.+\))|(?P<digits>[₀-₉]+)|(?P<primes>′+))")


class Letter(NamedTuple):
    """A name as it is shown in text and in LaTeX."""

    text: str
    latex: str

    @property
    def indexed(self) -> bool:
        """Whether it has an index."""
        m = _PARTS.fullmatch(self.text)
        return bool(m and not m["primes"])

    @property
    def primed(self) -> bool:
        """Whether it has primes."""
        m = _PARTS.fullmatch(self.text)
        return bool(m and m["primes"])


def lettered(text: str) -> str:
    """The text with Greek words as letters."""
    return re.sub(r"[A-Za-z]+", lambda m: _GREEK.get(m[0], m[0]), text)


def named(name: str) -> Letter:
    r"""How a name is shown where no notation says it.

    >>> named("sigma").text, named("X12").text, named("x_min").latex
    ('σ', 'X₁₂', 'x_{\\operatorname{min}}')
    """
    body = name.rstrip("'")
    primes = len(name) - len(body)
    stem, _, index = body.partition("_")
    if m := re.fullmatch(r"(.*[^\W\d_])_?(\d+)", body):
        head = _symbol(m[1])
        made = Letter(head.text + m[2].translate(SUBSCRIPTS), f"{head.latex}_{{{m[2]}}}")
    elif stem and index:
        head, low = _symbol(stem), _symbol(index)
        made = Letter(f"{head.text}_{low.text}", f"{head.latex}_{{{low.latex}}}")
    else:
        made = _symbol(body)
    return Letter(made.text + "′" * primes, made.latex + "'" * primes)


def _symbol(word: str) -> Letter:
    letter = _GREEK.get(word, word)
    if letter in _COMMANDS:
        return Letter(letter, _COMMANDS[letter])
    if len(word) == 1:
        return Letter(word, _escaped(word))
    command = "text" if " " in word else "operatorname"
    return Letter(word, rf"\{command}{{{_escaped(word)}}}")


def _written(name: str) -> Letter:
    return Letter(name, rf"\mathtt{{{_escaped(name)}}}")


def _escaped(name: str) -> str:
    return re.sub(r"([_#&%${}])", r"\\\1", name)


def family(sort: Term) -> bool:
    """Whether it is a sort of functions of integers."""
    return sort.head == "fun" and sort.args[0].args[0] in (INT, NAT)


class Letters:
    """The letters of the names in a term; `chosen` are those that a notation fixes."""

    def __init__(self, t: Term, chosen: Mapping[str, Letter]) -> None:
        self._chosen = chosen
        self._sorts: dict[str, list[Term]] = {}
        for x in {*_symbols(t), *t.free}:
            if not str(x.name).startswith("#"):
                self._sorts.setdefault(str(x.name), []).append(x.sort)
        self._names = {name: chosen.get(name) or named(name) for name in self._sorts}
        unsure = [n for n in self._names if n not in chosen and self._mistaken(n, self._names[n])]
        self._names |= {name: _written(name) for name in unsure}
        self._taken = frozenset(x.text for x in self._names.values())
        self._bound: dict[Term, Letter] = {}
        for v in sorted(t.free, key=lambda v: v.key):
            if str(v.name).startswith("#"):
                self._bound[v] = self._free(v)
                self._taken |= {self._bound[v].text}

    def __getitem__(self, t: Term) -> Letter:
        return self._bound.get(t) or self._names[str(t.name)]

    def binds(self, t: Term) -> bool:
        """Whether a variable is bound around here."""
        return t in self._bound

    def under(self, *bound: Term) -> Letters:
        """The letters inside a binder."""
        inner = self._copied()
        for v in bound:
            inner._bound[v] = inner._free(v)
            inner._taken |= {inner._bound[v].text}
        return inner

    def shown(self, v: Term, letter: Letter) -> Letters:
        """The letters where a bound variable is shown as this; its own letter stays taken."""
        inner = self._copied()
        inner._bound[v] = letter
        return inner

    def uses(self, text: str) -> bool:
        """Whether something is shown as this already."""
        return text in self._taken

    def _copied(self) -> Letters:
        inner = object.__new__(Letters)
        inner.__dict__.update(self.__dict__)
        inner._bound = dict(self._bound)
        return inner

    def _mistaken(self, name: str, letter: Letter) -> bool:
        """Whether a letter for this name is another's, or looks like an indexed or primed one."""
        m = _PARTS.fullmatch(letter.text)
        for other, sorts in self._sorts.items():
            theirs = self._names[other]
            if other != name and (theirs.text == letter.text or theirs.latex == letter.latex):
                return True
            if m and theirs.text == m["base"] and any(_bears(s, m) for s in sorts):
                return True
        return False

    def _free(self, v: Term) -> Letter:
        """The letter of a bound variable: that of its name, or one that is not in use."""
        name, sort = str(v.name), v.args[0]
        if not name.startswith("#") and not name.endswith("'"):
            own = self._chosen.get(name) or named(name)
            if not self.uses(own.text) and not self._mistaken(name, own):
                return own
        pool = _POOLS.get(sort.head, "fgh")
        if family(sort):
            pool = "VUZYH" if sort.args[1].head == "matrix" else "cab"
        more = (f"{pool[0]}{i}" for i in range(1, len(self._taken) + 2))
        letters = [x for x in map(named, (*pool, *more)) if not self.uses(x.text)]
        return letters[0]


def _bears(sort: Term, m: re.Match[str]) -> bool:
    """Whether what has this sort can bear such an index or such primes."""
    if m["primes"]:
        return sort.head == "fun"
    return family(sort) or (sort.head == "matrix" and len(m["words"] or m["digits"]) > 1)


def _symbols(t: Term) -> Iterator[Term]:
    """The named constants, definitions and predicates that are printed."""
    if t.head in ("const", "def", "pred"):
        yield t
    for a in t.args[BOUND.get(t.head, 0) + (t.head == "def") :]:
        if t.head not in ("var", "const"):
            yield from _symbols(a)
