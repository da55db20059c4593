"""The notebooks of the package, written out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import symbolic_landscape
from symbolic_landscape.errors import ProblemError
from symbolic_landscape.report.notebooks import write_notebooks

SOURCES = sorted((Path(symbolic_landscape.__file__).parent / "notebooks").glob("*.py"))


def test_every_notebook_is_written_in_both_forms(tmp_path: Path) -> None:
    pytest.importorskip("jupytext")
    written = write_notebooks(tmp_path / "out")
    assert {path.name for path in written} == {"teachers_guide.md"} | {
        name for source in SOURCES for name in (source.name, f"{source.stem}.ipynb")
    }
    for source in SOURCES:
        assert (tmp_path / "out" / source.name).read_text() == source.read_text()
        cells = json.loads((tmp_path / "out" / f"{source.stem}.ipynb").read_text())["cells"]
        assert {cell["cell_type"] for cell in cells} == {"markdown", "code"}


def test_changed_notebook_is_never_written_over(tmp_path: Path) -> None:
    (tmp_path / SOURCES[0].name).write_text("mine")
    with pytest.raises(ProblemError, match="exists"):
        write_notebooks(tmp_path)
    assert (tmp_path / SOURCES[0].name).read_text() == "mine"
