"""Where the second derivatives stand: in the parts that a pass computes, and in the Hessian.

A pass hands out, for each k and each m >= k, lists of second derivatives by W_k[a, b] and
W_m[c, e], where b and e count the features below with the constant 1 at the end. For m = k, a list
over a <= c and b <= e. For m > k, one list over (a, c, b, e) without those that get a second term
because the features of W_m move with W_k, and one of those: over (c, a, b) with e = a if m = k + 1,
else over (c, a, e, b) for e up to the last feature.

Objects: Split. Functions: layout, split_block, upper_halves, picked.

Design notes. Places depend on the widths alone, so they are made once and kept for small networks;
putting the numbers in order is then one walk over a list.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from symbolic_landscape.calculus.engines import Array

Places = Sequence[int]
Widths = tuple[int, ...]


class Split(NamedTuple):
    """The places of a block, flat over (a, c, b, e), that have one term and those that have two."""

    fixed: Places
    moving: Places


def picked(array: Array, places: Places) -> Array:
    """The entries at these places as one row."""
    entries = array.entries
    return Array(1, len(places), [entries[place] for place in places], array.scale)


@lru_cache(maxsize=64)
def upper_halves(count: int, size: int) -> Places:
    """The places (i, a, c) with a <= c in `count` square matrices, one below another."""
    upper = [a * size + c for a in range(size) for c in range(a, size)]
    return [i * size * size + place for i in range(count) for place in upper]


@lru_cache(maxsize=64)
def split_block(widths: Widths, bias: bool, k: int, m: int) -> Split:
    """Which second derivatives of the block (k, m), m > k, get a second term."""
    height, wide = widths[k], widths[m]
    near, far = widths[k - 1] + bias, widths[m - 1] + bias
    moving = [
        ((a * wide + c) * near + b) * far + e
        for c in range(wide)
        for a in range(height)
        for e in ((a,) if m == k + 1 else range(widths[m - 1]))
        for b in range(near)
    ]
    fixed = set(range(height * wide * near * far)).difference(moving)
    return Split(sorted(fixed), moving)


@lru_cache(maxsize=64)
def layout(widths: Widths, bias: bool, layers: tuple[int, ...]) -> Places:
    """For each entry of the Hessian (p, p), row by row, its place in all parts put together."""
    placed: dict[tuple[int, int], list[list[int]]] = {}
    start = 0
    for k in layers:
        for m in layers:
            if m == k:
                block, size = _square_block(widths[k], widths[k - 1] + bias)
            elif m > k:
                block, size = _split_block_places(widths, bias, k, m)
            else:
                continue
            placed[k, m] = _in_order([start + place for place in block], widths, bias, k, m)
            start += size
    result: list[int] = []
    for k in layers:
        columns: list[Sequence[Sequence[int]]] = [
            list(zip(*placed[j, k], strict=True)) for j in layers if j < k
        ]
        columns += [placed[k, m] for m in layers if m >= k]
        for i in range(len(placed[k, k])):
            result += chain.from_iterable(column[i] for column in columns)
    return result


def _square_block(units: int, below: int) -> tuple[list[int], int]:
    """The places (a, c, b, e) of a block m = k in its list, and how long the list is."""
    outer, inner = _half_places(units), _half_places(below)
    length = below * (below + 1) // 2
    return [p * length + q for p in outer for q in inner], units * (units + 1) // 2 * length


def _half_places(size: int) -> list[int]:
    """Where each entry of a symmetric matrix stands, row by row, in the list of its upper half."""
    starts = [i * size - i * (i + 1) // 2 for i in range(size)]
    return [starts[min(i, j)] + max(i, j) for i in range(size) for j in range(size)]


def _split_block_places(widths: Widths, bias: bool, k: int, m: int) -> tuple[list[int], int]:
    """The places (a, c, b, e) of a block m > k in its two lists, and how long both are."""
    split = split_block(widths, bias, k, m)
    order = [*split.fixed, *split.moving]
    block = [0] * len(order)
    for place, position in enumerate(order):
        block[position] = place
    return block, len(order)


def _in_order(block: list[int], widths: Widths, bias: bool, k: int, m: int) -> list[list[int]]:
    """The rows of a block in the order of the parameters of layers k and m: biases last."""
    below, far = widths[k - 1] + bias, widths[m - 1] + bias
    height, wide = widths[k], widths[m]
    kept, step = far - bias, below * far

    def row(a: int, b: int) -> list[int]:
        start = a * wide * step + b * far
        result: list[int] = []
        for at in range(start, start + wide * step, step):
            result += block[at : at + kept]
        if bias:
            result += block[start + kept : (a + 1) * wide * step : step]
        return result

    rows = [row(a, b) for a in range(height) for b in range(below - bias)]
    if bias:
        rows += [row(a, below - 1) for a in range(height)]
    return rows
