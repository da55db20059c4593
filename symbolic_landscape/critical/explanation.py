"""Which null directions of the Hessian a symmetry or a flat explains.

Functions: explained_kernel, spelt_out.
"""

from __future__ import annotations

from collections.abc import Sequence

from symbolic_landscape.arithmetic import Matrix, Scalar
from symbolic_landscape.critical.classification import NullDirection
from symbolic_landscape.critical.flats import dead_inputs, null_part
from symbolic_landscape.critical.local import LocalLoss
from symbolic_landscape.critical.symmetries import Family, Mechanism
from symbolic_landscape.errors import DomainError

MOST_DIRECTIONS = 80
"""Nullities above this are counted and not spelt out."""


def explained_kernel(
    local: LocalLoss,
    kernel: Matrix,
    orbits: Sequence[Family],
    flats: Sequence[Family],
    rest: Mechanism | None = None,
) -> tuple[NullDirection, ...]:
    """A basis of the kernel (p, z): first what the families explain, then the rest.

    Empty if the kernel is larger than MOST_DIRECTIONS.
    """
    size = kernel.shape[1]
    if not 0 < size <= MOST_DIRECTIONS:
        return ()
    found: list[NullDirection] = []
    basis: Matrix | None = None
    for i, family in enumerate((*orbits, *flats, *dead_inputs(local))):
        if len(found) == size:
            break
        try:
            part = null_part(local, family.directions)
        except DomainError:
            continue
        if part is None:
            continue
        for column in part.columns():
            basis, is_new = _extended(basis, column)
            if is_new:
                found.append(
                    NullDirection(
                        _entries(column), family.mechanism, family.origin, i < len(orbits)
                    )
                )
    for column in kernel.columns():
        if len(found) == size:
            break
        basis, is_new = _extended(basis, column)
        if is_new:
            found.append(NullDirection(_entries(column), rest, rest and "all samples"))
    return tuple(found)


def spelt_out(families: Sequence[Family]) -> tuple[NullDirection, ...]:
    """The directions of the families one by one; none if they are too many."""
    found = [NullDirection(d, f.mechanism, f.origin) for f in families for d in f.directions]
    return tuple(found) if len(found) <= MOST_DIRECTIONS else ()


def _extended(basis: Matrix | None, column: Matrix) -> tuple[Matrix | None, bool]:
    """The basis with one more column if that is independent of it, and whether it is."""
    if basis is None:
        return column, True
    larger = basis.hstack(column)
    return (larger, True) if larger.rank() > basis.shape[1] else (basis, False)


def _entries(column: Matrix) -> tuple[Scalar, ...]:
    return tuple(row[0] for row in column.tolist())
