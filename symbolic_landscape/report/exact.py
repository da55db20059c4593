"""Exact data as text, on one line or one field on each line.

Functions: exact_text, data_lines.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any


def exact_text(data: object) -> str:
    """Canonical data on one line, in exact numbers."""
    if isinstance(data, Mapping):
        if set(data) == {"name", "values"}:
            return f"{data['name']}: {exact_text(data['values'])}"
        return ", ".join(
            f"{name}={_nested(value)}"
            for name, value in data.items()
            if value is not None and not (name == "name" and not value)
        )
    return _nested(data)


def _nested(data: object) -> str:
    if isinstance(data, Mapping):
        return "{" + exact_text(data) + "}"
    if isinstance(data, list | tuple):
        return "(" + ", ".join(_nested(item) for item in data) + ")"
    return str(data)


def data_lines(data: Mapping[str, Any]) -> Iterator[str]:
    """Canonical data, one field on each line."""
    if set(data) == {"name", "values"}:
        yield str(data["name"])
        data = data["values"]
    for name, value in data.items():
        if value is not None and not (name == "name" and not value):
            yield f"{name} = {_nested(value)}"
