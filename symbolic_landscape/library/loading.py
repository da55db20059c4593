"""Loading statements: the built-in proofs and a user's own folders.

Files of statements are Python and run as the user's own code. A broken file becomes one
`ProofsError` with file, line and cause in `Statements.broken`; the others still load. Rules are
those of the rule book and those that a user's files declare.

Objects: Statements. Function: papers.

Design notes. The built-in statements are the package `symbolic_landscape.proofs`, in a checkout by
a symbolic link to the folder `proofs` of the repository; so its files import one another in the
same way in both places, and the name `proofs` is left to users. A paper's folders are found by
themselves, and a paper does not import them, so that a file which needs a setting of a paper loads
nothing else of it.
"""

from __future__ import annotations

import ast
import hashlib
import importlib.util
import pkgutil
import re
import sys
from collections.abc import Callable, Iterable, Mapping
from functools import cache, cached_property
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Self

from symbolic_landscape.errors import DeclarationError, ProofsError
from symbolic_landscape.judge.results import Node
from symbolic_landscape.library.catalogue import Entry, builtin_folder, entries, python_files
from symbolic_landscape.library.guard import loading
from symbolic_landscape.library.readings import known_key, node_of
from symbolic_landscape.statement.graph import below, citations, statement_graph
from symbolic_landscape.statement.lemma import Statement
from symbolic_landscape.statement.paper import Paper
from symbolic_landscape.statement.rule import Rule

if TYPE_CHECKING:
    import networkx as nx

_BUILTIN = "symbolic_landscape.proofs"

Declared = tuple[Statement, str]
"""A printed statement and its place, as in 'file:line'."""


class Statements:
    """All loaded statements by key, in the order of their papers and sections."""

    def __init__(
        self,
        statements: Iterable[Statement | Declared],
        broken: tuple[ProofsError, ...] = (),
        folders: tuple[Path, ...] = (),
        own_rules: Mapping[str, Rule] | None = None,
    ) -> None:
        self._printed: dict[str, Statement] = {}
        self._places: dict[Node, str] = {}
        self.broken = broken
        self.folders = folders
        self.own_rules = dict(own_rules or {})
        declared = [one if isinstance(one, tuple) else (one, "") for one in statements]
        repaired = {id(s.repaired) for s, _ in declared if s.repaired}
        for statement, place in declared:
            if id(statement) in repaired:
                self._places[node_of(statement)] = place
            else:
                self._add(statement, place)
        known = {id(reading) for reading in self.readings}
        for statement in self.statements:
            for cited in (c for reading in statement.readings for c in reading.cites):
                if cited.key not in self._printed:
                    message = (
                        f"{statement.key} cites {cited.key}, which is not among the statements"
                    )
                    raise DeclarationError(message)
                if id(cited) not in known:
                    message = (
                        f"{statement.key} cites another statement with the key {cited.key} than "
                        f"the one at {self.place(cited)}"
                    )
                    raise DeclarationError(message)
        self._cites = citations(self.statements)

    def _add(self, statement: Statement, place: str) -> None:
        if statement.key in self._printed:
            message = (
                f"{statement.key} must be declared once, but stands at "
                f"{self.place(self._printed[statement.key])} and at {place}"
            )
            raise DeclarationError(message)
        self._printed[statement.key] = statement
        for reading in statement.readings:
            self._places.setdefault(node_of(reading), place)

    @classmethod
    def load(cls, *folders: str | Path, keys: Iterable[str] = (), paper: str | None = None) -> Self:
        """The built-in statements and those of the given folders.

        A file that cannot be loaded is listed in `broken` and leaves the rest in place. Where only
        certain keys, or a built-in paper, are wanted, built-in statements that these do not lean on
        may be missing.

        Raises ProofsError for a folder that does not exist, DeclarationError for a key declared
        twice, citations in a circle, or a rule of a name that is taken.
        """
        paths, named = _resolved(folders), tuple(keys)
        files = _files_of(named, paths) if named or paper is None else _files_of_paper(paper)
        return cls._loaded(paths, files)

    @classmethod
    def beside(cls, *folders: str | Path) -> Self:
        """The statements of the given folders, and of the built-in ones those that they import.

        Raises as `load` does, but where a key is that of another built-in statement.
        """
        return cls._loaded(_resolved(folders), [])

    @classmethod
    def of_files(cls, files: Iterable[str]) -> Self:
        """The statements of these built-in files, and of those that they import.

        Raises as `load` does.
        """
        return cls._loaded((), list(map(Path, dict.fromkeys(files))))

    @classmethod
    def _loaded(cls, paths: tuple[Path, ...], files: list[Path] | None) -> Self:
        """Those of the folders, and built-in ones: of these files and what was imported, or all."""
        modules, own, broken = _load_own(paths)
        if files is None:
            statements, faults = _load_builtin()
        else:
            faults = _import_builtin(files)
            statements, more = _load_builtin(lambda name: name in sys.modules)
            faults += more
        return cls(statements + own, faults + broken, paths, _rules_of(modules))

    def printed(self, key: str) -> Statement:
        """The printed statement with this key; raises UnknownKeyError with the closest keys."""
        return self._printed[known_key(key, self._printed)]

    def place(self, statement: Statement) -> str:
        """Where it is declared, as in 'file:line'; empty where that is not known."""
        return self._places.get(node_of(statement), "")

    def file(self, statement: Statement) -> str:
        """The file in which it is declared; empty where that is not known."""
        return self.place(statement).rpartition(":")[0]

    def is_builtin(self, statement: Statement) -> bool:
        """Whether it stands in the folder of the package, and in none of a user's."""
        return Path(self.file(statement)).is_relative_to(builtin_folder())

    @property
    def statements(self) -> tuple[Statement, ...]:
        """The printed statements in order."""
        return tuple(self._printed.values())

    @property
    def readings(self) -> tuple[Statement, ...]:
        """Every reading of every statement in order."""
        return tuple(r for statement in self.statements for r in statement.readings)

    @cached_property
    def rules(self) -> Mapping[str, Rule]:
        """The rules that proofs may use, by name."""
        return {**import_module(f"{_BUILTIN}.rules").RULES, **self.own_rules}

    @cached_property
    def papers(self) -> Mapping[str, Paper]:
        """The papers of the built-in statements, by their keys."""
        return papers()

    def graph(self, statuses: Mapping[str, str] | None = None) -> nx.DiGraph[str]:
        """The statement graph with attributes status, kind, paper, title and where."""
        return statement_graph(self.statements, statuses)

    def below(self, keys: Iterable[str]) -> tuple[str, ...]:
        """The keys and all they lean on, in order; raises UnknownKeyError for an unknown key."""
        wanted = below(self._cites, [self.printed(key).key for key in keys])
        return tuple(key for key in self._printed if key in wanted)


