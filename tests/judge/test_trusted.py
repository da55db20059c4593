"""What must be believed of the checker is small, and stands on the standard library alone."""

from __future__ import annotations

import ast
import re
import sys
from importlib import import_module
from pathlib import Path

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
    "symbolic_landscape.statement.lemma",
    "symbolic_landscape.statement.rule",
    "symbolic_landscape.statement.step",
}
"""What is judged, as it is declared, what is said of it, and the names of errors: data."""

PROPOSALS = {"symbolic_landscape.statement.linear"}
"""What is added up again before it counts."""


def test_trusted_code_is_small() -> None:
    assert sum(map(code_lines, KERNEL)) < LIMIT


def imported(name: str) -> set[tuple[str, str]]:
    """What a file of the kernel takes: modules, and names in them, empty for the module itself."""
    found: set[tuple[str, str]] = set()
    for node in ast.walk(ast.parse((PACKAGE / name).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {(alias.name, "") for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module == "symbolic_landscape.statement":
            found |= {(f"{node.module}.{alias.name}", "") for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {(node.module or "", alias.name) for alias in node.names}
    return found


@pytest.mark.parametrize("name", KERNEL)
def test_trusted_code_needs_the_standard_library_alone(name: str) -> None:
    others = {module for module, _ in imported(name)} - TRUSTED - DATA - PROPOSALS
    assert {module.partition(".")[0] for module in others} <= sys.stdlib_module_names


@pytest.mark.parametrize("name", KERNEL)
def test_data_have_no_algorithm_that_the_kernel_calls(name: str) -> None:
    taken = {getattr(import_module(m), x) for m, x in imported(name) if m in DATA and x}
    text = (PACKAGE / name).read_text(encoding="utf-8")
    taken |= {getattr(step, word) for word in re.findall(r"\bwhy\.(\w+)", text)} - {step.Terms}
    assert all(isinstance(x, type | tuple) for x in taken)
