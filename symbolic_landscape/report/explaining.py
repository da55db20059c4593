"""Why a statement has its status, as plain data.

Functions: explain_data.
"""

from __future__ import annotations

from typing import Any

from symbolic_landscape.judge.results import Finding, StatementResult
from symbolic_landscape.judge.statuses import as_expected, assumed, cited, lacking
from symbolic_landscape.library.lemmas import Lemma
from symbolic_landscape.library.readings import node_of
from symbolic_landscape.library.run import CheckReport
from symbolic_landscape.report.coverage import opaque_row
from symbolic_landscape.report.formulas import claim_words
from symbolic_landscape.report.tried import tried_data
from symbolic_landscape.statement.lemma import Statement


def explain_data(lemma: Lemma, report: CheckReport) -> dict[str, Any]:
    """The JSON of `lemma-check explain`: status, what failed and where, on what a proof rests."""
    return {
        "schema": "lemma-check/explain/1",
        "key": lemma.key,
        "readings": [_reading(statement, report) for statement in lemma.printed.readings],
    }


def _reading(statement: Statement, report: CheckReport) -> dict[str, Any]:
    result = report.result(statement.key, statement.reading)
    nodes = [cited(node, report.by_node) for node in result.cites]
    repaired = statement.repaired
    return {
        "reading": statement.reading,
        "status": report.statuses[result.node],
        "recorded": as_expected(result),
        "claim": claim_words(statement),
        "hedge": statement.hedge,
        "findings": [_finding(finding, result) for finding in result.findings],
        "open": list(result.open_obligations),
        "not_derived": [] if result.kind == "external" else list(lacking(result)),
        "rests_on": {
            "cites": [
                {"key": node[0], "reading": node[1], "status": report.statuses.get(node)}
                for node in nodes
            ],
            "rules": list(result.derivation.rules),
            "assumed": list(assumed(result, report.by_node)),
        },
        "tried": tried_data(result),
        **opaque_row(statement, result),
        "repaired": None
        if repaired is None
        else {"status": report.statuses.get(node_of(repaired)), "claim": claim_words(repaired)},
    }


def _finding(finding: Finding, result: StatementResult) -> dict[str, Any]:
    """A finding with its numbers, and the kernel's word on the step where it is about one."""
    refused = {f"step {step.name}": step.refused_because for step in result.steps}
    return {
        "kind": finding.kind,
        "where": finding.where,
        "text": finding.text,
        "counterexample": finding.counterexample,
        "numbers": finding.numbers or None,
        "how_found": finding.how_found,
        "kernel": refused.get(finding.where) or None,
    }
