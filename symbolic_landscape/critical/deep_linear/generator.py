"""Exact critical points of deep linear networks of any widths, and data made for them.

Notation: X = C [I, 0] O^T with C (d_0, d_0) invertible and O (m, m) orthogonal; the best linear fit
is F = U S V^T O_1^T for the first d_0 columns O_1 of O, with prescribed singular values in S.

Objects: SpectralData, Blocks. Functions: orthogonal_matrix, spectral_data, critical_point,
lower_blocks, zero_blocks.

Design notes. Up to an invertible change of basis D_k in each hidden layer a critical point of rank
r realises r singular directions in the first r units of each layer, and has a lower block Z_k in
the other units. The product does not see the blocks if Z_n ... Z_1 = 0, and the gradient vanishes
if also (Z_n ... Z_{k+1})^T S_rest (Z_{k-1} ... Z_1)^T = 0 for each k. Whatever blocks are given,
the gradient of the finished point is computed, and anything but 0 is refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from random import Random
from typing import Literal, TypeAlias

from symbolic_landscape.arithmetic import QQ, Matrix
from symbolic_landscape.critical.deep_linear.point import DeepLinearPoint
from symbolic_landscape.errors import DomainError, ShapeError

Blocks: TypeAlias = Literal["zero", "two zero", "one zero"]
"""How lower blocks vanish: all of them, two of them, or one with no overlap beside it."""


def orthogonal_matrix(size: int, seed: int) -> Matrix:
    """A rational orthogonal matrix (n, n): Cayley's (I - A)(I + A)^-1 for a skew A of small ints.

    >>> q = orthogonal_matrix(3, 1)
    >>> q @ q.T == QQ.identity(3)
    True
    """
    random = Random(seed)
    rows = [[0] * size for _ in range(size)]
    for i in range(size):
        for j in range(i):
            rows[i][j] = random.choice((-1, 0, 0, 1))
            rows[j][i] = -rows[i][j]
    skew, unit = QQ.matrix(rows), QQ.identity(size)
    return (unit - skew) @ (unit + skew).inverse()


def invertible_matrix(size: int, seed: int) -> Matrix:
    """An invertible rational matrix (n, n): unit lower times diagonal times unit upper."""
    random = Random(seed)
    entry = (-1, 0, 1)
    lower = [
        [random.choice(entry) if j < i else int(i == j) for j in range(size)] for i in range(size)
    ]
    upper = [
        [random.choice(entry) if j > i else int(i == j) for j in range(size)] for i in range(size)
    ]
    middle = QQ.diagonal([random.choice((1, 1, 2, -1, Fraction(1, 2))) for _ in range(size)])
    return QQ.matrix(lower) @ middle @ QQ.matrix(upper)


@dataclass(frozen=True)
class SpectralData:
    """Inputs X (d_0, m), targets Y (d_n, m) and the singular directions of the best linear fit.

    F = U S V^T O_1^T and X = C O_1^T, with U (d_n, d_n), V (d_0, d_0), C (d_0, d_0); `values` are
    the min(d_0, d_n) diagonal entries of S.
    """

    inputs: Matrix
    targets: Matrix
    left: Matrix
    right: Matrix
    scale: Matrix
    values: tuple[Fraction, ...]

    @property
    def best_map(self) -> Matrix:
        """U S V^T C^-1 (d_n, d_0): the least squares solution."""
        return self.left @ self.middle @ self.right.T @ self.scale.inverse()

    @property
    def middle(self) -> Matrix:
        """S (d_n, d_0)."""
        height, width = self.left.shape[0], self.right.shape[0]
        return QQ.matrix(
            [[self.values[i] if i == j else 0 for j in range(width)] for i in range(height)]
        )


def spectral_data(
    inputs: int,
    outputs: int,
    values: Sequence[Fraction | int],
    *,
    more_samples: int = 1,
    seed: int = 0,
) -> SpectralData:
    """Data with these singular values; seed 0 takes unit matrices for all bases.

    There are `more_samples` samples more than max(d_0, d_n), and the targets differ from every
    linear fit there. Raises ShapeError unless there are min(d_0, d_n) values.
    """
    if len(values) != min(inputs, outputs):
        message = f"singular values: {min(inputs, outputs)} were needed, got {len(values)}"
        raise ShapeError(message)
    count = max(inputs, outputs) + more_samples
    if seed:
        frame = orthogonal_matrix(count, seed)
        left, right = orthogonal_matrix(outputs, seed + 1), orthogonal_matrix(inputs, seed + 2)
        scale = invertible_matrix(inputs, seed + 3)
    else:
        frame, left, right = QQ.identity(count), QQ.identity(outputs), QQ.identity(inputs)
        scale = QQ.identity(inputs)
    seen = frame.submatrix(range(count), range(inputs))
    unseen = frame.submatrix(range(count), range(inputs, count))
    noise = (
        QQ.matrix([[int(i == j % outputs) for j in range(count - inputs)] for i in range(outputs)])
        if count > inputs
        else QQ.zeros(outputs, 0)
    )
    exact_values = tuple(map(Fraction, values))
    data = SpectralData(scale @ seen.T, QQ.zeros(outputs, count), left, right, scale, exact_values)
    targets = left @ data.middle @ right.T @ seen.T + noise @ unseen.T
    return SpectralData(data.inputs, targets, left, right, scale, exact_values)


def lower_blocks(widths: Sequence[int], rank: int, how: Blocks, seed: int) -> tuple[Matrix, ...]:
    """Blocks Z_1 (d_1 - r, d_0), Z_k (d_k - r, d_{k-1} - r), Z_n (d_n - r, d_{n-1} - r).

    Their product vanishes. Small integers stand where no zero is needed; with "one zero" the middle
    block vanishes, Z_n maps to the first of the other left singular directions alone, and Z_1
    starts from the other right ones but the first. Where a hidden layer has just r units, nothing
    is set to 0.
    """
    random = Random(seed)
    shapes = [(above - rank, below - rank) for below, above in pairwise(widths)]
    shapes[0] = (shapes[0][0], widths[0])
    blocks = [
        QQ.matrix([[random.choice((-1, 0, 1, 2)) for _ in range(width)] for _ in range(height)])
        if height and width
        else QQ.zeros(height, width)
        for height, width in shapes
    ]
    if rank in widths[1:-1]:
        return tuple(blocks)
    middle = len(blocks) // 2
    if how == "one zero" and len(blocks) >= 3:
        blocks[middle] = blocks[middle].scale(0)
        first, last = blocks[0], blocks[-1]
        blocks[0] = _with_columns(first, range(rank + 1, first.shape[1]))
        blocks[-1] = _with_columns(last.T, range(1)).T
        return tuple(blocks)
    silent = set(random.sample(range(len(blocks)), min(2, len(blocks))))
    return tuple(
        block.scale(0) if how == "zero" or i in silent else block for i, block in enumerate(blocks)
    )


def _with_columns(matrix: Matrix, kept: Sequence[int]) -> Matrix:
    """The matrix with all other columns set to 0."""
    width = matrix.shape[1]
    return matrix @ QQ.diagonal([int(j in kept) for j in range(width)])


def critical_point(
    data: SpectralData,
    hidden: Sequence[int],
    selected: Sequence[int],
    *,
    how: Blocks = "zero",
    seed: int = 0,
) -> DeepLinearPoint:
    """A critical point whose product realises the selected singular directions of the fit.

    `hidden` are the hidden widths, `selected` places in `data.values`; seed 0 takes unit matrices
    for all changes of basis. Raises ShapeError when a layer has fewer units than selected
    directions or a single layer leaves directions out, DomainError if the gradient is not zero.
    """
    rank, inputs, outputs = len(selected), data.right.shape[0], data.left.shape[0]
    widths = (inputs, *hidden, outputs)
    if min(widths) < rank or len(set(selected)) != rank:
        message = (
            f"selected directions: different ones, at most {min(widths)}, were needed for widths "
            f"{widths}, got {tuple(selected)}"
        )
        raise ShapeError(message)
    if not hidden and rank < min(widths):
        message = f"a single layer: all {min(widths)} directions were needed, got {rank}"
        raise ShapeError(message)
    return point_with_blocks(
        data, hidden, selected, lower_blocks(widths, rank, how, seed), seed=seed
    )


def point_with_blocks(
    data: SpectralData,
    hidden: Sequence[int],
    selected: Sequence[int],
    blocks: Sequence[Matrix],
    *,
    seed: int = 0,
) -> DeepLinearPoint:
    """The critical point with these lower blocks, of the shapes that `lower_blocks` gives.

    The columns of Z_1 stand for the selected right directions and then the others; the rows of Z_n
    for the left directions that are not selected. Raises DomainError if the gradient is not zero.
    """
    rank, inputs, outputs = len(selected), data.right.shape[0], data.left.shape[0]
    others = [j for j in range(inputs) if j not in selected]
    rest = [i for i in range(outputs) if i not in selected]
    directions = data.right.submatrix(range(inputs), [*selected, *others]).T
    chosen = QQ.diagonal([data.values[i] for i in selected]) if rank else QQ.zeros(0, 0)
    first = _stacked(chosen @ directions.submatrix(range(rank), range(inputs)), rank, inputs)
    left = data.left.submatrix(range(outputs), selected)
    off = data.left.submatrix(range(outputs), rest)
    inverse = data.scale.inverse()
    if not hidden:
        return _checked(data, [left @ first @ inverse])
    weights = [_stacked(first, rank, inputs).vstack(blocks[0] @ directions) @ inverse]
    for block in blocks[1:-1]:
        height, width = block.shape
        top = QQ.identity(rank).hstack(QQ.zeros(rank, width))
        weights.append(top.vstack(QQ.zeros(height, rank).hstack(block)))
    weights.append(left.hstack(off @ blocks[-1]))
    if seed:
        for k, width in enumerate(hidden):
            change = invertible_matrix(width, seed + 7 * k)
            weights[k] = change @ weights[k]
            weights[k + 1] = weights[k + 1] @ change.inverse()
    return _checked(data, weights)


def _stacked(matrix: Matrix, height: int, width: int) -> Matrix:
    """The matrix, or an empty one of this shape where it has no rows."""
    return matrix if height else QQ.zeros(0, width)


def _checked(data: SpectralData, weights: Sequence[Matrix]) -> DeepLinearPoint:
    point = DeepLinearPoint(data.inputs, data.targets, tuple(weights))
    if not point.is_critical:
        message = f"critical point of widths {point.widths}: the gradient is not zero"
        raise DomainError(message)
    return point


__all__ = [
    "Blocks",
    "SpectralData",
    "critical_point",
    "invertible_matrix",
    "lower_blocks",
    "orthogonal_matrix",
    "point_with_blocks",
    "spectral_data",
]
