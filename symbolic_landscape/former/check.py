"""The judge: what is asked of a statement as a whole, and then of each of its steps.

`judge` decides the statement on its instances, searches for a counterexample, tries controls and
regimes, looks at the shape of the proof graph, and puts the five obligations to each step.

Every question is answered by a `Verdict`; UNDECIDED becomes an open obligation and never a pass.
Findings and open obligations are all that a status is computed from (see `results.status`).

Functions: judge.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any

from symbolic_landscape.errors import LandscapeError
from symbolic_landscape.former import obligations
from symbolic_landscape.former.bench import Bench
from symbolic_landscape.former.consistency import clash, holds_at
from symbolic_landscape.former.lemma import Fact, Instance, Regime, Statement, Step, describe, size
from symbolic_landscape.former.search import Found
from symbolic_landscape.judge.options import Options
from symbolic_landscape.judge.results import (
    DerivationResult,
    InstanceResult,
    MutantsResult,
    StatementResult,
    StepResult,
)
from symbolic_landscape.verdict import Evidence

OBLIGATIONS = ("wired", "discharged", "yields", "sound", "teeth")
"""What is asked of each step."""

PROVED_KINDS = ("lemma", "theorem", "proposition", "corollary")
"""Kinds whose conclusion must be given by a step."""

__all__ = ["Options", "judge"]


def judge(statement: Statement, options: Options, known: Sequence[Statement]) -> StatementResult:
    """Everything the checks find about one reading of one statement.

    `known` are the statements among whose conclusions a miscited fact is looked up. The content
    depends on the declaration, the options and the library versions alone, but for the seconds.
    """
    started = time.perf_counter()
    bench = Bench(statement, options, known)
    if statement.kind != "external":
        _whole(bench)
        for step in statement.steps:
            bench.steps.append(_step(bench, step))
    levels = [Evidence[i.evidence.upper()] for i in bench.instances if i.verdict == "holds"]
    return StatementResult(
        key=statement.key,
        paper=statement.paper,
        kind=statement.kind,
        reading=statement.reading,
        evidence=min(levels).word if levels else "none",
        seconds=time.perf_counter() - started,
        cites=tuple((cited.key, cited.reading) for cited in statement.cites),
        derivation=DerivationResult(surplus=surplus(statement) if statement.steps else ()),
        instances=tuple(bench.instances),
        controls=tuple(bench.controls),
        mutants=MutantsResult(
            killed=bench.killed,
            total=bench.killed + len(bench.survivors),
            survivors=tuple(bench.survivors),
            names=tuple(bench.mutants),
        ),
        steps=tuple(bench.steps),
        findings=tuple(bench.findings),
        expected=statement.expected,
        open_obligations=tuple(dict.fromkeys(bench.open)),
        searched=bench.searched,
        without_control=tuple((f.name, why) for f, why in statement.no_control.items()),
        architectures=bench.tally() if statement.kind != "external" else (),
    )


def _whole(bench: Bench) -> None:
    """Hypotheses => conclusion, controls, regimes, teeth, and the shape of the proof graph."""
    statement = bench.statement
    found = bench.search(
        statement.strategy,
        lambda b, i: all(b.decide(h, i).is_holds for h in statement.hypotheses),
        statement.conclusion,
    )
    bench.generated = found.admissible
    for instance in statement.instances:
        bench.instances.append(_instance(bench, instance))
    _refutation(bench, found)
    _generated(bench)
    if not bench.admissible and not found.admissible and not bench.open:
        _emptiness(bench, "statement", f"{found.tried} generated ones")
    for regime in statement.regimes:
        _regime(bench, regime)
    for hypothesis in statement.hypotheses:
        others = [h for h in statement.hypotheses if h is not hypothesis]
        control = statement.controls.get(hypothesis)
        why = statement.no_control.get(hypothesis, "")
        where = f"control of {hypothesis.name}"
        obligations.control_of(bench, hypothesis, others, statement.conclusion, control, why, where)
    conclusion = statement.conclusion
    if conclusion and any(bench.decide(conclusion, i).is_holds for i in bench.admissible):
        bench.bite(conclusion, "statement")
    _proof_shape(bench)


def _generated(bench: Bench) -> None:
    """Counts the generated instances on which the conclusion holds.

    Where it stays undecided on one, and no other refutes it, the question is left open.
    """
    conclusion = bench.statement.conclusion
    verdicts = [bench.decide(conclusion, i) for i in bench.generated] if conclusion else []
    bench.searched = sum(v.is_holds for v in verdicts) if conclusion else len(bench.generated)
    if conclusion and not any(f.kind == "refuted" for f in bench.findings):
        bench.open += [
            f"a generated instance: {conclusion.name} is undecided: {verdict.reason}"
            for verdict in verdicts
            if verdict.is_undecided
        ]


def _instance(bench: Bench, instance: Instance) -> InstanceResult:
    """One curated instance: it must meet every hypothesis, and then the conclusion decides."""
    started = time.perf_counter()
    where = f"instance {instance.name}"
    facts = {h: bench.decide(h, instance) for h in bench.statement.hypotheses}
    for hypothesis, verdict in facts.items():
        if verdict.is_fails:
            text = (
                f"{where} is listed as admissible, but breaks {hypothesis.name}: {verdict.reason}"
            )
            bench.find("vacuous", where, text, instance, "decided on the instance")
        elif verdict.is_undecided:
            bench.open.append(f"{where}: {hypothesis.name} is undecided: {verdict.reason}")
    word, level, reason = "not applicable", "none", "a hypothesis does not hold here"
    if all(v.is_holds for v in facts.values()):
        bench.admissible.append(instance)
        conclusion = bench.statement.conclusion
        if conclusion is None:
            weakest = min(v.evidence for v in facts.values())
            word, level, reason = "holds", weakest.word, "every part holds"
        else:
            verdict = bench.decide(conclusion, instance)
            word, level, reason = verdict.outcome.value, verdict.evidence.word, verdict.reason
            if verdict.is_undecided:
                bench.open.append(f"{where}: {conclusion.name} is undecided: {reason}")
    words = {h.name: v.outcome.value for h, v in facts.items()}
    seconds = time.perf_counter() - started
    return InstanceResult(instance.name, word, level, seconds, reason, words)


def _refutation(bench: Bench, found: Found) -> None:
    """The smallest instance that meets every hypothesis and refutes the conclusion, if any."""
    conclusion = bench.statement.conclusion
    if conclusion is None:
        return
    against = [
        (i, f"curated instance {i.name}")
        for i in bench.admissible
        if bench.decide(conclusion, i).is_fails
    ]
    if found.instance is not None:
        how = f"search (seed {bench.options.seed}), shrunk"
        against.append((found.instance, how))
    if against:
        worst, how = min(against, key=lambda pair: size(pair[0]))
        reason = bench.decide(conclusion, worst).reason
        text = f"every hypothesis holds, but not this: {conclusion.claim} ({reason})"
        bench.find("refuted", "statement", text, worst, how)


_Wanted = Callable[[Instance], bool | None]
"""Whether a constraint must be true or false at an instance; None where nothing is asked of it."""


def _emptiness(bench: Bench, where: str, tried: str, regime: Regime | None = None) -> None:
    """No instance meets the hypotheses: inconsistent with a core of reasons, else vacuous.

    The constraints are declared, so each is first tried: that of a hypothesis must be true where it
    holds, that of a range (by its name) just in the range, and every other law where all
    hypotheses hold. One that is wrong somewhere takes no part, and is left open.
    """
    hypotheses = bench.statement.hypotheses
    laws = dict(regime.laws) if regime is not None else {}
    constraints, counts = {}, {}
    declared = {h.name: (h.ground, _all_hold(bench, (h,))) for h in hypotheses if h.ground}
    declared |= {name: (law, _all_hold(bench, hypotheses)) for name, law in laws.items()}
    if regime is not None and regime.name in laws:
        declared[regime.name] = laws[regime.name], _covered(bench, regime)
    for name, (constraint, wanted) in declared.items():
        right, wrong = _where_right(bench, constraint, wanted)
        if wrong is not None:
            at = describe(wrong)
            bench.open.append(f"{where}: the constraint {name!r} is declared, but is wrong at {at}")
        else:
            constraints[name], counts[name] = constraint, right
    core = clash(constraints) if constraints else None
    if core is not None:
        shown = ", ".join(f"{name} {counts[name] or 'nowhere, so taken on trust'}" for name in core)
        text = f"the hypotheses cannot hold together: {', '.join(core)} contradict each other"
        text += f"; instances on which each was tried, as constraints on integers: {shown}"
        bench.find("inconsistent", where, text, None, "unsat core of ground constraints")
    else:
        text = f"no instance meets every hypothesis, neither curated ones nor {tried}"
        bench.find("vacuous", where, text, None, "all instances decided")


def _all_hold(bench: Bench, facts: Sequence[Fact]) -> _Wanted:
    """A constraint is to be true where these facts hold; elsewhere nothing is asked of it."""
    return lambda instance: all(bench.decide(f, instance).is_holds for f in facts) or None


def _covered(bench: Bench, regime: Regime) -> _Wanted:
    """A constraint is to be true in the range, and false outside."""

    def wanted(instance: Instance) -> bool | None:
        verdict = bench.decide(_covers(regime), instance)
        return None if verdict.is_undecided else verdict.is_holds

    return wanted


def _where_right(
    bench: Bench, constraint: Callable[[Any], Any], wanted: _Wanted
) -> tuple[int, Instance | None]:
    """At how many instances a constraint is as it should be, and one at which it is not."""
    count = 0
    for instance in bench.pool():
        try:
            values = instance.integers()
        except LandscapeError:
            continue
        expected = wanted(instance) if values else None
        found = None if expected is None else holds_at(constraint, values)
        if found is not None and found is not expected:
            return count, instance
        count += found is not None
    return count, None


def _covers(regime: Regime) -> Fact:
    return Fact(regime.name, regime.name, "", regime.covers)


def _regime(bench: Bench, regime: Regime) -> None:
    """The hypotheses must be met somewhere in every range that the words cover."""
    covers = _covers(regime)
    tried = [*bench.admissible, *bench.generated]
    if not any(bench.decide(covers, instance).is_holds for instance in tried):
        _emptiness(bench, f"regime {regime.name}", "generated ones", regime)


def _proof_shape(bench: Bench) -> None:
    """The steps reach the conclusion and use every hypothesis."""
    statement, steps = bench.statement, bench.statement.steps
    if statement.conclusion is None or not (steps or statement.kind in PROVED_KINDS):
        return
    if statement.conclusion not in {step.gives for step in steps}:
        text = f"no step gives the conclusion {statement.conclusion.name}"
        bench.find("unsupported premise", "statement", text, None, "proof graph")
    left_over = surplus(statement)
    if left_over:
        text = f"no step uses {', '.join(left_over)}"
        bench.find("surplus hypothesis", "statement", text, None, "proof graph")


def surplus(statement: Statement) -> tuple[str, ...]:
    """The hypotheses that no step and no citation uses."""
    used = {premise for step in statement.steps for premise in step.premises}
    used |= {needed for cited in statement.cites for needed in cited.hypotheses}
    return tuple(h.name for h in statement.hypotheses if h not in used)


def _step(bench: Bench, step: Step) -> StepResult:
    """The five obligations of one step, each with its word and one line of reason."""
    before = len(bench.findings)
    answers: dict[str, tuple[str, str]] = {}
    for name in OBLIGATIONS:
        found, left_open = len(bench.findings), len(bench.open)
        reason = getattr(obligations, name)(bench, step)
        if len(bench.findings) > found:
            answers[name] = ("fails", bench.findings[found].text)
        elif len(bench.open) > left_open:
            answers[name] = ("undecided", bench.open[left_open])
        else:
            nothing = name == "discharged" and step.cites is None
            answers[name] = ("none" if nothing else "holds", reason)
    cited = bench.statement.read(step.cites) if step.cites else None
    return StepResult(
        name=step.name,
        premises=tuple(p.name for p in step.premises),
        gives=step.gives.claim,
        reason="sampled",
        cites=(cited.key, cited.reading) if cited else None,
        refused_because="the former form has no reason that the kernel could accept",
        findings=tuple(bench.findings[before:]),
        answers=answers,
    )
