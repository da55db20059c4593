"""Exact data of an instance as text: rows in brackets, names as letters, what numbers stand for.

Functions: exact_text, data_lines, meanings.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from symbolic_landscape.judge.values import compact
from symbolic_landscape.statement.letters import lettered


def exact_text(data: Mapping[str, Any]) -> str:
    """The data on one line, the name of the instance first."""
    name, values = _parts(data)
    said = ", ".join(_values(values))
    return f"{name}: {said}" if name and said else name or said


def data_lines(data: Mapping[str, Any]) -> Iterator[str]:
    """The name of the instance, and one value on each line."""
    name, values = _parts(data)
    if name:
        yield name
    yield from _values(values)


def meanings(data: Any) -> Iterator[str]:
    """What the letters in exact numbers stand for ("u = e^(1)"), each once."""
    yield from dict.fromkeys(_meanings(data))


def _parts(data: Mapping[str, Any]) -> tuple[str, Mapping[str, Any]]:
    """Name and values; data without a name are all values."""
    return (data["name"], data["values"]) if set(data) == {"name", "values"} else ("", data)


def _values(values: Mapping[str, Any]) -> Iterator[str]:
    for name, value in values.items():
        yield f"{lettered(name)} = {compact(value)}"
    yield from (f"with {meaning}" for meaning in meanings(values))


def _meanings(data: Any) -> Iterator[str]:
    if isinstance(data, Mapping):
        if "field" in data and "value" in data:
            meaning = str(data["field"]).partition(" with ")[2]
            yield from [meaning] * bool(meaning)
        else:
            for value in data.values():
                yield from _meanings(value)
    elif isinstance(data, list):
        for value in data:
            yield from _meanings(value)