def _resolved(folders: Iterable[str | Path]) -> tuple[Path, ...]:
    """The full paths of folders; raises ProofsError for one that does not exist."""
    paths = tuple(Path(folder).resolve() for folder in folders)
    for path in paths:
        if not path.is_dir():
            message = f"--proofs needs a folder of Python files, got {path}"
            raise ProofsError(message)
    return paths


def papers() -> Mapping[str, Paper]:
    """The papers that are built in, by their keys, in their order; loads no statement."""
    return {paper.key: paper for paper in _papers().values() if paper is not None}


def _papers() -> dict[str, Paper | None]:
    """The built-in folders of statements by name, each with its paper, if it is of one."""
    names = import_module(_BUILTIN).PAPERS
    return {n: getattr(import_module(f"{_BUILTIN}.{n}"), "PAPER", None) for n in names}


def _files_of_paper(key: str) -> list[Path] | None:
    """The files with statements of a built-in paper; None for any other key."""
    named = [name for name, paper in _papers().items() if paper is not None and paper.key == key]
    files = [file for name in named for file in python_files(builtin_folder() / name)]
    return [file for file in files if file.name != "__init__.py"] or None


def _files_of(keys: tuple[str, ...], folders: tuple[Path, ...]) -> list[Path] | None:
    """The built-in files that declare these keys; None where all are to be loaded.

    That is where no key is wanted, or one that no file declares once. What a statement leans on is
    imported by its file.
    """
    found: dict[str, list[Entry]] = {}
    for entry in entries(folders, _places_of(keys)) if keys else ():
        found.setdefault(entry.key, []).append(entry)
    wanted = [found.get(key, []) for key in keys]
    if not keys or any(len(places) != 1 for places in wanted):
        return None
    return [Path(places[0].file) for places in wanted]


def _places_of(keys: tuple[str, ...]) -> list[str]:
    """The built-in folders where these keys may stand: all but those of other papers."""
    named = {key.partition(".")[0] for key in keys}
    anywhere = any(name.startswith("external:") for name in named)
    return [n for n, paper in _papers().items() if anywhere or paper is None or paper.key in named]


def _import_builtin(files: Iterable[Path]) -> tuple[ProofsError, ...]:
    """Imports these files as far as they are built in; what went wrong."""
    broken: tuple[ProofsError, ...] = ()
    for file in files:
        if file.is_relative_to(builtin_folder()):
            parts = file.relative_to(builtin_folder()).with_suffix("").parts
            name = ".".join((_BUILTIN, *parts))
            try:
                with loading(str(builtin_folder() / parts[0])):
                    import_module(name)
            except ProofsError as error:
                broken += (error,)
    return broken


def _load_own(
    folders: Iterable[Path],
) -> tuple[list[ModuleType], list[Declared], tuple[ProofsError, ...]]:
    """The modules of a user's folders, their statements, and what went wrong."""
    modules: list[ModuleType] = []
    statements: list[Declared] = []
    broken: tuple[ProofsError, ...] = ()
    for file in (file for folder in folders for file in python_files(folder)):
        try:
            module = _import_file(file)
            statements += _declared_in(module)
            modules.append(module)
        except ProofsError as error:
            broken += (error,)
    return modules, statements, broken


def _everything(name: str) -> bool:
    """Every module is wanted."""
    return bool(name)


