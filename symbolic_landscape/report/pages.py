"""What is known of one statement: its declaration, and why it has its status.

Functions: show_lines, show_data, explain_lines.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from symbolic_landscape.judge.results import NOTICES, Finding, StatementResult
from symbolic_landscape.judge.statuses import as_expected, assumed, cited, lacking
from symbolic_landscape.library.catalogue import builtin_folder
from symbolic_landscape.library.desk import alone
from symbolic_landscape.library.lemmas import Lemma
from symbolic_landscape.library.loading import Statements
from symbolic_landscape.library.readings import node_of
from symbolic_landscape.library.run import CheckReport
from symbolic_landscape.report.coverage import opaque_lines, opaque_row
from symbolic_landscape.report.exact import data_lines
from symbolic_landscape.report.formulas import claim_words
from symbolic_landscape.report.layout import wrapped
from symbolic_landscape.report.listing import heading
from symbolic_landscape.report.showing import (
    outline_lines,
    reading_data,
    reading_lines,
    setting_lines,
)
from symbolic_landscape.report.text import idle_words, statement_line
from symbolic_landscape.report.tried import pool_lines, spot_lines

SCREEN = 50
"""So many lines are one screen."""


def show_lines(
    lemma: Lemma,
    proofs: Statements,
    last: CheckReport,
    *,
    reading: str = "both",
    everything: bool = False,
    paper: Sequence[str] = (),
) -> Iterator[str]:
    """The declaration, the proof step by step, and the last status; of one reading, or of both.

    Both are shown in outline where they fill more than a screen, unless everything is asked for.
    """
    whole = list(_whole(lemma, proofs, last, reading, everything, paper))
    if reading == "both" and not everything and not paper and len(whole) > SCREEN:
        yield from _outline(lemma, proofs, last)
    else:
        yield from whole


def _outline(lemma: Lemma, proofs: Statements, last: CheckReport) -> Iterator[str]:
    """Both readings in short, and how the rest is asked for."""
    yield from heading(lemma.key, lemma.kind, lemma.where, lemma.title)
    yield from wrapped(f"setting: {lemma.printed.setting.title}", 0, 2)
    above = None
    for statement in lemma.printed.readings:
        node = node_of(statement)
        yield ""
        result = last.by_node.get(node) or alone(proofs, statement)
        yield from outline_lines(statement, result, last.statuses.get(node), above)
        above = statement
    yield ""
    asked = " or ".join(f"--reading {r.reading}" for r in lemma.printed.readings)
    yield from wrapped(
        f"`lemma-check show {lemma.key} {asked}`: setting, definitions, why each step follows, "
        "controls, blind spots; with --all also what each step rests on, and the instances.",
        0,
        2,
    )


def _whole(
    lemma: Lemma,
    proofs: Statements,
    last: CheckReport,
    reading: str,
    everything: bool,
    paper: Sequence[str],
) -> Iterator[str]:
    yield from heading(lemma.key, lemma.kind, lemma.where, lemma.title)
    chosen = lemma.printed.readings if reading == "both" else (lemma.reading(reading),)
    statuses, above = last.statuses, None
    for statement in chosen:
        status = statuses.get(node_of(statement))
        yield ""
        head = list(setting_lines(statement, everything, above))
        yield from [*head, ""] if head else ()
        result = last.by_node.get(node_of(statement)) or alone(proofs, statement)
        yield from reading_lines(
            statement, result, status, everything=everything, paper=paper, above=above
        )
        above = statement
        yield from wrapped(f"declared {_place(proofs.place(statement))}", 2, 4)


def _place(place: str) -> str:
    """File and line, in the folders of the package or as seen from the working folder."""
    file, package = Path(place), builtin_folder().parent
    if file.is_relative_to(package):
        return f"in the package, {file.parent.relative_to(package)}, {file.name}"
    return f"in {file.relative_to(Path.cwd()) if file.is_relative_to(Path.cwd()) else file}"


def show_data(lemma: Lemma, proofs: Statements, last: CheckReport) -> dict[str, Any]:
    """The JSON of `lemma-check show`; `last` holds what earlier runs found, if anything."""
    statuses = last.statuses
    return {
        "schema": "lemma-check/show/2",
        "key": lemma.key,
        "kind": lemma.kind,
        "paper": lemma.paper,
        "where": lemma.where,
        "title": lemma.title,
        "readings": [
            reading_data(
                statement,
                last.by_node.get(node_of(statement)) or alone(proofs, statement),
                statuses.get(node_of(statement)),
                proofs.place(statement),
            )
            for statement in lemma.printed.readings
        ],
    }


def explain_lines(lemma: Lemma, report: CheckReport) -> Iterator[str]:
    """For each reading: its status, the failed obligation, what shows it, what would be needed."""
    statuses = report.statuses
    for statement in lemma.printed.readings:
        result = report.result(statement.key, statement.reading)
        word = statuses[result.node]
        yield from wrapped(statement_line(result, word), 0, 4)
        yield from wrapped(f"claim: {claim_words(statement)}", 2, 4)
        if statement.hedge:
            yield from wrapped(f"hedge: {statement.hedge}", 2, 4)
        yield from _why(result, word, report)
        if result.tally is not None:
            without = dict(result.without_control)
            yield from pool_lines(result.tally, result.controls, without, 2)
            yield from spot_lines(result.blind_spots, 2)
        yield from opaque_lines(opaque_row(statement, result), 2)
        yield from _needed(result, word, lemma, report)
        yield ""


def _why(result: StatementResult, word: str, report: CheckReport) -> Iterator[str]:
    if word == "assumed":
        yield from wrapped(
            "Taken over from the literature; its hypotheses are checked where it is cited.", 2, 2
        )
        return
    if word == "derived":
        yield from _rests(result, report)
    if word == "checked":
        yield from wrapped(_CHECKED if result.tried else _NOT_TRIED, 2, 2)
        for words in lacking(result):
            yield from wrapped(f"It is not derived: {words}.", 2, 4)
    if word not in ("derived", "undecided"):
        for node in result.cites:
            key, reading = cited(node, report.by_node)
            status = report.statuses.get((key, reading), "not in this report")
            if status not in ("derived", "assumed"):
                yield from wrapped(
                    f"It is not derived: it cites {key} ({reading}): {status}.", 2, 4
                )
    for finding in result.findings:
        yield from _finding(finding)
    for words in idle_words(result):
        yield from wrapped(f"notice: {words}", 2, 4)
    for reason in result.open_obligations:
        yield from wrapped(f"open obligation: {reason}", 2, 4)


def _rests(result: StatementResult, report: CheckReport) -> Iterator[str]:
    """What a derived statement rests on: rules, what it cites, what is assumed."""
    yield from wrapped(
        "The kernel accepts every step, here and in all that it cites: true for all data of the "
        "setting, relative to the rules that are used.",
        2,
        2,
    )
    nodes = [cited(node, report.by_node) for node in result.cites]
    cites = ", ".join(
        key if reading == "printed" else f"{key} ({reading})" for key, reading in nodes
    )
    rules = ", ".join(result.derivation.rules)
    leans = ", ".join(assumed(result, report.by_node))
    yield from wrapped(f"it cites: {cites or 'no other statement'}", 2, 4)
    yield from wrapped(f"rules in its own steps: {rules or 'none but logic and arithmetic'}", 2, 4)
    yield from wrapped(f"assumed, here or below: {leans or 'nothing from outside'}", 2, 4)


_CHECKED = (
    "Nothing speaks against it on the instances that were tried; this says nothing about instances "
    "outside them, except at evidence level identity."
)
_NOT_TRIED = "Nothing speaks against it, but it was not tried on instances."


def _finding(finding: Finding) -> Iterator[str]:
    kind = "notice" if finding.kind in NOTICES else "failed obligation"
    yield from wrapped(f"{kind}: {finding.kind}, {finding.where}", 2, 4)
    yield from wrapped(finding.text, 4, 6)
    if finding.counterexample is not None:
        yield "    smallest instance that shows it:"
        for line in data_lines(finding.counterexample):
            yield from wrapped(line, 6, 8)
    if finding.numbers:
        yield from wrapped(f"decisive numbers: {finding.numbers}", 4, 6)
    if finding.how_found:
        yield from wrapped(f"found by: {finding.how_found}", 4, 6)


_REMEDIES = {
    "refuted": "a stronger hypothesis or a weaker conclusion that leaves the instance out",
    "invalid inference": "a further premise that leaves the instance out, or another argument",
    "unsupported premise": "an earlier step, a hypothesis, a rule or a citation that gives it",
    "hypothesis not discharged": "a fact that says the cited hypothesis, or another citation",
    "inconsistent": "hypotheses that can hold together",
    "vacuous": "an instance on which every hypothesis holds",
    "toothless": "an instance that refutes the wrong neighbour, or a control for the hypothesis",
    "miscited": "a citation of the statement that concludes the premise",
    "circular": "a citation of a statement that does not lean on this one",
    "thin": "instances of other sizes",
    "surplus hypothesis": "nothing, or a statement without it from which this one follows",
}


def _needed(result: StatementResult, word: str, lemma: Lemma, report: CheckReport) -> Iterator[str]:
    for kind in dict.fromkeys(finding.kind for finding in result.findings):
        yield from wrapped(f"needed for '{kind}': {_REMEDIES[kind]}", 2, 4)
    if result.open_obligations:
        yield from wrapped(
            "needed: each open obligation decided, by a decision that reaches it or more time", 2, 4
        )
    if as_expected(result):
        yield "  These are exactly the findings recorded for this reading."
    real = any(finding.kind not in NOTICES for finding in result.findings)
    repaired = lemma.repaired
    if real and repaired is not None and result.reading == "printed":
        status = report.statuses[node_of(repaired)]
        yield from wrapped(f"repaired reading ({status}): {claim_words(repaired)}", 2, 4)
        if repaired.gloss:
            yield from wrapped(f"what is repaired: {repaired.gloss}", 2, 4)
    elif word in ("refuted", "inconsistent", "gap") and repaired is None:
        yield "  No repaired reading is declared."
