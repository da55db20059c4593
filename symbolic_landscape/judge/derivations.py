"""The kernel's word on statements, each after all that it cites.

Class: Derivations.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from symbolic_landscape.judge.kernel import Derivation, Kernel
from symbolic_landscape.judge.matching import completed
from symbolic_landscape.statement.lemma import Claim, Statement
from symbolic_landscape.statement.rule import Rule

_NO_PROOF = "the proof has no step"


class Derivations:
    """Derivations by statement, made when first asked for and kept."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.rules = frozenset(rules)
        self._made: dict[Claim, Derivation] = {}
        self._heard: dict[Claim, Derivation] = {}

    def hear(self, statement: Statement, refused: str) -> None:
        """Takes over what was found elsewhere of a statement; to cite it, no more is needed."""
        self._heard[statement.claim] = Derivation(statement.claim.key, refused=refused)

    def of(self, statement: Statement) -> Derivation:
        """The derivation of one reading; what it cites is derived before."""
        if statement.claim not in self._made:
            for cited in statement.cites:
                if cited.claim not in self._heard:
                    self.of(cited)
            kernel = Kernel(self.rules, {**self._heard, **self._made}, completed)
            made = kernel.check(statement.claim)
            if statement.kind == "external" and made.refused == _NO_PROOF:
                made.refused = ""  # it is assumed; only its formulas had to be in order
            self._made[statement.claim] = made
        return self._made[statement.claim]

    def finished(self, *statements: Statement) -> Mapping[Claim, Derivation]:
        """The derivations of all that these statements cite, and of what those cite; not their own."""
        out: dict[Claim, Derivation] = {}
        for statement in statements:
            for cited in statement.cites:
                out |= {cited.claim: self.of(cited), **self.finished(cited)}
        return out

    def is_derived(self, statement: Statement) -> bool:
        """Whether all steps, and all steps of what is cited, are accepted; externals are assumed."""
        if statement.kind == "external":
            return True
        return self.of(statement).derived and all(map(self.is_derived, statement.cites))

    def assumed(self, statement: Statement) -> tuple[str, ...]:
        """The external theorems and external rules that a statement rests on, sorted."""
        if statement.kind == "external":
            return (statement.key,)
        own = {rule.name for rule in self.of(statement).rules if rule.external}
        return tuple(sorted(own.union(*(self.assumed(cited) for cited in statement.cites))))
