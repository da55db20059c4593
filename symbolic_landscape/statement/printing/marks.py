"""Marks: what differs between text and LaTeX."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from symbolic_landscape.statement.letters import SUBSCRIPTS, SUPERSCRIPTS
from symbolic_landscape.statement.notation import Level


class Shown(NamedTuple):
    """What is printed of a term, and how tightly it holds together."""

    text: str
    level: Level


class Marks:
    """The marks of text, or of LaTeX."""

    def __init__(self, *, tex: bool) -> None:
        self.tex = tex

    def pick(self, plain: str, tex: str) -> str:
        """The one or the other."""
        return tex if self.tex else plain

    @property
    def minus(self) -> str:
        """The minus sign."""
        return self.pick("−", "-")

    @property
    def times(self) -> str:
        """The cross of sizes and of sets."""
        return self.pick("×", r" \times ")

    @property
    def element(self) -> str:
        """Is an element of."""
        return self.pick("∈", r"\in")

    @property
    def maps(self) -> str:
        """Is mapped to."""
        return self.pick("↦", r"\mapsto")

    def words(self, words: str) -> str:
        """Words between formulas."""
        return self.pick(words, rf"\text{{{words}}}")

    def round(self, inside: str) -> str:
        """In round brackets."""
        tall = self.tex and re.search(r"\\(frac|sum|begin)", inside)
        return rf"\left({inside}\right)" if tall else f"({inside})"

    def held(self, shown: Shown, least: Level) -> str:
        """In brackets unless it holds together as tightly as is needed."""
        return shown.text if shown.level >= least else self.round(shown.text)

    def close(self, inside: str) -> str:
        """Without spaces around plus and minus."""
        return inside.replace(" + ", "+").replace(f" {self.minus} ", self.minus)

    def lowered(self, index: str) -> str:
        """An index."""
        if self.tex:
            return f"_{{{index}}}"
        if re.fullmatch("[0-9]+", index):
            return index.translate(SUBSCRIPTS)
        return f"_{index}" if len(index) == 1 else f"_({index})"

    def raised(self, power: str) -> str:
        """A power."""
        if self.tex:
            return f"^{{{power}}}"
        if re.fullmatch("[0-9]+", power):
            return power.translate(SUPERSCRIPTS)
        return f"^{power}" if len(power) == 1 else f"^({power})"

    def indexed(self, base: Shown, index: str) -> Shown:
        """A member of a family."""
        return Shown(self.held(base, Level.ATOM) + self.lowered(index), Level.INDEXED)

    def called(self, f: Shown, arguments: Sequence[str]) -> Shown:
        """A function with arguments in brackets."""
        inside = self.round(", ".join(arguments))
        return Shown(self.held(f, Level.CALLED) + inside, Level.CALLED)

    def product(self, pieces: Sequence[Shown]) -> str:
        """Factors beside each other."""
        held = [self.held(x, Level.RAISED) for x in pieces[:-1]]
        held += [self.held(x, Level.PREFIXED) for x in pieces[-1:]]
        dot = self.pick(" · ", r" \cdot ")
        return held[0] + "".join((dot if x[0] in "0123456789" else " ") + x for x in held[1:])
