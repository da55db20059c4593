"""Instances with telling objects: matrices that solve equations without being 0 or the identity.

Function: telling.

Design notes. That a square is 0, that the transpose is the inverse or that two products agree holds
for almost no matrix, and no linear equation gives those for which it does. So they are put there:
nilpotent, idempotent, skew, orthogonal, of finite order; mostly of one kind in one instance. Among
functions they are those that jump, bend or rest somewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from random import Random
from typing import Any

from symbolic_landscape.arithmetic import QQ, Matrix
from symbolic_landscape.formula import Piece, parse_formula
from symbolic_landscape.functions.activations import Activation
from symbolic_landscape.judge.matrices import full, invertible, nilpotent, projector
from symbolic_landscape.judge.values import Family, Instance
from symbolic_landscape.statement.term import SCALAR_FUNCTION

ALIKE, KEPT = 0.75, 0.1
"""How often a matrix is of the kind of its instance, and how often it stays as it is."""

TURNS = (0, -1), (1, 0)
"""A quarter of a turn; the companion matrix of t^2 + 1."""

THIRDS = (0, -1), (1, -1)
"""A matrix of order 3; the companion matrix of t^2 + t + 1."""

SLANTED = (Fraction(3, 5), Fraction(-4, 5)), (Fraction(4, 5), Fraction(3, 5))
"""A turn by an angle that is no fraction of a whole one."""

FUNCTIONS = (
    *(Activation.of(parse_formula(f)) for f in ("t**3", "abs(t)", "max(t, 0)", "t**2 - t**4", "1")),
    Activation("0 up to 0, then 1", Piece(parse_formula("0"), parse_formula("1"), -1)),
    Activation("t up to 0, then t + 1", Piece(parse_formula("t"), parse_formula("t + 1"), -1)),
)
"""Functions of one real number; the last two jump."""


def permuted(size: int, random: Random) -> Matrix:
    """One entry 1 or -1 in each row and column, often all of them 1."""
    order = random.sample(range(size), size)
    signs = random.choice(((1,), (1, -1)))
    made = [random.choice(signs) for _ in range(size)]
    return QQ.diagonal(made).submatrix(range(size), order)


def cycle(size: int, random: Random) -> Matrix:
    """The permutation that moves all places on by one, or by more."""
    step = random.randint(1, max(1, size - 1))
    order = [(i + step) % size for i in range(size)]
    return QQ.identity(size).submatrix(range(size), order)


def skew(size: int, random: Random) -> Matrix:
    """Minus its transpose."""
    made = [[random.choice((0, 1, 1, -1, 2)) if i < j else 0 for j in range(size)]
            for i in range(size)]  # fmt: skip
    upper = QQ.from_raw([[QQ.raw(x) for x in row] for row in made], width=size)
    return upper - upper.T


def square_zero(size: int, random: Random) -> Matrix:
    """A matrix of rank one, or 0, whose square is 0: u v^T with v orthogonal to u."""
    u = full(size, 1, random)
    return u @ (skew(size, random) @ u).T


def involution(size: int, random: Random) -> Matrix:
    """Its own inverse, often not symmetric."""
    frame = invertible(size, random)
    signs = QQ.diagonal([random.choice((1, -1)) for _ in range(size)])
    return frame @ signs @ frame.inverse()


def companion(size: int, random: Random) -> Matrix:
    """The companion matrix of a polynomial with small coefficients."""
    last = [random.choice((0, 1, -1)) for _ in range(size)]
    made = [[last[i] if j == size - 1 else int(i == j + 1) for j in range(size)]
            for i in range(size)]  # fmt: skip
    return QQ.from_raw([[QQ.raw(x) for x in row] for row in made], width=size)


def signs(size: int, random: Random) -> Matrix:
    """Entries 1 and -1."""
    made = [[QQ.raw(random.choice((1, -1))) for _ in range(size)] for _ in range(size)]
    return QQ.from_raw(made, width=size)


def plane(block: tuple[tuple[Any, Any], tuple[Any, Any]]) -> Callable[[int, Random], Matrix]:
    """Matrices with this block on the diagonal, once or more, and 1 where it does not fit."""

    def made(size: int, random: Random) -> Matrix:
        first = random.randint(0, size % 2)
        places = range(first, size - 1, 2)[: random.randint(1, max(1, size // 2))]
        out = [[Fraction(int(i == j)) for j in range(size)] for i in range(size)]
        for k in places:
            for i, row in enumerate(block):
                out[k + i][k : k + 2] = map(Fraction, row)
        return QQ.from_raw([[QQ.raw(x) for x in row] for row in out], width=size)

    return made


KINDS: Mapping[str, Callable[[int, Random], Matrix]] = {
    "nilpotent": nilpotent,
    "square 0": square_zero,
    "idempotent": projector,
    "skew": skew,
    "permutation": permuted,
    "cycle": cycle,
    "quarter turn": plane(TURNS),
    "third of a turn": plane(THIRDS),
    "slanted turn": plane(SLANTED),
    "involution": involution,
    "companion": companion,
    "signs": signs,
    "minus the identity": lambda size, random: -QQ.identity(size),
}
"""Square matrices with at least one entry, by kind."""


def telling(instance: Instance, random: Random, turn: int) -> Instance:
    """The instance with telling square matrices, orthonormal columns or rows, and functions.

    Most of the square ones are of one kind, which goes round with the turn.
    """
    kind = list(KINDS.values())[turn % len(KINDS)]
    changed: dict[Any, Any] = {}
    for v, value in instance.values.items():
        if isinstance(value, Matrix):
            changed[v] = _told(value, kind, random)
        elif isinstance(value, Family):
            for k, member in value.table.items():
                if isinstance(member, Matrix):
                    value = value.changed(k, _told(member, kind, random))
            changed[v] = value
        elif v.sort is SCALAR_FUNCTION and random.random() > KEPT:
            changed[v] = random.choice(FUNCTIONS)
    return instance.changed(changed)


def _told(old: Matrix, kind: Callable[[int, Random], Matrix], random: Random) -> Matrix:
    """A telling matrix of the same shape."""
    rows, columns = old.shape
    chance = random.random()
    if not rows * columns or chance < KEPT:
        return old
    if rows == columns:
        made = kind if chance < KEPT + ALIKE else random.choice(list(KINDS.values()))
        return made(rows, random)
    large = random.choice((permuted, plane(SLANTED)))(max(rows, columns), random)
    return large.submatrix(range(rows), range(columns))
