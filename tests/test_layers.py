"""Data flows one way: a module imports only from its left."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ENGINE = ROOT / "symbolic_landscape"

ORDER = (
    {"errors", "verdict"},
    {"formula"},
    {"arithmetic"},
    {"functions", "exact_data"},
    {"activations"},
    {"calculus"},
    {"networks"},
    {"critical"},
    {"instance"},
    {"lemma"},
    {"graph", "consistency", "results", "catalogue"},
    {"generation"},
    {"search"},
    {"bench"},
    {"obligations"},
    {"check"},
    {"library"},
    {"store"},
    {"run"},
    {"certificate"},
    {"report"},
    {"command", "pytest_plugin"},
    {"__main__"},
)
LEVEL = {name: level for level, names in enumerate(ORDER) for name in names}
PROOFS_MAY_IMPORT = {name for name, level in LEVEL.items() if level <= LEVEL["lemma"]}


def _imports(path: Path) -> set[str]:
    """Engine modules that the file imports when it is loaded (not in functions, not for types)."""
    found: set[str] = set()

    def visit(nodes: list[ast.stmt]) -> None:
        for node in nodes:
            if isinstance(node, ast.Import):
                found.update(alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                if node.module == "symbolic_landscape":
                    found.update(f"symbolic_landscape.{alias.name}" for alias in node.names)
                else:
                    found.add(node.module)
            elif isinstance(node, ast.If) and "TYPE_CHECKING" not in ast.dump(node.test):
                visit(node.body + node.orelse)
            elif isinstance(node, ast.Try):
                visit(node.body)

    visit(ast.parse(path.read_text()).body)
    return {m.split(".")[1] for m in found if m.startswith("symbolic_landscape.")}


def _module(path: Path) -> str:
    return path.relative_to(ENGINE).parts[0].removesuffix(".py")


FILES = sorted(p for p in ENGINE.rglob("*.py") if p != ENGINE / "__init__.py")


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ENGINE)))
def test_engine_module_imports_only_from_its_left(path: Path) -> None:
    own = _module(path)
    for other in _imports(path) - {own}:
        assert LEVEL[other] < LEVEL[own], f"{own} imports {other}, which stands to its right"


@pytest.mark.parametrize("path", sorted((ROOT / "proofs").rglob("*.py")), ids=lambda p: p.stem)
def test_proofs_import_up_to_the_declarations_only(path: Path) -> None:
    assert _imports(path) <= PROOFS_MAY_IMPORT


def test_engine_names_no_paper() -> None:
    papers = ("nguyen", "hein", "yun", "sra_", "petzka", "cooper", "NH17", "YSJ18", "PS21", "C21.")
    for path in FILES:
        text = path.read_text()
        assert not [name for name in papers if name in text], path
