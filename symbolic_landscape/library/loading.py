"""Loading statements: the built-in proofs and a user's own folders.

Files of statements are Python and run as the user's own code. A broken file becomes one
`ProofsError` with file, line and cause in `Statements.broken`; the others still load.

Objects: Statements. Functions: reading_of, need_plain_data.

Design notes. The built-in statements are the package `symbolic_landscape.proofs`, in a checkout by
a symbolic link to the folder `proofs` of the repository; so its files import one another in the
same way in both places, and the name `proofs` is left to users.
"""

from __future__ import annotations

import hashlib
import importlib.util
import sys
import traceback
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any, Self

import networkx as nx

from symbolic_landscape.errors import DeclarationError, LandscapeError, ProofsError, UnknownKeyError
from symbolic_landscape.former.graph import below, statement_graph
from symbolic_landscape.former.lemma import Statement, canonical
from symbolic_landscape.library.catalogue import builtin_folder, python_files

_BUILTIN = "symbolic_landscape.proofs"


class Statements:
    """All loaded statements by key, in the order of their papers and sections."""

    def __init__(
        self,
        statements: Iterable[Statement],
        broken: tuple[ProofsError, ...] = (),
        folders: tuple[Path, ...] = (),
    ) -> None:
        self._printed: dict[str, Statement] = {}
        self.broken = broken
        self.folders = folders
        for statement in statements:
            if statement.key in self._printed:
                other = self._printed[statement.key].source_file
                message = (
                    f"{statement.key} must be declared once, but stands at "
                    f"{other} and at {statement.source_file}"
                )
                raise DeclarationError(message)
            self._printed[statement.key] = statement
        self._graph = statement_graph(self.statements)
        for statement in self.statements:
            for cited in (c for reading in statement.readings for c in reading.cites):
                if cited.key not in self._printed:
                    message = (
                        f"{statement.key} cites {cited.key}, which is not among the statements"
                    )
                    raise DeclarationError(message)

    @classmethod
    def load(cls, *folders: str | Path) -> Self:
        """The built-in statements and those of the given folders.

        A file that cannot be loaded is listed in `broken` and leaves the rest in place.

        Raises ProofsError for a folder that does not exist, DeclarationError for a key declared
        twice or citations in a circle.
        """
        statements, broken = _load_builtin()
        paths = tuple(Path(folder).resolve() for folder in folders)
        for path in paths:
            if not path.is_dir():
                message = f"--proofs needs a folder of Python files, got {path}"
                raise ProofsError(message)
            for file in python_files(path):
                try:
                    declared = _declared_in(_import_file(file))
                    for statement in declared:
                        need_plain_data(statement)
                    statements += declared
                except ProofsError as error:
                    broken += (error,)
        return cls(statements, broken, paths)

    def printed(self, key: str) -> Statement:
        """The printed statement with this key; raises UnknownKeyError with the closest keys."""
        if key in self._printed:
            return self._printed[key]
        near = ", ".join(get_close_matches(key, self._printed, n=3, cutoff=0.5))
        hint = f"; the closest are {near}" if near else ""
        message = f"no statement has the key {key!r}{hint}"
        raise UnknownKeyError(message)

    @property
    def statements(self) -> tuple[Statement, ...]:
        """The printed statements in order."""
        return tuple(self._printed.values())

    @property
    def readings(self) -> tuple[Statement, ...]:
        """Every reading of every statement in order."""
        return tuple(r for statement in self.statements for r in statement.readings)

    def graph(self, statuses: Mapping[str, str] | None = None) -> nx.DiGraph[str]:
        """The statement graph with attributes status, kind, paper, title and where."""
        return statement_graph(self.statements, statuses)

    def below(self, keys: Iterable[str]) -> tuple[str, ...]:
        """The keys and all they lean on, in order; raises UnknownKeyError for an unknown key."""
        wanted = below(self._graph, [self.printed(key).key for key in keys])
        return tuple(key for key in self._printed if key in wanted)


def reading_of(statement: Statement, name: str) -> Statement:
    """The statement in the named reading; the printed one where no repair is declared."""
    if name == "repaired" and statement.repaired_reading is not None:
        return statement.repaired_reading
    return statement


def _load_builtin() -> tuple[list[Statement], tuple[ProofsError, ...]]:
    folder = builtin_folder()
    statements: list[Statement] = []
    broken: tuple[ProofsError, ...] = ()
    for name in import_module(_BUILTIN).PAPERS:
        try:
            paper = _guarded(lambda n=name: import_module(f"{_BUILTIN}.{n}"), folder / name)
            for section in paper.SECTIONS:
                statements += _declared_in(section)
        except ProofsError as error:
            broken += (error,)
    return statements, broken


def _import_file(file: Path) -> ModuleType:
    name = f"lemma_file_{file.stem}_{hashlib.sha256(str(file).encode()).hexdigest()[:12]}"
    if name in sys.modules:
        return sys.modules[name]

    def run() -> ModuleType:
        spec = importlib.util.spec_from_file_location(name, file)
        if spec is None or spec.loader is None:
            message = f"{file}: not a Python file"
            raise ProofsError(message)
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        try:
            spec.loader.exec_module(module)
        except BaseException:
            del sys.modules[name]
            raise
        return module

    return _guarded(run, file)


def _guarded(run: Any, place: Path) -> ModuleType:
    """Runs the code of a statement file; whatever it raises becomes one line with file and line."""
    try:
        module: ModuleType = run()
    except ProofsError:
        raise
    except SyntaxError as error:
        message = f"{error.filename}:{error.lineno}: {error.msg}"
        raise ProofsError(message) from error
    except Exception as error:
        frames = traceback.extract_tb(error.__traceback__)
        inside = [f for f in frames if str(place) in f.filename] or list(frames)
        cause = " ".join(str(error).split())
        kind = "" if isinstance(error, LandscapeError) else f"{type(error).__name__}: "
        message = f"{inside[-1].filename}:{inside[-1].lineno}: {kind}{cause}"
        raise ProofsError(message) from error
    return module


def _declared_in(module: ModuleType) -> list[Statement]:
    """The printed statements that the module itself declares, in order."""
    found = []
    for statement in vars(module).values():
        if not isinstance(statement, Statement) or statement.reading != "printed":
            continue
        if statement.source_file.rsplit(":", 1)[0] != module.__file__:
            continue
        found.append(statement)
    return list(dict.fromkeys(found))


def need_plain_data(statement: Statement) -> None:
    """Raise ProofsError unless all instances of all readings are plain, exact data.

    It takes as long as loading, so only users' files are asked; a test asks the built-in ones.
    """
    for reading in statement.readings:
        shown = [*reading.instances, *reading.controls.values()]
        for step in reading.steps:
            shown += [*step.tried_on, *step.controls.values()]
        for instance in shown:
            try:
                canonical(instance)
            except DeclarationError as error:
                message = f"{reading.source_file}: {reading.key}, instance {instance.name}: {error}"
                raise ProofsError(message) from error
