"""Rules of inference: premises and conclusion over free terms; no rule names a paper.

A rule is one line: what is given, then what follows, where integer side conditions hold. Its free
objects are the variables that occur; a use of it puts a term for each. A rule with `external` set
is a theorem from outside, assumed, and listed as such wherever it is used.
"""

from __future__ import annotations

from dataclasses import dataclass

from symbolic_landscape.statement.term import Term


@dataclass(eq=False)
class Rule:
    """An inference scheme; its name is that of the attribute of the rule book it stands in."""

    given: tuple[Term, ...]
    then: Term
    where: tuple[Term, ...]
    source: str
    external: bool = False
    name: str = ""
    topic: str = ""

    @property
    def variables(self) -> tuple[Term, ...]:
        """The free objects, in the order of their names."""
        found = frozenset[Term]().union(*(f.free for f in (*self.given, self.then, *self.where)))
        return tuple(sorted(found, key=lambda v: v.key))

    def __repr__(self) -> str:
        return f"Rule({self.name})"