def _load_builtin(
    wanted: Callable[[str], bool] = _everything,
) -> tuple[list[Declared], tuple[ProofsError, ...]]:
    """The built-in statements; where a key is declared in both forms, the new one counts.

    `wanted` says of which modules, by their full names.
    """
    folder = builtin_folder()
    statements: list[Declared] = []
    broken: tuple[ProofsError, ...] = ()
    for name in import_module(_BUILTIN).PAPERS:
        try:
            with loading(str(folder / name)):
                paper = import_module(f"{_BUILTIN}.{name}")
            for section in _folders(paper):
                statements += _section(f"{paper.__name__}.{section}", folder / name, wanted)
        except ProofsError as error:
            broken += (error,)
    return statements, broken


def _folders(paper: ModuleType) -> list[str]:
    """The sections of a paper that are folders, by their numbers, and then its appendices."""
    parts = [part.name for part in pkgutil.iter_modules(paper.__path__) if part.ispkg]

    def number(name: str) -> tuple[bool, tuple[tuple[int, str], ...]]:
        found = re.findall(r"(\D+)(\d*)", name)
        return name.startswith("appendix"), tuple(
            (int(digits or 0), word) for word, digits in found
        )

    return sorted(parts, key=number)


def _section(name: str, place: Path, wanted: Callable[[str], bool]) -> list[Declared]:
    """The statements of a section: a module, or a folder of modules in the order of the paper."""
    if not wanted(name):
        return []
    with loading(str(place)):
        module = import_module(name)
    found = list(_declared_in(module))
    parts = []
    for part in pkgutil.iter_modules(getattr(module, "__path__", ())):
        declared = _section(f"{name}.{part.name}", place, wanted)
        lines = [s.lines for s, _ in declared if s.lines]
        parts.append((min(lines, default=(0, 0)), part.name, declared))
    return found + [one for _, _, declared in sorted(parts, key=_by_place) for one in declared]


def _by_place(part: tuple[tuple[int, int], str, list[Declared]]) -> tuple[tuple[int, int], str]:
    return part[:2]


def _import_file(file: Path) -> ModuleType:
    name = f"lemma_file_{file.stem}_{hashlib.sha256(str(file).encode()).hexdigest()[:12]}"
    if name in sys.modules:
        return sys.modules[name]
    spec = importlib.util.spec_from_file_location(name, file)
    if spec is None or spec.loader is None:
        message = f"{file}: not a Python file"
        raise ProofsError(message)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        with loading(str(file), own=True):
            spec.loader.exec_module(module)
    except BaseException:
        del sys.modules[name]
        raise
    return module


@cache
def _declared_in(module: ModuleType) -> tuple[Declared, ...]:
    """The statements that the module itself declares, in order."""
    values = [
        (name, one)
        for name, value in vars(module).items()
        for one in (value if isinstance(value, tuple | list) else (value,))
        if isinstance(one, Statement)
    ]
    names = {name for name, _ in values}
    assigned = _assigned(module, names) if names else {}
    found: dict[int, Declared] = {}
    for name, statement in values:
        if name in assigned:
            place = f"{module.__file__}:{assigned[name]}"
            found.setdefault(id(statement), (statement, place))
    return tuple(found.values())


_MARGIN = re.compile(r"^(\w+(?:, *\w+)*) *=(?!=)", re.MULTILINE)
_IMPORTED = re.compile(r"^from +[\w.]+ +import +(\([^)]*\)|[^\n(]*)", re.MULTILINE)


def _assigned(module: ModuleType, names: set[str]) -> dict[str, int]:
    """Which of these names the module's file gives values to, with their lines; not imported ones.

    Where their assignments or imports do not stand at the margin, the file is read in full.
    """
    text = Path(str(module.__file__)).read_text(encoding="utf-8")
    found: dict[str, int] = {}
    for match in _MARGIN.finditer(text):
        line = text.count("\n", 0, match.start()) + 1
        found |= {name: line for name in re.findall(r"\w+", match[1]) if name in names}
    imported = {name for part in _IMPORTED.findall(text) for name in re.findall(r"\w+", part)}
    if not names <= found.keys() | imported:
        found |= {
            node.id: node.lineno
            for node in ast.walk(ast.parse(text))
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
        }
    return found


def _rules_of(modules: Iterable[ModuleType]) -> dict[str, Rule]:
    """The rules that a user's files declare, each under the name of its attribute.

    Raises DeclarationError where two rules have one name.
    """
    book: Mapping[str, Rule] = import_module(f"{_BUILTIN}.rules").RULES
    builtin = set(book.values())
    found: dict[str, Rule] = {}
    for module in modules:
        for name, rule in vars(module).items():
            if not isinstance(rule, Rule) or rule in builtin or rule in found.values():
                continue
            if name in book or name in found:
                other = book[name].topic if name in book else found[name].topic
                message = f"{module.__file__}: the rule {name} needs a name of its own, but {other}"
                message += " has one of this name"
                raise DeclarationError(message)
            rule.name, rule.topic = name, Path(str(module.__file__)).stem
            found[name] = rule
    return found
