"""The rank test beside the certificates, on critical points of one network after another.

Objects: Tally. Functions: generated_points, tally, table_lines.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from symbolic_landscape.critical.deep_linear.certificate import PointKind, compare
from symbolic_landscape.critical.deep_linear.generator import (
    Blocks,
    lower_blocks,
    point_with_blocks,
    spectral_data,
)
from symbolic_landscape.critical.deep_linear.point import DeepLinearPoint

BLOCKS: tuple[tuple[Blocks, int], ...] = (
    ("zero", 0),
    ("two zero", 0),
    ("two zero", 1),
    ("two zero", 2),
    ("one zero", 0),
)
"""The lower blocks of generated points, and what is added to the seed."""


@dataclass(frozen=True)
class Tally:
    """What the test and the certificates say of the critical points of one network.

    `kinds` counts the certified kinds, `passed` the points that the test calls global minima, and
    `disagreements` describes every point on which the two do not agree; `highest_order` is the
    greatest order at which the risk falls along the curve of descent of a saddle.
    """

    widths: tuple[int, ...]
    narrowest_layers: tuple[int, ...]
    kinds: Counter[PointKind]
    passed: int
    zero_products: int
    highest_order: int
    disagreements: tuple[str, ...]

    @property
    def count(self) -> int:
        """The number of points."""
        return self.kinds.total()

    def line(self) -> str:
        """One row of the table."""
        cells = [
            f"{', '.join(map(str, self.widths)):18}",
            f"{min(self.widths):2}",
            f"{', '.join(map(str, self.narrowest_layers)):17}",
            *(f"{self.kinds[kind]:14}" for kind in KINDS),
            f"{self.zero_products:10}",
            f"{self.highest_order or '-':>7}",
            f"{len(self.disagreements):13}",
        ]
        return " ".join(cells)


KINDS = (PointKind.GLOBAL_MINIMUM, PointKind.STRICT_SADDLE, PointKind.SADDLE)
"""The columns of the table."""


def generated_points(widths: Sequence[int], seed: int = 0) -> Iterator[DeepLinearPoint]:
    """Exact critical points: every choice of singular directions with every kind of lower block.

    The singular values are n, ..., 2, 1 for n = min(d_0, d_n); seed 0 takes unit matrices for all
    bases. Points that come about twice are given once.
    """
    least = min(widths[0], widths[-1])
    data = spectral_data(widths[0], widths[-1], tuple(range(least, 0, -1)), seed=seed)
    lowest = least if len(widths) == 2 else 0
    seen = set()
    for rank in range(lowest, min(widths) + 1):
        for selected in combinations(range(least), rank):
            for how, more in BLOCKS:
                blocks = lower_blocks(widths, rank, how, seed + more)
                point = point_with_blocks(data, widths[1:-1], selected, blocks, seed=seed)
                key = tuple(map(str, point.weights))
                if key not in seen:
                    seen.add(key)
                    yield point


def tally(widths: Sequence[int], seed: int = 0) -> Tally:
    """The rank test compared with the certificates on all generated points of these widths."""
    kinds: Counter[PointKind] = Counter()
    passed = zero_products = highest = 0
    wrong = []
    layers: tuple[int, ...] = ()
    for point in generated_points(widths, seed):
        found = compare(point)
        layers = point.narrowest_layers
        kinds[found.certificate.kind] += 1
        passed += found.test.is_global_minimum
        zero_products += point.product.is_zero
        if found.certificate.kind is PointKind.SADDLE and found.certificate.descent is not None:
            highest = max(highest, found.certificate.descent.order)
        if not found.agree.is_holds:
            wrong.append(f"{point.weights}: {found.agree.reason}")
    return Tally(tuple(widths), layers, kinds, passed, zero_products, highest, tuple(wrong))


def table_lines(tallies: Sequence[Tally]) -> tuple[str, ...]:
    """The table as lines of text, with a heading."""
    names = " ".join(f"{kind:>14}" for kind in KINDS)
    head = (
        f"{'widths':18} {'k':>2} {'narrowest':17} {names} {'zero prod.':>10} {'order':>7} "
        f"{'disagreements':>13}"
    )
    return (head, *(row.line() for row in tallies))


__all__ = ["KINDS", "Tally", "generated_points", "table_lines", "tally"]
