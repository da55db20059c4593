"""Times of interleaved runs.

Times are processor seconds of this process and of those it waited for, so that other programs on a
busy machine are not counted; the garbage collector is off in the timed part. Linear algebra of
numpy runs on one thread (see `__main__`), so that both sides have one core.

Objects: Times. Functions: interleaved, cost, repeats_of, spent, timed.
"""

from __future__ import annotations

import gc
import math
import resource
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

LEAST_SECONDS = 0.01
MOST_REPEATS = 2000


@dataclass(frozen=True)
class Times:
    """Seconds of the rounds of one run."""

    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        """The median of the rounds."""
        return statistics.median(self.seconds)

    def over(self, other: Times) -> tuple[float, float]:
        """The least and the greatest ratio to another run, round by round where they took turns."""
        if len(self.seconds) == len(other.seconds):
            pairs = list(zip(self.seconds, other.seconds, strict=True))
            ratios = [mine / theirs for mine, theirs in pairs]
        else:
            ratios = [x / other.median for x in self.seconds]
        return min(ratios), max(ratios)


def spent() -> float:
    """Processor seconds until now of this process and of the children it waited for."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def timed(run: Callable[[], object], repeats: int) -> float:
    """Processor seconds of one of so many runs in a row."""
    enabled = gc.isenabled()
    gc.collect()
    gc.disable()
    try:
        started = spent()
        for _ in range(repeats):
            run()
        return (spent() - started) / repeats
    finally:
        if enabled:
            gc.enable()


def repeats_of(run: Callable[[], object], least: float = LEAST_SECONDS) -> int:
    """How often a run is repeated so that clock ticks do not matter."""
    once = timed(run, 1)
    return max(1, min(MOST_REPEATS, math.ceil(least / max(once, 1e-9))))


def interleaved(
    runs: Mapping[str, Callable[[], object]],
    rounds: int = 5,
    prepare: Callable[[], None] | None = None,
) -> dict[str, Times]:
    """The times of each run; the runs take turns. `prepare` goes before each, untimed.

    A quick run is repeated inside its turn until clock ticks no longer matter, unless there is one
    round only.
    """
    alone = prepare is not None or rounds == 1
    repeats = {name: 1 if alone else repeats_of(run) for name, run in runs.items()}
    times: dict[str, list[float]] = {name: [] for name in runs}
    for _ in range(rounds):
        for name, run in runs.items():
            if prepare is not None:
                prepare()
            times[name].append(timed(run, repeats[name]))
    return {name: Times(tuple(values)) for name, values in times.items()}


def cost(run: Callable[[], object], count: int) -> float:
    """Seconds of one of `count` equal operations that a run consists of."""
    return interleaved({"run": run}, rounds=3)["run"].median / count
