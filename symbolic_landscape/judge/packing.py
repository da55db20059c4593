"""Results of a check as data: for the store of earlier ones, and to look at them again.

Functions: pack, unpack.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from typing import Any

from symbolic_landscape.judge.results import (
    ArchitectureResult,
    AttackResult,
    ControlResult,
    DerivationResult,
    Finding,
    InstanceResult,
    Node,
    StatementResult,
    StepResult,
    Tally,
)


def pack(result: StatementResult) -> dict[str, Any]:
    """The whole result as plain JSON data."""
    return dataclasses.asdict(result)


def unpack(data: Mapping[str, Any]) -> StatementResult:
    """The result that `pack` wrote; KeyError or TypeError when the data has another shape."""
    fields = dict(data)
    fields |= {
        "cites": tuple(_node(row) for row in fields["cites"]),
        "derivation": _derivation(fields["derivation"]),
        "steps": tuple(_step(row) for row in fields["steps"]),
        "instances": tuple(InstanceResult(**row) for row in fields["instances"]),
        "controls": tuple(ControlResult(**row) for row in fields["controls"]),
        "blind_spots": tuple(fields["blind_spots"]),
        "attack": _attack(fields["attack"]),
        "findings": _findings(fields["findings"]),
        "expected": tuple((kind, where) for kind, where in fields["expected"]),
        "open_obligations": tuple(fields["open_obligations"]),
        "without_control": tuple((name, why) for name, why in fields["without_control"]),
        "architectures": tuple(_architecture(row) for row in fields["architectures"]),
        "tally": None if fields["tally"] is None else Tally(**fields["tally"]),
    }
    return StatementResult(**fields)


def _node(row: Any) -> Node:
    key, reading = row
    return (key, reading)


def _findings(rows: Iterable[Mapping[str, Any]]) -> tuple[Finding, ...]:
    return tuple(Finding(**row) for row in rows)


def _step(row: Mapping[str, Any]) -> StepResult:
    changed = {
        "premises": tuple(row["premises"]),
        "uses": tuple(row["uses"]),
        "cites": None if row["cites"] is None else _node(row["cites"]),
        "rests": tuple(row["rests"]),
        "unproved": tuple(row["unproved"]),
        "findings": _findings(row["findings"]),
        "answers": {name: (word, why) for name, (word, why) in row["answers"].items()},
    }
    return StepResult(**{**row, **changed})


def _derivation(row: Mapping[str, Any]) -> DerivationResult:
    words = ("rules", "assumed", "opaque", "surplus", "surplus_parts", "slack", "idle")
    changed: dict[str, Any] = {name: tuple(row[name]) for name in (*words, "idle_steps")}
    explained = row["explained"]
    changed["explained"] = None if explained is None else _node(explained)
    return DerivationResult(**{**row, **changed})


def _attack(row: Mapping[str, Any] | None) -> AttackResult | None:
    if row is None:
        return None
    return AttackResult(row["tried"], row["noticed"], tuple(row["unnoticed"]))


def _architecture(row: Mapping[str, Any]) -> ArchitectureResult:
    changed = {
        "widths": None if row["widths"] is None else tuple(row["widths"]),
        "stopped": tuple((name, word, points) for name, word, points in row["stopped"]),
    }
    return ArchitectureResult(**{**row, **changed})
