"""Data flows one way: a module imports only from its left, wherever the import stands."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import networkx as nx

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = "symbolic_landscape"
ENGINE = ROOT / PACKAGE

ORDER = (
    ("errors", "version", "verdict"),
    ("files",),
    ("workers",),
    ("formula",),
    ("arithmetic",),
    ("functions",),
    ("calculus",),
    ("networks",),
    ("critical",),
    ("paths",),
    ("certificate",),
    ("explore",),
    ("atlas",),
    ("statement",),
    ("judge",),
    ("library",),
    ("report",),
    ("command", "pytest_plugin"),
    ("__main__",),
)
LEVEL = {name: level for level, names in enumerate(ORDER) for name in names}

LATE = ("command", "pytest_plugin", "library.lemmas", "library.run")
"""Where imports of the engine may stand inside functions: these keep the start quick."""

MATHEMATICS = ("errors", "verdict", *(name for names in ORDER[3:10] for name in names))
DECLARATIONS = ("statement",)
PROOFS_MAY_IMPORT = (*MATHEMATICS, *DECLARATIONS, "proofs")


def _modules(folder: Path, name: str) -> dict[str, Path]:
    """The files of a package by the dotted names of their modules, links not followed."""
    found = {}
    for path in sorted(folder.rglob("*.py")):
        parts = path.relative_to(folder).with_suffix("").parts
        parts = parts[:-1] if parts[-1] == "__init__" else parts
        found[".".join((name, *parts))] = path
    return found


ENGINE_MODULES = _modules(ENGINE, PACKAGE)
PROOFS_MODULES = _modules(ROOT / "proofs", f"{PACKAGE}.proofs")
MODULES = {**ENGINE_MODULES, **PROOFS_MODULES}


@dataclass(frozen=True)
class Import:
    """A module of the package that a file imports; `late` inside a function, `typed` for types."""

    module: str
    late: bool
    typed: bool

    @property
    def inside(self) -> str:
        """The name within the package; empty for the package itself."""
        return self.module.removeprefix(PACKAGE).removeprefix(".")


@cache
def _imports(path: Path) -> frozenset[Import]:
    """Every import of the package's modules in the file; types count as such in its head only."""

    def visit(node: ast.AST, late: bool, typed: bool) -> Iterator[Import]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Import):
                for alias in child.names:
                    yield Import(alias.name, late, typed)
            elif isinstance(child, ast.ImportFrom):
                assert child.module is not None
                for alias in child.names:
                    full = f"{child.module}.{alias.name}"
                    yield Import(full if full in MODULES else child.module, late, typed)
            is_function = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
            for_types = isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test)
            yield from visit(child, late or is_function, typed or (for_types and not late))

    found = visit(ast.parse(path.read_text(encoding="utf-8")), late=False, typed=False)
    return frozenset(one for one in found if one.module.split(".")[0] == PACKAGE)


def _is_within(name: str, places: tuple[str, ...]) -> bool:
    return any(name == place or name.startswith(f"{place}.") for place in places)


def _short(name: str) -> str:
    return name.removeprefix(f"{PACKAGE}.")


def test_every_import_is_seen_wherever_it_stands(tmp_path: Path) -> None:
    (tmp_path / "one.py").write_text(
        "from typing import TYPE_CHECKING\n"
        "from symbolic_landscape import errors\n"
        "if TYPE_CHECKING:\n"
        "    from symbolic_landscape.networks import Network\n"
        "def asked():\n"
        "    if TYPE_CHECKING:\n"
        "        from symbolic_landscape import load_proofs\n"
        "    try:\n"
        "        import symbolic_landscape.report.text\n"
        "    finally:\n"
        "        pass\n"
    )
    assert _imports(tmp_path / "one.py") == {
        Import("symbolic_landscape.errors", late=False, typed=False),
        Import("symbolic_landscape.networks", late=False, typed=True),
        Import("symbolic_landscape", late=True, typed=False),
        Import("symbolic_landscape.report.text", late=True, typed=False),
    }


LAYERED = [name for name in ENGINE_MODULES if name != PACKAGE]


def test_engine_modules_import_only_from_their_left() -> None:
    wrong = set()
    for module in LAYERED:
        own = _short(module).split(".")[0]
        for one in _imports(ENGINE_MODULES[module]):
            other = one.inside.split(".")[0]
            if other not in LEVEL:
                wrong.add(f"{module} imports {one.module}, which has no place in the order")
            elif other != own and LEVEL[other] >= LEVEL[own]:
                wrong.add(f"{module} imports {one.module}, which stands to its right")
    assert wrong == set()


def test_imports_inside_functions_stand_where_they_keep_the_start_quick() -> None:
    late = {
        f"{m} imports {one.module} in functions"
        for m in LAYERED
        for one in _imports(ENGINE_MODULES[m])
        if one.late and not _is_within(_short(m), LATE)
    }
    assert late == set()


def test_no_modules_import_one_another_in_a_circle() -> None:
    graph: nx.DiGraph[str] = nx.DiGraph()
    for module, path in MODULES.items():
        graph.add_edges_from((module, one.module) for one in _imports(path) if not one.typed)
    circles = [sorted(circle) for circle in nx.simple_cycles(graph)]
    assert circles == []


def test_proofs_import_up_to_the_declarations_only() -> None:
    further = {
        f"{m} imports {one.module}"
        for m, path in PROOFS_MODULES.items()
        for one in _imports(path)
        if not _is_within(one.inside, PROOFS_MAY_IMPORT)
    }
    assert further == set()


def test_engine_names_no_paper() -> None:
    papers = ("nguyen", "hein", "yun", "sra_", "petzka", "cooper", "NH17", "YSJ18", "PS21", "C21.")
    for path in ENGINE_MODULES.values():
        text = path.read_text(encoding="utf-8")
        assert not [name for name in papers if name in text], path


def test_readme_shows_the_order() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    table = readme.split("## Data flow\n")[1].split("\n## ")[0]
    cells = re.findall(r"^\| (`.*?) \|", table, flags=re.MULTILINE)
    shown = [tuple(name.rstrip("/") for name in re.findall(r"`(.*?)`", cell)) for cell in cells]
    there = {_short(module).split(".")[0] for module in LAYERED}
    assert shown == [names for names in ORDER if there & set(names)]
