"""All benchmarks in one table, with both sides of each comparison.

    python tests/benchmarks [--output FOLDER] [--tiny] [--only T3 T8 ...] [--checks]
    python tests/benchmarks --against CHECKOUT ... [--only T3 T8 ...]

Prints the rows T1 to T10 and T12 to T15 with the growth T13, or only those named; --checks adds
T11, which checks a whole paper cold and warm. FOLDER receives benchmarks.json, benchmarks.txt and
benchmarks.png. --against measures the work of T1 to T10 here and in other checkouts of the project
in turns, and prints nothing else.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from itertools import chain
from pathlib import Path

HERE = Path(__file__).resolve().parent


def main() -> None:
    parser = argparse.ArgumentParser(prog="python tests/benchmarks", description=__doc__)
    parser.add_argument("--output", type=Path, help="folder of the results")
    parser.add_argument("--tiny", action="store_true", help="small sizes, to try the harness")
    parser.add_argument("--only", nargs="+", default=[], metavar="TARGET", help="such as T3 T13")
    parser.add_argument("--checks", action="store_true", help="also time the check of a paper")
    parser.add_argument("--against", nargs="+", type=Path, metavar="CHECKOUT")
    arguments = parser.parse_args()
    folder = arguments.output or Path(tempfile.mkdtemp(prefix="benchmarks-"))
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ[name] = "1"
    sys.path[:0] = [str(HERE.parent), str(HERE.parent.parent)]

    from benchmarks import against, commands, engine, report, wholes

    if arguments.against:
        found = []
        for one in against.compare(arguments.against, arguments.only):
            found.append(one)
            print(f"{one.target} {one.name}, {one.folder}", file=sys.stderr)
        print(report.comparison_table(found))
        return
    sizes = engine.TINY if arguments.tiny else engine.FULL
    rows = []
    every = (engine.rows(sizes, arguments.only), wholes.rows(sizes.rounds, arguments.only))
    for row in chain(*every):
        rows.append(row)
        print(f"{row.target} {row.work}, {row.against}", file=sys.stderr)
    if not arguments.only or "T12" in arguments.only:
        rows += engine.start_rows(commands.start_up(folder))
    growths = []
    if not arguments.only or "T13" in arguments.only:
        growths += engine.growths(sizes)
    known = ", ".join(f"{name} {value}" for name, value in report.versions().items())
    text = "\n".join(
        (
            known,
            "medians of interleaved runs, processor time, one thread, garbage collector off",
            "",
            report.table(rows),
            "",
            *((report.growth_table(growths), "") if growths else ()),
        )
    )
    print(text)
    (folder / "benchmarks.txt").write_text(text)
    (folder / "benchmarks.json").write_text(report.as_json(rows, growths))
    report.plot(rows, growths, folder / "benchmarks.png")
    print(f"kept in {folder}")
    if arguments.checks:
        commands.main()


if __name__ == "__main__":
    main()
