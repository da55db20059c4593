"""Times of the command, as ratios from one run: start-up, cold and warm checks, one and two jobs.

    python tests/benchmarks/commands.py

Each figure is the median of interleaved runs of whole processes, beside `python -c pass` of the
same round.
The lower limit of every command is that process start; that of a cold check is the time of its
slowest statement, since one statement is judged in one process.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROUNDS = 5
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


def start_up(folder: Path) -> dict[str, float]:
    """Medians of the start-up of python itself, of --help and of list."""
    commands = {
        "python -c pass": [*PYTHON, "-c", "pass"],
        "lemma-check --help": [*COMMAND, "--help"],
        "lemma-check list": [*COMMAND, "list"],
    }
    times: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(ROUNDS):
        for name, arguments in commands.items():
            times[name].append(seconds(arguments, folder / "start.sqlite"))
    return {name: statistics.median(values) for name, values in times.items()}


def checks(folder: Path) -> tuple[dict[str, float], float]:
    """Cold and warm checks of everything with 1 and 2 jobs, and the slowest statement."""
    times: dict[str, float] = {}
    for jobs in (1, 2):
        cache = folder / f"jobs{jobs}.sqlite"
        every = [*COMMAND, "check", "--quiet", "--jobs", str(jobs)]
        times[f"cold, {jobs} job{'s' * (jobs > 1)}"] = seconds(every, cache)
        times[f"warm, {jobs} job{'s' * (jobs > 1)}"] = seconds(every, cache)
    one = [*COMMAND, "check", "NH17.L2.1", "--quiet"]
    times["one statement, warm"] = seconds(one, folder / "jobs1.sqlite")
    report = folder / "report.json"
    seconds(
        [*COMMAND, "check", "--quiet", "--format", "json", "-o", str(report)],
        folder / "jobs1.sqlite",
    )
    slowest = max(s["seconds"] for s in json.loads(report.read_text())["statements"])
    return times, slowest


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        begin = start_up(folder)
        unit = begin["python -c pass"]
        print(
            f"python {sys.version.split()[0]}, {ROUNDS} interleaved rounds, {os.cpu_count()} cores"
        )
        print(f"{'command':28} {'seconds':>9} {'x python':>9}")
        for label, value in begin.items():
            print(f"{label:28} {value:9.3f} {value / unit:9.1f}")
        times, slowest = checks(folder)
        print(f"\n{'check of everything':28} {'seconds':>9} {'x cold, 1 job':>14}")
        for label, value in times.items():
            print(f"{label:28} {value:9.2f} {value / times['cold, 1 job']:14.3f}")
        print(f"lower limit of a cold check: its slowest statement, {slowest:.2f} s")


if __name__ == "__main__":
    main()
