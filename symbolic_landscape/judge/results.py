"""What a check found, as plain frozen data, and the status that follows from it.

A status is never stored: `status` computes it from the findings and verdicts, and `grounded` needs
the statuses of the cited statements beside it. `to_data` gives exactly the JSON of a check; `pack`
and `unpack` carry the whole result, for the store of earlier results and between processes.

Functions: status, statuses, as_expected, exit_status, to_data, pack, unpack.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

STATUSES = (
    "checked",
    "grounded",
    "refuted",
    "gap",
    "vacuous",
    "inconsistent",
    "undecided",
    "assumed",
)

NOTICES = ("surplus hypothesis",)
"""Findings that are shown but set no status."""

WHOLE = ("statement", "regime")
"""A finding at one of these places speaks of the statement as a whole."""

OBLIGATIONS = ("wired", "discharged", "yields", "sound", "teeth")


@dataclass(frozen=True)
class Finding:
    """One thing that a check found wrong, where, and the smallest exact instance that shows it.

    `counterexample` is the canonical data of that instance, or None; `how_found` says by which
    check.
    """

    kind: str
    where: str
    text: str
    counterexample: Mapping[str, Any] | None = None
    how_found: str = ""


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
    """Whether a control breaks exactly its hypothesis and the conclusion with it."""

    drops: str
    name: str
    fails_as_it_should: bool
    reason: str = ""


@dataclass(frozen=True)
class MutantsResult:
    """How many wrong neighbours of the claims were refuted by some instance; `names` lists all."""

    killed: int
    total: int
    survivors: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class StepResult:
    """The obligations of one step: 'holds', 'fails', 'undecided' or 'none' (nothing cited)."""

    name: str
    premises: tuple[str, ...]
    gives: str
    cites: str | None
    wired: str
    discharged: str
    yields: str
    sound: str
    teeth: str
    findings: tuple[Finding, ...] = ()
    reasons: Mapping[str, str] = dataclasses.field(default_factory=dict)


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

    `open_obligations` are the questions that stayed UNDECIDED or ran out of time, in words.
    `searched` counts the generated instances on which hypotheses and conclusion held.
    """

    key: str
    paper: str
    kind: str
    reading: str
    evidence: str
    seconds: float
    cites: tuple[str, ...]
    instances: tuple[InstanceResult, ...]
    controls: tuple[ControlResult, ...]
    mutants: MutantsResult
    steps: tuple[StepResult, ...]
    findings: tuple[Finding, ...]
    expected: tuple[tuple[str, str], ...]
    open_obligations: tuple[str, ...] = ()
    searched: int = 0
    without_control: tuple[tuple[str, str], ...] = ()
    architectures: tuple[ArchitectureResult, ...] = ()


def status(result: StatementResult) -> str:
    """The status of one reading by itself: everything but `grounded`."""
    if result.kind == "external":
        return "assumed"
    kinds = {(f.kind, f.where) for f in result.findings if f.kind not in NOTICES}
    for kind in ("refuted", "inconsistent", "vacuous"):
        if any(found == kind and where.startswith(WHOLE) for found, where in kinds):
            return kind
    if kinds:
        return "gap"
    return "undecided" if result.open_obligations else "checked"


def statuses(results: Sequence[StatementResult]) -> dict[tuple[str, str], str]:
    """The status of each (key, reading), with `grounded` where every cited statement carries it.

    A citation is read in the repaired reading from a repaired one where that exists, else as
    printed; a cited statement that is not among the results grounds nothing.
    """
    own = {(r.key, r.reading): status(r) for r in results}
    by_key = {(r.key, r.reading): r for r in results}

    def is_grounded(node: tuple[str, str], above: frozenset[tuple[str, str]]) -> bool:
        if own.get(node) == "assumed":
            return True
        if own.get(node) != "checked" or node in above:
            return False
        result = by_key[node]
        return all(
            is_grounded(_read(cited, result.reading, own), above | {node}) for cited in result.cites
        )

    return {
        node: "grounded" if own[node] == "checked" and is_grounded(node, frozenset()) else own[node]
        for node in own
    }


