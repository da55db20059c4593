"""Errata: every finding about a printed statement, what shows it, and the repair.

Functions: errata, errata_data, errata_lines, errata_markdown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from symbolic_landscape.former.lemma import Statement
from symbolic_landscape.library.lemmas import Proofs
from symbolic_landscape.library.run import CheckReport
from symbolic_landscape.report.text import exact_text


@dataclass(frozen=True)
class Erratum:
    """One finding about a printed statement.

    `claim` is that of the printed statement, and `printed` that of the step where the finding is
    about one. `repaired` is None where no repair is declared; `status` is what was found of it.
    """

    key: str
    kind: str
    where: str
    text: str
    claim: str
    printed: str
    repaired: str | None
    status: str | None
    minimal: str
    counterexample: Mapping[str, Any] | None
    how_found: str


def errata(report: CheckReport, proofs: Proofs) -> tuple[Erratum, ...]:
    """The findings about the printed readings of the report, in its order."""
    statuses = report.statuses
    rows = []
    for result in report.results:
        if result.reading != "printed":
            continue
        lemma = proofs[result.key]
        for finding in result.findings:
            rows.append(
                Erratum(
                    key=result.key,
                    kind=finding.kind,
                    where=finding.where,
                    text=finding.text,
                    claim=lemma.printed.claim,
                    printed=_claim(lemma.printed, finding.where),
                    repaired=lemma.repaired.claim if lemma.repaired is not None else None,
                    status=statuses.get((result.key, "repaired")),
                    minimal=lemma.repaired.minimal if lemma.repaired is not None else "",
                    counterexample=finding.counterexample,
                    how_found=finding.how_found,
                )
            )
    return tuple(rows)


def _claim(statement: Statement, where: str) -> str:
    for step in statement.steps:
        if where == f"step {step.name}":
            return step.why
    return statement.claim


def errata_data(rows: Sequence[Erratum]) -> dict[str, Any]:
    """The JSON of `lemma-check errata`."""
    return {
        "schema": "lemma-check/errata/1",
        "findings": [
            {
                "key": row.key,
                "kind": row.kind,
                "where": row.where,
                "printed": row.printed,
                "repaired": row.repaired,
                "counterexample": row.counterexample,
                "how_found": row.how_found,
            }
            for row in rows
        ],
    }


def errata_lines(rows: Sequence[Erratum]) -> Iterator[str]:
    """The errata as lines of text, statement by statement."""
    for key, own in _by_key(rows):
        yield f"{key}  printed: {own[0].claim}"
        for row in own:
            yield f"    {row.kind}, {row.where}: {row.text}"
            if row.printed != row.claim:
                yield f"        printed: {row.printed}"
            if row.counterexample is not None:
                yield f"        counterexample: {exact_text(row.counterexample)}"
            yield f"        found by: {row.how_found}"
        yield f"    repaired: {_repair(own[0])}"
        if own[0].minimal:
            yield f"    minimal: {own[0].minimal}"
        yield ""
    yield _count(rows)


def errata_markdown(rows: Sequence[Erratum]) -> Iterator[str]:
    """The errata as a Markdown document, statement by statement."""
    yield "# Errata"
    yield ""
    yield _count(rows) + "."
    for key, own in _by_key(rows):
        yield ""
        yield f"## {key}"
        yield ""
        yield f"Printed: {_escape(own[0].claim)}"
        yield ""
        for row in own:
            yield f"- **{row.kind}** ({row.where}): {_escape(row.text)}"
            if row.printed != row.claim:
                yield f"  - printed: {_escape(row.printed)}"
            if row.counterexample is not None:
                yield f"  - counterexample: `{exact_text(row.counterexample)}`"
            yield f"  - found by: {_escape(row.how_found)}"
        yield ""
        yield f"Repaired: {_escape(_repair(own[0]))}"
        if own[0].minimal:
            yield ""
            yield f"Why the repair is minimal: {_escape(own[0].minimal)}"


def _by_key(rows: Sequence[Erratum]) -> list[tuple[str, list[Erratum]]]:
    groups: dict[str, list[Erratum]] = {}
    for row in rows:
        groups.setdefault(row.key, []).append(row)
    return list(groups.items())


def _repair(row: Erratum) -> str:
    if row.repaired is None:
        return "none is declared"
    return f"{row.repaired} ({row.status or 'not run'})"


def _count(rows: Sequence[Erratum]) -> str:
    keys = {row.key for row in rows}
    findings = "1 finding" if len(rows) == 1 else f"{len(rows)} findings"
    statements = "1 printed statement" if len(keys) == 1 else f"{len(keys)} printed statements"
    return f"{findings} about {statements}"


def _escape(text: str) -> str:
    for mark in "\\`*_<>|":
        text = text.replace(mark, f"\\{mark}")
    return text
