"""Errata: every finding about a printed statement, what shows it, and the repair.

Findings with one cause are one erratum; the other statements that it spoils stand under it. These
are the ones with a finding of the same cause, and the ones whose proof cites a refuted statement.

Functions: errata, errata_data, errata_lines, errata_markdown, errata_bibtex. Class: Erratum.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from symbolic_landscape.judge.results import NOTICES, Finding, Node, StatementResult
from symbolic_landscape.judge.statuses import cited
from symbolic_landscape.library.lemmas import Proofs
from symbolic_landscape.library.readings import node_of
from symbolic_landscape.library.run import CheckReport
from symbolic_landscape.report.exact import data_lines, exact_text
from symbolic_landscape.report.formulas import claim_words
from symbolic_landscape.report.layout import counted, wrapped
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.printing import text
from symbolic_landscape.version import __version__


@dataclass(frozen=True)
class Erratum:
    """One cause of findings about printed statements, shown at the first of them.

    `claim` is that of the printed statement, and `printed` that of the step where the finding is
    about one. `repaired` is None where no repair is declared; `status` is what was found of it,
    `then` its conclusion, and `note` says in words what is repaired, or why less would not do.
    `numbers` are the exact numbers that decide it, `hedge` is how the paper hedges the claim.
    `also` names further findings of the same cause in the same statement, `consequences` the keys
    of the other statements that the cause spoils.
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
    then: str
    note: str
    counterexample: Mapping[str, Any] | None
    numbers: str
    how_found: str
    hedge: str
    also: tuple[str, ...] = ()
    consequences: tuple[str, ...] = ()
    number: int = 1
    """Counts those of one kind at one place."""

    @property
    def id(self) -> str:
        """A name for it: key, kind and place."""
        more = (str(self.number),) if self.number > 1 else ()
        return "/".join((*self.place, *more)).replace(" ", "-")

    @property
    def place(self) -> tuple[str, str, str]:
        """Key, kind and place."""
        return (self.key, self.kind, self.where)

    @property
    def survives(self) -> str | None:
        """Status and conclusion of the repaired reading, where it came out well."""
        good = self.repaired is not None and self.status in ("derived", "checked")
        return f"{self.status}: {self.then}" if good else None


def errata(report: CheckReport, proofs: Proofs) -> tuple[Erratum, ...]:
    """The findings about the printed readings of the report, in its order, one for each cause."""
    rows: dict[object, Erratum] = {}
    printed = [result for result in report.results if result.reading == "printed"]
    refuted = {r.node for r in printed if _refuted(r)}
    cites = {r.node: _below(r, report) & refuted for r in printed}
    echoes = {r.node for r in printed if _only_cites(r) and cites[r.node]}
    for result in printed:
        if result.node in echoes:
            continue
        for finding in sorted(result.findings, key=_weight):
            cause = finding.cause or (result.key, finding.kind, finding.where, finding.text)
            first = rows.get(cause)
            if first is None:
                row = _erratum(result, finding, proofs, report)
                same = sum(row.place == other.place for other in rows.values())
                rows[cause] = replace(row, number=same + 1)
            elif result.key == first.key:
                rows[cause] = replace(first, also=(*first.also, f"{finding.kind}, {finding.where}"))
            elif result.key not in first.consequences:
                rows[cause] = replace(first, consequences=(*first.consequences, result.key))
    return tuple(_with_citing(row, cites) for row in rows.values())


def _weight(finding: Finding) -> tuple[bool, bool]:
    """Which finding of one cause is shown: a refutation, then what has a counterexample."""
    return (finding.kind != "refuted", finding.counterexample is None)


def _refuted(result: StatementResult) -> bool:
    """Whether an instance refutes the statement."""
    return any(f.kind == "refuted" and f.where == "statement" for f in result.findings)


def _below(result: StatementResult, report: CheckReport) -> set[Node]:
    """All readings on which the proof rests by citations."""
    known = report.by_node
    found: set[Node] = set()
    todo = list(result.cites)
    while todo:
        node = cited(todo.pop(), known)
        if node not in found and node in known:
            found.add(node)
            todo += known[node].cites
    return found


def _only_cites(result: StatementResult) -> bool:
    """Whether a refuted statement has no failing step of its own: what it cites is at fault."""
    faults = [f for f in result.findings if f.kind not in NOTICES]
    whole = bool(result.steps) and all(step.accepted for step in result.steps)
    return whole and all(f.kind == "refuted" and not f.cause for f in faults)


def _with_citing(row: Erratum, cites: Mapping[Node, set[Node]]) -> Erratum:
    """The erratum with the statements that cite what it refutes, directly or through others."""
    if row.kind != "refuted":
        return row
    citing = [key for (key, _), below in cites.items() if (row.key, "printed") in below]
    return replace(row, consequences=tuple(dict.fromkeys((*row.consequences, *citing))))


def _erratum(
    result: StatementResult, finding: Finding, proofs: Proofs, report: CheckReport
) -> Erratum:
    lemma = proofs[result.key]
    printed, repaired = lemma.printed, lemma.repaired
    return Erratum(
        key=result.key,
        kind=finding.kind,
        where=finding.where,
        text=finding.text,
        cause=finding.cause,
        claim=claim_words(printed),
        printed=_printed(printed, result, finding.where),
        repaired=claim_words(repaired) if repaired is not None else None,
        status=report.statuses.get(node_of(repaired)) if repaired is not None else None,
        then=_then(repaired) if repaired is not None else "",
        note=_note(repaired),
        counterexample=finding.counterexample,
        numbers=finding.numbers,
        how_found=finding.how_found,
        hedge=printed.hedge,
    )


