"""The judge: five obligations for each step, and the checks of a statement as a whole.

Read from top to bottom: `judge` decides the statement on its instances, searches for a
counterexample, tries the controls and regimes, then hands each step to `_Bench.step`, which asks
whether it is wired, discharged, yields its fact, is sound as a rule by itself, and has teeth.

Every question is answered by a `Verdict`; UNDECIDED becomes an open obligation and never a pass.
Findings and open obligations are all that a status is computed from (see `results.status`).

Functions: judge.

Design notes. Controls of a statement serve as rule instances of its steps too, since they are near misses
on which the facts are known to be decidable. A curated instance that breaks a hypothesis is
a finding rather than silently out of scope: otherwise a changed constant could empty a check.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from symbolic_landscape.consistency import clash
from symbolic_landscape.lemma import Fact, Instance, Regime, Statement, Step, canonical, size
from symbolic_landscape.results import (
    ControlResult,
    Finding,
    InstanceResult,
    MutantsResult,
    StatementResult,
    StepResult,
)
from symbolic_landscape.search import Found, decide, seek
from symbolic_landscape.verdict import Evidence, Verdict

PROVED_KINDS = ("lemma", "theorem", "proposition", "corollary")
"""Kinds whose conclusion must be given by a step."""


@dataclass(frozen=True)
class Options:
    """How hard to look: generated instances for each search, the seed, and bits for balls."""

    instances: int = 25
    seed: int = 0
    bits: int = 256


def judge(statement: Statement, options: Options, known: Sequence[Statement]) -> StatementResult:
    """Everything the checks find about one reading of one statement.

    `known` are the statements among whose conclusions a miscited fact is looked up. The content
    depends on the declaration, the options and the library versions alone, but for the seconds.
    """
    started = time.perf_counter()
    bench = _Bench(statement, options, known)
    if statement.kind != "external":
        bench.whole()
        for step in statement.steps:
            bench.step(step)
    mutants = MutantsResult(
        killed=bench.killed,
        total=bench.killed + len(bench.survivors),
        survivors=tuple(bench.survivors),
    )
    levels = [Evidence[i.evidence.upper()] for i in bench.instances if i.verdict == "holds"]
    return StatementResult(
        key=statement.key,
        paper=statement.paper,
        kind=statement.kind,
        reading=statement.reading,
        evidence=min(levels).word if levels else "none",
        seconds=time.perf_counter() - started,
        cites=tuple(cited.key for cited in statement.cites),
        instances=tuple(bench.instances),
        controls=tuple(bench.controls),
        mutants=mutants,
        steps=tuple(bench.steps),
        findings=tuple(bench.findings),
        expected=statement.expected,
        open_obligations=tuple(dict.fromkeys(bench.open)),
        searched=bench.searched,
        without_control=tuple((f.name, why) for f, why in statement.no_control.items()),
    )


@dataclass
class _Bench:
    """One sitting over one statement: what has been decided so far, and what was found."""

    statement: Statement
    options: Options
    known: Sequence[Statement]
    instances: list[InstanceResult] = field(default_factory=list)
    controls: list[ControlResult] = field(default_factory=list)
    steps: list[StepResult] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    open: list[str] = field(default_factory=list)
    killed: int = 0
    survivors: list[str] = field(default_factory=list)
    admissible: list[Instance] = field(default_factory=list)
    generated: tuple[Instance, ...] = ()
    tried: set[Fact] = field(default_factory=set)
    searched: int = 0
    _memo: dict[tuple[Fact, int], tuple[Instance, Verdict]] = field(default_factory=dict)
    _places: dict[tuple[Step, int], tuple[Instance, Instance]] = field(default_factory=dict)

    # -- deciding -----------------------------------------------------------------------------------

    def decide(self, fact: Fact, instance: Instance) -> Verdict:
        """The verdict, once for each fact and instance."""
        key = (fact, id(instance))
        if key not in self._memo:
            self._memo[key] = (instance, decide(fact, instance))
        return self._memo[key][1]

    def find(self, kind: str, where: str, text: str, shown: Instance | None, how: str) -> Finding:
        """Records a finding with the instance that shows it."""
        data = canonical(shown) if shown is not None else None
        finding = Finding(kind, where, text, data, how)
        self.findings.append(finding)
        return finding

    def pool(self) -> list[Instance]:
        """Every curated, control, rule and generated instance at hand, for trying wrong claims on."""
        steps = self.statement.steps
        return [
            *self.statement.instances,
            *self.generated,
            *self.statement.controls.values(),
            *(i for step in steps for i in (*step.tried_on, *step.controls.values())),
        ]

    def teeth(self, fact: Fact, where: str) -> None:
        """Every wrong neighbour of the fact must be refuted by some instance on which it holds."""
        if fact in self.tried:
            return
        self.tried.add(fact)
        refuted: dict[str, bool] = {}
        for instance in self.pool():
            verdict = self.decide(fact, instance)
            for mutant in verdict.mutants if verdict.is_holds else ():
                if not refuted.get(mutant.label, False):
                    wrong = Fact(mutant.label, "", "", lambda _, m=mutant: m.decide())
                    refuted[mutant.label] = decide(wrong, instance).is_fails
        self.killed += sum(refuted.values())
        for label in (label for label, done in refuted.items() if not done):
            self.survivors.append(f"{fact.name}: {label}")
            text = f"no instance refutes the wrong claim '{label}' of {fact.name}"
            self.find("toothless", where, text, None, "mutation")
        if not refuted:
            text = f"{fact.name} has no wrong neighbour that some instance could refute"
            self.find("toothless", where, text, None, "mutation")

    # -- the statement as a whole -------------------------------------------------------------------

    def whole(self) -> None:
        """Hypotheses => conclusion, controls, regimes, teeth, and the shape of the proof graph."""
        found = self.search(self.statement.strategy, self.statement.hypotheses, self.conclusion)
        self.searched, self.generated = found.met, found.admissible
        for instance in self.statement.instances:
            self.instance(instance)
        self.refutation(found)
        if not self.admissible and not found.admissible:
            self.emptiness("statement", {}, f"{found.tried} generated instances")
        for regime in self.statement.regimes:
            self.regime(regime, found)
        for hypothesis in self.statement.hypotheses:
            self.control(hypothesis)
        if self.conclusion is not None and any(
            self.decide(self.conclusion, i).is_holds for i in self.admissible
        ):
            self.teeth(self.conclusion, "statement")
        self.graph()

    @property
    def conclusion(self) -> Fact | None:
        """The statement's conclusion, or None for an assumption."""
        return self.statement.conclusion

    def instance(self, instance: Instance) -> None:
        """One curated instance: it must meet every hypothesis, and then the conclusion decides."""
        started = time.perf_counter()
        where = f"instance {instance.name}"
        facts = {h: self.decide(h, instance) for h in self.statement.hypotheses}
        words = {h.name: v.outcome.value for h, v in facts.items()}
        for hypothesis, verdict in facts.items():
            if verdict.is_fails:
                text = f"{where} is listed as admissible but breaks {hypothesis.name}: {verdict.reason}"
                self.find("vacuous", where, text, instance, "decided on the instance")
            elif verdict.is_undecided:
                self.open.append(f"{where}: {hypothesis.name} is undecided: {verdict.reason}")
        word, level, reason = "not applicable", "none", "a hypothesis does not hold here"
        if all(v.is_holds for v in facts.values()):
            self.admissible.append(instance)
            if self.conclusion is None:
                word, level, reason = "holds", Evidence.EXACT.word, "every part holds"
            else:
                verdict = self.decide(self.conclusion, instance)
                word, level, reason = verdict.outcome.value, verdict.evidence.word, verdict.reason
                if verdict.is_undecided:
                    self.open.append(f"{where}: {self.conclusion.name} is undecided: {reason}")
        seconds = time.perf_counter() - started
        self.instances.append(InstanceResult(instance.name, word, level, seconds, reason, words))

    def search(
        self,
        strategy: Callable[[], object] | None,
        premises: Sequence[Fact],
        conclusion: Fact | None,
        place: Callable[[Fact, Instance], Instance] | None = None,
    ) -> Found:
        """A shrunk counterexample to premises => conclusion among generated instances, if any."""
        if strategy is None or conclusion is None or self.options.instances == 0:
            return Found(None, 0, 0)

        def meets(instance: Instance) -> bool:
            return all(
                self.placed(premise, instance, place).is_holds for premise in premises
            )

        def refutes(instance: Instance) -> bool:
            return decide(conclusion, instance).is_fails

        return seek(
            strategy,  # type: ignore[arg-type]  # Hypothesis is imported only where it searches
            meets,
            refutes,
            examples=self.options.instances,
            seed=self.options.seed,
        )

    def placed(
        self, premise: Fact, instance: Instance, place: Callable[[Fact, Instance], Instance] | None
    ) -> Verdict:
        """The premise on the place where it is decided; an error on the way is UNDECIDED."""
        if place is None:
            return decide(premise, instance)
        moved = Fact(
            premise.name, premise.claim, premise.formula, lambda i: premise.decide(place(premise, i))
        )
        return decide(moved, instance)

    def refutation(self, found: Found) -> None:
        """The smallest instance that meets every hypothesis and refutes the conclusion, if any."""
        if self.conclusion is None:
            return
        against = [
            (i, f"curated instance {i.name}")
            for i in self.admissible
            if self.decide(self.conclusion, i).is_fails
        ]
        if found.instance is not None:
            how = f"search over {found.tried} generated instances (seed {self.options.seed}), shrunk"
            against.append((found.instance, how))
        if against:
            worst, how = min(against, key=lambda pair: size(pair[0]))
            reason = self.decide(self.conclusion, worst).reason
            text = f"every hypothesis holds, but not that {self.conclusion.claim} ({reason})"
            self.find("refuted", "statement", text, worst, how)

    def emptiness(self, where: str, laws: dict[str, Callable[[object], object]], tried: str) -> None:
        """No instance meets the hypotheses: inconsistent with a core of reasons, else vacuous."""
        constraints = dict(laws)
        for hypothesis in self.statement.hypotheses:
            if hypothesis.ground is not None:
                constraints[hypothesis.name] = hypothesis.ground
        core = clash(constraints) if constraints else None
        if core is not None:
            text = f"the hypotheses cannot hold together: {', '.join(core)} contradict each other"
            self.find("inconsistent", where, text, None, "unsat core of ground constraints")
        else:
            text = f"no instance meets every hypothesis (curated ones and {tried})"
            self.find("vacuous", where, text, None, "all instances decided")

    def regime(self, regime: Regime, found: Found) -> None:
        """The hypotheses must be met somewhere in every range that the words cover."""
        tried = [*self.admissible, *found.admissible]
        covers = Fact(regime.name, regime.name, "", regime.covers)
        if not any(self.decide(covers, instance).is_holds for instance in tried):
            self.emptiness(f"regime {regime.name}", dict(regime.laws), "generated ones in it")

    def control(self, hypothesis: Fact) -> None:
        """A control must break its hypothesis alone and the conclusion with it."""
        where = f"control of {hypothesis.name}"
        control = self.statement.controls.get(hypothesis)
        if control is None:
            if not self.statement.no_control.get(hypothesis, "").strip():
                text = f"{hypothesis.name} has neither a control nor words why none can exist"
                self.find("toothless", where, text, None, "declaration")
            return
        others = [h for h in self.statement.hypotheses if h is not hypothesis]
        reason = self.near_miss(hypothesis, others, self.conclusion, control, None)
        self.controls.append(ControlResult(hypothesis.name, control.name, not reason, reason))
        if reason:
            self.find("toothless", where, reason, control, f"control {control.name}")

    def near_miss(
        self,
        broken: Fact,
        others: Sequence[Fact],
        target: Fact | None,
        control: Instance,
        place: Callable[[Fact, Instance], Instance] | None,
    ) -> str:
        """Why the control is no near miss for the broken fact, or the empty string."""
        verdict = self.placed(broken, control, place)
        if not verdict.is_fails:
            word = verdict.outcome.value
            return f"{control.name} must break {broken.name}, which {word}: {verdict.reason}"
        for other in others:
            verdict = self.placed(other, control, place)
            if not verdict.is_holds:
                word = verdict.outcome.value
                return f"{control.name} must keep {other.name}, which {word}: {verdict.reason}"
        if target is not None:
            verdict = self.decide(target, control)
            if not verdict.is_fails:
                word = verdict.outcome.value
                return f"{target.name} must fail on {control.name}, but {word}: {verdict.reason}"
        return ""

    def graph(self) -> None:
        """The proof graph reaches the conclusion and uses every hypothesis."""
        steps = self.statement.steps
        if self.conclusion is not None and (steps or self.statement.kind in PROVED_KINDS):
            if self.conclusion not in {step.gives for step in steps}:
                text = f"no step gives the conclusion {self.conclusion.name}"
                self.find("unsupported premise", "statement", text, None, "proof graph")
            used = {premise for step in steps for premise in step.premises}
            for hypothesis in self.statement.hypotheses:
                if hypothesis not in used:
                    text = f"no step uses the hypothesis {hypothesis.name}"
                    self.find("surplus hypothesis", "statement", text, None, "proof graph")

    # -- one step -------------------------------------------------------------------------------------

    def step(self, step: Step) -> None:
        """The five obligations of one step."""
        before = len(self.findings)
        where = f"step {step.name}"
        reasons: dict[str, str] = {}
        words: dict[str, str] = {}

        def record(name: str, obligation: Callable[[Step, str], str]) -> None:
            failed, open_ = len(self.findings), len(self.open)
            reasons[name] = obligation(step, where)
            if len(self.findings) > failed:
                words[name] = "fails"
                reasons[name] = self.findings[-1].text
            elif len(self.open) > open_:
                words[name] = "undecided"
                reasons[name] = self.open[-1]
            else:
                words[name] = "none" if name == "discharged" and step.cites is None else "holds"

        record("wired", self.wired)
        record("discharged", self.discharged)
        record("yields", self.yields)
        record("sound", self.sound)
        record("teeth", self.has_teeth)
        self.steps.append(
            StepResult(
                name=step.name,
                premises=tuple(p.name for p in step.premises),
                gives=step.gives.name,
                cites=step.cites.key if step.cites else None,
                findings=tuple(self.findings[before:]),
                reasons=reasons,
                **words,
            )
        )

    def wired(self, step: Step, where: str) -> str:
        """Each premise is a hypothesis, an earlier fact, or the conclusion of the cited statement."""
        earlier: set[Fact] = set(self.statement.hypotheses)
        for other in self.statement.steps:
            if other is step:
                break
            earlier.add(other.gives)
        for premise in step.premises:
            if premise in earlier or step.is_cited(premise):
                continue
            owners = sorted({s.key for s in self.known if premise is s.conclusion})
            if step.cites is not None and owners:
                text = (
                    f"needs that {premise.claim} This is concluded by {', '.join(owners)}, "
                    f"but the step cites {step.cites.key}"
                )
                self.find("miscited", where, text, None, "proof graph")
            else:
                text = f"{premise.name} is no hypothesis, no earlier fact and no cited conclusion"
                self.find("unsupported premise", where, text, None, "proof graph")
        if step.cites is not None and not any(step.is_cited(p) for p in step.premises):
            if not any(f.where == where and f.kind == "miscited" for f in self.findings):
                text = f"cites {step.cites.key}, but uses no conclusion of it"
                self.find("miscited", where, text, None, "proof graph")
        return "every premise has a source"

    def mapped(self, step: Step, instance: Instance) -> Instance:
        """The cited statement's instance for this one, made once."""
        key = (step, id(instance))
        if key not in self._places:
            if step.via is None:
                self._places[key] = (instance, instance)
            else:
                self._places[key] = (instance, step.via(instance))
        return self._places[key][1]

    def place(self, step: Step) -> Callable[[Fact, Instance], Instance]:
        """Where each premise of the step is decided."""
        return lambda fact, instance: (
            self.mapped(step, instance) if step.is_cited(fact) else instance
        )

    def premises(self, step: Step, instance: Instance) -> list[Verdict]:
        """The verdicts of the step's premises, each decided in its place."""
        place = self.place(step)
        return [
            self.placed(p, instance, place) if step.is_cited(p) else self.decide(p, instance)
            for p in step.premises
        ]

    def discharged(self, step: Step, where: str) -> str:
        """Every hypothesis of the cited statement holds on the mapped instance."""
        if step.cites is None:
            return "nothing is cited"
        cited = self.statement.read(step.cites)
        for instance in self.admissible:
            own = [p for p in step.premises if not step.is_cited(p)]
            if not all(self.decide(p, instance).is_holds for p in own):
                continue
            for hypothesis in cited.hypotheses:
                verdict = self.placed(hypothesis, instance, lambda _, i: self.mapped(step, i))
                if verdict.is_fails:
                    text = f"{cited.key} needs {hypothesis.name}, which fails here: {verdict.reason}"
                    self.find("hypothesis not discharged", where, text, instance, "citation decided")
                    return text
                if verdict.is_undecided:
                    self.open.append(
                        f"{where}: {hypothesis.name} of {cited.key} is undecided on {instance.name}: "
                        f"{verdict.reason}"
                    )
        return f"every hypothesis of {cited.key} holds on the mapped instances"

    def yields(self, step: Step, where: str) -> str:
        """On the statement's own instances where the premises hold, so does the new fact."""
        applicable = 0
        for instance in self.admissible:
            verdicts = self.premises(step, instance)
            if all(v.is_holds for v in verdicts):
                applicable += 1
                self.follows(step, where, instance, verdicts, f"instance {instance.name}")
            for premise, verdict in zip(step.premises, verdicts, strict=True):
                if verdict.is_undecided:
                    self.open.append(
                        f"{where}: {premise.name} is undecided on {instance.name}: {verdict.reason}"
                    )
                elif verdict.is_fails and step.is_cited(premise):
                    text = f"the cited conclusion {premise.name} fails on {instance.name}: {verdict.reason}"
                    self.find("invalid inference", where, text, instance, "citation decided")
        return f"holds on {applicable} of {len(self.admissible)} instances"

    def follows(
        self, step: Step, where: str, instance: Instance, premises: Sequence[Verdict], how: str
    ) -> bool:
        """Whether the new fact and the reasoning to it hold on an instance that meets the premises."""
        given = self.decide(step.gives, instance)
        if given.is_fails:
            text = f"the premises hold, but not that {step.gives.claim} ({given.reason})"
            self.find("invalid inference", where, text, instance, how)
            return False
        reasoning = Fact(step.name, step.why, "", lambda i: step.inference(i, *premises))
        inference = decide(reasoning, instance)
        if inference.is_fails:
            text = f"the reasoning does not reach {step.gives.name}: {inference.reason}"
            self.find("invalid inference", where, text, instance, how)
            return False
        for name, verdict in ((step.gives.name, given), (step.name, inference)):
            if verdict.is_undecided:
                self.open.append(f"{where}: {name} is undecided on {how}: {verdict.reason}")
        return given.is_holds and inference.is_holds

    def rule_instances(self, step: Step) -> list[tuple[Instance, str]]:
        """Instances that need not satisfy the statement: the step's own, and all controls."""
        own = [(i, f"rule instance {i.name}") for i in step.tried_on]
        controls = [*self.statement.controls.values(), *step.controls.values()]
        return own + [(c, f"control {c.name}") for c in controls]

    def sound(self, step: Step, where: str) -> str:
        """The step as an implication by itself, on instances beyond the statement's own."""
        if any(f.where == where and f.kind == "invalid inference" for f in self.findings):
            return "the step already fails on the statement's own instances"
        against: list[tuple[Instance, str]] = []
        applicable: list[tuple[Instance, str, list[Verdict]]] = []
        for instance, how in self.rule_instances(step):
            verdicts = self.premises(step, instance)
            if all(v.is_holds for v in verdicts):
                applicable.append((instance, how, verdicts))
                if self.decide(step.gives, instance).is_fails:
                    against.append((instance, how))
        strategy = step.strategy or self.statement.strategy
        found = self.search(strategy, step.premises, step.gives, self.place(step))
        if found.instance is not None:
            against.append((found.instance, f"search for the step (seed {self.options.seed}), shrunk"))
        if against:
            worst, how = min(against, key=lambda pair: size(pair[0]))
            given = self.decide(step.gives, worst)
            text = f"the premises hold, but not that {step.gives.claim} ({given.reason})"
            self.find("invalid inference", where, text, worst, how)
            return text
        for instance, how, verdicts in applicable:
            self.follows(step, where, instance, verdicts, how)
        for instance in found.admissible:
            self.follows(step, where, instance, self.premises(step, instance), "a generated instance")
        if not applicable and not found.met:
            text = "no rule instance meets the premises: the step was never tried by itself"
            self.find("toothless", where, text, None, "rule instances")
        return f"holds on {len(applicable)} rule instances and {found.met} of {found.tried} generated"

    def has_teeth(self, step: Step, where: str) -> str:
        """Each premise has a control, and wrong neighbours of the yield are refuted."""
        for premise in step.premises:
            control = step.controls.get(premise)
            if control is None:
                if not step.no_control.get(premise, "").strip():
                    text = f"{premise.name} has neither a control nor words why none can exist"
                    self.find("toothless", where, text, None, "declaration")
                continue
            others = [p for p in step.premises if p is not premise]
            reason = self.near_miss(premise, others, step.gives, control, self.place(step))
            name = f"{step.name}: {premise.name}"
            self.controls.append(ControlResult(name, control.name, not reason, reason))
            if reason:
                self.find("toothless", where, reason, control, f"control {control.name}")
        if any(self.decide(step.gives, i).is_holds for i in self.pool()):
            self.teeth(step.gives, where)
        return f"{len(step.controls)} controls, {len(step.no_control)} in words"
