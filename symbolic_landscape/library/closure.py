"""What a file rests on: itself and every file of the package that it imports, directly or not.

An earlier result is believed as long as these files are unchanged; an edit elsewhere leaves it.

Functions: closure, closure_hash.

Design notes. Imports are read from the text, not from loaded modules, so that a result can be
looked up before anything is loaded. Reading names too many, such as one in a docstring, costs a
check that was not needed; so comments are left out and nothing else is. Of the packages around a
module only their own text counts, not what they import: else one new rule would make every proof
new, since the package of the rules gathers them all.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).parent.parent
_NAME = _PACKAGE.name
_PART = re.compile(r"(\w+)(?:\s+as\s+\w+)?")
_COMMENT = re.compile(r"#[^\n]*")
_IMPORT = re.compile(
    r"^[ \t]*(?:from[ \t]+([\w.]+)[ \t]+import[ \t]*(\([^)]*\)|[^\n]*)|import[ \t]+([^\n]*))",
    re.MULTILINE,
)


def closure(files: Iterable[Path]) -> frozenset[Path]:
    """The files, all files of the package that they import, and the packages around these."""
    found: set[Path] = set()
    around: set[Path] = set()
    todo = list(files)
    while todo:
        file = todo.pop()
        if file not in found:
            found.add(file)
            imported, packages = _imported(file)
            todo += imported
            around |= packages
    return frozenset(found | around)


def closure_hash(files: Iterable[Path]) -> str:
    """The hash of the closure, by name and content."""
    return hashlib.sha256(b"".join(sorted(map(_line, closure(files))))).hexdigest()


@cache
def _line(file: Path) -> bytes:
    """The name of a file, and the hash of what is in it."""
    name = file.relative_to(_PACKAGE) if file.is_relative_to(_PACKAGE) else file
    return f"{name.as_posix()}\0{hashlib.sha256(file.read_bytes()).hexdigest()}\n".encode()


@cache
def _imported(file: Path) -> tuple[frozenset[Path], frozenset[Path]]:
    """The files of the package from which a file imports, and the packages around them."""
    text = _COMMENT.sub("", file.read_text(encoding="utf-8", errors="replace"))
    imported: set[Path] = set()
    around: set[Path] = set()
    for module, parts, whole in _IMPORT.findall(text):
        names = re.findall(r"[\w.]+", whole)
        if module:
            inside = [f"{module}.{part}" for part in _PART.findall(parts)]
            modules = [name for name in inside if _file(name)]
            names += modules if len(modules) == len(inside) else [module, *modules]
        for name in names:
            if found := _file(name):
                imported.add(found)
            around |= set(_around(name))
    return frozenset(imported), frozenset(around)


@cache
def _file(name: str) -> Path | None:
    """The file of a module of this package."""
    first, *parts = name.split(".")
    place = _PACKAGE.joinpath(*parts)
    files = (place / "__init__.py", place.with_suffix(".py"))
    return next((file for file in files if file.is_file()), None) if first == _NAME else None


def _around(name: str) -> Iterator[Path]:
    """The files of the packages that a module lies in."""
    while "." in name:
        name = name.rpartition(".")[0]
        if found := _file(name):
            yield found
