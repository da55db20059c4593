"""Morse coordinates of a polynomial at a nondegenerate critical point, by exact power series.

With f(y + x) = f(y) + sum_ij x_i x_j h_ij(x), the coordinates u = (h(0)^-1 h(x))^(1/2) x make f a
quadratic form, f(y) + u^T h(0) u; the binomial series of the root converges for small x.

Functions: shifted, second_order, morse_defect.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import permutations, product
from typing import TypeAlias

from symbolic_landscape.arithmetic import QQ, Matrix

Terms: TypeAlias = Mapping[tuple[int, ...], Fraction]
"""The coefficients of a polynomial, by the coordinates (from 1 on) that are multiplied."""
Series: TypeAlias = dict[tuple[int, ...], Fraction]
Square: TypeAlias = list[list[Series]]


def shifted(terms: Terms, point: Sequence[Fraction]) -> Series:
    """The polynomial in the distance x from a point."""
    made: Series = {}
    for monomial, c in terms.items():
        part: Series = {(): c}
        for row in monomial:
            part = _product(part, {(row,): Fraction(1), (): point[row - 1]}, len(monomial))
        made = _total(made, part)
    return made


def second_order(terms: Terms, size: int) -> tuple[list[Fraction], Matrix]:
    """The gradient at 0, and half the Hessian there."""
    rows = range(1, size + 1)
    gradient = [terms.get((i,), Fraction(0)) for i in rows]
    half = [[c.get((), Fraction(0)) for c in row] for row in _quotients(terms, size)]
    return gradient, QQ.matrix(half)


def morse_defect(terms: Terms, size: int, order: int) -> Series:
    """What is left of f(x) - f(0) - u^T h(0) u in degrees up to order + 2; empty where it is 0.

    The polynomial must have a critical point at 0, with an invertible Hessian.
    """
    h, (_, half) = _quotients(terms, size), second_order(terms, size)
    one: Square = [[{(): Fraction(1)} if i == j else {} for j in range(size)] for i in range(size)]
    relative = _sum(_times(_numbers(half.inverse()), h, order), one, Fraction(-1))
    root: Square = one
    power: Square = one
    c = Fraction(1)
    for k in range(1, order + 1):
        c *= (Fraction(1, 2) - (k - 1)) / k
        power = _times(power, relative, order)
        root = [
            [_total(a, _scaled(b, c)) for a, b in zip(r, s, strict=True)]
            for r, s in zip(root, power, strict=True)
        ]
    u: list[Series] = []
    for row in root:
        entry: Series = {}
        for j, a in enumerate(row, 1):
            entry = _total(entry, _product(a, {(j,): Fraction(1)}, order + 1))
        u.append(entry)
    left: Series = {m: c for m, c in terms.items() if m and len(m) <= order + 2}
    for i, j in product(range(size), repeat=2):
        weight = Fraction(str(half[i, j]))
        left = _total(left, _scaled(_product(u[i], u[j], order + 2), -weight))
    return left


def _quotients(terms: Terms, size: int) -> Square:
    """The matrix h: each term of degree 2 or more is shared among the pairs of its factors."""
    h: Square = [[{} for _ in range(size)] for _ in range(size)]
    for monomial, c in terms.items():
        count = len(monomial)
        for p, q in permutations(range(count), 2):
            i, j = monomial[p] - 1, monomial[q] - 1
            rest = tuple(row for k, row in enumerate(monomial) if k not in (p, q))
            h[i][j] = _total(h[i][j], {rest: c / (count * (count - 1))})
    return h


def _numbers(a: Matrix) -> Square:
    return [[{(): Fraction(str(x))} for x in row] for row in a.tolist()]


def _times(a: Square, b: Square, order: int) -> Square:
    """The product of two matrices of series, up to a degree."""
    size = len(a)
    made: Square = [[{} for _ in range(size)] for _ in range(size)]
    for i, j, k in product(range(size), repeat=3):
        made[i][j] = _total(made[i][j], _product(a[i][k], b[k][j], order))
    return made


def _sum(a: Square, b: Square, c: Fraction) -> Square:
    """The matrix a + c b."""
    rows = zip(a, b, strict=True)
    return [[_total(x, _scaled(y, c)) for x, y in zip(r, s, strict=True)] for r, s in rows]


def _total(p: Terms, q: Terms) -> Series:
    sums = {m: p.get(m, Fraction(0)) + q.get(m, Fraction(0)) for m in p.keys() | q.keys()}
    return {m: c for m, c in sums.items() if c}


def _scaled(p: Terms, c: Fraction) -> Series:
    return {m: c * x for m, x in p.items()}


def _product(p: Terms, q: Terms, order: int) -> Series:
    """The product, up to a degree."""
    made: Series = {}
    for (m, c), (n, d) in product(p.items(), q.items()):
        if len(m) + len(n) <= order:
            key = tuple(sorted((*m, *n)))
            made[key] = made.get(key, Fraction(0)) + c * d
    return {m: c for m, c in made.items() if c}
