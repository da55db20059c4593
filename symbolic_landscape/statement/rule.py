"""Rules of inference: premises and conclusion over free terms; no rule names a paper.

A rule is one line: what is given, then what follows, where integer side conditions hold. Its free
objects are the variables that occur; a use of it puts a term for each. A rule with `external` set
is a theorem from outside, assumed, and listed as such wherever it is used. A rule book gathers the
rules of some modules; there each gets the name of its attribute.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import ModuleType

from symbolic_landscape.errors import DeclarationError
from symbolic_landscape.statement.language import Expr, the
from symbolic_landscape.statement.term import Term


@dataclass(eq=False)
class Rule:
    """An inference scheme; its name is that of the attribute of the module it stands in."""

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


def rule(
    *given: Expr,
    then: Expr,
    where: tuple[Expr, ...] = (),
    source: str = "elementary",
    external: bool = False,
) -> Rule:
    """A rule: from what is given follows `then`, where these integer conditions are known."""
    return Rule(tuple(map(the, given)), the(then), tuple(map(the, where)), source, external)


def book(*modules: ModuleType) -> dict[str, Rule]:
    """The rules of these modules by name. Raises DeclarationError where two have one name."""
    found: dict[str, Rule] = {}
    for module in modules:
        for name, value in vars(module).items():
            if isinstance(value, Rule):
                if found.setdefault(name, value) is not value:
                    message = f"two rules have the name {name}: in {value.topic} and {module}"
                    raise DeclarationError(message)
                value.name, value.topic = name, module.__name__.rpartition(".")[2]
    return found
