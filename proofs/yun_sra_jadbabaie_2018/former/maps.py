"""Maps between Euclidean spaces that are exact: a matrix plus functions of single projections.

Notation: h(x) = A x + sum_k b_k phi_k(c_k . x), with A (m, n), b_k (m,), c_k (n,) and profiles
phi_k of one real variable. J[h](x) = A + sum_k phi_k'(c_k . x) b_k c_k^T.

Objects: Ridge, Map. Functions: placed, composed, chained.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TypeAlias

from symbolic_landscape.arithmetic import (
    QQ,
    Field,
    Matrix,
    RationalFunctions,
)
from symbolic_landscape.errors import ShapeError
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.profiles import Profile

Entry: TypeAlias = int | Fraction | str
Rows: TypeAlias = tuple[tuple[Entry, ...], ...]
"""The rows of a matrix; a text is a free symbol."""


@dataclass(frozen=True)
class Ridge:
    """x -> output * profile(along . x)."""

    along: tuple[Entry, ...]
    output: tuple[Entry, ...]
    profile: Profile


@dataclass(frozen=True)
class Map:
    """h(x) = linear x + sum of ridges, from R^n to R^m.

    Raises ShapeError when the shapes do not fit.
    """

    linear: Rows
    ridges: tuple[Ridge, ...] = ()

    def __post_init__(self) -> None:
        """Check the shapes."""
        lengths = {len(row) for row in self.linear}
        if len(lengths) != 1 or 0 in lengths:
            message = f"map: rows of one length were needed, got {self.linear}"
            raise ShapeError(message)
        for ridge in self.ridges:
            if (len(ridge.along), len(ridge.output)) != (self.inputs, self.outputs):
                message = (
                    f"map: a ridge of shapes ({self.inputs},) and ({self.outputs},) was needed, "
                    f"got {ridge}"
                )
                raise ShapeError(message)

    @property
    def inputs(self) -> int:
        """The number n of coordinates of x."""
        return len(self.linear[0])

    @property
    def outputs(self) -> int:
        """The number m of coordinates of h(x)."""
        return len(self.linear)

    @property
    def symbols(self) -> frozenset[str]:
        """The free symbols."""
        rows = (*self.linear, *(r.along for r in self.ridges), *(r.output for r in self.ridges))
        return frozenset(entry for row in rows for entry in row if isinstance(entry, str))

    @property
    def active(self) -> tuple[Ridge, ...]:
        """The ridges that are not 0 for want of a direction or an output."""
        return tuple(r for r in self.ridges if any(r.along) and any(r.output))

    @property
    def is_linear(self) -> bool:
        """Whether no ridge is active."""
        return not self.active

    @cached_property
    def _rational(self) -> tuple[Matrix, list[tuple[Matrix, Matrix, Profile]]]:
        """The linear part and the ridges over Q."""
        return placed(QQ, self.linear), self._parts(QQ)

    def matrix(self, field: Field) -> Matrix:
        """The linear part (m, n) over a field."""
        return self._rational[0] if field is QQ else placed(field, self.linear)

    def parts(self, field: Field) -> list[tuple[Matrix, Matrix, Profile]]:
        """The b (m, 1), c^T (1, n) and phi of each active ridge."""
        return self._rational[1] if field is QQ else self._parts(field)

    def _parts(self, field: Field) -> list[tuple[Matrix, Matrix, Profile]]:
        return [
            (placed(field, [[v] for v in r.output]), placed(field, [r.along]), r.profile)
            for r in self.active
        ]

    def value(self, x: Matrix) -> Matrix:
        """h(x) (m, 1) for x (n, 1)."""
        total = self.matrix(x.field) @ x
        for output, along, profile in self.parts(x.field):
            total = total + output.scale(profile.value((along @ x)[0, 0]))
        return total

    def jacobian(self, x: Matrix) -> Matrix:
        """J[h](x) (m, n) for x (n, 1)."""
        total = self.matrix(x.field)
        for output, along, profile in self.parts(x.field):
            total = total + (output @ along).scale(profile.slope((along @ x)[0, 0]))
        return total


def placed(field: Field, rows: Sequence[Sequence[Entry]]) -> Matrix:
    """The matrix with these rows; texts are generators of the field."""
    if not isinstance(field, RationalFunctions):
        return field.matrix(rows)
    return field.matrix(
        [[field.generator(v) if isinstance(v, str) else v for v in row] for row in rows]
    )


def composed(maps: Sequence[Map], x: Matrix) -> Matrix:
    """The value at x of the composition, the first map applied first; of none, x itself."""
    for layer in maps:
        x = layer.value(x)
    return x


def chained(maps: Sequence[Map], x: Matrix) -> Matrix:
    """The product of the Jacobians along the composition; of none, the identity."""
    total = x.field.identity(x.shape[0])
    for layer in maps:
        total = layer.jacobian(x) @ total
        x = layer.value(x)
    return total
