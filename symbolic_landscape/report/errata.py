"""Errata: every finding about a printed statement, what shows it, and the repair.

Findings with one cause are one erratum; the other statements that it spoils stand under it.

Functions: errata, errata_data, errata_lines, errata_markdown. Class: Erratum.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from symbolic_landscape.former.lemma import Statement as Former
from symbolic_landscape.judge.results import Finding, StatementResult
from symbolic_landscape.library.forms import Either, node_of
from symbolic_landscape.library.lemmas import Proofs
from symbolic_landscape.library.run import CheckReport
from symbolic_landscape.report.formulas import claim_words
from symbolic_landscape.report.layout import counted, wrapped
from symbolic_landscape.report.text import exact_text


@dataclass(frozen=True)
class Erratum:
    """One cause of findings about printed statements, shown at the first of them.

    `claim` is that of the printed statement, and `printed` that of the step where the finding is
    about one. `repaired` is None where no repair is declared; `status` is what was found of it,
    and `note` says in words what is repaired, or why less would not do.
    `consequences` are the keys of the other statements that the cause spoils.
    """

    key: str
    kind: str
    where: str
    text: str
    cause: str
    claim: str
    printed: str
    repaired: str | None
    status: str | None
    note: str
    counterexample: Mapping[str, Any] | None
    how_found: str
    consequences: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """A name for it: key, kind and place."""
        return f"{self.key}/{self.kind}/{self.where}".replace(" ", "-")

    @property
    def survives(self) -> str | None:
        """The repaired claim, where it came out well."""
        return self.repaired if self.status in ("derived", "checked") else None


def errata(report: CheckReport, proofs: Proofs) -> tuple[Erratum, ...]:
    """The findings about the printed readings of the report, in its order, one for each cause."""
    rows: dict[object, Erratum] = {}
    for result in report.results:
        if result.reading != "printed":
            continue
        for finding in result.findings:
            cause = finding.cause or (result.key, finding.kind, finding.where, finding.text)
            first = rows.get(cause)
            if first is None:
                rows[cause] = _erratum(result, finding, proofs, report)
            elif result.key not in (first.key, *first.consequences):
                others = (*first.consequences, result.key)
                rows[cause] = replace(first, consequences=others)
    return tuple(rows.values())


def _erratum(
    result: StatementResult, finding: Finding, proofs: Proofs, report: CheckReport
) -> Erratum:
    lemma = proofs[result.key]
    repaired = lemma.repaired
    return Erratum(
        key=result.key,
        kind=finding.kind,
        where=finding.where,
        text=finding.text,
        cause=finding.cause,
        claim=claim_words(lemma.printed),
        printed=_printed(lemma.printed, result, finding.where),
        repaired=claim_words(repaired) if repaired is not None else None,
        status=report.statuses.get(node_of(repaired)) if repaired is not None else None,
        note=_note(repaired),
        counterexample=finding.counterexample,
        how_found=finding.how_found,
    )


def _printed(statement: Either, result: StatementResult, where: str) -> str:
    """What the paper says where the finding is."""
    if isinstance(statement, Former):
        steps = {f"step {step.name}": step.why for step in statement.steps}
    else:
        steps = {f"step {step.name}": step.gives for step in result.steps}
    return steps.get(where, claim_words(statement))


def _note(repaired: Either | None) -> str:
    if repaired is None:
        return ""
    if isinstance(repaired, Former):
        return f"minimal: {repaired.minimal}"
    return f"in words: {repaired.gloss}" if repaired.gloss else ""


def errata_data(rows: Sequence[Erratum]) -> dict[str, Any]:
    """The JSON of `lemma-check errata`."""
    return {
        "schema": "lemma-check/errata/2",
        "findings": [
            {
                "id": row.id,
                "key": row.key,
                "consequences": list(row.consequences),
                "kind": row.kind,
                "cause": row.cause,
                "where": row.where,
                "printed": row.printed,
                "repaired": row.repaired,
                "counterexample": row.counterexample,
                "numbers": None,
                "how_found": row.how_found,
                "hedge": None,
                "survives": row.survives,
            }
            for row in rows
        ],
    }


def errata_lines(rows: Sequence[Erratum]) -> Iterator[str]:
    """The errata as lines of text, statement by statement."""
    for key, own in _by_key(rows):
        yield from wrapped(f"{key}  printed: {own[0].claim}", 0, 4)
        for row in own:
            yield from wrapped(f"{row.kind}, {row.where}: {row.text}", 4, 8)
            if row.printed != row.claim:
                yield from wrapped(f"printed: {row.printed}", 8, 12)
            if row.counterexample is not None:
                yield from wrapped(f"counterexample: {exact_text(row.counterexample)}", 8, 12)
            yield from wrapped(f"found by: {row.how_found}", 8, 12)
            if row.consequences:
                yield from wrapped(f"spoils also: {', '.join(row.consequences)}", 8, 12)
        yield from wrapped(f"repaired: {_repair(own[0])}", 4, 8)
        if own[0].note:
            yield from wrapped(own[0].note, 4, 8)
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
            if row.consequences:
                yield f"  - spoils also: {', '.join(row.consequences)}"
        yield ""
        yield f"Repaired: {_escape(_repair(own[0]))}"
        if own[0].note:
            yield ""
            yield _escape(own[0].note[0].upper() + own[0].note[1:])


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
    keys = {key for row in rows for key in (row.key, *row.consequences)}
    return f"{counted(len(rows), 'finding')} about {counted(len(keys), 'printed statement')}"


def _escape(text: str) -> str:
    for mark in "\\`*_<>|":
        text = text.replace(mark, f"\\{mark}")
    return text
