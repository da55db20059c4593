"""Notation: how names are shown, and how tightly what is shown holds together.

A notation is a template for text and one for LaTeX, in which {0}, {1}, ... stand for arguments;
right after `_` or `^` an argument is set as an index or a power. Other braces beside or around an
argument are doubled, as in `str.format`. Greek words in the text become letters.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum

from symbolic_landscape.errors import DeclarationError
from symbolic_landscape.statement.letters import Letter, lettered


class Level(IntEnum):
    """How tightly something holds together; what is too loose for its place is bracketed."""

    QUANTIFIED = 0
    DISJOINED = 1
    CONJOINED = 2
    NEGATED = 3
    RELATED = 4
    MAPPED = 5
    LOOSE = 6
    SUMMED = 7
    HADAMARD = 8
    MULTIPLIED = 9
    PREFIXED = 10
    RAISED = 11
    CALLED = 12
    INDEXED = 13
    ATOM = 14


_HOLE = re.compile(r"\{\{|\}\}|\{(\d+)\}")


@dataclass(frozen=True)
class Notation:
    """How a name is shown: templates for text and LaTeX.

    Arguments that no template shows follow in brackets. The first ones of a definition are left
    out where they are the free variables that `at` names. Raises DeclarationError where text and
    LaTeX do not show the same arguments.
    """

    text: str
    latex: str
    at: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        shown = [{int(m[1]) for m in _HOLE.finditer(s) if m[1]} for s in (self.text, self.latex)]
        if shown[0] != shown[1]:
            message = (
                f"the notation {self.text!r}, {self.latex!r} must show the same arguments in both,"
                f" but shows {sorted(shown[0])} and {sorted(shown[1])}; other braces are doubled"
            )
            raise DeclarationError(message)

    @property
    def holes(self) -> frozenset[int]:
        """The places of the arguments that the templates show."""
        return frozenset(int(m[1]) for m in _HOLE.finditer(self.text) if m[1])

    @property
    def letter(self) -> Letter | None:
        """How the name is shown without arguments; None where the templates need some."""
        if self.holes:
            return None
        return Letter(*("".join(map(str, self.pieces(tex))) for tex in (False, True)))

    def pieces(self, tex: bool) -> list[str | int]:
        """The template as words and places of arguments, by turns."""
        template = self.latex if tex else self.text
        out: list[str | int] = []
        word, end = "", 0
        for m in _HOLE.finditer(template):
            word += template[end : m.start()] + ("" if m[1] else m[0][0])
            end = m.end()
            if m[1]:
                out += [word, int(m[1])]
                word = ""
        out.append(word + template[end:])
        return [p if tex or isinstance(p, int) else lettered(p) for p in out]

    def level(self, loosest: Level) -> Level:
        """How tightly the templates hold together; with a space outside brackets, `loosest`."""
        return min(_level(self.pieces(tex), loosest) for tex in (False, True))


def _level(pieces: list[str | int], loosest: Level) -> Level:
    s = "".join("⟐" if isinstance(p, int) else p for p in pieces)
    s = re.sub(r"\\[A-Za-z]+ ?", "x", re.sub(rf"\s*{_FENCE}\s*", "‖", s))
    inner = re.sub(r"[(\[{⟨][^()\[\]{}⟨⟩]*[)\]}⟩]", "⟡", s)
    while inner != s:
        s, inner = inner, re.sub(r"[(\[{⟨][^()\[\]{}⟨⟩]*[)\]}⟩]", "⟡", inner)
    s = re.sub("([_^])[⟐⟡]", r"\1", s)
    if " " in s:
        return loosest
    if re.search(r"[\^⁰¹²³⁴⁵⁶⁷⁸⁹′'ᵀ*⁺⁻]", s):
        return Level.RAISED
    if s.startswith("⟐") or s.endswith("⟐"):
        return Level.PREFIXED
    if "⟡" in s:
        return Level.CALLED
    return Level.INDEXED if re.search("[_₀-₉]", s) else Level.ATOM


_FENCE = r"\\[lr](?:[Vv]ert|angle|ceil|floor)"
_OPENED = re.compile(rf"([(\[{{⟨|‖,]|{_FENCE})\s*$")
_CLOSED = re.compile(rf"\s*([)\]}}⟩|‖,]|{_FENCE})")


def place(before: str, after: str, loosest: Level) -> Level:
    """How tightly an argument must hold together between these parts of a template."""
    if _OPENED.search(before) and _CLOSED.match(after):
        return Level.QUANTIFIED
    spaced = before[-1:] in ("", " ") and after[:1] in ("", " ")
    return Level.SUMMED if spaced and loosest is Level.RELATED else Level.CALLED
