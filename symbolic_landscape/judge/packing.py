"""Results of a check as data: for the store of earlier ones, and to look at them again.

Functions: pack, unpack.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

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

T = TypeVar("T")

_KINDS = (
    ArchitectureResult,
    ControlResult,
    DerivationResult,
    Finding,
    InstanceResult,
    StatementResult,
    StepResult,
    Tally,
)
_FIELDS: dict[type, frozenset[str]] = {
    kind: frozenset(f.name for f in dataclasses.fields(kind)) for kind in _KINDS
}


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
        "instances": tuple(_made(InstanceResult, row) for row in fields["instances"]),
        "controls": tuple(_made(ControlResult, row) for row in fields["controls"]),
        "blind_spots": tuple(fields["blind_spots"]),
        "attack": _attack(fields["attack"]),
        "findings": _findings(fields["findings"]),
        "expected": tuple((kind, where) for kind, where in fields["expected"]),
        "open_obligations": tuple(fields["open_obligations"]),
        "without_control": tuple((name, why) for name, why in fields["without_control"]),
        "architectures": tuple(_architecture(row) for row in fields["architectures"]),
        "tally": None if fields["tally"] is None else _made(Tally, fields["tally"]),
    }
    return _made(StatementResult, fields)


def _made(kind: type[T], fields: Mapping[str, Any]) -> T:
    """The object with these fields; TypeError where they are not those of the kind.

    A check reads some ten thousand of them, and a frozen class would set each field by a call.
    """
    if fields.keys() != _FIELDS[kind]:
        message = f"{kind.__name__} needs the fields {', '.join(sorted(_FIELDS[kind]))}"
        raise TypeError(message)
    made = object.__new__(kind)
    made.__dict__.update(fields)
    return made


def _node(row: Any) -> Node:
    key, reading = row
    return (key, reading)


def _findings(rows: Iterable[Mapping[str, Any]]) -> tuple[Finding, ...]:
    return tuple(_made(Finding, row) for row in rows)


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
    return _made(StepResult, {**row, **changed})


def _derivation(row: Mapping[str, Any]) -> DerivationResult:
    words = ("rules", "assumed", "opaque", "surplus", "surplus_parts", "slack", "idle")
    changed: dict[str, Any] = {name: tuple(row[name]) for name in (*words, "idle_steps")}
    explained = row["explained"]
    changed["explained"] = None if explained is None else _node(explained)
    return _made(DerivationResult, {**row, **changed})


def _attack(row: Mapping[str, Any] | None) -> AttackResult | None:
    if row is None:
        return None
    return AttackResult(row["tried"], row["noticed"], tuple(row["unnoticed"]))


def _architecture(row: Mapping[str, Any]) -> ArchitectureResult:
    changed = {
        "widths": None if row["widths"] is None else tuple(row["widths"]),
        "stopped": tuple((name, word, points) for name, word, points in row["stopped"]),
    }
    return _made(ArchitectureResult, {**row, **changed})
