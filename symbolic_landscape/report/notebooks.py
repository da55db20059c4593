"""The notebooks that travel with the package, and the guide beside them: written out to be changed.

Functions: write_notebooks, guide.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from symbolic_landscape.report.output import new_file

_FOLDER = Path(__file__).parent.parent / "notebooks"
_GUIDE = "teachers_guide.md"


def guide() -> str:
    """The teacher's guide in Markdown; its first line is the title."""
    return (_FOLDER / _GUIDE).read_text(encoding="utf-8")


def write_notebooks(folder: Path) -> tuple[Path, ...]:
    """Writes each notebook into the folder, as a Python file in cells and as .ipynb, and the guide.

    Returns the files. The .ipynb need the package jupytext, and are left out without it. Raises
    ProblemError where a file exists already or cannot be written; nothing is written over.
    """
    new_file(folder / _GUIDE, guide())
    written = [folder / _GUIDE]
    for source in sorted(_FOLDER.glob("*.py")):
        text = source.read_text(encoding="utf-8")
        forms = {folder / source.name: text}
        if find_spec("jupytext") is not None:
            import jupytext

            notebook = jupytext.reads(text, fmt="py:percent")
            forms[folder / f"{source.stem}.ipynb"] = jupytext.writes(notebook, fmt="ipynb")
        for path, content in forms.items():
            new_file(path, content)
            written.append(path)
    return tuple(written)
