"""A check as a list of cases, for programs that count test results.

Functions: cases. Class: Case.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from symbolic_landscape.judge.results import StatementResult, StepResult
from symbolic_landscape.judge.statuses import as_expected, exit_status, missing
from symbolic_landscape.report.exact import exact_text
from symbolic_landscape.report.text import step_lines

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
    """The status of one reading, then its instances, controls and steps."""
    recorded = as_expected(result)
    yield Case("status", _status_outcome(result), _status_reason(result, status), result.seconds)
    for instance in result.instances:
        if not instance.met:
            continue  # a near miss says nothing against the statement
        outcome = _outcome([instance.verdict], recorded)
        reason = f"{instance.verdict}: {instance.reason}"
        yield Case(f"instance {instance.name}", outcome, reason, instance.seconds)
    for control in result.controls:
        outcome = _outcome(["holds"], recorded)
        yield Case(f"control {control.name} of {control.premise}", outcome, "")
    for step in result.steps:
        outcome = _outcome(_step_words(step), recorded)
        yield Case(f"step {step.name}", outcome, "\n".join(step_lines(step)))


def _step_words(step: StepResult) -> list[str]:
    """The words on a step; one that is only decided on instances stays open where none was."""
    words = [word for word, _ in step.answers.values()]
    if step.accepted:
        return [word for word in words if word != "undecided"]
    if not step.accepted and not step.answers:
        words.append("undecided" if step.reason in ("sampled", "identity") else "fails")
    return words


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
    lines += [f"recorded but not found: {kind}, {where}" for kind, where in missing(result)]
    return "\n".join(lines)