def _read(key: str, reading: str, own: Mapping[tuple[str, str], str]) -> tuple[str, str]:
    if reading == "repaired" and (key, "repaired") in own:
        return (key, "repaired")
    return (key, "printed")


def found(result: StatementResult) -> tuple[tuple[str, str], ...]:
    """The (kind, where) of every finding that is no notice, sorted."""
    return tuple(sorted({(f.kind, f.where) for f in result.findings if f.kind not in NOTICES}))


def as_expected(result: StatementResult) -> bool:
    """True when the findings are exactly the recorded ones and there is at least one."""
    return bool(result.expected) and found(result) == tuple(sorted(set(result.expected)))


def exit_status(results: Sequence[StatementResult]) -> int:
    """0 all at least checked or as recorded, 1 something unexpected failed, 3 only undecided.

    Where questions stayed open, recorded findings that did not come up are not yet a failure.
    """
    unexpected = [r for r in results if set(found(r)) - set(r.expected)]
    silent = [r for r in results if set(r.expected) - set(found(r)) and not r.open_obligations]
    if unexpected or silent:
        return 1
    return 3 if any(r.open_obligations for r in results) else 0


def to_data(result: StatementResult, status_word: str) -> dict[str, Any]:
    """The statement's entry in the JSON of a check."""
    return {
        "key": result.key,
        "paper": result.paper,
        "kind": result.kind,
        "reading": result.reading,
        "status": status_word,
        "evidence": result.evidence,
        "seconds": round(result.seconds, 3),
        "cites": list(result.cites),
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
            {"drops": c.drops, "name": c.name, "fails_as_it_should": c.fails_as_it_should}
            for c in result.controls
        ],
        "mutants": {
            "killed": result.mutants.killed,
            "total": result.mutants.total,
            "survivors": list(result.mutants.survivors),
        },
        "steps": [
            {
                "name": s.name,
                "premises": list(s.premises),
                "gives": s.gives,
                "cites": s.cites,
                **{name: getattr(s, name) for name in OBLIGATIONS},
                "findings": [_finding_data(f) for f in s.findings],
            }
            for s in result.steps
        ],
        "findings": [_finding_data(f) for f in result.findings],
    }


def _finding_data(finding: Finding) -> dict[str, Any]:
    return {
        "kind": finding.kind,
        "where": finding.where,
        "text": finding.text,
        "counterexample": finding.counterexample,
    }


def pack(result: StatementResult) -> dict[str, Any]:
    """The whole result as plain JSON data."""
    return dataclasses.asdict(result)


def unpack(data: Mapping[str, Any]) -> StatementResult:
    """The result that `pack` wrote; KeyError or TypeError when the data has another shape."""

    def findings(rows: Iterable[Mapping[str, Any]]) -> tuple[Finding, ...]:
        return tuple(Finding(**row) for row in rows)

    fields = dict(data)
    fields["cites"] = tuple(fields["cites"])
    fields["instances"] = tuple(InstanceResult(**row) for row in fields["instances"])
    fields["controls"] = tuple(ControlResult(**row) for row in fields["controls"])
    mutants = fields["mutants"]
    fields["mutants"] = MutantsResult(
        mutants["killed"],
        mutants["total"],
        tuple(mutants["survivors"]),
        tuple(mutants["names"]),
    )
    fields["steps"] = tuple(
        StepResult(
            **{
                **row,
                "premises": tuple(row["premises"]),
                "findings": findings(row["findings"]),
            }
        )
        for row in fields["steps"]
    )
    fields["findings"] = findings(fields["findings"])
    fields["expected"] = tuple((kind, where) for kind, where in fields["expected"])
    fields["open_obligations"] = tuple(fields["open_obligations"])
    fields["without_control"] = tuple((name, why) for name, why in fields["without_control"])
    fields["architectures"] = tuple(
        ArchitectureResult(
            **{
                **row,
                "widths": None if row["widths"] is None else tuple(row["widths"]),
                "stopped": tuple((name, word, points) for name, word, points in row["stopped"]),
            }
        )
        for row in fields["architectures"]
    )
    return StatementResult(**fields)
