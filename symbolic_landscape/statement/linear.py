"""Linear arithmetic: multiples of inequalities that add up to an absurd one.

A row is a polynomial (atoms and products of atoms are its unknowns) that is >= 0, or > 0 where
strict. Elimination after Fourier and Motzkin over the rationals. Not trusted: `normal` adds up the
multiples that are found here.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from fractions import Fraction
from typing import Any

Linear = dict[Any, Fraction]
Row = tuple[Linear, bool]

ONE: Hashable = ((), ())
"""The key of the constant."""

LARGEST = 600
"""More rows than this are given up: then nothing is found."""


def multipliers(rows: Sequence[Row]) -> dict[int, Fraction]:
    """Positive numbers, by the places of rows, with which these add up to 0 > 0 or to -1 >= 0.

    Empty where none are found. Each row carries its place along as one more unknown, an integer.
    """
    left: list[Row] = [({**p, n: Fraction(1)}, strict) for n, (p, strict) in enumerate(rows)]
    while True:
        absurd = next((p for p, strict in left if _is_absurd(p, strict)), None)
        if absurd is not None:
            return {n: c for n, c in absurd.items() if isinstance(n, int)}
        unknowns = {k for p, _ in left for k in _unknowns(p)}
        if not unknowns:
            return {}
        sides = {k: ([], []) for k in unknowns}  # type: dict[Hashable, tuple[list[Row], list[Row]]]
        for row in left:
            for k in _unknowns(row[0]):
                sides[k][row[0][k] < 0].append(row)
        k = min(unknowns, key=lambda u: (len(sides[u][0]) * len(sides[u][1]), str(u)))
        left = [row for row in left if k not in row[0] and _unknowns(row[0])]
        if len(left) + len(sides[k][0]) * len(sides[k][1]) > LARGEST:
            return {}
        left += [_cancelled(k, low, high) for low in sides[k][0] for high in sides[k][1]]


def _unknowns(p: Linear) -> list[Hashable]:
    return [k for k in p if k != ONE and not isinstance(k, int)]


def _is_absurd(p: Linear, strict: bool) -> bool:
    """Whether the row has no unknown and a constant that is smaller than it claims."""
    constant = p.get(ONE, Fraction(0))
    return (constant < 0 or (constant == 0 and strict)) and not _unknowns(p)


def _cancelled(k: Hashable, low: Row, high: Row) -> Row:
    (p, s), (q, z) = low, high
    a, b = p[k], -q[k]
    out = {x: c / a for x, c in p.items()}
    for x, c in q.items():
        out[x] = out.get(x, Fraction(0)) + c / b
    return {x: c for x, c in out.items() if c}, s or z
