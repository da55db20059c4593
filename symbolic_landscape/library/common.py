"""What all statements of the library share: settings with their examples, formulas worth watching.

Functions: common, settings_files.

Design notes. Only the folders `settings` of the papers are read, never their statements: so what a
statement is tried on is the same whether one statement is checked or all, and a kept result stays
good as long as these files do.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Iterable, Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

from symbolic_landscape.library.catalogue import builtin_folder, python_files
from symbolic_landscape.statement.language import Expr, the
from symbolic_landscape.statement.setting import Setting
from symbolic_landscape.statement.term import FORMULA, Term

_BUILTIN = "symbolic_landscape.proofs"


def common() -> tuple[tuple[Setting, ...], tuple[tuple[Term, Setting | None], ...]]:
    """The settings of all papers, and the formulas that stand in their files.

    Each formula comes with a setting that declares its names, if there is one.
    """
    settings: list[Setting] = []
    formulas: list[Term] = []
    for module in _modules():
        for value in vars(module).values():
            if isinstance(value, Setting):
                settings.append(value)
            elif isinstance(value, Expr) and the(value).sort is FORMULA and the(value).free:
                formulas.append(the(value))
    known = tuple(dict.fromkeys(settings))
    owners = {f: [s for s in known if f.free <= set(s.names)] for f in formulas}
    return known, tuple((f, next(iter(found), None)) for f, found in owners.items())


def settings_files() -> Iterator[Path]:
    """The files that say what the common instances are."""
    for folder in sorted(builtin_folder().glob("*/settings")):
        yield from python_files(folder)


def _modules() -> Iterable[ModuleType]:
    for paper in import_module(_BUILTIN).PAPERS:
        package = import_module(f"{_BUILTIN}.{paper}")
        if any(part.name == "settings" for part in pkgutil.iter_modules(package.__path__)):
            folder = import_module(f"{package.__name__}.settings")
            for part in pkgutil.iter_modules(folder.__path__):
                yield import_module(f"{folder.__name__}.{part.name}")
