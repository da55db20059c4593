"""The five obligations of a step: wired, discharged, yields, sound as a rule, has teeth.

Each function takes the bench and the step, records findings and open obligations on the bench, and
returns one line on what was seen. The order is that of the reports.

Functions: wired, discharged, yields, sound, teeth.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from symbolic_landscape.former.bench import Bench
from symbolic_landscape.former.lemma import Fact, Instance, Step, size
from symbolic_landscape.former.search import Found
from symbolic_landscape.verdict import Verdict

_Case: TypeAlias = tuple[Instance, str, Sequence[Verdict]]
"""An instance, how it came about, and the verdicts of the step's premises on it."""


def wired(bench: Bench, step: Step) -> str:
    """Each premise is a hypothesis, an earlier fact, or the conclusion of the cited statement."""
    where = f"step {step.name}"
    earlier: set[Fact] = set(bench.statement.hypotheses)
    for other in bench.statement.steps:
        if other is step:
            break
        earlier.add(other.gives)
    missing = [p for p in step.premises if p not in earlier and not step.is_cited(p)]
    for premise in missing:
        owners = sorted({s.key for s in bench.known if premise is s.conclusion})
        if step.cites is not None and owners:
            text = (
                f"the step needs this: {premise.claim} It is concluded by {', '.join(owners)}, "
                f"but the step cites {step.cites.key}"
            )
            bench.find("miscited", where, text, None, "proof graph")
        else:
            text = f"{premise.name} is no hypothesis, no earlier fact and no cited conclusion"
            bench.find("unsupported premise", where, text, None, "proof graph")
    unused = step.cites is not None and not any(step.is_cited(p) for p in step.premises)
    if unused and not missing and step.cites is not None:
        text = f"the step cites {step.cites.key}, but uses no conclusion of it"
        bench.find("miscited", where, text, None, "proof graph")
    return "every premise has a source"


def discharged(bench: Bench, step: Step) -> str:
    """Every hypothesis of the cited statement holds on the mapped instances."""
    if step.cites is None:
        return "nothing is cited"
    where = f"step {step.name}"
    cited = bench.statement.read(step.cites)
    own = [p for p in step.premises if not step.is_cited(p)]
    for instance in bench.admissible:
        if not all(bench.decide(p, instance).is_holds for p in own):
            continue
        for hypothesis in cited.hypotheses:
            verdict = bench.decide_mapped(step, hypothesis, instance)
            if verdict.is_fails:
                text = f"{cited.key} needs {hypothesis.name}, which fails here: {verdict.reason}"
                bench.find("hypothesis not discharged", where, text, instance, "citation decided")
                return text
            if verdict.is_undecided:
                bench.open.append(
                    f"{where}: {hypothesis.name} of {cited.key} is undecided on "
                    f"{instance.name}: {verdict.reason}"
                )
    return f"every hypothesis of {cited.key} holds on the mapped instances"


def yields(bench: Bench, step: Step) -> str:
    """On the statement's own instances where the premises hold, so does the new fact."""
    where = f"step {step.name}"
    met: list[_Case] = []
    broken: list[tuple[Instance, str]] = []
    for instance in bench.admissible:
        verdicts = bench.premises(step, instance)
        if _all_hold(verdicts):
            met.append((instance, f"instance {instance.name}", verdicts))
        for premise, verdict in zip(step.premises, verdicts, strict=True):
            name = f"{premise.name} on {instance.name}"
            if verdict.is_undecided:
                bench.open.append(f"{where}: {name} is undecided: {verdict.reason}")
            elif verdict.is_fails and step.is_cited(premise):
                broken.append((instance, f"the cited conclusion {name} fails: {verdict.reason}"))
    if broken:
        worst, text = min(broken, key=lambda pair: size(pair[0]))
        bench.find("invalid inference", where, text, worst, "citation decided")
    against = [(i, how) for i, how, _ in met if bench.decide(step.gives, i).is_fails]
    if against:
        return _invalid(bench, step, against, _searched(bench, step))
    _reasoned(bench, step, met)
    return f"holds on {len(met)} of {len(bench.admissible)} instances"


