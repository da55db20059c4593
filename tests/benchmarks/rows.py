"""One measured row of the table.

Objects: Row.
"""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.timing import Times


@dataclass(frozen=True)
class Row:
    """One comparison. `faster` rows want other / engine at least `aim`, others engine / other at
    most `aim`; without another side `aim` is in seconds, and no aim means that the row is shown for
    comparison only. `limit` is what no way of doing the work can be below, where it is known.
    `difference` is the largest relative one between both answers. `note` says more."""

    target: str
    work: str
    engine: Times
    against: str
    other: Times | None
    aim: float | None
    faster: bool
    limit: float | None = None
    difference: float = 0.0
    note: str = ""

    @property
    def ratio(self) -> float:
        """How many times faster, or how many times the time; seconds without another side."""
        if self.other is None:
            return self.engine.median
        first, second = self._sides(self.other)
        return first.median / second.median

    @property
    def spread(self) -> tuple[float, float]:
        """The least and the greatest ratio of a round."""
        if self.other is None:
            return min(self.engine.seconds), max(self.engine.seconds)
        first, second = self._sides(self.other)
        return first.over(second)

    def _sides(self, other: Times) -> tuple[Times, Times]:
        return (other, self.engine) if self.faster else (self.engine, other)

    @property
    def limit_ratio(self) -> float | None:
        """The ratio if the engine took its lower limit."""
        if self.limit is None or self.other is None:
            return None
        other = self.other.median
        return other / self.limit if self.faster else self.limit / other

    @property
    def missed(self) -> float | None:
        """How many times beyond the target, at most 1 where it is met; None without one."""
        if self.aim is None:
            return None
        return self.aim / self.ratio if self.faster else self.ratio / self.aim
