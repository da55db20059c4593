"""What a check found, as plain frozen data.

A status is never stored: `statuses` computes it from what is here. `to_data` gives exactly the
JSON of a check.

Classes: StatementResult and its parts. Functions: to_data.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

Node = tuple[str, str]
"""A key and a reading."""

FINDINGS = (
    "refuted",
    "invalid inference",
    "unsupported premise",
    "hypothesis not discharged",
    "inconsistent",
    "vacuous",
    "toothless",
    "miscited",
    "thin",
    "circular",
    "surplus hypothesis",
)
"""What a check can find about a statement."""

NOTICES = ("surplus hypothesis", "thin")
"""Findings that are shown but make no gap."""


@dataclass(frozen=True)
class Finding:
    """One thing that a check found wrong, where, and the smallest exact instance that shows it.

    `counterexample` is the canonical data of that instance, or None; `how_found` says by which
    check. Findings with one `cause` are one erratum; the empty text says that it stands alone.
    `numbers` has the exact numbers that decide it, where an instance does.
    """

    kind: str
    where: str
    text: str
    counterexample: Mapping[str, Any] | None = None
    how_found: str = ""
    cause: str = ""
    numbers: str = ""


@dataclass(frozen=True)
class InstanceResult:
    """The conclusion on one instance; `facts` are the verdict words of each hypothesis there.

    `origin` says whether it was `given` as an example, of `setting`, or `drawn`; `key` is a digest
    of its values, which instances of one name need not share.
    """

    name: str
    verdict: str
    evidence: str
    seconds: float
    reason: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)
    origin: str = "given"
    setting: str = ""
    key: str = ""

    @property
    def met(self) -> bool:
        """Whether every hypothesis holds there."""
        return all(word == "holds" for word in self.facts.values())


@dataclass(frozen=True)
class ControlResult:
    """An instance that breaks one premise alone, and the conclusion with it.

    `data` are the values of one that was drawn, which stands in no list.
    """

    premise: str
    name: str
    found_by: str
    data: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class AttackResult:
    """How many wrong variants of a statement and its proof were tried, and which passed."""

    tried: int
    noticed: int
    unnoticed: tuple[str, ...] = ()


@dataclass(frozen=True)
class StepResult:
    """One step: its path in the proof, what it gives and why, and the kernel's word on it.

    `uses` are the facts that it names, `premises` those that it stands on, as a citation finds its
    own. `rests` are the hypotheses that it rests on in the end, `unproved` the steps below it that
    are not accepted. `answers` are what instances say of it, question by question: a verdict word
    and one line of reason.
    """

    name: str
    premises: tuple[str, ...]
    gives: str
    reason: str
    rule: str | None = None
    cites: Node | None = None
    accepted: bool = False
    refused_because: str = ""
    uses: tuple[str, ...] = ()
    rests: tuple[str, ...] = ()
    unproved: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()
    answers: Mapping[str, tuple[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class DerivationResult:
    """The kernel's word on a proof as a whole.

    `derived` says that every step is accepted and rests on derived or assumed statements alone,
    `refused` why the last step does not give the conclusion. `rules` are those used, `assumed`
    the external ones among them, `opaque` the predicates that no tree says. `surplus` are the
    hypotheses that the proof does not use, `surplus_parts` parts of others, in words, without which
    it goes through; `explained` names the statement that does without them. `slack` are
    inequalities and equations that could say less; the status does not mind. `idle` are standing
    assumptions of the setting that this proof does not need, `idle_steps` the paths of its steps
    without which it goes through. Of `formulas` different parts of what
    is said, `opaque_formulas` have a predicate that no tree says.
    """

    derived: bool = False
    refused: str = ""
    rules: tuple[str, ...] = ()
    assumed: tuple[str, ...] = ()
    opaque: tuple[str, ...] = ()
    surplus: tuple[str, ...] = ()
    surplus_parts: tuple[str, ...] = ()
    slack: tuple[str, ...] = ()
    idle: tuple[str, ...] = ()
    idle_steps: tuple[str, ...] = ()
    formulas: int = 0
    opaque_formulas: int = 0
    explained: Node | None = None


@dataclass(frozen=True)
class ArchitectureResult:
    """How the points of one architecture fared: given, drawn and near misses alike.

    `widths` is None for points that are about no network. `met` counts the points on which every
    hypothesis holds, `conclusion` what the conclusion does there; `stopped` counts for the others
    the first hypothesis that does not hold, with its verdict.
    """

    widths: tuple[int, ...] | None
    activation: str
    samples: int | None
    tried: int
    met: int
    conclusion: Mapping[str, int]
    stopped: tuple[tuple[str, str, int], ...] = ()


@dataclass(frozen=True)
class Tally:
    """How many instances of the pool were tried, and how they fared.

    `conclusion` counts its verdict words where every hypothesis holds, `near` for each hypothesis
    where that one fails and the others hold.
    """

    given: int = 0
    drawn: int = 0
    met: int = 0
    conclusion: Mapping[str, int] = field(default_factory=dict)
    near: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    @property
    def tried(self) -> int:
        """How many there were."""
        return self.given + self.drawn

    @property
    def unasked(self) -> int:
        """On how many the hypotheses hold and the conclusion, never decided, was not asked."""
        return self.met - sum(self.conclusion.values())


@dataclass(frozen=True)
class Trial:
    """What instances say of one reading: of its conclusion, of each edge, of each premise.

    `steps` has for each path what was asked there, as in `StepResult.answers`. `evidence` is the
    weakest word on which a HOLDS rests. `without_control` has the premises of which no control was
    found, with how many instances were tried.
    """

    evidence: str
    instances: tuple[InstanceResult, ...]
    steps: Mapping[str, Mapping[str, tuple[str, str]]]
    controls: tuple[ControlResult, ...]
    without_control: tuple[tuple[str, str], ...]
    blind_spots: tuple[str, ...]
    findings: tuple[Finding, ...]
    open_obligations: tuple[str, ...]
    architectures: tuple[ArchitectureResult, ...] = ()
    tally: Tally = Tally()


@dataclass(frozen=True)
class StatementResult:
    """Everything found about one reading of one statement; `findings` include those of its steps.

    `judged` says whether the judgement came to its end, `tried` whether hypotheses and conclusion
    were decided on instances. `open_obligations` are the questions that stayed UNDECIDED or ran out
    of time, in words. `tally` counts the instances of the common pool; it is None where they were
    not asked.
    """

    key: str
    paper: str
    kind: str
    reading: str
    evidence: str
    seconds: float
    setting: str = ""
    cites: tuple[Node, ...] = ()
    derivation: DerivationResult = DerivationResult()
    steps: tuple[StepResult, ...] = ()
    judged: bool = True
    tried: bool = True
    instances: tuple[InstanceResult, ...] = ()
    controls: tuple[ControlResult, ...] = ()
    blind_spots: tuple[str, ...] = ()
    attack: AttackResult | None = None
    findings: tuple[Finding, ...] = ()
    expected: tuple[tuple[str, str], ...] = ()
    open_obligations: tuple[str, ...] = ()
    without_control: tuple[tuple[str, str], ...] = ()
    architectures: tuple[ArchitectureResult, ...] = ()
    tally: Tally | None = None

    @property
    def node(self) -> Node:
        """Its key and reading."""
        return (self.key, self.reading)

    @property
    def steps_derived(self) -> int:
        """How many steps the kernel accepts."""
        return sum(step.accepted for step in self.steps)

    @property
    def steps_sampled(self) -> int:
        """How many steps are only decided on instances."""
        return sum(step.reason == "sampled" for step in self.steps)


def to_data(
    result: StatementResult, status_word: str, externals: Iterable[str] = ()
) -> dict[str, Any]:
    """The statement's entry in the JSON of a check; `externals` are all that it rests on."""
    derivation = result.derivation
    return {
        "key": result.key,
        "paper": result.paper,
        "kind": result.kind,
        "reading": result.reading,
        "status": status_word,
        "evidence": result.evidence,
        "seconds": round(result.seconds, 3),
        "setting": result.setting,
        "cites": list(dict.fromkeys(key for key, _ in result.cites)),
        "derivation": {
            "steps": len(result.steps),
            "derived": result.steps_derived,
            "sampled": result.steps_sampled,
            "opaque": list(derivation.opaque),
            "rules": list(derivation.rules),
            "externals": list(externals),
            "surplus": list(derivation.surplus),
            "surplus_parts": list(derivation.surplus_parts),
            "slack": list(derivation.slack),
            "idle_assumptions": list(derivation.idle),
            "idle_steps": list(derivation.idle_steps),
            "formulas": derivation.formulas,
            "opaque_formulas": derivation.opaque_formulas,
        },
        "steps": [
            {
                "name": s.name,
                "premises": list(s.premises),
                "gives": s.gives,
                "reason": s.reason,
                "rule": s.rule,
                "cites": s.cites[0] if s.cites else None,
                "accepted": s.accepted,
                "refused_because": s.refused_because,
                "findings": [_finding_data(f) for f in s.findings],
            }
            for s in result.steps
        ],
        "instances": [
            {
                "name": i.name,
                "verdict": i.verdict if i.met else "not applicable",
                "evidence": i.evidence,
                "seconds": round(i.seconds, 3),
            }
            for i in result.instances
        ],
        "controls": [
            {"premise": c.premise, "name": c.name, "found_by": c.found_by} for c in result.controls
        ],
        "without_control": [
            {"premise": name, "words": words} for name, words in result.without_control
        ],
        "blind_spots": list(result.blind_spots),
        "mutants": {
            "killed": result.attack.noticed if result.attack else 0,
            "total": result.attack.tried if result.attack else 0,
            "survivors": list(result.attack.unnoticed) if result.attack else [],
        },
        "attack": None
        if result.attack is None
        else {
            "tried": result.attack.tried,
            "noticed": result.attack.noticed,
            "unnoticed": list(result.attack.unnoticed),
        },
        "findings": [_finding_data(f) for f in result.findings],
    }


def _finding_data(finding: Finding) -> dict[str, Any]:
    return {
        "kind": finding.kind,
        "where": finding.where,
        "text": finding.text,
        "cause": finding.cause,
        "how_found": finding.how_found,
        "counterexample": finding.counterexample,
    }
