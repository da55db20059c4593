"""The gallery: named problems with the answer that is expected and how it was derived.

Objects: Exhibit. Functions: gallery, exhibit.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any

from symbolic_landscape.critical.problem import Problem, problem_from_data
from symbolic_landscape.errors import UnknownKeyError


@dataclass(frozen=True)
class Exhibit:
    """One named problem: its data, what `classify` is expected to say of it, and why.

    `expected` holds some of the keys of the reply: kind, global_minimum, inertia, loss,
    obligation. `derivation` tells how that was derived by hand or by a second method; `field`
    where the values lie.
    """

    name: str
    title: str
    field: str
    data: Mapping[str, Any]
    expected: Mapping[str, Any]
    derivation: str

    def problem(self) -> Problem:
        """The loss surface and the point."""
        return problem_from_data(self.data, f"gallery: {self.name}")


def gallery() -> tuple[Exhibit, ...]:
    """All problems of the gallery, by name."""
    folder = resources.files("symbolic_landscape") / "gallery"
    files = sorted(
        (entry for entry in folder.iterdir() if entry.name.endswith(".json")),
        key=lambda entry: entry.name,
    )
    return tuple(_exhibit(entry.name[:-5], entry.read_text(encoding="utf-8")) for entry in files)


def exhibit(name: str) -> Exhibit:
    """The problem of this name. Raises UnknownKeyError: there is none."""
    found = {entry.name: entry for entry in gallery()}
    if name not in found:
        message = f"gallery: names are {', '.join(found)}, got {name!r}"
        raise UnknownKeyError(message)
    return found[name]


def _exhibit(name: str, text: str) -> Exhibit:
    data = json.loads(text)
    return Exhibit(
        name=name,
        title=data["title"],
        field=data["field"],
        data=data["problem"],
        expected=data["expected"],
        derivation=data["derivation"],
    )
