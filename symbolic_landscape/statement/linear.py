"""Linear arithmetic: what follows from inequalities between sums of atoms.

A row is a polynomial (atoms and products of atoms are its unknowns) that is >= 0, or > 0 where
strict. Elimination after Fourier and Motzkin over the rationals; trusted, standard library only.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from fractions import Fraction
from typing import Any

Linear = Mapping[Any, Fraction]
Row = tuple[Linear, bool]

ONE: Hashable = ((), ())
"""The key of the constant."""

LARGEST = 600
"""More rows than this are given up: then nothing is said to follow."""


def follows(rows: Iterable[Row], goal: Linear, strict: bool) -> bool:
    """Whether goal >= 0 (> 0 where strict) follows: the rows and its negation have no solution."""
    left = [*rows, ({k: -c for k, c in goal.items()}, not strict)]
    while True:
        left = [row for row in left if not _trivial(row)]
        if any(set(p) <= {ONE} for p, _ in left):
            return True
        unknowns = {k for p, _ in left for k in p if k != ONE}
        if not unknowns:
            return False
        sides = {k: ([], []) for k in unknowns}  # type: dict[Hashable, tuple[list[Row], list[Row]]]
        for row in left:
            for k, c in row[0].items():
                if k != ONE:
                    sides[k][c < 0].append(row)
        k = min(unknowns, key=lambda u: (len(sides[u][0]) * len(sides[u][1]), str(u)))
        left = [row for row in left if k not in row[0]]
        if len(left) + len(sides[k][0]) * len(sides[k][1]) > LARGEST:
            return False
        left += [_cancelled(k, low, high) for low in sides[k][0] for high in sides[k][1]]


def _trivial(row: Row) -> bool:
    """Whether the row says nothing: a constant that is as large as it claims."""
    p, strict = row
    constant = p.get(ONE, Fraction(0))
    return set(p) <= {ONE} and (constant > 0 or (constant == 0 and not strict))


def _cancelled(k: Hashable, low: Row, high: Row) -> Row:
    (p, s), (q, z) = low, high
    a, b = p[k], -q[k]
    out = {x: c / a for x, c in p.items()}
    for x, c in q.items():
        out[x] = out.get(x, Fraction(0)) + c / b
    return {x: c for x, c in out.items() if c}, s or z
