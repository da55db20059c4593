"""L D L^T of symmetric ball matrices, row by row, up to the first pivot that may be zero.

Objects: Pivots. Functions: ldl_pivots, eliminated.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import flint

if TYPE_CHECKING:
    from symbolic_landscape.arithmetic.balls import BallMatrix


@dataclass(frozen=True)
class Pivots:
    """Pivots of A = L D L^T in balls, up to the first one that may be zero."""

    values: tuple[flint.arb, ...]
    size: int

    @property
    def are_certain(self) -> bool:
        """Whether all pivots are there and none may be zero, so that the inertia is known."""
        return len(self.values) == self.size and all(pivot != 0 for pivot in self.values)

    @property
    def are_positive(self) -> bool:
        """Whether all pivots are there and certainly positive: then A is positive definite."""
        return len(self.values) == self.size and all(pivot > 0 for pivot in self.values)

    @property
    def smallest(self) -> flint.arb | None:
        """The pivot with the smallest midpoint, or None for a matrix of size 0."""
        return min(self.values, key=lambda pivot: pivot.mid()) if self.values else None


def ldl_pivots(matrix: BallMatrix) -> Pivots:
    """The pivots of the symmetric matrices inside, without exchanges.

    Raises ShapeError unless the ball matrix contains a symmetric matrix.

    >>> from symbolic_landscape.arithmetic import BallField
    >>> ldl_pivots(BallField(64).matrix([[2, 1], [1, 2]])).are_positive
    True
    """
    size = matrix.need_symmetric("LDL^T")
    with matrix.field.working():
        values = eliminated(matrix.raw_rows())
    return Pivots(tuple(values), size)


def eliminated(rows: list[list[Any]]) -> list[flint.arb]:
    """The pivots of the lower triangle of rows, which change, up to one that may be zero."""
    values: list[flint.arb] = []
    for k, row in enumerate(rows):
        pivot = row[k]
        values.append(pivot)
        if not (pivot > 0 or pivot < 0):
            break
        for i in range(k + 1, len(rows)):
            below = rows[i]
            factor = below[k] / pivot
            for j in range(k + 1, i + 1):
                below[j] -= factor * rows[j][k]
    return values
