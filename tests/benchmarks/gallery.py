"""The gallery of `classify`: kind x activation x field, with times.

    python tests/benchmarks/gallery.py [--output FOLDER]

Prints every problem with its kind and the time of one classification, then how many problems there
are of each kind for each activation and each field. FOLDER receives gallery.json and gallery.txt.
"""

from __future__ import annotations

import argparse
import io
import json
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from symbolic_landscape.critical import Kind, classify_problem
from symbolic_landscape.critical.gallery import Exhibit, gallery


@dataclass(frozen=True)
class Line:
    """One problem of the gallery as it was classified, and whether that was expected."""

    name: str
    kind: str
    activation: str
    field: str
    outputs: int
    global_minimum: str
    evidence: str
    seconds: float
    as_derived: bool


def classified(entry: Exhibit) -> Line:
    problem = entry.problem()
    start = time.perf_counter()
    found = classify_problem(problem)
    seconds = time.perf_counter() - start
    return Line(
        name=entry.name,
        kind=str(found.kind),
        activation=str(entry.data["activation"]),
        field=entry.field,
        outputs=problem.surface.network.outputs,
        global_minimum=str(found.global_minimum),
        evidence=found.evidence.word,
        seconds=round(seconds, 4),
        as_derived=str(found.kind) == entry.expected["kind"],
    )


def whole(lines: Sequence[Line]) -> Table:
    table = Table("problem", "kind", "activation", "field", "m", "global", "evidence", "s", "")
    for line in sorted(lines, key=lambda one: (one.kind, one.activation, one.field)):
        table.add_row(
            line.name,
            line.kind,
            line.activation,
            line.field,
            str(line.outputs),
            line.global_minimum,
            line.evidence,
            f"{line.seconds:.3f}",
            "as derived" if line.as_derived else "NOT as derived",
        )
    return table


def crossed(lines: Sequence[Line], word: str) -> Table:
    counts = Counter((line.kind, getattr(line, word)) for line in lines)
    columns = sorted({getattr(line, word) for line in lines})
    table = Table(f"kind x {word}", *columns)
    for kind in Kind:
        table.add_row(str(kind), *(str(counts[kind, column] or "") for column in columns))
    return table


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", type=Path, help="folder of the results")
    folder = parser.parse_args().output
    lines = [classified(entry) for entry in gallery()]
    text = io.StringIO()
    console = Console(file=text, width=240)
    for table in (whole(lines), crossed(lines, "activation"), crossed(lines, "field")):
        console.print(table)
    console.print(f"{len(lines)} problems, {sum(line.seconds for line in lines):.2f} s in all")
    print(text.getvalue())
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "gallery.txt").write_text(text.getvalue())
        (folder / "gallery.json").write_text(json.dumps([asdict(line) for line in lines], indent=1))


if __name__ == "__main__":
    main()
