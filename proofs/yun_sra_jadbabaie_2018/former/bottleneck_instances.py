"""Points with a bottleneck on which Section 3.4 is tried, and a strategy for more.

Objects: points_of_v_1, SMALLER_FITTED, GREATER_FITTED, DEGENERATE_BLOCKS, TWO_NARROW, and near
misses.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.chains import (
    BottleneckPoint,
    singular_points,
)
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.instances import zeros
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.section_3_chains import (
    narrow_points,
)

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy


UNIT: tuple[tuple[int, ...], ...] = ((1, 0), (0, 1))
SMALLER_FITTED = BottleneckPoint(
    name="widths 2, 1, 2, the smaller direction fitted",
    inputs=UNIT,
    targets=((2, 0), (0, 1)),
    weights=(((0, 1),), ((0,), (1,))),
)
ABOVE_ONLY = replace(
    SMALLER_FITTED,
    name="widths 2, 1, 2, the first layer fitted to the second",
    weights=(((1, Fraction(1, 2)),), ((1,), (1,))),
)
BELOW_ONLY = replace(
    SMALLER_FITTED,
    name="widths 2, 1, 2, the second layer fitted to the first",
    weights=(((1, 1),), ((1,), (Fraction(1, 2),))),
)
DEGENERATE_BLOCKS = BottleneckPoint(
    name="widths 3, 3, 1, 3, one direction fitted beside free lower blocks",
    inputs=((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    targets=((3, 0, 0), (0, 2, 0), (0, 0, 1)),
    weights=(((0, 2, 0), (5, 0, 0), (0, 1, 7)), ((1, 0, 0),), ((0,), (1,), (0,))),
    layer=2,
)
ZERO_BELOW = BottleneckPoint(
    name="widths 2, 2, 1, 2, two zero weights",
    inputs=UNIT,
    targets=((2, 0), (0, 1)),
    weights=(zeros(2, 2), zeros(1, 2), ((1,), (0,))),
    layer=2,
)
BROAD_FITTED = BottleneckPoint(
    name="widths 2, 1, 2, 2, looked at from the broad layer",
    inputs=UNIT,
    targets=((2, 0), (0, 1)),
    weights=(((2, 0),), ((1,), (0,)), UNIT),
    layer=2,
)
TWO_NARROW = BottleneckPoint(
    name="widths 2, 1, 2, 1, 2, the upper of two bottlenecks",
    inputs=UNIT,
    targets=((2, 0), (0, 1)),
    weights=(((2, 0),), ((1,), (3,)), ((1, 0),), ((1,), (0,))),
    layer=3,
)
GREATER_FITTED = replace(
    SMALLER_FITTED,
    name="widths 2, 1, 2, the greater direction fitted",
    weights=(((2, 0),), ((1,), (0,))),
)
OFF = replace(
    SMALLER_FITTED,
    name="widths 2, 1, 2, the greater direction, not fitted",
    weights=(((1, 0),), ((1,), (0,))),
)
EQUAL_VALUES = replace(
    SMALLER_FITTED,
    name="widths 2, 1, 2, equal singular values",
    targets=UNIT,
    weights=(((1, 0),), ((1,), (0,))),
)
ANOTHER_BASIS = BottleneckPoint(
    name="widths 3, 2, 3, two of three directions, in another basis",
    inputs=((1, 0, 0, 0), (0, 1, 0, 0), (0, 0, 2, 0)),
    targets=((3, 0, 0, 1), (0, 2, 0, 0), (0, 0, 1, 0)),
    weights=(((3, 2, 0), (0, 2, 0)), ((1, -1), (0, 1), (0, 0))),
)
DEPENDENT_ROWS = BottleneckPoint(
    name="widths 1, 2, 1, zero targets, dependent rows of A_p",
    inputs=((0, 1),),
    targets=((0, 0),),
    weights=(((1,), (0,)), ((1, 0),)),
)
NOTHING_BELOW = BottleneckPoint(
    name="widths 2, 1, 1, 2, only the last weight is not zero",
    inputs=UNIT,
    targets=((2, 0), (0, 1)),
    weights=(zeros(1, 2), zeros(1, 1), ((1,), (0,))),
    layer=2,
)
MANY_OUTPUTS = (
    BottleneckPoint(
        name="widths 2, 1, 4, the greater direction fitted",
        inputs=((1, 0, 0, 0), (0, 1, 0, 0)),
        targets=((1, 0, 0, 0), (0, 2, 0, 1), (0, 0, 1, 0), (0, 0, 0, 1)),
        weights=(((0, 2),), ((0,), (1,), (0,), (0,))),
    ),
    BottleneckPoint(
        name="widths 2, 1, 4, the smaller direction fitted",
        inputs=((1, 0, 0, 0), (0, 1, 0, 0)),
        targets=((1, 0, 0, 0), (0, 2, 0, 1), (0, 0, 1, 0), (0, 0, 0, 1)),
        weights=(((1, 0),), ((1,), (0,), (0,), (0,))),
    ),
)


def points_of_v_1() -> SearchStrategy[BottleneckPoint]:
    """Points made of singular directions, or of small integers, with a narrow layer."""
    return singular_points((2, 3), (1, 1, 2)) | narrow_points()
