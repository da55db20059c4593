"""The kernel's word on statements, each after all that it cites.

Classes: Derivations, Context.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from symbolic_landscape.errors import SortError
from symbolic_landscape.judge.kernel import Kernel, Scope
from symbolic_landscape.judge.matching import completed
from symbolic_landscape.judge.record import Derivation
from symbolic_landscape.judge.replay import Replay
from symbolic_landscape.judge.thrift import idle
from symbolic_landscape.statement.lemma import Claim, Statement
from symbolic_landscape.statement.normal import Normal
from symbolic_landscape.statement.rule import Rule
from symbolic_landscape.statement.step import Cite, Step
from symbolic_landscape.statement.term import Term, substitute


@dataclass(frozen=True)
class Context:
    """What is declared and what is known at one place of a proof."""

    names: frozenset[Term]
    facts: Mapping[str, Term]


class Derivations:
    """Derivations by statement, made when first asked for and kept."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.rules = frozenset(rules)
        self._made: dict[Claim, Derivation] = {}
        self._heard: dict[Claim, Derivation] = {}
        self._sources: dict[Step, tuple[str, ...]] = {}
        self._contexts: dict[Step, Context] = {}
        finished = ChainMap(self._made, self._heard)
        self._kernel = Kernel(self.rules, finished, self._completed, idle)

    @property
    def normal(self) -> Normal:
        """The normal form where nothing is known, with all that it remembers."""
        return self._kernel.normal

    def hear(self, statement: Statement, refused: str, derived: bool) -> None:
        """Takes over what was found elsewhere of a statement that is only to be cited."""
        key = statement.claim.key
        self._heard[statement.claim] = Derivation(key, refused=refused, derived=derived)

    def of(self, statement: Statement) -> Derivation:
        """The derivation of one reading; what it cites is derived before."""
        if statement.claim not in self._made:
            for cited in statement.cites:
                if cited.claim not in self._heard:
                    self.of(cited)
            self._made[statement.claim] = self._kernel.check(statement.claim)
        return self._made[statement.claim]

    def finished(self, *statements: Statement) -> Mapping[Claim, Derivation]:
        """The derivations of all that these statements cite, and of what those cite."""
        out: dict[Claim, Derivation] = {}
        for statement in statements:
            for cited in statement.cites:
                out |= {cited.claim: self.of(cited), **self.finished(cited)}
        return out

    def replay(
        self, statement: Statement, more: Mapping[Claim, Derivation] | None = None
    ) -> Replay:
        """The kernel for variants of this statement; they may cite what it cites, and `more`."""
        known = ChainMap(self._made, self._heard)
        finished = {**{s.claim: known[s.claim] for s in statement.cites}, **(more or {})}
        return Replay(self._kernel, finished, statement, self.of(statement))

    def sources(self, step: Step) -> tuple[str, ...]:
        """The names of the facts that a judged step uses; those of a citation are looked up."""
        return self._sources.get(step) or tuple(use.removeprefix("<") for use in step.uses)

    def context(self, step: Step) -> Context:
        """The names and facts that a judged step found; none for a step that was not judged."""
        return self._contexts.get(step, Context(frozenset(), {}))

    def _completed(self, step: Step, scope: Scope) -> Step:
        step = replace(completed(step, scope))  # an object of its own, also where a step is shared
        self._contexts[step] = Context(
            frozenset(scope.names), {name: fact.formula for name, fact in scope.facts.items()}
        )
        if isinstance(step.reason, Cite):
            self._sources[step] = tuple(dict.fromkeys(_discharging(step.reason, scope)))
        return step

    def is_derived(self, statement: Statement) -> bool:
        """Whether all steps, and all steps of what is cited, are accepted."""
        if statement.kind == "external":
            return True
        return self.of(statement).derived and all(map(self.is_derived, statement.cites))

    def assumed(self, statement: Statement) -> tuple[str, ...]:
        """The external theorems and external rules that a statement rests on, sorted."""
        if statement.kind == "external":
            return (statement.key,)
        own = {rule.name for rule in self.of(statement).rules if rule.external}
        return tuple(sorted(own.union(*(self.assumed(cited) for cited in statement.cites))))


def _discharging(reason: Cite, scope: Scope) -> Iterator[str]:
    """The facts here that say what the cited statement assumes; for readers, not for the kernel."""
    claim = reason.statement.claim
    terms = {**{str(v.name): v for v in scope.names}, **reason.terms}
    change = {v: terms[str(v.name)] for v in claim.variables if str(v.name) in terms}
    for f in (*claim.standing, *claim.given.values()):
        try:
            fact = scope.find(substitute(f, change))
        except SortError:
            return
        yield from (name for name, known in scope.facts.items() if known is fact)
