"""Sections 3.1 and 3.4: points of deep linear networks with a layer narrower than both ends.

Objects: BOTTLENECKS. The rows of a point are given as in `linear_points`.
"""

from __future__ import annotations

from fractions import Fraction

from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.settings.linear_points import (
    THREE,
    TWO,
    Point,
    zeros,
)

FALLING = [[2, 0], [0, 1]]
BOTTLENECKS = (
    Point("widths 2, 1, 2, the other sign of the singular vector", TWO, FALLING,
          [[[2, 0]], [[1], [0]]], leading=[[-1], [0]]),
    Point("widths 2, 1, 2, the first layer fitted to the second", TWO, FALLING,
          [[[1, Fraction(1, 2)]], [[1], [1]]], leading=[[1], [0]]),
    Point("widths 2, 1, 2, the second layer fitted to the first", TWO, FALLING,
          [[[1, 1]], [[1], [Fraction(1, 2)]]], leading=[[1], [0]]),
    Point("widths 3, 3, 1, 3, one direction fitted beside free lower blocks", THREE,
          [[3, 0, 0], [0, 2, 0], [0, 0, 1]],
          [[[0, 2, 0], [5, 0, 0], [0, 1, 7]], [[1, 0, 0]], [[0], [1], [0]]],
          leading=[[1], [0], [0]]),
    Point("widths 3, 3, 1, 3, the greatest direction beside free lower blocks", THREE,
          [[3, 0, 0], [0, 2, 0], [0, 0, 1]],
          [[[3, 0, 0], [0, 5, 0], [7, 0, 0]], [[1, 0, 0]], [[1], [0], [0]]],
          leading=[[1], [0], [0]]),
    Point("widths 2, 2, 1, 2, two zero weights", TWO, FALLING,
          [zeros(2, 2), zeros(1, 2), [[1], [0]]], leading=[[1], [0]]),
    Point("widths 2, 1, 2, 2, seen from the broad layer", TWO, FALLING,
          [[[2, 0]], [[1], [0]], TWO], layer=2, leading=TWO),
    Point("widths 2, 1, 2, 1, 2, the upper of two bottlenecks", TWO, FALLING,
          [[[2, 0]], [[1], [3]], [[1, 0]], [[1], [0]]], layer=3, leading=[[1], [0]]),
    Point("widths 2, 1, 2, 1, 2, the lower of two bottlenecks", TWO, FALLING,
          [[[2, 0]], [[1], [3]], [[1, 0]], [[1], [0]]], layer=1, leading=[[1], [0]]),
    Point("widths 3, 2, 3, two of three directions, in another basis",
          [[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 2, 0]],
          [[3, 0, 0, 1], [0, 2, 0, 0], [0, 0, 1, 0]],
          [[[3, 2, 0], [0, 2, 0]], [[1, -1], [0, 1], [0, 0]]],
          leading=[[Fraction(3, 5), Fraction(4, 5)], [Fraction(4, 5), Fraction(-3, 5)], [0, 0]]),
    Point("widths 3, 2, 3, the first and last of three directions", THREE,
          [[3, 0, 0], [0, 2, 0], [0, 0, 1]],
          [[[3, 0, 0], [0, 0, 1]], [[1, 0], [0, 0], [0, 1]]],
          leading=[[1, 0], [0, 1], [0, 0]]),
    Point("widths 2, 1, 1, 2, only the last weight is not zero", TWO, FALLING,
          [zeros(1, 2), zeros(1, 1), [[1], [0]]], layer=2, leading=[[1], [0]]),
    Point("widths 2, 1, 4, the greater direction", [[1, 0, 0, 0], [0, 1, 0, 0]],
          [[1, 0, 0, 0], [0, 2, 0, 1], [0, 0, 1, 0], [0, 0, 0, 1]],
          [[[0, 2]], [[0], [1], [0], [0]]], leading=[[0], [1], [0], [0]]),
    Point("widths 2, 1, 4, the smaller direction", [[1, 0, 0, 0], [0, 1, 0, 0]],
          [[1, 0, 0, 0], [0, 2, 0, 1], [0, 0, 1, 0], [0, 0, 0, 1]],
          [[[1, 0]], [[1], [0], [0], [0]]], leading=[[0], [1], [0], [0]]),
    Point("widths 3, 1, 3, a gap above two equal singular values", THREE,
          [[2, 0, 0], [0, 1, 0], [0, 0, 1]],
          [[[2, 0, 0]], [[1], [0], [0]]], leading=[[1], [0], [0]]),
    Point("widths 3, 2, 3, a gap below two equal singular values", THREE,
          [[2, 0, 0], [0, 2, 0], [0, 0, 1]],
          [[[2, 0, 0], [0, 2, 0]], [[1, 0], [0, 1], [0, 0]]],
          leading=[[1, 0], [0, 1], [0, 0]]),
    Point("widths 3, 1, 3, one of two smaller equal directions", THREE,
          [[2, 0, 0], [0, 1, 0], [0, 0, 1]],
          [[[0, 1, 0]], [[0], [1], [0]]], leading=[[1], [0], [0]]),
    Point("widths 3, 1, 2, more inputs than outputs, five samples",
          [[1, 0, 0, 0, 0], [0, 1, 0, 0, 0], [0, 0, 1, 0, 0]],
          [[3, 0, 0, 0, 1], [0, 1, 0, 1, 0]],
          [[[3, 0, 0]], [[1], [0]]], leading=[[1], [0]]),
    Point("widths 3, 1, 3, a gap, and targets of rank 2, the greatest direction", THREE,
          [[2, 0, 0], [0, 1, 0], [0, 0, 0]],
          [[[2, 0, 0]], [[1], [0], [0]]], leading=[[1], [0], [0]]),
    Point("widths 3, 1, 3, a gap, and targets of rank 2, the smaller direction", THREE,
          [[2, 0, 0], [0, 1, 0], [0, 0, 0]],
          [[[0, 1, 0]], [[0], [1], [0]]], leading=[[1], [0], [0]]),
    Point("widths 3, 1, 3, a gap, and targets of rank 2, zero weights", THREE,
          [[2, 0, 0], [0, 1, 0], [0, 0, 0]],
          [zeros(1, 3), zeros(3, 1)], leading=[[1], [0], [0]]),
)  # fmt: skip
"""Critical points with products of rank k and less, and others, with leading singular vectors."""
