"""One sitting of the judge over one statement: decisions made once, findings, open obligations.

The bench knows how to decide a fact on an instance, how to search, what makes a control a near
miss, and how to try wrong neighbours of a fact. What has to be asked is in `check` and
`obligations`.

Class: Bench.

Design notes. A curated instance that breaks a hypothesis is a finding rather than silently out of
scope: otherwise a changed constant could empty a check without a word.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any

from symbolic_landscape.former.instance import Architecture
from symbolic_landscape.former.lemma import Fact, Instance, Statement, Step, canonical, size
from symbolic_landscape.former.search import Found, decide, sample, shrunk
from symbolic_landscape.judge.options import Options
from symbolic_landscape.judge.results import (
    ArchitectureResult,
    ControlResult,
    Finding,
    InstanceResult,
    StepResult,
)
from symbolic_landscape.verdict import Mutant, Verdict


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
    mutants: list[str] = field(default_factory=list)
    _bitten: set[Fact] = field(default_factory=set)
    _precise: dict[int, tuple[Instance, Instance]] = field(default_factory=dict)
    _decided: dict[tuple[Fact, int], tuple[Instance, Verdict]] = field(default_factory=dict)
    _mapped: dict[tuple[Step, Fact, int], tuple[Instance, Verdict]] = field(default_factory=dict)
    _drawn: dict[Callable[[], Any], tuple[Instance, ...]] = field(default_factory=dict)

    def decide(self, fact: Fact, instance: Instance) -> Verdict:
        """The verdict, made once for each fact and instance."""
        key = (fact, id(instance))
        if key not in self._decided:
            self._decided[key] = (instance, decide(fact, self.at_bits(instance)))
        return self._decided[key][1]

    def decide_mapped(self, step: Step, fact: Fact, instance: Instance) -> Verdict:
        """The verdict on what the step's citation maps the instance to, made once.

        An error on the way there is UNDECIDED.
        """
        key = (step, fact, id(instance))
        if key not in self._mapped:
            via = step.via or (lambda unchanged: unchanged)
            moved = Fact(fact.name, fact.claim, fact.formula, lambda i: fact.decide(via(i)))
            self._mapped[key] = (instance, decide(moved, self.at_bits(instance)))
        return self._mapped[key][1]

    def decide_premise(self, step: Step, premise: Fact, instance: Instance) -> Verdict:
        """The verdict of a step's premise: on the mapped instance for a cited conclusion."""
        if step.is_cited(premise):
            return self.decide_mapped(step, premise, instance)
        return self.decide(premise, instance)

    def premises(self, step: Step, instance: Instance) -> list[Verdict]:
        """The verdicts of the step's premises in order, each in its place."""
        return [self.decide_premise(step, premise, instance) for premise in step.premises]

    def at_bits(self, instance: Instance) -> Instance:
        """The instance with its balls at the wanted precision, made once."""
        if not any(f.name == "bits" for f in fields(instance)):
            return instance
        if id(instance) not in self._precise:
            changed: Mapping[str, Any] = {"bits": self.options.bits}
            self._precise[id(instance)] = (instance, replace(instance, **changed))
        return self._precise[id(instance)][1]

    def find(self, kind: str, where: str, text: str, shown: Instance | None, how: str) -> None:
        """Records a finding with the instance that shows it."""
        data = canonical(shown) if shown is not None else None
        self.findings.append(Finding(kind, where, text, data, how))

    def record_control(self, drops: str, name: str, reason: str) -> None:
        """Records a control; an empty reason says that it fails as it should."""
        self.controls.append(ControlResult(drops, name, "curated", reason))

    def search(
        self,
        strategy: Callable[[], Any] | None,
        meets: Callable[[Bench, Instance], bool],
        conclusion: Fact | None,
    ) -> Found:
        """A shrunk counterexample among generated instances that meet the premises, if any.

        Without a conclusion the search only says which instances meet the premises.

        What is generated is shared by all searches with one strategy, so that a fact is decided
        once on it; shrinking decides on a bench of its own, which forgets.
        """
        if strategy is None or self.options.instances == 0:
            return Found(None, 0, 0)
        examples, seed = self.options.instances, self.options.seed
        if strategy not in self._drawn:
            self._drawn[strategy] = sample(strategy, examples=examples, seed=seed)
        drawn = self._drawn[strategy]
        met = tuple(instance for instance in drawn if meets(self, instance))
        against = [i for i in met if conclusion and self.decide(conclusion, i).is_fails]
        if conclusion is None or not against:
            return Found(None, len(drawn), len(met), met)

        def aside() -> Bench:
            return Bench(self.statement, self.options, self.known)

        smallest = shrunk(
            strategy,
            lambda instance: meets(aside(), instance),
            lambda instance: aside().decide(conclusion, instance).is_fails,
            examples=examples,
            seed=seed,
        )
        worst = min((i for i in (smallest.instance, *against) if i is not None), key=size)
        return Found(worst, len(drawn), len(met), met)

    def near_miss(
        self,
        broken: Fact,
        others: Sequence[Fact],
        target: Fact | None,
        control: Instance,
        step: Step | None = None,
    ) -> str:
        """Why the control is no near miss for the broken fact, or the empty string if it is one."""

        def there(fact: Fact) -> Verdict:
            return self.decide_premise(step, fact, control) if step else self.decide(fact, control)

        wanted = [(broken, "break", "fails", there(broken))]
        wanted += [(other, "keep", "holds", there(other)) for other in others]
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

    def tally(self) -> tuple[ArchitectureResult, ...]:
        """How many points of each architecture meet the hypotheses, and what stops the others.

        The points are the curated instances, the controls, and all that was generated for the
        statement, whether it meets the hypotheses or not.
        """
        statement = self.statement
        drawn = self._drawn.get(statement.strategy, ()) if statement.strategy else ()
        points: dict[Architecture | None, list[Instance]] = {}
        for instance in (*statement.instances, *statement.controls.values(), *drawn):
            points.setdefault(instance.architecture(), []).append(instance)
        rows = [self._fared(kind, instances) for kind, instances in points.items()]
        return tuple(sorted(rows, key=lambda r: (r.widths or (), r.activation, r.samples or 0)))

    def _fared(self, kind: Architecture | None, points: Sequence[Instance]) -> ArchitectureResult:
        conclusion: Counter[str] = Counter()
        stopped: Counter[tuple[str, str]] = Counter()
        met = 0
        for instance in points:
            verdicts = ((h, self.decide(h, instance)) for h in self.statement.hypotheses)
            stop = next(((h, v) for h, v in verdicts if not v.is_holds), None)
            if stop is not None:
                stopped[stop[0].name, stop[1].outcome.value] += 1
                continue
            met += 1
            if self.statement.conclusion is not None:
                conclusion[self.decide(self.statement.conclusion, instance).outcome.value] += 1
        return ArchitectureResult(
            widths=kind.widths if kind else None,
            activation=kind.activation if kind else "",
            samples=kind.samples if kind else None,
            tried=len(points),
            met=met,
            conclusion=dict(sorted(conclusion.items())),
            stopped=tuple((name, word, n) for (name, word), n in sorted(stopped.items())),
        )

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
        self.mutants += [f"{fact.name}: {label}" for label in refuted]
        for label in (label for label, done in refuted.items() if not done):
            self.survivors.append(f"{fact.name}: {label}")
            text = f"no instance refutes the wrong claim '{label}' of {fact.name}"
            self.find("toothless", where, text, None, "mutation")
        if not refuted:
            text = f"{fact.name} has no wrong neighbour that some instance could refute"
            self.find("toothless", where, text, None, "mutation")

    def _refuted(self, mutant: Mutant, instance: Instance) -> bool:
        return decide(Fact(mutant.label, "", "", lambda _: mutant.decide()), instance).is_fails
