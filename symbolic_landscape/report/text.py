"""The report of a check as lines of text.

Functions: check_lines, summary_line, statement_line, detail_lines, exact_text.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from symbolic_landscape.judge.results import (
    OBLIGATIONS,
    STATUSES,
    Finding,
    StatementResult,
    StepResult,
    as_expected,
)
from symbolic_landscape.library.run import CheckReport


def exact_text(data: object) -> str:
    """Canonical data on one line, in exact numbers."""
    if isinstance(data, Mapping):
        return ", ".join(
            f"{name}={_nested(value)}"
            for name, value in data.items()
            if value is not None and not (name == "name" and not value)
        )
    return _nested(data)


def _nested(data: object) -> str:
    if isinstance(data, Mapping):
        return "{" + exact_text(data) + "}"
    if isinstance(data, list | tuple):
        return "(" + ", ".join(_nested(item) for item in data) + ")"
    return str(data)


def check_lines(
    report: CheckReport, named: Collection[str] = (), *, verbose: bool = False
) -> Iterator[str]:
    """One line for each reading, all that was found, and the detail of the named statements."""
    statuses = report.statuses
    width = max((len(result.key) for result in report.results), default=0)
    for result in report.results:
        word = statuses[result.key, result.reading]
        yield statement_line(result, word, width)
        if verbose or result.key in named:
            yield from detail_lines(result, report)
        else:
            yield from _troubles(result)
    yield ""
    yield summary_line(report)
    yield "on " + ", ".join(f"{name} {version}" for name, version in report.trusted_base.items())


def summary_line(report: CheckReport) -> str:
    """How many readings have which status, the seed and the time."""
    words = list(report.statuses.values())
    counts = [f"{words.count(word)} {word}" for word in STATUSES if word in words]
    recorded = sum(as_expected(result) for result in report.results)
    note = f" ({recorded} with exactly the recorded findings)" if recorded else ""
    cut = "; the run was interrupted" if report.interrupted else ""
    readings = "1 reading" if len(words) == 1 else f"{len(words)} readings"
    return (
        f"{readings}: {', '.join(counts) or 'nothing to check'}{note}; "
        f"seed {report.seed}, {report.seconds:.1f} s{cut}"
    )


def statement_line(result: StatementResult, word: str, width: int = 0) -> str:
    """One reading: its key, reading, kind, status and on how much that rests."""
    recorded = " (as recorded)" if as_expected(result) else ""
    head = f"{result.key:<{width}}  {result.reading:<8}  {result.kind:<11}  {word}{recorded}"
    return f"{head}: {_ground(result)}"


def _ground(result: StatementResult) -> str:
    if result.kind == "external":
        return "taken over from the literature, not checked"
    if not result.instances and result.open_obligations:
        return result.open_obligations[0]
    held = sum(i.verdict == "holds" for i in result.instances)
    failing = sum(control.fails_as_it_should for control in result.controls)
    parts = [
        f"holds on {held} of {_count(len(result.instances), 'instance')} ({result.evidence})",
        f"{failing} of {_count(len(result.controls), 'control')} fail as they should",
        f"{result.mutants.killed} of {_count(result.mutants.total, 'mutant')} killed",
    ]
    if result.steps:
        passed = sum(_passes(step) for step in result.steps)
        parts.insert(0, f"{passed} of {_count(len(result.steps), 'step')} pass")
    if result.searched:
        parts.append(f"holds on {_count(result.searched, 'generated instance')} too")
    return ", ".join(parts)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _passes(step: StepResult) -> bool:
    return all(getattr(step, name) in ("holds", "none") for name in OBLIGATIONS)


def _troubles(result: StatementResult) -> Iterator[str]:
    for step in result.steps:
        if not _passes(step):
            yield from step_lines(step)
    yield from finding_lines(result)


def finding_lines(result: StatementResult) -> Iterator[str]:
    """Every finding with its counterexample, and every open obligation."""
    for finding in result.findings:
        yield from _finding(finding)
    for reason in result.open_obligations:
        yield f"    open: {reason}"


def _finding(finding: Finding) -> Iterator[str]:
    yield f"    {finding.kind}, {finding.where}: {finding.text}"
    if finding.counterexample is not None:
        yield f"        counterexample: {exact_text(finding.counterexample)}"
    if finding.how_found:
        yield f"        found by: {finding.how_found}"


def step_lines(step: StepResult) -> Iterator[str]:
    """One step with a line for each of its five obligations."""
    citing = f", citing {step.cites}" if step.cites else ""
    yield f"    step {step.name}: {', '.join(step.premises)} => {step.gives}{citing}"
    for name in OBLIGATIONS:
        word = getattr(step, name)
        reason = step.reasons.get(name, "")
        yield f"        {name:<10}  {word}" + (f": {reason}" if reason else "")


def detail_lines(result: StatementResult, report: CheckReport) -> Iterator[str]:
    """Everything about one reading: instances, controls, steps, findings, what it leans on."""
    for instance in result.instances:
        yield (
            f"    instance {instance.name}: {instance.verdict} ({instance.evidence}): "
            f"{instance.reason}"
        )
    for control in result.controls:
        word = (
            "fails as it should"
            if control.fails_as_it_should
            else f"no near miss: {control.reason}"
        )
        yield f"    control {control.name} of {control.drops}: {word}"
    for name, why in result.without_control:
        yield f"    no control of {name}: {why}"
    for step in result.steps:
        yield from step_lines(step)
    yield from finding_lines(result)
    assumed = leaned_on(result, report)
    if assumed:
        yield f"    leans on the assumed {', '.join(assumed)}"


def leaned_on(result: StatementResult, report: CheckReport) -> tuple[str, ...]:
    """The assumed statements below this one, sorted."""
    by_key: dict[str, list[StatementResult]] = {}
    for other in report.results:
        by_key.setdefault(other.key, []).append(other)
    seen: set[str] = set()
    todo = list(result.cites)
    while todo:
        key = todo.pop()
        if key not in seen:
            seen.add(key)
            todo += [cited for other in by_key.get(key, ()) for cited in other.cites]
    return tuple(
        sorted(k for k in seen if any(other.kind == "external" for other in by_key.get(k, ())))
    )


def data_lines(data: Mapping[str, Any]) -> Iterator[str]:
    """Canonical data, one field on each line."""
    for name, value in data.items():
        if value is not None and not (name == "name" and not value):
            yield f"{name} = {_nested(value)}"
