"""JSON of the commands, and the schemas that it keeps to.

Every document names its schema in the field "schema", as "lemma-check/NAME/NUMBER"; the schema
itself is the file NAME.json beside this module, in the folder `schemas`.

Functions: dump, schema, list_data.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from symbolic_landscape.library.catalogue import Entry


def dump(data: object) -> str:
    """The data as indented JSON text that ends in a newline.

    Raises ValueError for a NaN or an infinity, which JSON does not have.
    """
    return json.dumps(data, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def schema(name: str) -> dict[str, Any]:
    """The JSON schema of the documents of this name."""
    from importlib import resources

    path = resources.files("symbolic_landscape.report") / "schemas" / f"{name}.json"
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def list_data(entries: Iterable[Entry]) -> dict[str, Any]:
    """The JSON of `lemma-check list`."""
    return {
        "schema": "lemma-check/list/1",
        "statements": [
            {"key": e.key, "kind": e.kind, "paper": e.paper, "where": e.where, "title": e.title}
            for e in entries
        ],
    }
