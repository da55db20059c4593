"""What the kernel says of a proof, as data.

Classes: Fact, Judged, Derivation.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from symbolic_landscape.statement.rule import Rule
from symbolic_landscape.statement.step import Step
from symbolic_landscape.statement.term import Term


@dataclass(frozen=True)
class Fact:
    """A formula, the hypotheses it rests on, and the unaccepted steps it rests on."""

    formula: Term
    rests: frozenset[str] = frozenset()
    unproved: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Judged:
    """What the kernel says of one step: its path, what it gives, why it is refused, if it is."""

    path: str
    step: Step
    fact: Fact
    refused: str = ""

    @property
    def formula(self) -> Term:
        """What the step gives."""
        return self.fact.formula

    @property
    def accepted(self) -> bool:
        """Whether the step is derived."""
        return not self.refused


@dataclass
class Derivation:
    """The kernel's report on a proof.

    `derived` says that every step is accepted, and that the last gives the conclusion from derived
    facts.
    """

    key: str
    steps: list[Judged] = field(default_factory=list)
    surplus: tuple[str, ...] = ()
    refused: str = ""
    unproved: frozenset[str] = frozenset()
    rules: dict[Rule, int] = field(default_factory=dict)
    derived: bool = False
