"""The entries of the atlas, and those that have wanted properties.

Objects: Entry, Finding. Functions: atlas, entry, find.

Design notes. The file `atlas.json` is generated (`python tests/atlas.py`): each property in it was
certified by `classify` when it was written, and a test decides a sample of them again.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from symbolic_landscape.critical.problem import Problem, problem_from_data
from symbolic_landscape.errors import UnknownKeyError
from symbolic_landscape.explore import Facts, Want, wanted


@dataclass(frozen=True)
class Entry:
    """One point: its problem, its facts, and how both came about.

    `source` is `gallery`, `hunt` or `instance` (of a statement); `covered` and `uncovered` are the
    claims of its certificate that the stand-alone verifier checks, and those that it cannot.
    """

    name: str
    title: str
    source: str
    found_by: str
    data: Mapping[str, Any]
    facts: Facts
    loss: str
    evidence: str
    covered: tuple[str, ...]
    uncovered: tuple[str, ...]

    def problem(self) -> Problem:
        """The loss surface and the point."""
        return problem_from_data(self.data, f"atlas: {self.name}")

    @property
    def size(self) -> tuple[int, int, str]:
        """Smaller objects come first: fewer samples and parameters, then shorter data."""
        return self.facts.samples + self.facts.parameters, len(json.dumps(self.data)), self.name

    def to_data(self) -> dict[str, Any]:
        """The entry as plain data, as it stands in the file."""
        return {
            "name": self.name,
            "title": self.title,
            "source": self.source,
            "found_by": self.found_by,
            "problem": self.data,
            "facts": self.facts.to_data(),
            "loss": self.loss,
            "evidence": self.evidence,
            "covered": list(self.covered),
            "uncovered": list(self.uncovered),
        }


def _entry(data: Mapping[str, Any]) -> Entry:
    return Entry(
        name=data["name"],
        title=data["title"],
        source=data["source"],
        found_by=data["found_by"],
        data=data["problem"],
        facts=Facts.from_data(data["facts"]),
        loss=data["loss"],
        evidence=data["evidence"],
        covered=tuple(data["covered"]),
        uncovered=tuple(data["uncovered"]),
    )


@cache
def atlas() -> tuple[Entry, ...]:
    """All entries, the smallest first."""
    file = resources.files("symbolic_landscape.atlas") / "atlas.json"
    data = json.loads(file.read_text(encoding="utf-8"))
    return tuple(sorted(map(_entry, data["entries"]), key=lambda entry: entry.size))


def entry(name: str) -> Entry:
    """The entry of this name. Raises UnknownKeyError: there is none."""
    found = next((one for one in atlas() if one.name == name), None)
    if found is None:
        message = f"atlas: names of entries are {', '.join(e.name for e in atlas())}, got {name!r}"
        raise UnknownKeyError(message)
    return found


@dataclass(frozen=True)
class Finding:
    """The entries that have all that is wanted, smallest first, and those where it is open."""

    want: Want
    entries: tuple[Entry, ...]
    open: tuple[Entry, ...]


def find(text: str) -> Finding:
    """The entries with these properties and without those, such as "saddle, not strict, tanh".

    Raises UnknownKeyError: a phrase outside the vocabulary of `explore`.
    """
    want = wanted(text)
    decided = [(one, want.of(one.facts)) for one in atlas()]
    return Finding(
        want,
        tuple(one for one, known in decided if known),
        tuple(one for one, known in decided if known is None),
    )