def sound(bench: Bench, step: Step) -> str:
    """The step as an implication by itself, on instances beyond the statement's own.

    Controls of the statement and of the step serve as rule instances too.
    """
    where = f"step {step.name}"
    if any(f.where == where and f.kind == "invalid inference" for f in bench.findings):
        return "the step already fails on the statement's own instances"
    tried = [(i, f"rule instance {i.name}") for i in step.tried_on]
    near = (*bench.statement.controls.values(), *step.controls.values())
    tried += [(c, f"control {c.name}") for c in near]
    met: list[_Case] = [(i, how, bench.premises(step, i)) for i, how in tried]
    met = [case for case in met if _all_hold(case[2])]
    against = [(i, how) for i, how, _ in met if bench.decide(step.gives, i).is_fails]
    found = _searched(bench, step)
    if against or found.instance is not None:
        return _invalid(bench, step, against, found)
    generated = [(i, "a generated instance", bench.premises(step, i)) for i in found.admissible]
    _reasoned(bench, step, [*met, *generated])
    if not met and not found.met:
        text = "no rule instance meets the premises: the step was never tried by itself"
        bench.find("toothless", where, text, None, "rule instances")
    return f"holds on {len(met)} rule instances and {found.met} of {found.tried} generated ones"


def _searched(bench: Bench, step: Step) -> Found:
    """A shrunk counterexample to the step as a rule among generated instances, if any."""
    strategy = step.strategy or bench.statement.strategy
    return bench.search(strategy, lambda b, i: _all_hold(b.premises(step, i)), step.gives)


def _invalid(
    bench: Bench, step: Step, against: Sequence[tuple[Instance, str]], found: Found
) -> str:
    """Records the smallest instance with premises that hold and a new fact that fails."""
    every = list(against)
    if found.instance is not None:
        how = f"search for the step (seed {bench.options.seed}), shrunk"
        every.append((found.instance, how))
    worst, how = min(every, key=lambda pair: size(pair[0]))
    reason = bench.decide(step.gives, worst).reason
    text = f"the premises hold, but not this: {step.gives.claim} ({reason})"
    bench.find("invalid inference", f"step {step.name}", text, worst, how)
    return text


def _reasoned(bench: Bench, step: Step, cases: Sequence[_Case]) -> None:
    """Where the new fact does not fail, the reasoning leads to it, and neither stays open."""
    where = f"step {step.name}"
    astray: list[tuple[Instance, str, str]] = []
    for instance, how, premises in cases:
        given = bench.decide(step.gives, instance)
        reasoning = Fact(step.name, step.why, "", _with_premises(step, premises))
        inference = bench.decide(reasoning, instance)
        if inference.is_fails:
            astray.append((instance, how, inference.reason))
        for name, verdict in ((step.gives.name, given), (step.name, inference)):
            if verdict.is_undecided:
                bench.open.append(f"{where}: {name} is undecided on {how}: {verdict.reason}")
    if astray:
        worst, how, reason = min(astray, key=lambda case: size(case[0]))
        text = f"the reasoning does not reach {step.gives.name}: {reason}"
        bench.find("invalid inference", where, text, worst, how)


def _with_premises(step: Step, premises: Sequence[Verdict]) -> Callable[[Instance], Verdict]:
    return lambda instance: step.inference(instance, *premises)


def _all_hold(verdicts: Sequence[Verdict]) -> bool:
    return all(v.is_holds for v in verdicts)


def teeth(bench: Bench, step: Step) -> str:
    """Each premise has a control, and wrong neighbours of the yield are refuted."""
    where = f"step {step.name}"
    for premise in step.premises:
        others = [p for p in step.premises if p is not premise]
        control = step.controls.get(premise)
        why = step.no_control.get(premise, "")
        control_of(bench, premise, others, step.gives, control, why, where, step)
    if any(bench.decide(step.gives, i).is_holds for i in bench.pool()):
        bench.bite(step.gives, where)
    return f"{len(step.controls)} controls, {len(step.no_control)} in words"


def control_of(
    bench: Bench,
    broken: Fact,
    others: Sequence[Fact],
    target: Fact | None,
    control: Instance | None,
    why_none: str,
    where: str,
    step: Step | None = None,
) -> None:
    """A control must break its fact alone and the target with it; words are the only other way."""
    if control is None:
        if not why_none.strip():
            text = f"{broken.name} has neither a control nor words why none can exist"
            bench.find("toothless", where, text, None, "declaration")
        return
    reason = bench.near_miss(broken, others, target, control, step)
    drops = f"{step.name}: {broken.name}" if step is not None else broken.name
    bench.record_control(drops, control.name, reason)
    if reason:
        bench.find("toothless", where, reason, control, f"control {control.name}")
