"""A check as a list of cases, for programs that count test results.

Functions: cases. Class: Case.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from symbolic_landscape.judge.results import (
    OBLIGATIONS,
    StatementResult,
    as_expected,
    exit_status,
)
from symbolic_landscape.report.text import exact_text, step_lines

OUTCOMES = ("passed", "failed", "recorded", "undecided")
"""A failure that is recorded as a known finding of the reading is `recorded`."""


@dataclass(frozen=True)
class Case:
    """One thing that was checked: its name within the reading, its outcome, and why."""

    name: str
    outcome: str
    reason: str
    seconds: float = 0.0


def cases(result: StatementResult, status: str) -> Iterator[Case]:
    """The status of one reading, then its instances, controls, mutants and steps."""
    recorded = as_expected(result)
    yield Case("status", _status_outcome(result), _status_reason(result, status), result.seconds)
    for instance in result.instances:
        outcome = _outcome([instance.verdict], recorded)
        reason = f"{instance.verdict}: {instance.reason}"
        yield Case(f"instance {instance.name}", outcome, reason, instance.seconds)
    for control in result.controls:
        outcome = _outcome(["holds" if control.fails_as_it_should else "fails"], recorded)
        yield Case(f"control {control.name} of {control.drops}", outcome, control.reason)
    for mutant in result.mutants.names:
        survives = mutant in result.mutants.survivors
        outcome = _outcome(["fails" if survives else "holds"], recorded)
        yield Case(f"mutant {mutant}", outcome, "no instance refutes it" if survives else "")
    for step in result.steps:
        words = [getattr(step, name) for name in OBLIGATIONS]
        yield Case(f"step {step.name}", _outcome(words, recorded), "\n".join(step_lines(step)))


def _outcome(words: Iterable[str], recorded: bool) -> str:
    found = set(words)
    if "fails" in found:
        return "recorded" if recorded else "failed"
    return "undecided" if found & {"undecided", "not applicable"} else "passed"


def _status_outcome(result: StatementResult) -> str:
    code = exit_status([result])
    if code:
        return "failed" if code == 1 else "undecided"
    return "recorded" if as_expected(result) else "passed"


def _status_reason(result: StatementResult, status: str) -> str:
    lines = [f"{result.key} ({result.reading}) is {status}"]
    for finding in result.findings:
        lines.append(f"{finding.kind}, {finding.where}: {finding.text}")
        if finding.counterexample is not None:
            lines.append(f"counterexample: {exact_text(finding.counterexample)}")
    lines += [f"open: {reason}" for reason in result.open_obligations]
    missing = [pair for pair in result.expected if pair not in _found(result)]
    lines += [f"recorded but not found: {kind}, {where}" for kind, where in missing]
    return "\n".join(lines)


def _found(result: StatementResult) -> set[tuple[str, str]]:
    return {(finding.kind, finding.where) for finding in result.findings}
