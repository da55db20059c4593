"""Medians of interleaved runs.

Times are processor seconds of this process, so that other programs on a busy machine are not
counted; the garbage collector is off in the timed part. Linear algebra of numpy runs on one thread
(see `__main__`), so that both sides have one core.

Functions: interleaved, cost.
"""

from __future__ import annotations

import gc
import math
import statistics
import time
from collections.abc import Callable, Mapping

LEAST_SECONDS = 0.01
MOST_REPEATS = 2000


def _timed(run: Callable[[], object], repeats: int) -> float:
    enabled = gc.isenabled()
    gc.collect()
    gc.disable()
    try:
        started = time.process_time()
        for _ in range(repeats):
            run()
        return (time.process_time() - started) / repeats
    finally:
        if enabled:
            gc.enable()


def interleaved(
    runs: Mapping[str, Callable[[], object]],
    rounds: int = 5,
    prepare: Callable[[], None] | None = None,
) -> dict[str, float]:
    """Median seconds of each run; the runs take turns. `prepare` goes before each, untimed.

    A quick run is repeated inside its turn until clock ticks no longer matter, unless there is one
    round only.
    """
    repeats = {}
    for name, run in runs.items():
        if prepare is not None or rounds == 1:
            repeats[name] = 1
            continue
        once = _timed(run, 1)
        repeats[name] = max(1, min(MOST_REPEATS, math.ceil(LEAST_SECONDS / max(once, 1e-9))))
    times: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(rounds):
        for name, run in runs.items():
            if prepare is not None:
                prepare()
            times[name].append(_timed(run, repeats[name]))
    return {name: statistics.median(values) for name, values in times.items()}


def cost(run: Callable[[], object], count: int) -> float:
    """Seconds of one of `count` equal operations that a run consists of."""
    return interleaved({"run": run}, rounds=3)["run"] / count
