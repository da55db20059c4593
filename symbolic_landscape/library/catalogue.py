"""The list of statements, read from their declarations without running them.

Every statement is a flat call `Statement(key=..., kind=..., where=..., title=..., ...)` at the left
margin of a file; these four are literals. Reading them this way keeps `list` quick and runs no
code.

Functions: builtin_folder, python_files, entries.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from symbolic_landscape.errors import ProofsError

_DECLARATION = re.compile(r"^\w+(?:: \w+)? = Statement\(\n(?:    .*\n|\n)*?\)", re.MULTILINE)
_LITERALS = ("key", "kind", "where", "title")


@dataclass(frozen=True)
class Entry:
    """One declared statement: its key, kind, paper, place, title, and where it is declared."""

    key: str
    kind: str
    paper: str
    where: str
    title: str
    file: str
    line: int


def builtin_folder() -> Path:
    """The folder of the built-in statements, the package `symbolic_landscape.proofs`.

    In a checkout it is a symbolic link to the folder `proofs` beside the package.

    Raises ProofsError where it is no folder: the checkout has no symbolic links.
    """
    folder = Path(__file__).parent.parent / "proofs"
    if not folder.is_dir():
        message = (
            f"{folder} must be a folder or a symbolic link to one, but is not; check out again "
            "with symbolic links (git config core.symlinks true), or install the package"
        )
        raise ProofsError(message)
    return folder


def python_files(folder: Path) -> tuple[Path, ...]:
    """Every Python file of a folder of statements, sorted, hidden ones left out."""
    return tuple(
        path
        for path in sorted(folder.rglob("*.py"))
        if not any(part.startswith((".", "__pycache__")) for part in path.relative_to(folder).parts)
    )


def _declared(path: Path) -> Iterator[Entry]:
    text = path.read_text(encoding="utf-8", errors="replace")
    for match in _DECLARATION.finditer(text):
        try:
            tree = ast.parse(match.group())
        except SyntaxError:
            continue
        call = tree.body[0].value if isinstance(tree.body[0], ast.Assign | ast.AnnAssign) else None
        if not isinstance(call, ast.Call):
            continue
        given = {
            keyword.arg: keyword.value.value
            for keyword in call.keywords
            if keyword.arg in _LITERALS and isinstance(keyword.value, ast.Constant)
        }
        if all(isinstance(given.get(name), str) for name in _LITERALS):
            key = str(given["key"])
            paper = "external" if key.startswith("external:") else key.split(".")[0]
            line = text.count("\n", 0, match.start()) + 1
            kind, where, title = (str(given[name]) for name in _LITERALS[1:])
            yield Entry(key, kind, paper, where, title, str(path), line)


def entries(folders: Sequence[str | Path] = ()) -> tuple[Entry, ...]:
    """Every declared statement of the built-in folder and of the given ones, file by file."""
    found: list[Entry] = []
    for folder in (builtin_folder(), *map(Path, folders)):
        for path in python_files(folder):
            found.extend(_declared(path))
    return tuple(found)
