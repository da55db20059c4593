"""The list of statements, read from their declarations without running them.

Key, kind, place and title of a statement are texts in the call that makes it, so they are read from
the file's tree: this keeps `list` quick and runs no code. A statement that a function makes is not
seen, nor is one whose key is put together; a table of texts, as in `for key, title in (...)`, is.

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
_FORMER, _NEW = "former.lemma import", "statement.lemma import"


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
    former: bool = False


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
    if _FORMER in text:
        yield from _former(path, text)
    if _NEW in text:
        yield from _new(path, text)


def _former(path: Path, text: str) -> Iterator[Entry]:
    """The statements in the former form: flat calls whose arguments stand on lines of their own."""
    for match in _DECLARATION.finditer(text):
        try:
            tree = ast.parse(match.group())
        except SyntaxError:
            continue
        call = tree.body[0].value if isinstance(tree.body[0], ast.Assign | ast.AnnAssign) else None
        if not isinstance(call, ast.Call):
            continue
        given = _constants(call, {})
        if all(isinstance(given.get(name), str) for name in _LITERALS):
            line = text.count("\n", 0, match.start()) + 1
            yield _entry(given, path, line, former=True)


def _new(path: Path, text: str) -> Iterator[Entry]:
    """The printed statements of a file: calls outside functions, also for each row of a table."""
    try:
        tree = ast.parse(text)
    except SyntaxError:
        return
    for node in tree.body:
        if not isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Import | ast.ImportFrom):
            yield from _calls(node, [{}], path)


def _calls(node: ast.AST, rows: list[dict[str, str]], path: Path) -> Iterator[Entry]:
    """The statements below a node of the tree; each row has texts for names."""
    if isinstance(node, ast.GeneratorExp | ast.ListComp | ast.DictComp):
        for generator in node.generators:
            rows = [{**row, **more} for row in rows for more in _rows(generator)]
    if isinstance(node, ast.Call) and getattr(node.func, "id", None) == "Statement":
        for row in rows:
            given = _constants(node, row)
            if "key" in given and given.get("reading", "printed") == "printed":
                yield _entry(given, path, node.lineno)
    for child in ast.iter_child_nodes(node):
        yield from _calls(child, rows, path)


def _rows(generator: ast.comprehension) -> list[dict[str, str]]:
    """What names are in each row of a table that is written out."""
    target, table = generator.target, generator.iter
    rows = table.elts if isinstance(table, ast.Tuple | ast.List) else []
    names = target.elts if isinstance(target, ast.Tuple) else [target]
    found = []
    for row in rows:
        cells = row.elts if isinstance(row, ast.Tuple) and isinstance(target, ast.Tuple) else [row]
        found.append(
            {
                name.id: cell.value
                for name, cell in zip(names, cells, strict=False)
                if isinstance(name, ast.Name)
                and isinstance(cell, ast.Constant)
                and isinstance(cell.value, str)
            }
        )
    return found or [{}]


def _constants(call: ast.Call, row: dict[str, str]) -> dict[str, str]:
    """The arguments of a call that are texts, or names that the row has texts for."""
    given = {keyword.arg: keyword.value for keyword in call.keywords if keyword.arg}
    if call.args:
        given["key"] = call.args[0]
    found = {}
    for name, value in given.items():
        if isinstance(value, ast.Constant) and isinstance(value.value, str):
            found[name] = value.value
        elif isinstance(value, ast.Name) and value.id in row:
            found[name] = row[value.id]
    return found


def _entry(given: dict[str, str], path: Path, line: int, former: bool = False) -> Entry:
    key = given["key"]
    paper = "external" if key.startswith("external:") else key.split(".")[0]
    kind, where, title = (
        given.get(name, default) for name, default in (("kind", "lemma"), ("where", ""), ("title", ""))
    )
    return Entry(key, kind, paper, where, title, str(path), line, former)


def entries(folders: Sequence[str | Path] = ()) -> tuple[Entry, ...]:
    """Every declared statement of the built-in folder and of the given ones, file by file.

    Where a built-in key is declared in both forms, the new one counts.
    """
    found: list[Entry] = []
    for folder in (builtin_folder(), *map(Path, folders)):
        own = [entry for path in python_files(folder) for entry in _declared(path)]
        found += _replaced(own) if folder == builtin_folder() else own
    return tuple(found)


def _replaced(own: list[Entry]) -> list[Entry]:
    """Without the entries in the former form of keys that are declared in the new one."""
    new = {entry.key for entry in own if not entry.former}
    return [entry for entry in own if not entry.former or entry.key not in new]
