"""Every notebook runs from top to bottom, and the value computed in its last cell is right."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).resolve().parent.parent / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.py"))
RESULTS: dict[str, dict[str, Any]] = {
    "nh17_lemma_4_3": {
        "derived": True,
        "surplus": ["analytic", "loss smooth", "loss"],
        "refused": [True, True, True],
        "limit": "1/4",
        "scale": "31/20",
        "independent": "holds",
        "rank in floats": 8,
        "rank": "holds",
    },
    "c18_zero_loss": {
        "regular": [1, 0, 1],
        "singular": [0, 0, 2],
        "flat": [0, 0, 1],
        "features": [3, 2],
        "bias": "1/2",
        "derived": True,
        "assumed": ["critical_values_of_map_are_null"],
    },
    "c21_critical_locus": {
        "critical": [True, True, True],
        "gradient with the sum": 24,
        "refused": ["features"],
        "biases are free": True,
        "core": [(1, 0, 18), (2, 0, 20), (3, 0, 22)],
        "orders": {
            **{"S_3": 2, "S_1": 2, "S_2": 2},
            **{"C_(1, 2)": 3, "C_(1, 3)": 3, "C_(2, 3)": 3, "C_(1, 2, 3)": 4},
        },
        "zeros": (0, 4),
        "below the bound": 5,
        "star": 3200,
        "core locus": 1600,
    },
    "landscapes": {
        "kinds": [
            "strict saddle",
            "saddle",
            "non-strict local minimum",
            "strict saddle",
            "none near",
        ],
        "order": 4,
        "coefficient": "-50",
        "shared": True,
        "inertia": [12, 10, 0],
    },
    "ps21_existence": {
        "definite": True,
        "derived": True,
        "kernels": [0, 1, 3, 5, 15, 255, 440],
        "losses agree": True,
        "certified": True,
        "escapes": ["holds", "holds"],
        "paths": 14,
    },
    "ps21_infinity": {
        "outcomes": ["holds", "fails"],
        "p0": "1/4",
        "falling gap": True,
        "deeper": ["1/4", "1/32", "1/64"],
        "derived": True,
        "printed derived": False,
    },
    "tour": {
        "kind": "strict saddle",
        "inertia": [3, 2, 2],
        "stuck": ["saddle", "no"],
        "strict": True,
    },
    "your_own_lemma": {
        "right": True,
        "needed": True,
        "noticed": [True, True, True, True],
        "begged": True,
        "fooled": True,
        "rule refuted": True,
    },
    "ysj18_rank_test": {
        "networks": 22,
        "points": 161,
        "disagreements": 0,
        "critical values": ["1", "5/2", "3"],
    },
    "nh17_theorem_3_8": {
        "printed derived": False,
        "lemma refuted": "fails",
        "direct derived": True,
        "forced derived": True,
        "refused": [True, True, True],
        "phi": "0",
        "block": 6,
        "spare": 2,
        "inertia": [6, 0, 12],
        "cross": "2/25",
    },
}
"""What the last cell of each notebook prints."""


def _executed(path: Path) -> Any:
    """The notebook after a run in a fresh kernel, in the folder of the repository."""
    jupytext = pytest.importorskip("jupytext")
    nbclient = pytest.importorskip("nbclient")
    pytest.importorskip("ipykernel")
    notebook = jupytext.read(path)
    client = nbclient.NotebookClient(
        notebook, timeout=240, resources={"metadata": {"path": str(FOLDER.parent)}}
    )
    return client.execute()


def test_every_notebook_has_a_result_to_compare_with() -> None:
    assert {path.stem for path in NOTEBOOKS} == set(RESULTS)


@pytest.mark.slow
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
@pytest.mark.filterwarnings("ignore:.*[Ss]chema.*")
def test_notebook_runs_and_ends_with_its_result(path: Path) -> None:
    cells = [cell for cell in _executed(path).cells if cell.cell_type == "code"]
    printed = "".join(output.get("text", "") for output in cells[-1].outputs)
    assert ast.literal_eval(printed) == RESULTS[path.stem]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_begins_with_a_title_and_loads_the_statements(path: Path) -> None:
    notebook = pytest.importorskip("jupytext").read(path)
    first, code = notebook.cells[0], [c.source for c in notebook.cells if c.cell_type == "code"]
    assert first.cell_type == "markdown"
    assert first.source.startswith("# ")
    assert any("load_proofs()" in source for source in code)
