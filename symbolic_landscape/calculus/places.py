"""Pickers: entries of a flat matrix in another order, some of them several times.

Functions: transposed, pairs, squares, spread.

Design notes. Networks are evaluated at many points, and the orders depend on shapes alone. A picker
for a shape of moderate size is made once and kept; it then runs without a loop in Python.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any

Pick = Callable[[Sequence[Any]], Sequence[Any]]

MOST_KEPT = 1 << 14
"""Pickers of more entries are made anew each time."""


def _picker(places: list[int]) -> Pick:
    if len(places) > 1:
        return itemgetter(*places)
    return lambda entries: [entries[place] for place in places]


def transposed(height: int, width: int) -> Pick:
    """The transpose of a matrix (height, width)."""
    return (_transposed if height * width <= MOST_KEPT else _transposed.__wrapped__)(height, width)


@lru_cache(maxsize=128)
def _transposed(height: int, width: int) -> Pick:
    return _picker([i * width + j for j in range(width) for i in range(height)])


def pairs(height: int, left: int, right: int) -> tuple[Pick, Pick]:
    """The factors of all products of an entry of row i of one matrix and of another."""
    small = height * left * right <= MOST_KEPT
    return (_pairs if small else _pairs.__wrapped__)(height, left, right)


@lru_cache(maxsize=128)
def _pairs(height: int, left: int, right: int) -> tuple[Pick, Pick]:
    rows, first, second = range(height), range(left), range(right)
    return (
        _picker([i * left + p for i in rows for p in first for _ in second]),
        _picker([i * right + q for i in rows for _ in first for q in second]),
    )


def squares(height: int, width: int) -> tuple[Pick, Pick]:
    """The factors x_p, x_q, p <= q, of each row."""
    small = height * width * width <= MOST_KEPT
    return (_squares if small else _squares.__wrapped__)(height, width)


@lru_cache(maxsize=128)
def _squares(height: int, width: int) -> tuple[Pick, Pick]:
    both = [(p, q) for p in range(width) for q in range(p, width)]
    starts = range(0, height * width, width)
    return (
        _picker([start + p for start in starts for p, _ in both]),
        _picker([start + q for start in starts for _, q in both]),
    )


def spread(height: int, width: int, times: int) -> Pick:
    """Every row several times in place."""
    small = height * width * times <= MOST_KEPT
    return (_spread if small else _spread.__wrapped__)(height, width, times)


@lru_cache(maxsize=128)
def _spread(height: int, width: int, times: int) -> Pick:
    starts = range(0, height * width, width)
    return _picker([start + j for start in starts for _ in range(times) for j in range(width)])
