"""The judge: what the kernel and the instances say of one reading of a statement, put together.

The derivation comes first and knows no instance. The trial is independent of it: it decides
hypotheses, conclusion and every edge on instances, whatever the kernel says. Here neither is
believed for the other: a step that the kernel refuses is a finding, and so is one that an instance
refutes.

Functions: judge.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from symbolic_landscape.errors import DeclarationError
from symbolic_landscape.judge.begging import begged, contradictory
from symbolic_landscape.judge.derivations import Derivations
from symbolic_landscape.judge.minimality import (
    idle_assumptions,
    idle_steps,
    surplus_parts,
)
from symbolic_landscape.judge.opaque import opaque
from symbolic_landscape.judge.options import Options
from symbolic_landscape.judge.record import Derivation, Judged
from symbolic_landscape.judge.refusals import inference, readable
from symbolic_landscape.judge.results import (
    FINDINGS,
    NOTICES,
    DerivationResult,
    Finding,
    Node,
    StatementResult,
    StepResult,
    Trial,
)
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.normal import FALSE, Normal
from symbolic_landscape.statement.printing import text
from symbolic_landscape.statement.step import Apply, Cite, Claimed, Identity, Sampled
from symbolic_landscape.statement.term import Term

Tried = Callable[[Statement, Derivation, Options], Trial]

PROVED_KINDS = ("lemma", "theorem", "proposition", "corollary")
"""Kinds whose conclusion must be given by a step."""

HONEST = (Sampled, Identity)
"""Reasons that claim no more than what instances or shapes show."""

KERNEL = "the kernel"


def judge(
    statement: Statement, options: Options, derivations: Derivations, tried: Tried | None = None
) -> StatementResult:
    """Everything that is found about one reading.

    `tried` decides it on instances; without that, what only instances can say stays open.
    """
    started = time.perf_counter()
    derivation = _in_words(statement, derivations.of(statement))
    replay = derivations.replay(statement)
    surplus = surplus_parts(statement, derivation, replay)
    parts = tuple(part.words for part in surplus if not part.slack)
    slack = tuple(part.words for part in surplus if part.slack)
    idle = idle_assumptions(statement, derivation, replay)
    unused = idle_steps(statement, derivation, replay, derivations.sources)
    steps = tuple(
        _step(statement, judged, derivations.sources(judged.step)) for judged in derivation.steps
    )
    findings = list(_findings(statement, derivation, parts))
    result = StatementResult(
        key=statement.key,
        paper=statement.paper,
        kind=statement.kind,
        reading=statement.reading,
        evidence="derived" if derivation.derived else "none",
        seconds=0.0,
        setting=statement.setting.title,
        cites=tuple(_node(cited) for cited in statement.cites),
        derivation=replace(
            _derivation(statement, derivation, parts, idle), slack=slack, idle_steps=unused
        ),
        expected=tuple(_recorded(words) for words in statement.expected),
        tried=tried is not None,
    )
    answers: Mapping[str, Mapping[str, tuple[str, str]]] = {}
    if tried is not None:
        trial = tried(statement, derivation, options)
        answers = trial.steps
        findings = _together(derivation, findings, trial.findings)
        findings += _unmeetable(statement, findings, trial)
        result = replace(
            result,
            evidence=result.evidence if derivation.derived else trial.evidence,
            instances=trial.instances,
            controls=trial.controls,
            without_control=trial.without_control,
            blind_spots=trial.blind_spots,
            open_obligations=trial.open_obligations,
            architectures=trial.architectures,
            tally=trial.tally,
        )
    elif statement.kind != "external":
        result = replace(result, open_obligations=tuple(_left_to_instances(statement, derivation)))
    return replace(
        result,
        steps=tuple(
            replace(
                step,
                findings=tuple(f for f in findings if f.where == f"step {step.name}"),
                answers=dict(answers.get(step.name, {})),
            )
            for step in steps
        ),
        findings=tuple(findings),
        seconds=time.perf_counter() - started,
    )


def _in_words(statement: Statement, derivation: Derivation) -> Derivation:
    """The derivation with refusals that a reader understands."""
    formulas = [judged.formula for judged in derivation.steps]
    shown = statement.setting.shown
    steps = [
        replace(judged, refused=readable(judged, statement.claim, formulas, shown))
        if judged.refused
        else judged
        for judged in derivation.steps
    ]
    return replace(derivation, steps=steps)


def _node(statement: Statement) -> Node:
    return (statement.key, statement.reading)


def _recorded(words: str) -> tuple[str, str]:
    """A recorded finding, as in 'refuted, statement' or 'refuted'.

    Raises DeclarationError where no check finds such a thing, or it is a notice.
    """
    kind, _, where = words.partition(", ")
    if kind not in FINDINGS or kind in NOTICES:
        known = ", ".join(one for one in FINDINGS if one not in NOTICES)
        message = f"a recorded finding must be one of {known}, got {words!r}"
        raise DeclarationError(message)
    return (kind, where)


# ---- the derivation ------------------------------------------------------------------------------
def _step(statement: Statement, judged: Judged, premises: Sequence[str]) -> StepResult:
    reason, fact = judged.step.reason, judged.fact
    missing = judged.step.gives is None and judged.formula is FALSE
    return StepResult(
        name=judged.path,
        premises=tuple(premises),
        gives="" if missing else text(judged.formula, statement.setting.shown),
        reason=reason.word,
        rule=reason.rule.name if isinstance(reason, Apply) else None,
        cites=_node(reason.statement) if isinstance(reason, Cite) else None,
        accepted=judged.accepted,
        refused_because=judged.refused,
        uses=judged.step.uses,
        rests=tuple(sorted(fact.rests)) if fact else (),
        unproved=tuple(sorted(fact.unproved)) if fact else (),
    )


def _derivation(
    statement: Statement, derivation: Derivation, parts: tuple[str, ...], idle: Iterable[Term]
) -> DerivationResult:
    claim = statement.claim
    formulas = [*claim.standing, *claim.given.values(), claim.then]
    formulas += [judged.formula for judged in derivation.steps]
    count, unsaid = opaque(formulas)
    return DerivationResult(
        derived=derivation.derived,
        refused=derivation.refused,
        rules=tuple(sorted(rule.name for rule in derivation.rules)),
        assumed=tuple(sorted(rule.name for rule in derivation.rules if rule.external)),
        opaque=tuple(sorted({name for names in unsaid.values() for name in names})),
        surplus=derivation.surplus if statement.proof else (),
        surplus_parts=parts,
        idle=tuple(text(f, statement.setting.shown) for f in idle),
        formulas=count,
        opaque_formulas=len(unsaid),
        explained=_stronger(statement, (*derivation.surplus, *parts)),
    )


def _stronger(statement: Statement, surplus: Sequence[str]) -> Node | None:
    """The statement that gives the conclusion by itself, where the proof ends in its citation."""
    last = statement.proof[-1].reason if statement.proof else None
    if surplus and isinstance(last, Cite):
        return _node(last.statement)
    return None


# ---- findings ------------------------------------------------------------------------------------
def _findings(
    statement: Statement, derivation: Derivation, parts: Sequence[str]
) -> Iterator[Finding]:
    for judged in derivation.steps:
        if not judged.accepted and not isinstance(judged.step.reason, HONEST):
            yield _refusal(statement, derivation, judged)
    if not statement.proof and statement.kind in PROVED_KINDS:
        said = text(statement.claim.then, statement.setting.shown)
        yield Finding("unsupported premise", "statement", f"no step gives {said}", None, KERNEL)
    if derivation.refused and (statement.proof or statement.kind == "external"):
        yield Finding("unsupported premise", "statement", derivation.refused, None, KERNEL)
    contradiction = _contradiction(statement, derivation)
    if contradiction is not None:
        rests = ", ".join(sorted(contradiction.fact.rests))
        words = f"the hypotheses cannot hold together: step {contradiction.path} derives a "
        words += f"contradiction from {rests or 'the standing assumptions'}"
        yield Finding("inconsistent", "statement", words, None, KERNEL, f"inconsistent: {rests}")
    if derivation.surplus or parts:
        words = f"the proof does not use {', '.join((*derivation.surplus, *parts))}"
        yield Finding("surplus hypothesis", "statement", words, None, KERNEL)
    given = begged(statement.claim) if statement.proof else ()
    if given:
        words = f"the conclusion is among the hypotheses, in {', '.join(given)}"
        yield Finding("toothless", "statement", words, None, KERNEL)


def _refusal(statement: Statement, derivation: Derivation, judged: Judged) -> Finding:
    reason, where = judged.step.reason, f"step {judged.path}"
    if isinstance(reason, Claimed):
        said = text(judged.formula, statement.setting.shown)
        words = f"'{reason.words}' is the reason given for this, and no rule says it: {said}"
        cause = inference(statement, derivation, judged)
        return Finding("unsupported premise", where, words, None, KERNEL, cause)
    kind = "unsupported premise"
    if isinstance(reason, Cite):
        name = reason.statement.claim.key
        if judged.refused.startswith((f"{name} needs ", f"{name} assumes ")):
            kind = "hypothesis not discharged"
        elif judged.refused.startswith(f"{name} is not finished"):
            kind = "circular"
    return Finding(kind, where, judged.refused, None, KERNEL)


def _contradiction(statement: Statement, derivation: Derivation) -> Judged | None:
    """The step, outside all cases and assumptions, that derives a contradiction, if any."""
    normal = Normal()
    if normal.form(statement.claim.then) is FALSE:
        return None  # that the hypotheses cannot hold together is what it says
    for judged in derivation.steps:
        proved = judged.accepted and not judged.fact.unproved
        if proved and "/" not in judged.path and normal.form(judged.formula) is FALSE:
            return judged
    return None


def _unmeetable(
    statement: Statement, findings: Sequence[Finding], trial: Trial
) -> Iterator[Finding]:
    """That the hypotheses contradict each other, where no instance meets them."""
    met = trial.tally is None or trial.tally.met
    if met or any(f.kind == "inconsistent" for f in findings):
        return
    names = ", ".join(contradictory(statement.claim))
    if names:
        words = f"the hypotheses cannot hold together: a contradiction follows from {names}"
        yield Finding("inconsistent", "statement", words, None, KERNEL, f"inconsistent: {names}")


def _together(
    derivation: Derivation, kernel: Iterable[Finding], trial: Sequence[Finding]
) -> list[Finding]:
    """Both, where a step that is only claimed and is refuted is no longer called unsupported.

    Findings on one step have one cause, and so has a refutation where only one step fails.
    """
    invalid = {f.where: f.cause for f in trial if f.kind == "invalid inference"}
    claimed = {f"step {s.path}" for s in derivation.steps if isinstance(s.step.reason, Claimed)}
    doubles = invalid.keys() & claimed
    kept = [
        replace(f, cause=f.cause or invalid.get(f.where, ""))
        for f in kernel
        if f.kind != "unsupported premise" or f.where not in doubles
    ]
    failing = {f.cause for f in kept if f.kind not in NOTICES}
    only = failing.pop() if len(failing) == 1 and not invalid else ""
    return kept + [replace(f, cause=f.cause or only) if f.kind == "refuted" else f for f in trial]


def _left_to_instances(statement: Statement, derivation: Derivation) -> Iterator[str]:
    """What nobody has decided where no instances were tried."""
    for judged in derivation.steps:
        if isinstance(judged.step.reason, HONEST):
            yield f"step {judged.path}: {judged.step.reason.word}, and no instance was tried"
    if not statement.proof and statement.kind not in PROVED_KINDS:
        yield "it has no proof, and no instance was tried"
