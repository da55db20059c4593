"""Data with rational singular values and vectors, and critical points made of singular directions.

Notation: F = Y X^T (X X^T)^-1 X = U S V^T; all of U, S, V rational.

Functions: rows_of, orthogonal, spectral_data, embedded, leading_left_vectors.

Design notes. X = [C, 0] Q^T with Q orthogonal and C invertible has the first d_x columns of Q as
its row space; Y = U S Z^T on those columns, and anything on the others, has F = U S Z^T [I, 0] Q^T.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

import flint
from hypothesis import strategies as st

from symbolic_landscape.arithmetic import QQ, Matrix
from symbolic_landscape.arithmetic.scalars import fraction, rational
from symbolic_landscape.errors import DomainError
from symbolic_landscape.proofs.common.low_rank import characteristic_polynomial

COSINE, SINE = Fraction(3, 5), Fraction(4, 5)


def rows_of(matrix: Matrix) -> tuple[tuple[Fraction, ...], ...]:
    """The rows of a rational matrix as plain numbers."""
    return tuple(tuple(Fraction(str(value)) for value in row) for row in matrix.tolist())


def rotation(size: int, first: int, second: int) -> Matrix:
    """The rotation of two coordinates by the angle with cosine 3/5."""
    rows = [[Fraction(int(i == j)) for j in range(size)] for i in range(size)]
    rows[first][first] = rows[second][second] = COSINE
    rows[first][second], rows[second][first] = -SINE, SINE
    return QQ.matrix(rows)


@lru_cache(maxsize=16)
def orthogonal(size: int) -> st.SearchStrategy[Matrix]:
    """Rational orthogonal matrices: products of at most two rotations and a permutation."""

    @st.composite
    def drawn(draw: st.DrawFn) -> Matrix:
        order = draw(st.permutations(range(size)))
        found = QQ.matrix([[int(order[i] == j) for j in range(size)] for i in range(size)])
        for _ in range(draw(st.integers(0, 2)) if size > 1 else 0):
            first, second = draw(st.permutations(range(size)))[:2]
            found = rotation(size, first, second) @ found
        return found

    return drawn()


@lru_cache(maxsize=16)
def spectral_data(
    sizes: tuple[int, ...], *, distinct: bool = False, free: int = 1
) -> st.SearchStrategy[tuple[Matrix, Matrix, Matrix]]:
    """X, Y and U (d_y, d_y), columns by falling singular value; d_x and d_y from the sizes.

    There are up to `free` samples more than max(d_x, d_y). Where `distinct`, the singular values
    differ and none is zero; else they are often equal.
    """

    @st.composite
    def drawn(draw: st.DrawFn) -> tuple[Matrix, Matrix, Matrix]:
        inputs, outputs = draw(st.sampled_from(sizes)), draw(st.sampled_from(sizes))
        count = max(inputs, outputs) + draw(st.integers(0, free))
        rank = min(inputs, outputs)
        values = st.sampled_from((1, 2, 3, 4) if distinct else (0, 1, 1, 2))
        drawn_values = st.lists(values, min_size=rank, max_size=rank, unique=distinct)
        singular = sorted(draw(drawn_values), reverse=True)
        left, right = draw(orthogonal(outputs)), draw(orthogonal(inputs))
        frame = draw(orthogonal(count))
        middle = QQ.matrix(
            [
                [singular[i] * int(i == j) if i < rank else 0 for j in range(inputs)]
                for i in range(outputs)
            ]
        )
        scale = QQ.diagonal([draw(st.sampled_from((1, 1, 2))) for _ in range(inputs)])
        seen = frame.submatrix(range(count), range(inputs))
        targets = left @ middle @ right.T @ seen.T
        if count > inputs:
            unseen = frame.submatrix(range(count), range(inputs, count))
            rest = st.integers(-1, 1)
            noise = QQ.matrix([[draw(rest) for _ in range(count - inputs)] for _ in range(outputs)])
            targets = targets + noise @ unseen.T
        return scale @ seen.T, targets, left

    return drawn()


def embedded(matrix: Matrix, height: int, width: int) -> Matrix:
    """The matrix in the upper left corner of a zero matrix of another shape."""
    rows, columns = matrix.shape
    return QQ.matrix(
        [
            [matrix[i, j] if i < rows and j < columns else 0 for j in range(width)]
            for i in range(height)
        ]
    )


def leading_left_vectors(target: Matrix, size: int) -> Matrix:
    """Left singular vectors (d, k) to the k greatest singular values, where they are rational.

    Raises DomainError where one of those values is repeated or some entry is irrational.
    """
    gram = target @ target.T
    polynomial = flint.fmpq_poly(list(map(rational, characteristic_polynomial(gram))))
    linear = [
        flint.fmpq_poly(factor)
        for factor, _ in polynomial.numer().factor()[1]
        if factor.degree() == 1
    ]
    values = sorted((fraction(-factor[0] / factor[1]) for factor in linear), reverse=True)
    columns = []
    for value in values[:size]:
        space = (gram - QQ.identity(gram.shape[0]).scale(value)).kernel()
        if space.shape[1] == 1:
            length = (space.T @ space)[0, 0].sqrt()
            columns.append(space.scale(1 / length))
    if len(columns) < size:
        message = f"the {size} leading singular vectors of {target} are needed, but not unique"
        raise DomainError(message)
    return columns[0].hstack(*columns[1:])
