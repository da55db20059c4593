"""The built-in statements in the former form, those that the new form replaces among them."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from symbolic_landscape.former.lemma import Statement
from symbolic_landscape.library.lemmas import Proofs
from symbolic_landscape.proofs import PAPERS


@cache
def former_proofs() -> Proofs:
    """All of them, by key."""
    found: dict[str, Statement] = {}
    for paper in PAPERS:
        package = import_module(f"symbolic_landscape.proofs.{paper}")
        for section in getattr(package, "SECTIONS", ()):
            module = import_module(f"{package.__name__}.{section}")
            for value in vars(module).values():
                if isinstance(value, Statement) and value.reading == "printed":
                    found.setdefault(value.key, value)
    return Proofs(found.values())
