"""Small exact matrices of many kinds: zero, rank one, prescribed rank, Gram, nilpotent, ...

Objects: MATRICES, SQUARES, NUMBERS_TRIED. Functions: some_matrix, some_number, of_rank, invertible,
gram, symmetric, unit_matrix.

Design notes. Most random matrices have full rank and meet no premise of interest, so a kind is
drawn first (zero, rank one, nilpotent, ...). All numbers are small, so that a counterexample can be
checked by hand.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from random import Random
from typing import Any

from symbolic_landscape.arithmetic import QQ, Matrix, Scalar

NUMBERS_TRIED = tuple(Fraction(x, 2) for x in (0, 2, -2, 4, -6, 1, -1, 6, -4))
"""Numbers, the most telling first."""


# ---- numbers -------------------------------------------------------------------------------------
def some_number(random: Random) -> Scalar:
    """A small rational number."""
    return QQ.scalar(random.choice(NUMBERS_TRIED))


def _entry(random: Random) -> int:
    return random.choice((0, 0, 1, 1, -1, 2))


def _nonzero(random: Random) -> int:
    return random.choice((1, -1, 2, -2, 3))


def _filled(rows: int, columns: int, entry: Callable[[int, int], Any]) -> Matrix:
    made = [[QQ.raw(entry(i, j)) for j in range(columns)] for i in range(rows)]
    return QQ.from_raw(made, width=columns)


# ---- matrices ------------------------------------------------------------------------------------
def generic(rows: int, columns: int, random: Random) -> Matrix:
    """Small integers, many of them 0."""
    return _filled(rows, columns, lambda i, j: _entry(random))


def full(rows: int, columns: int, random: Random) -> Matrix:
    """Small integers, none of them 0."""
    return _filled(rows, columns, lambda i, j: _nonzero(random))


def unit_matrix(rows: int, columns: int, i: int, j: int) -> Matrix:
    """1 at place (i, j), counted from 0, and 0 elsewhere."""
    return _filled(rows, columns, lambda a, b: int((a, b) == (i, j)))


def of_rank(rows: int, columns: int, rank: int, random: Random) -> Matrix:
    """A matrix of this rank, at most min(rows, columns)."""
    left = _with_identity(rows, rank, random)
    return left @ _with_identity(columns, rank, random).T


def _with_identity(rows: int, rank: int, random: Random) -> Matrix:
    """A matrix (rows, rank) of rank `rank`: the rows of an identity and others, shuffled."""
    order = random.sample(range(rows), rows)
    others = generic(rows, rank, random)
    return _filled(
        rows, rank,
        lambda i, j: int(order[i] == j) if order[i] < rank else others.entry(i, j),
    )  # fmt: skip


def triangular(rows: int, columns: int, random: Random) -> Matrix:
    """Zero below the diagonal."""
    return _filled(rows, columns, lambda i, j: _entry(random) if i <= j else 0)


def invertible(size: int, random: Random) -> Matrix:
    """A product of a lower and an upper triangular matrix with diagonals without a 0."""
    lower = _filled(size, size, lambda i, j: 1 if i == j else _entry(random) if i > j else 0)
    diagonal = [_nonzero(random) for _ in range(size)]
    upper = _filled(
        size, size, lambda i, j: diagonal[i] if i == j else _entry(random) if i < j else 0
    )
    return lower @ upper


def gram(size: int, rank: int, random: Random) -> Matrix:
    """B B^T, positive semidefinite of this rank."""
    b = _with_identity(size, rank, random)
    return b @ b.T


def nilpotent(size: int, random: Random) -> Matrix:
    """Zero on and below the diagonal, rows and columns exchanged alike."""
    order = random.sample(range(size), size)
    made = _filled(size, size, lambda i, j: random.choice((0, 1, 1, -1)) if i < j else 0)
    return made.submatrix(order, order)


def signed_diagonal(size: int, random: Random) -> Matrix:
    """Numbers other than 0 of both signs on the diagonal."""
    return QQ.diagonal([_nonzero(random) for _ in range(size)])


def symmetric(size: int, random: Random) -> Matrix:
    """A symmetric matrix."""
    made = generic(size, size, random)
    return made + made.T


def projector(size: int, random: Random) -> Matrix:
    """P with P P = P, often not symmetric."""
    s = invertible(size, random)
    d = QQ.diagonal([random.choice((0, 1)) for _ in range(size)])
    return s @ d @ s.inverse()


def _any_rank(rows: int, columns: int, random: Random) -> Matrix:
    return of_rank(rows, columns, random.randint(0, min(rows, columns)), random)


def _halves(rows: int, columns: int, random: Random) -> Matrix:
    return generic(rows, columns, random).scale(Fraction(1, 2))


def _one_place(rows: int, columns: int, random: Random) -> Matrix:
    return unit_matrix(rows, columns, random.randrange(rows), random.randrange(columns))


MATRICES: Mapping[str, Callable[[int, int, Random], Matrix]] = {
    "zero": lambda rows, columns, random: QQ.zeros(rows, columns),
    "unit": _one_place,
    "rank one": lambda rows, columns, random: of_rank(rows, columns, 1, random),
    "prescribed rank": _any_rank,
    "full rank": lambda rows, columns, random: of_rank(rows, columns, min(rows, columns), random),
    "triangular": triangular,
    "without zeros": full,
    "halves": _halves,
    "generic": generic,
}
"""Matrices of every shape with at least one entry, by kind."""

SQUARES: Mapping[str, Callable[[int, Random], Matrix]] = {
    "identity": lambda size, random: QQ.identity(size),
    "gram": lambda size, random: gram(size, random.randint(1, size), random),
    "symmetric": symmetric,
    "nilpotent": nilpotent,
    "signed diagonal": signed_diagonal,
    "invertible": invertible,
    "projector": projector,
}
"""Square matrices with at least one entry, by kind."""


def some_matrix(rows: int, columns: int, random: Random) -> Matrix:
    """A matrix of a kind that is drawn too."""
    if not rows * columns:
        return QQ.zeros(rows, columns)
    if rows == columns and random.random() < 0.5:
        return random.choice(list(SQUARES.values()))(rows, random)
    return random.choice(list(MATRICES.values()))(rows, columns, random)
