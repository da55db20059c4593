"""One sitting of the judge over one statement: decisions made once, findings, open obligations.

The bench knows how to decide a fact on an instance, how to search, what makes a control a near
miss, and how to try wrong neighbours of a fact. What has to be asked is in `check` and `obligations`.

Functions: Options, Bench.

Design notes. A curated instance that breaks a hypothesis is a finding rather than silently out of
scope: otherwise a changed constant could empty a check without a word.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any

from symbolic_landscape.lemma import Fact, Instance, Statement, Step, canonical
from symbolic_landscape.results import ControlResult, Finding, InstanceResult, StepResult
from symbolic_landscape.search import Found, decide, seek
from symbolic_landscape.verdict import Mutant, Verdict

Place = Callable[[Fact, Instance], Instance]
"""Where a fact is decided: the instance itself, or what a citation maps it to."""


@dataclass(frozen=True)
class Options:
    """How hard to look: generated instances for each search, the seed, and bits for balls.

    An instance with a field `bits` is decided at that many bits instead of its own.
    """

    instances: int = 50
    seed: int = 0
    bits: int = 256


@dataclass
class Bench:
    """What has been decided so far about one reading of one statement, and what was found."""

    statement: Statement
    options: Options
    known: Sequence[Statement]
    instances: list[InstanceResult] = field(default_factory=list)
    controls: list[ControlResult] = field(default_factory=list)
    steps: list[StepResult] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    admissible: list[Instance] = field(default_factory=list)
    generated: tuple[Instance, ...] = ()
    searched: int = 0
    killed: int = 0
    survivors: list[str] = field(default_factory=list)
    _bitten: set[Fact] = field(default_factory=set)
    _decided: dict[tuple[Fact, int], tuple[Instance, Verdict]] = field(default_factory=dict)
    _mapped: dict[tuple[Step, int], tuple[Instance, Instance]] = field(default_factory=dict)

    def decide(self, fact: Fact, instance: Instance) -> Verdict:
        """The verdict, made once for each fact and instance."""
        key = (fact, id(instance))
        if key not in self._decided:
            self._decided[key] = (instance, decide(fact, self.at_bits(instance)))
        return self._decided[key][1]

    def decide_at(self, fact: Fact, instance: Instance, place: Place) -> Verdict:
        """The verdict in the fact's place; an error on the way there is UNDECIDED."""
        moved = Fact(fact.name, fact.claim, fact.formula, lambda i: fact.decide(place(fact, i)))
        return decide(moved, self.at_bits(instance))

    def at_bits(self, instance: Instance) -> Instance:
        """The instance with its balls at the wanted precision."""
        if any(f.name == "bits" for f in fields(instance)):
            changed: Mapping[str, Any] = {"bits": self.options.bits}
            return replace(instance, **changed)
        return instance

    def mapped(self, step: Step, instance: Instance) -> Instance:
        """The cited statement's instance for this one, made once."""
        key = (step, id(instance))
        if key not in self._mapped:
            image = instance if step.via is None else step.via(instance)
            self._mapped[key] = (instance, image)
        return self._mapped[key][1]

    def place(self, step: Step) -> Place:
        """Where each premise of the step is decided."""
        return lambda fact, instance: (
            self.mapped(step, instance) if step.is_cited(fact) else instance
        )

    def premises(self, step: Step, instance: Instance) -> list[Verdict]:
        """The verdicts of the step's premises in order, each in its place."""
        place = self.place(step)
        return [
            self.decide_at(p, instance, place) if step.is_cited(p) else self.decide(p, instance)
            for p in step.premises
        ]

    def find(self, kind: str, where: str, text: str, shown: Instance | None, how: str) -> None:
        """Records a finding with the instance that shows it."""
        data = canonical(shown) if shown is not None else None
        self.findings.append(Finding(kind, where, text, data, how))

    def record_control(self, drops: str, name: str, reason: str) -> None:
        """Records a control; an empty reason says that it fails as it should."""
        self.controls.append(ControlResult(drops, name, not reason, reason))

    def search(
        self,
        strategy: Callable[[], Any] | None,
        premises: Sequence[Fact],
        conclusion: Fact | None,
        place: Place | None = None,
    ) -> Found:
        """A shrunk counterexample to premises => conclusion among generated instances, if any."""
        if strategy is None or conclusion is None or self.options.instances == 0:
            return Found(None, 0, 0)
        there = place or (lambda _, instance: instance)
        return seek(
            strategy,
            lambda instance: all(
                self.decide_at(premise, instance, there).is_holds for premise in premises
            ),
            lambda instance: decide(conclusion, self.at_bits(instance)).is_fails,
            examples=self.options.instances,
            seed=self.options.seed,
        )

    def near_miss(
        self,
        broken: Fact,
        others: Sequence[Fact],
        target: Fact | None,
        control: Instance,
        place: Place | None = None,
    ) -> str:
        """Why the control is no near miss for the broken fact, or the empty string if it is one."""
        there = place or (lambda _, instance: instance)
        wanted = [(broken, "break", "fails", self.decide_at(broken, control, there))]
        wanted += [(o, "keep", "holds", self.decide_at(o, control, there)) for o in others]
        if target is not None:
            wanted.append((target, "refute", "fails", self.decide(target, control)))
        for fact, verb, word, verdict in wanted:
            if verdict.outcome.value != word:
                return (
                    f"{control.name} must {verb} {fact.name}, which {verdict.outcome.value} there: "
                    f"{verdict.reason}"
                )
        return ""

    def pool(self) -> list[Instance]:
        """Every curated, control, rule and generated instance at hand, to try wrong claims on."""
        return [
            *self.statement.instances,
            *self.generated,
            *self.statement.controls.values(),
            *(i for s in self.statement.steps for i in (*s.tried_on, *s.controls.values())),
        ]

    def bite(self, fact: Fact, where: str) -> None:
        """Every wrong neighbour of the fact must be refuted by some instance on which it holds."""
        if fact in self._bitten:
            return
        self._bitten.add(fact)
        refuted: dict[str, bool] = {}
        for instance in self.pool():
            verdict = self.decide(fact, instance)
            for mutant in verdict.mutants if verdict.is_holds else ():
                if not refuted.get(mutant.label, False):
                    refuted[mutant.label] = self._refuted(mutant, instance)
        self.killed += sum(refuted.values())
        for label in (label for label, done in refuted.items() if not done):
            self.survivors.append(f"{fact.name}: {label}")
            text = f"no instance refutes the wrong claim '{label}' of {fact.name}"
            self.find("toothless", where, text, None, "mutation")
        if not refuted:
            text = f"{fact.name} has no wrong neighbour that some instance could refute"
            self.find("toothless", where, text, None, "mutation")

    def _refuted(self, mutant: Mutant, instance: Instance) -> bool:
        return decide(Fact(mutant.label, "", "", lambda _: mutant.decide()), instance).is_fails
