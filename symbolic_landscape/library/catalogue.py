"""The list of statements, read from their declarations without running them.

Key, kind, place and title of a statement are texts in the call that makes it, so they are read from
the file's tree: this keeps `list` quick and runs no code. Texts may stand in a table, as in
`for key, title in (...)`, in calls of a function of the same file, and in a dictionary at its top;
what is put together from other statements is left empty.

Functions: builtin_folder, python_files, entries, are_builtin.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from symbolic_landscape.errors import ProofsError

_LITERALS = ("key", "kind", "where", "title")
_DECLARES = "statement.lemma import"


@dataclass(frozen=True)
class Entry:
    """One declared statement: its key, kind, paper, place, title, and where it is declared.

    Kind, place or title is empty where the file does not say it in so many words.
    """

    key: str
    kind: str
    paper: str
    where: str
    title: str
    file: str
    line: int
    reading: str = "printed"


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


def _declared(path: Path) -> tuple[Entry, ...]:
    text = path.read_text(encoding="utf-8", errors="replace")
    return _statements(path, text) if _DECLARES in text else ()


@cache
def _statements(path: Path, text: str) -> tuple[Entry, ...]:
    """The statements of a file: calls at its top, for each row of a table, or in its functions."""
    try:
        tree = ast.parse(text)
    except SyntaxError:
        return ()
    shared = _shared(tree)
    functions = {n.name: n for n in tree.body if isinstance(n, ast.FunctionDef)}
    reader = _Reader(path, functions, shared)
    apart = (ast.FunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)
    nodes = (node for node in tree.body if not isinstance(node, apart))
    return tuple(entry for node in nodes for entry in reader.calls(node, [shared]))


def _shared(tree: ast.Module) -> dict[str, str]:
    """The texts at the top of a file: under NAME, and those of dictionaries under `NAME.key`."""
    found: dict[str, str] = {}
    for node in tree.body:
        if not isinstance(node, ast.Assign | ast.AnnAssign) or node.value is None:
            continue
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        named = [target.id for target in targets if isinstance(target, ast.Name)]
        found |= {name: said for name in named if (said := _said(node.value, {})) is not None}
        if isinstance(node.value, ast.Dict):
            for key, value in zip(node.value.keys, node.value.values, strict=True):
                said = _said(value, {})
                place = _said(key, {}) if key is not None else None
                found |= {f"{name}.{place}": said for name in named if place and said}
    return found


def _taken(name: str, row: dict[str, str]) -> dict[str, str]:
    """The texts that stand under a name of a dictionary, by their keys."""
    begin = f"{name}."
    return {key.removeprefix(begin): said for key, said in row.items() if key.startswith(begin)}


_COMPREHENSIONS = (ast.GeneratorExp, ast.ListComp, ast.DictComp)
_CONTAINERS = (ast.Tuple, ast.List, ast.Dict, ast.Starred, ast.IfExp)


@dataclass(frozen=True)
class _Reader:
    """Finds the calls that make statements, with the texts that names stand for there."""

    path: Path
    functions: dict[str, ast.FunctionDef]
    shared: dict[str, str]

    def calls(self, node: ast.AST, rows: list[dict[str, str]]) -> Iterator[Entry]:
        """The statements below a node of the tree; each row has texts for names."""
        inside = ast.iter_child_nodes(node)
        if isinstance(node, _COMPREHENSIONS):
            for generator in node.generators:
                rows = [{**row, **more} for row in rows for more in _rows(generator)]
        elif isinstance(node, ast.Call):
            name = getattr(node.func, "id", "")
            if name == "Statement":
                for row in rows:
                    given = _constants(node, row)
                    if "key" in given:
                        yield _entry(given, self.path, node.lineno)
                inside = (k.value for k in node.keywords if k.arg == "repaired")
            elif name in self.functions:
                for row in rows:
                    yield from self.made(self.functions[name], node, row)
                return
            elif name not in ("tuple", "list", "dict"):
                return
        elif isinstance(node, ast.expr) and not isinstance(node, _CONTAINERS):
            return
        for child in inside:
            yield from self.calls(child, rows)

    def made(
        self, function: ast.FunctionDef, call: ast.Call, row: dict[str, str]
    ) -> Iterator[Entry]:
        """The statements that a call of a function of this file makes."""
        inner = _arguments(function, call, row)
        own = {parameter.arg for parameter in function.args.args}
        outer = {name: said for name, said in self.shared.items() if name not in own}
        for part in function.body if inner else ():
            yield from self.calls(part, [{**outer, **inner}])


def _arguments(function: ast.FunctionDef, call: ast.Call, row: dict[str, str]) -> dict[str, str]:
    """Which parameters of a function a call gives texts; none where it gives none."""
    names = [parameter.arg for parameter in function.args.args]
    given = {
        **dict(zip(names, call.args, strict=False)),
        **{keyword.arg: keyword.value for keyword in call.keywords if keyword.arg},
    }
    found = _stars(call, row)[0]
    found |= {name: s for name, value in given.items() if (s := _said(value, row)) is not None}
    for name, value in given.items():
        if isinstance(value, ast.Name):
            found |= {f"{name}.{key}": said for key, said in _taken(value.id, row).items()}
    defaults = zip(reversed(names), reversed(function.args.defaults), strict=False)
    usual = {name: said for name, value in defaults if (said := _said(value, {})) is not None}
    return {**usual, **found} if found else {}


def _said(value: ast.expr, row: dict[str, str]) -> str | None:
    """The text that an expression is, if it is one that can be seen."""
    if isinstance(value, ast.Constant):
        return value.value if isinstance(value.value, str) else None
    if isinstance(value, ast.Name):
        return row.get(value.id)
    if isinstance(value, ast.FormattedValue):
        return _said(value.value, row)
    if isinstance(value, ast.JoinedStr):
        parts = [_said(part, row) for part in value.values]
        return None if None in parts else "".join(part for part in parts if part is not None)
    return None


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


def _stars(call: ast.Call, row: dict[str, str]) -> tuple[dict[str, str], bool]:
    """The texts that a call takes by `**`, and whether all that it takes so is known."""
    names = [keyword.value for keyword in call.keywords if not keyword.arg]
    taken = [_taken(name.id, row) if isinstance(name, ast.Name) else {} for name in names]
    return {key: said for one in taken for key, said in one.items()}, all(taken)


def _constants(call: ast.Call, row: dict[str, str]) -> dict[str, str]:
    """The arguments of a call that are texts; the first one is the key."""
    given = {keyword.arg: keyword.value for keyword in call.keywords if keyword.arg}
    if call.args:
        given["key"] = call.args[0]
    taken, whole = _stars(call, row)
    found = {"kind": "lemma"} | taken if whole else taken
    return found | {
        name: said for name, value in given.items() if (said := _said(value, row)) is not None
    }


def _entry(given: dict[str, str], path: Path, line: int) -> Entry:
    key = given["key"]
    paper = "external" if key.startswith("external:") else key.split(".")[0]
    kind, where, title = (given.get(name, "") for name in _LITERALS[1:])
    reading = given.get("reading", "printed")
    return Entry(key, kind, paper, where, title, str(path), line, reading)


def entries(folders: Sequence[str | Path] = (), inside: Sequence[str] = ("",)) -> tuple[Entry, ...]:
    """Every declared statement of the built-in folder and of the given ones, file by file.

    `inside` names parts of the built-in folder, where not all of it is to be read.
    """
    found: list[Entry] = []
    for folder in (*(builtin_folder() / name for name in inside), *map(Path, folders)):
        own = [entry for path in python_files(folder) for entry in _declared(path)]
        found += _heads(own)
    return tuple(found)


def are_builtin(folders: Sequence[str | Path], keys: Sequence[str], paper: str | None) -> bool:
    """Whether all these keys, or all statements of the paper, are declared, and in no such folder.

    False where neither is named, for then every statement is asked for.
    """
    known, own = entries(), entries(folders, inside=())
    if keys:
        return set(keys) <= {entry.key for entry in known} - {entry.key for entry in own}
    return paper in {entry.paper for entry in known} - {entry.paper for entry in own}


def _heads(own: list[Entry]) -> list[Entry]:
    """Without repaired readings of what has a printed one."""
    printed = {entry.key for entry in own if entry.reading == "printed"}
    return [entry for entry in own if entry.reading == "printed" or entry.key not in printed]
