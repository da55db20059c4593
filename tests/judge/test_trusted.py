"""What must be believed of the checker is small, and stands on the standard library alone."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

import symbolic_landscape
from symbolic_landscape.report.trust import KERNEL, code_lines

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
