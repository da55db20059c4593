"""What is known of one statement, as lines of text: its declaration, and why it has its status.

Functions: show_lines, explain_lines, falsify_lines.
"""

from __future__ import annotations

from collections.abc import Iterator

from symbolic_landscape.former.instance import Instance, canonical, describe
from symbolic_landscape.former.lemma import Statement
from symbolic_landscape.former.search import Found, decide
from symbolic_landscape.judge.results import NOTICES, Finding, StatementResult, as_expected
from symbolic_landscape.library.lemmas import Lemma
from symbolic_landscape.library.run import CheckReport
from symbolic_landscape.report.text import data_lines, leaned_on, statement_line


def show_lines(lemma: Lemma, last: CheckReport) -> Iterator[str]:
    """Both readings: hypotheses, conclusion, steps, citations, instances, the last status."""
    statuses = last.statuses
    yield f"{lemma.key}  {lemma.kind}, {lemma.where}: {lemma.title}"
    for statement in lemma.printed.readings:
        status = statuses.get((statement.key, statement.reading))
        yield ""
        yield f"{statement.reading} reading (last status: {status or 'not run'})"
        yield from _declared(statement)


def _declared(statement: Statement) -> Iterator[str]:
    yield f"  claim: {statement.claim}"
    if statement.minimal:
        yield f"  minimal: {statement.minimal}"
    for hypothesis in statement.hypotheses:
        yield f"  hypothesis {hypothesis.name}: {hypothesis.claim}   [{hypothesis.formula}]"
        control = statement.controls.get(hypothesis)
        if control is not None:
            yield f"    control {control.name}: {describe(control)}"
        elif hypothesis in statement.no_control:
            yield f"    no control: {statement.no_control[hypothesis]}"
    if statement.conclusion is not None:
        conclusion = statement.conclusion
        yield f"  conclusion {conclusion.name}: {conclusion.claim}   [{conclusion.formula}]"
    for number, step in enumerate(statement.steps, 1):
        citing = f", citing {step.cites.key}" if step.cites is not None else ""
        given = ", ".join(premise.name for premise in step.premises)
        yield f"  step {number} {step.name}: {given} => {step.gives.name}{citing}"
        yield f"    {step.why}"
    if statement.cites:
        yield f"  cites: {', '.join(cited.key for cited in statement.cites)}"
    for instance in statement.instances:
        yield f"  instance {instance.name}: {describe(instance)}"
    for kind, where in statement.expected:
        yield f"  recorded finding: {kind}, {where}"
    yield f"  declared at {statement.source_file}"


def explain_lines(lemma: Lemma, report: CheckReport) -> Iterator[str]:
    """For each reading: its status, the failed obligation, what shows it, what would be needed."""
    statuses = report.statuses
    for statement in lemma.printed.readings:
        result = report.result(statement.key, statement.reading)
        word = statuses[statement.key, statement.reading]
        yield statement_line(result, word)
        yield f"  claim: {statement.claim}"
        yield from _why(result, word, report)
        yield from _needed(result, word, lemma, report)
        yield ""


def _why(result: StatementResult, word: str, report: CheckReport) -> Iterator[str]:
    if word == "assumed":
        yield "  Taken over from the literature; its hypotheses are checked where it is cited."
        return
    if word in ("checked", "grounded"):
        yield (
            "  Every obligation is met on the instances that were tried; this says nothing "
            "about instances outside them, except at evidence level identity."
        )
    if word == "grounded":
        assumed = ", ".join(leaned_on(result, report)) or "nothing"
        yield f"  All that it cites is grounded or assumed; assumed: {assumed}."
    if word == "checked":
        for cited in result.cites:
            yield f"  It cites {cited}, which is not grounded: {_status_words(cited, report)}."
    for finding in result.findings:
        yield from _finding(finding)
    for reason in result.open_obligations:
        yield f"  open obligation: {reason}"


def _status_words(key: str, report: CheckReport) -> str:
    words = [f"{word} ({reading})" for (k, reading), word in report.statuses.items() if k == key]
    return ", ".join(words) or "not in this report"


def _finding(finding: Finding) -> Iterator[str]:
    yield f"  failed obligation: {finding.kind}, {finding.where}"
    yield f"    {finding.text}"
    if finding.counterexample is not None:
        yield "    smallest instance that shows it:"
        for line in data_lines(finding.counterexample):
            yield f"      {line}"
    if finding.how_found:
        yield f"    found by: {finding.how_found}"


_REMEDIES = {
    "refuted": "a stronger hypothesis or a weaker conclusion that leaves the instance out",
    "invalid inference": "a further premise that leaves the instance out, or another argument",
    "unsupported premise": "an earlier step, a hypothesis or a citation that gives the premise",
    "hypothesis not discharged": "a reason why the cited hypothesis holds, or another citation",
    "inconsistent": "hypotheses that can hold together",
    "vacuous": "an instance on which every hypothesis holds",
    "toothless": "an instance that refutes the wrong neighbour, or a control for the hypothesis",
    "miscited": "a citation of the statement that concludes the premise",
    "surplus hypothesis": "nothing: the statement may be stated without it",
}


def _needed(result: StatementResult, word: str, lemma: Lemma, report: CheckReport) -> Iterator[str]:
    for kind in dict.fromkeys(finding.kind for finding in result.findings):
        yield f"  needed for '{kind}': {_REMEDIES[kind]}"
    if result.open_obligations:
        yield "  needed: each open obligation decided, by a decision that reaches it or more time"
    if as_expected(result):
        yield "  These are exactly the findings recorded for this reading."
    real = any(finding.kind not in NOTICES for finding in result.findings)
    if real and lemma.repaired is not None and result.reading == "printed":
        status = report.statuses[lemma.key, "repaired"]
        yield f"  repaired reading ({status}): {lemma.repaired.claim}"
        yield f"  why the repair is minimal: {lemma.repaired.minimal}"
    elif word in ("refuted", "inconsistent", "gap") and lemma.repaired is None:
        yield "  No repaired reading is declared."


def falsify_lines(statement: Statement, found: Found, drop: str | None) -> Iterator[str]:
    """The exact counterexample, or how far the search went and what that does not mean."""
    without = f" without {drop}" if drop else ""
    if found.instance is None:
        yield (
            f"{statement.key}{without}: no counterexample among {found.met} instances that meet "
            f"the hypotheses ({found.tried} tried)"
        )
        yield "This does not mean that none exists."
        return
    yield f"{statement.key}{without}: counterexample found, {found.tried} instances tried"
    yield from _counterexample(statement, found.instance, drop)


def _counterexample(statement: Statement, instance: Instance, drop: str | None) -> Iterator[str]:
    for line in data_lines(canonical(instance)):
        yield f"  {line}"
    for hypothesis in statement.hypotheses:
        verdict = decide(hypothesis, instance)
        dropped = " (dropped)" if hypothesis.name == drop else ""
        yield f"  {hypothesis.name}{dropped} {verdict.outcome.value}: {verdict.reason}"
    if statement.conclusion is not None:
        verdict = decide(statement.conclusion, instance)
        yield f"  {statement.conclusion.name} {verdict.outcome.value}: {verdict.reason}"
