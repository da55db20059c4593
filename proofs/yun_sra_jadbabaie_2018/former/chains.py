"""Partial products of a deep linear network around a narrow layer, and points made of them.

Notation: E = (R X - Y) X^T (d_y, d_x), A_i = W_{i+1}^T ... W_{H+1}^T (d_i, d_y), B_i = W_1^T ...
W_{i-1}^T (d_x, d_{i-1}); p is a layer of the least width k.

Objects: BottleneckPoint. Functions: correlation_error, above, below, row_projection, solution,
singular_points.

Design notes. With F = U S V^T and a choice of singular directions, the columns of U in C, the
weights C^T Y X^T (X X^T)^-1, identities and C, embedded in the corners of zero matrices, form a
critical point whose product is C C^T Y X^T (X X^T)^-1; a change of basis in a hidden layer keeps it
critical.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from hypothesis import strategies as st

from symbolic_landscape.arithmetic import QQ, Matrix
from symbolic_landscape.errors import ShapeError
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.linear import DeepLinear
from symbolic_landscape.proofs.yun_sra_jadbabaie_2018.former.spectral import (
    embedded,
    rows_of,
    spectral_data,
)


@dataclass(frozen=True, kw_only=True)
class BottleneckPoint(DeepLinear):
    """A point with a layer p to look at, counted from the inputs, which are layer 0.

    Raises ShapeError when there is no such layer.
    """

    layer: int = 1

    def __post_init__(self) -> None:
        """Check the layer."""
        super().__post_init__()
        if not 0 <= self.layer <= self.depth:
            message = f"layer: a number from 0 to {self.depth} was needed, got {self.layer}"
            raise ShapeError(message)

    @property
    def least_width(self) -> int:
        """k, the least width of all layers."""
        return min(self.widths)


def correlation_error(s: DeepLinear) -> Matrix:
    """E = (W_{H+1} ... W_1 X - Y) X^T (d_y, d_x)."""
    return s.residual(s.W) @ s.X.T


def above(s: DeepLinear, layer: int) -> Matrix:
    """A_i = W_{i+1}^T ... W_{H+1}^T (d_i, d_y) for i = 0..H+1."""
    return s.product(s.W[layer:], s.widths[layer]).T


def below(s: DeepLinear, layer: int) -> Matrix:
    """B_i = W_1^T ... W_{i-1}^T (d_x, d_{i-1}) for i = 1..H+2."""
    return s.product(s.W[: layer - 1], s.input_width).T


def fit_gram(s: BottleneckPoint) -> Matrix:
    """F F^T (d_y, d_y)."""
    return s.fitted @ s.fitted.T


def row_projection(s: BottleneckPoint) -> Matrix:
    """Q (d_y, d_y). Raises DomainError where the rows of A_p are dependent."""
    upper = above(s, s.layer)
    return upper.T @ (upper @ upper.T).inverse() @ upper


def solution(s: BottleneckPoint) -> Matrix:
    """M = Y X^T (X X^T)^-1 (d_y, d_x). Raises DomainError where X X^T is singular."""
    return s.Y @ s.X.T @ (s.X @ s.X.T).inverse()


def row_space(matrix: Matrix) -> Matrix:
    """The reduced basis of the row space: equal for two matrices exactly where the spaces are."""
    reduced, pivots = matrix.row_reduced()
    return reduced.submatrix(range(len(pivots)), range(matrix.shape[1]))


@lru_cache(maxsize=16)
def singular_points(
    sizes: tuple[int, ...], hidden: tuple[int, ...], *, most_layers: int = 2, wide: bool = False
) -> st.SearchStrategy[BottleneckPoint]:
    """Critical points made of some singular directions, at the first layer of the least width.

    Hidden widths come from `hidden`; where `wide`, none is less than min(d_x, d_y). Some points
    are moved a little off, and then are not critical.
    """

    @st.composite
    def drawn(draw: st.DrawFn) -> BottleneckPoint:
        distinct = draw(st.booleans())
        inputs, targets, left = draw(spectral_data(sizes, distinct=distinct))
        least = min(inputs.shape[0], targets.shape[0])
        choices = [width for width in hidden if width >= least] if wide else list(hidden)
        width = st.sampled_from(choices or [least])
        layers = [draw(width) for _ in range(draw(st.integers(1, most_layers)))]
        widths = (inputs.shape[0], *layers, targets.shape[0])
        kept = draw(st.sampled_from((min(widths), min(widths), *range(min(widths)))))
        chosen = sorted(draw(st.permutations(range(least)))[:kept])
        weights = singular_weights(inputs, targets, left, chosen, widths)
        place = draw(st.integers(0, len(weights) - 1))
        entry = draw(st.sampled_from((0, 0, 0, 1)))
        weights[place] = weights[place] + QQ.matrix(
            [[entry] * weights[place].shape[1]] * weights[place].shape[0]
        )
        return BottleneckPoint(
            inputs=rows_of(inputs),
            targets=rows_of(targets),
            weights=tuple(rows_of(w) for w in weights),
            layer=widths.index(min(widths)),
        )

    return drawn()


def singular_weights(
    inputs: Matrix, targets: Matrix, left: Matrix, chosen: list[int], widths: tuple[int, ...]
) -> list[Matrix]:
    """W_1, ..., W_{H+1} whose product is C C^T Y X^T (X X^T)^-1 for the chosen columns C of U."""
    vectors = left.submatrix(range(left.shape[0]), chosen)
    solution = targets @ inputs.T @ (inputs @ inputs.T).inverse()
    size = len(chosen)
    first = embedded(vectors.T @ solution, widths[1], widths[0])
    middle = [embedded(QQ.identity(size), upper, lower) for lower, upper in pairwise(widths[1:-1])]
    return [first, *middle, embedded(vectors, widths[-1], widths[-2])]
