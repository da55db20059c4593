"""The report of a check as lines of text.

Functions: check_lines, summary_line, statement_line, detail_lines, step_lines, finding_lines,
idle_words.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from symbolic_landscape.judge.results import NOTICES, Finding, StatementResult, StepResult
from symbolic_landscape.judge.statuses import STATUSES, as_expected, assumed, lacking
from symbolic_landscape.library.run import CheckReport
from symbolic_landscape.report.exact import exact_text
from symbolic_landscape.report.layout import counted, wrapped
from symbolic_landscape.report.tried import ground_words, tried_lines

WIDEST = 22
"""Keys stand in a column of at most this width; longer ones push what follows to the right."""


def check_lines(
    report: CheckReport, named: Collection[str] = (), *, verbose: bool = False
) -> Iterator[str]:
    """One line for each reading, all that was found, and the detail of the named statements."""
    statuses = report.statuses
    width = min(max((len(result.key) for result in report.results), default=0), WIDEST)
    for result in report.results:
        yield from wrapped(statement_line(result, statuses[result.node], width), 0, 4)
        if verbose or result.key in named:
            yield from detail_lines(result, report)
        else:
            yield from _troubles(result)
    yield ""
    yield from wrapped(summary_line(report))
    base = (f"{name} {version}" for name, version in report.trusted_base.items())
    yield from wrapped(f"on {', '.join(base)}")


def summary_line(report: CheckReport) -> str:
    """How many readings have which status, the seed and the time."""
    words = list(report.statuses.values())
    counts = [f"{words.count(word)} {word}" for word in STATUSES if word in words]
    recorded = sum(as_expected(result) for result in report.results)
    note = f" ({recorded} with exactly the recorded findings)" if recorded else ""
    cut = "; the run was interrupted" if report.interrupted else ""
    steps = sum(len(result.steps) for result in report.results)
    derived = sum(result.steps_derived for result in report.results)
    proofs = f"; {derived} of {counted(steps, 'step')} derived" if steps else ""
    return (
        f"{counted(len(words), 'reading')}: {', '.join(counts) or 'nothing to check'}{note}"
        f"{proofs}; seed {report.seed}, {report.seconds:.1f} s{cut}"
    )


def statement_line(result: StatementResult, word: str, width: int = 0) -> str:
    """One reading: its key, reading, status and on how much that rests."""
    recorded = " (as recorded)" if as_expected(result) else ""
    return f"{result.key:<{width}}  {result.reading:<8}  {word}{recorded}: {ground(result)}"


def ground(result: StatementResult) -> str:
    """On how much the status of a reading rests: steps derived, instances, controls."""
    if not result.judged:
        return result.open_obligations[0]
    if result.kind == "external":
        return "taken over from the literature, not derived"
    parts = []
    if result.steps:
        parts.append(f"{result.steps_derived} of {counted(len(result.steps), 'step')} derived")
        asked = [step for step in result.steps if step.answers]
        if asked:
            parts.append(f"{sum(map(passes, asked))} of them seen to hold on instances")
    tried = ["not tried"] if result.tally is None else ground_words(result, result.tally)
    return ", ".join([*parts, *tried, *attack_words(result)])


def attack_words(result: StatementResult) -> list[str]:
    """What came of the last attack, where there was one."""
    if result.attack is None:
        return []
    return [f"attack: {result.attack.noticed} of {result.attack.tried} wrong variants noticed"]


def passes(step: StepResult) -> bool:
    """Whether no instance speaks against a step, and nothing about it stays open."""
    return all(word in ("holds", "none") for word, _ in step.answers.values())


def _troubles(result: StatementResult) -> Iterator[str]:
    for step in result.steps:
        open_ = result.tally is None or not step.accepted
        words = [word for word, _ in step.answers.values()]
        if "fails" in words or (words and open_ and not passes(step)):
            yield from step_lines(step)
    yield from finding_lines(result)


def finding_lines(result: StatementResult) -> Iterator[str]:
    """Every finding with its counterexample, steps of no use, and every open obligation."""
    for finding in result.findings:
        yield from _finding(finding)
    for words in idle_words(result):
        yield from wrapped(f"notice: {words}", 4, 8)
    for reason in result.open_obligations:
        yield from wrapped(f"open: {reason}", 4, 8)


def idle_words(result: StatementResult) -> list[str]:
    """That steps are of no use, where some are; the status does not mind."""
    steps = result.derivation.idle_steps
    return [f"its proof does not use {', '.join(f'step {path}' for path in steps)}"] * bool(steps)


def _finding(finding: Finding) -> Iterator[str]:
    notice = "notice: " * (finding.kind in NOTICES)
    yield from wrapped(f"{notice}{finding.kind}, {finding.where}: {finding.text}", 4, 8)
    if finding.counterexample is not None:
        yield from wrapped(f"counterexample: {exact_text(finding.counterexample)}", 8, 12)
    if finding.how_found:
        yield from wrapped(f"found by: {finding.how_found}", 8, 12)


def step_lines(step: StepResult) -> Iterator[str]:
    """One step: what it gives from what, the kernel's word, and what instances say of it."""
    named = [premise for premise in step.premises if not premise.startswith("standing ")]
    given = f"{', '.join(named)} => " if named else ""
    yield from wrapped(f"step {step.name}: {given}{step.gives}", 4, 8)
    yield from wrapped(reason_words(step), 8, 12)
    for name, (word, why) in step.answers.items():
        yield from wrapped(f"{name:<10}  {word}" + (f": {why}" if why else ""), 8, 12)


def reason_words(step: StepResult) -> str:
    """By what reason a step follows, and whether the kernel accepts that."""
    words = step.reason
    if step.rule:
        words += f" {step.rule}"
    if step.cites:
        words += f" {cited_words(step)}"
    if step.accepted:
        return f"derived: {words}"
    return f"not derived ({words}): {step.refused_because}"


def cited_words(step: StepResult) -> str:
    """The cited statement, with its reading where it is not the printed one."""
    key, reading = step.cites or ("", "printed")
    return key if reading == "printed" else f"{key} ({reading})"


def detail_lines(result: StatementResult, report: CheckReport) -> Iterator[str]:
    """Everything about one reading: instances, controls, steps, findings, what it leans on."""
    lacks = lacking(result) if result.kind != "external" else ()
    if lacks:
        yield from wrapped(f"why it is not derived: {'; '.join(lacks)}", 4, 8)
    yield from tried_lines(result)
    for step in result.steps:
        yield from step_lines(step)
    yield from finding_lines(result)
    leans = assumed(result, report.by_node)
    if leans:
        yield from wrapped(f"leans on the assumed {', '.join(leans)}", 4, 8)