def _printed(statement: Statement, result: StatementResult, where: str) -> str:
    """What the paper says where the finding is."""
    steps = {f"step {step.name}": step.gives for step in result.steps}
    return steps.get(where, claim_words(statement))


def _then(statement: Statement) -> str:
    """What a statement concludes."""
    return text(statement.claim.then, statement.setting.shown)


def _note(repaired: Statement | None) -> str:
    if repaired is None:
        return ""
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
                "numbers": row.numbers or None,
                "how_found": row.how_found,
                "hedge": row.hedge or None,
                "survives": row.survives,
            }
            for row in rows
        ],
    }


# ---- as text -------------------------------------------------------------------------------------
def errata_lines(rows: Sequence[Erratum]) -> Iterator[str]:
    """The errata as lines of text, statement by statement; notices after them."""
    real, notices = _apart(rows)
    for key, own in _by_key(real):
        yield from wrapped(f"{key}  printed: {own[0].claim}", 0, 4)
        for row in own:
            yield from wrapped(f"{row.kind}, {row.where}: {row.text}", 4, 8)
            for name, words in _details(row):
                if name == "counterexample":
                    head, *values = data_lines(row.counterexample or {})
                    yield from wrapped(f"{name}: {head}", 8, 12)
                    for value in values:
                        yield from wrapped(value, 12, 16)
                else:
                    yield from wrapped(f"{name}: {words}", 8, 12)
        yield from wrapped(f"repaired: {_repair(own[0])}", 4, 8)
        if own[0].note:
            yield from wrapped(own[0].note, 4, 8)
        yield ""
    if notices:
        yield from wrapped("Notices: nothing is wrong there, but it is worth knowing")
        for row in notices:
            yield from wrapped(f"{row.key}: {row.kind}: {row.text}", 4, 8)
        yield ""
    yield from wrapped(_count(rows))


def errata_markdown(rows: Sequence[Erratum]) -> Iterator[str]:
    """The errata as a Markdown document, statement by statement; notices after them."""
    real, notices = _apart(rows)
    yield "# Errata"
    yield ""
    yield _count(rows) + "."
    for key, own in _by_key(real):
        yield ""
        yield f"## {key}"
        yield ""
        yield f"Printed: {_escape(own[0].claim)}"
        yield ""
        for row in own:
            yield f"- **{row.kind}** ({row.where}): {_escape(row.text)}"
            for name, words in _details(row):
                exact = name == "counterexample"
                yield f"  - {name}: " + (f"`{words}`" if exact else _escape(words))
        yield ""
        yield f"Repaired: {_escape(_repair(own[0]))}"
        if own[0].note:
            yield ""
            yield _escape(own[0].note[0].upper() + own[0].note[1:])
    if notices:
        yield ""
        yield "## Notices"
        yield ""
        for row in notices:
            yield f"- {row.key}: {row.kind}: {_escape(row.text)}"


def errata_bibtex(rows: Sequence[Erratum]) -> Iterator[str]:
    """The errata as entries of a BibTeX file, to be cited by their names; without the notices."""
    for row in _apart(rows)[0]:
        note = [f"printed: {row.printed}", *(f"{n}: {w}" for n, w in _details(row))]
        note += [f"survives: {row.survives}"] if row.survives else []
        yield f"@misc{{{re.sub(r'[^A-Za-z0-9.:_/-]', '-', row.id)},"
        yield f"  title = {{{{{_tex(f'{row.key}: {row.kind}, {row.where}')}}}}},"
        yield f"  howpublished = {{lemma-check {__version__}, errata}},"
        yield from wrapped(f"note = {{{_tex('; '.join(dict.fromkeys(note)))}}},", 2, 4)
        yield f"  keywords = {{{row.kind}}}"
        yield "}"
        yield ""


def _details(row: Erratum) -> Iterator[tuple[str, str]]:
    """What is said below a finding, each with its name."""
    if row.printed != row.claim:
        yield "printed", row.printed
    if row.counterexample is not None:
        yield "counterexample", exact_text(row.counterexample)
    if row.numbers:
        yield "decisive numbers", row.numbers
    yield "found by", row.how_found
    if row.also:
        yield "of the same cause", "; ".join(row.also)
    if row.consequences:
        yield "spoils also", ", ".join(row.consequences)
    if row.hedge:
        yield "hedge", row.hedge


def _apart(rows: Sequence[Erratum]) -> tuple[list[Erratum], list[Erratum]]:
    """What is wrong, and the notices."""
    real = [row for row in rows if row.kind not in NOTICES]
    return real, [row for row in rows if row.kind in NOTICES]


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
    real, notices = _apart(rows)
    keys = {key for row in real for key in (row.key, *row.consequences)}
    more = f", {counted(len(notices), 'notice')}" if notices else ""
    return f"{counted(len(real), 'finding')} about {counted(len(keys), 'printed statement')}{more}"


def _escape(text: str) -> str:
    for mark in "\\`*_<>|":
        text = text.replace(mark, f"\\{mark}")
    return text


def _tex(words: str) -> str:
    """The words with the marks of LaTeX made harmless."""
    marks = {"\\": "\\textbackslash{}", "^": "\\^{}", "~": "\\~{}"}
    return "".join(marks.get(c, f"\\{c}" if c in "{}$&#%_" else c) for c in words)
