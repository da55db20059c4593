"""What must be believed of the checker is small, and stands on the standard library alone."""

from __future__ import annotations

import ast
import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

import symbolic_landscape
from symbolic_landscape.report.trust import KERNEL, code_lines
from symbolic_landscape.statement import step

LIMIT = 800
"""Lines of code that a reader of the kernel is asked to read, at most."""

PACKAGE = Path(symbolic_landscape.__file__).parent
TRUSTED = {f"symbolic_landscape.{name.removesuffix('.py').replace('/', '.')}" for name in KERNEL}
DATA = {
    "symbolic_landscape.errors",
    "symbolic_landscape.judge.record",
    "symbolic_landscape.statement",  # of which the kernel takes `step`
    "symbolic_landscape.statement.lemma",
    "symbolic_landscape.statement.rule",
}
"""What is judged, as it is declared, what is said of it, and the names of errors: data."""

PROPOSALS = {"symbolic_landscape.statement.linear"}
"""What is added up again before it counts."""


def test_trusted_code_is_small() -> None:
    assert sum(map(code_lines, KERNEL)) < LIMIT


@pytest.mark.parametrize("name", KERNEL)
def test_trusted_code_needs_the_standard_library_alone(name: str) -> None:
    tree = ast.parse((PACKAGE / name).read_text(encoding="utf-8"))
    modules = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    names = {a.name for node in ast.walk(tree) if isinstance(node, ast.Import) for a in node.names}
    known = TRUSTED | DATA | PROPOSALS
    assert {m.partition(".")[0] for m in modules - known} | names <= sys.stdlib_module_names


@pytest.mark.parametrize("name", KERNEL)
def test_data_have_no_algorithm_that_the_kernel_calls(name: str) -> None:
    tree = ast.parse((PACKAGE / name).read_text(encoding="utf-8"))
    taken = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    for node in (node for node in taken if node.module in DATA):
        for alias in node.names:
            value = getattr(import_module(node.module or ""), alias.name)
            assert isinstance(value, type | tuple) or value is step
    used = (node for node in ast.walk(tree) if isinstance(node, ast.Attribute))
    words = {
        node.attr for node in used if isinstance(node.value, ast.Name) and node.value.id == "why"
    }
    assert all(isinstance(getattr(step, word), type) for word in words - {"Terms"})
