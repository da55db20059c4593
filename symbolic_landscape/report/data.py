"""JSON of the commands, and the schemas that it keeps to.

Every document names its schema in the field "schema", as "lemma-check/NAME/1"; the schema itself is
the file NAME.json beside this module, in the folder `schemas`.

Functions: dump, schema, list_data, show_data.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from symbolic_landscape.former.instance import Instance, canonical

if TYPE_CHECKING:
    from symbolic_landscape.former.lemma import Fact, Statement
    from symbolic_landscape.library.catalogue import Entry
    from symbolic_landscape.library.lemmas import Lemma
    from symbolic_landscape.library.run import CheckReport


def dump(data: object) -> str:
    """The data as indented JSON text that ends in a newline.

    Raises ValueError for a NaN or an infinity, which JSON does not have.
    """
    return json.dumps(data, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def schema(name: str) -> dict[str, Any]:
    """The JSON schema of the documents "lemma-check/NAME/1"."""
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


def show_data(lemma: Lemma, last: CheckReport) -> dict[str, Any]:
    """The JSON of `lemma-check show`; `last` holds what earlier runs found, if anything."""
    statuses = last.statuses
    return {
        "schema": "lemma-check/show/1",
        "key": lemma.key,
        "kind": lemma.kind,
        "paper": lemma.paper,
        "where": lemma.where,
        "title": lemma.title,
        "readings": [
            _reading(statement, statuses.get((statement.key, statement.reading)))
            for statement in lemma.printed.readings
        ],
    }


def _reading(statement: Statement, last: str | None) -> dict[str, Any]:
    conclusion = statement.conclusion
    return {
        "reading": statement.reading,
        "claim": statement.claim,
        "minimal": statement.minimal,
        "declared": statement.source_file,
        "hypotheses": [
            {
                **_fact(hypothesis),
                "control": _named(statement.controls.get(hypothesis)),
                "no_control": statement.no_control.get(hypothesis),
            }
            for hypothesis in statement.hypotheses
        ],
        "conclusion": _fact(conclusion) if conclusion is not None else None,
        "steps": [
            {
                "name": step.name,
                "why": step.why,
                "premises": [premise.name for premise in step.premises],
                "gives": step.gives.name,
                "cites": step.cites.key if step.cites is not None else None,
            }
            for step in statement.steps
        ],
        "cites": [cited.key for cited in statement.cites],
        "instances": [_instance(instance) for instance in statement.instances],
        "expected": [list(pair) for pair in statement.expected],
        "last": last,
    }


def _fact(fact: Fact) -> dict[str, str]:
    return {"name": fact.name, "claim": fact.claim, "formula": fact.formula}


def _named(instance: Instance | None) -> str | None:
    return None if instance is None else instance.name


def _instance(instance: Instance) -> dict[str, Any]:
    return {"name": instance.name, "data": canonical(instance)}
