"""What a check found, as plain frozen data.

A status is never stored: `statuses` computes it from what is here. `to_data` gives exactly the
JSON of a check; `pack` and `unpack` carry the whole result, for the store of earlier results and
between processes.

Classes: StatementResult and its parts. Functions: to_data, pack, unpack.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
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
    """

    kind: str
    where: str
    text: str
    counterexample: Mapping[str, Any] | None = None
    how_found: str = ""
    cause: str = ""


@dataclass(frozen=True)
class InstanceResult:
    """The conclusion on one instance; `facts` are the verdict words of each hypothesis there."""

    name: str
    verdict: str
    evidence: str
    seconds: float
    reason: str = ""
    facts: Mapping[str, str] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True)
class ControlResult:
    """An instance that breaks one premise alone, and the conclusion with it.

    `reason` says why a control that somebody listed is none; it is empty where it bites.
    """

    premise: str
    name: str
    found_by: str
    reason: str = ""

    @property
    def bites(self) -> bool:
        """Whether it breaks just its premise, and the conclusion."""
        return not self.reason


@dataclass(frozen=True)
class MutantsResult:
    """How many wrong neighbours of the claims were refuted by some instance; `names` lists all."""

    killed: int = 0
    total: int = 0
    survivors: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


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
    answers: Mapping[str, tuple[str, str]] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True)
class DerivationResult:
    """The kernel's word on a proof as a whole.

    `derived` says that every step is accepted and rests on derived or assumed statements alone,
    `refused` why the last step does not give the conclusion. `rules` are those used, `assumed`
    the external ones among them, `opaque` the predicates that no tree says. `surplus` are the
    hypotheses that the proof does not use; `explained` names the statement that does without them.
    """

    derived: bool = False
    refused: str = ""
    rules: tuple[str, ...] = ()
    assumed: tuple[str, ...] = ()
    opaque: tuple[str, ...] = ()
    surplus: tuple[str, ...] = ()
    explained: Node | None = None


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


@dataclass(frozen=True)
class ArchitectureResult:
    """How the points of one architecture fared, curated, generated and near misses alike.

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
class StatementResult:
    """Everything found about one reading of one statement; `findings` include those of its steps.

    `judged` says whether the judgement came to its end, `tried` whether hypotheses and conclusion
    were decided on instances. `open_obligations` are the questions that stayed UNDECIDED or ran out
    of time, in words. `searched` counts the generated instances on which hypotheses and conclusion
    held.
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
    mutants: MutantsResult = MutantsResult()
    attack: AttackResult | None = None
    findings: tuple[Finding, ...] = ()
    expected: tuple[tuple[str, str], ...] = ()
    open_obligations: tuple[str, ...] = ()
    searched: int = 0
    without_control: tuple[tuple[str, str], ...] = ()
    architectures: tuple[ArchitectureResult, ...] = ()

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
                "verdict": i.verdict,
                "evidence": i.evidence,
                "seconds": round(i.seconds, 3),
            }
            for i in result.instances
        ],
        "controls": [
            {"premise": c.premise, "name": c.name, "found_by": c.found_by}
            for c in result.controls
            if c.bites
        ],
        "blind_spots": list(result.blind_spots),
        "mutants": {
            "killed": result.mutants.killed,
            "total": result.mutants.total,
            "survivors": list(result.mutants.survivors),
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


# ---- the whole result as data --------------------------------------------------------------------
def pack(result: StatementResult) -> dict[str, Any]:
    """The whole result as plain JSON data."""
    return dataclasses.asdict(result)


def unpack(data: Mapping[str, Any]) -> StatementResult:
    """The result that `pack` wrote; KeyError or TypeError when the data has another shape."""
    fields = dict(data)
    mutants = fields["mutants"]
    fields |= {
        "cites": tuple(_node(row) for row in fields["cites"]),
        "derivation": _derivation(fields["derivation"]),
        "steps": tuple(_step(row) for row in fields["steps"]),
        "instances": tuple(InstanceResult(**row) for row in fields["instances"]),
        "controls": tuple(ControlResult(**row) for row in fields["controls"]),
        "blind_spots": tuple(fields["blind_spots"]),
        "mutants": MutantsResult(
            mutants["killed"],
            mutants["total"],
            tuple(mutants["survivors"]),
            tuple(mutants["names"]),
        ),
        "attack": _attack(fields["attack"]),
        "findings": _findings(fields["findings"]),
        "expected": tuple((kind, where) for kind, where in fields["expected"]),
        "open_obligations": tuple(fields["open_obligations"]),
        "without_control": tuple((name, why) for name, why in fields["without_control"]),
        "architectures": tuple(_architecture(row) for row in fields["architectures"]),
    }
    return StatementResult(**fields)


def _node(row: Any) -> Node:
    key, reading = row
    return (key, reading)


def _findings(rows: Iterable[Mapping[str, Any]]) -> tuple[Finding, ...]:
    return tuple(Finding(**row) for row in rows)


def _step(row: Mapping[str, Any]) -> StepResult:
    changed = {
        "premises": tuple(row["premises"]),
        "uses": tuple(row["uses"]),
        "cites": None if row["cites"] is None else _node(row["cites"]),
        "rests": tuple(row["rests"]),
        "unproved": tuple(row["unproved"]),
        "findings": _findings(row["findings"]),
        "answers": {name: (word, why) for name, (word, why) in row["answers"].items()},
    }
    return StepResult(**{**row, **changed})


def _derivation(row: Mapping[str, Any]) -> DerivationResult:
    changed: dict[str, Any] = {
        name: tuple(row[name]) for name in ("rules", "assumed", "opaque", "surplus")
    }
    explained = row["explained"]
    changed["explained"] = None if explained is None else _node(explained)
    return DerivationResult(**{**row, **changed})


def _attack(row: Mapping[str, Any] | None) -> AttackResult | None:
    if row is None:
        return None
    return AttackResult(row["tried"], row["noticed"], tuple(row["unnoticed"]))


def _architecture(row: Mapping[str, Any]) -> ArchitectureResult:
    changed = {
        "widths": None if row["widths"] is None else tuple(row["widths"]),
        "stopped": tuple((name, word, points) for name, word, points in row["stopped"]),
    }
    return ArchitectureResult(**{**row, **changed})
