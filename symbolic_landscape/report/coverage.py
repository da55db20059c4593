"""What the checks were tried on: instances against hypotheses and conclusion, and what is missing.

Each reading tells how many instances were given and drawn, on how many every hypothesis holds and
what the conclusion does there, then the control of each hypothesis or what was tried, and the blind
spots. A table goes by architecture (widths, activation, samples, outputs): how many instances meet
every hypothesis, what the conclusion does on these, and which hypothesis stops the others first.
Architectures of which no instance meets every hypothesis share one line for each hypothesis in the
text; the data list them all.

Functions: coverage_data, coverage_lines, opaque_row, opaque_lines.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from symbolic_landscape.judge.opaque import reason
from symbolic_landscape.judge.results import (
    ArchitectureResult,
    ControlResult,
    Node,
    StatementResult,
    Tally,
)
from symbolic_landscape.library.readings import node_of
from symbolic_landscape.library.run import CheckReport
from symbolic_landscape.report.layout import aligned, counted, wrapped
from symbolic_landscape.report.tried import counts, filled, pool_lines, spot_lines, tally_data
from symbolic_landscape.statement.lemma import Statement

_SIGNS = {"holds": "holds", "fails": "FAILS", "undecided": "undecided", "not applicable": "-"}


def coverage_data(report: CheckReport, readings: Sequence[Statement]) -> dict[str, Any]:
    """The JSON of `lemma-check coverage`."""
    declared = {node_of(s): s for s in readings}
    results = {result.node: result for result in report.results}
    rows = [
        _row(result, declared[result.node], _unassumed(declared, results, result.node))
        for result in report.results
    ]
    return {
        "schema": "lemma-check/coverage/2",
        "seed": report.seed,
        "statements": rows,
        "totals": {
            "statements": len(rows),
            "instances": sum(_instances(row) for row in rows),
            "controls": sum(len(row["controls"]) for row in rows),
            "hypotheses_without_control": sum(len(row["without_control"]) for row in rows),
            "points_tried": sum(a["tried"] for row in rows for a in row["architectures"]),
            "points_met": sum(a["met"] for row in rows for a in row["architectures"]),
            "formulas": sum(row["formulas"] for row in rows),
            "opaque_formulas": sum(row["opaque_formulas"] for row in rows),
        },
    }


def _instances(row: dict[str, Any]) -> int:
    """How many instances were tried; of the common pool not all are listed."""
    tally = row["tally"]
    return len(row["instances"]) if tally is None else int(tally["given"] + tally["drawn"])


def _unassumed(
    declared: Mapping[Node, Statement], results: Mapping[Node, StatementResult], node: Node
) -> set[str]:
    """The hypotheses that the repaired reading, where it is derived, does not have as its own."""
    key, reading = node
    other = (key, "repaired")
    if reading != "printed" or other not in results or not results[other].derivation.derived:
        return set()
    printed, repaired = declared[node].claim, declared[other].claim
    if printed.then != repaired.then:
        return set()
    kept = set(repaired.given.values())
    return {name for name, formula in printed.given.items() if formula not in kept}


def _row(
    result: StatementResult, statement: Statement, unassumed: Collection[str] = ()
) -> dict[str, Any]:
    hypotheses, conclusion = _facts(statement)
    controlled = {control.premise for control in result.controls}
    without = "; the repaired reading, which is derived, does not assume it"
    words = {
        name: f"{said}{without}" if name in unassumed else said
        for name, said in result.without_control
    }
    return {
        "key": result.key,
        "reading": result.reading,
        "kind": result.kind,
        "hypotheses": hypotheses,
        "conclusion": conclusion,
        "tried": result.tried,
        "tally": tally_data(result.tally) if result.tally is not None else None,
        "instances": [
            {"name": i.name, "hypotheses": dict(i.facts), "conclusion": i.verdict}
            for i in result.instances
        ],
        "architectures": [_architecture(one) for one in result.architectures],
        "controls": [
            {"premise": c.premise, "name": c.name, "found_by": c.found_by} for c in result.controls
        ],
        "without_control": [
            {"hypothesis": name, "words": words.get(name)}
            for name in hypotheses
            if name not in controlled and result.kind != "external"
        ],
        "blind_spots": list(result.blind_spots),
        "open": list(result.open_obligations),
        **opaque_row(statement, result),
    }


def opaque_row(statement: Statement, result: StatementResult) -> dict[str, Any]:
    """How many formulas there are, how many are opaque, and why."""
    derivation, setting = result.derivation, statement.setting
    said = [{"predicate": n, "reason": reason(n, setting)} for n in derivation.opaque]
    number = {"formulas": derivation.formulas, "opaque_formulas": derivation.opaque_formulas}
    return {**number, "opaque": said}


def _facts(statement: Statement) -> tuple[list[str], str | None]:
    """The names of the hypotheses, and that of the conclusion."""
    return list(statement.given), "then"


def _architecture(one: ArchitectureResult) -> dict[str, Any]:
    return {
        "widths": list(one.widths) if one.widths is not None else None,
        "activation": one.activation or None,
        "samples": one.samples,
        "outputs": one.widths[-1] if one.widths is not None else None,
        "tried": one.tried,
        "met": one.met,
        "conclusion": filled(one.conclusion),
        "stopped": [
            {"hypothesis": name, "verdict": word, "points": points}
            for name, word, points in one.stopped
        ],
    }


def coverage_lines(data: dict[str, Any], whole: bool = False) -> Iterator[str]:
    """What each reading was tried on in a line or two, or whole: in words and tables."""
    for row in data["statements"]:
        if whole:
            yield from _whole(row)
            yield ""
        else:
            yield from wrapped("; ".join(_short(row)), 0, 4)
    if not whole:
        yield ""
    totals = data["totals"]
    yield from wrapped(
        f"{counted(totals['statements'], 'reading')}, "
        f"{counted(totals['instances'], 'instance')}, {counted(totals['controls'], 'control')}, "
        f"hypotheses without one: {totals['hypotheses_without_control']}; "
        f"every hypothesis holds on {totals['points_met']} of {totals['points_tried']} points",
        0,
        4,
    )
    if totals["formulas"]:
        share = 100 * totals["opaque_formulas"] / totals["formulas"]
        count = f"{totals['opaque_formulas']} of {totals['formulas']} formulas"
        yield from wrapped(f"{count} have a predicate that no tree says ({share:.1f} %)", 0, 4)


def _short(row: dict[str, Any]) -> Iterator[str]:
    """How the instances fared, and what they do not show."""
    head, tally = f"{row['key']}  {row['reading']}: ", row["tally"]
    if tally is None or not row["tried"]:
        yield f"{head}not tried"
        return
    lacking = [one["hypothesis"] for one in row["without_control"]]
    tried, number = tally["given"] + tally["drawn"], len(row["hypotheses"])
    meet = f"{tally['met']} of {counted(tried, 'instance')} meet the hypotheses"
    yield head + (meet if number else f"tried on {counted(tried, 'instance')}")
    unasked = tally["met"] - sum(tally["conclusion"].values())
    yield f"the conclusion {counts(tally['conclusion'], unasked)}"
    if number:
        none = f", none of {', '.join(lacking)}" if lacking else ""
        yield f"controls of {number - len(lacking)} of {number}{none}"
    if row["blind_spots"]:
        yield counted(len(row["blind_spots"]), "blind spot")
    if row["open"]:
        yield counted(len(row["open"]), "open obligation")


def _whole(row: dict[str, Any]) -> Iterator[str]:
    yield f"{row['key']}  {row['reading']}  {row['kind']}"
    if row["tally"] is not None:
        yield from _pool(row)
    else:
        yield "    not tried"
    if row["architectures"]:
        yield from _architectures(row)
    yield from spot_lines(row["blind_spots"], 4)
    for words in row["open"]:
        yield from wrapped(f"open: {words}", 4, 8)
    yield from opaque_lines(row, 4)


def opaque_lines(row: dict[str, Any], indent: int) -> Iterator[str]:
    """How many formulas have a predicate that no tree says, and why each is none."""
    if row["opaque"]:
        count = f"{row['opaque_formulas']} of {row['formulas']} formulas"
        yield from wrapped(f"{count} have a predicate that no tree says", indent, indent + 4)
        for one in row["opaque"]:
            words = f"{one['predicate']}: {one['reason'] or 'no reason is given'}"
            yield from wrapped(words, indent + 4, indent + 8)


def _pool(row: dict[str, Any]) -> Iterator[str]:
    """How the instances of the common pool fared, and the control of each hypothesis."""
    told = {name: row["tally"][name] for name in ("given", "drawn", "met", "conclusion")}
    near = {one["hypothesis"]: one["conclusion"] for one in row["tally"]["near"]}
    controls = [ControlResult(c["premise"], c["name"], c["found_by"]) for c in row["controls"]]
    without = {one["hypothesis"]: one["words"] for one in row["without_control"]}
    yield from pool_lines(Tally(**told, near=near), controls, without, 4)


def _architectures(row: dict[str, Any]) -> Iterator[str]:
    """The architectures with a point that meets every hypothesis, then what stops the others."""
    every = row["architectures"]
    tried, met = sum(a["tried"] for a in every), sum(a["met"] for a in every)
    good = [a for a in every if a["met"]]
    if row["tally"] is None or good:
        where = _kinds(every, good)
        yield from wrapped(f"every hypothesis holds on {met} of {tried} points, {where}", 4, 8)
    if good:
        conclusion = [f"=> {row['conclusion']}"] if row["conclusion"] is not None else []
        lines = [["widths", "activation", "N", "m", "met", *conclusion, "first stopped by"]]
        for one in good:
            words = [_counted(one["conclusion"])] if conclusion else []
            points = f"{one['met']} of {one['tried']}"
            stops = ", ".join(_stop(stop) for stop in one["stopped"]) or "-"
            lines.append([*_shape(one), points, *words, stops])
        yield from aligned(lines)
    others: dict[str, list[int]] = {}
    for one in every:
        for stop in one["stopped"] if not one["met"] else ():
            others.setdefault(_named(stop), []).append(stop["points"])
    for name, stopped in sorted(others.items()):
        count, kinds = sum(stopped), len(stopped)
        yield from wrapped(
            f"{count} point{'s' * (count > 1)} of {kinds} other "
            f"architecture{'s' * (kinds > 1)}: {name}",
            4,
            8,
        )


def _kinds(every: Sequence[dict[str, Any]], good: Sequence[dict[str, Any]]) -> str:
    """In how many architectures; points that are about no network have none."""
    nets, among = ([a for a in kinds if a["widths"] is not None] for kinds in (every, good))
    if not nets:
        return "which are about no network"
    return f"in {len(among)} of {len(nets)} architectures"


def _shape(one: dict[str, Any]) -> list[str]:
    if one["widths"] is None:
        samples = "-" if one["samples"] is None else str(one["samples"])
        return ["no network", one["activation"] or "-", samples, "-"]
    widths = "-".join(map(str, one["widths"]))
    samples = "any" if one["samples"] is None else str(one["samples"])
    return [widths, one["activation"] or "any", samples, str(one["outputs"])]


def _counted(conclusion: dict[str, int]) -> str:
    return ", ".join(f"{_SIGNS[word]} {n}" for word, n in conclusion.items() if n) or "-"


def _named(stop: dict[str, Any]) -> str:
    return f"{stop['hypothesis']} {_SIGNS[stop['verdict']]}"


def _stop(stop: dict[str, Any]) -> str:
    return f"{_named(stop)} on {stop['points']}"
