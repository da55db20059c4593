"""The dimension of a locus of zero layers, counted on the equations as they are printed.

The parametrisation of the locus is evaluated once at dual numbers: a value, and its derivatives by
the free parameters. The rank of these derivatives is found by elimination over the rationals.

Functions: printed_dimension, jacobian, rank, choices.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from itertools import combinations, count

Row = dict[int, Fraction]
"""Derivatives by the free parameters, but for zeros."""


def choices(depth: int) -> Iterator[tuple[int, ...]]:
    """All k_1 < ... < k_m below the last layer."""
    for size in range(1, depth):
        yield from combinations(range(1, depth), size)


def printed_dimension(widths: Sequence[int], layers: Sequence[int]) -> int:
    """All parameters but those that the equations set, in the form of the printed formulas."""
    m, last = widths, len(widths) - 1
    everything = sum((m[i - 1] + 1) * m[i] for i in range(1, last + 1))
    weights = sum(m[k - 1] * m[k] for k in layers)
    return everything - ((m[last - 1] + 1) * m[last] + weights + sum(m[layers[0] : last]))


def jacobian(widths: Sequence[int], layers: Sequence[int]) -> list[tuple[int, Row]]:
    """Each parameter of a point of the locus with its derivatives, the free ones numbers not 0."""
    last, free = len(widths) - 1, count()
    rows: list[tuple[int, Row]] = []

    def parameters(size: int, is_set: bool) -> None:
        for _ in range(size):
            place = None if is_set else next(free)
            rows.append((0, {}) if place is None else (place % 7 + 1, {place: Fraction(1)}))

    for k in range(1, last + 1):
        below, above = widths[k - 1 : k + 1]
        parameters(below * above, is_set=k in (*layers, last))
        parameters(above, is_set=k >= layers[0])
    return rows


def rank(rows: Sequence[Row]) -> int:
    """The rank of sparse rows."""
    pivots: dict[int, Row] = {}
    for row in rows:
        left = dict(row)
        while left:
            place = min(left)
            if place not in pivots:
                pivots[place] = left
                break
            factor = left[place] / pivots[place][place]
            for j, x in pivots[place].items():
                value = left.get(j, Fraction(0)) - factor * x
                if value:
                    left[j] = value
                else:
                    left.pop(j, None)
    return len(pivots)
