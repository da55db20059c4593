"""Affine equations for one unknown number or matrix: all solutions, exactly.

The equations are given as what must vanish, evaluated at an unknown made of free symbols.

Objects: Solutions. Functions: solutions.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from symbolic_landscape.arithmetic import QQ, Matrix, Scalar
from symbolic_landscape.judge.operations import Number, assembled, product, total
from symbolic_landscape.judge.symbols import (
    constant_matrix,
    is_symbolic,
    linear_form,
    lowered,
    radical,
)


@dataclass(frozen=True)
class Solutions:
    """The points p + K u: `point` is a column, None where there is none; `directions` is K."""

    point: Matrix | None
    directions: Matrix

    @property
    def dimension(self) -> int:
        """How many numbers u has."""
        return self.directions.shape[1]

    def at(self, coefficients: Sequence[Number]) -> Sequence[Scalar]:
        """The entries of the solution with these numbers u."""
        assert self.point is not None
        moved = product((self.directions, assembled([[u] for u in coefficients], 1)))
        point = total((self.point, moved))
        assert isinstance(point, Matrix)
        return [row[0] for row in point.tolist()]


def solutions(vanishing: Iterable[Scalar], names: Sequence[str]) -> Solutions | None:
    """All values of the symbols at which every affine one of these numbers is 0.

    A power of an affine one is 0 where that is. Numbers that are not affine in the symbols are left
    out. None where no other is there, or where it depends on further symbols whether there is a
    solution.
    """
    rows = []
    for value in vanishing:
        form = linear_form(radical(value), names) if value.field.decides_equality else None
        if form:
            rows.append([*(form.get(name, 0) for name in names), -form.get("", QQ.scalar(0))])
    if not rows:
        return None
    unknowns = range(len(names))
    system = assembled(rows, len(names) + 1)
    reduced, pivots = system.row_reduced()
    directions = constant_matrix(
        system.submatrix(range(len(rows)), unknowns), "the kernel"
    ).kernel()
    if len(names) in pivots:
        return None if is_symbolic(system) else Solutions(None, directions)
    point: list[list[Number]] = [[0] for _ in unknowns]
    for i, column in enumerate(pivots):
        point[column] = [lowered(reduced[i, len(names)])]
    return Solutions(assembled(point, 1), directions)
