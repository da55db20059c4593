"""The notebooks that travel with the package: written out to be opened and changed.

Function: write_notebooks.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from symbolic_landscape.errors import ProblemError
from symbolic_landscape.report.output import new_file

_FOLDER = Path(__file__).parent.parent / "notebooks"


def write_notebooks(folder: Path) -> tuple[Path, ...]:
    """Writes each notebook into the folder, as a Python file in cells and as .ipynb; the files.

    The second form needs the package jupytext, and is left out without it. Raises ProblemError
    where a file exists already or cannot be written; nothing is written over.
    """
    written: list[Path] = []
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
    if not written:
        message = f"the notebooks must lie in {_FOLDER}, but none does"
        raise ProblemError(message)
    return tuple(written)
