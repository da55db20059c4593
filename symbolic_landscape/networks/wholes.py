"""Changes of whole layers of a plain network, as changes of single parameters.

Functions: single_changes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from symbolic_landscape.arithmetic.exact_data import sequence
from symbolic_landscape.errors import ShapeError, UnknownKeyError

Table = list[list[str]]

_WHOLE = re.compile(r"[Wb][1-9]\d*", re.ASCII)
_OTHER = re.compile(r"([Wb][1-9]\d*)(\^T)?", re.ASCII)


def single_changes(network: Any, changes: Mapping[str, Any]) -> dict[str, Any]:
    """The changes with `W2` and `b2` spelt out, for a network with the names of a plain one.

    Their value is the name of another, `W1`, or transposed, `W1^T`; rows of entries; or one number.
    Raises UnknownKeyError: there is no such layer. Raises ShapeError: the shapes do not fit.
    """
    tables = _tables(network)
    found: dict[str, Any] = {}
    for name, value in changes.items():
        if not _WHOLE.fullmatch(name):
            found[name] = value
            continue
        own = _table(tables, name)
        other = _entries(tables, value, own, name)
        if [len(row) for row in own] != [len(row) for row in other]:
            message = (
                f"labelled network, {name}: the shape {_shape(own)} was needed, got {_shape(other)}"
            )
            raise ShapeError(message)
        for names, entries in zip(own, other, strict=True):
            found.update(zip(names, entries, strict=True))
    return found


def _tables(network: Any) -> dict[str, Table]:
    """The names of the parameters of W1, b1, W2, ..., row by row."""
    tables: dict[str, Table] = {}
    names = iter(network.parameter_names)
    for k, (below, above) in enumerate(pairwise(network.widths), 1):
        tables[f"W{k}"] = [[next(names) for _ in range(below)] for _ in range(above)]
        if network.bias:
            tables[f"b{k}"] = [[next(names)] for _ in range(above)]
    return tables


def _table(tables: Mapping[str, Table], name: str) -> Table:
    if name not in tables:
        message = f"labelled network: layers are {', '.join(tables)}, got {name}"
        raise UnknownKeyError(message)
    return tables[name]


def _entries(tables: Mapping[str, Table], value: Any, own: Table, name: str) -> list[list[Any]]:
    match = _OTHER.fullmatch(value) if isinstance(value, str) else None
    if match:
        other = _table(tables, match.group(1))
        return [list(row) for row in zip(*other, strict=True)] if match.group(2) else other
    if isinstance(value, list | tuple):
        where = f"labelled network, {name}"
        if name.startswith("b"):
            return [[entry] for entry in sequence(value, where)]
        return [sequence(row, where) for row in value]
    return [[value] * len(row) for row in own]


def _shape(rows: list[list[Any]]) -> tuple[int, int]:
    return len(rows), len(rows[0]) if rows else 0
