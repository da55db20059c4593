"""What the checks were tried on: instances against hypotheses and conclusion, and what is missing.

Functions: coverage_data, coverage_lines.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from symbolic_landscape.lemma import Statement
from symbolic_landscape.results import StatementResult
from symbolic_landscape.run import CheckReport

_SIGNS = {"holds": "holds", "fails": "FAILS", "undecided": "undecided", "not applicable": "-"}


def coverage_data(report: CheckReport, readings: Sequence[Statement]) -> dict[str, Any]:
    """The JSON of `lemma-check coverage`."""
    declared = {(s.key, s.reading): s for s in readings}
    rows = [_row(result, declared[result.key, result.reading]) for result in report.results]
    return {
        "schema": "lemma-check/coverage/1",
        "seed": report.seed,
        "statements": rows,
        "totals": {
            "statements": len(rows),
            "instances": sum(len(row["instances"]) for row in rows),
            "controls": sum(len(row["controls"]) for row in rows),
            "hypotheses_without_control": sum(len(row["without_control"]) for row in rows),
            "mutants_killed": sum(row["mutants"]["killed"] for row in rows),
            "mutants": sum(row["mutants"]["total"] for row in rows),
        },
    }


def _row(result: StatementResult, statement: Statement) -> dict[str, Any]:
    controlled = {hypothesis.name for hypothesis in statement.controls}
    words = {hypothesis.name: why for hypothesis, why in statement.no_control.items()}
    return {
        "key": result.key,
        "reading": result.reading,
        "kind": result.kind,
        "hypotheses": [hypothesis.name for hypothesis in statement.hypotheses],
        "conclusion": statement.conclusion.name if statement.conclusion is not None else None,
        "instances": [
            {"name": i.name, "hypotheses": dict(i.facts), "conclusion": i.verdict}
            for i in result.instances
        ],
        "generated": result.searched,
        "controls": [
            {"drops": c.drops, "name": c.name, "fails_as_it_should": c.fails_as_it_should}
            for c in result.controls
        ],
        "without_control": [
            {"hypothesis": hypothesis.name, "words": words.get(hypothesis.name)}
            for hypothesis in statement.hypotheses
            if hypothesis.name not in controlled and result.kind != "external"
        ],
        "mutants": {
            "killed": result.mutants.killed,
            "total": result.mutants.total,
            "survivors": list(result.mutants.survivors),
        },
        "open": list(result.open_obligations),
    }


def coverage_lines(data: dict[str, Any]) -> Iterator[str]:
    """The coverage as a table of instances for each reading, and what is missing below it."""
    for row in data["statements"]:
        yield f"{row['key']}  {row['reading']}  {row['kind']}"
        if row["instances"]:
            yield from _table(row)
        for one in row["without_control"]:
            words = one["words"] or "NO CONTROL and no words"
            yield f"    no control of {one['hypothesis']}: {words}"
        for control in row["controls"]:
            if not control["fails_as_it_should"]:
                yield f"    control {control['name']} of {control['drops']} is no near miss"
        for survivor in row["mutants"]["survivors"]:
            yield f"    mutant survives: {survivor}"
        for reason in row["open"]:
            yield f"    open: {reason}"
        yield (
            f"    {row['mutants']['killed']} of {row['mutants']['total']} mutants killed, "
            f"{row['generated']} generated instances on which it holds"
        )
        yield ""
    totals = data["totals"]
    yield (
        f"{totals['statements']} readings, {totals['instances']} instances, "
        f"{totals['controls']} controls, "
        f"{totals['hypotheses_without_control']} hypotheses without one, "
        f"{totals['mutants_killed']} of {totals['mutants']} mutants killed"
    )


def _table(row: dict[str, Any]) -> Iterator[str]:
    head = ["instance", *row["hypotheses"]]
    if row["conclusion"] is not None:
        head.append(f"=> {row['conclusion']}")
    lines = [head]
    for instance in row["instances"]:
        words = [instance["hypotheses"].get(name, "undecided") for name in row["hypotheses"]]
        if row["conclusion"] is not None:
            words.append(instance["conclusion"])
        lines.append([instance["name"], *(_SIGNS[word] for word in words)])
    widths = [max(len(line[i]) for line in lines) for i in range(len(head))]
    for line in lines:
        cells = (f"{cell:<{width}}" for cell, width in zip(line, widths, strict=True))
        yield "    " + "  ".join(cells).rstrip()
