"""Times of the command, as ratios from one run: start-up, cold and warm checks, one and two jobs.

    python tests/benchmarks/commands.py

Start-up is the median of interleaved runs of whole processes, beside `python -c pass` of the same
round, which is its lower limit. Checks are measured in processor seconds of all their processes:
cold, with the verdicts on formulas kept and the results gone (as after a change of every proof),
and warm.
"""

from __future__ import annotations

import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

ROUNDS = 5
PAPER = "NH17"
PYTHON = [sys.executable]
COMMAND = [sys.executable, "-m", "symbolic_landscape"]
ROOT = Path(__file__).resolve().parent.parent.parent


def seconds(arguments: list[str], cache: Path, codes: tuple[int, ...] = (0,)) -> float:
    """Wall-clock seconds of one process; raises when it ends with another exit status."""
    environment = {**os.environ, "LEMMA_CHECK_CACHE": str(cache)}
    started = time.perf_counter()
    done = subprocess.run(
        arguments, cwd=ROOT, env=environment, capture_output=True, check=False, text=True
    )
    elapsed = time.perf_counter() - started
    if done.returncode not in codes:
        message = f"{' '.join(arguments)} ended with {done.returncode}: {done.stderr[-300:]}"
        raise RuntimeError(message)
    return elapsed


def start_up(folder: Path) -> dict[str, tuple[float, ...]]:
    """Seconds of the rounds of the start-up of python itself, of --help and of list."""
    commands = {
        "python -c pass": [*PYTHON, "-c", "pass"],
        "lemma-check --help": [*COMMAND, "--help"],
        "lemma-check list": [*COMMAND, "list"],
    }
    times: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(ROUNDS):
        for name, arguments in commands.items():
            times[name].append(seconds(arguments, folder / "start.sqlite"))
    return {name: tuple(values) for name, values in times.items()}


def processor(arguments: list[str], cache: Path) -> float:
    """Processor seconds of one process and of those that it starts."""
    before = os.times()
    seconds(arguments, cache)
    after = os.times()
    return sum(after[2:4]) - sum(before[2:4])


def checks(folder: Path, paper: str) -> dict[str, float]:
    """Processor seconds of the checks of a paper, cold and warm, with 1 and 2 jobs."""
    times: dict[str, float] = {}
    for jobs in (1, 2):
        cache, said = folder / f"jobs{jobs}.sqlite", f"{jobs} job{'s' * (jobs > 1)}"
        every = [*COMMAND, "check", "--paper", paper, "--quiet", "--jobs", str(jobs)]
        times[f"cold, {said}"] = processor(every, cache)
        with closing(sqlite3.connect(cache)) as connection, connection:
            connection.execute("DELETE FROM results")
        times[f"verdicts kept, {said}"] = processor(every, cache)
        times[f"warm, {said}"] = processor(every, cache)
    return times


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        begin = start_up(folder)
        unit = statistics.median(begin["python -c pass"])
        print(
            f"python {sys.version.split()[0]}, {ROUNDS} interleaved rounds, {os.cpu_count()} cores"
        )
        print(f"{'command':28} {'seconds':>9} {'x python':>9}")
        for label, seconds_of_rounds in begin.items():
            value = statistics.median(seconds_of_rounds)
            print(f"{label:28} {value:9.3f} {value / unit:9.1f}")
        times = checks(folder, PAPER)
        print(f"\n{f'check of {PAPER}':28} {'processor':>9} {'x cold, 1 job':>14}")
        for label, value in times.items():
            print(f"{label:28} {value:9.2f} {value / times['cold, 1 job']:14.3f}")


if __name__ == "__main__":
    main()
